// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_TERMS_HPP
#define COMPUTE_DIVIDE_REGRESSION_TERMS_HPP

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/detail/level_columns.hpp>
#include <compute_divide/regression/detail/number_columns.hpp>
#include <compute_divide/regression/detail/product_columns.hpp>

/// The terms of a regression: what the columns of its matrix are made of.
///
///   variable("log_flop", &model::log_flop)             one column
///   categorical("venue", &paper::venue, "NeurIPS")     one for each other venue: "venue:ICLR", "venue:ICML"
///   polynomial("year", &paper::year, 2)                "year", "year^2"
///   interaction(variable(...), categorical(...))       every product of their columns: "log_flop*venue:ICML"
namespace compute_divide::inline v0_2 {

/// A field that yields numbers, or yes and no, which count as 1 and 0 (or optional ones).
template <class Field, class Records>
concept number_field_of = quantity_field_of<Field, Records> ||
    (field_of<Field, Records>&& std::same_as<known_t<field_value_t<Field, Records>>, bool>);

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
/// them, or that is of another type, makes the fit throw std::invalid_argument.
template <class Field, class Base = std::string>
class categorical {
public:
    categorical(std::string name, Field field, std::optional<Base> base = {})
        : name_(std::move(name)), field_(std::move(field)), base_(std::move(base)) {}

    template <class Records>
    requires label_field_of<Field, Records>
    [[nodiscard]] auto bound_to() const {
        using level = label_storage_t<field_value_t<Field, Records>>;
        if constexpr (std::equality_comparable_with<level, Base>) {
            return detail::level_columns<Records, Field, Base>(name_, field_, base_);
        } else {
            detail::require(!base_, "categorical", "a base that can be compared with the levels of " + name_,
                            "another");
            return detail::level_columns<Records, Field, level>(name_, field_, std::nullopt);
        }
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

template <class First, class Second>
class interaction;

namespace detail {

template <class T>
inline constexpr bool is_regression_term = false;
template <class Field>
inline constexpr bool is_regression_term<variable<Field>> = true;
template <class Field>
inline constexpr bool is_regression_term<polynomial<Field>> = true;
template <class Field, class Base>
inline constexpr bool is_regression_term<categorical<Field, Base>> = true;
template <class First, class Second>
inline constexpr bool is_regression_term<interaction<First, Second>> = true;

}  // namespace detail

/// A term of any records: a variable, a polynomial, a categorical one or an interaction.
template <class T>
concept regression_term = detail::is_regression_term<T>;

/// Every product of a column of one term with a column of the other.
template <class First, class Second>
class interaction {
    static_assert(regression_term<First> && regression_term<Second>,
                  "interaction takes two terms, such as variable(name, field) and categorical(name, field)");

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

}  // namespace compute_divide::inline v0_2

#endif
