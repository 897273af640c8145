// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_LIKELIHOOD_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_LIKELIHOOD_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/unfused_dispatch.hpp>
#include <compute_divide/regression/detail/adjusted_covariance.hpp>
#include <compute_divide/regression/detail/cholesky.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>
#include <compute_divide/regression/regression_fit.hpp>

/// Regressions by maximum likelihood: Newton's method, and the covariance of what it finds.
namespace compute_divide::inline v0_2::detail {

/// A log-likelihood's value, slope, and minus its curvature (or the expected one), where the linear predictor is
/// offset + Z g.
struct likelihood_sums {
    double log_likelihood = 0;
    std::vector<double> score;        // rank
    std::vector<double> information;  // rank x rank by rows
};

/// A likelihood by blocks of rows: `rows(block, eta, score, information)` takes block_rows linear predictors without
/// offset, writes each row's slope and minus its curvature by eta (0 beyond the last row), and returns the block's
/// log-likelihood.
template <class Family>
concept likelihood_of_rows = requires(const Family& family, const double* eta, double* out) {
    { family.rows(std::size_t{}, eta, out, out) } -> std::same_as<double>;
};

/// Adds to `sums`, Width of them, those of a block's products a b, of which each has every Width-th.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline void add_block_dot(const double* a, const double* b, double* sums) {
    doubles<Width> sum, x, y;
    std::memcpy(&sum, sums, sizeof sum);
    doubles<Width> others = {};
    for (std::size_t i = 0; i < orthonormal_design::block_rows; i += 2 * Width) {
        std::memcpy(&x, a + i, sizeof x);
        std::memcpy(&y, b + i, sizeof y);
        sum += x * y;
        std::memcpy(&x, a + i + Width, sizeof x);
        std::memcpy(&y, b + i + Width, sizeof y);
        others += x * y;
    }
    sum += others;
    std::memcpy(sums, &sum, sizeof sum);
}

/// a'b of a block's rows.
template <std::size_t Width>
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline double block_dot(const double* a, const double* b) {
    double parts[Width] = {};
    add_block_dot<Width>(a, b, parts);
    doubles<Width> sum;
    std::memcpy(&sum, parts, sizeof sum);
    return sum_of<Width>(sum);
}

/// The sum of a block's numbers, in an order in which eight are added at once.
[[nodiscard]] COMPUTE_DIVIDE_ALWAYS_INLINE inline double sum_of_block(const double* numbers) {
    constexpr std::size_t at_once = 8;
    double sums[at_once] = {};
    for (std::size_t i = 0; i < orthonormal_design::block_rows; i += at_once)
        for (std::size_t j = 0; j < at_once; ++j) sums[j] += numbers[i + j];
    return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

/// Z g of a block's rows.
COMPUTE_DIVIDE_ALWAYS_INLINE inline void predictors(const orthonormal_design& z, std::size_t block,
                                                    std::span<const double> g, double* eta) {
    constexpr std::size_t rows = orthonormal_design::block_rows;
    std::fill_n(eta, rows, 0.0);
    if (z.groups() > 0)
        for (std::size_t i = 0; i < rows; ++i) eta[i] = g[z.group(block)[i]] * z.group_values()[z.group(block)[i]];
    for (std::size_t k = z.groups(); k < z.rank(); ++k) {
        const double* const column = z.column(block, k);
        for (std::size_t i = 0; i < rows; ++i) eta[i] += g[k] * column[i];
    }
}

/// Adds sum z_i x_i over a block's rows.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline void add_products(const orthonormal_design& z, std::size_t block, const double* x,
                                                      std::vector<double>& sums) {
    if (z.groups() > 0)
        for (std::size_t i = 0; i < orthonormal_design::block_rows; ++i)
            sums[z.group(block)[i]] += x[i] * z.group_values()[z.group(block)[i]];
    for (std::size_t k = z.groups(); k < z.rank(); ++k) sums[k] += block_dot<Width>(x, z.column(block, k));
}

