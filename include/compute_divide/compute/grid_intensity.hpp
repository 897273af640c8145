// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_GRID_INTENSITY_HPP
#define COMPUTE_DIVIDE_COMPUTE_GRID_INTENSITY_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/normalise.hpp>

/// The carbon that a kilowatt-hour from a country's grid stands for.
namespace compute_divide::inline v0_2 {

/// Where the figures are from: annual averages over all electricity generated, whole life cycle, as of 2025.
inline constexpr std::string_view grid_intensity_source =
    "Ember and the Energy Institute, by Our World in Data: carbon intensity of electricity (CC BY 4.0)";

/// Grams of CO2-equivalent for each kWh, by year from `first_year` on; 0: not known. `names`: English name, ISO 3166
/// codes and what else the country goes by, normalised, "|" between.
struct country_grid {
    /// The year of the first figure.
    static constexpr int first_year = 2012;

    std::string_view country;
    std::string_view names;
    std::array<std::uint16_t, 13> grams_per_kwh;

    /// The last year whose figure is known.
    [[nodiscard]] constexpr int last_year() const {
        std::size_t known = grams_per_kwh.size();
        while (grams_per_kwh[known - 1] == 0) --known;
        return first_year + static_cast<int>(known) - 1;
    }
};

/// Countries, by `grid_intensity_source`.
// clang-format off
inline constexpr country_grid country_grids[] = {
    {"Argentina", "argentina|ar|arg", {432, 422, 424, 427, 432, 425, 414, 398, 395, 407, 393, 351, 345}},
    {"Australia", "australia|au|aus", {747, 726, 734, 730, 714, 718, 688, 670, 642, 606, 578, 557, 554}},
    {"Austria", "austria|at|aut", {186, 173, 150, 172, 155, 163, 158, 153, 133, 135, 141, 111, 103}},
    {"Belgium", "belgium|be|bel", {203, 184, 190, 216, 159, 159, 187, 157, 167, 132, 139, 135, 127}},
    {"Brazil", "brazil|br|bra", {128, 168, 193, 189, 150, 156, 137, 142, 133, 168, 103, 96, 106}},
    {"Canada", "canada|ca|can", {193, 187, 189, 184, 181, 172, 171, 170, 162, 165, 161, 174, 185}},
    {"Chile", "chile|cl|chl", {531, 552, 494, 491, 496, 487, 470, 457, 437, 425, 373, 302, 265}},
    {"China", "china|cn|chn|prc|mainland china", {720, 718, 694, 668, 652, 644, 637, 620, 606, 599, 587, 583, 555}},
    {"Czechia", "czechia|cz|cze|czech republic", {553, 528, 531, 553, 574, 542, 533, 504, 460, 472, 488, 443, 414}},
    {"Denmark", "denmark|dk|dnk", {431, 472, 401, 314, 361, 283, 297, 204, 189, 223, 204, 151, 131}},
    {"Estonia", "estonia|ee|est", {593, 606, 596, 573, 588, 583, 574, 510, 405, 451, 488, 388, 340}},
    {"European Union", "european union|eu|eu 27", {372, 357, 343, 348, 341, 340, 321, 287, 261, 273, 292, 236, 212}},
    {"Finland", "finland|fi|fin", {215, 258, 226, 182, 200, 186, 193, 172, 130, 136, 130, 82, 67}},
    {"France", "france|fr|fra", {78, 76, 52, 59, 69, 78, 60, 60, 59, 60, 79, 54, 41}},
    {"Germany", "germany|de|deu", {534, 538, 522, 504, 498, 470, 455, 393, 356, 395, 420, 365, 338}},
    {"Greece", "greece|gr|grc", {704, 637, 668, 604, 572, 580, 545, 497, 423, 383, 377, 337, 322}},
    {"Hong Kong", "hong kong|hk|hkg", {812, 854, 861, 815, 815, 811, 790, 777, 684, 692, 682, 682, 0}},
    {"Hungary", "hungary|hu|hun", {333, 317, 300, 299, 300, 291, 285, 266, 257, 239, 229, 196, 185}},
    {"Iceland", "iceland|is|isl", {28, 28, 28, 27, 28, 27, 28, 28, 28, 28, 28, 28, 0}},
    {"India", "india|in|ind", {743, 739, 743, 751, 752, 743, 738, 718, 706, 714, 705, 713, 707}},
    {"Indonesia", "indonesia|id|idn", {687, 682, 692, 696, 689, 688, 684, 694, 685, 684, 676, 681, 680}},
    {"Ireland", "ireland|ie|irl", {484, 464, 448, 441, 444, 406, 364, 313, 293, 354, 333, 284, 273}},
    {"Israel", "israel|il|isr", {762, 720, 705, 693, 662, 653, 644, 639, 620, 604, 596, 567, 0}},
    {"Italy", "italy|it|ita", {438, 399, 379, 399, 390, 393, 367, 351, 334, 339, 378, 323, 281}},
    {"Japan", "japan|jp|jpn", {595, 596, 592, 578, 567, 558, 541, 528, 528, 514, 520, 492, 483}},
    {"Netherlands", "netherlands|nl|nld|the netherlands", {494, 501, 521, 551, 525, 490, 467, 410, 343, 352, 326, 268, 250}},
    {"New Zealand", "new zealand|nz|nzl", {198, 177, 148, 143, 114, 132, 124, 134, 142, 145, 112, 104, 120}},
    {"Norway", "norway|no|nor", {32, 34, 34, 34, 33, 33, 33, 33, 30, 27, 30, 30, 31}},
    {"Poland", "poland|pl|pol", {861, 863, 844, 826, 819, 806, 809, 772, 738, 756, 732, 655, 612}},
    {"Portugal", "portugal|pt|prt", {441, 340, 326, 414, 344, 434, 359, 301, 248, 210, 225, 158, 111}},
    {"Russia", "russia|ru|rus|russian federation", {462, 450, 449, 444, 443, 440, 439, 440, 418, 427, 436, 443, 446}},
    {"Saudi Arabia", "saudi arabia|sa|sau", {693, 693, 693, 693, 697, 700, 703, 702, 702, 702, 700, 697, 692}},
    {"Singapore", "singapore|sg|sgp", {526, 508, 507, 507, 506, 507, 507, 506, 505, 506, 504, 501, 499}},
    {"South Africa", "south africa|za|zaf", {807, 799, 792, 790, 779, 768, 775, 766, 767, 745, 730, 712, 713}},
    {"South Korea", "south korea|kr|kor|korea|republic of korea", {502, 512, 493, 488, 489, 511, 519, 497, 458, 459, 438, 427, 416}},
    {"Spain", "spain|es|esp", {351, 287, 289, 329, 283, 329, 291, 247, 199, 194, 217, 169, 146}},
    {"Sweden", "sweden|se|swe", {45, 45, 40, 41, 43, 43, 43, 42, 39, 42, 41, 38, 35}},
    {"Switzerland", "switzerland|ch|che", {36, 36, 34, 36, 39, 40, 36, 35, 37, 39, 37, 29, 30}},
    {"Taiwan", "taiwan|tw|twn", {649, 644, 646, 650, 659, 685, 672, 649, 648, 652, 639, 644, 635}},
    {"Turkey", "turkey|tr|tur|turkiye", {528, 510, 567, 505, 523, 534, 542, 488, 482, 501, 488, 494, 470}},
    {"United Arab Emirates", "united arab emirates|ae|are|uae", {677, 676, 675, 675, 675, 673, 671, 660, 646, 605, 558, 484, 468}},
    {"United Kingdom", "united kingdom|gb|gbr|uk|great britain", {537, 507, 463, 398, 333, 302, 286, 268, 243, 267, 255, 236, 217}},
    {"United States", "united states|us|usa|united states of america", {533, 533, 529, 505, 483, 469, 463, 439, 412, 424, 410, 393, 384}},
    {"World", "world|global|wld", {548, 548, 545, 533, 525, 522, 519, 506, 492, 495, 490, 484, 472}},
};
// clang-format on

/// A grid below the country: grams of CO2 (of Canada, CO2-equivalent) for each kWh, of combustion alone, by year from
/// `first_year` on; 0: not known. `names` as of country_grid.
struct region_grid {
    std::string_view region;
    std::string_view names;
    std::string_view country;
    int first_year;
    std::array<std::uint16_t, 8> grams_per_kwh;
};

/// Where the figures of regions are from. United States: subregions of the Environmental Protection Agency's eGRID2022.
/// Canada: provinces, Environment and Climate Change Canada, data of the projections of 2021, years observed. China:
/// provinces and regional grids, Ministry of Ecology and Environment, factors of 2021 and 2022. Of the United States
/// and Canada each figure is from that one publication, and not checked against another.
inline constexpr std::string_view region_intensity_source =
    "eGRID2022 (US EPA); Environment and Climate Change Canada (2021); Ministry of Ecology and Environment of China";

/// Regions within countries, by `region_intensity_source`.
// clang-format off
inline constexpr region_grid region_grids[]{
    {"ASCC Alaska Grid", "us akgd|akgd|ascc alaska grid", "United States", 2022, {477}},
    {"ASCC Miscellaneous", "us akms|akms|ascc miscellaneous", "United States", 2022, {225}},
    {"WECC Southwest", "us aznm|aznm|wecc southwest", "United States", 2022, {352}},
    {"WECC California", "us camx|camx|wecc california|california", "United States", 2022, {226}},
    {"ERCOT All", "us erct|erct|ercot all|ercot|texas ercot", "United States", 2022, {350}},
    {"FRCC All", "us frcc|frcc|frcc all|florida frcc", "United States", 2022, {369}},
    {"HICC Miscellaneous", "us hims|hims|hicc miscellaneous", "United States", 2022, {524}},
    {"HICC Oahu", "us hioa|hioa|hicc oahu", "United States", 2022, {715}},
    {"MRO East", "us mroe|mroe|mro east", "United States", 2022, {671}},
    {"MRO West", "us mrow|mrow|mro west", "United States", 2022, {425}},
    {"NPCC New England", "us newe|newe|npcc new england|new england", "United States", 2022, {243}},
    {"WECC Northwest", "us nwpp|nwpp|wecc northwest", "United States", 2022, {273}},
    {"NPCC NYC/Westchester", "us nycw|nycw|npcc nyc westchester", "United States", 2022, {402}},
    {"NPCC Long Island", "us nyli|nyli|npcc long island", "United States", 2022, {545}},
    {"NPCC Upstate NY", "us nyup|nyup|npcc upstate ny", "United States", 2022, {125}},
    {"Puerto Rico Miscellaneous", "us prms|prms|puerto rico miscellaneous", "United States", 2022, {723}},
    {"RFC East", "us rfce|rfce|rfc east", "United States", 2022, {298}},
    {"RFC Michigan", "us rfcm|rfcm|rfc michigan", "United States", 2022, {552}},
    {"RFC West", "us rfcw|rfcw|rfc west", "United States", 2022, {454}},
    {"WECC Rockies", "us rmpa|rmpa|wecc rockies", "United States", 2022, {510}},
    {"SPP North", "us spno|spno|spp north", "United States", 2022, {432}},
    {"SPP South", "us spso|spso|spp south", "United States", 2022, {440}},
    {"SERC Mississippi Valley", "us srmv|srmv|serc mississippi valley", "United States", 2022, {363}},
    {"SERC Midwest", "us srmw|srmw|serc midwest", "United States", 2022, {621}},
    {"SERC South", "us srso|srso|serc south", "United States", 2022, {405}},
    {"SERC Tennessee Valley", "us srtv|srtv|serc tennessee valley", "United States", 2022, {423}},
    {"SERC Virginia/Carolina", "us srvc|srvc|serc virginia carolina", "United States", 2022, {283}},
    {"Alberta", "ca ab|alberta", "Canada", 2012, {719, 749, 774, 783, 711, 705, 554, 533}},
    {"British Columbia", "ca bc|british columbia", "Canada", 2012, {8, 9, 6, 5, 8, 7, 9, 15}},
    {"Manitoba", "ca mb|manitoba", "Canada", 2012, {5, 5, 6, 6, 3, 3, 2, 2}},
    {"New Brunswick", "ca nb|new brunswick", "Canada", 2012, {297, 292, 277, 277, 300, 226, 243, 219}},
    {"Newfoundland and Labrador", "ca nl|newfoundland and labrador", "Canada", 2012, {79, 86, 120, 137, 151, 145, 107, 106}},
    {"Northwest Territories", "ca nt|northwest territories", "Canada", 2012, {184, 173, 222, 329, 186, 168, 188, 200}},
    {"Nova Scotia", "ca ns|nova scotia", "Canada", 2012, {751, 742, 724, 687, 658, 672, 697, 641}},
    {"Nunavut", "ca nu|nunavut", "Canada", 2012, {483, 452, 566, 481, 606, 574, 674, 675}},
    {"Ontario", "ca on|ontario", "Canada", 2012, {96, 63, 35, 41, 39, 16, 24, 24}},
    {"Prince Edward Island", "ca pe|prince edward island", "Canada", 2012, {9, 3, 3, 11, 3, 3, 2, 1}},
    {"Quebec", "ca qc|quebec", "Canada", 2012, {2, 1, 1, 1, 1, 1, 1, 1}},
    {"Saskatchewan", "ca sk|saskatchewan", "Canada", 2012, {772, 664, 673, 720, 700, 682, 698, 689}},
    {"Yukon", "ca yt|yukon", "Canada", 2012, {43, 41, 41, 44, 47, 53, 75, 110}},
    {"Anhui", "cn ah|anhui", "China", 2021, {708, 678}},
    {"Beijing", "cn bj|beijing", "China", 2021, {569, 558}},
    {"Chongqing", "cn cq|chongqing", "China", 2021, {474, 523}},
    {"Fujian", "cn fj|fujian", "China", 2021, {471, 409}},
    {"Gansu", "cn gs|gansu", "China", 2021, {496, 477}},
    {"Guangdong", "cn gd|guangdong", "China", 2021, {472, 440}},
    {"Guangxi", "cn gx|guangxi", "China", 2021, {515, 404}},
    {"Guizhou", "cn gz|guizhou", "China", 2021, {518, 499}},
    {"Hainan", "cn hi|hainan", "China", 2021, {452, 418}},
    {"Hebei", "cn he|hebei", "China", 2021, {790, 725}},
    {"Heilongjiang", "cn hl|heilongjiang", "China", 2021, {634, 537}},
    {"Henan", "cn ha|henan", "China", 2021, {637, 606}},
    {"Hubei", "cn hb|hubei", "China", 2021, {367, 436}},
    {"Hunan", "cn hn|hunan", "China", 2021, {514, 490}},
    {"Inner Mongolia", "cn nm|inner mongolia", "China", 2021, {702, 685}},
    {"Jiangsu", "cn js|jiangsu", "China", 2021, {645, 598}},
    {"Jiangxi", "cn jx|jiangxi", "China", 2021, {584, 575}},
    {"Jilin", "cn jl|jilin", "China", 2021, {563, 493}},
    {"Liaoning", "cn ln|liaoning", "China", 2021, {588, 563}},
    {"Ningxia", "cn nx|ningxia", "China", 2021, {655, 642}},
    {"Qinghai", "cn qh|qinghai", "China", 2021, {133, 157}},
    {"Shaanxi", "cn sn|shaanxi", "China", 2021, {634, 656}},
    {"Shandong", "cn sd|shandong", "China", 2021, {684, 641}},
    {"Shanghai", "cn sh|shanghai", "China", 2021, {583, 585}},
    {"Shanxi", "cn sx|shanxi", "China", 2021, {722, 710}},
    {"Sichuan", "cn sc|sichuan", "China", 2021, {126, 140}},
    {"Tianjin", "cn tj|tianjin", "China", 2021, {736, 704}},
    {"Xinjiang", "cn xj|xinjiang", "China", 2021, {658, 623}},
    {"Yunnan", "cn yn|yunnan", "China", 2021, {124, 107}},
    {"Zhejiang", "cn zj|zhejiang", "China", 2021, {542, 515}},
    {"North China grid", "north china grid|north china", "China", 2021, {712, 678}},
    {"Northeast China grid", "northeast china grid|northeast china", "China", 2021, {601, 556}},
    {"East China grid", "east china grid|east china", "China", 2021, {599, 562}},
    {"Central China grid", "central china grid|central china", "China", 2021, {535, 540}},
    {"Northwest China grid", "northwest china grid|northwest china", "China", 2021, {595, 586}},
    {"South China grid", "south china grid|south china", "China", 2021, {433, 387}},
    {"Southwest China grid", "southwest china grid|southwest china", "China", 2021, {211, 227}},
};
// clang-format on

/// What the life cycle adds to combustion, g/kWh: 11, all there is of wind, to 60, coal's (820 less 760), at 90 %
/// (IPCC, AR5, Working Group III, annex III, table A.III.2, medians).
inline constexpr std::array<double, 2> upstream_grams_per_kwh{11, 60};

/// How far a data centre's grid is from its country's average: the root mean square of ln(published / table) over the
/// six data centres of Patterson et al. (2021, table 4), 0.20 to 0.55 kg/kWh.
inline constexpr double grid_log_sd = 0.30;

/// The grid of a country, or of a region, in a year.
struct grid_intensity {
    std::string_view country = {};  ///< or region, as the table has it
    int year = 0;                   ///< that the figure is of
    uncertain<kg_co2e_per_joule> intensity = kg_co2e_per_joule();

