// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/population.hpp>

#include <cstddef>
#include <stdexcept>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using cd::affiliation_population;
using cd::institution_type;

TEST_CASE("every population has a prior of bare names and of acronyms, which sums to 1") {
    for (const auto& population : cd::enumerators(affiliation_population{}))
        for (const bool acronym : {false, true}) {
            const auto& prior = cd::prior_of(population.value, acronym);
            CHECK(prior.population == population.value);
            CHECK(prior.acronym == acronym);
            double total = 0;
            for (const double share : prior.share) total += share;
            CHECK(total == doctest::Approx(1).epsilon(0.01));
        }
}

TEST_CASE("the registry's prior leaves the learned probabilities as they are") {
    const auto& registry = cd::prior_of(affiliation_population::registry_strings, false);
    for (const char* name : {"kestrel", "zyxwv systems", "foo", ""}) {
        const auto learned = cd::learned_type(name, {.threshold = 0});
        const auto bare = cd::type_of_bare_name(name, registry, {.threshold = 0});
        CHECK(bare.type == learned.type);
        CHECK(bare.probability == doctest::Approx(learned.probability).epsilon(1e-12));
    }
}

TEST_CASE("odds are the learned ones times those of the priors") {
    const char* const name = "kestrel";
    const auto p = cd::learned_type_probabilities(name);
    const auto& to = cd::prior_of(affiliation_population::patents, false).share;
    const auto& from = cd::prior_of(affiliation_population::registry_strings, false).share;
    double total = 0;
    for (std::size_t t = 0; t < p.size(); ++t) total += p[t] * to[t] / from[t];
    constexpr auto company = static_cast<std::size_t>(institution_type::company);
    const auto told = cd::type_of_bare_name(name, cd::prior_of(affiliation_population::patents, false));
    CHECK(told.type == institution_type::company);
    CHECK(told.probability == doctest::Approx(p[company] * to[company] / from[company] / total).epsilon(1e-12));
}

TEST_CASE("an improbable type is withheld, an impossible threshold refused") {
    const auto& acronym = cd::prior_of(affiliation_population::conference_papers, true);
    CHECK(cd::type_of_bare_name("kestrel", acronym, {.threshold = 1}).type == institution_type::unknown);
    CHECK_THROWS_WITH_AS(static_cast<void>(cd::type_of_bare_name("kestrel", acronym, {.threshold = 2})),
                         "compute_divide::type_of_bare_name: 0 <= threshold <= 1, got 2", std::invalid_argument);
}
