// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/logistic.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/detail/cholesky.hpp>
#include <compute_divide/regression/detail/logit_likelihood.hpp>
#include <compute_divide/regression/detail/orthonormal_design.hpp>
#include <compute_divide/regression/detail/regression_frame.hpp>
#include <compute_divide/regression/detail/separation.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct record {
    double y = 0, x = 0, z = 0, weight = 1;
    std::string kind = "a";
};
const auto model = cd::model_of(&record::y).on(cd::variable("x", &record::x));
const auto both = model.on(cd::variable("z", &record::z));
using names = std::vector<std::string>;
using numbers = std::vector<std::uint64_t>;

/// Overlapping, so that there is an estimate.
const std::vector<record> eight = {{0, 1}, {0, 2}, {1, 2.5}, {0, 3}, {1, 3.5, 1}, {1, 4, -1}, {0, 4.5, 2}, {1, 5}};

/// The largest |X'w(y - m)|: 0 at the maximum.
double largest_slope(const std::vector<record>& records, const std::vector<double>& b) {
    std::array<double, 3> slopes = {};
    for (const auto& r : records) {
        const double eta = b[0] + b[1] * r.x + (b.size() > 2 ? b[2] * r.z : 0);
        const double rest = r.weight * (r.y / (1 + std::exp(eta)) - (1 - r.y) / (1 + std::exp(-eta)));
        slopes[0] += rest;
        slopes[1] += rest * r.x;
        if (b.size() > 2) slopes[2] += rest * r.z;
    }
    return std::max({std::abs(slopes[0]), std::abs(slopes[1]), std::abs(slopes[2])});
}

/// Which records some direction raises where no record falls, of three columns 1, x, z: an extreme ray of the cone of
/// such directions is orthogonal to two of the rows, so that all can be tried. Exact in small whole numbers.
std::vector<bool> raised_by_any(const std::vector<record>& records) {
    using vector = std::array<double, 3>;
    const auto row = [](const record& r) { return vector{1, r.x, r.z}; };
    std::vector<bool> raised(records.size());
    for (const auto& first : records)
        for (const auto& second : records) {
            const vector a = row(first), b = row(second);
            const vector d = {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
            const auto along = [&](const record& r) {
                const double rise = d[0] + d[1] * r.x + d[2] * r.z;
                return r.y == 1 ? rise : r.y == 0 ? -rise : rise == 0 ? 0 : -1;
            };
            bool is_allowed = true;
            for (const auto& r : records) is_allowed = is_allowed && along(r) >= 0;
            for (std::size_t i = 0; is_allowed && i < records.size(); ++i)
                raised[i] = raised[i] || along(records[i]) > 0;
        }
    return raised;
}

}  // namespace

TEST_CASE("logits and Firth's logits as R has them") {
    std::size_t compared = 0;
    for (const std::string family : {"logit", "firth_logit"})
        for (const auto& c : test_support::regression_cases(family)) {
            const auto of_case = test_support::model_of(c);
            const auto result = test_support::compare(c, [&](cd::regression_options options) {
                options.repair = cd::covariance_repair::none;  // as in R unless fix = TRUE
                return family == "logit" ? cd::fit_logit(c.records, of_case, options)
                                         : cd::fit_firth_logit(c.records, of_case, options);
            });
            compared += result.compared;
            for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));
        }
    CHECK(compared > 1700);
}

TEST_CASE("hc2 and hc3 as R's sandwich has them") {
    const auto births = test_support::regression_cases("logit").front();
    REQUIRE(births.name == "births");
    const auto cell = [&](const char* name) { return test_support::number_cell{births.column(name)}; };
    const auto age = cell("age"), lwt = cell("lwt"), smoke = cell("smoke");
    const auto plain =
        cd::model_of(cell("low")).on(cd::variable("age", age), cd::variable("lwt", lwt), cd::variable("smoke", smoke));
    const auto weighted = plain.weighted_by([&](const test_support::regression_record& r) { return lwt(r) / 100; });
    for (const auto& row : test_support::reference_table("logit_leverage", 4)) {
        CAPTURE(row.text);
        const cd::regression_options options{.covariance = row.name.starts_with("hc2") ? covariance_kind::hc2
                                                                                       : covariance_kind::hc3};
        const auto fit = row.name.ends_with("_weighted") ? cd::fit_logit(births.records, weighted, options)
                                                         : cd::fit_logit(births.records, plain, options);
        REQUIRE(fit);
        for (std::size_t i = 0; i < 4; ++i) CHECK(close(fit.covariance.standard_error(i), row.numbers[i], 1e-10));
    }
}

