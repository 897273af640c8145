// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_LADDER_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_LADDER_HPP

#include <cmath>
#include <concepts>
#include <cstdio>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/test_result.hpp>

/// One ladder of finite numbers, of every scale, mixed, tied, zero and subnormal, for whatever takes numbers, and what
/// must hold of every result: where a status says that there are values they are numbers, never NaN or infinite.
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

/// What of a result is no number where its status says that there is one; empty where all is well.
template <class T>
std::string unsound(const T& x, const std::string& path) {
    if constexpr (std::same_as<T, compute_divide::estimate>) {
        const bool has_value = static_cast<bool>(x);
        if (has_value && !x.value) return path + ": a status of values, and none";
        if (x.value && !std::isfinite(*x.value)) return path + ": a value that is no number";
        if (x.bounds && !(x.bounds->lower <= x.bounds->upper)) return path + ": bounds out of order, or NaN";
        if (x.bounds && !std::isfinite(x.bounds->lower)) return path + ": an infinite lower bound";
        // As documented: an odds ratio over 0 has a lower end alone, and no value; so has a slope that may be none.
        const bool open = !has_value || path.ends_with(".doubling.months");
        if (x.bounds && !open && !std::isfinite(x.bounds->upper)) return path + ": an infinite upper bound";
        if (x.bounds && !has_value && std::isfinite(x.bounds->upper)) return path + ": bounds without a value";
        if (x.degrees_of_freedom && !std::isfinite(*x.degrees_of_freedom)) return path + ": degrees of freedom";
    } else if constexpr (std::same_as<T, compute_divide::test_result>) {
        if (x && !x.p_value && !x.statistic) return path + ": a status of values, and none";
        if (x.p_value && !(*x.p_value >= 0 && *x.p_value <= 1)) return path + ": p beyond [0, 1]";
        if (x.statistic && !std::isfinite(*x.statistic)) return path + ": a statistic that is no number";
        if (!x && x.p_value) return path + ": p without a status of values";
    } else if constexpr (compute_divide::described_result<T>) {
        std::string found;
        compute_divide::for_each_member(x, [&](std::string_view name, const auto& value) {
            if (found.empty()) found = unsound(value, path + "." + std::string(name));
        });
        return found;
    } else if constexpr (compute_divide::detail::is_tuple<T>) {
        std::string found;
        std::apply([&](const auto&... part) { ((found = found.empty() ? unsound(part, path) : found), ...); }, x);
        return found;
    } else if constexpr (std::floating_point<T>) {
        if (std::isnan(x)) return path + ": NaN";
        if (!std::isfinite(x)) return path + ": infinite";
    } else if constexpr (std::convertible_to<const T&, std::string_view> || std::is_enum_v<T> || std::integral<T>) {
        return {};
    } else if constexpr (requires {
                             x.has_value();
                             *x;
                         }) {
        if (x) return unsound(*x, path);
    } else if constexpr (std::ranges::input_range<const T&>) {
        for (const auto& each : x)
            if (std::string found = unsound(each, path); !found.empty()) return found;
    } else if constexpr (std::same_as<T, compute_divide::interval>) {
        if (!(x.lower <= x.upper)) return path + ": an interval out of order, or NaN";
        if (!std::isfinite(x.lower) || !std::isfinite(x.upper)) return path + ": an infinite interval";
    }
    return {};
}

/// Whether `compute` gives a sound result, or refuses in the documented way.
template <class Compute>
void check_sound(const std::string& name, const Compute& compute) {
    std::string wrong;
    try {
        wrong = unsound(compute(), name);
    } catch (const std::invalid_argument& refused) {
        if (!std::string_view(refused.what()).starts_with("compute_divide::")) wrong = name + ": " + refused.what();
    } catch (const std::exception& error) {
        wrong = name + ": an exception of another kind: " + error.what();
    }
    CHECK(wrong == "");
}

}  // namespace test_support

#endif
