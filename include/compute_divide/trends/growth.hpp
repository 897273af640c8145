// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_GROWTH_HPP
#define COMPUTE_DIVIDE_TRENDS_GROWTH_HPP

#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <string>
#include <type_traits>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>

/// How fast something grows, in the three ways that people say it: orders of magnitude a year, factor a year, months to
/// double.
namespace compute_divide::inline v0_2 {

/// Days of a year, in which growth is expressed.
enum class year_length {
    days_365_25,  ///< the Julian year
    days_365      ///< Sevilla et al. (2022)
};
[[nodiscard]] constexpr auto enumerators(year_length) {
    using enum year_length;
    return std::array{named<year_length>{days_365_25, "days_365_25", "365.25 days"},
                      named<year_length>{days_365, "days_365", "365 days"}};
}

/// Days of a month, in which doubling times are expressed.
enum class month_length {
    days_365_25_over_12,  ///< a twelfth of a Julian year
    days_30               ///< Sevilla et al. (2022)
};
[[nodiscard]] constexpr auto enumerators(month_length) {
    using enum month_length;
    return std::array{named<month_length>{days_365_25_over_12, "days_365_25_over_12", "365.25/12 days"},
                      named<month_length>{days_30, "days_30", "30 days"}};
}

/// The units of growth; `{year_length::days_365, month_length::days_30}` are those of Sevilla et al. (2022).
struct growth_units {
    year_length year = year_length::days_365_25;
    month_length month = month_length::days_365_25_over_12;

    /// Days of a year in these units.
    [[nodiscard]] constexpr double days_per_year() const { return year == year_length::days_365 ? 365 : 365.25; }
    /// Days of a month in these units.
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

struct growth_options {
    growth_units units = {};
    derived_interval derived = derived_interval::fieller;

    friend constexpr bool operator==(const growth_options&, const growth_options&) = default;
};

/// What the data say about a doubling time.
enum class doubling_kind {
    unknown,   ///< there is no slope: the status of the months says why
    none,      ///< the estimate is no growth, or (of a bootstrap) no growth is allowed by the interval: nothing doubles
    at_least,  ///< growth, but no growth is within the interval of the slope: a lower bound only
    finite     ///< a value, between two bounds where the slope has an interval
};
[[nodiscard]] constexpr auto enumerators(doubling_kind) {
    using enum doubling_kind;
    return std::array{named<doubling_kind>{unknown, "unknown"},
                      named<doubling_kind>{none, "none", "no finite doubling time"},
                      named<doubling_kind>{at_least, "at_least", "at least"}, named<doubling_kind>{finite, "finite"}};
}

/// The time in which a trend doubles.
struct doubling_time {
    /// The point estimate with its interval, whose upper end is infinite (null in JSON) where `at_least`. `none` is
    /// `degenerate`.
    estimate months = {};
    doubling_kind kind = doubling_kind::unknown;

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(months); }
    friend constexpr bool operator==(const doubling_time&, const doubling_time&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<doubling_time>) {
    return member_list(member{"months", &doubling_time::months}, member{"kind", &doubling_time::kind});
}

/// One slope of log10 in time, expressed in three ways with the same interval.
struct growth {
    estimate slope = {};          ///< orders of magnitude a year
    estimate factor = {};         ///< times a year: 10^slope
    doubling_time doubling = {};  ///< log10(2) / slope

    /// Whether there is a slope; the factor may be too large, and nothing needs to double.
    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(slope); }
    friend constexpr bool operator==(const growth&, const growth&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<growth>) {
    return member_list(member{"slope", &growth::slope}, member{"factor", &growth::factor},
                       member{"doubling", &growth::doubling});
}

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

/// An estimate in another unit, `factor` > 0 of which make one of its own.
[[nodiscard]] inline estimate scaled(estimate e, double factor) {
    if (e.value) *e.value *= factor;
    if (e.bounds) e.bounds = interval{e.bounds->lower * factor, e.bounds->upper * factor};
    return e;
}

/// log10(2) / slope of a slope a year, see growth_of.
[[nodiscard]] inline doubling_time doubling_of(const estimate& slope_per_year, const growth_options& options) {
    doubling_time doubling{.months = slope_per_year};
    if (!slope_per_year.value) return doubling;
    const double slope = *slope_per_year.value;
    const double months_per_year = options.units.days_per_year() / options.units.days_per_month();
    const auto months_of = [=](double growing) { return std::log10(2.0) / growing * months_per_year; };
    const auto doubles = [=](double x) { return x > 0 && std::isfinite(months_of(x)); };
    const auto& bounds = slope_per_year.bounds;
    estimate& told = doubling.months;
    told.value.reset();
    told.bounds.reset();
    if (!doubles(slope) || (bounds && !doubles(bounds->upper))) {
        doubling.kind = doubling_kind::none;
        told.status = estimate_status::degenerate;
        return doubling;
    }
    const double months = months_of(slope);
    const auto months_at = [=](double end) {
        return options.derived == derived_interval::delta ? months * (2 - end / slope) : months_of(end);
    };
    told.value = months;
    doubling.kind = doubling_kind::finite;
    if (!bounds) return doubling;
    if (doubles(bounds->lower)) {
        told.bounds = interval{months_at(bounds->upper), months_at(bounds->lower)};
    } else {
        doubling.kind = doubling_kind::at_least;
        told.bounds = interval{months_of(bounds->upper), std::numeric_limits<double>::infinity()};
    }
    return doubling;
}

}  // namespace detail

/// The growth of a trend whose log10 rises by `slope_per_day`, an estimate with its interval, orders of magnitude a
/// day.
///
///   slope = d b;   factor = 10^slope;   doubling = log10(2) / b / m      (d, m: days of a year and of a month)
///
/// An interval of the slope that reaches down to 0 leaves the doubling time no upper bound, `at_least` (the lower is
/// that of `fieller`, whatever `derived`); a slope of 0 or less no doubling time. Without a value (the status says why)
/// all three have none; a factor above the largest double has no bounds. O(1).
[[nodiscard]] inline growth growth_of(const estimate& slope_per_day, const growth_options& options = {}) {
    const estimate slope = detail::scaled(slope_per_day, options.units.days_per_year());
    return {slope, detail::antilog(slope, options.derived), detail::doubling_of(slope, options)};
}

/// One line a person can read: `5.39 months [5.05, 5.76] (hc1, 90 %, n = 428)`, `12.1 months, at least 7.35 (...)`,
/// `no finite doubling time (...)`, or the status in words.
[[nodiscard]] inline std::string to_string(const doubling_time& doubling, estimate_format format = {}) {
    const auto number = [digits = format.digits](double x) {
        char text[64];
        std::snprintf(text, sizeof text, "%.*g", digits, x);
        return std::string(text);
    };
    const estimate& months = doubling.months;
    std::string line;
    if (months.value)
        line = number(*months.value) + " months";
    else
        line = doubling.kind == doubling_kind::none ? description_of(doubling.kind) : description_of(months.status);
    if (months.bounds) {
        const std::string lower = number(months.bounds->lower);
        line += doubling.kind == doubling_kind::at_least ? ", at least " + lower
                                                         : " [" + lower + ", " + number(months.bounds->upper) + "]";
    }
    const std::string text = to_string(months);  // whose parenthesis it is
    return line + text.substr(text.rfind(" ("));
}

}  // namespace compute_divide::inline v0_2

#endif
