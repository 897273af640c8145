// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/cluster_equations.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/statistics/curve_verdict.hpp>

#include "support/close.hpp"
#include "support/curves.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;
using test_support::ran;

namespace {

// The records of tests/reference/cluster_equations.R.
struct record {
    std::size_t cluster;
    double x, y, yes, w;
    std::size_t late;
};
std::vector<record> small_records() {
    std::vector<record> all;
    for (std::size_t c = 0; c < 12; ++c)
        for (std::size_t i = 0; i <= 2 + c % 4; ++i) {
            const auto x = static_cast<double>((c * 7 + i * 5 + c * i) % 11);
            all.push_back({c, x, static_cast<double>((c * 13 + i * 17 + c * c * i) % 19) + 0.7 * x,
                           (c * 3 + i * i + static_cast<std::size_t>(x)) % 5 < 2 ? 1.0 : 0.0,
                           static_cast<double>(1 + (c + 2 * i) % 3), (c + i) % 2});
        }
    return all;
}
std::map<std::string, std::array<double, 2>> reference() {
    std::map<std::string, std::array<double, 2>> rows;
    for (const auto& row : test_support::reference_table("cluster_equations", 2))
        rows[row.name] = {row.numbers[0], row.numbers[1]};
    return rows;
}
void check(const cd::cluster_equations& e, const std::vector<std::uint32_t>& times, const std::string& name) {
    CAPTURE(name);
    const auto found = e.solve(times);
    REQUIRE(found);
    CHECK(close(found->value, reference().at(name)[0], 1e-11));
    CHECK(close(found->error, reference().at(name)[1], 1e-11));
}

// Records for simulations: of clusters of unlike sizes, some of one period alone; whether a record is so depends on the
// cluster, and by `effect` on the period.
struct model {
    int cluster;
    int late;
    bool yes, large;
    double weight;
};
std::vector<model> simulated(int clusters, double effect, std::uint64_t seed) {
    cd::random_stream random(seed, 1U << 20);
    std::vector<model> all;
    for (int c = 0; c < clusters; ++c) {
        const double of_cluster = 0.15 + 0.5 * random.uniform();
        const auto size = 1 + random.below(c % 5 == 0 ? 12 : 3);
        for (std::uint64_t i = 0; i < size; ++i) {
            const int late = c % 3 == 0 ? 0 : c % 3 == 1 ? 1 : static_cast<int>(random.below(2));
            all.push_back({c, late, random.uniform() < of_cluster + (late == 1 ? effect : 0), random.below(3) > 0,
                           1 + static_cast<double>(random.below(3))});
        }
    }
    return all;
}
const cd::specification_set ways(cd::alternatives<bool>{"models", {{"all", false}, {"large", true}}},
                                 cd::alternatives<bool>{"weighted", {{"no", false}, {"yes", true}}});

cd::cluster_equations equations_of(const std::vector<model>& all, bool large, bool weighted) {
    cd::cluster_equations e({-1, 1});
    for (const model& m : all)
        if (m.large || !large) {
            const double w = weighted ? m.weight : 1;
            e.add(static_cast<std::size_t>(m.cluster), static_cast<std::size_t>(m.late), w, m.yes ? w : 0);
        }
    return e;
}
/// The same difference and error, with none of the header's ways.
cd::estimate change_of(const std::vector<model>& all, bool large, bool weighted) {
    std::array<double, 2> n{}, yes{};
    for (const model& m : all)
        if (m.large || !large) {
            const double w = weighted ? m.weight : 1;
            n[static_cast<std::size_t>(m.late)] += w;
            yes[static_cast<std::size_t>(m.late)] += m.yes ? w : 0;
        }
    std::map<int, double> parts;
    for (const model& m : all)
        if (m.large || !large) {
            const auto at = static_cast<std::size_t>(m.late);
            parts[m.cluster] +=
                (weighted ? m.weight : 1) * ((m.yes ? 1 : 0) - yes[at] / n[at]) / n[at] * (m.late == 1 ? 1 : -1);
        }
    double square = 0;
    for (const auto& [cluster, part] : parts) square += part * part;
    const auto g = static_cast<double>(parts.size());
    const double value = yes[1] / n[1] - yes[0] / n[0], half = 1.959963984540054 * std::sqrt(square * g / (g - 1));
    if (!std::isfinite(value) || !(half > 0)) return {};
    return {.value = value,
            .bounds = cd::interval{value - half, value + half},
            .n = all.size(),
            .status = cd::estimate_status::ok};
}
std::vector<cd::cluster_equations> all_equations(const std::vector<model>& all) {
    std::vector<cd::cluster_equations> equations;
    for (auto&& each : ways) equations.push_back(equations_of(all, std::get<0>(each.values), std::get<1>(each.values)));
    return equations;
}

struct rates {
    double stouffer = 0, any_single = 0, agrees = 0, below_half = 0;
};
/// How often the joint test rejects, a specification does after the step-down, and the verdict is `agrees`.
/// `of_error`: what the stated errors are of the clusters' own.
rates rates_of(int clusters, double effect, double of_error) {
    constexpr int rounds = 400;
    rates r;
    for (std::uint64_t round = 0; round < rounds; ++round) {
        const auto all = simulated(clusters, effect, round);
        auto as_run = cd::run_specifications(ways, all, change_of);
        for (auto& s : as_run) {
            const double half = (*s.result.value - s.result.lower()) * of_error;
            s.result.bounds = cd::interval{*s.result.value - half, *s.result.value + half};
        }
        const auto curve = cd::curve_from_equations(as_run, all_equations(all), static_cast<std::size_t>(clusters),
                                                    {.draws = 99, .seed = round});
        const double p = curve.joint.stouffer.p_value.value_or(1);
        r.stouffer += p <= 0.05 ? 1 : 0;
        r.below_half += p <= 0.5 ? 1 : 0;
        bool single = false;
        for (const auto& s : curve.specifications) single = single || s.adjusted_p_value.value_or(1) <= 0.05;
        r.any_single += single ? 1 : 0;
        r.agrees += cd::verdict_of(curve, cd::claim_direction::above).outcome == cd::verdict::agrees ? 1 : 0;
    }
    for (double* const each : {&r.stouffer, &r.any_single, &r.agrees, &r.below_half}) *each /= rounds;
    return r;
}

}  // namespace

