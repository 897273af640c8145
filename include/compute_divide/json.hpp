// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_JSON_HPP
#define COMPUTE_DIVIDE_JSON_HPP

#include <charconv>
#include <cmath>
#include <concepts>
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

namespace detail {

/// std::chrono::year_month_day, and what is like it.
template <class T>
concept calendar_date = requires(const T& date) {
    static_cast<int>(date.year());
    static_cast<unsigned>(date.month());
    static_cast<unsigned>(date.day());
};
/// A std::chrono::duration.
template <class T>
concept time_span = requires(const T& time) {
    typename T::rep;
    T::period::num;
    time.count();
};

template <time_span T>
[[nodiscard]] constexpr double seconds_in(const T& time) {
    return static_cast<double>(time.count()) * static_cast<double>(T::period::num) /
           static_cast<double>(T::period::den);
}
template <calendar_date T>
[[nodiscard]] std::string date_text(const T& date) {
    char text[32];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

}  // namespace detail

template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string to_json(T value);
template <detail::calendar_date T>
[[nodiscard]] std::string to_json(const T& date);
template <detail::time_span T>
[[nodiscard]] std::string to_json(const T& time);
template <named_enum Enum>
[[nodiscard]] std::string to_json(Enum value);
template <class T>
[[nodiscard]] std::string to_json(const std::optional<T>& value);
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view>) [[nodiscard]] std::string to_json(const Values& values);
template <described_result Result>
[[nodiscard]] std::string to_json(const Result& result);

/// JSON of a text: quoted, with `"`, `\` and control characters escaped.
[[nodiscard]] inline std::string to_json(std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            quoted.append(1, '\\').append(1, c);
        } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
            char code[8];
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c));
            quoted += code;
        } else {
            quoted += c;
        }
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
        return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
    }
}

/// JSON of a calendar date: "2023-12-14".
template <detail::calendar_date T>
[[nodiscard]] std::string to_json(const T& date) {
    return to_json(detail::date_text(date));
}

/// JSON of a std::chrono duration: its number of seconds.
template <detail::time_span T>
[[nodiscard]] std::string to_json(const T& time) {
    return to_json(detail::seconds_in(time));
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

/// JSON of a result: an object of its members, in the order of their list.
template <described_result Result>
[[nodiscard]] std::string to_json(const Result& result) {
    json_object object;
    for_each_member(result, [&](std::string_view name, const auto& value) { object.with(name, value); });
    return object.text();
}

}  // namespace compute_divide

#endif
