// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/inequality_split.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/shares/concentration.hpp>

#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;

namespace {

struct firm {
    std::optional<std::string> group;
    double amount;
};

}  // namespace

TEST_CASE("Theil's measures split, against an independent computation") {
    const std::vector<firm> firms{{"a", 120}, {"a", 80},  {"b", 45}, {"b", 45},
                                  {"c", 20},  {"c", 7.5}, {"a", 3},  {"b", 1}};
    const auto split = cd::split_inequality(firms, &firm::group, &firm::amount);
    REQUIRE(split.groups.size() == 3);
    CHECK(split.groups[0].group == "a");
    CHECK(split.groups[0].amount_share == doctest::Approx(203.0 / 321.5).epsilon(1e-14));
    CHECK(split.groups[0].owners_share == 3.0 / 8);
    int compared = 0;
    const auto compare = [&](const auto& t, const auto& l, const test_support::reference_row& row) {
        CHECK(*t == doctest::Approx(row.numbers[6]).epsilon(1e-13));
        CHECK(*l == doctest::Approx(row.numbers[7]).epsilon(1e-13));
        ++compared;
    };
    for (const auto& row : test_support::reference_table("concentration", 13)) {
        CAPTURE(row.name);
        if (row.name == "split_within") compare(split.theil_t_within, split.theil_l_within, row);
        if (row.name == "split_between") compare(split.theil_t_between, split.theil_l_between, row);
        for (const auto& each : split.groups)
            if (row.name == "split_group_" + each.group) compare(each.theil_t, each.theil_l, row);
    }
    CHECK(compared == 5);
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

TEST_CASE("a group whose amounts are nothing beside those of another has its own inequality") {
    const auto alone = cd::split_inequality(std::vector<firm>{{"b", 1}, {"b", 2}}, &firm::group, &firm::amount);
    for (const double small : {1e-5, 1e-200, 1e-300, 5e-324}) {
        CAPTURE(small);
        const std::vector<firm> firms{{"a", 1e308}, {"b", small}, {"b", 2 * small}};
        const auto split = cd::split_inequality(firms, &firm::group, &firm::amount);
        REQUIRE(split.groups.size() == 2);
        CHECK(*split.groups[1].theil_t == doctest::Approx(*alone.theil_t).epsilon(1e-14));
        CHECK(*split.groups[1].theil_l == doctest::Approx(*alone.theil_l).epsilon(1e-14));
        CHECK(*split.theil_t == doctest::Approx(std::log(3.0)).epsilon(1e-14));
        // L = sum log(m / x) / n, with m = 1e308 / 3 of all
        const double mean = std::log(1e308) - std::log(3.0);
        const double l = (3 * mean - std::log(1e308) - std::log(small) - std::log(2 * small)) / 3;
        CHECK(*split.theil_l == doctest::Approx(l).epsilon(1e-14));
    }
}
