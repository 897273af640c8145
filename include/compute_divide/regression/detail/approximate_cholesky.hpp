// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_APPROXIMATE_CHOLESKY_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_APPROXIMATE_CHOLESKY_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/random.hpp>

/// A preconditioner for the normal equations of two effects, which are the Laplacian of a graph: levels are its nodes,
/// cells its edges.
namespace compute_divide::inline v0_2::detail {

struct weighted_edge {
    std::uint32_t from = 0, to = 0;
    double weight = 0;
};

/// An approximate factor of a graph's Laplacian by elimination: nodes of few neighbours first, and the edges that a
/// node leaves among its d neighbours, d (d - 1) / 2, are replaced by d - 1 of them, by chance, whose mean they are
/// (Kyng and Sachdeva 2016; Gao, Kyng and Spielman 2023, "Robust and practical solution of Laplacian equations by
/// approximate elimination"). Exact where no node has more than two neighbours when it goes: trees, such as chains, and
/// rings. As many numbers as there are edges, O(edges log edges). The same in each run.
class approximate_cholesky {
public:
    approximate_cholesky(std::size_t nodes, std::span<const weighted_edge> edges)
        : first_(nodes, none), degree_(nodes), gone_(nodes) {
        halves_.reserve(2 * edges.size());
        for (const weighted_edge& edge : edges) join(edge.from, edge.to, edge.weight);
        buckets_.resize(most_degree + 1);
        for (std::uint32_t node = 0; node < nodes; ++node) into_bucket(node);
        place_.assign(nodes, none);
        for (std::size_t bucket = 0; bucket < buckets_.size();) {
            if (buckets_[bucket].empty()) {
                ++bucket;
                continue;
            }
            const std::uint32_t node = buckets_[bucket].back();
            buckets_[bucket].pop_back();
            if (gone_[node] || bucket_of(node) != bucket) continue;
            eliminate(node);
            bucket = std::min(bucket, least_bucket_);
        }
        component_.resize(nodes);
        for (std::size_t at = columns_.size(); at-- > 0;) {
            const column& each = columns_[at];
            component_[each.node] = each.begin == each.end ? components_++ : component_[rows_[each.begin]];
        }
        for (auto* each : {&first_, &degree_, &place_}) each->clear();
        halves_ = {};
        buckets_ = {};
    }

    [[nodiscard]] std::size_t components() const { return components_; }
    /// Of each node, from 0.
    [[nodiscard]] const std::vector<std::uint32_t>& component() const { return component_; }

    /// Of q right sides, `values` by nodes, to solutions; one node of each component has 0.
    void solve(std::span<double> values, std::size_t q) const {
        for (const column& each : columns_) {
            double* const own = values.data() + each.node * q;
            for (std::size_t k = each.begin; k < each.end; ++k)
                for (std::size_t c = 0; c < q; ++c) values[rows_[k] * q + c] += shares_[k] * own[c];
            for (std::size_t c = 0; c < q; ++c) own[c] = each.weight > 0 ? own[c] / each.weight : 0;
        }
        for (std::size_t at = columns_.size(); at-- > 0;) {
            const column& each = columns_[at];
            double* const own = values.data() + each.node * q;
            for (std::size_t k = each.begin; k < each.end; ++k)
                for (std::size_t c = 0; c < q; ++c) own[c] += shares_[k] * values[rows_[k] * q + c];
        }
    }

private:
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
    static constexpr std::size_t most_degree = 1000;  // beyond which nodes are not told apart

    struct half_edge {
        std::uint32_t to, next;
        double weight;
    };
    struct column {
        std::uint32_t node;
        std::size_t begin, end;
        double weight;  // of all its edges
    };
    struct neighbour {
        double weight;
        std::uint32_t node;
    };

    void join(std::uint32_t a, std::uint32_t b, double weight) {
        for (const auto& [from, to] : {std::pair{a, b}, std::pair{b, a}}) {
            halves_.push_back({to, first_[from], weight});
            first_[from] = static_cast<std::uint32_t>(halves_.size() - 1);
            ++degree_[from];
        }
    }
    [[nodiscard]] std::size_t bucket_of(std::uint32_t node) const {
        return std::min<std::size_t>(degree_[node], most_degree);
    }
    void into_bucket(std::uint32_t node) {
        buckets_[bucket_of(node)].push_back(node);
        least_bucket_ = std::min(least_bucket_, bucket_of(node));
    }

    void eliminate(std::uint32_t node) {
        gone_[node] = true;
        least_bucket_ = buckets_.size();
        neighbours_.clear();
        for (std::uint32_t half = first_[node]; half != none; half = halves_[half].next) {
            const auto [to, next, weight] = halves_[half];
            if (gone_[to]) continue;
            --degree_[to];
            if (place_[to] == none) {
                place_[to] = static_cast<std::uint32_t>(neighbours_.size());
                neighbours_.push_back({0, to});
            }
            neighbours_[place_[to]].weight += weight;
        }
        std::sort(neighbours_.begin(), neighbours_.end(), [](const neighbour& a, const neighbour& b) {
            return std::tie(a.weight, a.node) < std::tie(b.weight, b.node);
        });
        const std::size_t begin = rows_.size();
        sums_.assign(neighbours_.size() + 1, 0);  // of the weights from each on
        for (std::size_t k = neighbours_.size(); k-- > 0;) sums_[k] = sums_[k + 1] + neighbours_[k].weight;
        for (const neighbour& each : neighbours_) {
            rows_.push_back(each.node);
            shares_.push_back(each.weight / sums_[0]);
            place_[each.node] = none;
        }
        columns_.push_back({node, begin, rows_.size(), sums_[0]});
        for (std::size_t k = 0; k + 1 < neighbours_.size(); ++k) {
            const double rest = sums_[k + 1], drawn = rest * random_.uniform();
            // The last whose weights and those behind it are more than what is drawn.
            const auto behind = std::upper_bound(sums_.begin() + static_cast<std::ptrdiff_t>(k) + 1, sums_.end(), drawn,
                                                 [](double value, double sum) { return value >= sum; });
            const auto other = std::max<std::size_t>(static_cast<std::size_t>(behind - sums_.begin()) - 1, k + 1);
            if (const double weight = neighbours_[k].weight * rest / sums_[0]; weight > 0)
                join(neighbours_[k].node, neighbours_[other].node, weight);
        }
        for (const neighbour& each : neighbours_) into_bucket(each.node);
    }

    std::vector<std::uint32_t> first_, degree_;
    std::vector<bool> gone_;
    std::vector<half_edge> halves_;
    std::vector<std::vector<std::uint32_t>> buckets_;
    std::size_t least_bucket_ = 0;
    std::vector<std::uint32_t> place_;
    std::vector<neighbour> neighbours_;
    std::vector<double> sums_;
    random_stream random_{16};
    std::vector<column> columns_;  // in the order of elimination
    std::vector<std::uint32_t> rows_;
    std::vector<double> shares_;
    std::uint32_t components_ = 0;
    std::vector<std::uint32_t> component_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
