// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_FIRST_MODEL_HPP
#define COMPUTE_DIVIDE_POLICY_FIRST_MODEL_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>
#include <string_view>
#include <type_traits>

#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/policy/gap.hpp>
#include <compute_divide/results.hpp>

/// When the first model of a size is to be expected of a group whose models grow along a line.
namespace compute_divide::inline v0_2 {

/// A group's models from now on: they come as a Poisson process, and their log10 sizes are normal about a line.
struct model_stream {
    double log_level = 0;                   ///< of the line now, log10
    double slope = 0;                       ///< orders of magnitude a year
    double spread = 0;                      ///< standard deviation about the line, orders of magnitude
    double a_year = 0;                      ///< models a year
    double log_level_sd = 0, slope_sd = 0;  ///< standard errors of level and slope, independent of each other

    friend constexpr bool operator==(const model_stream&, const model_stream&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<model_stream>) {
    using result = model_stream;
    return member_list(member{"log_level", &result::log_level}, member{"slope", &result::slope},
                       member{"spread", &result::spread}, member{"a_year", &result::a_year},
                       member{"log_level_sd", &result::log_level_sd}, member{"slope_sd", &result::slope_sd});
}

/// When the first one comes, in years from now.
struct first_model {
    /// The median and the prediction interval; an end is infinite (null in JSON) where that part of the probability is
    /// on never, and there is no value (degenerate) where half of it is.
    estimate years = {};
    double probability = 0;  ///< that one comes at all, in the next 1,000 years

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(years); }
    friend bool operator==(const first_model&, const first_model&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<first_model>) {
    return member_list(member{"years", &first_model::years}, member{"probability", &first_model::probability});
}

namespace detail {

/// Expected models of log10 size >= `size` in the next `years`: rate * integral of Phi((level + slope t - size) /
/// spread), by the antiderivative z Phi(z) + phi(z) of Phi.
[[nodiscard]] inline double expected_models(double level, double slope, double spread, double rate, double size,
                                            double years) {
    const auto integral = [](double z) {
        return z * normal_cdf(z) + std::exp(-z * z / 2) / std::sqrt(2 * std::numbers::pi);
    };
    const double z = (level - size) / spread, rise = slope * years / spread;
    if (std::fabs(rise) < 1e-6) return rate * years * normal_cdf(z + rise / 2);
    return rate * spread / slope * (integral(z + rise) - integral(z));
}

}  // namespace detail

/// When the group's first model of at least `size` comes:
///
///   P(none by t) = E exp(-r integral from 0 to t of Phi((a + b u - log10 size) / s) du)
///
/// over level a and slope b as normal with their standard errors (E over 40 x 40 slices of equal probability). It
/// is a prediction interval: of the date itself, not of the line. Throws std::invalid_argument for a size, spread or
/// rate that is not finite and > 0, a level or slope that is not finite, standard errors that are negative, and a level
/// of the interval outside (0, 1). Checked against simulated streams (tests/policy/first_model.test.cpp).
[[nodiscard]] inline first_model first_model_of_size(const model_stream& stream, double size, double level = 0.9) {
    constexpr std::string_view function = "first_model_of_size";
    constexpr double most_years = 1000;
    detail::require_level(level, function);
    detail::require_above_zero(size, function, "a finite size > 0");
    detail::require(std::isfinite(stream.log_level), function, "a finite level", stream.log_level);
    detail::require(std::isfinite(stream.slope), function, "a finite slope", stream.slope);
    detail::require_above_zero(stream.spread, function, "a finite spread > 0");
    detail::require_above_zero(stream.a_year, function, "a finite number of models a year > 0");
    for (const double sd : {stream.log_level_sd, stream.slope_sd})
        detail::require(sd >= 0 && std::isfinite(sd), function, "finite standard errors >= 0", sd);

    // Midpoints of 40 slices of equal probability, whose standard deviation is put right.
    constexpr int slices = 40;
    static const auto normal = [] {
        std::array<double, slices> z{};
        double squares = 0;
        for (int i = 0; i < slices; ++i) {
            z[static_cast<std::size_t>(i)] = -detail::upper_normal_quantile((i + 0.5) / slices);
            squares += z[static_cast<std::size_t>(i)] * z[static_cast<std::size_t>(i)];
        }
        for (double& each : z) each *= std::sqrt(slices / squares);
        return z;
    }();
    const double log_size = std::log10(size);
    const auto probability_by = [&](double years) {
        double none = 0, weight = 0;
        for (const double zl : normal) {
            for (const double zs : normal) {
                none += std::exp(-detail::expected_models(stream.log_level + zl * stream.log_level_sd,
                                                          stream.slope + zs * stream.slope_sd, stream.spread,
                                                          stream.a_year, log_size, years));
                ++weight;
                if (stream.slope_sd == 0) break;
            }
            if (stream.log_level_sd == 0) break;
        }
        return 1 - none / weight;
    };
    const auto quantile = [&](double p) {
        if (probability_by(most_years) < p) return std::numeric_limits<double>::infinity();
        double low = 0, high = most_years;
        for (int i = 0; i < 60 && high - low > 1e-9 * high; ++i) {
            const double middle = (low + high) / 2;
            (probability_by(middle) < p ? low : high) = middle;
        }
        return high;
    };
    first_model result{.years = {.level = level, .method = "poisson, normal about a line"},
                       .probability = probability_by(most_years)};
    const double median = quantile(0.5);
    result.years.status = std::isfinite(median) ? estimate_status::ok : estimate_status::degenerate;
    if (!result) return result;
    result.years.value = median;
    result.years.bounds = interval{quantile((1 - level) / 2), quantile((1 + level) / 2)};
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
