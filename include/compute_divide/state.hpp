// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATE_HPP
#define COMPUTE_DIVIDE_STATE_HPP

#include <algorithm>
#include <cerrno>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <istream>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <boost/crc.hpp>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/detail/input_file.hpp>
#include <compute_divide/detail/state_codec.hpp>
#include <compute_divide/random.hpp>

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
/// Between processes of one program, such as the workers of a database's aggregate, `saved` and `load` make bytes of it
/// and back: a tenth of the time and without the text of the type.
///
///   const std::string bytes = saved(sums);  // 272 bytes of a least_squares of one term, half a microsecond
///   load(bytes, others);
///
/// The stream, all numbers little-endian:
///
///   8 bytes "cdstate\n", u32 format (1), u32 size and text of the type, u64 size and bytes of the content,
///   u32 CRC-32C (Castagnoli) of all before it
///
/// The text of the type, such as `moments{u64 u64 f64 f64}`, has the names and shapes of all accumulators, the types of
/// their members, and the enumerators of enums that have names, so that a state whose meaning has changed is refused.
///
/// The bytes of `saved` are of format 2: what is of the type is told by a fingerprint of its text, 64 bits, so that two
/// types are taken for one with a chance of 2^-64; shapes are in the content, and compared. `load` reads both:
///
///   8 bytes "cdstate\n", u32 format (2), u8 size and text of the type's name, u64 fingerprint of the type,
///   the content, u64 fingerprint of all before it
namespace compute_divide::inline v0_2 {

/// A type whose state can be saved and loaded.
template <class A>
concept saveable = std::copyable<A> && detail::with_state<A> && detail::can_be_saved<A>();

namespace detail {

inline constexpr std::string_view state_magic = "cdstate\n";
inline constexpr std::uint32_t state_format = 1, compact_format = 2;

[[nodiscard]] inline std::uint32_t checksum(std::string_view bytes) {
    boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

/// 64 bits of all bytes and their number, in which a changed word always shows, and any two texts that differ are alike
/// with a chance of about 2^-64: each word goes through a bijection, the last through splitmix64's. Not against those
/// who mean harm.
[[nodiscard]] inline std::uint64_t fingerprint(std::string_view bytes) {
    std::uint64_t hash = mixed(bytes.size() + golden_gamma);
    const auto word_of = [](const char* at, std::size_t size) {
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < size; ++i) word |= std::uint64_t{static_cast<unsigned char>(at[i])} << (8 * i);
        return word;
    };
    const auto step = [&hash](std::uint64_t word) {
        hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
        hash ^= hash >> 32U;
    };
    const char* at = bytes.data();
    const std::size_t rest = bytes.size() % 8;
    for (const char* const end = at + (bytes.size() - rest); at != end; at += 8) step(word_of(at, 8));
    if (rest > 0) step(word_of(at, rest));
    return mixed(hash);
}
/// That of a type, without shapes: of any accumulator of it.
template <class A>
[[nodiscard]] std::uint64_t type_fingerprint(const A& accumulator) {
    static const std::uint64_t of_type = [&] {
        std::string text;
        append_type<false>(text, accumulator);
        return fingerprint(text);
    }();
    return of_type;
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

/// Takes the content out of a state of compact format whose magic and format are known to be right.
[[nodiscard]] inline std::string_view opened_compact(std::string_view bytes, std::string_view name,
                                                     std::uint64_t type) {
    const std::size_t begin = state_magic.size() + sizeof(std::uint32_t), word = sizeof(std::uint64_t);
    const auto number_at = [bytes](std::size_t at) {
        std::uint64_t number = 0;
        state_reader(bytes.substr(at)).read(number);
        return number;
    };
    const std::size_t name_size = bytes.size() > begin ? static_cast<unsigned char>(bytes[begin]) : 0;
    const std::size_t content = begin + 1 + name_size + word;
    if (bytes.size() < content + word)
        refuse("a state of at least " + std::to_string(content + word) + " bytes", std::to_string(bytes.size()));
    const std::size_t end = bytes.size() - word;
    if (fingerprint(bytes.substr(0, end)) != number_at(end))
        refuse("a state of the fingerprint that it ends with", "another: it is damaged or cut short");
    const std::string_view found = bytes.substr(begin + 1, name_size);
    if (found != name || number_at(content - word) != type)
        refuse("a state of " + std::string(name.empty() ? "this type" : name),
               found != name ? "one of " + std::string(found.empty() ? "another type" : found)
                             : std::string("one of that name of another version, or of other types"));
    return bytes.substr(content, end - content);
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
[[nodiscard]] inline std::string opened(std::istream& in, const std::string& type, std::string_view name,
                                        std::uint64_t fingerprint_of_type) {
    std::string bytes;
    read_bytes(in, state_magic.size(), bytes);
    if (bytes != state_magic) refuse("a state, which begins with \"cdstate\"", "something else");
    const auto format = read_number<std::uint32_t>(in, bytes);
    if (format == compact_format) {
        for (char block[4096]; in.read(block, sizeof block) || in.gcount() > 0;)
            bytes.append(block, static_cast<std::size_t>(in.gcount()));
        if (in.bad()) throw std::ios_base::failure("compute_divide::load: the stream cannot be read");
        return std::string(opened_compact(bytes, name, fingerprint_of_type));
    }
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

/// Of a state's type, for its bytes and for errors; the first 255 bytes.
template <class A>
[[nodiscard]] constexpr std::string_view short_name() {
    return state_access::name<A>().substr(0, 255);
}

template <class A>
void load_content(std::string_view content, A& accumulator) {
    A loaded = accumulator;
    state_reader reader(content);
    reader.read(loaded);
    reader.finish();
    accumulator = std::move(loaded);
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
    const std::string content = detail::opened(in, detail::type_of(accumulator), detail::short_name<A>(),
                                               detail::type_fingerprint(accumulator));
    detail::load_content(content, accumulator);
}

/// An accumulator's state as bytes, of format 2.
template <saveable A>
[[nodiscard]] std::string saved(const A& accumulator) {
    const std::string_view name = detail::short_name<A>();
    std::string state;
    state.reserve(256);
    state += detail::state_magic;
    detail::append_bytes(state, detail::compact_format);
    detail::append_bytes(state, static_cast<std::uint8_t>(name.size()));
    state += name;
    detail::append_bytes(state, detail::type_fingerprint(accumulator));
    detail::append_bytes(state, accumulator);
    detail::append_bytes(state, detail::fingerprint(state));
    return state;
}

/// The same as load of a stream, of bytes that `saved` or `save` made. They are no C string: "cdstate..." alone is cut
/// short.
template <saveable A>
void load(std::string_view state, A& accumulator) {
    constexpr std::size_t header = detail::state_magic.size() + sizeof(std::uint32_t);
    std::uint32_t format = 0;
    if (state.size() >= header && state.starts_with(detail::state_magic))
        detail::state_reader(state.substr(detail::state_magic.size())).read(format);
    if (format != detail::compact_format) {
        std::istringstream in{std::string(state)};
        return load(in, accumulator);
    }
    detail::load_content(detail::opened_compact(state, detail::short_name<A>(), detail::type_fingerprint(accumulator)),
                         accumulator);
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
    detail::input_file in(path, std::ios::binary);
    if (!in) detail::fail_on_file("load_file", path, errno);
    try {
        load(in, accumulator);
    } catch (const state_error& error) {
        throw state_error(std::string(error.what()).append(", in ").append(path));
    } catch (const std::ios_base::failure&) {
        detail::fail_on_file("load_file", path, EIO);
    }
}

}  // namespace compute_divide::inline v0_2

#endif
