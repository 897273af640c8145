// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_HARDWARE_MENTION_HPP
#define COMPUTE_DIVIDE_COMPUTE_HARDWARE_MENTION_HPP

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// What a text states of hardware; read by hardware_reader.hpp.
namespace compute_divide::inline v0_2 {

/// What hardware was used for, by the words around it.
enum class hardware_use {
    unknown,
    training,  ///< "trained", "fine-tuning", or "experiments" that are not said to be evaluations
    inference  ///< "inference", "evaluated"
};
[[nodiscard]] constexpr auto enumerators(hardware_use) {
    using enum hardware_use;
    using entry = named<hardware_use>;
    return std::array{entry{unknown, "unknown"}, entry{training, "training"}, entry{inference, "inference"}};
}

/// Bytes [begin, end) of the text; none where begin = end.
struct text_span {
    std::size_t begin = 0, end = 0;

    friend constexpr bool operator==(const text_span&, const text_span&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<text_span>) {
    return member_list(member{"begin", &text_span::begin}, member{"end", &text_span::end});
}

/// What a text says of a number but its value: the ends of "8 to 10 hours" and "10 ± 2", the upper one of "less than a
/// day", the lower one of "more than 500". Both are empty where it says the number and no more, or "about".
struct stated_bounds {
    std::optional<double> lower = {}, upper = {};

    friend constexpr bool operator==(const stated_bounds&, const stated_bounds&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<stated_bounds>) {
    return member_list(member{"lower", &stated_bounds::lower}, member{"upper", &stated_bounds::upper});
}

/// One use of hardware that a text states. What it does not state is empty.
struct hardware_mention {
    std::string_view chip = {};              ///< its name in the catalogue, whose text it is; empty for "8 GPUs", and
                                             ///< for a variant that it lacks, whose name is at chip_span
    std::optional<double> count = {};        ///< chips, of TPUs too; empty for "4 to 8 GPUs"
    std::optional<double> hours = {};        ///< by the clock; the middle of a range, a bound for its value
    std::optional<double> chip_hours = {};   ///< "20,480 GPU hours"
    std::optional<double> utilisation = {};  ///< of the peak, in (0, 1]
    std::optional<number_format> format = {};
    hardware_use use = hardware_use::unknown;
    text_span span = {};  ///< all that follow
    text_span chip_span = {}, count_span = {}, time_span = {}, utilisation_span = {}, format_span = {};
    stated_bounds count_bounds = {}, hours_bounds = {}, chip_hours_bounds = {};

    friend constexpr bool operator==(const hardware_mention&, const hardware_mention&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<hardware_mention>) {
    using result = hardware_mention;
    return member_list(member{"chip", &result::chip}, member{"count", &result::count}, member{"hours", &result::hours},
                       member{"chip_hours", &result::chip_hours}, member{"utilisation", &result::utilisation},
                       member{"format", &result::format}, member{"use", &result::use}, member{"span", &result::span},
                       member{"chip_span", &result::chip_span}, member{"count_span", &result::count_span},
                       member{"time_span", &result::time_span}, member{"utilisation_span", &result::utilisation_span},
                       member{"format_span", &result::format_span}, member{"count_bounds", &result::count_bounds},
                       member{"hours_bounds", &result::hours_bounds},
                       member{"chip_hours_bounds", &result::chip_hours_bounds});
}

}  // namespace compute_divide::inline v0_2

#endif
