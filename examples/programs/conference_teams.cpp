// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
// affiliations sees them and corrected for its errors.
#include "findings/conference_teams.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::conference_teams_inputs in;
    std::string clusters = "shared";
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with the number of authors by sector");
        line.add("--errors", in.errors, "what the classifier makes of papers whose team is known")
            .existing_file()
            .default_told("ours with our papers, none with others");
        line.add("--clusters", clusters, "papers depend on each other that share an institution, or none")
            .one_of({"shared", "none"});
        line.add("--level", in.level, "of the intervals").level();
    };
    return example::run({.name = "conference_teams",
                         .description = "Shares of conference papers by kind of team, venue and year",
                         .example = "conference_teams --clusters none --level 0.9 --format csv",
                         .options = options,
                         .find =
                             [&] {
                                 in.clustered = clusters != "none";
                                 return conference_teams(in);
                             },
                         .json =
                             [&] {
                                 in.clustered = clusters != "none";
                                 return conference_teams_json(in);
                             },
                         .check =
                             [&](const example::command_line& line) {
                                 if (!in.papers.is_shipped() && !line.has("--errors")) in.errors.clear();
                             }},
                        argc, argv);
}
