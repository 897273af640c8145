// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_HPP

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <istream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <streambuf>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/detail/openalex_json.hpp>
#include <compute_divide/io/detail/padded_lines.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/file_identity.hpp>
#include <compute_divide/io/openalex_parts.hpp>
#include <compute_divide/io/openalex_work.hpp>
#include <compute_divide/io/read_problem.hpp>

/// The works of OpenAlex (CC0), of a snapshot or of the API, as a range that is read as it goes. Needs simdjson and
/// ISA-L.
///
///     auto works = openalex_reader::open("openalex-snapshot/data/works", {.on_error = error_handling::skip});
///     for (const openalex_work& work : works) teams.add(work.year, team_of(work));
namespace compute_divide::inline v0_2 {

/// Options of openalex_reader.
struct openalex_options {
    openalex_fields fields = {};                     ///< parts of a work that are read
    error_handling on_error = error_handling::fail;  ///< what becomes of a line that cannot be read
    std::size_t most_bytes = std::size_t{1} << 26;   ///< of one line, or of a page; 1 to 4e9
    std::size_t most_problems = 1000;                ///< that `problems()` keeps; all are counted
    std::size_t block_size = std::size_t{1} << 18;   ///< bytes of text read at a time, at least 1
};

namespace detail {

/// A text in memory, as a stream reads it.
class text_buffer : public std::streambuf {
public:
    explicit text_buffer(std::string_view text) {
        char* const begin = const_cast<char*>(text.data());
        setg(begin, begin, begin + text.size());
    }
};

}  // namespace detail

/// Works as a single-pass range of openalex_work. Each file, stream or text is plain or gzip, also of several members,
/// and holds JSON lines: a work, a page of the API ({"meta": ..., "results": [works]}) or an array of works on each; or
/// one page or array written over many lines, of which the first is "{" or "[" alone.
///
/// A problem is: a line that is no JSON, or no UTF-8, or longer than `most_bytes`; a record without the id of a work; a
/// field of another type than in any vintage since 2021, or a number out of its range (a year outside 1 to 9999). Of a
/// damaged or cut gzip member, or a file that fails, what stands on whole lines before is read, and the next file goes
/// on. A file whose name ends in .gz and that is empty is a problem, too. Keys that are not known, and fields that are
/// not wanted, are not looked into: of them only UTF-8, quotes and the balance of brackets are checked.
///
/// The work lives until the next one is read, and then gives its memory to it: in the steady state nothing is
/// allocated. Copy it to keep it. Memory: 100 times the longest line, which is most_bytes at most, as of a list of
/// empty authorships (12 times where lists are no such), 3 blocks, 1 KB a problem kept, and 1 MB. Checked field by
/// field against Python on 653 works of six vintages (tests/reference/openalex_sample.py).
class openalex_reader {
public:
    class iterator;

    /// Reads a text (not a path: that is `open`), which must outlive the reader.
    explicit openalex_reader(std::string_view text, openalex_options options = {})
        : openalex_reader(std::vector<std::string>{}, options) {
        if (is_gzip(text)) {
            buffer_ = std::make_unique<detail::text_buffer>(text);
            owned_ = std::make_unique<std::istream>(buffer_.get());
            begin_source(*owned_, {});
        } else {
            lines_.open(text);
            in_source_ = true;
        }
    }
    template <std::same_as<std::string> Temporary>
    explicit openalex_reader(const Temporary&& text, openalex_options options = {}) = delete;
    /// Reads a stream, which must outlive the reader.
    explicit openalex_reader(std::istream& stream, openalex_options options = {})
        : openalex_reader(std::vector<std::string>{}, options) {
        begin_source(stream, {});
    }
    /// Reads a file, a folder, or "-", as in `openalex_parts`, with its errors.
    [[nodiscard]] static openalex_reader open(const std::string& path, openalex_options options = {}) {
        return openalex_reader(openalex_parts({path}), options);
    }
    /// Reads files, one after the other.
    [[nodiscard]] static openalex_reader open_parts(const std::vector<std::string>& paths,
                                                    openalex_options options = {}) {
        return openalex_reader(openalex_parts(paths), options);
    }
    openalex_reader(const openalex_reader&) = delete;
    openalex_reader& operator=(const openalex_reader&) = delete;

    /// The work the reader is at; the first one at first.
    [[nodiscard]] iterator begin();
    [[nodiscard]] static std::default_sentinel_t end() { return std::default_sentinel; }

    /// Works read up to now.
    [[nodiscard]] std::uint64_t n_works() const { return n_works_; }
    /// Problems up to now; each is one work, or the rest of one file, that is left out.
    [[nodiscard]] std::uint64_t n_problems() const { return n_problems_; }
    /// The first of them.
    [[nodiscard]] const std::vector<read_problem>& problems() const { return problems_; }
    /// Bytes of the files as they are, compressed or not, taken up to now.
    [[nodiscard]] std::uint64_t bytes_taken() const { return lines_.bytes_taken(); }
    /// What the bytes of the file it is at, or was at last, are, as far as they are taken.
    [[nodiscard]] file_identity identity() const { return lines_.identity(); }

private:
    explicit openalex_reader(std::vector<std::string> files, const openalex_options& options)
        : options_(checked(options)),
          files_(std::move(files)),
          lines_(options.block_size, options.most_bytes, detail::openalex_json::padding),
          json_(options.fields) {}

