// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/dates.hpp>

#include <chrono>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using namespace std::chrono_literals;
namespace chrono = std::chrono;

namespace {

struct record {
    chrono::year_month_day published;
    chrono::sys_days indexed;
    std::optional<int> year;
    std::string venue;
    bool open;
};

static_assert(cd::time_field_of<chrono::year_month_day record::*, std::vector<record>>);
static_assert(cd::time_field_of<chrono::sys_days record::*, std::vector<record>>);
static_assert(cd::time_field_of<std::optional<int> record::*, std::vector<record>>);
static_assert(!cd::time_field_of<std::string record::*, std::vector<record>>);
static_assert(!cd::time_field_of<bool record::*, std::vector<record>>);
static_assert(cd::calendar_time<chrono::system_clock::time_point> && cd::calendar_time<chrono::year>);

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("every way to say when agrees on the day") {
    constexpr auto date = 2012y / chrono::July / 2;
    static_assert(cd::days_since_1970(1970y / chrono::January / 1) == 0);
    static_assert(cd::days_since_1970(date) == 15523);  // `date -d 2012-07-02 +%s` / 86400
    static_assert(cd::days_since_1970(chrono::sys_days{date}) == 15523);
    static_assert(cd::days_since_1970(chrono::sys_days{date} + 12h) == 15523.5);
    static_assert(cd::days_since_1970(2012y) == cd::days_since_1970(2012y / chrono::January / 1));
    static_assert(cd::days_since_1970(2012) == cd::days_since_1970(2012y));
    static_assert(cd::days_since_1970(2012.5) == 15523);  // 2012 has 366 days, so its middle is after 183: 2 July
    static_assert(cd::days_since_1970(std::optional{2012}) == cd::days_since_1970(2012y));
    static_assert(cd::days_since_1970(1952y / chrono::January / 8) == -6568);
}

TEST_CASE("decimal years and calendar years") {
    static_assert(cd::decimal_year(2012y / chrono::July / 2) == 2012.5);
    static_assert(cd::decimal_year(2012.25) == 2012.25 && cd::decimal_year(2012) == 2012);
    static_assert(cd::decimal_year(2021y / chrono::December / 31) == 2021 + 364.0 / 365);
    static_assert(cd::year_of(2021y / chrono::December / 31) == 2021);
    static_assert(cd::year_of(1969y / chrono::December / 31) == 1969 && cd::year_of(1969.99) == 1969);
    static_assert(cd::year_of(-0.5) == -1);
    for (int year = 1600; year < 2400; ++year)
        for (const auto day : {chrono::January / 1, chrono::December / 31})
            REQUIRE(cd::year_of(chrono::year{year} / day) == year);
}

TEST_CASE("a time that is not known, or is no time, is not known") {
    CHECK_FALSE(cd::is_known(cd::days_since_1970(2021y / chrono::February / 30)));
    CHECK_FALSE(cd::is_known(cd::days_since_1970(std::optional<chrono::sys_days>{})));
    CHECK_FALSE(cd::is_known(cd::decimal_year(not_known)));
    CHECK_FALSE(cd::is_known(cd::days_since_1970(not_known)));
    CHECK_FALSE(cd::is_known(cd::days_since_1970(1e300)));
    CHECK_FALSE(cd::is_known(cd::days_since_1970(std::numeric_limits<long long>::min())));
    CHECK_FALSE(cd::year_of(std::optional<int>{}).has_value());
    CHECK_FALSE(cd::year_of(2021y / chrono::February / 30).has_value());
}

TEST_CASE("a time outside the years of the calendar is not known, by whatever type it comes") {
    using decimal_seconds = chrono::time_point<chrono::system_clock, chrono::duration<double>>;
    CHECK_FALSE(cd::year_of(chrono::sys_days::max()).has_value());
    CHECK_FALSE(cd::year_of(chrono::sys_seconds::min()).has_value());
    CHECK_FALSE(cd::year_of(decimal_seconds{chrono::duration<double>(1e300)}).has_value());
    CHECK_FALSE(cd::year_of(decimal_seconds{chrono::duration<double>(not_known)}).has_value());
    CHECK_FALSE(cd::is_known(cd::decimal_year(chrono::year::max() / chrono::June / 1)));
    static_assert(cd::year_of(chrono::year::min() / chrono::January / 1) == -32767);
    static_assert(cd::year_of(chrono::year{32766} / chrono::December / 31) == 32766);
    static_assert(cd::year_of(chrono::year{32766}) == 32766 && cd::year_of(32766.5) == 32766);
    CHECK_FALSE(cd::year_of(chrono::year::max()).has_value());
}

TEST_CASE("a moment before the new year is in the old one") {
    static_assert(cd::year_of(chrono::sys_days{2013y / chrono::January / 1} - 1us) == 2012);
    static_assert(cd::year_of(chrono::sys_days{2013y / chrono::January / 1}) == 2013);
    static_assert(cd::year_of(chrono::sys_days{1970y / chrono::January / 1} - 1us) == 1969);
}
