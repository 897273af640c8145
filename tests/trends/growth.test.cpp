// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/growth.hpp>

#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include <doctest/doctest.h>

#include "support/close.hpp"

namespace cd = compute_divide;
using cd::doubling_kind;
using cd::estimate_status;
using test_support::close;

namespace {

/// A slope that doubles in `days`, with ends that double in other numbers of days.
cd::estimate slope(double per_day, std::optional<cd::interval> bounds) {
    return {.value = per_day, .bounds = bounds, .level = 0.9, .method = "hc1", .n = 428, .status = estimate_status::ok};
}
double doubles_in(double days) {
    return std::log10(2) / days;
}

}  // namespace

TEST_CASE("a slope is told as orders of magnitude a year, a factor and months, by either calendar") {
    const auto estimate = slope(doubles_in(150), cd::interval{doubles_in(180), doubles_in(120)});
    const cd::growth julian = cd::growth_of(estimate);
    CHECK(close(*julian.slope.value, std::log10(2) / 150 * 365.25, 1e-15));
    CHECK(close(*julian.factor.value, std::pow(2, 365.25 / 150), 1e-14));
    CHECK(close(*julian.doubling.months.value, 150 * 12 / 365.25, 1e-14));
    const cd::growth published =
        cd::growth_of(estimate, {.units = {cd::year_length::days_365, cd::month_length::days_30}});
    CHECK(close(*published.slope.value, std::log10(2) / 150 * 365, 1e-15));
    CHECK(close(*published.factor.value, std::pow(2, 365.0 / 150), 1e-14));
    CHECK(close(*published.doubling.months.value, 5, 1e-14));
    CHECK(close(published.doubling.months.lower(), 4, 1e-14));
    CHECK(close(published.doubling.months.upper(), 6, 1e-14));
    CHECK(close(published.factor.lower(), std::pow(2, 365.0 / 180), 1e-14));
    CHECK(close(published.factor.upper(), std::pow(2, 365.0 / 120), 1e-14));
    CHECK(published.doubling.kind == doubling_kind::finite);
    for (const auto& each : {published.slope, published.factor, published.doubling.months}) {
        CHECK(each.method == "hc1");
        CHECK(each.level == 0.9);
        CHECK(each.n == 428);
    }
}

TEST_CASE("the delta method is symmetric round the estimate, and close to the exact ends of a narrow interval") {
    const double b = doubles_in(150);
    const auto wide = cd::growth_of(slope(b, cd::interval{0.8 * b, 1.2 * b}), {.derived = cd::derived_interval::delta});
    const double months = *wide.doubling.months.value;
    CHECK(close(wide.doubling.months.lower(), 0.8 * months, 1e-14));
    CHECK(close(wide.doubling.months.upper(), 1.2 * months, 1e-14));
    const double factor = *wide.factor.value;
    CHECK(close(wide.factor.upper(), factor * (1 + std::log(factor) * 0.2), 1e-13));
    CHECK(close(wide.factor.lower(), factor * (1 - std::log(factor) * 0.2), 1e-13));

    const auto narrow = slope(b, cd::interval{b * (1 - 1e-6), b * (1 + 1e-6)});
    const auto delta = cd::growth_of(narrow, {.derived = cd::derived_interval::delta});
    const auto fieller = cd::growth_of(narrow);
    CHECK(close(delta.doubling.months.lower(), fieller.doubling.months.lower(), 2e-12));
    CHECK(close(delta.doubling.months.upper(), fieller.doubling.months.upper(), 2e-12));
    CHECK(close(delta.factor.upper(), fieller.factor.upper(), 1e-11));
}

TEST_CASE("a doubling time that is not bounded says so") {
    const double b = doubles_in(150);
    const struct {
        double value, lower, upper;
        doubling_kind kind;
        const char* text;
    } cases[] = {
        {b, b / 2, 2 * b, doubling_kind::finite, "5 months [2.5, 10] (hc1, 90 %, n = 428)"},
        {b, 0, 2 * b, doubling_kind::at_least, "5 months, at least 2.5 (hc1, 90 %, n = 428)"},
        {b, -b, 2 * b, doubling_kind::at_least, "5 months, at least 2.5 (hc1, 90 %, n = 428)"},
        {0, -b, b, doubling_kind::none, "no finite doubling time (hc1, n = 428)"},
        {-b, -2 * b, b, doubling_kind::none, "no finite doubling time (hc1, n = 428)"},
        {-b, -2 * b, -b / 2, doubling_kind::none, "no finite doubling time (hc1, n = 428)"},
    };
    for (const auto& c : cases) {
        CAPTURE(c.text);
        for (const auto derived : {cd::derived_interval::fieller, cd::derived_interval::delta}) {
            const auto doubling = cd::growth_of(slope(c.value, cd::interval{c.lower, c.upper}),
                                                {.units = {.month = cd::month_length::days_30}, .derived = derived})
                                      .doubling;
            CHECK(doubling.kind == c.kind);
            const bool is_none = c.kind == doubling_kind::none;
            CHECK(static_cast<bool>(doubling) != is_none);
            CHECK(doubling.months.status == (is_none ? estimate_status::degenerate : estimate_status::ok));
            CHECK(doubling.months.value.has_value() != is_none);
            CHECK(doubling.months.bounds.has_value() != is_none);
            if (!is_none) {
                CHECK(std::isfinite(doubling.months.lower()));
                CHECK(std::isfinite(doubling.months.upper()) == (c.kind == doubling_kind::finite));
            }
            if (derived == cd::derived_interval::fieller || c.kind != doubling_kind::finite)
                CHECK(cd::to_string(doubling) == c.text);
        }
    }
}

