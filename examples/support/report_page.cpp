// SPDX-License-Identifier: BSL-1.0
#include "support/report_page.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/json.hpp>
#include <compute_divide/report/html.hpp>
#include <compute_divide/version.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/models.hpp"
#include "support/plot.hpp"
#include "support/report_assets.hpp"
#include "support/report_curve.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

/// Text as HTML, also of attributes.
std::string html(std::string_view text) {
    return cd::detail::html_markup::text(cd::visible_line(text));
}

std::string paragraph(std::string_view text, std::string_view of_class = "") {
    if (text.empty()) return "";
    return fmt::format("<p{}>{}</p>\n", of_class.empty() ? "" : fmt::format(" class=\"{}\"", of_class), html(text));
}

/// Attributes with the numbers of a cell at full precision, as JSON writes them; nothing of what is no number.
std::string data_of(const cd::cell& c) {
    std::string data;
    const auto add = [&data](std::string_view name, auto x) {
        if (const std::string text = cd::to_json(x); text != "null") data += fmt::format(" data-{}=\"{}\"", name, text);
    };
    if (const auto* const e = std::get_if<cd::estimate>(&c.value)) {
        if (e->value) add("estimate", *e->value);
        if (e->value && e->bounds) {
            add("lower", e->lower());
            add("upper", e->upper());
        }
    } else if (const auto* const x = std::get_if<double>(&c.value)) {
        if (std::isfinite(*x)) add("estimate", *x);
    } else if (const auto* const i = std::get_if<std::int64_t>(&c.value)) {
        add("estimate", *i);
    } else if (const auto* const n = std::get_if<std::uint64_t>(&c.value)) {
        add("estimate", *n);
    }
    return data;
}

/// A table as the library writes it; each cell has its numbers, each header the name of its column. (Text is escaped:
/// what looks like an element is one.)
std::string with_numbers(const cd::table& t) {
    const std::string plain = to_html(t);
    const auto shown = cd::detail::columns_for(t, cd::column_audience::readers);
    std::string out;
    std::size_t from = 0;
    const auto write_to = [&](std::size_t to) {
        out += plain.substr(from, to - from);
        from = to;
    };
    const auto next_cell = [&] {  // behind the name of the element of the next cell
        const auto is_cell = [&](std::string_view text) {
            return text.starts_with("<td") || (text.starts_with("<th ") && !text.starts_with("<th scope=\"rowgroup\""));
        };
        std::size_t at = plain.find("<t", from);
        while (at != plain.npos && !is_cell(std::string_view(plain).substr(at))) at = plain.find("<t", at + 2);
        write_to(at + 3);
    };
    for (const std::size_t column : shown) {
        next_cell();
        out += " data-column=\"" + html(t.columns[column].name) + "\"";
    }
    for (const auto& row : t.rows)
        for (const std::size_t column : shown) {
            next_cell();
            const std::string data = data_of(row[column]);
            out += data;
            constexpr std::string_view right = " style=\"text-align:right\"";  // so are all numbers
            if (!data.empty() && plain.compare(from, right.size(), right) == 0) from += right.size();
        }
    write_to(plain.size());
    for (const std::string_view side : {"right", "center"}) {  // said once, in the page's style
        const std::string style = fmt::format(" style=\"text-align:{}\"", side);
        for (std::size_t at = out.find(style); at != out.npos; at = out.find(style, at))
            out.replace(at, style.size(), fmt::format(" class=\"{}\"", side));
    }
    const std::string usual = " style=\"text-align:left\"";
    for (std::size_t at = out.find(usual); at != out.npos; at = out.find(usual, at)) out.erase(at, usual.size());
    return out;
}

/// A table that scrolls by itself where it is wide. `of`: where its numbers are in the program's JSON.
std::string table_html(cd::table t, const std::string& of, const std::string& label) {
    t.name.clear();
    t.title.clear();
    return fmt::format("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"{}>\n{}</div>\n",
                       html(label), of.empty() ? "" : fmt::format(" data-of=\"{}\"", html(of)), with_numbers(t));
}

std::string details(const std::string& summary, const std::string& content) {
    return fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", html(summary), content);
}

