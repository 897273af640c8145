// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_LINEAR_SCORES_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_LINEAR_SCORES_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>
#include <compute_divide/regression/least_squares.hpp>

namespace compute_divide::inline v0_2::detail {

/// A covariance without values.
[[nodiscard]] inline coefficient_covariance no_covariance(const least_squares_fit& fit, covariance_kind kind) {
    return {.values = {},
            .p = fit.p,
            .kind = kind,
            .n = fit.n,
            .degrees_of_freedom = fit.degrees_of_freedom,
            .status = fit.status};
}

/// residual_sd^2 (X'WX)^-1
[[nodiscard]] inline coefficient_covariance classical_covariance(const least_squares_fit& fit) {
    auto covariance = no_covariance(fit, covariance_kind::classical);
    covariance.values = fit.unscaled_covariance;
    for (double& value : covariance.values) value *= fit.residual_sd * fit.residual_sd;
    return covariance;
}

/// The robust covariance of a least-squares fit, from a second pass over its rows. A row's columns x become z = x C,
/// of the fit's factor C: in that basis X'WX is the identity, so that w z z' is the row's leverage h, and its scores
/// are z times its residual and weight, for hc2 over sqrt(1 - h), for hc3 over 1 - h. Rows are worked on in blocks.
///
/// `centre`: where the columns but that of ones have their origin in this fit, if not at 0; the covariance is that of
/// the coefficients with origin 0. The fit must outlive this.
class linear_scores {  // NOLINT(clang-analyzer-optin.performance.Padding): in the order of their making
public:
    linear_scores(const least_squares_fit& fit, covariance_kind kind, std::size_t cluster_fields,
                  std::vector<double> centre = {})
        : fit_(&fit),
          kind_(kind),
          centre_(std::move(centre)),
          in_rows_(fit.p * block_rows),
          columns_(fit.p),
          sums_(fit.p, kind == covariance_kind::clustered ? cluster_fields : 0),
          unit_(fit.residual_sd > 0 ? unit_exponent(fit.residual_sd) : 0) {
        centre_.resize(fit.p);
    }

    /// Where the next row's columns are to be written, before `next_row`.
    [[nodiscard]] double* row() { return in_rows_.data() + rows_ * columns_.size(); }

    /// `absorbed_leverage` is what absorbed effects add to the row's leverage.
    void next_row(double response, double weight, std::span<const std::uint32_t> clusters = {},
                  double absorbed_leverage = 0) {
        response_.of_row[rows_] = response;
        weight_.of_row[rows_] = weight;
        complement_.of_row[rows_] = 1 - absorbed_leverage;
        if (kind_ == covariance_kind::clustered)
            for (std::size_t i = 0; i < clusters.size(); ++i) clusters_[i][rows_] = clusters[i];
        ++n_;
        if (++rows_ == block_rows) flush();
    }

    /// How many rows there were.
    [[nodiscard]] std::uint64_t n() const { return n_; }

    /// `absorbed`: how many parameters effects took that are not among the columns. Where one record alone determines a
    /// coefficient, hc2 and hc3 are degenerate, without values.
    [[nodiscard]] coefficient_covariance covariance(
        cluster_correction correction, std::uint64_t absorbed = 0,
        covariance_repair repair = covariance_repair::eigenvalues_to_zero,
        const std::vector<std::vector<std::uint32_t>>* label_sets = nullptr) {
        flush();
        constexpr double rounding = 1e-10;
        if (!(smallest_complement_ > rounding)) {
            auto none = no_covariance(*fit_, kind_);
            none.status = estimate_status::degenerate;
            return none;
        }
        auto factor = fit_->factor;
        const std::size_t p = fit_->p;
        for (std::size_t i = 1; i < p; ++i)
            for (std::size_t j = 0; j < p; ++j) factor[j] -= centre_[i] * factor[i * p + j];
        auto covariance =
            sums_.covariance(factor, kind_, correction, fit_->n, fit_->rank + absorbed, repair, label_sets);
        if (covariance && fit_->status != estimate_status::ok) covariance.status = fit_->status;
        if (unit_ != 0 && covariance) covariance.exponents.assign(covariance.p, unit_);
        if (!detail::all_of(covariance.values, [](double x) { return std::isfinite(x); })) {
            covariance.values.clear();
            covariance.status = estimate_status::degenerate;
        }
        return covariance;
    }

private:
    static constexpr std::size_t block_rows = score_products::block_rows;

