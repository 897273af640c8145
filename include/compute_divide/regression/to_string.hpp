// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_TO_STRING_HPP
#define COMPUTE_DIVIDE_REGRESSION_TO_STRING_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// A regression as a table to read, and as JSON.
namespace compute_divide::inline v0_2 {

/// Stands here rather than beside regression_fit, so that no program writes a fit by the general to_string and to_json
/// for want of those below.
[[nodiscard]] constexpr auto members(std::type_identity<regression_fit>) {
    return member_list(
        member{"family", &regression_fit::family}, member{"names", &regression_fit::names},
        member{"coefficients", &regression_fit::coefficients}, member{"covariance", &regression_fit::covariance},
        member{"clusters", &regression_fit::clusters}, member{"reference", &regression_fit::reference},
        member{"level", &regression_fit::level}, member{"dependent", &regression_fit::dependent},
        member{"combinations", &regression_fit::combinations}, member{"n", &regression_fit::n},
        member{"n_missing", &regression_fit::n_missing}, member{"rank", &regression_fit::rank},
        member{"r_squared", &regression_fit::r_squared}, member{"residual_sd", &regression_fit::residual_sd},
        member{"log_likelihood", &regression_fit::log_likelihood},
        member{"null_log_likelihood", &regression_fit::null_log_likelihood},
        member{"deviance", &regression_fit::deviance}, member{"theta", &regression_fit::theta},
        member{"theta_standard_error", &regression_fit::theta_standard_error},
        member{"theta_kind", &regression_fit::theta_kind}, member{"absorbed", &regression_fit::absorbed},
        member{"separated", &regression_fit::separated}, member{"levels", &regression_fit::levels},
        member{"iterations", &regression_fit::iterations}, member{"status", &regression_fit::status});
}

namespace detail {

template <class... Values>
[[nodiscard]] std::string formatted(const char* pattern, Values... values) {
    std::string text(static_cast<std::size_t>(std::snprintf(nullptr, 0, pattern, values...)), ' ');
    std::snprintf(text.data(), text.size() + 1, pattern, values...);
    return text;
}

/// The covariance in words: "clustered, 33 clusters, correction stata", "clustered, 129 shared labels worth
/// 85 clusters, ...", "hc1", ...
[[nodiscard]] inline std::string covariance_words(const regression_fit& fit) {
    std::string words(name_of(fit.covariance.kind));
    if (!of_clusters(fit.covariance.kind)) return words;
    for (std::size_t i = 0; i < fit.clusters.size(); ++i)
        words.append(i == 0 ? ", " : " x ").append(std::to_string(fit.clusters[i]));
    words += fit.covariance.shared_labels ? formatted(" shared labels worth %llu clusters",
                                                      static_cast<unsigned long long>(fit.covariance.clusters))
                                          : " clusters";
    if (fit.covariance.rows_scaled) words += ", rows scaled";
    if (fit.covariance.kind != covariance_kind::clustered) return words;
    return words.append(", correction ").append(name_of(fit.covariance.correction));
}

/// Whole numbers between the levels of an ordinal response that no record has, from the first to the last of each gap;
/// none where a level is no whole number.
[[nodiscard]] inline std::vector<std::pair<double, double>> empty_levels(const regression_fit& fit) {
    std::vector<std::pair<double, double>> gaps;
    if (!detail::all_of(fit.levels, [](double level) { return level == std::floor(level); })) return gaps;
    for (std::size_t i = 1; i < fit.levels.size(); ++i)
        if (fit.levels[i] - fit.levels[i - 1] > 1) gaps.emplace_back(fit.levels[i - 1] + 1, fit.levels[i] - 1);
    return gaps;
}

/// Why a fit with coefficients has no covariance.
[[nodiscard]] inline std::string_view covariance_lacks(const regression_fit& fit) {
    const auto& v = fit.covariance;
    if (fit.residual_sd == 0) return "the fit is exact";
    if (v.kind == covariance_kind::clustered && v.status == estimate_status::too_few) return "fewer than 3 clusters";
    if (adjusts_clusters(v.kind) && v.status == estimate_status::too_few) return "fewer than 2 clusters";
    if (v.kind == covariance_kind::cr3 && v.status == estimate_status::degenerate)
        return "one cluster alone determines a coefficient";
    if (v.kind == covariance_kind::clustered && v.status == estimate_status::degenerate)
        return "a variance is negative, and no repair was asked for";
    if ((v.kind == covariance_kind::hc2 || v.kind == covariance_kind::hc3) && v.status == estimate_status::degenerate)
        return "one record alone determines a coefficient";
    return description_of(v.status);
}

/// Why there are no numbers, or what to know about those that are there; a line each.
[[nodiscard]] inline std::vector<std::string> remarks(const regression_fit& fit) {
    std::vector<std::string> lines;
    if (fit.separated) {
        const auto& s = *fit.separated;
        std::string terms;
        for (const auto& term : s.terms) terms.append(terms.empty() ? "" : ", ").append(term);
        lines.push_back(formatted("no finite estimate: %s %s the outcomes of %zu records", terms.c_str(),
                                  s.complete ? "completely separates" : "separates", s.records.size()));
        if (fit.family == regression_family::logit) lines.back() += ": leave a term out, or use Firth's logit";
    }
    if (fit.family == regression_family::negative_binomial && fit.coefficients.empty() && fit.log_likelihood)
        lines.emplace_back("no finite theta: the counts scatter no more than Poisson's; use fit_poisson");
    if (fit.family == regression_family::proportional_odds && fit.levels.size() == 1)
        lines.push_back(formatted("all responses are %g: there is nothing to tell apart", fit.levels.front()));
    for (const auto& [below, above] : empty_levels(fit))
        lines.push_back(below == above
                            ? formatted("no record is of level %g, which has no threshold", below)
                            : formatted("no record is of levels %g to %g, which have no threshold", below, above));
    for (const std::size_t i : fit.dependent)
        lines.push_back(fit.names[i] + ": left out, a combination of the terms before it" +
                        (fit.absorbed ? " or of the effects" : ""));
    if (fit.status == estimate_status::no_data || fit.status == estimate_status::too_few)
        lines.push_back(formatted("%s: %llu for %zu coefficients", std::string(description_of(fit.status)).c_str(),
                                  static_cast<unsigned long long>(fit.n), fit.names.size()));
    if (fit.status == estimate_status::not_converged)
        lines.push_back(formatted("not converged in %d iterations", fit.iterations));
    if (!fit.coefficients.empty() && fit.covariance.values.empty())
        lines.push_back("no standard errors: " + std::string(covariance_lacks(fit)));
    if (fit.covariance.values.empty()) return lines;
    const auto& v = fit.covariance;
    if (v.repaired)
        lines.emplace_back("the covariance had a negative eigenvalue, set to 0; errors are larger than without that");
    if (v.records_are_few())
        lines.push_back(formatted("few records, %llu: intervals by %s are known to cover less than their level%s",
                                  static_cast<unsigned long long>(v.n), std::string(name_of(v.kind)).c_str(),
                                  fit.family == regression_family::proportional_odds ? "" : "; use hc3"));
    const auto clusters = static_cast<unsigned long long>(v.clusters);
    const bool adjustable = fit.family != regression_family::proportional_odds;
    const char* const instead = adjustable ? "; use cr2 or the wild cluster bootstrap" : "";
    if (v.clusters_are_few() && v.shared_labels)
        lines.push_back(
            formatted("shared labels worth few clusters, %llu, or %.3g of one size: intervals are known to "
                      "cover less than their level",
                      clusters, v.effective_clusters));
    else if (v.clusters_are_few() && v.clusters >= enough_clusters)
        lines.push_back(
            formatted("uneven clusters, %llu that are worth %.3g of one size: intervals are known to cover less than "
                      "their level%s",
                      clusters, v.effective_clusters, instead));
    else if (v.clusters_are_few())
        lines.push_back(
            formatted("few clusters, %llu: intervals are known to cover less than their level%s", clusters, instead));
    for (const std::size_t i : v.few_treated)
        lines.push_back(fit.names[i] +
                        ": yes, or no, in fewer than 6 clusters: its interval is known to cover less than its level" +
                        instead);
    for (std::size_t i = 0; i < v.degrees_of.size(); ++i)
        if (v.degrees_of[i] > 0 && v.degrees_of[i] < enough_degrees)
            lines.push_back(fit.names[i] +
                            formatted(": few clusters inform it, %.3g degrees of freedom", v.degrees_of[i]));
    return lines;
}

}  // namespace detail

/// The table that R and Stata print:
///
///     linear regression of 428 records, 3 missing
///     covariance clustered, 33 clusters, correction stata; t with 32 degrees of freedom
///
///                    estimate  std. error        t  P>|t|  [95 % interval]
///     (intercept)     -12.345       1.234   -10.00  0.000  -14.900  -9.790
///
///     R2 0.604, residual sd 1.23
[[nodiscard]] inline std::string to_string(const regression_fit& fit, estimate_format format = {.digits = 4}) {
    const int digits = format.digits;
    const bool t = fit.reference == reference_distribution::student_t;
    std::string text = detail::formatted("%s regression of %llu records", std::string(name_of(fit.family)).c_str(),
                                         static_cast<unsigned long long>(fit.n));
    if (fit.n_missing > 0) text += detail::formatted(", %llu missing", static_cast<unsigned long long>(fit.n_missing));
    if (fit.absorbed) {
        std::string levels;
        for (const auto number : fit.absorbed->levels)
            levels.append(levels.empty() ? "" : " + ").append(std::to_string(number));
        text += "\nabsorbed effects: " + levels + " levels, " + std::to_string(fit.absorbed->singletons) +
                " singletons dropped";
    }
    const auto lines = coefficient_lines(fit);
    if (!lines.empty()) {
        text += "\ncovariance " + detail::covariance_words(fit);
        const bool own = t && !fit.covariance.degrees_of.empty();  // each coefficient has its own
        text += own ? std::string("; t with Satterthwaite's degrees of freedom")
                : t ? detail::formatted("; t with %g degrees of freedom", fit.covariance.degrees_of_freedom)
                    : std::string("; normal");
        std::size_t widest = 0;
        for (const auto& line : lines) widest = std::max(widest, line.name.size());
        const int width = static_cast<int>(widest), number = digits + 8;
        text += detail::formatted("\n\n%*s%*s%*s%9s%9s%*s", width, "", number, "estimate", number, "std. error",
                                  t ? "t" : "z", t ? "P>|t|" : "P>|z|", 2 * number,
                                  detail::formatted("[%g %% interval]", 100 * fit.level).c_str());
        if (own) text += "       df";
        for (const auto& line : lines) {
            if (!line.estimate) {
                text += detail::formatted("\n%-*s%*s", width, line.name.c_str(), number,
                                          std::string(description_of(line.estimate.status)).c_str());
                continue;
            }
            text += detail::formatted("\n%-*s%*.*g%*.*g%9.2f%9.*g%*.*g%*.*g", width, line.name.c_str(), number, digits,
                                      *line.estimate.value, number, digits, line.standard_error,
                                      line.test.statistic.value_or(0), 2, line.test.p_value.value_or(1), number, digits,
                                      line.estimate.lower(), number, digits, line.estimate.upper());
            if (own) text += detail::formatted("%9.3g", line.estimate.degrees_of_freedom.value_or(0));
        }
        text += "\n";
    } else if (!fit.coefficients.empty()) {
        text += "\n";
        for (std::size_t i = 0; i < fit.names.size(); ++i)
            if (detail::find(fit.dependent, i) == fit.dependent.end())
                text += detail::formatted("\n%s %.*g", fit.names[i].c_str(), digits, fit.coefficients[i]);
        text += "\n";
    }
    std::string facts;
    const auto fact = [&](const char* name, const std::optional<double>& value) {
        if (value)
            facts.append(facts.empty() ? "" : ", ").append(name).append(detail::formatted(" %.*g", digits, *value));
    };
    fact("R2", fit.r_squared);
    if (fit.absorbed) fact("R2 within", fit.absorbed->r_squared_within);
    fact("residual sd", fit.residual_sd);
    fact("log likelihood", fit.log_likelihood);
    fact("without terms", fit.null_log_likelihood);
    fact("deviance", fit.deviance);
    fact("theta", fit.theta);
    if (fit.theta && fit.theta_kind) facts.append(" (").append(name_of(*fit.theta_kind)).append(")");
    if (fit.theta_standard_error) fact("std. error", fit.theta_standard_error);
    if (!facts.empty()) text += "\n" + facts;
    for (const auto& remark : detail::remarks(fit)) text += "\n" + remark;
    return text;
}

/// {"family","n","missing","covariance",...,"terms":[{"name","estimate","standard_error","statistic","p","lower",
/// "upper","degrees_of_freedom"}],...} at full precision; a term whose interval is not known to cover has a status;
/// null for what there is not. A dependent term has its name alone, one without a standard error its estimate.
[[nodiscard]] inline std::string to_json(const regression_fit& fit) {
    std::string terms = "[";
    const auto lines = coefficient_lines(fit);
    auto line = lines.begin();
    for (std::size_t i = 0; i < fit.names.size(); ++i) {
        json_object term;
        term.with("name", std::string_view(fit.names[i]));
        const bool estimated = !fit.coefficients.empty() && detail::find(fit.dependent, i) == fit.dependent.end();
        if (estimated) term.with("estimate", fit.coefficients[i]);
        if (estimated && !lines.empty()) {
            term.with("standard_error", line->standard_error)
                .with("statistic", line->test.statistic)
                .with("p", line->test.p_value)
                .with("lower", line->estimate ? std::optional(line->estimate.lower()) : std::nullopt)
                .with("upper", line->estimate ? std::optional(line->estimate.upper()) : std::nullopt)
                .with("degrees_of_freedom", line->estimate.degrees_of_freedom);
            if (line->estimate.status != estimate_status::ok) term.with("status", line->estimate.status);
            ++line;
        }
        terms.append(terms.size() > 1 ? "," : "").append(term.text());
    }
    json_object object;
    object.with("family", name_of(fit.family))
        .with("status", name_of(fit.status))
        .with("n", fit.n)
        .with("missing", fit.n_missing)
        .with("covariance", name_of(fit.covariance.kind));
    if (fit.covariance.kind == covariance_kind::clustered)
        object.with("correction", name_of(fit.covariance.correction));
    if (detail::of_clusters(fit.covariance.kind)) object.with("clusters", fit.clusters);
    if (fit.covariance.shared_labels)
        object.with("shared_labels", true).with("independent_clusters", fit.covariance.clusters);
    if (fit.covariance.repaired) object.with("repaired", true);
    if (fit.covariance.rows_scaled) object.with("rows_scaled", true);
    object.with("reference", name_of(fit.reference));
    if (fit.reference == reference_distribution::student_t)
        object.with("degrees_of_freedom", fit.covariance.degrees_of_freedom);
    object.with("level", fit.level).with_text("terms", terms + "]");
    std::vector<std::string> dependent;
    for (const std::size_t i : fit.dependent) dependent.push_back(fit.names[i]);
    object.with("dependent", dependent)
        .with("r_squared", fit.r_squared)
        .with("residual_sd", fit.residual_sd)
        .with("log_likelihood", fit.log_likelihood)
        .with("null_log_likelihood", fit.null_log_likelihood)
        .with("deviance", fit.deviance)
        .with("theta", fit.theta)
        .with("theta_standard_error", fit.theta_standard_error)
        .with("theta_kind", fit.theta_kind ? std::optional(name_of(*fit.theta_kind)) : std::nullopt)
        .with("iterations", fit.iterations);
    if (fit.absorbed)
        object.with_text("absorbed", json_object()
                                         .with("levels", fit.absorbed->levels)
                                         .with("singletons", fit.absorbed->singletons)
                                         .with("degrees", fit.absorbed->degrees_of_freedom)
                                         .with("r_squared_within", fit.absorbed->r_squared_within)
                                         .text());
    if (!fit.levels.empty()) object.with("levels", fit.levels);
    if (fit.separated)
        object.with_text("separated", json_object()
                                          .with("terms", fit.separated->terms)
                                          .with("direction", fit.separated->direction)
                                          .with("records", fit.separated->records)
                                          .with("complete", fit.separated->complete)
                                          .text());
    return object.text();
}

}  // namespace compute_divide::inline v0_2

#endif
