// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/institutions/type_words.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

/// Which institutions an affiliation names, and what they are.
namespace compute_divide {

/// What decided, in the order of precedence.
enum class classifier_rule { user, known_organisation, registry, type_word, email_domain, learned };
[[nodiscard]] constexpr auto enumerators(classifier_rule) {
    using enum classifier_rule;
    return std::array{named<classifier_rule>{user, "user"},
                      named<classifier_rule>{known_organisation, "known_organisation"},
                      named<classifier_rule>{registry, "registry"},
                      named<classifier_rule>{type_word, "type_word"},
                      named<classifier_rule>{email_domain, "email_domain"},
                      named<classifier_rule>{learned, "learned"}};
}

/// An institution found in a text.
struct institution {
    std::string name;  ///< canonical where it is known, else as the text has it
    institution_type type = institution_type::unknown;
    std::string evidence;  ///< the piece of the text that decided
    classifier_rule rule = classifier_rule::type_word;
    double confidence = 0;  ///< in [0, 1]
    std::string id;         ///< in the registry, where it is found there

    friend bool operator==(const institution&, const institution&) = default;
};

/// What an affiliation says.
struct affiliation {
    std::vector<institution> institutions;  ///< in the order of the text, each once
    std::vector<sector> sectors;            ///< of the institutions, in the order of the enum, each once; or {unknown}
    bool is_independent = false;            ///< "Independent Researcher", and no institution

    friend bool operator==(const affiliation&, const affiliation&) = default;
};

/// How probably an answer is right, of type t, by what decided: (n s + 10 p) / (n + 10), where s is the share of right
/// answers among the n on 3,613 labelled strings, of machine-learning papers and of a registry's sources, each of the
/// two counting as much (examples/tools/evaluate_affiliations.cpp prints n, s and its interval); and p the share on the
/// names of 40,000 organisations of ROR, for rules that hardly ever decide. Of e-mail domains: how often what they say
/// is said by the affiliation of the author too, on 8,167 pairs of the two.
struct confidence_row {
    classifier_rule rule;
    word_strength strength;
    std::array<double, 8> of_type;  ///< in the order of `institution_type`
};
// clang-format off
inline constexpr confidence_row classifier_confidence[] = {
    //                                                                educ comp gove nonp heal faci arch other
    {classifier_rule::known_organisation, word_strength::strong,     {.99, .98, .76, .87, .87, .87, .88, .90}},
    {classifier_rule::type_word,          word_strength::legal_form, {.86, .86, .86, .86, .86, .86, .86, .86}},
    {classifier_rule::type_word,          word_strength::strong,     {.99, .89, .66, .62, .77, .69, .75, .75}},
    {classifier_rule::type_word,          word_strength::weak,       {.82, .61, .88, .64, .75, .50, .74, .74}},
    {classifier_rule::type_word,          word_strength::part,       {.60, .60, .60, .60, .60, .60, .60, .60}},
    {classifier_rule::email_domain,       word_strength::strong,     {.97, .97, .87, .87, .95, .95, .87, .87}},
};
// clang-format on

struct classifier_options {
    std::vector<known_organisation> organisations = {};  ///< the user's own, before all others
    std::vector<type_words> words = {};                  ///< the user's own, before the known ones
    bool known = true;                                   ///< use `known_organisations`
    bool email_domains = true;                           ///< read e-mail domains where the text says nothing
    sector_mapping read_as = {};                         ///< how sectors are read: facility as academia, say
    /// Gives institutions their ids, and names and types to those that are not known.
    std::shared_ptr<const compute_divide::registry> registry = nullptr;
    bool learned = true;             ///< guess the type of texts in which no rule finds anything
    double learned_threshold = 0.6;  ///< of such a guess's probability, to be given
};

/// Classifies affiliation texts. Built once, in milliseconds; then const, to be called from any number of threads.
///
///     classifier who;
///     who("FAIR, Menlo Park; Inria Paris").institutions   // Meta (company), Inria (facility)
///
/// Precedence: the user's organisations and words; known organisations; the registry; words that give a type away;
/// e-mail domains where the text says nothing; the learned model. Within a section (between ; + |) a word of a strength
/// is heard only where no stronger one is (type_words.hpp). Beside that:
///   - a hospital takes the names in its own part (between commas) over: "Seoul National University Hospital";
///   - a legal form makes a company of its part: "Institute of Things Inc."; known names stay what they are;
///   - a university's schools and colleges are the university.
/// Where nothing is found the result is sector::unknown and no institution.
///
/// Any bytes are accepted; invalid UTF-8 is read as Windows-1252. Cost: one pass over the text, linear; memory of the
/// calling thread is reused, so that only the result is allocated. Confidences of rules are
/// measured (`classifier_confidence`).
class classifier {
public:
    /// Throws std::invalid_argument where a user's term is none (text/term_set.hpp).
    explicit classifier(classifier_options options = {})
        : options_(std::move(options)),
          has_user_terms_(!options_.organisations.empty() || !options_.words.empty()),
          user_terms_(user_terms()),
          terms_(known_terms()) {
        if (options_.registry) read_registry();
    }

