// SPDX-License-Identifier: BSL-1.0
#include "support/report_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/report/latex.hpp>
#include <compute_divide/report/markdown.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/command_line.hpp"
#include "support/latex_figure.hpp"
#include "support/plot.hpp"
#include "support/report_curve.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

/// How a document is written.
class writer {
public:
    writer() = default;
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;
    virtual ~writer() = default;

    virtual void begin(const std::string& title) = 0;
    /// Of level 1 to 3; sections of level 1 have a word to be linked by, or none.
    virtual void heading(int level, const std::string& text, const std::string& id) = 0;
    virtual void paragraph(const std::string& text) = 0;
    virtual void items(const std::vector<std::string>& texts, bool numbered) = 0;
    virtual void words(const std::vector<std::pair<std::string, std::string>>& meanings) = 0;
    virtual void command(const std::string& what, const std::string& text) = 0;
    virtual void table(cd::table t, const std::string& id) = 0;
    /// A table that has all, which a reader may want to see: where there is a figure of it, as `behind` says, or not.
    virtual void long_table(const std::string& summary, cd::table t, const std::string& id, bool behind) = 0;
    /// Whether there was anything to draw.
    virtual bool figure(const cd::figure& f, const std::string& id) = 0;
    virtual std::string end() = 0;
};

class markdown_writer : public writer {
public:
    explicit markdown_writer(std::string figures) : figures_(std::move(figures)) {}

    void begin(const std::string& title) override { out_ += "# " + text(title) + "\n"; }
    void heading(int level, const std::string& words, const std::string& id) override {
        if (!id.empty()) out_ += "\n<a id=\"" + id + "\"></a>\n";
        out_ += "\n" + std::string(static_cast<std::size_t>(level) + 1, '#') + " " + text(words) + "\n";
    }
    void paragraph(const std::string& words) override {
        if (!words.empty()) out_ += "\n" + text(words) + "\n";
    }
    void items(const std::vector<std::string>& texts, bool numbered) override {
        out_ += "\n";
        for (const std::string& each : texts) out_ += (numbered ? "1. " : "- ") + text(each) + "\n";
    }
    void words(const std::vector<std::pair<std::string, std::string>>& meanings) override {
        out_ += "\n";
        for (const auto& [word, meaning] : meanings) out_ += "- **" + text(word) + "**: " + text(meaning) + "\n";
    }
    void command(const std::string& what, const std::string& words) override {
        out_ += "\n" + text(what) + ":\n\n    " + cd::visible_line(words) + "\n";
    }
    void table(cd::table t, const std::string&) override { out_ += "\n" + to_markdown(t); }
    void long_table(const std::string& summary, cd::table t, const std::string&, bool) override {
        t.name.clear();
        t.title.clear();
        out_ += "\n<details>\n<summary>" + cd::detail::markdown_markup::text(cd::visible_line(summary)) +
                "</summary>\n\n" + to_markdown(t) + "\n</details>\n";
    }
    bool figure(const cd::figure& f, const std::string& id) override {
        if (figures_.empty()) return false;
        const std::filesystem::path folder(figures_);
        try {
            std::filesystem::create_directories(folder);
            write_svg((folder / (id + ".svg")).string(), f);
        } catch (const nothing_to_report&) {
            return false;
        }
        out_ += fmt::format("\n![{}](<{}/{}.svg>)\n", text(f.title), folder.filename().string(), id);
        paragraph(caption_of(f));
        return true;
    }
    std::string end() override { return std::move(out_); }

private:
    static std::string text(std::string_view plain) {
        return cd::detail::markdown_markup::text(cd::visible_line(plain));
    }
    std::string figures_, out_;
};