namespace {

struct levelled {
    double y, x, z, w;
    int level, cluster;
};
/// Of a factor of 14 levels.
std::vector<levelled> levelled_records() {
    std::vector<levelled> records;
    for (const auto& row : test_support::reference_table("logit_levels_data", 6))
        records.push_back({row.numbers[0], row.numbers[1], row.numbers[2], row.numbers[5],
                           static_cast<int>(row.numbers[3]), static_cast<int>(row.numbers[4])});
    return records;
}
const auto by_level = cd::model_of(&levelled::y)
                          .on(cd::variable("x", &levelled::x), cd::variable("z", &levelled::z),
                              cd::categorical("level", &levelled::level));

}  // namespace

TEST_CASE("logits of a factor with many levels as R has them") {
    const std::vector<levelled> all = levelled_records();
    std::vector<levelled> some;
    for (const auto& r : all)
        if (r.level != 13) some.push_back(r);
    const auto fit_of = [&](const std::string& name) {
        const auto fitted = [&](const auto& levels) {
            if (name.starts_with("firth")) return cd::fit_firth_logit(all, levels);
            if (name.starts_with("by_level")) return cd::fit_logit(some, levels.clustered_by(&levelled::level));
            if (name.starts_with("by_cluster")) return cd::fit_logit(some, levels.clustered_by(&levelled::cluster));
            if (name.starts_with("hc3")) return cd::fit_logit(some, levels, {.covariance = covariance_kind::hc3});
            return cd::fit_logit(some, levels);
        };
        return name.ends_with("_weighted") ? fitted(by_level.weighted_by(&levelled::w)) : fitted(by_level);
    };
    for (const auto& row : test_support::reference_table("logit_levels", 6)) {
        CAPTURE(row.text);
        const auto fit = fit_of(row.name);
        REQUIRE(fit);
        const bool is_fit =
            row.name == "logit" || row.name == "firth" || row.name == "logit_weighted" || row.name == "firth_weighted";
        const std::array<std::size_t, 5> columns = {0, 1, 2, 5, 14};  // the levels 3 and 12
        for (std::size_t i = 0; i < columns.size(); ++i)
            CHECK(close(is_fit ? fit.coefficients[columns[i]] : fit.covariance.standard_error(columns[i]),
                        row.numbers[i], 1e-9));
        if (is_fit) CHECK(close(fit.log_likelihood.value_or(0), row.numbers[5], 1e-12));
    }
}

