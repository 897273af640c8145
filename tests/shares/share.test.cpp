// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/share.hpp>

#include <array>
#include <chrono>
#include <cstdint>
#include <forward_list>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/zip.hpp>

#include <compute_divide/dates.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/statistics/quantile.hpp>

#include "support/close.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using test_support::close;

namespace {

enum class team { academia, collaboration, industry };

struct paper {
    int year;
    team who;
    std::optional<bool> open;
    double weight;
    [[nodiscard]] bool is_academic() const { return who == team::academia; }
};

std::vector<paper> random_papers(std::size_t n) {
    std::mt19937 random(7);
    std::vector<paper> made;
    for (std::size_t i = 0; i < n; ++i)
        made.push_back({2010 + static_cast<int>(random() % 12), static_cast<team>(random() % 3),
                        random() % 4 == 0 ? std::nullopt : std::optional(random() % 2 == 0),
                        static_cast<double>(random() % 7) / 6});
    return made;
}

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a share by year is k of n with the interval of k of n") {
    const auto papers = random_papers(500);
    std::map<int, std::pair<double, double>> counts;
    for (const auto& p : papers) {
        counts[p.year].first += p.is_academic();
        counts[p.year].second += 1;
    }
    for (const auto& method : cd::enumerators(cd::proportion_interval::wilson)) {
        CAPTURE(method.name);
        const cd::share_options options{.interval = method.value, .level = 0.9};
        const auto by_year = cd::share_by(papers, &paper::year, &paper::is_academic, options);
        REQUIRE(by_year.size() == counts.size());
        auto row = by_year.begin();
        for (const auto& [year, count] : counts) {
            CAPTURE(row->key);
            CHECK(row->key == year);
            CHECK(row->weight == count.first);
            CHECK(static_cast<double>(row->share.n) == count.second);
            CHECK(row->share == cd::share(count.first, count.second, options));
            ++row;
        }
    }
}

TEST_CASE("published counts: 13 of 20 and 6 of 73 academic, with the intervals of R") {
    // R: prop.test(13, 20, correct = FALSE)$conf.int; prop.test(6, 73, correct = FALSE)$conf.int
    std::vector<std::pair<int, bool>> models;
    models.reserve(93);
    for (int i = 0; i < 20; ++i) models.emplace_back(2010 + i % 5, i < 13);
    for (int i = 0; i < 73; ++i) models.emplace_back(2020 + i % 3, i < 6);
    using model = std::pair<int, bool>;
    const auto pooled = cd::shares(
        cd::windows(cd::tabulate(models, &model::first, &model::second), {{2010, 2014}, {2020, 2022}}), true);
    REQUIRE(pooled.size() == 2);
    CHECK(*pooled.rows[0].share.value == 0.65);
    CHECK(close(pooled.rows[0].share.lower(), 0.43285427668523635, 1e-13));
    CHECK(close(pooled.rows[0].share.upper(), 0.81880817589891786, 1e-13));
    CHECK(close(*pooled.rows[1].share.value, 6.0 / 73, 1e-15));
    CHECK(close(pooled.rows[1].share.lower(), 0.038213750478704948, 1e-13));
    CHECK(close(pooled.rows[1].share.upper(), 0.167943954799371714, 1e-13));
}

TEST_CASE("the shares of a key sum to one, and each lies in its interval") {
    const auto papers = random_papers(800);
    const auto full = cd::shares(cd::tabulate(papers, &paper::year, &paper::who));
    const auto fractional = cd::shares(cd::tabulate(papers, &paper::year, &paper::who, &paper::weight),
                                       {.effective = cd::effective_number::kish});
    for (const auto& table : {full, fractional}) {
        std::map<int, double> sums;
        for (const auto& row : table) {
            CAPTURE(row.key);
            sums[row.key] += *row.share.value;
            CHECK(row.share.bounds->contains(*row.share.value));
        }
        CHECK(table.size() == 3 * sums.size());
        for (const auto& [year, sum] : sums) CHECK(close(sum, 1, 1e-14));
    }
}

