// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ACRONYM_SENSES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_ACRONYM_SENSES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/institutions/detail/affiliation_evidence.hpp>
#include <compute_divide/institutions/detail/country_names.hpp>
#include <compute_divide/institutions/detail/own_names.hpp>
#include <compute_divide/institutions/detail/phrase_marks.hpp>

/// Which of the institutions that go by an acronym is meant: the one of the city or country that its address states.
namespace compute_divide::inline v0_2::detail {

/// The code of a country by its name as affiliations are read; empty where there is none.
class country_codes {
public:
    country_codes() {
        for (const country_names& each : countries)
            for (std::size_t begin = 0; begin <= each.names.size();) {
                const std::size_t end = std::min(each.names.find('|', begin), each.names.size());
                codes_.emplace(phrase_key(each.names.substr(begin, end - begin)), each.code);
                begin = end + 1;
            }
        for (const std::string_view name :
             {"peoples r china", "p r china", "pr china", "prc", "england", "scotland", "wales"})
            codes_.emplace(phrase_key(name), name[0] == 'p' ? "CN" : "GB");
    }
    [[nodiscard]] std::string_view find(std::string_view name) const {
        const auto found = codes_.find(phrase_key(name));
        return found == codes_.end() ? std::string_view() : found->second;
    }

private:
    std::unordered_map<std::uint64_t, std::string_view> codes_;
};

/// Whether the words `phrase` stand in a text of words.
[[nodiscard]] inline bool has_words(std::string_view text, std::string_view phrase) {
    const auto is_end = [&](std::size_t at) {
        return at >= text.size() || text[at] == ' ' || text[at] == ',' || text[at] == ';';
    };
    for (std::size_t at = text.find(phrase); at != std::string_view::npos; at = text.find(phrase, at + 1))
        if ((at == 0 || is_end(at - 1)) && is_end(at + phrase.size())) return true;
    return false;
}

/// All who go by an acronym, from the first of them on.
[[nodiscard]] inline std::span<const own_name_table::acronym_sense> senses_from(std::size_t first) {
    const std::span all = own_name_table::acronyms;
    std::size_t last = first;
    while (last < all.size() && all[last].acronym == all[first].acronym) ++last;
    return all.subspan(first, last - first);
}
[[nodiscard]] inline bool is_usual(const own_name_table::acronym_sense& sense) {
    return sense.country.starts_with('*');
}
[[nodiscard]] inline std::string_view country_of(const own_name_table::acronym_sense& sense) {
    return sense.country.substr(is_usual(sense) ? 1 : 0);
}
/// The sense that is meant where nothing tells another; nullptr where there is none.
[[nodiscard]] inline const own_name_table::acronym_sense* usual_of(
    std::span<const own_name_table::acronym_sense> senses) {
    const auto found = detail::find_if(senses, is_usual);
    return found == senses.end() ? nullptr : &*found;
}

/// Which of those who go by an acronym is meant: one of them, one whose type alone is told, or none.
struct told_sense {
    const own_name_table::acronym_sense* sense = nullptr;
    bool is_named = true;
};

/// Whether a place that is known as one follows the part, before the next institution.
[[nodiscard]] inline bool has_place_behind(const affiliation_evidence& s, std::size_t part) {
    for (std::size_t i = part + 1; i < s.names.size() && !s.names[i].begins_section; ++i) {
        if (s.names[i].role == affiliation_role::organisation) return false;
        if (s.names[i].role == affiliation_role::place && s.names[i].is_known_place) return true;
    }
    return false;
}

/// The sense that the parts [first, last) of a text tell: the first of which they name a city, else that of the
/// country. `stated` says whether they name any country.
[[nodiscard]] inline const own_name_table::acronym_sense* sense_in(
    std::span<const own_name_table::acronym_sense> senses, const affiliation_evidence& s, std::size_t first,
    std::size_t last, const country_codes& codes, bool& stated) {
    const std::string_view text =
        s.in.view().substr(s.names[first].begin, s.names[last - 1].end - s.names[first].begin);
    const own_name_table::acronym_sense* by_country = nullptr;
    for (const auto& sense : senses) {
        for (std::size_t begin = 0; begin < sense.cities.size();) {
            const std::size_t end = std::min(sense.cities.find('|', begin), sense.cities.size());
            if (has_words(text, sense.cities.substr(begin, end - begin))) return &sense;
            begin = end + 1;
        }
        for (std::size_t n = first, seen = 0; n < last && seen < 8; ++n) {
            if (s.names[n].role != affiliation_role::country) continue;
            ++seen;
            const std::string_view code =
                codes.find(s.in.view().substr(s.names[n].begin, s.names[n].end - s.names[n].begin));
            stated = stated || !code.empty();
            if (by_country == nullptr && !code.empty() && code == country_of(sense)) by_country = &sense;
        }
    }
    return by_country;
}

/// The sense of an acronym in a host's name, by the country of its last label: "lmu.de", and "lmu.edu" in the United
/// States. Without one of that country, the usual sense where the label is no country's: "kit.edu".
[[nodiscard]] inline const own_name_table::acronym_sense* sense_of_domain(std::size_t acronym,
                                                                          std::string_view last_label) {
    const auto senses = senses_from(acronym);
    for (const auto& sense : senses) {
        const std::string_view country = country_of(sense);
        const bool is_of = country == "US"   ? last_label == "edu" || last_label == "us"
                           : country == "GB" ? last_label == "uk"
                                             : std::ranges::equal(last_label, country, {}, {}, ascii_lower);
        if (is_of) return &sense;
    }
    return last_label.size() > 2 ? usual_of(senses) : nullptr;
}

/// The sense of an acronym in a part of a text: the one that the part's own address tells, or where that names no
/// country the rest of the text. Where nothing is told it is the usual one, of which a place that is none of its own
/// leaves but the type: "MIT, Melbourne". The address is that of `told`, which remembers what the whole text says.
[[nodiscard]] inline told_sense sense_of(told_acronym& told, const affiliation_evidence& s, std::size_t part,
                                         const country_codes& codes) {
    const auto& in = s.names[part];
    const std::string_view written =
        s.in.normalised.view().substr(s.in.origins[in.begin], s.in.origins[in.end - 1] + 1 - s.in.origins[in.begin]);
    if (const std::size_t dot = written.rfind('.');
        dot != std::string_view::npos && written.find(' ') == std::string_view::npos)
        if (const auto* const sense = sense_of_domain(told.acronym, written.substr(dot + 1)); sense != nullptr)
            return {sense};
    const auto senses = senses_from(told.acronym);
    bool stated = false;
    if (const auto* const own = sense_in(senses, s, told.first, told.last, codes, stated); own != nullptr) return {own};
    if (stated) return {};
    const bool has_place = has_place_behind(s, part);
    if (!has_place) {
        if (!told.elsewhere) told.elsewhere = sense_in(senses, s, 0, s.names.size(), codes, stated);
        if (*told.elsewhere != nullptr) return {*told.elsewhere};
    }
    return {usual_of(senses), !has_place};
}

}  // namespace compute_divide::inline v0_2::detail

#endif
