// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_POPULATION_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_POPULATION_HPP

#include <array>
#include <cstddef>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/learned_types.hpp>

/// What an institution is of which nothing but its name is known: by where the name was found.
namespace compute_divide::inline v0_2 {

/// Where affiliations come from.
enum class affiliation_population { conference_papers, registry_strings, patents };
[[nodiscard]] constexpr auto enumerators(affiliation_population) {
    using enum affiliation_population;
    return std::array{
        named<affiliation_population>{conference_papers, "conference_papers", "papers of machine-learning conferences"},
        named<affiliation_population>{
            registry_strings, "registry_strings",
            "names and strings of a registry of all research, whose types are read as it does"},
        named<affiliation_population>{patents, "patents", "applicants of patents"}};
}

/// Which types the institutions of a population have that go by a bare name: one without any word that gives a type
/// away, such as "Kestrel" or "KRX"; in the order of `institution_type`, without unknown.
struct population_prior {
    affiliation_population population = affiliation_population::conference_papers;
    bool acronym = false;  ///< of names that are one word of up to seven letters, two or more of them capitals
    institution_type_probabilities share = {};

    friend constexpr bool operator==(const population_prior&, const population_prior&) = default;
};

/// Conference papers: different names that no table has in the affiliations of 34,642 papers of 18 venues, 2012 to
/// 2025, by their authors' e-mail domains (279 names and 116 acronyms whose domain tells; half of those whose author
/// writes from a university being firms by their names), and known ones that go by such a name (300; 109). Registry
/// strings: the organisations of ROR (CC0), which `learned_types` was trained on. Patents: general knowledge of who
/// applies.
// clang-format off
inline constexpr population_prior population_priors[] = {
    //                                                     educ   comp   gove   nonp   heal   faci   arch   other
    {affiliation_population::conference_papers, false, {.100,  .820,  .020,  .020,  .003,  .030,  .003,  .004}},
    {affiliation_population::conference_papers, true,  {.430,  .350,  .030,  .030,  .005,  .150,  .001,  .004}},
    {affiliation_population::registry_strings,  false, {.2964, .1419, .0820, .1394, .0824, .1831, .0134, .0614}},
    {affiliation_population::registry_strings,  true,  {.2964, .1419, .0820, .1394, .0824, .1831, .0134, .0614}},
    {affiliation_population::patents,           false, {.030,  .930,  .010,  .008,  .004,  .016,  .001,  .001}},
    {affiliation_population::patents,           true,  {.080,  .850,  .020,  .010,  .005,  .033,  .001,  .001}},
};
// clang-format on

/// The prior of a population.
[[nodiscard]] constexpr const population_prior& prior_of(affiliation_population population, bool acronym) {
    for (const population_prior& each : population_priors)
        if (each.population == population && each.acronym == acronym) return each;
    return population_priors[0];
}

/// The most probable type of a bare name (normalised) in a population:
///
///   p_t  proportional to  learned_t * prior_t / registry_t,
///
/// the learned probabilities with the shares of the registry that they were learned from replaced (Saerens, Latinne and
/// Decaestecker 2002, Adjusting the outputs of a classifier to new a priori probabilities).
[[nodiscard]] inline type_guess type_of_bare_name(std::string_view normalised, const population_prior& prior,
                                                  const learned_type_options& options = {}) {
    detail::require(options.threshold >= 0 && options.threshold <= 1, "type_of_bare_name", "0 <= threshold <= 1",
                    options.threshold);
    institution_type_probabilities p = learned_type_probabilities(normalised);
    const institution_type_probabilities& learned_from =
        prior_of(affiliation_population::registry_strings, false).share;
    double total = 0;
    for (std::size_t t = 0; t < p.size(); ++t) total += p[t] *= prior.share[t] / learned_from[t];
    const auto best = static_cast<std::size_t>(detail::max_element(p) - p.begin());
    const double probability = p[best] / total;
    return {probability >= options.threshold ? static_cast<institution_type>(best) : institution_type::unknown,
            probability};
}

}  // namespace compute_divide::inline v0_2

#endif
