// SPDX-License-Identifier: BSL-1.0
// Every enumerator of every option through its function, which the sanitizers watch; and the table of their names.
// The options of regression and trends have such a test of their own.
#include <compute_divide/compute_divide.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "support/enumerators.hpp"
#include "support/headers.hpp"
#include "support/message_of.hpp"
#include "support/results.hpp"

namespace cd = compute_divide;
using test_support::for_each_choice;

// Every choice of the library; that none is forgotten is a test below.
// clang-format off
#define COMPUTE_DIVIDE_EACH_ENUM(USE) \
    /* compute */                                                                                                      \
    USE(accelerator_unit) USE(attention_mask) USE(best_of_estimator) USE(best_of_interval) USE(compute_assumption) USE(compute_method) USE(data_centre)             \
    USE(datapoint_unit) USE(fact_basis) USE(hardware_use) USE(measurement_error) USE(model_domain) USE(number_format) USE(recurrent_cell) USE(run_contradiction) USE(run_fact)       \
    USE(score_direction) USE(size_of) USE(training_format) USE(unexplained_interval)                                                \
    /* floor 0 */                                                                                                      \
    USE(estimate_status) USE(merge_order) USE(progress_style)                                                          \
    /* institutions */                                                                                                 \
    USE(career_exposure) USE(career_interval) USE(career_rule) USE(career_state) USE(career_ties) USE(move_year)       \
    USE(affiliation_population) USE(affiliation_role) USE(classifier_rule) USE(institution_type) USE(match_kind)       \
    USE(name_kind) USE(organisation_status) USE(other_sectors) USE(sector) USE(sector_counting) USE(sector_profile)    \
    USE(team_kind) USE(team_rule) USE(tie_certainty) USE(tie_kind) USE(tie_weighting) USE(type_source)                 \
    USE(unknown_affiliations)                                                                                          \
    USE(word_strength)                                                                                                 \
    /* io */                                                                                                           \
    USE(affiliation_cell) USE(author_position) USE(date_order) USE(decimal_mark) USE(error_handling)                   \
    USE(access_kind) USE(code_access) USE(osai_dimension) USE(part_access) USE(publication_kind) USE(tagged_format)    \
    USE(export_source) USE(openalex_types) USE(openalex_manifests)                                                     \
    /* policy */                                                                                                       \
    USE(parity_kind) USE(scenario_warning)                                                                             \
    /* regression */                                                                                                   \
    USE(cluster_correction) USE(covariance_kind) USE(covariance_repair) USE(effect_degrees_of_freedom)                 \
    USE(error_rates) USE(extrapolant) USE(reference_distribution) USE(wild_weights)                                    \
    USE(regression_family) USE(theta_uncertainty)                                                                      \
    /* report */                                                                                                       \
    USE(axis_scale) USE(claim_direction) USE(coefficient_detail) USE(column_alignment) USE(column_audience)            \
    USE(evidence) USE(intercept_row) USE(number_notation) USE(series_kind) USE(table_format) USE(verdict)              \
    /* shares */                                                                                                       \
    USE(concentration_interval) USE(concentration_measure)                                                             \
    /* statistics */                                                                                                   \
    USE(bootstrap_interval) USE(bootstrap_resampling) USE(comparison_scale) USE(correction_interval)                   \
    USE(deviation_scale) USE(difference_interval) USE(odds_ratio_interval) USE(permutation_method)                     \
    USE(proportion_interval) USE(quantile_definition) USE(rank_sum_method) USE(risk_ratio_interval)                    \
    USE(bootstrap_error) USE(cluster_degrees) USE(clustered_difference_interval) USE(corrected_contrast_interval)      \
    USE(corrected_trend_weights) USE(effective_number) USE(permutation_statistic) USE(share_trend_scale)               \
    USE(capture_estimator) USE(capture_interval) USE(captured_population) USE(change_kind) USE(curve_null)             \
    USE(field_kind) USE(joint_sides) USE(option_standing) USE(survival_interval) USE(unsettled_reason)                 \
    USE(totals_ratio_interval)                                                                                         \
    /* text */                                                                                                         \
    USE(number_kind)                                                                                                   \
    /* trends */                                                                                                       \
    USE(block_arrangement)                                                                                             \
    USE(break_choice) USE(break_interval) USE(break_kind) USE(derived_interval) USE(doubling_kind)                     \
    USE(large_scale_rule) USE(mann_kendall_variance) USE(month_length) USE(outlier_side) USE(residual_variance)        \
    USE(theil_sen_intercept) USE(trend_interval) USE(year_length)
