// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_DETAIL_NUMBER_TEXT_HPP
#define COMPUTE_DIVIDE_REPORT_DETAIL_NUMBER_TEXT_HPP

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/table.hpp>

/// Numbers in ASCII, `-1.25e14`, which each format then writes in its own signs.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] inline std::string fixed_text(double x, int decimals) {
    char text[400];
    return std::string(text, std::to_chars(text, text + sizeof text, x, std::chars_format::fixed, decimals).ptr);
}

/// `1.25e14`, with `digits` significant digits, at least one.
[[nodiscard]] inline std::string scientific_text(double x, int digits) {
    char text[64];
    std::string shown(
        text, std::to_chars(text, text + sizeof text, x, std::chars_format::scientific, std::max(digits, 1) - 1).ptr);
    const std::size_t exponent = shown.find('e') + 1;
    const bool negative = shown[exponent] == '-';
    std::size_t first = exponent + 1;
    while (first + 1 < shown.size() && shown[first] == '0') ++first;
    return shown.replace(exponent, first - exponent, negative ? "-" : "");
}

/// The decimal exponent of a number once it is rounded to so many significant digits; 0 of 0.
[[nodiscard]] inline int rounded_exponent(double x, int digits) {
    if (x == 0 || !std::isfinite(x)) return 0;
    const std::string text = scientific_text(x, digits);
    int exponent = 0;
    std::from_chars(text.data() + text.find('e') + 1, text.data() + text.size(), exponent);
    return exponent;
}

/// Decimals that show `digits` significant digits of x; negative for a rounding above the units.
[[nodiscard]] inline int decimals_for(double x, int digits) {
    return std::max(digits, 1) - 1 - rounded_exponent(x, digits);
}

[[nodiscard]] constexpr bool is_zero_text(std::string_view text) {
    return text.find_first_not_of("-0.") == std::string_view::npos;
}

/// Beyond these a number is written with an exponent.
inline constexpr int greatest_exponent = 7, least_exponent = -4;

[[nodiscard]] inline std::string significant_text(double x, int digits) {
    digits = std::max(digits, 1);
    if (x == 0) return "0";
    const int exponent = rounded_exponent(x, digits);
    if (exponent >= greatest_exponent || exponent < least_exponent) return scientific_text(x, digits);
    return fixed_text(x, std::max(digits - 1 - exponent, 0));
}

/// With so many decimals; what would be rounded to 0 and is not 0 by one significant digit.
[[nodiscard]] inline std::string decimals_text(double x, int decimals) {
    if (x == 0) x = 0;  // no -0
    if (std::fabs(x) >= 1e15) return scientific_text(x, std::max(decimals, 3));
    std::string text = fixed_text(x, std::max(decimals, 0));
    return x != 0 && is_zero_text(text) ? significant_text(x, 1) : text;
}

[[nodiscard]] inline std::string p_value_text(double p, int digits) {
    if (!(p >= 0) || p > 1) return significant_text(p, 3);
    const double least = std::pow(10.0, -std::max(digits, 1));
    if (p < least) return "< " + fixed_text(least, std::max(digits, 1));
    std::string text = fixed_text(p, std::max(digits, 1));
    return p < 1 && text.starts_with('1') ? "> " + fixed_text(1 - least, std::max(digits, 1)) : text;
}

/// A number by its style; `NaN`, `inf`, `-inf` for what is none.
[[nodiscard]] inline std::string number_text(double x, const number_style& style) {
    if (std::isnan(x)) return "NaN";
    if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
    if (style.percent) x *= 100;
    switch (style.notation) {
        case number_notation::fixed:
            return decimals_text(x, style.digits);
        case number_notation::p_value:
            return p_value_text(x, style.digits);
        case number_notation::significant:
            break;
    }
    return significant_text(x, style.digits);
}

struct estimate_text {
    std::string value, lower, upper;  ///< the last two empty where there is no interval
};

/// An estimate and the ends of its interval on the same decimals. These show `digits` significant digits of the value,
/// or of the distance to the nearer end where that is greater, and at least `digits` - 1 of that distance.
[[nodiscard]] inline estimate_text text_of_estimate(const estimate& e, const number_style& style) {
    const double unit = style.percent ? 100 : 1, value = unit * e.value.value_or(0);
    estimate_text text;
    if (!e.bounds || style.notation == number_notation::p_value || !std::isfinite(value) ||
        !std::isfinite(e.bounds->lower) || !std::isfinite(e.bounds->upper)) {
        text.value = number_text(value / unit, style);
        if (e.bounds) {
            text.lower = number_text(e.bounds->lower, style);
            text.upper = number_text(e.bounds->upper, style);
        }
        return text;
    }
    double lower = unit * e.bounds->lower, upper = unit * e.bounds->upper;
    const double scale = std::max({std::fabs(value), std::fabs(lower), std::fabs(upper)});
    if (std::fabs(lower) < 1e-12 * scale) lower = 0;  // rounding errors are no digits
    if (std::fabs(upper) < 1e-12 * scale) upper = 0;
    if (style.notation == number_notation::fixed) {
        text = {decimals_text(value, style.digits), decimals_text(lower, style.digits),
                decimals_text(upper, style.digits)};
        return text;
    }
    const int digits = std::max(style.digits, 1);
    double half = std::min(value - lower, upper - value);
    if (!(half > 1e-12 * scale)) half = std::max(value - lower, upper - value);
    if (!(half > 1e-12 * scale)) half = 0;
    const double greater = std::max(std::fabs(value), half);
    int decimals = decimals_for(greater, digits);
    if (half > 0) decimals = std::max(decimals, decimals_for(half, std::max(digits - 1, 1)));
    const int exponent = rounded_exponent(greater, digits);
    if (exponent >= greatest_exponent || exponent < least_exponent) {
        const auto with_exponent = [&](double x) {
            return x == 0 ? std::string("0") : scientific_text(x, std::min(decimals + exponent + 1, 17));
        };
        return {with_exponent(value), with_exponent(lower), with_exponent(upper)};
    }
    decimals = std::clamp(decimals, 0, 15);
    return {decimals_text(value, decimals), decimals_text(lower, decimals), decimals_text(upper, decimals)};
}

/// The shortest text that gives the same double back, of at most 17 significant digits; whole numbers below 10^15 as
/// such.
[[nodiscard]] inline std::string exact_text(double x) {
    if (std::isnan(x)) return "NaN";
    if (std::isinf(x)) return x > 0 ? "inf" : "-inf";
    char text[64];
    const bool whole = std::fabs(x) < 1e15 && std::trunc(x) == x;
    char* const end = whole ? std::to_chars(text, text + sizeof text, x, std::chars_format::fixed).ptr
                            : std::to_chars(text, text + sizeof text, x).ptr;
    return std::string(text, end);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
