// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/score_line.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using cd::score_direction;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double score, compute;
    std::optional<int> lab;
};

std::vector<model> reference_models() {
    std::vector<model> models;
    for (const auto& row : test_support::reference_table("efficiency_data", 3))
        models.push_back({row.numbers[1], row.numbers[0], static_cast<int>(row.numbers[2])});
    return models;
}

const std::vector<model> models = reference_models();
constexpr cd::scored_compute baseline{.score = 70, .compute = 3e19}, result{.score = 81.5, .compute = 4e21};
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

cd::score_line line_of(const std::vector<model>& records,
                       score_direction direction = score_direction::higher_is_better) {
    return cd::fit_score_line(records, &model::compute, &model::score, &model::lab, {.direction = direction});
}

std::vector<model> mirrored(std::vector<model> records) {
    for (model& m : records) m.score = -m.score;
    return records;
}

/// Every estimate of a decomposition by its name.
std::map<std::string, cd::estimate> named(const cd::gain_decomposition& parts) {
    return {{"explained", parts.explained},
            {"explained_share", parts.explained_share},
            {"unexplained", parts.unexplained},
            {"compute_equivalent", parts.compute_equivalent}};
}

}  // namespace

TEST_CASE("slopes, expected scores and decompositions as statsmodels has them") {
    using enum covariance_kind;
    constexpr std::array kinds{classical, hc0, hc1, hc2, hc3, clustered};
    const auto line = line_of(models);
    std::size_t checked = 0;
    for (const auto& row : test_support::reference_table("efficiency", 5)) {
        cd::score_interval_options options{.covariance = kinds.at(static_cast<std::size_t>(row.numbers[0])),
                                           .level = row.numbers[1]};
        auto estimates = named(line.decompose(baseline, result, options));
        estimates["left_over_prediction"] = estimates["unexplained"];
        options.unexplained = cd::unexplained_interval::confidence;
        estimates["left_over_confidence"] = line.decompose(baseline, result, options).unexplained;
        estimates["gain_per_doubling"] = line.gain_per_doubling(options);
        estimates["expected_score"] = line.expected_score(result.compute, options);
        const cd::estimate& e = estimates[row.name];
        CAPTURE(row.text);
        REQUIRE(e);
        CHECK(close(*e.value, row.numbers[2], 1e-10));
        CHECK(close(e.lower(), row.numbers[3], 1e-10));
        CHECK(close(e.upper(), row.numbers[4], 1e-10));
        CHECK(e.level == options.level);
        CHECK(e.method == name_of(options.covariance));
        CHECK(e.n == 40);
        ++checked;
    }
    CHECK(checked == 6 * 2 * 7);
}

TEST_CASE("the parts of a gain are the gain") {
    const auto parts = line_of(models).decompose(baseline, result);
    CHECK(parts.gain == 11.5);
    CHECK(close(parts.doublings, std::log2(4e21 / 3e19), 1e-14));
    CHECK(close(*parts.explained.value + *parts.unexplained.value, parts.gain, 1e-14));
    CHECK(close(*parts.explained_share.value, *parts.explained.value / parts.gain, 1e-14));
    // Scaled by the compute that the rest is worth, the baseline reaches the new score on the line.
    const double slope = *line_of(models).gain_per_doubling().value;
    CHECK(close(slope * std::log2(*parts.compute_equivalent.value), *parts.unexplained.value, 1e-12));
}

TEST_CASE("lower is better mirrors scores, and nothing else") {
    const auto up = line_of(models);
    const auto down = line_of(mirrored(models), score_direction::lower_is_better);
    CHECK(up.gain_per_doubling() == down.gain_per_doubling());
    CHECK(up.decompose(baseline, result) ==
          down.decompose({-baseline.score, baseline.compute}, {-result.score, result.compute}));
    CHECK(*up.expected_score(1e20).value == -*down.expected_score(1e20).value);
}

