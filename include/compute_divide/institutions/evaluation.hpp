// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_EVALUATION_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_EVALUATION_HPP

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/calibration.hpp>
#include <compute_divide/statistics/corrected_share.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// How good a classifier is, against records whose truth is known: for each label (type, sector, kind of team),
/// whole sets of labels, and abstentions. Calibration and shares corrected for the errors found here are in
/// statistics/.
namespace compute_divide::inline v0_2 {

namespace detail {

/// What a set of labels holds: the elements of a range, or the label itself where it is but one.
template <class T>
struct set_element {
    using type = label_storage_t<T>;
};
template <class T>
requires std::ranges::input_range<const T> &&(!text_like<T>)struct set_element<T> {
    using type = label_storage_t<std::ranges::range_value_t<const T>>;
};

}  // namespace detail

/// The label in a set of labels: `set_label_t<std::vector<sector>>` and `set_label_t<sector>` are both sector.
template <class Set>
using set_label_t = typename detail::set_element<known_t<Set>>::type;

/// A field that yields labels: one, a range of them, or an optional of either.
template <class Field, class Records>
concept label_set_field_of = field_of<Field, Records> && label<set_label_t<field_value_t<Field, Records>>>;

/// How well one label is told. The estimates are those of `classification_counts`.
template <label Label>
struct label_accuracy {
    Label value = {};                   ///< the label
    classification_counts counts = {};  ///< of the records whose truth is known
    estimate precision = {};            ///< of the records given the label, those that have it
    estimate recall = {};               ///< of the records that have the label, those given it
    estimate specificity = {};          ///< of the records without the label, those not given it
    estimate f1 = {};                   ///< harmonic mean of precision and recall

    friend bool operator==(const label_accuracy&, const label_accuracy&) = default;
};
template <label Label>
[[nodiscard]] constexpr auto members(std::type_identity<label_accuracy<Label>>) {
    using result = label_accuracy<Label>;
    return member_list(member{"value", &result::value}, member{"counts", &result::counts},
                       member{"precision", &result::precision}, member{"recall", &result::recall},
                       member{"specificity", &result::specificity}, member{"f1", &result::f1});
}

/// How well a classifier does. Sets are ordered, each label in them once.
template <label Label>
struct evaluation_table {
    std::vector<label_accuracy<Label>> labels = {};  ///< in order, all that are true or predicted somewhere
    estimate exact_match = {};                       ///< share of records whose predicted set is the true one
    estimate abstention = {};                        ///< share of records for which no label is predicted
    tally_table<std::vector<Label>, std::vector<Label>> confusion = {};  ///< records by true set and predicted set

    /// The row of a label; nullptr where it is neither true nor predicted anywhere.
    [[nodiscard]] const label_accuracy<Label>* find(const Label& value) const {
        const auto row = detail::find(labels, value, &label_accuracy<Label>::value);
        return row == labels.end() ? nullptr : &*row;
    }
    friend bool operator==(const evaluation_table&, const evaluation_table&) = default;
};
template <label Label>
[[nodiscard]] constexpr auto members(std::type_identity<evaluation_table<Label>>) {
    using result = evaluation_table<Label>;
    return member_list(member{"labels", &result::labels}, member{"exact_match", &result::exact_match},
                       member{"abstention", &result::abstention}, member{"confusion", &result::confusion});
}

/// Compares predicted with true labels, one record at a time; mergeable, exactly.
///
/// Records may have several labels: a label is a true positive where it is in both sets, and a record can be right in
/// one and wrong in another. Repeats and order in a set say nothing. A predicted set that is empty, or not known, is an
/// abstention; a label named at construction, such as sector::unknown, stands for the empty set on both sides. A record
/// of which the truth is not known counts in n_missing. O(log of the number of different sets) a record.
template <label Label>
class evaluation {
public:
    /// `none` is a label that stands for the empty set.
    explicit evaluation(std::optional<Label> none = {}) : none_(std::move(none)) {}

    /// One record: its true and its predicted labels, each a label, a range of them, or an optional of either.
    template <class Truth, class Predicted>
    requires std::same_as<set_label_t<Truth>, Label> && std::same_as<set_label_t<Predicted>, Label>
    void add(const Truth& truth, const Predicted& predicted) {
        if (!is_known(truth)) return sets_.add_missing();
        collect(truth, truth_);
        predicted_.clear();
        if (is_known(predicted)) collect(predicted, predicted_);
        sets_.add(truth_, predicted_);
    }

