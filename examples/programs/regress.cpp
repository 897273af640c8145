// SPDX-License-Identifier: BSL-1.0
// A regression of a column of a CSV table on others, with honest errors: a table to read, or JSON.
//   regress --csv longley.csv --response employed --terms gnp_deflator,gnp,unemployed,armed_forces,population,year
//   regress --csv grunfeld.csv --response investment --terms value,capital --absorb firm,year --cluster firm
//   regress --csv papers.csv --response code --terms industry,authors --categorical venue=ICML --family logit
//   regress --csv papers.csv --model 'code ~ industry' --model 'code ~ industry * authors | venue^year' --cluster venue
// Terms are columns (authors), powers up to one (year^2), and products (authors*industry, authors*venue). A linear fit
// reads the file twice or three times and keeps sums only; other families keep its numbers.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/command_line.hpp"
#include "support/figures.hpp"
#include "support/plot.hpp"
#include "support/regression_request.hpp"

namespace {

/// The coefficients, without that of the column of ones, whose size says nothing beside theirs.
compute_divide::figure figure_of(const std::vector<example::regression_answer>& answers, const std::string& source) {
    bool ratios = true;
    for (const auto& each : answers) ratios = ratios && each.exponentiated;
    using compute_divide::axis_scale;
    example::figure_builder f({.name = "coefficients",
                               .title = "Regression of " + answers.front().model.response,
                               .x = {.label = "Term", .scale = axis_scale::categories},
                               .y = {.label = ratios ? "Ratio: exp of the coefficient" : "Coefficient",
                                     .scale = ratios ? axis_scale::logarithmic : axis_scale::linear}});
    std::size_t number = 0;
    for (const auto& each : answers) {
        ++number;
        const std::string name = answers.size() == 1       ? ""
                                 : each.model.name.empty() ? "(" + std::to_string(number) + ")"
                                                           : each.model.name;
        for (const auto& line : ratios ? *each.exponentiated : coefficient_lines(each.model.fit))
            if (line.name != "(intercept)") f.add(name, line.name, line.estimate);
    }
    return f.figure({source == "-" ? "standard input" : source});
}

int run(int argc, char** argv) {
    example::regression_request asked;
    example::output_format output;
    bool as_json = false;
    example::command_line line(
        "Regression of a column of a CSV table on others",
        "regress --csv papers.csv --model 'code ~ industry + authors | venue^year' --cluster venue");
    asked.table.add_to(line);
    line.flag("--decimal-point", asked.decimal_point, "numbers are written 1,204.5, also where ; delimits");
    line.add("--missing", asked.missing, "what, beside nothing, stands for not known").commas().default_told("NA");
    line.may_be_empty("--missing");
    line.add("--model", asked.models,
             "a formula, as often as there are models: 'y ~ log(x) * z + i(venue, ref = \"ICML\") + year^2 | topic'")
        .count(1, 50);
    line.add("--response", asked.response, "a column of numbers, of yes and no, or of dates, without --model");
    line.add("--terms", asked.terms, "columns, powers (year^2: up to it) and products (a*b)").commas();
    line.add("--categorical", asked.categorical, "columns of levels; venue=ICML sets the base").commas();
    line.add("--absorb", asked.absorb, "columns whose levels have an effect each").commas();
    line.add("--cluster", asked.cluster, "one or two columns within which records depend").commas().count(1, 2);
    line.add("--weights", asked.weights, "a column of weights >= 0; of shares, what they are of");
    line.add("--offset", asked.offset, "a column whose coefficient is 1");
    line.add("--family", asked.family, "linear, logit, poisson, negbin, or ordinal for an ordered response")
        .one_of({"linear", "logit", "poisson", "negbin", "ordinal"});
    line.flag("--firth", asked.firth, "the logit by Firth's penalised likelihood");
    line.add("--cluster-separator", asked.cluster_separator, "between labels of a --cluster cell: records share any");
    line.add("--covariance", asked.covariance, "of independent records, or clustered, cr2 or cr3 with --cluster")
        .one_of({"classical", "hc0", "hc1", "hc2", "hc3", "clustered", "cr2", "cr3"});
    line.add("--wild", asked.wild, "draws of a wild cluster bootstrap of each term, for few clusters").between(1, 1e9);
    line.add("--correction", asked.correction, "of clusters").one_of({"none", "cr1", "stata", "min_clusters"});
    line.add("--reference", asked.reference, "t (default of linear) or normal (of the others)")
        .one_of({"t", "normal", "student_t", "standard_normal"});
    line.add("--level", asked.level, "of the intervals").level();
    line.flag("--no-intercept", asked.no_intercept, "leave the column of ones out");
    line.add("--test", asked.test, "test these coefficients together, as the table names them").commas();
    line.flag("--exponentiate", asked.exponentiate, "odds ratios, or ratios of rates, too");
    line.flag("--marginal-effects", asked.marginal_effects,
              "average effects on the probability (logit), or on the count (poisson), too");
    output.add_to(line);
    example::svg_option svg;
    svg.add_to(line, "the coefficients and their intervals");
    line.flag("--json", as_json, "one object with every number; of several models under \"models\"");
    if (const auto end = line.parse(argc, argv)) return *end;
    output.check(line);
    svg.check();
    exclude(line, "--json", "--format");
    asked.table.check(line);
    if (asked.table.csv.empty()) throw example::usage_error("--csv FILE, or - for standard input, is required");
    if (asked.table.columns.show()) return example::show_columns(example::columns_of(asked), asked.table.csv);
    if (line.has("--correction") && asked.cluster.empty())
        throw example::usage_error("--correction is of the clusters of --cluster");
    if (asked.models.empty() && asked.response.empty())
        throw example::usage_error("--model, or --response with --terms, is required");
    for (const char* const in_formula : {"--response", "--terms", "--categorical", "--absorb", "--no-intercept"})
        exclude(line, "--model", in_formula);

    const auto answers = example::answers_to(asked);
    const auto& first = answers.front().model.fit;
    if (answers.size() == 1 && first.coefficients.empty()) {
        std::fputs((compute_divide::visible_text(to_string(first)) + "\n").c_str(), stderr);
        std::string why = "nothing could be estimated";
        for (const std::string& note : answers.front().notes) why += "; " + note;
        throw example::nothing_to_report(why);
    }
    if (svg.is_wanted()) svg.write(figure_of(answers, asked.table.name()));
    std::string text;
    if (as_json && answers.size() == 1) {
        text = example::json_of(answers.front()) + "\n";
    } else if (as_json) {
        for (const auto& each : answers) text += (text.empty() ? "{\"models\":[" : ",") + example::json_of(each);
        text += "]}\n";
    } else if (answers.size() == 1 && output.format == compute_divide::table_format::text) {
        text = compute_divide::visible_text(example::text_of(answers.front(), asked));
    } else {
        text = output.text_of({example::table_of(answers, asked)});
    }
    std::fputs(text.c_str(), stdout);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("regress", run, argc, argv);
}
