// SPDX-License-Identifier: BSL-1.0
#include "support/report_page.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
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
#include <compute_divide/visible_text.hpp>

#include "support/plot.hpp"
#include "support/report_assets.hpp"
#include "support/report_curve.hpp"
#include "support/report_words.hpp"
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

/// A table that scrolls by itself where it is wide. `of`: where its numbers are in the program's JSON; `more`: what
/// else its element says.
std::string table_html(cd::table t, const std::string& of, const std::string& label, const std::string& more = "") {
    t.name.clear();
    t.title.clear();
    return fmt::format("<div class=\"table\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"{}{}>\n{}</div>\n",
                       html(label), of.empty() ? "" : fmt::format(" data-of=\"{}\"", html(of)), more, with_numbers(t));
}

/// Of each claim of a finding which specification is quoted, null where none is: where the page's selectors begin.
std::string quoted_places(const cd::finding& f) {
    std::vector<std::optional<std::uint64_t>> places;
    for (const cd::claim& c : f.claims) {
        const cd::specification* const quoted = quoted_of(c);
        places.push_back(quoted ? std::optional(static_cast<std::uint64_t>(quoted - c.specifications.data()))
                                : std::nullopt);
    }
    return cd::to_json(places);
}

std::string details(const std::string& summary, const std::string& content) {
    return fmt::format("<details>\n<summary>{}</summary>\n{}</details>\n", html(summary), content);
}

/// An estimate in a sentence.
std::string estimate_html(const cd::estimate& e, const cd::claim& c, const std::string& of) {
    return fmt::format("<span class=\"estimate\"{} data-of=\"{}\">{}</span>", data_of({.value = e}), html(of),
                       html(words_of(e, c)));
}

/// What a page has of long tables, and of prepared figures: all, those that differ in one choice, or none.
struct extent {
    std::size_t rows = 0, of_figures = 0;
    std::size_t differences = 0;
};

/// Pictures by the names of their places: the same whatever the extent of a page.
using drawn_pictures = std::map<std::string, std::string>;

class page {
public:
    /// Draws what is not among `drawn`, and adds it.
    page(const std::vector<report_part>& parts, const report_origin& origin, const extent& most, drawn_pictures& drawn)
        : parts_(parts), origin_(origin), most_(most), drawn_(drawn) {}

