// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_MARKUP_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_MARKUP_HPP

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Takes written HTML, Markdown and LaTeX apart, by readers that know nothing of the writers.
namespace test_support {

struct markup {
    bool valid = true;
    std::vector<std::string> tags = {};   ///< in their order, with attributes
    std::vector<std::string> texts = {};  ///< what is between them, decoded; a line break for <br>
};

/// Takes HTML apart: every tag is closed in order, every < and & begins a tag or an entity.
inline markup parsed_html(std::string_view html) {
    markup found;
    std::vector<std::string> open;
    std::string text;
    const auto end_text = [&] {
        if (!text.empty()) found.texts.push_back(std::exchange(text, ""));
    };
    while (!html.empty()) {
        if (html[0] == '<') {
            const std::size_t end = html.find('>');
            if (end == html.npos) return {.valid = false};
            const std::string tag(html.substr(1, end - 1));
            const std::string name = tag.substr(0, tag.find(' '));
            html.remove_prefix(end + 1);
            if (name == "br") {
                text += '\n';
                continue;
            }
            end_text();
            found.tags.push_back(tag);
            if (name[0] != '/') {
                open.push_back(name);
            } else {
                if (open.empty() || open.back() != name.substr(1)) return {.valid = false};
                open.pop_back();
            }
        } else if (html[0] == '&') {
            constexpr std::pair<std::string_view, std::string_view> entities[] = {
                {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\u00A0"}};
            bool known = false;
            for (const auto& [entity, character] : entities) {
                if (known || !html.starts_with(entity)) continue;
                text += character;
                html.remove_prefix(entity.size());
                known = true;
            }
            if (!known) return {.valid = false};
        } else {
            if (html[0] == '>') return {.valid = false};
            if (html[0] != '\n') text += html[0];
            html.remove_prefix(1);
        }
    }
    end_text();
    found.valid = open.empty();
    return found;
}

/// The cells of a row by the rules of GitHub: `\` takes the next sign as it is, entities are signs, <br> breaks a line.
/// Empty where a sign is left that means something.
inline std::vector<std::string> markdown_cells(std::string_view row) {
    std::vector<std::string> cells(1);
    for (std::size_t i = 0; i < row.size(); ++i) {
        constexpr std::pair<std::string_view, std::string_view> signs[] = {
            {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"<br>", "\n"}};
        bool known = false;
        for (const auto& [sign, meaning] : signs) {
            if (!row.substr(i).starts_with(sign)) continue;
            cells.back() += meaning;
            i += sign.size() - 1;
            known = true;
            break;
        }
        if (known) continue;
        if (row[i] == '\\' && i + 1 < row.size())
            cells.back() += row[++i];
        else if (row[i] == '|')
            cells.emplace_back();
        else if (std::string_view("\\$*_<>[]#`~&").find(row[i]) != std::string_view::npos)
            return {};
        else
            cells.back() += row[i];
    }
    for (auto& cell : cells) {
        const std::size_t first = cell.find_first_not_of(' '), last = cell.find_last_not_of(' ');
        cell = first == cell.npos ? "" : cell.substr(first, last - first + 1);
    }
    return cells;
}

/// What is wrong with LaTeX as TeX would read it; empty where braces and dollars come in pairs, no sign is left that
/// means something (`&` but between cells), and every command is one of tables, accents, signs and Greek letters.
inline std::string wrong_latex(std::string_view text) {
    constexpr auto known = std::to_array<std::string_view>({"begin",
                                                            "end",
                                                            "centering",
                                                            "caption",
                                                            "label",
                                                            "toprule",
                                                            "midrule",
                                                            "bottomrule",
                                                            "par",
                                                            "smallskip",
                                                            "footnotesize",
                                                            "linewidth",
                                                            "multicolumn",
                                                            "shortstack",
                                                            "textbackslash",
                                                            "textasciitilde",
                                                            "textasciicircum",
                                                            "textbar",
                                                            "textquotedbl",
                                                            "textquotesingle",
                                                            "textasciigrave",
                                                            "textless",
                                                            "textgreater",
                                                            "pm",
                                                            "mu",
                                                            "cdot",
                                                            "times",
                                                            "infty",
                                                            "approx",
                                                            "neq",
                                                            "leq",
                                                            "geq",
                                                            "alpha",
                                                            "beta",
                                                            "gamma",
                                                            "delta",
                                                            "varepsilon",
                                                            "zeta",
                                                            "eta",
                                                            "theta",
                                                            "iota",
                                                            "kappa",
                                                            "lambda",
                                                            "nu",
                                                            "xi",
                                                            "pi",
                                                            "rho",
                                                            "varsigma",
                                                            "sigma",
                                                            "tau",
                                                            "upsilon",
                                                            "varphi",
                                                            "chi",
                                                            "psi",
                                                            "omega",
                                                            "Gamma",
                                                            "Delta",
                                                            "Theta",
                                                            "Lambda",
                                                            "Xi",
                                                            "Pi",
                                                            "Sigma",
                                                            "Upsilon",
                                                            "Phi",
                                                            "Psi",
                                                            "Omega"});
    int open = 0;
    bool mathematics = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\\') {
            std::size_t end = i + 1;
            while (end < text.size() && std::isalpha(static_cast<unsigned char>(text[end])) != 0) ++end;
            const std::string_view command = text.substr(i + 1, end - i - 1);
            if (command.empty()) {
                if (end == text.size() || std::string_view("&%$#_{}\\,").find(text[end]) == std::string_view::npos)
                    return "a command of a sign at " + std::to_string(i);
                i = end;
            } else {
                if (std::find(known.begin(), known.end(), command) == known.end())
                    return "the command " + std::string(command);
                i = end - 1;
            }
        } else if (c == '{') {
            ++open;
        } else if (c == '}') {
            if (--open < 0) return "a brace that closes nothing at " + std::to_string(i);
        } else if (c == '$') {
            mathematics = !mathematics;
        } else if (c == '#' || c == '%' || ((c == '^' || c == '_') && !mathematics)) {
            return "a sign that means something at " + std::to_string(i);
        }
    }
    if (open != 0) return "a brace that stays open";
    return mathematics ? "a dollar that stays open" : "";
}

}  // namespace test_support

#endif
