// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/least_squares_coefficient.hpp>

#include <cmath>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct record {
    double x, z, y;
};
std::vector<record> records() {
    std::mt19937 random(3);
    std::normal_distribution<double> noise;
    std::vector<record> made;
    for (int i = 0; i < 40; ++i) {
        const double x = noise(random), z = i % 7;
        made.push_back({x, z, 2 + 0.5 * x - 0.1 * z + noise(random)});
    }
    return made;
}
cd::least_squares sums_of(const std::vector<record>& all) {
    cd::least_squares sums(2, {.names = {"x", "z"}});
    for (const record& r : all) {
        const double row[] = {r.x, r.z};
        sums.add(row, r.y);
    }
    return sums;
}

}  // namespace

TEST_CASE("the estimate of a coefficient is that of the regression of the records") {
    const auto all = records();
    const auto fit = sums_of(all).result();
    const auto model =
        cd::fit_linear(all, cd::model_of(&record::y).on(cd::variable("x", &record::x), cd::variable("z", &record::z)));
    for (const std::string name : {"(intercept)", "x", "z"}) {
        const auto found = cd::coefficient(fit, name), expected = cd::coefficient(model, name);
        CHECK(*found.value == doctest::Approx(*expected.value).epsilon(1e-14));
        CHECK(found.lower() == doctest::Approx(expected.lower()).epsilon(1e-13));
        CHECK(found.upper() == doctest::Approx(expected.upper()).epsilon(1e-13));
        CHECK(found.method == expected.method);
        CHECK(found.n == expected.n);
        CHECK(found.degrees_of_freedom == expected.degrees_of_freedom);
        CHECK(found.status == cd::estimate_status::ok);
    }
    CHECK(cd::coefficient(fit, 1) == cd::coefficient(fit, "x"));
    CHECK(cd::coefficient(fit, 1, 0.5).bounds->width() < cd::coefficient(fit, 1, 0.9).bounds->width());
}

TEST_CASE("where there is none the status says why, and wrong columns are errors") {
    using enum cd::estimate_status;
    CHECK(cd::coefficient(cd::least_squares(2).result(), 1).status == no_data);
    auto few = sums_of({{1, 2, 3}, {2, 1, 2}});
    CHECK(cd::coefficient(few.result(), 1).status == too_few);
    CHECK(!cd::coefficient(few.result(), 1).value);
    std::vector<record> alike = records();
    for (record& r : alike) r.z = 3 * r.x;
    const auto dependent = sums_of(alike).result();
    CHECK(cd::coefficient(dependent, "z").status == degenerate);
    CHECK(cd::coefficient(dependent, "x").status == ok);
    CHECK(cd::coefficient(dependent, "x").degrees_of_freedom == 38);
    const auto fit = sums_of(records()).result();
    CHECK(message_of([&] { return cd::coefficient(fit, 3); }) ==
          "compute_divide::coefficient: a column of the fit, got 3");
    CHECK(message_of([&] { return cd::coefficient(fit, "w"); }) ==
          "compute_divide::coefficient: the name of a column of the fit, got \"w\"");
    CHECK(message_of([&] { return cd::coefficient(fit, 1, 1.0); }) != "no error");
    CHECK(message_of([&] { return cd::coefficient(fit, 1, std::nan("")); }) != "no error");
}
