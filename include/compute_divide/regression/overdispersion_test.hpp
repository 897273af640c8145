// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_OVERDISPERSION_TEST_HPP
#define COMPUTE_DIVIDE_REGRESSION_OVERDISPERSION_TEST_HPP

#include <algorithm>
#include <cmath>
#include <string_view>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/test_result.hpp>

/// Whether counts scatter more than Poisson's.
namespace compute_divide::inline v0_2 {

/// The likelihood-ratio test that counts scatter no more than Poisson's, of both fits of the same records and terms:
/// LR = 2 (log L_nb - log L_poisson). Since 1 / theta = 0 is the end of its range, the p-value is half that of
/// chi-squared with 1 degree of freedom, and 1 for LR = 0 (Self and Liang 1987; Stata's chibar2). Throws
/// std::invalid_argument for fits of other families, records or terms. A fit without a likelihood: its status.
[[nodiscard]] inline test_result overdispersion_test(const regression_fit& poisson,
                                                     const regression_fit& negative_binomial) {
    constexpr std::string_view function = "overdispersion_test";
    detail::require(poisson.family == regression_family::poisson, function, "a Poisson fit", name_of(poisson.family));
    detail::require(negative_binomial.family == regression_family::negative_binomial, function,
                    "a negative binomial fit", name_of(negative_binomial.family));
    detail::require(poisson.n == negative_binomial.n && poisson.names == negative_binomial.names, function,
                    "two fits of the same records and terms", negative_binomial.n);
    test_result test{.statistic = {},
                     .p_value = {},
                     .method = "likelihood ratio, half chi-squared",
                     .n = poisson.n,
                     .n_missing = poisson.n_missing,
                     .status = poisson.log_likelihood ? negative_binomial.status : poisson.status};
    if (!poisson.log_likelihood || !negative_binomial.log_likelihood) return test;
    test.statistic = std::max(0.0, 2 * (*negative_binomial.log_likelihood - *poisson.log_likelihood));
    test.p_value = *test.statistic > 0 ? detail::two_sided_normal_p(std::sqrt(*test.statistic)) / 2 : 1;
    test.status = estimate_status::ok;
    return test;
}

}  // namespace compute_divide::inline v0_2

#endif
