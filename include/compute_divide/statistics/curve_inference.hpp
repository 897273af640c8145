// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_CURVE_INFERENCE_HPP
#define COMPUTE_DIVIDE_STATISTICS_CURVE_INFERENCE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/detail/curve_score.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/statistics/specification_curve.hpp>
#include <compute_divide/statistics/step_down.hpp>

/// What a specification curve says against chance (Simonsohn, Simmons, Nelson 2020): the whole analysis, every
/// specification of it, run on many draws of the data in which there is no effect. Each draw is one set of records on
/// which all specifications run, so that whatever ties them together is in the draws too.
///
///     const auto curve = resampled_curve(papers, &paper::venue, set,
///         [](const std::vector<paper>& drawn, window years, bool weighted) { return slope(drawn, ...); });
///     curve.joint.median.p_value;      // of no effect in any specification
///     curve.joint.median_effect;       // the median over specifications with its interval
///
/// Three statistics: the median of the estimates, the number that are significant in the direction that more are, and
/// Stouffer's sum of normal scores. Family-wise p-values of the single specifications are in
/// specification::adjusted_p_value, by the step-down of step_down.hpp.
namespace compute_divide::inline v0_2 {

/// What counts as at least as extreme as the curve that was seen.
enum class joint_sides {
    two_sided,      ///< as far from no effect in either direction
    dominant_sign,  ///< as far in the direction of the median that was seen: half the p, for a direction found by
                    ///< looking
};
[[nodiscard]] constexpr auto enumerators(joint_sides) {
    using enum joint_sides;
    return std::array{named<joint_sides>{two_sided, "two_sided", "two-sided"},
                      named<joint_sides>{dominant_sign, "dominant_sign", "dominant sign"}};
}

/// How draws have no effect.
enum class curve_null {
    resampled,  ///< records or clusters drawn with replacement; the draw's estimates less those of the sample
    imposed     ///< the data are made so, by permutation of what is held to have the effect: its estimates as they are
};
[[nodiscard]] constexpr auto enumerators(curve_null) {
    using enum curve_null;
    return std::array{named<curve_null>{resampled, "resampled"}, named<curve_null>{imposed, "imposed"}};
}

struct joint_options {
    curve_options curve = {};
    std::size_t draws = 999;
    std::uint64_t seed = 1;  ///< the same seed gives the same numbers, whatever the platform and number of threads
    unsigned threads = 1;    ///< 0: as many as the machine has
    joint_sides sides = joint_sides::two_sided;
    double level = 0.95;  ///< of the interval of the median
    /// Specifications that have an interval on fewer of the draws than this are not tested, and counted in n_left_out;
    /// draws on which one of the others has none are skipped, and counted in n_skipped.
    double least_share_of_draws = 0.9;
};

/// Fewer records or clusters than this, or so uneven ones that by Kish's number they are worth fewer than half of it,
/// make tests that are not known to keep their level: their status is few_clusters. These are the step-down, the count
/// of the significant and Stouffer's sum, of studentised estimates; the median and its interval are not, and need
/// clusters that are worth more. By simulation (benchmarks/curve_size.cpp): with 30 clusters, tests of the median at 5
/// % reject curves without effect in 9 %, Stouffer's in 6 %.
inline constexpr std::size_t fewest_units_of_curves = 20;
/// The same for the median and its interval.
inline constexpr std::size_t fewest_units_of_medians_of_curves = 100;

namespace detail {

/// One draw of one specification: its estimate less what it is without effect, on the scale, and its normal score.
struct scored_effect {
    double effect = std::numeric_limits<double>::quiet_NaN();
    double score = std::numeric_limits<double>::quiet_NaN();
};

/// `own_p`: whether a p-value that the specification states is of `origin`.
[[nodiscard]] inline scored_effect scored(const specification& s, double origin, comparison_scale scale, bool own_p) {
    if (!has_finite_value(s)) return {};
    const double effect = on_scale(*s.result.value, scale) - origin;
    if (!std::isfinite(effect)) return {};
    return {effect, own_p && s.p_value ? normal_score(*s.p_value, effect) : score_of_interval(s.result, origin, scale)};
}

/// The three statistics of a curve.
struct curve_statistics {
    double median = 0, significant = 0, stouffer = 0;
};
/// `direction` 0: two-sided, else +1 or -1.
[[nodiscard]] inline curve_statistics statistics_of(const std::vector<scored_effect>& effects,
                                                    const std::vector<std::size_t>& tested, double critical_score,
                                                    double direction, std::vector<double>& scratch) {
    curve_statistics s;
    double above = 0, below = 0;
    scratch.clear();
    for (const std::size_t i : tested) {
        scratch.push_back(effects[i].effect);
        s.stouffer += effects[i].score;
        const bool significant = std::fabs(effects[i].score) >= critical_score;
        above += significant && effects[i].score > 0 ? 1 : 0;
        below += significant && effects[i].score < 0 ? 1 : 0;
    }
    detail::sort(scratch);
    s.median = quantile_of_sorted(scratch, 0.5);
    s.stouffer /= std::sqrt(static_cast<double>(tested.size()));
    s.significant = direction == 0 ? std::max(above, below) : direction > 0 ? above : below;
    s.median = direction == 0 ? std::fabs(s.median) : direction * s.median;
    s.stouffer = direction == 0 ? std::fabs(s.stouffer) : direction * s.stouffer;
    return s;
}

/// Fills in `joint` and the adjusted p-values. `observed` and each draw are in the order of `curve.specifications`.
inline void set_joint(specification_curve& curve, const std::vector<scored_effect>& observed,
                      const std::vector<std::vector<scored_effect>>& draws, curve_null kind, bool complete,
                      const joint_options& options) {
    joint_inference& joint = curve.joint;
    joint.seed = options.seed;
    joint.median.method = joint.significant.method = joint.stouffer.method =
        kind == curve_null::resampled ? "resampled specification curve"
        : complete                    ? "permuted specification curve, exact"
                                      : "permuted specification curve";
    joint.median_effect.method =
        kind == curve_null::resampled ? "bootstrap_percentile of the median specification" : "median specification";
    joint.median_effect.level = options.level;
    const auto say = [&joint](estimate_status status) {
        joint.status = joint.median.status = joint.significant.status = joint.stouffer.status =
            joint.median_effect.status = status;
    };
    const auto has_test = [](const scored_effect& e) { return std::isfinite(e.effect) && !std::isnan(e.score); };
    std::vector<std::size_t> tested;
    for (std::size_t i = 0; i < observed.size(); ++i) {
        if (!is_counted(curve.specifications[i]) || !has_test(observed[i])) continue;
        const auto on = static_cast<double>(
            detail::count_if(draws, [&](const std::vector<scored_effect>& draw) { return has_test(draw[i]); }));
        if (on >= options.least_share_of_draws * static_cast<double>(draws.size()))
            tested.push_back(i);
        else
            ++joint.n_left_out;
    }
    joint.specifications = joint.median.n = joint.significant.n = joint.stouffer.n = joint.median_effect.n =
        tested.size();
    say(tested.empty() && joint.n_left_out == 0 ? estimate_status::no_data : estimate_status::too_few);
    if (tested.empty()) return;

    const curve_options& how = curve.options;
    const double null = on_scale(how.null_value(), how.scale);
    const double critical_score = upper_normal_quantile(how.significance / 2) * (1 - 1e-12);
    std::vector<double> scratch;
    const double middle = statistics_of(observed, tested, critical_score, 1, scratch).median;
    const double direction = options.sides == joint_sides::two_sided ? 0 : middle < 0 ? -1 : 1;
    const curve_statistics seen = statistics_of(observed, tested, critical_score, direction, scratch);
    std::array<double, 3> at_least{};
    std::vector<std::vector<double>> scores;
    std::vector<double> medians;
    for (const auto& draw : draws) {
        if (!detail::all_of(tested, [&](std::size_t i) { return has_test(draw[i]); })) {
            ++joint.n_skipped;
            continue;
        }
        const curve_statistics of_draw = statistics_of(draw, tested, critical_score, direction, scratch);
        const auto reaches = [](double x, double y) { return x >= y - std::fabs(y) * 1e-9 ? 1.0 : 0.0; };
        at_least[0] += reaches(of_draw.median, seen.median);
        at_least[1] += reaches(of_draw.significant, seen.significant);
        at_least[2] += reaches(of_draw.stouffer, seen.stouffer);
        auto& row = scores.emplace_back();
        for (const std::size_t i : tested) row.push_back(draw[i].score);
        scratch.clear();
        for (const std::size_t i : tested)
            scratch.push_back(draw[i].effect + (kind == curve_null::resampled ? observed[i].effect : 0));
        detail::sort(scratch);
        medians.push_back(quantile_of_sorted(scratch, 0.5));
    }
    joint.draws = scores.size();
    const bool enough_draws =
        !scores.empty() && (complete || static_cast<double>(joint.draws) + 1 >= 1 / how.significance - 1e-9);
    if (!enough_draws) return;
    const double more = complete ? 0 : 1, of = static_cast<double>(joint.draws) + more;
    const curve_statistics shown = statistics_of(observed, tested, critical_score, middle < 0 ? -1 : 1, scratch);
    const double sign = middle < 0 ? -1 : 1;
    joint.median.statistic = sign * shown.median;
    joint.significant.statistic = direction == 0 ? seen.significant : shown.significant;
    joint.stouffer.statistic = sign * shown.stouffer;
    joint.median.p_value = (at_least[0] + more) / of;
    joint.significant.p_value = (at_least[1] + more) / of;
    joint.stouffer.p_value = (at_least[2] + more) / of;
    joint.median_effect.value = off_scale(null + middle, how.scale);
    if (const double tail = (1 - options.level) / 2; kind == curve_null::resampled && tail * of >= 1 - 1e-9) {
        detail::sort(medians);
        joint.median_effect.bounds = interval{off_scale(null + quantile_of_sorted(medians, tail), how.scale),
                                              off_scale(null + quantile_of_sorted(medians, 1 - tail), how.scale)};
    }
    const auto status_of = [kind](bool few) {
        return kind == curve_null::resampled && few ? estimate_status::few_clusters : estimate_status::ok;
    };
    say(status_of(joint.n_units < fewest_units_of_curves ||
                  joint.n_effective < static_cast<double>(fewest_units_of_curves) / 2));
    joint.median.status = joint.median_effect.status =
        status_of(joint.n_effective < static_cast<double>(fewest_units_of_medians_of_curves));
    std::vector<double> statistics;
    statistics.reserve(tested.size());
    for (const std::size_t i : tested) statistics.push_back(observed[i].score);
    const auto adjusted = step_down_p_values(statistics, scores, {.complete = complete});
    for (std::size_t i = 0; i < tested.size(); ++i) curve.specifications[tested[i]].adjusted_p_value = adjusted[i];
}

inline void check(const joint_options& options, std::string_view function) {
    require(options.draws > 0, function, "draws >= 1", options.draws);
    require_level(options.level, function);
    require(options.least_share_of_draws > 0 && options.least_share_of_draws <= 1, function,
            "a least share of draws in (0, 1]", options.least_share_of_draws);
}

/// The curve of a set of specifications of `sample`, tested on draws: draw(b, scratch) makes the records of draw b.
template <class... Values, class Record, class Function, class Draw>
[[nodiscard]] specification_curve curve_on_draws(const specification_set<Values...>& set,
                                                 const std::vector<Record>& sample, const Function& f, const Draw& draw,
                                                 curve_null kind, std::uint64_t n_units, double n_effective,
                                                 const joint_options& options) {
    const auto as_run = run_specifications(set, sample, f, options.threads);
    specification_curve curve = specification_curve_of(as_run, options.curve);
    curve.joint.n_units = n_units;
    curve.joint.n_effective = n_effective;
    const comparison_scale scale = options.curve.scale;
    const double null = on_scale(options.curve.null_value(), scale);
    std::vector<specification_point<Values...>> points;
    for (auto&& each : set) points.push_back(each);
    std::vector<scored_effect> observed;
    const std::vector<std::size_t> places = curve_order(as_run);
    for (const std::size_t place : places) observed.push_back(scored(as_run[place], null, scale, true));
    std::vector<std::vector<scored_effect>> draws(n_units == 1 ? 0 : options.draws);
    in_parts(draws.size(), options.threads, [&](std::size_t first, std::size_t last) {
        std::vector<Record> records;
        for (std::size_t b = first; b < last; ++b) {
            draw(b, records);
            for (std::size_t i = 0; i < places.size(); ++i) {
                const bool wanted = std::isfinite(observed[i].effect) && is_counted(curve.specifications[i]);
                if (!wanted) {
                    draws[b].push_back({});
                    continue;
                }
                const specification s = run_one(points[places[i]], records, f);
                draws[b].push_back(kind == curve_null::resampled ? scored(s, null + observed[i].effect, scale, false)
                                                                 : scored(s, null, scale, true));
            }
        }
    });
    set_joint(curve, observed, draws, kind, false, options);
    return curve;
}

/// Numbers a record's cluster anew, in the member that says it.
template <class Label>
concept numbered_label = (std::integral<Label> && !std::same_as<Label, bool>) || std::same_as<Label, std::string>;
template <numbered_label Label>
void number_label(Label& label, std::size_t number) {
    if constexpr (std::integral<Label>)
        label = static_cast<Label>(number);
    else
        label = std::to_string(number);
}
template <numbered_label Label>
void number_label(std::optional<Label>& label, std::size_t number) {
    number_label(label.emplace(), number);
}

/// A pointer to a member of the record that a number can be written to.
template <class Cluster, class Record>
concept numbered_member = std::is_member_object_pointer_v<Cluster> && requires(Record& record, Cluster cluster) {
    number_label(record.*cluster, std::size_t{});
};

}  // namespace detail

/// A function that gives a record the number of the cluster it was drawn in.
template <class Relabel, class Record>
concept cluster_relabelling_of = std::invocable<const Relabel&, Record&, std::size_t>;

/// The curve of records, tested on draws of whole clusters: as many clusters as there are, with replacement, each with
/// all its records; on each draw every specification is run, with all its steps. A cluster that is drawn twice is two
/// clusters: `relabel(record, number)` gives copies of records the number of their place in the draw, so that fixed
/// effects and clustered standard errors see two (as Stata's `bootstrap, idcluster()`). `f` is called with
/// std::vector<Record>, of the sample itself with its own labels.
///
/// The null is imposed by centring: the statistics of a draw are of its estimates less those of the sample (of logs, on
/// the scale ratio), against the draw's own standard errors. For a coefficient of least squares this is the same as
/// taking its effect out of the outcome, y - b x, and running all specifications on that. Normal scores are of the
/// intervals (specification_curve.hpp): a specification without one is not tested.
///
/// Statuses of `joint`: few_clusters below fewest_units_of_curves clusters, of the median and its interval below
/// fewest_units_of_medians_of_curves; no_data where no specification has an interval; too_few with one cluster, or too
/// few draws for the significance. Records of no known cluster are left out, of the curve too, and counted in
/// joint.n_missing. Throws what run_specifications and specification_curve_of do, and std::invalid_argument for draws =
/// 0, a level outside (0, 1), or a least share outside (0, 1]. Bit-identical for any number of threads; `f` is called
/// by several at once. draws + 1 runs of all specifications, a copy of the records per thread, 16 bytes a draw and
/// specification. Sources: Simonsohn, Simmons, Nelson (2020), Nature Human Behaviour 4:1208; Romano, Wolf (2005), JASA
/// 100:94. Checked against y - b x written out in Python on the same draws, and by simulated size.
template <std::ranges::forward_range Records, label_field_of<Records> Cluster,
          cluster_relabelling_of<std::ranges::range_value_t<Records>> Relabel, class... Values, class Function>
requires estimator_of<Function, std::vector<std::ranges::range_value_t<Records>>, Values...> &&
    (!has_several_labels<Cluster, Records>) [[nodiscard]] specification_curve
    resampled_curve(Records&& records, Cluster cluster, Relabel relabel, const specification_set<Values...>& set,
                    Function f, const joint_options& options = {}) {
    using record = std::ranges::range_value_t<Records>;
    detail::check(options, "resampled_curve");
    const detail::cluster_units units = detail::clusters_of(records, cluster);
    const std::vector<record> all(std::ranges::begin(records), std::ranges::end(records));
    std::vector<std::size_t> kept = units.members;
    detail::sort(kept);
    std::vector<record> sample;
    for (const std::size_t i : kept) sample.push_back(all[i]);
    double squares = 0;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
        const auto size = static_cast<double>(units.starts[unit + 1] - units.starts[unit]);
        squares += size * size;
    }
    const auto n_records = static_cast<double>(sample.size());
    const double n_effective = squares > 0 ? n_records * n_records / squares : 0;
    const auto draw = [&](std::size_t b, std::vector<record>& drawn) {
        random_stream stream(options.seed, b);
        std::size_t n = 0;
        for (std::size_t number = 0; number < units.size(); ++number) {
            const std::size_t unit = stream.below(units.size());
            for (std::size_t i = units.starts[unit]; i < units.starts[unit + 1]; ++i, ++n) {
                if (n < drawn.size())
                    drawn[n] = all[units.members[i]];
                else
                    drawn.push_back(all[units.members[i]]);
                std::invoke(relabel, drawn[n], number);
            }
        }
        drawn.erase(drawn.begin() + static_cast<std::ptrdiff_t>(n), drawn.end());
    };
    auto curve =
        detail::curve_on_draws(set, sample, f, draw, curve_null::resampled, units.size(), n_effective, options);
    curve.joint.n_missing = all.size() - sample.size();
    return curve;
}

