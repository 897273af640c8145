// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_MODEL_HPP
#define COMPUTE_DIVIDE_REGRESSION_MODEL_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/terms.hpp>

/// What is regressed on what, once, for every family of regressions:
///
///   const auto model = cd::model_of(&topic_year::academia_only)
///                          .on(cd::variable("compute", &topic_year::speaks_of_compute))
///                          .absorbing(&topic_year::topic, &topic_year::year)
///                          .clustered_by(&topic_year::topic)
///                          .weighted_by(&topic_year::papers);
///   cd::fit_fixed_effects(table, model);
///
/// A std::vector of terms or fields may stand wherever one may, for lists that are known at run time only.
namespace compute_divide {

namespace detail {

/// The offset of records that have none.
struct no_offset {
    template <class Record>
    [[nodiscard]] constexpr double operator()(const Record&) const {
        return 0;
    }
};

}  // namespace detail

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
    [[nodiscard]] auto on(More... more) const {
        return with(std::tuple_cat(terms, std::tuple<More...>(std::move(more)...)), weight, effects, clusters, offset);
    }
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
    /// Only records that differ in these (one or two) fields are independent.
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

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Visits the parts of a tuple, and those of vectors among them.
template <class Tuple, class Visit>
void for_each_part(Tuple&& parts, const Visit& visit) {
    const auto one = [&](auto& part) {
        if constexpr (is_vector<std::remove_cvref_t<decltype(part)>>)
            for (auto& each : part) visit(each);
        else
            visit(part);
    };
    std::apply([&](auto&... part) { (one(part), ...); }, parts);
}

/// A tuple with every part, and every element of a vector among them, turned into `turn(part)`.
template <class Tuple, class Turn>
[[nodiscard]] auto turned_parts(const Tuple& parts, const Turn& turn) {
    const auto one = [&](const auto& part) {
        if constexpr (is_vector<std::remove_cvref_t<decltype(part)>>) {
            std::vector<decltype(turn(part.front()))> all;
            for (const auto& each : part) all.push_back(turn(each));
            return all;
        } else {
            return turn(part);
        }
    };
    return std::apply([&](const auto&... part) { return std::make_tuple(one(part)...); }, parts);
}

template <class Part, class Records>
inline constexpr bool is_term_part = regression_term_of<Part, Records>;
template <class Term, class Records>
inline constexpr bool is_term_part<std::vector<Term>, Records> = regression_term_of<Term, Records>;
template <class Part, class Records>
inline constexpr bool is_label_part = label_field_of<Part, Records>;
template <class Field, class Records>
inline constexpr bool is_label_part<std::vector<Field>, Records> = label_field_of<Field, Records>;

template <class Parts, class Records>
inline constexpr bool all_term_parts = false;
template <class... Parts, class Records>
inline constexpr bool all_term_parts<std::tuple<Parts...>, Records> = (is_term_part<Parts, Records> && ...);
template <class Parts, class Records>
inline constexpr bool all_label_parts = false;
template <class... Parts, class Records>
inline constexpr bool all_label_parts<std::tuple<Parts...>, Records> = (is_label_part<Parts, Records> && ...);

}  // namespace detail

/// A model whose fields can be applied to the records.
template <class Model, class Records>
concept regression_model_of = std::ranges::input_range<Records> &&
    number_field_of<decltype(Model::response), Records> && quantity_field_of<decltype(Model::weight), Records> &&
    quantity_field_of<decltype(Model::offset), Records> && detail::all_term_parts<decltype(Model::terms), Records> &&
    detail::all_label_parts<decltype(Model::effects), Records> &&
    detail::all_label_parts<decltype(Model::clusters), Records>;

namespace detail {

/// A model without effects to absorb: only fit_fixed_effects absorbs them, elsewhere a categorical term does the same.
template <class Model>
concept absorbs_nothing = std::tuple_size_v<decltype(Model::effects)>
== 0;

/// Reads records as rows of a regression: columns (ones first, where there is an intercept), response, weight, offset,
/// and the numbers of levels of effects and clusters. A record of which anything is not known is missing; one of
/// weight 0 is left out. Throws std::invalid_argument that names the record for a negative weight, and for values
/// beyond 1e150.
template <class Records, class Model>
class model_reader {
    static constexpr auto bind = [](const auto& term) { return term.template bound_to<Records>(); };
    static constexpr auto number = []<class Field>(const Field& field) {
        return numbered_field<Records, Field>{field};
    };

