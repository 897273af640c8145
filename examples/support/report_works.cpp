// SPDX-License-Identifier: BSL-1.0
#include "support/report_works.hpp"

#include <utility>

#include "support/openalex_count.hpp"
#include "support/openalex_program.hpp"

namespace example {

std::vector<std::string> shipped_works() {
    return openalex_arguments{}.works;
}

cd::finding works_finding(const std::vector<std::string>& works, const std::vector<std::string>& states) {
    openalex_arguments arguments;
    const bool are_ours = works == arguments.works && states.empty();
    arguments.works = works;
    const openalex_counts empty{.choices = arguments.choices.text()};
    openalex_counts counts = empty;
    for (const std::string& path : states) {
        openalex_counts more = empty;
        load_file(path, more);
        counts.merge(more);
    }
    if (!works.empty())
        counts = count_works(parts_of(works, arguments.manifests), std::move(counts), empty, arguments, 0);
    require_counted(counts);
    cd::finding f{.question = "Who writes the works?", .figures = {figure_of(counts, arguments)}};
    f.tables = tables_of(counts, arguments);
    if (!are_ours) {
        std::vector<std::string> given = works;
        given.insert(given.end(), states.begin(), states.end());
        for (auto* const sources : {&f.tables.front().sources, &f.figures.front().sources}) *sources = given;
    }
    return f;
}

}  // namespace example
