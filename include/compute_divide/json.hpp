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

/// std::chrono::sys_days, known by its shape: nobody pays for <chrono> who has no dates.
template <class T>
concept whole_day = requires(const T& day) {
    { day.time_since_epoch().count() } -> std::integral;
    requires T::period::num == 86'400 && T::period::den == 1;
    typename T::clock;
};

/// A day as ISO 8601 writes it, "2022-11-30", from its number since 1970-01-01 (Hinnant's algorithm of civil days).
[[nodiscard]] inline std::string date_text(long long days_since_1970) {
    const long long days = days_since_1970 + 719'468;  // since 0000-03-01
    const long long era = (days >= 0 ? days : days - 146'096) / 146'097;
    const long long of_era = days - era * 146'097;
    const long long year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const long long of_year = of_era - (365 * year + year / 4 - year / 100);
    const long long month = (5 * of_year + 2) / 153;  // from March
    char text[96];
    std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", year + era * 400 + (month >= 10 ? 1 : 0),
                  month >= 10 ? month - 9 : month + 3, of_year - (153 * month + 2) / 5 + 1);
    return text;
}

}  // namespace detail

template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string to_json(T value);
template <named_enum Enum>
[[nodiscard]] std::string to_json(Enum value);
template <detail::whole_day Day>
[[nodiscard]] std::string to_json(const Day& day);
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

/// JSON of an enumerator: its name.
template <named_enum Enum>
[[nodiscard]] std::string to_json(Enum value) {
    return to_json(name_of(value));
}

/// JSON of a day (std::chrono::sys_days): "2022-11-30".
template <detail::whole_day Day>
[[nodiscard]] std::string to_json(const Day& day) {
    return to_json(detail::date_text(day.time_since_epoch().count()));
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
