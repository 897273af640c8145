// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/model.hpp>

#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/detail/regression_frame.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct record {
    double y, x, w = 1;
    std::optional<std::string> firm = "a";
    int year = 2000;
    std::optional<double> exposure = 0;
};
using numbers = std::vector<std::uint32_t>;

template <class Model>
cd::detail::regression_frame frame_of(const std::vector<record>& records, const Model& model) {
    return cd::detail::frame_of("fit_linear", records, model);
}

const auto y_on_x = cd::model_of(&record::y).on(cd::variable("x", &record::x));
template <class Model, class Term>
concept can_be_on = requires(const Model& model, Term term) {
    model.on(term);
};
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a model is a value that grows") {
    const auto whole = y_on_x.weighted_by(&record::w)
                           .absorbing(&record::firm)
                           .absorbing(&record::year)
                           .clustered_by(&record::firm, &record::year)
                           .offset_by(&record::exposure);
    const auto frame = frame_of({{1, 2, 3, "b", 2001, 4}, {5, 6, 7, "a", 2002, 8}, {9, 1, 2, "b", 2002, 3}}, whole);
    CHECK(frame.names == std::vector<std::string>{"(intercept)", "x"});
    CHECK(frame.columns == std::vector<double>{1, 2, 1, 6, 1, 1});
    CHECK(frame.response == std::vector<double>{1, 5, 9});
    CHECK(frame.weight == std::vector<double>{3, 7, 2});
    CHECK(frame.offset == std::vector<double>{4, 8, 3});
    CHECK(frame.effects == std::vector<numbers>{{0, 1, 0}, {0, 1, 1}});
    CHECK(frame.clusters == frame.effects);
    // the first model is what it was
    CHECK(frame_of({{1, 2}}, y_on_x).effects.empty());
    CHECK(frame_of({{1, 2}}, y_on_x.without_intercept()).names == std::vector<std::string>{"x"});
    CHECK(frame_of({{1, 2}}, cd::model_of(&record::y)).names == std::vector<std::string>{"(intercept)"});
}

TEST_CASE("records of which anything is not known are counted, those of weight 0 are not") {
    const auto model = y_on_x.weighted_by(&record::w)
                           .absorbing(&record::year)
                           .clustered_by(&record::firm)
                           .offset_by(&record::exposure);
    const std::vector<record> records{{1, 2},
                                      {unknown, 2},
                                      {1, unknown},
                                      {1, 2, unknown},
                                      {1, 2, 0},
                                      {1, 2, 1, std::nullopt, 1999},
                                      {1, 2, 1, "b", 2000, {}},
                                      {3, 4, 1, "c", 2001}};
    const auto frame = frame_of(records, model);
    CHECK(frame.n == 2);
    CHECK(frame.n_missing == 5);
    CHECK(frame.records_of_rows == std::vector<std::uint64_t>{0, 7});
    // levels of records that were left out have no number
    CHECK(frame.effects.front() == numbers{0, 1});
    CHECK(frame.clusters.front() == numbers{0, 1});
}

TEST_CASE("numbers that no regression can use are named") {
    CHECK(message_of([] {
              return frame_of({{1, 2, -1}}, y_on_x.weighted_by(&record::w)).n;
          }) == "compute_divide::fit_linear: a weight >= 0 in record 0, got -1");
    CHECK(message_of([] {
              return frame_of({{1, 1e301}}, y_on_x).n;
          }) == "compute_divide::fit_linear: values of at most 1e300 in size in record 0, got 1e+301");
    CHECK(message_of([] {
              return frame_of({{-1e301, 1}}, y_on_x).n;
          }) == "compute_divide::fit_linear: values of at most 1e300 in size in record 0, got -1e+301");
}

TEST_CASE("fields that do not apply to the records are no model of them") {
    using records = std::vector<record>;
    static_assert(cd::regression_model_of<decltype(y_on_x), records>);
    static_assert(!cd::regression_model_of<decltype(cd::model_of(&record::firm)), records>);
    static_assert(!cd::regression_model_of<decltype(y_on_x.weighted_by(&record::firm)), records>);
    static_assert(!can_be_on<decltype(y_on_x), double record::*>);
    static_assert(can_be_on<decltype(y_on_x), std::vector<cd::variable<double record::*>>>);
    using of_text = cd::variable<std::optional<std::string> record::*>;
    static_assert(!cd::regression_model_of<decltype(y_on_x.on(std::declval<of_text>())), records>);
    static_assert(!cd::regression_model_of<decltype(y_on_x), std::vector<int>>);
    static_assert(cd::regression_model_of<decltype(y_on_x.clustered_by(std::vector{&record::year})), records>);
}

TEST_CASE("levels are numbered in order of appearance, wherever they lie") {
    std::vector<int> years;
    for (int i = 0; i < 300; ++i) years.insert(years.end(), {i, -i, 40'000 - i, 100'000 + 1'000 * (i % 7)});
    for (const int far : {std::numeric_limits<int>::min(), std::numeric_limits<int>::max(), 70'000, -25'000})
        years.insert(years.end(), {far, far + (far < 0 ? 1 : -1), 5});
    std::vector<record> records;
    numbers expected;
    std::map<int, std::uint32_t> seen;
    for (int pass = 0; pass < 2; ++pass)
        for (const int year : years) {
            records.push_back({1, 2, 1, "a", year});
            expected.push_back(seen.emplace(year, static_cast<std::uint32_t>(seen.size())).first->second);
        }
    CHECK(frame_of(records, y_on_x.absorbing(&record::year)).effects[0] == expected);
}
