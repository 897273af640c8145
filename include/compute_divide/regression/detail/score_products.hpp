// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_DETAIL_SCORE_PRODUCTS_HPP
#define COMPUTE_DIVIDE_REGRESSION_DETAIL_SCORE_PRODUCTS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/shared_label_scores.hpp>
#include <compute_divide/detail/symmetric_eigen.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/cholesky.hpp>
#include <compute_divide/regression/detail/simd_dispatch.hpp>

namespace compute_divide::inline v0_2::detail {

/// Whether a symmetric matrix, of which the lower triangle is read, has a negative eigenvalue that is no rounding. In a
/// basis of like columns; that V is one of a covariance C M C' follows from M. One with a Cholesky factor has none.
[[nodiscard]] inline bool is_indefinite(std::span<const double> matrix, std::size_t k) {
    if (cholesky(matrix, k)) return false;
    const symmetric_eigen eigen(matrix, k);
    double largest = 0, smallest = 0;
    for (const double value : eigen.values()) {
        largest = std::max(largest, value);
        smallest = std::min(smallest, value);
    }
    return smallest < -1e-12 * largest || (smallest < 0 && largest == 0);
}

/// The nearest matrix without negative eigenvalues.
inline void set_negative_eigenvalues_to_zero(std::vector<double>& matrix, std::size_t k) {
    matrix = symmetric_eigen(matrix, k).apply([](double value) { return std::max(value, 0.0); });
}

/// The meat of a robust covariance C M C': M = sum s s' over records that are independent, or over the sums of s within
/// clusters of one kind; of two kinds, A + B - AB.
///
/// The s are scores in the basis in which the information is the identity, (X'WX)^-1 = C C': s_i = w_i e_i x_i C, so
/// that nothing cancels. For hc2 and hc3 the caller has divided them by sqrt(1 - h_i) and 1 - h_i.
///
///   score_products sums(p, frame.clusters.size());
///   sums.add(scores, clusters);  // of each record
///   fit.covariance = sums.covariance(factor, kind, correction, n, k);
class score_products {
public:
    static constexpr std::size_t block_rows = 64;

    /// Of p scores a record, and 0, 1 or 2 kinds of clusters.
    score_products(std::size_t p, std::size_t cluster_fields)
        : p_(p),
          fields_(cluster_fields),
          block_(fields_ == 0 ? p * block_rows : 0),
          products_(fields_ == 0 ? p * p : 0) {}

    /// A record's p scores, and the numbers of its clusters.
    void add(std::span<const double> scores, std::span<const std::uint32_t> clusters = {}) {
        if (fields_ > 0) return add_to_clusters(scores.data(), 1, 1, {clusters.data(), &clusters[fields_ - 1]});
        for (std::size_t j = 0; j < p_; ++j) block_[j * block_rows + rows_] = scores[j];
        if (++rows_ < block_rows) return;
        add_products(block_.data(), block_rows, block_rows, products_);
        rows_ = 0;
    }

    /// The scores of several records by columns, each `stride` from the next, and for each kind of clusters the
    /// records' numbers.
    void add(const double* scores, std::size_t stride, std::size_t rows,
             std::array<const std::uint32_t*, 2> clusters = {}) {
        if (rows == 0) return;
        if (fields_ > 0) return add_to_clusters(scores, stride, rows, clusters);
        add_products(scores, stride, rows, products_);
    }

    /// The sums of the scores within a cluster of the first kind.
    [[nodiscard]] std::span<const double> sums_of(std::uint32_t cluster) const {
        return std::span(sums_[0]).subspan(cluster * p_, p_);
    }

    /// How many clusters there are of each kind.
    [[nodiscard]] std::vector<std::uint64_t> clusters() const {
        return {counts_.begin(), counts_.begin() + static_cast<std::ptrdiff_t>(fields_)};
    }