TEST_CASE("a result on the line is all compute") {
    std::vector<model> records;
    for (const int power : {60, 62, 65, 70, 71}) records.push_back({3.0 * power, std::exp2(power), {}});
    const auto line = cd::fit_score_line(records, &model::compute, &model::score);
    const auto parts = line.decompose({180, std::exp2(60)}, {210, std::exp2(70)});
    CHECK(close(*parts.explained.value, 30, 1e-12));
    CHECK(close(*parts.explained_share.value, 1, 1e-12));
    CHECK(std::fabs(*parts.unexplained.value) < 1e-11);
    CHECK(close(*parts.compute_equivalent.value, 1, 1e-11));
    // One more doubling's worth of score at the same compute.
    CHECK(close(*line.decompose({180, std::exp2(60)}, {213, std::exp2(70)}).compute_equivalent.value, 2, 1e-11));
}

TEST_CASE("what an idea that is none leaves over is covered by the prediction interval, not by the line's") {
    cd::random_stream bits(7);
    const auto uniform = [&] { return bits.uniform(); };
    const auto noise = [&] { return uniform() + uniform() + uniform() + uniform() - 2; };
    constexpr int trials = 1000;
    int by_prediction = 0, by_confidence = 0;
    for (int trial = 0; trial < trials; ++trial) {
        std::vector<model> records;
        const auto draw = [&](double log2_compute) { return 5 + 0.5 * log2_compute + noise(); };
        for (int i = 0; i < 30; ++i) {
            const double log2_compute = 60 + 20 * uniform();
            records.push_back({draw(log2_compute), std::exp2(log2_compute), {}});
        }
        const auto line = cd::fit_score_line(records, &model::compute, &model::score);
        const cd::scored_compute before{draw(65), std::exp2(65)}, after{draw(75), std::exp2(75)};
        const auto covers = [&](cd::unexplained_interval kind) {
            return line.decompose(before, after, {.unexplained = kind, .level = 0.9}).unexplained.bounds->contains(0);
        };
        by_prediction += covers(cd::unexplained_interval::prediction);
        by_confidence += covers(cd::unexplained_interval::confidence);
    }
    CHECK(by_prediction > 0.87 * trials);
    CHECK(by_prediction < 0.93 * trials);
    CHECK(by_confidence < 0.6 * trials);
}

TEST_CASE("a gain that is none, a slope that is none") {
    const auto line = line_of(models);
    const auto worse = line.decompose(baseline, {.score = 69, .compute = 4e21});
    CHECK(worse.gain == -1);
    CHECK(worse.explained);
    CHECK(worse.explained_share.status == estimate_status::degenerate);
    CHECK_FALSE(worse.explained_share.value);
    CHECK(*worse.compute_equivalent.value < 1);
    // No compute more: nothing is explained by it, all is left over.
    const auto same = line.decompose(baseline, {.score = 75, .compute = baseline.compute},
                                     {.unexplained = cd::unexplained_interval::confidence});
    CHECK(same.explained.bounds == cd::interval{0, 0});
    CHECK(same.unexplained.bounds == cd::interval{5, 5});
    // More compute goes along with worse scores: no compute would buy the rest.
    const auto falling = line_of(mirrored(models)).decompose(baseline, result);
    CHECK(*falling.unexplained.value > falling.gain);
    CHECK(falling.compute_equivalent.status == estimate_status::degenerate);
    CHECK_FALSE(falling.compute_equivalent.bounds);
    // A slope that may be 0: a value, no bounds.
    const auto unsure =
        cd::fit_score_line(std::vector<model>{{1, 1, {}}, {3, 2, {}}, {1, 4, {}}, {2, 8, {}}, {2, 16, {}}},
                           &model::compute, &model::score);
    CHECK(unsure.gain_per_doubling().bounds->contains(0));
    const auto maybe = unsure.decompose({1, 1}, {2, 2});
    CHECK(maybe.compute_equivalent.value);
    CHECK_FALSE(maybe.compute_equivalent.bounds);
}

