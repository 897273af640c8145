// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_COMPUTE_ELECTRICITY_PRICE_HPP
#define COMPUTE_DIVIDE_COMPUTE_ELECTRICITY_PRICE_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <type_traits>

#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/quantities.hpp>
#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/json.hpp>

/// What a kilowatt-hour costs where a model was trained.
///
///     const auto cost = energy * find_electricity_price("Germany", 2023).price;
namespace compute_divide::inline v0_2 {

/// Where the figures are from.
inline constexpr std::string_view electricity_price_source =
    "Eurostat, prices for non-household consumers (nrg_pc_205, 500 to 2,000 MWh, without VAT; CC BY 4.0); United "
    "States: Energy Information Administration";

/// Ten-thousandths of a dollar for each kWh, by year from `first_year` on; 0: not known.
struct country_price {
    /// The year of the first price.
    static constexpr int first_year = 2010;

    std::string_view country;
    std::array<std::uint16_t, 15> usd_per_10_mwh;
};

/// Written by examples/tools/make_electricity_prices.py: the mean of the halves of a year, at the European Central
/// Bank's annual average rate. Those of the United States are `typical_electricity_price`.
// clang-format off
inline constexpr country_price electricity_prices[]{
    {"Austria", {1495, 1569, 1425, 1476, 1424, 1157, 1124, 1088, 1186, 1211, 1356, 1482, 1792, 2740, 2161}},
    {"Belgium", {1399, 1563, 1402, 1446, 1448, 1210, 1258, 1238, 1321, 1289, 1346, 1571, 2269, 2397, 1946}},
    {"Czechia", {1401, 1524, 1328, 1337, 1095, 863, 809, 790, 859, 869, 964, 1057, 1797, 2039, 2051}},
    {"Denmark", {1261, 1336, 1258, 1345, 1269, 997, 1043, 955, 942, 777, 741, 1160, 2047, 1356, 1266}},
    {"Estonia", {942, 1022, 1029, 1291, 1227, 1025, 982, 969, 1056, 1025, 969, 1468, 2217, 1696, 1577}},
    {"European Union", {1377, 1544, 1471, 1567, 1592, 1285, 1242, 1270, 1333, 1346, 1430, 1613, 2073, 2249, 2038}},
    {"Finland", {912, 1048, 963, 995, 967, 784, 763, 759, 820, 800, 830, 873, 1031, 996, 887}},
    {"France", {990, 1153, 1120, 1211, 1278, 1097, 1032, 1072, 1105, 1105, 1148, 1227, 1337, 2521, 1941}},
    {"Germany", {1531, 1734, 1654, 1905, 2063, 1665, 1659, 1713, 1780, 1772, 2055, 2172, 2205, 2361, 2537}},
    {"Greece", {1307, 1501, 1545, 1651, 1750, 1355, 1266, 1278, 1233, 1208, 1219, 2018, 2510, 2019, 1924}},
    {"Hungary", {1401, 1387, 1251, 1290, 1204, 964, 886, 876, 981, 1077, 1105, 1155, 2054, 3120, 2469}},
    {"Iceland", {0, 0, 0, 0, 0, 0, 768, 0, 690, 649, 830, 743, 819, 858, 0}},
    {"Ireland", {1494, 1705, 1743, 1817, 1808, 1539, 1423, 1400, 1577, 1500, 1522, 2006, 2660, 2924, 2767}},
    {"Italy", {1877, 2215, 2201, 2256, 2295, 1778, 1706, 1653, 1687, 1826, 1723, 2032, 3105, 2556, 2362}},
    {"Netherlands", {1314, 1348, 1242, 1255, 1210, 970, 920, 896, 987, 1030, 1200, 1399, 1855, 2403, 2139}},
    {"Norway", {1304, 1402, 1146, 1217, 1067, 807, 862, 799, 974, 889, 566, 1189, 1894, 1061, 844}},
    {"Poland", {1303, 1361, 1203, 1201, 1101, 967, 898, 976, 1039, 1025, 1235, 1299, 1715, 2299, 2264}},
    {"Portugal", {1230, 1393, 1472, 1521, 1560, 1273, 1249, 1295, 1354, 1299, 1279, 1332, 1348, 1143, 1343}},
    {"Spain", {1498, 1596, 1548, 1611, 1603, 1279, 1181, 1182, 1274, 1261, 1286, 1498, 2149, 1694, 1514}},
    {"Sweden", {1091, 1198, 1018, 1030, 913, 672, 704, 731, 833, 821, 721, 1001, 1393, 1065, 971}},
    {"Turkey", {1198, 1073, 1168, 1155, 1029, 843, 813, 698, 715, 882, 822, 826, 1648, 1295, 1016}},
    {"United Kingdom", {1318, 1410, 1501, 1568, 1745, 1669, 1469, 1418, 1630, 1723, 0, 0, 0, 0, 0}},
};
// clang-format on

/// A country's price in a year.
struct electricity_price {
    std::string_view country = {};  ///< as the table has it
    int year = 0;                   ///< that the figure is of
    uncertain<us_dollars_per_joule> price = us_dollars_per_joule();

    /// The price in US dollars a kWh.
    [[nodiscard]] double usd_per_kwh() const { return price.value().value() * 3.6e6; }
    friend bool operator==(const electricity_price&, const electricity_price&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<electricity_price>) {
    using result = electricity_price;
    return member_list(member{"country", &result::country}, member{"year", &result::year},
                       member{"price", &result::price});
}

/// What consumers that are no households paid for a kWh in a country, without value added tax and what is refunded; in
/// the United States, industry. `country`: as for `find_grid_intensity`, regions as their country. The figure is of the
/// year, or of the nearest one known, as `year` of the result says. Its spread, a factor of 1.5 at 90 % for other sizes
/// and contracts, is this library's choice: larger consumers pay less than these, of 500 to 2,000 MWh a year.
///
/// Throws std::invalid_argument for a country whose prices are not known: there is no typical one, from $0.07 in the
/// United States to $0.29 in Ireland in 2023.
[[nodiscard]] inline electricity_price find_electricity_price(std::string_view country, int year) {
    constexpr std::string_view function = "find_electricity_price";
    const std::string_view name = country_of_grid(country);
    if (name == "United States") {
        const int known = year < 2010 ? 2010 : year > 2025 ? 2025 : year;
        return {name, known, typical_electricity_price(known)};
    }
    for (const country_price& each : electricity_prices) {
        if (each.country != name) continue;
        int nearest = 0;
        double price = 0;
        for (std::size_t i = 0; i < each.usd_per_10_mwh.size(); ++i) {
            const int known = country_price::first_year + static_cast<int>(i);
            if (each.usd_per_10_mwh[i] == 0 || (nearest != 0 && std::abs(known - year) >= std::abs(nearest - year)))
                continue;
            nearest = known;
            price = each.usd_per_10_mwh[i] / 1e4;
        }
        return {name, nearest, {usd_per_kwh(price), "electricity price", 0.25}};
    }
    detail::fail(function,
                 "a country whose prices are known (most of Europe, the United States), or a price of your own",
                 country);
}

}  // namespace compute_divide::inline v0_2

#endif
