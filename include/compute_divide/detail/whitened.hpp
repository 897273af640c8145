// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_WHITENED_HPP
#define COMPUTE_DIVIDE_DETAIL_WHITENED_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/cross_products.hpp>
#include <compute_divide/detail/double_double.hpp>
#include <compute_divide/regression/model.hpp>

/// Maximum likelihood in a basis where nothing cancels. The columns X of a regression become Z = X C with Z'WZ = I; all
/// iterations are in terms of Z, in plain double, and coefficients and covariance are turned back at the end: b = C g
/// and V = C S C'. That keeps columns such as year and year^2 to 9 digits and more.
namespace compute_divide::detail {

/// Z in blocks of rows, each by columns, so that loops over a block's rows become vector instructions.
class whitened {
public:
    static constexpr std::size_t block_rows = 64;

    /// W are the frame's weights. Dependent columns are those that `least_squares` would name.
    explicit whitened(const regression_frame& frame) : n_(frame.n), p_(frame.p()) {
        if (n_ == 0) return;
        const matrix products = weighted_products(frame);
        find_factor(products);
        fill(frame, products);
    }

    [[nodiscard]] std::size_t n() const { return n_; }
    [[nodiscard]] std::size_t p() const { return p_; }
    [[nodiscard]] std::size_t rank() const { return independent_.size(); }
    /// Columns of X that are combinations of those before them.
    [[nodiscard]] const std::vector<std::size_t>& dependent() const { return dependent_; }
    [[nodiscard]] const std::vector<std::size_t>& independent() const { return independent_; }
    /// p x rank by rows; 0 in the rows of dependent columns.
    [[nodiscard]] std::span<const double> factor() const { return factor_; }

    [[nodiscard]] std::size_t blocks() const { return (n_ + block_rows - 1) / block_rows; }
    /// A block's values of a column of Z: block_rows of them, 0 beyond the last row.
    [[nodiscard]] const double* column(std::size_t block, std::size_t k) const {
        return z_.data() + (block * rank() + k) * block_rows;
    }
    [[nodiscard]] double at(std::size_t row, std::size_t k) const {
        return column(row / block_rows, k)[row % block_rows];
    }
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
    [[nodiscard]] static matrix weighted_products(const regression_frame& frame) {
        cross_products sums(frame.p());
        for (std::size_t row = 0; row < frame.n; ++row) {
            for (std::size_t i = 0; i < frame.p(); ++i) sums.set(i, frame.row(row)[i]);
            sums.next_row(frame.weight[row]);
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

    /// Z = (X - origin) C + origin C, where the origin is 0 unless there is an intercept: then the columns' means, so
    /// that year^2 has little to cancel.
    void fill(const regression_frame& frame, const matrix& products) {
        std::vector<double> origin(p_), constant(rank());
        if (p_ > 0 && has_intercept(frame))
            for (std::size_t i = 1; i < p_; ++i) origin[i] = (products(0, i) / products(0, 0)).high;
        for (std::size_t k = 0; k < rank(); ++k) {
            double_double sum;
            for (std::size_t i = 0; i < p_; ++i) sum += exact_product(origin[i], factor_[i * rank() + k]);
            constant[k] = sum.high;
        }
        z_.resize(blocks() * rank() * block_rows);
        std::vector<double> centred(p_);
        for (std::size_t row = 0; row < n_; ++row) {
            const double* const x = frame.columns.data() + row * p_;
            double* const out = z_.data() + row / block_rows * rank() * block_rows + row % block_rows;
            for (std::size_t i = 0; i < p_; ++i) centred[i] = x[i] - origin[i];
            for (std::size_t k = 0; k < rank(); ++k) {
                double sum = constant[k];
                for (std::size_t i = 0; i <= independent_[k]; ++i) sum += centred[i] * factor_[i * rank() + k];
                out[k * block_rows] = sum;
            }
        }
    }
    [[nodiscard]] bool has_intercept(const regression_frame& frame) const {
        for (std::size_t row = 0; row < n_; ++row)
            if (frame.columns[row * p_] != 1) return false;
        return true;
    }

    std::size_t n_, p_;
    std::vector<std::size_t> dependent_, independent_;
    std::vector<double> factor_;  // C
    std::vector<double> z_;
};

/// A log-likelihood's value, slope, and minus its curvature (or the expected one), where the linear predictor is
/// offset + Z g.
struct likelihood_sums {
    double log_likelihood = 0;
    std::vector<double> score;        // rank
    std::vector<double> information;  // rank x rank by rows
};

/// A likelihood by blocks of rows: `rows(block, eta, score, information)` takes block_rows linear predictors without
/// offset, writes each row's slope and minus its curvature by eta (0 beyond the last row), and returns the block's
/// log-likelihood.
template <class Family>
concept likelihood_of_rows = requires(const Family& family, const double* eta, double* out) {
    { family.rows(std::size_t{}, eta, out, out) } -> std::same_as<double>;
};

template <likelihood_of_rows Family>
[[nodiscard]] likelihood_sums sums_at(const whitened& z, std::span<const double> g, const Family& family) {
    constexpr std::size_t rows = whitened::block_rows;
    const std::size_t rank = z.rank();
    likelihood_sums sums{0, std::vector<double>(rank), std::vector<double>(rank * rank)};
    for (std::size_t block = 0; block < z.blocks(); ++block) {
        double eta[rows] = {}, score[rows], information[rows], weighted[rows];
        for (std::size_t k = 0; k < rank; ++k) {
            const double* const column = z.column(block, k);
            for (std::size_t i = 0; i < rows; ++i) eta[i] += g[k] * column[i];
        }
        sums.log_likelihood += family.rows(block, eta, score, information);
        for (std::size_t k = 0; k < rank; ++k) {
            const double* const column = z.column(block, k);
            for (std::size_t i = 0; i < rows; ++i) {
                sums.score[k] += score[i] * column[i];
                weighted[i] = information[i] * column[i];
            }
            for (std::size_t l = 0; l <= k; ++l) {
                const double* const other = z.column(block, l);
                double sum = 0;
                for (std::size_t i = 0; i < rows; ++i) sum += weighted[i] * other[i];
                sums.information[k * rank + l] += sum;
            }
        }
    }
    for (std::size_t k = 0; k < rank; ++k)
        for (std::size_t l = 0; l < k; ++l) sums.information[l * rank + k] = sums.information[k * rank + l];
    return sums;
}

/// The Cholesky factor of a symmetric positive definite matrix of size x size, and what it is good for.
class cholesky {
public:
    cholesky(std::span<const double> a, std::size_t size) : size_(size), lower_(a.begin(), a.end()) {
        constexpr double rounding = 1e-13;
        for (std::size_t k = 0; k < size; ++k) {
            const double squares = at(k, k);
            for (std::size_t i = k; i < size; ++i) {
                for (std::size_t j = 0; j < k; ++j) at(i, k) -= at(i, j) * at(k, j);
                if (i == k) {
                    positive_ = positive_ && at(k, k) > rounding * squares;
                    at(k, k) = std::sqrt(std::max(at(k, k), std::numeric_limits<double>::min()));
                } else {
                    at(i, k) /= at(k, k);
                }
            }
        }
    }
    /// False where the matrix is singular to rounding, or not finite.
    [[nodiscard]] explicit operator bool() const { return positive_; }

    /// L^-1 b, whose squared length is b' A^-1 b.
    [[nodiscard]] std::vector<double> half_solved(std::vector<double> b) const {
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t j = 0; j < i; ++j) b[i] -= lower_[i * size_ + j] * b[j];
            b[i] /= lower_[i * size_ + i];
        }
        return b;
    }
    /// A^-1 b
    [[nodiscard]] std::vector<double> solved(std::vector<double> b) const {
        b = half_solved(std::move(b));
        for (std::size_t i = size_; i-- > 0;) {
            for (std::size_t j = i + 1; j < size_; ++j) b[i] -= lower_[j * size_ + i] * b[j];
            b[i] /= lower_[i * size_ + i];
        }
        return b;
    }
    [[nodiscard]] std::vector<double> inverse() const {
        std::vector<double> all(size_ * size_);
        for (std::size_t k = 0; k < size_; ++k) {
            std::vector<double> unit(size_);
            unit[k] = 1;
            std::ranges::copy(solved(std::move(unit)), all.begin() + static_cast<std::ptrdiff_t>(k * size_));
        }
        return all;
    }
    [[nodiscard]] double log_determinant() const {
        double sum = 0;
        for (std::size_t k = 0; k < size_; ++k) sum += 2 * std::log(lower_[k * size_ + k]);
        return sum;
    }

private:
    [[nodiscard]] double& at(std::size_t i, std::size_t j) { return lower_[i * size_ + j]; }

