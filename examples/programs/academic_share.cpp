// SPDX-License-Identifier: BSL-1.0
// Who trains the large models? Shares of models by kind of team and year, with their intervals, under every definition
// of "large-scale" that the field uses: the answer moves with the definition and with the vintage of the table.
#include "findings/academic_share.hpp"
#include "support/finding_program.hpp"
#include "support/models.hpp"

int main(int argc, char** argv) {
    example::academic_share_inputs in;
    const auto options = [&](example::command_line& line) {
        in.models.add_to(line);
        line.add("--definition", in.definition, "which models count").one_of(example::definition_names());
        line.add("--interval", in.shares.interval, "of the shares");
        line.add("--clusters", in.clusters,
                 "models depend on each other that share an organisation, a family of organisations, or none");
        line.add("--level", in.shares.level, "of the intervals").level();
        line.add("--since", in.since, "first year printed").between(1, 9999);
        in.curve.add_to(line);
    };
    return example::run({.name = "academic_share",
                         .description = "Shares of large-scale machine-learning models by kind of team and year",
                         .example = "academic_share --definition z_score_outliers --since 2015 --format markdown",
                         .options = options,
                         .find = [&] { return academic_share(in); },
                         .json = [&] { return academic_share_json(in); }},
                        argc, argv);
}
