// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATE_HPP
#define COMPUTE_DIVIDE_STATE_HPP

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <istream>
#include <ostream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/crc.hpp>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/detail/state_codec.hpp>

/// States travel: an accumulator saved on one machine is loaded on another, where it continues bit for bit as if it
/// had never been away, and merges with others.
///
/// An accumulator of your own says once what its state is, for both directions, by the members themselves:
///
///   struct word_counts {
///       std::map<std::string, std::uint64_t> counts;
///       compute_divide::moments lengths;  // the state of a part is that of its own
///
///       static constexpr std::string_view state_name = "word_counts";
///       static auto state(auto& self) { return std::tie(self.counts, self.lengths); }
///   };
///
/// Where needed it says two things more: `auto shape() const`, a std::tie of what must be the same in both, such as the
/// number of terms, and `bool restore()`, which is called after loading to make again what is not state, and returns
/// false where the state makes no sense; and `auto in_order() const`, a copy whose state does not depend on the order
/// in which its content came, where it otherwise would. They may be private, with `friend struct
/// compute_divide::state_access;`.
///
/// Members may be integers, float, double, enums, std::string, std::chrono dates and durations, std::optional, tuples,
/// pairs, arrays, vectors, lists, sets, maps, and other classes that say what their state is. What a container holds
/// is made by its default constructor, then loaded.
///
/// The stream, all numbers little-endian:
///
///   8 bytes "cdstate\n", u32 format (1), u32 size and text of the type, u64 size and bytes of the content,
///   u32 CRC-32C (Castagnoli) of all before it
///
/// The text of the type, such as `moments{u64 u64 f64 f64}`, has the names and shapes of all accumulators, the types of
/// their members, and the enumerators of enums that have names, so that a state whose meaning has changed is refused.
namespace compute_divide {

/// A type whose state can be saved and loaded.
template <class A>
concept saveable = std::copyable<A> && detail::with_state<A> && detail::can_be_saved<A>();

namespace detail {

inline constexpr std::string_view state_magic = "cdstate\n";
inline constexpr std::uint32_t state_format = 1;

[[nodiscard]] inline std::uint32_t checksum(std::string_view bytes) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

/// A whole state, around its content.
[[nodiscard]] inline std::string sealed(const std::string& type, const std::string& content) {
    std::string bytes(state_magic);
    append_bytes(bytes, state_format);
    append_bytes(bytes, static_cast<std::uint32_t>(type.size()));
    bytes += type;
    append_bytes(bytes, content);
    append_bytes(bytes, checksum(bytes));
    return bytes;
}
template <class A>
[[nodiscard]] std::string sealed(const A& accumulator) {
    std::string content;
    append_bytes(content, accumulator);
    return sealed(type_of(accumulator), content);
}

/// Appends the next bytes of a stream, as they come: a size that is a lie allocates nothing.
inline void read_bytes(std::istream& in, std::uint64_t count, std::string& bytes) {
    for (std::uint64_t left = count; left > 0;) {
        const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(left, std::uint64_t{1} << 20));
        const std::size_t before = bytes.size();
        bytes.resize(before + step);
        in.read(bytes.data() + before, static_cast<std::streamsize>(step));
        const auto got = static_cast<std::size_t>(in.gcount());
        left -= got;
        if (got == step) continue;
        if (in.bad()) throw std::ios_base::failure("compute_divide::load: the stream cannot be read");
        refuse(std::to_string(left) + " more bytes of the state", "its end after " + std::to_string(before + got));
    }
}
template <std::integral T>
[[nodiscard]] T read_number(std::istream& in, std::string& bytes) {
    const std::size_t before = bytes.size();
    read_bytes(in, sizeof(T), bytes);
    T number{};
    state_reader(std::string_view(bytes).substr(before)).read(number);
    return number;
}

[[nodiscard]] inline std::string hex(std::uint32_t x) {
    char text[16];
    std::snprintf(text, sizeof text, "%08x", static_cast<unsigned>(x));
    return text;
}

/// What two long texts have from a little before they begin to differ.
[[noreturn]] inline void refuse_type(std::string_view expected, std::string_view found) {
    const auto differ = static_cast<std::size_t>(std::ranges::mismatch(expected, found).in1 - expected.begin());
    const auto part = [differ](std::string_view text) {
        constexpr std::size_t before = 60, length = 160;
        const std::size_t first = differ < length ? 0 : differ - before;
        return (first > 0 ? "..." : "") + std::string(text.substr(first, length)) +
               (text.size() - first > length ? "..." : "");
    };
    refuse("a state of " + part(expected), part(found));
}

/// The content of the state of this type that is all the stream holds.
[[nodiscard]] inline std::string opened(std::istream& in, const std::string& type) {
    std::string bytes;
    read_bytes(in, state_magic.size(), bytes);
    if (bytes != state_magic) refuse("a state, which begins with \"cdstate\"", "something else");
    const auto format = read_number<std::uint32_t>(in, bytes);
    if (format != state_format)
        refuse("a state of format " + std::to_string(state_format), "format " + std::to_string(format));

    constexpr std::uint32_t largest_type = 1U << 20;
    const auto type_size = read_number<std::uint32_t>(in, bytes);
    if (type_size > largest_type)
        refuse("a type in at most " + std::to_string(largest_type) + " bytes", std::to_string(type_size));
    const std::size_t type_begin = bytes.size();
    read_bytes(in, type_size, bytes);

    const auto content_size = read_number<std::uint64_t>(in, bytes);
    const std::size_t content_begin = bytes.size();
    read_bytes(in, content_size, bytes);

    const std::uint32_t expected = checksum(bytes);
    const auto found = read_number<std::uint32_t>(in, bytes);
    if (found != expected) refuse("checksum " + hex(expected), hex(found));
    if (in.peek() != std::istream::traits_type::eof()) refuse("nothing after the state", "more bytes");
    const std::string_view found_type = std::string_view(bytes).substr(type_begin, type_size);
    if (found_type != type) refuse_type(type, found_type);
    return bytes.substr(content_begin, static_cast<std::size_t>(content_size));
}

}  // namespace detail