/// Adds the lower triangle of sum z_i z_i' x_i over a block's rows, of a design with groups: between two of these it is
/// 0.
template <std::size_t Width>
COMPUTE_DIVIDE_ALWAYS_INLINE inline void add_squares_of_groups(const orthonormal_design& z, std::size_t block,
                                                               const double* x, std::vector<double>& sums) {
    constexpr std::size_t rows = orthonormal_design::block_rows;
    const std::size_t rank = z.rank();
    const std::uint32_t* const group = z.group(block);
    double weighted[rows];
    for (std::size_t i = 0; i < rows; ++i) {
        weighted[i] = x[i] * z.group_values()[group[i]];
        sums[group[i] * rank + group[i]] += weighted[i] * z.group_values()[group[i]];
    }
    for (std::size_t k = z.groups(); k < rank; ++k) {
        const double* const column = z.column(block, k);
        for (std::size_t i = 0; i < rows; ++i) sums[k * rank + group[i]] += weighted[i] * column[i];
    }
    for (std::size_t k = z.groups(); k < rank; ++k) {
        const double* const column = z.column(block, k);
        for (std::size_t i = 0; i < rows; ++i) weighted[i] = x[i] * column[i];
        for (std::size_t l = z.groups(); l <= k; ++l)
            sums[k * rank + l] += block_dot<Width>(weighted, z.column(block, l));
    }
}

/// Over all blocks, or one of every few.
template <likelihood_of_rows Family>
[[nodiscard]] likelihood_sums sums_at(const orthonormal_design& z, std::span<const double> g, const Family& family,
                                      std::size_t every = 1) {
    constexpr std::size_t rows = orthonormal_design::block_rows;
    const std::size_t rank = z.rank();
    likelihood_sums sums{0, std::vector<double>(rank), std::vector<double>(rank * rank)};
    simd_dispatch([&](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
        constexpr std::size_t Width = decltype(width)::value;  // NOLINT(readability-identifier-naming)
        std::vector<double> parts(z.groups() > 0 ? 0 : Width * (rank + rank * (rank + 1) / 2));
        for (std::size_t block = 0; block < z.blocks(); block += every) {
            double eta[rows], score[rows], information[rows], weighted[rows];
            z.prefetch(block + every);
            predictors(z, block, g, eta);
            sums.log_likelihood += family.rows(block, eta, score, information);
            if (z.groups() > 0) {
                add_products<Width>(z, block, score, sums.score);
                add_squares_of_groups<Width>(z, block, information, sums.information);
                continue;
            }
            double* part = parts.data();
            for (std::size_t k = 0; k < rank; ++k) {
                const double* const column = z.column(block, k);
                for (std::size_t i = 0; i < rows; ++i) weighted[i] = information[i] * column[i];
                add_block_dot<Width>(score, column, part);
                part += Width;
                for (std::size_t l = 0; l <= k; ++l, part += Width)
                    add_block_dot<Width>(weighted, z.column(block, l), part);
            }
        }
        const double* part = parts.data();
        for (std::size_t k = 0; k < rank && !parts.empty(); ++k) {
            for (std::size_t i = 0; i < Width; ++i) sums.score[k] += *part++;
            for (std::size_t l = 0; l <= k; ++l)
                for (std::size_t i = 0; i < Width; ++i) sums.information[k * rank + l] += *part++;
        }
    });
    for (std::size_t k = 0; k < rank; ++k)
        for (std::size_t l = 0; l < k; ++l) sums.information[l * rank + k] = sums.information[k * rank + l];
    return sums;
}

/// Where Newton's method ends.
struct likelihood_maximum {
    std::vector<double> g;
    likelihood_sums sums;  ///< there
    int iterations = 0;
    bool converged = false;  ///< to rounding
};

/// Newton's method with step halving: no step lowers the log-likelihood. Stops where a step is no longer than
/// `tolerance` standard errors.
template <likelihood_of_rows Family>
[[nodiscard]] likelihood_maximum newton(const orthonormal_design& z, const Family& family, std::vector<double> start,
                                        int max_iterations, double tolerance, std::size_t every) {
    // Shorter steps may be rounding; and a step changes linear predictors by no more than `still`: on the way to a
    // maximum at infinity they go on in steps of 1.
    constexpr double nearly = 1e-6, still = 1e-3;
    likelihood_maximum best{std::move(start), {}};
    best.sums = sums_at(z, best.g, family, every);
    double last_size = std::numeric_limits<double>::infinity();
    while (best.iterations < max_iterations) {
        const cholesky information(best.sums.information, z.rank());
        if (!information) return best;
        ++best.iterations;
        double squares = 0;
        for (const double x : information.half_solved(best.sums.score)) squares += x * x;
        const double size = std::sqrt(squares);
        std::vector<double> step = information.solved(best.sums.score);
        double length = 0;
        for (const double x : step) length += x * x;
        const bool settled = z.reach() * std::sqrt(length) <= still;
        if (settled && (size <= tolerance || (size <= nearly && size > last_size / 2))) {
            for (std::size_t k = 0; k < step.size(); ++k) best.g[k] += step[k];
            best.converged = true;
            return best;
        }
        last_size = size;
        const double enough = best.sums.log_likelihood - 1e-13 * std::abs(best.sums.log_likelihood);
        for (int halvings = 0;; ++halvings) {
            std::vector<double> g = best.g;
            for (std::size_t k = 0; k < step.size(); ++k) g[k] += step[k];
            auto sums = sums_at(z, g, family, every);
            if (sums.log_likelihood >= enough) {
                best.g = std::move(g);
                best.sums = std::move(sums);
                break;
            }
            if (halvings == 60) return best;
            for (double& x : step) x /= 2;
        }
    }
    return best;
}

