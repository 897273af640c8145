// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_LABEL_PLACES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_LABEL_PLACES_HPP

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

/// Where labels stand that are wanted at heights where they would overlap.
namespace example {

struct wanted_label {
    double centre = 0, height = 0;
};

/// The centres of labels that do not overlap, in the order of the wanted ones (of equal ones that in which they are
/// given), with the least sum of squares of what they are moved: isotonic regression of the wanted centres less the
/// heights before them, by pooling adjacent violators (Ayer et al. 1955). They are between `top` and `bottom`; where
/// there is no room for all they begin at `top`.
[[nodiscard]] inline std::vector<double> label_places(const std::vector<wanted_label>& wanted, double top,
                                                      double bottom) {
    std::vector<std::size_t> order(wanted.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return wanted[i].centre; });

    struct pool {
        double sum = 0;
        std::size_t n = 0;
        [[nodiscard]] double mean() const { return sum / static_cast<double>(n); }
    };
    std::vector<pool> pools;
    double before = 0;  // heights
    for (const std::size_t i : order) {
        pool last{wanted[i].centre - before - wanted[i].height / 2, 1};
        for (; !pools.empty() && pools.back().mean() >= last.mean(); pools.pop_back())
            last = {pools.back().sum + last.sum, pools.back().n + last.n};
        pools.push_back(last);
        before += wanted[i].height;
    }
    std::vector<double> places(wanted.size());
    std::size_t at = 0;
    double above = 0;
    for (const pool& each : pools)
        for (std::size_t i = 0; i < each.n; ++i, ++at) {
            const double height = wanted[order[at]].height;
            places[order[at]] = std::max(top, std::min(each.mean(), bottom - before)) + above + height / 2;
            above += height;
        }
    return places;
}

}  // namespace example

#endif
