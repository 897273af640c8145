// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_CLUSTERED_RECORDS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_CLUSTERED_RECORDS_HPP

#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "support/reference.hpp"

namespace test_support {

struct survey_record {
    bool yes;
    double value, weight;
    int year;
    std::string org;
    std::string number;  ///< of its line
};

/// A case of tests/reference/clustered_share.R: records, what is clustered and weighted, and R survey's values.
struct survey_case {
    std::string name;
    std::vector<survey_record> records;
    bool weighted, clustered;
    double level;
    std::map<std::string, std::pair<double, double>> values;

    [[nodiscard]] double weight(const survey_record& r) const { return weighted ? r.weight : 1; }
    [[nodiscard]] const std::string& cluster(const survey_record& r) const { return clustered ? r.org : r.number; }
    [[nodiscard]] bool has(const std::string& row) const { return values.contains(row); }
    [[nodiscard]] double value(const std::string& row) const { return values.at(row).first; }
    [[nodiscard]] double other(const std::string& row) const { return values.at(row).second; }
};

inline std::vector<survey_case> survey_cases() {
    std::map<std::string, std::vector<survey_record>> sets;
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/clustered_share_data.csv");
    std::string line;
    std::getline(file, line);
    for (int number = 0; std::getline(file, line); ++number) {
        std::istringstream fields(line);
        std::string set, text[5];
        std::getline(fields, set, ',');
        for (auto& field : text) std::getline(fields, field, ',');
        sets[set].push_back({text[0] == "1", std::stod(text[1]), std::stod(text[2]), std::stoi(text[3]), text[4],
                             std::to_string(number)});
    }
    std::vector<survey_case> cases{{"weighted_clusters", sets.at("models"), true, true, 0.95, {}},
                                   {"clusters_only", sets.at("models"), false, true, 0.95, {}},
                                   {"weights_only", sets.at("models"), true, false, 0.95, {}},
                                   {"rare_six_clusters", sets.at("rare"), false, true, 0.9, {}}};
    for (const auto& row : reference_table("clustered_share", 2))
        for (auto& at : cases)
            if (row.name.starts_with(at.name + "/"))
                at.values[row.name.substr(at.name.size() + 1)] = {row.numbers[0], row.numbers[1]};
    return cases;
}

}  // namespace test_support

#endif
