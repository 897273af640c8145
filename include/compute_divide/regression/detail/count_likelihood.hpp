// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_COUNT_LIKELIHOOD_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_COUNT_LIKELIHOOD_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/regression/detail/exponentials.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>

/// Log-likelihoods of counts y of mean mu = exp(offset + x b). All are of the dispersion a = 1 / theta, so that a
/// Poisson variable is the case a = 0 and nothing cancels near it:
///
///   log P(y) = sum_{k < y} log(1 + k a) - log y! + y log mu - (y + 1/a) log(1 + a mu)
namespace compute_divide::inline v0_2::detail {

/// A sum over records, and its slope and curvature by the dispersion.
struct dispersion_sums {
    double value = 0, slope = 0, curvature = 0;
};

/// How often each count occurs: for what depends on the counts alone.
class count_values {
    struct value {
        double count, weight;
    };

public:
    count_values(std::span<const double> counts, std::span<const double> weights) {
        std::vector<double> often(1024);  // the weights of 0, 1, 2, ...
        std::vector<value> others;
        for (std::size_t i = 0; i < counts.size(); ++i) {
            const double y = counts[i];
            const std::size_t place = y < static_cast<double>(often.size()) ? static_cast<std::size_t>(y) : 0;
            if (static_cast<double>(place) == y)
                often[place] += weights[i];
            else
                others.push_back({y, weights[i]});
        }
        for (std::size_t y = 0; y < often.size(); ++y)
            if (often[y] > 0) others.push_back({static_cast<double>(y), often[y]});
        detail::sort_by(others, &value::count);
        for (const value& each : others) {
            if (values_.empty() || values_.back().count != each.count) values_.push_back({each.count, 0});
            values_.back().weight += each.weight;
        }
    }

    /// sum w log y!, of log Gamma(y + 1) where y is no whole number.
    [[nodiscard]] double log_factorials() const {
        return total([](double y) { return boost::math::lgamma(y + 1, math_policy{}); });
    }
    /// What y log mu - (y + 1/a) log(1 + a mu), or y log mu - mu, sums to where mu = y.
    [[nodiscard]] double saturated(double dispersion) const {
        return total([&](double y) {
            const double mean = dispersion > 0 ? (y + 1 / dispersion) * std::log1p(dispersion * y) : y;
            return (y > 0 ? y * std::log(y) : 0) - mean;
        });
    }
    /// sum w sum_{k < y} log(1 + k a), of whole counts.
    [[nodiscard]] dispersion_sums rising(double dispersion) const {
        dispersion_sums sums;
        double above = total([](double) { return 1; }), from = 0;  // the weight of counts above k
        for (const auto& [count, weight] : values_) {
            const auto part = rising(dispersion, from, count);
            sums.value += above * part.value;
            sums.slope += above * part.slope;
            sums.curvature += above * part.curvature;
            above -= weight;
            from = count;
        }
        return sums;
    }

    /// For each of these counts, sum_{k < y} k / (1 + k a);
    [[nodiscard]] std::vector<double> rising_slopes(double dispersion, std::span<const double> counts) const {
        std::vector<double> slopes;  // of each value
        double sum = 0, from = 0;
        for (const auto& [count, weight] : values_) {
            slopes.push_back(sum += rising(dispersion, from, count).slope);
            from = count;
        }
        std::vector<double> all;
        for (const double y : counts)
            all.push_back(
                slopes[static_cast<std::size_t>(detail::lower_bound_by(values_, y, &value::count) - values_.begin())]);
        return all;
    }

private:
    template <class Function>
    [[nodiscard]] double total(const Function& function) const {
        double sum = 0;
        for (const auto& [count, weight] : values_) sum += weight * function(count);
        return sum;
    }
    /// sum_{first <= k < last} log(1 + k a)
    [[nodiscard]] static dispersion_sums rising(double dispersion, double first, double last) {
        constexpr double few = 256;
        dispersion_sums sums;
        if (last - first <= few) {
            // NOLINTNEXTLINE(clang-analyzer-security.FloatLoopCounter): whole numbers, far below 2^53
            for (double k = first; k < last; ++k) {
                const double factor = 1 + k * dispersion, slope = k / factor;
                sums.value += std::log(factor);
                sums.slope += slope;
                sums.curvature -= slope * slope;
            }
            return sums;
        }
        const auto difference = [&](const auto& function, double theta) {
            return function(last + theta) - function(first + theta);
        };
        const double theta = 1 / dispersion, terms = last - first;
        const double log_gamma = difference([](double x) { return boost::math::lgamma(x, math_policy{}); }, theta);
        const double digamma = difference([](double x) { return boost::math::digamma(x, math_policy{}); }, theta);
        const double trigamma = difference([](double x) { return boost::math::trigamma(x, math_policy{}); }, theta);
        sums.value = log_gamma - terms * std::log(theta);
        sums.slope = theta * (terms - theta * digamma);
        sums.curvature = -theta * theta * (terms - theta * (2 * digamma + theta * trigamma));
        return sums;
    }

