// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_GAP_TRENDS_HPP
#define COMPUTE_DIVIDE_POLICY_GAP_TRENDS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numbers>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/policy/first_model.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/trends/compare.hpp>

/// The gap of two groups and the growth of both from records: one fit, so that what is uncertain in them is so
/// together.
namespace compute_divide::inline v0_2 {

/// What a reader of a scenario must be told before its numbers.
enum class scenario_warning {
    few_recent_models,  ///< those behind have hardly a model in the last years: their trend is a line into the future
    few_clusters,       ///< of one of the groups: intervals are not known to cover
    beyond_data,        ///< the year asked about is further from the data than these are long
    before_data,        ///< the date of the gap is before the first model of one of the groups
    utilisation_capped  ///< the utilisation's distribution reaches above 1, where it is cut off
};
[[nodiscard]] constexpr auto enumerators(scenario_warning) {
    using enum scenario_warning;
    using named = named<scenario_warning>;
    return std::array{
        named{few_recent_models, "few_recent_models",
              "those behind have fewer than 3 models in the last 2 years: their trend is a line into the future"},
        named{few_clusters, "few_clusters", "so few organisations that intervals are not known to cover"},
        named{beyond_data, "beyond_data", "the year is further from the data than these are long"},
        named{before_data, "before_data", "the date is before the first model of one of the groups"},
        named{utilisation_capped, "utilisation_capped", "the utilisation's distribution is cut off at 1"}};
}

/// How far those behind are on a date, and how fast both grow. The uncertain numbers share their sources, named "gap
/// now", "growth of the frontier", "own growth" and "frontier now"; each but the first is what is left of its quantity
/// once those before it are known.
struct gap_trends {
    uncertain<> gap = 1.0;              ///< of the two lines on the date
    uncertain<> frontier_growth = 1.0;  ///< times a year
    uncertain<> own_growth = 1.0;
    uncertain<> frontier = 1.0;  ///< level of the frontier's line on the date, in the unit of the values
    model_stream own = {};       ///< those behind, for first_model_of_size
    std::uint64_t n_frontier = 0, n_own = 0, n_missing = 0;
    std::uint64_t frontier_clusters = 0, own_clusters = 0;
    std::uint64_t own_recent = 0;  ///< models of those behind in the 2 years before the last record of either group
    double first_year = 0, last_year = 0;  ///< of the records of both
    double degrees_of_freedom = 0;
    std::vector<scenario_warning> warnings = {};
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const gap_trends&, const gap_trends&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<gap_trends>) {
    using result = gap_trends;
    return member_list(member{"gap", &result::gap}, member{"frontier_growth", &result::frontier_growth},
                       member{"own_growth", &result::own_growth}, member{"frontier", &result::frontier},
                       member{"own", &result::own}, member{"n_frontier", &result::n_frontier},
                       member{"n_own", &result::n_own}, member{"n_missing", &result::n_missing},
                       member{"frontier_clusters", &result::frontier_clusters},
                       member{"own_clusters", &result::own_clusters}, member{"own_recent", &result::own_recent},
                       member{"first_year", &result::first_year}, member{"last_year", &result::last_year},
                       member{"degrees_of_freedom", &result::degrees_of_freedom}, member{"warnings", &result::warnings},
                       member{"status", &result::status});
}

namespace detail {

/// A record of either group on an axis of years from the date of the gap.
struct gap_row {
    double log, behind, years;
    std::vector<std::uint32_t> labels;  // of its clusters
    [[nodiscard]] double behind_years() const { return behind * years; }
    [[nodiscard]] std::uint32_t label() const { return labels.front(); }
};

/// Numbers whose logarithms are `means` with this covariance (by rows), from as many sources as they are: Cholesky's
/// factor, in which a variance that is all explained has none of its own.
template <std::size_t N>
[[nodiscard]] std::array<uncertain<>, N> jointly_uncertain(const std::array<double, N>& means,
                                                           const std::array<double, N * N>& covariance,
                                                           const std::array<std::string_view, N>& names) {
    std::array<double, N * N> root{};
    std::array<uncertain<>, N> all = [&]<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{uncertain<>(std::exp(means[I]))...};
    }
    (std::make_index_sequence<N>{});
    for (std::size_t i = 0; i < N; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double rest = covariance[i * N + j];
            for (std::size_t k = 0; k < j; ++k) rest -= root[i * N + k] * root[j * N + k];
            double& own = root[i * N + j];
            if (i == j)
                own = rest > 1e-12 * covariance[i * N + i] ? std::sqrt(rest) : 0;
            else
                own = root[j * N + j] > 0 ? rest / root[j * N + j] : 0;
            const uncertain<> factor(1, std::string(names[j]), std::fabs(own));
            all[i] = own < 0 ? all[i] / factor : all[i] * factor;
        }
    return all;
}

}  // namespace detail