    std::string text() {
        out_ =
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
            "script-src 'unsafe-inline'; img-src data:\">\n<meta name=\"color-scheme\" content=\"light dark\">\n"
            "<link rel=\"icon\" href=\"data:,\">\n<title>" +
            html(report_title()) + "</title>\n<style>\n" + std::string(report_style()) + "</style>\n</head>\n<body>\n" +
            page_marks();
        first_screen();
        for (const report_part& part : parts_)
            if (part.found) section(part);
        methods();
        glossary();
        provenance();
        out_ += "</main>\n<script>\n" + std::string(report_script()) + "</script>\n</body>\n</html>\n";
        draw();
        number_labels();
        return std::move(out_);
    }

private:
    /// The sentence, with the estimate's place in the JSON of a part.
    static std::string html_of(const said& s, const std::string& part) {
        const auto number = s.quoted - s.of->specifications.data();
        return html(upper(s.before)) +
               estimate_html(s.quoted->result, *s.of,
                             fmt::format("{}#/claims/{}/specifications/{}/result", part, s.claim_number, number)) +
               html(s.after);
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
        out_ +=
            "<a class=\"skip\" href=\"#main\">To the findings</a>\n<header>\n<h1>" + html(report_title()) + "</h1>\n";
        out_ += paragraph(report_lead(origin_), "lead");
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
            const cd::verdict outcome = cd::verdict_of(*part.found);
            out_ +=
                fmt::format("<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{}</td><td>{}</td></tr>\n",
                            part.program, html(title_of(part)), badge(outcome), html(counts_of_verdicts(*part.found)));
        }
        out_ += "</tbody>\n</table>\n</div>\n";
        std::string rules;
        for (const std::string& rule : rules_of_verdicts(parts_)) rules += paragraph(rule);
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
        for (const std::string& each : silent_parts(parts_)) silent += "<li>" + html(each) + "</li>\n";
        if (!silent.empty()) out_ += "<h3>What these tables do not tell</h3>\n<ul>\n" + silent + "</ul>\n";
        out_ += "</section>\n";
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
            if (!drawn_.contains(id)) {
                pictures_.add(f, named);
                to_draw_.push_back(id);
            }
            picture = place_of(id);
        } catch (const nothing_to_report&) {
            return "";
        }
        const std::string more = caption_of(f);
        const std::string caption = "<b>" + html(f.title) + ".</b>" + (more.empty() ? "" : " " + html(more));
        return fmt::format(
            "<figure id=\"{0}\">\n<div class=\"plot\" tabindex=\"0\" role=\"group\" aria-label=\"Figure: "
            "{1}\">\n{2}</div>\n"
            "<figcaption>{3}</figcaption>\n{4}</figure>\n",
            id, html(f.title), picture, caption,
            details("The table behind the figure", table_html(table, of, "Table: " + f.title)));
    }
    /// Where a picture is to be, until all are drawn: texts have no such character.
    static std::string place_of(const std::string& id) { return fmt::format("\x01{}\x01", id); }
    /// Puts the pictures in their places.
    void draw() {
        std::vector<std::string> drawn = pictures_.drawn();
        for (std::size_t i = 0; i < drawn.size(); ++i) drawn_.emplace(to_draw_[i], std::move(drawn[i]));
        std::string whole;
        std::size_t from = 0;
        for (std::size_t at = out_.find('\x01'); at != out_.npos; at = out_.find('\x01', from)) {
            const std::size_t end = out_.find('\x01', at + 1);
            whole += out_.substr(from, at - from) + drawn_.at(out_.substr(at + 1, end - at - 1));
            from = end + 1;
        }
        out_ = whole + out_.substr(from);
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
            out_ += "</p>\n<h3>What the study says, and these data</h3>\n" +
                    table_html(claims_table(f), id + "#headlines", "The study and these data: " + f.question,
                               fmt::format(" data-quoted=\"{}\"", quoted_places(f)));
        }
        for (std::size_t i = 0; i < f.figures.size(); ++i) {
            out_ += figure_html(f.figures[i], fmt::format("{}-figure-{}", id, i), {.finding = sentence},
                                part.lists_tables ? "" : fmt::format("{}#/figures/{}", id, i),
                                first_rows(plain_table(f.figures[i]), part, most_.of_figures));
            if (i == 0) variants(part);
        }
        std::string curves;
        for (std::size_t i = 0; i < f.claims.size(); ++i) {
            const cd::claim& c = f.claims[i];
            cd::table all = specification_table(c);
            const std::string of = fmt::format("{}#/claims/{}/specifications", id, i);
            const auto v = cd::verdict_of(c);
            const std::string words = verdict_words(c);
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
                table_html(first_rows(f.tables[i], part, most_.rows),
                           fmt::format("{}#{}/{}", id, part.lists_tables ? "" : "/tables", i), f.tables[i].title));
        if (!tables.empty()) out_ += "<h3>Tables</h3>\n" + tables;
        if (!f.notes.empty()) {
            out_ += "<h3>Caveats</h3>\n<ul>\n";
            for (const std::string& note : f.notes) out_ += "<li>" + html(note) + "</li>\n";
            out_ += "</ul>\n";
        }
        out_ += paragraph(sources_of(f), "sources");
        out_ += "<p class=\"sources\">The same numbers: <code>" + html(command_of(part.program, part.arguments)) +
                "</code></p>\n</section>\n";
    }

    void variants(const report_part& part) {
        const auto has_room = [&](const figure_variant& each) {
            std::size_t differences = 0;
            for (const cd::choice& c : each.choices)
                if (std::ranges::find(part.choices, c) == part.choices.end()) ++differences;
            return differences <= most_.differences;
        };
        if (std::ranges::none_of(part.variants, has_room)) return;
        out_ += fmt::format("<div class=\"variants\" data-of=\"{}\" data-choices=\"{}\">\n", part.program,
                            html(choices_of(part.choices)));
        for (std::size_t i = 0; i < part.variants.size(); ++i) {
            const figure_variant& each = part.variants[i];
            if (!has_room(each)) continue;
            const std::string drawn = figure_html(each.figure, fmt::format("{}-view-{}", part.program, i), {},
                                                  part.program + "#/figures/0", plain_table(each.figure));
            if (drawn.empty()) continue;
            std::string words;
            for (const cd::choice& c : each.choices)
                words += fmt::format("{}{}: {}", words.empty() ? "" : ", ", c.name, c.option);
            out_ += fmt::format(
                "<details class=\"variant\" data-arguments=\"{}\" data-choices=\"{}\">\n<summary>The same figure, "
                "{}</summary>\n{}</details>\n",
                html(cd::to_json(each.arguments)), html(choices_of(each.choices)), html(words), drawn);
        }
        out_ += "</div>\n";
    }
    /// As an object of JSON.
    static std::string choices_of(const std::vector<cd::choice>& choices) {
        cd::json_object object;
        for (const cd::choice& c : choices) object.with(c.name, c.option);
        return object.text();
    }

    void methods() {
        out_ +=
            "<section id=\"methods\" aria-labelledby=\"methods-heading\">\n<h2 id=\"methods-heading\">Methods and "
            "limits</h2>\n<ul>\n";
        for (const std::string& each : method_lines(parts_, origin_)) out_ += "<li>" + html(each) + "</li>\n";
        out_ += "</ul>\n</section>\n";
    }

    void glossary() {
        out_ +=
            "<section id=\"glossary\" aria-labelledby=\"glossary-heading\">\n<h2 "
            "id=\"glossary-heading\">Glossary</h2>\n";
        for (const auto& [heading, words] : report_glossary()) {
            out_ += "<h3>" + html(heading) + "</h3>\n<dl>\n";
            for (const auto& [word, meaning] : words)
                out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(word), html(meaning));
            out_ += "</dl>\n";
        }
        out_ += "</section>\n";
    }

    void provenance() {
        out_ +=
            "<section id=\"provenance\" aria-labelledby=\"provenance-heading\">\n<h2 "
            "id=\"provenance-heading\">Provenance</h2>\n<dl>\n";
        for (const auto& [word, value] : provenance_lines(origin_))
            out_ += fmt::format("<dt>{}</dt><dd>{}</dd>\n", html(word),
                                word == "Command" ? "<code>" + html(value) + "</code>" : html(value));
        out_ += "</dl>\n" + table_html(files_table(origin_), "", "Files that the report was made of") + "</section>\n";
    }

    const std::vector<report_part>& parts_;
    const report_origin& origin_;
    const extent& most_;
    drawn_pictures& drawn_;
    page_pictures pictures_;
    std::vector<std::string> to_draw_;  // their names
    std::string out_;
};

}  // namespace

std::string report_page(const std::vector<report_part>& parts, const report_origin& origin) {
    constexpr std::size_t most_bytes = 2'000'000;
    constexpr std::size_t all = std::numeric_limits<std::size_t>::max();
    std::string text;
    drawn_pictures drawn;
    for (const extent& each : {extent{150, all, all}, extent{60, 150, 1}, extent{40, 40, 0}, extent{15, 15, 0}}) {
        text = page(parts, origin, each, drawn).text();
        if (text.size() < most_bytes) break;
    }
    return text;
}

}  // namespace example
