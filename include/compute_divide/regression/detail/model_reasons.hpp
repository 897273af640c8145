// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_REASONS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_REASONS_HPP

#include <concepts>
#include <ranges>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/terms.hpp>

/// Why a model does not fit records. A deleted overload beside each function names the reason as its last template
/// argument, which g++ and clang++ print with the call, where a constraint that does not hold fills pages.
namespace compute_divide::inline v0_2 {

template <class Response, class Terms, class Weight, class Effects, class Clusters, class Offset>
struct regression_model;

/// What the compiler prints.
namespace reasons {

struct the_first_argument_is_a_range_of_records;
struct the_model_is_made_by_model_of;
struct a_field_does_not_apply_to_these_records;
struct the_response_is_a_number_or_yes_or_no;
struct a_variable_is_a_number_and_text_is_categorical;
struct levels_are_text_or_other_values_with_an_order;
struct weights_and_offsets_are_numbers;
struct effects_and_clusters_are_values_with_an_order;
struct effects_are_of_one_label_a_record_not_of_several;
struct on_takes_variable_categorical_polynomial_or_interaction_not_a_bare_field;
struct only_fit_fixed_effects_absorbs_effects;
struct records_of_a_linear_fit_are_read_more_than_once;
struct options_are_named_in_braces_as_in_dot_covariance_equals_hc1;

}  // namespace reasons

namespace detail {

/// `void` stands for no reason.
template <class T>
concept reason = !std::is_void_v<T>;

template <class... Reasons>
struct first_reason : std::type_identity<void> {};
template <class First, class... Others>
struct first_reason<First, Others...>
    : std::conditional_t<reason<First>, std::type_identity<First>, first_reason<Others...>> {};
template <class... Reasons>
using first_reason_t = typename first_reason<Reasons...>::type;

template <bool Holds, class Otherwise>
using unless_t = std::conditional_t<Holds, void, Otherwise>;

template <class T>
inline constexpr bool is_term_or_terms = regression_term<T>;
template <class T>
inline constexpr bool is_term_or_terms<std::vector<T>> = regression_term<T>;
template <class... Parts>
concept all_terms = (is_term_or_terms<Parts> && ...);
template <class... Parts>
using reason_against_terms_t =
    unless_t<all_terms<Parts...>, reasons::on_takes_variable_categorical_polynomial_or_interaction_not_a_bare_field>;

/// Of a field: that it does not apply to the records, or that its values are not what they must be.
template <class Field, class Records, bool Fits, class Otherwise>
using field_reason_t =
    unless_t<Fits,
             std::conditional_t<field_of<Field, Records>, Otherwise, reasons::a_field_does_not_apply_to_these_records>>;

template <class Term, class Records>
struct term_reason : std::type_identity<void> {};
template <class Field, class Records>
struct term_reason<variable<Field>, Records>
    : std::type_identity<field_reason_t<Field, Records, number_field_of<Field, Records>,
                                        reasons::a_variable_is_a_number_and_text_is_categorical>> {};
template <class Field, class Records>
struct term_reason<polynomial<Field>, Records> : term_reason<variable<Field>, Records> {};
template <class Field, class Base, class Records>
struct term_reason<categorical<Field, Base>, Records>
    : std::type_identity<field_reason_t<Field, Records, label_field_of<Field, Records>,
                                        reasons::levels_are_text_or_other_values_with_an_order>> {};
template <class First, class Second, class Records>
struct term_reason<interaction<First, Second>, Records>
    : first_reason<typename term_reason<First, Records>::type, typename term_reason<Second, Records>::type> {};
template <class Term, class Records>
struct term_reason<std::vector<Term>, Records> : term_reason<Term, Records> {};

template <class Field, class Records>
struct label_reason : std::type_identity<field_reason_t<Field, Records, label_field_of<Field, Records>,
                                                        reasons::effects_and_clusters_are_values_with_an_order>> {};
template <class Field, class Records>
requires label_field_of<Field, Records> && several_labels<known_t<field_value_t<Field, Records>>>
struct label_reason<Field, Records> : std::type_identity<reasons::effects_are_of_one_label_a_record_not_of_several> {
};
template <class Field, class Records>
struct label_reason<std::vector<Field>, Records> : label_reason<Field, Records> {};

template <class Field, class Records>
struct cluster_reason : std::type_identity<field_reason_t<Field, Records, cluster_field_of<Field, Records>,
                                                          reasons::effects_and_clusters_are_values_with_an_order>> {};
template <class Field, class Records>
struct cluster_reason<std::vector<Field>, Records> : cluster_reason<Field, Records> {};

template <class Model, class Records>
struct model_reason : std::type_identity<reasons::the_model_is_made_by_model_of> {};
template <class Response, class... Terms, class Weight, class... Effects, class... Clusters, class Offset,
          class Records>
struct model_reason<
    regression_model<Response, std::tuple<Terms...>, Weight, std::tuple<Effects...>, std::tuple<Clusters...>, Offset>,
    Records>
    : first_reason<
          unless_t<std::ranges::input_range<Records>, reasons::the_first_argument_is_a_range_of_records>,
          field_reason_t<Response, Records, number_field_of<Response, Records>,
                         reasons::the_response_is_a_number_or_yes_or_no>,
          typename term_reason<Terms, Records>::type...,
          field_reason_t<Weight, Records, quantity_field_of<Weight, Records>, reasons::weights_and_offsets_are_numbers>,
          field_reason_t<Offset, Records, quantity_field_of<Offset, Records>, reasons::weights_and_offsets_are_numbers>,
          typename label_reason<Effects, Records>::type..., typename cluster_reason<Clusters, Records>::type...> {};

template <class Model>
inline constexpr bool has_effects = false;
template <class Response, class Terms, class Weight, class... Effects, class Clusters, class Offset>
inline constexpr bool has_effects<regression_model<Response, Terms, Weight, std::tuple<Effects...>, Clusters, Offset>> =
    sizeof...(Effects) > 0;

/// Against a fit of any model.
template <class Records, class Model>
using reason_against_t = typename model_reason<Model, std::remove_reference_t<Records>>::type;
/// Against a fit that absorbs no effects.
template <class Records, class Model>
using reason_without_effects_t =
    first_reason_t<reason_against_t<Records, Model>,
                   unless_t<!has_effects<Model>, reasons::only_fit_fixed_effects_absorbs_effects>>;
/// Against least squares, which read the records more than once.
template <class Records, class Model>
using reason_against_linear_t = first_reason_t<reason_without_effects_t<Records, Model>,
                                               unless_t<repeatable_range<std::remove_reference_t<Records>>,
                                                        reasons::records_of_a_linear_fit_are_read_more_than_once>>;
/// Against what is given for options.
template <class Options>
using reason_against_options_t = unless_t<std::convertible_to<const Options&, const regression_options&>,
                                          reasons::options_are_named_in_braces_as_in_dot_covariance_equals_hc1>;

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