    /// The covariance of coefficients from n records and k parameters (absorbed ones, too), and the degrees of freedom:
    /// n - k, or the fewest clusters less 1 where that is less. `factor` is C, by rows of p, 0 in the row of a
    /// dependent column. Fewer than 3 clusters of a kind, of shared labels 2: too_few, without values; fewer than 20:
    /// few_clusters. A
    /// negative eigenvalue, which clusters of two kinds or several labels may give, is repaired; else a negative
    /// variance is degenerate, without values. `label_sets`: where a cluster's number is that of a set of labels, these
    /// sets: clusters that share one are dependent.
    [[nodiscard]] coefficient_covariance covariance(
        std::span<const double> factor, covariance_kind kind, cluster_correction correction, std::uint64_t n,
        std::uint64_t k, covariance_repair repair = covariance_repair::eigenvalues_to_zero,
        const std::vector<std::vector<std::uint32_t>>* label_sets = nullptr) const {
        const auto records = static_cast<double>(n), parameters = static_cast<double>(k);
        coefficient_covariance result{.values = {},
                                      .p = factor.size() / p_,
                                      .kind = kind,
                                      .n = n,
                                      .degrees_of_freedom = records - parameters,
                                      .status = estimate_status::ok};
        std::vector<double> meat(p_ * p_);
        if (fields_ == 0) {
            if (result.records_are_few()) result.status = estimate_status::few_clusters;
            meat = products_;
            add_products(block_.data(), block_rows, rows_, meat);
            const double multiplier = kind == covariance_kind::hc1 ? records / (records - parameters) : 1;
            for (double& x : meat) x *= multiplier;
        } else {
            result.correction = correction;
            const bool shared = label_sets != nullptr && fields_ == 1 &&
                                detail::any_of(*label_sets, [](const auto& set) { return set.size() > 1; });
            std::vector<double> of_labels;
            result.shared_labels = shared;
            result.effective_clusters = shared ? sum_over_labels(*label_sets, of_labels) : effective_clusters();
            result.clusters = shared         ? whole_clusters(result.effective_clusters)
                              : fields_ == 1 ? counts_[0]
                                             : std::min(counts_[0], counts_[1]);
            result.degrees_of_freedom = std::min(static_cast<double>(result.clusters) - 1, records - parameters);
            if (result.clusters < (shared ? 2 : 3)) {
                result.status = estimate_status::too_few;
                return result;
            }
            if (result.clusters_are_few()) result.status = estimate_status::few_clusters;
            if (shared) {
                const double multiplier =
                    cluster_multiplier(correction, static_cast<double>(result.clusters), records, parameters);
                meat = std::move(of_labels);
                for (double& x : meat) x *= multiplier;
            }
            for (std::size_t part = 0; part < (shared ? 0 : fields_ == 1 ? 1 : 3); ++part) {
                const bool fewest = correction == cluster_correction::min_clusters;
                const auto g = static_cast<double>(fewest ? result.clusters : counts_[part]);
                const double multiplier = (part == 2 ? -1 : 1) * cluster_multiplier(correction, g, records, parameters);
                const auto& sums = sums_[part];
                for (std::size_t at = 0; at < sums.size(); at += p_)
                    for (std::size_t i = 0; i < p_; ++i)
                        for (std::size_t j = 0; j <= i; ++j)
                            meat[i * p_ + j] += multiplier * (sums[at + i] * sums[at + j]);
            }
            result.repaired = (shared || fields_ == 2) && is_indefinite(meat, p_);
        }
        result.values = between(factor, meat);
        const bool indefinite = std::exchange(result.repaired, result.repaired && repair != covariance_repair::none);
        if (result.repaired) set_negative_eigenvalues_to_zero(result.values, result.p);
        for (std::size_t i = 0; i < result.p; ++i) {
            double& variance = result.values[i * result.p + i];
            if (variance >= 0) continue;
            if (indefinite && !result.repaired) result.status = estimate_status::degenerate;
            variance = 0;  // but for rounding
        }
        if (!result) result.values.clear();
        return result;
    }