/// The same with clusters that are told by a member, an integer, a std::string, or an optional of one: it takes the
/// numbers itself.
template <std::ranges::forward_range Records, detail::numbered_member<std::ranges::range_value_t<Records>> Cluster,
          class... Values, class Function>
requires estimator_of<Function, std::vector<std::ranges::range_value_t<Records>>, Values...>
[[nodiscard]] specification_curve resampled_curve(Records&& records, Cluster cluster,
                                                  const specification_set<Values...>& set, Function f,
                                                  const joint_options& options = {}) {
    using record = std::ranges::range_value_t<Records>;
    return resampled_curve(
        std::forward<Records>(records), cluster,
        [cluster](record& r, std::size_t number) { detail::number_label(r.*cluster, number); }, set, std::move(f),
        options);
}

/// The same with records that are independent of each other: they are drawn themselves.
template <std::ranges::forward_range Records, class... Values, class Function>
requires estimator_of<Function, std::vector<std::ranges::range_value_t<Records>>, Values...>
[[nodiscard]] specification_curve resampled_curve(Records&& records, const specification_set<Values...>& set,
                                                  Function f, const joint_options& options = {}) {
    using record = std::ranges::range_value_t<Records>;
    detail::check(options, "resampled_curve");
    const std::vector<record> sample(std::ranges::begin(records), std::ranges::end(records));
    const auto draw = [&](std::size_t b, std::vector<record>& drawn) {
        random_stream stream(options.seed, b);
        drawn.clear();
        for (std::size_t i = 0; i < sample.size(); ++i) drawn.push_back(sample[stream.below(sample.size())]);
    };
    return detail::curve_on_draws(set, sample, f, draw, curve_null::resampled, sample.size(),
                                  static_cast<double>(sample.size()), options);
}

