// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_CSV_WINDOW_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_CSV_WINDOW_HPP

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <istream>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/require.hpp>

/// The bytes that a csv_reader looks at.
namespace compute_divide::inline v0_2::detail {

inline void require_delimiter(char delimiter, std::string_view function) {
    require(std::string_view("\"\r\n\0", 4).find(delimiter) == std::string_view::npos, function,
            "a delimiter that is no quote, CR, LF or NUL", std::string_view(&delimiter, 1));
}

/// The first byte of [first, last) that is `wanted` or below `Limit`, or `last`. Eight bytes at a time: subtracting n
/// from each byte of a word sets the high bit of those below n (Warren, Hacker's Delight, 2nd ed., 6-1). A borrow can
/// only spoil the bytes after the first one found.
template <unsigned char Limit>
[[nodiscard]] inline const char* find_stop(const char* first, const char* last, char wanted) {
    for (; last - first >= 8; first += 8) {
        const std::uint64_t word = load_eight(first), differs = word ^ eight_times(wanted);
        const std::uint64_t stops =
            (((differs - low_bits) & ~differs) | ((word - low_bits * Limit) & ~word)) & high_bits;
        if (stops != 0) return first + std::countr_zero(stops) / 8;
    }
    while (first != last && *first != wanted && static_cast<unsigned char>(*first) >= Limit) ++first;
    return first;
}

/// The number of LF in [first, last). In stretches whose count fits a byte, which compilers make vector code of.
[[nodiscard]] inline std::size_t count_lines(const char* first, const char* last) {
    std::size_t lines = 0;
    while (first != last) {
        const char* const stretch = last - first > 255 ? first + 255 : last;
        std::uint8_t found = 0;
        for (; first != stretch; ++first) found = static_cast<std::uint8_t>(found + (*first == '\n' ? 1 : 0));
        lines += found;
    }
    return lines;
}

/// The bytes not yet read: all the text, or a window on a stream that `extend` makes longer.
class csv_window {
public:
    explicit csv_window(std::string_view text) : begin_(text.data()), end_(begin_ + text.size()), counted_(begin_) {}
    explicit csv_window(std::istream& stream, std::size_t block_size, std::unique_ptr<std::istream> owned = nullptr)
        : stream_(&stream), owned_(std::move(owned)), buffer_(block_size) {
        require(stream.good(), "csv_reader", "a stream that can be read", std::string_view("one that has failed"));
        begin_ = end_ = counted_ = buffer_.data();
    }

    [[nodiscard]] const char* begin() const { return begin_; }
    [[nodiscard]] const char* end() const { return end_; }
    /// Whether the window reaches to the end of the text.
    [[nodiscard]] bool complete() const { return stream_ == nullptr; }

    void drop_to(const char* place) { begin_ = place; }

    /// The line that begin() is on. Lines are counted only when asked for, and before bytes are given up.
    [[nodiscard]] std::size_t line() {
        line_ += count_lines(counted_, begin_);
        counted_ = begin_;
        return line_;
    }

    /// Reads on, keeping all from begin(). A window that is full is doubled, so that a record of any length is copied
    /// and looked at only a few times.
    void extend() {
        static_cast<void>(line());
        const auto kept = static_cast<std::size_t>(end_ - begin_);
        std::memmove(buffer_.data(), begin_, kept);
        if (kept == buffer_.size()) buffer_.resize(2 * kept);
        stream_->read(buffer_.data() + kept, static_cast<std::streamsize>(buffer_.size() - kept));
        if (stream_->bad()) throw std::runtime_error("compute_divide::csv_reader: the stream cannot be read");
        begin_ = counted_ = buffer_.data();
        end_ = begin_ + kept + stream_->gcount();
        if (!*stream_) stream_ = nullptr;
    }

private:
    const char* begin_ = nullptr;
    const char* end_ = nullptr;
    const char* counted_ = nullptr;  // line_ is the line of this place
    std::size_t line_ = 1;
    std::istream* stream_ = nullptr;
    std::unique_ptr<std::istream> owned_;
    std::vector<char> buffer_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
