// SPDX-License-Identifier: BSL-1.0
#include "support/plot.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include <fmt/format.h>

namespace example {

namespace cd = compute_divide;

namespace {

std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) result += c == '\'' ? std::string("''") : std::string(1, c);
    return result + "'";
}

std::string label_of(const cd::axis& a) {
    return a.unit.empty() ? a.label : a.label + " (" + a.unit + ")";
}

}  // namespace

void write_svg(const std::string& path, const cd::figure& f) {
    constexpr std::array colours{"#1b6ca8", "#7a9e35", "#c8553d", "#8d6a9f", "#e09f3e", "#444444"};
    std::string script = "set terminal svg size 900,560 font 'sans,14' background 'white'\n";
    script += "set output " + quoted(path) + "\n";
    if (f.y.scale == cd::axis_scale::logarithmic) script += "set logscale y\nset format y '10^{%L}'\n";
    script += fmt::format("set ylabel {}\nset xlabel {}\nset key left top\nset grid\n", quoted(label_of(f.y)),
                          quoted(label_of(f.x)));
    std::vector<std::string> names;
    std::string plots, data;
    const auto plot = [&](const std::string& how, const cd::series& s, const std::vector<double>* lower,
                          const std::vector<double>& y) {
        plots += (plots.empty() ? "plot " : ", ") + how;
        for (std::size_t i = 0; i < s.x.size(); ++i)
            data += lower ? fmt::format("{} {} {}\n", s.x[i], (*lower)[i], y[i]) : fmt::format("{} {}\n", s.x[i], y[i]);
        data += "e\n";
    };
    for (const cd::series& s : f.all_series) {
        if (s.x.empty()) continue;
        const auto known = std::ranges::find(names, s.name);
        const auto* colour = colours[static_cast<std::size_t>(known - names.begin()) % colours.size()];
        const std::string title = known == names.end() ? "title " + quoted(s.name) : "notitle";
        if (known == names.end()) names.push_back(s.name);
        if (s.kind == cd::series_kind::band) {
            plot(fmt::format("'-' using 1:2:3 with filledcurves fc rgb '{}' fs transparent solid 0.2 notitle", colour),
                 s, &s.lower, s.upper);
            plot(fmt::format("'-' using 1:2 with lines lw 2 lc rgb '{}' {}", colour, title), s, nullptr, s.y);
        } else {
            const bool is_line = s.kind == cd::series_kind::line;
            plot(fmt::format("'-' using 1:2 with {} lc rgb '{}' {}", is_line ? "lines lw 2" : "points pt 7 ps 0.5",
                             colour, title),
                 s, nullptr, s.y);
        }
    }
    if (plots.empty()) throw std::runtime_error("there is nothing to draw in " + path);
    std::FILE* gnuplot = popen("gnuplot 2>&1", "w");
    if (gnuplot == nullptr) throw std::runtime_error("gnuplot cannot be started");
    const std::string all = script + plots + "\n" + data;
    std::fwrite(all.data(), 1, all.size(), gnuplot);
    if (pclose(gnuplot) != 0) throw std::runtime_error("gnuplot failed; it is in Debian's package gnuplot-nox");
}

std::string terminal_plot(const cd::figure& f, std::size_t width, std::size_t height) {
    std::vector<double> xs, ys;
    const bool logarithmic = f.y.scale == cd::axis_scale::logarithmic;
    const auto place_of = [&](double y) { return logarithmic ? std::log10(y) : y; };
    for (const cd::series& s : f.all_series) {
        if (s.kind != cd::series_kind::points) continue;
        xs.insert(xs.end(), s.x.begin(), s.x.end());
        for (const double y : s.y) ys.push_back(place_of(y));
    }
    if (xs.empty()) return "";
    const auto [left, right] = std::ranges::minmax(xs);
    const double floor = std::floor(std::ranges::min(ys)), ceiling = std::ceil(std::ranges::max(ys));
    std::vector<std::string> rows(height, std::string(width, ' '));
    std::string names;
    for (const cd::series& s : f.all_series) {
        if (s.kind != cd::series_kind::points || s.x.empty()) continue;
        const char letter = s.name.empty() ? '*' : s.name.front();
        names += fmt::format("{} {}   ", letter, s.name);
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            const auto place = [](double part, std::size_t n) {
                return std::min(n - 1, static_cast<std::size_t>(part * static_cast<double>(n)));
            };
            const std::size_t column = place((s.x[i] - left) / std::max(right - left, 1e-9), width);
            const std::size_t row = place((ceiling - place_of(s.y[i])) / std::max(ceiling - floor, 1e-9), height);
            rows[row][column] = letter;
        }
    }
    const auto y_label = [&](double y) { return logarithmic ? fmt::format("10^{:<3g}", y) : fmt::format("{:<6g}", y); };
    std::string text = fmt::format("{} {}\n", y_label(ceiling), f.y.unit);
    for (const auto& row : rows) text += "|" + row + "\n";
    text += fmt::format("{} {:<{}.0f}{:.0f}\n", y_label(floor), std::floor(left), width - 9, std::floor(right));
    return text + names + "\n";
}

void estimated_series::add(double x, const cd::estimate& y, double unit) {
    if (!y) return;
    points.x.push_back(x);
    points.y.push_back(unit * *y.value);
    if (!y.bounds) return;
    band.x.push_back(x);
    band.y.push_back(unit * *y.value);
    band.lower.push_back(unit * y.lower());
    band.upper.push_back(unit * y.upper());
}
void estimated_series::add_to(cd::figure& f) const {
    f.all_series.push_back(points);
    f.all_series.push_back(band);
}

cd::series band_of(const cd::series& points, const std::function<cd::estimate(double)>& at, double unit) {
    estimated_series s(points.name);
    if (points.x.empty()) return s.band;
    const auto [left, right] = std::ranges::minmax(points.x);
    for (int i = 0; i <= 40; ++i) {
        const double x = left + (right - left) * i / 40;
        s.add(x, at(x), unit);
    }
    return s.band;
}

}  // namespace example
