// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_REGRESSIONS_HPP
#define COMPUTE_DIVIDE_REPORT_REGRESSIONS_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/regression_fit.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/report/detail/number_text.hpp>
#include <compute_divide/report/table.hpp>

/// Regressions side by side: terms in rows, models in columns, standard errors beneath the coefficients.
///
///     regression_table({{.name = "pooled", .fit = pooled}, {.name = "within", .fit = within, .effects = {"year"}}})
namespace compute_divide::inline v0_2 {

/// A fit as a column of a table.
struct fitted_model {
    std::string name = {};  ///< "(1)", "(2)", ... where it is empty
    regression_fit fit = {};
    std::string response = {};              ///< what it explains, if that is to be said
    std::vector<std::string> effects = {};  ///< of the effects that were absorbed, in their order
    bool exponentiated = false;             ///< odds ratios, ratios of rates: see `exponentiated`

    friend bool operator==(const fitted_model&, const fitted_model&) = default;
};

/// What is said of a coefficient besides its value.
enum class coefficient_detail {
    standard_error,  ///< in parentheses beneath it
    statistic,       ///< t or z, in parentheses beneath it
    p_value,         ///< in parentheses beneath it
    interval,        ///< beside it, at the fit's level
    nothing
};
[[nodiscard]] constexpr auto enumerators(coefficient_detail) {
    using enum coefficient_detail;
    return std::array{named<coefficient_detail>{standard_error, "standard_error", "standard errors"},
                      named<coefficient_detail>{statistic, "statistic", "t or z statistics"},
                      named<coefficient_detail>{p_value, "p_value", "p-values"},
                      named<coefficient_detail>{interval, "interval", "intervals"},
                      named<coefficient_detail>{nothing, "nothing"}};
}

/// Where the row of the intercept is.
enum class intercept_row { last, first, left_out };
[[nodiscard]] constexpr auto enumerators(intercept_row) {
    using enum intercept_row;
    return std::array{named<intercept_row>{last, "last"}, named<intercept_row>{first, "first"},
                      named<intercept_row>{left_out, "left_out", "left out"}};
}

/// The name of a term for readers.
struct term_label {
    std::string term;
    std::string label;
};

struct regression_table_options {
    std::string title = {};
    coefficient_detail detail = coefficient_detail::standard_error;
    intercept_row intercept = intercept_row::last;
    std::vector<std::string> terms = {};     ///< only these, in this order; none: all, see `regression_table`
    std::vector<std::string> left_out = {};  ///< terms without a row; a note says which
    std::vector<term_label> labels = {};     ///< for readers alone: rows are matched by terms
    int digits = 2;                          ///< significant digits of the standard error
    bool stars = false;                      ///< marks of p < 0.05, 0.01, 0.001: a threshold is not the result
};

namespace detail {

/// A column of a fit by its name, and which of the columns of that name it is.
struct term_key {
    std::string name;
    std::size_t occurrence = 0;

