// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_ORDINAL_LIKELIHOOD_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_ORDINAL_LIKELIHOOD_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/exponentials.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

/// The likelihood of an ordered response by proportional odds, and its maximum.
namespace compute_divide::inline v0_2::detail {

/// The values of a response in order, and which one each row has.
struct ordinal_response {
    static constexpr std::size_t most_levels = 100;

    ordinal_response(const regression_frame& frame, std::string_view function) {
        for (std::size_t i = 0; i < frame.n; ++i) {
            const double y = frame.response[i];
            const auto at = detail::lower_bound(levels, y);
            if (at == levels.end() || *at != y) levels.insert(at, y);
            require(levels.size() <= most_levels, function, "a response of at most 100 levels", levels.size());
        }
        weights.resize(levels.size());
        for (std::size_t i = 0; i < frame.n; ++i) {
            const auto at = detail::lower_bound(levels, frame.response[i]) - levels.begin();
            level_of.push_back(static_cast<std::uint32_t>(at));
            weights[static_cast<std::size_t>(at)] += frame.weight[i];
        }
    }
    [[nodiscard]] std::size_t thresholds() const { return levels.empty() ? 0 : levels.size() - 1; }

    std::vector<double> levels, weights;  // of each level, the sum of its records' weights
    std::vector<std::uint32_t> level_of;
};

/// Sum of w log(L(u) - L(l)) where u and l are the thresholds above and below the row's level, less its linear
/// predictor e, and L is the logistic distribution. Since L(u) - L(l) = L(u) L(-l) (1 - exp(l - u)), the logarithm is a
/// sum of those of two logits and of a term of the thresholds alone: nothing cancels, and with f = L (1 - L) the slopes
/// are L(-u) by u, -L(l) by l, and minus the curvature by e is f(u) + f(l) > 0.
///
/// The parameters are the thresholds, then the coefficients of the design's columns but the first, which is constant.
class ordinal_likelihood {
public:
    ordinal_likelihood(const orthonormal_design& z, const regression_frame& frame, const ordinal_response& response)
        : z_(&z),
          response_(&response),
          thresholds_(response.thresholds()),
          columns_(z.rank() - 1),
          level_of_(z.blocks() * rows_of_block),
          weight_(frame.weight),
          offset_(frame.offset) {
        detail::copy(response.level_of, level_of_.begin());
    }

    [[nodiscard]] std::size_t parameters() const { return thresholds_ + columns_; }

    /// Where all levels are as likely as they are frequent, by their offsets alone.
    [[nodiscard]] std::vector<double> start() const {
        std::vector<double> at(parameters());
        double all = 0, below = 0;
        for (const double weight : response_->weights) all += weight;
        const auto [least, most] = std::ranges::minmax(offset_.numbers());
        for (std::size_t j = 0; j < thresholds_; ++j) {
            below += response_->weights[j];
            at[j] = std::log(below / (all - below));
            if (least == most) {
                at[j] += least;
                continue;
            }
            double from = at[j] + least, to = at[j] + most;  // the sum of L(t - offset) is `below` between them
            for (int halvings = 0; halvings < 80 && from < to; ++halvings) {
                const double middle = from + (to - from) / 2;
                double sum = 0;
                for (std::size_t i = 0; i < z_->n(); ++i) sum += weight_[i] / (1 + std::exp(offset_[i] - middle));
                (sum < below ? from : to) = middle;
            }
            at[j] = from + (to - from) / 2;
        }
        return at;
    }

    [[nodiscard]] bool ordered(std::span<const double> at) const {
        for (std::size_t j = 1; j < thresholds_; ++j)
            if (!(at[j] > at[j - 1])) return false;
        return true;
    }

    /// No row's predictor less a threshold changes by more than this.
    [[nodiscard]] double reach(std::span<const double> step) const {
        double threshold = 0, squares = 0;
        for (std::size_t j = 0; j < thresholds_; ++j) threshold = std::max(threshold, std::fabs(step[j]));
        for (std::size_t k = thresholds_; k < step.size(); ++k) squares += step[k] * step[k];
        return threshold + z_->reach() * std::sqrt(squares);
    }

