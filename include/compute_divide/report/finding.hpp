// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_FINDING_HPP
#define COMPUTE_DIVIDE_REPORT_FINDING_HPP

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/render.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/curve_verdict.hpp>
#include <compute_divide/statistics/specification.hpp>

/// A finding as a value: a question, what a study says of it, the same estimated under every specification, and a
/// verdict by one rule. It is printed, written as a table or as JSON, and put into reports by whoever holds it:
///
///     finding f{.name = "academic_share", .question = "Who trains large models?"};
///     f.claims.push_back({.name = "academia only, 2010-14", .text = "about 65 %", .source = "Besiroglu et al. (2024)",
///                         .direction = claim_direction::about, .reference = 0.65, .margin = 0.05,
///                         .style = percent_style()});
///     for (const auto definition : definitions)
///         f.claims.back().specifications.push_back({.choices = {{"definition", "notable"}}, .result = share(...)});
///     std::fputs(render(f, table_format::text).c_str(), stdout);
namespace compute_divide::inline v0_2 {

/// What a study says of one quantity, and what every specification says of it.
struct claim {
    std::string name = {};    ///< of the quantity: "academia only, 2010-14"
    std::string text = {};    ///< in the study's words: "about 65 %"
    std::string source = {};  ///< where it says so
    claim_direction direction = claim_direction::about;
    std::optional<double> reference = {};  ///< none: the study gives no number to hold estimates against
    double margin = 0;                     ///< of `about`: how far from the reference the words still reach
    std::string unit = {};                 ///< of the quantity
    number_style style = {};               ///< of the estimates
    std::vector<specification> specifications = {};
    /// Of all specifications together against draws without effect, where they were tested so: then the verdict is
    /// this.
    std::optional<curve_verdict> tested = {};
    std::string not_tested = {};  ///< why they cannot be, where they cannot; printed beside the verdict

    friend bool operator==(const claim&, const claim&) = default;
};

/// What one specification says of a claim.
enum class evidence {
    supports,
    contradicts,
    undecided,     ///< its interval has both in it
    not_compared,  ///< the claim has no reference to hold it against
    not_estimated  ///< it has no value
};
[[nodiscard]] constexpr auto enumerators(evidence) {
    using enum evidence;
    return std::array{named<evidence>{supports, "supports"}, named<evidence>{contradicts, "contradicts"},
                      named<evidence>{undecided, "undecided"},
                      named<evidence>{not_compared, "not_compared", "not compared"},
                      named<evidence>{not_estimated, "not_estimated", "not estimated"}};
}

/// When specifications are taken to be of one mind.
struct verdict_options {
    double share = 0.9;  ///< of the specifications that could be estimated; above 0.5, at most 1
};

/// A verdict and the counts that it is from.
struct verdict_result {
    verdict outcome = verdict::no_data;
    std::uint64_t supporting = 0, contradicting = 0, undecided = 0;
    std::uint64_t not_compared = 0;  ///< estimates of a claim without a reference
    std::uint64_t not_estimated = 0;

    /// Whether there is a verdict.
    [[nodiscard]] constexpr explicit operator bool() const {
        return outcome != verdict::no_data && outcome != verdict::not_compared;
    }
    friend constexpr bool operator==(const verdict_result&, const verdict_result&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<verdict_result>) {
    return member_list(
        member{"outcome", &verdict_result::outcome}, member{"supporting", &verdict_result::supporting},
        member{"contradicting", &verdict_result::contradicting}, member{"undecided", &verdict_result::undecided},
        member{"not_compared", &verdict_result::not_compared}, member{"not_estimated", &verdict_result::not_estimated});
}

/// A question with all that is needed to show its answer.
struct finding {
    std::string name = {};      ///< a word: "academic_share"
    std::string question = {};  ///< "Who trains large models?"
    std::vector<claim> claims = {};
    std::vector<table> tables = {};
    std::vector<figure> figures = {};
    std::vector<std::string> notes = {};
    std::vector<std::string> sources = {};

