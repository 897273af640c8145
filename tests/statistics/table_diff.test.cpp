// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/table_diff.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <numeric>
#include <optional>
#include <random>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::change_kind;
using cd::unsettled_reason;
using test_support::message_of;

namespace {

struct row {
    std::optional<std::string> name;
    std::string team;
    std::optional<double> flop;
    std::string paper = "";
    int year = 2020;
};
using rows = std::vector<row>;

const std::tuple fields{cd::compared_field{"team", &row::team}, cd::compared_field{"flop", &row::flop},
                        cd::compared_field{"year", &row::year}};
const std::tuple by_paper{cd::row_identity{"paper", &row::paper}};

cd::table_diff compare(const rows& older, const rows& newer, const cd::table_diff_options& options = {}) {
    return cd::compare_tables(older, newer, &row::name, fields, by_paper, options);
}

double industry_share(const rows& all) {
    return static_cast<double>(std::ranges::count(all, "industry", &row::team)) / static_cast<double>(all.size());
}
double total(const rows& all) {
    double sum = 0;
    for (const row& each : all) sum += each.flop.value_or(0);
    return sum;
}
/// Both kinds of fields at once, and how many rows there are.
double industry_mean(const rows& all) {
    double sum = 0;
    for (const row& each : all)
        if (each.team == "industry") sum += each.flop.value_or(0);
    return sum / static_cast<double>(all.size());
}

const rows before{{"A", "academia", 1.0, "p1"},
                  {"B", "industry", 2.0, "p2"},
                  {"C", "academia", std::nullopt, "p3"},
                  {"D", "industry", 8.0, "p4"},
                  {"E", "academia", 5.0, "p5"}};
// A stays, B is relabelled and recomputed, C is filled in and renamed to C2, D is gone, E is emptied, F and G are new.
const rows after{{"G", "industry", 7.0, "p7"},  {"A", "academia", 1.0, "p1"},          {"B", "academia", 3.0, "p2"},
                 {"C2", "academia", 4.0, "p3"}, {"E", "academia", std::nullopt, "p5"}, {"F", "industry", 6.0, "p6"}};

}  // namespace

TEST_CASE("two versions by hand") {
    const cd::table_diff diff = compare(before, after);
    CHECK(diff.n_older == 5);
    CHECK(diff.n_newer == 6);
    CHECK(diff.n_with_key_of_both == 3);
    CHECK(diff.matched == std::vector<cd::row_match>{{0, 1}, {1, 2}, {2, 3, true, 0}, {4, 4}});
    CHECK(diff.added == std::vector<std::size_t>{0, 5});
    CHECK(diff.removed == std::vector<std::size_t>{3});
    CHECK(diff.changes == std::vector<cd::field_change>{{1, 0, change_kind::changed, "industry", "academia"},
                                                        {1, 1, change_kind::changed, "2", "3", 2.0, 3.0},
                                                        {2, 1, change_kind::filled, "", "4", std::nullopt, 4.0},
                                                        {3, 1, change_kind::emptied, "5", "", 5.0, std::nullopt}});
    CHECK(diff.fields == std::vector<cd::field_changes>{{"team", cd::field_kind::label, 1, 0, 0},
                                                        {"flop", cd::field_kind::value, 1, 1, 1},
                                                        {"year", cd::field_kind::value, 0, 0, 0}});
    CHECK(diff.n_renamed() == 1);
    CHECK(diff.n_relabelled() == 1);
    CHECK(diff.n_recomputed() == 3);
    CHECK(diff.n_unchanged() == 1);
    CHECK(!diff.is_empty());
    CHECK(diff.unsettled.empty());
    CHECK(diff.duplicates.empty());
}

TEST_CASE("the parts of a change, by hand") {
    const cd::table_diff diff = compare(before, after);
    // A sum does not see labels: D's 8 goes, 7 and 6 come; 1 more of B, 4 more of C, 5 less of E.
    const cd::change_parts sum = cd::parts_of_change(diff, before, after, fields, total);
    REQUIRE(sum);
    CHECK(*sum.before.value == 16);
    CHECK(*sum.after.value == 21);
    CHECK(*sum.rows == doctest::Approx(5));
    CHECK(*sum.recomputed == doctest::Approx(0));
    CHECK(*sum.relabelled == 0);
    CHECK(*sum.other == 0);
    // Of 5 rows 2 are of industry; of the new rows alone 3 of 6, of the new labels alone 1 of 5, of both 2 of 6. So
    // rows make 1/10 or 2/15, labels -1/5 or -1/6.
    const cd::change_parts share = cd::parts_of_change(diff, before, after, fields, industry_share);
    REQUIRE(share);
    CHECK(*share.before.value == 0.4);
    CHECK(share.before.n == 5);
    CHECK(*share.after.value == doctest::Approx(1.0 / 3));
    CHECK(*share.rows == doctest::Approx((1.0 / 10 + 2.0 / 15) / 2));
    CHECK(*share.relabelled == doctest::Approx((-1.0 / 5 - 1.0 / 6) / 2));
    CHECK(*share.recomputed == doctest::Approx(0));
    CHECK(std::abs(*share.other) < 1e-15);
}

