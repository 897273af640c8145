// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SHARED_LABEL_SCORES_HPP
#define COMPUTE_DIVIDE_DETAIL_SHARED_LABEL_SCORES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/set_numbers.hpp>

namespace compute_divide::inline v0_2::detail {

/// The meat of a covariance of records that depend on each other where they share any label:
///
///   M = sum over i, j of s_i s_j' [i = j, or the labels of i and j have one in common]
///
/// Source: Aronow, Samii, Assenova (2015), Political Analysis 23:564, for dyads; here for any sets of labels. Not the
/// sum over labels of their clusters' squares, which counts two records with three labels in common three times. Exact,
/// by inclusion and exclusion: with u_T the sum of s_i over the records whose labels contain all of T,
///
///   M = sum over non-empty T of (-1)^(|T| + 1) u_T u_T'
///
/// over the sets T that some record has; those that are of one set of labels alone are added at once. Records of more
/// than 6 labels are compared with those that share a label with them instead. Time and memory go with the sum over
/// records of 2^labels, for few labels a record with the number of pairs of record and label; beside that p^2 for each
/// set of labels and each T of several sets, or the square of how many of the p sums are not 0. A record without a
/// label depends on no other.
class shared_label_scores {
public:
    explicit shared_label_scores(std::size_t p) : p_(p) {}

    /// A record's p scores and the numbers of its labels; a label named twice counts once.
    void add(std::span<const double> scores, std::span<const std::uint32_t> labels) {
        for (std::uint32_t j = 0; j < p_; ++j)
            if (scores[j] != 0) scores_.push_back(j, scores[j]);
        scores_.end_row();
        const auto first = static_cast<std::ptrdiff_t>(labels_.size());
        labels_.insert(labels_.end(), labels.begin(), labels.end());
        std::sort(labels_.begin() + first, labels_.end());
        labels_.erase(std::unique(labels_.begin() + first, labels_.end()), labels_.end());
        ends_.push_back(labels_.size());
        for (auto i = static_cast<std::size_t>(first); i < labels_.size(); ++i)
            n_labels_ = std::max(n_labels_, labels_[i] + std::size_t{1});
    }

    [[nodiscard]] std::size_t records() const { return ends_.size(); }

    /// M, p x p by rows.
    [[nodiscard]] std::vector<double> meat() const {
        std::vector<double> sum(p_ * p_);
        // Of a vector that is 0 but at some places, in their order.
        const auto add_square_of = [&](std::span<const double> u, std::span<const std::uint32_t> there, double factor) {
            if (there.size() == p_) {
                for (std::size_t i = 0; i < p_; ++i)
                    for (std::size_t j = 0; j <= i; ++j) sum[i * p_ + j] += factor * (u[i] * u[j]);
                return;
            }
            for (std::size_t a = 0; a < there.size(); ++a)
                for (std::size_t b = 0; b <= a; ++b) sum[there[a] * p_ + there[b]] += factor * (u[a] * u[b]);
        };
        // The sum of some rows.
        std::vector<std::uint32_t> places;
        std::vector<double> together(p_), values;
        std::vector<char> is_there(p_);
        const auto add_up = [&](const sparse_rows& rows, std::span<const std::uint32_t> members) {
            places.clear();
            values.clear();
            for (const std::uint32_t row : members)
                for (std::size_t k = 0; k < rows.places(row).size(); ++k) {
                    const std::uint32_t j = rows.places(row)[k];
                    if (std::exchange(is_there[j], 1) == 0) places.push_back(j);
                    together[j] += rows.values(row)[k];
                }
            std::sort(places.begin(), places.end());
            for (const std::uint32_t j : places) {
                values.push_back(together[j]);
                together[j] = is_there[j] = 0;
            }
        };
        // Records with the same labels are one: their scores add up.
        members_of_sets records_of;
        for (std::size_t i = 0; i < records(); ++i)
            if (labels_of(i).empty())
                add_square_of(scores_.values(i), scores_.places(i), 1);
            else
                records_of.add(labels_of(i), static_cast<std::uint32_t>(i));
        const numbered_sets& sets = records_of.sets();
        sparse_rows sums;
        records_of.for_each([&](std::size_t, std::span<const std::uint32_t> members) {
            add_up(scores_, members);
            for (std::size_t k = 0; k < places.size(); ++k)
                if (values[k] != 0) sums.push_back(places[k], values[k]);
            sums.end_row();
        });
        std::vector<std::uint32_t> subset;
        std::vector<std::size_t> large;
        members_of_sets subsets;
        for (std::size_t set = 0; set < sets.size(); ++set) {
            const auto labels = sets.set(set);
            if (labels.size() > most_by_subsets) {
                large.push_back(set);
                continue;
            }
            for (std::uint32_t chosen = 1; chosen < (std::uint32_t{1} << labels.size()); ++chosen) {
                subset.clear();
                for (std::size_t l = 0; l < labels.size(); ++l)
                    if ((chosen >> l & 1) != 0) subset.push_back(labels[l]);
                subsets.add(subset, static_cast<std::uint32_t>(set));
            }
        }
        // Most subsets are of one set alone: its square is added once for all of these.
        std::vector<double> alone(sets.size());
        subsets.for_each([&](std::size_t size, std::span<const std::uint32_t> members) {
            const double factor = size % 2 == 1 ? 1 : -1;
            if (members.size() == 1) {
                alone[members.front()] += factor;
                return;
            }
            add_up(sums, members);
            add_square_of(values, places, factor);
        });
        for (std::size_t set = 0; set < sets.size(); ++set)
            if (alone[set] != 0) add_square_of(sums.values(set), sums.places(set), alone[set]);
        if (!large.empty()) add_pairs_of(sets, sums, large, sum);
        for (std::size_t i = 0; i < p_; ++i)
            for (std::size_t j = 0; j < i; ++j) sum[j * p_ + i] = sum[i * p_ + j];
        return sum;
    }

private:
    static constexpr std::size_t most_by_subsets = 6;

