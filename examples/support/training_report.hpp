// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TRAINING_REPORT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TRAINING_REPORT_HPP

#include <optional>
#include <string>
#include <vector>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/training_compute.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/table.hpp>

/// The report card of a training run: FLOP, memory, energy, carbon and cost, each with its interval.
namespace example {

namespace cd = compute_divide;

/// What is asked for: what the user states of the run, and of where it ran.
struct training_request {
    std::string text, chip, country = "United States", domain, format, data_centre = "other";
    double level = 0.9;
    std::optional<int> year;
    std::optional<double> count, hours, chip_hours, utilization, flop, power, pue, intensity, electricity, price,
        cloud_price;
};

/// One run on one kind of chip.
struct training_run {
    cd::stated_training training = {};  ///< its FLOP, with the chain that they rest on
    cd::accelerator chip = {};
    double chips = 0;                  ///< in what the catalogue's figures are of
    std::optional<double> hours = {};  ///< by the clock
    double chip_hours = 0;
};

/// Everything that is reported of it.
struct training_report {
    training_run of;
    int year = 0;
    cd::compute_estimate flop;
    double utilization = 0;
    cd::uncertain<cd::joules> energy = cd::joules();
    cd::uncertain<cd::kg_co2e> carbon = cd::kg_co2e();
    cd::uncertain<cd::kg_co2e> embodied = cd::kg_co2e();            ///< of making the hardware; not in `carbon`
    std::optional<cd::uncertain<cd::us_dollars>> electricity = {};  ///< where its price is known
    std::optional<cd::uncertain<cd::us_dollars>> bought, rented;
    std::string grid;  ///< in words
    std::vector<std::string> notes, warnings;
};

/// A report on each run that the text states, or on the one that the flags do. Throws std::invalid_argument where
/// something that is needed is not stated, and names the flag that states it.
[[nodiscard]] std::vector<training_report> training_reports(const training_request& asked,
                                                            const cd::accelerator_catalogue& catalogue);

/// The card, of some 15 lines.
[[nodiscard]] std::string card_of(const training_report& r, const training_request& asked);
/// A paragraph for the paper.
[[nodiscard]] std::string paragraph_of(const training_report& r, const training_request& asked);
/// The numbers of the card as a table, a row each.
[[nodiscard]] cd::table table_of(const std::vector<training_report>& reports, const training_request& asked);
[[nodiscard]] cd::json_object json_of(const training_report& r, const training_request& asked);

}  // namespace example

#endif
