// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_CURVE_HPP
#define COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_CURVE_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <numeric>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/detail/curve_score.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/statistics/shapley_parts.hpp>
#include <compute_divide/statistics/specification.hpp>
#include <compute_divide/statistics/specification_set.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/test_result.hpp>

/// Specification curves (Simonsohn, Simmons, Nelson 2020): a question answered under every specification, and what all
/// answers say together. What they say against chance is in curve_inference.hpp, the verdict in curve_verdict.hpp.
///
///     const auto curve = specification_curve_of(run_specifications(set, papers,
///         [](const auto& papers, window years, team_definition d, bool weighted) { return slope(papers, ...); }));
///     std::puts(to_string(curve).c_str());
namespace compute_divide::inline v0_2 {

struct curve_options {
    comparison_scale scale = comparison_scale::difference;  ///< ratio: values are > 0, and compared by their logs
    std::optional<double> null = {};  ///< no effect; unless given, 0 of differences and 1 of ratios
    double significance = 0.05;       ///< a specification is significant where its p is at most this

    /// What no effect is on the scale.
    [[nodiscard]] constexpr double null_value() const {
        return null.value_or(scale == comparison_scale::ratio ? 1 : 0);
    }
    friend constexpr bool operator==(const curve_options&, const curve_options&) = default;
};

/// How much one choice moves the answer: parts of the variance of the estimates (of their logs, on the scale ratio)
/// over the specifications that have one.
struct choice_part {
    std::string name;
    double part = 0;   ///< Shapley's: what it adds to the explained variance, on average over orders; these sum to 1
    double alone = 0;  ///< variance of the means of its options: what it explains alone (first order)
    double total = 0;  ///< what remains unexplained when all other choices are known (total order)

    friend bool operator==(const choice_part&, const choice_part&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<choice_part>) {
    return member_list(member{"name", &choice_part::name}, member{"part", &choice_part::part},
                       member{"alone", &choice_part::alone}, member{"total", &choice_part::total});
}

/// What all specifications say together, against draws in which there is no effect: see curve_inference.hpp.
struct joint_inference {
    test_result median = {};           ///< the statistic: the median less no effect (of logs, on the scale ratio)
    test_result significant = {};      ///< how many are significant in the direction that more are
    test_result stouffer = {};         ///< sum of normal scores / sqrt(specifications): not a normal score itself
    estimate median_effect = {};       ///< the median with its interval over draws; bounds only of resampled data
    std::uint64_t specifications = 0;  ///< tested: those with an interval, but the wrong ones
    std::uint64_t n_left_out = 0;      ///< with an interval, but failing on too many draws to be tested
    std::uint64_t n_units = 0;         ///< records or clusters that were drawn; 0 where that is not known
    double n_effective = 0;            ///< how many clusters of even size they are worth (Kish)
    std::uint64_t n_missing = 0;       ///< records left out since their cluster was not known
    std::uint64_t draws = 0;           ///< used
    std::uint64_t n_skipped = 0;       ///< draws on which a tested specification failed
    std::uint64_t seed = 0;
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }
    /// The standard error that a p-value has since draws are few: sqrt(p (1 - p) / (draws + 1)).
    [[nodiscard]] double monte_carlo_error(double p) const {
        return std::sqrt(p * (1 - p) / (static_cast<double>(draws) + 1));
    }
    friend bool operator==(const joint_inference&, const joint_inference&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<joint_inference>) {
    using j = joint_inference;
    return member_list(member{"median", &j::median}, member{"significant", &j::significant},
                       member{"stouffer", &j::stouffer}, member{"median_effect", &j::median_effect},
                       member{"specifications", &j::specifications}, member{"n_left_out", &j::n_left_out},
                       member{"n_units", &j::n_units}, member{"n_effective", &j::n_effective},
                       member{"n_missing", &j::n_missing}, member{"draws", &j::draws},
                       member{"n_skipped", &j::n_skipped}, member{"seed", &j::seed}, member{"status", &j::status});
}

/// A question under every specification. Counts, median and parts are of the specifications that have a value and are
/// not wrong_but_common. No count of specifications is a sample size: they share their data, and only `joint` allows
/// for it.
struct specification_curve {
    std::vector<specification> specifications = {};  ///< ascending by value, those without one at the end
    curve_options options = {};
    std::uint64_t n_estimated = 0;           ///< have a value, and are not wrong_but_common
    std::uint64_t n_not_estimated = 0;       ///< have none
    std::uint64_t n_wrong_but_common = 0;    ///< have one that is not counted
    std::uint64_t n_above = 0, n_below = 0;  ///< no effect
    std::uint64_t n_above_significant = 0, n_below_significant = 0;
    std::optional<double> median = {};  ///< of an even number the middle of two, of their logs on the scale ratio
    std::optional<interval> range = {}, quartiles = {};
    std::vector<choice_part> moved_by = {};  ///< descending by part; choices with a single option are none
    bool factorial = false;  ///< every combination of the options is there once: parts are the analysis of variance
    joint_inference joint = {};