    [[nodiscard]] std::span<const std::uint32_t> labels_of(std::size_t record) const {
        const std::size_t first = record == 0 ? 0 : ends_[record - 1];
        return std::span(labels_).subspan(first, ends_[record] - first);
    }

    /// Sets of labels, numbered from 0 in the order in which they come.
    class numbered_sets {
    public:
        [[nodiscard]] std::uint32_t number_of(std::span<const std::uint32_t> set) {
            const std::uint32_t number = numbers_(set, size(), [this](std::size_t at) { return this->set(at); });
            if (number == size()) {
                labels_.insert(labels_.end(), set.begin(), set.end());
                ends_.push_back(labels_.size());
            }
            return number;
        }
        [[nodiscard]] std::size_t size() const { return ends_.size() - 1; }
        [[nodiscard]] std::span<const std::uint32_t> set(std::size_t number) const {
            return std::span(labels_).subspan(ends_[number], ends_[number + 1] - ends_[number]);
        }

    private:
        set_numbers numbers_;
        std::vector<std::uint32_t> labels_;
        std::vector<std::size_t> ends_ = {0};
    };

    /// Rows of numbers of which most may be 0: what the others are, and where.
    class sparse_rows {
    public:
        void push_back(std::uint32_t place, double value) {
            places_.push_back(place);
            values_.push_back(value);
        }
        void end_row() { ends_.push_back(places_.size()); }
        [[nodiscard]] std::span<const std::uint32_t> places(std::size_t row) const {
            return std::span(places_).subspan(ends_[row], ends_[row + 1] - ends_[row]);
        }
        [[nodiscard]] std::span<const double> values(std::size_t row) const {
            return std::span(values_).subspan(ends_[row], ends_[row + 1] - ends_[row]);
        }

    private:
        std::vector<std::uint32_t> places_;
        std::vector<double> values_;
        std::vector<std::size_t> ends_ = {0};
    };

    /// Sets of labels, each with a list of members.
    class members_of_sets {
    public:
        void add(std::span<const std::uint32_t> set, std::uint32_t member) {
            set_of_.push_back(sets_.number_of(set));
            members_.push_back(member);
        }
        [[nodiscard]] const numbered_sets& sets() const { return sets_; }
        /// Calls visit(number of labels, members in the order in which they came) for each set.
        template <class Visit>
        void for_each(const Visit& visit) const {
            std::vector<std::uint32_t> starts(sets_.size() + 1), sorted(members_.size());
            for (const std::uint32_t set : set_of_) ++starts[set + 1];
            for (std::size_t set = 0; set < sets_.size(); ++set) starts[set + 1] += starts[set];
            std::vector<std::uint32_t> next = starts;
            for (std::size_t i = 0; i < members_.size(); ++i) sorted[next[set_of_[i]]++] = members_[i];
            for (std::size_t set = 0; set < sets_.size(); ++set)
                visit(sets_.set(set).size(),
                      std::span<const std::uint32_t>(sorted).subspan(starts[set], starts[set + 1] - starts[set]));
        }

    private:
        numbered_sets sets_;
        std::vector<std::uint32_t> set_of_, members_;
    };

    /// Adds s_i s_j' of all pairs of which one has many labels.
    void add_pairs_of(const numbered_sets& sets, const sparse_rows& sums, const std::vector<std::size_t>& large,
                      std::vector<double>& sum) const {
        std::vector<std::vector<std::uint32_t>> holders(n_labels_);
        for (std::size_t i = 0; i < sets.size(); ++i)
            for (const std::uint32_t label : sets.set(i)) holders[label].push_back(static_cast<std::uint32_t>(i));
        std::vector<std::uint32_t> seen(sets.size(), 0);
        std::uint32_t mark = 0;
        std::vector<double> others(p_), with_small(p_);
        for (const std::size_t one : large) {
            ++mark;
            std::fill(others.begin(), others.end(), 0.0);
            std::fill(with_small.begin(), with_small.end(), 0.0);
            for (const std::uint32_t label : sets.set(one))
                for (const std::uint32_t j : holders[label]) {
                    if (seen[j] == mark) continue;
                    seen[j] = mark;
                    auto& to = sets.set(j).size() > most_by_subsets ? others : with_small;
                    for (std::size_t k = 0; k < sums.places(j).size(); ++k) to[sums.places(j)[k]] += sums.values(j)[k];
                }
            for (std::size_t k = 0; k < sums.places(one).size(); ++k) {
                const std::size_t i = sums.places(one)[k];
                const double s = sums.values(one)[k];
                for (std::size_t j = 0; j < p_; ++j) {
                    sum[i * p_ + j] += s * others[j] + s * with_small[j];
                    sum[j * p_ + i] += with_small[j] * s;
                }
            }
        }
    }

    std::size_t p_, n_labels_ = 0;
    sparse_rows scores_;
    std::vector<std::uint32_t> labels_;
    std::vector<std::size_t> ends_;
};

/// What records are worth as a number of clusters: rounded down, but for rounding.
[[nodiscard]] inline std::uint64_t whole_clusters(double worth) {
    return static_cast<std::uint64_t>(worth * (1 + 1e-12));
}

}  // namespace compute_divide::inline v0_2::detail

#endif
