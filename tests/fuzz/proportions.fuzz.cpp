// SPDX-License-Identifier: BSL-1.0
// Shares, their comparisons and corrections, concentration: of any counts, weights and levels a number within its
// bounds, or a status, or the documented error.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/clusters.hpp>
#include <compute_divide/shares.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/corrected_share.hpp>
#include <compute_divide/statistics/multinomial.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/proportion_comparison.hpp>
#include <compute_divide/statistics/proportion_trend.hpp>

#include "input.hpp"
#include "require.hpp"

using namespace compute_divide;

namespace {

struct record {
    double amount = 0, weight = 1;
    int key = 0, owner = 0;
    bool yes = false;
};

/// A share is in [0, 1], and so is its interval, which contains it, but for Jeffreys'.
const estimate& within(const estimate& share) {
    if (!share) return share;
    const double value = *share.value, lower = share.bounds ? share.lower() : value,
                 upper = share.bounds ? share.upper() : value;
    const bool around = lower <= value && value <= upper, is_jeffreys = share.method.ends_with("jeffreys");
    const bool is_share = value >= 0 && value <= 1 && lower >= 0 && lower <= upper && upper <= 1;
    if (is_share && (around || is_jeffreys)) return share;
    std::fprintf(stderr, "a share of %.17g within [%.17g, %.17g]\n", value, lower, upper);
    require(false);
    return share;
}

void try_counts(input& bytes) {
    const double k = bytes.number(), n = bytes.number(), k2 = bytes.number(), n2 = bytes.number(),
                 level = bytes.number();
    const classification_counts validation{bytes.number(), bytes.number(), bytes.number(), bytes.number()};
    require_sound("share", [&] {
        return within(
            share(k, n, {.interval = bytes.one_of(enumerators(proportion_interval{})).value, .level = level}));
    });
    require_sound("share_difference", [&] {
        return share_difference({k, n}, {k2, n2},
                                {.interval = bytes.one_of(enumerators(difference_interval{})).value, .level = level});
    });
    require_sound("risk_ratio", [&] {
        return risk_ratio({k, n}, {k2, n2},
                          {.interval = bytes.one_of(enumerators(risk_ratio_interval{})).value, .level = level});
    });
    require_sound("odds_ratio", [&] {
        return odds_ratio({k, n}, {k2, n2},
                          {.interval = bytes.one_of(enumerators(odds_ratio_interval{})).value, .level = level});
    });
    require_sound("simultaneous_shares", [&] {
        return simultaneous_shares(std::vector<double>{k, n, k2}, {}, {.level = level});
    });
    require_sound("corrected_share", [&] { return corrected_share(k, n, validation, {.level = level}); });
    require_sound("corrected_share_difference", [&] {
        return corrected_share_difference({k, n}, {k2, n2}, validation, {.level = level});
    });
}

void try_records(input& bytes) {
    const double level = bytes.number();
    std::vector<record> records;
    while (!bytes.empty() && records.size() < 40) {
        const std::uint8_t labels = bytes.byte();
        records.push_back({bytes.number(), bytes.number(), labels % 4, labels / 4 % 8, labels % 3 == 0});
    }
    const auto choice = bytes.byte();
    const auto interval = enumerators(proportion_interval{})[choice / 8U % 9U].value;
    const auto effective = choice % 2 == 0 ? effective_number::kish : effective_number::linearised;
    require_sound("concentration_of", [&] {
        return concentration_of(
            records, &record::amount, &record::weight,
            {.interval = enumerators(concentration_interval{})[choice % 5U].value, .level = level, .replicates = 19});
    });
    require_sound("concentration_by", [&] {
        return concentration_by(records, &record::key, &record::owner, &record::amount, {.replicates = 19});
    });
    require_sound("lorenz_curve", [&] { return lorenz_curve(records, &record::amount); });
    require_sound("split_inequality", [&] { return split_inequality(records, &record::key, &record::amount); });
    require_sound("share, clusters", [&] {
        auto found = share(records, &record::yes, clustered_by(&record::owner), &record::weight,
                           {.interval = interval, .level = level});
        within(found.share);
        return found;
    });
    require_sound("cochran_armitage", [&] { return cochran_armitage(records, &record::amount, &record::yes); });
    require_sound("shares of a tally", [&] {
        tally<int, bool> counts;
        for (const record& each : records) counts.add(each.key, each.yes, each.weight);
        auto found = shares(counts.result(), true, {.interval = interval, .level = level, .effective = effective});
        for (const auto& each : found) within(each.share);
        return found;
    });
    require_sound("shares of a tally of clusters", [&] {
        clustered_tally<int, bool, int> counts;
        for (const record& each : records) counts.add(each.key, each.yes, each.owner, each.weight);
        const auto table = counts.result();
        auto found = shares(table, true, {.interval = interval, .level = level});
        for (const auto& each : found) within(each.share);
        require_sound("share_difference of a tally", [&] { return share_difference(table, 0, 1, true); });
        require_sound("share_trend of a tally", [&] { return share_trend(table, true); });
        return found;
    });
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input bytes(data, size);
    bytes.byte() % 2 == 0 ? try_counts(bytes) : try_records(bytes);
    return 0;
}
