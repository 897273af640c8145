// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMESAKES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMESAKES_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/detail/affiliation_evidence.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/type_words.hpp>

/// Names of companies that are in the names of others: "Mahindra University", "Chevron Science Center, University of
/// Foo", "Oracle Bone Research Center".
namespace compute_divide::inline v0_2::detail {

/// Which of up to eight lists of words a word is in, as bits. Each list has a space around each of its words.
template <std::size_t Lists>
class listed_words {
public:
    constexpr explicit listed_words(const std::string_view (&lists)[Lists]) {
        for (std::size_t l = 0; l < Lists; ++l)
            for (std::size_t at = 1; at < lists[l].size();) {
                const std::size_t end = lists[l].find(' ', at);
                add(lists[l].substr(at, end - at), static_cast<std::uint8_t>(1U << l));
                at = end + 1;
            }
    }

    [[nodiscard]] constexpr unsigned operator()(std::string_view word) const {
        if (word.empty()) return 0;
        for (std::size_t i = slot_of(word); entries_[i].lists != 0; i = (i + 1) % slots)
            if (entries_[i].word == word) return entries_[i].lists;
        return 0;
    }

private:
    static constexpr std::size_t slots = 256;
    struct entry {
        std::string_view word;
        std::uint8_t lists = 0;
    };

    static constexpr std::size_t slot_of(std::string_view word) {
        const auto letter = [&](std::size_t i) { return static_cast<unsigned char>(word[i]); };
        return (letter(0) * 7U + letter(word.size() - 1) * 31U + letter(word.size() / 2) * 3U + word.size() * 67U) %
               slots;
    }
    constexpr void add(std::string_view word, std::uint8_t list) {
        std::size_t i = slot_of(word);
        while (entries_[i].lists != 0 && entries_[i].word != word) i = (i + 1) % slots;
        entries_[i].word = word;
        entries_[i].lists |= list;
    }

    std::array<entry, slots> entries_ = {};
};

/// Calls `use(word, begin)` for each of the first `most` words of a text, until it returns false.
template <class Use>
constexpr void for_each_word(std::string_view text, std::size_t most, Use&& use) {
    for (std::size_t at = 0; at < text.size() && most > 0;) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) {
            --most;
            if (!use(text.substr(at, end - at), at)) return;
        }
        at = end + 1;
    }
}

/// What follows a company's name in the name of something else.
struct namesake {
    bool school = false;      ///< "School of Public Health"
    bool university = false;  ///< "University", "College"
    bool institute = false;   ///< "Institute", "Center", "Auditorium"
    bool station = false;     ///< "Station", "Laboratory"
    bool hall = false;        ///< "Auditorium", "Chair", "Building"
    bool museum = false;      ///< "Museum"
    bool technology = false;  ///< "Institute of Technology" directly behind
    bool corporate = false;   ///< the next word is a company's: "Research"
};

/// Words that tell what a name is: of companies, universities, institutes, halls, and such as end it.
inline constexpr listed_words<5> namesake_words(
    {" research ai lab labs laboratories laboratory r rd development global cloud data inc ltd limited corporation co "
     "corp gmbh ag llc company group web services platforms brain reality robotics digital artificial machine deep "
     "speech technologies technology systems software solutions health motor motors electronics semiconductor advanced "
     "innovation joint ",
     " university universitat universite universidad universiteit college polytechnic politecnico hochschule "
     "universitaet ",
     " institute institut instituto center centre auditorium amphitheatre amphitheater theatre theater hall chair "
     "professorship building library museum observatory council society association clinic hospital foundation park ",
     " auditorium amphitheatre amphitheater theatre theater hall chair professorship building library scholars "
     "academy ",
     " of for and & at in on de the und et "});
enum namesake_word : unsigned { in_company = 1, in_university = 2, in_institute = 4, in_hall = 8, ends_name = 16 };

