// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_COMPRESSED_HPP
#define COMPUTE_DIVIDE_IO_COMPRESSED_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <isa-l/igzip_lib.h>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/file_identity.hpp>

/// The bytes of a file, decompressed where they are gzip. Needs ISA-L.
namespace compute_divide::inline v0_2 {

/// Whether bytes begin as gzip does.
[[nodiscard]] constexpr bool is_gzip(std::string_view content) {
    return content.starts_with("\x1F\x8B");
}

/// What a stream holds: as it is, or decompressed where its first two bytes are those of gzip, member after member.
/// One pass; memory for one block, and about 150 KB for the state of the decompressor.
class byte_source {
public:
    /// The stream must outlive this. Throws std::invalid_argument for a block_size below 2.
    explicit byte_source(std::istream& stream, std::size_t block_size = std::size_t{1} << 17)
        : stream_(&stream), block_(block_size) {
        detail::require(block_size >= 2, "byte_source", "block_size >= 2", block_size);
    }

    /// Reads `size` bytes; fewer only at the end: that of the text, or, where `problem()` says why, the place from
    /// which it cannot be read on. Bytes of a damaged member may be wrong before there: its checksum is at its end.
    std::size_t read(char* to, std::size_t size) {
        if (!std::exchange(started_, true)) start();
        std::size_t done = 0;
        while (done < size && !ended_)
            done += inflating_ ? inflate(to + done, size - done) : copy(to + done, size - done);
        return done;
    }

    /// Why the bytes end before their time; empty where they do not.
    [[nodiscard]] const std::string& problem() const { return problem_; }
    /// Bytes taken from the stream up to now.
    [[nodiscard]] std::uint64_t bytes_taken() const { return identity_.result().size; }
    /// What they are.
    [[nodiscard]] const file_identity& identity() const { return identity_.result(); }

private:
    /// Damaged text may refer to more than there was before it, which is noticed only after a copy of that: from the
    /// history, which is at the end of the state, or from what lies before it.
    struct decompressor {
        std::array<std::uint8_t, ISAL_DEF_HIST_SIZE> before = {};
        inflate_state state = {};
    };
    enum class place { between, header, body };  // of the members of gzip

    void start() {
        refill();
        if (!is_gzip(block_left_)) return;
        inflating_ = std::make_unique<decompressor>();
        isal_inflate_init(&inflating_->state);
    }

    void end(std::string_view problem = {}) {
        if (problem_.empty()) problem_ = problem;
        ended_ = true;
    }

    std::size_t take(char* to, std::size_t size) {
        stream_->read(to, static_cast<std::streamsize>(size));
        const auto taken = static_cast<std::size_t>(stream_->gcount());
        identity_.add({to, taken});
        if (stream_->bad()) end("the file cannot be read");
        stream_ended_ = stream_ended_ || taken < size;
        return taken;
    }
    void refill() { block_left_ = {block_.data(), take(block_.data(), block_.size())}; }

    std::size_t copy(char* to, std::size_t size) {
        if (block_left_.empty()) {
            const std::size_t taken = stream_ended_ ? 0 : take(to, size);
            if (taken == 0) end();
            return taken;
        }
        const std::size_t copied = block_left_.copy(to, size);
        block_left_.remove_prefix(copied);
        return copied;
    }

    std::size_t inflate(char* to, std::size_t size) {
        inflate_state& state = inflating_->state;
        const auto room = static_cast<std::uint32_t>(std::min<std::size_t>(size, std::size_t{1} << 30));
        state.next_out = reinterpret_cast<std::uint8_t*>(to);
        state.avail_out = room;
        while (!ended_ && state.avail_out > 0) {
            if (block_left_.empty() && !stream_ended_) refill();
            if (place_ == place::between) {
                if (block_left_.empty()) {
                    end();
                    break;
                }
                begin_member();
                continue;
            }
            state.next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(block_left_.data()));
            state.avail_in = static_cast<std::uint32_t>(block_left_.size());
            int status = ISAL_DECOMP_OK;
            // isal_inflate reads headers too, but forgets half a one where its input ends.
            if (place_ == place::header) {
                status = isal_read_gzip_header(&state, &header_);
                if (status == ISAL_DECOMP_OK) place_ = place::body;
            }
            if (place_ == place::body) {
                state.crc_flag = ISAL_GZIP_NO_HDR_VER;
                status = isal_inflate(&state);
                if (state.block_state == ISAL_BLOCK_FINISH) place_ = place::between;
            }
            if (status != ISAL_DECOMP_OK && status != ISAL_END_INPUT) {
                end(reason(status));
                break;
            }
            block_left_ = {reinterpret_cast<const char*>(state.next_in), state.avail_in};
            if (place_ != place::between && state.avail_out > 0 && block_left_.empty() && stream_ended_)
                end("a gzip member is cut short");
        }
        return room - state.avail_out;
    }
    void begin_member() {
        if (block_left_.front() != '\x1F') return end(reason(ISAL_INVALID_WRAPPER));
        isal_inflate_reset(&inflating_->state);
        isal_gzip_header_init(&header_);
        place_ = place::header;
    }

    static std::string_view reason(int status) {
        if (status == ISAL_INVALID_WRAPPER) return "bytes that are no gzip member";
        if (status == ISAL_INCORRECT_CHECKSUM) return "a gzip member with a wrong checksum";
        if (status == ISAL_UNSUPPORTED_METHOD) return "a gzip member with a method other than deflate";
        return "a damaged gzip member";
    }

    std::istream* stream_;
    std::vector<char> block_;
    std::string_view block_left_;              // of block_, what is not yet used
    std::unique_ptr<decompressor> inflating_;  // null where the bytes are no gzip
    isal_gzip_header header_ = {};
    place place_ = place::between;
    std::string problem_;
    identity_sum identity_;  // of the bytes taken
    bool started_ = false, stream_ended_ = false, ended_ = false;
};

}  // namespace compute_divide::inline v0_2

#endif
