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

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

namespace compute_divide::inline v0_2::detail {

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
        columns_ = (2 * k_ + 2 + at_once - 1) / at_once * at_once;
        linear_.assign(n_units_ * columns_, 0);
        cluster_gram_c_.assign(n_clusters_ * k_, 0);
        p0_.assign(n_units_, 0);
        p1_.assign(n_units_, 0);
        unit_of_.assign(n_clusters_, 0);
        for (std::size_t s = 0; s < n_units_; ++s) unit_of_[cluster_of_[s]] = s;
        std::vector<double> observed(n_clusters_);
        for (std::size_t s = 0; s < n_units_; ++s) {
            const auto gram = units.gram(s), score = units.score(s);
            for (std::size_t i = 0; i < k_; ++i) {
                double sum = 0;
                for (std::size_t j = 0; j < k_; ++j) sum += gram[i < j ? j * k_ + i : i * k_ + j] * c_[j];
                linear(s, k_ + i) = sum;
                cluster_gram_c_[cluster_of_[s] * k_ + i] += sum;
                linear(s, i) = score[i];
                p0_[s] += c_[i] * score[i];
                p1_[s] += c_[i] * sum;
            }
            linear(s, 2 * k_) = p0_[s];
            linear(s, 2 * k_ + 1) = p1_[s];
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

    /// tail_of(distance, imposed).weak alone, without a division or a root: t*^2 q is n^2.
    [[nodiscard]] double weak_share(double distance, bool imposed) const {
        const double delta = imposed ? distance / length_ : 0;
        const double least = distance * distance / observed_squares_ * (1 - tie);
        double share = 0;
        for (const wild_draw& draw : draws_) {
            const double n = draw.n0 + draw.n1 * delta;
            const double q = std::max(0.0, draw.q0 + delta * (2 * draw.q1 + delta * draw.q2));
            share += n * n >= least * q && !(n == 0 && q == 0) ? draw.probability : 0;
        }
        return share;
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
        const auto p = [this, imposed](double distance) { return p_value(weak_share(distance, imposed)); };
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
    static constexpr double tie = 2e-9;  // of squares: 1e-9 of t

    void make_draws(std::uint64_t draws, std::uint64_t seed, unsigned threads) {
        const bool symmetric = values_ != &mammen_values;
        const double all = std::pow(static_cast<double>(values_->size), static_cast<double>(n_units_));
        enumerated_ = (symmetric ? all / 2 : all) <= static_cast<double>(draws);
        if (enumerated_) return enumerate(symmetric);
        draws_.resize(draws);
        in_parts((draws + lanes - 1) / lanes, threads, [&](std::size_t first, std::size_t last) {
            block work(*this);
            for (std::size_t b = first * lanes; b < std::min<std::size_t>(last * lanes, draws); b += lanes) {
                const std::size_t size = std::min<std::size_t>(lanes, draws - b);
                for (std::size_t lane = 0; lane < size; ++lane) {
                    random_stream random(seed, b + lane);
                    draw_weights(random, work, lane);
                }
                finish(work, size, draws_.data() + b);
                for (std::size_t lane = 0; lane < size; ++lane)
                    draws_[b + lane].probability = 1 / static_cast<double>(draws);
            }
        });
    }

    /// So many draws are made at once, a lane of vectors each.
    static constexpr std::size_t lanes = 8;
    static constexpr std::size_t at_once = 4;  // columns that are summed at once
    struct alignas(doubles_alignment) vector_of_lanes {
        std::array<double, lanes> of{};
    };
    struct block {
        explicit block(const wild_draws& all)
            : v(all.n_units_), y(all.columns_), own(all.one_unit_each() ? 0 : 2 * all.n_clusters_) {}
        std::vector<vector_of_lanes> v, y, own;
    };
    [[nodiscard]] bool one_unit_each() const { return n_units_ == n_clusters_; }

    void draw_weights(random_stream& random, block& work, std::size_t lane) const {
        if (values_ == &rademacher_values) {
            std::uint64_t bits = 0;
            for (std::size_t s = 0; s < n_units_; ++s) {
                if (s % 64 == 0) bits = random();
                work.v[s].of[lane] = (bits & 1) != 0 ? 1 : -1;
                bits >>= 1;
            }
        } else if (values_ == &webb_values) {
            for (auto& x : work.v) x.of[lane] = values_->value[random.below(6)];
        } else {
            for (auto& x : work.v) x.of[lane] = values_->value[random.uniform() < values_->cumulated[0] ? 0 : 1];
        }
    }

    /// All draws; of symmetric weights only those whose first is positive, since -v gives the same.
    void enumerate(bool symmetric) {
        std::vector<std::size_t> at(n_units_, 0);
        block work(*this);
        std::array<double, lanes> probabilities{};
        std::size_t lane = 0;
        const auto flush = [&] {
            const std::size_t before = draws_.size();
            draws_.resize(before + lane);
            finish(work, lane, draws_.data() + before);
            for (std::size_t l = 0; l < lane; ++l) draws_[before + l].probability = probabilities[l];
            lane = 0;
        };
        const std::size_t first = symmetric ? values_->size / 2 : 0;
        mirrored_ = symmetric;
        if (n_units_ == 0) return;
        at[0] = first;
        while (true) {
            double probability = symmetric ? 2 : 1;
            for (std::size_t s = 0; s < n_units_; ++s) {
                work.v[s].of[lane] = values_->value[at[s]];
                probability *= values_->cumulated[at[s]] - (at[s] == 0 ? 0 : values_->cumulated[at[s] - 1]);
            }
            probabilities[lane] = probability;
            if (++lane == lanes) flush();
            std::size_t s = n_units_;
            while (s > 0 && at[s - 1] + 1 == values_->size) --s;
            if (s == 0) return flush();
            ++at[s - 1];
            for (std::size_t after = s; after < n_units_; ++after) at[after] = 0;
        }
    }

    /// What `size` draws of the block say.
    void finish(block& work, std::size_t size, wild_draw* draws) const {
        std::array<vector_of_lanes, 3> q;
        simd_dispatch([&](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
            for (std::size_t lane = 0; lane < size; lane += decltype(width)::value) sum_up(width, work, lane, q);
        });
        for (std::size_t lane = 0; lane < size; ++lane) {
            wild_draw& draw = draws[lane];
            const double first = n_units_ == 0 ? 0 : work.v[0].of[lane];
            // t* is t, whatever the null: a tie
            if (detail::all_of(work.v, [&](const auto& x) { return x.of[lane] == first; }))
                draw = {0, first * length_, first * first * observed_squares_, 0, 0, 0};
            else
                draw = {work.y[2 * k_].of[lane], work.y[2 * k_ + 1].of[lane],
                        q[0].of[lane],           q[1].of[lane],
                        q[2].of[lane],           0};
        }
    }
    /// Of `Width` draws from `lane` on: with y = sum v (s, h, p0, p1) over units, d0 = own sum of v p0 - h'y_s and d1
    /// likewise of each cluster, and the sums of d0^2, d0 d1, d1^2.
    template <std::size_t Width>
    COMPUTE_DIVIDE_ALWAYS_INLINE void sum_up(width_of<Width>, block& work, std::size_t lane,
                                             std::array<vector_of_lanes, 3>& q) const {
        using vector = doubles<Width>;
        const vector_of_lanes* const v = work.v.data();
        vector_of_lanes* const y = work.y.data();
        for (std::size_t column = 0; column < columns_; column += at_once) {
            const double* from = linear_.data() + column * n_units_;
            vector sum[at_once] = {};
            for (std::size_t s = 0; s < n_units_; ++s, from += at_once) {
                const vector weight = doubles_at<Width>(v[s].of.data() + lane);
                for (std::size_t c = 0; c < at_once; ++c) sum[c] += weight * from[c];
            }
            for (std::size_t c = 0; c < at_once; ++c) set_doubles<Width>(y[column + c].of.data() + lane, sum[c]);
        }
        vector_of_lanes* const own = work.own.data();
        const bool alone = one_unit_each();
        if (!alone) {
            for (std::size_t g = 0; g < 2 * n_clusters_; ++g) set_doubles<Width>(own[g].of.data() + lane, vector{});
            for (std::size_t s = 0; s < n_units_; ++s) {
                const vector weight = doubles_at<Width>(v[s].of.data() + lane);
                vector_of_lanes* const of_cluster = own + std::size_t{2} * cluster_of_[s];
                double *const sum0 = of_cluster[0].of.data() + lane, *const sum1 = of_cluster[1].of.data() + lane;
                set_doubles<Width>(sum0, doubles_at<Width>(sum0) + weight * p0_[s]);
                set_doubles<Width>(sum1, doubles_at<Width>(sum1) + weight * p1_[s]);
            }
        }
        vector q0{}, q1{}, q2{};
        const double* h = cluster_gram_c_.data();
        for (std::size_t g = 0; g < n_clusters_; ++g, h += k_) {
            vector d0, d1;
            if (alone) {
                const std::size_t s = unit_of_[g];
                const vector weight = doubles_at<Width>(v[s].of.data() + lane);
                d0 = weight * p0_[s];
                d1 = weight * p1_[s];
            } else {
                d0 = doubles_at<Width>(own[2 * g].of.data() + lane);
                d1 = doubles_at<Width>(own[2 * g + 1].of.data() + lane);
            }
            for (std::size_t i = 0; i < k_; ++i) {
                d0 -= h[i] * doubles_at<Width>(y[i].of.data() + lane);
                d1 -= h[i] * doubles_at<Width>(y[k_ + i].of.data() + lane);
            }
            q0 += d0 * d0;
            q1 += d0 * d1;
            q2 += d1 * d1;
        }
        set_doubles<Width>(q[0].of.data() + lane, q0);
        set_doubles<Width>(q[1].of.data() + lane, q1);
        set_doubles<Width>(q[2].of.data() + lane, q2);
    }

    /// The coefficient of a unit's weight in a sum: its scores, gram c, p0, p1; four columns of all units after
    /// another.
    [[nodiscard]] double& linear(std::size_t unit, std::size_t column) {
        return linear_[(column / at_once * n_units_ + unit) * at_once + column % at_once];
    }

    std::size_t k_, n_units_, n_clusters_ = 0, columns_ = 0;
    std::vector<double> c_;
    const wild_weight_values* values_;
    std::vector<std::uint32_t> cluster_of_;
    double length_ = 0, observed_squares_ = 0;
    std::vector<double> linear_, cluster_gram_c_, p0_, p1_;
    std::vector<std::size_t> unit_of_;  // of each cluster, the last: the only one where there are no more units
    bool enumerated_ = false, mirrored_ = false;  // mirrored: of each v and -v only one is among the draws
    std::vector<wild_draw> draws_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
