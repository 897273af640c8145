// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_MULTIPLE_DRAWS_HPP
#define COMPUTE_DIVIDE_STATISTICS_MULTIPLE_DRAWS_HPP

#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>

/// Errors of measurement in the interval of any estimate: the analysis is done over many draws of the data, and its
/// estimates are combined.
namespace compute_divide::inline v0_2 {

struct multiple_draws_options {
    std::size_t draws = 50;
    double level = 0.95;  ///< of the combined interval
    std::uint64_t seed = 1;
    unsigned threads = 1;  ///< 0: as many as the machine has
};

/// Estimates of one quantity over several draws of its data, as one.
struct combined_draws {
    estimate combined = {};
    double within_variance = 0;   ///< mean of the estimates' own: of sampling
    double between_variance = 0;  ///< of the estimates: of what was drawn
    double share_of_draws = 0;    ///< of the combined variance, the part that is from the draws
    std::uint64_t n_draws = 0;    ///< that had an estimate with bounds
    std::uint64_t n_skipped = 0;  ///< that had none

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(combined); }
    friend bool operator==(const combined_draws&, const combined_draws&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<combined_draws>) {
    using result = combined_draws;
    return member_list(member{"combined", &result::combined}, member{"within_variance", &result::within_variance},
                       member{"between_variance", &result::between_variance},
                       member{"share_of_draws", &result::share_of_draws}, member{"n_draws", &result::n_draws},
                       member{"n_skipped", &result::n_skipped});
}

/// A draw of a standard normal number.
[[nodiscard]] inline double standard_normal(random_stream& stream) {
    return detail::upper_normal_quantile(stream.uniform() + 0x1p-54);
}

namespace detail {

/// The standard error that the bounds of an estimate are from: half their width over the quantile of t or z.
[[nodiscard]] inline double standard_error_of(const estimate& e) {
    const double quantile =
        e.degrees_of_freedom ? two_sided_t(e.level, *e.degrees_of_freedom) : upper_normal_quantile((1 - e.level) / 2);
    return e.bounds->width() / 2 / quantile;
}

}  // namespace detail

/// Does `analysis` over draws of its data and combines the estimates by Rubin's (1987) rules:
///
///   value = mean of values;   T = W + (1 + 1/m) B      (W: mean of squared standard errors, B: variance of the values)
///
/// with a t interval, its degrees of freedom those of Barnard and Rubin (1999) from those of the analysis.
/// `analysis(random_stream&)` draws the data's errors from the stream, and yields an estimate whose bounds are
/// symmetric: a slope, a difference, the logarithm of a ratio (transform the result, not the draws). Its standard error
/// is read off the bounds.
///
/// Draw what the analysis does not see. Errors of y that are independent from record to record and round the truth are
/// in the residuals already; to draw them counts them twice, and covers too much. Errors that records share (of a
/// method, a price, a classifier) are not, and neither are values filled in for what was not measured.
/// An estimate without bounds is skipped. Not enough data: the last skipped one's status where fewer than 2 draws are
/// left. few_clusters, where a draw said so, is said of the whole. Throws std::invalid_argument for fewer than 2 draws
/// or a level outside (0, 1). Cost: one analysis a draw; each thread has a copy.
/// Checked against the formulas by hand, and by simulation (docs/coverage.md).
template <class Analysis>
requires std::copy_constructible<Analysis> && std::is_invocable_r_v<estimate, Analysis&, random_stream&>
[[nodiscard]] combined_draws over_draws(Analysis analysis, const multiple_draws_options& options = {}) {
    constexpr std::string_view function = "over_draws";
    detail::require(options.draws >= 2, function, "draws >= 2", options.draws);
    detail::require_level(options.level, function);
    std::vector<estimate> each(options.draws);
    detail::in_parts(each.size(), options.threads, [&](std::size_t first, std::size_t last) {
        Analysis own = analysis;
        for (std::size_t draw = first; draw < last; ++draw) {
            random_stream stream(options.seed, draw);
            each[draw] = std::invoke(own, stream);
        }
    });

    combined_draws result;
    estimate& combined = result.combined;
    double mean = 0, degrees = 0, n = 0, n_missing = 0;
    bool few = false, has_degrees = true;
    for (const estimate& e : each) {
        combined.status = e.status;
        if (!e || !e.value || !e.bounds) {
            ++result.n_skipped;
            continue;
        }
        ++result.n_draws;
        const auto k = static_cast<double>(result.n_draws);
        const double step = *e.value - mean, se = detail::standard_error_of(e);
        mean += step / k;
        result.between_variance += step * (*e.value - mean);
        result.within_variance += (se * se - result.within_variance) / k;
        has_degrees = has_degrees && e.degrees_of_freedom.has_value();
        degrees += (e.degrees_of_freedom.value_or(0) - degrees) / k;
        n += (static_cast<double>(e.n) - n) / k;
        n_missing += (static_cast<double>(e.n_missing) - n_missing) / k;
        few = few || e.status == estimate_status::few_clusters;
    }
    combined.level = options.level;
    combined.method = "multiple_draws";
    combined.n = static_cast<std::uint64_t>(std::lround(n));
    combined.n_missing = static_cast<std::uint64_t>(std::lround(n_missing));
    if (result.n_draws < 2) {
        for (const estimate& e : each)
            if (!e || !e.bounds) combined.status = e ? estimate_status::degenerate : e.status;
        return result;
    }
    const auto m = static_cast<double>(result.n_draws);
    result.between_variance /= m - 1;
    const double of_draws = (1 + 1 / m) * result.between_variance;
    const double total = result.within_variance + of_draws;
    result.share_of_draws = total > 0 ? of_draws / total : 0;
    const double share = result.share_of_draws;
    double inverse = share * share / (m - 1);
    if (has_degrees) inverse += (degrees + 3) / (degrees + 1) / degrees / (1 - share);
    if (inverse > 0 && std::isfinite(inverse)) combined.degrees_of_freedom = 1 / inverse;
    const double quantile = combined.degrees_of_freedom
                                ? detail::two_sided_t(options.level, *combined.degrees_of_freedom)
                                : detail::upper_normal_quantile((1 - options.level) / 2);
    combined.value = mean;
    combined.bounds = interval{mean - quantile * std::sqrt(total), mean + quantile * std::sqrt(total)};
    combined.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
