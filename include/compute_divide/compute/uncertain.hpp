// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_UNCERTAIN_HPP
#define COMPUTE_DIVIDE_COMPUTE_UNCERTAIN_HPP

#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Numbers that are known to within some factor, and what that becomes in products and sums of them.
///
///     const uncertain power = between(200.0, 300.0, "power");
///     to_string((power * uncertain(8.0)).estimate());
namespace compute_divide::inline v0_2 {

namespace detail {

/// A plain number, a measure or a std::chrono duration as a double, in its own unit.
template <class T>
[[nodiscard]] constexpr double number_in(const T& x) {
    if constexpr (requires { x.count(); })
        return static_cast<double>(x.count());
    else
        return static_cast<double>(x);
}

/// A number of T's unit in words.
template <class T>
[[nodiscard]] std::string text_in_unit(double number, estimate_format format) {
    if constexpr (requires { to_string(T(number), format); }) {
        return to_string(T(number), format);
    } else {
        char text[64];
        std::snprintf(text, sizeof text, format.percent ? "%.*f %%" : "%.*g", format.digits,
                      number * (format.percent ? 100 : 1));
        return requires(T x) {
            x.count();
        }
        ? std::string(text) + " s" : text;
    }
}

}  // namespace detail

/// A number >= 0 whose logarithm is normal: `value` is its median, and its spread comes from named sources that are
/// independent of each other. Sources of one name are one: what a price and an energy share does not average out.
///
/// A product's logarithm is the sum of its factors', exactly. A sum is taken as log-normal with the spread that the
/// delta method gives its logarithm, each term's part weighing its share: d ln(a + b) = (a d ln a + b d ln b) / (a +
/// b). `T` is double, a measure or a std::chrono duration: products and sums have the units that those of T have.
template <class T = double>
class uncertain {
public:
    /// What makes a number uncertain: when the source is one of its standard deviations up, ln(number) is `log_sd` up.
    struct source {
        std::string name;
        double log_sd = 0;  ///< negative where it pulls down, as in a divisor

        friend bool operator==(const source&, const source&) = default;
    };

    /// Exactly this. Throws std::invalid_argument for a number that is negative or not finite.
    uncertain(T value)  // NOLINT(google-explicit-constructor): an exact number is an uncertain one, too
        : value_(value) {
        const double x = detail::number_in(value);
        detail::require(x >= 0 && std::isfinite(x), "uncertain", "a finite number >= 0", x);
    }
    /// Within a factor exp(z log_sd). Throws std::invalid_argument also for a log_sd that is negative or not finite.
    uncertain(T value, std::string name, double log_sd) : uncertain(value) {
        detail::require(log_sd >= 0 && std::isfinite(log_sd), "uncertain", "a finite log_sd >= 0", log_sd);
        add(name, log_sd);
    }

    /// The central value.
    [[nodiscard]] T value() const { return value_; }
    /// In order of their first appearance; without those that cancelled out.
    [[nodiscard]] const std::vector<source>& sources() const { return sources_; }
    /// The standard deviation of the logarithm.
    [[nodiscard]] double log_sd() const {
        double squares = 0;
        for (const source& s : sources_) squares += s.log_sd * s.log_sd;
        return std::sqrt(squares);
    }
    /// The number and its interval, value / f to value * f with f = exp(z log_sd). n is 0: it is not from a sample.
    /// Throws std::invalid_argument for a level outside (0, 1).
    [[nodiscard]] compute_divide::estimate estimate(double level = 0.9) const {
        detail::require_level(level, "uncertain::estimate");
        const double x = detail::number_in(value_);
        const double factor = std::exp(detail::upper_normal_quantile((1 - level) / 2) * log_sd());
        return {.value = x,
                .bounds = interval{x / factor, x * factor},
                .level = level,
                .method = "log-normal",
                .status = estimate_status::ok};
    }

