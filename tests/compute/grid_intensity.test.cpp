// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/grid_intensity.hpp>

#include <cmath>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

TEST_CASE("figures of the table by any name") {
    // Read again from the source, apart from the table.
    struct row {
        std::string country;
        int year;
        std::string name;
        double kg_per_kwh;
    };
    for (const row& r : std::vector<row>{{"United States", 2019, "United States", 0.43945},
                                         {"USA", 2012, "United States", 0.53277},
                                         {"us", 2023, "United States", 0.39289},
                                         {"U.S.", 2020, "United States", 0.41173},
                                         {"France", 2022, "France", 0.07857},
                                         {"FRA", 2014, "France", 0.05222},
                                         {"china", 2021, "China", 0.59905},
                                         {"UK", 2016, "United Kingdom", 0.33345},
                                         {"Türkiye", 2024, "Turkey", 0.46974},
                                         {"Korea", 2018, "South Korea", 0.51881},
                                         {"Taiwan", 2019, "Taiwan", 0.64906},
                                         {"World", 2024, "World", 0.47184},
                                         {"Sweden", 2024, "Sweden", 0.03489}}) {
        CAPTURE(r.country);
        const auto grid = cd::find_grid_intensity(r.country, r.year);
        CHECK(grid.country == r.name);
        CHECK(grid.year == r.year);
        CHECK(std::fabs(grid.kg_per_kwh() - r.kg_per_kwh) <= 0.0005 + 1e-12);
    }
}

TEST_CASE("after the last year known it is that year's, and says so") {
    CHECK(cd::find_grid_intensity("Germany", 2031).year == 2024);
    CHECK(cd::find_grid_intensity("Germany", 2031).intensity == cd::find_grid_intensity("Germany", 2024).intensity);
    CHECK(cd::find_grid_intensity("Israel", 2024).year == 2023);
}

TEST_CASE("the table is sound") {
    std::string_view last;
    for (const cd::country_grid& grid : cd::country_grids) {
        CAPTURE(grid.country);
        CHECK(last < grid.country);
        last = grid.country;
        CHECK(cd::find_grid_intensity(grid.country, 2020).country == grid.country);
        CHECK(grid.last_year() >= 2023);
        for (int year = cd::country_grid::first_year; year <= grid.last_year(); ++year) {
            const double kg = cd::find_grid_intensity(grid.country, year).kg_per_kwh();
            CHECK(kg > 0.02);  // water and wind, over their life
            CHECK(kg < 1.0);   // coal
        }
    }
}

TEST_CASE("its spread is that of published data centres round it") {
    // Patterson et al. (2021), table 4, gross: kg/kWh, where and when.
    struct row {
        double kg_per_kwh;
        std::string country;
        int year;
    };
    double squares = 0;
    const std::vector<row> rows{{0.431, "US", 2018}, {0.545, "Taiwan", 2019}, {0.415, "US", 2019},
                                {0.201, "US", 2020}, {0.403, "US", 2020},     {0.429, "US", 2020}};
    for (const row& r : rows)
        squares += std::pow(std::log(r.kg_per_kwh / cd::find_grid_intensity(r.country, r.year).kg_per_kwh()), 2);
    CHECK(std::fabs(std::sqrt(squares / static_cast<double>(rows.size())) - cd::grid_log_sd) < 0.005);
}

TEST_CASE("what is not there is an error that names it") {
    CHECK(
        message_of([] { return cd::find_grid_intensity("Atlantis", 2020); }) ==
        "compute_divide::find_grid_intensity: a country of the table, such as United States or US, or an intensity of "
        "your own, got \"Atlantis\"");
    CHECK(message_of([] { return cd::find_grid_intensity("", 2020); }).ends_with("got \"\""));
    CHECK(message_of([] { return cd::find_grid_intensity("us|usa", 2020); }).ends_with("got \"us|usa\""));
    CHECK(message_of([] { return cd::find_grid_intensity("US", 2011); }) ==
          "compute_divide::find_grid_intensity: a year from 2012 on, got 2011");
    CHECK(close(cd::kg_per_kwh(0.5).value() * 3.6e6, 0.5, 1e-15));
}

TEST_CASE("as JSON and as text") {
    const auto grid = cd::find_grid_intensity("France", 2022);
    CHECK(to_json(grid) == R"({"country":"France","year":2022,"intensity":)" + to_json(grid.intensity) + "}");
    CHECK(to_string(grid).starts_with("country    France\nyear       2022\nintensity  "));
    CHECK(grid == cd::find_grid_intensity("FRA", 2022));
}

