// SPDX-License-Identifier: BSL-1.0
// Who trains the large models? Shares of models by kind of team and year, with their intervals, under every definition
// of "large-scale" that the field uses: the answer moves with the definition and with the vintage of the table.
#include "findings/academic_share.hpp"
#include "support/finding_program.hpp"
#include "support/models.hpp"

int main(int argc, char** argv) {
    example::academic_share_inputs in;
    const auto options = [&](example::command_line& line) {
        line.add("--models", in.models, "Epoch AI's models table, any vintage as downloaded").existing_file();
        line.add("--vintage", in.vintage, "of a table that holds several");
        line.add("--definition", in.definition, "which models count").one_of(example::definition_names());
        line.add("--interval", in.shares.interval, "of the shares");
        line.add("--clusters", in.clusters,
                 "models depend on each other that share an organisation, a family of organisations, or none");
        line.add("--level", in.shares.level, "of the intervals");
        line.add("--since", in.since, "first year printed");
    };
    return example::run({.name = "academic_share",
                         .description = "Shares of large-scale machine-learning models by kind of team and year",
                         .options = options,
                         .find = [&] { return academic_share(in); },
                         .json = [&] { return academic_share_json(in); }},
                        argc, argv);
}
