// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_UNROUNDED_SUM_HPP
#define COMPUTE_DIVIDE_DETAIL_UNROUNDED_SUM_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/detail/ieee_arithmetic.hpp>

namespace compute_divide::detail {

/// A sum of doubles >= 0 that is never rounded: in parts that do not overlap, the least first, as few as it needs (two
/// or three of amounts of one scale, never more than 40). Its value is the nearest double, the same in any order of
/// adding and merging. What is beyond the doubles is infinite, and stays it. (Shewchuk 1997, Discrete and Computational
/// Geometry 18:305; Python's math.fsum.)
class unrounded_sum {
public:
    void add(double x) {
        std::size_t kept = 0;
        for (double part : parts_) {
            if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
            const double sum = x + part, lost = part - (sum - x);
            if (lost != 0) parts_[kept++] = lost;
            x = sum;
        }
        if (!(x <= std::numeric_limits<double>::max())) {
            parts_.assign(1, std::numeric_limits<double>::infinity());
            return;
        }
        parts_.resize(kept);
        if (x != 0) parts_.push_back(x);
    }
    void merge(const unrounded_sum& other) {
        if (this == &other) return merge(unrounded_sum(other));
        for (const double each : other.parts_) add(each);
    }
    /// Rounded once, halves to even.
    [[nodiscard]] double value() const {
        if (parts_.empty()) return 0;
        std::size_t i = parts_.size() - 1;
        double sum = parts_[i], lost = 0;
        while (i > 0 && lost == 0) {
            const double before = sum;
            sum += parts_[--i];
            lost = parts_[i] - (sum - before);
        }
        // What was lost is just half of the last place: the parts below it decide.
        if (i > 0 && (lost < 0) == (parts_[i - 1] < 0)) {
            const double twice = 2 * lost, up = sum + twice;
            if (up - sum == twice) sum = up;
        }
        return sum;
    }
    friend bool operator==(const unrounded_sum&, const unrounded_sum&) = default;

    static auto state(auto& self) { return std::tie(self.parts_); }
    /// Parts as adding makes them, and no negative sum.
    [[nodiscard]] bool restore() const {
        if (parts_.size() > 40) return false;
        if (parts_.size() == 1 && parts_.front() == std::numeric_limits<double>::infinity()) return true;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            if (parts_[i] == 0 || !std::isfinite(parts_[i])) return false;
            if (i > 0 && !(std::fabs(parts_[i - 1]) < lowest_bit(parts_[i]))) return false;
        }
        return parts_.empty() || parts_.back() > 0;
    }

private:
    /// The value of the last bit that is not 0.
    [[nodiscard]] static double lowest_bit(double x) {
        int exponent = 0;
        const auto bits = static_cast<std::uint64_t>(std::ldexp(std::fabs(std::frexp(x, &exponent)), 53));
        return std::ldexp(static_cast<double>(bits & (~bits + 1)), exponent - 53);
    }

    std::vector<double> parts_;
};

}  // namespace compute_divide::detail

#endif
