// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_SHARED_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_SHARED_NAMES_HPP

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <type_traits>

#include <compute_divide/institutions/detail/country_names.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/json.hpp>

/// Acronyms that several institutions share: which of them is meant, by the places that an affiliation names.
///
///     read_shared_name("ucb", "ucb , berkeley , ca")->name                           // "University of California,
///     Berkeley" read_shared_name("iit", "iit , universidad pontificia comillas , madrid")      // nothing: none of
///     them is in Spain
namespace compute_divide {

/// One of the institutions that go by an acronym.
struct shared_name {
    std::string_view acronym = {};  ///< lower case
    institution_type type = institution_type::unknown;
    std::string_view name = {};
    std::string_view country = {};  ///< ISO 3166 code
    std::string_view places = {};   ///< cities and other names that decide for it; "|" between, normalised

    friend constexpr bool operator==(const shared_name&, const shared_name&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<shared_name>) {
    using row = shared_name;
    return std::tuple{member{"acronym", &row::acronym}, member{"type", &row::type}, member{"name", &row::name},
                      member{"country", &row::country}, member{"places", &row::places}};
}

namespace detail::shared_name_table {

using enum institution_type;

// Source: acronyms in the Research Organization Registry (CC0), and general knowledge of the field. One institution a
// line, in the order of acronyms.
// clang-format off
inline constexpr shared_name rows[] = {
    {"bit", education, "Beijing Institute of Technology", "CN", "beijing|zhuhai"},
    {"bit", education, "Birla Institute of Technology", "IN", "mesra|ranchi"},
    {"cmu", education, "Carnegie Mellon University", "US", "pittsburgh|pa"},
    {"cmu", education, "Central Michigan University", "US", "mount pleasant|mt pleasant"},
    {"cmu", education, "Chiang Mai University", "TH", "chiang mai"},
    {"gist", education, "Gwangju Institute of Science and Technology", "KR", "gwangju"},
    {"gist", education, "Gebze Institute of Technology", "TR", "gebze|kocaeli"},
    {"hit", education, "Harbin Institute of Technology", "CN", "harbin|shenzhen|weihai"},
    {"hit", education, "Holon Institute of Technology", "IL", "holon"},
    {"hust", education, "Huazhong University of Science and Technology", "CN", "wuhan"},
    {"hust", education, "Hanoi University of Science and Technology", "VN", "hanoi"},
    {"iit", education, "Indian Institute of Technology", "IN", "bombay|mumbai|delhi|madras|chennai|kanpur|kharagpur|roorkee|guwahati|hyderabad|gandhinagar|ropar|indore|mandi|patna|jodhpur|bhubaneswar|varanasi|bhu|tirupati|palakkad|dhanbad|jammu|goa|bhilai|dharwad"},
    {"iit", education, "Illinois Institute of Technology", "US", "chicago"},
    {"iit", facility, "Istituto Italiano di Tecnologia", "IT", "genova|genoa|pontedera|rovereto"},
    {"iit", facility, "Istituto di Informatica e Telematica", "IT", "pisa|cnr|consiglio nazionale delle ricerche"},
    {"iit", education, "Institute for Research in Technology, Comillas", "ES", "comillas"},
    {"isi", education, "Information Sciences Institute, University of Southern California", "US", "usc|university of southern california|marina del rey|los angeles"},
    {"isi", education, "Indian Statistical Institute", "IN", "kolkata|calcutta|bangalore|bengaluru|delhi"},
    {"isi", nonprofit, "ISI Foundation", "IT", "turin|torino"},
    {"kit", education, "Karlsruhe Institute of Technology", "DE", "karlsruhe"},
    {"kit", education, "Kyoto Institute of Technology", "JP", "kyoto"},
    {"kit", education, "Kanazawa Institute of Technology", "JP", "kanazawa"},
    {"mit", education, "Massachusetts Institute of Technology", "US", "cambridge|massachusetts|boston|csail|lids"},
    {"mit", education, "Manipal Institute of Technology", "IN", "manipal|karnataka"},
    {"msu", education, "Michigan State University", "US", "east lansing|michigan"},
    {"msu", education, "Mississippi State University", "US", "starkville|mississippi"},
    {"msu", education, "Lomonosov Moscow State University", "RU", "moscow|lomonosov"},
    {"nit", education, "National Institute of Technology", "IN", "calicut|durgapur|surathkal|tiruchirappalli|trichy|hamirpur|rourkela|warangal|silchar|patna|raipur|srinagar|jamshedpur|agartala|kurukshetra|jalandhar|allahabad|nagpur|surat|jaipur|bhopal"},
    {"nit", education, "Nagoya Institute of Technology", "JP", "nagoya"},
    {"ntu", education, "Nanyang Technological University", "SG", "singapore|nanyang"},
    {"ntu", education, "National Taiwan University", "TW", "taipei"},
    {"ntu", education, "Nottingham Trent University", "GB", "nottingham"},
    {"osu", education, "Ohio State University", "US", "columbus|ohio"},
    {"osu", education, "Oregon State University", "US", "corvallis|oregon"},
    {"osu", education, "Oklahoma State University", "US", "stillwater|oklahoma"},
    {"psu", education, "Pennsylvania State University", "US", "university park|state college|pennsylvania"},
    {"psu", education, "Portland State University", "US", "portland|oregon"},
    {"psu", education, "Prince of Songkla University", "TH", "hat yai|songkhla|songkla"},
    {"sait", company, "Samsung Advanced Institute of Technology", "KR", "suwon|samsung|seoul|montreal"},
    {"sait", education, "Southern Alberta Institute of Technology", "CA", "calgary|alberta|polytechnic"},
    {"smu", education, "Singapore Management University", "SG", "singapore"},
    {"smu", education, "Southern Methodist University", "US", "dallas"},
    {"snu", education, "Seoul National University", "KR", "seoul"},
    {"snu", education, "Shiv Nadar University", "IN", "greater noida|noida|dadri|chennai"},
    {"ucb", education, "University of California, Berkeley", "US", "berkeley|california"},
    {"ucb", company, "UCB", "BE", "brussels|bruxelles|braine l alleud|slough|pharma"},
    {"ucb", education, "Université Claude Bernard Lyon 1", "FR", "lyon|villeurbanne|claude bernard"},
    {"ucb", education, "University of Colorado Boulder", "US", "boulder|colorado"},
    {"ucd", education, "University of California, Davis", "US", "davis"},
    {"ucd", education, "University College Dublin", "IE", "dublin"},
    {"um", education, "University of Michigan", "US", "ann arbor|michigan"},
    {"um", education, "University of Miami", "US", "coral gables|miami"},
    {"um", education, "University of Macau", "MO", "macau|macao"},
    {"um", education, "Maastricht University", "NL", "maastricht"},
    {"um", education, "Université de Montpellier", "FR", "montpellier"},
    {"um", education, "University of Malaya", "MY", "kuala lumpur|malaya"},
    {"upm", education, "Universidad Politécnica de Madrid", "ES", "madrid"},
    {"upm", education, "Universiti Putra Malaysia", "MY", "serdang|selangor|putra"},
    {"usc", education, "University of Southern California", "US", "los angeles|marina del rey"},
    {"usc", education, "University of South Carolina", "US", "columbia|south carolina"},
    {"usc", education, "University of the Sunshine Coast", "AU", "sippy downs|sunshine coast"},
    {"usc", education, "Universidade de Santiago de Compostela", "ES", "santiago de compostela"},
    {"ut", education, "University of Texas at Austin", "US", "austin|texas"},
    {"ut", education, "University of Tokyo", "JP", "tokyo"},
    {"ut", education, "University of Twente", "NL", "enschede|twente"},
    {"ut", education, "University of Tehran", "IR", "tehran"},
    {"ut", education, "University of Tartu", "EE", "tartu"},
    {"uw", education, "University of Washington", "US", "seattle"},
    {"uw", education, "University of Wisconsin–Madison", "US", "madison|wisconsin"},
    {"uw", education, "University of Waterloo", "CA", "waterloo"},
    {"uw", education, "University of Warsaw", "PL", "warsaw|warszawa"},
};
// clang-format on

}  // namespace detail::shared_name_table

/// The table.
inline constexpr auto& shared_names = detail::shared_name_table::rows;

/// What an acronym stands for in a text.
struct shared_name_reading {
    std::string_view name = {};                         ///< empty where the text does not decide between several
    institution_type type = institution_type::unknown;  ///< that of all that are possible; unknown where they differ
    std::string_view country = {};                      ///< ISO 3166 code, of the one that is meant

