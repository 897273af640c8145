// SPDX-License-Identifier: BSL-1.0
#include "support/own_table.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <streambuf>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/csv_writer.hpp>
#include <compute_divide/io/tagged_records.hpp>
#include <compute_divide/report/text.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/delimiter.hpp"
#include "support/input.hpp"

namespace example {

namespace {

/// Text in UTF-8 of one in UTF-8, or in UTF-16 with its byte order mark, in which each half of a pair that has no other
/// half is U+FFFD. The line before a Dimensions' table, "About the data", is made blank.
class text_buffer : public std::streambuf {
public:
    explicit text_buffer(std::unique_ptr<std::istream> bytes) : bytes_(std::move(bytes)), raw_(std::size_t{1} << 17) {
        read();
        const std::string_view start(raw_.data(), size_);
        little_ = start.starts_with("\xFF\xFE");
        wide_ = little_ || start.starts_with("\xFE\xFF");
        decode(wide_ ? 2 : 0);
        ends_in_cr_ = text_.find('\r') < text_.size() - 1 && text_.find('\n') == std::string::npos;
        end_lines(text_.data(), text_.size());
        const std::size_t mark = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
        const std::size_t quote = text_.compare(mark, 1, "\"") == 0 ? 1 : 0;
        if (text_.compare(mark + quote, 14, "About the data") == 0)
            text_.erase(mark, std::min(text_.find('\n'), text_.size()) - mark);
        setg(text_.data(), text_.data(), text_.data() + text_.size());
    }
    [[nodiscard]] bool ends_in_cr() const { return ends_in_cr_; }
    /// The first line with something on it; what of it is in the first 128 KB.
    [[nodiscard]] std::string_view first_line() const { return first_line_of(text_); }

protected:
    int_type underflow() override {
        read();
        if (wide_) decode(0);
        char* const first = wide_ ? text_.data() : raw_.data();
        const std::size_t size = wide_ ? text_.size() : size_;
        end_lines(first, size);
        setg(first, first, first + size);
        return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
    }

private:
    void end_lines(char* first, std::size_t size) const {
        if (ends_in_cr_) std::replace(first, first + size, '\r', '\n');
    }
    void read() {
        bytes_->read(raw_.data() + left_, static_cast<std::streamsize>(raw_.size() - left_));
        size_ = left_ + static_cast<std::size_t>(bytes_->gcount());
        ended_ = size_ < raw_.size();
        left_ = 0;
    }
    [[nodiscard]] unsigned unit(std::size_t at) const {
        const auto first = static_cast<unsigned char>(raw_[at]), second = static_cast<unsigned char>(raw_[at + 1]);
        return little_ ? first + 256U * second : second + 256U * first;
    }
    void decode(std::size_t at) {
        if (!wide_) return static_cast<void>(text_.assign(raw_.data(), size_));
        text_.clear();
        const auto add = [this](unsigned lead, unsigned code, int shift) {
            text_ += static_cast<char>(lead | (code >> shift));
            for (shift -= 6; shift >= 0; shift -= 6) text_ += static_cast<char>(0x80 | ((code >> shift) & 0x3F));
        };
        for (; at < size_; at += 2) {
            const bool cut = size_ - at < 4;  // a pair may reach into the next block
            if (cut && !ended_) break;
            unsigned code = size_ - at < 2 ? 0xFFFD : unit(at);
            if (code >= 0xD800 && code < 0xE000) {
                const unsigned next = cut ? 0 : unit(at + 2);
                const bool pair = code < 0xDC00 && next >= 0xDC00 && next < 0xE000;
                code = pair ? 0x10000 + ((code - 0xD800) << 10) + (next - 0xDC00) : 0xFFFD;
                if (pair) at += 2;
            }
            if (code < 0x80)
                text_ += static_cast<char>(code);
            else if (code < 0x800)
                add(0xC0, code, 6);
            else if (code < 0x10000)
                add(0xE0, code, 12);
            else
                add(0xF0, code, 18);
        }
        left_ = at < size_ ? size_ - at : 0;
        std::copy_n(raw_.data() + size_ - left_, left_, raw_.data());
    }

