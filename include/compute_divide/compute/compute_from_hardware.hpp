// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_HARDWARE_HPP
#define COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_HARDWARE_HPP

#include <functional>
#include <optional>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/learned_compute.hpp>
#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>

/// Training compute from chips and time. (From what a text says of both: mentioned_run.hpp.)
///
///     compute_of_hardware({.chips = 10000, .time = std::chrono::hours(355), .peak = flop_per_second(125e12)}).flop;
namespace compute_divide::inline v0_2 {

/// Chips that ran for some time.
struct hardware_run {
    double chips = 0;
    seconds time{};                             ///< by the wall clock
    flop_per_second peak{};                     ///< of one chip, dense, in the format used
    std::optional<double> utilisation = {};     ///< of the peak, in (0, 1]; typical where not known
    model_domain domain = model_domain::other;  ///< of the typical utilisation
    double year = 2022;                         ///< of the typical utilisation
    std::optional<double> released = {};        ///< year of the chip, for a warning
    flop base{};                                ///< of the model it was fine-tuned from, if any

    friend constexpr bool operator==(const hardware_run&, const hardware_run&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<hardware_run>) {
    using result = hardware_run;
    return member_list(member{"chips", &result::chips}, member{"time", &result::time}, member{"peak", &result::peak},
                       member{"utilisation", &result::utilisation}, member{"domain", &result::domain},
                       member{"year", &result::year}, member{"released", &result::released},
                       member{"base", &result::base});
}

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

/// Options of `compute_of_hardware`.
struct compute_of_hardware_options {
    double level = 0.9;                         ///< of the interval, in (0, 1)
    learned_hardware typical = epoch_hardware;  ///< utilisation and errors of models at large
};

namespace detail {

[[nodiscard]] inline compute_estimate compute_of_hardware(const hardware_run& run, const learned_hardware& typical,
                                                          double level, double z) {
    constexpr std::string_view function = "compute_of_hardware";
    require_positive(run.chips, function, "finite chips > 0");
    require_positive(run.time.count(), function, "a finite time > 0");
    require_positive(run.peak.value(), function, "a finite peak > 0");
    require(!run.utilisation || (*run.utilisation > 0 && *run.utilisation <= 1), function, "utilisation in (0, 1]",
            run.utilisation.value_or(0));
    require(run.base.value() >= 0, function, "a base model's compute >= 0", run.base.value());

    const double utilisation = run.utilisation.value_or(typical.utilisation(run.domain, run.year));
    compute_estimate result = log_normal(run.chips * utilisation * (run.peak * run.time).value() + run.base.value(),
                                         typical.sigma[run.utilisation ? 1 : 0], compute_method::hardware, level, z);
    result.assumptions.add(run.utilisation ? compute_assumption::utilisation_given
                                           : compute_assumption::typical_utilisation);
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
[[nodiscard]] inline compute_estimate compute_of_hardware(const hardware_run& run,
                                                          compute_of_hardware_options options = {}) {
    return detail::compute_of_hardware(run, options.typical, options.level,
                                       detail::z_of_level(options.level, "compute_of_hardware"));
}

/// The same for each record, in their order: `run` makes a hardware_run of a record, or nothing where it is not known,
/// which gives the status no_data. One pass.
template <std::ranges::input_range Records, field_yielding<Records, hardware_run> Run>
[[nodiscard]] std::vector<compute_estimate> compute_of_hardware(Records&& records, Run run,
                                                                compute_of_hardware_options options = {}) {
    const double z = detail::z_of_level(options.level, "compute_of_hardware");
    std::vector<compute_estimate> estimates;
    for (auto&& record : records) {
        const std::optional<hardware_run> known = std::invoke(run, record);
        estimates.push_back(known ? detail::compute_of_hardware(*known, options.typical, options.level, z)
                                  : detail::no_compute(compute_method::hardware, options.level));
    }
    return estimates;
}

}  // namespace compute_divide::inline v0_2

#endif
