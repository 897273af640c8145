// SPDX-License-Identifier: BSL-1.0
// is told: a_variable_is_a_number_and_text_is_categorical
#include <string>
#include <vector>

#include <compute_divide/regression/linear.hpp>

struct paper {
    double citations, year;
    std::string venue;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
    const auto citations = cd::model_of(&paper::citations);
#ifdef FAIL
    const auto fit = cd::fit_linear(papers, citations.on(cd::variable("venue", &paper::venue)));
#else
    const auto fit = cd::fit_linear(papers, citations.on(cd::categorical("venue", &paper::venue)));
#endif
    return static_cast<int>(fit.n);
}
