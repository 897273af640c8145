// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_JSON_HPP
#define COMPUTE_DIVIDE_JSON_HPP

#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdio>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include <compute_divide/enumerators.hpp>

/// Values as JSON, for results that are written: numbers with the fewest digits that give the same double back, null
/// for what is not there or not finite, enumerators by their names, results by the list of their members.
namespace compute_divide {

/// A member of a result and its name in text, JSON and tables.
template <class Result, class Value>
struct member {
    std::string_view name;
    Value Result::*pointer;
};
template <class Result, class Value>
member(const char*, Value Result::*) -> member<Result, Value>;

/// A result with a list of its members: `members(std::type_identity<T>{})` beside it gives a tuple of `member`s.
template <class T>
concept described_result = std::is_class_v<T> && requires {
    members(std::type_identity<T>{});
};

/// Calls `use(name, value)` for each member of a result, in the order of its list.
template <described_result Result, class Use>
constexpr void for_each_member(const Result& result, Use&& use) {
    std::apply([&](const auto&... each) { (use(each.name, result.*each.pointer), ...); },
               members(std::type_identity<Result>{}));
}

template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string to_json(T value);
template <named_enum Enum>
[[nodiscard]] std::string to_json(Enum value);
template <class T>
[[nodiscard]] std::string to_json(const std::optional<T>& value);
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view>) [[nodiscard]] std::string to_json(const Values& values);
template <described_result Result>
[[nodiscard]] std::string to_json(const Result& result);

namespace detail {

/// How many bytes at the beginning of a text are one character of UTF-8 (`valid`), or the beginning of one that goes
/// wrong: the table of the Unicode standard, 3.9, and its practice of one replacement for the longest such beginning.
struct utf8_character {
    std::size_t length;  ///< in bytes
    bool valid;
};
[[nodiscard]] constexpr utf8_character first_utf8_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {1, true};
    if (first < 0xC2 || first > 0xF4) return {1, false};
    const std::size_t wanted = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    for (std::size_t i = 1; i < wanted; ++i) {
        const unsigned least = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        const unsigned most = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (i == text.size() || byte(i) < least || byte(i) > most) return {i, false};
    }
    return {wanted, true};
}

}  // namespace detail

/// JSON of a text: quoted, with `"`, `\` and control characters escaped. Bytes that are not UTF-8 become U+FFFD, so
/// that what is written is JSON whatever was read.
[[nodiscard]] inline std::string to_json(std::string_view text) {
    std::string quoted = "\"";
    while (!text.empty()) {
        const auto [length, valid] = detail::first_utf8_character(text);
        const char c = text[0];
        if (!valid) {
            quoted += "\xEF\xBF\xBD";
        } else if (c == '"' || c == '\\') {
            quoted.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            char code[8];
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
            quoted += code;
        } else {
            quoted += text.substr(0, length);
        }
        text.remove_prefix(length);
    }
    return quoted + '"';
}
[[nodiscard]] inline std::string to_json(const std::string& text) {
    return to_json(std::string_view(text));
}
[[nodiscard]] inline std::string to_json(const char* text) {
    return to_json(std::string_view(text));
}

/// JSON of a number or of true and false; null for NaN and infinity.
template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string to_json(T value) {
    if constexpr (std::same_as<T, bool>) {
        return value ? "true" : "false";
    } else {
        if constexpr (std::floating_point<T>)
            if (!std::isfinite(value)) return "null";
        char text[64];
        if constexpr (std::floating_point<T>)  // whole numbers as such: 100000, not 1e+05
            if (std::fabs(value) < T(1e15) && std::trunc(value) == value)
                return std::string(text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr);
        return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
    }
}

/// JSON of an enumerator: its name.
template <named_enum Enum>
[[nodiscard]] std::string to_json(Enum value) {
    return to_json(name_of(value));
}

/// JSON of what may not be there: null where it is not.
template <class T>
[[nodiscard]] std::string to_json(const std::optional<T>& value) {
    return value ? to_json(*value) : "null";
}

/// JSON of a range: an array.
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view>) [[nodiscard]] std::string
    to_json(const Values& values) {
    std::string list = "[";
    for (const auto& value : values) list.append(list.size() > 1 ? "," : "").append(to_json(value));
    return list + "]";
}

/// A JSON object, member by member: `json_object().with("n", 3).with("method", "wilson").text()`.
class json_object {
public:
    template <class T>
    json_object& with(std::string_view name, const T& value) {
        return with_text(name, to_json(value));
    }
    /// The value is JSON already.
    json_object& with_text(std::string_view name, std::string_view json) {
        text_.append(text_.size() > 1 ? "," : "").append(to_json(name)).append(":").append(json);
        return *this;
    }
    [[nodiscard]] std::string text() const { return text_ + "}"; }

private:
    std::string text_ = "{";
};

/// An object inside of others, or in a list.
[[nodiscard]] inline std::string to_json(const json_object& object) {
    return object.text();
}

/// JSON of a result: an object of its members, in the order of their list.
template <described_result Result>
[[nodiscard]] std::string to_json(const Result& result) {
    json_object object;
    for_each_member(result, [&](std::string_view name, const auto& value) { object.with(name, value); });
    return object.text();
}

}  // namespace compute_divide

#endif
