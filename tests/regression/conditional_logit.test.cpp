// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/conditional_logit.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/terms.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct birth {
    bool low = false;
    int age = 0, threes = 0;
    double lwt = 0, smoke = 0, ht = 0;
};
const std::vector<birth> births = [] {
    std::vector<birth> all;
    const auto lines = test_support::detail::cells_of("regression_data/births.csv");
    for (std::size_t i = 1; i < lines.size(); ++i) {
        const auto number = [&](std::size_t j) { return std::strtod(lines[i][j].c_str(), nullptr); };
        const int age = static_cast<int>(number(1));
        all.push_back({number(0) == 1, age, age / 3, number(2), number(4), number(6)});
    }
    return all;
}();
const auto model =
    cd::model_of(&birth::low)
        .on(cd::variable("lwt", &birth::lwt), cd::variable("smoke", &birth::smoke), cd::variable("ht", &birth::ht))
        .absorbing(&birth::age);

struct pair {
    int group;
    bool yes;
    double x;
};

}  // namespace

// tests/reference/conditional_logit.R
TEST_CASE("a conditional logit as R's survival::clogit has it") {
    REQUIRE(births.size() == 189);
    const auto fit = cd::fit_conditional_logit(births, model);
    REQUIRE(fit);
    CHECK(fit.names == std::vector<std::string>{"lwt", "smoke", "ht"});
    CHECK(fit.n == 180);
    CHECK(fit.absorbed->levels == std::vector<std::uint64_t>{19});
    CHECK(fit.absorbed->singletons == 9);
    const std::array coefficients{-0.0169661603249708, 0.8415771406450060, 1.6640220201824332};
    const std::array errors{0.00703209457287186, 0.36255334532465483, 0.73933718528501491};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(close(fit.coefficients[i], coefficients[i], 1e-9));
        CHECK(close(fit.covariance.standard_error(i), errors[i], 1e-9));
    }
    CHECK(close(*fit.log_likelihood, -74.0910184010652, 1e-12));
    CHECK(close(*fit.null_log_likelihood, -81.7319705983097, 1e-12));

    const auto clustered = cd::fit_conditional_logit(births, model.clustered_by(&birth::threes));
    REQUIRE(clustered);
    CHECK(clustered.clusters == std::vector<std::uint64_t>{7});
    CHECK(clustered.covariance.status == estimate_status::few_clusters);
    const std::array clustered_errors{0.0070619272, 0.2802487260, 0.5837916026};
    for (std::size_t i = 0; i < 3; ++i) CHECK(close(clustered.covariance.standard_error(i), clustered_errors[i], 1e-6));
}

TEST_CASE("of pairs it is the logit of differences without an intercept") {
    // One x in each pair that tells: b = log of the ratio of the two kinds of discordant pairs.
    std::vector<pair> pairs;
    const auto add = [&](int n, double x_of_yes, double x_of_no) {
        for (int i = 0; i < n; ++i) {
            const int group = static_cast<int>(pairs.size());
            pairs.push_back({group, true, x_of_yes});
            pairs.push_back({group, false, x_of_no});
        }
    };
    add(30, 1, 0);
    add(10, 0, 1);
    add(25, 1, 1);
    const auto fit = cd::fit_conditional_logit(
        pairs, cd::model_of(&pair::yes).on(cd::variable("x", &pair::x)).absorbing(&pair::group));
    REQUIRE(fit);
    CHECK(close(fit.coefficients[0], std::log(3.0), 1e-12));
    CHECK(close(fit.covariance.standard_error(0), std::sqrt(1.0 / 30 + 1.0 / 10), 1e-10));
}

TEST_CASE("large groups neither overflow nor underflow") {
    // The score at b = 0 of a group of 4000 is that of sampling without replacement; the fit exists and is finite.
    std::vector<pair> large;
    for (int i = 0; i < 4000; ++i) large.push_back({i % 2, (i / 2 * 7) % 11 < 5, (i * 13 % 29) / 29.0});
    const auto fit = cd::fit_conditional_logit(
        large, cd::model_of(&pair::yes).on(cd::variable("x", &pair::x)).absorbing(&pair::group));
    REQUIRE(fit);
    CHECK(std::isfinite(fit.coefficients[0]));
    CHECK(std::fabs(fit.coefficients[0]) < 0.2);
    CHECK(close(fit.covariance.standard_error(0), 2 / std::sqrt(4000 / 12.0), 0.02));  // 1 / sqrt(n p (1 - p) Var x)
}

TEST_CASE("what cannot be estimated says why") {
    const auto of = [](const std::vector<pair>& pairs, const auto&... options) {
        return cd::fit_conditional_logit(
            pairs, cd::model_of(&pair::yes).on(cd::variable("x", &pair::x)).absorbing(&pair::group), options...);
    };
    std::vector<pair> constant, separated, agree;
    for (int g = 0; g < 10; ++g) {
        constant.insert(constant.end(), {{g, true, 1.0 * g}, {g, false, 1.0 * g}});
        separated.insert(separated.end(), {{g, true, 1}, {g, false, 0}});
        agree.insert(agree.end(), {{g, true, 1}, {g, true, 0}});
    }
    CHECK(of(constant).status == estimate_status::degenerate);
    CHECK(of(constant).dependent == std::vector<std::size_t>{0});
    CHECK(of(separated).status == estimate_status::degenerate);
    CHECK(of(separated).coefficients.empty());
    CHECK(of(agree).status == estimate_status::too_few);
    CHECK(of(agree).absorbed->singletons == 20);
    CHECK(of({}).status == estimate_status::no_data);

    CHECK(message_of([&] {
              static_cast<void>(of(separated, cd::regression_options{.covariance = cd::covariance_kind::hc1}));
          }) == "compute_divide::fit_conditional_logit: a classical or clustered covariance, got \"hc1\"");
    CHECK(message_of([&] {
              static_cast<void>(cd::fit_conditional_logit(
                  births, cd::model_of(&birth::lwt).on(cd::variable("ht", &birth::ht)).absorbing(&birth::age)));
          }).find("0 or 1") != std::string::npos);
    CHECK(message_of([&] {
              static_cast<void>(cd::fit_conditional_logit(births, model.weighted_by(&birth::lwt)));
          }).find("no weights") != std::string::npos);
    CHECK(message_of([&] {
              static_cast<void>(cd::fit_conditional_logit(births, model.absorbing(&birth::threes)));
          }).find("one field of effects") != std::string::npos);
    CHECK(message_of([&] {
              static_cast<void>(cd::fit_conditional_logit(births, model.clustered_by(&birth::smoke)));
          }).find("within one cluster") != std::string::npos);
}