    std::unique_ptr<std::istream> bytes_;
    std::vector<char> raw_;
    std::string text_;
    std::size_t size_ = 0, left_ = 0;  // bytes in raw_; of these at its start, not decoded yet
    bool ended_ = false, wide_ = false, little_ = false, ends_in_cr_ = false;
};

class text_stream : public std::istream {
public:
    explicit text_stream(std::unique_ptr<std::istream> bytes) : std::istream(nullptr), buffer_(std::move(bytes)) {
        rdbuf(&buffer_);
        exceptions(std::ios::badbit);
    }
    [[nodiscard]] std::string_view first_line() const { return buffer_.first_line(); }
    [[nodiscard]] bool ends_in_cr() const { return buffer_.ends_in_cr(); }

private:
    text_buffer buffer_;
};

char delimiter_named(const std::string& word, std::string_view first_line) {
    if (word == "auto") return delimiter_of(first_line);
    if (word == "tab" || word == "\\t") return '\t';
    if (word.size() != 1) throw usage_error("--delimiter: one character, tab or auto is required, got " + word);
    return word.front();
}

/// The header up to a comma behind which FIELD= stands.
std::string_view header_at(std::string_view text) {
    for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', comma + 1)) {
        const std::size_t end =
            text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_", comma + 1);
        if (end != std::string_view::npos && end > comma + 1 && text[end] == '=') return text.substr(0, comma);
    }
    return text;
}

class owning_stream : public std::istream {
public:
    explicit owning_stream(std::unique_ptr<std::streambuf> buffer) : std::istream(nullptr), buffer_(std::move(buffer)) {
        rdbuf(buffer_.get());
        exceptions(std::ios::badbit);
    }

private:
    std::unique_ptr<std::streambuf> buffer_;
};

/// The bytes of a part of a file.
class part_buffer : public std::streambuf {
public:
    part_buffer(const std::string& path, table_parts::part part) : left_(part.end - part.begin) {
        file_.open(path, std::ios::binary);
        file_.seekg(static_cast<std::streamoff>(part.begin));
        if (!file_) throw std::runtime_error(path + " cannot be read");
    }

protected:
    int_type underflow() override {
        file_.read(block_.data(), static_cast<std::streamsize>(std::min<std::uint64_t>(left_, block_.size())));
        const auto size = file_.gcount();
        left_ -= static_cast<std::uint64_t>(size);
        setg(block_.data(), block_.data(), block_.data() + size);
        return size == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
    }

private:
    std::ifstream file_;
    std::uint64_t left_;
    std::vector<char> block_ = std::vector<char>(std::size_t{1} << 17);
};

/// What a file is by its first line, where it is no table and what people take for one.
std::string other_format(std::string_view line) {
    if (line.starts_with("PK\x03\x04")) return "a spreadsheet (xlsx); save it as CSV";
    if (line.starts_with("\xD0\xCF\x11\xE0")) return "a spreadsheet (xls); save it as CSV";
    if (line.starts_with("TY  - ")) return "in the RIS format; export CSV, tab-delimited or plain text";
    if (line.starts_with("@") && line.find('{') < 20 && line.find('{') + 80 > line.size())
        return "BibTeX; export CSV, tab-delimited or plain text";
    if (line.starts_with("<!DOCTYPE") || line.starts_with("<html") || line.starts_with("<?xml"))
        return "HTML or XML; export CSV, tab-delimited or plain text";
    if (line.starts_with('"') && line.find("\" \"") != std::string_view::npos &&
        line.find_first_of(",;\t|") == std::string_view::npos)
        return "a table of R with blanks between its cells; write.csv, or write.table(sep = \"\\t\", qmethod = "
               "\"double\"), makes one that is read";
    return {};
}

/// A table as its file has it, and how it is written.
struct written_table {
    std::unique_ptr<std::istream> text;
    cd::csv_options options;
    bool in_lines = true;  ///< whether the file has it as it is read, in lines that end in LF
};
written_table written(const std::string& path, const std::string& delimiter, cd::csv_options options) {
    auto stream = std::make_unique<text_stream>(open_input(path));
    const std::string line(stream->first_line());
    const std::string name = path == "-" ? "standard input" : path;
    if (const std::string other = other_format(line); !other.empty()) throw std::runtime_error(name + " is " + other);
    if (delimiter == "auto" && cd::tagged_format_of(line) != cd::tagged_format::none) {
        const std::string text{std::istreambuf_iterator<char>(*stream), {}};
        options.delimiter = ',';
        return {std::make_unique<std::istringstream>(cd::csv_of_tagged(text, name, options.on_error)), options, false};
    }
    const bool in_lines = !stream->ends_in_cr();
    options.delimiter = delimiter_named(delimiter, line);
    if (options.delimiter == '\t') {
        cd::csv_options as_characters{.delimiter = '\t', .quotes = false};
        const cd::csv_reader header(std::string_view(line), as_characters);
        // Tags of two letters are of its own files, in which quotes are characters; a spreadsheet has quotes.
        const cd::export_columns known = cd::export_of(header.columns());
        const bool is_web_of_science = known.source == cd::export_source::web_of_science && known.year.size() == 2;
        options.quotes = !is_web_of_science;
        options.end_delimiter = is_web_of_science;
    }
    return {std::move(stream), options, in_lines};
}

/// The rows of a table, each with the other columns of the row of a second table that has the same id, blank where
/// there is none: as CSV, every row on the line on which the first table has it, for messages.
class joined_buffer : public std::streambuf {
public:
    /// `tells`: rows that were left out, or are alone, are told when all are read.
    joined_buffer(written_table left, const std::string& left_name, written_table other_table,
                  const std::string& right_name, const std::string& on, bool tells)
        : left_(cd::csv_reader::of(std::move(left.text), left_name, left.options)),
          right_name_(right_name),
          tells_(tells) {
        cd::csv_reader right = cd::csv_reader::of(std::move(other_table.text), right_name, other_table.options);
        const std::size_t sign = std::min(on.find('='), on.size());
        id_ = place_in(left_, on.substr(0, sign));
        const std::size_t other = place_in(right, sign == on.size() ? on : on.substr(sign + 1));
        std::vector<std::string> header = left_.columns();
        for (std::size_t i = 0; i < right.columns().size(); ++i)
            if (const std::string& name = right.columns()[i]; i != other)
                header.push_back(left_.find_column(name) ? name + ".2" : name);
        n_more_ = header.size() - left_.columns().size();
        std::unordered_map<std::string, std::uint64_t> lines;
        for (const cd::csv_row& row : right) {
            const std::string id(cd::trimmed(row[other]));
            if (id.empty()) continue;
            if (const auto [at, is_new] = lines.emplace(id, row.line()); !is_new)
                throw std::runtime_error(
                    fmt::format("{}, line {}: {} is on line {} already; one row of each is required", right_name_,
                                row.line(), id, at->second));
            auto& cells = rows_[id];
            for (std::size_t i = 0; i < row.size(); ++i)
                if (i != other) cells.emplace_back(row[i]);
        }
        if (tells_) own_table::tell(right);
        write(header);
        header_.swap(block_);
        next_ = left_.begin();
    }

protected:
    int_type underflow() override {
        block_.clear();
        block_.swap(header_);
        while (block_.size() < (std::size_t{1} << 16) && next_ != left_.end()) {
            const cd::csv_row row = *next_;
            cells_.clear();
            for (std::size_t i = 0; i < row.size(); ++i) cells_.emplace_back(row[i]);
            const auto known = rows_.find(std::string(cd::trimmed(row[id_])));
            ++n_;
            n_alone_ += known == rows_.end() ? 1U : 0U;
            if (known == rows_.end())
                cells_.resize(cells_.size() + n_more_);
            else
                cells_.insert(cells_.end(), known->second.begin(), known->second.end());
            // Blank lines of a table of several columns are no rows.
            if (cells_.size() > 1 && line_ < row.line()) write(std::string(row.line() - line_, '\n'));
            write(cells_);
            ++next_;
        }
        if (block_.empty() && std::exchange(tells_, false)) {
            own_table::tell(left_);
            if (n_alone_ > 0)
                std::fprintf(stderr, "note: %llu of %llu rows have no row in %s\n",
                             static_cast<unsigned long long>(n_alone_), static_cast<unsigned long long>(n_),
                             cd::visible_line(right_name_).c_str());
        }
        setg(block_.data(), block_.data(), block_.data() + block_.size());
        return block_.empty() ? traits_type::eof() : traits_type::to_int_type(*gptr());
    }

private:
    static std::size_t place_in(const cd::csv_reader& table, const std::string& header) {
        if (table.columns().empty()) throw nothing_to_report(table.file() + " is empty");
        if (!table.find_column(header))
            throw usage_error(fmt::format("--join-on {}: {} has the columns {}", header, table.file(),
                                          fmt::join(table.columns(), ", ")));
        return table.column(header);
    }
    void write(const std::string& text) {
        block_ += text;
        line_ += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    }
    void write(const std::vector<std::string>& cells) {
        row_.str("");
        cd::write_csv_row(row_, cells);
        write(row_.str());
    }

