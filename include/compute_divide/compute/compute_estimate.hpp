// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_COMPUTE_ESTIMATE_HPP
#define COMPUTE_DIVIDE_COMPUTE_COMPUTE_ESTIMATE_HPP

#include <array>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/learned_compute.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// An estimate of how much compute a training run took: a log-normal distribution with its method and its assumptions.
/// By parameters and data (compute_from_data.hpp), by parameters alone (compute_from_size.hpp), by chips and time
/// (compute_from_hardware.hpp) or by the operations of its shape (operation_counts.hpp); several of one model become
/// one (reconcile.hpp).
namespace compute_divide::inline v0_2 {

/// How a training compute was estimated.
enum class compute_method {
    operation_counting,   ///< operations of a forward pass, times passes
    parameters_and_data,  ///< 6 N D
    parameters_and_year,  ///< as models of the domain, size and year had
    hardware,             ///< time x chips x peak x utilisation
    reconciled            ///< several of these together
};
[[nodiscard]] constexpr auto enumerators(compute_method) {
    using enum compute_method;
    using entry = named<compute_method>;
    return std::array{entry{operation_counting, "operation_counting", "operation counting"},
                      entry{parameters_and_data, "parameters_and_data", "parameters and data"},
                      entry{parameters_and_year, "parameters_and_year", "parameters and year"},
                      entry{hardware, "hardware"}, entry{reconciled, "reconciled"}};
}

/// What an estimate takes for granted.
enum class compute_assumption : std::uint16_t {
    dense_model = 1,           ///< each parameter meets each token: two operations forward, four backward
    tokens_given = 2,          ///< data points are tokens, or how many tokens one has was given
    typical_tokens = 4,        ///< as many tokens a data point as is usual for its unit
    learned_tokens = 8,        ///< as many as models of the domain, size and year had: the unit is not known
    epochs_not_known = 16,     ///< as many passes over the data as is usual
    utilisation_given = 32,    ///< a given share of the peak was reached
    typical_utilisation = 64,  ///< a share of the peak as is usual for the domain and era
    before_release = 128,      ///< warning: the year is before the chip's release
    base_model_added = 256,    ///< the base model's own training is part of it
    estimates_disagree = 512,  ///< warning: by more than their uncertainty
    stated_range = 1024,       ///< the middle of a range that is stated; the interval is that of both ends
    stated_bound = 2048        ///< warning: a bound that is stated, for its value; the interval is open
};
[[nodiscard]] constexpr auto enumerators(compute_assumption) {
    using enum compute_assumption;
    using entry = named<compute_assumption>;
    return std::array{entry{dense_model, "dense_model", "each parameter meets each token"},
                      entry{tokens_given, "tokens_given", "tokens as given"},
                      entry{typical_tokens, "typical_tokens", "typical tokens of a data point"},
                      entry{learned_tokens, "learned_tokens", "unit not known: tokens as in its domain"},
                      entry{epochs_not_known, "epochs_not_known", "epochs not known"},
                      entry{utilisation_given, "utilisation_given", "utilisation as given"},
                      entry{typical_utilisation, "typical_utilisation", "typical utilisation"},
                      entry{before_release, "before_release", "warning: before the chip's release"},
                      entry{base_model_added, "base_model_added", "with the base model's training"},
                      entry{estimates_disagree, "estimates_disagree", "warning: estimates disagree"},
                      entry{stated_range, "stated_range", "middle of a stated range"},
                      entry{stated_bound, "stated_bound", "warning: a stated bound for its value"}};
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
    /// Whether this assumption was made.
    [[nodiscard]] constexpr bool contains(compute_assumption each) const { return (bits_ & bit(each)) != 0; }
    friend constexpr bool operator==(const compute_assumptions&, const compute_assumptions&) = default;

private:
    [[nodiscard]] static constexpr unsigned bit(compute_assumption each) { return static_cast<unsigned>(each); }
    std::uint16_t bits_ = 0;
};

/// JSON of a set of assumptions: an array of their names.
[[nodiscard]] inline std::string to_json(compute_assumptions all) {
    std::string list = "[";
    for (const auto& each : enumerators(compute_assumption{}))
        if (all.contains(each.value)) list.append(list.size() > 1 ? "," : "").append(to_json(each.name));
    return list + "]";
}

/// A set of assumptions in words, with commas between; "none" where it is empty.
[[nodiscard]] inline std::string to_string(compute_assumptions all, estimate_format = {}) {
    std::string words;
    for (const auto& each : enumerators(compute_assumption{}))
        if (all.contains(each.value)) words.append(words.empty() ? "" : ", ").append(description_of(each.value));
    return words.empty() ? "none" : words;
}

/// Training compute: log-normal, with the median `*flop.value`, and `log10_sigma` the standard deviation of its log10.
/// With the assumption stated_bound that is the distribution of a bound, of which compute is on the open side of
/// `flop.bounds`: what takes sigma for an error of measurement must leave such an estimate out.
struct compute_estimate {
    estimate flop = {};
    double log10_sigma = 0;
    compute_method method = compute_method::operation_counting;
    compute_assumptions assumptions = {};

    [[nodiscard]] constexpr explicit operator bool() const { return static_cast<bool>(flop); }
    friend constexpr bool operator==(const compute_estimate&, const compute_estimate&) = default;
};

[[nodiscard]] constexpr auto members(std::type_identity<compute_estimate>) {
    using result = compute_estimate;
    return member_list(member{"flop", &result::flop}, member{"log10_sigma", &result::log10_sigma},
                       member{"method", &result::method}, member{"assumptions", &result::assumptions});
}

/// One line: `3.14e+23 [1.2e+23, 8.1e+23] (hardware, 90 %, n = 1); typical utilisation`.
[[nodiscard]] inline std::string to_string(const compute_estimate& e, estimate_format format = {}) {
    const std::string line = to_string(e.flop, format);
    return e.assumptions == compute_assumptions() ? line : line + "; " + to_string(e.assumptions);
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

/// Options of `compute_of_count`.
struct compute_of_count_options {
    double log10_sigma = epoch_tokens.tokens_sigma[1];  ///< of log10 of what was run over what was counted
    double level = 0.9;                                 ///< of the interval, in (0, 1)
};

/// An exact count of operations (operation_counts.hpp) as an estimate: sizes and passes are as reported, and what was
/// counted is not all that was run. The default sigma is that of 6 N D where tokens and epochs are known.
///
/// Throws std::invalid_argument unless counted > 0, sigma >= 0 and the level is in (0, 1).
[[nodiscard]] inline compute_estimate compute_of_count(flop counted, compute_of_count_options options = {}) {
    constexpr std::string_view function = "compute_of_count";
    detail::require_positive(counted.value(), function, "a finite count > 0");
    detail::require(options.log10_sigma >= 0, function, "log10_sigma >= 0", options.log10_sigma);
    return detail::log_normal(counted.value(), options.log10_sigma, compute_method::operation_counting, options.level,
                              detail::z_of_level(options.level, function));
}

/// A field that yields a `What`, or an optional of one.
template <class Field, class Records, class What>
concept field_yielding = field_of<Field, Records> && std::same_as<known_t<field_value_t<Field, Records>>, What>;

}  // namespace compute_divide::inline v0_2

#endif
