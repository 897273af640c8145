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

#include <compute_divide/detail/utf8.hpp>
#include <compute_divide/enumerators.hpp>

/// Values as JSON, for results that are written: numbers with the fewest digits that give the same double back, null
/// for what is not there or not finite, enumerators by their names, results by the list of their members.
namespace compute_divide::inline v0_2 {

/// A member of a result and its name in text, JSON and tables.
template <class Result, class Value>
struct member {
    std::string_view name;
    Value Result::*pointer;
};
template <class Result, class Value>
member(const char*, Value Result::*) -> member<Result, Value>;

/// What lists the members of a result: called with a function, it gives this function all of them as its arguments. It
/// is no std::tuple, whose constructors cost a compiler ten times as much for each result of a header.
template <class... Members>
[[nodiscard]] constexpr auto member_list(Members... each) {
    return [=](auto&& use) -> decltype(auto) { return use(each...); };
}

/// A result with a list of its members: `members(std::type_identity<T>{})` beside it gives `member_list(member...)`.
template <class T>
concept described_result = std::is_class_v<T> && requires {
    members(std::type_identity<T>{});
};

/// Calls `use(name, value)` for each member of a result, in the order of its list.
template <described_result Result, class Use>
constexpr void for_each_member(const Result& result, Use&& use) {
    members(std::type_identity<Result>{})([&](const auto&... each) { (use(each.name, result.*each.pointer), ...); });
}

namespace detail {

// Dates are known by their shape: nobody pays for <chrono> who has no dates.

/// std::chrono::sys_days.
template <class T>
concept whole_day = requires(const T& day) {
    { day.time_since_epoch().count() } -> std::integral;
    requires T::period::num == 86'400 && T::period::den == 1;
    typename T::clock;
};
/// std::chrono::year_month_day, and what is like it.
template <class T>
concept calendar_date = requires(const T& date) {
    static_cast<int>(date.year());
    static_cast<unsigned>(date.month());
    static_cast<unsigned>(date.day());
};
/// std::chrono::year.
template <class T>
concept calendar_year = requires(const T& year) {
    static_cast<int>(year);
    { year.is_leap() } -> std::same_as<bool>;
};
/// A std::chrono::duration.
template <class T>
concept time_span = requires(const T& time) {
    typename T::rep;
    T::period::num;
    time.count();
};

/// A day as ISO 8601 writes it, "2022-11-30", from its number since 1970-01-01 (Hinnant's algorithm of civil days).
[[nodiscard]] inline std::string date_text(long long days_since_1970) {
    const long long days = days_since_1970 + 719'468;  // since 0000-03-01
    const long long era = (days >= 0 ? days : days - 146'096) / 146'097;
    const long long of_era = days - era * 146'097;
    const long long year = (of_era - of_era / 1'460 + of_era / 36'524 - of_era / 146'096) / 365;
    const long long of_year = of_era - (365 * year + year / 4 - year / 100);
    const long long month = (5 * of_year + 2) / 153;  // from March
    char text[80];
    std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", year + era * 400 + (month >= 10 ? 1 : 0),
                  month >= 10 ? month - 9 : month + 3, of_year - (153 * month + 2) / 5 + 1);
    return text;
}
template <whole_day T>
[[nodiscard]] std::string date_text(const T& day) {
    return date_text(static_cast<long long>(day.time_since_epoch().count()));
}
template <calendar_date T>
[[nodiscard]] std::string date_text(const T& date) {
    char text[48];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}
template <time_span T>
[[nodiscard]] constexpr double seconds_in(const T& time) {
    return static_cast<double>(time.count()) * static_cast<double>(T::period::num) /
           static_cast<double>(T::period::den);
}

}  // namespace detail

template <class T>
requires std::integral<T> || std::floating_point<T>
[[nodiscard]] std::string to_json(T value);
template <class Enum>
requires std::is_enum_v<Enum>
[[nodiscard]] std::string to_json(Enum value);
template <class T>
[[nodiscard]] std::string to_json(const std::optional<T>& value);
template <class... Parts>
[[nodiscard]] std::string to_json(const std::tuple<Parts...>& parts);
template <class First, class Second>
[[nodiscard]] std::string to_json(const std::pair<First, Second>& parts);
template <class Date>
requires detail::whole_day<Date> || detail::calendar_date<Date>
[[nodiscard]] std::string to_json(const Date& date);
template <detail::calendar_year Year>
[[nodiscard]] std::string to_json(const Year& year);
template <detail::time_span Time>
[[nodiscard]] std::string to_json(const Time& time);
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view> && !described_result<Values>) [[nodiscard]] std::string
    to_json(const Values& values);
template <described_result Result>
[[nodiscard]] std::string to_json(const Result& result);

/// JSON of a text: quoted, with `"`, `\` and control characters (those too that change the direction of writing)
/// escaped; what is not UTF-8 becomes U+FFFD.
[[nodiscard]] inline std::string to_json(std::string_view text) {
    std::string quoted = "\"";
    quoted.reserve(text.size() + 2);
    while (!text.empty()) {
        const auto c = detail::first_character(text);
        if (c.code == '"' || c.code == '\\') {
            quoted.append(1, '\\').append(1, text.front());
        } else if (!c.valid) {
            quoted += detail::replacement_bytes;
        } else if (detail::is_control(c.code)) {
            char code[16];
            std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(c.code));
            quoted += code;
        } else {
            quoted += text.substr(0, c.size);
        }
        text.remove_prefix(c.size);
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

/// JSON of an enumerator: its name; where its enum has no names, its number.
template <class Enum>
requires std::is_enum_v<Enum>
[[nodiscard]] std::string to_json(Enum value) {
    if constexpr (named_enum<Enum>)
        return to_json(name_of(value));
    else
        return to_json(static_cast<std::underlying_type_t<Enum>>(value));
}

/// JSON of what may not be there: null where it is not.
template <class T>
[[nodiscard]] std::string to_json(const std::optional<T>& value) {
    return value ? to_json(*value) : "null";
}

/// JSON of a tuple or pair: an array.
template <class... Parts>
[[nodiscard]] std::string to_json(const std::tuple<Parts...>& parts) {
    std::string list = "[";
    std::apply([&](const auto&... part) { (list.append(list.size() > 1 ? "," : "").append(to_json(part)), ...); },
               parts);
    return list + "]";
}
template <class First, class Second>
[[nodiscard]] std::string to_json(const std::pair<First, Second>& parts) {
    return to_json(std::tie(parts.first, parts.second));
}

/// JSON of a date (std::chrono::sys_days or year_month_day): "2022-11-30".
template <class Date>
requires detail::whole_day<Date> || detail::calendar_date<Date>
[[nodiscard]] std::string to_json(const Date& date) {
    return to_json(detail::date_text(date));
}
/// JSON of a std::chrono::year: a number.
template <detail::calendar_year Year>
[[nodiscard]] std::string to_json(const Year& year) {
    return to_json(static_cast<int>(year));
}
/// JSON of a std::chrono duration: its number of seconds.
template <detail::time_span Time>
[[nodiscard]] std::string to_json(const Time& time) {
    return to_json(detail::seconds_in(time));
}

/// JSON of a range: an array.
template <std::ranges::input_range Values>
requires(!std::convertible_to<const Values&, std::string_view> && !described_result<Values>) [[nodiscard]] std::string
    to_json(const Values& values) {
    std::string list = "[";
    for (const auto& value : values) list.append(list.size() > 1 ? "," : "").append(to_json(value));
    return list + "]";
}

/// A JSON object, member by member: `json_object().with("n", 3).with("method", "wilson").text()`.
class json_object {
public:
    /// One more member, as `to_json` writes the value.
    template <class T>
    json_object& with(std::string_view name, const T& value) {
        return with_text(name, to_json(value));
    }
    /// The value is JSON already.
    json_object& with_text(std::string_view name, std::string_view json) {
        text_.append(text_.size() > 1 ? "," : "").append(to_json(name)).append(":").append(json);
        return *this;
    }
    /// The object.
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

}  // namespace compute_divide::inline v0_2

#endif
