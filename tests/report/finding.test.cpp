// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/finding.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/hostile.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::claim_direction;
using cd::evidence;
using cd::verdict;
using test_support::lines_of;

namespace {

cd::estimate between(double lower, double upper) {
    return {.value = (lower + upper) / 2,
            .bounds = cd::interval{lower, upper},
            .method = "wilson",
            .n = 20,
            .status = cd::estimate_status::ok};
}

/// A claim that something is above 1, with so many specifications of each kind.
cd::claim claim_with(int supporting, int contradicting, int undecided, int not_estimated) {
    cd::claim c{.name = "ratio", .direction = claim_direction::above, .reference = 1};
    const auto add = [&](int n, const cd::estimate& e) {
        for (int i = 0; i < n; ++i)
            c.specifications.push_back({.choices = {{"number", std::to_string(c.specifications.size())}}, .result = e});
    };
    add(supporting, between(2, 3));
    add(contradicting, between(0.1, 0.2));
    add(undecided, between(0.5, 2));
    add(not_estimated, {});
    return c;
}

cd::finding two_claims() {
    cd::finding f{
        .name = "academic_share", .question = "Who trains large models?", .notes = {"a note"}, .sources = {"a source"}};
    f.claims = {{.name = "academia only",
                 .text = "about 65 %",
                 .source = "the study",
                 .direction = claim_direction::about,
                 .reference = 0.65,
                 .margin = 0.05,
                 .style = cd::percent_style(),
                 .specifications = {{.choices = {{"definition", "notable"}, {"vintage", "2023-12"}},
                                     .result = between(0.5, 0.8),
                                     .headline = true,
                                     .why = "the study's own"},
                                    {.choices = {{"definition", "outliers"}}, .result = {}}}},
                claim_with(1, 0, 1, 0)};
    f.tables = {{.title = "A table", .columns = {{.name = "x"}}, .rows = {{{.value = 1.0}}}}};
    f.figures = {{.title = "A figure", .all_series = {{.x = {1}, .y = {2}}}}};
    return f;
}

}  // namespace

TEST_CASE("what an estimate says of a claim") {
    const auto of = [](claim_direction direction, double lower, double upper) {
        return cd::evidence_of({.direction = direction, .reference = 1, .margin = 0.5}, between(lower, upper));
    };
    const struct {
        claim_direction direction;
        double lower, upper;
        evidence says;
    } cases[] = {{claim_direction::above, 1.1, 2, evidence::supports},
                 {claim_direction::above, 1, 2, evidence::undecided},
                 {claim_direction::above, 0, 1, evidence::undecided},
                 {claim_direction::above, 0, 0.9, evidence::contradicts},
                 {claim_direction::below, 0, 0.9, evidence::supports},
                 {claim_direction::below, 0, 1, evidence::undecided},
                 {claim_direction::below, 1.1, 2, evidence::contradicts},
                 {claim_direction::about, 1.5, 2, evidence::supports},
                 {claim_direction::about, 0, 0.5, evidence::supports},
                 {claim_direction::about, 0, 9, evidence::supports},
                 {claim_direction::about, 1.6, 2, evidence::contradicts},
                 {claim_direction::about, 0, 0.4, evidence::contradicts}};
    for (const auto& each : cases) CHECK(of(each.direction, each.lower, each.upper) == each.says);
    const cd::claim c{.direction = claim_direction::above, .reference = 1};
    CHECK(cd::evidence_of(c, {}) == evidence::not_estimated);
    CHECK(cd::evidence_of(c, {.value = 2, .status = cd::estimate_status::not_converged}) == evidence::not_estimated);
    CHECK(cd::evidence_of(c, {.value = 2, .status = cd::estimate_status::ok}) == evidence::supports);
    CHECK(cd::evidence_of(cd::claim{}, between(0, 1)) == evidence::not_compared);
    CHECK(cd::evidence_of(cd::claim{}, {}) == evidence::not_estimated);
}

