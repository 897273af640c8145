// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SLOPE_SELECTION_HPP
#define COMPUTE_DIVIDE_DETAIL_SLOPE_SELECTION_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/inversions.hpp>
#include <compute_divide/detail/order_of_bits.hpp>
#include <compute_divide/detail/paired_sample.hpp>
#include <compute_divide/random.hpp>

/// The slope of a given rank among all slopes between two of n points in O(n log n) expected time (Matousek 1991;
/// Dillencourt, Mount, Netanyahu 1992). A pair with x_i < x_j has slope < t exactly if the points change places between
/// the orders by x and by the residual y - t x: slopes between two values of t are the inversions between two orders,
/// and can be counted, sampled and listed while one order is sorted into the other.
///
/// Residuals have twice a double's precision, which tells all slopes apart that differ by more than rounding, unless
/// products underflow. Should counts then contradict each other, the doubles themselves are bisected: whatever the
/// data, the work is bounded.
namespace compute_divide::inline v0_2::detail {

class slope_selection {
public:
    /// Points in order of (x, y).
    explicit slope_selection(const std::vector<point>& points) : points_(points) {
        const auto n = static_cast<std::uint64_t>(points.size());
        n_slopes_ = n * (n - 1) / 2;
        for_each_tie(points, &point::x, [this](double k) { n_slopes_ -= static_cast<std::uint64_t>(k * (k - 1) / 2); });
    }

    /// The number of pairs with different x.
    [[nodiscard]] std::uint64_t size() const { return n_slopes_; }

    /// The slopes of ranks k_1 <= ... <= k_4, counted from 0; the two in the middle are equal or adjacent.
    [[nodiscard]] std::array<double, 4> operator()(const std::array<std::uint64_t, 4>& ranks) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        slab all{.elements = {}, .lower = -infinity, .upper = infinity, .below = 0, .above = n_slopes_};
        all.elements.reserve(points_.size());
        for (const point& p : points_) all.elements.push_back({0, p.x, p.y});
        std::vector<double> sampled;
        if (!is_small(all)) {
            sampled = narrow(all, ranks.front(), ranks.back());
            if (sampled.empty()) sampled = sample(all);
        }
        const auto middle = select(all, sampled, ranks[1], ranks[2]);
        return {select(all, sampled, ranks[0], ranks[0]).first, middle.first, middle.second,
                select(all, sampled, ranks[3], ranks[3]).first};
    }

private:
    /// A point and its residual y - t x, rounded to a double.
    struct element {
        double residual, x, y;
    };

    /// The slopes between lower and upper, which have ranks below..above-1; elements are in the order at lower.
    struct slab {
        std::vector<element> elements;
        double lower, upper;
        std::uint64_t below, above;

        [[nodiscard]] std::uint64_t size() const { return above - below; }
    };

    [[nodiscard]] bool is_small(const slab& s) const { return s.size() <= 8 * points_.size(); }

    [[nodiscard]] static double slope(const element& a, const element& b) {
        return a.x < b.x ? (b.y - a.y) / (b.x - a.x) : (a.y - b.y) / (a.x - b.x);
    }

    /// y - t x in twice the precision of a double: a rounded value and what is left.
    [[nodiscard]] static std::pair<double, double> residual(double t, double x, double y) {
        const double product = t * x, product_error = std::fma(t, x, -product);
        const double difference = y - product, part = difference - y;
        const double rest = ((y - (difference - part)) - (product + part)) - product_error;
        const double rounded = difference + rest;
        return {rounded, rest - (rounded - difference)};
    }

    /// Whether a is before b at t, of equal residuals as doubles: seldom needed.
    [[nodiscard]] COMPUTE_DIVIDE_NO_INLINE static bool tie_less(double t, const element& a, const element& b) {
        if (a.y == b.y) return t > 0 ? a.x > b.x : t < 0 && a.x < b.x;  // however small t x is beside y
        if (a.x == b.x) return a.y < b.y;
        return residual(t, a.x, a.y).second < residual(t, b.x, b.y).second;
    }

