// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/trend_options.hpp>

#include <cstddef>
#include <string>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using cd::trend_interval;

TEST_CASE("there is an interval for every covariance of regression and every bootstrap interval, of its name") {
    std::size_t n_covariances = 0, n_bootstraps = 0;
    for (const auto& entry : enumerators(trend_interval{})) {
        CAPTURE(entry.name);
        const auto covariance = cd::covariance_of(entry.value);
        const auto bootstrap = cd::bootstrap_interval_of(entry.value);
        CHECK(!(covariance && bootstrap));
        if (covariance) {
            ++n_covariances;
            CHECK(entry.name == cd::name_of(*covariance));
        } else if (entry.value == trend_interval::cr2 || entry.value == trend_interval::cr3) {
            CHECK(!bootstrap);
        } else if (entry.value == trend_interval::sevilla_bootstrap) {
            CHECK(bootstrap == cd::bootstrap_interval::percentile);
        } else {
            ++n_bootstraps;
            CHECK(entry.name == "bootstrap_" + std::string(cd::name_of(*bootstrap)));
        }
    }
    CHECK(n_covariances == enumerators(cd::covariance_kind{}).size());
    // but the studentised one, which needs a standard error of each replicate
    CHECK(n_bootstraps == enumerators(cd::bootstrap_interval{}).size() - 1);
}

TEST_CASE("names of the choices can be parsed") {
    for (const auto& entry : enumerators(trend_interval{}))
        CHECK(cd::parse_name<trend_interval>(entry.name) == entry.value);
    CHECK(cd::parse_name<trend_interval>("bootstrap_bca") == trend_interval::bootstrap_bca);
    CHECK(cd::parse_name<cd::reference_distribution>("standard_normal") == cd::reference_distribution::standard_normal);
    CHECK(cd::parse_name<cd::cluster_correction>("cr1") == cd::cluster_correction::cr1);
    CHECK(cd::parse_name<cd::residual_variance>("separate") == cd::residual_variance::separate);
}
