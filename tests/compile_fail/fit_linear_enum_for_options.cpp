// SPDX-License-Identifier: BSL-1.0
// is told: options_are_named_in_braces_as_in_dot_covariance_equals_hc1
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
    const auto fit = cd::fit_linear(papers, citations, cd::covariance_kind::hc1);
#else
    const auto fit = cd::fit_linear(papers, citations, {.covariance = cd::covariance_kind::hc1});
#endif
    return static_cast<int>(fit.n);
}
