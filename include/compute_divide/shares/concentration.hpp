// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_CONCENTRATION_HPP
#define COMPUTE_DIVIDE_SHARES_CONCENTRATION_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <ranges>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/student_t.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/detail/owner_curve.hpp>
#include <compute_divide/statistics/bootstrap.hpp>

/// How far a few owners hold what there is: models, chips, compute, papers. s_i is the share of owner i of n.
namespace compute_divide::inline v0_2 {

/// What is measured. All are functions of the shares alone, whatever the unit of the amounts.
enum class concentration_measure {
    hhi,               ///< Herfindahl-Hirschman H = sum s^2, in (0, 1]; times 10,000 in competition law
    hhi_normalised,    ///< (H - 1 / n) / (1 - 1 / n), in [0, 1]; of two owners or more
    hhi_unbiased,      ///< of counts x of m records: sum x (x - 1) / (m (m - 1)), the chance that two records have one
                       ///< owner (Simpson 1949); H itself is too large by (1 - H) / (m - 1)
    effective_owners,  ///< 1 / H: so many of equal shares have the same H
    gini,              ///< sum |x_i - x_j| / (2 n sum x), in [0, 1 - 1 / n]
    gini_unbiased,     ///< times n / (n - 1), in [0, 1]; of two owners or more
    theil_t,           ///< mean of (x / mean) log(x / mean), in [0, log n]: sensitive to the great
    theil_l,  ///< mean of log(mean / x), the mean log deviation: sensitive to the small; none with an amount of 0
    shannon,  ///< - sum s log s, in nats: log n - theil_t
    horvath   ///< s_1 + sum over others of s^2 (2 - s), s_1 the largest (Horvath 1970)
};
[[nodiscard]] constexpr auto enumerators(concentration_measure) {
    using enum concentration_measure;
    using named = named<concentration_measure>;
    return std::array{named{hhi, "hhi", "Herfindahl-Hirschman index"},
                      named{hhi_normalised, "hhi_normalised", "Herfindahl-Hirschman index, normalised"},
                      named{hhi_unbiased, "hhi_unbiased", "Herfindahl-Hirschman index, unbiased for counts"},
                      named{effective_owners, "effective_owners", "effective number of owners"},
                      named{gini, "gini", "Gini coefficient"},
                      named{gini_unbiased, "gini_unbiased", "Gini coefficient times n / (n - 1)"},
                      named{theil_t, "theil_t", "Theil T"},
                      named{theil_l, "theil_l", "Theil L (mean log deviation)"},
                      named{shannon, "shannon", "Shannon entropy, nats"},
                      named{horvath, "horvath", "Horvath's comprehensive index"}};
}

/// How an interval of a measure is made. All are of owners as a sample of such owners: what another draw of as many
/// would give. (Of amounts that are measured with error, see measured_concentration; of what is owned by nobody known,
/// concentration_with_unattributed. The three are never mixed.)
///
/// None of them is known to cover: who owns much is rare, and a sample without such owners says that there are none. Of
/// log-normal amounts whose logarithms spread by 1, and 200 owners, intervals of hhi of 95 % cover some .6 to .8, those
/// of gini .85 to .9 (tests/shares/concentration.test.cpp). Every one says few_clusters. Studentised comes nearest.
enum class concentration_interval {
    linearised,  ///< t with n - 1 degrees of freedom, variance n / (n - 1) sum of squared influences; of the Gini
                 ///< coefficient that of Langel and Tille (2013)
    jackknife,   ///< t, variance (n - 1) / n sum (value without one owner - their mean)^2; larger for small n
    basic,  ///< bootstrap of whole owners; the percentile bootstrap is not offered: it lies too high for hhi, whose
            ///< value on a resample is too large by (1 - H) / n
    bca,    ///< the same, bias-corrected and accelerated
    studentised  ///< bootstrap-t by the linearised error
};
[[nodiscard]] constexpr auto enumerators(concentration_interval) {
    using enum concentration_interval;
    using named = named<concentration_interval>;
    return std::array{named{linearised, "linearised"}, named{jackknife, "jackknife"}, named{basic, "basic"},
                      named{bca, "bca"}, named{studentised, "studentised"}};
}

struct concentration_options {
    std::vector<std::size_t> top = {1, 4, 5};  ///< k of the shares of the k largest, ascending, at most 8
    concentration_interval interval = concentration_interval::linearised;
    double level = 0.95;
    std::size_t replicates = 9'999;  ///< of the bootstraps
    std::uint64_t seed = 1;
    unsigned threads = 1;  ///< 0: as many as the machine has

