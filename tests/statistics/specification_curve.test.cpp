// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/specification_curve.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <new>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "support/close.hpp"
#include "support/curves.hpp"
#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::close;
using test_support::message_of;
using test_support::ran;

namespace {

const cd::alternatives<int> powers{"power", {{"1", 1}, {"2", 2}, {"3", 3}}};
const cd::alternatives<bool> halves{"half", {{"whole", false}, {"half", true}}};

cd::estimate about(double value, double half = 1) {
    return ran({}, value, half).result;
}

}  // namespace

TEST_CASE("counts, order, median, range") {
    const auto curve = cd::specification_curve_of(
        std::vector{ran({{"a", "1"}}, 2, 1), ran({{"a", "2"}}, -1, 2), ran({{"a", "3"}}, 5, 1), ran({{"a", "4"}}, 0, 1),
                    cd::specification{.choices = {{"a", "5"}}, .result = {.status = cd::estimate_status::too_few}}});
    REQUIRE(curve);
    CHECK(curve.n_estimated == 4);
    CHECK(curve.n_not_estimated == 1);
    CHECK(curve.n_above == 2);
    CHECK(curve.n_below == 1);
    CHECK(curve.n_above_significant == 2);
    CHECK(curve.n_below_significant == 0);
    CHECK(curve.median == 1.0);
    CHECK(curve.range == cd::interval{-1, 5});
    CHECK(curve.share_above() == 0.5);
    std::string order;
    for (const auto& s : curve.specifications) order += name_of(s);
    CHECK(order == "24135");
    CHECK(close(*curve.specifications[2].p_value, std::erfc(2 * 1.959963984540054 / std::sqrt(2.0)), 1e-12));
    CHECK(curve.specifications[1].p_value == 1.0);
    CHECK_FALSE(curve.specifications[4].p_value);
    CHECK_FALSE(curve.joint);
    CHECK_FALSE(cd::specification_curve_of(std::vector<cd::specification>{}));
}

TEST_CASE("p of an interval: 1 - level exactly where it ends at no effect, whatever the degrees of freedom") {
    for (const std::optional<double> degrees :
         {std::optional<double>(), std::optional(1.0), std::optional(3.5), std::optional(250.0)})
        for (const double level : {0.8, 0.95, 0.999}) {
            auto s = ran({}, 3, 3);
            s.result.degrees_of_freedom = degrees;
            s.result.level = level;
            const auto curve = cd::specification_curve_of(std::vector{s});
            CHECK(close(*curve.specifications[0].p_value, 1 - level, 1e-10));
        }
    // of an interval that is not even, the half that faces no effect; a ratio by its log
    auto ratio = ran({}, 2, 0);
    ratio.result.bounds = cd::interval{1, 400};
    const auto curve = cd::specification_curve_of(std::vector{ratio}, {.scale = cd::comparison_scale::ratio});
    CHECK(close(*curve.specifications[0].p_value, 0.05, 1e-10));
    CHECK(curve.options.null_value() == 1);
    // without an interval there is none; of no width it is certain; a stated one is kept
    auto point = ran({}, 2, 0);
    CHECK(*cd::specification_curve_of(std::vector{point}).specifications[0].p_value < 1e-100);
    point.result.bounds.reset();
    CHECK_FALSE(cd::specification_curve_of(std::vector{point}).specifications[0].p_value);
    auto stated = ran({}, 2, 5);
    stated.p_value = 0.001;
    CHECK(cd::specification_curve_of(std::vector{stated}).n_above_significant == 1);
}

TEST_CASE("the median of an even number of ratios is of their logs") {
    const auto curve = cd::specification_curve_of(std::vector{ran({{"a", "1"}}, 2, 0.5), ran({{"a", "2"}}, 8, 0.5)},
                                                  {.scale = cd::comparison_scale::ratio});
    CHECK(close(*curve.median, 4, 1e-14));
}

