// SPDX-License-Identifier: BSL-1.0
// How open models are, and how that changes: who may use them by year and kind of team, with what is not known bounded;
// whether they become more open; how long open models need to reach what closed ones can do, and academia what industry
// has; how much developers tell, and in which form; how open others judge them to be.
//   openness --part access,bounds --by-team --years 2019-2025
//   openness --part lag --margin 3 --svg frontiers.svg
// Ends with 0; 1 for data that cannot be used, 2 for wrong arguments, 3 where there is nothing to report.
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "support/command_line.hpp"
#include "support/openness.hpp"
#include "support/plot.hpp"

namespace cd = compute_divide;

namespace {

int run(int argc, char** argv) {
    example::openness_inputs in;
    const std::vector<std::string> parts = in.parts;
    bool as_json = false;
    example::output_format output;
    example::svg_option svg;
    example::command_line line("How open models are: access, its trend, the lag of open models, transparency",
                               "openness --part lag --margin 3 --svg frontiers.svg");
    line.add("--models", in.models, "Epoch AI's table of models, as downloaded").existing_file();
    line.add("--capabilities", in.capabilities, "Epoch AI's capability index, as downloaded").existing_file();
    line.add("--transparency", in.transparency, "scores of the Foundation Model Transparency Index").existing_file();
    line.add("--index", in.index, "the European Open Source AI Index, as one table").existing_file();
    line.add("--assets", in.assets, "the assets of ecosystem graphs, as downloaded").existing_file();
    line.add("--part", in.parts, "of the answer").commas().one_of(parts);
    line.add("--years", in.years, "of publication; of lags, from the first one on").default_told("from 2018 on");
    line.flag("--by-team", in.by_team, "shares by kind of team, too");
    line.add("--margin", in.margin, "of the capability index, within which a level counts as reached, besides 0")
        .between(0, 100);
    line.add("--level", in.level, "of the intervals").level();
    example::add_on_error(line, in.on_error);
    output.add_to(line);
    svg.add_to(line, "shares as areas (--part access), or both frontiers (--part lag),");
    line.flag("--json", as_json, "one object with every number");
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    example::exclude(line, "--json", "--format");
    svg.check();
    const auto answer = example::openness(in);
    if (!answer.is_something) throw example::nothing_to_report("no model is known of which there is anything to tell");
    if (svg.is_wanted() && answer.figures.size() != 1)
        throw example::usage_error("--svg: either access or lag is required in --part");
    std::vector<cd::table> tables;
    for (const auto& part : answer.parts) tables.insert(tables.end(), part.tables.begin(), part.tables.end());
    const std::string text = as_json ? answer.json + "\n" : output.text_of(tables);
    if (svg.is_wanted()) svg.write(answer.figures.front());
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("openness", run, argc, argv);
}
