// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_QUANTITIES_HPP
#define COMPUTE_DIVIDE_COMPUTE_QUANTITIES_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// Numbers with units, so that operations (FLOP) and operations per second (FLOP/s), chips' power and energy, cannot
/// be mixed; time is std::chrono's.
///
///     using namespace compute_divide::literals;
///     const flop work = 64 * 312.0_tflop_per_s * 0.4 * std::chrono::hours(24 * 12);
///     to_string(work);  // "8.281 ZFLOP"
namespace compute_divide::inline v0_2 {

namespace detail {

struct flop_unit {
    static constexpr std::string_view symbol = "FLOP";
    static constexpr bool si_prefixes = true;
};
struct byte_unit {
    static constexpr std::string_view symbol = "B";
    static constexpr bool si_prefixes = true;
};
struct joule_unit {
    static constexpr std::string_view symbol = "J";
    static constexpr bool si_prefixes = true;
};
struct kg_co2e_unit {
    static constexpr std::string_view symbol = "kg CO2e";
    static constexpr bool si_prefixes = false;
};
struct us_dollar_unit {
    static constexpr std::string_view symbol = "USD";
    static constexpr bool si_prefixes = false;
};
struct second_unit {
    static constexpr std::string_view symbol = "s";
};

/// One unit for each of another: FLOP per second, FLOP per joule, kilograms per joule.
template <class Unit, class Each>
struct per {
    static constexpr bool si_prefixes = Unit::si_prefixes;
};
using watt_unit = per<joule_unit, second_unit>;

}  // namespace detail

/// A number of `Unit`s: a double, with no more cost than one. Made of a number, and made into one, only on request.
/// Sums and comparisons are of one unit; a product or quotient has the unit that follows, where there is one.
template <class Unit>
class measure {
public:
    constexpr measure() = default;
    constexpr explicit measure(double value) : value_(value) {}

    /// The number, in the unit that the name of the type says.
    [[nodiscard]] constexpr double value() const { return value_; }
    /// The same as `value`.
    [[nodiscard]] constexpr explicit operator double() const { return value_; }

    constexpr measure& operator+=(measure other) { return *this = measure(value_ + other.value_); }
    constexpr measure& operator-=(measure other) { return *this = measure(value_ - other.value_); }
    /// Times a number without a unit.
    constexpr measure& operator*=(double factor) { return *this = measure(value_ * factor); }
    /// Over a number without a unit.
    constexpr measure& operator/=(double factor) { return *this = measure(value_ / factor); }
    /// The negative.
    [[nodiscard]] constexpr measure operator-() const { return measure(-value_); }

