// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_JSON_OBJECTS_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_JSON_OBJECTS_HPP

#include <cstddef>
#include <istream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/read_problem.hpp>

namespace compute_divide::inline v0_2::detail {

/// The objects of a JSON array, or of a text of JSON objects, one after the other; no more than one is in memory, and
/// of it no more than `most_bytes`.
class json_objects {
public:
    json_objects(std::istream& stream, std::string_view reader, std::string file, std::size_t most_bytes)
        : stream_(stream),
          reader_(reader),
          file_(std::move(file)),
          block_(std::size_t{1} << 16, '\0'),
          most_bytes_(most_bytes) {
        if (peek() == 0xEF)
            for (const int mark : {0xEF, 0xBB, 0xBF})
                if (peek() == mark) take();
        skip_white();
        if (peek() == end) fail("a JSON array or object", "the end of the text");
        array_ = peek() == '[';
        if (array_) take();
    }

    /// Reads the next object into `text`, or only its start where it has more bytes than may be; false at the end.
    /// `where` is told its place.
    bool next(std::string& text, read_problem& where) {
        skip_white();
        if (array_ && !closed_) {
            if (peek() == ']') {
                take();
                closed_ = true;
                skip_white();
            } else if (began_) {
                if (peek() != ',') fail("a comma or the end of the array", shown_next());
                take();
                skip_white();
            }
        }
        if (peek() == end && (!array_ || closed_)) return false;
        if (peek() != '{' || closed_) fail(closed_ ? "nothing after the array" : "an object", shown_next());
        began_ = true;
        where.file = file_;
        where.line = line_;
        where.column = column_;
        text.clear();
        is_too_long_ = false;
        std::size_t depth = 0;
        bool quoted = false, escaped = false;
        do {
            const int c = peek();
            if (c == end)
                fail_at(where,
                        "an object that begins here is cut at the end of the text, byte " + std::to_string(byte_));
            take();
            if (text.size() < most_bytes_)
                text += static_cast<char>(c);
            else
                is_too_long_ = true;
            if (quoted) {
                if (escaped)
                    escaped = false;
                else if (c == '\\')
                    escaped = true;
                else if (c == '"')
                    quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                --depth;
            }
        } while (depth > 0);
        return true;
    }

    /// Whether the object that was read last is longer than may be.
    [[nodiscard]] bool is_too_long() const { return is_too_long_; }

    /// Throws a problem that is there.
    [[noreturn]] void fail_at(read_problem where, std::string reason) const {
        where.reason = std::move(reason);
        throw read_error(reader_, std::move(where));
    }

private:
    static constexpr int end = -1;

    [[nodiscard]] int peek() {
        if (at_ == size_) {
            if (stream_.bad())
                throw std::runtime_error("compute_divide::" + std::string(reader_) + ": the stream fails");
            stream_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
            size_ = static_cast<std::size_t>(stream_.gcount());
            at_ = 0;
            if (stream_.bad())
                throw std::runtime_error("compute_divide::" + std::string(reader_) + ": the stream fails");
            if (size_ == 0) return end;
        }
        return static_cast<unsigned char>(block_[at_]);
    }
    void take() {
        ++byte_;
        ++column_;
        if (block_[at_++] != '\n') return;
        ++line_;
        column_ = 1;
    }
    void skip_white() {
        for (int c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) take();
    }
    [[nodiscard]] std::string shown_next() {
        if (peek() == end) return "the end of the text";
        if (peek() == 0x1F) return "a byte 0x1f (is the text compressed?)";
        return shown(std::string_view(&block_[at_], 1));
    }
    [[noreturn]] void fail(std::string_view wanted, std::string_view found) const {
        fail_at({.file = file_, .line = line_, .column = column_},
                std::string(wanted).append(" is required, got ").append(found));
    }

    std::istream& stream_;
    std::string_view reader_;
    std::string file_;
    std::string block_;
    std::size_t at_ = 0, size_ = 0, line_ = 1, column_ = 1, byte_ = 1;
    std::size_t most_bytes_;
    bool array_ = false, began_ = false, closed_ = false, is_too_long_ = false;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
