// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_JSON_TEXT_HPP
#define COMPUTE_DIVIDE_DETAIL_JSON_TEXT_HPP

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstdio>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>

namespace compute_divide::detail {

/// Values as JSON: numbers with the digits that give them back, null for what is not there or not finite.
[[nodiscard]] inline std::string json_of(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char code[8];
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
            quoted += code;
        } else {
            quoted += c;
        }
    }
    return quoted + '"';
}
template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string json_of(T value) {
    if constexpr (std::same_as<T, bool>) {
        return value ? "true" : "false";
    } else {
        if constexpr (std::floating_point<T>)
            if (!std::isfinite(value)) return "null";
        char text[64];
        return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
    }
}
template <class T>
[[nodiscard]] std::string json_of(const std::optional<T>& value) {
    return value ? json_of(*value) : "null";
}
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view>) [[nodiscard]] std::string
    json_of(const Values& values) {
    std::string list = "[";
    for (const auto& value : values) list.append(list.size() > 1 ? "," : "").append(json_of(value));
    return list + "]";
}

/// An object, member by member.
class json_object {
public:
    template <class T>
    json_object& with(std::string_view name, const T& value) {
        return with_text(name, json_of(value));
    }
    /// The value is JSON already.
    json_object& with_text(std::string_view name, std::string_view json) {
        text_.append(text_.size() > 1 ? "," : "").append(json_of(name)).append(":").append(json);
        return *this;
    }
    [[nodiscard]] std::string text() const { return text_ + "}"; }

private:
    std::string text_ = "{";
};

}  // namespace compute_divide::detail

#endif
