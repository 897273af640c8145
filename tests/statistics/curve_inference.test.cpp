// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/curve_inference.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/tabulate.hpp>

#include "support/close.hpp"
#include "support/curves.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

// The small experiments of tests/reference/specification_curve.py.

struct subject {
    double y, y2, x, z, u;
    bool dropped;
};
enum class outcome { first, second };
struct fit_of_six {
    outcome of;
    bool without, z, u;
};
const cd::alternatives<fit_of_six> six_fits{"fit",
                                            {{"0", {outcome::first, false, false, false}},
                                             {"1", {outcome::first, false, true, false}},
                                             {"2", {outcome::first, true, false, false}},
                                             {"3", {outcome::second, false, false, false}},
                                             {"4", {outcome::second, false, true, true}},
                                             {"5", {outcome::second, true, true, false}}}};
constexpr auto fit_subjects = [](const std::vector<subject>& all, const fit_of_six& how) {
    std::vector<subject> kept;
    for (const subject& s : all)
        if (!(how.without && s.dropped)) kept.push_back(s);
    const auto model = cd::model_of([&how](const subject& s) {
                           return how.of == outcome::first ? s.y : s.y2;
                       }).on(cd::variable("x", &subject::x));
    const auto fit =
        how.u   ? cd::fit_linear(kept, model.on(cd::variable("x", &subject::x), cd::variable("z", &subject::z),
                                                cd::variable("u", &subject::u)))
        : how.z ? cd::fit_linear(kept, model.on(cd::variable("x", &subject::x), cd::variable("z", &subject::z)))
                : cd::fit_linear(kept, model);
    return cd::coefficient(fit, "x");
};
std::vector<subject> subjects(const std::vector<double>& y, const std::vector<double>& y2, const std::vector<double>& x,
                              const std::vector<double>& z, const std::vector<double>& u, std::size_t drop) {
    std::vector<subject> all;
    for (std::size_t i = 0; i < y.size(); ++i) all.push_back({y[i], y2[i], x[i], z[i], u[i], i + 1 == drop});
    return all;
}
const auto six =
    subjects({3.1, 4.7, 2.2, 5.9, 4.1, 6.8, 3.3, 5.2}, {2.7, 5.1, 2.9, 5.0, 4.6, 6.1, 2.8, 5.9},
             {0, 1, 0, 1, 0, 1, 0, 1}, {0.2, 1.1, -0.4, 0.8, 0.9, 1.6, -0.1, 0.3}, {1, 2, 4, 3, 2, 5, 1, 4}, 3);
const auto weak = subjects({3.1, 2.7, 4.2, 3.9, 4.1, 3.8, 3.3}, {2.7, 3.1, 3.9, 3.0, 4.6, 4.1, 2.8},
                           {0, 1, 0, 1, 0, 1, 1}, {0.2, 1.1, -0.4, 0.8, 0.9, 1.6, -0.1}, {1, 2, 4, 3, 2, 5, 1}, 2);

std::vector<std::vector<cd::specification>> all_permutations(const std::vector<subject>& seen) {
    std::vector<std::vector<cd::specification>> draws;
    int treated = 0;
    for (const subject& s : seen) treated += s.x != 0 ? 1 : 0;
    for (unsigned set = 0; set < 1U << seen.size(); ++set) {
        if (__builtin_popcount(set) != treated) continue;
        auto drawn = seen;
        for (std::size_t i = 0; i < drawn.size(); ++i) drawn[i].x = set >> i & 1U;
        draws.push_back(cd::run_specifications(cd::specification_set(six_fits), drawn, fit_subjects));
    }
    return draws;
}

// The clustered records of the same script.

struct record {
    double y, x, z;
    int cluster;
};
std::vector<record> clustered_records() {
    std::vector<record> all;
    for (int c = 0; c < 12; ++c)
        for (int i = 0; i < 3 + c % 4; ++i) {
            const double x = (c * 7 + i * 5 + c * i) % 11, z = (c * 3 + i * i * 2) % 7;
            all.push_back({(c * 13 + i * 17 + c * c * i) % 19 + 0.7 * x - 0.4 * z, x, z, c});
        }
    return all;
}
const cd::specification_set eight(cd::alternatives<bool>{"control", {{"no", false}, {"yes", true}}},
                                  cd::alternatives<bool>{"effects", {{"no", false}, {"yes", true}}},
                                  cd::alternatives<bool>{"large", {{"no", false}, {"yes", true}}});
