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
#include <initializer_list>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/label_places.hpp"
#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

namespace {

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
    const std::string unit = a.unit.empty() && a.scale == cd::axis_scale::share ? "%" : a.unit;
    return unit.empty() ? a.label : a.label.empty() ? unit : a.label + ", " + unit;
}

constexpr double small = 11, middle = 13, large = 17;  // font sizes
constexpr double line_height = 16, small_line_height = 15;
constexpr double canvas = 900;

/// The characters of a text that is UTF-8.
template <class Use>
void for_each_character(std::string_view text, Use use) {
    for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
        for (end = begin + 1; end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80;) ++end;
        use(text.substr(begin, end - begin));
    }
}

/// A bound of what a text takes in DejaVu Sans, among the widest of the fonts that a browser takes for sans-serif.
double width_of(std::string_view text, double size) {
    double ems = 0;
    for_each_character(text, [&](std::string_view c) {
        const char first = c.front();
        if (c.size() > 1)
            ems += c.size() > 2 ? 1.05 : 0.85;
        else if (std::string_view("fijlrtI.,:;'|!()[]/- ").find(first) != std::string_view::npos)
            ems += 0.42;
        else if (std::string_view("mMW%@").find(first) != std::string_view::npos)
            ems += 1;
        else
            ems += (first >= 'A' && first <= 'Z') || std::string_view("w+=<>~").find(first) != std::string_view::npos
                       ? 0.84
                       : 0.65;
    });
    return ems * size;
}

/// A text in lines of at most so many pixels, at most `most` of them: broken at spaces, and in words that are wider.
std::vector<std::string> lines_of(std::string_view raw, double size, double pixels, std::size_t most) {
    const std::string text = cd::visible_line(raw);
    std::vector<std::string> lines;
    std::string line;
    const auto end_line = [&] {
        if (!line.empty()) lines.push_back(std::exchange(line, ""));
    };
    for (std::size_t begin = 0, end = 0; begin <= text.size(); begin = end + 1) {
        end = std::min(text.find(' ', begin), text.size());
        const std::string word = text.substr(begin, end - begin);
        if (width_of(line + " " + word, size) > pixels) end_line();
        if (!line.empty()) line += ' ';
        for_each_character(word, [&](std::string_view c) {
            if (width_of(line + std::string(c), size) > pixels) end_line();
            line += c;
        });
    }
    end_line();
    if (lines.size() > most) {
        lines.resize(most);
        while (!lines.back().empty() && width_of(lines.back() + "…", size) > pixels) {
            while ((static_cast<unsigned char>(lines.back().back()) & 0xC0U) == 0x80) lines.back().pop_back();
            lines.back().pop_back();
        }
        lines.back() += "…";
    }
    return lines;
}

/// A text as XML, without what XML cannot hold.
std::string escaped(std::string_view raw) {
    std::string text;
    for_each_character(cd::visible_text(raw), [&](std::string_view c) {
        if (c == "&")
            text += "&amp;";
        else if (c == "<")
            text += "&lt;";
        else if (c == ">")
            text += "&gt;";
        else if (c == "\"")
            text += "&quot;";
        else
            text += c == "\xEF\xBF\xBE" || c == "\xEF\xBF\xBF" ? "\xEF\xBF\xBD" : c;
    });
    return text;
}

/// Texts of a picture. They do not go through gnuplot.
class texts {
public:
    void add(double x, double y, std::string_view text, double size, std::string_view anchor = "start",
             std::string_view more = "") {
        written_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:g}\" text-anchor=\"{}\"{}>{}</text>\n",
                                x, y, size, anchor, more, escaped(text));
    }
    void add_raw(const std::string& elements) { written_ += elements + "\n"; }
    [[nodiscard]] std::string group() const {
        return "<g id=\"texts\" font-family=\"sans-serif\" fill=\"#222222\" stroke=\"none\">\n" + written_ + "</g>\n";
    }

private:
    std::string written_;
};

/// What series of one name look like. Colours are those of Okabe and Ito (2008), without the yellow, which is too light
/// for lines on white; a colour that comes again comes with another shape and dash.
struct look {
    std::string colour, dash;
    int shape = 0;
};
look look_of(std::size_t i) {
    constexpr std::array colours{"#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#E69F00"};
    constexpr std::array dashes{"solid", "(16,6)", "(5,5)", "(16,5,4,5)", "(2,5)", "(16,5,4,5,4,5)", "(28,8)"};
    constexpr std::array shapes{7, 5, 9, 13, 11, 6, 4};  // of gnuplot: disc, square, triangles, diamond, circle
    const std::size_t other = (i + i / colours.size()) % dashes.size();
    return {colours[i % colours.size()], dashes[other], shapes[other]};
}
constexpr std::size_t most_series = 21, most_rows = 80;

/// The values of one name.
struct named_series {
    std::string name, summary;
    look as;
    const cd::series *points = nullptr, *line = nullptr, *band = nullptr;

    /// Whether the band is one of values; with points it is that of their trend.
    [[nodiscard]] bool has_values() const { return band && !points; }
    /// The values at whose end the label stands.
    [[nodiscard]] const cd::series& main() const { return line ? *line : band ? *band : *points; }
};

struct range_of {
    double lower = std::numeric_limits<double>::infinity(), upper = -std::numeric_limits<double>::infinity();
    /// What gnuplot cannot set on an axis, with room at its ends, is not in the range.
    void add(double x, cd::axis_scale scale) {
        constexpr double most = 1e250;
        if (!(std::abs(x) <= most) || (scale == cd::axis_scale::logarithmic && x < 1 / most)) return;
        lower = std::min(lower, x);
        upper = std::max(upper, x);
    }
    [[nodiscard]] bool is_empty() const { return lower > upper; }
};

/// Three significant digits, with an exponent only where there would be many zeros.
std::string plain(double x) {
    if (x == 0 || !std::isfinite(x)) return fmt::format("{:g}", x);
    const double size = std::floor(std::log10(std::abs(x)));
    if (size < -4 || size > 6) return fmt::format("{:.2e}", x);
    const double unit = std::pow(10, size - 2);
    return fmt::format("{:.{}f}", std::round(x / unit) * unit, static_cast<int>(std::max(0.0, 2 - size)));
}

