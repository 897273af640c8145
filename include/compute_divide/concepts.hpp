// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_CONCEPTS_HPP
#define COMPUTE_DIVIDE_CONCEPTS_HPP

#include <cmath>
#include <concepts>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/ieee_arithmetic.hpp>

/// What a range of records, a projection ("field") and an accumulator are.
///
/// Records are the user's: any input range of any type. A field is anything std::invoke can apply to a record: a data
/// member pointer, a member function pointer, a lambda, a function. It may return std::optional<T>, or NaN, for "not
/// known": such a record is left out of a statistic and counted in its n_missing.
namespace compute_divide::inline v0_2 {

namespace detail {

template <class T>
struct known_type {
    using type = T;
};
template <class T>
struct known_type<std::optional<T>> {
    using type = T;
};
template <>
struct known_type<std::vector<bool>::reference> {
    using type = bool;
};

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
concept text_like = std::convertible_to<const T&, std::string_view>;
template <class T>
concept yes_or_no = std::convertible_to<T, bool>;

template <class T>
inline constexpr bool is_tuple = false;
template <class... Parts>
inline constexpr bool is_tuple<std::tuple<Parts...>> = true;
template <class First, class Second>
inline constexpr bool is_tuple<std::pair<First, Second>> = true;

template <class T>
struct label_storage : std::conditional<text_like<T>, std::string, T> {};
template <class T>
struct label_storage<std::optional<T>> {
    using type = std::optional<typename label_storage<T>::type>;
};
template <class... Parts>
struct label_storage<std::tuple<Parts...>> {
    using type = std::tuple<typename label_storage<Parts>::type...>;
};
template <class First, class Second>
struct label_storage<std::pair<First, Second>> {
    using type = std::pair<typename label_storage<First>::type, typename label_storage<Second>::type>;
};

}  // namespace detail

/// The type behind an optional: `known_t<std::optional<int>>` and `known_t<int>` are both int. A std::vector<bool>'s
/// reference stands for a bool.
template <class T>
using known_t = typename detail::known_type<std::remove_cvref_t<T>>::type;

/// A number a statistic can be computed from: any arithmetic type but bool and the character types, or a class that
/// converts (implicitly or explicitly) to double, such as the library's own quantities with units.
template <class T>
concept quantity = (std::integral<T> || std::floating_point<T> ||
                    (std::is_class_v<T> && requires(const T& x) { static_cast<double>(x); })) &&
                   !std::same_as<T, bool> && !std::same_as<T, char> && !std::same_as<T, char8_t> &&
                   !std::same_as<T, char16_t> && !std::same_as<T, char32_t> && !std::same_as<T, wchar_t>;

/// True of a single-pass range whose begin() starts anew each time, such as the rows of a file that is opened again.
/// Specialise it for such a range of yours.
template <class Records>
inline constexpr bool begins_anew = false;

/// Records that can be read several times, in the same order: what needs few passes and no copy asks for them.
template <class Records>
concept repeatable_range = std::ranges::input_range<Records> &&
    (std::ranges::forward_range<Records> || begins_anew<std::remove_cvref_t<Records>>);

/// A value to group by: integers, enums, strings, dates, tuples of them, anything copyable and totally ordered.
template <class T>
concept label = std::copyable<T> && std::totally_ordered<T>;

/// `Field` can be applied to the records of `Records`, in any order, without changing them.
template <class Field, class Records>
concept field_of = std::ranges::input_range<Records> &&
    std::indirectly_regular_unary_invocable<Field, std::ranges::iterator_t<Records>>;

/// What a field returns, as a value, with any optional still around it.
template <class Field, class Records>
using field_value_t = std::remove_cvref_t<std::indirect_result_t<Field&, std::ranges::iterator_t<Records>>>;

/// A field that yields numbers (or optional numbers).
template <class Field, class Records>
concept quantity_field_of = field_of<Field, Records> && quantity<known_t<field_value_t<Field, Records>>>;

/// A field that yields values to group by (or optional ones).
template <class Field, class Records>
concept label_field_of = field_of<Field, Records> && label<known_t<field_value_t<Field, Records>>>;

/// A field that yields yes or no (or an optional of it).
template <class Field, class Records>
concept predicate_field_of = field_of<Field, Records> && detail::yes_or_no<known_t<field_value_t<Field, Records>>>;

/// How a label is kept: text of any kind, also inside a tuple, is copied into a std::string, so that nothing dangles.
template <class T>
using label_storage_t = typename detail::label_storage<known_t<T>>::type;

/// One-pass statistics: observations go in by `add(...)`, two of them become one by `merge`, `result()` reads off.
/// Merging the accumulators of two halves gives the accumulator of the whole: exactly for counts, to rounding for sums.
template <class A>
concept mergeable = std::copyable<A> && requires(A a, const A b) {
    a.merge(b);
    b.result();
};
/// A mergeable accumulator whose `add` takes these values as one observation.
template <class A, class... Observation>
concept accumulator_of = mergeable<A> && requires(A a, const Observation&... x) {
    a.add(x...);
};

/// Reads what an accumulator that can be saved says of its state: see state.hpp.
struct state_access;

/// Whether a field's value is known: an optional that holds something, and not NaN; of a tuple or pair, every part.
template <class T>
[[nodiscard]] constexpr bool is_known(const T& value) {
    if constexpr (detail::is_optional<T>)
        return value.has_value() && is_known(*value);
    else if constexpr (std::floating_point<T>)
        return value == value;  // NOLINT(misc-redundant-expression): NaN alone differs from itself
    else if constexpr (quantity<T> && std::is_class_v<T>)
        return is_known(static_cast<double>(value));
    else if constexpr (detail::is_tuple<T>)
        return std::apply([](const auto&... part) { return (is_known(part) && ...); }, value);
    else
        return true;
}

/// A field's value as a double; NaN where it is not known. Arithmetic is in double whatever the field's type.
template <class T>
requires quantity<known_t<T>>
[[nodiscard]] constexpr double as_double(const T& value) {
    if constexpr (detail::is_optional<T>)
        return value ? static_cast<double>(*value) : std::numeric_limits<double>::quiet_NaN();
    else
        return static_cast<double>(value);
}

}  // namespace compute_divide::inline v0_2

#endif
