// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_TERM_SET_HPP
#define COMPUTE_DIVIDE_TEXT_TERM_SET_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/detail/term_trie.hpp>
#include <compute_divide/text/detail/word_block.hpp>
#include <compute_divide/text/normalise.hpp>

/// Many words and phrases found in one pass over a text.
namespace compute_divide::inline v0_2 {

/// A word or phrase to look for, and what the user calls it. "universit*" stands for every word that begins so.
struct term {
    std::string_view text;
    std::uint32_t id = 0;
};

/// The text's bytes [begin, end) are the term `id`; of a term with a "*", the whole word.
struct term_hit {
    std::uint32_t id = 0;
    std::size_t begin = 0, end = 0;

    friend bool operator==(const term_hit&, const term_hit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<term_hit>) {
    return member_list(member{"id", &term_hit::id}, member{"begin", &term_hit::begin}, member{"end", &term_hit::end});
}

/// Which spellings a term stands for.
struct term_options {
    bool whole_words = true;  ///< "inc" is not in "Cincinnati"
    bool plurals = false;     ///< "network" is also "networks", "box" "boxes", "study" "studies"
    bool hyphens = false;     ///< "deep learning" is also "deep-learning", and the other way round
};

/// A set of terms, built once and then searched for in any number of texts, from any number of threads.
///
/// Terms and texts are compared in their normalised form (text/normalise.hpp). Hits are leftmost, longest, and do not
/// overlap; where two terms are normalised alike, the first one counts, and a term without "*" before one with. A whole
/// word is bounded by the ends of the text and by anything but letters and digits; Chinese, Japanese and Korean
/// characters, which are written without spaces, bound themselves and everything else: "mit" is in "MIT大学", and so is
/// "大学".
///
/// Cost of a search: one pass, linear in the text for terms of bounded length; no allocation in for_each. Memory: about
/// 16 bytes per character of the terms. A trie in a double array (Aoe 1989), entered where a word begins. Checked
/// against a naive search (tests/text/term_set.test.cpp, tests/fuzz/term_set.fuzz.cpp).
class term_set {
public:
    /// From any range of terms, whose texts are copied. Throws std::invalid_argument where a term is empty or has a "*"
    /// elsewhere than at its end.
    template <std::ranges::input_range Terms>
    requires(std::convertible_to<std::ranges::range_reference_t<Terms>, term> &&
             !std::same_as<std::remove_cvref_t<Terms>, term_set>) explicit term_set(Terms&& terms,
                                                                                    term_options options = {})
        : options_(options) {
        build(terms);
    }
    explicit term_set(std::initializer_list<term> terms, term_options options = {}) : options_(options) {
        build(terms);
    }

    /// Calls `found(hit)` for each hit, in order. Positions are those of the bytes of the text before it was
    /// normalised.
    template <std::invocable<const term_hit&> Found>
    void for_each(const normalised_text& text, Found&& found) const {
        for_each(text.view(), [&](const term_hit& hit) {
            std::invoke(found, term_hit{hit.id, text.origin(hit.begin), text.origin_of_end(hit.end)});
        });
    }

    /// The same for a text that is in normalised form already; positions are in that form.
    template <std::invocable<const term_hit&> Found>
    void for_each(std::string_view normalised, Found&& found) const {
        const char* const begin = normalised.data();
        detail::word_block block;
        for (std::size_t at = 0; at < normalised.size();) {
            const std::uint64_t boundaries = block.read(begin + at, normalised.size() - at);
            std::size_t next = at + 64;
            // Without a branch on what few of them pass.
            std::uint64_t starts = 0;
            for (std::uint64_t all = options_.whole_words ? boundaries : block.characters(); all != 0; all &= all - 1) {
                const auto offset = static_cast<std::size_t>(std::countr_zero(all));
                starts |= static_cast<std::uint64_t>(may_begin(block.text + offset)) << offset;
            }
            while (starts != 0) {
                const auto offset = static_cast<std::size_t>(std::countr_zero(starts));
                starts &= starts - 1;
                const detail::term_trie::match longest = trie_.longest_at(normalised, at + offset);
                if (longest.end == at + offset) continue;
                const term_hit hit{ids_[longest.index], at + offset, longest.end};
                std::invoke(found, hit);
                if (hit.end >= next) {
                    next = hit.end;
                    block = {};
                    break;
                }
                starts &= ~std::uint64_t{0} << (hit.end - at);
            }
            at = next;
        }
    }

