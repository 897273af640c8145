// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_TRAINING_COMPUTE_HPP
#define COMPUTE_DIVIDE_COMPUTE_TRAINING_COMPUTE_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/detail/training_compute_table.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/special_functions.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>

/// How much compute a training run took, from what is known of it: parameters and data, or chips and time. (From the
/// shape of the model, operation by operation: operation_counts.hpp.) Each estimate is a log-normal distribution with
/// its method and its assumptions; several of one model become one.
///
///     const auto by_data = compute_of_data({.parameters = 1.746e11, .datapoints = 3e11, .epochs = 1,
///                                           .unit = datapoint_unit::tokens});
///     const auto by_chips = compute_of_hardware({.chips = 10000, .time = std::chrono::hours(355),
///                                                .peak = flop_per_second(125e12)});
///     reconcile(std::array{by_data, by_chips}).combined.flop;
namespace compute_divide {

/// How a training compute was estimated.
enum class compute_method {
    operation_counting,   ///< operations of a forward pass, times passes
    parameters_and_data,  ///< 6 N D
    hardware,             ///< time x chips x peak x utilisation
    reconciled            ///< several of these together
};
[[nodiscard]] constexpr auto enumerators(compute_method) {
    using enum compute_method;
    using entry = named<compute_method>;
    return std::array{entry{operation_counting, "operation counting"},
                      entry{parameters_and_data, "parameters and data"}, entry{hardware, "hardware"},
                      entry{reconciled, "reconciled"}};
}

/// What an estimate takes for granted.
enum class compute_assumption : std::uint16_t {
    dense_model = 1,           ///< each parameter meets each token: two operations forward, four backward
    tokens_given = 2,          ///< data points are tokens, or how many tokens one has was given
    typical_tokens = 4,        ///< as many tokens a data point as is usual for its unit
    learned_tokens = 8,        ///< as many as models of the domain, size and year had: the unit is not known
    epochs_not_known = 16,     ///< as many passes over the data as is usual
    utilization_given = 32,    ///< a given share of the peak was reached
    typical_utilization = 64,  ///< a share of the peak as is usual for the domain and era
    before_release = 128,      ///< warning: the year is before the chip's release
    base_model_added = 256,    ///< the base model's own training is part of it
    estimates_disagree = 512   ///< warning: by more than their uncertainty
};
[[nodiscard]] constexpr auto enumerators(compute_assumption) {
    using enum compute_assumption;
    using entry = named<compute_assumption>;
    return std::array{entry{dense_model, "each parameter meets each token"},
                      entry{tokens_given, "tokens as given"},
                      entry{typical_tokens, "typical tokens of a data point"},
                      entry{learned_tokens, "unit not known: tokens as in its domain"},
                      entry{epochs_not_known, "epochs not known"},
                      entry{utilization_given, "utilization as given"},
                      entry{typical_utilization, "typical utilization"},
                      entry{before_release, "warning: before the chip's release"},
                      entry{base_model_added, "with the base model's training"},
                      entry{estimates_disagree, "warning: estimates disagree"}};
}

/// A set of assumptions, of two bytes.
class compute_assumptions {
public:
    constexpr compute_assumptions() = default;
    constexpr compute_assumptions(std::initializer_list<compute_assumption> all) {
        for (const compute_assumption each : all) add(each);
    }
    constexpr void add(compute_assumption each) { bits_ = static_cast<std::uint16_t>(bits_ | bit(each)); }
    constexpr void add(compute_assumptions all) { bits_ = static_cast<std::uint16_t>(bits_ | all.bits_); }
    [[nodiscard]] constexpr bool contains(compute_assumption each) const { return (bits_ & bit(each)) != 0; }
    friend constexpr bool operator==(const compute_assumptions&, const compute_assumptions&) = default;

private:
    [[nodiscard]] static constexpr unsigned bit(compute_assumption each) { return static_cast<unsigned>(each); }
    std::uint16_t bits_ = 0;
};

/// Training compute: log-normal, with the median `*flop.value`, and `log10_sigma` the standard deviation of its log10.
struct compute_estimate {
    estimate flop = {};
    double log10_sigma = 0;
    compute_method method = compute_method::operation_counting;
    compute_assumptions assumptions = {};

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(flop); }
    friend constexpr bool operator==(const compute_estimate&, const compute_estimate&) = default;
};

