// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/epoch.hpp>

#include <doctest/doctest.h>
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/close.hpp"

using namespace compute_divide;
using namespace std::chrono_literals;
using namespace std::string_view_literals;

namespace {

using texts = std::vector<std::string>;

epoch_table read(std::string_view text, error_handling on_error = error_handling::fail) {
    return read_epoch(csv_reader(text, {.on_error = on_error}));
}

}  // namespace

TEST_CASE("a table of 2023-03: old names, days first, free text, a mark for what is notable") {
    const epoch_table table = read(
        "System,Domain,Organization(s),Organization Categorization,Publication date,Year,Reference,Citations,Inclusion "
        "criteria,Inclusion criteria met,Parameters,Training compute (FLOPs)\r\n"
        "ELECTRA,Language,\"Stanford, Google \",Industry - Academia Collaboration (Academia Leaning),23/03/2020,2020,"
        "A paper,1.20E+03,SOTA Improvement,Yes,3.35E+08,3.10E+21\r\n"
        ",VIsion,AT&T Labs,Industry,1998,1998,A paper without a name,,Historical relevance,No,,\r\n"
        "Mitosis,,\"University of California, Berkeley\",,,2012,,,\"Important context, significant use\",,,\r\n"sv);
    CHECK(table.problems.empty());
    REQUIRE(table.models.size() == 3);

    epoch_model electra;
    electra.name = "ELECTRA";
    electra.published = 2020y / 3 / 23;
    electra.year = 2020;
    electra.organisations = {"Stanford", "Google"};
    electra.category = "Industry - Academia Collaboration (Academia Leaning)";
    electra.team = team_kind::academia_leaning;
    electra.domains = {"Language"};
    electra.training_flop = 3.1e21;
    electra.parameters = 3.35e8;
    electra.citations = 1200;
    electra.criteria = {"SOTA improvement"};
    electra.notable = true;
    electra.reference = "A paper";
    CHECK(table.models[0] == electra);

    const epoch_model& unnamed = table.models[1];
    CHECK(unnamed.name == "A paper without a name");
    CHECK_FALSE(unnamed.published);
    CHECK(unnamed.year == 1998);
    CHECK(unnamed.organisations == texts{"AT&T Labs"});
    CHECK(unnamed.team == team_kind::industry_only);
    CHECK_FALSE(unnamed.training_flop);
    CHECK(unnamed.criteria == texts{"Historical significance"});
    CHECK_FALSE(unnamed.notable);

    const epoch_model& undated = table.models[2];
    CHECK_FALSE(undated.published);
    CHECK(undated.year == 2012);
    CHECK(undated.organisations == texts{"University of California, Berkeley"});
    CHECK(undated.team == team_kind::unknown);
    CHECK(undated.criteria == texts{"Important context", "Significant use"});
    CHECK(undated.notable);
}

