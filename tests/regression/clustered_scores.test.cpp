// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/clustered_scores.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/covariance.hpp>
#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double x, z, y, weight;
    std::string organisation;
};

std::vector<model> models(std::size_t n) {
    std::mt19937 random(11);
    const auto number = [&] { return static_cast<double>(random() % 1000) / 100; };
    std::vector<model> made;
    for (std::size_t i = 0; i < n; ++i)
        made.push_back({number(), number(), number(), static_cast<double>(random() % 4),
                        "organisation " + std::to_string(random() % 17)});
    made[5].y = std::numeric_limits<double>::quiet_NaN();
    made[9].x = std::numeric_limits<double>::quiet_NaN();
    return made;
}

}  // namespace

TEST_CASE("scores of parts, merged, give the covariance that clustered_covariance makes of all records") {
    const auto all = models(400);
    const auto terms = std::tuple(&model::x, &model::z);
    for (const bool intercept : {true, false}) {
        CAPTURE(intercept);
        const auto fit = cd::fit_least_squares(all, terms, &model::y, &model::weight, {.intercept = intercept});
        REQUIRE(fit);
        cd::clustered_scores<std::string> merged(fit);
        std::vector<cd::clustered_scores<std::string>> parts(5, merged);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const double row[] = {all[i].x, all[i].z};
            parts[i * i % 5].add(row, all[i].y, all[i].organisation, all[i].weight);
        }
        for (const auto& part : parts) merged.merge(part);
        for (const auto correction : {cd::cluster_correction::none, cd::cluster_correction::stata}) {
            const auto expected =
                cd::clustered_covariance(all, terms, &model::y, &model::organisation, &model::weight, fit, correction);
            const auto found = merged.result(correction);
            REQUIRE(expected);
            CHECK(found.status == expected.status);
            CHECK(found.clusters == 17);
            CHECK(found.degrees_of_freedom == expected.degrees_of_freedom);
            CHECK(found.correction == correction);
            REQUIRE(found.values.size() == expected.values.size());
            for (std::size_t i = 0; i < found.values.size(); ++i)
                CHECK(close(found.values[i], expected.values[i], 1e-11));
        }
    }
}

TEST_CASE("two clusters are too few") {
    const auto fit = cd::fit_least_squares(std::vector<double>{1, 2, 3, 4}, std::vector<double>{1, 3, 2, 5});
    cd::clustered_scores<int> scores(fit);
    for (int i = 0; i < 4; ++i) {
        const double row[] = {1.0 + i};
        scores.add(row, std::vector<double>{1, 3, 2, 5}[static_cast<std::size_t>(i)], i % 2);
    }
    CHECK(scores.result().status == cd::estimate_status::too_few);
}

TEST_CASE("what is refused by name") {
    const std::vector<double> x{1, 2, 3, 4}, y{1, 3, 2, 5}, other_y{1, 3, 2, 6};
    const auto fit = cd::fit_least_squares(x, y), other_fit = cd::fit_least_squares(x, other_y);
    const auto none = cd::fit_least_squares(std::vector<double>{1}, std::vector<double>{1});
    cd::clustered_scores<int> scores(fit);
    const double row[] = {1, 2, 3};
    CHECK(message_of([&] { return cd::clustered_scores<int>(none); }) ==
          "compute_divide::clustered_scores: a fit with coefficients, got \"too few records\"");
    CHECK(message_of([&] {
              scores.add(row, 1, 1);
              return 0;
          }) == "compute_divide::clustered_scores: the terms of the fit, got 3");
    CHECK(message_of([&] {
              scores.add(std::span(row, 1), 1, std::optional<int>());
              return 0;
          }) == "compute_divide::clustered_scores: a cluster for each record, got \"none\"");
    CHECK(message_of([&] {
              scores.merge(cd::clustered_scores<int>(other_fit));
              return 0;
          }) == "compute_divide::clustered_scores: scores of the same fit, got 4");
    CHECK(message_of([&] { return scores.result(); }) ==
          "compute_divide::clustered_scores: the records of the fit, got 0");
}
