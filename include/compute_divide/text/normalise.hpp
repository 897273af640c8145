// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_NORMALISE_HPP
#define COMPUTE_DIVIDE_TEXT_NORMALISE_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/text/detail/normalisation_table.hpp>

/// Text made comparable: lower case, no diacritics, one form of each sign, single spaces.
namespace compute_divide {

namespace detail {
class normaliser;
}

/// A normalised text and where each of its bytes comes from. Reuse one for many texts: it keeps its memory.
class normalised_text {
public:
    [[nodiscard]] std::string_view view() const { return {bytes_.data(), size_}; }

    /// The position in the original text of the character that byte `i` of view() comes from; the original's size for
    /// i = view().size().
    [[nodiscard]] std::size_t origin(std::size_t i) const { return origins_[i]; }

private:
    friend class detail::normaliser;
    std::vector<char> bytes_;
    std::vector<std::uint32_t> origins_ = {0};
    std::size_t size_ = 0;
};

namespace detail {

/// What a character becomes: up to three bytes, or one of the kinds.
struct normalisation {
    enum kind_type : std::uint8_t { itself, bytes, nothing, accent };
    kind_type kind = itself;
    std::array<char, 3> text = {};  // ends at the first NUL
};

/// Reads one UTF-8 character and moves `text` on. A byte that is not UTF-8 is read as Latin-1, its likeliest meaning.
constexpr char32_t next_character(const char*& text, const char* end) {
    const auto byte = [&](int i) { return static_cast<unsigned char>(text[i]); };
    const auto tail = [&](int i) { return static_cast<char32_t>(byte(i) & 0x3F); };
    const auto continues = [&](int n) {
        if (end - text <= n) return false;
        for (int i = 1; i <= n; ++i)
            if ((byte(i) & 0xC0) != 0x80) return false;
        return true;
    };
    const unsigned char lead = byte(0);
    char32_t code = lead;
    int length = 1;
    if (lead >= 0xC2 && lead < 0xE0 && continues(1)) {
        code = static_cast<char32_t>(lead & 0x1F) << 6 | tail(1);
        length = 2;
    } else if (lead >= 0xE0 && lead < 0xF0 && continues(2)) {
        const char32_t read = static_cast<char32_t>(lead & 0xF) << 12 | tail(1) << 6 | tail(2);
        if (read >= 0x800 && (read < 0xD800 || read > 0xDFFF)) {
            code = read;
            length = 3;
        }
    } else if (lead >= 0xF0 && lead < 0xF5 && continues(3)) {
        const char32_t read = static_cast<char32_t>(lead & 7) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3);
        if (read >= 0x10000 && read <= 0x10FFFF) {
            code = read;
            length = 4;
        }
    }
    text += length;
    return code;
}

/// The normalisations of the Basic Multilingual Plane, in pages of 256 characters of which most are empty and shared.
struct normalisation_pages {
    static constexpr std::size_t most = 24;
    std::array<std::uint8_t, 256> page_of = {};
    std::array<std::array<normalisation, 256>, most> pages = {};
    std::size_t used = 1;

    constexpr normalisation_pages() {
        for (const normalisation_row& row : normalisation_rows) {
            normalisation to{normalisation::bytes, {}};
            for (std::size_t i = 0; i < row.to.size(); ++i) to.text[i] = row.to[i];
            set(row.from, to);
        }
        set(spacing_accents, {normalisation::accent, {}});
        set("`", {normalisation::accent, {'\''}});
        for (const code_range& range : dropped_characters)
            for (char32_t code = range.first; code <= range.last; ++code) at(code) = {normalisation::nothing, {}};
        for (const code_range& range : space_characters)
            for (char32_t code = range.first; code <= range.last; ++code) at(code) = {normalisation::bytes, {' '}};
        for (char32_t code = 0; code < 0x20; ++code) at(code) = {normalisation::bytes, {' '}};
        at(0x7F) = {normalisation::bytes, {' '}};
        for (char letter = 'A'; letter <= 'Z'; ++letter)
            at(static_cast<char32_t>(letter)) = {normalisation::bytes, {static_cast<char>(letter + ('a' - 'A'))}};
    }

