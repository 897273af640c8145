// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_TERM_TRIE_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_TERM_TRIE_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/text/detail/word_block.hpp>

/// The longest of many terms that begins at a place of a text.
namespace compute_divide::inline v0_2::detail {

/// A term normalised, in one way to write it.
struct term_spelling {
    std::string text;
    std::uint32_t index;  // of the term
    bool prefix;
};

/// A trie of terms in a double array (Aoe 1989). Of no terms until it is built.
class term_trie {
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// From spellings sorted by their texts. With `hyphens` a space in them is also a hyphen in a text; `whole_words`
    /// end where words do.
    void build(const std::vector<term_spelling>& spellings, bool hyphens, bool whole_words) {
        number_classes(spellings, hyphens);
        place(spellings, whole_words);
    }

    /// A term found, by its index, and where it ends: where it begins if there is none.
    struct match {
        std::uint32_t index;
        std::size_t end;
    };

    /// The longest term that begins at `begin`.
    [[nodiscard]] match longest_at(std::string_view text, std::size_t begin) const {
        std::uint32_t state = 0, prefix = none;
        std::size_t prefix_end = begin;
        match longest{0, begin};
        for (std::size_t at = begin;; ++at) {
            const node& here = nodes_[state];
            if (here.prefix != none) {
                prefix = here.prefix;
                prefix_end = at;
            }
            if (here.whole != none && ((here.whole & 1) != 0 || ends_word(text, at))) longest = {here.whole >> 1, at};
            if (at == text.size()) break;
            const std::uint32_t next = here.base + classes_[static_cast<unsigned char>(text[at])];
            if (nodes_[next].parent != state) break;
            state = next;
        }
        if (prefix != none) {
            while (!ends_word(text, prefix_end)) ++prefix_end;
            if (prefix_end > longest.end) longest = {prefix, prefix_end};
        }
        return longest;
    }

private:
    /// A state of the trie. Its child by byte class c is nodes_[base + c], where that one's parent is this state.
    struct node {
        std::uint32_t base = 0;
        std::uint32_t parent = none;
        std::uint32_t whole = none;   // 2 x the index of the term that ends here, + 1 if it bounds itself
        std::uint32_t prefix = none;  // the index of the term with "*" that ends here
    };

    static bool ends_word(std::string_view text, std::size_t at) {
        return at == text.size() || kind_of(text[at]) == byte_kind::separator ||
               kind_of(text[at]) == byte_kind::ideograph;
    }

    void number_classes(const std::vector<term_spelling>& spellings, bool hyphens) {
        for (const term_spelling& each : spellings)
            for (const char byte : each.text) classes_[static_cast<unsigned char>(byte)] = 1;
        std::uint8_t used = 0;
        for (std::uint8_t& each : classes_)
            if (each != 0) each = ++used;
        if (hyphens) classes_['-'] = classes_[' '];
    }

    /// Lays the trie of the sorted spellings out, each state's children in the first gaps that fit them.
    void place(const std::vector<term_spelling>& spellings, bool whole_words) {
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
                end_here(nodes_[state], spellings[first], whole_words);
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

    static void end_here(node& state, const term_spelling& term, bool whole_words) {
        if (term.prefix) {
            if (state.prefix == none) state.prefix = term.index;
        } else if (state.whole == none) {
            std::size_t last = term.text.size() - 1;
            while (last > 0 && kind_of(term.text[last]) == byte_kind::continuation) --last;
            state.whole = 2 * term.index + (whole_words && kind_of(term.text[last]) == byte_kind::word ? 0 : 1);
        }
    }

    std::array<std::uint8_t, 256> classes_ = {};  // of bytes; 0: in no term
    std::vector<node> nodes_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
