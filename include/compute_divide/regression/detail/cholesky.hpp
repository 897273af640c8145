// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_CHOLESKY_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_CHOLESKY_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>

namespace compute_divide::inline v0_2::detail {

/// The Cholesky factor of a symmetric positive definite matrix of size x size, and solutions by it.
class cholesky {
public:
    cholesky(std::span<const double> a, std::size_t size) : size_(size), lower_(a.begin(), a.end()), first_(size) {
        for (std::size_t i = 0; i < size; ++i)
            while (first_[i] < i && at(i, first_[i]) == 0) ++first_[i];
        constexpr double rounding = 1e-13;
        for (std::size_t k = 0; k < size; ++k) {
            const double squares = at(k, k);
            for (std::size_t i = k; i < size; ++i) {
                if (first_[i] > k) continue;
                for (std::size_t j = std::max(first_[i], first_[k]); j < k; ++j) at(i, k) -= at(i, j) * at(k, j);
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

    [[nodiscard]] std::size_t size() const { return size_; }

    /// L^-1 b, whose squared length is b' A^-1 b.
    [[nodiscard]] std::vector<double> half_solved(std::vector<double> b) const {
        for (std::size_t i = 0; i < size_; ++i) {
            for (std::size_t j = first_[i]; j < i; ++j) b[i] -= lower_[i * size_ + j] * b[j];
            b[i] /= lower_[i * size_ + i];
        }
        return b;
    }
    /// A^-1 b
    [[nodiscard]] std::vector<double> solved(std::vector<double> b) const {
        b = half_solved(std::move(b));
        for (std::size_t i = size_; i-- > 0;) {
            for (std::size_t j = i + 1; j < size_; ++j)
                if (first_[j] <= i) b[i] -= lower_[j * size_ + i] * b[j];
            b[i] /= lower_[i * size_ + i];
        }
        return b;
    }
    [[nodiscard]] std::vector<double> inverse() const {
        std::vector<double> all(size_ * size_);
        for (std::size_t k = 0; k < size_; ++k) {
            std::vector<double> unit(size_);
            unit[k] = 1;
            detail::copy(solved(std::move(unit)), all.begin() + static_cast<std::ptrdiff_t>(k * size_));
        }
        return all;
    }
    /// L, lower triangular.
    [[nodiscard]] double lower(std::size_t i, std::size_t j) const { return lower_[i * size_ + j]; }
    [[nodiscard]] double log_determinant() const {
        double sum = 0;
        for (std::size_t k = 0; k < size_; ++k) sum += 2 * std::log(lower_[k * size_ + k]);
        return sum;
    }

private:
    [[nodiscard]] double& at(std::size_t i, std::size_t j) { return lower_[i * size_ + j]; }

    std::size_t size_;
    std::vector<double> lower_;
    std::vector<std::size_t> first_;  // column of each row that is not 0: L has the same
    bool positive_ = true;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
