// SPDX-License-Identifier: BSL-1.0
#include "support/regression_request.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/dates.hpp>
#include <compute_divide/io/csv_file.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/conditional_logit.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/formula.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/command_line.hpp"
#include "support/input.hpp"

namespace example {

namespace cd = compute_divide;

namespace {

using number_of_row = std::function<std::optional<double>(const cd::csv_row&)>;
using text_of_row = std::function<std::optional<std::string>(const cd::csv_row&)>;
using labels_of_row = std::function<std::vector<std::string>(const cd::csv_row&)>;
using term = cd::formula_term<number_of_row, text_of_row>;

/// Columns of the file as fields of its rows.
class columns {
public:
    columns(const cd::csv_file& file, const regression_request& asked)
        : file_(&file), name_(asked.table.name()), missing_(asked.missing) {
        for (const auto& [field, header] : asked.table.columns.assignments()) {
            if (!file.find_column(header))
                throw usage_error(fmt::format("--column {}={}: the table has the columns {}", field, header,
                                              fmt::join(file.columns(), ", ")));
            headers_[field] = header;
        }
    }

    [[nodiscard]] text_of_row text(const std::string& name) const {
        return [at = place_of(name), missing = missing_](const cd::csv_row& row) -> std::optional<std::string> {
            const std::string_view text = cd::trimmed(row[at]);
            if (text.empty() || std::ranges::find(missing, text) != missing.end()) return std::nullopt;
            return std::string(text);
        };
    }
    /// A number, yes or no as 1 or 0, or a date as its decimal year.
    [[nodiscard]] number_of_row number(const std::string& name) const {
        return [at = place_of(name), name, missing = missing_](const cd::csv_row& row) -> std::optional<double> {
            const std::string_view text = cd::trimmed(row[at]);
            if (text.empty() || std::ranges::find(missing, text) != missing.end()) return std::nullopt;
            if (const auto truth = cd::parse_truth(text)) return *truth ? 1 : 0;
            try {
                return cd::parse_number(text, row.decimal());
            } catch (const std::invalid_argument&) {
                if (const auto date = year_of_date(text)) return date;
                const bool comma = text.find(',') != std::string_view::npos;
                throw std::runtime_error(fmt::format(
                    "line {}, column \"{}\": a number is required, got \"{}\"{}", row.line(), name, text.substr(0, 80),
                    comma ? ": is its comma decimal? --decimal-comma or --decimal-point says so"
                          : "; of labels, i(" + name + ") takes the levels"));
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
    /// The combination of several columns' labels.
    [[nodiscard]] text_of_row combined(const std::vector<std::string>& names) const {
        if (names.size() == 1) return text(names[0]);
        return [parts = texts(names)](const cd::csv_row& row) -> std::optional<std::string> {
            std::string all;
            for (const text_of_row& part : parts) {
                const auto label = part(row);
                if (!label) return std::nullopt;
                all.append(all.empty() ? "" : "\x1F").append(*label);
            }
            return all;
        };
    }

    /// The labels of a cell; none where it is not known.
    [[nodiscard]] labels_of_row labels(const std::string& name, const std::string& separator) const {
        return [text = text(name), separator](const cd::csv_row& row) {
            std::vector<std::string> labels;
            const auto cell = text(row);
            if (!cell) return labels;
            for (std::size_t first = 0; first <= cell->size();) {
                const std::size_t end = std::min(cell->find(separator, first), cell->size());
                const std::string_view label = cd::trimmed(std::string_view(*cell).substr(first, end - first));
                if (!label.empty()) labels.emplace_back(label);
                first = end + separator.size();
            }
            return labels;
        };
    }

    /// A number as a factor of a formula has it; log(0) and the like are errors.
    [[nodiscard]] number_of_row number(const cd::formula_factor& f) const {
        return [number = number(f.column), f](const cd::csv_row& row) -> std::optional<double> {
            const auto x = number(row);
            if (x && !f.function.empty() && std::isnan(value_of(f, *x)))
                throw std::runtime_error(fmt::format("line {}, column \"{}\": {} of {:g} is no number", row.line(),
                                                     f.column, to_string(f), *x));
            return x;
        };
    }
    [[nodiscard]] term term_of(const std::vector<cd::formula_factor>& product) const {
        std::vector<term::factor> factors;
        for (const cd::formula_factor& f : product)
            factors.push_back({f, f.levels ? number_of_row() : number(f), f.levels ? text(f.column) : text_of_row()});
        return term(std::move(factors));
    }

    /// What a cell is taken for.
    [[nodiscard]] static std::string type_of(std::string_view cell, cd::decimal_mark decimal) {
        if (cd::parse_truth(cell)) return "yes or no";
        try {
            static_cast<void>(cd::parse_number(cell, decimal));
            return "number";
        } catch (const std::invalid_argument&) {
            return year_of_date(cell) ? "date" : "labels";
        }
    }

private:
    [[nodiscard]] std::size_t place_of(const std::string& name) const {
        try {
            const auto said = headers_.find(name);
            return file_->column(said == headers_.end() ? name : said->second);
        } catch (const std::invalid_argument&) {
            throw usage_error(fmt::format("{} has no one column {}; its columns are {}", name_, name,
                                          fmt::join(file_->columns(), ", ")));
        }
    }
    [[nodiscard]] static std::optional<double> year_of_date(std::string_view text) {
        if (text.find('-') == std::string_view::npos && text.find('/') == std::string_view::npos) return std::nullopt;
        try {
            const auto date = cd::parse_date(text);
            if (date && date->day) return cd::decimal_year(*date->day);
        } catch (const std::invalid_argument&) {
            return std::nullopt;  // the text is no date either
        }
        return std::nullopt;
    }

    const cd::csv_file* file_;
    std::string name_;
    std::map<std::string, std::string> headers_;  // what --column says
    std::vector<std::string> missing_;
};

/// What --response, --terms, --categorical and --absorb ask for, as a formula: numbers, levels, then products.
cd::regression_formula formula_of(const regression_request& asked) {
    cd::regression_formula formula{.response = {.column = asked.response}, .intercept = !asked.no_intercept};
    const auto levels = [&](const std::string& name) -> std::optional<cd::formula_factor> {
        for (const std::string& each : asked.categorical) {
            const std::size_t equals = each.find('=');
            if (each.substr(0, equals) != name) continue;
            cd::formula_factor f{.column = name, .levels = true};
            if (equals != std::string::npos) f.base = each.substr(equals + 1);
            return f;
        }
        return std::nullopt;
    };
    const auto powers = [](const std::string& word) {
        const std::size_t hat = word.find('^');
        const std::string degree = hat == std::string::npos ? "1" : word.substr(hat + 1);
        if (degree.size() != 1 || degree[0] < '1' || degree[0] > '4')
            throw usage_error(fmt::format("--terms {}: a power from 1 to 4 is required", word));
        std::vector<cd::formula_factor> all;
        for (int power = 1; power <= degree[0] - '0'; ++power)
            all.push_back({.column = word.substr(0, hat), .power = power});
        return all;
    };
    const auto factors = [&](const std::string& word) {
        const auto of_levels = levels(word);
        return of_levels ? std::vector<cd::formula_factor>{*of_levels} : powers(word);
    };
    std::vector<std::vector<cd::formula_factor>> products;
    for (const std::string& word : asked.terms) {
        const std::size_t star = word.find('*');
        auto first = factors(word.substr(0, star));
        if (star == std::string::npos) {
            for (const auto& each : first) formula.terms.push_back({each});
            continue;
        }
        auto second = factors(word.substr(star + 1));
        if (first[0].levels && !second[0].levels) first.swap(second);
        for (const auto& a : first)
            for (const auto& b : second) products.push_back({a, b});
    }
    for (const std::string& each : asked.categorical)
        formula.terms.push_back({*levels(each.substr(0, each.find('=')))});
    formula.terms.insert(formula.terms.end(), products.begin(), products.end());
    for (const std::string& each : asked.absorb) formula.effects.push_back({each});
    return formula;
}

cd::regression_options options_asked_for(const regression_request& asked) {
    cd::regression_options options{.level = asked.level};
    options.correction = cd::parse_name<cd::cluster_correction>(asked.correction);
    if (!asked.covariance.empty()) options.covariance = cd::parse_name<cd::covariance_kind>(asked.covariance);
    if (!asked.reference.empty())
        options.reference = cd::parse_name<cd::reference_distribution>(asked.reference == "t"        ? "student_t"
                                                                       : asked.reference == "normal" ? "standard_normal"
                                                                                                     : asked.reference);
    return options;
}

/// Lines of coefficients or of marginal effects.
template <class Line>
std::string text_of(const std::vector<Line>& lines, const char* what) {
    std::string text =
        fmt::format("\n{:<28}{:>12}{:>12}{:>12}{:>12}{:>10}", what, "estimate", "std. error", "lower", "upper", "p");
    for (const auto& line : lines)
        if (!line.estimate.value)
            text += fmt::format("\n{:<28}{}", line.name, description_of(line.estimate.status));
        else
            text +=
                fmt::format("\n{:<28}{:>12.4g}{:>12.4g}{:>12.4g}{:>12.4g}{:>10.2g}", line.name, *line.estimate.value,
                            line.standard_error, line.estimate.lower(), line.estimate.upper(), *line.test.p_value);
    return text + "\n";
}

std::string text_of(const cd::joint_test& joint, const std::string& what) {
    if (!joint) return "";
    const auto residual = joint.test.degrees_of_freedom;
    const std::string degrees = residual && joint.test.method == "F"
                                    ? fmt::format("{}, {:g}", joint.restrictions, *residual)
                                    : fmt::format("{}", joint.restrictions);
    return fmt::format("{}: {}({}) = {:.4g}, p = {:.3g}\n", what, joint.test.method, degrees, *joint.test.statistic,
                       *joint.test.p_value);
}

/// Without some columns, such as those of effects.
void drop_columns(cd::regression_fit& fit, const std::vector<bool>& dropped) {
    const std::size_t p = fit.names.size();
    std::vector<std::size_t> kept, place(p);
    for (std::size_t i = 0; i < p; ++i)
        if (!dropped[i]) {
            place[i] = kept.size();
            kept.push_back(i);
        }
    const auto keep = [&](auto& all) {
        if (all.size() != p) return;
        auto old = std::exchange(all, {});
        for (const std::size_t i : kept) all.push_back(old[i]);
    };
    auto& v = fit.covariance;
    if (!v.values.empty()) {
        std::vector<double> values;
        for (const std::size_t i : kept)
            for (const std::size_t j : kept) values.push_back(v.values[i * p + j]);
        v.values = std::move(values);
    }
    keep(v.exponents);
    keep(v.degrees_of);
    v.moments = {};  // contrasts take the fewest degrees of freedom of their coefficients, then
    v.p = kept.size();
    keep(fit.names);
    keep(fit.coefficients);
    for (auto* list : {&fit.dependent, &v.few_treated}) {
        std::erase_if(*list, [&](std::size_t i) { return dropped[i]; });
        for (std::size_t& i : *list) i = place[i];
    }
    fit.combinations.clear();
    fit.rank = kept.size() - fit.dependent.size();
}

/// The ratio of the largest to the smallest singular value of the columns, each scaled to length 1 (Belsley, Kuh and
/// Welsch 1980), from a classical covariance, which is a multiple of (X'WX)^-1.
std::optional<double> condition_number_of(const cd::regression_fit& fit) {
    const auto& v = fit.covariance;
    const std::size_t p = fit.names.size();
    if (v.values.empty() || p == 0 || !fit.dependent.empty() || !v.exponents.empty()) return std::nullopt;
    // Its inverse by Gauss and Jordan, in units in which its diagonal is 1.
    std::vector<double> unit(p), a(p * p), inverse(p * p);
    for (std::size_t i = 0; i < p; ++i) unit[i] = std::sqrt(v.values[i * p + i]);
    for (std::size_t i = 0; i < p; ++i) {
        inverse[i * p + i] = 1;
        for (std::size_t j = 0; j < p; ++j) a[i * p + j] = v.values[i * p + j] / unit[i] / unit[j];
    }
    for (std::size_t k = 0; k < p; ++k) {
        const double pivot = a[k * p + k];
        if (!(pivot > 0)) return std::nullopt;
        for (std::size_t j = 0; j < p; ++j) {
            a[k * p + j] /= pivot;
            inverse[k * p + j] /= pivot;
        }
        for (std::size_t i = 0; i < p; ++i) {
            if (i == k) continue;
            const double factor = a[i * p + k];
            for (std::size_t j = 0; j < p; ++j) {
                a[i * p + j] -= factor * a[k * p + j];
                inverse[i * p + j] -= factor * inverse[k * p + j];
            }
        }
    }
    // X'WX with a diagonal of 1, and its inverse; the largest eigenvalue of each by powers.
    std::vector<double> length(p);
    for (std::size_t i = 0; i < p; ++i) length[i] = std::sqrt(inverse[i * p + i]);
    const auto largest = [&](const auto& entry) {
        std::vector<double> x(p, 1), y(p);
        for (std::size_t i = 0; i < p; ++i) x[i] += 0.01 * static_cast<double>(i);  // along no eigenvector by chance
        double size = 0;
        for (int step = 0; step < 300; ++step) {
            double squares = 0;
            for (std::size_t i = 0; i < p; ++i) {
                y[i] = 0;
                for (std::size_t j = 0; j < p; ++j) y[i] += entry(i, j) * x[j];
                squares += y[i] * y[i];
            }
            size = std::sqrt(squares);
            for (std::size_t i = 0; i < p; ++i) x[i] = y[i] / size;
        }
        return size;
    };
    const double above =
        largest([&](std::size_t i, std::size_t j) { return inverse[i * p + j] / length[i] / length[j]; });
    const double below = largest(
        [&](std::size_t i, std::size_t j) { return v.values[i * p + j] / unit[i] / unit[j] * length[i] * length[j]; });
    return std::sqrt(above * below);
}

/// `parameters` beside the coefficients: the variance of least squares, theta.
fit_facts facts_of(const cd::regression_fit& fit, const cd::regression_fit& classical, bool weighted) {
    constexpr double two_pi = 6.283185307179586;
    fit_facts facts{.condition_number = condition_number_of(classical)};
    if (fit.coefficients.empty()) return facts;
    const auto n = static_cast<double>(fit.n);
    double k = static_cast<double>(fit.rank) + (fit.absorbed ? fit.absorbed->degrees_of_freedom : 0);
    const bool has_constant = fit.absorbed || (!fit.names.empty() && fit.names[0] == "(intercept)");
    if (fit.r_squared && n > k) facts.adjusted_r_squared = 1 - (1 - *fit.r_squared) * (n - has_constant) / (n - k);
    auto log_likelihood = fit.log_likelihood;
    if (fit.family == cd::regression_family::firth_logit) return facts;
    if (fit.family == cd::regression_family::linear) {
        if (weighted || !fit.residual_sd || !(*fit.residual_sd > 0)) return facts;
        const double squares = *fit.residual_sd * *fit.residual_sd * (n - k);
        log_likelihood = -n / 2 * (std::log(two_pi * squares / n) + 1);
        k += 1;
    }
    if (fit.theta) k += 1;
    if (!log_likelihood) return facts;
    facts.aic = 2 * k - 2 * *log_likelihood;
    facts.bic = std::log(n) * k - 2 * *log_likelihood;
    return facts;
}

/// Effects of a Poisson regression, as levels: their columns say the same as effects that are absorbed would, since the
/// maximum has no incidental parameters. Levels whose counts are all 0 say nothing, and are left out.
struct effect_levels {
    std::vector<term> terms;
    std::vector<std::string> names;
    std::vector<std::uint64_t> levels;
    std::vector<std::string> notes;
};
effect_levels levels_of(wanted_rows& file, const cd::regression_formula& formula, const columns& table) {
    constexpr std::size_t most = 500;
    effect_levels all;
    const number_of_row count = table.number(formula.response);
    for (const auto& effect : formula.effects) {
        const std::string name = fmt::format("{}", fmt::join(effect, "^"));
        const text_of_row label = table.combined(effect);
        auto sums = std::make_shared<std::map<std::string, double>>();
        for (const cd::csv_row& row : file) {
            const auto of_row = label(row);
            const auto y = count(row);
            if (of_row && y) (*sums)[*of_row] += *y;
            if (sums->size() > most)
                throw usage_error(fmt::format("{}: effects of more than {} levels are of --family linear", name, most));
        }
        const auto n_all = sums->size();
        std::erase_if(*sums, [](const auto& each) { return !(each.second > 0); });
        if (sums->size() < n_all)
            all.notes.push_back(
                fmt::format("{} levels of {} have counts of 0 alone, and are left out", n_all - sums->size(), name));
        const text_of_row of_those = [label, sums](const cd::csv_row& row) {
            auto of_row = label(row);
            return of_row && sums->contains(*of_row) ? of_row : std::nullopt;
        };
        all.names.push_back(name);
        all.levels.push_back(sums->size());
        all.terms.emplace_back(
            std::vector<term::factor>{{{.column = "effects of " + name, .levels = true}, {}, of_those}});
    }
    return all;
}

/// The fit of a model, and what else was asked for of it.
template <class Model>
regression_answer answer_of(wanted_rows& file, const Model& plain, const cd::regression_formula& formula,
                            const columns& table, const regression_request& asked) {
    regression_answer answer;
    answer.model.response = to_string(formula.response);
    for (const auto& effect : formula.effects)
        answer.model.effects.push_back(fmt::format("{}", fmt::join(effect, "^")));
    std::vector<text_of_row> effects;
    for (const auto& effect : formula.effects) effects.push_back(table.combined(effect));
    const auto absorbing = plain.absorbing(effects);
    effect_levels of_counts;
    if (asked.family == "poisson" && !effects.empty()) of_counts = levels_of(file, formula, table);
    auto model = plain.on(of_counts.terms);
    const auto fit_by = [&](const cd::regression_options& options) {
        if (asked.family == "linear")
            return effects.empty() ? cd::fit_linear(file, model, options)
                                   : cd::fit_fixed_effects(file, absorbing, options);
        if (asked.family == "logit" && !effects.empty()) return cd::fit_conditional_logit(file, absorbing, options);
        return asked.firth                 ? cd::fit_firth_logit(file, model, options)
               : asked.family == "logit"   ? cd::fit_logit(file, model, options)
               : asked.family == "poisson" ? cd::fit_poisson(file, model, options)
               : asked.family == "ordinal" ? cd::fit_proportional_odds(file, model, options)
                                           : cd::fit_negative_binomial(file, model, options);
    };
    const auto options = options_asked_for(asked);
    cd::regression_fit& fit = answer.model.fit;
    fit = fit_by(options);
    if (asked.marginal_effects) answer.marginal_effects = cd::average_marginal_effects(file, model, fit);
    const auto keep_terms_alone = [&](cd::regression_fit& all) {
        std::vector<bool> dropped;
        for (const std::string& name : all.names)
            dropped.push_back(name == "(intercept)" ||
                              std::ranges::any_of(of_counts.names, [&](const std::string& effect) {
                                  return name.starts_with("effects of " + effect + ":");
                              }));
        const std::size_t degrees = static_cast<std::size_t>(std::ranges::count(dropped, true));
        drop_columns(all, dropped);
        all.absorbed =
            cd::absorbed_effects{.levels = of_counts.levels, .degrees_of_freedom = static_cast<double>(degrees)};
    };
    auto by_classical = options;
    by_classical.covariance = cd::covariance_kind::classical;
    cd::regression_fit classical =
        fit.covariance.kind == cd::covariance_kind::classical || asked.firth ? fit : fit_by(by_classical);
    if (!of_counts.names.empty()) {
        keep_terms_alone(fit);
        keep_terms_alone(classical);
        if (answer.marginal_effects)
            std::erase_if(*answer.marginal_effects,
                          [](const auto& each) { return each.name.starts_with("effects of "); });
    }
    answer.notes = of_counts.notes;
    answer.facts = facts_of(fit, classical, !asked.weights.empty());
    if (asked.wild == 0) return answer;
    const cd::wild_bootstrap_options wild{
        .family = cd::parse_name<cd::regression_family>(asked.family), .draws = asked.wild, .level = asked.level};
    for (std::size_t i = 0; i < fit.names.size(); ++i) {
        const std::string& name = fit.names[i];
        if (name == "(intercept)" || std::ranges::find(fit.dependent, i) != fit.dependent.end()) continue;
        answer.wild.push_back(effects.empty() ? cd::wild_cluster_bootstrap(file, model, name, wild)
                                              : cd::wild_cluster_bootstrap(file, absorbing, name, wild));
    }
    return answer;
}

template <class Line>
std::vector<cd::json_object> json_of(const std::vector<Line>& lines) {
    std::vector<cd::json_object> list;
    for (const auto& line : lines)
        list.push_back(cd::json_object()
                           .with("name", line.name)
                           .with("estimate", line.estimate.value)
                           .with("standard_error", line.standard_error)
                           .with("statistic", line.test.statistic)
                           .with("p", line.test.p_value)
                           .with("lower", line.estimate.bounds ? std::optional(line.estimate.lower()) : std::nullopt)
                           .with("upper", line.estimate.bounds ? std::optional(line.estimate.upper()) : std::nullopt)
                           .with("degrees_of_freedom", line.estimate.degrees_of_freedom));
    return list;
}

cd::json_object json_of(const cd::joint_test& joint) {
    cd::json_object object;
    if (!joint) return object.with("status", joint.test.status);
    object.with("method", joint.test.method)
        .with("statistic", joint.test.statistic)
        .with("p", joint.test.p_value)
        .with("degrees", joint.restrictions);
    if (joint.test.method == "F") object.with("residual_degrees", joint.test.degrees_of_freedom);
    return object;
}

}  // namespace

namespace {

/// Throws usage_error for options that do not go together.
void check(const regression_request& asked, bool absorbs, bool absorbs_several) {
    const auto require = [](bool condition, const std::string& words) {
        if (!condition) throw usage_error(words);
    };
    const bool has_clusters = !asked.cluster.empty();
    require(!asked.firth || asked.family == "logit", "--firth is for --family logit");
    require(!asked.firth || (!has_clusters && (asked.covariance.empty() || asked.covariance == "classical")),
            "--firth has a classical covariance alone, without --cluster");
    require(!asked.marginal_effects || asked.family == "logit" || asked.family == "poisson",
            "--marginal-effects is for --family logit or poisson");
    require(
        !asked.marginal_effects || asked.family != "logit" || !absorbs,
        "--marginal-effects: a conditional logit says nothing of its effects, and so nothing of probabilities; i(x) "
        "in place of absorbed effects does");
    const bool ordinal = asked.family == "ordinal";
    require(!ordinal || asked.covariance.empty() || asked.covariance == "classical" || asked.covariance == "hc0" ||
                asked.covariance == "hc1" || asked.covariance == "clustered",
            "--covariance: classical, hc0, hc1 or clustered is required with --family ordinal");
    require(!absorbs || (asked.family != "negbin" && !ordinal && !asked.firth),
            "effects are absorbed by --family linear, logit and poisson; i(x), or --categorical, does the same for the "
            "others");
    require(!absorbs_several || asked.family != "logit", "a conditional logit absorbs one effect: combine them, a^b");
    require(!absorbs || asked.family != "logit" || asked.weights.empty(), "a conditional logit takes no --weights");
    require(!absorbs || asked.family != "logit" ||
                (asked.cluster.size() <= 1 && asked.cluster_separator.empty() &&
                 (asked.covariance.empty() || asked.covariance == "classical" || asked.covariance == "clustered")),
            "a conditional logit has a classical covariance, or one by one --cluster");
    require(asked.wild == 0 || (asked.cluster.size() == 1 && asked.cluster_separator.empty()),
            "--wild is with one --cluster column, of one label a cell");
    require(asked.wild == 0 || (!asked.firth && !ordinal && asked.family != "negbin"),
            "--wild is for --family linear, logit or poisson");
    require(asked.wild == 0 || asked.family == "linear" || !absorbs,
            "--wild with absorbed effects is for --family linear");
    require(asked.cluster_separator.empty() || has_clusters, "--cluster-separator is for the cells of --cluster");
    require(!(asked.table.decimal_comma && asked.decimal_point), "--decimal-comma or --decimal-point, not both");
    if (asked.covariance.empty()) return;
    const auto kind = cd::parse_name<cd::covariance_kind>(asked.covariance);
    const bool of_clusters =
        kind == cd::covariance_kind::clustered || kind == cd::covariance_kind::cr2 || kind == cd::covariance_kind::cr3;
    require(!of_clusters || has_clusters, "--covariance " + asked.covariance + " needs --cluster");
    require(of_clusters || !has_clusters,
            "--covariance " + asked.covariance +
                " takes records as independent: with --cluster, clustered, cr2 or cr3 is required");
    require(!of_clusters || kind == cd::covariance_kind::clustered ||
                (asked.cluster.size() == 1 && asked.cluster_separator.empty()),
            "--covariance " + asked.covariance + " is with one --cluster column, of one label a cell");
    require(!absorbs_several || (kind != cd::covariance_kind::hc2 && kind != cd::covariance_kind::hc3),
            "--covariance " + asked.covariance + " is with one absorbed effect at most");
}

}  // namespace

std::vector<regression_answer> answers_to(const regression_request& asked) {
    std::vector<cd::regression_formula> formulas;
    if (asked.models.empty()) formulas.push_back(formula_of(asked));
    for (const std::string& each : asked.models) try {
            formulas.push_back(cd::parse_formula(each));
        } catch (const std::invalid_argument& error) {
            throw usage_error(fmt::format("--model {}: {}", each, error.what()));
        }
    for (const cd::regression_formula& each : formulas) check(asked, !each.effects.empty(), each.effects.size() > 1);
    cd::csv_file file =
        asked.table.open_file(asked.decimal_point ? std::optional(cd::decimal_mark::point) : std::nullopt);
    if (file.columns().empty()) throw nothing_to_report(asked.table.name() + " is empty");
    const columns table(file, asked);
    std::vector<labels_of_row> labels;
    if (!asked.cluster_separator.empty())
        for (const std::string& name : asked.cluster) labels.push_back(table.labels(name, asked.cluster_separator));
    wanted_rows rows(file, asked.table.where);
    std::vector<regression_answer> answers;
    for (const cd::regression_formula& formula : formulas) {
        std::vector<term> terms;
        for (const auto& product : formula.terms) terms.push_back(table.term_of(product));
        const number_of_row response = [number = table.number(formula.response),
                                        f = formula.response](const cd::csv_row& row) -> std::optional<double> {
            const auto y = number(row);
            return y ? std::optional(value_of(f, *y)) : y;
        };
        auto model = cd::model_of(response)
                         .on(terms)
                         .weighted_by(table.number_or(asked.weights, 1))
                         .offset_by(table.number_or(asked.offset, 0));
        if (!formula.intercept && asked.family == "ordinal")
            throw usage_error(
                "--family ordinal has thresholds in place of an intercept: --no-intercept, or 0 in the formula, "
                "is not for it");
        if (!formula.intercept) model = model.without_intercept();
        regression_answer answer;
        try {
            answer = labels.empty()
                         ? answer_of(rows, model.clustered_by(table.texts(asked.cluster)), formula, table, asked)
                         : answer_of(rows, model.clustered_by(labels), formula, table, asked);
        } catch (const std::invalid_argument& error) {
            if (std::string_view(error.what()).find("a base among the levels") == std::string_view::npos) throw;
            throw usage_error(error.what());
        }
        const cd::regression_fit& fit = answer.model.fit;
        answer.overall = cd::overall_test(fit);
        for (const std::string& name : asked.test)
            if (std::ranges::find(fit.names, name) == fit.names.end())
                throw usage_error(
                    fmt::format("--test: one of {} is required, got {}", fmt::join(fit.names, ", "), name));
        if (!asked.test.empty()) answer.together = cd::wald_test(fit, asked.test);
        if (asked.exponentiate) answer.exponentiated = cd::exponentiated(fit);
        if (const auto note = rows.filter().note()) answer.notes.push_back(*note);
        answers.push_back(std::move(answer));
    }
    tell_problems(file.problems(), file.n_problems());
    return answers;
}

std::vector<cd::found_column> columns_of(const regression_request& asked) {
    constexpr std::size_t most = 1000;
    cd::csv_file file = asked.table.open_file();
    const columns table(file, asked);
    std::vector<cd::found_column> found;
    for (std::size_t i = 0; i < file.columns().size(); ++i) {
        const std::string& header = file.columns()[i];
        std::string field = header;
        for (const auto& [name, of] : asked.table.columns.assignments())
            if (of == header) field = name;
        found.push_back({.field = field, .type = "blank", .required = false, .looked_for = {header}, .header = header});
    }
    std::size_t n = 0;
    for (const cd::csv_row& row : file) {
        for (std::size_t i = 0; i < found.size(); ++i) {
            const std::string_view cell = cd::trimmed(row[i]);
            if (cell.empty() || std::ranges::find(asked.missing, cell) != asked.missing.end()) continue;
            const std::string type = columns::type_of(cell, row.decimal());
            found[i].type = found[i].type == "blank" || found[i].type == type ? type : "labels";
            if (found[i].samples.size() < 3) found[i].samples.emplace_back(cell);
        }
        if (++n == most) break;
    }
    return found;
}

std::string text_of(const regression_answer& answer, const regression_request& asked) {
    const fit_facts& facts = answer.facts;
    std::string text = to_string(answer.model.fit) + "\nresponse " + answer.model.response;
    const auto fact = [&text](const char* name, const std::optional<double>& value) {
        if (value) text += fmt::format(", {} {:.4g}", name, *value);
    };
    fact("adjusted R2", facts.adjusted_r_squared);
    fact("AIC", facts.aic);
    fact("BIC", facts.bic);
    fact("condition number", facts.condition_number);
    text += "\n";
    for (const std::string& note : answer.notes) text += note + "\n";
    text += text_of(answer.overall, "all terms");
    if (answer.together) text += text_of(*answer.together, fmt::format("{}", fmt::join(asked.test, ", ")));
    if (answer.exponentiated) text += text_of(*answer.exponentiated, "exponentiated");
    if (answer.marginal_effects) text += text_of(*answer.marginal_effects, "average marginal effect");
    if (!answer.wild.empty()) text += text_of(answer.wild, "wild cluster bootstrap");
    return text;
}

std::string json_of(const regression_answer& answer) {
    cd::json_object more;
    more.with("response", answer.model.response)
        .with("adjusted_r_squared", answer.facts.adjusted_r_squared)
        .with("aic", answer.facts.aic)
        .with("bic", answer.facts.bic)
        .with("condition_number", answer.facts.condition_number);
    if (!answer.notes.empty()) more.with("notes", answer.notes);
    more.with("overall_test", json_of(answer.overall));
    if (answer.together) more.with("test", json_of(*answer.together));
    if (answer.exponentiated) more.with("exponentiated", json_of(*answer.exponentiated));
    if (answer.marginal_effects) more.with("marginal_effects", json_of(*answer.marginal_effects));
    if (!answer.wild.empty()) more.with("wild", answer.wild);
    std::string json = to_json(answer.model.fit);
    json.back() = ',';  // one object of both
    return json + more.text().substr(1);
}

cd::table table_of(const std::vector<regression_answer>& answers, const regression_request& asked) {
    std::vector<cd::fitted_model> models;
    for (const regression_answer& each : answers) {
        models.push_back(each.model);
        models.back().exponentiated = asked.exponentiate;
    }
    cd::table t = cd::regression_table(models);
    const auto add = [&](const char* detail, const char* label, const auto& fact, const cd::number_style& style) {
        std::vector<cd::cell> row{cd::to_cell(""), cd::to_cell(detail), cd::to_cell(label)};
        bool any = false;
        for (const regression_answer& each : answers) {
            const std::optional<double> value = fact(each);
            row.push_back(value ? cd::cell{.value = *value, .style = style} : cd::cell{});
            any = any || value;
        }
        if (any) t.rows.push_back(std::move(row));
    };
    constexpr cd::number_style decimals{.digits = 3, .notation = cd::number_notation::fixed}, digits{.digits = 5};
    add(
        "adjusted_r_squared", "adjusted R\u00B2", [](const auto& a) { return a.facts.adjusted_r_squared; }, decimals);
    add(
        "aic", "AIC", [](const auto& a) { return a.facts.aic; }, digits);
    add(
        "bic", "BIC", [](const auto& a) { return a.facts.bic; }, digits);
    add(
        "condition_number", "condition number", [](const auto& a) { return a.facts.condition_number; },
        cd::number_style{.digits = 3});
    for (std::size_t i = 0; i < answers.size(); ++i) {
        const auto name = fmt::format("({})", i + 1);
        for (const std::string& note : answers[i].notes) t.notes.push_back(fmt::format("{}: {}", name, note));
        if (!answers[i].marginal_effects) continue;
        // Below, as rows of their own.
        for (const cd::marginal_effect& effect : *answers[i].marginal_effects) {
            std::vector<cd::cell> row{cd::to_cell(effect.name), cd::to_cell("marginal_effect"),
                                      cd::to_cell("effect of " + effect.name)};
            row.resize(3 + answers.size());
            const std::string label = "effect of " + effect.name;
            auto known = std::ranges::find_if(t.rows, [&](const auto& each) {
                return each[1].value == cd::cell_value(std::string("marginal_effect")) &&
                       each[0].value == cd::cell_value(effect.name);
            });
            if (known == t.rows.end()) known = t.rows.insert(t.rows.end(), std::move(row));
            (*known)[3 + i] = cd::to_cell(effect.estimate.value);
        }
    }
    return t;
}

}  // namespace example
