// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_COLUMNS_HPP
#define COMPUTE_DIVIDE_IO_COLUMNS_HPP

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>

/// The columns of anybody's table as the fields of a struct of yours: named columns with units and missing marks.
///
///     struct model {
///         std::string name;
///         std::optional<std::chrono::sys_days> published;
///         std::optional<double> flop;
///     };
///     columns<model> wanted{{"model", &model::name},
///                           {"date", &model::published, {.headers = {"Publication date", "released"}}},
///                           {"flop", &model::flop, {.headers = {"Training compute (FLOP)"}, .unit = "FLOP"}}};
///     wanted.map("flop=Training FLOPs");                     // of a command line: that header, whatever it is called
///     csv_reader table = csv_reader::open("models.csv");
///     for (const model& m : read_columns(table, wanted)) use(m);
namespace compute_divide::inline v0_2 {

/// How a column is found and read.
struct column_request {
    std::vector<std::string> headers = {};  ///< what tables call it, the likeliest first, besides the field's own name
    std::string unit = {};                  ///< of its numbers, to be told
    bool required = true;                   ///< else the field stays as it is where the table has no such column
    /// Cells that mean "not known", in any letter case, besides blank ones; unless they are given, of all but texts and
    /// lists, to which they may be names, these: NA, N/A, NaN, null, none, unknown, ?, -, --, .. and an en or em dash.
    std::optional<std::vector<std::string>> missing = {};
    char list_separator = ';';                 ///< between the parts of a list
    date_order dates = date_order::day_first;  ///< of "6/5/2021"
};

/// What a table has for a field: for people who ask what a program reads.
struct found_column {
    std::string field = {};
    std::string type = {};  ///< "text", "number", "whole number", "date", "yes or no", "one of a, b", "list of texts"
    std::string unit = {};
    bool required = true;
    std::vector<std::string> looked_for = {};  ///< the headers, in order
    std::optional<std::string> header = {};    ///< the one that was found
    std::vector<std::string> samples = {};     ///< its first cells that are not blank, as they are