/// One line: `3.14e+23 [1.2e+23, 8.1e+23] (hardware, 90 %, n = 1); typical utilization`.
[[nodiscard]] inline std::string to_string(const compute_estimate& e, estimate_format format = {}) {
    std::string line = to_string(e.flop, format);
    std::string_view separator = "; ";
    for (const auto& each : enumerators(compute_assumption{}))
        if (e.assumptions.contains(each.value)) {
            line.append(separator).append(description_of(each.value));
            separator = ", ";
        }
    return line;
}

namespace detail {

/// The log-normal distribution of this median as an estimate; z is the upper normal quantile of (1 - level) / 2.
[[nodiscard]] inline compute_estimate log_normal(double median, double log10_sigma, compute_method method, double level,
                                                 double z) {
    const double factor = std::pow(10, z * log10_sigma);
    compute_estimate result{.log10_sigma = log10_sigma, .method = method};
    result.flop = {.value = median,
                   .bounds = interval{median / factor, median * factor},
                   .level = level,
                   .method = name_of(method),
                   .n = 1,
                   .status = estimate_status::ok};
    return result;
}
[[nodiscard]] inline compute_estimate no_compute(compute_method method, double level) {
    compute_estimate result{.method = method};
    result.flop.level = level;
    result.flop.method = name_of(method);
    result.flop.n_missing = 1;
    return result;
}
[[nodiscard]] inline double z_of_level(double level, std::string_view function) {
    require_level(level, function);
    return upper_normal_quantile((1 - level) / 2);
}
inline void require_positive(double value, std::string_view function, std::string_view requirement) {
    require(value > 0 && value <= std::numeric_limits<double>::max(), function, requirement, value);
}

}  // namespace detail

struct count_options {
    double log10_sigma = detail::epoch_units.tokens_sigma[1];
    double level = 0.9;
};

/// An exact count of operations (operation_counts.hpp) as an estimate: sizes and passes are as reported, and what was
/// counted is not all that was run. The default sigma is that of 6 N D where tokens and epochs are known.
///
/// Throws std::invalid_argument unless counted > 0, sigma >= 0 and the level is in (0, 1).
[[nodiscard]] inline compute_estimate compute_of_count(flop counted, count_options options = {}) {
    constexpr std::string_view function = "compute_of_count";
    detail::require_positive(counted.value(), function, "a finite count > 0");
    detail::require(options.log10_sigma >= 0, function, "log10_sigma >= 0", options.log10_sigma);
    return detail::log_normal(counted.value(), options.log10_sigma, compute_method::operation_counting, options.level,
                              detail::z_of_level(options.level, function));
}

/// What data points are. In brackets: tokens each, where not given.
enum class datapoint_unit {
    unknown,        ///< (learned from models of the domain)
    tokens,         ///< (1)
    words,          ///< of text (4/3)
    images,         ///< (256: patches of 16 x 16 in 256 x 256)
    frames,         ///< of a video or a game (256)
    audio_seconds,  ///< of sound (50: positions of Whisper's encoder, 1500 in 30 s; Radford et al. 2022)
    sequences,      ///< proteins or the like (300 residues)
    games           ///< of Go or the like (72,200: 200 positions of 361 points, each met by each weight)
};
[[nodiscard]] constexpr auto enumerators(datapoint_unit) {
    using enum datapoint_unit;
    using entry = named<datapoint_unit>;
    return std::array{entry{unknown, "unknown"},     entry{tokens, "tokens"}, entry{words, "words"},
                      entry{images, "images"},       entry{frames, "frames"}, entry{audio_seconds, "seconds"},
                      entry{sequences, "sequences"}, entry{games, "games"}};
}

/// Tokens of a data point where nothing better is known; nothing for an unknown unit.
[[nodiscard]] constexpr std::optional<double> typical_tokens(datapoint_unit unit) {
    switch (unit) {
        case datapoint_unit::unknown:
            break;
        case datapoint_unit::tokens:
            return 1;
        case datapoint_unit::words:
            return 4.0 / 3;
        case datapoint_unit::images:
        case datapoint_unit::frames:
            return 256;
        case datapoint_unit::audio_seconds:
            return 50;
        case datapoint_unit::sequences:
            return 300;
        case datapoint_unit::games:
            return 72200;
    }
    return std::nullopt;
}

[[nodiscard]] constexpr auto enumerators(model_domain) {
    using enum model_domain;
    using entry = named<model_domain>;
    return std::array{entry{language, "language"}, entry{vision, "vision"}, entry{biology, "biology"},
                      entry{games, "games"}, entry{other, "other"}};
}

