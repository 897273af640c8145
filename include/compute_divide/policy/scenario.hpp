// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_POLICY_SCENARIO_HPP
#define COMPUTE_DIVIDE_POLICY_SCENARIO_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/policy/gap.hpp>
#include <compute_divide/policy/gap_trends.hpp>
#include <compute_divide/policy/supply.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/quantile.hpp>
#include <compute_divide/statistics/sobol_indices.hpp>

/// What would it take: the gap of the years to come with and without a programme, with everything that is not known
/// drawn at once, and what the answer hangs on.
namespace compute_divide::inline v0_2 {

/// One way to say how fast the frontier grows: a published number, a fitted trend.
struct growth_choice {
    std::string name = {};
    uncertain<> growth = 1.0;

    friend bool operator==(const growth_choice&, const growth_choice&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<growth_choice>) {
    return member_list(member{"name", &growth_choice::name}, member{"growth", &growth_choice::growth});
}

/// The chips that are bought, or rented, for runs.
struct chip_supply {
    uncertain<us_dollars> price = us_dollars();  ///< of a chip with its server and network, in `from`
    uncertain<double> price_performance = 1.35;  ///< times a year: what a dollar buys more of
    uncertain<flop_per_second> peak = flop_per_second();
    uncertain<double> utilisation = 1.0;           ///< of the peak; draws above 1 count as 1
    uncertain<us_dollars> running = us_dollars();  ///< electricity of a chip-hour
    double run_years = 1;                          ///< for how long the largest run of a team holds its chips

    friend bool operator==(const chip_supply&, const chip_supply&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<chip_supply>) {
    using result = chip_supply;
    return member_list(member{"price", &result::price}, member{"price_performance", &result::price_performance},
                       member{"peak", &result::peak}, member{"utilisation", &result::utilisation},
                       member{"running", &result::running}, member{"run_years", &result::run_years});
}

/// What is asked, and what is known. Sources of one name are one and the same uncertainty, in whatever they are.
struct policy_scenario {
    double from = 0;     ///< the year of the gap
    double by = 0;       ///< the year asked about
    double within = 10;  ///< times
    uncertain<> gap = 1.0;
    std::vector<growth_choice> frontier_growth = {};  ///< each as probable as the others
    uncertain<> own_growth = 1.0;
    uncertain<flop> frontier = flop();       ///< run of the frontier in `from`; 0: not known
    std::optional<chip_supply> supply = {};  ///< needed for a programme, and for what a run costs
    std::optional<programme> plan = {};
    std::vector<scenario_warning> warnings = {};  ///< of gap_of_trends, say; told again in the result

    friend bool operator==(const policy_scenario&, const policy_scenario&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<policy_scenario>) {
    using result = policy_scenario;
    return member_list(member{"from", &result::from}, member{"by", &result::by}, member{"within", &result::within},
                       member{"gap", &result::gap}, member{"frontier_growth", &result::frontier_growth},
                       member{"own_growth", &result::own_growth}, member{"frontier", &result::frontier},
                       member{"supply", &result::supply}, member{"plan", &result::plan},
                       member{"warnings", &result::warnings});
}

struct scenario_options {
    std::size_t draws = 10'000;  ///< from 100 to 1,000,000, which take 0.4 GB
    double level = 0.9;
    std::uint64_t seed = 1;
    unsigned threads = 1;                ///< 0: as many as the machine has
    std::size_t sobol_replicates = 100;  ///< of the intervals of Sobol's indices, at least 40
    std::size_t steps = 10;              ///< of the path, from 1 to 1,000

    friend constexpr bool operator==(const scenario_options&, const scenario_options&) = default;
};

/// The gap at a time.
struct gap_point {
    double year = 0;
    estimate without = {};  ///< the programme
    estimate with = {};     ///< it; the same where there is none

    friend bool operator==(const gap_point&, const gap_point&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<gap_point>) {
    return member_list(member{"year", &gap_point::year}, member{"without", &gap_point::without},
                       member{"with", &gap_point::with});
}

/// What one uncertain input does to the gap in the year asked about, with the programme.
struct input_effect {
    std::string name = {};
    sobol_index sobol = {};  ///< parts of the variance of the logarithm
    double gap_at_low = 0;   ///< the input at the lower end of its interval at the level, all others at their medians
    double gap_at_high = 0;

