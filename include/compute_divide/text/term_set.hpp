// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_TERM_SET_HPP
#define COMPUTE_DIVIDE_TEXT_TERM_SET_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/text/fold.hpp>

/// Many words and phrases found in one pass over a text.
namespace compute_divide {

/// A word or phrase to look for, and what the user calls it. "universit*" stands for every word that begins so.
struct term {
    std::string_view text;
    std::uint32_t id = 0;
};

/// The text's bytes [begin, end) are the term `id`; of a term with a "*", the whole word.
struct term_hit {
    std::uint32_t id;
    std::size_t begin, end;

    friend bool operator==(const term_hit&, const term_hit&) = default;
};

struct term_options {
    bool whole_words = true;  ///< "inc" is not in "Cincinnati"
    bool plurals = false;     ///< "network" is also "networks", "box" "boxes", "study" "studies"
    bool hyphens = false;     ///< "deep learning" is also "deep-learning", and the other way round
};

/// A set of terms, built once and then searched for in any number of texts, from any number of threads.
///
/// Terms and texts are compared in their folded form (text/fold.hpp). Hits are leftmost, longest, and do not overlap;
/// where two terms fold alike, the first one counts, and a term without "*" before one with. A whole word is bounded by
/// the ends of the text and by anything but letters and digits; Chinese, Japanese and Korean characters, which are
/// written without spaces, bound themselves and everything else: "mit" is in "MIT大学", and so is "大学".
///
/// Cost of a search: one pass, linear in the text for terms of bounded length; no allocation in for_each. Memory: about
/// 16 bytes per character of the terms. A trie in a double array (Aoe 1989), entered where a word begins. Checked
/// against a naive search (tests/text/term_set.test.cpp, tests/fuzz/term_set.fuzz.cpp).
class term_set {
public:
    /// Throws std::invalid_argument where a term is empty or has a "*" elsewhere than at its end.
    template <std::ranges::input_range Terms>
    requires std::convertible_to<std::ranges::range_reference_t<Terms>, term>
    explicit term_set(Terms&& terms, term_options options = {}) : options_(options) { build(terms); }
    explicit term_set(std::initializer_list<term> terms, term_options options = {}) : options_(options) {
        build(terms);
    }

    /// Calls `found(hit)` for each hit, in order. Positions are those of the bytes of the text before it was folded.
    template <std::invocable<const term_hit&> Found>
    void for_each(const folded_text& text, Found&& found) const {
        for_each(text.view(), [&](const term_hit& hit) {
            std::invoke(found, term_hit{hit.id, text.origin(hit.begin), text.origin(hit.end)});
        });
    }

    /// The same for a text that is in folded form already; positions are in that form.
    template <std::invocable<const term_hit&> Found>
    void for_each(std::string_view folded, Found&& found) const {
        bool in_word = false;
        for (std::size_t at = 0; at < folded.size(); ++at) {
            const kind_type kind = kind_of(folded[at]);
            if (kind == continuation || (kind == word && in_word)) continue;
            in_word = kind == word && options_.whole_words;
            if (const term_hit hit = longest_at(folded, at); hit.end != at) {
                std::invoke(found, hit);
                at = hit.end - 1;
                in_word = false;
            }
        }
    }

