// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/proportion_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

template <cd::named_enum Enum>
bool names(std::string_view name) {
    const auto entries = enumerators(Enum{});
    return std::ranges::any_of(entries, [name](const auto& entry) { return entry.name == name; });
}

/// The comparison that has an interval of this name.
cd::estimate compared(std::string_view method, cd::share_count a, cd::share_count b, double level) {
    if (names<cd::difference_interval>(method))
        return cd::share_difference(a, b,
                                    {.interval = cd::parse_name<cd::difference_interval>(method), .level = level});
    if (names<cd::risk_ratio_interval>(method))
        return cd::risk_ratio(a, b, {.interval = cd::parse_name<cd::risk_ratio_interval>(method), .level = level});
    return cd::odds_ratio(a, b, {.interval = cd::parse_name<cd::odds_ratio_interval>(method), .level = level});
}

constexpr std::string_view all_methods[] = {"newcombe", "miettinen_nurminen", "koopman", "katz", "cornfield", "woolf",
                                            "gart"};

}  // namespace

TEST_CASE("intervals agree with constrained likelihoods in high precision") {
    for (const auto& row : test_support::reference_table("proportion_comparison", 7)) {
        CAPTURE(row.text);
        const auto& v = row.numbers;
        const auto result = compared(row.name, {v[0], v[1]}, {v[2], v[3]}, v[4]);
        CHECK(result.n_effective.value_or(static_cast<double>(result.n)) == v[1] + v[3]);
        CHECK(result.method == row.name);
        CHECK(result.level == v[4]);
        if (std::isnan(v[5])) {
            CHECK_FALSE(result.bounds);
            CHECK(result.status == estimate_status::degenerate);
            continue;
        }
        REQUIRE(result.bounds);
        // a difference is the difference of two numbers of order 1: its error is absolute
        const bool ratio = !names<cd::difference_interval>(row.name);
        CHECK((ratio ? close(result.lower(), v[5], 1e-11) : std::fabs(result.lower() - v[5]) <= 1e-13));
        CHECK((ratio ? close(result.upper(), v[6], 1e-11) : std::fabs(result.upper() - v[6]) <= 1e-13));
        CHECK(result.value.has_value() == std::isfinite(v[6]));
        CHECK(static_cast<bool>(result) == result.value.has_value());
        if (result.value) CHECK(result.bounds->contains(*result.value));
    }
}

// Newcombe (1998), Statistics in Medicine 17:873, table II, as printed.
TEST_CASE("differences agree with published tables") {
    struct published {
        cd::share_count first, second;
        cd::difference_interval interval;
        double lower, upper;
    };
    constexpr published rows[] = {{{56, 70}, {48, 80}, cd::difference_interval::newcombe, 0.0524, 0.3339},
                                  {{56, 70}, {48, 80}, cd::difference_interval::miettinen_nurminen, 0.0528, 0.3382},
                                  {{9, 10}, {3, 10}, cd::difference_interval::newcombe, 0.1705, 0.8090},
                                  {{9, 10}, {3, 10}, cd::difference_interval::miettinen_nurminen, 0.1700, 0.8406}};
    for (const auto& row : rows) {
        const auto result = cd::share_difference(row.first, row.second, {.interval = row.interval});
        CHECK(std::fabs(result.lower() - row.lower) < 5.1e-5);
        CHECK(std::fabs(result.upper() - row.upper) < 5.1e-5);
    }
}

TEST_CASE("values are the plain difference and ratios") {
    CHECK(cd::share_difference({3, 4}, {1, 4}).value == 0.5);
    CHECK(cd::risk_ratio({3, 4}, {1, 4}).value == 3);
    CHECK(cd::odds_ratio({3, 4}, {1, 4}).value == 9);
    CHECK(cd::odds_ratio({3, 4}, {1, 4}, {.interval = cd::odds_ratio_interval::woolf}).value == 9);
    CHECK(close(*cd::odds_ratio({3, 4}, {1, 4}, {.interval = cd::odds_ratio_interval::gart}).value,
                3.5 * 3.5 / (1.5 * 1.5), 1e-15));
    CHECK(cd::share_difference({3, 4}, {1, 4}).method == "newcombe");
    CHECK(cd::risk_ratio({3, 4}, {1, 4}).method == "koopman");
    CHECK(cd::odds_ratio({3, 4}, {1, 4}).method == "cornfield");
}