    friend bool operator==(const input_effect&, const input_effect&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<input_effect>) {
    using result = input_effect;
    return member_list(member{"name", &result::name}, member{"sobol", &result::sobol},
                       member{"gap_at_low", &result::gap_at_low}, member{"gap_at_high", &result::gap_at_high});
}

/// Values are medians of the draws, intervals their quantiles; of probabilities they are the draws' share, with the
/// interval of the simulation alone. A bound that is infinite is null in JSON; where more than half of the draws are
/// so there is no value (degenerate).
struct scenario_result {
    std::uint64_t n = 0;         ///< draws
    estimate years_behind = {};  ///< in `from`
    estimate gap_growth = {};    ///< times a year, without the programme
    estimate parity_years = {};  ///< without the programme
    estimate parity = {};        ///< probability that the gap closes at all
    estimate gap = {};           ///< in `by`, without the programme
    estimate gap_with = {};      ///< and with it
    estimate within = {};        ///< probability that the former is at most `within` times
    estimate within_with = {};
    estimate growth_needed = {};  ///< own growth to be within, times a year
    estimate run_cost = {};       ///< dollars of one run in `by` that is within; without data where not asked
    estimate programme_run = {};  ///< FLOP of the programme's largest run in `by`
    estimate chips = {};          ///< in use in `by`, in chips of `supply`'s kind worth what is bought
    estimate budget_times = {};   ///< how many times the programme's budgets would be needed to be within
    std::vector<gap_point> path = {};
    std::vector<input_effect> inputs = {};  ///< those with the largest total effect first
    std::vector<scenario_warning> warnings = {};
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const scenario_result&, const scenario_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<scenario_result>) {
    using result = scenario_result;
    return member_list(member{"n", &result::n}, member{"years_behind", &result::years_behind},
                       member{"gap_growth", &result::gap_growth}, member{"parity_years", &result::parity_years},
                       member{"parity", &result::parity}, member{"gap", &result::gap},
                       member{"gap_with", &result::gap_with}, member{"within", &result::within},
                       member{"within_with", &result::within_with}, member{"growth_needed", &result::growth_needed},
                       member{"run_cost", &result::run_cost}, member{"programme_run", &result::programme_run},
                       member{"chips", &result::chips}, member{"budget_times", &result::budget_times},
                       member{"path", &result::path}, member{"inputs", &result::inputs},
                       member{"warnings", &result::warnings}, member{"status", &result::status});
}

namespace detail {

/// A scenario as a function of standard normal numbers, one for each source of uncertainty, and of a choice.
class scenario_model {
public:
    explicit scenario_model(const policy_scenario& s) : s_(s) {
        for (const growth_choice& each : s.frontier_growth) frontier_growths_.push_back(compiled(each.growth));
        gap_ = compiled(s.gap);
        own_growth_ = compiled(s.own_growth);
        frontier_ = compiled(s.frontier);
        if (s.supply) {
            price_ = compiled(s.supply->price);
            price_performance_ = compiled(s.supply->price_performance);
            peak_ = compiled(s.supply->peak);
            utilisation_ = compiled(s.supply->utilisation);
            running_ = compiled(s.supply->running);
        }
    }

    [[nodiscard]] const std::vector<std::string>& sources() const { return sources_; }
    [[nodiscard]] std::size_t choices() const { return frontier_growths_.size(); }
    /// Sources, and the choice where there is one.
    [[nodiscard]] std::size_t inputs() const { return sources_.size() + (choices() > 1 ? 1 : 0); }