    [[nodiscard]] std::vector<term_hit> find(const folded_text& text) const {
        std::vector<term_hit> hits;
        for_each(text, [&](const term_hit& hit) { hits.push_back(hit); });
        return hits;
    }
    /// Folds the text first.
    [[nodiscard]] std::vector<term_hit> find(std::string_view text) const {
        folded_text folded;
        fold(text, folded);
        return find(folded);
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// A state of the trie. Its child by byte class c is nodes_[base + c], where that one's parent is this state.
    struct node {
        std::uint32_t base = 0;
        std::uint32_t parent = none;
        std::uint32_t whole = none;   // 2 x the index in ids_ of the term that ends here, + 1 if it bounds itself
        std::uint32_t prefix = none;  // the index in ids_ of the term with "*" that ends here
    };

    /// What a byte of folded text is to the boundaries of words.
    enum kind_type : std::uint8_t { separator, word, continuation, ideograph };
    static constexpr auto kinds = [] {
        std::array<kind_type, 256> kind = {};
        const auto set = [&](std::size_t first, std::size_t last, kind_type as) {
            for (std::size_t byte = first; byte <= last; ++byte) kind[byte] = as;
        };
        set('0', '9', word);
        set('a', 'z', word);
        set(0x80, 0xBF, continuation);
        set(0xC0, 0xE2, word);
        set(0xE3, 0xFF, ideograph);
        return kind;
    }();
    static kind_type kind_of(char byte) { return kinds[static_cast<unsigned char>(byte)]; }
    static bool ends_word(std::string_view text, std::size_t at) {
        return at == text.size() || kind_of(text[at]) == separator || kind_of(text[at]) == ideograph;
    }

    /// The longest term that begins at `begin`; of no length where there is none.
    [[nodiscard]] term_hit longest_at(std::string_view text, std::size_t begin) const {
        std::uint32_t state = 0, prefix = none;
        std::size_t prefix_end = begin;
        term_hit longest{0, begin, begin};
        for (std::size_t at = begin;; ++at) {
            const node& here = nodes_[state];
            if (here.prefix != none) {
                prefix = here.prefix;
                prefix_end = at;
            }
            if (here.whole != none && ((here.whole & 1) != 0 || ends_word(text, at)))
                longest = {ids_[here.whole >> 1], begin, at};
            if (at == text.size()) break;
            const std::uint32_t next = here.base + classes_[static_cast<unsigned char>(text[at])];
            if (nodes_[next].parent != state) break;
            state = next;
        }
        if (prefix != none) {
            while (!ends_word(text, prefix_end)) ++prefix_end;
            if (prefix_end > longest.end) longest = {ids_[prefix], begin, prefix_end};
        }
        return longest;
    }

    /// A term folded, in one way to write it.
    struct spelling {
        std::string text;
        std::uint32_t index;  // in ids_
        bool prefix;
    };

    template <class Terms>
    void build(Terms& terms) {
        std::vector<spelling> spellings;
        for (const term& each : terms) {
            spellings.push_back(spelled(each.text, static_cast<std::uint32_t>(ids_.size())));
            ids_.push_back(each.id);
        }
        if (options_.plurals) add_plurals(spellings);
        std::ranges::stable_sort(spellings, {}, &spelling::text);
        number_classes(spellings);
        place(spellings);
    }

    [[nodiscard]] spelling spelled(std::string_view text, std::uint32_t index) const {
        spelling result{folded(text), index, false};
        std::string& letters = result.text;
        if (options_.hyphens) std::ranges::replace(letters, '-', ' ');
        letters.erase(0, letters.find_first_not_of(' '));
        letters.erase(letters.find_last_not_of(' ') + 1);
        if (letters.ends_with('*')) {
            result.prefix = true;
            letters.pop_back();
        }
        detail::require(!letters.empty() && letters.find('*') == letters.npos, "term_set",
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

    void number_classes(const std::vector<spelling>& spellings) {
        for (const spelling& each : spellings)
            for (const char byte : each.text) classes_[static_cast<unsigned char>(byte)] = 1;
        std::uint8_t used = 0;
        for (std::uint8_t& each : classes_)
            if (each != 0) each = ++used;
        if (options_.hyphens) classes_['-'] = classes_[' '];
    }

    /// Lays the trie of the sorted spellings out, each state's children in the first gaps that fit them.
    void place(const std::vector<spelling>& spellings) {
        struct task {
            std::uint32_t state;
            std::size_t first, last, depth;  // the spellings [first, last) agree in their first `depth` bytes
        };
        struct child {
            std::uint8_t byte_class;
            std::size_t first;
        };
        nodes_.resize(512);
        nodes_[0].parent = 0;
        // A chain's states fill the first gaps of all; branches look for theirs from where there are enough.
        std::uint32_t first_gap = 256, branch_from = 1;
        std::vector<child> children;
        for (std::vector<task> tasks{{0, 0, spellings.size(), 0}}; !tasks.empty();) {
            auto [state, first, last, depth] = tasks.back();
            tasks.pop_back();
            for (; first != last && spellings[first].text.size() == depth; ++first)
                end_here(nodes_[state], spellings[first]);
            children.clear();
            for (std::size_t i = first; i != last; ++i) {
                const std::uint8_t byte_class = classes_[static_cast<unsigned char>(spellings[i].text[depth])];
                if (children.empty() || children.back().byte_class != byte_class) children.push_back({byte_class, i});
            }
            if (children.empty()) continue;
            const bool chain = children.size() == 1;
            std::uint32_t base = branch_from;
            if (chain) base = first_gap - children[0].byte_class;
            while (!std::ranges::all_of(children,
                                        [&](const child& c) { return nodes_[base + c.byte_class].parent == none; }))
                if (++base + 512 > nodes_.size()) nodes_.resize(2 * nodes_.size());
            while (base + 512 > nodes_.size()) nodes_.resize(2 * nodes_.size());
            if (!chain && base > branch_from + 64) branch_from = base - 64;
            nodes_[state].base = base;
            for (std::size_t i = 0; i < children.size(); ++i) {
                const std::uint32_t next = base + children[i].byte_class;
                nodes_[next].parent = state;
                tasks.push_back(
                    {next, children[i].first, i + 1 < children.size() ? children[i + 1].first : last, depth + 1});
            }
            while (nodes_[first_gap].parent != none) ++first_gap;
        }
    }

    void end_here(node& state, const spelling& term) const {
        if (term.prefix) {
            if (state.prefix == none) state.prefix = term.index;
        } else if (state.whole == none) {
            std::size_t last = term.text.size() - 1;
            while (last > 0 && kind_of(term.text[last]) == continuation) --last;
            state.whole = 2 * term.index + (options_.whole_words && kind_of(term.text[last]) == word ? 0 : 1);
        }
    }

    term_options options_;
    std::vector<std::uint32_t> ids_;
    std::array<std::uint8_t, 256> classes_ = {};  // 0: in no term
    std::vector<node> nodes_;
};

}  // namespace compute_divide

#endif
