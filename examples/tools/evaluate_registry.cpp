// SPDX-License-Identifier: BSL-1.0
// How well are organisations found by name? Precision and recall of ids, of the registry alone and of the classifier
// with it, and what the registry does to the classifier's types, with intervals.
//   evaluate_registry --ror ror_v2_records.jsonl --strings registry_typed_dev.jsonl
// A string has its "ror_ids" and the "types" of its institutions. Ids that are not in the registry cannot be found:
// they are no misses, but whatever is found in their place is wrong. The third of the rows that
// support/evaluation.hpp chooses by their text was never looked at.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "support/evaluation.hpp"

namespace cd = compute_divide;
using cd::institution_type;
using example::cell;
using nlohmann::json;

namespace {

struct labelled {
    std::string text;
    std::vector<std::string> ids;
    std::vector<institution_type> types, types_with, types_without;
    std::vector<std::string> alone, with;  // ids found
    std::vector<double> scores;            // of alone
    std::size_t n_known = 0;               // ids in the registry
};

cd::estimate part_of(std::size_t part, std::size_t whole) {
    return cd::share(static_cast<double>(part), static_cast<double>(whole));
}

std::size_t right_in(const labelled& one, const std::vector<std::string>& found) {
    return static_cast<std::size_t>(std::ranges::count_if(
        found, [&](const std::string& id) { return std::ranges::find(one.ids, id) != one.ids.end(); }));
}

/// A row of the table: over all strings, or over those of which some id, or each, could be found.
void print_row(std::string_view name, const std::vector<labelled>& strings, std::vector<std::string> labelled::*found,
               auto counts) {
    std::size_t n = 0, wanted = 0, predicted = 0, right = 0, at_all = 0;
    for (const labelled& one : strings) {
        if (!counts(one)) continue;
        ++n;
        wanted += one.n_known;
        predicted += (one.*found).size();
        right += right_in(one, one.*found);
        if (!(one.*found).empty()) ++at_all;
    }
    fmt::print("| {} | {} | {} | {} | {:.3f} |\n", name, n, cell(part_of(right, predicted)),
               cell(part_of(right, wanted)), static_cast<double>(at_all) / static_cast<double>(n));
}

void print_types(std::string_view heading, const std::vector<labelled>& strings,
                 std::vector<institution_type> labelled::*found) {
    const auto table = cd::evaluate(strings, &labelled::types, found, {.none = institution_type::unknown});
    fmt::print("\n| {} | strings | precision | recall |\n|---|---|---|---|\n", heading);
    for (const auto& row : table.labels)
        fmt::print("| {} | {} | {} | {} |\n", cd::name_of(row.value), row.recall.n, cell(row.precision),
                   cell(row.recall));
    fmt::print("| exact set | {} | {} | |\n", table.exact_match.n, cell(table.exact_match));
}

}  // namespace

int main(int argc, char** argv) try {
    std::string ror, path;
    bool errors = false;
    CLI::App app("Precision and recall of a registry's ids");
    app.add_option("--ror", ror, "a dump of the Research Organization Registry")->required();
    app.add_option("--strings", path, "labelled strings, JSON lines")->required()->check(CLI::ExistingFile);
    app.add_flag("--errors", errors, "wrong and missed ids of the rows seen, tabs between, instead of the tables");
    CLI11_PARSE(app, argc, argv);

    const auto organisations = std::make_shared<const cd::registry>(cd::read_ror(ror).organisations);
    std::set<std::string_view> known;
    for (std::size_t i = 0; i < organisations->size(); ++i) known.insert(organisations->id(i));
    cd::classifier_options options;
    options.registry = organisations;
    const cd::classifier without, with(options);

    std::vector<labelled> rows[2];
    std::ifstream file(path);
    std::size_t number = 0;
    for (std::string line; std::getline(file, line); ++number) {
        const json record = json::parse(line);
        const bool unread = example::is_unread(record.at("affiliation").get<std::string>());
        labelled& one = rows[unread ? 1 : 0].emplace_back();
        one.text = record.at("affiliation");
        for (const json& id : record.at("ror_ids")) one.ids.push_back(id);
        for (const json& type : record.at("types"))
            one.types.push_back(cd::parse_name<institution_type>(type.get<std::string>()));
        for (const std::string& id : one.ids) one.n_known += known.count(id);
        for (const auto& match : (*organisations)(one.text)) {
            one.alone.emplace_back(match.id);
            one.scores.push_back(match.score);
            if (errors && !unread && std::ranges::count(one.ids, match.id) == 0)
                fmt::print("WRONG{}\t{} [{}]\t{}\t{:.2f}\t{}\n", one.n_known, match.name, cd::name_of(match.kind),
                           std::string_view(one.text).substr(match.begin, match.end - match.begin), match.score,
                           one.text);
        }
        if (errors && !unread)
            for (const std::string& id : one.ids)
                if (known.count(id) > 0 && std::ranges::count(one.alone, id) == 0)
                    for (std::size_t i = 0; i < organisations->size(); ++i)
                        if (organisations->id(i) == id)
                            fmt::print("MISSED\t{}\t{}\n", organisations->name(i), one.text);
        for (const auto& each : with(one.text).institutions) {
            if (!each.id.empty()) one.with.push_back(each.id);
            one.types_with.push_back(each.type);
        }
        if (errors && !unread)
            for (const std::string& id : one.ids)
                if (known.count(id) > 0 && std::ranges::count(one.with, id) == 0)
                    fmt::print("CLASSIFIER MISSED\t{}\t{}\n", id, one.text);
        for (const auto& each : without(one.text).institutions) one.types_without.push_back(each.type);
    }
    if (errors) return 0;
    if (number == 0) throw std::invalid_argument(path + " holds no labelled string");
    for (const std::size_t half : {std::size_t{0}, std::size_t{1}}) {
        fmt::print("\n{}\n\n| ids | strings | precision | recall | strings with an id |\n|---|---|---|---|---|\n",
                   half == 0 ? "Seen" : "Never looked at");
        for (const auto& [name, found] :
             {std::pair{"registry alone", &labelled::alone}, {"classifier", &labelled::with}}) {
            print_row(fmt::format("{}, all strings", name), rows[half], found, [](const labelled&) { return true; });
            print_row(fmt::format("{}, some id in the file", name), rows[half], found,
                      [](const labelled& one) { return one.n_known > 0; });
            print_row(fmt::format("{}, every id in the file", name), rows[half], found,
                      [](const labelled& one) { return one.n_known == one.ids.size(); });
        }
        print_types("types without registry", rows[half], &labelled::types_without);
        print_types("types with registry", rows[half], &labelled::types_with);
        fmt::print("\n| score | matches | right |\n|---|---|---|\n");
        for (int bin = 10; bin <= 20; ++bin) {
            std::size_t n = 0, right = 0;
            for (const labelled& one : rows[half])
                for (std::size_t i = 0; i < one.scores.size(); ++i)
                    if (static_cast<int>(one.scores[i] * 20 + 1e-9) == bin) {
                        ++n;
                        right += right_in(one, {one.alone[i]});
                    }
            if (n > 0) fmt::print("| from {:.2f} | {} | {} |\n", bin / 20.0, n, cell(part_of(right, n)));
        }
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_registry: {}\n", error.what());
    return 1;
}