    /// What is drawn once, all on the log scale but what is a number of times.
    struct world {
        double gap, frontier_growth, own_growth, frontier, price, price_performance, peak, utilisation, running;
    };
    [[nodiscard]] world at(std::span<const double> z, std::size_t choice) const {
        return {
            gap_.log(z),    frontier_growths_[choice].log(z), own_growth_.log(z), frontier_.log(z),
            price_.log(z),  price_performance_.log(z),        peak_.log(z),       std::min(0.0, utilisation_.log(z)),
            running_.log(z)};
    }
    /// ln of the gap, without the programme.
    [[nodiscard]] double log_gap(const world& w, double year) const {
        return w.gap + (w.frontier_growth - w.own_growth) * (year - s_.from);
    }
    /// Chips in use: of each tranche as many as its money bought.
    [[nodiscard]] double chips(const world& w, double year) const {
        double sum = 0;
        for (const tranche& t : s_.plan->tranches)
            if (year >= t.year && year - t.year < s_.plan->life)
                sum += t.chips + s_.plan->machines * t.budget.value() *
                                     std::exp(w.price_performance * (t.year - s_.from) - w.price);
        return sum;
    }
    /// ln FLOP of the programme's largest run; -infinity while it has no chips.
    [[nodiscard]] double log_run(const world& w, double year) const {
        return std::log(chips(w, year) / s_.plan->teams * s_.supply->run_years * seconds_per_year) + w.peak +
               w.utilisation;
    }
    [[nodiscard]] double log_frontier(const world& w, double year) const {
        return w.frontier + w.frontier_growth * (year - s_.from);
    }
    /// ln of the gap with the programme: the larger of the run that there would be anyway and the programme's.
    [[nodiscard]] double log_gap_with(const world& w, double year) const {
        const double without = log_gap(w, year);
        return s_.plan ? std::min(without, log_frontier(w, year) - log_run(w, year)) : without;
    }
    /// Dollars of a run within the factor in a year: chip-hours times what an hour costs then.
    [[nodiscard]] double run_cost(const world& w, double year) const {
        const double hours = std::exp(log_frontier(w, year) - std::log(s_.within) - w.peak - w.utilisation) / 3600;
        const double price = std::exp(w.price - w.price_performance * (year - s_.from));
        return hours * (price * w.price_performance / hours_per_year + std::exp(w.running));
    }

private:
    struct quantity {
        double log_median = -std::numeric_limits<double>::infinity();
        std::vector<std::pair<std::size_t, double>> log_sds = {};

        [[nodiscard]] double log(std::span<const double> z) const {
            double sum = log_median;
            for (const auto& [source, log_sd] : log_sds) sum += log_sd * z[source];
            return sum;
        }
    };
    template <class T>
    [[nodiscard]] quantity compiled(const uncertain<T>& x) {
        quantity q{std::log(number_in(x.value()))};
        for (const auto& source : x.sources()) {
            const auto found = detail::find(sources_, source.name);
            q.log_sds.emplace_back(static_cast<std::size_t>(found - sources_.begin()), source.log_sd);
            if (found == sources_.end()) sources_.push_back(source.name);
        }
        return q;
    }

