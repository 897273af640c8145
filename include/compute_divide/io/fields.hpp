// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_FIELDS_HPP
#define COMPUTE_DIVIDE_IO_FIELDS_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/read_double.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

/// Numbers and dates as tables of models and hardware write them. A blank field is nothing; one that cannot be read is
/// an error, never nothing.
namespace compute_divide::inline v0_2 {

/// The text without white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

namespace detail {

/// Whether every `mark` of a number separates thousands: 1 to 3 digits before the first, of which none is a leading
/// zero, 3 after each.
[[nodiscard]] constexpr bool well_grouped(std::string_view number, char mark = ',') {
    std::size_t end = 0;
    while (end < number.size() && (is_digit(number[end]) || number[end] == mark)) ++end;
    std::string_view whole = number.substr(0, end);
    std::size_t place = whole.find(mark);
    if (place == 0 || place > 3 || number[0] == '0' || number.find(mark, end) != std::string_view::npos) return false;
    for (; place != std::string_view::npos; place = whole.find(mark)) {
        whole.remove_prefix(place + 1);
        if (std::min(whole.find(mark), whole.size()) != 3) return false;
    }
    return true;
}

/// The whole of a text of digits; -1 for anything else.
[[nodiscard]] constexpr int digits_value(std::string_view text) {
    int value = 0;
    for (const char c : text) {
        if (!is_digit(c)) return -1;
        value = 10 * value + (c - '0');
    }
    return text.empty() ? -1 : value;
}

}  // namespace detail

/// What stands before the decimals of the numbers of a table.
enum class decimal_mark {
    point,   ///< commas separate thousands: "1,204.5"
    comma,   ///< points separate thousands: "1.204,5"
    unsaid,  ///< a comma is taken for what it must be ("0,125", "1,204,500"), and is an error where it may be both
};
[[nodiscard]] constexpr auto enumerators(decimal_mark) {
    using enum decimal_mark;
    using entry = named<decimal_mark>;
    return std::array{entry{point, "point"}, entry{comma, "comma"}, entry{unsaid, "unsaid"}};
}

/// A number: `12`, `7300000000000000000.00`, `5.76E+22`, `3.24e+22`, with thousands separators (`6,770,000`), in
/// dollars (`$5412.00`), with a sign; the nearest double. Nothing for a blank field. Throws std::invalid_argument for
/// any other text (`N/A`, `12 GB`, `inf`), for numbers out of the range of a double, and for a comma that is none of
/// the mark: with a decimal point `1,5` and `0,125`, where none is said `1,204`, which is 1.204 or 1204.
[[nodiscard]] inline std::optional<double> parse_number(std::string_view text,
                                                        decimal_mark mark = decimal_mark::point) {
    std::string_view rest = trimmed(text);
    if (rest.empty()) return std::nullopt;
    const bool negative = rest.front() == '-';
    if (negative || rest.front() == '+') rest.remove_prefix(1);
    if (rest.starts_with('$')) rest.remove_prefix(1);
    const auto commas = detail::count(rest, ',');
    const bool has_point = rest.find('.') != std::string_view::npos;
    const bool grouped = commas > 0 && detail::well_grouped(rest);
    if (mark == decimal_mark::unsaid && grouped && commas == 1 && !has_point)
        detail::fail("parse_number", "a comma that is said to be decimal, or not to be (decimal_mark, --decimal-comma)",
                     text);
    const bool last_is_comma = commas == 1 && rest.rfind('.') < rest.find(',');
    const bool decimal = mark == decimal_mark::comma ||
                         (mark == decimal_mark::unsaid && commas == 1 && !grouped && (!has_point || last_is_comma));
    std::string plain;
    if (decimal && (commas > 0 || has_point)) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        if (commas <= 1 && (!has_point || detail::well_grouped(rest.substr(0, comma), '.'))) {
            plain = rest;
            std::erase(plain, '.');
            std::ranges::replace(plain, ',', '.');
            rest = plain;
        } else {
            rest = {};
        }
    } else if (grouped) {
        plain = rest;
        std::erase(plain, ',');
        rest = plain;
    }
    double value = 0;
    const auto read = detail::read_double(rest.data(), rest.data() + rest.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == rest.data() + rest.size();
    if (!whole || rest.empty() || !(detail::is_digit(rest.front()) || rest.front() == '.'))
        detail::fail("parse_number",
                     commas == 1 && mark == decimal_mark::point
                         ? "a number with a decimal point, or nothing (a decimal comma: decimal_mark, --decimal-comma)"
                         : "a number in the range of a double, or nothing",
                     text);
    return negative ? -value : value;
}

/// Yes or no, true or false, in any letter case; nothing for any other text.
[[nodiscard]] constexpr std::optional<bool> parse_truth(std::string_view text) {
    const auto is = [&](std::string_view word) { return std::ranges::equal(text, word, {}, detail::ascii_lower); };
    if (is("yes") || is("true")) return true;
    if (is("no") || is("false")) return false;
    return std::nullopt;
}

/// A date as far as it is known.
struct partial_date {
    int year = 0;
    std::optional<std::chrono::year_month_day> day;          ///< nothing where only the year is known, or the month
    std::optional<std::chrono::month> month = std::nullopt;  ///< where the day is not known, but the month is