/// A number of a value: of shares without decimals where there are two digits without.
std::string number_of(const cd::estimate& e, const cd::axis& a) {
    const bool percent = a.scale == cd::axis_scale::share || a.unit == "%";
    std::string text;
    if (percent) {
        const int digits = e.value && std::abs(*e.value) >= 9.5 ? 0 : 1;
        text = fmt::format("{:.{}f} %", *e.value, digits);
        if (e.bounds) text += fmt::format(" [{:.{}f}, {:.{}f}]", e.lower(), digits, e.upper(), digits);
    } else {
        text = plain(*e.value);
        if (e.bounds) text += fmt::format(" [{}, {}]", plain(e.lower()), plain(e.upper()));
        if (!a.unit.empty()) text += " " + a.unit;
    }
    return text;
}

cd::estimate value_at(const cd::series& s, std::size_t i) {
    cd::estimate e{.value = s.y[i], .status = cd::estimate_status::ok};
    if (i < s.lower.size() && i < s.upper.size() && std::isfinite(s.lower[i]) && std::isfinite(s.upper[i]))
        e.bounds = cd::interval{s.lower[i], s.upper[i]};
    return e;
}

std::optional<std::size_t> last_known(const cd::series& s) {
    std::optional<std::size_t> last;
    for (std::size_t i = 0; i < s.x.size(); ++i)
        if (std::isfinite(s.x[i]) && std::isfinite(s.y[i]) && (!last || s.x[i] >= s.x[*last])) last = i;
    return last;
}
std::optional<std::size_t> first_known(const cd::series& s) {
    std::optional<std::size_t> first;
    for (std::size_t i = 0; i < s.x.size(); ++i)
        if (std::isfinite(s.x[i]) && std::isfinite(s.y[i]) && (!first || s.x[i] < s.x[*first])) first = i;
    return first;
}

/// Where on the x axis, in words.
std::string place_text(double x, const cd::axis& a) {
    return a.scale == cd::axis_scale::date ? fmt::format(" in {:.0f}", std::floor(x)) : fmt::format(" at {:.4g}", x);
}

/// The picture of a figure, drawn by gnuplot with numbers alone; texts are added to what it prints.
class drawing {
public:
    /// For a page, where it is told how.
    explicit drawing(const cd::figure& f, const page_picture* page = nullptr);
    [[nodiscard]] std::string svg();
    /// What gnuplot is to draw of it, and what is made of its drawing.
    [[nodiscard]] std::string script();
    [[nodiscard]] std::string finished(std::string picture) const;

private:
    /// An axis as gnuplot has it.
    struct scaled {
        range_of range = {};
        bool logarithmic = false;
        [[nodiscard]] double part(double v) const {
            const auto at = [this](double x) { return logarithmic ? std::log10(x) : x; };
            return (at(v) - at(range.lower)) / (at(range.upper) - at(range.lower));
        }
    };
    struct stroke {
        double x = 0, y = 0, to_x = 0, to_y = 0;
        std::string style;
    };
    struct spot {
        double x = 0, y = 0;
        look as;
    };

    void collect();
    void lay_out_series();
    void lay_out_rows();
    void lay_out_curve();
    void name_series_above();
    void draw_series();
    void draw_rows(const std::vector<double>& centres);
    scaled scale_axis(char name, const cd::axis& a, range_of r);
    void mark(double x, double y, const look& as);
    void plot(const std::string& how, const std::string& data, std::string_view series = {},
              std::vector<std::string> points = {});
    /// What is said of a point where one looks at it.
    [[nodiscard]] std::string words_of(const named_series& n, const cd::series& s, std::size_t i) const;
    [[nodiscard]] std::string for_page(std::string picture) const;
    [[nodiscard]] double pixel_x(double x) const { return left_ + x_.part(x) * (right_ - left_); }
    [[nodiscard]] double pixel_y(double y) const { return bottom_ - y_.part(y) * (bottom_ - top_); }
    [[nodiscard]] std::vector<std::string> caption() const;
    [[nodiscard]] std::string description() const;

    const cd::figure& f_;
    const page_picture* page_ = nullptr;
    bool categories_;
    /// Of each of gnuplot's plots: the series, and what its points are.
    struct plotted {
        std::string series, colour;
        std::vector<std::string> points;
    };
    std::vector<plotted> plotted_;
    std::vector<named_series> all_;
    std::vector<std::string> names_of_rows_;
    double left_ = 70, right_ = canvas - 20, top_ = 20, bottom_ = 0, below_ = 70;
    range_of known_x_, known_y_;
    scaled x_, y_;
    std::string script_, plots_, data_;
    std::vector<stroke> strokes_;
    std::vector<spot> spots_;
    texts texts_;
};

drawing::drawing(const cd::figure& f, const page_picture* page)
    : f_(f), page_(page), categories_(f.x.scale == cd::axis_scale::categories) {
    check(f_);
    collect();
    if (page_) {
        top_ = 20;
        !page_->rows.empty() ? lay_out_curve() : categories_ ? lay_out_rows() : lay_out_series();
        return;
    }
    for (const auto& line : lines_of(f_.title, large, canvas - 40, 4)) {
        texts_.add(20, top_ + 12, line, large, "start", " class=\"title\" font-weight=\"bold\"");
        top_ += 24;
    }
    top_ += 14;
    categories_ ? lay_out_rows() : lay_out_series();
}

void drawing::collect() {
    for (const cd::series& s : f_.all_series) {
        if (!last_known(s)) continue;
        auto known = std::ranges::find(all_, s.name, &named_series::name);
        if (known == all_.end()) {
            all_.push_back({.name = s.name, .summary = {}, .as = look_of(all_.size())});
            known = std::prev(all_.end());
        }
        (s.kind == cd::series_kind::band   ? known->band
         : s.kind == cd::series_kind::line ? known->line
                                           : known->points) = &s;
        if (!s.summary.empty()) known->summary = s.summary;
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            if (!std::isfinite(s.x[i]) || !std::isfinite(s.y[i])) continue;
            known_x_.add(s.x[i], f_.x.scale);
            known_y_.add(s.y[i], f_.y.scale);
            if (i < s.lower.size()) known_y_.add(s.lower[i], f_.y.scale);
            if (i < s.upper.size()) known_y_.add(s.upper[i], f_.y.scale);
            if (!categories_ || s.x[i] < 0 || s.x[i] >= most_rows) continue;
            const auto place = static_cast<std::size_t>(s.x[i]);
            names_of_rows_.resize(std::max(names_of_rows_.size(), place + 1));
            names_of_rows_[place] = s.labels[i];
        }
    }
    if (all_.empty() || known_x_.is_empty() || known_y_.is_empty())
        throw nothing_to_report("--svg: there is nothing to draw in these data");
    if (all_.size() > most_series)
        throw usage_error(
            fmt::format("--svg draws at most {} series that can be told apart, got {}", most_series, all_.size()));
    if (categories_ && known_x_.upper >= most_rows)
        throw usage_error(fmt::format("--svg draws at most {} rows, got {:.0f}", most_rows, known_x_.upper + 1));
}

