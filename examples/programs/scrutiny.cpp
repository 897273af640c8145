// SPDX-License-Identifier: BSL-1.0
// Who scrutinises models, and who adapts those of others? 17 venues to 2025, before and after, against other papers.
#include "findings/scrutiny.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::scrutiny_inputs in;
    const std::string ours = in.papers.path;
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with sectors of authors and groups of terms");
        line.add("--marks", in.marks, "what some of these papers are about, as readers say")
            .existing_file()
            .default_told("ours with our papers, none with others");
        line.add("--errors", in.errors, "what the classifier makes of papers whose team is known")
            .existing_file()
            .default_told("ours with our papers, none with others");
        line.add("--level", in.level, "of the intervals").level();
        in.curve.add_to(line);
    };
    return example::run({.name = "scrutiny",
                         .description = "Papers that scrutinise or adapt models, by academia alone and others",
                         .example = "scrutiny --level 0.9 --format markdown",
                         .options = options,
                         .find = [&] { return scrutiny(in); },
                         .json = [&] { return scrutiny_json(in); },
                         .check =
                             [&](const example::command_line& line) {
                                 if (in.papers.path == ours) return;
                                 if (!line.has("--marks")) in.marks.clear();
                                 if (!line.has("--errors")) in.errors.clear();
                             }},
                        argc, argv);
}
