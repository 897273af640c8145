// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_ESTIMATE_HPP
#define COMPUTE_DIVIDE_ESTIMATE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include <compute_divide/names.hpp>

/// What a statistic returns: a number with its interval, level, method, n and n_missing. A number never travels alone.
namespace compute_divide {

/// A closed interval; `lower <= upper`.
struct interval {
    double lower = 0;
    double upper = 0;

    [[nodiscard]] constexpr double width() const { return upper - lower; }
    [[nodiscard]] constexpr bool contains(double x) const { return lower <= x && x <= upper; }
    friend constexpr bool operator==(const interval&, const interval&) = default;
};

/// Why an estimate has its value, or has none.
enum class estimate_status {
    ok,            ///< value and interval are there
    no_data,       ///< no usable record: n is 0
    too_few,       ///< some, but fewer than the method needs
    degenerate,    ///< the data do not determine it (no spread, a zero denominator)
    not_converged  ///< an iterative method stopped without reaching its tolerance
};
[[nodiscard]] constexpr auto enumerators(estimate_status) {
    using enum estimate_status;
    return std::array{named<estimate_status>{ok, "ok"}, named<estimate_status>{no_data, "no data"},
                      named<estimate_status>{too_few, "too few records"},
                      named<estimate_status>{degenerate, "degenerate"},
                      named<estimate_status>{not_converged, "not converged"}};
}

/// A number from data. Where the status is not `ok` there is no value, never a NaN that looks like one.
struct estimate {
    std::optional<double> value = {};                     ///< the point estimate
    std::optional<compute_divide::interval> bounds = {};  ///< its interval at `level`
    double level = 0.95;                                  ///< nominal coverage of `bounds`
    std::string_view method = {};                         ///< name of the method; text of static storage
    double n = 0;                                       ///< records used; the effective number where weights were given
    std::uint64_t n_missing = 0;                        ///< records left out since a field was not known
    estimate_status status = estimate_status::no_data;  ///< why there is a value, or none

    [[nodiscard]] constexpr explicit operator bool() const { return status == estimate_status::ok; }

    /// Ends of the interval. Throw std::domain_error that names the status where there is none.
    [[nodiscard]] constexpr double lower() const { return checked_bounds().lower; }
    [[nodiscard]] constexpr double upper() const { return checked_bounds().upper; }

    friend constexpr bool operator==(const estimate&, const estimate&) = default;

private:
    [[nodiscard]] constexpr const compute_divide::interval& checked_bounds() const {
        if (!bounds)
            throw std::domain_error(
                std::string("compute_divide::estimate: an interval is required, got none: ").append(name_of(status)));
        return *bounds;
    }
};

/// How `to_string` writes an estimate.
struct estimate_format {
    int digits = 3;        ///< significant digits; decimals where `percent`
    bool percent = false;  ///< 0.65 as 65 %
};

/// One line a person can read: `65.0 % [43.3, 81.9] (wilson, 95 %, n = 20, 3 missing)`, or the status in words.
[[nodiscard]] inline std::string to_string(const estimate& e, estimate_format format = {}) {
    const auto number = [&format](double x) {
        const char* const pattern = format.percent ? "%.*f" : "%.*g";
        const double shown = format.percent ? 100 * x : x;
        std::string text(static_cast<std::size_t>(std::snprintf(nullptr, 0, pattern, format.digits, shown)), ' ');
        std::snprintf(text.data(), text.size() + 1, pattern, format.digits, shown);
        return text;
    };
    std::string line;
    if (e.value) {
        line += number(*e.value);
        if (format.percent) line += " %";
    } else {
        line += name_of(e.status);
    }
    if (e.bounds) line += " [" + number(e.bounds->lower) + ", " + number(e.bounds->upper) + "]";
    char text[64];
    line += " (";
    if (!e.method.empty()) line.append(e.method).append(", ");
    if (e.bounds) {
        std::snprintf(text, sizeof text, "%.12g %%, ", 100 * e.level);
        line += text;
    }
    std::snprintf(text, sizeof text, "n = %.*g", e.n < 1e6 ? 6 : 15, e.n);
    line += text;
    if (e.n_missing > 0) line += ", " + std::to_string(e.n_missing) + " missing";
    return line + ")";
}

}  // namespace compute_divide

#endif
