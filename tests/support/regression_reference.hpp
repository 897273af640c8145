// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_REGRESSION_REFERENCE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_REGRESSION_REFERENCE_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/terms.hpp>

#include "support/close.hpp"

/// The models of tests/reference/regression_cases.csv with their data and with what R says of them. The heads of
/// regression.R and regression.py tell what the words mean. A test goes through them:
///
///   for (const regression_case& c : regression_cases("linear")) {
///       if (!c.absorb.empty()) continue;
///       const auto result = compare(c, [&](const auto& options) { return fit_linear(c.records, model_of(c), options);
///       }); compared += result.compared; for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));
///   }
///   CHECK(compared > 2000);
namespace test_support {

namespace detail {

[[nodiscard]] inline std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream all(text);
    for (std::string part; std::getline(all, part, separator);) parts.push_back(part);
    if (!text.empty() && text.back() == separator) parts.emplace_back();
    return parts;
}

/// A file of tests/reference by lines of cells, the header first.
[[nodiscard]] inline std::vector<std::vector<std::string>> cells_of(const std::string& path) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/" + path);
    std::vector<std::vector<std::string>> lines;
    for (std::string line; std::getline(file, line);) {
        lines.push_back(split(line, ','));
        if (lines.back().size() != lines.front().size()) throw std::runtime_error(path + ": " + line);
    }
    if (lines.empty()) throw std::runtime_error("tests/reference/" + path + " is missing or empty");
    return lines;
}

}  // namespace detail

/// A line of data by its cells; a blank one is not known.
using regression_record = std::vector<std::string>;

struct number_cell {
    std::size_t column;
    double operator()(const regression_record& record) const {
        const std::string& cell = record[column];
        return cell.empty() ? std::numeric_limits<double>::quiet_NaN() : std::strtod(cell.c_str(), nullptr);
    }
};

struct text_cell {
    std::size_t column;
    std::optional<std::string> operator()(const regression_record& record) const {
        return record[column].empty() ? std::nullopt : std::optional(record[column]);
    }
};

/// A number for all records, where the case has no weights or offset.
struct number_cell_or {
    std::optional<number_cell> cell;
    double otherwise;
    double operator()(const regression_record& record) const { return cell ? (*cell)(record) : otherwise; }
};

struct expected_value {
    std::string covariance, correction, degrees, distribution, quantity, term;
    double value;
};

struct regression_case {
    std::string name, family, response, weights, offset;
    std::vector<std::string> terms, categorical, absorb, cluster;
    bool intercept = true;
    std::vector<std::string> columns;
    std::vector<regression_record> records;
    std::vector<expected_value> expected;

    [[nodiscard]] std::size_t column(const std::string& named) const {
        const auto found = std::ranges::find(columns, named);
        if (found == columns.end()) throw std::runtime_error(name + " has no column " + named);
        return static_cast<std::size_t>(found - columns.begin());
    }
    [[nodiscard]] std::vector<text_cell> texts(const std::vector<std::string>& names) const {
        std::vector<text_cell> fields;
        for (const std::string& each : names) fields.push_back({column(each)});
        return fields;
    }
};

/// Those of a family, in the order of the file.
[[nodiscard]] inline std::vector<regression_case> regression_cases(std::string_view family) {
    std::map<std::string, std::vector<expected_value>> expected;
    for (const auto& line : detail::cells_of("regression_expected.csv"))
        expected[line[0]].push_back(
            {line[1], line[2], line[3], line[4], line[5], line[6], std::strtod(line[7].c_str(), nullptr)});

    std::vector<regression_case> cases;
    for (const auto& line : detail::cells_of("regression_cases.csv")) {
        if (line[2] != family) continue;
        auto data = detail::cells_of("regression_data/" + line[1] + ".csv");
        cases.push_back({.name = line[0],
                         .family = line[2],
                         .response = line[3],
                         .weights = line[6],
                         .offset = line[7],
                         .terms = detail::split(line[4], ' '),
                         .categorical = detail::split(line[5], ' '),
                         .absorb = detail::split(line[8], ' '),
                         .cluster = detail::split(line[9], ' '),
                         .intercept = line[10] == "1",
                         .columns = data.front(),
                         .records = {data.begin() + 1, data.end()},
                         .expected = expected.at(line[0])});
    }
    if (cases.empty()) throw std::runtime_error("no regression case of " + std::string(family));
    return cases;
}

