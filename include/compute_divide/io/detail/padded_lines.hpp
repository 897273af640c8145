// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_PADDED_LINES_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_PADDED_LINES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/io/compressed.hpp>

namespace compute_divide::inline v0_2::detail {

/// The lines of a stream, decompressed, or of a text in memory: behind each is a line end, where the text has none too
/// (simdjson looks at that byte), and room that may be read. They are looked at where they lie, in a buffer or in the
/// text; of a text, its last ones are copied.
class padded_lines {
public:
    enum class found { line, too_long, end };

    /// A line of more than `most_bytes` is passed over; the buffer is never much larger. `padding` > 0.
    padded_lines(std::size_t block_size, std::size_t most_bytes, std::size_t padding)
        : most_bytes_(most_bytes), padding_(padding), buffer_(block_size + padding) {}

    /// Goes to a stream, which must outlive the reading of it.
    void open(std::istream& stream) {
        bytes_before_ = bytes_taken();
        source_.emplace(stream);
        source_ended_ = false;
        next_ = end_ = number_ = 0;
        line_ = {};
    }
    /// Goes to a text, which is taken as it is, and must outlive the reading of it.
    void open(std::string_view text) {
        bytes_before_ = bytes_taken();
        source_.reset();
        source_ended_ = true;
        text_ = text;
        next_ = number_ = 0;
        end_ = text.size();
        line_ = {};
    }

    /// Goes to the next line. The one before is gone. What stands before a place from which the stream cannot be read
    /// on is no line: `problem()` says more then.
    [[nodiscard]] found next() {
        begin_ = next_;
        std::size_t searched = begin_;
        for (;;) {
            const std::size_t at = line_end_from(searched);
            if (at != end_) return ends(at, 1);
            if (source_ended_) break;
            searched = end_ - begin_;
            if (searched > most_bytes_) return pass_over();
            extend();
        }
        if (begin_ == end_ || !problem().empty()) return found::end;
        return ends(end_, 0);
    }

    /// Makes the line longer, to the end of the stream.
    [[nodiscard]] found take_rest() {
        bool too_long = false;
        while (!source_ended_) {
            if (end_ - begin_ > most_bytes_) {
                too_long = true;
                begin_ = end_;
            }
            extend();
        }
        next_ = end_;
        if (!problem().empty()) return found::end;
        if (too_long || end_ - begin_ > most_bytes_) return found::too_long;
        line_ = between(begin_, end_);
        return found::line;
    }

    [[nodiscard]] std::string_view line() const { return line_; }
    /// Of the line, from 1.
    [[nodiscard]] std::size_t number() const { return number_; }
    [[nodiscard]] std::string_view problem() const {
        return source_ ? std::string_view(source_->problem()) : std::string_view();
    }
    /// Bytes taken from all streams and texts.
    [[nodiscard]] std::uint64_t bytes_taken() const {
        return bytes_before_ + (source_ ? source_->bytes_taken() : text_.size());
    }
    /// Of the bytes taken from this stream or text.
    [[nodiscard]] file_identity identity() const {
        if (source_) return source_->identity();
        identity_sum sum;
        sum.add(text_);
        return sum.result();
    }

private:
    found ends(std::size_t at, std::size_t line_end) {
        ++number_;
        next_ = at + line_end;
        if (at - begin_ > most_bytes_) return found::too_long;
        line_ = between(begin_, at);
        return found::line;
    }
    /// A part of what is read, up to a line end or to the end, with room behind it.
    [[nodiscard]] std::string_view between(std::size_t first, std::size_t last) {
        const std::string_view part(data() + first, last - first);
        if (source_) {
            if (last == end_) buffer_[last] = '\n';
            return part;
        }
        if (text_.size() - last >= padding_) return part;
        if (buffer_.size() < part.size() + padding_) buffer_.resize(part.size() + padding_);
        buffer_[part.copy(buffer_.data(), part.size())] = '\n';
        return {buffer_.data(), part.size()};
    }
    [[nodiscard]] const char* data() const { return source_ ? buffer_.data() : text_.data(); }

    /// Reads on, keeping all from begin_, which becomes 0.
    void extend() {
        const std::size_t kept = end_ - begin_;
        std::memmove(buffer_.data(), buffer_.data() + begin_, kept);
        if (kept + padding_ == buffer_.size()) buffer_.resize(2 * kept + padding_);
        const std::size_t room = buffer_.size() - padding_ - kept;
        const std::size_t got = source_->read(buffer_.data() + kept, room);
        source_ended_ = got < room;
        begin_ = 0;
        end_ = kept + got;
    }

    /// Leaves a line that is too long behind.
    found pass_over() {
        ++number_;
        for (;;) {
            begin_ = end_;
            extend();
            const std::size_t at = line_end_from(0);
            next_ = std::min(at + 1, end_);
            if (at != end_ || source_ended_) return found::too_long;
        }
    }

    /// The place of the next line end in the buffer, or end_.
    [[nodiscard]] std::size_t line_end_from(std::size_t first) const {
        if (first == end_) return end_;
        const void* const at = std::memchr(data() + first, '\n', end_ - first);
        return at == nullptr ? end_ : static_cast<std::size_t>(static_cast<const char*>(at) - data());
    }

    std::size_t most_bytes_, padding_;
    std::vector<char> buffer_;
    std::optional<byte_source> source_;
    std::string_view text_;  // where there is no source_
    bool source_ended_ = true;
    std::size_t begin_ = 0, next_ = 0, end_ = 0;  // of the line, the next one, and what is read, in data()
    std::size_t number_ = 0;
    std::uint64_t bytes_before_ = 0;
    std::string_view line_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