TEST_CASE("a version compared with itself is no change, whatever is in it") {
    rows all = before;
    all.push_back({"A", "academia", 1.0, "p1"});     // a key twice, equal
    all.push_back({"B", "academia", 9.0, "p2"});     // a key twice, not equal
    all.push_back({"B", "other", 9.0, "p8"});        // three times
    all.push_back({std::nullopt, "academia", 9.0});  // without a key
    all.push_back({"", "other", std::numeric_limits<double>::quiet_NaN()});
    const cd::table_diff diff = compare(all, all);
    CHECK(diff.is_empty());
    CHECK(diff.matched.size() == all.size());
    CHECK(diff.unsettled.empty());
    CHECK(diff.n_without_key_older == 2);
    CHECK(diff.n_unchanged() == all.size());
    REQUIRE(diff.duplicates.size() == 2);
    CHECK(diff.duplicates[1] == cd::duplicate_key{"B", {1, 6, 7}, {1, 6, 7}});
    const cd::change_parts parts = cd::parts_of_change(diff, all, all, fields, industry_mean);
    CHECK(*parts.rows == 0);
    CHECK(*parts.recomputed == 0);
    CHECK(*parts.relabelled == 0);
    CHECK(*parts.other == 0);
}

TEST_CASE("what is not certain is listed, not guessed") {
    SUBCASE("of a key that several rows have, equal rows are the same, and the last one left") {
        const rows older{{"A", "academia", 1.0}, {"A", "academia", 2.0}},
            newer{{"A", "industry", 3.0}, {"A", "academia", 2.0}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched == std::vector<cd::row_match>{{0, 0}, {1, 1}});
        CHECK(diff.duplicates == std::vector<cd::duplicate_key>{{"A", {0, 1}, {0, 1}}});
        CHECK(diff.unsettled.empty());
    }
    SUBCASE("two that both changed") {
        const rows older{{"A", "academia", 1.0}, {"A", "academia", 2.0}},
            newer{{"A", "academia", 3.0}, {"A", "academia", 4.0}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched.empty());
        CHECK(diff.added.size() == 2);
        CHECK(diff.removed.size() == 2);
        CHECK(diff.unsettled == std::vector<cd::unsettled_rows>{{unsettled_reason::duplicate_key, {}, {0, 1}, {0, 1}}});
    }
    SUBCASE("an identity settles them, and is no new name") {
        const rows older{{"A", "academia", 1.0, "x"}, {"A", "academia", 2.0, "y"}},
            newer{{"A", "academia", 4.0, "y"}, {"A", "academia", 3.0, "x"}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched == std::vector<cd::row_match>{{0, 1, false, 0}, {1, 0, false, 0}});
        CHECK(diff.n_renamed() == 0);
        CHECK(diff.unsettled.empty());
    }
    SUBCASE("two papers of one identity") {
        const rows older{{"A", "academia", 1.0, "x"}}, newer{{"B", "academia", 1.0, "x"}, {"C", "academia", 1.0, "x"}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched.empty());
        CHECK(diff.unsettled == std::vector<cd::unsettled_rows>{{unsettled_reason::shared_identity, 0, {0}, {0, 1}}});
        CHECK(diff.added == std::vector<std::size_t>{0, 1});
        CHECK(diff.removed == std::vector<std::size_t>{0});
    }
    SUBCASE("an identity that a row found by its key has, too") {
        const rows older{{"A", "academia", 1.0, "x"}, {"B", "academia", 1.0, "x"}},
            newer{{"A", "academia", 1.0, "x"}, {"C", "academia", 1.0, "x"}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched == std::vector<cd::row_match>{{0, 0}});
        CHECK(diff.unsettled == std::vector<cd::unsettled_rows>{{unsettled_reason::shared_identity, 0, {1}, {1}}});
    }
    SUBCASE("rows that contradict each other, and a later identity that settles it") {
        const auto of_one_year = [](const row& a, const row& b) { return a.year == b.year; };
        const rows older{{"A", "academia", 1.0, "x", 2019}}, newer{{"a", "academia", 2.0, "x", 2020}};
        const std::tuple one{cd::row_identity{"paper", &row::paper, of_one_year}};
        const cd::table_diff diff = cd::compare_tables(older, newer, &row::name, fields, one);
        CHECK(diff.matched.empty());
        CHECK(diff.unsettled == std::vector<cd::unsettled_rows>{{unsettled_reason::contradicted, 0, {0}, {0}}});
        const auto initial = [](const row& r) {
            return r.name ? std::optional<char>(static_cast<char>(r.name->front() | 32)) : std::nullopt;
        };
        const std::tuple two{cd::row_identity{"paper", &row::paper, of_one_year}, cd::row_identity{"initial", initial}};
        const cd::table_diff settled = cd::compare_tables(older, newer, &row::name, fields, two);
        CHECK(settled.matched == std::vector<cd::row_match>{{0, 0, true, 1}});
        CHECK(settled.unsettled.empty());
        CHECK(settled.identities == std::vector<std::string>{"paper", "initial"});
    }
    SUBCASE("rows without a key") {
        const rows older{{std::nullopt, "academia", 1.0}, {std::nullopt, "academia", 2.0}},
            newer{{std::nullopt, "academia", 2.0}, {std::nullopt, "academia", 3.0}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.matched == std::vector<cd::row_match>{{1, 0}});
        CHECK(diff.unsettled == std::vector<cd::unsettled_rows>{{unsettled_reason::no_key, {}, {0}, {1}}});
    }
    SUBCASE("no key in common") {
        const rows older{{"A", "academia", 1.0}}, newer{{"B", "academia", 1.0}};
        const cd::table_diff diff = compare(older, newer);
        CHECK(diff.n_with_key_of_both == 0);
        CHECK(diff.matched.empty());
        CHECK(*cd::parts_of_change(diff, older, newer, fields, total).rows == 0);
    }
}