    /// Adds the records of another part.
    void merge(const evaluation& other) { sets_.merge(other.sets_); }

    /// The accuracy of each label and of whole sets, with intervals of shares. Throws std::invalid_argument for a level
    /// outside (0, 1). Without records, no label and the status no_data.
    [[nodiscard]] evaluation_table<Label> result(share_options options = {}) const {
        evaluation_table<Label> table{.confusion = sets_.result()};
        std::map<Label, classification_counts> counts;
        double n = 0, exact = 0, none = 0;
        for (const auto& [truth, row_n, row_missing, weight, n_effective, cells] : table.confusion)
            for (const auto& cell : cells) {
                n += cell.weight;
                if (cell.category == truth) exact += cell.weight;
                if (cell.category.empty()) none += cell.weight;
                for (const Label& value : truth)
                    (contains(cell.category, value) ? counts[value].true_positives : counts[value].false_negatives) +=
                        cell.weight;
                for (const Label& value : cell.category)
                    if (!contains(truth, value)) counts[value].false_positives += cell.weight;
            }
        for (auto& [value, c] : counts) {
            c.true_negatives = n - c.true_positives - c.false_positives - c.false_negatives;
            table.labels.push_back(
                {value, c, c.precision(options), c.recall(options), c.specificity(options), c.f1(options)});
        }
        table.exact_match = share(exact, n, options);
        table.abstention = share(none, n, options);
        table.exact_match.n_missing = table.abstention.n_missing = table.confusion.n_missing;
        return table;
    }

private:
    using set = std::vector<Label>;

    [[nodiscard]] static bool contains(const set& labels, const Label& value) {
        return detail::binary_search(labels, value);
    }
    template <class Set>
    void collect(const Set& given, set& labels) const {
        if constexpr (detail::is_optional<Set>) {
            collect(*given, labels);
        } else {
            labels.clear();
            if constexpr (std::ranges::input_range<const Set> && !detail::text_like<Set>)
                for (const auto& value : given) labels.emplace_back(value);
            else
                labels.emplace_back(given);
            detail::sort(labels);
            labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
            if (none_) std::erase(labels, *none_);
        }
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "evaluation";
    static auto state(auto& self) { return std::tie(self.none_, self.sets_); }
    /// Sets are in order, without repeats and without the label that stands for none.
    [[nodiscard]] bool restore() const {
        const auto is_set = [this](const set& labels) {
            return std::ranges::adjacent_find(labels, std::greater_equal<>()) == labels.end() &&
                   (!none_ || !contains(labels, *none_));
        };
        const auto table = sets_.result();
        return detail::all_of(table, [&](const auto& row) {
            return is_set(row.key) && std::ranges::all_of(row.cells, is_set, &tally_cell<set>::category);
        });
    }

    std::optional<Label> none_;
    tally<set, set> sets_;
    set truth_, predicted_;  // kept for their memory
};

/// How `evaluate` compares.
template <label Label>
struct evaluation_options {
    std::optional<Label> none = {};  ///< a label that stands for the empty set, such as sector::unknown
    share_options shares = {};       ///< intervals of the shares
};

/// The type of `evaluate`.
struct evaluate_fn {
    /// Predicted against true labels: `evaluate(strings, &labelled::sectors, predict, {.none = sector::unknown})`.
    /// Either field may yield one label, a range of them, or an optional of that; see `evaluation`. Any input range,
    /// one pass. Throws std::invalid_argument for a level outside (0, 1).
    template <std::ranges::input_range Records, label_set_field_of<Records> TruthField,
              label_set_field_of<Records> PredictedField>
    [[nodiscard]] auto operator()(
        Records&& records, TruthField truth, PredictedField predicted,
        evaluation_options<set_label_t<field_value_t<TruthField, Records>>> options = {}) const {
        evaluation<set_label_t<field_value_t<TruthField, Records>>> counts(std::move(options.none));
        for (auto&& record : records) counts.add(std::invoke(truth, record), std::invoke(predicted, record));
        return counts.result(options.shares);
    }
};
inline constexpr evaluate_fn evaluate{};

}  // namespace compute_divide::inline v0_2

#endif
