// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_ORTHONORMAL_DESIGN_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_ORTHONORMAL_DESIGN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

/// The columns X of a regression in a basis where nothing cancels, Z = X C with Z'WZ = I, for fits that iterate. All
/// iterations are in terms of Z, in plain double, and coefficients and covariance are turned back at the end: b = C g
/// and V = C S C'. That keeps columns such as year and year^2 to 9 digits and more.
namespace compute_divide::inline v0_2::detail {

/// Z in blocks of rows, each by columns, so that loops over a block's rows become vector instructions.
class orthonormal_design {
public:
    static constexpr std::size_t block_rows = 64;

    /// W are the frame's weights. Dependent columns are those that `least_squares` would name.
    explicit orthonormal_design(const regression_frame& frame) : orthonormal_design(frame, frame.columns) {}
    /// The same in the memory of the columns, which may be moved from the frame.
    orthonormal_design(const regression_frame& frame, std::vector<double> columns)
        : n_(frame.n), p_(frame.p()), z_(std::move(columns)) {
        if (n_ == 0) return;
        const matrix products = weighted_products(frame.weight);
        find_factor(products);
        find_combinations(products);
        fill(products);
    }

    [[nodiscard]] std::size_t n() const { return n_; }
    [[nodiscard]] std::size_t p() const { return p_; }
    [[nodiscard]] std::size_t rank() const { return independent_.size(); }
    /// Columns of X that are combinations of those before them.
    [[nodiscard]] const std::vector<std::size_t>& dependent() const { return dependent_; }
    [[nodiscard]] const std::vector<std::size_t>& independent() const { return independent_; }
    /// Of each dependent column: its combination of all p, by rows.
    [[nodiscard]] const std::vector<double>& combinations() const { return combinations_; }
    /// p x rank by rows; 0 in the rows of dependent columns.
    [[nodiscard]] std::span<const double> factor() const { return factor_; }

    /// log |det C|, of the independent columns.
    [[nodiscard]] double log_determinant() const {
        double sum = 0;
        for (std::size_t k = 0; k < rank(); ++k) sum += std::log(factor_[independent_[k] * rank() + k]);
        return sum;
    }

    [[nodiscard]] std::size_t blocks() const { return (n_ + block_rows - 1) / block_rows; }
    /// A block's values of a column of Z: block_rows of them, 0 beyond the last row.
    [[nodiscard]] const double* column(std::size_t block, std::size_t k) const {
        return z_.data() + (block * rank() + k) * block_rows;
    }
    [[nodiscard]] double at(std::size_t row, std::size_t k) const {
        return column(row / block_rows, k)[row % block_rows];
    }
    /// The length of the longest row: no linear predictor changes by more than that times the length of a step.
    [[nodiscard]] double reach() const { return reach_; }
    /// n values, and zeros to fill the last block.
    [[nodiscard]] std::vector<double> padded(std::span<const double> values) const {
        std::vector<double> all(values.begin(), values.end());
        all.resize(blocks() * block_rows);
        return all;
    }

    /// b = C g, of p coefficients.
    [[nodiscard]] std::vector<double> coefficients(std::span<const double> g) const {
        std::vector<double> b(p_);
        for (std::size_t i = 0; i < p_; ++i) {
            double_double sum;
            for (std::size_t k = 0; k < rank(); ++k) sum += exact_product(factor_[i * rank() + k], g[k]);
            b[i] = sum.high;
        }
        return b;
    }
    /// C S C', p x p by rows, of a symmetric S of rank x rank.
    [[nodiscard]] std::vector<double> covariance(std::span<const double> s) const {
        std::vector<double> half(p_ * rank()), whole(p_ * p_);
        for (std::size_t i = 0; i < p_; ++i)
            for (std::size_t k = 0; k < rank(); ++k)
                for (std::size_t l = 0; l < rank(); ++l)
                    half[i * rank() + l] += factor_[i * rank() + k] * s[k * rank() + l];
        for (std::size_t i = 0; i < p_; ++i)
            for (std::size_t j = 0; j <= i; ++j) {
                double sum = 0;
                for (std::size_t k = 0; k < rank(); ++k) sum += half[i * rank() + k] * factor_[j * rank() + k];
                whole[i * p_ + j] = whole[j * p_ + i] = sum;
            }
        return whole;
    }

private:
    [[nodiscard]] matrix weighted_products(std::span<const double> weights) const {
        cross_products sums(p_);
        for (std::size_t row = 0; row < n_; ++row) {
            std::copy_n(z_.data() + row * p_, p_, sums.row());
            sums.next_row(weights[row]);
        }
        return sums.sums();
    }

