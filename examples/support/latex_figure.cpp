// SPDX-License-Identifier: BSL-1.0
#include "support/latex_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/report/latex.hpp>
#include <compute_divide/visible_text.hpp>

namespace example {

namespace cd = compute_divide;

namespace {

constexpr std::array colours{"0072B2", "D55E00", "009E73", "CC79A7", "000000", "56B4E9", "E69F00"};
constexpr std::array mark_names{"*", "square*", "triangle*", "diamond*", "o", "square", "triangle"};
constexpr std::array dashes{"solid",          "dashed",         "dotted",        "dashdotted",
                            "densely dashed", "densely dotted", "loosely dashed"};

/// Which value of a figure is at which place: of categories the values are from left to right.
struct point {
    double x = 0, y = 0;
    std::optional<std::pair<double, double>> bounds = {};
};

class plot {
public:
    plot(const cd::figure& f) : f_(f), rows_(f.x.scale == cd::axis_scale::categories) {}

    std::string text(const std::string& label, const std::string& caption) {
        std::string plots;
        std::vector<std::string> names;
        for (const cd::series& s : f_.all_series) {
            const std::vector<point> points = points_of(s);
            if (points.empty()) continue;
            auto name = std::ranges::find(names, s.name);
            const bool is_new = name == names.end();
            const auto number = static_cast<std::size_t>(name - names.begin());
            if (is_new) names.push_back(s.name);
            plots += plot_of(s, points, number % colours.size(), is_new && !s.name.empty());
        }
        if (plots.empty()) return "";
        return fmt::format(
            "\\begin{{figure}}[htbp]\n\\centering\n\\begin{{tikzpicture}}\n\\begin{{axis}}[{}]\n{}\\end{{axis}}\n"
            "\\end{{tikzpicture}}\n\\caption{{{}}}\n\\label{{fig:{}}}\n\\end{{figure}}\n",
            options(), plots, caption, cd::detail::latex_label(label));
    }

private:
    static std::string label_of(const cd::axis& a) {
        const std::string unit = a.unit.empty() && a.scale == cd::axis_scale::share ? "%" : a.unit;
        return latex_text(unit.empty() ? a.label : a.label.empty() ? unit : a.label + ", " + unit);
    }
    [[nodiscard]] bool is_logarithmic() const {
        if (f_.y.scale != cd::axis_scale::logarithmic) return false;
        return std::ranges::all_of(f_.all_series, [](const cd::series& s) {
            return std::ranges::all_of(s.y, [](double y) { return !std::isfinite(y) || y > 0; });
        });
    }
    std::vector<point> points_of(const cd::series& s) const {
        std::vector<point> points;
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            if (!std::isfinite(s.x[i]) || !std::isfinite(s.y[i])) continue;
            point p{s.x[i], s.y[i]};
            if (i < s.lower.size() && i < s.upper.size() && std::isfinite(s.lower[i]) && std::isfinite(s.upper[i]))
                // An interval that reaches to 0 on a logarithmic axis ends where the axis does.
                p.bounds = {{is_logarithmic() && s.lower[i] <= 0 ? s.y[i] / 100 : s.lower[i], s.upper[i]}};
            points.push_back(p);
        }
        return points;
    }
    /// Whether places are few and whole numbers, between which there is nothing.
    [[nodiscard]] bool steps_are_whole() const {
        return std::ranges::all_of(f_.all_series, [](const cd::series& s) {
            return std::ranges::all_of(s.x, [](double x) { return x == std::floor(x) && x >= 0 && x <= 12; });
        });
    }
    /// A series as plots: its band, its line, its points with their intervals.
    std::string plot_of(const cd::series& s, const std::vector<point>& points, std::size_t number, bool named) const {
        constexpr std::size_t most_whiskers = 60;
        const bool is_line = !rows_ && (s.kind == cd::series_kind::line || s.kind == cd::series_kind::band);
        std::string plots;
        if (!rows_ && s.kind == cd::series_kind::band && points.size() > 1 && points.front().bounds) {
            std::string edge, back;
            for (const point& p : points)
                if (p.bounds) {
                    edge += fmt::format("({},{}) ", p.x, p.bounds->first);
                    back = fmt::format("({},{}) ", p.x, p.bounds->second) + back;
                }
            plots += fmt::format(
                "\\addplot[draw=none,fill=series{},fill opacity=0.15,forget plot] coordinates {{{}{}}} -- cycle;\n",
                number, edge, back);
        }
        const bool whiskers = points.size() <= most_whiskers && s.kind != cd::series_kind::line &&
                              std::ranges::any_of(points, [](const point& p) { return p.bounds.has_value(); });
        const char direction = rows_ ? 'x' : 'y';
        plots +=
            fmt::format("\\addplot[color=series{0},mark={1},mark size={2}pt,{3}{4}{5}] table[x=x,y=y{6}] {{\nx y m p\n",
                        number, is_line && points.size() > most_whiskers ? "none" : mark_names[number],
                        points.size() > most_whiskers ? 0.7 : 1.6, is_line ? dashes[number] : "only marks",
                        named ? "" : ",forget plot",
                        whiskers ? fmt::format(",error bars/.cd,{0} dir=both,{0} explicit", direction) : "",
                        whiskers ? fmt::format(",{0} error minus=m,{0} error plus=p", direction) : "");
        for (const point& p : points) {
            const double minus = p.bounds ? p.y - p.bounds->first : 0, plus = p.bounds ? p.bounds->second - p.y : 0;
            plots += rows_ ? fmt::format("{} {} {} {}\n", p.y, place_of(p, number), minus, plus)
                           : fmt::format("{} {} {} {}\n", p.x, p.y, minus, plus);
        }
        plots += "};\n";
        if (named) plots += "\\addlegendentry{" + latex_text(s.name) + "}\n";
        return plots;
    }
    /// In a row, series stand below each other.
    [[nodiscard]] double place_of(const point& p, std::size_t number) const {
        const auto n = static_cast<double>(std::min<std::size_t>(f_.all_series.size(), colours.size()));
        return p.x + (static_cast<double>(number) - (n - 1) / 2) * 0.6 / n;
    }
    [[nodiscard]] std::string options() const {
        std::string text =
            "width=\\linewidth,scaled ticks=false,enlargelimits=0.03,/pgf/number format/1000 sep={},grid=major,grid "
            "style={gray!25},axis lines=left,"
            "legend style={draw=none,at={(0.5,-0.2)},anchor=north,font=\\small,cells={anchor=west}},legend columns=2,"
            "tick label style={font=\\small},label style={font=\\small},";
        const std::string values = rows_ ? "x" : "y", places = rows_ ? "y" : "x";
        if (is_logarithmic()) text += values + "mode=log,";
        if (f_.y.scale == cd::axis_scale::share) text += values + "min=0,";
        text += values + "label={" + label_of(f_.y) + "},";
        if (!rows_) {
            text += "height=0.6\\linewidth,xlabel={" + label_of(f_.x) + "},";
            if (f_.x.scale == cd::axis_scale::date) text += "xticklabel style={/pgf/number format/precision=0},";
            if (steps_are_whole()) text += "xtick distance=1,";
            if (f_.x.scale == cd::axis_scale::logarithmic) text += "xmode=log,";
            return text;
        }
        std::vector<std::string> names;
        for (const cd::series& s : f_.all_series)
            for (std::size_t i = 0; i < s.x.size(); ++i) {
                const auto place = static_cast<std::size_t>(std::max(0.0, s.x[i]));
                if (names.size() <= place) names.resize(place + 1);
                names[place] = s.labels.at(i);
            }
        std::string ticks, labels;
        for (std::size_t i = 0; i < names.size(); ++i) {
            ticks += fmt::format("{}{}", i == 0 ? "" : ",", i);
            labels += fmt::format("{}{{{}}}", i == 0 ? "" : ",", latex_text(names[i]));
        }
        const double high = std::clamp(1.2 * static_cast<double>(names.size()) + 2, 5.0, 18.0);
        return text + fmt::format(
                          "height={}cm,y dir=reverse,ymin=-0.7,ymax={},ytick={{{}}},yticklabels={{{}}},"
                          "yticklabel style={{align=right,text width=0.3\\linewidth,font=\\scriptsize}},",
                          high, static_cast<double>(names.size()) - 0.3, ticks, labels);
    }

    const cd::figure& f_;
    bool rows_;
};

}  // namespace

std::string latex_text(std::string_view plain) {
    return cd::detail::latex_markup::paragraph(cd::visible_line(plain));
}

std::string latex_figure(const cd::figure& f, const std::string& label, const std::string& caption) {
    check(f);
    return plot(f).text(label, caption);
}

std::string latex_colours() {
    std::string text;
    for (std::size_t i = 0; i < colours.size(); ++i)
        text += fmt::format("\\definecolor{{series{}}}{{HTML}}{{{}}}\n", i, colours[i]);
    return text;
}

}  // namespace example
