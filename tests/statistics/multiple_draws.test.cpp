// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/multiple_draws.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

cd::estimate of(double value, double half, std::optional<double> degrees = {}) {
    return {.value = value,
            .bounds = cd::interval{value - half, value + half},
            .n = 20,
            .degrees_of_freedom = degrees,
            .status = estimate_status::ok};
}

/// Yields these estimates, the n-th for the n-th draw: one thread.
auto each_of(const std::array<cd::estimate, 5>& estimates) {
    return [estimates, next = std::size_t{0}](cd::random_stream&) mutable { return estimates[next++ % 5]; };
}

}  // namespace

TEST_CASE("Rubin's rules, and the degrees of freedom of Barnard and Rubin") {
    const double z = cd::detail::upper_normal_quantile(0.025);
    // R's mice::pool.scalar(c(1, 1.5, 0.8, 1.2, 1), rep(0.04, 5), n = Inf): t = 0.1268, df = 8.5.
    const auto found = cd::over_draws(
        each_of({of(1, 0.2 * z), of(1.5, 0.2 * z), of(0.8, 0.2 * z), of(1.2, 0.2 * z), of(1, 0.2 * z)}), {.draws = 5});
    REQUIRE(found);
    CHECK(close(*found.combined.value, 1.1, 1e-14));
    CHECK(close(found.within_variance, 0.04, 1e-12));
    CHECK(close(found.between_variance, 0.07, 1e-12));
    const double total = 0.04 + 1.2 * 0.07, share = 1.2 * 0.07 / total;
    CHECK(close(found.share_of_draws, share, 1e-12));
    CHECK(close(*found.combined.degrees_of_freedom, 4 / (share * share), 1e-12));
    CHECK(close(found.combined.upper() - 1.1, cd::detail::two_sided_t(0.95, 4 / (share * share)) * std::sqrt(total),
                1e-12));
    CHECK(found.combined.method == "multiple_draws");
    CHECK(found.combined.n == 20);
    CHECK(found.n_draws == 5);

    const double t = cd::detail::two_sided_t(0.95, 10);
    const auto small = cd::over_draws(each_of({of(1, 0.2 * t, 10), of(1.5, 0.2 * t, 10), of(0.8, 0.2 * t, 10),
                                               of(1.2, 0.2 * t, 10), of(1, 0.2 * t, 10)}),
                                      {.draws = 5});
    const double observed = 11.0 / 13 * 10 * (1 - share);
    CHECK(close(*small.combined.degrees_of_freedom, 1 / (share * share / 4 + 1 / observed), 1e-12));
}

TEST_CASE("draws that change nothing leave the estimate as it is") {
    const auto same = cd::over_draws([](cd::random_stream&) { return of(3, 1); });
    CHECK(close(*same.combined.value, 3, 1e-15));
    CHECK(close(same.combined.lower(), 2, 1e-12));
    CHECK(same.share_of_draws == 0);
    CHECK_FALSE(same.combined.degrees_of_freedom);
    const auto with_t = cd::over_draws([](cd::random_stream&) { return of(3, 1, 7.0); });
    CHECK(close(with_t.combined.upper(), 4, 0.02));
    CHECK(*with_t.combined.degrees_of_freedom < 7);
}

TEST_CASE("an estimate without bounds is skipped, few clusters are said, threads do not matter") {
    cd::estimate none = of(1, 1);
    none.bounds.reset();
    none.status = estimate_status::too_few;
    cd::estimate few = of(2, 1);
    few.status = estimate_status::few_clusters;
    const auto found = cd::over_draws(each_of({none, of(1, 1), few, of(1, 1), none}), {.draws = 5});
    CHECK(found.n_draws == 3);
    CHECK(found.n_skipped == 2);
    CHECK(found.combined.status == estimate_status::few_clusters);
    const auto nothing = cd::over_draws([&](cd::random_stream&) { return none; });
    CHECK(nothing.combined.status == estimate_status::too_few);
    CHECK_FALSE(nothing.combined.value);

    const auto noisy = [](cd::random_stream& stream) { return of(cd::standard_normal(stream), 1); };
    CHECK(cd::over_draws(noisy, {.threads = 3}) == cd::over_draws(noisy));
    CHECK_FALSE(cd::over_draws(noisy, {.seed = 2}) == cd::over_draws(noisy));
    CHECK(message_of([&] { (void)cd::over_draws(noisy, {.draws = 1}); }) ==
          "compute_divide::over_draws: draws >= 2, got 1");
}

TEST_CASE("normal numbers have mean 0 and variance 1") {
    cd::random_stream stream(1);
    double sum = 0, squares = 0;
    for (int i = 0; i < 20'000; ++i) {
        const double z = cd::standard_normal(stream);
        sum += z;
        squares += z * z;
    }
    CHECK(std::fabs(sum / 20'000) < 0.03);
    CHECK(std::fabs(squares / 20'000 - 1) < 0.04);
}
