// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_QUANTILE_HPP
#define COMPUTE_DIVIDE_STATISTICS_QUANTILE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <ranges>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>

/// Sample quantiles, the median and the median absolute deviation.
namespace compute_divide::inline v0_2 {

/// Which sample quantile, in numpy's words: the quantile of probability p is the order statistic of rank
/// a + p (n + 1 - 2a), interpolated linearly between neighbours (Hyndman and Fan 1996).
enum class quantile_definition {
    linear,           ///< a = 1: R's type 7, the default of R, numpy and spreadsheets
    weibull,          ///< a = 0: type 6, of SPSS and Minitab
    hazen,            ///< a = 1/2: type 5
    median_unbiased,  ///< a = 1/3: type 8, which Hyndman and Fan recommend
    normal_unbiased   ///< a = 3/8: type 9
};
[[nodiscard]] constexpr auto enumerators(quantile_definition) {
    using enum quantile_definition;
    return std::array{named<quantile_definition>{linear, "linear"}, named<quantile_definition>{weibull, "weibull"},
                      named<quantile_definition>{hazen, "hazen"},
                      named<quantile_definition>{median_unbiased, "median_unbiased"},
                      named<quantile_definition>{normal_unbiased, "normal_unbiased"}};
}

/// What a median absolute deviation is multiplied by.
enum class deviation_scale {
    raw,    ///< 1
    normal  ///< 1.4826...: for normal data it then estimates the standard deviation
};
[[nodiscard]] constexpr auto enumerators(deviation_scale) {
    using enum deviation_scale;
    return std::array{named<deviation_scale>{raw, "raw"}, named<deviation_scale>{normal, "normal"}};
}

struct quantile_options {
    quantile_definition definition = quantile_definition::linear;
};
struct deviation_options {
    deviation_scale scale = deviation_scale::raw;
};

namespace detail {

/// The two order statistics, counted from 0, that a quantile of `n >= 1` values lies between, and how far.
struct quantile_place {
    std::size_t below = 0, above = 0;
    double fraction = 0;

    quantile_place(std::size_t n, double p, quantile_definition definition) {
        using enum quantile_definition;
        const double a = definition == linear            ? 1
                         : definition == weibull         ? 0
                         : definition == hazen           ? 0.5
                         : definition == median_unbiased ? 1.0 / 3
                                                         : 0.375;
        const auto last = static_cast<double>(n - 1);
        const double place = std::clamp(a - 1 + p * (last + 2 - 2 * a), 0.0, last);
        below = static_cast<std::size_t>(place);
        above = std::min(below + 1, n - 1);
        fraction = place - static_cast<double>(below);
    }

    [[nodiscard]] double between(double lower, double upper) const {
        return fraction == 0 || lower == upper ? lower : std::lerp(lower, upper, fraction);
    }
};

/// Of values in ascending order, n >= 1.
[[nodiscard]] inline double quantile_of_sorted(const std::vector<double>& values, double p,
                                               quantile_definition definition = quantile_definition::linear) {
    const quantile_place at(values.size(), p, definition);
    return at.between(values[at.below], values[at.above]);
}

/// Of values in any order, n >= 1. O(n).
[[nodiscard]] inline double quantile_of(std::vector<double> values, double p,
                                        quantile_definition definition = quantile_definition::linear) {
    const quantile_place at(values.size(), p, definition);
    const auto lower = values.begin() + static_cast<std::ptrdiff_t>(at.below);
    std::nth_element(values.begin(), lower, values.end());
    return at.between(*lower, at.above == at.below ? *lower : *std::min_element(lower + 1, values.end()));
}

/// The known values of a field; `counted` gets n, n_missing and the status for "there are some".
template <std::ranges::input_range Records, quantity_field_of<Records> Field>
[[nodiscard]] std::vector<double> known_values(Records&& records, Field& field, estimate& counted) {
    std::vector<double> values;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(field, record));
        if (is_known(x))
            values.push_back(x);
        else
            ++counted.n_missing;
    }
    counted.n = values.size();
    counted.status = values.empty() ? estimate_status::no_data : estimate_status::ok;
    return values;
}

inline void set_quantile(estimate& result, double value) {
    if (is_known(value))
        result.value = value;
    else
        result.status = estimate_status::degenerate;
}

}  // namespace detail

/// The sample quantile of probability p of `field`; no interval (see bootstrap.hpp).
///
/// No known value: no_data; degenerate where infinite values leave it undefined. Throws std::invalid_argument unless p
/// is in [0, 1]. One pass, O(n), a copy of the values. Source: Hyndman and Fan (1996). Checked against R quantile and
/// numpy.quantile.
template <std::ranges::input_range Records, quantity_field_of<Records> Field = std::identity>
[[nodiscard]] estimate quantile(Records&& records, double p, Field field = {}, const quantile_options& options = {}) {
    detail::require(p >= 0 && p <= 1, "quantile", "p in [0, 1]", p);
    estimate result;
    result.method = name_of(options.definition);
    auto values = detail::known_values(records, field, result);
    if (result) detail::set_quantile(result, detail::quantile_of(std::move(values), p, options.definition));
    return result;
}

template <mistake::no_range Field, class Records>
mistake::the_records_come_first quantile(Field, Records&&, double) = delete;
template <std::ranges::input_range Records, mistake::no_number_of<Records> Field = std::identity>
mistake::the_value_must_be_a_number quantile(Records&&, double, Field = {}, const quantile_options& = {}) = delete;
template <std::ranges::input_range Records, class Field>
requires mistake::other_records<Records, Field> mistake::the_field_does_not_take_these_records quantile(
    Records&&, double, Field, const quantile_options& = {})
= delete;

/// The median of `field`: as quantile(records, 0.5, field).
template <std::ranges::input_range Records, quantity_field_of<Records> Field = std::identity>
[[nodiscard]] estimate median(Records&& records, Field field = {}) {
    estimate result = quantile(records, 0.5, std::move(field));
    result.method = "median";
    return result;
}

template <std::ranges::input_range Records, mistake::no_number_of<Records> Field = std::identity>
mistake::the_value_must_be_a_number median(Records&&, Field = {}) = delete;

/// The median of |x - median(x)|, times the scale. Not enough data and cost as quantile.
/// Checked against R mad and scipy.stats.median_abs_deviation.
template <std::ranges::input_range Records, quantity_field_of<Records> Field = std::identity>
[[nodiscard]] estimate median_absolute_deviation(Records&& records, Field field = {},
                                                 const deviation_options& options = {}) {
    const bool is_raw = options.scale == deviation_scale::raw;
    estimate result;
    result.method = is_raw ? "median_absolute_deviation" : "median_absolute_deviation, normal";
    auto values = detail::known_values(records, field, result);
    if (!result) return result;
    const double middle = detail::quantile_of(values, 0.5);
    if (!is_known(middle)) {
        result.status = estimate_status::degenerate;
        return result;
    }
    for (auto& x : values) x = x == middle ? 0 : std::fabs(x - middle);  // 0 also where both are infinite
    constexpr double normal_third_quartile = 0.67448975019608174320;
    detail::set_quantile(result, detail::quantile_of(std::move(values), 0.5) / (is_raw ? 1 : normal_third_quartile));
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
