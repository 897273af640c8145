// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_ORTHONORMAL_DESIGN_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_ORTHONORMAL_DESIGN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

/// The columns X of a regression in a basis where nothing cancels, Z = X C with Z'WZ = I, for fits that iterate. All
/// iterations are in terms of Z, in plain double, and coefficients and covariance are turned back at the end: b = C g
/// and V = C S C'. That keeps columns such as year and year^2 to 9 digits and more.
namespace compute_divide::inline v0_2::detail {

/// What is made of the columns of a factor's levels, each 1 in the rows of a level, of which no row has two.
enum class level_basis {
    as_others,  ///< what of other columns
    groups  ///< Z has a column for each level, the base's too, that is not 0 in the rows of that level alone, before
            ///< columns without their means in levels: where there are an intercept and many levels, of which each
            ///< has rows, and no column depends on others
};

/// Z in blocks of rows, each by columns, so that loops over a block's rows become vector instructions.
class orthonormal_design {
public:
    static constexpr std::size_t block_rows = regression_frame::block_rows;

    /// W are the frame's weights. Dependent columns are those that `least_squares` would name.
    explicit orthonormal_design(const regression_frame& frame) : orthonormal_design(frame, frame.columns) {}
    /// The same in the memory of the columns, which may be moved from the frame.
    orthonormal_design(const regression_frame& frame, std::vector<double> columns,
                       level_basis basis = level_basis::as_others)
        : n_(frame.n), p_(frame.p()), z_(std::move(columns)) {
        if (n_ == 0) return;
        if (basis == level_basis::groups && has_groups(frame.weight)) return;
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
        for (const double value : group_values_) sum += std::log(value);
        if (groups() > 0) {
            for (std::size_t j = 0; j < others_.size(); ++j)
                sum += std::log(factor_[others_[j] * rank() + groups() + j]);
            return sum;
        }
        for (std::size_t k = 0; k < rank(); ++k) sum += std::log(factor_[independent_[k] * rank() + k]);
        return sum;
    }

    [[nodiscard]] std::size_t blocks() const { return (n_ + block_rows - 1) / block_rows; }
    /// The first columns of Z that are of groups of rows: each is not 0 in the rows of its group alone, and all rows
    /// are of one. 0 where there are none. They have no `column`.
    [[nodiscard]] std::size_t groups() const { return group_values_.size(); }
    /// The groups of a block's rows, 0 beyond the last row, and what their columns are there.
    [[nodiscard]] const std::uint32_t* group(std::size_t block) const { return group_.data() + block * block_rows; }
    [[nodiscard]] std::span<const double> group_values() const { return group_values_; }

    /// A block's values of a column of Z: block_rows of them, 0 beyond the last row.
    [[nodiscard]] const double* column(std::size_t block, std::size_t k) const {
        return z_.data() + (block * (rank() - groups()) + (k - groups())) * block_rows;
    }
    /// Fetches a block, if there is one, before it is waited for.
    COMPUTE_DIVIDE_ALWAYS_INLINE void prefetch(std::size_t block) const {
        if (block >= blocks()) return;
        constexpr std::size_t line = 8;  // numbers
        const std::size_t size = (rank() - groups()) * block_rows;
        for (std::size_t i = 0; i < size; i += line) detail::prefetch(z_.data() + block * size + i);
    }
    [[nodiscard]] double at(std::size_t row, std::size_t k) const {
        if (k < groups()) return group_[row] == k ? group_values_[k] : 0;
        return column(row / block_rows, k)[row % block_rows];
    }
    /// A row of Z.
    void copy_row(std::size_t row, double* to) const {
        if (groups() > 0) {
            std::fill_n(to, groups(), 0.0);
            to[group_[row]] = group_values_[group_[row]];
        }
        for (std::size_t k = groups(); k < rank(); ++k) to[k] = at(row, k);
    }
    /// The length of the longest row: no linear predictor changes by more than that times the length of a step.
    [[nodiscard]] double reach() const { return reach_; }

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
                if (const double factor = factor_[i * rank() + k]; factor != 0)
                    for (std::size_t l = 0; l < rank(); ++l) half[i * rank() + l] += factor * s[k * rank() + l];
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

    /// Whether Z is of groups: then all is done.
    [[nodiscard]] bool has_groups(std::span<const double> weights) {
        constexpr std::size_t fewest_groups = 8;
        if (p_ < fewest_groups || !has_intercept()) return false;
        // The longest run of columns of 0 and 1 of which no row has two.
        std::vector<char> is_level(p_, 1);
        std::vector<std::size_t> first(p_, 1);
        for (std::size_t row = 0; row < n_; ++row) {
            std::size_t last = 0;
            for (std::size_t j = 1; j < p_; ++j) {
                const double x = z_[row * p_ + j];
                if (x == 0) continue;
                if (x != 1) is_level[j] = 0;
                if (last > 0) first[j] = std::max(first[j], last + 1);
                last = j;
            }
        }
        std::size_t begin = 1, longest = 0, first_level = 1;
        for (std::size_t j = 1; j < p_; ++j) {
            begin = is_level[j] != 0 ? std::max(begin, first[j]) : j + 1;
            if (j + 1 - begin > longest) {
                longest = j + 1 - begin;
                first_level = begin;
            }
        }
        const std::size_t groups = longest + 1, end = first_level + longest;
        if (groups < fewest_groups) return false;
        std::vector<std::uint32_t> group(blocks() * block_rows);
        std::vector<double> sizes(groups);
        for (std::size_t row = 0; row < n_; ++row) {
            for (std::size_t j = first_level; j < end; ++j)
                if (z_[row * p_ + j] != 0) group[row] = static_cast<std::uint32_t>(j - first_level + 1);
            sizes[group[row]] += weights[row];
        }
        if (detail::any_of(sizes, [](double size) { return !(size > 0); })) return false;
        for (std::size_t j = 1; j < p_; ++j)
            if (j < first_level || j >= end) others_.push_back(j);
        group_ = std::move(group);
        if (!set_others_within_groups(weights, sizes, first_level)) {
            group_.clear();
            others_.clear();
            factor_.clear();
            independent_.clear();
            dependent_.clear();
            return false;
        }
        return true;
    }