TEST_CASE("a basis of groups gives what any other does") {
    std::mt19937_64 engine(5);
    const auto uniform = [&] { return static_cast<double>(engine() >> 11U) * 0x1p-53; };
    for (int trial = 0; trial < 12; ++trial) {
        // More records of a level than of others, columns that are nearly constant in one, and two factors.
        const std::size_t levels = 8 + engine() % 30, others = engine() % 4, n = 400 + engine() % 300;
        cd::detail::regression_frame frame;
        frame.names.assign(1 + others + levels - 1, "column");
        frame.n = n;
        for (std::size_t i = 0; i < n; ++i) {
            const std::size_t level = i < levels ? i : std::min<std::size_t>(engine() % levels, engine() % levels);
            frame.columns.push_back(1);
            for (std::size_t j = 0; j < others; ++j)
                frame.columns.push_back(j == 2
                                            ? static_cast<double>(engine() % 2)
                                            : 1000 * static_cast<double>(j) + static_cast<double>(level) + uniform());
            for (std::size_t j = 1; j < levels; ++j) frame.columns.push_back(j == level ? 1 : 0);
            frame.response.push_back(trial % 2 == 0 ? static_cast<double>(engine() % 2) : uniform());
            frame.weight.push_back(0.5 + uniform());
            frame.offset.push_back(uniform());
        }
        const cd::detail::orthonormal_design z(frame), groups(frame, frame.columns, cd::detail::level_basis::groups);
        CHECK(z.groups() == 0);
        REQUIRE(groups.groups() == levels);
        REQUIRE(groups.rank() == z.rank());
        CHECK(groups.dependent().empty());
        CHECK(std::abs(groups.log_determinant() - z.log_determinant()) < 1e-8);
        CHECK(close(groups.reach(), z.reach(), 1e-8));
        for (std::size_t k = 0; k < z.rank(); ++k)  // Z'WZ = 1
            for (std::size_t l = 0; l <= k; ++l) {
                double sum = 0;
                for (std::size_t i = 0; i < n; ++i) sum += frame.weight[i] * groups.at(i, k) * groups.at(i, l);
                CHECK(std::abs(sum - (k == l ? 1 : 0)) < 1e-12);
            }
        for (const std::size_t i : {std::size_t{0}, n / 2, n - 1}) {  // Z = X C
            std::vector<double> row(z.rank());
            groups.copy_row(i, row.data());
            for (std::size_t k = 0; k < z.rank(); ++k) {
                CHECK(row[k] == groups.at(i, k));
                double sum = 0;
                for (std::size_t j = 0; j < frame.p(); ++j)
                    sum += frame.row(i)[j] * groups.factor()[j * groups.rank() + k];
                CHECK(std::abs(sum - row[k]) < 1e-9);
            }
        }
        const auto firth_of = [&](const cd::detail::orthonormal_design& design) {
            const cd::detail::logit_likelihood likelihood(frame);
            const auto best = cd::detail::firth_maximum_of(design, likelihood, frame, 100);
            REQUIRE(best.converged);
            auto all = design.coefficients(best.g);
            const auto covariance =
                design.covariance(cd::detail::cholesky(best.sums.information, design.rank()).inverse());
            all.insert(all.end(), covariance.begin(), covariance.end());
            all.push_back(best.sums.log_likelihood - design.log_determinant());
            return all;
        };
        const auto one = firth_of(z), other = firth_of(groups);
        double largest = 0;
        for (const double x : one) largest = std::max(largest, std::abs(x));
        for (std::size_t i = 0; i < one.size(); ++i) CHECK(std::abs(one[i] - other[i]) < 1e-9 * largest);
    }
}

TEST_CASE("where there are no groups the basis is the usual one") {
    std::vector<levelled> records = levelled_records();
    const auto groups_of = [](const std::vector<levelled>& of, const auto& levels) {
        auto frame = cd::detail::frame_of("test", of, levels);
        return cd::detail::orthonormal_design(frame, frame.columns, cd::detail::level_basis::groups).groups();
    };
    CHECK(groups_of(records, by_level) == 14);
    CHECK(groups_of(records, by_level.without_intercept()) == 0);
    const auto level_mean = [](const levelled& r) { return r.level * 0.37; };  // depends on the levels
    const auto constant =
        cd::model_of(&levelled::y).on(cd::variable("x", level_mean), cd::categorical("level", &levelled::level));
    CHECK(groups_of(records, constant) == 0);
    const auto fit = cd::fit_firth_logit(records, constant);
    CHECK(fit.status == estimate_status::degenerate);
    CHECK(fit.dependent == std::vector<std::size_t>{14});
    const auto few =
        cd::model_of(&levelled::y).on(cd::categorical("level", [](const levelled& r) { return r.level % 7; }));
    CHECK(groups_of(records, few) == 0);
}