// clang-format on

namespace {

/// What is to be known of an enumerator, without its type.
struct listed {
    std::string_view name, description;
    long long value;
    bool read_back;
};
/// Whether the value has a name in the code: as compilers write it, (type)7 has none.
template <auto value>
constexpr bool has_enumerator() {
    const std::string_view text = __PRETTY_FUNCTION__;
    return text[text.rfind("value = ") + 8] != '(';
}
template <cd::named_enum Enum>
constexpr bool lists_all() {  // counted from 0, so that the number after the last is no enumerator
    return !has_enumerator<static_cast<Enum>(enumerators(Enum{}).size())>();
}
static_assert(has_enumerator<cd::proportion_interval::wilson>());
template <cd::named_enum Enum>
std::vector<listed> enumerators_of() {
    std::vector<listed> all;
    for (const auto& entry : enumerators(Enum{}))
        all.push_back({entry.name, cd::description_of(entry.value), static_cast<long long>(entry.value),
                       cd::parse_name<Enum>(entry.name) == entry.value && cd::name_of(entry.value) == entry.name});
    return all;
}

void check_names(std::string_view type, const std::vector<listed>& all) {
    CAPTURE(type);
    CHECK_FALSE(test_support::is_spelt_american(type));
    CHECK(all.size() > 1);
    std::set<std::string_view> names;
    std::set<long long> values;
    for (const listed& entry : all) {
        CAPTURE(entry.name);
        CAPTURE(entry.description);
        CHECK(test_support::is_snake_case(entry.name));
        CHECK_FALSE(test_support::is_spelt_american(entry.name));
        CHECK_FALSE(test_support::is_spelt_american(entry.description));
        CHECK((entry.description == entry.name || entry.description.find('_') == std::string_view::npos));
        CHECK_FALSE(entry.description.empty());
        CHECK(entry.read_back);
        CHECK(names.insert(entry.name).second);
        CHECK(values.insert(entry.value).second);
    }
}

void check(const cd::estimate& e) {
    CHECK(e.value.has_value() == static_cast<bool>(e));
    CHECK((!e.bounds || e.bounds->lower <= e.bounds->upper));
    CHECK(test_support::json_check::is_valid(to_json(e)));
}

struct record {
    double y;
    int cluster;
};
std::vector<record> records(int n) {
    std::vector<record> all;
    for (int i = 0; i < n; ++i) all.push_back({1 + (i * 37 % 11 - 5) / 5.0, i % 6});
    return all;
}

}  // namespace

