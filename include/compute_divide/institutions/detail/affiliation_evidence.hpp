// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_EVIDENCE_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_EVIDENCE_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/affiliation.hpp>
#include <compute_divide/institutions/classifier_confidence.hpp>
#include <compute_divide/institutions/detail/affiliation_names.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/remembered.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/type_readings.hpp>
#include <compute_divide/institutions/type_words.hpp>
#include <compute_divide/text/term_set.hpp>

/// The terms found in an affiliation, and which of them name institutions: who takes whom over, part by part.
namespace compute_divide::inline v0_2::detail {

/// What the terms of one row of a table stand for.
struct term_meaning {
    institution_type type;
    word_strength strength;
    classifier_rule rule;
    std::string name;  // of an organisation; a word has none
    std::string_view id = {};
    int acronym = -1;                        // in own_name_table: one that several organisations go by
    std::string_view terms = {};             // of a known organisation
    std::vector<std::size_t> records = {};   // of the registry that are it, in order
    std::optional<type_reading> other = {};  // of a known organisation's type
};

/// A term found. Positions are in affiliation_words::words.
struct affiliation_hit {
    const term_meaning* what;
    institution_type type;
    word_strength strength;
    std::size_t begin, end;
    std::size_t part;                          // in affiliation_evidence::names
    std::string_view name;                     // of an organisation; a word has none
    std::string_view id = {};                  // in the registry
    double confidence = 0;                     // of what the registry found
    std::string_view country = {}, city = {};  // of its record
    bool dropped = false;

    [[nodiscard]] bool is_word() const { return name.empty(); }
};

/// Sorts the terms of a text by where they begin, those that begin together as they are.
inline void sort_by_begin(std::vector<affiliation_hit>& hits) {
    constexpr std::size_t few = 32;  // a stable sort allocates
    if (hits.size() > few) {
        detail::stable_sort_by(hits, &affiliation_hit::begin);
        return;
    }
    for (auto at = hits.begin(); at != hits.end(); ++at)
        std::rotate(std::upper_bound(hits.begin(), at, at->begin,
                                     [](std::size_t begin, const affiliation_hit& h) { return begin < h.begin; }),
                    at, at + 1);
}

namespace own_name_table {
struct acronym_sense;
}
/// What an acronym stands for in an address of a text.
struct told_acronym {
    std::size_t acronym;  // the first of its senses in own_name_table
    const term_meaning* told = nullptr;
    std::size_t first = 0, last = 0;                                     // the parts of the address
    std::optional<const own_name_table::acronym_sense*> elsewhere = {};  // what the whole text tells, once asked
};

/// What is found in one text. Kept from text to text for its memory.
struct affiliation_evidence {
    affiliation_words in;
    affiliation_names names;
    std::vector<affiliation_hit> hits;
    registry_reading registry;
    remembered<term_set::word_start> starts;  // of the known terms with a word, behind a state
    std::vector<told_acronym> acronyms;       // of this text

    /// Whether a section begins behind one part and not behind another.
    [[nodiscard]] bool begins_between(std::size_t after, std::size_t upto) const {
        for (std::size_t i = after + 1; i <= upto; ++i)
            if (names[i].begins_section) return true;
        return false;
    }
    /// Whether a hyphen stands behind the word that ends at `at`: "Meta-Research".
    [[nodiscard]] bool is_joined(std::size_t at) const {
        return at < in.size && in.normalised.view()[in.origins[at]] == '-';
    }
};

/// "Department of Pharmaceutical Chemistry": a company's word behind such a word is what a part of an institution
/// works on. Further back than a name is long is not looked at.
[[nodiscard]] inline bool is_subject(std::string_view before) {
    constexpr std::size_t reach = 200;
    if (before.size() > reach) before.remove_prefix(before.size() - reach);
    return before.find(" of ") != std::string_view::npos || before.find(" for ") != std::string_view::npos ||
           before.find(" de ") != std::string_view::npos || before.find(" des ") != std::string_view::npos ||
           before.find(" et ") != std::string_view::npos;
}

/// "Center for Data Science + University of Foo": the center is likelier the university's than one of its own.
inline void drop_mere_parts(std::vector<affiliation_hit>& hits) {
    const auto has = [&](word_strength strength) {
        return detail::find(hits, strength, &affiliation_hit::strength) != hits.end();
    };
    if ((has(word_strength::strong) || has(word_strength::weak)) && !has(word_strength::operator_follows))
        std::erase_if(hits, [](const affiliation_hit& each) { return each.strength == word_strength::part; });
}

/// Whether one of the first `known` hits names an institution in the section of a part.
[[nodiscard]] inline bool is_beside_another(const affiliation_evidence& s, std::size_t known, std::size_t part) {
    const auto first = s.hits.begin(), last = first + static_cast<std::ptrdiff_t>(known);
    std::size_t begin = part, end = part + 1;
    while (!s.names[begin].begins_section) --begin;
    while (end < s.names.size() && !s.names[end].begins_section) ++end;
    return std::any_of(
        std::lower_bound(first, last, begin, [](const affiliation_hit& h, std::size_t p) { return h.part < p; }),
        std::lower_bound(first, last, end, [](const affiliation_hit& h, std::size_t p) { return h.part < p; }),
        [](const affiliation_hit& h) { return h.strength == word_strength::strong; });
}

/// The parts [first, last) and the terms found in them.
struct affiliation_section {
    std::string_view text;
    affiliation_evidence& evidence;
    std::size_t first, last;
    std::span<affiliation_hit> hits;
};

/// The hits that may be of one name with `h`: what is further away is not, and is not looked at.
[[nodiscard]] inline std::span<affiliation_hit> near(const affiliation_section& here, const affiliation_hit& h) {
    constexpr std::ptrdiff_t reach = 8;
    const std::ptrdiff_t at = &h - here.hits.data();
    const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, at - reach);
    const std::ptrdiff_t last = std::min(static_cast<std::ptrdiff_t>(here.hits.size()), at + reach + 1);
    return here.hits.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
}

