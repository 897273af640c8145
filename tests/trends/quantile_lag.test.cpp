// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/quantile_lag.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using namespace test_support;

namespace {

struct model {
    double year;
    double flop;
    std::string team;
    std::string organisation = {};
    std::vector<std::string> organisations = {};
};

/// Something normal enough: the sum of 12 uniform numbers less 6.
double noise(cd::random_stream& stream) {
    double sum = -6;
    for (int i = 0; i < 12; ++i) sum += stream.uniform();
    return sum;
}

struct sizes {
    int behind = 82, ahead = 224;
};

/// Models of two teams whose compute rises by 0.65 orders of magnitude a year, the second `lag` years ahead; each of
/// an organisation with an effect of its own, or of several.
std::vector<model> made(std::uint64_t seed, sizes n, double lag, int organisations, bool several = false) {
    cd::random_stream stream(seed);
    std::vector<double> effects(static_cast<std::size_t>(organisations));
    for (double& effect : effects) effect = 0.7 * noise(stream);
    std::vector<model> records;
    for (int i = 0; i < n.behind + n.ahead; ++i) {
        const bool leads = i >= n.behind;
        const double year = stream.uniform(2010, 2025);
        double log = 18 + 0.65 * (year - 2010 - (leads ? 0 : lag)) + 0.7 * noise(stream);
        model record{year, 0, leads ? "ahead" : "behind"};
        const int k = several ? 1 + static_cast<int>(stream.below(3)) : 1;
        for (int j = 0; j < k; ++j) {
            const auto of = stream.below(effects.size());
            log += effects[of] / std::sqrt(k);
            record.organisations.push_back(std::to_string(of));
        }
        record.organisation = record.organisations[0];
        record.flop = std::pow(10, log);
        records.push_back(record);
    }
    return records;
}

cd::quantile_lag_result lag_of(const std::vector<model>& records, const cd::quantile_lag_options& options = {}) {
    return cd::quantile_lag(records, &model::team, &model::year, &model::flop, &model::organisation, "behind", "ahead",
                            2020.0, options);
}

struct coverage {
    double covered = 0, mean = 0;
};
template <class Cluster>
coverage covered(sizes n, double lag, int organisations, bool several, Cluster cluster) {
    constexpr int rounds = 60;
    coverage result;
    for (int round = 0; round < rounds; ++round) {
        const auto found = cd::quantile_lag(made(static_cast<std::uint64_t>(round), n, lag, organisations, several),
                                            &model::team, &model::year, &model::flop, cluster, "behind", "ahead",
                                            2022.0, {.bootstrap = {.replicates = 59, .jackknife = false}});
        result.covered += found.years.bounds->contains(lag) ? 1.0 / rounds : 0;
        result.mean += *found.years.value / rounds;
    }
    return result;
}

}  // namespace

