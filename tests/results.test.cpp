// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/results.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/compute_divide.hpp>

#include "support/conventions.hpp"
#include "support/headers.hpp"
#include "support/results.hpp"

namespace cd = compute_divide;

// Every result of the library, module by module; that none is forgotten is a test below.
// clang-format off
#define COMPUTE_DIVIDE_EACH_RESULT(CHECKED) \
    /* compute */                                                                                                      \
    CHECKED(accelerator) CHECKED(accelerator_match) CHECKED(budget_crossing) CHECKED(compute_estimate) CHECKED(compute_step) \
    CHECKED(electricity_price) CHECKED(energy_factors) CHECKED(hardware_carbon) \
    CHECKED(gain_decomposition) CHECKED(grid_intensity) CHECKED(hardware_mention) CHECKED(hardware_price)              \
    CHECKED(hardware_run) CHECKED(layer_cost) CHECKED(mentioned_run) CHECKED(pareto_frontier)                          \
    CHECKED(pareto_frontier::point) CHECKED(peak_rates) CHECKED(reconciled_compute) CHECKED(scored_compute)            \
    CHECKED(stated_bounds) CHECKED(stated_size) CHECKED(stated_training) CHECKED(text_span) CHECKED(training_rate)                          \
    CHECKED(transformer_cost) CHECKED(tuning_comparison) CHECKED(tuning_point) CHECKED(uncertain_trend)                \
    /* institutions */                                                                                                 \
    CHECKED(career_flow) CHECKED(career_flows) CHECKED(career_step<std::string>) CHECKED(career_table)                 \
    CHECKED(career_year)                                                                                               \
    CHECKED(affiliation) CHECKED(affiliation_part) CHECKED(evaluation_table<std::string>) CHECKED(institution)                                 \
    CHECKED(label_accuracy<std::string>) CHECKED(organisation) CHECKED(organisation_name) CHECKED(registry_match)      \
    CHECKED(marked_name) CHECKED(organisation_family) CHECKED(provider_sharing) CHECKED(provider_use<std::string>)      \
    CHECKED(tie_counts) CHECKED(type_guess) CHECKED(type_reading) CHECKED(user_dependence<std::string>)                 \
    CHECKED(user_pair<std::string>)                                                                                     \
    /* io */                                                                                                           \
    CHECKED(families_table) CHECKED(family_record)                                                                     \
    CHECKED(epoch_model) CHECKED(epoch_table) CHECKED(found_column) CHECKED(openalex_type_pair) CHECKED(read_problem)  \
    /* policy */                                                                                                       \
    CHECKED(chip_supply) CHECKED(first_model) CHECKED(gap_point) CHECKED(gap_trends) CHECKED(growth_choice)            \
    CHECKED(input_effect) CHECKED(model_stream) CHECKED(parity) CHECKED(policy_scenario) CHECKED(price_path)           \
    CHECKED(price_point) CHECKED(programme) CHECKED(scenario_result) CHECKED(tranche)                                  \
    /* regression */                                                                                                   \
    CHECKED(absorbed_effects) CHECKED(coefficient_covariance) CHECKED(coefficient_line) CHECKED(joint_test)            \
    CHECKED(proportionality_line) CHECKED(proportionality_result)                                                      \
    CHECKED(least_squares_fit) CHECKED(marginal_effect) CHECKED(prediction) CHECKED(regression_fit)                    \
    CHECKED(covariance_moments) CHECKED(misclassified_logit_fit) CHECKED(separation) CHECKED(simex_result)             \
    CHECKED(simex_value) CHECKED(wild_bootstrap_result) CHECKED(within_between_fit) CHECKED(within_between_line)                                                                \
    /* report */                                                                                                       \
    CHECKED(axis) CHECKED(figure) CHECKED(series) CHECKED(verdict_result)                                              \
    /* shares */                                                                                                       \
    CHECKED(category_share<std::string, int>) CHECKED(key_share<int>) CHECKED(key_window<int>)                         \
    CHECKED(share_table<cd::key_share<int>>) CHECKED(share_trend_result) \
    CHECKED(tally_cell<std::string>) CHECKED(tally_row<std::string, int>)     \
    CHECKED(inequality_group<std::string>) CHECKED(inequality_split<std::string>) CHECKED(key_concentration<int>)      \
    CHECKED(key_owners<int, std::string>) CHECKED(lorenz_point) CHECKED(owner_amount<std::string>)                     \
    CHECKED(owner_concentration) CHECKED(owner_table<int, std::string>) CHECKED(top_range) CHECKED(top_share)          \
    CHECKED(unattributed_concentration)                                                                                \
    CHECKED(tally_table<std::string, int>)                                                                             \
    /* statistics */                                                                                                   \
    CHECKED(bounded_share) CHECKED(clustered_share) CHECKED(contrast_correction)                                                              \
    CHECKED(capture_counts) CHECKED(capture_group<std::string>) CHECKED(capture_groups<std::string>)                   \
    CHECKED(capture_total) CHECKED(captured_comparison) CHECKED(captured_share_result) CHECKED(mantel_haenszel_result) \
    CHECKED(stratified_capture)                                                                                        \
    CHECKED(calibration_table) CHECKED(classification_counts) CHECKED(moments_result) CHECKED(reliability_bin)         \
    CHECKED(share_correction) CHECKED(slope_correction) CHECKED(sobol_index) CHECKED(sobol_indices_result) CHECKED(two_sample_result)                                                               \
    CHECKED(censored_time) CHECKED(survival_curve) CHECKED(survival_step) CHECKED(survival_time)                       \
    CHECKED(choice) CHECKED(choice_part) CHECKED(combined_draws) CHECKED(curve_verdict) CHECKED(joint_inference)       \
    CHECKED(specification)                                                                                             \
    CHECKED(change_parts) CHECKED(duplicate_key) CHECKED(field_change) CHECKED(field_changes) CHECKED(row_match)       \
    CHECKED(table_diff) CHECKED(unsettled_rows)                                                                        \
    /* text */                                                                                                         \
    CHECKED(term_count) CHECKED(term_counts_result) CHECKED(term_hit) CHECKED(written_number)                                                  \
    /* trends */                                                                                                       \
    CHECKED(catch_up_result) CHECKED(level_lag)                                                                        \
    CHECKED(block_mann_kendall_result)                                                                                 \
    CHECKED(break_count) CHECKED(doubling_time) CHECKED(frontier) CHECKED(frontier_step) CHECKED(frontier_trend)       \
    CHECKED(growth)                                                                                                    \
    CHECKED(lowess_fit) CHECKED(lowess_point) CHECKED(mann_kendall_result) CHECKED(quantile_lag_result)                \
    CHECKED(quantile_line)                                                                                             \
    CHECKED(segmented_trend) CHECKED(selection) CHECKED(theil_sen_fit) CHECKED(trend_break)                            \
    CHECKED(trend_difference) CHECKED(trend_lag) CHECKED(trend_segment)
