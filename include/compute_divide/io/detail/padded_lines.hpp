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

/// The lines of a stream, decompressed, where they lie in a buffer: behind each is room that may be read.
class padded_lines {
public:
    enum class found { line, too_long, end };

    /// A line of more than `most_bytes` is passed over; the buffer is never much larger.
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
        if (begin_ == end_ || !source_->problem().empty()) return found::end;
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
        if (!source_->problem().empty()) return found::end;
        line_ = std::string_view(buffer_.data() + begin_, end_ - begin_);
        return too_long || line_.size() > most_bytes_ ? found::too_long : found::line;
    }

    [[nodiscard]] std::string_view line() const { return line_; }
    /// Of the line, from 1.
    [[nodiscard]] std::size_t number() const { return number_; }
    [[nodiscard]] const std::string& problem() const { return source_->problem(); }
    /// Bytes taken from all streams.
    [[nodiscard]] std::uint64_t bytes_taken() const { return bytes_before_ + (source_ ? source_->bytes_taken() : 0); }
    /// Of the bytes taken from this stream.
    [[nodiscard]] file_identity identity() const { return source_ ? source_->identity() : file_identity{}; }

private:
    found ends(std::size_t at, std::size_t line_end) {
        ++number_;
        line_ = std::string_view(buffer_.data() + begin_, at - begin_);
        next_ = at + line_end;
        return line_.size() > most_bytes_ ? found::too_long : found::line;
    }

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
        const void* const at = std::memchr(buffer_.data() + first, '\n', end_ - first);
        return at == nullptr ? end_ : static_cast<std::size_t>(static_cast<const char*>(at) - buffer_.data());
    }

    std::size_t most_bytes_, padding_;
    std::vector<char> buffer_;
    std::optional<byte_source> source_;
    bool source_ended_ = true;
    std::size_t begin_ = 0, next_ = 0, end_ = 0;  // of the line, the next one, and what is read, in buffer_
    std::size_t number_ = 0;
    std::uint64_t bytes_before_ = 0;
    std::string_view line_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
