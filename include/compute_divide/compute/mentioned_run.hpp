// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_MENTIONED_RUN_HPP
#define COMPUTE_DIVIDE_COMPUTE_MENTIONED_RUN_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <optional>
#include <ratio>
#include <type_traits>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/hardware_mention.hpp>
#include <compute_divide/compute/model_domain.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// From what a text says of hardware to a run whose compute can be estimated.
///
///     const accelerator_catalogue catalogue;
///     const hardware_reader read(catalogue);
///     for (const hardware_mention& mention : read("We trained on 64 A100 80GB for 12 days"))
///         if (const mentioned_run stated = hardware_run_of(mention, catalogue, {.year = 2023}))
///             to_string(compute_of_hardware(stated.run));
namespace compute_divide::inline v0_2 {

/// What makes up a run on hardware.
enum class run_fact {
    chip,
    count,        ///< of chips
    time,         ///< by the clock
    format,       ///< of numbers
    peak,         ///< of the chip in that format
    utilisation,  ///< of the peak
    year          ///< of the training
};
[[nodiscard]] constexpr auto enumerators(run_fact) {
    using enum run_fact;
    using entry = named<run_fact>;
    return std::array{entry{chip, "chip"},
                      entry{count, "count", "number of chips"},
                      entry{time, "time"},
                      entry{format, "format", "number format"},
                      entry{peak, "peak", "peak of the chip in the format"},
                      entry{utilisation, "utilisation"},
                      entry{year, "year"}};
}

/// What a text states of a run that cannot all be true.
enum class run_contradiction {
    chip_hours,     ///< are not chips times hours: apart by more than a factor of 1.2
    before_release  ///< the run is of a year before the chip's release
};
[[nodiscard]] constexpr auto enumerators(run_contradiction) {
    using enum run_contradiction;
    using entry = named<run_contradiction>;
    return std::array{entry{chip_hours, "chip_hours", "chip hours are not chips times hours"},
                      entry{before_release, "before_release", "before the chip's release"}};
}

/// What a text does not say of a run.
struct mentioned_run_options {
    std::optional<int> year = {};                    ///< of the training
    model_domain domain = model_domain::other;       ///< of the typical utilisation
    training_format rule = training_format::by_era;  ///< of the peak, where no format is stated
    flop base{};                                     ///< of the model it was fine-tuned from, if any
};

/// A run as far as a text states it.
struct mentioned_run {
    hardware_run run = {};                     ///< complete where nothing is missing; else without what is
    std::optional<accelerator> chip = {};      ///< of the catalogue
    std::optional<number_format> format = {};  ///< that `run.peak` is of
    /// Of chips x hours, least and most, where the text states a range or a bound of either; 0 and infinity where it
    /// states no such end. `run` has the middle of a range, and a bound for its value.
    std::optional<interval> chip_hours_ends = {};
    std::vector<run_fact> bounded = {};  ///< count and time, where stated as a range or a bound
    std::vector<run_contradiction> contradictions = {};
    std::vector<run_fact> missing = {};                 ///< what is needed and not known
    std::vector<run_fact> assumed = {};                 ///< what is not stated and has its usual value
    estimate_status status = estimate_status::no_data;  ///< ok where nothing is missing