TEST_CASE("regions: subregions, provinces and grids by name and code") {
    const double upstream = std::sqrt(0.011 * 0.060);
    struct row {
        std::string place;
        int year;
        std::string name;
        int of_year;
        double kg_per_kwh;  // of combustion
    };
    for (const row& r :
         std::vector<row>{{"CAMX", 2022, "WECC California", 2022, 497.443 * 0.45359237e-3},
                          {"US-RFCW", 2024, "RFC West", 2022, 1000.053 * 0.45359237e-3},
                          {"npcc nyc/westchester", 2015, "NPCC NYC/Westchester", 2022, 885.233 * 0.45359237e-3},
                          {"Ontario", 2012, "Ontario", 2012, 0.0962},
                          {"CA-AB", 2019, "Alberta", 2019, 0.5327},
                          {"Quebec", 2023, "Quebec", 2019, 0.0008},
                          {"CN-GD", 2022, "Guangdong", 2022, 0.4403},
                          {"Inner Mongolia", 2016, "Inner Mongolia", 2021, 0.7025},
                          {"North China", 2021, "North China grid", 2021, 0.7120},
                          // Announcement of China's factors of 2022, of 2024-12-20: the grids, the extremes.
                          {"North China", 2022, "North China grid", 2022, 0.6776},
                          {"Northeast China", 2022, "Northeast China grid", 2022, 0.5564},
                          {"East China", 2022, "East China grid", 2022, 0.5617},
                          {"Central China", 2022, "Central China grid", 2022, 0.5395},
                          {"Northwest China", 2022, "Northwest China grid", 2022, 0.5857},
                          {"South China", 2022, "South China grid", 2022, 0.3869},
                          {"Southwest China", 2022, "Southwest China grid", 2022, 0.2268},
                          {"Hebei", 2022, "Hebei", 2022, 0.7252},
                          {"Yunnan", 2022, "Yunnan", 2022, 0.1073}}) {
        CAPTURE(r.place);
        const auto grid = cd::find_grid_intensity(r.place, r.year);
        CHECK(grid.country == r.name);
        CHECK(grid.year == r.of_year);
        CHECK(std::fabs(grid.kg_per_kwh() - r.kg_per_kwh - upstream) <= 0.0005 + 1e-9);
    }
    CHECK(cd::country_of_grid("CA-ON") == "Canada");
    CHECK(cd::country_of_grid("Guangdong") == "China");
    CHECK(cd::country_of_grid("Deutschland") == "");
    CHECK(cd::country_of_grid("DE") == "Germany");
}

TEST_CASE("regions' names are nobody else's, and their figures those of a grid") {
    for (const cd::region_grid& grid : cd::region_grids) {
        CAPTURE(grid.region);
        CHECK(cd::find_grid_intensity(grid.region, 2022).country == grid.region);
        CHECK(cd::country_of_grid(grid.region) == grid.country);
        CHECK(grid.grams_per_kwh[0] > 0);
        for (const auto grams : grid.grams_per_kwh) CHECK(grams < 1000);
    }
}

TEST_CASE("regions with their life cycle add up to about their country's") {
    // eGRID2022's average of the United States, 823.149 lb/MWh; China's of 2021, 0.5568 kg/kWh; Canada's by the two
    // provinces that generate nearly two thirds.
    const double upstream = std::sqrt(0.011 * 0.060);
    CHECK(close(823.149 * 0.45359237e-3 + upstream, cd::find_grid_intensity("US", 2022).kg_per_kwh(), 0.05));
    CHECK(close(0.5568 + upstream, cd::find_grid_intensity("China", 2021).kg_per_kwh(), 0.05));
    CHECK(cd::find_grid_intensity("Quebec", 2019).kg_per_kwh() < cd::find_grid_intensity("Canada", 2019).kg_per_kwh());
    CHECK(cd::find_grid_intensity("Alberta", 2019).kg_per_kwh() > cd::find_grid_intensity("Canada", 2019).kg_per_kwh());
}

TEST_CASE("a clean region's life cycle is what is uncertain of it") {
    const auto quebec = cd::find_grid_intensity("Quebec", 2019).intensity;
    CHECK(quebec.sources().size() == 2);
    CHECK(quebec.log_sd() > cd::grid_log_sd);
    const auto alberta = cd::find_grid_intensity("Alberta", 2019).intensity;
    CHECK(alberta.log_sd() < cd::grid_log_sd);
}
