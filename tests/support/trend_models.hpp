// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_TREND_MODELS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_TREND_MODELS_HPP

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace test_support {

/// A row of tests/reference/log_trend_models.csv.
struct trend_model {
    std::chrono::sys_days date;
    double flop;
    std::string team;
    int organization;
};

/// The notable models of one version of Epoch AI's table.
inline std::vector<trend_model> trend_models(const std::string& vintage) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/log_trend_models.csv");
    std::vector<trend_model> models;
    std::string line;
    while (std::getline(file, line)) {
        std::istringstream cells(line);
        const auto cell = [&cells] {
            std::string text;
            std::getline(cells, text, ',');
            return text;
        };
        if (cell() != vintage) continue;
        const std::string date = cell();
        const auto number = [&date](std::size_t at) { return std::atoi(date.c_str() + at); };
        trend_model& model = models.emplace_back();
        model.date = std::chrono::year{number(0)} / number(5) / number(8);
        model.flop = std::strtod(cell().c_str(), nullptr);
        model.team = cell();
        model.organization = std::atoi(cell().c_str());
    }
    if (models.empty()) throw std::runtime_error("tests/reference/log_trend_models.csv has no " + vintage);
    return models;
}

}  // namespace test_support

#endif
