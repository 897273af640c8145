// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_FEW_CLUSTERS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_FEW_CLUSTERS_HPP

#include <cstddef>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/reference.hpp"

/// The records and values of tests/reference/few_clusters.py.
namespace test_support {

struct clustered_record {
    double y, yes, x1, x2, w;
    int cluster, unit, year;
    std::vector<char> labels;
};

inline const std::vector<clustered_record>& clustered_records() {
    static const std::vector<clustered_record> all = [] {
        std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/few_clusters_data.csv");
        std::vector<clustered_record> records;
        std::string line;
        std::getline(file, line);
        while (std::getline(file, line)) {
            for (char& c : line)
                if (c == ',') c = ' ';
            std::istringstream fields(line);
            clustered_record r{};
            std::string labels;
            fields >> r.y >> r.yes >> r.x1 >> r.x2 >> r.w >> r.cluster >> r.unit >> r.year >> labels;
            r.labels.assign(labels.begin(), labels.end());
            records.push_back(r);
        }
        if (records.size() != 48) throw std::runtime_error("few_clusters_data.csv is missing or cut");
        return records;
    }();
    return all;
}

/// The values of a name, in their order.
inline std::vector<double> clustered_values(const std::string& name) {
    std::vector<double> values;
    for (const auto& row : reference_table("few_clusters", 3))
        if (row.name == name) values.push_back(row.numbers[2]);
    if (values.empty()) throw std::runtime_error("few_clusters.csv has no " + name);
    return values;
}

}  // namespace test_support

#endif