    friend bool operator==(const found_column&, const found_column&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<found_column>) {
    using result = found_column;
    return member_list(member{"field", &result::field}, member{"type", &result::type}, member{"unit", &result::unit},
                       member{"required", &result::required}, member{"looked_for", &result::looked_for},
                       member{"header", &result::header}, member{"samples", &result::samples});
}

namespace detail {

/// Types that a cell is read as and that a record may keep. A std::chrono::sys_days is the first day of a date.
template <class T>
concept column_value = (csv_cell_value<T> && !std::same_as<T, std::string_view>) ||
                       std::same_as<T, std::chrono::sys_days> || std::same_as<T, std::chrono::year>;

template <class T>
concept date_value = std::same_as<T, partial_date> || std::same_as<T, std::chrono::year_month_day> ||
    std::same_as<T, std::chrono::sys_days> || std::same_as<T, std::chrono::year>;

template <column_value T>
[[nodiscard]] std::string column_type() {
    if constexpr (std::same_as<T, bool>) return "yes or no";
    if constexpr (std::integral<T>) return "whole number";
    if constexpr (std::floating_point<T>) return "number";
    if constexpr (date_value<T>) return "date";
    if constexpr (std::same_as<T, std::string>) return "text";
    if constexpr (named_enum<T>) {
        std::string names;
        for (const auto& each : enumerators(T{})) names.append(names.empty() ? "one of " : ", ").append(each.name);
        return names;
    }
    return "list of texts";
}

/// A date as T. A day is needed by year_month_day alone.
template <date_value T>
[[nodiscard]] T read_date(std::string_view cell, decimal_mark mark, date_order order) {
    if constexpr (std::same_as<T, std::chrono::sys_days>)
        return first_day(read_value<partial_date>(cell, mark, order));
    else if constexpr (std::same_as<T, std::chrono::year>)
        return std::chrono::year{read_value<partial_date>(cell, mark, order).year};
    else
        return read_value<T>(cell, mark, order);
}

/// Whether two texts are the same but for the case of ASCII letters.
[[nodiscard]] inline bool same_word(std::string_view a, std::string_view b) {
    return std::ranges::equal(a, b, {}, ascii_lower, ascii_lower);
}
/// Whether two headers are the same but for the case of letters and for what stands between words.
[[nodiscard]] inline bool same_header(std::string_view a, std::string_view b) {
    const auto plain = [](char c) { return c == '_' || c == '-' || c == '.' ? ' ' : ascii_lower(c); };
    return std::ranges::equal(a, b, {}, plain, plain);
}

[[nodiscard]] inline bool is_missing_mark(std::string_view cell, const column_request& how) {
    constexpr std::string_view marks[]{"na", "n/a", "nan", "null", "none", "unknown", "?", "-", "--", "..", "–", "—"};
    const auto is = [cell](std::string_view mark) { return same_word(cell, mark); };
    return how.missing ? detail::any_of(*how.missing, is) : detail::any_of(marks, is);
}

/// `"a", "b" or "c"`.
[[nodiscard]] inline std::string one_of_these(const std::vector<std::string>& names, std::string_view last = " or ") {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text.append(i == 0 ? "" : i + 1 == names.size() ? last : ", ").append(shown(names[i]));
    return text;
}

}  // namespace detail

/// A column that a program wants, and where its cells go: a member pointer, or anything that is invoked with a record
/// and returns a reference to the place, `[](paper& p) -> auto& { return p.venue.name; }`. The type of the place is
/// that of the cells:
///
/// - std::string; bool; integral and floating-point numbers; enums with `enumerators`; std::vector of texts;
/// - dates, from a year, a month or a day: partial_date, std::chrono::sys_days (their first day), std::chrono::year,
///   and year_month_day, which needs the day;
/// - std::optional of these, which is empty where the cell is blank or a missing mark.
///
/// A blank cell is an error for the others, but for texts and lists. See csv_column for how cells are written.
template <class Record>
class wanted_column {
public:
    template <class Target>
    requires std::is_lvalue_reference_v<std::invoke_result_t<Target&, Record&>> &&
        detail::column_value<known_t<std::invoke_result_t<Target&, Record&>>>
        wanted_column(std::string_view field, Target target, column_request how = {})
        : field_(field),
          type_(detail::column_type<known_t<std::invoke_result_t<Target&, Record&>>>()),
          how_(std::move(how)),
          read_([target](Record& record, std::string_view cell, decimal_mark mark, const column_request& request) {
              read_into(std::invoke(target, record), cell, mark, request);
          }) {
        how_.headers.insert(how_.headers.begin(), field_);
    }

    /// The name of the field.
    [[nodiscard]] const std::string& field() const { return field_; }
    /// What its cells are read as, in words.
    [[nodiscard]] const std::string& type() const { return type_; }
    /// What was asked for.
    [[nodiscard]] const column_request& how() const { return how_; }

private:
    template <class>
    friend class columns;
    template <class>
    friend class column_reader;

    template <class Place>
    static void read_into(Place& place, std::string_view cell, decimal_mark mark, const column_request& how) {
        using value = known_t<Place>;
        constexpr bool is_text = detail::text_or_list<value>;
        const std::string_view inner = trimmed(cell);
        if constexpr (detail::is_optional<Place>) {
            const bool marked = (how.missing || !is_text) && detail::is_missing_mark(inner, how);
            if (inner.empty() || marked) return place.reset();
        } else if constexpr (is_text) {
            if (how.missing && detail::is_missing_mark(inner, how)) return static_cast<void>(place = value{});
        } else if (inner.empty()) {
            throw detail::cell_misfit{"a value"};
        }
        if constexpr (is_text)
            place = detail::read_text<value>(cell, how.list_separator);
        else if constexpr (detail::date_value<value>)
            place = detail::read_date<value>(inner, mark, how.dates);
        else
            place = detail::read_value<value>(inner, mark, how.dates);
    }