    friend bool operator==(const concentration_options&, const concentration_options&) = default;
};

/// Which part the k largest have. More than there are is `degenerate`.
struct top_share {
    std::size_t k = 0;
    estimate share = {};

    friend bool operator==(const top_share&, const top_share&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<top_share>) {
    return member_list(member{"k", &top_share::k}, member{"share", &top_share::share});
}

/// All measures of one set of owners. Each has its own status: degenerate where it is not defined (see
/// concentration_measure), else few_clusters, as no interval of it is known to cover (concentration_interval); a single
/// owner has none.
struct owner_concentration {
    std::uint64_t n = 0;          ///< owners, those of amount 0 among them
    std::uint64_t n_missing = 0;  ///< owners whose amount is not known
    double total = 0;             ///< of the amounts, each times its weight
    estimate hhi = {};
    estimate hhi_normalised = {};
    estimate hhi_unbiased = {};
    estimate effective_owners = {};
    estimate gini = {};
    estimate gini_unbiased = {};
    estimate theil_t = {};
    estimate theil_l = {};
    estimate shannon = {};
    estimate horvath = {};
    std::vector<top_share> top = {};
    estimate_status status = estimate_status::no_data;  ///< no_data: no owner; degenerate: the amounts sum to 0

    /// The measure by its enumerator.
    [[nodiscard]] const estimate& of(concentration_measure measure) const {
        constexpr std::array all{&owner_concentration::hhi,          &owner_concentration::hhi_normalised,
                                 &owner_concentration::hhi_unbiased, &owner_concentration::effective_owners,
                                 &owner_concentration::gini,         &owner_concentration::gini_unbiased,
                                 &owner_concentration::theil_t,      &owner_concentration::theil_l,
                                 &owner_concentration::shannon,      &owner_concentration::horvath};
        return this->*all[static_cast<std::size_t>(measure)];
    }
    [[nodiscard]] estimate& of(concentration_measure measure) {
        return const_cast<estimate&>(
            std::as_const(*this).of(measure));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    }

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const owner_concentration&, const owner_concentration&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<owner_concentration>) {
    using result = owner_concentration;
    return member_list(
        member{"n", &result::n}, member{"n_missing", &result::n_missing}, member{"total", &result::total},
        member{"hhi", &result::hhi}, member{"hhi_normalised", &result::hhi_normalised},
        member{"hhi_unbiased", &result::hhi_unbiased}, member{"effective_owners", &result::effective_owners},
        member{"gini", &result::gini}, member{"gini_unbiased", &result::gini_unbiased},
        member{"theil_t", &result::theil_t}, member{"theil_l", &result::theil_l}, member{"shannon", &result::shannon},
        member{"horvath", &result::horvath}, member{"top", &result::top}, member{"status", &result::status});
}

namespace detail {

/// Amounts and weights of owners.
struct owner_sample {
    std::vector<double> amounts = {}, weights = {};
    std::uint64_t n_missing = 0;

