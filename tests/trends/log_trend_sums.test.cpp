// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/log_trend_sums.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/state.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct model {
    std::chrono::sys_days day;
    double value;
    int lab;
};
struct reference_case {
    std::string name;
    double slope, classical, clustered;
    std::vector<model> models = {};
};
const std::vector<reference_case>& reference_cases() {
    static const auto made = [] {
        std::vector<reference_case> cases;
        for (const auto& row : test_support::reference_table("log_trend_sums", 3)) {
            const auto& x = row.numbers;
            if (row.name.starts_with("record of "))
                cases.back().models.push_back(
                    {std::chrono::sys_days(std::chrono::days(static_cast<int>(x[0]))), x[1], static_cast<int>(x[2])});
            else
                cases.push_back({row.name, x[0], x[1], x[2]});
        }
        return cases;
    }();
    return made;
}
template <class Sums>
void add_to(Sums& sums, const model& m) {
    if constexpr (requires { sums.n_clusters(); })
        sums.add(m.day, m.value, m.lab);
    else
        sums.add(m.day, m.value);
}
template <class Sums>
Sums sums_of(const std::vector<model>& models) {
    Sums sums;
    for (const model& m : models) add_to(sums, m);
    return sums;
}
double variance_of(const cd::estimate& slope) {
    const double error =
        slope.bounds->width() / 2 / 365.25 / cd::detail::two_sided_t(slope.level, *slope.degrees_of_freedom);
    return error * error;
}
void check_close(const cd::growth& found, const cd::growth& expected, double tolerance) {
    CHECK(found.slope.method == expected.slope.method);
    CHECK(found.slope.status == expected.slope.status);
    CHECK(found.slope.n == expected.slope.n);
    CHECK(found.slope.n_missing == expected.slope.n_missing);
    CHECK(found.slope.degrees_of_freedom == expected.slope.degrees_of_freedom);
    CHECK(found.slope.level == expected.slope.level);
    CHECK(found.doubling.kind == expected.doubling.kind);
    REQUIRE(found.slope.value.has_value() == expected.slope.value.has_value());
    REQUIRE(found.slope.bounds.has_value() == expected.slope.bounds.has_value());
    if (found.slope.value) CHECK(*found.slope.value == doctest::Approx(*expected.slope.value).epsilon(tolerance));
    if (!found.slope.bounds) return;
    CHECK(found.slope.lower() == doctest::Approx(expected.slope.lower()).epsilon(tolerance));
    CHECK(found.slope.upper() == doctest::Approx(expected.slope.upper()).epsilon(tolerance));
    if (found.factor.bounds) CHECK(found.factor.upper() == doctest::Approx(expected.factor.upper()).epsilon(tolerance));
}

using independent = cd::log_trend_sums;
using by_lab = cd::clustered_log_trend_sums<int>;

}  // namespace

TEST_CASE("slope and variances agree with exact fractions") {
    REQUIRE(reference_cases().size() == 4);
    for (const auto& each : reference_cases()) {
        CAPTURE(each.name);
        const auto classical = sums_of<independent>(each.models).result().slope;
        CHECK(*classical.value / 365.25 == doctest::Approx(each.slope).epsilon(1e-15));
        CHECK(variance_of(classical) ==
              doctest::Approx(each.classical).epsilon(each.name == "nearly exact" ? 1e-7 : 1e-12));
        const auto clustered = sums_of<by_lab>(each.models).result().slope;
        CHECK(*clustered.value == *classical.value);
        CHECK(variance_of(clustered) ==
              doctest::Approx(each.clustered).epsilon(each.name == "nearly exact" ? 1e-7 : 1e-12));
    }
}

TEST_CASE("the growth is that of fit_log_trend, under every option that it has") {
    for (const auto& each : reference_cases()) {
        if (each.name == "nearly exact") continue;  // whose residuals are all rounding in the other
        CAPTURE(each.name);
        const auto fit = cd::fit_log_trend(each.models, &model::day, &model::value, &model::lab);
        const auto one = sums_of<independent>(each.models);
        const auto many = sums_of<by_lab>(each.models);
        CHECK(many.n_clusters() == fit.n_clusters());
        CHECK(*one.r_squared() == doctest::Approx(*fit.r_squared()).epsilon(1e-11));
        std::vector<cd::trend_options> options{{},
                                               {.level = 0.5},
                                               {.reference = cd::reference_distribution::standard_normal},
                                               {.derived = cd::derived_interval::delta},
                                               {.units = {cd::year_length::days_365, cd::month_length::days_30}},
                                               {.variance = cd::residual_variance::separate}};
        for (const auto& how : options) {
            check_close(one.result(how), fit.growth(how), 1e-11);
            CHECK(many.result(how) == one.result(how));
        }
        for (const auto& correction : enumerators(cd::cluster_correction{})) {
            const cd::trend_options how{.interval = cd::trend_interval::clustered, .correction = correction.value};
            check_close(many.result(how), fit.growth(how), 1e-11);
        }
        check_close(many.result(), fit.growth({.interval = cd::trend_interval::clustered}), 1e-11);
    }
}

