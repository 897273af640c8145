// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_CSV_COLUMN_HPP
#define COMPUTE_DIVIDE_IO_CSV_COLUMN_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>

/// Columns of a CSV table by name and type, as fields of its rows.
///
///     csv_reader table = csv_reader::open("papers.csv");
///     const csv_column<std::string> venue(table, "venue");
///     const csv_column<int> year(table, "year");
///     const csv_column<std::optional<double>> authors(table, "authors", {.required = false});
///     for (const csv_row& row : table) use(venue(row), year(row), authors(row));
///
/// A column is a field: `tabulate(table, year, ...)` takes it as it takes a member of a struct.
namespace compute_divide::inline v0_2 {

/// Options of csv_column.
struct csv_column_options {
    bool required = true;                      ///< else every cell of a column that is not there is blank
    char list_separator = ';';                 ///< between the parts of a list
    date_order dates = date_order::day_first;  ///< of "6/5/2021"
};

namespace detail {

template <class T>
inline constexpr bool is_text_list = false;
template <std::constructible_from<std::string_view> T>
inline constexpr bool is_text_list<std::vector<T>> = true;

/// Types that a cell is read as. A blank one has no value, but for texts and lists.
template <class T>
concept csv_cell_value =
    (std::integral<T> && !std::same_as<T, char>) || std::floating_point<T> ||
    named_enum<T> || std::same_as<T, std::string> || std::same_as<T, std::string_view> ||
    std::same_as<T, partial_date> || std::same_as<T, std::chrono::year_month_day> || is_text_list<T>;

inline constexpr const char* unsaid_comma =
    "a number whose comma is said to be decimal, or not to be (csv_options::decimal),";

/// Thrown within a column: what a cell must be.
struct cell_misfit {
    std::string requirement;
};

template <class T>
concept text_or_list = std::same_as<T, std::string> || std::same_as<T, std::string_view> || is_text_list<T>;

template <text_or_list T>
[[nodiscard]] T read_text(std::string_view cell, char separator) {
    if constexpr (is_text_list<T>) {
        T parts;
        while (!cell.empty()) {
            const std::size_t end = std::min(cell.find(separator), cell.size());
            if (const std::string_view part = trimmed(cell.substr(0, end)); !part.empty()) parts.emplace_back(part);
            cell.remove_prefix(std::min(end + 1, cell.size()));
        }
        return parts;
    } else {
        return T(cell);
    }
}

/// A cell that is not blank. Throws cell_misfit.
template <class T>
[[nodiscard]] T read_value(std::string_view cell, decimal_mark mark, date_order order) {
    if constexpr (std::same_as<T, bool>) {
        if (cell == "1" || cell == "0") return cell == "1";
        if (const auto truth = parse_truth(cell)) return *truth;
        throw cell_misfit{"yes or no, true or false, 1 or 0"};
    } else if constexpr (std::integral<T>) {
        T value{};
        const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
        if (read.ec == std::errc{} && read.ptr == cell.data() + cell.size()) return value;
        // "1,200" and "2012.0" are whole numbers too.
        std::optional<double> number;
        try {
            number = parse_number(cell, mark);
        } catch (const std::invalid_argument&) {
            if (mark == decimal_mark::unsaid && cell.find(',') != std::string_view::npos)
                throw cell_misfit{unsaid_comma};
        }
        constexpr double exact = 9007199254740992;  // 2^53
        if (!number || std::trunc(*number) != *number || std::fabs(*number) > exact ||
            *number < static_cast<double>(std::numeric_limits<T>::min()) ||
            *number > static_cast<double>(std::numeric_limits<T>::max()))
            throw cell_misfit{"a whole number from " + shown(std::numeric_limits<T>::min()) + " to " +
                              shown(std::numeric_limits<T>::max())};
        return static_cast<T>(*number);
    } else if constexpr (std::floating_point<T>) {
        try {
            return static_cast<T>(*parse_number(cell, mark));
        } catch (const std::invalid_argument&) {
            const bool comma = cell.find(',') != std::string_view::npos;
            if (comma && mark == decimal_mark::unsaid) throw cell_misfit{unsaid_comma};
            throw cell_misfit{comma && mark == decimal_mark::point ? "a number (a decimal comma: csv_options::decimal)"
                                                                   : "a number"};
        }
    } else if constexpr (named_enum<T>) {
        std::string names;
        for (const auto& each : enumerators(T{})) {
            if (each.name == cell) return each.value;
            names.append(names.empty() ? "one of " : ", ").append(each.name);
        }
        throw cell_misfit{names};
    } else {
        std::optional<partial_date> date;
        try {
            date = parse_date(cell, order);
        } catch (const std::invalid_argument&) {
            const bool day_first = order == date_order::day_first;
            try {
                static_cast<void>(parse_date(cell, day_first ? date_order::month_first : date_order::day_first));
            } catch (const std::invalid_argument&) {
                throw cell_misfit{day_first ? "a date such as 2023-12-14 or 14/12/2023"
                                            : "a date such as 2023-12-14 or 12/14/2023"};
            }
            throw cell_misfit{day_first ? "a date with the day first (or csv_column_options::dates = month_first)"
                                        : "a date with the month first"};
        }
        if constexpr (std::same_as<T, partial_date>) {
            return *date;
        } else {
            if (!date->day) throw cell_misfit{"a date with month and day"};
            return *date->day;
        }
    }
}

}  // namespace detail

/// A column of a table, whose cells are read as `T`:
///
/// - numbers: a floating-point type as `parse_number` does ("1,200", "5.76E+22"), with the decimal mark of the table,
/// an integral one where it is whole and
///   in range; bool: yes or no, true or false, 1 or 0, in any letter case;
/// - dates: std::chrono::year_month_day, and partial_date where a year may be all that is known, as `parse_date` does;
/// - an enum with `enumerators(T)`, by name;
/// - texts: std::string, or std::string_view, which lives as the row does; as they are;
/// - lists: std::vector of texts, `list_separator` between them; blank parts are left out.
///
/// std::optional of these is empty where the cell is blank. A blank cell is an empty text or list, and an error for the
/// others. White space around a cell is no part of it, but for texts.
///
/// Each cell is read when asked for; a column holds its place and its name and may be copied. It reads rows of the
/// table that it was made of, or of one with the same columns.
template <class T>
requires detail::csv_cell_value<known_t<T>>
class csv_column {
public:
    /// `Table`: csv_reader or csv_file. Throws std::invalid_argument that lists the columns where none, or more than
    /// one, has the name, unless the column is not required; where that has no blank value (`csv_column<int>`), also
    /// then.
    template <class Table>
    explicit csv_column(const Table& table, std::string_view name, csv_column_options options = {})
        : csv_column(table, {name}, options) {}
    /// Of the first of these names that the table has, as columns that were renamed over time have several.
    template <class Table>
    explicit csv_column(const Table& table, std::initializer_list<std::string_view> names,
                        csv_column_options options = {})
        : options_(options) {
        detail::require(names.size() > 0, "csv_column", "a name", std::string_view());
        for (const std::string_view name : names) {
            if (!table.find_column(name)) continue;
            index_ = table.column(name);
            name_ = name;  // NOLINT(cppcoreguidelines-prefer-member-initializer): not in every case
            return;
        }
        name_ = *names.begin();  // NOLINT(cppcoreguidelines-prefer-member-initializer): where none is there
        if (options.required || !has_blank) index_ = table.column(name_);  // throws
    }

