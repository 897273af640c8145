// SPDX-License-Identifier: BSL-1.0
// How good is the classifier? The table of accuracy in docs/findings.md, with intervals, on two labelled sets of
// affiliations.
//   evaluate_affiliations --conference conference_labeled_dev.jsonl --venues venues_labeled_dev.jsonl
//       --registry registry_typed_dev.jsonl
// on the third of each file that was never looked at (support/evaluation.hpp), unless --rows says otherwise.
// With --ror FILE the classifier has a registry; the tables must not get worse by it.
// A conference string has its institutions with their types, its sectors ("academia+industry") and whether the label is
// sure; a registry string the types of its institutions. Then, over all of them, how often the answers of a rule are
// right: where the constants of classifier_confidence (institutions/classifier.hpp) come from.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>

#include "support/evaluation.hpp"

namespace cd = compute_divide;
using cd::institution_type;
using cd::sector;
using example::cell;
using nlohmann::json;

namespace {

/// A labelled string and what the classifier says of it.
struct labelled {
    std::string text;
    std::vector<institution_type> types, predicted_types;
    std::vector<sector> sectors, predicted_sectors;
    std::vector<cd::institution> predicted;  // those of predicted_types
    cd::sector_mapping read_as = {};
};

struct label_options {
    bool sure_only = true;
    example::split_choice rows = example::split_choice::unread;
    cd::sector_mapping read_as = {};
};

/// Of the strings that two readers labelled, sure or not, those with the same sectors.
struct reader_agreement {
    std::uint64_t strings = 0, agreed = 0;
};

std::vector<labelled> read(const std::string& path, const cd::classifier& who, const label_options& options,
                           reader_agreement& agreement) {
    std::ifstream file(path);
    std::vector<labelled> strings;
    for (std::string line; std::getline(file, line);) {
        const json record = json::parse(line);
        if (!example::chosen(options.rows, record.at("affiliation").get<std::string>())) continue;
        if (record.contains("second_reader")) {
            ++agreement.strings;
            agreement.agreed += record["second_reader"] == record["sector"] ? 1U : 0U;
        }
        if (options.sure_only && !record.value("sure", true)) continue;
        labelled& one = strings.emplace_back();
        one.text = record.at("affiliation");
        one.read_as = options.read_as;
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
            one.predicted.push_back(institution);
        }
        for (const sector s : found.sectors) one.predicted_sectors.push_back(options.read_as(s));
    }
    if (strings.empty()) throw std::invalid_argument(path + " holds no labelled string");
    return strings;
}

template <class Label>
void print_labels(const std::string& heading, const cd::evaluation_table<Label>& table) {
    fmt::print("\n| {} | strings | precision | recall | F1 |\n|---|---|---|---|---|\n", heading);
    for (const auto& row : table.labels)
        fmt::print("| {} | {} | {} | {} | {} |\n", cd::name_of(row.value), row.recall.n, cell(row.precision),
                   cell(row.recall), cell(row.f1));
    fmt::print("| exact set | {} | {} | | |\n| no answer | {} | {} | | |\n", table.exact_match.n,
               cell(table.exact_match), table.abstention.n, cell(table.abstention));
}

/// Whether an answer's type is among those of the label; where a label has sectors only, whether its sector is.
bool is_right(const labelled& one, const cd::institution& answer) {
    return one.types.empty() ? std::ranges::count(one.sectors, cd::sector_of(answer.type, one.read_as)) > 0
                             : std::ranges::count(one.types, answer.type) > 0;
}

void print_calibration(const std::vector<labelled>& strings) {
    cd::calibration confidence;
    for (const labelled& one : strings)
        for (const cd::institution& answer : one.predicted) confidence.add(answer.confidence, is_right(one, answer));
    const auto table = confidence.result();
    fmt::print("\n| confidence | answers | right |\n|---|---|---|\n");
    for (const auto& bin : table.bins)
        if (bin.accuracy.n > 0)
            fmt::print("| {:.1f} to {:.1f} | {} | {} |\n", bin.confidence.lower, bin.confidence.upper, bin.accuracy.n,
                       cell(bin.accuracy));
    fmt::print("| Brier score | {} | {} |\n", table.brier_score.n, cell(table.brier_score));
    if (table.expected_error)
        fmt::print("| expected calibration error | {} | {:.3f} |\n", table.expected_error.n,
                   *table.expected_error.value);
}

