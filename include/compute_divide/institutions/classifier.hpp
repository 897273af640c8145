// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_CLASSIFIER_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/affiliation.hpp>
#include <compute_divide/institutions/classifier_confidence.hpp>
#include <compute_divide/institutions/detail/acronym_senses.hpp>
#include <compute_divide/institutions/detail/affiliation_evidence.hpp>
#include <compute_divide/institutions/detail/affiliation_namesakes.hpp>
#include <compute_divide/institutions/detail/affiliation_repair.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/known_records.hpp>
#include <compute_divide/institutions/detail/own_names.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/registry_search.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_firms.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/learned_types.hpp>
#include <compute_divide/institutions/population.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/institutions/type_words.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

/// Which institutions an affiliation names, and what they are.
namespace compute_divide::inline v0_2 {

/// What a classifier listens to.
struct classifier_options {
    std::vector<known_organisation> organisations = {};  ///< the user's own, before all others
    std::vector<type_words> words = {};                  ///< the user's own, before the known ones
    bool known = true;                                   ///< use `known_organisations`
    bool email_domains = true;                           ///< read e-mail domains where the text says nothing
    sector_mapping read_as = {};                         ///< how sectors are read: facility as academia, say
    /// Gives institutions their ids, and names and types to those that are not known.
    std::shared_ptr<const compute_divide::registry> registry = nullptr;
    bool learned = true;             ///< guess the type of names in which no rule finds anything
    double learned_threshold = 0.6;  ///< of such a guess's probability, to be given
    double bare_threshold = 0.5;     ///< the same of a bare name in its population, where it is no acronym
    /// Where the texts come from: what a bare name, "Kestrel", most likely is (population.hpp).
    affiliation_population population = affiliation_population::conference_papers;
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
/// Any bytes are accepted; invalid UTF-8 is read as Windows-1252. Cost: one pass over the text, linear. Confidences of
/// rules are measured (`classifier_confidence`), those of the registry are its scores.
class classifier {
public:
    /// Copies the texts of the user's organisations and words. Throws std::invalid_argument where a term of theirs is
    /// none (text/term_set.hpp).
    explicit classifier(classifier_options options = {})
        : options_(std::move(options)),
          has_user_terms_(!options_.organisations.empty() || !options_.words.empty()),
          user_terms_(user_terms()),
          terms_(known_terms()) {
        if (options_.registry) read_registry();
        options_.organisations = {};  // their texts need not outlive this call
        options_.words = {};
    }

    /// No more institutions than this are taken from one text.
    static constexpr std::size_t most_institutions = 256;

    /// Memory that the calls of one thread share, so that only their results are allocated:
    ///
    ///     classifier::workspace memory;
    ///     for (const std::string& text : texts) use(who(text, memory));
    ///
    /// Also what was read of words and of parts between commas is remembered there, which changes no answer: up to 2 MB
    /// for many texts, 2.4 MB with a registry.
    class workspace {
        friend class classifier;
        detail::affiliation_evidence evidence_;
    };

    /// What an affiliation says. Throws std::invalid_argument for a text of 4 GB or more, and where the learned model
    /// is asked with a threshold outside [0, 1].
    [[nodiscard]] affiliation operator()(std::string_view text) const {
        workspace memory;
        return (*this)(text, memory);
    }

    /// The same with the memory of earlier calls: more than twice as fast for texts as short as affiliations are.
    [[nodiscard]] affiliation operator()(std::string_view text, workspace& memory) const {
        affiliation found = run(text, memory.evidence_);
        const auto is_guess = [](const institution& each) { return each.rule == classifier_rule::learned; };
        if (memory.evidence_.hits.empty() && detail::all_of(found.institutions, is_guess))
            read_repaired(text, memory.evidence_, found);
        return found;
    }

private:
    using meaning = detail::term_meaning;
    using hit = detail::affiliation_hit;
    using section = detail::affiliation_section;

    // What a text says.

    [[nodiscard]] affiliation run(std::string_view text, detail::affiliation_evidence& s) const {
        affiliation result;
        s.in.read(text);
        s.names.read(text, s.in, terms_.fingerprint());
        find_hits(s);
        if (options_.registry) find_registered(text, s);
        bool unaffiliated = false, is_anyones = false;
        for (std::size_t first = 0, next_hit = 0; first < s.names.size();) {
            std::size_t last = first + 1;
            while (last < s.names.size() && !s.names[last].begins_section) ++last;
            const std::size_t first_hit = next_hit;
            while (next_hit < s.hits.size() && s.hits[next_hit].part < last) ++next_hit;
            section here{text, s, first, last, {s.hits.data() + first_hit, next_hit - first_hit}};
            const std::size_t before = result.institutions.size();
            const section_says said = read_section(here, result);
            unaffiliated = said == section_says::unaffiliated || unaffiliated;
            if (said == section_says::institutions && options_.known) read_joined(here, result);
            if (said == section_says::nothing) {
                const host_says host = options_.email_domains ? read_host(here, result) : host_says::no_host;
                is_anyones = is_anyones || host == host_says::all;
                if (host != host_says::all && (options_.known || options_.learned)) read_bare(here, result);
                if (host == host_says::no_firm) drop_guessed_firms(result, before);
            }
            if (result.institutions.size() > before) read_place(here, std::span(result.institutions).subspan(before));
            first = last;
        }
        if (result.institutions.empty() && options_.email_domains && !s.in.domain.empty())
            read_domain(s.in.domain, result);
        if (result.institutions.empty()) result.is_independent = unaffiliated;
        if (result.institutions.empty() && s.hits.empty() && options_.learned && !is_anyones) guess(text, s, result);
        if (options_.population == affiliation_population::registry_strings) read_as_registry(result);
        tell_sectors(result);
        return result;
    }