TEST_CASE("a category that a key does not have still has a share there, of zero") {
    const std::vector<std::pair<int, team>> records{{1, team::academia}, {1, team::academia}, {2, team::industry}};
    using record = std::pair<int, team>;
    const auto table = cd::tabulate(records, &record::first, &record::second);
    const auto all = cd::shares(table);
    REQUIRE(all.size() == 4);
    CHECK(all.rows[1].category == team::industry);
    CHECK(all.rows[1].share == cd::share(0, 2));
    CHECK(cd::shares(table, team::industry).rows[0].share == cd::share(0, 2));
    CHECK(cd::shares(table, team::collaboration).rows[1].share == cd::share(0, 1));
}

TEST_CASE("with weights the interval is that of the effective number, which the estimate states") {
    // Weights 1, 1/2, 1/2, 1/3 for yes and 1, 1/3 for no: sum w = 11/3, sum w^2 = 49/18, n_effective = 242/49,
    // share = 7/11, so successes are 7/11 * 242/49 = 22/7.
    const std::vector<std::pair<bool, double>> records{{true, 1},       {true, 0.5}, {true, 0.5},
                                                       {true, 1.0 / 3}, {false, 1},  {false, 1.0 / 3}};
    using record = std::pair<bool, double>;
    const auto one =
        cd::share_by(records, [](const record&) { return 0; }, &record::first, &record::second,
                     {.interval = cd::proportion_interval::clopper_pearson, .effective = cd::effective_number::kish});
    REQUIRE(one.size() == 1);
    const auto& row = one.rows[0];
    const auto expected = cd::share(22.0 / 7, 242.0 / 49, {.interval = cd::proportion_interval::clopper_pearson});
    CHECK(row.share.n == 6);
    CHECK(close(row.weight, 7.0 / 3, 1e-15));
    CHECK(close(*row.share.value, 7.0 / 11, 1e-15));
    CHECK(close(row.share.n_effective.value(), 242.0 / 49, 1e-15));
    CHECK(close(row.share.lower(), expected.lower(), 1e-13));
    CHECK(close(row.share.upper(), expected.upper(), 1e-13));
}

TEST_CASE("weights that all are equal give the intervals of full counting; all yes ends at 1") {
    for (const double weight : {0.1, 1.0 / 3, 7.0}) {
        const std::vector<bool> answers{true, true, false, true, false, true, true};
        const auto zero = [](bool) { return 0; };
        const cd::share_options kish{.effective = cd::effective_number::kish};
        const auto weighted = cd::share_by(
                                  answers, zero, std::identity{}, [weight](bool) { return weight; }, kish)
                                  .rows[0]
                                  .share;
        const auto full = cd::share_by(answers, zero, std::identity{}).rows[0].share;
        CHECK(close(*weighted.value, *full.value, 1e-15));
        CHECK(close(weighted.lower(), full.lower(), 1e-14));
        CHECK(close(weighted.upper(), full.upper(), 1e-14));
        const auto all_yes = cd::share_by(
            answers, zero, [](bool) { return true; }, [weight](bool) { return weight; }, kish);
        CHECK(all_yes.rows[0].share.upper() == 1);
        CHECK(*all_yes.rows[0].share.value == 1);
    }
}

TEST_CASE("not known is counted by key, and a key with nothing known has no share") {
    const std::vector<paper> papers{{2010, team::academia, true, 1},
                                    {2010, team::academia, std::nullopt, 1},
                                    {2010, team::academia, false, unknown},
                                    {2011, team::academia, std::nullopt, 1},
                                    {2012, team::industry, true, 0}};
    const auto open = cd::share_by(papers, &paper::year, &paper::open);
    CHECK(open.n_missing == 2);
    CHECK(open.rows[0].share.n_missing == 1);
    CHECK(open.rows[0].share.n == 2);
    CHECK(open.rows[1].share.status == cd::estimate_status::no_data);
    CHECK_FALSE(open.rows[1].share.value.has_value());
    CHECK(open.rows[1].share.n_missing == 1);

    const auto weighted = cd::share_by(papers, &paper::year, &paper::open, &paper::weight,
                                       {.effective = cd::effective_number::linearised});
    CHECK(weighted.n_missing == 3);
    CHECK(weighted.rows[2].share.status == cd::estimate_status::no_data);  // one record, of weight 0
    CHECK(weighted.rows[2].share.n == 1);

    const auto no_key = [](const paper& p) { return p.year == 2010 ? std::nullopt : std::optional(p.year); };
    CHECK(cd::share_by(papers, no_key, &paper::is_academic).n_missing == 3);
}