    constexpr const normalisation& operator[](char32_t code) const {
        return code > 0xFFFF ? pages[0][0] : pages[page_of[code >> 8]][code & 0xFF];
    }

private:
    constexpr void set(std::string_view characters, const normalisation& to) {
        const char* const end = characters.data() + characters.size();
        for (const char* text = characters.data(); text != end;) at(next_character(text, end)) = to;
    }
    constexpr normalisation& at(char32_t code) {
        auto& page = page_of[code >> 8];
        if (page == 0) page = static_cast<std::uint8_t>(used++);
        return pages[page][code & 0xFF];
    }
};
inline constexpr normalisation_pages normalisations;

struct html_entity {
    std::string_view name;
    char32_t code;
};
/// The names that occur in bibliographic data; those of letters are case-sensitive. Sorted.
inline constexpr html_entity html_entities[] = {
    {"AElig", 0xC6},   {"Aacute", 0xC1},  {"Acirc", 0xC2},   {"Agrave", 0xC0},  {"Aring", 0xC5},    {"Atilde", 0xC3},
    {"Auml", 0xC4},    {"Ccedil", 0xC7},  {"ETH", 0xD0},     {"Eacute", 0xC9},  {"Ecirc", 0xCA},    {"Egrave", 0xC8},
    {"Euml", 0xCB},    {"Iacute", 0xCD},  {"Icirc", 0xCE},   {"Igrave", 0xCC},  {"Iuml", 0xCF},     {"Ntilde", 0xD1},
    {"OElig", 0x152},  {"Oacute", 0xD3},  {"Ocirc", 0xD4},   {"Ograve", 0xD2},  {"Oslash", 0xD8},   {"Otilde", 0xD5},
    {"Ouml", 0xD6},    {"Scaron", 0x160}, {"THORN", 0xDE},   {"Uacute", 0xDA},  {"Ucirc", 0xDB},    {"Ugrave", 0xD9},
    {"Uuml", 0xDC},    {"Yacute", 0xDD},  {"Zcaron", 0x17D}, {"aacute", 0xE1},  {"acirc", 0xE2},    {"aelig", 0xE6},
    {"agrave", 0xE0},  {"amp", '&'},      {"apos", '\''},    {"aring", 0xE5},   {"atilde", 0xE3},   {"auml", 0xE4},
    {"bull", 0x2022},  {"ccaron", 0x10D}, {"ccedil", 0xE7},  {"ecaron", 0x11B}, {"eacute", 0xE9},   {"ecirc", 0xEA},
    {"egrave", 0xE8},  {"eth", 0xF0},     {"euml", 0xEB},    {"gt", '>'},       {"hellip", 0x2026}, {"iacute", 0xED},
    {"icirc", 0xEE},   {"igrave", 0xEC},  {"iuml", 0xEF},    {"laquo", 0xAB},   {"ldquo", 0x201C},  {"lsquo", 0x2018},
    {"lt", '<'},       {"mdash", 0x2014}, {"middot", 0xB7},  {"nbsp", 0xA0},    {"ndash", 0x2013},  {"ntilde", 0xF1},
    {"oacute", 0xF3},  {"ocirc", 0xF4},   {"oelig", 0x153},  {"ograve", 0xF2},  {"oslash", 0xF8},   {"otilde", 0xF5},
    {"ouml", 0xF6},    {"quot", '"'},     {"raquo", 0xBB},   {"rdquo", 0x201D}, {"reg", 0xAE},      {"rsquo", 0x2019},
    {"scaron", 0x161}, {"shy", 0xAD},     {"szlig", 0xDF},   {"thorn", 0xFE},   {"trade", 0x2122},  {"uacute", 0xFA},
    {"ucirc", 0xFB},   {"ugrave", 0xF9},  {"uuml", 0xFC},    {"yacute", 0xFD},  {"yuml", 0xFF},     {"zcaron", 0x17E},
};

/// The character of an entity at `text`, just behind its "&", and moves on behind its ";"; 0 where there is none.
inline char32_t html_character(const char*& text, const char* end) {
    const std::string_view rest(text, static_cast<std::size_t>(std::min<std::ptrdiff_t>(end - text, 12)));
    const std::size_t semicolon = rest.find(';');
    if (semicolon == std::string_view::npos) return 0;
    const std::string_view name = rest.substr(0, semicolon);
    char32_t code = 0;
    if (name.starts_with('#')) {
        const bool hex = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
        const char* const last = name.data() + name.size();
        std::uint32_t number = 0;
        const auto [stop, error] = std::from_chars(name.data() + (hex ? 2 : 1), last, number, hex ? 16 : 10);
        if (error != std::errc{} || stop != last || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF))
            return 0;
        code = number == 0 ? U' ' : number;
    } else {
        const auto* const found = std::ranges::find(html_entities, name, &html_entity::name);
        if (found == std::end(html_entities)) return 0;
        code = found->code;
    }
    text += semicolon + 1;
    return code;
}