    cd::csv_reader left_;
    std::string right_name_;
    std::unordered_map<std::string, std::vector<std::string>> rows_;  // of the second table
    std::size_t id_ = 0, n_more_ = 0;
    cd::csv_reader::iterator next_;
    std::uint64_t line_ = 1, n_ = 0, n_alone_ = 0;  // the line that is written next; rows
    bool tells_;
    std::ostringstream row_;
    std::vector<std::string> cells_;
    std::string header_, block_;
};

}  // namespace

void column_flags::add_to(command_line& line, const std::string& bare) {
    bare_ = bare;
    line.add("--column", given_,
             "FIELD=HEADER,...: what the table calls a field" +
                 (bare.empty() ? std::string() : "; a HEADER alone is that of " + bare))
        .count(1, 1000);
    line.flag("--show-columns", show_, "what is read, in which unit, and what the table has for it; nothing else");
}

std::vector<std::pair<std::string, std::string>> column_flags::assignments() const {
    std::vector<std::pair<std::string, std::string>> all;
    for (std::string_view rest : given_) {
        while (!rest.empty()) {
            const std::string_view one = header_at(rest);
            const std::size_t sign = one.find('=');
            if (sign == std::string_view::npos && bare_.empty())
                throw usage_error(fmt::format("--column: FIELD=HEADER is required, got {}", one));
            if (sign == std::string_view::npos)
                all.emplace_back(bare_, one);
            else
                all.emplace_back(one.substr(0, sign), one.substr(sign + 1));
            rest.remove_prefix(std::min(one.size() + 1, rest.size()));
        }
    }
    return all;
}