    /// X'WX = L D L' gives C = L'^-1 D^-1/2, without the columns whose pivot in D is rounding: upper triangular.
    void find_factor(matrix a) {
        constexpr double rounding = 0x1p-80;  // as for `least_squares`
        matrix inverse(p_);                   // of L
        std::vector<double> squares(p_);
        for (std::size_t i = 0; i < p_; ++i) {
            inverse(i, i) = 1;
            squares[i] = a(i, i).high;
        }
        for (std::size_t k = 0; k < p_; ++k) {
            if (a(k, k).high <= rounding * squares[k]) {
                dependent_.push_back(k);
                continue;
            }
            independent_.push_back(k);
            for (std::size_t i = k + 1; i < p_; ++i) {
                const double_double ratio = a(i, k) / a(k, k);
                for (std::size_t j = k + 1; j < p_; ++j) a(i, j) -= ratio * a(k, j);
                for (std::size_t j = 0; j <= k; ++j) inverse(i, j) -= ratio * inverse(k, j);
            }
        }
        factor_.assign(p_ * rank(), 0);
        for (std::size_t k = 0; k < rank(); ++k) {
            const std::size_t column = independent_[k];
            const double scale = 1 / std::sqrt(a(column, column).high);
            for (std::size_t i = 0; i <= column; ++i) factor_[i * rank() + k] = inverse(column, i).high * scale;
        }
    }

    /// C C'X'WX, of the dependent columns. A part that is rounding error beside the column is 0: a combination of other
    /// columns is determined whatever the column.
    void find_combinations(const matrix& products) {
        constexpr double rounding = 1e-14;
        for (const std::size_t d : dependent_) {
            std::vector<double> g(rank());
            for (std::size_t k = 0; k < rank(); ++k) {
                double_double sum;
                for (std::size_t i = 0; i < p_; ++i) sum += double_double(factor_[i * rank() + k]) * products(i, d);
                g[k] = sum.high;
            }
            std::vector<double> combination = coefficients(g);
            for (std::size_t i = 0; i < p_; ++i)
                if (std::abs(combination[i]) * std::sqrt(products(i, i).high) <=
                    rounding * std::sqrt(products(d, d).high))
                    combination[i] = 0;
            combinations_.insert(combinations_.end(), combination.begin(), combination.end());
        }
    }

    /// Z = (X - origin) C + origin C, where the origin is 0 unless there is an intercept: then the columns' means, so
    /// that year^2 has little to cancel. Block by block in the memory of X.
    void fill(const matrix& products) {
        std::vector<double> origin(p_), constant(rank());
        if (has_intercept())
            for (std::size_t i = 1; i < p_; ++i) origin[i] = (products(0, i) / products(0, 0)).high;
        for (std::size_t k = 0; k < rank(); ++k) {
            double_double sum;
            for (std::size_t i = 0; i < p_; ++i) sum += exact_product(origin[i], factor_[i * rank() + k]);
            constant[k] = sum.high;
        }
        z_.resize(blocks() * p_ * block_rows);
        std::vector<double> x(p_ * block_rows), squares(block_rows);
        for (std::size_t block = 0; block < blocks(); ++block) {
            const std::size_t rows = std::min(block_rows, n_ - block * block_rows);
            for (std::size_t row = 0; row < rows; ++row)
                for (std::size_t i = 0; i < p_; ++i)
                    x[i * block_rows + row] = z_[(block * block_rows + row) * p_ + i] - origin[i];
            simd_dispatch([&](auto) __attribute__((always_inline)) {
                fill_block(x.data(), constant, z_.data() + block * rank() * block_rows, squares.data());
            });
            for (std::size_t k = 0; k < rank(); ++k)
                std::fill_n(z_.data() + (block * rank() + k) * block_rows + rows, block_rows - rows, 0.0);
            reach_ = std::max(reach_, *std::max_element(squares.data(), squares.data() + rows));
        }
        z_.resize(blocks() * rank() * block_rows);
        reach_ = std::sqrt(reach_);
    }
    [[gnu::always_inline]] void fill_block(const double* x, std::span<const double> constant, double* z,
                                           double* squares) const {
        double total[block_rows] = {};
        for (std::size_t k = 0; k < rank(); ++k) {
            double sum[block_rows];
            std::fill_n(sum, block_rows, constant[k]);
            for (std::size_t i = 0; i <= independent_[k]; ++i) {
                const double factor = factor_[i * rank() + k];
                for (std::size_t row = 0; row < block_rows; ++row) sum[row] += factor * x[i * block_rows + row];
            }
            for (std::size_t row = 0; row < block_rows; ++row) total[row] += sum[row] * sum[row];
            std::copy_n(sum, block_rows, z + k * block_rows);
        }
        std::copy_n(total, block_rows, squares);
    }
    [[nodiscard]] bool has_intercept() const {
        for (std::size_t row = 0; row < n_; ++row)
            if (z_[row * p_] != 1) return false;
        return true;
    }

    std::size_t n_, p_;
    std::vector<std::size_t> dependent_, independent_;
    std::vector<double> factor_;  // C
    std::vector<double> combinations_;
    std::vector<double> z_;  // X by rows, then Z
    double reach_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