    template <class B>
    [[nodiscard]] auto operator*(const uncertain<B>& b) const {
        return uncertain<decltype(value_ * b.value())>::combined(value_ * b.value(), *this, 1, b, 1);
    }
    /// The ratio; sources that both share cancel as far as they are the same.
    template <class B>
    [[nodiscard]] auto operator/(const uncertain<B>& b) const {
        return uncertain<decltype(value_ / b.value())>::combined(value_ / b.value(), *this, 1, b, -1);
    }
    [[nodiscard]] friend uncertain operator+(const uncertain& a, const uncertain& b) {
        const T sum = a.value() + b.value();
        const double total = detail::number_in(sum);
        const auto share = [total](const uncertain& part) {
            return total > 0 ? detail::number_in(part.value()) / total : 0;
        };
        return combined(sum, a, share(a), b, share(b));
    }

    friend bool operator==(const uncertain&, const uncertain&) = default;

private:
    template <class U>
    friend class uncertain;

    template <class A, class B>
    [[nodiscard]] static uncertain combined(T value, const uncertain<A>& a, double of_a, const uncertain<B>& b,
                                            double of_b) {
        uncertain result(value);
        for (const auto& s : a.sources()) result.add(s.name, of_a * s.log_sd);
        for (const auto& s : b.sources()) result.add(s.name, of_b * s.log_sd);
        return result;
    }
    void add(std::string_view name, double log_sd) {
        const auto same = detail::find(sources_, name, &source::name);
        if (same == sources_.end()) {
            if (log_sd != 0) sources_.push_back({std::string(name), log_sd});
        } else if ((same->log_sd += log_sd) == 0) {
            sources_.erase(same);
        }
    }

    T value_;
    std::vector<source> sources_ = {};
};

/// One line: the number, its interval at 90 % and their unit, `6.5 kW [5.1 kW, 8.2 kW] (90 %)`; the number alone where
/// it is exact.
template <class T>
[[nodiscard]] std::string to_string(const uncertain<T>& x, estimate_format format = {}) {
    const auto with_unit = [&](double number) { return detail::text_in_unit<T>(number, format); };
    const estimate e = x.estimate();
    if (x.sources().empty()) return with_unit(*e.value);
    return with_unit(*e.value) + " [" + with_unit(e.lower()) + ", " + with_unit(e.upper()) + "] (90 %)";
}

/// JSON of an uncertain number: that of its estimate at 90 %, in the unit without a prefix.
template <class T>
[[nodiscard]] std::string to_json(const uncertain<T>& x) {
    return to_json(x.estimate());
}

/// A number that is between the two with probability `level`: its value is their geometric mean.
/// Throws std::invalid_argument unless 0 < lower <= upper < infinity, and for a level outside (0, 1).
template <class T>
[[nodiscard]] uncertain<T> between(T lower, T upper, std::string name, double level = 0.9) {
    constexpr std::string_view function = "between";
    const double low = detail::number_in(lower), high = detail::number_in(upper);
    detail::require_level(level, function);
    detail::require(low > 0, function, "lower > 0", low);
    detail::require(high >= low && std::isfinite(high), function, "a finite upper >= lower", high);
    const double log_ratio = std::log(high / low);
    return {T(std::exp(0.5 * log_ratio) * lower), std::move(name),
            0.5 * log_ratio / detail::upper_normal_quantile((1 - level) / 2)};
}

/// An estimate with its interval as an uncertain number: log_sd from the ratio of the bounds at their level; exact
/// where there are none. Throws std::invalid_argument for an estimate without a value, and as `between`.
template <class T = double>
[[nodiscard]] uncertain<T> uncertain_from(const estimate& e, std::string name) {
    detail::require(e.value.has_value(), "uncertain_from", "an estimate with a value", description_of(e.status));
    if (!e.bounds) return T(*e.value);
    return {T(*e.value), name, between(e.bounds->lower, e.bounds->upper, name, e.level).log_sd()};
}

}  // namespace compute_divide::inline v0_2

#endif
