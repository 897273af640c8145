// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_LEARNED_COMPUTE_HPP
#define COMPUTE_DIVIDE_COMPUTE_LEARNED_COMPUTE_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>

#include <compute_divide/compute/model_domain.hpp>

/// What is learned of models at large, for estimates of training compute where something is not known: how many tokens
/// a data point has, what share of the peak is reached, and how far off the estimates are.
namespace compute_divide::inline v0_2 {

/// log10 of operations over 6 N D E, tokens of a data point: a line in the sizes, with an intercept for each domain.
struct learned_tokens {
    std::array<double, 5> intercepts{};  ///< in order of model_domain; D = N = 1e8, E = 1, in 2020
    double per_datapoints = 0;
    double per_parameters = 0;
    double epochs_not_known = 0;
    double per_epochs = 0;
    double per_year = 0;
    std::array<double, 2> sigma{};         ///< of the errors: of models whose epochs are not known, and known
    std::array<double, 2> tokens_sigma{};  ///< the same of 6 N D E of models whose data points are tokens

    /// log10 of the tokens of a data point that are to be expected.
    [[nodiscard]] double log10_tokens(model_domain domain, double log10_datapoints, double log10_parameters,
                                      std::optional<double> epochs, double year) const {
        return intercepts[static_cast<std::size_t>(domain)] + per_datapoints * (log10_datapoints - 8) +
               per_parameters * (log10_parameters - 8) +
               (epochs ? per_epochs * std::log10(*epochs) : epochs_not_known) + per_year * (year - 2020);
    }
};

/// log10 of operations by size and year: a line with an intercept for each domain.
struct learned_sizes {
    std::array<double, 5> intercepts{};  ///< in order of model_domain; N = 1e8, in 2020
    double per_parameters = 0;
    double per_year = 0;
    double sigma = 0;  ///< of the errors

    /// The expected log10 of training compute, in FLOP, of a model of this many parameters.
    [[nodiscard]] double log10_flop(model_domain domain, double log10_parameters, double year) const {
        return intercepts[static_cast<std::size_t>(domain)] + per_parameters * (log10_parameters - 8) +
               per_year * (year - 2020);
    }
};

/// Shares of the peak that were reported: log-normal. Who does not report it reached `unreported` times as much.
struct utilisation_distribution {
    double median = 0;
    double log10_sigma = 0;  ///< standard deviation of log10
    std::uint64_t n = 0;     ///< models that reported it
};

/// Utilisation that models reached, and how far off estimates by hardware were.
struct learned_hardware {
    utilisation_distribution language_before_2021, language, other_before_2021, other;
    double unreported = 1;
    /// Of log10 C by hardware: with typical utilisation, and given; of models whose compute was not computed from their
    /// hardware, nor their utilisation from their compute.
    std::array<double, 2> sigma{};

    /// What models that report their utilisation reached, of this domain and year.
    [[nodiscard]] constexpr const utilisation_distribution& reported(model_domain domain, double year) const {
        if (domain == model_domain::language) return year < 2021 ? language_before_2021 : language;
        return year < 2021 ? other_before_2021 : other;
    }
    /// What a model is expected to have reached that does not report it.
    [[nodiscard]] constexpr double utilisation(model_domain domain, double year) const {
        return unreported * reported(domain, year).median;
    }
};

/// Of Epoch AI's table of 2025-08 (CC BY 4.0), written by benchmarks/training_compute_backtest.cpp --table; the errors
/// are those of its cross-validation.
inline constexpr learned_tokens epoch_tokens{.intercepts = {2.44, 3.87, 2.43, 3.82, 2.84},
                                             .per_datapoints = -0.558,
                                             .per_parameters = -0.247,
                                             .epochs_not_known = -0.010,
                                             .per_epochs = -0.891,
                                             .per_year = 0.145,
                                             .sigma = {1.42, 0.86},
                                             .tokens_sigma = {0.770, 0.454}};
/// The same table, of models of which the size alone is known.
inline constexpr learned_sizes epoch_sizes{
    .intercepts = {20.12, 20.38, 19.98, 21.24, 20.33}, .per_parameters = 1.007, .per_year = 0.188, .sigma = 1.11};
/// The same table, of models whose hardware is known.
inline constexpr learned_hardware epoch_hardware{.language_before_2021 = {0.252, 0.113, 6},
                                                 .language = {0.386, 0.144, 43},
                                                 .other_before_2021 = {0.320, 0.104, 3},
                                                 .other = {0.418, 0.103, 6},
                                                 .unreported = 0.695,
                                                 .sigma = {0.459, 0.085}};

}  // namespace compute_divide::inline v0_2

#endif
