// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_CLUSTERED_SHARES_HPP
#define COMPUTE_DIVIDE_SHARES_CLUSTERED_SHARES_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/cluster_weights.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/test_result.hpp>

/// Tables of records that depend on each other, and what follows from them: shares by key, differences of shares,
/// trends, the shares of all categories at once. The variances are those of clustered_share.hpp.
///
///   auto table = tabulate(papers, &paper::year, team_of, clustered_by(&paper::organisations));
///   shares(table, team_kind::academia_only);
///   share_difference(table, 2020, 2015, team_kind::academia_only);
///   share_trend(table, team_kind::academia_only);
namespace compute_divide::inline v0_2 {

/// The shares of all categories of a key with simultaneous intervals (Goodman 1965): those of `shares` at the level
/// 1 - (1 - level) / m for m categories. One estimate per category of the table, in its order.
template <label Key, label Category>
[[nodiscard]] share_table<category_share<Key, Category>> simultaneous_shares(
    const clustered_table<Key, Category>& table, const std::type_identity_t<Key>& key,
    clustered_share_options options = {}) {
    detail::require_level(options.level, "simultaneous_shares");
    const double level = options.level;
    const auto& counts = table.counts();
    share_table<category_share<Key, Category>> result{.n_missing = counts.n_missing, .n_left_out = counts.n_left_out};
    const auto row = std::ranges::find(counts.rows, key, &tally_row<Key, Category>::key);
    if (row == counts.rows.end()) return result;
    options.level = 1 - (1 - level) / static_cast<double>(counts.categories.size());
    auto scores = table.empty_scores();
    const auto clusters = detail::counted_clusters(table, options.degrees);
    for (const auto& category : counts.categories) {
        auto& made = result.rows.emplace_back(category_share<Key, Category>{
            key, category, row->weight_of(category),
            detail::clustered_share_of_row(table, scores, static_cast<std::size_t>(row - counts.rows.begin()), category,
                                           options, clusters)});
        made.share.level = level;
    }
    return result;
}

/// Intervals for a difference of two shares of dependent records, which may come from the same clusters; s^2 is the
/// variance of the difference, r the correlation of the shares.
enum class clustered_difference_interval {
    newcombe,  ///< p1 - p2 - sqrt(a^2 - 2 r a b + b^2), a = p1 - l1, b = u2 - p2 of the shares' own intervals, and so
               ///< on
    linear     ///< p1 - p2 -+ t s, cut to [-1, 1] (R survey's svycontrast)
};
[[nodiscard]] constexpr auto enumerators(clustered_difference_interval) {
    using enum clustered_difference_interval;
    return std::array{named<clustered_difference_interval>{newcombe, "newcombe"},
                      named<clustered_difference_interval>{linear, "linear"}};
}

struct clustered_difference_options {
    clustered_difference_interval interval = clustered_difference_interval::newcombe;
    clustered_share_options share = {};  ///< level, degrees of freedom, and the shares' own intervals for newcombe
};

/// The difference of a category's shares in two keys, the first less the second, and the test that there is none:
/// statistic (p1 - p2) / s on t. The same organisations are in both years: their covariance is in s. The degrees of
/// freedom are those of the key with fewer clusters. Not enough data: no_data where a key has no records, too_few where
/// one has a single cluster; degenerate, of the test alone, where s is 0. Source: Newcombe (1998) and Zou, Donner
/// (2008), Statistics in Medicine 27:1693, for newcombe with a correlation. linear checked against R survey's
/// svycontrast.
template <label Key, label Category>
[[nodiscard]] two_sample_result share_difference(const clustered_table<Key, Category>& table,
                                                 const std::type_identity_t<Key>& first,
                                                 const std::type_identity_t<Key>& second,
                                                 const std::type_identity_t<Category>& category,
                                                 const clustered_difference_options& options = {}) {
    detail::require_level(options.share.level, "share_difference");
    two_sample_result result;
    estimate& effect = result.effect;
    const bool newcombe = options.interval == clustered_difference_interval::newcombe;
    effect.level = options.share.level;
    effect.method = newcombe ? "clustered_newcombe" : "clustered_linear";
    result.test.method = "clustered difference of shares";
    const auto& rows = table.counts().rows;
    const auto place_of = [&rows](const Key& key) {
        return static_cast<std::size_t>(std::ranges::find(rows, key, &tally_row<Key, Category>::key) - rows.begin());
    };
    const std::size_t a = place_of(first), b = place_of(second);
    if (a == rows.size() || b == rows.size()) return result;
    effect.n = result.test.n = rows[a].n + rows[b].n;
    effect.n_missing = result.test.n_missing = rows[a].n_missing + rows[b].n_missing;
    const auto counted = detail::counted_clusters(table, options.share.degrees);
    auto scores = table.empty_scores();
    const auto own = [&](std::size_t place) {
        return detail::clustered_share_of_row(table, scores, place, category, options.share, counted);
    };
    const estimate p1 = own(a), p2 = own(b);
    if (!p1.value || !p2.value) return result;
    effect.status = result.test.status = estimate_status::too_few;
    effect.value = *p1.value - *p2.value;
    if (!p1.bounds || !p2.bounds) return result;

    const double degrees = std::min(*p1.degrees_of_freedom, *p2.degrees_of_freedom);
    const double factor = (degrees + 1) / degrees;
    const auto variance_of = [&](double c1, double c2) {
        scores.clear();
        if (c1 != 0) detail::add_row_scores(table, scores, a, category, c1 / rows[a].weight, *p1.value);
        if (c2 != 0) detail::add_row_scores(table, scores, b, category, c2 / rows[b].weight, *p2.value);
        return std::max(0.0, factor * scores.square());
    };
    const double v1 = variance_of(1, 0), v2 = variance_of(0, 1), v = variance_of(1, -1);
    const double t = detail::two_sided_t(options.share.level, degrees), d = *effect.value;
    if (newcombe) {
        const double together = std::sqrt(v1 * v2);
        const double r = together > 0 ? std::clamp((v1 + v2 - v) / (2 * together), -1.0, 1.0) : 0;
        const auto side = [r](double x, double y) { return std::sqrt(std::max(0.0, x * x - 2 * r * x * y + y * y)); };
        effect.bounds = {std::max(-1.0, d - side(*p1.value - p1.lower(), p2.upper() - *p2.value)),
                         std::min(1.0, d + side(p1.upper() - *p1.value, *p2.value - p2.lower()))};
    } else {
        const double half = t * std::sqrt(v);
        effect.bounds = {std::max(-1.0, d - half), std::min(1.0, d + half)};
    }
    effect.degrees_of_freedom = degrees;
    const bool few = p1.status == estimate_status::few_clusters || p2.status == estimate_status::few_clusters;
    effect.status = few ? estimate_status::few_clusters : estimate_status::ok;
    result.test.status = estimate_status::degenerate;
    if (!(v > 0)) {
        if (!newcombe) effect.status = estimate_status::degenerate, effect.bounds.reset();
        return result;
    }
    result.test.statistic = d / std::sqrt(v);
    result.test.p_value = detail::two_sided_t_p(*result.test.statistic, degrees);
    result.test.degrees_of_freedom = degrees;
    result.test.status = effect.status;
    return result;
}

/// What rises along a key: the share itself, or its log odds.
enum class share_trend_scale {
    linear,  ///< change of the share per unit of key, by weighted least squares
    logit    ///< change of its log odds, by weighted logistic regression: no fitted share leaves [0, 1]
};
[[nodiscard]] constexpr auto enumerators(share_trend_scale) {
    using enum share_trend_scale;
    return std::array{named<share_trend_scale>{linear, "linear"}, named<share_trend_scale>{logit, "logit"}};
}

struct share_trend_options {
    share_trend_scale scale = share_trend_scale::logit;
    double level = 0.95;              ///< in (0, 1)
    std::uint64_t few_clusters = 20;  ///< below this number of clusters the status is few_clusters
};

/// A trend of shares: its slope, and the test that it is 0 (Wald, t).
struct share_trend_result {
    estimate slope = {};
    test_result test = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(slope); }
    friend bool operator==(const share_trend_result&, const share_trend_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<share_trend_result>) {
    return member_list(member{"slope", &share_trend_result::slope}, member{"test", &share_trend_result::test});
}

namespace detail {

/// A row's key as a number, the weight of its records and of those of the category.
struct trend_row {
    double x, weight, yes;
    std::size_t place;
};
template <class Key, class Category>
[[nodiscard]] std::vector<trend_row> trend_rows(const clustered_table<Key, Category>& table, const Category& category) {
    std::vector<trend_row> made;
    const auto& rows = table.counts().rows;
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].weight > 0)
            made.push_back({as_double(rows[i].key), rows[i].weight, rows[i].weight_of(category), i});
    return made;
}

