// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_CLUSTERED_SCORES_HPP
#define COMPUTE_DIVIDE_REGRESSION_CLUSTERED_SCORES_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <tuple>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/binary_units.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/score_products.hpp>
#include <compute_divide/regression/least_squares.hpp>

/// Clustered errors of a least-squares fit in a second pass over records that are not all at hand.
namespace compute_divide::inline v0_2 {

/// The clustered covariance of a least-squares fit as an accumulator, for records that are spread over files or
/// machines: one pass makes the fit, this one the sums of scores within clusters, which may be cut anywhere. For
/// records at hand clustered_covariance (covariance.hpp) gives the same, to rounding. The fit must outlive the
/// accumulator.
/// O(p^2) a row, memory O(clusters p).
template <label Cluster>
class clustered_scores {
public:
    /// Throws std::invalid_argument for a fit without coefficients.
    explicit clustered_scores(const least_squares_fit& fit)
        : fit_(&fit), columns_(fit.p), scores_(fit.p), sums_(fit.p, 1) {
        detail::require(!fit.coefficients.empty(), "clustered_scores", "a fit with coefficients",
                        description_of(fit.status));
    }

    /// A row that the fit saw: those that it left out are left out here. Throws std::invalid_argument for another
    /// number of terms, and where the cluster is not known.
    template <detail::stored_as<Cluster> C>
    void add(std::span<const double> row, double y, const C& cluster, double weight = 1) {
        const std::size_t p = fit_->p;
        detail::require(row.size() == p || row.size() + 1 == p, "clustered_scores", "the terms of the fit", row.size());
        if (!(weight > 0) || !is_known(y) || !detail::all_of(row, is_known<double>)) return;
        if (!is_known(cluster)) detail::fail("clustered_scores", "a cluster for each record", "none");
        columns_[0] = 1;
        detail::copy(row, columns_.end() - static_cast<std::ptrdiff_t>(row.size()));
        double residual = y;
        for (std::size_t j = 0; j < p; ++j) residual -= fit_->coefficients[j] * columns_[j];
        if (unit() != 0) residual = std::ldexp(residual, -unit());
        for (std::size_t j = 0; j < p; ++j) {
            double z = 0;
            for (std::size_t i = j; i < p; ++i) z += fit_->factor[i * p + j] * columns_[i];
            scores_[j] = weight * residual * z;
        }
        const std::uint32_t number = clusters_(cluster);
        sums_.add(scores_, {&number, 1});
        ++n_;
    }

    /// Throws std::invalid_argument for scores of another fit.
    void merge(const clustered_scores& other) {
        detail::require(*other.fit_ == *fit_, "clustered_scores", "scores of the same fit", other.fit_->n);
        std::uint32_t theirs = 0;
        for (const Cluster& cluster : other.clusters_.labels()) {
            const std::uint32_t number = clusters_(cluster);
            sums_.add(other.sums_.sums_of(theirs), {&number, 1});
            sums_.recount(number, other.sums_.records_of(theirs++) - 1);
        }
        n_ += other.n_;
    }

    /// Fewer than 3 clusters: `too_few`; fewer than 20: `few_clusters`. Throws std::invalid_argument unless all records
    /// of the fit are there.
    [[nodiscard]] coefficient_covariance result(cluster_correction correction = cluster_correction::stata) const {
        detail::require(n_ == fit_->n, "clustered_scores", "the records of the fit", n_);
        auto covariance = sums_.covariance(fit_->factor, covariance_kind::clustered, correction, fit_->n, fit_->rank);
        if (covariance && fit_->status != estimate_status::ok) covariance.status = fit_->status;
        if (unit() != 0 && covariance) covariance.exponents.assign(covariance.p, unit());
        return covariance;
    }

private:
    /// Residuals are divided by 2 to it, so that their squares are doubles.
    [[nodiscard]] int unit() const { return fit_->residual_sd > 0 ? detail::unit_exponent(fit_->residual_sd) : 0; }

    friend struct state_access;
    static constexpr std::string_view state_name = "clustered_scores";
    [[nodiscard]] auto shape() const { return std::tie(fit_->coefficients, fit_->factor, fit_->n); }
    static auto state(auto& self) { return std::tie(self.clusters_, self.sums_, self.n_); }
    [[nodiscard]] bool restore() const {
        const std::size_t clusters = clusters_.labels().size();
        if (sums_.clusters()[0] != clusters) return false;
        double records = 0;
        for (std::uint32_t i = 0; i < clusters; ++i) records += sums_.records_of(i);
        return records == static_cast<double>(n_);
    }

    const least_squares_fit* fit_;
    std::vector<double> columns_, scores_;  // of one row
    detail::label_numbers<Cluster> clusters_;
    detail::score_products sums_;
    std::uint64_t n_ = 0;
};

}  // namespace compute_divide::inline v0_2

#endif
