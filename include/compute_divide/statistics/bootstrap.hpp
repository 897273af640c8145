// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_BOOTSTRAP_HPP
#define COMPUTE_DIVIDE_STATISTICS_BOOTSTRAP_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <numbers>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/statistics/detail/resample.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// The bootstrap: how a statistic varies when its sample is drawn anew, with replacement, from itself.
namespace compute_divide::inline v0_2 {

/// How an interval is read off the replicates t_1..t_B of a statistic whose value on the sample is t. q(p) is their
/// quantile (quantile_definition::linear), tail = (1 - level) / 2.
///
/// The first three are too short for few records or clusters: of 95 %, the percentiles of a mean cover 0.83 of 5 normal
/// records, 0.90 of 10, 0.92 of 20; for those take studentised, which covers 0.95. A ratio, or what else is positive,
/// is bootstrapped as its log: basic and studentised are not the same on another scale.
enum class bootstrap_interval {
    percentile,  ///< [q(tail), q(1 - tail)]
    basic,       ///< [2t - q(1 - tail), 2t - q(tail)], also called reverse percentile
    bca,         ///< percentiles moved for bias and acceleration (Efron 1987)
    studentised  ///< bootstrap-t: [t - s u(1 - tail), t - s u(tail)], s the standard error of t and u the quantiles of
                 ///< (t_b - t) / s_b; needs bootstrap_options::standard_error, or a statistic that yields its own
};
[[nodiscard]] constexpr auto enumerators(bootstrap_interval) {
    using enum bootstrap_interval;
    return std::array{named<bootstrap_interval>{percentile, "percentile"}, named<bootstrap_interval>{basic, "basic"},
                      named<bootstrap_interval>{bca, "bca"}, named<bootstrap_interval>{studentised, "studentised"}};
}

/// What is drawn.
enum class bootstrap_resampling {
    pairs,    ///< single records, with all they carry
    clusters  ///< whole clusters of records, as many as there are
};
[[nodiscard]] constexpr auto enumerators(bootstrap_resampling) {
    using enum bootstrap_resampling;
    return std::array{named<bootstrap_resampling>{pairs, "pairs"}, named<bootstrap_resampling>{clusters, "clusters"}};
}

/// Where the standard errors of the studentised bootstrap come from, unless the statistic yields its own
/// (studentised_value).
enum class bootstrap_error {
    none,      ///< nowhere
    jackknife  ///< leave one record, or cluster, out of each resample: n evaluations a replicate
};
[[nodiscard]] constexpr auto enumerators(bootstrap_error) {
    using enum bootstrap_error;
    return std::array{named<bootstrap_error>{none, "none"}, named<bootstrap_error>{jackknife, "jackknife"}};
}

/// A statistic with its standard error, for the studentised bootstrap without a double loop: what a statistic may
/// return in the place of a number. Of clusters, it must be their standard error.
struct studentised_value {
    double value = std::numeric_limits<double>::quiet_NaN();
    double standard_error = std::numeric_limits<double>::quiet_NaN();
};

/// Fewer units (records, or clusters) than this make an interval that is not known to cover: its status is
/// few_clusters. By simulation, docs/coverage.md: intervals of 95 % of the mean cover 0.93 from there on where records
/// are not skewed; what they are if they are is most_acceleration's.
[[nodiscard]] constexpr std::size_t fewest_units(bootstrap_interval kind) {
    return kind == bootstrap_interval::studentised ? 20 : 30;
}

/// Neither is an interval known to cover whose statistic has a larger acceleration than this, in either direction: of a
/// mean it is g / (6 sqrt n), g the records' skewness, and 1 / 30 is Cochran's rule n > 25 g^2 (Cochran 1977, section
/// 2.15). Studentised, which allows for half of it, 1 / 20. Means of skewed records: take logs, or more records.
[[nodiscard]] constexpr double most_acceleration(bootstrap_interval kind) {
    return kind == bootstrap_interval::studentised ? 1.0 / 20 : 1.0 / 30;
}

struct bootstrap_options {
    std::size_t replicates = 9'999;
    std::uint64_t seed = 1;  ///< the same seed gives the same numbers, whatever the platform and number of threads
    unsigned threads = 1;    ///< 0: as many as the machine has
    bool jackknife = true;   ///< what bca needs: as many more evaluations as there are records, or clusters
    bootstrap_error standard_error = bootstrap_error::none;  ///< what studentised needs

