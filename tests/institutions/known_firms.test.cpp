// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/known_firms.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

std::vector<std::string_view> all_names() {
    std::vector<std::string_view> names;
    for (const std::string_view table : cd::detail::firm_names)
        for (std::size_t begin = 1; begin < table.size();) {
            const std::size_t end = table.find('|', begin);
            names.push_back(table.substr(begin, end - begin));
            begin = end + 1;
        }
    return names;
}

}  // namespace

TEST_CASE("every name of the table is found, and nothing beside it") {
    const auto names = all_names();
    CHECK(std::ranges::is_sorted(names));
    CHECK(std::ranges::adjacent_find(names) == names.end());
    for (const std::string_view name : names) {
        CAPTURE(name);
        CHECK(cd::is_known_firm(name));
        CHECK(name.size() > 2);
        const std::string more = std::string(name) + "\x7F", less(name.substr(0, name.size() - 1));
        const auto is_in_table = [](std::string_view text) {
            return std::ranges::any_of(cd::detail::firm_names,
                                       [&](std::string_view piece) { return cd::detail::is_in_names(piece, text); });
        };
        CHECK(is_in_table(more) == std::ranges::binary_search(names, more));
        CHECK(is_in_table(less) == std::ranges::binary_search(names, less));
    }
}

TEST_CASE("what is no name is not found") {
    static_assert(!cd::is_known_firm(""));
    static_assert(!cd::is_known_firm("|"));
    for (const std::string_view text :
         {" ", "inc", "research", "university of oxford", "\xFF\xFF", "!", "a|b", "zzzzzz"})
        CHECK_FALSE(cd::is_known_firm(text));
    CHECK_FALSE(cd::is_known_firm(std::string(1 << 20, 'a')));
    std::string many;
    while (many.size() < 1 << 20) many += " inc";
    CHECK_FALSE(cd::is_known_firm(many));
}

TEST_CASE("words that say nothing may follow a name") {
    constexpr std::string_view table = "|acme robotics|foo|";
    static_assert(cd::detail::is_in_names(table, "foo"));
    static_assert(cd::detail::is_in_names(table, "acme robotics"));
    static_assert(!cd::detail::is_in_names(table, "acme"));
    static_assert(!cd::detail::is_in_names(table, "robotics"));
    static_assert(!cd::detail::is_in_names("|", "foo"));
    CHECK(cd::is_known_firm("waabi"));
    CHECK(cd::is_known_firm("waabi inc"));
    CHECK(cd::is_known_firm("waabi research labs"));
    CHECK_FALSE(cd::is_known_firm("university of waabi"));
}

TEST_CASE("places, other organisations and common words are no names of firms") {
    for (const std::string_view name :
         {"paris", "oxford", "france", "california", "inria", "machine learning", "physics", "artificial intelligence",
          "independent researcher", "university", "research"})
        CHECK_FALSE(cd::is_known_firm(name));
}
