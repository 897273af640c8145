// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_CSV_READER_HPP
#define COMPUTE_DIVIDE_IO_CSV_READER_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <iterator>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <compute_divide/detail/input_file.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/detail/csv_window.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>

/// Tables of comma-separated values (RFC 4180): a single-pass range of rows.
///
///     csv_reader table = csv_reader::open("models.csv");
///     const std::size_t flop = table.column("Training compute (FLOP)");
///     for (const csv_row& row : table) use(row["Model"], row[flop]);
///
/// Fields may be quoted, and then hold delimiters, line ends and doubled quotes. Records end with LF or CRLF, the last
/// one also with the text. A byte order mark is skipped. A quote inside an unquoted field is text, as is a CR without
/// an LF, but not in the header. Names of columns are taken without the white space around them. A first line `sep=;`,
/// as spreadsheets write it, says the delimiter. A line with nothing on it is no record, except in a table of one
/// column, where it is an empty field.
///
/// Errors: an unclosed quote, text after a closing quote, a NUL byte, a number of fields that differs from the first
/// record's, or is above `most_columns`; a record of a stream of more than `most_bytes`, of which what stands on later
/// lines is read on; a header in UTF-16; a header with a CR that no LF follows, as of files whose lines end in CR
/// alone.
namespace compute_divide::inline v0_2 {

/// Options of csv_reader.
struct csv_options {
    char delimiter = ',';                      ///< any byte but a quote, CR, LF or NUL
    std::optional<decimal_mark> decimal = {};  ///< of numbers; unsaid where `;` delimits, else a point
    bool header = true;                        ///< whether the first record names the columns
    bool quotes = true;          ///< whether `"` quotes a field; where not (Web of Science), it is a character as any
    bool end_delimiter = false;  ///< whether a delimiter may also end a record, which then has an empty field too many
    error_handling on_error = error_handling::fail;  ///< what becomes of a record that cannot be read
    std::size_t block_size = std::size_t{1} << 18;   ///< bytes read from a stream at a time, at least 1
    std::size_t most_bytes = std::size_t{1} << 26;   ///< of a record of a stream
    std::size_t most_columns = std::size_t{1} << 16;
    std::size_t most_problems = 1000;  ///< that `problems()` keeps; all are counted
};

class csv_reader;

/// The row a reader is at. It and its fields live until the reader goes on to the next one.
class csv_row {
public:
    [[nodiscard]] std::size_t size() const;
    /// The field of a column, without its quotes. Throws std::invalid_argument where there is no such column.
    [[nodiscard]] std::string_view operator[](std::size_t column) const;
    [[nodiscard]] std::string_view operator[](std::string_view column_name) const;
    /// The line of the text on which the row begins, from 1.
    [[nodiscard]] std::uint64_t line() const;
    /// The path of the file that the row is of; empty for a text or a stream.
    [[nodiscard]] const std::string& file() const;
    /// How the table's numbers are written.
    [[nodiscard]] decimal_mark decimal() const;

private:
    friend class csv_reader;
    explicit csv_row(csv_reader& reader) : reader_(&reader) {}
    csv_reader* reader_;
};

/// A table as a single-pass range of csv_row, one pass over the bytes. A text is read where it is; a stream is read in
/// blocks, with one block and the longest record in memory: no more than 3 most_bytes + 2 block_size + 150 most_columns
/// + 1 KB a problem that is kept, whatever the bytes. Fields with doubled quotes are copied when asked for,
/// others never. Checked row by row against Python's csv module on three published tables.
class csv_reader {
public:
    class iterator;

