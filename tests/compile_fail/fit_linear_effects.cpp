// SPDX-License-Identifier: BSL-1.0
// does not satisfy: absorbs_nothing
#include <vector>

#include <compute_divide/regression/linear.hpp>

struct paper {
    double citations, year;
    int venue;
};

int main() {
    namespace cd = compute_divide;
    const std::vector<paper> papers;
    const auto model = cd::model_of(&paper::citations).on(cd::variable("year", &paper::year));
#ifdef FAIL
    const auto fit = cd::fit_linear(papers, model.absorbing(&paper::venue));
#else
    const auto fit = cd::fit_linear(papers, model);
#endif
    return static_cast<int>(fit.n);
}
