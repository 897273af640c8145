// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_PROPORTIONALITY_TEST_HPP
#define COMPUTE_DIVIDE_REGRESSION_PROPORTIONALITY_TEST_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/math/special_functions/gamma.hpp>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/likelihood.hpp>
#include <compute_divide/regression/detail/logit_likelihood.hpp>
#include <compute_divide/regression/detail/ordinal_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/detail/separation.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/results.hpp>

/// Whether the odds of an ordered response are proportional: Brant's test.
namespace compute_divide::inline v0_2 {

/// A term's coefficients in the logits of a response above each threshold, and the test that they are all one.
struct proportionality_line {
    std::string name = {};                  ///< of the column
    std::vector<double> coefficients = {};  ///< one for each threshold, from the lowest
    joint_test test = {};

    friend bool operator==(const proportionality_line&, const proportionality_line&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<proportionality_line>) {
    return member_list(member{"name", &proportionality_line::name},
                       member{"coefficients", &proportionality_line::coefficients},
                       member{"test", &proportionality_line::test});
}

/// Brant's test of a model, and of each of its columns.
struct proportionality_result {
    joint_test test = {};                            ///< that no column's coefficients differ
    std::vector<proportionality_line> columns = {};  ///< none of a dependent one
    std::vector<double> levels = {};                 ///< of the response
    std::string separated = {};  ///< the first threshold whose logit has no finite estimate, so that there is no test

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(test); }

    friend bool operator==(const proportionality_result&, const proportionality_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<proportionality_result>) {
    return member_list(
        member{"test", &proportionality_result::test}, member{"columns", &proportionality_result::columns},
        member{"levels", &proportionality_result::levels}, member{"separated", &proportionality_result::separated});
}

namespace detail {

/// The logits of a response above each threshold, in the basis of the design, and the covariance of all their
/// coefficients, one threshold after the other.
class stacked_logits {
public:
    stacked_logits(const orthonormal_design& z, regression_frame& frame, const ordinal_response& response,
                   int max_iterations)
        : z_(&z), n_(frame.n) {
        for (std::size_t j = 0; j < response.thresholds() && status_ == estimate_status::ok; ++j) {
            for (std::size_t i = 0; i < frame.n; ++i) frame.response[i] = response.level_of[i] > j ? 1 : 0;
            const logit_likelihood likelihood(frame);
            regression_fit fit;
            const auto side = [](double y) { return y == 0 ? row_side::falls : row_side::rises; };
            auto best = maximum_if_any(z, likelihood, std::vector<double>(z.rank()), frame, side, max_iterations, fit);
            if (!best.converged) {
                status_ = fit.separated ? estimate_status::degenerate : estimate_status::not_converged;
                failed_ = j;
                return;
            }
            const auto slopes = slopes_at(z, best.g, likelihood);
            inverses_.push_back(cholesky(best.sums.information, z.rank()).inverse());
            g_.push_back(std::move(best.g));
            scores_.push_back(slopes.score);
            std::vector<double> above(frame.n);  // P(y > threshold)
            for (std::size_t i = 0; i < frame.n; ++i) above[i] = frame.response[i] - slopes.score[i] / frame.weight[i];
            above_.push_back(std::move(above));
        }
    }
    [[nodiscard]] estimate_status status() const { return status_; }
    [[nodiscard]] std::size_t failed() const { return failed_; }
    [[nodiscard]] std::size_t count() const { return g_.size(); }
    [[nodiscard]] const std::vector<double>& g(std::size_t j) const { return g_[j]; }