std::string drawing::words_of(const named_series& n, const cd::series& s, std::size_t i) const {
    std::string words = n.name;
    const bool has_label = i < s.labels.size() && !s.labels[i].empty();
    if (has_label) words += (words.empty() ? "" : ", ") + s.labels[i];
    if (!categories_ && page_ && page_->rows.empty()) words += place_text(s.x[i], f_.x);
    return words + ": " + number_of(value_at(s, i), f_.y);
}

void drawing::plot(const std::string& how, const std::string& data, std::string_view series,
                   std::vector<std::string> points) {
    const std::size_t at = how.find("lc rgb '");  // of a page: as gnuplot writes it, or as it is written for it
    plotted_.push_back({std::string(series), at == how.npos ? "" : how.substr(at + 8, how.find('\'', at + 8) - at - 8),
                        std::move(points)});
    plots_ += (plots_.empty() ? "plot " : ", ") + ("'-' " + how + " notitle");
    data_ += data + "e\n";
}

/// A line and a shape in the look of a series, beside its name.
void drawing::mark(double x, double y, const look& as) {
    if (!categories_ && !(page_ && !page_->rows.empty()))
        strokes_.push_back({x, y, x + 30, y, fmt::format("lw 2 dt {} lc rgb '{}' front", as.dash, as.colour)});
    spots_.push_back({x + 15, y, as});
}

/// The range of an axis, with room at both ends, and its steps.
drawing::scaled drawing::scale_axis(char name, const cd::axis& a, range_of r) {
    const bool logarithmic = a.scale == cd::axis_scale::logarithmic && r.lower > 0;
    if (a.scale == cd::axis_scale::share) r.add(0, a.scale);
    const double span = r.upper - r.lower;
    const auto set_steps = [&](double most, bool whole) {
        const double raw = (r.upper - r.lower) / most, power = std::pow(10, std::floor(std::log10(raw)));
        const double step = power * (raw <= power ? 1 : raw <= 2 * power ? 2 : raw <= 5 * power ? 5 : 10);
        script_ += fmt::format("set {}tics {}\n", name, whole ? std::max(step, 1.0) : step);
    };
    if (logarithmic) {
        const double room = std::max(std::pow(r.upper, 0.04) / std::pow(r.lower, 0.04), 1.05);
        r.lower /= room;
        r.upper *= room;
        const double decades = std::log10(r.upper) - std::log10(r.lower);
        script_ += fmt::format("set logscale {0}\nset format {0} '{1}'\n", name, decades < 4 ? "%g" : "10^{%L}");
        if (decades < 4) {
            std::string tics;
            for (double power = std::pow(10, std::floor(std::log10(r.lower))); power <= r.upper; power *= 10)
                for (const double times : {1.0, 1.5, 2.0, 3.0, 5.0, 7.0}) {
                    const bool between = times == 1.5 || times == 7;
                    if ((between && decades > 0.8) || (times == 2 && decades > 1.5)) continue;
                    if (times * power >= r.lower && times * power <= r.upper)
                        tics += fmt::format("{}{:g}", tics.empty() ? "" : ",", times * power);
                }
            script_ += fmt::format("set {}tics ({})\n", name, tics);
        }
    } else if (a.scale == cd::axis_scale::share) {
        r.upper = r.upper <= 100 ? std::min(100.0, r.upper * 1.05) : r.upper * 1.02;
        if (r.upper <= 0) r.upper = 1;
        set_steps(6, false);
    } else {
        const double room = span > 0 ? 0.03 * span : std::max(0.5, 0.05 * std::abs(r.upper));
        r.lower -= room;
        r.upper += room;
        const bool is_date = a.scale == cd::axis_scale::date;
        set_steps(8, is_date);
        if (is_date) script_ += fmt::format("set format {} '%.0f'\n", name);
    }
    script_ += fmt::format("set {}range [{}:{}]\n", name, r.lower, r.upper);
    return {r, logarithmic};
}

/// The plot, and labels at the ends of lines: names and numbers, moved where they would overlap.
void drawing::lay_out_series() {
    constexpr double most = 250, gap = 34, mark_width = 36;
    struct label {
        std::vector<std::string> name, number;
        [[nodiscard]] double height() const {
            return static_cast<double>(name.size() + number.size()) * line_height + 6;
        }
    };
    std::vector<label> labels;
    double widest = 0, together = 0;
    for (const named_series& each : all_) {
        std::string number = each.summary;
        if (number.empty()) {
            const cd::series& s = each.main();
            const std::size_t last = *last_known(s);
            number = number_of(value_at(s, last), f_.y) + place_text(s.x[last], f_.x);
        }
        labels.push_back({lines_of(each.name, middle, most, 4), lines_of(number, small, most, 4)});
        for (const auto& line : labels.back().name) widest = std::max(widest, width_of(line, middle));
        for (const auto& line : labels.back().number) widest = std::max(widest, width_of(line, small));
        together += labels.back().height();
    }
    texts_.add(20, top_, label_of(f_.y), middle, "start", " class=\"axis\"");
    top_ += 12;
    right_ = canvas - 12 - widest - mark_width - gap;
    bottom_ = top_ + std::max(360.0, together);
    x_ = scale_axis('x', f_.x, known_x_);
    y_ = scale_axis('y', f_.y, known_y_);
    texts_.add((left_ + right_) / 2, bottom_ + 44, label_of(f_.x), middle, "middle", " class=\"axis\"");

    struct end {
        std::size_t of = 0;
        double x = 0, y = 0, mean = 0;  // in pixels; the mean height of the line
    };
    std::vector<end> ends;
    for (std::size_t i = 0; i < all_.size(); ++i) {
        const cd::series& s = all_[i].main();
        const std::size_t last = *last_known(s);
        double area = 0, length = 0;
        for (std::size_t k = 1; k < s.x.size(); ++k) {
            const double by = s.x[k] - s.x[k - 1], y = pixel_y((s.y[k] + s.y[k - 1]) / 2);
            if (!std::isfinite(by) || !std::isfinite(y)) continue;
            area += by * y;
            length += by;
        }
        ends.push_back({i, pixel_x(s.x[last]), pixel_y(s.y[last]), length > 0 ? area / length : 0});
    }
    // Of lines that end together, as Lorenz curves do, the higher one on the whole comes first.
    std::ranges::stable_sort(ends, {}, [](const end& e) { return std::pair(std::round(e.y), e.mean); });
    std::vector<wanted_label> wanted;
    for (const end& e : ends) wanted.push_back({e.y, labels[e.of].height()});
    const auto places = label_places(wanted, top_, bottom_);
    for (std::size_t k = 0; k < ends.size(); ++k) {
        const label& l = labels[ends[k].of];
        const double x = right_ + gap;
        double y = places[k] - l.height() / 2 + 3 + line_height / 2;
        strokes_.push_back({ends[k].x + 5, ends[k].y, x - 4, y, "lw 0.7 lc rgb '#999999' back"});
        mark(x, y, all_[ends[k].of].as);
        y += 4.5;
        for (const auto& line : l.name) {
            texts_.add(x + mark_width, y, line, middle, "start", " class=\"label\" font-weight=\"bold\"");
            y += line_height;
        }
        for (const auto& line : l.number) {
            texts_.add(x + mark_width, y, line, small, "start", " class=\"label\"");
            y += line_height;
        }
    }
    draw_series();
}

