// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_PERMUTATIONS_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_PERMUTATIONS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/random.hpp>

/// Two samples dealt out anew. Each permutation exchanges k >= 0 values of the first sample against k of the second.
namespace compute_divide::detail {

/// Visits every way to exchange k of the first n_1 values against k of the others, k >= 1, by the mean of the former
/// less that of the latter: the shift up to which the first sample's mean stays at least as large by it.
template <class Visit>
class exchanges {
public:
    exchanges(const std::vector<double>& values, std::size_t n_1, Visit visit)
        : values_(values), n_1_(n_1), visit_(std::move(visit)) {
        leave(0, 0, 0);
    }

private:
    void leave(std::size_t i, std::size_t exchanged, double sum) {
        if (i == n_1_) return take(i, exchanged, exchanged, sum);
        leave(i + 1, exchanged, sum);
        if (exchanged < values_.size() - n_1_) leave(i + 1, exchanged + 1, sum + values_[i]);
    }
    void take(std::size_t i, std::size_t wanted, std::size_t exchanged, double sum) {
        if (wanted == 0) {
            if (exchanged > 0) visit_(sum / static_cast<double>(exchanged));
            return;
        }
        if (values_.size() - i > wanted) take(i + 1, wanted, exchanged, sum);
        take(i + 1, wanted - 1, exchanged, sum - values_[i]);
    }

    const std::vector<double>& values_;
    std::size_t n_1_;
    Visit visit_;
};

/// n over k, infinite above the largest double.
[[nodiscard]] inline double permutations(std::size_t n, std::size_t k) {
    double ways = 1;
    for (std::size_t i = 1; i <= k; ++i) ways *= static_cast<double>(n - k + i) / static_cast<double>(i);
    return std::nearbyint(ways);
}

/// The shifts of `exchanges` for permutations at random; those that exchange nothing are left out.
[[nodiscard]] inline std::vector<double> random_exchanges(const std::vector<double>& values, std::size_t n_1,
                                                          std::size_t replicates, std::uint64_t seed,
                                                          unsigned threads) {
    std::vector<std::optional<double>> shifts(replicates);
    in_parts(shifts.size(), threads, [&](std::size_t begin, std::size_t end) {
        std::vector<std::size_t> in_order(values.size()), order;
        std::iota(in_order.begin(), in_order.end(), std::size_t{0});
        for (std::size_t replicate = begin; replicate < end; ++replicate) {
            random_stream stream(seed, replicate);
            order = in_order;
            double sum = 0;
            std::size_t exchanged = 0;
            // Whoever of the second sample is drawn into the first takes the place of one who is not drawn.
            for (std::size_t i = 0; i < n_1; ++i) {
                std::swap(order[i], order[i + stream.below(order.size() - i)]);
                if (order[i] < n_1) continue;
                ++exchanged;
                sum -= values[order[i]];
            }
            for (std::size_t i = n_1; i < order.size(); ++i)
                if (order[i] < n_1) sum += values[order[i]];
            if (exchanged > 0) shifts[replicate] = sum / static_cast<double>(exchanged);
        }
    });
    std::vector<double> known;
    for (const auto& shift : shifts)
        if (shift) known.push_back(*shift);
    return known;
}

}  // namespace compute_divide::detail

#endif
