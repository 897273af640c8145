// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_LATEX_HPP
#define COMPUTE_DIVIDE_REPORT_LATEX_HPP

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include <compute_divide/report/detail/shown_cell.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// A table as LaTeX.
namespace compute_divide::inline v0_2 {

namespace detail {

struct latex_markup {
    /// A character above ASCII that pdflatex has no letter for by itself; empty where it is to stay.
    [[nodiscard]] static constexpr std::string_view command_of(char32_t c) {
        using pair = std::pair<char32_t, std::string_view>;
        constexpr std::array commands{pair{0xA0, "~"},
                                      pair{0xB1, "$\\pm$"},
                                      pair{0xB2, "$^2$"},
                                      pair{0xB3, "$^3$"},
                                      pair{0xB5, "$\\mu$"},
                                      pair{0xB7, "$\\cdot$"},
                                      pair{0xD7, "$\\times$"},
                                      pair{0x2009, "\\,"},
                                      pair{0x2013, "--"},
                                      pair{0x2014, "---"},
                                      pair{0x2212, "$-$"},
                                      pair{0x221E, "$\\infty$"},
                                      pair{0x2248, "$\\approx$"},
                                      pair{0x2260, "$\\neq$"},
                                      pair{0x2264, "$\\leq$"},
                                      pair{0x2265, "$\\geq$"}};
        for (const auto& [code, command] : commands)
            if (code == c) return command;
        constexpr std::array<std::string_view, 25> small{
            "$\\alpha$",  "$\\beta$", "$\\gamma$", "$\\delta$",    "$\\varepsilon$", "$\\zeta$", "$\\eta$",
            "$\\theta$",  "$\\iota$", "$\\kappa$", "$\\lambda$",   "$\\mu$",         "$\\nu$",   "$\\xi$",
            "$o$",        "$\\pi$",   "$\\rho$",   "$\\varsigma$", "$\\sigma$",      "$\\tau$",  "$\\upsilon$",
            "$\\varphi$", "$\\chi$",  "$\\psi$",   "$\\omega$"};
        if (c >= 0x3B1 && c < 0x3B1 + small.size()) return small[c - 0x3B1];
        constexpr std::array<std::string_view, 25> capital{
            "$A$",       "$B$",        "$\\Gamma$",   "$\\Delta$", "$E$",    "$Z$",     "$H$",      "$\\Theta$", "$I$",
            "$K$",       "$\\Lambda$", "$M$",         "$N$",       "$\\Xi$", "$O$",     "$\\Pi$",   "$P$",       "",
            "$\\Sigma$", "$T$",        "$\\Upsilon$", "$\\Phi$",   "$X$",    "$\\Psi$", "$\\Omega$"};
        if (c >= 0x391 && c < 0x391 + capital.size()) return capital[c - 0x391];
        return {};
    }

