// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_ADJUSTED_COVARIANCE_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_ADJUSTED_COVARIANCE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>

namespace compute_divide::inline v0_2::detail {

/// Fewer Satterthwaite degrees of freedom than these, and t is no close approximation (Tipton and Pustejovsky 2015).
inline constexpr double enough_degrees = 4;
/// Fewer clusters with a yes, or with a no, than these, and kind `clustered` rejects far too often (MacKinnon and Webb
/// 2018).
inline constexpr std::size_t enough_treated = 6;

/// The covariance cr2 or cr3 of p coefficients from sums by clusters. `factor`: p x k by rows, the coefficients in
/// terms of the basis of the sums; only the first `leading` columns of it differ from 0. `residual_degrees`: n - k,
/// which no degrees of freedom exceed. Fewer than 2 clusters: too_few; cr3 of a coefficient that one cluster alone
/// determines, or whose degrees of freedom are lost to rounding since one nearly does: degenerate; neither has values.
[[nodiscard]] inline coefficient_covariance adjusted_covariance(const cluster_moments& sums, covariance_kind kind,
                                                                std::span<const double> factor, std::size_t leading,
                                                                std::uint64_t n, double residual_degrees) {
    const std::size_t k = sums.k(), p = k == 0 ? 0 : factor.size() / k;
    coefficient_covariance result{
        .p = p, .kind = kind, .n = n, .clusters = sums.clusters(), .status = estimate_status::too_few};
    if (sums.clusters() < 2) return result;
    const adjusted_clusters adjusted(sums,
                                     kind == covariance_kind::cr2 ? cluster_adjustment::cr2 : cluster_adjustment::cr3);
    const auto indispensable = adjusted.indispensable();
    for (std::size_t at = 0; at < indispensable.size(); at += k)
        for (std::size_t i = 0; i < p; ++i) {
            double part = 0, length = 0;
            for (std::size_t j = 0; j < k; ++j) {
                part += factor[i * k + j] * indispensable[at + j];
                length += factor[i * k + j] * factor[i * k + j];
            }
            constexpr double rounding = 1e-6;
            if (std::fabs(part) > rounding * std::sqrt(length)) {
                result.status = estimate_status::degenerate;
                return result;
            }
        }
    const std::vector<double> meat = adjusted.meat();
    std::vector<double> half(p * k);
    for (std::size_t i = 0; i < p; ++i)
        for (std::size_t l = 0; l < leading; ++l)
            if (const double x = factor[i * k + l]; x != 0)
                for (std::size_t j = 0; j < leading; ++j) half[i * k + j] += x * meat[l * k + j];
    result.values.resize(p * p);
    for (std::size_t i = 0; i < p; ++i)
        for (std::size_t j = 0; j < p; ++j)
            for (std::size_t l = 0; l < leading; ++l) result.values[i * p + j] += half[i * k + l] * factor[j * k + l];
    result.status = estimate_status::ok;
    constexpr double rounding_of_degrees = 1e-2;  // they are (sum e)^2 / sum e^2 of some e >= 0, so no less than 1
    for (std::size_t i = 0; i < p; ++i) {
        const auto of_coefficient = factor.subspan(i * k, k);
        const bool is_dependent =
            std::all_of(of_coefficient.begin(), of_coefficient.end(), [](double x) { return x == 0; });
        if (is_dependent) {
            result.degrees_of.push_back(0);
            continue;
        }
        const double own = adjusted.degrees_of_freedom(of_coefficient);
        if (!(own > 1 - rounding_of_degrees)) {
            result.values.clear();
            result.degrees_of.clear();
            result.status = estimate_status::degenerate;
            return result;
        }
        const double degrees = std::min(own, residual_degrees);
        result.degrees_of.push_back(degrees);
        if (result.degrees_of_freedom == 0 || degrees < result.degrees_of_freedom) result.degrees_of_freedom = degrees;
        if (degrees < enough_degrees) result.status = estimate_status::few_clusters;
    }
    constexpr std::size_t most_kept = 16, most_work = 512;
    if (leading <= most_kept && leading * k * (sums.weighted() ? 2 : 1) <= most_work) {
        auto of_estimator = adjusted.moments(leading);
        result.moments.size = leading;
        for (std::size_t i = 0; i < p; ++i)
            for (std::size_t j = 0; j < leading; ++j) result.moments.factor.push_back(factor[i * k + j]);
        result.moments.mean = std::move(of_estimator.mean);
        result.moments.covariance = std::move(of_estimator.covariance);
    }
    return result;
}

/// In which clusters columns that are yes or no (0 or 1) are so.
class treated_clusters {
public:
    explicit treated_clusters(std::size_t columns) : p_(columns), yes_or_no_(columns) {
        std::iota(yes_or_no_.begin(), yes_or_no_.end(), std::size_t{0});
    }

