// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_FOOTPRINT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TEXT_FOOTPRINT_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/compute/training_compute.hpp>
#include <compute_divide/json.hpp>

#include "support/command_line.hpp"

/// FLOP, energy and carbon of the trainings that a text states.
namespace example {

/// What texts do not say.
struct text_footprint_options {
    std::string country = "United States", year_column;
    std::optional<int> year;
    compute_divide::model_domain domain = compute_divide::model_domain::other;
    compute_divide::data_centre where = compute_divide::data_centre::other;
    double level = 0.9;
    bool training_only = false;  ///< only what is said to be training

    void add_to(command_line& line);
};

/// A number with its interval; nothing where it is not known.
using bounded = std::optional<compute_divide::estimate>;

struct text_footprint {
    std::vector<compute_divide::stated_training> trainings;
    std::vector<bounded> flop, energy_kwh, carbon_kg;  ///< of each training
    std::optional<std::size_t> greatest;               ///< of those with FLOP, else with energy, by these
};

/// Of the trainings of a text; what is not known of the year is as in the options.
[[nodiscard]] text_footprint footprint_of(std::string_view text, const compute_divide::hardware_reader& read,
                                          const compute_divide::accelerator_catalogue& catalogue,
                                          const text_footprint_options& options, std::optional<int> year);

/// Names of the columns that `footprint_cells` fills.
[[nodiscard]] std::vector<std::string> footprint_columns();
/// The greatest training of a text as cells, and how many there are.
[[nodiscard]] std::vector<std::string> footprint_cells(const text_footprint& all);
/// Every training of a text with its chain.
[[nodiscard]] std::vector<compute_divide::json_object> footprint_json(const text_footprint& all);

}  // namespace example

#endif