    std::size_t size_;
    std::vector<double> lower_;
    bool positive_ = true;
};

/// Where Newton's method ends.
struct likelihood_maximum {
    std::vector<double> g;
    likelihood_sums sums;  ///< there
    int iterations = 0;
    bool converged = false;  ///< to rounding
};

/// Newton's method with step halving: no step lowers the log-likelihood.
template <likelihood_of_rows Family>
[[nodiscard]] likelihood_maximum maximum_of(const whitened& z, const Family& family, std::vector<double> start,
                                            int max_iterations) {
    // Steps in standard errors: the next one would be some 1e-20, or is rounding already.
    constexpr double tolerance = 1e-10, nearly = 1e-6;
    likelihood_maximum best{std::move(start), {}};
    best.sums = sums_at(z, best.g, family);
    double last_size = std::numeric_limits<double>::infinity();
    while (best.iterations < max_iterations) {
        const cholesky information(best.sums.information, z.rank());
        if (!information) return best;
        ++best.iterations;
        double squares = 0;
        for (const double x : information.half_solved(best.sums.score)) squares += x * x;
        const double size = std::sqrt(squares);
        std::vector<double> step = information.solved(best.sums.score);
        if (size <= tolerance || (size <= nearly && size > last_size / 2)) {
            for (std::size_t k = 0; k < step.size(); ++k) best.g[k] += step[k];
            best.converged = true;
            return best;
        }
        last_size = size;
        const double enough = best.sums.log_likelihood - 1e-13 * std::abs(best.sums.log_likelihood);
        for (int halvings = 0;; ++halvings) {
            std::vector<double> g = best.g;
            for (std::size_t k = 0; k < step.size(); ++k) g[k] += step[k];
            auto sums = sums_at(z, g, family);
            if (sums.log_likelihood >= enough) {
                best.g = std::move(g);
                best.sums = std::move(sums);
                break;
            }
            if (halvings == 60) return best;
            for (double& x : step) x /= 2;
        }
    }
    return best;
}

}  // namespace compute_divide::detail

#endif