/// An estimate in words: with its unit, and with what its interval is not known to do.
std::string words_of(const cd::estimate& e, const cd::claim& c) {
    std::string text = told(e, c.style);
    if (!e) return text;
    const bool points = c.style.percent && !c.unit.empty() && c.unit != "%";  // as of a difference of shares
    if (const std::size_t at = text.find(" %"); points && at != text.npos) text.erase(at, 2);
    if (points || (!c.style.percent && !c.unit.empty())) text += " " + c.unit;
    if (e.status != cd::estimate_status::ok) text += " (" + std::string(cd::description_of(e.status)) + ")";
    return text;
}

/// An estimate in a sentence.
std::string estimate_html(const cd::estimate& e, const cd::claim& c, const std::string& of) {
    return fmt::format("<span class=\"estimate\"{} data-of=\"{}\">{}</span>", data_of({.value = e}), html(of),
                       html(words_of(e, c)));
}

/// The parts of what a sentence says of a claim, with its estimate between.
struct said {
    std::string before, after;
    const cd::claim* of = nullptr;
    const cd::specification* quoted = nullptr;
    std::size_t claim_number = 0;
};
/// Of the first claim that a study's number is held against; else of the first that has an estimate.
std::optional<said> said_of(const cd::finding& f) {
    std::optional<said> best;
    for (std::size_t i = 0; i < f.claims.size(); ++i) {
        const cd::claim& c = f.claims[i];
        const cd::specification* const quoted = quoted_of(c);
        if (!quoted || (best && (best->of->reference || !c.reference))) continue;
        const auto verdict = cd::verdict_of(c);
        std::string after = c.text.empty() ? "" : ", where the study says " + c.text;
        if (verdict) after += "; verdict: " + std::string(cd::description_of(verdict.outcome));
        best = said{c.name + ": ", after + ".", &c, quoted, i};
    }
    return best;
}

class page {
public:
    page(const std::vector<report_part>& parts, const report_origin& origin) : parts_(parts), origin_(origin) {}

    std::string text() {
        out_ =
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'; img-src data:\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<title>" +
            html(title()) + "</title>\n<style>\n" + std::string(report_style()) + "</style>\n</head>\n<body>\n" +
            page_marks();
        first_screen();
        for (const report_part& part : parts_)
            if (part.found) section(part);
        methods();
        glossary();
        provenance();
        out_ += "</main>\n<script>\n" + std::string(report_script()) + "</script>\n</body>\n</html>\n";
        number_labels();
        return std::move(out_);
    }

private:
    [[nodiscard]] static std::string title() {
        return "Who does machine-learning research, and with how much compute?";
    }
    static bool is_finding(const report_part& part) {
        return part.found && !part.found->claims.empty() && !part.lists_tables;
    }
    /// The sentence, with the estimate's place in the JSON of a part.
    static std::string html_of(const said& s, const std::string& part) {
        const auto number = s.quoted - s.of->specifications.data();
        return html(upper(s.before)) +
               estimate_html(s.quoted->result, *s.of,
                             fmt::format("{}#/claims/{}/specifications/{}/result", part, s.claim_number, number)) +
               html(s.after);
    }
    static std::string title_of(const report_part& part) {
        return part.found->question.empty() ? part.program : part.found->question;
    }

    /// Tables of one title are told apart by those who do not see where they are.
    void number_labels() {
        constexpr std::string_view before = "role=\"region\" aria-label=\"";
        std::map<std::string, int> seen;
        for (std::size_t at = out_.find(before); at != out_.npos; at = out_.find(before, at)) {
            at += before.size();
            const std::size_t end = out_.find('"', at);
            const int n = ++seen[out_.substr(at, end - at)];
            if (n > 1) out_.insert(end, fmt::format(" ({})", n));
        }
    }