[[nodiscard]] constexpr namesake read_namesake(std::string_view behind) {
    namesake found;
    bool first = true;
    for_each_word(behind, 8, [&](std::string_view word, std::size_t at) {
        const unsigned kinds = namesake_words(word);
        if (first) found.corporate = (kinds & in_company) != 0;
        first = false;
        const bool institute = word == "institute";
        if (at <= 10 && ((institute && (behind.substr(at).starts_with("institute of technology") ||
                                        behind.substr(at).starts_with("institute of science and technology"))) ||
                         (word == "inst" && behind.substr(at).starts_with("inst of technol"))))
            found.technology = true;
        if (word == "school") found.school = true;
        if ((kinds & in_university) != 0) found.university = true;
        if ((kinds & in_institute) != 0) found.institute = true;
        if ((kinds & in_hall) != 0) found.hall = true;
        if (word == "museum" || word == "memorial") found.museum = true;
        if (institute && behind.substr(at).starts_with("institute of higher education")) found.university = true;
        if (word == "station" || word == "laboratory") found.station = true;
        return (kinds & ends_name) == 0;
    });
    return found;
}

/// Names of companies that are words of other languages or things: a name only where nothing else is named by them.
inline constexpr listed_words<1> common_company_words(
    {" amazon meta oracle apple orange shell target line total visa square stripe snap uber philips ford abbott bell "
     "baker ball sage element cohere scale wave aurora stellar unity ring nest wise gap dell merck roche nielsen boots "
     "mars chevron "});

/// "Nokia" in "University of Foo, Nokia, Finland": one of the towns that institutions are called like and tables of
/// places lack.
[[nodiscard]] inline bool is_town(const affiliation_evidence& s, const affiliation_hit& h, bool is_behind,
                                  const listed_words<1>& towns) {
    const auto& in = s.names[h.part];
    if (!is_behind || h.begin != in.begin || h.end != in.end || in.begins_section || h.part + 1 >= s.names.size())
        return false;
    const affiliation_role next = s.names[h.part + 1].role;
    return !s.names[h.part + 1].begins_section &&
           (next == affiliation_role::place || next == affiliation_role::country) &&
           towns(s.in.view().substr(h.begin, h.end - h.begin)) != 0;
}

inline constexpr listed_words<1> universities_towns({" yale rutgers duke cornell "});
inline constexpr listed_words<1> companies_towns({" nokia mizuho amazon orange sharp bell "});

inline constexpr listed_words<1> divisions_behind({" cho ku shi machi chome mura dong gu ro gil kreuz "});

/// "-cho" behind "Fujitsu": wards, towns and streets of Japan and Korea.
[[nodiscard]] constexpr bool is_ward(std::string_view behind) {
    if (behind.empty() || behind[0] != ' ') return false;
    const std::size_t end = std::min(behind.find_first_of(" ,;", 1), behind.size());
    return divisions_behind(behind.substr(1, end - 1)) != 0;
}

/// Words that a street begins with, and that one ends with.
inline constexpr listed_words<2> street_words(
    {" alameda allee avenida avenue boulevard calle camino carretera chemin corso cours esplanade estrada glorieta "
     "impasse largo lungarno lungotevere parvis paseo piazza piazzale place plaza praca praza promenade quai rambla "
     "ronda rua rue strada travessa via viale vicolo ",
     " ave avenue blvd boulevard circle crescent dr drive lane parkway place rd road square street terrace way "});
enum street_word_place : unsigned { street_begins = 1, street_ends = 2 };

/// Whether a word of a type stands in a street, where the model of roles sees none: "Am Klinikum 1", "Esplanade de
/// l'Universite", "3 Clinic Street"; and in "College, Alaska", a place.
[[nodiscard]] inline bool is_in_street(std::string_view view, std::size_t first, std::size_t last, std::size_t begin,
                                       std::size_t end) {
    static constexpr std::string_view leads[] = {"am ",      "im ",      "an der ",  "zum ",     "zur ",
                                                 "auf der ", "auf dem ", "bei der ", "vor dem ", "hinter der "};
    if (begin == first && end == last) {  // nothing else: "College, Alaska"
        const std::string_view all = view.substr(first, last - first);
        return first > 0 && view[first - 1] == ',' &&
               (all == "college" || all == "institute" || all == "state college");
    }
    constexpr std::size_t reach = 80;
    const std::string_view before = view.substr(first, begin - first);
    if (!before.empty() && before.size() < reach && last - end < reach) {
        const bool numbered = view[last - 1] >= '0' && view[last - 1] <= '9';
        for (const std::string_view lead : leads)
            if (numbered && before == lead) return true;
        if ((street_words(before.substr(0, before.find(' '))) & street_begins) != 0) return true;
    }
    const std::string_view behind = view.substr(end);
    constexpr std::string_view initials = "abcdlprstw";
    if (behind.size() < 3 || behind[0] != ' ' || initials.find(behind[1]) == std::string_view::npos) return false;
    std::size_t stop = 1;
    while (stop < behind.size() && behind[stop] != ' ' && behind[stop] != ',' && behind[stop] != ';') ++stop;
    return (stop == behind.size() || behind[stop] != ' ') &&
           (street_words(behind.substr(1, stop - 1)) & street_ends) != 0;
}

