// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_READING_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_READING_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/uninitialised_allocator.hpp>
#include <compute_divide/institutions/detail/organisation_words.hpp>
#include <compute_divide/institutions/detail/remembered.hpp>
#include <compute_divide/institutions/detail/word_numbers.hpp>
#include <compute_divide/institutions/registry_match.hpp>

/// A text as a registry reads it: words, the windows of them that may be names, places; and where they stand.
namespace compute_divide::inline v0_2::detail {

/// A word of an affiliation. Positions are in affiliation_words.
struct registry_word {
    std::size_t begin, end;
    std::size_t part, section;
    std::uint64_t mixed;  // of the id, as keys are made of it
    std::uint64_t hash;   // of the word as it is written
    std::uint32_t id;     // word_numbers::none where no name has it
    name_word kind;
    std::uint8_t longest;  // words in the longest name that has it
    bool corrected, number;
};

/// What a word of a text is to a registry.
struct registry_reading_of_word {
    std::uint32_t id;
    name_word kind;
    bool corrected;
    std::uint8_t longest;  // words in the longest name that has it
};

/// Words [first, last] of a text that are those of some name; `count` of them are not small.
struct registry_window {
    std::size_t first, last, count;
    std::uint32_t entry;
    std::uint32_t claims;  // registry_claim of its names, a bit each
};

/// Words [first, last] of a text whose key may be that of a name.
struct window_key {
    std::uint64_t key;
    std::size_t first, last, count;
};

/// A place that a text says: a city by the key of its words, or a country.
struct registry_place {
    std::size_t first, last, section;
    std::uint64_t city;     // 0: a country
    std::uint16_t country;  // of a city where only one country has it, else 0
};

inline constexpr std::uint32_t no_record = std::numeric_limits<std::uint32_t>::max();

/// An organisation found in a text: words [begin, end) of affiliation_words.
struct registry_hit {
    std::size_t begin, end;
    std::uint32_t record;
    double score;
    match_kind kind;
    bool brief;  // one word, or an acronym: not to be trusted beside other names
    std::uint32_t runner_up = no_record;
    double margin = 0;
};

/// What is read in one text. Kept from text to text for its memory.
struct registry_reading {
    remembered<registry_reading_of_word> known;  // by the hashes of words
    std::vector<registry_word, uninitialised_allocator<registry_word>> words;
    std::vector<window_key> keys;
    std::vector<registry_window> windows;
    std::vector<registry_place> places;
    std::vector<char> taken;
    std::vector<registry_hit> hits;
};

inline constexpr std::size_t registry_reach = 16;  // words and places: what is further away says nothing of a name

[[nodiscard]] inline bool says_nothing(const registry_word& word) {
    return word.number || word.kind == name_word::small;
}

[[nodiscard]] inline bool begins_part(const registry_reading& s, std::size_t i) {
    const std::size_t part = s.words[i].part, stop = i - std::min(i, registry_reach);
    while (i > stop && s.words[i - 1].part == part && says_nothing(s.words[i - 1])) --i;
    return i == 0 || s.words[i - 1].part != part;
}

[[nodiscard]] inline bool ends_part(const registry_reading& s, std::size_t i) {
    const std::size_t part = s.words[i].part, stop = std::min(s.words.size(), i + registry_reach);
    while (i + 1 < stop && s.words[i + 1].part == part && says_nothing(s.words[i + 1])) ++i;
    return i + 1 == s.words.size() || s.words[i + 1].part != part;
}

/// Whether a window begins or ends its part, but for numbers; so are places written.
[[nodiscard]] inline bool stands_apart(const registry_reading& s, const registry_window& w) {
    if (s.words[w.first].part != s.words[w.last].part) return false;
    return begins_part(s, w.first) || ends_part(s, w.last);
}

/// The places around a window; those further away say nothing of it.
[[nodiscard]] inline std::span<const registry_place> near(const registry_reading& s, const registry_window& w) {
    const auto after = detail::upper_bound_by(s.places, w.first, &registry_place::first);
    const auto at = static_cast<std::size_t>(after - s.places.begin());
    const std::size_t first = at - std::min(at, registry_reach), last = std::min(s.places.size(), at + registry_reach);
    return std::span(s.places).subspan(first, last - first);
}

/// Whether no other word of a window's part is proper: "Foo Research".
[[nodiscard]] inline bool only_proper(const registry_reading& s, const registry_window& w) {
    for (std::size_t i = w.first; i-- > 0 && s.words[i].part == s.words[w.first].part;) return false;
    for (std::size_t i = w.last + 1; i < s.words.size() && s.words[i].part == s.words[w.last].part; ++i)
        if (!s.words[i].number && (s.words[i].kind == name_word::proper || s.words[i].id == word_numbers::none))
            return false;
    return true;
}

/// Whether a window over several parts may be a name: "University of California, Berkeley", but not "Foo
/// University, Berkeley".
[[nodiscard]] inline bool may_go_on(const registry_reading& s, const registry_window& w) {
    std::size_t before = 0;
    for (std::size_t i = w.first; before < 2 && s.words[i].part == s.words[w.first].part; ++i)
        if (s.words[i].kind != name_word::small) ++before;
    return ends_part(s, w.last) && (before > 1 || begins_part(s, w.first));
}

}  // namespace compute_divide::inline v0_2::detail

#endif