    void first_screen() {
        out_ += "<a class=\"skip\" href=\"#main\">To the findings</a>\n<header>\n<h1>" + html(title()) + "</h1>\n";
        out_ +=
            paragraph(origin_.is_shipped
                          ? "What a study of the compute divide says (Besiroglu et al., 2024), and what public data "
                            "say of it under every specification that the field uses."
                          : "What the tables that were given say of the claims of a study of the compute divide "
                            "(Besiroglu et al., 2024), under every specification that the field uses.",
                      "lead");
        out_ +=
            "</header>\n<main id=\"main\">\n<section aria-labelledby=\"in-short\">\n<h2 id=\"in-short\">In "
            "short</h2>\n<ol class=\"short\">\n";
        std::size_t n = 0;
        for (const report_part& part : parts_) {
            if (!part.found || n == 5) continue;
            const auto s = said_of(*part.found);
            if (!s) continue;
            ++n;
            out_ += "<li>" + html_of(*s, part.program) + " <a href=\"#" + part.program + "\">" + html(title_of(part)) +
                    "</a></li>\n";
        }
        out_ += "</ol>\n";
        out_ +=
            "<h2 id=\"verdicts\">Verdicts</h2>\n<div class=\"table\" tabindex=\"0\" role=\"region\" "
            "aria-labelledby=\"verdicts\">\n"
            "<table>\n<thead><tr><th scope=\"col\">Finding</th><th scope=\"col\">Verdict</th><th "
            "scope=\"col\">Claims</th></tr></thead>\n<tbody>\n";
        for (const report_part& part : parts_) {
            if (!is_finding(part)) continue;
            std::map<std::string_view, int> counts;
            for (const cd::claim& c : part.found->claims) ++counts[cd::name_of(cd::verdict_of(c).outcome)];
            std::vector<std::string> words;
            for (const auto each : enumerators(cd::verdict{}))
                if (counts.contains(each.name))
                    words.push_back(fmt::format("{}: {}", short_words(each.value), counts[each.name]));
            const cd::verdict outcome = cd::verdict_of(*part.found);
            out_ += fmt::format("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{}</td><td>{}</td></tr>\n",
                                part.program, html(title_of(part)), badge(outcome),
                                html(fmt::format("{}", fmt::join(words, ", "))));
        }
        out_ += "</tbody>\n</table>\n</div>\n";
        std::string rules = paragraph(cd::verdict_rule());
        if (std::ranges::any_of(
                parts_, [](const report_part& part) { return part.found && cd::detail::has_tested(*part.found); }))
            rules += paragraph("Where specifications were tested together, the verdict is their curve's. " +
                               cd::curve_verdict_rule());
        rules +=
            paragraph("A finding has the verdict of its claims where all that have one share it; else it depends.");
        out_ += details("The rule of verdicts", rules);
        std::string others;
        for (const report_part& part : parts_)
            if (part.found && !is_finding(part))
                others += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", part.program, html(title_of(part)));
        if (!others.empty()) out_ += "<p>Beside the claims of the study:</p>\n<ul>\n" + others + "</ul>\n";
        if (!origin_.left_out.empty())
            out_ += paragraph(
                fmt::format("Left out of this report, which --all has: {}.", fmt::join(origin_.left_out, ", ")));
        std::string silent;
        for (const report_part& part : parts_)
            if (!part.found) silent += fmt::format("<li>{}: {}</li>\n", html(part.program), html(part.reason));
        if (!silent.empty()) out_ += "<h3>What these tables do not tell</h3>\n<ul>\n" + silent + "</ul>\n";
        out_ += "</section>\n";
    }

    static std::string upper(std::string text) {
        if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
        return text;
    }
    static std::string_view short_words(cd::verdict v) {
        using enum cd::verdict;
        switch (v) {
            case agrees:
                return "agrees";
            case depends:
                return "depends on the specification";
            case opposite:
                return "opposite";
            case not_distinguishable:
                return "not distinguishable";
            case not_compared:
                return "not compared";
            case no_data:
                break;
        }
        return "no data";
    }
    static std::string badge(cd::verdict v) {
        return fmt::format("<span class=\"verdict {}\">{}</span>", cd::name_of(v), short_words(v));
    }

