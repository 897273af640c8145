// SPDX-License-Identifier: BSL-1.0
// Who writes the papers? Shares of NeurIPS, ICML and ICLR papers by kind of team, venue and year, as the classifier of
// affiliations sees them and corrected for its errors.
#include "findings/conference_teams.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::conference_teams_inputs in;
    std::string clusters = "shared", by = "venue", collection = "learning";
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with the number of authors by sector");
        line.add("--errors", in.errors, "what the classifier makes of papers whose team is known")
            .existing_file()
            .default_told("ours with our papers, none with others");
        line.add("--clusters", clusters, "papers depend on each other that share an institution, or none")
            .one_of({"shared", "none"});
        line.add("--collection", collection,
                 "of our papers: NeurIPS, ICML and ICLR of 2012 to 2021 (learning), or 17 venues to 2025 (venues)")
            .one_of({"learning", "venues"});
        line.add("--by", by, "venue, or area: natural language, vision, machine learning, ...")
            .one_of({"venue", "area"});
        line.add("--level", in.level, "of the intervals").level();
        in.curve.add_to(line);
    };
    return example::run(
        {.name = "conference_teams",
         .description = "Shares of conference papers by kind of team, venue and year",
         .example = "conference_teams --clusters none --level 0.9 --format csv",
         .options = options,
         .find =
             [&] {
                 in.clustered = clusters != "none";
                 in.by_area = by == "area";
                 return conference_teams(in);
             },
         .json =
             [&] {
                 in.clustered = clusters != "none";
                 in.by_area = by == "area";
                 return conference_teams_json(in);
             },
         .check =
             [&](const example::command_line& line) {
                 if (!in.papers.is_shipped() && line.has("--collection"))
                     throw example::usage_error("--collection is of our papers, --papers of others: not both");
                 if (!in.papers.is_shipped() && !line.has("--errors")) in.errors.clear();
                 if (collection == "learning") return;
                 in.papers.path = example::data_file("venue_papers.csv.gz");
                 if (!line.has("--errors")) in.errors = example::data_file("venue_team_errors.csv");
             }},
        argc, argv);
}