/// The domain of a text such as Epoch's: "Image generation" and "Video" are vision, "Robotics" is games, a word that is
/// not known is other. Of a list the first entry.
[[nodiscard]] constexpr model_domain model_domain_of(std::string_view text) {
    constexpr std::array known{named<model_domain>{model_domain::language, "Language"},
                               named<model_domain>{model_domain::vision, "Vision"},
                               named<model_domain>{model_domain::vision, "Image generation"},
                               named<model_domain>{model_domain::vision, "Video"},
                               named<model_domain>{model_domain::vision, "Driving"},
                               named<model_domain>{model_domain::biology, "Biology"},
                               named<model_domain>{model_domain::biology, "Medicine"},
                               named<model_domain>{model_domain::games, "Games"},
                               named<model_domain>{model_domain::games, "Robotics"}};
    text = text.substr(0, text.find(','));
    for (const auto& entry : known)
        if (entry.name == text) return entry.value;
    return model_domain::other;
}

/// What a model was trained on.
struct training_data {
    double parameters = 0;              ///< N; the active ones of a mixture of experts
    double datapoints = 0;              ///< D, of one pass
    std::optional<double> epochs = {};  ///< passes
    datapoint_unit unit = datapoint_unit::unknown;
    std::optional<double> tokens_per_datapoint = {};  ///< overrides the unit's
    model_domain domain = model_domain::other;        ///< used where the unit is not known
    double year = 2020;                               ///< of publication; used where the unit is not known
    flop base{};                                      ///< of the model it was fine-tuned from, if any
};

using detail::learned_units;

struct data_options {
    double level = 0.9;
    const learned_units* units = &detail::epoch_units;  ///< what is learned of data points; of Epoch's table
};

namespace detail {

[[nodiscard]] inline compute_estimate compute_of_data(const training_data& data, const learned_units& learned,
                                                      double level, double z) {
    constexpr std::string_view function = "compute_of_data";
    require_positive(data.parameters, function, "finite parameters > 0");
    require_positive(data.datapoints, function, "finite datapoints > 0");
    if (data.epochs) require_positive(*data.epochs, function, "finite epochs > 0");
    if (data.tokens_per_datapoint) require_positive(*data.tokens_per_datapoint, function, "finite tokens > 0");
    require(data.base.value() >= 0, function, "a base model's compute >= 0", data.base.value());

    compute_assumptions assumptions{compute_assumption::dense_model};
    if (!data.epochs) assumptions.add(compute_assumption::epochs_not_known);
    const double plain = 6 * data.parameters * data.datapoints * data.epochs.value_or(1);
    const std::size_t epochs_known = data.epochs ? 1 : 0;
    double tokens = 1;
    double sigma = learned.sigma[epochs_known];
    if (data.tokens_per_datapoint || data.unit == datapoint_unit::tokens) {
        tokens = data.tokens_per_datapoint.value_or(1);
        sigma = learned.tokens_sigma[epochs_known];
        assumptions.add(compute_assumption::tokens_given);
    } else if (const auto usual = typical_tokens(data.unit)) {
        tokens = *usual;
        assumptions.add(compute_assumption::typical_tokens);
    } else {
        tokens = std::pow(10, learned.log10_tokens(data.domain, std::log10(data.datapoints),
                                                   std::log10(data.parameters), data.epochs, data.year));
        assumptions.add(compute_assumption::learned_tokens);
    }
    if (data.base.value() > 0) assumptions.add(compute_assumption::base_model_added);
    compute_estimate result =
        log_normal(plain * tokens + data.base.value(), sigma, compute_method::parameters_and_data, level, z);
    result.assumptions = assumptions;
    return result;
}

}  // namespace detail

/// Training compute by parameters and data (Kaplan et al. 2020, section 2.1; two operations forward and four backward
/// for each parameter and token):
///
///   C = 6 N D T E        T tokens each data point, E epochs
///
/// T is what is given, or usual for the unit. Where the unit is not known, it is what was learned of models of other
/// sources than 6 N D (`learned_units`), a line with an intercept for each domain:
///
///   log10 (C / 6 N D E) = a + b (log10 D - 8) + c (log10 N - 8) + e log10 E + f (year - 2020)
///
/// That has the year in it: fit no trend over time to such estimates. Where the epochs are not known, E = 1 in the
/// first form; the second has a term for that. Intervals are as wide as errors were in cross-validation: at 90 %, a
/// factor of 6 each way where tokens and epochs are known, 18 without the epochs; 29 and 230 where the tokens are not
/// given.
///
/// Throws std::invalid_argument unless parameters, data points, epochs and tokens are finite and > 0.
[[nodiscard]] inline compute_estimate compute_of_data(const training_data& data, data_options options = {}) {
    return detail::compute_of_data(data, *options.units, options.level,
                                   detail::z_of_level(options.level, "compute_of_data"));
}

