// SPDX-License-Identifier: BSL-1.0
// How fast does training compute grow? A trend of logs with errors clustered by organisation, as growth and as a
// doubling time, and the same with a bootstrap's interval.
#include <cstdio>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/trends/log_trend.hpp>

namespace cd = compute_divide;

int main() {
    auto table = cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/models.csv"));
    std::erase_if(table.models, [](const cd::epoch_model& m) {
        return m.vintage != "2025-08" || !m.notable || !m.year || *m.year < 2010;
    });
    const auto trend = cd::fit_log_trend(table.models, &cd::epoch_model::published, &cd::epoch_model::training_flop,
                                         &cd::epoch_model::organisations);
    for (const auto interval : {cd::trend_interval::clustered, cd::trend_interval::bootstrap_bca}) {
        const cd::growth growth = trend.growth({.interval = interval, .level = 0.9});
        std::printf("times a year        %s\n", to_string(growth.factor).c_str());
        std::printf("doubling in months  %s\n\n", to_string(growth.doubling.months).c_str());
    }
    std::printf("compute in mid-2023, FLOP  %s\n", to_string(trend.confidence_band(2023.5)).c_str());
}