std::string number_for_gnuplot(double x) {
    return std::isfinite(x) ? fmt::format("{}", x) : "NaN";
}

bool has_bounds(const cd::series* s) {
    return s && !s->upper.empty() && std::ranges::any_of(s->lower, [](double x) { return std::isfinite(x); });
}

void drawing::draw_series() {
    constexpr std::size_t most_areas = 3, most_whiskers = 30;
    std::size_t n_of_values = 0, longest = 0;
    double least_step = x_.range.upper - x_.range.lower;
    for (const named_series& each : all_) {
        if (!each.has_values()) continue;
        ++n_of_values;
        longest = std::max(longest, each.band->x.size());
        for (std::size_t i = 1; i < each.band->x.size(); ++i)
            if (const double step = std::abs(each.band->x[i] - each.band->x[i - 1]); step > 0)
                least_step = std::min(least_step, step);
    }
    // Areas of many series cover each other: their whiskers stand side by side, where there is room for them.
    const bool areas = n_of_values <= most_areas || longest > most_whiskers;
    const double apart = std::min(5 * (x_.range.upper - x_.range.lower) / (right_ - left_),
                                  least_step / static_cast<double>(n_of_values + 1));
    double shift = 0;
    const auto data_of = [&](const cd::series& s, bool bounds) {
        std::string data;
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            data += number_for_gnuplot(s.x[i] + shift) + " " + number_for_gnuplot(s.y[i]);
            if (bounds)  // an interval ends where the axis does: it may reach to 0 on a logarithmic one
                data += " " + number_for_gnuplot(std::max(s.lower[i], y_.range.lower)) + " " +
                        number_for_gnuplot(std::min(s.upper[i], y_.range.upper));
            data += "\n";
        }
        return data;
    };
    for (const named_series& each : all_)
        if (has_bounds(each.band) && each.band->x.size() > 1 && (areas || !each.has_values()))
            plot(fmt::format("using 1:3:4 with filledcurves fc rgb '{}' fs transparent solid 0.15 noborder",
                             each.as.colour),
                 data_of(*each.band, true), each.name);
    double place = (1 - static_cast<double>(n_of_values)) / 2;
    for (const named_series& each : all_) {
        const auto& [colour, dash, shape] = each.as;
        const bool are_values = each.has_values();
        shift = 0;
        if (are_values && !areas) shift = place++ * apart;
        for (const cd::series* const s : {each.points, are_values ? each.band : nullptr})
            if (has_bounds(s) && (!areas || s->x.size() <= most_whiskers))
                plot(fmt::format("using 1:2:3:4 with yerrorbars lw 1 pt 0 ps 0 lc rgb '{}'", colour), data_of(*s, true),
                     each.name);
        for (const cd::series* const s : {each.line, each.band})
            if (s && s->x.size() > 1)
                plot(fmt::format("using 1:2 with lines lw 2 dt {} lc rgb '{}'", dash, colour), data_of(*s, false),
                     each.name);
        const cd::series* const marked = each.points ? each.points : each.band ? each.band : each.line;
        const std::size_t every = marked == each.line ? std::max<std::size_t>(1, marked->x.size() / 10) : 1;
        std::vector<std::string> words;
        for (std::size_t i = 0; page_ && i < marked->x.size(); i += every)
            if (std::isfinite(marked->x[i]) && std::isfinite(marked->y[i])) words.push_back(words_of(each, *marked, i));
        plot(fmt::format("every {} using 1:2 with points pt {} ps {} lc rgb '{}'", every, shape,
                         marked->x.size() > 60 && every == 1 ? 0.5 : 0.8, colour),
             data_of(*marked, false), each.name, words);
    }
}

/// The names of the series of rows, each behind its shape.
void drawing::name_series_above() {
    double x = 20;
    for (const named_series& each : all_) {
        const auto lines = lines_of(each.name, middle, 400, 1);
        const std::string name = lines.empty() ? "" : lines.front();
        const double wide = 30 + width_of(name, middle) + 20;
        if (x + wide > canvas && x > 20) {
            x = 20;
            top_ += line_height + 4;
        }
        if (each.line)
            strokes_.push_back({x - 6, top_ - 4.5, x + 14, top_ - 4.5,
                                fmt::format("lw 2 dt (8,5) lc rgb '{}' front", each.as.colour)});
        else
            mark(x - 8, top_ - 4.5, each.as);
        texts_.add(x + 18, top_, name, middle, "start", " class=\"label\" font-weight=\"bold\"");
        x += wide;
    }
    top_ += 12;
}