    /// No more institutions than this are taken from one text.
    static constexpr std::size_t most_institutions = 256;

    [[nodiscard]] affiliation operator()(std::string_view text) const {
        thread_local search reused;
        return run(text, reused);
    }

private:
    /// What the terms of one row of a table stand for.
    struct meaning {
        institution_type type;
        word_strength strength;
        classifier_rule rule;
        std::string name;  // of an organisation; a word has none
        std::string_view id = {};
    };

    /// A term found. Positions are in affiliation_words::words.
    struct hit {
        const meaning* what;
        institution_type type;
        word_strength strength;
        std::size_t begin, end;
        std::size_t part;
        std::string_view id = {};  // in the registry
        double confidence = 0;     // of what the registry found
        bool dropped = false;

        [[nodiscard]] bool is_word() const { return what->name.empty(); }
    };

    /// Memory that calls of one thread share.
    struct search {
        detail::affiliation_words in;
        std::vector<hit> hits;
        detail::registry_search registry;
    };

    // What a text says.

    [[nodiscard]] affiliation run(std::string_view text, search& s) const {
        affiliation result;
        s.in.read(text);
        find_hits(s);
        if (options_.registry) find_registered(text, s);
        bool unaffiliated = false;
        for (std::size_t first = 0, next_hit = 0; first < s.in.parts.size();) {
            std::size_t last = first + 1;
            while (last < s.in.parts.size() && !s.in.parts[last].begins_section) ++last;
            const std::size_t first_hit = next_hit;
            while (next_hit < s.hits.size() && s.hits[next_hit].part < last) ++next_hit;
            section here{text, s, first, last, {s.hits.data() + first_hit, next_hit - first_hit}};
            unaffiliated = read_section(here, result) || unaffiliated;
            first = last;
        }
        if (result.institutions.empty() && options_.email_domains) read_domain(s.in, result);
        if (result.institutions.empty()) result.is_independent = unaffiliated;
        if (result.institutions.empty() && s.hits.empty() && options_.learned) guess(text, s.in, result);
        for (const auto& entry : enumerators(sector{}))
            if (std::ranges::any_of(result.institutions, [&](const institution& each) {
                    return sector_of(each.type, options_.read_as) == entry.value;
                }))
                result.sectors.push_back(entry.value);
        if (result.sectors.empty()) result.sectors.push_back(options_.read_as(sector::unknown));
        return result;
    }

    void find_hits(search& s) const {
        s.hits.clear();
        const auto collect = [&](const term_hit& found) {
            const meaning& what = meanings_[found.id / 2];
            const auto after =
                std::ranges::upper_bound(s.in.parts, found.begin, {}, &detail::affiliation_words::part::begin);
            const auto part = static_cast<std::size_t>(after - s.in.parts.begin()) - 1;
            const auto& in = s.in.parts[part];
            word_strength strength = what.strength;
            if (found.id % 2 == 1) {
                if (found.begin != in.begin || found.end != in.end) return;
                if (!in.begins_section && what.rule != classifier_rule::user) strength = word_strength::weak;
            }
            if (what.type == institution_type::company && what.name.empty() && strength <= word_strength::strong &&
                is_subject(s.in.view().substr(in.begin, found.begin - in.begin)))
                return;
            if (strength != word_strength::ignored)
                s.hits.push_back({&what, what.type, strength, found.begin, found.end, part, what.id});
        };
        if (has_user_terms_) user_terms_.for_each(s.in.view(), collect);
        const std::size_t users = s.hits.size();
        std::size_t user = 0;
        terms_.for_each(s.in.view(), [&](const term_hit& found) {
            while (user < users && s.hits[user].end <= found.begin) ++user;
            if (user == users || found.end <= s.hits[user].begin) collect(found);
        });
        if (users > 0) std::ranges::stable_sort(s.hits, {}, &hit::begin);
        drop_mere_parts(s.hits);
    }

