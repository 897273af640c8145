// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_TERMS_HPP
#define COMPUTE_DIVIDE_REGRESSION_TERMS_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>

/// The terms of a regression: what the columns of its matrix are made of.
///
///   variable("log_flop", &model::log_flop)             one column
///   categorical("venue", &paper::venue, "NeurIPS")     one for each other venue: "venue:ICLR", "venue:ICML"
///   polynomial("year", &paper::year, 2)                "year", "year^2"
///   interaction(variable(...), categorical(...))       every product of their columns: "log_flop*venue:ICML"
namespace compute_divide {

/// A field that yields numbers, or yes and no, which count as 1 and 0 (or optional ones).
template <class Field, class Records>
concept number_field_of = quantity_field_of<Field, Records> ||
    (field_of<Field, Records>&& std::same_as<known_t<field_value_t<Field, Records>>, bool>);

namespace detail {

template <class Field, class Records>
inline constexpr bool is_yes_or_no = std::same_as<known_t<field_value_t<Field, Records>>, bool>;

/// A number field's value for a record, NaN where it is not known.
template <class Field, class Record>
[[nodiscard]] constexpr double number_at(const Field& field, Record&& record) {
    const auto value = std::remove_cvref_t<std::invoke_result_t<const Field&, Record>>(
        std::invoke(field, std::forward<Record>(record)));
    using known = known_t<decltype(value)>;
    if constexpr (!std::same_as<known, bool>)
        return as_double(value);
    else if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>)
        return value ? static_cast<double>(*value) : std::numeric_limits<double>::quiet_NaN();
    else
        return static_cast<bool>(value) ? 1 : 0;
}

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

// What terms become for a type of records. Each has
//   learn(record)         sees every record that is used, once, before
//   learned()             fixes the columns
//   columns(), names()    how many there are, and what they are called
//   fill(record, out)     writes a record's values; false where one is not known, or beyond 1e150
//   known(record)         the same without writing, before `learned`
// and for marginal effects, where `name` is that of a variable rather than of a column,
//   variables(visit)      visit(name, levels) of each, the base first; a number has no levels
//   fill_slope(record, name, out)         the derivatives of `fill` by the number called that
//   fill_level(record, name, level, out)  `fill`, were the record's variable of that name at this level

template <class Field, bool IsYesOrNo>
class number_column {
public:
    static constexpr bool learns = false;

    number_column(std::string name, Field field) : name_(std::move(name)), field_(std::move(field)) {}

    template <class Record>
    void learn(const Record&) {}
    void learned() {}
    [[nodiscard]] static constexpr std::size_t columns() { return 1; }
    [[nodiscard]] std::vector<std::string> names() const { return {name_}; }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return is_known(number_at(field_, record));
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) const {
        return is_regression_value(*out = number_at(field_, record));
    }

    template <class Visit>
    void variables(const Visit& visit) const {
        visit(name_, IsYesOrNo ? std::vector<std::string>{"no", "yes"} : std::vector<std::string>{});
    }
    template <class Record>
    void fill_slope(const Record&, std::string_view name, double* out) const {
        *out = name == name_ ? 1 : 0;
    }
    template <class Record>
    void fill_level(const Record& record, std::string_view name, std::size_t level, double* out) const {
        *out = name == name_ ? static_cast<double>(level) : number_at(field_, record);
    }

private:
    std::string name_;
    Field field_;
};

/// A number's powers from 1.
template <class Number>
class power_columns {
public:
    static constexpr bool learns = false;

    power_columns(Number number, std::size_t degree) : number_(std::move(number)), degree_(degree) {}

    template <class Record>
    void learn(const Record&) {}
    void learned() {}
    [[nodiscard]] std::size_t columns() const { return degree_; }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all = number_.names();
        for (std::size_t power = 2; power <= degree_; ++power) all.push_back(all[0] + "^" + std::to_string(power));
        return all;
    }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return number_.known(record);
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) const {
        const bool usable = number_.fill(record, out);
        return fill_powers(out) && usable;
    }

    template <class Visit>
    void variables(const Visit& visit) const {
        number_.variables(visit);
    }
    template <class Record>
    void fill_slope(const Record& record, std::string_view name, double* out) const {
        double x = 0, power = 0;
        static_cast<void>(number_.fill(record, &x));
        number_.fill_slope(record, name, &power);
        for (std::size_t i = 0; i < degree_; ++i, power *= x) out[i] = static_cast<double>(i + 1) * power;
    }
    template <class Record>
    void fill_level(const Record& record, std::string_view name, std::size_t level, double* out) const {
        number_.fill_level(record, name, level, out);
        static_cast<void>(fill_powers(out));
    }

private:
    [[nodiscard]] bool fill_powers(double* out) const {
        for (std::size_t i = 1; i < degree_; ++i) out[i] = out[i - 1] * out[0];
        return is_regression_value(out[degree_ - 1]);
    }

    Number number_;
    std::size_t degree_;
};

