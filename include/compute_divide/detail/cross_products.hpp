// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_CROSS_PRODUCTS_HPP
#define COMPUTE_DIVIDE_DETAIL_CROSS_PRODUCTS_HPP

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <compute_divide/detail/double_double.hpp>

/// The normal equations to some 28 digits: sums of products in one pass, and their solution.
///
/// Their condition is kappa^2, the square of the data's, yet an error of 2^-93 kappa^2 is below the 2^-53 kappa of an
/// orthogonal factorisation in double for every kappa < 2^40; they need one pass, merge by addition, and give standard
/// errors to as many digits as coefficients.
namespace compute_divide::detail {

/// A square matrix, by rows.
struct matrix {
    explicit matrix(std::size_t n) : size(n), entries(n * n) {}

    [[nodiscard]] double_double& operator()(std::size_t i, std::size_t j) { return entries[i * size + j]; }
    [[nodiscard]] const double_double& operator()(std::size_t i, std::size_t j) const { return entries[i * size + j]; }

    std::size_t size;
    std::vector<double_double> entries;
};

/// Sums of w a b over rows, for every two columns a and b, by the splitting of Ozaki, Ogita, Oishi and Rump (2012): in
/// a block of rows, each column is cut into two slices, of 26 bits each below the sum of its absolute values, and the
/// rest. A sum of products with a first slice stays within 53 bits, so it is exact; what remains is some 2^-48 of it,
/// and its rounding errors do not count.
class cross_products {
public:
    explicit cross_products(std::size_t columns) : columns_(columns), sums_(columns) {}

    /// The next row's value of a column, before `next_row`.
    void set(std::size_t at, double value) { columns_[at].value[row_ / 2][row_ % 2] = value; }

    void next_row(double weight) {
        weights_[row_ / 2][row_ % 2] = weight;
        weighted_ = weighted_ || weight != 1;
        if (++row_ == block_rows) flush();
    }

    void merge(const cross_products& other) {
        const matrix theirs = other.sums();
        for (std::size_t i = 0; i < sums_.entries.size(); ++i) sums_.entries[i] += theirs.entries[i];
    }

    [[nodiscard]] matrix sums() const {
        cross_products whole = *this;
        whole.flush();
        for (std::size_t i = 0; i < sums_.size; ++i)
            for (std::size_t j = 0; j < i; ++j) whole.sums_(i, j) = whole.sums_(j, i);
        return whole.sums_;
    }

private:
    using pack [[gnu::vector_size(16)]] = double;
    static constexpr std::size_t block_rows = 64;
    static constexpr std::size_t block_packs = block_rows / 2;

    [[nodiscard]] static pack absolute(pack x) {
        using bits [[gnu::vector_size(16)]] = std::uint64_t;
        return std::bit_cast<pack>(std::bit_cast<bits>(x) & ~(std::uint64_t{1} << 63));
    }

    struct column {
        pack value[block_packs] = {};
        pack first[block_packs], second[block_packs], rest[block_packs];

        /// Slices value + tail.
        void slice(const pack* tail) {
            pack sizes[4] = {};
            for (std::size_t k = 0; k < block_packs; k += 4)
                for (std::size_t i = 0; i < 4; ++i) sizes[i] += absolute(value[k + i]);
            const pack size = (sizes[0] + sizes[1]) + (sizes[2] + sizes[3]);
            const double bound = std::ldexp(1.5, std::ilogb(size[0] + size[1]) + 27);
            const double next_bound = bound * 0x1p-26;
            for (std::size_t k = 0; k < block_packs; ++k) {
                first[k] = (value[k] + bound) - bound;
                second[k] = ((value[k] - first[k]) + next_bound) - next_bound;
                rest[k] = (value[k] - first[k]) - second[k];
                if (tail != nullptr) rest[k] += tail[k];
            }
        }
    };

