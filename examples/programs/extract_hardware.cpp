// SPDX-License-Identifier: BSL-1.0
// What hardware does it say? Texts, one a line on standard input, to the hardware they state, one JSON object a line.
//   echo "We trained on 64 A100 80GB for 12 days" | extract_hardware
//   extract_hardware --csv papers.csv --column abstract --training-only > papers_with_hardware.csv
// Every row of a table is a row of the output, its columns as they were and those of the hardware behind them: as CSV
// in cells with ; between mentions, as JSON lines (--format jsonl) in a list "mentions".
// What is not stated is null. "hours" are those of the clock; of a text that has chip hours only ("20,480 GPU hours")
// they are these, and "hours_of" says "chips". "text_line" is the line, "span" the bytes [begin, end) of it.
//
// With --flop, to FLOP, energy and carbon, each with its interval, and what the text leaves open:
//   extract_hardware --flop --csv papers.csv --column abstract --year-column year > papers_with_flop.csv
//   extract_hardware --flop --jsonl papers.jsonl --column abstract
// A CSV row has the greatest training that its text states, and how many it states; a JSON object all of them, under
// "trainings".
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/json.hpp>

#include "support/chips.hpp"
#include "support/input.hpp"
#include "support/own_table.hpp"
#include "support/rows_through.hpp"
#include "support/text_footprint.hpp"
#include "support/text_lines.hpp"

namespace cd = compute_divide;

