// SPDX-License-Identifier: BSL-1.0
// A regression of a column of a CSV table on others, with honest errors: a table to read, or JSON.
//   regress --csv longley.csv --response employed --terms gnp_deflator,gnp,unemployed,armed_forces,population,year
//   regress --csv grunfeld.csv --response investment --terms value,capital --absorb firm,year --cluster firm
//   regress --csv papers.csv --response code --terms industry,authors --categorical venue=ICML --family logit
// Terms are columns (authors), powers up to one (year^2), and products (authors*industry, authors*venue). A linear fit
// reads the file twice or three times and keeps sums only; other families keep its numbers.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/csv_file.hpp"

namespace cd = compute_divide;
using json = nlohmann::ordered_json;

namespace {

using number_of_row = std::function<std::optional<double>(const cd::csv_row&)>;
using text_of_row = std::function<std::optional<std::string>(const cd::csv_row&)>;

struct request {
    std::string csv, response, weights, offset, family = "linear", covariance, correction = "stata", reference;
    std::vector<std::string> terms, categorical, absorb, cluster, missing = {"NA"}, test;
    char delimiter = ',';
    double level = 0.95;
    bool firth = false, no_intercept = false, exponentiate = false, marginal_effects = false, as_json = false;
};

/// Columns of the file as fields of its rows.
class columns {
public:
    columns(const example::csv_file& file, const request& asked) : file_(&file), missing_(asked.missing) {
        for (const std::string& each : asked.categorical) {
            const std::size_t equals = each.find('=');
            bases_.emplace(each.substr(0, equals),
                           equals == std::string::npos ? std::optional<std::string>() : each.substr(equals + 1));
        }
    }

    [[nodiscard]] text_of_row text(const std::string& name) const {
        return [at = file_->column(name), missing = missing_](const cd::csv_row& row) -> std::optional<std::string> {
            const std::string_view text = cd::trimmed(row[at]);
            if (text.empty() || std::ranges::find(missing, text) != missing.end()) return std::nullopt;
            return std::string(text);
        };
    }
    [[nodiscard]] number_of_row number(const std::string& name) const {
        return [at = file_->column(name), name, missing = missing_](const cd::csv_row& row) -> std::optional<double> {
            const std::string_view text = cd::trimmed(row[at]);
            if (text.empty() || std::ranges::find(missing, text) != missing.end()) return std::nullopt;
            if (text == "yes" || text == "true" || text == "TRUE") return 1;
            if (text == "no" || text == "false" || text == "FALSE") return 0;
            try {
                return cd::parse_number(text);
            } catch (const std::invalid_argument&) {
                throw std::runtime_error(fmt::format("line {}, column \"{}\": a number is required, got \"{}\"",
                                                     row.line(), name, text.substr(0, 80)));
            }
        };
    }
    [[nodiscard]] number_of_row number_or(const std::string& name, double otherwise) const {
        if (!name.empty()) return number(name);
        return [otherwise](const cd::csv_row&) { return std::optional(otherwise); };
    }
    [[nodiscard]] std::vector<text_of_row> texts(const std::vector<std::string>& names) const {
        std::vector<text_of_row> all;
        for (const std::string& name : names) all.push_back(text(name));
        return all;
    }