constexpr auto fit_records = [](const std::vector<record>& all, bool control, bool effects, bool large) {
    std::map<int, int> sizes;
    for (const record& r : all) ++sizes[r.cluster];
    std::vector<record> kept;
    for (const record& r : all)
        if (!large || sizes[r.cluster] > 3) kept.push_back(r);
    const auto y = cd::model_of(&record::y);
    const auto x = cd::variable("x", &record::x), z = cd::variable("z", &record::z);
    const auto g = cd::categorical("g", &record::cluster);
    return cd::coefficient(control && effects ? cd::fit_linear(kept, y.on(x, z, g))
                           : control          ? cd::fit_linear(kept, y.on(x, z))
                           : effects          ? cd::fit_linear(kept, y.on(x, g))
                                              : cd::fit_linear(kept, y.on(x)),
                           "x");
};

void check_joint(const cd::specification_curve& curve, const std::string& name, const std::string& sides) {
    const auto reference = test_support::curve_reference();
    const auto expected = [&](const std::string& what) { return reference.at(name + " " + what); };
    CAPTURE(name);
    CAPTURE(sides);
    REQUIRE(curve.joint);
    CHECK(close(*curve.joint.median.p_value, expected(sides + " median"), 1e-13));
    CHECK(close(*curve.joint.significant.p_value, expected(sides + " significant"), 1e-13));
    CHECK(close(*curve.joint.stouffer.p_value, expected(sides + " stouffer"), 1e-13));
    CHECK(close(*curve.joint.median.statistic, expected("median"), 1e-12));
    CHECK(close(*curve.joint.stouffer.statistic, expected("stouffer"), 1e-10));
    CHECK(close(*curve.median, expected("median"), 1e-12));
}

// A cheap estimator for simulations: the slope of y on x by its cluster sums, with errors by CR1 and t(G - 1).
struct observation {
    std::array<double, 2> x, y;  // two ways to measure either
    int cluster;
};
cd::estimate slope(const std::vector<observation>& all, int by_x, int by_y) {
    const auto i = static_cast<std::size_t>(by_x), j = static_cast<std::size_t>(by_y);
    double n = 0, mx = 0, my = 0, xx = 0, xy = 0;
    for (const observation& o : all) {
        ++n;
        mx += o.x[i];
        my += o.y[j];
    }
    mx /= n;
    my /= n;
    int groups = 0;
    for (const observation& o : all) {
        xx += (o.x[i] - mx) * (o.x[i] - mx);
        xy += (o.x[i] - mx) * (o.y[j] - my);
        groups = std::max(groups, o.cluster + 1);
    }
    const double b = xy / xx;
    std::vector<double> scores(static_cast<std::size_t>(groups), 0);
    for (const observation& o : all)
        scores[static_cast<std::size_t>(o.cluster)] += (o.x[i] - mx) * (o.y[j] - my - b * (o.x[i] - mx));
    double square = 0;
    for (const double s : scores) square += s * s;
    const double se = std::sqrt(square * groups / (groups - 1)) / xx;
    const double reach = 2.0;  // about t; the interval's level follows from it
    return {.value = b,
            .bounds = cd::interval{b - reach * se, b + reach * se},
            .level = 0.9545,
            .n = all.size(),
            .status = cd::estimate_status::ok};
}
const cd::specification_set four(cd::alternatives<int>{"x", {{"0", 0}, {"1", 1}}},
                                 cd::alternatives<int>{"y", {{"0", 0}, {"1", 1}}});

/// Clusters of a common level in x and y, records within; `effect` of x on the first y.
std::vector<observation> simulated(int clusters, double effect, std::uint64_t seed) {
    cd::random_stream random(seed, 1u << 20);
    const auto noise = [&random] { return random.uniform() + random.uniform() + random.uniform() - 1.5; };
    std::vector<observation> all;
    for (int c = 0; c < clusters; ++c) {
        const double of_x = noise(), of_y = noise();
        for (int i = 0; i < 2 + c % 3; ++i) {
            const double x = of_x + noise(), y = of_y + noise() + effect * x;
            all.push_back({{x, x + 0.5 * noise()}, {y, of_y + noise()}, c});
        }
    }
    return all;
}

}  // namespace