    friend constexpr bool operator==(const bootstrap_options&, const bootstrap_options&) = default;
};

/// A statistic's value on the sample and on its replicates.
struct bootstrap_distribution {
    std::optional<double> value = {};         ///< on the sample itself
    std::vector<double> replicates = {};      ///< ascending; only those where the statistic was finite
    std::uint64_t n_skipped = 0;              ///< replicates where it was not (NaN, nothing, infinite)
    std::optional<double> acceleration = {};  ///< for bca; nothing where not asked for, or a jackknife value not finite
    std::optional<double> standard_error = {};  ///< for studentised: of the value, nothing where not asked for
    std::vector<double> studentised = {};  ///< (replicate - value) / its standard error, ascending, where it has one
    std::uint64_t n = 0;                   ///< records used
    std::uint64_t n_units = 0;             ///< what is drawn from: records, or clusters
    std::uint64_t n_missing = 0;           ///< records left out since their cluster was not known
    bootstrap_resampling resampling = bootstrap_resampling::pairs;
    estimate_status status = estimate_status::no_data;

    /// The value with an interval. Besides the distribution's own status: few_clusters where there are fewer units than
    /// fewest_units(kind), or the acceleration, where it is known, is beyond most_acceleration(kind); degenerate where
    /// bca has no acceleration, where the standard error of studentised is 0, or where the value lies outside all
    /// replicates, so that its bias correction is infinite; too_few where so many replicates were skipped that the rest
    /// do not reach as far as the level. Throws std::invalid_argument for studentised without standard errors, a level
    /// outside (0, 1), or one that needs more replicates than were asked for: at least one in each tail, (1 - level) /
    /// 2 (replicates + 1) >= 1.
    [[nodiscard]] estimate interval(bootstrap_interval kind, double level = 0.95) const;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const bootstrap_distribution&, const bootstrap_distribution&) = default;
};

namespace detail {

template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t K>
inline constexpr bool is_array<std::array<T, K>> = true;

template <class T>
concept statistic_value = quantity<known_t<T>> || std::same_as<T, studentised_value> || requires(const T& several) {
    requires is_array<std::remove_cvref_t<T>>;
    requires quantity<known_t<decltype(several[0])>>;
};

/// One statistic or several, as doubles; NaN where not known.
template <class T>
[[nodiscard]] constexpr auto statistic_values(const T& result) {
    if constexpr (is_array<T>) {
        std::array<double, std::tuple_size_v<T>> values{};
        std::ranges::transform(result, values.begin(), [](const auto& x) { return as_double(x); });
        return values;
    } else if constexpr (std::same_as<T, studentised_value>) {
        return result;
    } else {
        return std::array{as_double(result)};
    }
}

/// Values of a statistic with their standard errors, NaN where not known.
template <std::size_t K>
struct valued_row {
    std::array<double, K> values, errors;
};
template <std::size_t K>
[[nodiscard]] valued_row<K> as_row(const std::array<double, K>& values) {
    valued_row<K> row{values, {}};
    row.errors.fill(std::numeric_limits<double>::quiet_NaN());
    return row;
}
[[nodiscard]] inline valued_row<1> as_row(const studentised_value& one) {
    return {{one.value}, {one.standard_error}};
}
template <std::size_t K>
[[nodiscard]] valued_row<K> as_row(const valued_row<K>& row) {
    return row;
}

/// The units of a resampling: records 0..n-1, each its own.
struct record_units {
    std::size_t n;

    [[nodiscard]] std::size_t size() const { return n; }
    static void append(std::size_t unit, std::vector<std::size_t>& indices) { indices.push_back(unit); }
};

/// Clusters: the members of the k-th are members[starts[k]] to members[starts[k + 1]].
struct cluster_units {
    std::vector<std::size_t> members = {};
    std::vector<std::size_t> starts = {0};

    [[nodiscard]] std::size_t size() const { return starts.size() - 1; }
    void append(std::size_t unit, std::vector<std::size_t>& indices) const {
        for (std::size_t i = starts[unit]; i < starts[unit + 1]; ++i) indices.push_back(members[i]);
    }
};

/// Two samples, each drawn from itself: records 0..first-1 and first..n-1.
struct two_sample_units {
    std::size_t first, n;