    void add(double amount, double weight, std::string_view function) {
        if (amount != amount || weight != weight) {
            ++n_missing;
            return;
        }
        require(amount >= 0 && amount <= std::numeric_limits<double>::max(), function, "finite amounts >= 0", amount);
        require(weight >= 1e-100 && weight <= 1e100, function, "weights from 1e-100 to 1e100", weight);
        amounts.push_back(amount);
        weights.push_back(weight);
    }
};

/// Calls use(estimate, its place in a concentration_row) for all measures, then for the shares of the largest.
template <class Use>
void for_each_estimate(owner_concentration& result, const Use& use) {
    for (const auto measure : enumerators(concentration_measure{}))
        use(result.of(measure.value), static_cast<std::size_t>(measure.value));
    for (std::size_t k = 0; k < result.top.size(); ++k) use(result.top[k].share, place_top + k);
}

/// Means over owners of weight times influence; 0 but for rounding for measures that do not go with the number of
/// owners.
[[nodiscard]] inline concentration_row mean_influences(const owner_curve& curve, const concentration_row& values) {
    concentration_row means{};
    double n = 0;
    curve.for_each_influence(values, [&](std::size_t, double times, double weight, const concentration_row& z) {
        for (std::size_t c = 0; c < z.size(); ++c) means[c] += times * weight * z[c];
        n += times;
    });
    for (double& mean : means) mean /= n;
    return means;
}

/// The measures of the owners drawn, with their linearised errors: for the bootstrap engine.
[[nodiscard]] inline valued_row<std::tuple_size_v<concentration_row>> row_with_errors(owner_curve& curve,
                                                                                      bool with_errors) {
    auto row = as_row(curve.measures());
    if (!with_errors) return row;
    const concentration_row means = mean_influences(curve, row.values);
    concentration_row squares{};
    double n = 0;
    curve.for_each_influence(row.values, [&](std::size_t, double times, double weight, const concentration_row& z) {
        for (std::size_t c = 0; c < z.size(); ++c) {
            const double apart = weight * z[c] - means[c];
            squares[c] += times * apart * apart;
        }
        n += times;
    });
    for (std::size_t c = 0; c < squares.size(); ++c) row.errors[c] = std::sqrt(n / (n - 1) * squares[c]);
    return row;
}

[[nodiscard]] owner_concentration concentration_of_sample(const owner_sample& sample,
                                                          const concentration_options& options);

}  // namespace detail

struct concentration_of_fn {
    /// The concentration of amounts over owners: `concentration_of(firms, &firm::chips)`. One record is one owner;
    /// where records are many to an owner, see concentration_by.
    ///
    /// An owner whose amount is not known (an empty optional, NaN) is counted in n_missing, one of 0 is an owner.
    /// Throws std::invalid_argument for a negative or infinite amount or total, a level outside (0, 1), sizes of the
    /// top that are 0, not ascending or more than 8, or no replicates. O(n log n), and O(n) a replicate. Sources:
    /// Langel, Tille (2013), J. R. Stat. Soc. A 176:521 (Gini); Cowell (2011), Measuring Inequality. Checked against
    /// the definitions in exact fractions (tests/reference/concentration.py).
    template <std::ranges::input_range Records, quantity_field_of<Records> Amount = std::identity>
    [[nodiscard]] owner_concentration operator()(Records&& records, Amount amount = {},
                                                 const concentration_options& options = {}) const {
        detail::owner_sample sample;
        for (auto&& record : records) sample.add(as_double(std::invoke(amount, record)), 1, "concentration_of");
        return detail::concentration_of_sample(sample, options);
    }

    /// The same where a record stands for as many owners as its weight says, which need not be a whole number. An owner
    /// whose weight is not known is missing. Throws std::invalid_argument for weights not from 1e-100 to 1e100.
    template <std::ranges::input_range Records, quantity_field_of<Records> Amount, quantity_field_of<Records> Weight>
    [[nodiscard]] owner_concentration operator()(Records&& records, Amount amount, Weight weight,
                                                 const concentration_options& options = {}) const {
        detail::owner_sample sample;
        for (auto&& record : records)
            sample.add(as_double(std::invoke(amount, record)), as_double(std::invoke(weight, record)),
                       "concentration_of");
        return detail::concentration_of_sample(sample, options);
    }
};
inline constexpr concentration_of_fn concentration_of{};

/// A point of a Lorenz curve: the `owners` smallest part of owners has the part `amount` of all there is.
struct lorenz_point {
    double owners = 0;
    double amount = 0;