    [[nodiscard]] bool is_categorical(const std::string& name) const { return bases_.contains(name); }
    [[nodiscard]] auto powers(const std::string& term) const {
        const std::size_t hat = term.find('^');
        const std::string name = term.substr(0, hat);
        const double degree = hat == std::string::npos ? 1 : cd::parse_number(term.substr(hat + 1)).value_or(0);
        if (degree != 1 && degree != 2 && degree != 3 && degree != 4)
            throw std::runtime_error(fmt::format("--terms {}: a power from 1 to 4 is required", term));
        return cd::polynomial(name, number(name), static_cast<std::size_t>(degree));
    }
    [[nodiscard]] auto levels(const std::string& name) const {
        return cd::categorical<text_of_row, std::string>(name, text(name), bases_.at(name));
    }

private:
    const example::csv_file* file_;
    std::vector<std::string> missing_;
    std::map<std::string, std::optional<std::string>> bases_;
};

auto model_asked_for(const request& asked, const columns& table) {
    using number = cd::polynomial<number_of_row>;
    using level = cd::categorical<text_of_row, std::string>;
    std::vector<number> numbers;
    std::vector<level> levels;
    std::vector<cd::interaction<number, number>> products;
    std::vector<cd::interaction<number, level>> slopes;
    std::vector<cd::interaction<level, level>> cells;
    for (const std::string& term : asked.terms) {
        const std::size_t star = term.find('*');
        std::string first = term.substr(0, star), second = star == std::string::npos ? "" : term.substr(star + 1);
        if (second.empty()) {
            numbers.push_back(table.powers(term));
            continue;
        }
        if (table.is_categorical(first)) first.swap(second);
        if (!table.is_categorical(second))
            products.emplace_back(table.powers(first), table.powers(second));
        else if (!table.is_categorical(first))
            slopes.emplace_back(table.powers(first), table.levels(second));
        else
            cells.emplace_back(table.levels(second), table.levels(first));
    }
    for (const std::string& each : asked.categorical) levels.push_back(table.levels(each.substr(0, each.find('='))));
    const auto model = cd::model_of(table.number(asked.response))
                           .on(numbers, levels, products, slopes, cells)
                           .weighted_by(table.number_or(asked.weights, 1))
                           .offset_by(table.number_or(asked.offset, 0))
                           .clustered_by(table.texts(asked.cluster));
    return asked.no_intercept ? model.without_intercept() : model;
}

cd::regression_options options_asked_for(const request& asked) {
    cd::regression_options options{.level = asked.level};
    options.correction = cd::parse_name<cd::cluster_correction>(asked.correction);
    if (!asked.covariance.empty()) options.covariance = cd::parse_name<cd::covariance_kind>(asked.covariance);
    if (!asked.reference.empty())
        options.reference = cd::parse_name<cd::reference_distribution>(asked.reference == "t"        ? "student_t"
                                                                       : asked.reference == "normal" ? "standard_normal"
                                                                                                     : asked.reference);
    return options;
}

template <class Line>
void print(const std::vector<Line>& lines, const char* what) {
    fmt::print("\n{:<28}{:>12}{:>12}{:>12}{:>12}{:>10}", what, "estimate", "std. error", "lower", "upper", "p");
    for (const auto& line : lines)
        fmt::print("\n{:<28}{:>12.4g}{:>12.4g}{:>12.4g}{:>12.4g}{:>10.2g}", line.name, *line.estimate.value,
                   line.standard_error, line.estimate.lower(), line.estimate.upper(), *line.test.p_value);
    fmt::print("\n");
}

template <class Line>
json to_json(const std::vector<Line>& lines) {
    json list = json::array();
    for (const auto& line : lines)
        list.push_back({{"name", line.name},
                        {"estimate", *line.estimate.value},
                        {"standard_error", line.standard_error},
                        {"statistic", *line.test.statistic},
                        {"p", *line.test.p_value},
                        {"lower", line.estimate.lower()},
                        {"upper", line.estimate.upper()}});
    return list;
}

json to_json(const cd::joint_test& joint) {
    const cd::test_result& test = joint.test;
    if (!test) return {{"status", cd::name_of(test.status)}};
    json object = {{"method", test.method}, {"statistic", *test.statistic}, {"p", *test.p_value}};
    object["degrees"] = static_cast<double>(joint.restrictions);
    if (test.method == "F") object["residual_degrees"] = *test.degrees_of_freedom;
    return object;
}

void print(const cd::joint_test& joint, std::string_view what) {
    const cd::test_result& test = joint.test;
    if (!test) return;
    const std::string degrees = test.method == "F"
                                    ? fmt::format("{}, {:g}", joint.restrictions, *test.degrees_of_freedom)
                                    : fmt::format("{}", joint.restrictions);
    fmt::print("{}: {}({}) = {:.4g}, p = {:.3g}\n", what, test.method, degrees, *test.statistic, *test.p_value);
}

}  // namespace