    [[nodiscard]] likelihood_sums sums_at(std::span<const double> at) const {
        const std::size_t size = parameters(), m = thresholds_;
        likelihood_sums sums{0, std::vector<double>(size), std::vector<double>(size * size)};
        // Of each threshold, with one before the first and one after the last: slope, curvature, curvature by columns.
        std::vector<double> slope(m + 2), curvature(m + 2), by_columns((m + 2) * columns_);
        const auto bounds = bounds_of(at);
        simd_dispatch([&](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
            constexpr std::size_t Width = decltype(width)::value;  // NOLINT(readability-identifier-naming)
            for (std::size_t block = 0; block < z_->blocks(); ++block) {
                block_values b;
                sums.log_likelihood += values_of(block, at, bounds, b);
                double score[rows_of_block], information[rows_of_block], weighted[rows_of_block];
                for (std::size_t i = 0; i < rows_of_block; ++i) {
                    score[i] = b.slope_below[i] - b.slope_above[i];
                    information[i] = b.curvature_above[i] + b.curvature_below[i];
                }
                const std::uint32_t* const levels = level_of_.data() + block * rows_of_block;
                for (std::size_t i = 0; i < rows_of_block; ++i) {
                    slope[levels[i] + 1] += b.slope_above[i];
                    slope[levels[i]] -= b.slope_below[i];
                    curvature[levels[i] + 1] += b.curvature_above[i];
                    curvature[levels[i]] += b.curvature_below[i];
                }
                for (std::size_t k = 0; k < columns_; ++k) {
                    const double* const column = z_->column(block, k + 1);
                    for (std::size_t i = 0; i < rows_of_block; ++i) weighted[i] = information[i] * column[i];
                    sums.score[m + k] += block_dot<Width>(score, column);
                    for (std::size_t l = 0; l <= k; ++l)
                        sums.information[(m + k) * size + m + l] +=
                            block_dot<Width>(weighted, z_->column(block, l + 1));
                    double* const crossed = by_columns.data() + k * (m + 2);
                    for (std::size_t i = 0; i < rows_of_block; ++i) {
                        crossed[levels[i] + 1] -= b.curvature_above[i] * column[i];
                        crossed[levels[i]] -= b.curvature_below[i] * column[i];
                    }
                }
            }
        });
        for (std::size_t j = 0; j < m; ++j) {
            sums.score[j] = slope[j + 1];
            sums.information[j * size + j] = curvature[j + 1];
            for (std::size_t k = 0; k < columns_; ++k)
                sums.information[(m + k) * size + j] = by_columns[k * (m + 2) + j + 1];
        }
        for (std::size_t j = 1; j < m; ++j) {  // log(1 - exp(-gap)), of the level between two thresholds
            const double gap = at[j] - at[j - 1], weight = response_->weights[j], q = 1 / std::expm1(gap);
            sums.log_likelihood += weight * std::log(-std::expm1(-gap));
            sums.score[j] += weight * q;
            sums.score[j - 1] -= weight * q;
            const double curved = weight * q * (1 + q);
            sums.information[j * size + j] += curved;
            sums.information[(j - 1) * size + j - 1] += curved;
            sums.information[j * size + j - 1] -= curved;
        }
        for (std::size_t i = 0; i < size; ++i)
            for (std::size_t j = 0; j < i; ++j) sums.information[j * size + i] = sums.information[i * size + j];
        return sums;
    }

    /// Calls each(row, slopes by the parameters) for every row.
    template <class Each>
    void for_each_slope(std::span<const double> at, const Each& each) const {
        const auto bounds = bounds_of(at);
        std::vector<double> slopes(parameters());
        for (std::size_t block = 0; block < z_->blocks(); ++block) {
            block_values b;
            static_cast<void>(values_of(block, at, bounds, b));
            for (std::size_t i = 0; i < rows_of_block && block * rows_of_block + i < z_->n(); ++i) {
                const std::size_t row = block * rows_of_block + i, level = level_of_[row];
                detail::fill(slopes, 0);
                const bool between = level > 0 && level < thresholds_;
                const double q = between ? weight_[row] / std::expm1(at[level] - at[level - 1]) : 0;
                if (level < thresholds_) slopes[level] += b.slope_above[i] + q;
                if (level > 0) slopes[level - 1] -= b.slope_below[i] + q;
                for (std::size_t k = 0; k < columns_; ++k)
                    slopes[thresholds_ + k] = (b.slope_below[i] - b.slope_above[i]) * z_->column(block, k + 1)[i];
                each(row, std::span<const double>(slopes));
            }
        }
    }

private:
    static constexpr std::size_t rows_of_block = orthonormal_design::block_rows;

