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
#include <tuple>
#include <type_traits>

#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/normalise.hpp>

/// The carbon that a kilowatt-hour from a country's grid stands for.
namespace compute_divide {

/// Where the figures are from: annual averages over all electricity generated, whole life cycle, as of 2025.
inline constexpr std::string_view grid_intensity_source =
    "Ember and the Energy Institute, by Our World in Data: carbon intensity of electricity (CC BY 4.0)";

/// Grams of CO2-equivalent for each kWh, by year from `first_year` on; 0: not known. `names`: English name, ISO 3166
/// codes and what else the country goes by, normalised, "|" between.
struct country_grid {
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

/// How far a data centre's grid is from its country's average: the root mean square of ln(published / table) over the
/// six data centres of Patterson et al. (2021, table 4), 0.20 to 0.55 kg/kWh.
inline constexpr double grid_log_sd = 0.30;

/// A country's grid in a year.
struct grid_intensity {
    std::string_view country = {};  ///< as the table has it
    int year = 0;                   ///< that the figure is of
    uncertain<kg_co2e_per_joule> intensity = kg_co2e_per_joule();

    [[nodiscard]] double kg_per_kwh() const { return intensity.value().value() * 3.6e6; }
    friend bool operator==(const grid_intensity&, const grid_intensity&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<grid_intensity>) {
    using result = grid_intensity;
    return std::tuple{member{"country", &result::country}, member{"year", &result::year},
                      member{"intensity", &result::intensity}};
}

/// Carbon for each kWh as a factor of its own, for a grid that the table does not have.
[[nodiscard]] constexpr kg_co2e_per_joule kg_per_kwh(double kilograms) {
    return kg_co2e_per_joule(kilograms / 3.6e6);
}

/// The average intensity of a country's grid, uncertain by grid_log_sd: a factor of 1.6 at 90 %. `country`: English
/// name or ISO 3166 code, in any letter case. After the last year known it is that year's, as `year` of the result
/// says. Throws std::invalid_argument for a country that the table does not have, and for a year before 2012.
[[nodiscard]] inline grid_intensity find_grid_intensity(std::string_view country, int year) {
    constexpr std::string_view function = "find_grid_intensity";
    std::string wanted = normalised(country);
    std::erase(wanted, '.');
    const auto is_named = [&wanted](const country_grid& grid) {
        for (std::string_view rest = grid.names; !rest.empty();) {
            const std::size_t end = std::min(rest.find('|'), rest.size());
            if (rest.substr(0, end) == wanted) return true;
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
        return false;
    };
    const country_grid* const grid = std::ranges::find_if(country_grids, is_named);
    detail::require(grid != std::end(country_grids), function,
                    "a country of the table, such as United States or US, or an intensity of your own", country);
    detail::require(year >= country_grid::first_year, function, "a year from 2012 on", year);
    const int known = std::min(year, grid->last_year());
    const double grams = grid->grams_per_kwh[static_cast<std::size_t>(known - country_grid::first_year)];
    return {grid->country, known, {kg_per_kwh(grams / 1000), "grid intensity", grid_log_sd}};
}

}  // namespace compute_divide

#endif
