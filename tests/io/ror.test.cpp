// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/ror.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/registry.hpp>

namespace cd = compute_divide;

namespace {

const std::string sample = std::string(COMPUTE_DIVIDE_SOURCE_DIR) + "/tests/reference/ror_sample.jsonl";

cd::ror_table read(const std::string& text, cd::ror_options options = {}) {
    std::istringstream stream(text);
    return cd::read_ror(stream, options);
}

/// What is thrown for a text; empty where nothing is.
std::string error(const std::string& text) {
    try {
        static_cast<void>(read(text));
    } catch (const cd::read_error& thrown) {
        CHECK(thrown.what() == "compute_divide::read_ror: " + to_string(thrown.problem()));
        return to_string(thrown.problem());
    }
    return {};
}

std::string record(std::string_view id, std::string_view more = "") {
    return R"({"id":"https://ror.org/)" + std::string(id) + R"(","names":[{"value":"Foo","types":["label"]}])" +
           std::string(more) + "}";
}

}  // namespace

TEST_CASE("a record of schema 2") {
    const auto table = read(R"({"id":"https://ror.org/052gg0110","status":"active","types":["funder","education"],
        "names":[{"value":"OX","types":["acronym"],"lang":null},{"value":"Oxford {\"}","types":["alias"]},
                 {"value":"University of Oxford","types":["ror_display","label"],"lang":"en"},
                 {"value":"Prifysgol Rhydychen","types":["label"]}],
        "locations":[{"geonames_details":{"country_code":"GB","name":"Oxford"}}],
        "domains":["OX.ac.uk"],"links":[{"type":"website","value":"http://www.ox.ac.uk/"}],"established":null})");
    REQUIRE(table.organisations.size() == 1);
    using enum cd::name_kind;
    const cd::organisation expected{
        "052gg0110",
        {{"University of Oxford", label}, {"OX", acronym}, {"Oxford {\"}", alias}, {"Prifysgol Rhydychen", label}},
        {cd::institution_type::education},
        "GB",
        {"Oxford"},
        {"ox.ac.uk"},
        cd::organisation_status::active};
    CHECK(table.organisations[0] == expected);
    CHECK(table.problems.empty());
}

TEST_CASE("a record of schema 1") {
    const auto table = read(R"({"id":"https://ror.org/052gg0110","name":"University of Oxford","status":"inactive",
        "types":["Education"],"aliases":["Oxford University"],"acronyms":["OX"],"labels":[{"label":"Rhydychen"}],
        "country":{"country_code":"GB"},"addresses":[{"city":"Oxford"}],"links":["https://www.ox.ac.uk/about?x#y"]})",
                            {.inactive = true});
    REQUIRE(table.organisations.size() == 1);
    using enum cd::name_kind;
    const cd::organisation expected{
        "052gg0110",
        {{"University of Oxford", label}, {"Rhydychen", label}, {"Oxford University", alias}, {"OX", acronym}},
        {cd::institution_type::education},
        "GB",
        {"Oxford"},
        {"ox.ac.uk"},
        cd::organisation_status::inactive};
    CHECK(table.organisations[0] == expected);
}

TEST_CASE("an array, lines, and all on one line") {
    const std::string a = record("a"), b = record("b");
    constexpr std::array<std::array<const char*, 3>, 5> written{{{"[", ",", "]"},
                                                                 {"\xEF\xBB\xBF [\n", " ,\r\n", "\n] \n"},
                                                                 {"", "\n", ""},
                                                                 {"", "\r\n\r\n", "\n"},
                                                                 {"", "", ""}}};
    for (const auto& [before, between, after] : written) {
        std::string text = before;
        text.append(a).append(between).append(b).append(after);
        CAPTURE(text);
        const auto table = read(text);
        REQUIRE(table.organisations.size() == 2);
        CHECK(table.organisations[0].id == "a");
        CHECK(table.organisations[1].id == "b");
    }
    CHECK(read("[]").organisations.empty());
}

