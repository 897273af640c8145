// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_DETAIL_OWNER_CURVE_HPP
#define COMPUTE_DIVIDE_SHARES_DETAIL_OWNER_CURVE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/order_of_bits.hpp>

/// All measures of concentration, and what one owner more or less would do to them, from amounts in order.
namespace compute_divide::inline v0_2::detail {

/// The measures that have a name, and the largest number of sizes k of top-k shares beside them.
inline constexpr std::size_t n_concentration_measures = 10, most_tops = 8;
using concentration_row = std::array<double, n_concentration_measures + most_tops>;

/// Places in a concentration_row, in the order of concentration_measure; the shares of the largest follow.
enum concentration_place : std::size_t {
    place_hhi,
    place_hhi_normalised,
    place_hhi_unbiased,
    place_effective_owners,
    place_gini,
    place_gini_unbiased,
    place_theil_t,
    place_theil_l,
    place_shannon,
    place_horvath,
    place_top
};

/// Amounts of owners in ascending order, each with the number of owners that it stands for. Measures are functions of
/// shares; NaN where they are not defined.
class owner_curve {
public:
    /// Amounts >= 0, weights > 0, finite; `of[i]` is the i-th amount's place in order. Amounts are kept in units of a
    /// power of two about as large as the largest, so that no square over- or underflows.
    owner_curve(std::span<const double> amounts, std::span<const double> weights, std::span<const std::size_t> tops)
        : tops_(tops.begin(), tops.end()), places_(amounts.size()) {
        const double largest = amounts.empty() ? 0 : *detail::max_element(amounts);
        int exponent = 0;
        if (largest > 0) std::frexp(largest, &exponent);
        one_ = std::ldexp(1.0, -exponent);
        std::vector<placed_bits> order(amounts.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = {bits_of_not_negative(amounts[i]), i};
        sort_by_bits(order);
        owners_.reserve(order.size());
        for (const auto& [bits, i] : order) {
            const double amount = amounts[i];
            places_[i] = owners_.size();
            const double x = std::ldexp(amount, -exponent);
            owners_.push_back({x, x > 0 ? std::log(x) : 0, weights[i]});
            are_counts_ = are_counts_ && amount == std::floor(amount) && amount <= 0x1p53;
        }
        times_.assign(owners_.size(), 1);
    }

    [[nodiscard]] std::size_t size() const { return owners_.size(); }
    [[nodiscard]] std::size_t place_of(std::size_t i) const { return places_[i]; }

    /// Lets the owner in this place occur as often as drawn; `clear` makes all of them occur never.
    void clear() { detail::fill(times_, 0); }
    void draw(std::size_t place) { times_[place] += 1; }

    /// The measures of the owners as often as they occur. O(n).
    [[nodiscard]] concentration_row measures() {
        // Every second owner has sums of its own, so that no addition waits for the one before. Those that occur never
        // add 0: no branch on what is as good as random.
        sums even, odd;
        const auto add = [this](sums& s, std::size_t i, double below) {
            const owner& o = owners_[i];
            const double w = o.weight * times_[i], wx = w * o.amount, wxx = wx * o.amount;
            s.spread += wx * (2 * below + w);
            s.total += wx;
            s.squares += wxx;
            s.cubes += wxx * o.amount;
            s.entropy += wx * o.logarithm;
            s.logarithms += w * o.logarithm;
            return w;
        };
        double below = 0;
        std::size_t next = 0;
        for (; next + 1 < owners_.size(); next += 2) {
            const double w = add(even, next, below), after = add(odd, next + 1, below + w);
            below += w + after;
        }
        if (next < owners_.size()) below += add(even, next, below);
        sums_ = even;
        sums& s = sums_;
        for (double sums::*const each :
             {&sums::spread, &sums::total, &sums::squares, &sums::cubes, &sums::entropy, &sums::logarithms})
            s.*each += odd.*each;
        for (std::size_t i = 0; i < owners_.size() && owners_[i].amount == 0 && !s.has_zero; ++i)
            s.has_zero = times_[i] > 0;
        for (std::size_t i = owners_.size(); i > 0 && s.largest == 0; --i)
            if (times_[i - 1] > 0) s.largest = owners_[i - 1].amount;
        s.owners = below;
        concentration_row row;
        row.fill(std::numeric_limits<double>::quiet_NaN());
        if (!(s.total > 0)) return row;
        const double number = s.owners, total = s.total;
        row[place_hhi] = s.squares / (total * total);
        if (number > 1) row[place_hhi_normalised] = (row[place_hhi] - 1 / number) / (1 - 1 / number);
        if (are_counts_ && total > one_)
            row[place_hhi_unbiased] = (s.squares - total * one_) / (total * (total - one_));
        row[place_effective_owners] = 1 / row[place_hhi];
        row[place_gini] = std::max(0.0, (s.spread / total - number) / number);
        if (number > 1) row[place_gini_unbiased] = row[place_gini] * number / (number - 1);
        row[place_theil_t] = std::max(0.0, s.entropy / total - std::log(total / number));
        if (!s.has_zero) row[place_theil_l] = std::max(0.0, std::log(total / number) - s.logarithms / number);
        row[place_shannon] = std::max(0.0, std::log(total) - s.entropy / total);
        const double first = s.largest / total, third = s.cubes / (total * total * total);
        row[place_horvath] = 2 * row[place_hhi] - third + first * (1 - first * (2 - first));
        set_tops(row);
        return row;
    }

    /// What one owner more of the kind in each place would do to the measures, for small parts of an owner: their
    /// derivatives by its weight (influence functions). Calls visit(place, times, weight, derivatives) for those that
    /// occur. After measures(), whose result this takes. O(n).
    template <class Visit>
    void for_each_influence(const concentration_row& row, const Visit& visit) const {
        const sums& s = sums_;
        const double number = s.owners, total = s.total;
        double below = 0, sum_below = 0;
        for (std::size_t i = 0; i < owners_.size(); ++i) {
            if (times_[i] == 0) continue;
            const owner& o = owners_[i];
            const double w = o.weight * times_[i], x = o.amount, part = x / total;
            concentration_row z;
            z.fill(std::numeric_limits<double>::quiet_NaN());
            const double hhi = part * part - 2 * row[place_hhi] * part;
            z[place_hhi] = hhi;
            z[place_hhi_normalised] =
                (hhi + (1 - row[place_hhi]) * (1 - 1 / number) / ((number - 1) * (number - 1))) / (1 - 1 / number);
            const double pairs = total * (total - one_);
            z[place_hhi_unbiased] =
                (x * x - one_ * x) / pairs - row[place_hhi_unbiased] * (2 * total - one_) * x / pairs;
            z[place_effective_owners] = -hhi * row[place_effective_owners] * row[place_effective_owners];
            const double apart = x * (2 * below + w - number) + total - 2 * sum_below - w * x;
            z[place_gini] = apart / (number * total) - row[place_gini] / number - row[place_gini] * part;
            z[place_gini_unbiased] =
                z[place_gini] * number / (number - 1) - row[place_gini] / ((number - 1) * (number - 1));
            z[place_theil_t] = part * o.logarithm - s.entropy / total * part - part + 1 / number;
            z[place_theil_l] = part - 1 / number - o.logarithm / number + s.logarithms / (number * number);
            z[place_shannon] = part - part * o.logarithm + s.entropy / total * part;
            const double first = s.largest / total, third = s.cubes / (total * total * total);
            z[place_horvath] =
                2 * hhi - (part * part * part - 3 * third * part) - (1 - first * (4 - 3 * first)) * first * part;
            set_top_influences(row, x, z);
            visit(i, times_[i], o.weight, z);
            below += w;
            sum_below += w * x;
        }
    }

private:
    struct owner {
        double amount, logarithm, weight;
    };
    struct sums {
        double owners = 0, total = 0, squares = 0, cubes = 0, entropy = 0, logarithms = 0, spread = 0, largest = 0;
        bool has_zero = false;
        std::array<double, most_tops> last_of_top = {};  // the smallest amount in the top k
    };

    void set_tops(concentration_row& row) {
        double sum = 0, counted = 0;
        std::size_t at = owners_.size(), next = 0;
        while (next < tops_.size() && at > 0) {
            const owner& o = owners_[at - 1];
            const double w = o.weight * times_[at - 1];
            while (next < tops_.size() && counted + w >= static_cast<double>(tops_[next])) {
                row[place_top + next] = (sum + (static_cast<double>(tops_[next]) - counted) * o.amount) / sums_.total;
                sums_.last_of_top[next++] = o.amount;
            }
            sum += w * o.amount;
            counted += w;
            --at;
        }
    }
    void set_top_influences(const concentration_row& row, double x, concentration_row& z) const {
        for (std::size_t k = 0; k < tops_.size(); ++k)
            z[place_top + k] = (std::max(0.0, x - sums_.last_of_top[k]) - row[place_top + k] * x) / sums_.total;
    }

    std::vector<owner> owners_;
    std::vector<std::size_t> tops_, places_;
    std::vector<double> times_;
    double one_ = 1;  // of the user's units
    bool are_counts_ = true;
    sums sums_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
