#!/usr/bin/python3
# SPDX-License-Identifier: BSL-1.0
"""Writes include/compute_divide/text/detail/normalisation_table.hpp from Python's Unicode database.

A character becomes the lower-case form of its compatibility decomposition (NFKD) without marks; the exceptions that
Unicode does not decompose, and signs that only separate words, are listed here. Three bytes at most; longer: unchanged.
"""
import pathlib
import textwrap
import unicodedata

FOLDED = [(0x80, 0x24F), (0x2B9, 0x2BF), (0x370, 0x3FF), (0x400, 0x52F), (0x531, 0x556), (0x60C, 0x61B),
          (0x1E00, 0x1FFF), (0x2010, 0x205E), (0x2070, 0x209C), (0x2100, 0x218B), (0x2212, 0x2215), (0x2460, 0x24E9),
          (0x2C60, 0x2C7F), (0x2F00, 0x2FD5), (0x3001, 0x301B), (0x30FB, 0x30FB), (0xFB00, 0xFB06), (0xFF01, 0xFF9D)]
DROPPED = [(0xAD, 0xAD), (0x300, 0x36F), (0x483, 0x489), (0x591, 0x5BD), (0x640, 0x640), (0x64B, 0x65F),
           (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
           (0xFFFD, 0xFFFD)]
SPACES = [(0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F),
          (0x3000, 0x3000)]
ACCENTS = "\u00a8\u00af\u00b4\u00b8\u02c6\u02c7\u02d8\u02d9\u02da\u02db\u02dc\u02dd"  # spacing accents
LETTERS = {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
           "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n",
           "ı": "i", "ĸ": "k", "ŧ": "t", "Ŧ": "t", "ƒ": "f", "ς": "σ", "×": "x", "Ǿ": "o", "ǿ": "o", "Ǽ": "ae",
           "ǽ": "ae", "Ɓ": "b", "Ɗ": "d", "Ƙ": "k", "ƙ": "k", "ɓ": "b", "ɗ": "d"}
SIGNS = {" ": "\u00a6\u00a7\u00a9\u00ae\u00b0\u00b6\u00b7\u2016\u2017\u2020\u2021\u2022\u2023\u2027\u203b\u2122\u30fb"
              "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2295\u204e\u2042",
         "'": "\u2018\u2019\u201a\u201b\u2032\u2035\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u02be\u02bf",
         '"': "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u2036" + "".join(map(chr, range(0x3008, 0x3010))),
         "[": "\u3010\u3014\u3016\u3018\u301a", "]": "\u3011\u3015\u3017\u3019\u301b",
         "-": "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212", "/": "\u2044\u2215",
         ",": "\u3001\u060c", ".": "\u3002", ";": "\u061b"}
EXCEPTIONS = LETTERS | {char: sign for sign, chars in SIGNS.items() for char in chars}
EXCEPTIONS |= {chr(c): " " for c in range(0x2460, 0x249C)}  # numbers in circles, parentheses or with a full stop


def normalise(char):
    code = ord(char)
    if 0x80 <= code < 0xA0:  # a control character that nobody means: Windows-1252
        try:
            return normalise(bytes([code]).decode("cp1252"))
        except UnicodeDecodeError:
            return " "
    if char in EXCEPTIONS:
        return EXCEPTIONS[char]
    letters = [c for c in unicodedata.normalize("NFKD", char) if not unicodedata.combining(c)]
    letters = [LETTERS.get(c, c) for c in letters]
    return "".join(LETTERS.get(c, c) for c in "".join(letters).lower() if not unicodedata.combining(c))


def in_ranges(char, ranges):
    return any(first <= ord(char) <= last for first, last in ranges)


rows = {}
for first, last in FOLDED:
    for char in map(chr, range(first, last + 1)):
        if in_ranges(char, DROPPED + SPACES) or char in ACCENTS:
            continue
        if unicodedata.category(char) == "Cn":
            continue
        to = normalise(char)
        if to != char and to.strip() == to.strip(" ") and 0 < len(to.encode()) <= 3 and (to == " " or " " not in to):
            rows.setdefault(to, []).append(char)
for char in map(chr, [*map(ord, "\u2042\u204e\u2295ɓɗ")]):
    if char not in rows.setdefault(normalise(char), []):
        rows[normalise(char)].append(char)


def literal(text):
    return "".join("\\" + c if c in '"\\' else c if c.isprintable() and not unicodedata.combining(c)
                   else "".join(f"\\{b:03o}" for b in c.encode()) for c in text)


def wrapped(ranges):
    items = ", ".join(f"{{0x{a:X},\u00a00x{b:X}}}" for a, b in ranges)
    return "\n".join(line.replace("\u00a0", " ") for line in textwrap.wrap(items, 114, initial_indent="    ",
                                                                        subsequent_indent="    "))


def row(to, chars):
    parts = [literal("".join(chars[i:i + 48])) for i in range(0, len(chars), 48)]
    return f'    {{"{literal(to)}",' + "".join(f' "{part}"' + ("\n" + " " * 8 if i + 1 < len(parts) else "")
                                              for i, part in enumerate(parts)).replace('\n         "', '\n     "') + "},"


out = f'''// SPDX-License-Identifier: BSL-1.0
// Written by tests/reference/normalisation_table.py from Unicode {unicodedata.unidata_version}; do not edit.
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_NORMALISATION_TABLE_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_NORMALISATION_TABLE_HPP

#include <string_view>

namespace compute_divide::inline v0_2::detail {{

struct code_range {{
    char32_t first, last;
}};
/// Combining marks, zero-width characters, text directions.
inline constexpr code_range dropped_characters[] = {{
{wrapped(DROPPED)}}};
inline constexpr code_range space_characters[] = {{
{wrapped(SPACES)}}};
/// Accents that stand alone, as text taken from PDF files has them before or after their letter.
inline constexpr std::string_view spacing_accents = "{ACCENTS}";

/// Every character of `from` becomes `to`.
struct normalisation_row {{
    std::string_view to, from;
}};
// clang-format off
inline constexpr normalisation_row normalisation_rows[] = {{
{chr(10).join(row(to, chars) for to, chars in sorted(rows.items()))}
}};
// clang-format on

}}  // namespace compute_divide::inline v0_2::detail

#endif
'''
(pathlib.Path(__file__).parents[2] / "include/compute_divide/text/detail/normalisation_table.hpp").write_text(out)