/// Intercept at `centre` and slope of weighted grouped answers; `converged` is false where they separate.
struct fitted_share_line {
    double centre, level, slope;
    bool converged;
};
[[nodiscard]] inline fitted_share_line fit_share_line(const std::vector<trend_row>& rows, share_trend_scale scale) {
    double weight = 0, sum = 0, yes = 0;
    for (const auto& row : rows) {
        weight += row.weight;
        sum += row.weight * (row.x - rows.front().x);
        yes += row.yes;
    }
    const double centre = rows.front().x + sum / weight, p = yes / weight;
    double spread = 0, together = 0;
    for (const auto& row : rows) {
        spread += row.weight * (row.x - centre) * (row.x - centre);
        together += (row.x - centre) * (row.yes - p * row.weight);
    }
    if (scale == share_trend_scale::linear) return {centre, p, together / spread, spread > 0};
    double a = std::log(p / (1 - p)), b = 0;
    for (int step = 0; step < 60; ++step) {
        double u0 = 0, u1 = 0, h00 = 0, h01 = 0, h11 = 0;
        for (const auto& row : rows) {
            const double x = row.x - centre, mu = 1 / (1 + std::exp(-(a + b * x)));
            const double w = row.weight * mu * (1 - mu), u = row.yes - row.weight * mu;
            u0 += u;
            u1 += x * u;
            h00 += w;
            h01 += x * w;
            h11 += x * x * w;
        }
        const double determinant = h00 * h11 - h01 * h01;
        if (!(determinant > 1e-12 * h00 * h11)) break;
        const double da = (h11 * u0 - h01 * u1) / determinant, db = (h00 * u1 - h01 * u0) / determinant;
        if (!std::isfinite(da) || !std::isfinite(db)) break;
        a += da;
        b += db;
        if (std::fabs(da) <= 1e-13 * (1 + std::fabs(a)) &&
            std::fabs(db) <= 1e-13 * (std::fabs(b) + 1 / std::sqrt(spread / weight)))
            return {centre, a, b, true};
    }
    return {centre, a, b, false};
}

}  // namespace detail

