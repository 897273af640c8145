// SPDX-License-Identifier: BSL-1.0
// How often intervals hold a known truth: `coverage > docs/coverage.md` (bash benchmarks/coverage.sh). No times.
//
// A table of cases: a method, a kind of data, a size, the truth, and a function that makes data from a stream of random
// numbers and estimates. Replication r of a case draws from stream r of the case's own seed: the same numbers with any
// number of threads.
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <functional>
#include <iostream>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <compute_divide/compute/uncertain_trend.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/simex.hpp>
#include <compute_divide/statistics.hpp>
#include <compute_divide/trends.hpp>

namespace cd = compute_divide;

namespace {

constexpr double level = 0.95, lowest = 0.93, highest = 0.97;

/// What is simulated. `weight`: its replications are this part of those asked for, where it is slow.
struct coverage_case {
    std::string method, data;
    std::string unit;  ///< of `size`: records, or clusters
    double size = 0;
    double truth = 0;
    std::function<cd::estimate(cd::random_stream&)> found;
    double weight = 1;
};
std::vector<coverage_case> cases;

struct outcome {
    double coverage = 0, error = 0, none = 0;  ///< of those with an interval; share without one
    double replications = 0;
    std::string statuses;
};

// ---- Data.

double normal(cd::random_stream& stream) {
    return cd::standard_normal(stream);
}
/// Of mean 0 and variance 1, skewed: the logarithm is normal.
double skewed(cd::random_stream& stream) {
    return (std::exp(normal(stream)) - std::exp(0.5)) / std::sqrt((std::exp(1.0) - 1) * std::exp(1.0));
}

struct model {
    double year = 0, flop = 0, x = 0, log = 0;
    int organisation = 0, team = 0;
};

enum class shape { independent, heteroscedastic, skewed_errors, even_clusters, uneven_clusters };
constexpr std::array<std::string_view, 5> shape_names{"independent", "heteroscedastic", "skewed", "even clusters",
                                                      "uneven clusters"};
std::string name_of(shape s) {
    return std::string(shape_names[static_cast<std::size_t>(s)]);
}
bool is_clustered(shape s) {
    return s >= shape::even_clusters;
}

constexpr double growth = 0.5;  // orders of magnitude a year

struct error_maker {
    shape kind;
    double operator()(cd::random_stream& stream, double x) const {
        if (kind == shape::skewed_errors) return 0.7 * skewed(stream);
        if (kind == shape::heteroscedastic) return 0.2 * (1 + x / 2) * normal(stream);
        return 0.7 * normal(stream);
    }
};

/// Models over twelve years; clusters have a level of their own, as large as the error, and years near each other.
std::vector<model> models_of(cd::random_stream& stream, shape kind, int size, double lag = 0, int team = 0) {
    std::vector<model> all;
    const auto add = [&](double x, double level_of_cluster, int organisation) {
        const double log = growth * (x - lag) + level_of_cluster + error_maker{kind}(stream, x);
        all.push_back({2010 + x, std::pow(10, log), x, log, organisation + 100'000 * team, team});
    };
    if (!is_clustered(kind)) {
        for (int i = 0; i < size; ++i) add(stream.uniform(0, 12), 0, i);
        return all;
    }
    for (int c = 0; c < size; ++c) {
        const double effect = 0.7 * normal(stream), first = stream.uniform(0, 8);
        const int n = kind == shape::even_clusters ? 6 : 1 + static_cast<int>(11 * std::pow(stream.uniform(), 2) * 1.5);
        for (int i = 0; i < n; ++i) add(stream.uniform(first, first + 4), effect, c);
    }
    return all;
}

std::vector<double> values_of(cd::random_stream& stream, std::string_view kind, int n, double scale = 1) {
    std::vector<double> values(static_cast<std::size_t>(n));
    for (double& value : values)
        value = kind == "skewed" ? std::exp(scale * normal(stream)) : 10 + scale * normal(stream);
    return values;
}
double count_of(cd::random_stream& stream, int n, double p) {
    double k = 0;
    for (int i = 0; i < n; ++i) k += stream.uniform() < p;
    return k;
}

constexpr std::array sizes{3, 5, 10, 20, 30, 50, 100, 300, 1'000};
constexpr std::array cluster_sizes{3, 5, 10, 20, 40, 100};

template <class Found>
void add(std::string method, std::string data, double size, double truth, Found found, double weight = 1,
         std::string unit = "records") {
    cases.push_back({std::move(method), std::move(data), std::move(unit), size, truth, std::move(found), weight});
}

// ---- Cases.

void add_shares() {
    for (const double p : {0.05, 0.3})
        for (const int n : {5, 10, 30, 100, 300, 1'000}) {
            char data[32];
            std::snprintf(data, sizeof data, "share of %g", p);
            for (const auto& kind : enumerators(cd::proportion_interval{}))
                add("share, " + std::string(kind.name), data, n, p, [=, v = kind.value](cd::random_stream& s) {
                    return cd::share(count_of(s, n, p), n, {.interval = v, .level = level});
                });
            const auto two = [=](cd::random_stream& s) {
                const double second = count_of(s, n, p);
                return std::pair{cd::share_count{count_of(s, n, 0.5), static_cast<double>(n)},
                                 cd::share_count{second, static_cast<double>(n)}};
            };
            for (const auto& kind : enumerators(cd::difference_interval{}))
                add("share_difference, " + std::string(kind.name), std::string(data) + " against .5", n, 0.5 - p,
                    [=, v = kind.value](cd::random_stream& s) {
                        const auto [a, b] = two(s);
                        return cd::share_difference(a, b, {.interval = v});
                    });
            for (const auto& kind : enumerators(cd::risk_ratio_interval{}))
                add("risk_ratio, " + std::string(kind.name), std::string(data) + " against .5", n, 0.5 / p,
                    [=, v = kind.value](cd::random_stream& s) {
                        const auto [a, b] = two(s);
                        return cd::risk_ratio(a, b, {.interval = v});
                    });
            for (const auto& kind : enumerators(cd::odds_ratio_interval{}))
                add("odds_ratio, " + std::string(kind.name), std::string(data) + " against .5", n, (1 - p) / p,
                    [=, v = kind.value](cd::random_stream& s) {
                        const auto [a, b] = two(s);
                        return cd::odds_ratio(a, b, {.interval = v});
                    });
            for (const auto& kind : enumerators(cd::correction_interval{}))
                add("corrected_share, " + std::string(kind.name), std::string(data) + ", errors of 10 %", n, p,
                    [=, v = kind.value](cd::random_stream& s) {
                        const double hits = count_of(s, n, p), found = count_of(s, static_cast<int>(hits), 0.9);
                        const double more = count_of(s, n - static_cast<int>(hits), 0.1);
                        const double yes = count_of(s, 100, 0.9), no = count_of(s, 100, 0.9);
                        return cd::corrected_share(found + more, n, {yes, 100 - no, 100 - yes, no}, {.interval = v})
                            .corrected;
                    });
        }
    for (const shape kind : {shape::even_clusters, shape::uneven_clusters})
        for (const int g : cluster_sizes)
            add(
                "share, wilson, clusters ignored", "share of .3, " + name_of(kind), g, 0.3,
                [=](cd::random_stream& s) {
                    double k = 0, n = 0;
                    for (int c = 0; c < g; ++c) {
                        const double p = s.uniform() < 0.3 ? 0.72 : 0.12;  // a correlation of about .36
                        const int m = kind == shape::even_clusters ? 8 : 1 + static_cast<int>(s.below(16));
                        k += count_of(s, m, p);
                        n += m;
                    }
                    return cd::share(k, n);
                },
                1, "clusters");
}

constexpr auto mean_of = [](const auto& drawn) {
    double sum = 0, n = 0;
    for (const double x : drawn) {
        sum += x;
        ++n;
    }
    return sum / n;
};

void add_samples() {
    for (const std::string kind : {"normal", "skewed"})
        for (const int n : sizes) {
            const auto two = [=](cd::random_stream& s) {
                const auto second = values_of(s, kind, n, kind == "skewed" ? 0.8 : 3);
                return cd::two_samples(values_of(s, kind, n, kind == "skewed" ? 0.8 : 3), second);
            };
            const auto unequal = [=](cd::random_stream& s) {
                const auto second = values_of(s, "normal", 2 * n, 1);
                return cd::two_samples(values_of(s, "normal", n, 4), second);
            };
            add("welch", kind, n, 0, [=](cd::random_stream& s) { return cd::welch(two(s)).effect; });
            if (kind == "normal")
                add("welch", "unequal spread, 1 to 2", n, 0,
                    [=](cd::random_stream& s) { return cd::welch(unequal(s)).effect; });
            if (kind == "skewed")
                add("welch, ratio", kind, n, 1, [=](cd::random_stream& s) {
                    return cd::welch(two(s), {.scale = cd::comparison_scale::ratio}).effect;
                });
            add("hodges_lehmann", kind, n, 0, [=](cd::random_stream& s) { return cd::hodges_lehmann(two(s)); });
            add("brunner_munzel", kind, n, 0.5,
                [=](cd::random_stream& s) { return cd::brunner_munzel(two(s)).effect; });
            if (n <= 300) {
                const auto permuted = [](const cd::two_samples& samples) {
                    return cd::permutation_test(samples, {.replicates = 299}).effect;
                };
                add(
                    "permutation_test", kind, n, 0, [=](cd::random_stream& s) { return permuted(two(s)); }, 0.25);
                if (kind == "normal")
                    add(
                        "permutation_test", "unequal spread, 1 to 2", n, 0,
                        [=](cd::random_stream& s) { return permuted(unequal(s)); }, 0.25);
                for (const auto& interval : enumerators(cd::bootstrap_interval{})) {
                    const cd::bootstrap_options options{.replicates = 399};
                    if (interval.value != cd::bootstrap_interval::bca) {
                        add(
                            "compare_medians, " + std::string(interval.name), kind, n, 0,
                            [=, v = interval.value](cd::random_stream& s) {
                                return cd::compare_medians(two(s), {.interval = v, .bootstrap = options});
                            },
                            0.25);
                        if (kind == "skewed")
                            add(
                                "compare_medians, ratio, " + std::string(interval.name), kind, n, 1,
                                [=, v = interval.value](cd::random_stream& s) {
                                    return cd::compare_medians(
                                        two(s),
                                        {.scale = cd::comparison_scale::ratio, .interval = v, .bootstrap = options});
                                },
                                0.25);
                    }
                    add(
                        "bootstrap of a mean, " + std::string(interval.name), kind, n,
                        kind == "skewed" ? std::exp(0.32) : 10,
                        [=, v = interval.value](cd::random_stream& s) {
                            return cd::bootstrap(values_of(s, kind, n, 0.8), mean_of, options).interval(v);
                        },
                        0.25);
                }
            }
        }
    for (const int g : cluster_sizes)
        for (const auto& interval : enumerators(cd::bootstrap_interval{}))
            add(
                "cluster_bootstrap of a mean, " + std::string(interval.name), "even clusters", g, 0,
                [=, v = interval.value](cd::random_stream& s) {
                    struct in_cluster {
                        double x;
                        int cluster;
                    };
                    std::vector<in_cluster> all;
                    for (int c = 0; c < g; ++c) {
                        const double effect = normal(s);
                        for (int i = 0; i < 6; ++i) all.push_back({effect + normal(s), c});
                    }
                    const auto mean = [](const auto& drawn) {
                        double sum = 0, n = 0;
                        for (const in_cluster& r : drawn) {
                            sum += r.x;
                            ++n;
                        }
                        return sum / n;
                    };
                    return cd::cluster_bootstrap(all, &in_cluster::cluster, mean, {.replicates = 399}).interval(v);
                },
                0.25, "clusters");
}

cd::log_trend trend_of(const std::vector<model>& models) {
    return cd::fit_log_trend(models, &model::year, &model::flop, &model::organisation);
}

void add_trends() {
    for (const auto& interval : enumerators(cd::trend_interval{})) {
        if (interval.value == cd::trend_interval::sevilla_bootstrap) continue;  // adds noise of its own
        const bool by_clusters = interval.value == cd::trend_interval::clustered;
        const bool resampled = cd::bootstrap_interval_of(interval.value).has_value();
        for (const shape kind : {shape::independent, shape::heteroscedastic, shape::skewed_errors, shape::even_clusters,
                                 shape::uneven_clusters}) {
            if (by_clusters && !is_clustered(kind)) continue;
            if (is_clustered(kind) && !by_clusters && !resampled && interval.value != cd::trend_interval::classical)
                continue;
            const auto add_size = [&](int n) {
                cd::trend_options options{.interval = interval.value, .bootstrap = {.replicates = 399}};
                if (is_clustered(kind)) options.resampling = cd::bootstrap_resampling::clusters;
                add(
                    "log_trend slope, " + std::string(interval.name), name_of(kind), n, growth,
                    [=](cd::random_stream& s) { return trend_of(models_of(s, kind, n)).growth(options).slope; },
                    resampled ? 0.15 : 1, is_clustered(kind) ? "clusters" : "records");
            };
            if (is_clustered(kind))
                for (const int g : cluster_sizes) add_size(g);
            else
                for (const int n : sizes)
                    if (n <= 300 || !resampled) add_size(n);
        }
    }
    for (const int n : sizes) {
        for (const auto& derived : enumerators(cd::derived_interval{})) {
            add("doubling time, " + std::string(derived.name), "independent", n, std::log10(2.0) / growth * 12,
                [=, v = derived.value](cd::random_stream& s) {
                    return trend_of(models_of(s, shape::independent, n)).growth({.derived = v}).doubling.months;
                });
        }
        for (const shape kind : {shape::independent, shape::heteroscedastic, shape::skewed_errors}) {
            if (n > 300) continue;
            add("theil_sen", name_of(kind), n, growth, [=](cd::random_stream& s) {
                return cd::theil_sen(models_of(s, kind, n), &model::x, &model::log).slope;
            });
            add("quantile_regression, 0.5", name_of(kind), n, growth, [=](cd::random_stream& s) {
                return cd::quantile_regression(models_of(s, kind, n), &model::x, &model::log).slope;
            });
            if (kind == shape::independent)
                add("quantile_regression, 0.9", name_of(kind), n, growth, [=](cd::random_stream& s) {
                    return cd::quantile_regression(models_of(s, kind, n), &model::x, &model::log, {.quantile = 0.9})
                        .slope;
                });
        }
    }
}

/// Two teams, the first `lag` years behind; the second three times as many.
std::vector<model> teams_of(cd::random_stream& stream, shape kind, int size, double lag) {
    auto all = models_of(stream, kind, size, lag, 0);
    const auto ahead = models_of(stream, kind, 3 * size, 0, 1);
    all.insert(all.end(), ahead.begin(), ahead.end());
    return all;
}

void add_comparisons() {
    const auto add_size = [](shape kind, int n) {
        const std::string unit = is_clustered(kind) ? "clusters" : "records";
        const cd::trend_options options{.interval = is_clustered(kind) ? cd::trend_interval::clustered
                                                                       : cd::trend_interval::classical};
        const std::string how = ", " + std::string(name_of(options.interval));
        const auto trends = [=](cd::random_stream& s, double lag) {
            return cd::fit_log_trends(teams_of(s, kind, n, lag), &model::team, &model::year, &model::flop,
                                      &model::organisation);
        };
        const std::string data = name_of(kind) + ", 1 to 3";
        add(
            "log_trends lag" + how, data, n, 2,
            [=](cd::random_stream& s) { return trends(s, 2).lag(0, 1, 2018, options).years; }, 1, unit);
        add(
            "log_trends slope_difference" + how, data, n, 0,
            [=](cd::random_stream& s) { return trends(s, 2).slope_difference(0, 1, options).difference; }, 1, unit);
        if (!is_clustered(kind) && (n < 20 || n > 100)) return;
        if (is_clustered(kind) && (n < 5 || n > 40)) return;
        for (const double lag : {0.0, 2.0})
            add(
                "quantile_lag, 0.9, " + std::to_string(static_cast<int>(lag)) + " years", data, n, lag,
                [=](cd::random_stream& s) {
                    return cd::quantile_lag(teams_of(s, kind, n, lag), &model::team, &model::year, &model::flop,
                                            &model::organisation, 0, 1, 2018,
                                            {.bootstrap = {.replicates = 199, .jackknife = false}})
                        .years;
                },
                0.2, unit);
    };
    for (const int n : sizes)
        if (n > 3) add_size(shape::independent, n);
    for (const shape kind : {shape::even_clusters, shape::uneven_clusters})
        for (const int g : cluster_sizes) add_size(kind, g);
}

void add_breaks() {
    for (const auto& interval : enumerators(cd::break_interval{}))
        for (const shape kind : {shape::independent, shape::even_clusters})
            for (const int n : {30, 100, 300}) {
                if (is_clustered(kind) && n == 300) continue;
                add(
                    "segmented_trend, continuous break, " + std::string(interval.name), name_of(kind), n, 2016,
                    [=, v = interval.value](cd::random_stream& s) {
                        auto all = models_of(s, kind, n);
                        for (model& m : all) m.flop *= std::pow(10, std::max(0.0, m.x - 6) * growth);
                        const auto found =
                            cd::fit_segmented_trend(all, &model::year, &model::flop, {.breaks = 1, .interval = v});
                        return found.breaks.empty() ? cd::estimate{.status = found.status} : found.breaks[0].year;
                    },
                    0.25, is_clustered(kind) ? "clusters" : "records");
            }
}

void add_regressions() {
    const auto fitted = [](const std::vector<model>& all, cd::covariance_kind kind) {
        const auto line = cd::model_of(&model::log).on(cd::variable("x", &model::x));
        if (kind == cd::covariance_kind::clustered)
            return cd::coefficient(cd::fit_linear(all, line.clustered_by(&model::organisation), {.covariance = kind}),
                                   "x");
        return cd::coefficient(cd::fit_linear(all, line, {.covariance = kind}), "x");
    };
    for (const auto& kind : enumerators(cd::covariance_kind{})) {
        const bool clustered = kind.value == cd::covariance_kind::clustered;
        for (const shape data :
             {shape::independent, shape::heteroscedastic, shape::even_clusters, shape::uneven_clusters}) {
            if (is_clustered(data) != clustered) continue;
            const auto add_size = [&](int n) {
                add(
                    "fit_linear, " + std::string(kind.name), name_of(data), n, growth,
                    [=, v = kind.value](cd::random_stream& s) { return fitted(models_of(s, data, n), v); }, 0.5,
                    clustered ? "clusters" : "records");
            };
            if (clustered)
                for (const int g : cluster_sizes) add_size(g);
            else
                for (const int n : sizes)
                    if (n > 3) add_size(n);
        }
    }
}

/// A test as an interval: it covers where it does not reject at 5 %.
cd::estimate as_interval(const cd::test_result& test) {
    cd::estimate e{.n = test.n, .status = test.status};
    if (!test.p_value) return e;
    const double end = *test.p_value < 1 - level ? 1 : -1;
    e.value = end;
    e.bounds = cd::interval{end, 2};
    return e;
}

void add_tests() {
    for (const double r : {0.0, 0.3, 0.6})
        for (const int n : {15, 30, 60, 120}) {
            const auto series = [=](cd::random_stream& s) {
                std::vector<model> all;
                double y = normal(s) / std::sqrt(1 - r * r);
                for (int i = 0; i < n; ++i) {
                    all.push_back({.x = static_cast<double>(i), .log = y});
                    y = r * y + normal(s);
                }
                return all;
            };
            char data[48];
            std::snprintf(data, sizeof data, "no trend, autoregression of %g", r);
            for (const auto& kind : enumerators(cd::mann_kendall_variance{}))
                add("mann_kendall (no false alarm), " + std::string(kind.name), data, n, 0,
                    [=, v = kind.value](cd::random_stream& s) {
                        return as_interval(cd::mann_kendall(series(s), &model::x, &model::log, {.variance = v}).test);
                    });
            for (const auto& kind : enumerators(cd::block_arrangement{}))
                add(
                    "block_mann_kendall (no false alarm), " + std::string(kind.name), data, n, 0,
                    [=, v = kind.value](cd::random_stream& s) {
                        return as_interval(cd::block_mann_kendall(series(s), &model::x, &model::log,
                                                                  {.arrangement = v, .replicates = 199})
                                               .test);
                    },
                    0.25);
        }
}

struct measured_model {
    double year = 0;
    cd::compute_estimate compute = {};
    double flop = 0;
};

/// Errors of a third of an order of magnitude, of two methods of which one gives way to the other; `shared` of their
/// variance is the method's.
std::vector<measured_model> measured(cd::random_stream& stream, int n, double shared) {
    constexpr double sigma = 1.0 / 3;
    const std::array of_method{normal(stream), normal(stream)};
    std::vector<measured_model> all;
    for (int i = 0; i < n; ++i) {
        const double x = stream.uniform(0, 12);
        const bool late = stream.uniform() < x / 12;
        const double error = std::sqrt(shared) * of_method[late] + std::sqrt(1 - shared) * normal(stream);
        const double flops = std::pow(10, growth * x + 0.7 * normal(stream) + sigma * error);
        auto compute = cd::compute_of_count(cd::flop(flops), {.log10_sigma = sigma});
        compute.method = late ? cd::compute_method::hardware : cd::compute_method::parameters_and_data;
        all.push_back({2010 + x, compute, flops});
    }
    return all;
}

void add_measurement_errors() {
    for (const double shared : {0.0, 0.5})
        for (const int n : {10, 30, 100, 300}) {
            const std::string data = shared > 0 ? "errors, half shared by method" : "errors, independent";
            add("log_trend slope of uncertain values, ignored", data, n, growth, [=](cd::random_stream& s) {
                return cd::fit_log_trend(measured(s, n, shared), &measured_model::year, &measured_model::flop)
                    .growth()
                    .slope;
            });
            add(
                "fit_uncertain_log_trend", data, n, growth,
                [=](cd::random_stream& s) {
                    return cd::fit_uncertain_log_trend(
                               measured(s, n, shared), &measured_model::year, &measured_model::compute,
                               cd::uncertain_trend_options{.correlation = shared, .draws = {.seed = s()}})
                        .growth.slope;
                },
                0.25);
        }
    for (const int n : {30, 100, 300}) {
        constexpr double sigma = 1.0 / 3;
        const auto made = [=](cd::random_stream& s) {
            std::vector<model> all;
            for (int i = 0; i < n; ++i) {
                const double x = normal(s);
                all.push_back({.x = x + sigma * normal(s), .log = x + 0.7 * normal(s)});
            }
            return all;
        };
        const auto slope = [](std::vector<model> all, double error, cd::random_stream& s) {
            for (model& m : all) m.x += error * normal(s);
            return cd::coefficient(cd::fit_linear(all, cd::model_of(&model::log).on(cd::variable("x", &model::x)),
                                                  {.covariance = cd::covariance_kind::hc3}),
                                   "x");
        };
        add("fit_linear, error of x ignored", "error of a third of x's spread", n, 1,
            [=](cd::random_stream& s) { return slope(made(s), 0, s); });
        add(
            "simex", "error of a third of x's spread", n, 1,
            [=](cd::random_stream& s) {
                std::vector<model> all = made(s);
                std::vector<double> measured;
                for (const model& m : all) measured.push_back(m.x);
                const auto fit = [&](std::span<const double> x) {
                    for (std::size_t i = 0; i < all.size(); ++i) all[i].x = x[i];
                    const auto line = cd::fit_linear(all, cd::model_of(&model::log).on(cd::variable("x", &model::x)),
                                                     {.covariance = cd::covariance_kind::hc3});
                    return std::vector{cd::simex_value{line.coefficients[1], line.covariance(1, 1)}};
                };
                const std::array error{sigma};
                return cd::simex(measured, error, fit, {.draws = 200, .seed = s()}).corrected.front();
            },
            0.05);
    }
}

// ---- The simulation.

outcome simulated(const coverage_case& c, std::uint64_t seed, std::size_t replications) {
    const auto wanted = static_cast<std::size_t>(std::max(100.0, static_cast<double>(replications) * c.weight));
    struct one {
        bool covered = false, bounded = false;
        cd::estimate_status status = {};
    };
    std::vector<one> all(wanted);
    const std::size_t workers = std::max(1U, std::thread::hardware_concurrency());
    const auto work = [&](std::size_t first) {
        for (std::size_t r = first; r < wanted; r += workers) {
            cd::random_stream stream(seed, r);
            const cd::estimate e = c.found(stream);
            // Ends that are the truth but for rounding hold it.
            const double slack = 1e-9 * std::max(1.0, std::fabs(c.truth));
            all[r] = {e.bounds && e.bounds->lower <= c.truth + slack && c.truth - slack <= e.bounds->upper,
                      e.bounds.has_value(), e.status};
        }
    };
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < workers; ++i) threads.emplace_back(work, i);
    }
    outcome result;
    result.replications = static_cast<double>(wanted);
    std::map<cd::estimate_status, double> statuses;
    double covered = 0, bounded = 0;
    for (const one& o : all) {
        covered += o.covered;
        bounded += o.bounded;
        statuses[o.status] += 1;
    }
    result.none = 1 - bounded / result.replications;
    result.coverage = bounded > 0 ? covered / bounded : 0;
    result.error =
        bounded > 0 ? std::sqrt(std::max(result.coverage * (1 - result.coverage), 1 / bounded) / bounded) : 0;
    for (const auto& [status, count] : statuses) {
        if (count < 0.01 * result.replications) continue;
        if (!result.statuses.empty()) result.statuses += ", ";
        result.statuses += description_of(status);
    }
    return result;
}

/// "3" for 3, ".948" for 0.948.
std::string decimals(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f", share);
    return share < 1 ? text + 1 : text;
}

void print_tables(const std::vector<outcome>& outcomes, std::size_t replications) {
    std::printf(
        "# Coverage of the library's intervals\n\n"
        "How often an interval of nominal 95 %% holds a truth that is known, by simulation. Made by\n"
        "`bash benchmarks/coverage.sh`, from %zu replications (fewer where they are slow; +- is the standard\n"
        "error of the simulation). Tests are listed as the intervals that they invert: coverage is 1 less false\n"
        "alarms.\n\n",
        replications);
    std::printf(
        "## From which size on\n\n"
        "The size from which coverage is .93 to .97, within two standard errors of the simulation, at it and at\n"
        "all larger sizes simulated; *too wide* where it is above .97 but never below .93.\n\n"
        "| interval | data | covers from | not below .93 from |\n|---|---|---|---|\n");
    for (std::size_t first = 0; first < cases.size(); ++first) {
        const auto same = [&](std::size_t i) {
            return cases[i].method == cases[first].method && cases[i].data == cases[first].data;
        };
        bool seen = false;
        for (std::size_t i = 0; i < first; ++i) seen = seen || same(i);
        if (seen) continue;
        std::optional<double> within, above;
        for (std::size_t i = first; i < cases.size(); ++i) {
            if (!same(i)) continue;
            const outcome& o = outcomes[i];
            const bool bounded = o.none < 0.5;
            const bool wide_enough = bounded && o.coverage + 2 * o.error >= lowest;
            const bool narrow_enough = o.coverage - 2 * o.error <= highest;
            if (!wide_enough) above.reset();
            if (wide_enough && !above) above = cases[i].size;
            if (!wide_enough || !narrow_enough) within.reset();
            if (wide_enough && narrow_enough && !within) within = cases[i].size;
        }
        const auto told = [&](std::optional<double> from, const char* otherwise) {
            char text[64];
            if (!from) return std::string(otherwise);
            std::snprintf(text, sizeof text, "%g %s", *from, cases[first].unit.c_str());
            return std::string(text);
        };
        std::printf("| %s | %s | %s | %s |\n", cases[first].method.c_str(), cases[first].data.c_str(),
                    told(within, above ? "*too wide*" : "**never**").c_str(), told(above, "**never**").c_str());
    }
    std::printf(
        "\n## All cases\n\n"
        "*none*: share of samples without an interval (of which the status says why); coverage is of the others.\n\n"
        "| interval | data | size | coverage | +- | none | status |\n|---|---|---|---|---|---|---|\n");
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const coverage_case& c = cases[i];
        const outcome& o = outcomes[i];
        std::printf("| %s | %s | %g %s | %s | %s | %s | %s |\n", c.method.c_str(), c.data.c_str(), c.size,
                    c.unit.c_str(), o.none < 1 ? decimals(o.coverage).c_str() : "",
                    o.none < 1 ? decimals(o.error).c_str() : "", o.none > 0 ? decimals(o.none).c_str() : "",
                    o.statuses.c_str());
    }
}

}  // namespace

int main(int argc, char** argv) try {
    std::size_t replications = 3'000;
    std::string only;
    for (int i = 1; i < argc; ++i) {
        const std::string_view option = argv[i];
        if (option == "--replications" && i + 1 < argc)
            replications = std::stoul(argv[++i]);
        else if (option == "--only" && i + 1 < argc)
            only = argv[++i];
        else {
            std::cerr << "usage: coverage [--replications N] [--only PART_OF_A_METHOD]\n";
            return 2;
        }
    }
    add_shares();
    add_samples();
    add_trends();
    add_comparisons();
    add_breaks();
    add_regressions();
    add_tests();
    add_measurement_errors();
    if (!only.empty()) std::erase_if(cases, [&](const auto& c) { return c.method.find(only) == std::string::npos; });
    // All sizes of one interval and kind of data together.
    std::vector<outcome> outcomes;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const auto own = std::chrono::steady_clock::now();
        std::uint64_t seed = 14695981039346656037U;  // FNV-1a of the case's name
        for (const char ch : cases[i].method + cases[i].data + std::to_string(cases[i].size))
            seed = (seed ^ static_cast<unsigned char>(ch)) * 1099511628211U;
        outcomes.push_back(simulated(cases[i], seed, replications));
        const auto now = std::chrono::steady_clock::now();
        const auto in_seconds = [](auto time) { return std::chrono::duration<double>(time).count(); };
        std::fprintf(stderr, "%4zu/%zu %6.1f s %6.2f s  %s, %s, %g: %s\n", i + 1, cases.size(), in_seconds(now - begin),
                     in_seconds(now - own), cases[i].method.c_str(), cases[i].data.c_str(), cases[i].size,
                     decimals(outcomes.back().coverage).c_str());
    }
    print_tables(outcomes, replications);
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
