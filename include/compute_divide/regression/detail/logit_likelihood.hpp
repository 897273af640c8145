// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_LOGIT_LIKELIHOOD_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_LOGIT_LIKELIHOOD_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/exponentials.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>

/// The likelihood of yes or no, and of shares, and Firth's penalised one with its maximum.
namespace compute_divide::inline v0_2::detail {

/// sum w (y log m + (1 - y) log(1 - m)), log(m / (1 - m)) = offset + z g.
class logit_likelihood {
public:
    /// Of a frame that outlives it.
    explicit logit_likelihood(const regression_frame& frame)
        : y_(frame.response), weight_(frame.weight), offset_(frame.offset) {}

    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE double rows(std::size_t block, const double* COMPUTE_DIVIDE_RESTRICT eta,
                                                           double* COMPUTE_DIVIDE_RESTRICT score,
                                                           double* COMPUTE_DIVIDE_RESTRICT information) const {
        constexpr std::size_t rows = orthonormal_design::block_rows;
        const double* const ys = y_.block(block);
        const double* const weights = weight_.block(block);
        const double* const offsets = offset_.block(block);
        double predictor[rows], size[rows], parts[rows];
        for (std::size_t i = 0; i < rows; ++i) {
            predictor[i] = eta[i] + offsets[i];
            size[i] = std::abs(predictor[i]) < 708 ? std::abs(predictor[i]) : 708;
        }
        for (std::size_t i = 0; i < rows; ++i) {
            const double y = ys[i], w = weights[i], at = predictor[i];
            const auto [larger, smaller, log_of_one_and_t] = logistic_of(size[i]);
            const double up = 0.5 + std::copysign(0.5, at), down = 1 - up;  // 1 and 0: a choice without a branch
            const double m = up * larger + down * smaller, complement = up * smaller + down * larger;
            score[i] = w * (y * complement - (1 - y) * m);
            information[i] = w * (smaller * larger);
            parts[i] = w * ((y - up) * at - log_of_one_and_t);
        }
        return sum_of_block(parts);
    }

private:
    row_blocks y_, weight_, offset_;
};

inline void require_shares(const regression_frame& frame, std::string_view function) {
    for (std::size_t i = 0; i < frame.n; ++i)
        if (const double y = frame.response[i]; !(y >= 0 && y <= 1))
            fail(function, "a response from 0 to 1 in record " + std::to_string(frame.record(i)), y);
}

/// y log y of a share, which goes to 0.
[[nodiscard]] inline double times_log(double y) {
    return y > 0 && y < 1 ? y * std::log(y) : 0;
}

/// Of the best fit there could be: m = y.
[[nodiscard]] inline double saturated_log_likelihood(const regression_frame& frame) {
    double sum = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double y = frame.response[i];
        const bool is_share = static_cast<int>(y != 0) & static_cast<int>(y != 1);  // most often none is
        if (is_share) sum += frame.weight[i] * (times_log(y) + times_log(1 - y));
    }
    return sum;
}

/// The penalised likelihood's sums at a point: log-likelihood + log |information| / 2, and Firth's score,
/// sum z (w (y - m) + h (1/2 - m)), h a row's leverage.
[[nodiscard]] inline likelihood_sums firth_sums_at(const orthonormal_design& z, std::span<const double> g,
                                                   const logit_likelihood& likelihood, const regression_frame& frame) {
    likelihood_sums sums = sums_at(z, g, likelihood);
    const cholesky information(sums.information, z.rank());
    sums.log_likelihood += information.log_determinant() / 2;
    const likelihood_slopes slopes = slopes_at(z, g, likelihood);
    std::vector<double> pull = leverages(z, information);
    std::fill(pull.begin() + static_cast<std::ptrdiff_t>(z.n()), pull.end(), 0.0);
    for (std::size_t i = 0; i < z.n(); ++i)
        pull[i] *= slopes.information[i] * (0.5 - frame.response[i] + slopes.score[i] / frame.weight[i]);
    for (std::size_t block = 0; block < z.blocks(); ++block)
        add_products<2>(z, block, pull.data() + block * orthonormal_design::block_rows, sums.score);
    return sums;
}

