// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/text/quantities.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace compute_divide;

namespace {

constexpr double untold = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool same(double a, double b) {
    return a == b || std::abs(a - b) <= 1e-12 * std::abs(b);
}

/// The only number of a text.
struct row {
    std::string_view text;
    double value;
    std::string_view written = "";  // what it is, where it is not the text
};
void check(const std::vector<row>& rows) {
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto numbers = numbers_in(each.text);
        REQUIRE(numbers.size() == 1);
        CAPTURE(numbers[0].value);
        CHECK(numbers[0].told == !std::isnan(each.value));
        if (numbers[0]) CHECK(same(numbers[0].value, each.value));
        const std::string_view written = each.text.substr(numbers[0].begin, numbers[0].end - numbers[0].begin);
        CHECK(written == (each.written.empty() ? each.text : each.written));
    }
}

}  // namespace

TEST_CASE("decimals and what groups their digits") {
    check({{"12", 12},
           {"0", 0},
           {"1.5", 1.5},
           {".5", 0.5},
           {"1,300", 1300},
           {"1,024,000", 1024000},
           {"1,234.5", 1234.5},
           {"1,3", 1.3},
           {"0,125", 0.125},
           {"17,5 days", 17.5, "17,5"},
           {"1.234,5", 1234.5},
           {"1.234.567", 1234567},
           {"1'234", 1234},
           {"1\xE2\x80\xAF"
            "234",
            1234},
           {"1\xC2\xA0"
            "234 hours",
            1234,
            "1\xC2\xA0"
            "234"},
           {"1\\,024", 1024},
           {"1{,}024", 1024},
           {"12 000 hours", 12000, "12 000"},
           {"1\xC2\xBD days", 1.5, "1\xC2\xBD"}});
}

TEST_CASE("powers") {
    check({{"1e5", 1e5},
           {"1.3E+21", 1.3e21},
           {"5.2e-3", 5.2e-3},
           {"1.3\\times10^{5}", 1.3e5},
           {"2 \\times 10^{4}", 2e4},
           {"2 \xC3\x97 10^4", 2e4},
           {"2.1x10^20", 2.1e20},
           {"2.1*10**20", 2.1e20},
           {"2.1\xC2\xB7"
            "10^20",
            2.1e20},
           {"2 \xC3\x97 10\xC2\xB2\xE2\x81\xB0", 2e20},
           {"10\xE2\x81\xB5", 1e5},
           {"10\xE2\x81\xBB\xC2\xB3", 1e-3},
           {"10^{3}", 1e3},
           {"10<sup>3</sup>", 1e3},
           {"3.2 &times; 10<sup>4</sup>", 3.2e4},
           {"2^10", 1024},
           {"(1.3 \xC2\xB1 0.2) \xC3\x97 10^5", 1.3e5, "1.3 \xC2\xB1 0.2) \xC3\x97 10^5"},
           {"3\xC3\x97"
            "1020 FLOP",
            3e20,
            "3\xC3\x97"
            "1020"},
           {"5.2 \xC3\x97 1023", untold}});
}

TEST_CASE("scales and words") {
    check({{"30k", 3e4},
           {"2.1M", 2.1e6},
           {"2.1 M GPU hours", 2.1e6, "2.1 M"},
           {"1.5T", 1.5e12},
           {"3.3 million", 3.3e6},
           {"3 millions", 3e6},
           {"100 thousand", 1e5},
           {"two", 2},
           {"twenty-four", 24},
           {"two thousand", 2000},
           {"three hundred and twenty-one thousand", 321000},
           {"two million three hundred thousand", 2.3e6},
           {"a dozen", 12},
           {"half a million", 5e5},
           {"a couple of", 2},
           {"two and a half weeks", 2.5, "two and a half"},
           {"hundreds", untold}});
}

TEST_CASE("ranges, tolerances and bounds") {
    struct bound_row {
        std::string_view text;
        number_kind kind;
        double value, lower, upper;
    };
    using enum number_kind;
    for (const bound_row& each : std::vector<bound_row>{{"8-10 hours", range, 9, 8, 10},
                                                        {"8 to 10 hours", range, 9, 8, 10},
                                                        {"8 \xE2\x80\x93 10 hours", range, 9, 8, 10},
                                                        {"8--10 hours", range, 9, 8, 10},
                                                        {"between 8 and 10 hours", range, 9, 8, 10},
                                                        {"two to four weeks", range, 3, 2, 4},
                                                        {"30k-100K GPU hours", range, 65e3, 30e3, 100e3},
                                                        {"3-5 million", range, 4e6, 3e6, 5e6},
                                                        {"1-2\xC3\x97"
                                                         "10^5",
                                                         range, 1.5e5, 1e5, 2e5},
                                                        {"3.2{\\sim}5", range, 4.1, 3.2, 5},
                                                        {"10 \xC2\xB1 2 hours", tolerance, 10, 8, 12},
                                                        {"$10 \\pm 2$ hours", tolerance, 10, 8, 12},
                                                        {"10 +/- 5% hours", tolerance, 10, 9.5, 10.5},
                                                        {"3.5(2) hours", tolerance, 3.5, 3.3, 3.7},
                                                        {"10.5\xC2\xB1"
                                                         "0.5k",
                                                         tolerance, 10500, 10000, 11000},
                                                        {"1.5 \xC2\xB1 0.5 \xC3\x97 10^5", tolerance, 1.5e5, 1e5, 2e5},
                                                        {"about 3 days", about, 3, 3, 3},
                                                        {"~3 days", about, 3, 3, 3},
                                                        {"$\\sim$3 days", about, 3, 3, 3},
                                                        {"less than 24 hours", at_most, 24, -infinity, 24},
                                                        {"$<$ 5 days", at_most, 5, -infinity, 5},
                                                        {"up to 8 GPUs", at_most, 8, -infinity, 8},
                                                        {"within a dozen days", at_most, 12, -infinity, 12},
                                                        {"at least 3 days", at_least, 3, 3, infinity},
                                                        {"100+ GPUs", at_least, 100, 100, infinity},
                                                        {"took 3 days", exact, 3, 3, 3}}) {
        CAPTURE(each.text);
        const auto numbers = numbers_in(each.text);
        REQUIRE(numbers.size() == 1);
        CHECK((numbers[0].kind == each.kind));
        CHECK(same(numbers[0].value, each.value));
        CHECK(same(numbers[0].lower, each.lower));
        CHECK(same(numbers[0].upper, each.upper));
    }
}