/// The case's model but for its effects: model_of(c).absorbing(c.texts(c.absorb)) has them.
[[nodiscard]] inline auto model_of(const regression_case& c) {
    namespace cd = compute_divide;
    using number = cd::polynomial<number_cell>;
    using level = cd::categorical<text_cell, std::string>;
    std::map<std::string, std::string> bases;
    for (const std::string& each : c.categorical)
        bases[each.substr(0, each.find('='))] = each.substr(each.find('=') + 1);
    const auto powers = [&](const std::string& term) {
        const std::size_t hat = term.find('^');
        const std::string name = term.substr(0, hat);
        return number(name, {c.column(name)}, hat == std::string::npos ? 1 : std::stoul(term.substr(hat + 1)));
    };
    const auto levels = [&](const std::string& name) { return level(name, {c.column(name)}, bases.at(name)); };

    std::vector<number> numbers;
    std::vector<level> kinds;
    std::vector<cd::interaction<number, number>> products;
    std::vector<cd::interaction<number, level>> slopes;
    std::vector<cd::interaction<level, level>> cells;
    for (const std::string& term : c.terms) {
        const std::size_t star = term.find('*');
        const std::string first = term.substr(0, star);
        if (star == std::string::npos) {
            if (bases.contains(first))
                kinds.push_back(levels(first));
            else
                numbers.push_back(powers(first));
            continue;
        }
        const std::string second = term.substr(star + 1);
        if (!bases.contains(second))
            products.emplace_back(powers(first), powers(second));
        else if (!bases.contains(first))
            slopes.emplace_back(powers(first), levels(second));
        else
            cells.emplace_back(levels(first), levels(second));
    }
    const auto number_or = [&](const std::string& name, double otherwise) {
        return number_cell_or{name.empty() ? std::nullopt : std::optional(number_cell{c.column(name)}), otherwise};
    };
    const auto model = cd::model_of(number_cell{c.column(c.response)})
                           .on(numbers, kinds, products, slopes, cells)
                           .weighted_by(number_or(c.weights, 1))
                           .offset_by(number_or(c.offset, 0))
                           .clustered_by(c.texts(c.cluster));
    return c.intercept ? model : model.without_intercept();
}

/// The options that ask for a value; nothing for a covariance that they do not have (observed_joint).
[[nodiscard]] inline std::optional<compute_divide::regression_options> options_for(const expected_value& e) {
    namespace cd = compute_divide;
    cd::regression_options options;
    if (e.covariance == "observed_joint") return std::nullopt;
    options.covariance =
        e.covariance.empty() ? cd::covariance_kind::classical : cd::parse_name<cd::covariance_kind>(e.covariance);
    if (!e.correction.empty()) options.correction = cd::parse_name<cd::cluster_correction>(e.correction);
    options.effect_degrees_of_freedom = e.degrees.empty() ? cd::effect_degrees_of_freedom::all
                                                          : cd::parse_name<cd::effect_degrees_of_freedom>(e.degrees);
    if (!e.distribution.empty()) options.reference = cd::parse_name<cd::reference_distribution>(e.distribution);
    return options;
}

/// A linear fit's prediction for one of the case's records.
[[nodiscard]] inline compute_divide::prediction prediction_of_line(const compute_divide::regression_fit& fit,
                                                                   const regression_case& c, const std::string& line) {
    const auto model = model_of(c);
    const auto frame = compute_divide::detail::frame_of("predict", c.records, model);
    std::size_t at = 0;
    while (frame.record(at) != std::stoul(line) - 1) ++at;
    std::vector<std::pair<std::string, double>> values;
    for (std::size_t j = 0; j < frame.p(); ++j) values.emplace_back(frame.names[j], frame.row(at)[j]);
    return compute_divide::predict(fit, values);
}