/// The maximum of the likelihood. Of many records, a few lead most of the way there.
template <likelihood_of_rows Family>
[[nodiscard]] likelihood_maximum maximum_of(const orthonormal_design& z, const Family& family,
                                            std::vector<double> start, int max_iterations) {
    constexpr std::size_t every = 16, many_blocks = 512;
    if (z.blocks() >= many_blocks) {
        auto near = newton(z, family, start, 8, 0.1, every);
        if (near.converged) start = std::move(near.g);
    }
    return newton(z, family, std::move(start), max_iterations, 1e-12, 1);
}

/// Each row's slope, and minus its curvature, by its linear predictor: padded to whole blocks. Where there is an
/// auxiliary parameter beside the coefficients (theta), also its slope by that.
struct likelihood_slopes {
    std::vector<double> score, information, auxiliary = {};
};
template <likelihood_of_rows Family>
[[nodiscard]] likelihood_slopes slopes_at(const orthonormal_design& z, std::span<const double> g,
                                          const Family& family) {
    constexpr std::size_t rows = orthonormal_design::block_rows;
    likelihood_slopes slopes{std::vector<double>(z.blocks() * rows), std::vector<double>(z.blocks() * rows)};
    unfused_dispatch([&]() COMPUTE_DIVIDE_ALWAYS_INLINE {
        for (std::size_t block = 0; block < z.blocks(); ++block) {
            double eta[rows];
            predictors(z, block, g, eta);
            static_cast<void>(
                family.rows(block, eta, slopes.score.data() + block * rows, slopes.information.data() + block * rows));
        }
    });
    return slopes;
}

/// z_i A^-1 z_i' of each row: its leverage for a weight of 1. Padded to whole blocks.
[[nodiscard]] inline std::vector<double> leverages(const orthonormal_design& z, const cholesky& a) {
    constexpr std::size_t rows = orthonormal_design::block_rows;
    std::vector<double> all(z.blocks() * rows), solved(z.rank() * rows);
    simd_dispatch([&](auto) COMPUTE_DIVIDE_ALWAYS_INLINE {
        for (std::size_t block = 0; block < z.blocks(); ++block) {
            double total[rows] = {};
            double of_group[rows] = {};
            if (z.groups() > 0)
                for (std::size_t i = 0; i < rows; ++i) {
                    const std::size_t g = z.group(block)[i];
                    of_group[i] = z.group_values()[g] / a.lower(g, g);
                    total[i] = of_group[i] * of_group[i];
                }
            for (std::size_t k = z.groups(); k < z.rank(); ++k) {
                double u[rows];
                std::copy_n(z.column(block, k), rows, u);
                if (z.groups() > 0)
                    for (std::size_t i = 0; i < rows; ++i) u[i] -= a.lower(k, z.group(block)[i]) * of_group[i];
                for (std::size_t j = z.groups(); j < k; ++j) {
                    const double factor = a.lower(k, j);
                    const double* const before = solved.data() + j * rows;
                    for (std::size_t i = 0; i < rows; ++i) u[i] -= factor * before[i];
                }
                const double scale = 1 / a.lower(k, k);
                for (std::size_t i = 0; i < rows; ++i) {
                    u[i] *= scale;
                    total[i] += u[i] * u[i];
                }
                std::copy_n(u, rows, solved.data() + k * rows);
            }
            std::copy_n(total, rows, all.data() + block * rows);
        }
    });
    return all;
}

