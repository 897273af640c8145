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

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
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
        fingerprint_ = 0xCBF29CE484222325u;  // FNV-1a
        const auto note = [&](std::uint64_t value) { fingerprint_ = (fingerprint_ ^ value) * 0x100000001B3u; };
        note((hyphens ? 1U : 0U) + (whole_words ? 2U : 0U));
        for (const term_spelling& each : spellings) {
            for (const char byte : each.text) note(static_cast<unsigned char>(byte));
            note(2 * std::uint64_t{each.index} + (each.prefix ? 1 : 0) + 256);
        }
        place(spellings, whole_words);
    }

    /// The same for tries that were built of the same.
    [[nodiscard]] std::uint64_t fingerprint() const { return fingerprint_; }

    /// Whether some term has a byte.
    [[nodiscard]] bool has_byte(char byte) const { return classes_[static_cast<unsigned char>(byte)] != 0; }

    /// A term found, by its index, and where it ends: where it begins if there is none.
    struct match {
        std::uint32_t index;
        std::size_t end;
    };

    /// The longest term that begins at `begin`.
    [[nodiscard]] match longest_at(std::string_view text, std::size_t begin) const {
        return go_on(text, begin, nodes_.data(), {0, begin});
    }

    /// What a word of small letters and digits says of the terms that begin with it, or go on with it behind a space.
    struct word_start {
        std::uint32_t state = 0;    // behind it; 0 where no term goes on
        std::uint32_t term = none;  // that ends with it
    };
    /// `before`: the state behind the words before it; 0 where it is the first.
    [[nodiscard]] word_start start_of(std::uint32_t before, std::string_view word) const {
        word_start start;
        const node* here = nodes_.data() + before;
        const auto go = [&](char byte) {
            const std::uint32_t byte_class = classes_[static_cast<unsigned char>(byte)];
            here = nodes_.data() + (here->base + byte_class);
            return (here->mark & 0xFF) == byte_class;
        };
        if (before != 0 && !go(' ')) return start;
        for (const char byte : word) {
            if (!go(byte)) return start;
            if (here->mark > 0xFF && endings_[here->mark >> 8].prefix != none)
                start.term = endings_[here->mark >> 8].prefix;
        }
        if (here->mark > 0xFF && endings_[here->mark >> 8].whole != none)
            start.term = endings_[here->mark >> 8].whole >> 1;
        if (here->base != 0) start.state = static_cast<std::uint32_t>(here - nodes_.data());
        return start;
    }
    /// The longest of the terms that go on behind a state with the byte at `at`, and of `longest`.
    [[nodiscard]] match longest_behind(std::uint32_t state, std::string_view text, std::size_t at,
                                       match longest) const {
        if (at == text.size()) return longest;
        const std::uint32_t byte_class = classes_[static_cast<unsigned char>(text[at])];
        const node* const next = nodes_.data() + (nodes_[state].base + byte_class);
        return (next->mark & 0xFF) == byte_class ? go_on(text, at + 1, next, longest) : longest;
    }