    struct block {
        alignas(doubles_alignment) double of_row[block_rows] = {};
    };

    void flush() {
        if (rows_ == 0) return;
        std::fill(weight_.of_row + rows_, weight_.of_row + block_rows, 0.0);
        std::fill(complement_.of_row + rows_, complement_.of_row + block_rows, 1.0);
        simd_dispatch([this](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
            for (std::size_t row = 0; row < block_rows; row += 4 * decltype(width)::value)
                turn_into_scores<decltype(width)::value>(row);
        });
        constexpr std::size_t stride = sizeof(block) / sizeof(double);
        const bool clustered = kind_ == covariance_kind::clustered;
        sums_.add(columns_[0].of_row, stride, clustered ? rows_ : block_rows,
                  {clusters_[0].data(), clusters_[1].data()});
        rows_ = 0;
    }

    /// Of four vectors of rows, from this one.
    template <std::size_t Width>
    COMPUTE_DIVIDE_ALWAYS_INLINE void turn_into_scores(std::size_t row) {
        const std::size_t p = columns_.size();
        doubles<Width> score[4], leverage[4] = {};
        for (std::size_t l = 0; l < 4; ++l) score[l] = doubles_at<Width>(response_.of_row + row + l * Width);
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t l = 0; l < 4; ++l) {
                doubles<Width> x;
                for (std::size_t i = 0; i < Width; ++i) x[i] = in_rows_[(row + l * Width + i) * p + j];
                x -= centre_[j];
                set_doubles<Width>(columns_[j].of_row + row + l * Width, x);
                score[l] -= fit_->coefficients[j] * x;
            }
        if (unit_ != 0)
            for (auto& four : score)
                for (std::size_t i = 0; i < Width; ++i) four[i] = std::ldexp(four[i], -unit_);
        for (std::size_t j = 0; j < p; ++j) {
            doubles<Width> z[4] = {};
            for (std::size_t i = j; i < p; ++i)
                for (std::size_t l = 0; l < 4; ++l)
                    z[l] += fit_->factor[i * p + j] * doubles_at<Width>(columns_[i].of_row + row + l * Width);
            for (std::size_t l = 0; l < 4; ++l) {
                set_doubles<Width>(columns_[j].of_row + row + l * Width, z[l]);
                leverage[l] += z[l] * z[l];
            }
        }
        for (std::size_t l = 0; l < 4; ++l) {
            const doubles<Width> weight = doubles_at<Width>(weight_.of_row + row + l * Width);
            score[l] *= weight;
            if (kind_ != covariance_kind::hc2 && kind_ != covariance_kind::hc3) continue;
            doubles<Width> complement = doubles_at<Width>(complement_.of_row + row + l * Width) - weight * leverage[l];
            for (std::size_t i = 0; i < Width; ++i) {
                smallest_complement_ = std::min(smallest_complement_, complement[i]);
                if (kind_ == covariance_kind::hc2) complement[i] = std::sqrt(complement[i]);
            }
            score[l] /= complement;
        }
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t l = 0; l < 4; ++l) {
                double* const at = columns_[j].of_row + row + l * Width;
                set_doubles<Width>(at, doubles_at<Width>(at) * score[l]);
            }
    }

    const least_squares_fit* fit_;
    covariance_kind kind_;
    std::vector<double> centre_;
    std::vector<double> in_rows_;  // block_rows x columns, as they come
    std::vector<block> columns_;
    block response_, weight_, complement_;
    std::array<std::array<std::uint32_t, block_rows>, 2> clusters_ = {};
    std::size_t rows_ = 0;
    std::uint64_t n_ = 0;
    double smallest_complement_ = 1;  // of 1 - h
    score_products sums_;
    int unit_;  // residuals are divided by 2 to it, so that their squares are doubles
};

}  // namespace compute_divide::inline v0_2::detail

#endif
