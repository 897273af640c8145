// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_UNROUNDED_SUM_HPP
#define COMPUTE_DIVIDE_DETAIL_UNROUNDED_SUM_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/detail/ieee_arithmetic.hpp>

namespace compute_divide::inline v0_2::detail {

/// A sum of doubles >= 0 that is never rounded: in parts that do not overlap, the least first, as few as it needs (two
/// or three of amounts of one scale, never more than 40). Its value is the nearest double, the same in any order of
/// adding and merging. What is beyond the doubles is infinite, and stays it. Up to two parts are kept without memory of
/// their own. (Shewchuk 1997, Discrete and Computational Geometry 18:305; Python's math.fsum.)
class unrounded_sum {
    using parts = std::vector<double>;
    /// What is saved: the parts as one list.
    struct listed {
        parts all = {};
        static auto state(auto& self) { return std::tie(self.all); }
    };

public:
    unrounded_sum() = default;
    unrounded_sum(const unrounded_sum& other)
        : low_(other.low_), high_(other.high_), more_(other.more_ ? std::make_unique<parts>(*other.more_) : nullptr) {}
    unrounded_sum(unrounded_sum&&) noexcept = default;
    unrounded_sum& operator=(const unrounded_sum& other) {
        if (this != &other) *this = unrounded_sum(other);
        return *this;
    }
    unrounded_sum& operator=(unrounded_sum&&) noexcept = default;
    ~unrounded_sum() = default;

    void add(double x) {
        if (more_) return add_to_list(x);
        if (low_ == 0) {
            const double lost = add_two(x, high_);
            if (!(x <= std::numeric_limits<double>::max())) return become_infinite();
            low_ = lost;
            high_ = x;
            return;
        }
        add_to_two(x);
    }
    void merge(const unrounded_sum& other) {
        if (this == &other) return merge(unrounded_sum(other));
        if (other.more_) {
            for (const double each : *other.more_) add(each);
            return;
        }
        if (other.low_ != 0) add(other.low_);
        if (other.high_ != 0) add(other.high_);
    }
    /// Rounded once, halves to even.
    [[nodiscard]] double value() const {
        if (!more_) return high_ + low_;
        const parts& all = *more_;
        std::size_t i = all.size() - 1;
        double sum = all[i], lost = 0;
        while (i > 0 && lost == 0) {
            const double before = sum;
            sum += all[--i];
            lost = all[i] - (sum - before);
        }
        // What was lost is just half of the last place: the parts below it decide.
        if (i > 0 && (lost < 0) == (all[i - 1] < 0)) {
            const double twice = 2 * lost, up = sum + twice;
            if (up - sum == twice) sum = up;
        }
        return sum;
    }
    friend bool operator==(const unrounded_sum& a, const unrounded_sum& b) {
        if (!a.more_ && !b.more_) return a.low_ == b.low_ && a.high_ == b.high_;
        return a.list() == b.list();
    }

    [[nodiscard]] listed packed() const { return {list()}; }
    /// Parts as adding makes them, and no negative sum.
    [[nodiscard]] bool unpack(listed from) {
        const parts& all = from.all;
        if (all.size() > 40) return false;
        const bool is_infinite = all.size() == 1 && all.front() == std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < all.size() && !is_infinite; ++i) {
            if (all[i] == 0 || !std::isfinite(all[i])) return false;
            if (i > 0 && !(std::fabs(all[i - 1]) < lowest_bit(all[i]))) return false;
        }
        if (!all.empty() && !(all.back() > 0)) return false;
        *this = {};
        if (all.size() > 2)
            more_ = std::make_unique<parts>(std::move(from.all));
        else
            keep(all.data(), all.size());
        return true;
    }

private:
    /// Makes x the rounded sum, and says what was lost by it.
    [[nodiscard]] static double add_two(double& x, double part) {
        if (std::fabs(x) < std::fabs(part)) std::swap(x, part);
        const double sum = x + part, lost = part - (sum - x);
        x = sum;
        return lost;
    }
    void add_to_two(double x) {
        double kept[3];
        std::size_t n = 0;
        for (const double part : {low_, high_})
            if (const double lost = add_two(x, part); lost != 0) kept[n++] = lost;
        if (!(x <= std::numeric_limits<double>::max())) return become_infinite();
        if (x != 0) kept[n++] = x;
        if (n > 2)
            more_ = std::make_unique<parts>(kept, kept + n);
        else
            keep(kept, n);
    }
    void add_to_list(double x) {
        parts& all = *more_;
        std::size_t n = 0;
        for (const double part : all)
            if (const double lost = add_two(x, part); lost != 0) all[n++] = lost;
        if (!(x <= std::numeric_limits<double>::max())) return become_infinite();
        all.resize(n);
        if (x != 0) all.push_back(x);
        if (all.size() > 2) return;
        keep(all.data(), all.size());
        more_.reset();
    }
    void keep(const double* all, std::size_t n) {
        high_ = n > 0 ? all[n - 1] : 0;
        low_ = n > 1 ? all[0] : 0;
    }
    void become_infinite() {
        more_.reset();
        low_ = 0;
        high_ = std::numeric_limits<double>::infinity();
    }
    [[nodiscard]] parts list() const {
        if (more_) return *more_;
        parts all;
        if (low_ != 0) all.push_back(low_);
        if (high_ != 0) all.push_back(high_);
        return all;
    }
    /// The value of the last bit that is not 0.
    [[nodiscard]] static double lowest_bit(double x) {
        int exponent = 0;
        const auto bits = static_cast<std::uint64_t>(std::ldexp(std::fabs(std::frexp(x, &exponent)), 53));
        return std::ldexp(static_cast<double>(bits & (~bits + 1)), exponent - 53);
    }

    double low_ = 0, high_ = 0;    // 0: there is none
    std::unique_ptr<parts> more_;  // all of them, where they are more than two
};

}  // namespace compute_divide::inline v0_2::detail

#endif