/// Whether two hits of a part are of two names: "and", "&" or "Affiliated" stands between them.
[[nodiscard]] inline bool are_two_names(const affiliation_section& here, const affiliation_hit& a,
                                        const affiliation_hit& b) {
    const std::size_t begin = std::min(a.end, b.end);
    const std::size_t end = std::max(a.begin, b.begin);
    if (begin >= end) return false;
    const std::string_view between = here.evidence.in.view().substr(begin, end - begin);
    return between.find(" and ") != std::string_view::npos || between.find(" & ") != std::string_view::npos ||
           between.find(" affiliated ") != std::string_view::npos;
}

/// What follows "operated by" is not the institution of the author.
inline void drop_operators(affiliation_section& here) {
    bool operated = false;
    for (affiliation_hit& each : here.hits) {
        operated = operated || each.strength == word_strength::operator_follows;
        each.dropped = operated;
    }
}

/// "Society of Things, Inc.", "Foo Hospital GmbH", "Foo University Inc.": of the organisations of the registry that
/// are called so, with a legal form behind, 93 of 101 are non-profit, 19 of 33 healthcare, 20 of 28 education.
[[nodiscard]] inline bool outlasts_form(const affiliation_section& here, const affiliation_hit& h,
                                        const affiliation_hit& form) {
    if (!h.is_word()) return false;
    if (h.type == institution_type::nonprofit || h.type == institution_type::healthcare) return true;
    const std::string_view behind = here.evidence.in.view().substr(h.end);
    return h.type == institution_type::education && h.strength == word_strength::strong &&
           (behind.starts_with(" of ") || form.begin <= h.end + 1);
}

/// A legal form behind a name makes it a company: what else the part says is no more than its name.
inline void read_legal_forms(affiliation_section& here) {
    const auto is_strong = [](const affiliation_hit& h) { return !h.dropped && h.strength == word_strength::strong; };
    const bool named = detail::any_of(here.hits, is_strong);
    for (affiliation_hit& form : here.hits) {
        if (form.strength != word_strength::legal_form && form.strength != word_strength::short_legal_form) continue;
        const auto& part = here.evidence.names[form.part];
        const bool alone = form.begin == part.begin;
        const bool is_short = form.strength == word_strength::short_legal_form;
        const bool follows = alone ? form.end == part.end && form.part > here.first && !is_short
                                   : !is_short || (form.end == part.end && form.part == here.first && !named);
        form.strength = word_strength::ignored;
        form.dropped = true;
        if (!follows) continue;
        const std::size_t owner = alone ? form.part - 1 : form.part;
        bool known = false;
        for (const affiliation_hit& other : near(here, form))
            known = known ||
                    (is_strong(other) && other.part == owner && !other.is_word() && !are_two_names(here, other, form));
        const auto is_heard = [&](const affiliation_hit& h) {
            return h.part == owner && h.begin < form.begin && !h.dropped && outlasts_form(here, h, form);
        };
        if (known || detail::any_of(near(here, form), is_heard)) continue;
        for (affiliation_hit& other : near(here, form))
            if (other.part == owner && other.begin < form.begin && !are_two_names(here, other, form))
                other.dropped = true;
        form.part = owner;
        form.strength = word_strength::strong;
        form.dropped = false;
    }
}

/// "Novo Nordisk Foundation", which is not the company.
[[nodiscard]] inline bool is_its_foundation(const affiliation_section& here, const affiliation_hit& company,
                                            const affiliation_hit& other) {
    if (company.type != institution_type::company || company.is_word() || other.type != institution_type::nonprofit ||
        !other.is_word() || other.part != company.part || company.what->rule == classifier_rule::user)
        return false;
    const std::string_view word = here.evidence.in.view().substr(other.begin);
    return (word.starts_with("fo") || word.starts_with("fundac") || word.starts_with("stift")) &&
           !are_two_names(here, company, other);
}

