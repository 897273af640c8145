// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_CROSS_PRODUCTS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_CROSS_PRODUCTS_HPP

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

/// The normal equations to some 28 digits: sums of products in one pass, and their solution.
///
/// Their condition is kappa^2, the square of the data's, yet an error of 2^-93 kappa^2 is below the 2^-53 kappa of an
/// orthogonal factorisation in double for every kappa < 2^40; they need one pass, merge by addition, and give standard
/// errors to as many digits as coefficients.
namespace compute_divide::inline v0_2::detail {

/// A square matrix, by rows.
struct matrix {
    explicit matrix(std::size_t n) : size(n), entries(n * n) {}

    [[nodiscard]] double_double& operator()(std::size_t i, std::size_t j) { return entries[i * size + j]; }
    [[nodiscard]] const double_double& operator()(std::size_t i, std::size_t j) const { return entries[i * size + j]; }

    static auto state(auto& self) { return std::tie(self.entries); }
    [[nodiscard]] bool restore() const { return entries.size() == size * size; }

    std::size_t size;
    std::vector<double_double> entries;
};

/// Sums of w a b over rows, for every two columns a and b, by the splitting of Ozaki, Ogita, Oishi and Rump (2012): in
/// a block of rows, each column is cut into two slices, of 26 bits each below the sum of its absolute values, and the
/// remainder. A sum of products with a first slice stays within 53 bits, so it is exact, fused or not; what remains is
/// some 2^-48 of it, and its rounding errors do not count. A column of few bits (ones, levels, years) is its first
/// slice.
///
/// Columns (and weights) that are far from 1 in size are taken in units of a power of two of their own, that of the
/// largest number, so that no product leaves the doubles: `units` has the exponents, of columns and at the end of
/// weights. For ordinary numbers they are 0.
class cross_products {
public:
    explicit cross_products(std::size_t columns)
        : rows_(columns * block_rows), columns_(columns), sums_(columns), exponents_(columns + 1, no_unit) {}

    /// Where the next row's values are to be written, before `next_row`.
    [[nodiscard]] double* row() { return rows_.data() + row_ * columns_.size(); }

    void next_row(double weight) {
        weights_[row_] = weight;
        weighted_ = weighted_ || weight != 1;
        if (++row_ == block_rows) flush();
    }

    void merge(const cross_products& other) {
        cross_products theirs = other;
        theirs.flush();
        for (std::size_t i = 0; i < exponents_.size(); ++i) {
            const int exponent = std::max(exponents_[i], theirs.exponents_[i]);
            change_unit(i, exponent);
            theirs.change_unit(i, exponent);
        }
        for (std::size_t i = 0; i < sums_.entries.size(); ++i) sums_.entries[i] += theirs.sums_.entries[i];
    }

    /// Sums up the rows of a block that is not full.
    void fold_rows() {
        if (row_ > 0) flush();
    }

    /// How many rows there must have been at least.
    [[nodiscard]] std::uint64_t least_rows() const {
        const bool any = detail::any_of(sums_.entries, [](const double_double& sum) { return sum.high != 0; });
        return row_ + (any ? 1 : 0);
    }

    /// In units; writes the exponents of these.
    [[nodiscard]] matrix sums(std::vector<int>* units = nullptr) const {
        cross_products whole = *this;
        whole.flush();
        if (units != nullptr) {
            units->clear();
            for (const int exponent : whole.exponents_) units->push_back(exponent == no_unit ? 0 : exponent);
        }
        for (std::size_t i = 0; i < sums_.size; ++i)
            for (std::size_t j = 0; j < i; ++j) whole.sums_(i, j) = whole.sums_(j, i);
        return whole.sums_;
    }

private:
    static constexpr std::size_t block_rows = 64;

    struct column {
        alignas(doubles_alignment) double value[block_rows] = {};
        alignas(doubles_alignment) double first[block_rows], second[block_rows], remainder[block_rows];
        bool one_slice = false;  // second and remainder are 0
    };

    /// Slices values that are `stride` from each other. Returns the sum of their sizes.
    template <std::size_t Width>
    COMPUTE_DIVIDE_ALWAYS_INLINE static double slice(column& c, const double* values, std::size_t stride) {
        for (std::size_t k = 0; k < block_rows; k += Width, values += Width * stride) {
            doubles<Width> value;
            for (std::size_t i = 0; i < Width; ++i) value[i] = values[i * stride];
            set_doubles<Width>(c.value + k, value);
        }
        return slice<Width>(c, nullptr);
    }