namespace mistake {
struct clusters_that_are_drawn_twice_need_new_labels_by_a_member_or_a_function {};

template <class Field, class Records>
concept no_numbered_member_of = !detail::numbered_member<Field, std::ranges::range_value_t<Records>>;
}  // namespace mistake

/// A cluster field that is no member of the record cannot be given the numbers of a draw without a function.
template <std::ranges::forward_range Records, mistake::no_numbered_member_of<Records> Cluster, class... Values,
          class Function>
mistake::clusters_that_are_drawn_twice_need_new_labels_by_a_member_or_a_function resampled_curve(
    Records&&, Cluster, const specification_set<Values...>&, Function, const joint_options& = {}) = delete;

/// The curve of records, tested on draws in which `permute(records, stream)` has dealt out anew what is held to have
/// the effect, for all specifications at once: a treatment between records, or whole clusters with a treatment each.
/// For experiments, and where treatments could have been exchanged; also for estimators from whose outcome no effect
/// can be taken out (a logit). It must deal so that every arrangement is as likely as the one that was seen.
///
/// p = (1 + #) / (1 + draws); a specification's own p-value counts, where it states one. The rest is as of
/// resampled_curve; there is no interval of the median. For all permutations, run them by hand: curve_from_draws.
template <std::ranges::forward_range Records, class Permute, class... Values, class Function>
requires std::invocable < const Permute&, std::vector<std::ranges::range_value_t<Records>>
&, random_stream& > &&estimator_of<Function, std::vector<std::ranges::range_value_t<Records>>,
                                   Values...> [[nodiscard]] specification_curve
                    permuted_curve(Records&& records, Permute permute, const specification_set<Values...>& set,
                                   Function f, const joint_options& options = {}) {
    using record = std::ranges::range_value_t<Records>;
    detail::check(options, "permuted_curve");
    const std::vector<record> sample(std::ranges::begin(records), std::ranges::end(records));
    const auto draw = [&](std::size_t b, std::vector<record>& drawn) {
        random_stream stream(options.seed, b);
        drawn = sample;
        std::invoke(permute, drawn, stream);
    };
    return detail::curve_on_draws(set, sample, f, draw, curve_null::imposed, 0, 0, options);
}

