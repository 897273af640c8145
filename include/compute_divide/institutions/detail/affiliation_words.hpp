// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_WORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_WORDS_HPP

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/vector_of.hpp>
#include <compute_divide/text/normalise.hpp>

/// How affiliations and names of organisations are cut into words, parts and sections.
namespace compute_divide::inline v0_2::detail {

/// A normalised text as words: punctuation is spaces, but "," between parts and ";" between sections.
struct affiliation_words {
    struct part {
        std::size_t begin, end;
        bool begins_section;
    };
    normalised_text normalised;
    std::vector<char> words;                   // the first `size` count
    std::vector<std::uint32_t> origins = {0};  // of each byte of words, in the normalised text
    std::size_t size = 0;
    std::vector<part> parts;
    struct address {
        std::size_t begin, end;
    };
    std::string_view domain;         // of the first e-mail address, in the normalised text
    std::vector<address> addresses;  // of e-mail, in the normalised text

    void read(std::string_view text) {
        normalise(text, normalised);
        const std::string_view in = normalised.view();
        size = 0;
        if (words.size() < 2 * in.size() + 8) {
            words.resize(2 * in.size() + 8);  // a space may come before each character; eight are written at once
            origins.resize(2 * in.size() + 9);
        }
        parts.clear();
        domain = {};
        addresses.clear();
        stops_.clear();
        for (std::size_t i = 0; i < in.size(); ++i) {
            if (is_small_letter(in[i])) {  // most are
                if (i > 0 && is_digit(in[i - 1]) && is_mark(in, i)) put(' ', i);
                const std::size_t at = normalised.is_plain() ? put_letters<true>(in, i) : put_letters<false>(in, i);
                i = at - 1;
                continue;
            }
            switch (in[i]) {
                case ';':
                case '+':
                case '|':
                    put(';', i);
                    break;
                case '/':
                    put(is_form(in, i) ? ' ' : ',', i);
                    break;
                case ',':
                case '(':
                case ')':
                case '[':
                case ']':
                case '{':
                case '}':
                case ':':
                    put(',', i);
                    break;
                case '@':
                    i = skip_address(in, i) - 1;
                    put(',', i);  // no part goes on behind it
                    break;
                case ' ':
                    put(break_at(text, i), i);
                    break;
                case '#':
                    if (in.substr(i).starts_with("#n#") || in.substr(i).starts_with("#r#") ||
                        in.substr(i).starts_with("#tab#")) {
                        put(',', i);
                        i = in.find('#', i + 1);
                    } else {
                        put(' ', i);
                    }
                    break;
                case '-':
                    put(i > 0 && in[i - 1] == ' ' && i + 1 < in.size() && in[i + 1] == ' ' ? ',' : ' ', i);
                    break;
                case '.':
                case '\'':
                case '"':
                case '_':
                case '*':
                case '!':
                case '?':
                case '\\':
                case '<':
                case '>':
                case '=':
                case '~':
                case '^':
                case '$':
                case '%':
                    put(' ', i);
                    break;
                case '\xE2':
                    if (const std::size_t sign = sign_size(in.substr(i)); sign > 0) {
                        put(joins_names(text, i, sign) ? ';' : ' ', i);
                        i += sign - 1;
                    } else {
                        put(in[i], i);
                    }
                    break;
                default:
                    if (const std::size_t digits = is_digit(in[i]) ? note_size(in, i) : 0; digits > 0) {
                        put(' ', i);
                        i += digits - 1;
                        break;
                    }
                    put(in[i], i);
            }
        }
        origins[size] = static_cast<std::uint32_t>(in.size());
        find_parts();
    }

    [[nodiscard]] std::string_view view() const { return {words.data(), size}; }

    /// The original text of words[begin, end).
    [[nodiscard]] std::string_view original(std::string_view text, std::size_t begin, std::size_t end) const {
        const std::size_t first = normalised.origin(origins[begin]);
        const std::size_t last = end > begin ? normalised.origin_of_end(origins[end - 1] + 1) : first;
        return text.substr(first, last - first);
    }

