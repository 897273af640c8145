// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CURVE_VERDICT_HPP
#define COMPUTE_DIVIDE_STATISTICS_CURVE_VERDICT_HPP

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/statistics/specification_curve.hpp>

/// The verdict of a specification curve on what a study says, by one rule that is printed beside it.
namespace compute_divide::inline v0_2 {

/// What kind of statement a claim is, beside its reference.
enum class claim_direction {
    about,  ///< the quantity is the reference, give or take the margin
    above,  ///< it is greater than the reference, such as 0 of a difference and 1 of a ratio
    below   ///< it is less
};
[[nodiscard]] constexpr auto enumerators(claim_direction) {
    using enum claim_direction;
    return std::array{named<claim_direction>{about, "about"}, named<claim_direction>{above, "above"},
                      named<claim_direction>{below, "below"}};
}

/// What all specifications together say of a claim.
enum class verdict { agrees, depends, opposite, not_distinguishable, not_compared, no_data };
[[nodiscard]] constexpr auto enumerators(verdict) {
    using enum verdict;
    return std::array{named<verdict>{agrees, "agrees", "agrees under nearly every specification"},
                      named<verdict>{depends, "depends", "depends on the specification"},
                      named<verdict>{opposite, "opposite", "contradicted under nearly every specification"},
                      named<verdict>{not_distinguishable, "not_distinguishable", "not distinguishable from no effect"},
                      named<verdict>{not_compared, "not_compared", "not compared, without a number to hold it against"},
                      named<verdict>{no_data, "no_data", "no data to tell"}};
}

/// When a curve agrees.
struct curve_verdict_options {
    double share = 0.9;          ///< of the specifications that could be estimated; above 0.5, at most 1
    double significance = 0.05;  ///< of the joint test, and of single specifications after the step-down

    friend constexpr bool operator==(const curve_verdict_options&, const curve_verdict_options&) = default;
};

/// A verdict and what it is from.
struct curve_verdict {
    verdict outcome = verdict::no_data;
    double share_in_direction = 0;       ///< of the specifications that could be estimated, the study's
    std::optional<double> joint_p = {};  ///< of the median over specifications
    estimate_status joint_status = estimate_status::no_data;  ///< of the joint test
    std::uint64_t single_supporting = 0;       ///< significant after the step-down, in the study's direction
    std::uint64_t single_contradicting = 0;    ///< and in the other
    std::vector<std::string> depends_on = {};  ///< the choices that move the answer, the most moving first

    /// Whether there is a verdict.
    [[nodiscard]] explicit operator bool() const { return outcome != verdict::no_data; }
    friend bool operator==(const curve_verdict&, const curve_verdict&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<curve_verdict>) {
    return member_list(member{"outcome", &curve_verdict::outcome},
                       member{"share_in_direction", &curve_verdict::share_in_direction},
                       member{"joint_p", &curve_verdict::joint_p}, member{"joint_status", &curve_verdict::joint_status},
                       member{"single_supporting", &curve_verdict::single_supporting},
                       member{"single_contradicting", &curve_verdict::single_contradicting},
                       member{"depends_on", &curve_verdict::depends_on});
}

/// The rule of `verdict_of(curve)`, to be printed beside it.
[[nodiscard]] inline std::string curve_verdict_rule(const curve_verdict_options& options = {}) {
    char numbers[2][32];
    std::snprintf(numbers[0], sizeof numbers[0], "%g %%", 100 * options.share);
    std::snprintf(numbers[1], sizeof numbers[1], "%g", options.significance);
    return std::string("A curve agrees where at least ") + numbers[0] +
           " of the specifications that could be estimated have the study's direction and the joint test rejects: "
           "Stouffer's sum of the normal scores of all specifications is further from no effect than in all but " +
           numbers[1] +
           " of draws without one. It is opposite where that is so in the other direction. It is not distinguishable "
           "from no effect where neither the joint test rejects nor any specification does after the step-down "
           "correction (Romano, Wolf 2005) for their number, and where clusters are so few that these tests are not "
           "known "
           "to keep their level. Else it depends, on the choices named: those that "
           "together have four fifths of the variance of the estimates.";
}

/// The verdict of a curve on the claim that the effect is above, or below, no effect, by `curve_verdict_rule(options)`.
/// The joint test is Stouffer's, which keeps its
/// size with fewer clusters than the median's. no_data: no specification could be estimated, or the joint test has a
/// status instead of a p-value, as for a curve that was not tested. Throws std::invalid_argument for the direction
/// `about`, a share outside (0.5, 1], or a significance outside (0, 1).
[[nodiscard]] inline curve_verdict verdict_of(const specification_curve& curve, claim_direction direction,
                                              const curve_verdict_options& options = {}) {
    constexpr std::string_view here = "verdict_of";
    detail::require(direction != claim_direction::about, here, "a direction, above or below", name_of(direction));
    detail::require(options.share > 0.5 && options.share <= 1, here, "a share in (0.5, 1]", options.share);
    detail::require(options.significance > 0 && options.significance < 1, here, "a significance in (0, 1)",
                    options.significance);
    curve_verdict result;
    if (!curve) return result;
    const bool above = direction == claim_direction::above;
    const std::uint64_t with = above ? curve.n_above : curve.n_below;
    const std::uint64_t against = above ? curve.n_below : curve.n_above;
    result.share_in_direction = static_cast<double>(with) / static_cast<double>(curve.n_estimated);
    result.joint_p = curve.joint.stouffer.p_value;
    result.joint_status = curve.joint.stouffer.status;
    result.depends_on = curve.moving_choices();
    for (const specification& s : curve.specifications) {
        if (!s.adjusted_p_value || *s.adjusted_p_value > options.significance) continue;
        const bool is_above = *s.result.value > curve.options.null_value();
        ++(is_above == above ? result.single_supporting : result.single_contradicting);
    }
    if (!result.joint_p) return result;
    // A share that is met exactly, as 9 of 10, is met whatever the rounding of the product.
    const double needed = options.share * static_cast<double>(curve.n_estimated) * (1 - 1e-12);
    const bool keeps_level = result.joint_status == estimate_status::ok;
    const bool rejects = keeps_level && *result.joint_p <= options.significance;
    const bool sum_is_with = (curve.joint.stouffer.statistic.value_or(0) > 0) == above;
    if (rejects && sum_is_with && static_cast<double>(with) >= needed)
        result.outcome = verdict::agrees;
    else if (rejects && !sum_is_with && static_cast<double>(against) >= needed)
        result.outcome = verdict::opposite;
    else if (!keeps_level || (!rejects && result.single_supporting + result.single_contradicting == 0))
        result.outcome = verdict::not_distinguishable;
    else
        result.outcome = verdict::depends;
    return result;
}

/// `depends on the specification: lag, weights (64 % in the study's direction, joint p = 0.21)`.
[[nodiscard]] inline std::string to_string(const curve_verdict& v) {
    std::string text(description_of(v.outcome));
    if (v.outcome == verdict::depends)
        for (std::size_t i = 0; i < v.depends_on.size(); ++i) text += (i == 0 ? ": " : ", ") + v.depends_on[i];
    char counts[96];
    std::snprintf(counts, sizeof counts, " (%.0f %% in the study's direction", 100 * v.share_in_direction);
    text += counts;
    if (v.joint_p) {
        std::snprintf(counts, sizeof counts, ", joint p = %.3g", *v.joint_p);
        text += counts;
        if (v.joint_status == estimate_status::few_clusters) text += " of few clusters";
    }
    return text + ")";
}

}  // namespace compute_divide::inline v0_2

#endif