namespace {

cd::json_object described(const cd::hardware_mention& one) {
    const auto chip = one.chip.empty() ? std::nullopt : std::optional(one.chip);
    const auto hours_of = one.hours        ? std::optional<std::string>("clock")
                          : one.chip_hours ? std::optional<std::string>("chips")
                                           : std::nullopt;
    return cd::json_object()
        .with("chip", chip)
        .with("count", one.count)
        .with("hours", one.hours ? one.hours : one.chip_hours)
        .with("hours_of", hours_of)
        .with("utilization", one.utilisation)
        .with("format", one.format)
        .with("use", one.use)
        .with("span", std::array{one.span.begin, one.span.end});
}

/// A year as a cell has it; nothing where it is blank. A date counts by its year.
std::optional<int> year_of(std::string_view cell) {
    const auto date = cd::parse_date(cell);
    return date ? std::optional(date->year) : std::nullopt;
}

struct fields {
    std::string text, year;
};

/// What is stated of all mentions of a text, with ; between, each blank where one does not state it.
std::vector<std::string> cells_of(const std::vector<cd::hardware_mention>& mentions) {
    std::vector<std::string> cells{std::to_string(mentions.size())};
    const auto add = [&](auto text_of) {
        std::string& cell = cells.emplace_back();
        for (const cd::hardware_mention& one : mentions)
            cell += (&one == mentions.data() ? "" : "; ") + std::string(text_of(one));
    };
    const auto number = [](const auto& value) { return value ? fmt::format("{:.6g}", double(*value)) : std::string(); };
    add([](const auto& one) { return one.chip; });
    add([&](const auto& one) { return number(one.count); });
    add([&](const auto& one) { return number(one.hours ? one.hours : one.chip_hours); });
    add([](const auto& one) { return one.hours ? "clock" : one.chip_hours ? "chips" : ""; });
    add([&](const auto& one) { return number(one.utilisation); });
    add([](const auto& one) { return one.format ? name_of(*one.format) : std::string_view(); });
    add([](const auto& one) { return name_of(one.use); });
    return cells;
}
std::vector<std::string> mention_columns() {
    return {"mentions",          "hardware_chip",        "hardware_count",  "hardware_hours",
            "hardware_hours_of", "hardware_utilization", "hardware_format", "hardware_use"};
}

/// Each row of a table with its columns and those of its hardware, or of its footprint.
int write_rows(const example::own_table& table, example::row_format format, const cd::hardware_reader& read,
               const cd::accelerator_catalogue& catalogue, const example::text_footprint_options& options, bool flop) {
    cd::csv_reader rows = table.open(example::most_text);
    cd::columns<fields> wanted{{"text", &fields::text, {.headers = {"abstract", "AB"}}},
                               {"year", &fields::year, {.required = false}}};
    if (!options.year_column.empty()) example::column_flags::name(wanted, "year", options.year_column);
    table.columns.apply(wanted);
    if (table.columns.show()) return example::show_columns(wanted.found_in(rows, 3), table.csv);
    if (rows.columns().empty()) throw example::nothing_to_report(table.name() + " is empty");
    const std::size_t texts = *example::located(wanted, rows).place("text");
    // A column of years is not taken for one by its name: what is asked for is what runs.
    const bool has_years =
        !options.year_column.empty() ||
        std::ranges::any_of(table.columns.assignments(), [](const auto& each) { return each.first == "year"; });
    const auto years = has_years ? example::located(wanted, rows).place("year") : std::nullopt;
    example::row_writer out(rows, format, flop ? example::footprint_columns() : mention_columns());
    const example::row_filter wanted_rows(rows, table.where);
    for (const cd::csv_row& row : rows) {
        if (!wanted_rows(row)) continue;
        if (!flop) {
            std::vector<cd::hardware_mention> mentions = read(row[texts]);
            if (options.training_only)
                std::erase_if(mentions, [](const auto& one) { return one.use != cd::hardware_use::training; });
            std::vector<cd::json_object> objects;
            if (!out.json())
                out.write(row, cells_of(mentions));
            else {
                for (const auto& one : mentions) objects.push_back(described(one));
                out.write_json(row, "\"mentions\":" + cd::to_json(objects));
            }
            continue;
        }
        std::optional<int> year;
        try {
            if (years) year = year_of(row[*years]);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(fmt::format("{}, line {}: {}", table.csv, row.line(), error.what()));
        }
        const auto found = example::footprint_of(row[texts], read, catalogue, options, year);
        if (out.json())
            out.write_json(row, "\"trainings\":" + cd::to_json(example::footprint_json(found)));
        else
            out.write(row, example::footprint_cells(found));
    }
    table.tell(rows);
    return std::cout.flush() ? 0 : 1;
}

/// Each object of a file of JSON lines with its fields, and `trainings`.
int write_json_lines(const std::string& path, const std::string& field, const cd::hardware_reader& read,
                     const cd::accelerator_catalogue& catalogue, const example::text_footprint_options& options) {
    const auto file = example::open_input(path);
    simdjson::dom::parser parser;
    example::text_lines lines(*file);
    while (lines.next()) {
        const std::string_view object_text = cd::trimmed(lines.text());
        const auto wrong = [&](std::string_view what) {
            return std::invalid_argument(fmt::format("{}, line {}: {}", path, lines.number(), what));
        };
        if (lines.is_too_long()) throw wrong(fmt::format("at most {} bytes are required", example::most_text));
        if (object_text.empty()) continue;
        simdjson::dom::object object;
        if (const auto error = parser.parse(object_text.data(), object_text.size()).get(object))
            throw wrong(fmt::format("a JSON object is required, got {}", simdjson::error_message(error)));
        if (object.at_key("trainings").error() == simdjson::SUCCESS) throw wrong("a field trainings is there already");
        std::string_view text;
        if (const auto value = object.at_key(field); value.error() == simdjson::SUCCESS && !value.is_null())
            if (value.get(text)) throw wrong(fmt::format("{} is no text", field));
        std::optional<int> year;
        if (const auto value = object.at_key(options.year_column);
            !options.year_column.empty() && value.error() == simdjson::SUCCESS && !value.is_null()) {
            std::int64_t whole = 0;
            std::string_view words;
            if (!value.get(whole))
                year = static_cast<int>(std::clamp<std::int64_t>(whole, -1, 10000));
            else if (!value.get(words))
                year = year_of(words);
            else
                throw wrong(fmt::format("{} is no year", options.year_column));
        }
        const auto trainings = example::footprint_json(example::footprint_of(text, read, catalogue, options, year));
        const bool empty = object.size() == 0;
        std::cout << object_text.substr(0, object_text.size() - 1) << (empty ? "" : ",")
                  << "\"trainings\":" << cd::to_json(trainings) << "}\n";
    }
    if (lines.number() == 0) throw std::invalid_argument(path + ": a line is required, got none");
    return std::cout.flush() ? 0 : 1;
}

int run(int argc, char** argv) {
    example::own_table table;
    auto format = example::row_format::csv;
    example::chip_source chips;
    example::text_footprint_options options;
    std::string jsonl;
    bool training_only = false, flop = false;
    example::command_line line(
        "Hardware that texts state: lines of standard input to JSON lines, or the rows of a table with columns of it",
        "extract_hardware --csv papers.csv --column abstract > papers_with_hardware.csv");
    table.add_to(line, "text");
    line.add("--format", format, "of the rows of --csv: csv, or jsonl, one JSON object each");
    chips.add_to(line);
    line.flag("--training-only", training_only, "only what is said to have been trained or experimented on");
    line.flag("--flop", flop, "FLOP, energy and carbon of each row, with the row's other columns");
    line.add("--jsonl", jsonl, "a file of JSON objects, one a line, in place of --csv; --column is their field")
        .existing_file();
    options.add_to(line);
    if (const auto end = line.parse(argc, argv)) return *end;
    const cd::accelerator_catalogue catalogue = chips.catalogue();
    if (const auto end = chips.listed(catalogue)) return *end;

    if (!table.csv.empty() && !jsonl.empty()) throw example::usage_error("--csv or --jsonl, not both");
    if (jsonl.empty()) table.check(line, {"--format", "--year-column"});
    if (jsonl.empty() && table.csv.empty() && table.columns.show())
        throw example::usage_error("--show-columns needs --csv");

    const cd::hardware_reader read(catalogue);
    options.training_only = training_only;
    if (flop) {
        static_cast<void>(cd::find_grid_intensity(options.country, options.year.value_or(2024)));  // throws at once
        if (!jsonl.empty()) {
            const auto named = table.columns.assignments();
            return write_json_lines(jsonl, named.empty() ? "text" : named.back().second, read, catalogue, options);
        }
        if (!table.csv.empty()) return write_rows(table, format, read, catalogue, options, true);
        return example::write_lines([&](std::string_view text, std::size_t) {
            return cd::json_object()
                .with("text_line", text)
                .with("trainings",
                      example::footprint_json(example::footprint_of(text, read, catalogue, options, std::nullopt)))
                .text();
        });
    }
    if (!jsonl.empty()) throw example::usage_error("--jsonl needs --flop");
    for (const char* const only_with_flop :
         {"--country", "--year", "--year-column", "--domain", "--data-centre", "--level"})
        if (line.has(only_with_flop)) throw example::usage_error(fmt::format("{} needs --flop", only_with_flop));
    if (!table.csv.empty()) return write_rows(table, format, read, catalogue, options, false);
    return example::write_lines([&](std::string_view text, std::size_t number) {
        std::vector<cd::json_object> mentions;
        for (const cd::hardware_mention& one : read(text))
            if (!training_only || one.use == cd::hardware_use::training) mentions.push_back(described(one));
        return cd::json_object().with("text_line", text).with("line", number).with("mentions", mentions).text();
    });
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("extract_hardware", run, argc, argv);
}