    /// A figure with its table, and with the pictures of the same under other choices.
    std::string figure_html(const cd::figure& f, const std::string& id, const page_picture& how, const std::string& of,
                            const cd::table& table) {
        std::string picture;
        try {
            page_picture named = how;
            named.id = id;
            picture = page_svg(f, named);
        } catch (const nothing_to_report&) {
            return "";
        }
        std::string caption = "<b>" + html(f.title) + ".</b>";
        for (const std::string& note : f.notes) caption += " " + html(note) + (note.ends_with('.') ? "" : ".");
        std::vector<std::string> sources;
        for (const std::string& source : f.sources) sources.push_back(html(source));
        if (!sources.empty()) caption += fmt::format(" Source: {}.", fmt::join(sources, "; "));
        return fmt::format(
            "<figure id=\"{0}\">\n<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"Figure: "
            "{1}\">\n{2}</div>\n"
            "<figcaption>{3}</figcaption>\n{4}</figure>\n",
            id, html(f.title), picture, caption,
            details("The table behind the figure", table_html(table, of, "Table: " + f.title)));
    }
    static cd::table plain_table(const cd::figure& f) {
        cd::table t = table_of(f);
        t.notes.clear();
        t.sources.clear();
        return t;
    }

    void section(const report_part& part) {
        const cd::finding& f = *part.found;
        const std::string& id = part.program;
        out_ += fmt::format(
            "<section id=\"{0}\" aria-labelledby=\"{0}-heading\" data-arguments=\"{1}\">\n<h2 "
            "id=\"{0}-heading\">{2}</h2>\n",
            id, html(cd::to_json(part.arguments)), html(title_of(part)));
        const auto s = said_of(f);
        const std::string sentence = sentence_of(f);
        if (is_finding(part)) {
            out_ += "<p class=\"headline\">" + badge(cd::verdict_of(f)) + " ";
            if (s) out_ += html_of(*s, id);
            out_ += "</p>\n<h3>What the study says, and these data</h3>\n" + claims_table(f, id);
        }
        for (std::size_t i = 0; i < f.figures.size(); ++i) {
            out_ +=
                figure_html(f.figures[i], fmt::format("{}-figure-{}", id, i), {.finding = sentence},
                            part.lists_tables ? "" : fmt::format("{}#/figures/{}", id, i), plain_table(f.figures[i]));
            if (i == 0) variants(part, sentence);
        }
        std::string curves;
        for (std::size_t i = 0; i < f.claims.size(); ++i) {
            const cd::claim& c = f.claims[i];
            cd::table all = specification_table(c);
            const std::string of = fmt::format("{}#/claims/{}/specifications", id, i);
            const auto v = cd::verdict_of(c);
            const std::string words = upper(cd::detail::verdict_text(c, v)) + "; " + cd::detail::counts_text(v) + ".";
            curves += fmt::format("<h4>{}</h4>\n<p>{} {}</p>\n", html(cd::detail::label_of(c)), badge(v.outcome),
                                  html(words));
            std::string drawn;
            if (const auto curve = curve_of(c))
                drawn = figure_html(
                    curve->figure, fmt::format("{}-curve-{}", id, i),
                    {.finding = upper(c.name) + (c.text.empty() ? "" : ": the study says " + c.text) + ". " + words,
                     .rows = curve->rows},
                    of, all);
            curves += drawn.empty() ? details("Every specification", table_html(all, of, c.name)) : drawn;
        }
        if (!curves.empty()) out_ += "<h3>Under every specification</h3>\n" + curves;
        std::string tables;
        for (std::size_t i = 0; i < f.tables.size(); ++i)
            tables += details(
                f.tables[i].title.empty() ? f.tables[i].name : f.tables[i].title,
                table_html(first_rows(f.tables[i], part),
                           fmt::format("{}#{}/{}", id, part.lists_tables ? "" : "/tables", i), f.tables[i].title));
        if (!tables.empty()) out_ += "<h3>Tables</h3>\n" + tables;
        if (!f.notes.empty()) {
            out_ += "<h3>Caveats</h3>\n<ul>\n";
            for (const std::string& note : f.notes) out_ += "<li>" + html(note) + "</li>\n";
            out_ += "</ul>\n";
        }
        std::set<std::string> sources(f.sources.begin(), f.sources.end());
        for (const cd::table& t : f.tables) sources.insert(t.sources.begin(), t.sources.end());
        if (!sources.empty()) out_ += paragraph(fmt::format("Sources: {}.", fmt::join(sources, "; ")), "sources");
        out_ += "<p class=\"sources\">The same numbers: <code>" + html(command_of(part.program, part.arguments)) +
                "</code></p>\n</section>\n";
    }