TEST_CASE("clocks") {
    for (const row& each : {row{"3:45", 3.75}, row{"02:30", 2.5}, row{"1:30:00", 1.5}, row{"7:30:36", 7.51}}) {
        CAPTURE(each.text);
        const written_number clock = number_at(each.text, 0);
        CHECK(clock.clock);
        CHECK(same(clock.value, each.value));
        CHECK(clock.end == each.text.size());
    }
}

TEST_CASE("no part of a number stands for the whole") {
    check({{"12 500", untold},
           {"65, 536 hours", untold, "65, 536"},
           {"12,34,567", untold},
           {"1,2,3", untold},
           {"1234,567", untold},
           {"2021-06-01", untold},
           {"10-8", untold},
           {"9/14 days", untold, "9/14"},
           {"1.2.3", untold},
           {"10^n", untold, "10^"},
           {"5^{2}", untold},
           {"1e400", untold},
           {"500-1M", untold},
           {"12:345", untold},
           {std::string_view("123456789012345678901234567890123456789012345678901234567890123456789"), untold}});
    const std::string_view power = ") \xC3\x97 10^5 hours";
    CHECK(!number_at(power, 5));  // a mantissa stands before it
    CHECK(number_at(power, 5).end == 9);
    for (const std::string_view text : {"A100", "v3-512", "GPT-3", "x2", "i7-8750h", "", "GPU", "hour"}) {
        CAPTURE(text);
        CHECK(numbers_in(text).empty());
    }
}

TEST_CASE("lists and products are numbers of their own") {
    const auto values = [](std::string_view text) {
        std::vector<double> all;
        for (const written_number& each : numbers_in(text)) all.push_back(each.value);
        return all;
    };
    CHECK(values("4, 5, and 6") == std::vector<double>{4, 5, 6});
    CHECK(values("8, 16, 128 GPUs") == std::vector<double>{8, 16, 128});
    CHECK(values("4 x 1080") == std::vector<double>{4, 1080});
    CHECK(values("8 x 1024") == std::vector<double>{8, 1024});
    CHECK(values("1024\xC3\x97"
                 "1024") == std::vector<double>{1024, 1024});
}

TEST_CASE("what a number counts") {
    const auto unit = [](std::string_view text) { return unit_after(text, numbers_in(text).at(0)); };
    CHECK(unit("$3\\times10^{11}$ tokens") == "tokens");
    CHECK(unit("1.5T tokens") == "tokens");
    CHECK(unit("20 GPU-hours") == "GPU");
    CHECK(unit("a 3-layer net") == "layer");
    CHECK(unit("80GB") == "GB");
    CHECK(unit("3.").empty());
}

TEST_CASE("whatever the text, numbers are in order, bounded and ordered") {
    const std::vector<std::string> pieces{
        "1",     "12",      "000",   "5",    ".", ",", "'", "-", "\xE2\x80\x93", "x",        "\xC3\x97", "10", "^",
        "{",     "}",       "$",     "\\pm", "e", "+", "k", "M", "to ",          "and ",     "between ", "a ", "one",
        "half ", "million", "dozen", "(",    ")", ":", "%", "/", "\xC2\xB2",     "\xC2\xBD", "~",        "<",  " "};
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto n = random() % 14; n > 0; --n) text += pieces[random() % pieces.size()];
        CAPTURE(text);
        std::size_t before = 0;
        for (const written_number& each : numbers_in(text)) {
            REQUIRE(each.begin >= before);
            REQUIRE(each.begin < each.end);
            REQUIRE(each.end <= text.size());
            before = each.end;
            if (!each) continue;
            REQUIRE(each.lower <= each.value);
            REQUIRE(each.value <= each.upper);
            REQUIRE(number_at(text, each.begin) == each);
        }
    }
}

TEST_CASE("a megabyte of digits, signs and x") {
    for (const std::string_view piece : {"8", "8x", "8-", "-", "x", "8,", "8.", "10^", "8 ", "1:", "8/", "$", "8,000",
                                         "a ", "one ", "two and ", "8 to "}) {
        CAPTURE(piece);
        std::string text;
        while (text.size() < 1'000'000) text += piece;
        std::size_t end = 0;
        for_each_number(text, [&](const written_number& each) { end = each.end; });
        CHECK(end <= text.size());
    }
}