    /// Slices value + tail.
    template <std::size_t Width>
    COMPUTE_DIVIDE_ALWAYS_INLINE static double slice(column& c, const double* tail) {
        doubles<Width> sizes[4] = {};
        for (std::size_t k = 0; k < block_rows; k += 4 * Width)
            for (std::size_t i = 0; i < 4; ++i) add_sizes<Width>(sizes[i], doubles_at<Width>(c.value + k + i * Width));
        const double size = sum_of<Width>((sizes[0] + sizes[1]) + (sizes[2] + sizes[3]));
        constexpr std::uint64_t exponent = 0x7FF0000000000000;
        const double bound = 0x1.8p27 * std::bit_cast<double>(std::bit_cast<std::uint64_t>(size) & exponent);
        const double next_bound = bound * 0x1p-26;
        doubles<Width> left = {};
        for (std::size_t k = 0; k < block_rows; k += Width) {
            const doubles<Width> value = doubles_at<Width>(c.value + k);
            const doubles<Width> first = (value + bound) - bound;
            const doubles<Width> after_first = value - first;
            const doubles<Width> second = (after_first + next_bound) - next_bound;
            doubles<Width> remainder = after_first - second;
            if (tail != nullptr) remainder += doubles_at<Width>(tail + k);
            set_doubles<Width>(c.first + k, first);
            set_doubles<Width>(c.second + k, second);
            set_doubles<Width>(c.remainder + k, remainder);
            left += second * second + remainder * remainder;
        }
        c.one_slice = sum_of<Width>(left) == 0;
        return size;
    }

    /// Of a column with `Columns` others.
    template <std::size_t Width, std::size_t Columns>
    COMPUTE_DIVIDE_ALWAYS_INLINE static void add_products(const column& a, const column* b, double_double* sums) {
        doubles<Width> exact[Columns] = {}, smaller[Columns] = {}, smallest[Columns] = {};
        if (a.one_slice)
            for (std::size_t k = 0; k < block_rows; k += Width)
                for (std::size_t i = 0; i < Columns; ++i) {
                    exact[i] += doubles_at<Width>(a.first + k) * doubles_at<Width>(b[i].first + k);
                    smaller[i] += doubles_at<Width>(a.first + k) * doubles_at<Width>(b[i].second + k);
                    smallest[i] += doubles_at<Width>(a.first + k) * doubles_at<Width>(b[i].remainder + k);
                }
        else
            for (std::size_t k = 0; k < block_rows; k += Width) {
                const doubles<Width> first = doubles_at<Width>(a.first + k), second = doubles_at<Width>(a.second + k);
                const doubles<Width> both = first + second;
                for (std::size_t i = 0; i < Columns; ++i) {
                    exact[i] += first * doubles_at<Width>(b[i].first + k);
                    smaller[i] +=
                        first * doubles_at<Width>(b[i].second + k) + second * doubles_at<Width>(b[i].first + k);
                    smallest[i] += second * doubles_at<Width>(b[i].second + k) +
                                   (doubles_at<Width>(a.remainder + k) * doubles_at<Width>(b[i].value + k) +
                                    both * doubles_at<Width>(b[i].remainder + k));
                }
            }
        for (std::size_t i = 0; i < Columns; ++i) {
            const double_double sum = exact_sum(sum_of<Width>(exact[i]), sum_of<Width>(smaller[i]));
            sums[i] += exact_sum_in_order(sum.high, sum.low + sum_of<Width>(smallest[i]));
        }
    }

    /// The unit of column i, or of weights, becomes 2^exponent.
    void change_unit(std::size_t i, int exponent) {
        if (exponent == exponents_[i]) return;
        const int less = exponents_[i] - exponent;
        exponents_[i] = exponent;
        if (less + exponent == no_unit) return;  // of nothing but zeros
        const auto change = [&](double_double& sum) { sum = {std::ldexp(sum.high, less), std::ldexp(sum.low, less)}; };
        const std::size_t n = columns_.size();
        if (i == n) {
            for (double_double& sum : sums_.entries) change(sum);
            return;
        }
        for (std::size_t j = 0; j < n; ++j) {
            change(sums_(i, j));
            change(sums_(j, i));
        }
    }
    /// Brings the block's values of column i, or its weights, into their unit, which grows with them.
    COMPUTE_DIVIDE_NO_INLINE void into_unit(std::size_t i) {
        const bool is_weight = i == columns_.size();
        double* const values = is_weight ? weights_ : rows_.data() + i;
        const std::size_t stride = is_weight ? 1 : columns_.size(), rows = is_weight ? row_ : block_rows;
        double size = 0;
        for (std::size_t k = 0; k < rows; ++k) size = std::max(size, std::fabs(values[k * stride]));
        if (size == 0) return;
        if (const int needed = unit_exponent(size); needed > exponents_[i]) change_unit(i, needed);
        if (exponents_[i] != 0)
            for (std::size_t k = 0; k < rows; ++k) values[k * stride] = std::ldexp(values[k * stride], -exponents_[i]);
    }

    void flush() {
        const std::size_t n = columns_.size();
        std::fill(rows_.data() + row_ * n, rows_.data() + block_rows * n, 0.0);
        if (weighted_ || exponents_[n] != 0) {
            into_unit(n);
            weighted_ = weighted_ || exponents_[n] > 0;
        }
        simd_dispatch([this, n](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
            constexpr std::size_t Width = decltype(width)::value;  // NOLINT(readability-identifier-naming)
            for (std::size_t i = 0; i < n; ++i) {
                const double size = slice<Width>(columns_[i], rows_.data() + i, n);
                if (exponents_[i] == 0 && (size == 0 || is_of_ordinary_size(size))) continue;
                into_unit(i);
                slice<Width>(columns_[i], rows_.data() + i, n);
            }
            column weighted;
            for (std::size_t i = 0; i < n; ++i) {
                if (weighted_) {
                    alignas(doubles_alignment) double tail[block_rows];
                    weigh(columns_[i], weighted, tail);
                    slice<Width>(weighted, tail);
                }
                const column& left = weighted_ ? weighted : columns_[i];
                std::size_t j = i;
                for (; j + 1 < n; j += 2) add_products<Width, 2>(left, &columns_[j], &sums_(i, j));
                if (j < n) add_products<Width, 1>(left, &columns_[j], &sums_(i, j));
            }
        });
        row_ = 0;
        weighted_ = false;
    }

