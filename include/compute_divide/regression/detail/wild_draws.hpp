// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_WILD_DRAWS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_WILD_DRAWS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>

namespace compute_divide::detail {

/// The values that a cluster's weight is drawn from, each with its probability in units of 1 / `parts`.
struct wild_weight_values {
    std::array<double, 6> value;
    std::array<double, 6> cumulated;  ///< probability of this value or one before it
    std::size_t size;
};
inline constexpr wild_weight_values rademacher_values{{-1, 1}, {0.5, 1}, 2};
inline constexpr wild_weight_values webb_values{
    {-1.2247448713915890491, -1, -0.70710678118654752440, 0.70710678118654752440, 1, 1.2247448713915890491},
    {1.0 / 6, 2.0 / 6, 3.0 / 6, 4.0 / 6, 5.0 / 6, 1},
    6};
/// -(sqrt 5 - 1) / 2 with probability (sqrt 5 + 1) / (2 sqrt 5), else (sqrt 5 + 1) / 2.
inline constexpr wild_weight_values mammen_values{
    {-0.61803398874989484820, 1.6180339887498948482}, {0.72360679774997896964, 1}, 2};

/// What a draw says of every null hypothesis c'b = r at once: with the distance delta = (c'b - r) / c'c from the
/// estimate (all in a basis in which X'WX is the identity) the bootstrapped contrast is n0 + n1 delta, and the square
/// of its standard error, but for a constant, q0 + 2 q1 delta + q2 delta^2.
struct wild_draw {
    double n0, n1, q0, q1, q2;
    double probability;
};

/// The draws of a wild cluster bootstrap-t of a contrast: weights by `units`, a sandwich by clusters of units.
///
/// Roodman, MacKinnon, Nielsen, Webb (2019), Stata Journal 19:4, section 5, in O(units k) a draw: the sums of the
/// scores within units are all that a draw needs. All draws are enumerated, with v_1 fixed where the weights are
/// symmetric, where there are no more of them than asked for.
class wild_draws {
public:
    /// `cluster_of_unit` is empty where each unit is a cluster of its own. c is the contrast in the basis, of which
    /// X'WX is the identity.
    wild_draws(const cluster_moments& units, std::span<const std::uint32_t> cluster_of_unit, std::vector<double> c,
               const wild_weight_values& values, std::uint64_t draws, std::uint64_t seed, unsigned threads)
        : k_(units.k()), n_units_(units.clusters()), c_(std::move(c)), values_(&values) {
        cluster_of_.assign(cluster_of_unit.begin(), cluster_of_unit.end());
        if (cluster_of_.empty())
            for (std::size_t s = 0; s < n_units_; ++s) cluster_of_.push_back(static_cast<std::uint32_t>(s));
        for (const std::uint32_t g : cluster_of_) n_clusters_ = std::max(n_clusters_, g + std::size_t{1});
        length_ = 0;
        for (const double x : c_) length_ += x * x;
        gram_c_.assign(n_units_ * k_, 0);
        scores_.assign(n_units_ * k_, 0);
        cluster_gram_c_.assign(n_clusters_ * k_, 0);
        p0_.assign(n_units_, 0);
        p1_.assign(n_units_, 0);
        std::vector<double> observed(n_clusters_);
        for (std::size_t s = 0; s < n_units_; ++s) {
            const auto gram = units.gram(s), score = units.score(s);
            for (std::size_t i = 0; i < k_; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j < k_; ++j) sum += gram[i < j ? j * k_ + i : i * k_ + j] * c_[j];
                gram_c_[s * k_ + i] = sum;
                cluster_gram_c_[cluster_of_[s] * k_ + i] += sum;
                scores_[s * k_ + i] = score[i];
                p0_[s] += c_[i] * score[i];
                p1_[s] += c_[i] * sum;
            }
            observed[cluster_of_[s]] += p0_[s];
        }
        for (const double x : observed) observed_squares_ += x * x;
        make_draws(draws, seed, threads);
    }

    [[nodiscard]] bool enumerated() const { return enumerated_; }
    [[nodiscard]] std::uint64_t size() const { return draws_.size(); }
    [[nodiscard]] std::size_t clusters() const { return n_clusters_; }
    /// c'c: the variance of the contrast in units of the residual variance.
    [[nodiscard]] double length() const { return length_; }
    /// sum over clusters of (c's_g)^2: the square of the standard error by CR0.
    [[nodiscard]] double observed_squares() const { return observed_squares_; }

