// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CALIBRATION_HPP
#define COMPUTE_DIVIDE_STATISTICS_CALIBRATION_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/statistics/proportion.hpp>

/// Whether confidences mean what they say: of the answers given with confidence 0.8, are 80 % right?
namespace compute_divide::inline v0_2 {

/// The answers whose confidence is in one bin.
struct reliability_bin {
    interval confidence = {};   ///< [lower, upper) to rounding; the last bin with its upper end
    double confidence_sum = 0;  ///< of the confidences of its answers
    estimate accuracy = {};     ///< share of its answers that is right

    friend bool operator==(const reliability_bin&, const reliability_bin&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<reliability_bin>) {
    return member_list(member{"confidence", &reliability_bin::confidence},
                       member{"confidence_sum", &reliability_bin::confidence_sum},
                       member{"accuracy", &reliability_bin::accuracy});
}

/// What `calibration` reads off.
struct calibration_table {
    std::vector<reliability_bin> bins = {};  ///< equally wide, from 0 to 1
    estimate brier_score = {};               ///< mean of (confidence - right)^2; interval: see calibration
    estimate expected_error = {};            ///< sum over bins of n_bin / n |accuracy - mean confidence|; no interval

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(brier_score); }
    friend bool operator==(const calibration_table&, const calibration_table&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<calibration_table>) {
    return member_list(member{"bins", &calibration_table::bins}, member{"brier_score", &calibration_table::brier_score},
                       member{"expected_error", &calibration_table::expected_error});
}

/// Reliability table, Brier score and expected calibration error in one mergeable pass.
///
/// The Brier score (Brier 1950) is 0 for answers that are sure and right, 0.25 for a constant 0.5; its interval needs
/// two answers. Each of its ends is that of Student's t interval for the mean of the answers and one more: the worst
/// possible, of 1, for the upper end, the best, of 0, for the lower one. So five sure and right answers leave 0 to 0.6,
/// not 0 to 0; of a hundred answers or more the one is hardly felt. The expected calibration error (Naeini, Cooper,
/// Hauskrecht 2015) depends on the number of bins and is above 0 by chance alone, by about the sum of sqrt(n_bin) / (2
/// n). A missing confidence or answer counts in n_missing. Counts merge exactly, sums to rounding. Checked against
/// tests/reference/calibration.py.
class calibration {
public:
    /// Throws std::invalid_argument unless 1 <= bins <= 10000.
    explicit calibration(std::size_t bins = 10) : bins_(bins) {
        detail::require(bins >= 1 && bins <= 10000, "calibration", "1 to 10000 bins", bins);
    }

    /// One answer. Throws std::invalid_argument for a confidence outside [0, 1].
    template <class Confidence, class Right>
    requires quantity<known_t<Confidence>> && detail::yes_or_no<known_t<Right>>
    void add(const Confidence& confidence, const Right& right) {
        if (!is_known(confidence) || !is_known(right)) {
            ++n_missing_;
            return;
        }
        const double c = as_double(confidence);
        detail::require(c >= 0 && c <= 1, "calibration::add", "confidence in [0, 1]", c);
        const auto count = static_cast<double>(bins_.size());
        sums& bin = bins_[std::min(bins_.size() - 1, static_cast<std::size_t>(c * count))];
        bool is_right = false;
        if constexpr (detail::is_optional<Right>)
            is_right = static_cast<bool>(*right);
        else
            is_right = static_cast<bool>(right);
        ++bin.n;
        bin.right += is_right;
        bin.confidence += c;
        const double squared = (c - is_right) * (c - is_right);
        squared_ += squared;
        fourth_powers_ += squared * squared;
    }

    /// Throws std::invalid_argument for another number of bins.
    void merge(const calibration& other) {
        detail::require(other.bins_.size() == bins_.size(), "calibration::merge", "the same number of bins",
                        other.bins_.size());
        for (std::size_t i = 0; i < bins_.size(); ++i) {
            bins_[i].n += other.bins_[i].n;
            bins_[i].right += other.bins_[i].right;
            bins_[i].confidence += other.bins_[i].confidence;
        }
        squared_ += other.squared_;
        fourth_powers_ += other.fourth_powers_;
        n_missing_ += other.n_missing_;
    }

    /// Throws std::invalid_argument for a level outside (0, 1). Without answers the estimates have the status no_data.
    [[nodiscard]] calibration_table result(share_options options = {}) const {
        const share_interval accuracy_interval(options);
        calibration_table table;
        const auto count = static_cast<double>(bins_.size());
        double n = 0, error = 0;
        for (std::size_t i = 0; i < bins_.size(); ++i) {
            const sums& bin = bins_[i];
            const auto in_bin = static_cast<double>(bin.n), right = static_cast<double>(bin.right);
            const auto place = static_cast<double>(i);
            table.bins.push_back({.confidence = {place / count, (place + 1) / count},
                                  .confidence_sum = bin.confidence,
                                  .accuracy = share(right, in_bin, accuracy_interval)});
            n += in_bin;
            error += std::abs(right - bin.confidence);
        }
        table.brier_score = table.expected_error = {
            .level = options.level, .n = static_cast<std::uint64_t>(n), .n_missing = n_missing_};
        table.brier_score.method = "mean, Student's t with one answer more";
        table.expected_error.method = "equal_width_bins";
        if (n == 0) return table;

        table.expected_error.value = error / n;
        table.expected_error.status = estimate_status::ok;
        table.brier_score.status = estimate_status::too_few;
        if (n < 2) return table;
        // Mean and standard error of the answers and one more of squared error `worst`.
        const auto end = [&](double worst, double side) {
            const double all = n + 1, mean = (squared_ + worst) / all;
            const double variance = std::max(0.0, (fourth_powers_ + worst - mean * (squared_ + worst)) / (all - 1));
            return mean + side * detail::two_sided_t(options.level, all - 1) * std::sqrt(variance / all);
        };
        table.brier_score.value = squared_ / n;
        table.brier_score.degrees_of_freedom = n;
        table.brier_score.status = estimate_status::ok;
        table.brier_score.bounds = {std::clamp(end(0, -1), 0.0, squared_ / n),
                                    std::clamp(end(1, 1), squared_ / n, 1.0)};
        return table;
    }

private:
    struct sums {
        std::uint64_t n = 0, right = 0;
        double confidence = 0;
    };
    std::vector<sums> bins_;
    double squared_ = 0, fourth_powers_ = 0;
    std::uint64_t n_missing_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
