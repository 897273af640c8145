// SPDX-License-Identifier: BSL-1.0
// How good is the classifier? The README's table of accuracy, with intervals, on two labelled sets of affiliations.
//   evaluate_affiliations --conference conference_labeled_dev.jsonl --registry registry_typed_dev.jsonl
// A conference string has its institutions with their types, its sectors ("academia+industry") and whether the label is
// sure; a registry string the types of its institutions.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/evaluation.hpp>

namespace cd = compute_divide;
using cd::institution_type;
using cd::sector;
using nlohmann::json;

namespace {

/// A labelled string and what the classifier says of it.
struct labelled {
    std::string text;
    std::vector<institution_type> types, predicted_types;
    std::vector<sector> sectors, predicted_sectors;
    std::vector<double> confidences;  // of the predicted types
};

struct label_options {
    bool sure_only = true;
    cd::sector_mapping read_as = {};
};

std::vector<labelled> read(const std::string& path, const cd::classifier& who, const label_options& options) {
    std::ifstream file(path);
    std::vector<labelled> strings;
    for (std::string line; std::getline(file, line);) {
        const json record = json::parse(line);
        if (options.sure_only && !record.value("sure", true)) continue;
        labelled& one = strings.emplace_back();
        one.text = record.at("affiliation");
        for (const json& type : record.value("types", json::array()))
            one.types.push_back(cd::parse_name<institution_type>(type.get<std::string>()));
        for (const json& institution : record.value("institutions", json::array()))
            one.types.push_back(cd::parse_name<institution_type>(institution.at("type").get<std::string>()));
        if (record.contains("sector")) {
            std::istringstream names(record["sector"].get<std::string>());
            for (std::string name; std::getline(names, name, '+');)
                one.sectors.push_back(options.read_as(cd::parse_name<sector>(name)));
        } else {
            for (const auto type : one.types) one.sectors.push_back(cd::sector_of(type, options.read_as));
        }
        const auto found = who(one.text);
        for (const auto& institution : found.institutions) {
            one.predicted_types.push_back(institution.type);
            one.confidences.push_back(institution.confidence);
        }
        for (const sector s : found.sectors) one.predicted_sectors.push_back(options.read_as(s));
    }
    if (strings.empty()) throw std::invalid_argument(path + " holds no labelled string");
    return strings;
}

std::string cell(const cd::estimate& e) {
    return e ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", *e.value, e.lower(), e.upper()) : "none";
}

template <class Label>
void print_labels(const std::string& heading, const cd::evaluation_table<Label>& table) {
    fmt::print("\n| {} | strings | precision | recall | F1 |\n|---|---|---|---|---|\n", heading);
    for (const auto& row : table.labels)
        fmt::print("| {} | {:g} | {} | {} | {} |\n", cd::name_of(row.value), row.recall.n, cell(row.precision),
                   cell(row.recall), cell(row.f1));
    fmt::print("| exact set | {:g} | {} | | |\n| no answer | {:g} | {} | | |\n", table.exact_match.n,
               cell(table.exact_match), table.abstention.n, cell(table.abstention));
}

void print_calibration(const std::vector<labelled>& strings) {
    cd::calibration confidence;
    for (const labelled& one : strings)
        for (std::size_t i = 0; i < one.confidences.size(); ++i)
            if (one.predicted_types[i] != institution_type::unknown)
                confidence.add(one.confidences[i], std::ranges::count(one.types, one.predicted_types[i]) > 0);
    const auto table = confidence.result();
    fmt::print("\n| confidence | answers | right |\n|---|---|---|\n");
    for (const auto& bin : table.bins)
        if (bin.n > 0)
            fmt::print("| {:.1f} to {:.1f} | {} | {} |\n", bin.confidence.lower, bin.confidence.upper, bin.n,
                       cell(bin.accuracy));
    fmt::print("| Brier score | {:g} | {} |\n", table.brier_score.n, cell(table.brier_score));
    if (table.expected_error)
        fmt::print("| expected calibration error | {:g} | {:.3f} |\n", table.expected_error.n,
                   *table.expected_error.value);
}

std::string joined(const std::vector<sector>& sectors) {
    std::string names;
    for (const sector s : sectors) names.append(names.empty() ? "" : "+").append(cd::name_of(s));
    return names.empty() ? "none" : names;
}

/// Every string whose set of sectors is wrong: truth, prediction, text.
void print_errors(const std::vector<labelled>& strings) {
    for (const labelled& one : strings) {
        const std::vector both{one};
        const auto table =
            cd::evaluate(both, &labelled::sectors, &labelled::predicted_sectors, {.none = sector::unknown});
        if (*table.exact_match.value < 1)
            fmt::print("{}\t{}\t{}\n", joined(one.sectors), joined(one.predicted_sectors), one.text);
    }
}

}  // namespace

int main(int argc, char** argv) try {
    std::vector<std::pair<std::string, std::string>> sets{{"conference strings", ""}, {"registry strings", ""}};
    std::string facility = "facility";
    bool all = false, errors = false;
    CLI::App app("Accuracy of the classifier of affiliations");
    app.add_option("--conference", sets[0].second, "labelled strings of conference papers")->check(CLI::ExistingFile);
    app.add_option("--registry", sets[1].second, "strings with the types of their institutions")
        ->check(CLI::ExistingFile);
    app.add_option("--facility-as", facility, "the sector that facilities count as")->capture_default_str();
    app.add_flag("--all", all, "unsure labels too");
    app.add_flag("--errors", errors, "the strings with a wrong set of sectors, tabs between, instead of the table");
    CLI11_PARSE(app, argc, argv);
    const label_options options{
        .sure_only = !all, .read_as = cd::sector_mapping{}.with(sector::facility, cd::parse_name<sector>(facility))};

    const cd::classifier who;
    for (const auto& [name, path] : sets) {
        if (path.empty()) continue;
        const std::vector<labelled> strings = read(path, who, options);
        if (errors) {
            print_errors(strings);
            continue;
        }
        fmt::print("\n{}: {} of them\n", name, strings.size());
        print_labels("sector", cd::evaluate(strings, &labelled::sectors, &labelled::predicted_sectors,
                                            {.none = sector::unknown}));
        print_labels("type", cd::evaluate(strings, &labelled::types, &labelled::predicted_types,
                                          {.none = institution_type::unknown}));
        print_calibration(strings);
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_affiliations: {}\n", error.what());
    return 1;
}
