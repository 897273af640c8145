// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/text/term_counts.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/concepts.hpp>
#include <compute_divide/text/normalise.hpp>

namespace cd = compute_divide;

static_assert(cd::accumulator_of<cd::term_counts, cd::term_set, std::string_view>);
static_assert(cd::accumulator_of<cd::term_counts, cd::term_set, cd::normalised_text>);

TEST_CASE("texts and hits, of terms that share an id too, in order of id") {
    const cd::term_set terms({{"gpu", 9}, {"graphics card", 9}, {"comput*", 2}, {"nothing", 5}});
    cd::term_counts counts;
    for (const std::string_view text :
         {"GPU: a graphics card, a gpu", "computers compute", "Recomputed", "a Graphics Card for computing"}) {
        cd::normalised_text normalised;
        cd::normalise(text, normalised);
        counts.add(terms, normalised);
    }
    counts.add_missing();
    const auto result = counts.result();
    CHECK(result.terms == std::vector<cd::term_count>{{2, 2, 3}, {9, 2, 4}});
    CHECK(result.n == 4);
    CHECK(result.n_missing == 1);
    CHECK(cd::term_counts().result() == cd::term_counts_result{});
}

TEST_CASE("merging parts equals one pass, and counting goes on") {
    const cd::term_set terms({{"a", 1}, {"b", 2}, {"c", 3}});
    std::mt19937 random(7);
    for (int repeat = 0; repeat < 20; ++repeat) {
        cd::term_counts whole, merged;
        std::array<cd::term_counts, 3> parts;
        for (int i = 0; i < 50; ++i) {
            std::string text;
            for (auto k = random() % 6; k > 0; --k) text += std::string(" ") + "abc"[random() % 3];
            whole.add(terms, std::string_view(text));
            parts[random() % 3].add(terms, std::string_view(text));
        }
        for (const auto& part : parts) merged.merge(part);
        CHECK(merged.result() == whole.result());
        whole.add(terms, std::string_view("a a c"));
        merged.add(terms, std::string_view("a a c"));
        CHECK(merged.result() == whole.result());
    }
}

TEST_CASE("counts as JSON") {
    CHECK(cd::to_json(cd::term_counts_result{{{3, 2, 5}}, 4, 1}) ==
          R"({"terms":[{"id":3,"texts":2,"hits":5}],"n":4,"n_missing":1})");
}