    /// Of independent records: that of y > j and y > l is P(y > l) (1 - P(y > j)), j <= l.
    [[nodiscard]] std::vector<double> classical(std::span<const double> weight) const {
        const std::size_t r = z_->rank(), size = count() * r;
        std::vector<double> covariance(size * size);
        for (std::size_t j = 0; j < count(); ++j)
            for (std::size_t l = j; l < count(); ++l) {
                std::vector<double> middle(r * r), half(r * r);
                for (std::size_t i = 0; i < n_; ++i) {
                    const double w = weight[i] * above_[l][i] * (1 - above_[j][i]);
                    for (std::size_t k = 0; k < r; ++k)
                        for (std::size_t m = 0; m <= k; ++m) middle[k * r + m] += w * z_->at(i, k) * z_->at(i, m);
                }
                for (std::size_t k = 0; k < r; ++k)
                    for (std::size_t m = 0; m < r; ++m)
                        for (std::size_t t = 0; t < r; ++t)
                            half[k * r + m] +=
                                inverses_[j][k * r + t] * (t < m ? middle[m * r + t] : middle[t * r + m]);
                for (std::size_t k = 0; k < r; ++k)
                    for (std::size_t m = 0; m < r; ++m) {
                        double sum = 0;
                        for (std::size_t t = 0; t < r; ++t) sum += half[k * r + t] * inverses_[l][t * r + m];
                        covariance[(j * r + k) * size + l * r + m] = sum;
                        covariance[(l * r + m) * size + j * r + k] = sum;
                    }
            }
        return covariance;
    }
    /// By clusters, of sums of what each record does to the coefficients.
    [[nodiscard]] coefficient_covariance clustered(const regression_frame& frame, cluster_correction correction) const {
        const std::size_t r = z_->rank(), size = count() * r;
        score_products products(size, frame.clusters.size());
        std::vector<double> moved(size), one(size * size);
        std::array<std::uint32_t, 2> clusters = {};
        for (std::size_t i = 0; i < n_; ++i) {
            for (std::size_t j = 0; j < count(); ++j)
                for (std::size_t k = 0; k < r; ++k) {
                    double sum = 0;
                    for (std::size_t t = 0; t < r; ++t) sum += inverses_[j][k * r + t] * z_->at(i, t);
                    moved[j * r + k] = sum * scores_[j][i];
                }
            for (std::size_t f = 0; f < frame.clusters.size(); ++f) clusters[f] = frame.clusters[f][i];
            products.add(moved, clusters);
        }
        for (std::size_t k = 0; k < size; ++k) one[k * size + k] = 1;
        return products.covariance(one, covariance_kind::clustered, correction, n_, r,
                                   covariance_repair::eigenvalues_to_zero,
                                   frame.label_sets.empty() ? nullptr : &frame.label_sets);
    }

private:
    const orthonormal_design* z_;
    std::size_t n_;
    estimate_status status_ = estimate_status::ok;
    std::size_t failed_ = 0;
    std::vector<std::vector<double>> g_, inverses_, scores_, above_;
};

/// Wald's test that each of some combinations c g of a threshold's coefficients is the same at all thresholds.
/// `clusters` > 0: by Hotelling's T^2 of so many.
inline void set_equality_test(joint_test& joint, const stacked_logits& logits, std::span<const double> covariance,
                              std::span<const std::vector<double>> combinations, std::uint64_t clusters) {
    const std::size_t r = combinations.front().size(), size = logits.count() * r;
    const std::size_t q = (logits.count() - 1) * combinations.size();
    std::vector<double> rows(q * size), differences(q), half(q * size), between(q * q);
    for (std::size_t j = 1, row = 0; j < logits.count(); ++j)
        for (const auto& c : combinations) {
            for (std::size_t k = 0; k < r; ++k) {
                rows[row * size + j * r + k] = c[k];
                rows[row * size + k] = -c[k];
                differences[row] += c[k] * (logits.g(j)[k] - logits.g(0)[k]);
            }
            ++row;
        }
    for (std::size_t i = 0; i < q; ++i)
        for (std::size_t k = 0; k < size; ++k)
            if (const double x = rows[i * size + k]; x != 0)
                for (std::size_t m = 0; m < size; ++m) half[i * size + m] += x * covariance[k * size + m];
    for (std::size_t i = 0; i < q; ++i)
        for (std::size_t j = 0; j < q; ++j)
            for (std::size_t m = 0; m < size; ++m) between[i * q + j] += half[i * size + m] * rows[j * size + m];
    const cholesky factor(between, q);
    joint.restrictions = q;
    joint.test.status = estimate_status::degenerate;
    if (!factor) return;
    double wald = 0;
    for (const double x : factor.half_solved(differences)) wald += x * x;
    const auto restrictions = static_cast<double>(q);
    if (clusters == 0) {
        joint.test.statistic = wald;
        joint.test.degrees_of_freedom = restrictions;
        joint.test.p_value = boost::math::gamma_q(restrictions / 2, wald / 2, math_policy{});
        joint.test.status = estimate_status::ok;
        return;
    }
    const double denominator = static_cast<double>(clusters) - restrictions;
    joint.test.status = estimate_status::too_few;
    if (!(denominator > 0)) return;
    joint.test.statistic = wald * denominator / (restrictions * (static_cast<double>(clusters) - 1));
    joint.test.degrees_of_freedom = denominator;
    joint.test.p_value = upper_f_p(*joint.test.statistic, restrictions, denominator);
    joint.test.status = estimate_status::ok;
}

[[nodiscard]] inline proportionality_result proportionality_of(regression_frame frame,
                                                               const regression_options& options) {
    constexpr std::string_view function = "proportionality_test";
    const regression_fit begun = begun_fit(regression_family::proportional_odds, function, frame, options);
    const covariance_kind kind = begun.covariance.kind;
    require(kind == covariance_kind::classical || kind == covariance_kind::clustered, function,
            "a classical or clustered covariance", name_of(kind));
    const bool clustered = kind == covariance_kind::clustered;
    const ordinal_response response(frame, function);
    proportionality_result result{.levels = response.levels};
    const auto begun_test = [&](estimate_status status) {
        return joint_test{.test = {.method = clustered ? "F" : "chi_squared",
                                   .n = frame.n,
                                   .n_missing = frame.n_missing,
                                   .status = status}};
    };
    result.test = begun_test(begun.status);
    if (!begun) return result;
    const orthonormal_design z(frame);
    result.test.test.status = estimate_status::degenerate;
    if (response.levels.size() < 3 || z.rank() < 2) return result;
    const stacked_logits logits(z, frame, response, options.max_iterations);
    if (logits.status() != estimate_status::ok) {
        result.test.test.status = logits.status();
        result.separated = threshold_name(response.levels[logits.failed()], response.levels[logits.failed() + 1]);
        return result;
    }
    std::vector<double> covariance;
    std::uint64_t clusters = 0;
    bool few = false;
    if (clustered) {
        const auto of = logits.clustered(frame, options.correction);
        if (!of) {
            result.test.test.status = of.status;
            return result;
        }
        covariance = of.values;
        clusters = of.clusters;
        few = of.clusters_are_few();
    } else {
        covariance = logits.classical(frame.weight);
    }
    const auto test = [&](joint_test& joint, std::span<const std::vector<double>> combinations) {
        joint = begun_test(estimate_status::ok);
        set_equality_test(joint, logits, covariance, combinations, clusters);
        if (few && joint.test.status == estimate_status::ok) joint.test.status = estimate_status::few_clusters;
    };
    std::vector<std::vector<double>> all;
    for (std::size_t k = 1; k < z.rank(); ++k) {
        all.emplace_back(z.rank());
        all.back()[k] = 1;
    }
    test(result.test, all);
    for (const std::size_t column : z.independent()) {
        if (column == 0) continue;
        proportionality_line line{.name = frame.names[column]};
        const auto row = z.factor().subspan(column * z.rank(), z.rank());
        const std::vector<double> of_column(row.begin(), row.end());
        for (std::size_t j = 0; j < logits.count(); ++j)
            line.coefficients.push_back(z.coefficients(logits.g(j))[column]);
        test(line.test, std::span(&of_column, 1));
        result.columns.push_back(std::move(line));
    }
    return result;
}

/// Coefficients of columns in units, of the columns as they are.
inline void from_units(proportionality_result& result, std::span<const std::string> names, std::span<const int> units) {
    for (auto& line : result.columns) {
        const auto at = static_cast<std::size_t>(detail::find(names, line.name) - names.begin());
        for (double& b : line.coefficients) b = std::ldexp(b, -units[at]);
    }
}

}  // namespace detail

/// Brant's (1990, Biometrics 46:1171) test of the assumption of `fit_proportional_odds`, that a term changes the odds
/// of being above any level alike: the logits of y > level, one for each threshold, are fitted apart, and Wald's test
/// asks whether their coefficients are the same, of all columns together, (levels - 2) x columns restrictions, and of
/// each. What it finds is in the coefficients: how each moves from the lowest threshold to the highest.
///
/// The covariance of all coefficients is that of independent records, whose test is chi-squared; or, where the model
/// has clusters, that of sums of records' influence within these, whose test is Hotelling's T^2: F, of (restrictions,
/// clusters - restrictions) degrees of freedom. Weights count as so many records.
///
/// Status: degenerate where a threshold's logit separates the records (`separated` names it), with fewer than 3 levels,
/// without terms, or where the covariance is singular, as it may be where fitted probabilities cross; too_few with no
/// more clusters than restrictions; few_clusters as elsewhere. R's package brant 0.3-0 transposes a block of the
/// covariance, so that its test of all columns is off in the third digit. Throws as fit_proportional_odds does, and for
/// hc0 and hc1. O(n p^2 levels^2). Checked against R glm, by the formula.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>> && detail::absorbs_nothing<Model>
[[nodiscard]] proportionality_result proportionality_test(Records&& records, const Model& model,
                                                          const regression_options& options = {}) {
    detail::require(model.intercept, "proportionality_test", "a model with an intercept", "one without");
    auto frame = detail::frame_of("proportionality_test", records, model);
    const auto units = detail::into_units(frame, false);
    const auto names = frame.names;
    auto result = detail::proportionality_of(std::move(frame), options);
    detail::from_units(result, names, units);
    return result;
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_without_effects_t<Records, Model>>
proportionality_result proportionality_test(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
proportionality_result proportionality_test(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
