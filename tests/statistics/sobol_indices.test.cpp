// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/sobol_indices.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <span>
#include <vector>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

constexpr double pi = std::numbers::pi;

double ishigami(double x, double y, double z) {
    return std::sin(x) + 7 * std::pow(std::sin(y), 2) + 0.1 * std::pow(z, 4) * std::sin(x);
}
double of_uniform(std::span<const double> u) {
    return ishigami((2 * u[0] - 1) * pi, (2 * u[1] - 1) * pi, (2 * u[2] - 1) * pi);
}

}  // namespace

TEST_CASE("the estimators on a fixed design of 64 rows, against another implementation") {
    const std::array<int, 3> of_a{17, 29, 41}, of_b{53, 61, 71};
    const auto at = [](int row, int multiplier) { return (row * multiplier % 97 + 0.5) / 97 * 2 * pi - pi; };
    cd::detail::sobol_values values{{}, {}, std::vector<std::vector<double>>(3)};
    for (int row = 1; row <= 64; ++row) {
        std::array<double, 3> a{}, b{};
        for (std::size_t j = 0; j < 3; ++j) {
            a[j] = at(row, of_a[j]);
            b[j] = at(row, of_b[j]);
        }
        values.a.push_back(ishigami(a[0], a[1], a[2]));
        values.b.push_back(ishigami(b[0], b[1], b[2]));
        for (std::size_t j = 0; j < 3; ++j) {
            auto mixed = a;
            mixed[j] = b[j];
            values.mixed[j].push_back(ishigami(mixed[0], mixed[1], mixed[2]));
        }
    }
    const std::array<double, 3> first{0.37505391616150924, 0.49235815224936363, 0.01779384810700143};
    const std::array<double, 3> total{0.5140379091356772, 0.4204602428661066, 0.22353239442043982};
    for (std::size_t j = 0; j < 3; ++j) {
        const auto [f, t] = cd::detail::jansen_indices(values, j, 64, std::identity{});
        CHECK(f == doctest::Approx(first[j]).epsilon(1e-12));
        CHECK(t == doctest::Approx(total[j]).epsilon(1e-12));
    }
}

