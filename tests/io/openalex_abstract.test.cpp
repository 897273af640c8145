// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/openalex_abstract.hpp>

#include <cstddef>
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
    CHECK(abstract.finish());
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
    CHECK(abstract_of({{"a", {0}}, {"b", {openalex_abstract::most_words - 1}}}).text() == "a\nb");
}

TEST_CASE("places far from each other are kept without what is between") {
    constexpr std::uint64_t far = 1'000'000;
    const openalex_abstract abstract =
        abstract_of({{"d", {far + 1, 5000}}, {"c", {far}}, {"a", {0}}, {"b", {4999, far + 3}}});
    CHECK(abstract.text() == "a\nb d\nc d\nb");
    CHECK(abstract == abstract_of({{"d", {5000, far + 1}}, {"c", {far}}, {"a", {0}}, {"b", {far + 3, 4999}}}));

    openalex_abstract twice;
    twice.reset(true);
    for (const std::string_view word : {"a", "b"}) {
        twice.add_word(word);
        CHECK(twice.add_place(far));
    }
    CHECK_FALSE(twice.finish());
}

TEST_CASE("of a long abstract each place is kept, whatever the order they come in") {
    std::vector<word> words(20'000, word{"w", {}});
    std::string text;
    std::vector<std::string> names(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::size_t place = i * 7919 % words.size();
        words[i] = {names[place] = "w" + std::to_string(place), {place}};
    }
    for (const std::string& name : names) text += (text.empty() ? "" : " ") + name;
    CHECK(abstract_of(words).text() == text);
}

TEST_CASE("a long word at many places is no abstract") {
    openalex_abstract abstract;
    abstract.reset(true);
    abstract.add_word(std::string(50'000, 'a'));
    for (std::uint64_t place = 0; place < 1000; ++place) CHECK(abstract.add_place(place));
    CHECK_FALSE(abstract.finish());
    abstract.reset(true);
    abstract.add_word("pseudohypoparathyroidism");
    for (std::uint64_t place = 0; place < 1000; ++place) CHECK(abstract.add_place(place));
    CHECK(abstract.finish());
    CHECK(abstract.size() == 1000);
}

TEST_CASE("normalised, no term reaches over a gap") {
    normalised_abstract normalised;
    CHECK(normalised(abstract_of({{"Deep", {0}}, {"Nets", {1}}})) == "deep nets");
    const std::string over_gap(normalised(abstract_of({{"Deep", {0}}, {"Nets", {2}}})));
    CHECK(over_gap.find("deep nets") == over_gap.npos);
    CHECK(over_gap.find("deep") != over_gap.npos);
    CHECK(normalised(openalex_abstract{}).empty());
}