    [[nodiscard]] constexpr explicit operator bool() const { return has_value(status); }
    friend bool operator==(const mentioned_run&, const mentioned_run&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<mentioned_run>) {
    using result = mentioned_run;
    return member_list(member{"run", &result::run}, member{"chip", &result::chip}, member{"format", &result::format},
                       member{"chip_hours_ends", &result::chip_hours_ends}, member{"bounded", &result::bounded},
                       member{"contradictions", &result::contradictions}, member{"missing", &result::missing},
                       member{"assumed", &result::assumed}, member{"status", &result::status});
}

namespace detail {

/// A number that a text states, with the least and the most that it may be.
struct bounded_number {
    double value = 0;
    interval ends = {};
    bool bounded = false;
};

/// Nothing where the number is not above 0 and finite; of a range without a number ("4 to 8 GPUs") its middle.
[[nodiscard]] inline std::optional<bounded_number> bounded_by(std::optional<double> stated,
                                                              const stated_bounds& bounds) {
    if (!stated && bounds.lower && bounds.upper) stated = (*bounds.lower + *bounds.upper) / 2;
    if (!stated || !std::isfinite(*stated) || !(*stated > 0)) return std::nullopt;
    bounded_number number{*stated, {*stated, *stated}, bounds.lower || bounds.upper};
    if (number.bounded)
        number.ends = {std::clamp(bounds.lower.value_or(0), 0.0, *stated),
                       std::max(bounds.upper.value_or(std::numeric_limits<double>::infinity()), *stated)};
    return number;
}

}  // namespace detail

/// The run that a mention states. What it leaves open is found where it can be, and named:
///
/// - of count, hours and chip hours two give the third; where all are stated, chip hours are taken, and a contradiction
///   is reported where count x hours is another number, whatever a range or bound leaves open. Chip hours alone are one
///   chip for that time: the count is assumed, the compute is not.
/// - "8 to 10 GPUs", "less than 10 days": the middle of a range, the bound itself, with both ends in `chip_hours_ends`
///   and the fact in `bounded`. `within_ends` opens the interval of what the run gives to them.
/// - the year, where none is given, is the one after the chip's release; 2024 where that is not known;
/// - the format, where none is stated, is that of `rule` in the year (accelerator.hpp);
/// - the utilisation is left to `compute_of_hardware`, which takes what is typical.
///
/// Missing is what cannot be found: the chip, where the text names none or one that `catalogue` does not have; its peak
/// in the format; the count, or the time. A stated number counts only where it is finite and greater than 0. A mention
/// is changed as one likes before: `mention.count = 64` for a text that does not say it. A count is of what the
/// catalogue's figures are of: a K80 is a board. No errors; one look-up.
[[nodiscard]] inline mentioned_run hardware_run_of(const hardware_mention& mention,
                                                   const accelerator_catalogue& catalogue,
                                                   const mentioned_run_options& options = {}) {
    const auto count = detail::bounded_by(mention.count, mention.count_bounds);
    const auto hours = detail::bounded_by(mention.hours, mention.hours_bounds);
    const auto chip_hours = detail::bounded_by(mention.chip_hours, mention.chip_hours_bounds);
    mentioned_run result;
    if (count && hours && chip_hours) {
        const interval product{count->ends.lower * hours->ends.lower, count->ends.upper * hours->ends.upper};
        if (product.lower > 1.2 * chip_hours->ends.upper || product.upper < chip_hours->ends.lower / 1.2)
            result.contradictions.push_back(run_contradiction::chip_hours);
    }
    result.run.domain = options.domain;
    result.run.base = options.base;
    result.run.utilisation = mention.utilisation;
    if (!mention.chip.empty())
        if (const accelerator* const found = catalogue.find(mention.chip)) result.chip = *found;

    std::optional<double> chips, time;  // hours
    if (count) chips = count->value;
    if (hours) time = hours->value;
    if (chip_hours) {
        if (!count) chips = hours ? chip_hours->value / hours->value : 1;
        if (!count && !hours) result.assumed.push_back(run_fact::count);
        time = chip_hours->value / *chips;
    }
    if (count && count->bounded) result.bounded.push_back(run_fact::count);
    if (chip_hours ? chip_hours->bounded : hours && hours->bounded) result.bounded.push_back(run_fact::time);
    if (chip_hours && chip_hours->bounded)
        result.chip_hours_ends = chip_hours->ends;
    else if (!chip_hours && count && hours && (count->bounded || hours->bounded))
        result.chip_hours_ends = interval{count->ends.lower * hours->ends.lower, count->ends.upper * hours->ends.upper};
    if (chips) result.run.chips = *chips;
    if (time) result.run.time = std::chrono::duration<double, std::ratio<3600>>(*time);

    int year = options.year.value_or(2024);
    if (result.chip && result.chip->released) {
        const int released = static_cast<int>(result.chip->released->year());
        result.run.released = released;
        year = options.year.value_or(released + 1);
        if (year < released) result.contradictions.push_back(run_contradiction::before_release);
    }
    result.run.year = year;
    if (!options.year) result.assumed.push_back(run_fact::year);
    if (!mention.format) result.assumed.push_back(run_fact::format);
    if (!mention.utilisation) result.assumed.push_back(run_fact::utilisation);

    if (!result.chip) {
        result.missing.push_back(run_fact::chip);
    } else {
        training_peak_options peak{.rule = options.rule, .year = year};
        if (mention.format) peak = {.rule = training_format::given, .year = year, .format = *mention.format};
        if (const auto rate = training_peak(*result.chip, peak)) {
            result.run.peak = rate->peak;
            result.format = rate->format;
        } else {
            result.missing.push_back(run_fact::peak);
        }
    }
    if (!chips) result.missing.push_back(run_fact::count);
    if (!time) result.missing.push_back(run_fact::time);
    if (result.missing.empty()) result.status = estimate_status::ok;
    return result;
}

/// An estimate of what is proportional to chips x hours (FLOP, energy, carbon, money), its interval opened to what the
/// text leaves open: the lower end times the least over the taken chip hours, the upper end likewise; so 0 or infinity
/// where the text states a bound. As it is where neither count nor time is bounded, and where it has no interval.
[[nodiscard]] inline estimate within_ends(estimate of, const mentioned_run& run) {
    if (!run.chip_hours_ends || !of.bounds) return of;
    const double taken = run.run.chips * (run.run.time / std::chrono::hours(1));
    of.bounds = interval{of.bounds->lower * (run.chip_hours_ends->lower / taken),
                         of.bounds->upper * (run.chip_hours_ends->upper / taken)};
    return of;
}

}  // namespace compute_divide::inline v0_2

#endif