    friend bool operator==(const term_key&, const term_key&) = default;
};

/// What a fit says of a column.
struct fitted_term {
    term_key key;
    std::optional<double> value = {};
    std::optional<coefficient_line> line = {};  ///< where there is a standard error
    estimate_status status = estimate_status::ok;
};

inline constexpr std::string_view intercept_name = "(intercept)";

[[nodiscard]] inline std::vector<fitted_term> terms_of_model(const fitted_model& m) {
    const regression_fit& fit = m.fit;
    const auto lines = m.exponentiated ? exponentiated(fit) : coefficient_lines(fit);
    auto line = lines.begin();
    std::vector<fitted_term> terms;
    for (std::size_t i = 0; i < fit.names.size(); ++i) {
        const auto before =
            std::ranges::count(fit.names.begin(), fit.names.begin() + static_cast<std::ptrdiff_t>(i), fit.names[i]);
        fitted_term term{.key = {fit.names[i], static_cast<std::size_t>(before)}};
        if (fit.coefficients.empty()) {
            term.status = fit.status == estimate_status::ok ? estimate_status::degenerate : fit.status;
        } else if (detail::find(fit.dependent, i) != fit.dependent.end()) {
            term.status = estimate_status::degenerate;
        } else {
            term.value = m.exponentiated ? std::exp(fit.coefficients[i]) : fit.coefficients[i];
            if (line != lines.end())
                term.line = *line++;
            else
                term.status =
                    fit.covariance.status == estimate_status::ok ? estimate_status::degenerate : fit.covariance.status;
        }
        terms.push_back(std::move(term));
    }
    return terms;
}

/// The rows: terms as the first model has them; a new one of a later model after the term that is before it there, or
/// at the end; the intercept where it is asked for.
[[nodiscard]] inline std::vector<term_key> term_order(const std::vector<std::vector<fitted_term>>& models,
                                                      const regression_table_options& options) {
    std::vector<term_key> order;
    bool intercept = false;
    const auto left_out = [&](const std::string& name) {
        return detail::find(options.left_out, name) != options.left_out.end() ||
               (!options.terms.empty() && detail::find(options.terms, name) == options.terms.end());
    };
    for (const auto& terms : models) {
        auto after = order.end();
        bool none_before = true;
        for (const auto& term : terms) {
            if (left_out(term.key.name)) continue;
            if (term.key.name == intercept_name) {
                intercept = true;
                continue;
            }
            auto found = detail::find(order, term.key);
            if (found == order.end()) found = order.insert(none_before ? order.end() : after, term.key);
            after = found + 1;
            none_before = false;
        }
    }
    const term_key key{std::string(intercept_name), 0};
    if (intercept && options.intercept == intercept_row::first) order.insert(order.begin(), key);
    if (intercept && options.intercept == intercept_row::last) order.push_back(key);
    if (!options.terms.empty())
        detail::stable_sort_by(order, [&](const term_key& each) {
            return detail::find(options.terms, each.name) - options.terms.begin();
        });
    return order;
}

/// Numbers to the place of the standard error's last digit.
[[nodiscard]] inline number_style style_by_error(double x, double error, int digits) {
    if (!(error > 0) || !std::isfinite(error) || !std::isfinite(x)) return {.digits = digits + 2};
    const int decimals = decimals_for(error, digits);
    if (decimals <= 7 && std::fabs(x) < 1e7 && error < 1e7)
        return {.digits = std::max(decimals, 0), .notation = number_notation::fixed};
    return {.digits = std::clamp(rounded_exponent(x, digits) + decimals + 1, 1, 17)};
}

[[nodiscard]] inline int stars_of(double p) {
    return p < 0.001 ? 3 : p < 0.01 ? 2 : p < 0.05 ? 1 : 0;
}

/// Names of columns that differ from each other and from those that are taken.
[[nodiscard]] inline std::vector<std::string> distinct_names(std::span<const fitted_model> models,
                                                             std::vector<std::string> taken) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < models.size(); ++i) {
        const std::string number = "(" + std::to_string(i + 1) + ")";
        std::string name = models[i].name.empty() ? number : models[i].name;
        while (detail::find(taken, name) != taken.end()) name += " " + number;
        taken.push_back(name);
        names.push_back(std::move(name));
    }
    return names;
}

class regression_table_writer {
public:
    regression_table_writer(std::span<const fitted_model> models, const regression_table_options& options)
        : models_(models), options_(options), headers_(distinct_names(models, {"term", "detail", "label"})) {
        require(!models.empty(), "regression_table", "at least one model", models.size());
        require(options.digits >= 1 && options.digits <= 15, "regression_table", "from 1 to 15 digits", options.digits);
        for (const auto& model : models) terms_.push_back(terms_of_model(model));
    }

    [[nodiscard]] table result() {
        table_.name = "regressions";
        table_.title = options_.title;
        table_.columns.push_back({.name = "term", .audience = column_audience::programs});
        table_.columns.push_back({.name = "detail", .audience = column_audience::programs});
        table_.columns.push_back({.name = "label",
                                  .header = " ",
                                  .alignment = column_alignment::left,
                                  .audience = column_audience::readers});
        for (std::size_t i = 0; i < models_.size(); ++i)
            table_.columns.push_back({.name = headers_[i],
                                      .header = models_[i].name.empty() ? headers_[i] : models_[i].name,
                                      .alignment = column_alignment::right});
        add_responses();
        begin_group();
        for (const auto& key : term_order(terms_, options_)) add_term(key);
        add_effects();
        begin_group();
        add_facts();
        add_notes();
        return std::move(table_);
    }

private:
    void begin_group() {
        if (table_.groups.empty() || table_.groups.back().first_row < table_.rows.size())
            table_.groups.push_back({table_.rows.size(), {}});
    }

