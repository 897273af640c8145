// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/curve_verdict.hpp>

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/curves.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::claim_direction;
using cd::verdict;
using test_support::ran;

namespace {

/// `above` specifications above 0, and `below` under it, with a joint test of this p.
cd::specification_curve curve(int above, int below, double p, double smallest_adjusted = 1) {
    std::vector<cd::specification> all;
    for (int i = 0; i < above + below; ++i)
        all.push_back(ran({{"lag", i < above ? "none" : "a year"}, {"number", i % 2 == 0 ? "even" : "odd"}},
                          i < above ? 1 : -1, 2));
    auto result = cd::specification_curve_of(all);
    result.joint.stouffer.p_value = p;
    result.joint.stouffer.status = cd::estimate_status::ok;
    result.joint.stouffer.statistic = above - below;
    if (!result.specifications.empty()) result.specifications.back().adjusted_p_value = smallest_adjusted;
    return result;
}
verdict of(const cd::specification_curve& c, claim_direction direction = claim_direction::above,
           const cd::curve_verdict_options& options = {}) {
    return cd::verdict_of(c, direction, options).outcome;
}

}  // namespace

TEST_CASE("the rule, at its edges") {
    CHECK(of(curve(9, 1, 0.05)) == verdict::agrees);
    CHECK(of(curve(8, 2, 0.05)) == verdict::depends);
    CHECK(of(curve(9, 1, 0.051, 0.05)) == verdict::depends);
    CHECK(of(curve(9, 1, 0.051, 0.06)) == verdict::not_distinguishable);
    CHECK(of(curve(10, 0, 0.9)) == verdict::not_distinguishable);
    CHECK(of(curve(9, 1, 0.01), claim_direction::below) == verdict::opposite);
    CHECK(of(curve(1, 9, 0.01), claim_direction::below) == verdict::agrees);
    CHECK(of(curve(1, 9, 0.01)) == verdict::opposite);
    CHECK(of(curve(0, 0, 0.01)) == verdict::no_data);
    CHECK(of(curve(6, 4, 0.01), claim_direction::above, {.share = 0.6}) == verdict::agrees);
    CHECK(of(curve(9, 1, 0.01), claim_direction::above, {.significance = 0.005}) == verdict::not_distinguishable);
    auto untested = curve(9, 1, 0.01);
    untested.joint = {};
    CHECK(of(untested) == verdict::no_data);
    // tests that are not known to keep their level decide nothing
    auto few = curve(9, 1, 0.001, 0.001);
    few.joint.stouffer.status = cd::estimate_status::few_clusters;
    CHECK(of(few) == verdict::not_distinguishable);
    CHECK(to_string(cd::verdict_of(few, claim_direction::above)).ends_with("joint p = 0.001 of few clusters)"));
}

TEST_CASE("what it is from") {
    const auto v = cd::verdict_of(curve(6, 4, 0.2, 0.01), claim_direction::below);
    CHECK(v.outcome == verdict::depends);
    CHECK(v.share_in_direction == 0.4);
    CHECK(v.joint_p == 0.2);
    CHECK(v.single_supporting == 0);
    CHECK(v.single_contradicting == 1);
    CHECK(to_string(v) == "depends on the specification: lag (40 % in the study's direction, joint p = 0.2)");
    CHECK(to_string(cd::verdict_of(curve(9, 1, 0.01), claim_direction::above)) ==
          "agrees under nearly every specification (90 % in the study's direction, joint p = 0.01)");
    CHECK(cd::curve_verdict_rule({.share = 0.8, .significance = 0.01}).find("at least 80 % of") != std::string::npos);
    CHECK(to_json(v).find(R"("outcome":"depends")") != std::string::npos);
}

TEST_CASE("errors") {
    const auto message = [](claim_direction direction, const cd::curve_verdict_options& options) {
        return test_support::message_of([&] { return of(curve(1, 1, 1), direction, options); });
    };
    CHECK(message(claim_direction::about, {}) ==
          "compute_divide::verdict_of: a direction, above or below, got \"about\"");
    CHECK(message(claim_direction::above, {.share = 0.5}) ==
          "compute_divide::verdict_of: a share in (0.5, 1], got 0.5");
    CHECK(message(claim_direction::above, {.significance = 0}) ==
          "compute_divide::verdict_of: a significance in (0, 1), got 0");
}
