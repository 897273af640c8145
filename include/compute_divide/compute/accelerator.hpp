// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_ACCELERATOR_HPP
#define COMPUTE_DIVIDE_COMPUTE_ACCELERATOR_HPP

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>

/// What one machine-learning accelerator can do. The known ones are in accelerators.hpp.
namespace compute_divide::inline v0_2 {

/// Formats that makers give peaks for. Those on matrix units are with sums in FP32, but on GeForce cards with sums in
/// FP16: with FP32 these do half.
enum class number_format {
    fp64,         ///< on the vector units
    fp32,         ///< on the vector units
    tf32,         ///< TensorFloat-32, and FP32 inputs shortened likewise, on matrix units
    fp16_tensor,  ///< FP16 or BF16 on matrix units ("tensor cores")
    fp16,         ///< FP16 or BF16 on the vector units
    int8,         ///< operations, not FLOP
    fp8,
    fp4
};
[[nodiscard]] constexpr auto enumerators(number_format) {
    using enum number_format;
    using entry = named<number_format>;
    return std::array{entry{fp64, "fp64"}, entry{fp32, "fp32"},
                      entry{tf32, "tf32"}, entry{fp16_tensor, "fp16_tensor", "fp16 or bf16 on matrix units"},
                      entry{fp16, "fp16"}, entry{int8, "int8"},
                      entry{fp8, "fp8"},   entry{fp4, "fp4"}};
}

/// The format that papers and frameworks call by a name: those of `number_format`, and "bf16", "bfloat16", "half",
/// "mixed precision" and the like, FP16 or BF16 on matrix units; "single", "double", "float32"; "e4m3", "mxfp4". In any
/// letter case; blanks, "-" and "_" do not matter. "fp16" is `number_format::fp16`, that of the vector units, which is
/// its name here; where a text says FP16, matrix units are meant (hardware_reader.hpp). Throws std::invalid_argument
/// that lists the names for any other.
[[nodiscard]] inline number_format number_format_of(std::string_view text) {
    using enum number_format;
    struct other_name {
        std::string_view name;
        number_format format;
    };
    constexpr std::array others{other_name{"bf16", fp16_tensor},
                                other_name{"bfloat16", fp16_tensor},
                                other_name{"fp16tensor", fp16_tensor},
                                other_name{"tensorfp16", fp16_tensor},
                                other_name{"half", fp16_tensor},
                                other_name{"halfprecision", fp16_tensor},
                                other_name{"mixed", fp16_tensor},
                                other_name{"mixedprecision", fp16_tensor},
                                other_name{"amp", fp16_tensor},
                                other_name{"float16", fp16_tensor},
                                other_name{"single", fp32},
                                other_name{"singleprecision", fp32},
                                other_name{"float32", fp32},
                                other_name{"float", fp32},
                                other_name{"double", fp64},
                                other_name{"doubleprecision", fp64},
                                other_name{"float64", fp64},
                                other_name{"tensorfloat32", tf32},
                                other_name{"float8", fp8},
                                other_name{"e4m3", fp8},
                                other_name{"e5m2", fp8},
                                other_name{"mxfp8", fp8},
                                other_name{"float4", fp4},
                                other_name{"nvfp4", fp4},
                                other_name{"mxfp4", fp4}};
    std::string plain;
    for (const char c : text)
        if (c != ' ' && c != '-' && c != '_') plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    for (const auto& each : enumerators(number_format{}))
        if (each.name == plain) return each.value;
    for (const other_name& each : others)
        if (each.name == plain) return each.format;
    std::string names = "a number format: bf16";
    for (const auto& each : enumerators(number_format{})) names.append(", ").append(each.name);
    detail::fail("number_format_of", names, text);
}

/// What hardware is counted in.
enum class accelerator_unit {
    core,  ///< of a chip: a TPU's TensorCore
    chip,
    board  ///< several chips sold as one: four of a TPU, two of a K80
};
[[nodiscard]] constexpr auto enumerators(accelerator_unit) {
    using enum accelerator_unit;
    using entry = named<accelerator_unit>;
    return std::array{entry{core, "core"}, entry{chip, "chip"}, entry{board, "board"}};
}

/// Peak rates by format; empty where not known, or where the chip has no such units.
struct peak_rates {
    std::optional<flop_per_second> fp64 = {};
    std::optional<flop_per_second> fp32 = {};
    std::optional<flop_per_second> tf32 = {};
    std::optional<flop_per_second> fp16_tensor = {};
    std::optional<flop_per_second> fp16 = {};
    std::optional<flop_per_second> int8 = {};
    std::optional<flop_per_second> fp8 = {};
    std::optional<flop_per_second> fp4 = {};

