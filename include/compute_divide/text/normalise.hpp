// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_NORMALISE_HPP
#define COMPUTE_DIVIDE_TEXT_NORMALISE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/uninitialised_allocator.hpp>
#include <compute_divide/detail/vector_of.hpp>
#include <compute_divide/text/detail/html_entities.hpp>
#include <compute_divide/text/detail/normalisations.hpp>

/// Text normalised, so that spellings of the same compare equal: lower case, no diacritics, one form of each sign,
/// single spaces.
namespace compute_divide::inline v0_2 {

namespace detail {
class normaliser;
}

/// A normalised text, and where each of its bytes comes from. Use one for many texts: it keeps its memory.
class normalised_text {
public:
    /// The text; valid until the next `normalise` into this, and as long as this lives.
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

    /// The position in the original text of the character that byte `i` of view() comes from; the original's size for
    /// i = view().size().
    [[nodiscard]] std::size_t origin(std::size_t i) const { return origins_[i]; }
    /// The position in the original text behind the character that the byte before `end` > 0 comes from: where what
    /// ends at `end` in view() does. Other than origin(end) where one character became several, as "½" does "1/2".
    [[nodiscard]] std::size_t origin_of_end(std::size_t end) const {
        const std::uint32_t last = origins_[end - 1];
        while (end < size_ && origins_[end] == last) ++end;
        return origins_[end];
    }

    /// Whether each byte of view() is that of the text in the same place, or the small letter of its capital.
    [[nodiscard]] bool is_plain() const { return is_plain_; }

private:
    friend class detail::normaliser;
    std::vector<char, detail::uninitialised_allocator<char>> bytes_;
    std::vector<std::uint32_t, detail::uninitialised_allocator<std::uint32_t>> origins_ = {0};
    std::size_t size_ = 0;
    bool is_plain_ = true;
};

namespace detail {

/// Writes one text in normalised form.
class normaliser {
public:
    normaliser(std::string_view text, normalised_text& out)
        : begin_(text.data()), end_(text.data() + text.size()), out_(out) {
        // A byte that is not UTF-8 may become three; nothing else grows. Eight are written at once.
        if (out.bytes_.size() < 3 * text.size() + 8) {
            out.bytes_.resize(3 * text.size() + 8);
            out.origins_.resize(3 * text.size() + 9);
        }
        run();
        out.size_ = size_;
        out.origins_[size_] = static_cast<std::uint32_t>(text.size());
    }

private:
    void run() {
        const char* at = plain(begin_);
        out_.is_plain_ = at == end_;
        for (; at != end_; at = plain(at)) {
            const char* const start = at;
            char32_t code = next_character(at, end_);
            if (code == U'&') {
                // Also what was encoded twice: "&amp;eacute;".
                for (char32_t decoded = U'&'; decoded == U'&';) {
                    code = decoded;
                    decoded = html_character(at, end_);
                    if (decoded != 0) code = decoded;
                }
            }
            put(code, start, at);
        }
    }

    /// Normalises eight bytes at a time while they are ASCII letters, digits, signs and single spaces; returns where it
    /// stops. By pointers of its own, which its stores of bytes cannot change.
    const char* plain(const char* at) {
        char* bytes = out_.bytes_.data() + size_;
        std::uint32_t* origins = out_.origins_.data() + size_;
        const char* const from = at;
        bool spaced = after_space();
#ifdef COMPUTE_DIVIDE_SIGN_BITS
        // Sixteen at a time, the last of them again with those that are left.
        while (at != end_) {
            const std::ptrdiff_t left = end_ - at, again = left < 16 ? 16 - left : 0;
            if (at - from < again || !plain_sixteen(at - again, bytes - again, origins - again, spaced && again == 0))
                break;
            at += 16 - again;
            bytes += 16 - again;
            origins += 16 - again;
            spaced = at[-1] == ' ';
        }
#endif
        for (std::size_t size = 8; at != end_; at += size, bytes += size, origins += size) {
            size = end_ - at < 8 ? static_cast<std::size_t>(end_ - at) : 8;
            // The end is filled up with letters.
            const std::uint64_t word =
                size == 8 ? load_eight(at) : load_less_than_eight(at, size) | eight_times('a') << 8 * size;
            if ((word & high_bits) != 0 || (spaced && *at == ' ')) break;
            const std::uint64_t spaces = equal_to(word, ' ');
            const std::uint64_t controls = (at_least(word, ' ') ^ high_bits) | equal_to(word, '\x7F');
            if ((controls | equal_to(word, '&') | equal_to(word, '`') | (spaces & (spaces >> 8))) != 0) break;
            const std::uint64_t upper = at_least(word, 'A') & ~at_least(word, 'Z' + 1);
            store_eight(word | upper >> 2, bytes);
            const auto origin = static_cast<std::uint32_t>(at - begin_);
            for (std::uint32_t i = 0; i < 8; ++i) origins[i] = origin + i;
            spaced = at[size - 1] == ' ';
        }
        size_ += static_cast<std::size_t>(at - from);
        return at;
    }

#ifdef COMPUTE_DIVIDE_SIGN_BITS
    /// Normalises the sixteen bytes at `at`, where they are such; else returns false.
    bool plain_sixteen(const char* at, char* bytes, std::uint32_t* origins, bool spaced) const {
        using answers = vector_of<char, 16>;
        const auto as_bits = [](auto yes) { return unsigned{sign_bits(reinterpret_cast<const answers&>(yes))}; };
        constexpr unsigned char n_signs = 0x7F - ' ', n_letters = 26, small = 'a' - 'A';
        vector_of<unsigned char, 16> all;
        std::memcpy(&all, at, sizeof all);
        const unsigned spaces = as_bits(all == ' ');
        const unsigned others = as_bits((all - ' ' >= n_signs) | (all == '&') | (all == '`'));
        if (others != 0 || (spaces & (spaces << 1 | (spaced ? 1U : 0U))) != 0) return false;
        const auto upper = reinterpret_cast<const vector_of<unsigned char, 16>&>(
            static_cast<const vector_of<signed char, 16>&>(all - 'A' < n_letters));
        all |= upper & small;
        std::memcpy(bytes, &all, sizeof all);
        const auto origin = static_cast<std::uint32_t>(at - begin_);
        for (std::uint32_t i = 0; i < 16; ++i) origins[i] = origin + i;
        return true;
    }
#endif