TEST_CASE("a table of 2025: new names, ISO dates, lists within fields, one category per organisation") {
    const epoch_table table = read(
        "\xEF\xBB\xBFModel,Domain,Task,Organization,Publication date,Citations,Notability criteria,Parameters,Training "
        "compute (FLOP),Training compute notes,Training dataset size (datapoints),Training time (hours),Training "
        "hardware,Confidence,Epochs,Model accessibility,Country (of organization),Base model,Hardware "
        "quantity,Hardware utilization (MFU),Organization categorization,Training code accessibility,Numerical "
        "format,Training compute estimation method\n"
        " Pythia ,\"Language,Biology\",Chat,\"EleutherAI,\"\"Booz Allen Hamilton, McLean\"\", Yale University\","
        "2023-02-13,,\"Highly cited,SOTA improvement\",12000000000.0,2.16e+22,\"6ND\n\"\"estimate\"\"\",3e11,72.0,"
        "\"NVIDIA A100,Google TPU v4\",Confident,1.5,Open weights (unrestricted),\"China,United States of "
        "America\",\"Llama 2-7B,ViT-G/14\",256.0,0.42,\"Academia,Industry,Academia,Academia\",Open source,\"FP8,BF16\","
        "\"Hardware,Operation counting\"\n"sv);
    CHECK(table.problems.empty());
    epoch_model pythia;
    pythia.name = "Pythia";
    pythia.published = 2023y / 2 / 13;
    pythia.year = 2023;
    pythia.organisations = {"EleutherAI", "Booz Allen Hamilton, McLean", "Yale University"};
    pythia.countries = {"China", "United States of America"};
    pythia.category = "Academia,Industry,Academia,Academia";
    pythia.team = team_kind::academia_leaning;
    pythia.domains = {"Language", "Biology"};
    pythia.tasks = {"Chat"};
    pythia.training_flop = 2.16e22;
    pythia.parameters = 1.2e10;
    pythia.criteria = {"Highly cited", "SOTA improvement"};
    pythia.notable = true;
    pythia.confidence = "Confident";
    pythia.training_hardware = {"NVIDIA A100", "Google TPU v4"};
    pythia.hardware_quantity = 256;
    pythia.training_hours = 72;
    pythia.utilisation = 0.42;
    pythia.base_models = {"Llama 2-7B", "ViT-G/14"};
    pythia.model_accessibility = "Open weights (unrestricted)";
    pythia.code_accessibility = "Open source";
    pythia.epochs = 1.5;
    pythia.dataset_size = 3e11;
    pythia.estimation_methods = {"Hardware", "Operation counting"};
    pythia.numerical_formats = {"FP8", "BF16"};
    REQUIRE(table.models.size() == 1);
    CHECK(table.models[0] == pythia);
}

TEST_CASE("each name a column has had is read") {
    struct {
        std::string_view column;
        std::string_view value;
        bool (*is_read)(const epoch_model&);
    } const rows[] = {
        {"Country (from Organization)", "China", [](const epoch_model& m) { return m.countries == texts{"China"}; }},
        {"Open-source", "Unreleased", [](const epoch_model& m) { return m.model_accessibility == "Unreleased"; }},
        {"Code accessibility", "Open", [](const epoch_model& m) { return m.code_accessibility == "Open"; }},
        {"Hardware utilization", "0.3", [](const epoch_model& m) { return m.utilisation == 0.3; }},
        {"Training dataset size (gradients)", "5", [](const epoch_model& m) { return m.dataset_size == 5; }},
        {"Training dataset size (total)", "5", [](const epoch_model& m) { return m.dataset_size == 5; }},
        {"Organization Categorization", "Academia",
         [](const epoch_model& m) { return m.team == team_kind::academia_only; }},
        {"Notable", "yes", [](const epoch_model& m) { return m.notable; }},
        {"Vintage", "2023-03", [](const epoch_model& m) { return m.vintage == "2023-03"; }},
    };
    for (const auto& row : rows) {
        CAPTURE(row.column);
        const std::string text = "Model,Organization,Publication date,Training compute (FLOP)," +
                                 std::string(row.column) + "\nA,B,2020-01-01,1," + std::string(row.value) + "\n";
        const epoch_table table = read(text);
        CHECK(table.problems.empty());
        CHECK(row.is_read(table.models.at(0)));
    }
}