int main(int argc, char** argv) try {
    request asked;
    CLI::App app("Regression of a column of a CSV table on others");
    app.add_option("--csv", asked.csv, "a file with a header, or - for standard input")->required();
    app.add_option("--delimiter", asked.delimiter, "between fields")->capture_default_str();
    app.add_option("--missing", asked.missing, "what, beside nothing, stands for not known")
        ->delimiter(',')
        ->capture_default_str();
    app.add_option("--response", asked.response, "a column of numbers, or of yes and no")->required();
    app.add_option("--terms", asked.terms, "columns, powers (year^2) and products (a*b)")->delimiter(',');
    app.add_option("--categorical", asked.categorical, "columns of levels; venue=ICML sets the base")->delimiter(',');
    app.add_option("--absorb", asked.absorb, "columns whose levels have an effect each")->delimiter(',');
    app.add_option("--cluster", asked.cluster, "one or two columns within which records depend")
        ->delimiter(',')
        ->expected(1, 2);
    app.add_option("--weights", asked.weights, "a column of weights >= 0; of shares, what they are of");
    app.add_option("--offset", asked.offset, "a column whose coefficient is 1");
    app.add_option("--family", asked.family, "linear, logit, poisson or negbin")
        ->capture_default_str()
        ->check(CLI::IsMember({"linear", "logit", "poisson", "negbin"}));
    app.add_flag("--firth", asked.firth, "the logit by Firth's penalised likelihood");
    app.add_option("--covariance", asked.covariance, "classical, hc0, hc1, hc2 or hc3; clustered with --cluster");
    app.add_option("--correction", asked.correction, "of clusters: none, cr1, stata or min_clusters")
        ->capture_default_str();
    app.add_option("--reference", asked.reference, "t (default of linear) or normal (of the others)");
    app.add_option("--level", asked.level, "of the intervals")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    app.add_flag("--no-intercept", asked.no_intercept, "leave the column of ones out");
    app.add_option("--test", asked.test, "test these coefficients together, as the table names them")->delimiter(',');
    app.add_flag("--exponentiate", asked.exponentiate, "odds ratios, or ratios of rates, too");
    app.add_flag("--marginal-effects", asked.marginal_effects, "average effects on the probability, too (logit)");
    app.add_flag("--json", asked.as_json, "one object with every number");
    CLI11_PARSE(app, argc, argv);

    if (asked.firth && asked.family != "logit") throw std::runtime_error("--firth is for --family logit");
    if (asked.marginal_effects && asked.family != "logit")
        throw std::runtime_error("--marginal-effects is for --family logit");
    if (!asked.absorb.empty() && asked.family != "linear")
        throw std::runtime_error("--absorb is for --family linear; --categorical does the same for the others");

    example::csv_file file(asked.csv, {.delimiter = asked.delimiter});
    const columns table(file, asked);
    const auto model = model_asked_for(asked, table);
    const auto options = options_asked_for(asked);
    const cd::regression_fit fit =
        !asked.absorb.empty()       ? cd::fit_fixed_effects(file, model.absorbing(table.texts(asked.absorb)), options)
        : asked.family == "linear"  ? cd::fit_linear(file, model, options)
        : asked.firth               ? cd::fit_firth_logit(file, model, options)
        : asked.family == "logit"   ? cd::fit_logit(file, model, options)
        : asked.family == "poisson" ? cd::fit_poisson(file, model, options)
                                    : cd::fit_negative_binomial(file, model, options);
    const auto effects =
        asked.marginal_effects ? cd::average_marginal_effects(file, model, fit) : std::vector<cd::marginal_effect>();
    const cd::joint_test overall = cd::overall_test(fit);
    const cd::joint_test together = asked.test.empty() ? cd::joint_test() : cd::wald_test(fit, asked.test);
    if (asked.as_json) {
        json object = json::parse(cd::to_json(fit));
        object["overall_test"] = to_json(overall);
        if (!asked.test.empty()) object["test"] = to_json(together);
        if (asked.exponentiate) object["exponentiated"] = to_json(cd::exponentiated(fit));
        if (asked.marginal_effects) object["marginal_effects"] = to_json(effects);
        fmt::print("{}\n", object.dump());
    } else {
        fmt::print("{}\n", cd::to_string(fit));
        print(overall, "all terms");
        if (!asked.test.empty()) print(together, fmt::format("{}", fmt::join(asked.test, ", ")));
        if (asked.exponentiate) print(cd::exponentiated(fit), "exponentiated");
        if (asked.marginal_effects) print(effects, "average marginal effect");
    }
    return fit.coefficients.empty() ? 2 : 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "regress: {}\n", error.what());
    return 1;
}
