// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_GROWTH_HPP
#define COMPUTE_DIVIDE_TRENDS_GROWTH_HPP

#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>

/// How fast something grows, told in the three ways people tell it: orders of magnitude a year, factor a year, months
/// to double.
namespace compute_divide {

/// Days of the year that growth is told by.
enum class year_length {
    days_365_25,  ///< the Julian year
    days_365      ///< Sevilla et al. (2022)
};
[[nodiscard]] constexpr auto enumerators(year_length) {
    using enum year_length;
    return std::array{named<year_length>{days_365_25, "365.25 days"}, named<year_length>{days_365, "365 days"}};
}

/// Days of the month that doubling times are told in.
enum class month_length {
    days_365_25_over_12,  ///< a twelfth of a Julian year
    days_30               ///< Sevilla et al. (2022)
};
[[nodiscard]] constexpr auto enumerators(month_length) {
    using enum month_length;
    return std::array{named<month_length>{days_365_25_over_12, "365.25/12 days"},
                      named<month_length>{days_30, "30 days"}};
}

/// The units of growth; `{year_length::days_365, month_length::days_30}` are those of Sevilla et al. (2022).
struct growth_units {
    year_length year = year_length::days_365_25;
    month_length month = month_length::days_365_25_over_12;

    [[nodiscard]] constexpr double days_per_year() const { return year == year_length::days_365 ? 365 : 365.25; }
    [[nodiscard]] constexpr double days_per_month() const { return month == month_length::days_30 ? 30 : 365.25 / 12; }
    friend constexpr bool operator==(const growth_units&, const growth_units&) = default;
};

/// How the interval of a slope becomes that of a growth factor, a doubling time or a lag.
enum class derived_interval {
    fieller,  ///< the values that the interval of the slope allows: its ends transformed (Fieller, 1954, for ratios)
    delta     ///< symmetric round the estimate, from its derivative
};
[[nodiscard]] constexpr auto enumerators(derived_interval) {
    using enum derived_interval;
    return std::array{named<derived_interval>{fieller, "fieller"}, named<derived_interval>{delta, "delta"}};
}

/// What the data say about a doubling time.
enum class doubling_kind {
    none,      ///< the estimate is no growth, or (of a bootstrap) no growth is allowed by the interval: nothing doubles
    at_least,  ///< growth, but no growth is within the interval of the slope: a lower bound only
    finite     ///< a value, between two bounds where the slope has an interval
};
[[nodiscard]] constexpr auto enumerators(doubling_kind) {
    using enum doubling_kind;
    return std::array{named<doubling_kind>{none, "no finite doubling time"}, named<doubling_kind>{at_least, "at least"},
                      named<doubling_kind>{finite, "finite"}};
}

/// The time in which a trend doubles. There is never an infinite number: what is not bounded has no bound.
struct doubling_time {
    doubling_kind kind = doubling_kind::none;
    std::optional<double> months = {};  ///< the point estimate; there unless `none`
    std::optional<double> lower = {};   ///< there unless `none` (or the slope has no interval)
    std::optional<double> upper = {};   ///< there where `finite` (and the slope has an interval)
    double level = 0.95;                ///< nominal coverage of the bounds
    std::string_view method = {};       ///< of the slope's interval; text of static storage
    std::uint64_t n = 0;
    std::uint64_t n_missing = 0;
    estimate_status status = estimate_status::no_data;  ///< `ok` also where the answer is `none`

    [[nodiscard]] constexpr explicit operator bool() const { return months.has_value(); }
    friend constexpr bool operator==(const doubling_time&, const doubling_time&) = default;
};

/// One slope of log10 in time, told in three ways with the same interval.
struct growth {
    estimate slope;          ///< orders of magnitude a year
    estimate factor;         ///< times a year: 10^slope
    doubling_time doubling;  ///< log10(2) / slope

