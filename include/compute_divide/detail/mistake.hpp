// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_MISTAKE_HPP
#define COMPUTE_DIVIDE_DETAIL_MISTAKE_HPP

#include <ranges>
#include <type_traits>

#include <compute_divide/concepts.hpp>

/// What the compiler says of a wrong call. Next to a function stand deleted overloads that take the likely mistakes;
/// g++ and clang++ name their return type (of constructors, their last parameter) in the first lines of the error,
/// where the notes of constraints are far below. A deleted overload is not callable: concepts see no difference.
namespace compute_divide::inline v0_2::mistake {

struct the_records_come_first {};
struct the_field_does_not_take_these_records {};
struct the_value_must_be_a_number {};
struct the_weight_must_be_a_number {};
struct the_predicate_must_say_yes_or_no {};
struct the_label_must_be_copyable_and_ordered {};
struct the_cluster_must_be_a_label_or_a_range_of_labels {};

template <class Records>
concept no_range = !std::ranges::input_range<Records>;

/// At least one of the fields cannot be applied to these records.
template <class Records, class... Fields>
concept other_records = std::ranges::input_range<Records> && !(field_of<Fields, Records> && ...);

/// A field of these records, but not of numbers: text, say.
template <class Field, class Records>
concept no_number_of = field_of<Field, Records> && !quantity_field_of<Field, Records>;
template <class Field, class Records>
concept no_predicate_of = field_of<Field, Records> && !predicate_field_of<Field, Records>;
template <class Field, class Records>
concept no_label_of = field_of<Field, Records> && !label_field_of<Field, Records>;

template <class T>
concept enumerator = std::is_enum_v<std::remove_cvref_t<T>>;

}  // namespace compute_divide::inline v0_2::mistake

#endif