    /// A row with a cell for each model; left out where no model has one.
    template <class CellOf>
    void add_row(std::string_view term, std::string_view detail, std::string_view label, const CellOf& cell_of) {
        std::vector<cell> row{to_cell(term), to_cell(detail), to_cell(label)};
        bool any = false;
        for (std::size_t i = 0; i < models_.size(); ++i) {
            row.push_back(cell_of(i));
            any = any || !std::holds_alternative<not_applicable>(row.back().value);
        }
        if (any) table_.rows.push_back(std::move(row));
    }

    void add_responses() {
        if (detail::all_of(models_, [](const auto& m) { return m.response.empty(); })) return;
        begin_group();
        add_row("", "response", "response",
                [&](std::size_t i) { return models_[i].response.empty() ? cell{} : to_cell(models_[i].response); });
    }

    [[nodiscard]] const fitted_term* term_of(std::size_t model, const term_key& key) const {
        const auto found = detail::find(terms_[model], key, &fitted_term::key);
        return found == terms_[model].end() ? nullptr : &*found;
    }

    [[nodiscard]] cell coefficient_cell(std::size_t model, const term_key& key) const {
        const fitted_term* const term = term_of(model, key);
        if (term == nullptr) return {};
        if (!term->value) return {.value = term->status};
        const int stars = options_.stars && term->line ? stars_of(term->line->test.p_value.value_or(1)) : 0;
        if (!term->line) return {.value = *term->value, .style = number_style{.digits = options_.digits + 2}};
        if (options_.detail == coefficient_detail::interval) {
            const regression_fit& fit = models_[model].fit;
            return {.value = estimate{.value = *term->value,
                                      .bounds = term->line->estimate.bounds,
                                      .level = fit.level,
                                      .method = name_of(fit.covariance.kind),
                                      .n = fit.n,
                                      .n_missing = fit.n_missing,
                                      .status = estimate_status::ok},
                    .stars = stars};
        }
        return {.value = *term->value,
                .style = style_by_error(*term->value, term->line->standard_error, options_.digits),
                .stars = stars};
    }

    [[nodiscard]] cell detail_cell(std::size_t model, const term_key& key) const {
        const fitted_term* const term = term_of(model, key);
        if (term == nullptr || !term->value) return {};
        if (!term->line) return {.value = term->status, .in_parentheses = true};
        const coefficient_line& line = *term->line;
        switch (options_.detail) {
            case coefficient_detail::statistic:
                if (!line.test.statistic) return {};
                return {.value = *line.test.statistic,
                        .style = number_style{.digits = 2, .notation = number_notation::fixed},
                        .in_parentheses = true};
            case coefficient_detail::p_value:
                if (!line.test.p_value) return {};
                return {.value = *line.test.p_value,
                        .style = number_style{.digits = 3, .notation = number_notation::p_value},
                        .in_parentheses = true};
            default:
                break;
        }
        return {.value = line.standard_error,
                .style = style_by_error(line.standard_error, line.standard_error, options_.digits),
                .in_parentheses = true};
    }

    [[nodiscard]] std::string label_of_term(const std::string& term) const {
        const auto found = detail::find(options_.labels, term, &term_label::term);
        return found == options_.labels.end() ? term : found->label;
    }

    void add_term(const term_key& key) {
        add_row(key.name, "coefficient", label_of_term(key.name),
                [&](std::size_t i) { return coefficient_cell(i, key); });
        if (options_.detail == coefficient_detail::interval || options_.detail == coefficient_detail::nothing) return;
        add_row(key.name, name_of(options_.detail), "", [&](std::size_t i) { return detail_cell(i, key); });
    }