TEST_CASE("exchanging the samples mirrors the difference and inverts the ratios") {
    constexpr cd::share_count counts[] = {{0, 9},    {9, 9},     {1, 9},        {4, 9},
                                          {40, 900}, {2.5, 3.5}, {5e-14, 10.7}, {48163.3, 48163.3}};
    for (const auto& a : counts)
        for (const auto& b : counts)
            for (const auto method : all_methods) {
                const auto one = compared(method, a, b, 0.9), other = compared(method, b, a, 0.9);
                CHECK(one.bounds.has_value() == other.bounds.has_value());
                if (!one.bounds) continue;
                if (names<cd::difference_interval>(method)) {
                    CHECK(std::fabs(one.lower() + other.upper()) < 1e-14);
                    CHECK(one.lower() >= -1);
                    CHECK(one.upper() <= 1);
                } else {
                    CHECK(close(one.lower(), 1 / other.upper(), 1e-13));
                }
                CHECK(compared(method, a, b, 0.99).lower() <= one.lower());
                CHECK(compared(method, a, b, 0.99).upper() >= one.upper());
            }
}

TEST_CASE("zero counts bound a ratio on one side only, or not at all") {
    const auto unbounded = cd::risk_ratio({5, 10}, {0, 10});
    CHECK(unbounded.status == estimate_status::degenerate);
    CHECK_FALSE(unbounded.value);
    CHECK(unbounded.lower() > 1);
    CHECK(unbounded.upper() == infinity);

    const auto zero = cd::risk_ratio({0, 10}, {5, 10});
    CHECK(zero);
    CHECK(zero.value == 0);
    CHECK(zero.lower() == 0);
    CHECK(zero.upper() < 1);

    CHECK(cd::odds_ratio({5, 10}, {0, 10}).upper() == infinity);
    CHECK(cd::odds_ratio({10, 10}, {5, 10}).upper() == infinity);
    CHECK(cd::odds_ratio({5, 10}, {10, 10}).lower() == 0);
    CHECK(cd::risk_ratio({10, 10}, {20, 20}).value == 1);

    const std::pair<cd::share_count, cd::share_count> nothing_known[] = {{{0, 10}, {0, 20}}, {{10, 10}, {20, 20}}};
    for (const auto& [a, b] : nothing_known) {
        CHECK_FALSE(cd::odds_ratio(a, b).bounds);
        CHECK_FALSE(cd::odds_ratio(a, b, {.interval = cd::odds_ratio_interval::woolf}).bounds);
        CHECK_FALSE(cd::risk_ratio(a, b, {.interval = cd::risk_ratio_interval::katz}).bounds);
        CHECK(cd::odds_ratio(a, b, {.interval = cd::odds_ratio_interval::gart}));
        CHECK(cd::share_difference(a, b));
    }
    CHECK_FALSE(cd::risk_ratio({0, 10}, {0, 20}).bounds);
}

TEST_CASE("an empty sample is a status") {
    for (const auto method : all_methods) {
        for (const auto& result : {compared(method, {0, 0}, {3, 7}, 0.95), compared(method, {3, 7}, {0, 0}, 0.95)}) {
            CHECK(result.status == estimate_status::no_data);
            CHECK_FALSE(result.value);
            CHECK_FALSE(result.bounds);
        }
    }
    const auto tiny =
        cd::share_difference({0.2, 0.4}, {0.1, 0.4}, {.interval = cd::difference_interval::miettinen_nurminen});
    CHECK(tiny.status == estimate_status::too_few);
    CHECK_FALSE(tiny.bounds);
}

TEST_CASE("impossible arguments are refused by name") {
    CHECK(message_of([] {
              return cd::share_difference({-1, 5}, {1, 5});
          }) == "compute_divide::share_difference: 0 <= successes <= n, got -1");
    CHECK(message_of([] {
              return cd::risk_ratio({1, 5}, {6, 5});
          }) == "compute_divide::risk_ratio: 0 <= successes <= n, got 6");
    CHECK(message_of([] {
              return cd::odds_ratio({1, 5}, {not_a_number, 5});
          }) == "compute_divide::odds_ratio: 0 <= successes <= n, got nan");
    CHECK(message_of([] {
              return cd::odds_ratio({1, infinity}, {1, 5});
          }) == "compute_divide::odds_ratio: n of 0, or from 1e-15 to 1e15, got inf");
    CHECK(message_of([] {
              return cd::odds_ratio({0, -1}, {1, 5});
          }) == "compute_divide::odds_ratio: n of 0, or from 1e-15 to 1e15, got -1");
    CHECK(message_of([] {
              return cd::share_difference({1, 5}, {1, 5}, {.level = 1});
          }) == "compute_divide::share_difference: level in (0, 1), got 1");
    CHECK(message_of([] {
              return cd::risk_ratio({1, 5}, {1, 5}, {.level = 0});
          }) == "compute_divide::risk_ratio: level in (0, 1), got 0");
    CHECK(message_of([] {
              return cd::odds_ratio({0, 0}, {1, 5}, {.level = 95});
          }) == "compute_divide::odds_ratio: level in (0, 1), got 95");
}