    /// "Center for Data Science + University of Foo": the center is likelier the university's than one of its own.
    static void drop_mere_parts(std::vector<hit>& hits) {
        const auto has = [&](word_strength strength) {
            return std::ranges::find(hits, strength, &hit::strength) != hits.end();
        };
        if ((has(word_strength::strong) || has(word_strength::weak)) && !has(word_strength::operator_follows))
            std::erase_if(hits, [](const hit& each) { return each.strength == word_strength::part; });
    }

    /// Adds what the registry finds: its id to the organisation that is known in the same place, else a hit that takes
    /// the place of the words in its part.
    void find_registered(std::string_view text, search& s) const {
        options_.registry->search(text, s.in, s.registry);
        const std::size_t known = s.hits.size();
        std::size_t next = 0;  // the first hit that does not end before the match; both are in the order of the text
        for (const detail::registry_hit& match : s.registry.hits) {
            const std::string_view id = options_.registry->id(match.record);
            bool is_known = false;
            while (next < known && s.hits[next].end <= match.begin) ++next;
            for (std::size_t i = next; i < known && s.hits[i].begin < match.end; ++i) {
                if (s.hits[i].is_word()) continue;
                s.hits[i].id = id;
                is_known = true;
            }
            if (is_known) continue;
            const auto part = static_cast<std::size_t>(
                std::ranges::upper_bound(s.in.parts, match.begin, {}, &detail::affiliation_words::part::begin) -
                s.in.parts.begin() - 1);
            const meaning& what = registered_[match.record];
            // "Ontotext, University of Foo": beside another, so short a name is no company's.
            if (match.brief && what.type == institution_type::company && is_beside_another(s, known, part)) continue;
            s.hits.push_back({&what, what.type, word_strength::strong, match.begin, match.end, part, id, match.score});
        }
        if (s.hits.size() > known) std::ranges::stable_sort(s.hits, {}, &hit::begin);
    }

    /// Whether one of the first `known` hits names an institution in the section of a part.
    static bool is_beside_another(const search& s, std::size_t known, std::size_t part) {
        const auto first = s.hits.begin(), last = first + static_cast<std::ptrdiff_t>(known);
        std::size_t begin = part, end = part + 1;
        while (!s.in.parts[begin].begins_section) --begin;
        while (end < s.in.parts.size() && !s.in.parts[end].begins_section) ++end;
        return std::any_of(std::lower_bound(first, last, begin, [](const hit& h, std::size_t p) { return h.part < p; }),
                           std::lower_bound(first, last, end, [](const hit& h, std::size_t p) { return h.part < p; }),
                           [](const hit& h) { return h.strength == word_strength::strong; });
    }

    /// "Department of Pharmaceutical Chemistry": a company's word behind such a word is what a part of an institution
    /// works on. Further back than a name is long is not looked at.
    static bool is_subject(std::string_view before) {
        constexpr std::size_t reach = 200;
        if (before.size() > reach) before.remove_prefix(before.size() - reach);
        return before.find(" of ") != std::string_view::npos || before.find(" for ") != std::string_view::npos ||
               before.find(" de ") != std::string_view::npos;
    }

    /// The parts [first, last) and the terms found in them.
    struct section {
        std::string_view text;
        search& s;
        std::size_t first, last;
        std::span<hit> hits;
    };