TEST_CASE("separation is found where there is any, and nowhere else") {
    std::mt19937_64 generator(6);
    const auto below = [&](std::uint64_t n) { return static_cast<double>(generator() % n); };
    int separated = 0, estimated = 0;
    for (int set = 0; set < 3'000; ++set) {
        const bool shares = set % 3 == 0;
        std::vector<record> records(6 + generator() % 12);
        for (auto& r : records) {
            r.x = below(5) - 2;
            r.z = below(4) - 1;
            r.y = r.x + r.z / 2 + below(5) - 2 > 0 ? 1 : 0;
            if (shares && below(8) == 0) r.y = 0.5;
        }
        const auto fit = cd::fit_logit(records, both);
        if (fit.rank < 3) continue;  // nothing there to compare with
        const auto expected = raised_by_any(records);
        numbers told;
        for (std::size_t i = 0; i < records.size(); ++i)
            if (expected[i]) told.push_back(i);
        CAPTURE(set);
        REQUIRE(fit.separated.has_value() == !told.empty());
        if (told.empty()) {
            ++estimated;
            REQUIRE(fit.status == estimate_status::ok);
            CHECK(largest_slope(records, fit.coefficients) < 1e-11);
            continue;
        }
        ++separated;
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.coefficients.empty());
        CHECK(fit.covariance.values.empty());
        CHECK(fit.separated->records == told);
        CHECK(fit.separated->complete == (told.size() == records.size()));
        std::array<double, 3> d = {};  // the direction tells what it says
        for (std::size_t k = 0; k < fit.separated->terms.size(); ++k)
            d[static_cast<std::size_t>(std::ranges::find(fit.names, fit.separated->terms[k]) - fit.names.begin())] =
                fit.separated->direction[k];
        for (std::size_t i = 0; i < records.size(); ++i) {
            const double rise = (d[0] + d[1] * records[i].x + d[2] * records[i].z) * (records[i].y == 0 ? -1 : 1);
            CHECK((expected[i] ? rise > 1e-6 : std::abs(rise) < 1e-9));
        }
        const auto firth = cd::fit_firth_logit(records, both);
        CHECK(firth.status == estimate_status::ok);
    }
    CHECK(separated > 200);
    CHECK(estimated > 1'000);
}

TEST_CASE("separation in plain double is what it is in 28 digits") {
    std::mt19937_64 generator(16);
    const auto below = [&](std::uint64_t n) { return static_cast<double>(generator() % n); };
    int found = 0;
    for (int set = 0; set < 400; ++set) {
        const std::size_t p = 2 + generator() % 9, n = p + 2 + generator() % 30;
        cd::detail::regression_frame frame;
        frame.n = n;
        for (std::size_t j = 0; j < p; ++j) frame.names.push_back("x" + std::to_string(j));
        for (std::size_t i = 0; i < n; ++i) {
            frame.columns.push_back(1);
            for (std::size_t j = 1; j < p; ++j)  // whole numbers, levels, nearly the same, and what has no ties
                frame.columns.push_back(set % 4 == 0   ? below(5) - 2
                                        : set % 4 == 1 ? (i % p == j ? 1 : 0)
                                        : set % 4 == 2 ? static_cast<double>(i % 7) + 1e-6 * below(3)
                                                       : below(1'000'003) / 1e6 - 0.5);
            frame.response.push_back(below(4) == 0 ? 1 : 0);
        }
        frame.weight.assign(n, 1);
        frame.offset.assign(n, 0);
        std::vector<cd::detail::row_side> sides;
        for (const double y : frame.response)
            sides.push_back(set % 5 == 0 && below(6) == 0 ? cd::detail::row_side::has_a_peak
                            : y > 0                       ? cd::detail::row_side::rises
                                                          : cd::detail::row_side::falls);
        const cd::detail::orthonormal_design z(frame);
        const cd::detail::rising_cone cone(z, sides);
        std::vector<std::vector<double>> zeros;
        for (std::size_t k = 0; k < z.rank(); ++k) {
            using digits = cd::detail::rising_cone::digits;
            const auto fast = cone.most_raised(zeros), exact = cone.most_raised(zeros, digits::all);
            CAPTURE(set);
            CAPTURE(k);
            REQUIRE(fast.has_value() == exact.has_value());
            if (!fast) break;
            ++found;
            CHECK(fast->raised == exact->raised);
            for (std::size_t j = 0; j < z.rank(); ++j)
                CHECK(std::abs(fast->direction[j] - exact->direction[j]) < 1e-8 * static_cast<double>(z.rank()));
            const auto row = z.factor().subspan(z.independent()[k] * z.rank(), z.rank());
            zeros.emplace_back(row.begin(), row.end());
        }
    }
    CHECK(found > 300);
}

