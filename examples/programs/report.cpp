// SPDX-License-Identifier: BSL-1.0
// All findings as one HTML page, to be sent: verdicts, figures, every specification, tables, methods, provenance. It
// needs no other file, no network and no script.
//   report --out divide.html
//   report --out mine.html --models all_ai_models.csv    of your own table alone
#include <cstdio>
#include <string>

#include <compute_divide/atomic_write.hpp>

#include "support/command_line.hpp"
#include "support/report_origin.hpp"
#include "support/report_page.hpp"
#include "support/report_parts.hpp"

namespace {

int run(int argc, char** argv) {
    example::report_request asked;
    std::string out;
    example::command_line line("The findings as one HTML page", "report --out divide.html --seed 7");
    line.add("--out", out, "the file of the page").required();
    line.add("--models", asked.models, "Epoch AI's models table, any vintage as downloaded").existing_file();
    line.add("--papers", asked.papers, "papers with sectors of authors").existing_file();
    line.add("--vintage", asked.vintage, "of a table of models that holds several");
    line.add("--only", asked.only, "these parts alone").commas().one_of(example::report_part_names());
    line.flag("--all", asked.all, "with those of our 35,000 papers of 17 venues, which take longer");
    line.add("--draws", asked.draws, "of whole clusters, on which curves of specifications are tested")
        .between(19, 1e6);
    line.add("--seed", asked.seed, "of all that is drawn");
    example::add_on_error(line, asked.on_error);
    if (const auto end = line.parse(argc, argv)) return *end;
    example::require_writable("--out", out);
    example::exclude(line, "--all", "--only");
    if (line.has("--vintage") && asked.models.empty() && !asked.papers.empty())
        throw example::usage_error("--vintage is of --models, which are left out beside papers of your own");
    const auto parts = example::report_parts(asked);
    compute_divide::atomic_write(out, example::report_page(parts, example::origin_of(asked, parts)), "report");
    std::printf("%s\n", out.c_str());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("report", run, argc, argv);
}