TEST_CASE("values within the tolerance are no change, and still move an estimate") {
    const rows older{{"A", "academia", 100.0}}, newer{{"A", "academia", 100.5}};
    CHECK(compare(older, newer).n_recomputed() == 1);
    CHECK(compare(older, newer, {.tolerance = 0.005}).is_empty());
    CHECK(compare(older, newer, {.tolerance = 0.0049}).n_recomputed() == 1);
    // A part of the larger: 1 of 101 is less than 0.995 %, 1 of 100 is more.
    CHECK(compare({{"A", "academia", 100.0}}, {{"A", "academia", 101.0}}, {.tolerance = 0.00995}).is_empty());
    CHECK(*cd::parts_of_change(compare(older, newer, {.tolerance = 0.01}), older, newer, fields, total).recomputed ==
          0.5);
}

namespace {

rows random_table(std::mt19937& random, int names, int papers) {
    rows table;
    const auto size = random() % 30;
    for (std::size_t i = 0; i < size; ++i) {
        row r{.name = "m" + std::to_string(random() % static_cast<unsigned>(names)),
              .team = random() % 2 != 0 ? "industry" : "academia",
              .flop = static_cast<double>(random() % 5),
              .paper = random() % 3 == 0 ? "" : std::to_string(random() % static_cast<unsigned>(papers)),
              .year = static_cast<int>(2000 + random() % 3)};
        if (random() % 8 == 0) r.name.reset();
        if (random() % 6 == 0) r.flop.reset();
        table.push_back(r);
    }
    return table;
}

}  // namespace

