// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMESAKES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMESAKES_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include <compute_divide/institutions/detail/affiliation_evidence.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/type_words.hpp>

/// Names of companies that are in the names of others: "Mahindra University", "Chevron Science Center, University of Foo",
/// "Oracle Bone Research Center".
namespace compute_divide::detail {

/// Whether `word` is one of those in a list, with a space around each.
[[nodiscard]] constexpr bool is_among(std::string_view list, std::string_view word) {
    for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1))
        if (at > 0 && list[at - 1] == ' ' && at + word.size() < list.size() && list[at + word.size()] == ' ') return true;
    return false;
}

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
    bool school = false;       ///< "School of Public Health"
    bool university = false;   ///< "University", "College"
    bool institute = false;    ///< "Institute", "Center", "Auditorium"
    bool technology = false;   ///< "Institute of Technology" directly behind
    bool corporate = false;    ///< the next word is a company's: "Research"
};

[[nodiscard]] constexpr namesake read_namesake(std::string_view behind) {
    constexpr std::string_view corporate =
        " research ai lab labs laboratories laboratory r rd development global cloud data inc ltd limited corporation co corp "
        "gmbh ag llc company group web services platforms brain reality robotics digital artificial machine deep speech "
        "technologies technology systems software solutions health motor motors electronics semiconductor advanced innovation ";
    constexpr std::string_view universities =
        " university universitat universite universidad universiteit college polytechnic politecnico hochschule universitaet ";
    constexpr std::string_view institutes =
        " institute institut instituto center centre auditorium amphitheatre amphitheater theatre theater hall chair "
        "professorship building library museum observatory council society association clinic hospital foundation park ";
    constexpr std::string_view breaks = " of for and & at in on de the und et ";
    namesake found;
    bool first = true, broken = false;
    for_each_word(behind, 8, [&](std::string_view word, std::size_t at) {
        if (first) found.corporate = is_among(corporate, word);
        first = false;
        if (at <= 10 && (behind.substr(at).starts_with("institute of technology") || behind.substr(at).starts_with("inst of technol") ||
                         behind.substr(at).starts_with("institute of science and technology")))
            found.technology = true;
        if (word == "school" && !broken) found.school = true;
        if (is_among(universities, word) && !broken) found.university = true;
        if (is_among(institutes, word) && !broken) found.institute = true;
        broken = broken || is_among(breaks, word);
        return !broken;
    });
    return found;
}

/// Names of companies that are words of other languages or things: a name only where nothing else is named by them.
inline constexpr std::string_view common_company_words =
    " amazon meta oracle apple orange shell target line total visa square stripe snap uber philips ford abbott bell baker ball "
    "sage element cohere scale wave aurora stellar unity ring nest wise gap dell merck roche nielsen boots mars chevron ";

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
            while (section_end < s.hits.size() && !s.begins_between(s.hits[section_end - 1].part, s.hits[section_end].part))
                ++section_end;
            academic = std::any_of(s.hits.begin() + static_cast<std::ptrdiff_t>(first), s.hits.begin() + static_cast<std::ptrdiff_t>(section_end),
                                   [](const affiliation_hit& h) { return h.type == institution_type::education && h.strength == word_strength::strong; });
        }
        affiliation_hit& h = s.hits[i];
        if (h.is_word() || h.type != institution_type::company || h.what->rule == classifier_rule::user) continue;
        const auto& in = s.names[h.part];
        if (h.end >= in.end) {
            // "(HP)" behind another name
            if (in.in_brackets && h.begin == in.begin && h.end - h.begin <= 4 && i > first) h.dropped = true;
            continue;
        }
        const std::string_view behind = view.substr(h.end, std::min<std::size_t>(in.end - h.end, 100));
        const namesake of = read_namesake(behind);
        if (of.technology) {
            // "Samsung Advanced Institute of Technology"
            for (std::size_t k = i + 1; k < section_end && s.hits[k].begin < h.end + 30; ++k)
                if (s.hits[k].is_word() && s.hits[k].type == institution_type::education) s.hits[k].dropped = true;
            continue;
        }
        const std::string_view name = view.substr(h.begin, h.end - h.begin);
        const bool common = is_among(common_company_words, name);
        const bool joined = s.is_joined(h.end);
        if ((of.university && !of.corporate) || of.school || (of.institute && academic && !of.corporate) ||
            (common && of.institute && (!of.corporate || joined)))
            h.dropped = true;
    }
    std::erase_if(s.hits, [](const affiliation_hit& h) { return h.dropped; });
}

}  // namespace compute_divide::detail

#endif