    /// Takes what the text says as it may have been before it was taken from a PDF file, where that is more than a
    /// guess.
    void read_repaired(std::string_view text, detail::affiliation_evidence& s, affiliation& found) const {
        const std::string repaired = detail::repaired(text);
        if (repaired == text) return;
        affiliation again = run(repaired, s);
        const auto is_guess = [](const institution& each) { return each.rule == classifier_rule::learned; };
        std::erase_if(again.institutions, is_guess);
        if (again.institutions.empty()) return;
        for (institution& each : again.institutions) each.evidence = text;
        tell_sectors(again);
        found = std::move(again);
    }

    /// Strings of a registry are read as it reads them: where a type is disputed, its own comes first. A hospital that
    /// a given registry has no record of is its university's, where it has one of that.
    void read_as_registry(affiliation& found) const {
        const bool schooled = options_.registry && detail::any_of(found.institutions, [](const institution& each) {
                                  return each.type == institution_type::education && !each.id.empty();
                              });
        if (schooled)
            std::erase_if(found.institutions, [](const institution& each) {
                return each.type == institution_type::healthcare && each.id.empty() &&
                       each.rule == classifier_rule::type_word;
            });
        for (institution& each : found.institutions)
            if (each.other_reading && each.other_reading->source == type_source::registry) {
                const institution_type librarys = std::exchange(each.type, each.other_reading->type);
                each.other_reading = {librarys, type_source::library};
                each.confidence = detail::confidence_of(each.rule, word_strength::strong, each.type);
            }
    }

    /// The sectors of the institutions.
    void tell_sectors(affiliation& result) const {
        result.sectors.clear();
        unsigned named = 0;
        for (const institution& each : result.institutions)
            named |= 1U << static_cast<unsigned>(sector_of(each.type, options_.read_as));
        if (named == 0) {
            result.sectors.assign(1, options_.read_as(sector::unknown));
            return;
        }
        result.sectors.reserve(static_cast<std::size_t>(std::popcount(named)));
        static constexpr auto sectors = enumerators(sector{});
        for (const auto& entry : sectors)
            if ((named >> static_cast<unsigned>(entry.value) & 1) != 0) result.sectors.push_back(entry.value);
    }

    /// Where the institutions of a section are that no record tells of: its first country, and what is its first place.
    void read_place(const section& here, std::span<institution> found) const {
        const detail::affiliation_evidence& s = here.evidence;
        std::string_view country, city;
        constexpr std::size_t reach = 64;  // parts; an address is shorter
        for (std::size_t i = here.first; i < std::min(here.last, here.first + reach); ++i) {
            const auto& each = s.names[i];
            if (each.role == affiliation_role::country && country.empty())
                country = countries_.find(s.in.view().substr(each.begin, each.end - each.begin));
            else if (each.role == affiliation_role::place && city.empty())
                city = s.in.original(here.text, each.begin, each.end);
        }
        for (institution& each : found) {
            if (each.city.empty() && each.country.empty()) each.city = city;
            if (each.country.empty()) each.country = country;
            if (is_indian_college(each)) {
                each.type = institution_type::education;
                each.confidence = detail::confidence_of(each.rule, word_strength::weak, each.type);
            }
        }
    }
    /// An institute of India and its neighbours teaches: of 402 that the registry has, 280 are education, 44
    /// facilities; elsewhere 472 and 1,387.
    static bool is_indian_college(const institution& found) {
        if (found.type != institution_type::facility || found.rule != classifier_rule::type_word) return false;
        if (found.country != "IN" && found.country != "PK" && found.country != "BD" && found.country != "NP" &&
            found.country != "LK")
            return false;
        if (found.evidence.size() != 9 || (found.evidence[0] != 'I' && found.evidence[0] != 'i')) return false;
        for (const std::string_view research : {"esearch", "ational", "entral", "RESEARCH", "NATIONAL", "CENTRAL"})
            if (found.name.find(research) != std::string::npos) return false;
        return true;
    }

