// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/proportion.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::close;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

std::string message_of(double k, double n, cd::share_options options = {}) {
    return test_support::message_of([&] { (void)cd::share(k, n, options); });
}

}  // namespace

TEST_CASE("intervals agree with 40-digit arithmetic") {
    for (const auto& row : test_support::reference_table("proportion", 5)) {
        CAPTURE(row.text);
        const double k = row.numbers[0], n = row.numbers[1], level = row.numbers[2];
        const double lower = row.numbers[3], upper = row.numbers[4];
        const auto share =
            cd::share(k, n, {.interval = cd::parse_name<cd::proportion_interval>(row.name), .level = level});
        CHECK(close(share.lower(), lower, 1e-13));
        CHECK(close(share.upper(), upper, 1e-13));
        // the distance from 1, as far as a double next to 1 can tell it
        CHECK(std::fabs(share.upper() - upper) <= 1e-13 * (1 - upper) + 2.3e-16);
        CHECK((share.lower() == 0) == (lower == 0));
        CHECK((share.upper() == 1) == (upper == 1));
    }
}

TEST_CASE("an estimate says what was done") {
    const auto share = cd::share(13, 20, {.interval = cd::proportion_interval::jeffreys, .level = 0.9});
    CHECK(share);
    CHECK(share.value == 0.65);
    CHECK(share.level == 0.9);
    CHECK(share.method == "jeffreys");
    CHECK(share.n == 20);
    CHECK(cd::share(13, 20).method == "wilson");
    CHECK(cd::share(13, 20).level == 0.95);

    const cd::share_interval at({.interval = cd::proportion_interval::clopper_pearson, .level = 0.99});
    CHECK(cd::share(13, 20, at) ==
          cd::share(13, 20, {.interval = cd::proportion_interval::clopper_pearson, .level = 0.99}));
    CHECK(cd::share(13, 20, at).bounds == at(13, 20));
}

TEST_CASE("no observations are a status, not a number") {
    for (const auto& method : enumerators(cd::proportion_interval::wilson)) {
        const auto none = cd::share(0, 0, {.interval = method.value, .level = 0.8});
        CHECK_FALSE(none);
        CHECK(none.status == cd::estimate_status::no_data);
        CHECK_FALSE(none.value);
        CHECK_FALSE(none.bounds);
        CHECK(none.method == method.name);
        CHECK(none.level == 0.8);
    }
}

TEST_CASE("the two Jeffreys conventions differ at the edges alone") {
    const cd::share_interval plain({.interval = cd::proportion_interval::jeffreys}),
        modified({.interval = cd::proportion_interval::jeffreys_modified});
    for (const int n : {1, 5, 40})
        for (int k = 0; k <= n; ++k) {
            CHECK(modified(k, n).lower == (k == 0 ? 0 : plain(k, n).lower));
            CHECK(modified(k, n).upper == (k == n ? 1 : plain(k, n).upper));
        }
    CHECK(plain(0, 10).lower > 4e-5);
    CHECK(plain(10, 10).upper < 1 - 4e-5);
}

TEST_CASE("exact ends at no and at all successes are closed forms") {
    for (const double n : {1.0, 7.0, 1000.0, 1e12})
        for (const double level : {0.5, 0.95, 1 - 1e-9}) {
            const cd::share_interval exact({.interval = cd::proportion_interval::clopper_pearson, .level = level});
            const double log_tail = std::log((1 - level) / 2);
            CHECK(exact(0, n).lower == 0);
            CHECK(exact(n, n).upper == 1);
            CHECK(close(exact(0, n).upper, -std::expm1(log_tail / n), 1e-15));
            CHECK(close(exact(n, n).lower, std::exp(log_tail / n), 1e-15));
        }
}

// One parameter moved at a time, and every interval kept in its place.
TEST_CASE("intervals lie in the unit interval around the share and shrink as they should") {
    std::mt19937_64 generator(20230317);
    const auto uniform = [&generator] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
    for (int trial = 0; trial < 3000; ++trial) {
        const double n = std::pow(10, 14 * uniform() - 1), level = 1 - 0.7 * std::pow(10, -12 * uniform());
        const double k = trial % 3 == 0   ? n * uniform()
                         : trial % 3 == 1 ? n * std::pow(10, -12 * uniform())
                                          : std::floor(n);
        CAPTURE(k);
        CAPTURE(n);
        CAPTURE(level);
        for (const auto& method : enumerators(cd::proportion_interval::wilson)) {
            CAPTURE(method.name);
            const cd::share_interval at({.interval = method.value, .level = level});
            const auto [lower, upper] = at(k, n);
            CHECK(0 <= lower);
            CHECK(lower <= upper);
            CHECK(upper <= 1);
            if (method.value != cd::proportion_interval::jeffreys &&
                method.value != cd::proportion_interval::jeffreys_modified) {  // medians lie off the share
                CHECK(lower <= k / n * (1 + 1e-15));
                CHECK(upper >= k / n * (1 - 1e-15));
            }
            const auto wider = cd::share_interval({.interval = method.value, .level = level + (1 - level) / 2})(k, n);
            CHECK(wider.lower <= lower);
            CHECK(wider.upper >= upper);
        }
    }
}

