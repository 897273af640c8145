// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/tabulate.hpp>

#include <array>
#include <chrono>
#include <forward_list>
#include <functional>
#include <limits>
#include <list>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/istream.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/zip.hpp>

#include <compute_divide/dates.hpp>

#include "support/close.hpp"
#include "support/ranges.hpp"

namespace cd = compute_divide;
using namespace std::chrono_literals;

namespace {

enum class team { academia, collaboration, industry };

// A record of the user's own: nothing in it is ours.
struct paper {
    std::string title;
    std::optional<std::chrono::year_month_day> date;
    int year;
    team who;
    double weight;
    [[nodiscard]] std::optional<team> typed_by() const { return title.empty() ? std::nullopt : std::optional(who); }
};

const std::vector<paper> papers = {
    {"AlexNet", 2012y / 9 / 30, 2012, team::academia, 1.0},
    {"Word2vec", 2013y / 1 / 16, 2013, team::industry, 0.5},
    {"", 2013y / 2 / 1, 2013, team::academia, 0.25},
    {"GAN", 2013y / 6 / 10, 2013, team::academia, std::numeric_limits<double>::quiet_NaN()},
    {"VGG", std::nullopt, 2012, team::academia, 0.75},
};

const cd::tally_table<int, team> by_year{
    .rows = {{.key = 2012, .n = 2, .weight = 2, .n_effective = 2, .cells = {{team::academia, 2, 2, 2}}},
             {.key = 2013,
              .n = 3,
              .weight = 3,
              .n_effective = 3,
              .cells = {{team::academia, 2, 2, 2}, {team::industry, 1, 1, 1}}}},
    .categories = {team::academia, team::industry}};

}  // namespace

TEST_CASE("the same table from any range") {
    CHECK(cd::tabulate(papers, &paper::year, &paper::who) == by_year);
    CHECK(cd::tabulate(std::list(papers.begin(), papers.end()), &paper::year, &paper::who) == by_year);
    CHECK(cd::tabulate(std::forward_list(papers.begin(), papers.end()), &paper::year, &paper::who) == by_year);
    CHECK(cd::tabulate(test_support::single_pass(papers), &paper::year, &paper::who) == by_year);
    CHECK(cd::tabulate(std::vector(papers), &paper::year, &paper::who) == by_year);
    auto pipeline = papers | ranges::views::filter([](const paper& p) { return p.year > 1900; });
    CHECK(cd::tabulate(pipeline, &paper::year, &paper::who) == by_year);
    CHECK(cd::tabulate(papers | ranges::views::transform([](const paper& p) { return p; }), &paper::year,
                       &paper::who) == by_year);

    std::vector<int> years;
    std::vector<team> teams;
    for (const auto& p : papers) {
        years.push_back(p.year);
        teams.push_back(p.who);
    }
    const auto zipped = ranges::views::zip(years, teams);
    CHECK(cd::tabulate(
              zipped, [](const auto& pair) { return std::get<0>(pair); },
              [](const auto& pair) { return std::get<1>(pair); }) == by_year);
    const std::vector<bool> bits{true, false, true};
    CHECK(cd::tabulate(
              bits, [](bool) { return 1; }, std::identity{})
              .rows[0]
              .weight_of(true) == 2);
    CHECK(cd::tabulate(std::array<paper, 0>{}, &paper::year, &paper::who).empty());
}

TEST_CASE("records straight from a stream, read once") {
    std::istringstream in("2012 2013 2013 2012 2013");
    const auto table = cd::tabulate(ranges::istream<int>(in), std::identity{}, [](int year) { return year % 2 == 0; });
    REQUIRE(table.size() == 2);
    CHECK(table.find(2012)->weight_of(true) == 2);
    CHECK(table.find(2013)->weight_of(false) == 3);
}

TEST_CASE("the result is a range and can be piped on") {
    const auto table = cd::tabulate(papers, &paper::year, &paper::who);
    int n = 0;
    for (const auto& row : table | ranges::views::filter([](const auto& r) { return r.key == 2013; }))
        n += static_cast<int>(row.n);
    CHECK(n == 3);
}

TEST_CASE("records with an unknown key, category or weight are counted") {
    const auto year = [](const paper& p) { return cd::year_of(p.date); };
    const auto by_date = cd::tabulate(papers, year, &paper::who);
    static_assert(std::same_as<decltype(by_date), const cd::tally_table<int, team>>);
    CHECK(by_date.n_missing == 1);
    CHECK(by_date.find(2013)->n == 3);

    const auto typed = cd::tabulate(papers, &paper::year, &paper::typed_by);
    CHECK(typed.n_missing == 1);
    CHECK(typed.find(2013)->n_missing == 1);
    CHECK(typed.find(2013)->weight_of(team::academia) == 1);

    const auto weighted = cd::tabulate(papers, year, &paper::who, &paper::weight);
    CHECK(weighted.n_missing == 2);
    CHECK(weighted.find(2013)->n_missing == 1);
    CHECK(weighted.find(2013)->weight == 0.75);
    CHECK(test_support::close(weighted.find(2013)->n_effective, 0.5625 / 0.3125, 1e-15));
}

TEST_CASE("keys by projection: years, text, tuples") {
    const auto calendar_year = [](const paper& p) { return p.date ? std::optional(p.date->year()) : std::nullopt; };
    CHECK(cd::tabulate(papers, calendar_year, &paper::who).find(2013y)->n == 3);

    const auto initial = [](const paper& p) { return std::string_view(p.title).substr(0, 1); };
    const auto by_initial = cd::tabulate(papers, initial, &paper::title);
    static_assert(std::same_as<decltype(by_initial), const cd::tally_table<std::string, std::string>>);
    CHECK(by_initial.size() == 5);
    CHECK(by_initial.find("G")->weight_of("GAN") == 1);

    const auto year_and_team = [](const paper& p) { return std::tuple(cd::year_of(p.date), p.who); };
    const auto by_both = cd::tabulate(papers, year_and_team, &paper::year);
    CHECK(by_both.size() == 3);
    CHECK(by_both.n_missing == 1);
}

TEST_CASE("text of a record that dies with the loop's turn is kept") {
    const auto made = papers | ranges::views::transform([](const paper& p) { return p.title + " and some more text"; });
    const auto table = cd::tabulate(
        made, [](const std::string& s) { return std::string_view(s); }, [](const std::string&) { return true; });
    CHECK(table.find("GAN and some more text") != nullptr);
}

TEST_CASE("a bad weight is an error, not a row less") {
    const std::vector<double> weights{1, -2};
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::tabulate(
                             weights, [](double) { return 1; }, [](double) { return 1; }, std::identity{})),
                         "compute_divide::tally::add: weight 0, or from 1e-100 to 1e100, got -2",
                         std::invalid_argument);
}

TEST_CASE("no record is lost: rows, missing and left out make the whole") {
    std::mt19937 random(5);
    std::vector<std::pair<std::optional<int>, std::optional<int>>> records(2000);
    for (auto& [key, category] : records) {
        if (random() % 5 != 0) key = static_cast<int>(random() % 50);
        if (random() % 5 != 0) category = static_cast<int>(random() % 4);
    }
    using record = decltype(records)::value_type;
    const auto table = cd::tabulate(records, &record::first, &record::second);
    std::uint64_t n = table.n_missing + table.n_left_out;
    for (const auto& row : table) n += row.n;
    CHECK(n == records.size());
}
