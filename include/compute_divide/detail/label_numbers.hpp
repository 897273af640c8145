// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_LABEL_NUMBERS_HPP
#define COMPUTE_DIVIDE_DETAIL_LABEL_NUMBERS_HPP

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_map.hpp>

namespace compute_divide::detail {

/// Numbers known labels from 0 in order of appearance.
template <class Label>
class label_numbers {
public:
    template <class T>
    [[nodiscard]] std::uint32_t operator()(const T& label) {
        std::uint32_t& number = numbers_.value_of(lookup_form(label));
        if (number == 0) {
            labels_.emplace_back(lookup_form(label));
            number = static_cast<std::uint32_t>(labels_.size());
        }
        return number - 1;
    }
    /// In the order of their numbers.
    [[nodiscard]] const std::vector<Label>& labels() const { return labels_; }

private:
    label_map<std::uint32_t, Label> numbers_;  // the number plus one; 0 is new
    std::vector<Label> labels_;
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

}  // namespace compute_divide::detail

#endif
