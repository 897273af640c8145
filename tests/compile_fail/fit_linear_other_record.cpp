// SPDX-License-Identifier: BSL-1.0
// is told: a_field_does_not_apply_to_these_records
#include <string>
#include <vector>

#include <compute_divide/regression/linear.hpp>

struct paper {
    double citations, year;
    std::string venue;
};
struct model {
    double year;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
    const auto citations = cd::model_of(&paper::citations);
#ifdef FAIL
    const auto year = [](const model& m) { return m.year; };
    const auto fit = cd::fit_linear(papers, citations.on(cd::variable("year", year)));
#else
    const auto year = [](const paper& p) { return p.year; };
    const auto fit = cd::fit_linear(papers, citations.on(cd::variable("year", year)));
#endif
    return static_cast<int>(fit.n);
}
