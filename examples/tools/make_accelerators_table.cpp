// SPDX-License-Identifier: BSL-1.0
// Writes the table of accelerators, as a header and as CSV, from Epoch AI's tables of machine-learning hardware and of
// chips (CC BY 4.0), with what is wrong in them put right (`corrections`, `sheets`) and what they lack added
// (`additions`), each with its source.
//   make_accelerators_table HEADER CSV ML_HARDWARE CHIPS
#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>

namespace cd = compute_divide;
using namespace cd::literals;

namespace {

/// A figure: its column in the tables, in ours, and how the header writes it.
struct column {
    std::string_view key, source, other_source, member, literal;
    double scale;
    std::string_view unit = " (FLOP/s)";
};
constexpr std::array columns{
    column{"fp64", "FP64 (double precision) performance (FLOP/s)", "", ".fp64", "_tflop_per_s", 1e12},
    column{"fp32", "FP32 (single precision) performance (FLOP/s)", "", ".fp32", "_tflop_per_s", 1e12},
    column{"tf32", "TF32 (TensorFloat-32) performance (FLOP/s)", "", ".tf32", "_tflop_per_s", 1e12},
    column{"fp16_tensor", "Tensor-FP16/BF16 performance (FLOP/s)", "", ".fp16_tensor", "_tflop_per_s", 1e12},
    column{"fp16", "FP16 (half precision) performance (FLOP/s)", "", ".fp16", "_tflop_per_s", 1e12},
    column{"int8", "INT8 performance (OP/s)", "", ".int8", "_tflop_per_s", 1e12, " (OP/s)"},
    column{"fp8", "FP8 performance (FLOP/s)", "", ".fp8", "_tflop_per_s", 1e12},
    column{"fp4", "FP4 performance (FLOP/s)", "", ".fp4", "_tflop_per_s", 1e12},
    column{"memory", "Memory (bytes)", "Memory size per board (Byte)", ".memory", "_gb", 1e9, " (bytes)"},
    column{"bandwidth", "Memory bandwidth (byte/s)", "", ".bandwidth", "_gb_per_s", 1e9, " (bytes/s)"},
    column{"power", "TDP (W)", "", ".power", "_w", 1, " (W)"},
    column{"price", "Release price (USD)", "", ".launch_price", "_usd", 1, " (USD)"}};
constexpr std::size_t n_formats = 8;
constexpr std::array<std::string_view, 4> formats_of_sparse{"tf32", "fp16_tensor", "int8", "fp8"};

struct row {
    std::string name, maker, aliases, released;
    std::map<std::string_view, double> figures, sparse;
    std::string_view counted;
    int cores = 1, chips = 1;
};

struct renaming {
    std::string_view from, to;
};
constexpr std::array renamings{renaming{"NVIDIA L20 PCle", "NVIDIA L20 PCIe"},
                               renaming{"NVIDIA L2 PCle", "NVIDIA L2 PCIe"},
                               renaming{"NVIDIA TESLA M60", "NVIDIA Tesla M60"},
                               renaming{"NVIDIA GeForce RTX 2080 Ti 11GB", "NVIDIA GeForce RTX 2080 Ti"},
                               renaming{"NVIDIA GeForce GTX 560 Ti GF 114", "NVIDIA GeForce GTX 560 Ti"},
                               renaming{"NVIDIA GeForce MX150 (1469 MHz)", "NVIDIA GeForce MX150"},
                               renaming{"NVIDIA TITAN X Pascal", "NVIDIA TITAN X (Pascal)"},
                               renaming{"NVIDIA GeForce RTX 3060 Mobile", "NVIDIA GeForce RTX 3060 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 3070 Mobile", "NVIDIA GeForce RTX 3070 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 3080 Mobile", "NVIDIA GeForce RTX 3080 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 3080 Ti Mobile", "NVIDIA GeForce RTX 3080 Ti Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 4050 Mobile", "NVIDIA GeForce RTX 4050 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 4060 Mobile", "NVIDIA GeForce RTX 4060 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 4070 Mobile", "NVIDIA GeForce RTX 4070 Laptop GPU"},
                               renaming{"NVIDIA GeForce RTX 4090 Mobile", "NVIDIA GeForce RTX 4090 Laptop GPU"},
                               renaming{"NVIDIA Titan V", "NVIDIA TITAN V"}};

/// Chips of the second table that papers or Epoch's models use; of the first all are taken but `duplicates`.
constexpr std::array<std::string_view, 145> chips_wanted{"NVIDIA GeForce RTX 3060 Mobile",
                                                         "NVIDIA GeForce RTX 3070 Mobile",
                                                         "NVIDIA GeForce RTX 3080 Mobile",
                                                         "NVIDIA GeForce RTX 3080 Ti Mobile",
                                                         "NVIDIA GeForce RTX 4050 Mobile",
                                                         "NVIDIA GeForce RTX 4060 Mobile",
                                                         "NVIDIA GeForce RTX 4070 Mobile",
                                                         "NVIDIA GeForce RTX 4090 Mobile",
                                                         "NVIDIA GeForce RTX 2060 Mobile",
                                                         "NVIDIA GeForce RTX 2070 Mobile",
                                                         "NVIDIA GeForce RTX 2080 Mobile",
                                                         "NVIDIA GeForce GTX 1060 Mobile",
                                                         "NVIDIA GeForce GTX 1070 Mobile",
                                                         "NVIDIA GeForce GTX 1080 Mobile",
                                                         "NVIDIA GeForce GTX 1650 Mobile",
                                                         "NVIDIA GeForce RTX 2060 Max-Q",
                                                         "NVIDIA GeForce RTX 2070 Max-Q",
                                                         "NVIDIA GeForce RTX 2080 Max-Q",
                                                         "NVIDIA GeForce RTX 2070 SUPER Max-Q",
                                                         "NVIDIA GeForce RTX 2080 SUPER Max-Q",
                                                         "NVIDIA GeForce GTX 1060 Max-Q",
                                                         "NVIDIA GeForce GTX 1070 Max-Q",
                                                         "NVIDIA GeForce GTX 1080 Max-Q",
                                                         "NVIDIA GeForce GTX 1650 Max-Q",
                                                         "NVIDIA GeForce GTX 1660 Ti Max-Q",
                                                         "NVIDIA GeForce RTX 3060 Max-Q",
                                                         "NVIDIA GeForce RTX 3070 Max-Q",
                                                         "NVIDIA GeForce RTX 3080 Max-Q",
                                                         "NVIDIA Quadro RTX 3000 Max-Q",
                                                         "NVIDIA Quadro RTX 4000 Max-Q",
                                                         "NVIDIA Quadro RTX 5000 Max-Q",
                                                         "NVIDIA GeForce GTX 1650 SUPER",
                                                         "Apple M1 Max",
                                                         "Apple M1 Ultra",
                                                         "Apple M1 Pro",
                                                         "Apple M3",
                                                         "Apple M3 Pro",
                                                         "Apple M3 Max",
                                                         "AMD Instinct MI210",
                                                         "NVIDIA GeForce GTX 560 Ti GF 114",
                                                         "NVIDIA GeForce GTX 960M",
                                                         "NVIDIA GeForce RTX 3050 Ti Mobile",
                                                         "NVIDIA GeForce MX150 (1469 MHz)",
                                                         "NVIDIA Quadro K2200",
                                                         "NVIDIA Quadro M2000",
                                                         "NVIDIA Quadro M5000",
                                                         "NVIDIA Tesla P10",
                                                         "NVIDIA GRID K520",
                                                         "NVIDIA GeForce 8800 GTX",
                                                         "NVIDIA GeForce GTX 285",
                                                         "NVIDIA GeForce GTX 470",
                                                         "NVIDIA GeForce GTX 480",
                                                         "NVIDIA GeForce GTX 570",
                                                         "NVIDIA GeForce GTX 590",
                                                         "NVIDIA GeForce GTX 660",
                                                         "NVIDIA GeForce GTX 660 Ti",
                                                         "NVIDIA GeForce GTX 670",
                                                         "NVIDIA GeForce GTX 680",
                                                         "NVIDIA GeForce GTX 690",
                                                         "NVIDIA GeForce GTX 750",
                                                         "NVIDIA GeForce GTX 750 Ti",
                                                         "NVIDIA GeForce GTX 760",
                                                         "NVIDIA GeForce GTX 770",
                                                         "NVIDIA GeForce GTX 780 Ti",
                                                         "NVIDIA GeForce GTX TITAN Z",
                                                         "NVIDIA GeForce GTX 960",
                                                         "NVIDIA GeForce GTX 970",
                                                         "NVIDIA GeForce GTX 980 Ti",
                                                         "NVIDIA GeForce GTX 1050",
                                                         "NVIDIA GeForce GTX 1050 Ti",
                                                         "NVIDIA GeForce GTX 1060 3 GB",
                                                         "NVIDIA GeForce GTX 1060 6 GB",
                                                         "NVIDIA GeForce GTX 1070",
                                                         "NVIDIA GeForce GTX 1070 Ti",
                                                         "NVIDIA TITAN X Pascal",
                                                         "NVIDIA GeForce GTX 1650",
                                                         "NVIDIA GeForce GTX 1660",
                                                         "NVIDIA GeForce GTX 1660 Ti",
                                                         "NVIDIA GeForce GTX 1660 SUPER",
                                                         "NVIDIA GeForce RTX 2060",
                                                         "NVIDIA GeForce RTX 2060 SUPER",
                                                         "NVIDIA GeForce RTX 2070",
                                                         "NVIDIA GeForce RTX 2070 SUPER",
                                                         "NVIDIA GeForce RTX 2080",
                                                         "NVIDIA GeForce RTX 2080 SUPER",
                                                         "NVIDIA TITAN RTX",
                                                         "NVIDIA GeForce RTX 3050",
                                                         "NVIDIA GeForce RTX 3060",
                                                         "NVIDIA GeForce RTX 3060 Ti",
                                                         "NVIDIA GeForce RTX 3070",
                                                         "NVIDIA GeForce RTX 3070 Ti",
                                                         "NVIDIA GeForce RTX 3080 Ti",
                                                         "NVIDIA GeForce RTX 4060 Ti",
                                                         "NVIDIA GeForce RTX 4070 Ti",
                                                         "NVIDIA RTX A1000",
                                                         "NVIDIA RTX A2000",
                                                         "NVIDIA RTX A4500",
                                                         "NVIDIA RTX A5500",
                                                         "NVIDIA Quadro GP100",
                                                         "NVIDIA Quadro GV100",
                                                         "NVIDIA Quadro K5000",
                                                         "NVIDIA Quadro K5200",
                                                         "NVIDIA Quadro M6000",
                                                         "NVIDIA Quadro P1000",
                                                         "NVIDIA Quadro P2000",
                                                         "NVIDIA Tesla C1060",
                                                         "NVIDIA Tesla C2070",
                                                         "NVIDIA Tesla C2075",
                                                         "NVIDIA Tesla M2050",
                                                         "NVIDIA Tesla M2070",
                                                         "NVIDIA Tesla M2075",
                                                         "NVIDIA Tesla M2090",
                                                         "NVIDIA Tesla K10",
                                                         "NVIDIA Tesla K20m",
                                                         "NVIDIA Tesla K40c",
                                                         "NVIDIA Tesla K40m",
                                                         "NVIDIA Tesla M4",
                                                         "NVIDIA Jetson TK1 GPU",
                                                         "NVIDIA Jetson TX1 GPU",
                                                         "NVIDIA Jetson TX2 GPU",
                                                         "NVIDIA Jetson Nano GPU",
                                                         "NVIDIA Jetson AGX Xavier GPU",
                                                         "NVIDIA Jetson Xavier NX GPU",
                                                         "NVIDIA A16 PCIe",
                                                         "NVIDIA A30 PCIe",
                                                         "NVIDIA L40S",
                                                         "NVIDIA B100",
                                                         "Cerebras CS-1",
                                                         "Cerebras CS-2",
                                                         "Cerebras CS-3",
                                                         "Colossus MK1 (GC2 IPU)",
                                                         "Colossus MK2 (GC200 IPU)",
                                                         "AMD Radeon Instinct MI25",
                                                         "AMD Radeon Instinct MI50",
                                                         "AMD Radeon Instinct MI60",
                                                         "AMD Radeon Instinct MI100",
                                                         "AMD Radeon Instinct MI250",
                                                         "AMD Radeon VII",
                                                         "Apple M1 16GB",
                                                         "Apple M2 24GB",
                                                         "Apple M2 Max 96GB",
                                                         "Apple M2 Ultra 192GB",
                                                         "AMD EPYC 7413",
                                                         "Intel Core i5-11600K",
                                                         "Intel Core 2 Quad Q9450"};
/// Makers as they call themselves.
constexpr std::array makers{renaming{"Amazon AWS", "Amazon"}, renaming{"Kunlunxin Baidu", "Baidu"},
                            renaming{"Moore Threads (Tencent)", "Moore Threads"},
                            renaming{"", "Groq"}};  // of the only row without one

/// Rows that are left out.
constexpr std::array<std::string_view, 2> left_out{
    "NVIDIA P100 PCIe 16GB",       // twice: NVIDIA Tesla P100 PCIe 16GB
    "AMD Radeon Instinct MI300"};  // no product: its figures are the MI250X's; what was sold is MI300A and MI300X

/// What the tables have wrong or lack, and why; an empty value takes the figure away. A tensor core does 128 FLOP per
/// clock in FP16 on Volta and Turing chips, 256 on those of GeForce 30 and its like.
struct correction {
    std::string_view name, column;
    std::optional<double> value;
    std::string_view date, reason;
};
constexpr std::array corrections{
    correction{"NVIDIA A100", "released", std::nullopt, "2020-05-14",
               "the day of its launch; the source's is before it"},
    correction{"NVIDIA A100 PCIe", "memory", 4e10, "", "the card of 2020: NVIDIA A100 datasheet, 40 GB PCIe"},
    correction{"NVIDIA A100 PCIe", "bandwidth", 1.555e12, "", "1935 GB/s is the 80 GB card's: the same datasheet"},
    correction{"NVIDIA A100 PCIe", "power", 250.0, "", "300 W is the 80 GB card's: the same datasheet"},
    correction{"NVIDIA A800 PCIe 80 GB", "power", 300.0, "", "250 W is the 40 GB card's: as A100 80GB PCIe, datasheet"},
    correction{"AMD Radeon RX 7900 XTX", "power", 355.0, "", "AMD's specifications of the RX 7900 XTX"},
    correction{"Huawei Ascend 910B", "memory", 6.4e10, "", "32 GB is the 910A's; Atlas 800T A2 user guide"},
    correction{"Huawei Ascend 910B", "bandwidth", 1.6e12, "", "1.2 TB/s is the 910A's; as 910B1 to 910B3 here (CSET)"},
    correction{"NVIDIA V100", "memory", 1.6e10, "", "lacking; V100 datasheet, the card of 2017"},
    correction{"NVIDIA L40S", "released", std::nullopt, "2023-08-08", "lacking; announced at SIGGRAPH 2023"},
    correction{"NVIDIA L40S", "fp32", 9.16e13, "", "lacking; L40S datasheet"},
    correction{"NVIDIA L40S", "tf32", 1.83e14, "", "lacking; L40S datasheet"},
    correction{"NVIDIA L40S", "int8", 7.33e14, "", "lacking; L40S datasheet"},
    correction{"NVIDIA L40S", "fp8", 7.33e14, "", "lacking; L40S datasheet"},
    correction{"NVIDIA A16 PCIe", "fp64", std::nullopt, "", "of one of its four chips at another clock"},
    correction{"NVIDIA A16 PCIe", "fp32", 1.8e13, "", "4 x 4.5: A16 datasheet"},
    correction{"NVIDIA A16 PCIe", "fp16", std::nullopt, "", "of one of its four chips at another clock"},
    correction{"NVIDIA A16 PCIe", "fp16_tensor", 7.16e13, "", "lacking; 4 x 17.9: A16 datasheet"},
    correction{"NVIDIA A16 PCIe", "int8", 1.436e14, "", "4 x 35.9: A16 datasheet"},
    correction{"NVIDIA GeForce RTX 4070 Ti", "fp32", 4.009e13, "", "35.5 is the 4070 SUPER's; RTX Ada whitepaper"},
    correction{"NVIDIA GeForce RTX 4070 Ti", "fp16", 4.009e13, "", "as FP32"},
    correction{"NVIDIA GeForce RTX 4070 Ti", "fp64", 6.264e11, "", "1/64 of FP32"},
    correction{"NVIDIA GeForce RTX 4060 Ti", "fp32", 2.206e13, "", "4352 units x 2 x 2.535 GHz; RTX 4060 Ti page"},
    correction{"NVIDIA GeForce RTX 4060 Ti", "fp16", 2.206e13, "", "as FP32"},
    correction{"NVIDIA GeForce RTX 3070 Ti", "power", 290.0, "", "GeForce RTX 3070 family page of NVIDIA"},
    correction{"NVIDIA GeForce RTX 3070 Ti", "released", std::nullopt, "2021-06-10", "the source's is before it"},
    correction{"NVIDIA GeForce RTX 3050", "released", std::nullopt, "2022-01-27", "the source's is the mobile chip's"},
    correction{"NVIDIA GeForce RTX 3050", "fp32", 9.098e12, "", "2560 units x 2 x 1.777 GHz; RTX 3050 page of NVIDIA"},
    correction{"NVIDIA GeForce RTX 3050", "fp16", 9.098e12, "", "as FP32"},
    correction{"NVIDIA GeForce RTX 3050", "fp64", 1.422e11, "", "1/64 of FP32"},
    correction{"NVIDIA GeForce RTX 3050", "power", 130.0, "", "90 W is the mobile chip's"},
    correction{"NVIDIA RTX A4500", "fp32", 2.37e13, "", "lacking; RTX A4500 datasheet"},
    correction{"NVIDIA RTX A4500", "released", std::nullopt, "2021-11-23", "lacking; announced"},
    correction{"AMD Instinct MI300X", "fp8", 2.6149e15, "", "lacking; MI300X datasheet"},
    correction{"AMD Instinct MI300A", "fp8", 1.9612e15, "", "lacking; MI300A datasheet"},
    correction{"AMD Instinct MI325X", "fp8", 2.6149e15, "", "lacking; MI325X datasheet"},
    correction{"AMD Instinct MI210", "fp64", 2.26e13, "", "lacking; MI210 datasheet"},
    correction{"AMD Instinct MI210", "fp32", 2.26e13, "", "lacking; MI210 datasheet"},
    correction{"AMD Instinct MI210", "int8", 1.81e14, "", "lacking; MI210 datasheet"},
    correction{"AMD Instinct MI210", "released", std::nullopt, "2022-03-22", "lacking; MI210 datasheet"},
    correction{"Amazon Trainium1", "int8", 3.8e14, "",
               "AWS Neuron documentation, Trainium architecture; its first version had 420"},
    correction{"Amazon Trainium2", "fp32", 1.81e14, "", "lacking; AWS Neuron documentation, Trainium2 architecture"},
    correction{"Amazon Trainium2", "tf32", 6.67e14, "", "lacking; AWS Neuron documentation, Trainium2 architecture"},
    correction{"Amazon Trainium3", "memory", 1.44e11, "", "lacking; AWS Neuron documentation, Trainium3"},
    correction{"Amazon Trainium3", "bandwidth", 4.9e12, "", "lacking; AWS Neuron documentation, Trainium3"},
    correction{"NVIDIA H800 SXM5", "tf32", 4.945e+14, "", "half of its FP16 rate, as on every Hopper; 454.5 is a slip"},
    correction{"NVIDIA GeForce RTX 4070", "power", 200.0, "", "285 W is the RTX 4070 Ti's"},
    correction{"NVIDIA GeForce RTX 4070", "released", std::nullopt, "2023-04-13", "the source's is the mobile chip's"},
    correction{"AMD Instinct MI355X", "fp8", 5.033e+15, "", "as INT8; 4.6 is the MI350X's"},
    correction{"AMD Instinct MI355X", "fp4", 1.0066e+16, "", "twice FP8; 9.2 is the MI350X's"},
    correction{"AMD Radeon Instinct MI250X", "tf32", std::nullopt, "",
               "95.7 is FP32 on matrix units; there is no TF32"},
    correction{"AMD Radeon Instinct MI250", "tf32", std::nullopt, "", "90.5 is FP32 on matrix units; there is no TF32"},
    correction{"AMD Radeon Instinct MI308X", "bandwidth", std::nullopt, "",
               "twice that of the MI300X, whose memory it has"},
    correction{"Intel Habana Gaudi2", "fp16_tensor", 4.32e+14, "", "half of FP8 and what the maker says"},
    correction{"MetaX MXC500 (OAM)", "bandwidth", 1.8e12, "", "18 TB/s for four stacks of HBM2e: ten times too much"},
    correction{"MetaX MXC500 (PCIe)", "bandwidth", 1.8e12, "", "18 TB/s for four stacks of HBM2e: ten times too much"},
    correction{"NVIDIA Tesla K20X", "memory", 6e+09, "", "lacking; datasheet"},
    correction{"NVIDIA GeForce RTX 3090", "fp16_tensor", 1.42e+14, "", "lacking; half of INT8"},
    correction{"NVIDIA TITAN V", "fp16_tensor", 1.1e+14, "", "lacking; datasheet"},
    correction{"NVIDIA Quadro RTX 6000", "fp16_tensor", 1.305e+14, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA Quadro RTX 8000", "fp16_tensor", 1.305e+14, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA TITAN RTX", "fp16_tensor", 1.305e+14, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA RTX A6000", "fp16_tensor", 1.548e+14, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA RTX A6000", "tf32", 7.74e+13, "", "lacking; half of FP16"},
    correction{"NVIDIA RTX A5000", "fp16_tensor", 1.111e+14, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA RTX A4000", "fp16_tensor", 7.67e+13, "", "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA A10 PCIe", "fp16_tensor", 1.25e+14, "", "lacking; datasheet, half of INT8"},
    correction{"NVIDIA GeForce RTX 2080", "fp16_tensor", 80500000000000.0, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA GeForce RTX 3070", "fp16_tensor", 81300000000000.0, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA GeForce RTX 3080", "fp16_tensor", 119000000000000.0, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA GeForce RTX 4060 Ti", "fp16_tensor", 88500000000000.0, "", "lacking; half of INT8"},
    correction{"NVIDIA GeForce RTX 4070", "fp16_tensor", 116500000000000.0, "", "lacking; half of INT8"},
    correction{"NVIDIA GeForce RTX 4070 Ti", "fp16_tensor", 160500000000000.0, "", "lacking; half of INT8"},
    correction{"NVIDIA GeForce RTX 4080", "fp16_tensor", 195000000000000.0, "", "lacking; half of INT8"},
    correction{"NVIDIA RTX 6000 Ada Generation", "fp16_tensor", 364500000000000.0, "", "lacking; half of FP8"},
    correction{"NVIDIA Quadro RTX 5000", "fp16_tensor", 89200000000000.0, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA Quadro RTX 4000", "fp16_tensor", 57000000000000.0, "",
               "lacking; tensor cores x FLOP per clock x boost clock"},
    correction{"NVIDIA Quadro GV100", "fp16_tensor", 118500000000000.0, "", "lacking; datasheet"},
    correction{"NVIDIA A10G", "fp16_tensor", 7e+13, "", "lacking; datasheet"}};

/// Memory (GB), its bandwidth (GB/s) and power (W) where the tables lack them; 0: nothing is said.
struct sheet {
    std::string_view name;
    double memory, bandwidth, power;
    std::string_view source;
};
constexpr std::string_view geforce = "its page at nvidia.com/geforce";
constexpr std::string_view datasheet = "its maker's datasheet";
constexpr std::array sheets{
    sheet{"NVIDIA L40S", 48, 864, 350, datasheet},
    sheet{"NVIDIA A30 PCIe", 24, 933, 0, datasheet},
    sheet{"NVIDIA A16 PCIe", 64, 800, 0, datasheet},
    sheet{"NVIDIA L2 PCIe", 0, 0, 72, "the L2's figures in NVIDIA's data center GPU line card"},
    sheet{"NVIDIA RTX 6000 Ada Generation", 48, 960, 300, datasheet},
    sheet{"NVIDIA RTX A4500", 20, 640, 200, datasheet},
    sheet{"NVIDIA RTX A5500", 24, 768, 0, datasheet},
    sheet{"NVIDIA RTX A2000", 0, 288, 0, datasheet},
    sheet{"NVIDIA Quadro GP100", 16, 717, 0, datasheet},
    sheet{"NVIDIA Quadro GV100", 32, 870, 0, datasheet},
    sheet{"NVIDIA Tesla P100 SXM2", 16, 732, 0, datasheet},
    sheet{"NVIDIA Tesla C2050", 3, 144, 0, datasheet},
    sheet{"NVIDIA Tesla M2090", 6, 177, 0, datasheet},
    sheet{"NVIDIA Tesla K10", 8, 320, 0, datasheet},
    sheet{"NVIDIA Tesla K20X", 0, 250, 0, datasheet},
    sheet{"NVIDIA Tesla K20m", 5, 208, 0, datasheet},
    sheet{"NVIDIA Tesla K40c", 12, 288, 0, datasheet},
    sheet{"NVIDIA Tesla K40m", 12, 288, 0, datasheet},
    sheet{"NVIDIA TITAN RTX", 24, 672, 0, datasheet},
    sheet{"NVIDIA TITAN X (Pascal)", 12, 480, 0, geforce},
    sheet{"NVIDIA GeForce GTX 560 Ti", 0, 0, 170, geforce},
    sheet{"NVIDIA GeForce GTX 680", 2, 192.2, 0, geforce},
    sheet{"NVIDIA GeForce GTX 780 Ti", 3, 336, 0, geforce},
    sheet{"NVIDIA GeForce GTX 970", 4, 224, 0, geforce},
    sheet{"NVIDIA GeForce GTX 980 Ti", 6, 336.5, 0, geforce},
    sheet{"NVIDIA GeForce GTX 1060 6 GB", 0, 192, 0, geforce},
    sheet{"NVIDIA GeForce GTX 1070", 8, 256, 0, geforce},
    sheet{"NVIDIA GeForce GTX 1070 Ti", 8, 256, 0, geforce},
    sheet{"NVIDIA GeForce GTX 1660 Ti", 6, 288, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2060", 6, 336, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2060 SUPER", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2070", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2070 SUPER", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2080", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 2080 SUPER", 8, 496, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3050", 8, 224, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3060", 12, 360, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3060 Ti", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3070", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3070 Ti", 8, 608, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3080 Ti", 12, 912, 0, geforce},
    sheet{"NVIDIA GeForce RTX 4070 Ti", 12, 504, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3060 Laptop GPU", 6, 336, 0, geforce},
    sheet{"NVIDIA GeForce RTX 3070 Laptop GPU", 8, 448, 0, geforce},
    sheet{"NVIDIA GeForce RTX 4090 Laptop GPU", 16, 576, 150, geforce},
    sheet{"AMD Instinct MI210", 64, 1638.4, 300, datasheet},
    sheet{"AMD Radeon Instinct MI25", 16, 484, 0, datasheet},
    sheet{"AMD Radeon Instinct MI50", 0, 1024, 0, datasheet},
    sheet{"AMD Radeon Instinct MI60", 32, 1024, 0, datasheet},
    sheet{"AMD Radeon Instinct MI100", 32, 1228.8, 0, datasheet},
    sheet{"AMD Radeon Instinct MI250", 128, 3276.8, 0, datasheet},
    sheet{"AMD Radeon VII", 16, 1024, 0, datasheet},
    sheet{"Intel Habana GAUDI HL-205", 32, 1000, 0, "Habana, Gaudi training platform white paper (2019)"}};

/// Chips that the tables lack, by their makers' figures. Dense; where only the sparse rate is printed, half of it.
struct addition {
    cd::accelerator chip;
    bool sparse = false;      ///< twice the rate in TF32, FP16, INT8 and FP8 with 2:4 sparsity
    std::string_view source;  ///< the maker's own, or "reported by others"
};
constexpr std::string_view reported_converged =
    "reported by others: figures of NVIDIA's datasheet of converged accelerators as resellers quote it";
constexpr std::string_view reported_apple =
    "reported by others: figures of Apple's press release at launch as news of the day quote it (macrumors.com, "
    "techpowerup.com): memory, its bandwidth and the Neural Engine";
constexpr std::string_view reported_tpu8 =
    "reported by others: figures of Google Cloud Next 2026, 22 April, as news of the day quote them";
constexpr std::string_view blackwell = "NVIDIA RTX Blackwell GPU architecture whitepaper; sums in FP16";
constexpr std::string_view geforce_50 =
    "its page at nvidia.com/geforce: AI TOPS are FP4, sparse; FP32 by units and clock";
constexpr std::string_view geforce_40 =
    "its page at nvidia.com/geforce: AI TOPS are FP8, sparse; FP32 by units and clock";
constexpr std::string_view ada_sheet = "its datasheet: tensor performance is FP8, sparse";
using std::chrono::year;
constexpr std::array additions{
    addition{{.name = "NVIDIA GeForce RTX 5090",
              .maker = "NVIDIA",
              .released = year(2025) / 1 / 30,
              .dense = {.fp32 = 104.8_tflop_per_s,
                        .tf32 = 104.75_tflop_per_s,
                        .fp16_tensor = 419.0_tflop_per_s,
                        .fp16 = 104.8_tflop_per_s,
                        .int8 = 838.0_tflop_per_s,
                        .fp8 = 838.0_tflop_per_s,
                        .fp4 = 1676.0_tflop_per_s},
              .memory = 32_gb,
              .bandwidth = 1792_gb_per_s,
              .power = 575_w,
              .launch_price = 1999_usd},
             true,
             blackwell},
    addition{{.name = "NVIDIA GeForce RTX 5080",
              .maker = "NVIDIA",
              .released = year(2025) / 1 / 30,
              .dense = {.fp32 = 56.28_tflop_per_s,
                        .tf32 = 56.275_tflop_per_s,
                        .fp16_tensor = 225.1_tflop_per_s,
                        .fp16 = 56.28_tflop_per_s,
                        .int8 = 450.2_tflop_per_s,
                        .fp8 = 450.2_tflop_per_s,
                        .fp4 = 900.4_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 960_gb_per_s,
              .power = 360_w,
              .launch_price = 999_usd},
             true,
             blackwell},
    addition{{.name = "NVIDIA GeForce RTX 5070 Ti",
              .maker = "NVIDIA",
              .released = year(2025) / 2 / 20,
              .dense = {.fp32 = 43.94_tflop_per_s,
                        .tf32 = 43.95_tflop_per_s,
                        .fp16_tensor = 175.8_tflop_per_s,
                        .fp16 = 43.94_tflop_per_s,
                        .int8 = 351.6_tflop_per_s,
                        .fp8 = 351.6_tflop_per_s,
                        .fp4 = 703.2_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 896_gb_per_s,
              .power = 300_w,
              .launch_price = 749_usd},
             true,
             blackwell},
    addition{{.name = "NVIDIA GeForce RTX 5070",
              .maker = "NVIDIA",
              .released = year(2025) / 3 / 5,
              .dense = {.fp32 = 30.87_tflop_per_s,
                        .tf32 = 30.875_tflop_per_s,
                        .fp16_tensor = 123.5_tflop_per_s,
                        .fp16 = 30.87_tflop_per_s,
                        .int8 = 247.0_tflop_per_s,
                        .fp8 = 247.0_tflop_per_s,
                        .fp4 = 494.0_tflop_per_s},
              .memory = 12_gb,
              .bandwidth = 672_gb_per_s,
              .power = 250_w,
              .launch_price = 549_usd},
             true,
             blackwell},
    addition{{.name = "NVIDIA GeForce RTX 5060 Ti",
              .maker = "NVIDIA",
              .released = year(2025) / 4 / 16,
              .dense = {.fp32 = 23.7_tflop_per_s,
                        .tf32 = 23.725_tflop_per_s,
                        .fp16_tensor = 94.9_tflop_per_s,
                        .fp16 = 23.7_tflop_per_s,
                        .int8 = 189.8_tflop_per_s,
                        .fp8 = 189.8_tflop_per_s,
                        .fp4 = 379.6_tflop_per_s},
              .bandwidth = 448_gb_per_s,
              .power = 180_w},
             true,
             geforce_50},
    addition{{.name = "NVIDIA GeForce RTX 5060",
              .maker = "NVIDIA",
              .released = year(2025) / 5 / 19,
              .dense = {.fp32 = 19.18_tflop_per_s,
                        .tf32 = 19.2_tflop_per_s,
                        .fp16_tensor = 76.8_tflop_per_s,
                        .fp16 = 19.18_tflop_per_s,
                        .int8 = 153.6_tflop_per_s,
                        .fp8 = 153.6_tflop_per_s,
                        .fp4 = 307.2_tflop_per_s},
              .memory = 8_gb,
              .bandwidth = 448_gb_per_s,
              .power = 145_w,
              .launch_price = 299_usd},
             true,
             geforce_50},
    addition{{.name = "NVIDIA GeForce RTX 5050",
              .maker = "NVIDIA",
              .released = year(2025) / 7 / 1,
              .dense = {.fp32 = 13.2_tflop_per_s,
                        .tf32 = 13.15_tflop_per_s,
                        .fp16_tensor = 52.6_tflop_per_s,
                        .fp16 = 13.2_tflop_per_s,
                        .int8 = 105.2_tflop_per_s,
                        .fp8 = 105.2_tflop_per_s,
                        .fp4 = 210.4_tflop_per_s},
              .memory = 8_gb,
              .bandwidth = 320_gb_per_s,
              .power = 130_w,
              .launch_price = 249_usd},
             true,
             geforce_50},
    addition{{.name = "NVIDIA GeForce RTX 4080 SUPER",
              .maker = "NVIDIA",
              .released = year(2024) / 1 / 31,
              .dense = {.fp32 = 52.22_tflop_per_s,
                        .fp16_tensor = 209.0_tflop_per_s,
                        .fp16 = 52.22_tflop_per_s,
                        .int8 = 418.0_tflop_per_s,
                        .fp8 = 418.0_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 736_gb_per_s,
              .power = 320_w,
              .launch_price = 999_usd},
             true,
             geforce_40},
    addition{{.name = "NVIDIA GeForce RTX 4070 Ti SUPER",
              .maker = "NVIDIA",
              .released = year(2024) / 1 / 24,
              .dense = {.fp32 = 44.1_tflop_per_s,
                        .fp16_tensor = 176.5_tflop_per_s,
                        .fp16 = 44.1_tflop_per_s,
                        .int8 = 353.0_tflop_per_s,
                        .fp8 = 353.0_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 672_gb_per_s,
              .power = 285_w,
              .launch_price = 799_usd},
             true,
             geforce_40},
    addition{{.name = "NVIDIA GeForce RTX 4070 SUPER",
              .maker = "NVIDIA",
              .released = year(2024) / 1 / 17,
              .dense = {.fp32 = 35.48_tflop_per_s,
                        .fp16_tensor = 142.0_tflop_per_s,
                        .fp16 = 35.48_tflop_per_s,
                        .int8 = 284.0_tflop_per_s,
                        .fp8 = 284.0_tflop_per_s},
              .memory = 12_gb,
              .bandwidth = 504_gb_per_s,
              .power = 220_w,
              .launch_price = 599_usd},
             true,
             geforce_40},
    addition{{.name = "NVIDIA GeForce RTX 4060",
              .maker = "NVIDIA",
              .released = year(2023) / 6 / 29,
              .dense = {.fp32 = 15.11_tflop_per_s,
                        .fp16_tensor = 60.5_tflop_per_s,
                        .fp16 = 15.11_tflop_per_s,
                        .int8 = 121.0_tflop_per_s,
                        .fp8 = 121.0_tflop_per_s},
              .memory = 8_gb,
              .bandwidth = 272_gb_per_s,
              .power = 115_w,
              .launch_price = 299_usd},
             true,
             geforce_40},
    addition{{.name = "NVIDIA RTX 2000 Ada Generation",
              .maker = "NVIDIA",
              .aliases = "RTX 2000 Ada;RTX2000 Ada",
              .released = year(2024) / 2 / 12,
              .dense = {.fp32 = 12.0_tflop_per_s,
                        .fp16_tensor = 47.975_tflop_per_s,
                        .fp16 = 12.0_tflop_per_s,
                        .fp8 = 95.95_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 224_gb_per_s,
              .power = 70_w,
              .launch_price = 625_usd},
             true,
             ada_sheet},
    addition{{.name = "NVIDIA RTX 4000 SFF Ada Generation",
              .maker = "NVIDIA",
              .aliases = "RTX 4000 SFF Ada",
              .released = year(2023) / 3 / 21,
              .dense = {.fp32 = 19.2_tflop_per_s,
                        .fp16_tensor = 76.7_tflop_per_s,
                        .fp16 = 19.2_tflop_per_s,
                        .fp8 = 153.4_tflop_per_s},
              .memory = 20_gb,
              .bandwidth = 280_gb_per_s,
              .power = 70_w,
              .launch_price = 1250_usd},
             true,
             ada_sheet},
    addition{{.name = "NVIDIA RTX 4000 Ada Generation",
              .maker = "NVIDIA",
              .aliases = "RTX 4000 Ada;RTX4000 Ada",
              .released = year(2023) / 8 / 9,
              .dense = {.fp32 = 26.7_tflop_per_s,
                        .fp16_tensor = 106.9_tflop_per_s,
                        .fp16 = 26.7_tflop_per_s,
                        .fp8 = 213.8_tflop_per_s},
              .memory = 20_gb,
              .bandwidth = 360_gb_per_s,
              .power = 130_w,
              .launch_price = 1250_usd},
             true,
             ada_sheet},
    addition{{.name = "NVIDIA RTX 4500 Ada Generation",
              .maker = "NVIDIA",
              .aliases = "RTX 4500 Ada;RTX4500 Ada",
              .released = year(2023) / 8 / 9,
              .dense = {.fp32 = 39.6_tflop_per_s,
                        .fp16_tensor = 158.5_tflop_per_s,
                        .fp16 = 39.6_tflop_per_s,
                        .fp8 = 317.0_tflop_per_s},
              .memory = 24_gb,
              .bandwidth = 432_gb_per_s,
              .power = 210_w,
              .launch_price = 2250_usd},
             true,
             ada_sheet},
    addition{{.name = "NVIDIA RTX 5000 Ada Generation",
              .maker = "NVIDIA",
              .aliases = "RTX 5000 Ada;RTX5000 Ada",
              .released = year(2023) / 8 / 9,
              .dense = {.fp32 = 65.3_tflop_per_s,
                        .fp16_tensor = 261.1_tflop_per_s,
                        .fp16 = 65.3_tflop_per_s,
                        .fp8 = 522.2_tflop_per_s},
              .memory = 32_gb,
              .bandwidth = 576_gb_per_s,
              .power = 250_w,
              .launch_price = 4000_usd},
             true,
             ada_sheet},
    addition{{.name = "NVIDIA H200 NVL",
              .maker = "NVIDIA",
              .released = year(2024) / 11 / 18,
              .dense = {.fp64 = 30_tflop_per_s,
                        .fp32 = 60_tflop_per_s,
                        .tf32 = 417.5_tflop_per_s,
                        .fp16_tensor = 835.0_tflop_per_s,
                        .int8 = 1670.0_tflop_per_s,
                        .fp8 = 1670.0_tflop_per_s},
              .memory = 141_gb,
              .bandwidth = 4800_gb_per_s,
              .power = 600_w},
             true,
             "NVIDIA H200 datasheet"},
    addition{{.name = "NVIDIA A100 PCIe 80 GB",
              .maker = "NVIDIA",
              .aliases = "A100 80GB PCIe",
              .released = year(2021) / 6 / 28,
              .dense = {.fp64 = 9.7_tflop_per_s,
                        .fp32 = 19.5_tflop_per_s,
                        .tf32 = 156_tflop_per_s,
                        .fp16_tensor = 312_tflop_per_s,
                        .fp16 = 77.97_tflop_per_s,
                        .int8 = 624_tflop_per_s},
              .memory = 80_gb,
              .bandwidth = 1935_gb_per_s,
              .power = 300_w},
             true,
             "NVIDIA A100 datasheet"},
    addition{{.name = "NVIDIA A100X",
              .maker = "NVIDIA",
              .aliases = "A100X",
              .dense = {.fp64 = 9.9_tflop_per_s,
                        .fp32 = 19.9_tflop_per_s,
                        .tf32 = 159_tflop_per_s,
                        .fp16_tensor = 318.5_tflop_per_s,
                        .int8 = 637_tflop_per_s},
              .memory = 80_gb,
              .bandwidth = 2039_gb_per_s,
              .power = 300_w},
             true,
             reported_converged},
    addition{{.name = "NVIDIA A30X",
              .maker = "NVIDIA",
              .aliases = "A30X",
              .dense = {.fp64 = 5.2_tflop_per_s,
                        .fp32 = 10.3_tflop_per_s,
                        .tf32 = 82.6_tflop_per_s,
                        .fp16_tensor = 165_tflop_per_s,
                        .int8 = 330_tflop_per_s},
              .memory = 24_gb,
              .bandwidth = 1223_gb_per_s,
              .power = 230_w},
             true,
             reported_converged},
    addition{{.name = "NVIDIA Jetson AGX Orin 64GB",
              .maker = "NVIDIA",
              .aliases = "Jetson AGX Orin;AGX Orin;Jetson Orin;Orin",
              .released = year(2022) / 3 / 22,
              .dense = {.fp32 = 5.325_tflop_per_s, .fp16_tensor = 42.5_tflop_per_s, .int8 = 85_tflop_per_s},
              .memory = 64_gb,
              .bandwidth = 204.8_gb_per_s,
              .power = 60_w},
             true,
             "NVIDIA Jetson Orin datasheets: the GPU without its accelerators for inference"},
    addition{{.name = "NVIDIA Jetson AGX Orin 32GB",
              .maker = "NVIDIA",
              .released = year(2022) / 3 / 22,
              .dense = {.fp32 = 3.365_tflop_per_s, .fp16_tensor = 27.0_tflop_per_s, .int8 = 54_tflop_per_s},
              .memory = 32_gb,
              .bandwidth = 204.8_gb_per_s,
              .power = 40_w},
             true,
             "NVIDIA Jetson Orin datasheets: the GPU without its accelerators for inference"},
    addition{{.name = "NVIDIA Jetson Orin NX 16GB",
              .maker = "NVIDIA",
              .aliases = "Jetson Orin NX;Orin NX",
              .released = year(2022) / 9 / 20,
              .dense = {.fp32 = 1.88_tflop_per_s, .fp16_tensor = 15.0_tflop_per_s, .int8 = 30_tflop_per_s},
              .memory = 16_gb,
              .bandwidth = 102.4_gb_per_s,
              .power = 25_w},
             true,
             "NVIDIA Jetson Orin datasheets: the GPU without its accelerators for inference"},
    addition{{.name = "NVIDIA Jetson Orin Nano 8GB",
              .maker = "NVIDIA",
              .aliases = "Jetson Orin Nano;Orin Nano",
              .released = year(2022) / 9 / 20,
              .dense = {.fp32 = 1.28_tflop_per_s, .fp16_tensor = 10.0_tflop_per_s, .int8 = 20_tflop_per_s},
              .memory = 8_gb,
              .bandwidth = 68_gb_per_s,
              .power = 15_w},
             true,
             "NVIDIA Jetson Orin datasheets: the GPU without its accelerators for inference"},
    addition{{.name = "Apple M3 Ultra",
              .maker = "Apple",
              .aliases = "M3 Ultra",
              .released = year(2025) / 3 / 5,
              .memory = 512_gb,
              .bandwidth = 819_gb_per_s},
             false,
             reported_apple},
    addition{{.name = "Apple M4",
              .maker = "Apple",
              .released = year(2024) / 5 / 7,
              .dense = {.int8 = 38_tflop_per_s},
              .memory = 32_gb,
              .bandwidth = 120_gb_per_s},
             false,
             reported_apple},
    addition{{.name = "Apple M4 Pro",
              .maker = "Apple",
              .aliases = "M4 Pro",
              .released = year(2024) / 10 / 30,
              .dense = {.int8 = 38_tflop_per_s},
              .memory = 64_gb,
              .bandwidth = 273_gb_per_s},
             false,
             reported_apple},
    addition{{.name = "Apple M4 Max",
              .maker = "Apple",
              .aliases = "M4 Max",
              .released = year(2024) / 10 / 30,
              .dense = {.int8 = 38_tflop_per_s},
              .memory = 128_gb,
              .bandwidth = 546_gb_per_s},
             false,
             reported_apple},
    addition{{.name = "Apple M5",
              .maker = "Apple",
              .released = year(2025) / 10 / 15,
              .memory = 32_gb,
              .bandwidth = 153_gb_per_s},
             false,
             reported_apple},
    addition{{.name = "AWS Inferentia1",
              .maker = "Amazon",
              .aliases = "Inferentia;Inf1;Inferentia 1",
              .released = year(2019) / 12 / 3,
              .dense = {.fp16_tensor = 64_tflop_per_s, .int8 = 128_tflop_per_s},
              .memory = 8_gb,
              .bandwidth = 50_gb_per_s},
             false,
             "AWS Neuron documentation, Inferentia architecture"},
    addition{{.name = "AMD Instinct MI430X",
              .maker = "AMD",
              .released = year(2026) / 1 / 5,
              .memory = 432_gb,
              .bandwidth = 19600_gb_per_s},
             false,
             "AMD, CES 2026: rates were given without saying whether dense"},
    addition{{.name = "AMD Instinct MI440X",
              .maker = "AMD",
              .released = year(2026) / 1 / 5,
              .memory = 432_gb,
              .bandwidth = 19600_gb_per_s},
             false,
             "AMD, CES 2026: rates were given without saying whether dense"},
    addition{{.name = "AMD Instinct MI455X",
              .maker = "AMD",
              .aliases = "MI450",
              .released = year(2026) / 1 / 5,
              .memory = 432_gb,
              .bandwidth = 19600_gb_per_s},
             false,
             "AMD, CES 2026: rates were given without saying whether dense"},
    addition{{.name = "Google TPU 8t",
              .maker = "Google",
              .aliases = "TPU v8t",
              .released = year(2026) / 4 / 22,
              .dense = {.fp4 = 12600_tflop_per_s},
              .memory = 216_gb,
              .bandwidth = 6500_gb_per_s},
             false,
             reported_tpu8},
    addition{{.name = "Google TPU 8i",
              .maker = "Google",
              .aliases = "TPU v8i",
              .released = year(2026) / 4 / 22,
              .dense = {.fp4 = 10100_tflop_per_s},
              .memory = 288_gb,
              .bandwidth = 8600_gb_per_s},
             false,
             reported_tpu8}};

/// FLOP on matrix units for each in FP32 of the vector units, where the tables lack the former: 8 tensor cores of 128
/// FLOP a clock for 64 vector units on Turing, 4 of 256 for 128 from GeForce 30 on, with sums in FP16 on GeForce cards.
/// As of the RTX 2080 Ti (113.8 / 13.45), RTX 3090 (142 / 35.58) and RTX A6000 (154.8 / 38.7).
double matrix_multiple(std::string_view name) {
    const auto begins = [name](auto... starts) { return (name.starts_with(starts) || ...); };
    if (begins("NVIDIA GeForce RTX 20", "NVIDIA Quadro RTX ")) return 8;
    if (begins("NVIDIA GeForce RTX 30", "NVIDIA GeForce RTX 40", "NVIDIA RTX A")) return 4;
    return 0;
}

/// Makers, and chips of others, whose FP16 figure is of matrix units though it is in the column of plain FP16.
constexpr std::array<std::string_view, 12> matrix_fp16_makers{"Huawei",         "Baidu",    "Cambricon", "MetaX",
                                                              "Iluvatar CoreX", "Cerebras", "Graphcore", "Amazon",
                                                              "Groq",           "Hygon",    "Meta",      "HiSilicon"};
constexpr std::array<std::string_view, 17> matrix_fp16_chips{"GroqChip LPU v1",
                                                             "AMD Instinct MI210",
                                                             "NVIDIA Tesla T4",
                                                             "NVIDIA H100 NVL",
                                                             "NVIDIA L40S",
                                                             "NVIDIA B200",
                                                             "NVIDIA GB200",
                                                             "NVIDIA RTX Pro 6000 Blackwell",
                                                             "AMD Radeon Instinct MI100",
                                                             "AMD Radeon Instinct MI250",
                                                             "AMD Radeon Instinct MI250X",
                                                             "AMD Instinct MI300A",
                                                             "AMD Instinct MI300X",
                                                             "AMD Radeon Instinct MI308X",
                                                             "AMD Instinct MI325X",
                                                             "AMD Instinct MI350X",
                                                             "AMD Instinct MI355X"};

/// Boards of two chips. The figures of some are of one of the two; memory, power and price are the board's.
struct doubled_board {
    std::string_view name;
    bool figures_of_one;
};
constexpr std::array boards_of_two{
    doubled_board{"NVIDIA Tesla K80", false},          doubled_board{"NVIDIA Tesla M60", false},
    doubled_board{"NVIDIA Tesla K10", true},           doubled_board{"NVIDIA GRID K520", true},
    doubled_board{"NVIDIA GeForce GTX 590", true},     doubled_board{"NVIDIA GeForce GTX 690", true},
    doubled_board{"NVIDIA GeForce GTX TITAN Z", true}, doubled_board{"AMD Radeon Instinct MI250", false},
    doubled_board{"AMD Radeon Instinct MI250X", false}};

/// TensorCores of a chip, chips of a board. A Grace Blackwell superchip is a board of two GPUs; the figures are of one.
struct board_parts {
    std::string_view name;
    int cores, chips;
};
constexpr std::array boards{board_parts{"Google TPU v2", 2, 4}, board_parts{"Google TPU v3", 2, 4},
                            board_parts{"Google TPU v4", 2, 4}, board_parts{"Google TPU v5p", 2, 4},
                            board_parts{"NVIDIA GB200", 1, 2},  board_parts{"NVIDIA GB300 (Blackwell Ultra)", 1, 2}};

/// Chips with 2:4 sparsity: twice the dense rate in TF32, FP16, INT8 and FP8 (datasheets of their makers).
constexpr std::array<std::string_view, 44> with_sparse_units{"NVIDIA GeForce RTX 3070",
                                                             "NVIDIA GeForce RTX 3080",
                                                             "NVIDIA GeForce RTX 4060 Ti",
                                                             "NVIDIA GeForce RTX 4070",
                                                             "NVIDIA GeForce RTX 4070 Ti",
                                                             "NVIDIA A100",
                                                             "NVIDIA A100 SXM4 40 GB",
                                                             "NVIDIA A100 SXM4 80 GB",
                                                             "NVIDIA A100 PCIe",
                                                             "NVIDIA A800 SXM",
                                                             "NVIDIA A800 PCIe 40 GB",
                                                             "NVIDIA A800 PCIe 80 GB",
                                                             "NVIDIA A40 PCIe",
                                                             "NVIDIA A30 PCIe",
                                                             "NVIDIA A10 PCIe",
                                                             "NVIDIA A10G",
                                                             "NVIDIA RTX A6000",
                                                             "NVIDIA RTX A5000",
                                                             "NVIDIA RTX A4000",
                                                             "NVIDIA GeForce RTX 3080 Ti",
                                                             "NVIDIA GeForce RTX 3090",
                                                             "NVIDIA GeForce RTX 3090 Ti",
                                                             "NVIDIA GeForce RTX 4080",
                                                             "NVIDIA GeForce RTX 4090",
                                                             "NVIDIA RTX 6000 Ada Generation",
                                                             "NVIDIA L4",
                                                             "NVIDIA L40",
                                                             "NVIDIA L40S",
                                                             "NVIDIA L20 PCIe",
                                                             "NVIDIA L2 PCIe",
                                                             "NVIDIA H100 PCIe",
                                                             "NVIDIA H100 SXM5 80GB",
                                                             "NVIDIA H100 NVL",
                                                             "NVIDIA H800 SXM5",
                                                             "NVIDIA GH100",
                                                             "NVIDIA GH200",
                                                             "NVIDIA H200 SXM",
                                                             "NVIDIA HGX H20",
                                                             "NVIDIA B100",
                                                             "NVIDIA B200",
                                                             "NVIDIA GB200",
                                                             "AMD Instinct MI300A",
                                                             "AMD Instinct MI300X",
                                                             "AMD Instinct MI325X"};

struct alias {
    std::string_view name, aliases;
};
constexpr std::array aliases{
    alias{"NVIDIA A100", "A100 SXM;A100 SXM4;A100 40GB"},
    alias{"NVIDIA A100 SXM4 40 GB", "A100 SXM 40GB"},
    alias{"NVIDIA A100 SXM4 80 GB", "A100 80GB;A100 SXM 80GB"},
    alias{"NVIDIA A100 PCIe", "A100 PCIe 40GB;A100 40GB PCIe"},
    alias{"NVIDIA A800 SXM", "A800;A800 80GB;A800 SXM4"},
    alias{"NVIDIA A800 PCIe 80 GB", "A800 PCIe"},
    alias{"NVIDIA A40 PCIe", "A40"},
    alias{"NVIDIA A30 PCIe", "A30"},
    alias{"NVIDIA A10 PCIe", "A10"},
    alias{"NVIDIA A16 PCIe", "A16"},
    alias{"NVIDIA H100 SXM5 80GB", "H100;H100 80GB;H100 SXM;H100 SXM5"},
    alias{"NVIDIA H100 PCIe", "H100 PCIe 80GB;H100 80GB PCIe"},
    alias{"NVIDIA H800 SXM5", "H800;H800 SXM"},
    alias{"NVIDIA H200 SXM", "H200;H200 141GB"},
    alias{"NVIDIA HGX H20", "H20"},
    alias{"NVIDIA L20 PCIe", "L20"},
    alias{"NVIDIA L2 PCIe", "L2"},
    alias{"NVIDIA GH200", "GH200 superchip;Grace Hopper"},
    alias{"NVIDIA GB300 (Blackwell Ultra)", "GB300"},
    alias{"NVIDIA B300 (Blackwell Ultra)", "B300;Blackwell Ultra"},
    alias{"NVIDIA VR300 (Rubin Ultra)", "VR300;Rubin Ultra"},
    alias{"NVIDIA VR200", "Rubin"},
    alias{"NVIDIA RTX Pro 6000 Blackwell", "RTX Pro 6000"},
    alias{"NVIDIA RTX 6000 Ada Generation", "RTX 6000 Ada;RTX6000 Ada;RTX A6000 Ada"},
    alias{"NVIDIA RTX A1000", "A1000"},
    alias{"NVIDIA RTX A2000", "A2000"},
    alias{"NVIDIA RTX A6000", "A6000"},
    alias{"NVIDIA RTX A5000", "A5000"},
    alias{"NVIDIA RTX A4000", "A4000"},
    alias{"NVIDIA RTX A5500", "A5500"},
    alias{"NVIDIA RTX A4500", "A4500"},
    alias{"NVIDIA V100", "V100 SXM;V100 16GB;DGX V100"},
    alias{"NVIDIA Tesla V100 SXM2 32 GB", "V100 32GB"},
    alias{"NVIDIA Tesla V100 PCIe 16 GB", "V100 PCIe"},
    alias{"NVIDIA Tesla V100S PCIe 32 GB", "V100S;V100S PCIe;V100S 32GB"},
    alias{"NVIDIA P100", "P100 16GB"},
    alias{"NVIDIA Tesla P100 SXM2", "P100 SXM"},
    alias{"NVIDIA Tesla P100 PCIe 16GB", "P100 PCIe"},
    alias{"NVIDIA Tesla P100 PCIe 12GB", "P100 12GB"},
    alias{"NVIDIA Tesla K40s", "K40"},
    alias{"NVIDIA Tesla K20c", "K20"},
    alias{"NVIDIA Tesla K20X", "K20Xm"},
    alias{"NVIDIA GeForce GTX TITAN", "Titan;Titan (Kepler)"},
    alias{"NVIDIA GeForce GTX Titan Black", "Titan Black"},
    alias{"NVIDIA GeForce GTX TITAN Z", "Titan Z"},
    alias{"NVIDIA GeForce GTX TITAN X", "Titan X;GTX TitanX;TitanX;Titan X (Maxwell);GTX Titan X (Maxwell)"},
    alias{"NVIDIA TITAN X (Pascal)", "GTX Titan X (Pascal);Titan X Pascal"},
    alias{"NVIDIA TITAN Xp", "GTX Titan Xp;TitanXp"},
    alias{"NVIDIA TITAN V", "TitanV;GTX Titan V"},
    alias{"NVIDIA TITAN RTX", "RTX Titan;GTX Titan RTX"},
    alias{"NVIDIA GeForce GTX 1060 6 GB", "GTX 1060;1060"},
    alias{"NVIDIA GeForce RTX 3060 Laptop GPU", "RTX 3060 Laptop;RTX 3060 Mobile;3060 Mobile"},
    alias{"NVIDIA GeForce RTX 3070 Laptop GPU", "RTX 3070 Laptop;RTX 3070 Mobile;3070 Mobile"},
    alias{"NVIDIA GeForce RTX 3080 Laptop GPU", "RTX 3080 Laptop;RTX 3080 Mobile;3080 Mobile"},
    alias{"NVIDIA GeForce RTX 3080 Ti Laptop GPU", "RTX 3080 Ti Laptop;RTX 3080 Ti Mobile;3080 Ti Mobile"},
    alias{"NVIDIA GeForce RTX 4050 Laptop GPU", "RTX 4050 Laptop;RTX 4050 Mobile;4050 Mobile"},
    alias{"NVIDIA GeForce RTX 4060 Laptop GPU", "RTX 4060 Laptop;RTX 4060 Mobile;4060 Mobile"},
    alias{"NVIDIA GeForce RTX 4070 Laptop GPU", "RTX 4070 Laptop;RTX 4070 Mobile;4070 Mobile"},
    alias{"NVIDIA GeForce RTX 4090 Laptop GPU", "RTX 4090 Laptop;RTX 4090 Mobile;4090 Mobile"},
    alias{"NVIDIA Jetson AGX Xavier GPU", "Jetson Xavier;AGX Xavier"},
    alias{"NVIDIA Jetson Xavier NX GPU", "Xavier NX"},
    alias{"NVIDIA GeForce RTX 3050 Ti Mobile", "RTX 3050 Ti"},
    alias{"NVIDIA Jetson TX2 GPU", "TX2"},
    alias{"NVIDIA Jetson TX1 GPU", "TX1"},
    alias{"NVIDIA Jetson TK1 GPU", "TK1"},
    alias{"Google TPU v1", "TPU1;v1 TPU"},
    alias{"Google TPU v2", "TPU2;v2 TPU"},
    alias{"Google TPU v3", "TPU3;v3 TPU"},
    alias{"Google TPU v4", "TPU4;v4 TPU"},
    alias{"Google TPU v4i", "TPU4i;v4i TPU"},
    alias{"Google TPU v5e", "TPU5e;v5e TPU;TPU v5 lite;TPU v5litepod;TPU v5lite"},
    alias{"Google TPU v5p", "TPU5p;v5p TPU;TPU v5"},
    alias{"Google TPU v6e Trillium", "TPU v6e;TPU6e;v6e TPU;Trillium;TPU Trillium;TPU v6;TPU6"},
    alias{"Google TPU v7 Ironwood", "TPU v7;TPU7;TPU7x;TPU v7x;v7 TPU;Ironwood;TPU Ironwood"},
    alias{"Amazon Trainium1", "Trainium;Trn1;Trainium 1"},
    alias{"Amazon Trainium2", "Trn2;Trainium 2"},
    alias{"Amazon Trainium3", "Trn3"},
    alias{"AWS Inferentia2", "Inf2"},
    alias{"Intel Habana GAUDI HL-205", "Gaudi;Gaudi1;HL-205"},
    alias{"Intel Habana Gaudi2", "Gaudi 2;HL-225"},
    alias{"Intel Habana Gaudi3", "Gaudi 3"},
    alias{"Intel Data Center GPU Max 1550", "Max 1550;Ponte Vecchio;PVC"},
    alias{"Intel Data Center GPU Max 1100", "Max 1100"},
    alias{"AMD Instinct MI300X", "MI300"},
    alias{"AMD Instinct MI350X", "MI350"},
    alias{"GroqChip LPU v1", "Groq;LPU;GroqChip"},
    alias{"Cerebras CS-1", "WSE-1;WSE;Cerebras WSE"},
    alias{"Cerebras CS-2", "WSE-2;CS-2;Cerebras WSE-2"},
    alias{"Cerebras CS-3", "WSE-3;CS-3;Cerebras WSE-3"},
    alias{"Colossus MK1 (GC2 IPU)", "Graphcore MK1;GC2;GC2 IPU;IPU MK1;Graphcore GC2"},
    alias{"Colossus MK2 (GC200 IPU)", "Graphcore MK2;GC200;GC200 IPU;IPU MK2;Graphcore IPU;IPU;Graphcore GC200"},
    alias{"Tesla D1 Dojo", "Dojo;Dojo D1;Tesla Dojo D1"},
    alias{"Meta MTIA v1 (MTIA 100)", "MTIA v1;MTIA 100;MTIA"},
    alias{"Meta MTIA v2 (MTIA 200)", "MTIA v2;MTIA 200"},
    alias{"Maia 100 (M100)", "Maia 100;Maia"},
    alias{"T-Head Hanguang 800", "Hanguang 800"},
    alias{"Biren BR100", "BR100"},
    alias{"Tianshu Zhixin Tiangai 100 (BI-V100)", "BI-V100;Tiangai 100"},
    alias{"Tianshu Zhixin Zhikai 100", "Zhikai 100"},
    alias{"MetaX MXC500 (OAM)", "MXC500;C500"},
    alias{"MTT S4000", "Moore Threads MTT S4000;S4000"},
    alias{"Shensuan-1", "Hygon DCU;DCU Z100"},
    alias{"Baidu Kunlun R200 (150W)", "Kunlun R200"},
    alias{"Baidu Kunlun R100 (100W)", "Kunlun R100"},
    alias{"Baidu Kunlun I", "Kunlun;Kunlun 1"},
    alias{"Baidu Kunlun II", "Kunlun 2"},
    alias{"Apple M1 16GB", "Apple M1"},
    alias{"Apple M2 24GB", "Apple M2"},
    alias{"Apple M2 Max 96GB", "Apple M2 Max;M2 Max"},
    alias{"Apple M2 Ultra 192GB", "Apple M2 Ultra;M2 Ultra"},
    alias{"Apple M1 Pro", "M1 Pro"},
    alias{"Apple M1 Max", "M1 Max"},
    alias{"Apple M1 Ultra", "M1 Ultra"},
    alias{"Apple M3 Pro", "M3 Pro"},
    alias{"Apple M3 Max", "M3 Max"},
    alias{"AMD EPYC 7413", "EPYC 7413"},
    alias{"Sunway SW26010-Pro", "SW26010 Pro;SW26010P"}};

/// The shortest decimal that reads back as the same number.
std::string number(double value) {
    char text[64];
    return {text, std::to_chars(text, text + sizeof text, value, std::chars_format::fixed).ptr};
}

bool contains(const auto& list, std::string_view name) {
    return std::ranges::find(list, name) != list.end();
}

/// The names that a GeForce goes by without its prefix, or with the other one: "1080 Ti", "RTX 1080 Ti".
void add_short_names(row& each) {
    for (const auto& [prefix, other] : {std::pair{"GTX ", "RTX "}, std::pair{"RTX ", "GTX "}}) {
        const std::size_t at = each.name.find(std::string("GeForce ") + prefix);
        if (at == std::string::npos) continue;
        const std::string number = each.name.substr(at + 12);
        if (number.size() < 4 || number.starts_with("T")) continue;
        each.aliases += (each.aliases.empty() ? "" : ";") + number;
        if (number.starts_with("10") || number.starts_with("20")) each.aliases += ";" + (other + number);
    }
}

row read(const cd::csv_row& source, const cd::csv_reader& table) {
    row each;
    each.name = cd::trimmed(source["Hardware name"]);
    each.maker = cd::trimmed(source["Manufacturer"]);
    each.released = cd::trimmed(source["Release date"]);
    for (const column& figure : columns) {
        const std::string_view name = table.find_column(figure.source) ? figure.source : figure.other_source;
        std::string cell(cd::trimmed(source[name]));
        if (cell.starts_with('$')) cell.erase(0, 1);
        if (const auto value = cd::parse_number(cell); value && *value > 0)
            each.figures[figure.key] = std::stod(fmt::format("{:.12g}", *value));  // not 16309999999999.9
    }
    return each;
}

std::string iso_date(std::chrono::year_month_day day) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
}

row row_of(const addition& added) {
    const cd::accelerator& chip = added.chip;
    row each{.name = std::string(chip.name),
             .maker = std::string(chip.maker),
             .aliases = std::string(chip.aliases),
             .released = chip.released ? iso_date(*chip.released) : "",
             .figures = {},
             .sparse = {},
             .counted = {}};
    for (std::size_t i = 0; i < n_formats; ++i)
        if (const auto rate = chip.dense[cd::parse_name<cd::number_format>(columns[i].key)])
            each.figures[columns[i].key] = rate->value();
    if (chip.memory) each.figures["memory"] = chip.memory->value();
    if (chip.bandwidth) each.figures["bandwidth"] = chip.bandwidth->value();
    if (chip.power) each.figures["power"] = chip.power->value();
    if (chip.launch_price) each.figures["price"] = chip.launch_price->value();
    return each;
}

bool has_sparse_units(std::string_view name) {
    const auto added = std::ranges::find(additions, name, [](const addition& each) { return each.chip.name; });
    return contains(with_sparse_units, name) || (added != additions.end() && added->sparse) ||
           matrix_multiple(name) == 4;
}

void correct(row& each) {
    for (const renaming& change : renamings)
        if (each.name == change.from) each.name = change.to;
    for (const renaming& change : makers)
        if (each.maker == change.from) each.maker = change.to;
    for (const correction& change : corrections) {
        if (each.name != change.name) continue;
        if (change.column == "released")
            each.released = change.date;
        else if (change.value)
            each.figures[change.column] = *change.value;
        else
            each.figures.erase(change.column);
    }
    if (!each.figures.contains("memory"))
        if (const std::size_t gb = each.name.rfind("GB"); gb != std::string::npos && gb > 2) {
            const std::size_t end = each.name.find_last_not_of(' ', gb - 1);
            const std::size_t begin = each.name.find_last_not_of("0123456789", end) + 1;
            if (begin <= end) each.figures["memory"] = 1e9 * std::stod(each.name.substr(begin));
        }
    for (const sheet& known : sheets) {
        if (each.name != known.name) continue;
        for (const auto& [key, value] :
             {std::pair("memory", 1e9 * known.memory), std::pair("bandwidth", 1e9 * known.bandwidth),
              std::pair("power", known.power)})
            if (value > 0 && !each.figures.emplace(key, value).second)
                throw std::runtime_error("make_accelerators_table: nothing is lacking of " + each.name + ": " + key);
    }
    // What stands in the column of plain FP16 is the matrix units' figure.
    if (contains(matrix_fp16_makers, each.maker) || contains(matrix_fp16_chips, each.name))
        if (const auto plain = each.figures.find("fp16"); plain != each.figures.end()) {
            each.figures.emplace("fp16_tensor", plain->second);
            each.figures.erase(plain);
        }
    if (const double multiple = matrix_multiple(each.name); multiple > 0 && each.figures.contains("fp32"))
        each.figures.emplace("fp16_tensor", std::round(1e-9 * multiple * each.figures["fp32"]) * 1e9);
    for (const doubled_board& board : boards_of_two)
        if (each.name == board.name) {
            each.counted = "board";
            each.chips = 2;
            if (board.figures_of_one)
                for (std::size_t i = 0; i < n_formats; ++i)
                    if (const auto found = each.figures.find(columns[i].key); found != each.figures.end())
                        found->second *= 2;
        }
    for (const board_parts& parts : boards)
        if (each.name == parts.name) {
            each.cores = parts.cores;
            each.chips = parts.chips;
        }
    if (has_sparse_units(each.name))
        for (const std::string_view format : formats_of_sparse)
            if (const auto dense = each.figures.find(format); dense != each.figures.end())
                each.sparse[format] = 2 * dense->second;
    for (const alias& other : aliases)
        if (each.name == other.name) each.aliases = other.aliases;
    add_short_names(each);
}

/// Throws where one of our lists names a row that is not there: the tables have changed.
void check_lists(const std::vector<row>& rows) {
    const auto check = [&rows](std::string_view name) {
        if (std::ranges::find(rows, name, &row::name) == rows.end())
            throw std::runtime_error("make_accelerators_table: no row " + std::string(name));
    };
    for (const correction& each : corrections) check(each.name);
    for (const sheet& each : sheets) check(each.name);
    for (const alias& each : aliases) check(each.name);
    for (const doubled_board& each : boards_of_two) check(each.name);
    for (const board_parts& each : boards) check(each.name);
    for (const std::string_view name : matrix_fp16_chips) check(name);
    for (const std::string_view name : with_sparse_units) check(name);
}

void write_header(std::ostream& out, const std::vector<row>& rows) {
    out << R"(// SPDX-License-Identifier: BSL-1.0
// Written by examples/tools/make_accelerators_table.cpp from Epoch AI's data on machine-learning hardware (CC BY 4.0);
// do not edit.
#ifndef COMPUTE_DIVIDE_COMPUTE_DETAIL_ACCELERATOR_TABLE_HPP
#define COMPUTE_DIVIDE_COMPUTE_DETAIL_ACCELERATOR_TABLE_HPP

#include <array>
#include <chrono>

#include <compute_divide/compute/accelerator.hpp>
#include <compute_divide/compute/quantities.hpp>

namespace compute_divide::inline v0_2::detail {

// clang-format off
[[nodiscard]] constexpr auto accelerator_table() {
    using namespace literals;
    using std::chrono::year;
    using enum accelerator_unit;
    return std::array<accelerator, )"
        << rows.size() << ">{{\n";
    for (const row& each : rows) {
        out << "        accelerator{.name = \"" << each.name << "\", .maker = \"" << each.maker << "\", .aliases = \""
            << each.aliases << '"';
        if (each.released.size() == 10) {
            const auto when = cd::parse_date(each.released)->day.value();
            out << ", .released = year(" << static_cast<int>(when.year()) << ") / "
                << static_cast<unsigned>(when.month()) << " / " << static_cast<unsigned>(when.day());
        }
        const auto rates = [&](std::string_view name, const auto& figures) {
            std::string separator;
            for (std::size_t i = 0; i < n_formats; ++i)
                if (const auto found = figures.find(columns[i].key); found != figures.end()) {
                    out << (separator.empty() ? ", ." + std::string(name) + " = {" : separator) << columns[i].member
                        << " = " << number(found->second / columns[i].scale) << columns[i].literal;
                    separator = ", ";
                }
            if (!separator.empty()) out << "}";
        };
        rates("dense", each.figures);
        rates("sparse", each.sparse);
        for (std::size_t i = n_formats; i < columns.size(); ++i)
            if (const auto found = each.figures.find(columns[i].key); found != each.figures.end())
                out << ", " << columns[i].member << " = " << number(found->second / columns[i].scale)
                    << columns[i].literal;
        if (!each.counted.empty()) out << ", .counted = " << each.counted;
        if (each.cores != 1) out << ", .cores_per_chip = " << each.cores;
        if (each.chips != 1) out << ", .chips_per_board = " << each.chips;
        out << "},\n";
    }
    out << R"(    }};
}
// clang-format on

}  // namespace compute_divide::inline v0_2::detail

#endif
)";
}

void write_csv(std::ostream& out, const std::vector<row>& rows) {
    std::vector<std::string> head{"Name",           "Maker",          "Aliases",        "Released",
                                  "Figures are of", "Cores per chip", "Chips per board"};
    for (const column& figure : columns) head.push_back(std::string(figure.key) + std::string(figure.unit));
    for (const std::string_view format : formats_of_sparse)
        head.push_back(std::string(format) + " sparse" + (format == "int8" ? " (OP/s)" : " (FLOP/s)"));
    cd::write_csv_row(out, head);
    for (const row& each : rows) {
        std::vector<std::string> cells{each.name,
                                       each.maker,
                                       each.aliases,
                                       each.released,
                                       each.counted.empty() ? "chip" : std::string(each.counted),
                                       std::to_string(each.cores),
                                       std::to_string(each.chips)};
        const auto add = [&](const auto& figures, std::string_view key) {
            const auto found = figures.find(key);
            cells.push_back(found == figures.end() ? "" : number(found->second));
        };
        for (const column& figure : columns) add(each.figures, figure.key);
        for (const std::string_view format : formats_of_sparse) add(each.sparse, format);
        cd::write_csv_row(out, cells);
    }
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() != 4) {
        std::cerr << "usage: make_accelerators_table HEADER CSV ML_HARDWARE CHIPS\n";
        return 2;
    }
    std::vector<row> rows;
    cd::csv_reader hardware = cd::csv_reader::open(arguments[2]);
    for (const cd::csv_row& source : hardware) {
        row each = read(source, hardware);
        if (!contains(left_out, each.name)) rows.push_back(each);
    }
    cd::csv_reader chips = cd::csv_reader::open(arguments[3]);
    for (const cd::csv_row& source : chips)
        if (contains(chips_wanted, cd::trimmed(source["Hardware name"]))) rows.push_back(read(source, chips));
    for (const addition& each : additions) rows.push_back(row_of(each));
    for (row& each : rows) correct(each);
    check_lists(rows);
    std::ranges::sort(rows, {}, [](const row& each) { return std::pair(each.maker, each.name); });
    std::ofstream header(arguments[0], std::ios::binary);
    write_header(header, rows);
    std::ofstream table(arguments[1], std::ios::binary);
    write_csv(table, rows);
    if (!header.flush() || !table.flush()) throw std::runtime_error("make_accelerators_table: cannot write");
    std::cerr << rows.size() << " accelerators\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
