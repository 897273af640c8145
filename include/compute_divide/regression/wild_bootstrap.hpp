// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REGRESSION_WILD_BOOTSTRAP_HPP
#define COMPUTE_DIVIDE_REGRESSION_WILD_BOOTSTRAP_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/cluster_moments.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/coefficient_covariance.hpp>
#include <compute_divide/regression/detail/clustered_design.hpp>
#include <compute_divide/regression/detail/count_problem.hpp>
#include <compute_divide/regression/detail/fit_units.hpp>
#include <compute_divide/regression/detail/logit_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/score_draws.hpp>
#include <compute_divide/regression/detail/wild_draws.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/test_result.hpp>

/// The wild cluster bootstrap: tests and intervals of a coefficient that hold with few clusters.
namespace compute_divide::inline v0_2 {

/// What the scores of a cluster are multiplied by in a draw.
enum class wild_weights {
    automatic,   ///< Rademacher's, or Webb's where fewer than 10 units are drawn
    rademacher,  ///< -1 or 1; of G clusters only 2^(G - 1) draws differ
    webb,        ///< +-sqrt(1/2), +-1, +-sqrt(3/2): for few clusters (Webb 2014)
    mammen       ///< -0.62 with probability 0.72, else 1.62 (Mammen 1993)
};
[[nodiscard]] constexpr auto enumerators(wild_weights) {
    using enum wild_weights;
    return std::array{named<wild_weights>{automatic, "automatic"}, named<wild_weights>{rademacher, "rademacher"},
                      named<wild_weights>{webb, "webb"}, named<wild_weights>{mammen, "mammen"}};
}

struct wild_bootstrap_options {
    regression_family family = regression_family::linear;  ///< linear; logit or poisson by their scores
    double null = 0;                                       ///< of the hypothesis that is tested
    wild_weights weights = wild_weights::automatic;
    std::uint64_t draws = 9'999;  ///< at most: all are enumerated where there are no more
    std::uint64_t seed = 1;
    double level = 0.95;
    unsigned threads = 0;      ///< 0: as many as the machine has
    bool null_imposed = true;  ///< residuals under the hypothesis (linear); else those of the fit
    int max_iterations = 100;  ///< of logit and poisson
    int max_projections = 10'000;
};

/// The field that draws are made by, where that is not the cluster: units within clusters, for few treated clusters
/// (MacKinnon and Webb 2018).
template <class Field>
struct drawn_units {
    Field field;
};
/// `field` as what is drawn: one of `drawn_units`.
template <class Field>
[[nodiscard]] constexpr drawn_units<Field> drawn_by(Field field) {
    return {std::move(field)};
}

/// A coefficient with an interval and a test by the wild cluster bootstrap-t.
struct wild_bootstrap_result {
    std::string name = {};                   ///< of the column
    compute_divide::estimate estimate = {};  ///< its interval: the hypotheses that are not rejected
    double standard_error = 0;               ///< by clusters without a correction, which cancels
    double null = 0;                         ///< the hypothesis
    test_result test = {};      ///< statistic t; p_value: the share of draws with |t*| >= |t|, ties (to 1e-9) included
    double p_strict = 0;        ///< the same with |t*| > |t|: boottest's, fwildclusterboot's; 0 may happen
    double p_equal_tailed = 0;  ///< twice the smaller share on one side, ties not included
    wild_weights weights = wild_weights::rademacher;  ///< that were drawn
    std::uint64_t draws = 0;     ///< that were made; of enumerated symmetric ones each stands for two
    bool enumerated = false;     ///< all there are
    std::uint64_t clusters = 0;  ///< that records depend within
    std::uint64_t units = 0;     ///< that draws are made by
    bool null_imposed = true;    ///< residuals under the hypothesis

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(estimate); }

