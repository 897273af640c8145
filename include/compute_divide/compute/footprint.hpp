// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_FOOTPRINT_HPP
#define COMPUTE_DIVIDE_COMPUTE_FOOTPRINT_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// Energy, carbon and cost of a training run, each with its interval: products of factors that are uncertain each by
/// itself. What is measured replaces a factor; what is not known has a default with a source and a spread.
///
///     const auto energy = energy_of_chips(chip_time(64, std::chrono::hours(288)), *a100.power,
///                                         typical_energy_factors(a100, data_centre::other));
///     const auto carbon = energy * find_grid_intensity("France", 2023).intensity;
///     to_string(carbon.estimate());
namespace compute_divide::inline v0_2 {

/// Whose data centre.
enum class data_centre {
    hyperscale,  ///< of Amazon, Google, Meta or Microsoft
    other
};
[[nodiscard]] constexpr auto enumerators(data_centre) {
    using enum data_centre;
    return std::array{named<data_centre>{hyperscale, "hyperscale"}, named<data_centre>{other, "other"}};
}

/// The factors between the power that a chip is designed for and what a data centre draws for it.
struct energy_factors {
    uncertain<double> server = 1.0;  ///< power of a server at full load, for each watt of its chips'
    uncertain<double> load = 1.0;    ///< average power of the server over that at full load, at most 1
    uncertain<double> pue = 1.0;     ///< power usage effectiveness: the data centre's energy over its servers'

    friend bool operator==(const energy_factors&, const energy_factors&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<energy_factors>) {
    using result = energy_factors;
    return member_list(member{"server", &result::server}, member{"load", &result::load}, member{"pue", &result::pue});
}

/// Power usage effectiveness: 1.1 of hyperscale data centres, as the six of Patterson et al. (2021, table 4; 1.09 to
/// 1.12); else 1.25 (Cottier et al., 2024), taken as 1.1 to 1.6 at 90 %. The average of 2018 was 1.58 (Strubell et al.,
/// 2019).
[[nodiscard]] inline uncertain<double> typical_pue(data_centre where) {
    if (where == data_centre::hyperscale) return {1.1, "PUE", 0.01};
    return {1.25, "PUE", 0.11};
}

/// Typical factors where power was not measured (Cottier et al., 2024, "The rising costs of training frontier AI
/// models", published code): servers of 1.8 times their chips' power (A100 2.03, H100 1.82, V100 1.67; as
/// published 1.25 to 2.08, taken as 90 %) that draw 0.75 of it (90 %: 0.56 to 1, full load); of TPUs 1.56 (v2 1.64,
/// v3 1.47) and 0.43 (90 %: 0.3 to 0.8). Their TPU powers are those of Jouppi et al. (2021), 280 W for v2 and 450 W for
/// v3.
[[nodiscard]] inline energy_factors typical_energy_factors(const accelerator& chip, data_centre where) {
    struct ratio {
        std::string_view part_of_name;
        double server;
    };
    const auto server_of = [&chip](auto ratios, double otherwise) {
        for (const auto& [part, server] : ratios)
            if (chip.name.find(part) != std::string_view::npos) return server;
        return otherwise;
    };
    if (chip.name.find("TPU") != std::string_view::npos)
        return {.server = {server_of(std::array{ratio{"v2", 1.64}, ratio{"v3", 1.47}}, 1.56), "server power", 0.033},
                .load = {0.43, "load", 0.30},
                .pue = typical_pue(where)};
    return {.server = {server_of(std::array{ratio{"A100", 6.5 / 8 / 0.4}, ratio{"H100", 10.2 / 8 / 0.7},
                                            ratio{"V100", (10.0 / 16 + 1.5 / 4) / 2 / 0.3}},
                                 1.8),
                       "server power", 0.155},
            .load = {0.75, "load", 0.174},
            .pue = typical_pue(where)};
}

/// Chips times the time that they ran. Throws std::invalid_argument unless both are finite and greater than 0.
[[nodiscard]] inline uncertain<seconds> chip_time(double chips, seconds each) {
    constexpr std::string_view function = "chip_time";
    detail::require(chips > 0 && std::isfinite(chips), function, "finite chips > 0", chips);
    detail::require(each.count() > 0 && std::isfinite(each.count()), function, "a finite time > 0 s", each.count());
    return chips * each;
}

/// chip time * power of one chip * server * load * PUE. For power that was measured at the servers, the factors are
/// `{.pue = ...}`. Throws std::invalid_argument for a load above 1, full load.
[[nodiscard]] inline uncertain<joules> energy_of_chips(const uncertain<seconds>& time,
                                                       const uncertain<watts>& chip_power,
                                                       const energy_factors& factors) {
    detail::require(factors.load.value() <= 1, "energy_of_chips", "load <= 1, full load", factors.load.value());
    return time * chip_power * factors.server * factors.load * factors.pue;
}

/// FLOP / (FLOP per joule) * PUE, where the efficiency is what the servers reached, not the chips' peak.
[[nodiscard]] inline uncertain<joules> energy_of_flop(const uncertain<flop>& work,
                                                      const uncertain<flop_per_joule>& efficiency,
                                                      const uncertain<double>& pue) {
    return work / efficiency * pue;
}

/// Dollars for each kilowatt-hour.
[[nodiscard]] constexpr us_dollars_per_joule usd_per_kwh(double dollars) {
    return us_dollars_per_joule(dollars / 3.6e6);
}

/// What United States industry paid for a kWh in that year, annual average (Energy Information Administration, as
/// collected by Cottier et al., 2024); after 2025 as in 2025. Its spread, a factor of 1.5 at 90 % for other states and
/// contracts, is this library's choice. Throws std::invalid_argument for a year before 2010.
[[nodiscard]] inline uncertain<us_dollars_per_joule> typical_electricity_price(int year) {
    constexpr std::array usd_from_2010{0.0677, 0.0682, 0.0667, 0.0689, 0.0710, 0.0691, 0.0676, 0.0688,
                                       0.0692, 0.0681, 0.0667, 0.0718, 0.0832, 0.0806, 0.0771, 0.0826};
    detail::require(year >= 2010, "typical_electricity_price", "a year from 2010 on", year);
    const auto at = std::min(static_cast<std::size_t>(year - 2010), usd_from_2010.size() - 1);
    return {usd_per_kwh(usd_from_2010[at]), "electricity price", 0.25};
}

/// Orders of magnitude by which FLOP/s for a dollar rise in a year (Hobbhahn and Besiroglu, 2022, as used by Cottier et
/// al., 2024), and so what a chip loses in value.
inline constexpr double price_performance_growth = 0.14;

/// The time in which a chip that loses value by `orders_of_magnitude` a year loses what it cost at its first rate:
/// 1 / (o ln 10), 3.1 years for the default.
[[nodiscard]] constexpr seconds hardware_lifetime(double orders_of_magnitude = price_performance_growth) {
    return std::chrono::years(1) / (orders_of_magnitude * std::numbers::ln10);
}

/// What a price has come down to after a time of price-performance growth. Throws std::invalid_argument for a time that
/// is negative or not finite.
[[nodiscard]] inline us_dollars depreciated(us_dollars price, seconds since,
                                            double orders_of_magnitude = price_performance_growth) {
    detail::require(since.count() >= 0 && std::isfinite(since.count()), "depreciated", "a finite time >= 0 s",
                    since.count());
    return price * std::pow(10, -orders_of_magnitude * (since / std::chrono::years(1)));
}

/// What a chip costs in a cluster (Cottier et al., 2024).
struct hardware_price {
    uncertain<us_dollars> chip = us_dollars();                ///< one chip, new or depreciated
    uncertain<double> server = {1.64, "server price", 0.03};  ///< price of a server over its chips'; 1.54 to 1.69
    uncertain<double> cluster = 1 / (1 - 0.19);               ///< interconnect: 19 % of the whole
    uncertain<seconds> lifetime = {hardware_lifetime(), "hardware lifetime",
                                   0.155};  ///< 3 to 5 years are a factor of 1.7