    std::vector<value> values_;  // ascending
};

/// The rows of a regression of counts, filled to whole blocks with rows of weight 0.
struct count_rows {
    static constexpr std::size_t block_rows = orthonormal_design::block_rows;

    /// Of a frame that outlives them.
    explicit count_rows(const regression_frame& frame)
        : count(frame.response), weight(frame.weight), offset(frame.offset) {}

    /// offset + eta of a block's rows, and exp of it. Beyond 600 in size all are alike: no likelihood stays there.
    COMPUTE_DIVIDE_ALWAYS_INLINE void means(std::size_t block, const double* COMPUTE_DIVIDE_RESTRICT eta,
                                            double* COMPUTE_DIVIDE_RESTRICT predictor,
                                            double* COMPUTE_DIVIDE_RESTRICT mean) const {
        const double* const offsets = offset.block(block);
        for (std::size_t i = 0; i < block_rows; ++i) {
            const double sum = offsets[i] + eta[i], above = sum > -600 ? sum : -600;
            predictor[i] = above < 600 ? above : 600;
        }
        for (std::size_t i = 0; i < block_rows; ++i) mean[i] = exp_of(predictor[i]);
    }

    row_blocks count, weight, offset;
};

/// The Poisson likelihood without its log y!.
struct poisson_likelihood {
    const count_rows* all;

    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE double rows(std::size_t block, const double* COMPUTE_DIVIDE_RESTRICT eta,
                                                           double* COMPUTE_DIVIDE_RESTRICT score,
                                                           double* COMPUTE_DIVIDE_RESTRICT information) const {
        constexpr std::size_t size = count_rows::block_rows;
        const double* const ys = all->count.block(block);
        const double* const weights = all->weight.block(block);
        double predictor[size], mean[size], parts[size];
        all->means(block, eta, predictor, mean);
        for (std::size_t i = 0; i < size; ++i) {
            score[i] = weights[i] * (ys[i] - mean[i]);
            information[i] = weights[i] * mean[i];
            parts[i] = ys[i] * predictor[i] - mean[i];
        }
        return block_dot<4>(parts, weights);
    }
};

/// The negative binomial likelihood of a dispersion > 0 without log y! and `count_values::rising`.
struct negative_binomial_likelihood {
    const count_rows* all;
    double dispersion;
    bool expected = false;            ///< whether the information is the expected one
    dispersion_sums* sums = nullptr;  ///< where these are added to, if anywhere
    double* cross = nullptr;          ///< of each row, where to write minus the curvature by eta and log a

    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE double rows(std::size_t block, const double* COMPUTE_DIVIDE_RESTRICT eta,
                                                           double* COMPUTE_DIVIDE_RESTRICT score,
                                                           double* COMPUTE_DIVIDE_RESTRICT information) const {
        constexpr std::size_t size = count_rows::block_rows;
        const double* const ys = all->count.block(block);
        const double* const weights = all->weight.block(block);
        const double observed = expected ? 0 : 1;
        double predictor[size], mean[size], parts[size];
        all->means(block, eta, predictor, mean);
        for (std::size_t i = 0; i < size; ++i) {
            const double y = ys[i], m = mean[i], inverse = 1 / (1 + dispersion * m), scaled = weights[i] * inverse;
            score[i] = scaled * (y - m);
            information[i] = scaled * m * (observed * (1 + dispersion * y) * inverse + (1 - observed));
            parts[i] = y * predictor[i];
        }
        const dispersion_sums here = of_means(block, mean);
        if (sums != nullptr) {
            sums->slope += here.slope;
            sums->curvature += here.curvature;
        }
        if (cross != nullptr)
            for (std::size_t i = 0; i < size; ++i)
                cross[block * size + i] = score[i] * (dispersion * mean[i] / (1 + dispersion * mean[i]));
        return block_dot<4>(parts, weights) + here.value;
    }

