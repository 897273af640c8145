// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_TABLE_HPP
#define COMPUTE_DIVIDE_REPORT_TABLE_HPP

#include <array>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/test_result.hpp>

/// Tables as values. A cell is typed: a number, a text, an estimate, or one of the ways of having none; what it looks
/// like is up to the format that it is rendered in (report/render.hpp).
///
///     table shares = table_of(share_by(papers, &paper::year, &paper::academia_only),
///                             column{"year", &row::key}, column{"share", &row::share, {.percent = true}});
///     std::fputs(render(shares, table_format::markdown).c_str(), stdout);
namespace compute_divide::inline v0_2 {

/// A cell of something that the row does not have, such as a term that is not in a model. Shown empty.
struct not_applicable {
    friend constexpr bool operator==(const not_applicable&, const not_applicable&) = default;
};

/// A cell whose value is not known.
struct missing_value {
    friend constexpr bool operator==(const missing_value&, const missing_value&) = default;
};

/// What a cell holds. An `estimate_status` stands for a number that could not be estimated.
using cell_value = std::variant<not_applicable, missing_value, bool, std::int64_t, std::uint64_t, double, std::string,
                                estimate_status, estimate, test_result>;

/// How the digits of a number are chosen.
enum class number_notation {
    significant,  ///< `digits` significant digits; an exponent from 10^7 on and below 10^-4
    fixed,        ///< `digits` decimals
    p_value       ///< `digits` decimals, `< 0.001` below the least of them, never 0
};
[[nodiscard]] constexpr auto enumerators(number_notation) {
    using enum number_notation;
    return std::array{named<number_notation>{significant, "significant"}, named<number_notation>{fixed, "fixed"},
                      named<number_notation>{p_value, "p_value"}};
}

/// How numbers are written for people; CSV and JSON always have all digits. An estimate's interval has the decimals of
/// its value, and these are as many as it takes to see how wide the interval is.
struct number_style {
    int digits = 3;  ///< significant digits, or decimals, by `notation`
    number_notation notation = number_notation::significant;
    bool percent = false;  ///< 0.65 as 65, under a header that says %

    friend constexpr bool operator==(const number_style&, const number_style&) = default;
};

/// A cell of a table.
struct cell {
    cell_value value = {};
    std::optional<number_style> style = {};  ///< where it is not its column's
    int stars = 0;                           ///< for people only: so many `*` behind it
    bool in_parentheses = false;             ///< for people only: (0.12), as a standard error

    friend bool operator==(const cell&, const cell&) = default;
};

/// Where the cells of a column stand.
enum class column_alignment {
    automatic,  ///< right where all cells are numbers, else left
    left,
    right,
    centre
};
[[nodiscard]] constexpr auto enumerators(column_alignment) {
    using enum column_alignment;
    return std::array{named<column_alignment>{automatic, "automatic"}, named<column_alignment>{left, "left"},
                      named<column_alignment>{right, "right"}, named<column_alignment>{centre, "centre"}};
}

/// Who a column is for. An estimate says its n by itself in CSV and JSON, say, and wants a column for it elsewhere.
enum class column_audience {
    everyone,
    readers,  ///< of text, Markdown, LaTeX and HTML
    programs  ///< that read CSV and JSON
};
[[nodiscard]] constexpr auto enumerators(column_audience) {
    using enum column_audience;
    return std::array{named<column_audience>{everyone, "everyone"}, named<column_audience>{readers, "readers"},
                      named<column_audience>{programs, "programs"}};
}

/// A column of a table.
struct table_column {
    std::string name;         ///< in CSV and JSON; no two columns have the same
    std::string header = {};  ///< for people; the name where it is empty
    std::string unit = {};    ///< of its numbers, for people: behind the header
    number_style style = {};
    column_alignment alignment = column_alignment::automatic;
    column_audience audience = column_audience::everyone;

    friend bool operator==(const table_column&, const table_column&) = default;
};

/// A group of rows that ends where the next one begins. Rules are drawn between groups.
struct row_group {
    std::size_t first_row = 0;
    std::string title = {};  ///< a line above its rows, where it is not empty

    friend bool operator==(const row_group&, const row_group&) = default;
};

/// A table. Every row has a cell for every column.
struct table {
    std::string name = {};   ///< a word to refer to it by: LaTeX's label, HTML's id
    std::string title = {};  ///< its caption
    std::vector<table_column> columns = {};
    std::vector<std::vector<cell>> rows = {};
    std::vector<row_group> groups = {};  ///< in the order of rows; none where rows are not grouped
    std::vector<std::string> notes = {};
    std::vector<std::string> sources = {};