    /// How many draws are at least as extreme as the data: strictly more so, or also as much (to 1e-9).
    struct tail {
        double strict = 0, weak = 0;  ///< |t*| > |t|, |t*| >= |t|
        double below = 0, above = 0;  ///< t* < t, t* > t
    };
    /// Of the hypothesis that the contrast is its estimate less `distance`. `imposed`: residuals under the hypothesis,
    /// else those of the fit.
    [[nodiscard]] tail tail_of(double distance, bool imposed = true) const {
        const double delta = imposed ? distance / length_ : 0;
        const double t2 = distance * distance / observed_squares_;
        const double t = (distance < 0 ? -1 : 1) * std::sqrt(t2);
        tail result;
        for (const wild_draw& draw : draws_) {
            const double n = draw.n0 + draw.n1 * delta;
            const double q = draw.q0 + delta * (2 * draw.q1 + delta * draw.q2);
            if (n == 0 && !(q > 0)) continue;  // 0 / 0: no more extreme than anything
            const double star2 = q > 0 ? n * n / q : std::numeric_limits<double>::infinity();
            constexpr double tie = 2e-9;  // of squares: 1e-9 of t
            const bool tied = std::fabs(star2 - t2) <= tie * std::max(star2, t2);
            if (tied || star2 > t2) result.weak += draw.probability;
            if (!tied && star2 > t2) result.strict += draw.probability;
            const auto count_side = [&](bool negative, double probability) {
                if (tied && negative == (t < 0)) return;
                const double star = (negative ? -1 : 1) * std::sqrt(star2);
                (star < t ? result.below : result.above) += probability;
            };
            if (mirrored_) {  // -v, which was left out, gives -t*
                count_side(true, draw.probability / 2);
                count_side(false, draw.probability / 2);
            } else {
                count_side(n < 0, draw.probability);
            }
        }
        return result;
    }

    /// (tail + 1) / (draws + 1) of draws at random, the plain share where all are enumerated.
    [[nodiscard]] double p_value(double share) const {
        if (enumerated_) return std::min(share, 1.0);
        const auto b = static_cast<double>(draws_.size());
        return (share * b + 1) / (b + 1);
    }

    /// The nulls around the estimate that are not rejected: from it outwards to the first with p <= 1 - level. An end
    /// is infinite where no null is rejected.
    [[nodiscard]] interval accepted(double estimate, double level, double standard_error, bool imposed = true) const {
        const auto p = [this, imposed](double distance) { return p_value(tail_of(distance, imposed).weak); };
        const double alpha = 1 - level;
        const auto end = [&](double direction) {
            const double step = standard_error / 32;
            double inside = 0;
            for (int i = 1; i <= 320 || inside < 1e6 * standard_error; ++i) {
                const double outside = i <= 320 ? step * i : inside * 1.5;
                if (p(direction * outside) <= alpha) {
                    double low = inside, high = outside;
                    for (int halving = 0; halving < 200; ++halving) {
                        const double middle = low + (high - low) / 2;
                        if (!(middle > low && middle < high)) break;
                        (p(direction * middle) <= alpha ? high : low) = middle;
                    }
                    return high;
                }
                inside = outside;
            }
            return std::numeric_limits<double>::infinity();
        };
        // distance = estimate - null
        return {estimate - end(1), estimate + end(-1)};
    }

private:
    void make_draws(std::uint64_t draws, std::uint64_t seed, unsigned threads) {
        const bool symmetric = values_ != &mammen_values;
        const double all = std::pow(static_cast<double>(values_->size), static_cast<double>(n_units_));
        enumerated_ = (symmetric ? all / 2 : all) <= static_cast<double>(draws);
        if (enumerated_) return enumerate(symmetric);
        draws_.resize(draws);
        in_parts(draws, threads, [&](std::size_t first, std::size_t last) {
            std::vector<double> v(n_units_);
            workspace work(*this);
            for (std::size_t b = first; b < last; ++b) {
                random_stream random(seed, b);
                draw_weights(random, v);
                draws_[b] = draw_of(v, work, 1 / static_cast<double>(draws));
            }
        });
    }

