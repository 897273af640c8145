// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_ACCELERATOR_HPP
#define COMPUTE_DIVIDE_COMPUTE_ACCELERATOR_HPP

#include <array>
#include <chrono>
#include <optional>
#include <string_view>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/names.hpp>

/// What one machine-learning accelerator can do. The known ones are in accelerators.hpp.
namespace compute_divide {

/// Formats that makers give peaks for.
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
    return std::array{entry{fp64, "fp64"}, entry{fp32, "fp32"}, entry{tf32, "tf32"}, entry{fp16_tensor, "fp16_tensor"},
                      entry{fp16, "fp16"}, entry{int8, "int8"}, entry{fp8, "fp8"},   entry{fp4, "fp4"}};
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

    [[nodiscard]] constexpr std::optional<flop_per_second> operator[](number_format format) const {
        switch (format) {
            case number_format::fp64:
                return fp64;
            case number_format::fp32:
                return fp32;
            case number_format::tf32:
                return tf32;
            case number_format::fp16_tensor:
                return fp16_tensor;
            case number_format::fp16:
                return fp16;
            case number_format::int8:
                return int8;
            case number_format::fp8:
                return fp8;
            case number_format::fp4:
                return fp4;
        }
        return std::nullopt;
    }
};

/// An accelerator: what its maker says of it. What is not known is empty, never zero.
struct accelerator {
    std::string_view name;                                     ///< with its maker: "NVIDIA A100 SXM4 80 GB"
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
};

}  // namespace compute_divide

#endif