void column_flags::rename(cd::csv_reader& table, const std::vector<cd::found_column>& fields) const {
    std::vector<cd::found_column> found = fields;
    for (const auto& [field, header] : assignments()) {
        const auto known = std::ranges::find(found, field, &cd::found_column::field);
        if (known == found.end()) {
            std::vector<std::string> names;
            for (const auto& each : fields) names.push_back(each.field);
            throw usage_error(
                fmt::format("--column: one of the fields {} is required, got {}", fmt::join(names, ", "), field));
        }
        if (!table.find_column(header))
            throw usage_error(fmt::format("--column {}={}: the table has the columns {}", field, header,
                                          fmt::join(table.columns(), ", ")));
        for (const std::string& name : known->looked_for)
            if (name != header && table.find_column(name)) table.rename_column(name, name + " (not asked for)");
        known->header = header;
        table.rename_column(header, known->looked_for.front());
    }
    if (!show_) return;
    std::vector<std::size_t> places;
    for (cd::found_column& each : found) {
        std::size_t place = table.columns().size();
        for (const std::string& name : each.looked_for)
            if (const auto at = table.find_column(name); at && place == table.columns().size()) {
                place = *at;
                if (!each.header) each.header = name;
            }
        places.push_back(place);
    }
    std::size_t rows = 0;
    for (const cd::csv_row& row : table) {
        for (std::size_t i = 0; i < found.size(); ++i)
            if (places[i] < row.size() && found[i].samples.size() < 3 && !cd::trimmed(row[places[i]]).empty())
                found[i].samples.emplace_back(row[places[i]]);
        if (++rows == 1000) break;
    }
    show_columns(found, table.file());
    finish_output();
    std::exit(0);
}

