// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_COUNT_PROBLEM_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_COUNT_PROBLEM_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/count_likelihood.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/separation.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>
#include <compute_divide/regression/regression_fit.hpp>

namespace compute_divide::inline v0_2::detail {

/// A frame of counts with its columns in the orthonormal basis, which takes their memory.
struct count_problem {
    explicit count_problem(regression_frame& frame)
        : z(frame, std::move(frame.columns)), rows(frame), values(frame.response, frame.weight) {}

    orthonormal_design z;
    count_rows rows;
    count_values values;

    /// Of all rows, and of those that fill the last block.
    [[nodiscard]] std::vector<double> means(std::span<const double> g) const {
        constexpr std::size_t size = orthonormal_design::block_rows;
        std::vector<double> all(z.blocks() * size);
        simd_dispatch([&](auto) COMPUTE_DIVIDE_ALWAYS_INLINE {
            double eta[size], predictor[size];
            for (std::size_t block = 0; block < z.blocks(); ++block) {
                predictors(z, block, g, eta);
                rows.means(block, eta, predictor, all.data() + block * size);
            }
        });
        return all;
    }
};

[[nodiscard]] inline double sum_of_products(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

/// The logarithm of the rate that all counts have together: sum w y / sum w exp(offset); -infinity where all are 0.
[[nodiscard]] inline double log_common_rate(const regression_frame& frame) {
    const double largest = std::ranges::max(frame.offset);
    double exposure = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double below = frame.offset[i] - largest;
        exposure += frame.weight[i] * (below == 0 ? 1 : std::exp(below));
    }
    return std::log(sum_of_products(frame.weight, frame.response)) - std::log(exposure) - largest;
}

/// The g of a constant linear predictor, or of the columns' nearest to it.
[[nodiscard]] inline std::vector<double> constant_predictor(const count_problem& problem, double constant) {
    std::vector<double> g(problem.z.rank());
    if (!std::isfinite(constant)) return g;
    for (std::size_t block = 0; block < problem.z.blocks(); ++block)
        for (std::size_t k = 0; k < g.size(); ++k)
            for (std::size_t i = 0; i < orthonormal_design::block_rows; ++i)
                g[k] += constant * problem.rows.weight.block(block)[i] * problem.z.column(block, k)[i];
    return g;
}

inline void require_counts(const regression_frame& frame, bool whole, std::string_view function) {
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double y = frame.response[i];
        if (!(y >= 0) || (whole && y != std::floor(y)))
            fail(
                function,
                (whole ? "a whole count >= 0 in record " : "a count >= 0 in record ") + std::to_string(frame.record(i)),
                y);
    }
}

/// The maximum of the Poisson likelihood; also fills in what the columns are, and where there is none, why.
[[nodiscard]] inline likelihood_maximum poisson_maximum(const count_problem& problem, const regression_frame& frame,
                                                        int max_iterations, regression_fit& fit) {
    fit.dependent = problem.z.dependent();
    fit.combinations = problem.z.combinations();
    fit.rank = problem.z.rank();
    const auto side = [](double y) { return y > 0 ? row_side::has_a_peak : row_side::falls; };
    return maximum_if_any(problem.z, poisson_likelihood{&problem.rows},
                          constant_predictor(problem, log_common_rate(frame)), frame, side, max_iterations, fit);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