    [[nodiscard]] std::size_t size() const { return n; }
    static void append(std::size_t unit, std::vector<std::size_t>& indices) { indices.push_back(unit); }
};

/// Clusters in ascending order of their labels, members in the order of the records.
template <std::ranges::forward_range Sample, class Cluster>
[[nodiscard]] cluster_units clusters_of(Sample&& sample, Cluster& cluster) {
    std::vector<std::pair<label_storage_t<field_value_t<Cluster, Sample>>, std::size_t>> labelled;
    std::size_t position = 0;
    for (auto&& record : sample) {
        const field_value_t<Cluster, Sample> label = std::invoke(cluster, record);
        if (is_known(label)) {
            if constexpr (is_optional<field_value_t<Cluster, Sample>>)
                labelled.emplace_back(*label, position);
            else
                labelled.emplace_back(label, position);
        }
        ++position;
    }
    detail::sort(labelled);
    cluster_units units;
    for (std::size_t i = 0; i < labelled.size(); ++i) {
        if (i > 0 && labelled[i].first != labelled[i - 1].first) units.starts.push_back(i);
        units.members.push_back(labelled[i].second);
    }
    if (!labelled.empty()) units.starts.push_back(labelled.size());
    return units;
}

/// Efron's (1987) acceleration from leave-one-out values: sum d^3 / (6 (sum d^2)^(3/2)), d = mean - value; 0 where they
/// are all the same, nothing where one is not finite.
template <class Rows>
[[nodiscard]] std::optional<double> jackknife_acceleration(const Rows& rows, std::size_t column) {
    const double origin = rows.front().values[column];
    double excess = 0;
    for (const auto& row : rows) excess += row.values[column] - origin;
    const double mean = origin + excess / static_cast<double>(rows.size());
    if (!std::isfinite(mean)) return std::nullopt;
    double largest = 0, squares = 0, cubes = 0;
    for (const auto& row : rows) largest = std::max(largest, std::fabs(mean - row.values[column]));
    if (largest == 0) return 0;
    for (const auto& row : rows) {
        const double d = (mean - row.values[column]) / largest;
        squares += d * d;
        cubes += d * d * d;
    }
    return cubes / (6 * squares * std::sqrt(squares));
}

/// As many units as there are, with replacement.
template <class Units>
void draw(const Units& units, random_stream& stream, std::vector<std::size_t>& drawn) {
    for (std::size_t i = 0; i < units.size(); ++i) drawn.push_back(stream.below(units.size()));
}
inline void draw(const two_sample_units& units, random_stream& stream, std::vector<std::size_t>& drawn) {
    for (std::size_t i = 0; i < units.first; ++i) drawn.push_back(stream.below(units.first));
    for (std::size_t i = units.first; i < units.n; ++i)
        drawn.push_back(units.first + stream.below(units.n - units.first));
}

/// The jackknife standard errors of a statistic on drawn units: sqrt((m - 1) / m sum (left out - their mean)^2). A unit
/// drawn several times is left out once, and counts as often.
template <class Units, class Statistic>
class unit_jackknife {
    using result = std::invoke_result_t<Statistic&, drawn_indices, random_stream*>;
    using row = decltype(as_row(std::declval<result>()));

public:
    explicit unit_jackknife(const Units& units) : units_(units) {}

