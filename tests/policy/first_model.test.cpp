// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/first_model.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

double normal(cd::random_stream& stream) {
    return -cd::detail::upper_normal_quantile(stream.uniform() + 0x1p-54);
}

/// Models one by one until one is large enough: years, infinite past 1,000.
double simulated(const cd::model_stream& s, double size, cd::random_stream& stream) {
    const double level = s.log_level + s.log_level_sd * normal(stream), slope = s.slope + s.slope_sd * normal(stream);
    double t = 0;
    for (;;) {
        t -= std::log(1 - stream.uniform()) / s.a_year;
        if (t > 1000) return infinite;
        if (level + slope * t + s.spread * normal(stream) >= std::log10(size)) return t;
    }
}

}  // namespace

TEST_CASE("a line that is known: quantiles by quadrature") {  // tests/reference/policy.py
    const cd::first_model first = cd::first_model_of_size({22, 0.3, 0.7, 2}, 1e25, 0.9);
    CHECK(close(first.years.lower(), 5.5616988176833273, 1e-8));
    CHECK(close(*first.years.value, 8.4203886218860714, 1e-8));
    CHECK(close(first.years.upper(), 10.974094723374464, 1e-8));
    CHECK(first.probability == 1);
}

TEST_CASE("no growth: exponential waiting, and a shrinking group that may never") {
    const cd::first_model flat = cd::first_model_of_size({24, 0, 1, 3}, 1e25, 0.9);
    const double rate = 3 * std::erfc(1 / std::sqrt(2.0)) / 2;
    CHECK(close(*flat.years.value, std::log(2) / rate, 1e-8));
    CHECK(close(flat.years.upper(), std::log(20) / rate, 1e-8));
    const cd::first_model nearly_flat = cd::first_model_of_size({24, 1e-7, 1, 3}, 1e25, 0.9);
    CHECK(close(*nearly_flat.years.value, *flat.years.value, 1e-5));
    const cd::first_model shrinking = cd::first_model_of_size({24, -0.5, 0.5, 1}, 1e25);
    CHECK(shrinking.years.status == cd::estimate_status::degenerate);
    CHECK_FALSE(shrinking.years.value);
    CHECK(shrinking.probability < 0.1);
    CHECK(shrinking.probability > 0);
    const cd::first_model doubtful = cd::first_model_of_size({24, -0.1, 0.5, 30}, 1e25);
    CHECK(doubtful.years.upper() == infinite);
}

TEST_CASE("simulated streams: the interval holds 90 % of the dates") {
    for (const cd::model_stream& s : {cd::model_stream{22, 0.3, 0.7, 2}, cd::model_stream{22, 0.3, 0.7, 2, 0.3, 0.05},
                                      cd::model_stream{23.5, 0.1, 0.9, 5, 0.2, 0.08}}) {
        const cd::first_model told = cd::first_model_of_size(s, 1e25, 0.9);
        constexpr int n = 4000;
        int inside = 0, before = 0;
        for (int i = 0; i < n; ++i) {
            cd::random_stream stream(20, static_cast<std::uint64_t>(i));
            const double years = simulated(s, 1e25, stream);
            inside += told.years.bounds->contains(years) ? 1 : 0;
            before += years < *told.years.value ? 1 : 0;
        }
        CHECK(std::fabs(inside - 0.9 * n) < 4 * std::sqrt(0.09 * n));
        CHECK(std::fabs(before - 0.5 * n) < 4 * std::sqrt(0.25 * n));
    }
}

TEST_CASE("what is no stream") {
    const cd::model_stream good{22, 0.3, 0.7, 2};
    const auto refused = [&](auto change, const std::string& words) {
        cd::model_stream bad = good;
        change(bad);
        CHECK(message_of([&] { return cd::first_model_of_size(bad, 1e25); }).find(words) != std::string::npos);
    };
    refused([](auto& s) { s.a_year = 0; }, "models a year > 0");
    refused([](auto& s) { s.spread = 0; }, "spread > 0");
    refused([](auto& s) { s.log_level = std::nan(""); }, "a finite level");
    refused([](auto& s) { s.slope = infinite; }, "a finite slope");
    refused([](auto& s) { s.log_level_sd = -1; }, "standard errors >= 0");
    refused([](auto& s) { s.slope_sd = std::nan(""); }, "standard errors >= 0");
    CHECK(message_of([&] { return cd::first_model_of_size(good, 0); }).find("size > 0") != std::string::npos);
    CHECK(message_of([&] { return cd::first_model_of_size(good, 1e25, 1); }).find("level") != std::string::npos);
}
