// SPDX-License-Identifier: BSL-1.0
// How fast does training compute grow? Doubling times overall and by kind of team with every interval, the eras found
// from the data and as published, the growth of the frontier, and by how many years academia is behind industry.
#include "findings/compute_growth.hpp"
#include "support/finding_program.hpp"
#include "support/models.hpp"

int main(int argc, char** argv) {
    example::compute_growth_inputs in;
    const auto options = [&](example::command_line& line) {
        in.models.add_to(line);
        line.add("--definition", in.definition, "which models count").one_of(example::definition_names());
        line.add("--since", in.since, "first year, may be decimal").between(1, 9999);
        line.add("--until", in.until, "the year, may be decimal, before which models count").between(1, 9999);
        line.add("--by", in.by, "groups").one_of({"team", "none"});
        line.add("--clusters", in.clusters,
                 "models depend on each other that have the same list of organisations, the same first one, share any, "
                 "or share any family of them")
            .one_of({"list", "first", "shared", "families"});
        line.add("--at", in.at, "year, may be decimal, of the lags").between(1, 9999);
        line.add("--level", in.level, "of the intervals").level();
        line.add("--seed", in.seed, "of the bootstraps");
    };
    return example::run(
        {.name = "compute_growth",
         .description = "Growth of training compute: doubling times, eras, frontier, and who is behind by how much",
         .example = "compute_growth --definition all --since 2012 --clusters families --format csv",
         .options = options,
         .find = [&] { return compute_growth(in); },
         .json = [&] { return compute_growth_json(in); }},
        argc, argv);
}
