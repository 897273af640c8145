// SPDX-License-Identifier: BSL-1.0
// is told: effects_are_of_one_label_a_record_not_of_several
#include <string>
#include <vector>

#include <compute_divide/regression/fixed_effects.hpp>

struct paper {
    double citations, year;
    std::string venue;
    std::vector<std::string> organisations;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
    const auto citations = cd::model_of(&paper::citations).on(cd::variable("year", &paper::year));
#ifdef FAIL
    const auto fit = cd::fit_fixed_effects(papers, citations.absorbing(&paper::organisations));
#else
    const auto fit =
        cd::fit_fixed_effects(papers, citations.absorbing(&paper::venue).clustered_by(&paper::organisations));
#endif
    return static_cast<int>(fit.n);
}