    using bound_terms = decltype(turned_parts(std::declval<const decltype(Model::terms)&>(), bind));
    using numbered_effects = decltype(turned_parts(std::declval<const decltype(Model::effects)&>(), number));
    using numbered_clusters = decltype(turned_parts(std::declval<const decltype(Model::clusters)&>(), number));

public:
    /// Goes through the records once where a term has levels to learn.
    model_reader(std::string_view function, Records& records, const Model& model)
        : function_(function),
          model_(&model),
          terms_(turned_parts(model.terms, bind)),
          effect_fields_(turned_parts(model.effects, number)),
          cluster_fields_(turned_parts(model.clusters, number)) {
        bool learns = false;
        for_each_part(terms_, [&]<class Term>(const Term&) { learns = learns || Term::learns; });
        if constexpr (!repeatable_range<Records>)
            require(!learns, function, "records that can be read twice, for a term's levels", "a single pass");
        if (learns)
            for (auto&& record : records) {
                read_numbers(record);
                if (numbers_used() && known(record)) for_each_part(terms_, [&](auto& term) { term.learn(record); });
                ++n_left_out_;
            }
        if (model.intercept) names_.emplace_back("(intercept)");
        for_each_part(terms_, [&](auto& term) {
            term.learned();
            for (const auto& name : term.names()) names_.push_back(name);
        });
        columns_.resize(names_.size());
        write_to(columns_.data());
        for_each_part(effect_fields_, [&](const auto&) { effects_.push_back(0); });
        for_each_part(cluster_fields_, [&](const auto&) { clusters_.push_back(0); });
        restart();
    }

    /// Whether the record is used; then what follows is its.
    template <class Record>
    [[nodiscard]] bool read(const Record& record) {
        if (!read_row(record)) return false;
        const auto read_labels = [&](auto& fields, std::vector<std::uint32_t>& numbers) {
            auto to = numbers.begin();
            for_each_part(fields, [&](auto& field) { *to++ = *field(record); });
        };
        read_labels(effect_fields_, effects_);
        read_labels(cluster_fields_, clusters_);
        return true;
    }

    /// The same, but leaves the numbers of effects and clusters as they are.
    template <class Record>
    [[nodiscard]] bool read_row(const Record& record) {
        read_numbers(record);
        double* out = row_;
        if (model_->intercept) *out++ = 1;
        bool usable = weight_ > 0 && is_regression_value(weight_);
        usable &= is_regression_value(response_);
        usable &= is_regression_value(offset_);
        for_each_part(terms_, [&](auto& term) {
            usable &= term.fill(record, out);
            out += term.columns();
        });
        if (!usable || !labels_known(record)) return leave_out(record);
        ++n_;
        return true;
    }

    /// Where the columns of records that are read are written from now on, if not in the reader.
    void write_to(double* row) { row_ = row; }

    /// Visits the terms' columns, in their order after the intercept.
    template <class Visit>
    void for_each_term(const Visit& visit) {
        for_each_part(terms_, visit);
    }

    /// Starts counting anew, for another pass over the records.
    void restart() { n_ = n_missing_ = n_left_out_ = 0; }

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] std::span<const double> columns() const { return {row_, names_.size()}; }
    [[nodiscard]] double response() const { return response_; }
    [[nodiscard]] double weight() const { return weight_; }
    [[nodiscard]] double offset() const { return offset_; }
    [[nodiscard]] std::span<const std::uint32_t> effects() const { return effects_; }
    [[nodiscard]] std::span<const std::uint32_t> clusters() const { return clusters_; }
    /// How many clusters of each kind the records that were read have.
    [[nodiscard]] std::vector<std::uint64_t> cluster_counts() const {
        std::vector<std::uint64_t> counts;
        for_each_part(cluster_fields_, [&](const auto& field) { counts.push_back(field.numbers.labels().size()); });
        return counts;
    }
    [[nodiscard]] std::uint64_t n() const { return n_; }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }

