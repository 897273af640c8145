// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/trends/selected.hpp>

#include <forward_list>
#include <list>
#include <ranges>
#include <vector>

#include <doctest/doctest.h>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/iota.hpp>
#include <range/v3/view/transform.hpp>

#include <compute_divide/trends/large_scale.hpp>

#include "support/message_of.hpp"

namespace cd = compute_divide;

namespace {

struct model {
    int year;
    double flop;
};
const std::vector<model> models{{2010, 1e10}, {2011, 2e24}, {2012, 0}, {2013, 3e24}};

std::vector<int> years_of(auto&& records) {
    std::vector<int> years;
    years.reserve(models.size());
    for (auto&& record : records) years.push_back(record.year);
    return years;
}

}  // namespace

TEST_CASE("the chosen records of any forward range, in their order") {
    const std::vector<int> expected{2011, 2013};
    CHECK(years_of(models | cd::selected(cd::above_threshold(models, &model::flop))) == expected);
    CHECK(years_of(cd::selected(models, cd::above_threshold(models, &model::flop))) == expected);

    const std::list<model> list(models.begin(), models.end());
    CHECK(years_of(list | cd::selected(cd::above_threshold(list, &model::flop))) == expected);
    const std::forward_list<model> forward(models.begin(), models.end());
    CHECK(years_of(forward | cd::selected(cd::above_threshold(forward, &model::flop))) == expected);

    // Views: positions are those of the view; records yielded as prvalues.
    const auto later = [](const model& m) { return m.year > 2010; };
    auto filtered = models | ranges::views::filter(later);
    const auto chosen = cd::above_threshold(filtered, &model::flop);
    CHECK(chosen.indices == std::vector<std::size_t>{0, 2});
    CHECK(years_of(filtered | cd::selected(chosen)) == expected);
    auto copies = models | ranges::views::transform([](model m) { return m; });
    CHECK(years_of(copies | cd::selected(cd::above_threshold(copies, &model::flop))) == expected);
    auto filtered_copies = copies | ranges::views::filter(later);
    CHECK(years_of(filtered_copies | cd::selected(chosen)) == expected);
}

TEST_CASE("the view refers to the records, composes, and outlives the selection") {
    std::vector<model> own = models;
    const auto view = [&own] {
        const auto chosen = cd::above_threshold(own, &model::flop);
        return own | cd::selected(chosen);
    }();
    static_assert(std::ranges::random_access_range<decltype(view)>);
    REQUIRE(view.size() == 2);
    CHECK(&view[1] == &own[3]);
    for (model& m : view) m.year += 100;
    CHECK(years_of(own) == std::vector<int>{2010, 2111, 2012, 2113});
    CHECK(years_of(view | ranges::views::filter([](const model& m) { return m.flop > 2.5e24; })) ==
          std::vector<int>{2113});
    const auto again = cd::known_compute(view, &model::flop);
    CHECK(again.n == 2);
    CHECK(years_of(view | cd::selected(again)) == years_of(view));
}

TEST_CASE("nothing chosen, and a selection of other records") {
    CHECK(years_of(models | cd::selected(cd::selection{})).empty());
    CHECK(test_support::message_of([] {
              return models | cd::selected(cd::selection{.indices = {1, 4}});
          }) == "compute_divide::selected: a position in the records, got 4");
    int sum = 0;
    for (const int i : ranges::views::iota(0) | cd::selected(cd::selection{.indices = {2, 40}})) sum += i;
    CHECK(sum == 42);
}
