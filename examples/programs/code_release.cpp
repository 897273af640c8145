// SPDX-License-Identifier: BSL-1.0
// Is less code released the more authors are in industry? Papers with a link to their code on the number of their
// industry authors, within venue and year; and open training code of models by kind of team, within year.
#include "findings/code_release.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::code_release_inputs in;
    const auto options = [&](example::command_line& line) {
        line.add("--papers", in.papers, "papers with sectors of authors and links to code").existing_file();
        line.add("--models", in.models, "Epoch AI's models table, any vintage as downloaded").existing_file();
        line.add("--vintage", in.vintage, "of a table of models that holds several");
        line.add("--since", in.since, "first year of models");
    };
    return example::run({.name = "code_release",
                         .description = "Release of code by industry: papers by their authors, models by their teams",
                         .options = options,
                         .find = [&] { return code_release(in); },
                         .json = [&] { return code_release_json(in); }},
                        argc, argv);
}
