// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_RUNNING_MEAN_HPP
#define COMPUTE_DIVIDE_DETAIL_RUNNING_MEAN_HPP

#include <tuple>

#include <compute_divide/detail/ieee_arithmetic.hpp>

namespace compute_divide::inline v0_2::detail {

/// A mean that grows by small steps, in two doubles whose sum it is: distances from it keep their digits however far
/// from 0 it lies. Sums by Moeller's and Knuth's exact addition (TAOCP 2, 4.2.2, theorem B).
struct running_mean {
    double high = 0, low = 0;

    void add(double step) {
        const double more = low + step, sum = high + more, of_step = sum - high;
        low = (high - (sum - of_step)) + (more - of_step);
        high = sum;
    }
    /// x - mean.
    [[nodiscard]] double less(double x) const { return (x - high) - low; }
    /// This - another.
    [[nodiscard]] double less(const running_mean& other) const { return (high - other.high) + (low - other.low); }

    static auto state(auto& self) { return std::tie(self.high, self.low); }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