/// "Foo Hospital Research Institute": of the organisations of the registry that are called so 30 of 57 are facilities,
/// 13 healthcare.
[[nodiscard]] inline bool is_research_institute(const affiliation_section& here, const affiliation_hit& h) {
    if (h.type != institution_type::healthcare || h.what->rule == classifier_rule::user) return false;
    const affiliation_name& in = here.evidence.names[h.part];
    constexpr std::size_t longest = 200;
    const std::string_view part = here.evidence.in.view().substr(in.begin, std::min(in.end - in.begin, longest));
    for (const std::string_view institute : {"research institute", "institut de recerca", "instituto de investigacion"})
        if (part.find(institute) != std::string_view::npos) return true;
    return false;
}

/// One institution for each name that holds several words of the tables.
inline void settle_parts(affiliation_section& here) {
    const auto is_university = [&](const affiliation_hit& h) {
        return h.is_word() && here.evidence.in.view().substr(h.begin).starts_with("univ");
    };
    bool university = false;
    for (const affiliation_hit& each : here.hits)
        university = university || (!each.dropped && each.type == institution_type::education &&
                                    each.strength == word_strength::strong && (is_university(each) || !each.is_word()));
    for (affiliation_hit& each : here.hits) {
        if (each.dropped || each.strength != word_strength::strong) continue;
        if (is_research_institute(here, each)) each.type = institution_type::facility;
        const bool education = each.type == institution_type::education;
        if (education && each.is_word() && university && !is_university(each)) each.dropped = true;
        for (const affiliation_hit& other : near(here, each)) {
            if (is_its_foundation(here, each, other)) each.dropped = true;
            if (&other == &each || other.dropped || other.strength != word_strength::strong ||
                other.part != each.part || are_two_names(here, each, other))
                continue;
            const bool same = other.type == each.type;
            const bool takes_over =
                other.type == institution_type::healthcare &&
                (education || each.type == institution_type::company || each.type == institution_type::facility);
            const bool is_known =
                each.is_word() && !other.is_word() &&
                (same || each.type == institution_type::company || each.type == institution_type::facility);
            const bool repeats = same && each.is_word() && other.is_word() && &other < &each;
            if ((takes_over && each.what->rule != classifier_rule::user) || is_known || repeats) each.dropped = true;
        }
    }
}

/// Of words that are not strong one is enough; which, where they differ in type.
[[nodiscard]] inline const affiliation_hit& first_by_type(const affiliation_section& here, word_strength strength) {
    constexpr std::array order{institution_type::education,  institution_type::healthcare, institution_type::archive,
                               institution_type::government, institution_type::facility,   institution_type::company,
                               institution_type::nonprofit,  institution_type::other,      institution_type::unknown};
    const affiliation_hit* best = nullptr;
    for (const affiliation_hit& each : here.hits) {
        if (each.dropped || each.strength != strength) continue;
        if (!each.is_word()) return each;
        if (best == nullptr || detail::find(order, each.type) < detail::find(order, best->type)) best = &each;
    }
    return *best;
}

/// The confidence in a rule's answer; the user's own organisations and words are certain.
[[nodiscard]] inline double confidence_of(classifier_rule rule, word_strength strength, institution_type type) {
    for (const classifier_confidence_row& row : classifier_confidence)
        if (row.rule == rule && row.strength == strength) return row.of_type[static_cast<std::size_t>(type)];
    return 1;
}

/// Writes the institution that a term names into `named`, a new one: so large a thing costs more to move than to make.
inline void name_by(const affiliation_section& here, const affiliation_hit& h, institution& named) {
    const auto& in = here.evidence.in;
    const classifier_rule rule = h.what->rule;
    named.type = h.type;
    named.rule = rule;
    named.evidence = std::string(in.original(here.text, h.begin, h.end));
    if (!h.is_word()) {
        named.name = std::string(h.name);
        named.confidence =
            rule == classifier_rule::registry ? h.confidence : confidence_of(rule, word_strength::strong, h.type);
        if (!h.id.empty()) {
            named.id = std::string(h.id);
            named.country = std::string(h.country);
            named.city = std::string(h.city);
        }
        if (rule != classifier_rule::user) {
            if (h.type != h.what->type)
                named.other_reading = {h.what->type, type_source::library};
            else if (rule == classifier_rule::known_organisation)
                named.other_reading = h.what->other;
        }
        return;
    }
    std::size_t begin = here.evidence.names[h.part].begin;
    std::size_t end = here.evidence.names[h.part].end;
    for (const affiliation_hit& other : near(here, h)) {
        if (other.part != h.part || other.strength != word_strength::strong || !are_two_names(here, h, other)) continue;
        const bool before = other.begin < h.begin;
        const std::size_t from = before ? other.end : h.end;
        const std::string_view between = in.view().substr(from, (before ? h.begin : other.begin) - from);
        const auto at = [&](auto sign) { return before ? between.rfind(sign) : between.find(sign); };
        for (const std::string_view sign : {" and ", " & "}) {
            if (at(sign) == std::string_view::npos) continue;
            if (before)
                begin = std::max(begin, from + at(sign) + sign.size());
            else
                end = std::min(end, from + at(sign));
        }
    }
    const bool is_form = h.what->strength >= word_strength::legal_form;
    named.name = std::string(in.original(here.text, begin, end));
    named.confidence = confidence_of(rule, is_form ? word_strength::legal_form : h.strength, h.type);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
