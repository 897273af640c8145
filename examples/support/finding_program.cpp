// SPDX-License-Identifier: BSL-1.0
#include "support/finding_program.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string_view>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/report/render.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/own_table.hpp"
#include "support/plot.hpp"
#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

std::string ledger_lines(const cd::finding& f) {
    std::string lines;
    const auto add = [&lines](std::string_view text, char end) { lines += cd::visible_line(text) + end; };
    for (const cd::claim& c : f.claims)
        for (const cd::specification& s : c.specifications) {
            add(c.name, '\t');
            add(c.text, '\t');
            add(told(s.result, c.style) + (c.unit.empty() || c.style.percent ? "" : " " + c.unit) + "; " +
                    std::string(cd::description_of(cd::evidence_of(c, s.result))),
                '\t');
            add(name_of(s), '\n');
        }
    return lines;
}

namespace {

int run_unguarded(const finding_program& program, int argc, char** argv) {
    std::string word = "text", svg;
    cd::render_options how{.width = 100};
    bool as_json = false, as_ledger = false;
    command_line line(program.description);
    program.options(line);
    program_columns().add_to(line);
    line.add("--format", word, "of what is printed: text, markdown, latex, csv, html or json");
    line.add("--width", how.width, "of text, in columns");
    line.add("--svg", svg, "draws the figure into this file (needs gnuplot)");
    line.flag("--json", as_json, "every number of the analysis, as one object");
    line.flag("--ledger", as_ledger, "one line per specification, tabs between");
    if (const auto end = line.parse(argc, argv)) return *end;

    auto format = cd::table_format::text;
    constexpr auto formats = enumerators(cd::table_format{});
    if (const auto known = std::ranges::find(formats, word, &cd::named<cd::table_format>::name); known != formats.end())
        format = known->value;
    else if (!program.format || !program.format(word))
        throw std::invalid_argument("--format: text, markdown, latex, csv, html or json is required, got " + word);

    std::string text;
    if (as_json) {
        text = program.json() + "\n";
    }
    if (!as_json || !svg.empty()) {
        const cd::finding found = program.find();
        if (as_ledger) text += ledger_lines(found);
        if (!as_json && !as_ledger) text += render(found, format, how);
        if (!as_json && !as_ledger && format == cd::table_format::text)
            for (const cd::figure& each : found.figures)
                if (each.y.scale == cd::axis_scale::logarithmic) text += "\n" + terminal_plot(each, 78, 18);
        if (!svg.empty() && !found.figures.empty()) write_svg(svg, found.figures.front());
    }
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int run(const finding_program& program, int argc, char** argv) {
    return reporting_errors(
        program.name.c_str(), [&](int count, char** arguments) { return run_unguarded(program, count, arguments); },
        argc, argv);
}

}  // namespace example
