// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_CSV_FILE_HPP
#define COMPUTE_DIVIDE_IO_CSV_FILE_HPP

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <istream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/io/csv_reader.hpp>

/// A CSV file as a range that can be walked through as often as it is needed.
namespace compute_divide::inline v0_2 {

/// The rows of a CSV file, read from its start each time that begin() is called: a table of any length, as often as it
/// is asked for, in the memory of a row. Standard input ("-"), and what else can be read only once, such as a pipe with
/// a name or of a process substitution, is kept whole.
///
///     csv_file papers("papers.csv");
///     const csv_column<int> year(papers, "year");
///     tabulate(papers, year);
///
/// One pass at a time: begin() takes the rows of the pass before away. Problems are those of the last pass.
class csv_file {
public:
    /// Throws std::invalid_argument where the file cannot be opened and for impossible options; read_error for a header
    /// that cannot be read.
    explicit csv_file(std::string path, csv_options options = {})
        : csv_file(std::move(path), std::function<std::unique_ptr<std::istream>(const std::string&)>(), options) {}
    /// Reads the streams that `stream_of(path)` makes, one for each pass, such as those that decompress a file. Throws
    /// std::invalid_argument where it makes none.
    csv_file(std::string path, std::function<std::unique_ptr<std::istream>(const std::string&)> stream_of,
             csv_options options = {})
        : path_(std::move(path)), options_(options), stream_of_(std::move(stream_of)) {
        std::error_code error;
        const auto type = std::filesystem::status(path_, error).type();
        using enum std::filesystem::file_type;
        is_kept_ = path_ == "-" || type == fifo || type == character || type == socket;
        const auto keep = [this](std::istream& once) {
            detail::require(once.good(), "csv_file", "a file that can be read", path_);
            text_.assign(std::istreambuf_iterator<char>(once), {});
        };
        if (is_kept_ && stream_of_) {
            const auto once = stream_of_(path_);
            detail::require(once != nullptr, "csv_file", "a stream", path_);
            keep(*once);
        } else if (path_ == "-") {
            keep(std::cin);
        } else if (is_kept_) {
            std::ifstream once(path_, std::ios::binary);
            keep(once);
        }
        open();
    }

    /// As of csv_reader.
    [[nodiscard]] const std::vector<std::string>& columns() const { return reader_->columns(); }
    /// As of csv_reader.
    [[nodiscard]] std::size_t column(std::string_view name) const { return reader_->column(name); }
    /// As of csv_reader.
    [[nodiscard]] std::optional<std::size_t> find_column(std::string_view name) const {
        return reader_->find_column(name);
    }
    [[nodiscard]] const std::vector<read_problem>& problems() const { return reader_->problems(); }
    [[nodiscard]] std::uint64_t n_problems() const { return reader_->n_problems(); }

    /// The first row, read anew.
    [[nodiscard]] csv_reader::iterator begin() {
        open();
        return reader_->begin();
    }
    [[nodiscard]] static std::default_sentinel_t end() { return std::default_sentinel; }

private:
    void open() {
        reader_.reset(is_kept_     ? new csv_reader(std::string_view(text_), options_)
                      : stream_of_ ? new csv_reader(csv_reader::of(stream_of_(path_), path_, options_))
                                   : new csv_reader(csv_reader::open(path_, options_)));
    }

    std::string path_;
    csv_options options_;
    std::function<std::unique_ptr<std::istream>(const std::string&)> stream_of_;
    bool is_kept_ = false;
    std::string text_;
    std::unique_ptr<csv_reader> reader_;
};

template <>
inline constexpr bool begins_anew<csv_file> = true;

}  // namespace compute_divide::inline v0_2

#endif