// clang-format on

// Of headers that need a library that not everybody has; checked in their own tests.
constexpr std::string_view elsewhere[]{"ror_table"};

TEST_CASE("every result keeps the conventions of docs/architecture.md") {
#define COMPUTE_DIVIDE_CHECKED(...) test_support::check_conventions<cd::__VA_ARGS__>(#__VA_ARGS__);
    COMPUTE_DIVIDE_EACH_RESULT(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
}

TEST_CASE("no result is forgotten, and each member has the name of its field") {
    std::set<std::string_view> checked(std::begin(elsewhere), std::end(elsewhere));
#define COMPUTE_DIVIDE_CHECKED(...) checked.insert(test_support::identifier_at(#__VA_ARGS__));
    COMPUTE_DIVIDE_EACH_RESULT(COMPUTE_DIVIDE_CHECKED)
#undef COMPUTE_DIVIDE_CHECKED
    test_support::for_each_header_line([&](const std::string& path, std::string_view line) {
        if (path.ends_with("compute_divide/json.hpp") || path.ends_with("compute_divide/results.hpp")) return;
        CAPTURE(path);
        CAPTURE(line);
        const std::string_view result = test_support::identifier_after(line, "auto members(std::type_identity<");
        CHECK((result.empty() || checked.contains(result)));
        while (line.find("member{\"") != line.npos) {
            line.remove_prefix(line.find("member{\"") + 8);
            const std::string_view pointer = line.substr(0, line.find('}'));
            CHECK(pointer.ends_with(test_support::identifier_at(line)));
        }
    });
}

namespace own {

struct part {
    double share = 0.5;
    std::string who = "a \"b\"";
    friend bool operator==(const part&, const part&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<part>) {
    return cd::member_list(cd::member{"share", &part::share}, cd::member{"who", &part::who});
}

struct whole {
    cd::estimate years = {.value = 2.5, .method = "m", .n = 3, .status = cd::estimate_status::ok};
    std::vector<part> parts = {part{}, part{}};
    std::optional<part> best = {};
    bool agreed = true;
    std::vector<int> counts = {};
    cd::estimate_status status = cd::estimate_status::too_few;
    [[nodiscard]] explicit operator bool() const { return compute_divide::has_value(status); }
    friend bool operator==(const whole&, const whole&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<whole>) {
    return cd::member_list(cd::member{"years", &whole::years}, cd::member{"parts", &whole::parts},
                           cd::member{"best", &whole::best}, cd::member{"agreed", &whole::agreed},
                           cd::member{"counts", &whole::counts}, cd::member{"status", &whole::status});
}

struct nothing_listed {};

}  // namespace own

TEST_CASE("a result of one's own is written by the list of its members") {
    CHECK(cd::to_json(own::whole{}) ==
          R"({"years":{"value":2.5,"lower":null,"upper":null,"level":0.95,"method":"m","n":3,"n_missing":0,)"
          R"("status":"ok"},"parts":[{"share":0.5,"who":"a \"b\""},{"share":0.5,"who":"a \"b\""}],"best":null,)"
          R"("agreed":true,"counts":[],"status":"too_few"})");
    CHECK(cd::to_string(own::whole{}) ==
          "years   2.5 (m, n = 3)\n"
          "parts   share  0.5\n"
          "        who    a \"b\"\n"
          "        share  0.5\n"
          "        who    a \"b\"\n"
          "best    none\n"
          "agreed  yes\n"
          "counts  none\n"
          "status  too few records");
    CHECK(cd::to_string(own::part{}, {.digits = 1, .percent = true}) == "share  50.0\nwho    a \"b\"");
    static_assert(!cd::described_result<own::nothing_listed> && !cd::described_result<int>);
    test_support::check_conventions<own::part>("part");
    test_support::check_conventions<own::whole>("whole");
}