TEST_CASE("what separates is named by as few terms as will do") {
    std::vector<record> records;
    for (int i = 0; i < 40; ++i)
        records.push_back({i % 3 == 0 ? 1.0 : 0.0, std::sin(i), std::cos(5 * i), 1, i < 20 ? "a" : "b"});
    const auto kinds = both.on(cd::categorical("kind", &record::kind));
    CHECK(cd::fit_logit(records, kinds));

    records.push_back({1, 0.5, 0.5, 1, "once"});
    const auto level = cd::fit_logit(records, kinds);
    REQUIRE(level.separated);
    CHECK(level.separated->terms == names{"kind:once"});
    CHECK(level.separated->direction == std::vector{1.0});
    CHECK(level.separated->records == numbers{40});
    CHECK_FALSE(level.separated->complete);
    records.pop_back();

    for (auto& r : records) r.z = r.y * 2 + 3;
    const auto copy = cd::fit_logit(records, kinds);
    REQUIRE(copy.separated);
    CHECK(copy.separated->terms == names{"(intercept)", "z"});
    CHECK(copy.separated->complete);

    for (auto& r : records) r.y = 0;
    const auto constant = cd::fit_logit(records, model);
    REQUIRE(constant.separated);
    CHECK(constant.separated->terms == names{"(intercept)"});
    CHECK(constant.separated->direction == std::vector{-1.0});
    CHECK(constant.separated->complete);
    CHECK(constant.separated->records.size() == 40);
    CHECK(cd::fit_firth_logit(records, model));
}

TEST_CASE("records nearly apart have an estimate, however large") {
    for (const double overlap : {1e-1, 1e-3, 1e-6}) {
        const std::vector<record> near = {{0, -3},       {0, -2}, {0, -1}, {0, overlap},
                                          {1, -overlap}, {1, 1},  {1, 2},  {1, 3}};
        const auto fit = cd::fit_logit(near, model);
        CAPTURE(overlap);
        REQUIRE(fit);
        CHECK(fit.coefficients[1] > 2);
        CHECK(largest_slope(near, fit.coefficients) < 1e-10);
        auto apart = near;
        apart[3].x = apart[4].x = 0;
        CHECK(cd::fit_logit(apart, model).separated);
    }
}

