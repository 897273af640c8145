// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_TRAINING_COMPUTE_TABLE_HPP
#define COMPUTE_DIVIDE_DETAIL_TRAINING_COMPUTE_TABLE_HPP

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

/// log10 of operations over 6 N D E, as a line in the sizes: tokens of a data point, by domain.
struct learned_units {
    struct line {
        double intercept = 0, per_datapoints = 0, per_parameters = 0;
    };
    std::array<line, 5> domains;  ///< in order of model_domain
    double epochs_not_known = 0;
    double per_epochs = 0;
    double per_year = 0;
    std::array<double, 2> sigma{};  ///< of the errors: of models whose epochs are not known, and known

    [[nodiscard]] double log10_tokens(model_domain domain, double log10_datapoints, double log10_parameters,
                                      std::optional<double> epochs, double year) const {
        const line& of = domains[static_cast<std::size_t>(domain)];
        return of.intercept + of.per_datapoints * (log10_datapoints - 8) + of.per_parameters * (log10_parameters - 8) +
               (epochs ? per_epochs * std::log10(*epochs) : epochs_not_known) + per_year * (year - 2020);
    }
};

/// Shares of the peak that were reported: log-normal.
struct utilization_distribution {
    double median = 0;
    double log10_sigma = 0;
    int n = 0;
};

struct learned_hardware {
    utilization_distribution language_before_2021, language, other_before_2021, other;
    std::array<double, 2> sigma{};  ///< of log10 C by hardware: with typical utilisation, and given

    [[nodiscard]] constexpr const utilization_distribution& utilization(model_domain domain, double year) const {
        if (domain == model_domain::language) return year < 2021 ? language_before_2021 : language;
        return year < 2021 ? other_before_2021 : other;
    }
};

// Written by benchmarks/training_compute_backtest.cpp --table; the errors are those of its cross-validation.
inline constexpr learned_units epoch_units{.domains = {{{0.5, 0, 0}, {3, 0, 0}, {2.2, 0, 0}, {3.8, 0, 0}, {2.5, 0, 0}}},
                                           .sigma = {1, 1}};
inline constexpr learned_hardware epoch_hardware{.language_before_2021 = {0.254, 0.11, 6},
                                                 .language = {0.40, 0.13, 45},
                                                 .other_before_2021 = {0.32, 0.087, 3},
                                                 .other = {0.459, 0.102, 7},
                                                 .sigma = {0.4, 0.3}};
inline constexpr double tokens_sigma = 0.3;
inline constexpr double unknown_epochs_sigma = 0.6;

}  // namespace compute_divide::detail

#endif
