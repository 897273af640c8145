// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_SUPPLY_HPP
#define COMPUTE_DIVIDE_POLICY_SUPPLY_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <functional>
#include <numbers>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>

/// What compute costs and what money buys: chip-hours, their price, a stock of chips that is bought in tranches and
/// wears out, and the programme that pays for it. A year is 8,766 hours. Dates are years: 2026.5 is its middle.
namespace compute_divide::inline v0_2 {

/// Hours of a year of 365.25 days.
inline constexpr double hours_per_year = 8766;
/// Seconds of the same year.
inline constexpr double seconds_per_year = 3600 * hours_per_year;

/// What a run takes: C / (peak u), in chip-seconds; its chip-hours are std::chrono::duration<double, std::ratio<3600>>
/// of it. Throws std::invalid_argument unless work and peak are finite and > 0 and the utilisation is in (0, 1].
[[nodiscard]] inline uncertain<seconds> chip_time_of(const uncertain<flop>& work,
                                                     const uncertain<flop_per_second>& peak,
                                                     const uncertain<double>& utilisation) {
    constexpr std::string_view function = "chip_time_of";
    const double c = work.value().value(), rate = peak.value().value(), u = utilisation.value();
    detail::require(c > 0, function, "work > 0 FLOP", c);
    detail::require(rate > 0, function, "a peak > 0 FLOP/s", rate);
    detail::require(u > 0 && u <= 1, function, "a utilisation in (0, 1]", u);
    return work / peak / utilisation;
}
[[nodiscard]] inline seconds chip_time_of(flop work, flop_per_second peak, double utilisation) {
    return chip_time_of(uncertain<flop>(work), uncertain<flop_per_second>(peak), uncertain<double>(utilisation))
        .value();
}

/// What a time of chips does: chip time * peak * u. Throws as chip_time_of, and for a time that is not > 0.
[[nodiscard]] inline uncertain<flop> work_of(const uncertain<seconds>& time, const uncertain<flop_per_second>& peak,
                                             const uncertain<double>& utilisation) {
    constexpr std::string_view function = "work_of";
    detail::require(time.value().count() > 0, function, "a chip time > 0", time.value().count());
    detail::require(peak.value().value() > 0, function, "a peak > 0 FLOP/s", peak.value().value());
    detail::require(utilisation.value() > 0 && utilisation.value() <= 1, function, "a utilisation in (0, 1]",
                    utilisation.value());
    return peak * time * utilisation;
}
[[nodiscard]] inline flop work_of(seconds time, flop_per_second peak, double utilisation) {
    return work_of(uncertain<seconds>(time), uncertain<flop_per_second>(peak), uncertain<double>(utilisation)).value();
}

/// The chip time that money rents: money / price of a chip-hour. Throws std::invalid_argument unless both are > 0.
[[nodiscard]] inline uncertain<seconds> rented_time(const uncertain<us_dollars>& money,
                                                    const uncertain<us_dollars>& chip_hour) {
    detail::require(money.value().value() > 0, "rented_time", "money > 0 dollars", money.value().value());
    detail::require(chip_hour.value().value() > 0, "rented_time", "a price > 0 dollars a chip-hour",
                    chip_hour.value().value());
    return money / chip_hour * uncertain<seconds>(seconds(std::chrono::hours(1)));
}
[[nodiscard]] inline seconds rented_time(us_dollars money, us_dollars chip_hour) {
    return rented_time(uncertain<us_dollars>(money), uncertain<us_dollars>(chip_hour)).value();
}

/// What an hour of a chip costs its owner where chips of that performance get cheaper by k orders of magnitude a year:
/// P k ln 10 / 8766, the price that it loses (Cottier et al., 2024; k = 0.14 of Hobbhahn and Besiroglu, 2022). Throws
/// std::invalid_argument unless price and k are finite and > 0.
[[nodiscard]] inline uncertain<us_dollars> owned_chip_hour(
    const uncertain<us_dollars>& chip, const uncertain<double>& decline = price_performance_growth) {
    detail::require(chip.value().value() > 0, "owned_chip_hour", "a price > 0 dollars", chip.value().value());
    detail::require(decline.value() > 0, "owned_chip_hour", "a decline > 0 orders of magnitude a year",
                    decline.value());
    return chip * decline * uncertain<double>(std::numbers::ln10 / hours_per_year);
}
[[nodiscard]] inline us_dollars owned_chip_hour(us_dollars chip, double decline = price_performance_growth) {
    return owned_chip_hour(uncertain<us_dollars>(chip), uncertain<double>(decline)).value();
}

/// The part of a cluster's price that is its network (Cottier et al., 2024).
inline constexpr double network_share = 0.19;

/// With the network's part of the whole: price / (1 - part). Throws std::invalid_argument for a part outside [0, 1).
template <class Price>
[[nodiscard]] Price with_network(const Price& price, double part = network_share) {
    detail::require(part >= 0 && part < 1, "with_network", "a part in [0, 1)", part);
    if constexpr (std::same_as<Price, us_dollars>)
        return price / (1 - part);
    else
        return price / uncertain<double>(1 - part);
}

/// The price of a server over that of its chips, by the name of the chip: A100 1.66, V100 1.69, P100 1.54, else 1.64
/// (Cottier et al., 2024, published code).
[[nodiscard]] constexpr double server_price_factor(std::string_view chip) {
    if (chip.find("A100") != std::string_view::npos) return 1.66;
    if (chip.find("V100") != std::string_view::npos) return 1.69;
    if (chip.find("P100") != std::string_view::npos) return 1.54;
    return 1.64;
}

/// What the electricity of a chip-hour costs: power * server * load * PUE * price. Throws as energy_of_chips.
[[nodiscard]] inline uncertain<us_dollars> electricity_of_chip_hour(const uncertain<watts>& chip_power,
                                                                    const energy_factors& factors,
                                                                    const uncertain<us_dollars_per_joule>& price) {
    return energy_of_chips(uncertain<seconds>(seconds(std::chrono::hours(1))), chip_power, factors) * price;
}

/// What a chip, or an hour of one, costs at a time.
struct price_point {
    double year = 0;
    us_dollars price = {};

