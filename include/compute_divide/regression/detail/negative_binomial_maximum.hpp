// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_NEGATIVE_BINOMIAL_MAXIMUM_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_NEGATIVE_BINOMIAL_MAXIMUM_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/regression/detail/count_likelihood.hpp>
#include <compute_divide/regression/detail/count_problem.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

namespace compute_divide::inline v0_2::detail {

/// A negative binomial's log-likelihood where log mean = offset + Z g and the dispersion is exp(log_dispersion); its
/// slope, and minus its curvature, by g and log_dispersion, which comes last.
struct negative_binomial_point {
    std::vector<double> g;
    double log_dispersion = 0;
    double log_likelihood = 0;  ///< without log y!
    std::vector<double> score = {};
    std::vector<double> information = {};
    int iterations = 0;
    bool converged = false;

    [[nodiscard]] double dispersion() const { return std::exp(log_dispersion); }
};

class negative_binomial_maximiser {
public:
    explicit negative_binomial_maximiser(const count_problem& problem)
        : problem_(&problem), cross_(problem.z.blocks() * orthonormal_design::block_rows) {}

    /// The maximum, from that of the Poisson likelihood; nothing where none is at a dispersion > 0.
    [[nodiscard]] std::optional<negative_binomial_point> maximum(const likelihood_maximum& poisson,
                                                                 int max_iterations) {
        const auto means = problem_->means(poisson.g);
        const auto& [count, weight, offset] = problem_->rows;
        double excess = 0, squares = 0;
        for (std::size_t i = 0; i < problem_->z.n(); ++i) {
            const double residual = count[i] - means[i];
            excess += weight[i] * (residual * residual - count[i]);  // twice the slope at a dispersion of 0
            squares += weight[i] * means[i] * means[i];
        }
        if (!(excess > 0)) return std::nullopt;
        return climb(at(poisson.g, best_log_dispersion(means, std::log(excess / squares))), max_iterations);
    }

    [[nodiscard]] negative_binomial_point at(std::vector<double> g, double log_dispersion) {
        const std::size_t rank = problem_->z.rank(), size = rank + 1;
        const double dispersion = std::exp(log_dispersion);
        dispersion_sums sums;
        const auto by_g = sums_at(
            problem_->z, g, negative_binomial_likelihood{&problem_->rows, dispersion, false, &sums, cross_.data()});
        const auto rising = problem_->values.rising(dispersion);
        const double slope = dispersion * (sums.slope + rising.slope);
        negative_binomial_point point{.g = std::move(g),
                                      .log_dispersion = log_dispersion,
                                      .log_likelihood = by_g.log_likelihood + rising.value,
                                      .score = by_g.score,
                                      .information = std::vector<double>(size * size)};
        point.score.push_back(slope);
        std::vector<double> cross(rank);
        simd_dispatch([&](auto) COMPUTE_DIVIDE_ALWAYS_INLINE {
            for (std::size_t block = 0; block < problem_->z.blocks(); ++block)
                for (std::size_t k = 0; k < rank; ++k)
                    cross[k] += block_dot<4>(cross_.data() + block * orthonormal_design::block_rows,
                                             problem_->z.column(block, k));
        });
        for (std::size_t k = 0; k < rank; ++k) {
            std::copy_n(&by_g.information[k * rank], rank, &point.information[k * size]);
            point.information[k * size + rank] = point.information[rank * size + k] = cross[k];
        }
        point.information.back() = -slope - dispersion * dispersion * (sums.curvature + rising.curvature);
        return point;
    }

private:
    /// Newton's method, by halves where a step does not raise the likelihood, on the dispersion alone. No further than
    /// e^5: means that are still far off ask for too much.
    [[nodiscard]] double best_log_dispersion(std::span<const double> means, double log_dispersion) const {
        constexpr double near_enough = 1e-2, longest_step = 2, largest = 5;
        const auto sums_there = [&](double there) {
            const double dispersion = std::exp(there);
            const negative_binomial_likelihood likelihood{&problem_->rows, dispersion};
            dispersion_sums sums = problem_->values.rising(dispersion);
            simd_dispatch([&](auto) COMPUTE_DIVIDE_ALWAYS_INLINE {
                for (std::size_t block = 0; block < problem_->z.blocks(); ++block) {
                    const auto part = likelihood.of_means(block, means.data() + block * orthonormal_design::block_rows);
                    sums.value += part.value;
                    sums.slope += part.slope;
                    sums.curvature += part.curvature;
                }
            });
            sums.slope *= dispersion;
            sums.curvature = sums.slope + dispersion * dispersion * sums.curvature;
            return sums;
        };
        dispersion_sums here = sums_there(log_dispersion);
        for (int i = 0; i < 50; ++i) {
            double step = std::clamp(here.slope / std::abs(here.curvature), -longest_step, longest_step);
            if (!(std::abs(step) > near_enough)) break;
            dispersion_sums there = sums_there(log_dispersion + step);
            for (int halvings = 0; !(there.value > here.value) && halvings < 30; ++halvings)
                there = sums_there(log_dispersion + (step /= 2));
            if (!(there.value > here.value)) break;
            log_dispersion += step;
            here = there;
        }
        return std::min(log_dispersion, largest);
    }

    /// Newton's method on all together; where a step does not raise the likelihood, which may be far from the maximum
    /// only, first on the coefficients by the expected information and then on the dispersion.
    [[nodiscard]] negative_binomial_point climb(negative_binomial_point best, int max_iterations) {
        // Steps in standard errors: the next one would be some 1e-20, or is rounding already.
        constexpr double tolerance = 1e-10, nearly = 1e-6, longest_step = 2;
        const std::size_t rank = problem_->z.rank();
        double last_length = std::numeric_limits<double>::infinity();
        for (int iterations = 1; iterations <= max_iterations; ++iterations) {
            std::optional<negative_binomial_point> next;
            if (const cholesky information(best.information, rank + 1); information) {
                const auto step = information.solved(best.score);
                const double length = std::sqrt(sum_of_products(step, best.score));
                auto g = best.g;
                for (std::size_t k = 0; k < rank; ++k) g[k] += step[k];
                if (length <= tolerance || (length <= nearly && length > last_length / 2)) {
                    best.g = std::move(g);
                    best.log_dispersion += step.back();
                    best.converged = true;
                    break;
                }
                last_length = length;
                if (std::abs(step.back()) <= longest_step) {
                    next = at(std::move(g), best.log_dispersion + step.back());
                    const double enough = best.log_likelihood - 1e-13 * std::abs(best.log_likelihood);
                    if (!(next->log_likelihood >= enough)) next.reset();
                }
            }
            if (!next) {
                const negative_binomial_likelihood given{&problem_->rows, best.dispersion(), true};
                const auto by_g = maximum_of(problem_->z, given, best.g, max_iterations);
                next = at(by_g.g, best_log_dispersion(problem_->means(by_g.g), best.log_dispersion));
            }
            best = std::move(*next);
            best.iterations = iterations;
        }
        return best;
    }

    const count_problem* problem_;
    std::vector<double> cross_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