TEST_CASE("of any two versions: the other way round is the mirror image, and the parts sum to the change") {
    std::mt19937 random(7);
    int nonempty = 0;
    for (int round = 0; round < 400; ++round) {
        const bool is_wide = round % 2 != 0;
        const rows older = random_table(random, is_wide ? 40 : 8, is_wide ? 60 : 6),
                   newer = random_table(random, is_wide ? 40 : 8, is_wide ? 60 : 6);
        const cd::table_diff there = compare(older, newer), back = compare(newer, older);
        CHECK(there.matched.size() + there.removed.size() == older.size());
        CHECK(there.matched.size() + there.added.size() == newer.size());
        CHECK(there.n_unchanged() <= there.matched.size());
        CHECK(back.matched.size() == there.matched.size());
        CHECK(back.added.size() == there.removed.size());
        CHECK(back.removed.size() == there.added.size());
        CHECK(back.n_renamed() == there.n_renamed());
        CHECK(back.n_relabelled() == there.n_relabelled());
        CHECK(back.n_recomputed() == there.n_recomputed());
        CHECK(back.unsettled.size() == there.unsettled.size());
        CHECK(back.duplicates.size() == there.duplicates.size());
        for (std::size_t i = 0; i < there.fields.size(); ++i) {
            CHECK(back.fields[i].changed == there.fields[i].changed);
            CHECK(back.fields[i].filled == there.fields[i].emptied);
            CHECK(back.fields[i].emptied == there.fields[i].filled);
        }
        for (const cd::unsettled_rows& each : there.unsettled) {
            for (const std::size_t i : each.older) CHECK(std::ranges::count(there.removed, i) == 1);
            for (const std::size_t i : each.newer) CHECK(std::ranges::count(there.added, i) == 1);
        }
        if (older.empty() || newer.empty()) continue;
        const cd::change_parts parts = cd::parts_of_change(there, older, newer, fields, industry_mean);
        if (!parts) continue;
        ++nonempty;
        CHECK(*parts.rows + *parts.recomputed + *parts.relabelled + *parts.other ==
              doctest::Approx(*parts.after.value - *parts.before.value));
        const cd::change_parts mirrored = cd::parts_of_change(back, newer, older, fields, industry_mean);
        if (there.duplicates.empty()) {
            CHECK(std::abs(*mirrored.rows + *parts.rows) < 1e-12);
            CHECK(std::abs(*mirrored.recomputed + *parts.recomputed) < 1e-12);
            CHECK(std::abs(*mirrored.relabelled + *parts.relabelled) < 1e-12);
        }
    }
    CHECK(nonempty > 300);
}

TEST_CASE("an estimate that reads what is not compared, or has no value") {
    const rows older{{"A", "academia", 1.0, "x", 2019}}, newer{{"A", "academia", 1.0, "y", 2020}};
    const std::tuple team_alone{cd::compared_field{"team", &row::team}};
    const cd::table_diff diff = cd::compare_tables(older, newer, &row::name, team_alone);
    const auto year = [](const rows& all) { return all.front().year; };
    const cd::change_parts parts = cd::parts_of_change(diff, older, newer, team_alone, year);
    CHECK(*parts.other == 1);
    CHECK(*parts.rows == 0);

    const auto none_of_2020 = [](const rows& all) {
        return all.front().year == 2020 ? cd::estimate{.n = 1, .status = cd::estimate_status::too_few}
                                        : cd::estimate{.value = 1, .n = 1, .status = cd::estimate_status::ok};
    };
    const cd::change_parts none = cd::parts_of_change(diff, older, newer, team_alone, none_of_2020);
    CHECK(!none);
    CHECK(none.status == cd::estimate_status::too_few);
    CHECK(!none.rows);
    // A table between the versions has nothing to divide by: none is of industry with its new label and without the
    // new row.
    const rows one{{"A", "industry", 1.0}}, another{{"A", "academia", 1.0}, {"B", "industry", 3.0}};
    const auto mean = [](const rows& all) -> std::optional<double> {
        double sum = 0;
        int n = 0;
        for (const row& each : all)
            if (each.team == "industry") sum += *each.flop, ++n;
        return n == 0 ? std::nullopt : std::optional(sum / n);
    };
    const cd::change_parts between = cd::parts_of_change(compare(one, another), one, another, fields, mean);
    CHECK(between.status == cd::estimate_status::degenerate);
    CHECK(*between.before.value == 1);
    CHECK(*between.after.value == 3);
    CHECK(!between.rows);
}

TEST_CASE("several estimates at once are each as alone") {
    const cd::table_diff diff = compare(before, after);
    const auto as_estimate = [](double value, const rows& all) {
        return cd::estimate{.value = value, .n = all.size(), .status = cd::estimate_status::ok};
    };
    const auto both = cd::parts_of_changes(diff, before, after, fields, [&](const rows& all) {
        return std::vector<cd::estimate>{as_estimate(total(all), all), {}, as_estimate(industry_share(all), all)};
    });
    REQUIRE(both.size() == 3);
    CHECK(both[0] == cd::parts_of_change(diff, before, after, fields, total));
    CHECK(both[2] == cd::parts_of_change(diff, before, after, fields, industry_share));
    CHECK(both[1].status == cd::estimate_status::no_data);
    CHECK(message_of([&] {
              (void)cd::parts_of_changes(diff, before, after, fields,
                                         [](const rows& all) { return std::vector<cd::estimate>(all.size()); });
          }) == "compute_divide::parts_of_change: as many estimates of every table, got 6");
}

