// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_COUNT_LIKELIHOOD_HPP
#define COMPUTE_DIVIDE_DETAIL_COUNT_LIKELIHOOD_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>

#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/detail/vector_log.hpp>
#include <compute_divide/detail/whitened.hpp>
#include <compute_divide/regression/model.hpp>

/// Log-likelihoods of counts y of mean mu = exp(offset + x b). All are of the dispersion a = 1 / theta, so that a
/// Poisson variable is the case a = 0 and nothing cancels near it:
///
///   log P(y) = sum_{k < y} log(1 + k a) - log y! + y log mu - (y + 1/a) log(1 + a mu)
namespace compute_divide::detail {

/// A sum over records, and its slope and curvature by the dispersion.
struct dispersion_sums {
    double value = 0, slope = 0, curvature = 0;
};

/// How often each count occurs: for what depends on the counts alone.
class count_values {
public:
    count_values(std::span<const double> counts, std::span<const double> weights) {
        std::vector<std::pair<double, double>> sorted(counts.size());
        for (std::size_t i = 0; i < counts.size(); ++i) sorted[i] = {counts[i], weights[i]};
        std::ranges::sort(sorted, {}, &std::pair<double, double>::first);
        for (const auto& [count, weight] : sorted) {
            if (values_.empty() || values_.back().count != count) values_.push_back({count, 0});
            values_.back().weight += weight;
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
            all.push_back(slopes[static_cast<std::size_t>(std::ranges::lower_bound(values_, y, {}, &value::count) -
                                                          values_.begin())]);
        return all;
    }

private:
    struct value {
        double count, weight;
    };

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
    static constexpr std::size_t block_rows = whitened::block_rows;

    count_rows(const whitened& z, const regression_frame& frame)
        : count(z.padded(frame.response)), weight(z.padded(frame.weight)), offset(z.padded(frame.offset)) {}

    /// exp(offset + eta) of a block's rows.
    void means(std::size_t block, const double* eta, double* mean) const {
        const double* const added = offset.data() + block * block_rows;
        for (std::size_t i = 0; i < block_rows; ++i) mean[i] = std::exp(added[i] + eta[i]);
    }

    std::vector<double> count, weight, offset;
};

/// The Poisson likelihood without its log y!.
struct poisson_likelihood {
    const count_rows* all;

    double rows(std::size_t block, const double* eta, double* score, double* information) const {
        constexpr std::size_t size = count_rows::block_rows;
        const double* const y = all->count.data() + block * size;
        const double* const w = all->weight.data() + block * size;
        const double* const offset = all->offset.data() + block * size;
        double mean[size], sum = 0;
        all->means(block, eta, mean);
        for (std::size_t i = 0; i < size; ++i) {
            score[i] = w[i] * (y[i] - mean[i]);
            information[i] = w[i] * mean[i];
            sum += w[i] * (y[i] * (offset[i] + eta[i]) - mean[i]);
        }
        return sum;
    }
};

/// The negative binomial likelihood of a dispersion > 0 without log y! and `count_values::rising`.
struct negative_binomial_likelihood {
    const count_rows* all;
    double dispersion;
    bool expected = false;            ///< whether the information is the expected one
    dispersion_sums* sums = nullptr;  ///< where these are added to, if anywhere
    double* cross = nullptr;          ///< of each row, where to write minus the curvature by eta and log a

    double rows(std::size_t block, const double* eta, double* score, double* information) const {
        constexpr std::size_t size = count_rows::block_rows;
        const double* const y = all->count.data() + block * size;
        const double* const w = all->weight.data() + block * size;
        const double* const offset = all->offset.data() + block * size;
        double mean[size], sum = 0;
        all->means(block, eta, mean);
        const dispersion_sums here = of_means(block, mean);
        for (std::size_t i = 0; i < size; ++i) {
            const double rest = w[i] / (1 + dispersion * mean[i]);
            score[i] = rest * (y[i] - mean[i]);
            information[i] = rest * mean[i] * (expected ? 1 : (1 + dispersion * y[i]) / (1 + dispersion * mean[i]));
            sum += w[i] * y[i] * (offset[i] + eta[i]);
        }
        if (sums != nullptr) {
            sums->slope += here.slope;
            sums->curvature += here.curvature;
        }
        if (cross != nullptr)
            for (std::size_t i = 0; i < size; ++i)
                cross[block * size + i] = score[i] * dispersion * mean[i] / (1 + dispersion * mean[i]);
        return sum + here.value;
    }

    /// Of a block's means: sum -w (y + 1/a) log(1 + a mean), and its slope and curvature by a.
    [[nodiscard]] dispersion_sums of_means(std::size_t block, const double* mean) const {
        constexpr std::size_t size = count_rows::block_rows;
        two_doubles value = {}, slope = {}, curvature = {};
        for (std::size_t i = 0; i < size; i += 2) {
            two_doubles m, y, w;
            std::memcpy(&m, mean + i, sizeof m);
            std::memcpy(&y, all->count.data() + block * size + i, sizeof y);
            std::memcpy(&w, all->weight.data() + block * size + i, sizeof w);
            const two_doubles x = dispersion * m, q = 1.0 + x, inverse = 1.0 / q;
            // log(1 + x), made right for the rounding of 1 + x (Kahan)
            const two_doubles log_q = log_of(q) + (x - (q - 1.0)) * inverse;
            two_doubles first = (log_q - x * inverse) / (x * x);
            two_doubles second = (2.0 * first - inverse * inverse) / x;
            if (!(x[0] > series_below && x[1] > series_below)) {
                for (std::size_t lane = 0; lane < 2; ++lane)
                    if (!(x[lane] > series_below)) {
                        first[lane] = first_series(x[lane]);
                        second[lane] = second_series(x[lane]);
                    }
            }
            value -= w * (y + 1.0 / dispersion) * log_q;
            slope += w * m * (m * first - y * inverse);
            curvature += w * m * m * (y * inverse * inverse - m * second);
        }
        return {value[0] + value[1], slope[0] + slope[1], curvature[0] + curvature[1]};
    }

    /// The slope of each row by log a.
    [[nodiscard]] std::vector<double> dispersion_slopes(std::span<const double> means,
                                                        const count_values& values) const {
        auto slopes = values.rising_slopes(dispersion, all->count);
        for (std::size_t i = 0; i < slopes.size(); ++i) {
            const double m = means[i], x = dispersion * m;
            const double first = x > series_below ? (std::log1p(x) - x / (1 + x)) / (x * x) : first_series(x);
            slopes[i] += m * (m * first - all->count[i] / (1 + x));
            slopes[i] *= all->weight[i] * dispersion;
        }
        return slopes;
    }

private:
    static constexpr double series_below = 0.02;

    /// (log(1 + x) - x / (1 + x)) / x^2
    [[nodiscard]] static double first_series(double x) {
        double sum = 0;
        for (int j = 9; j >= 0; --j) sum = (j + 1.0) / (j + 2.0) - x * sum;
        return sum;
    }
    /// (2 `first_series` - 1 / (1 + x)^2) / x
    [[nodiscard]] static double second_series(double x) {
        double sum = 0;
        for (int j = 10; j >= 1; --j) sum = j * (j + 1.0) / (j + 2.0) - x * sum;
        return sum;
    }
};

}  // namespace compute_divide::detail

#endif
