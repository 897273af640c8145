// SPDX-License-Identifier: BSL-1.0
// How much more powerful is the hardware of industry? Teams with industry against those without, by the chip they train
// on, by all their chips, and by the compute they spend: every statistic side by side, since the answer moves with it.
#include <string>

#include "findings/hardware_gap.hpp"
#include "support/finding_program.hpp"

namespace cd = compute_divide;

int main(int argc, char** argv) {
    example::hardware_gap_inputs in;
    const auto options = [&](example::command_line& line) {
        line.add("--models", in.models, "Epoch AI's models table, a vintage with hardware").existing_file();
        line.add("--vintage", in.vintage, "of a table that holds several");
        line.add("--chips", in.chips, "a CSV of chips of your own, as extract_hardware --list-chips prints them")
            .existing_file();
        line.add("--from", in.from, "first year");
        line.add("--to", in.to, "last year");
        line.add("--industry", in.industry, "teams with any author of industry, or of industry only")
            .one_of({"any", "only"});
        line.add("--peaks", in.format, "format of the peaks; --format with these words does the same")
            .one_of({"by_era", "best_tensor", "fp32"});
        line.add("--clusters", in.clusters,
                 "models depend on each other that share an organisation, a family of organisations, or none");
        line.add("--level", in.level, "of the intervals");
        line.add("--seed", in.seed, "of what is drawn at random");
        line.flag("--notable", in.notable, "only notable models");
    };
    const auto peaks = [&](const std::string& word) {
        if (word != "by_era" && word != "best_tensor" && word != "fp32") return false;
        in.format = cd::parse_name<cd::training_format>(word);
        return true;
    };
    return example::run({.name = "hardware_gap",
                         .description = "Hardware and training compute of industry against others",
                         .options = options,
                         .find = [&] { return hardware_gap(in); },
                         .json = [&] { return hardware_gap_json(in); },
                         .format = peaks},
                        argc, argv);
}
