// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/specification_set.hpp>

#include <iterator>
#include <ranges>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::alternatives;

namespace {

struct window {
    int from, to;
    bool operator==(const window&) const = default;
};
const alternatives<window> years{"years", {{"2012-19", {2012, 2019}}, {"2015-19", {2015, 2019}}}};
const alternatives<bool> weights{"weights", {{"none", false}, {"papers", true}}};
const alternatives<int> lags{"lag", {{"0", 0}, {"1", 1}, {"2", 2, cd::option_standing::debatable}}};

using set_of_three = cd::specification_set<window, bool, int>;
static_assert(std::ranges::forward_range<const set_of_three>);
static_assert(std::copyable<set_of_three>);

}  // namespace

TEST_CASE("the product of choices, the last varying fastest") {
    const cd::specification_set set(years, weights, lags);
    CHECK(set.count() == 12);
    CHECK(set.combinations() == 12);
    CHECK(std::ranges::distance(set) == 12);
    const auto first = *set.begin();
    CHECK(first.choices == std::vector<cd::choice>{{"years", "2012-19"}, {"weights", "none"}, {"lag", "0"}});
    CHECK(first.values == std::tuple(window{2012, 2019}, false, 0));
    const auto second = *std::next(set.begin());
    CHECK(second.choices.back().option == "1");
    CHECK(second.standing == cd::option_standing::equivalent);
    CHECK((*std::next(set.begin(), 2)).standing == cd::option_standing::debatable);
    std::vector<std::vector<cd::choice>> seen;
    for (auto&& each : set) {
        CHECK(std::ranges::find(seen, each.choices) == seen.end());
        seen.push_back(each.choices);
    }
    CHECK(seen.back() == std::vector<cd::choice>{{"years", "2015-19"}, {"weights", "papers"}, {"lag", "2"}});
}

TEST_CASE("conditions leave out, each with its reason and count") {
    const cd::specification_set all(years, weights, lags);
    const auto some =
        all.where("lags need the long window", [](window w, bool, int lag) { return lag == 0 || w.from == 2012; })
            .where("no weights at lag 2",
                   [](const window&, bool weighted, int lag) { return !(weighted && lag == 2); });
    CHECK(all.count() == 12);
    CHECK(some.count() == 7);
    CHECK(some.combinations() == 12);
    CHECK(some.left_out() ==
          std::vector<cd::left_out_specifications>{{"lags need the long window", 4}, {"no weights at lag 2", 1}});
    CHECK(to_string(some) ==
          "7 specifications of 12\n"
          "years: 2012-19, 2015-19\n"
          "weights: none, papers\n"
          "lag: 0, 1, 2 (debatable)\n"
          "left out, 4: lags need the long window\n"
          "left out, 1: no weights at lag 2");
    for (auto&& each : some) CHECK((std::get<2>(each.values) == 0 || std::get<0>(each.values).from == 2012));
    const auto none = all.where("nothing", [](window, bool, int) { return false; });
    CHECK(none.count() == 0);
    CHECK(none.begin() == none.end());
}

TEST_CASE("millions of combinations cost no memory until they are run") {
    alternatives<int> many{"many", {}};
    for (int i = 0; i < 1000; ++i) many.options.push_back({std::to_string(i), i});
    auto others = many;
    others.name = "others";
    const auto diagonal = cd::specification_set(many, others).where("equal alone", [](int a, int b) { return a == b; });
    CHECK(diagonal.combinations() == 1'000'000);
    CHECK((*std::next(diagonal.begin(), 3)).values == std::tuple(3, 3));
}

TEST_CASE("options of an enum") {
    const auto standings = cd::alternatives_of<cd::option_standing>("standing");
    REQUIRE(standings.options.size() == 3);
    CHECK(standings.options[2].name == "wrong_but_common");
    CHECK(standings.options[2].value == cd::option_standing::wrong_but_common);
}

TEST_CASE("errors") {
    const auto message = [](const auto& choice) {
        return test_support::message_of([&] { return cd::specification_set(weights, choice); });
    };
    CHECK(message(alternatives<int>{"", {{"0", 0}}}) ==
          "compute_divide::specification_set: a name of each choice, got \"\"");
    CHECK(message(alternatives<int>{"lag", {}}) ==
          "compute_divide::specification_set: options of each choice, none of, got \"lag\"");
    CHECK(message(weights) == "compute_divide::specification_set: choices of different names, got \"weights\"");
    CHECK(message(alternatives<int>{"lag", {{"0", 0}, {"1", 1}, {"0", 2}}}) ==
          "compute_divide::specification_set: options of different names of a choice, got \"0\"");
    alternatives<int> many{"1", {}};
    for (int i = 0; i < 2000; ++i) many.options.push_back({std::to_string(i), i});
    auto two = many, three = many, four = many, five = many;
    two.name = "2";
    three.name = "3";
    four.name = "4";
    five.name = "5";
    CHECK(test_support::message_of([&] { return cd::specification_set(many, two, three, four, five); }) ==
          "compute_divide::specification_set: at most 2^53 combinations, with, got \"5\"");
}
