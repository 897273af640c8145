// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/kaplan_meier.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using cd::survival_interval;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    double time = 0;
    bool happened = false;
    int cluster = 0;
};
std::vector<std::vector<std::string>> cells_of(const std::string& name) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/" + name + ".csv");
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        auto& cells = lines.emplace_back();
        for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
    }
    REQUIRE(lines.size() > 1);
    lines.erase(lines.begin());
    return lines;
}
double number(const std::string& cell) {
    return std::strtod(cell.c_str(), nullptr);
}
std::vector<record> records_of(const std::string& name) {
    std::vector<record> records;
    for (const auto& line : cells_of("kaplan_meier_data"))
        if (line[0] == name) records.push_back({number(line[1]), line[2] == "1", static_cast<int>(number(line[3]))});
    return records;
}
const cd::survival_step& step_at(const cd::survival_curve& curve, double time) {
    return *std::ranges::find(curve.steps, time, &cd::survival_step::time);
}

/// Waiting times of an exponential of this mean, censored at a uniform time below `end`.
std::vector<record> simulated(std::mt19937_64& generator, std::size_t n, double mean, double end,
                              std::size_t clusters = 0) {
    std::exponential_distribution<double> waits(1 / mean);
    std::uniform_real_distribution<double> ends(0, end);
    std::vector<double> of_cluster(clusters);
    for (double& each : of_cluster) each = waits(generator);
    std::vector<record> records(n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t g = clusters == 0 ? 0 : generator() % clusters;
        const double t = clusters == 0 ? waits(generator) : of_cluster[g], c = ends(generator);
        records[i] = {std::min(t, c), t <= c, static_cast<int>(g)};
    }
    return records;
}

}  // namespace

TEST_CASE("curves, intervals and quantiles as R's survival has them") {
    std::size_t compared = 0;
    for (const auto& line : cells_of("kaplan_meier")) {
        const std::string &name = line[0], &kind = line[1], &quantity = line[2];
        const auto records = records_of(name);
        cd::survival_options options;
        if (!kind.empty()) options.interval = cd::parse_name<survival_interval>(kind);
        const auto curve = cd::kaplan_meier(records, &record::time, &record::happened, options);
        CAPTURE(name);
        CAPTURE(kind);
        CAPTURE(quantity);
        CAPTURE(line[3]);
        const double where = number(line[3]);
        std::optional<double> value;
        if (quantity.starts_with("quantile")) {
            const auto q = cd::survival_quantile(curve, where);
            value = quantity == "quantile" ? q.time : quantity == "quantile_lower" ? q.lower : q.upper;
            CHECK(value.has_value() == (line[4] != "none"));
            if (!value) continue;
        } else if (quantity == "clustered_error") {
            const auto clustered =
                cd::kaplan_meier(records, &record::time, &record::happened, cd::clustered_by(&record::cluster));
            const auto g = static_cast<double>(clustered.n_clusters);
            value = *step_at(clustered, where).standard_error / std::sqrt(g / (g - 1));
        } else {
            const auto& step = step_at(curve, where);
            if (quantity == "survival") value = step.survival;
            if (quantity == "standard_error") value = step.standard_error;
            if (quantity == "at_risk") value = static_cast<double>(step.at_risk);
            if (quantity == "lower") value = step.bounds->lower;
            if (quantity == "upper") value = step.bounds->upper;
        }
        REQUIRE(value);
        CHECK(close(*value, number(line[4]), 1e-10));
        ++compared;
    }
    CHECK(compared > 600);
}

TEST_CASE("without censoring the curve is the part of records that wait longer") {
    std::vector<record> records;
    for (int i = 1; i <= 10; ++i) records.push_back({static_cast<double>(i), true});
    const auto curve =
        cd::kaplan_meier(records, &record::time, &record::happened, {.interval = survival_interval::plain});
    for (int i = 1; i < 10; ++i) {
        const double s = 1 - i / 10.0;
        CHECK(close(*curve.at(i + 0.5).value, s, 1e-14));
        CHECK(close(*step_at(curve, i).standard_error, std::sqrt(s * (1 - s) / 10), 1e-12));  // the binomial's
    }
    CHECK(curve.at(0).value == 1);
    CHECK_FALSE(curve.at(0).bounds);
    CHECK(curve.at(99).value == 0);
    CHECK(curve.n_events == 10);
    CHECK(cd::survival_quantile(curve).time == 5.5);
}