TEST_CASE("experiments by all permutations of the treatment, as in the reference and R") {
    using enum cd::joint_sides;
    for (const auto& [name, seen, n] : {std::tuple{"six", &six, 70U}, {"weak", &weak, 35U}}) {
        const auto as_run = cd::run_specifications(cd::specification_set(six_fits), *seen, fit_subjects);
        const auto draws = all_permutations(*seen);
        REQUIRE(draws.size() == n);
        for (const auto sides : {two_sided, dominant_sign}) {
            const auto curve = cd::curve_from_draws(as_run, draws, {.complete = true}, {.sides = sides});
            check_joint(curve, name, std::string(cd::name_of(sides)));
            CHECK(curve.joint.draws == n);
            CHECK(curve.joint.specifications == 6);
            for (const auto& s : curve.specifications)
                CHECK(close(*s.adjusted_p_value,
                            test_support::curve_reference().at(std::string(name) + " adjusted " + s.choices[0].option),
                            1e-13));
        }
    }
}

TEST_CASE("a permuted curve samples the same distribution") {
    const auto deal = [](std::vector<subject>& all, cd::random_stream& random) {
        for (std::size_t left = all.size(); left > 1; --left) std::swap(all[left - 1].x, all[random.below(left)].x);
    };
    const auto curve =
        cd::permuted_curve(weak, deal, cd::specification_set(six_fits), fit_subjects, {.draws = 1999, .threads = 2});
    REQUIRE(curve.joint);
    CHECK(curve.joint.status == cd::estimate_status::ok);
    const double p = test_support::curve_reference().at("weak two_sided stouffer");
    CHECK(std::fabs(*curve.joint.stouffer.p_value - p) < 4 * curve.joint.monte_carlo_error(p));
    CHECK_FALSE(curve.joint.median_effect.bounds);
    CHECK(curve.joint.median_effect.value == curve.median);
}

TEST_CASE("clusters are drawn once for all specifications; centring is y - b x") {
    const auto records = clustered_records();
    const auto reference = test_support::curve_reference();
    for (const auto sides : {cd::joint_sides::two_sided, cd::joint_sides::dominant_sign}) {
        const auto curve = cd::resampled_curve(records, &record::cluster, eight, fit_records,
                                               {.draws = 199, .seed = 7, .sides = sides});
        check_joint(curve, "clustered", std::string(cd::name_of(sides)));
        CHECK(curve.joint.n_units == 12);
        CHECK(close(curve.joint.n_effective, 54.0 * 54 / 258, 1e-14));
        CHECK(curve.joint.draws == 199);
        CHECK(curve.joint.n_skipped == 0);
        CHECK(curve.joint.status == cd::estimate_status::few_clusters);
        CHECK(close(curve.joint.median_effect.lower(), reference.at("clustered lower"), 1e-10));
        CHECK(close(curve.joint.median_effect.upper(), reference.at("clustered upper"), 1e-10));
        const auto as_run = cd::run_specifications(eight, records, fit_records);
        for (std::size_t i = 0; i < 8; ++i) {
            const std::string number = std::to_string(i);
            const auto found = std::ranges::find(curve.specifications, as_run[i].choices, &cd::specification::choices);
            REQUIRE(found != curve.specifications.end());
            CHECK(close(*found->result.value, reference.at("clustered estimate " + number), 1e-12));
            CHECK(close(*found->p_value, reference.at("clustered p " + number), 1e-9));
            CHECK(close(*found->adjusted_p_value, reference.at("clustered adjusted " + number), 1e-13));
        }
    }
}