TEST_CASE("Ishigami's function: closed forms lie in the intervals, and are met closely" * doctest::test_suite("long")) {
    const auto result = cd::sobol_indices(of_uniform, 3, {.rows = 20'000, .level = 0.999, .threads = 2});
    REQUIRE(result);
    const std::array<double, 3> first{0.31390519114781146, 0.4424111447900408, 0};
    const std::array<double, 3> total{0.5575888552099592, 0.4424111447900408, 0.24368366406214775};
    for (std::size_t j = 0; j < 3; ++j) {
        CHECK(result.inputs[j].first.bounds->contains(first[j]));
        CHECK(result.inputs[j].total.bounds->contains(total[j]));
        CHECK(std::fabs(*result.inputs[j].first.value - first[j]) < 0.04);
        CHECK(std::fabs(*result.inputs[j].total.value - total[j]) < 0.02);
    }
    CHECK(result.mean == doctest::Approx(3.5).epsilon(0.02));
    CHECK(result.variance == doctest::Approx(13.844587940719258).epsilon(0.03));
}

TEST_CASE("indices are the same on any number of threads, and do not move with the model's origin or unit") {
    const auto one = cd::sobol_indices(of_uniform, 3, {.rows = 500});
    CHECK(one == cd::sobol_indices(of_uniform, 3, {.rows = 500, .threads = 3}));
    const auto moved =
        cd::sobol_indices([](std::span<const double> u) { return 1e200 * (of_uniform(u) + 20); }, 3, {.rows = 500});
    for (std::size_t j = 0; j < 3; ++j)
        CHECK(*moved.inputs[j].total.value == doctest::Approx(*one.inputs[j].total.value).epsilon(1e-9));
}

TEST_CASE("Sobol's g function of eight inputs: closed forms are met closely") {
    constexpr std::array<double, 8> weights{0, 1, 4.5, 9, 99, 99, 99, 99};
    const auto g = [&](std::span<const double> u) {
        double product = 1;
        for (std::size_t i = 0; i < weights.size(); ++i)
            product *= (std::fabs(4 * u[i] - 2) + weights[i]) / (1 + weights[i]);
        return product;
    };
    const auto result = cd::sobol_indices(g, weights.size(), {.rows = 20'000, .replicates = 40});
    double whole = 1;
    for (const double a : weights) whole *= 1 + 1 / (3 * (1 + a) * (1 + a));
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const double own = 1 / (3 * (1 + weights[i]) * (1 + weights[i]));
        CHECK(std::fabs(*result.inputs[i].first.value - own / (whole - 1)) < 0.03);
        CHECK(std::fabs(*result.inputs[i].total.value - own * whole / (1 + own) / (whole - 1)) < 0.02);
    }
}

TEST_CASE("intervals hold the closed forms about as often as they say" * doctest::test_suite("long")) {
    constexpr std::array<double, 3> first{0.31390519114781146, 0.4424111447900408, 0};
    constexpr std::array<double, 3> total{0.5575888552099592, 0.4424111447900408, 0.24368366406214775};
    constexpr int samples = 150;
    std::array<int, 3> of_first{}, of_total{};
    for (int sample = 0; sample < samples; ++sample) {
        const auto result = cd::sobol_indices(
            of_uniform, 3,
            {.rows = cd::fewest_sobol_rows, .replicates = 200, .seed = 10 * static_cast<std::uint64_t>(sample) + 5});
        for (std::size_t i = 0; i < 3; ++i) {
            of_first[i] += result.inputs[i].first.bounds->contains(first[i]) ? 1 : 0;
            of_total[i] += result.inputs[i].total.bounds->contains(total[i]) ? 1 : 0;
            CHECK(result.inputs[i].total.status == cd::estimate_status::ok);
        }
    }
    for (std::size_t i = 0; i < 3; ++i) {
        CAPTURE(i);
        CHECK(of_first[i] > 0.9 * samples);
        CHECK(of_total[i] > 0.9 * samples);
    }
}

TEST_CASE("few rows say that their intervals are not known to cover") {
    for (const auto& each : cd::sobol_indices(of_uniform, 3, {.rows = cd::fewest_sobol_rows - 1}).inputs) {
        CHECK(each.first.status == cd::estimate_status::few_clusters);
        CHECK(each.total.status == cd::estimate_status::few_clusters);
    }
}

TEST_CASE("additive models: first and total are one" * doctest::test_suite("long")) {
    const auto result =
        cd::sobol_indices([](std::span<const double> u) { return 3 * u[0] + 4 * u[1]; }, 2, {.rows = 20'000});
    CHECK(*result.inputs[0].total.value == doctest::Approx(9.0 / 25).epsilon(0.03));
    CHECK(*result.inputs[1].first.value == doctest::Approx(16.0 / 25).epsilon(0.03));
}

TEST_CASE("a constant model, one that is not finite, wrong options") {
    CHECK(cd::sobol_indices([](std::span<const double>) { return 3.0; }, 2).status == cd::estimate_status::degenerate);
    CHECK(cd::sobol_indices(
              [](std::span<const double> u) { return u[0] > 0.5 ? std::numeric_limits<double>::infinity() : u[0]; }, 1)
              .status == cd::estimate_status::degenerate);
    const auto message = [](std::size_t inputs, const cd::sobol_options& options) {
        return test_support::message_of([&] { static_cast<void>(cd::sobol_indices(of_uniform, inputs, options)); });
    };
    CHECK(message(0, {}) == "compute_divide::sobol_indices: at least one input, got 0");
    CHECK(message(3, {.rows = 3}) == "compute_divide::sobol_indices: rows >= 16, got 3");
    CHECK(message(3, {.replicates = 3}) == "compute_divide::sobol_indices: replicates >= 40, got 3");
    CHECK(message(3, {.level = 95}) == "compute_divide::sobol_indices: level in (0, 1), got 95");
}