TEST_CASE("a cell that cannot be read is as if it were blank, and told") {
    const epoch_table table = read(
        "Model,Organization,Organization categorization,Publication date,Year,Training compute "
        "(FLOP),Parameters,Notable\n"
        "A,\"x\n\n\",Academia,Mar 2021,,1e20,7B,no\n"
        "B,\"y,\"\"z\",Acadamia,2021-02-30,2021,about 1e20,7,maybe\n"
        ",,,,,,,\n"sv);
    REQUIRE(table.models.size() == 3);
    CHECK(table.models[0].organisations == texts{"x"});
    CHECK_FALSE(table.models[0].year);
    CHECK_FALSE(table.models[0].parameters);
    CHECK(table.models[0].training_flop == 1e20);
    CHECK(table.models[1].organisations == texts{"y,\"z"});
    CHECK(table.models[1].category == "Acadamia");
    CHECK(table.models[1].team == team_kind::unknown);
    CHECK_FALSE(table.models[1].published);
    CHECK(table.models[1].year == 2021);
    CHECK_FALSE(table.models[1].training_flop);
    CHECK(table.models[1].parameters == 7);
    CHECK(table.models[2] == epoch_model{});

    const auto number = [](std::string_view value) {
        return "compute_divide::parse_number: a number in the range of a double, or nothing, got \"" +
               std::string(value) + "\"";
    };
    const auto date = [](std::string_view value) {
        return "compute_divide::parse_date: a date such as 2023-12-14, 14/12/2023, 2021-03 or 2023, or nothing, got "
               "\"" +
               std::string(value) + "\"";
    };
    struct cell {
        std::uint64_t line;
        std::string field, value, reason;
    };
    const std::vector<cell> expected{
        {2, "Parameters", "7B", number("7B")},
        {2, "Publication date", "Mar 2021", date("Mar 2021")},
        {5, "Training compute (FLOP)", "about 1e20", number("about 1e20")},
        {5, "Organization", "y,\"z", "compute_divide::csv_reader: line 1, column 3: a quoted field is not closed"},
        {5, "Notable", "maybe", "compute_divide::read_epoch: yes, no or nothing, got \"maybe\""},
        {5, "Organization categorization", "Acadamia",
         "compute_divide::team_of_epoch_category: a category of Epoch's table, or a comma list of them, got "
         "\"Acadamia\""},
        {5, "Publication date", "2021-02-30", date("2021-02-30")},
        {6, "Model", "", "a model without a name or a reference"},
    };
    REQUIRE(table.problems.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        CHECK(table.problems[i].reason == expected[i].reason);
        CHECK(table.problems[i] == read_problem{.line = expected[i].line,
                                                .field = expected[i].field,
                                                .value = expected[i].value,
                                                .reason = expected[i].reason});
    }
}

TEST_CASE("a row that is no record is thrown, or told among the problems in the order of lines") {
    const std::string_view text =
        "Model,Organization,Publication date,Training compute (FLOP)\n"
        "A,B,1/2,1\n"
        "C,D\n"
        "E,F,2/3,1\n"sv;
    CHECK_THROWS_WITH_AS(read(text), "compute_divide::csv_reader: line 3, column 4: 4 field(s) required, got 2",
                         read_error);
    const epoch_table table = read(text, error_handling::skip);
    CHECK(table.models.size() == 2);
    REQUIRE(table.problems.size() == 3);
    CHECK(table.problems[0].line == 2);
    CHECK(table.problems[1] == read_problem{.line = 3, .column = 4, .reason = "4 field(s) required, got 2"});
    CHECK(table.problems[2].line == 4);
}

TEST_CASE("a table without the columns that every vintage has is none of Epoch's") {
    CHECK_THROWS_WITH_AS(read("Name,Organization,Publication date\n"sv),
                         "compute_divide::csv_reader::column: the name of one of the columns Name, Organization, "
                         "Publication date, got \"Model\"",
                         std::invalid_argument);
    for (const std::string_view text :
         {"Model,Organization,Publication date\n"sv, "Model,Organization,Training compute (FLOP)\n"sv,
          "Model,Publication date,Training compute (FLOP)\n"sv, ""sv})
        CHECK_THROWS_AS(read(text), std::invalid_argument);
}

TEST_CASE("the rule for teams can be chosen") {
    const std::string_view text =
        "Model,Organization,Organization categorization,Publication date,Training compute (FLOP)\n"
        "A,,\"Academia,Academia,Academia,Industry\",,\n"sv;
    CHECK(read(text).models.at(0).team == team_kind::academia_leaning);
    CHECK(read_epoch(csv_reader(text), {.teams = {.rule = team_rule::institution_set}}).models.at(0).team ==
          team_kind::collaboration);
}

TEST_CASE("impossible thresholds for teams are an error of the caller, not of every row") {
    const std::string_view text =
        "Model,Organization,Organization categorization,Publication date,Training compute (FLOP)\n"
        "A,B,Academia,,\n";
    CHECK_THROWS_WITH_AS(static_cast<void>(read_epoch(csv_reader(text), {.teams = {.collaboration_from = 0.8}})),
                         "compute_divide::team_of: 0 <= collaboration_from <= collaboration_to, got 0.8",
                         std::invalid_argument);
}

