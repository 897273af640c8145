// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/policy/gap_trends.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>
#include <compute_divide/trends/compare.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double year;
    std::optional<double> flop;
    std::string team;
    int organisation;
    std::vector<int> organisations() const { return {organisation}; }
};

double normal(cd::random_stream& stream) {
    return -cd::detail::upper_normal_quantile(stream.uniform() + 0x1p-54);
}

/// Industry grows by `frontier` orders of magnitude a year from 24 in 2024, academia by `own` from 22; 2 to 6 models of
/// each organisation share an error.
std::vector<model> world(double frontier, double own, std::uint64_t seed, int organisations = 30) {
    std::vector<model> models;
    cd::random_stream stream(seed, 0);
    for (int o = 0; o < 2 * organisations; ++o) {
        const bool is_own = o % 2 == 0;
        const double shared = 0.3 * normal(stream);
        const auto of_it = 2 + stream.below(5);
        for (std::uint64_t i = 0; i < of_it; ++i) {
            const double year = stream.uniform(2016, 2024);
            const double log =
                (is_own ? 22 + own * (year - 2024) : 24 + frontier * (year - 2024)) + shared + 0.4 * normal(stream);
            models.push_back({year, std::pow(10, log), is_own ? "academia" : "industry", o});
        }
    }
    return models;
}
cd::gap_trends fitted(const std::vector<model>& models, double at = 2024, std::optional<double> by = {}) {
    return cd::gap_of_trends(models, &model::team, &model::year, &model::flop, &model::organisation, "academia",
                             "industry", at, by);
}

}  // namespace

TEST_CASE("the lines are those of fit_log_trends, one by one") {
    const auto models = world(0.6, 0.3, 1);
    const cd::gap_trends told = fitted(models, 2024.5);
    REQUIRE(told);
    const auto lines = cd::fit_log_trends(models, &model::team, &model::year, &model::flop, &model::organisation);
    // There years have 365.25 days; here they are the calendar's.
    CHECK(close(told.gap.value(),
                std::pow(10, *lines.level_difference("industry", "academia", 2024.5).difference.value), 2e-3));
    CHECK(close(told.frontier_growth.value(), *lines.of("industry").growth().factor.value, 1e-3));
    CHECK(close(told.own_growth.value(), *lines.of("academia").growth().factor.value, 1e-3));
    CHECK(close(told.frontier.value(), *lines.of("industry").at(2024.5), 2e-3));
    CHECK(close(told.own.log_level, std::log10(*lines.of("academia").at(2024.5)), 1e-4));
    CHECK(close(told.own.spread, *lines.of("academia").residual_sd(), 1e-3));
    // Their standard errors, but for the correction for small samples: both groups in one, or each its own.
    const cd::trend_options options{.interval = cd::trend_interval::clustered, .level = 0.9};
    const auto width = [](const cd::estimate& e) { return std::log(e.upper() / e.lower()); };
    CHECK(close(width(told.frontier_growth.estimate(0.9)), width(lines.of("industry").growth(options).factor), 0.02));
    CHECK(close(width(told.own_growth.estimate(0.9)), width(lines.of("academia").growth(options).factor), 0.02));
    CHECK(
        close(width(told.gap.estimate(0.9)),
              std::log(10) * lines.level_difference("industry", "academia", 2024.5, options).difference.bounds->width(),
              0.02));
    CHECK(told.n_own + told.n_frontier == models.size());
    CHECK(told.own_clusters == 30);
    CHECK(told.frontier_clusters == 30);
    CHECK(told.degrees_of_freedom == 29);
    CHECK(told.warnings.empty());
    // Clusters that are lists of one label each are the same clusters.
    const auto lists = cd::gap_of_trends(models, &model::team, &model::year, &model::flop, &model::organisations,
                                         "academia", "industry", 2024.5);
    CHECK(lists.gap.value() == told.gap.value());
    CHECK(close(lists.gap.log_sd(), told.gap.log_sd(), 0.02));
}

