// SPDX-License-Identifier: BSL-1.0
#include "support/regression_request.hpp"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/io/csv_file.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/fixed_effects.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/polynomial.hpp>
#include <compute_divide/regression/terms.hpp>
#include <compute_divide/regression/to_string.hpp>

namespace example {

namespace cd = compute_divide;

namespace {

using number_of_row = std::function<std::optional<double>(const cd::csv_row&)>;
using text_of_row = std::function<std::optional<std::string>(const cd::csv_row&)>;
using labels_of_row = std::function<std::vector<std::string>(const cd::csv_row&)>;

/// Columns of the file as fields of its rows.
class columns {
public:
    columns(const cd::csv_file& file, const regression_request& asked) : file_(&file), missing_(asked.missing) {
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
            if (const auto truth = cd::parse_truth(text)) return *truth ? 1 : 0;
            try {
                return cd::parse_number(text, row.decimal());
            } catch (const std::invalid_argument&) {
                const bool comma = text.find(',') != std::string_view::npos;
                throw std::runtime_error(fmt::format(
                    "line {}, column \"{}\": a number is required, got \"{}\"{}", row.line(), name, text.substr(0, 80),
                    comma ? ": is its comma decimal? --decimal-comma or --decimal-point says so" : ""));
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
    const cd::csv_file* file_;
    std::vector<std::string> missing_;
    std::map<std::string, std::optional<std::string>> bases_;
};

auto model_asked_for(const regression_request& asked, const columns& table) {
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
                           .offset_by(table.number_or(asked.offset, 0));
    return asked.no_intercept ? model.without_intercept() : model;
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

/// The fit of a model, and what else was asked for of it.
template <class Model>
regression_answer answer_of(cd::csv_file& file, const Model& model, const columns& table,
                            const regression_request& asked) {
    const auto options = options_asked_for(asked);
    regression_answer answer;
    answer.fit = !asked.absorb.empty()
                     ? cd::fit_fixed_effects(file, model.absorbing(table.texts(asked.absorb)), options)
                 : asked.family == "linear"  ? cd::fit_linear(file, model, options)
                 : asked.firth               ? cd::fit_firth_logit(file, model, options)
                 : asked.family == "logit"   ? cd::fit_logit(file, model, options)
                 : asked.family == "poisson" ? cd::fit_poisson(file, model, options)
                 : asked.family == "negbin"  ? cd::fit_negative_binomial(file, model, options)
                                             : throw std::runtime_error("no family " + asked.family);
    if (asked.marginal_effects) answer.marginal_effects = cd::average_marginal_effects(file, model, answer.fit);
    if (asked.wild == 0) return answer;
    const cd::wild_bootstrap_options wild{
        .family = cd::parse_name<cd::regression_family>(asked.family), .draws = asked.wild, .level = asked.level};
    for (std::size_t i = 0; i < answer.fit.names.size(); ++i) {
        const std::string& name = answer.fit.names[i];
        if (name == "(intercept)" || std::ranges::find(answer.fit.dependent, i) != answer.fit.dependent.end()) continue;
        answer.wild.push_back(asked.absorb.empty() ? cd::wild_cluster_bootstrap(file, model, name, wild)
                                                   : cd::wild_cluster_bootstrap(
                                                         file, model.absorbing(table.texts(asked.absorb)), name, wild));
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

regression_answer answer_to(const regression_request& asked) {
    if (asked.firth && asked.family != "logit") throw std::runtime_error("--firth is for --family logit");
    if (asked.marginal_effects && asked.family != "logit")
        throw std::runtime_error("--marginal-effects is for --family logit");
    if (!asked.absorb.empty() && asked.family != "linear")
        throw std::runtime_error("--absorb is for --family linear; --categorical does the same for the others");

    if (asked.wild > 0 && (asked.cluster.size() != 1 || !asked.cluster_separator.empty()))
        throw std::runtime_error("--wild is with one --cluster column, of one label a cell");
    if (asked.wild > 0 && (asked.firth || asked.family == "negbin"))
        throw std::runtime_error("--wild is for --family linear, logit or poisson");
    if (!asked.cluster_separator.empty() && asked.cluster.empty())
        throw std::runtime_error("--cluster-separator is for the cells of --cluster");
    cd::csv_options reading{.delimiter = asked.delimiter};
    if (asked.decimal_comma)
        reading.decimal = cd::decimal_mark::comma;
    else if (asked.decimal_point)
        reading.decimal = cd::decimal_mark::point;
    cd::csv_file file(asked.csv, reading);
    const columns table(file, asked);
    const auto model = model_asked_for(asked, table);
    std::vector<labels_of_row> labels;
    if (!asked.cluster_separator.empty())
        for (const std::string& name : asked.cluster) labels.push_back(table.labels(name, asked.cluster_separator));
    regression_answer answer = labels.empty()
                                   ? answer_of(file, model.clustered_by(table.texts(asked.cluster)), table, asked)
                                   : answer_of(file, model.clustered_by(labels), table, asked);
    answer.overall = cd::overall_test(answer.fit);
    if (!asked.test.empty()) answer.together = cd::wald_test(answer.fit, asked.test);
    if (asked.exponentiate) answer.exponentiated = cd::exponentiated(answer.fit);
    return answer;
}

std::string text_of(const regression_answer& answer, const regression_request& asked) {
    std::string text = to_string(answer.fit) + "\n" + text_of(answer.overall, "all terms");
    if (answer.together) text += text_of(*answer.together, fmt::format("{}", fmt::join(asked.test, ", ")));
    if (answer.exponentiated) text += text_of(*answer.exponentiated, "exponentiated");
    if (answer.marginal_effects) text += text_of(*answer.marginal_effects, "average marginal effect");
    if (!answer.wild.empty()) text += text_of(answer.wild, "wild cluster bootstrap");
    return text;
}

std::string json_of(const regression_answer& answer) {
    cd::json_object more;
    more.with("overall_test", json_of(answer.overall));
    if (answer.together) more.with("test", json_of(*answer.together));
    if (answer.exponentiated) more.with("exponentiated", json_of(*answer.exponentiated));
    if (answer.marginal_effects) more.with("marginal_effects", json_of(*answer.marginal_effects));
    if (!answer.wild.empty()) more.with("wild", answer.wild);
    std::string json = to_json(answer.fit);
    json.back() = ',';  // one object of both
    return json + more.text().substr(1);
}

}  // namespace example