TEST_CASE("the same numbers for any number of threads, and for any way to say the clusters") {
    auto records = clustered_records();
    const auto once = cd::resampled_curve(records, &record::cluster, eight, fit_records, {.draws = 60, .seed = 3});
    for (const unsigned threads : {0U, 2U, 7U, 100U})
        CHECK(cd::resampled_curve(records, &record::cluster, eight, fit_records,
                                  {.draws = 60, .seed = 3, .threads = threads}) == once);
    CHECK(cd::resampled_curve(std::list<record>(records.begin(), records.end()), &record::cluster, eight, fit_records,
                              {.draws = 60, .seed = 3}) == once);
    CHECK(cd::resampled_curve(
              records, [](const record& r) { return r.cluster; },
              [](record& r, std::size_t number) { r.cluster = static_cast<int>(number); }, eight, fit_records,
              {.draws = 60, .seed = 3}) == once);
    CHECK_FALSE(cd::resampled_curve(records, &record::cluster, eight, fit_records, {.draws = 60, .seed = 4}) == once);
    // records in another order are the same curve but for rounding: clusters are drawn by their labels
    std::vector<record> turned(records.rbegin(), records.rend());
    const auto other = cd::resampled_curve(turned, &record::cluster, eight, fit_records, {.draws = 60, .seed = 3});
    CHECK(other.joint.median.p_value == once.joint.median.p_value);
    CHECK(close(*other.median, *once.median, 1e-12));
}

TEST_CASE("clusters by text, by an optional, and unknown") {
    struct labelled {
        double x;
        std::optional<std::string> of;
    };
    const std::vector<labelled> all{{1, "a"}, {2, "a"}, {4, "b"}, {7, std::nullopt}, {3, "c"}, {1, "d"}};
    int most = 0;
    const cd::specification_set set(cd::alternatives<double>{"of", {{"1", 1}, {"2", 2}}});
    const auto curve = cd::resampled_curve(all, &labelled::of, set,
                                           [&](const std::vector<labelled>& drawn, double scale) {
                                               std::map<std::string, int> sizes;
                                               double sum = 0;
                                               for (const auto& each : drawn) {
                                                   REQUIRE(each.of);
                                                   most = std::max(most, ++sizes[*each.of]);
                                                   sum += scale * each.x;
                                               }
                                               return cd::estimate{.value = sum,
                                                                   .bounds = cd::interval{sum - 1, sum + 1},
                                                                   .n = drawn.size(),
                                                                   .status = cd::estimate_status::ok};
                                           },
                                           {.draws = 40});
    CHECK(most == 2);  // a cluster drawn twice is two
    CHECK(curve.joint.n_missing == 1);
    CHECK(curve.joint.n_units == 4);
    CHECK(*curve.median == 1.5 * 11);
}

TEST_CASE("specifications and draws that fail are counted, not silently left out") {
    const auto records = clustered_records();
    const auto some = [](const std::vector<record>& drawn, bool control, bool effects, bool large) -> cd::estimate {
        if (control && effects) throw std::domain_error("never estimated");
        const bool is_sample = drawn.size() == 54 && drawn[3].cluster == 1 && drawn[3].x == 7;
        if (control && large && !is_sample && drawn.front().x == 7) throw std::runtime_error("seldom");
        if (effects && large && !is_sample && drawn.front().x != 0) throw std::runtime_error("often");
        return fit_records(drawn, control, effects, large);
    };
    const auto curve =
        cd::resampled_curve(records, &record::cluster, eight, some, {.draws = 99, .least_share_of_draws = 0.3});
    CHECK(curve.n_not_estimated == 2);
    CHECK(curve.n_estimated == 6);
    CHECK(curve.joint.n_left_out == 1);
    CHECK(curve.joint.specifications == 5);
    CHECK(curve.joint.n_skipped > 0);
    CHECK(curve.joint.draws + curve.joint.n_skipped == 99);
    int without = 0;
    for (const auto& s : curve.specifications) without += s.adjusted_p_value ? 0 : 1;
    CHECK(without == 3);
    // one without an interval has no test, one that is wrong but common no part
    auto as_run = cd::run_specifications(eight, records, fit_records);
    as_run[0].result.bounds.reset();
    as_run[1].standing = cd::option_standing::wrong_but_common;
    const std::vector draws(40, as_run);
    const auto given = cd::curve_from_draws(as_run, draws);
    CHECK(given.joint.specifications == 6);
    CHECK(given.joint.n_left_out == 0);
    CHECK(given.joint.median.p_value == 1.0);
}