    static std::string command_of(const std::string& program, const std::vector<std::string>& arguments) {
        std::string command = program;
        for (const std::string& each : arguments) command += " " + each;
        return command;
    }

    /// What a page has room for of a long table.
    static cd::table first_rows(cd::table t, const report_part& part) {
        constexpr std::size_t most = 150;
        if (t.rows.size() <= most) return t;
        t.notes.insert(t.notes.begin(), fmt::format("The first {} of {} rows; all: {} --format csv", most,
                                                    t.rows.size(), command_of(part.program, part.arguments)));
        t.rows.resize(most);
        std::erase_if(t.groups, [](const cd::row_group& g) { return g.first_row >= most; });
        return t;
    }

    void variants(const report_part& part, const std::string& sentence) {
        if (part.variants.empty()) return;
        out_ += fmt::format("<div class=\"variants\" data-of=\"{}\">\n", part.program);
        for (std::size_t i = 0; i < part.variants.size(); ++i) {
            const figure_variant& each = part.variants[i];
            const std::string drawn =
                figure_html(each.figure, fmt::format("{}-view-{}", part.program, i), {.finding = sentence},
                            part.program + "#/figures/0", plain_table(each.figure));
            if (drawn.empty()) continue;
            out_ += fmt::format(
                "<details class=\"variant\" data-arguments=\"{}\">\n<summary>The same figure, {}: "
                "{}</summary>\n{}</details>\n",
                html(cd::to_json(each.arguments)), html(each.choice), html(each.option), drawn);
        }
        out_ += "</div>\n";
    }

    /// A row for each claim: the study, the headline, the verdict.
    static std::string claims_table(const cd::finding& f, const std::string& id) {
        cd::table t;
        t.columns = {{.name = "quantity"},
                     {.name = "the study"},
                     {.name = "estimate", .header = "these data"},
                     {.name = "n"},
                     {.name = "verdict"}};
        for (const cd::claim& c : f.claims) {
            const cd::specification* const quoted = quoted_of(c);
            const auto v = cd::verdict_of(c);
            std::vector<cd::cell> row{cd::to_cell(cd::detail::label_of(c)),
                                      cd::to_cell(c.text + (c.source.empty() ? "" : " (" + c.source + ")"))};
            row.push_back(quoted ? cd::cell{.value = quoted->result, .style = c.style}
                                 : cd::to_cell(std::string("not estimated")));
            row.push_back(quoted ? cd::to_cell(quoted->result.n) : cd::cell{});
            row.push_back(cd::to_cell(std::string(short_words(v.outcome))));
            t.rows.push_back(std::move(row));
            if (quoted && quoted->headline && !quoted->why.empty()) {
                const std::string note = "Headline: " + cd::name_of(*quoted) + " (" + quoted->why + ").";
                if (std::ranges::find(t.notes, note) == t.notes.end()) t.notes.push_back(note);
            }
        }
        return table_html(t, id + "#headlines", "The study and these data: " + f.question);
    }