/// How a category's share changes along the key, which must be a number: by weighted least squares or logistic
/// regression over the records, its variance by cluster with G / (G - 1), t with G - 2 degrees of freedom. Not enough
/// data: no_data; too_few for fewer than 3 clusters; degenerate for a single key or a category that all have, or none;
/// not_converged where the answers are separated by the key. Throws std::invalid_argument for a level outside (0, 1).
/// Checked against R survey's svyglm (gaussian, quasibinomial).
template <label Key, label Category>
requires quantity<Key>
[[nodiscard]] share_trend_result share_trend(const clustered_table<Key, Category>& table,
                                             const std::type_identity_t<Category>& category,
                                             const share_trend_options& options = {}) {
    detail::require_level(options.level, "share_trend");
    const bool linear = options.scale == share_trend_scale::linear;
    share_trend_result result;
    estimate& slope = result.slope;
    slope.level = options.level;
    slope.method = result.test.method = linear ? "clustered_linear_trend" : "clustered_logit_trend";
    slope.n_missing = result.test.n_missing = table.counts().n_missing;
    const auto rows = detail::trend_rows(table, category);
    const auto end_with = [&](estimate_status status) {
        slope.status = result.test.status = status;
        return result;
    };
    if (rows.empty()) return result;
    for (const auto& row : table.counts()) slope.n += row.n;
    result.test.n = slope.n;
    const std::uint64_t clusters = table.clusters();
    if (clusters < 3) return end_with(estimate_status::too_few);
    double weight = 0, yes = 0;
    for (const auto& row : rows) {
        weight += row.weight;
        yes += row.yes;
    }
    if (rows.size() < 2 || yes == 0 || yes == weight) return end_with(estimate_status::degenerate);
    const auto line = detail::fit_share_line(rows, options.scale);
    if (!line.converged) return end_with(estimate_status::not_converged);

    const auto fitted = [&](double x) {
        const double at = line.level + line.slope * (x - line.centre);
        return linear ? at : 1 / (1 + std::exp(-at));
    };
    double h00 = 0, h01 = 0, h11 = 0;
    for (const auto& row : rows) {
        const double x = row.x - line.centre, mu = fitted(row.x), w = row.weight * (linear ? 1 : mu * (1 - mu));
        h00 += w;
        h01 += x * w;
        h11 += x * x * w;
    }
    const double determinant = h00 * h11 - h01 * h01;
    auto scores = table.empty_scores();
    for (const auto& row : rows)
        detail::add_row_scores(table, scores, row.place, category, (h00 * (row.x - line.centre) - h01) / determinant,
                               fitted(row.x));
    const double v = std::max(0.0, detail::cluster_factor(clusters) * scores.square());
    const double degrees = static_cast<double>(clusters) - 2;
    slope.value = line.slope;
    if (!(v > 0) || !std::isfinite(v)) return end_with(estimate_status::degenerate);
    const double half = detail::two_sided_t(options.level, degrees) * std::sqrt(v);
    slope.bounds = {line.slope - half, line.slope + half};
    result.test.statistic = line.slope / std::sqrt(v);
    result.test.p_value = detail::two_sided_t_p(*result.test.statistic, degrees);
    slope.degrees_of_freedom = result.test.degrees_of_freedom = degrees;
    return end_with(scores.are_few(options.few_clusters) ? estimate_status::few_clusters : estimate_status::ok);
}