    /// The order of residuals at t, which are written to the elements. At infinity it is that of descending x.
    [[nodiscard]] static auto order_at(double t, std::vector<element>& elements) {
        const bool by_x = std::isinf(t);
        for (auto& e : elements) e.residual = by_x ? -e.x : residual(t, e.x, e.y).first;
        return [t, by_x](const element& a, const element& b) {
            if (a.residual == b.residual && !by_x) [[unlikely]]
                return tie_less(t, a, b);
            return a.residual < b.residual;
        };
    }

    /// Sorts by residuals at t; visit as in sort_visiting_inversions.
    template <class Visit>
    void sort_at(double t, std::vector<element>& elements, const Visit& visit) {
        sort_visiting_inversions(elements, scratch_, order_at(t, elements), visit);
    }

    /// The slab's part above t.
    [[nodiscard]] slab above(double t, const slab& s) {
        if (t <= s.lower) return s;
        slab part{s.elements, std::min(t, s.upper), s.upper, s.below, s.above};
        part.below += sort_counting_inversions(part.elements, scratch_, order_at(part.lower, part.elements));
        return part;
    }

    /// The slopes of a slab that are below t: how many, with those below the slab, and some, ascending.
    struct part_below {
        std::uint64_t below;
        std::vector<double> some;
    };

    /// Where there are about as many in the slab as `expected`, some n / 4 of them: of equal parts one at random.
    [[nodiscard]] part_below below(double t, const slab& s, std::uint64_t expected) {
        if (t <= s.lower) return {s.below, {}};
        const double upper = std::min(t, s.upper);
        const std::uint64_t part = expected / sample_size() + 1;
        std::vector<double> slopes;
        std::uint64_t seen = 0, part_first = 0, next = stream_.below(part);
        const auto draw = [&](std::uint64_t passed, const element* first, const element& moving) {
            while (next < passed) {
                slopes.push_back(slope(first[next - seen], moving));
                part_first += part;
                next = part_first + stream_.below(part);
            }
        };
        auto elements = s.elements;
        sort_passing_inversions(elements, scratch_, order_at(upper, elements),
                                [&](std::ptrdiff_t n, const element* first, const element& moving) {
                                    const auto passed = seen + static_cast<std::uint64_t>(n);
                                    if (next < passed) [[unlikely]]
                                        draw(passed, first, moving);
                                    seen = passed;
                                });
        sort_numbers(slopes);
        return {s.below + seen, std::move(slopes)};
    }

    /// Slopes of the slab, ascending, some n / 4.
    [[nodiscard]] std::vector<double> sample(const slab& s) {
        if (std::isinf(s.lower) && std::isinf(s.upper))
            if (auto slopes = slopes_of_pairs(); !slopes.empty()) return slopes;
        return below(s.upper, s, s.size()).some;
    }

    /// Of pairs at random, independently; none where more than half of the pairs have no slope.
    [[nodiscard]] std::vector<double> slopes_of_pairs() {
        const std::size_t wanted = sample_size();
        std::vector<double> slopes;
        const auto any = [this]() -> const point& { return points_[stream_.below(points_.size())]; };
        for (std::size_t left = 2 * wanted; slopes.size() < wanted; --left) {
            if (left == 0) return {};
            const point &a = any(), &b = any();
            if (a.x != b.x) slopes.push_back(slope({0, a.x, a.y}, {0, b.x, b.y}));
        }
        sort_numbers(slopes);
        return slopes;
    }
    [[nodiscard]] std::size_t sample_size() const { return std::max<std::size_t>(points_.size() / 4, 1000); }

    /// Sampled slopes that should enclose those of ranks k_1..k_2: three standard errors away; and about how many
    /// slopes are between them.
    struct enclosing {
        double lower, upper;
        std::uint64_t expected;
    };
    [[nodiscard]] static enclosing bracket(const slab& s, const std::vector<double>& sampled, std::uint64_t k_1,
                                           std::uint64_t k_2) {
        const auto m = static_cast<double>(sampled.size()), share = m / static_cast<double>(s.size());
        const auto at = [&](std::uint64_t k, double errors) {
            const double place = share * static_cast<double>(k - s.below) + errors * std::sqrt(m) / 2;
            return sampled[static_cast<std::size_t>(std::clamp(place, 0.0, m - 1))];
        };
        const double expected = static_cast<double>(k_2 - k_1) + 3 * std::sqrt(m) / share;
        return {at(k_1, -3), at(k_2, 3), static_cast<std::uint64_t>(expected)};
    }

