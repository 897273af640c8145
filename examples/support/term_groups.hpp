// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TERM_GROUPS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TERM_GROUPS_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/term_set.hpp>

/// Which groups of terms a text speaks of: groups of compute terms, or topics.
namespace example {

namespace cd = compute_divide;

/// Groups of terms, from a table of (group, term) like data/compute_terms.csv and data/topics.csv.
///
/// Letter case, hyphens and plurals do not matter. Hits do not overlap, and the longest counts: "GPU memory" is found
/// in the group of "gpu memory", not in that of "gpu".
class term_groups {
public:
    /// `only`: one group alone, so that terms that other groups have too, or have within longer ones, are found.
    explicit term_groups(const std::string& file, std::string_view only = {}) {
        std::vector<std::string> texts;
        std::vector<std::uint32_t> groups;
        cd::csv_reader table = cd::csv_reader::open(file);
        for (const cd::csv_row& row : table) {
            if (!only.empty() && row[0] != only) continue;
            const auto known = std::ranges::find(names_, row[0]);
            groups.push_back(static_cast<std::uint32_t>(known - names_.begin()));
            if (known == names_.end()) names_.emplace_back(row[0]);
            texts.emplace_back(row[1]);
        }
        std::vector<cd::term> terms;
        for (std::size_t i = 0; i < texts.size(); ++i) terms.push_back({texts[i], groups[i]});
        terms_.emplace(terms, cd::term_options{.plurals = true, .hyphens = true});
    }

    /// In the order of the table.
    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

    /// The terms; the id of each is the position of its group's name.
    [[nodiscard]] const cd::term_set& terms() const { return *terms_; }

    /// For each group, whether a paper speaks of it: its heading (title and keywords) or its abstract, both in
    /// normalised form, has a term of it.
    [[nodiscard]] std::vector<bool> spoken_of(std::string_view heading, std::string_view abstract) const {
        return with_score(scores(heading, abstract), 1);
    }

    /// For each group, whether a paper is about it: its heading has a term of it, or its abstract two. Where it is so
    /// about none, it is about those that it speaks of.
    [[nodiscard]] std::vector<bool> about(std::string_view heading, std::string_view abstract) const {
        const std::vector<int> found = scores(heading, abstract);
        return with_score(found, std::ranges::any_of(found, [](int score) { return score > 1; }) ? 2 : 1);
    }

    /// The names of those groups that were found, in the order of the table, with ; between.
    [[nodiscard]] std::string list_of(const std::vector<bool>& found) const {
        std::string list;
        for (std::size_t i = 0; i < found.size(); ++i)
            if (found[i]) list.append(list.empty() ? "" : ";").append(names_[i]);
        return list;
    }

    /// For each group, how often its terms are in a text in normalised form.
    [[nodiscard]] std::vector<int> counts(std::string_view text) const {
        std::vector<int> found(names_.size());
        terms_->for_each(text, [&](const cd::term_hit& hit) { ++found[hit.id]; });
        return found;
    }

private:
    /// For each group, how often its terms are in the abstract, and twice how often in the heading.
    [[nodiscard]] std::vector<int> scores(std::string_view heading, std::string_view abstract) const {
        std::vector<int> found = counts(abstract);
        terms_->for_each(heading, [&](const cd::term_hit& hit) { found[hit.id] += 2; });
        return found;
    }
    static std::vector<bool> with_score(const std::vector<int>& scores, int enough) {
        std::vector<bool> found;
        for (const int score : scores) found.push_back(score >= enough);
        return found;
    }

    std::vector<std::string> names_;
    std::optional<cd::term_set> terms_;
};

}  // namespace example

#endif