TEST_CASE("slopes, shares and logits of clusters, once and drawn, are R's") {
    cd::cluster_equations slope({0, 1}), shares({-1, 1}), logit({0, 1});
    const std::array<double, 2> at{reference().at("logit intercept")[0], reference().at("logit once")[0]};
    for (const record& r : small_records()) {
        slope.add(r.cluster, std::array{1.0, r.x, r.x, r.x * r.x}, std::array{r.y, r.x * r.y});
        shares.add(r.cluster, r.late, r.w, r.w * r.yes);
        const double m = 1 / (1 + std::exp(-at[0] - at[1] * r.x)), v = m * (1 - m);
        logit.add_score(r.cluster, std::array{v, v * r.x, v * r.x, v * r.x * r.x},
                        std::array{r.yes - m, (r.yes - m) * r.x}, at);
    }
    const std::vector<std::uint32_t> once(12, 1), drawn{2, 0, 1, 3, 1, 1, 0, 1, 0, 2, 0, 1};
    check(slope, once, "slope once");
    check(slope, drawn, "slope drawn");
    check(shares, once, "shares once");
    check(shares, drawn, "shares drawn");
    check(logit, once, "logit once");
    CHECK(slope.clusters() == 12);
}

TEST_CASE("draws of equations are the draws of records") {
    const auto all = simulated(30, 0.2, 5);
    const auto by_records = cd::resampled_curve(all, &model::cluster, ways, change_of, {.draws = 199, .seed = 9});
    const auto by_equations = cd::curve_from_equations(cd::run_specifications(ways, all, change_of), all_equations(all),
                                                       30, {.draws = 199, .seed = 9});
    REQUIRE(by_records.joint);
    REQUIRE(by_equations.joint);
    const auto &a = by_records.joint, &b = by_equations.joint;
    CHECK(a.draws == b.draws);
    CHECK(a.stouffer.p_value == b.stouffer.p_value);
    CHECK(a.median.p_value == b.median.p_value);
    CHECK(a.significant.p_value == b.significant.p_value);
    CHECK(close(*a.stouffer.statistic, *b.stouffer.statistic, 1e-12));
    CHECK(close(a.median_effect.lower(), b.median_effect.lower(), 1e-9));
    CHECK(close(a.median_effect.upper(), b.median_effect.upper(), 1e-9));
    REQUIRE(by_records.specifications.size() == by_equations.specifications.size());
    for (std::size_t i = 0; i < by_records.specifications.size(); ++i)
        CHECK(by_records.specifications[i].adjusted_p_value == by_equations.specifications[i].adjusted_p_value);
    for (const unsigned threads : {0U, 2U, 7U}) {
        const auto again = cd::curve_from_equations(cd::run_specifications(ways, all, change_of), all_equations(all),
                                                    30, {.draws = 199, .seed = 9, .threads = threads});
        CHECK(again == by_equations);
    }
}