    /// Reads a text (not a path: that is `open`), which must outlive the reader. Throws read_error for a header that
    /// cannot be read.
    explicit csv_reader(std::string_view text, csv_options options = {})
        : csv_reader(detail::csv_window(text), options) {}
    template <std::same_as<std::string> Temporary>
    explicit csv_reader(const Temporary&& text, csv_options options = {}) = delete;
    /// Reads a stream, which must outlive the reader. Throws std::runtime_error where the stream fails.
    explicit csv_reader(std::istream& stream, csv_options options = {})
        : csv_reader(detail::csv_window(stream, checked(options).block_size), options) {}
    /// Reads a file. Throws std::invalid_argument where it cannot be opened.
    [[nodiscard]] static csv_reader open(const std::string& path, csv_options options = {}) {
        auto file = std::make_unique<detail::input_file>(path, std::ios::binary);
        detail::require(file->is_open(), "csv_reader::open", "a file that can be read", path);
        std::istream& stream = *file;
        return csv_reader(detail::csv_window(stream, checked(options).block_size, std::move(file)), options, path);
    }
    /// Reads a stream that the reader owns, such as one that decompresses a file; problems name it by `file`. Throws
    /// std::invalid_argument where there is none, or it has failed.
    [[nodiscard]] static csv_reader of(std::unique_ptr<std::istream> stream, std::string file,
                                       csv_options options = {}) {
        detail::require(stream && stream->good(), "csv_reader::of", "a stream that can be read", file);
        std::istream& source = *stream;
        return csv_reader(detail::csv_window(source, checked(options).block_size, std::move(stream)), options,
                          std::move(file));
    }
    csv_reader(const csv_reader&) = delete;
    csv_reader& operator=(const csv_reader&) = delete;

