// SPDX-License-Identifier: BSL-1.0
#include "support/plot.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/visible_text.hpp>

namespace example {

namespace cd = compute_divide;

namespace {

/// A text of gnuplot between single quotes, in which nothing but those is special; controls are written out.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : cd::visible_line(text)) {
        if (c == '\'') result += c;
        result += c;
    }
    return result + "'";
}

/// What gnuplot prints for a script. No shell, and no name of a file, comes between.
std::string gnuplot_output(const std::string& script) {
    using file = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
    const file input(std::tmpfile(), std::fclose), output(std::tmpfile(), std::fclose);
    if (!input || !output) throw std::runtime_error("there is no room for temporary files");
    if (std::fwrite(script.data(), 1, script.size(), input.get()) != script.size() || std::fflush(input.get()) != 0)
        throw std::runtime_error("a temporary file cannot be written");
    std::rewind(input.get());

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(input.get()), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, ::fileno(output.get()), STDOUT_FILENO);
    std::string name = "gnuplot";
    const std::array<char*, 2> arguments{name.data(), nullptr};
    ::pid_t child = 0;
    const int error = ::posix_spawnp(&child, name.c_str(), &actions, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    while (error == 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
    if (error != 0 || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error("gnuplot failed; it is in Debian's package gnuplot-nox");

    std::string printed;
    std::array<char, 4096> block{};
    std::rewind(output.get());
    while (const std::size_t size = std::fread(block.data(), 1, block.size(), output.get()))
        printed.append(block.data(), size);
    return printed;
}

std::string label_of(const cd::axis& a) {
    return a.unit.empty() ? a.label : a.label + " (" + a.unit + ")";
}

}  // namespace

void write_svg(const std::string& path, const cd::figure& f) {
    constexpr std::array colours{"#1b6ca8", "#7a9e35", "#c8553d", "#8d6a9f", "#e09f3e", "#444444"};
    std::string script = "set terminal svg size 900,560 font 'sans,14' background 'white'\n";
    if (f.y.scale == cd::axis_scale::logarithmic) script += "set logscale y\nset format y '10^{%L}'\n";
    script += fmt::format("set ylabel {} noenhanced\nset xlabel {} noenhanced\nset key left top noenhanced\nset grid\n",
                          quoted(label_of(f.y)), quoted(label_of(f.x)));
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
    const std::string svg = gnuplot_output(script + plots + "\n" + data);
    if (svg.find("</svg>") == svg.npos) throw std::runtime_error("gnuplot made no whole picture of " + path);
    cd::atomic_write(path, svg, "write_svg");
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
        const char letter = s.name.empty() || s.name.front() <= ' ' || s.name.front() > '~' ? '*' : s.name.front();
        names += fmt::format("{} {}   ", letter, cd::visible_line(s.name));
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