    friend constexpr bool operator==(const price_point&, const price_point&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<price_point>) {
    return member_list(member{"year", &price_point::year}, member{"price", &price_point::price});
}

/// A price over time: through the points in order of date, straight in its logarithm between them, and from the last
/// one on falling by `decline` orders of magnitude a year. One point and a decline are P(t) = P0 10^(-k (t - t0)); list
/// prices, which rose in 2026, are points.
struct price_path {
    std::vector<price_point> points = {};
    double decline = 0;  ///< negative where it rises

    /// Throws std::invalid_argument for a year before the first point, points that are none, not in order or not of
    /// prices > 0, and a decline that is not finite.
    [[nodiscard]] us_dollars at(double year) const {
        constexpr std::string_view function = "price_path::at";
        detail::require(!points.empty(), function, "a point", points.size());
        detail::require(std::isfinite(decline), function, "a finite decline", decline);
        for (std::size_t i = 0; i < points.size(); ++i) {
            detail::require(i == 0 || points[i].year > points[i - 1].year, function, "points in order of their years",
                            points[i].year);
            detail::require(points[i].price.value() > 0 && std::isfinite(points[i].price.value()), function,
                            "finite prices > 0", points[i].price.value());
        }
        detail::require(year >= points.front().year && std::isfinite(year), function,
                        "a year from the first point of the path on", year);
        const auto after = std::ranges::upper_bound(points, year, std::ranges::less{}, &price_point::year);
        const price_point& before = *(after - 1);
        if (after == points.end()) return before.price * std::pow(10, -decline * (year - before.year));
        const double part = (year - before.year) / (after->year - before.year);
        return before.price * std::pow(after->price / before.price, part);
    }

    friend bool operator==(const price_path&, const price_path&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<price_path>) {
    return member_list(member{"points", &price_path::points}, member{"decline", &price_path::decline});
}

/// Money that is spent on machines at once, or machines that are there whatever they cost.
struct tranche {
    double year = 0;
    us_dollars budget = {};
    double chips = 0;  ///< beside those that the budget buys