    /// All hits, in order; positions are those of the bytes of the text before it was normalised.
    [[nodiscard]] std::vector<term_hit> find(const normalised_text& text) const {
        std::vector<term_hit> hits;
        for_each(text, [&](const term_hit& hit) { hits.push_back(hit); });
        return hits;
    }
    /// The same for a text as it is, which is normalised first.
    [[nodiscard]] std::vector<term_hit> find(std::string_view text) const {
        normalised_text normalised;
        normalise(text, normalised);
        return find(normalised);
    }

    /// For a search that goes through the words of ASCII text itself, and remembers of the words that come again and
    /// again what they say of terms. Not for sets in which a term may begin with a sign, or within a word.
    using word_start = detail::term_trie::word_start;
    /// Whether every term begins with a letter or a digit where a word does: then a search may go through words.
    [[nodiscard]] bool begins_with_words() const { return begins_with_words_; }
    /// The same for sets of the same terms, by which what is remembered may be told from what another set said.
    [[nodiscard]] std::uint64_t fingerprint() const { return trie_.fingerprint(); }
    /// Of a word of small letters and digits, behind a state that one before it led to, or 0.
    [[nodiscard]] word_start start_of(std::uint32_t before, std::string_view word) const {
        return trie_.start_of(before, word);
    }
    /// The longest of the terms that go on behind a state with the byte at `at`, and of the one found so far.
    [[nodiscard]] detail::term_trie::match longest_behind(std::uint32_t state, std::string_view normalised,
                                                          std::size_t at, detail::term_trie::match so_far) const {
        return trie_.longest_behind(state, normalised, at, so_far);
    }
    /// The hit that a match of the trie is, which begins at `begin`; an empty one where the match is.
    [[nodiscard]] term_hit hit_of(detail::term_trie::match longest, std::size_t begin) const {
        return {longest.end == begin ? 0 : ids_[longest.index], begin, longest.end};
    }
    /// The match that begins at a place where a word does; an empty one where there is none.
    [[nodiscard]] detail::term_trie::match match_at(std::string_view normalised, std::size_t begin) const {
        return trie_.longest_at(normalised, begin);
    }
    /// The hit that begins there; an empty one where there is none.
    [[nodiscard]] term_hit hit_at(std::string_view normalised, std::size_t begin) const {
        return hit_of(match_at(normalised, begin), begin);
    }
    /// Whether some term has a byte.
    [[nodiscard]] bool has_byte(char byte) const { return trie_.has_byte(byte); }

private:
    using spelling = detail::term_spelling;

    /// Whether some term may begin at `text`, by its first two to four bytes.
    [[nodiscard]] bool may_begin(const char* text) const {
        const std::size_t index = beginning_of(detail::load_eight(text) & first_bytes_);
        return (beginnings_[index / 64] >> (index % 64) & 1) != 0;
    }
    static std::size_t beginning_of(std::uint64_t first_bytes) {
        return static_cast<std::size_t>((first_bytes * 0x9E3779B97F4A7C15u) >> 48U);  // Fibonacci hashing
    }

