// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_CLUSTER_WEIGHTS_HPP
#define COMPUTE_DIVIDE_DETAIL_CLUSTER_WEIGHTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/set_numbers.hpp>
#include <compute_divide/detail/shared_label_scores.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>

/// Sums of weights by cluster, from which the variance of a ratio, a difference or a trend of shares is linear algebra
/// of one dimension.
namespace compute_divide::inline v0_2::detail {

/// Below it clusters of one label, from it on sets of several; `unshared_cluster` is a record whose cluster is not
/// known.
inline constexpr std::uint32_t first_label_set = 0x8000'0000u, unshared_cluster = 0xFFFF'FFFFu;

/// Numbers clusters: those of one label by the label, records of several by their set.
template <label Label>
class cluster_keys {
public:
    /// The number of what a cluster field yielded: a label, a range of labels, or an optional of either.
    template <class T>
    [[nodiscard]] std::uint32_t operator()(const T& cluster) {
        if constexpr (is_optional<T>) {
            return cluster.has_value() ? (*this)(*cluster) : unshared_cluster;
        } else if constexpr (several_labels<T>) {
            found_.clear();
            for (const auto& each : cluster)
                if (is_known(each)) found_.push_back(labels_(each));
            return number_of(found_);
        } else {
            return is_known(cluster) ? labels_(cluster) : unshared_cluster;
        }
    }

    /// The numbers here of the clusters numbered by `other`: first the labels', then the sets'.
    [[nodiscard]] std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> adopt(const cluster_keys& other) {
        std::vector<std::uint32_t> labels, sets;
        for (const Label& each : other.labels_.labels()) labels.push_back(labels_(each));
        for (const auto& set : other.sets_) {
            found_.clear();
            for (const std::uint32_t each : set) found_.push_back(labels[each]);
            sets.push_back(number_of(found_));
        }
        return {std::move(labels), std::move(sets)};
    }

    /// The same clusters numbered by their labels' order, not by that of their coming: `numbers` of those here, and the
    /// sets that they are of. O(labels log labels).
    struct ordered_clusters {
        std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>> numbers;
        std::vector<std::vector<std::uint32_t>> sets;
    };
    [[nodiscard]] ordered_clusters by_label_order() const {
        ordered_clusters ordered;
        const auto ranks_of = [](const auto& all) {
            std::vector<std::uint32_t> order(all.size()), ranks(all.size());
            std::iota(order.begin(), order.end(), std::uint32_t{0});
            std::sort(order.begin(), order.end(), [&all](std::uint32_t a, std::uint32_t b) { return all[a] < all[b]; });
            for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<std::uint32_t>(i);
            return ranks;
        };
        ordered.numbers.first = ranks_of(labels_.labels());
        for (const auto& set : sets_) {
            auto& ranked = ordered.sets.emplace_back();
            for (const std::uint32_t each : set) ranked.push_back(ordered.numbers.first[each]);
            std::sort(ranked.begin(), ranked.end());
        }
        ordered.numbers.second = ranks_of(ordered.sets);
        for (std::uint32_t& each : ordered.numbers.second) each += first_label_set;
        std::sort(ordered.sets.begin(), ordered.sets.end());
        return ordered;
    }

    [[nodiscard]] std::size_t labels() const { return labels_.labels().size(); }
    /// Whether it is the number of a label or of a set.
    [[nodiscard]] bool has(std::uint32_t number) const {
        return number < first_label_set ? number < labels() : number - first_label_set < sets_.size();
    }
    [[nodiscard]] const std::vector<std::vector<std::uint32_t>>& sets() const { return sets_; }

private:
    [[nodiscard]] std::uint32_t number_of(std::vector<std::uint32_t>& found) {
        std::sort(found.begin(), found.end());
        found.erase(std::unique(found.begin(), found.end()), found.end());
        if (found.empty()) return unshared_cluster;
        if (found.size() == 1) return found.front();
        const std::uint32_t number =
            numbers_(found, sets_.size(), [this](std::size_t at) { return std::span(sets_[at]); });
        if (number == sets_.size()) sets_.push_back(found);
        return first_label_set + number;
    }