    void draw_weights(random_stream& random, std::vector<double>& v) const {
        if (values_ == &rademacher_values) {
            std::uint64_t bits = 0;
            for (std::size_t s = 0; s < v.size(); ++s) {
                if (s % 64 == 0) bits = random();
                v[s] = (bits & 1) != 0 ? 1 : -1;
                bits >>= 1;
            }
        } else if (values_ == &webb_values) {
            for (double& x : v) x = values_->value[random.below(6)];
        } else {
            for (double& x : v) x = values_->value[random.uniform() < values_->cumulated[0] ? 0 : 1];
        }
    }

    /// All draws; of symmetric weights only those whose first is positive, since -v gives the same.
    void enumerate(bool symmetric) {
        std::vector<std::size_t> at(n_units_, 0);
        std::vector<double> v(n_units_);
        workspace work(*this);
        const std::size_t first = symmetric ? values_->size / 2 : 0;
        mirrored_ = symmetric;
        if (n_units_ == 0) return;
        at[0] = first;
        while (true) {
            double probability = symmetric ? 2 : 1;
            for (std::size_t s = 0; s < n_units_; ++s) {
                v[s] = values_->value[at[s]];
                probability *= values_->cumulated[at[s]] - (at[s] == 0 ? 0 : values_->cumulated[at[s] - 1]);
            }
            draws_.push_back(draw_of(v, work, probability));
            std::size_t s = n_units_;
            while (s > 0 && at[s - 1] + 1 == values_->size) --s;
            if (s == 0) return;
            ++at[s - 1];
            for (std::size_t after = s; after < n_units_; ++after) at[after] = 0;
        }
    }

    struct workspace {
        explicit workspace(const wild_draws& all) : y(2 * all.k_), own(2 * all.n_clusters_) {}
        std::vector<double> y, own;
    };
    [[nodiscard]] wild_draw draw_of(const std::vector<double>& v, workspace& work, double probability) const {
        if (std::ranges::all_of(v, [&](double x) { return x == v.front(); }))  // t* is t, whatever the null: a tie
            return {0, v.front() * length_, v.front() * v.front() * observed_squares_, 0, 0, probability};
        std::fill(work.y.begin(), work.y.end(), 0.0);
        std::fill(work.own.begin(), work.own.end(), 0.0);
        wild_draw draw{0, 0, 0, 0, 0, probability};
        double* const y0 = work.y.data();
        double* const y1 = y0 + k_;
        double* const own0 = work.own.data();
        double* const own1 = own0 + n_clusters_;
        for (std::size_t s = 0; s < n_units_; ++s) {
            const double weight = v[s];
            const double* const score = scores_.data() + s * k_;
            const double* const gram = gram_c_.data() + s * k_;
            for (std::size_t i = 0; i < k_; ++i) {
                y0[i] += weight * score[i];
                y1[i] += weight * gram[i];
            }
            own0[cluster_of_[s]] += weight * p0_[s];
            own1[cluster_of_[s]] += weight * p1_[s];
            draw.n0 += weight * p0_[s];
            draw.n1 += weight * p1_[s];
        }
        for (std::size_t g = 0; g < n_clusters_; ++g) {
            const double* const gram = cluster_gram_c_.data() + g * k_;
            double d0 = own0[g], d1 = own1[g];
            for (std::size_t i = 0; i < k_; ++i) {
                d0 -= gram[i] * y0[i];
                d1 -= gram[i] * y1[i];
            }
            draw.q0 += d0 * d0;
            draw.q1 += d0 * d1;
            draw.q2 += d1 * d1;
        }
        return draw;
    }

    std::size_t k_, n_units_, n_clusters_ = 0;
    std::vector<double> c_;
    const wild_weight_values* values_;
    std::vector<std::uint32_t> cluster_of_;
    double length_ = 0, observed_squares_ = 0;
    std::vector<double> gram_c_, scores_, cluster_gram_c_, p0_, p1_;
    bool enumerated_ = false, mirrored_ = false;  // mirrored: of each v and -v only one is among the draws
    std::vector<wild_draw> draws_;
};

}  // namespace compute_divide::detail

#endif