TEST_CASE("a line break within a list is a space, as in a name of the table of 2025-12") {
    const epoch_table table = read(
        "Model,Organization,Publication date,Training compute (FLOP)\n"
        "A,\"EleutherAI,\"\"Booz Allen\r\nHamilton\"\",Institute of Technology\nDelhi,X\n\",2022-01-01,\n"sv);
    CHECK(table.problems.empty());
    CHECK(table.models.at(0).organisations ==
          texts{"EleutherAI", "Booz Allen Hamilton", "Institute of Technology Delhi", "X"});
}

TEST_CASE("a list of nothing but blanks is an empty list") {
    const epoch_table table = read(
        "Model,Organization,Publication date,Training compute (FLOP)\n"
        "A,\" , ,\",,\n"sv);
    CHECK(table.problems.empty());
    CHECK(table.models.at(0).organisations.empty());
}

TEST_CASE("a cell that cannot be read is thrown where that is asked for") {
    const std::string_view text =
        "Model,Organization,Publication date,Training compute (FLOP)\n"
        "A,B,1/2/2020,x\n"sv;
    try {
        static_cast<void>(read_epoch(csv_reader(text), {.on_error = error_handling::fail}));
        FAIL("no error");
    } catch (const read_error& error) {
        CHECK(error.problem().line == 2);
        CHECK(error.problem().field == "Training compute (FLOP)");
        CHECK(error.problem().value == "x");
        CHECK(
            std::string(error.what()).starts_with("compute_divide::read_epoch: line 2, \"Training compute (FLOP)\": "));
    }
}

TEST_CASE("as JSON, models and problems") {
    const epoch_table table = read(
        "Model,Organization,Publication date,Training compute (FLOP)\n"
        "A,B,2020-02-01,1e20\n"sv);
    const std::string json = to_json(table);
    CHECK(json.starts_with(R"({"models":[{"name":"A","published":"2020-02-01","year":2020,"organisations":["B"],)"));
    CHECK(json.find(R"("training_flop":1e+20,"parameters":null,)") != json.npos);
    CHECK(json.ends_with(R"("problems":[]})"));
}

