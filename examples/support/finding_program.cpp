// SPDX-License-Identifier: BSL-1.0
#include "support/finding_program.hpp"

#include <cstdio>
#include <exception>
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
    svg_option svg;
    output_format output;
    bool as_json = false, as_ledger = false;
    command_line line(program.description, program.example);
    program.options(line);
    output.add_to(line, program.formats, program.format);
    program_columns().add_to(line);
    svg.add_to(line, "the figure");
    line.flag("--json", as_json, "every number of the analysis, as one object");
    line.flag("--ledger", as_ledger, "one line per specification, tabs between");
    if (const auto end = line.parse(argc, argv)) return *end;

    exclude(line, "--json", "--ledger");
    const bool has_format = output.format != cd::table_format::text || line.has("--width");
    if (has_format && (as_json || as_ledger))
        throw usage_error(std::string("--format or ") + (as_json ? "--json" : "--ledger") + ", not both");
    output.check(line);
    svg.check();
    if (program.check) program.check(line);

    std::string text;
    if (as_json) {
        text = program.json() + "\n";
    }
    if (!as_json || svg.is_wanted()) {
        const cd::finding found = program.find();
        if (as_ledger) text += ledger_lines(found);
        if (!as_json && !as_ledger) text += render(found, output.format, output.how);
        if (!as_json && !as_ledger && output.format == cd::table_format::text)
            for (const cd::figure& each : found.figures)
                if (each.y.scale == cd::axis_scale::logarithmic && each.x.scale != cd::axis_scale::categories)
                    text += "\n" + terminal_plot(each, 78, 18);
        if (svg.is_wanted() && found.figures.empty())
            throw nothing_to_report("--svg: there is no figure of these data");
        if (svg.is_wanted()) svg.write(found.figures.front());
    }
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

void settle_tables(const command_line& line, std::optional<papers_input>& papers_in,
                   std::optional<models_input>& models_in, const std::vector<std::string>& of_models) {
    const auto skips = [](const auto& input) { return input && input->on_error == cd::error_handling::skip; };
    if (skips(papers_in) || skips(models_in)) papers_in->on_error = models_in->on_error = cd::error_handling::skip;
    if (papers_in->path == "-" && models_in->path == "-") throw usage_error("--papers - or --models -, not both");
    if (line.has("--models") && !line.has("--papers")) papers_in.reset();
    if (line.has("--models") || !line.has("--papers")) return;
    models_in.reset();
    for (const std::string& each : of_models)
        if (line.has(each)) throw usage_error(each + " is of --models, which are left out beside papers of your own");
}

int run(const finding_program& program, int argc, char** argv) {
    return reporting_errors(
        program.name.c_str(), [&](int count, char** arguments) { return run_unguarded(program, count, arguments); },
        argc, argv);
}

}  // namespace example
