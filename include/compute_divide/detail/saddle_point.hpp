// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_SADDLE_POINT_HPP
#define COMPUTE_DIVIDE_DETAIL_SADDLE_POINT_HPP

#include <cmath>

/// What the densities of counts are made of in Loader's saddle-point form (2000), which does not cancel, and the
/// integral of a tail: for the beta, the Poisson and the like.
namespace compute_divide::inline v0_2::detail {

/// ln Gamma(z) less Stirling's formula, (z - 1/2) ln z - z + ln(2 pi) / 2. From z to z + 1 it falls by
/// (z + 1/2) ln(1 + 1 / z) - 1.
[[nodiscard]] inline double stirling_error(double z) {
    double sum = 0;
    while (z < 10) {
        sum += (z + 0.5) * (z < 1 ? std::log1p(z) - std::log(z) : std::log1p(1 / z)) - 1;
        z += 1;
    }
    const double w = 1 / (z * z);
    return sum +
           (1.0 / 12 -
            w * (1.0 / 360 - w * (1.0 / 1260 - w * (1.0 / 1680 - w * (1.0 / 1188 - w * (691.0 / 360360 - w / 156)))))) /
               z;
}

/// ln(1 + x) - x for |x| <= 0.1: of r = x / (2 + x) it is -x r + 2 r^3 / 3 + 2 r^5 / 5 + ...
[[nodiscard]] inline double log1p_less_x(double x) {
    const double r = x / (2 + x), square = r * r;  // below 0.0028
    double sum = 0;
    for (int k = 15; k >= 3; k -= 2) sum = sum * square + 2.0 / k;
    return r * (square * sum - x);
}

/// ln(ratio) - excess, where ratio = 1 + excess is known both ways.
[[nodiscard]] inline double log_less(double ratio, double excess) {
    return std::fabs(excess) < 0.1 ? log1p_less_x(excess) : std::log(ratio) - excess;
}

struct gauss_point {
    double node, weight;
};

/// The Gauss-Legendre rule of 30 points in [-1, 1], those above 0 (`tests/reference/gauss_legendre.py`).
inline constexpr gauss_point gauss_legendre_30[]{
    {0.051471842555317695833, 0.10285265289355884034}, {0.15386991360858354696, 0.1017623897484055046},
    {0.25463692616788984644, 0.099593420586795267063}, {0.35270472553087811347, 0.096368737174644259639},
    {0.44703376953808917678, 0.092122522237786128718}, {0.53662414814201989926, 0.086899787201082979802},
    {0.62052618298924286114, 0.080755895229420215355}, {0.69785049479331579693, 0.073755974737705206268},
    {0.76777743210482619492, 0.065974229882180495128}, {0.82956576238276839744, 0.057493156217619066482},
    {0.88256053579205268154, 0.048402672830594052903}, {0.92620004742927432588, 0.038799192569627049597},
    {0.96002186496830751222, 0.02878470788332336935},  {0.98366812327974720997, 0.018466468311090959142},
    {0.99689348407464954027, 0.0079681924961666056155}};

/// The integral over t > 0 of a density over its value at 0, whose logarithm falls from there by slope t + variance t^2
/// / 2 at first, near to a normal tail: Gauss-Legendre to where it is negligible.
template <class Density>
[[nodiscard]] double tail_integral(const Density& density, double slope, double variance) {
    constexpr double negligible = 40;  // e^-40 is below a tenth of the rounding error
    const double end = 2 * negligible / (slope + std::sqrt(slope * slope + 2 * negligible * variance));
    double sum = 0;
    for (const auto& [node, weight] : gauss_legendre_30)
        sum += weight * (density(end / 2 * (1 - node)) + density(end / 2 * (1 + node)));
    return end / 2 * sum;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