/// Fits log10(value) = a + b t of both groups at once, with the covariance of clusters over both (an organisation may
/// have models in either), and tells on the date `at`
///
///   ln G0 = ln 10 (a_frontier - a_own),   ln g = b ln 10
///
/// as normal together; their standard errors are widened to those of Student's t with one degree of freedom fewer than
/// the group with fewer clusters has, so that 90 % of theirs are 90 % of t's.
///
/// `group` is a label, of which `own` are those behind and `frontier` those ahead; records of others, and those of
/// unknown date, value or group, are left out. `by`, the year asked about later, only decides the warnings.
///
/// no_data: no record of one of the groups; too_few: fewer than 3 records of one, or 3 clusters; degenerate: all
/// on one day, or residuals of 0. A frontier that does not grow is no error here, and one of years_behind. Throws
/// std::invalid_argument, with the record's position, for a value that is 0, negative or infinite. Coverage of the gap
/// in later years: tests/policy/gap_trends.test.cpp.
template <std::ranges::forward_range Records, label_field_of<Records> Group, time_field_of<Records> Date,
          quantity_field_of<Records> Value, cluster_field_of<Records> Cluster>
[[nodiscard]] gap_trends gap_of_trends(Records&& records, Group group, Date date, Value value, Cluster cluster,
                                       const known_t<field_value_t<Group, Records>>& own,
                                       const known_t<field_value_t<Group, Records>>& frontier, double at,
                                       std::optional<double> by = std::nullopt) {
    constexpr std::string_view function = "gap_of_trends";
    detail::require(std::isfinite(at), function, "a finite year of the gap", at);
    gap_trends result;
    std::vector<detail::gap_row> rows;
    detail::cluster_numbers<Records, Cluster> number(cluster);
    std::array<std::vector<std::uint32_t>, 2> labels;  // of those behind, of the frontier
    std::vector<std::size_t> alone;                    // rows without a label
    std::array<double, 2> first{std::numeric_limits<double>::infinity(), std::numeric_limits<double>::infinity()};
    std::uint64_t position = 0;
    for (auto&& record : records) {
        const double x = as_double(std::invoke(value, record));
        const double year = decimal_year(std::invoke(date, record));
        if (x <= 0 || x > std::numeric_limits<double>::max())
            detail::fail(function, "a finite value > 0 in record " + std::to_string(position), x);
        ++position;
        const field_value_t<Group, Records> label = std::invoke(group, record);
        if (!is_known(x) || !is_known(year) || !is_known(label)) {
            ++result.n_missing;
            continue;
        }
        const bool is_own = label == own;
        if (!is_own && !(label == frontier)) continue;
        const std::size_t side = is_own ? 0 : 1;
        first[side] = std::min(first[side], year);
        ++(is_own ? result.n_own : result.n_frontier);
        const auto& found = number(record);
        if (found.empty()) alone.push_back(rows.size());
        rows.push_back({std::log10(x), is_own ? 1.0 : 0.0, year - at, {found.begin(), found.end()}});
    }
    auto next = static_cast<std::uint32_t>(number.labels());
    for (const std::size_t i : alone) rows[i].labels.push_back(next++);
    for (const auto& r : rows) {
        auto& of_side = labels[r.behind == 1 ? 0 : 1];
        of_side.insert(of_side.end(), r.labels.begin(), r.labels.end());
    }
    for (auto& each : labels) {
        detail::sort(each);
        each.erase(std::unique(each.begin(), each.end()), each.end());
    }
    result.own_clusters = labels[0].size();
    result.frontier_clusters = labels[1].size();
    const std::uint64_t fewest = std::min(result.n_own, result.n_frontier);
    const std::uint64_t fewest_clusters = std::min(result.own_clusters, result.frontier_clusters);
    result.status = fewest == 0 ? estimate_status::no_data : estimate_status::too_few;
    if (fewest < 3 || fewest_clusters < 3) return result;

    double earliest = rows.front().years, latest = earliest;
    for (const auto& r : rows) {
        earliest = std::min(earliest, r.years);
        latest = std::max(latest, r.years);
    }
    result.first_year = earliest + at;
    result.last_year = latest + at;
    for (const auto& r : rows)
        if (r.behind == 1 && r.years > latest - 2) ++result.own_recent;

    const auto model = model_of(&detail::gap_row::log)
                           .on(variable("behind", &detail::gap_row::behind), variable("years", &detail::gap_row::years),
                               variable("behind * years", &detail::gap_row::behind_years));
    const auto fit = [&] {
        if constexpr (has_several_labels<Cluster, Records>)
            return fit_linear(rows, model.clustered_by(&detail::gap_row::labels));
        else
            return fit_linear(rows, model.clustered_by(&detail::gap_row::label));
    }();
    result.status = estimate_status::degenerate;
    if (!fit || !fit.covariance || !fit.dependent.empty()) return result;
    result.degrees_of_freedom = static_cast<double>(fewest_clusters) - 1;
    const double wider = detail::two_sided_t(0.9, result.degrees_of_freedom) / detail::upper_normal_quantile(0.05);

    // ln G0, ln g_frontier, ln g_own and ln F0 of the coefficients: intercept, behind, years, behind * years.
    constexpr std::array<std::array<double, 4>, 4> of_coefficients{
        {{0, -1, 0, 0}, {0, 0, 1, 0}, {0, 0, 1, 1}, {1, 0, 0, 0}}};
    std::array<double, 4> means{};
    std::array<double, 16> covariance{};
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t k = 0; k < 4; ++k) {
            means[i] += std::numbers::ln10 * of_coefficients[i][k] * fit.coefficients[k];
            for (std::size_t j = 0; j < 4; ++j)
                for (std::size_t l = 0; l < 4; ++l)
                    covariance[i * 4 + j] += std::numbers::ln10 * std::numbers::ln10 * wider * wider *
                                             of_coefficients[i][k] * of_coefficients[j][l] * fit.covariance(k, l);
        }
    for (const double mean : means)
        if (!(std::fabs(mean) < 700)) return result;
    const auto numbers = detail::jointly_uncertain<4>(
        means, covariance, {"gap now", "growth of the frontier", "own growth", "frontier now"});
    result.gap = numbers[0];
    result.frontier_growth = numbers[1];
    result.own_growth = numbers[2];
    result.frontier = numbers[3];

    double squares = 0;
    for (const auto& r : rows) {
        const double line =
            fit.coefficients[0] + fit.coefficients[1] + (fit.coefficients[2] + fit.coefficients[3]) * r.years;
        if (r.behind == 1) squares += (r.log - line) * (r.log - line);
    }
    const auto variance_of_sum = [&](std::size_t a, std::size_t b) {
        return wider * wider * (fit.covariance(a, a) + fit.covariance(b, b) + 2 * fit.covariance(a, b));
    };
    const auto n_own = static_cast<double>(result.n_own);
    result.own = {.log_level = fit.coefficients[0] + fit.coefficients[1],
                  .slope = fit.coefficients[2] + fit.coefficients[3],
                  .spread = std::sqrt(squares / std::max(1.0, n_own - 2)),
                  .a_year = static_cast<double>(result.own_recent) / 2,
                  .log_level_sd = std::sqrt(std::max(0.0, variance_of_sum(0, 1))),
                  .slope_sd = std::sqrt(std::max(0.0, variance_of_sum(2, 3)))};

    using enum scenario_warning;
    const bool few = fit.covariance.clusters_are_few() || fewest_clusters < detail::enough_clusters;
    if (result.own_recent < 3) result.warnings.push_back(few_recent_models);
    if (few) result.warnings.push_back(few_clusters);
    if (by && *by - result.last_year > result.last_year - result.first_year) result.warnings.push_back(beyond_data);
    if (at < std::max(first[0], first[1])) result.warnings.push_back(before_data);
    result.status = few ? estimate_status::few_clusters : estimate_status::ok;
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