TEST_CASE("the same to the last bit, however the records are split, added and merged") {
    std::mt19937 random(9);
    for (const auto& each : reference_cases()) {
        CAPTURE(each.name);
        auto models = each.models;
        const auto bytes = cd::saved(sums_of<independent>(models)), bytes_by_lab = cd::saved(sums_of<by_lab>(models));
        const auto growth = sums_of<by_lab>(models).result();
        for (int round = 0; round < 20; ++round) {
            std::shuffle(models.begin(), models.end(), random);
            const std::size_t n_parts = 1 + random() % 9;
            std::vector<independent> parts(n_parts);
            std::vector<by_lab> parts_by_lab(n_parts);
            for (const model& m : models) {
                const std::size_t part = random() % n_parts;
                add_to(parts[part], m);
                add_to(parts_by_lab[part], m);
            }
            for (; parts.size() > 1; parts.pop_back(), parts_by_lab.pop_back()) {  // any tree of merges
                const std::size_t at = random() % (parts.size() - 1);
                parts[at].merge(parts.back());
                parts_by_lab[at].merge(parts_by_lab.back());
            }
            CHECK(cd::saved(parts[0]) == bytes);
            CHECK(cd::saved(parts_by_lab[0]) == bytes_by_lab);
            CHECK(parts_by_lab[0].result() == growth);
        }
    }
}

TEST_CASE("dates and values of every kind, known or not") {
    cd::log_trend_sums sums;
    sums.add(2012, 10.0F);
    sums.add(std::chrono::year{2013}, 100);
    sums.add(std::chrono::sys_days(std::chrono::year{2014} / 1 / 1), std::optional(1000.0));
    sums.add(2015.5, 1e4);
    sums.add(std::optional<int>(), 10);
    sums.add(2012, std::optional<double>());
    sums.add(std::numeric_limits<double>::quiet_NaN(), 10);
    sums.add(2012, std::numeric_limits<double>::quiet_NaN());
    CHECK(sums.n() == 4);
    CHECK(sums.result().slope.n_missing == 4);
    cd::clustered_log_trend_sums<std::string> labelled;
    labelled.add(2012, 10, "a");
    labelled.add(2012, 10, std::optional<std::string>());
    CHECK(labelled.n() == 1);
    CHECK(labelled.result().slope.n_missing == 1);
}

TEST_CASE("where there is no trend the status says why") {
    using enum cd::estimate_status;
    const auto of = [](const std::vector<model>& models) { return sums_of<by_lab>(models).result().slope; };
    const auto day = [](int i) { return std::chrono::sys_days(std::chrono::days(i)); };
    CHECK(of({}).status == no_data);
    CHECK(!sums_of<independent>({}).r_squared());
    CHECK(of({{day(1), 1, 1}, {day(2), 2, 2}}).status == too_few);
    CHECK(of({{day(1), 1, 1}, {day(1), 2, 2}, {day(1), 3, 3}}).status == degenerate);
    CHECK(of({{day(1), 1, 1}, {day(2), 2, 1}, {day(3), 5, 2}}).status == too_few);  // of clusters
    const auto few = of({{day(1), 1, 1}, {day(2), 2, 2}, {day(3), 5, 3}, {day(4), 6, 4}});
    CHECK(few.status == few_clusters);
    CHECK(few.bounds);
    const auto exact = sums_of<independent>({{day(0), 1, 1}, {day(1000), 10, 2}, {day(2000), 100, 3}}).result();
    CHECK(exact.slope.status == ok);
    CHECK(exact.slope.bounds->width() == 0);
    const auto level = sums_of<independent>({{day(0), 5, 1}, {day(1000), 5, 2}, {day(2000), 5, 3}});
    CHECK(level.result().slope.value == 0);
    CHECK(!level.r_squared());
    CHECK(level.result().doubling.kind == cd::doubling_kind::none);
}

TEST_CASE("what it cannot do is an error that says who can") {
    cd::log_trend_sums sums;
    const auto refused = [&](auto value) {
        return message_of([&] {
            sums.add(2012, value);
            return 0;
        });
    };
    CHECK(refused(0) == "compute_divide::log_trend_sums: a finite value > 0, got 0");
    CHECK(refused(-1.5) != "no error");
    CHECK(refused(std::numeric_limits<double>::infinity()) != "no error");
    CHECK(sums.n() == 0);
    for (const auto& interval : enumerators(cd::trend_interval{}))
        if (interval.value != cd::trend_interval::classical) {
            CHECK(message_of([&] { return sums.result({.interval = interval.value}); }).find("fit_log_trend") !=
                  std::string::npos);
            if (interval.value != cd::trend_interval::clustered)
                CHECK(message_of([&] { return by_lab().result({.interval = interval.value}); }) != "no error");
        }
    CHECK(message_of([&] { return sums.result({.level = 1}); }) != "no error");
    CHECK(message_of([&] { return sums.result({.level = 0}); }) != "no error");
}

TEST_CASE("extremes of days and values are as exact") {
    std::vector<model> models;
    for (int i = 0; i < 60; ++i)
        models.push_back({std::chrono::sys_days(std::chrono::days(i % 2 == 0 ? 11'000'000 - i : -11'000'000 + 7 * i)),
                          i % 3 == 0   ? std::numeric_limits<double>::max()
                          : i % 3 == 1 ? std::numeric_limits<double>::denorm_min()
                                       : 1 + i * 1e-16,
                          i % 30});
    const auto fit = cd::fit_log_trend(models, &model::day, &model::value, &model::lab);
    check_close(sums_of<independent>(models).result(), fit.growth(), 1e-9);
    check_close(sums_of<by_lab>(models).result(), fit.growth({.interval = cd::trend_interval::clustered}), 1e-9);
    CHECK(cd::saved(sums_of<independent>(models)).size() < 200);
}
