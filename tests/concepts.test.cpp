// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/concepts.hpp>

#include <array>
#include <chrono>
#include <limits>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include <doctest/doctest.h>

#include "support/ranges.hpp"

namespace cd = compute_divide;

namespace {

enum class team { academia, industry };

struct quantity_with_unit {
    double amount;
    explicit operator double() const { return amount; }
};

struct record {
    int year;
    double compute;
    std::optional<double> maybe;
    std::string name;
    team who;
    bool open;
    std::optional<bool> known_open;
    quantity_with_unit flop;
    [[nodiscard]] int age() const { return 2020 - year; }
};

using records = std::vector<record>;

// Quantities: numbers and number-like classes, never bool, characters, text or enums.
static_assert(cd::quantity_field_of<int record::*, records>);
static_assert(cd::quantity_field_of<double record::*, records>);
static_assert(cd::quantity_field_of<std::optional<double> record::*, records>);
static_assert(cd::quantity_field_of<quantity_with_unit record::*, records>);
static_assert(cd::quantity_field_of<decltype(&record::age), records>);
static_assert(!cd::quantity_field_of<bool record::*, records>);
static_assert(!cd::quantity_field_of<std::string record::*, records>);
static_assert(!cd::quantity_field_of<team record::*, records>);
static_assert(!cd::quantity<char> && !cd::quantity<const char*>);
static_assert(!cd::quantity_field_of<int record::*, std::vector<int>>);

// Labels: whatever can be copied and ordered.
static_assert(cd::label_field_of<std::string record::*, records>);
static_assert(cd::label_field_of<team record::*, records>);
static_assert(cd::label<std::tuple<int, std::string>> && cd::label<std::chrono::year>);
static_assert(!cd::label<quantity_with_unit>);
static_assert(std::same_as<cd::label_storage_t<std::string_view>, std::string>);
static_assert(std::same_as<cd::label_storage_t<const char*>, std::string>);
static_assert(std::same_as<cd::label_storage_t<std::optional<team>>, team>);
static_assert(std::same_as<cd::label_storage_t<std::tuple<int, std::string_view>>, std::tuple<int, std::string>>);
static_assert(std::same_as<cd::label_storage_t<std::pair<std::optional<const char*>, team>>,
                           std::pair<std::optional<std::string>, team>>);

// Predicates.
static_assert(cd::predicate_field_of<bool record::*, records>);
static_assert(cd::predicate_field_of<std::optional<bool> record::*, records>);
static_assert(!cd::predicate_field_of<std::string record::*, records>);

// Any input range will do.
static_assert(cd::quantity_field_of<int record::*, std::list<record>>);
static_assert(cd::quantity_field_of<int record::*, test_support::single_pass<record>>);
static_assert(cd::quantity_field_of<std::identity, const std::array<int, 3>>);

struct mean {
    double sum = 0;
    int n = 0;
    void add(double x) {
        sum += x;
        ++n;
    }
    void merge(const mean& other) {
        sum += other.sum;
        n += other.n;
    }
    [[nodiscard]] double result() const { return sum / n; }
};
static_assert(cd::mergeable<mean> && cd::accumulator_of<mean, double> && !cd::accumulator_of<mean, std::string>);
static_assert(!cd::mergeable<double>);

}  // namespace

TEST_CASE("a value is known unless it is NaN or an empty optional") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    static_assert(cd::is_known(1) && cd::is_known(0.0) && !cd::is_known(nan) && !cd::is_known(std::optional<int>{}));
    static_assert(cd::is_known(std::optional<double>{2.0}) && !cd::is_known(std::optional<double>{nan}));
    static_assert(cd::is_known(std::tuple{1, 2.0}) && !cd::is_known(std::tuple{1, nan}));
    static_assert(!cd::is_known(std::pair{std::optional<int>{}, 1}) && cd::is_known(std::tuple{}));
    CHECK(cd::is_known(std::string("text")));
    CHECK_FALSE(cd::is_known(quantity_with_unit{nan}));
    CHECK(cd::is_known(quantity_with_unit{3}));
}

TEST_CASE("a quantity is read as a double, NaN where it is missing") {
    static_assert(cd::as_double(3) == 3.0 && cd::as_double(std::optional<int>{4}) == 4.0);
    CHECK(cd::as_double(quantity_with_unit{5}) == 5);
    CHECK_FALSE(cd::is_known(cd::as_double(std::optional<float>{})));
}
