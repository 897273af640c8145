// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_SOUND_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_SOUND_HPP

#include <cmath>
#include <concepts>
#include <exception>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <compute_divide/concepts.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>

/// What must hold of every result: where a status says that there are values they are numbers, never NaN or infinite.
namespace test_support {

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
        // As documented: the criteria of a number of breaks that is more than can be judged.
        const bool open = x > 0 && (path.ends_with(".bic") || path.ends_with(".criterion"));
        if (!std::isfinite(x) && !open) return path + ": infinite";
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

/// What is wrong with what `compute` gives, or with its way of refusing, which must be the documented one; else
/// nothing.
template <class Compute>
std::string unsound_in(const std::string& name, const Compute& compute) {
    try {
        return unsound(compute(), name);
    } catch (const std::invalid_argument& refused) {
        return std::string_view(refused.what()).starts_with("compute_divide::") ? "" : name + ": " + refused.what();
    } catch (const std::exception& error) {
        return name + ": an exception of another kind: " + error.what();
    }
}

}  // namespace test_support

#endif