    /// Whether two spaces or more of the original text stand before the word at `begin`: a name ends there, as behind
    /// the end of a line.
    [[nodiscard]] bool has_gap_before(std::string_view text, std::size_t begin) const {
        const std::size_t at = normalised.origin(origins[begin]);
        return at > 1 && text[at - 1] == ' ' && text[at - 2] == ' ';
    }

private:
    /// What the sign or white space that is read as the space at `i` stands for: an affiliation ends at a footnote's
    /// sign between two names ("Foo Labs‡The University"), a part at the end of a line.
    [[nodiscard]] char break_at(std::string_view text, std::size_t i) const {
        const std::size_t from = normalised.origin(i);
        const auto sign = static_cast<unsigned char>(text[from]);
        if (sign < 0x80) return sign == '\n' || sign == '\r' ? ',' : ' ';
        const std::size_t next = normalised.origin(i + 1);
        const bool joined =
            i > 0 && normalised.view()[i - 1] != ' ' && normalised.view()[i - 1] != ',' && next < text.size();
        return joined && sign == 0xE2 && text[next] >= 'A' && text[next] <= 'Z' ? ';' : ' ';
    }

    /// Whether the sign at `i` is a footnote's between two names, without a space: "Foo Labs♭The University".
    [[nodiscard]] bool joins_names(std::string_view text, std::size_t i, std::size_t sign) const {
        const std::size_t next = normalised.origin(i + sign);
        return i > 0 && is_small_letter(normalised.view()[i - 1]) && next < text.size() && text[next] >= 'A' &&
               text[next] <= 'Z';
    }

    /// Whether the stroke at `i` is that of "A/S", a Danish legal form.
    [[nodiscard]] static bool is_form(std::string_view in, std::size_t i) {
        return i > 1 && in[i - 1] == 'a' && in[i - 2] == ' ' && i + 1 < in.size() && in[i + 1] == 's' &&
               (i + 2 == in.size() || in[i + 2] == ' ' || in[i + 2] == ',');
    }

    /// Puts the small letters from `at` on and returns where they end. `Spaces`: with single spaces between them, which
    /// is all that there are in a plain text (normalised_text::is_plain), and stand for nothing else there.
    template <bool Spaces>
    std::size_t put_letters(std::string_view in, std::size_t at) {
        const std::size_t begin = at;
        char* word = words.data() + size;
        std::uint32_t* from = origins.data() + size;
#ifdef COMPUTE_DIVIDE_SIGN_BITS
        for (; in.size() - at >= 16; at += 16, word += 16, from += 16) {
            vector_of<unsigned char, 16> all;
            std::memcpy(&all, in.data() + at, sizeof all);
            std::memcpy(word, &all, sizeof all);
            for (std::uint32_t i = 0; i < 16; ++i) from[i] = static_cast<std::uint32_t>(at) + i;
            constexpr unsigned char n_letters = 26;
            const auto put = Spaces ? (all - 'a' < n_letters) | (all == ' ') : all - 'a' < n_letters;
            const unsigned others = unsigned{sign_bits(reinterpret_cast<const vector_of<char, 16>&>(put))} ^ 0xFFFFU;
            if (others == 0) continue;
            at += static_cast<std::size_t>(std::countr_zero(others));
            size += at - begin;
            return at;
        }
#endif
        for (; in.size() - at >= 8; at += 8, word += 8, from += 8) {
            const std::uint64_t eight = load_eight(in.data() + at);
            const std::uint64_t low = eight & ~high_bits;
            std::uint64_t others = (at_least(low, 'a') ^ high_bits) | at_least(low, 'z' + 1);
            if (Spaces) others &= ~equal_to(low, ' ');
            others |= eight & high_bits;
            std::memcpy(word, in.data() + at, 8);
            for (std::uint32_t i = 0; i < 8; ++i) from[i] = static_cast<std::uint32_t>(at) + i;
            if (others == 0) continue;
            at += static_cast<std::size_t>(std::countr_zero(others)) / 8;
            size += at - begin;
            return at;
        }
        for (; at < in.size() && (is_small_letter(in[at]) || (Spaces && in[at] == ' ')); ++at) {
            *word++ = in[at];
            *from++ = static_cast<std::uint32_t>(at);
        }
        size += at - begin;
        return at;
    }

    COMPUTE_DIVIDE_ALWAYS_INLINE void put(char c, std::size_t from) {
        if (c == ' ' && (size == 0 || words[size - 1] == ' ' || words[size - 1] == ',' || words[size - 1] == ';'))
            return;
        if (c == ',' || c == ';') stops_.push_back(size);
        words[size] = c;
        origins[size++] = static_cast<std::uint32_t>(from);
    }

