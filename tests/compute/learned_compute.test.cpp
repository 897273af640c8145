// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/learned_compute.hpp>

#include <cmath>

#include <doctest/doctest.h>

#include "support/close.hpp"

using namespace compute_divide;
using test_support::close;

TEST_CASE("log10 of tokens is a line in sizes, epochs and years, with an intercept for each domain") {
    constexpr learned_tokens units{.intercepts = {1, 2, 3, 4, 5},
                                   .per_datapoints = 0.5,
                                   .per_parameters = 0.25,
                                   .epochs_not_known = 10,
                                   .per_epochs = -0.5,
                                   .per_year = 0.1};
    CHECK(units.log10_tokens(model_domain::language, 8, 8, 1, 2020) == 1);
    CHECK(units.log10_tokens(model_domain::other, 8, 8, 1, 2020) == 5);
    CHECK(close(units.log10_tokens(model_domain::vision, 10, 12, 100, 2030), 2 + 1 + 1 - 1 + 1, 1e-14));
    CHECK(units.log10_tokens(model_domain::language, 8, 8, {}, 2020) == 11);
}

TEST_CASE("utilisation by domain and era; who does not report it reached less") {
    const learned_hardware& known = epoch_hardware;
    CHECK(&known.reported(model_domain::language, 2020.9) == &known.language_before_2021);
    CHECK(&known.reported(model_domain::language, 2021) == &known.language);
    CHECK(&known.reported(model_domain::games, 2020) == &known.other_before_2021);
    CHECK(&known.reported(model_domain::vision, 2025) == &known.other);
    CHECK(close(known.utilisation(model_domain::language, 2023), known.unreported * known.language.median, 1e-15));
    CHECK(known.unreported < 1);
}

TEST_CASE("the less is known, the wider") {
    CHECK(epoch_tokens.sigma[0] > epoch_tokens.sigma[1]);
    CHECK(epoch_tokens.tokens_sigma[0] > epoch_tokens.tokens_sigma[1]);
    CHECK(epoch_tokens.sigma[1] > epoch_tokens.tokens_sigma[1]);
    CHECK(epoch_hardware.sigma[0] > epoch_hardware.sigma[1]);
}
