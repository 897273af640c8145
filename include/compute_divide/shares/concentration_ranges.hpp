// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_CONCENTRATION_RANGES_HPP
#define COMPUTE_DIVIDE_SHARES_CONCENTRATION_RANGES_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/normal_quantile.hpp>
#include <compute_divide/detail/parallel.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/statistics/multiple_draws.hpp>
#include <compute_divide/statistics/quantile.hpp>

/// What sampling does not cover in a measure of concentration: amounts that are measured with error, amounts that are
/// nobody's by name, and numbers of owners that differ.
namespace compute_divide::inline v0_2 {

struct concentration_draws_options {
    std::vector<std::size_t> top = {1, 4, 5};  ///< k of the shares of the k largest, ascending, at most 8
    double level = 0.95;
    std::size_t draws = 9'999;
    std::uint64_t seed = 1;
    unsigned threads = 1;  ///< 0: as many as the machine has

    friend bool operator==(const concentration_draws_options&, const concentration_draws_options&) = default;
};

namespace detail {

/// Draws of sets of amounts as one owner_concentration: bounds are quantiles of the draws.
template <class DrawAmounts>
[[nodiscard]] owner_concentration concentration_of_draws(owner_concentration result, std::size_t n_of_draw,
                                                         bool value_is_mean, std::string_view method,
                                                         const DrawAmounts& draw,
                                                         const concentration_draws_options& options) {
    require(options.draws >= 100, method, "draws >= 100", options.draws);
    std::vector<concentration_row> rows(options.draws);
    const std::vector<double> ones(n_of_draw, 1);
    in_parts(rows.size(), options.threads, [&](std::size_t first, std::size_t last) {
        std::vector<double> amounts(n_of_draw);
        for (std::size_t i = first; i < last; ++i) {
            random_stream stream(options.seed, i);
            draw(stream, std::span(amounts));
            rows[i] = owner_curve(amounts, ones, options.top).measures();
        }
    });
    std::vector<double> values;
    for_each_estimate(result, [&](estimate& e, std::size_t place) {
        e.method = method;
        e.degrees_of_freedom.reset();
        e.bounds.reset();
        if (!has_value(result.status)) return;
        values.clear();
        double sum = 0;
        for (const auto& row : rows)
            if (std::isfinite(row[place])) {
                values.push_back(row[place]);
                sum += row[place];
            }
        if (values.size() < rows.size() || (!value_is_mean && !e.value)) {
            e.value.reset();
            e.status = estimate_status::degenerate;
            return;
        }
        if (value_is_mean) e.value = sum / static_cast<double>(values.size());
        detail::sort(values);
        e.bounds = interval{quantile_of_sorted(values, (1 - options.level) / 2),
                            quantile_of_sorted(values, (1 + options.level) / 2)};
        e.status = estimate_status::ok;
    });
    return result;
}

}  // namespace detail

/// The concentration of amounts each of which is known by its 5, 50 and 95 % points: values at the medians, bounds the
/// quantiles of draws in which every amount is log-normal below and above its median, each side with its own spread
/// (two-piece), and independent of the others. The owners are taken as they are: this is the error of measurement
/// alone. Errors that owners share (of one price, say) cancel in shares, and must be left out of the points.
///
/// An owner of which a point is not known is counted in n_missing. Throws std::invalid_argument unless 0 < low <=
/// median
/// <= high, or all three 0; for fewer than 100 draws. O(n log n) a draw. Checked by simulation of the draws' points and
/// against closed forms of two owners (tests/shares/concentration_ranges.test.cpp).
template <std::ranges::input_range Records, quantity_field_of<Records> Low, quantity_field_of<Records> Median,
          quantity_field_of<Records> High>
[[nodiscard]] owner_concentration measured_concentration(Records&& records, Low low, Median median, High high,
                                                         const concentration_draws_options& options = {}) {
    constexpr std::string_view function = "measured_concentration";
    const double z95 = detail::upper_normal_quantile(0.05);
    struct amount {
        double median, below, above;  // the spreads of its logarithm on both sides
    };
    std::vector<amount> amounts;
    detail::owner_sample sample;
    for (auto&& record : records) {
        const double l = as_double(std::invoke(low, record)), m = as_double(std::invoke(median, record)),
                     h = as_double(std::invoke(high, record));
        if (!is_known(l) || !is_known(m) || !is_known(h)) {
            ++sample.n_missing;
            continue;
        }
        const bool is_zero = l == 0 && m == 0 && h == 0;
        detail::require(is_zero || (l > 0 && l <= m && m <= h && h <= std::numeric_limits<double>::max()), function,
                        "0 < low <= median <= high, or all 0", m);
        sample.add(m, 1, function);
        amounts.push_back(is_zero ? amount{} : amount{m, std::log(m / l) / z95, std::log(h / m) / z95});
    }
    const auto draw = [&](random_stream& stream, std::span<double> drawn) {
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            const double z = standard_normal(stream);
            drawn[i] = amounts[i].median * std::exp(z * (z < 0 ? amounts[i].below : amounts[i].above));
        }
    };
    return detail::concentration_of_draws(
        detail::concentration_of_sample(sample, {.top = options.top, .level = options.level}), amounts.size(), false,
        "measured", draw, options);
}