    template <std::size_t Width>
    void add_products(const column& a, const column* b, double_double* sums) {
        pack exact[Width] = {}, smaller[Width] = {}, smallest[Width] = {};
        for (std::size_t k = 0; k < block_packs; ++k) {
            const pack both = a.first[k] + a.second[k];
            for (std::size_t i = 0; i < Width; ++i) {
                exact[i] += a.first[k] * b[i].first[k];
                smaller[i] += a.first[k] * b[i].second[k] + a.second[k] * b[i].first[k];
                smallest[i] += a.second[k] * b[i].second[k] + (a.rest[k] * b[i].value[k] + both * b[i].rest[k]);
            }
        }
        for (std::size_t i = 0; i < Width; ++i) {
            sums[i] += exact[i][0] + exact[i][1];
            sums[i] += exact_sum(smaller[i][0] + smaller[i][1], smallest[i][0] + smallest[i][1]);
        }
    }

    void flush() {
        for (std::size_t row = row_; row < block_rows; ++row)
            for (column& c : columns_) c.value[row / 2][row % 2] = 0;
        for (column& c : columns_) c.slice(nullptr);
        const std::size_t n = columns_.size();
        column weighted;
        for (std::size_t i = 0; i < n; ++i) {
            if (weighted_) weigh(columns_[i], weighted);
            const column& left = weighted_ ? weighted : columns_[i];
            std::size_t j = i;
            for (; j + 1 < n; j += 2) add_products<2>(left, &columns_[j], &sums_(i, j));
            if (j < n) add_products<1>(left, &columns_[j], &sums_(i, j));
        }
        row_ = 0;
        weighted_ = false;
    }

    void weigh(const column& from, column& to) const {
        pack tail[block_packs];
        for (std::size_t k = 0; k < block_packs; ++k)
            for (std::size_t i = 0; i < 2; ++i) {
                const double_double product = exact_product(weights_[k][i], from.value[k][i]);
                to.value[k][i] = product.high;
                tail[k][i] = product.low;
            }
        to.slice(tail);
    }

    std::vector<column> columns_;
    pack weights_[block_packs] = {};
    std::size_t row_ = 0;
    bool weighted_ = false;
    matrix sums_;
};

/// Solves the normal equations whose last row and column are the response's, in place, by the sweep operator
/// (Goodnight 1979): afterwards the matrix holds (X'X)^-1, in the last column the coefficients and in the last place
/// the residual sum of squares. A column no further than 2^-40 of its length from the span of those before it is
/// left out; returns those columns.
[[nodiscard]] inline std::vector<std::size_t> sweep(matrix& a) {
    const std::size_t p = a.size - 1;
    std::vector<std::size_t> left_out;
    std::vector<double> squares(p);
    for (std::size_t i = 0; i < p; ++i) squares[i] = a(i, i).high;
    for (std::size_t k = 0; k < p; ++k) {
        if (a(k, k).high <= 0x1p-80 * squares[k]) {
            left_out.push_back(k);
            continue;
        }
        const double_double pivot = a(k, k);
        for (std::size_t j = 0; j <= p; ++j)
            if (j != k) a(k, j) = a(k, j) / pivot;
        for (std::size_t i = 0; i <= p; ++i) {
            if (i == k) continue;
            const double_double factor = a(i, k);
            for (std::size_t j = 0; j <= p; ++j)
                if (j != k) a(i, j) -= factor * a(k, j);
            a(i, k) = -factor / pivot;
        }
        a(k, k) = double_double(1) / pivot;
    }
    for (const std::size_t k : left_out)
        for (std::size_t i = 0; i <= p; ++i) a(i, k) = a(k, i) = 0;
    return left_out;
}

/// The lower triangular C, by rows, of the leading p x p part A = C C' of a matrix whose dependent columns are 0.
[[nodiscard]] inline std::vector<double> triangular_factor(matrix a, std::size_t p) {
    std::vector<double> factor(p * p);
    for (std::size_t k = 0; k < p; ++k) {
        const double_double pivot = a(k, k);
        if (!(pivot.high > 0)) continue;
        for (std::size_t i = k; i < p; ++i) {
            factor[i * p + k] = a(i, k).high / std::sqrt(pivot.high);
            const double_double ratio = a(i, k) / pivot;
            for (std::size_t j = k + 1; j <= i; ++j) a(i, j) -= ratio * a(j, k);
        }
    }
    return factor;
}

}  // namespace compute_divide::detail

#endif
