// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_BLOCK_MANN_KENDALL_HPP
#define COMPUTE_DIVIDE_TRENDS_BLOCK_MANN_KENDALL_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>
#include <compute_divide/trends/detail/method_names.hpp>
#include <compute_divide/trends/mann_kendall.hpp>

/// Does a series rise or fall, where its neighbours are alike? Kendall's S against series put together anew from blocks
/// of neighbours.
namespace compute_divide::inline v0_2 {

/// How a series is put together from blocks of l neighbours.
enum class block_arrangement {
    permuted,  ///< the blocks that the series falls into, in another order: each value once
    moving,    ///< any of the n - l + 1 blocks, with replacement, joined and cut to n (Kuensch 1989)
    circular   ///< the same, of n blocks: the end is followed by the beginning
};
[[nodiscard]] constexpr auto enumerators(block_arrangement) {
    using enum block_arrangement;
    return std::array{named<block_arrangement>{permuted, "permuted"}, named<block_arrangement>{moving, "moving"},
                      named<block_arrangement>{circular, "circular"}};
}

struct block_mann_kendall_options {
    block_arrangement arrangement = block_arrangement::permuted;
    std::optional<std::size_t> block_length = {};  ///< where not given, sqrt(n) rounded
    bool about_mean = false;         ///< S is compared with the others' mean, which is not 0 of moving blocks
    std::size_t replicates = 1'999;  ///< drawn, where there are more arrangements
    std::uint64_t seed = 1;
};

/// Kendall's S and those of the arrangements.
struct block_mann_kendall_result {
    test_result test = {};  ///< statistic: S
    double tau = 0;         ///< S / (n (n - 1) / 2)
    double mean = 0;        ///< of S over the arrangements
    double variance = 0;    ///< the same
    std::uint64_t n_arrangements = 0;
    std::uint64_t block_length = 0;
    bool exact = false;  ///< all arrangements there are, none drawn

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }
    friend bool operator==(const block_mann_kendall_result&, const block_mann_kendall_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<block_mann_kendall_result>) {
    using result = block_mann_kendall_result;
    return member_list(member{"test", &result::test}, member{"tau", &result::tau}, member{"mean", &result::mean},
                       member{"variance", &result::variance}, member{"n_arrangements", &result::n_arrangements},
                       member{"block_length", &result::block_length}, member{"exact", &result::exact});
}

/// The test of no monotone trend of y along x by rearranging blocks: p is the share of arrangements whose |S| is at
/// least the series' own; where they are drawn (B + 1 with the series itself), so is that share.
///
/// Records in order of (x, y), one step each: meant for series of equal steps. Within blocks the dependence is kept,
/// between them it is broken, and so is the trend: no model of the dependence is asked for. By simulation, permuted
/// blocks of sqrt(n), at .05: white noise .04 to .06, first-order series of .3 .06 to .07, of .6 .09 to .10, from 30
/// records on; moving and circular blocks, in which values repeat, .05 to .06, .05 to .09, .09 to .15.
/// Not enough data: no_data, too_few below 3 records or 4 blocks, degenerate where all x or all y are equal;
/// few_clusters, where the test is there: below 6 blocks, where its level was seen to be .12 to .22 at series of .6;
/// and for circular blocks always: at series of .45 and .6 it was .12 to .14 even of 85 and 120 records. Throws
/// std::invalid_argument for an infinite x or y, a block_length of 0, and replicates = 0. O(arrangements n log n).
/// Sources: Onoz and Bayazit (2012) for blocks of Mann-Kendall. Checked one by one over all arrangements
/// (tests/reference/block_mann_kendall.py).
template <std::ranges::input_range Records, axis_field_of<Records> X, quantity_field_of<Records> Y>
[[nodiscard]] block_mann_kendall_result block_mann_kendall(Records&& records, X x, Y y,
                                                           const block_mann_kendall_options& options = {}) {
    using enum block_arrangement;
    constexpr std::string_view function = "block_mann_kendall";
    detail::require(options.replicates > 0, function, "replicates >= 1", options.replicates);
    if (options.block_length)
        detail::require(*options.block_length > 0, function, "block_length >= 1", *options.block_length);
    const detail::paired_sample sample(function, records, x, y);
    const auto& points = sample.points;
    const std::size_t n = points.size();
    block_mann_kendall_result result;
    result.test.method = detail::prefixed_name<"block_mann_kendall, ">(options.arrangement);
    result.test.n = n;
    result.test.n_missing = sample.n_missing;
    if (n == 0) return result;
    const std::size_t length =
        options.block_length.value_or(static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(n)))));
    result.block_length = length;
    result.test.status = estimate_status::too_few;
    const std::size_t in_all = (n + length - 1) / length;  // blocks of a series
    if (n < 3 || (in_all < 4 && !options.block_length) || in_all < 2 || length > n) return result;
    result.test.status = estimate_status::degenerate;
    const auto [lowest, highest] = std::ranges::minmax_element(points, {}, &detail::point::y);
    if (points.front().x == points.back().x || lowest->y == highest->y) return result;

    auto s_of = [&, series = points](const std::vector<std::size_t>& order) mutable {
        for (std::size_t i = 0; i < n; ++i) series[i] = {points[i].x, points[order[i]].y};
        detail::sort(series);
        return detail::kendall_s(series);
    };
    const std::size_t kinds = options.arrangement == permuted   ? in_all
                              : options.arrangement == circular ? n
                                                                : n - length + 1;
    std::vector<std::size_t> blocks(in_all), order;
    const auto s_of_blocks = [&] {
        order.clear();
        for (const std::size_t block : blocks) {
            const std::size_t first = options.arrangement == permuted ? block * length : block;
            for (std::size_t i = first; i < first + length && order.size() < n; ++i) {
                if (i >= n && options.arrangement == permuted) break;
                order.push_back(i % n);
            }
        }
        return s_of(order);
    };
    const double own = detail::kendall_s(points);
    std::vector<double> all;
    double arrangements = 1;
    for (std::size_t i = 0; i < in_all; ++i)
        arrangements *= static_cast<double>(options.arrangement == permuted ? i + 1 : kinds);
    result.exact = arrangements <= static_cast<double>(options.replicates);
    if (result.exact && options.arrangement == permuted) {
        std::iota(blocks.begin(), blocks.end(), std::size_t{0});
        do all.push_back(s_of_blocks());
        while (std::ranges::next_permutation(blocks).found);
    } else if (result.exact) {
        for (std::size_t at = 0; at < in_all;) {
            all.push_back(s_of_blocks());
            for (at = 0; at < in_all && ++blocks[at] == kinds; ++at) blocks[at] = 0;
        }
    } else {
        random_stream stream(options.seed);
        all.push_back(own);
        for (std::size_t replicate = 0; replicate < options.replicates; ++replicate) {
            if (options.arrangement == permuted) {
                std::iota(blocks.begin(), blocks.end(), std::size_t{0});
                for (std::size_t i = in_all - 1; i > 0; --i) std::swap(blocks[i], blocks[stream.below(i + 1)]);
            } else {
                for (std::size_t& block : blocks) block = stream.below(kinds);
            }
            all.push_back(s_of_blocks());
        }
    }
    const auto count = static_cast<double>(all.size());
    for (const double s : all) result.mean += s / count;
    for (const double s : all) result.variance += (s - result.mean) * (s - result.mean) / count;
    const double centre = options.about_mean ? result.mean : 0;
    const auto as_large =
        detail::count_if(all, [&](double s) { return std::fabs(s - centre) >= std::fabs(own) * (1 - 1e-12); });
    result.n_arrangements = all.size();
    result.tau = own / (static_cast<double>(n) * (static_cast<double>(n) - 1) / 2);
    result.test.statistic = own;
    result.test.p_value = static_cast<double>(as_large) / count;
    const bool known = in_all >= 6 && options.arrangement != circular;
    result.test.status = known ? estimate_status::ok : estimate_status::few_clusters;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