    [[nodiscard]] std::vector<std::string> effects_of(std::size_t model) const {
        std::vector<std::string> names = models_[model].effects;
        const auto& absorbed = models_[model].fit.absorbed;
        const std::size_t n = absorbed ? absorbed->levels.size() : 0;
        names.resize(n);
        for (std::size_t k = 0; k < n; ++k)
            if (names[k].empty()) names[k] = "effect " + std::to_string(k + 1);
        return names;
    }

    void add_effects() {
        std::vector<std::vector<std::string>> of_models;
        std::vector<std::string> all;
        for (std::size_t i = 0; i < models_.size(); ++i) {
            for (const auto& name : of_models.emplace_back(effects_of(i)))
                if (detail::find(all, name) == all.end()) all.push_back(name);
        }
        if (all.empty()) return;
        begin_group();
        for (const auto& name : all)
            add_row(name, "effects", "effects of " + name,
                    [&](std::size_t i) { return to_cell(detail::find(of_models[i], name) != of_models[i].end()); });
    }

    template <class Fact>
    void add_fact(std::string_view name, std::string_view label, const Fact& fact,
                  const std::optional<number_style>& style = {}) {
        add_row("", name, label, [&](std::size_t i) -> cell {
            const auto value = fact(models_[i].fit);
            if (!value) return {};
            cell c = to_cell(*value);
            c.style = style;
            return c;
        });
    }

    void add_facts() {
        const auto differ = [&](auto field) {
            return detail::any_of(models_, [&](const auto& m) { return field(m.fit) != field(models_[0].fit); });
        };
        const auto family = [](const regression_fit& fit) { return fit.family; };
        if (differ(family) || models_[0].fit.family != regression_family::linear)
            add_fact("family", "regression", [](const auto& fit) { return std::optional(fit.family); });
        add_fact("covariance", "covariance", [](const auto& fit) { return std::optional(fit.covariance.kind); });
        add_row("", "clusters", "clusters", [&](std::size_t i) -> cell {
            const auto& fit = models_[i].fit;
            const auto& clusters = fit.clusters;
            if (clusters.empty()) return {};
            if (fit.covariance.shared_labels) return to_cell(fit.covariance.clusters);
            if (clusters.size() == 1) return to_cell(clusters[0]);
            std::string text;
            for (const auto n : clusters) text.append(text.empty() ? "" : " \u00D7 ").append(std::to_string(n));
            return to_cell(text);
        });
        add_fact("n", "n", [](const auto& fit) { return std::optional(fit.n); });
        if (detail::any_of(models_, [](const auto& m) { return m.fit.n_missing > 0; }))
            add_fact("n_missing", "missing", [](const auto& fit) { return std::optional(fit.n_missing); });
        constexpr number_style decimals{.digits = 3, .notation = number_notation::fixed};
        add_fact(
            "r_squared", "R\u00B2", [](const auto& fit) { return fit.r_squared; }, decimals);
        add_fact(
            "r_squared_within", "R\u00B2 within",
            [](const auto& fit) { return fit.absorbed ? fit.absorbed->r_squared_within : std::optional<double>(); },
            decimals);
        add_fact("log_likelihood", "log likelihood", [](const auto& fit) { return fit.log_likelihood; });
        add_fact("theta", "theta", [](const auto& fit) { return fit.theta; });
    }

    void add_notes() {
        auto& notes = table_.notes;
        switch (options_.detail) {
            case coefficient_detail::standard_error:
            case coefficient_detail::statistic:
            case coefficient_detail::p_value: {
                std::string words(description_of(options_.detail));
                words[0] = words[0] == 's' ? 'S' : words[0];
                notes.push_back(words + " in parentheses beneath the coefficients");
                break;
            }
            default:
                break;
        }
        if (options_.stars) notes.emplace_back("* p < 0.05, ** p < 0.01, *** p < 0.001");
        std::string factors, left_out;
        for (std::size_t i = 0; i < models_.size(); ++i) {
            if (models_[i].exponentiated) factors.append(factors.empty() ? "" : ", ").append(headers_[i]);
            for (const auto& remark : remarks(models_[i].fit)) notes.push_back(headers_[i] + ": " + remark);
        }
        if (!factors.empty()) notes.push_back("exponentiated, 1 is no effect: " + factors);
        for (const auto& name : options_.left_out) left_out.append(left_out.empty() ? "" : ", ").append(name);
        if (!left_out.empty()) notes.push_back("in the models, not shown: " + left_out);
    }

