// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_LINES_HPP

#include <cstddef>
#include <iostream>
#include <istream>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/json.hpp>

/// Programs that write a line for each text that they read.
namespace example {

/// The longest text that is read, in bytes: what is made of one takes memory in proportion.
inline constexpr std::size_t most_text = std::size_t{1} << 22;

/// The lines of a stream, one after the other in the same memory. Of one of more than `most_text` bytes nothing is
/// kept.
class text_lines {
public:
    explicit text_lines(std::istream& in) : in_(&in), line_(most_text + 2) {}

    /// Goes to the next line. Throws std::runtime_error where the stream cannot be read.
    [[nodiscard]] bool next() {
        in_->getline(line_.data(), static_cast<std::streamsize>(line_.size()));
        auto size = static_cast<std::size_t>(in_->gcount());
        is_too_long_ = in_->fail() && size > most_text;
        if (is_too_long_) {
            in_->clear(in_->rdstate() & ~std::ios::failbit);
            in_->ignore(std::numeric_limits<std::streamsize>::max(), '\n');
            size = 0;
        } else if (size > 0 && !in_->eof()) {
            --size;  // the line end
        }
        if (in_->bad()) throw std::runtime_error("a stream of lines cannot be read");
        if (in_->fail()) return false;
        text_ = {line_.data(), size};
        if (text_.ends_with('\r')) text_.remove_suffix(1);
        is_too_long_ = is_too_long_ || text_.size() > most_text;
        ++number_;
        return true;
    }
    [[nodiscard]] std::string_view text() const { return text_; }
    [[nodiscard]] bool is_too_long() const { return is_too_long_; }
    [[nodiscard]] std::size_t number() const { return number_; }  ///< of the line, from 1

private:
    std::istream* in_;
    std::vector<char> line_;
    std::string_view text_;
    std::size_t number_ = 0;
    bool is_too_long_ = false;
};

/// Writes line_of(text, number of the line), a string, for each line of standard input; of a line that is too long an
/// object that says so, and the same on standard error. Returns what the program ends with.
template <class LineOf>
int write_lines(LineOf line_of) {
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    for (text_lines lines(std::cin); lines.next();) {
        if (!lines.is_too_long()) {
            std::cout << line_of(lines.text(), lines.number()) << '\n';
            continue;
        }
        const std::string problem = "a line of more than " + std::to_string(most_text) + " bytes is not read";
        std::cout << compute_divide::json_object().with("line", lines.number()).with("problem", problem).text() << '\n';
        std::cerr << "line " << lines.number() << ": " << problem << '\n';
    }
    return std::cout.flush() ? 0 : 1;
}

}  // namespace example

#endif
