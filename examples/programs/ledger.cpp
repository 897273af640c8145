// SPDX-License-Identifier: BSL-1.0
// Every finding of the study on the tables of examples/data: each in full, then one ledger of all specifications.
//   ledger --only --format markdown
//   ledger --svg FOLDER
//   ledger --vintages 2023-12,2025-12    what each vintage of the table of models says of the same claims
#include <cstdio>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/render.hpp>

#include "findings/academic_share.hpp"
#include "findings/by_vintage.hpp"
#include "findings/code_links.hpp"
#include "findings/code_release.hpp"
#include "findings/compute_growth.hpp"
#include "findings/compute_owners.hpp"
#include "findings/conference_teams.hpp"
#include "findings/hardware_gap.hpp"
#include "findings/pretrained_reliance.hpp"
#include "findings/scrutiny.hpp"
#include "findings/topic_regression.hpp"
#include "findings/topic_variation.hpp"
#include "findings/what_it_takes.hpp"
#include "support/command_line.hpp"
#include "support/openness.hpp"
#include "support/plot.hpp"
#include "support/tie_report.hpp"

namespace cd = compute_divide;

namespace {

int run(int argc, char** argv) {
    example::output_format output;
    std::string svg;
    bool only = false;
    std::vector<std::string> vintages;
    example::command_line line("Every finding, and the ledger of all their specifications",
                               "ledger --only --format markdown");
    output.add_to(line);
    line.add("--svg", svg, "draws the figures into this folder (needs gnuplot)");
    line.flag("--only", only, "the ledger only");
    line.add("--vintages", vintages, "of the table of models: what each of them says of the claims about models")
        .commas();
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    if (!vintages.empty()) {
        for (const char* const each : {"--only", "--svg"}) example::exclude(line, "--vintages", each);
        std::fputs(output.text_of({example::table_by_vintage(vintages)}).c_str(), stdout);
        return 0;
    }
    if (!svg.empty()) {
        std::error_code error;
        std::filesystem::create_directories(svg, error);
        if (error || !std::filesystem::is_directory(svg))
            throw example::usage_error("--svg: " + svg + " can be no folder: " + error.message());
        example::require_writable("--svg", svg + "/academic_share_shares.svg");
    }

    const std::vector<cd::finding> findings{
        example::academic_share({}), example::compute_growth({}),   example::conference_teams({}),
        example::hardware_gap({}),   example::topic_regression({}), example::topic_variation({}),
        example::code_release({}),   example::code_links({}),       example::pretrained_reliance({}),
        example::scrutiny({}),       example::openness_finding({}), example::compute_owners({}),
        example::ties_finding({}),   example::what_it_takes({})};
    std::string text;
    for (const cd::finding& f : findings) {
        if (!only) text += render(f, output.format, output.how) + "\n";
        for (const cd::figure& figure : f.figures)
            if (!svg.empty()) example::write_svg(svg + "/" + f.name + "_" + figure.name + ".svg", figure);
    }
    text += render(cd::ledger_table(findings), output.format, output.how);
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("ledger", run, argc, argv);
}