/// The Cochran-Armitage test of dependent records: statistic C / sqrt(v), C = sum (s_i - s)(w_i - W_i p) over keys s_i,
/// w_i the category's weight of W_i, p the share in all, and v the variance of C by cluster with G / (G - 1): a score
/// test, t with G - 1 degrees of freedom. It does not change when keys are shifted or stretched. Not enough data: as
/// share_trend.
template <label Key, label Category>
requires quantity<Key>
[[nodiscard]] test_result cochran_armitage(const clustered_table<Key, Category>& table,
                                           const std::type_identity_t<Category>& category) {
    test_result test;
    test.method = "clustered_cochran_armitage";
    test.n_missing = table.counts().n_missing;
    const auto rows = detail::trend_rows(table, category);
    if (rows.empty()) return test;
    for (const auto& row : table.counts()) test.n += row.n;
    const std::uint64_t clusters = table.clusters();
    test.status = estimate_status::too_few;
    if (clusters < 2) return test;
    double weight = 0, yes = 0, sum = 0;
    for (const auto& row : rows) {
        weight += row.weight;
        yes += row.yes;
        sum += row.weight * (row.x - rows.front().x);
    }
    const double p = yes / weight, centre = rows.front().x + sum / weight;
    double statistic = 0;
    auto scores = table.empty_scores();
    for (const auto& row : rows) {
        statistic += (row.x - centre) * (row.yes - p * row.weight);
        detail::add_row_scores(table, scores, row.place, category, row.x - centre, p);
    }
    const double v = detail::cluster_factor(clusters) * scores.square();
    test.status = estimate_status::degenerate;
    if (rows.size() < 2 || yes == 0 || yes == weight || !(v > 0)) return test;
    test.statistic = statistic / std::sqrt(v);
    test.degrees_of_freedom = static_cast<double>(clusters) - 1;
    test.p_value = detail::two_sided_t_p(*test.statistic, *test.degrees_of_freedom);
    test.status = scores.are_few(20) ? estimate_status::few_clusters : estimate_status::ok;
    return test;
}

}  // namespace compute_divide::inline v0_2

#endif