    friend constexpr bool operator==(const growth&, const growth&) = default;
};

namespace detail {

/// An estimate of a log10 as one of the value. What is past the largest double has no bounds, or no value
/// (`degenerate`).
[[nodiscard]] inline estimate antilog(estimate e, derived_interval derived = derived_interval::fieller) {
    if (!e.value) return e;
    const double log = *e.value;
    const double value = std::pow(10, log);
    const auto end = [=](double x) {
        return derived == derived_interval::delta ? value * (1 + std::numbers::ln10 * (x - log)) : std::pow(10, x);
    };
    e.value = value;
    if (e.bounds) e.bounds = interval{end(e.bounds->lower), end(e.bounds->upper)};
    if (e.bounds && !std::isfinite(e.bounds->upper)) e.bounds.reset();
    if (!std::isfinite(value)) {
        e.value.reset();
        e.bounds.reset();
        e.status = estimate_status::degenerate;
    }
    return e;
}

}  // namespace detail

/// The growth of a trend whose log10 rises by `slope_per_day`, an estimate with its interval, orders of magnitude a
/// day.
///
///   slope = d b;   factor = 10^slope;   doubling = log10(2) / b / m      (d, m: days of a year and of a month)
///
/// An interval of the slope that reaches down to 0 leaves the doubling time one bound, `at_least` (that of `fieller`,
/// whatever `derived`); a slope of 0 or less none. Without a value (the status says why) all three have none; a factor
/// above the largest double has no bounds.
[[nodiscard]] inline growth growth_of(const estimate& slope_per_day, growth_units units = {},
                                      derived_interval derived = derived_interval::fieller) {
    growth result{slope_per_day,
                  slope_per_day,
                  {.level = slope_per_day.level,
                   .method = slope_per_day.method,
                   .n = slope_per_day.n,
                   .n_missing = slope_per_day.n_missing,
                   .status = slope_per_day.status}};
    if (!slope_per_day.value) return result;
    const double year = units.days_per_year();
    const double slope = *slope_per_day.value * year;
    result.slope.value = slope;
    if (slope_per_day.bounds)
        result.slope.bounds = interval{slope_per_day.bounds->lower * year, slope_per_day.bounds->upper * year};
    result.factor = detail::antilog(result.slope, derived);
    doubling_time& doubling = result.doubling;
    const auto months_of = [=](double growing) { return std::log10(2.0) / growing * (year / units.days_per_month()); };
    const auto doubles = [=](double x) { return x > 0 && std::isfinite(months_of(x)); };
    const auto& bounds = result.slope.bounds;
    if (!doubles(slope) || (bounds && !doubles(bounds->upper))) return result;
    const double months = months_of(slope);
    const auto months_at = [=](double end) {
        return derived == derived_interval::delta ? months * (2 - end / slope) : months_of(end);
    };
    doubling.months = months;
    doubling.kind = doubling_kind::finite;
    if (!bounds) return result;
    if (doubles(bounds->lower)) {
        doubling.lower = months_at(bounds->upper);
        doubling.upper = months_at(bounds->lower);
    } else {
        doubling.kind = doubling_kind::at_least;
        doubling.lower = months_of(bounds->upper);
    }
    return result;
}

/// One line a person can read: `5.39 months [5.05, 5.76] (hc1, 90 %, n = 428)`, `12.1 months, at least 7.35 (...)`,
/// `no finite doubling time (...)`, or the status in words.
[[nodiscard]] inline std::string to_string(const doubling_time& doubling, int digits = 3) {
    const auto number = [digits](double x) {
        char text[64];
        std::snprintf(text, sizeof text, "%.*g", digits, x);
        return std::string(text);
    };
    std::string line;
    if (doubling.status != estimate_status::ok)
        line = name_of(doubling.status);
    else if (doubling.kind == doubling_kind::none)
        line = name_of(doubling.kind);
    else
        line = number(*doubling.months) + " months";
    if (doubling.kind == doubling_kind::at_least && doubling.lower) line += ", at least " + number(*doubling.lower);
    if (doubling.upper) line += " [" + number(*doubling.lower) + ", " + number(*doubling.upper) + "]";
    // The parenthesis is that of an estimate.
    estimate sample{.level = doubling.level,
                    .method = doubling.method,
                    .n = doubling.n,
                    .n_missing = doubling.n_missing,
                    .status = doubling.status};
    if (doubling.lower) sample.bounds = interval{};
    const std::string text = to_string(sample);
    return line + text.substr(text.rfind(" ("));
}

}  // namespace compute_divide

#endif