TEST_CASE("statuses") {
    const auto records = clustered_records();
    using enum cd::estimate_status;
    // few draws for the significance, no draws that reach the tail of the interval
    CHECK(cd::resampled_curve(records, &record::cluster, eight, fit_records, {.draws = 18}).joint.status == too_few);
    const auto nineteen = cd::resampled_curve(records, &record::cluster, eight, fit_records, {.draws = 19});
    CHECK(nineteen.joint.status == few_clusters);
    CHECK_FALSE(nineteen.joint.median_effect.bounds);
    CHECK(nineteen.joint.median_effect.value);
    // one cluster
    const std::vector<record> one(records.begin(), records.begin() + 3);
    const auto alone = cd::resampled_curve(one, &record::cluster, eight, fit_records, {.draws = 99});
    CHECK(alone.joint.status == too_few);
    CHECK_FALSE(alone.joint.median.p_value);
    // nothing with an interval
    const auto points = cd::resampled_curve(records, &record::cluster, eight, [](const auto&, bool, bool, bool) {
        return cd::estimate{.value = 1, .n = 5, .status = ok};
    });
    CHECK(points.joint.status == no_data);
    CHECK(points.n_estimated == 8);
    // no records at all
    const auto none = cd::resampled_curve(std::vector<record>{}, &record::cluster, eight,
                                          [](const auto&, bool, bool, bool) { return cd::estimate{}; });
    CHECK_FALSE(none);
    CHECK(none.n_not_estimated == 8);
    CHECK(none.joint.status == no_data);
}

TEST_CASE("ratios are compared by their logs") {
    // The same data as logs: exp(b) with bounds exp(...) on the scale ratio, b on the other.
    const auto records = clustered_records();
    const auto as_ratio = [](const std::vector<record>& drawn, bool control, bool effects, bool large) {
        auto e = fit_records(drawn, control, effects, large);
        if (e.value) e.value = std::exp(*e.value);
        if (e.bounds) e.bounds = cd::interval{std::exp(e.bounds->lower), std::exp(e.bounds->upper)};
        return e;
    };
    const auto ratio = cd::resampled_curve(records, &record::cluster, eight, as_ratio,
                                           {.curve = {.scale = cd::comparison_scale::ratio}, .draws = 99});
    const auto plain = cd::resampled_curve(records, &record::cluster, eight, fit_records, {.draws = 99});
    CHECK(ratio.joint.median.p_value == plain.joint.median.p_value);
    CHECK(ratio.joint.stouffer.p_value == plain.joint.stouffer.p_value);
    CHECK(close(*ratio.median, std::exp(*plain.median), 1e-12));
    CHECK(close(ratio.joint.median_effect.lower(), std::exp(plain.joint.median_effect.lower()), 1e-10));
}

TEST_CASE("size of the joint tests and family-wise error without effect; power with one" *
          doctest::test_suite("long")) {
    // 20 clusters, the fewest of status ok; clustered errors, four specifications that share their data. Sizes of more
    // clusters and of the median: benchmarks/curve_size.cpp.
    constexpr int rounds = 300;
    int significant = 0, stouffer = 0, any = 0, plain_any = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto curve =
            cd::resampled_curve(simulated(20, 0, static_cast<std::uint64_t>(round)), &observation::cluster, four, slope,
                                {.draws = 199, .seed = static_cast<std::uint64_t>(round) + 1});
        REQUIRE(curve.joint.stouffer.status == cd::estimate_status::ok);
        REQUIRE(curve.joint.median.status == cd::estimate_status::few_clusters);
        significant += *curve.joint.significant.p_value <= 0.05 ? 1 : 0;
        stouffer += *curve.joint.stouffer.p_value <= 0.05 ? 1 : 0;
        bool one = false, plain = false;
        for (const auto& s : curve.specifications) {
            one = one || *s.adjusted_p_value <= 0.05;
            plain = plain || *s.p_value <= 0.05;
        }
        any += one ? 1 : 0;
        plain_any += plain ? 1 : 0;
    }
    const double most = 0.05 * rounds + 3 * std::sqrt(0.0475 * rounds);
    CHECK(significant <= most);
    CHECK(stouffer <= most);
    CHECK(any <= most);
    CHECK(plain_any > any);
    int found = 0;
    for (int round = 0; round < 40; ++round) {
        const auto curve = cd::resampled_curve(simulated(30, 1, static_cast<std::uint64_t>(round)),
                                               &observation::cluster, four, slope, {.draws = 199});
        found += *curve.joint.stouffer.p_value <= 0.05 ? 1 : 0;
    }
    CHECK(found >= 36);
}

