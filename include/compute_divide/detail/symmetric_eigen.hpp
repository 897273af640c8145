// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SYMMETRIC_EIGEN_HPP
#define COMPUTE_DIVIDE_DETAIL_SYMMETRIC_EIGEN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

namespace compute_divide::inline v0_2::detail {

/// Eigenvalues and orthonormal eigenvectors of a small symmetric matrix: A = Q diag(values) Q', the vectors being the
/// columns of Q, by rows. Cyclic Jacobi rotations: small eigenvalues of a matrix that is graded keep their digits, and
/// the vectors are orthonormal to rounding. O(k^3) with some five sweeps; at most 60 (30 are never needed in doubles).
/// Reuse one object for many matrices: it keeps its memory.
class symmetric_eigen {
public:
    symmetric_eigen() = default;
    symmetric_eigen(std::span<const double> matrix, std::size_t k) { solve(matrix, k); }

    /// Of a k x k matrix by rows, of which the lower triangle is read.
    void solve(std::span<const double> matrix, std::size_t k) {
        k_ = k;
        a_.assign(matrix.begin(), matrix.begin() + static_cast<std::ptrdiff_t>(k * k));
        for (std::size_t i = 0; i < k; ++i)
            for (std::size_t j = i + 1; j < k; ++j) a_[i * k + j] = a_[j * k + i];
        vectors_.assign(k * k, 0);
        for (std::size_t i = 0; i < k; ++i) vectors_[i * k + i] = 1;
        for (int sweep = 0; sweep < 60; ++sweep) {
            bool rotated = false;
            for (std::size_t p = 0; p + 1 < k; ++p)
                for (std::size_t q = p + 1; q < k; ++q) rotated |= rotate(p, q);
            if (!rotated) break;
        }
        values_.resize(k);
        for (std::size_t i = 0; i < k; ++i) values_[i] = a_[i * k + i];
    }

    [[nodiscard]] std::size_t size() const { return k_; }
    [[nodiscard]] std::span<const double> values() const { return values_; }
    /// Element i of eigenvector j.
    [[nodiscard]] double vector(std::size_t i, std::size_t j) const { return vectors_[i * k_ + j]; }

    /// Q diag(function(values)) Q', by rows.
    template <class Function>
    [[nodiscard]] std::vector<double> apply(Function&& function) const {
        std::vector<double> result(k_ * k_);
        for (std::size_t l = 0; l < k_; ++l) {
            const double f = function(values_[l]);
            if (f == 0) continue;
            for (std::size_t i = 0; i < k_; ++i)
                for (std::size_t j = 0; j < k_; ++j) result[i * k_ + j] += f * vector(i, l) * vector(j, l);
        }
        return result;
    }

private:
    bool rotate(std::size_t p, std::size_t q) {
        const double off = a_[p * k_ + q];
        const double scale = std::sqrt(std::fabs(a_[p * k_ + p]) * std::fabs(a_[q * k_ + q]));
        constexpr double rounding = 1e-17;
        if (!(std::fabs(off) > rounding * scale) || std::fabs(off) < 1e-300) return false;
        const double theta = (a_[q * k_ + q] - a_[p * k_ + p]) / (2 * off);
        const double t = (theta >= 0 ? 1 : -1) / (std::fabs(theta) + std::hypot(1, theta));
        const double c = 1 / std::hypot(1, t), s = t * c;
        for (std::size_t i = 0; i < k_; ++i) {
            const double x = a_[i * k_ + p], y = a_[i * k_ + q];
            a_[i * k_ + p] = c * x - s * y;
            a_[i * k_ + q] = s * x + c * y;
        }
        for (std::size_t i = 0; i < k_; ++i) {
            const double x = a_[p * k_ + i], y = a_[q * k_ + i];
            a_[p * k_ + i] = c * x - s * y;
            a_[q * k_ + i] = s * x + c * y;
        }
        a_[p * k_ + q] = a_[q * k_ + p] = 0;
        for (std::size_t i = 0; i < k_; ++i) {
            const double x = vectors_[i * k_ + p], y = vectors_[i * k_ + q];
            vectors_[i * k_ + p] = c * x - s * y;
            vectors_[i * k_ + q] = s * x + c * y;
        }
        return true;
    }

    std::size_t k_ = 0;
    std::vector<double> a_, vectors_, values_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
