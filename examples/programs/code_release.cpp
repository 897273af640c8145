// SPDX-License-Identifier: BSL-1.0
// Is less code released the more authors are in industry? Papers with a link to their code on the number of their
// industry authors, within venue and year; and open training code of models by kind of team, within year.
#include "findings/code_release.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::code_release_inputs in;
    const auto options = [&](example::command_line& line) {
        in.papers->add_to(line, "papers with sectors of authors and links to code");
        in.models->add_to(line);
        line.add("--since", in.since, "first year of models").between(1, 9999);
        in.curve.add_to(line);
    };
    return example::run({.name = "code_release",
                         .description = "Release of code by industry: papers by their authors, models by their teams",
                         .example = "code_release --models all_ai_models.csv --since 2015",
                         .options = options,
                         .find = [&] { return code_release(in); },
                         .json = [&] { return code_release_json(in); },
                         .check =
                             [&](const example::command_line& line) {
                                 example::settle_tables(line, in.papers, in.models, {"--vintage", "--since"});
                             }},
                        argc, argv);
}
