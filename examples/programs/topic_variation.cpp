// SPDX-License-Identifier: BSL-1.0
// Is it the topic, or the year in which a topic speaks more of compute, that goes with fewer papers by academia alone?
// Within and between topics apart, with compute terms a year before and after, as found and corrected.
#include "findings/topic_variation.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::topic_variation_inputs in;
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with sectors of authors, compute terms and topics");
        line.add("--errors", in.errors, "what the list of compute terms makes of marked abstracts")
            .existing_file()
            .default_told("ours with our papers, none with others");
        line.add("--years", in.years, "FROM-TO, both included");
        line.add("--min-papers", in.min_papers, "of a topic in a year, for it to count").positive();
        in.curve.add_to(line);
    };
    return example::run(
        {.name = "topic_variation",
         .description = "Papers by academia alone on compute terms in abstracts, within topics and between them",
         .example = "topic_variation --years 2013-2023 --min-papers 20 --format csv",
         .options = options,
         .find = [&] { return topic_variation(in); },
         .json = [&] { return topic_variation_json(in); },
         .check =
             [&](const example::command_line& line) {
                 if (line.has("--papers") && !line.has("--errors")) in.errors.clear();
             }},
        argc, argv);
}
