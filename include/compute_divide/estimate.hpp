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

#include <compute_divide/detail/ieee_arithmetic.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// What a statistic returns: a number with its interval, level, method, n and n_missing. A number never travels alone.
namespace compute_divide::inline v0_2 {

/// A closed interval; `lower <= upper`.
struct interval {
    double lower = 0;
    double upper = 0;

    /// upper - lower.
    [[nodiscard]] constexpr double width() const { return upper - lower; }
    /// Whether x is between the ends, or one of them.
    [[nodiscard]] constexpr bool contains(double x) const { return lower <= x && x <= upper; }
    friend constexpr bool operator==(const interval&, const interval&) = default;
};

/// Why an estimate has its value, or has none.
enum class estimate_status {
    ok,            ///< value and interval are there
    few_clusters,  ///< both are there, but of so few clusters, or records, that the interval is not known to cover
    no_data,       ///< no usable record: n is 0
    too_few,       ///< some, but fewer than the method needs
    degenerate,    ///< the data do not determine it (no spread, a zero denominator)
    not_converged  ///< an iterative method stopped without reaching its tolerance
};
[[nodiscard]] constexpr auto enumerators(estimate_status) {
    using enum estimate_status;
    return std::array{named<estimate_status>{ok, "ok"},
                      named<estimate_status>{few_clusters, "few_clusters", "few clusters"},
                      named<estimate_status>{no_data, "no_data", "no data"},
                      named<estimate_status>{too_few, "too_few", "too few records"},
                      named<estimate_status>{degenerate, "degenerate"},
                      named<estimate_status>{not_converged, "not_converged", "not converged"}};
}

/// Whether a result of this status has its values: `ok`, or `few_clusters`. What `explicit operator bool` of each
/// result with a status says.
[[nodiscard]] constexpr bool has_value(estimate_status status) {
    return status == estimate_status::ok || status == estimate_status::few_clusters;
}

/// A number from data. Where the status is not `ok` there is no value, never a NaN that looks like one.
struct estimate {
    std::optional<double> value = {};                     ///< the point estimate
    std::optional<compute_divide::interval> bounds = {};  ///< its interval at `level`
    double level = 0.95;                                  ///< nominal coverage of `bounds`
    std::string_view method = {};                         ///< name of the method; text of static storage
    std::uint64_t n = 0;                                  ///< records used
    std::optional<double> n_effective =
        {};                       ///< what they are worth, where weights or dependence make that another number
    std::uint64_t n_missing = 0;  ///< records left out since a field was not known
    std::optional<double> degrees_of_freedom = {};      ///< of the distribution of t that `bounds` is from, if any
    estimate_status status = estimate_status::no_data;  ///< why there is a value, or none

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }

    /// Ends of the interval. Throw std::domain_error that names the status where there is none.
    [[nodiscard]] constexpr double lower() const { return checked_bounds().lower; }
    /// The upper end; see `lower`.
    [[nodiscard]] constexpr double upper() const { return checked_bounds().upper; }

    friend constexpr bool operator==(const estimate&, const estimate&) = default;

private:
    [[nodiscard]] constexpr const compute_divide::interval& checked_bounds() const {
        if (!bounds)
            throw std::domain_error(std::string("compute_divide::estimate: an interval is required, got none: ")
                                        .append(description_of(status)));
        return *bounds;
    }
};

namespace detail {

/// States a number of records that may be a sum of weights: n is the whole number nearest to it, and where it is
/// another number, that is n_effective.
template <class Result>
constexpr void state_sample_size(Result& result, double n) {
    constexpr double most = 18446744073709549568.0;  // largest double below 2^64
    // NOLINTNEXTLINE(bugprone-incorrect-roundings): n >= 0, and std::llround ends at 2^63
    result.n = n < most ? static_cast<std::uint64_t>(n + 0.5) : static_cast<std::uint64_t>(most);
    if (static_cast<double>(result.n) != n) result.n_effective = n;
}

}  // namespace detail

/// How `to_string` writes an estimate.
struct estimate_format {
    int digits = 3;        ///< significant digits; decimals where `percent`
    bool percent = false;  ///< 0.65 as 65 %
};

/// One line a person can read: `65.0 % [43.3, 81.9] (wilson, 95 %, n = 20, 3 missing)`, or the status in words. Where
/// the records are worth another number, `n = 20, effective 12.5`; at the end `few clusters` where they are.
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
        line += description_of(e.status);
    }
    if (e.bounds) line += " [" + number(e.bounds->lower) + ", " + number(e.bounds->upper) + "]";
    char text[64];
    line += " (";
    if (!e.method.empty()) line.append(e.method).append(", ");
    if (e.bounds) {
        std::snprintf(text, sizeof text, "%.12g %%, ", 100 * e.level);
        line += text;
    }
    line += "n = " + std::to_string(e.n);
    if (e.n_effective) {
        std::snprintf(text, sizeof text, ", effective %.4g", *e.n_effective);
        line += text;
    }
    if (e.n_missing > 0) line += ", " + std::to_string(e.n_missing) + " missing";
    if (e.status == estimate_status::few_clusters) line.append(", ").append(description_of(e.status));
    return line + ")";
}

/// Both ends: `[2, 2.5]`, or as percentages `[20.0 %, 30.0 %]`.
[[nodiscard]] inline std::string to_string(const interval& i, estimate_format format = {}) {
    char text[400];
    if (format.percent)
        std::snprintf(text, sizeof text, "[%.*f %%, %.*f %%]", format.digits, 100 * i.lower, format.digits,
                      100 * i.upper);
    else
        std::snprintf(text, sizeof text, "[%.*g, %.*g]", format.digits, i.lower, format.digits, i.upper);
    return text;
}

/// JSON at full precision: value, lower, upper, level, method, n, n_missing, status; n_effective and degrees_of_freedom
/// where they are known. What is not there is null.
[[nodiscard]] inline std::string to_json(const estimate& e) {
    json_object object;
    object.with("value", e.value)
        .with("lower", e.bounds ? std::optional(e.bounds->lower) : std::nullopt)
        .with("upper", e.bounds ? std::optional(e.bounds->upper) : std::nullopt)
        .with("level", e.level)
        .with("method", e.method)
        .with("n", e.n);
    if (e.n_effective) object.with("n_effective", e.n_effective);
    object.with("n_missing", e.n_missing);
    if (e.degrees_of_freedom) object.with("degrees_of_freedom", e.degrees_of_freedom);
    return object.with("status", e.status).text();
}
[[nodiscard]] inline std::string to_json(const interval& i) {
    return json_object().with("lower", i.lower).with("upper", i.upper).text();
}

}  // namespace compute_divide::inline v0_2

#endif