cd::table table_of_columns(const std::vector<cd::found_column>& found, const std::string& source) {
    cd::table t = cd::table_of(
        found, cd::column{"field", &cd::found_column::field},
        cd::column{"column", [](const auto& each) { return each.header.value_or(each.required ? "(missing)" : "-"); }},
        cd::column{"what", [](const auto& each) { return each.type + (each.unit.empty() ? "" : " in " + each.unit); }},
        cd::column{"needed", &cd::found_column::required},
        cd::column{"samples",
                   [](const auto& each) {
                       std::vector<std::string> cut;
                       for (const std::string& sample : each.samples)
                           cut.push_back(sample.size() > 40 ? sample.substr(0, 40) + "..." : sample);
                       return fmt::format("{}", fmt::join(cut, " | "));
                   }},
        cd::column{"looked for",
                   [](const auto& each) { return fmt::format("{}", fmt::join(each.looked_for, " | ")); }});
    t.name = "columns";
    t.title = "Columns read from " + (source == "-" ? "standard input" : source);
    t.notes.emplace_back("--column FIELD=HEADER names the column of a field.");
    return t;
}

int show_columns(const std::vector<cd::found_column>& found, const std::string& source) {
    std::fputs(to_text(table_of_columns(found, source), {.width = 100}).c_str(), stdout);
    return 0;
}

column_flags& program_columns() {
    static column_flags flags;
    return flags;
}

std::vector<cd::found_column> epoch_fields() {
    return {
        {"model", "text", "", true, {"Model", "System"}},
        {"date", "date", "", true, {"Publication date"}},
        {"organisation", "list of texts", "", true, {"Organization"}},
        {"team", "text", "", false, {"Organization categorization", "Organization Categorization"}},
        {"flop", "number", "FLOP", false, {"Training compute (FLOP)", "Training compute (FLOPs)"}},
        {"parameters", "number", "", false, {"Parameters"}},
        {"citations", "number", "", false, {"Citations"}},
        {"criteria", "list of texts", "", false, {"Notability criteria", "Inclusion criteria"}},
        {"domain", "list of texts", "", false, {"Domain"}},
        {"country", "list of texts", "", false, {"Country (of organization)", "Country (from Organization)"}},
        {"hardware", "list of texts", "", false, {"Training hardware"}},
        {"chips", "number", "", false, {"Hardware quantity"}},
        {"hours", "number", "h", false, {"Training time (hours)"}},
        {"utilisation", "number", "", false, {"Hardware utilization (MFU)", "Hardware utilization"}},
        {"data",
         "number",
         "",
         false,
         {"Training dataset size (total)", "Training dataset size (gradients)", "Training dataset size (datapoints)"}},
        {"vintage", "text", "", false, {"Vintage"}}};
}

std::vector<cd::found_column> paper_fields() {
    std::vector<cd::found_column> fields{{"venue", "text", "", true, {"venue"}},
                                         {"year", "number", "", true, {"year"}}};
    for (const auto& each : enumerators(cd::sector{}))
        fields.push_back({std::string(each.name), "number", "authors", true, {std::string(each.name)}});
    fields.push_back({"authors", "number", "", false, {"authors"}});
    for (const std::string name : {"status", "institutions", "code", "code in abstract", "code in anthology",
                                   "official code", "text", "compute terms", "topics", "pretrained terms",
                                   "title terms", "abstract terms", "repeated terms", "institution sectors"})
        fields.push_back({name, "text", "", false, {name}});
    return fields;
}