    /// Counts records of a cluster whose scores were added as one, in the place of one.
    void recount(std::uint32_t cluster, double records_less_one) { sizes_[0][cluster] += records_less_one; }
    [[nodiscard]] double records_of(std::uint32_t cluster) const { return sizes_[0][cluster]; }

private:
    /// n^2 over the pairs of records that share a cluster; the fewer of two kinds.
    [[nodiscard]] double effective_clusters() const {
        double fewest = 0;
        for (std::size_t part = 0; part < std::min<std::size_t>(fields_, 2); ++part) {
            double n = 0, pairs = 0;
            for (std::size_t g = 0; g < counts_[part]; ++g) {
                const double size = sizes_[part][g];
                n += size;
                pairs += size * size;
            }
            if (const double effective = n * n / pairs; part == 0 || effective < fewest) fewest = effective;
        }
        return fewest;
    }
    /// The meat of records that share labels; returns n^2 over the pairs of records that share one. The numbers of
    /// records are summed up as one score more.
    [[nodiscard]] double sum_over_labels(const std::vector<std::vector<std::uint32_t>>& label_sets,
                                         std::vector<double>& meat) const {
        shared_label_scores by_labels(p_ + 1);
        std::vector<double> scores(p_ + 1);
        double n = 0, pairs = 0;
        for (std::size_t g = 0; g < counts_[0]; ++g) {
            const double size = sizes_[0][g];
            n += size;
            const bool has_labels = !label_sets[g].empty();
            if (!has_labels) pairs += size;
            std::copy_n(sums_[0].data() + g * p_, p_, scores.begin());
            scores[p_] = has_labels ? size : 0;
            by_labels.add(scores, label_sets[g]);
        }
        const std::vector<double> all = by_labels.meat();
        pairs += all.back();
        meat.clear();
        for (std::size_t i = 0; i < p_; ++i)
            meat.insert(meat.end(), all.begin() + static_cast<std::ptrdiff_t>(i * (p_ + 1)),
                        all.begin() + static_cast<std::ptrdiff_t>(i * (p_ + 1) + p_));
        return n * n / pairs;
    }

    void add_to_clusters(const double* scores, std::size_t stride, std::size_t rows,
                         std::array<const std::uint32_t*, 2> clusters) {
        for (std::size_t part = 0; part < fields_; ++part) add_to(part, scores, stride, rows, clusters[part]);
        if (fields_ == 1) return;
        std::array<std::uint32_t, block_rows> cells;
        for (std::size_t first = 0; first < rows; first += block_rows) {
            const std::size_t some = std::min(rows - first, block_rows);
            for (std::size_t k = 0; k < some; ++k) {
                std::uint32_t& cell = cells_.value_of(clusters[0][first + k], clusters[1][first + k]);
                if (cell == 0) cell = ++n_cells_;
                cells[k] = cell - 1;
            }
            add_to(2, scores + first, stride, some, cells.data());
        }
    }
    void add_to(std::size_t part, const double* scores, std::size_t stride, std::size_t rows,
                const std::uint32_t* clusters) {
        const std::uint64_t largest = *std::max_element(clusters, clusters + rows);
        if (largest >= counts_[part]) {
            counts_[part] = largest + 1;
            sums_[part].resize(counts_[part] * p_);
            if (part < sizes_.size()) sizes_[part].resize(counts_[part]);
        }
        if (part < sizes_.size())
            for (std::size_t k = 0; k < rows; ++k) ++sizes_[part][clusters[k]];
        for (std::size_t k = 0; k < rows; ++k) {
            double* const to = sums_[part].data() + clusters[k] * p_;
            for (std::size_t j = 0; j < p_; ++j) to[j] += scores[j * stride + k];
        }
    }

