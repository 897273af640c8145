// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/name_features.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

using features = std::vector<std::pair<std::size_t, std::size_t>>;

features of(std::string_view name) {
    features all;
    cd::for_each_name_feature(name, [&](std::size_t kind, std::size_t bucket) { all.emplace_back(kind, bucket); });
    return all;
}

std::size_t count(const features& all, std::size_t kind) {
    std::size_t n = 0;
    for (const auto& each : all) n += each.first == kind;
    return n;
}

}  // namespace

TEST_CASE("a name of n letters has n runs of three, n - 1 of four, n - 2 of five, and its words") {
    const auto all = of("google");  // " google "
    CHECK(count(all, 0) == 6);
    CHECK(count(all, 1) == 5);
    CHECK(count(all, 2) == 4);
    CHECK(count(all, 3) == 1);
    CHECK(count(of("google research"), 3) == 2);
    CHECK(of("").empty());
    CHECK(of(" ., ").empty());
}

TEST_CASE("features are in their buckets, and the same wherever they stand") {
    for (const auto& [kind, bucket] : of("institute of things & co. l'institut \xE5\xA4\xA7\xE5\xAD\xA6")) {
        CHECK(kind < cd::name_feature_kinds);
        CHECK(bucket < cd::name_feature_buckets);
    }
    CHECK(of("a b") == of("a  b"));
    CHECK(of("a b") == of("a, b"));
    CHECK(of("sap") == of("s.a.p."));
    CHECK(of("lab") == of("l'ab"));
    const auto alone = of("things"), within = of("institute of things");
    CHECK(alone.back() == within.back());
}