TEST_CASE("weighted records say that they are independent, or name their cluster") {
    struct part {
        bool yes;
        int paper;
        double weight;
    };
    std::vector<part> parts;
    for (int i = 0; i < 60; ++i) parts.push_back({i % 3 == 0, i / 2, 0.5 + i % 2});
    const auto one = [](const part&) { return 0; };
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::share_by(parts, one, &part::yes, &part::weight)),
                         "compute_divide::shares: of weighted records a cluster field (clustered_by), or "
                         "share_options::effective linearised or kish where they are independent, got \"not_stated\"",
                         std::invalid_argument);
    const auto independent =
        cd::share_by(parts, one, &part::yes, &part::weight, {.effective = cd::effective_number::linearised});
    // the same as each record its own cluster
    int number = 0;
    const auto clustered =
        cd::share(parts, &part::yes, cd::clustered_by([&](const part&) { return ++number; }), &part::weight);
    CHECK(close(*independent.rows[0].share.n_effective, *clustered.share.n_effective, 1e-13));
    CHECK(close(independent.rows[0].share.lower(), clustered.share.lower(), 1e-13));
    CHECK(independent.rows[0].share.method == "wilson");
    const auto by_paper = cd::share_by(parts, one, &part::yes, cd::clustered_by(&part::paper), &part::weight);
    CHECK(by_paper.rows[0].share == cd::share(parts, &part::yes, cd::clustered_by(&part::paper), &part::weight).share);
    CHECK(by_paper.rows[0].weight == independent.rows[0].weight);
    CHECK(close(*cd::design_effect(by_paper.rows[0].share), 60 / *by_paper.rows[0].share.n_effective, 1e-15));
}

TEST_CASE("the same shares from any range") {
    const auto papers = random_papers(60);
    const auto expected = cd::share_by(papers, &paper::year, &paper::is_academic);
    CHECK(cd::share_by(std::list(papers.begin(), papers.end()), &paper::year, &paper::is_academic) == expected);
    CHECK(cd::share_by(std::forward_list(papers.begin(), papers.end()), &paper::year, &paper::is_academic) == expected);
    CHECK(cd::share_by(test_support::single_pass(papers), &paper::year, &paper::is_academic) == expected);
    CHECK(cd::share_by(papers | ranges::views::filter([](const paper&) { return true; }), &paper::year,
                       &paper::is_academic) == expected);
    std::vector<int> years;
    std::vector<bool> academic;
    for (const auto& p : papers) {
        years.push_back(p.year);
        academic.push_back(p.is_academic());
    }
    CHECK(cd::share_by(
              ranges::views::zip(years, academic), [](const auto& pair) { return std::get<0>(pair); },
              [](const auto& pair) { return static_cast<bool>(std::get<1>(pair)); }) == expected);
    CHECK(cd::share_by(std::array<paper, 0>{}, &paper::year, &paper::is_academic).empty());
}

TEST_CASE("a level that is none is refused by name") {
    CHECK_THROWS_WITH_AS(
        static_cast<void>(cd::share_by(random_papers(3), &paper::year, &paper::is_academic, {.level = 1})),
        "compute_divide::share_interval: level in (0, 1), got 1", std::invalid_argument);
}

