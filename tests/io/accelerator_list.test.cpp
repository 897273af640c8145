// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/accelerator_list.hpp>

#include <array>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute/accelerators.hpp>

#include "support/message_of.hpp"

using namespace compute_divide;
using namespace compute_divide::literals;
using namespace std::chrono_literals;
using namespace std::string_view_literals;
using test_support::message_of;

namespace {

std::string problem_of(std::string_view text) {
    const accelerator_list list = read_accelerators(csv_reader(text), {.on_error = error_handling::skip});
    return list.problems().empty() ? "" : to_string(list.problems().front());
}

}  // namespace

TEST_CASE("the built-in accelerators are the table of examples/data, read and written") {
    const std::string path = COMPUTE_DIVIDE_SOURCE_DIR "/examples/data/accelerators.csv";
    accelerator_list list = read_accelerators(csv_reader::open(path));
    const accelerator_list moved = std::move(list);
    CHECK(moved.problems().empty());
    REQUIRE(moved.chips().size() == accelerators.size());
    for (std::size_t i = 0; i < accelerators.size(); ++i) {
        CAPTURE(accelerators[i].name);
        CHECK(moved.chips()[i] == accelerators[i]);
    }
    std::ostringstream written;
    write_accelerators(written, accelerators);
    std::ifstream file(path, std::ios::binary);
    CHECK((written.str() == std::string(std::istreambuf_iterator<char>(file), {})));
}

TEST_CASE("a table of one's own: a name is enough, and it comes first") {
    const accelerator_list own = read_accelerators(
        csv_reader("Name,Aliases,Released,Figures are of,Chips per board,fp16_tensor (FLOP/s),power (W),Source\r\n"
                   " Acme A1 ,Anvil; A1 Max,2026-02-03,board,2,\"400,000,000,000,000\",7.5e2,its sheet\r\n"
                   "H100,,,,,1e15,,\r\n"sv));
    REQUIRE(own.chips().size() == 2);
    CHECK(own.chips()[0] == accelerator{.name = "Acme A1",
                                        .aliases = "Anvil; A1 Max",
                                        .released = 2026y / 2 / 3,
                                        .dense = {.fp16_tensor = 400_tflop_per_s},
                                        .power = 750_w,
                                        .counted = accelerator_unit::board,
                                        .chips_per_board = 2});
    const accelerator_catalogue catalogue(own.chips());
    CHECK(catalogue.at("anvil").name == "Acme A1");
    CHECK(catalogue.at("H100").dense.fp16_tensor == 1000_tflop_per_s);
    CHECK(read_accelerators(csv_reader("Name\n"sv)).chips().empty());
}

TEST_CASE("what cannot be read is told by line, column and cell, and nothing is ignored") {
    const struct {
        std::string_view text, problem;
    } rows[] = {
        {"Name,power (W)\nA,7 kW\n", R"x(line 2, "power (W)": compute_divide::parse_number: a number in the range)x"},
        {"Name,power (W)\nA,0\n",
         R"x(line 2, "power (W)": compute_divide::read_accelerators: a figure > 0, or nothing)x"},
        {"Name,power (W)\nA,-5\n", R"x(line 2, "power (W)")x"},
        {"Name,Cores per chip\nA,1.5\n", R"x(line 2, "Cores per chip")x"},
        {"Name,Cores per chip\nA,0\n", R"x(line 2, "Cores per chip")x"},
        {"Name,Released\nA,2020\n", R"x(line 2, "Released": compute_divide::read_accelerators: a day, YYYY-MM-DD)x"},
        {"Name,Figures are of\nA,rack\n", R"x(line 2, "Figures are of")x"},
        {"Name,Maker\n,B\n", R"x(line 2, "Name": an accelerator without a name)x"},
        {"Name\nA\nA\n", R"x(line 3, "Name": an accelerator that is there twice)x"}};
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(problem_of(row.text).starts_with(row.problem));
        CHECK_THROWS_AS(static_cast<void>(read_accelerators(csv_reader(row.text))), read_error);
    }
    const accelerator_list list = read_accelerators(csv_reader("Name,power (W),price (USD)\nA,x,5\nA,1,1\nB,3,\n"sv),
                                                    {.on_error = error_handling::skip});
    REQUIRE(list.chips().size() == 2);
    CHECK_FALSE(list.chips()[0].power);
    CHECK(list.chips()[0].launch_price == 5_usd);
    CHECK(list.chips()[1].power == 3_w);
    CHECK(list.problems().size() == 2);
    CHECK(message_of([] {
              return read_accelerators(csv_reader("Name,Power (W)\n"sv)).chips().size();
          }).ends_with("Source, Notes, got \"Power (W)\""));
    CHECK_THROWS_AS(static_cast<void>(read_accelerators(csv_reader("Maker\nA\n"sv))), std::invalid_argument);
    CHECK(message_of([] {
              std::ostringstream out;
              write_accelerators(out, std::array{accelerator{.name = "A", .sparse = {.fp4 = 1_tflop_per_s}}});
              return 0;
          }) == "compute_divide::write_accelerators: sparse rates in tf32, fp16_tensor, int8 or fp8, got \"fp4\"");
}

TEST_CASE("problems are kept up to a cap, and counted beyond") {
    std::string text = "Name,power (W)\n";
    for (int i = 0; i < 50; ++i) text += i % 2 == 0 ? "chip " + std::to_string(i) + ",x\n" : "too,many,fields\n";
    const auto list = read_accelerators(csv_reader(text, {.on_error = error_handling::skip}),
                                        {.on_error = error_handling::skip, .most_problems = 7});
    CHECK(list.n_problems() == 50);
    CHECK(list.problems().size() == 7);
    CHECK(list.problems().back().line == 8);
}