    friend constexpr bool operator==(const shared_name_reading&, const shared_name_reading&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<shared_name_reading>) {
    using result = shared_name_reading;
    return std::tuple{member{"name", &result::name}, member{"type", &result::type},
                      member{"country", &result::country}};
}

namespace detail {

/// Whether a text holds one of several terms ("|" between) as whole words: with no letter or digit right before or
/// behind.
[[nodiscard]] constexpr bool holds_word(std::string_view text, std::string_view terms) {
    const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c < '\0'; };
    while (!terms.empty()) {
        const std::string_view term = terms.substr(0, terms.find('|'));
        terms.remove_prefix(std::min(term.size() + 1, terms.size()));
        for (std::size_t at = text.find(term); at != std::string_view::npos; at = text.find(term, at + 1)) {
            const std::size_t end = at + term.size();
            if ((at == 0 || !is_word(text[at - 1])) && (end == text.size() || !is_word(text[end]))) return true;
        }
    }
    return false;
}

[[nodiscard]] constexpr std::span<const shared_name> shared_names_of(std::string_view acronym) {
    const auto first = std::ranges::lower_bound(shared_names, acronym, {}, &shared_name::acronym);
    auto last = first;
    while (last != std::end(shared_names) && last->acronym == acronym) ++last;
    return {first, last};
}

}  // namespace detail

/// Whether several institutions go by an acronym. O(log n).
[[nodiscard]] constexpr bool is_shared_name(std::string_view acronym) {
    return !detail::shared_names_of(acronym).empty();
}

/// Who is meant by an acronym (lower case) in a normalised text, its section of an affiliation: the one whose city the
/// text names; else the one in a country that it names; else, where it names no country, nobody by name, and of the
/// type that all have. Nothing where none of them is in a country that the text names, and for acronyms not in the
/// table. The text may hold the acronym itself. No more than the first 1,024 bytes of the text are looked at, so that
/// texts full of acronyms take linear time.
[[nodiscard]] constexpr std::optional<shared_name_reading> read_shared_name(std::string_view acronym,
                                                                            std::string_view text) {
    const std::span<const shared_name> all = detail::shared_names_of(acronym);
    if (all.empty()) return std::nullopt;
    text = text.substr(0, 1024);
    const auto only = [&](auto agrees) -> const shared_name* {
        const shared_name* found = nullptr;
        for (const shared_name& each : all) {
            if (!agrees(each)) continue;
            if (found != nullptr) return nullptr;
            found = &each;
        }
        return found;
    };
    const auto decided = [](const shared_name& by) { return shared_name_reading{by.name, by.type, by.country}; };
    const auto in_city = [&](const shared_name& each) { return detail::holds_word(text, each.places); };
    if (const shared_name* const city = only(in_city)) return decided(*city);

    bool some_country = false;
    const auto names_country = [&](std::string_view code) {
        for (const detail::country_names& each : detail::countries)
            if (each.code == code) return detail::holds_word(text, each.names);
        return false;
    };
    const auto in_country = [&](const shared_name& each) {
        const bool is = names_country(each.country);
        some_country = some_country || is;
        return is;
    };
    if (const shared_name* const country = only(in_country)) return decided(*country);
    if (!some_country)
        for (const detail::country_names& each : detail::countries)
            if (detail::holds_word(text, each.names)) return std::nullopt;
    shared_name_reading open;
    bool first = true;
    for (const shared_name& each : all) {
        if (some_country && !names_country(each.country)) continue;
        open.type = first || open.type == each.type ? each.type : institution_type::unknown;
        first = false;
        if (open.type == institution_type::unknown) break;
    }
    return open;
}

}  // namespace compute_divide

#endif