TEST_CASE("a lag is the difference of the quantile lines' levels over the leader's growth" *
          doctest::test_suite("long")) {
    const auto records = made(1, {}, 2, 60);
    std::vector<model> behind, ahead;
    for (const auto& m : records) (m.team == "behind" ? behind : ahead).push_back(m);
    const auto days = [](const model& m) { return cd::days_since_1970(m.year); };
    const auto log = [](const model& m) { return std::log10(m.flop); };
    const auto low = cd::quantile_regression(behind, days, log, {.quantile = 0.9});
    const auto high = cd::quantile_regression(ahead, days, log, {.quantile = 0.9});
    const double at = cd::days_since_1970(2020);
    const double gap = *high.intercept + *high.slope.value * at - *low.intercept - *low.slope.value * at;

    const auto found = lag_of(records);
    CHECK(found);
    CHECK(found.years.status == cd::estimate_status::few_clusters);
    CHECK(close(*found.difference.value, gap, 1e-9));
    CHECK(close(*found.slope.value, 365.25 * *high.slope.value, 1e-9));
    CHECK(close(*found.years.value, gap / (365.25 * *high.slope.value), 1e-9));
    CHECK(found.years.lower() < *found.years.value);
    CHECK(found.years.n == 306);
    CHECK(found.years.method == "quantile_regression, cluster_bootstrap_percentile");
    CHECK(found.n_clusters > 20);
    CHECK(found.n_clusters <= 60);
    CHECK(lag_of(records) == found);
    CHECK(lag_of(records, {.bootstrap = {.replicates = 1'999, .threads = 2, .jackknife = false}}) == found);
}

TEST_CASE("groups alike in all but size are not behind each other, and a lag is found" * doctest::test_suite("long")) {
    const auto label = &model::organisation;
    for (const auto& [n, lag] : {std::pair{sizes{82, 224}, 0.0}, {sizes{224, 82}, 2.0}}) {
        const auto found = covered(n, lag, 10'000, false, label);
        CHECK(found.covered >= 0.88);
        CHECK(std::fabs(found.mean - lag) < 0.25);
    }
    const auto clustered = covered({}, 0, 60, false, label);
    CHECK(clustered.covered >= 0.87);
    CHECK(std::fabs(clustered.mean) < 0.3);
    const auto shared = covered({}, 0, 60, true, &model::organisations);
    CHECK(shared.covered >= 0.87);
    CHECK(std::fabs(shared.mean) < 0.3);
}

TEST_CASE("a set of one label is that label's cluster; no label is a cluster of its own") {
    auto records = made(3, {60, 60}, 1, 40);
    const auto by = [&](auto cluster) {
        return cd::quantile_lag(records, &model::team, &model::year, &model::flop, cluster, "behind", "ahead", 2020.0);
    };
    CHECK(by(&model::organisations) == by(&model::organisation));
    const auto unknown = [](const model&) { return std::optional<int>(); };
    CHECK(by(unknown).n_clusters == 60);
    CHECK(by(unknown) == by([&](const model& m) { return static_cast<int>(&m - records.data()); }));
    CHECK(by(unknown).years.n_missing == 0);
}

TEST_CASE(
    "clusters of one size are enough from 25 on, of a high quantile from more on; uneven ones that are worth as many") {
    // 30 clusters a team of which one has m records and the others 4: worth (116 + m)^2 / (464 + m^2)
    for (const int m : {4, 16, 30})
        for (const int clusters : {24, 30}) {
            std::vector<model> records;
            cd::random_stream stream(3);
            for (const std::string team : {"behind", "ahead"})
                for (int c = 0; c < clusters; ++c)
                    for (int i = 0; i < (c == 0 ? m : 4); ++i) {
                        const double year = stream.uniform(2010, 2025);
                        const double log = 18 + 0.65 * (year - 2010) + 0.3 * noise(stream);
                        records.push_back({year, std::pow(10, log), team, team + std::to_string(c)});
                    }
            const double n = 4.0 * (clusters - 1) + m, worth = n * n / (16.0 * (clusters - 1) + m * m);
            CAPTURE(worth);
            const auto status_of = [&](double quantile) {
                return cd::quantile_lag(records, &model::team, &model::year, &model::flop, &model::organisation,
                                        "behind", "ahead", 2020.0,
                                        {.quantile = quantile, .bootstrap = {.replicates = 199, .jackknife = false}})
                    .years.status;
            };
            CHECK(status_of(0.75) == (worth < 25 ? cd::estimate_status::few_clusters : cd::estimate_status::ok));
            CHECK(status_of(0.9) == cd::estimate_status::few_clusters);  // 60 where 1 of 10 is beyond the line
        }
}

TEST_CASE("few clusters, few records, no growth: each is a status") {
    CHECK(lag_of(made(1, {}, 0, 12)).years.status == cd::estimate_status::few_clusters);
    const auto few = lag_of(made(1, {30, 270}, 0, 1'000));
    CHECK(few.years.status == cd::estimate_status::few_clusters);
    CHECK(few.years.bounds);
    CHECK(few);
    CHECK(lag_of({}).years.status == cd::estimate_status::no_data);
    CHECK(lag_of(made(1, {0, 50}, 0, 50)).years.status == cd::estimate_status::no_data);
    CHECK(lag_of(made(1, {2, 50}, 0, 50)).years.status == cd::estimate_status::too_few);

    auto records = made(1, {}, 0, 60);
    for (auto& m : records)
        if (m.team == "ahead") m.flop /= std::pow(10, 0.65 * (m.year - 2010));
    const auto still = lag_of(records);
    CHECK(still.years.status == cd::estimate_status::degenerate);
    CHECK_FALSE(still.years.value);
    CHECK_FALSE(still.years.bounds);
    CHECK(still.difference.bounds);
    for (auto& m : records) m.year = 2015;
    CHECK(lag_of(records).difference.status == cd::estimate_status::degenerate);
}

TEST_CASE("what is not known is counted, what is impossible is refused") {
    auto records = made(1, {}, 0, 60);
    records[3].flop = std::numeric_limits<double>::quiet_NaN();
    records[5].team = "";
    const auto found = lag_of(records);
    CHECK(found.years.n_missing == 1);
    CHECK(found.years.n == 304);
    records[4].flop = 0;
    CHECK(message_of([&] { (void)lag_of(records); }) ==
          "compute_divide::quantile_lag: a finite value > 0 in record 4, got 0");
    records[4].flop = 1;
    CHECK(message_of([&] { (void)lag_of(records, {.quantile = 1}); }) ==
          "compute_divide::quantile_lag: quantile in (0, 1), got 1");
    CHECK_FALSE(message_of([&] { (void)lag_of(records, {.level = 1}); }).empty());
    CHECK_FALSE(message_of([&] { (void)lag_of(records, {.bootstrap = {.replicates = 10}}); }).empty());
}
