// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_COUNTRY_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_COUNTRY_NAMES_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

/// How affiliations write countries.
namespace compute_divide::inline v0_2::detail {

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

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
    {"AD"sv, "andorra"sv},
    {"AE"sv, "united arab emirates|uae|u a e"sv},
    {"AF"sv, "afghanistan"sv},
    {"AL"sv, "albania"sv},
    {"AM"sv, "armenia"sv},
    {"AO"sv, "angola"sv},
    {"AQ"sv, "antarctica"sv},
    {"AR"sv, "argentina"sv},
    {"AS"sv, "american samoa"sv},
    {"AT"sv, "austria|osterreich|autriche"sv},
    {"AU"sv, "australia|new south wales|nsw|queensland|victoria australia|tasmania|western australia|south australia"sv},
    {"AW"sv, "aruba"sv},
    {"AX"sv, "åland"sv},
    {"AZ"sv, "azerbaijan"sv},
    {"BA"sv, "bosnia and herzegovina|bosnia|bosnia herzegovina"sv},
    {"BB"sv, "barbados"sv},
    {"BD"sv, "bangladesh"sv},
    {"BE"sv, "belgium|belgique|belgie|belgien"sv},
    {"BF"sv, "burkina faso"sv},
    {"BG"sv, "bulgaria"sv},
    {"BH"sv, "bahrain"sv},
    {"BI"sv, "burundi"sv},
    {"BJ"sv, "benin"sv},
    {"BN"sv, "brunei|brunei darussalam"sv},
    {"BO"sv, "bolivia"sv},
    {"BQ"sv, "bonaire sint eustatius and saba"sv},
    {"BR"sv, "brazil|brasil|br"sv},
    {"BS"sv, "bahamas"sv},
    {"BT"sv, "bhutan"sv},
    {"BW"sv, "botswana"sv},
    {"BY"sv, "belarus"sv},
    {"BZ"sv, "belize"sv},
    {"CA"sv, "canada|ontario|quebec|british columbia|alberta|manitoba|saskatchewan|nova scotia|new brunswick"sv},
    {"CD"sv, "dr congo|democratic republic of the congo|democratic republic of congo"sv},
    {"CF"sv, "central african republic"sv},
    {"CG"sv, "congo republic"sv},
    {"CH"sv, "switzerland|schweiz|suisse|svizzera"sv},
    {"CI"sv, "ivory coast|cote d ivoire"sv},
    {"CL"sv, "chile"sv},
    {"CM"sv, "cameroon"sv},
    {"CN"sv, "china|pr china|p r china|prc|peoples republic of china|people s republic of china|p r of china|mainland china|chine|中国"sv},
    {"CO"sv, "colombia"sv},
    {"CR"sv, "costa rica"sv},
    {"CU"sv, "cuba"sv},
    {"CV"sv, "cabo verde|cape verde"sv},
    {"CW"sv, "curaçao"sv},
    {"CY"sv, "cyprus"sv},
    {"CZ"sv, "czechia|czech republic|ceska republika"sv},
    {"DE"sv, "germany|deutschland|allemagne|alemania|frg|west germany|federal republic of germany"sv},
    {"DJ"sv, "djibouti"sv},
    {"DK"sv, "denmark|danmark"sv},
    {"DM"sv, "dominica"sv},
    {"DO"sv, "dominican republic"sv},
    {"DZ"sv, "algeria"sv},
    {"EC"sv, "ecuador"sv},
    {"EE"sv, "estonia"sv},
    {"EG"sv, "egypt|arab republic of egypt"sv},
    {"ES"sv, "spain|espana|espagne"sv},
    {"ET"sv, "ethiopia"sv},
    {"FI"sv, "finland|suomi"sv},
    {"FJ"sv, "fiji"sv},
    {"FK"sv, "falkland islands"sv},
    {"FO"sv, "faroe islands"sv},
    {"FR"sv, "france|francia"sv},
    {"GA"sv, "gabon"sv},
    {"GB"sv, "united kingdom|uk|u k|great britain|england|scotland|wales|northern ireland|royaume uni|britain"sv},
    {"GE"sv, "georgia"sv},
    {"GF"sv, "french guiana"sv},
    {"GG"sv, "guernsey"sv},
    {"GH"sv, "ghana"sv},
    {"GI"sv, "gibraltar"sv},
    {"GL"sv, "greenland"sv},
    {"GM"sv, "gambia|gambia"sv},
    {"GN"sv, "guinea"sv},
    {"GP"sv, "guadeloupe"sv},
    {"GQ"sv, "equatorial guinea"sv},
    {"GR"sv, "greece|hellas"sv},
    {"GT"sv, "guatemala"sv},
    {"GU"sv, "guam"sv},
    {"GW"sv, "guinea bissau"sv},
    {"HK"sv, "hong kong|hong kong sar|hongkong|香港"sv},
    {"HN"sv, "honduras"sv},
    {"HR"sv, "croatia"sv},
    {"HT"sv, "haiti"sv},
    {"HU"sv, "hungary|magyarorszag"sv},
    {"ID"sv, "indonesia"sv},
    {"IE"sv, "ireland|republic of ireland|eire"sv},
    {"IL"sv, "israel"sv},
    {"IM"sv, "isle of man"sv},
    {"IN"sv, "india|bharat|inde|tamil nadu|karnataka|maharashtra|west bengal|uttar pradesh|kerala|gujarat"sv},
    {"IQ"sv, "iraq"sv},
    {"IR"sv, "iran|islamic republic of iran|ir iran|i r iran"sv},
    {"IS"sv, "iceland"sv},
    {"IT"sv, "italy|italia|italie"sv},
    {"JE"sv, "jersey"sv},
    {"JM"sv, "jamaica"sv},
    {"JO"sv, "jordan"sv},
    {"JP"sv, "japan|japon|日本"sv},
    {"KE"sv, "kenya"sv},
    {"KG"sv, "kyrgyzstan"sv},
    {"KH"sv, "cambodia"sv},
    {"KI"sv, "kiribati"sv},
    {"KM"sv, "comoros"sv},
    {"KP"sv, "north korea|dpr korea"sv},
    {"KR"sv, "south korea|korea|republic of korea|s korea|korea south|rep of korea|대한민국|한국"sv},
    {"KW"sv, "kuwait"sv},
    {"KZ"sv, "kazakhstan"sv},
    {"LA"sv, "laos|lao pdr"sv},
    {"LB"sv, "lebanon"sv},
    {"LC"sv, "saint lucia"sv},
    {"LI"sv, "liechtenstein"sv},
    {"LK"sv, "sri lanka"sv},
    {"LR"sv, "liberia"sv},
    {"LS"sv, "lesotho"sv},
    {"LT"sv, "lithuania"sv},
    {"LU"sv, "luxembourg"sv},
    {"LV"sv, "latvia"sv},
    {"LY"sv, "libya"sv},
    {"MA"sv, "morocco"sv},
    {"MC"sv, "monaco"sv},
    {"MD"sv, "moldova"sv},
    {"ME"sv, "montenegro"sv},
    {"MG"sv, "madagascar"sv},
    {"MK"sv, "north macedonia|macedonia"sv},
    {"ML"sv, "mali"sv},
    {"MM"sv, "myanmar|burma"sv},
    {"MN"sv, "mongolia"sv},
    {"MO"sv, "macao|macau"sv},
    {"MQ"sv, "martinique"sv},
    {"MR"sv, "mauritania"sv},
    {"MS"sv, "montserrat"sv},
    {"MT"sv, "malta"sv},
    {"MU"sv, "mauritius"sv},
    {"MV"sv, "maldives"sv},
    {"MW"sv, "malawi"sv},
    {"MX"sv, "mexico|mexique"sv},
    {"MY"sv, "malaysia|malaysie"sv},
    {"MZ"sv, "mozambique"sv},
    {"NA"sv, "namibia"sv},
    {"NC"sv, "new caledonia"sv},
    {"NE"sv, "niger"sv},
    {"NG"sv, "nigeria"sv},
    {"NI"sv, "nicaragua"sv},
    {"NL"sv, "netherlands|netherlands|nederland|holland|pays bas"sv},
    {"NO"sv, "norway|norge"sv},
    {"NP"sv, "nepal"sv},
    {"NZ"sv, "new zealand"sv},
    {"OM"sv, "oman"sv},
    {"PA"sv, "panama"sv},
    {"PE"sv, "peru"sv},
    {"PF"sv, "french polynesia"sv},
    {"PG"sv, "papua new guinea"sv},
    {"PH"sv, "philippines"sv},
    {"PK"sv, "pakistan"sv},
    {"PL"sv, "poland|polska|pologne"sv},
    {"PM"sv, "saint pierre and miquelon"sv},
    {"PR"sv, "puerto rico"sv},
    {"PS"sv, "palestine|palestinian territories"sv},
    {"PT"sv, "portugal|portugal"sv},
    {"PW"sv, "palau"sv},
    {"PY"sv, "paraguay"sv},
    {"QA"sv, "qatar"sv},
    {"RE"sv, "réunion"sv},
    {"RO"sv, "romania|roumanie"sv},
    {"RS"sv, "serbia"sv},
    {"RU"sv, "russia|russian federation|россия|ussr"sv},
    {"RW"sv, "rwanda"sv},
    {"SA"sv, "saudi arabia|kingdom of saudi arabia|ksa|arabie saoudite"sv},
    {"SB"sv, "solomon islands"sv},
    {"SC"sv, "seychelles"sv},
    {"SD"sv, "sudan"sv},
    {"SE"sv, "sweden|sverige|suede"sv},
    {"SG"sv, "singapore|新加坡"sv},
    {"SI"sv, "slovenia"sv},
    {"SJ"sv, "svalbard and jan mayen"sv},
    {"SK"sv, "slovakia|slovak republic"sv},
    {"SL"sv, "sierra leone"sv},
    {"SM"sv, "san marino"sv},
    {"SN"sv, "senegal"sv},
    {"SO"sv, "somalia"sv},
    {"SR"sv, "suriname"sv},
    {"SS"sv, "south sudan"sv},
    {"ST"sv, "são tomé and príncipe"sv},
    {"SV"sv, "el salvador"sv},
    {"SY"sv, "syria|syrian arab republic"sv},
    {"TD"sv, "chad"sv},
    {"TG"sv, "togo"sv},
    {"TH"sv, "thailand"sv},
    {"TJ"sv, "tajikistan"sv},
    {"TL"sv, "timor leste|east timor"sv},
    {"TM"sv, "turkmenistan"sv},
    {"TN"sv, "tunisia"sv},
    {"TR"sv, "türkiye|turkey|turkiye|turquie"sv},
    {"TT"sv, "trinidad and tobago"sv},
    {"TW"sv, "taiwan|republic of china|taiwan roc|r o c|roc|臺灣|台灣"sv},
    {"TZ"sv, "tanzania|united republic of tanzania"sv},
    {"UA"sv, "ukraine"sv},
    {"UG"sv, "uganda"sv},
    {"US"sv, "united states|usa|us|u s a|u s|united states of america|etats unis|estados unidos|california|texas|new york|massachusetts|pennsylvania|illinois|ohio|michigan|florida|north carolina|south carolina|virginia|west virginia|maryland|new jersey|connecticut|washington dc|washington d c|dc|minnesota|wisconsin|missouri|indiana|tennessee|alabama|arizona|arkansas|colorado|iowa|kansas|kentucky|louisiana|maine|mississippi|montana|nebraska|nevada|new hampshire|new mexico|north dakota|south dakota|oklahoma|oregon|rhode island|utah|georgia|vermont|wyoming|alaska|hawaii|delaware|idaho|calif|mass|ny|nyc|tx|pa|mi|fl|nc|va|md|nj|ct|mn|wi|tn|az|ut|oh|ky|ok|ri|nh|nm"sv},
    {"UY"sv, "uruguay"sv},
    {"UZ"sv, "uzbekistan"sv},
    {"VE"sv, "venezuela"sv},
    {"VG"sv, "british virgin islands"sv},
    {"VI"sv, "u s virgin islands"sv},
    {"VN"sv, "vietnam|viet nam|vietnam"sv},
    {"VU"sv, "vanuatu"sv},
    {"WS"sv, "samoa"sv},
    {"XK"sv, "kosovo"sv},
    {"YE"sv, "yemen"sv},
    {"YT"sv, "mayotte"sv},
    {"ZA"sv, "south africa|rsa"sv},
    {"ZM"sv, "zambia"sv},
    {"ZW"sv, "zimbabwe"sv},
};
// clang-format on