private:
    /// A state of the trie. Its child by byte class c is nodes_[base + c], where that one is reached by c: no two
    /// states have one base, and none has 0, that of states without children. Eight bytes: a search waits for states
    /// mostly.
    struct node {
        std::uint32_t base = 0;
        std::uint32_t mark = free;  // byte class + 256 x the index in endings_, 0 where no term ends
    };
    static constexpr std::uint32_t free = 255;  // terms in UTF-8 have fewer classes
    static constexpr std::size_t most_endings = (std::size_t{1} << 24) - 1;
    struct ending {
        std::uint32_t whole = none;   // 2 x the index of the term that ends here, + 1 if it bounds itself
        std::uint32_t prefix = none;  // the index of the term with "*" that ends here
    };

    /// The longest term of those on the way to the state `here` at `at` and behind, and of `longest`.
    [[nodiscard]] match go_on(std::string_view text, std::size_t at, const node* here, match longest) const {
        std::uint32_t prefix = none;
        std::size_t prefix_end = 0;
        for (;; ++at) {
            if (here->mark > 0xFF) {
                const ending& of = endings_[here->mark >> 8];
                if (of.prefix != none) {
                    prefix = of.prefix;
                    prefix_end = at;
                }
                if (of.whole != none && ((of.whole & 1) != 0 || ends_word(text, at))) longest = {of.whole >> 1, at};
            }
            if (at == text.size()) break;
            const std::uint32_t byte_class = classes_[static_cast<unsigned char>(text[at])];
            here = nodes_.data() + (here->base + byte_class);
            if ((here->mark & 0xFF) != byte_class) break;
        }
        if (prefix != none) {
            while (!ends_word(text, prefix_end)) ++prefix_end;
            if (prefix_end > longest.end) longest = {prefix, prefix_end};
        }
        return longest;
    }

    static bool ends_word(std::string_view text, std::size_t at) {
        return at == text.size() || ends_word_before(kind_of(text[at]));
    }

    void number_classes(const std::vector<term_spelling>& spellings, bool hyphens) {
        for (const term_spelling& each : spellings)
            for (const char byte : each.text) classes_[static_cast<unsigned char>(byte)] = 1;
        std::uint8_t used = 0;
        for (std::uint8_t& each : classes_)
            if (each != 0) each = ++used;
        if (hyphens) classes_['-'] = classes_[' '];
    }

    /// Lays the trie of the sorted spellings out, each state's children in the first gaps that fit them, an only child
    /// behind its parent where that is free.
    void place(const std::vector<term_spelling>& spellings, bool whole_words) {
        struct task {
            std::uint32_t state;
            std::size_t first, last, depth;  // the spellings [first, last) agree in their first `depth` bytes
        };
        struct child {
            std::uint8_t byte_class;
            std::size_t first;
        };
        nodes_.assign(512, {});
        endings_.assign(1, {});
        std::vector<bool> is_base(nodes_.size());
        const auto is_free = [&](std::uint32_t at) { return nodes_[at].mark == free; };
        std::uint32_t behind = 256, branch_from = 1;
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
            const auto fits = [&](std::uint32_t base) {
                return !is_base[base] &&
                       detail::all_of(children, [&](const child& c) { return is_free(base + c.byte_class); });
            };
            // An only child stands near its parent or behind all states, others in the first gaps that there are enough
            // of.
            const bool chain = children.size() == 1;
            std::uint32_t base = branch_from;
            if (chain) {
                constexpr std::uint32_t near = 64;
                base = std::max(state + 1, std::uint32_t{256}) - children[0].byte_class;
                for (std::uint32_t i = 0; i < near && !fits(base); ++i) ++base;
                if (!fits(base)) base = behind - children[0].byte_class;
            }
            while (!fits(base))
                if (++base + 512 > nodes_.size()) {
                    nodes_.resize(2 * nodes_.size());
                    is_base.resize(nodes_.size());
                }
            while (base + 512 > nodes_.size()) {
                nodes_.resize(2 * nodes_.size());
                is_base.resize(nodes_.size());
            }
            if (!chain && base > branch_from + 64) branch_from = base - 64;
            nodes_[state].base = base;
            is_base[base] = true;
            for (std::size_t i = 0; i < children.size(); ++i) {
                const std::uint32_t next = base + children[i].byte_class;
                nodes_[next].mark = children[i].byte_class;
                behind = std::max(behind, next + 1);
                tasks.push_back(
                    {next, children[i].first, i + 1 < children.size() ? children[i + 1].first : last, depth + 1});
            }
        }
    }

    void end_here(node& state, const term_spelling& term, bool whole_words) {
        if (state.mark <= 0xFF) {
            require(endings_.size() <= most_endings, "term_set", "at most 16,777,215 terms", endings_.size());
            state.mark += static_cast<std::uint32_t>(endings_.size()) << 8;
            endings_.emplace_back();
        }
        ending& here = endings_[state.mark >> 8];
        if (term.prefix) {
            if (here.prefix == none) here.prefix = term.index;
        } else if (here.whole == none) {
            std::size_t last = term.text.size() - 1;
            while (last > 0 && kind_of(term.text[last]) == byte_kind::continuation) --last;
            here.whole = 2 * term.index + (whole_words && kind_of(term.text[last]) == byte_kind::word ? 0 : 1);
        }
    }

    std::array<std::uint8_t, 256> classes_ = {};  // of bytes; 0: in no term
    std::vector<node> nodes_;
    std::vector<ending> endings_;
    std::uint64_t fingerprint_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
