// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/quantities.hpp>

#include <doctest/doctest.h>
#include <chrono>
#include <compute_divide/concepts.hpp>
#include <concepts>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "support/close.hpp"

using namespace compute_divide;
using namespace compute_divide::literals;
using namespace std::chrono_literals;
using test_support::close;

namespace {

template <class A, class B>
concept can_add = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept can_compare = requires(A a, B b) {
    a < b;
};
template <class A, class B>
concept can_multiply = requires(A a, B b) {
    a* b;
};

}  // namespace

// No more than a double, and made of one on request only.
static_assert(sizeof(flop) == sizeof(double) && std::is_trivially_copyable_v<flop>);
static_assert(!std::convertible_to<double, flop> && !std::convertible_to<flop, double>);
static_assert(flop{3}.value() == 3 && static_cast<double>(flop{3}) == 3 && flop{}.value() == 0);

// A field of records may be one.
static_assert(quantity<flop> && quantity<us_dollars>);
static_assert(as_double(2_kw) == 2000);

// Only what makes sense.
static_assert(can_add<flop, flop> && !can_add<flop, flop_per_second> && !can_add<flop, double>);
static_assert(!can_add<bytes, flop> && !can_add<watts, joules> && !can_add<kg_co2e, us_dollars>);
static_assert(can_compare<flop, flop> && !can_compare<flop, flop_per_second> && !can_compare<watts, joules>);
static_assert(!can_multiply<flop, flop> && !can_multiply<flop, std::chrono::seconds>);
static_assert(can_multiply<flop_per_second, std::chrono::hours> && can_multiply<std::chrono::hours, watts>);

// Units that follow.
static_assert(std::same_as<decltype(1_tflop_per_s * 1h), flop>);
static_assert(2_tflop_per_s * 1h == 7.2e15_flop && 1h * 2_tflop_per_s == 7.2e15_flop);
static_assert(400_w * 24h == 9.6_kwh && 9.6_kwh / 24h == 400_w);
static_assert(std::same_as<decltype(1_flop / 1_flop_per_s), seconds>);
static_assert(7.2e15_flop / 2_tflop_per_s == 1h && 9.6_kwh / 400_w == 24h && 80_gb / 2_gb_per_s == 40s);
static_assert(std::same_as<decltype(3_flop / 2_flop), double> && 3_flop / 2_flop == 1.5);
static_assert(3_kwh / 2_kwh == 1.5 && 3_kw / 2_kw == 1.5);
static_assert(312_tflop_per_s / 400_w == 780_tflop_per_s / 1000_w);
static_assert((312_tflop_per_s / 400_w).value() == 0.78e12);
static_assert(7.8e11_flop / (312_tflop_per_s / 400_w) == 1_j);
static_assert((0.5_kg_co2e / 1_j) * 10_j == 5_kg_co2e && 10_j * (0.5_kg_co2e / 1_j) == 5_kg_co2e);
static_assert((0.25_usd / 1_j) * 8_j == 2_usd);
static_assert(3 * 2_flop == 2_flop * 3 && 6_flop / 2 == 3_flop && 2_flop - 3_flop == -1_flop);
static_assert(1_flop < 2_flop && 2_flop >= 2_flop && 1_flop != 2_flop);

// Literals are the nearest double, whatever their prefix.
static_assert((19.49_tflop_per_s).value() == 19.49e12 && (0.1386_tflop_per_s).value() == 0.1386e12);
static_assert(312_tflop_per_s == 312.0_tflop_per_s && 1_pflop_per_s == 1000_tflop_per_s && 1_tb == 1000_gb);

TEST_CASE("sums in place") {
    flop work{1};
    work += flop{4};
    work -= flop{2};
    work *= 6;
    work /= 2;
    CHECK(work == flop{9});
}

TEST_CASE("petaFLOP/s-days and kilowatt-hours") {
    CHECK(pfs_days(1_pflop_per_s * std::chrono::days(1)) == 1);
    CHECK(close(pfs_days(flop{3.14e23}), 3634.2592592592592, 1e-15));  // GPT-3: 3.64e3 in Brown et al. 2020, table D.1
    CHECK(flop{8.64e19} == 1_pfs_days);
    CHECK(kilowatt_hours(1_kwh) == 1);
    CHECK(kilowatt_hours(1_kw * 90min) == 1.5);
}

TEST_CASE("printed with SI prefixes") {
    struct {
        std::string printed;
        std::string_view expected;
    } const rows[] = {
        {to_string(flop{3.14e23}), "314 ZFLOP"},
        {to_string(312_tflop_per_s), "312 TFLOP/s"},
        {to_string(312_tflop_per_s / 400_w), "780 GFLOP/J"},
        {to_string(1.536_gb), "1.536 GB"},
        {to_string(2039_gb_per_s), "2.039 TB/s"},
        {to_string(400_w), "400 W"},
        {to_string(6500_w), "6.5 kW"},
        {to_string(1_kwh), "3.6 MJ"},
        {to_string(kg_co2e{284019}), "2.84e+05 kg CO2e"},
        {to_string(kg_co2e{552}), "552 kg CO2e"},
        {to_string(1499_usd), "1499 USD"},
        {to_string(flop{0}), "0 FLOP"},
        {to_string(flop{0.5}), "0.5 FLOP"},
        {to_string(flop{999.94e9}), "999.9 GFLOP"},
        {to_string(flop{999.96e9}), "1 TFLOP"},
        {to_string(flop{999.96}), "1 kFLOP"},
        {to_string(flop{-8e10}), "-80 GFLOP"},
        {to_string(flop{5e34}), "5e+04 QFLOP"},
        {to_string(flop{std::numeric_limits<double>::quiet_NaN()}), "nan FLOP"},
        {to_string(flop{std::numeric_limits<double>::infinity()}), "inf FLOP"},
    };
    for (const auto& row : rows) CHECK(row.printed == row.expected);
}

TEST_CASE("as text with the digits asked for, as JSON without a prefix") {
    CHECK(to_string(flop_per_second(312.5e12), {.digits = 3}) == "312 TFLOP/s");
    CHECK(to_string(flop_per_second(999.96e9), {.digits = 6}) == "999.96 GFLOP/s");
    CHECK(to_string(flop_per_second(999.96e9), {.digits = 4}) == "1 TFLOP/s");
    CHECK(to_string(flop_per_second(999.4e9), {.digits = 3}) == "999 GFLOP/s");
    CHECK(to_json(watts(6500)) == "6500");
    CHECK(to_json(kg_co2e(2.84e25)) == "2.84e+25");
}
