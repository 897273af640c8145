// SPDX-License-Identifier: BSL-1.0
// Does academia build on industry's models? Shares of academic models that are built on another team's, who made those
// and whether they are open, and shares of abstracts that speak of pre-trained models.
#include "findings/pretrained_reliance.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::pretrained_reliance_inputs in;
    const auto options = [&](example::command_line& line) {
        line.add("--models", in.models, "Epoch AI's models table, with base models").existing_file();
        line.add("--papers", in.papers, "papers with terms, and the number of authors by sector").existing_file();
        line.add("--vintage", in.vintage, "of a table that holds several");
        line.add("--since", in.since, "first year of the models, before the last");
        line.add("--until", in.until, "last year of the models");
    };
    return example::run(
        {.name = "pretrained_reliance",
         .description = "Academic models built on those of industry, and abstracts that speak of pre-trained models",
         .options = options,
         .find = [&] { return pretrained_reliance(in); },
         .json = [&] { return pretrained_reliance_json(in); }},
        argc, argv);
}