TEST_CASE("a little more than one record in all is enough for a score interval") {
    const auto score = cd::difference_interval::miettinen_nurminen;
    CHECK(cd::share_difference({0.3, 0.6}, {0.1, 0.6}, {.interval = score}));
    CHECK(cd::share_difference({0.3, 0.5}, {0.1, 0.5}, {.interval = score}).status == cd::estimate_status::too_few);
}

TEST_CASE("Katz's interval of fewer than 5 successes says so, Koopman's need not") {
    using enum compute_divide::estimate_status;
    for (const auto& kind : enumerators(compute_divide::risk_ratio_interval{}))
        for (const double k : {4.0, 5.0}) {
            const bool few = kind.value == compute_divide::risk_ratio_interval::katz && k < 5;
            for (const auto& found : {compute_divide::risk_ratio({k, 50}, {20, 50}, {.interval = kind.value}),
                                      compute_divide::risk_ratio({20, 50}, {k, 50}, {.interval = kind.value})})
                CHECK(found.status == (few ? few_clusters : ok));
        }
}

TEST_CASE("counts and levels of any size: bounds around the value in their range, or an error that names the count") {
    using cd::estimate, cd::share_count;
    constexpr double sizes[]{0, 1e-300, 1e-15, 1e-8, 0.6, 1, 2, 1e3, 1e12, 1e15, 1e16, 1e154, 1e308};
    constexpr double parts[]{0, 1e-20, 1e-3, 0.5, 1 - 1e-12, 1};
    const auto check = [](const auto& compare, double least, double most) {
        estimate found;
        try {
            found = compare();
        } catch (const std::invalid_argument& error) {
            CHECK(std::string(error.what()).find("1e-15") != std::string::npos);
            return;
        }
        if (!found || !found.value) return;
        const double rounding = 1e-12 * std::fmax(1, std::fabs(*found.value));
        CHECK(std::isfinite(*found.value));
        CHECK(found.lower() >= least);
        CHECK(found.upper() <= most);
        CHECK(found.lower() <= *found.value + rounding);
        CHECK(found.upper() >= *found.value - rounding);
    };
    constexpr double infinite = std::numeric_limits<double>::infinity();
    for (const double level : {1e-300, 0.5, 0.95, std::nextafter(1.0, 0.0)})
        for (const double n1 : sizes)
            for (const double n2 : sizes)
                for (const double p1 : parts)
                    for (const double p2 : parts) {
                        const share_count a{p1 * n1, n1}, b{p2 * n2, n2};
                        CAPTURE(level);
                        CAPTURE(a.successes);
                        CAPTURE(a.n);
                        CAPTURE(b.successes);
                        CAPTURE(b.n);
                        for (const auto& m : enumerators(cd::difference_interval{}))
                            check([&] { return cd::share_difference(a, b, {m.value, level}); }, -1, 1);
                        for (const auto& m : enumerators(cd::risk_ratio_interval{}))
                            check([&] { return cd::risk_ratio(a, b, {m.value, level}); }, 0, infinite);
                        for (const auto& m : enumerators(cd::odds_ratio_interval{}))
                            check([&] { return cd::odds_ratio(a, b, {m.value, level}); }, 0, infinite);
                    }
}

TEST_CASE("at levels near 0 intervals hold the value") {
    for (const double level : {2e-16, 1e-12, 1e-6})
        for (const auto& interval : cd::enumerators(cd::difference_interval{})) {
            CAPTURE(level);
            const auto e = cd::share_difference({4, 33}, {3, std::nextafter(3.0, 4.0)},
                                                {.interval = interval.value, .level = level});
            CHECK(e.lower() <= *e.value);
            CHECK(*e.value <= e.upper());
        }
    for (const double level : {2e-16, 1e-12, 1e-6}) {
        CAPTURE(level);
        const auto risks = cd::risk_ratio({4, 33}, {29, 31}, {.level = level});
        CHECK((risks.lower() <= *risks.value && *risks.value <= risks.upper()));
        const auto odds = cd::odds_ratio({4, 33}, {29, 31}, {.level = level});
        CHECK((odds.lower() <= *odds.value && *odds.value <= odds.upper()));
    }
}
