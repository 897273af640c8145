// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/label_map.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

using compute_divide::detail::add_values;
using compute_divide::detail::label_hash;
using compute_divide::detail::label_map;
using compute_divide::detail::same_labels;

TEST_CASE("text of every length is told from text that differs in one byte, at its end or within") {
    for (std::size_t n = 0; n < 70; ++n) {
        std::string text(n, 'a');
        for (std::size_t i = 0; i < n; ++i) text[i] = static_cast<char>('a' + i % 26);
        const std::string same = text;
        CHECK(same_labels(text, std::string_view(same)));
        CHECK(label_hash(std::string_view(text)) == label_hash(std::string_view(same)));
        CHECK_FALSE(same_labels(text, std::string_view(same + "a")));
        std::set<std::uint64_t> hashes{label_hash(std::string_view(text)), label_hash(std::string_view(same + "a"))};
        for (std::size_t i = 0; i < n; ++i) {
            std::string other = text;
            other[i] = '\0';
            CHECK_FALSE(same_labels(text, std::string_view(other)));
            hashes.insert(label_hash(std::string_view(other)));
        }
        CHECK(hashes.size() == n + 2);
    }
}

TEST_CASE("as an ordered map of the same labels") {
    std::mt19937_64 random(4);
    label_map<int, std::string, int> hashed;
    std::map<std::pair<std::string, int>, int> ordered;
    for (int i = 0; i < 20'000; ++i) {
        std::string name(random() % 40, 'x');
        for (char& c : name) c = static_cast<char>(random() % 3);
        const int number = static_cast<int>(random() % 3);
        ++hashed.value_of(std::string_view(name), number);
        ++ordered[{name, number}];
    }
    std::size_t cells = 0;
    bool same = true;
    hashed.for_each([&](const std::string& name, int number, int count) {
        ++cells;
        const auto found = ordered.find({name, number});
        same = same && found != ordered.end() && found->second == count;
    });
    CHECK(same);
    CHECK(cells == ordered.size());
}

namespace {

/// Merges one map of `n` labels into another of some of them, and more, in both ways.
template <class Map, class Label>
void check_sum(std::size_t n, const Label& label) {
    Map to, same, from;
    for (std::size_t i = 0; i < n; ++i) {
        from.value_of(label(i), 1) += static_cast<int>(i);
        if (i % 3 == 0) to.value_of(label(2 * i), 1) = same.value_of(label(2 * i), 1) = 7;
    }
    add_values(to, from, [](int& sum, int more) { sum += more; });
    from.for_each([&](const auto& first, int second, int more) { same.value_of(first, second) += more; });
    std::vector<std::tuple<std::string, int>> sums, expected;
    const auto text = [](const auto& each) {
        if constexpr (std::is_convertible_v<decltype(each), std::string>)
            return std::string(each);
        else
            return std::to_string(each);
    };
    to.for_each([&](const auto& first, int, int sum) { sums.emplace_back(text(first), sum); });
    same.for_each([&](const auto& first, int, int sum) { expected.emplace_back(text(first), sum); });
    CHECK(sums == expected);
}

}  // namespace

TEST_CASE("all values of a map are added as one by one, in its order") {
    for (const std::size_t n :
         {std::size_t{0}, std::size_t{1}, std::size_t{31}, std::size_t{32}, std::size_t{33}, std::size_t{1'000}}) {
        check_sum<label_map<int, std::string, int>>(n, [](std::size_t i) { return "label " + std::to_string(i); });
        check_sum<label_map<int, double, int>>(n, [](std::size_t i) { return static_cast<double>(i) / 2; });
        check_sum<label_map<int, int, int>>(n, [](std::size_t i) { return static_cast<int>(i); });
        check_sum<label_map<int, int, int>>(n, [](std::size_t i) { return static_cast<int>(i * 100'000); });
    }
}