    /// Columns less their means in groups, made orthonormal; false where one is a combination of others, or nearly.
    [[nodiscard]] bool set_others_within_groups(std::span<const double> weights, const std::vector<double>& sizes,
                                                std::size_t first_level) {
        constexpr double nearly = 1e-12;
        const std::size_t k = others_.size(), groups = sizes.size();
        std::vector<double> means(groups * k), rest(groups * k);
        for (int pass = 0; pass < 2; ++pass) {  // the second takes off what the first's rounding left
            std::fill(rest.begin(), rest.end(), 0.0);
            for (std::size_t row = 0; row < n_; ++row)
                for (std::size_t j = 0; j < k; ++j) {
                    const std::size_t at = group_[row] * k + j;
                    rest[at] += weights[row] * (z_[row * p_ + others_[j]] - means[at]);
                }
            for (std::size_t at = 0; at < means.size(); ++at) means[at] += rest[at] / sizes[at / k];
        }
        cross_products sums(k);
        std::vector<double> squares(k);
        for (std::size_t row = 0; row < n_; ++row) {
            double* const to = sums.row();
            for (std::size_t j = 0; j < k; ++j) {
                const double x = z_[row * p_ + others_[j]];
                squares[j] += weights[row] * (x * x);
                to[j] = x - means[group_[row] * k + j];
            }
            sums.next_row(weights[row]);
        }
        const std::size_t p = std::exchange(p_, k);  // of the others alone
        if (k > 0) find_factor(sums.sums(), nearly, squares);
        p_ = p;
        if (!dependent_.empty()) return false;
        const std::vector<double> within = std::move(factor_);

        independent_.clear();
        for (std::size_t j = 0; j < p_; ++j) independent_.push_back(j);
        for (const double size : sizes) group_values_.push_back(1 / std::sqrt(size));
        factor_.assign(p_ * p_, 0);
        const auto level_row = [&](std::size_t g) { return g == 0 ? 0 : (first_level + g - 1) * p_; };
        for (std::size_t g = 0; g < groups; ++g) {
            factor_[level_row(g) + g] = group_values_[g];
            if (g > 0) factor_[level_row(g)] = -group_values_[0];
        }
        for (std::size_t l = 0; l < k; ++l) {
            for (std::size_t j = 0; j <= l; ++j) factor_[others_[j] * p_ + groups + l] = within[j * k + l];
            for (std::size_t g = 0; g < groups; ++g) {
                double_double sum;
                for (std::size_t j = 0; j <= l; ++j) {
                    sum += exact_product(-within[j * k + l], means[g * k + j]);
                    if (g > 0) sum += exact_product(within[j * k + l], means[j]);
                }
                factor_[level_row(g) + groups + l] = sum.high;
            }
        }

        std::vector<double> z(blocks() * k * block_rows);
        for (std::size_t row = 0; row < n_; ++row) {
            double total = group_values_[group_[row]] * group_values_[group_[row]];
            for (std::size_t l = 0; l < k; ++l) {
                double sum = 0;
                for (std::size_t j = 0; j <= l; ++j)
                    sum += within[j * k + l] * (z_[row * p_ + others_[j]] - means[group_[row] * k + j]);
                total += sum * sum;
                z[(row / block_rows * k + l) * block_rows + row % block_rows] = sum;
            }
            reach_ = std::max(reach_, total);
        }
        z_ = std::move(z);
        reach_ = std::sqrt(reach_);
        return true;
    }

    /// X'WX = L D L' gives C = L'^-1 D^-1/2, without the columns whose pivot in D is rounding: upper triangular.
    void find_factor(matrix a) {
        std::vector<double> squares;
        for (std::size_t i = 0; i < p_; ++i) squares.push_back(a(i, i).high);
        find_factor(std::move(a), 0x1p-80, squares);  // as for `least_squares`
    }
    /// `rounding` is a share of `squares`.
    void find_factor(matrix a, double rounding, const std::vector<double>& squares) {
        matrix inverse(p_);  // of L
        for (std::size_t i = 0; i < p_; ++i) inverse(i, i) = 1;
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
            simd_dispatch([&](auto) COMPUTE_DIVIDE_ALWAYS_INLINE {
                for (std::size_t i = 0; i < p_; ++i) {
                    const double* const column = z_.data() + block * block_rows * p_ + i;
                    for (std::size_t row = 0; row < rows; ++row) x[i * block_rows + row] = column[row * p_] - origin[i];
                }
                fill_block(x.data(), constant, z_.data() + block * rank() * block_rows, squares.data());
            });
            for (std::size_t k = 0; k < rank(); ++k)
                std::fill_n(z_.data() + (block * rank() + k) * block_rows + rows, block_rows - rows, 0.0);
            reach_ = std::max(reach_, *std::max_element(squares.data(), squares.data() + rows));
        }
        z_.resize(blocks() * rank() * block_rows);
        reach_ = std::sqrt(reach_);
    }
    COMPUTE_DIVIDE_ALWAYS_INLINE void fill_block(const double* x, std::span<const double> constant, double* z,
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
    std::vector<double> z_;             // X by rows, then Z, without the columns of groups
    std::vector<std::uint32_t> group_;  // of each row, padded
    std::vector<double> group_values_;
    std::vector<std::size_t> others_;  // columns of X that are none of groups, but for the intercept
    double reach_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
