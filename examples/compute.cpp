// SPDX-License-Identifier: BSL-1.0
// What did it take to train? A sentence of a paper to hardware, FLOP, energy and carbon, each with its spread.
#include <chrono>
#include <cstdio>
#include <string>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/compute/mentioned_run.hpp>

namespace cd = compute_divide;

int main() {
    const cd::accelerator_catalogue catalogue;
    const cd::hardware_reader read(catalogue);
    const std::string text = "We trained on 64 A100 80GB for 12 days.";
    std::printf("%s\n", text.c_str());
    for (const cd::hardware_mention& mention : read(text)) {
        const cd::mentioned_run stated = cd::hardware_run_of(mention, catalogue, {.year = 2023});
        if (!stated) continue;
        std::printf("compute  %s FLOP\n", to_string(cd::compute_of_hardware(stated.run).flop).c_str());

        const cd::accelerator& chip = catalogue.at(mention.chip);
        const auto time = cd::chip_time(*mention.count * *mention.hours, std::chrono::hours(1));
        const auto energy =
            cd::energy_of_chips(time, *chip.power, cd::typical_energy_factors(chip, cd::data_centre::other));
        const auto carbon = energy * cd::find_grid_intensity("France", 2023).intensity;
        std::printf("energy   %s J\n", to_string(energy.estimate()).c_str());
        std::printf("carbon   %s kg CO2e, in France\n", to_string(carbon.estimate()).c_str());
    }
}