TEST_CASE("many records") {
    std::vector<record> many;
    for (int i = 0; i < 5'000; ++i) many.insert(many.end(), eight.begin(), eight.end());
    const auto few = cd::fit_logit(eight, both), fit = cd::fit_logit(many, both);
    REQUIRE(few);
    REQUIRE(fit);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(close(fit.coefficients[i], few.coefficients[i], 1e-12));
        CHECK(close(fit.covariance.standard_error(i), few.covariance.standard_error(i) / std::sqrt(5'000.0), 1e-12));
    }
    CHECK(close(*fit.log_likelihood, 5'000 * *few.log_likelihood, 1e-12));
    CHECK(close(*fit.null_log_likelihood, 5'000 * *few.null_log_likelihood, 1e-12));

    for (std::size_t i = 0; i < many.size(); ++i) many[i].z = i == 33'333 ? 1 : 0;  // few are not told by a sample
    const auto rare = cd::fit_logit(many, both);
    REQUIRE(rare.separated);
    CHECK(rare.separated->terms == names{"z"});
    CHECK(rare.separated->records == numbers{33'333});
}

TEST_CASE("weights, scales and sides") {
    std::vector<record> weighted = eight, repeated = eight;
    for (std::size_t i = 0; i < 4; ++i) {
        weighted[2 * i].weight = 3;
        repeated.insert(repeated.end(), 2, eight[2 * i]);
    }
    const auto by_weight = both.weighted_by(&record::weight);
    for (const bool firth : {false, true}) {
        const auto fit_of = [&](const auto& records, const auto& of) {
            return firth ? cd::fit_firth_logit(records, of) : cd::fit_logit(records, of);
        };
        CAPTURE(firth);
        const auto fit = fit_of(weighted, by_weight), same = fit_of(repeated, both);
        REQUIRE(fit);
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(close(fit.coefficients[i], same.coefficients[i], 1e-12));
            CHECK(close(fit.covariance.standard_error(i), same.covariance.standard_error(i), 1e-12));
        }
        CHECK(close(*fit.log_likelihood, *same.log_likelihood, 1e-12));
        CHECK(close(*fit.null_log_likelihood, *same.null_log_likelihood, 1e-12));

        auto turned = repeated;
        for (auto& r : turned) {
            r.y = 1 - r.y;
            r.x = 1000 * r.x;
        }
        const auto other = fit_of(turned, both);
        CHECK(close(other.coefficients[0], -same.coefficients[0], 1e-11));
        CHECK(close(1000 * other.coefficients[1], -same.coefficients[1], 1e-11));

        // A constant offset is the intercept's.
        const auto offset = fit_of(repeated, both.offset_by([](const record&) { return 0.75; }));
        CHECK(close(offset.coefficients[0], same.coefficients[0] - 0.75, 1e-11));
        CHECK(close(offset.coefficients[1], same.coefficients[1], 1e-11));
        CHECK(close(*offset.null_log_likelihood, *same.null_log_likelihood, 1e-11));
    }
}

TEST_CASE("years and their squares keep their digits") {
    std::vector<record> records;
    for (int i = 0; i < 200; ++i) records.push_back({i * 7 % 11 > 4 ? 1.0 : 0.0, 2012.0 + i % 9, 0});
    const auto raw = cd::model_of(&record::y).on(cd::polynomial("year", &record::x, 2));
    const auto centred = cd::model_of(&record::y)
                             .on(cd::polynomial(
                                 "year", [](const record& r) { return r.x - 2016; }, 2));
    const auto fit = cd::fit_logit(records, raw), expected = cd::fit_logit(records, centred);
    REQUIRE(fit);
    REQUIRE(expected);
    CHECK(close(fit.coefficients[2], expected.coefficients[2], 1e-10));
    CHECK(close(fit.covariance.standard_error(2), expected.covariance.standard_error(2), 1e-10));
    CHECK(close(fit.coefficients[1], expected.coefficients[1] - 2 * 2016 * expected.coefficients[2], 1e-10));
}

TEST_CASE("saturated shares") {
    const std::vector<record> two = {{0.25, 0, 0, 8}, {0.75, 1, 0, 4}};
    const auto fit = cd::fit_logit(two, model.weighted_by(&record::weight));
    REQUIRE(fit);
    CHECK(close(fit.coefficients[0], -std::log(3.0), 1e-14));
    CHECK(close(fit.coefficients[1], 2 * std::log(3.0), 1e-14));
    CHECK(close(fit.covariance(0, 0), 1 / 1.5, 1e-12));
    CHECK(close(fit.covariance(1, 1), 1 / 1.5 + 1 / 0.75, 1e-12));
    CHECK(std::abs(*fit.deviance) < 1e-13);
    const auto robust = cd::fit_logit(two, model.weighted_by(&record::weight), {.covariance = covariance_kind::hc1});
    CHECK(robust.covariance.status == estimate_status::too_few);
    CHECK(robust.covariance.values.empty());
}

TEST_CASE("fields of every kind, and one pass") {
    struct other {
        bool yes;
        std::optional<int> x;
    };
    std::vector<other> others;
    for (const auto& r : eight) others.push_back({r.y == 1, static_cast<int>(2 * r.x)});
    others.push_back({true, std::nullopt});
    const auto doubled = cd::model_of(&other::yes).on(cd::variable("x", &other::x));
    const auto fit = cd::fit_logit(test_support::single_pass(others), doubled);
    const auto expected = cd::fit_logit(eight, model);
    REQUIRE(fit);
    CHECK(fit.n == 8);
    CHECK(fit.n_missing == 1);
    CHECK(close(2 * fit.coefficients[1], expected.coefficients[1], 1e-13));
    CHECK(fit.family == cd::regression_family::logit);
    CHECK(fit.reference == cd::reference_distribution::standard_normal);
    CHECK(fit.names == names{"(intercept)", "x"});
    CHECK(cd::fit_firth_logit(test_support::single_pass(others), doubled).family == cd::regression_family::firth_logit);
}

TEST_CASE("what cannot be fitted") {
    CHECK(cd::fit_logit(std::vector<record>(), model).status == estimate_status::no_data);
    CHECK(cd::fit_firth_logit(std::vector<record>(), model).status == estimate_status::no_data);
    const std::vector<record> two(eight.begin(), eight.begin() + 2);
    CHECK(cd::fit_logit(two, both).status == estimate_status::too_few);
    CHECK(cd::fit_logit(two, both).coefficients.empty());
    CHECK(cd::fit_firth_logit(two, both).status == estimate_status::too_few);

    const auto collinear = both.on(cd::variable("twice", [](const record& r) { return 2 * r.x - r.z; }),
                                   cd::variable("one", [](const record&) { return 1; }));
    for (const bool firth : {false, true}) {
        const auto fit = firth ? cd::fit_firth_logit(eight, collinear) : cd::fit_logit(eight, collinear);
        const auto without = firth ? cd::fit_firth_logit(eight, both) : cd::fit_logit(eight, both);
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.dependent == std::vector<std::size_t>{3, 4});
        CHECK(fit.rank == 3);
        for (std::size_t i = 0; i < 3; ++i) CHECK(close(fit.coefficients[i], without.coefficients[i], 1e-13));
        CHECK(fit.coefficients[3] == 0);
        CHECK(close(*fit.log_likelihood, *without.log_likelihood, 1e-13));
    }
    const auto nothing =
        cd::model_of(&record::y).on(cd::variable("zero", [](const record&) { return 0; })).without_intercept();
    CHECK(cd::fit_logit(eight, nothing).status == estimate_status::degenerate);
    CHECK(cd::fit_logit(eight, nothing).coefficients.empty());
    CHECK(cd::fit_firth_logit(eight, nothing).coefficients.empty());

    for (const bool firth : {false, true}) {
        const cd::regression_options hurried{.max_iterations = 1};
        const auto fit = firth ? cd::fit_firth_logit(eight, both, hurried) : cd::fit_logit(eight, both, hurried);
        CHECK(fit.status == estimate_status::not_converged);
        CHECK(fit.coefficients.empty());
    }
}

TEST_CASE("clusters") {
    auto records = eight;
    for (std::size_t i = 0; i < records.size(); ++i) records[i].kind = std::to_string(i);
    const auto own = both.clustered_by(&record::kind);
    const auto each = cd::fit_logit(records, own, {.correction = cd::cluster_correction::none});
    const auto hc0 = cd::fit_logit(records, both, {.covariance = covariance_kind::hc0});
    REQUIRE(each);
    CHECK(each.covariance.kind == covariance_kind::clustered);
    CHECK(each.clusters == numbers{8});
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(close(each.covariance.standard_error(i), hc0.covariance.standard_error(i), 1e-13));

    for (auto& r : records) r.kind = "one";
    const auto one = cd::fit_logit(records, own);
    CHECK(one.coefficients == each.coefficients);
    CHECK(one.covariance.status == estimate_status::too_few);
    CHECK(one.covariance.values.empty());

    // Equal records of a cluster are one of their number: all but the n of Stata's factor is the same.
    auto weighted = eight;
    for (std::size_t i = 0; i < weighted.size(); ++i) weighted[i].kind = std::to_string(i % 4);
    auto repeated = weighted;
    for (std::size_t i = 0; i < 4; ++i) {
        weighted[2 * i].weight = 3;
        repeated.insert(repeated.end(), 2, repeated[2 * i]);
    }
    for (const auto correction : {cd::cluster_correction::cr1, cd::cluster_correction::stata}) {
        const auto fit = cd::fit_logit(weighted, own.weighted_by(&record::weight), {.correction = correction});
        const auto same = cd::fit_logit(repeated, own, {.correction = correction});
        REQUIRE(fit.covariance);
        CHECK(fit.covariance.degrees_of_freedom == 3);
        CHECK(same.covariance.degrees_of_freedom == 3);
        const bool is_stata = correction == cd::cluster_correction::stata;
        const double factor = is_stata ? (15.0 / 13) / (7.0 / 5) : 1;
        for (std::size_t i = 0; i < 3; ++i) {
            CHECK(close(fit.coefficients[i], same.coefficients[i], 1e-12));
            for (std::size_t j = 0; j < 3; ++j)
                CHECK(close(factor * fit.covariance(i, j), same.covariance(i, j), 1e-11));
        }
    }
}

TEST_CASE("a record of leverage 1") {
    std::vector<record> records = eight;
    for (auto& r : records) r.z = 0;
    records[3].y = 0.5;
    records[3].z = 1;
    const auto fit = cd::fit_logit(records, both, {.covariance = covariance_kind::hc3});
    CHECK(fit.coefficients.size() == 3);
    CHECK(fit.covariance.status == estimate_status::degenerate);
    CHECK(fit.covariance.values.empty());
}

TEST_CASE("errors") {
    auto records = eight;
    records[5].y = 1.5;
    CHECK(message_of([&] { return cd::fit_logit(records, model); }) ==
          "compute_divide::fit_logit: a response from 0 to 1 in record 5, got 1.5");
    CHECK(message_of([&] { return cd::fit_firth_logit(records, model); }) ==
          "compute_divide::fit_firth_logit: a response from 0 to 1 in record 5, got 1.5");
    records[5].y = std::numeric_limits<double>::quiet_NaN();
    CHECK(cd::fit_logit(records, model).n_missing == 1);
    records[5] = {1, 3, 0, -1};
    const auto weighted = model.weighted_by(&record::weight);
    CHECK(message_of([&] { return cd::fit_logit(records, weighted); }) ==
          "compute_divide::fit_logit: a weight >= 0 in record 5, got -1");
    records[5].weight = 0;
    CHECK(cd::fit_logit(records, weighted).n == 7);
    CHECK(cd::fit_logit(records, weighted).n_missing == 0);
    CHECK(message_of([] { return cd::fit_logit(eight, model, {.covariance = covariance_kind::clustered}); }) ==
          "compute_divide::fit_logit: a model with clusters for a clustered covariance, got 0");
    CHECK(message_of([] { return cd::fit_logit(eight, model, {.level = 1}); }) ==
          "compute_divide::fit_logit: level in (0, 1), got 1");
    CHECK(message_of([] { return cd::fit_logit(eight, cd::model_of(&record::y).without_intercept()); }) ==
          "compute_divide::fit_logit: at least one term or an intercept, got 0");
    CHECK(message_of([] { return cd::fit_firth_logit(eight, model, {.covariance = covariance_kind::hc1}); }) ==
          "compute_divide::fit_firth_logit: a classical covariance, and no clusters, got \"hc1\"");
}

TEST_CASE("the logistic distribution and its logarithm are right to 5 units in the last place") {
    std::mt19937_64 engine(7);
    std::uniform_real_distribution<double> uniform;
    const auto error = [](double got, long double exact) {
        const auto rounded = static_cast<double>(exact);
        return static_cast<double>(std::abs(static_cast<long double>(got) - exact)) /
               (std::nextafter(rounded, 2.0) - rounded);
    };
    for (int trial = 0; trial < 100'000; ++trial) {
        const double x = (trial % 3 == 0 ? 1 : trial % 3 == 1 ? 40 : 708) * uniform(engine);
        const long double t = std::exp(-static_cast<long double>(x));
        const auto got = cd::detail::logistic_of(x);
        REQUIRE(error(got.larger, 1 / (1 + t)) < 5);
        REQUIRE(error(got.smaller, t / (1 + t)) < 5);
        REQUIRE(error(got.log_of_one_and_t, std::log1p(t)) < 5);
    }
}
