// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_MARGINAL_EFFECTS_HPP
#define COMPUTE_DIVIDE_REGRESSION_MARGINAL_EFFECTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/detail/double_double.hpp>
#include <compute_divide/regression/detail/model_reader.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>

/// Effects of a logit on the scale of shares, rather than of log odds; of a Poisson regression on that of counts.
namespace compute_divide::inline v0_2 {

/// The average effect of a variable, or of one of its levels against the base, on the expected share or count.
struct marginal_effect {
    std::string name = {};                   ///< of the variable; of a level, "variable:level"
    compute_divide::estimate estimate = {};  ///< a difference of shares or counts, its interval at the fit's level
    double standard_error = 0;               ///< by the delta method
    test_result test = {};                   ///< of no effect: t or z = estimate / standard error, two-sided

    friend bool operator==(const marginal_effect&, const marginal_effect&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<marginal_effect>) {
    return member_list(member{"name", &marginal_effect::name}, member{"estimate", &marginal_effect::estimate},
                       member{"standard_error", &marginal_effect::standard_error},
                       member{"test", &marginal_effect::test});
}

namespace detail {

/// The mean effect of a variable, or of one of its levels against the base, and its derivatives by the coefficients.
struct effect_sum {
    std::string name;      // of the result
    std::string variable;  // as the terms know it
    std::size_t level;     // 0 for a number
    double sum = 0;
    std::vector<double> gradient = {};
    std::vector<char> is_in = {};           // of each term
    bool is_linear = true;                  // its derivatives are the same for all records
    std::vector<std::size_t> columns = {};  // of the terms that it is in
    std::vector<double> changed = {};       // derivatives of columns by a number: else 0
};

/// Finds the terms that each variable is in, and their columns of p; where terms share columns, all.
template <class Reader>
void find_columns(Reader& reader, std::size_t p, bool intercept, std::vector<effect_sum>& effects) {
    std::size_t total = intercept ? 1 : 0;
    reader.for_each_term([&](const auto& term) { total += term.columns(); });
    const bool shared = total != p;
    for (auto& effect : effects) {
        effect.changed.resize(p);
        std::size_t first = intercept ? 1 : 0;
        reader.for_each_term([&]<class Term>(const Term& term) {
            bool is_in = shared;
            term.variables([&](const std::string& name, const auto&) { is_in = is_in || name == effect.variable; });
            effect.is_in.push_back(is_in ? 1 : 0);
            effect.is_linear = effect.is_linear && (!is_in || Term::is_linear);
            for (std::size_t j = 0; j < term.columns(); ++j, ++first)
                if (is_in && first < p) effect.columns.push_back(first);
        });
        if (shared) {
            effect.columns.resize(p);
            for (std::size_t j = 0; j < p; ++j) effect.columns[j] = j;
        }
    }
}

/// One for each number and for each level but the base, in the order of their first terms.
template <class Reader>
[[nodiscard]] std::vector<effect_sum> effects_of(Reader& reader, std::string_view function) {
    std::vector<std::pair<std::string, std::vector<std::string>>> variables;
    std::vector<effect_sum> effects;
    const auto add = [&](const std::string& name, const std::vector<std::string>& levels) {
        const auto known = detail::find(variables, name, [](const auto& v) { return v.first; });
        if (known != variables.end())
            return require(known->second == levels, function, "terms of the same name to have the same levels", name);
        variables.emplace_back(name, levels);
        if (levels.empty()) effects.push_back({name, name, 0});
        const bool is_yes_or_no = levels == std::vector<std::string>{"no", "yes"};
        for (std::size_t level = 1; level < levels.size(); ++level)
            effects.push_back({is_yes_or_no ? name : name + ":" + levels[level], name, level});
    };
    reader.for_each_term([&](const auto& term) { term.variables(add); });
    return effects;
}

}  // namespace detail

/// Average marginal effects of a logit on the share expected, or of a Poisson regression on the count expected: for
/// each variable that is a number the mean over records of its derivative, b m (1 - m), or b m, where it is in one term
/// alone; for yes or no, and for each level of a categorical one against the base, the mean difference between all
/// records being so and none. A variable is changed wherever it occurs, in powers and products, too: variables of one
/// name are one variable. Means are weighted as the fit is.
///
/// Standard errors by the delta method from the fit's covariance. Records and model are those of the fit; nothing is
/// returned where it has no covariance. Dependent columns count as left out; a variable whose columns are all
/// dependent has a line that is `degenerate`, without a value. Throws
/// std::invalid_argument for another family than logit, firth_logit and poisson, other records, and for terms that
/// disagree about a variable of the same name. `wanted` names the effects that are, as they are named in the result,
/// where these are not all: std::invalid_argument for one that there is not. One pass (two with categorical terms),
/// O(p) an effect and record. A column that is far from 0 for its spread costs the errors digits: 8 are left of one at
/// 1e9 with a spread of 1e4. Checked against many-digit arithmetic (mpmath), and R.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] std::vector<marginal_effect> average_marginal_effects(Records&& records, const Model& model,
                                                                    const regression_fit& fit,
                                                                    std::span<const std::string> wanted = {}) {
    constexpr std::string_view function = "average_marginal_effects";
    const bool is_poisson = fit.family == regression_family::poisson;
    detail::require(
        is_poisson || fit.family == regression_family::logit || fit.family == regression_family::firth_logit, function,
        "a logit or a Poisson regression", name_of(fit.family));
    if (!detail::has_inference(fit)) return {};
    detail::model_reader<std::remove_reference_t<Records>, Model> reader(function, records, model);
    detail::require(reader.names() == fit.names, function, "the model of the fit", reader.names().size());

    struct expected {
        double mean, slope, curvature;
    };
    const auto expected_at = [is_poisson](double eta) -> expected {
        if (is_poisson) return {std::exp(eta), std::exp(eta), std::exp(eta)};
        const double mean = 1 / (1 + std::exp(-eta)), slope = mean / (1 + std::exp(eta));
        return {mean, slope, slope * (1 - 2 * mean)};
    };
    const auto& b = fit.coefficients;
    const std::size_t p = b.size();
    const auto add = [p](std::vector<double>& sums, double factor, std::span<const double> columns) {
        double* COMPUTE_DIVIDE_RESTRICT const to = sums.data();
        const double* COMPUTE_DIVIDE_RESTRICT const x = columns.data();
        for (std::size_t j = 0; j < p; ++j) to[j] += factor * x[j];
    };
    const auto dot = [&](std::span<const double> x) {
        double sum = 0;
        for (std::size_t j = 0; j < p; ++j) sum += x[j] * b[j];
        return sum;
    };
    auto effects = detail::effects_of(reader, function);
    for (const std::string& name : wanted)
        detail::require(detail::find(effects, name, &detail::effect_sum::name) != effects.end(), function,
                        "names of effects", name);
    if (!wanted.empty())
        std::erase_if(effects, [&](const auto& effect) { return detail::find(wanted, effect.name) == wanted.end(); });
    for (auto& effect : effects) effect.gradient.resize(p);
    detail::find_columns(reader, p, model.intercept, effects);
    const bool any_number = detail::any_of(effects, [](const auto& effect) { return effect.level == 0; });
    std::vector<double> base(p), changed(p);
    const auto change = [&](std::vector<double>& x, const auto& fill) { reader.fill_columns(x, fill); };
    double weights = 0;
    for (auto&& record : records) {
        if (!reader.read(record)) continue;
        const double w = reader.weight();
        weights += w;
        const expected here = any_number ? expected_at(reader.offset() + dot(reader.columns())) : expected{};
        for (auto& effect : effects) {
            if (effect.level == 0) {
                if (!effect.is_linear || reader.n() == 1) {
                    auto is_in = effect.is_in.begin();
                    change(effect.changed, [&](auto& term, double* out) {
                        if (*is_in++ != 0) term.fill_slope(record, effect.variable, out);
                    });
                    if (model.intercept) effect.changed.front() = 0;
                }
                double by_variable = 0;
                for (const std::size_t j : effect.columns) by_variable += effect.changed[j] * b[j];
                effect.sum += w * here.slope * by_variable;
                for (const std::size_t j : effect.columns) effect.gradient[j] += w * here.slope * effect.changed[j];
                add(effect.gradient, w * here.curvature * by_variable, reader.columns());
                continue;
            }
            const auto at = [&](std::size_t level, std::vector<double>& x) {
                change(x, [&](auto& term, double* out) { term.fill_level(record, effect.variable, level, out); });
                return expected_at(reader.offset() + dot(x));
            };
            const expected without = at(0, base), with = at(effect.level, changed);
            effect.sum += w * (with.mean - without.mean);
            add(effect.gradient, w * with.slope, changed);
            add(effect.gradient, -w * without.slope, base);
        }
    }
    detail::require(reader.n() == fit.n, function, "the records of the fit", reader.n());

    std::vector<marginal_effect> results;
    for (auto& effect : effects) {
        for (double& x : effect.gradient) x /= weights;
        auto of = detail::combination_of(fit, effect.gradient, false);
        of.value = effect.sum / weights;
        if (!(of.standard_error > 0)) of.status = estimate_status::degenerate;
        results.push_back({.name = effect.name,
                           .estimate = detail::estimate_with_value(fit, of),
                           .standard_error = of.standard_error,
                           .test = detail::test_by_standard_error(fit, of)});
    }
    return results;
}

}  // namespace compute_divide::inline v0_2

#endif