    void set_errors(Statistic& statistic, const std::vector<std::size_t>& drawn, row& of) {
        sorted_ = drawn;
        detail::sort(sorted_);
        constexpr std::size_t columns = std::tuple_size_v<decltype(row::values)>;
        std::array<double, columns> mean{}, squares{};
        double weight = 0;
        for (std::size_t i = 0; i < sorted_.size();) {
            std::size_t end = i;
            while (end < sorted_.size() && sorted_[end] == sorted_[i]) ++end;
            others_.clear();
            for (std::size_t j = 0; j < sorted_.size(); ++j)
                if (j != i) units_.append(sorted_[j], others_);
            const row left_out = as_row(statistic(drawn_indices(others_), nullptr));
            const auto times = static_cast<double>(end - i);
            weight += times;
            for (std::size_t c = 0; c < columns; ++c) {
                const double apart = left_out.values[c] - mean[c];
                mean[c] += apart * times / weight;
                squares[c] += times * apart * (left_out.values[c] - mean[c]);
            }
            i = end;
        }
        for (std::size_t c = 0; c < columns; ++c) of.errors[c] = std::sqrt((weight - 1) / weight * squares[c]);
    }

private:
    const Units& units_;
    std::vector<std::size_t> sorted_, others_;
};

/// The engine. `statistic(indices, stream)` yields an array of doubles, a studentised_value or a valued_row; the stream
/// is null but for replicates. Every thread works on a copy of it, replicate b draws from random_stream(seed, b).
template <class Units, class Statistic>
[[nodiscard]] auto bootstrap_units(const Units& units, const Statistic& statistic, const bootstrap_options& options) {
    using values = std::invoke_result_t<Statistic&, drawn_indices, random_stream*>;
    using row = decltype(as_row(std::declval<values>()));
    constexpr bool has_own_error = !is_array<values>;
    std::array<bootstrap_distribution, std::tuple_size_v<decltype(row::values)>> result;

    std::vector<std::size_t> all, every_unit;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        units.append(unit, all);
        every_unit.push_back(unit);
    }
    for (auto& distribution : result) {
        distribution.n = all.size();
        distribution.n_units = units.size();
        distribution.status = all.empty()         ? estimate_status::no_data
                              : units.size() == 1 ? estimate_status::too_few
                                                  : estimate_status::ok;
    }
    if (units.size() < 2) return result;

    const bool studentise = !has_own_error && options.standard_error == bootstrap_error::jackknife;
    std::vector<row> rows(options.replicates);
    in_parts(rows.size(), options.threads, [&](std::size_t first, std::size_t last) {
        auto own_statistic = statistic;
        unit_jackknife<Units, Statistic> errors(units);
        std::vector<std::size_t> drawn_units, drawn;
        drawn.reserve(2 * all.size());
        for (std::size_t replicate = first; replicate < last; ++replicate) {
            random_stream stream(options.seed, replicate);
            drawn_units.clear();
            drawn.clear();
            draw(units, stream, drawn_units);
            for (const std::size_t unit : drawn_units) units.append(unit, drawn);
            rows[replicate] = as_row(own_statistic(drawn_indices(drawn), &stream));
            if (studentise) errors.set_errors(own_statistic, drawn_units, rows[replicate]);
        }
    });
    std::vector<row> left_out(options.jackknife ? units.size() : 0);
    in_parts(left_out.size(), options.threads, [&](std::size_t first, std::size_t last) {
        auto own_statistic = statistic;
        std::vector<std::size_t> others;
        for (std::size_t unit = first; unit < last; ++unit) {
            others.clear();
            for (std::size_t other = 0; other < units.size(); ++other)
                if (other != unit) units.append(other, others);
            left_out[unit] = as_row(own_statistic(drawn_indices(others), nullptr));
        }
    });

    auto own_statistic = statistic;
    row on_sample = as_row(own_statistic(drawn_indices(all), nullptr));
    if (studentise) unit_jackknife<Units, Statistic>(units).set_errors(own_statistic, every_unit, on_sample);
    for (std::size_t column = 0; column < result.size(); ++column) {
        auto& distribution = result[column];
        const double value = on_sample.values[column];
        for (const auto& each : rows)
            if (std::isfinite(each.values[column])) distribution.replicates.push_back(each.values[column]);
        distribution.n_skipped = rows.size() - distribution.replicates.size();
        detail::sort(distribution.replicates);
        if (options.jackknife) distribution.acceleration = jackknife_acceleration(left_out, column);
        if (std::isfinite(value) && !distribution.replicates.empty())
            distribution.value = value;
        else
            distribution.status = estimate_status::degenerate;
        if (!studentise && !has_own_error) continue;
        if (std::isfinite(on_sample.errors[column])) distribution.standard_error = on_sample.errors[column];
        for (const auto& each : rows) {
            const double t = (each.values[column] - value) / each.errors[column];
            if (each.errors[column] > 0 && std::isfinite(t)) distribution.studentised.push_back(t);
        }
        detail::sort(distribution.studentised);
    }
    return result;
}

