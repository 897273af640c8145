// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_RECONCILE_HPP
#define COMPUTE_DIVIDE_COMPUTE_RECONCILE_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Several estimates of the training compute of one model as one.
///
///     reconcile(std::array{by_data, by_hardware}).combined.flop;
namespace compute_divide::inline v0_2 {

/// Options of `reconcile`.
struct reconcile_options {
    double level = 0.9;          ///< of the combined interval
    double disagreement = 1.96;  ///< z from which two estimates disagree
    /// Between the errors of any two: what they were both computed from, a reported size or utilisation, is one error.
    /// In [0, 1).
    double correlation = 0;
    bool widen = true;  ///< where estimates scatter more than they should, by that factor (Birge 1932)
};

/// Several estimates as one.
struct reconciled_compute {
    compute_estimate combined = {};
    std::uint64_t n_bounds = 0;  ///< estimates that rest on a stated bound: their open ends are kept, they are no mean
    double largest_z = 0;        ///< |log10 a - log10 b| / sqrt(sigma_a^2 + sigma_b^2 - 2 rho sigma_a sigma_b) at most
    bool disagree = false;  ///< largest_z is above the options' `disagreement`, or the value beyond a bound's interval

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(combined); }
    friend constexpr bool operator==(const reconciled_compute&, const reconciled_compute&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<reconciled_compute>) {
    using result = reconciled_compute;
    return member_list(member{"combined", &result::combined}, member{"n_bounds", &result::n_bounds},
                       member{"largest_z", &result::largest_z}, member{"disagree", &result::disagree});
}

/// Several estimates of one model as one: the generalised mean of logarithms, whose sigma is the least. With errors
/// that are independent, its weights are 1 / sigma^2, and sigma = 1 / sqrt(sum 1 / sigma^2). With a correlation rho
/// between any two, C_ij = rho sigma_i sigma_j, weights are C^-1 1 / (1' C^-1 1) and sigma = 1 / sqrt(1' C^-1 1); the
/// weight of an estimate much worse than another is then below 0 (past rho sigma_worse > sigma_better, the better alone
/// says more), and is set to 0 by leaving it out of the mean. Widened by max(1, sqrt(Q / (k - 1))) where asked, with
/// Q = r' C^-1 r of the k in the mean, r = log10 x - mean. `flop.n` counts all with
/// a value. Estimates without a value are left out and counted as missing;
/// none at all has the status no_data. Assumptions are those of all; a disagreement is one more.
///
/// An estimate of a stated bound (`stated_bound`: "less than 3 days") says on which side compute is, and its sigma
/// knows nothing of that. Beside others it is not in the mean: the interval ends where its own does, and it disagrees
/// where the mean lies beyond that. Where all are bounds, their mean is the value, and the interval is what they leave
/// open.
///
/// O(k^2). Throws std::invalid_argument for a sigma that is not > 0, a correlation outside [0, 1) and a level outside
/// (0, 1).
template <std::ranges::input_range Estimates>
requires std::convertible_to<std::ranges::range_reference_t<Estimates>, compute_estimate>
[[nodiscard]] reconciled_compute reconcile(Estimates&& estimates, reconcile_options options = {}) {
    constexpr std::string_view function = "reconcile";
    const double z = detail::z_of_level(options.level, function);
    const double rho = options.correlation;
    detail::require(rho >= 0 && rho < 1, function, "correlation in [0, 1)", rho);
    struct log_value {
        double log, sigma;
    };
    std::vector<log_value> known, bounds;
    interval open{0, std::numeric_limits<double>::infinity()};  // what all bounds leave
    compute_assumptions assumptions;
    std::uint64_t missing = 0;
    for (const compute_estimate& each : estimates) {
        if (!each.flop.value) {
            ++missing;
            continue;
        }
        detail::require_positive(each.log10_sigma, function, "log10_sigma > 0");
        const bool is_bound = each.assumptions.contains(compute_assumption::stated_bound);
        (is_bound ? bounds : known).push_back({std::log10(*each.flop.value), each.log10_sigma});
        if (is_bound && each.flop.bounds) {
            open.lower = std::max(open.lower, each.flop.bounds->lower);
            open.upper = std::min(open.upper, each.flop.bounds->upper);
        }
        assumptions.add(each.assumptions);
    }
    reconciled_compute result{.combined = detail::no_compute(compute_method::reconciled, options.level)};
    result.combined.flop.n_missing = missing;
    result.n_bounds = bounds.size();
    const bool bounds_alone = known.empty();
    if (bounds_alone) known = bounds;
    if (known.empty()) return result;

    for (const log_value& a : known)
        for (const log_value& b : known)
            if (&a != &b)
                result.largest_z = std::max(result.largest_z,
                                            std::abs(a.log - b.log) / std::sqrt(a.sigma * a.sigma + b.sigma * b.sigma -
                                                                                2 * rho * a.sigma * b.sigma));
    // C^-1 1 of equal correlations: (1 / sigma_i - rho sum 1 / sigma / (1 + (k - 1) rho)) / (1 - rho) / sigma_i.
    const std::uint64_t n_known = known.size() + (bounds_alone ? 0 : bounds.size());
    detail::sort_by(known, &log_value::sigma);
    const auto weight_of = [&](const log_value& a) {
        double inverse_sigmas = 0;
        for (const log_value& b : known) inverse_sigmas += 1 / b.sigma;
        const double shared = rho * inverse_sigmas / (1 + (static_cast<double>(known.size()) - 1) * rho);
        return (1 / a.sigma - shared) / (1 - rho) / a.sigma;
    };
    while (known.size() > 1 && weight_of(known.back()) <= 0) known.pop_back();
    double weights = 0, mean = 0;
    for (const log_value& a : known) weights += weight_of(a);
    for (const log_value& a : known) mean += weight_of(a) / weights * a.log;
    const auto k = static_cast<double>(known.size());
    double squares = 0, sum = 0;
    for (const log_value& a : known) {
        squares += std::pow((a.log - mean) / a.sigma, 2);
        sum += (a.log - mean) / a.sigma;
    }
    const double scatter = (squares - rho * sum * sum / (1 + (k - 1) * rho)) / (1 - rho);
    const double birge = options.widen && k > 1 ? std::max(1.0, std::sqrt(scatter / (k - 1))) : 1;
    const double value = std::pow(10, mean);
    const bool beyond = value < open.lower || value > open.upper;
    result.disagree = result.largest_z > options.disagreement || beyond;
    result.combined =
        detail::log_normal(value, birge / std::sqrt(weights), compute_method::reconciled, options.level, z);
    result.combined.flop.n = n_known;
    result.combined.flop.n_missing = missing;
    if (!bounds.empty() && !beyond) {
        interval& ends = *result.combined.flop.bounds;
        ends = bounds_alone ? open : interval{std::max(ends.lower, open.lower), std::min(ends.upper, open.upper)};
    }
    result.combined.assumptions = assumptions;
    if (result.disagree) result.combined.assumptions.add(compute_assumption::estimates_disagree);
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