    /// Of each row, times its weight: L(-u), L(l), f(u) and f(l).
    struct block_values {
        double slope_above[rows_of_block], slope_below[rows_of_block];
        double curvature_above[rows_of_block], curvature_below[rows_of_block];
    };

    /// The thresholds between two that no predictor reaches.
    [[nodiscard]] std::vector<double> bounds_of(std::span<const double> at) const {
        constexpr double never = 1e305;
        std::vector<double> bounds = {-never};
        bounds.insert(bounds.end(), at.begin(), at.begin() + static_cast<std::ptrdiff_t>(thresholds_));
        bounds.push_back(never);
        return bounds;
    }

    COMPUTE_DIVIDE_ALWAYS_INLINE double values_of(std::size_t block, std::span<const double> at,
                                                  std::span<const double> bounds, block_values& b) const {
        double predictor[rows_of_block], above[rows_of_block], below[rows_of_block], parts[rows_of_block];
        const double* const offsets = offset_.block(block);
        const double* const weights = weight_.block(block);
        const std::uint32_t* const levels = level_of_.data() + block * rows_of_block;
        std::copy_n(offsets, rows_of_block, predictor);
        for (std::size_t k = 0; k < columns_; ++k) {
            const double g = at[thresholds_ + k];
            const double* const column = z_->column(block, k + 1);
            for (std::size_t i = 0; i < rows_of_block; ++i) predictor[i] += g * column[i];
        }
        for (std::size_t i = 0; i < rows_of_block; ++i) {
            above[i] = bounds[levels[i] + 1] - predictor[i];
            below[i] = bounds[levels[i]] - predictor[i];
        }
        const auto add = [&](const double* x, double sign, double* slope, double* curved) COMPUTE_DIVIDE_ALWAYS_INLINE {
            for (std::size_t i = 0; i < rows_of_block; ++i) {  // of log L(y), y = sign x
                const double y = sign * x[i], size = std::abs(y) < 708 ? std::abs(y) : 708;
                const auto [larger, smaller, log_of_one_and_t] = logistic_of(size);
                const double up = 0.5 + std::copysign(0.5, y), down = 1 - up;
                slope[i] = weights[i] * (up * smaller + down * larger);
                curved[i] = weights[i] * (smaller * larger);
                const double log = down * y - log_of_one_and_t;
                parts[i] = sign > 0 ? weights[i] * log : parts[i] + weights[i] * log;
            }
        };
        add(above, 1, b.slope_above, b.curvature_above);
        add(below, -1, b.slope_below, b.curvature_below);
        return sum_of_block(parts);
    }

    const orthonormal_design* z_;
    const ordinal_response* response_;
    std::size_t thresholds_, columns_;
    std::vector<std::uint32_t> level_of_;
    row_blocks weight_, offset_;
};

/// Newton's method with steps halved until thresholds stay in order and the log-likelihood does not fall; `start` are
/// parameters and the sums are those where it ends. Stops as `newton` does.
[[nodiscard]] inline likelihood_maximum ordinal_maximum(const ordinal_likelihood& likelihood, std::vector<double> start,
                                                        int max_iterations) {
    constexpr double tolerance = 1e-12, nearly = 1e-6, still = 1e-3;
    likelihood_maximum best{std::move(start), {}};
    best.sums = likelihood.sums_at(best.g);
    double last_size = std::numeric_limits<double>::infinity();
    while (best.iterations < max_iterations) {
        const cholesky information(best.sums.information, best.g.size());
        if (!information) return best;
        ++best.iterations;
        double squares = 0;
        for (const double x : information.half_solved(best.sums.score)) squares += x * x;
        const double size = std::sqrt(squares);
        std::vector<double> step = information.solved(best.sums.score);
        const bool last =
            likelihood.reach(step) <= still && (size <= tolerance || (size <= nearly && size > last_size / 2));
        last_size = size;
        const double enough = best.sums.log_likelihood - 1e-13 * std::abs(best.sums.log_likelihood);
        for (int halvings = 0;; ++halvings) {
            std::vector<double> g = best.g;
            for (std::size_t k = 0; k < step.size(); ++k) g[k] += step[k];
            if (likelihood.ordered(g)) {
                auto sums = likelihood.sums_at(g);
                if (last || sums.log_likelihood >= enough) {
                    best.g = std::move(g);
                    best.sums = std::move(sums);
                    break;
                }
            }
            if (halvings == 60) return best;
            for (double& x : step) x /= 2;
        }
        if (last) {
            best.converged = true;
            return best;
        }
    }
    return best;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
