// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OWN_TABLE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OWN_TABLE_HPP

#include <cstddef>
#include <cstdint>
#include <istream>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/io/csv_file.hpp>
#include <compute_divide/io/csv_reader.hpp>

#include "support/command_line.hpp"

/// Anybody's table: its columns by the names that it has.
namespace example {

namespace cd = compute_divide;

/// What a program's fields are called in the table: `--column date=released,flop="Training FLOPs"`, and --show-columns.
class column_flags {
public:
    /// `bare`: the field that a header without FIELD= is for; none where it is empty.
    void add_to(command_line& line, const std::string& bare = "");

    /// The pairs of field and header. A comma is a part of a header where no FIELD= follows it.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> assignments() const;
    /// Throws usage_error for a field that is none of the program's.
    template <class Record>
    void apply(cd::columns<Record>& wanted) const {
        for (const auto& [field, header] : assignments()) name(wanted, field, header);
    }
    template <class Record>
    static void name(cd::columns<Record>& wanted, const std::string& field, const std::string& header) {
        try {
            wanted.map(field, header);
        } catch (const std::invalid_argument& error) {
            throw usage_error("--column " + field + "=" + header + ": " + error.what());
        }
    }
    /// Gives the columns of a published table the names that its reader looks for, of which the program's fields are
    /// others: `date` is "Publication date". Where --show-columns is given, prints what it finds and ends the program.
    void rename(cd::csv_reader& table, const std::vector<cd::found_column>& fields) const;

    [[nodiscard]] bool show() const { return show_; }

private:
    std::vector<std::string> given_;
    std::string bare_;
    bool show_ = false;
};

/// What a program reads and what it found, as a table.
[[nodiscard]] cd::table table_of_columns(const std::vector<cd::found_column>& found, const std::string& source);

/// Prints it, and returns what the program ends with.
int show_columns(const std::vector<cd::found_column>& found, const std::string& source);

/// --column and --show-columns of the program, where it reads a published table.
[[nodiscard]] column_flags& program_columns();
/// A published table under the names that its reader looks for, as --column says.
[[nodiscard]] inline cd::csv_reader&& renamed(cd::csv_reader&& table, const std::vector<cd::found_column>& fields) {
    program_columns().rename(table, fields);
    return std::move(table);
}
/// The fields of Epoch AI's table of models, and of tables of papers as ours: what --column calls them.
[[nodiscard]] std::vector<cd::found_column> epoch_fields();
[[nodiscard]] std::vector<cd::found_column> paper_fields();

/// A file in parts that hold whole rows, the header in the first, and how it is written.
struct table_parts {
    struct part {
        std::uint64_t begin = 0, end = 0;  ///< bytes
    };
    std::string path;
    std::vector<part> parts = {};
    cd::csv_options options = {};

    [[nodiscard]] cd::csv_reader open(std::size_t which) const;
};

/// A table that the user names, and how it is written.
struct own_table {
    std::string csv;
    std::string join, on;            ///< a second table, of which rows get the columns of the row with the same id
    std::string delimiter = "auto";  ///< "auto": what the first line has most of
    bool decimal_comma = false;
    cd::error_handling on_error = cd::error_handling::fail;
    std::vector<std::string> where;  ///< COLUMN=VALUE, of the rows that count; empty: all
    column_flags columns;

    /// --csv, --delimiter, --decimal-comma, --join, --join-on, --where, --on-error, --column and --show-columns.
    void add_to(command_line& line, const std::string& bare = "");

