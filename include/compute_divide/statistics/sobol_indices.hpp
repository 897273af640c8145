// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SOBOL_INDICES_HPP
#define COMPUTE_DIVIDE_STATISTICS_SOBOL_INDICES_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>

/// What matters most in a model of several uncertain inputs: which part of its variance each of them makes.
namespace compute_divide {

struct sobol_options {
    std::size_t rows = 10'000;  ///< n: the model is evaluated n (d + 2) times for d inputs
    double level = 0.95;
    std::size_t replicates = 400;  ///< bootstrap replicates of the rows, for the intervals
    std::uint64_t seed = 1;
    unsigned threads = 1;  ///< 0: as many as the machine has

    friend constexpr bool operator==(const sobol_options&, const sobol_options&) = default;
};

/// The parts of one input. Their intervals are about the simulation: more rows make them shorter. Estimates near 0 may
/// be negative, and are not cut off.
struct sobol_index {
    estimate first = {};  ///< Var(E[Y | x_i]) / V: what would be gone if x_i were known
    estimate total = {};  ///< E[Var(Y | all but x_i)] / V: what would be left if all others were known

    friend bool operator==(const sobol_index&, const sobol_index&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<sobol_index>) {
    return std::tuple{member{"first", &sobol_index::first}, member{"total", &sobol_index::total}};
}

struct sobol_indices_result {
    std::uint64_t n = 0;  ///< rows
    double mean = 0;      ///< of the model
    double variance = 0;
    std::vector<sobol_index> inputs = {};
    estimate_status status = estimate_status::no_data;  ///< degenerate: the model does not vary, or is not finite

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const sobol_indices_result&, const sobol_indices_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<sobol_indices_result>) {
    using result = sobol_indices_result;
    return std::tuple{member{"n", &result::n}, member{"mean", &result::mean}, member{"variance", &result::variance},
                      member{"inputs", &result::inputs}, member{"status", &result::status}};
}

namespace detail {

/// The model's values on two designs of n rows, and for each input those of the first design with that input of the
/// second.
struct sobol_values {
    std::vector<double> a, b;
    std::vector<std::vector<double>> mixed;
};

/// First-order and total index by Jansen's estimators over the rows given, V over both designs; NaN where V is 0.
template <class Row>
[[nodiscard]] std::pair<double, double> jansen_indices(const sobol_values& values, std::size_t input, std::size_t n,
                                                       const Row& row) {
    double mean = 0;
    for (std::size_t i = 0; i < n; ++i) mean += values.a[row(i)] + values.b[row(i)];
    const auto count = static_cast<double>(n);
    mean /= 2 * count;
    double variance = 0, of_b = 0, of_a = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double a = values.a[row(i)], b = values.b[row(i)], c = values.mixed[input][row(i)];
        variance += (a - mean) * (a - mean) + (b - mean) * (b - mean);
        of_b += (b - c) * (b - c);
        of_a += (a - c) * (a - c);
    }
    return {1 - of_b / variance, of_a / variance};
}

}  // namespace detail

/// Sobol's indices of a model of `inputs` independent inputs: `model(std::span<const double>)` takes a uniform number
/// in (0, 1) for each of them, which it turns into the input by its quantile function, and yields a number.
///
/// Estimators of Jansen (1999), whose values do not move with the model's origin, on two designs of independent draws
/// (Saltelli and others 2010), V over both; intervals by the basic bootstrap of rows. Inputs that depend on each other
/// have no such parts: make them functions of independent ones. The same numbers for a seed on any number of threads.
///
/// degenerate: the model is constant, or not finite somewhere. Throws std::invalid_argument for no inputs, fewer than
/// 16 rows or 40 replicates, a level outside (0, 1). Cost: rows (inputs + 2) evaluations, rows * inputs a replicate.
/// Sources: Jansen (1999), Computer Physics Communications 117:35; Saltelli and others (2010), the same 181:259.
/// Checked against closed forms (Ishigami, Sobol's g) and against another implementation on a fixed design.
template <class Model>
requires std::copy_constructible<Model> && std::is_invocable_r_v<double, Model&, std::span<const double>>
[[nodiscard]] sobol_indices_result sobol_indices(Model model, std::size_t inputs, const sobol_options& options = {}) {
    constexpr std::string_view function = "sobol_indices";
    detail::require(inputs >= 1, function, "at least one input", inputs);
    detail::require(options.rows >= 16, function, "rows >= 16", options.rows);
    detail::require(options.replicates >= 40, function, "replicates >= 40", options.replicates);
    detail::require_level(options.level, function);

    const std::size_t n = options.rows;
    detail::sobol_values values{std::vector<double>(n), std::vector<double>(n),
                                std::vector<std::vector<double>>(inputs, std::vector<double>(n))};
    detail::in_parts(n, options.threads, [&](std::size_t begin, std::size_t end) {
        Model own = model;
        std::vector<double> a(inputs), b(inputs);
        for (std::size_t row = begin; row < end; ++row) {
            random_stream stream(options.seed, row);
            for (double& x : a) x = stream.uniform() + 0x1p-54;
            for (double& x : b) x = stream.uniform() + 0x1p-54;
            values.a[row] = std::invoke(own, std::span<const double>(a));
            values.b[row] = std::invoke(own, std::span<const double>(b));
            for (std::size_t i = 0; i < inputs; ++i) {
                std::swap(a[i], b[i]);
                values.mixed[i][row] = std::invoke(own, std::span<const double>(a));
                std::swap(a[i], b[i]);
            }
        }
    });

    sobol_indices_result result{.n = n, .inputs = std::vector<sobol_index>(inputs), .status = estimate_status::ok};
    const auto is_finite = [](const std::vector<double>& all) {
        return std::ranges::all_of(all, [](double y) { return std::isfinite(y); });
    };
    bool usable = is_finite(values.a) && is_finite(values.b) && std::ranges::all_of(values.mixed, is_finite);
    double largest = 0;
    for (const auto* all : {&values.a, &values.b})
        for (const double y : *all) largest = std::max(largest, std::fabs(y));
    if (usable) {
        const auto count = static_cast<double>(2 * n);
        const double origin = values.a[0];
        for (std::size_t i = 0; i < n; ++i)
            result.mean += (values.a[i] - origin) / count + (values.b[i] - origin) / count;
        result.mean += origin;
        double spread = 0;
        for (const auto* all : {&values.a, &values.b})
            for (const double y : *all) {
                const double apart = (y - result.mean) / (largest > 0 ? largest : 1);
                spread += apart * apart / count;
            }
        result.variance = spread * largest * largest;
        usable = spread > 0;
        for (auto* all : {&values.a, &values.b})
            for (double& y : *all) y = (y - result.mean) / (largest > 0 ? largest : 1);
        for (auto& all : values.mixed)
            for (double& y : all) y = (y - result.mean) / (largest > 0 ? largest : 1);
    }
    if (!usable) {
        result.status = estimate_status::degenerate;
        for (auto& index : result.inputs)
            index.first = index.total = {.level = options.level, .n = n, .status = estimate_status::degenerate};
        return result;
    }

    detail::in_parts(inputs, options.threads, [&](std::size_t begin, std::size_t end) {
        std::vector<std::size_t> drawn(n);
        std::vector<double> firsts, totals;
        for (std::size_t i = begin; i < end; ++i) {
            const auto [first, total] = detail::jansen_indices(values, i, n, std::identity{});
            firsts.clear();
            totals.clear();
            for (std::size_t replicate = 0; replicate < options.replicates; ++replicate) {
                random_stream stream(options.seed + 1, replicate);  // the same rows for every input
                for (std::size_t& row : drawn) row = static_cast<std::size_t>(stream.below(n));
                const auto [f, t] = detail::jansen_indices(values, i, n, [&](std::size_t k) { return drawn[k]; });
                firsts.push_back(f);
                totals.push_back(t);
            }
            const auto made = [&](double value, std::vector<double>& replicates) {
                std::ranges::sort(replicates);
                const auto at = [&](double p) {
                    const double place = p * static_cast<double>(replicates.size() - 1);
                    const auto below = static_cast<std::size_t>(place);
                    return std::lerp(replicates[below], replicates[std::min(below + 1, replicates.size() - 1)],
                                     place - static_cast<double>(below));
                };
                const double tail = (1 - options.level) / 2;
                return estimate{.value = value,
                                .bounds = interval{2 * value - at(1 - tail), 2 * value - at(tail)},
                                .level = options.level,
                                .method = "jansen",
                                .n = n,
                                .status = estimate_status::ok};
            };
            result.inputs[i] = {made(first, firsts), made(total, totals)};
        }
    });
    return result;
}

}  // namespace compute_divide

#endif
