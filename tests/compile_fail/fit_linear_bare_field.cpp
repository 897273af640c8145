// SPDX-License-Identifier: BSL-1.0
// is told: on_takes_variable_categorical_polynomial_or_interaction_not_a_bare_field
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
    const auto fit = cd::fit_linear(papers, citations.on(&paper::year));
#else
    const auto fit = cd::fit_linear(papers, citations.on(cd::variable("year", &paper::year)));
#endif
    return static_cast<int>(fit.n);
}
