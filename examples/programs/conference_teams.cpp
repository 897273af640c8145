// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
// affiliations sees them and corrected for its errors.
#include "findings/conference_teams.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::conference_teams_inputs in;
    std::string clusters = "shared";
    const auto options = [&](example::command_line& line) {
        line.add("--papers", in.papers, "papers with the number of authors by sector").existing_file();
        line.add("--errors", in.errors, "what the classifier makes of papers whose team is known").existing_file();
        line.add("--clusters", clusters, "papers depend on each other that share an institution, or none")
            .one_of({"shared", "none"});
        line.add("--level", in.level, "of the intervals").between(0, 1);
    };
    return example::run({.name = "conference_teams",
                         .description = "Shares of conference papers by kind of team, venue and year",
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
                             }},
                        argc, argv);
}
