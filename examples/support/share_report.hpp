// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SHARE_REPORT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SHARE_REPORT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/corrected_share.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "support/command_line.hpp"
#include "support/sector_cells.hpp"

/// Shares of sectors by a key: the counts of rows, and the table of what follows from them.
namespace example {

/// How rows count, and what is asked of the shares.
struct share_request {
    std::string count = "full", compare;
    cd::proportion_interval interval = cd::proportion_interval::wilson;
    double level = 0.95;

    void add_to(command_line& line);
    /// Throws usage_error for a comparison that is not of two.
    void check() const;
    [[nodiscard]] bool fractional() const { return count == "fractional"; }
    [[nodiscard]] cd::sector_counting counting() const {
        return fractional() ? cd::sector_counting::institution_fractional : cd::sector_counting::paper_full;
    }
    /// The two that --compare names, as they are written.
    [[nodiscard]] std::pair<std::string, std::string> compared() const;
};

/// Numbers texts from 0, in order of appearance.
class text_numbers {
public:
    [[nodiscard]] std::uint32_t operator()(std::string_view text) {
        return recent_(text, [this](std::string_view one) {
            const auto known = numbers_.find(one);
            if (known != numbers_.end()) return known->second;
            texts_.emplace_back(one);
            return numbers_.emplace(texts_.back(), static_cast<std::uint32_t>(numbers_.size())).first->second;
        });
    }
    [[nodiscard]] const std::vector<std::string>& texts() const { return texts_; }

private:
    struct hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::vector<std::string> texts_;
    std::unordered_map<std::string, std::uint32_t, hash, std::equal_to<>> numbers_;
    recent_texts<std::uint32_t> recent_{4096};
};

/// Rows counted by key, by what their cell says and, where rows depend on each other, by cluster.
class share_counts {
public:
    /// `separator`: between several clusters of a row.
    share_counts(share_request asked, bool clustered, char separator = ';')
        : asked_(std::move(asked)), clustered_(clustered), separator_(separator) {}

    /// One row: its key, the number and the answer of its cell, its cluster.
    void add(std::string_view key, std::uint32_t number, const cell_sectors& said, std::string_view cluster) {
        ++n_;
        n_blank_ += said.blank() ? 1U : 0U;
        n_unclassified_ += !said.blank() && said.named == 0 ? 1U : 0U;
        if (key.empty()) {
            ++n_without_key_;
            return;
        }
        const std::uint32_t place = keys_(key);
        if (clustered_) {
            rows_.push_back({place, number, clusters_(cluster)});
            return;
        }
        if (place >= counts_.size()) counts_.resize(place + 1);
        auto& of_key = counts_[place];
        if (number >= of_key.size()) of_key.resize(number + 1);
        ++of_key[number];
    }
    /// The rows of a later part of the same table; `numbers` are those that its answers have here.
    void merge(const share_counts& more, const std::vector<std::uint32_t>& numbers);
    /// A row of which the truth is known.
    void validate(const cell_sectors& found, const cell_sectors& right);
    /// The errors of a table: sector, true_positives, false_positives, false_negatives, true_negatives.
    void read_errors(const std::string& path);

    [[nodiscard]] std::uint64_t rows() const { return n_; }
    [[nodiscard]] std::uint64_t blank_rows() const { return n_blank_; }

    /// Shares, their differences and trends. Throws usage_error for a comparison that the keys do not allow, and
    /// nothing_to_report where no row has a key and a sector.
    [[nodiscard]] cd::table report(const sector_cells& cells) const;

private:
    struct clustered_row {
        std::uint32_t key, number, cluster;
    };
    template <class Key>
    [[nodiscard]] cd::table report_by(const std::vector<std::optional<Key>>& keys, const sector_cells& cells) const;
    /// Calls use(key, number, rows, cluster) for all rows of one key, answer and cluster, or of independent rows.
    template <class Use>
    void for_each_count(Use use) const;
    [[nodiscard]] std::vector<std::string> notes() const;

    share_request asked_;
    bool clustered_;
    char separator_;
    text_numbers keys_, clusters_;
    std::vector<std::vector<std::uint64_t>> counts_;  // by key and answer, of independent rows
    std::vector<clustered_row> rows_;                 // of dependent ones
    std::uint64_t n_ = 0, n_blank_ = 0, n_unclassified_ = 0, n_without_key_ = 0;
    std::optional<std::array<cd::classification_counts, n_sectors>> errors_;
    std::uint64_t n_validated_ = 0;
};

}  // namespace example

#endif