    /// Slopes that round to the same double are never separated: edges are four units in the last place beside them.
    [[nodiscard]] static double before(double slope) {
        return slope - 4 * std::numeric_limits<double>::epsilon() * std::fabs(slope) - tiny;
    }
    [[nodiscard]] static double after(double slope) { return -before(-slope); }
    static constexpr double tiny = std::numeric_limits<double>::min();

    /// Makes the slab smaller if that is possible without losing ranks k_1..k_2, and returns a sample of it then.
    [[nodiscard]] std::vector<double> narrow(slab& s, std::uint64_t k_1, std::uint64_t k_2) {
        const auto found = bracket(s, sample(s), k_1, k_2);
        slab smaller = above(before(found.lower), s);
        if (smaller.below > k_1) return {};
        smaller.upper = std::min(after(found.upper), s.upper);
        auto part = below(smaller.upper, smaller, found.expected);
        smaller.above = part.below;
        if (smaller.above <= k_2) return {};
        s = std::move(smaller);
        return std::move(part.some);
    }

    /// The slopes of ranks k_1 and k_2 of the part of a slab above one of the slopes that were sampled in it, `share`
    /// of all. How many are below that one is known, so that only the few between it and a rank are left to chance:
    /// what is three standard errors about the ranks then is listed. Nothing where that misses them, or is too much.
    [[nodiscard]] std::optional<std::pair<double, double>> beyond(const slab& s, const std::vector<double>& sampled,
                                                                  double share, std::uint64_t k_1, std::uint64_t k_2) {
        const auto place = [&](std::uint64_t k, double errors) {
            const double expected = share * static_cast<double>(k - s.below);
            return expected + errors * (std::sqrt(expected) + 1);
        };
        const auto first = std::upper_bound(sampled.begin(), sampled.end(), s.lower);
        const double from = place(k_1, -3), to = place(k_2, 3);
        const auto most = 4 * static_cast<double>(points_.size());
        if (!(to < static_cast<double>(sampled.end() - first)) || !((to - std::max(from, 0.0)) / share < most))
            return {};
        const double upper = before(first[static_cast<std::ptrdiff_t>(to)]);
        slab part = above(from >= 0 ? after(first[static_cast<std::ptrdiff_t>(from)]) : s.lower, s);
        if (part.below > k_1 || !(part.lower < upper)) return {};
        std::vector<double> slopes;
        slopes.reserve(static_cast<std::size_t>(1.2 * (to - std::max(from, 0.0)) / share));
        std::uint64_t listed = 0;
        sort_at(upper, part.elements, [&](const element* from_here, const element* last, const element& moving) {
            listed += static_cast<std::uint64_t>(last - from_here);
            if (listed > 2 * static_cast<std::uint64_t>(most)) return;
            for (; from_here != last; ++from_here) slopes.push_back(slope(*from_here, moving));
        });
        if (slopes.size() != listed || k_2 >= part.below + listed) return {};
        if (detail::any_of(slopes, [&](double x) { return !(part.lower <= x && x <= upper); })) return {};
        return ranked(slopes, k_1 - part.below, k_2 - part.below);
    }

    /// Those of two ranks, k_1 <= k_2; changes their order. Of many, those that a sample says are far from these ranks
    /// are passed over first, without a branch on what nothing could foretell.
    [[nodiscard]] static std::pair<double, double> ranked(std::vector<double>& slopes, std::uint64_t k_1,
                                                          std::uint64_t k_2) {
        constexpr std::size_t many = 65536, sample_of_many = 4096;
        auto last = slopes.end();
        if (const std::size_t n = slopes.size(); n > many) {
            std::vector<double> sampled;
            for (std::size_t i = 0; i < sample_of_many; ++i) sampled.push_back(slopes[i * (n / sample_of_many)]);
            detail::sort(sampled);
            const auto at = [&](std::uint64_t k, double errors) {
                const double share = static_cast<double>(k) / static_cast<double>(n), m = sample_of_many;
                const double place = m * share + errors * (std::sqrt(m * share * (1 - share)) + 1);
                return sampled[static_cast<std::size_t>(std::clamp(place, 0.0, m - 1))];
            };
            const double lower = at(k_1, -4), upper = at(k_2, 4);
            std::size_t below = 0, near = 0;  // those near come first
            for (double& each : slopes) {
                const double x = each;
                each = slopes[near];
                slopes[near] = x;
                below += static_cast<std::size_t>(x < lower);
                near += static_cast<std::size_t>(lower <= x) & static_cast<std::size_t>(x <= upper);
            }
            if (below <= k_1 && k_2 < below + near) {
                last = slopes.begin() + static_cast<std::ptrdiff_t>(near);
                k_1 -= below;
                k_2 -= below;
            }
        }
        const auto at = [&](std::uint64_t k) {
            const auto nth = slopes.begin() + static_cast<std::ptrdiff_t>(k);
            std::nth_element(slopes.begin(), nth, last);
            return *nth;
        };
        const double first = at(k_1);
        return {first, k_1 == k_2 ? first : at(k_2)};
    }