    /// A pointer to the rate of one format.
    using rate_member = std::optional<flop_per_second> peak_rates::*;
    /// The member of a format; null for what is no format.
    [[nodiscard]] static constexpr rate_member member_of(number_format format) {
        constexpr std::array<rate_member, 8> in_order{&peak_rates::fp64,        &peak_rates::fp32, &peak_rates::tf32,
                                                      &peak_rates::fp16_tensor, &peak_rates::fp16, &peak_rates::int8,
                                                      &peak_rates::fp8,         &peak_rates::fp4};
        const auto at = static_cast<std::size_t>(format);
        return at < in_order.size() ? in_order[at] : nullptr;
    }
    [[nodiscard]] constexpr std::optional<flop_per_second> operator[](number_format format) const {
        const rate_member rate = member_of(format);
        return rate == nullptr ? std::nullopt : this->*rate;
    }
    friend constexpr bool operator==(const peak_rates&, const peak_rates&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<peak_rates>) {
    using result = peak_rates;
    return member_list(member{"fp64", &result::fp64}, member{"fp32", &result::fp32}, member{"tf32", &result::tf32},
                       member{"fp16_tensor", &result::fp16_tensor}, member{"fp16", &result::fp16},
                       member{"int8", &result::int8}, member{"fp8", &result::fp8}, member{"fp4", &result::fp4});
}

/// An accelerator: what its maker says of it. What is not known is empty, never zero.
struct accelerator {
    std::string_view name = {};                                ///< with its maker: "NVIDIA A100 SXM4 80 GB"
    std::string_view maker = {};                               ///< "NVIDIA"
    std::string_view aliases = {};                             ///< other names, ";" between; see accelerator_catalogue
    std::optional<std::chrono::year_month_day> released = {};  ///< or announced
    peak_rates dense = {};
    peak_rates sparse = {};  ///< where a format is faster on matrices of which half the entries are zero (2:4)
    std::optional<bytes> memory = {};
    std::optional<bytes_per_second> bandwidth = {};  ///< of the memory
    std::optional<watts> power = {};                 ///< of the chip or board at full load, as designed (TDP)
    std::optional<us_dollars> launch_price = {};

    accelerator_unit counted = accelerator_unit::chip;  ///< what all these figures are of
    int cores_per_chip = 1;
    int chips_per_board = 1;  ///< 1 also where not known

    /// How many of what the figures are of make one `unit`: a TPU v3 board is 4, its core 0.5; a K80's chip is 0.5.
    [[nodiscard]] constexpr double per_unit(accelerator_unit unit) const {
        const double chips = unit == accelerator_unit::core    ? 1.0 / cores_per_chip
                             : unit == accelerator_unit::board ? chips_per_board
                                                               : 1.0;
        return counted == accelerator_unit::board ? chips / chips_per_board : chips;
    }
    friend constexpr bool operator==(const accelerator&, const accelerator&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<accelerator>) {
    using result = accelerator;
    return member_list(
        member{"name", &result::name}, member{"maker", &result::maker}, member{"aliases", &result::aliases},
        member{"released", &result::released}, member{"dense", &result::dense}, member{"sparse", &result::sparse},
        member{"memory", &result::memory}, member{"bandwidth", &result::bandwidth}, member{"power", &result::power},
        member{"launch_price", &result::launch_price}, member{"counted", &result::counted},
        member{"cores_per_chip", &result::cores_per_chip}, member{"chips_per_board", &result::chips_per_board});
}

/// Which peak a training run is taken to have used.
enum class training_format {
    by_era,       ///< FP16 or BF16 on matrix units; FP32 before 2018, but for TPUs, and where there are no such units
    best_tensor,  ///< the first known of FP16 on matrix units, TF32, plain FP16, FP32
    fp32,         ///< FP32 on vector units
    given         ///< the format that is given
};
[[nodiscard]] constexpr auto enumerators(training_format) {
    using enum training_format;
    using entry = named<training_format>;
    return std::array{entry{by_era, "by_era", "that of the era"},
                      entry{best_tensor, "best_tensor", "the best on matrix units"}, entry{fp32, "fp32"},
                      entry{given, "given", "as given"}};
}

/// Options of `training_peak`.
struct training_peak_options {
    training_format rule = training_format::by_era;
    std::optional<int> year = std::nullopt;  ///< of the training, for by_era; not known counts as 2018 or later
    number_format format = number_format::fp16_tensor;  ///< for given
};

/// A peak and the format that it is of.
struct training_rate {
    number_format format = number_format::fp32;
    flop_per_second peak = {};

    friend constexpr bool operator==(const training_rate&, const training_rate&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<training_rate>) {
    return member_list(member{"format", &training_rate::format}, member{"peak", &training_rate::peak});
}

/// The dense peak in the format that a training run on `chip` would have used; nothing where the peak is not known.
///
/// What runs used is seldom stated, so the format is a rule, named in the result: training in FP16 with FP32 sums
/// became usual with Micikevicius et al. 2018 (ICLR) and its support by frameworks in that year; TPUs have always
/// multiplied in BF16 (Jouppi et al. 2020, CACM 63(7)). best_tensor is the order of Epoch AI's training costs (Cottier
/// et al. 2024). Plain FP16 is no part of by_era: P100s, which have it, were mostly used in FP32.
[[nodiscard]] constexpr std::optional<training_rate> training_peak(const accelerator& chip,
                                                                   training_peak_options options = {}) {
    using enum number_format;
    std::array<number_format, 4> order{fp16_tensor, tf32, fp16, fp32};
    std::size_t n = order.size();
    switch (options.rule) {
        case training_format::by_era:
            if (options.year.value_or(2018) < 2018 && chip.name.find("TPU") == std::string_view::npos)
                order = {fp32, fp16_tensor};
            else
                order = {fp16_tensor, fp32};
            n = 2;
            break;
        case training_format::best_tensor:
            break;
        case training_format::fp32:
            order = {fp32};
            n = 1;
            break;
        case training_format::given:
            order = {options.format};
            n = 1;
            break;
    }
    for (std::size_t i = 0; i < n; ++i)
        if (const auto peak = chip.dense[order[i]]) return training_rate{order[i], *peak};
    return std::nullopt;
}

}  // namespace compute_divide::inline v0_2

#endif