    template <class Terms>
    void build(Terms& terms) {
        std::vector<spelling> spellings;
        for (const term& each : terms) {
            spellings.push_back(spelled(each.text, static_cast<std::uint32_t>(ids_.size())));
            ids_.push_back(each.id);
        }
        if (options_.plurals) add_plurals(spellings);
        detail::stable_sort_by(spellings, &spelling::text);
        note_beginnings(spellings);
        begins_with_words_ = options_.whole_words && detail::none_of(spellings, [](const spelling& each) {
                                 return detail::kind_of(each.text[0]) == detail::byte_kind::separator;
                             });
        trie_.build(spellings, options_.hyphens, options_.whole_words);
    }

    [[nodiscard]] spelling spelled(std::string_view text, std::uint32_t index) const {
        spelling result{normalised(text), index, false};
        std::string& letters = result.text;
        if (options_.hyphens) std::ranges::replace(letters, '-', ' ');
        letters.erase(0, letters.find_first_not_of(' '));
        letters.erase(letters.find_last_not_of(' ') + 1);
        if (letters.ends_with('*')) {
            result.prefix = true;
            letters.pop_back();
        }
        detail::require(!letters.empty() && letters.find('*') == std::string_view::npos, "term_set",
                        "terms that are not empty and have a * at their end only", text);
        return result;
    }

    static void add_plurals(std::vector<spelling>& spellings) {
        const std::size_t singulars = spellings.size();
        for (std::size_t i = 0; i < singulars; ++i) {
            const auto add = [&](std::string text) {
                spellings.push_back({std::move(text), spellings[i].index, false});
            };
            const std::string text = spellings[i].text;
            const auto ends_in = [&](auto... endings) { return (text.ends_with(endings) || ...); };
            if (spellings[i].prefix || text.back() < 'a' || text.back() > 'z') continue;
            if (ends_in("s", "x", "z", "ch", "sh"))
                add(text + "es");
            else if (ends_in('y') && !ends_in("ay", "ey", "oy", "uy"))
                add(text.substr(0, text.size() - 1) + "ies");
            else
                add(text + "s");
        }
    }

    /// Of as many bytes as the shortest term has, and one, at most four: what follows a term that short is any byte,
    /// or, where a word ends with it, one before which words end.
    void note_beginnings(const std::vector<spelling>& spellings) {
        constexpr std::size_t fewest = 2, most = 4;
        std::size_t length = most;
        for (const spelling& each : spellings) length = std::clamp(each.text.size() + 1, fewest, length);
        first_bytes_ = (std::uint64_t{1} << 8 * length) - 1;
        const auto note = [&](const std::string& beginning) {
            std::array<char, 8> word{};
            detail::copy(beginning, word.begin());
            const std::size_t index = beginning_of(detail::load_eight(word.data()));
            beginnings_[index / 64] |= std::uint64_t{1} << (index % 64);
        };
        for (const spelling& each : spellings) {
            std::vector<std::string> beginnings = {each.text.substr(0, length)};
            for (std::size_t i = 0; options_.hyphens && i < beginnings[0].size(); ++i)
                if (each.text[i] == ' ')
                    for (std::size_t j = beginnings.size(); j-- > 0;) {
                        beginnings.push_back(beginnings[j]);
                        beginnings.back()[i] = '-';
                    }
            const bool word_ends =
                options_.whole_words && !each.prefix && detail::kind_of(each.text.back()) == detail::byte_kind::word;
            for (const std::string& beginning : beginnings)
                if (beginning.size() == length)
                    note(beginning);
                else
                    for (int byte = 0; byte < 256; ++byte)
                        if (const auto next = static_cast<char>(byte);
                            !word_ends || detail::ends_word_before(detail::kind_of(next)))
                            note(beginning + next);
        }
    }

    term_options options_;
    std::vector<std::uint32_t> ids_;
    std::uint64_t first_bytes_ = 0;                    // a mask of those that are looked at
    std::array<std::uint64_t, 1024> beginnings_ = {};  // a bit for each hash of these
    bool begins_with_words_ = false;
    detail::term_trie trie_;
};

}  // namespace compute_divide::inline v0_2

#endif