/// What `m` of the owners would be like: the mean of each measure over draws of m owners without replacement
/// (rarefaction), with the quantiles of the draws as bounds. Measures of 17 and of 60 owners are not comparable, those
/// of 17 and of 17 of the 60 are. With as many as there are, every draw is all of them.
///
/// Throws std::invalid_argument for m = 0 or fewer than 100 draws; too_few: fewer owners than m. O(n + m log m) a draw.
/// Source: Hurlbert (1971), Ecology 52:577. Checked against the exact expectation over all subsets.
template <std::ranges::input_range Records, quantity_field_of<Records> Amount>
[[nodiscard]] owner_concentration rarefied_concentration(Records&& records, Amount amount, std::size_t m,
                                                         const concentration_draws_options& options = {}) {
    constexpr std::string_view function = "rarefied_concentration";
    detail::require(m >= 1, function, "m >= 1 owners", m);
    detail::owner_sample sample;
    for (auto&& record : records) sample.add(as_double(std::invoke(amount, record)), 1, function);
    auto result = detail::concentration_of_sample(sample, {.top = options.top, .level = options.level});
    if (has_value(result.status) && result.n < m) {
        result.status = estimate_status::too_few;
        detail::for_each_estimate(result, [&](estimate& e, std::size_t) {
            e = {.level = options.level, .n = result.n, .n_missing = result.n_missing, .status = result.status};
        });
    }
    const auto draw = [&](random_stream& stream, std::span<double> drawn) {
        auto left = sample.amounts;
        for (std::size_t i = 0; i < drawn.size(); ++i) {
            const auto at = i + static_cast<std::size_t>(stream.below(left.size() - i));
            std::swap(left[i], left[at]);
            drawn[i] = left[i];
        }
    };
    return detail::concentration_of_draws(std::move(result), std::min(m, sample.amounts.size()), true, "rarefied", draw,
                                          options);
}

/// The part of the k largest between two assumptions.
struct top_range {
    std::size_t k = 0;
    interval share = {};            ///< from nobody's among the largest to all of it with one owner
    interval share_in_pieces = {};  ///< at most in pieces no larger than the smallest named owner

