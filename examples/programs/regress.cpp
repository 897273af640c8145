// SPDX-License-Identifier: BSL-1.0
// A regression of a column of a CSV table on others, with honest errors: a table to read, or JSON.
//   regress --csv longley.csv --response employed --terms gnp_deflator,gnp,unemployed,armed_forces,population,year
//   regress --csv grunfeld.csv --response investment --terms value,capital --absorb firm,year --cluster firm
//   regress --csv papers.csv --response code --terms industry,authors --categorical venue=ICML --family logit
// Terms are columns (authors), powers up to one (year^2), and products (authors*industry, authors*venue). A linear fit
// reads the file twice or three times and keeps sums only; other families keep its numbers.
#include <cstdio>
#include <string>

#include <compute_divide/visible_text.hpp>

#include "support/command_line.hpp"
#include "support/regression_request.hpp"

namespace {

int run(int argc, char** argv) {
    example::regression_request asked;
    bool as_json = false;
    example::command_line line("Regression of a column of a CSV table on others");
    line.add("--csv", asked.csv, "a file with a header, or - for standard input").required();
    line.add("--delimiter", asked.delimiter, "between fields");
    line.flag("--decimal-comma", asked.decimal_comma, "numbers are written 1.204,5");
    line.flag("--decimal-point", asked.decimal_point, "numbers are written 1,204.5, also where ; delimits");
    line.add("--missing", asked.missing, "what, beside nothing, stands for not known").commas().default_told("NA");
    line.add("--response", asked.response, "a column of numbers, or of yes and no").required();
    line.add("--terms", asked.terms, "columns, powers (year^2) and products (a*b)").commas();
    line.add("--categorical", asked.categorical, "columns of levels; venue=ICML sets the base").commas();
    line.add("--absorb", asked.absorb, "columns whose levels have an effect each").commas();
    line.add("--cluster", asked.cluster, "one or two columns within which records depend").commas().count(1, 2);
    line.add("--weights", asked.weights, "a column of weights >= 0; of shares, what they are of");
    line.add("--offset", asked.offset, "a column whose coefficient is 1");
    line.add("--family", asked.family, "linear, logit, poisson or negbin")
        .one_of({"linear", "logit", "poisson", "negbin"});
    line.flag("--firth", asked.firth, "the logit by Firth's penalised likelihood");
    line.add("--cluster-separator", asked.cluster_separator, "between labels of a --cluster cell: records share any");
    line.add("--covariance", asked.covariance, "classical, hc0, hc1, hc2 or hc3; clustered, cr2 or cr3 with --cluster");
    line.add("--wild", asked.wild, "draws of a wild cluster bootstrap of each term, for few clusters");
    line.add("--correction", asked.correction, "of clusters: none, cr1, stata or min_clusters");
    line.add("--reference", asked.reference, "t (default of linear) or normal (of the others)");
    line.add("--level", asked.level, "of the intervals").between(0, 1);
    line.flag("--no-intercept", asked.no_intercept, "leave the column of ones out");
    line.add("--test", asked.test, "test these coefficients together, as the table names them").commas();
    line.flag("--exponentiate", asked.exponentiate, "odds ratios, or ratios of rates, too");
    line.flag("--marginal-effects", asked.marginal_effects, "average effects on the probability, too (logit)");
    line.flag("--json", as_json, "one object with every number");
    if (const auto end = line.parse(argc, argv)) return *end;

    const auto answer = example::answer_to(asked);
    const std::string text =
        as_json ? example::json_of(answer) + "\n" : compute_divide::visible_text(example::text_of(answer, asked));
    std::fputs(text.c_str(), stdout);
    return answer.fit.coefficients.empty() ? 2 : 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("regress", run, argc, argv);
}
