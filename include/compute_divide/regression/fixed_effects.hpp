// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_FIXED_EFFECTS_HPP
#define COMPUTE_DIVIDE_REGRESSION_FIXED_EFFECTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/adjusted_covariance.hpp>
#include <compute_divide/regression/detail/clustered_design.hpp>
#include <compute_divide/regression/detail/cross_products.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/linear_scores.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/within_transformation.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Least squares with fixed effects: an effect of each level of one or more fields, absorbed instead of estimated.
namespace compute_divide::inline v0_2 {

namespace detail {

[[nodiscard]] constexpr bool by_leverage(covariance_kind kind) {
    return kind == covariance_kind::hc2 || kind == covariance_kind::hc3;
}

/// Leaves only these rows, in increasing order, and numbers the levels and clusters that they have anew.
inline void keep_rows(regression_frame& frame, std::span<const std::uint32_t> rows) {
    if (rows.size() == frame.n) return;
    const std::size_t p = frame.p();
    std::vector<std::uint64_t> records;
    for (const std::uint32_t row : rows) records.push_back(frame.record(row));
    frame.records_of_rows = std::move(records);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        std::copy_n(frame.columns.begin() + static_cast<std::ptrdiff_t>(rows[i] * p), p,
                    frame.columns.begin() + static_cast<std::ptrdiff_t>(i * p));
        for (auto* numbers : {&frame.response, &frame.weight, &frame.offset}) (*numbers)[i] = (*numbers)[rows[i]];
    }
    frame.n = rows.size();
    frame.columns.resize(frame.n * p);
    for (auto* numbers : {&frame.response, &frame.weight, &frame.offset}) numbers->resize(frame.n);
    if (!frame.label_sets.empty()) {
        std::vector<std::vector<std::uint32_t>> sets;
        const auto& old = frame.clusters[0];
        const auto anew = renumbered(old, rows);
        for (std::size_t i = 0; i < rows.size(); ++i)
            if (anew[i] == sets.size()) sets.push_back(frame.label_sets[old[rows[i]]]);
        frame.label_sets = std::move(sets);
    }
    for (auto* fields : {&frame.effects, &frame.clusters})
        for (auto& numbers : *fields) numbers = renumbered(numbers, rows);
}

/// Columns and response, n x (p + 1), in this order.
[[nodiscard]] inline std::vector<double> rows_in_order(const regression_frame& frame,
                                                       std::span<const std::uint32_t> order) {
    const std::size_t p = frame.p();
    std::vector<double> rows(frame.n * (p + 1));
    double* to = rows.data();
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (constexpr std::size_t ahead = 24; i + ahead < order.size()) {  // they are in no order in memory
            const std::size_t next = order[i + ahead];
            detail::prefetch(frame.row(next).data());
            detail::prefetch(frame.row(next).data() + p - 1);
            detail::prefetch(&frame.response[next]);
            detail::prefetch(&frame.offset[next]);
        }
        for (const double x : frame.row(order[i])) *to++ = x;
        *to++ = frame.response[order[i]] - frame.offset[order[i]];
    }
    return rows;
}

/// The weighted sum of squares of the response about its mean.
[[nodiscard]] inline double squares_about_mean(const regression_frame& frame) {
    const auto value = [&](std::size_t i) { return frame.response[i] - frame.offset[i]; };
    const double origin = value(0);  // so that a constant response has none
    double weights = 0, sum = 0, squares = 0;
    for (std::size_t i = 0; i < frame.n; ++i) {
        weights += frame.weight[i];
        sum += frame.weight[i] * (value(i) - origin);
    }
    for (std::size_t i = 0; i < frame.n; ++i) {
        const double distance = (value(i) - origin) - sum / weights;
        squares += frame.weight[i] * distance * distance;
    }
    return squares;
}

/// How many parameters the effects count as in the correction of a clustered covariance.
[[nodiscard]] inline std::size_t degrees_beside_clusters(const regression_frame& frame) {
    std::vector<level_numbers> others;
    for (const auto& effect : frame.effects)
        if (detail::none_of(frame.clusters, [&](const auto& clusters) { return is_nested(effect, clusters); }))
            others.push_back(effect);
    return std::max<std::size_t>(degrees_of_effects(others), 1);
}

