// SPDX-License-Identifier: BSL-1.0
// What hardware does it say? Texts, one a line on standard input, to the hardware they state, one JSON object a line.
//   echo "We trained on 64 A100 80GB for 12 days" | extract_hardware
//   extract_hardware --csv papers.csv --column abstract --training-only
// What is not stated is null. "hours" are those of the clock; of a text that has chip hours only ("20,480 GPU hours")
// they are these, and "hours_of" says "chips". "text_line" is the line, "span" the bytes [begin, end) of it.
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/io/csv.hpp>

namespace cd = compute_divide;
using json = nlohmann::ordered_json;

namespace {

json or_null(std::optional<double> value) {
    if (!value) return nullptr;
    return *value < 1e15 && *value == std::floor(*value) ? json(static_cast<long long>(*value)) : json(*value);
}

json described(const cd::hardware_mention& one) {
    return {{"chip", one.chip.empty() ? json() : json(one.chip)},
            {"count", or_null(one.count)},
            {"hours", or_null(one.hours ? one.hours : one.chip_hours)},
            {"hours_of", one.hours        ? json("clock")
                         : one.chip_hours ? json("chips")
                                          : json()},
            {"utilization", or_null(one.utilisation)},
            {"format", one.format ? json(cd::name_of(*one.format)) : json()},
            {"use", cd::name_of(one.use)},
            {"span", {one.span.begin, one.span.end}}};
}

}  // namespace

int main(int argc, char** argv) try {
    std::string csv, column = "text";
    bool training_only = false;
    CLI::App app("Hardware that texts state: JSON lines, in the order of the input");
    auto* const csv_option =
        app.add_option("--csv", csv, "a CSV file in place of lines on standard input")->check(CLI::ExistingFile);
    app.add_option("--column", column, "its column of texts")->needs(csv_option)->capture_default_str();
    app.add_flag("--training-only", training_only, "only what is said to have been trained or experimented on");
    CLI11_PARSE(app, argc, argv);

    const cd::hardware_reader read;
    std::size_t line_number = 0;
    const auto extract = [&](std::string_view text) {
        json mentions = json::array();
        for (const cd::hardware_mention& one : read(text))
            if (!training_only || one.use == cd::hardware_use::training) mentions.push_back(described(one));
        const json line = {{"text_line", text}, {"line", ++line_number}, {"mentions", std::move(mentions)}};
        // Bytes that are no UTF-8 are shown as U+FFFD, so that every line is valid JSON.
        std::cout << line.dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    };
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    if (!csv.empty()) {
        cd::csv_reader table = cd::csv_reader::open(csv);
        const std::size_t texts = table.column(column);
        for (const auto& row : table) extract(row[texts]);
    } else {
        for (std::string line; std::getline(std::cin, line);) extract(line);
    }
    return std::cout.flush() ? 0 : 1;
} catch (const std::exception& error) {
    fmt::print(stderr, "extract_hardware: {}\n", error.what());
    return 1;
}