/// Categories: a row for each, in which intervals are beside each other, with their numbers beside the plot.
void drawing::lay_out_rows() {
    constexpr double lane = 17;
    std::vector<std::vector<std::string>> names;
    double widest = 0, widest_number = 0;
    for (const std::string& each : names_of_rows_) {
        names.push_back(lines_of(each, middle, 300, 3));
        for (const auto& line : names.back()) widest = std::max(widest, width_of(line, middle));
    }
    bool intervals = all_.size() == 1;
    for (const named_series& each : all_) intervals = intervals || has_bounds(&each.main());
    for (const named_series& each : all_)
        for (std::size_t i = 0; intervals && i < each.main().x.size(); ++i)
            if (std::isfinite(each.main().y[i]))
                widest_number = std::max(widest_number, width_of(number_of(value_at(each.main(), i), f_.y), small));
    left_ = 20 + widest + 12;
    right_ = canvas - 16 - (intervals ? widest_number + 14 : 0);
    if (all_.size() > 1) name_series_above();
    bottom_ = top_;
    std::vector<double> centres;
    for (const auto& lines : names) {
        const double lanes = intervals ? static_cast<double>(all_.size()) : 1;
        const double high = std::max(static_cast<double>(lines.size()) * line_height, lanes * lane) + 8;
        centres.push_back(bottom_ + high / 2);
        double y = centres.back() - static_cast<double>(lines.size() - 1) * line_height / 2 + 4.5;
        for (const auto& line : lines) {
            texts_.add(left_ - 12, y, line, middle, "end", " class=\"row\"");
            y += line_height;
        }
        bottom_ += high;
        if (centres.size() < names.size())
            strokes_.push_back({20, bottom_, canvas - 16, bottom_, "lw 0.5 lc rgb '#dddddd' back"});
    }
    x_ = scale_axis('x', f_.y, known_y_);
    script_ += fmt::format("unset ytics\nset yrange [{}:{}]\n", bottom_, top_);
    texts_.add((left_ + right_) / 2, bottom_ + 44, label_of(f_.y), middle, "middle", " class=\"axis\"");
    const double none = x_.logarithmic ? 1 : 0;  // no difference, or as much of both
    if (x_.range.lower < none && none < x_.range.upper)
        strokes_.push_back({pixel_x(none), top_, pixel_x(none), bottom_, "lw 1 lc rgb '#777777' back"});

    for (std::size_t k = 0; k < all_.size(); ++k) {
        const cd::series& s = all_[k].main();
        std::string data, bars;
        std::vector<std::string> words;
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            if (!std::isfinite(s.y[i])) continue;
            if (page_) words.push_back(words_of(all_[k], s, i));
            const double lanes = intervals ? static_cast<double>(all_.size() - 1) : 0;
            const double y =
                centres[static_cast<std::size_t>(s.x[i])] + (intervals ? static_cast<double>(k) - lanes / 2 : 0) * lane;
            const cd::estimate e = value_at(s, i);
            data += fmt::format("{} {}\n", s.y[i], y);
            if (e.bounds)
                bars += fmt::format("{} {} {} {}\n", s.y[i], y, std::max(e.lower(), x_.range.lower),
                                    std::min(e.upper(), x_.range.upper));
            if (intervals) texts_.add(right_ + 14, y + 4, number_of(e, f_.y), small, "start", " class=\"number\"");
        }
        const auto& [colour, dash, shape] = all_[k].as;
        if (!bars.empty())
            plot(fmt::format("using 1:2:3:4 with xerrorbars lw 1.5 pt 0 ps 0 lc rgb '{}'", colour), bars, all_[k].name);
        plot(fmt::format("using 1:2 with points pt {} ps 0.9 lc rgb '{}'", shape, colour), data, all_[k].name, words);
    }
}

/// A specification curve: estimates in their order with their intervals, and below them a row for each option of each
/// choice, with a dot where a specification has it.
void drawing::lay_out_curve() {
    constexpr double row = 17, high = 250;
    const auto& rows = page_->rows;
    double widest = 60;
    std::string last;
    for (const option_row& each : rows) {
        widest = std::max(widest, 22 + width_of(each.option, small));
        if (each.choice != std::exchange(last, each.choice)) widest = std::max(widest, width_of(each.choice, small));
    }
    left_ = 20 + std::min(widest, 300.0) + 12;
    right_ = canvas - 20;
    top_ += 8;
    name_series_above();
    top_ += 12;
    for (const auto& line : lines_of(label_of(f_.y), middle, canvas - 40, 2)) {
        texts_.add(20, top_, line, middle, "start", " class=\"axis\"");
        top_ += line_height;
    }
    bottom_ = top_ + high;
    x_.range = {-1, known_x_.upper + 1};
    script_ += fmt::format("set xrange [-1:{}]\nunset xtics\n", x_.range.upper);
    y_ = scale_axis('y', f_.y, known_y_);
    for (const named_series& each : all_) {
        const cd::series& s = each.main();
        if (each.line) {
            plot(fmt::format("using 1:2 with lines lw 2 dt (8,5) lc rgb '{}'", each.as.colour),
                 fmt::format("{} {}\n{} {}\n", x_.range.lower, s.y.front(), x_.range.upper, s.y.back()), each.name);
            continue;
        }
        std::string data, bars;
        std::vector<std::string> words;
        for (std::size_t i = 0; i < s.x.size(); ++i) {
            if (!std::isfinite(s.y[i])) continue;
            const cd::estimate e = value_at(s, i);
            words.push_back(words_of(each, s, i));
            data += fmt::format("{} {}\n", s.x[i], s.y[i]);
            if (e.bounds)
                bars += fmt::format("{} {} {} {}\n", s.x[i], s.y[i], std::max(e.lower(), y_.range.lower),
                                    std::min(e.upper(), y_.range.upper));
        }
        const auto& [colour, dash, shape] = each.as;
        if (!bars.empty())
            plot(fmt::format("using 1:2:3:4 with yerrorbars lw 1 pt 0 ps 0 lc rgb '{}'", colour), bars, each.name);
        plot(fmt::format("using 1:2 with points pt {} ps 0.8 lc rgb '{}'", shape, colour), data, each.name, words);
    }
    double y = bottom_ + 14;
    last.clear();
    for (const option_row& each : rows) {
        if (each.choice != std::exchange(last, each.choice)) {
            y += row;
            texts_.add(20, y + 4, lines_of(each.choice, small, left_ - 32, 1).front(), small, "start",
                       " class=\"row\" font-weight=\"bold\"");
        }
        y += row;
        const auto names = lines_of(each.option, small, left_ - 54, 1);
        texts_.add(left_ - 12, y + 4, names.empty() ? "-" : names.front(), small, "end", " class=\"row\"");
        strokes_.push_back({left_, y, right_, y, "lw 0.5 lc rgb '#dddddd' back"});
        std::string dots;
        for (std::size_t i = 0; i < each.has.size(); ++i)
            if (each.has[i])
                dots +=
                    fmt::format("<use href=\"#dot\" x=\"{:.1f}\" y=\"{:.1f}\"/>", pixel_x(static_cast<double>(i)), y);
        texts_.add_raw(dots);
    }
    below_ = y + 16 - bottom_;
}

