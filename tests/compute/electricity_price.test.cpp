// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/electricity_price.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;

TEST_CASE("Eurostat's halves of a year, in dollars") {
    // Read again from Eurostat's table: EUR/kWh of the two halves, and the European Central Bank's rate of the year.
    const struct {
        std::string_view country;
        int year;
        double first, second, rate;
        std::string_view name;
    } rows[] = {
        {"Germany", 2010, 0.1120, 0.1190, 1.3257, "Germany"}, {"DE", 2013, 0.1425, 0.1444, 1.3281, "Germany"},
        {"France", 2016, 0.0962, 0.0903, 1.1069, "France"},   {"UK", 2019, 0.1519, 0.1560, 1.1195, "United Kingdom"},
        {"Sweden", 2018, 0.0684, 0.0727, 1.1810, "Sweden"},   {"T\u00fcrkiye", 2019, 0.0706, 0.0870, 1.1195, "Turkey"}};
    for (const auto& row : rows) {
        CAPTURE(row.country);
        const auto found = cd::find_electricity_price(row.country, row.year);
        CHECK(found.country == row.name);
        CHECK(found.year == row.year);
        CHECK(close(found.usd_per_kwh(), row.rate * (row.first + row.second) / 2, 0.001));
        CHECK(found.price.log_sd() == 0.25);
    }
}

TEST_CASE("the United States pay what their industry does, also by their regions' names") {
    for (const std::string_view place : {"United States", "us", "US-CAMX", "WECC California"}) {
        const auto found = cd::find_electricity_price(place, 2022);
        CHECK(found.country == "United States");
        CHECK(found.price == cd::typical_electricity_price(2022));
    }
    CHECK(cd::find_electricity_price("USA", 2031).year == 2025);
    CHECK(cd::find_electricity_price("USA", 2005).year == 2010);
}

TEST_CASE("a year that is not known has the nearest one, and says so") {
    CHECK(cd::find_electricity_price("UK", 2023).year == 2019);
    CHECK(cd::find_electricity_price("Iceland", 2017).year == 2016);  // of 2016 and 2018 the earlier
    CHECK(cd::find_electricity_price("Iceland", 2000).year == 2016);
    CHECK(cd::find_electricity_price("Germany", 2030).year == 2024);
}

TEST_CASE("the table is sound") {
    std::string_view last;
    for (const cd::country_price& each : cd::electricity_prices) {
        CAPTURE(each.country);
        CHECK(last < each.country);
        last = each.country;
        CHECK(cd::country_of_grid(each.country) == each.country);
        for (const auto price : each.usd_per_10_mwh) CHECK((price == 0 || (price > 400 && price < 3500)));
    }
}

TEST_CASE("where no price is known there is none") {
    for (const std::string_view place : {"China", "Japan", "Ontario", "Atlantis", ""})
        CHECK(message_of([&] { return cd::find_electricity_price(place, 2022); }) ==
              "compute_divide::find_electricity_price: a country whose prices are known (most of Europe, the United "
              "States), or a price of your own, got \"" +
                  std::string(place) + "\"");
}

TEST_CASE("as JSON and as text") {
    const auto found = cd::find_electricity_price("France", 2022);
    CHECK(to_json(found) == R"({"country":"France","year":2022,"price":)" + to_json(found.price) + "}");
    CHECK(to_string(found).starts_with("country  France\nyear     2022\nprice    "));
    CHECK(found == cd::find_electricity_price("FRA", 2022));
}