struct drawn_options {
    curve_null kind = curve_null::imposed;
    bool complete = false;      ///< the draws are all that there are, the observed one among them: p = # / draws
    std::uint64_t n_units = 0;  ///< that were drawn, of resampled data
};

/// The curve of specifications that were run elsewhere, on the sample and on draws: `draws` yields for each draw a
/// range of as many specifications, in the same order. joint_options::draws, seed and threads are not used. Throws
/// std::invalid_argument for no draws, or one of another length.
template <std::ranges::input_range Draws>
requires std::ranges::input_range<std::ranges::range_reference_t<Draws>>
[[nodiscard]] specification_curve curve_from_draws(const std::vector<specification>& as_run, Draws&& draws,
                                                   const drawn_options& drawn = {}, const joint_options& options = {}) {
    constexpr std::string_view here = "curve_from_draws";
    detail::check(options, here);
    specification_curve curve = specification_curve_of(as_run, options.curve);
    curve.joint.n_units = drawn.n_units;
    curve.joint.n_effective = static_cast<double>(drawn.n_units);
    const comparison_scale scale = options.curve.scale;
    const double null = detail::on_scale(options.curve.null_value(), scale);
    const std::vector<std::size_t> places = detail::curve_order(as_run);
    std::vector<detail::scored_effect> observed;
    observed.reserve(places.size());
    for (const std::size_t place : places) observed.push_back(detail::scored(as_run[place], null, scale, true));
    std::vector<std::vector<detail::scored_effect>> all;
    for (auto&& each : draws) {
        std::vector<specification> of_draw;
        for (const specification& s : each) of_draw.push_back(s);
        detail::require(of_draw.size() == as_run.size(), here, "draws of as many specifications as were run",
                        of_draw.size());
        auto& row = all.emplace_back();
        for (std::size_t i = 0; i < places.size(); ++i)
            row.push_back(drawn.kind == curve_null::resampled
                              ? detail::scored(of_draw[places[i]], null + observed[i].effect, scale, false)
                              : detail::scored(of_draw[places[i]], null, scale, true));
    }
    detail::require(!all.empty(), here, "draws", all.size());
    detail::set_joint(curve, observed, all, drawn.kind, drawn.complete, options);
    curve.joint.seed = 0;
    return curve;
}

}  // namespace compute_divide::inline v0_2

#endif
