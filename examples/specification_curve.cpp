// SPDX-License-Identifier: BSL-1.0
// By how much do industry's models outdo academia's in training compute? All specifications of the question at once:
// how much the answer depends on the choices made, and what all of them say together.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/statistics/curve_inference.hpp>
#include <compute_divide/statistics/curve_verdict.hpp>
#include <compute_divide/statistics/welch.hpp>

namespace cd = compute_divide;

struct model {
    int year;
    double flop;
    bool notable, industry, mixed;
    std::string organisation;
};
struct window {
    int from, to;
};
enum class side { left_out, industry, others };

int main() {
    std::vector<model> models;
    for (const cd::epoch_model& m :
         cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/models.csv")).models) {
        const bool alone = m.team == cd::team_kind::industry_only;
        if (m.vintage == "2025-08" && m.training_flop && m.year && !m.organisations.empty())
            models.push_back({*m.year, static_cast<double>(*m.training_flop), m.notable, alone,
                              !alone && m.team != cd::team_kind::academia_only, m.organisations.front()});
    }
    const auto set =
        cd::specification_set(
            cd::alternatives<window>{"years", {{"2017-19", {2017, 2019}}, {"2020-22", {2020, 2022}}}},
            cd::alternatives<bool>{"models", {{"all", false}, {"notable", true}}},
            cd::alternatives<side>{
                "joint teams", {{"left out", side::left_out}, {"industry", side::industry}, {"others", side::others}}})
            .where("joint teams are few before 2020",
                   [](window w, bool, side s) { return w.from >= 2020 || s == side::left_out; });
    std::printf("%s\n\n", to_string(set).c_str());

    const auto ratio = [](const std::vector<model>& drawn, window years, bool notable, side mixed) {
        std::vector<model> kept;
        for (const model& m : drawn)
            if (m.year >= years.from && m.year <= years.to && (m.notable || !notable) &&
                (!m.mixed || mixed != side::left_out))
                kept.push_back(m);
        return cd::welch(
            cd::two_samples(kept, &model::flop,
                            [mixed](const model& m) { return m.mixed ? mixed == side::industry : m.industry; }),
            {.scale = cd::comparison_scale::ratio});
    };
    // Models of an organisation depend on each other: whole organisations are drawn.
    const auto curve =
        cd::resampled_curve(models, &model::organisation, set, ratio,
                            {.curve = {.scale = cd::comparison_scale::ratio}, .draws = 399, .threads = 0});
    for (const cd::specification& s : curve.specifications)
        std::printf("%-28s %s, adjusted p = %.3g\n", name_of(s).c_str(), to_string(s.result).c_str(),
                    *s.adjusted_p_value);
    std::printf("\n%s\n\n%s\n", to_string(curve).c_str(),
                to_string(cd::verdict_of(curve, cd::claim_direction::above)).c_str());
}
