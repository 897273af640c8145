// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_MODEL_HPP
#define COMPUTE_DIVIDE_REGRESSION_MODEL_HPP

#include <ranges>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/regression/detail/default_fields.hpp>
#include <compute_divide/regression/detail/model_reasons.hpp>
#include <compute_divide/regression/terms.hpp>

/// The formula of a regression, written once for every family:
///
///   const auto model = cd::model_of(&topic_year::academia_only)
///                          .on(cd::variable("compute", &topic_year::speaks_of_compute))
///                          .absorbing(&topic_year::topic, &topic_year::year)
///                          .clustered_by(&topic_year::topic)
///                          .weighted_by(&topic_year::papers);
///   cd::fit_fixed_effects(table, model);
///
/// A std::vector of terms or fields may stand wherever one may, for lists that are known at run time only.
namespace compute_divide::inline v0_2 {

/// A regression's formula; made by `model_of`. A value: each member function returns another model.
template <class Response, class Terms = std::tuple<>, class Weight = detail::equal_weights,
          class Effects = std::tuple<>, class Clusters = std::tuple<>, class Offset = detail::no_offset>
struct regression_model {
    Response response;
    Terms terms = {};        ///< a tuple of terms, and of vectors of them
    Weight weight = {};      ///< > 0, or 0 for a record to leave out
    Effects effects = {};    ///< a tuple of label fields, and of vectors of them
    Clusters clusters = {};  ///< the same
    Offset offset = {};      ///< added to the linear predictor
    bool intercept = true;

    /// With these terms (variable, categorical, polynomial, interaction) after those that are there.
    template <class... More>
    requires detail::all_terms<More...>
    [[nodiscard]] auto on(More... more) const {
        return with(std::tuple_cat(terms, std::tuple<More...>(std::move(more)...)), weight, effects, clusters, offset);
    }
    /// What is no term; the last template argument in the compiler's message is the reason.
    template <class... More, detail::reason Reason = detail::reason_against_terms_t<More...>>
    // NOLINTNEXTLINE(modernize-use-nodiscard): nothing is returned
    regression_model on(More...) const = delete;
    /// Weights of records: sums of squares, log likelihoods and scores are weighted. Of a share, the number it is of.
    template <class Field>
    [[nodiscard]] auto weighted_by(Field field) const {
        return with(terms, std::move(field), effects, clusters, offset);
    }
    /// An effect of each level of these fields, which takes the place of a column for each level.
    template <class... Fields>
    [[nodiscard]] auto absorbing(Fields... fields) const {
        return with(terms, weight, std::tuple_cat(effects, std::tuple<Fields...>(std::move(fields)...)), clusters,
                    offset);
    }
    /// Clusters: only records that differ in these fields are independent. Two fields are two-way clustering. A field
    /// may yield several labels (a vector, set or span of them, such as a paper's organisations): records are then
    /// dependent where they share any, of this field or of another one that is given.
    template <class... Fields>
    [[nodiscard]] auto clustered_by(Fields... fields) const {
        return with(terms, weight, effects, std::tuple_cat(clusters, std::tuple<Fields...>(std::move(fields)...)),
                    offset);
    }
    /// A term whose coefficient is 1, such as the logarithm of the exposure of a count.
    template <class Field>
    [[nodiscard]] auto offset_by(Field field) const {
        return with(terms, weight, effects, clusters, std::move(field));
    }
    /// The same model through the origin.
    [[nodiscard]] regression_model without_intercept() const {
        regression_model model = *this;
        model.intercept = false;
        return model;
    }

private:
    template <class T, class W, class E, class C, class O>
    [[nodiscard]] auto with(T new_terms, W new_weight, E new_effects, C new_clusters, O new_offset) const {
        return regression_model<Response, T, W, E, C, O>{response,
                                                         std::move(new_terms),
                                                         std::move(new_weight),
                                                         std::move(new_effects),
                                                         std::move(new_clusters),
                                                         std::move(new_offset),
                                                         intercept};
    }
};

/// A model of a response: a number of each record, or yes or no, which count as 1 and 0.
template <class Response>
[[nodiscard]] regression_model<Response> model_of(Response response) {
    return {std::move(response)};
}

namespace detail {

template <class Part, class Records>
inline constexpr bool is_term_part = regression_term_of<Part, Records>;
template <class Term, class Records>
inline constexpr bool is_term_part<std::vector<Term>, Records> = regression_term_of<Term, Records>;
template <class Part, class Records>
inline constexpr bool is_label_part = label_field_of<Part, Records>;
template <class Part, class Records>
requires label_field_of<Part, Records>
inline constexpr bool is_label_part<Part, Records> = !several_labels<known_t<field_value_t<Part, Records>>>;
template <class Field, class Records>
inline constexpr bool is_label_part<std::vector<Field>, Records> = is_label_part<Field, Records>;
template <class Part, class Records>
inline constexpr bool is_cluster_part = cluster_field_of<Part, Records>;
template <class Field, class Records>
inline constexpr bool is_cluster_part<std::vector<Field>, Records> = cluster_field_of<Field, Records>;

template <class Parts, class Records>
inline constexpr bool all_term_parts = false;
template <class... Parts, class Records>
inline constexpr bool all_term_parts<std::tuple<Parts...>, Records> = (is_term_part<Parts, Records> && ...);
template <class Parts, class Records>
inline constexpr bool all_label_parts = false;
template <class... Parts, class Records>
inline constexpr bool all_label_parts<std::tuple<Parts...>, Records> = (is_label_part<Parts, Records> && ...);
template <class Parts, class Records>
inline constexpr bool all_cluster_parts = false;
template <class... Parts, class Records>
inline constexpr bool all_cluster_parts<std::tuple<Parts...>, Records> = (is_cluster_part<Parts, Records> && ...);

}  // namespace detail

/// A model whose fields can be applied to the records.
template <class Model, class Records>
concept regression_model_of = std::ranges::input_range<Records> &&
    number_field_of<decltype(Model::response), Records> && quantity_field_of<decltype(Model::weight), Records> &&
    quantity_field_of<decltype(Model::offset), Records> && detail::all_term_parts<decltype(Model::terms), Records> &&
    detail::all_label_parts<decltype(Model::effects), Records> &&
    detail::all_cluster_parts<decltype(Model::clusters), Records>;

namespace detail {

/// A model without effects to absorb: only fit_fixed_effects absorbs them, elsewhere a categorical term does the same.
template <class Model>
concept absorbs_nothing = std::tuple_size_v<decltype(Model::effects)>
== 0;

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
