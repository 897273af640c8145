// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_MULTINOMIAL_HPP
#define COMPUTE_DIVIDE_STATISTICS_MULTINOMIAL_HPP

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Shares of several categories whose intervals hold together.
namespace compute_divide::inline v0_2 {

struct simultaneous_share_options {
    double level = 0.95;  ///< probability that every interval holds its share, in (0, 1)
};

/// The shares of m categories with Goodman's simultaneous intervals: Wilson's, at the level 1 - (1 - level) / m.
///
/// One estimate per element, in order; `count` yields the category's count, a real number >= 0. An unknown count is
/// left out: that category has no_data, the others are shares of what is known and say so in n_missing. no_data
/// throughout where the counts sum to 0. Throws std::invalid_argument for a negative or infinite count or sum, a sum
/// that is subnormal, and a level outside (0, 1). One pass, any input range. Source: Goodman (1965), eq. 2.5 with the
/// chi-square quantile at 1 - alpha / m. Checked against statsmodels multinomial_proportions_confint(method="goodman").
template <std::ranges::input_range Categories, quantity_field_of<Categories> Count = std::identity>
[[nodiscard]] std::vector<estimate> simultaneous_shares(Categories&& categories, Count count = {},
                                                        simultaneous_share_options options = {}) {
    detail::require_level(options.level, "simultaneous_shares");
    std::vector<double> counts;
    estimate none;
    none.level = options.level;
    none.method = "goodman";
    double n = 0;
    for (auto&& category : categories) {
        const double k = counts.emplace_back(as_double(std::invoke(count, category)));
        if (!is_known(k)) {
            ++none.n_missing;
            continue;
        }
        detail::require(k >= 0 && k <= std::numeric_limits<double>::max(), "simultaneous_shares", "finite counts >= 0",
                        k);
        n += k;
    }
    detail::require(std::isfinite(n), "simultaneous_shares", "counts with a finite sum", n);
    detail::require(n == 0 || n >= std::numeric_limits<double>::min(), "simultaneous_shares",
                    "counts that sum to 0, or to 2.3e-308 and more", n);
    detail::state_sample_size(none, n);
    std::vector<estimate> shares(counts.size(), none);
    if (n == 0) return shares;
    const auto known = static_cast<double>(counts.size() - none.n_missing);
    const double half_z2 = 0.5 * std::pow(detail::upper_normal_quantile((1 - options.level) / known / 2), 2);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (!is_known(counts[i])) continue;
        const double value = counts[i] / n;
        const interval found = detail::ends_of_any_number(counts[i], n, [&](double k, double m) {
            return half_z2 == 0 ? interval{k / (k + m), k / (k + m)} : detail::wilson_ends(k, m, half_z2);
        });
        shares[i].bounds = interval{std::clamp(found.lower, 0.0, value), std::clamp(found.upper, value, 1.0)};
        shares[i].value = value;
        shares[i].status = estimate_status::ok;
    }
    return shares;
}

}  // namespace compute_divide::inline v0_2

#endif