    [[nodiscard]] explicit operator bool() const { return n_estimated > 0; }
    /// What part of the estimated specifications is above no effect.
    [[nodiscard]] double share_above() const { return share_of(n_above); }
    /// What part of the estimated specifications is below no effect.
    [[nodiscard]] double share_below() const { return share_of(n_below); }

    /// The choices that move the answer: as many of the first of moved_by as have together four fifths of the variance.
    [[nodiscard]] std::vector<std::string> moving_choices() const {
        std::vector<std::string> names;
        double sum = 0;
        for (const auto& each : moved_by) {
            if (!(each.part > 0) || sum >= 0.8) break;
            names.push_back(each.name);
            sum += each.part;
        }
        return names;
    }
    friend bool operator==(const specification_curve&, const specification_curve&) = default;

private:
    [[nodiscard]] double share_of(std::uint64_t n) const {
        return n_estimated > 0 ? static_cast<double>(n) / static_cast<double>(n_estimated) : 0;
    }
};

namespace detail {

template <class R>
concept is_estimate = std::same_as<std::remove_cvref_t<R>, estimate>;
template <class R>
concept maybe_a_result = requires(const R& r) {
    r.has_value();
    *r;
};

/// The estimate in a result: itself, or its member `estimate`, `effect` or `result`. Null pointer-like: no_data.
template <class R>
[[nodiscard]] estimate estimate_in(const R& r) requires is_estimate<R> || requires {
    requires is_estimate<decltype(r.estimate)>;
} || requires {
    requires is_estimate<decltype(r.effect)>;
} || requires {
    requires is_estimate<decltype(r.result)>;
}
{
    if constexpr (is_estimate<R>)
        return r;
    else if constexpr (requires { requires is_estimate<decltype(r.estimate)>; })
        return r.estimate;
    else if constexpr (requires { requires is_estimate<decltype(r.effect)>; })
        return r.effect;
    else
        return r.result;
}
template <maybe_a_result R>
[[nodiscard]] estimate estimate_in(const R& r) requires requires {
    estimate_in(*r);
}
{ return r.has_value() ? estimate_in(*r) : estimate{}; }

/// The p-value of no effect that a result states beside its estimate.
template <class R>
[[nodiscard]] std::optional<double> p_value_in(const R& r) {
    if constexpr (requires { requires std::convertible_to<decltype(r.test.p_value), std::optional<double>>; })
        return r.test.p_value;
    else if constexpr (requires { requires std::convertible_to<decltype(r.p_value), std::optional<double>>; })
        return r.p_value;
    else if constexpr (maybe_a_result<R>)
        return r.has_value() ? p_value_in(*r) : std::nullopt;
    else
        return std::nullopt;
}

template <class R>
concept holds_an_estimate = requires(const R& r) {
    { estimate_in(r) } -> std::same_as<estimate>;
};

}  // namespace detail

/// A function of records and of an option of each choice that yields an estimate, or a result that holds one as
/// `estimate`, `effect` or `result` (beside it, if it has one, a `test` with the p-value of no effect), or an optional
/// of these.
template <class Function, class Records, class... Values>
concept estimator_of = requires(const Function& f, const Records& records, const Values&... values) {
    { std::invoke(f, records, values...) } -> detail::holds_an_estimate;
};

namespace detail {

/// Runs one specification. What throws a std::logic_error or std::runtime_error, the library's documented errors among
/// them, is a specification without a value; other exceptions come through.
template <class... Values, class Records, class Function>
[[nodiscard]] specification run_one(const specification_point<Values...>& point, const Records& records,
                                    const Function& f) {
    specification s{.choices = point.choices, .standing = point.standing};
    const auto failed = [&s](const std::exception& error) {
        s.result.status = estimate_status::degenerate;
        s.failure = error.what();
        if (s.failure.empty()) s.failure = "an error without words";
    };
    try {
        const auto result =
            std::apply([&](const Values&... values) { return std::invoke(f, records, values...); }, point.values);
        s.result = estimate_in(result);
        s.p_value = p_value_in(result);
    } catch (const std::logic_error& error) {
        failed(error);
    } catch (const std::runtime_error& error) {
        failed(error);
    }
    return s;
}

[[nodiscard]] inline bool has_finite_value(const specification& s) {
    return s.result && s.result.value && std::isfinite(*s.result.value);
}
/// Whether a specification has a value that summaries count.
[[nodiscard]] inline bool is_counted(const specification& s) {
    return has_finite_value(s) && s.standing != option_standing::wrong_but_common;
}
/// The numbers of specifications in the order of a curve.
[[nodiscard]] inline std::vector<std::size_t> curve_order(const std::vector<specification>& as_run) {
    std::vector<std::size_t> order(as_run.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    detail::stable_sort(order, [&](std::size_t a, std::size_t b) {
        const bool first = has_finite_value(as_run[a]), second = has_finite_value(as_run[b]);
        return first && second ? *as_run[a].result.value < *as_run[b].result.value : first && !second;
    });
    return order;
}

}  // namespace detail

/// Runs every specification of a set: calls `f(records, values...)` with the value of each choice, in the order of the
/// set, whatever the number of threads (0: as many as the machine has).
///
/// One that throws a std::logic_error or std::runtime_error is a specification of status degenerate with the error's
/// words; one without a value keeps its own status. If every one throws, the first error's words are thrown as
/// std::invalid_argument: that is a mistake of the function, not of a specification. Throws also for a set without
/// specifications.
template <class... Values, class Records, class Function>
requires estimator_of<Function, Records, Values...>
[[nodiscard]] std::vector<specification> run_specifications(const specification_set<Values...>& set,
                                                            const Records& records, const Function& f,
                                                            unsigned threads = 1) {
    std::vector<specification_point<Values...>> points;
    for (auto&& each : set) points.push_back(each);
    detail::require(!points.empty(), "run_specifications", "specifications", points.size());
    std::vector<specification> all(points.size());
    detail::in_parts(points.size(), threads, [&](std::size_t first, std::size_t last) {
        for (std::size_t i = first; i < last; ++i) all[i] = detail::run_one(points[i], records, f);
    });
    if (detail::all_of(all, [](const specification& s) { return !s.failure.empty(); }))
        throw std::invalid_argument(all.front().failure);
    return all;
}

namespace mistake {
struct the_function_of_records_and_options_must_yield_an_estimate {};
}  // namespace mistake

template <class... Values, class Records, class Function>
mistake::the_function_of_records_and_options_must_yield_an_estimate run_specifications(
    const specification_set<Values...>&, const Records&, const Function&,
    unsigned = 1) requires(!estimator_of<Function, Records, Values...>) = delete;

namespace detail {

/// Variance of y explained by the means of groups of equal keys; keys are sorted here.
[[nodiscard]] inline double explained(std::vector<std::pair<std::uint64_t, double>>& keyed, double mean) {
    detail::sort(keyed);
    double sum = 0;
    for (std::size_t i = 0; i < keyed.size();) {
        std::size_t end = i;
        double of_group = 0;
        for (; end < keyed.size() && keyed[end].first == keyed[i].first; ++end) of_group += keyed[end].second - mean;
        sum += of_group * of_group / static_cast<double>(end - i);
        i = end;
    }
    return sum / static_cast<double>(keyed.size());
}

/// Fills in moved_by and factorial from specifications that count and their values on the curve's scale.
inline void set_parts(specification_curve& curve, const std::vector<const specification*>& rows,
                      const std::vector<double>& values) {
    std::vector<std::string> names;
    std::vector<std::vector<std::string>> options;  // of each choice
    std::vector<std::vector<std::size_t>> chosen;   // by choice and row
    for (std::size_t row = 0; row < rows.size(); ++row)
        for (const choice& c : rows[row]->choices) {
            const auto at = static_cast<std::size_t>(detail::find(names, c.name) - names.begin());
            if (at == names.size()) {
                names.push_back(c.name);
                options.push_back({""});  // that of rows without this choice
                chosen.emplace_back(rows.size(), 0);
            }
            auto found = std::ranges::find(options[at].begin() + 1, options[at].end(), c.option);
            if (found == options[at].end()) {
                options[at].push_back(c.option);
                found = options[at].end() - 1;
            }
            chosen[at][row] = static_cast<std::size_t>(found - options[at].begin());
        }
    std::vector<std::size_t> moving;
    double combinations = 1;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const auto [least, most] = std::ranges::minmax_element(chosen[i]);
        if (*least == *most) continue;
        moving.push_back(i);
        combinations *= static_cast<double>(options[i].size() - (*least == 0 ? 0 : 1));
    }
    const std::size_t d = moving.size();
    if (d == 0) return;
    require(d <= 20, "specification_curve_of", "at most 20 choices of several options", d);
    require(combinations < 0x1p63, "specification_curve_of", "fewer than 2^63 combinations of options", combinations);
    double mean = 0;
    for (const double y : values) mean += y / static_cast<double>(values.size());
    std::vector<std::pair<std::uint64_t, double>> keyed(rows.size());
    const auto explained_by = [&](std::uint32_t set) {
        for (std::size_t row = 0; row < rows.size(); ++row) {
            std::uint64_t key = 0;
            for (std::size_t i = 0; i < d; ++i)
                if ((set >> i & 1U) != 0) key = key * options[moving[i]].size() + chosen[moving[i]][row];
            keyed[row] = {key, values[row]};
        }
        return explained(keyed, mean);
    };
    const auto all = static_cast<std::uint32_t>((std::uint64_t{1} << d) - 1);
    const double explained_by_all = explained_by(all);
    const bool distinct =
        std::ranges::adjacent_find(keyed, {}, &std::pair<std::uint64_t, double>::first) == keyed.end();
    curve.factorial = distinct && static_cast<double>(rows.size()) == combinations;
    double largest = 0;
    for (const double y : values) largest = std::max(largest, std::fabs(y));
    // Estimates that are the same but for rounding are moved by nothing.
    const bool moves = explained_by_all > largest * largest * 1e-24;
    const auto parts = moves ? shapley_parts(d, explained_by) : std::vector<double>(d, 0);
    for (std::size_t i = 0; i < d; ++i) {
        choice_part part{names[moving[i]]};
        if (moves) {
            part.part = parts[i] / explained_by_all;
            part.alone = explained_by(std::uint32_t{1} << i) / explained_by_all;
            const double remains = 1 - explained_by(all & ~(std::uint32_t{1} << i)) / explained_by_all;
            part.total = remains < 1e-12 ? 0 : remains;  // less is rounding
        }
        curve.moved_by.push_back(std::move(part));
    }
    // Nor does rounding order those that are the same.
    std::ranges::stable_sort(curve.moved_by, std::ranges::greater{},
                             [](const choice_part& each) { return std::round(each.part * 1e9); });
}

}  // namespace detail

/// The curve of specifications that have been run: any range of `specification`, of run_specifications or from
/// elsewhere. A p-value that a specification does not state is that of its interval: the one of the level at which the
/// interval would end at no effect, by t where the estimate has degrees of freedom, on the side that faces no effect.
///
/// choice_part::part is Shapley's part of the variance (Owen 2014; Song, Nelson, Staum 2016) of the means over the
/// options of sets of choices: where the curve is factorial, each effect of the analysis of variance with interactions
/// split evenly; where conditions or failures leave a part of the product, it still sums to 1 (0 where all are equal),
/// while what choices explain alone overlaps. Throws std::invalid_argument for a value <= 0 on the scale ratio, a
/// significance outside (0, 1), no effect that is not finite, or not > 0 of a ratio, and more than 20 choices.
/// O(n log n 2^choices). Checked against complete enumeration in Python, and R for p-values.
template <std::ranges::input_range Specifications>
requires std::same_as<std::remove_cvref_t<std::ranges::range_reference_t<Specifications>>, specification>
[[nodiscard]] specification_curve specification_curve_of(Specifications&& specifications,
                                                         const curve_options& options = {}) {
    constexpr std::string_view here = "specification_curve_of";
    const double no_effect = options.null_value();
    detail::require(options.significance > 0 && options.significance < 1, here, "a significance in (0, 1)",
                    options.significance);
    detail::require(std::isfinite(no_effect) && (options.scale != comparison_scale::ratio || no_effect > 0), here,
                    "a finite value of no effect, > 0 of a ratio", no_effect);
    const double null = detail::on_scale(no_effect, options.scale);
    specification_curve curve{.options = options};
    for (auto&& each : specifications) curve.specifications.push_back(each);
    for (specification& s : curve.specifications) {
        if (!detail::has_finite_value(s)) continue;
        detail::require(options.scale != comparison_scale::ratio || *s.result.value > 0, here,
                        "values > 0 on the scale ratio", *s.result.value);
        const double score = detail::score_of_interval(s.result, null, options.scale);
        if (!s.p_value && !std::isnan(score)) s.p_value = detail::p_of_score(score);
    }
    std::vector<specification> ordered;
    for (const std::size_t i : detail::curve_order(curve.specifications))
        ordered.push_back(std::move(curve.specifications[i]));
    curve.specifications = std::move(ordered);
    std::vector<const specification*> rows;
    std::vector<double> values;
    for (const specification& s : curve.specifications) {
        if (!detail::has_finite_value(s)) {
            ++curve.n_not_estimated;
            continue;
        }
        if (!detail::is_counted(s)) {
            ++curve.n_wrong_but_common;
            continue;
        }
        rows.push_back(&s);
        values.push_back(detail::on_scale(*s.result.value, options.scale));
        const bool significant = s.p_value && *s.p_value <= options.significance;
        if (values.back() > null) {
            ++curve.n_above;
            if (significant) ++curve.n_above_significant;
        } else if (values.back() < null) {
            ++curve.n_below;
            if (significant) ++curve.n_below_significant;
        }
    }
    curve.n_estimated = rows.size();
    if (rows.empty()) return curve;
    const auto at = [&](double p) { return detail::off_scale(detail::quantile_of_sorted(values, p), options.scale); };
    curve.median = at(0.5);
    curve.range = interval{*rows.front()->result.value, *rows.back()->result.value};
    curve.quartiles = interval{at(0.25), at(0.75)};
    detail::set_parts(curve, rows, values);
    return curve;
}

/// The summary in a few lines; the specifications themselves are rows for a table.
[[nodiscard]] inline std::string to_string(const specification_curve& curve, estimate_format format = {}) {
    const auto count = [](std::uint64_t n) { return std::to_string(n); };
    const auto number = [&](double x) { return detail::member_text(x, format); };
    std::string text = count(curve.n_estimated) + " specifications";
    if (curve.n_not_estimated > 0) text += ", and " + count(curve.n_not_estimated) + " without an estimate";
    if (curve.n_wrong_but_common > 0) text += ", and " + count(curve.n_wrong_but_common) + " that are wrong but common";
    if (!curve) return text;
    text += "\nmedian " + number(*curve.median) + ", quartiles " + to_string(*curve.quartiles, format) + ", range " +
            to_string(*curve.range, format);
    text += "\nabove " + number(curve.options.null_value()) + ": " + count(curve.n_above) + " (" +
            count(curve.n_above_significant) + " significant); below: " + count(curve.n_below) + " (" +
            count(curve.n_below_significant) + ")";
    if (!curve.moved_by.empty()) {
        text += "\nmoved by ";
        for (std::size_t i = 0; i < curve.moved_by.size(); ++i)
            text += (i == 0 ? "" : ", ") + curve.moved_by[i].name + " " +
                    detail::member_text(curve.moved_by[i].part, {.digits = 0, .percent = true}) + " %";
    }
    if (curve.joint.draws == 0) return text;
    const auto& joint = curve.joint;
    text += "\nmedian over draws: " + to_string(joint.median_effect, format);
    for (const auto& [name, test] :
         {std::pair{"median", &joint.median}, {"significant", &joint.significant}, {"Stouffer", &joint.stouffer}})
        text += std::string("\njoint test, ") + name + ": " + to_string(*test, format);
    text += "\n" + count(joint.draws) + " draws of seed " + count(joint.seed);
    if (joint.n_units > 0) text += ", " + count(joint.n_units) + " units";
    if (joint.n_skipped > 0) text += ", " + count(joint.n_skipped) + " skipped";
    if (joint.median.p_value)
        text += "; the median's p is right to " +
                detail::member_text(joint.monte_carlo_error(*joint.median.p_value), {.digits = 1});
    return text;
}

[[nodiscard]] inline std::string to_json(const curve_options& options) {
    return json_object()
        .with("scale", options.scale)
        .with("null", options.null_value())
        .with("significance", options.significance)
        .text();
}
/// JSON at full precision: the summary, `joint`, and every specification.
[[nodiscard]] inline std::string to_json(const specification_curve& curve) {
    return json_object()
        .with_text("options", to_json(curve.options))
        .with("n_estimated", curve.n_estimated)
        .with("n_not_estimated", curve.n_not_estimated)
        .with("n_wrong_but_common", curve.n_wrong_but_common)
        .with("n_above", curve.n_above)
        .with("n_below", curve.n_below)
        .with("n_above_significant", curve.n_above_significant)
        .with("n_below_significant", curve.n_below_significant)
        .with("median", curve.median)
        .with("range", curve.range)
        .with("quartiles", curve.quartiles)
        .with("factorial", curve.factorial)
        .with("moved_by", curve.moved_by)
        .with("joint", curve.joint)
        .with("specifications", curve.specifications)
        .text();
}

}  // namespace compute_divide::inline v0_2

#endif
