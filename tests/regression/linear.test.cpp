// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/linear.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/regression/inference.hpp>

#include <compute_divide/regression/fixed_effects.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/regression_reference.hpp"
#include "support/strd.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

/// A file: its records can be read again, each time from the first, but not at two places at once.
class read_again : public test_support::single_pass<test_support::regression_record> {
public:
    using records = std::vector<test_support::regression_record>;
    explicit read_again(const records& all) : single_pass(all), all_(all) {}
    auto begin() {
        static_cast<single_pass&>(*this) = single_pass(all_);
        return single_pass::begin();
    }

private:
    records all_;
};

struct record {
    double y, x;
    double w = 1;
    int firm = 0, year = 0;
    std::string venue = "ICML";
};
using records = std::vector<record>;

const auto y_on_x = cd::model_of(&record::y).on(cd::variable("x", &record::x));
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// Not a line, in four firms of different size and three years.
const records some = {{1, 2, 1, 0, 0}, {3, 1, 2, 1, 0}, {2, 4, 1, 2, 1},  {7, 5, 3, 3, 1},
                      {5, 9, 1, 0, 2}, {8, 7, 2, 1, 2}, {9, 3, 1, 3, 0},  {4, 6, 1, 3, 1},
                      {6, 8, 3, 3, 2}, {2, 2, 1, 2, 0}, {11, 7, 1, 3, 2}, {1, 0, 2, 1, 1}};

bool same(const std::vector<double>& a, const std::vector<double>& b, double tolerance = 1e-12, double factor = 1) {
    if (a.size() != b.size() || a.empty()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!close(a[i], factor * b[i], tolerance)) return false;
    return true;
}

cd::regression_options with(covariance_kind kind) {
    return {.covariance = kind};
}

}  // namespace

template <>
inline constexpr bool cd::begins_anew<read_again> = true;

TEST_CASE("linear models as R and many digits have them") {
    std::size_t compared = 0, exactly = 0;
    for (const auto& c : test_support::regression_cases("linear")) {
        if (!c.absorb.empty()) continue;
        read_again file(c.records);
        const auto fit = [&](auto options) {
            options.repair = cd::covariance_repair::none;  // as in R unless fix = TRUE
            return cd::fit_linear(file, model_of(c), options);
        };
        const auto result = compare(c, fit);
        compared += result.compared;
        for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));

        auto coefficients = c;
        std::erase_if(coefficients.expected, [](const auto& e) {
            return e.quantity != "estimate" && e.quantity != "standard_error" && e.quantity != "residual_sd" &&
                   e.quantity != "r_squared";
        });
        const auto result_exactly = compare(coefficients, fit, 1e-12);
        exactly += result_exactly.compared;
        for (const auto& each : result_exactly.disagreements) FAIL_CHECK(to_string(each));
    }
    CHECK(compared > 2100);
    CHECK(exactly > 600);
}

TEST_CASE("NIST's certified values to 13 digits") {
    using row = test_support::strd_row;
    struct value {
        std::size_t at;
        double degree;
        double operator()(const row& r) const { return degree == 0 ? r.x[at] : std::pow(r.x[0], degree); }
    };
    for (const auto& set : test_support::strd_sets()) {
        CAPTURE(set.name);
        std::vector<cd::variable<value>> terms;
        for (std::size_t j = 0; j < (set.degree > 0 ? set.degree : set.rows[0].x.size()); ++j)
            terms.emplace_back(std::to_string(j), value{j, set.degree > 0 ? static_cast<double>(j + 1) : 0});
        const auto model = cd::model_of(&row::y).on(terms);
        const auto fit =
            set.intercept ? cd::fit_linear(set.rows, model) : cd::fit_linear(set.rows, model.without_intercept());
        REQUIRE(fit);
        // Filip's powers, rounded to double, determine 7.7 digits: exact arithmetic on them has no more.
        const double tolerance = set.name == "filip" ? 1e-7 : 1e-13;
        CHECK(same(fit.coefficients, set.coefficients, tolerance));
        CHECK(close(fit.r_squared.value(), set.r_squared, tolerance));
        if (set.residual_sd == 0) {
            CHECK(fit.covariance.status == estimate_status::degenerate);
            continue;
        }
        CHECK(close(fit.residual_sd.value(), set.residual_sd, tolerance));
        for (std::size_t j = 0; j < set.coefficients.size(); ++j)
            CHECK(close(fit.covariance.standard_error(j), set.standard_errors[j], tolerance));
    }
}

