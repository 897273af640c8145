// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_abstract.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace compute_divide;

namespace {

struct word {
    std::string_view text;
    std::vector<std::uint64_t> places;
};

openalex_abstract abstract_of(const std::vector<word>& words) {
    openalex_abstract abstract;
    abstract.reset(true);
    for (const word& each : words) {
        abstract.add_word(each.text);
        for (const std::uint64_t place : each.places) CHECK(abstract.add_place(place));
    }
    return abstract;
}

}  // namespace

TEST_CASE("words are put in the order of their places, with a line end for a gap") {
    const openalex_abstract abstract = abstract_of({{"deep", {1, 3}}, {"We", {0}}, {"nets", {2}}, {"end", {6}}});
    CHECK(abstract.known());
    CHECK(abstract.size() == 5);
    CHECK(abstract.text() == "We deep nets deep\nend");
    CHECK(abstract == abstract_of({{"deep", {1, 3}}, {"We", {0}}, {"nets", {2}}, {"end", {6}}}));
}

TEST_CASE("words longer and shorter than what is copied at a time") {
    const std::string word(100, 'x');
    CHECK(abstract_of({{word, {1}}, {"a", {0}}, {"", {2}}, {"b", {3}}}).text() == "a " + word + " b");
}

TEST_CASE("no abstract, an empty one, one that is used again") {
    openalex_abstract abstract;
    CHECK_FALSE(abstract.known());
    CHECK(abstract.text().empty());
    abstract.reset(true);
    CHECK(abstract.known());
    CHECK(abstract.text().empty());
    abstract.add_word("once");
    CHECK(abstract.add_place(0));
    abstract.reset(false);
    CHECK_FALSE(abstract.known());
    CHECK(abstract.size() == 0);
    CHECK(abstract.text().empty());
}

TEST_CASE("a place holds one word, and not any number of places is kept") {
    openalex_abstract abstract = abstract_of({{"a", {0}}});
    abstract.add_word("b");
    CHECK_FALSE(abstract.add_place(0));
    CHECK_FALSE(abstract.add_place(openalex_abstract::most_words));
    CHECK(abstract.add_place(openalex_abstract::most_words - 1));
    CHECK(abstract.text() == "a\nb");
}

TEST_CASE("normalised, no term reaches over a gap") {
    normalised_abstract normalised;
    CHECK(normalised(abstract_of({{"Deep", {0}}, {"Nets", {1}}})) == "deep nets");
    const std::string over_gap(normalised(abstract_of({{"Deep", {0}}, {"Nets", {2}}})));
    CHECK(over_gap.find("deep nets") == over_gap.npos);
    CHECK(over_gap.find("deep") != over_gap.npos);
    CHECK(normalised(openalex_abstract{}).empty());
}