    friend bool operator==(const wild_bootstrap_result&, const wild_bootstrap_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<wild_bootstrap_result>) {
    return member_list(
        member{"name", &wild_bootstrap_result::name}, member{"estimate", &wild_bootstrap_result::estimate},
        member{"standard_error", &wild_bootstrap_result::standard_error}, member{"null", &wild_bootstrap_result::null},
        member{"test", &wild_bootstrap_result::test}, member{"p_strict", &wild_bootstrap_result::p_strict},
        member{"p_equal_tailed", &wild_bootstrap_result::p_equal_tailed},
        member{"weights", &wild_bootstrap_result::weights}, member{"draws", &wild_bootstrap_result::draws},
        member{"enumerated", &wild_bootstrap_result::enumerated}, member{"clusters", &wild_bootstrap_result::clusters},
        member{"units", &wild_bootstrap_result::units}, member{"null_imposed", &wild_bootstrap_result::null_imposed});
}

namespace detail {

[[nodiscard]] inline const wild_weight_values& values_of(wild_weights weights) {
    return weights == wild_weights::webb     ? webb_values
           : weights == wild_weights::mammen ? mammen_values
                                             : rademacher_values;
}

/// A result without numbers.
[[nodiscard]] inline wild_bootstrap_result begun_bootstrap(std::string_view function, const regression_frame& frame,
                                                           std::string_view term,
                                                           const wild_bootstrap_options& options) {
    require_level(options.level, function);
    require(options.draws > 0, function, "at least one draw", options.draws);
    require(!frame.clusters.empty(), function, "a model with clusters", "none");
    require(frame.label_sets.empty(), function, "clusters of one label a record", "several labels");
    require(frame.clusters.size() <= 2, function, "one field of clusters", frame.clusters.size());
    require(detail::find(frame.names, term) != frame.names.end(), function, "the name of a column", term);
    const auto& units = frame.clusters.back();
    wild_bootstrap_result result{.name = std::string(term), .null = options.null};
    result.clusters = count_of_levels(frame.clusters[0]);
    result.units = count_of_levels(units);
    result.weights = options.weights != wild_weights::automatic ? options.weights
                     : result.units < 10                        ? wild_weights::webb
                                                                : wild_weights::rademacher;
    result.null_imposed = options.null_imposed;
    require(frame.clusters.size() == 1 || is_nested(units, frame.clusters[0]), function,
            "units to draw that each lie within one cluster", "others");
    result.estimate = {.level = options.level,
                       .method = "wild cluster bootstrap-t",
                       .n = frame.n,
                       .n_missing = frame.n_missing,
                       .status = frame.n == 0 ? estimate_status::no_data : estimate_status::too_few};
    result.test = {.method = options.family == regression_family::linear ? "wild cluster bootstrap-t"
                                                                         : "wild cluster score bootstrap",
                   .n = frame.n,
                   .n_missing = frame.n_missing,
                   .status = result.estimate.status};
    return result;
}

/// Fewer clusters than these, and the wild cluster bootstrap rejects too often where they are uneven
/// (docs/coverage.md); by units within clusters, fewer than `enough_clusters`.
inline constexpr std::uint64_t enough_for_draws = 10;

/// Writes the p-values of a tail, and an interval; one that is the whole line on a side is of few clusters.
template <class Draws, class Tail>
void finish(wild_bootstrap_result& result, const Draws& draws, const Tail& tail, double statistic, double value,
            const interval& bounds) {
    result.draws = draws.size();
    result.enumerated = draws.enumerated();
    result.test.statistic = statistic;
    result.test.p_value = draws.p_value(tail.weak);
    result.p_strict = draws.enumerated() ? tail.strict : draws.p_value(tail.strict);
    result.p_equal_tailed = std::min(1.0, 2 * std::min(draws.p_value(tail.below), draws.p_value(tail.above)));
    result.estimate.value = value;
    result.estimate.bounds = bounds;
    const bool known = result.clusters >= (result.units > result.clusters ? enough_clusters : enough_for_draws);
    result.estimate.status = known && std::isfinite(bounds.lower) && std::isfinite(bounds.upper)
                                 ? estimate_status::ok
                                 : estimate_status::few_clusters;
    result.test.status = known ? estimate_status::ok : estimate_status::few_clusters;
}

[[nodiscard]] inline std::vector<std::uint32_t> cluster_of_units(const level_numbers& units,
                                                                 const level_numbers& clusters) {
    std::vector<std::uint32_t> cluster(count_of_levels(units));
    for (std::size_t i = 0; i < units.size(); ++i) cluster[units[i]] = clusters[i];
    return cluster;
}

[[nodiscard]] inline wild_bootstrap_result bootstrap_linear(regression_frame frame, std::string_view term,
                                                            const wild_bootstrap_options& options) {
    constexpr std::string_view function = "wild_cluster_bootstrap";
    if (!frame.effects.empty()) keep_rows(frame, rows_without_singletons(frame.effects, frame.n));
    auto result = begun_bootstrap(function, frame, term, options);
    const auto at = static_cast<std::size_t>(detail::find(frame.names, term) - frame.names.begin());
    const auto& units = frame.clusters.back();
    if (result.clusters < 2 || frame.n <= frame.p()) return result;
    result.estimate.status = result.test.status = estimate_status::degenerate;

    double value = 0;
    std::vector<double> tested;
    std::optional<cluster_moments> sums;
    if (frame.effects.empty()) {
        const orthonormal_design z(frame);
        const std::size_t rank = z.rank();
        std::vector<double> residual(frame.n), g(rank), row(rank);
        for (std::size_t i = 0; i < frame.n; ++i) residual[i] = frame.response[i] - frame.offset[i];
        for (int round = 0; round < 2; ++round) {  // the second takes what rounding left
            std::vector<double> step(rank);
            for (std::size_t i = 0; i < frame.n; ++i)
                for (std::size_t k = 0; k < rank; ++k) step[k] += frame.weight[i] * residual[i] * z.at(i, k);
            for (std::size_t i = 0; i < frame.n; ++i)
                for (std::size_t k = 0; k < rank; ++k) residual[i] -= step[k] * z.at(i, k);
            for (std::size_t k = 0; k < rank; ++k) g[k] += step[k];
        }
        value = z.coefficients(g)[at];
        tested.assign(z.factor().begin() + static_cast<std::ptrdiff_t>(at * rank),
                      z.factor().begin() + static_cast<std::ptrdiff_t>((at + 1) * rank));
        sums.emplace(rank, false);
        for (std::size_t i = 0; i < frame.n; ++i) {
            const double root = std::sqrt(frame.weight[i]);
            for (std::size_t k = 0; k < rank; ++k) row[k] = root * z.at(i, k);
            sums->add(units[i], row, 1, root * residual[i]);
        }
    } else {
        const clustered_design design(function, frame, units, {}, options.max_projections);
        if (!design.converged()) {
            result.estimate.status = result.test.status = estimate_status::not_converged;
            return result;
        }
        value = design.coefficient(at);
        const auto row = design.factor().subspan(at * design.k(), design.k());
        tested.assign(row.begin(), row.end());
        sums = design.sums(units);
    }
    if (detail::all_of(tested, [](double x) { return x == 0; })) return result;
    const auto clusters =
        frame.clusters.size() == 1 ? std::vector<std::uint32_t>() : cluster_of_units(units, frame.clusters[0]);
    const wild_draws draws(*sums, clusters, std::move(tested), values_of(result.weights), options.draws, options.seed,
                           options.threads);
    result.standard_error = std::sqrt(draws.observed_squares());
    if (!(result.standard_error > 0)) return result;
    const double distance = value - options.null;
    finish(result, draws, draws.tail_of(distance, options.null_imposed), distance / result.standard_error, value,
           draws.accepted(value, options.level, result.standard_error, options.null_imposed));
    return result;
}

/// The bootstrap by the scores of a model fitted under the hypothesis.
class score_bootstrap {
public:
    score_bootstrap(const regression_frame& frame, std::size_t at, const wild_bootstrap_options& options)
        : frame_(&frame),
          at_(at),
          options_(&options),
          z_(frame),
          restricted_(frame),
          clusters_(cluster_of_units(frame.clusters.back(), frame.clusters[0])) {
        const std::size_t p = frame.p();
        restricted_.names.erase(restricted_.names.begin() + static_cast<std::ptrdiff_t>(at));
        restricted_.columns.clear();
        for (std::size_t i = 0; i < frame.n; ++i)
            for (std::size_t j = 0; j < p; ++j)
                if (j != at) restricted_.columns.push_back(frame.row(i)[j]);
        restricted_.clusters.clear();
    }