    friend bool operator==(const finding&, const finding&) = default;
};

/// How percentages are written: 0.653 as 65.3.
[[nodiscard]] constexpr number_style percent_style(int decimals = 1) {
    return {.digits = decimals, .notation = number_notation::fixed, .percent = true};
}

/// What one estimate says of a claim, by the rule that `verdict_rule` states. An estimate without an interval is taken
/// as a point.
[[nodiscard]] inline evidence evidence_of(const claim& c, const estimate& e) {
    if (!e || !e.value) return evidence::not_estimated;
    if (!c.reference) return evidence::not_compared;
    const double lower = e.bounds ? e.bounds->lower : *e.value, upper = e.bounds ? e.bounds->upper : *e.value;
    const double from = *c.reference - c.margin, to = *c.reference + c.margin;
    switch (c.direction) {
        case claim_direction::about:
            return lower <= to && upper >= from ? evidence::supports : evidence::contradicts;
        case claim_direction::above:
            if (lower > *c.reference) return evidence::supports;
            return upper < *c.reference ? evidence::contradicts : evidence::undecided;
        case claim_direction::below:
            break;
    }
    if (upper < *c.reference) return evidence::supports;
    return lower > *c.reference ? evidence::contradicts : evidence::undecided;
}

/// The rule of all verdicts, to be printed beside them.
[[nodiscard]] inline std::string verdict_rule(verdict_options options = {}) {
    char share[32];
    std::snprintf(share, sizeof share, "%g %%", 100 * options.share);
    return std::string(
               "A specification supports a claim that a quantity is above or below a reference where its whole "
               "interval is, contradicts it where its whole interval is on the other side, and is undecided otherwise; "
               "it supports a claim that a quantity is about a value where its interval meets that value (give or take "
               "the claim's margin), and contradicts it otherwise. A claim agrees, is contradicted, or is not "
               "distinguishable where at least ") +
           share +
           " of the specifications that could be estimated support it, contradict it, or are undecided; it depends "
           "where none of these is so. A claim without a number to hold estimates against is not compared; there is "
           "no data where no specification could be estimated.";
}

/// The verdict on a claim from all of its specifications, by `verdict_rule(options)`; that of its curve, by
/// `curve_verdict_rule()`, where it was tested as one. Throws std::invalid_argument for a share outside of (0.5, 1].
[[nodiscard]] inline verdict_result verdict_of(const claim& c, verdict_options options = {}) {
    detail::require(options.share > 0.5 && options.share <= 1, "verdict_of", "a share in (0.5, 1]", options.share);
    verdict_result result;
    for (const auto& each : c.specifications) {
        switch (evidence_of(c, each.result)) {
            case evidence::supports:
                ++result.supporting;
                break;
            case evidence::contradicts:
                ++result.contradicting;
                break;
            case evidence::undecided:
                ++result.undecided;
                break;
            case evidence::not_compared:
                ++result.not_compared;
                break;
            case evidence::not_estimated:
                ++result.not_estimated;
                break;
        }
    }
    const std::uint64_t all = result.supporting + result.contradicting + result.undecided;
    // A share that is met exactly, as 9 of 10, is met whatever the rounding of the product.
    const double needed = options.share * static_cast<double>(all) * (1 - 1e-12);
    const auto nearly_all = [&](std::uint64_t n) { return static_cast<double>(n) >= needed; };
    if (c.tested)
        result.outcome = c.tested->outcome;
    else if (all == 0)
        result.outcome = result.not_compared > 0 ? verdict::not_compared : verdict::no_data;
    else if (nearly_all(result.supporting))
        result.outcome = verdict::agrees;
    else if (nearly_all(result.contradicting))
        result.outcome = verdict::opposite;
    else if (nearly_all(result.undecided))
        result.outcome = verdict::not_distinguishable;
    else
        result.outcome = verdict::depends;
    return result;
}

/// The verdict on a finding: that of its claims where all that have one share it, else `depends`; `not_compared` or
/// `no_data` where none has one.
[[nodiscard]] inline verdict verdict_of(const finding& f, verdict_options options = {}) {
    std::optional<verdict> common;
    verdict none = verdict::no_data;
    for (const auto& c : f.claims) {
        const auto each = verdict_of(c, options);
        if (!each) {
            if (each.outcome == verdict::not_compared) none = verdict::not_compared;
        } else if (common && *common != each.outcome) {
            return verdict::depends;
        } else {
            common = each.outcome;
        }
    }
    return common.value_or(none);
}

namespace detail {

[[nodiscard]] inline std::string counts_text(const verdict_result& v) {
    const std::uint64_t all = v.supporting + v.contradicting + v.undecided;
    std::string text = v.not_compared > 0 ? std::to_string(v.not_compared) + " estimated"
                                          : "of " + std::to_string(all) + " estimates " + std::to_string(v.supporting) +
                                                " support it, " + std::to_string(v.contradicting) + " contradict it, " +
                                                std::to_string(v.undecided) + " undecided";
    if (v.not_estimated > 0) text += "; " + std::to_string(v.not_estimated) + " not estimated";
    return text;
}

/// The verdict in words.
[[nodiscard]] inline std::string verdict_text(const claim& c, const verdict_result& v) {
    if (c.tested) return to_string(*c.tested);
    std::string text(description_of(v.outcome));
    if (!c.not_tested.empty()) text.append(" (not tested together: ").append(c.not_tested).append(")");
    return text;
}

/// The rules of verdicts; that of curves too, where claims were `tested` so.
[[nodiscard]] inline std::vector<std::string> rules_of(bool tested, const verdict_options& options) {
    std::vector<std::string> rules{verdict_rule(options)};
    if (tested)
        rules.push_back("Where specifications were tested together, the verdict is their curve's. " +
                        curve_verdict_rule());
    return rules;
}
[[nodiscard]] inline bool has_tested(const finding& f) {
    return detail::any_of(f.claims, [](const claim& c) { return c.tested.has_value(); });
}

[[nodiscard]] inline std::string label_of(const claim& c) {
    std::string label = c.name;
    if (!c.unit.empty()) label.append(label.empty() ? "" : ", ").append(c.unit);
    return label;
}

/// Notes that say why the headlines are the headlines.
inline void add_reasons(const claim& c, std::vector<std::string>& notes) {
    for (const auto& each : c.specifications) {
        if (!each.headline) continue;
        std::string note = "* the headline" + (each.why.empty() ? std::string() : ": " + each.why);
        if (detail::find(notes, note) == notes.end()) notes.push_back(std::move(note));
    }
}

[[nodiscard]] inline table_column plain_column(std::string_view name, column_audience audience = {}) {
    return {.name = std::string(name), .audience = audience};
}

}  // namespace detail

/// A claim's specifications as a table: a column for each choice, then the estimate, its n, and what it says of the
/// claim. A `*` marks the headline.
[[nodiscard]] inline table specification_table(const claim& c) {
    table t{.title = detail::label_of(c)};
    std::vector<std::string> choices;
    for (const auto& each : c.specifications)
        for (const auto& choice : each.choices)
            if (detail::find(choices, choice.name) == choices.end()) choices.push_back(choice.name);
    for (const auto& name : choices) t.columns.push_back(detail::plain_column(name));
    const auto column_name = [&](std::string name) {
        while (detail::find(choices, name) != choices.end()) name += "_";
        return name;
    };
    t.columns.push_back({.name = column_name("estimate"), .unit = c.unit, .style = c.style});
    t.columns.push_back(detail::plain_column(column_name("n"), column_audience::readers));
    const bool adjusted =
        detail::any_of(c.specifications, [](const specification& s) { return s.adjusted_p_value.has_value(); });
    if (adjusted) t.columns.push_back({.name = column_name("p, step-down"), .style = {.digits = 2}});
    t.columns.push_back(detail::plain_column(column_name("headline"), column_audience::programs));
    t.columns.push_back(detail::plain_column(column_name("evidence"), column_audience::everyone));
    for (const auto& each : c.specifications) {
        auto& row = t.rows.emplace_back(choices.size());
        for (const auto& choice : each.choices)
            row[static_cast<std::size_t>(detail::find(choices, choice.name) - choices.begin())].value = choice.option;
        row.push_back({.value = each.result, .stars = each.headline ? 1 : 0});
        row.push_back(to_cell(each.result.n));
        if (adjusted) row.push_back(to_cell(each.adjusted_p_value));
        row.push_back(to_cell(each.headline));
        row.push_back(to_cell(evidence_of(c, each.result)));
    }
    detail::add_reasons(c, t.notes);
    return t;
}

/// All specifications of all findings as one table. To readers each claim is a group of rows under a line that has the
/// finding, the claim, what the study says and the verdict; to programs these are columns. Its text is readable in 100
/// columns. Findings: any range of `finding`.
template <std::ranges::input_range Findings>
requires std::same_as<std::remove_cvref_t<std::ranges::range_reference_t<Findings>>, finding>
[[nodiscard]] table ledger_table(Findings&& findings, verdict_options options = {}) {
    constexpr auto programs = column_audience::programs;
    table t{.name = "ledger", .title = "Findings under all their specifications"};
    for (const auto* const name : {"finding", "claim", "study", "verdict"})
        t.columns.push_back(detail::plain_column(name, programs));
    t.columns.push_back(detail::plain_column("specification"));
    t.columns.push_back(detail::plain_column("estimate"));
    t.columns.push_back(detail::plain_column("n", column_audience::readers));
    t.columns.push_back(detail::plain_column("headline", programs));
    t.columns.push_back(detail::plain_column("evidence"));
    bool tested = false;
    for (const finding& f : findings) {
        tested = tested || detail::has_tested(f);
        for (const claim& c : f.claims) {
            const auto result = verdict_of(c, options);
            const std::string label = detail::label_of(c), outcome(name_of(result.outcome));
            std::string title = f.name;
            if (!label.empty()) title.append(title.empty() ? "" : ": ").append(label);
            if (!c.text.empty()) title.append("; the study: ").append(c.text);
            t.groups.push_back({t.rows.size(), title.append("; ").append(detail::verdict_text(c, result))});
            for (const auto& each : c.specifications)
                t.rows.push_back({to_cell(f.name),
                                  to_cell(label),
                                  to_cell(c.text),
                                  to_cell(outcome),
                                  to_cell(name_of(each)),
                                  {.value = each.result, .style = c.style, .stars = each.headline ? 1 : 0},
                                  to_cell(each.result.n),
                                  to_cell(each.headline),
                                  to_cell(evidence_of(c, each.result))});
            detail::add_reasons(c, t.notes);
        }
    }
    for (auto& rule : detail::rules_of(tested, options)) t.notes.push_back(std::move(rule));
    return t;
}
[[nodiscard]] inline table ledger_table(const finding& f, verdict_options options = {}) {
    return ledger_table(std::span<const finding>(&f, 1), options);
}

/// A claim as JSON, with its verdict.
[[nodiscard]] inline std::string to_json(const claim& c, verdict_options options = {}) {
    std::string specifications = "[";
    for (const auto& each : c.specifications) {
        json_object object;
        for_each_member(each, [&](std::string_view name, const auto& value) { object.with(name, value); });
        object.with("evidence", evidence_of(c, each.result));
        specifications.append(specifications.size() > 1 ? "," : "").append(object.text());
    }
    json_object object;
    object.with("name", c.name)
        .with("text", c.text)
        .with("source", c.source)
        .with("direction", c.direction)
        .with("reference", c.reference)
        .with("margin", c.margin)
        .with("unit", c.unit)
        .with("percent", c.style.percent)
        .with("verdict", verdict_of(c, options));
    if (c.tested) object.with("tested", *c.tested);
    if (!c.not_tested.empty()) object.with("not_tested", c.not_tested);
    return object.with_text("specifications", specifications + "]").text();
}

/// A finding as JSON: name, question, verdict, the rule of verdicts, claims with their specifications, tables, figures,
/// notes, sources.
[[nodiscard]] inline std::string to_json(const finding& f, verdict_options options = {}) {
    std::string claims = "[", rules;
    for (const auto& rule : detail::rules_of(detail::has_tested(f), options))
        rules.append(rules.empty() ? "" : " ").append(rule);
    for (const auto& c : f.claims) claims.append(claims.size() > 1 ? "," : "").append(to_json(c, options));
    return json_object()
        .with("name", f.name)
        .with("question", f.question)
        .with("verdict", verdict_of(f, options))
        .with("rule", rules)
        .with_text("claims", claims + "]")
        .with("tables", f.tables)
        .with("figures", f.figures)
        .with("notes", f.notes)
        .with("sources", f.sources)
        .text();
}

namespace detail {

/// The parts of a report in one of the formats that have paragraphs.
struct report_writer {
    table_format format;
    const render_options& options;
    std::string out = {};