    /// The hits that may be of one name with `h`: what is further away is not, and is not looked at.
    static std::span<hit> near(const section& here, const hit& h) {
        constexpr std::ptrdiff_t reach = 8;
        const std::ptrdiff_t at = &h - here.hits.data();
        const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, at - reach);
        const std::ptrdiff_t last = std::min(static_cast<std::ptrdiff_t>(here.hits.size()), at + reach + 1);
        return here.hits.subspan(static_cast<std::size_t>(first), static_cast<std::size_t>(last - first));
    }

    /// Whether two hits of a part are of two names: "and", "&" or "Affiliated" stands between them.
    static bool apart(const section& here, const hit& a, const hit& b) {
        const std::size_t begin = std::min(a.end, b.end);
        const std::size_t end = std::max(a.begin, b.begin);
        if (begin >= end) return false;
        const std::string_view between = here.s.in.view().substr(begin, end - begin);
        return between.find(" and ") != std::string_view::npos || between.find(" & ") != std::string_view::npos ||
               between.find(" affiliated ") != std::string_view::npos;
    }

    /// Adds the institutions of a section; whether it says that its author has none.
    static bool read_section(section& here, affiliation& result) {
        drop_operators(here);
        read_legal_forms(here);
        settle_parts(here);
        for (const word_strength strength : {word_strength::strong, word_strength::weak, word_strength::part}) {
            const auto has = [&](const hit& h) { return !h.dropped && h.strength == strength; };
            if (!std::ranges::any_of(here.hits, has)) continue;
            if (strength == word_strength::strong) {
                std::size_t named = 0;  // names may be as long as the text
                for (const hit& each : here.hits)
                    if (has(each) && ++named <= most_institutions) add(result, named_by(here, each));
            } else {
                add(result, named_by(here, first_by_type(here, strength)));
            }
            return false;
        }
        return std::ranges::any_of(here.hits, [](const hit& h) { return h.strength == word_strength::unaffiliated; });
    }

    static void drop_operators(section& here) {
        bool operated = false;
        for (hit& each : here.hits) {
            operated = operated || each.strength == word_strength::operator_follows;
            each.dropped = operated;
        }
    }

    /// A legal form behind a name makes it a company: what else the part says is no more than its name.
    static void read_legal_forms(section& here) {
        const auto is_strong = [](const hit& h) { return !h.dropped && h.strength == word_strength::strong; };
        const bool named = std::ranges::any_of(here.hits, is_strong);
        for (hit& form : here.hits) {
            if (form.strength != word_strength::legal_form && form.strength != word_strength::short_legal_form)
                continue;
            const auto& part = here.s.in.parts[form.part];
            const bool alone = form.begin == part.begin;
            const bool is_short = form.strength == word_strength::short_legal_form;
            const bool follows = alone ? form.end == part.end && form.part > here.first && !is_short
                                       : !is_short || (form.end == part.end && form.part == here.first && !named);
            form.strength = word_strength::ignored;
            form.dropped = true;
            if (!follows) continue;
            const std::size_t owner = alone ? form.part - 1 : form.part;
            bool known = false;
            for (const hit& other : near(here, form))
                known =
                    known || (is_strong(other) && other.part == owner && !other.is_word() && !apart(here, other, form));
            if (known) continue;
            for (hit& other : near(here, form))
                if (other.part == owner && other.begin < form.begin && !apart(here, other, form)) other.dropped = true;
            form.part = owner;
            form.strength = word_strength::strong;
            form.dropped = false;
        }
    }

    /// "Novo Nordisk Foundation", which is not the company.
    static bool is_its_foundation(const section& here, const hit& company, const hit& other) {
        if (company.type != institution_type::company || company.is_word() ||
            other.type != institution_type::nonprofit || !other.is_word() || other.part != company.part ||
            company.what->rule == classifier_rule::user)
            return false;
        const std::string_view word = here.s.in.view().substr(other.begin);
        return (word.starts_with("fo") || word.starts_with("fundac") || word.starts_with("stift")) &&
               !apart(here, company, other);
    }

