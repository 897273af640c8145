// SPDX-License-Identifier: BSL-1.0
#include "support/associations.hpp"

#include <algorithm>
#include <cstddef>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/regression/to_string.hpp>

namespace example {

namespace cd = compute_divide;

cd::estimate no_estimate(const cd::regression_fit& fit) {
    return {.level = fit.level,
            .method = cd::name_of(fit.covariance.kind),
            .n = fit.n,
            .n_missing = fit.n_missing,
            .status = fit ? cd::estimate_status::degenerate : fit.status};
}

std::string json_of(const cd::regression_fit& fit, const std::vector<std::string>& terms) {
    cd::regression_fit some = fit;
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < fit.names.size(); ++i)
        if (std::ranges::find(terms, fit.names[i]) != terms.end()) kept.push_back(i);
    some.names.clear();
    some.coefficients.clear();
    some.covariance.values.clear();
    some.dependent.clear();
    some.covariance.p = kept.size();
    for (const std::size_t i : kept) {
        if (std::ranges::find(fit.dependent, i) != fit.dependent.end()) some.dependent.push_back(some.names.size());
        some.names.push_back(fit.names[i]);
        if (!fit.coefficients.empty()) some.coefficients.push_back(fit.coefficients[i]);
        if (fit.covariance.values.empty()) continue;
        for (const std::size_t j : kept)
            some.covariance.values.push_back(fit.covariance.values[i * fit.covariance.p + j]);
    }
    std::string json = to_json(some);
    const std::size_t steps = json.find(",\"iterations\":");
    if (steps != std::string::npos) json.erase(steps, json.find_first_of(",}", steps + 1) - steps);
    return json;
}

std::string errors_of(const cd::regression_fit& fit) {
    std::string errors(cd::name_of(fit.covariance.kind));
    if (fit.covariance.shared_labels) return errors + fmt::format(" ({})", fit.covariance.clusters);
    if (!fit.clusters.empty()) errors += fmt::format(" ({})", fmt::join(fit.clusters, " x "));
    return errors;
}

}  // namespace example
