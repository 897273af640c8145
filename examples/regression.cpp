// SPDX-License-Identifier: BSL-1.0
// Do papers with industry authors link to their code less often? A linear probability within venue and year, with
// errors clustered by them.
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/to_string.hpp>

namespace cd = compute_divide;

struct paper {
    std::string venue;
    std::optional<bool> code;  // not known: left out, and counted
    double industry;
    std::optional<double> authors;
};

int main() {
    auto table = cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/papers.csv");
    const cd::csv_column<std::string> venue(table, "venue"), year(table, "year");
    const cd::csv_column<std::optional<bool>> code(table, "code");
    const cd::csv_column<double> industry(table, "industry");
    const cd::csv_column<std::optional<double>> authors(table, "authors");
    std::vector<paper> papers;
    for (const auto& row : table)
        papers.push_back({venue(row) + " " + year(row), code(row), industry(row), authors(row)});

    const auto model =
        cd::model_of(&paper::code)
            .on(cd::variable("industry authors", &paper::industry), cd::variable("authors", &paper::authors))
            .absorbing(&paper::venue)
            .clustered_by(&paper::venue);
    const cd::regression_fit fit = cd::fit_fixed_effects(papers, model);
    std::printf("%s\n\n", to_string(fit).c_str());
    std::printf("For each industry author: %s\n",
                to_string(cd::coefficient(fit, "industry authors"), {.digits = 2, .percent = true}).c_str());
}