    void find_hits(detail::affiliation_evidence& s) const {
        s.hits.clear();
        s.acronyms.clear();
        const auto collect = [&](const term_hit& found) {
            const meaning& what = meanings_[found.id / 2];
            const std::size_t part = s.names.of(found.begin);
            const auto& in = s.names[part];
            const bool is_name = (!what.name.empty() || what.acronym >= 0) && !s.is_joined(found.end);
            if (what.rule != classifier_rule::user && s.names.is_address(part, found.begin, found.end, is_name) &&
                !(what.type == institution_type::education && !what.name.empty() && s.names.is_school(part)))
                return;
            word_strength strength = what.strength;
            if (found.id % 2 == 1) {
                if (found.begin != in.begin || found.end != in.end) return;
                if (!in.begins_section && what.rule != classifier_rule::user) strength = word_strength::weak;
            }
            if (what.type == institution_type::company && what.name.empty() && strength <= word_strength::strong &&
                detail::is_subject(s.in.view().substr(in.begin, found.begin - in.begin)))
                return;
            if (what.type == institution_type::company && what.rule == classifier_rule::type_word &&
                !is_company_word(s, found, strength, in))
                return;
            if (what.rule == classifier_rule::type_word && what.strength != word_strength::department &&
                what.strength != word_strength::ignored && part > 0 && !in.begins_section &&
                detail::is_in_street(s.in.view(), in.begin, in.end, found.begin, found.end))
                return;
            if (!what.name.empty() && what.rule != classifier_rule::user && s.is_joined(found.end) &&
                detail::is_ward(s.in.view().substr(found.end)))
                return;
            if (what.acronym >= 0) return add_acronym(s, what, found, part);
            // "Washington U.", "U. Lille", but not "U Foo"
            if (found.end - found.begin == 1 && (found.end != in.end || found.begin == in.begin)) {
                if (!is_university_of(s, found, in)) return;
                strength = word_strength::strong;
            }
            const bool is_firms = what.type == institution_type::facility && what.rule == classifier_rule::type_word &&
                                  strength != word_strength::strong && options_.known && found.begin > in.begin &&
                                  is_of_firm(s.in.view().substr(in.begin, found.end - in.begin));
            if (is_firms) strength = word_strength::weak;
            if (strength != word_strength::ignored)
                s.hits.push_back({&what, is_firms ? institution_type::company : what.type, strength, found.begin,
                                  found.end, part, what.name, what.id});
        };
        if (has_user_terms_) user_terms_.for_each(s.in.view(), collect);
        const std::size_t users = s.hits.size();
        std::size_t user = 0;
        for_each_known(s, [&](const term_hit& found) {
            while (user < users && s.hits[user].end <= found.begin) ++user;
            if (user == users || found.end <= s.hits[user].begin) collect(found);
        });
        if (users > 0) detail::sort_by_begin(s.hits);
        if (!s.hits.empty()) detail::drop_namesakes(s);
        detail::drop_mere_parts(s.hits);
    }

    /// Calls `found(hit)` for each known term in the text: by its words, where they were read.
    template <class Found>
    void for_each_known(detail::affiliation_evidence& s, Found&& found) const {
        if (!s.names.has_ascii_words() || !terms_.begins_with_words()) return terms_.for_each(s.in.view(), found);
        const std::span<const detail::affiliation_word> words = s.names.words();
        s.starts.of(terms_.fingerprint());
        for (const detail::affiliation_word& word : words.first(std::min<std::size_t>(words.size(), 32)))
            s.starts.fetch(word.key * detail::golden_gamma);
        // No known term goes on behind the comma that ends a part: what is found in it, others do not change.
        const bool end_with_parts = !terms_.has_byte(',') && !terms_.has_byte(';');
        std::size_t behind = 0, part_number = 0;
        for (detail::affiliation_pieces::read_part& part : s.names.parts()) {
            const std::size_t begin = s.in.parts[part_number++].begin;
            if (part.known != nullptr) {
                for (const auto& each : std::span(part.known->hits).first(part.known->n_hits))
                    found(terms_.hit_of({each.term, begin + each.end}, begin + each.begin));
                continue;
            }
            for_each_known_of(s, words, part.first, part.end, behind,
                              [&](detail::term_trie::match term, std::size_t at) {
                                  part.note_hit(term.index, at - begin, term.end - begin);
                                  found(terms_.hit_of(term, at));
                              });
            part.are_hits_told = end_with_parts;
        }
        s.names.remember(s.in);
    }
    /// Calls `found(match, begin)` for each known term that begins with one of the words [first, last) and not before
    /// `behind`, where the term before ends.
    template <class Found>
    void for_each_known_of(detail::affiliation_evidence& s, std::span<const detail::affiliation_word> words,
                           std::size_t first, std::size_t last, std::size_t& behind, Found&& found) const {
        const std::string_view view = s.in.view();
        for (std::size_t w = first; w < last; ++w) {
            const detail::affiliation_word& word = words[w];
            if (word.end <= behind) continue;
            if (word.is_plain) {
                if (word.begin < behind) continue;
                const detail::term_trie::match term = match_at_word(s, words, w);
                if (term.end == word.begin) continue;
                behind = term.end;
                found(term, word.begin);
                continue;
            }
            for (std::size_t at = word.begin; at < word.end; ++at) {  // "r&d"
                const bool begins = at == word.begin || !is_word_byte(view[at - 1]);
                if (at < behind || !begins || !is_word_byte(view[at])) continue;
                const detail::term_trie::match term = terms_.match_at(view, at);
                if (term.end == at) continue;
                behind = term.end;
                found(term, at);
            }
        }
    }
    /// The known term that begins with a word, empty where there is none.
    [[nodiscard]] detail::term_trie::match match_at_word(detail::affiliation_evidence& s,
                                                         std::span<const detail::affiliation_word> words,
                                                         std::size_t w) const {
        const std::string_view view = s.in.view();
        const std::size_t begin = words[w].begin;
        detail::term_trie::match longest{0, begin};
        for (std::uint32_t state = 0;; ++w) {
            const detail::affiliation_word& word = words[w];
            const auto start = s.starts((word.key ^ state) * detail::golden_gamma, [&] {
                return terms_.start_of(state, view.substr(word.begin, word.end - word.begin));
            });
            if (start.term != detail::term_trie::none) longest = {start.term, word.end};
            if (start.state == 0) break;
            state = start.state;
            if (w + 1 == words.size() || !words[w + 1].is_plain || words[w + 1].begin != word.end + 1 ||
                view[word.end] != ' ') {
                longest = terms_.longest_behind(state, view, word.end, longest);
                break;
            }
        }
        return longest;
    }
    static constexpr bool is_word_byte(char c) { return detail::kind_of(c) == detail::byte_kind::word; }

