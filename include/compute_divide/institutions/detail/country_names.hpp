// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_COUNTRY_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_COUNTRY_NAMES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// How affiliations write countries.
namespace compute_divide::inline v0_2::detail {

/// A country by its ISO 3166 code and what it goes by, with "|" between: its name, that in its own and other languages,
/// abbreviations, and the states and provinces that stand in its place. Those that are also something else are left
/// out ("GA", "IN").
struct country_names {
    std::string_view code;
    std::string_view names;
};

// Source: the country names of GeoNames as the Research Organization Registry has them (CC0), and general knowledge.
// clang-format off
inline constexpr country_names countries[] = {
    {"AD", "andorra"},
    {"AE", "united arab emirates|uae|u a e"},
    {"AF", "afghanistan"},
    {"AL", "albania"},
    {"AM", "armenia"},
    {"AO", "angola"},
    {"AQ", "antarctica"},
    {"AR", "argentina"},
    {"AS", "american samoa"},
    {"AT", "austria|osterreich|autriche"},
    {"AU", "australia|new south wales|nsw|queensland|victoria australia|tasmania|western australia|south australia"},
    {"AW", "aruba"},
    {"AX", "åland"},
    {"AZ", "azerbaijan"},
    {"BA", "bosnia and herzegovina|bosnia|bosnia herzegovina"},
    {"BB", "barbados"},
    {"BD", "bangladesh"},
    {"BE", "belgium|belgique|belgie|belgien"},
    {"BF", "burkina faso"},
    {"BG", "bulgaria"},
    {"BH", "bahrain"},
    {"BI", "burundi"},
    {"BJ", "benin"},
    {"BN", "brunei|brunei darussalam"},
    {"BO", "bolivia"},
    {"BQ", "bonaire sint eustatius and saba"},
    {"BR", "brazil|brasil|br"},
    {"BS", "bahamas"},
    {"BT", "bhutan"},
    {"BW", "botswana"},
    {"BY", "belarus"},
    {"BZ", "belize"},
    {"CA", "canada|ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick"},
    {"CD", "dr congo|democratic republic of the congo|democratic republic of congo"},
    {"CF", "central african republic"},
    {"CG", "congo republic"},
    {"CH", "switzerland|schweiz|suisse|svizzera"},
    {"CI", "ivory coast|cote d ivoire"},
    {"CL", "chile"},
    {"CM", "cameroon"},
    {"CN", "china|pr china|p r china|prc|peoples republic of china|people s republic of china|p r of china|mainland china|chine|中国"},
    {"CO", "colombia"},
    {"CR", "costa rica"},
    {"CU", "cuba"},
    {"CV", "cabo verde|cape verde"},
    {"CW", "curaçao"},
    {"CY", "cyprus"},
    {"CZ", "czechia|czech republic|ceska republika"},
    {"DE", "germany|deutschland|allemagne|alemania|frg|west germany|federal republic of germany"},
    {"DJ", "djibouti"},
    {"DK", "denmark|danmark"},
    {"DM", "dominica"},
    {"DO", "dominican republic"},
    {"DZ", "algeria"},
    {"EC", "ecuador"},
    {"EE", "estonia"},
    {"EG", "egypt|arab republic of egypt"},
    {"ES", "spain|espana|espagne"},
    {"ET", "ethiopia"},
    {"FI", "finland|suomi"},
    {"FJ", "fiji"},
    {"FK", "falkland islands"},
    {"FO", "faroe islands"},
    {"FR", "france|francia"},
    {"GA", "gabon"},
    {"GB", "united kingdom|uk|u k|great britain|england|scotland|wales|northern ireland|royaume uni|britain"},
    {"GE", "georgia"},
    {"GF", "french guiana"},
    {"GG", "guernsey"},
    {"GH", "ghana"},
    {"GI", "gibraltar"},
    {"GL", "greenland"},
    {"GM", "gambia|gambia"},
    {"GN", "guinea"},
    {"GP", "guadeloupe"},
    {"GQ", "equatorial guinea"},
    {"GR", "greece|hellas"},
    {"GT", "guatemala"},
    {"GU", "guam"},
    {"GW", "guinea bissau"},
    {"HK", "hong kong|hong kong sar|hongkong|香港"},
    {"HN", "honduras"},
    {"HR", "croatia"},
    {"HT", "haiti"},
    {"HU", "hungary|magyarorszag"},
    {"ID", "indonesia"},
    {"IE", "ireland|republic of ireland|eire"},
    {"IL", "israel"},
    {"IM", "isle of man"},
    {"IN", "india|bharat|inde|tamil nadu|karnataka|maharashtra|west bengal|uttar pradesh|kerala|gujarat"},
    {"IQ", "iraq"},
    {"IR", "iran|islamic republic of iran|ir iran|i r iran"},
    {"IS", "iceland"},
    {"IT", "italy|italia|italie"},
    {"JE", "jersey"},
    {"JM", "jamaica"},
    {"JO", "jordan"},
    {"JP", "japan|japon|日本"},
    {"KE", "kenya"},
    {"KG", "kyrgyzstan"},
    {"KH", "cambodia"},
    {"KI", "kiribati"},
    {"KM", "comoros"},
    {"KP", "north korea|dpr korea"},
    {"KR", "south korea|korea|republic of korea|s korea|korea south|rep of korea|대한민국|한국"},
    {"KW", "kuwait"},
    {"KZ", "kazakhstan"},
    {"LA", "laos|lao pdr"},
    {"LB", "lebanon"},
    {"LC", "saint lucia"},
    {"LI", "liechtenstein"},
    {"LK", "sri lanka"},
    {"LR", "liberia"},
    {"LS", "lesotho"},
    {"LT", "lithuania"},
    {"LU", "luxembourg"},
    {"LV", "latvia"},
    {"LY", "libya"},
    {"MA", "morocco"},
    {"MC", "monaco"},
    {"MD", "moldova"},
    {"ME", "montenegro"},
    {"MG", "madagascar"},
    {"MK", "north macedonia|macedonia"},
    {"ML", "mali"},
    {"MM", "myanmar|burma"},
    {"MN", "mongolia"},
    {"MO", "macao|macau"},
    {"MQ", "martinique"},
    {"MR", "mauritania"},
    {"MS", "montserrat"},
    {"MT", "malta"},
    {"MU", "mauritius"},
    {"MV", "maldives"},
    {"MW", "malawi"},
    {"MX", "mexico|mexique"},
    {"MY", "malaysia|malaysie"},
    {"MZ", "mozambique"},
    {"NA", "namibia"},
    {"NC", "new caledonia"},
    {"NE", "niger"},
    {"NG", "nigeria"},
    {"NI", "nicaragua"},
    {"NL", "netherlands|netherlands|nederland|holland|pays bas"},
    {"NO", "norway|norge"},
    {"NP", "nepal"},
    {"NZ", "new zealand"},
    {"OM", "oman"},
    {"PA", "panama"},
    {"PE", "peru"},
    {"PF", "french polynesia"},
    {"PG", "papua new guinea"},
    {"PH", "philippines"},
    {"PK", "pakistan"},
    {"PL", "poland|polska|pologne"},
    {"PM", "saint pierre and miquelon"},
    {"PR", "puerto rico"},
    {"PS", "palestine|palestinian territories"},
    {"PT", "portugal|portugal"},
    {"PW", "palau"},
    {"PY", "paraguay"},
    {"QA", "qatar"},
    {"RE", "réunion"},
    {"RO", "romania|roumanie"},
    {"RS", "serbia"},
    {"RU", "russia|russian federation|россия|ussr"},
    {"RW", "rwanda"},
    {"SA", "saudi arabia|kingdom of saudi arabia|ksa|arabie saoudite"},
    {"SB", "solomon islands"},
    {"SC", "seychelles"},
    {"SD", "sudan"},
    {"SE", "sweden|sverige|suede"},
    {"SG", "singapore|新加坡"},
    {"SI", "slovenia"},
    {"SJ", "svalbard and jan mayen"},
    {"SK", "slovakia|slovak republic"},
    {"SL", "sierra leone"},
    {"SM", "san marino"},
    {"SN", "senegal"},
    {"SO", "somalia"},
    {"SR", "suriname"},
    {"SS", "south sudan"},
    {"ST", "são tomé and príncipe"},
    {"SV", "el salvador"},
    {"SY", "syria|syrian arab republic"},
    {"TD", "chad"},
    {"TG", "togo"},
    {"TH", "thailand"},
    {"TJ", "tajikistan"},
    {"TL", "timor leste|east timor"},
    {"TM", "turkmenistan"},
    {"TN", "tunisia"},
    {"TR", "türkiye|turkey|turkiye|turquie"},
    {"TT", "trinidad and tobago"},
    {"TW", "taiwan|republic of china|taiwan roc|r o c|roc|臺灣|台灣"},
    {"TZ", "tanzania|united republic of tanzania"},
    {"UA", "ukraine"},
    {"UG", "uganda"},
    {"US", "united states|usa|us|u s a|u s|united states of america|etats unis|estados unidos|california|texas|new york|massachusetts|pennsylvania|illinois|ohio|michigan|florida|north carolina|south carolina|virginia|west virginia|maryland|new jersey|connecticut|washington dc|washington d c|dc|minnesota|wisconsin|missouri|indiana|tennessee|alabama|arizona|arkansas|colorado|iowa|kansas|kentucky|louisiana|maine|mississippi|montana|nebraska|nevada|new hampshire|new mexico|north dakota|south dakota|oklahoma|oregon|rhode island|utah|georgia|vermont|wyoming|alaska|hawaii|delaware|idaho|calif|mass|ny|nyc|tx|pa|mi|fl|nc|va|md|nj|ct|mn|wi|tn|az|ut|oh|ky|ok|ri|nh|nm"},
    {"UY", "uruguay"},
    {"UZ", "uzbekistan"},
    {"VE", "venezuela"},
    {"VG", "british virgin islands"},
    {"VI", "u s virgin islands"},
    {"VN", "vietnam|viet nam|vietnam"},
    {"VU", "vanuatu"},
    {"WS", "samoa"},
    {"XK", "kosovo"},
    {"YE", "yemen"},
    {"YT", "mayotte"},
    {"ZA", "south africa|rsa"},
    {"ZM", "zambia"},
    {"ZW", "zimbabwe"},
};
// clang-format on

/// The country whose registrations a territory's may be told under, and the other way round; else the code itself.
[[nodiscard]] constexpr std::string_view sovereign_of(std::string_view code) {
    for (const std::string_view territories : {"CN HK MO TW", "US PR GU VI AS", "FR GP MQ GF RE YT NC PF PM",
                                               "GB GG JE IM GI FK", "NL AW CW BQ", "DK GL FO", "NO SJ", "FI AX"})
        if (code.size() == 2 && territories.find(code) != std::string_view::npos) return territories.substr(0, 2);
    return code;
}

/// A code of two capital letters as a number; 0 for any other text.
[[nodiscard]] constexpr std::uint16_t packed_country(std::string_view code) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 2 || !is_capital(code[0]) || !is_capital(code[1])) return 0;
    return static_cast<std::uint16_t>(code[0] << 8 | code[1]);
}
/// The sovereigns of all codes of two capital letters, in their order.
inline constexpr auto packed_sovereigns = [] {
    constexpr std::size_t letters = 26;
    std::array<std::uint16_t, letters* letters> sovereigns = {};
    for (std::size_t i = 0; i < sovereigns.size(); ++i) {
        const std::array<char, 2> of{static_cast<char>('A' + i / letters), static_cast<char>('A' + i % letters)};
        sovereigns[i] = packed_country(sovereign_of({of.data(), 2}));
    }
    return sovereigns;
}();
/// The same of `sovereign_of`, by a table: it is asked for each place beside each name.
[[nodiscard]] constexpr std::uint16_t packed_sovereign_of(std::uint16_t code) {
    constexpr std::size_t letters = 26;
    if (code == 0) return 0;
    return packed_sovereigns[(static_cast<std::size_t>(code >> 8) - 'A') * letters + (code & 0xFFU) - 'A'];
}

}  // namespace compute_divide::inline v0_2::detail

#endif