TEST_CASE("what a change of the records does to the fit") {
    const auto model = y_on_x.weighted_by(&record::w).clustered_by(&record::firm, &record::year);
    records larger = some, heavier = some, backwards(some.rbegin(), some.rend()), far = some;
    for (auto& r : larger) r.y *= 4;
    for (auto& r : heavier) r.w *= 4;
    for (auto& r : far) r.x += 0x1p20;
    const auto by_one = y_on_x.weighted_by(&record::w).clustered_by(&record::firm);
    for (const auto& kind : {covariance_kind::cr2, covariance_kind::cr3}) {
        const auto fit = cd::fit_linear(some, by_one, with(kind));
        REQUIRE(fit.covariance);
        CHECK(same(cd::fit_linear(larger, by_one, with(kind)).covariance.values, fit.covariance.values, 1e-13, 16));
        CHECK(same(cd::fit_linear(backwards, by_one, with(kind)).covariance.values, fit.covariance.values, 1e-12));
        CHECK(close(cd::fit_linear(far, by_one, with(kind)).covariance(1, 1), fit.covariance(1, 1), 1e-12));
    }
    for (const auto& kind : enumerators(covariance_kind{})) {
        if (kind.value == covariance_kind::cr2 || kind.value == covariance_kind::cr3) continue;
        CAPTURE(kind.name);
        const auto fit = cd::fit_linear(some, model, with(kind.value));
        REQUIRE(fit);
        REQUIRE(fit.covariance);
        const auto of_larger = cd::fit_linear(larger, model, with(kind.value));
        CHECK(same(of_larger.coefficients, fit.coefficients, 1e-15, 4));
        CHECK(same(of_larger.covariance.values, fit.covariance.values, 1e-14, 16));
        const auto of_heavier = cd::fit_linear(heavier, model, with(kind.value));
        CHECK(same(of_heavier.coefficients, fit.coefficients, 1e-15));
        CHECK(same(of_heavier.covariance.values, fit.covariance.values));
        CHECK(same(cd::fit_linear(backwards, model, with(kind.value)).covariance.values, fit.covariance.values));
        CHECK(close(cd::fit_linear(far, model, with(kind.value)).covariance(1, 1), fit.covariance(1, 1), 1e-13));
    }
}

TEST_CASE("records twice are records of twice the weight, but for their number") {
    records twice = some, of_two = some;
    twice.insert(twice.end(), some.begin(), some.end());
    for (auto& r : of_two) r.w = 2;
    const auto model = y_on_x.weighted_by(&record::w).clustered_by(&record::firm);
    for (auto& r : twice) r.w = 1;
    const cd::regression_options plain{.correction = cd::cluster_correction::none};
    const auto one = cd::fit_linear(of_two, model, plain), two = cd::fit_linear(twice, model, plain);
    CHECK(same(one.coefficients, two.coefficients, 1e-15));
    CHECK(same(one.covariance.values, two.covariance.values));
    CHECK(two.n == 2 * one.n);
}

TEST_CASE("clusters of one record each are hc0; two equal kinds of clusters are one") {
    records numbered = some;
    for (std::size_t i = 0; i < numbered.size(); ++i) numbered[i].firm = numbered[i].year = static_cast<int>(i);
    const cd::regression_options none{.correction = cd::cluster_correction::none};
    const auto each = cd::fit_linear(numbered, y_on_x.clustered_by(&record::firm), none);
    CHECK(same(each.covariance.values, cd::fit_linear(some, y_on_x, with(covariance_kind::hc0)).covariance.values));
    CHECK(each.clusters == std::vector<std::uint64_t>{12});
    CHECK(each.covariance.degrees_of_freedom == 10);  // no more than n - p
    for (const auto& correction : enumerators(cd::cluster_correction{})) {
        const cd::regression_options options{.correction = correction.value};
        const auto one = cd::fit_linear(some, y_on_x.clustered_by(&record::firm), options);
        const auto two = cd::fit_linear(some, y_on_x.clustered_by(&record::firm, &record::firm), options);
        CHECK(same(two.covariance.values, one.covariance.values));
        CHECK(one.covariance.correction == correction.value);
        CHECK(one.covariance.clusters == 4);
        CHECK(two.clusters == std::vector<std::uint64_t>{4, 4});
    }
}