TEST_CASE("without an effect the joint test rejects as often as it says; with one it does" *
          doctest::test_suite("long")) {
    for (const int clusters : {25, 60}) {
        CAPTURE(clusters);
        const rates none = rates_of(clusters, 0, 1);
        CHECK(none.stouffer <= 0.07);
        CHECK(none.stouffer >= 0.02);
        CHECK(none.any_single <= 0.08);
        CHECK(none.agrees <= 0.05);
        CHECK(none.below_half >= 0.42);
        CHECK(none.below_half <= 0.58);
    }
    CHECK(rates_of(60, 0.35, 1).stouffer >= 0.95);
    CHECK(rates_of(60, 0.35, 1).agrees >= 0.9);
    CHECK(rates_of(60, -0.15, 1).agrees <= 0.01);
}

TEST_CASE("whatever error a specification states, the test keeps its level" * doctest::test_suite("long")) {
    // as if records were independent: the clusters still decide
    const rates narrow = rates_of(60, 0, 0.5);
    CHECK(narrow.stouffer <= 0.07);
    CHECK(narrow.any_single <= 0.08);
    CHECK(rates_of(60, 0.35, 0.5).stouffer >= 0.95);
    // for more dependence than that of the clusters that are drawn: wider, and so is what draws differ by
    const rates wide = rates_of(60, 0, 2);
    CHECK(wide.stouffer <= 0.01);
    const auto all = simulated(60, 0, 1);
    auto as_run = cd::run_specifications(ways, all, change_of);
    const auto before = cd::curve_from_equations(as_run, all_equations(all), 60, {.draws = 199});
    for (auto& s : as_run) {
        const double half = 2 * (*s.result.value - s.result.lower());
        s.result.bounds = cd::interval{*s.result.value - half, *s.result.value + half};
    }
    const auto after = cd::curve_from_equations(as_run, all_equations(all), 60, {.draws = 199});
    const auto width = [](const cd::specification_curve& c) {
        return c.joint.median_effect.upper() - c.joint.median_effect.lower();
    };
    CHECK(close(width(after), 2 * width(before), 0.05));
    CHECK(close(2 * *after.joint.stouffer.statistic, *before.joint.stouffer.statistic, 1e-9));
}

TEST_CASE("what a group's clusters are worth, and when tests are not known to keep their level") {
    cd::cluster_equations e({-1, 1});
    CHECK(e.n_effective() == 0);
    for (std::size_t c = 0; c < 40; ++c) e.add(c, 1, 1, c % 2 == 0 ? 1 : 0);
    CHECK(close(e.n_effective(), 40, 1e-12));  // of the group that there is
    for (std::size_t c = 0; c < 3; ++c) e.add(c, 0, c == 0 ? 4 : 1, c == 1 ? 1 : 0);
    CHECK(close(e.n_effective(), 36.0 / 18, 1e-12));
    const auto at = e.solve(std::vector<std::uint32_t>(40, 1));
    REQUIRE(at);
    CHECK(close(at->value, 0.5 - 1.0 / 6, 1e-12));
    const auto curve = cd::curve_from_equations({ran({}, at->value, 1.96 * at->error)}, {e}, 40, {.draws = 99});
    CHECK(curve.joint.status == cd::estimate_status::few_clusters);
    CHECK(curve.joint.n_units == 40);
}