TEST_CASE("shares as text and JSON, whatever the key") {
    using namespace std::chrono;
    const std::vector<std::pair<bool, double>> answers{{true, 1}, {true, 1}, {false, 1}};
    using record = std::pair<bool, double>;
    const auto by = [&](auto key) {
        return cd::share_by(
                   answers, [key](const record&) { return key; }, &record::first)
            .rows.front();
    };
    const cd::estimate_format percent{.digits = 1, .percent = true};
    const std::string share = "66.7 % [20.8, 93.9] (wilson, 95 %, n = 3)";
    const std::string json = R"(,"weight":2,"share":)" + to_json(cd::share(2, 3)) + "}";
    CHECK(to_string(by(2012), percent) == "2012  " + share);
    CHECK(to_json(by(2012)) == R"({"key":2012)" + json);
    CHECK(to_json(by(std::string("a \"b\""))) == R"({"key":"a \"b\"")" + json);
    CHECK(to_string(by(sys_days{2012y / July / 2}), percent) == "2012-07-02  " + share);
    CHECK(to_json(by(sys_days{2012y / July / 2})) == R"({"key":"2012-07-02")" + json);
    CHECK(to_json(by(2012y / July / 2)) == R"({"key":"2012-07-02")" + json);
    CHECK(to_json(by(2012y)) == R"({"key":2012)" + json);
    CHECK(to_string(by(2012y), percent) == "2012  " + share);
    CHECK(to_string(by(std::tuple(2012, "NeurIPS")), percent) == "2012, NeurIPS  " + share);
    CHECK(to_json(by(std::pair(2012, true))) == R"({"key":[2012,true])" + json);
    CHECK(to_json(by(cd::quantile_definition::hazen)) == R"({"key":"hazen")" + json);
    CHECK(to_json(by(team::collaboration)) == R"({"key":1)" + json);
    CHECK(to_string(by(team::collaboration), percent) == "1  " + share);
    CHECK(to_json(by(cd::key_window<int>{2010, 2014})) == R"({"key":{"from":2010,"to":2014})" + json);
    CHECK(to_string(by(cd::key_window<int>{2010, 2014}), percent) == "2010 to 2014  " + share);

    cd::tally<int, std::string> counts;
    counts.add(2012, "yes");
    counts.add(2012, "yes");
    counts.add(2012, "no");
    counts.add(2022, "no", 0.5);
    counts.add(2022, std::optional<std::string>());
    counts.add_missing();
    const auto table = counts.result();
    CHECK(to_string(table) == "2012  no 1, yes 2 (n = 3)\n2022  no 0.5 (n = 1, 1 missing)\n2 missing");
    CHECK(to_json(table.rows.front().cells.front()) == R"({"category":"no","n":1,"weight":1,"weight_squared":1})");
    CHECK(
        to_json(table).starts_with(R"({"rows":[{"key":2012,"n":3,"n_missing":0,"weight":3,"n_effective":3,"cells":[)"));
    CHECK(to_json(table).ends_with(R"(],"categories":["no","yes"],"n_missing":2,"n_left_out":0})"));
    const auto yes = cd::shares(table, "yes", {.effective = cd::effective_number::kish});
    CHECK(to_string(yes, percent).starts_with("2012  " + share + "\n2022  0.0 % ["));
    CHECK(to_string(yes, percent).ends_with("\n2 missing"));
    CHECK(to_json(yes).ends_with(R"(],"n_missing":2,"n_left_out":0})"));
    CHECK(to_string(cd::shares(table, {.effective = cd::effective_number::kish}).rows[1], percent) ==
          "2012  yes  " + share);
    CHECK(to_string(cd::share_table<cd::key_share<int>>{}).empty());
    CHECK(to_string(cd::share_table<cd::key_share<int>>{.n_missing = 1, .n_left_out = 2}) == "1 missing, 2 left out");
}

TEST_CASE("a share of weighted records lies in its interval at the lowest levels") {
    std::mt19937 random(7);
    cd::tally<int, bool> counts;
    for (int i = 0; i < 2000; ++i) counts.add(i % 200, random() % 3 == 0, 0.1 * static_cast<double>(1 + random() % 99));
    const auto table = counts.result();
    for (const double level : {1e-300, 1e-17, 1e-3})
        for (const auto effective : {cd::effective_number::kish, cd::effective_number::linearised})
            for (const auto& interval : enumerators(cd::proportion_interval{})) {
                if (interval.value == cd::proportion_interval::jeffreys) continue;  // which leaves some out, as told
                CAPTURE(interval.name);
                const auto rows =
                    cd::shares(table, true, {.interval = interval.value, .level = level, .effective = effective});
                int outside = 0;
                for (const auto& row : rows)
                    if (row.share.bounds)
                        outside +=
                            row.share.lower() <= *row.share.value && *row.share.value <= row.share.upper() ? 0 : 1;
                CHECK(outside == 0);
            }
}