    friend constexpr bool operator==(const lorenz_point&, const lorenz_point&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<lorenz_point>) {
    return member_list(member{"owners", &lorenz_point::owners}, member{"amount", &lorenz_point::amount});
}

/// The Lorenz curve of amounts, from (0, 0) to (1, 1), a point an owner; empty where the amounts sum to 0. Twice the
/// area between it and the diagonal is the Gini coefficient. Owners whose amount is not known are left out; errors as
/// concentration_of. O(n log n).
template <std::ranges::input_range Records, quantity_field_of<Records> Amount = std::identity>
[[nodiscard]] std::vector<lorenz_point> lorenz_curve(Records&& records, Amount amount = {}) {
    detail::owner_sample sample;
    for (auto&& record : records) sample.add(as_double(std::invoke(amount, record)), 1, "lorenz_curve");
    detail::sort(sample.amounts);
    const double unit = sample.amounts.empty() ? 0 : sample.amounts.back();
    if (!(unit > 0)) return {};
    double total = 0;
    for (const double x : sample.amounts) total += x / unit;
    std::vector<lorenz_point> curve{{}};
    double below = 0;
    for (const double x : sample.amounts) {
        below += x / unit;
        curve.push_back({static_cast<double>(curve.size()) / static_cast<double>(sample.amounts.size()),
                         std::min(1.0, below / total)});
    }
    curve.back().amount = 1;
    return curve;
}

namespace detail {

inline void require_concentration_options(const concentration_options& options) {
    constexpr std::string_view function = "concentration_of";
    require_level(options.level, function);
    require(options.top.size() <= most_tops, function, "at most 8 sizes of the top", options.top.size());
    std::size_t before = 0;
    for (const std::size_t k : options.top) {
        require(k > before, function, "sizes of the top >= 1, ascending", k);
        before = k;
    }
    require(options.replicates > 0, function, "replicates >= 1", options.replicates);
}

/// The part of an interval that the measure can be in.
[[nodiscard]] inline interval possible(std::size_t place, const interval& bounds) {
    const bool has_most =
        place != place_effective_owners && place != place_shannon && place != place_theil_t && place != place_theil_l;
    const double most = has_most ? 1 : std::numeric_limits<double>::max();
    return {std::clamp(bounds.lower, 0.0, most), std::clamp(bounds.upper, 0.0, most)};
}

inline owner_concentration concentration_of_sample(const owner_sample& sample, const concentration_options& options) {
    require_concentration_options(options);
    owner_concentration result{.n = sample.amounts.size(), .n_missing = sample.n_missing};
    for (std::size_t i = 0; i < sample.amounts.size(); ++i) result.total += sample.weights[i] * sample.amounts[i];
    require(std::isfinite(result.total), "concentration_of", "amounts with a finite total", result.total);
    for (const std::size_t k : options.top) result.top.push_back({k, {}});

    using enum concentration_interval;
    owner_curve curve(sample.amounts, sample.weights, options.top);
    auto row = row_with_errors(curve, options.interval == linearised);
    result.status = sample.amounts.empty()                 ? estimate_status::no_data
                    : std::isfinite(row.values[place_hhi]) ? estimate_status::ok
                                                           : estimate_status::degenerate;
    for_each_estimate(result, [&](estimate& e, std::size_t place) {
        e = {.level = options.level,
             .method = name_of(options.interval),
             .n = result.n,
             .n_missing = result.n_missing,
             .status = result.status};
        if (!has_value(result.status)) return;
        const bool is_defined = std::isfinite(row.values[place]);
        if (is_defined) e.value = row.values[place];
        e.status = is_defined ? estimate_status::few_clusters : estimate_status::degenerate;
    });
    if (!has_value(result.status) || result.n < 2) return result;

    // The engine draws owners by their place in the order of the curve.
    const record_units units{static_cast<std::size_t>(result.n)};
    auto statistic = [curve, with_errors = options.interval == studentised](drawn_indices drawn,
                                                                            random_stream*) mutable {
        curve.clear();
        for (const std::size_t i : drawn) curve.draw(i);
        return row_with_errors(curve, with_errors);
    };
    if (options.interval == linearised || options.interval == jackknife) {
        if (options.interval == jackknife) {
            std::vector<std::size_t> every(result.n);
            std::iota(every.begin(), every.end(), std::size_t{0});
            unit_jackknife<record_units, decltype(statistic)>(units).set_errors(statistic, every, row);
        }
        for_each_estimate(result, [&](estimate& e, std::size_t place) {
            if (!e.value || !std::isfinite(row.errors[place])) return;
            e.degrees_of_freedom = static_cast<double>(e.n) - 1;
            const double half = two_sided_t(e.level, *e.degrees_of_freedom) * row.errors[place];
            e.bounds = possible(place, {*e.value - half, *e.value + half});
        });
        return result;
    }
    const auto kind = options.interval == basic ? bootstrap_interval::basic
                      : options.interval == bca ? bootstrap_interval::bca
                                                : bootstrap_interval::studentised;
    const auto drawn = bootstrap_units(units, statistic,
                                       bootstrap_options{.replicates = options.replicates,
                                                         .seed = options.seed,
                                                         .threads = options.threads,
                                                         .jackknife = options.interval == bca});
    for_each_estimate(result, [&](estimate& e, std::size_t place) {
        if (!e.value) return;
        const estimate made = drawn[place].interval(kind, options.level);
        if (made.bounds)
            e.bounds = possible(place, *made.bounds);
        else
            e = {.level = e.level, .method = e.method, .n = e.n, .n_missing = e.n_missing, .status = made.status};
    });
    return result;
}

}  // namespace detail

}  // namespace compute_divide::inline v0_2

#endif
