// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_ASSOCIATIONS_HPP

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/to_string.hpp>

/// What a regression says of one term, and how that compares with a direction which a study found.
namespace example {

namespace cd = compute_divide;

/// The line of a term among odds ratios or marginal effects, as an estimate; the status where there is none.
template <class Line>
cd::estimate estimate_of(const std::string& term, const std::vector<Line>& lines, const cd::regression_fit& fit) {
    cd::estimate result{.level = fit.level,
                        .method = cd::name_of(fit.covariance.kind),
                        .n = fit.n,
                        .n_missing = fit.n_missing,
                        .status = fit ? cd::estimate_status::degenerate : fit.status};
    const auto line = std::ranges::find(lines, term, &Line::name);
    return line == lines.end() ? result : line->estimate;
}

/// "-0.15 [-0.31, 0.02]", times a unit; the status where there is no value.
inline std::string told(const cd::estimate& e, int decimals = 2, double unit = 1) {
    if (!e) return std::string(cd::name_of(e.status));
    return fmt::format("{:.{}f} [{:.{}f}, {:.{}f}]", unit * *e.value, decimals, unit * e.lower(), decimals,
                       unit * e.upper(), decimals);
}

inline nlohmann::ordered_json to_json(const cd::estimate& e) {
    if (!e) return {{"status", cd::name_of(e.status)}};
    return {{"value", *e.value}, {"lower", e.lower()}, {"upper", e.upper()}};
}

/// Of some terms only, without those of effects; and without how many steps it took, which may depend on the processor.
inline nlohmann::ordered_json to_json(const cd::regression_fit& fit, const std::vector<std::string>& terms) {
    auto json = nlohmann::ordered_json::parse(cd::to_json(fit));
    json.erase("iterations");
    const auto all = std::exchange(json["terms"], nlohmann::ordered_json::array());
    for (const auto& term : all)
        if (std::ranges::count(terms, term["name"].get<std::string>()) > 0) json["terms"].push_back(term);
    return json;
}

/// With 10 digits of each number: the last ones depend on the processor.
inline nlohmann::ordered_json rounded(nlohmann::ordered_json json) {
    if (json.is_number_float()) return std::stod(fmt::format("{:.10g}", json.get<double>()));
    if (json.is_structured())
        for (auto& part : json) part = rounded(std::move(part));
    return json;
}

/// "n = 290, clustered (46)"
inline std::string basis_of(const cd::regression_fit& fit) {
    std::string basis = fmt::format("n = {}, {}", fit.n, cd::name_of(fit.covariance.kind));
    if (!fit.clusters.empty()) basis += fmt::format(" ({})", fmt::join(fit.clusters, " x "));
    return basis;
}

/// Against a study that found less than `none` (0 of a difference, 1 of a ratio): "agrees" only where the whole
/// interval does.
inline std::string against_a_decrease(const cd::estimate& e, double none = 0) {
    if (!e) return "not told";
    if (e.upper() < none) return "agrees";
    if (*e.value < none) return "same sign, not distinguishable";
    return e.lower() > none ? "does not reproduce: the opposite"
                            : "does not reproduce: other sign, not distinguishable";
}

}  // namespace example

#endif