/// A fit by maximum likelihood before it is made: too_few where there are fewer records than columns. Throws for a
/// clustered covariance without clusters, for more than two fields of them, and for a level outside (0, 1).
[[nodiscard]] inline regression_fit begun_fit(regression_family family, std::string_view function,
                                              const regression_frame& frame, const regression_options& options) {
    require_level(options.level, function);
    require(frame.p() > 0, function, "at least one term or an intercept", frame.p());
    require(frame.clusters.size() <= 2, function, "one or two fields of clusters", frame.clusters.size());
    const auto kind =
        options.covariance.value_or(frame.clusters.empty() ? covariance_kind::classical : covariance_kind::clustered);
    require(kind != covariance_kind::clustered || !frame.clusters.empty(), function,
            "a model with clusters for a clustered covariance", frame.clusters.size());
    static_cast<void>(covariance_asked_for(options, frame.clusters.size(), !frame.label_sets.empty(), function));
    regression_fit fit{.family = family, .names = frame.names};
    fit.covariance.p = frame.p();
    fit.covariance.kind = kind;
    fit.covariance.n = frame.n;
    if (kind == covariance_kind::clustered) {
        std::vector<treated_clusters> treated(frame.clusters.size(), treated_clusters(frame.p()));
        for (std::size_t i = 0; i < frame.n; ++i)
            for (std::size_t j = 0; j < treated.size(); ++j) treated[j].add(frame.row(i), frame.clusters[j][i]);
        fit.covariance.few_treated = few_treated_of(treated, frame.label_sets);
    }
    fit.reference = options.reference.value_or(adjusts_clusters(kind) ? reference_distribution::student_t
                                                                      : reference_distribution::standard_normal);
    fit.level = options.level;
    fit.n = frame.n;
    fit.n_missing = frame.n_missing;
    fit.status = frame.n == 0          ? estimate_status::no_data
                 : frame.n < frame.p() ? estimate_status::too_few
                                       : estimate_status::ok;
    fit.covariance.status = fit.status;
    return fit;
}

/// cr2 or cr3 of a maximum: of the least squares that Newton's method solves there, on rows scaled by the root of their
/// information (Pearson's residuals). cr3 does not depend on that scaling; cr2 does a little.
[[nodiscard]] inline coefficient_covariance adjusted_covariance_of_maximum(const regression_fit& fit,
                                                                           const orthonormal_design& z,
                                                                           const regression_frame& frame,
                                                                           const cholesky& information,
                                                                           const likelihood_slopes& slopes) {
    const std::size_t rank = z.rank(), p = z.p();
    cluster_moments sums(rank, false);
    std::vector<double> row(rank);
    for (std::size_t i = 0; i < fit.n; ++i) {
        z.copy_row(i, row.data());
        row = information.half_solved(std::move(row));
        const double root = std::sqrt(slopes.information[i]);
        for (double& x : row) x *= root;
        sums.add(frame.clusters[0][i], row, 1, root > 0 ? slopes.score[i] / root : 0);
    }
    std::vector<double> factor(p * rank);  // C L'^-1: each row solves L' from the left
    for (std::size_t i = 0; i < p; ++i) {
        std::vector<double> of_column(z.factor().begin() + static_cast<std::ptrdiff_t>(i * rank),
                                      z.factor().begin() + static_cast<std::ptrdiff_t>((i + 1) * rank));
        of_column = information.half_solved(std::move(of_column));
        std::copy(of_column.begin(), of_column.end(), factor.begin() + static_cast<std::ptrdiff_t>(i * rank));
    }
    auto covariance = adjusted_covariance(sums, fit.covariance.kind, factor, rank, fit.n,
                                          static_cast<double>(fit.n) - static_cast<double>(rank));
    covariance.rows_scaled = fit.covariance.kind == covariance_kind::cr2;
    return covariance;
}