    std::span<const fitted_model> models_;
    const regression_table_options& options_;
    std::vector<std::string> headers_;
    std::vector<std::vector<fitted_term>> terms_;
    table table_;
};

}  // namespace detail

/// Regressions side by side. Three groups of rows, in this order: terms, absorbed effects (yes or no), and facts of the
/// models (family where it is not linear everywhere, covariance, clusters, n, missing, R2, R2 within, log likelihood,
/// theta), each where a model has it; above them the responses, where they are given.
///
/// Terms are matched by their names, never by position or label. Their order is that of the first model; a new term of
/// a later model comes after the one that is before it in that model, at the end where there is none; the intercept is
/// last, or where `options.intercept` says. `options.terms` chooses and orders by names instead.
///
/// A term that a model does not have is an empty cell. One that it has and that could not be estimated is its status in
/// words, and a note says why. The standard error has `options.digits` significant digits, the coefficient ends at the
/// same place. Stars, off by default, are from the p-value as computed. To programs (CSV, JSON) each row says its term
/// and what its numbers are: `coefficient`, `standard_error`, ..., `n`.
///
/// Throws std::invalid_argument for no model, and for digits outside of 1 to 15.
[[nodiscard]] inline table regression_table(std::span<const fitted_model> models,
                                            const regression_table_options& options = {}) {
    return detail::regression_table_writer(models, options).result();
}
[[nodiscard]] inline table regression_table(std::initializer_list<fitted_model> models,
                                            const regression_table_options& options = {}) {
    return regression_table(std::span(models.begin(), models.size()), options);
}

/// The coefficients of regressions one below the other, a row for each term of each model: model, term, estimate (with
/// its interval), standard error, statistic and p-value. In CSV and JSON it is what other programs take most easily.
/// Throws std::invalid_argument for no model.
[[nodiscard]] inline table coefficient_table(std::span<const fitted_model> models) {
    detail::require(!models.empty(), "coefficient_table", "at least one model", models.size());
    const auto names = detail::distinct_names(models, {});
    table t{.name = "coefficients"};
    t.columns = {{.name = "model"},
                 {.name = "term"},
                 {.name = "estimate"},
                 {.name = "standard_error", .header = "standard error", .style = {.digits = 2}},
                 {.name = "statistic", .style = {.digits = 2, .notation = number_notation::fixed}},
                 {.name = "p_value", .header = "p", .style = {.digits = 3, .notation = number_notation::p_value}}};
    for (std::size_t i = 0; i < models.size(); ++i) {
        const regression_fit& fit = models[i].fit;
        for (const auto& term : detail::terms_of_model(models[i])) {
            estimate e{.value = term.value,
                       .level = fit.level,
                       .method = name_of(fit.covariance.kind),
                       .n = fit.n,
                       .n_missing = fit.n_missing,
                       .status = term.status};
            if (fit.reference == reference_distribution::student_t && term.line)
                e.degrees_of_freedom = fit.covariance.degrees_of_freedom;
            auto& row = t.rows.emplace_back(std::vector<cell>{to_cell(names[i]), to_cell(term.key.name)});
            if (term.line) e.bounds = term.line->estimate.bounds;
            row.push_back(to_cell(e));
            row.push_back(term.line ? to_cell(term.line->standard_error) : cell{});
            row.push_back(term.line ? to_cell(term.line->test.statistic) : cell{});
            row.push_back(term.line ? to_cell(term.line->test.p_value) : cell{});
        }
    }
    return t;
}
[[nodiscard]] inline table coefficient_table(std::initializer_list<fitted_model> models) {
    return coefficient_table(std::span(models.begin(), models.size()));
}

}  // namespace compute_divide::inline v0_2

#endif