    friend constexpr bool operator==(measure, measure) = default;
    friend constexpr auto operator<=>(measure, measure) = default;

private:
    double value_ = 0;
};

using flop = measure<detail::flop_unit>;  ///< floating-point operations; a multiply-add is two
using flop_per_second = measure<detail::per<detail::flop_unit, detail::second_unit>>;   ///< a rate of computing
using flop_per_joule = measure<detail::per<detail::flop_unit, detail::joule_unit>>;     ///< efficiency of hardware
using bytes = measure<detail::byte_unit>;                                               ///< of memory
using bytes_per_second = measure<detail::per<detail::byte_unit, detail::second_unit>>;  ///< of memory, or of a link
using joules = measure<detail::joule_unit>;                                             ///< energy
using watts = measure<detail::watt_unit>;                                               ///< power
using kg_co2e = measure<detail::kg_co2e_unit>;                                          ///< kilograms of CO2-equivalent
using kg_co2e_per_joule = measure<detail::per<detail::kg_co2e_unit, detail::joule_unit>>;       ///< carbon intensity
using us_dollars = measure<detail::us_dollar_unit>;                                             ///< money
using us_dollars_per_joule = measure<detail::per<detail::us_dollar_unit, detail::joule_unit>>;  ///< a price of energy
using seconds = std::chrono::duration<double>;  ///< a time, as a real number

/// What sums need: FLOP and FLOP/s are not the same unit.
template <class A, class B>
concept same_unit = std::same_as<A, B>;

/// The sum of two measures of one unit.
template <class A, class B>
requires same_unit<A, B>
[[nodiscard]] constexpr measure<A> operator+(measure<A> a, measure<B> b) {
    return a += b;
}
/// The difference of two measures of one unit.
template <class A, class B>
requires same_unit<A, B>
[[nodiscard]] constexpr measure<A> operator-(measure<A> a, measure<B> b) {
    return a -= b;
}

template <class Unit>
[[nodiscard]] constexpr measure<Unit> operator*(measure<Unit> a, double factor) {
    return a *= factor;
}
template <class Unit>
[[nodiscard]] constexpr measure<Unit> operator*(double factor, measure<Unit> a) {
    return a *= factor;
}
template <class Unit>
[[nodiscard]] constexpr measure<Unit> operator/(measure<Unit> a, double divisor) {
    return a /= divisor;
}

/// The ratio of two of one unit is a number.
template <class Unit>
[[nodiscard]] constexpr double operator/(measure<Unit> a, measure<Unit> b) {
    return a.value() / b.value();
}

/// FLOP/s times a time is FLOP, W times a time is J; and back.
template <class Unit, class Rep, class Period>
[[nodiscard]] constexpr measure<Unit> operator*(measure<detail::per<Unit, detail::second_unit>> rate,
                                                std::chrono::duration<Rep, Period> time) {
    return measure<Unit>(rate.value() * seconds(time).count());
}
template <class Unit, class Rep, class Period>
[[nodiscard]] constexpr measure<Unit> operator*(std::chrono::duration<Rep, Period> time,
                                                measure<detail::per<Unit, detail::second_unit>> rate) {
    return rate * time;
}
template <class Unit, class Rep, class Period>
[[nodiscard]] constexpr measure<detail::per<Unit, detail::second_unit>> operator/(
    measure<Unit> a, std::chrono::duration<Rep, Period> time) {
    return measure<detail::per<Unit, detail::second_unit>>(a.value() / seconds(time).count());
}
/// How long FLOP take at a rate of FLOP/s, bytes at bytes/s, energy at a power.
template <class Unit>
[[nodiscard]] constexpr seconds operator/(measure<Unit> a, measure<detail::per<Unit, detail::second_unit>> rate) {
    return seconds(a.value() / rate.value());
}

/// Joules times kilograms per joule are kilograms, and the like; FLOP over joules, or FLOP/s over watts, are FLOP/J.
template <class Unit, class Each>
[[nodiscard]] constexpr measure<Unit> operator*(measure<detail::per<Unit, Each>> rate, measure<Each> a) {
    return measure<Unit>(rate.value() * a.value());
}
template <class Unit, class Each>
[[nodiscard]] constexpr measure<Unit> operator*(measure<Each> a, measure<detail::per<Unit, Each>> rate) {
    return rate * a;
}
template <class Unit>
requires(!same_unit<Unit, detail::joule_unit>) [[nodiscard]] constexpr measure<detail::per<Unit, detail::joule_unit>>
operator/(measure<Unit> a, joules energy) {
    return measure<detail::per<Unit, detail::joule_unit>>(a.value() / energy.value());
}
[[nodiscard]] constexpr flop_per_joule operator/(flop_per_second rate, watts power) {
    return flop_per_joule(rate.value() / power.value());
}
[[nodiscard]] constexpr joules operator/(flop work, flop_per_joule efficiency) {
    return joules(work.value() / efficiency.value());
}

/// FLOP in petaFLOP/s-days: 1e15 FLOP/s for a day, 8.64e19 FLOP.
[[nodiscard]] constexpr double pfs_days(flop work) {
    return work.value() / 8.64e19;
}
/// Energy in kilowatt-hours: 3.6e6 J.
[[nodiscard]] constexpr double kilowatt_hours(joules energy) {
    return energy.value() / 3.6e6;
}

namespace detail {

template <class Unit>
struct unit_name {
    static void append_to(std::string& text) { text += Unit::symbol; }
};
template <class Unit, class Each>
struct unit_name<per<Unit, Each>> {
    static void append_to(std::string& text) {
        unit_name<Unit>::append_to(text);
        text.append("/").append(Each::symbol);
    }
};
template <>
struct unit_name<watt_unit> {
    static void append_to(std::string& text) { text += "W"; }
};

}  // namespace detail

/// The significant digits asked for, four otherwise, and the unit, with an SI prefix where it takes one: "312 TFLOP/s",
/// "80 GB", "6.5 kW", "2.84e+05 kg CO2e".
template <class Unit>
[[nodiscard]] std::string to_string(measure<Unit> a, estimate_format format = {.digits = 4}) {
    constexpr std::string_view prefixes = "kMGTPEZYRQ";
    constexpr std::array<double, prefixes.size()> steps{1e3, 1e6, 1e9, 1e12, 1e15, 1e18, 1e21, 1e24, 1e27, 1e30};
    double value = a.value();
    char prefix = 0;
    const double rounds_up =
        1 - 0.5 * std::pow(10, -format.digits);  // 999.95, which is printed as 1000, is 1 of the next
    if (Unit::si_prefixes && std::isfinite(value))
        for (std::size_t i = 0; i < steps.size(); ++i)
            if (std::abs(a.value()) >= rounds_up * steps[i]) {
                value = a.value() / steps[i];
                prefix = prefixes[i];
            }
    char digits[64];
    std::string text(digits, std::to_chars(digits, digits + sizeof digits, value, std::chars_format::general,
                                           std::clamp(format.digits, 1, 17))
                                 .ptr);
    text += ' ';
    if (prefix != 0) text += prefix;
    detail::unit_name<Unit>::append_to(text);
    return text;
}

/// JSON of a quantity: its number of the unit without a prefix, FLOP, bytes, W, J and so on.
template <class Unit>
[[nodiscard]] std::string to_json(measure<Unit> a) {
    return to_json(a.value());
}

/// Quantities as literals, of whole numbers and decimals: `312.0_tflop_per_s`, `80_gb`, `400_w`. Prefixes are powers of
/// 1000.
namespace literals {

// NOLINTBEGIN(bugprone-macro-parentheses): a type takes none
#define COMPUTE_DIVIDE_LITERAL(suffix, type, scale)                                  \
    [[nodiscard]] constexpr type operator""_##suffix(long double value) {            \
        return type(static_cast<double>(value * (scale)));                           \
    }                                                                                \
    [[nodiscard]] constexpr type operator""_##suffix(unsigned long long value) {     \
        return type(static_cast<double>(static_cast<long double>(value) * (scale))); \
    }