    const policy_scenario& s_;
    std::vector<std::string> sources_ = {};
    std::vector<quantity> frontier_growths_ = {};
    quantity gap_ = {}, own_growth_ = {}, frontier_ = {}, price_ = {}, price_performance_ = {}, peak_ = {},
             utilisation_ = {}, running_ = {};
};

inline void require_scenario(const policy_scenario& s, const scenario_options& options) {
    constexpr std::string_view function = "run_scenario";
    require_level(options.level, function);
    require(options.draws >= 100 && options.draws <= 1'000'000, function, "100 to 1,000,000 draws", options.draws);
    require(options.steps >= 1 && options.steps <= 1000, function, "1 to 1,000 steps", options.steps);
    require(options.sobol_replicates >= 40, function, "40 replicates or more", options.sobol_replicates);
    require(std::isfinite(s.from), function, "a finite year of the gap", s.from);
    require(s.by > s.from && std::isfinite(s.by), function, "a year asked about after that of the gap", s.by);
    require_above_zero(s.within, function, "a finite factor > 0 to be within");
    require_above_zero(s.gap.value(), function, "a finite gap > 0");
    require_above_zero(s.own_growth.value(), function, "a finite own growth > 0");
    require(!s.frontier_growth.empty(), function, "a growth of the frontier", s.frontier_growth.size());
    for (const growth_choice& each : s.frontier_growth) require_growth(each.growth.value(), function);
    if (s.supply) {
        require_above_zero(s.frontier.value().value(), function, "a run of the frontier > 0 FLOP");
        require_above_zero(s.supply->price.value().value(), function, "a price > 0 dollars");
        require_above_zero(s.supply->peak.value().value(), function, "a peak > 0 FLOP/s");
        require(s.supply->price_performance.value() > 1, function,
                "a price performance that grows, above 1 times a year", s.supply->price_performance.value());
        require(s.supply->utilisation.value() > 0 && s.supply->utilisation.value() <= 1, function,
                "a utilisation in (0, 1]", s.supply->utilisation.value());
        require_above_zero(s.supply->run_years, function, "finite years > 0 of a run");
    }
    require(!s.plan || s.supply, function, "chips for the programme", "none");
    if (s.plan) check(*s.plan);
}

/// Median and quantiles of draws, which may be infinite.
[[nodiscard]] inline estimate of_draws(std::vector<double>& draws, double level) {
    detail::sort(draws);
    estimate e{.level = level, .method = "monte_carlo", .n = draws.size(), .status = estimate_status::degenerate};
    const auto at = [&](double p) {  // no interpolation to infinity
        const double q = quantile_of_sorted(draws, p);
        return q == q ? q : std::numeric_limits<double>::infinity();
    };
    const double median = at(0.5);
    if (!std::isfinite(median)) return e;
    e.value = median;
    e.bounds = interval{at((1 - level) / 2), at((1 + level) / 2)};
    e.status = estimate_status::ok;
    return e;
}

}  // namespace detail

/// Draws everything at once, options.draws times: in the year t
///
///   G(t) = G0 (g_F / g_A)^(t - from),   with the programme   min(G(t), F(t) / R(t)),
///   F(t) = F0 g_F^(t - from),   R(t) = S(t) / teams * peak * u * run,   S(t) = sum of n_i + m B_i p^(t_i - from) / P0
///
/// over tranches not older than their life; p is the price performance, times a year. A run within k in the year T
/// costs F(T) / (k peak u) chip-seconds at P0 p^-(T - from) ln p / 8766 h + electricity each hour.
///
/// "Within k by T" is on the date T. The effects are of ln G(T) with the programme: Sobol's indices (first and total,
/// sobol_indices.hpp) and, one input at a time, the gap at the ends of its interval. Sources are independent of each
/// other; what depends on each other is made of common ones (uncertain.hpp). The same numbers for a seed on any number
/// of threads. Not in any interval: that growth goes on as it is, that a programme does not change the growth of
/// others, and what other money does. few_clusters: the scenario warns that its trends rest on few of them.
///
/// Throws std::invalid_argument for a frontier that does not grow, a year not after that of the gap, a programme that
/// `check` refuses or that has no chips, a utilisation outside (0, 1], numbers that are not finite and > 0 where they
/// have to be, and options outside their ranges. Linear in draws. Checked against closed forms and by coverage on
/// simulated worlds (tests/policy/scenario.test.cpp).
[[nodiscard]] inline scenario_result run_scenario(const policy_scenario& s, const scenario_options& options = {}) {
    detail::require_scenario(s, options);
    const detail::scenario_model model(s);
    const std::size_t n = options.draws, sources = model.sources().size(), steps = options.steps + 1;
    constexpr double never = std::numeric_limits<double>::infinity();
    const double years = s.by - s.from;
    const auto year_of = [&](std::size_t step) {
        return step == options.steps ? s.by
                                     : s.from + years * static_cast<double>(step) / static_cast<double>(options.steps);
    };

    struct columns {
        std::vector<double> behind, growth, parity, needed, cost, run, chips, times;
    } of;
    for (auto* const each : {&of.behind, &of.growth, &of.parity, &of.needed}) each->resize(n);
    if (s.supply) of.cost.resize(n);
    if (s.plan)
        for (auto* const each : {&of.run, &of.chips, &of.times}) each->resize(n);
    std::vector<std::vector<double>> without(steps, std::vector<double>(n)), with(s.plan ? steps : 0, without[0]);
    detail::in_parts(n, options.threads, [&](std::size_t begin, std::size_t end) {
        std::vector<double> z(sources);
        for (std::size_t row = begin; row < end; ++row) {
            random_stream stream(options.seed + 2, row);
            for (double& each : z) each = -detail::upper_normal_quantile(stream.uniform() + 0x1p-54);
            const auto w = model.at(z, static_cast<std::size_t>(stream.below(model.choices())));
            const double closing = w.own_growth - w.frontier_growth;
            of.behind[row] = w.frontier_growth > 0 ? w.gap / w.frontier_growth : never;
            of.growth[row] = std::exp(-closing);
            of.parity[row] = w.gap <= 0 ? 0 : closing > 0 ? w.gap / closing : never;
            of.needed[row] = std::exp(w.frontier_growth + (w.gap - std::log(s.within)) / years);
            for (std::size_t step = 0; step < steps; ++step) {
                without[step][row] = std::exp(model.log_gap(w, year_of(step)));
                if (s.plan) with[step][row] = std::exp(model.log_gap_with(w, year_of(step)));
            }
            if (s.supply) of.cost[row] = model.run_cost(w, s.by);
            if (s.plan) {
                const double log_run = model.log_run(w, s.by);
                of.run[row] = std::exp(log_run);
                of.chips[row] = model.chips(w, s.by);
                of.times[row] = std::exp(model.log_frontier(w, s.by) - std::log(s.within) - log_run);
            }
        }
    });

    scenario_result result{.n = n, .warnings = s.warnings, .status = estimate_status::ok};
    if (detail::find(s.warnings, scenario_warning::few_clusters) != s.warnings.end())
        result.status = estimate_status::few_clusters;
    const auto told = [&](std::vector<double>& draws) {
        estimate e = detail::of_draws(draws, options.level);
        if (e.status == estimate_status::ok) e.status = result.status;
        return e;
    };
    const auto share_of = [&](const std::vector<double>& draws, double most) {
        const auto k = detail::count_if(draws, [&](double x) { return x <= most; });
        return share(static_cast<double>(k), static_cast<double>(n), {.level = options.level});
    };
    result.parity = share_of(of.parity, std::numeric_limits<double>::max());
    result.within = result.within_with = share_of(without.back(), s.within);
    if (s.plan) result.within_with = share_of(with.back(), s.within);
    result.years_behind = told(of.behind);
    result.gap_growth = told(of.growth);
    result.parity_years = told(of.parity);
    result.growth_needed = told(of.needed);
    if (s.supply) result.run_cost = told(of.cost);
    if (s.plan) {
        result.programme_run = told(of.run);
        result.chips = told(of.chips);
        result.budget_times = told(of.times);
    }
    for (std::size_t step = 0; step < steps; ++step) {
        const estimate alone = told(without[step]);
        result.path.push_back({year_of(step), alone, s.plan ? told(with[step]) : alone});
    }
    result.gap = result.path.back().without;
    result.gap_with = result.path.back().with;
    if (s.supply) {
        const double reach = detail::upper_normal_quantile((1 - options.level) / 2) * s.supply->utilisation.log_sd();
        if (s.supply->utilisation.value() * std::exp(reach) > 1)
            result.warnings.push_back(scenario_warning::utilisation_capped);
    }
    if (model.inputs() == 0) return result;

    const auto choice_at = [&](double u) {
        return std::min(model.choices() - 1, static_cast<std::size_t>(u * static_cast<double>(model.choices())));
    };
    const auto of_uniforms = [&, z = std::vector<double>(sources)](std::span<const double> u) mutable {
        for (std::size_t i = 0; i < sources; ++i) z[i] = -detail::upper_normal_quantile(u[i]);
        return model.log_gap_with(model.at(z, choice_at(model.choices() > 1 ? u.back() : 0.5)), s.by);
    };
    const auto indices = sobol_indices(of_uniforms, model.inputs(),
                                       {.rows = n,
                                        .level = options.level,
                                        .replicates = options.sobol_replicates,
                                        .seed = options.seed,
                                        .threads = options.threads});
    const std::vector<double> medians(sources);
    const double reach = detail::upper_normal_quantile((1 - options.level) / 2);
    for (std::size_t i = 0; i < model.inputs(); ++i) {
        input_effect effect{.sobol = indices.inputs[i]};
        if (i < sources) {
            effect.name = model.sources()[i];
            auto z = medians;
            z[i] = -reach;
            effect.gap_at_low = std::exp(model.log_gap_with(model.at(z, 0), s.by));
            z[i] = reach;
            effect.gap_at_high = std::exp(model.log_gap_with(model.at(z, 0), s.by));
        } else {
            effect.name = "choice of the frontier's growth";
            std::vector<double> gaps;
            for (std::size_t c = 0; c < model.choices(); ++c)
                gaps.push_back(std::exp(model.log_gap_with(model.at(medians, c), s.by)));
            effect.gap_at_low = std::ranges::min(gaps);
            effect.gap_at_high = std::ranges::max(gaps);
        }
        result.inputs.push_back(std::move(effect));
    }
    detail::stable_sort(result.inputs, [](const input_effect& a, const input_effect& b) {
        return a.sobol.total.value.value_or(0) > b.sobol.total.value.value_or(0);
    });
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