    friend bool operator==(const hardware_price&, const hardware_price&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<hardware_price>) {
    using result = hardware_price;
    return member_list(member{"chip", &result::chip}, member{"server", &result::server},
                       member{"cluster", &result::cluster}, member{"lifetime", &result::lifetime});
}

/// Buying: chip time / lifetime * price * server * cluster. Energy is extra.
[[nodiscard]] inline uncertain<us_dollars> amortised_cost(const uncertain<seconds>& time, const hardware_price& price) {
    return time / price.lifetime * price.chip * price.server * price.cluster;
}

/// Renting: chip time * price of a chip-hour.
[[nodiscard]] inline uncertain<us_dollars> cloud_cost(const uncertain<seconds>& time,
                                                      const uncertain<us_dollars>& chip_hour) {
    return time / uncertain(seconds(std::chrono::hours(1))) * chip_hour;
}

/// Carbon of making the hardware, as Luccioni et al. (2022, BLOOM, section 4.1) reckon it: 150 kg CO2e for a GPU
/// (NVIDIA's product carbon footprint of the HGX H100, 2025, has 164 kg a card) and 2,500 kg for a server of 8, in use
/// for 85 % of 6 years. Their spread, a factor of 1.8 each at 90 %, is this library's choice: published servers are
/// 1,300 to 4,300 kg, and accelerators are seldom declared.
struct hardware_carbon {
    uncertain<kg_co2e> chip = {kg_co2e(150), "carbon of making chips", 0.35};
    uncertain<kg_co2e> server = {kg_co2e(2500), "carbon of making servers", 0.35};
    double chips_per_server = 8;
    uncertain<seconds> lifetime = {0.85 * std::chrono::years(6), "hardware lifetime", 0.155};  ///< in use

    friend bool operator==(const hardware_carbon&, const hardware_carbon&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<hardware_carbon>) {
    using result = hardware_carbon;
    return member_list(member{"chip", &result::chip}, member{"server", &result::server},
                       member{"chips_per_server", &result::chips_per_server}, member{"lifetime", &result::lifetime});
}

/// The part of making the hardware that falls to a run: chip time / lifetime * (chip + server / chips in it). It is no
/// part of what the electricity emitted, and is named apart from it. Buildings, networks and storage are not in it.
/// Throws std::invalid_argument for chips_per_server that is not finite and > 0.
[[nodiscard]] inline uncertain<kg_co2e> embodied_carbon(const uncertain<seconds>& time,
                                                        const hardware_carbon& hardware = {}) {
    detail::require(hardware.chips_per_server > 0 && std::isfinite(hardware.chips_per_server), "embodied_carbon",
                    "finite chips_per_server > 0", hardware.chips_per_server);
    return time / hardware.lifetime * (hardware.chip + hardware.server * uncertain(1 / hardware.chips_per_server));
}

/// Published figures of carbon are often in pounds.
inline constexpr double kg_per_pound = 0.45359237;

}  // namespace compute_divide::inline v0_2

#endif