    /// The path of the file that is read; empty for a text or a stream.
    [[nodiscard]] const std::string& file() const { return file_; }
    /// How the table's numbers are written: as the options say; else unsaid where `;` delimits, with a point elsewhere.
    [[nodiscard]] decimal_mark decimal() const {
        return options_.decimal.value_or(options_.delimiter == ';' ? decimal_mark::unsaid : decimal_mark::point);
    }
    /// The names of the columns; none where there is no header.
    [[nodiscard]] const std::vector<std::string>& columns() const { return columns_; }
    /// The index of a column, to look it up once: row[index] is faster than row[name]. Throws std::invalid_argument
    /// that lists the columns where none or more than one has the name.
    [[nodiscard]] std::size_t column(std::string_view name) const {
        const auto known = places_.find(trimmed(name));
        const std::size_t namesakes = known == places_.end() ? 0 : known->second.columns;
        if (namesakes == 1) return known->second.first;
        std::string requirement = namesakes > 1
                                      ? "a name that one column has, not " + std::to_string(namesakes) + ", of"
                                      : "the name of one of the columns";
        for (const std::string& each : columns_) requirement.append(&each == columns_.data() ? " " : ", ").append(each);
        detail::fail("csv_reader::column", requirement, name);
    }
    /// The index of the first column with this name; nothing where there is none.
    [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const {
        const auto known = places_.find(trimmed(name));
        if (known == places_.end()) return std::nullopt;
        return known->second.first;
    }

    /// Gives a column another name, as if the header had it: a reader of published tables then finds it in others.
    /// Throws as `column` where none or more than one has the name `from`, and where another has the name `to`.
    void rename_column(std::string_view from, std::string_view to) {
        const std::size_t place = column(from);
        if (columns_[place] == trimmed(to)) return;
        detail::require(!find_column(to), "csv_reader::rename_column", "a name that no other column has", to);
        columns_[place] = trimmed(to);
        find_places();
    }

    /// The first records left out up to now under error_handling::skip, each with its first problem.
    [[nodiscard]] const std::vector<read_problem>& problems() const { return problems_; }
    /// How many were left out.
    [[nodiscard]] std::uint64_t n_problems() const { return n_problems_; }

    /// The row the reader is at; the first one at first.
    [[nodiscard]] iterator begin();
    [[nodiscard]] static std::default_sentinel_t end() { return std::default_sentinel; }

private:
    friend class csv_row;
    struct field {
        std::string_view text;  // without the quotes around it
        bool doubled;           // whether it holds doubled quotes
    };
    /// Where a name of a column is.
    struct column_place {
        std::size_t first = 0, columns = 0;
    };

    explicit csv_reader(detail::csv_window window, csv_options options, std::string file = {})
        : window_(std::move(window)), options_(checked(options)), file_(std::move(file)) {
        while (!window_.complete() && window_.end() - window_.begin() < 3) window_.extend();
        std::string_view start(window_.begin(), window_.end());
        if (start.starts_with('s') || start.starts_with('S') || start.starts_with('"') || start.starts_with('\xEF'))
            while (!window_.complete() && window_.end() - window_.begin() < 16) window_.extend();
        next_ = window_.begin();
        start = {window_.begin(), window_.end()};
        if (start.starts_with("\xEF\xBB\xBF")) {
            next_ += 3;
            start.remove_prefix(3);
        }
        if (!options_.header) return;
        if (start.starts_with("\xFF\xFE") || start.starts_with("\xFE\xFF"))
            throw read_error("csv_reader", {.file = file_,
                                            .line = 1,
                                            .column = 1,
                                            .reason = "text in UTF-8 is required, got UTF-16 by its first two bytes "
                                                      "(iconv -f UTF-16 -t UTF-8 makes one of the other)"});
        take_separator(start);
        advance(error_handling::fail);
        if (done_) return;
        for (std::size_t i = 0; i < fields_.size(); ++i) {
            if (const std::size_t cr = fields_[i].text.find('\r'); cr != std::string_view::npos && !is_quoted(i)) {
                note(fields_[i].text.data() + cr,
                     "a CR that no LF follows in the header: lines must end in LF or CRLF");
                throw read_error("csv_reader", located_problem());
            }
            columns_.emplace_back(trimmed(field_text(i)));
        }
        find_places();
    }
    void find_places() {
        places_.clear();
        for (std::size_t i = 0; i < columns_.size(); ++i)
            if (column_place& place = places_[columns_[i]]; place.columns++ == 0) place.first = i;
    }

    /// A first line `sep=;`, quoted or not.
    void take_separator(std::string_view start) {
        const std::size_t quote = start.starts_with('"') ? 1 : 0;
        const std::string_view rest = start.substr(quote);
        if (rest.size() < 5 || !(rest.starts_with("sep=") || rest.starts_with("SEP="))) return;
        std::string_view after = rest.substr(5);
        if (quote > 0 && !after.starts_with('"')) return;
        after.remove_prefix(quote);
        if (after.starts_with('\r')) after.remove_prefix(1);
        if (!after.starts_with('\n')) return;
        options_.delimiter = rest[4];
        static_cast<void>(checked(options_));
        next_ = after.data() + 1;
    }
    [[nodiscard]] bool is_quoted(std::size_t i) const {
        return options_.quotes && fields_[i].text.data() > window_.begin() && *(fields_[i].text.data() - 1) == '"';
    }

    [[nodiscard]] static const csv_options& checked(const csv_options& options) {
        detail::require_delimiter(options.delimiter, "csv_reader");
        detail::require(options.block_size > 0, "csv_reader", "block_size > 0", options.block_size);
        detail::require(options.most_bytes > 0, "csv_reader", "most_bytes > 0", options.most_bytes);
        detail::require(options.most_columns > 0, "csv_reader", "most_columns > 0", options.most_columns);
        return options;
    }

    /// Goes to the next record without a problem, or to the end.
    void advance(error_handling on_error) {
        done_ = true;  // until there is a row, so after an exception too
        for (;;) {
            window_.drop_to(next_);
            while (window_.begin() == window_.end() && !window_.complete()) window_.extend();
            if (window_.begin() == window_.end()) return;
            bool too_long = false;
            while (!too_long && !scan_record()) {
                too_long = static_cast<std::size_t>(window_.end() - window_.begin()) > options_.most_bytes;
                if (!too_long) window_.extend();
            }
            if (too_long) {
                note_in_place_of_others(window_.begin(),
                                        "a record of more than " + std::to_string(options_.most_bytes) + " bytes");
                leave_out(on_error);
                to_next_line();
                continue;
            }
            const bool blank_line = record_end_ == window_.begin();
            if (blank_line && width_ != 1) continue;
            if (options_.end_delimiter && width_ != 0 && n_fields_ == width_ + 1 && record_end_ != window_.begin() &&
                record_end_[-1] == options_.delimiter)
                --n_fields_;
            if (problem_place_ == nullptr && width_ != 0 && n_fields_ != width_)
                note(record_end_, std::to_string(width_) + " field(s) required, got " + std::to_string(n_fields_));
            if (problem_place_ == nullptr && n_fields_ > options_.most_columns)
                note(record_end_, "no more than " + std::to_string(options_.most_columns) + " columns, got " +
                                      std::to_string(n_fields_));
            if (problem_place_ == nullptr) {
                width_ = n_fields_;
                done_ = false;
                return;
            }
            leave_out(on_error);
        }
    }
    void leave_out(error_handling on_error) {
        if (on_error == error_handling::fail) throw read_error("csv_reader", located_problem());
        if (problems_.size() < options_.most_problems) problems_.push_back(located_problem());
        ++n_problems_;
    }
    /// Goes to the line after the one that the window begins with, whatever is on it.
    void to_next_line() {
        for (;;) {
            const char* const at = std::find(window_.begin(), window_.end(), '\n');
            next_ = at == window_.end() ? at : at + 1;
            if (at != window_.end() || window_.complete()) return;
            window_.drop_to(window_.end());
            window_.extend();
        }
    }

    /// Reads the record at the start of the window: fields_, record_end_, next_ and the first problem. False where the
    /// window ends before the record does.
    [[nodiscard]] bool scan_record() {
        const char* at = window_.begin();
        const char* const end = window_.end();
        const bool complete = window_.complete();
        const char delimiter = options_.delimiter;
        fields_.clear();
        n_fields_ = 0;
        const std::size_t kept = width_ != 0 ? width_ : options_.most_columns;
        const auto add_field = [&](std::string_view text, bool doubled) {
            if (n_fields_++ < kept) fields_.push_back({text, doubled});
        };
        unescaped_.clear();
        problem_place_ = nullptr;
        for (;; ++at) {
            const char* const start = at;
            const bool quoted = options_.quotes && at != end && *at == '"';
            bool doubled = false;
            if (quoted) {
                at = closing_quote(start + 1, end, doubled);
                if (!complete && end - at < 2) return false;
                if (at == end) {
                    problem_place_ = start;
                    problem_reason_ = "a quoted field is not closed";
                    const char* const line_end = std::find(start, end, '\n');
                    next_ = line_end == end ? end : line_end + 1;
                    record_end_ = end;
                    return true;
                }
                add_field({start + 1, at}, doubled);
                ++at;
            }
            const char* const rest = at;
            for (;; ++at) {
                at = detail::find_stop<'\r' + 1>(at, end, delimiter);
                if (at == end || *at == delimiter || *at == '\n') break;
                if (*at == '\r' && end - at < 2 && !complete) return false;
                if (*at == '\r' && end - at >= 2 && at[1] == '\n') break;
                if (*at == '\0') note(at, "a NUL byte");
            }
            if (at == end && !complete) return false;
            if (!quoted)
                add_field({start, at}, false);
            else if (at != rest)
                note(rest, rest[-2] == '\\' ? "text after a closing quote behind a backslash: quotes in a field are "
                                              "doubled (R's write.table does so with qmethod = \"double\")"
                                            : "text after a closing quote");
            if (at == end || *at != delimiter) break;
        }
        record_end_ = at;
        next_ = at == end ? end : at + (*at == '\r' ? 2 : 1);
        return true;
    }

    /// The quote that closes a field whose text begins at `at`, or `end`.
    [[nodiscard]] const char* closing_quote(const char* at, const char* end, bool& doubled) {
        for (;;) {
            at = detail::find_stop<1>(at, end, '"');
            if (at == end) return end;
            if (*at == '\0') {
                note(at, "a NUL byte");
                ++at;
            } else if (end - at >= 2 && at[1] == '"') {
                doubled = true;
                at += 2;
            } else {
                return at;
            }
        }
    }

    void note_in_place_of_others(const char* place, std::string reason) {
        problem_place_ = nullptr;
        note(place, std::move(reason));
    }
    /// Keeps the first problem of a record.
    void note(const char* place, std::string reason) {
        if (problem_place_ != nullptr) return;
        problem_place_ = place;
        problem_reason_ = std::move(reason);
    }
    [[nodiscard]] read_problem located_problem() {
        const std::string_view before(window_.begin(), problem_place_);
        return {.file = file_,
                .line = window_.line() + detail::count_lines(window_.begin(), problem_place_),
                .column = before.size() - (before.rfind('\n') + 1) + 1,
                .reason = problem_reason_};
    }

    /// A field of the record; the first time that one with doubled quotes is asked for, it is copied without them. The
    /// copies of a record fit in the space reserved for the first of them, so that they stay where they are.
    [[nodiscard]] std::string_view field_text(std::size_t column) {
        field& wanted = fields_[column];
        if (wanted.doubled) {
            if (unescaped_.empty()) unescaped_.reserve(static_cast<std::size_t>(record_end_ - window_.begin()));
            const std::size_t start = unescaped_.size();
            std::string_view left = wanted.text;
            for (std::size_t quote; (quote = left.find('"')) != std::string_view::npos; left.remove_prefix(quote + 2))
                unescaped_.append(left, 0, quote + 1);
            unescaped_.append(left);
            wanted = {std::string_view(unescaped_).substr(start), false};
        }
        return wanted.text;
    }

    detail::csv_window window_;  // begins with the record the reader is at
    csv_options options_;
    std::string file_;
    std::vector<std::string> columns_;
    std::unordered_map<std::string_view, column_place> places_;  // of the names, which are in columns_
    std::vector<read_problem> problems_;
    std::uint64_t n_problems_ = 0;
    std::vector<field> fields_;  // of the record
    std::size_t n_fields_ = 0;   // of the record, of which no more are kept than the table has columns
    std::string unescaped_;      // text of those that held doubled quotes
    const char* record_end_ = nullptr;
    const char* next_ = nullptr;           // where the next record begins
    const char* problem_place_ = nullptr;  // null where the record has none
    std::string problem_reason_;
    std::size_t width_ = 0;  // fields of the first record
    bool started_ = false;
    bool done_ = false;
};

class csv_reader::iterator {
public:
    using value_type = csv_row;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    [[nodiscard]] csv_row operator*() const { return csv_row(*reader_); }
    iterator& operator++() {
        reader_->advance(reader_->options_.on_error);
        return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const { return reader_->done_; }

private:
    friend class csv_reader;
    explicit iterator(csv_reader& reader) : reader_(&reader) {}
    csv_reader* reader_ = nullptr;
};

inline csv_reader::iterator csv_reader::begin() {
    if (!std::exchange(started_, true) && !done_) advance(options_.on_error);
    return iterator(*this);
}

inline std::size_t csv_row::size() const {
    return reader_->fields_.size();
}
inline std::string_view csv_row::operator[](std::size_t column) const {
    detail::require(column < size(), "csv_row", "a column below the number of fields", column);
    return reader_->field_text(column);
}
inline std::string_view csv_row::operator[](std::string_view column_name) const {
    return (*this)[reader_->column(column_name)];
}
inline std::uint64_t csv_row::line() const {
    return reader_->window_.line();
}
inline decimal_mark csv_row::decimal() const {
    return reader_->decimal();
}
inline const std::string& csv_row::file() const {
    return reader_->file_;
}

/// The fields of a single record, such as a list within a field. No fields for an empty text. Throws read_error where
/// the text is more than one record or none that can be read.
[[nodiscard]] inline std::vector<std::string> parse_csv_record(std::string_view text, char delimiter = ',') {
    csv_reader reader(text, {.delimiter = delimiter, .header = false});
    std::vector<std::string> fields;
    for (const csv_row& row : reader) {
        if (!fields.empty())
            throw read_error(
                "csv_reader",
                {.line = row.line(), .column = 1, .reason = "a single record is required, got another one"});
        for (std::size_t i = 0; i < row.size(); ++i) fields.emplace_back(row[i]);
    }
    return fields;
}

}  // namespace compute_divide::inline v0_2

#endif
