// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_CLUSTER_MOMENTS_HPP
#define COMPUTE_DIVIDE_DETAIL_CLUSTER_MOMENTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <compute_divide/detail/symmetric_eigen.hpp>

namespace compute_divide::inline v0_2::detail {

/// Which small-sample adjustment A_g of the residuals of a cluster g.
enum class cluster_adjustment {
    none,  ///< A = I: CR0
    cr2,   ///< A = (I - H_gg)^(+1/2), or with weights the root of the variance of residuals under equal variances
    cr3    ///< A = (I - H_gg)^-1: the jackknife by clusters
};

/// Sums over the records of each cluster, in a basis of k columns z in which sum w z z' over all records is the
/// identity
/// (`orthonormal_design`, or a least-squares fit's factor): all that CR2, CR3, their degrees of freedom and the wild
/// cluster bootstrap need of the records, however many they are. O(k^2) a record, O(clusters k^2) memory.
///
///   V = sum_g u_g u_g',  u_g = Z_g' W_g A_g e_g
///
/// Sources: Bell, McCaffrey (2002), Survey Methodology 28:169; Pustejovsky, Tipton (2018), Journal of Business and
/// Economic Statistics 36:672, with the corrigendum of 2023; with weights, the working model has equal variances
/// (weights are sampling weights), as in clubSandwich and estimatr.
class cluster_moments {
public:
    /// `weighted`: whether any weight differs from 1.
    cluster_moments(std::size_t k, bool weighted)
        : k_(k), grams_of_cluster_(weighted ? 3 : 1), scores_of_cluster_(weighted ? 2 : 1) {}

    /// A record's columns in the basis, its weight and residual.
    void add(std::uint32_t cluster, std::span<const double> z, double weight, double residual) {
        if (cluster >= n_clusters_) {
            n_clusters_ = cluster + std::size_t{1};
            grams_.resize(n_clusters_ * grams_of_cluster_ * k_ * k_);
            scores_.resize(n_clusters_ * scores_of_cluster_ * k_);
        }
        double* const gram = grams_.data() + cluster * grams_of_cluster_ * k_ * k_;
        double* const score = scores_.data() + cluster * scores_of_cluster_ * k_;
        for (std::size_t i = 0; i < k_; ++i) {
            const double wz = weight * z[i];
            score[i] += wz * residual;
            for (std::size_t j = 0; j <= i; ++j) gram[i * k_ + j] += wz * z[j];
        }
        if (!weighted()) return;
        double* const plain = gram + k_ * k_;
        double* const squared = plain + k_ * k_;
        for (std::size_t i = 0; i < k_; ++i) {
            score[k_ + i] += z[i] * residual;
            const double wwz = weight * weight * z[i];
            for (std::size_t j = 0; j <= i; ++j) {
                plain[i * k_ + j] += z[i] * z[j];
                squared[i * k_ + j] += wwz * z[j];
            }
        }
    }

    [[nodiscard]] std::size_t k() const { return k_; }
    [[nodiscard]] std::size_t clusters() const { return n_clusters_; }
    [[nodiscard]] bool weighted() const { return grams_of_cluster_ == 3; }
    /// Z_g' W_g Z_g, of which the lower triangle is filled.
    [[nodiscard]] std::span<const double> gram(std::size_t cluster) const { return gram(cluster, 0); }
    /// Z_g' W_g e_g.
    [[nodiscard]] std::span<const double> score(std::size_t cluster) const {
        return std::span(scores_).subspan(cluster * scores_of_cluster_ * k_, k_);
    }

private:
    friend class adjusted_clusters;

    /// 0: Z'WZ, 1: Z'Z, 2: Z'W^2 Z.
    [[nodiscard]] std::span<const double> gram(std::size_t cluster, std::size_t which) const {
        return std::span(grams_).subspan((cluster * grams_of_cluster_ + which) * k_ * k_, k_ * k_);
    }
    [[nodiscard]] std::span<const double> plain_score(std::size_t cluster) const {
        return std::span(scores_).subspan((cluster * scores_of_cluster_ + 1) * k_, k_);
    }

