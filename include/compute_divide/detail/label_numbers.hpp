// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_LABEL_NUMBERS_HPP
#define COMPUTE_DIVIDE_DETAIL_LABEL_NUMBERS_HPP

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/label_map.hpp>

namespace compute_divide::inline v0_2::detail {

/// Numbers known labels from 0 in order of appearance. Whole numbers and enums that are near each other are looked up
/// in a table.
template <class Label>
class label_numbers {
public:
    template <class T>
    [[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE std::uint32_t operator()(const T& label) {
        if constexpr (index_label<Label>) {
            const std::uint64_t at = static_cast<std::uint64_t>(lookup_form(label)) - first_;
            if (at < table_.size() && table_[at] != 0) return table_[at] - 1;
        }
        return looked_up(lookup_form(label));
    }
    /// In the order of their numbers.
    [[nodiscard]] const std::vector<Label>& labels() const { return labels_; }

private:
    friend struct compute_divide::state_access;
    static auto state(auto& self) { return std::tie(self.labels_); }
    [[nodiscard]] bool restore() {
        label_numbers again;
        std::uint32_t number = 0;
        for (const Label& label : labels_)
            if (!is_known(label) || again(label) != number++) return false;
        *this = std::move(again);
        return true;
    }

    static constexpr std::uint64_t longest_table = 65536;

    template <class T>
    [[nodiscard]] std::uint32_t looked_up(const T& label) {
        std::uint32_t& number = numbers_.value_of(label);
        if (number == 0) {
            labels_.emplace_back(label);
            number = static_cast<std::uint32_t>(labels_.size());
            if constexpr (index_label<Label>) put_into_table(static_cast<std::uint64_t>(label), number);
        }
        return number - 1;
    }
    /// Differences are taken modulo 2^64, so that no pair of labels overflows.
    void put_into_table(std::uint64_t label, std::uint32_t number) {
        const std::uint64_t size = table_.size();
        if (size == 0) first_ = label;
        if (label - first_ >= size) {
            const std::uint64_t after = label - first_ + 1 - size, before = first_ - label;
            if (std::min(after, before) > longest_table - size && size > 0) return;
            const std::uint64_t spare = std::min(size, longest_table - size);
            if (size == 0 || after <= before) {
                table_.resize(size + std::max(after, spare));
            } else {
                table_.insert(table_.begin(), std::max(before, spare), 0);
                first_ -= std::max(before, spare);
            }
        }
        table_[label - first_] = number;
    }

    label_map<std::uint32_t, Label> numbers_;  // the number plus one; 0 is new
    std::vector<Label> labels_;
    std::uint64_t first_ = 0;           // the label that the table begins with
    std::vector<std::uint32_t> table_;  // as numbers_
};

/// The number of a record's label; nothing where it is not known.
template <class Records, class Field>
struct numbered_field {
    Field field;
    label_numbers<label_storage_t<field_value_t<Field, Records>>> numbers = {};

    template <class Record>
    [[nodiscard]] std::optional<std::uint32_t> operator()(Record&& record) {
        const field_value_t<Field, Records> label = std::invoke(field, std::forward<Record>(record));
        if (!is_known(label)) return std::nullopt;
        return numbers(label);
    }
    /// Without numbering it.
    template <class Record>
    [[nodiscard]] bool known(Record&& record) const {
        return is_known(field_value_t<Field, Records>(std::invoke(field, std::forward<Record>(record))));
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
