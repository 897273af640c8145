// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_FIELDS_HPP
#define COMPUTE_DIVIDE_IO_FIELDS_HPP

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/require.hpp>

/// Numbers and dates as tables of models and hardware write them. A blank field is nothing; one that cannot be read is
/// an error, never nothing.
namespace compute_divide {

/// The text without white space around it.
[[nodiscard]] constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view white = " \t\r\n\v\f";
    const std::size_t first = text.find_first_not_of(white);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(white) - first + 1);
}

namespace detail {

/// Whether every comma of a number separates thousands: 1 to 3 digits before the first, 3 after each.
[[nodiscard]] constexpr bool well_grouped(std::string_view number) {
    std::string_view whole = number.substr(0, number.find_first_not_of("0123456789,"));
    std::size_t comma = whole.find(',');
    if (comma == 0 || comma > 3 || number.find(',', whole.size()) != std::string_view::npos) return false;
    for (; comma != std::string_view::npos; comma = whole.find(',')) {
        whole.remove_prefix(comma + 1);
        if (std::min(whole.find(','), whole.size()) != 3) return false;
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

/// A number: `12`, `7300000000000000000.00`, `5.76E+22`, `3.24e+22`, with thousands separators (`6,770,000`), in
/// dollars (`$5412.00`), with a sign; the nearest double. Nothing for a blank field. Throws std::invalid_argument for
/// any other text (`N/A`, `12 GB`, `1,5`, `inf`) and for numbers out of the range of a double.
[[nodiscard]] inline std::optional<double> parse_number(std::string_view text) {
    std::string_view rest = trimmed(text);
    if (rest.empty()) return std::nullopt;
    const bool negative = rest.front() == '-';
    if (negative || rest.front() == '+') rest.remove_prefix(1);
    if (rest.starts_with('$')) rest.remove_prefix(1);
    std::string ungrouped;
    if (rest.find(',') != std::string_view::npos && detail::well_grouped(rest)) {
        ungrouped = rest;
        std::erase(ungrouped, ',');
        rest = ungrouped;
    }
    double value = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), value);
    const bool whole = read.ec == std::errc{} && read.ptr == rest.data() + rest.size();
    if (!whole || !(detail::is_digit(rest.front()) || rest.front() == '.'))
        detail::fail("parse_number", "a number in the range of a double, or nothing", text);
    return negative ? -value : value;
}

/// A date as far as it is known.
struct partial_date {
    int year = 0;
    std::optional<std::chrono::year_month_day> day;  ///< nothing where only the year is known

    friend constexpr bool operator==(const partial_date&, const partial_date&) = default;
};

/// A date: `2023-12-14`, `14/12/2023` or `4/1/2023` with the day before the month, or a year alone, `2023`. Nothing for
/// a blank field. Throws std::invalid_argument for any other text and for days that no calendar has.
[[nodiscard]] inline std::optional<partial_date> parse_date(std::string_view text) {
    const std::string_view date = trimmed(text);
    if (date.empty()) return std::nullopt;
    const auto part = [&](std::size_t start, std::size_t length) {
        return detail::digits_value(date.substr(start, length));
    };
    int year = -1;
    int month = -1;
    int day = -1;
    if (date.size() == 4 && part(0, 4) >= 0) return partial_date{part(0, 4), std::nullopt};
    if (date.size() == 10 && date[4] == '-' && date[7] == '-') {
        year = part(0, 4);
        month = part(5, 2);
        day = part(8, 2);
    } else if (const std::size_t slash = date.find('/'), second = date.find('/', slash + 1);
               date.size() <= 10 && slash <= 2 && second - slash <= 3 && date.size() - second == 5) {
        day = part(0, slash);
        month = part(slash + 1, second - slash - 1);
        year = part(second + 1, 4);
    }
    const std::chrono::year_month_day full{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (year < 0 || month < 0 || day < 0 || !full.ok())
        detail::fail("parse_date", "a date such as 2023-12-14, 14/12/2023 or 2023, or nothing", text);
    return partial_date{year, full};
}

}  // namespace compute_divide

#endif
