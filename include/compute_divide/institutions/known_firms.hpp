// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_KNOWN_FIRMS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_KNOWN_FIRMS_HPP

#include <cstddef>
#include <string_view>

#include <compute_divide/institutions/detail/firm_names.hpp>

/// Firms that do research, beyond `known_organisations`: by their whole name only.
namespace compute_divide::inline v0_2 {

namespace detail {

/// Whether a name is in the table; "|" is before and behind each, in the order of their bytes. O(log n).
[[nodiscard]] constexpr bool is_in_names(std::string_view table, std::string_view name) {
    if (name.empty() || name.find('|') != std::string_view::npos) return false;
    std::size_t first = 0, last = table.size() - 1;  // signs: what is sought begins at one of [first, last)
    while (first < last) {
        const std::size_t begin = table.rfind('|', first + (last - first) / 2);
        const std::size_t end = table.find('|', begin + 1);
        const int order = table.substr(begin + 1, end - begin - 1).compare(name);
        if (order == 0) return true;
        if (order < 0)
            first = end;
        else
            last = begin;
    }
    return false;
}

/// A name without one of the words that say no more than that it is a firm; the same where it has none, or is one.
[[nodiscard]] constexpr std::string_view without_last_firm_word(std::string_view name) {
    constexpr std::string_view words[] = {"inc",         "incorporated", "ltd",      "limited", "llc", "corp", "co",
                                          "corporation", "company",      "gmbh",     "ag",      "plc", "sa",   "sas",
                                          "srl",         "spa",          "bv",       "ab",      "oy",  "as",   "kk",
                                          "group",       "holdings",     "research", "labs",    "lab", "ai",   "team",
                                          "technology",  "technologies", "europe"};
    const std::size_t space = name.rfind(' ');
    if (space == std::string_view::npos || space == 0) return name;
    for (const std::string_view word : words)
        if (name.substr(space + 1) == word) return name.substr(0, space);
    return name;
}

}  // namespace detail

/// Whether a text is the name of a firm in the table: a part of an affiliation (between commas, say), normalised
/// (text/normalise.hpp), with a space for punctuation. What follows a name and says nothing ("Inc", "Research", "AI
/// Lab") may be there or not. Names that are also those of a place, of another organisation, or of common words are not
/// in the table; nor is it looked into for a part of a text, since most of these names are short.
///
/// 7,661 names, from facts: records of type company of the Research Organization Registry (CC0); organisations of
/// category Industry in Epoch AI's tables of models (CC BY 4.0); affiliations of conference papers that are called like
/// the commercial domain of their authors' e-mail. Made by examples/tools/make_firm_names.cpp. O(log n); constexpr.
[[nodiscard]] constexpr bool is_known_firm(std::string_view part) {
    constexpr std::size_t longest = 128;  // twice what a name in the table may have
    if (part.size() > longest) return false;
    for (std::string_view name = part;;) {
        // The pieces are in order too: the last one that does not begin behind the name.
        std::string_view where = detail::firm_names[0];
        for (const std::string_view piece : detail::firm_names)
            if (piece.substr(1, piece.find('|', 1) - 1) <= name) where = piece;
        if (detail::is_in_names(where, name)) return true;
        const std::string_view shorter = detail::without_last_firm_word(name);
        if (shorter.size() == name.size()) return false;
        name = shorter;
    }
}

}  // namespace compute_divide::inline v0_2

#endif
