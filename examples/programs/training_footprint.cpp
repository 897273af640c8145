// SPDX-License-Identifier: BSL-1.0
// The report card of a training run: FLOP, memory, energy, carbon and cost, each with its interval, from flags or from
// a sentence, with a paragraph for the paper. What is not stated gets a default that is named, with its spread.
//   training_footprint --text "We trained on 64 A100 80GB for 12 days"
//   training_footprint --chip "TPU v3 core" --count 512 --days 4 --country Germany --json
//   training_footprint --trials trials.csv --score accuracy --method method
#include <cstdio>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/json.hpp>

#include "support/chips.hpp"
#include "support/command_line.hpp"
#include "support/training_report.hpp"
#include "support/trials.hpp"

namespace cd = compute_divide;

namespace {

template <cd::named_enum Enum>
std::vector<std::string> names_of() {
    std::vector<std::string> names;
    for (const auto& each : enumerators(Enum{})) names.emplace_back(each.name);
    return names;
}

int run(int argc, char** argv) {
    example::training_request asked;
    example::trials_request tuning;
    example::chip_source chips;
    bool as_json = false, as_paragraph = false;
    std::optional<double> days;
    example::output_format output;
    example::command_line line("FLOP, energy, carbon and cost of a training run",
                               "training_footprint --text 'We trained on 64 A100 80GB for 12 days' --country Germany");
    line.add("--text", asked.text, "a sentence that says what was trained on");
    line.add("--chip", asked.chip, "its name, such as \"A100 80GB\" or \"TPU v3 core\"");
    line.add("--count", asked.count, "how many chips").positive();
    line.add("--hours", asked.hours, "by the clock").positive();
    line.add("--days", days, "by the clock").positive();
    line.add("--chip-hours", asked.chip_hours, "chips times hours").positive();
    line.add("--utilization", asked.utilization, "share of the peak that was reached; else what is typical").level();
    line.add("--number-format", asked.format,
             "of the numbers, such as fp32 or bf16; fp16 is that of vector units; else that of the year; --format with "
             "one of these does the same");
    line.add("--domain", asked.domain, "for the typical utilization (language)").one_of(names_of<cd::model_domain>());
    line.add("--flop", asked.flop, "the training compute, where it is known").positive();
    line.add("--year", asked.year, "of the training; else the one after the chip's release").between(1940, 2100);
    line.add("--country", asked.country, "whose grid and price, or a region's, such as CAMX, Ontario or Guangdong");
    line.add("--intensity", asked.intensity, "of the grid, kg CO2e/kWh, in place of a country's").between(0, 10);
    line.add("--data-centre", asked.data_centre, "for a typical PUE").one_of(names_of<cd::data_centre>());
    line.add("--pue", asked.pue, "power usage effectiveness, measured, of at least 1").between(1, 10);
    line.add("--power", asked.power, "average W at the server for each chip, measured").positive();
    line.add("--electricity", asked.electricity, "USD/kWh; else what was paid in the country").positive();
    line.add("--price", asked.price, "USD a chip, as bought; else its launch price, depreciated").positive();
    line.add("--cloud-price", asked.cloud_price, "USD a chip-hour").positive();
    line.add("--level", asked.level, "of the intervals").level();
    std::string by_format;
    output.add_to(line, {}, [&](const std::string& word) { by_format = word; });
    line.flag("--json", as_json, "one object with every number");
    line.flag("--paragraph", as_paragraph, "the paragraph alone");
    tuning.add_to(line);
    chips.add_to(line);
    if (const auto end = line.parse(argc, argv)) return *end;
    for (const auto& [one, other] : std::vector<std::pair<const char*, const char*>>{
             {"--text", "--chip"}, {"--hours", "--days"}, {"--data-centre", "--pue"}, {"--json", "--paragraph"}})
        exclude(line, one, other);
    output.check(line);
    if (by_format.empty()) {
        exclude(line, "--format", "--json");
        exclude(line, "--format", "--paragraph");
    } else {
        exclude(line, "--format", "--number-format");
        asked.format = by_format;
    }
    if (!asked.format.empty()) try {
            static_cast<void>(cd::number_format_of(asked.format));
        } catch (const std::invalid_argument& error) {
            throw example::usage_error(
                std::string("--format: text, markdown, latex, csv, html or json is required, or ") + error.what());
        }
    if (days) asked.hours = 24 * *days;
    const cd::accelerator_catalogue catalogue = chips.catalogue();
    if (const auto end = chips.listed(catalogue)) return *end;
    for (const char* const of_trials :
         {"--score", "--method", "--cost", "--lower-is-better", "--on-error", "--column", "--show-columns"})
        if (line.has(of_trials) && tuning.file.empty())
            throw example::usage_error(std::string(of_trials) + " needs --trials");
    if (asked.text.empty() && asked.chip.empty()) {
        for (const char* const of_a_run :
             {"--count", "--hours", "--days", "--chip-hours", "--utilization", "--number-format", "--domain", "--flop",
              "--year", "--country", "--intensity", "--data-centre", "--pue", "--power", "--electricity", "--price",
              "--cloud-price"})
            if (line.has(of_a_run))
                throw example::usage_error(std::string(of_a_run) + " needs --chip, or --text that names one");
        if (tuning.file.empty()) asked.text = "We trained on 64 A100 80GB for 12 days";
    }

    std::vector<example::training_report> reports;
    if (!asked.text.empty() || !asked.chip.empty()) try {
            reports = example::training_reports(asked, catalogue);
        } catch (const std::invalid_argument& error) {  // of what was asked for: no file is read there
            throw example::usage_error(error.what());
        }
    std::vector<cd::json_object> objects;
    std::string text;
    for (const example::training_report& r : reports) {
        objects.push_back(example::json_of(r, asked));
        if (!text.empty()) text += "\n";
        text += as_paragraph ? example::paragraph_of(r, asked) + "\n" : example::card_of(r, asked);
    }
    cd::json_object json = cd::json_object().with("level", asked.level).with("runs", objects);
    std::vector<cd::table> tables;
    if (!reports.empty()) tables.push_back(example::table_of(reports, asked));
    if (!tuning.file.empty()) {
        tuning.level = asked.level;
        const auto methods = example::read_trials(tuning);
        json.with("tuning", example::json_of(methods, tuning));
        text += (text.empty() ? "" : "\n") + example::text_of(methods, tuning);
        tables.push_back(example::table_of(methods));
    }
    if (as_json) text = json.text() + "\n";
    if (output.format != cd::table_format::text) text = output.text_of(tables);
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("training_footprint", run, argc, argv);
}
