// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_DATA_HPP
#define COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_DATA_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/learned_compute.hpp>
#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>

/// Training compute from parameters and data.
///
///     compute_of_data({.parameters = 1.746e11, .datapoints = 3e11, .epochs = 1, .unit = datapoint_unit::tokens}).flop;
namespace compute_divide::inline v0_2 {

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
    return std::array{entry{unknown, "unknown"},     entry{tokens, "tokens"},
                      entry{words, "words"},         entry{images, "images"},
                      entry{frames, "frames"},       entry{audio_seconds, "audio_seconds", "seconds of sound"},
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

/// Options of `compute_of_data`.
struct compute_of_data_options {
    double level = 0.9;                    ///< of the interval, in (0, 1)
    learned_tokens tokens = epoch_tokens;  ///< what is learned of data points
};

namespace detail {

[[nodiscard]] inline compute_estimate compute_of_data(const training_data& data, const learned_tokens& learned,
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
/// sources than 6 N D (`learned_tokens`), a line with an intercept for each domain:
///
///   log10 (C / 6 N D E) = a + b (log10 D - 8) + c (log10 N - 8) + e log10 E + f (year - 2020)
///
/// That has the year in it: fit no trend over time to such estimates. Where the epochs are not known, E = 1 in the
/// first form; the second has a term for that. Intervals are as wide as errors were in cross-validation: at 90 %, a
/// factor of 6 each way where tokens and epochs are known, 18 without the epochs; 26 and 220 where the tokens are not
/// given.
///
/// Throws std::invalid_argument unless parameters, data points, epochs and tokens are finite and > 0.
[[nodiscard]] inline compute_estimate compute_of_data(const training_data& data, compute_of_data_options options = {}) {
    return detail::compute_of_data(data, options.tokens, options.level,
                                   detail::z_of_level(options.level, "compute_of_data"));
}

/// The same for each record, in their order: `data` makes a training_data of a record, or nothing where it is not
/// known, which gives the status no_data. One pass; about 7 million records a second.
template <std::ranges::input_range Records, field_yielding<Records, training_data> Data>
[[nodiscard]] std::vector<compute_estimate> compute_of_data(Records&& records, Data data,
                                                            compute_of_data_options options = {}) {
    const double z = detail::z_of_level(options.level, "compute_of_data");
    std::vector<compute_estimate> estimates;
    for (auto&& record : records) {
        const std::optional<training_data> known = std::invoke(data, record);
        estimates.push_back(known ? detail::compute_of_data(*known, options.tokens, options.level, z)
                                  : detail::no_compute(compute_method::parameters_and_data, options.level));
    }
    return estimates;
}
}  // namespace compute_divide::inline v0_2

#endif