    std::string field_, type_;
    column_request how_;
    std::optional<std::string> mapped_;  // the header that the user names
    std::function<void(Record&, std::string_view, decimal_mark, const column_request&)> read_;
};

/// The columns of a table that were located: reads rows of it, or of one with the same columns.
template <class Record>
class column_reader {
public:
    /// The fields of a row put into a record; those whose column the table does not have stay as they are. Throws
    /// read_error, which names file, line, column and cell, and what is required for which field.
    void operator()(const csv_row& row, Record& record) const {
        for (const auto& [column, place] : located_) {
            const std::string_view cell = row[place];
            try {
                column.read_(record, cell, row.decimal(), column.how_);
            } catch (const detail::cell_misfit& misfit) {
                throw read_error("columns", {.file = row.file(),
                                             .line = row.line(),
                                             .field = column.mapped_ ? *column.mapped_ : std::string(headers_[place]),
                                             .value = std::string(cell),
                                             .reason = misfit.requirement + " is required for " + column.field_ +
                                                       (column.how_.unit.empty() ? "" : " in " + column.how_.unit) +
                                                       ", got " + detail::shown(cell)});
            }
        }
    }
    [[nodiscard]] Record operator()(const csv_row& row) const {
        Record record{};
        (*this)(row, record);
        return record;
    }
    /// The index of the column of a field; nothing where the table has none.
    [[nodiscard]] std::optional<std::size_t> place(std::string_view field) const {
        for (const auto& each : located_)
            if (each.column.field_ == field) return each.place;
        return std::nullopt;
    }

private:
    template <class>
    friend class columns;
    struct located_column {
        wanted_column<Record> column;
        std::size_t place;
    };
    std::vector<located_column> located_;
    std::vector<std::string> headers_;
};

/// The columns that a program wants of a table. A column is found by the header that the user named for it (`map`);
/// else by the first of its headers that the table has, exactly; else by the first that is there but for the case of
/// letters and for _, - and . in the place of spaces.
template <class Record>
class columns {
public:
    /// Throws std::invalid_argument where two have the name of one field.
    columns(std::initializer_list<wanted_column<Record>> wanted) {
        for (const wanted_column<Record>& each : wanted) add(each);
    }
    void add(wanted_column<Record> column) {
        detail::require(find(column.field_) == nullptr, "columns", "a field once", column.field_);
        wanted_.push_back(std::move(column));
    }

    /// "field=header": the field is read from the column of that header, and of no other. Throws std::invalid_argument
    /// that lists the fields where there is none of this name, and for a field that has a header already.
    columns& map(std::string_view assignment) {
        const std::size_t sign = assignment.find('=');
        detail::require(sign != std::string_view::npos, "columns::map", "FIELD=HEADER", assignment);
        return map(trimmed(assignment.substr(0, sign)), trimmed(assignment.substr(sign + 1)));
    }
    columns& map(std::string_view field, std::string_view header) {
        wanted_column<Record>* const column = find(field);
        if (column == nullptr) {
            std::vector<std::string> names;
            for (const auto& each : wanted_) names.push_back(each.field_);
            detail::fail("columns::map", "one of the fields " + detail::one_of_these(names), field);
        }
        detail::require(!column->mapped_ || *column->mapped_ == header, "columns::map",
                        "one header for " + column->field_, header);
        column->mapped_ = header;
        return *this;
    }

    /// The columns that were asked for, in order.
    [[nodiscard]] const std::vector<wanted_column<Record>>& wanted() const { return wanted_; }

    /// Finds the columns in a table (csv_reader or csv_file). Throws std::invalid_argument, which names the field, what
    /// was looked for and the columns that there are, where a required column is missing, where the header that the
    /// user named is, or where two columns fit.
    template <class Table>
    [[nodiscard]] column_reader<Record> in(const Table& table) const {
        column_reader<Record> reader;
        reader.headers_ = table.columns();
        for (const auto& each : wanted_)
            if (const auto place = locate(table, each))
                reader.located_.push_back({each, *place});
            else if (each.mapped_ || each.how_.required)
                fail_on(table, each);
        return reader;
    }