TEST_CASE("every choice has names in snake_case and British spelling that are read back, and prose") {
#define COMPUTE_DIVIDE_CHECKED(name)                \
    check_names(#name, enumerators_of<cd::name>()); \
    CHECK_MESSAGE(lists_all<cd::name>(), #name " has an enumerator that enumerators(" #name ") lacks");
    COMPUTE_DIVIDE_EACH_ENUM(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
}

TEST_CASE("no choice is forgotten, and no header spells otherwise in its identifiers") {
    std::set<std::string, std::less<>> checked;
#define COMPUTE_DIVIDE_CHECKED(name) checked.insert(#name);
    COMPUTE_DIVIDE_EACH_ENUM(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
    test_support::for_each_header_line([&](const std::string& path, std::string_view line) {
        CAPTURE(path);
        CAPTURE(line);
        if (line.find("auto enumerators(") != line.npos)
            CHECK(checked.contains(test_support::identifier_after(line, "auto enumerators(")));
        if (test_support::is_spelt_american(line))
            test_support::for_each_identifier(line, [&](std::string_view word) {
                if (test_support::is_spelt_american(word)) FAIL_CHECK(word);
            });
    });
}

TEST_CASE("statistics: every interval, definition and method") {
    using counts = std::vector<cd::share_count>;
    for (const cd::share_count one : counts{{0, 0}, {0, 5}, {5, 5}, {2, 5}, {2.5, 7.25}}) {
        for_each_choice<cd::proportion_interval>(
            [&](auto interval) { check(cd::share(one.successes, one.n, {.interval = interval})); });
        for (const cd::share_count other : counts{{0, 0}, {0, 4}, {4, 4}, {1, 4}}) {
            for_each_choice<cd::difference_interval>(
                [&](auto interval) { check(cd::share_difference(one, other, {.interval = interval})); });
            for_each_choice<cd::risk_ratio_interval>(
                [&](auto interval) { check(cd::risk_ratio(one, other, {.interval = interval})); });
            for_each_choice<cd::odds_ratio_interval>(
                [&](auto interval) { check(cd::odds_ratio(one, other, {.interval = interval})); });
        }
    }
    for (const std::vector<double>& values : {std::vector<double>{}, {1.0}, {1.0, 1.0, 1.0}, {5.0, 1.0, 4.0, 2.5}}) {
        for_each_choice<cd::quantile_definition>([&](auto definition) {
            for (const double p : {0.0, 0.25, 0.9, 1.0})
                check(cd::quantile(values, p, std::identity{}, {.definition = definition}));
        });
        for_each_choice<cd::deviation_scale>(
            [&](auto scale) { check(cd::median_absolute_deviation(values, std::identity{}, {.scale = scale})); });
    }
    const auto data = records(20);
    const auto mean = [](auto&& sample) {
        double sum = 0;
        int n = 0;
        for (const record& r : sample) sum += r.y, ++n;
        return sum / n;
    };
    const auto by_record =
        cd::bootstrap(data, mean, {.replicates = 99, .standard_error = cd::bootstrap_error::jackknife});
    const auto by_cluster = cd::cluster_bootstrap(data, &record::cluster, mean,
                                                  {.replicates = 99, .standard_error = cd::bootstrap_error::jackknife});
    for_each_choice<cd::bootstrap_interval>([&](auto interval) {
        check(by_record.interval(interval));
        check(by_cluster.interval(interval));
    });
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
    for_each_choice<cd::error_handling>([](auto on_error) {
        std::istringstream text("a,b\n1,2\n3\n\"x\ny\",4\n5,\"6\n");
        std::size_t rows = 0;
        try {
            cd::csv_reader reader(text, {.on_error = on_error});
            for (const auto& row : reader) rows += row.size() > 0;
        } catch (const cd::read_error& error) {
            CHECK(on_error == cd::error_handling::fail);
            CHECK(std::string_view(error.what()).size() > 10);
        }
        CHECK(rows >= 1);
        struct pair {
            int a = 0;
            std::optional<int> b;
        };
        const cd::columns<pair> wanted{{"a", &pair::a}, {"b", &pair::b, {.required = false}}};
        cd::csv_reader table(std::string_view("a\n1\nx\n"));
        try {
            const auto read = cd::read_columns(table, wanted, {.on_error = on_error});
            CHECK(read.n_problems == 1);
            CHECK(on_error == cd::error_handling::skip);
        } catch (const cd::read_error&) {
            CHECK(on_error == cd::error_handling::fail);
        }
    });
    for_each_choice<cd::affiliation_cell>(
        [](auto form) { CHECK(cd::affiliations_in("Doe, A (Univ. X); Roe, B (Y Inc.)", form).size() == 2); });
    for_each_choice<cd::export_source>([](auto source) {
        const auto known = std::ranges::find(cd::known_exports, source, &cd::export_columns::source);
        CHECK((known == cd::known_exports.end()) == (source == cd::export_source::unknown));
        if (known != cd::known_exports.end()) CHECK(cd::export_of(known->told_by).source == source);
    });
}