TEST_CASE("records of their own as clusters give Greenwood's variance, and order does not matter") {
    std::mt19937_64 generator(1);
    auto records = simulated(generator, 60, 1, 3);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].cluster = static_cast<int>(i);
        records[i].time = std::ceil(10 * records[i].time);
    }
    const auto plain = cd::kaplan_meier(records, &record::time, &record::happened);
    const auto own = cd::kaplan_meier(records, &record::time, &record::happened, cd::clustered_by(&record::cluster));
    const auto unknown = cd::kaplan_meier(records, &record::time, &record::happened,
                                          cd::clustered_by([](const record&) { return std::optional<int>(); }));
    CHECK(own == unknown);
    for (std::size_t i = 0; i < plain.steps.size(); ++i)
        if (plain.steps[i].standard_error)
            CHECK(close(*own.steps[i].standard_error, *plain.steps[i].standard_error * std::sqrt(60.0 / 59), 1e-12));
    std::ranges::shuffle(records, generator);
    CHECK(cd::kaplan_meier(records, &record::time, &record::happened) == plain);
    CHECK(cd::kaplan_meier(test_support::single_pass(records), &record::time, &record::happened) == plain);
    std::vector<cd::censored_time> pairs;
    for (const auto& r : records) pairs.push_back({r.time, r.happened});
    CHECK(cd::kaplan_meier(pairs) == plain);
    auto longer = records;
    for (auto& r : longer) r.time *= 365.25;
    const auto scaled = cd::survival_quantile(cd::kaplan_meier(longer, &record::time, &record::happened));
    CHECK(close(*scaled.time, 365.25 * *cd::survival_quantile(plain).time, 1e-14));
}

TEST_CASE("what never happens is in the type") {
    const std::vector<record> none = {{1, false}, {2, false}, {3, false}};
    const auto curve = cd::kaplan_meier(none, &record::time, &record::happened);
    CHECK(curve.status == estimate_status::ok);
    CHECK(curve.n_events == 0);
    CHECK_FALSE(curve.steps[1].bounds);
    const auto median = cd::survival_quantile(curve);
    CHECK_FALSE(median.reached());
    CHECK_FALSE(median.lower);
    CHECK_FALSE(median.upper);
    CHECK(median.status == estimate_status::few_clusters);
    CHECK(curve.at(4).status == estimate_status::too_few);  // nobody was looked at for as long
    CHECK(curve.at(2).value == 1);
    CHECK(to_json(median).find("\"time\":null") != std::string::npos);
    const std::vector<record> nobody;
    CHECK(cd::kaplan_meier(nobody, &record::time, &record::happened).status == estimate_status::no_data);
    CHECK(cd::survival_quantile(cd::kaplan_meier(nobody, &record::time, &record::happened)).status ==
          estimate_status::no_data);
    const auto one =
        cd::kaplan_meier(none, &record::time, &record::happened, cd::clustered_by([](const record&) { return 1; }));
    CHECK(one.status == estimate_status::too_few);
    CHECK(cd::kaplan_meier(records_of("made"), &record::time, &record::happened,
                           cd::clustered_by([](const record& r) { return r.cluster % 5; }))
              .status == estimate_status::few_clusters);
}

TEST_CASE("unknown times are missing, not censored; times that are none are errors") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<record> records = {{1, true}, {nan, true}, {2, false}};
    const auto curve = cd::kaplan_meier(records, &record::time, &record::happened);
    CHECK(curve.n == 2);
    CHECK(curve.n_missing == 1);
    const auto half = cd::kaplan_meier(records, &record::time,
                                       [](const record& r) { return r.happened ? std::optional(true) : std::nullopt; });
    CHECK(half.n == 1);
    CHECK(half.n_missing == 2);
    const std::vector<record> early = {{1, true}, {-1e-9, true}};
    CHECK(message_of([&] {
              return cd::kaplan_meier(early, &record::time, &record::happened);
          }).starts_with("compute_divide::kaplan_meier: a finite time >= 0 in record 1, got -1e-09"));
    const std::vector<record> endless = {{std::numeric_limits<double>::infinity(), false}};
    CHECK(message_of([&] { return cd::kaplan_meier(endless, &record::time, &record::happened); }).find("record 0") !=
          std::string::npos);
    CHECK(message_of([&] { return cd::survival_quantile(curve, 1); }).find("a probability in (0, 1)") !=
          std::string::npos);
    CHECK(message_of([&] {
              return cd::kaplan_meier(records, &record::time, &record::happened, {.level = 1});
          }).find("level") != std::string::npos);
}

TEST_CASE("intervals hold the truth, of few records and of clusters") {
    std::mt19937_64 generator(2);
    const double median = std::log(2.0);
    for (const std::size_t n : {15U, 40U, 150U}) {
        int held = 0, fits = 0;
        for (int draw = 0; draw < 1'500; ++draw) {
            const auto q = cd::survival_quantile(
                cd::kaplan_meier(simulated(generator, n, 1, 3), &record::time, &record::happened));
            if (q.status != estimate_status::ok) continue;
            ++fits;
            held += (!q.lower || *q.lower <= median) && (!q.upper || median <= *q.upper);
        }
        CAPTURE(n);
        CAPTURE(held);
        CAPTURE(fits);
        CHECK(fits > 1'400);
        CHECK(held > 0.935 * fits);
    }
    int alone = 0, clustered = 0;
    constexpr int draws = 600;
    const auto holds = [&](const cd::survival_curve& curve) {
        const auto s = curve.at(median);
        return s.bounds && s.bounds->contains(0.5);
    };
    for (int draw = 0; draw < draws; ++draw) {
        const auto records = simulated(generator, 300, 1, 3, 50);
        alone += holds(cd::kaplan_meier(records, &record::time, &record::happened));
        clustered +=
            holds(cd::kaplan_meier(records, &record::time, &record::happened, cd::clustered_by(&record::cluster)));
    }
    CAPTURE(alone);
    CHECK(alone < 0.8 * draws);
    CHECK(clustered > 0.925 * draws);
}