    friend struct compute_divide::state_access;
    static auto state(auto& self) { return std::tie(self.labels_, self.sets_); }
    [[nodiscard]] bool restore() {
        numbers_.clear();
        std::vector<std::vector<std::uint32_t>> sets;
        std::swap(sets, sets_);
        for (auto& set : sets) {
            const std::size_t before = sets_.size(), size = set.size();
            if (size < 2 || detail::any_of(set, [this](std::uint32_t each) { return each >= labels(); })) return false;
            static_cast<void>(number_of(set));
            if (sets_.size() == before || sets_.back().size() != size) return false;
        }
        return true;
    }

    label_numbers<Label> labels_;
    std::vector<std::vector<std::uint32_t>> sets_;
    set_numbers numbers_;
    std::vector<std::uint32_t> found_;
};

/// Sums by the number of a cluster, of weights (double) or counts (std::uint32_t, half the memory: a count past 2^32
/// goes on in the map): in a vector as long as about an eighth of it is used, the rest in a map.
template <class Sum>
class sparse_sums {
public:
    void add(std::uint32_t number, Sum more) {
        if (number >= dense_.size()) [[unlikely]]
            return add_outside(number, more);
        Sum& sum = dense_[number];
        sum += more;
        if constexpr (std::is_integral_v<Sum>)
            if (sum < more) [[unlikely]]
                add_to_rest(number, 0x1p32);
    }
    /// Calls visit(number, sum) for every one above 0, the sum a double; a number may come twice.
    template <class Visit>
    void for_each(const Visit& visit) const {
        for (std::size_t i = 0; i < dense_.size(); ++i)
            if (dense_[i] > 0) visit(static_cast<std::uint32_t>(i), static_cast<double>(dense_[i]));
        rest_.for_each([&visit](std::uint32_t number, double sum) {
            if (sum > 0) visit(number, sum);
        });
    }
    [[nodiscard]] double total() const {
        double sum = 0;
        for_each([&sum](std::uint32_t, double each) { sum += each; });
        return sum;
    }
    void merge_into(std::uint32_t number, double sum) {
        if constexpr (std::is_integral_v<Sum>) {
            if (sum >= 0x1p32) return add_to_rest(number, sum);
        }
        add(number, static_cast<Sum>(sum));
    }
    friend bool operator==(const sparse_sums& a, const sparse_sums& b) {
        return a.dense_ == b.dense_ && a.n_rest_ == 0 && b.n_rest_ == 0;
    }

private:
    friend struct compute_divide::state_access;
    static auto state(auto& self) {
        return std::tie(self.dense_, self.rest_, self.n_rest_, self.longest_, self.since_);
    }
    [[nodiscard]] bool restore() const {
        const auto is_weight = [](double w) { return w >= 0 && std::isfinite(w); };
        bool agree = true;
        for (const Sum sum : dense_) agree = agree && is_weight(static_cast<double>(sum));
        std::uint64_t above_zero = 0;
        rest_.for_each([&](std::uint32_t, double w) {
            agree = agree && is_weight(w);
            above_zero += w > 0 ? 1 : 0;
        });
        // the vector grows to what was used, and no further
        return agree && above_zero == n_rest_ && longest_ <= 64 + 8 * (dense_.size() + n_rest_);
    }

    COMPUTE_DIVIDE_NO_INLINE void add_outside(std::uint32_t number, Sum more) {
        if (++since_ > dense_.size() / 8 + 16) {
            const auto used =
                static_cast<std::size_t>(std::count_if(dense_.begin(), dense_.end(), [](Sum sum) { return sum > 0; }));
            longest_ = std::max<std::uint64_t>(longest_, 64 + 8 * (used + n_rest_));
            since_ = 0;
        }
        if (number < longest_ && number < first_label_set) {
            dense_.resize(
                std::max<std::size_t>(number + std::size_t{1}, std::min<std::size_t>(longest_, 2 * dense_.size())));
            dense_[number] += more;
            return;
        }
        add_to_rest(number, static_cast<double>(more));
    }
    COMPUTE_DIVIDE_NO_INLINE void add_to_rest(std::uint32_t number, double more) {
        double& sum = rest_.value_of(number);
        if (sum == 0) ++n_rest_;
        sum += more;
    }

