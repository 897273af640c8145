// SPDX-License-Identifier: BSL-1.0
// Who computes on whose machines? Users, providers and investors of clusters, data centres and clouds: how much users
// depend on others and on whom, how concentrated the providers are, who shares one, who uses each other's; under every
// choice of which ties are sure enough and of what a tie counts for. With the data that come with it also the papers of
// academia that are written with a provider. Of your own table:
//   ties --csv edges.csv --column user=lab,provider=cloud,weight=chips --format json
// Ends with 0; 1 for data that cannot be used, 2 for wrong arguments, 3 where there is no tie.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/institutions/tie_words.hpp>
#include <compute_divide/report/table.hpp>

#include "support/plot.hpp"
#include "support/tie_report.hpp"

namespace cd = compute_divide;

namespace {

int run(int argc, char** argv) {
    example::ties_request asked;
    example::output_format output;
    example::svg_option svg;
    int most = static_cast<int>(asked.most);
    std::vector<std::string> kinds;
    for (const auto& each : enumerators(cd::tie_kind{})) kinds.emplace_back(each.name);
    example::command_line line("Users of compute and their providers: dependence, concentration, sharing",
                               "ties --kind model_cloud_vendor --years 2023-2025 --most 4 --format csv");
    asked.table.add_to(line);
    line.add("--kind", asked.kinds, "of ties; all unless told").commas().one_of(kinds);
    line.add("--years", asked.years, "FROM-TO: ties of known date in these years alone");
    line.flag("--as-named", asked.as_named, "names as they are, and not the companies that they are part of");
    line.flag("--categories", asked.categories, "with users that are categories: Cloud, Academia, Researchers");
    line.add("--most", most, "how many users and pairs of each kind are shown").count(1, 1000);
    line.add("--level", asked.level, "of the intervals").level();
    output.add_to(line);
    svg.add_to(line, "the dependence of the users shown");
    std::string drawn = "dependence";
    line.add("--figure", drawn, "that --svg draws: dependence, or the matrix of users by providers of the first kind")
        .one_of({"dependence", "matrix"});
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    svg.check();
    if (line.has("--figure") && !svg.is_wanted()) throw example::usage_error("--figure goes with --svg");
    if (asked.table.columns.show()) return example::show_tie_columns(asked);
    asked.table.check(line);
    asked.most = static_cast<std::size_t>(most);

    const example::all_ties ties = example::read_ties(asked);
    const std::vector<cd::table> tables = example::tables_of_ties(ties, asked);
    const cd::figure figure = drawn == "matrix" ? example::figure_of_matrix(tables) : example::figure_of_users(tables);
    const std::string text = output.text_of(tables);
    svg.write(figure);
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("ties", run, argc, argv);
}