TEST_CASE("without a value there is none; without an interval a value alone") {
    const auto none = cd::growth_of({.n = 2, .n_missing = 7, .status = estimate_status::too_few});
    CHECK_FALSE(none.factor.value);
    CHECK_FALSE(none.doubling);
    CHECK_FALSE(none);
    CHECK(none.doubling.kind == doubling_kind::unknown);
    CHECK(none.doubling.months.status == estimate_status::too_few);
    CHECK(cd::to_string(none.doubling) == "too few records (n = 2, 7 missing)");
    const auto alone =
        cd::growth_of(slope(doubles_in(150), std::nullopt), {.units = {.month = cd::month_length::days_30}});
    CHECK(cd::to_string(alone.doubling) == "5 months (hc1, n = 428)");
    CHECK(alone.doubling.kind == doubling_kind::finite);
    CHECK_FALSE(alone.factor.bounds);
}

TEST_CASE("a factor above the largest double is not told as infinite") {
    const auto steep_end = cd::growth_of(slope(0.1, cd::interval{-2, 2.2})).factor;
    CHECK(steep_end.value);
    CHECK_FALSE(steep_end.bounds);
    const auto steep = cd::growth_of(slope(2, cd::interval{1, 3}));
    CHECK_FALSE(steep.factor.value);
    CHECK(steep.factor.status == estimate_status::degenerate);
    CHECK_FALSE(steep.factor.bounds);
    CHECK(steep.doubling.kind == doubling_kind::finite);
}

TEST_CASE("an interval without growth, or growth too slow for a number, gives no finite doubling time") {
    const struct {
        double value, lower, upper;
        doubling_kind kind;
    } cases[] = {{1e-4, -3e-4, -1e-4, doubling_kind::none},  // a bootstrap's interval need not hold the estimate
                 {1e-4, -3e-4, 0, doubling_kind::none},
                 {1e-311, 1e-312, 1e-310, doubling_kind::none},
                 {1e-4, 1e-312, 2e-4, doubling_kind::at_least}};
    for (const auto& c : cases) {
        const auto doubling = cd::growth_of(slope(c.value, cd::interval{c.lower, c.upper})).doubling;
        CHECK(doubling.kind == c.kind);
        CHECK(doubling.months.value.has_value() == (c.kind != doubling_kind::none));
        if (!doubling) continue;
        CHECK(doubling.months.lower() > 0);
        CHECK(doubling.months.upper() == std::numeric_limits<double>::infinity());
    }
}

TEST_CASE("growth is written as JSON and as text") {
    const auto growth = cd::growth_of(slope(doubles_in(150), cd::interval{0, doubles_in(75)}),
                                      {.units = {.month = cd::month_length::days_30}});
    const std::string sample = R"(,"level":0.9,"method":"hc1","n":428,"n_missing":0,"status":"ok"})";
    const std::string json = cd::to_json(growth.doubling);
    CHECK(json.starts_with(R"({"months":{"value":5,"lower":2.5,"upper":null)" + sample));
    CHECK(json.ends_with(R"(,"kind":"at_least"})"));
    CHECK(cd::to_json(growth).starts_with(R"({"slope":{"value":0.73)"));
    CHECK(cd::to_json(growth).ends_with(R"(,"doubling":)" + json + "}"));
    CHECK(cd::to_string(growth) ==
          "slope     0.733 [0, 1.47] (hc1, 90 %, n = 428)\n"
          "factor    5.41 [1, 29.2] (hc1, 90 %, n = 428)\n"
          "doubling  5 months, at least 2.5 (hc1, 90 %, n = 428)");
    CHECK(cd::to_string(growth.doubling, {.digits = 1}) == "5 months, at least 2 (hc1, 90 %, n = 428)");
}

TEST_CASE("names of the choices can be parsed, and read") {
    CHECK(cd::parse_name<cd::year_length>("days_365") == cd::year_length::days_365);
    CHECK(cd::description_of(cd::year_length::days_365) == "365 days");
    CHECK(cd::parse_name<cd::month_length>("days_30") == cd::month_length::days_30);
    CHECK(cd::parse_name<cd::derived_interval>("delta") == cd::derived_interval::delta);
    CHECK(cd::parse_name<doubling_kind>("at_least") == doubling_kind::at_least);
}