    /// What the table has for each field, also where it lacks what is required. With `samples` > 0 it reads on until
    /// each column has shown so many cells that are not blank, for at most a thousand rows.
    template <class Table>
    [[nodiscard]] std::vector<found_column> found_in(Table& table, std::size_t samples = 0) const {
        std::vector<found_column> found;
        std::vector<std::optional<std::size_t>> places;
        for (const auto& each : wanted_) {
            places.push_back(locate(table, each));
            found.push_back({.field = each.field_,
                             .type = each.type_,
                             .unit = each.how_.unit,
                             .required = each.how_.required,
                             .looked_for = looked_for(each)});
            if (places.back()) found.back().header = table.columns()[*places.back()];
        }
        std::size_t rows = 0;
        bool more = samples > 0;
        for (auto row = table.begin(); more && row != table.end(); ++row) {
            more = false;
            for (std::size_t i = 0; i < found.size(); ++i) {
                if (!places[i] || found[i].samples.size() == samples) continue;
                if (const std::string_view cell = (*row)[*places[i]]; !trimmed(cell).empty())
                    found[i].samples.emplace_back(cell);
                more = more || found[i].samples.size() < samples;
            }
            more = more && ++rows < 1000;
        }
        return found;
    }

private:
    [[nodiscard]] wanted_column<Record>* find(std::string_view field) {
        const auto found = detail::find(wanted_, field, &wanted_column<Record>::field_);
        return found == wanted_.end() ? nullptr : &*found;
    }
    [[nodiscard]] static std::vector<std::string> looked_for(const wanted_column<Record>& column) {
        return column.mapped_ ? std::vector<std::string>{*column.mapped_} : column.how_.headers;
    }
    template <class Table>
    [[nodiscard]] static std::optional<std::size_t> locate(const Table& table, const wanted_column<Record>& column) {
        const std::vector<std::string> names = looked_for(column);
        for (const std::string& name : names)
            if (table.find_column(name)) return table.column(name);  // throws where two have it
        for (const std::string& name : names) {
            std::vector<std::string> fitting;
            std::optional<std::size_t> place;
            for (std::size_t i = 0; i < table.columns().size(); ++i) {
                if (!detail::same_header(table.columns()[i], name)) continue;
                fitting.push_back(table.columns()[i]);
                place = i;
            }
            if (fitting.size() > 1)
                detail::fail("columns", "one column for " + column.field_ + " named like " + detail::shown(name),
                             std::string_view(fitting[0] + " and " + fitting[1]));
            if (place) return place;
        }
        return std::nullopt;
    }
    template <class Table>
    [[noreturn]] static void fail_on(const Table& table, const wanted_column<Record>& column) {
        throw std::invalid_argument("compute_divide::columns: a column for " + column.field_ + " (" + column.type_ +
                                    (column.how_.unit.empty() ? "" : " in " + column.how_.unit) + "), named " +
                                    detail::one_of_these(looked_for(column)) + ", is required, got " +
                                    (table.columns().empty() ? "no columns" : "the columns ") +
                                    detail::one_of_these(table.columns(), " and "));
    }

    std::vector<wanted_column<Record>> wanted_;
};

/// Options of read_columns.
struct read_columns_options {
    error_handling on_error = error_handling::fail;  ///< what becomes of a row with a cell that cannot be read
    std::size_t most_problems = 1000;                ///< that are kept; all are counted
};

/// Records from a table, with what could not be read: a range of them.
template <class Record>
struct column_table {
    std::vector<Record> records = {};
    std::vector<read_problem> problems = {};  ///< the first of them: rows left out, each with its first problem
    std::uint64_t n_problems = 0;             ///< rows left out, also those of another number of fields

    [[nodiscard]] auto begin() const { return records.begin(); }
    [[nodiscard]] auto end() const { return records.end(); }
    [[nodiscard]] std::size_t size() const { return records.size(); }
    [[nodiscard]] bool empty() const { return records.empty(); }
};

/// Reads every row of a table (csv_reader or csv_file). Under `skip` a row with a cell that cannot be read is left out
/// and counted; so are those that the table leaves out by its own options. Throws as `columns::in`, and, under `fail`,
/// read_error. One pass.
template <class Table, class Record>
[[nodiscard]] column_table<Record> read_columns(Table& table, const columns<Record>& wanted,
                                                const read_columns_options& options = {}) {
    const column_reader<Record> read = wanted.in(table);
    column_table<Record> result;
    for (const csv_row& row : table) {
        try {
            result.records.push_back(read(row));
        } catch (const read_error& error) {
            if (options.on_error == error_handling::fail) throw;
            if (result.problems.size() < options.most_problems) result.problems.push_back(error.problem());
            ++result.n_problems;
        }
    }
    for (const read_problem& each : table.problems())
        if (result.problems.size() < options.most_problems) result.problems.push_back(each);
    result.n_problems += table.n_problems();
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
