// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_HTML_ENTITIES_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_HTML_ENTITIES_HPP

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>

/// Characters written as HTML entities: "&eacute;", "&#233;", "&#xE9;".
namespace compute_divide::inline v0_2::detail {

/// A named entity and its character.
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
        const auto found = detail::find(html_entities, name, &html_entity::name);
        if (found == std::end(html_entities)) return 0;
        code = found->code;
    }
    text += semicolon + 1;
    return code;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
