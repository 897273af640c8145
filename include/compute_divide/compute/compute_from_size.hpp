// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_SIZE_HPP
#define COMPUTE_DIVIDE_COMPUTE_COMPUTE_FROM_SIZE_HPP

#include <cmath>
#include <functional>
#include <optional>
#include <ranges>
#include <string_view>
#include <vector>

#include <compute_divide/compute/compute_estimate.hpp>
#include <compute_divide/compute/learned_compute.hpp>
#include <compute_divide/compute/model_domain.hpp>

/// Training compute from parameters alone, where the data are not known, or not in what unit.
///
///     compute_of_size({.parameters = 6.32e8, .domain = model_domain::vision, .year = 2021}).flop;
namespace compute_divide::inline v0_2 {

/// A model of which no more is known than its size.
struct model_size {
    double parameters = 0;
    model_domain domain = model_domain::other;
    double year = 2020;  ///< of publication
};

/// Options of `compute_of_size`.
struct compute_of_size_options {
    double level = 0.9;                 ///< of the interval, in (0, 1)
    learned_sizes sizes = epoch_sizes;  ///< what is learned of models at large
};

namespace detail {

[[nodiscard]] inline compute_estimate compute_of_size(const model_size& size, const learned_sizes& learned,
                                                      double level, double z) {
    constexpr std::string_view function = "compute_of_size";
    require_positive(size.parameters, function, "finite parameters > 0");
    require(std::isfinite(size.year), function, "a finite year", size.year);
    return log_normal(std::pow(10, learned.log10_flop(size.domain, std::log10(size.parameters), size.year)),
                      learned.sigma, compute_method::parameters_and_year, level, z);
}

}  // namespace detail

/// Training compute as models of this domain, size and year had it (`learned_sizes`), a line with an intercept for each
/// domain, learned of models whose compute was not counted by 6 N D:
///
///   log10 C = a + b (log10 N - 8) + c (year - 2020)
///
/// Outside language that is nearer to the curated values than 6 N D where the unit of the data points is not known
/// (benchmarks/README.md): the sizes of data sets that tables record are of pixels, patches, seconds or moves, with
/// epochs in them or not. In language 6 N D of tokens is far better (compute_from_data.hpp). The interval is as wide as
/// errors were in cross-validation between organisations: at 90 % a factor of 67 each way.
///
/// It has the year in it: fit no trend over time to such estimates, and compare no model with its peers by them.
/// Throws std::invalid_argument unless parameters are finite and > 0 and the year is finite.
[[nodiscard]] inline compute_estimate compute_of_size(const model_size& size, compute_of_size_options options = {}) {
    return detail::compute_of_size(size, options.sizes, options.level,
                                   detail::z_of_level(options.level, "compute_of_size"));
}

/// The same for each record, in their order: `size` makes a model_size of a record, or nothing where it is not known,
/// which gives the status no_data. One pass.
template <std::ranges::input_range Records, field_yielding<Records, model_size> Size>
[[nodiscard]] std::vector<compute_estimate> compute_of_size(Records&& records, Size size,
                                                            compute_of_size_options options = {}) {
    const double z = detail::z_of_level(options.level, "compute_of_size");
    std::vector<compute_estimate> estimates;
    for (auto&& record : records) {
        const std::optional<model_size> known = std::invoke(size, record);
        estimates.push_back(known ? detail::compute_of_size(*known, options.sizes, options.level, z)
                                  : detail::no_compute(compute_method::parameters_and_year, options.level));
    }
    return estimates;
}

}  // namespace compute_divide::inline v0_2

#endif