    friend constexpr bool operator==(const tranche&, const tranche&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<tranche>) {
    return member_list(member{"year", &tranche::year}, member{"budget", &tranche::budget},
                       member{"chips", &tranche::chips});
}

/// A budget of every year as tranches at the years' beginnings. Throws std::invalid_argument for a budget that is not
/// finite and > 0, and fewer than 1 year or more than 1,000.
[[nodiscard]] inline std::vector<tranche> yearly_tranches(us_dollars budget, double first_year, std::size_t years) {
    constexpr std::string_view function = "yearly_tranches";
    detail::require(budget.value() > 0 && std::isfinite(budget.value()), function, "a finite budget > 0 dollars a year",
                    budget.value());
    detail::require(years >= 1 && years <= 1000, function, "1 to 1,000 years", years);
    std::vector<tranche> all;
    for (std::size_t i = 0; i < years; ++i) all.push_back({first_year + static_cast<double>(i), budget});
    return all;
}

/// Who pays, for how long, and how it is used.
struct programme {
    std::vector<tranche> tranches = {};
    double life = 5;       ///< of a machine, in years
    double machines = 1;   ///< share of the money that buys machines
    double operators = 0;  ///< share that pays operators; the rest is energy, buildings and what else there is
    double teams = 1;      ///< among which the stock is shared alike

    friend bool operator==(const programme&, const programme&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<programme>) {
    using result = programme;
    return member_list(member{"tranches", &result::tranches}, member{"life", &result::life},
                       member{"machines", &result::machines}, member{"operators", &result::operators},
                       member{"teams", &result::teams});
}

/// Throws std::invalid_argument for a programme without tranches, with budgets and chips that are not finite and >= 0
/// or are both 0, years that are not finite, a life or a number of teams that is not finite and > 0, and shares outside
/// [0, 1] or that exceed 1 together.
inline void check(const programme& p) {
    constexpr std::string_view function = "programme";
    detail::require(!p.tranches.empty(), function, "a programme with a tranche", p.tranches.size());
    for (const tranche& t : p.tranches) {
        detail::require(std::isfinite(t.year), function, "tranches of known years", t.year);
        const bool is_some = t.budget.value() >= 0 && t.chips >= 0 && t.budget.value() + t.chips > 0;
        detail::require(is_some && std::isfinite(t.budget.value() + t.chips), function,
                        "finite budgets > 0 dollars, or chips > 0", t.budget.value());
    }
    detail::require(p.life > 0 && std::isfinite(p.life), function, "a finite life > 0 years", p.life);
    detail::require(p.teams >= 1 && std::isfinite(p.teams), function, "a finite number of teams >= 1", p.teams);
    detail::require(p.machines > 0 && p.machines <= 1, function, "a share for machines in (0, 1]", p.machines);
    detail::require(p.operators >= 0 && p.machines + p.operators <= 1, function,
                    "shares for machines and operators that do not exceed 1 together", p.machines + p.operators);
}

/// The chips that are in use at a time: S(t) = sum of n_i + m B_i / P(t_i) over the tranches i that are younger than
/// their life, 0 <= t - t_i < life. `price` gives what a chip with its server and network costs in a year; it is called
/// with the year of each of these tranches: a price_path's `at`, or a function. Throws as `check`.
template <std::regular_invocable<double> Price>
[[nodiscard]] double stock_of(const programme& p, const Price& price, double year) {
    check(p);
    double chips = 0;
    for (const tranche& t : p.tranches)
        if (year >= t.year && year - t.year < p.life) {
            chips += t.chips;
            if (t.budget.value() > 0) chips += p.machines * (t.budget / us_dollars(price(t.year)));
        }
    return chips;
}
[[nodiscard]] inline double stock_of(const programme& p, const price_path& path, double year) {
    return stock_of(
        p, [&path](double at) { return path.at(at); }, year);
}
/// Of a chip whose price is uncertain in `from`, and falls by an exact `decline` of orders of magnitude a year. Chips
/// that are given are as many at any price, and count as if they had that uncertainty, too: give them a stock of their
/// own.
[[nodiscard]] inline uncertain<double> stock_of(const programme& p, const uncertain<us_dollars>& price, double from,
                                                double decline, double year) {
    const us_dollars first = price.value();
    const double chips = stock_of(p, price_path{{{from, first}}, decline}, year);
    return uncertain<us_dollars>(first * chips) / price;
}

}  // namespace compute_divide::inline v0_2

#endif