TEST_CASE("what cannot be solved has no value; what cannot be drawn is counted") {
    cd::cluster_equations e({-1, 1});
    CHECK_FALSE(e.solve(std::vector<std::uint32_t>(4, 1)));
    e.add(0, 0, 3, 1);
    e.add(1, 0, 2, 2);
    CHECK_FALSE(e.solve(std::vector<std::uint32_t>(4, 1)));  // nothing of the other group
    e.add(2, 1, 2, 1);
    CHECK(e.solve(std::vector<std::uint32_t>(4, 1)));
    CHECK_FALSE(e.solve(std::vector<std::uint32_t>{1, 1}));        // the third cluster never counts
    CHECK_FALSE(e.solve(std::vector<std::uint32_t>{1, 0, 0, 5}));  // one cluster
    CHECK_FALSE(cd::cluster_equations({}).solve(std::vector<std::uint32_t>{1, 1}));
    cd::cluster_equations singular({1, 1});
    for (std::size_t c = 0; c < 5; ++c) singular.add(c, std::array{1.0, 2.0, 2.0, 4.0}, std::array{1.0, 2.0});
    CHECK_FALSE(singular.solve(std::vector<std::uint32_t>(5, 1)));
    // a group of one cluster, which a third of draws leave out: the specification is left out, and the other tested
    cd::cluster_equations whole({1});
    for (std::size_t c = 0; c < 30; ++c) whole.add(c, 0, 1, static_cast<double>(c % 3));
    cd::cluster_equations rare({-1, 1});
    for (std::size_t c = 0; c < 29; ++c) rare.add(c, 0, 1, static_cast<double>(c % 2));
    rare.add(29, 1, 1, 1);
    const auto curve = cd::curve_from_equations({ran({}, 1, 0.4), ran({}, 0.5, 0.4), {}},
                                                {whole, rare, cd::cluster_equations({})}, 30, {.draws = 99});
    CHECK(curve.joint.specifications == 1);
    CHECK(curve.joint.n_left_out == 1);
    CHECK(curve.n_not_estimated == 1);
    CHECK(curve.joint.stouffer.p_value);
    const auto one = cd::curve_from_equations({ran({}, 1, 0.4)}, {cd::cluster_equations({1})}, 1, {.draws = 99});
    CHECK(one.joint.status == cd::estimate_status::too_few);
    CHECK_FALSE(one.joint.stouffer.p_value);
}

TEST_CASE("mistakes are named") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    cd::cluster_equations e({1});
    CHECK(message_of([&] { e.add(0, 1, 1, 1); }) ==
          "compute_divide::cluster_equations: the number of an equation, got 1");
    CHECK(message_of([&] { e.add(0, 0, nan, 1); }) == "compute_divide::cluster_equations: finite numbers, got nan");
    CHECK(message_of([&] {
              e.add(0, std::array{1.0, 2.0}, std::array{1.0});
          }) == "compute_divide::cluster_equations: as many numbers as k equations have, k k, got 2");
    CHECK(message_of([&] {
              e.add(0, std::array{1.0}, std::array{1.0, 2.0});
          }) == "compute_divide::cluster_equations: as many right sides as equations, got 2");
    e.add(7, 0, 1, 1);
    CHECK(message_of([&] { (void)cd::curve_from_equations({ran({}, 1, 1)}, {e}, 7); }) ==
          "compute_divide::curve_from_equations: clusters that are numbered from 0 to their number less 1, got 7");
    CHECK(message_of([&] { (void)cd::curve_from_equations({ran({}, 1, 1)}, {}, 7); }) ==
          "compute_divide::curve_from_equations: equations of each specification, got 0");
    CHECK(message_of([&] { (void)cd::curve_from_equations({ran({}, 1, 1)}, {e}, 8, {.draws = 0}); }) ==
          "compute_divide::curve_from_equations: draws >= 1, got 0");
}