    friend constexpr bool operator==(const partial_date&, const partial_date&) = default;
};

/// The first day of a date: of a month its first, of a year 1 January, as dates.hpp has it.
[[nodiscard]] constexpr std::chrono::sys_days first_day(const partial_date& date) {
    if (date.day) return *date.day;
    return std::chrono::year{date.year} / date.month.value_or(std::chrono::January) / 1;
}

/// What comes first in `6/5/2021`.
enum class date_order { day_first, month_first };
[[nodiscard]] constexpr auto enumerators(date_order) {
    using enum date_order;
    using entry = named<date_order>;
    return std::array{entry{day_first, "day_first", "the day first"},
                      entry{month_first, "month_first", "the month first"}};
}

namespace detail {

/// "12:30", "12:30:59.5", with "Z" or "+02:00" behind.
[[nodiscard]] constexpr bool is_time_of_day(std::string_view text) {
    const auto two = [&](std::size_t at, int most) {
        return text.size() >= at + 2 && digits_value(text.substr(at, 2)) >= 0 &&
               digits_value(text.substr(at, 2)) <= most;
    };
    if (!two(0, 24) || text.size() < 5 || text[2] != ':' || !two(3, 59)) return false;
    std::size_t at = 5;
    if (at < text.size() && text[at] == ':') {
        if (!two(at + 1, 60)) return false;
        at += 3;
        if (at < text.size() && text[at] == '.')
            for (++at; at < text.size() && is_digit(text[at]);) ++at;
    }
    const std::string_view zone = text.substr(at);
    return zone.empty() || zone == "Z" ||
           ((zone[0] == '+' || zone[0] == '-') && (zone.size() == 3 || zone.size() == 5 || zone.size() == 6) &&
            zone.find_first_not_of("0123456789:", 1) == std::string_view::npos);
}

}  // namespace detail

/// A date: `2023-12-14`, also with a time of day behind it, which is left out (`2021-06-01 00:00:00`,
/// `2021-06-01T12:30Z`); `14/12/2023` or `4/1/2023`, with the day or the month first as `order` says; a month,
/// `2021-03`; a year alone, `2023`. Nothing for a blank field. Throws std::invalid_argument for any other text and for
/// days that no calendar has: `6/20/2021` with the day first.
[[nodiscard]] inline std::optional<partial_date> parse_date(std::string_view text,
                                                            date_order order = date_order::day_first) {
    std::string_view date = trimmed(text);
    if (date.empty()) return std::nullopt;
    if (date.size() > 11 && date[4] == '-' && (date[10] == ' ' || date[10] == 'T') &&
        detail::is_time_of_day(date.substr(11)))
        date = date.substr(0, 10);
    const auto part = [&](std::size_t start, std::size_t length) {
        return detail::digits_value(date.substr(start, length));
    };
    int year = -1;
    int month = -1;
    int day = -1;
    bool slashes = false;
    if (date.size() == 4 && part(0, 4) >= 0) return partial_date{part(0, 4), std::nullopt};
    if (date.size() == 7 && date[4] == '-' && part(0, 4) >= 0 && part(5, 2) >= 1 && part(5, 2) <= 12)
        return partial_date{part(0, 4), std::nullopt, std::chrono::month{static_cast<unsigned>(part(5, 2))}};
    if (date.size() == 10 && date[4] == '-' && date[7] == '-') {
        year = part(0, 4);
        month = part(5, 2);
        day = part(8, 2);
    } else if (const std::size_t slash = date.find('/'), second = date.find('/', slash + 1);
               date.size() <= 10 && slash <= 2 && second - slash <= 3 && date.size() - second == 5) {
        day = part(0, slash);
        month = part(slash + 1, second - slash - 1);
        year = part(second + 1, 4);
        slashes = true;
        if (order == date_order::month_first) std::swap(day, month);
    }
    const auto calendar_day = [&](int m, int d) {
        return std::chrono::year_month_day{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(m)},
                                           std::chrono::day{static_cast<unsigned>(d)}};
    };
    const std::chrono::year_month_day full = calendar_day(month, day);
    if (year < 0 || month < 0 || day < 0 || !full.ok()) {
        const bool other_order = slashes && year >= 0 && month >= 0 && day >= 0 && calendar_day(day, month).ok();
        detail::fail("parse_date",
                     other_order
                         ? order == date_order::day_first
                               ? "a date with the day first (this one has the month first: date_order::month_first)"
                               : "a date with the month first (this one has the day first: date_order::day_first)"
                         : "a date such as 2023-12-14, 14/12/2023, 2021-03 or 2023, or nothing",
                     text);
    }
    return partial_date{year, full};
}

}  // namespace compute_divide::inline v0_2

#endif