    /// "Kestrel Research Centre": a firm, and what a firm researches with.
    [[nodiscard]] bool is_of_firm(std::string_view name) const {
        static constexpr std::string_view means[] = {"advanced",     "ai",       "central",    "corporate",   "data",
                                                     "digital",      "global",   "innovation", "intelligent", "lab",
                                                     "laboratories", "labs",     "machine",    "r&d",         "rd",
                                                     "research",     "software", "technology", "vision"};
        static_assert(std::ranges::is_sorted(means));
        bool found = false;
        detail::for_each_word(name, 4, [&](std::string_view word, std::size_t at) {
            if (at < 2 || !detail::binary_search(means, word)) return true;
            const std::string_view firm = name.substr(0, at - 1);
            found = detail::common_company_words(firm.substr(0, firm.find(' '))) == 0 &&
                    (is_known_firm(firm) || is_company(firm));
            return !found;
        });
        return found;
    }
    /// Whether a text is a name of a company that is known.
    [[nodiscard]] bool is_company(std::string_view name) const {
        bool is = false;
        terms_.for_each(name, [&](const term_hit& of) {
            const meaning& what = meanings_[of.id / 2];
            is = is || (of.begin == 0 && of.end == name.size() && what.type == institution_type::company &&
                        !what.name.empty());
        });
        return is;
    }
    /// "U. Lille": a dot behind, and the word of a city.
    static bool is_university_of(const detail::affiliation_evidence& s, const term_hit& found,
                                 const detail::affiliation_name& in) {
        const std::string_view view = s.in.view();
        const std::size_t dot = s.in.origins[found.begin] + 1;
        if (dot >= s.in.normalised.view().size() || s.in.normalised.view()[dot] != '.') return false;
        std::size_t end = found.end + 1;
        while (end < in.end && view[end] != ' ') ++end;
        return end > found.end + 4;
    }
    /// "Bath Spa University" has no legal form; "Software Heritage" and "Laboratoire de Technologies" no company's
    /// word.
    static bool is_company_word(const detail::affiliation_evidence& s, const term_hit& found, word_strength strength,
                                const detail::affiliation_name& in) {
        const std::string_view view = s.in.view();
        const std::string_view word = view.substr(found.begin, found.end - found.begin);
        const std::string_view behind = view.substr(found.end, std::min<std::size_t>(in.end - found.end, 40));
        if (strength == word_strength::legal_form || strength == word_strength::short_legal_form) {
            // "cs.foo.se": of a country
            const std::string_view written = s.in.normalised.view();
            const std::size_t first = s.in.origins[in.begin], at = s.in.origins[found.begin];
            if (word.size() == 2 && at > first && written[at - 1] == '.' &&
                written.substr(first, at - first).find(' ') == std::string_view::npos)
                return false;
            if (word == "spa" && (behind.size() > 1 || found.begin == in.begin)) return false;  // a town, a bath
            // "Department of Holding Company Law"
            if ((word == "company" || word == "companies" || word == "limited") && in.role == affiliation_role::unit &&
                detail::is_subject(view.substr(in.begin, found.begin - in.begin)))
                return false;
            if (word == "corporation") {
                if (behind.starts_with(" for ")) return false;
                const std::string_view before = view.substr(in.begin, found.begin - in.begin);
                for (const std::string_view public_one :
                     {"agricultural research ", "deposit insurance ", "broadcasting ", "research and development ",
                      "agricultural development ", "industrial development ", "housing ", "science and technology "})
                    if (before.ends_with(public_one)) return false;
            }
            return true;
        }
        if (strength != word_strength::weak) return true;
        if (in.role == affiliation_role::unit) {  // "Kestrel Labs", but not "Civic Health Innovation Labs"
            const std::string_view before = view.substr(in.begin, found.begin - in.begin);
            const bool is_lab = word == "labs" || word.starts_with("ai lab") || word.starts_with("r&d");
            if (!is_lab || before.size() < 3 || before.find(' ') + 1 < before.size()) return false;
        }
        const bool begins = found.begin == in.begin && behind.size() > 1;  // "Software Heritage"
        return !(begins && word != "bank") && !is_unit_head(behind);
    }
    /// "Foo Robotics Laboratory", "Aerospace Engineering Department": what a unit works on.
    static bool is_unit_head(std::string_view behind) {
        for (const std::string_view head :
             {" lab", " department", " dept", " engineering", " institute", " center", " centre", " school", " faculty",
              " program", " society", " association", " division", " section"})
            if (behind.starts_with(head)) return true;
        for (const std::string_view end :
             {" foundation", " network", " society", " association", " conservancy", " consortium", " alliance"})
            if (behind.ends_with(end)) return true;
        return false;
    }

