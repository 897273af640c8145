// SPDX-License-Identifier: BSL-1.0
// Every enumerator of every option through its function, which the sanitizers watch; and the table of their names.
// The options of trends are in trends/options.test.cpp.
#include <compute_divide/compute_divide.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/enumerators.hpp"
#include "support/message_of.hpp"
#include "support/results.hpp"

namespace cd = compute_divide;
using test_support::for_each_choice;

// Every choice of the library; that none is forgotten is a test below.
#define COMPUTE_DIVIDE_EACH_ENUM(USE)                                                                                 \
    USE(estimate_status)                                                                                              \
    USE(merge_order)                                                                                                  \
    USE(progress_style) USE(bootstrap_interval) USE(bootstrap_resampling) USE(comparison_scale)                       \
        USE(correction_interval) USE(deviation_scale) USE(difference_interval) USE(odds_ratio_interval)               \
            USE(permutation_method) USE(proportion_interval) USE(quantile_definition) USE(rank_sum_method)            \
                USE(risk_ratio_interval) USE(cluster_correction) USE(covariance_kind) USE(effect_degrees)             \
                    USE(reference_distribution) USE(regression_family) USE(theta_uncertainty) USE(classifier_rule)    \
                        USE(institution_type) USE(match_kind) USE(name_kind) USE(organisation_status)                 \
                            USE(other_sectors) USE(sector) USE(sector_counting) USE(team_kind) USE(team_rule)         \
                                USE(unknown_affiliations) USE(word_strength) USE(break_choice) USE(break_interval)    \
                                    USE(break_kind) USE(derived_interval) USE(doubling_kind) USE(large_scale_rule)    \
                                        USE(mann_kendall_variance) USE(month_length) USE(outlier_side)                \
                                            USE(residual_variance) USE(theil_sen_intercept) USE(trend_interval)       \
                                                USE(year_length) USE(accelerator_unit) USE(attention_mask)            \
                                                    USE(compute_assumption) USE(compute_method) USE(data_centre)      \
                                                        USE(datapoint_unit) USE(hardware_use) USE(left_over_interval) \
                                                            USE(model_domain) USE(number_format) USE(recurrent_cell)  \
                                                                USE(score_direction) USE(training_format)             \
                                                                    USE(author_position) USE(csv_errors)              \
                                                                        USE(openalex_types)

// Those of headers that need simdjson or ISA-L, tested there.
constexpr std::string_view elsewhere[]{"openalex_errors"};

namespace {

template <cd::named_enum Enum>
void check_names(std::string_view type) {
    CAPTURE(type);
    CHECK_FALSE(test_support::is_spelt_american(type));
    std::set<std::string_view> names;
    std::set<Enum> values;
    for (const auto& entry : enumerators(Enum{})) {
        CAPTURE(entry.name);
        CHECK(test_support::is_snake_case(entry.name));
        CHECK_FALSE(test_support::is_spelt_american(entry.name));
        CHECK_FALSE(test_support::is_spelt_american(entry.description));
        CHECK(names.insert(entry.name).second);
        CHECK(values.insert(entry.value).second);
        CHECK(cd::name_of(entry.value) == entry.name);
        CHECK(cd::parse_name<Enum>(entry.name) == entry.value);
        CHECK_FALSE(cd::description_of(entry.value).empty());
        CHECK(entry.description.find('_') == std::string_view::npos);
    }
    CHECK(names.size() > 1);
    CHECK(test_support::message_of([] {
              return cd::parse_name<Enum>("no such name");
          }).starts_with("compute_divide::parse_name: one of "));
    // Values without a name are at the end: an enumerator that was added but not listed would be the next.
    int listed = 0;
    while (cd::name_of(static_cast<Enum>(listed)) != "?") ++listed;
    CHECK((static_cast<std::size_t>(listed) == names.size() || type == "compute_assumption"));
}

void check(const cd::estimate& e) {
    CHECK(e.value.has_value() == (e.status == cd::estimate_status::ok));
    CHECK((!e.bounds || e.bounds->lower <= e.bounds->upper));
    CHECK(test_support::json_check::is_valid(to_json(e)));
}
void check(const cd::test_result& t) {
    CHECK((!t.p_value || (*t.p_value >= 0 && *t.p_value <= 1)));
    CHECK(test_support::json_check::is_valid(to_json(t)));
}
void check(const cd::regression_fit& fit) {
    const std::string json = to_json(fit);
    CAPTURE(json);
    CHECK(test_support::json_check::is_valid(json));
    CHECK(fit.covariance.values.empty() == !fit.covariance);
    for (std::size_t i = 0; fit.covariance && i < fit.coefficients.size(); ++i)
        CHECK(std::isfinite(fit.covariance.standard_error(i)));
}

struct record {
    double x, y;
    int count;
    bool yes;
    int group, cluster;
};
std::vector<record> records(int n) {
    std::vector<record> all;
    for (int i = 0; i < n; ++i) {
        const double x = i % 7 - 3 + 0.1 * (i % 3), noise = (i * 37 % 11 - 5) / 5.0;
        all.push_back({x, 1 + 0.5 * x + noise, (i * 5) % 9, (i * 37 + 4 * (i % 7)) % 11 > 5, i % 4, i % 6});
    }
    return all;
}

}  // namespace

