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

#include <compute_divide/institutions/detail/affiliation_evidence.hpp>
#include <compute_divide/institutions/detail/country_names.hpp>
#include <compute_divide/institutions/detail/own_names.hpp>
#include <compute_divide/institutions/detail/phrase_marks.hpp>

/// Which of the institutions that go by an acronym is meant: the one of the city or country that the text states.
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

/// The sense of an acronym in a text, by the first of its senses that a city names, else the one of the country;
/// nullptr where none is told.
[[nodiscard]] inline const own_name_table::acronym_sense* sense_of(std::size_t first_sense,
                                                                   const affiliation_evidence& s,
                                                                   const country_codes& codes) {
    using own_name_table::acronyms;
    const std::string_view acronym = acronyms[first_sense].acronym;
    const own_name_table::acronym_sense *by_country = nullptr, *otherwise = nullptr;
    bool stated = false;
    for (std::size_t i = first_sense; i < std::size(acronyms) && acronyms[i].acronym == acronym; ++i) {
        const auto& sense = acronyms[i];
        for (std::size_t begin = 0; begin < sense.cities.size();) {
            const std::size_t end = std::min(sense.cities.find('|', begin), sense.cities.size());
            if (has_words(s.in.view(), sense.cities.substr(begin, end - begin))) return &sense;
            begin = end + 1;
        }
        const bool usual = sense.country.starts_with('*');
        if (usual) otherwise = &sense;
        for (std::size_t n = 0, seen = 0; n < s.names.size() && seen < 8; ++n) {
            if (s.names[n].role != affiliation_role::country) continue;
            ++seen;
            const std::string_view code =
                codes.find(s.in.view().substr(s.names[n].begin, s.names[n].end - s.names[n].begin));
            stated = stated || !code.empty();
            if (by_country == nullptr && !code.empty() && code == sense.country.substr(usual ? 1 : 0))
                by_country = &sense;
        }
    }
    return by_country != nullptr ? by_country : stated ? nullptr : otherwise;
}

}  // namespace compute_divide::inline v0_2::detail

#endif