TEST_CASE("records of other kinds: a list, keys that are numbers, fields of several types") {
    struct chip {
        int id;
        cd::team_kind maker;
        std::vector<std::string> uses;
        std::chrono::year_month_day released;
        bool sold;
    };
    using namespace std::chrono_literals;
    const std::list<chip> older{{1, cd::team_kind::industry_only, {"a"}, 2020y / 1 / 1, true},
                                {2, cd::team_kind::other, {}, 2020y / 1 / 2, false}};
    const std::vector<chip> newer{{2, cd::team_kind::other, {"b", "c"}, 2021y / 1 / 2, true}};
    const std::tuple of_chips{cd::compared_field{"maker", &chip::maker}, cd::compared_field{"uses", &chip::uses},
                              cd::compared_field{"released", &chip::released, cd::field_kind::value},
                              cd::compared_field{"sold", &chip::sold}};
    const cd::table_diff diff = cd::compare_tables(older, newer, &chip::id, of_chips);
    CHECK(diff.removed == std::vector<std::size_t>{0});
    CHECK(diff.changes == std::vector<cd::field_change>{{0, 1, change_kind::filled, "", "b, c"},
                                                        {0, 2, change_kind::changed, "2020-01-02", "2021-01-02"},
                                                        {0, 3, change_kind::changed, "no", "yes"}});
    const auto sold = [](const std::vector<chip>& all) { return std::ranges::count(all, true, &chip::sold); };
    const cd::change_parts parts = cd::parts_of_change(diff, older, newer, of_chips, sold);
    CHECK(*parts.rows == -1);
    CHECK(*parts.relabelled == 1);
}

TEST_CASE("mistakes") {
    const rows one{{"A", "academia", 1.0}};
    CHECK(message_of([&] { (void)compare(one, one, {.tolerance = -1}); }) ==
          "compute_divide::compare_tables: tolerance in [0, 1), got -1");
    CHECK(message_of([&] { (void)compare(one, one, {.tolerance = std::numeric_limits<double>::quiet_NaN()}); }) ==
          "compute_divide::compare_tables: tolerance in [0, 1), got nan");
    const std::tuple twice{cd::compared_field{"team", &row::team}, cd::compared_field{"team", &row::flop}};
    CHECK(message_of([&] { (void)cd::compare_tables(one, one, &row::name, twice); }) ==
          "compute_divide::compare_tables: fields of different names, got \"team\"");
    const std::tuple text{cd::compared_field{"team", &row::team, cd::field_kind::value}};
    CHECK(message_of([&] { (void)cd::compare_tables(one, one, &row::name, text); }) ==
          "compute_divide::compare_tables: numbers, dates or the like where a field is a value, got \"team\"");
    const cd::table_diff diff = compare(one, one);
    CHECK(message_of([&] { (void)cd::parts_of_change(diff, one, rows{}, fields, total); }) ==
          "compute_divide::parts_of_change: the tables of the diff, got 0");
    CHECK(message_of([&] { (void)cd::parts_of_change(diff, rows{}, one, fields, total); }) ==
          "compute_divide::parts_of_change: the tables of the diff, got 0");
    CHECK(message_of([&] { (void)cd::parts_of_change(diff, one, one, std::tuple{std::get<0>(fields)}, total); }) ==
          "compute_divide::parts_of_change: the fields of the diff, got 1");
    static_assert(!cd::exchangeable_fields_of<
                  decltype(std::tuple{cd::compared_field{"team", [](const row& r) { return r.team; }}}), row>);
    static_assert(cd::compared_fields_of<decltype(fields), row>);
}

