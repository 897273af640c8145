// SPDX-License-Identifier: BSL-1.0
// Does academia build on industry's models? Shares of academic models that are built on another team's, who made those
// and whether they are open, and shares of abstracts that speak of pre-trained models.
#include "findings/pretrained_reliance.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::pretrained_reliance_inputs in;
    const auto options = [&](example::command_line& line) {
        in.models->add_to(line);
        in.papers->add_to(line, "papers with terms, and the number of authors by sector");
        line.add("--since", in.since, "first year of the models, before the last").between(1, 9999);
        line.add("--until", in.until, "last year of the models").between(1, 9999);
        in.curve.add_to(line);
    };
    return example::run(
        {.name = "pretrained_reliance",
         .description = "Academic models built on those of industry, and abstracts that speak of pre-trained models",
         .example = "pretrained_reliance --since 2015 --until 2023 --format latex",
         .options = options,
         .find = [&] { return pretrained_reliance(in); },
         .json = [&] { return pretrained_reliance_json(in); },
         .check =
             [&](const example::command_line& line) {
                 example::settle_tables(line, in.papers, in.models, {"--vintage", "--since", "--until"});
             }},
        argc, argv);
}
