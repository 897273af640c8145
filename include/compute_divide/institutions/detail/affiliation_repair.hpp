// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_REPAIR_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_REPAIR_HPP

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include <compute_divide/detail/ascii.hpp>

/// What the extraction of text from PDF files does to affiliations, undone.
namespace compute_divide::inline v0_2::detail {

/// Bytes of the accent that stands alone at the beginning of a text ("´", "`", "¨", "ˆ", "˜"); 0 where none does.
[[nodiscard]] constexpr std::size_t lone_accent(std::string_view text) {
    if (text.starts_with('`')) return 1;
    for (const std::string_view accent : {"\xC2\xB4", "\xC2\xA8", "\xCB\x86", "\xCB\x9C"})
        if (text.starts_with(accent)) return 2;
    return 0;
}

/// Whether a word is a head of a name with "of" written onto it: "Instituteof".
[[nodiscard]] inline bool has_of(std::string_view word) {
    if (!word.ends_with("of")) return false;
    word.remove_suffix(2);
    for (const std::string_view head : {"nstitute", "niversity", "epartment", "epartments", "ollege", "chool", "aculty",
                                        "cademy", "enter", "entre", "aboratory", "inistry", "ivision"})
        if (word.ends_with(head)) return true;
    return false;
}

/// A text as it may have been before it was taken from a PDF file:
///   - lost spaces: "CarnegieMellonUniversity", "Instituteof";
///   - kerning read as a space: "T encent"; accents apart: "T´ el´ ecom"; e-mail: "FOO @BAR .EDU";
///   - footnotes: "KAIST1".
/// A name may be written so itself ("DeepMind", "Data61"): for texts in which nothing else was found. Linear.
[[nodiscard]] inline std::string repaired(std::string_view text) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    const auto is_letter = [&](char c) { return is_capital(c) || is_small_letter(c); };
    const auto at = [&](std::size_t i) { return i < text.size() ? text[i] : ' '; };
    const bool has_mail = text.find('@') != std::string_view::npos;
    std::string out;
    out.reserve(text.size() + text.size() / 4);
    std::size_t word = 0;  // where the last word of `out` begins
    bool in_mail = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i], before = i > 0 ? text[i - 1] : ' ';
        if (has_mail && c == ' ' && (at(i + 1) == '@' || (in_mail && at(i + 1) == '.'))) continue;
        if (c == '@') in_mail = true;
        if (c == ' ' && in_mail) in_mail = false;
        if (const std::size_t size = lone_accent(text.substr(i));
            size > 0 && is_letter(before) && at(i + size) == ' ' && is_small_letter(at(i + size + 1))) {
            i += size;
            continue;
        }
        const bool alone = !is_letter(before) && before >= 0 && before != '.' && before != '\'';
        if (c == ' ' && is_capital(before) && before != 'A' && before != 'I' && before != 'U' &&
            (i < 2 || text[i - 2] == ' ' || text[i - 2] == ',' || text[i - 2] == '+') && is_small_letter(at(i + 1)) &&
            is_small_letter(at(i + 2)))
            continue;
        if (is_capital(c) && is_small_letter(before)) {
            if (has_of(std::string_view(out).substr(word))) out.insert(out.size() - 2, 1, ' ');
            out += ' ';
            word = out.size();
        } else if (alone && is_letter(c)) {
            word = out.size();
        }
        if (is_digit(c) && is_letter(before)) {
            std::size_t end = i + 1;
            if (is_digit(at(end))) ++end;
            const char next = at(end);
            if (next == ' ' || next == ',' || next == '+' || next == ';') {
                i = end - 1;
                continue;
            }
        }
        out += c;
    }
    return out;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
