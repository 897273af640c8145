// SPDX-License-Identifier: BSL-1.0
#ifndef EXAMPLE_SUPPORT_CSV_FILE_HPP
#define EXAMPLE_SUPPORT_CSV_FILE_HPP

#include <cstddef>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <compute_divide/concepts.hpp>
#include <compute_divide/io/csv.hpp>

namespace example {

/// The rows of a CSV file, read from its start each time that begin() is called: a table of any length in the memory of
/// a row. "-" is standard input, which is kept, since it can be read once only.
class csv_file {
public:
    explicit csv_file(std::string path, compute_divide::csv_options options = {})
        : path_(std::move(path)), options_(options) {
        if (path_ == "-") text_.assign(std::istreambuf_iterator<char>(std::cin), {});
        open();
    }

    [[nodiscard]] std::size_t column(std::string_view name) const { return reader_->column(name); }

    [[nodiscard]] auto begin() {
        open();
        return reader_->begin();
    }
    [[nodiscard]] static std::default_sentinel_t end() { return std::default_sentinel; }

private:
    void open() {
        using reader = compute_divide::csv_reader;
        reader_.reset(path_ == "-" ? new reader(std::string_view(text_), options_)
                                   : new reader(reader::open(path_, options_)));
    }

    std::string path_;
    compute_divide::csv_options options_;
    std::string text_;
    std::unique_ptr<compute_divide::csv_reader> reader_;
};

}  // namespace example

template <>
inline constexpr bool compute_divide::begins_anew<example::csv_file> = true;

#endif