    std::vector<Sum> dense_;
    hashed_label_map<double, std::uint32_t> rest_;
    std::uint64_t n_rest_ = 0, longest_ = 64, since_ = 0;
};

/// The weights of some records by cluster. A record without a weight of its own touches a count alone.
struct alignas(64) cluster_weights {
    sparse_sums<std::uint32_t> full = {};  ///< records of weight 1 that came without one
    sparse_sums<double> by_cluster = {};   ///< weights of the others
    std::uint64_t weighted = 0;            ///< records with a weight, and the sum of their w^2
    double weighted_squares = 0;
    /// Records whose cluster is not known, each of which is one of its own: those without a weight, of them and those
    /// of weight > 0, and sums of all.
    std::uint64_t full_alone = 0, n_alone = 0;
    double alone_weight = 0, alone_squares = 0;

    void add(std::uint32_t number) {
        if (number != unshared_cluster) [[likely]]
            return full.add(number, 1);
        ++full_alone;
        add_alone(1);
    }
    void add(std::uint32_t number, double weight) {
        ++weighted;
        weighted_squares += weight * weight;
        if (number != unshared_cluster) [[likely]]
            by_cluster.add(number, weight);
        else
            add_alone(weight);
    }
    void add_alone(double weight) {
        n_alone += weight > 0 ? 1 : 0;
        alone_weight += weight;
        alone_squares += weight * weight;
    }
    /// Calls visit(number, weight) for every cluster of weight above 0; for some more than once.
    template <class Visit>
    void for_each(const Visit& visit) const {
        full.for_each(visit);
        by_cluster.for_each(visit);
    }
    /// Records without a weight: O(clusters).
    [[nodiscard]] std::uint64_t n_full() const {
        return full_alone + static_cast<std::uint64_t>(std::fmin(full.total(), 0x1p63));
    }
    [[nodiscard]] std::uint64_t n() const { return n_full() + weighted; }
    /// Sum of w^2.
    [[nodiscard]] double squares() const { return static_cast<double>(n_full()) + weighted_squares; }
    /// `numbers` are those of the other's clusters here.
    void merge(const cluster_weights& other,
               const std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>& numbers) {
        weighted += other.weighted;
        weighted_squares += other.weighted_squares;
        full_alone += other.full_alone;
        n_alone += other.n_alone;
        alone_weight += other.alone_weight;
        alone_squares += other.alone_squares;
        const auto here = [&numbers](std::uint32_t number) {
            return number < first_label_set ? numbers.first[number] : numbers.second[number - first_label_set];
        };
        other.full.for_each([&](std::uint32_t number, double sum) { full.merge_into(here(number), sum); });
        other.by_cluster.for_each([&](std::uint32_t number, double sum) { by_cluster.merge_into(here(number), sum); });
    }
    friend bool operator==(const cluster_weights&, const cluster_weights&) = default;
    static auto state(auto& self) {
        return std::tie(self.full, self.by_cluster, self.weighted, self.weighted_squares, self.full_alone, self.n_alone,
                        self.alone_weight, self.alone_squares);
    }
    [[nodiscard]] bool restore() const {
        constexpr auto most = static_cast<double>(most_records);
        if (full.total() > most || full_alone > most_records || weighted > most_records || n_alone > n()) return false;
        const double weight = alone_weight + full.total() + by_cluster.total();
        return are_sums_of_weights(n_alone, alone_weight, alone_squares) && are_sums_of_weights(n(), weight, squares());
    }
};

/// The same, ready to be read: one weight a cluster, in order of its number.
struct cluster_totals {
    std::vector<std::pair<std::uint32_t, double>> by_cluster = {};
    std::uint64_t n_alone = 0;
    double weight = 0;  ///< of all, those unshared_cluster too
    double alone_squares = 0;