TEST_CASE("a verdict is by the share of specifications that could be estimated") {
    const struct {
        int supporting, contradicting, undecided, not_estimated;
        verdict outcome;
    } cases[] = {{0, 0, 0, 0, verdict::no_data}, {0, 0, 0, 5, verdict::no_data},
                 {1, 0, 0, 9, verdict::agrees},  {9, 1, 0, 0, verdict::agrees},
                 {9, 0, 1, 3, verdict::agrees},  {8, 1, 1, 0, verdict::depends},
                 {8, 0, 1, 0, verdict::depends}, {1, 9, 0, 0, verdict::opposite},
                 {0, 8, 1, 0, verdict::depends}, {1, 0, 9, 0, verdict::not_distinguishable},
                 {0, 1, 8, 0, verdict::depends}, {63, 7, 0, 0, verdict::agrees},
                 {62, 8, 0, 0, verdict::depends}};
    for (const auto& each : cases) {
        const auto result =
            verdict_of(claim_with(each.supporting, each.contradicting, each.undecided, each.not_estimated));
        CHECK(result.outcome == each.outcome);
        CHECK(result.supporting == static_cast<std::size_t>(each.supporting));
        CHECK(result.contradicting == static_cast<std::size_t>(each.contradicting));
        CHECK(result.undecided == static_cast<std::size_t>(each.undecided));
        CHECK(result.not_estimated == static_cast<std::size_t>(each.not_estimated));
        CHECK(static_cast<bool>(result) == (each.outcome != verdict::no_data));
    }
    CHECK(verdict_of(claim_with(6, 4, 0, 0), {.share = 0.6}).outcome == verdict::agrees);
    CHECK(verdict_of(claim_with(9, 1, 0, 0), {.share = 1}).outcome == verdict::depends);
    for (const double share : {0.5, 1.01})
        CHECK(test_support::message_of([&] {
                  return verdict_of(claim_with(1, 0, 0, 0), {.share = share});
              }).starts_with("compute_divide::verdict_of: a share in (0.5, 1], got "));
    CHECK(cd::verdict_rule({.share = 0.75}).find("at least 75 %") != std::string::npos);
}

TEST_CASE("a claim without a number to hold estimates against is not compared") {
    cd::claim c = claim_with(3, 2, 1, 4);
    c.reference.reset();
    const auto result = verdict_of(c);
    CHECK(result == cd::verdict_result{verdict::not_compared, 0, 0, 0, 6, 4});
    CHECK(!result);
    const std::string text = render(cd::finding{.name = "f", .claims = {c}}, cd::table_format::text, {.width = 500});
    CHECK(text.find("Verdict: not compared, without a number to hold it against; 6 estimated; 4 not estimated") !=
          std::string::npos);
    CHECK(text.find("effect") == std::string::npos);
    c.specifications.assign(2, {});
    CHECK(verdict_of(c) == cd::verdict_result{.outcome = verdict::no_data, .not_estimated = 2});
}

TEST_CASE("the rule that is printed names every verdict and all evidence") {
    const std::string rule = cd::verdict_rule();
    for (const auto* const word : {"agrees", "is contradicted", "not distinguishable", "depends", "not compared",
                                   "no data", "supports", "contradicts", "undecided"})
        CHECK(rule.find(word) != std::string::npos);
}

TEST_CASE("a finding's verdict is that of its claims where they are of one mind") {
    const auto of = [](std::vector<cd::claim> claims) { return verdict_of(cd::finding{.claims = std::move(claims)}); };
    CHECK(of({}) == verdict::no_data);
    CHECK(of({claim_with(1, 0, 0, 0), claim_with(0, 0, 0, 1), claim_with(2, 0, 0, 0)}) == verdict::agrees);
    CHECK(of({claim_with(1, 0, 0, 0), claim_with(0, 1, 0, 0)}) == verdict::depends);
    CHECK(of({claim_with(0, 0, 3, 0)}) == verdict::not_distinguishable);
    cd::claim alone = claim_with(1, 0, 0, 0);
    alone.reference.reset();
    CHECK(of({alone, claim_with(0, 0, 0, 1)}) == verdict::not_compared);
    CHECK(of({alone, claim_with(0, 1, 0, 0), alone}) == verdict::opposite);
}

TEST_CASE("a claim's specifications are a table with a column for each choice") {
    const auto t = specification_table(two_claims().claims[0]);
    REQUIRE(t.columns.size() == 6);
    CHECK(t.columns[0].name == "definition");
    CHECK(t.columns[1].name == "vintage");
    CHECK(std::get<std::string>(t.rows[0][1].value) == "2023-12");
    CHECK(std::holds_alternative<cd::not_applicable>(t.rows[1][1].value));
    CHECK(t.rows[0][2].stars == 1);
    CHECK(t.notes == std::vector<std::string>{"* the headline: the study's own"});
    cd::claim clash{.specifications = {{.choices = {{"n", "1"}, {"estimate", "2"}, {"evidence", "3"}}}}};
    check(specification_table(clash));
}