TEST_CASE("parts of a set that is no full product, as in the reference") {
    const auto reference = test_support::curve_reference();
    std::vector<cd::specification> all;
    for (int a = 0; a < 3; ++a)
        for (int b = 0; b < 2; ++b)
            for (int c = 0; c < 2; ++c)
                if (!(a == 2 && b == 1))
                    all.push_back(
                        ran({{"a", std::to_string(a)}, {"b", std::to_string(b)}, {"c", std::to_string(c)}},
                            2.0 * a + (b != 0 ? 1.5 : 0) + (c != 0 ? a * 0.75 : 0) - (b != 0 && c != 0 ? 0.3 : 0), 1));
    const auto curve = cd::specification_curve_of(all);
    CHECK_FALSE(curve.factorial);
    REQUIRE(curve.moved_by.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(curve.moved_by[i].name == std::string(1, static_cast<char>('a' + i)));
        CHECK(close(curve.moved_by[i].part, reference.at("parts part " + std::to_string(i)), 1e-12));
        CHECK(close(curve.moved_by[i].alone, reference.at("parts alone " + std::to_string(i)), 1e-12));
        CHECK(close(curve.moved_by[i].total, reference.at("parts total " + std::to_string(i)), 1e-12));
    }
    CHECK(curve.moving_choices() == std::vector<std::string>{"a"});
}

TEST_CASE("of a full product the parts are the analysis of variance") {
    // 3 a + 4 b, a and b of +-1: 9 and 16 of 25; and an interaction is split evenly
    std::vector<cd::specification> sum, product;
    for (const int a : {-1, 1})
        for (const int b : {-1, 1}) {
            const std::vector<cd::choice> of{{"a", std::to_string(a)}, {"b", std::to_string(b)}, {"c", "one"}};
            sum.push_back(ran(of, 3 * a + 4 * b, 1));
            product.push_back(ran(of, a * b, 1));
        }
    const auto added = cd::specification_curve_of(sum);
    CHECK(added.factorial);
    REQUIRE(added.moved_by.size() == 2);  // c has one option
    CHECK(added.moved_by[0].name == "b");
    CHECK(close(added.moved_by[0].part, 0.64, 1e-14));
    CHECK(close(added.moved_by[0].alone, 0.64, 1e-14));
    CHECK(close(added.moved_by[0].total, 0.64, 1e-14));
    CHECK(added.moving_choices() == std::vector<std::string>{"b", "a"});
    const auto multiplied = cd::specification_curve_of(product);
    CHECK(close(multiplied.moved_by[0].part, 0.5, 1e-14));
    CHECK(multiplied.moved_by[0].alone == 0);
    CHECK(multiplied.moved_by[0].total == 1);
    // nothing moves what is constant
    for (auto& s : sum) s.result = about(7);
    const auto constant = cd::specification_curve_of(sum);
    CHECK(constant.moved_by[0].part == 0);
    CHECK(constant.moving_choices().empty());
    // a unit or an origin changes nothing; twice the same is no factorial
    for (auto& s : product) s.result = about(1e6 * *s.result.value + 3e5, 1);
    const auto moved = cd::specification_curve_of(product);
    CHECK(close(moved.moved_by[0].part, 0.5, 1e-9));
    product.push_back(product.front());
    CHECK_FALSE(cd::specification_curve_of(product).factorial);
}

TEST_CASE("rows without a choice are another option of it") {
    const auto curve = cd::specification_curve_of(
        std::vector{ran({{"a", "1"}}, 1, 1), ran({{"a", "1"}, {"b", "2"}}, 3, 1), ran({{"b", "2"}}, 3, 1)});
    REQUIRE(curve.moved_by.size() == 2);
    CHECK(curve.moved_by[0].name == "b");
    CHECK(close(curve.moved_by[0].part + curve.moved_by[1].part, 1, 1e-12));
}

TEST_CASE("what is wrong but common is shown and not counted") {
    auto wrong = ran({{"a", "wrong"}}, 100, 1);
    wrong.standing = cd::option_standing::wrong_but_common;
    const auto curve = cd::specification_curve_of(std::vector{wrong, ran({{"a", "1"}}, 1, 2), ran({{"a", "2"}}, 2, 1)});
    CHECK(curve.specifications.size() == 3);
    CHECK(curve.n_estimated == 2);
    CHECK(curve.n_wrong_but_common == 1);
    CHECK(curve.median == 1.5);
    CHECK(curve.range->upper == 2);
}

