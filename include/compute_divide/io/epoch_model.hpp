// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_MODEL_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_MODEL_HPP

#include <chrono>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/json.hpp>

/// A model of Epoch AI's table, as epoch.hpp reads it.
namespace compute_divide::inline v0_2 {

/// A model. What is not known, and what a vintage has no column for, is empty.
struct epoch_model {
    std::string name;                                      ///< the title of its reference where the model has no name
    std::optional<std::chrono::year_month_day> published;  ///< nothing where only the year is known
    std::optional<int> year;                               ///< of publication
    std::vector<std::string> organisations;
    std::vector<std::string> countries;  ///< of the organisations
    std::string category;                ///< of the team, as written
    team_kind team = team_kind::unknown;
    std::vector<std::string> domains;
    std::vector<std::string> tasks;
    std::optional<double> training_flop;
    std::optional<double> parameters;
    std::optional<double> citations;
    std::vector<std::string> criteria;  ///< of notability, each in one spelling
    bool notable = false;               ///< meets a criterion, or is marked so where the table has a mark
    std::string confidence;             ///< in the training compute
    std::string vintage;                ///< of the row, in a table of several

    // Mostly from 2024 on.
    std::vector<std::string> training_hardware;
    std::optional<double> hardware_quantity;
    std::optional<double> training_hours;
    std::optional<double> utilisation;  ///< of the hardware, in (0, 1]
    std::vector<std::string> base_models;
    std::string model_accessibility;
    std::string code_accessibility;  ///< of the training code
    std::optional<double> epochs;
    std::optional<double> dataset_size;  ///< data points
    std::vector<std::string> estimation_methods;
    std::vector<std::string> numerical_formats;
    std::string reference;  ///< what the model was published in

    friend bool operator==(const epoch_model&, const epoch_model&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<epoch_model>) {
    using result = epoch_model;
    return member_list(
        member{"name", &result::name}, member{"published", &result::published}, member{"year", &result::year},
        member{"organisations", &result::organisations}, member{"countries", &result::countries},
        member{"category", &result::category}, member{"team", &result::team}, member{"domains", &result::domains},
        member{"tasks", &result::tasks}, member{"training_flop", &result::training_flop},
        member{"parameters", &result::parameters}, member{"citations", &result::citations},
        member{"criteria", &result::criteria}, member{"notable", &result::notable},
        member{"confidence", &result::confidence}, member{"vintage", &result::vintage},
        member{"training_hardware", &result::training_hardware},
        member{"hardware_quantity", &result::hardware_quantity}, member{"training_hours", &result::training_hours},
        member{"utilisation", &result::utilisation}, member{"base_models", &result::base_models},
        member{"model_accessibility", &result::model_accessibility},
        member{"code_accessibility", &result::code_accessibility}, member{"epochs", &result::epochs},
        member{"dataset_size", &result::dataset_size}, member{"estimation_methods", &result::estimation_methods},
        member{"numerical_formats", &result::numerical_formats}, member{"reference", &result::reference});
}

}  // namespace compute_divide::inline v0_2

#endif