TEST_CASE("clusters of two kinds are one and the other less both") {
    const auto both = [](const record& r) { return std::tuple(r.firm, r.year); };
    const auto fit = [&](const auto& all, const auto&... fields) {
        return cd::fit_linear(all, y_on_x.weighted_by(&record::w).clustered_by(fields...),
                              {.repair = cd::covariance_repair::none});
    };
    const auto crossed = fit(some, &record::firm, &record::year).covariance;
    const auto firm = fit(some, &record::firm).covariance, year = fit(some, &record::year).covariance;
    const auto cell = fit(some, both).covariance;
    REQUIRE(crossed);
    for (std::size_t k = 0; k < 4; ++k)
        CHECK(close(crossed.values[k], firm.values[k] + year.values[k] - cell.values[k], 1e-12));
    CHECK(crossed.degrees_of_freedom == 2);

    const records negative = {{5, 4, 1, 0, 0}, {6, 1, 1, 1, 0}, {1, 1, 1, 2, 0}, {0, 4, 1, 0, 1}, {0, 0, 1, 1, 1},
                              {2, 4, 1, 2, 1}, {6, 3, 1, 0, 2}, {2, 3, 1, 1, 2}, {6, 3, 1, 2, 2}};
    CHECK(fit(negative, &record::firm).covariance(1, 1) + fit(negative, &record::year).covariance(1, 1) -
              fit(negative, both).covariance(1, 1) <
          0);
    const auto none_there = fit(negative, &record::firm, &record::year);
    CHECK(none_there.status == estimate_status::ok);
    CHECK(none_there.covariance.status == estimate_status::degenerate);
    CHECK(none_there.covariance.values.empty());
    CHECK(coefficient_lines(none_there).empty());
    const auto repaired =
        cd::fit_linear(negative, y_on_x.weighted_by(&record::w).clustered_by(&record::firm, &record::year));
    CHECK(repaired.covariance.repaired);
    CHECK(repaired.covariance(1, 1) > 0);
}

TEST_CASE("an offset is taken from the response") {
    records less = some;
    for (auto& r : less) r.y -= r.w;
    const auto fit = cd::fit_linear(some, y_on_x.offset_by(&record::w), with(covariance_kind::hc3));
    CHECK(fit == cd::fit_linear(less, y_on_x, with(covariance_kind::hc3)));
    const auto fitted = cd::fitted_values(some, y_on_x.offset_by(&record::w), fit);
    CHECK(close(*fitted[3], 3 + fit.coefficients[0] + 5 * fit.coefficients[1], 1e-15));
}

TEST_CASE("fitted values and residuals, for each record") {
    records gaps = some;
    gaps[1].x = unknown;
    gaps[4].w = 0;
    const auto model = y_on_x.on(cd::categorical("year", &record::year)).weighted_by(&record::w);
    const auto fit = cd::fit_linear(gaps, model);
    const auto fitted = cd::fitted_values(gaps, model, fit), left = cd::residuals(gaps, model, fit);
    REQUIRE(fitted.size() == gaps.size());
    REQUIRE(left.size() == gaps.size());
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        CAPTURE(i);
        REQUIRE(left[i].has_value() == (i != 1 && i != 4));
        REQUIRE(fitted[i].has_value() == left[i].has_value());
        if (!left[i]) continue;
        CHECK(close(*fitted[i] + *left[i], gaps[i].y, 1e-14));
        sum += gaps[i].w * *left[i];
        squares += gaps[i].w * *left[i] * *left[i];
    }
    CHECK(std::fabs(sum) < 1e-13);
    CHECK(close(std::sqrt(squares / (10 - 4)), fit.residual_sd.value(), 1e-14));

    const auto none = cd::residuals(records{some[0]}, y_on_x, cd::fit_linear(records{some[0]}, y_on_x));
    CHECK(none == std::vector<std::optional<double>>(1));
    CHECK(message_of([&] { return cd::residuals(some, y_on_x, fit); }) ==
          "compute_divide::residuals: the terms of the fit, got 2");
    auto logit = fit;
    logit.family = cd::regression_family::logit;
    CHECK(message_of([&] { return cd::fitted_values(some, model, logit); }) ==
          "compute_divide::fitted_values: a fit by fit_linear, got \"logit\"");
    auto within = fit;
    within.absorbed.emplace();
    CHECK(message_of([&] { return cd::residuals(some, model, within); }) ==
          "compute_divide::residuals: a fit by fit_linear, got \"one with absorbed effects\"");
}