    std::size_t k_, grams_of_cluster_, scores_of_cluster_, n_clusters_ = 0;
    std::vector<double> grams_, scores_;
};

/// The adjusted scores u_g of each cluster, and the Satterthwaite degrees of freedom of a contrast.
class adjusted_clusters {
public:
    adjusted_clusters(const cluster_moments& moments, cluster_adjustment adjustment)
        : k_(moments.k_), weighted_(moments.weighted()), adjustment_(adjustment) {
        const std::size_t n = moments.clusters();
        adjusted_.assign(n * k_, 0);
        if (weighted_) {
            squared_.assign(k_ * k_, 0);
            for (std::size_t g = 0; g < n; ++g)
                for (std::size_t i = 0; i < k_; ++i)
                    for (std::size_t j = 0; j <= i; ++j) squared_[i * k_ + j] += moments.gram(g, 2)[i * k_ + j];
            for (std::size_t i = 0; i < k_; ++i)
                for (std::size_t j = i + 1; j < k_; ++j) squared_[i * k_ + j] = squared_[j * k_ + i];
        }
        operators_.reserve(n * (weighted_ ? 3 : 2) * k_ * k_);
        const bool by_span = weighted_ && adjustment == cluster_adjustment::cr2;
        for (std::size_t g = 0; g < n; ++g) {
            if (by_span)
                adjust_in_span(moments, g);
            else
                adjust_by_gram(moments, g);
        }
    }

    /// u_g.
    [[nodiscard]] std::span<const double> adjusted_score(std::size_t cluster) const {
        return std::span(adjusted_).subspan(cluster * k_, k_);
    }
    [[nodiscard]] std::size_t clusters() const { return k_ == 0 ? 0 : adjusted_.size() / k_; }
    /// Combinations of the basis' columns, each k, that cannot be estimated without some cluster: CR3 of a coefficient
    /// that has a part in them does not exist.
    [[nodiscard]] std::span<const double> indispensable() const { return indispensable_; }

    /// sum u_g u_g', k x k.
    [[nodiscard]] std::vector<double> meat() const {
        std::vector<double> sum(k_ * k_);
        for (std::size_t g = 0; g < clusters(); ++g) {
            const auto u = adjusted_score(g);
            for (std::size_t i = 0; i < k_; ++i)
                for (std::size_t j = 0; j < k_; ++j) sum[i * k_ + j] += u[i] * u[j];
        }
        return sum;
    }

    /// Satterthwaite's degrees of freedom of the contrast c'b, c in the basis, under the working model of equal
    /// variances: (sum p_g'p_g)^2 / sum (p_g'p_h)^2. 0 where no cluster informs it. O(clusters k^2).
    [[nodiscard]] double degrees_of_freedom(std::span<const double> c) const {
        // p_g'p_h = [g = h] d_g + r_g' J r_h, with r_g = h_g alone (unweighted, J = -I), else (h_g, b_g).
        const std::size_t n = clusters(), m = weighted_ ? 2 * k_ : k_;
        std::vector<double> r(m), y(k_), products(m * m);
        double sum = 0, squares = 0;
        for (std::size_t g = 0; g < n; ++g) {
            const double d = projections(g, c, r, y);
            const double own = between(r, r);
            sum += d + own;
            squares += d * d + 2 * d * own;
            for (std::size_t i = 0; i < m; ++i)
                for (std::size_t j = 0; j < m; ++j) products[i * m + j] += r[i] * r[j];
        }
        // sum over g, h of (r_g' J r_h)^2 = trace((J R R')^2)
        const std::vector<double> turned = times_form(products, m);
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < m; ++j) squares += turned[i * m + j] * turned[j * m + i];
        return squares > 0 ? sum * sum / squares : 0;
    }