TEST_CASE("errors") {
    const auto records = clustered_records();
    const auto message = [&](const cd::joint_options& options) {
        return message_of([&] { return cd::resampled_curve(records, &record::cluster, eight, fit_records, options); });
    };
    CHECK(message({.draws = 0}) == "compute_divide::resampled_curve: draws >= 1, got 0");
    CHECK(message({.level = 1}) == "compute_divide::resampled_curve: level in (0, 1), got 1");
    CHECK(message({.least_share_of_draws = 0}) ==
          "compute_divide::resampled_curve: a least share of draws in (0, 1], got 0");
    CHECK(message({.curve = {.significance = 2}, .draws = 19}) ==
          "compute_divide::specification_curve_of: a significance in (0, 1), got 2");
    const auto as_run = cd::run_specifications(eight, records, fit_records);
    using many = std::vector<std::vector<cd::specification>>;
    CHECK(message_of([&] { return cd::curve_from_draws(as_run, many{}); }) ==
          "compute_divide::curve_from_draws: draws, got 0");
    CHECK(message_of([&] { return cd::curve_from_draws(as_run, many{{as_run.front()}}); }) ==
          "compute_divide::curve_from_draws: draws of as many specifications as were run, got 1");
    CHECK(message_of([&] {
              return cd::resampled_curve(records, &record::cluster, eight,
                                         [](const auto&, bool, bool, bool) -> cd::estimate {
                                             throw std::invalid_argument("no column \"x\"");
                                         });
          }) == "no column \"x\"");
}

// As organisations are: each all of one sector or of none of it, few of them in the first period, some large.
TEST_CASE("shares of clusters that are alike within: tests with the intervals of effective numbers keep their level" *
          doctest::test_suite("long")) {
    struct model {
        int cluster, late;
        bool yes, large;
    };
    const auto made = [](double before, double after, std::uint64_t seed) {
        cd::random_stream random(seed, 1U << 20);
        std::vector<model> all;
        for (int c = 0; c < 60; ++c) {
            const double sector = random.uniform();
            for (int i = 0; i < (c % 9 == 0 ? 9 : 1 + c % 2); ++i) {
                const int late = c % 4 == 0 ? 0 : c % 4 == 3 ? i % 2 : 1;
                all.push_back({c, late, sector<(late == 1 ? after : before), (c + i) % 3> 0});
            }
        }
        return all;
    };
    const cd::specification_set ways(cd::alternatives<bool>{"models", {{"all", false}, {"large", true}}});
    const auto change = [](const std::vector<model>& all, bool large) {
        std::vector<model> kept;
        for (const model& m : all)
            if (m.large || !large) kept.push_back(m);
        const auto table = cd::tabulate(kept, &model::late, &model::yes, cd::clustered_by(&model::cluster));
        return cd::share_difference(table, 1, 0, true).effect;
    };
    const auto rejected = [&](double before, double after) {
        constexpr int rounds = 150;
        int n = 0;
        for (std::uint64_t round = 0; round < rounds; ++round) {
            const auto curve = cd::resampled_curve(made(before, after, round), &model::cluster, ways, change,
                                                   {.draws = 79, .seed = round});
            n += curve.joint.stouffer.p_value.value_or(1) <= 0.05 ? 1 : 0;
        }
        return n / static_cast<double>(rounds);
    };
    CHECK(rejected(0.4, 0.4) <= 0.08);
    CHECK(rejected(0.2, 0.2) <= 0.08);
    CHECK(rejected(0.9, 0.1) >= 0.9);
}
