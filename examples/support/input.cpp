// SPDX-License-Identifier: BSL-1.0
#include "support/input.hpp"

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <streambuf>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/io/compressed.hpp>

#include "support/command_line.hpp"

namespace example {

namespace cd = compute_divide;

namespace {

/// What a byte_source reads, as the buffer of a stream.
class source_buffer : public std::streambuf {
public:
    explicit source_buffer(const std::string& path) : path_(path), block_(std::size_t{1} << 17) {
        if (path != "-") {
            file_.open(path, std::ios::binary);
            if (!file_) throw std::runtime_error(path + " cannot be read");
        }
        source_ = std::make_unique<cd::byte_source>(path == "-" ? std::cin : static_cast<std::istream&>(file_));
    }

protected:
    int_type underflow() override {
        const std::size_t size = source_->read(block_.data(), block_.size());
        if (size < block_.size() && !source_->problem().empty())
            throw std::runtime_error(path_ + ": " + source_->problem());
        setg(block_.data(), block_.data(), block_.data() + size);
        return size == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
    }

private:
    std::string path_;
    std::ifstream file_;
    std::unique_ptr<cd::byte_source> source_;
    std::vector<char> block_;
};

class source_stream : public std::istream {
public:
    explicit source_stream(const std::string& path) : std::istream(nullptr), buffer_(path) {
        rdbuf(&buffer_);
        exceptions(std::ios::badbit);  // so that what the buffer throws comes through
    }

private:
    source_buffer buffer_;
};

/// The names of the first columns of a table.
std::string told_columns(const cd::csv_reader& table) {
    constexpr std::size_t most = 30;
    const auto& all = table.columns();
    if (all.empty()) return "none";
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
    return fmt::format("{}{}", fmt::join(all.begin(), end, ", "), end == all.end() ? "" : ", ...");
}

}  // namespace

std::unique_ptr<std::istream> open_input(const std::string& path) {
    return std::make_unique<source_stream>(path);
}

std::size_t require_column(const cd::csv_reader& table, const std::string& path,
                           const std::vector<std::string>& names) {
    if (table.columns().empty()) throw nothing_to_report(path + " is empty");
    for (const std::string& name : names)
        if (const auto column = table.find_column(name)) return table.column(table.columns()[*column]);
    throw std::runtime_error(
        fmt::format("{} has no column {}; it has {}", path, fmt::join(names, " or "), told_columns(table)));
}
void require_option_column(const cd::csv_reader& table, const std::string& option, const std::string& name) {
    if (table.columns().empty()) throw nothing_to_report(table.file() + " is empty");
    if (!table.find_column(name))
        throw usage_error(
            fmt::format("{}: one of the columns {} is required, got {}", option, told_columns(table), name));
}

}  // namespace example