    /// The largest double that no more than k slopes are below: the slope of rank k, rounded down. 64 sorts.
    [[nodiscard]] double bisected(const slab& s, std::uint64_t k) {
        // Doubles in order, as integers: those below zero have the other bits reversed.
        constexpr auto turned = [](std::int64_t bits) {
            return bits ^ static_cast<std::int64_t>(static_cast<std::uint64_t>(bits >> 63) >> 1);
        };
        constexpr double largest = std::numeric_limits<double>::max();
        auto low = turned(std::bit_cast<std::int64_t>(std::max(s.lower, -largest)));
        auto high = turned(std::bit_cast<std::int64_t>(std::min(s.upper, largest)));
        while (low < high) {
            const std::int64_t middle = std::midpoint(high, low);  // rounded to high
            const auto part = above(std::bit_cast<double>(turned(middle)), s);
            if (part.below <= k)
                low = middle;
            else
                high = middle - 1;
        }
        return std::bit_cast<double>(turned(low));
    }

    /// The slopes of ranks k_1 and k_2, equal or adjacent. Each round cuts the slab at two sampled slopes, on the inner
    /// side of all slopes equal to them, so that it shrinks however many are.
    [[nodiscard]] std::pair<double, double> select(slab s, std::vector<double> sampled, std::uint64_t k_1,
                                                   std::uint64_t k_2) {
        for (int round = 0; !is_small(s); ++round) {
            if (sampled.empty()) sampled = sample(s);
            if (sampled.empty() || round == max_rounds) return {bisected(s, k_1), bisected(s, k_2)};
            auto [cut, b, expected] = bracket(s, sampled, k_1, k_2);
            const double share = static_cast<double>(sampled.size()) / static_cast<double>(s.size());

            slab after_cut = above(after(cut), s);
            if (after_cut.below <= k_1) {
                if (const auto found = beyond(after_cut, sampled, share, k_1, k_2)) return *found;
                s = std::move(after_cut);
                sampled.clear();
                if (before(b) <= s.lower) continue;
                cut = b;
            } else {
                sampled.clear();
                expected = s.size();
            }
            auto before_cut = below(before(cut), s, expected);
            if (before_cut.below > k_2) {
                s.upper = before(cut);
                s.above = before_cut.below;
                sampled = std::move(before_cut.some);
                continue;
            }
            after_cut = above(after(cut), s);
            if (before_cut.below <= k_1 && k_2 < after_cut.below) return {cut, cut};
            if (after_cut.below > k_1) return {select(s, {}, k_1, k_1).first, select(s, {}, k_2, k_2).first};
            s = std::move(after_cut);
        }
        std::vector<double> slopes;
        slopes.reserve(s.size());
        sort_at(s.upper, s.elements, [&](const element* first, const element* last, const element& moving) {
            for (; first != last; ++first) slopes.push_back(slope(*first, moving));
        });
        if (slopes.size() != s.size()) return {bisected(s, k_1), bisected(s, k_2)};
        return ranked(slopes, k_1 - s.below, k_2 - s.below);
    }

    static constexpr int max_rounds = 100;  // some ten are used

    const std::vector<point>& points_;
    std::uint64_t n_slopes_ = 0;
    random_stream stream_{1};
    std::vector<element> scratch_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