    void add_acronym(detail::affiliation_evidence& s, const meaning& what, const term_hit& found,
                     std::size_t part) const {
        // "Univ. Claude Bernard Lyon 1 (UCB)"
        if (s.names[part].in_brackets && !s.hits.empty() && s.hits.back().part + 1 == part &&
            s.hits.back().strength == word_strength::strong)
            return;
        // "MIT World Peace University"
        const auto& in = s.names[part];
        const std::string_view behind = s.in.view().substr(found.end, in.end - found.end);
        if (found.begin == in.begin && detail::count(behind, ' ') > 2 && behind.ends_with(" university")) return;
        const meaning& told = told_of(s, what, part);
        if (&told == &what) {  // nothing to guess from, either
            s.hits.push_back(
                {&what, institution_type::unknown, word_strength::department, found.begin, found.end, part, {}, {}});
            return;
        }
        s.hits.push_back({&told, told.type, told.strength, found.begin, found.end, part, told.name, told.id});
    }
    /// What an acronym means in the address of a part; `what` itself where that is not told. Once for each address.
    [[nodiscard]] const meaning& told_of(detail::affiliation_evidence& s, const meaning& what, std::size_t part) const {
        const auto acronym = static_cast<std::size_t>(what.acronym);
        auto told = detail::find(s.acronyms, acronym, &detail::told_acronym::acronym);
        if (told == s.acronyms.end()) told = s.acronyms.insert(told, {.acronym = acronym});
        if (part < told->first || part >= told->last) {
            told->first = part;
            told->last = part + 1;
            while (told->first > 0 && !s.names[told->first].begins_section) --told->first;
            while (told->last < s.names.size() && !s.names[told->last].begins_section) ++told->last;
            const detail::told_sense is = detail::sense_of(*told, s, part, countries_);
            told->told = is.sense == nullptr ? &what : &meaning_of(*is.sense, is.is_named);
        }
        return *told->told;
    }
    [[nodiscard]] const meaning& meaning_of(const detail::own_name_table::acronym_sense& sense, bool is_named) const {
        const auto index = static_cast<std::size_t>(&sense - std::begin(detail::own_name_table::acronyms));
        return senses_[2 * index + (is_named ? 0 : 1)];
    }

    /// Adds what the registry finds: its id to the organisation that is known in the same place, else a hit that takes
    /// the place of the words in its part.
    void find_registered(std::string_view text, detail::affiliation_evidence& s) const {
        detail::search_registry(options_.registry->index_, text, s.in, s.registry);
        const std::size_t known = s.hits.size();
        std::size_t next = 0;  // the first hit that does not end before the match; both are in the order of the text
        for (const detail::registry_hit& match : s.registry.hits) {
            const std::string_view id = options_.registry->id(match.record);
            bool is_known = false;
            while (next < known && s.hits[next].end <= match.begin) ++next;
            for (std::size_t i = next; i < known && s.hits[i].begin < match.end; ++i)
                if (!s.hits[i].is_word()) is_known = !is_replaced(s, s.hits[i], match) || is_known;
            if (is_known) continue;
            const std::size_t part = s.names.of(match.begin);
            const auto types = options_.registry->types(match.record);
            const meaning& what =
                registered_[static_cast<std::size_t>(types.empty() ? institution_type::unknown : types.front())];
            // "Ontotext, University of Foo": beside another, so short a name is no company's.
            if (match.brief && what.type == institution_type::company && detail::is_beside_another(s, known, part))
                continue;
            s.hits.push_back({&what, what.type, word_strength::strong, match.begin, match.end, part,
                              options_.registry->name(match.record), id, match.score,
                              options_.registry->country(match.record), options_.registry->city(match.record)});
        }
        if (s.hits.size() > known) detail::sort_by_begin(s.hits);
    }