TEST_CASE("any records that can be read again") {
    static_assert(cd::repeatable_range<std::list<record>>);
    static_assert(cd::repeatable_range<const records&>);
    static_assert(cd::repeatable_range<read_again&>);
    static_assert(!cd::repeatable_range<test_support::single_pass<record>>);
    static_assert(!cd::repeatable_range<int>);
    const auto model = y_on_x.on(cd::categorical("venue", &record::venue)).clustered_by(&record::firm);
    records venues = some;
    for (std::size_t i = 0; i < 5; ++i) venues[i].venue = "NeurIPS";
    const std::list<record> listed(venues.begin(), venues.end());
    CHECK(cd::fit_linear(listed, model) == cd::fit_linear(venues, model));
}

TEST_CASE("what is not known is counted, weights of 0 are left out") {
    records gaps = some;
    gaps.push_back({unknown, 3});
    gaps.push_back({3, unknown});
    gaps.push_back({3, 3, unknown});
    gaps.push_back({3, 3, 1, -1});
    gaps.push_back({100, -100, 0});
    const auto firm = [](const record& r) { return r.firm < 0 ? std::nullopt : std::optional(r.firm); };
    const auto model = y_on_x.weighted_by(&record::w).clustered_by(firm);
    auto fit = cd::fit_linear(gaps, model);
    CHECK(fit.n_missing == 4);
    CHECK(fit.n == 12);
    fit.n_missing = 0;
    CHECK(fit == cd::fit_linear(some, model));
}

TEST_CASE("a response with one value has no errors") {
    records constant = some;
    for (auto& r : constant) r.y = 0.1;
    for (const auto& kind : enumerators(covariance_kind{})) {
        CAPTURE(kind.name);
        const auto fit = cd::fit_linear(constant, y_on_x.clustered_by(&record::firm), with(kind.value));
        CHECK(fit.status == estimate_status::ok);
        CHECK(close(fit.coefficients[0], 0.1, 1e-15));
        CHECK(std::fabs(fit.coefficients[1]) < 1e-17);
        CHECK(fit.residual_sd == 0);
        CHECK(!fit.r_squared);
        CHECK(fit.covariance.status == estimate_status::degenerate);
        CHECK(fit.covariance.values.empty());
        CHECK(fit.covariance.kind == kind.value);
    }
}

TEST_CASE("terms that say nothing of their own are named and left out") {
    const auto twice = cd::variable("twice", [](const record& r) { return 2 * r.x - 3; });
    const auto constant = cd::variable("constant", [](const record&) { return 7; });
    for (const auto& kind : enumerators(covariance_kind{})) {
        CAPTURE(kind.name);
        const auto fit = cd::fit_linear(some, y_on_x.on(twice, constant).clustered_by(&record::firm), with(kind.value));
        const auto without = cd::fit_linear(some, y_on_x.clustered_by(&record::firm), with(kind.value));
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.covariance.status == estimate_status::degenerate);
        CHECK(fit.dependent == std::vector<std::size_t>{2, 3});
        CHECK(fit.rank == 2);
        CHECK(close(fit.coefficients[1], without.coefficients[1], 1e-14));
        CHECK(fit.coefficients[2] == 0);
        REQUIRE(fit.covariance.values.size() == 16);
        CHECK(close(fit.covariance(0, 1), without.covariance(0, 1), 1e-12));
        CHECK(fit.covariance(2, 1) == 0);
    }
}

TEST_CASE("a level seen once") {
    records one = some;
    one[2].venue = "NeurIPS";
    const auto model = y_on_x.on(cd::categorical("venue", &record::venue));
    for (const auto kind : {covariance_kind::hc2, covariance_kind::hc3}) {
        const auto fit = cd::fit_linear(one, model, with(kind));
        CHECK(fit.status == estimate_status::ok);
        CHECK(fit.covariance.status == estimate_status::degenerate);
        CHECK(fit.covariance.values.empty());
    }
    records others = one;
    others.erase(others.begin() + 2);
    const auto hc0 = cd::fit_linear(one, model, with(covariance_kind::hc0));
    CHECK(hc0.names.back() == "venue:NeurIPS");
    CHECK(close(hc0.covariance(1, 1), cd::fit_linear(others, y_on_x, with(covariance_kind::hc0)).covariance(1, 1),
                1e-12));
}

