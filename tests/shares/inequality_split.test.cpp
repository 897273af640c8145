// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/inequality_split.hpp>

#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/shares/concentration.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

struct firm {
    std::optional<std::string> group;
    double amount;
};

}  // namespace

TEST_CASE("Theil's measures split, against an independent computation in R") {
    const std::vector<firm> firms{{"a", 120}, {"a", 80},  {"b", 45}, {"b", 45},
                                  {"c", 20},  {"c", 7.5}, {"a", 3},  {"b", 1}};
    const auto split = cd::split_inequality(firms, &firm::group, &firm::amount);
    CHECK(*split.theil_t == doctest::Approx(0.4930163742952753).epsilon(1e-13));
    CHECK(*split.theil_t_within == doctest::Approx(0.33538860138428633).epsilon(1e-13));
    CHECK(*split.theil_t_between == doctest::Approx(0.157627772910989).epsilon(1e-13));
    CHECK(*split.theil_l == doctest::Approx(0.8320446345277216).epsilon(1e-13));
    CHECK(*split.theil_l_within == doctest::Approx(0.6538136791414353).epsilon(1e-13));
    CHECK(*split.theil_l_between == doctest::Approx(0.1782309553862863).epsilon(1e-13));
    REQUIRE(split.groups.size() == 3);
    CHECK(split.groups[0].group == "a");
    CHECK(split.groups[0].amount_share == doctest::Approx(0.6314152410575428).epsilon(1e-13));
    CHECK(*split.groups[1].theil_t == doctest::Approx(0.3525838159900375).epsilon(1e-13));
    CHECK(*split.groups[2].theil_t == doctest::Approx(0.10719456225639445).epsilon(1e-13));
    const auto whole = cd::concentration_of(firms, &firm::amount);
    CHECK(*split.theil_t == doctest::Approx(*whole.theil_t.value).epsilon(1e-13));
    CHECK(*split.theil_l == doctest::Approx(*whole.theil_l.value).epsilon(1e-13));
}

TEST_CASE("a group with nothing, a group of zeros, an unknown group, nothing at all") {
    const std::vector<firm> firms{{"a", 2}, {"a", 0}, {"b", 0}, {std::nullopt, 5}};
    const auto split = cd::split_inequality(firms, &firm::group, &firm::amount);
    CHECK(split.n == 3);
    CHECK(split.n_missing == 1);
    CHECK(!split.theil_l);
    CHECK(*split.theil_t == doctest::Approx(std::log(3.0)).epsilon(1e-14));
    CHECK(!split.groups[1].theil_t);
    CHECK(cd::split_inequality(std::vector<firm>{}, &firm::group, &firm::amount).status ==
          cd::estimate_status::no_data);
    CHECK(cd::split_inequality(std::vector<firm>{{"a", 0}}, &firm::group, &firm::amount).status ==
          cd::estimate_status::degenerate);
    CHECK(test_support::message_of([] {
              static_cast<void>(cd::split_inequality(std::vector<firm>{{"a", -1}}, &firm::group, &firm::amount));
          }) == "compute_divide::split_inequality: finite amounts >= 0, got -1");
}
