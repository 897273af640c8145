// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/two_samples.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

using numbers = std::vector<double>;

}  // namespace

TEST_CASE("records of one range, of groups that may not be known") {
    struct model {
        std::optional<bool> industry;
        std::optional<double> flop;
        [[nodiscard]] bool is_industry() const { return industry.value_or(false); }
    };
    const std::vector<model> models = {{true, 8},  {false, 2},           {true, 4}, {std::nullopt, 3}, {false, 1},
                                       {true, {}}, {false, std::nan("")}};
    const cd::two_samples both(models, &model::flop, &model::industry);
    CHECK(both.first() == numbers{4, 8});
    CHECK(both.second() == numbers{1, 2});
    CHECK(both.n_missing() == 3);
    const cd::two_samples known(models, &model::flop, &model::is_industry);
    CHECK(known.second() == numbers{1, 2, 3});

    const std::vector<int> whole = {9, 7}, others = {1, 2, 2};
    const cd::two_samples plain(whole, others);
    CHECK(plain.first() == numbers{7, 9});
    const cd::two_samples once(test_support::single_pass<int>{whole}, test_support::single_pass<int>{others});
    CHECK(once.second() == plain.second());
    const auto half = [](int x) { return x / 2.0; };
    CHECK(cd::two_samples(whole, others, half).first() == numbers{3.5, 4.5});
}

TEST_CASE("infinite values are refused") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(message_of([] {
              return cd::two_samples(numbers{1, infinity}, numbers{1});
          }) == "compute_divide::two_samples: finite values, got inf");
}

TEST_CASE("scales have names") {
    for (const auto& [value, name, words] : enumerators(cd::comparison_scale{}))
        CHECK(cd::parse_name<cd::comparison_scale>(name) == value);
    CHECK(cd::two_sample_result{} == cd::two_sample_result{});
    CHECK_FALSE(cd::two_sample_result{});
}