TEST_CASE("too few records or clusters are a status") {
    const auto none = cd::fit_linear(records{}, y_on_x);
    CHECK(none.status == estimate_status::no_data);
    CHECK(none.names == std::vector<std::string>{"(intercept)", "x"});
    const records two(some.begin(), some.begin() + 2);
    for (const auto kind : {covariance_kind::classical, covariance_kind::hc3, covariance_kind::clustered}) {
        const auto few = cd::fit_linear(two, y_on_x.clustered_by(&record::firm), with(kind));
        CHECK(few.status == estimate_status::too_few);
        CHECK(few.covariance.status == estimate_status::too_few);
        CHECK(few.covariance.kind == kind);
        CHECK(few.coefficients.empty());
        CHECK(few.n == 2);
    }
    const auto one = cd::fit_linear(some, y_on_x.clustered_by([](const record&) { return 1; }));
    CHECK(one.status == estimate_status::ok);
    CHECK(one.covariance.status == estimate_status::too_few);
    CHECK(one.covariance.values.empty());
    CHECK(one.clusters == std::vector<std::uint64_t>{1});
}

TEST_CASE("numbers of any size: coefficients, intervals, tests and contrasts scale with them") {
    struct record {
        double x, z, y, w;
        int cluster;
    };
    std::vector<record> records;
    for (int i = 0; i < 60; ++i)
        records.push_back({i * 0.5, static_cast<double>(i * 7 % 11), i * 0.25 + (i * 13 % 17), 1.0 + i % 3, i % 12});
    const auto fit_of = [](const std::vector<record>& table, cd::covariance_kind kind) {
        return cd::fit_linear(table,
                              cd::model_of(&record::y)
                                  .on(cd::variable("x", &record::x), cd::variable("z", &record::z))
                                  .weighted_by(&record::w)
                                  .clustered_by(&record::cluster),
                              {.covariance = kind});
    };
    using enum cd::covariance_kind;
    for (const auto kind : {classical, hc0, hc3, clustered, cr2})
        for (const std::array<int, 3>& of : {std::array{0, -565, 0}, {-350, 0, 0}, {-350, -700, -300}, {450, 450, 0}}) {
            const int of_x = of[0], of_y = of[1], of_w = of[2];
            CAPTURE(cd::name_of(kind));
            CAPTURE(of_x);
            CAPTURE(of_y);
            auto scaled = records;
            for (auto& r : scaled) {
                r.x = std::ldexp(r.x, of_x);
                r.y = std::ldexp(r.y, of_y);
                r.w = std::ldexp(r.w, of_w);
            }
            const auto expected = fit_of(records, kind), fit = fit_of(scaled, kind);
            REQUIRE(fit.status == expected.status);
            CHECK(fit.r_squared.value() == doctest::Approx(expected.r_squared.value()).epsilon(1e-12));
            for (const auto& [name, power] : {std::pair{"(intercept)", of_y}, {"x", of_y - of_x}, {"z", of_y}}) {
                const auto a = cd::coefficient(expected, name), b = cd::coefficient(fit, name);
                CHECK(b.status == a.status);
                CHECK(close(std::ldexp(*b.value, -power), *a.value, 1e-12));
                CHECK(close(std::ldexp(b.lower(), -power), a.lower(), 1e-12));
                CHECK(close(std::ldexp(b.upper(), -power), a.upper(), 1e-12));
            }
            const auto test = cd::wald_test(fit, {"x", "z"}), expected_test = cd::wald_test(expected, {"x", "z"});
            CHECK(close(*test.test.p_value, *expected_test.test.p_value, 1e-10));
            const auto line = cd::contrast(fit, {{"(intercept)", 1}, {"x", std::ldexp(3, of_x)}}),
                       expected_line = cd::contrast(expected, {{"(intercept)", 1}, {"x", 3}});
            CHECK(close(std::ldexp(line.standard_error, -of_y), expected_line.standard_error, 1e-10));
            CHECK(close(*line.test.p_value, *expected_line.test.p_value, 1e-10));
            CHECK(line.test.degrees_of_freedom.has_value() == expected_line.test.degrees_of_freedom.has_value());
            const auto mean = cd::predict(fit, {{"x", std::ldexp(3, of_x)}}),
                       expected_mean = cd::predict(expected, {{"x", 3}});
            if (of_w == 0)
                CHECK(close(std::ldexp(mean.prediction_interval->upper, -of_y),
                            expected_mean.prediction_interval->upper, 1e-10));
        }
}

