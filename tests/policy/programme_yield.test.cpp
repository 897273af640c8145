// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/programme_yield.hpp>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::uncertain;
using test_support::close;
using test_support::message_of;

constexpr cd::flop_per_second h100(989.4e12);

TEST_CASE("the largest run is what takes all chips for its time") {
    const cd::flop run = cd::largest_run(5000, h100, 0.375, 0.5, 2);
    const cd::seconds time = cd::chip_time_of(run, h100, 0.375);
    CHECK(close(time.count() / 3600, 5000 * 8766 * 0.5 / 2, 1e-13));
    const auto unsure = cd::largest_run({5000, "chips", 0.2}, h100, {0.375, "utilisation", 0.1}, 0.5, 2);
    CHECK(close(unsure.value().value(), run.value(), 1e-14));
    CHECK(close(unsure.log_sd(), std::hypot(0.2, 0.1), 1e-14));
}

TEST_CASE("days of groups, and runs of a size") {
    CHECK(close(cd::chip_days_each(1000, 50), 1000 * 365.25 / 50, 1e-15));
    CHECK(close(cd::chip_days_each({1000, "chips", 0.3}, 50).log_sd(), 0.3, 1e-15));
    CHECK(close(cd::runs_of_size(cd::flop(1e26), cd::flop(2e23)), 500, 1e-15));
    CHECK(close(cd::runs_of_size({cd::flop(1e26), "a", 0.3}, {cd::flop(2e23), "b", 0.4}).log_sd(), 0.5, 1e-15));
}

TEST_CASE("the models that a programme could have trained") {
    const std::vector<std::optional<double>> models{1e22, 1e23, 1e24, {}, 1e25, {}};
    const cd::estimate e = cd::trainable_share(models, std::identity{}, cd::flop(1e24));
    CHECK(e.value == 0.75);
    CHECK(e.n == 4);
    CHECK(e.n_missing == 2);
    CHECK(cd::trainable_share(std::vector<double>{}, std::identity{}, cd::flop(1)).status ==
          cd::estimate_status::no_data);
}

TEST_CASE("what is no stock and no group") {
    CHECK(message_of([] { return cd::largest_run(0, h100, 0.3, 1); }).find("chips > 0") != std::string::npos);
    CHECK(message_of([] { return cd::largest_run(1, h100, 0.3, 0); }).find("years > 0") != std::string::npos);
    CHECK(message_of([] { return cd::largest_run(1, h100, 0.3, 1, 0); }).find("teams >= 1") != std::string::npos);
    CHECK(message_of([] { return cd::largest_run(1, h100, 1.3, 1); }).find("utilisation") != std::string::npos);
    CHECK(message_of([] { return cd::chip_days_each(0, 3); }).find("chips > 0") != std::string::npos);
    CHECK(message_of([] { return cd::chip_days_each(1, 0); }).find("groups >= 1") != std::string::npos);
    CHECK(message_of([] { return cd::runs_of_size(cd::flop(0), cd::flop(1)); }).find("work > 0") != std::string::npos);
    CHECK(message_of([] { return cd::runs_of_size(cd::flop(1), cd::flop(0)); }).find("size > 0") != std::string::npos);
    CHECK(message_of([] {
              return cd::trainable_share(std::vector<double>{1}, std::identity{}, cd::flop(0));
          }).find("size > 0") != std::string::npos);
}
