// SPDX-License-Identifier: BSL-1.0
// is told: covarience
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
    const cd::regression_options options{.covarience = cd::covariance_kind::hc1};
    const auto fit = cd::fit_linear(papers, citations, options);
#else
    const cd::regression_options options{.covariance = cd::covariance_kind::hc1};
    const auto fit = cd::fit_linear(papers, citations, options);
#endif
    return static_cast<int>(fit.n);
}
