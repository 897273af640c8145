// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_LEVEL_COLUMNS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_LEVEL_COLUMNS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

namespace compute_divide::inline v0_2::detail {

/// A level as it is written in the name of its column.
template <class Label>
[[nodiscard]] std::string level_name(const Label& label) {
    if constexpr (text_like<Label>)
        return std::string(std::string_view(label));
    else if constexpr (named_enum<Label>)
        return std::string(name_of(label));
    else if constexpr (std::same_as<Label, bool>)
        return label ? "yes" : "no";
    else if constexpr (std::integral<Label>)
        return std::to_string(label);
    else
        return label_name(label);  // found by argument-dependent lookup
}

/// Whether one label comes before another in tables: an enum of names in the order of its enumerators.
template <class Label>
[[nodiscard]] bool level_before(const Label& a, const Label& b) {
    if constexpr (named_enum<Label>) {
        const auto all = enumerators(a);
        const auto place = [&](Label x) { return std::ranges::find(all, x, [](const auto& e) { return e.value; }); };
        return place(a) < place(b);
    } else {
        return a < b;
    }
}

template <class Records, class Field, class Base>
class level_columns {
    using level = label_storage_t<field_value_t<Field, Records>>;

public:
    static constexpr bool learns = true, is_linear = false;

    level_columns(std::string name, Field field, std::optional<Base> base)
        : name_(std::move(name)), numbers_{std::move(field)}, base_(std::move(base)) {}

    template <class Record>
    void learn(const Record& record) {
        static_cast<void>(numbers_(record));
    }
    void learned() {
        const auto& levels = numbers_.numbers.labels();
        std::vector<std::size_t> order(levels.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        detail::sort(order, [&](std::size_t a, std::size_t b) { return level_before(levels[a], levels[b]); });
        if (base_) {
            const auto base = detail::find_if(order, [&](std::size_t at) { return levels[at] == *base_; });
            require(base != order.end(), "categorical", "a base among the levels of " + name_, level_name(*base_));
            std::rotate(order.begin(), base, base + 1);
        }
        column_.assign(levels.size(), 0);
        names_.clear();
        levels_.clear();
        for (const std::size_t at : order) levels_.push_back(level_name(levels[at]));
        for (std::size_t place = 1; place < order.size(); ++place) {
            column_[order[place]] = place;
            names_.push_back(name_ + ":" + levels_[place]);
        }
    }
    [[nodiscard]] std::size_t columns() const { return names_.size(); }
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return numbers_.known(record);
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) {
        std::fill_n(out, columns(), 0.0);
        const auto number = numbers_(record);
        if (!number || *number >= column_.size()) return false;
        if (const std::size_t column = column_[*number]; column > 0) out[column - 1] = 1;
        return true;
    }

    template <class Visit>
    void variables(const Visit& visit) const {
        visit(name_, levels_);
    }
    template <class Record>
    void fill_slope(const Record&, std::string_view, double* out) const {
        std::fill_n(out, columns(), 0.0);
    }
    template <class Record>
    void fill_level(const Record& record, std::string_view name, std::size_t place, double* out) {
        if (name != name_) return static_cast<void>(fill(record, out));
        std::fill_n(out, columns(), 0.0);
        if (place > 0) out[place - 1] = 1;
    }

private:
    std::string name_;
    numbered_field<Records, Field> numbers_;
    std::optional<Base> base_;
    std::vector<std::size_t> column_;  // of a level's number: 1, 2, ...; 0 is the base
    std::vector<std::string> levels_;  // the base first
    std::vector<std::string> names_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