    cluster_totals() = default;
    explicit cluster_totals(const cluster_weights& sums)
        : n_alone(sums.n_alone), weight(sums.alone_weight), alone_squares(sums.alone_squares) {
        sums.for_each([this](std::uint32_t number, double each) { by_cluster.emplace_back(number, each); });
        add_up();
        for (const auto& [number, each] : by_cluster) weight += each;
    }
    void merge(const cluster_totals& other) {
        by_cluster.insert(by_cluster.end(), other.by_cluster.begin(), other.by_cluster.end());
        n_alone += other.n_alone;
        weight += other.weight;
        alone_squares += other.alone_squares;
        add_up();
    }
    friend bool operator==(const cluster_totals&, const cluster_totals&) = default;

private:
    void add_up() {
        std::sort(by_cluster.begin(), by_cluster.end());
        std::size_t kept = 0;
        for (auto total : by_cluster) {  // a copy: its place may be taken
            if (kept > 0 && by_cluster[kept - 1].first == total.first)
                by_cluster[kept - 1].second += total.second;
            else
                by_cluster[kept++] = total;
        }
        by_cluster.resize(kept);
    }
};

/// The variance of a sum of scores of records, those of a cluster being dependent. A sum is put together of
/// add(totals, score): each record of `totals` has the score times its weight.
class cluster_scores {
public:
    /// `labels` of them, and the sets of labels that records have.
    cluster_scores(std::size_t labels, const std::vector<std::vector<std::uint32_t>>& sets)
        : n_labels_(labels), sets_(&sets), sums_(labels + sets.size()), weights_(sums_.size()) {
        numbers_.resize(sets.empty() ? 0 : labels);
        std::iota(numbers_.begin(), numbers_.end(), std::uint32_t{0});
    }

    void clear() {
        for (const std::size_t at : touched_) sums_[at] = weights_[at] = 0;
        touched_.clear();
        alone_ = alone_squares_ = total_ = 0;
        n_alone_ = 0;
    }
    void add(const cluster_totals& totals, double score) {
        for (const auto& [number, weight] : totals.by_cluster) {
            const std::size_t at = number < first_label_set ? number : n_labels_ + (number - first_label_set);
            if (weights_[at] == 0) touched_.push_back(at);
            sums_[at] += score * weight;
            weights_[at] += weight;
        }
        n_alone_ += totals.n_alone;
        alone_ += score * score * totals.alone_squares;
        alone_squares_ += totals.alone_squares;
        total_ += totals.weight;
    }

    /// How many independent units the records are: clusters, each record without one being another; where records have
    /// several labels, as many as they are worth of equal weight, rounded down.
    [[nodiscard]] std::uint64_t clusters() const {
        return has_sets() ? whole_clusters(evenly_weighted_clusters()) : touched_.size() + n_alone_;
    }
    /// Kish's number of the clusters' weights, W^2 / sum of w_i w_j over records i, j that are the same or share a
    /// label: how many clusters of equal weight they are worth.
    [[nodiscard]] double evenly_weighted_clusters() const {
        const double squares = square_of(weights_, alone_squares_);
        const auto most = static_cast<double>(touched_.size() + n_alone_);
        return squares > 0 ? std::min(total_ * total_ / squares, most) : 0;
    }
    /// Whether they are fewer than `enough`, or so uneven that intervals by t are not known to cover: worth fewer than
    /// half of it.
    [[nodiscard]] bool are_few(std::uint64_t enough) const {
        return clusters() < enough || evenly_weighted_clusters() < static_cast<double>(enough) / 2;
    }
    /// The sum of s_i s_j over records i, j that are the same or share a label.
    [[nodiscard]] double square() const { return square_of(sums_, alone_); }

private:
    [[nodiscard]] bool has_sets() const {
        return detail::any_of(touched_, [this](std::size_t at) { return at >= n_labels_; });
    }
    [[nodiscard]] double square_of(const std::vector<double>& sums, double sum) const {
        if (!has_sets()) {
            for (const std::size_t at : touched_) sum += sums[at] * sums[at];
            return sum;
        }
        return sum + scores_of(sums).meat().front();
    }
    [[nodiscard]] shared_label_scores scores_of(const std::vector<double>& sums) const {
        shared_label_scores scores(1);
        for (const std::size_t at : touched_) scores.add(std::span(&sums[at], 1), labels_of(at));
        return scores;
    }
    [[nodiscard]] std::span<const std::uint32_t> labels_of(std::size_t at) const {
        if (at < n_labels_) return std::span(numbers_).subspan(at, 1);
        return (*sets_)[at - n_labels_];
    }

    std::size_t n_labels_;
    const std::vector<std::vector<std::uint32_t>>* sets_;
    std::vector<std::uint32_t> numbers_;  // of the labels
    std::vector<double> sums_, weights_;
    std::vector<std::size_t> touched_;
    std::uint64_t n_alone_ = 0;
    double alone_ = 0, alone_squares_ = 0, total_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
