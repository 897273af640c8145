// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_SEGMENTED_TREND_HPP
#define COMPUTE_DIVIDE_TRENDS_SEGMENTED_TREND_HPP

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/trends/growth.hpp>

/// What a fit of a trend with breaks finds.
namespace compute_divide::inline v0_2 {

/// A break. Segments may meet on any date; a discontinuous break is on that of the first record after it.
struct trend_break {
    estimate year = {};                                  ///< as a decimal year
    double day = 0;                                      ///< in days since 1970-01-01
    std::chrono::sys_days date = {};                     ///< its day
    std::optional<std::chrono::sys_days> earliest = {};  ///< the days of its interval
    std::optional<std::chrono::sys_days> latest = {};
    bool open_before = false;  ///< a profile begins where there is first room for a break: it may be earlier
    bool open_after = false;   ///< the same of its end

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(year); }
    friend bool operator==(const trend_break&, const trend_break&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<trend_break>) {
    return member_list(member{"year", &trend_break::year}, member{"day", &trend_break::day},
                       member{"date", &trend_break::date}, member{"earliest", &trend_break::earliest},
                       member{"latest", &trend_break::latest}, member{"open_before", &trend_break::open_before},
                       member{"open_after", &trend_break::open_after});
}

/// The trend between two breaks.
struct trend_segment {
    std::chrono::sys_days first = {}, last = {};  ///< days of its first and last record
    compute_divide::growth growth =
        {};                    ///< n: its records; t interval, of the common residual_sd, or by cluster bootstrap
    double day = 0;            ///< of its first record, since 1970-01-01
    double log10_value = 0;    ///< of the trend on that day
    double log10_per_day = 0;  ///< its slope

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(growth); }
    friend bool operator==(const trend_segment&, const trend_segment&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<trend_segment>) {
    return member_list(member{"first", &trend_segment::first}, member{"last", &trend_segment::last},
                       member{"growth", &trend_segment::growth}, member{"day", &trend_segment::day},
                       member{"log10_value", &trend_segment::log10_value},
                       member{"log10_per_day", &trend_segment::log10_per_day});
}

/// The best trend with so many breaks. Its criteria are infinite, and it is not chosen, where it has more parameters
/// than the records are worth.
struct break_count {
    std::size_t breaks = 0;
    double rss = 0;        ///< residual sum of squares, of log10
    double bic = 0;        ///< as break_choice::bic
    double criterion = 0;  ///< as the break_choice of the options

    friend bool operator==(const break_count&, const break_count&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<break_count>) {
    return member_list(member{"breaks", &break_count::breaks}, member{"rss", &break_count::rss},
                       member{"bic", &break_count::bic}, member{"criterion", &break_count::criterion});
}

/// A trend that breaks: segments, and the breaks between them.
struct segmented_trend {
    std::vector<trend_break> breaks = {};
    std::vector<trend_segment> segments = {};  ///< one more than breaks
    std::vector<break_count> counts = {};      ///< for 0, 1, ... breaks, as far as there is room
    double rss = 0;                            ///< residual sum of squares, of log10
    /// sqrt(rss / (n - p)), p: two a segment; where segments meet, the date of the break replaces a level.
    std::optional<double> residual_sd = {};
    std::optional<double> r_squared = {};  ///< nothing where all values are the same
    std::uint64_t n = 0;
    /// With a cluster field: n over the design effect 1 + (m - 1) r (Kish, 1965), m = sum over clusters of squared size
    /// / n, r >= 0 the correlation of residuals within clusters by analysis of variance (Fisher, 1925), of the trend
    /// with the most breaks.
    std::optional<double> n_effective = {};
    std::uint64_t n_missing = 0;
    std::uint64_t n_clusters = 0;  ///< 0 without a cluster field
    estimate_status status = estimate_status::no_data;

    /// The value of the trend on a date, before and after the data by its first and last segment; nothing where there
    /// is no trend, the date is not known, or the value is above the largest double.
    template <calendar_time Date>
    [[nodiscard]] std::optional<double> at(const Date& date) const;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const segmented_trend&, const segmented_trend&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<segmented_trend>) {
    return member_list(member{"breaks", &segmented_trend::breaks}, member{"segments", &segmented_trend::segments},
                       member{"counts", &segmented_trend::counts}, member{"rss", &segmented_trend::rss},
                       member{"residual_sd", &segmented_trend::residual_sd},
                       member{"r_squared", &segmented_trend::r_squared}, member{"n", &segmented_trend::n},
                       member{"n_effective", &segmented_trend::n_effective},
                       member{"n_missing", &segmented_trend::n_missing},
                       member{"n_clusters", &segmented_trend::n_clusters}, member{"status", &segmented_trend::status});
}

template <calendar_time Date>
std::optional<double> segmented_trend::at(const Date& date) const {
    const double day = days_since_1970(date);
    if (segments.empty() || !is_known(day)) return std::nullopt;
    const auto past = detail::upper_bound_by(breaks, day, &trend_break::day) - breaks.begin();
    const trend_segment& segment = segments[static_cast<std::size_t>(past)];
    const double value = std::pow(10, segment.log10_value + segment.log10_per_day * (day - segment.day));
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

}  // namespace compute_divide::inline v0_2

#endif
