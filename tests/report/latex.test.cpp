// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/report/latex.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/hostile.hpp"

namespace cd = compute_divide;
using test_support::times_in;

namespace {

/// What TeX would set for a text, with a line break for \\; "error" where a sign is left that means something.
std::string typeset(std::string_view text) {
    constexpr std::pair<std::string_view, std::string_view> commands[] = {{"\\textbackslash{}", "\\"},
                                                                          {"\\textasciitilde{}", "~"},
                                                                          {"\\textasciicircum{}", "^"},
                                                                          {"\\textbar{}", "|"},
                                                                          {"\\textquotedbl{}", "\""},
                                                                          {"\\textquotesingle{}", "'"},
                                                                          {"\\textasciigrave{}", "`"},
                                                                          {"\\textless{}", "<"},
                                                                          {"\\textgreater{}", ">"},
                                                                          {"\\shortstack[l]{", ""},
                                                                          {"{[}", "["},
                                                                          {"{]}", "]"},
                                                                          {"{*}", "*"},
                                                                          {"$\\alpha$", "\u03B1"},
                                                                          {"$-$", "\u2212"},
                                                                          {"$^{**}$", "**"},
                                                                          {"\\\\", "\n"},
                                                                          {"\\&", "&"},
                                                                          {"\\%", "%"},
                                                                          {"\\$", "$"},
                                                                          {"\\#", "#"},
                                                                          {"\\_", "_"},
                                                                          {"\\{", "{"},
                                                                          {"\\}", "}"},
                                                                          {"~", "\u00A0"}};
    const bool stack = text.starts_with("\\shortstack");
    std::string set;
    while (!text.empty()) {
        bool known = false;
        for (const auto& [command, meaning] : commands) {
            if (!text.starts_with(command)) continue;
            set += meaning;
            text.remove_prefix(command.size());
            known = true;
            break;
        }
        if (known) continue;
        if (stack && text == "}") return set;
        if (std::string_view("\\{}$&#^_%~[]*").find(text[0]) != std::string_view::npos)
            return "error: " + std::string(text);
        set += text[0];
        text.remove_prefix(1);
    }
    return set;
}

}  // namespace

TEST_CASE("hostile text comes back from every place") {
    const std::string latex = to_latex(test_support::table_full_of(test_support::hostile));
    const std::string escaped = cd::detail::latex_markup::text(test_support::hostile),
                      line = cd::detail::latex_markup::paragraph(test_support::hostile);
    CHECK(typeset(escaped) == test_support::hostile);
    std::string one_line = test_support::hostile;
    one_line[one_line.find('\n')] = ' ';
    CHECK(typeset(line) == one_line);
    CHECK(times_in(latex, "{" + line + "}") == 1);                // the caption
    CHECK(times_in(latex, line + "\\par\n") == 2 + 1);            // notes and source
    CHECK(times_in(latex, "}{l}{" + escaped + "} \\\\\n") == 2);  // groups
    CHECK(times_in(latex, "\n" + escaped + " & ") == 1);          // the cell without stars
    CHECK(times_in(latex, "\n" + escaped + "$^{**}$ & ") == 1);   // and with them
    CHECK(times_in(latex, " & " + escaped + " & ") == 1);
    for (const auto& row : test_support::lines_of(latex))
        if (row.ends_with(" \\\\") && !row.starts_with("\\multicolumn"))
            CHECK(times_in(row, "&") - times_in(row, "\\&") == 2);
}

TEST_CASE("control characters and bytes that are not UTF-8 are shown") {
    const std::string latex = to_latex(test_support::table_full_of(test_support::commands));
    CHECK(test_support::is_clean_utf8(latex));
    CHECK(latex.find("\\textbackslash{}x1B{[}31mred") != latex.npos);
}

TEST_CASE("a table of booktabs") {
    const cd::table t{.name = "by year",
                      .title = "Title",
                      .columns = {{.name = "who"},
                                  {.name = "x", .style = {1, cd::number_notation::fixed, true}},
                                  {.name = "mid", .alignment = cd::column_alignment::centre}},
                      .rows = {{{.value = std::string("[a")}, {.value = -0.015, .stars = 2}, {.value = true}},
                               {{.value = std::string("b")}, {}, {.value = -1e-20, .in_parentheses = true}}},
                      .groups = {{1, "late"}},
                      .notes = {"note"}};
    CHECK(to_latex(t) == R"(\begin{table}
\centering
\caption{Title}
\label{tab:by-year}
\begin{tabular}{lrc}
\toprule
who & x, \% & mid \\
\midrule
{[}a & $-$1.5$^{**}$ & yes \\
\midrule
\multicolumn{3}{l}{late} \\
b &  & ($-$1.00$\times10^{-20}$) \\
\bottomrule
\end{tabular}
\par\smallskip
\begin{minipage}{\linewidth}\footnotesize
note\par
\end{minipage}
\end{table}
)");
    CHECK(to_latex(cd::table{}) == "\\begin{table}\n\\centering\n\\end{table}\n");
}

TEST_CASE("signs that pdflatex has no letter for are commands") {
    using cd::detail::latex_markup;
    CHECK(latex_markup::text("\u03B2\u03C9\u0393\u03A9\u0391") == "$\\beta$$\\omega$$\\Gamma$$\\Omega$$A$");
    CHECK(latex_markup::text("R\u00B2 \u2264 2 \u00D7 3 \u00B1 1\u20132") == "R$^2$ $\\leq$ 2 $\\times$ 3 $\\pm$ 1--2");
    CHECK(latex_markup::number("inf", false) == "$\\infty$");
    CHECK(latex_markup::number("< 0.001", false) == "$<$ 0.001");
}