    /// One institution for each name that holds several words of the tables.
    static void settle_parts(section& here) {
        const auto is_university = [&](const hit& h) {
            return h.is_word() && here.s.in.view().substr(h.begin).starts_with("univ");
        };
        bool university = false;
        for (const hit& each : here.hits)
            university =
                university || (!each.dropped && each.type == institution_type::education &&
                               each.strength == word_strength::strong && (is_university(each) || !each.is_word()));
        for (hit& each : here.hits) {
            if (each.dropped || each.strength != word_strength::strong) continue;
            const bool education = each.type == institution_type::education;
            if (education && each.is_word() && university && !is_university(each)) each.dropped = true;
            for (const hit& other : near(here, each)) {
                if (is_its_foundation(here, each, other)) each.dropped = true;
                if (&other == &each || other.dropped || other.strength != word_strength::strong ||
                    other.part != each.part || apart(here, each, other))
                    continue;
                const bool same = other.type == each.type;
                const bool takes_over =
                    other.type == institution_type::healthcare &&
                    (education || each.type == institution_type::company || each.type == institution_type::facility);
                const bool is_known =
                    each.is_word() && !other.is_word() &&
                    (same || each.type == institution_type::company || each.type == institution_type::facility);
                const bool repeats = same && each.is_word() && other.is_word() && &other < &each;
                if ((takes_over && each.what->rule != classifier_rule::user) || is_known || repeats)
                    each.dropped = true;
            }
        }
    }

    /// Of words that are not strong one is enough; which, where they differ in type.
    static const hit& first_by_type(const section& here, word_strength strength) {
        constexpr std::array order{
            institution_type::education, institution_type::healthcare, institution_type::archive,
            institution_type::facility,  institution_type::government, institution_type::company,
            institution_type::nonprofit, institution_type::other,      institution_type::unknown};
        const hit* best = nullptr;
        for (const hit& each : here.hits) {
            if (each.dropped || each.strength != strength) continue;
            if (!each.is_word()) return each;
            if (best == nullptr || std::ranges::find(order, each.type) < std::ranges::find(order, best->type))
                best = &each;
        }
        return *best;
    }

    /// The user's own organisations and words are certain.
    static double confidence_of(classifier_rule rule, word_strength strength, institution_type type) {
        for (const confidence_row& row : classifier_confidence)
            if (row.rule == rule && row.strength == strength) return row.of_type[static_cast<std::size_t>(type)];
        return 1;
    }

