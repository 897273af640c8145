// SPDX-License-Identifier: BSL-1.0
// Do topics that speak more of compute lose papers by academia alone? The share of such papers in each topic and year
// on the share of abstracts with compute terms, under several specifications, and which topics gained and lost.
#include "findings/topic_regression.hpp"
#include "support/finding_program.hpp"

int main(int argc, char** argv) {
    example::topic_regression_inputs in;
    const auto options = [&](example::command_line& line) {
        in.papers.add_to(line, "papers with sectors of authors, compute terms and topics");
        line.add("--years", in.years, "FROM-TO, both included");
        line.add("--terms", in.terms, "groups of compute terms that count, with commas between; all at first").commas();
        line.add("--min-papers", in.min_papers, "of a topic in a year, for it to count").positive();
        line.add("--ends", in.ends, "how many first and last years are compared").positive();
        in.curve.add_to(line);
        line.flag("--fractional", in.fractional, "a paper of several topics counts in part in each, not fully");
    };
    return example::run({.name = "topic_regression",
                         .description = "Papers by academia alone on compute terms in abstracts, by topic and year",
                         .example = "topic_regression --years 2013-2018 --min-papers 20 --fractional",
                         .options = options,
                         .find = [&] { return topic_regression(in); },
                         .json = [&] { return topic_regression_json(in); }},
                        argc, argv);
}