// Counted in the tables as published, with another reader.
TEST_CASE("the counts of the divide, from the project's own table") {
    const epoch_table table = read_epoch(csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/models.csv"));
    CHECK(table.models.size() == 534 + 1117 + 1892 + 3221);
    REQUIRE(table.problems.size() == 1);
    CHECK(table.problems[0].reason == "a model without a name or a reference");

    struct {
        std::string_view vintage;
        bool notable_only;
        int from, to;
        team_kind team;
        int count, n;
    } const rows[] = {
        {"2023-03", false, 2010, 2014, team_kind::academia_only, 13, 20},
        {"2023-03", false, 2020, 2022, team_kind::academia_only, 6, 73},
        {"2023-03", false, 2022, 2022, team_kind::industry_only, 15, 20},
        {"2023-12", true, 2010, 2014, team_kind::academia_only, 17, 25},
        {"2023-12", true, 2020, 2022, team_kind::academia_only, 8, 86},
        {"2023-12", true, 2022, 2022, team_kind::industry_only, 20, 32},
        {"2023-12", false, 2010, 2014, team_kind::academia_only, 17, 25},
        {"2023-12", false, 2020, 2022, team_kind::academia_only, 18, 131},
        {"2023-12", false, 2022, 2022, team_kind::industry_only, 25, 49},
        {"2025-12", true, 2010, 2014, team_kind::academia_only, 32, 45},
        {"2025-12", true, 2020, 2022, team_kind::academia_only, 22, 162},
        {"2025-12", true, 2022, 2022, team_kind::industry_only, 33, 60},
        {"2025-12", false, 2010, 2014, team_kind::academia_only, 37, 52},
        {"2025-12", false, 2020, 2022, team_kind::academia_only, 73, 346},
        {"2025-12", false, 2022, 2022, team_kind::industry_only, 55, 130},
    };
    for (const auto& row : rows) {
        CAPTURE(row.vintage);
        CAPTURE(row.from);
        int count = 0;
        int n = 0;
        for (const epoch_model& model : table.models) {
            if (model.vintage != row.vintage || !model.training_flop || model.team == team_kind::unknown) continue;
            if (row.notable_only && !model.notable) continue;
            if (!model.year || *model.year < row.from || *model.year > row.to) continue;
            ++n;
            if (model.team == row.team) ++count;
        }
        CHECK(count == row.count);
        CHECK(n == row.n);
    }
}

// Counted in the tables as published, with another reader.
TEST_CASE("the project's own table keeps hardware, data and access of its sources") {
    const epoch_table table = read_epoch(csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/models.csv"));
    struct {
        std::string_view vintage;
        int hardware, quantity, hours, utilisation, epochs, dataset, format, method, base, access, code, country,
            confidence;
        double sum_of_hours, sum_of_chips;
    } const rows[] = {
        {"2023-03", 0, 0, 2, 0, 0, 217, 0, 0, 0, 0, 0, 0, 0, 2882, 0},
        {"2023-12", 169, 34, 92, 14, 323, 297, 0, 0, 14, 81, 0, 813, 406, 68510.9, 77627},
        {"2025-08", 811, 560, 419, 62, 523, 1040, 279, 1026, 393, 1396, 1252, 1868, 1892, 198302.9, 501171},
        {"2025-12", 1159, 832, 542, 59, 785, 1292, 335, 1437, 670, 2474, 2281, 3134, 3221, 239251.381825157, 810116},
    };
    for (const auto& row : rows) {
        CAPTURE(row.vintage);
        const auto count = [&](auto known) {
            return std::ranges::count_if(
                table.models, [&](const epoch_model& model) { return model.vintage == row.vintage && known(model); });
        };
        CHECK(count([](const epoch_model& m) { return !m.training_hardware.empty(); }) == row.hardware);
        CHECK(count([](const epoch_model& m) { return m.hardware_quantity.has_value(); }) == row.quantity);
        CHECK(count([](const epoch_model& m) { return m.training_hours.has_value(); }) == row.hours);
        CHECK(count([](const epoch_model& m) { return m.utilisation.has_value(); }) == row.utilisation);
        CHECK(count([](const epoch_model& m) { return m.epochs.has_value(); }) == row.epochs);
        CHECK(count([](const epoch_model& m) { return m.dataset_size.has_value(); }) == row.dataset);
        CHECK(count([](const epoch_model& m) { return !m.numerical_formats.empty(); }) == row.format);
        CHECK(count([](const epoch_model& m) { return !m.estimation_methods.empty(); }) == row.method);
        CHECK(count([](const epoch_model& m) { return !m.base_models.empty(); }) == row.base);
        CHECK(count([](const epoch_model& m) { return !m.model_accessibility.empty(); }) == row.access);
        CHECK(count([](const epoch_model& m) { return !m.code_accessibility.empty(); }) == row.code);
        CHECK(count([](const epoch_model& m) { return !m.countries.empty(); }) == row.country);
        CHECK(count([](const epoch_model& m) { return !m.confidence.empty(); }) == row.confidence);
        double hours = 0;
        double chips = 0;
        for (const epoch_model& model : table.models) {
            if (model.vintage != row.vintage) continue;
            hours += model.training_hours.value_or(0);
            chips += model.hardware_quantity.value_or(0);
        }
        CHECK(test_support::close(hours, row.sum_of_hours, 1e-12));
        CHECK(test_support::close(chips, row.sum_of_chips, 1e-12));
    }
}

TEST_CASE("problems are kept up to a cap, and counted beyond") {
    std::string text = "Model,Publication date,Organization,Training compute (FLOP),Task\n";
    for (int i = 0; i < 50; ++i) text += i % 2 == 0 ? "A,x,O,y,\"a,\"\"b\"\n" : "too few\n";
    for (const std::size_t kept : {1000u, 7u, 0u}) {
        const auto table = read_epoch(csv_reader(text, {.on_error = error_handling::skip}),
                                      {.on_error = error_handling::skip, .most_problems = kept});
        CHECK(table.n_problems == 25 * 3 + 25);
        CHECK(table.problems.size() == std::min<std::size_t>(kept, 100));
        CHECK(std::ranges::is_sorted(table.problems, {}, &read_problem::line));
        for (const auto& model : table.models) CHECK(model.tasks == std::vector<std::string>{"a,\"b"});
    }
}
