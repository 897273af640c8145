// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SPECIAL_FUNCTIONS_HPP
#define COMPUTE_DIVIDE_DETAIL_SPECIAL_FUNCTIONS_HPP

#include <boost/math/policies/policy.hpp>

/// The one place where the library sets up Boost.Math.
namespace compute_divide::inline v0_2::detail {

/// Boost's own default evaluates double in long double: 7 to 9 times slower for the last bit of accuracy.
using math_policy = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace compute_divide::inline v0_2::detail

#endif