TEST_CASE("what is no more is left out") {
    const std::string text =
        record("a") + record("b", R"(,"status":"inactive")") + record("c", R"(,"status":"withdrawn")");
    CHECK(read(text).organisations.size() == 1);
    CHECK(read(text).n_left_out == 2);
    CHECK(read(text, {.inactive = true}).organisations.size() == 2);
    CHECK(read(text, {.withdrawn = true}).organisations.size() == 2);
    CHECK(read(text, {.inactive = true, .withdrawn = true}).n_left_out == 0);
}

TEST_CASE("records that are none are told") {
    struct row {
        std::string text, reason;
    };
    const std::vector<row> rows{
        {R"({"names":[{"value":"Foo","types":[]}]})", "no id"},
        {R"({"id":"https://ror.org/","names":[{"value":"Foo","types":[]}]})", "no id"},
        {R"({"id":7,"names":[]})", "\"id\" is of another type"},
        {R"({"id":"a","names":[]})", "no name"},
        {R"({"id":"a"})", "no name"},
        {R"({"id":"a","names":"Foo"})", "\"names\" is of another type"},
        {R"({"id":"a","names":["Foo"]})", "\"names\" holds a value of another type"},
        {R"({"id":"a","names":[{"value":1,"types":[]}]})", "\"value\" is of another type"},
        {record("a", R"(,"types":{})"), "\"types\" is of another type"},
        {record("a", R"(,"locations":[{"geonames_details":[]}])"), "\"geonames_details\" is of another type"},
        {record("a", R"(,"locations":[{"geonames_details":{"country_code":"gb"}}])"),
         "a country code of two capital letters is required, got \"gb\""},
        {record("a", R"(,"status":"gone")"), "a status of active, inactive or withdrawn is required, got \"gone\""},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto table = read(record("x") + "\n" + each.text + "\n" + record("y"));
        CHECK(table.organisations.size() == 2);
        REQUIRE(table.problems.size() == 1);
        CHECK(table.problems[0].reason == each.reason);
        CHECK(table.problems[0].line == 2);
        CHECK(table.problems[0].column == 1);
    }
    const auto unknown = read(record("a", R"(,"types":["guild"])"));
    CHECK(unknown.organisations.at(0).types.at(0) == cd::institution_type::unknown);
}

TEST_CASE("a record too deep or too long is counted and left out; what stands around it is read") {
    const std::string a = record("a"), b = record("b");
    const std::string deep = R"({"id":)" + std::string(100'000, '[') + std::string(100'000, ']') + "}";
    const std::string separators = R"({"id":[)" + std::string(3'000'000, ',') + "]}";
    const std::string text = R"({"id":")" + std::string(2'000'000, 'x') + R"("})";
    for (const auto& [hostile, reason] : {std::pair{deep, "a record of more than 1024 brackets in each other"},
                                          {separators, "a record of more than 1048576 bytes"},
                                          {text, "a record of more than 1048576 bytes"}})
        for (const bool lines : {false, true}) {
            const std::string between = lines ? "\n" : ",\n";
            const std::string dump = (lines ? "" : "[") + a + between + hostile + between + b + (lines ? "" : "]");
            const auto table = read(dump);
            CHECK(table.organisations.size() == 2);
            CHECK(table.n_problems == 1);
            REQUIRE(table.problems.size() == 1);
            CHECK(table.problems[0].line == 2);
            CHECK(table.problems[0].reason == reason);
            std::istringstream stream(dump);
            CHECK_THROWS_AS(static_cast<void>(cd::read_ror(stream, {.on_error = cd::error_handling::fail})),
                            cd::read_error);
        }
    std::string many;
    for (int i = 0; i < 5000; ++i) many += "{}\n";
    std::istringstream stream(many + a);
    const auto table = cd::read_ror(stream, {.most_problems = 10});
    CHECK(table.organisations.size() == 1);
    CHECK(table.n_problems == 5000);
    CHECK(table.problems.size() == 10);
}

TEST_CASE("a text that is no dump is an error") {
    const std::string a = record("a");
    const std::string size = std::to_string(a.size() + 1);
    CHECK(error("") == "line 1, column 1: a JSON array or object is required, got the end of the text");
    CHECK(error(" \n ") == "line 2, column 2: a JSON array or object is required, got the end of the text");
    CHECK(error("id,name\n") == "line 1, column 1: an object is required, got \"i\"");
    CHECK(error("\x1F\x8B") == "line 1, column 1: an object is required, got a byte 0x1f (is the text compressed?)");
    CHECK(error("[" + a) == "line 1, column " + std::to_string(a.size() + 2) +
                                ": a comma or the end of the array is required, got the end of the text");
    CHECK(error("[" + a + ",") ==
          "line 1, column " + std::to_string(a.size() + 3) + ": an object is required, got the end of the text");
    CHECK(error("[" + a + ",]") ==
          "line 1, column " + std::to_string(a.size() + 3) + ": an object is required, got \"]\"");
    CHECK(error("[" + a + "]" + a).ends_with("nothing after the array is required, got \"{\""));
    CHECK(error("[" + a + a + "]").ends_with("a comma or the end of the array is required, got \"{\""));
    CHECK(error(a + "\n" + a.substr(0, 20)) ==
          "line 2, column 1: an object that begins here is cut at the end of the text, byte " +
              std::to_string(a.size() + 22));
    CHECK(error("{\"id\":}").starts_with("line 1, column 1: no valid JSON: "));
    CHECK(error("{]").starts_with("line 1, column 1: no valid JSON: "));
    CHECK(error("{\"id\":\"\xFF\"}").starts_with("line 1, column 1: no valid JSON: "));
    CHECK(error("{\"" + std::string(std::size_t{17} << 20, 'x')).find("is cut at the end of the text") !=
          std::string::npos);
    CHECK_THROWS_AS(static_cast<void>(cd::read_ror("/nowhere/ror.json")), std::invalid_argument);

    // Wherever a dump is cut, there is an error or all that stands before the cut.
    const std::string whole = "[" + a + "," + a + "]";
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        CAPTURE(cut);
        CHECK_FALSE(error(whole.substr(0, cut)).empty());
    }
}

TEST_CASE("organisations of a dump are found by name") {
    const auto table = cd::read_ror(sample);
    CHECK(table.problems.empty());
    std::ifstream file(sample);
    std::size_t lines = 0;
    for (std::string line; std::getline(file, line);) ++lines;
    CHECK(table.organisations.size() + table.n_left_out == lines);
    const cd::registry found(table.organisations);
    struct row {
        std::string_view text, id;
    };
    constexpr row rows[] = {
        {"University of Oxford, UK", "052gg0110"},
        {"Northwestern University, Evanston, IL", "000e0be47"},
        {"Northwestern University, Laoag City, Philippines", "00m6w7z96"},
        {"Northwestern Polytechnical University, Xi'an, China", "01y0j0j86"},
        {"York University, Toronto, Canada", "05fq50484"},
        {"Miami University, Oxford, Ohio", "05nbqxr67"},
        {"University of Miami, Coral Gables, FL", "02dgjyy92"},
        {"Seoul National University Hospital, Seoul, Korea", "01z4nnt86"},
        {"Hong Kong Univ. of Sci. & Technol., Kowloon, China", "00q4vv597"},
        {"Brown University, Providence, RI", "05gq02987"},
        {"Microsoft Corporation, Redmond, USA", "00d0nc645"},
        {"Ministry of Health, Accra, Ghana", "05c7h4935"},
        {"Ministry of Health", ""},
        {"University College London, Australia", ""},
        {"Mundotextil, Portugal", ""},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto matches = found(each.text);
        CHECK(matches.size() == (each.id.empty() ? 0 : 1));
        if (!matches.empty()) CHECK(matches[0].id == each.id);
    }
}

TEST_CASE("a record that cannot be read is thrown where that is asked for, with its place") {
    const std::string text = record("x") + "\n " + R"({"id":"a"})" + "\n";
    CHECK(read(text).problems == std::vector<cd::read_problem>{{.line = 2, .column = 2, .reason = "no name"}});
    CHECK_THROWS_WITH_AS(read(text, {.on_error = cd::error_handling::fail}),
                         "compute_divide::read_ror: line 2, column 2: no name", cd::read_error);
}