TEST_CASE("running: any function, any result with an estimate, failures as rows") {
    const cd::specification_set set(powers, halves);
    const std::vector<double> records{2, 3};
    const auto run = [&](auto f) { return cd::run_specifications(set, records, f); };
    const auto value = [](const std::vector<double>& r, int power, bool half) {
        return std::pow(r[0], power) / (half ? 2 : 1);
    };
    const auto plain = run([&](const auto& r, int power, bool half) { return about(value(r, power, half)); });
    REQUIRE(plain.size() == 6);
    CHECK(name_of(plain[3]) == "2, half");
    CHECK(plain[3].result.value == 2.0);
    // results that hold one
    struct line {
        cd::estimate estimate;
        cd::test_result test;
    };
    const auto lines = run([&](const auto& r, int power, bool half) {
        return line{about(value(r, power, half)), {.p_value = 0.125}};
    });
    CHECK(lines[3].result == plain[3].result);
    CHECK(lines[3].p_value == 0.125);
    const auto effects = run([&](const auto& r, int power, bool half) {
        return cd::two_sample_result{.effect = about(value(r, power, half))};
    });
    CHECK(effects[3].result == plain[3].result);
    CHECK_FALSE(effects[3].p_value);
    const auto optional = run([&](const auto& r, int power, bool half) {
        return power == 2 ? std::nullopt : std::optional(line{about(value(r, power, half)), {}});
    });
    CHECK(optional[3].result.status == cd::estimate_status::no_data);
    CHECK(optional[5].result.value == 4.0);
    // failures
    const auto some = run([&](const auto& r, int power, bool half) {
        if (power == 2) throw std::domain_error("no square");
        if (power == 3) throw std::runtime_error("");
        return about(value(r, power, half));
    });
    CHECK(some[2].failure == "no square");
    CHECK(some[2].result.status == cd::estimate_status::degenerate);
    CHECK(some[4].failure == "an error without words");
    CHECK(cd::specification_curve_of(some).n_not_estimated == 4);
    CHECK(to_json(cd::specification_curve_of(some)).find(R"("failure":"no square")") != std::string::npos);
    CHECK(message_of([&] {
              return run([](const auto&, int, bool) -> cd::estimate { throw std::out_of_range("always"); });
          }) == "always");
    CHECK_THROWS_AS(run([](const auto&, int, bool) -> cd::estimate { throw std::bad_alloc(); }), std::bad_alloc);
    // threads change nothing
    const auto f = [&](const auto& r, int power, bool half) { return about(value(r, power, half)); };
    for (const unsigned threads : {0U, 2U, 3U, 9U}) CHECK(cd::run_specifications(set, records, f, threads) == plain);
}

TEST_CASE("text and JSON") {
    const auto curve = cd::specification_curve_of(
        std::vector{ran({{"a", "1"}, {"b", "x"}}, 2, 1), ran({{"a", "2"}, {"b", "x"}}, -1, 2)});
    CHECK(to_string(curve) ==
          "2 specifications\n"
          "median 0.5, quartiles [-0.25, 1.25], range [-1, 2]\n"
          "above 0: 1 (1 significant); below: 1 (0)\n"
          "moved by a 100 %");
    CHECK(to_string(cd::specification_curve_of(std::vector<cd::specification>{})) == "0 specifications");
    CHECK(to_json(curve).starts_with(
        R"({"options":{"scale":"difference","null":0,"significance":0.05},"n_estimated":2,"n_not_estimated":0,)"));
    CHECK(to_json(curve).find(R"("moved_by":[{"name":"a","part":1,"alone":1,"total":1}])") != std::string::npos);
}

TEST_CASE("errors") {
    const std::vector one{ran({{"a", "1"}}, -2, 1)};
    const auto message = [&](const cd::curve_options& options) {
        return message_of([&] { return cd::specification_curve_of(one, options); });
    };
    CHECK(message({.scale = cd::comparison_scale::ratio}) ==
          "compute_divide::specification_curve_of: values > 0 on the scale ratio, got -2");
    CHECK(message({.significance = 1}) == "compute_divide::specification_curve_of: a significance in (0, 1), got 1");
    CHECK(message({.null = std::numeric_limits<double>::infinity()}) ==
          "compute_divide::specification_curve_of: a finite value of no effect, > 0 of a ratio, got inf");
    CHECK(message({.scale = cd::comparison_scale::ratio, .null = 0}) ==
          "compute_divide::specification_curve_of: a finite value of no effect, > 0 of a ratio, got 0");
    std::vector<cd::specification> wide(2, ran({}, 1, 1));
    for (int i = 0; i < 21; ++i) {
        wide[0].choices.push_back({std::to_string(i), "0"});
        wide[1].choices.push_back({std::to_string(i), "1"});
    }
    CHECK(message_of([&] { return cd::specification_curve_of(wide); }) ==
          "compute_divide::specification_curve_of: at most 20 choices of several options, got 21");
    const cd::specification_set set(powers);
    const auto none = set.where("none", [](int) { return false; });
    CHECK(message_of([&] { return cd::run_specifications(none, 1, [](int, int) { return cd::estimate{}; }); }) ==
          "compute_divide::run_specifications: specifications, got 0");
}
