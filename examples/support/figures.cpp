// SPDX-License-Identifier: BSL-1.0
#include "support/figures.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

void figure_builder::count(const cd::estimate& y) {
    least_n_ = std::min(least_n_, y.n);
    most_n_ = std::max(most_n_, y.n);
    n_few_ += y.status == cd::estimate_status::few_clusters ? 1U : 0U;
    if (!y.bounds) return;
    if (std::ranges::find(levels_, y.level) == levels_.end()) levels_.push_back(y.level);
    if (!y.method.empty() && std::ranges::find(methods_, y.method) == methods_.end()) methods_.push_back(y.method);
}

cd::series& figure_builder::series_of(const std::string& name, cd::series_kind kind) {
    for (cd::series& each : made_.all_series)
        if (each.name == name && each.kind == kind) return each;
    return made_.all_series.emplace_back(cd::series{.name = name, .kind = kind});
}

void figure_builder::add_point(cd::series& s, double x, const cd::estimate& y) const {
    const double unit = made_.y.scale == cd::axis_scale::share ? 100 : 1;
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    s.x.push_back(x);
    s.y.push_back(unit * *y.value);
    s.lower.push_back(y.bounds ? unit * y.lower() : none);
    s.upper.push_back(y.bounds ? unit * y.upper() : none);
}

void figure_builder::add(const std::string& name, double x, const cd::estimate& y) {
    if (!y || !y.value) return;
    count(y);
    add_point(series_of(name, cd::series_kind::band), x, y);
}

void figure_builder::add(const std::string& name, const std::string& category, const cd::estimate& y) {
    if (!y || !y.value) return;
    count(y);
    auto place = std::ranges::find(categories_, category);
    if (place == categories_.end()) place = categories_.insert(place, category);
    cd::series& points = series_of(name, cd::series_kind::points);
    add_point(points, static_cast<double>(place - categories_.begin()), y);
    points.labels.push_back(category);
}

void figure_builder::add_trend(cd::series points, const std::function<cd::estimate(double)>& at,
                               const cd::estimate& number, const std::string& unit) {
    if (points.x.empty()) return;
    are_trends_ = true;
    cd::series band{.name = points.name, .kind = cd::series_kind::band};
    const auto [left, right] = std::ranges::minmax(points.x);
    for (int i = 0; i <= 40; ++i) {
        const double x = left + (right - left) * i / 40;
        if (const cd::estimate y = at(x); y && y.value) add_point(band, x, y);
    }
    cd::estimate of_all = number;
    of_all.n = points.x.size();
    count(of_all);
    band.summary = told(number) + (number ? " " + unit : "") + fmt::format(", n\u00A0=\u00A0{}", points.x.size());
    points.summary = band.summary;
    made_.all_series.push_back(std::move(points));
    if (!band.x.empty()) made_.all_series.push_back(std::move(band));
}

void figure_builder::add_rows(const cd::table& t, std::string_view series, std::string_view x, std::string_view y,
                              const std::function<bool(const std::vector<cd::cell>&)>& keeps) {
    const auto column = [&](std::string_view name) {
        const auto found = std::ranges::find(t.columns, name, &cd::table_column::name);
        if (found == t.columns.end()) throw std::logic_error(fmt::format("{} has no column {}", t.name, name));
        return static_cast<std::size_t>(found - t.columns.begin());
    };
    const auto text_of = [](const cd::cell& c) -> std::string {
        if (const auto* const text = std::get_if<std::string>(&c.value)) return *text;
        if (const auto* const number = std::get_if<std::int64_t>(&c.value)) return std::to_string(*number);
        return "";
    };
    struct row {
        std::string series, x;
        cd::estimate y;
    };
    std::vector<row> rows;
    bool are_numbers = true, are_years = true;
    for (const auto& cells : t.rows) {
        if (keeps && !keeps(cells)) continue;
        const auto* const value = std::get_if<cd::estimate>(&cells[column(y)].value);
        if (value == nullptr) continue;
        rows.push_back({series.empty() ? "" : text_of(cells[column(series)]), text_of(cells[column(x)]), *value});
        const std::string& place = rows.back().x;
        are_numbers =
            are_numbers && !place.empty() && place.size() < 5 && place.find_first_not_of("0123456789") == place.npos;
        are_years = are_years && are_numbers && place.size() == 4;
    }
    made_.x.scale = are_years     ? cd::axis_scale::date
                    : are_numbers ? cd::axis_scale::linear
                                  : cd::axis_scale::categories;
    for (const row& each : rows)
        are_numbers ? add(each.series, std::stod(each.x), each.y) : add(each.series, each.x, each.y);
}

cd::figure figure_builder::figure(const std::vector<std::string>& sources) const {
    cd::figure f = made_;
    f.sources = sources;
    if (most_n_ > 0) {
        const std::string n =
            least_n_ == most_n_ ? fmt::format("n = {}", most_n_) : fmt::format("n = {} to {}", least_n_, most_n_);
        f.notes.push_back(n + (are_trends_ ? " for each trend" : " for each value"));
    }
    if (!levels_.empty()) {
        std::string percent;
        for (const double level : levels_)
            percent += fmt::format("{}{:.12g} %", percent.empty() ? "" : ", ", 100 * level);
        f.notes.push_back(fmt::format("{} intervals at {}{}{}",
                                      f.x.scale == cd::axis_scale::categories ? "Bars:"
                                      : are_trends_                           ? "Bands: of the trends,"
                                                                              : "Bands and bars:",
                                      percent, methods_.empty() ? "" : "; ", fmt::join(methods_, ", ")));
    }
    if (n_few_ > 0)
        f.notes.push_back(fmt::format("{} of the intervals rest on few clusters, and are not known to cover", n_few_));
    return f;
}

cd::figure figure_of_claims(const std::vector<cd::claim>& claims, cd::figure of,
                            const std::vector<std::string>& sources) {
    of.x.scale = cd::axis_scale::categories;
    std::map<std::string, std::set<std::string>> options;
    std::vector<std::string> studies;
    for (const cd::claim& each : claims) {
        for (const cd::specification& s : each.specifications)
            for (const auto& choice : s.choices) options[choice.name].insert(choice.option);
        const std::string study = "The study: " + each.text + (each.source.empty() ? "" : " (" + each.source + ")");
        if (!each.text.empty() && std::ranges::find(studies, study) == studies.end()) studies.push_back(study);
    }
    of.notes.insert(of.notes.end(), studies.begin(), studies.end());
    // What is chosen in one way alone is said below.
    const bool are_several = std::ranges::any_of(options, [](const auto& each) { return each.second.size() > 1; });
    for (const auto& [name, chosen] : options)
        if (are_several && chosen.size() == 1) of.notes.push_back(name + ": " + *chosen.begin());
    const auto name_among = [&](const cd::specification& s) {
        std::string words;
        for (const auto& [name, option] : s.choices)
            if (!are_several || options[name].size() > 1)
                words += (words.empty() ? "" : ", ") + (option == "none" ? name + ": none" : option);
        return words.empty() ? cd::name_of(s) : words;
    };
    figure_builder builder(of);
    for (const cd::claim& each : claims)
        for (const cd::specification& s : each.specifications) {
            cd::estimate e = s.result;
            if (each.style.percent && e.value) *e.value *= 100;
            if (each.style.percent && e.bounds) e.bounds = cd::interval{100 * e.lower(), 100 * e.upper()};
            builder.add(claims.size() > 1 ? each.name : "", name_among(s), e);
        }
    return builder.figure(sources);
}

}  // namespace example