    [[nodiscard]] static std::string line_text(std::string_view plain) {
        std::string escaped;
        escaped.reserve(plain.size() + 8);
        while (!plain.empty()) {
            const auto c = first_character(plain);
            switch (c.code) {
                case '\\':
                    escaped += "\\textbackslash{}";
                    break;
                case '~':
                    escaped += "\\textasciitilde{}";
                    break;
                case '^':
                    escaped += "\\textasciicircum{}";
                    break;
                case '|':
                    escaped += "\\textbar{}";
                    break;
                case '"':
                    escaped += "\\textquotedbl{}";
                    break;
                case '\'':
                    escaped += "\\textquotesingle{}";
                    break;
                case '`':
                    escaped += "\\textasciigrave{}";
                    break;
                case '<':
                    escaped += "\\textless{}";
                    break;
                case '>':
                    escaped += "\\textgreater{}";
                    break;
                case '[':
                    escaped += "{[}";
                    break;  // after \\ it would begin an option
                case ']':
                    escaped += "{]}";
                    break;
                case '*':
                    escaped += "{*}";
                    break;
                case '&':
                case '%':
                case '$':
                case '#':
                case '_':
                case '{':
                case '}':
                    escaped.append("\\").append(1, plain.front());
                    break;
                default: {
                    const std::string_view command = command_of(c.code);
                    escaped.append(command.empty() ? plain.substr(0, c.size) : command);
                }
            }
            plain.remove_prefix(c.size);
        }
        return escaped;
    }
    /// Visible text of which no character is LaTeX; a line break within a cell is a stack of lines.
    [[nodiscard]] static std::string text(std::string_view plain) {
        if (plain.find('\n') == std::string_view::npos) return line_text(plain);
        std::string stack;
        for_each_part(plain, '\n', [&](std::string_view line) {
            stack.append(stack.empty() ? "\\shortstack[l]{" : "\\\\").append(line_text(line));
        });
        return stack + "}";
    }
    /// Visible text of a caption or a note, in which a line break is a space.
    [[nodiscard]] static std::string paragraph(std::string plain) {
        for (char& c : plain)
            if (c == '\n') c = ' ';
        return line_text(plain);
    }
    [[nodiscard]] static std::string number(std::string_view canonical, bool) {
        std::string text;
        const std::size_t exponent = canonical.find('e');
        for (const char c : canonical.substr(0, exponent)) {
            if (c == '-' || c == '<' || c == '>')
                text.append("$").append(1, c).append("$");
            else
                text += c;
        }
        if (canonical == "inf") return "$\\infty$";
        if (canonical == "-inf") return "$-\\infty$";
        if (exponent == std::string_view::npos) return text;
        return text.append("$\\times10^{").append(canonical.substr(exponent + 1)).append("}$");
    }
    [[nodiscard]] static std::string stars(int n) {
        return "$^{" + std::string(static_cast<std::size_t>(n), '*') + "}$";
    }
};

/// A word that is safe in \label: of other characters, none.
[[nodiscard]] inline std::string latex_label(std::string_view name) {
    std::string label;
    for (const char c : name)
        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':')
            label += c;
        else if (c == '_' || c == ' ')
            label += '-';
    return label;
}

}  // namespace detail

/// A table as LaTeX: a floating `table` with its caption above, the label `tab:NAME`, a `tabular` with the rules of
/// booktabs, then notes and sources in small print. Needs \usepackage{booktabs} and, for straight quotes,
/// \usepackage[T1]{fontenc} and \usepackage{textcomp}. Greek letters and common signs are commands; other characters
/// above ASCII are UTF-8, for lualatex or xelatex with a font that has them. Text is escaped. Throws
/// std::invalid_argument for a table that `check` refuses.
[[nodiscard]] inline std::string to_latex(const table& t, const render_options& = {}) {
    using markup = detail::latex_markup;
    check(t);
    const auto looks = detail::looks_of(t);
    const auto shown = detail::columns_for(t, column_audience::readers);
    std::string out = "\\begin{table}\n\\centering\n";
    if (!t.title.empty()) out.append("\\caption{").append(markup::paragraph(visible_text(t.title))).append("}\n");
    if (const std::string label = detail::latex_label(t.name); !label.empty())
        out.append("\\label{tab:").append(label).append("}\n");
    if (!shown.empty()) {
        out += "\\begin{tabular}{";
        for (const std::size_t i : shown) out += looks[i].right ? 'r' : looks[i].centre ? 'c' : 'l';
        out += "}\n\\toprule\n";
        const auto separator = [&](std::size_t i) { return i == shown.front() ? "" : " & "; };
        for (const std::size_t i : shown) out.append(separator(i)).append(markup::text(looks[i].header));
        out += " \\\\\n\\midrule\n";
        std::size_t next = 0;
        for (std::size_t row = 0; row < t.rows.size(); ++row) {
            if (const row_group* const group = detail::group_at(t, row, next)) {
                if (row > 0) out += "\\midrule\n";
                if (!group->title.empty())
                    out.append("\\multicolumn{")
                        .append(std::to_string(shown.size()))
                        .append("}{l}{")
                        .append(markup::text(visible_text(group->title)))
                        .append("} \\\\\n");
            }
            for (const std::size_t i : shown)
                out.append(separator(i))
                    .append(detail::composed(detail::shown_of(t.rows[row][i], t.columns[i], looks[i]), markup{}));
            out += " \\\\\n";
        }
        out += "\\bottomrule\n\\end{tabular}\n";
    }
    const auto below = detail::lines_below(t, looks);
    if (!below.empty()) {
        out += "\\par\\smallskip\n\\begin{minipage}{\\linewidth}\\footnotesize\n";
        for (const auto& line : below) out.append(markup::paragraph(line)).append("\\par\n");
        out += "\\end{minipage}\n";
    }
    return out + "\\end{table}\n";
}

}  // namespace compute_divide::inline v0_2

#endif
