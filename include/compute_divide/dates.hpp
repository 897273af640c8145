// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DATES_HPP
#define COMPUTE_DIVIDE_DATES_HPP

#include <chrono>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>

#include <compute_divide/concepts.hpp>

/// Times as records carry them: a std::chrono date (sys_days or any system_clock time point), a year_month_day, a
/// std::chrono::year, an integer year or a decimal year. A year alone stands for its 1 January, 2012.5 for the middle
/// of 2012: one rule everywhere.
namespace compute_divide::inline v0_2 {

namespace detail {

template <class T>
inline constexpr bool is_system_time = false;
template <class Duration>
inline constexpr bool is_system_time<std::chrono::time_point<std::chrono::system_clock, Duration>> = true;

template <class T>
concept plain_year = (std::integral<T> && !std::same_as<T, bool>) || std::floating_point<T>;

[[nodiscard]] constexpr double days_of(std::chrono::sys_days day) {
    return static_cast<double>(day.time_since_epoch().count());
}
[[nodiscard]] constexpr double first_day_of(int year) {
    return days_of(std::chrono::sys_days{std::chrono::year{year} / std::chrono::January / 1});
}
[[nodiscard]] constexpr int floor_to_int(double x) {
    const int truncated = static_cast<int>(x);
    return x < static_cast<double>(truncated) ? truncated - 1 : truncated;
}
/// Years that std::chrono can count to the end of: a time outside them counts as not known.
[[nodiscard]] constexpr bool is_calendar_year(double year) {
    return year >= -32767 && year < 32767;
}
/// `days`; NaN where they are outside the calendar years.
[[nodiscard]] constexpr double calendar_day(double days) {
    const bool in_calendar = days >= first_day_of(-32767) && days < first_day_of(32767);
    return in_calendar ? days : std::numeric_limits<double>::quiet_NaN();
}
/// The day that a time falls on.
[[nodiscard]] constexpr std::chrono::sys_days day_of(double days) {
    return std::chrono::sys_days{std::chrono::days{floor_to_int(days)}};
}
/// The year that a calendar day, or a part of it, falls in.
[[nodiscard]] constexpr int year_of_day(double days) {
    return static_cast<int>(std::chrono::year_month_day{day_of(days)}.year());
}

/// A day and its fraction, as a time.
using exact_day = std::chrono::sys_time<std::chrono::duration<double, std::chrono::days::period>>;
[[nodiscard]] constexpr exact_day exact(double days) {
    return exact_day{exact_day::duration{days}};
}

}  // namespace detail

/// Anything that says when: see the list above.
template <class T>
concept calendar_time = detail::is_system_time<T> || std::same_as<T, std::chrono::year_month_day> ||
    std::same_as<T, std::chrono::year> || detail::plain_year<T>;

/// A field that yields times (or optional times).
template <class Field, class Records>
concept time_field_of = field_of<Field, Records> && calendar_time<known_t<field_value_t<Field, Records>>>;

/// A field that yields places on the axis of a trend: numbers, taken as they are (a year, a day), or calendar dates,
/// taken in years of 365.25 days since 1970-01-01, so that slopes are per year.
template <class Field, class Records>
concept axis_field_of = quantity_field_of<Field, Records> || time_field_of<Field, Records>;

/// Days since 1970-01-01 (negative before); NaN where the time is not known, is no date (30 February), or is outside
/// the years -32767 to 32766.
template <class T>
requires calendar_time<known_t<T>>
[[nodiscard]] constexpr double days_since_1970(const T& time) {
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    if constexpr (detail::is_optional<T>) {
        return time ? days_since_1970(*time) : unknown;
    } else if constexpr (detail::is_system_time<T>) {
        return detail::calendar_day(
            std::chrono::duration<double, std::chrono::days::period>(time.time_since_epoch()).count());
    } else if constexpr (std::same_as<T, std::chrono::year_month_day>) {
        return time.ok() ? detail::calendar_day(detail::days_of(std::chrono::sys_days{time})) : unknown;
    } else if constexpr (std::same_as<T, std::chrono::year>) {
        return days_since_1970(static_cast<int>(time));
    } else {
        const auto decimal = static_cast<double>(time);
        if (!detail::is_calendar_year(decimal)) return unknown;
        const int year = detail::floor_to_int(decimal);
        const double start = detail::first_day_of(year);
        return start + (decimal - year) * (detail::first_day_of(year + 1) - start);
    }
}

/// The time as a decimal year: 2012-07-02 is 2012.5. NaN where the time is not known.
template <class T>
requires calendar_time<known_t<T>>
[[nodiscard]] constexpr double decimal_year(const T& time) {
    if constexpr (detail::plain_year<known_t<T>>) {
        const double decimal = as_double(time);
        return detail::is_calendar_year(decimal) ? decimal : std::numeric_limits<double>::quiet_NaN();
    } else {
        const double days = days_since_1970(time);
        if (!is_known(days)) return days;
        const int year = detail::year_of_day(days);
        const double start = detail::first_day_of(year);
        return year + (days - start) / (detail::first_day_of(year + 1) - start);
    }
}

/// The calendar year a time falls in; nothing where the time is not known.
template <class T>
requires calendar_time<known_t<T>>
[[nodiscard]] constexpr std::optional<int> year_of(const T& time) {
    if constexpr (detail::plain_year<known_t<T>>) {
        const double decimal = decimal_year(time);
        if (!is_known(decimal)) return std::nullopt;
        return detail::floor_to_int(decimal);
    } else {
        const double days = days_since_1970(time);
        if (!is_known(days)) return std::nullopt;
        return detail::year_of_day(days);
    }
}

}  // namespace compute_divide::inline v0_2

#endif