TEST_CASE("so few successes that their share is below any double are as none") {
    for (const auto& method : cd::enumerators(cd::proportion_interval{}))
        for (const double k : {5e-324, 1e-320, 1e-310, 1e-300})
            for (const double n : {0.5, 31.0, 1e10, 1e90})
                for (const double level : {0x1p-52, 0.5, 0.95, 1 - 1e-9}) {
                    CAPTURE(method.name);
                    CAPTURE(k);
                    CAPTURE(n);
                    const auto few = cd::share(k, n, {.interval = method.value, .level = level});
                    const auto none = cd::share(0, n, {.interval = method.value, .level = level});
                    CHECK(std::abs(few.lower() - none.lower()) <= k / n);
                    CHECK(std::abs(few.upper() - none.upper()) <= 1e-6 * none.upper());
                }
}

TEST_CASE("intervals mirror when successes and failures are exchanged") {
    for (const auto& method : enumerators(cd::proportion_interval::wilson))
        for (const double level : {0.5, 0.95, 1 - 1e-9}) {
            const cd::share_interval at({.interval = method.value, .level = level});
            for (const double n : {3.0, 64.0, 4096.0, 1048576.0})
                for (const double k : {0.0, 1.0, n / 8, n / 2, n - 1, n}) {
                    const auto one = at(k, n), other = at(n - k, n);
                    CHECK(std::fabs(one.lower - (1 - other.upper)) <= 5e-16);
                    CHECK(std::fabs(one.upper - (1 - other.lower)) <= 5e-16);
                }
        }
}

TEST_CASE("levels down to nothing and up to one ulp below one") {
    for (const auto& method : enumerators(cd::proportion_interval::wilson))
        for (const double n : {2.0, 50.0, 1e5, 1e9}) {
            const auto narrow = cd::share(n / 2, n, {.interval = method.value, .level = 1e-6});
            CHECK(close(narrow.upper(), 0.5,
                        method.value == cd::proportion_interval::wilson_continuity ||
                                method.value == cd::proportion_interval::clopper_pearson
                            ? 1 / n + 1e-5
                            : 1e-5));
            const auto wide = cd::share(n / 2, n, {.interval = method.value, .level = 1 - 0x1p-53});
            CHECK(wide.lower() >= 0);
            CHECK(wide.lower() < narrow.lower());
            CHECK(wide.upper() > narrow.upper());
            CHECK(wide.upper() <= 1);
        }
}

TEST_CASE("impossible arguments are refused by name") {
    CHECK(message_of(-1, 10) == "compute_divide::share_interval: 0 <= successes <= n, got -1");
    CHECK(message_of(11, 10) == "compute_divide::share_interval: 0 <= successes <= n, got 11");
    CHECK(message_of(not_a_number, 10) == "compute_divide::share_interval: 0 <= successes <= n, got nan");
    CHECK(message_of(1, 0) == "compute_divide::share_interval: finite n > 0, got 0");
    CHECK(message_of(0, -1) == "compute_divide::share_interval: finite n > 0, got -1");
    CHECK(message_of(0, not_a_number) == "compute_divide::share_interval: finite n > 0, got nan");
    CHECK(message_of(0, infinity) == "compute_divide::share_interval: finite n > 0, got inf");
    for (const double level : {0.0, 1.0, -0.5, 95.0})
        CHECK(message_of(1, 2, {.level = level}).starts_with("compute_divide::share_interval: level in (0, 1), got"));
    CHECK(message_of(0, 0, {.level = not_a_number}) == "compute_divide::share_interval: level in (0, 1), got nan");
}

TEST_CASE("the arcsine interval of few successes or failures says so, others need not") {
    using enum compute_divide::estimate_status;
    for (const auto& kind : enumerators(compute_divide::proportion_interval{}))
        for (const double k : {0.0, 4.0, 5.0, 45.0, 46.0, 50.0}) {
            const bool few = kind.value == compute_divide::proportion_interval::arcsine && (k < 5 || k > 45);
            const auto share = compute_divide::share(k, 50, {.interval = kind.value});
            CAPTURE(k);
            CHECK(share.status == (few ? few_clusters : ok));
            CHECK(share);
        }
}

TEST_CASE(
    "n of any size and every level: within [0, 1], around the value, and the score interval for all from 1e17 on") {
    for (const auto& kind : enumerators(cd::proportion_interval{}))
        for (const double level : {1e-300, 1e-3, 0.5, 0.95, 1 - 1e-15, std::nextafter(1.0, 0.0)}) {
            const cd::share_interval of({.interval = kind.value, .level = level});
            const cd::share_interval score({.level = level});
            for (const double n : {2.3e-308, 1e-3, 5.0, 1e12, 1e16, 1e33, 1e60, 1e79, 1e81, 1e154, 1e300, 1.7e308})
                for (const double p : {0.0, 1e-300, 1e-40, 1e-16, 1e-3, 0.5, 1 - 1e-15, 1.0}) {
                    const double k = p * n;
                    const cd::interval found = of(k, n);
                    CAPTURE(kind.name);
                    CAPTURE(level);
                    CAPTURE(n);
                    CAPTURE(p);
                    CHECK(found.lower >= 0);
                    CHECK(found.lower <= found.upper);
                    CHECK(found.upper <= 1);
                    if (kind.value == cd::proportion_interval::jeffreys) continue;
                    CHECK(found.lower <= k / n);
                    CHECK(found.upper >= k / n);
                    if (std::min(k, n - k) > 1e17) {
                        CHECK(close(found.lower, score(k, n).lower, 1e-13));
                        CHECK(close(found.upper, score(k, n).upper, 1e-13));
                    }
                }
        }
}
