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
        in.models.add_to(line);
        line.add("--chips", in.chips, "a CSV of chips of your own, as extract_hardware --list-chips prints them")
            .existing_file();
        line.add("--from", in.from, "first year").between(1, 9999);
        line.add("--to", in.to, "last year").between(1, 9999);
        line.add("--industry", in.industry, "teams with any author of industry, or of industry only")
            .one_of({"any", "only"});
        line.add("--peaks", in.format, "format of the peaks; --format with these words does the same")
            .one_of({"by_era", "best_tensor", "fp32"});
        line.add("--clusters", in.clusters,
                 "models depend on each other that share an organisation, a family of organisations, or none");
        line.add("--level", in.level, "of the intervals").level();
        line.add("--seed", in.seed, "of what is drawn at random");
        line.flag("--notable", in.notable, "only notable models");
    };
    bool by_format = false;
    const auto peaks = [&](const std::string& word) {
        in.format = cd::parse_name<cd::training_format>(word);
        by_format = true;
    };
    return example::run({.name = "hardware_gap",
                         .description = "Hardware and training compute of industry against others",
                         .example = "hardware_gap --from 2018 --to 2024 --industry only --peaks best_tensor",
                         .options = options,
                         .find = [&] { return hardware_gap(in); },
                         .json = [&] { return hardware_gap_json(in); },
                         .formats = {"by_era", "best_tensor", "fp32"},
                         .format = peaks,
                         .check =
                             [&](const example::command_line& line) {
                                 if (by_format) exclude(line, "--peaks", "--format");
                             }},
                        argc, argv);
}