TEST_CASE("the table would notice: fields are counted, texts and names are judged") {
    using test_support::has_fields, test_support::is_snake_case, test_support::is_utf8, test_support::json_check;
    struct empty {};
    struct with_base : own::part {
        int n;
    };
    struct many {
        int a[3];
        std::optional<cd::estimate> b;
        std::array<double, 2> c;
        cd::estimate_status d;
        std::string_view e, f, g, h, i, j, k, l, m, n, o, p, q, r, s;
    };
    static_assert(has_fields<empty, 0>() && has_fields<own::part, 2>() && has_fields<own::whole, 6>());
    static_assert(has_fields<with_base, 2>() && has_fields<cd::estimate, 9>() && has_fields<many, 19>());
    static_assert(!has_fields<own::part, 1>() && !has_fields<own::part, 3>() && !has_fields<many, 18>());
    static_assert(is_snake_case("p_value") && is_snake_case("hc1") && !is_snake_case("pValue"));
    static_assert(!is_snake_case("_n") && !is_snake_case("n_") && !is_snake_case("a__b") && !is_snake_case(""));
    static_assert(test_support::is_spelt_american("organization_type") &&
                  !test_support::is_spelt_american("utilisation"));
    static_assert(test_support::has_type_of_convention<std::uint64_t>("n") &&
                  !test_support::has_type_of_convention<double>("n"));
    CHECK(is_utf8("Universität 東京 😀"));
    for (const char* const text : {"\xC3", "\x80", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82"})
        CHECK_FALSE(is_utf8(text));
    for (const char* const text : {R"({"a":[1,-0.5e-3,null,true],"b":{"c":"\u00e9\n"}})", "0", "[]", "{}", "\"\""})
        CHECK(json_check::is_valid(text));
    for (const char* const text : {"", "{", "{a:1}", R"({"a":1,})", R"({"a":1,"a":2})", "01", "1.", "nan", "-", "[1 2]",
                                   "\"\\x\"", "\"a", "\"\n\"", "1 1", "\"\\u12\"", "inf"}) {
        CAPTURE(text);
        CHECK_FALSE(json_check::is_valid(text));
    }
}