    /// Adds the lower triangle of the sum of s s' over rows.
    void add_products(const double* scores, std::size_t stride, std::size_t rows, std::vector<double>& products) const {
        simd_dispatch([&](auto width) COMPUTE_DIVIDE_ALWAYS_INLINE {
            constexpr std::size_t Width = decltype(width)::value;  // NOLINT(readability-identifier-naming)
            for (std::size_t i = 0; i < p_; ++i) {
                const double* const a = scores + i * stride;
                std::size_t j = 0;
                for (; j + 3 <= i; j += 4)
                    add_products<Width, 4>(a, scores + j * stride, stride, rows, &products[i * p_ + j]);
                for (; j <= i; ++j) add_products<Width, 1>(a, scores + j * stride, stride, rows, &products[i * p_ + j]);
            }
        });
    }
    template <std::size_t Width, std::size_t Columns>
    COMPUTE_DIVIDE_ALWAYS_INLINE static void add_products(const double* a, const double* b, std::size_t stride,
                                                          std::size_t rows, double* products) {
        doubles<Width> sums[Columns] = {};
        std::size_t k = 0;
        for (; k + Width <= rows; k += Width) {
            doubles<Width> x, y;
            std::memcpy(&x, a + k, sizeof x);
            for (std::size_t j = 0; j < Columns; ++j) {
                std::memcpy(&y, b + j * stride + k, sizeof y);
                sums[j] += x * y;
            }
        }
        for (std::size_t j = 0; j < Columns; ++j) {
            products[j] += sum_of<Width>(sums[j]);
            for (std::size_t left = k; left < rows; ++left) products[j] += a[left] * b[j * stride + left];
        }
    }

    /// C M C', of the lower triangle of M; C has p_ columns.
    [[nodiscard]] std::vector<double> between(std::span<const double> c, std::span<const double> meat) const {
        const std::size_t rows = c.size() / p_;
        std::vector<double> half(rows * p_), whole(rows * rows), square(meat.begin(), meat.end());
        for (std::size_t i = 0; i < p_; ++i)
            for (std::size_t j = 0; j < i; ++j) square[j * p_ + i] = square[i * p_ + j];
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t k = 0; k < p_; ++k)
                if (const double x = c[i * p_ + k]; x != 0)
                    for (std::size_t j = 0; j < p_; ++j) half[i * p_ + j] += x * square[k * p_ + j];
        for (std::size_t i = 0; i < rows; ++i)
            for (std::size_t j = 0; j < rows; ++j)
                for (std::size_t k = 0; k < p_; ++k) whole[i * rows + j] += half[i * p_ + k] * c[j * p_ + k];
        return whole;
    }

    friend struct compute_divide::state_access;
    [[nodiscard]] auto shape() const { return std::tie(p_, fields_); }
    static auto state(auto& self) {
        return std::tie(self.block_, self.rows_, self.products_, self.counts_, self.sums_, self.sizes_, self.cells_,
                        self.n_cells_);
    }
    [[nodiscard]] bool restore() const {
        const std::size_t sums_of_records = fields_ == 0 ? p_ : 0;
        bool agree = block_.size() == sums_of_records * block_rows && products_.size() == sums_of_records * p_ &&
                     rows_ < block_rows && n_cells_ == counts_[2];
        for (std::size_t part = 0; part < sums_.size(); ++part)
            agree = agree && sums_[part].size() % p_ == 0 && sums_[part].size() / p_ == counts_[part];
        for (std::size_t part = 0; part < sizes_.size(); ++part)
            agree = agree && sizes_[part].size() == (part < fields_ ? counts_[part] : 0);
        cells_.for_each([&](std::uint32_t, std::uint32_t, std::uint32_t cell) { agree = agree && cell <= n_cells_; });
        const auto are_finite = [](const std::vector<double>& numbers) {
            return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
        };
        agree = agree && are_finite(block_) && are_finite(products_);
        for (const auto& sums : sums_) agree = agree && are_finite(sums);
        for (const auto& sizes : sizes_)
            agree = agree && are_finite(sizes) &&
                    std::all_of(sizes.begin(), sizes.end(), [](double size) { return size >= 0; });
        for (std::size_t i = 0; i < std::min(p_, products_.size()); ++i) agree = agree && products_[i * p_ + i] >= 0;
        return agree;
    }

    std::size_t p_, fields_;
    std::vector<double> block_;  // p x block_rows, of which rows_ are filled
    std::size_t rows_ = 0;
    std::vector<double> products_;                                  // p x p
    std::array<std::uint64_t, 3> counts_ = {};                      // of clusters of each kind, and of both
    std::array<std::vector<double>, 3> sums_;                       // of each kind of cluster, and of both: p for each
    std::array<std::vector<double>, 2> sizes_;                      // records of each cluster of a kind
    label_map<std::uint32_t, std::uint32_t, std::uint32_t> cells_;  // the number of clusters of both, plus one
    std::uint32_t n_cells_ = 0;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
