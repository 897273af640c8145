// SPDX-License-Identifier: BSL-1.0
// Do papers with authors in industry link less code? 17 venues to 2025, by period; links seen, and code had.
#include "findings/code_links.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::code_links_inputs in;
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with sectors of authors and links to code");
        line.add("--level", in.level, "of the intervals").level();
        in.curve.add_to(line);
    };
    return example::run({.name = "code_links",
                         .description = "Links to code by industry authors, in papers of 17 venues to 2025",
                         .example = "code_links --level 0.9 --format markdown",
                         .options = options,
                         .find = [&] { return code_links(in); },
                         .json = [&] { return code_links_json(in); }},
                        argc, argv);
}