TEST_CASE("not enough data has a status, no value") {
    struct row {
        std::string name;
        std::vector<model> records;
        covariance_kind covariance;
        estimate_status status;
    };
    const std::vector<row> rows{
        {"none", {}, covariance_kind::hc3, estimate_status::no_data},
        {"two", {{1, 1, 0}, {2, 2, 1}}, covariance_kind::hc3, estimate_status::too_few},
        {"one compute",
         {{1, 8, 0}, {2, 8, 1}, {3, 8, 2}, {4, 8, 3}},
         covariance_kind::hc3,
         estimate_status::degenerate},
        {"two clusters",
         {{1, 1, 0}, {2, 2, 1}, {4, 4, 1}, {4, 8, 0}},
         covariance_kind::clustered,
         estimate_status::too_few},
        {"one decides",
         {{1, 1, 0}, {2, 1, 1}, {4, 1, 1}, {4, 8, 0}},
         covariance_kind::hc3,
         estimate_status::degenerate},
    };
    for (const row& r : rows) {
        CAPTURE(r.name);
        const auto line = line_of(r.records);
        const cd::score_interval_options options{.covariance = r.covariance};
        auto all = named(line.decompose({1, 1}, {2, 2}, options));
        all["gain_per_doubling"] = line.gain_per_doubling(options);
        all["expected_score"] = line.expected_score(2, options);
        for (const auto& each : all) {
            CAPTURE(each.first);
            CHECK(each.second.status == r.status);
            CHECK_FALSE(each.second.value);
            CHECK_FALSE(each.second.bounds);
        }
    }
}

TEST_CASE("what is not known is left out and counted; a single pass will do") {
    auto with_gaps = models;
    with_gaps.push_back({unknown, 1e20, 1});
    with_gaps.push_back({50, unknown, 1});
    with_gaps.push_back({50, 1e20, std::nullopt});
    const auto line = line_of(with_gaps);
    CHECK(line.n() == 40);
    CHECK(line.n_missing() == 3);
    CHECK(line.gain_per_doubling().n_missing == 3);
    CHECK(*line.gain_per_doubling().value == *line_of(models).gain_per_doubling().value);
    const auto once = cd::fit_score_line(test_support::single_pass<model>(with_gaps), &model::compute, &model::score);
    CHECK(once.n() == 41);
    CHECK(once.n_missing() == 2);
}

TEST_CASE("bad input is an error that names it") {
    const auto line = line_of(models);
    const auto fit = [](const model& m) { return [=] { return line_of({{1, 1, 0}, m}); }; };
    CHECK(message_of(fit({1, 0, 0})) == "compute_divide::fit_score_line: finite compute > 0 in record 1, got 0");
    CHECK(message_of(fit({1, -2, 0})) == "compute_divide::fit_score_line: finite compute > 0 in record 1, got -2");
    CHECK(message_of(fit({1, std::numeric_limits<double>::infinity(), 0})) ==
          "compute_divide::fit_score_line: finite compute > 0 in record 1, got inf");
    CHECK(message_of(fit({std::numeric_limits<double>::infinity(), 1, 0})) ==
          "compute_divide::fit_score_line: a score of at most 1e150 in size in record 1, got inf");
    CHECK(message_of([&] {
              return line.decompose({1, 0}, result);
          }) == "compute_divide::score_line::decompose: finite compute > 0, got 0");
    CHECK(message_of([&] {
              return line.decompose(baseline, {unknown, 1});
          }) == "compute_divide::score_line::decompose: finite scores, got nan");
    CHECK(message_of([&] { return line.expected_score(-1); }) ==
          "compute_divide::score_line::expected_score: finite compute > 0, got -1");
    CHECK(message_of([&] { return line.gain_per_doubling({.level = 1}); }) ==
          "compute_divide::score_line: level in (0, 1), got 1");
    CHECK(message_of([&] {
              return cd::fit_score_line(models, &model::compute, &model::score)
                  .gain_per_doubling({.covariance = covariance_kind::clustered});
          }) == "compute_divide::score_line: a cluster field for clustered intervals, got \"none\"");
}

TEST_CASE("as JSON, with the estimates within") {
    const auto parts = line_of(models).decompose(baseline, result);
    CHECK(parts);
    CHECK(to_json(parts).starts_with(R"({"gain":11.5,"doublings":)"));
    CHECK(to_json(parts).find(R"("unexplained":)" + to_json(parts.unexplained)) != std::string::npos);
    CHECK_FALSE(cd::gain_decomposition{});
}
