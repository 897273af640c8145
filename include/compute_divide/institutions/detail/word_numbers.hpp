// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_WORD_NUMBERS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_WORD_NUMBERS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/random.hpp>

/// Words by number, also where one letter of them is wrong.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] inline std::uint64_t hash_of(std::string_view word) {
    std::uint64_t hash = word.size() * golden_gamma;
    for (; word.size() > 8; word.remove_prefix(8)) {
        hash = mixed(hash ^ load_eight(word.data()));
    }
    return mixed(hash ^ (word.size() == 8 ? load_eight(word.data()) : load_less_than_eight(word.data(), word.size())));
}

/// Whether one letter more, less, another or two exchanged make `a` of `b`.
[[nodiscard]] inline bool one_letter_apart(std::string_view a, std::string_view b) {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto first = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    a.remove_prefix(first);
    b.remove_prefix(first);
    if (a.size() < b.size()) return a == b.substr(1);
    if (a.empty()) return true;
    if (a.substr(1) == b.substr(1)) return true;
    return a.size() > 1 && a[0] == b[1] && a[1] == b[0] && a.substr(2) == b.substr(2);
}

/// A set of words, numbered from 0 in the order in which they were added. A word may be read as another.
class word_numbers {
public:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    /// The number of a word, new or not.
    std::uint32_t add(std::string_view text) {
        if (4 * (words_.size() + 1) > slots_.size()) grow();
        const std::uint64_t hash = hash_of(text);
        std::size_t at = hash & (slots_.size() - 1);
        for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
            if (is(slots_[at] - 1, hash, text)) return slots_[at] - 1;
        const auto number = static_cast<std::uint32_t>(words_.size());
        words_.push_back({static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(text_.size()),
                          static_cast<std::uint32_t>(text.size()), number});
        text_ += text;
        slots_[at] = number + 1;
        return number;
    }
    [[nodiscard]] std::uint32_t find(std::string_view text) const {
        const std::uint64_t hash = hash_of(text);
        for (std::size_t at = hash & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
            if (is(slots_[at] - 1, hash, text)) return slots_[at] - 1;
        return none;
    }

    /// The same for sets of the same words that are read alike.
    [[nodiscard]] std::uint64_t fingerprint() const {
        std::uint64_t all = hash_of(text_);
        for (const word& each : words_) all = mixed(all ^ (std::uint64_t{each.begin} << 32 | each.meant));
        return all;
    }

    void read_as(std::uint32_t number, std::uint32_t other) { words_[number].meant = other; }
    [[nodiscard]] std::uint32_t meant(std::uint32_t number) const { return words_[number].meant; }

    /// The word of which `text` is the plural in "s".
    [[nodiscard]] std::uint32_t singular(std::string_view text) const {
        return text.size() >= 6 && text.ends_with('s') ? find(text.substr(0, text.size() - 1)) : none;
    }

    /// To be called when all words are in: notes what is left of each long one without one of its letters (Garbe's
    /// symmetric deletion, 2012).
    void index_misspellings() {
        std::size_t count = 0;
        for (const word& each : words_)
            if (is_long(view(each))) count += each.length + 1;
        std::size_t size = 64;
        while (size < 2 * count) size *= 2;
        shortened_.assign(size, 0);
        for (std::uint32_t i = 0; i < words_.size(); ++i)
            if (is_long(view(words_[i])))
                for_each_shortened(view(words_[i]), [&](std::uint64_t hash) {
                    std::size_t at = hash & (size - 1);
                    while (shortened_[at] != 0) at = (at + 1) & (size - 1);
                    shortened_[at] = i + 1;
                });
    }

    /// The first word of which at most one letter, not the first, is otherwise in `text`.
    [[nodiscard]] std::uint32_t misspelt(std::string_view text) const {
        if (!is_long(text) || shortened_.empty()) return none;
        std::uint32_t best = none;
        for_each_shortened(text, [&](std::uint64_t hash) {
            const std::size_t mask = shortened_.size() - 1;
            for (std::size_t at = hash & mask; shortened_[at] != 0; at = (at + 1) & mask) {
                const std::uint32_t candidate = shortened_[at] - 1;
                if (candidate < best && view(words_[candidate])[0] == text[0] &&
                    one_letter_apart(view(words_[candidate]), text))
                    best = candidate;
            }
        });
        return best;
    }

private:
    struct word {
        std::uint32_t hash, begin, length, meant;
    };

    [[nodiscard]] std::string_view view(const word& w) const {
        return std::string_view(text_).substr(w.begin, w.length);
    }
    [[nodiscard]] bool is(std::uint32_t number, std::uint64_t hash, std::string_view text) const {
        return words_[number].hash == hash >> 32 && view(words_[number]) == text;
    }
    void grow() {
        slots_.assign(std::max<std::size_t>(64, 2 * slots_.size()), 0);
        for (std::uint32_t i = 0; i < words_.size(); ++i) {
            std::size_t at = hash_of(view(words_[i])) & (slots_.size() - 1);
            while (slots_[at] != 0) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = i + 1;
        }
    }

    [[nodiscard]] static bool is_long(std::string_view text) {
        return text.size() >= 7 && text.size() <= 24 &&
               detail::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
    }
    template <class Visit>
    static void for_each_shortened(std::string_view text, Visit visit) {
        visit(hash_of(text));
        std::string shorter(text.substr(1));  // the text without its letter i
        for (std::size_t i = 0; i + 1 < text.size(); ++i) {
            shorter[i] = text[i];
            visit(hash_of(shorter));
        }
    }

    std::string text_;
    std::vector<word> words_;
    std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(64);  // one more than a word's number; 0 is free
    std::vector<std::uint32_t> shortened_;                               // likewise, by the hash of a word cut short
};

}  // namespace compute_divide::inline v0_2::detail

#endif