TEST_CASE("what cannot be is refused by name") {
    const auto message = [](const record& r, const auto& model) {
        records all = some;
        all.push_back(r);
        return message_of([&] { return cd::fit_linear(all, model); });
    };
    const auto weighted = y_on_x.weighted_by(&record::w);
    const std::string fit_linear = "compute_divide::fit_linear: ";
    CHECK(message({1, 1, -1}, weighted) == fit_linear + "a weight >= 0 in record 12, got -1");
    CHECK(message({1, std::numeric_limits<double>::infinity()}, y_on_x) ==
          fit_linear + "values of at most 1e300 in size in record 12, got inf");
    CHECK(message({-1e301, 1}, y_on_x) == fit_linear + "values of at most 1e300 in size in record 12, got -1e+301");
    CHECK(message({1, 0x1p500}, cd::model_of(&record::y).on(cd::polynomial("x", &record::x, 2))) ==
          fit_linear + "values of at most 1e300 in size in record 12, got 1.0715086071862673e+301");
    CHECK(message({1, 1}, cd::model_of(&record::y).without_intercept()) ==
          fit_linear + "at least one term or an intercept, got 0");
    CHECK(message({1, 1}, y_on_x.clustered_by(&record::firm, &record::year, &record::venue)) ==
          fit_linear + "at most two fields of clusters, got 3");
    CHECK(message_of([] { return cd::fit_linear(some, y_on_x, with(covariance_kind::clustered)); }) ==
          fit_linear + "a field of clusters for a clustered covariance, got 0");
    CHECK(message_of([] { return cd::fit_linear(some, y_on_x, {.level = 1}); }) ==
          fit_linear + "level in (0, 1), got 1");
    CHECK(message_of([] { return cd::fit_linear(some, y_on_x.on(cd::categorical("venue", &record::venue, "KDD"))); }) ==
          "compute_divide::categorical: a base among the levels of venue, got \"KDD\"");

    int reads = 0;  // 12 in the first pass
    const auto changing = cd::model_of([&](const record& r) { return ++reads > 20 ? unknown : r.y; });
    CHECK(message_of([&] { return cd::fit_linear(some, changing, with(covariance_kind::hc1)); }) ==
          fit_linear + "the same records in each pass, got 8");
}

TEST_CASE("a field of thousands of levels is no term, and is absorbed") {
    struct many {
        double y, x;
        int level;
    };
    std::vector<many> records;
    for (int i = 0; i < 2 * 2001; ++i) records.push_back({std::sin(i), std::cos(3 * i), i % 2001});
    const auto x = cd::variable("x", &many::x);
    const auto model = cd::model_of(&many::y).on(x);
    CHECK(message_of([&] { return cd::fit_linear(records, model.on(cd::categorical("level", &many::level))); }) ==
          "compute_divide::fit_linear: at most 2000 columns (fit_fixed_effects absorbs a field of more levels), got "
          "2002");
    CHECK(cd::fit_fixed_effects(records, model.absorbing(&many::level)));
}

TEST_CASE("numbers of 1e-300 to 1e290 are fitted as those of ordinary size") {
    std::vector<record> ordinary;
    for (int i = 0; i < 30; ++i) ordinary.push_back({i + std::sin(7 * i), std::cos(i) + 0.1 * i});
    using enum covariance_kind;
    for (const auto kind : {classical, hc1, hc3}) {
        const auto fit = cd::fit_linear(ordinary, y_on_x, {.covariance = kind});
        const auto b = cd::coefficient(fit, "x");
        for (const double of_x : {1e-300, 1e-155, 1e155, 1e290})
            for (const double of_y : {1e-300, 1e155, 1e290}) {
                if (of_y / of_x > 1e300 || of_y / of_x < 1e-300) continue;
                CAPTURE(of_x);
                CAPTURE(of_y);
                auto scaled = ordinary;
                for (auto& each : scaled) {
                    each.x *= of_x;
                    each.y *= of_y;
                }
                const auto far = cd::fit_linear(scaled, y_on_x, {.covariance = kind});
                REQUIRE(far.status == estimate_status::ok);
                const auto of_far = cd::coefficient(far, "x");
                CHECK(close(*of_far.value / (of_y / of_x), *b.value, 1e-12));
                CHECK(close(of_far.lower() / (of_y / of_x), b.lower(), 1e-11));
                CHECK(close(*far.residual_sd / of_y, *fit.residual_sd, 1e-12));
                CHECK(close(*far.r_squared, *fit.r_squared, 1e-12));
            }
    }
}
