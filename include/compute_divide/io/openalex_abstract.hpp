// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_OPENALEX_ABSTRACT_HPP
#define COMPUTE_DIVIDE_IO_OPENALEX_ABSTRACT_HPP

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/text/normalise.hpp>

/// Abstracts of OpenAlex.
namespace compute_divide::inline v0_2 {

/// An abstract as OpenAlex has it, each word with its places. The text is made of it only when asked for.
///
/// Filled in by reset, then add_word and add_place, then finish. Its memory, and that of its text, is at most some 20
/// times the letters and places that it was given, and so is the time for them, however far apart the places are.
class openalex_abstract {
public:
    /// Words further on are refused.
    static constexpr std::size_t most_words = std::size_t{1} << 20;

    /// Whether the work has an abstract.
    [[nodiscard]] bool known() const { return known_; }
    /// How many places have a word.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// The words in order with a space between. Where places have no word (an empty one; or what a publisher masked)
    /// there is a line end instead.
    void text(std::string& out) const { write(out, "\n"); }
    [[nodiscard]] std::string text() const {
        std::string out;
        text(out);
        return out;
    }

    /// Takes all words away, and says whether there is an abstract at all; memory is kept.
    void reset(bool known) {
        known_ = known;
        size_ = text_size_ = 0;
        letters_.clear();
        ends_.clear();
        order_.clear();
        far_.clear();
    }
    /// For the reader: one more word, whose places follow.
    void add_word(std::string_view word) {
        letters_ += word;
        ends_.push_back(static_cast<std::uint32_t>(letters_.size()));
    }
    /// The word added last stands at `place`, from 0. False for a place of most_words or more.
    [[nodiscard]] bool add_place(std::uint64_t place) {
        if (place >= most_words) return false;
        const auto word = static_cast<std::uint32_t>(ends_.size()) - 1;
        ++size_;
        text_size_ += ends_[word] - begin_of(word);
        if (place < near) return put(place, word);
        far_.push_back({static_cast<std::uint32_t>(place), word});
        return true;
    }
    /// After the last word. False where two words have one place, or where so many long words are repeated that the
    /// text is over 16 times as long as what it was made of: no abstract is.
    [[nodiscard]] bool finish() {
        if (text_size_ > 16 * (letters_.size() + 2 * size_) + near) return false;
        if (far_.empty()) return true;
        detail::sort(far_);
        const std::size_t dense = near + 8 * size_;
        auto first_far = far_.begin();
        for (; first_far != far_.end() && first_far->place < dense; ++first_far)
            if (!put(first_far->place, first_far->word)) return false;
        far_.erase(far_.begin(), first_far);
        return std::ranges::adjacent_find(far_, {}, &placed_word::place) == far_.end();
    }

    friend bool operator==(const openalex_abstract&, const openalex_abstract&) = default;

private:
    friend class normalised_abstract;
    static constexpr std::uint32_t none = ~std::uint32_t{0};
    static constexpr std::size_t near = 4096;  // places before here are kept with the gaps between them

    struct placed_word {
        std::uint32_t place, word;
        friend auto operator<=>(const placed_word&, const placed_word&) = default;
    };

    [[nodiscard]] bool put(std::uint64_t place, std::uint32_t word) {
        if (place >= order_.size()) order_.resize(place + 1, none);
        return std::exchange(order_[place], word) == none;
    }

    [[nodiscard]] std::size_t begin_of(std::uint32_t word) const { return word == 0 ? 0 : ends_[word - 1]; }

    /// Writes the words in order with a space between, or `gap`, of a character or more, where places have no word.
    void write(std::string& out, std::string_view gap) const {
        constexpr std::size_t chunk = 16;  // most words are shorter: to copy a few more characters is faster
        out.resize(text_size_ + size_ * gap.size() + chunk);
        char* to = out.data();
        bool in_gap = false;
        const auto add = [&](std::uint32_t word) {
            const std::size_t begin = begin_of(word), size = ends_[word] - begin;
            if (size == 0) return;
            if (to != out.data()) {
                const std::string_view between = in_gap ? gap : " ";
                to = std::copy(between.begin(), between.end(), to);
            }
            std::memcpy(to, letters_.data() + begin, size <= chunk && begin + chunk <= letters_.size() ? chunk : size);
            to += size;
            in_gap = false;
        };
        for (const std::uint32_t word : order_) {
            if (word == none)
                in_gap = true;
            else
                add(word);
        }
        std::size_t next = order_.size();
        for (const auto [place, word] : far_) {
            in_gap = in_gap || place != next;
            add(word);
            next = place + std::size_t{1};
        }
        out.resize(static_cast<std::size_t>(to - out.data()));
    }

    bool known_ = false;
    std::size_t size_ = 0;
    std::size_t text_size_ = 0;         // of the words at all places
    std::string letters_;               // the different words, one behind the other
    std::vector<std::uint32_t> ends_;   // of each, in letters_
    std::vector<std::uint32_t> order_;  // the word at each place
    std::vector<placed_word> far_;      // those behind, in order once finished
};

/// Puts abstracts into the form that term_set searches, in memory that is reused. No term reaches over a gap.
///
///     normalised_abstract normalised;
///     for (const openalex_work& work : works) terms.for_each(normalised(work.abstract), count);
class normalised_abstract {
public:
    /// Lives until the next call. Empty where there is no abstract.
    [[nodiscard]] std::string_view operator()(const openalex_abstract& abstract) {
        abstract.write(text_, " | ");
        normalise(text_, normalised_);
        return normalised_.view();
    }

private:
    std::string text_;
    normalised_text normalised_;
};

}  // namespace compute_divide::inline v0_2

#endif