    /// The intensity in kg of CO2-equivalent a kWh.
    [[nodiscard]] double kg_per_kwh() const { return intensity.value().value() * 3.6e6; }
    friend bool operator==(const grid_intensity&, const grid_intensity&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<grid_intensity>) {
    using result = grid_intensity;
    return member_list(member{"country", &result::country}, member{"year", &result::year},
                       member{"intensity", &result::intensity});
}

/// Carbon for each kWh as a factor of its own, for a grid that the table does not have.
[[nodiscard]] constexpr kg_co2e_per_joule kg_per_kwh(double kilograms) {
    return kg_co2e_per_joule(kilograms / 3.6e6);
}

namespace detail {

/// Whether `wanted`, normalised, is one of the names.
[[nodiscard]] inline bool is_named(std::string_view names, std::string_view wanted) {
    for (std::string_view rest = names; !rest.empty();) {
        const std::size_t end = std::min(rest.find('|'), rest.size());
        if (rest.substr(0, end) == wanted) return true;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return false;
}
[[nodiscard]] inline std::string grid_name(std::string_view text) {
    std::string wanted = normalised(text);
    std::erase(wanted, '.');
    for (char& c : wanted)
        if (c == '-' || c == '/' || c == ',') c = ' ';
    return wanted;
}
[[nodiscard]] inline const country_grid* find_country_grid(std::string_view wanted) {
    const auto found = std::ranges::find_if(
        country_grids, [wanted](std::string_view names) { return is_named(names, wanted); }, &country_grid::names);
    return found == std::end(country_grids) ? nullptr : &*found;
}
[[nodiscard]] inline const region_grid* find_region_grid(std::string_view wanted) {
    const auto found = std::ranges::find_if(
        region_grids, [wanted](std::string_view names) { return is_named(names, wanted); }, &region_grid::names);
    return found == std::end(region_grids) ? nullptr : &*found;
}

}  // namespace detail

/// The country that a name or code of a country or of a region of the tables stands for; empty where it is neither.
[[nodiscard]] inline std::string_view country_of_grid(std::string_view place) {
    const std::string wanted = detail::grid_name(place);
    if (const country_grid* const country = detail::find_country_grid(wanted)) return country->country;
    if (const region_grid* const region = detail::find_region_grid(wanted)) return region->country;
    return {};
}

/// The average intensity of the grid of a country, or of one of its regions: uncertain by grid_log_sd, a factor of 1.6
/// at 90 %, of a region also by what its life cycle adds to combustion (`upstream_grams_per_kwh`). `place`: a country's
/// English name or ISO 3166 code; an eGRID subregion ("CAMX", "US-CAMX", "WECC California"), a Canadian province
/// ("Ontario", "CA-ON"), a Chinese one ("Guangdong", "CN-GD") or grid ("East China grid"); in any letter case.
///
/// The figure is of the year; of a country, after the last year known, of that one; of a region, of the nearest one
/// known: `year` of the result says which. Throws std::invalid_argument for a place that the tables do not have, and
/// for a year before 2012.
[[nodiscard]] inline grid_intensity find_grid_intensity(std::string_view place, int year) {
    constexpr std::string_view function = "find_grid_intensity";
    const std::string wanted = detail::grid_name(place);
    const country_grid* const country = detail::find_country_grid(wanted);
    const region_grid* const region = country == nullptr ? detail::find_region_grid(wanted) : nullptr;
    detail::require(country != nullptr || region != nullptr, function,
                    "a country of the table, such as United States or US, or an intensity of your own", place);
    detail::require(year >= country_grid::first_year, function, "a year from 2012 on", year);
    if (country != nullptr) {
        const int known = std::min(year, country->last_year());
        const double grams = country->grams_per_kwh[static_cast<std::size_t>(known - country_grid::first_year)];
        return {country->country, known, {kg_per_kwh(grams / 1000), "grid intensity", grid_log_sd}};
    }
    std::size_t last = region->grams_per_kwh.size() - 1;
    while (region->grams_per_kwh[last] == 0) --last;
    const int known = std::clamp(year, region->first_year, region->first_year + static_cast<int>(last));
    const double grams = region->grams_per_kwh[static_cast<std::size_t>(known - region->first_year)];
    return {region->region, known,
            uncertain(kg_per_kwh(grams / 1000), "grid intensity", grid_log_sd) +
                between(kg_per_kwh(upstream_grams_per_kwh[0] / 1000), kg_per_kwh(upstream_grams_per_kwh[1] / 1000),
                        "life cycle of electricity")};
}

}  // namespace compute_divide::inline v0_2

#endif