/// How often the answers of a rule are right: for each rule and confidence, which is a constant of the rule and of the
/// strength of the word, and for the types. Each source of strings counts as much as the other.
void print_rules(const std::vector<std::vector<labelled>>& sources) {
    std::size_t most = 0;
    for (const auto& strings : sources) most = std::max(most, strings.size());
    using key = std::tuple<cd::classifier_rule, double, institution_type>;
    struct counts {
        std::size_t n = 0, right = 0;
        double weight = 0, weight_right = 0, squares = 0;
    };
    std::map<key, counts> table;
    for (const auto& strings : sources) {
        const double weight = static_cast<double>(most) / static_cast<double>(strings.size());
        for (const labelled& one : strings)
            for (const cd::institution& answer : one.predicted) {
                const bool guessed = answer.rule == cd::classifier_rule::learned;
                const double confidence = guessed ? 0 : answer.confidence;
                for (const auto type : {answer.type, institution_type::unknown}) {
                    counts& sums = table[{answer.rule, confidence, type}];
                    const bool right = is_right(one, answer);
                    ++sums.n;
                    sums.right += right ? 1 : 0;
                    sums.weight += weight;
                    sums.weight_right += right ? weight : 0;
                    sums.squares += weight * weight;
                }
            }
    }
    fmt::print(
        "\n| rule | confidence | type | answers | right | share right, sources alike |\n|---|---|---|---|---|---|\n");
    for (const auto& [which, sums] : table) {
        const auto& [rule, confidence, type] = which;
        const double effective = sums.weight * sums.weight / sums.squares;
        const auto share = cd::share(sums.weight_right / sums.weight * effective, effective);
        fmt::print("| {} | {} | {} | {} | {} | {} |\n", cd::name_of(rule),
                   rule == cd::classifier_rule::learned ? "its own" : fmt::format("{:.2f}", confidence),
                   type == institution_type::unknown ? "any" : cd::name_of(type), sums.n, sums.right, cell(share));
    }
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
    std::vector<std::pair<std::string, std::string>> sets{
        {"conference strings", ""}, {"strings of other venues", ""}, {"registry strings", ""}};
    std::string facility = "facility", rows = "unread", ror, population = "conference_papers";
    bool all = false, errors = false, merged = false;
    CLI::App app("Accuracy of the classifier of affiliations");
    app.add_option("--conference", sets[0].second, "labelled strings of conference papers")->check(CLI::ExistingFile);
    app.add_option("--venues", sets[1].second, "the same of other venues")->check(CLI::ExistingFile);
    app.add_option("--registry", sets[2].second, "strings with the types of their institutions")
        ->check(CLI::ExistingFile);
    app.add_option("--facility-as", facility, "the sector that facilities count as")->capture_default_str();
    app.add_flag("--merged", merged, "facility, nonprofit and government, whose borders people dispute, as one");
    app.add_option("--population", population,
                   "where the strings come from: conference_papers, registry_strings, patents")
        ->capture_default_str();
    app.add_option("--rows", rows, "unread: the third never looked at; seen: the others; or all")
        ->capture_default_str();
    app.add_option("--ror", ror, "a dump of the Research Organization Registry")->check(CLI::ExistingFile);
    app.add_flag("--all", all, "unsure labels too");
    app.add_flag("--errors", errors, "the strings with a wrong set of sectors, tabs between, instead of the table");
    CLI11_PARSE(app, argc, argv);
    cd::sector_mapping read_as = cd::sector_mapping{}.with(sector::facility, cd::parse_name<sector>(facility));
    if (merged) read_as = read_as.with(sector::nonprofit, sector::facility).with(sector::government, sector::facility);
    const label_options options{
        .sure_only = !all, .rows = cd::parse_name<example::split_choice>(rows), .read_as = read_as};

    cd::classifier_options knowledge;
    knowledge.population = cd::parse_name<cd::affiliation_population>(population);
    if (!ror.empty()) knowledge.registry = std::make_shared<const cd::registry>(cd::read_ror(ror).organisations);
    const cd::classifier who(std::move(knowledge));
    std::vector<std::vector<labelled>> sources;
    for (const auto& [name, path] : sets) {
        if (path.empty()) continue;
        reader_agreement agreement;
        const std::vector<labelled>& strings = sources.emplace_back(read(path, who, options, agreement));
        if (errors) {
            print_errors(strings);
            continue;
        }
        fmt::print("\n{}: {} of them\n", name, strings.size());
        if (agreement.strings > 0)
            fmt::print("two readers agree on {} of {} strings, sure or not: {}\n", agreement.agreed, agreement.strings,
                       cell(cd::share(static_cast<double>(agreement.agreed), static_cast<double>(agreement.strings))));
        print_labels("sector", cd::evaluate(strings, &labelled::sectors, &labelled::predicted_sectors,
                                            {.none = sector::unknown}));
        if (std::ranges::any_of(strings, [](const labelled& each) { return !each.types.empty(); }))
            print_labels("type", cd::evaluate(strings, &labelled::types, &labelled::predicted_types,
                                              {.none = institution_type::unknown}));
        print_calibration(strings);
    }
    if (!errors) print_rules(sources);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_affiliations: {}\n", error.what());
    return 1;
}
