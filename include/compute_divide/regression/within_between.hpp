// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_WITHIN_BETWEEN_HPP
#define COMPUTE_DIVIDE_REGRESSION_WITHIN_BETWEEN_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/results.hpp>

/// Within and between units apart (Mundlak 1978): does a topic lose papers in the years in which it speaks more of
/// compute, or are topics that speak more of it others throughout? With x of unit u at time t, and its mean over u,
///
///   y_ut = a + w (x_ut - mean_u x) + b mean_u x + e_ut
///
/// w is the within coefficient, that of fixed effects of units; b is the between one; b - w is Mundlak's, of the mean
/// beside x itself, and what is not of the units' own changes. All terms have both parts, categorical ones too.
///
///     const auto fit = fit_within_between(topic_years,
///         model_of(&topic_year::academia_only)
///             .on(variable("compute", &topic_year::compute), categorical("year", &topic_year::year))
///             .absorbing(&topic_year::topic));                         // the units
///     fit.line("compute").within.estimate;
///     fit.line("compute").difference.test;                             // a robust Hausman test of one term
namespace compute_divide::inline v0_2 {

/// A term's column within units, between them, and the second less the first.
struct within_between_line {
    std::string name = {};
    coefficient_line within = {}, between = {}, difference = {};

    friend bool operator==(const within_between_line&, const within_between_line&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<within_between_line>) {
    using line = within_between_line;
    return member_list(member{"name", &line::name}, member{"within", &line::within}, member{"between", &line::between},
                       member{"difference", &line::difference});
}

/// All coefficients, and the sample.
struct within_between_fit {
    std::vector<within_between_line> lines = {};
    /// That within and between are the same for all terms that have both: the Hausman test, robust to dependence.
    joint_test same = {};
    std::uint64_t units = 0;
    std::uint64_t single = 0;                ///< of these with one record, which tell nothing of within
    std::vector<std::string> left_out = {};  ///< columns that do not vary, or depend on those before them
    regression_fit fit = {};                 ///< columns "x, within" and "x, between"

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(fit); }
    /// Throws std::invalid_argument where there is no column of this name.
    [[nodiscard]] const within_between_line& line(std::string_view name) const {
        const auto found = detail::find(lines, name, &within_between_line::name);
        detail::require(found != lines.end(), "within_between_fit::line", "the name of a column", name);
        return *found;
    }
    friend bool operator==(const within_between_fit&, const within_between_fit&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<within_between_fit>) {
    using f = within_between_fit;
    return member_list(member{"lines", &f::lines}, member{"same", &f::same}, member{"units", &f::units},
                       member{"single", &f::single}, member{"left_out", &f::left_out}, member{"fit", &f::fit});
}

/// A line for each column, then the test: `compute  within -0.0214 [...], between 0.31 [...]`.
[[nodiscard]] inline std::string to_string(const within_between_fit& f) {
    std::string text;
    for (const within_between_line& line : f.lines)
        text += line.name + "  within " + to_string(line.within.estimate) + ", between " +
                to_string(line.between.estimate) + "\n";
    return text + "the same: " + to_string(f.same.test);
}

namespace detail {

/// A record's columns within and between units.
struct within_between_row {
    std::vector<double> x;
    double response, weight;
    std::vector<std::uint32_t> clusters;
};

}  // namespace detail

/// Least squares of the response on each term's distance from its unit's mean, and on that mean; the unit is the
/// model's one absorbed field. Means are weighted as the model is, over the records used, so that the within
/// coefficients are those of fit_fixed_effects with the same unit, whatever records are missing (Wooldridge 2019); for
/// effects of years beside those of units put the years among the terms, as a categorical one. Errors are clustered by
/// unit unless the model has clusters of its own. An offset is taken from the response.
///
/// A term that never changes within a unit has no within line, one whose mean is the same everywhere no between line:
/// their status is degenerate, and they are among `left_out`, as are columns that depend on those before them. Few
/// units, and all else, as fit_linear: the between coefficient rests on as many records as there are units. Throws
/// std::invalid_argument as fit_linear does, for a model without terms, with another number of absorbed fields than
/// one, and with clusters of several labels.
///
/// One pass; memory O(n p), time O(n p^2). Sources: Mundlak (1978), Econometrica 46:69; Wooldridge (2019), Journal of
/// Econometrics 211:137. Checked against R's lm with unit means and sandwich's vcovCL (tests/reference/
/// within_between.R), fit_fixed_effects, and simulated truths.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] within_between_fit fit_within_between(Records&& records, const Model& model,
                                                    const regression_options& options = {}) {
    constexpr std::string_view function = "fit_within_between";
    detail::regression_frame frame = detail::frame_of(function, records, model.without_intercept());
    const std::size_t p = frame.p();
    detail::require(p > 0, function, "at least one term", p);
    detail::require(frame.effects.size() == 1, function, "one absorbed field, the unit", frame.effects.size());
    detail::require(frame.label_sets.empty(), function, "clusters of one label each", frame.label_sets.size());
    if (frame.clusters.empty()) frame.clusters.push_back(frame.effects[0]);

    const auto& unit = frame.effects[0];
    std::uint32_t units = 0;
    for (const std::uint32_t u : unit) units = std::max(units, u + 1);
    std::vector<double> means(units * p), weights(units), sizes(units);
    for (std::size_t i = 0; i < frame.n; ++i) {
        weights[unit[i]] += frame.weight[i];
        ++sizes[unit[i]];
        for (std::size_t j = 0; j < p; ++j) means[unit[i] * p + j] += frame.weight[i] * frame.row(i)[j];
    }
    for (std::size_t u = 0; u < units; ++u)
        for (std::size_t j = 0; j < p; ++j) means[u * p + j] /= weights[u] > 0 ? weights[u] : 1;

    std::vector<detail::within_between_row> rows;
    rows.reserve(frame.n);
    for (std::size_t i = 0; i < frame.n; ++i) {
        detail::within_between_row row{.x = std::vector<double>(2 * p),
                                       .response = frame.response[i] - frame.offset[i],
                                       .weight = frame.weight[i],
                                       .clusters = {}};
        for (std::size_t j = 0; j < p; ++j) {
            const double x = frame.row(i)[j], mean = means[unit[i] * p + j], within = x - mean;
            row.x[j] = std::fabs(within) > 1e-12 * std::fabs(x) ? within : 0;  // what is left of rounding is nothing
            row.x[p + j] = mean;
        }
        for (const auto& numbers : frame.clusters) row.clusters.push_back(numbers[i]);
        rows.push_back(std::move(row));
    }
    within_between_fit result;
    result.units = static_cast<std::uint64_t>(detail::count_if(sizes, [](double n) { return n > 0; }));
    result.single = static_cast<std::uint64_t>(detail::count(sizes, 1.0));

    using row_type = detail::within_between_row;
    const auto name_of_column = [&](std::size_t j) { return frame.names[j % p] + (j < p ? ", within" : ", between"); };
    const auto number = [](std::size_t j) { return [j](const row_type& row) { return row.x[j]; }; };
    const auto cluster = [](std::size_t j) { return [j](const row_type& row) { return row.clusters[j]; }; };
    std::vector<variable<decltype(number(0))>> all, terms;
    for (std::size_t j = 0; j < 2 * p; ++j) all.emplace_back(name_of_column(j), number(j));
    const detail::orthonormal_design design(
        detail::frame_of(function, rows, model_of(&row_type::response).on(all).weighted_by(&row_type::weight)));
    for (std::size_t j = 0; j < 2 * p; ++j)
        if (detail::binary_search(design.dependent(), j + 1))  // column 0 is the intercept
            result.left_out.push_back(name_of_column(j));
        else
            terms.push_back(all[j]);
    std::vector<decltype(cluster(0))> clusters;
    for (std::size_t j = 0; j < frame.clusters.size(); ++j) clusters.push_back(cluster(j));
    result.fit = fit_linear(
        rows, model_of(&row_type::response).on(terms).clustered_by(clusters).weighted_by(&row_type::weight), options);
    result.fit.n_missing = frame.n_missing;

    std::vector<std::string> both;
    const auto has = [&](const std::string& name) { return detail::count(result.fit.names, name) > 0; };
    const auto line_of = [&](std::string name, std::initializer_list<std::pair<std::string, double>> factors) {
        coefficient_line line;
        if (detail::all_of(factors, [&](const auto& factor) { return has(factor.first); })) {
            line = contrast(result.fit, factors);
        } else {
            line.estimate = detail::estimate_without_value(result.fit);
            line.test.n = result.fit.n;
            line.estimate.status = line.test.status =
                result.fit.coefficients.empty() ? result.fit.status : estimate_status::degenerate;
        }
        line.name = std::move(name);
        return line;
    };
    for (std::size_t j = 0; j < p; ++j) {
        const std::string &name = frame.names[j], within = name_of_column(j), between = name_of_column(p + j);
        result.lines.push_back({.name = name,
                                .within = line_of(within, {{within, 1}}),
                                .between = line_of(between, {{between, 1}}),
                                .difference = line_of(name + ", difference", {{between, 1}, {within, -1}})});
        if (has(within) && has(between)) both.push_back(name);
    }
    if (both.empty()) {
        result.same.test = {.method = "F", .n = result.fit.n, .status = estimate_status::degenerate};
        return result;
    }
    // The same columns with the mean beside x itself: then its coefficient is the difference, and Wald's test that of
    // all.
    std::vector<variable<decltype(number(0))>> beside;
    for (std::size_t j = 0; j < 2 * p; ++j) {
        const std::string name = name_of_column(j);
        if (has(name)) beside.emplace_back(name, number(j));
    }
    for (std::size_t j = 0; j < p; ++j)
        if (detail::count(both, frame.names[j]) > 0)
            for (row_type& row : rows) row.x[j] += row.x[p + j];
    const auto mundlak = fit_linear(
        rows, model_of(&row_type::response).on(beside).clustered_by(clusters).weighted_by(&row_type::weight), options);
    std::vector<std::string> of_means;
    of_means.reserve(both.size());
    for (const std::string& name : both) of_means.push_back(name + ", between");
    result.same = wald_test(mundlak, of_means);
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
