// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/label_map.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <doctest/doctest.h>

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
