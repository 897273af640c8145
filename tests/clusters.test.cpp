// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/clusters.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

struct paper {
    std::string organisation;
    std::vector<std::string> organisations;
    std::optional<std::set<int>> ids;
    std::optional<int> venue;
    std::pair<int, int> venue_and_year;
};
using papers = std::vector<paper>;

template <class Field>
std::vector<std::vector<std::uint32_t>> numbers_of(const papers& records, Field field) {
    cd::detail::cluster_numbers<papers, Field> number(field);
    std::vector<std::vector<std::uint32_t>> all;
    for (const paper& p : records) all.push_back(number(p));
    return all;
}

}  // namespace

TEST_CASE("a cluster is one label, or several; text and pairs are one") {
    CHECK(cd::cluster_field_of<decltype(&paper::organisation), papers>);
    CHECK_FALSE(cd::has_several_labels<decltype(&paper::organisation), papers>);
    CHECK(cd::cluster_field_of<decltype(&paper::venue_and_year), papers>);
    CHECK_FALSE(cd::has_several_labels<decltype(&paper::venue_and_year), papers>);
    CHECK(cd::cluster_field_of<decltype(&paper::venue), papers>);
    CHECK_FALSE(cd::has_several_labels<decltype(&paper::venue), papers>);
    CHECK(cd::cluster_field_of<decltype(&paper::organisations), papers>);
    CHECK(cd::has_several_labels<decltype(&paper::organisations), papers>);
    CHECK(cd::cluster_field_of<decltype(&paper::ids), papers>);
    CHECK(cd::has_several_labels<decltype(&paper::ids), papers>);
}

TEST_CASE("labels are numbered as they appear; who has none is known by it") {
    const papers records{{"a", {"x", "y"}, std::set{7, 9}, 1, {1, 2000}},
                         {"b", {}, std::nullopt, std::nullopt, {1, 2001}},
                         {"a", {"y", "z"}, std::set{9}, 1, {1, 2000}}};
    using lists = std::vector<std::vector<std::uint32_t>>;
    CHECK(numbers_of(records, &paper::organisation) == lists{{0}, {1}, {0}});
    CHECK(numbers_of(records, &paper::organisations) == lists{{0, 1}, {}, {1, 2}});
    CHECK(numbers_of(records, &paper::ids) == lists{{0, 1}, {}, {1}});
    CHECK(numbers_of(records, &paper::venue) == lists{{0}, {}, {0}});
    CHECK(numbers_of(records, &paper::venue_and_year) == lists{{0}, {1}, {0}});
}