    void methods() {
        out_ +=
            "<section id=\"methods\" aria-labelledby=\"methods-heading\">\n<h2 id=\"methods-heading\">Methods and "
            "limits</h2>\n<ul>\n";
        std::set<std::string> used;
        for (const report_part& part : parts_)
            if (part.found)
                for (const cd::claim& c : part.found->claims)
                    for (const cd::specification& s : c.specifications)
                        if (s.result.bounds && !s.result.method.empty()) used.insert(std::string(s.result.method));
        for (const std::string& each :
             {std::string("Every estimate comes with its interval, its number of records and its method. Where records "
                          "share an "
                          "origin (an organisation, a paper, an institution) they are taken to depend on each other."),
              std::string("Where the field disagrees on a definition, all are run; none is chosen for its answer. The "
                          "headline is the "
                          "specification nearest to the study's words, and the table says why."),
              fmt::format("Curves of specifications are tested on {} draws of whole clusters, every specification on "
                          "each (seed {}); "
                          "the programs' own default is more, and --draws sets it.",
                          origin_.draws, origin_.seed),
              fmt::format("Intervals in use: {}.", fmt::join(used, ", ")),
              std::string("An interval marked \"few clusters\" is not known to cover as it says. What no interval has "
                          "in it: which "
                          "models and papers the tables know of, and what classifiers of affiliations and terms "
                          "mistake where it "
                          "is not corrected."),
              std::string("Associations within a year and a venue are no effects: nobody assigned sectors at random.")})
            out_ += "<li>" + html(each) + "</li>\n";
        out_ += "</ul>\n</section>\n";
    }

    template <class Enum>
    static std::string terms(Enum) {
        std::string text;
        for (const auto& each : enumerators(Enum{}))
            if (each.description != each.name)
                text += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(each.name), html(each.description));
        return text;
    }

    void glossary() {
        out_ +=
            "<section id=\"glossary\" aria-labelledby=\"glossary-heading\">\n<h2 "
            "id=\"glossary-heading\">Glossary</h2>\n";
        std::string which;
        for (const definition& d : definitions())
            which += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(d.name), html(d.meaning));
        out_ +=
            "<h3>Which models count</h3>\n<dl>\n" + which + "</dl>\n<h3>Kinds of team</h3>\n<dl>\n" +
            terms(cd::team_kind{}) + "</dl>\n<h3>Verdicts</h3>\n<dl>\n" + terms(cd::verdict{}) +
            "</dl>\n<h3>What is said where an interval is not plain</h3>\n<dl>\n" + terms(cd::estimate_status{}) +
            "</dl>\n<h3>Words</h3>\n<dl>\n"
            "<dt>FLOP</dt><dd>floating-point operations of a training run; FLOP/s is how many a second</dd>\n"
            "<dt>specification</dt><dd>one way to define and to estimate a quantity: an option for each choice</dd>\n"
            "<dt>vintage</dt><dd>the table of models as it was on a date</dd>\n"
            "<dt>cluster</dt><dd>records that may depend on each other, such as the models of one "
            "organisation</dd>\n</dl>\n</section>\n";
    }

    void provenance() {
        out_ +=
            "<section id=\"provenance\" aria-labelledby=\"provenance-heading\">\n<h2 "
            "id=\"provenance-heading\">Provenance</h2>\n<dl>\n";
        out_ += fmt::format(
            "<dt>Made by</dt><dd>compute_divide {}.{}.{}</dd>\n<dt>Command</dt><dd><code>{}</code></dd>\n"
            "<dt>Seed</dt><dd>{}</dd>\n<dt>Draws</dt><dd>{}</dd>\n",
            COMPUTE_DIVIDE_VERSION_MAJOR, COMPUTE_DIVIDE_VERSION_MINOR, COMPUTE_DIVIDE_VERSION_PATCH,
            html(origin_.command), origin_.seed, origin_.draws);
        for (const std::string& date : origin_.dates) out_ += "<dt>Date of the data</dt><dd>" + html(date) + "</dd>\n";
        out_ += "</dl>\n";
        cd::table t;
        t.columns = {{.name = "file"}, {.name = "bytes"}, {.name = "SHA-256"}};
        for (const report_file& each : origin_.files) add_row(t, each.name, each.bytes, each.sha256);
        out_ += table_html(t, "", "Files that the report was made of") + "</section>\n";
    }

    const std::vector<report_part>& parts_;
    const report_origin& origin_;
    std::string out_;
};

}  // namespace

std::string sentence_of(const cd::finding& f) {
    const auto s = said_of(f);
    if (!s) return "";
    return s->before + words_of(s->quoted->result, *s->of) + s->after;
}

std::string report_page(const std::vector<report_part>& parts, const report_origin& origin) {
    return page(parts, origin).text();
}

}  // namespace example