    void add(std::span<const double> columns, std::uint32_t cluster) {
        const std::size_t first = cluster * p_;
        if (first + p_ > seen_.size()) seen_.resize(first + p_);
        unsigned char* const seen = seen_.data() + first;
        bool others = false;
        for (const std::size_t j : yes_or_no_) {
            const double x = columns[j];
            others |= x != 0 && x != 1;
            seen[j] = static_cast<unsigned char>(seen[j] | (x == 0 ? no : yes));
        }
        if (others) std::erase_if(yes_or_no_, [&](std::size_t j) { return columns[j] != 0 && columns[j] != 1; });
    }
    /// The columns that are yes in fewer than 6 clusters, or no in fewer than 6, but not all yes or all no.
    /// `label_sets`: the labels of each cluster, if it is a set of them.
    [[nodiscard]] std::vector<std::size_t> few(const std::vector<std::vector<std::uint32_t>>& label_sets = {}) const {
        constexpr std::size_t block = 64;  // columns at a time, for the memory of labels
        std::vector<std::size_t> columns;
        for (std::size_t first = 0; first < yes_or_no_.size(); first += block) {
            const std::size_t width = std::min(block, yes_or_no_.size() - first);
            std::array<std::size_t, block> with_yes{}, with_no{};
            std::array<unsigned char, block> of_columns{};
            const auto count = [&](const unsigned char* seen) {
                for (std::size_t j = 0; j < width; ++j) {
                    with_yes[j] += (seen[j] & yes) != 0 ? 1 : 0;
                    with_no[j] += (seen[j] & no) != 0 ? 1 : 0;
                }
            };
            std::vector<unsigned char> by_label;
            for (std::size_t g = 0; (g + 1) * p_ <= seen_.size(); ++g) {
                for (std::size_t j = 0; j < width; ++j) of_columns[j] = seen_[g * p_ + yes_or_no_[first + j]];
                const unsigned char* const seen = of_columns.data();
                if (label_sets.empty() || label_sets[g].empty()) {
                    count(seen);
                    continue;
                }
                for (const std::uint32_t label : label_sets[g]) {
                    if ((label + std::size_t{1}) * width > by_label.size())
                        by_label.resize((label + std::size_t{1}) * width);
                    unsigned char* const to = by_label.data() + label * width;
                    for (std::size_t j = 0; j < width; ++j) to[j] = static_cast<unsigned char>(to[j] | seen[j]);
                }
            }
            for (std::size_t at = 0; at < by_label.size(); at += width) count(by_label.data() + at);
            for (std::size_t j = 0; j < width; ++j) {
                const std::size_t fewer = std::min(with_yes[j], with_no[j]);
                if (fewer > 0 && fewer < enough_treated) columns.push_back(yes_or_no_[first + j]);
            }
        }
        return columns;
    }

private:
    static constexpr unsigned char yes = 1, no = 2;

    std::size_t p_;
    std::vector<std::size_t> yes_or_no_;  // the columns that have been nothing else so far
    std::vector<unsigned char> seen_;     // clusters x columns: which of these a cluster has
};

/// The columns of few treated clusters by any field of clusters.
[[nodiscard]] inline std::vector<std::size_t> few_treated_of(
    std::span<const treated_clusters> fields, const std::vector<std::vector<std::uint32_t>>& label_sets) {
    std::vector<std::size_t> columns;
    for (const treated_clusters& field : fields)
        for (const std::size_t column : field.few(label_sets))
            if (std::find(columns.begin(), columns.end(), column) == columns.end()) columns.push_back(column);
    std::sort(columns.begin(), columns.end());
    return columns;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
