// SPDX-License-Identifier: BSL-1.0
// What hardware does it say? Texts, one a line on standard input, to the hardware they state, one JSON object a line.
//   echo "We trained on 64 A100 80GB for 12 days" | extract_hardware
//   extract_hardware --csv papers.csv --column abstract --training-only
// What is not stated is null. "hours" are those of the clock; of a text that has chip hours only ("20,480 GPU hours")
// they are these, and "hours_of" says "chips". "text_line" is the line, "span" the bytes [begin, end) of it.
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/json.hpp>

#include "support/command_line.hpp"
#include "support/text_lines.hpp"

namespace cd = compute_divide;

namespace {

cd::json_object described(const cd::hardware_mention& one) {
    const auto chip = one.chip.empty() ? std::nullopt : std::optional(one.chip);
    const auto hours_of = one.hours        ? std::optional<std::string>("clock")
                          : one.chip_hours ? std::optional<std::string>("chips")
                                           : std::nullopt;
    return cd::json_object()
        .with("chip", chip)
        .with("count", one.count)
        .with("hours", one.hours ? one.hours : one.chip_hours)
        .with("hours_of", hours_of)
        .with("utilization", one.utilisation)
        .with("format", one.format)
        .with("use", one.use)
        .with("span", std::array{one.span.begin, one.span.end});
}

int run(int argc, char** argv) {
    example::text_source source{.csv = "", .column = "text"};
    bool training_only = false;
    example::command_line line("Hardware that texts state: JSON lines, in the order of the input");
    source.add_to(line);
    line.flag("--training-only", training_only, "only what is said to have been trained or experimented on");
    if (const auto end = line.parse(argc, argv)) return *end;

    const cd::hardware_reader read;
    std::size_t line_number = 0;
    return example::write_lines(source, [&](std::string_view text) {
        std::vector<cd::json_object> mentions;
        for (const cd::hardware_mention& one : read(text))
            if (!training_only || one.use == cd::hardware_use::training) mentions.push_back(described(one));
        return cd::json_object().with("text_line", text).with("line", ++line_number).with("mentions", mentions).text();
    });
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("extract_hardware", run, argc, argv);
}
