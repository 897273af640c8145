// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_SCORE_DRAWS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_SCORE_DRAWS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/random.hpp>
#include <compute_divide/regression/detail/wild_draws.hpp>

namespace compute_divide::inline v0_2::detail {

/// The draws of a bootstrap of scores (Kline and Santos 2012): with z_s the part of a unit in a coefficient's step from
/// the hypothesis, t = sum z / sqrt(sum over clusters of (sum z)^2), and in a draw z_s is v_s z_s. The draws are kept,
/// so that many hypotheses have the same.
class score_draws {
public:
    score_draws(std::vector<std::uint32_t> cluster_of_unit, const wild_weight_values& values, std::uint64_t draws,
                std::uint64_t seed)
        : cluster_of_(std::move(cluster_of_unit)), values_(&values) {
        const std::size_t units = cluster_of_.size();
        for (const std::uint32_t g : cluster_of_) n_clusters_ = std::max(n_clusters_, g + std::size_t{1});
        const bool symmetric = &values != &mammen_values;
        const double all = std::pow(static_cast<double>(values.size), static_cast<double>(units));
        enumerated_ = (symmetric ? all / 2 : all) <= static_cast<double>(draws);
        mirrored_ = enumerated_ && symmetric;
        if (!enumerated_) {
            chosen_.reserve(draws * units);
            for (std::uint64_t b = 0; b < draws; ++b) {
                random_stream random(seed, b);
                for (std::size_t s = 0; s < units; ++s) {
                    const double u = random.uniform();
                    unsigned char value = 0;
                    while (value + 1U < values.size && u >= values.cumulated[value]) ++value;
                    chosen_.push_back(value);
                }
            }
            return;
        }
        std::vector<unsigned char> at(units, 0);
        if (symmetric) at[0] = static_cast<unsigned char>(values.size / 2);
        while (true) {
            chosen_.insert(chosen_.end(), at.begin(), at.end());
            std::size_t s = units;
            while (s > 0 && at[s - 1] + std::size_t{1} == values.size) --s;
            if (s == 0) return;
            ++at[s - 1];
            std::fill(at.begin() + static_cast<std::ptrdiff_t>(s), at.end(), static_cast<unsigned char>(0));
        }
    }

    [[nodiscard]] std::uint64_t size() const { return chosen_.size() / cluster_of_.size(); }
    [[nodiscard]] bool enumerated() const { return enumerated_; }
    [[nodiscard]] double statistic(std::span<const double> parts) const {
        std::vector<double> v(parts.size(), 1), sums(n_clusters_);
        return statistic(parts, v, sums);
    }
    [[nodiscard]] double p_value(double share) const {
        const auto b = static_cast<double>(size());
        return enumerated_ ? std::min(share, 1.0) : (share * b + 1) / (b + 1);
    }
    [[nodiscard]] wild_draws::tail tail_of(std::span<const double> parts) const {
        const std::size_t units = parts.size();
        std::vector<double> v(units), sums(n_clusters_);
        const double t = statistic(parts);
        wild_draws::tail result;
        for (std::size_t at = 0; at < chosen_.size(); at += units) {
            double probability = enumerated_ ? 1 : 1 / static_cast<double>(size());
            for (std::size_t s = 0; s < units; ++s) {
                const std::size_t value = chosen_[at + s];
                v[s] = values_->value[value];
                if (enumerated_)
                    probability *= values_->cumulated[value] - (value == 0 ? 0 : values_->cumulated[value - 1]);
            }
            if (mirrored_) probability *= 2;
            const double star = statistic(parts, v, sums);
            constexpr double rounding = 1e-9;
            const auto tie = [&](double x) { return std::fabs(x - t) <= rounding * std::fabs(t); };
            if (std::fabs(star) > std::fabs(t) || tie(std::fabs(star)) || tie(-std::fabs(star)))
                result.weak += probability;
            if (std::fabs(star) > std::fabs(t) && !tie(star) && !tie(-star)) result.strict += probability;
            const auto side = [&](double x, double share) {
                if (!tie(x)) (x < t ? result.below : result.above) += share;
            };
            side(star, mirrored_ ? probability / 2 : probability);
            if (mirrored_) side(-star, probability / 2);
        }
        return result;
    }

private:
    [[nodiscard]] double statistic(std::span<const double> parts, const std::vector<double>& v,
                                   std::vector<double>& sums) const {
        std::fill(sums.begin(), sums.end(), 0.0);
        double sum = 0, squares = 0;
        for (std::size_t s = 0; s < parts.size(); ++s) {
            sum += v[s] * parts[s];
            sums[cluster_of_[s]] += v[s] * parts[s];
        }
        for (const double x : sums) squares += x * x;
        return squares > 0 ? sum / std::sqrt(squares) : 0;
    }

    std::vector<std::uint32_t> cluster_of_;
    const wild_weight_values* values_;
    std::size_t n_clusters_ = 0;
    bool enumerated_ = false, mirrored_ = false;
    std::vector<unsigned char> chosen_;  // of each draw, the value of each unit
};

}  // namespace compute_divide::inline v0_2::detail

#endif
