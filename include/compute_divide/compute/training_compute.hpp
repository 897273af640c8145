// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_TRAINING_COMPUTE_HPP
#define COMPUTE_DIVIDE_COMPUTE_TRAINING_COMPUTE_HPP

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/hardware_mention.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/compute/mentioned_run.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// From a text to training compute, with every step between them.
///
///     const accelerator_catalogue catalogue;
///     const hardware_reader read(catalogue);
///     for (const stated_training& each : training_compute_of("We trained on 64 A100 80GB for 12 days", read,
///     catalogue))
///         to_string(each);  // the FLOP, and on what they rest
namespace compute_divide::inline v0_2 {

/// What a number rests on.
enum class fact_basis {
    stated,   ///< by the text
    bounded,  ///< by the text, as a range or a bound
    derived,  ///< from what is stated
    known,    ///< of the chip, by the catalogue
    assumed,  ///< as is usual
    missing
};
[[nodiscard]] constexpr auto enumerators(fact_basis) {
    using enum fact_basis;
    using entry = named<fact_basis>;
    return std::array{entry{stated, "stated"},   entry{bounded, "bounded", "stated as a range or bound"},
                      entry{derived, "derived"}, entry{known, "known", "known of the chip"},
                      entry{assumed, "assumed"}, entry{missing, "missing"}};
}

/// A step from a text to FLOP.
struct compute_step {
    run_fact fact = run_fact::chip;
    fact_basis basis = fact_basis::missing;
    std::string value = {};  ///< in words, "64", "288 h", "8 to 10", "at most 240 h"; empty where it is missing
    text_span span = {};     ///< of the text, where it is stated