    /// z_s of each unit: its part in the step of the coefficient from the hypothesis; nothing where there is no fit.
    [[nodiscard]] std::optional<std::vector<double>> scores(double null) {
        regression_frame under = restricted_;
        for (std::size_t i = 0; i < under.n; ++i) under.offset[i] += null * frame_->row(i)[at_];
        const std::vector<std::size_t> others = other_columns();
        std::vector<double> b(others.size());
        if (!others.empty()) {
            const regression_options options{.max_iterations = options_->max_iterations};
            const auto fit = options_->family == regression_family::logit ? logit_fit(under, false, options)
                                                                          : poisson_fit(under, false, options);
            if (fit.coefficients.empty()) return std::nullopt;
            b = fit.coefficients;
        }
        // Slopes of each row where the linear predictor is that of the fit: the offset takes all of it.
        regression_frame there = *frame_;
        for (std::size_t i = 0; i < there.n; ++i) {
            there.offset[i] = under.offset[i];
            for (std::size_t j = 0; j < others.size(); ++j) there.offset[i] += b[j] * frame_->row(i)[others[j]];
        }
        const std::vector<double> zero(z_.rank());
        likelihood_slopes slopes;
        likelihood_sums sums;
        if (options_->family == regression_family::logit) {
            const logit_likelihood likelihood(there);
            slopes = slopes_at(z_, zero, likelihood);
            sums = sums_at(z_, zero, likelihood);
        } else {
            const count_rows rows(there);
            slopes = slopes_at(z_, zero, poisson_likelihood{&rows});
            sums = sums_at(z_, zero, poisson_likelihood{&rows});
        }
        const cholesky information(sums.information, z_.rank());
        if (!information) return std::nullopt;
        const std::size_t rank = z_.rank();
        const std::vector<double> row = information.solved(
            std::vector<double>(z_.factor().begin() + static_cast<std::ptrdiff_t>(at_ * rank),
                                z_.factor().begin() + static_cast<std::ptrdiff_t>((at_ + 1) * rank)));
        std::vector<double> parts(clusters_.size());
        for (std::size_t i = 0; i < frame_->n; ++i) {
            double x = 0;
            for (std::size_t k = 0; k < rank; ++k) x += row[k] * z_.at(i, k);
            parts[frame_->clusters.back()[i]] += slopes.score[i] * x;
        }
        return parts;
    }
    [[nodiscard]] const std::vector<std::uint32_t>& cluster_of_unit() const { return clusters_; }
    [[nodiscard]] bool determines() const { return detail::find(z_.dependent(), at_) == z_.dependent().end(); }

private:
    [[nodiscard]] std::vector<std::size_t> other_columns() const {
        std::vector<std::size_t> others;
        for (std::size_t j = 0; j < frame_->p(); ++j)
            if (j != at_) others.push_back(j);
        return others;
    }

