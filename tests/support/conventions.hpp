// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_CONVENTIONS_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_CONVENTIONS_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/results.hpp>

#include "support/results.hpp"

/// What docs/architecture.md asks of every result, as one check.
namespace test_support {

// Results of which a rule cannot be asked, and why.
struct exception {
    std::string_view result, reason;
};
inline constexpr exception fields_cannot_be_counted[]{
    {"energy_factors", "uncertain numbers are never empty: {} initialises none"},
    {"hardware_price", "the same"},
    {"grid_intensity", "the same"},
    {"electricity_price", "the same"},
    {"hardware_carbon", "the same"},
    {"chip_supply", "the same"},
    {"gap_trends", "the same"},
    {"growth_choice", "the same"},
    {"policy_scenario", "the same"},
};
inline constexpr exception says_nothing_of_nothing[]{
    {"read_problem", "no file, no line, no reason: no text"},
    {"share_table<cd::key_share<int>>", "a table without rows"},
    {"tally_table<std::string, int>", "a table without rows"},
};
constexpr bool is_excepted(std::string_view result, const auto& exceptions) {
    return std::ranges::find(exceptions, result, &exception::result) != std::ranges::end(exceptions);
}

template <class T>
constexpr bool is_reference_into_something = std::is_pointer_v<T> || std::is_reference_v<T>;
template <class T>
constexpr bool is_reference_into_something<std::span<T>> = true;

// The table of names and types in docs/architecture.md.
template <class Value>
constexpr bool has_type_of_convention(std::string_view name) {
    if (name == "n" || name == "n_missing") return std::same_as<Value, std::uint64_t>;
    if (name == "n_effective")  // a row of a tally always states it
        return std::same_as<Value, std::optional<double>> || std::same_as<Value, double>;
    if (name == "degrees_of_freedom") return std::same_as<Value, double> || std::same_as<Value, std::optional<double>>;
    if (name == "status")  // that of an organisation is ROR's
        return std::same_as<Value, compute_divide::estimate_status> ||
               std::same_as<Value, compute_divide::organisation_status>;
    if (name == "level") return std::same_as<Value, double>;
    return true;
}

// What a name of the table is called elsewhere.
inline constexpr std::string_view other_names[]{
    "dof",   "df", "n_used",      "n_eff",       "n_obs",     "nobs",           "confidence_level",
    "alpha", "ci", "effective_n", "sample_size", "n_records", "records_missing"};

// What follows is no template where it need not be: there are some hundred and fifty results.

struct member_facts {
    std::string_view name;
    bool type_of_convention = false;
};
inline void check_members(std::string_view result, const std::vector<member_facts>& members) {
    CAPTURE(result);
    for (const member_facts& member : members) {
        CAPTURE(member.name);
        CHECK(member.type_of_convention);
        CHECK(test_support::is_snake_case(member.name));
        CHECK_FALSE(test_support::is_spelt_american(member.name));
        CHECK(std::ranges::count(members, member.name, &member_facts::name) == 1);
        CHECK(std::ranges::find(other_names, member.name) == std::ranges::end(other_names));
    }
}
inline void check_texts(std::string_view result, const std::string& json, const std::string& text,
                        const std::string& percent_text) {
    CAPTURE(result);
    CAPTURE(json);
    CHECK(test_support::json_check::is_valid(json));
    CHECK(json.starts_with("{"));
    for (const std::string& shown : {text, percent_text}) {
        CAPTURE(shown);
        CHECK((!shown.empty() || is_excepted(result, says_nothing_of_nothing)));
        CHECK(test_support::is_utf8(shown));
        CHECK_FALSE(shown.ends_with("\n"));
    }
}
template <class Result>
void check_texts_of(std::string_view name, const Result& result) {
    using compute_divide::to_json, compute_divide::to_string;
    check_texts(name, to_json(result),
                to_string(result, compute_divide::estimate_format{.digits = 4, .percent = false}),
                to_string(result, compute_divide::estimate_format{.digits = 4, .percent = true}));
}

template <class Result>
void check_conventions(std::string_view name) {
    static_assert(std::is_aggregate_v<Result>);
    static_assert(std::is_default_constructible_v<Result> && std::is_copy_constructible_v<Result>);
    static_assert(std::equality_comparable<Result>);
    static_assert(compute_divide::described_result<Result>);
    CAPTURE(name);
    const Result result{};
    CHECK(static_cast<bool>(result == Result{}));
    members(std::type_identity<Result>{})([&]<class... Values>(const compute_divide::member<Result, Values>&... each) {
        static_assert(!(is_reference_into_something<Values> || ...));
        check_members(name, {member_facts{each.name, has_type_of_convention<Values>(each.name)}...});
        if (!is_excepted(name, fields_cannot_be_counted))
            CHECK(static_cast<bool>(has_fields<Result, sizeof...(Values)>()));
    });
    check_texts_of(name, result);
    if constexpr (requires { result.status == compute_divide::estimate_status::ok; }) {
        static_assert(std::is_constructible_v<bool, Result> && !std::is_convertible_v<Result, bool>);
        for (const auto& status : enumerators(compute_divide::estimate_status{})) {
            Result one = result;
            one.status = status.value;
            CHECK(static_cast<bool>(one) == (status.value == compute_divide::estimate_status::ok ||
                                             status.value == compute_divide::estimate_status::few_clusters));
            check_texts_of(name, one);
        }
    }
}

}  // namespace test_support

#endif