    friend bool operator==(const compute_step&, const compute_step&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<compute_step>) {
    using result = compute_step;
    return member_list(member{"fact", &result::fact}, member{"basis", &result::basis}, member{"value", &result::value},
                       member{"span", &result::span});
}

/// A training that a text states.
struct stated_training {
    hardware_mention mention = {};
    mentioned_run run = {};
    compute_estimate compute = {};         ///< no_data where something is missing
    std::vector<compute_step> chain = {};  ///< chip, count, time, year, format, peak, utilisation

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(run); }
    friend bool operator==(const stated_training&, const stated_training&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<stated_training>) {
    using result = stated_training;
    return member_list(member{"mention", &result::mention}, member{"run", &result::run},
                       member{"compute", &result::compute}, member{"chain", &result::chain});
}

/// `5.5e+21 [9.8e+20, 3.2e+22] FLOP = 64 (stated) x 288 h (stated) x 312 TFLOP/s (...) x ...`: the estimate, or what is
/// missing for one; then each step and contradiction, a line each.
[[nodiscard]] inline std::string to_string(const stated_training& training, estimate_format format = {}) {
    std::string text;
    if (training) {
        text = to_string(training.compute.flop, format) + " FLOP";
    } else {
        text = "no estimate without";
        for (const run_fact each : training.run.missing)
            text.append(each == training.run.missing.front() ? " " : ", ").append(description_of(each));
    }
    for (const compute_step& step : training.chain) {
        text.append("\n  ").append(description_of(step.fact)).append(": ");
        text.append(step.value).append(step.value.empty() ? "" : ", ").append(description_of(step.basis));
    }
    for (const run_contradiction each : training.run.contradictions)
        text.append("\n  contradiction: ").append(description_of(each));
    return text;
}

/// Options of `training_compute_of`.
struct training_compute_options {
    mentioned_run_options run = {};             ///< what the text does not say
    compute_of_hardware_options estimate = {};  ///< level, and what is typical
    bool inference = false;                     ///< also what is said to be inference
};

namespace detail {

[[nodiscard]] inline std::string in_short(double number, std::string_view unit = {}) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.6g", number);
    return std::string(text.data()).append(unit);
}

/// "64", "8 to 10", "at most 64", of the number taken.
[[nodiscard]] inline std::string in_short(double number, const stated_bounds& bounds, std::string_view unit = {}) {
    if (bounds.lower && bounds.upper) return in_short(*bounds.lower, " to ") + in_short(*bounds.upper, unit);
    return (bounds.upper ? "at most " : bounds.lower ? "at least " : "") + in_short(number, unit);
}

[[nodiscard]] inline std::vector<compute_step> chain_of(const hardware_mention& mention, const mentioned_run& run,
                                                        const mentioned_run_options& options, double utilisation) {
    const auto is_among = [](const auto& all, run_fact one) { return detail::find(all, one) != all.end(); };
    std::vector<compute_step> chain;
    const auto add = [&](run_fact fact, bool stated, fact_basis otherwise, std::string value, text_span span) {
        const fact_basis basis = is_among(run.missing, fact)   ? fact_basis::missing
                                 : is_among(run.assumed, fact) ? fact_basis::assumed
                                 : is_among(run.bounded, fact) ? fact_basis::bounded
                                 : stated                      ? fact_basis::stated
                                                               : otherwise;
        if (basis == fact_basis::missing) value.clear();
        const bool in_text = basis == fact_basis::stated || basis == fact_basis::bounded;
        chain.push_back({fact, basis, std::move(value), in_text ? span : text_span{}});
    };
    add(run_fact::chip, true, fact_basis::missing, run.chip ? std::string(run.chip->name) : "", mention.chip_span);
    add(run_fact::count, mention.count.has_value(), fact_basis::derived, in_short(run.run.chips, mention.count_bounds),
        mention.count_span);
    const double hours = run.run.time / std::chrono::hours(1);
    const bool of_chips = mention.chip_hours.has_value();
    add(run_fact::time, true, fact_basis::stated,
        of_chips ? in_short(hours * run.run.chips, mention.chip_hours_bounds, " chip hours")
                 : in_short(hours, mention.hours_bounds, " h"),
        mention.time_span);
    add(run_fact::year, options.year.has_value(), fact_basis::stated, in_short(run.run.year), {});
    const bool has_peak = run.format.has_value();
    if (has_peak) {
        add(run_fact::format, mention.format.has_value(), fact_basis::assumed, std::string(name_of(*run.format)),
            mention.format_span);
        add(run_fact::peak, false, fact_basis::known, to_string(run.run.peak), {});
    } else {
        chain.push_back({run_fact::peak, fact_basis::missing, {}, {}});
    }
    add(run_fact::utilisation, mention.utilisation.has_value(), fact_basis::assumed, in_short(utilisation),
        mention.utilisation_span);
    return chain;
}

}  // namespace detail

/// What a mention states of training, as an estimate with its chain: `hardware_run_of`, then `compute_of_hardware`.
/// Where count or time is a range or a bound, the interval holds both ends (`within_ends`), that of a bound is open to
/// 0 or infinity, and the assumptions say so; `log10_sigma` is wider by the range, and is of a bound itself
/// (`reconcile` and `fit_uncertain_log_trend` do not take it for an error). Throws std::invalid_argument for a level
/// outside (0, 1).
[[nodiscard]] inline stated_training training_compute_of(const hardware_mention& mention,
                                                         const accelerator_catalogue& catalogue,
                                                         const training_compute_options& options = {}) {
    stated_training result{.mention = mention, .run = hardware_run_of(mention, catalogue, options.run)};
    const mentioned_run& run = result.run;
    result.compute = run ? compute_of_hardware(run.run, options.estimate)
                         : detail::no_compute(compute_method::hardware, options.estimate.level);
    if (run && run.chip_hours_ends) {
        const interval ends = *run.chip_hours_ends;
        const bool range = ends.lower > 0 && std::isfinite(ends.upper);
        result.compute.flop = within_ends(result.compute.flop, run);
        result.compute.assumptions.add(range ? compute_assumption::stated_range : compute_assumption::stated_bound);
        if (range)
            result.compute.log10_sigma += std::log10(ends.upper / ends.lower) /
                                          (2 * detail::z_of_level(options.estimate.level, "training_compute_of"));
    }
    const double utilisation =
        mention.utilisation.value_or(options.estimate.typical.utilisation(run.run.domain, run.run.year));
    result.chain = detail::chain_of(mention, run, options.run, utilisation);
    return result;
}

/// Every training that a text states, in the order of the text; what is said to be inference is left out, and so is
/// hardware of which the text says neither a number nor a time. Several may be one training told twice, stages of one,
/// or alternatives: they are not added up. `catalogue` is the reader's. Linear in the text.
[[nodiscard]] inline std::vector<stated_training> training_compute_of(std::string_view text,
                                                                      const hardware_reader& read,
                                                                      const accelerator_catalogue& catalogue,
                                                                      const training_compute_options& options = {}) {
    std::vector<stated_training> all;
    for (const hardware_mention& mention : read(text)) {
        if (mention.use == hardware_use::inference && !options.inference) continue;
        if (!mention.count && !mention.count_bounds.upper && !mention.hours && !mention.chip_hours) continue;
        all.push_back(training_compute_of(mention, catalogue, options));
    }
    return all;
}

/// The electricity of a run, by the power of its chip and what is typical of servers, load and PUE; nothing where chip,
/// time or power are not known. (`energy_of_chips`, `typical_energy_factors`.)
[[nodiscard]] inline std::optional<uncertain<joules>> energy_of_run(const mentioned_run& run, data_centre where) {
    if (!run.chip || !run.chip->power || !(run.run.chips > 0) || !(run.run.time.count() > 0)) return std::nullopt;
    return energy_of_chips(chip_time(run.run.chips, run.run.time), *run.chip->power,
                           typical_energy_factors(*run.chip, where));
}

}  // namespace compute_divide::inline v0_2

#endif