    /// Whether a record of the registry takes the place of an organisation that is known there; else it stays, and
    /// takes the record's id where it is the same.
    bool is_replaced(const detail::affiliation_evidence& s, hit& known, const detail::registry_hit& match) const {
        const compute_divide::registry& from = *options_.registry;
        const bool is_users = known.what->rule == classifier_rule::user;
        const bool is_brief = detail::is_brief(s.in.view().substr(known.begin, known.end - known.begin));
        const auto claim = is_users ? detail::record_claim::same
                                    : detail::claim_on({known.begin, known.end, is_brief, known.what->records},
                                                       match.record, match.begin, match.end);
        if (claim == detail::record_claim::replaced) {
            known.strength = word_strength::ignored;
            return true;
        }
        if (claim == detail::record_claim::same) {
            known.id = from.id(match.record);
            known.country = from.country(match.record);
            known.city = from.city(match.record);
            if (!is_users) known.type = detail::type_with_record(known.type, from.types(match.record));
        }
        return false;
    }

    enum class section_says { nothing, unaffiliated, institutions };  // some may have been named before
    /// Adds the institutions of a section.
    static section_says read_section(section& here, affiliation& result) {
        detail::drop_operators(here);
        detail::read_legal_forms(here);
        detail::settle_parts(here);
        for (const word_strength strength : {word_strength::strong, word_strength::weak, word_strength::part}) {
            const auto has = [&](const hit& h) { return !h.dropped && h.strength == strength; };
            if (!detail::any_of(here.hits, has)) continue;
            if (strength == word_strength::strong) {
                std::size_t named = 0;  // names may be as long as the text
                const auto some = static_cast<std::size_t>(
                    detail::count_if(here.hits.first(std::min<std::size_t>(here.hits.size(), 16)), has));
                if (result.institutions.empty()) result.institutions.reserve(some);
                for (const hit& each : here.hits)
                    if (has(each) && ++named <= most_institutions) add(result, here, each);
            } else {
                add(result, here, detail::first_by_type(here, strength));
            }
            return section_says::institutions;
        }
        const auto has_none = [](const hit& h) { return h.strength == word_strength::unaffiliated; };
        return detail::any_of(here.hits, has_none) ? section_says::unaffiliated : section_says::nothing;
    }

    static void add(affiliation& result, institution&& found) {
        if (result.institutions.size() == most_institutions) return;
        result.institutions.push_back(std::move(found));
        drop_repeated(result);
    }
    /// Adds what a term names.
    static void add(affiliation& result, const section& here, const hit& named) {
        if (result.institutions.size() == most_institutions) return;
        detail::name_by(here, named, result.institutions.emplace_back());
        drop_repeated(result);
    }
    /// Drops the last institution where it was there before, which takes its id: "National Cancer Institute, National
    /// Institutes of Health" names one institution by a part of it first.
    static void drop_repeated(affiliation& result) {
        institution& found = result.institutions.back();
        for (institution& each : std::span(result.institutions).first(result.institutions.size() - 1)) {
            if (each.name != found.name || each.type != found.type) continue;
            if (each.id.empty() && !found.id.empty()) {
                each.id = std::move(found.id);
                each.country = std::move(found.country);
                each.city = std::move(found.city);
            }
            result.institutions.pop_back();
            return;
        }
    }

    /// "Kestrel & University of Foo": a firm of the table that is joined to the first name of a part.
    static void read_joined(const section& here, affiliation& result) {
        const detail::affiliation_evidence& s = here.evidence;
        std::size_t part = here.last;
        for (const hit& each : here.hits) {
            if (each.part == part) continue;
            part = each.part;
            if (each.dropped || each.strength != word_strength::strong) continue;
            constexpr std::size_t longest = 100;
            const std::size_t begin = s.names[part].begin;
            if (each.begin - begin > longest || each.begin == begin) continue;
            const std::string_view before = s.in.view().substr(begin, each.begin - begin);
            const std::size_t joint = std::min(before.find(" & "), before.find(" and "));
            if (joint == std::string_view::npos || !is_known_firm(before.substr(0, joint))) continue;
            const std::string_view name = s.in.original(here.text, begin, begin + joint);
            constexpr auto rule = classifier_rule::known_organisation;
            add(result, {std::string(name),
                         institution_type::company,
                         std::string(name),
                         rule,
                         detail::confidence_of(rule, word_strength::weak, institution_type::company),
                         {}});
        }
    }

