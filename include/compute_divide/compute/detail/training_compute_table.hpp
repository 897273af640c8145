// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_TRAINING_COMPUTE_TABLE_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_TRAINING_COMPUTE_TABLE_HPP

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>

/// What training_compute.hpp knows of models at large, learned from Epoch AI's table of 2025-08 (CC BY 4.0).
namespace compute_divide {

/// What a model is for, as far as compute depends on it.
enum class model_domain {
    language,
    vision,   ///< images and video
    biology,  ///< proteins, medicine
    games,    ///< and robotics
    other
};

}  // namespace compute_divide
namespace compute_divide::detail {

/// log10 of operations over 6 N D E, tokens of a data point: a line in the sizes, with an intercept for each domain.
struct learned_units {
    std::array<double, 5> intercepts{};  ///< in order of model_domain; D = N = 1e8, E = 1, in 2020
    double per_datapoints = 0;
    double per_parameters = 0;
    double epochs_not_known = 0;
    double per_epochs = 0;
    double per_year = 0;
    std::array<double, 2> sigma{};         ///< of the errors: of models whose epochs are not known, and known
    std::array<double, 2> tokens_sigma{};  ///< the same of 6 N D E of models whose data points are tokens

    [[nodiscard]] double log10_tokens(model_domain domain, double log10_datapoints, double log10_parameters,
                                      std::optional<double> epochs, double year) const {
        return intercepts[static_cast<std::size_t>(domain)] + per_datapoints * (log10_datapoints - 8) +
               per_parameters * (log10_parameters - 8) +
               (epochs ? per_epochs * std::log10(*epochs) : epochs_not_known) + per_year * (year - 2020);
    }
};

/// Shares of the peak that were reported: log-normal. Who does not report it reached `unreported` times as much.
struct utilization_distribution {
    double median = 0;
    double log10_sigma = 0;
    int n = 0;
};

struct learned_hardware {
    utilization_distribution language_before_2021, language, other_before_2021, other;
    double unreported = 1;
    std::array<double, 2> sigma{};  ///< of log10 C by hardware: with typical utilisation, and given

    [[nodiscard]] constexpr const utilization_distribution& reported(model_domain domain, double year) const {
        if (domain == model_domain::language) return year < 2021 ? language_before_2021 : language;
        return year < 2021 ? other_before_2021 : other;
    }
    [[nodiscard]] constexpr double utilization(model_domain domain, double year) const {
        return unreported * reported(domain, year).median;
    }
};

// Written by benchmarks/training_compute_backtest.cpp --table; the errors are those of its cross-validation.
inline constexpr learned_units epoch_units{.intercepts = {2.44, 3.87, 2.43, 3.82, 2.84},
                                           .per_datapoints = -0.558,
                                           .per_parameters = -0.247,
                                           .epochs_not_known = -0.010,
                                           .per_epochs = -0.891,
                                           .per_year = 0.145,
                                           .sigma = {1.44, 0.89},
                                           .tokens_sigma = {0.770, 0.454}};
inline constexpr learned_hardware epoch_hardware{.language_before_2021 = {0.252, 0.113, 6},
                                                 .language = {0.386, 0.144, 43},
                                                 .other_before_2021 = {0.320, 0.104, 3},
                                                 .other = {0.418, 0.103, 6},
                                                 .unreported = 0.695,
                                                 .sigma = {0.459, 0.081}};

}  // namespace compute_divide::detail

#endif