    /// Bytes of the arrow, star or other mathematical sign that a text begins with, such as a footnote's; 0 for others.
    static std::size_t sign_size(std::string_view in) {
        const bool is_sign = in.size() > 2 && in[0] == '\xE2' && in[1] >= '\x86' && in[1] <= '\xAF';
        return is_sign ? 3 : 0;  // U+2180 to U+2BFF
    }

    /// The number up to 19 at `i` that ends a word of four letters or more and a part: a footnote's ("KAIST1 + Foo2"),
    /// not a name's ("LIP6", "Data61", "Layer6 AI"), which may also be all of the text.
    static std::size_t note_size(std::string_view in, std::size_t i) {
        if (!is_digit(in[i]) || i < 4) return 0;
        std::size_t first = i;
        while (first > 0 && is_small_letter(in[first - 1]) && i - first < 4) --first;
        std::size_t end = i + 1;
        if (end < in.size() && in[i] == '1' && is_digit(in[end])) ++end;
        const std::size_t next = in.find_first_not_of(' ', end);
        const bool ends =
            next == std::string_view::npos || in[next] == '+' || in[next] == ',' || in[next] == ';' || in[next] == '&';
        const bool is_all = next == std::string_view::npos && in.find(' ') == std::string_view::npos;
        return i - first == 4 && ends && !is_all ? end - i : 0;
    }

    /// Whether a word begins at `i` behind the one or two digits of a footnote: "1University".
    static bool is_mark(std::string_view in, std::size_t i) {
        if (i == 0 || !is_digit(in[i - 1]) || !is_small_letter(in[i]) || in.size() - i < 4) return false;
        std::size_t first = i - 1;
        while (first > 0 && is_digit(in[first - 1]) && i - first < 3) --first;
        if (i - first > 2 || (first > 0 && in[first - 1] != ' ' && in[first - 1] != ',')) return false;
        return is_small_letter(in[i + 1]) && is_small_letter(in[i + 2]) && is_small_letter(in[i + 3]);
    }

    /// Takes the word before the @ back and returns where the address ends.
    std::size_t skip_address(std::string_view in, std::size_t at) {
        std::size_t begin = at;
        // "{a.b, c.d}@foo.org"
        constexpr std::size_t reach = 200;
        const std::size_t behind_last = addresses.empty() ? 0 : addresses.back().end;
        const std::size_t near = std::max(behind_last, at < reach ? 0 : at - reach);
        std::size_t open = at > 0 && in[at - 1] == '}' ? in.substr(near, at - near).rfind('{') : std::string_view::npos;
        if (open != std::string_view::npos) {
            open += near;
            while (size > 0 && origins[size - 1] >= open) --size;
            begin = open;
        } else {
            const auto is_inside = [&] {
                if (size == 0 || words[size - 1] == ',' || words[size - 1] == ';') return false;
                const std::size_t from = origins[size - 1];
                return in[from] != ' ' && !(words[size - 1] == ' ' && from + 1 < in.size() && in[from + 1] == ' ');
            };
            while (is_inside()) begin = origins[--size];
        }
        std::size_t end = at + 1;
        while (end < in.size() && (in[end] == '.' || in[end] == '-' || (in[end] >= 'a' && in[end] <= 'z') ||
                                   (in[end] >= '0' && in[end] <= '9')))
            ++end;
        while (!stops_.empty() && stops_.back() >= size) stops_.pop_back();
        if (domain.empty()) domain = in.substr(at + 1, end - at - 1);
        addresses.push_back({begin, end});
        return end;
    }

    void find_parts() {
        bool begins_section = true;
        stops_.push_back(size);
        std::size_t begin = 0;
        for (const std::size_t stop : stops_) {
            std::size_t end = stop;
            while (begin < end && words[begin] == ' ') ++begin;
            while (end > begin && words[end - 1] == ' ') --end;
            if (begin < end) {
                parts.push_back({begin, end, begins_section});
                begins_section = false;
            }
            if (stop < size && words[stop] == ';') begins_section = true;
            begin = stop + 1;
        }
    }

    std::vector<std::size_t> stops_;  // commas and semicolons in words
};

}  // namespace compute_divide::inline v0_2::detail

#endif
