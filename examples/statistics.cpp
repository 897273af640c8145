// SPDX-License-Identifier: BSL-1.0
// Do teams of industry train on more compute? Two groups of models, compared in several ways: answers hold their
// interval, and are a status where there is none.
#include <chrono>
#include <cstdio>
#include <optional>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

namespace cd = compute_divide;

int main() {
    auto table = cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/models.csv"));
    std::erase_if(table.models, [](const cd::epoch_model& m) {
        return m.vintage != "2025-08" || !m.notable || m.year < 2020 || m.year > 2022;
    });
    const auto is_industry = [](const cd::epoch_model& m) -> std::optional<bool> {
        if (m.team == cd::team_kind::industry_only) return true;
        if (m.team == cd::team_kind::academia_only) return false;
        return std::nullopt;  // left out, and counted
    };
    const cd::two_samples both(table.models, &cd::epoch_model::training_flop, is_industry);

    constexpr auto ratio = cd::comparison_scale::ratio;
    const auto medians = cd::compare_medians(both, {.scale = ratio, .bootstrap = {.seed = 1}});
    const auto means = cd::welch(both, {.scale = ratio});
    const auto chance = cd::brunner_munzel(both);
    std::printf("Training FLOP of notable models of 2020 to 2022, industry over academia\n");
    std::printf("ratio of medians          %s\n", to_string(medians).c_str());
    std::printf("ratio of geometric means  %s\n", to_string(means.effect).c_str());
    std::printf("P(industry's is larger)   %s\n", to_string(chance.effect).c_str());
}
