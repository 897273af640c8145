// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_DETAIL_PERMUTATIONS_HPP
#define COMPUTE_DIVIDE_STATISTICS_DETAIL_PERMUTATIONS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/random.hpp>

/// Two samples dealt out anew. Each permutation exchanges k >= 0 values of the first sample against k of the second.
namespace compute_divide::inline v0_2::detail {

/// What is exchanged: k values of the first sample for k of the second, with their sums and sums of squares.
struct exchange {
    double k = 0, left = 0, left_squares = 0, taken = 0, taken_squares = 0;
};

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

/// Visits every way to deal out the values, as exchanges; that of none first.
template <class Visit>
class dealt_exchanges {
public:
    dealt_exchanges(const std::vector<double>& values, std::size_t n_1, Visit visit)
        : values_(values), n_1_(n_1), visit_(std::move(visit)) {
        leave(0, {});
    }

private:
    void leave(std::size_t i, exchange so_far) {
        if (i == n_1_) return take(i, static_cast<std::size_t>(so_far.k), so_far);
        leave(i + 1, so_far);
        if (static_cast<std::size_t>(so_far.k) == values_.size() - n_1_) return;
        so_far.k += 1;
        so_far.left += values_[i];
        so_far.left_squares += values_[i] * values_[i];
        leave(i + 1, so_far);
    }
    void take(std::size_t i, std::size_t wanted, exchange so_far) {
        if (wanted == 0) return visit_(so_far);
        if (values_.size() - i > wanted) take(i + 1, wanted, so_far);
        so_far.taken += values_[i];
        so_far.taken_squares += values_[i] * values_[i];
        take(i + 1, wanted - 1, so_far);
    }

    const std::vector<double>& values_;
    std::size_t n_1_;
    Visit visit_;
};

/// Exchanges at random.
[[nodiscard]] inline std::vector<exchange> random_deals(const std::vector<double>& values, std::size_t n_1,
                                                        std::size_t replicates, std::uint64_t seed, unsigned threads) {
    std::vector<exchange> deals(replicates);
    in_parts(deals.size(), threads, [&](std::size_t begin, std::size_t end) {
        std::vector<std::size_t> in_order(values.size()), order;
        std::iota(in_order.begin(), in_order.end(), std::size_t{0});
        for (std::size_t replicate = begin; replicate < end; ++replicate) {
            random_stream stream(seed, replicate);
            order = in_order;
            exchange& deal = deals[replicate];
            for (std::size_t i = 0; i < n_1; ++i) {
                std::swap(order[i], order[i + stream.below(order.size() - i)]);
                if (order[i] < n_1) continue;
                deal.k += 1;
                deal.taken += values[order[i]];
                deal.taken_squares += values[order[i]] * values[order[i]];
            }
            for (std::size_t i = n_1; i < order.size(); ++i)
                if (order[i] < n_1) {
                    deal.left += values[order[i]];
                    deal.left_squares += values[order[i]] * values[order[i]];
                }
        }
    });
    return deals;
}

/// Welch's t of two samples dealt out anew after the first was shifted by -d, for many d.
class dealt_welch {
public:
    dealt_welch(const std::vector<double>& values, std::size_t n_1)
        : n_1_(static_cast<double>(n_1)), n_2_(static_cast<double>(values.size() - n_1)) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const double x = values[i];
            (i < n_1 ? first_ : second_) += x;
            (i < n_1 ? first_squares_ : second_squares_) += x * x;
        }
    }
    /// The squared statistic: 0 for 0 / 0, infinite for another difference over 0.
    [[nodiscard]] double square(const exchange& e, double d) const {
        // the first sample's own values are x - d: those kept, and those that the second gets
        const double kept = n_1_ - e.k, own = first_ - e.left;
        const double sum_1 = own - kept * d + e.taken;
        const double squares_1 = first_squares_ - e.left_squares - d * (2 * own - kept * d) + e.taken_squares;
        const double sum_2 = second_ - e.taken + e.left - e.k * d;
        const double squares_2 = second_squares_ - e.taken_squares + e.left_squares - d * (2 * e.left - e.k * d);
        const double apart = sum_1 / n_1_ - sum_2 / n_2_;
        const double within_1 = without_rounding(squares_1 - sum_1 * sum_1 / n_1_, squares_1);
        const double within_2 = without_rounding(squares_2 - sum_2 * sum_2 / n_2_, squares_2);
        const double variance = within_1 / (n_1_ * (n_1_ - 1)) + within_2 / (n_2_ * (n_2_ - 1));
        const double difference = without_rounding(apart * apart, (squares_1 + squares_2) * 1e-13);
        if (difference == 0) return 0;
        return variance > 0 ? difference / variance : std::numeric_limits<double>::infinity();
    }

private:
    [[nodiscard]] static double without_rounding(double x, double scale) { return x > 1e-13 * scale ? x : 0; }

    double n_1_, n_2_, first_ = 0, second_ = 0, first_squares_ = 0, second_squares_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