/// "Stomatology Hospital", "Medical Center": what a university calls its own.
[[nodiscard]] inline bool is_universitys_hospital(const affiliation_evidence& s, const affiliation_hit& h) {
    static constexpr std::string_view common[] = {
        "and",       "at",      "center",    "centre", "clinic",    "clinica", "clinical",       "clinicas",
        "college",   "ctr",     "das",       "dental", "for",       "general", "hosp",           "hospital",
        "hospitals", "i",       "ii",        "iii",    "institute", "iv",      "klinik",         "klinikum",
        "med",       "medical", "medicine",  "of",     "oral",      "school",  "stomatological", "stomatology",
        "teaching",  "the",     "university"};
    static_assert(std::ranges::is_sorted(common));
    const auto& in = s.names[h.part];
    const std::string_view part = s.in.view().substr(in.begin, in.end - in.begin);
    if (part.size() > 80) return false;
    bool all = true;
    for_each_word(part, 16,
                  [&](std::string_view word, std::size_t) { return all = detail::binary_search(common, word); });
    return all;
}

/// "Centre d'Investigation Clinique", "Foo Medical College and Hospital", which is a college.
[[nodiscard]] inline bool is_no_hospital(const affiliation_evidence& s, const affiliation_hit& h) {
    const std::string_view view = s.in.view();
    const std::string_view word = view.substr(h.begin, h.end - h.begin);
    const auto& in = s.names[h.part];
    if (word == "clinique" || word == "cliniques" || word == "clinica")
        return h.begin > in.begin + 4 && view.substr(in.begin, 4) != "poly";  // not "La Clinique", "II Clinica"
    if (!word.starts_with("hospital") || h.begin < in.begin + 5 || h.end != in.end) return false;
    std::string_view before = view.substr(in.begin, h.begin - in.begin);
    if (before.ends_with(" and "))
        before.remove_suffix(5);
    else if (before.ends_with(" & "))
        before.remove_suffix(3);
    else
        return false;
    return before.ends_with("college") || before.find("college of ") != std::string_view::npos;
}

/// Drops what only looks like an institution of its own: the ministry that a key laboratory is under, and the centres
/// of a university's medicine.
inline void drop_units(affiliation_evidence& s) {
    const std::string_view view = s.in.view();
    int keyed = -1;  // not asked yet
    const auto is_keyed = [&] {
        if (keyed < 0)
            keyed = view.find("key lab") != std::string_view::npos ||
                            view.find("engineering research cent") != std::string_view::npos
                        ? 1
                        : 0;
        return keyed == 1;
    };
    for (affiliation_hit& h : s.hits) {
        if (!h.is_word() || h.what->rule == classifier_rule::user) continue;
        const std::string_view word = view.substr(h.begin, h.end - h.begin);
        const auto is_behind_key = [&] {  // "Key Laboratory of Optics of Ministry of Education"
            const std::size_t begin = s.names[h.part].begin;
            return view.substr(begin, h.begin - begin).find("key lab") != std::string_view::npos;
        };
        if (h.type == institution_type::government && word.starts_with("ministry") && is_keyed() &&
            ((h.part > 0 && !s.names[h.part].begins_section) || is_behind_key()))
            h.dropped = true;
        if (h.type == institution_type::healthcare && is_no_hospital(s, h)) {
            h.dropped = true;
            continue;
        }
        if (h.type == institution_type::healthcare && h.strength == word_strength::strong &&
            is_universitys_hospital(s, h)) {
            const auto at = &h - s.hits.data();
            const auto reach = std::span(s.hits).subspan(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, at - 8)));
            h.dropped =
                detail::any_of(reach.first(std::min<std::size_t>(reach.size(), 17)), [&](const affiliation_hit& o) {
                    return o.type == institution_type::education && o.strength == word_strength::strong &&
                           o.part != h.part;
                });
            if (h.dropped) continue;
        }
        // "Department of Hospital and Community Dentistry"
        if (h.type == institution_type::healthcare && h.begin >= s.names[h.part].begin + 8 &&
            (word.starts_with("hospital") || word == "clinic")) {
            const std::string_view before = view.substr(s.names[h.part].begin, h.begin - s.names[h.part].begin);
            h.dropped = before == "department of " || before == "division of " || before == "section of " ||
                        before == "school of " || before == "faculty of " || before == "chair of ";
            if (h.dropped) continue;
        }
        if (h.type != institution_type::healthcare || s.names[h.part].role != affiliation_role::unit) continue;
        if (word.starts_with("cancer ") || word.starts_with("heart ") || word.starts_with("eye ") ||
            word.starts_with("clinica") || word.starts_with("health ")) {
            const auto university = [&](const affiliation_hit& o) {
                return o.type == institution_type::education && o.strength == word_strength::strong &&
                       o.part > h.part && o.part <= h.part + 6 && !s.begins_between(h.part, o.part);
            };
            const auto first = s.hits.begin() + (&h - s.hits.data());
            const auto last = s.hits.end() - first > 8 ? first + 8 : s.hits.end();
            if (std::any_of(first, last, university)) h.dropped = true;
        }
    }
}

