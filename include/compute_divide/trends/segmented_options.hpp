// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TRENDS_SEGMENTED_OPTIONS_HPP
#define COMPUTE_DIVIDE_TRENDS_SEGMENTED_OPTIONS_HPP

#include <array>
#include <cstddef>
#include <optional>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/trends/growth.hpp>

/// The choices that a trend with breaks is fitted by.
namespace compute_divide::inline v0_2 {

/// What happens at a break.
enum class break_kind {
    continuous,    ///< the slope changes, the segments meet (segmented, joinpoint regression)
    discontinuous  ///< slope and level change (structural breaks)
};
[[nodiscard]] constexpr auto enumerators(break_kind) {
    using enum break_kind;
    return std::array{named<break_kind>{continuous, "continuous"}, named<break_kind>{discontinuous, "discontinuous"}};
}

/// What is smallest for the number of breaks that is chosen. n records, k breaks, p parameters: two a segment, less
/// one a break where they meet, and the dates of the breaks.
enum class break_choice {
    bic,     ///< n (ln(2 pi RSS / n) + 1) + (p + 1) ln n (Schwarz, 1978; as R's BIC)
    lwz,     ///< ln(RSS / (n - p)) + 0.299 p (ln n)^2.1 / n (Liu, Wu and Zidek, 1997): fewer breaks
    penalty  ///< n ln(RSS / n) + penalty k; bic is a penalty of 2 ln n where segments meet, else 3 ln n
};
[[nodiscard]] constexpr auto enumerators(break_choice) {
    using enum break_choice;
    return std::array{named<break_choice>{bic, "bic"}, named<break_choice>{lwz, "lwz"},
                      named<break_choice>{penalty, "penalty"}};
}

/// Where the interval of a break's date comes from; see also bootstrap_breaks.hpp. `profile` and `delta` take errors as
/// independent.
enum class break_interval {
    /// All dates at which the best trend has an RSS not significantly larger, from the first to the last of them. Where
    /// segments meet by the F test, RSS (1 + F / (n - p)), F being the `level` quantile of F(1, n - p). Where they do
    /// not, and the other breaks stay, RSS (1 - 2 ln(1 - sqrt(level)) / n): Hansen (2000), Eo and Morley (2015).
    profile,
    /// Where segments meet: date +- t standard errors from the linearised model (Muggeo, 2003; as R's segmented). It
    /// covers .75 to .9 of .95 whatever the number of records (docs/coverage.md): the status is few_clusters always.
    delta,
    /// Percentiles of the dates over resamples of whole clusters, in each of which the breaks are looked for again;
    /// those of the slopes, too. Needs a cluster field. Where segments do not meet, it covers .8 to .9 of .95: the
    /// status is few_clusters always.
    cluster_bootstrap
};
[[nodiscard]] constexpr auto enumerators(break_interval) {
    using enum break_interval;
    return std::array{named<break_interval>{profile, "profile"}, named<break_interval>{delta, "delta"},
                      named<break_interval>{cluster_bootstrap, "cluster_bootstrap", "cluster bootstrap"}};
}

struct segmented_options {
    break_kind kind = break_kind::continuous;
    std::optional<std::size_t> breaks = {};  ///< their number; else it is chosen, among 0 to `most_breaks`
    std::size_t most_breaks = 5;             ///< as Bai and Perron (2003)
    break_choice choice = break_choice::bic;
    double penalty = 0;                             ///< of break_choice::penalty, greater than 0
    std::optional<std::size_t> least_records = {};  ///< in a segment; else 5 % of all, as R's segmented, and >= 3
    std::optional<break_interval> interval = {};    ///< else cluster_bootstrap with a cluster field, profile without
    double level = 0.95;
    derived_interval derived = derived_interval::fieller;
    growth_units units = {};
    bootstrap_options bootstrap = {.replicates = 1'999, .jackknife = false};  ///< of cluster_bootstrap

    friend bool operator==(const segmented_options&, const segmented_options&) = default;
};

}  // namespace compute_divide::inline v0_2

#endif
