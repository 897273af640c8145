// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_TWO_SAMPLE_COMPARISON_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_TWO_SAMPLE_COMPARISON_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/test_result.hpp>

/// What the comparisons of two samples have in common.
namespace compute_divide::inline v0_2::detail {

/// An effect without value yet; its status is `ok` where each sample has `at_least` values.
[[nodiscard]] inline estimate unknown_effect(const two_samples& samples, double level, std::string_view function,
                                             std::size_t at_least) {
    require_level(level, function);
    const auto [fewer, more] = std::minmax({samples.first().size(), samples.second().size()});
    estimate result;
    result.level = level;
    result.method = function;
    result.n = fewer + more;
    result.n_missing = samples.n_missing();
    result.status = fewer == 0         ? estimate_status::no_data
                    : fewer < at_least ? estimate_status::too_few
                                       : estimate_status::ok;
    return result;
}

/// The effect and a test of the same method, sample and status.
[[nodiscard]] inline two_sample_result with_test(estimate effect) {
    two_sample_result result;
    result.test.method = effect.method;
    result.test.n = effect.n;
    result.test.n_missing = effect.n_missing;
    result.test.status = effect.status;
    result.effect = effect;
    return result;
}

inline void set_degenerate(two_sample_result& result) {
    result.effect.status = result.test.status = estimate_status::degenerate;
}

/// A sample, or its logs.
[[nodiscard]] inline std::vector<double> transformed(comparison_scale scale, std::vector<double> values,
                                                     std::string_view function) {
    if (scale == comparison_scale::difference) return values;
    if (!values.empty()) require(values.front() > 0, function, "values > 0 for a ratio", values.front());
    for (auto& x : values) x = std::log(x);
    return values;
}

/// A difference of values as it is, one of logs as a ratio. Where that is beyond the largest double there are no
/// bounds, or no value.
[[nodiscard]] inline estimate back_transformed(comparison_scale scale, estimate e) {
    if (scale == comparison_scale::ratio) {
        if (e.value) e.value = std::exp(*e.value);
        if (e.bounds) e.bounds = interval{std::exp(e.bounds->lower), std::exp(e.bounds->upper)};
    }
    if (e.bounds && !(std::isfinite(e.bounds->lower) && std::isfinite(e.bounds->upper))) e.bounds.reset();
    if (e.value && !std::isfinite(*e.value)) {
        e.value.reset();
        e.bounds.reset();
        e.status = estimate_status::degenerate;
    }
    return e;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
