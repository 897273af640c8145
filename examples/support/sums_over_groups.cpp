// SPDX-License-Identifier: BSL-1.0
#include "support/sums_over_groups.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace example {

namespace cd = compute_divide;

namespace {

using rows_by_group = std::map<std::size_t, std::vector<const grouped_row*>>;

rows_by_group by_group(const std::vector<grouped_row>& rows) {
    rows_by_group groups;
    for (const grouped_row& row : rows) groups[row.group].push_back(&row);
    return groups;
}
cd::cluster_equations of(const std::array<double, 2>& contrast) {
    return cd::cluster_equations({contrast[0], contrast[1]});
}

/// What a group adds to A and s, its level taken out: rows with weights, and a residual or a response.
struct within {
    double weight = 0, rest = 0;
    std::array<double, 2> x = {}, with_rest = {};
    std::array<double, 4> xx = {};

    void add(const std::array<double, 2>& at, double w, double r) {  // r: a sum already, not a mean
        weight += w;
        rest += r;
        for (std::size_t i = 0; i < 2; ++i) {
            x[i] += w * at[i];
            with_rest[i] += r * at[i];
            for (std::size_t j = 0; j < 2; ++j) xx[2 * i + j] += w * at[i] * at[j];
        }
    }
    [[nodiscard]] std::array<double, 4> a() const {
        auto all = xx;
        for (std::size_t i = 0; i < 2; ++i)
            for (std::size_t j = 0; j < 2; ++j) all[2 * i + j] -= x[i] * x[j] / weight;
        return all;
    }
    [[nodiscard]] std::array<double, 2> s() const {
        return {with_rest[0] - x[0] * rest / weight, with_rest[1] - x[1] * rest / weight};
    }
};

/// A group at its own level for some coefficients.
within at_level(const std::vector<const grouped_row*>& rows, const std::array<double, 2>& b, double& level) {
    within sums;
    for (int steps = 0; steps < 60; ++steps) {
        sums = {};
        for (const grouped_row* row : rows) {
            const double m = 1 / (1 + std::exp(-level - b[0] * row->x[0] - b[1] * row->x[1]));
            sums.add(row->x, row->n * m * (1 - m), row->yes - row->n * m);
        }
        const double step = std::clamp(sums.rest / sums.weight, -2.0, 2.0);
        if (!(std::fabs(step) > 1e-12)) break;
        level += step;
    }
    return sums;
}

}  // namespace

cd::cluster_equations linear_within(const std::vector<grouped_row>& rows, std::array<double, 2> contrast) {
    cd::cluster_equations equations = of(contrast);
    for (const auto& [group, members] : by_group(rows)) {
        within sums;
        for (const grouped_row* row : members) sums.add(row->x, row->n, row->yes);
        if (sums.weight > 0) equations.add(group, sums.a(), sums.s());
    }
    return equations;
}

cd::cluster_equations logit_within(const std::vector<grouped_row>& rows, std::array<double, 2> contrast) {
    auto groups = by_group(rows);
    std::erase_if(groups, [](const auto& each) {  // without a level
        double yes = 0, n = 0;
        for (const grouped_row* row : each.second) yes += row->yes, n += row->n;
        return !(yes > 0 && yes < n);
    });
    std::map<std::size_t, double> levels;
    std::array<double, 2> b{};
    for (int steps = 0; steps < 50; ++steps) {
        cd::cluster_equations equations = of(contrast);
        std::array<double, 2> sum{};
        std::array<double, 4> a{};
        for (const auto& [group, members] : groups) {
            const within sums = at_level(members, b, levels[group]);
            if (!(sums.weight > 0)) return of(contrast);
            const auto information = sums.a();
            equations.add_score(group, information, sums.with_rest, b);
            for (std::size_t i = 0; i < 2; ++i) sum[i] += sums.with_rest[i];
            for (std::size_t i = 0; i < 4; ++i) a[i] += information[i];
        }
        const double determinant = a[0] * a[3] - a[1] * a[2];
        if (!(determinant > 1e-12 * a[0] * a[3])) break;
        const std::array step{(a[3] * sum[0] - a[1] * sum[1]) / determinant,
                              (a[0] * sum[1] - a[2] * sum[0]) / determinant};
        const double size = std::fabs(step[0]) + std::fabs(step[1]);
        if (size < 1e-9) return equations;
        if (!(size < 1e6)) break;
        for (std::size_t i = 0; i < 2; ++i) b[i] += step[i];
    }
    return of(contrast);
}

cd::cluster_equations mantel_haenszel_equations(const std::vector<grouped_pair>& pairs) {
    const auto parts = [](const grouped_pair& p) {
        const double n = p.first + p.second;
        return std::pair(p.first_yes * (p.second - p.second_yes) / n, (p.first - p.first_yes) * p.second_yes / n);
    };
    double above = 0, below = 0;
    for (const grouped_pair& p : pairs)
        if (p.first > 0 && p.second > 0) {
            above += parts(p).first;
            below += parts(p).second;
        }
    cd::cluster_equations equations({1});
    if (!(above > 0) || !(below > 0)) return equations;
    const double ratio = above / below;
    for (const grouped_pair& p : pairs) {
        if (!(p.first > 0) || !(p.second > 0)) continue;
        const auto [r, s] = parts(p);
        equations.add_score(p.group, std::array{ratio * s}, std::array{r - ratio * s}, std::array{std::log(ratio)});
    }
    return equations;
}

}  // namespace example