// By dictionaries, and by all six orders of the three changes: tests/reference/table_diff.py.
TEST_CASE("published vintages, as another program compares them") {
    using model = cd::epoch_model;
    const auto table =
        cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/models.csv")).models;
    const auto of = [&](std::string_view vintage) {
        std::vector<model> models;
        std::ranges::copy_if(table, std::back_inserter(models), [&](const model& m) { return m.vintage == vintage; });
        return models;
    };
    const std::tuple of_models{cd::compared_field{"Organization categorization", &model::category},
                               cd::compared_field{"Organization", &model::organisations},
                               cd::compared_field{"Notable", &model::notable},
                               cd::compared_field{"Domain", &model::domains},
                               cd::compared_field{"Model accessibility", &model::model_accessibility},
                               cd::compared_field{"Training compute (FLOP)", &model::training_flop},
                               cd::compared_field{"Parameters", &model::parameters},
                               cd::compared_field{"Citations", &model::citations},
                               cd::compared_field{"Publication date", &model::published, cd::field_kind::value}};
    const auto spelling = [](const model& m) {
        std::string kept;
        for (const char c : m.name) {
            if (c >= 'A' && c <= 'Z') kept += static_cast<char>(c + 32);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) > 127) kept += c;
        }
        return kept;
    };
    const auto agree = [](const model& a, const model& b) {
        return (!a.parameters || !b.parameters || a.parameters == b.parameters) &&
               (!a.training_flop || !b.training_flop || a.training_flop == b.training_flop);
    };
    const std::tuple identities{cd::row_identity{"spelling", spelling},
                                cd::row_identity{"reference", &model::reference, agree}};
    const auto industry = [](const std::vector<model>& models) {
        int n = 0, of_industry = 0;
        for (const model& m : models) {
            if (!m.notable || !m.training_flop || !m.published) continue;
            const int year = static_cast<int>(m.published->year());
            if (year < 2020 || year > 2022) continue;
            ++n;
            if (m.category.starts_with("Industry")) ++of_industry;
        }
        return static_cast<double>(of_industry) / n;
    };
    const auto growth = [](const std::vector<model>& models) {
        std::vector<std::pair<double, double>> points;
        for (const model& m : models)
            if (m.notable && m.training_flop && m.published && static_cast<int>(m.published->year()) >= 2010)
                points.emplace_back(std::chrono::sys_days(*m.published).time_since_epoch().count(),
                                    std::log(*m.training_flop));
        double x = 0, y = 0, xy = 0, xx = 0;
        for (const auto& [a, b] : points) x += a, y += b;
        x /= static_cast<double>(points.size());
        y /= static_cast<double>(points.size());
        for (const auto& [a, b] : points) xy += (a - x) * (b - y), xx += (a - x) * (a - x);
        return xy / xx;
    };

    const auto reference = test_support::reference_table("table_diff", 8);
    const auto expected = [&](const std::string& name) {
        const auto found = std::ranges::find(reference, name, &test_support::reference_row::name);
        REQUIRE(found != reference.end());
        return found->numbers;
    };
    for (const auto& [older_name, newer_name] :
         {std::pair<std::string, std::string>{"2023-03", "2023-12"}, {"2023-12", "2025-08"}, {"2025-08", "2025-12"}}) {
        const std::string step = older_name + " " + newer_name;
        CAPTURE(step);
        const auto older = of(older_name), newer = of(newer_name);
        const cd::table_diff diff = cd::compare_tables(older, newer, &model::name, of_models, identities);
        const std::vector<double> counts{
            static_cast<double>(diff.n_older),           static_cast<double>(diff.n_newer),
            static_cast<double>(diff.matched.size()),    static_cast<double>(diff.n_renamed()),
            static_cast<double>(diff.added.size()),      static_cast<double>(diff.removed.size()),
            static_cast<double>(diff.duplicates.size()), static_cast<double>(diff.unsettled.size())};
        CHECK(counts == expected(step + " rows"));
        for (const cd::field_changes& field : diff.fields) {
            CAPTURE(field.name);
            const auto numbers = expected(step + " " + field.name);
            CHECK(static_cast<double>(field.changed) == numbers[0]);
            CHECK(static_cast<double>(field.filled) == numbers[1]);
            CHECK(static_cast<double>(field.emptied) == numbers[2]);
        }
        const auto check = [&](const std::string& name, const cd::change_parts& parts) {
            CAPTURE(name);
            const auto numbers = expected(step + " " + name);
            REQUIRE(parts);
            CHECK(test_support::close(*parts.before.value, numbers[0], 1e-9));
            CHECK(test_support::close(*parts.after.value, numbers[1], 1e-9));
            CHECK(test_support::close(*parts.rows, numbers[2], 1e-6));
            CHECK(test_support::close(*parts.recomputed, numbers[3], 1e-6));
            CHECK(test_support::close(*parts.relabelled, numbers[4], 1e-6));
            CHECK(std::abs(*parts.other) < 1e-12);
        };
        check("industry", cd::parts_of_change(diff, older, newer, of_models, industry));
        check("growth", cd::parts_of_change(diff, older, newer, of_models, growth));
    }
}
