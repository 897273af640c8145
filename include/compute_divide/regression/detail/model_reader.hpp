// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_READER_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_READER_HPP

#include <cstddef>
#include <cstdint>
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
#include <compute_divide/regression/detail/number_columns.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>

namespace compute_divide::detail {

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

}  // namespace compute_divide::detail

#endif