class latex_writer : public writer {
public:
    void begin(const std::string& title) override {
        out_ =
            "\\documentclass[a4paper]{article}\n\\usepackage{iftex}\n"
            "\\ifpdftex\n\\usepackage[T1]{fontenc}\n\\usepackage{textcomp}\n"
            "\\IfFileExists{lmodern.sty}{\\usepackage{lmodern}}{}\n"
            "% A letter that no font here has is a question mark rather than an error.\n"
            "\\makeatletter\\def\\UTFviii@undefined@err#1{?}\\makeatother\n\\fi\n"
            "\\usepackage[margin=25mm]{geometry}\n\\usepackage{array}\n\\usepackage{booktabs}\n\\usepackage{graphicx}\n"
            "\\usepackage{pgfplots}\n\\pgfplotsset{compat=1.16}\n" +
            latex_colours() + "\\usepackage[hidelinks]{hyperref}\n\\emergencystretch=3em\n\\title{" +
            latex_text(title) + "}\n\\author{}\n\\date{}\n\\begin{document}\n\\maketitle\n";
    }
    void heading(int level, const std::string& words, const std::string& id) override {
        constexpr std::array<std::string_view, 3> names{"section", "subsection", "subsubsection"};
        if (level == 1 && !id.empty()) out_ += "\n\\clearpage";
        out_ += fmt::format("\n\\{}{{{}}}\n", names[static_cast<std::size_t>(level) - 1], latex_text(words));
        if (!id.empty()) out_ += "\\label{sec:" + cd::detail::latex_label(id) + "}\n";
    }
    void paragraph(const std::string& words) override {
        if (!words.empty()) out_ += "\n" + latex_text(words) + "\n";
    }
    void items(const std::vector<std::string>& texts, bool numbered) override {
        if (texts.empty()) return;
        const char* const kind = numbered ? "enumerate" : "itemize";
        out_ += fmt::format("\n\\begin{{{}}}\n", kind);
        for (const std::string& each : texts) out_ += "\\item " + latex_text(each) + "\n";
        out_ += fmt::format("\\end{{{}}}\n", kind);
    }
    void words(const std::vector<std::pair<std::string, std::string>>& meanings) override {
        out_ += "\n\\begin{description}\n";
        for (const auto& [word, meaning] : meanings)
            out_ += "\\item[{" + latex_text(word) + "}] " + latex_text(meaning) + "\n";
        out_ += "\\end{description}\n";
    }
    void command(const std::string& what, const std::string& words) override {
        out_ += "\n" + latex_text(what) + ": {\\ttfamily\\raggedright\\hyphenchar\\font=-1 " + latex_text(words) +
                "\\par}\n";
    }
    void table(cd::table t, const std::string& id) override {
        t.name = id;
        std::string text = to_latex(t);
        // No wider than the page. (Text is escaped: what looks like a command is one.)
        const std::string_view begin = "\\begin{tabular}", end = "\\end{tabular}";
        const std::size_t from = text.find(begin);
        std::size_t to = text.find(end);
        if (to != text.npos) {
            std::size_t column = from + begin.size() + 1;  // of {lrl}, a letter for each
            for (const std::size_t each : cd::detail::columns_for(t, cd::column_audience::readers)) {
                constexpr std::size_t most = 36;  // letters of a line that is not broken
                constexpr std::string_view broken = ">{\\raggedright\\arraybackslash}p{0.3\\linewidth}";
                const bool is_long = std::ranges::any_of(t.rows, [&](const auto& row) {
                    const auto* const words = std::get_if<std::string>(&row[each].value);
                    return words && words->size() > most;
                });
                if (is_long && text[column] == 'l') text.replace(column, 1, broken);
                column = is_long && text[column] == '>' ? column + broken.size() : column + 1;
            }
            to = text.find(end);
            text.insert(to + end.size(), "}");
            text.insert(from, "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{");
        }
        out_ += "\n" + text;
    }
    void long_table(const std::string& summary, cd::table t, const std::string& id, bool behind) override {
        if (behind) return;
        if (t.title.empty()) t.title = summary;
        table(std::move(t), id);
    }
    bool figure(const cd::figure& f, const std::string& id) override {
        const std::string drawn =
            latex_figure(f, id, latex_text(f.title + (f.title.ends_with('.') ? " " : ". ") + caption_of(f)));
        out_ += drawn.empty() ? "" : "\n" + drawn;
        return !drawn.empty();
    }
    std::string end() override { return std::move(out_) + "\n\\end{document}\n"; }

private:
    std::string out_;
};

