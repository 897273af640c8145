// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_CLUSTERED_DESIGN_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_CLUSTERED_DESIGN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/within_transformation.hpp>

namespace compute_divide::inline v0_2::detail {

/// The rows of least squares with effects, for what goes by clusters. Effects whose levels each lie within one cluster
/// are swept out; those of the others stay as columns, after the model's, since sweeping them leaves out what they have
/// to do with the clusters' leverage. Rows are scaled by the root of their weight, under which sweeping nested effects
/// is right also with weights.
///
/// Sources: Pustejovsky and Tipton (2018), theorem 2, with the corrigendum of 2023.
class clustered_design {
public:
    /// Levels of effects that stay as columns: cr2 and cr3 cost the cube of it for each cluster.
    static constexpr std::size_t most_levels = 100;

    /// `left_out`: columns that the effects and columns before them determine. Throws std::invalid_argument for too
    /// many levels that stay.
    clustered_design(std::string_view function, const regression_frame& frame, const level_numbers& clusters,
                     std::span<const std::size_t> left_out, int max_projections)
        : p_(frame.p()) {
        std::vector<level_numbers> nested, others;
        for (const auto& effect : frame.effects) (is_nested(effect, clusters) ? nested : others).push_back(effect);
        std::size_t levels = 0;
        for (const auto& effect : others) levels += count_of_levels(effect);
        require(levels <= most_levels, function,
                "effects that lie within clusters, or no more than 100 levels of others, for what adjusts to clusters",
                levels);
        k_ = p_ + levels;
        const std::size_t width = k_ + 1;
        rows_.resize(frame.n * width);
        order_.resize(frame.n);
        std::iota(order_.begin(), order_.end(), std::uint32_t{0});
        const auto fill = [&] {
            for (std::size_t i = 0; i < frame.n; ++i) {
                const std::size_t row = order_[i];
                double* const to = rows_.data() + i * width;
                std::copy_n(frame.row(row).begin(), p_, to);
                for (const std::size_t j : left_out) to[j] = 0;
                std::size_t first = p_;
                for (const auto& effect : others) {
                    to[first + effect[row]] = 1;
                    first += count_of_levels(effect);
                }
                to[k_] = frame.response[row] - frame.offset[row];
            }
        };
        if (nested.empty()) {
            fill();
        } else {
            const within_transformation projection(nested, frame.weight);
            order_ = projection.order();
            fill();
            converged_ = projection.project(rows_, width, max_projections).converged;
        }
        cross_products products(width);
        for (std::size_t i = 0; i < frame.n; ++i) {
            const double root = std::sqrt(frame.weight[order_[i]]);
            double* const row = rows_.data() + i * width;
            if (root != 1)
                for (std::size_t j = 0; j < width; ++j) row[j] *= root;
            std::copy_n(row, width, products.row());
            products.next_row(1);
        }
        matrix swept = products.sums();
        static_cast<void>(sweep(swept));
        for (std::size_t j = 0; j < k_; ++j) coefficients_.push_back(swept(j, k_).high);
        factor_ = triangular_factor(swept, k_);
    }

    [[nodiscard]] bool converged() const { return converged_; }
    [[nodiscard]] std::size_t p() const { return p_; }
    /// Of all columns, those of the model first.
    [[nodiscard]] std::size_t k() const { return k_; }
    [[nodiscard]] double coefficient(std::size_t j) const { return coefficients_[j]; }
    /// p x k: the model's coefficients in the basis of the sums; 0 beyond the first p columns.
    [[nodiscard]] std::span<const double> factor() const { return std::span(factor_).first(p_ * k_); }

    /// Sums by these units, of each of the frame's rows.
    [[nodiscard]] cluster_moments sums(const level_numbers& units) const {
        cluster_moments sums(k_, false);
        std::vector<double> z(k_);
        for (std::size_t i = 0; i < order_.size(); ++i) {
            const double* const x = rows_.data() + i * (k_ + 1);
            double residual = x[k_];
            for (std::size_t j = 0; j < k_; ++j) {
                residual -= coefficients_[j] * x[j];
                z[j] = 0;
                for (std::size_t l = j; l < k_; ++l) z[j] += factor_[l * k_ + j] * x[l];
            }
            sums.add(units[order_[i]], z, 1, residual);
        }
        return sums;
    }

private:
    std::size_t p_, k_ = 0;
    std::vector<double> rows_;
    std::vector<std::uint32_t> order_;
    std::vector<double> coefficients_, factor_;
    bool converged_ = true;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