/// Checks the options, hands the engine a statistic of records for one of indices, and the result back in the
/// statistic's own shape.
template <class First, class Units, class Statistic>
[[nodiscard]] auto bootstrap_records(First first, const Units& units, const Statistic& statistic,
                                     const bootstrap_options& options) {
    require(options.replicates > 0, "bootstrap", "replicates >= 1", options.replicates);
    using value = std::remove_cvref_t<std::invoke_result_t<Statistic&, const resample<First>&>>;
    auto result = bootstrap_units(
        units,
        [first, statistic = statistic](drawn_indices drawn, [[maybe_unused]] random_stream* stream) mutable {
            const resample<First> records(first, drawn);
            if constexpr (std::invocable<Statistic&, const resample<First>&, random_stream&>)
                if (stream != nullptr) return statistic_values<value>(std::invoke(statistic, records, *stream));
            return statistic_values<value>(std::invoke(statistic, records));
        },
        options);
    if constexpr (is_array<value>)
        return result;
    else
        return std::move(result[0]);
}

}  // namespace detail

/// The records drawn from `Sample`, as a statistic sees them: a random-access range.
template <std::ranges::random_access_range Sample>
using resample_of = detail::resample<std::ranges::iterator_t<Sample>>;

/// A function of a resample that yields a number, a std::optional of one, a std::array of either, or a number with its
/// standard error (studentised_value). A statistic that
/// can also be called with a random_stream& gets that of the replicate, after the draws, to add noise to the data; it
/// is called without one for the sample itself and the jackknife.
template <class Statistic, class Sample>
concept statistic_of = std::ranges::random_access_range<Sample> && std::copy_constructible<Statistic> &&
    requires(Statistic& statistic, const resample_of<Sample>& drawn) {
    { std::invoke(statistic, drawn) } -> detail::statistic_value;
};

/// The bootstrap distribution of a statistic: as many records as there are, drawn with replacement, `replicates` times.
///
/// Returns a bootstrap_distribution, or a std::array of them where the statistic yields an array: all of one set of
/// resamples. Intervals of every kind and level are then read off by `interval`. Where the statistic is not finite on a
/// resample, that replicate is left out and counted in n_skipped.
/// Not enough data: no_data for no records, too_few for one, degenerate where the statistic is not finite on the
/// sample, or on no replicate. Where it is the same on every replicate (constant data), so are the ends of its
/// interval. Throws std::invalid_argument for replicates = 0; what a statistic throws comes through. Each thread calls
/// its own copy of the statistic, which may so keep scratch memory; nothing is allocated a replicate. Cost: replicates
/// + n + 1 evaluations (replicates + 1 without the jackknife; about 0.6 n more a replicate where standard_error is the
/// jackknife's), 8 bytes a replicate and number. Source: Efron and
/// Tibshirani (1993), chapters 13 and 14. Checked against scipy.stats.bootstrap on the same resamples.
template <std::ranges::random_access_range Sample, statistic_of<Sample> Statistic>
requires std::ranges::sized_range<Sample>
[[nodiscard]] auto bootstrap(Sample&& sample, Statistic statistic, const bootstrap_options& options = {}) {
    const detail::record_units units{static_cast<std::size_t>(std::ranges::size(sample))};
    return detail::bootstrap_records(std::ranges::begin(sample), units, statistic, options);
}

namespace mistake {
struct the_statistic_must_make_a_number_of_records {};
}  // namespace mistake

template <mistake::no_range Statistic, class... Rest>
mistake::the_records_come_first bootstrap(Statistic&&, Rest&&...) = delete;
template <std::ranges::random_access_range Sample, class Statistic>
mistake::the_statistic_must_make_a_number_of_records bootstrap(
    Sample&&, Statistic, const bootstrap_options& = {}) requires(!statistic_of<Statistic, Sample>) = delete;

/// The same where the records of one cluster (an organisation's models) are not independent: as many clusters as there
/// are are drawn with replacement, each with all its records. A record whose cluster is not known is left out, of the
/// sample too, and counted in n_missing. too_few: one cluster. The jackknife leaves out whole clusters.
/// Source: Davison and Hinkley (1997), section 3.8, strategy 1.
template <std::ranges::random_access_range Sample, label_field_of<Sample> Cluster, statistic_of<Sample> Statistic>
requires std::ranges::sized_range<Sample> &&(!has_several_labels<Cluster, Sample>)
    [[nodiscard]] auto cluster_bootstrap(Sample&& sample, Cluster cluster, Statistic statistic,
                                         const bootstrap_options& options = {}) {
    const auto units = detail::clusters_of(sample, cluster);
    auto result = detail::bootstrap_records(std::ranges::begin(sample), units, statistic, options);
    const auto describe = [&](bootstrap_distribution& distribution) {
        distribution.resampling = bootstrap_resampling::clusters;
        distribution.n_missing = std::ranges::size(sample) - distribution.n;
    };
    if constexpr (std::same_as<decltype(result), bootstrap_distribution>)
        describe(result);
    else
        std::ranges::for_each(result, describe);
    return result;
}

