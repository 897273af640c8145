// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/team_errors.csv: how often the classifier tells the kind of a paper's team right, counted over
// the papers of which every affiliation is one of the strings labelled by hand.
//   make_team_errors OUT conference_labeled_dev.jsonl PAPERS.jsonl...
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/statistics/corrected_share.hpp>

#include "support/papers.hpp"

namespace cd = compute_divide;
using nlohmann::json;

namespace {

using sectors = std::vector<cd::sector>;

/// The sectors of the strings whose label is sure.
std::map<std::string, sectors> read_labels(const std::string& path) {
    std::map<std::string, sectors> labels;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        const json record = json::parse(line);
        if (!record.at("sure").get<bool>()) continue;
        std::istringstream names(record.at("sector").get<std::string>());
        for (std::string name; std::getline(names, name, '+');)
            labels[record.at("affiliation")].push_back(cd::parse_name<cd::sector>(name));
    }
    return labels;
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 3) {
        std::cerr << "usage: make_team_errors OUT LABELLED PAPERS...\n";
        return 2;
    }
    const cd::classifier who;
    const auto labels = read_labels(arguments[1]);
    std::map<std::string, cd::classification_counts> errors;
    std::size_t n = 0;
    for (std::size_t i = 2; i < arguments.size(); ++i) {
        std::ifstream file(arguments[i]);
        for (std::string line; std::getline(file, line);) {
            const json record = json::parse(line);
            std::vector<sectors> truth, predicted;
            bool all_labelled = true;
            for (const json& text : record.at(record.contains("affs") ? "affs" : "affiliations")) {
                const auto affiliation = text.get<std::string>();
                if (affiliation.empty()) continue;
                const auto label = labels.find(affiliation);
                all_labelled = all_labelled && label != labels.end();
                if (!all_labelled) break;
                truth.push_back(label->second);
                const auto found = who(affiliation);
                predicted.emplace_back(found.sectors.begin(), found.sectors.end());
            }
            if (!all_labelled || truth.empty()) continue;
            ++n;
            const cd::counting_options by_author{.counting = cd::sector_counting::author_full};
            const auto is = cd::team_of(cd::count_sectors(truth, by_author), example::team_rule);
            const auto said = cd::team_of(cd::count_sectors(predicted, by_author), example::team_rule);
            for (const auto& kind : example::kinds) {
                auto& counts = errors[kind];
                const bool right = example::is_kind(kind, is), positive = example::is_kind(kind, said);
                (right ? (positive ? counts.true_positives : counts.false_negatives)
                       : (positive ? counts.false_positives : counts.true_negatives)) += 1;
            }
        }
    }
    std::ofstream out(arguments[0], std::ios::binary);
    cd::write_csv_row(out, {"kind", "true_positives", "false_positives", "false_negatives", "true_negatives"});
    const auto text = [](double count) { return std::to_string(static_cast<std::size_t>(count)); };
    for (const auto& [kind, c] : errors)
        cd::write_csv_row(out, std::vector<std::string>{kind, text(c.true_positives), text(c.false_positives),
                                                        text(c.false_negatives), text(c.true_negatives)});
    std::cerr << n << " papers\n";
    return out.flush() ? 0 : 1;
} catch (const std::exception& error) {
    std::cerr << "make_team_errors: " << error.what() << '\n';
    return 1;
}