    /// The mean of the estimated covariance of the leading coefficients of the basis, and the covariance of its
    /// elements i >= j with each other, under the working model: what degrees_of_freedom is of every contrast, and what
    /// a test of several needs. O(clusters k^4 + k^6).
    struct estimator_moments {
        std::vector<double> mean, covariance;
    };
    [[nodiscard]] estimator_moments moments(std::size_t leading) const {
        // p_g(a)'p_h(b) = [g = h] D_g(a, b) + r_g(a)' J r_h(b), of unit contrasts a, b. With S(i a, j c) = sum_g
        // r_g,i(a) r_g,j(c) and the sums of products within clusters,
        //   Q(ab, cd) = sum_gh (p_g(a)'p_h(b)) (p_g(c)'p_h(d)) and Cov(V_ac, V_bd) = Q(ab, cd) + Q(ad, cb).
        const std::size_t n = clusters(), m = weighted_ ? 2 * k_ : k_, kk = leading * leading, km = leading * m;
        estimator_moments result{std::vector<double>(kk), {}};
        std::vector<double> q(kk * kk), s(km * km), d(kk), own(kk), r(km), c(k_), one(m), y(k_);
        for (std::size_t g = 0; g < n; ++g) {
            forms(g, leading, d, r, c, one, y);
            for (std::size_t a = 0; a < leading; ++a)
                for (std::size_t b = 0; b < leading; ++b) {
                    own[a * leading + b] = between(std::span(r).subspan(a * m, m), std::span(r).subspan(b * m, m));
                    result.mean[a * leading + b] += d[a * leading + b] + own[a * leading + b];
                }
            for (std::size_t ab = 0; ab < kk; ++ab)
                for (std::size_t cd = 0; cd < kk; ++cd)
                    q[ab * kk + cd] += d[ab] * d[cd] + d[ab] * own[cd] + own[ab] * d[cd];
            for (std::size_t i = 0; i < km; ++i)
                for (std::size_t j = 0; j < km; ++j) s[i * km + j] += r[i] * r[j];
        }
        // sum_gh (r_g(a)'J r_h(b)) (r_g(c)'J r_h(d)) = sum_ij (J_1 J_2 S)(a i, c j) S(b i, d j)
        std::vector<double> turned(s.size()), part(m * m);
        for (std::size_t a = 0; a < leading; ++a)
            for (std::size_t e = 0; e < leading; ++e) {
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) part[i * m + j] = s[(a * m + i) * km + e * m + j];
                std::vector<double> left = times_form(part, m), transposed(m * m);
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) transposed[j * m + i] = left[i * m + j];
                left = times_form(transposed, m);
                for (std::size_t i = 0; i < m; ++i)
                    for (std::size_t j = 0; j < m; ++j) turned[(a * m + i) * km + e * m + j] = left[j * m + i];
            }
        for (std::size_t a = 0; a < leading; ++a)
            for (std::size_t b = 0; b < leading; ++b)
                for (std::size_t e = 0; e < leading; ++e)
                    for (std::size_t f = 0; f < leading; ++f) {
                        double sum = 0;
                        for (std::size_t i = 0; i < m; ++i) {
                            const double* const x = turned.data() + (a * m + i) * km + e * m;
                            const double* const z = s.data() + (b * m + i) * km + f * m;
                            for (std::size_t j = 0; j < m; ++j) sum += x[j] * z[j];
                        }
                        q[(a * leading + b) * kk + e * leading + f] += sum;
                    }
        const auto of = [&](std::size_t a, std::size_t b, std::size_t e, std::size_t f) {
            return q[(a * leading + b) * kk + e * leading + f];
        };
        for (std::size_t a = 0; a < leading; ++a)
            for (std::size_t e = 0; e <= a; ++e)
                for (std::size_t b = 0; b < leading; ++b)
                    for (std::size_t f = 0; f <= b; ++f) result.covariance.push_back(of(a, b, e, f) + of(a, f, e, b));
        return result;
    }

