// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_NUMBER_COLUMNS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_NUMBER_COLUMNS_HPP

#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/regression/detail/regression_value.hpp>

namespace compute_divide::inline v0_2::detail {

template <class Field, class Records>
inline constexpr bool is_yes_or_no = std::same_as<known_t<field_value_t<Field, Records>>, bool>;

/// A number field's value for a record, NaN where it is not known.
template <class Field, class Record>
[[nodiscard]] constexpr double number_of_field(const Field& field, Record&& record) {
    const auto value = std::remove_cvref_t<std::invoke_result_t<const Field&, Record>>(
        std::invoke(field, std::forward<Record>(record)));
    using known = known_t<decltype(value)>;
    if constexpr (!std::same_as<known, bool>)
        return as_double(value);
    else if constexpr (is_optional<std::remove_cvref_t<decltype(value)>>)
        return value ? static_cast<double>(*value) : std::numeric_limits<double>::quiet_NaN();
    else
        return static_cast<double>(static_cast<bool>(value));  // without a branch
}

// The columns that a term becomes for a type of records. Each class of columns has
//   learn(record)         sees every record that is used, once, before
//   learned()             fixes the columns
//   columns(), names()    how many there are, and what they are called
//   fill(record, out)     writes a record's values; false where one is not known, or beyond 1e300
//   known(record)         the same without writing, before `learned`
// and for marginal effects, where `name` is that of a variable rather than of a column,
//   variables(visit)      visit(name, levels) of each, the base first; a number has no levels
//   fill_slope(record, name, out)         the derivatives of `fill` by the number called that
//   is_linear                             they are the same for all records
//   fill_level(record, name, level, out)  `fill`, were the record's variable of that name at this level

template <class Field, bool IsYesOrNo>
class number_column {
public:
    static constexpr bool learns = false, is_linear = true;

    number_column(std::string name, Field field) : name_(std::move(name)), field_(std::move(field)) {}

    template <class Record>
    void learn(const Record&) {}
    void learned() {}
    [[nodiscard]] static constexpr std::size_t columns() { return 1; }
    [[nodiscard]] std::vector<std::string> names() const { return {name_}; }
    template <class Record>
    [[nodiscard]] bool known(const Record& record) const {
        return is_known(number_of_field(field_, record));
    }
    template <class Record>
    [[nodiscard]] bool fill(const Record& record, double* out) const {
        return is_regression_value(*out = number_of_field(field_, record));
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
        *out = name == name_ ? static_cast<double>(level) : number_of_field(field_, record);
    }

private:
    std::string name_;
    Field field_;
};

/// A number's powers from 1.
template <class Number>
class power_columns {
public:
    static constexpr bool learns = false, is_linear = false;

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

}  // namespace compute_divide::inline v0_2::detail

#endif