namespace mistake {
struct a_resampled_cluster_must_be_a_single_label {};
}  // namespace mistake

/// A list of labels is no label: records that share one of them are not one cluster that could be drawn.
template <std::ranges::random_access_range Sample, field_of<Sample> Cluster, class Statistic>
requires has_several_labels<Cluster, Sample> mistake::a_resampled_cluster_must_be_a_single_label cluster_bootstrap(
    Sample&&, Cluster, Statistic, const bootstrap_options& = {})
= delete;

inline estimate bootstrap_distribution::interval(bootstrap_interval kind, double level) const {
    using enum bootstrap_interval;
    detail::require_level(level, "bootstrap_distribution::interval");
    static constexpr std::array<std::array<std::string_view, 4>, 2> methods{
        {{"bootstrap_percentile", "bootstrap_basic", "bootstrap_bca", "bootstrap_studentised"},
         {"cluster_bootstrap_percentile", "cluster_bootstrap_basic", "cluster_bootstrap_bca",
          "cluster_bootstrap_studentised"}}};
    estimate result;
    result.level = level;
    result.method = methods[static_cast<std::size_t>(resampling)][static_cast<std::size_t>(kind)];
    result.n = n;
    result.n_missing = n_missing;
    result.status = status;
    if (status != estimate_status::ok) return result;

    double lower_p = (1 - level) / 2;
    const auto reach_the_tails = [lower_p](std::size_t count) {
        return lower_p * (static_cast<double>(count) + 1) > 1 - 1e-9;  // 19 do at level 0.9
    };
    const std::size_t asked_for = replicates.size() + n_skipped;
    detail::require(reach_the_tails(asked_for), "bootstrap_distribution::interval",
                    "at least 2 / (1 - level) - 1 replicates", asked_for);
    detail::require(
        kind != studentised || standard_error || !this->studentised.empty(), "bootstrap_distribution::interval",
        "of studentised bootstrap_options::standard_error, or a statistic that yields a studentised_value", "none");
    if (!reach_the_tails(kind == studentised ? this->studentised.size() : replicates.size())) {
        result.status = estimate_status::too_few;
        return result;
    }
    const bool few =
        n_units < fewest_units(kind) || (acceleration && std::fabs(*acceleration) > most_acceleration(kind));
    const estimate_status enough = few ? estimate_status::few_clusters : estimate_status::ok;
    if (kind == studentised) {
        result.status = estimate_status::degenerate;
        if (!standard_error || !(*standard_error > 0)) return result;
        const auto end = [&](double p) {
            return *value - *standard_error * detail::quantile_of_sorted(this->studentised, p);
        };
        result.value = value;
        result.bounds = {end(1 - lower_p), end(lower_p)};
        result.status = enough;
        return result;
    }
    double upper_p = 1 - lower_p;
    if (kind == bca) {
        const auto below = detail::lower_bound(replicates, *value) - replicates.begin();
        const auto up_to = detail::upper_bound(replicates, *value) - replicates.begin();
        const double twice_share = static_cast<double>(below + up_to) / static_cast<double>(replicates.size());
        result.status = estimate_status::degenerate;
        if (!acceleration || twice_share == 0 || twice_share == 2) return result;
        const double bias = -detail::upper_normal_quantile(twice_share / 2);
        const double z = detail::upper_normal_quantile(lower_p);
        const double lower_stretch = 1 - *acceleration * (bias - z);
        const double upper_stretch = 1 - *acceleration * (bias + z);
        if (!(lower_stretch > 0 && upper_stretch > 0)) return result;
        const auto normal_share = [](double x) { return std::erfc(-x / std::numbers::sqrt2) / 2; };
        lower_p = normal_share(bias + (bias - z) / lower_stretch);
        upper_p = normal_share(bias + (bias + z) / upper_stretch);
    }
    result.status = enough;
    const double lower = detail::quantile_of_sorted(replicates, lower_p);
    const double upper = detail::quantile_of_sorted(replicates, upper_p);
    result.value = value;
    result.bounds = kind == basic ? compute_divide::interval{2 * *value - upper, 2 * *value - lower}
                                  : compute_divide::interval{lower, upper};
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