    [[nodiscard]] static const openalex_options& checked(const openalex_options& options) {
        detail::require(options.block_size > 0, "openalex_reader", "block_size > 0", options.block_size);
        detail::require(options.most_bytes > 0 && options.most_bytes <= 4'000'000'000, "openalex_reader",
                        "most_bytes from 1 to 4e9", options.most_bytes);
        return options;
    }

    void begin_source(std::istream& stream, std::string name) {
        file_ = std::move(name);
        lines_.open(stream);
        in_source_ = true;
    }

    /// False where there is no more file.
    bool open_next() {
        if (next_file_ == files_.size()) return false;
        const std::string& path = files_[next_file_++];
        if (path == "-") {
            begin_source(std::cin, path);
            return true;
        }
        auto file = std::make_unique<std::ifstream>(path, std::ios::binary);
        file_ = path;
        if (!file->is_open()) {
            tell(0, "the file cannot be opened");
            return true;
        }
        owned_ = std::move(file);
        begin_source(*owned_, path);
        return true;
    }

    void tell(std::size_t line, std::string reason) {
        read_problem problem{.file = file_, .line = line, .reason = std::move(reason)};
        if (options_.on_error == error_handling::fail) throw read_error("openalex_reader", std::move(problem));
        ++n_problems_;
        if (problems_.size() < options_.most_problems) problems_.push_back(std::move(problem));
    }

    /// Goes to the next work, or to the end.
    void advance() {
        done_ = true;  // until there is a work, so after an exception too
        for (;;) {
            if (next_on_page_ < page_.size()) {
                if (read(page_[next_on_page_++], true)) break;
            } else if (in_source_) {
                if (read_line()) break;
            } else if (!open_next()) {
                return;
            }
        }
        ++n_works_;
        done_ = false;
    }

    /// Whether there is a work on the next line.
    bool read_line() {
        using detail::padded_lines;
        auto found = lines_.next();
        std::string_view text;
        if (found == padded_lines::found::line) {
            text = trimmed(lines_.line());
            if (lines_.number() == 1 && text.starts_with("\xEF\xBB\xBF")) text = trimmed(text.substr(3));
            if (text.empty()) return false;
            if (lines_.number() == 1 && (text == "{" || text == "[")) {
                found = lines_.take_rest();
                text = lines_.line();
                if (found == padded_lines::found::line) text.remove_prefix(text.find_first_of("{["));
            }
        }
        switch (found) {
            case padded_lines::found::line:
                return read(text, false);
            case padded_lines::found::too_long:
                tell(lines_.number(), "more than " + std::to_string(options_.most_bytes) + " bytes");
                return false;
            case padded_lines::found::end:
                break;
        }
        in_source_ = false;
        if (!lines_.problem().empty())
            tell(lines_.number() + 1, std::string(lines_.problem()));
        else if (file_.ends_with(".gz") && lines_.identity().size == 0)
            tell(0, "a gzip file without a byte, as of a download that failed");
        return false;
    }

    /// Whether there is a work in a record.
    bool read(std::string_view text, bool on_page) {
        // Hundreds of millions of short lines fit into little gzip: where their problems are only counted, what cannot
        // be a work by its look costs no exception.
        constexpr std::string_view shortest = R"({"id":"W1"})";
        const bool is_only_counted =
            options_.on_error == error_handling::skip && problems_.size() == options_.most_problems;
        if (is_only_counted && ((text.front() != '{' && text.front() != '[') || text.size() < shortest.size())) {
            ++n_problems_;
            return false;
        }
        try {
            if (json_.read(text, work_) == detail::openalex_json::record::work) return true;
            if (on_page) throw detail::openalex_misfit{"a page on a page"};
            next_on_page_ = 0;
            json_.split(text, page_);
        } catch (detail::openalex_misfit& misfit) {
            if (!on_page) page_.clear();
            tell(lines_.number(), std::move(misfit.reason));
        }
        return false;
    }

    openalex_options options_;
    std::vector<std::string> files_;
    std::size_t next_file_ = 0;
    std::unique_ptr<std::streambuf> buffer_;
    std::unique_ptr<std::istream> owned_;
    std::string file_;
    bool in_source_ = false, started_ = false, done_ = false;
    detail::padded_lines lines_;
    detail::openalex_json json_;
    std::vector<std::string_view> page_;  // works of the page that the line is
    std::size_t next_on_page_ = 0;
    openalex_work work_;
    std::uint64_t n_works_ = 0, n_problems_ = 0;
    std::vector<read_problem> problems_;
};

class openalex_reader::iterator {
public:
    using value_type = openalex_work;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    iterator() = default;
    [[nodiscard]] const openalex_work& operator*() const { return reader_->work_; }
    [[nodiscard]] const openalex_work* operator->() const { return &reader_->work_; }
    iterator& operator++() {
        reader_->advance();
        return *this;
    }
    void operator++(int) { ++*this; }
    [[nodiscard]] bool operator==(std::default_sentinel_t) const { return reader_->done_; }

private:
    friend class openalex_reader;
    explicit iterator(openalex_reader& reader) : reader_(&reader) {}
    openalex_reader* reader_ = nullptr;
};

inline openalex_reader::iterator openalex_reader::begin() {
    if (!std::exchange(started_, true)) advance();
    return iterator(*this);
}

}  // namespace compute_divide::inline v0_2

#endif
