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