/// Of the fit of `rows` without effects, which are the frame's in this order.
[[nodiscard]] inline coefficient_covariance robust_covariance_without_effects(
    const regression_frame& frame, std::span<const std::uint32_t> order, std::span<const double> rows,
    const least_squares_fit& squares, covariance_kind kind, const regression_options& options, std::size_t degrees) {
    const std::size_t p = squares.p;
    std::vector<double> level_weight(count_of_levels(frame.effects[0]));
    if (by_leverage(kind))
        for (std::size_t i = 0; i < frame.n; ++i) level_weight[frame.effects[0][i]] += frame.weight[i];
    linear_scores scores(squares, kind, frame.clusters.size());
    std::vector<std::uint32_t> clusters(frame.clusters.size());
    for (std::size_t i = 0; i < frame.n; ++i) {
        const std::size_t row = order[i];
        const auto values = rows.subspan(i * (p + 1), p + 1);
        for (std::size_t j = 0; j < clusters.size(); ++j) clusters[j] = frame.clusters[j][row];
        detail::copy(values.first(p), scores.row());
        scores.next_row(values[p], frame.weight[row], clusters,
                        by_leverage(kind) ? frame.weight[row] / level_weight[frame.effects[0][row]] : 0);
    }
    const bool beside_clusters =
        kind == covariance_kind::clustered && options.effect_degrees_of_freedom == effect_degrees_of_freedom::nested;
    auto covariance = scores.covariance(options.correction, beside_clusters ? degrees_beside_clusters(frame) : degrees,
                                        options.repair, frame.label_sets.empty() ? nullptr : &frame.label_sets);
    if (kind == covariance_kind::clustered && covariance) {
        std::vector<treated_clusters> treated(frame.clusters.size(), treated_clusters(p));
        for (std::size_t i = 0; i < frame.n; ++i)
            for (std::size_t j = 0; j < treated.size(); ++j) treated[j].add(frame.row(i), frame.clusters[j][i]);
        covariance.few_treated = few_treated_of(treated, frame.label_sets);
    }
    return covariance;
}

/// cr2 or cr3 of a fit with effects.
[[nodiscard]] inline coefficient_covariance adjusted_covariance_with_effects(const regression_frame& frame,
                                                                             const least_squares_fit& squares,
                                                                             covariance_kind kind, double degrees,
                                                                             int max_projections) {
    const clustered_design design("fit_fixed_effects", frame, frame.clusters[0], squares.dependent, max_projections);
    coefficient_covariance covariance;
    if (design.converged())
        covariance =
            adjusted_covariance(design.sums(frame.clusters[0]), kind, design.factor(), squares.p, squares.n, degrees);
    else
        covariance = {.p = squares.p, .kind = kind, .n = squares.n, .status = estimate_status::not_converged};
    covariance.rows_scaled =
        kind == covariance_kind::cr2 && detail::any_of(frame.weight, [](double weight) { return weight != 1; });
    if (covariance && squares.status != estimate_status::ok) covariance.status = squares.status;
    return covariance;
}

[[nodiscard]] inline regression_fit fit_without_effects(regression_frame frame, const regression_options& options) {
    constexpr std::string_view function = "fit_fixed_effects";
    const std::size_t p = frame.p();
    const auto kind = covariance_asked_for(options, frame.clusters.size(), !frame.label_sets.empty(), function);
    require(p > 0, function, "at least one term", p);
    require(!frame.effects.empty(), function, "at least one field of effects to absorb", frame.effects.size());
    require(!by_leverage(kind) || frame.effects.size() == 1, function, "one field of effects for hc2 and hc3",
            frame.effects.size());

    const std::uint64_t n_known = frame.n;
    keep_rows(frame, rows_without_singletons(frame.effects, frame.n));
    const std::size_t effect_degrees = degrees_of_effects(frame.effects);
    absorbed_effects absorbed{.singletons = n_known - frame.n,
                              .degrees_of_freedom = static_cast<double>(effect_degrees)};
    for (const auto& effect : frame.effects) absorbed.levels.push_back(count_of_levels(effect));
    regression_fit fit{.names = frame.names,
                       .covariance = {.values = {}, .p = p, .kind = kind, .n = frame.n},
                       .reference = options.reference.value_or(reference_distribution::student_t),
                       .level = options.level,
                       .n = frame.n,
                       .n_missing = frame.n_missing};
    for (const auto& clusters : frame.clusters)
        fit.clusters.push_back(frame.label_sets.empty() ? count_of_levels(clusters)
                                                        : count_of_labels(frame.label_sets));
    const auto without_values = [&](estimate_status status) {
        fit.absorbed = absorbed;
        fit.status = fit.covariance.status = status;
        return fit;
    };
    if (n_known == 0) return without_values(estimate_status::no_data);
    if (frame.n <= p + effect_degrees) return without_values(estimate_status::too_few);

    const within_transformation projection(frame.effects, frame.weight);
    std::vector<double> rows = rows_in_order(frame, projection.order());
    const auto outcome = projection.project(rows, p + 1, options.max_projections);
    absorbed.iterations = fit.iterations = outcome.steps;
    if (!outcome.converged) return without_values(estimate_status::not_converged);

    cross_products products(p + 1);
    for (std::size_t i = 0; i < frame.n; ++i) {
        detail::copy(std::span(rows).subspan(i * (p + 1), p + 1), products.row());
        products.next_row(projection.weight()[i]);
    }
    least_squares_fit squares;
    squares.n = frame.n;
    squares.p = p;
    solve(products.sums(), false, squares, {}, &fit.combinations);
    if (squares.coefficients.empty()) return without_values(squares.status);
    const double degrees = squares.degrees_of_freedom - absorbed.degrees_of_freedom;
    squares.residual_sd = std::sqrt(squares.rss / degrees);

    fit.coefficients = squares.coefficients;
    fit.dependent = squares.dependent;
    fit.rank = squares.rank;
    fit.residual_sd = squares.residual_sd;
    if (const double squares_of_all = squares_about_mean(frame); squares_of_all > 0)
        fit.r_squared = 1 - squares.rss / squares_of_all;
    if (outcome.squares[p] > 0) absorbed.r_squared_within = 1 - squares.rss / outcome.squares[p];
    fit.absorbed = absorbed;
    fit.status = squares.status;
    if (squares.rss == 0)
        fit.covariance.status = estimate_status::degenerate;
    else if (kind == covariance_kind::classical)
        fit.covariance = classical_covariance(squares);
    else if (adjusts_clusters(kind))
        fit.covariance = adjusted_covariance_with_effects(frame, squares, kind, degrees, options.max_projections);
    else
        fit.covariance =
            robust_covariance_without_effects(frame, projection.order(), rows, squares, kind, options, effect_degrees);
    fit.covariance.degrees_of_freedom =
        of_clusters(kind) ? std::min(fit.covariance.degrees_of_freedom, degrees) : degrees;
    return fit;
}

}  // namespace detail