/// Drops companies in whose name something else is named, and the university that a company's institute looks like.
inline void drop_namesakes(affiliation_evidence& s) {
    const std::string_view view = s.in.view();
    std::size_t first = 0;  // hit of the section
    bool academic = false;
    std::size_t section_end = 0;
    for (std::size_t i = 0; i < s.hits.size(); ++i) {
        if (i >= section_end) {
            first = i;
            section_end = i + 1;
            while (section_end < s.hits.size() &&
                   !s.begins_between(s.hits[section_end - 1].part, s.hits[section_end].part))
                ++section_end;
            academic =
                std::any_of(s.hits.begin() + static_cast<std::ptrdiff_t>(first),
                            s.hits.begin() + static_cast<std::ptrdiff_t>(section_end), [](const affiliation_hit& h) {
                                return h.type == institution_type::education && h.strength == word_strength::strong;
                            });
            academic = academic ||
                       (s.hits[first].strength == word_strength::department && section_end - first > 1 &&
                        view.substr(s.hits[first].begin).starts_with("dep")) ||
                       (s.hits[section_end - 1].strength == word_strength::department &&
                        view.substr(s.hits[section_end - 1].begin).starts_with("department of"));
        }
        affiliation_hit& h = s.hits[i];
        if (h.type == institution_type::education && i > first && s.hits[i - 1].strength >= word_strength::legal_form &&
            s.hits[i - 1].part + 1 == h.part && is_town(s, h, true, universities_towns))
            h.dropped = true;
        if (h.is_word() || h.what->rule == classifier_rule::user ||
            (h.type != institution_type::company && h.type != institution_type::nonprofit))
            continue;
        const auto& in = s.names[h.part];
        if (academic && is_town(s, h, i > first, companies_towns)) h.dropped = true;
        if (h.end >= in.end) {
            // "(HP)" behind another name
            if (in.in_brackets && h.begin == in.begin && h.end - h.begin <= 4 && i > first) h.dropped = true;
            continue;
        }
        const std::string_view behind = view.substr(h.end, std::min<std::size_t>(in.end - h.end, 100));
        const namesake of = read_namesake(behind);
        if (h.type == institution_type::nonprofit) {  // "Mozilla Hall, University of Foo"
            if (of.hall && academic) h.dropped = true;
            continue;
        }
        if (of.technology) {
            // "Samsung Advanced Institute of Technology"
            for (std::size_t k = i + 1; k < section_end && s.hits[k].begin < h.end + 30; ++k)
                if (s.hits[k].is_word() && s.hits[k].type == institution_type::education) s.hits[k].dropped = true;
            continue;
        }
        const std::string_view name = view.substr(h.begin, h.end - h.begin);
        const std::size_t space = name.find(' ');
        const bool common = common_company_words(name.substr(0, space)) != 0;
        const bool joined = s.is_joined(h.begin + std::min(space, name.size()));
        if ((of.university && !of.corporate) || of.school || of.museum || (of.hall && academic) ||
            (of.institute && academic && !of.corporate) ||
            (common && (of.institute || of.station) &&
             (!of.corporate || joined || behind.find(" station") != behind.npos)))
            h.dropped = true;
    }
    drop_units(s);
    std::erase_if(s.hits, [](const affiliation_hit& h) { return h.dropped; });
}

}  // namespace compute_divide::inline v0_2::detail

#endif