    /// The institution of a section in which no rule finds one: a firm that is known by its whole name, else what a
    /// bare name most likely is. The first part that may be one counts.
    void read_bare(const section& here, affiliation& result) const {
        detail::affiliation_evidence& s = here.evidence;
        const std::string_view text = here.text;
        if (result.institutions.size() == most_institutions) return;
        if (s.names.size() == 1) s.names.read_bare(text, s.in);
        // "Department of Pharmacy, Kestrel Health": firms hardly ever have departments of something.
        const bool departed = detail::any_of(here.hits, [&](const hit& h) {
            return h.strength == word_strength::department && s.in.view().substr(h.begin).starts_with("dep");
        });
        // Beside hospitals it is hardly ever a firm either.
        const bool medical = detail::any_of(
            std::span(s.hits).first(std::min<std::size_t>(s.hits.size(), 16)),
            [](const hit& h) { return h.type == institution_type::healthcare && h.strength <= word_strength::strong; });
        const affiliation_population population =
            departed || medical ? affiliation_population::registry_strings : options_.population;
        std::size_t next = 0;  // hit
        for (std::size_t i = here.first; i < here.last; ++i) {
            const auto& each = s.names[i];
            bool heard = false;
            for (; next < here.hits.size() && here.hits[next].part <= i; ++next) {
                const hit& h = here.hits[next];
                // "Kestrel Group" is bare, though "group" is heard.
                const bool is_end = each.is_bare && h.strength == word_strength::department && h.what->acronym < 0;
                heard = heard || (h.part == i && h.strength != word_strength::ignored && !is_end);
            }
            // "Guangdong Laboratory (SZ)": what it is called for short.
            if (heard || !each.may_be_name() || each.is_field || (each.in_brackets && i > here.first)) continue;
            const std::string_view words = s.in.view().substr(each.begin, each.end - each.begin);
            const auto give = [&](institution_type type, classifier_rule rule, double confidence) {
                const std::string_view name = s.in.original(text, each.begin, each.end);
                add(result, {std::string(name), type, std::string(name), rule, confidence, {}});
            };
            if (options_.known && is_known_firm(words))
                return give(institution_type::company, classifier_rule::known_organisation,
                            detail::confidence_of(classifier_rule::known_organisation, word_strength::weak,
                                                  institution_type::company));
            const bool located =
                i + 1 < here.last && s.names[i + 1].role == affiliation_role::postcode;  // "Brighton BN1 9QG"
            if (!options_.learned || !each.is_bare || each.is_known_place || located) continue;
            const auto source = is_firm_like(s.in.original(text, each.begin, each.end))
                                    ? population
                                    : affiliation_population::registry_strings;
            const double threshold = each.is_acronym ? options_.learned_threshold : options_.bare_threshold;
            const type_guess best =
                type_of_bare_name(words, prior_of(source, each.is_acronym), {.threshold = threshold});
            if (best.type != institution_type::unknown)
                return give(best.type, classifier_rule::learned, best.probability);
        }
    }

    /// Whether a bare name is like those of the firms that a population knows: up to three words without letters beyond
    /// ASCII or small words of other languages than English, not in capitals where there are several.
    static bool is_firm_like(std::string_view name) {
        std::size_t words = 1, capitals = 0, small = 0;
        for (const char c : name) {
            words += c == ' ' ? 1 : 0;
            capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
            small += c >= 'a' && c <= 'z' ? 1 : 0;
            if (c >= '\xC3' && c <= '\xDF' && c < '\0') return false;  // leads a letter of two bytes
        }
        for (const std::string_view other :
             {" de ", " der ", " et ", " und ", " ve ", " fur ", " di ", " do ", " da ", " del ", " la ", " dos ",
              " i ", " y ", " e ", " den ", " van ", " voor ", " en "})
            if (name.find(other) != std::string_view::npos) return false;
        return words <= 3 && (words == 1 || small > 0 || capitals == 0);
    }

    /// What the letters of the text say of its first part that can be an institution.
    void guess(std::string_view text, detail::affiliation_evidence& s, affiliation& result) const {
        if (s.names.size() == 1) s.names.read_bare(text, s.in);
        for (std::size_t i = 0; i < s.names.size(); ++i) {
            const auto& each = s.names[i];
            if (!each.may_be_name() || each.is_known_place || each.is_field) continue;
            const type_guess best = learned_type(s.in.normalised.view(), {.threshold = options_.learned_threshold});
            if (best.type == institution_type::unknown) return;
            const std::string_view name = s.in.original(text, each.begin, each.end);
            return add(
                result,
                {std::string(name), best.type, std::string(name), classifier_rule::learned, best.probability, {}});
        }
    }

    // E-mail domains.

    /// What a section says of hosts: that it is none, whose it is (or that it is anyone's), that it is no host as firms
    /// have them, or nothing.
    enum class host_says { no_host, all, no_firm, nothing };

    /// Reads a section that is all a host's name, "cs.foo.edu", of a list of them.
    host_says read_host(const section& here, affiliation& result) const {
        const auto is_hosts = [](char c) {
            return detail::is_small_letter(detail::ascii_lower(c)) || detail::is_digit(c) || c == '-' || c == '.';
        };
        const auto& s = here.evidence;
        const std::string_view words = s.in.original(here.text, s.names[here.first].begin, s.names[here.last - 1].end);
        if (!detail::all_of(words, is_hosts)) return host_says::no_host;
        auto begin = static_cast<std::size_t>(words.data() - here.text.data());
        std::size_t end = begin + words.size();
        while (begin > 0 && is_hosts(here.text[begin - 1])) --begin;
        while (end < here.text.size() && is_hosts(here.text[end])) ++end;
        const std::string_view written = here.text.substr(begin, end - begin);
        const std::size_t dot = written.rfind('.');
        if (dot == std::string_view::npos || dot == 0 || written.size() - dot < 3) return host_says::no_host;
        std::string host(written);
        std::ranges::transform(host, host.begin(), detail::ascii_lower);
        if (read_domain(host, result)) return host_says::all;
        const std::string_view last = std::string_view(host).substr(dot + 1);
        // Firms' own hosts are of countries, too, but of the hosts in lists most that are so named are universities'.
        const bool is_firms = last.size() == 2 ? last == "ai" || last == "io" || last == "co" : last != "org";
        // "Foo.fr" is how a firm writes its name
        const bool is_written_as_name = written[0] != host[0] && written[1] == host[1];
        return is_firms || is_written_as_name ? host_says::nothing : host_says::no_firm;
    }