/// Least squares of the response on the model's terms and on an effect of each level of its absorbed fields, without a
/// coefficient for these: those of the terms are as with a column for each level. The intercept is one of the effects,
/// and not among the coefficients.
///
///   fit_fixed_effects(table, model_of(&row::y).on(variable("x", &row::x)).absorbing(&row::firm, &row::year)
///                                .clustered_by(&row::firm))
///
/// Singletons, records that are the only one of a level, say nothing about the terms: they are dropped until none is
/// left, and counted. A term that the effects determine is `dependent`. r_squared is about the mean, with the
/// effects; absorbed->r_squared_within is without them.
///
/// Degrees of freedom that the effects take: levels of one field; of two, less the connected components of their
/// levels; of more, less for each field the most components that it has with one before (reghdfe's, too many where
/// only three together are redundant). They count in classical and hc1 covariances, residual_sd and t. In a clustered
/// covariance's correction those of fields whose levels each lie within one cluster do not count, but for one that
/// stands for the intercept (as fixest and reghdfe have it), unless options.effect_degrees_of_freedom is `all` (Stata's
/// areg). hc2 and hc3 use the leverage with the effects.
///
/// cr2 and cr3: effects within clusters are swept out; the levels of others, 100 at most, count as columns. With
/// weights they are of rows scaled by the root of their weight (`rows_scaled`), not clubSandwich's for cr2.
///
/// Status: too_few where every record is dropped, or no more are left than there are parameters; not_converged after
/// options.max_projections, without coefficients; degenerate where terms are dependent. The covariance has no values
/// and a status of its own where the fit is exact, such as of a response that is constant or that the effects determine
/// (its coefficients are 0), or where for hc2 and hc3 one record alone determines a coefficient (degenerate); with
/// fewer than 3 clusters (too_few); and, without repair, where clusters of two kinds give a negative
/// variance (degenerate). Throws
/// std::invalid_argument for a model without terms, effects, or the clusters asked for, with three fields of clusters,
/// for hc2 and hc3 with two effects, and as the fields say.
///
/// Effects are projected out of the columns to 1e-13 of their length, by accelerated alternating projections; then as
/// in `least_squares`.
/// Memory O(n p). Records are read once, or twice where a term has levels; time O(n p^2), and O(cells p) for each step
/// of the projections, a cell being the records of the same levels: few steps, and, where 50 do not do since levels
/// hardly touch (chains of workers and firms), some dozens more whatever their number, by an approximate factor of
/// their graph, which takes O(cells log cells) (detail/approximate_cholesky.hpp). Checked against R's lm with a column
/// for each level, sandwich, plm and estimatr.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] regression_fit fit_fixed_effects(Records&& records, const Model& model,
                                               const regression_options& options = {}) {
    auto frame = detail::frame_of("fit_fixed_effects", records, model.without_intercept());
    const auto units = detail::into_units(frame, true);
    auto fit = detail::fit_without_effects(std::move(frame), options);
    detail::from_units(fit, units);
    return fit;
}
/// What does not fit; the last template argument in the compiler's message is the reason.
template <class Records, class Model, detail::reason Reason = detail::reason_against_t<Records, Model>>
regression_fit fit_fixed_effects(Records&&, const Model&, const regression_options& = {}) = delete;
template <class Records, class Model, class Options, detail::reason Reason = detail::reason_against_options_t<Options>>
regression_fit fit_fixed_effects(Records&&, const Model&, const Options&) = delete;

}  // namespace compute_divide::inline v0_2

#endif