/// A country, and the territories whose registrations may be told under it.
inline constexpr std::string_view territories[] = {"CN HK MO TW"sv,
                                                   "US PR GU VI AS"sv,
                                                   "FR GP MQ GF RE YT NC PF PM"sv,
                                                   "GB GG JE IM GI FK"sv,
                                                   "NL AW CW BQ"sv,
                                                   "DK GL FO"sv,
                                                   "NO SJ"sv,
                                                   "FI AX"sv};

/// The country whose registrations a territory's may be told under, and the other way round; else the code itself.
[[nodiscard]] constexpr std::string_view sovereign_of(std::string_view code) {
    for (const std::string_view each : territories)
        if (code.size() == 2 && each.find(code) != std::string_view::npos) return each.substr(0, 2);
    return code;
}

/// A code of two capital letters as a number; 0 for any other text.
[[nodiscard]] constexpr std::uint16_t packed_country(std::string_view code) {
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (code.size() != 2 || !is_capital(code[0]) || !is_capital(code[1])) return 0;
    return static_cast<std::uint16_t>(code[0] << 8 | code[1]);
}
/// The place of such a number among all of them.
[[nodiscard]] constexpr std::size_t place_of_country(std::uint16_t code) {
    return (static_cast<std::size_t>(code >> 8) - 'A') * 26 + (code & 0xFFU) - 'A';
}
/// The sovereigns of all codes of two capital letters, in their order.
inline constexpr auto packed_sovereigns = [] {
    constexpr std::size_t letters = 26;
    std::array<std::uint16_t, letters* letters> sovereigns = {};
    std::size_t place = 0;
    for (int first = 'A'; first <= 'Z'; ++first)
        for (int second = 'A'; second <= 'Z'; ++second)
            sovereigns[place++] = static_cast<std::uint16_t>(first << 8 | second);
    for (const std::string_view each : territories)
        for (std::size_t at = 3; at < each.size(); at += 3)
            sovereigns[place_of_country(packed_country(each.substr(at, 2)))] = packed_country(each.substr(0, 2));
    return sovereigns;
}();
/// The same of `sovereign_of`, by a table: it is asked for each place beside each name.
[[nodiscard]] constexpr std::uint16_t packed_sovereign_of(std::uint16_t code) {
    return code == 0 ? code : packed_sovereigns[place_of_country(code)];
}

}  // namespace compute_divide::inline v0_2::detail

#endif