/// The covariance of a fit's coefficients, of the kind that it says: the inverse information, or with the rows' scores
/// between two of them (the sandwich); a classical one needs no scores. Returns the variance of the auxiliary
/// parameter, the last in the information, if there is one.
inline std::optional<double> set_covariance(regression_fit& fit, const orthonormal_design& z,
                                            const regression_frame& frame, const cholesky& information,
                                            const likelihood_slopes& slopes, const regression_options& options) {
    const std::vector<double> inverse = information.inverse();
    const std::size_t rank = z.rank(), parameters = information.size(), more = parameters - rank;
    const auto n = static_cast<double>(fit.n), k = static_cast<double>(parameters);
    const covariance_kind kind = fit.covariance.kind;
    const auto split =
        [&](std::size_t size) {  // takes the last row and column off, if they are the auxiliary parameter's
            std::optional<double> last;
            auto& values = fit.covariance.values;
            if (more == 0 || values.empty()) return last;
            last = values.back();
            std::vector<double> leading;
            for (std::size_t i = 0; i + 1 < size; ++i)
                leading.insert(leading.end(), &values[i * size], &values[i * size] + size - 1);
            values = std::move(leading);
            return last;
        };
    if (kind == covariance_kind::classical) {
        fit.covariance.values = inverse;
        const auto last = split(parameters);
        fit.covariance.values = z.covariance(fit.covariance.values);
        fit.covariance.degrees_of_freedom = n - static_cast<double>(rank);
        return last;
    }
    if (kind != covariance_kind::hc0 && n <= k) {  // saturated: most kinds divide by n - k, or 1 - h
        fit.covariance.status = estimate_status::too_few;
        return std::nullopt;
    }
    if (adjusts_clusters(kind)) {
        fit.covariance = adjusted_covariance_of_maximum(fit, z, frame, information, slopes);
        fit.clusters = {fit.covariance.clusters};
        return std::nullopt;
    }
    const bool by_leverage = kind == covariance_kind::hc2 || kind == covariance_kind::hc3;
    const bool clustered = kind == covariance_kind::clustered;
    score_products products(parameters, clustered ? frame.clusters.size() : 0);
    const std::vector<double> leverage = by_leverage ? leverages(z, information) : std::vector<double>();
    constexpr std::size_t block_rows = orthonormal_design::block_rows;
    std::vector<double> scores(parameters * block_rows);
    std::array<const std::uint32_t*, 2> clusters = {};
    for (std::size_t first = 0; first < fit.n; first += block_rows) {
        const std::size_t rows = std::min<std::size_t>(block_rows, fit.n - first);
        double score[block_rows];
        std::copy_n(&slopes.score[first], rows, score);
        for (std::size_t i = 0; by_leverage && i < rows; ++i) {
            const double complement = 1 - slopes.information[first + i] * leverage[first + i];
            constexpr double rounding = 1e-10;
            if (complement < rounding) {
                fit.covariance.status = estimate_status::degenerate;
                return std::nullopt;
            }
            score[i] /= kind == covariance_kind::hc3 ? complement : std::sqrt(complement);
        }
        if (z.groups() > 0) {
            const std::uint32_t* const group = z.group(first / block_rows);
            std::fill_n(scores.begin(), z.groups() * block_rows, 0.0);
            for (std::size_t i = 0; i < rows; ++i)
                scores[group[i] * block_rows + i] = z.group_values()[group[i]] * score[i];
        }
        for (std::size_t j = z.groups(); j < rank; ++j) {
            const double* const column = z.column(first / block_rows, j);
            for (std::size_t i = 0; i < rows; ++i) scores[j * block_rows + i] = column[i] * score[i];
        }
        if (more > 0) std::copy_n(&slopes.auxiliary[first], rows, &scores[rank * block_rows]);
        if (clustered)
            for (std::size_t j = 0; j < frame.clusters.size(); ++j) clusters[j] = &frame.clusters[j][first];
        products.add(scores.data(), block_rows, rows, clusters);
    }
    if (clustered) fit.clusters = products.clusters();
    std::vector<std::size_t> few_treated = std::move(fit.covariance.few_treated);
    std::vector<double> bread(z.p() * parameters);  // C times the inverse information
    for (std::size_t i = 0; i < z.p(); ++i)
        for (std::size_t l = 0; l < rank; ++l)
            if (const double factor = z.factor()[i * rank + l]; factor != 0)
                for (std::size_t j = 0; j < parameters; ++j)
                    bread[i * parameters + j] += factor * inverse[l * parameters + j];
    if (more > 0) bread.insert(bread.end(), inverse.end() - static_cast<std::ptrdiff_t>(parameters), inverse.end());
    fit.covariance = products.covariance(bread, kind, options.correction, fit.n, parameters, options.repair,
                                         frame.label_sets.empty() ? nullptr : &frame.label_sets);
    fit.covariance.p = z.p();
    if (fit.covariance.shared_labels) fit.clusters = {count_of_labels(frame.label_sets)};
    if (fit.covariance) fit.covariance.few_treated = std::move(few_treated);
    return split(z.p() + 1);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