/// Notes, and sources, in lines.
std::vector<std::string> drawing::caption() const {
    std::vector<std::string> lines;
    if (page_) return lines;
    const auto add = [&](const std::string& text) {
        const auto wrapped = lines_of(text, small, canvas - 40, 20);
        lines.insert(lines.end(), wrapped.begin(), wrapped.end());
    };
    std::string notes, sources;
    for (const auto& note : f_.notes) notes += note + (note.ends_with('.') ? " " : ". ");
    for (const auto& source : f_.sources) sources += (sources.empty() ? "Source: " : "; ") + source;
    add(notes);
    add(sources);
    return lines;
}

/// What the picture shows in words, for those who do not see it.
std::string drawing::description() const {
    std::string text = f_.title + ". " + (categories_ ? "Rows: " : "From left to right: ") + label_of(f_.x) +
                       (categories_ ? "; from left to right: " : "; upwards: ") + label_of(f_.y) + ".";
    for (const named_series& each : all_) {
        const cd::series& s = each.main();
        if (!each.name.empty()) text += "\n" + each.name + ": ";
        if (categories_) {
            for (std::size_t i = 0; i < s.x.size(); ++i)
                if (std::isfinite(s.y[i]))
                    text += s.labels[i] + " " + number_of(value_at(s, i), f_.y) + (i + 1 < s.x.size() ? "; " : ".");
            continue;
        }
        const std::size_t first = *first_known(s), last = *last_known(s);
        if (!each.summary.empty()) text += each.summary + "; ";
        text += number_of(value_at(s, first), f_.y) + place_text(s.x[first], f_.x);
        if (first != last) text += " to " + number_of(value_at(s, last), f_.y) + place_text(s.x[last], f_.x);
        text += ".";
    }
    for (const auto& note : f_.notes) text += "\n" + note;
    for (const auto& source : f_.sources) text += "\nSource: " + source;
    return text;
}

std::string drawing::svg() {
    return finished(gnuplot_output(script()));
}

std::string drawing::script() {
    double y = bottom_ + (page_ && below_ == 70 ? 50 : below_);
    for (const auto& line : caption()) {
        texts_.add(20, y, line, small, "start", " class=\"caption\" fill=\"#444444\"");
        y += small_line_height;
    }
    const double height = std::ceil(y + 4);
    std::string script = fmt::format(
        "set terminal svg size {},{} font 'sans-serif,12' background 'white'\nunset key\nset border {}\n"
        "set tics nomirror out scale 0.6\nset grid lc rgb '#dddddd' lw 0.7 dt solid\n"
        "set lmargin at screen {}\nset rmargin at screen {}\nset tmargin at screen {}\nset bmargin at screen {}\n",
        canvas, height, categories_ ? 1 : 3, left_ / canvas, right_ / canvas, 1 - top_ / height, 1 - bottom_ / height);
    for (const stroke& s : strokes_)
        script += fmt::format("set arrow from screen {},{} to screen {},{} nohead {}\n", s.x / canvas, 1 - s.y / height,
                              s.to_x / canvas, 1 - s.to_y / height, s.style);
    for (const spot& s : spots_)
        script += fmt::format("set label '' at screen {},{} point pt {} ps 0.9 lc rgb '{}' front\n", s.x / canvas,
                              1 - s.y / height, s.as.shape, s.as.colour);
    return script + script_ + plots_ + "\n" + data_;
}

std::string drawing::finished(std::string picture) const {
    if (page_) return for_page(std::move(picture));
    const auto replace = [&](std::string_view begin, std::string_view end, const std::string& by) {
        const std::size_t from = picture.find(begin);
        const std::size_t to = from == picture.npos ? from : picture.find(end, from);
        if (to == picture.npos) throw std::runtime_error("gnuplot made no whole picture");
        picture.replace(from, to + end.size() - from, by);
    };
    replace("<title>", "</desc>",
            "<title>" + escaped(f_.title) + "</title>\n<desc>" + escaped(description()) + "</desc>");
    replace("<svg", "<svg", "<svg role=\"img\"");
    while (picture.find("<title>gnuplot_plot") != picture.npos) replace("<title>gnuplot_plot", "</title>", "");
    const std::size_t end = picture.rfind("</svg>");
    if (end == picture.npos) throw std::runtime_error("gnuplot made no whole picture");
    return picture.insert(end, texts_.group());
}

/// Removes what lies between two texts, these too, wherever they are.
void remove_all(std::string& text, std::string_view begin, std::string_view end) {
    for (std::size_t from = text.find(begin); from != text.npos; from = text.find(begin, from)) {
        const std::size_t to = text.find(end, from + begin.size());
        if (to == text.npos) throw std::runtime_error("gnuplot made no whole picture");
        text.erase(from, to + end.size() - from);
    }
}
void replace_all(std::string& text, std::string_view by, std::string_view what) {
    for (std::size_t at = text.find(by); at != text.npos; at = text.find(by, at + what.size()))
        text.replace(at, by.size(), what);
}

/// Coordinates, which gnuplot writes between single quotes, to a tenth of a pixel.
std::string with_one_decimal(std::string_view picture) {
    std::string out;
    bool quoted = false;
    for (std::size_t i = 0; i < picture.size(); ++i) {
        const auto is_digit = [&](std::size_t k) {
            return k < picture.size() && picture[k] >= '0' && picture[k] <= '9';
        };
        if (picture[i] == '\'') quoted = !quoted;
        if (quoted && picture[i] == '.' && is_digit(i + 1) && is_digit(i + 2) && !is_digit(i + 3)) {
            if (picture[i + 1] != '0') out += picture.substr(i, 2);
            i += 2;
            continue;
        }
        out += picture[i];
    }
    return out;
}

