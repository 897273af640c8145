// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/statistics/two_sample.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::comparison_scale;
using cd::estimate_status;
using cd::permutation_method;
using cd::rank_sum_method;
using test_support::close;
using test_support::message_of;

namespace {

using numbers = std::vector<double>;

/// tests/reference/two_sample_data.csv, by name.
const std::map<std::string, cd::two_samples>& samples() {
    static const auto read = [] {
        std::map<std::string, std::pair<numbers, numbers>> values;
        for (const auto& row : test_support::reference_table("two_sample_data", 2)) {
            auto& [first, second] = values[row.name];
            (row.numbers[0] == 1 ? first : second).push_back(row.numbers[1]);
        }
        std::map<std::string, cd::two_samples> by_name;
        for (const auto& [name, both] : values) by_name.emplace(name, cd::two_samples(both.first, both.second));
        return by_name;
    }();
    return read;
}

/// SAMPLE/METHOD or SAMPLE/METHOD/LEVEL in parts.
struct row_name {
    std::string sample, method;
    double level = 0.95;

    explicit row_name(const std::string& name) {
        const auto first = name.find('/'), second = name.find('/', first + 1);
        sample = name.substr(0, first);
        method = name.substr(first + 1, second - first - 1);
        if (second != std::string::npos) level = std::stod(name.substr(second + 1));
    }
};

/// A number that the reference has agrees with ours.
void check(const std::optional<double>& ours, double reference, double tolerance = 1e-10) {
    if (std::isnan(reference)) return;
    REQUIRE(ours);
    CHECK(close(*ours, reference, tolerance));
}

void check(const cd::estimate& ours, const test_support::reference_row& row, double tolerance = 1e-10) {
    check(ours.value, row.numbers[2], tolerance);
    if (std::isnan(row.numbers[3])) return;
    check(ours.lower(), row.numbers[3], tolerance);
    check(ours.upper(), row.numbers[4], tolerance);
}

void check(const cd::two_sample_result& ours, const test_support::reference_row& row) {
    CHECK(ours);
    check(ours.test.statistic, row.numbers[0]);
    check(ours.test.p_value, row.numbers[1]);
    check(ours.effect, row);
}

cd::two_samples shifted(const cd::two_samples& both, double shift) {
    numbers first = both.first();
    for (auto& x : first) x -= shift;
    return {first, both.second()};
}

cd::two_samples exchanged(const cd::two_samples& both) {
    return {both.second(), both.first()};
}

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("Welch, Mann-Whitney and Hodges-Lehmann agree with R") {
    for (const auto& row : test_support::reference_table("two_sample_r", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        const auto& both = samples().at(name.sample);
        if (name.method == "welch_ratio") {
            check(cd::welch(both, {.level = name.level}), row);
        } else if (name.method == "welch_difference") {
            check(cd::welch(both, {.scale = comparison_scale::difference, .level = name.level}), row);
        } else {
            const auto method = cd::parse_name<rank_sum_method>(name.method);
            const auto test = cd::mann_whitney(both, method);
            check(test.test.statistic, row.numbers[0]);
            check(test.test.p_value, row.numbers[1]);
            const auto shift = cd::hodges_lehmann(
                both, {.scale = comparison_scale::difference, .level = name.level, .method = method});
            check(shift.value, row.numbers[2]);
            // R gives the extreme differences where there are too few; the others, of 1 and 2 values, are so.
            CHECK(shift.bounds.has_value() == (name.sample != "tiny"));
            if (shift.bounds) check(shift, row);
            CHECK(test.test.method == "mann_whitney, " + name.method);
            CHECK(shift.method == "hodges_lehmann, " + name.method);
        }
    }
}

TEST_CASE("Brunner-Munzel, permutations, medians and ties agree with scipy and enumeration") {
    for (const auto& row : test_support::reference_table("two_sample", 5)) {
        CAPTURE(row.text);
        const row_name name(row.name);
        const auto& both = samples().at(name.sample);
        if (name.method == "brunner_munzel") {
            check(cd::brunner_munzel(both), row);
        } else if (name.method == "permutation_difference") {
            check(cd::permutation_test(both,
                                       {.scale = comparison_scale::difference, .method = permutation_method::exact}),
                  row);
        } else if (name.method == "permutation_ratio" || name.method == "monte_carlo") {
            const bool exact = name.method != "monte_carlo";
            const auto method = exact ? permutation_method::exact : permutation_method::monte_carlo;
            const auto test = cd::permutation_test(both, {.method = method, .replicates = 399});
            check(test.test.statistic, row.numbers[0]);
            check(test.test.p_value, row.numbers[1]);
            check(test.effect.value, std::exp(row.numbers[2]));
            CHECK(test.test.method == (exact ? "permutation, exact" : "permutation, monte_carlo"));
        } else if (name.method.starts_with("medians_")) {
            const auto scale = cd::parse_name<comparison_scale>(name.method.substr(8));
            const auto compared = cd::compare_medians(both, {.scale = scale, .bootstrap = {.replicates = 399}});
            check(compared, row, 1e-14);
            const auto basic = cd::compare_medians(both, {.scale = scale,
                                                          .interval = cd::bootstrap_interval::basic,
                                                          .bootstrap = {.replicates = 399, .threads = 2}});
            CHECK(basic.lower() == 2 * *compared.value - compared.upper());
            CHECK(basic.method == "bootstrap_basic");
        } else {
            const auto test = cd::mann_whitney(both, cd::parse_name<rank_sum_method>(name.method));
            check(test, row);
        }
    }
}

TEST_CASE("Student's tails agree with R's pt") {
    for (const auto& row : test_support::reference_table("student_t", 3)) {
        CAPTURE(row.text);
        CHECK(close(cd::detail::two_sided_t_p(row.numbers[0], row.numbers[1]), row.numbers[2], 1e-12));
        CHECK(close(cd::detail::two_sided_t_p(-row.numbers[0], row.numbers[1]), row.numbers[2], 1e-12));
    }
}

TEST_CASE("what automatic stands for is told") {
    using pair = std::pair<std::string, std::string>;
    const auto method = [](const char* name) {
        return pair(cd::mann_whitney(samples().at(name)).test.method, cd::hodges_lehmann(samples().at(name)).method);
    };
    CHECK(method("even") == pair("mann_whitney, exact", "hodges_lehmann, exact"));
    CHECK(method("ties") == pair("mann_whitney, normal_continuity", "hodges_lehmann, normal_continuity"));
    CHECK(method("flop") == pair("mann_whitney, normal_continuity", "hodges_lehmann, normal_continuity"));
    CHECK(cd::permutation_test(samples().at("small")).test.method == "permutation, exact");
    CHECK(cd::permutation_test(samples().at("small"), {.replicates = 100}).test.method == "permutation, monte_carlo");
}

TEST_CASE("exchanging the samples turns every result round") {
    for (const auto& sample : samples()) {
        const auto& name = sample.first;
        const auto& both = sample.second;
        CAPTURE(name);
        const auto other = exchanged(both);
        for (const auto& [kind, kind_name] : enumerators(rank_sum_method{})) {
            if (kind == rank_sum_method::exact && name == "large") continue;
            const auto one = cd::mann_whitney(both, kind), two = cd::mann_whitney(other, kind);
            CHECK(close(one.test.p_value.value(), two.test.p_value.value(), 1e-13));
            CHECK(close(one.effect.value.value(), 1 - two.effect.value.value(), 1e-13));
            const auto shift = cd::hodges_lehmann(both, {.method = kind}),
                       back = cd::hodges_lehmann(other, {.method = kind});
            CHECK(close(shift.value.value(), 1 / back.value.value(), 1e-12));
            CHECK(shift.bounds.has_value() == back.bounds.has_value());
            if (shift.bounds) CHECK(close(shift.lower(), 1 / back.upper(), 1e-12));
        }
        if (name == "tiny") continue;
        const auto one = cd::welch(both), two = cd::welch(other);
        CHECK(close(one.effect.lower(), 1 / two.effect.upper(), 1e-12));
        CHECK(close(*one.test.statistic, -*two.test.statistic, 1e-12));
        const auto p_1 = cd::brunner_munzel(both), p_2 = cd::brunner_munzel(other);
        CHECK(p_1.test.status == p_2.test.status);
        if (!p_1) continue;
        CHECK(close(*p_1.test.p_value, *p_2.test.p_value, 1e-12));
        CHECK(std::fabs(p_1.effect.lower() - (1 - p_2.effect.upper())) < 1e-14);
    }
}

TEST_CASE("intervals hold what the same test does not reject") {
    for (const char* name : {"small", "ties", "two_values"}) {
        CAPTURE(name);
        const auto& both = samples().at(name);
        for (const double level : {0.5, 0.8, 0.95}) {
            const auto p_of = [&](double shift) {
                return *cd::permutation_test(shifted(both, shift), {.scale = comparison_scale::difference,
                                                                    .method = permutation_method::exact})
                            .test.p_value;
            };
            const auto test = cd::permutation_test(
                both, {.scale = comparison_scale::difference, .level = level, .method = permutation_method::exact});
            if (!test.effect.bounds) continue;
            CHECK(p_of(test.effect.lower() - 1e-6) <= 1 - level + 1e-12);
            CHECK(p_of(test.effect.lower() + 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() - 1e-6) > 1 - level);
            CHECK(p_of(test.effect.upper() + 1e-6) <= 1 - level + 1e-12);
        }
    }
    for (const char* name : {"even", "unequal", "flop"}) {
        CAPTURE(name);
        const auto& both = samples().at(name);
        for (const auto method :
             {rank_sum_method::exact, rank_sum_method::normal, rank_sum_method::normal_continuity}) {
            const auto shift = cd::hodges_lehmann(both, {.scale = comparison_scale::difference, .method = method});
            const auto p_of = [&](double at) { return *cd::mann_whitney(shifted(both, at), method).test.p_value; };
            const double step = 1e-9 * shift.bounds->width();
            CHECK(p_of(shift.lower() - step) <= 0.05);
            CHECK(p_of(shift.lower() + step) > 0.05);
            CHECK(p_of(shift.upper() - step) > 0.05);
            CHECK(p_of(shift.upper() + step) <= 0.05);
        }
    }
}

TEST_CASE("a permutation at random in the long run is every one") {
    const auto& both = samples().at("small");
    const auto exact = cd::permutation_test(both, {.level = 0.8, .method = permutation_method::exact});
    cd::permutation_options options{.level = 0.8, .method = permutation_method::monte_carlo, .replicates = 100'000};
    const auto random = cd::permutation_test(both, options);
    CHECK(std::fabs(*exact.test.p_value - *random.test.p_value) < 0.005);
    CHECK(random.effect.bounds == exact.effect.bounds);
    options.threads = 3;
    CHECK(cd::permutation_test(both, options) == random);
    options.seed = 2;
    CHECK(cd::permutation_test(both, options).test.p_value != random.test.p_value);
}

TEST_CASE("a shift of lognormal samples is covered as often as the level says") {
    cd::random_stream random(11);
    const auto draw = [&](std::size_t n, double factor) {
        numbers values(n);
        for (auto& x : values) {
            double sum = 0;
            for (int i = 0; i < 12; ++i) sum += random.uniform();
            x = factor * std::exp(sum - 6);
        }
        return values;
    };
    std::array<int, 4> covered{};
    constexpr int trials = 1000;
    for (int trial = 0; trial < trials; ++trial) {
        const cd::two_samples both(draw(12, 5), draw(9, 1));
        const std::array<cd::estimate, 4> estimates = {
            cd::welch(both, {.level = 0.9}).effect, cd::hodges_lehmann(both, {.level = 0.9}),
            cd::permutation_test(both, {.level = 0.9, .replicates = 499}).effect,
            cd::compare_medians(both, {.level = 0.9, .bootstrap = {.replicates = 199}})};
        for (std::size_t i = 0; i < 4; ++i) covered.at(i) += estimates.at(i).bounds->contains(5);
    }
    for (const int count : covered) {  // three standard errors of 0.9 of 1000 are 28
        CHECK(count > 872);
        CHECK(count < 960);  // the exact interval and the bootstrap of a median are cautious
    }
}

TEST_CASE("records of one range, of groups that may not be known") {
    struct model {
        std::optional<bool> industry;
        std::optional<double> flop;
        [[nodiscard]] bool is_industry() const { return industry.value_or(false); }
    };
    const std::vector<model> models = {{true, 8},  {false, 2},           {true, 4}, {std::nullopt, 3}, {false, 1},
                                       {true, {}}, {false, std::nan("")}};
    const cd::two_samples both(models, &model::industry, &model::flop);
    CHECK(both.first() == numbers{4, 8});
    CHECK(both.second() == numbers{1, 2});
    CHECK(both.n_missing() == 3);
    for (const auto& result : {cd::welch(both), cd::mann_whitney(both), cd::permutation_test(both)}) {
        CHECK(result.test.n == 4);
        CHECK(result.test.n_missing == 3);
        CHECK(result.effect.n_missing == 3);
    }
    CHECK(close(*cd::welch(both).effect.value, 4, 1e-14));
    CHECK(close(*cd::compare_medians(both).value, 4, 1e-14));
    CHECK(cd::compare_medians(both).n_missing == 3);
    const cd::two_samples known(models, &model::is_industry, &model::flop);
    CHECK(known.second() == numbers{1, 2, 3});

    const std::vector<int> whole = {9, 7}, others = {1, 2, 2};
    const cd::two_samples plain(whole, others);
    CHECK(plain.first() == numbers{7, 9});
    const cd::two_samples once(test_support::single_pass<int>{whole}, test_support::single_pass<int>{others});
    CHECK(once.second() == plain.second());
    const auto half = [](int x) { return x / 2.0; };
    CHECK(cd::two_samples(whole, others, half).first() == numbers{3.5, 4.5});
}

TEST_CASE("what the data do not determine is a status") {
    const numbers none, one = {3}, two = {1, 4}, same = {2, 2, 2}, high = {8, 9};
    struct expected {
        cd::two_samples both;
        estimate_status welch, medians, ranks, normal, shift, brunner_munzel, permutation;
    };
    using enum estimate_status;
    const std::vector<expected> rows = {{{none, two}, no_data, no_data, no_data, no_data, no_data, no_data, no_data},
                                        {{two, none}, no_data, no_data, no_data, no_data, no_data, no_data, no_data},
                                        {{one, two}, too_few, too_few, ok, ok, ok, too_few, ok},
                                        {{one, one}, too_few, too_few, ok, degenerate, ok, too_few, degenerate},
                                        {{same, same}, degenerate, ok, ok, degenerate, ok, degenerate, degenerate},
                                        {{two, high}, ok, ok, ok, ok, ok, degenerate, ok}};
    for (const auto& row : rows) {
        CAPTURE(&row - rows.data());
        const auto status = [](const cd::two_sample_result& result, estimate_status wanted) {
            CHECK(result.test.status == wanted);
            CHECK(result.effect.status == wanted);
            CHECK(result.test.p_value.has_value() == (wanted == ok));
            CHECK(result.test.statistic.has_value() == (wanted == ok));
            CHECK(result.effect.value.has_value() == (wanted == ok));
        };
        status(cd::welch(row.both), row.welch);
        status(cd::mann_whitney(row.both, rank_sum_method::exact), row.ranks);
        status(cd::mann_whitney(row.both, rank_sum_method::normal), row.normal);
        status(cd::brunner_munzel(row.both), row.brunner_munzel);
        status(cd::permutation_test(row.both), row.permutation);
        const auto medians = cd::compare_medians(row.both);
        CHECK(medians.status == row.medians);
        CHECK(medians.value.has_value() == (row.medians == ok));
        const auto shift = cd::hodges_lehmann(row.both, {.method = rank_sum_method::exact});
        CHECK(shift.status == row.shift);
        CHECK(shift.value.has_value() == (row.shift == ok));
        CHECK_FALSE(shift.bounds);  // so few pairs determine no interval of 95 %
    }
    CHECK(cd::mann_whitney({same, same}, rank_sum_method::exact).test.p_value == 1);
    CHECK(cd::mann_whitney({two, high}).effect.value == 0);
    CHECK_FALSE(cd::permutation_test({two, high}).effect.bounds);
    // Values that overflow: no infinite number comes out.
    const numbers huge = {1e300, 1e308}, tiny = {1e-300, 1e-308};
    CHECK(cd::welch({huge, tiny}).effect.status == degenerate);
    CHECK(cd::hodges_lehmann({huge, tiny}).status == degenerate);
    CHECK(cd::permutation_test({huge, tiny}).effect.status == degenerate);
    CHECK(cd::compare_medians({huge, tiny}).status == degenerate);
    CHECK(cd::mann_whitney({huge, tiny}).effect.value == 1);
}

TEST_CASE("large samples") {
    cd::random_stream random(3);
    numbers first(30'000), second(20'000);
    for (auto& x : first) x = static_cast<double>(random.below(1000)) / 8 + 1;
    for (auto& x : second) x = static_cast<double>(random.below(1000)) / 8;
    const cd::two_samples both(first, second);
    const auto shift = cd::hodges_lehmann(both, {.scale = comparison_scale::difference});
    CHECK(std::fabs(*shift.value - 1) < 1);
    CHECK(shift.lower() <= *shift.value);
    CHECK(*shift.value <= shift.upper());
    CHECK(cd::mann_whitney(both));
}

TEST_CASE("wrong arguments are refused by name") {
    const cd::two_samples both(numbers{1, 2}, numbers{-1, 3}), many(numbers(201, 1), numbers(200, 2));
    const auto& small = samples().at("small");
    const std::vector<std::pair<std::string, std::string>> cases = {
        {message_of([] {
             return cd::two_samples(numbers{1, infinity}, numbers{1});
         }),
         "two_samples: finite values, got inf"},
        {message_of([&] { return cd::welch(both); }), "welch: values > 0 for a ratio, got -1"},
        {message_of([&] { return cd::compare_medians(both); }), "compare_medians: values > 0 for a ratio, got -1"},
        {message_of([&] { return cd::hodges_lehmann(both); }), "hodges_lehmann: values > 0 for a ratio, got -1"},
        {message_of([&] { return cd::permutation_test(both); }), "permutation_test: values > 0 for a ratio, got -1"},
        {message_of([&] { return cd::welch(small, {.level = 1}); }), "welch: level in (0, 1), got 1"},
        {message_of([&] { return cd::compare_medians(small, {.level = 0}); }),
         "compare_medians: level in (0, 1), got 0"},
        {message_of([&] { return cd::hodges_lehmann(small, {.level = 2}); }), "hodges_lehmann: level in (0, 1), got 2"},
        {message_of([&] { return cd::brunner_munzel(small, -1); }), "brunner_munzel: level in (0, 1), got -1"},
        {message_of([&] { return cd::permutation_test(small, {.level = 1.5}); }),
         "permutation_test: level in (0, 1), got 1.5"},
        {message_of([&] { return cd::compare_medians(small, {.interval = cd::bootstrap_interval::bca}); }),
         "compare_medians: interval percentile or basic, got \"bca\""},
        {message_of([&] { return cd::compare_medians(small, {.bootstrap = {.replicates = 0}}); }),
         "compare_medians: replicates >= 1, got 0"},
        {message_of([&] { return cd::mann_whitney(many, rank_sum_method::exact); }),
         "mann_whitney: at most 40000 pairs for the exact method, got 40200"},
        {message_of([&] { return cd::hodges_lehmann(many, {.method = rank_sum_method::exact}); }),
         "hodges_lehmann: at most 40000 pairs for the exact method, got 40200"},
        {message_of([&] { return cd::permutation_test(small, {.replicates = 0}); }),
         "permutation_test: replicates >= 1, got 0"}};
    for (const auto& [message, expected] : cases) CHECK(message == "compute_divide::" + expected);
    CHECK(message_of([&] {
              return cd::permutation_test(many, {.method = permutation_method::exact});
          }).starts_with("compute_divide::permutation_test: at most 10^7 permutations for the exact method, got "));
}