    [[nodiscard]] static institution named_by(const section& here, const hit& h) {
        const auto& in = here.s.in;
        institution found;
        found.type = h.type;
        found.rule = h.what->rule;
        found.evidence = in.original(here.text, h.begin, h.end);
        if (!h.is_word()) {
            found.name = h.what->name;
            found.id = h.id;
            found.confidence = found.rule == classifier_rule::registry
                                   ? h.confidence
                                   : confidence_of(found.rule, word_strength::strong, h.type);
            return found;
        }
        std::size_t begin = in.parts[h.part].begin;
        std::size_t end = in.parts[h.part].end;
        for (const hit& other : near(here, h)) {
            if (other.part != h.part || other.strength != word_strength::strong || !apart(here, h, other)) continue;
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
        found.name = in.original(here.text, begin, end);
        const bool is_form = h.what->strength >= word_strength::legal_form;
        found.confidence = confidence_of(found.rule, is_form ? word_strength::legal_form : h.strength, h.type);
        return found;
    }

    static void add(affiliation& result, institution&& found) {
        if (result.institutions.size() == most_institutions) return;
        const bool again = std::ranges::any_of(result.institutions, [&](const institution& each) {
            return each.name == found.name && each.type == found.type;
        });
        if (!again) result.institutions.push_back(std::move(found));
    }

    void guess(std::string_view text, const detail::affiliation_words& in, affiliation& result) const {
        if (in.parts.empty()) return;
        const type_guess best = learned_type(in.normalised.view(), {.threshold = options_.learned_threshold});
        if (best.type == institution_type::unknown) return;
        const std::string_view name = in.original(text, in.parts.front().begin, in.parts.front().end);
        add(result, {std::string(name), best.type, std::string(name), classifier_rule::learned, best.probability, {}});
    }

    // E-mail domains.

    void read_domain(const detail::affiliation_words& in, affiliation& result) const {
        std::string_view domain = in.domain;
        if (domain.empty() && in.normalised.view().find(' ') == std::string_view::npos) domain = in.normalised.view();
        const std::size_t dot = domain.rfind('.');
        if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return;
        for (const std::string_view service : {"yahoo.", "ieee.", "acm.", "qq.", "163.", "aol.", "live.", "outlook."})
            if (domain.starts_with(service)) return;  // anyone has such an address
        const auto has = [&](std::string_view label) {
            for (std::size_t at = domain.find(label); at != std::string_view::npos; at = domain.find(label, at + 1))
                if ((at == 0 || domain[at - 1] == '.') &&
                    (at + label.size() == domain.size() || domain[at + label.size()] == '.'))
                    return true;
            return false;
        };
        const auto found = [&](std::string_view name, institution_type type) {
            constexpr auto rule = classifier_rule::email_domain;
            add(result, {std::string(name),
                         type,
                         std::string(domain),
                         rule,
                         confidence_of(rule, word_strength::strong, type),
                         {}});
        };
        const meaning* known = nullptr;
        std::size_t begin = 0;
        while (begin < dot && known == nullptr) {
            const std::size_t end = domain.find('.', begin);
            const std::string_view label = domain.substr(begin, end - begin);
            const auto take = [&](const term_hit& of) {
                const meaning& what = meanings_[of.id / 2];
                if (of.begin == 0 && of.end == label.size() && !what.name.empty()) known = &what;
            };
            if (has_user_terms_) user_terms_.for_each(label, take);
            if (known == nullptr) terms_.for_each(label, take);
            begin = end + 1;
        }
        if (known != nullptr) return found(known->name, known->type);
        if (domain.ends_with(".ac.cn")) return found("Chinese Academy of Sciences", institution_type::facility);
        if (has("edu") || has("ac") || domain.starts_with("uni-") || domain.find(".uni-") != std::string_view::npos)
            return found(domain, institution_type::education);
        if (has("gov") || has("gob") || has("gouv") || has("mil")) return found(domain, institution_type::government);
    }

    // Building.

    template <class Add>
    static void split(std::string_view terms, Add add) {
        for (std::size_t begin = 0; begin <= terms.size();) {
            const std::size_t end = std::min(terms.find('|', begin), terms.size());
            add(terms.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    /// The id of a term is twice the index of its meaning, plus one where it must be the whole part.
    void add_terms(std::vector<term>& terms, std::string_view list, meaning what) {
        const auto id = static_cast<std::uint32_t>(2 * meanings_.size());
        split(list, [&](std::string_view text) {
            const bool whole = text.starts_with('=');
            terms.push_back({text.substr(whole ? 1 : 0), whole ? id + 1 : id});
        });
        meanings_.push_back(std::move(what));
    }
    static meaning meaning_of(const known_organisation& each, classifier_rule rule) {
        return {each.type, word_strength::strong, rule, std::string(each.name)};
    }

    term_set user_terms() {
        std::vector<term> terms;
        for (const known_organisation& each : options_.organisations)
            add_terms(terms, each.terms, meaning_of(each, classifier_rule::user));
        for (const type_words& each : options_.words)
            add_terms(terms, each.terms, {each.type, each.strength, classifier_rule::user, {}});
        return term_set(terms);
    }
    term_set known_terms() {
        std::vector<term> terms;
        if (options_.known)
            for (const known_organisation& each : known_organisations)
                add_terms(terms, each.terms, meaning_of(each, classifier_rule::known_organisation));
        for (const type_words& each : known_type_words)
            add_terms(terms, each.terms, {each.type, each.strength, classifier_rule::type_word, {}});
        return term_set(terms);
    }

    void read_registry() {
        const compute_divide::registry& from = *options_.registry;
        for (meaning& each : meanings_)
            if (const auto found = each.name.empty() ? std::nullopt : from.find_name(each.name))
                each.id = from.id(*found);
        registered_.reserve(from.size());
        for (std::size_t i = 0; i < from.size(); ++i)
            registered_.push_back({from.types(i).empty() ? institution_type::unknown : from.types(i).front(),
                                   word_strength::strong, classifier_rule::registry, std::string(from.name(i))});
    }

    classifier_options options_;
    std::vector<meaning> meanings_;
    std::vector<meaning> registered_;  // by the index in the registry
    bool has_user_terms_;
    term_set user_terms_, terms_;
};

}  // namespace compute_divide

#endif
