// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/accelerators.hpp>

#include <doctest/doctest.h>
#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;
using namespace compute_divide::literals;
using test_support::close;
using test_support::message_of;
using test_support::single_pass;

static_assert(accelerators.size() >= 175);

namespace {

const accelerator_catalogue catalogue;

std::string_view name_found(std::string_view text) {
    const accelerator* const found = catalogue.find(text);
    return found == nullptr ? "none" : found->name;
}

/// The rate of what makers call AI performance: on matrix units, else FP32.
double best(const accelerator& chip) {
    return (chip.dense.fp16_tensor ? *chip.dense.fp16_tensor : chip.dense.fp32.value_or(flop_per_second{})).value();
}

bool ratio_is_one_of(std::optional<flop_per_second> a, std::optional<flop_per_second> b,
                     std::initializer_list<double> ratios) {
    return !a || !b ||
           std::ranges::any_of(ratios, [r = *a / *b](double each) { return std::fabs(r / each - 1) < 0.03; });
}

/// What no chip can be, with ";" after each.
std::string implausible(const accelerator& chip) {
    const peak_rates &dense = chip.dense, &sparse = chip.sparse;
    std::string found;
    const auto unless = [&found](bool holds, std::string_view complaint) {
        if (!holds) found.append(complaint).append(";");
    };
    unless(!dense.fp64 || !dense.fp32 || *dense.fp64 <= 1.01 * *dense.fp32, "FP64 above FP32");
    unless(!dense.fp32 || !dense.fp16_tensor || *dense.fp32 < *dense.fp16_tensor, "FP32 not below tensor");
    unless(!dense.fp16 || !dense.fp16_tensor || *dense.fp16 < *dense.fp16_tensor, "plain FP16 not below tensor");
    unless(ratio_is_one_of(dense.fp16, dense.fp32, {1. / 64, 1, 2, 4}), "plain FP16 to FP32");
    // GeForce cards' FP16 is with sums in FP16, twice the rate of those in FP32.
    if (chip.maker == "NVIDIA") unless(ratio_is_one_of(dense.tf32, dense.fp16_tensor, {0.5, 0.25}), "TF32 to tensor");
    if (chip.maker == "NVIDIA" && chip.name.find("GeForce") == std::string_view::npos)
        unless(ratio_is_one_of(dense.tf32, dense.fp16_tensor, {0.5}), "TF32 not half of tensor");
    // Tensor cores for each vector unit are the same in all chips of a GeForce generation.
    if (const std::size_t at = chip.name.find("GeForce RTX "); at != std::string_view::npos)
        unless(chip.name[at + 12] == '2'
                   ? ratio_is_one_of(dense.fp16_tensor, dense.fp32, {8, 8.46})  // 2080 Ti: of its Founders Edition
                   : ratio_is_one_of(dense.fp16_tensor, dense.fp32, {4}),
               "tensor to FP32 of its generation");
    for (const auto& [format, name, words] : enumerators(number_format{}))
        unless(!sparse[format] || (dense[format] && *sparse[format] == 2 * *dense[format]), "sparse not twice dense");
    if (best(chip) > 0 && chip.power) {
        const double per_watt = best(chip) / chip.power->value();
        unless(per_watt > 2e9 && per_watt < (dense.fp16_tensor ? 2.6e12 : 3.5e11), "FLOP per watt");
    }
    // Memory on the chip itself, less than a GB of it or that of a wafer, is faster.
    if (chip.bandwidth && chip.memory && *chip.memory >= 1_gb && chip.maker != "Cerebras")
        unless(chip.bandwidth->value() > 1.5 * chip.memory->value() &&
                   chip.bandwidth->value() < 150 * chip.memory->value(),
               "bytes per second");
    return found;
}

}  // namespace