    /// Drops the firms that letters alone make of what was found since `first`.
    static void drop_guessed_firms(affiliation& result, std::size_t first) {
        result.institutions.erase(
            std::remove_if(result.institutions.begin() + static_cast<std::ptrdiff_t>(first), result.institutions.end(),
                           [](const institution& each) {
                               return each.rule == classifier_rule::learned && each.type == institution_type::company;
                           }),
            result.institutions.end());
    }

    /// Whether it says whose host it is, or that it is anyone's.
    bool read_domain(std::string_view domain, affiliation& result) const {
        const std::size_t dot = domain.rfind('.');
        if (dot == std::string_view::npos || dot == 0 || domain.size() - dot < 3) return false;
        for (const std::string_view service :
             {"yahoo.", "ieee.", "acm.", "qq.", "163.", "126.", "aol.", "live.", "outlook.", "gmail.", "googlemail.",
              "hotmail.", "foxmail.", "icloud.", "protonmail."})
            if (domain.starts_with(service)) return true;  // anyone has such an address
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
                         detail::confidence_of(rule, word_strength::strong, type),
                         {}});
            return true;
        };
        const meaning* known = nullptr;
        std::size_t begin = 0;
        while (begin < dot && known == nullptr) {
            const std::size_t end = domain.find('.', begin);
            const std::string_view label = domain.substr(begin, end - begin);
            const auto take = [&](const term_hit& of) {
                const meaning& what = meanings_[of.id / 2];
                if (of.begin != 0 || of.end != label.size()) return;
                if (what.acronym >= 0) {
                    const auto* const sense =
                        detail::sense_of_domain(static_cast<std::size_t>(what.acronym), domain.substr(dot + 1));
                    if (sense != nullptr) known = &meaning_of(*sense, true);
                } else if (!what.name.empty()) {
                    known = &what;
                }
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
        // "cs.foo.se"
        if (domain.size() - dot == 3 && domain.find('.') < dot)
            for (const std::string_view department :
                 {"cs.", "math.", "maths.", "stat.", "stats.", "ece.", "ee.", "eecs.", "cse.", "physics.", "inf.",
                  "informatik.", "student.", "students.", "stud."})
                if (domain.starts_with(department)) return found(domain, institution_type::education);
        return false;
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
        meaning what{each.type, word_strength::strong, rule, std::string(each.name)};
        if (rule != classifier_rule::user) {  // whose texts do not outlive the construction
            what.terms = each.terms;
            what.other = other_reading(each.name);
        }
        return what;
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
        if (options_.known) {
            for (const known_organisation& each : detail::own_name_table::rows)
                add_terms(terms, each.terms, meaning_of(each, classifier_rule::known_organisation));
            add_acronyms(terms);
            for (const known_organisation& each : known_organisations)
                add_terms(terms, each.terms, meaning_of(each, classifier_rule::known_organisation));
        }
        for (const type_words& each : known_type_words)
            add_terms(terms, each.terms, {each.type, each.strength, classifier_rule::type_word, {}});
        return term_set(terms);
    }

    /// One term for each acronym, and two meanings for each of its senses: with its name, and its type alone.
    void add_acronyms(std::vector<term>& terms) {
        int index = 0;
        std::string_view before;
        for (const auto& sense : detail::own_name_table::acronyms) {
            for (const std::string_view name : {sense.name, std::string_view()}) {
                senses_.push_back({sense.type, word_strength::strong,
                                   name.empty() ? classifier_rule::type_word : classifier_rule::known_organisation,
                                   std::string(name)});
                senses_.back().other = other_reading(name);
            }
            if (sense.acronym != before)
                add_terms(terms, sense.acronym,
                          {sense.type, word_strength::strong, classifier_rule::known_organisation, {}, {}, index});
            before = sense.acronym;
            ++index;
        }
    }

    void read_registry() {
        const compute_divide::registry& from = *options_.registry;
        for (auto* const list : {&meanings_, &senses_})
            for (meaning& each : *list) {
                if (each.name.empty()) continue;
                if (each.rule != classifier_rule::user)
                    each.records = detail::records_of(from, {each.type, each.name, each.terms});
                if (const auto found = from.find_name(each.name)) each.id = from.id(*found);
            }
        for (const auto& type : enumerators(institution_type{}))
            registered_[static_cast<std::size_t>(type.value)] = {
                type.value, word_strength::strong, classifier_rule::registry, {}};
    }

    classifier_options options_;
    std::vector<meaning> meanings_;
    std::vector<meaning> senses_;  // of acronyms, as in own_name_table, each with its name and without
    std::array<meaning, enumerators(institution_type{}).size()> registered_ = {};  // by the type of a record
    detail::country_codes countries_;
    bool has_user_terms_;
    term_set user_terms_, terms_;
};

}  // namespace compute_divide::inline v0_2

#endif