void own_table::add_to(command_line& line, const std::string& bare) {
    line.add("--csv", csv,
             "the table: a CSV file, - for standard input; gzip, tabs, semicolons, UTF-16 and the plain text of Web of "
             "Science and PubMed are read")
        .existing_file();
    line.add("--delimiter", delimiter, "between its cells: one character, tab, or auto, what its first line tells");
    line.flag("--decimal-comma", decimal_comma, "its numbers are written 1.234,5");
    auto joined =
        line.add("--join", join, "a second table: rows get the other columns of its row with the same --join-on");
    joined.existing_file();
    line.add("--join-on", on, "COLUMN, or COLUMN=COLUMN of the second table: what both name a row by").needs(joined);
    line.add("--where", where, "COLUMN=VALUE: rows that have it alone; several: that have all").count(1, 1000);
    add_on_error(line, on_error);
    columns.add_to(line, bare);
}

void own_table::check(const command_line& line, const std::vector<std::string>& others) const {
    if (!join.empty() && on.empty()) throw usage_error("--join needs --join-on COLUMN");
    if (join == "-" && csv == "-") throw usage_error("--csv - or --join -, not both");
    if (!csv.empty()) return;
    std::vector<std::string> all{"--delimiter", "--decimal-comma", "--where",       "--join",
                                 "--on-error",  "--column",        "--show-columns"};
    all.insert(all.end(), others.begin(), others.end());
    for (const std::string& each : all)
        if (line.has(each)) throw usage_error(each + " needs --csv");
}

void call_columns_as(const cd::export_columns& known, const cd::csv_reader& table,
                     std::map<std::string, std::string>& said) {
    for (auto& [field, header] : said) {
        const auto is_named = [&header = header](const std::string& each) {
            return cd::detail::same_header(each, header);
        };
        const std::string_view called = cd::column_called(known, header);
        if (!called.empty() && table.find_column(called) && std::ranges::none_of(table.columns(), is_named))
            header = called;
    }
}

usage_error without_affiliations(const own_table& table, const cd::export_columns& known, const cd::csv_reader& rows) {
    return usage_error(
        fmt::format("{} ({}) names no affiliations: {}; --column affiliation=COLUMN names a column of "
                    "them, of {}",
                    table.name(), description_of(known.source), known.without, fmt::join(rows.columns(), ", ")));
}

void row_filter::add(const std::string& one, std::optional<std::size_t> column,
                     const std::vector<std::string>& columns) {
    const std::size_t sign = one.find('=');
    if (sign == std::string::npos) throw usage_error("--where: COLUMN=VALUE is required, got " + one);
    if (!column)
        throw usage_error(fmt::format("--where {}: the table has the columns {}", one, fmt::join(columns, ", ")));
    wanted_.emplace_back(*column, cd::trimmed(std::string_view(one).substr(sign + 1)));
    text_ += (text_.empty() ? "" : ", ") + one;
}
std::optional<std::string> row_filter::note() const {
    if (wanted_.empty()) return std::nullopt;
    return fmt::format("Rows with {}; {} others.", text_, n_others_);
}

cd::csv_options own_table::options(std::size_t most_bytes) const {
    cd::csv_options options{.on_error = on_error, .most_bytes = most_bytes};
    if (decimal_comma) options.decimal = cd::decimal_mark::comma;
    return options;
}

own_table::text_and_options own_table::opened(std::size_t most_bytes, bool tells) const {
    written_table first = written(csv, delimiter, options(most_bytes));
    if (join.empty()) return {std::move(first.text), first.options};
    written_table second = written(join, "auto", options(most_bytes));
    cd::csv_options reading = options(most_bytes);
    if (!decimal_comma && (first.options.delimiter == ';' || second.options.delimiter == ';'))
        reading.decimal = cd::decimal_mark::unsaid;
    auto rows = std::make_unique<joined_buffer>(std::move(first), name(), std::move(second),
                                                join == "-" ? "standard input" : join, on, tells);
    return {std::make_unique<owning_stream>(std::move(rows)), reading};
}

