// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_READER_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_MODEL_READER_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/each_part.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/set_numbers.hpp>
#include <compute_divide/regression/detail/number_columns.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>

namespace compute_divide::inline v0_2::detail {

template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;

/// Visits the parts of a tuple, and those of vectors among them.
template <class Tuple, class Visit>
void for_each_part(Tuple&& parts, const Visit& visit) {
    each_part(parts, [&](auto& part) {
        if constexpr (is_vector<std::remove_cvref_t<decltype(part)>>)
            for (auto& each : part) visit(each);
        else
            visit(part);
    });
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

/// The field of a part of a model, or of the elements of a vector among them.
template <class Part>
struct field_of_part {
    using type = Part;
};
template <class Field>
struct field_of_part<std::vector<Field>> {
    using type = Field;
};

/// Whether any of the fields yields several labels a record.
template <class Parts, class Records>
inline constexpr bool any_several_labels = false;
template <class... Parts, class Records>
inline constexpr bool any_several_labels<std::tuple<Parts...>, Records> =
    (has_several_labels<typename field_of_part<Parts>::type, Records> || ...);

/// A cluster field of a model that has fields of several labels: its labels, and whether a record must have one.
template <class Records, class Field>
struct labels_field {
    Field field;
    cluster_numbers<Records, Field> numbers;

    explicit labels_field(const Field& from) : field(from), numbers(from) {}
    template <class Record>
    [[nodiscard]] bool known(Record&& record) const {
        if constexpr (has_several_labels<Field, Records>)
            return true;
        else
            return is_known(field_value_t<Field, Records>(std::invoke(field, std::forward<Record>(record))));
    }
};

/// Numbers sets of labels from 0. A record of no label is a set of its own.
class label_set_numbers {
public:
    [[nodiscard]] std::uint32_t operator()(std::span<const std::uint32_t> of_record) {
        labels_.assign(of_record.begin(), of_record.end());
        auto& labels = labels_;
        std::sort(labels.begin(), labels.end());
        labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
        const auto next = static_cast<std::uint32_t>(sets_.size());
        if (labels.empty()) {
            sets_.emplace_back();
            return next;
        }
        const std::uint32_t number = numbers_(labels, next, [this](std::size_t at) { return std::span(sets_[at]); });
        if (number == next) sets_.push_back(labels);
        return number;
    }
    [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& sets() const { return sets_; }
    void clear() {
        sets_.clear();
        numbers_.clear();
    }

private:
    set_numbers numbers_;
    std::vector<std::vector<std::uint32_t>> sets_;
    std::vector<std::uint32_t> labels_;  // of one record
};

/// How many labels sets have, a set without any counting as one.
[[nodiscard]] inline std::uint64_t count_of_labels(const std::vector<std::vector<std::uint32_t>>& sets) {
    std::vector<std::uint32_t> all;
    std::uint64_t without = 0;
    for (const auto& set : sets) {
        all.insert(all.end(), set.begin(), set.end());
        if (set.empty()) ++without;
    }
    std::sort(all.begin(), all.end());
    return without + static_cast<std::uint64_t>(std::unique(all.begin(), all.end()) - all.begin());
}

/// Reads records as rows of a regression: columns (ones first, where there is an intercept), response, weight, offset,
/// and the numbers of levels of effects and clusters. A record of which anything is not known is missing; one of
/// weight 0 is left out. Throws std::invalid_argument that names the record for a negative weight, and for values
/// beyond 1e300.
///
/// Terms that name a column twice (x1 and x1^2, and x1 again) have it once; that both are one is checked.
///
/// Where a cluster field yields several labels a record, all cluster fields together are one, of the sets of labels of
/// all: a record's number of it is that of its set, and `label_sets` has the sets.
template <class Records, class Model>
class model_reader {
public:
    /// Whether a cluster field yields several labels a record.
    static constexpr bool shares_labels = any_several_labels<decltype(Model::clusters), Records>;
    /// Least squares of p columns take p^2 numbers and p^3 steps: of more, minutes and gigabytes.
    static constexpr std::size_t most_columns = 2000;

private:
    static constexpr auto bind = [](const auto& term) { return term.template bound_to<Records>(); };
    static constexpr auto number = []<class Field>(const Field& field) {
        return numbered_field<Records, Field>{field};
    };
    static constexpr auto cluster = []<class Field>(const Field& field) {
        if constexpr (shares_labels)
            return labels_field<Records, Field>(field);
        else
            return numbered_field<Records, Field>{field};
    };

    using bound_terms = decltype(turned_parts(std::declval<const decltype(Model::terms)&>(), bind));
    using numbered_effects = decltype(turned_parts(std::declval<const decltype(Model::effects)&>(), number));
    using numbered_clusters = decltype(turned_parts(std::declval<const decltype(Model::clusters)&>(), cluster));

public:
    /// Goes through the records once where a term has levels to learn.
    model_reader(std::string_view function, Records& records, const Model& model)
        : function_(function),
          model_(&model),
          terms_(turned_parts(model.terms, bind)),
          effect_fields_(turned_parts(model.effects, number)),
          cluster_fields_(turned_parts(model.clusters, cluster)) {
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
        keep_each_name_once();
        require(names_.size() <= most_columns, function,
                "at most 2000 columns (fit_fixed_effects absorbs a field of more levels)", names_.size());
        columns_.resize(names_.size());
        write_to(columns_.data());
        for_each_part(effect_fields_, [&](const auto&) { effects_.push_back(0); });
        for_each_part(cluster_fields_, [&](const auto&) { ++n_roles_; });
        clusters_.assign(shares_labels ? 1 : n_roles_, 0);
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
        if constexpr (shares_labels) {
            labels_.clear();
            std::uint32_t role = 0;
            for_each_part(cluster_fields_, [&](auto& field) {
                for (const std::uint32_t label : field.numbers(record)) labels_.push_back(number_in_role(label, role));
                ++role;
            });
            clusters_[0] = sets_(labels_);
        } else {
            read_labels(cluster_fields_, clusters_);
        }
        return true;
    }

    /// The same, but leaves the numbers of effects and clusters as they are.
    template <class Record>
    [[nodiscard]] bool read_row(const Record& record) {
        read_numbers(record);
        double* out = first_.empty() ? row_ : all_columns_.data();
        if (model_->intercept) *out++ = 1;
        bool usable = weight_ > 0 && is_regression_value(weight_);
        usable &= is_regression_value(response_);
        usable &= is_regression_value(offset_);
        for_each_part(terms_, [&](auto& term) {
            usable &= term.fill(record, out);
            out += term.columns();
        });
        if (!first_.empty() && usable) keep_first(all_columns_, row_);
        if (!usable || !labels_known(record)) return leave_out(record);
        if (!units_.empty()) into_units();
        ++n_;
        return true;
    }

    /// Where the columns of records that are read are written from now on, if not in the reader.
    void write_to(double* row) { row_ = row; }

    /// From now on columns, the response (and offset) and weights are divided by 2 to these exponents.
    void set_units(std::span<const int> exponents) {
        units_.clear();
        if (detail::any_of(exponents, [](int exponent) { return exponent != 0; }))
            units_.assign(exponents.begin(), exponents.end());
    }

    /// Writes columns by fill(term, to), of the terms one after another, and 1 for the intercept.
    template <class Fill>
    void fill_columns(std::vector<double>& columns, const Fill& fill) {
        std::vector<double>& all = first_.empty() ? columns : all_columns_;
        double* out = all.data();
        if (model_->intercept) *out++ = 1;
        for_each_part(terms_, [&](auto& term) {
            fill(term, out);
            out += term.columns();
        });
        if (!first_.empty()) keep_first(all, columns.data());
    }

    /// Visits the terms' columns, in their order after the intercept.
    template <class Visit>
    void for_each_term(const Visit& visit) {
        for_each_part(terms_, visit);
    }

    /// Starts counting anew, for another pass over the records.
    void restart() {
        n_ = n_missing_ = n_left_out_ = 0;
        sets_.clear();
    }

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] std::span<const double> columns() const { return {row_, names_.size()}; }
    [[nodiscard]] double response() const { return response_; }
    [[nodiscard]] double weight() const { return weight_; }
    [[nodiscard]] double offset() const { return offset_; }
    [[nodiscard]] std::span<const std::uint32_t> effects() const { return effects_; }
    [[nodiscard]] std::span<const std::uint32_t> clusters() const { return clusters_; }
    /// How many clusters of each kind the records that were read have.
    [[nodiscard]] std::vector<std::uint64_t> cluster_counts() const {
        if constexpr (shares_labels) return {count_of_labels(sets_.sets())};
        std::vector<std::uint64_t> counts;
        if constexpr (!shares_labels)
            for_each_part(cluster_fields_, [&](const auto& field) { counts.push_back(field.numbers.labels().size()); });
        return counts;
    }
    /// The sets of labels that are clusters, by their numbers; empty where clusters have one label each.
    [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& label_sets() const { return sets_.sets(); }
    [[nodiscard]] std::uint64_t n() const { return n_; }
    [[nodiscard]] std::uint64_t n_missing() const { return n_missing_; }

private:
    /// The number of a label in a role (of a field), over all roles. Of one role it is the label, as both are numbered
    /// in the order in which they are read.
    [[nodiscard]] std::uint32_t number_in_role(std::uint32_t label, std::uint32_t role) {
        if (n_roles_ == 1) return label;
        std::uint32_t& known = label_numbers_.value_of(label, role);
        if (known == 0) known = ++n_labels_;
        return known - 1;
    }
    void keep_each_name_once() {
        std::map<std::string, std::size_t> seen;
        std::vector<std::string> kept;
        for (const auto& name : names_) {
            const auto [at, is_new] = seen.try_emplace(name, kept.size());
            if (is_new) kept.push_back(name);
            first_.push_back(at->second);
        }
        if (kept.size() == names_.size()) first_.clear();
        all_columns_.resize(first_.size());
        names_ = std::move(kept);
    }
    void keep_first(std::span<const double> all, double* to) const {
        std::size_t next = 0;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (first_[i] == next)
                to[next++] = all[i];
            else if (to[first_[i]] != all[i])
                fail(function_, "terms of one name to be the same", names_[first_[i]]);
        }
    }
    COMPUTE_DIVIDE_NO_INLINE void into_units() {
        const std::size_t p = names_.size();
        for (std::size_t j = 0; j < p; ++j) row_[j] = std::ldexp(row_[j], -units_[j]);
        response_ = std::ldexp(response_, -units_[p]);
        offset_ = std::ldexp(offset_, -units_[p]);
        weight_ = std::ldexp(weight_, -units_[p + 1]);
    }
    template <class Record>
    void read_numbers(const Record& record) {
        response_ = number_of_field(model_->response, record);
        weight_ = number_of_field(model_->weight, record);
        offset_ = number_of_field(model_->offset, record);
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
        require_here(is_regression_value(x) || !is_known(x), "values of at most 1e300 in size", x);
    }
    void require_here(bool condition, std::string_view requirement, double got) const {
        if (!condition)
            fail(function_, std::string(requirement).append(" in record ").append(std::to_string(n_ + n_left_out_)),
                 got);
    }
    template <class Record>
    COMPUTE_DIVIDE_NO_INLINE bool leave_out(const Record& record) {
        const bool used = numbers_used();
        if (used && known(record))
            for (const double x : first_.empty() ? columns() : std::span<const double>(all_columns_))
                require_of_usable_size(x);
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
    std::vector<std::size_t> first_;   // where names repeat: of each column, the column that it is
    std::vector<double> all_columns_;  // where names repeat
    std::vector<int> units_;           // exponents of columns, response and weights; empty where all are 0
    label_map<std::uint32_t, std::uint32_t, std::uint32_t> label_numbers_;
    std::uint32_t n_labels_ = 0;
    std::size_t n_roles_ = 0;            // fields of clusters
    std::vector<std::uint32_t> labels_;  // of one record
    label_set_numbers sets_;
    double* row_ = nullptr;
    double response_ = 0, weight_ = 0, offset_ = 0;
    std::vector<std::uint32_t> effects_, clusters_;
    std::uint64_t n_ = 0, n_missing_ = 0;
    std::uint64_t n_left_out_ = 0;  // missing, or of weight 0
};

}  // namespace compute_divide::inline v0_2::detail

#endif