TEST_CASE("every name of training hardware in Epoch's models table of 2025-08 is known") {
    constexpr std::array names{"AMD EPYC 7413",
                               "AMD Radeon Instinct MI250",
                               "AMD Radeon Instinct MI250X",
                               "Amazon Trainium1",
                               "Cerebras CS-2",
                               "Google TPU v1",
                               "Google TPU v2",
                               "Google TPU v3",
                               "Google TPU v4",
                               "Google TPU v5e",
                               "Google TPU v5p",
                               "Google TPU v6e Trillium",
                               "Huawei Ascend 910",
                               "Huawei Ascend 910B",
                               "Intel A100",
                               "Intel Core 2 Quad Q9450",
                               "Intel Core i5-11600K",
                               "NVIDIA A10 PCIe",
                               "NVIDIA A100",
                               "NVIDIA A100 PCIe",
                               "NVIDIA A100 SXM4 40 GB",
                               "NVIDIA A100 SXM4 80 GB",
                               "NVIDIA A10G",
                               "NVIDIA A30 PCIe",
                               "NVIDIA A40 PCIe",
                               "NVIDIA A800 PCIe 40 GB",
                               "NVIDIA A800 PCIe 80 GB",
                               "NVIDIA A800 SXM",
                               "NVIDIA GTX Titan Black",
                               "NVIDIA GeForce GTX 1080",
                               "NVIDIA GeForce GTX 1080 Ti",
                               "NVIDIA GeForce GTX 280",
                               "NVIDIA GeForce GTX 285",
                               "NVIDIA GeForce GTX 580",
                               "NVIDIA GeForce GTX 780",
                               "NVIDIA GeForce GTX 980",
                               "NVIDIA GeForce GTX TITAN",
                               "NVIDIA GeForce GTX TITAN X",
                               "NVIDIA GeForce RTX 2080",
                               "NVIDIA GeForce RTX 2080 Ti 11GB",
                               "NVIDIA GeForce RTX 3060",
                               "NVIDIA GeForce RTX 3070",
                               "NVIDIA GeForce RTX 3080",
                               "NVIDIA GeForce RTX 3090",
                               "NVIDIA GeForce RTX 3090 Ti",
                               "NVIDIA GeForce RTX 4060 Ti",
                               "NVIDIA GeForce RTX 4090",
                               "NVIDIA H100 NVL",
                               "NVIDIA H100 PCIe",
                               "NVIDIA H100 SXM5 80GB",
                               "NVIDIA H800 SXM5",
                               "NVIDIA M40",
                               "NVIDIA P100",
                               "NVIDIA P40",
                               "NVIDIA Quadro GP100",
                               "NVIDIA Quadro K4000",
                               "NVIDIA Quadro K6000",
                               "NVIDIA Quadro P600",
                               "NVIDIA Quadro RTX 4000",
                               "NVIDIA Quadro RTX 5000",
                               "NVIDIA Quadro RTX 6000",
                               "NVIDIA Quadro RTX 8000",
                               "NVIDIA RTX 6000 Ada Generation",
                               "NVIDIA RTX A1000",
                               "NVIDIA RTX A5000",
                               "NVIDIA RTX A6000",
                               "NVIDIA TITAN Xp",
                               "NVIDIA Tesla C2075",
                               "NVIDIA Tesla K20X",
                               "NVIDIA Tesla K20c",
                               "NVIDIA Tesla K40s",
                               "NVIDIA Tesla K40t",
                               "NVIDIA Tesla K80",
                               "NVIDIA Tesla P100 PCIe 16GB",
                               "NVIDIA Tesla T4",
                               "NVIDIA Tesla V100 DGXS 16 GB",
                               "NVIDIA Tesla V100 DGXS 32 GB",
                               "NVIDIA Tesla V100 PCIe 16 GB",
                               "NVIDIA Tesla V100 PCIe 32 GB",
                               "NVIDIA Tesla V100 SXM2",
                               "NVIDIA Tesla V100S PCIe 32 GB",
                               "NVIDIA Titan V",
                               "NVIDIA V100"};
    for (const std::string_view name : names) {
        CAPTURE(name);
        CHECK(catalogue.find(name) != nullptr);
    }
}