/// Chips that ran for some time.
struct hardware_run {
    double chips = 0;
    seconds time{};                             ///< by the wall clock
    flop_per_second peak{};                     ///< of one chip, dense, in the format used
    std::optional<double> utilization = {};     ///< of the peak, in (0, 1]; typical where not known
    model_domain domain = model_domain::other;  ///< of the typical utilisation
    double year = 2022;                         ///< of the typical utilisation
    std::optional<double> released = {};        ///< year of the chip, for a warning
    flop base{};                                ///< of the model it was fine-tuned from, if any
};

/// A run on `chips` of an accelerator, at the training peak of its format (`peak`; the rule's year is `year`); nothing
/// where that peak is not known.
[[nodiscard]] constexpr std::optional<hardware_run> run_on(const accelerator& chip, double chips, seconds time,
                                                           double year, training_peak_options peak = {}) {
    peak.year = static_cast<int>(year);
    const auto rate = training_peak(chip, peak);
    if (!rate) return std::nullopt;
    hardware_run run{.chips = chips, .time = time, .peak = rate->peak, .year = year};
    if (chip.released) run.released = static_cast<int>(chip.released->year());
    return run;
}

using detail::learned_hardware;
using detail::utilization_distribution;

struct hardware_options {
    double level = 0.9;
    const learned_hardware* typical = &detail::epoch_hardware;  ///< utilisation and errors; of Epoch's table
};

namespace detail {

[[nodiscard]] inline compute_estimate compute_of_hardware(const hardware_run& run, const learned_hardware& typical,
                                                          double level, double z) {
    constexpr std::string_view function = "compute_of_hardware";
    require_positive(run.chips, function, "finite chips > 0");
    require_positive(run.time.count(), function, "a finite time > 0");
    require_positive(run.peak.value(), function, "a finite peak > 0");
    require(!run.utilization || (*run.utilization > 0 && *run.utilization <= 1), function, "utilization in (0, 1]",
            run.utilization.value_or(0));
    require(run.base.value() >= 0, function, "a base model's compute >= 0", run.base.value());

    const double utilization = run.utilization.value_or(typical.utilization(run.domain, run.year));
    compute_estimate result = log_normal(run.chips * utilization * (run.peak * run.time).value() + run.base.value(),
                                         typical.sigma[run.utilization ? 1 : 0], compute_method::hardware, level, z);
    result.assumptions.add(run.utilization ? compute_assumption::utilization_given
                                           : compute_assumption::typical_utilization);
    if (run.released && run.year < *run.released) result.assumptions.add(compute_assumption::before_release);
    if (run.base.value() > 0) result.assumptions.add(compute_assumption::base_model_added);
    return result;
}

}  // namespace detail

/// Training compute by hardware:
///
///   C = chips x time x peak x utilisation
///
/// Where the utilisation is not given, it is the median of what was reported for the domain and era, times 0.7 or so:
/// runs that do not report it reached less. The interval is as wide as the errors were against models whose operations
/// were counted: the spread of utilisation is the lesser part of them; which chips, how many and how long is the
/// greater.
///
/// Throws std::invalid_argument unless chips, time and peak are finite and > 0 and the utilisation in (0, 1].
[[nodiscard]] inline compute_estimate compute_of_hardware(const hardware_run& run, hardware_options options = {}) {
    return detail::compute_of_hardware(run, *options.typical, options.level,
                                       detail::z_of_level(options.level, "compute_of_hardware"));
}

/// A field that yields a `What`, or an optional of one.
template <class Field, class Records, class What>
concept field_yielding = field_of<Field, Records> && std::same_as<known_t<field_value_t<Field, Records>>, What>;

