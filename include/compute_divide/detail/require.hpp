// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_REQUIRE_HPP
#define COMPUTE_DIVIDE_DETAIL_REQUIRE_HPP

#include <charconv>
#include <concepts>
#include <stdexcept>
#include <string>
#include <string_view>

#include <compute_divide/detail/ieee_arithmetic.hpp>

/// Every error of the library reads `compute_divide::<function>: <what is required>, got <value>`.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] inline std::string shown(std::string_view text) {
    return std::string(1, '"').append(text.substr(0, 80)).append(text.size() > 80 ? "...\"" : "\"");
}
template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string shown(T value) {
    if constexpr (std::same_as<T, bool>) {
        return value ? "true" : "false";
    } else {
        char text[64];
        return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
    }
}

template <class Value>
[[noreturn]] void fail(std::string_view function, std::string_view requirement, const Value& got) {
    throw std::invalid_argument(std::string("compute_divide::")
                                    .append(function)
                                    .append(": ")
                                    .append(requirement)
                                    .append(", got ")
                                    .append(shown(got)));
}

/// Throws std::invalid_argument where `condition` does not hold.
template <class Value>
constexpr void require(bool condition, std::string_view function, std::string_view requirement, const Value& got) {
    if (!condition) fail(function, requirement, got);
}

inline void require_level(double level, std::string_view function) {
    require(level > 0 && level < 1, function, "level in (0, 1)", level);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
