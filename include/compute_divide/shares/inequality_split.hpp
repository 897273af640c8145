// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_INEQUALITY_SPLIT_HPP
#define COMPUTE_DIVIDE_SHARES_INEQUALITY_SPLIT_HPP

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <ranges>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/results.hpp>

/// How much of an inequality is between groups (academia and industry, countries), and how much within them.
namespace compute_divide::inline v0_2 {

/// A group's part. What is not defined is nothing: theil_l where a group has an owner with an amount of 0.
template <label Group>
struct inequality_group {
    Group group{};
    std::uint64_t n = 0;      ///< owners
    double owners_share = 0;  ///< of all owners
    double amount_share = 0;  ///< of all amounts
    std::optional<double> theil_t = {};
    std::optional<double> theil_l = {};

    friend bool operator==(const inequality_group&, const inequality_group&) = default;
};
template <label Group>
[[nodiscard]] constexpr auto members(std::type_identity<inequality_group<Group>>) {
    using result = inequality_group<Group>;
    return member_list(member{"group", &result::group}, member{"n", &result::n},
                       member{"owners_share", &result::owners_share}, member{"amount_share", &result::amount_share},
                       member{"theil_t", &result::theil_t}, member{"theil_l", &result::theil_l});
}

/// Theil's T and L of all, each the sum of what is within groups and what is between them. A description of the
/// amounts given, without an interval.
template <label Group>
struct inequality_split {
    std::uint64_t n = 0;          ///< owners
    std::uint64_t n_missing = 0;  ///< owners whose group or amount is not known
    std::optional<double> theil_t = {}, theil_t_within = {}, theil_t_between = {};
    std::optional<double> theil_l = {}, theil_l_within = {}, theil_l_between = {};
    std::vector<inequality_group<Group>> groups = {};   ///< in order
    estimate_status status = estimate_status::no_data;  ///< no_data: no owner; degenerate: the amounts sum to 0

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const inequality_split&, const inequality_split&) = default;
};
template <label Group>
[[nodiscard]] constexpr auto members(std::type_identity<inequality_split<Group>>) {
    using result = inequality_split<Group>;
    return member_list(member{"n", &result::n}, member{"n_missing", &result::n_missing},
                       member{"theil_t", &result::theil_t}, member{"theil_t_within", &result::theil_t_within},
                       member{"theil_t_between", &result::theil_t_between}, member{"theil_l", &result::theil_l},
                       member{"theil_l_within", &result::theil_l_within},
                       member{"theil_l_between", &result::theil_l_between}, member{"groups", &result::groups},
                       member{"status", &result::status});
}

struct split_inequality_fn {
    /// Splits Theil's T and L of amounts over owners by group: `split_inequality(firms, &firm::sector, &firm::chips)`,
    /// one record an owner.
    ///
    ///   T = sum_g a_g T_g + sum_g a_g log(m_g / m)      a_g: the group's part of the amounts, m_g its mean, m that of
    ///   all L = sum_g o_g L_g + sum_g o_g log(m / m_g)      o_g: its part of the owners
    ///
    /// The Gini coefficient has no such split. An owner whose group or amount is not known is counted in n_missing.
    /// Throws std::invalid_argument for a negative or infinite amount. O(n log groups). Source: Shorrocks (1980),
    /// Econometrica 48:613. Checked against an independent computation (tests/reference/concentration.py).
    template <std::ranges::input_range Records, label_field_of<Records> GroupField,
              quantity_field_of<Records> AmountField>
    [[nodiscard]] auto operator()(Records&& records, GroupField group, AmountField amount) const {
        using label = label_storage_t<field_value_t<GroupField, Records>>;
        inequality_split<label> result;
        // Each group in units of its largest amount, which is `part` of the largest of all: neither overflows, and a
        // group that is nothing beside others still has its own inequality.
        struct amounts_of_group {
            std::vector<double> xs = {};
            double unit = 0, sum = 0;  // in units
        };
        std::map<label, amounts_of_group> amounts;
        double largest = 0;
        for (auto&& record : records) {
            const auto of = std::invoke(group, record);
            const double x = as_double(std::invoke(amount, record));
            if (!is_known(of) || x != x) {
                ++result.n_missing;
                continue;
            }
            detail::require(x >= 0 && x <= std::numeric_limits<double>::max(), "split_inequality",
                            "finite amounts >= 0", x);
            amounts_of_group& own = amounts[label(detail::lookup_form(of))];
            own.xs.push_back(x);
            own.unit = std::max(own.unit, x);
            largest = std::max(largest, x);
            ++result.n;
        }
        if (result.n == 0) return result;
        result.status = largest > 0 ? estimate_status::ok : estimate_status::degenerate;
        if (!result) return result;

        double total = 0;
        for (auto& [of, own] : amounts) {
            if (own.unit == 0) continue;
            for (const double x : own.xs) own.sum += x / own.unit;
            total += own.sum * (own.unit / largest);
        }
        const auto n = static_cast<double>(result.n);
        double t_within = 0, t_between = 0, l_within = 0, l_between = 0;
        bool has_l = true;
        for (const auto& [of, own] : amounts) {
            const auto& [xs, unit, sum] = own;
            const double part = unit / largest;
            const auto size = static_cast<double>(xs.size());
            auto& made = result.groups.emplace_back(
                inequality_group<label>{of, xs.size(), size / n, sum * part / total, std::nullopt, std::nullopt});
            if (unit == 0) {
                has_l = false;
                continue;
            }
            const double mean = sum / size;
            constexpr double smallest = std::numeric_limits<double>::min();
            const double log_ratio = part > smallest ? std::log(mean * part * n / total)  // of the mean to that of all
                                                     : std::log(mean * n / total) + std::log(unit) - std::log(largest);
            double t = 0, l = 0;
            for (const double x : xs) {
                const double ratio = x / unit / mean;
                if (ratio > 0) t += ratio * std::log(ratio);
                l -= ratio > 0 || x == 0 ? std::log(ratio) : std::log(x) - std::log(unit) - std::log(mean);
            }
            made.theil_t = t / size;
            if (std::isfinite(l)) made.theil_l = l / size;
            has_l = has_l && made.theil_l.has_value();
            t_within += made.amount_share * t / size;
            t_between += made.amount_share * log_ratio;
            if (has_l) {
                l_within += made.owners_share * l / size;
                l_between -= made.owners_share * log_ratio;
            }
        }
        result.theil_t = t_within + t_between;
        result.theil_t_within = t_within;
        result.theil_t_between = t_between;
        if (has_l) {
            result.theil_l = l_within + l_between;
            result.theil_l_within = l_within;
            result.theil_l_between = l_between;
        }
        return result;
    }
};
inline constexpr split_inequality_fn split_inequality{};

}  // namespace compute_divide::inline v0_2

#endif
