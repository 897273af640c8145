// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_RESULTS_HPP
#define COMPUTE_DIVIDE_RESULTS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/test_result.hpp>

/// The one language of results. Every result is a plain aggregate; beside it stands a list of its members, by which it
/// is written as JSON and as text, compared, and put into tables. A result of your own joins by the same few lines:
///
///     struct gap { estimate years; test_result test; };
///     [[nodiscard]] constexpr auto members(std::type_identity<gap>) {
///         return member_list(member{"years", &gap::years}, member{"test", &gap::test});
///     }
///     to_json(gap{...});    // {"years":{"value":...},"test":{...}}
///     to_string(gap{...});  // years  3.66 [2.73, 4.85] (...)
///                           // test   statistic ...
///
/// The conventions that all results keep are in docs/architecture.md.
namespace compute_divide::inline v0_2 {

template <described_result Result>
[[nodiscard]] std::string to_string(const Result& result, estimate_format format = {});

namespace detail {

template <class T>
concept written_by_to_string = requires(const T& value, estimate_format format) {
    { to_string(value, format) } -> std::convertible_to<std::string>;
};

[[nodiscard]] inline std::string indented(std::string_view text, std::size_t by) {
    std::string lines;
    for (const char c : text) {
        lines += c;
        if (c == '\n') lines.append(by, ' ');
    }
    return lines;
}

/// A member's value in words.
template <class T>
[[nodiscard]] std::string member_text(const T& value, estimate_format format) {
    if constexpr (std::same_as<T, bool>) {
        return value ? "yes" : "no";
    } else if constexpr (std::integral<T>) {
        return std::to_string(value);
    } else if constexpr (std::floating_point<T>) {
        char text[64];
        std::snprintf(text, sizeof text, format.percent ? "%.*f" : "%.*g", format.digits,
                      static_cast<double>(value) * (format.percent ? 100 : 1));
        return text;
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (named_enum<T>) {
        return std::string(description_of(value));
    } else if constexpr (std::is_enum_v<T>) {
        return std::to_string(static_cast<std::underlying_type_t<T>>(value));
    } else if constexpr (whole_day<T> || calendar_date<T>) {
        return date_text(value);
    } else if constexpr (calendar_year<T>) {
        return std::to_string(static_cast<int>(value));
    } else if constexpr (time_span<T>) {
        return member_text(seconds_in(value), {.digits = format.digits}) + " s";
    } else if constexpr (requires {
                             value.has_value();
                             *value;
                         }) {
        return value.has_value() ? member_text(*value, format) : std::string("none");
    } else if constexpr (written_by_to_string<T>) {
        return to_string(value, format);
    } else if constexpr (std::ranges::input_range<const T&>) {
        std::string text;
        for (const auto& each : value) {
            const std::string piece = member_text(each, format);
            text.append(text.empty() ? "" : piece.find('\n') == piece.npos ? ", " : "\n").append(piece);
        }
        return text.empty() ? "none" : text;
    } else if constexpr (requires { std::tuple_size<T>::value; }) {
        std::string text;
        std::apply(
            [&](const auto&... part) {
                (text.append(text.empty() ? "" : ", ").append(member_text(part, format)), ...);
            },
            value);
        return text;
    } else {
        static_assert(written_by_to_string<T>, "a member of a result needs to_string(value, estimate_format)");
    }
}

}  // namespace detail

/// A result as text, a line for each member: its name, then its value. A member that is a result itself is set in under
/// its name.
template <described_result Result>
[[nodiscard]] std::string to_string(const Result& result, estimate_format format) {
    std::size_t widest = 0;
    for_each_member(result, [&](std::string_view name, const auto&) { widest = std::max(widest, name.size()); });
    std::string text;
    for_each_member(result, [&](std::string_view name, const auto& value) {
        std::string words(name);
        for (char& c : words)
            if (c == '_') c = ' ';
        words.append(widest - name.size() + 2, ' ');
        text.append(text.empty() ? "" : "\n").append(words);
        text += detail::indented(detail::member_text(value, format), widest + 2);
    });
    return text;
}

}  // namespace compute_divide::inline v0_2

#endif
