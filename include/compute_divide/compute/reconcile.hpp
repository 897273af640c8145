// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_RECONCILE_HPP
#define COMPUTE_DIVIDE_COMPUTE_RECONCILE_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>

/// Several estimates of the training compute of one model as one.
///
///     reconcile(std::array{by_data, by_hardware}).combined.flop;
namespace compute_divide {

/// Options of `reconcile`.
struct reconcile_options {
    double level = 0.9;          ///< of the combined interval
    double disagreement = 1.96;  ///< z from which two estimates disagree
    bool widen = true;           ///< where estimates scatter more than they should, by that factor (Birge 1932)
};

/// Several estimates as one.
struct reconciled_compute {
    compute_estimate combined = {};
    double largest_z = 0;   ///< |log10 a - log10 b| / sqrt(sigma_a^2 + sigma_b^2) of the pair that differs most
    bool disagree = false;  ///< largest_z is above the options' `disagreement`

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(combined); }
    friend constexpr bool operator==(const reconciled_compute&, const reconciled_compute&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<reconciled_compute>) {
    using result = reconciled_compute;
    return std::tuple{member{"combined", &result::combined}, member{"largest_z", &result::largest_z},
                      member{"disagree", &result::disagree}};
}

/// Several estimates of one model, whose errors are independent, as one: the mean of logarithms with weights
/// 1 / sigma^2, and sigma = 1 / sqrt(sum 1 / sigma^2), widened by max(1, sqrt(Q / (k - 1))) where asked, with
/// Q = sum (log10 x - mean)^2 / sigma^2. `flop.n` is k. Estimates without a value are left out and counted as missing;
/// none at all has the status no_data. Assumptions are those of all; a disagreement is one more.
///
/// O(k^2). Throws std::invalid_argument for a sigma that is not > 0 and a level outside (0, 1).
template <std::ranges::input_range Estimates>
requires std::convertible_to<std::ranges::range_reference_t<Estimates>, compute_estimate>
[[nodiscard]] reconciled_compute reconcile(Estimates&& estimates, reconcile_options options = {}) {
    constexpr std::string_view function = "reconcile";
    const double z = detail::z_of_level(options.level, function);
    struct log_value {
        double log, sigma;
    };
    std::vector<log_value> known;
    compute_assumptions assumptions;
    std::uint64_t missing = 0;
    double weights = 0;
    double sum = 0;
    for (const compute_estimate& each : estimates) {
        if (!each.flop.value) {
            ++missing;
            continue;
        }
        detail::require_positive(each.log10_sigma, function, "log10_sigma > 0");
        const double weight = 1 / (each.log10_sigma * each.log10_sigma);
        known.push_back({std::log10(*each.flop.value), each.log10_sigma});
        weights += weight;
        sum += weight * known.back().log;
        assumptions.add(each.assumptions);
    }
    reconciled_compute result{.combined = detail::no_compute(compute_method::reconciled, options.level)};
    result.combined.flop.n_missing = missing;
    if (known.empty()) return result;

    const double mean = sum / weights;
    double scatter = 0;
    for (const log_value& a : known) {
        scatter += std::pow((a.log - mean) / a.sigma, 2);
        for (const log_value& b : known)
            result.largest_z = std::max(result.largest_z, std::abs(a.log - b.log) / std::hypot(a.sigma, b.sigma));
    }
    const double k = static_cast<double>(known.size());
    const double birge = options.widen && k > 1 ? std::max(1.0, std::sqrt(scatter / (k - 1))) : 1;
    result.disagree = result.largest_z > options.disagreement;
    result.combined = detail::log_normal(std::pow(10, mean), birge / std::sqrt(weights), compute_method::reconciled,
                                         options.level, z);
    result.combined.flop.n = known.size();
    result.combined.flop.n_missing = missing;
    result.combined.assumptions = assumptions;
    if (result.disagree) result.combined.assumptions.add(compute_assumption::estimates_disagree);
    return result;
}

}  // namespace compute_divide

#endif
