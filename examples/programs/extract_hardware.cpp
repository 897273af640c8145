// SPDX-License-Identifier: BSL-1.0
// What hardware does it say? Texts, one a line on standard input, to the hardware they state, one JSON object a line.
//   echo "We trained on 64 A100 80GB for 12 days" | extract_hardware
//   extract_hardware --csv papers.csv --column abstract --training-only
// What is not stated is null. "hours" are those of the clock; of a text that has chip hours only ("20,480 GPU hours")
// they are these, and "hours_of" says "chips". "text_line" is the line, "span" the bytes [begin, end) of it.
//
// With --flop, to FLOP, energy and carbon, each with its interval, and what the text leaves open:
//   extract_hardware --flop --csv papers.csv --column abstract --year-column year > papers_with_flop.csv
//   extract_hardware --flop --jsonl papers.jsonl --column abstract
// Every row of the input is a row of the output, its other columns or fields as they were. A CSV row has the greatest
// training that its text states, and how many it states; a JSON object all of them, under "trainings".
#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <fstream>
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
#include "support/command_line.hpp"
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

/// Each row of a CSV with its columns and those of the footprint.
int write_csv(const example::text_source& source, const cd::hardware_reader& read,
              const cd::accelerator_catalogue& catalogue, const example::text_footprint_options& options) {
    auto table = cd::csv_reader::open(source.csv);
    const std::size_t texts = table.column(source.column);
    const bool has_years = !options.year_column.empty();
    const std::size_t years = has_years ? table.column(options.year_column) : 0;
    std::vector<std::string> cells = table.columns();
    for (const std::string& name : example::footprint_columns()) {
        if (table.find_column(name))
            throw std::invalid_argument(fmt::format("the input has a column {} already: rename it", name));
        cells.push_back(name);
    }
    cd::write_csv_row(std::cout, cells);
    for (const cd::csv_row& row : table) {
        cells.clear();
        for (std::size_t i = 0; i < row.size(); ++i) cells.emplace_back(row[i]);
        std::optional<int> year;
        try {
            if (has_years) year = year_of(row[years]);
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument(fmt::format("{}, line {}: {}", source.csv, row.line(), error.what()));
        }
        for (std::string& cell :
             example::footprint_cells(example::footprint_of(row[texts], read, catalogue, options, year)))
            cells.push_back(std::move(cell));
        cd::write_csv_row(std::cout, cells);
    }
    return std::cout.flush() ? 0 : 1;
}

/// Each object of a file of JSON lines with its fields, and `trainings`.
int write_json_lines(const std::string& path, const std::string& field, const cd::hardware_reader& read,
                     const cd::accelerator_catalogue& catalogue, const example::text_footprint_options& options) {
    std::ifstream file(path, std::ios::binary);
    simdjson::dom::parser parser;
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        const std::string_view object_text = cd::trimmed(line);
        if (object_text.empty()) continue;
        const auto wrong = [&](std::string_view what) {
            return std::invalid_argument(fmt::format("{}, line {}: {}", path, number, what));
        };
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
    if (number == 0) throw std::invalid_argument(path + ": a line is required, got none");
    return std::cout.flush() ? 0 : 1;
}

int run(int argc, char** argv) {
    example::text_source source{.csv = "", .column = "text"};
    example::chip_source chips;
    example::text_footprint_options options;
    std::string jsonl;
    bool training_only = false, flop = false;
    example::command_line line("Hardware that texts state: JSON lines, in the order of the input",
                               "echo 'We trained on 64 A100 80GB for 12 days' | extract_hardware --flop");
    source.add_to(line, true);
    chips.add_to(line);
    line.flag("--training-only", training_only, "only what is said to have been trained or experimented on");
    line.flag("--flop", flop, "FLOP, energy and carbon of each row, with the row's other columns");
    line.add("--jsonl", jsonl, "a file of JSON objects, one a line, in place of --csv; --column is their field")
        .existing_file();
    options.add_to(line);
    if (const auto end = line.parse(argc, argv)) return *end;
    const cd::accelerator_catalogue catalogue = chips.catalogue();
    if (const auto end = chips.listed(catalogue)) return *end;

    if (line.has("--column") && source.csv.empty() && jsonl.empty())
        throw std::invalid_argument("--column needs --csv or --jsonl");
    if (!source.csv.empty() && !jsonl.empty()) throw std::invalid_argument("--csv or --jsonl, not both");
    if (!options.year_column.empty() && source.csv.empty() && jsonl.empty())
        throw std::invalid_argument("--year-column needs --csv or --jsonl");

    const cd::hardware_reader read(catalogue);
    if (flop) {
        options.training_only = training_only;
        static_cast<void>(cd::find_grid_intensity(options.country, options.year.value_or(2024)));  // throws at once
        if (!jsonl.empty()) return write_json_lines(jsonl, source.column, read, catalogue, options);
        if (!source.csv.empty()) return write_csv(source, read, catalogue, options);
        return example::write_lines(source, [&](std::string_view text) {
            return cd::json_object()
                .with("text_line", text)
                .with("trainings",
                      example::footprint_json(example::footprint_of(text, read, catalogue, options, std::nullopt)))
                .text();
        });
    }
    if (!jsonl.empty()) throw std::invalid_argument("--jsonl needs --flop");
    for (const char* const only_with_flop :
         {"--country", "--year", "--year-column", "--domain", "--data-centre", "--level"})
        if (line.has(only_with_flop)) throw std::invalid_argument(fmt::format("{} needs --flop", only_with_flop));
    std::size_t line_number = 0;
    return example::write_lines(source, [&](std::string_view text) {
        std::vector<cd::json_object> mentions;
        for (const cd::hardware_mention& one : read(text))
            if (!training_only || one.use == cd::hardware_use::training) mentions.push_back(described(one));
        return cd::json_object().with("text_line", text).with("line", ++line_number).with("mentions", mentions).text();
    });
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("extract_hardware", run, argc, argv);
}
