// SPDX-License-Identifier: BSL-1.0
#include "support/label_places.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace {

using labels = std::vector<example::wanted_label>;

double moved(const labels& wanted, const std::vector<double>& places) {
    double sum = 0;
    for (std::size_t i = 0; i < wanted.size(); ++i) sum += std::pow(places[i] - wanted[i].centre, 2);
    return sum;
}

/// The least sum of squares of labels in their order on a grid of places.
double least_on_grid(const labels& wanted, double top, double bottom, double step, std::size_t first = 0) {
    if (first == wanted.size()) return 0;
    double least = std::numeric_limits<double>::infinity();
    const double half = wanted[first].height / 2;
    for (double at = top + half; at <= bottom - half + 1e-9; at += step)
        least = std::min(
            least, std::pow(at - wanted[first].centre, 2) + least_on_grid(wanted, at + half, bottom, step, first + 1));
    return least;
}

}  // namespace

TEST_CASE("labels that do not overlap stay") {
    const labels wanted{{50, 20}, {10, 10}, {90, 20}};
    CHECK(example::label_places(wanted, 0, 100) == std::vector<double>{50, 10, 90});
    CHECK(example::label_places({}, 0, 100).empty());
}

TEST_CASE("labels at one place are beside each other, in the order given") {
    CHECK(example::label_places({{50, 20}, {50, 20}, {50, 20}}, 0, 100) == std::vector<double>{30, 50, 70});
    CHECK(example::label_places({{0, 20}, {0, 20}}, 0, 100) == std::vector<double>{10, 30});
    CHECK(example::label_places({{100, 20}, {100, 20}}, 0, 100) == std::vector<double>{70, 90});
    CHECK(example::label_places({{5, 20}, {5, 20}, {5, 20}}, 0, 30) == std::vector<double>{10, 30, 50});  // no room
}

TEST_CASE("no places that do not overlap are nearer to the wanted ones") {
    std::mt19937 random(7);
    for (int round = 0; round < 60; ++round) {
        labels wanted(3);
        for (auto& each : wanted)
            each = {static_cast<double>(random() % 60), 4.0 + 4.0 * static_cast<double>(random() % 4)};
        std::ranges::stable_sort(wanted, {}, &example::wanted_label::centre);
        const auto places = example::label_places(wanted, 0, 60);
        double end = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(places[i] - wanted[i].height / 2 >= end - 1e-9);
            end = places[i] + wanted[i].height / 2;
        }
        CHECK(end <= 60 + 1e-9);
        CHECK(moved(wanted, places) <= least_on_grid(wanted, 0, 60, 1) + 1e-9);
    }
}