/// Writes an accumulator's state. Throws std::ios_base::failure where the stream does not take all of it, such as on a
/// full disk.
template <saveable A>
void save(std::ostream& out, const A& accumulator) {
    const std::string content = detail::sealed(accumulator);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    out.flush();
    if (!out)
        throw std::ios_base::failure("compute_divide::save: a stream that takes " + std::to_string(content.size()) +
                                     " bytes is required, got a failed write");
}

/// Replaces an accumulator's state by the one that the stream holds, and nothing else. The accumulator must be of the
/// same type and shape, such as a least_squares of as many terms.
///
/// Throws state_error, and leaves the accumulator as it was, for what is no state, of another format, type or shape,
/// cut short, of a wrong checksum, or followed by more bytes. Any bytes may be tried: they never take more than some
/// 100 times their own memory.
template <saveable A>
void load(std::istream& in, A& accumulator) {
    const std::string content = detail::opened(in, detail::type_of(accumulator));
    A loaded = accumulator;
    detail::state_reader reader(content);
    reader.read(loaded);
    reader.finish();
    accumulator = std::move(loaded);
}

/// Saves to a file, which a killed program or machine leaves as it was or complete: a temporary file beside it, named
/// like it with ".partial0" or a higher number behind, is written, synchronised and renamed (POSIX). Throws
/// std::system_error that names the file, such as for a full disk; the old file is intact then, and no temporary left.
/// Only a killed writer leaves its own.
template <saveable A>
void save_file(const std::string& path, const A& accumulator) {
    atomic_write(path, detail::sealed(accumulator), "save_file");
}

/// Loads from a file; see load. Errors name the file. Throws std::system_error where it cannot be read.
template <saveable A>
void load_file(const std::string& path, A& accumulator) {
    errno = 0;
    std::ifstream in(path, std::ios::binary);
    if (!in) detail::fail_on_file("load_file", path, errno);
    try {
        load(in, accumulator);
    } catch (const state_error& error) {
        throw state_error(std::string(error.what()).append(", in ").append(path));
    } catch (const std::ios_base::failure&) {
        detail::fail_on_file("load_file", path, EIO);
    }
}

}  // namespace compute_divide

#endif