TEST_CASE("the ledger has every specification of every finding, in at most 100 columns") {
    std::vector<cd::finding> findings{two_claims(), two_claims()};
    findings[1].name = test_support::hostile;
    findings[1].claims[0].text = test_support::hostile;
    findings[1].claims[0].specifications[0].choices[0].option = std::string(90, 'd');
    const cd::table t = ledger_table(findings);
    CHECK(t.rows.size() == 8);
    CHECK(t.groups.size() == 4);
    const std::string text = to_text(t, {.width = 100});
    for (const auto& line : lines_of(text)) CHECK(cd::detail::display_width(line) <= 100);
    CHECK(text.find("academic_share: academia only; the study: about 65 %; agrees under nearly every") != text.npos);
    CHECK(text.find("notable, 2023-12") != text.npos);
    CHECK(std::ranges::count(text, 'd') >= 90);
    const auto rows = test_support::parsed_csv(to_csv(t));
    REQUIRE(rows.size() == 9);
    CHECK(rows[1][0] == "academic_share");
    CHECK(rows[5][0] == test_support::hostile);
    CHECK(rows[1][3] == "agrees");
    CHECK(rows[2].back() == "not_estimated");
    CHECK(ledger_table(findings[0]).rows.size() == 4);
}

TEST_CASE("why specifications are not tested together stands beside the verdict, and only where they are not") {
    cd::finding f{.name = "ties", .claims = {claim_with(9, 0, 1, 0)}};
    f.claims[0].not_tested = "users and providers are joined";
    const std::string said = "(not tested together: users and providers are joined)";
    CHECK(ledger_table(f).groups[0].title.ends_with("agrees under nearly every specification " + said));
    CHECK(render(f, cd::table_format::markdown).find(said) != std::string::npos);
    CHECK(to_json(f).find("\"not_tested\":\"users and providers are joined\"") != std::string::npos);
    f.claims[0].tested = cd::curve_verdict{.outcome = verdict::depends, .joint_p = 0.2};
    CHECK(ledger_table(f).groups[0].title.find("not tested") == std::string::npos);
    CHECK(to_json(two_claims()).find("not_tested") == std::string::npos);
}

TEST_CASE("a finding in every format") {
    const cd::finding f = two_claims();
    for (const auto& format : enumerators(cd::table_format{})) {
        const std::string text = render(f, format.value);
        CHECK(text.ends_with('\n'));
        CHECK(text.find("notable") != text.npos);
        if (format.value == cd::table_format::csv) continue;
        for (const auto* const part : {"Who trains large models?", "about 65", "A table", "a note", "a source"})
            CHECK(text.find(part) != text.npos);
        CHECK((text.find("A figure") != text.npos) == (format.value != cd::table_format::text));
    }
    CHECK(to_string(f) == render(f, cd::table_format::text));
    CHECK(to_string(f).find("Verdict: agrees under nearly every specification; of 1 estimates 1 support it") !=
          std::string::npos);
    cd::finding hostile = f;
    hostile.question = hostile.claims[0].name = hostile.claims[0].source = hostile.notes[0] = test_support::commands;
    for (const auto& format : enumerators(cd::table_format{}))
        CHECK(test_support::is_clean_utf8(render(hostile, format.value)));
    for (const int width : {20, 40, 100})
        for (const auto& line : lines_of(render(f, cd::table_format::text, {.width = width})))
            CHECK(cd::detail::display_width(line) <= static_cast<std::size_t>(width));
}

TEST_CASE("a finding as JSON") {
    cd::finding f = two_claims();
    CHECK(test_support::json_strings(to_json(f)).valid);
    f.question = f.claims[0].specifications[0].why = test_support::hostile;
    const test_support::json_strings read(to_json(f));
    CHECK(read.valid);
    CHECK(std::ranges::count(read.strings, test_support::hostile) == 2);
    const cd::claim small{.name = "c",
                          .direction = claim_direction::above,
                          .reference = 1,
                          .specifications = {{.choices = {{"a", "b"}}, .result = between(2, 4), .headline = true}}};
    CHECK(
        to_json(small) ==
        R"({"name":"c","text":"","source":"","direction":"above","reference":1,"margin":0,"unit":"","percent":false,)"
        R"("verdict":{"outcome":"agrees","supporting":1,"contradicting":0,"undecided":0,"not_compared":0,"not_estimated":0},)"
        R"("specifications":[{"choices":[{"name":"a","option":"b"}],"result":)" +
            to_json(between(2, 4)) +
            R"(,"headline":true,"why":"","standing":"equivalent","p_value":null,"adjusted_p_value":null,)"
            R"("failure":"","evidence":"supports"}]})");
}