    /// Opens it: a file or standard input, gzip or not, in UTF-8 or UTF-16, with , ; tab or | between; what Web of
    /// Science and Dimensions export as they write it, and the plain text of Web of Science and PubMed, which is kept
    /// in memory. Throws runtime_error for a spreadsheet's file, BibTeX, RIS, HTML and XML, usage_error for a delimiter
    /// that is none. A row of more than `most_bytes` cannot be read.
    [[nodiscard]] cd::csv_reader open(std::size_t most_bytes = cd::csv_options{}.most_bytes) const;
    /// The same, to be read as often as it is asked for. `decimal`: how numbers are written, where it is said.
    [[nodiscard]] cd::csv_file open_file(std::optional<cd::decimal_mark> decimal = {}) const;
    /// The file in at most `n` parts of some megabytes or more; in none where it can be read from its start alone, as
    /// standard input, gzip and UTF-16 can. A row is taken to end where the quotes before are even in number. Of a file
    /// that has quotes within cells this may be wrong: a part then ends within a quoted cell, which is an error of its
    /// reader, and the file has to be read as one.
    [[nodiscard]] table_parts parts(std::size_t n) const;
    /// Throws usage_error where options do not go together; and where options of tables, or these others, are given
    /// without --csv.
    void check(const command_line& line, const std::vector<std::string>& others = {}) const;
    /// How it is called in messages.
    [[nodiscard]] std::string name() const { return csv == "-" ? "standard input" : csv; }
    /// Tells the rows that were left out.
    static void tell(const cd::csv_reader& table) { tell_problems(table.problems(), table.n_problems()); }

private:
    struct text_and_options {
        std::unique_ptr<std::istream> text;
        cd::csv_options options;
    };
    [[nodiscard]] cd::csv_options options(std::size_t most_bytes) const;
    [[nodiscard]] text_and_options opened(std::size_t most_bytes, bool tells) const;
};

/// The columns of a table. Throws usage_error, which says how to name them, where one that is needed is not there.
template <class Record>
[[nodiscard]] cd::column_reader<Record> located(const cd::columns<Record>& wanted, const cd::csv_reader& table) {
    try {
        return wanted.in(table);
    } catch (const std::invalid_argument& error) {
        throw usage_error(std::string(error.what()) + "; --column FIELD=HEADER names it");
    }
}

/// Of the headers that the user names for fields, "year", "venue", "authors", "id" and "affiliation" mean the columns
/// that an export has for them, where it has none of these names.
void call_columns_as(const cd::export_columns& known, const cd::csv_reader& table,
                     std::map<std::string, std::string>& said);

/// Of an export that names no affiliations: how to get one that does.
[[nodiscard]] usage_error without_affiliations(const own_table& table, const cd::export_columns& known,
                                               const cd::csv_reader& rows);

/// The rows that have all of some values.
class row_filter {
public:
    /// Of COLUMN=VALUE each. Throws usage_error for one that is none, and for a column that the table does not have.
    template <class Table>
    row_filter(const Table& table, const std::vector<std::string>& where) {
        for (const std::string& each : where)
            add(each, table.find_column(each.substr(0, each.find('='))), table.columns());
    }

    [[nodiscard]] bool operator()(const cd::csv_row& row) const {
        for (const auto& [column, value] : wanted_)
            if (cd::trimmed(row[column]) != value) {
                ++n_others_;
                return false;
            }
        return true;
    }
    /// Which rows were left out, where any could be.
    [[nodiscard]] std::optional<std::string> note() const;
    void note(cd::table& t) const {
        if (const auto text = note()) t.notes.push_back(*text);
    }
    void begin_anew() const { n_others_ = 0; }
    /// That of another part of the rows.
    void merge(const row_filter& more) { n_others_ += more.n_others_; }

private:
    void add(const std::string& one, std::optional<std::size_t> column, const std::vector<std::string>& columns);

    std::vector<std::pair<std::size_t, std::string>> wanted_;
    std::string text_;
    mutable std::uint64_t n_others_ = 0;
};

/// The rows of a file that have what --where asks for, as often as they are asked for.
class wanted_rows {
public:
    wanted_rows(cd::csv_file& file, const std::vector<std::string>& where) : file_(&file), filter_(file, where) {}

    class iterator {
    public:
        using value_type = cd::csv_row;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::input_iterator_tag;

        iterator() = default;
        iterator(cd::csv_reader::iterator at, const row_filter& filter) : at_(at), filter_(&filter) { skip(); }
        [[nodiscard]] cd::csv_row operator*() const { return *at_; }
        iterator& operator++() {
            ++at_;
            skip();
            return *this;
        }
        void operator++(int) { ++*this; }
        [[nodiscard]] bool operator==(std::default_sentinel_t end) const { return at_ == end; }

    private:
        void skip() {
            while (at_ != std::default_sentinel && !(*filter_)(*at_)) ++at_;
        }
        cd::csv_reader::iterator at_;
        const row_filter* filter_ = nullptr;
    };
    [[nodiscard]] iterator begin() {
        filter_.begin_anew();
        return {file_->begin(), filter_};
    }
    [[nodiscard]] static std::default_sentinel_t end() { return std::default_sentinel; }

    [[nodiscard]] const row_filter& filter() const { return filter_; }

private:
    cd::csv_file* file_;
    row_filter filter_;
};

}  // namespace example

template <>
inline constexpr bool compute_divide::begins_anew<example::wanted_rows> = true;

#endif