/// Newton's method on Firth's score, by Broyden's (1965) updates of the inverse information, which converge faster than
/// Fisher's scoring; no step lowers the penalised likelihood.
[[nodiscard]] inline likelihood_maximum firth_maximum_of(const orthonormal_design& z,
                                                         const logit_likelihood& likelihood,
                                                         const regression_frame& frame, int max_iterations) {
    constexpr double tolerance = 1e-11, nearly = 1e-8;  // in standard errors
    const std::size_t rank = z.rank();
    likelihood_maximum best{std::vector<double>(rank), {}};
    best.sums = firth_sums_at(z, best.g, likelihood, frame);
    const auto dot = [](const std::vector<double>& a, const std::vector<double>& b) {
        return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
    };
    const auto times = [&](const std::vector<double>& a, const std::vector<double>& x) {
        std::vector<double> product(rank);
        for (std::size_t k = 0; k < rank; ++k)
            for (std::size_t l = 0; l < rank; ++l) product[k] += a[k * rank + l] * x[l];
        return product;
    };
    std::vector<double> inverse(rank * rank);  // as far as it is known
    double last_size = 0;
    while (best.iterations < max_iterations) {
        const cholesky information(best.sums.information, rank);
        if (!information) return best;
        const std::vector<double> standardised = information.half_solved(best.sums.score);
        const double size = std::sqrt(dot(standardised, standardised));
        if (size <= tolerance || (size <= nearly && size > last_size / 2)) {
            best.converged = true;
            return best;
        }
        ++best.iterations;
        last_size = size;
        std::vector<double> step = times(inverse, best.sums.score);
        if (!(dot(step, best.sums.score) > 0)) {  // that is no way up
            inverse = information.inverse();
            step = times(inverse, best.sums.score);
        }
        const double enough = best.sums.log_likelihood - 1e-13 * std::abs(best.sums.log_likelihood);
        likelihood_sums sums;
        std::vector<double> g;
        for (int halvings = 0;; ++halvings) {
            g = best.g;
            for (std::size_t k = 0; k < rank; ++k) g[k] += step[k];
            sums = firth_sums_at(z, g, likelihood, frame);
            if (sums.log_likelihood >= enough) break;
            if (halvings == 60) return best;
            for (double& x : step) x /= 2;
        }
        // The next inverse is the nearest that takes this change of the score to minus the step.
        std::vector<double> change(rank), row(rank);
        for (std::size_t k = 0; k < rank; ++k) change[k] = sums.score[k] - best.sums.score[k];
        const std::vector<double> expected = times(inverse, change);
        for (std::size_t k = 0; k < rank; ++k)
            for (std::size_t l = 0; l < rank; ++l) row[l] += step[k] * inverse[k * rank + l];
        const double scale = dot(step, expected);
        for (std::size_t k = 0; k < rank; ++k)
            for (std::size_t l = 0; l < rank; ++l)
                inverse[k * rank + l] =
                    scale < 0 ? inverse[k * rank + l] - (step[k] + expected[k]) * row[l] / scale : 0;
        best.g = std::move(g);
        best.sums = std::move(sums);
    }
    return best;
}

/// Of the intercept alone: the log-likelihood, or the penalised one.
[[nodiscard]] inline double null_log_likelihood(const regression_frame& frame, bool penalised, int max_iterations) {
    if (detail::any_of(frame.offset, [](double x) { return x != 0; })) {
        const regression_frame null = intercept_alone(frame);
        const orthonormal_design z(null);
        const logit_likelihood likelihood(null);
        if (penalised)
            return firth_maximum_of(z, likelihood, null, max_iterations).sums.log_likelihood - z.log_determinant();
        return maximum_of(z, likelihood, {0}, max_iterations).sums.log_likelihood;
    }
    double all = 0, yes = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        all += frame.weight[i];
        yes += frame.weight[i] * frame.response[i];
    }
    if (!penalised) return all * (times_log(yes / all) + times_log(1 - yes / all));
    const double m = (yes + 0.5) / (all + 1);
    return yes * std::log(m) + (all - yes) * std::log(1 - m) + std::log(all * m * (1 - m)) / 2;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
