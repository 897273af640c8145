// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_CONFIDENCE_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_CONFIDENCE_HPP

#include <array>

#include <compute_divide/institutions/affiliation.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/type_words.hpp>

/// How often the classifier is right, by what decided: measured, not assumed.
namespace compute_divide::inline v0_2 {

/// The confidence in answers that one rule gives from words of one strength.
struct classifier_confidence_row {
    classifier_rule rule = classifier_rule::type_word;
    word_strength strength = word_strength::strong;
    std::array<double, 8> of_type = {};  ///< in the order of `institution_type`, without unknown
};

/// How probably an answer is right, of type t, by what decided: about (n s + 10 p) / (n + 10), where s is the share of
/// right answers among the n on the 2,686 labelled strings that were read (290 of conference papers, 255 of other
/// venues, 2,141 of a registry's sources), each of the three counting as much
/// (examples/tools/evaluate_affiliations.cpp --rows seen prints n, s and its interval; where rules made on these
/// strings have raised a share since, the share before stands, since later strings do not share in all of that); and p
/// the share on the names of 40,000 organisations of ROR, for rules that hardly ever decide. Of e-mail domains: how
/// often what they say is said by the affiliation of the author too, on 8,167 pairs of the two.
// clang-format off
inline constexpr classifier_confidence_row classifier_confidence[] = {
    //                                                                educ comp gove nonp heal faci arch other
    {classifier_rule::known_organisation, word_strength::strong,     {.996, .998, .80, .93, .91, .91, .80, .90}},
    {classifier_rule::known_organisation, word_strength::weak,       {.95, .95, .95, .95, .95, .95, .95, .95}},
    {classifier_rule::type_word,          word_strength::legal_form, {.88, .88, .88, .88, .88, .88, .88, .88}},
    {classifier_rule::type_word,          word_strength::strong,     {.99, .85, .75, .60, .83, .65, .75, .75}},
    {classifier_rule::type_word,          word_strength::weak,       {.80, .65, .86, .60, .75, .57, .74, .74}},
    {classifier_rule::type_word,          word_strength::part,       {.57, .57, .57, .57, .57, .57, .57, .57}},
    {classifier_rule::email_domain,       word_strength::strong,     {.97, .97, .87, .87, .95, .95, .87, .87}},
};
// clang-format on

}  // namespace compute_divide::inline v0_2

#endif
