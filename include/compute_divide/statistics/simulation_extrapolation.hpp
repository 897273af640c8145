// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SIMULATION_EXTRAPOLATION_HPP
#define COMPUTE_DIVIDE_STATISTICS_SIMULATION_EXTRAPOLATION_HPP

#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>

/// Errors of measurement in what an association is with: simulation and extrapolation (SIMEX).
namespace compute_divide {

/// The curve along which estimates are carried on from more error to none.
enum class simex_extrapolant {
    quadratic,  ///< a + b lambda + c lambda^2
    linear      ///< a + b lambda: less far, and steadier
};
[[nodiscard]] constexpr auto enumerators(simex_extrapolant) {
    using enum simex_extrapolant;
    return std::array{named<simex_extrapolant>{quadratic, "quadratic"}, named<simex_extrapolant>{linear, "linear"}};
}

struct simex_options {
    std::size_t draws = 200;  ///< at each of the four amounts of error
    simex_extrapolant extrapolant = simex_extrapolant::quadratic;
    double level = 0.95;
    std::uint64_t seed = 1;
    unsigned threads = 1;  ///< 0: as many as the machine has
};

/// An estimate without the bias that errors of measurement make.
struct simex_result {
    estimate corrected = {};
    estimate naive = {};            ///< of the data as measured
    std::vector<double> path = {};  ///< means of the estimates at lambda 0.5, 1, 1.5 and 2

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(corrected); }
    friend bool operator==(const simex_result&, const simex_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<simex_result>) {
    return std::tuple{member{"corrected", &simex_result::corrected}, member{"naive", &simex_result::naive},
                      member{"path", &simex_result::path}};
}

/// Simulation-extrapolation (Cook and Stefanski 1994): error of variance lambda sigma^2 is added to x that has error
/// sigma^2 already, lambda = 0.5, 1, 1.5, 2, and a curve through the estimates over lambda is carried on to -1, where
/// there would be none. `analysis(scale, stream)` adds error of `scale` standard deviations (sqrt lambda; 0 for the
/// data as they are), drawn from the stream, and yields an estimate with symmetric bounds, a coefficient say.
///
/// Variance as Stefanski and Cook (1995): at each lambda mean squared standard error less variance of the estimates
/// over the draws, carried on along the same curve; normal or, where the analysis has them, t quantiles. Right to the
/// order of the curve: with a quadratic a slope that error attenuates to .90 comes back to .995, from .80 to .97, from
/// .67 to .90; the size of the error has to be known. Status: the naive one's where it has none, degenerate where the
/// variance carried on is not positive or a draw has no bounds. Throws std::invalid_argument for fewer than 2 draws or
/// a level outside (0, 1). Cost: 4 draws + 1 analyses.
template <class Analysis>
requires std::copy_constructible<Analysis> && std::is_invocable_r_v<estimate, Analysis&, double, random_stream&>
[[nodiscard]] simex_result simulation_extrapolation(Analysis analysis, const simex_options& options = {}) {
    constexpr std::string_view function = "simulation_extrapolation";
    detail::require(options.draws >= 2, function, "draws >= 2", options.draws);
    detail::require_level(options.level, function);
    constexpr std::array lambdas{0.0, 0.5, 1.0, 1.5, 2.0};
    simex_result result;
    random_stream unused(options.seed, 0);
    result.naive = std::invoke(analysis, 0.0, unused);
    result.corrected = result.naive;
    result.corrected.method = "simex";
    result.corrected.value.reset();
    result.corrected.bounds.reset();
    if (!result.naive || !result.naive.value || !result.naive.bounds) {
        if (result.naive) result.corrected.status = estimate_status::degenerate;
        return result;
    }
    const std::size_t draws = options.draws;
    std::vector<estimate> each(draws * (lambdas.size() - 1));
    detail::in_parts(each.size(), options.threads, [&](std::size_t first, std::size_t last) {
        Analysis own = analysis;
        for (std::size_t i = first; i < last; ++i) {
            random_stream stream(options.seed, i % draws + 1);  // the same errors at each lambda, larger
            each[i] = std::invoke(own, std::sqrt(lambdas[i / draws + 1]), stream);
        }
    });
    std::array<double, lambdas.size()> means{*result.naive.value}, variances{};
    const double naive_error = detail::standard_error_of(result.naive);
    variances[0] = naive_error * naive_error;
    for (std::size_t level = 1; level < lambdas.size(); ++level) {
        double mean = 0, squares = 0, within = 0;
        for (std::size_t draw = 0; draw < draws; ++draw) {
            const estimate& e = each[(level - 1) * draws + draw];
            if (!e || !e.value || !e.bounds) {
                result.corrected.status = estimate_status::degenerate;
                return result;
            }
            const auto k = static_cast<double>(draw + 1);
            const double step = *e.value - mean, se = detail::standard_error_of(e);
            mean += step / k;
            squares += step * (*e.value - mean);
            within += (se * se - within) / k;
        }
        means[level] = mean;
        variances[level] = within - squares / static_cast<double>(draws - 1);
        result.path.push_back(mean);
    }
    // The curve's value at -1 is a weighted sum of what it goes through: least squares over lambda 0 to 2 by halves.
    constexpr std::array quadratic{3.0, -0.4, -1.8, -1.2, 1.4}, linear{1.0, 0.6, 0.2, -0.2, -0.6};
    const auto at_none = [&](const std::array<double, lambdas.size()>& values) {
        const auto& weights = options.extrapolant == simex_extrapolant::quadratic ? quadratic : linear;
        double sum = 0;
        for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i];
        return sum;
    };
    estimate& corrected = result.corrected;
    corrected.level = options.level;
    const double variance = at_none(variances);
    if (!(variance > 0)) {
        corrected.status = estimate_status::degenerate;
        return result;
    }
    const double quantile = corrected.degrees_of_freedom
                                ? detail::two_sided_t(options.level, *corrected.degrees_of_freedom)
                                : detail::upper_normal_quantile((1 - options.level) / 2);
    const double value = at_none(means), half = quantile * std::sqrt(variance);
    corrected.value = value;
    corrected.bounds = interval{value - half, value + half};
    return result;
}

}  // namespace compute_divide

#endif