    const regression_frame* frame_;
    std::size_t at_;
    const wild_bootstrap_options* options_;
    orthonormal_design z_;
    regression_frame restricted_;
    std::vector<std::uint32_t> clusters_;
};

[[nodiscard]] inline wild_bootstrap_result bootstrap_scores(const regression_frame& frame, std::string_view term,
                                                            const wild_bootstrap_options& options) {
    constexpr std::string_view function = "wild_cluster_bootstrap";
    require(frame.effects.empty(), function, "a linear model for absorbed effects", name_of(options.family));
    auto result = begun_bootstrap(function, frame, term, options);
    result.null_imposed = true;
    const auto at = static_cast<std::size_t>(detail::find(frame.names, term) - frame.names.begin());
    if (result.clusters < 2 || frame.n <= frame.p()) return result;
    result.estimate.method = result.test.method;
    regression_frame alone = frame;
    alone.clusters.resize(1);
    const regression_options with_clusters{.covariance = covariance_kind::clustered,
                                           .correction = cluster_correction::none,
                                           .level = options.level,
                                           .max_iterations = options.max_iterations};
    const auto fit = options.family == regression_family::logit ? logit_fit(alone, false, with_clusters)
                                                                : poisson_fit(alone, false, with_clusters);
    result.estimate.status = result.test.status = fit.coefficients.empty() ? fit.status : estimate_status::degenerate;
    score_bootstrap scores(frame, at, options);
    if (fit.coefficients.empty() || !scores.determines()) return result;
    const double value = fit.coefficients[at];
    // The clustered error sets the steps of the search alone, so that few clusters do not matter to it.
    regression_options classical = with_clusters;
    classical.covariance = covariance_kind::classical;
    alone.clusters.clear();
    const auto plain = options.family == regression_family::logit ? logit_fit(alone, false, classical)
                                                                  : poisson_fit(alone, false, classical);
    result.standard_error =
        fit.covariance.values.empty() ? plain.covariance.standard_error(at) : fit.covariance.standard_error(at);

    const score_draws draws(scores.cluster_of_unit(), values_of(result.weights), options.draws, options.seed);
    const auto here = scores.scores(options.null);
    if (!here) return result;
    const auto p_of = [&](double null) {
        const auto parts = scores.scores(null);
        return parts ? draws.p_value(draws.tail_of(*parts).weak) : 0.0;
    };
    const double step = std::max(result.standard_error, plain.covariance.standard_error(at)), alpha = 1 - options.level;
    const auto end = [&](double direction) {
        double inside = 0, outside = step;
        while (outside < 64 * step) {
            if (p_of(value + direction * outside) <= alpha) {
                double low = inside, high = outside;
                for (int halving = 0; halving < 60 && high - low > 1e-6 * step; ++halving) {
                    const double middle = low + (high - low) / 2;
                    (p_of(value + direction * middle) <= alpha ? high : low) = middle;
                }
                return high;
            }
            inside = std::exchange(outside, 1.5 * outside);
        }
        return std::numeric_limits<double>::infinity();
    };
    finish(result, draws, draws.tail_of(*here), draws.statistic(*here), value, {value - end(-1), value + end(1)});
    return result;
}

[[nodiscard]] inline wild_bootstrap_result bootstrap_of(regression_frame frame, std::string_view term,
                                                        const wild_bootstrap_options& options) {
    require(options.family == regression_family::linear || options.family == regression_family::logit ||
                options.family == regression_family::poisson,
            "wild_cluster_bootstrap", "linear, logit or poisson for a family", name_of(options.family));
    if (options.family == regression_family::logit) require_shares(frame, "wild_cluster_bootstrap");
    if (options.family == regression_family::poisson) require_counts(frame, false, "wild_cluster_bootstrap");
    if (options.family != regression_family::linear) return bootstrap_scores(frame, term, options);
    const auto units = into_units(frame, true);
    const auto at = static_cast<std::size_t>(detail::find(frame.names, term) - frame.names.begin());
    const int exponent = units[frame.p()] - units[at];
    wild_bootstrap_options in_units = options;
    in_units.null = std::ldexp(options.null, -exponent);
    auto result = bootstrap_linear(std::move(frame), term, in_units);
    result.null = options.null;
    if (exponent == 0) return result;
    auto& value = result.estimate.value;
    auto& bounds = result.estimate.bounds;
    if (value) value = std::ldexp(*value, exponent);
    if (value && !std::isfinite(*value)) {
        value.reset();
        bounds.reset();
        result.estimate.status = estimate_status::degenerate;
        return result;
    }
    if (bounds) bounds = interval{std::ldexp(bounds->lower, exponent), std::ldexp(bounds->upper, exponent)};
    result.standard_error = std::ldexp(result.standard_error, exponent);
    return result;
}

template <class Model>
[[nodiscard]] auto without_constant_beside_effects(const Model& model) {
    if constexpr (std::tuple_size_v<decltype(Model::effects)> == 0)
        return model;
    else
        return model.without_intercept();
}

}  // namespace detail

/// Test and interval of a coefficient by the wild cluster bootstrap-t, which hold their level with few clusters, where
/// clustered errors do not (Cameron, Gelbach and Miller 2008):
///
///   wild_cluster_bootstrap(records, model_of(&row::y).on(variable("x", &row::x)).clustered_by(&row::firm), "x")
///
/// The residuals under the hypothesis, of a whole cluster at a time, are multiplied by random signs, and t of the fit
/// of each such response is compared with that of the data. Where there are no more draws than asked for all are
/// enumerated, else p is (share B + 1) / (B + 1). The interval holds the hypotheses that are not rejected, from the
/// estimate outwards to the first that is; with so few clusters that none can be, its ends are infinite. few_clusters:
/// that, fewer than 10 clusters, or fewer than 20 where draws are by smaller units. The model has one field of
/// clusters, one label a record, and may absorb effects: those that lie within clusters are swept out, the levels of
/// others (100 at most) are columns. Weights are of weighted least squares. With few treated clusters the test rejects
/// too rarely; without `null_imposed` too often: draw by smaller units.
///
/// Logits and Poisson models by the scores of the model under the hypothesis (Kline and Santos 2012): p is that of the
/// clustered score test; no draw refits, each hypothesis of the interval does once.
///
/// Throws std::invalid_argument for a column that the model does not have, a model without clusters or with several
/// labels, and as the fits do. O(n p^2 + draws clusters p) time, O(n p + draws) memory. Algorithm: Roodman, MacKinnon,
/// Nielsen and Webb (2019), section 5. Checked against all refits, by enumeration.
template <std::ranges::input_range Records, class Model>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] wild_bootstrap_result wild_cluster_bootstrap(Records&& records, const Model& model, std::string_view term,
                                                           const wild_bootstrap_options& options = {}) {
    auto frame = detail::frame_of("wild_cluster_bootstrap", records, detail::without_constant_beside_effects(model));
    detail::require(frame.clusters.size() <= 1, "wild_cluster_bootstrap", "one field of clusters",
                    frame.clusters.size());
    return detail::bootstrap_of(std::move(frame), term, options);
}
/// The same, the draws by units that each lie within one cluster: `drawn_by(&row::person)`.
template <std::ranges::input_range Records, class Model, class Field>
requires regression_model_of<Model, std::remove_reference_t<Records>>
[[nodiscard]] wild_bootstrap_result wild_cluster_bootstrap(Records&& records, const Model& model, std::string_view term,
                                                           drawn_units<Field> units,
                                                           const wild_bootstrap_options& options = {}) {
    return detail::bootstrap_of(
        detail::frame_of("wild_cluster_bootstrap", records,
                         detail::without_constant_beside_effects(model.clustered_by(std::move(units.field)))),
        term, options);
}

}  // namespace compute_divide::inline v0_2

#endif
