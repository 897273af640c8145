// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/compute_from_size.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

namespace {

constexpr double z90 = 1.6448536269514722;

constexpr learned_sizes plain{.intercepts = {20, 21, 22, 23, 24}, .per_parameters = 1, .per_year = 0.5, .sigma = 0.25};

}  // namespace

TEST_CASE("a line in parameters and year, by domain") {
    const struct {
        model_size size;
        double log10_flop;
    } rows[] = {{{1e8, model_domain::language, 2020}, 20},
                {{1e8, model_domain::vision, 2020}, 21},
                {{1e10, model_domain::biology, 2020}, 24},
                {{1e8, model_domain::games, 2022}, 24},
                {{1e6, model_domain::other, 2018}, 21}};
    for (const auto& row : rows) {
        const compute_estimate e = compute_of_size(row.size, {.sizes = plain});
        CHECK(close(std::log10(*e.flop.value), row.log10_flop, 1e-13));
        CHECK(e.method == compute_method::parameters_and_year);
        CHECK(e.flop.method == "parameters_and_year");
        CHECK(e.assumptions == compute_assumptions());
        CHECK(e.log10_sigma == 0.25);
        CHECK(close(std::log10(e.flop.upper() / *e.flop.value), z90 * 0.25, 1e-12));
        CHECK(close(e.flop.lower() * e.flop.upper(), *e.flop.value * *e.flop.value, 1e-12));
    }
    // Wider at a higher level.
    const compute_estimate wide = compute_of_size(rows[0].size, {.level = 0.99, .sizes = plain});
    CHECK(wide.flop.level == 0.99);
    CHECK(wide.flop.upper() > compute_of_size(rows[0].size, {.sizes = plain}).flop.upper());
}

TEST_CASE("as learned: more parameters and later years take more, and the interval is what it says") {
    for (const auto& domain : enumerators(model_domain{})) {
        const model_size size{1e9, domain.value, 2021};
        const double flop = *compute_of_size(size).flop.value;
        CHECK(*compute_of_size({2e9, domain.value, 2021}).flop.value > flop);
        CHECK(*compute_of_size({1e9, domain.value, 2023}).flop.value > flop);
        const double factor = compute_of_size(size).flop.upper() / flop;
        CHECK((factor > 60 && factor < 75));  // 67 each way
    }
}

TEST_CASE("records, and what is not known") {
    const std::vector<std::optional<double>> parameters{1e8, std::nullopt, 1e9};
    const auto size = [](std::optional<double> n) {
        return n ? std::optional(model_size{.parameters = *n}) : std::nullopt;
    };
    const auto all = compute_of_size(parameters, size, {.sizes = plain});
    REQUIRE(all.size() == 3);
    CHECK(all[0] == compute_of_size({.parameters = 1e8}, {.sizes = plain}));
    CHECK(!all[1]);
    CHECK(all[1].flop.status == estimate_status::no_data);
    CHECK(all[1].flop.n_missing == 1);
    CHECK(all[1].method == compute_method::parameters_and_year);
    CHECK(all[2] == compute_of_size({.parameters = 1e9}, {.sizes = plain}));
    CHECK(compute_of_size(std::vector<std::optional<double>>(), size).empty());
}

TEST_CASE("what cannot be") {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const double nan = std::nan("");
    for (const double parameters : {0.0, -1.0, infinite, nan})
        CHECK_THROWS_AS((void)compute_of_size({.parameters = parameters}), std::invalid_argument);
    for (const double year : {infinite, -infinite, nan})
        CHECK_THROWS_AS((void)compute_of_size({.parameters = 1e8, .year = year}), std::invalid_argument);
    for (const double level : {0.0, 1.0, nan}) {
        CHECK_THROWS_AS((void)compute_of_size({.parameters = 1e8}, {.level = level}), std::invalid_argument);
        CHECK_THROWS_AS((void)compute_of_size(std::array{1e8}, [](double n) { return model_size{.parameters = n}; },
                                              {.level = level}),
                        std::invalid_argument);
    }
}
