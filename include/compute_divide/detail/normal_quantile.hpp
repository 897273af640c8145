// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_NORMAL_QUANTILE_HPP
#define COMPUTE_DIVIDE_DETAIL_NORMAL_QUANTILE_HPP

#include <array>
#include <cmath>
#include <cstddef>

namespace compute_divide::inline v0_2::detail {

/// The sum of c[k] x^k.
template <std::size_t N>
[[nodiscard]] constexpr double power_series(const std::array<double, N>& c, double x) {
    double sum = 0;
    for (std::size_t k = N; k-- > 0;) sum = sum * x + c[k];
    return sum;
}

/// The z that a standard normal variable exceeds with probability `tail` in (0, 1), to a relative 4e-16: Wichura
/// (1988), algorithm AS 241, Applied Statistics 37. Its three quotients are kept here, so that an interval needs no
/// library of special functions. Checked against mpmath.
[[nodiscard]] inline double upper_normal_quantile(double tail) {
    const double from_middle = 0.5 - tail;
    if (std::fabs(from_middle) <= 0.425) {
        constexpr std::array above{3.3871328727963666080,    1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                   1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                   3.3430575583588128105e+4, 2.5090809287301226727e+3};
        constexpr std::array below{1.0,
                                   4.2313330701600911252e+1,
                                   6.8718700749205790830e+2,
                                   5.3941960214247511077e+3,
                                   2.1213794301586595867e+4,
                                   3.9307895800092710610e+4,
                                   2.8729085735721942674e+4,
                                   5.2264952788528545610e+3};
        const double r = 0.180625 - from_middle * from_middle;
        return from_middle * power_series(above, r) / power_series(below, r);
    }
    const double r = std::sqrt(-std::log(from_middle > 0 ? tail : 1 - tail));
    double z = 0;
    if (r <= 5) {
        constexpr std::array above{1.42343711074968357734,    4.63033784615654529590,   5.76949722146069140550,
                                   3.64784832476320460504,    1.27045825245236838258,   2.41780725177450611770e-1,
                                   2.27238449892691845833e-2, 7.74545014278341407640e-4};
        constexpr std::array below{1.0,
                                   2.05319162663775882187,
                                   1.67638483018380384940,
                                   6.89767334985100004550e-1,
                                   1.48103976427480074590e-1,
                                   1.51986665636164571966e-2,
                                   5.47593808499534494600e-4,
                                   1.05075007164441684324e-9};
        z = power_series(above, r - 1.6) / power_series(below, r - 1.6);
    } else {
        constexpr std::array above{6.65790464350110377720,    5.46378491116411436990,    1.78482653991729133580,
                                   2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                   2.71155556874348757815e-5, 2.01033439929228813265e-7};
        constexpr std::array below{1.0,
                                   5.99832206555887937690e-1,
                                   1.36929880922735805310e-1,
                                   1.48753612908506148525e-2,
                                   7.86869131145613259100e-4,
                                   1.84631831751005468180e-5,
                                   1.42151175831644588870e-7,
                                   2.04426310338993978564e-15};
        z = power_series(above, r - 5) / power_series(below, r - 5);
    }
    return from_middle > 0 ? z : -z;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