private:
    template <class Record>
    void read_numbers(const Record& record) {
        response_ = number_at(model_->response, record);
        weight_ = number_at(model_->weight, record);
        offset_ = number_at(model_->offset, record);
    }
    /// Whether the numbers are those of a record to use; counts those that are not known.
    [[nodiscard]] bool numbers_used() {
        const bool all_known = is_known(response_) && is_known(weight_) && is_known(offset_);
        if (!all_known) ++n_missing_;
        require_here(!(weight_ < 0), "a weight >= 0", weight_);
        for (const double x : {response_, weight_, offset_}) require_of_usable_size(x);
        return all_known && weight_ > 0;
    }
    void require_of_usable_size(double x) const {
        require_here(is_regression_value(x) || !is_known(x), "values of at most 1e150 in size", x);
    }
    void require_here(bool condition, std::string_view requirement, double got) const {
        if (!condition)
            fail(function_, std::string(requirement).append(" in record ").append(std::to_string(n_ + n_left_out_)),
                 got);
    }
    template <class Record>
    [[gnu::noinline]] bool leave_out(const Record& record) {
        const bool used = numbers_used();
        if (used && known(record))
            for (const double x : columns()) require_of_usable_size(x);
        if (used) ++n_missing_;
        ++n_left_out_;
        return false;
    }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        bool all_known = true;
        for_each_part(terms_, [&](const auto& term) { all_known = all_known && term.known(record); });
        return all_known && labels_known(record);
    }
    template <class Record>
    [[nodiscard]] bool labels_known(const Record& record) const {
        bool all_known = true;
        const auto check = [&](const auto& field) { all_known = all_known && field.known(record); };
        for_each_part(effect_fields_, check);
        for_each_part(cluster_fields_, check);
        return all_known;
    }

    std::string_view function_;
    const Model* model_;
    bound_terms terms_;
    numbered_effects effect_fields_;
    numbered_clusters cluster_fields_;
    std::vector<std::string> names_;
    std::vector<double> columns_;
    double* row_ = nullptr;
    double response_ = 0, weight_ = 0, offset_ = 0;
    std::vector<std::uint32_t> effects_, clusters_;
    std::uint64_t n_ = 0, n_missing_ = 0;
    std::uint64_t n_left_out_ = 0;  // missing, or of weight 0
};

/// All rows at once, for fits that go through them many times.
struct regression_frame {
    std::vector<std::string> names;  ///< of the p columns
    std::uint64_t n = 0;             ///< rows
    std::uint64_t n_missing = 0;
    std::vector<double> columns;                       ///< n x p by rows
    std::vector<double> response, weight, offset;      ///< n each
    std::vector<std::vector<std::uint32_t>> effects;   ///< of each field, n numbers of levels, 0, 1, ...
    std::vector<std::vector<std::uint32_t>> clusters;  ///< the same
    std::vector<std::uint64_t> record;                 ///< which record, from 0, a row is of

    [[nodiscard]] std::size_t p() const { return names.size(); }
    [[nodiscard]] std::span<const double> row(std::size_t i) const { return std::span(columns).subspan(i * p(), p()); }
};

/// The same rows with a column of ones alone.
[[nodiscard]] inline regression_frame intercept_alone(const regression_frame& frame) {
    regression_frame alone;
    alone.names = {"(intercept)"};
    alone.n = frame.n;
    alone.columns.assign(frame.n, 1);
    alone.response = frame.response;
    alone.weight = frame.weight;
    alone.offset = frame.offset;
    return alone;
}

template <class Records, class Model>
[[nodiscard]] regression_frame frame_of(std::string_view function, Records& records, const Model& model) {
    model_reader<Records, Model> reader(function, records, model);
    regression_frame frame;
    frame.names = reader.names();
    frame.effects.resize(reader.effects().size());
    frame.clusters.resize(reader.clusters().size());
    if constexpr (std::ranges::sized_range<Records>) {
        const auto n = static_cast<std::size_t>(std::ranges::size(records));
        frame.columns.reserve(n * frame.p());
        for (auto* numbers : {&frame.response, &frame.weight, &frame.offset}) numbers->reserve(n);
        for (auto* fields : {&frame.effects, &frame.clusters})
            for (auto& levels : *fields) levels.reserve(n);
        frame.record.reserve(n);
    }
    std::uint64_t number = 0;
    for (auto&& record : records) {
        ++number;
        if (!reader.read(record)) continue;
        frame.columns.insert(frame.columns.end(), reader.columns().begin(), reader.columns().end());
        frame.response.push_back(reader.response());
        frame.weight.push_back(reader.weight());
        frame.offset.push_back(reader.offset());
        for (std::size_t i = 0; i < frame.effects.size(); ++i) frame.effects[i].push_back(reader.effects()[i]);
        for (std::size_t i = 0; i < frame.clusters.size(); ++i) frame.clusters[i].push_back(reader.clusters()[i]);
        frame.record.push_back(number - 1);
    }
    frame.n = reader.n();
    frame.n_missing = reader.n_missing();
    return frame;
}

}  // namespace detail

}  // namespace compute_divide

#endif