    /// The value of the column in a row. Throws read_error that names the file, the line, the column and the cell where
    /// that is no `T`.
    [[nodiscard]] T operator()(const csv_row& row) const {
        const std::string_view cell = index_ ? row[*index_] : std::string_view();
        try {
            if constexpr (detail::text_or_list<T>) return detail::read_text<T>(cell, options_.list_separator);
            const std::string_view value = trimmed(cell);
            if constexpr (detail::is_optional<T>) {
                if (value.empty()) return std::nullopt;
                if constexpr (detail::text_or_list<known_t<T>>)
                    return detail::read_text<known_t<T>>(cell, options_.list_separator);
                else
                    return detail::read_value<known_t<T>>(value, row.decimal(), options_.dates);
            } else if constexpr (!detail::text_or_list<T>) {
                if (value.empty()) throw detail::cell_misfit{"a value"};
                return detail::read_value<T>(value, row.decimal(), options_.dates);
            }
        } catch (const detail::cell_misfit& misfit) {
            throw read_error("csv_column", {.file = row.file(),
                                            .line = row.line(),
                                            .field = name_,
                                            .value = std::string(cell),
                                            .reason = misfit.requirement + " is required, got " + detail::shown(cell)});
        }
    }

    /// The name of the column in the table.
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Whether the table has it.
    [[nodiscard]] explicit operator bool() const { return index_.has_value(); }

private:
    static constexpr bool has_blank = detail::is_optional<T> || detail::text_or_list<T>;

    std::optional<std::size_t> index_;
    std::string name_;
    csv_column_options options_;
};

}  // namespace compute_divide::inline v0_2

#endif
