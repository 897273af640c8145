// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_LADDER_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_LADDER_HPP

#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/sound.hpp"

/// One ladder of finite numbers, of every scale, mixed, tied, zero and subnormal, for whatever takes numbers.
namespace test_support {

struct ladder_record {
    double x = 0, y = 0, weight = 1;
    int group = 0;
    bool yes = false;
};

struct rung {
    std::string name;
    std::vector<ladder_record> records;
};

/// Every pattern of `n` values at every scale, as y on x, on an even x, and as x of an ordinary y.
inline std::vector<rung> ladder(int n = 24) {
    const std::vector<double> scales{5e-324, 1e-320, 1e-308, 1e-300, 1e-200, 1e-170, 1e-154, 1e-100, 1e-18,
                                     1,      1e8,    1e18,   1e100,  1e149,  1e154,  1e200,  1e300,  7e306};
    const std::vector<std::pair<std::string, std::function<double(int)>>> patterns{
        {"spread", [](int i) { return 1.0 + (i * 7919 % 23); }},
        {"ties", [](int i) { return static_cast<double>(i % 2); }},
        {"constant", [](int) { return 1.0; }},
        {"zeros and one", [](int i) { return i == 5 ? 1.0 : 0.0; }},
        {"both signs", [](int i) { return (i % 2 == 0 ? 1 : -1) * (1.0 + i); }},
        {"far from zero", [](int i) { return 1e14 + i * 7 % 5; }},
        {"near equal", [](int i) { return i == 3 ? 1 + 0x1p-52 : 1.0; }},
        {"mixed", [](int i) { return std::pow(10.0, (i * 7 % 13 - 6) * 3.0); }}};
    std::vector<rung> all;
    const auto add = [&](std::string name, const std::function<double(int)>& x, const std::function<double(int)>& y) {
        rung one{std::move(name), {}};
        for (int i = 0; i < n; ++i) {
            const double of_x = x(i), of_y = y(i);
            if (!std::isfinite(of_x) || !std::isfinite(of_y)) return;
            one.records.push_back({of_x, of_y, 1.0 + i % 3, i % 6, i * 5 % 7 < 3});
        }
        all.push_back(std::move(one));
    };
    const auto even = [](int i) { return 1.0 + i; };
    const auto ordinary = [](int i) { return 1.0 + (i * 31 % 17); };
    for (const double scale : scales)
        for (const auto& each : patterns) {
            const auto& name = each.first;
            const auto& pattern = each.second;
            const auto scaled = [&, scale](int i) { return pattern(i) * scale; };
            char text[64];
            std::snprintf(text, sizeof text, " times %g", scale);
            add("y " + name + text, even, scaled);
            add("x " + name + text, scaled, ordinary);
            add("both " + name + text, scaled, scaled);
        }
    const auto everything = [](int i) { return std::pow(10.0, 25.0 * i - 300) * (i % 3 == 0 ? -1 : 1); };
    add("y of every scale", even, everything);
    add("x of every scale", everything, ordinary);
    add("both of every scale", everything, [&](int i) { return everything((i * 7) % 24); });
    return all;
}

template <class Compute>
void check_sound(const std::string& name, const Compute& compute) {
    CHECK(unsound_in(name, compute) == "");
}

}  // namespace test_support

#endif
