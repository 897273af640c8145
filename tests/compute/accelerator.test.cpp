// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/accelerator.hpp>

#include <doctest/doctest.h>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>

using namespace compute_divide;
using namespace compute_divide::literals;

// Each format is the member of its name.
static_assert([] {
    constexpr peak_rates rates{.fp64 = flop_per_second{1},
                               .fp32 = flop_per_second{2},
                               .tf32 = flop_per_second{3},
                               .fp16_tensor = flop_per_second{4},
                               .fp16 = flop_per_second{5},
                               .int8 = flop_per_second{6},
                               .fp8 = flop_per_second{7},
                               .fp4 = flop_per_second{8}};
    double expected = 0;
    for (const auto& [format, name, words] : enumerators(number_format{}))
        if (rates[format] != flop_per_second{++expected}) return false;
    return expected == 8 && !peak_rates{}[number_format::fp32] && !rates[static_cast<number_format>(99)];
}());

TEST_CASE("names are printed and parsed") {
    CHECK(name_of(number_format::fp16_tensor) == "fp16_tensor");
    CHECK(parse_name<accelerator_unit>("board") == accelerator_unit::board);
    CHECK(parse_name<training_format>("by_era") == training_format::by_era);
}

TEST_CASE("what figures are of, in cores, chips and boards") {
    const accelerator of_chip{.name = "four on a board", .cores_per_chip = 2, .chips_per_board = 4};
    CHECK(of_chip.per_unit(accelerator_unit::core) == 0.5);
    CHECK(of_chip.per_unit(accelerator_unit::chip) == 1);
    CHECK(of_chip.per_unit(accelerator_unit::board) == 4);
    const accelerator of_board{
        .name = "two on a board", .counted = accelerator_unit::board, .cores_per_chip = 4, .chips_per_board = 2};
    CHECK(of_board.per_unit(accelerator_unit::core) == 0.125);
    CHECK(of_board.per_unit(accelerator_unit::chip) == 0.5);
    CHECK(of_board.per_unit(accelerator_unit::board) == 1);
}

TEST_CASE("the format of training, where not all peaks are known") {
    using enum number_format;
    const accelerator matrices_only{.name = "a", .dense = {.fp16_tensor = 8_tflop_per_s}};
    const accelerator no_matrices{.name = "b", .dense = {.fp32 = 1_tflop_per_s, .fp16 = 2_tflop_per_s}};
    const accelerator tf32_only{.name = "c", .dense = {.tf32 = 4_tflop_per_s}};
    const auto format_of = [](const accelerator& chip, training_peak_options options) {
        const auto rate = training_peak(chip, options);
        return rate ? std::optional(rate->format) : std::nullopt;
    };
    CHECK(format_of(matrices_only, {.year = 2015}) == fp16_tensor);
    CHECK(format_of(no_matrices, {}) == fp32);
    CHECK(format_of(tf32_only, {}) == std::nullopt);
    CHECK(format_of(no_matrices, {.rule = training_format::best_tensor}) == fp16);
    CHECK(format_of(tf32_only, {.rule = training_format::best_tensor}) == tf32);
    CHECK(format_of(matrices_only, {.rule = training_format::fp32}) == std::nullopt);
    CHECK(format_of(no_matrices, {.rule = training_format::given, .format = fp16}) == fp16);
    CHECK(format_of(no_matrices, {.rule = training_format::given}) == std::nullopt);
}

TEST_CASE("number formats by the names that papers give them") {
    using enum number_format;
    const struct {
        std::string_view text;
        number_format format;
    } rows[] = {{"bf16", fp16_tensor},
                {"BFloat16", fp16_tensor},
                {"mixed precision", fp16_tensor},
                {"fp16_tensor", fp16_tensor},
                {"FP16", fp16},
                {"float32", fp32},
                {"TF32", tf32},
                {"double", fp64},
                {"FP8", fp8},
                {"mxfp4", fp4},
                {"int8", int8},
                {"half-precision", fp16_tensor}};
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(number_format_of(row.text) == row.format);
    }
    for (const auto& each : enumerators(number_format{})) CHECK(number_format_of(each.name) == each.value);
    for (const std::string_view text : {"", "fp17", "bf16x", "b f1 6 4"})
        CHECK_THROWS_AS(static_cast<void>(number_format_of(text)), std::invalid_argument);
}