    /// Of a block's means: sum -w (y + 1/a) log(1 + a mean), and its slope and curvature by a.
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE dispersion_sums
    of_means(std::size_t block, const double* COMPUTE_DIVIDE_RESTRICT mean) const {
        constexpr std::size_t size = count_rows::block_rows;
        const double* const ys = all->count.block(block);
        const double* const weights = all->weight.block(block);
        const double theta = 1 / dispersion;
        double values[size], slopes[size], curvatures[size];
        for (std::size_t i = 0; i < size; ++i) {
            const double y = ys[i], x = dispersion * mean[i], q = 1 + x, inverse = 1 / q, share = x * inverse;
            // log(1 + x), made right for the rounding of 1 + x (Kahan)
            const double log_q = log_of(q) + (x - (q - 1)) * inverse;
            const double direct = log_q - share, next_direct = 2 * direct - share * share;
            const double series = first_series(x), next_series = second_series(x);
            const double first = x > series_below ? direct : series;
            const double second = x > series_below ? next_direct : next_series;
            values[i] = (y + theta) * log_q;
            slopes[i] = theta * (theta * first - y * share);
            curvatures[i] = theta * theta * (y * share * share - theta * second);
        }
        return {-block_dot<4>(values, weights), block_dot<4>(slopes, weights), block_dot<4>(curvatures, weights)};
    }

    /// The slope of each row by log a.
    [[nodiscard]] std::vector<double> dispersion_slopes(std::span<const double> means,
                                                        const count_values& values) const {
        auto slopes = values.rising_slopes(dispersion, all->count.numbers());
        for (std::size_t i = 0; i < slopes.size(); ++i) {
            const double x = dispersion * means[i], share = x / (1 + x), theta = 1 / dispersion;
            const double first = x > series_below ? std::log1p(x) - share : first_series(x);
            slopes[i] += theta * (theta * first - all->count[i] * share);
            slopes[i] *= all->weight[i] * dispersion;
        }
        return slopes;
    }

private:
    static constexpr double series_below = 0.01;

    /// log(1 + x) - x / (1 + x) = 1/2 x^2 - 2/3 x^3 + 3/4 x^4 - ...
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE static double first_series(double x) {
        double sum = 9.0 / 10;
        sum = 8.0 / 9 - x * sum;
        sum = 7.0 / 8 - x * sum;
        sum = 6.0 / 7 - x * sum;
        sum = 5.0 / 6 - x * sum;
        sum = 4.0 / 5 - x * sum;
        sum = 3.0 / 4 - x * sum;
        sum = 2.0 / 3 - x * sum;
        return x * x * (1.0 / 2 - x * sum);
    }
    /// 2 `first_series` - x^2 / (1 + x)^2 = 2/3 x^3 - 6/4 x^4 + 12/5 x^5 - ...
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE static double second_series(double x) {
        double sum = 90.0 / 11;
        sum = 72.0 / 10 - x * sum;
        sum = 56.0 / 9 - x * sum;
        sum = 42.0 / 8 - x * sum;
        sum = 30.0 / 7 - x * sum;
        sum = 20.0 / 6 - x * sum;
        sum = 12.0 / 5 - x * sum;
        sum = 6.0 / 4 - x * sum;
        return x * x * x * (2.0 / 3 - x * sum);
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