private:
    static constexpr double null_eigenvalue = 1e-10;

    /// D_g(a, b) of all unit contrasts, and r_g(a) by rows.
    void forms(std::size_t g, std::size_t leading, std::vector<double>& d, std::vector<double>& r,
               std::vector<double>& c, std::vector<double>& one, std::vector<double>& y) const {
        const std::size_t m = one.size();
        for (std::size_t a = 0; a < leading; ++a) {
            std::fill(c.begin(), c.end(), 0.0);
            c[a] = 1;
            d[a * leading + a] = projections(g, c, one, y);
            std::copy(one.begin(), one.end(), r.begin() + static_cast<std::ptrdiff_t>(a * m));
        }
        for (std::size_t a = 0; a < leading; ++a)  // by polarisation: d is a quadratic form
            for (std::size_t b = 0; b < a; ++b) {
                std::fill(c.begin(), c.end(), 0.0);
                c[a] = c[b] = 1;
                const double both = projections(g, c, one, y);
                d[a * leading + b] = d[b * leading + a] = (both - d[a * leading + a] - d[b * leading + b]) / 2;
            }
    }

    [[nodiscard]] double root(double x) const {
        if (adjustment_ == cluster_adjustment::none) return 1;
        if (!(x > null_eigenvalue)) return 0;
        return adjustment_ == cluster_adjustment::cr2 ? 1 / std::sqrt(x) : 1 / x;
    }

    /// Without weights, or for CR0 and CR3: u_g = (I - T)^a s with T = Z'WZ. Kept are the operators of a contrast c:
    /// h_g = T y, with weights also b_g = S y, S = Z'W^2 Z, and d_g = y' T y or y' S y, y = (I - T)^a c.
    void adjust_by_gram(const cluster_moments& moments, std::size_t g) {
        const auto t = moments.gram(g, 0);
        std::vector<double> power;
        if (adjustment_ == cluster_adjustment::none) {
            power.assign(k_ * k_, 0);
            for (std::size_t i = 0; i < k_; ++i) power[i * k_ + i] = 1;
        } else {
            eigen_.solve(t, k_);
            for (std::size_t j = 0; j < k_; ++j)
                if (adjustment_ == cluster_adjustment::cr3 && !(1 - eigen_.values()[j] > null_eigenvalue))
                    for (std::size_t i = 0; i < k_; ++i) indispensable_.push_back(eigen_.vector(i, j));
            power = eigen_.apply([this](double value) { return root(1 - value); });
        }
        const auto s = moments.score(g);
        double* const u = adjusted_.data() + g * k_;
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t j = 0; j < k_; ++j) u[i] += power[i * k_ + j] * s[j];
        operators_.insert(operators_.end(), power.begin(), power.end());
        keep_full(t);
        if (weighted_) keep_full(moments.gram(g, 2));
    }
    void keep_full(std::span<const double> lower) {
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t j = 0; j < k_; ++j) operators_.push_back(lower[i < j ? j * k_ + i : i * k_ + j]);
    }

    /// CR2 with weights: I - A_g acts in the span of [Z_g, W_g Z_g], in whose orthonormal basis U the variance of the
    /// residuals under equal variances is I + E. Kept is the operator of a contrast: U' A_g W_g Z_g, as (h_g, b_g) =
    /// [Z, WZ]' a_g, and its coordinates a_g.
    void adjust_in_span(const cluster_moments& moments, std::size_t g) {
        const std::size_t m = 2 * k_;
        std::vector<double> gram(m * m);
        const auto wzz = moments.gram(g, 0), zz = moments.gram(g, 1), wwzz = moments.gram(g, 2);
        const auto lower = [this](std::span<const double> a, std::size_t i, std::size_t j) {
            return a[i < j ? j * k_ + i : i * k_ + j];
        };
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t j = 0; j < k_; ++j) {
                gram[i * m + j] = lower(zz, i, j);
                gram[i * m + k_ + j] = gram[(k_ + j) * m + i] = lower(wzz, i, j);
                gram[(k_ + i) * m + k_ + j] = lower(wwzz, i, j);
            }
        symmetric_eigen basis(gram, m);
        double largest = 0;
        for (const double value : basis.values()) largest = std::max(largest, value);
        std::vector<std::size_t> kept;
        for (std::size_t l = 0; l < m; ++l)
            if (basis.values()[l] > 1e-13 * largest && basis.values()[l] > 0) kept.push_back(l);
        const std::size_t rank = kept.size();
        // half(i, l) = V sqrt(gamma): [Z, WZ]' U
        std::vector<double> half(m * rank);
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t l = 0; l < rank; ++l)
                half[i * rank + l] = basis.vector(i, kept[l]) * std::sqrt(basis.values()[kept[l]]);
        // E = half' C half, C = [[S2, -I], [-I, 0]]
        std::vector<double> c_half(m * rank), variance(rank * rank);
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t l = 0; l < rank; ++l) {
                double sum = -half[(k_ + i) * rank + l];
                for (std::size_t j = 0; j < k_; ++j) sum += squared_[i * k_ + j] * half[j * rank + l];
                c_half[i * rank + l] = sum;
                c_half[(k_ + i) * rank + l] = -half[i * rank + l];
            }
        for (std::size_t l = 0; l < rank; ++l)
            for (std::size_t q = 0; q < rank; ++q) {
                double sum = l == q ? 1 : 0;
                for (std::size_t i = 0; i < m; ++i) sum += half[i * rank + l] * c_half[i * rank + q];
                variance[l * rank + q] = sum;
            }
        const symmetric_eigen roots(variance, rank);
        const std::vector<double> a = roots.apply([this](double value) { return root(value); });
        // u_g = (WZ)' U A U' e; U'e = gamma^-1/2 V' [Z'e; Z'We]
        std::vector<double> e(rank), ae(rank);
        const auto score = moments.score(g), plain = moments.plain_score(g);
        for (std::size_t l = 0; l < rank; ++l) {
            for (std::size_t i = 0; i < k_; ++i)
                e[l] += basis.vector(i, kept[l]) * plain[i] + basis.vector(k_ + i, kept[l]) * score[i];
            e[l] /= std::sqrt(basis.values()[kept[l]]);
        }
        for (std::size_t l = 0; l < rank; ++l)
            for (std::size_t q = 0; q < rank; ++q) ae[l] += a[l * rank + q] * e[q];
        double* const u = adjusted_.data() + g * k_;
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t l = 0; l < rank; ++l) u[i] += half[(k_ + i) * rank + l] * ae[l];
        // alpha = A U'WZ c = A (rows k.. of half)' c, padded to m rows; (h, b) = half alpha
        spans_.push_back({operators_.size(), rank});
        for (std::size_t l = 0; l < rank; ++l)
            for (std::size_t j = 0; j < k_; ++j) {
                double sum = 0;
                for (std::size_t q = 0; q < rank; ++q) sum += a[l * rank + q] * half[(k_ + j) * rank + q];
                operators_.push_back(sum);
            }
        operators_.insert(operators_.end(), half.begin(), half.end());
    }

    /// Writes r_g, and returns d_g, of a contrast.
    double projections(std::size_t g, std::span<const double> c, std::vector<double>& r, std::vector<double>& y) const {
        if (!spans_.empty()) {
            const auto [at, rank] = spans_[g];
            const double* const alpha_of = operators_.data() + at;
            const double* const half = alpha_of + rank * k_;
            double d = 0;
            std::fill(r.begin(), r.end(), 0.0);
            for (std::size_t l = 0; l < rank; ++l) {
                double alpha = 0;
                for (std::size_t j = 0; j < k_; ++j) alpha += alpha_of[l * k_ + j] * c[j];
                d += alpha * alpha;
                for (std::size_t i = 0; i < r.size(); ++i) r[i] += half[i * rank + l] * alpha;
            }
            return d;
        }
        const double* const power = operators_.data() + g * (weighted_ ? 3 : 2) * k_ * k_;
        const double* const gram = power + k_ * k_;
        y.assign(k_, 0);
        for (std::size_t i = 0; i < k_; ++i)
            for (std::size_t j = 0; j < k_; ++j) y[i] += power[i * k_ + j] * c[j];
        double d = 0;
        const double* const last = weighted_ ? gram + k_ * k_ : gram;
        for (std::size_t i = 0; i < k_; ++i) {
            double h = 0, b = 0;
            for (std::size_t j = 0; j < k_; ++j) {
                h += gram[i * k_ + j] * y[j];
                b += last[i * k_ + j] * y[j];
            }
            r[i] = h;
            if (weighted_) r[k_ + i] = b;
            d += y[i] * b;
        }
        return d;
    }

    /// a' J b.
    [[nodiscard]] double between(std::span<const double> a, std::span<const double> b) const {
        double sum = 0;
        if (!weighted_) {
            for (std::size_t i = 0; i < k_; ++i) sum -= a[i] * b[i];
            return sum;
        }
        for (std::size_t i = 0; i < k_; ++i) {
            sum -= a[i] * b[k_ + i] + a[k_ + i] * b[i];
            for (std::size_t j = 0; j < k_; ++j) sum += a[i] * squared_[i * k_ + j] * b[j];
        }
        return sum;
    }
    /// J A, m x m.
    [[nodiscard]] std::vector<double> times_form(const std::vector<double>& a, std::size_t m) const {
        std::vector<double> result(m * m);
        for (std::size_t i = 0; i < m; ++i)
            for (std::size_t j = 0; j < m; ++j) {
                if (!weighted_) {
                    result[i * m + j] = -a[i * m + j];
                } else if (i < k_) {
                    double sum = -a[(k_ + i) * m + j];
                    for (std::size_t l = 0; l < k_; ++l) sum += squared_[i * k_ + l] * a[l * m + j];
                    result[i * m + j] = sum;
                } else {
                    result[i * m + j] = -a[(i - k_) * m + j];
                }
            }
        return result;
    }

    struct span_of_cluster {
        std::size_t at, rank;
    };

    std::size_t k_;
    bool weighted_;
    cluster_adjustment adjustment_;
    std::vector<double> squared_;    // Z'W^2 Z of all records
    std::vector<double> adjusted_;   // u_g
    std::vector<double> operators_;  // of each cluster, see adjust_by_gram and adjust_in_span
    std::vector<span_of_cluster> spans_;
    std::vector<double> indispensable_;
    symmetric_eigen eigen_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
