// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_PROGRAMME_YIELD_HPP
#define COMPUTE_DIVIDE_POLICY_PROGRAMME_YIELD_HPP

#include <cmath>
#include <cstdint>
#include <functional>
#include <ranges>
#include <string_view>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/policy/supply.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// What a stock of chips is good for: the largest model, the days of each group, the models of others.
namespace compute_divide::inline v0_2 {

/// The largest run that a team can make on its part of a stock: chips / teams * peak * u * time. Throws
/// std::invalid_argument unless chips, peak and time are > 0, teams >= 1 and the utilisation in (0, 1].
[[nodiscard]] inline uncertain<flop> largest_run(const uncertain<double>& chips, const uncertain<flop_per_second>& peak,
                                                 const uncertain<double>& utilisation, double years, double teams = 1) {
    constexpr std::string_view function = "largest_run";
    detail::require(chips.value() > 0, function, "chips > 0", chips.value());
    detail::require(years > 0 && std::isfinite(years), function, "finite years > 0", years);
    detail::require(teams >= 1 && std::isfinite(teams), function, "a finite number of teams >= 1", teams);
    return work_of(chips * uncertain<seconds>(seconds(seconds_per_year * years / teams)), peak, utilisation);
}
[[nodiscard]] inline flop largest_run(double chips, flop_per_second peak, double utilisation, double years,
                                      double teams = 1) {
    return largest_run(uncertain<double>(chips), uncertain<flop_per_second>(peak), uncertain<double>(utilisation),
                       years, teams)
        .value();
}

/// The chip-days a year of each of some groups: 365.25 chips / groups. Throws std::invalid_argument for chips that are
/// not > 0 and fewer groups than 1.
[[nodiscard]] inline uncertain<double> chip_days_each(const uncertain<double>& chips, double groups) {
    detail::require(chips.value() > 0, "chip_days_each", "chips > 0", chips.value());
    detail::require(groups >= 1 && std::isfinite(groups), "chip_days_each", "a finite number of groups >= 1", groups);
    return chips * uncertain<double>(hours_per_year / 24 / groups);
}
[[nodiscard]] inline double chip_days_each(double chips, double groups) {
    return chip_days_each(uncertain<double>(chips), groups).value();
}

/// How many runs of a size the work of a year is. Throws std::invalid_argument unless both are > 0.
[[nodiscard]] inline uncertain<double> runs_of_size(const uncertain<flop>& a_year, const uncertain<flop>& size) {
    detail::require(a_year.value().value() > 0, "runs_of_size", "work > 0 FLOP", a_year.value().value());
    detail::require(size.value().value() > 0, "runs_of_size", "a size > 0 FLOP", size.value().value());
    return a_year / size;
}
[[nodiscard]] inline double runs_of_size(flop a_year, flop size) {
    return runs_of_size(uncertain<flop>(a_year), uncertain<flop>(size)).value();
}

/// Which part of models a run of this size could have been: those of at most `largest` FLOP, of those whose compute is
/// known; the others are n_missing, and are no sample of the same kind: small models say it less often. Throws
/// std::invalid_argument for a size that is not > 0.
template <std::ranges::input_range Records, quantity_field_of<Records> Value>
[[nodiscard]] estimate trainable_share(Records&& records, Value value, flop largest,
                                       const share_options& options = {}) {
    detail::require(largest.value() > 0, "trainable_share", "a size > 0 FLOP", largest.value());
    double n = 0, trainable = 0;
    std::uint64_t n_missing = 0;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        if (!is_known(x)) {
            ++n_missing;
            continue;
        }
        ++n;
        if (x <= largest.value()) ++trainable;
    }
    estimate e = share(trainable, n, options);
    e.n_missing = n_missing;
    return e;
}

}  // namespace compute_divide::inline v0_2

#endif
