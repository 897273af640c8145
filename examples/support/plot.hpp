// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PLOT_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>

/// Values over years, with the line and the band of a trend: as an SVG by gnuplot, or in letters.
namespace example {

struct plot_point {
    double x, y;
};
struct band_point {
    double x, y, lower, upper;
};
struct plot_series {
    std::string name;
    std::vector<plot_point> points;
    std::vector<band_point> band;
};

enum class y_axis { logarithmic, linear };

/// Throws std::runtime_error where gnuplot is missing or fails.
inline void write_svg(const std::string& path, const std::string& y_label, const std::vector<plot_series>& series,
                      y_axis axis = y_axis::logarithmic, const std::string& x_label = "") {
    constexpr std::array colours{"#1b6ca8", "#7a9e35", "#c8553d", "#8d6a9f", "#e09f3e", "#444444"};
    const auto quoted = [](const std::string& text) {
        std::string result = "'";
        for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
        return result + "'";
    };
    std::string script = "set terminal svg size 900,560 font 'sans,14' background 'white'\n";
    script += "set output " + quoted(path) + "\n";
    if (axis == y_axis::logarithmic) script += "set logscale y\nset format y '10^{%L}'\n";
    script +=
        fmt::format("set ylabel {}\nset xlabel {}\nset key left top\nset grid\n", quoted(y_label), quoted(x_label));
    std::string plots, data;
    for (std::size_t i = 0; i < series.size(); ++i) {
        const auto* colour = colours[i % colours.size()];
        plots += fmt::format(
            "{}'-' using 1:2:3 with filledcurves fc rgb '{}' fs transparent solid 0.2 notitle, "
            "'-' using 1:2 with lines lw 2 lc rgb '{}' notitle, "
            "'-' using 1:2 with points pt 7 ps 0.5 lc rgb '{}' title {}",
            i == 0 ? "plot " : ", ", colour, colour, colour, quoted(series[i].name));
        for (const auto& b : series[i].band) data += fmt::format("{} {} {}\n", b.x, b.lower, b.upper);
        data += "e\n";
        for (const auto& b : series[i].band) data += fmt::format("{} {}\n", b.x, b.y);
        data += "e\n";
        for (const auto& p : series[i].points) data += fmt::format("{} {}\n", p.x, p.y);
        data += "e\n";
    }
    std::FILE* gnuplot = popen("gnuplot 2>&1", "w");
    if (gnuplot == nullptr) throw std::runtime_error("gnuplot cannot be started");
    const std::string all = script + plots + "\n" + data;
    std::fwrite(all.data(), 1, all.size(), gnuplot);
    if (pclose(gnuplot) != 0) throw std::runtime_error("gnuplot failed; it is in Debian's package gnuplot-nox");
}

/// The points in letters, the first of each series' name, on a log scale.
inline std::string terminal_plot(const std::vector<plot_series>& series, std::size_t width, std::size_t height) {
    std::vector<plot_point> all;
    for (const auto& s : series) all.insert(all.end(), s.points.begin(), s.points.end());
    if (all.empty()) return "";
    const auto [left, right] = std::ranges::minmax(all, {}, &plot_point::x);
    const auto [low, high] = std::ranges::minmax(all, {}, &plot_point::y);
    const double floor = std::floor(std::log10(low.y)), ceiling = std::ceil(std::log10(high.y));
    std::vector<std::string> rows(height, std::string(width, ' '));
    for (const auto& s : series)
        for (const auto& p : s.points) {
            const auto place = [](double part, std::size_t n) {
                return std::min(n - 1, static_cast<std::size_t>(part * static_cast<double>(n)));
            };
            const std::size_t column = place((p.x - left.x) / std::max(right.x - left.x, 1e-9), width);
            const std::size_t row = place((ceiling - std::log10(p.y)) / std::max(ceiling - floor, 1e-9), height);
            rows[row][column] = s.name.front();
        }
    std::string text = fmt::format("10^{:<3g} FLOP\n", ceiling);
    for (const auto& row : rows) text += "|" + row + "\n";
    text += fmt::format("10^{:<3g} {:<{}.0f}{:.0f}\n", floor, std::floor(left.x), width - 9, std::floor(right.x));
    for (const auto& s : series) text += fmt::format("{} {}   ", s.name.front(), s.name);
    return text + "\n";
}

}  // namespace example

#endif