    void heading(std::string_view raw, int level) {
        const std::string text = visible_text(raw);
        if (text.empty()) return;
        blank();
        switch (format) {
            case table_format::markdown:
                out.append(static_cast<std::size_t>(level), '#')
                    .append(" ")
                    .append(markdown_markup::text(text))
                    .append("\n");
                break;
            case table_format::html: {
                const std::string tag = "h" + std::to_string(level);
                out.append("<").append(tag).append(">").append(html_markup::text(text)).append("</" + tag + ">\n");
                break;
            }
            case table_format::latex:
                out.append(level == 2 ? "\\section*{" : "\\subsection*{")
                    .append(latex_markup::paragraph(text))
                    .append("}\n");
                break;
            default:
                lines(text);
        }
    }
    void paragraph(std::string_view raw) {
        const std::string text = visible_text(raw);
        if (text.empty()) return;
        switch (format) {
            case table_format::markdown:
                blank();
                out.append(markdown_markup::paragraph(text)).append("\n");
                break;
            case table_format::html:
                out.append("<p>").append(html_markup::text(text)).append("</p>\n");
                break;
            case table_format::latex:
                blank();
                out.append(latex_markup::paragraph(text)).append("\n");
                break;
            default:
                lines(text);
        }
    }
    void add(const table& t) {
        blank();
        out += render(t, format, options);
    }
    void blank() {
        if (!out.empty() && format != table_format::html) out += '\n';
    }

private:
    void lines(std::string_view text) {
        for (const auto& line : wrapped(text, static_cast<std::size_t>(options.width))) out.append(line).append("\n");
    }
};

}  // namespace detail

/// A finding in full: the question; for each claim what the study says, the verdict with its counts, and every
/// specification; then the finding's tables, notes and sources, and the rule of verdicts. Its figures are tables of
/// numbers in Markdown, HTML and LaTeX, and are left out of text. CSV is that of `ledger_table`, JSON that of
/// `to_json`. HTML is a `<section>`. Text has at most `options.width` columns. Throws what `render` of a table and
/// `verdict_of` do.
[[nodiscard]] inline std::string render(const finding& f, table_format format,
                                        const render_options& options = {.width = 100}, verdict_options rule = {}) {
    if (format == table_format::json) return to_json(f, rule) + "\n";
    if (format == table_format::csv) return to_csv(ledger_table(f, rule), options);
    if (format == table_format::text)
        detail::require(options.width >= 20, "render", "a width of at least 20", options.width);
    detail::report_writer report{format, options};
    if (format == table_format::html) report.out += "<section>\n";
    report.heading(f.question.empty() ? f.name : f.question, 2);
    for (const auto& c : f.claims) {
        const auto result = verdict_of(c, rule);
        report.heading(detail::label_of(c), 3);
        if (!c.text.empty() || !c.source.empty())
            report.paragraph("The study: " + c.text + (c.source.empty() ? "" : " (" + c.source + ")"));
        report.paragraph("Verdict: " + detail::verdict_text(c, result) + "; " + detail::counts_text(result));
        table specifications = specification_table(c);
        specifications.title.clear();
        report.add(specifications);
    }
    for (const auto& t : f.tables) report.add(t);
    if (format != table_format::text)
        for (const auto& each : f.figures) report.add(table_of(each));
    if (!f.notes.empty() || !f.sources.empty()) report.blank();
    for (const auto& note : f.notes) report.paragraph(note);
    for (const auto& source : f.sources) report.paragraph("Source: " + source);
    if (!f.claims.empty()) {
        report.blank();
        for (const auto& each : detail::rules_of(detail::has_tested(f), rule)) report.paragraph(each);
    }
    if (format == table_format::html) report.out += "</section>\n";
    return std::move(report.out);
}

/// A finding as text of at most 100 columns.
[[nodiscard]] inline std::string to_string(const finding& f) {
    return render(f, table_format::text);
}

}  // namespace compute_divide::inline v0_2

#endif