TEST_CASE("joint: the gap in other years is the gap of the lines there, with its error") {
    const auto models = world(0.6, 0.3, 2);
    const cd::gap_trends now = fitted(models, 2024), then = fitted(models, 2030);
    const auto moved = cd::gap_after(now.gap, now.frontier_growth, now.own_growth, 6);
    CHECK(close(moved.value(), then.gap.value(), 1e-9));
    CHECK(close(moved.log_sd(), then.gap.log_sd(), 1e-9));
    const auto frontier = now.frontier * cd::detail::power_of(now.frontier_growth, 6);
    CHECK(close(frontier.log_sd(), then.frontier.log_sd(), 1e-9));
    // Independent intervals would be another number.
    CHECK_FALSE(close(moved.log_sd(),
                      std::hypot(now.gap.log_sd(), 6 * now.frontier_growth.log_sd(), 6 * now.own_growth.log_sd()),
                      0.05));
}

TEST_CASE("coverage: 90 % intervals of later gaps, in worlds whose growth is known") {
    constexpr int worlds = 600;
    int covered = 0, of_growth = 0;
    for (int i = 0; i < worlds; ++i) {
        const cd::gap_trends told = fitted(world(0.6, 0.25, 100 + static_cast<std::uint64_t>(i)));
        const auto then = cd::gap_after(told.gap, told.frontier_growth, told.own_growth, 5).estimate(0.9);
        covered += then.bounds->contains(std::pow(10, 2 + 5 * 0.35)) ? 1 : 0;
        of_growth += told.own_growth.estimate(0.9).bounds->contains(std::pow(10, 0.25)) ? 1 : 0;
    }
    // .90 but for 4 standard errors of the simulation, and .02 for what clustered intervals lack with 30 clusters.
    const double margin = 0.02 + 4 * std::sqrt(0.09 / worlds);
    CHECK(std::fabs(covered / static_cast<double>(worlds) - 0.9) < margin);
    CHECK(std::fabs(of_growth / static_cast<double>(worlds) - 0.9) < margin);
    MESSAGE("covered: ", covered, " and ", of_growth, " of ", worlds);
}

TEST_CASE("warnings: a line into the future, few organisations, too far, too early") {
    using enum cd::scenario_warning;
    const auto has = [](const cd::gap_trends& g, cd::scenario_warning w) {
        return std::ranges::find(g.warnings, w) != g.warnings.end();
    };
    auto models = world(0.6, 0.3, 3);
    std::erase_if(models, [](const model& m) { return m.team == "academia" && m.year > 2022; });
    models.push_back({2023, 1e22, "academia", 0});
    const cd::gap_trends old = fitted(models);
    CHECK(has(old, few_recent_models));
    CHECK(old.own_recent == 1);
    CHECK(has(fitted(world(0.6, 0.3, 4, 8)), few_clusters));
    CHECK(fitted(world(0.6, 0.3, 4, 8)).status == cd::estimate_status::few_clusters);
    CHECK(has(fitted(world(0.6, 0.3, 5), 2024, 2040), beyond_data));
    CHECK_FALSE(has(fitted(world(0.6, 0.3, 5), 2024, 2031), beyond_data));
    CHECK(has(fitted(world(0.6, 0.3, 5), 2010), before_data));
    CHECK(fitted(world(0.6, 0.3, 5)).warnings.empty());
}

TEST_CASE("not enough, and not known") {
    std::vector<model> models = world(0.6, 0.3, 6);
    CHECK(cd::gap_of_trends(models, &model::team, &model::year, &model::flop, &model::organisation, "nobody",
                            "industry", 2024)
              .status == cd::estimate_status::no_data);
    models.push_back({2020, {}, "academia", 1});
    models.push_back({std::nan(""), 1e20, "academia", 1});
    models.push_back({2020, 1e20, "collaboration", 1});
    const cd::gap_trends told = fitted(models);
    CHECK(told.n_missing == 2);
    CHECK(told.n_own + told.n_frontier == models.size() - 3);
    models.push_back({2020, 0, "academia", 1});
    CHECK(message_of([&] { return fitted(models); }).find("a finite value > 0 in record ") != std::string::npos);
    CHECK(message_of([&] { return fitted({}, std::nan("")); }).find("a finite year") != std::string::npos);
    const std::vector<model> two{{2020, 1e20, "academia", 1}, {2021, 1e21, "industry", 2}, {2021, 1e22, "industry", 3}};
    CHECK(fitted(two).status == cd::estimate_status::too_few);
    std::vector<model> one_day;
    for (int i = 0; i < 20; ++i) one_day.push_back({2020, 1e20 + i, i % 2 == 0 ? "academia" : "industry", i});
    CHECK(fitted(one_day).status == cd::estimate_status::degenerate);
    CHECK_FALSE(fitted(one_day));
}