/// The same for each record, in their order: `data` makes a training_data of a record, or nothing where it is not
/// known, which gives the status no_data. One pass; about 7 million records a second.
template <std::ranges::input_range Records, field_yielding<Records, training_data> Data>
[[nodiscard]] std::vector<compute_estimate> compute_of_data(Records&& records, Data data, data_options options = {}) {
    const double z = detail::z_of_level(options.level, "compute_of_data");
    std::vector<compute_estimate> estimates;
    for (auto&& record : records) {
        const std::optional<training_data> known = std::invoke(data, record);
        estimates.push_back(known ? detail::compute_of_data(*known, *options.units, options.level, z)
                                  : detail::no_compute(compute_method::parameters_and_data, options.level));
    }
    return estimates;
}
template <std::ranges::input_range Records, field_yielding<Records, hardware_run> Run>
[[nodiscard]] std::vector<compute_estimate> compute_of_hardware(Records&& records, Run run,
                                                                hardware_options options = {}) {
    const double z = detail::z_of_level(options.level, "compute_of_hardware");
    std::vector<compute_estimate> estimates;
    for (auto&& record : records) {
        const std::optional<hardware_run> known = std::invoke(run, record);
        estimates.push_back(known ? detail::compute_of_hardware(*known, *options.typical, options.level, z)
                                  : detail::no_compute(compute_method::hardware, options.level));
    }
    return estimates;
}

struct reconcile_options {
    double level = 0.9;          ///< of the combined interval
    double disagreement = 1.96;  ///< z from which two estimates disagree
    bool widen = true;           ///< where estimates scatter more than they should, by that factor (Birge 1932)
};

/// Several estimates as one.
struct reconciled_compute {
    compute_estimate combined;
    double largest_z = 0;   ///< |log10 a - log10 b| / sqrt(sigma_a^2 + sigma_b^2) of the pair that differs most
    bool disagree = false;  ///< largest_z is above the options' `disagreement`

    friend bool operator==(const reconciled_compute&, const reconciled_compute&) = default;
};

/// Several estimates of one model, whose errors are independent, as one: the mean of logarithms with weights
/// 1 / sigma^2, and sigma = 1 / sqrt(sum 1 / sigma^2), widened by max(1, sqrt(Q / (k - 1))) where asked, with
/// Q = sum (log10 x - mean)^2 / sigma^2. `flop.n` is k. Estimates without a value are left out and counted as missing;
/// none at all has the status no_data. Assumptions are those of all; a disagreement is one more.
///
/// O(k^2). Throws std::invalid_argument for a sigma that is not > 0 and a level outside (0, 1).
template <std::ranges::input_range Estimates>
requires std::convertible_to<std::ranges::range_reference_t<Estimates>, compute_estimate>
[[nodiscard]] reconciled_compute reconcile(Estimates&& estimates, reconcile_options options = {}) {
    constexpr std::string_view function = "reconcile";
    const double z = detail::z_of_level(options.level, function);
    struct log_value {
        double log, sigma;
    };
    std::vector<log_value> known;
    compute_assumptions assumptions;
    std::uint64_t missing = 0;
    double weights = 0;
    double sum = 0;
    for (const compute_estimate& each : estimates) {
        if (!each.flop.value) {
            ++missing;
            continue;
        }
        detail::require_positive(each.log10_sigma, function, "log10_sigma > 0");
        const double weight = 1 / (each.log10_sigma * each.log10_sigma);
        known.push_back({std::log10(*each.flop.value), each.log10_sigma});
        weights += weight;
        sum += weight * known.back().log;
        assumptions.add(each.assumptions);
    }
    reconciled_compute result{.combined = detail::no_compute(compute_method::reconciled, options.level)};
    result.combined.flop.n_missing = missing;
    if (known.empty()) return result;

    const double mean = sum / weights;
    double scatter = 0;
    for (const log_value& a : known) {
        scatter += std::pow((a.log - mean) / a.sigma, 2);
        for (const log_value& b : known)
            result.largest_z = std::max(result.largest_z, std::abs(a.log - b.log) / std::hypot(a.sigma, b.sigma));
    }
    const double k = static_cast<double>(known.size());
    const double birge = options.widen && k > 1 ? std::max(1.0, std::sqrt(scatter / (k - 1))) : 1;
    result.disagree = result.largest_z > options.disagreement;
    result.combined = detail::log_normal(std::pow(10, mean), birge / std::sqrt(weights), compute_method::reconciled,
                                         options.level, z);
    result.combined.flop.n = k;
    result.combined.flop.n_missing = missing;
    result.combined.assumptions = assumptions;
    if (result.disagree) result.combined.assumptions.add(compute_assumption::estimates_disagree);
    return result;
}

}  // namespace compute_divide

#endif