/// What stands between two texts, wherever they stand in the picture before its series; these elements are taken out.
std::vector<std::string> taken_out(std::string& picture, std::string_view begin, std::string_view end) {
    std::vector<std::string> taken;
    for (std::size_t from = picture.find(begin); from < picture.find("<g id=\"gnuplot_plot_");
         from = picture.find(begin, from)) {
        const std::size_t to = picture.find(end, from + begin.size());
        if (to == picture.npos) break;
        taken.push_back(picture.substr(from + begin.size(), to - from - begin.size()));
        picture.erase(from, to + end.size() - from);
    }
    return taken;
}

/// The axes of gnuplot's picture, which has an element for each line and number of them, in one element of each kind.
void join_axes(std::string& picture) {
    const std::string ends = "'/></g>";
    const std::string line =
        "<g fill=\"none\" stroke=\"currentColor\" stroke-width=\"0.70\">"
        "<path stroke='var(--grid,#ddd)' stroke-dasharray='2,4' class=\"gridline\" d='";
    const std::string tic = "<g><path stroke='currentColor' d='";
    const auto lines = taken_out(picture, line, ends), tics = taken_out(picture, tic, ends);
    const auto numbers = taken_out(picture, "<g transform=\"translate(", "</text></g>");
    std::string axes;
    if (!lines.empty()) axes += fmt::format("{}{}{}", line, fmt::join(lines, " "), ends);
    if (!tics.empty()) axes += fmt::format("{}{}{}", tic, fmt::join(tics, " "), ends);
    if (!numbers.empty()) axes += "<g stroke=\"none\" fill=\"currentColor\" font-size=\"12\">";
    for (const std::string& each : numbers) {  // 56.21,395.90)" stroke="none" ... text-anchor="end"><text>0
        const std::size_t comma = each.find(','), place = each.find(')'), anchor = each.find("text-anchor=\""),
                          text = each.find("><text>");
        if (comma > place || anchor > text || text == each.npos)
            throw std::runtime_error("gnuplot made another picture than is known");
        axes += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" {}>{}</text>", std::stod(each.substr(0, comma)),
                            std::stod(each.substr(comma + 1, place - comma - 1)), each.substr(anchor, text - anchor),
                            each.substr(text + 7));
    }
    if (!numbers.empty()) axes += "</g>";
    picture.insert(picture.find('>') + 1, axes);
}

/// gnuplot's picture without what a page does not need of it: marks and backgrounds, groups of nothing, black.
std::string drawing::for_page(std::string picture) const {
    const auto cut = [&picture](std::string_view begin) {
        const std::size_t at = picture.find(begin);
        if (at == picture.npos) throw std::runtime_error("gnuplot made no whole picture");
        return at;
    };
    const std::size_t box = cut("viewBox=\""), body = cut("<g id=\"gnuplot_canvas\">");
    const std::string view = picture.substr(box, picture.find('"', box + 9) + 1 - box);
    picture.erase(0, body);
    picture.resize(picture.rfind("</svg>"));
    remove_all(picture, "<defs>", "</defs>");
    remove_all(picture, "<title>", "</title>");
    remove_all(picture, "<use xlink:href='#gpDot'", "/>");  // points of intervals, of no size
    remove_all(picture, "<rect x=\"0\" y=\"0\"", "/>");
    for (const auto& [was, is] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {"<g id=\"gnuplot_canvas\">", "<g aria-hidden=\"true\" fill=\"none\" stroke=\"currentColor\">"},
             {"<tspan font-family=\"sans-serif\" >", ""},
             {"<tspan font-family=\"sans-serif\">", ""},
             {"</tspan>", ""},
             {" stroke-linecap=\"butt\" stroke-linejoin=\"miter\"", ""},
             {" stroke-width=\"1.00\"", ""},
             {" font-family=\"sans-serif\"", ""},
             {" shape-rendering='crispEdges'", ""},
             {"fill=\"black\"", "fill=\"currentColor\""},
             {"stroke='black'", "stroke='currentColor'"},
             {"rgb(  0,   0,   0)", "currentColor"},
             {" color=\"black\"", ""},
             {" color=\"gray\"", ""},
             {"rgb(221, 221, 221)", "var(--grid,#ddd)"},
             {"rgb(213,  94,   0)", "#D55E00"},
             {"rgb(  0, 114, 178)", "#0072B2"},
             {"rgb(  0, 158, 115)", "#009E73"},
             {"rgb(204, 121, 167)", "#CC79A7"},
             {"rgb( 86, 180, 233)", "#56B4E9"},
             {"rgb(230, 159,   0)", "#E69F00"},
             {"xlink:href='#gpPt", "href='#gpPt"},
             {" = '", "='"},
             {"  '", "'"},
             {"  d='", " d='"},
             {"\"  ", "\" "},
             {"\t", ""},
             {"\r", ""}})
        replace_all(picture, was, is);
    // Lines end in the middle of paths, too.
    std::string lines;
    for (const char c : picture) lines += c == '\n' ? ' ' : c;
    picture = std::move(lines);
    replace_all(picture, "> ", ">");
    // White points below others, which are for white paper; and what is so of all groups.
    constexpr std::string_view white = " color='#FFFFFF'/>";
    for (std::size_t at = picture.find(white); at != picture.npos; at = picture.find(white)) {
        const std::size_t begin = picture.rfind('<', at);
        picture.erase(begin, at + white.size() - begin);
    }
    replace_all(picture, "<g fill=\"none\" stroke=\"currentColor\">", "<g>");
    join_axes(picture);
    picture = with_one_decimal(picture);
    replace_all(picture, "<g> </g>", "");
    replace_all(picture, "<g>  </g>", "");
    for (bool found = true; found;) {  // groups of nothing, and those around them
        found = false;
        for (std::size_t end = picture.find("></g>"); end != picture.npos; end = picture.find("></g>", end)) {
            const std::size_t begin = picture.rfind('<', end);
            if (picture.compare(begin, 2, "<g") == 0) {
                picture.erase(begin, end + 5 - begin);
                end = begin;
                found = true;
            } else {
                ++end;
            }
        }
    }
    for (std::size_t i = 0; i < plotted_.size(); ++i) {
        const std::string name = fmt::format("<g id=\"gnuplot_plot_{}\" >", i + 1);
        std::size_t at = picture.find(name);
        if (at == picture.npos) continue;
        const std::string group = "<g data-series=\"" + escaped(plotted_[i].series) + "\">";
        picture.replace(at, name.size(), group);
        const std::size_t next = std::min(picture.find("<g id=\"gnuplot_plot_", at), picture.size());
        at += group.size();
        std::size_t limit = next;
        // The colour of points is said once.
        const std::string colour = fmt::format(" color='{}'", plotted_[i].colour);
        const std::size_t of_group = at - 1;
        bool has_colour = false;
        for (const std::string& words : plotted_[i].points) {
            at = picture.find("<use ", at);
            if (at >= limit) break;
            const std::string marked = "<use data-point=\"" + escaped(words) + "\" ";
            picture.replace(at, 5, marked);
            at += marked.size();
            limit += marked.size() - 5;
            const std::size_t said = picture.find(colour, at);
            if (said > picture.find('>', at)) continue;
            picture.erase(said, colour.size());
            limit -= colour.size();
            has_colour = true;
        }
        if (has_colour) picture.insert(of_group, colour);
    }
    std::string words = texts_.group();
    for (const auto& [was, is] : std::initializer_list<std::pair<std::string_view, std::string_view>>{
             {" id=\"texts\" font-family=\"sans-serif\" fill=\"#222222\"",
              " aria-hidden=\"true\" fill=\"currentColor\""},
             {" text-anchor=\"start\"", ""}})
        replace_all(words, was, is);
    return fmt::format(
        "<svg role=\"img\" aria-labelledby=\"{0}-title\" aria-describedby=\"{0}-text\" {1}>\n"
        "<title id=\"{0}-title\">{2}</title>\n<desc "
        "id=\"{0}-text\">{3}</desc>\n{4}\n{5}"
        "</svg>\n",
        page_->id, view, escaped(f_.title),
        escaped((page_->finding.empty() ? "" : page_->finding + " ") + description()), picture, words);
}

}  // namespace