COMPUTE_DIVIDE_LITERAL(flop, flop, 1.0L)
COMPUTE_DIVIDE_LITERAL(pfs_days, flop, 8.64e19L)
COMPUTE_DIVIDE_LITERAL(flop_per_s, flop_per_second, 1.0L)
COMPUTE_DIVIDE_LITERAL(gflop_per_s, flop_per_second, 1e9L)
COMPUTE_DIVIDE_LITERAL(tflop_per_s, flop_per_second, 1e12L)
COMPUTE_DIVIDE_LITERAL(pflop_per_s, flop_per_second, 1e15L)
COMPUTE_DIVIDE_LITERAL(bytes, bytes, 1.0L)
COMPUTE_DIVIDE_LITERAL(gb, bytes, 1e9L)
COMPUTE_DIVIDE_LITERAL(tb, bytes, 1e12L)
COMPUTE_DIVIDE_LITERAL(gb_per_s, bytes_per_second, 1e9L)
COMPUTE_DIVIDE_LITERAL(w, watts, 1.0L)
COMPUTE_DIVIDE_LITERAL(kw, watts, 1e3L)
COMPUTE_DIVIDE_LITERAL(j, joules, 1.0L)
COMPUTE_DIVIDE_LITERAL(kwh, joules, 3.6e6L)
COMPUTE_DIVIDE_LITERAL(kg_co2e, kg_co2e, 1.0L)
COMPUTE_DIVIDE_LITERAL(usd, us_dollars, 1.0L)
#undef COMPUTE_DIVIDE_LITERAL
// NOLINTEND(bugprone-macro-parentheses)

}  // namespace literals

}  // namespace compute_divide::inline v0_2

#endif