    /// Normalises the character `code`, which stands at [start, stop).
    void put(char32_t code, const char* start, const char* stop) {
        const normalisation& to = normalisations[code];
        if (to.kind == normalisation::nothing) return;
        if (to.kind == normalisation::accent) {
            put_accent(to.text[0], start, stop);
        } else if (to.kind == normalisation::bytes) {
            if (to.text[0] == ' ' && after_space()) return;
            for (const char byte : to.text)
                if (byte != '\0') push(byte, start);
        } else if (code == U' ') {
            if (!after_space()) push(' ', start);
        } else {
            put_utf8(code, start);
        }
    }

    /// An accent that stands alone: none beside a letter ("Universit´e"; "Z ¨urich" loses its space too), else a quote
    /// or a space.
    void put_accent(char otherwise, const char* start, const char* stop) {
        const bool letter_before = size_ > 0 && is_letter(out_.bytes_[size_ - 1]);
        const bool letter_after = stop != end_ && is_letter(*stop);
        if (letter_after && otherwise == '\0' && size_ > 1 && after_space() && is_letter(out_.bytes_[size_ - 2]) &&
            (*stop >= 'a' || *stop < '\0'))
            --size_;
        else if (!letter_before && !letter_after && (otherwise != '\0' || !after_space()))
            push(otherwise != '\0' ? otherwise : ' ', start);
    }

    void put_utf8(char32_t code, const char* start) {
        const auto tail = [&](int shift) { push(static_cast<char>(0x80 | (code >> shift & 0x3F)), start); };
        if (code < 0x80) return push(static_cast<char>(code), start);
        if (code < 0x800) {
            push(static_cast<char>(0xC0 | code >> 6), start);
        } else {
            if (code < 0x10000) {
                push(static_cast<char>(0xE0 | code >> 12), start);
            } else {
                push(static_cast<char>(0xF0 | code >> 18), start);
                tail(12);
            }
            tail(6);
        }
        tail(0);
    }

    static bool is_letter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < '\0';
    }
    [[nodiscard]] bool after_space() const {
        return size_ > 0 && out_.bytes_[size_ - 1] == ' ';
    }
    void push(char byte, const char* start) {
        out_.bytes_[size_] = byte;
        out_.origins_[size_++] = static_cast<std::uint32_t>(start - begin_);
    }

    const char* begin_;
    const char* end_;
    normalised_text& out_;
    std::size_t size_ = 0;
};

}  // namespace detail

/// Normalises a text for comparison:
///   - letters to lower case without diacritics, also combining ones, and in full width; ß to ss, æ to ae, ø to o, and
///     so on; Greek, Cyrillic and Armenian likewise; Chinese, Japanese and Korean characters stay;
///   - an accent standing alone beside a letter is dropped, as text taken from PDF files has it ("Universit´e");
///   - quotes to ' or ", dashes to -, ideographic and other signs to their ASCII form or, where they only separate
///     (bullets, daggers, superscript digits), to a space; runs of white space and control characters to one space;
///   - HTML entities are decoded first, twice-encoded ones too; zero-width and direction marks are dropped;
///   - bytes that are not UTF-8 are read as Windows-1252.
/// The result is valid UTF-8, of at most three bytes for each byte of the text; normalising it again changes nothing
/// but what decoded entities spell. Throws std::invalid_argument for a text of 4 GB or more. Linear, one pass;
/// allocates only where `out` has not yet held a text as long.
///
/// The table of characters is Unicode's (NFKD without marks, lower case), from Python's unicodedata
/// (tests/reference/normalisation_table.py).
inline void normalise(std::string_view text, normalised_text& out) {
    detail::require(text.size() < std::numeric_limits<std::uint32_t>::max(), "normalise", "a text of less than 4 GB",
                    text.size());
    detail::normaliser(text, out);
}

/// A text in normalised form, as `normalise` gives it, without the origins of its bytes.
[[nodiscard]] inline std::string normalised(std::string_view text) {
    normalised_text out;
    normalise(text, out);
    return std::string(out.view());
}

}  // namespace compute_divide::inline v0_2

#endif
