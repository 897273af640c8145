// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/cached_classifier.hpp>

#include <cstddef>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

const cd::classifier& who() {
    static const cd::classifier built;
    return built;
}

}  // namespace

TEST_CASE("the answers are those of the classifier, also when they come again and after they were forgotten") {
    for (const std::size_t capacity : {1U, 2U, 3U, 100U}) {
        cd::cached_classifier cached(who(), {.capacity = capacity, .longest_text = 60});
        for (int round = 0; round < 3; ++round)
            for (const std::string& text :
                 {std::string("University of Foo; Google"), std::string("Inria"), std::string("Bar Hospital"),
                  std::string(), std::string("Inria"), std::string(200, 'a') + " University"}) {
                CAPTURE(text);
                CHECK(cached(text) == who()(text));
                CHECK(cached.size() <= 2 * capacity);
            }
        if (capacity == 100) CHECK(cached.size() == 4);  // without the one that is too long
    }
}

TEST_CASE("a text stays remembered as long as it is asked for") {
    cd::cached_classifier cached(who(), {.capacity = 4});
    const cd::affiliation* const first = &cached("Google");
    for (int i = 0; i < 50; ++i) {
        (void)cached("Place " + std::to_string(i));
        CHECK(&cached("Google") == first);  // the node moves, its address stays
    }
}

TEST_CASE("no capacity is an error, and a temporary classifier no classifier") {
    CHECK_THROWS_AS(cd::cached_classifier(who(), {.capacity = 0}), std::invalid_argument);
    static_assert(!std::is_constructible_v<cd::cached_classifier, cd::classifier>);
    static_assert(std::is_constructible_v<cd::cached_classifier, const cd::classifier&>);
}