TEST_CASE("as papers write them") {
    struct {
        std::string_view text, name;
    } const rows[] = {
        {"A100", "NVIDIA A100"},
        {"A100s", "NVIDIA A100"},
        {"NVIDIA A100 GPUs", "NVIDIA A100"},
        {"NVIDIA A100 Tensor Core GPU", "NVIDIA A100"},
        {"A100 40GB", "NVIDIA A100"},
        {"A100 80GB", "NVIDIA A100 SXM4 80 GB"},
        {"A100-80G", "NVIDIA A100 SXM4 80 GB"},
        {"A100 (80 GiB)", "NVIDIA A100 SXM4 80 GB"},
        {"A100-SXM4-80GB", "NVIDIA A100 SXM4 80 GB"},
        {"NVIDIA A100-PCIE-40GB", "NVIDIA A100 PCIe"},
        {"A100 PCI Express", "NVIDIA A100 PCIe"},
        {"A100 80GB PCIe", "NVIDIA A100 PCIe 80 GB"},
        {"A100-PCIE-80GB", "NVIDIA A100 PCIe 80 GB"},
        {"A100X", "NVIDIA A100X"},
        {"V100", "NVIDIA V100"},
        {"Tesla V100", "NVIDIA V100"},
        {"V100s", "NVIDIA V100"},
        {"V100S", "NVIDIA Tesla V100S PCIe 32 GB"},
        {"Tesla V100-SXM2-16GB", "NVIDIA Tesla V100 SXM2 16 GB"},
        {"Tesla V100-SXM2-32GB", "NVIDIA Tesla V100 SXM2 32 GB"},
        {"V100 PCI-E 16GB", "NVIDIA Tesla V100 PCIe 16 GB"},
        {"NVIDIA(R) Tesla(TM) V100", "NVIDIA V100"},
        {"NVIDIA® Tesla® V100", "NVIDIA V100"},
        {"H100", "NVIDIA H100 SXM5 80GB"},
        {"H100 SXM5 80GB HBM3", "NVIDIA H100 SXM5 80GB"},
        {"H100 NVL", "NVIDIA H100 NVL"},
        {"A10", "NVIDIA A10 PCIe"},
        {"A10G", "NVIDIA A10G"},
        {"L40s", "NVIDIA L40"},
        {"L40S", "NVIDIA L40S"},
        {"RTX 2080Ti", "NVIDIA GeForce RTX 2080 Ti"},
        {"2080 Ti", "NVIDIA GeForce RTX 2080 Ti"},
        {"GeForce GTX 2080 Ti", "NVIDIA GeForce RTX 2080 Ti"},
        {"GTX1080Ti", "NVIDIA GeForce GTX 1080 Ti"},
        {"GTX 1080", "NVIDIA GeForce GTX 1080"},
        {"gtx-1080-ti", "NVIDIA GeForce GTX 1080 Ti"},
        {"RTX 3090 (24G)", "NVIDIA GeForce RTX 3090"},
        {"Titan X", "NVIDIA GeForce GTX TITAN X"},
        {"Titan X (Pascal)", "NVIDIA TITAN X (Pascal)"},
        {"Titan Xp", "NVIDIA TITAN Xp"},
        {"GTX Titan", "NVIDIA GeForce GTX TITAN"},
        {"RTX A6000 48GB", "NVIDIA RTX A6000"},
        {"RTX 6000 Ada", "NVIDIA RTX 6000 Ada Generation"},
        {"Quadro RTX 6000", "NVIDIA Quadro RTX 6000"},
        {"RTX 5000 Ada", "NVIDIA RTX 5000 Ada Generation"},
        {"Quadro RTX 5000", "NVIDIA Quadro RTX 5000"},
        {"RTX 4000 SFF Ada", "NVIDIA RTX 4000 SFF Ada Generation"},
        {"RTX 4000 Ada Generation", "NVIDIA RTX 4000 Ada Generation"},
        {"RTX 5090", "NVIDIA GeForce RTX 5090"},
        {"GeForce RTX 5070 Ti", "NVIDIA GeForce RTX 5070 Ti"},
        {"RTX 3080 Laptop GPU", "NVIDIA GeForce RTX 3080 Laptop GPU"},
        {"RTX 3080 Mobile", "NVIDIA GeForce RTX 3080 Laptop GPU"},
        {"RTX 2080 with Max-Q", "none"},
        {"RTX 2080 Max-Q", "NVIDIA GeForce RTX 2080 Max-Q"},
        {"Jetson AGX Orin", "NVIDIA Jetson AGX Orin 64GB"},
        {"Apple M1 Max", "Apple M1 Max"},
        {"Apple M4 Pro", "Apple M4 Pro"},
        {"M4", "NVIDIA Tesla M4"},
        {"MI210", "AMD Instinct MI210"},
        {"MI300", "AMD Instinct MI300X"},
        {"MI300A", "AMD Instinct MI300A"},
        {"Inferentia", "AWS Inferentia1"},
        {"TPU v8t", "Google TPU 8t"},
        {"K40", "NVIDIA Tesla K40s"},
        {"K40m", "NVIDIA Tesla K40m"},
        {"MI250X", "AMD Radeon Instinct MI250X"},
        {"AMD Instinct MI300X", "AMD Instinct MI300X"},
        {"Ascend 910B", "Huawei Ascend 910B"},
        {"Gaudi 2", "Intel Habana Gaudi2"},
        {"Trainium", "Amazon Trainium1"},
        {"TPUv3", "Google TPU v3"},
        {"TPU v3", "Google TPU v3"},
        {"TPU-v3", "Google TPU v3"},
        {"Cloud TPU v3", "Google TPU v3"},
        {"v3 TPUs", "Google TPU v3"},
        {"TPU version 3", "Google TPU v3"},
        {"TPU v5 lite", "Google TPU v5e"},
        {"Trillium", "Google TPU v6e Trillium"},
        {"Intel A100", "NVIDIA A100"},  // a row of Epoch's models means it; Intel's processor of 2007 trained nothing

        {"", "none"},
        {"GPU", "none"},
        {"Tesla", "none"},
        {"TPU", "none"},
        {"V10", "none"},
        {"A1000000", "none"},
        {"the A100 motorway", "none"},
        {"\xff\xfe\x80", "none"},
        {"v3-", "none"},
        {"v9-512", "none"},
        {"v3-0", "none"},
        {"a b c d e f g h i j k l m n o p q r s t u v w x y z", "none"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(name_found(row.text) == row.name);
    }
    CHECK(name_found(std::string(1'000'000, '1')) == "none");
    CHECK(name_found("A100" + std::string(1'000'000, ' ')) == "none");
}

TEST_CASE("each accelerator is found by its name and by its aliases, and in any spelling") {
    for (const accelerator& chip : accelerators) {
        std::vector<std::string> names{std::string(chip.name)};
        std::string_view rest = chip.aliases;
        while (!rest.empty()) {
            const std::size_t end = std::min(rest.find(';'), rest.size());
            names.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        for (const std::string& name : names) {
            CAPTURE(name);
            CHECK(name_found(name) == chip.name);
            for (const std::string_view space : {"-", "_", "  ", " - ", "\xc2\xa0"}) {
                std::string spelled;
                for (const char c : name) c == ' ' ? spelled += space : spelled += c;
                CHECK(name_found(spelled) == chip.name);
            }
            std::string capitals = name;
            for (char& c : capitals)
                if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
            CHECK(name_found(capitals) == chip.name);
        }
    }
}

TEST_CASE("cores, chips and boards") {
    struct {
        std::string_view text, name;
        accelerator_unit unit;
        double units, entries;
    } const rows[] = {
        {"TPU v3", "Google TPU v3", accelerator_unit::chip, 1, 1},
        {"TPU v3 core", "Google TPU v3", accelerator_unit::core, 1, 0.5},
        {"TPUv3 cores", "Google TPU v3", accelerator_unit::core, 1, 0.5},
        {"TPU v2 TensorCores", "Google TPU v2", accelerator_unit::core, 1, 0.5},
        {"TPU v3 chips", "Google TPU v3", accelerator_unit::chip, 1, 1},
        {"TPU v3 boards", "Google TPU v3", accelerator_unit::board, 1, 4},
        {"v3-512", "Google TPU v3", accelerator_unit::core, 512, 256},
        {"TPU v3-8", "Google TPU v3", accelerator_unit::core, 8, 4},
        {"a v3-32 TPU pod slice", "none", accelerator_unit::core, 0, 0},
        {"v3-32 TPU pod slice", "Google TPU v3", accelerator_unit::core, 32, 16},
        {"TPU v2-128 chips", "Google TPU v2", accelerator_unit::chip, 128, 128},
        {"v4-512", "Google TPU v4", accelerator_unit::core, 512, 256},
        {"v5p-64", "Google TPU v5p", accelerator_unit::core, 64, 32},
        {"TPU v5e-64", "Google TPU v5e", accelerator_unit::core, 64, 64},
        {"v5litepod-256", "Google TPU v5e", accelerator_unit::core, 256, 256},
        {"v6e-16", "Google TPU v6e Trillium", accelerator_unit::core, 16, 16},
        {"K80", "NVIDIA Tesla K80", accelerator_unit::board, 1, 1},
        {"K80 chips", "NVIDIA Tesla K80", accelerator_unit::chip, 1, 0.5},
        {"MI250X GCDs", "AMD Radeon Instinct MI250X", accelerator_unit::chip, 1, 0.5},
        {"A100 chips", "NVIDIA A100", accelerator_unit::chip, 1, 1},
        {"V100 Tensor Cores", "NVIDIA V100", accelerator_unit::chip, 1, 1},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const auto match = catalogue.match(row.text);
        REQUIRE((match ? match->entry.name : "none") == row.name);
        if (!match) continue;
        CHECK(name_of(match->unit) == name_of(row.unit));
        CHECK(match->units == row.units);
        CHECK(match->entries() == row.entries);
    }
}

TEST_CASE("an unknown name is an error that suggests the nearest") {
    CHECK(catalogue.at("A100").name == "NVIDIA A100");
    CHECK(message_of([] { return catalogue.at("V10O"); }) ==
          "compute_divide::accelerator_catalogue: a known accelerator (the nearest: NVIDIA V100, NVIDIA A10 PCIe, "
          "NVIDIA A100), got \"V10O\"");
    CHECK(message_of([] { return catalogue.at(""); }).find("got \"\"") != std::string::npos);
    using names = std::vector<std::string_view>;
    CHECK(catalogue.nearest("RTX 2080 Tie", 1) == names{"NVIDIA GeForce RTX 2080 Ti"});
    CHECK(catalogue.nearest("TPU v33", 1) == names{"Google TPU v3"});
    CHECK(catalogue.nearest("H010", 1) == names{"NVIDIA H100 SXM5 80GB"});  // a swap is one edit
    CHECK(catalogue.nearest("A100", 0).empty());
    CHECK(catalogue.nearest("A100", 100'000).size() == catalogue.size());
}

TEST_CASE("the user's own accelerators come first") {
    const std::vector<accelerator> own{{.name = "NVIDIA B400", .maker = "NVIDIA", .aliases = "Feynman"},
                                       {.name = "A100", .maker = "NVIDIA", .dense = {.fp32 = 1_tflop_per_s}},
                                       {.name = "Chip of ours", .aliases = "K80"}};
    const accelerator_catalogue wider(own);
    const accelerator_catalogue copy = wider;
    for (const auto* each : {&wider, &copy}) {
        CHECK(each->size() == accelerators.size() + 3);
        CHECK((*each)[0].name == "NVIDIA B400");
        CHECK((*each)[3].name == accelerators[0].name);
        CHECK(each->at("feynman").name == "NVIDIA B400");
        CHECK(each->at("NVIDIA A100").dense.fp32 == 1_tflop_per_s);
        CHECK(each->at("K80").name == "Chip of ours");
        CHECK(each->at("Tesla V100").name == "NVIDIA V100");
        CHECK(each->nearest("B401", 1).front() == "NVIDIA B400");
    }
    CHECK(accelerator_catalogue(single_pass(own)).at("Feynman").name == "NVIDIA B400");
    CHECK(accelerator_catalogue(std::vector<accelerator>{}).size() == catalogue.size());
    for (const std::string_view name : {"", "NVIDIA GPU", "?!"})
        CHECK(message_of([&] { return accelerator_catalogue(std::array{accelerator{.name = name}}); }) ==
              "compute_divide::accelerator_catalogue: a name for each accelerator, got \"" + std::string(name) + "\"");
}

TEST_CASE("peaks, memory and power as collected for training costs, corrected") {
    // Epoch AI, data of "How much does it cost to train frontier AI models?" (2024). Corrected: FP16 of GTX 1080, P40,
    // GTX 1080 Ti and Titan Xp is 1/64 of FP32 (1000 times as much in the source); FP16 of T4 and Ascend 910 is of
    // matrix units; TPU v2 is 46, not 45 TFLOP/s (Jouppi et al. 2020); power of A100 PCIe is 250 W, 300 the 80 GB
    // card's. Left out: power of TPU v3 and v4, which is measured there (220 and 170 W), not designed; prices of V100
    // SXM2 16 GB, RTX 8000, H100, where sources differ.
    constexpr double no = 0;
    struct {
        std::string_view text;
        int year;
        unsigned month, day;
        double price, fp32, tf32, fp16, fp16_tensor, memory, power;
    } const rows[] = {
        {"GTX 580", 2010, 11, 9, 499, 1.581e12, no, no, no, 1.536e9, 244},
        {"K20X", 2012, 11, 12, 7699, 3.935e12, no, no, no, no, 235},
        {"K40s", 2013, 11, 22, 7699, 5.046e12, no, no, no, 12e9, 245},
        {"GTX 980", 2014, 9, 19, 549, 4.981e12, no, no, no, 4e9, 165},
        {"K80 (board)", 2014, 11, 17, 5000, 8.126e12, no, no, no, 24e9, 300},
        {"GTX Titan X (Maxwell)", 2015, 3, 17, 999, 6.691e12, no, no, no, 12e9, 250},
        {"P100", 2016, 4, 5, 5699, 9.3e12, no, 1.87e13, no, 16e9, 250},
        {"GTX 1080", 2016, 5, 27, 599, 8.873e12, no, 1.386e11, no, 8e9, 180},
        {"P40", 2016, 9, 13, 5699, 1.176e13, no, 1.837e11, no, 24e9, 250},
        {"GTX 1080 Ti", 2017, 3, 10, 699, 1.134e13, no, 1.772e11, no, 11e9, 250},
        {"Titan Xp", 2017, 4, 6, 1199, 1.215e13, no, 1.898e11, no, 12e9, 250},
        {"TPU v2 (chip)", 2017, 5, 1, no, 3e12, no, no, 4.6e13, 16e9, 280},
        {"V100 PCIe 16 GB", 2017, 6, 21, 10664, 1.413e13, no, 2.826e13, 1.12e14, 16e9, 250},
        {"V100 SXM2 16 GB", 2017, 6, 21, no, 1.567e13, no, 3.133e13, 1.25e14, 16e9, 300},
        {"Titan V", 2017, 12, 1, 2999, 1.49e13, no, 2.98e13, no, 12e9, 250},
        {"TPU v3 (chip)", 2018, 5, 18, no, no, no, no, 1.23e14, 32e9, no},
        {"Quadro RTX 6000", 2018, 8, 13, 6300, 1.631e13, no, 3.262e13, no, 24e9, 260},
        {"Quadro RTX 8000", 2018, 8, 13, no, 1.63e13, no, 3.262e13, no, 48e9, 260},
        {"T4", 2018, 9, 13, no, 8.141e12, no, no, 6.513e13, 16e9, 70},
        {"RTX 2080", 2018, 9, 20, 699, 1.007e13, no, 2.014e13, no, no, 215},
        {"RTX 2080 Ti", 2018, 9, 20, 999, 1.345e13, no, 2.69e13, 1.138e14, 11e9, 250},
        {"Ascend 910", 2019, 8, 23, no, no, no, no, 2.56e14, no, 310},
        {"A100 SXM4 40 GB", 2020, 5, 14, 15000, 1.949e13, 1.56e14, 7.797e13, 3.12e14, 40e9, 400},
        {"A100 PCIe", 2020, 6, 22, no, 1.949e13, 1.56e14, 7.797e13, 3.12e14, 40e9, 250},
        {"RTX 3070", 2020, 9, 1, 499, 2.031e13, no, 2.031e13, no, no, 220},
        {"RTX 3080", 2020, 9, 1, 699, 2.977e13, no, 2.977e13, no, 10e9, 320},
        {"RTX 3090", 2020, 9, 1, 1499, 3.558e13, no, 3.558e13, 1.42e14, 24e9, 350},
        {"RTX A6000", 2020, 10, 5, 4649, 3.87e13, no, 3.87e13, no, 48e9, 300},
        {"A40", 2020, 10, 5, no, 3.742e13, 7.48e13, 3.742e13, 1.497e14, 48e9, 300},
        {"A100 SXM4 80 GB", 2020, 11, 16, no, 1.949e13, 1.56e14, 7.797e13, 3.12e14, 80e9, 400},
        {"A10", 2021, 4, 12, 2800, 3.124e13, no, 3.124e13, no, 24e9, 150},
        {"RTX A5000", 2021, 4, 12, 2250, 2.777e13, no, 2.777e13, no, 24e9, 230},
        {"TPU v4 (chip)", 2021, 5, 20, no, no, no, no, 2.75e14, 32e9, no},
        {"RTX 4090", 2022, 9, 20, 1599, 8.26e13, 8.26e13, 8.26e13, 3.30e14, 24e9, 450},
        {"H100 PCIe", 2022, 9, 20, no, 5.122e13, 3.78e14, 2.049e14, 7.56e14, no, 350},
        {"H100 SXM5", 2022, 9, 20, no, 6.691e13, 4.947e14, 1.338e14, 9.894e14, 80e9, 700},
    };
    const auto agrees = [](const auto& figure, double expected) {
        return expected == 0 || (figure && close(figure->value(), expected, 0.004));
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        const accelerator& chip = catalogue.at(row.text);
        using std::chrono::year, std::chrono::month, std::chrono::day;
        CHECK(chip.released == year(row.year) / month(row.month) / day(row.day));
        CHECK(agrees(chip.launch_price, row.price));
        CHECK(agrees(chip.dense.fp32, row.fp32));
        CHECK(agrees(chip.dense.tf32, row.tf32));
        CHECK(agrees(chip.dense.fp16, row.fp16));
        CHECK(agrees(chip.dense.fp16_tensor, row.fp16_tensor));
        CHECK(agrees(chip.memory, row.memory));
        CHECK(agrees(chip.power, row.power));
    }
}

TEST_CASE("no figure is what no chip can be") {
    for (const accelerator& chip : accelerators) {
        CAPTURE(chip.name);
        CHECK(implausible(chip) == "");
        for (const auto& [format, name, words] : enumerators(number_format{})) {
            CHECK(chip.dense[format].value_or(1_flop_per_s) > 0_flop_per_s);
            CHECK(chip.sparse[format].value_or(1_flop_per_s) > 0_flop_per_s);
        }
        CHECK(chip.memory.value_or(1_gb) > 0_gb);
        CHECK(chip.power.value_or(1_w) > 0_w);
        CHECK(chip.launch_price.value_or(1_usd) > 0_usd);
        CHECK(!chip.maker.empty());
        if (chip.released) CHECK(chip.released->ok());
    }
}

TEST_CASE("the errors of published tables would be noticed") {
    struct {
        std::string_view name;
        std::function<void(accelerator&)> error;
        std::string_view complaint;
    } const rows[] = {
        {"GTX 1080", [](accelerator& c) { c.dense.fp16 = flop_per_second{1.386e14}; }, "plain FP16 to FP32"},
        {"P40", [](accelerator& c) { c.dense.fp16 = flop_per_second{3.67e14}; }, "plain FP16 to FP32"},
        {"A100", [](accelerator& c) { c.dense.fp32 = flop_per_second{1.56e14}; }, "plain FP16 to FP32"},
        {"V100", [](accelerator& c) { c.dense.fp16 = flop_per_second{1.2e14}; }, "plain FP16 to FP32"},
        {"RTX 3090", [](accelerator& c) { c.dense.fp16 = flop_per_second{1.42e14}; }, "plain FP16 not below tensor"},
        {"A10G", [](accelerator& c) { c.dense.fp16 = flop_per_second{9.85e14}; }, "plain FP16 not below tensor"},
        {"A10G", [](accelerator& c) { c.dense.fp64 = flop_per_second{3.25e13}; }, "FP64 above FP32"},
        {"H100", [](accelerator& c) { c.dense.fp16_tensor = flop_per_second{1.979e15}; }, "TF32 not half of tensor"},
        {"H100", [](accelerator& c) { c.dense.fp32 = flop_per_second{9.895e14}; }, "FP32 not below tensor"},
        {"H800", [](accelerator& c) { c.dense.tf32 = flop_per_second{4.545e14}; }, "TF32 to tensor"},
        {"A100", [](accelerator& c) { c.sparse.int8 = c.dense.int8; }, "sparse not twice dense"},
        {"GTX 750", [](accelerator& c) { c.dense.fp32 = flop_per_second{1.111e15}; }, "FLOP per watt"},
        {"MXC500", [](accelerator& c) { c.bandwidth = bytes_per_second{1.8e13}; }, "bytes per second"},
        {"RTX 4070 Ti", [](accelerator& c) { c.dense.fp32 = flop_per_second{3.55e13}; }, "tensor to FP32"},
        {"RTX 5090", [](accelerator& c) { c.dense.fp16_tensor = flop_per_second{8.38e14}; }, "tensor to FP32"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.name);
        CAPTURE(row.complaint);
        accelerator chip = catalogue.at(row.name);
        REQUIRE(implausible(chip) == "");
        row.error(chip);
        CHECK(implausible(chip).find(row.complaint) != std::string::npos);
    }
}

TEST_CASE("errors of published tables that could be true of another chip") {
    CHECK(catalogue.at("K40").dense.fp32 == 5.046_tflop_per_s);             // 4.29 at its base clock
    CHECK(catalogue.at("K80").dense.fp32 == 8.126_tflop_per_s);             // 5.6 at its base clock
    CHECK(catalogue.at("GTX 580").memory == 1.536_gb);                      // 3 GB is another variant
    CHECK(catalogue.at("TPU v2").dense.fp16_tensor == 46_tflop_per_s);      // 180 is a board
    CHECK(catalogue.at("TPU v3").dense.fp16_tensor == 123_tflop_per_s);     // 420 is a board
    CHECK(catalogue.at("GTX 690").dense.fp32 == 6.26_tflop_per_s);          // 3.13 is one of its two chips
    CHECK(catalogue.at("GTX 750").power == 55_w);                           // not 250
    CHECK(catalogue.at("H100 PCIe").dense.fp16_tensor == 756_tflop_per_s);  // not 1513, nor SXM5's 989
    CHECK(catalogue.at("H100 PCIe").sparse.fp16_tensor == 1512_tflop_per_s);
    CHECK(catalogue.at("H100 SXM5").sparse.fp16_tensor == 1978.8_tflop_per_s);
    CHECK(catalogue.at("H100").dense.fp8 == 1979_tflop_per_s);
    CHECK(catalogue.at("MI250X").dense.tf32 == std::nullopt);  // 95.7 is FP32 on matrix units
    CHECK(catalogue.at("MI355X").dense.fp8 > catalogue.at("MI350X").dense.fp8);
    CHECK(catalogue.at("RTX 4070").power == 200_w);  // 285 is the 4070 Ti
    CHECK(catalogue.at("A100 PCIe 40GB").power == 250_w);
    CHECK(catalogue.at("A100 PCIe 40GB").bandwidth == 1555_gb_per_s);
    CHECK(catalogue.at("A100 PCIe 80GB").power == 300_w);
    CHECK(catalogue.at("A100 PCIe 80GB").memory == 80_gb);
    CHECK(catalogue.at("A800 PCIe").power == 300_w);
    CHECK(catalogue.at("RX 7900 XTX").power == 355_w);
    CHECK(catalogue.at("Ascend 910B").memory == 64_gb);
    CHECK(catalogue.at("V100").memory == 16_gb);
    CHECK(catalogue.at("L40S").power == 350_w);
    CHECK(catalogue.at("L40S").memory == 48_gb);
    CHECK(catalogue.at("L40S").released == std::chrono::year(2023) / 8 / 8);
    CHECK(catalogue.match("GB200 board")->entries() == 2);  // a superchip
}

TEST_CASE("no chip has the figures of another family") {
    // The MI300 of a published table was the MI250X's. Variants of a chip share a word, "A100"; others are the same
    // silicon under two names.
    const auto model = [](std::string_view name) {
        const std::size_t digit = std::min(name.find_first_of("0123456789"), name.size());
        const std::size_t begin = name.rfind(' ', digit) + 1;
        return name.substr(begin, name.find_first_of(" -", digit) - begin);
    };
    const auto is_one_of = [](std::string_view name, auto... parts) {
        return ((name.find(parts) != std::string_view::npos) || ...);
    };
    for (std::size_t i = 0; i < accelerators.size(); ++i)
        for (std::size_t j = i + 1; j < accelerators.size(); ++j) {
            const accelerator &a = accelerators[i], &b = accelerators[j];
            if (!a.dense.fp32 || !a.dense.fp16_tensor || !a.memory || model(a.name) == model(b.name)) continue;
            if (a.maker != b.maker) continue;
            CAPTURE(a.name);
            CAPTURE(b.name);
            const bool same_silicon =
                is_one_of(a.name, "A800", "A100", "V100", "H100", "GH", "Kunlun", "MLU", "Quadro RTX 6000") ||
                is_one_of(b.name, "A800", "H800", "H200", "GH");
            CHECK((same_silicon || a.dense != b.dense || a.memory != b.memory));
        }
}

TEST_CASE("generations follow each other, and do more with a watt") {
    const std::vector<std::vector<std::string_view>> series{
        {"GTX 580", "GTX 680", "GTX 980", "GTX 1080", "RTX 3080", "RTX 4080", "RTX 5080"},
        {"RTX 2060", "RTX 3060", "RTX 4060", "RTX 5060"},
        {"RTX 2080 Max-Q", "RTX 3080 Laptop GPU"},
        {"A40", "L40S"},
        {"RTX A5000", "RTX 5000 Ada"},
        {"C2050", "K20X", "M40", "P100 PCIe", "V100", "A100", "H100", "B200"},
        {"TPU v2", "TPU v3", "TPU v4", "TPU v5p", "TPU v6e"},
        {"MI25", "MI50", "MI100", "MI250X", "MI300X", "MI355X"},
        {"Jetson AGX Xavier", "Jetson AGX Orin"},
        {"Kunlun I", "Kunlun II"}};
    for (const auto& generations : series)
        for (std::size_t i = 1; i < generations.size(); ++i) {
            CAPTURE(generations[i]);
            const accelerator &older = catalogue.at(generations[i - 1]), &newer = catalogue.at(generations[i]);
            CHECK(*older.released < *newer.released);
            // FP32 of GeForce cards: on matrix units, where they were not made to be fast, RTX 3080 does no more than
            // 2080.
            const bool by_fp32 = older.name.find("GeForce") != std::string_view::npos;
            const auto per_watt = [by_fp32](const accelerator& chip) {
                return (by_fp32 ? chip.dense.fp32->value() : best(chip)) / chip.power->value();
            };
            CHECK(per_watt(older) < per_watt(newer));
        }
}

TEST_CASE("the peak that training is reckoned by") {
    using enum number_format;
    using rate = std::optional<training_rate>;
    const auto by = [](std::string_view name, training_peak_options options = {}) {
        return training_peak(catalogue.at(name), options);
    };
    CHECK(by("A100") == rate{{fp16_tensor, 312_tflop_per_s}});
    CHECK(by("V100", {.year = 2017}) == rate{{fp32, 15.67_tflop_per_s}});
    CHECK(by("V100", {.year = 2018}) == rate{{fp16_tensor, 125_tflop_per_s}});
    CHECK(by("TPU v2", {.year = 2017}) == rate{{fp16_tensor, 46_tflop_per_s}});
    CHECK(by("P100", {.year = 2019}) == rate{{fp32, 9.3_tflop_per_s}});
    CHECK(by("P100", {.rule = training_format::best_tensor}) == rate{{fp16, 18.7_tflop_per_s}});
    CHECK(by("K80", {.rule = training_format::best_tensor}) == rate{{fp32, 8.126_tflop_per_s}});
    CHECK(by("V100", {.rule = training_format::best_tensor, .year = 2012}) == rate{{fp16_tensor, 125_tflop_per_s}});
    CHECK(by("A100", {.rule = training_format::fp32}) == rate{{fp32, 19.5_tflop_per_s}});
    CHECK(by("TPU v3", {.rule = training_format::fp32}) == std::nullopt);
    CHECK(by("TPU v3", {.year = 2016}) == rate{{fp16_tensor, 123_tflop_per_s}});
    CHECK(by("H100", {.rule = training_format::given, .format = fp8}) == rate{{fp8, 1979_tflop_per_s}});
    CHECK(by("V100", {.rule = training_format::given, .format = fp8}) == std::nullopt);
    CHECK(by("TPU v1") == std::nullopt);  // INT8 only: it did not train
    CHECK(by("VR200") == std::nullopt);   // nothing known
    CHECK(by("EPYC 7413") == std::nullopt);
}

TEST_CASE("examples/data/accelerators.csv says the same") {
    csv_reader table = csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/accelerators.csv");
    const auto same = [](std::string_view cell, const auto& figure) {
        const auto value = parse_number(cell);
        return value.has_value() == figure.has_value() && (!value || close(*value, figure->value(), 1e-15));
    };
    std::size_t i = 0;
    for (const csv_row& row : table) {
        REQUIRE(i < accelerators.size());
        const accelerator& chip = accelerators[i++];
        CAPTURE(chip.name);
        CHECK(row["Name"] == chip.name);
        CHECK(row["Maker"] == chip.maker);
        CHECK(row["Aliases"] == chip.aliases);
        const auto date = parse_date(row["Released"]);
        CHECK((date ? date->day : std::nullopt) == chip.released);
        CHECK(row["Figures are of"] == name_of(chip.counted));
        CHECK(parse_number(row["Cores per chip"]) == chip.cores_per_chip);
        CHECK(parse_number(row["Chips per board"]) == chip.chips_per_board);
        for (const auto& [format, name, words] : enumerators(number_format{})) {
            const std::string unit = format == number_format::int8 ? " (OP/s)" : " (FLOP/s)";
            CHECK(same(row[std::string(name) + unit], chip.dense[format]));
            const std::string sparse = std::string(name) + " sparse" + unit;
            if (table.find_column(sparse)) CHECK(same(row[sparse], chip.sparse[format]));
        }
        CHECK(same(row["memory (bytes)"], chip.memory));
        CHECK(same(row["bandwidth (bytes/s)"], chip.bandwidth));
        CHECK(same(row["power (W)"], chip.power));
        CHECK(same(row["price (USD)"], chip.launch_price));
    }
    CHECK(i == accelerators.size());
}

TEST_CASE("matches as JSON hold the accelerator") {
    const auto match = catalogue.match("v3-512");
    REQUIRE(match);
    CHECK(to_json(*match) == R"({"entry":)" + to_json(match->entry) + R"(,"unit":"core","units":512})");
    CHECK(to_json(match->entry).starts_with(R"({"name":"Google TPU v3","maker":"Google",)"));
    CHECK(match == catalogue.match("TPU v3-512"));
}