    friend bool operator==(const top_range&, const top_range&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<top_range>) {
    return member_list(member{"k", &top_range::k}, member{"share", &top_range::share},
                       member{"share_in_pieces", &top_range::share_in_pieces});
}

/// Bounds of concentration where part of the amounts is nobody's by name. They are no confidence intervals: what is
/// unknown lies between them for certain, as far as the amounts are right. Gini's and Theil's measures depend on how
/// many owners the rest has, and have none.
struct unattributed_concentration {
    std::uint64_t n = 0;          ///< named owners
    std::uint64_t n_missing = 0;  ///< of unknown amount
    double unattributed_share = 0;
    interval hhi = {};               ///< from a rest in crumbs (atomistic) to a rest of one owner
    interval hhi_in_pieces = {};     ///< to a rest in pieces as large as the smallest named owner's
    interval effective_owners = {};  ///< 1 over those of hhi
    interval effective_owners_in_pieces = {};
    std::vector<top_range> top = {};
    estimate_status status = estimate_status::no_data;  ///< no_data: no named owner; degenerate: amounts sum to 0

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const unattributed_concentration&, const unattributed_concentration&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<unattributed_concentration>) {
    using result = unattributed_concentration;
    return member_list(member{"n", &result::n}, member{"n_missing", &result::n_missing},
                       member{"unattributed_share", &result::unattributed_share}, member{"hhi", &result::hhi},
                       member{"hhi_in_pieces", &result::hhi_in_pieces},
                       member{"effective_owners", &result::effective_owners},
                       member{"effective_owners_in_pieces", &result::effective_owners_in_pieces},
                       member{"top", &result::top}, member{"status", &result::status});
}

/// The concentration of the amounts of named owners and an amount `rest` that is of owners without a name: the rest in
/// crumbs, in pieces no larger than the smallest named owner (of which the Herfindahl-Hirschman index is largest where
/// all but one are that large), or of one owner. Throws std::invalid_argument for a negative or infinite amount, or for
/// sizes of the top that concentration_of does not take. O(n log n).
template <std::ranges::input_range Records, quantity_field_of<Records> Amount>
[[nodiscard]] unattributed_concentration concentration_with_unattributed(Records&& records, Amount amount, double rest,
                                                                         const std::vector<std::size_t>& top = {1, 4,
                                                                                                                5}) {
    constexpr std::string_view function = "concentration_with_unattributed";
    detail::require(rest >= 0 && rest <= std::numeric_limits<double>::max(), function, "a finite rest >= 0", rest);
    detail::require_concentration_options({.top = top});
    detail::owner_sample sample;
    for (auto&& record : records) sample.add(as_double(std::invoke(amount, record)), 1, function);
    unattributed_concentration result{.n = sample.amounts.size(), .n_missing = sample.n_missing};
    for (const std::size_t k : top) result.top.push_back({k, {}, {}});
    auto& x = sample.amounts;
    if (x.empty()) return result;
    detail::sort(x, std::ranges::greater{});
    const double unit = std::max(x.front(), rest);
    result.status = unit > 0 ? estimate_status::ok : estimate_status::degenerate;
    if (!result) return result;

    rest /= unit;
    double total = rest, squares = 0;
    for (double& each : x) {
        total += each /= unit;
        squares += each * each;
    }
    result.unattributed_share = rest / total;
    const double piece = x.back();  // 0 where an owner has nothing: then the pieces are crumbs
    const double whole = piece > 0 ? std::floor(rest / piece) : 0, last = piece > 0 ? rest - whole * piece : 0;
    const double in_pieces = whole * piece * piece + last * last;
    result.hhi = {squares / (total * total), (squares + rest * rest) / (total * total)};
    result.hhi_in_pieces = {result.hhi.lower, (squares + in_pieces) / (total * total)};
    const auto inverse = [](const interval& i) {
        return interval{1 / i.upper, i.lower > 0 ? 1 / i.lower : std::numeric_limits<double>::infinity()};
    };
    result.effective_owners = inverse(result.hhi);
    result.effective_owners_in_pieces = inverse(result.hhi_in_pieces);
    for (auto& range : result.top) {
        double named = 0, without_last = 0;  // sums of the k and k - 1 largest named
        for (std::size_t i = 0; i < std::min(range.k, x.size()); ++i) {
            without_last = named;
            named += x[i];
        }
        const bool has_room = range.k > x.size();
        if (has_room) without_last = named;
        const auto room = static_cast<double>(has_room ? range.k - x.size() : 0);
        const double pieces = std::min(whole, room) * piece + (room > whole ? last : 0);
        range.share = {std::min(1.0, named / total), std::min(1.0, std::max(named, without_last + rest) / total)};
        range.share_in_pieces = {range.share.lower, std::min(1.0, (named + pieces) / total)};
    }
    return result;
}

}  // namespace compute_divide::inline v0_2

#endif