/// Writes the normalised form of one text.
class normaliser {
public:
    normaliser(std::string_view text, normalised_text& out)
        : begin_(text.data()), end_(text.data() + text.size()), out_(out) {
        // A byte that is not UTF-8 may become three; nothing else grows.
        if (out.bytes_.size() < 3 * text.size()) {
            out.bytes_.resize(3 * text.size());
            out.origins_.resize(3 * text.size() + 1);
        }
        run();
        out.size_ = size_;
        out.origins_[size_] = static_cast<std::uint32_t>(text.size());
    }

private:
    void run() {
        for (const char* at = begin_; at != end_;) {
            if (end_ - at >= 8 && eight_plain(at)) {
                at += 8;
                continue;
            }
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

    /// Folds eight bytes at once where they are ASCII letters, digits, signs and single spaces.
    bool eight_plain(const char* at) {
        const std::uint64_t word = load_eight(at);
        if ((word & high_bits) != 0) return false;
        const std::uint64_t spaces = equal_to(word, ' ');
        const std::uint64_t controls = (at_least(word, ' ') ^ high_bits) | equal_to(word, '\x7F');
        if ((controls | equal_to(word, '&') | equal_to(word, '`') | (spaces & (spaces >> 8))) != 0) return false;
        if (*at == ' ' && after_space()) return false;
        const std::uint64_t upper = at_least(word, 'A') & ~at_least(word, 'Z' + 1);
        store_eight(word | upper >> 2, out_.bytes_.data() + size_);
        const auto origin = static_cast<std::uint32_t>(at - begin_);
        for (std::uint32_t i = 0; i < 8; ++i) out_.origins_[size_ + i] = origin + i;
        size_ += 8;
        return true;
    }

    /// Folds the character `code`, which stands at [start, stop).
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

    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c < '\0'; }
    [[nodiscard]] bool after_space() const { return size_ > 0 && out_.bytes_[size_ - 1] == ' '; }
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

/// Folds a text for comparison:
///   - letters to lower case without diacritics, also combining ones, and in full width; ß to ss, æ to ae, ø to o, and
///     so on; Greek, Cyrillic and Armenian likewise; Chinese, Japanese and Korean characters stay;
///   - an accent standing alone beside a letter is dropped, as text taken from PDF files has it ("Universit´e");
///   - quotes to ' or ", dashes to -, ideographic and other signs to their ASCII form or, where they only separate
///     (bullets, daggers, superscript digits), to a space; runs of white space and control characters to one space;
///   - HTML entities are decoded first, twice-encoded ones too; zero-width and direction marks are dropped;
///   - bytes that are not UTF-8 are read as Windows-1252.
/// The result is valid UTF-8, never longer than three bytes for one, and normalisation it again changes nothing but
/// what decoded entities spell. Throws std::invalid_argument for a text of 4 GB or more. Linear, one pass; allocates
/// only where `out` has not yet held a text as long. The normalisations are Unicode's (NFKD without marks, lower case),
/// from Python's unicodedata (tests/reference/normalisation_table.py).
inline void normalise(std::string_view text, normalised_text& out) {
    detail::require(text.size() < std::numeric_limits<std::uint32_t>::max(), "normalise", "a text of less than 4 GB",
                    text.size());
    detail::normaliser(text, out);
}

/// The normalised text alone.
[[nodiscard]] inline std::string normalised(std::string_view text) {
    normalised_text out;
    normalise(text, out);
    return std::string(out.view());
}

}  // namespace compute_divide

#endif
