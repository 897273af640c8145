// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_VECTOR_OF_HPP
#define COMPUTE_DIVIDE_DETAIL_VECTOR_OF_HPP

#include <cstddef>

#include <compute_divide/detail/compiler.hpp>

/// A few numbers as one, each operation on all of them.
namespace compute_divide::inline v0_2::detail {

/// What takes the place of the compiler's vectors where it has none, to the same bits: as of these, a number stands for
/// as many equal ones, and arithmetic of small integers is modulo their size.
template <class T, std::size_t Size>
struct plain_vector {
    plain_vector() = default;
    constexpr plain_vector(T x) {  // NOLINT(google-explicit-constructor): numbers and vectors mix
        for (T& each : numbers) each = x;
    }

    [[nodiscard]] constexpr T& operator[](std::size_t i) { return numbers[i]; }
    [[nodiscard]] constexpr const T& operator[](std::size_t i) const { return numbers[i]; }

    friend constexpr plain_vector operator+(const plain_vector& a, const plain_vector& b) {
        return each_of(a, b, [](T x, T y) { return x + y; });
    }
    friend constexpr plain_vector operator-(const plain_vector& a, const plain_vector& b) {
        return each_of(a, b, [](T x, T y) { return x - y; });
    }
    friend constexpr plain_vector operator*(const plain_vector& a, const plain_vector& b) {
        return each_of(a, b, [](T x, T y) { return x * y; });
    }
    friend constexpr plain_vector operator/(const plain_vector& a, const plain_vector& b) {
        return each_of(a, b, [](T x, T y) { return x / y; });
    }
    constexpr plain_vector& operator+=(const plain_vector& other) { return *this = *this + other; }
    constexpr plain_vector& operator-=(const plain_vector& other) { return *this = *this - other; }
    constexpr plain_vector& operator*=(const plain_vector& other) { return *this = *this * other; }
    constexpr plain_vector& operator/=(const plain_vector& other) { return *this = *this / other; }

    template <class Operation>
    [[nodiscard]] static constexpr plain_vector each_of(const plain_vector& a, const plain_vector& b,
                                                        Operation operation) {
        plain_vector result = a;
        for (std::size_t i = 0; i < Size; ++i) result[i] = static_cast<T>(operation(a[i], b[i]));
        return result;
    }

    T numbers[Size];
};

#ifdef COMPUTE_DIVIDE_EXTENSIONS
template <class T, std::size_t Size>
using vector_of = typename vector_of_compiler<T, Size>::type;
#else
template <class T, std::size_t Size>
using vector_of = plain_vector<T, Size>;
#endif

}  // namespace compute_divide::inline v0_2::detail

#endif