std::string page_svg(const cd::figure& f, const page_picture& how) {
    return drawing(f, &how).svg();
}

struct page_pictures::entry {
    entry(const cd::figure& f, const page_picture& told) : figure(f), how(told), picture(figure, &how) {}
    cd::figure figure;
    page_picture how;
    drawing picture;
};
page_pictures::page_pictures() = default;
page_pictures::~page_pictures() = default;

std::size_t page_pictures::add(const cd::figure& f, const page_picture& how) {
    all_.push_back(std::make_unique<entry>(f, how));
    return all_.size() - 1;
}

std::vector<std::string> page_pictures::drawn() const {
    std::string script;
    for (const auto& each : all_) script += each->picture.script() + "\nreset\n";
    const std::string printed = all_.empty() ? "" : gnuplot_output(script);
    constexpr std::string_view last = "</svg>";
    std::vector<std::string> pictures;
    std::size_t from = 0;
    for (const auto& each : all_) {
        const std::size_t end = printed.find(last, from);
        if (end == printed.npos) throw std::runtime_error("gnuplot made no whole picture");
        pictures.push_back(each->picture.finished(printed.substr(from, end + last.size() - from)));
        from = end + last.size();
    }
    return pictures;
}

std::string page_marks() {
    return "<svg width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\" class=\"marks\"><defs id=\"marks\">"
           "<circle id=\"dot\" r=\"3.2\" fill=\"currentColor\"/>"
           "<g id=\"gpPt3\" fill=\"none\"><rect stroke-width=\"0.222\" stroke=\"currentColor\" x=\"-1\" y=\"-1\" "
           "width=\"2\" height=\"2\"/></g>"
           "<rect id=\"gpPt4\" stroke-width=\"0.222\" stroke=\"currentColor\" fill=\"currentColor\" x=\"-1\" y=\"-1\" "
           "width=\"2\" "
           "height=\"2\"/>"
           "<circle id=\"gpPt5\" stroke-width=\"0.222\" stroke=\"currentColor\" fill=\"none\" r=\"1\"/>"
           "<circle id=\"gpPt6\" fill=\"currentColor\" r=\"1\"/>"
           "<path id=\"gpPt8\" fill=\"currentColor\" d=\"M0,-1.33 L-1.33,0.67 L1.33,0.67 z\"/>"
           "<path id=\"gpPt10\" fill=\"currentColor\" d=\"M0,1.33 L1.33,-0.67 L-1.33,-0.67 z\"/>"
           "<path id=\"gpPt12\" fill=\"currentColor\" d=\"M0,-1.41 L1.41,0 L0,1.41 L-1.41,0 z\"/>"
           "</defs></svg>\n";
}

void write_svg(const std::string& path, const cd::figure& f) {
    cd::atomic_write(path, drawing(f).svg(), "write_svg");
}

void svg_option::add_to(command_line& line, const std::string& what) {
    line.add("--svg", path_, "draws " + what + " into this file (needs gnuplot)");
}
void svg_option::check() const {
    if (!path_.empty()) require_writable("--svg", path_);
}
void svg_option::write(const cd::figure& f) const {
    if (!path_.empty()) write_svg(path_, f);
}

std::string terminal_plot(const cd::figure& f, std::size_t width, std::size_t height) {
    std::vector<double> xs, ys;
    const bool logarithmic = f.y.scale == cd::axis_scale::logarithmic;
    const auto place_of = [&](double y) { return logarithmic ? std::log10(y) : y; };
    const auto has_points = [&](const cd::series& s) {  // a band without points is one of values
        return s.kind == cd::series_kind::points ||
               (s.kind == cd::series_kind::band && std::ranges::count(f.all_series, s.name, &cd::series::name) == 1);
    };
    for (const cd::series& s : f.all_series) {
        if (!has_points(s)) continue;
        xs.insert(xs.end(), s.x.begin(), s.x.end());
        for (const double y : s.y) ys.push_back(place_of(y));
    }
    if (xs.empty()) return "";
    const auto [left, right] = std::ranges::minmax(xs);
    const double floor = std::floor(std::ranges::min(ys)), ceiling = std::ceil(std::ranges::max(ys));
    std::vector<std::string> rows(height, std::string(width, ' '));
    std::string names;
    for (const cd::series& s : f.all_series) {
        if (!has_points(s) || s.x.empty()) continue;
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

}  // namespace example