/// What a fit of a case says of an expected value; nothing where it does not tell.
[[nodiscard]] inline std::optional<double> value_in(const compute_divide::regression_fit& fit, const regression_case& c,
                                                    const expected_value& e) {
    namespace cd = compute_divide;
    const auto column = std::ranges::find(fit.names, e.term) - fit.names.begin();
    const auto is_dependent = [&](std::size_t at) {
        return std::ranges::find(fit.dependent, at) != fit.dependent.end();
    };
    const std::string& q = e.quantity;
    if (q == "n") return static_cast<double>(fit.n);
    if (q == "n_missing") return static_cast<double>(fit.n_missing);
    if (q == "n_singletons" && fit.absorbed) return static_cast<double>(fit.absorbed->singletons);
    if (q == "clusters" && !fit.clusters.empty()) return static_cast<double>(fit.clusters[0]);
    if (q == "clusters_2" && fit.clusters.size() > 1) return static_cast<double>(fit.clusters[1]);
    if (q == "dependent") return is_dependent(static_cast<std::size_t>(column)) ? 1 : 0;
    if (q == "separated_record") {
        const std::uint64_t line = std::stoul(e.term);
        return fit.separated && std::ranges::find(fit.separated->records, line - 1) != fit.separated->records.end();
    }
    if (q == "separating_term")
        return fit.separated && std::ranges::find(fit.separated->terms, e.term) != fit.separated->terms.end();
    if (fit.coefficients.empty()) return std::nullopt;

    const bool firth = fit.family == cd::regression_family::firth_logit;
    if (q == "rank") return static_cast<double>(fit.rank) + (fit.absorbed ? fit.absorbed->degrees_of_freedom : 0);
    if (q == "residual_sd") return fit.residual_sd;
    if (q == "r_squared") return fit.r_squared;
    if (q == "r_squared_within" && fit.absorbed) return fit.absorbed->r_squared_within;
    if (q == (firth ? "penalized_log_likelihood" : "log_likelihood")) return fit.log_likelihood;
    if (q == (firth ? "null_penalized_log_likelihood" : "null_log_likelihood")) return fit.null_log_likelihood;
    if (q == "deviance") return fit.deviance;
    if (q == "theta") return fit.theta;
    if (q == "theta_se") return fit.theta_standard_error;
    if (q == "estimate") return fit.coefficients.at(static_cast<std::size_t>(column));

    if (q.starts_with("wald_")) {
        std::vector<std::string> tested = detail::split(e.term, ' ');
        if (e.term == "(all)") {
            tested = fit.names;
            std::erase(tested, "(intercept)");
        }
        const cd::test_result test = cd::wald_test(fit, tested).test;
        return q.ends_with("_p") ? test.p_value : test.statistic;
    }
    if (q == "f_statistic") return cd::overall_test(fit).test.statistic;
    if (q == "f_p_value") return cd::overall_test(fit).test.p_value;

    const bool predicted = q.starts_with("prediction") || q.starts_with("confidence");
    if (predicted && fit.family == cd::regression_family::linear) {
        const cd::prediction at = prediction_of_line(fit, c, e.term);
        if (q == "prediction") return at.mean.value;
        const auto& bounds = q.starts_with("confidence") ? at.mean.bounds : at.prediction_interval;
        if (bounds && q.ends_with("_lower")) return bounds->lower;
        if (bounds && q.ends_with("_upper")) return bounds->upper;
    }

    const bool ratio = q.starts_with("odds_ratio");
    for (const cd::coefficient_line& line : ratio ? cd::exponentiated(fit) : cd::coefficient_lines(fit)) {
        if (line.name != e.term) continue;
        // R says infinity where the library says that there is no such double.
        if (ratio && !line.estimate.value && std::isinf(std::exp(cd::coefficient(fit, e.term).upper()))) return e.value;
        if (q == "odds_ratio") return line.estimate.value;
        if (q == "standard_error" || q == "odds_ratio_se") return line.standard_error;
        if (q == "statistic") return line.test.statistic;
        if (q == "p_value") return line.test.p_value;
        if (q == "lower" || q == "odds_ratio_lower") return line.estimate.lower();
        if (q == "upper" || q == "odds_ratio_upper") return line.estimate.upper();
    }
    return std::nullopt;
}

/// A value that a fit does not say as expected.
struct disagreement {
    std::string what;
    double computed, expected;
};

[[nodiscard]] inline std::string to_string(const disagreement& each) {
    char numbers[120];
    std::snprintf(numbers, sizeof numbers, ": computed %.17g, expected %.17g", each.computed, each.expected);
    return each.what + numbers;
}

/// How many values of a case were compared, and those that differ by more than `tolerance`, relative.
struct agreement {
    std::size_t compared = 0;
    std::vector<disagreement> disagreements = {};
};

/// Fits a case with the options of each of its values, `fit(options)`, and compares what value_in knows.
template <class Fit>
[[nodiscard]] agreement compare(const regression_case& c, const Fit& fit, double tolerance = 1e-9) {
    std::map<std::string, compute_divide::regression_fit> fits;
    agreement result;
    for (const expected_value& e : c.expected) {
        const auto options = options_for(e);
        if (!options) continue;
        std::string wanted = e.covariance;
        for (const std::string* word : {&e.correction, &e.degrees, &e.distribution}) wanted.append(" ").append(*word);
        if (!fits.contains(wanted)) fits.emplace(wanted, fit(*options));
        const auto value = value_in(fits.at(wanted), c, e);
        if (!value) continue;
        ++result.compared;
        if (!(relative_error(*value, e.value) <= tolerance))
            result.disagreements.push_back({c.name + " " + wanted + " " + e.quantity + " " + e.term, *value, e.value});
    }
    return result;
}

}  // namespace test_support

#endif
