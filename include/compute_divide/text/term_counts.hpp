// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_TERM_COUNTS_HPP
#define COMPUTE_DIVIDE_TEXT_TERM_COUNTS_HPP

#include <cstdint>
#include <map>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/term_set.hpp>

/// How often terms occur, and in how many texts, counted in one mergeable pass.
namespace compute_divide::inline v0_2 {

/// How often a term of this id, or terms that share it, were found.
struct term_count {
    std::uint32_t id = 0;
    std::uint64_t texts = 0;  ///< that have it
    std::uint64_t hits = 0;   ///< in all texts together

    friend bool operator==(const term_count&, const term_count&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<term_count>) {
    return member_list(member{"id", &term_count::id}, member{"texts", &term_count::texts},
                       member{"hits", &term_count::hits});
}

/// What `term_counts` counted.
struct term_counts_result {
    std::vector<term_count> terms = {};  ///< those found, in order of id
    std::uint64_t n = 0;                 ///< texts searched
    std::uint64_t n_missing = 0;         ///< texts that are not known

    friend bool operator==(const term_counts_result&, const term_counts_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<term_counts_result>) {
    return member_list(member{"terms", &term_counts_result::terms}, member{"n", &term_counts_result::n},
                       member{"n_missing", &term_counts_result::n_missing});
}

/// Counts the terms of a set in texts. Exact in any order of adding and merging; memory grows with the ids found.
class term_counts {
public:
    /// Searches a text, a normalised_text or one in normalised form. All texts, also of accumulators that are merged,
    /// must be searched with the same terms.
    template <class Text>
    requires requires(const term_set& terms, const Text& text) {
        terms.for_each(text, [](const term_hit&) {});
    }
    void add(const term_set& terms, const Text& text) {
        ++n_;
        terms.for_each(text, [this](const term_hit& hit) {
            found& term = found_[hit.id];
            ++term.hits;
            if (term.last_text == n_) return;
            term.last_text = n_;
            ++term.texts;
        });
    }
    /// A text that is not known, such as of a paper without an abstract.
    void add_missing() { ++n_missing_; }

    /// Adds the texts of another part.
    void merge(const term_counts& other) {
        for (const auto& [id, more] : other.found_) {
            found& term = found_[id];
            term.texts += more.texts;
            term.hits += more.hits;
        }
        n_ += other.n_;
        n_missing_ += other.n_missing_;
    }

    /// The counts so far. O(ids found).
    [[nodiscard]] term_counts_result result() const {
        term_counts_result all{.n = n_, .n_missing = n_missing_};
        for (const auto& [id, term] : found_) all.terms.push_back({id, term.texts, term.hits});
        return all;
    }

private:
    struct found {
        std::uint64_t texts = 0;
        std::uint64_t hits = 0;
        std::uint64_t last_text = 0;  // the number, from 1 on, of the last text that has it, while that is searched

        static auto state(auto& self) { return std::tie(self.texts, self.hits); }
    };

    friend struct state_access;
    static constexpr std::string_view state_name = "term_counts";
    static auto state(auto& self) { return std::tie(self.found_, self.n_, self.n_missing_); }
    [[nodiscard]] bool restore() const {
        bool agree = true;
        for (const auto& [id, term] : found_)
            agree = agree && term.texts >= 1 && term.texts <= n_ && term.texts <= term.hits;
        return agree;
    }

    std::map<std::uint32_t, found> found_;
    std::uint64_t n_ = 0;
    std::uint64_t n_missing_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
