// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/columns.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/io/csv_file.hpp>

#include "support/message_of.hpp"

using namespace compute_divide;
using namespace std::chrono_literals;
using test_support::message_of;

namespace {

struct place {
    std::string country = {};
};
struct model {
    std::string name = {};
    std::optional<std::chrono::sys_days> published = {};
    std::optional<double> flop = {};
    std::uint64_t chips = 0;
    std::optional<bool> open = {};
    std::vector<std::string> tags = {};
    place where = {};
    std::optional<std::string> note = {};
};

columns<model> wanted() {
    return {{"model", &model::name, {.headers = {"System"}}},
            {"date", &model::published, {.headers = {"Publication date"}, .required = false}},
            {"flop",
             &model::flop,
             {.headers = {"Training compute (FLOP)", "Training FLOP"}, .unit = "FLOP", .required = false}},
            {"chips", &model::chips, {.required = false}}, {"open", &model::open, {.required = false}},
            {"tags", &model::tags, {.required = false}}, {"country", [](model & m) -> auto& {return m.where.country;
}
, {
    .required = false
}
}  // namespace
, {
    "note", &model::note, {
        .required = false, .missing = { {"n.d."} }
    }
}
}
;
}

std::vector<model> read(std::string_view text, const columns<model>& how = wanted(), csv_options options = {}) {
    csv_reader table(text, options);
    return read_columns(table, how).records;
}

std::string refusal(std::string_view text, const columns<model>& how = wanted()) {
    try {
        static_cast<void>(read(text, how));
    } catch (const std::exception& error) {
        return error.what();
    }
    return "nothing is thrown";
}

}  // namespace

TEST_CASE("columns of every type, in any order, beside others, into a record and what it holds") {
    const auto models = read(
        "note,flop,unasked,model,date,open,tags,chips,country\n"
        "a note,\"1,200\",x,M1,2021-03,Yes,a; b;;,64,NA\n"
        "n.d.,N/A,x,N/A,2021,0,,\"2,048\",Chad\n"
        ",,,,14/12/2023,-,unknown,8.0,\n");
    REQUIRE(models.size() == 3);
    CHECK(models[0].name == "M1");
    CHECK(models[0].published == std::chrono::sys_days{2021y / 3 / 1});
    CHECK(models[0].flop == 1200);
    CHECK(models[0].open == true);
    CHECK(models[0].tags == std::vector<std::string>{"a", "b"});
    CHECK(models[0].chips == 64);
    CHECK(models[0].where.country == "NA");  // Namibia: a text has no missing marks unless they are said
    CHECK(models[0].note == "a note");
    CHECK(models[1].published == std::chrono::sys_days{2021y / 1 / 1});
    CHECK(!models[1].flop);
    CHECK(models[1].name == "N/A");
    CHECK(models[1].open == false);
    CHECK(models[1].chips == 2048);
    CHECK(!models[1].note);
    CHECK(models[2].published == std::chrono::sys_days{2023y / 12 / 14});
    CHECK(!models[2].open);
    CHECK(models[2].tags == std::vector<std::string>{"unknown"});
    CHECK(!models[2].note);
    CHECK(models[2].chips == 8);
}

TEST_CASE("a column is found by the header that is named for it, exactly, or but for case and what is between words") {
    CHECK(read("System\nM1\n")[0].name == "M1");
    CHECK(read("System,model\nM1,M2\n")[0].name == "M2");  // the first of its names
    CHECK(read("MODEL,training_flop\nM1,5\n")[0].flop == 5);
    CHECK(read("model,Training.FLOP,Training FLOP\nM1,5,6\n")[0].flop == 6);  // exactly goes first
    auto mapped = wanted();
    mapped.map("flop=Training FLOPs").map("model", "what");
    const auto models = read("model,what,Training FLOP,Training FLOPs\nM1,M2,5,6\n", mapped);
    CHECK(models[0].name == "M2");
    CHECK(models[0].flop == 6);
    auto with_sign = wanted();
    with_sign.map("flop=a=b");
    CHECK(read("model,a=b\nM1,5\n", with_sign)[0].flop == 5);
    CHECK(read("model,training-flop\r\n\"M \"\"1\"\"\",5\r\n")[0].name == "M \"1\"");
    CHECK(read("\xEF\xBB\xBFmodel\nM1\n")[0].name == "M1");
    CHECK(read("sep=;\nmodel;flop\nM1;\"1,5\"\n")[0].flop == 1.5);
    CHECK(read("model\n").empty());
}

TEST_CASE("fields without a column stay as they are") {
    CHECK(read("model\nM1\n")[0].chips == 0);
    const std::string text = "model\nM1\n";
    csv_reader table{std::string_view(text)};
    const auto reader = wanted().in(table);
    CHECK(reader.place("model") == 0);
    CHECK(!reader.place("flop"));
    model kept{.chips = 7};
    reader(*table.begin(), kept);
    CHECK(kept.chips == 7);
    CHECK(kept.name == "M1");
}

