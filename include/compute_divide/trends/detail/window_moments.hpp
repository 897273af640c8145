// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_DETAIL_WINDOW_MOMENTS_HPP
#define COMPUTE_DIVIDE_TRENDS_DETAIL_WINDOW_MOMENTS_HPP

#include <cstddef>
#include <vector>

namespace compute_divide::inline v0_2::detail {

/// Number, mean and sum of squared deviations; merged by Chan, Golub and LeVeque (1983), so nothing is ever subtracted
/// from a sum, and values that are all equal have deviation exactly 0.
struct centred_moments {
    double n = 0;
    double mean = 0;
    double squares = 0;

    [[nodiscard]] friend centred_moments operator+(const centred_moments& a, const centred_moments& b) {
        if (b.n == 0) return a;
        const double both = a.n + b.n;
        const double difference = b.mean - a.mean;
        return {both, a.mean + difference * (b.n / both),
                a.squares + b.squares + difference * difference * a.n * (b.n / both)};
    }
};

/// Moments of a first-in, first-out window in O(1) amortised, by two stacks: values come into `newer_`; when the oldest
/// must leave, they move to `older_`, which keeps the centred_moments of each tail of the older half.
class window_moments {
public:
    void push(double x) {
        newer_.push_back(x);
        newer_moments_ = newer_moments_ + centred_moments{1, x, 0};
    }
    void pop() {
        if (older_.empty()) {
            centred_moments tail;
            for (; !newer_.empty(); newer_.pop_back()) {
                tail = centred_moments{1, newer_.back(), 0} + tail;
                older_.push_back(tail);
            }
            newer_moments_ = {};
        }
        older_.pop_back();
    }
    [[nodiscard]] centred_moments result() const {
        return older_.empty() ? newer_moments_ : older_.back() + newer_moments_;
    }

private:
    std::vector<centred_moments> older_;
    std::vector<double> newer_;
    centred_moments newer_moments_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