    friend bool operator==(const table&, const table&) = default;
};

namespace detail {

/// The columns that are for readers, or for programs.
[[nodiscard]] inline std::vector<std::size_t> columns_for(const table& t, column_audience audience) {
    std::vector<std::size_t> columns;
    for (std::size_t i = 0; i < t.columns.size(); ++i)
        if (t.columns[i].audience == audience || t.columns[i].audience == column_audience::everyone)
            columns.push_back(i);
    return columns;
}

}  // namespace detail

/// Throws std::invalid_argument where a row has not a cell for every column, two columns have the same name, or groups
/// are not in the order of rows.
inline void check(const table& t) {
    for (std::size_t i = 0; i < t.columns.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            detail::require(t.columns[i].name != t.columns[j].name, "table", "columns of different names",
                            t.columns[i].name);
    for (const auto& row : t.rows)
        detail::require(row.size() == t.columns.size(), "table", "a cell for every column in each row", row.size());
    std::size_t row = 0;
    for (const auto& group : t.groups) {
        detail::require(group.first_row >= row && group.first_row <= t.rows.size(), "table",
                        "groups of rows in the order of rows", group.first_row);
        row = group.first_row;
    }
}

namespace detail {

template <class T>
concept date_like = std::same_as<T, std::chrono::year_month_day> || std::same_as<T, std::chrono::sys_days>;

template <class T>
concept ready_cell = std::same_as<T, cell> || std::same_as<T, cell_value> || std::same_as<T, not_applicable> ||
    std::same_as<T, missing_value> || std::same_as<T, estimate_status> || std::same_as<T, estimate> ||
    std::same_as<T, test_result>;

}  // namespace detail

/// What a cell can be made of: a text, a number (or a quantity with a unit), yes or no, a named enumerator, a date, an
/// `estimate`, a `test_result`, an `estimate_status`, a `cell` of your own making, or an optional of one of these.
template <class T>
concept cell_type = detail::ready_cell<known_t<T>> || detail::text_like<known_t<T>> || quantity<known_t<T>> ||
                    std::same_as < known_t<T>,
bool > || named_enum<known_t<T>> || detail::date_like<known_t<T>> || std::same_as<known_t<T>, std::chrono::year>;

/// A value as a cell. An empty optional is a missing value; an enumerator is its name; a date is written as 2023-12-14.
template <cell_type T>
[[nodiscard]] cell to_cell(const T& value) {
    if constexpr (detail::is_optional<T>) {
        return value ? to_cell(*value) : cell{missing_value{}};
    } else if constexpr (std::same_as<T, cell>) {
        return value;
    } else if constexpr (std::same_as<T, cell_value>) {
        return {.value = value};
    } else if constexpr (detail::ready_cell<T>) {
        return {.value = value};
    } else if constexpr (std::same_as<known_t<T>, bool>) {
        return {.value = static_cast<bool>(value)};
    } else if constexpr (detail::text_like<T>) {
        if constexpr (std::is_pointer_v<T>)
            if (value == nullptr) return {.value = missing_value{}};
        return {.value = std::string(std::string_view(value))};
    } else if constexpr (named_enum<T>) {
        return {.value = std::string(name_of(value))};
    } else if constexpr (std::same_as<T, std::chrono::year>) {
        return {.value = std::int64_t{static_cast<int>(value)}};
    } else if constexpr (detail::date_like<T>) {
        const std::chrono::year_month_day date(value);
        char text[32];
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
        return {.value = std::string(text)};
    } else if constexpr (std::signed_integral<T>) {
        return {.value = static_cast<std::int64_t>(value)};
    } else if constexpr (std::unsigned_integral<T>) {
        return {.value = static_cast<std::uint64_t>(value)};
    } else {
        return {.value = static_cast<double>(value)};
    }
}

/// What to know of a column besides its name and its field.
struct column_options {
    std::string header = {};                                  ///< for people; the name where it is empty
    std::string unit = {};                                    ///< of the numbers, behind the header
    std::optional<int> digits = {};                           ///< none: 3 significant, 1 decimal of percent
    number_notation notation = number_notation::significant;  ///< of numbers; decimals where `percent`
    bool percent = false;                                     ///< 0.65 as 65, in decimals
    column_alignment alignment = column_alignment::automatic;
    column_audience audience = column_audience::everyone;
};

/// A column of a table to be: its name, the field that gives its cells, and how they are written.
template <class Field>
struct column {
    std::string name;
    Field field;
    column_options options;

    column(std::string_view column_name, Field column_field, column_options how = {})
        : name(column_name), field(std::move(column_field)), options(std::move(how)) {}
};

/// A field that yields what a cell can be made of.
template <class Field, class Records>
concept cell_field_of = field_of<Field, Records> && cell_type<field_value_t<Field, Records>>;

namespace detail {

template <class T>
inline constexpr bool is_column = false;
template <class Field>
inline constexpr bool is_column<column<Field>> = true;

[[nodiscard]] inline table_column column_of(std::string_view name, const column_options& options) {
    number_style style{.digits = 3, .notation = options.notation, .percent = options.percent};
    if (options.percent) style = {.digits = 1, .notation = number_notation::fixed, .percent = true};
    if (options.digits) style.digits = *options.digits;
    require(style.digits >= 0 && style.digits <= 17, "column", "from 0 to 17 digits", style.digits);
    return {.name = std::string(name),
            .header = options.header,
            .unit = options.unit,
            .style = style,
            .alignment = options.alignment,
            .audience = options.audience};
}

}  // namespace detail

/// A table with a row for each record and a column for each field, in their order. A field may yield a text, a number,
/// yes or no, an enumerator, a date, an estimate, a test's result, or an optional of them. Reads the records once.
/// Throws std::invalid_argument for two columns of the same name, and for digits outside of 0 to 17.
template <std::ranges::input_range Records, class... Fields>
requires(sizeof...(Fields) > 0 && (cell_field_of<Fields, Records> && ...)) [[nodiscard]] table
    table_of(Records&& records, column<Fields>... columns) {
    table t;
    (t.columns.push_back(detail::column_of(columns.name, columns.options)), ...);
    if constexpr (std::ranges::sized_range<Records>)
        t.rows.reserve(static_cast<std::size_t>(std::ranges::size(records)));
    for (auto&& record : records) {
        auto& row = t.rows.emplace_back();
        row.reserve(sizeof...(Fields));
        (row.push_back(to_cell(std::invoke(columns.field, record))), ...);
    }
    check(t);
    return t;
}

namespace detail {

/// Calls `use(name, value)` with every member that makes a cell, with the parts of one that is a pair or tuple, and
/// with the members of one that is a result.
template <class T, class Use>
void for_each_cell(const T& value, const std::string& name, Use&& use) {
    if constexpr (cell_type<T>) {
        use(name, value);
    } else if constexpr (is_tuple<T>) {
        std::apply(
            [&](const auto&... part) {
                int number = 0;
                (for_each_cell(part, name + "_" + std::to_string(++number), use), ...);
            },
            value);
    } else if constexpr (described_result<T>) {
        for_each_member(value, [&](std::string_view member_name, const auto& each) {
            for_each_cell(each, (name.empty() ? "" : name + "_") + std::string(member_name), use);
        });
    }
}

}  // namespace detail

/// A table of results: a row for each, a column for each member of the result's list, by its name. The members of a
/// member are columns too, `member_name`, and so are the parts of a pair or tuple, `key_1`, `key_2`; what makes no
/// cell, such as a list, is left out.
template <std::ranges::input_range Records>
requires described_result<std::remove_cvref_t<std::ranges::range_reference_t<Records>>>
[[nodiscard]] table table_of(Records&& records) {
    using result = std::remove_cvref_t<std::ranges::range_reference_t<Records>>;
    table t;
    detail::for_each_cell(
        result{}, "", [&](const std::string& name, const auto&) { t.columns.push_back(detail::column_of(name, {})); });
    for (auto&& record : records) {
        auto& row = t.rows.emplace_back();
        row.reserve(t.columns.size());
        detail::for_each_cell(record, "",
                              [&](const std::string&, const auto& value) { row.push_back(to_cell(value)); });
    }
    check(t);
    return t;
}

// Calls that no overload fits. (Compilers tell the names of these parameters in their first lines.)

template <std::ranges::input_range Records, class... NeedAFieldOfTheRecordsThatYieldsTextANumberADateOrAnEstimate>
requires(sizeof...(NeedAFieldOfTheRecordsThatYieldsTextANumberADateOrAnEstimate) > 0 &&
         !(cell_field_of<NeedAFieldOfTheRecordsThatYieldsTextANumberADateOrAnEstimate, Records> && ...)) table
    table_of(Records&&, column<NeedAFieldOfTheRecordsThatYieldsTextANumberADateOrAnEstimate>...)
= delete;

template <std::ranges::input_range Records, class... NeedColumnsOfANameAndAField>
requires(sizeof...(NeedColumnsOfANameAndAField) > 0 && !(detail::is_column<NeedColumnsOfANameAndAField> && ...)) table
    table_of(Records&&, NeedColumnsOfANameAndAField...)
= delete;

template <std::ranges::input_range NeedColumnsOrRecordsWithAListOfMembers>
requires(!described_result<std::remove_cvref_t<std::ranges::range_reference_t<NeedColumnsOrRecordsWithAListOfMembers>>>)
    table table_of(NeedColumnsOrRecordsWithAListOfMembers&&)
= delete;

}  // namespace compute_divide::inline v0_2

#endif