    /// The weighted values, and what rounding took from them. By itself, so that no product is fused.
    COMPUTE_DIVIDE_NO_INLINE void weigh(const column& from, column& to, double* tail) const {
        for (std::size_t k = 0; k < block_rows; ++k) {
            const double_double product = exact_product(weights_[k], from.value[k]);
            to.value[k] = product.high;
            tail[k] = product.low;
        }
    }

    /// What there is of rows not summed yet, their weights where any is not 1, and the upper triangle of the sums.
    struct packed_products {
        std::vector<double> rows = {}, weights = {};
        std::vector<double_double> sums = {};
        std::vector<int> exponents = {};

        static auto state(auto& self) { return std::tie(self.rows, self.weights, self.sums, self.exponents); }
    };
    friend struct compute_divide::state_access;
    [[nodiscard]] packed_products packed() const;
    [[nodiscard]] bool unpack(packed_products packed);
    [[nodiscard]] bool agrees() const;

    std::vector<double> rows_;  // block_rows x columns
    std::vector<column> columns_;
    double weights_[block_rows] = {};
    std::size_t row_ = 0;
    bool weighted_ = false;
    matrix sums_;                 // in units
    std::vector<int> exponents_;  // of the units of columns, and of weights
};

inline cross_products::packed_products cross_products::packed() const {
    const std::size_t n = sums_.size;
    packed_products packed{.exponents = exponents_};
    packed.rows.assign(rows_.data(), rows_.data() + row_ * n);
    if (weighted_) packed.weights.assign(weights_, weights_ + row_);
    packed.sums.reserve(n * (n + 1) / 2);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = i; j < n; ++j) packed.sums.push_back(sums_(i, j));
    return packed;
}
inline bool cross_products::unpack(packed_products packed) {
    const std::size_t n = sums_.size, rows = n == 0 ? 0 : packed.rows.size() / n;
    if (packed.rows.size() != rows * n || rows >= block_rows || packed.sums.size() != n * (n + 1) / 2 ||
        !(packed.weights.empty() || packed.weights.size() == rows))
        return false;
    row_ = rows;
    weighted_ = !packed.weights.empty();
    packed.rows.resize(block_rows * n);
    rows_ = std::move(packed.rows);
    std::fill(std::begin(weights_), std::end(weights_), 1.0);
    std::copy(packed.weights.begin(), packed.weights.end(), weights_);
    std::size_t at = 0;
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) sums_(i, j) = j < i ? double_double() : packed.sums[at++];
    exponents_ = std::move(packed.exponents);
    return agrees();
}

/// Whether these can be sums of products: the squares are not negative, and no product is larger than they allow.
inline bool cross_products::agrees() const {
    const std::size_t n = sums_.size;
    bool agree = rows_.size() == block_rows * n && row_ < block_rows && exponents_.size() == n + 1 &&
                 detail::all_of(exponents_, is_unit_exponent);
    for (std::size_t i = 0; agree && i < row_ * n; ++i) agree = std::isfinite(rows_[i]);
    for (std::size_t k = 0; agree && k < row_; ++k) agree = weights_[k] >= 0 && std::isfinite(weights_[k]);
    for (std::size_t i = 0; agree && i < n; ++i) {
        agree = sums_(i, i).high >= 0;
        for (std::size_t j = 0; agree && j < n; ++j) {
            const auto [high, low] = sums_(i, j);
            agree = std::isfinite(high) && std::fabs(low) <= std::fabs(high) &&
                    std::fabs(high) <= std::sqrt(sums_(i, i).high) * std::sqrt(sums_(j, j).high) * (1 + 1e-9);
        }
    }
    return agree;
}

/// Solves the normal equations whose last row and column are the response's, in place, by the sweep operator
/// (Goodnight 1979): afterwards the matrix holds (X'X)^-1, in the last column the coefficients and in the last place
/// the residual sum of squares. A column no further than 2^-40 of its length from the span of those before it is
/// left out; returns those columns, and writes their combinations of the others, p numbers each.
[[nodiscard]] inline std::vector<std::size_t> sweep(matrix& a, std::vector<double>* combinations = nullptr) {
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
    if (combinations != nullptr)
        for (const std::size_t k : left_out)
            for (std::size_t i = 0; i < p; ++i)
                combinations->push_back(std::find(left_out.begin(), left_out.end(), i) == left_out.end() ? a(i, k).high
                                                                                                         : 0);
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

}  // namespace compute_divide::inline v0_2::detail

#endif