template <class Records, class Field, class Base>
class level_columns {
    using level = label_storage_t<field_value_t<Field, Records>>;

public:
    static constexpr bool learns = true;

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
        std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return level_before(levels[a], levels[b]); });
        if (base_) {
            const auto base = std::ranges::find_if(order, [&](std::size_t at) { return levels[at] == *base_; });
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

template <class First, class Second>
class product_columns {
public:
    static constexpr bool learns = First::learns || Second::learns;

    product_columns(First first, Second second) : first_(std::move(first)), second_(std::move(second)) {}

    template <class Record>
    void learn(const Record& record) {
        first_.learn(record);
        second_.learn(record);
    }
    void learned() {
        first_.learned();
        second_.learned();
        factors_.resize(first_.columns() + second_.columns());
    }
    [[nodiscard]] std::size_t columns() const { return first_.columns() * second_.columns(); }
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> all;
        for (const auto& a : first_.names())
            for (const auto& b : second_.names()) all.push_back(a + "*" + b);
        return all;
    }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return first_.known(record) && second_.known(record);
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) {
        double* const others = factors_.data() + first_.columns();
        const bool first_usable = first_.fill(record, factors_.data());
        bool usable = second_.fill(record, others) && first_usable;
        for (std::size_t i = 0; i < first_.columns(); ++i)
            for (std::size_t j = 0; j < second_.columns(); ++j) {
                *out = factors_[i] * others[j];
                usable = is_regression_value(*out++) && usable;
            }
        return usable;
    }

    template <class Visit>
    void variables(const Visit& visit) const {
        first_.variables(visit);
        second_.variables(visit);
    }
    template <class Record>
    void fill_slope(const Record& record, std::string_view name, double* out) {
        std::vector<double> a(first_.columns()), b(second_.columns()), slopes_of_a(a.size()), slopes_of_b(b.size());
        static_cast<void>(first_.fill(record, a.data()));
        static_cast<void>(second_.fill(record, b.data()));
        first_.fill_slope(record, name, slopes_of_a.data());
        second_.fill_slope(record, name, slopes_of_b.data());
        for (std::size_t i = 0; i < a.size(); ++i)
            for (std::size_t j = 0; j < b.size(); ++j) *out++ = slopes_of_a[i] * b[j] + a[i] * slopes_of_b[j];
    }
    template <class Record>
    void fill_level(const Record& record, std::string_view name, std::size_t level, double* out) {
        std::vector<double> a(first_.columns()), b(second_.columns());
        first_.fill_level(record, name, level, a.data());
        second_.fill_level(record, name, level, b.data());
        for (const double x : a)
            for (const double y : b) *out++ = x * y;
    }

private:
    First first_;
    Second second_;
    std::vector<double> factors_;
};

}  // namespace detail

/// A number of each record as one column; yes and no are 1 and 0.
template <class Field>
class variable {
public:
    variable(std::string name, Field field) : name_(std::move(name)), field_(std::move(field)) {}

    template <class Records>
    requires number_field_of<Field, Records>
    [[nodiscard]] auto bound_to() const {
        return detail::number_column<Field, detail::is_yes_or_no<Field, Records>>(name_, field_);
    }

private:
    std::string name_;
    Field field_;
};

/// A number of each record and its powers up to `degree`, as they are (R: poly(x, degree, raw = TRUE)).
template <class Field>
class polynomial {
public:
    /// Throws std::invalid_argument for a degree of 0.
    polynomial(std::string name, Field field, std::size_t degree)
        : name_(std::move(name)), field_(std::move(field)), degree_(degree) {
        detail::require(degree > 0, "polynomial", "a degree of at least 1", degree);
    }

    template <class Records>
    requires number_field_of<Field, Records>
    [[nodiscard]] auto bound_to() const {
        using number = detail::number_column<Field, detail::is_yes_or_no<Field, Records>>;
        return detail::power_columns<number>(number(name_, field_), degree_);
    }

private:
    std::string name_;
    Field field_;
    std::size_t degree_;
};

/// A label of each record (text, an enum, a whole number, yes or no) as columns of 0 and 1, one for each level but the
/// base: the first in order, or the one given. Levels are those of the records that are used; a base that is not among
/// them makes the fit throw std::invalid_argument.
template <class Field, class Base = std::string>
class categorical {
public:
    categorical(std::string name, Field field, std::optional<Base> base = {})
        : name_(std::move(name)), field_(std::move(field)), base_(std::move(base)) {}

    template <class Records>
    requires label_field_of<Field, Records>
    [[nodiscard]] auto bound_to() const {
        using level = label_storage_t<field_value_t<Field, Records>>;
        if constexpr (std::equality_comparable_with<level, Base>)
            return detail::level_columns<Records, Field, Base>(name_, field_, base_);
        else  // no base was given, so that its type is nobody's
            return detail::level_columns<Records, Field, level>(name_, field_, std::nullopt);
    }

private:
    std::string name_;
    Field field_;
    std::optional<Base> base_;
};
template <class Field>
categorical(std::string, Field) -> categorical<Field>;
template <class Field, class Base>
requires(!detail::text_like<Base>) categorical(std::string, Field, Base)
->categorical<Field, Base>;
template <class Field, class Base>
requires detail::text_like<Base> categorical(std::string, Field, Base)
->categorical<Field, std::string>;

/// Every product of a column of one term with a column of the other.
template <class First, class Second>
class interaction {
public:
    interaction(First first, Second second) : first_(std::move(first)), second_(std::move(second)) {}

    template <class Records>
    requires requires(const First& a, const Second& b) {
        a.template bound_to<Records>();
        b.template bound_to<Records>();
    }
    [[nodiscard]] auto bound_to() const {
        auto first = first_.template bound_to<Records>();
        auto second = second_.template bound_to<Records>();
        return detail::product_columns<decltype(first), decltype(second)>(std::move(first), std::move(second));
    }

private:
    First first_;
    Second second_;
};

/// A term of a regression on these records.
template <class Term, class Records>
concept regression_term_of = requires(const Term& term) {
    term.template bound_to<Records>();
};

}  // namespace compute_divide

#endif