cd::csv_reader open_table(const std::string& path, const cd::csv_options& options) {
    auto table = written(path, "auto", options);
    return cd::csv_reader::of(std::move(table.text), path, table.options);
}

cd::csv_reader own_table::open(std::size_t most_bytes) const {
    auto table = opened(most_bytes, true);
    return cd::csv_reader::of(std::move(table.text), csv, table.options);
}

cd::csv_reader table_parts::open(std::size_t which) const {
    cd::csv_options reading = options;
    reading.header = which == 0;
    return cd::csv_reader::of(std::make_unique<owning_stream>(std::make_unique<part_buffer>(path, parts[which])), path,
                              reading);
}

table_parts own_table::parts(std::size_t n) const {
    constexpr std::uint64_t least = std::uint64_t{1} << 22;
    std::error_code error;
    if (!join.empty() || n < 2 || !std::filesystem::is_regular_file(csv, error)) return {};
    const std::uint64_t size = std::filesystem::file_size(csv, error);
    n = std::min<std::size_t>(n, error ? 0 : size / least);
    std::ifstream file(csv, std::ios::binary);
    std::string start(20, '\0');
    if (n < 2 || !file.read(start.data(), static_cast<std::streamsize>(start.size()))) return {};
    for (const char* const alone : {"\x1F\x8B", "\xFF\xFE", "\xFE\xFF"})
        if (start.starts_with(alone)) return {};
    for (const char* const before_header : {"sep=", "SEP=", "About the data", "FN ", "PT ", "PMID-"})
        if (const std::size_t at = start.find(before_header); at <= 4) return {};
    const written_table as_written = written(csv, delimiter, options(cd::csv_options{}.most_bytes));
    if (!as_written.in_lines) return {};
    table_parts all{.path = csv, .options = as_written.options};

    file.seekg(0);
    std::vector<char> block(std::size_t{1} << 18);
    std::uint64_t begin = 0, done = 0;
    bool within = false;  // quotes
    for (std::size_t i = 1; i < n; ++i) {
        const std::uint64_t wanted = size / n * i;
        std::optional<std::uint64_t> end;
        while (!end && file) {
            file.read(block.data(), static_cast<std::streamsize>(block.size()));
            const std::string_view text(block.data(), static_cast<std::size_t>(file.gcount()));
            std::size_t from = 0;
            if (done + text.size() > wanted) {
                from = wanted > done ? static_cast<std::size_t>(wanted - done) : 0;
                within = within !=
                         (all.options.quotes &&
                          std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(from), '"') % 2 == 1);
                for (std::size_t at = from; at + 1 < text.size() && !end; ++at) {
                    if (text[at] == '"' && all.options.quotes) within = !within;
                    // A part that began with a byte order mark would lose it.
                    if (text[at] == '\n' && !within && text[at + 1] != '\xEF') end = done + at + 1;
                }
                if (end) {  // the next part is counted from there
                    file.clear();
                    file.seekg(static_cast<std::streamoff>(*end));
                    done = *end;
                    break;
                }
                if (!text.empty() && text.back() == '"' && all.options.quotes) within = !within;
            } else {
                within = within != (all.options.quotes && std::ranges::count(text, '"') % 2 == 1);
            }
            done += text.size();
        }
        if (!end) break;
        if (*end > begin) all.parts.push_back({begin, *end});
        begin = *end;
    }
    all.parts.push_back({begin, size});
    return all;
}

cd::csv_file own_table::open_file(std::optional<cd::decimal_mark> decimal) const {
    // The first pass reads what was opened to see how the table is written, since standard input is there once.
    auto first = std::make_shared<text_and_options>(opened(cd::csv_options{}.most_bytes, true));
    cd::csv_options reading = first->options;
    if (decimal) reading.decimal = decimal;
    return cd::csv_file(
        csv,
        [first, table = *this](const std::string&) {
            return first->text ? std::move(first->text) : table.opened(cd::csv_options{}.most_bytes, false).text;
        },
        reading);
}

}  // namespace example