TEST_CASE("what is wrong is named: the field, what was looked for, and what there is") {
    CHECK(refusal("flop,b\n1,2\n") ==
          "compute_divide::columns: a column for model (text), named \"model\" or \"System\", is required, got the "
          "columns \"flop\" and \"b\"");
    CHECK(refusal("") ==
          "compute_divide::columns: a column for model (text), named \"model\" or \"System\", is "
          "required, got no columns");
    auto mapped = wanted();
    mapped.map("flop=Training FLOPs");
    CHECK(refusal("model,flop\nM,1\n", mapped) ==
          "compute_divide::columns: a column for flop (number in FLOP), named \"Training FLOPs\", is required, got the "
          "columns \"model\" and \"flop\"");
    CHECK(refusal("model,flop\nM1,many\n") ==
          "compute_divide::columns: line 2, \"flop\": a number is required for flop in FLOP, got \"many\"");
    CHECK(refusal("model,TRAINING_FLOP\nM1,1\nM2,many\n") ==
          "compute_divide::columns: line 3, \"TRAINING_FLOP\": a number is required for flop in FLOP, got \"many\"");
    CHECK(refusal("model,chips\nM1,\n") ==
          "compute_divide::columns: line 2, \"chips\": a value is required for chips, got \"\"");
    CHECK(refusal("model,open\nM1,maybe\n") ==
          "compute_divide::columns: line 2, \"open\": yes or no, true or false, 1 or 0 is required for open, got "
          "\"maybe\"");
    CHECK(refusal("model,date\nM1,spring\n").find("a date such as 2023-12-14 or 14/12/2023 is required for date") !=
          std::string::npos);
    CHECK(refusal("Model,MODEL\nM1,M2\n") ==
          "compute_divide::columns: one column for model named like \"model\", got \"Model and MODEL\"");
    CHECK(refusal("model,model\nM1,M2\n").find("a name that one column has, not 2") != std::string::npos);
    CHECK(message_of([] { wanted().map("flops=x"); }) ==
          "compute_divide::columns::map: one of the fields \"model\", \"date\", \"flop\", \"chips\", \"open\", "
          "\"tags\", \"country\" or \"note\", got \"flops\"");
    CHECK(message_of([] { wanted().map("flop"); }) == "compute_divide::columns::map: FIELD=HEADER, got \"flop\"");
    CHECK(message_of([] { wanted().map("flop=a").map("flop=b"); }) ==
          "compute_divide::columns::map: one header for flop, got \"b\"");
    CHECK(message_of([] {
              columns<model>{{"model", &model::name}, {"model", &model::note}};
          }) == "compute_divide::columns: a field once, got \"model\"");
}

TEST_CASE("rows that cannot be read are left out and counted on demand") {
    const std::string text = "model,flop\nM1,1\nM2,many\nM3\nM4,4\n\"M5\n";
    csv_reader table(std::string_view(text), {.on_error = error_handling::skip});
    const auto read = read_columns(table, wanted(), {.on_error = error_handling::skip, .most_problems = 2});
    REQUIRE(read.size() == 2);
    CHECK(read.records[1].name == "M4");
    CHECK(read.n_problems == 3);
    REQUIRE(read.problems.size() == 2);
    CHECK(read.problems[0].field == "flop");
    CHECK(read.problems[0].line == 3);
    CHECK(read.problems[0].value == "many");
    CHECK(read.problems[1].line == 4);
}

TEST_CASE("dates by the type of their place") {
    struct dated {
        partial_date known;
        std::chrono::year year{};
        std::optional<std::chrono::year_month_day> day;
    };
    const columns<dated> all{
        {"known", &dated::known}, {"year", &dated::year}, {"day", &dated::day, {.dates = date_order::month_first}}};
    const std::string text = "known,year,day\n2021-03,2021-03-04T12:30Z,12/14/2023\n2021,2021,\n2021,2021,2021\n";
    csv_reader table{std::string_view(text)};
    const auto read = all.in(table);
    auto row = table.begin();
    CHECK(read(*row).known.month == std::chrono::March);
    CHECK(read(*row).year == 2021y);
    CHECK(read(*row).day == 2023y / 12 / 14);
    CHECK(!read(*++row).day);
    ++row;
    CHECK_THROWS_WITH_AS(static_cast<void>(read(*row)),
                         "compute_divide::columns: line 4, \"day\": a date with month and day is required for day, got "
                         "\"2021\"",
                         read_error);
}

TEST_CASE("what a table has for each field, with samples") {
    const std::string text = "System,chips,b\n,1,x\nM1,2,x\nM2,3,x\nM3,4,x\n";
    csv_reader table{std::string_view(text)};
    const auto found = wanted().found_in(table, 2);
    REQUIRE(found.size() == 8);
    CHECK(found[0] == found_column{.field = "model",
                                   .type = "text",
                                   .looked_for = {"model", "System"},
                                   .header = "System",
                                   .samples = {"M1", "M2"}});
    CHECK(found[2].type == "number");
    CHECK(found[2].unit == "FLOP");
    CHECK(!found[2].header);
    CHECK(found[3].type == "whole number");
    CHECK(found[3].samples == std::vector<std::string>{"1", "2"});
    CHECK(found[1].type == "date");
    CHECK(found[4].type == "yes or no");
    CHECK(found[5].type == "list of texts");
    csv_reader none{std::string_view("")};
    CHECK(!wanted().found_in(none, 3)[0].header);
    struct scaled {
        decimal_mark mark = decimal_mark::point;
    };
    csv_reader again{std::string_view(text)};
    CHECK(columns<scaled>{{"mark", &scaled::mark}}.found_in(again)[0].type == "one of point, comma, unsaid");
}