/// The first lines: the findings in short, verdicts, what is beside.
void write_first(writer& to, const std::vector<report_part>& parts, const report_origin& origin) {
    to.begin(report_title());
    to.paragraph(report_lead(origin));
    std::vector<std::string> sentences, others;
    cd::table verdicts{.name = "verdicts", .title = "The verdict on each finding"};
    verdicts.columns = {{.name = "finding"}, {.name = "verdict"}, {.name = "claims"}};
    for (const report_part& part : parts) {
        if (!part.found) continue;
        if (const std::string sentence = sentence_of(*part.found); !sentence.empty() && sentences.size() < 5)
            sentences.push_back(upper(sentence));
        if (is_finding(part))
            add_row(verdicts, title_of(part), std::string(short_words(cd::verdict_of(*part.found))),
                    counts_of_verdicts(*part.found));
        else
            others.push_back(title_of(part));
    }
    if (!sentences.empty()) {
        to.heading(1, "In short", "");
        to.items(sentences, true);
    }
    if (!verdicts.rows.empty()) {
        to.heading(1, "Verdicts", "");
        to.table(verdicts, "verdicts");
        for (const std::string& rule : rules_of_verdicts(parts)) to.paragraph(rule);
    }
    if (!others.empty()) {
        to.paragraph("Beside the claims of the study:");
        to.items(others, false);
    }
    if (!origin.left_out.empty())
        to.paragraph(fmt::format("Left out of this report, which --all has: {}.", fmt::join(origin.left_out, ", ")));
    if (const auto silent = silent_parts(parts); !silent.empty()) {
        to.heading(1, "What these tables do not tell", "");
        to.items(silent, false);
    }
}

void write_part(writer& to, const report_part& part, std::size_t most_rows) {
    const cd::finding& f = *part.found;
    const std::string& id = part.program;
    const auto table_of_figure = [&](const cd::figure& of, const cd::table& all, const std::string& name) {
        const bool drawn = to.figure(of, name);
        to.long_table(drawn ? "The table behind the figure" : of.title, first_rows(all, part, most_rows), name, drawn);
    };
    to.heading(1, title_of(part), id);
    if (is_finding(part)) {
        to.paragraph(fmt::format("{}: {}", upper(std::string(short_words(cd::verdict_of(f)))), sentence_of(f)));
        cd::table claims = claims_table(f);
        claims.title = "What the study says, and these data";
        to.table(claims, id + "-claims");
    }
    for (std::size_t i = 0; i < f.figures.size(); ++i)
        table_of_figure(f.figures[i], plain_table(f.figures[i]), fmt::format("{}-figure-{}", id, i));
    if (!f.claims.empty()) to.heading(2, "Under every specification", "");
    for (std::size_t i = 0; i < f.claims.size(); ++i) {
        const cd::claim& c = f.claims[i];
        to.paragraph(cd::detail::label_of(c) + ": " + std::string(short_words(cd::verdict_of(c).outcome)) + ". " +
                     verdict_words(c));
        const std::string name = fmt::format("{}-curve-{}", id, i);
        cd::table all = specification_table(c);
        if (all.title.empty()) all.title = "Every specification: " + c.name;
        if (const auto curve = curve_of(c))
            table_of_figure(curve->figure, all, name);
        else
            to.long_table(all.title, first_rows(all, part, most_rows), name, false);
    }
    if (!f.tables.empty()) to.heading(2, "Tables", "");
    for (std::size_t i = 0; i < f.tables.size(); ++i)
        to.long_table(f.tables[i].title.empty() ? f.tables[i].name : f.tables[i].title,
                      first_rows(f.tables[i], part, most_rows), fmt::format("{}-table-{}", id, i), false);
    if (!f.notes.empty()) {
        to.heading(2, "Caveats", "");
        to.items(f.notes, false);
    }
    to.paragraph(sources_of(f));
    to.command("The same numbers", command_of(part.program, part.arguments));
}

std::string written(writer& to, const std::vector<report_part>& parts, const report_origin& origin,
                    std::size_t most_rows) {
    write_first(to, parts, origin);
    for (const report_part& part : parts)
        if (part.found) write_part(to, part, most_rows);
    to.heading(1, "Methods and limits", "methods");
    to.items(method_lines(parts, origin), false);
    to.heading(1, "Glossary", "glossary");
    for (const auto& [heading, words] : report_glossary()) {
        to.heading(2, heading, "");
        to.words(words);
    }
    to.heading(1, "Provenance", "provenance");
    for (const auto& [word, value] : provenance_lines(origin))
        word == "Command" ? to.command(word, value) : to.paragraph(word + ": " + value);
    cd::table files = files_table(origin);
    files.title = "Files that the report was made of";
    to.table(files, "files");
    return to.end();
}

}  // namespace

std::string report_markdown(const std::vector<report_part>& parts, const report_origin& origin,
                            const std::string& figures) {
    markdown_writer to(figures);
    return written(to, parts, origin, 150);
}

std::string report_latex(const std::vector<report_part>& parts, const report_origin& origin) {
    latex_writer to;
    return written(to, parts, origin, 40);
}

}  // namespace example