TEST_CASE("every choice has names in snake_case and British spelling that are read back, and prose") {
#define COMPUTE_DIVIDE_CHECKED(name) check_names<cd::name>(#name);
    COMPUTE_DIVIDE_EACH_ENUM(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
}

TEST_CASE("no choice is forgotten, and no header spells otherwise in its identifiers") {
    std::set<std::string, std::less<>> checked(std::begin(elsewhere), std::end(elsewhere));
#define COMPUTE_DIVIDE_CHECKED(name) checked.insert(#name);
    COMPUTE_DIVIDE_EACH_ENUM(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
    static const std::regex list_of(R"(auto enumerators\((\w+)\))");
    static const std::regex word(R"(\w*_\w*)");
    for (const auto& file : std::filesystem::recursive_directory_iterator(COMPUTE_DIVIDE_SOURCE_DIR "/include")) {
        if (file.path().extension() != ".hpp") continue;
        CAPTURE(file.path().string());
        std::ifstream stream(file.path());
        for (std::string line; std::getline(stream, line);) {
            if (std::smatch match; std::regex_search(line, match, list_of)) {
                CAPTURE(line);
                CHECK(checked.contains(match[1].str()));
            }
            if (test_support::is_spelt_american(line))
                for (auto each = std::sregex_iterator(line.begin(), line.end(), word); each != std::sregex_iterator();
                     ++each) {
                    CAPTURE(line);
                    CHECK_FALSE(test_support::is_spelt_american(each->str()));
                }
        }
    }
}

TEST_CASE("statistics: every interval, definition and method") {
    for (const auto& [k, n] : {std::pair{0.0, 0.0}, {0.0, 5.0}, {5.0, 5.0}, {2.0, 5.0}, {2.5, 7.25}}) {
        for_each_choice<cd::proportion_interval>(
            [&](auto interval) { check(cd::share(k, n, {.interval = interval})); });
        for (const auto& [k2, n2] : {std::pair{0.0, 0.0}, {0.0, 4.0}, {4.0, 4.0}, {1.0, 4.0}}) {
            for_each_choice<cd::difference_interval>([&](auto interval) {
                check(cd::share_difference({k, n}, {k2, n2}, {.interval = interval}));
            });
            for_each_choice<cd::risk_ratio_interval>([&](auto interval) {
                check(cd::risk_ratio({k, n}, {k2, n2}, {.interval = interval}));
            });
            for_each_choice<cd::odds_ratio_interval>([&](auto interval) {
                check(cd::odds_ratio({k, n}, {k2, n2}, {.interval = interval}));
            });
        }
    }
    for (const std::vector<double>& values : {std::vector<double>{}, {1.0}, {1.0, 1.0, 1.0}, {5.0, 1.0, 4.0, 2.5}}) {
        for_each_choice<cd::quantile_definition>([&](auto definition) {
            for (const double p : {0.0, 0.25, 0.9, 1.0}) check(cd::quantile(values, p, std::identity{}, definition));
        });
        for_each_choice<cd::deviation_scale>(
            [&](auto scale) { check(cd::median_absolute_deviation(values, std::identity{}, scale)); });
    }
    const auto data = records(20);
    const auto mean = [](auto&& sample) {
        double sum = 0;
        int n = 0;
        for (const record& r : sample) sum += r.y, ++n;
        return sum / n;
    };
    const auto by_record = cd::bootstrap(data, mean, {.replicates = 99});
    const auto by_cluster = cd::cluster_bootstrap(data, &record::cluster, mean, {.replicates = 99});
    for_each_choice<cd::bootstrap_interval>([&](auto interval) {
        check(by_record.interval(interval));
        check(by_cluster.interval(interval));
    });
}

TEST_CASE("regression: every covariance, correction, reference and way to count degrees") {
    for (const int n : {0, 1, 2, 5, 60}) {
        const auto data = records(n);
        const auto linear = cd::model_of(&record::y).on(cd::variable("x", &record::x));
        const auto within = linear.absorbing(&record::group);
        const auto binary = cd::model_of(&record::yes).on(cd::variable("x", &record::x));
        const auto counts = cd::model_of(&record::count).on(cd::variable("x", &record::x));
        const auto walk = [&](const auto& plain, const auto& fit) {
            for_each_choice<cd::covariance_kind, cd::reference_distribution>([&](auto kind, auto reference) {
                const cd::regression_options options{.covariance = kind, .reference = reference};
                if (kind == cd::covariance_kind::clustered) {
                    const auto clustered = plain.clustered_by(&record::cluster);
                    const auto twice = plain.clustered_by(&record::cluster, &record::group);
                    for_each_choice<cd::cluster_correction>([&](auto correction) {
                        cd::regression_options with = options;
                        with.correction = correction;
                        check(fit(clustered, with));
                        check(fit(twice, with));
                    });
                } else {
                    check(fit(plain, options));
                }
            });
        };
        walk(linear, [&](const auto& model, const auto& options) { return cd::fit_linear(data, model, options); });
        walk(binary, [&](const auto& model, const auto& options) { return cd::fit_logit(data, model, options); });
        walk(counts, [&](const auto& model, const auto& options) { return cd::fit_poisson(data, model, options); });
        for_each_choice<cd::effect_degrees>([&](auto degrees) {
            walk(within, [&](const auto& model, cd::regression_options options) {
                options.degrees = degrees;
                return cd::fit_fixed_effects(data, model, options);
            });
        });
        for_each_choice<cd::theta_uncertainty>(
            [&](auto theta) { check(cd::fit_negative_binomial(data, counts, {.theta = theta})); });
    }
}

TEST_CASE("institutions: every way to count authors and to name a team") {
    using cd::sector;
    using paper = std::vector<std::vector<std::pair<int, sector>>>;
    std::vector<paper> papers{{}, {{}}, {{}, {}}};
    for_each_choice<sector, sector>([&](sector a, sector b) {
        papers.push_back({{{1, a}}});
        papers.push_back({{{1, a}, {2, b}}, {{2, b}}, {}});
    });
    for_each_choice<cd::sector_counting, cd::unknown_affiliations>([&](auto counting, auto unknowns) {
        for (const paper& each : papers) {
            const cd::sector_counts counts = cd::count_sectors(each, {.counting = counting, .unknowns = unknowns});
            CHECK(counts.total() >= 0);
            for_each_choice<cd::team_rule, cd::other_sectors>([&](auto rule, auto others) {
                CHECK(cd::name_of(cd::team_of(counts, {.rule = rule, .others = others})) != "?");
            });
        }
    });
}

TEST_CASE("compute: every format, unit, use, direction and interval") {
    for_each_choice<cd::training_format, cd::number_format>([&](auto rule, auto format) {
        for (const cd::accelerator& chip : cd::accelerators)
            for (const int year : {1990, 2017, 2030})
                if (const auto rate = cd::training_peak(chip, {.rule = rule, .year = year, .format = format}))
                    CHECK(rate->peak.value() > 0);
    });
    for (const cd::accelerator& chip : cd::accelerators) {
        for_each_choice<cd::accelerator_unit>([&](auto unit) { CHECK(chip.per_unit(unit) > 0); });
        for_each_choice<cd::data_centre>([&](auto where) {
            CHECK(cd::typical_pue(where).estimate().value > 1);
            (void)cd::typical_energy_factors(chip, where);
        });
    }
    for_each_choice<cd::datapoint_unit, cd::model_domain>([&](auto unit, auto domain) {
        for (const double points : {1.0, 1e3, 1e12}) {
            const auto made = cd::compute_of_data(
                {.parameters = 1e9, .datapoints = points, .unit = unit, .domain = domain, .year = 2020});
            check(made.flop);
        }
    });
    for_each_choice<cd::recurrent_cell>([](auto cell) { CHECK(cd::recurrent_layer(cell, 3, 4, 5).parameters > 0); });
    for_each_choice<cd::attention_mask>([](auto mask) {
        CHECK(cd::transformer_layers({.layers = 2, .width = 8, .heads = 2, .sequence_length = 4, .mask = mask})
                  .parameters > 0);
    });
}

TEST_CASE("io: every way to meet a broken record, and every reading of OpenAlex's types") {
    for_each_choice<cd::csv_errors>([](auto on_error) {
        std::istringstream text("a,b\n1,2\n3\n\"x\ny\",4\n5,\"6\n");
        std::size_t rows = 0;
        try {
            cd::csv_reader reader(text, {.on_error = on_error});
            for (const auto& row : reader) rows += row.size() > 0;
        } catch (const cd::csv_error& error) {
            CHECK(on_error == cd::csv_errors::fail);
            CHECK(std::string_view(error.what()).size() > 10);
        }
        CHECK(rows >= 1);
    });
}
