// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/text/term_set.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <random>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "support/naive_terms.hpp"
#include "support/ranges.hpp"

using namespace compute_divide;

namespace {

using found = std::vector<std::string>;

/// Each hit as "id:the piece of the original text".
found pieces(const term_set& terms, const std::string& text) {
    found all;
    for (const term_hit& hit : terms.find(std::string_view(text)))
        all.push_back(std::to_string(hit.id) + ":" + text.substr(hit.begin, hit.end - hit.begin));
    return all;
}

struct row {
    std::string text;
    found expected;
};
void check(const term_set& terms, const std::vector<row>& rows) {
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(pieces(terms, each.text) == each.expected);
    }
}

}  // namespace

TEST_CASE("whole words, longest first, where they stand in the original bytes") {
    check(term_set({{"university", 1},
                    {"universit*", 2},
                    {"university of california", 3},
                    {"inc", 4},
                    {"corp", 5},
                    {"co", 6},
                    {"大学", 7},
                    {"mit", 8},
                    {"@google.com", 9},
                    {"S.p.A.", 10},
                    {"École", 11},
                    {"университет*", 12},
                    {"universität", 13}}),
          {{"", {}},
           {"inc", {"4:inc"}},
           {"Cincinnati, Province, Corpus Christi, Colorado", {}},
           {"Inc. (CORP) Co,", {"4:Inc", "5:CORP", "6:Co"}},
           {"UNIVERSITY of California", {"3:UNIVERSITY of California"}},
           {"University of Californication", {"1:University"}},
           {"University \n of\u00a0California", {"3:University \n of\u00a0California"}},
           {"Universität, Universitätsklinikum", {"13:Universität", "2:Universitätsklinikum"}},
           {"Universit&eacute; de X", {"2:Universit&eacute;"}},
           {"Universit´e", {"2:Universit´e"}},
           {"东京大学MIT大学inc", {"7:大学", "8:MIT", "7:大学", "4:inc"}},
           {"mitsui summit mit-ibm", {"8:mit"}},
           {"jane@google.com", {"9:@google.com"}},
           {"Foo S.p.A., S.p.A.x", {"10:S.p.A.", "10:S.p.A."}},
           {"ecole ÉCOLE e\u0301cole", {"11:ecole", "11:ÉCOLE", "11:e\u0301cole"}},
           {"МГУ Университета", {"12:Университета"}},
           {std::string("inc\0inc", 7), {"4:inc", "4:inc"}},
           {"inc\xff inc", {"4:inc"}}});
}

TEST_CASE("the first of equal terms counts, and a whole word before a beginning") {
    check(term_set({{"ecole*", 1}, {"École", 2}, {"ecole", 3}, {"eco*", 4}}),
          {{"Ecole", {"2:Ecole"}}, {"Ecoles", {"1:Ecoles"}}, {"ecology", {"4:ecology"}}});
}

TEST_CASE("plurals and hyphens are options") {
    const std::vector<term> terms = {{"deep network", 1}, {"gpu-hour", 2}, {"box", 3},
                                     {"study", 4},        {"array", 5},    {"a100", 6}};
    check(term_set(terms), {{"deep networks deep-network GPU hours gpu-hour boxes", {"2:gpu-hour"}}});
    check(term_set(terms, {.plurals = true}),
          {{"Deep Networks, deep-network, gpu-hours", {"1:Deep Networks", "2:gpu-hours"}},
           {"boxes studies arrays studys a100s box", {"3:boxes", "4:studies", "5:arrays", "3:box"}}});
    check(term_set(terms, {.hyphens = true}),
          {{"deep-network, GPU hour, gpu–hour, deep networks", {"1:deep-network", "2:GPU hour", "2:gpu–hour"}}});
}

TEST_CASE("a term asked for counts before another's plural") {
    check(term_set({{"gpu", 1}, {"gpus", 2}}, {.plurals = true}), {{"gpu gpus", {"1:gpu", "2:gpus"}}});
}

TEST_CASE("inside words where asked") {
    check(term_set({{"inc", 1}, {"vin", 2}, {"学", 3}}, {.whole_words = false}),
          {{"Cincinnati province 大学院", {"1:inc", "2:vin", "3:学"}}});
}

TEST_CASE("the same hits by callback, in normalised and in original positions") {
    const term_set terms({{"école", 1}, {"inc", 2}});
    normalised_text text;
    normalise("É  École Inc", text);
    std::vector<term_hit> original, in_normalised;
    terms.for_each(text, [&](const term_hit& hit) { original.push_back(hit); });
    terms.for_each(text.view(), [&](const term_hit& hit) { in_normalised.push_back(hit); });
    CHECK(original == std::vector<term_hit>{{1, 4, 10}, {2, 11, 14}});
    CHECK(in_normalised == std::vector<term_hit>{{1, 2, 7}, {2, 8, 11}});
    CHECK(terms.find(text) == original);
}

TEST_CASE("terms come from any range; none are found in a set of none") {
    test_support::single_pass<term> terms({{"inc", 1}});
    CHECK(pieces(term_set(terms), "x inc") == found{"1:inc"});
    CHECK(pieces(term_set(std::vector<term>{}), "anything").empty());
}

TEST_CASE("a term without letters, or with a star inside, is an error") {
    for (const std::string_view bad : {"", " ", "*", "uni*sity", "*versity", "a**", "\u200b"}) {
        CAPTURE(bad);
        CHECK_THROWS_WITH_AS(
            term_set({{bad, 1}}),
            doctest::Contains("compute_divide::term_set: terms that are not empty and have a * at their "
                              "end only, got \""),
            std::invalid_argument);
    }
}

TEST_CASE("as a naive search finds") {
    std::mt19937 random(4);
    const std::vector<std::string> letters = {"a", "a", "a",  "b",  "b", "é",  " ", " ",
                                              "-", ".", "大", "学", "б", "𠀀", "1"};
    const auto text_of = [&](std::size_t most) {
        std::string text;
        for (std::size_t n = random() % most; n > 0; --n) text += letters[random() % letters.size()];
        return text;
    };
    for (int round = 0; round < 3000; ++round) {
        std::vector<std::string> terms;
        std::vector<term> list;
        while (terms.size() < 8) {
            std::string text = normalised(text_of(5));
            while (text.starts_with(' ')) text.erase(0, 1);
            while (text.ends_with(' ')) text.pop_back();
            if (!text.empty()) terms.push_back(text + (random() % 4 == 0 ? "*" : ""));
        }
        for (std::size_t i = 0; i < terms.size(); ++i) list.push_back({terms[i], static_cast<std::uint32_t>(i)});
        normalised_text text;
        normalise(text_of(300), text);
        const bool whole_words = round % 3 != 0;
        std::vector<term_hit> hits;
        const term_set set(list, {.whole_words = whole_words});
        set.for_each(text.view(), [&](const term_hit& hit) { hits.push_back(hit); });
        if (hits != test_support::naive_hits(terms, text.view(), whole_words)) {
            std::string all;
            for (const std::string& term : terms) all += "[" + term + "]";
            FAIL("terms " << all << " in [" << std::string(text.view()) << "]");
        }
    }
}

TEST_CASE("word by word as all at once, with what words said of terms before") {
    std::mt19937 random(5);
    const std::vector<std::string> words = {"a", "ab", "abc", "b", "ba", "bab", "c1", "university", "of"};
    const auto phrase_of = [&](std::size_t most) {
        std::string text;
        for (std::size_t n = 1 + random() % most; n > 0; --n) {
            if (!text.empty()) text += random() % 9 == 0 ? "," : " ";
            text += words[random() % words.size()];
        }
        return text;
    };
    for (int round = 0; round < 2000; ++round) {
        std::vector<std::string> terms;
        std::vector<term> list;
        while (terms.size() < 8) terms.push_back(phrase_of(3) + (random() % 4 == 0 ? "*" : ""));
        for (std::size_t i = 0; i < terms.size(); ++i) list.push_back({terms[i], static_cast<std::uint32_t>(i + 7)});
        const term_set set(list);
        REQUIRE(set.begins_with_words());
        const std::string text = phrase_of(12);
        std::vector<term_hit> hits, by_words;
        set.for_each(std::string_view(text), [&](const term_hit& hit) { hits.push_back(hit); });
        for (std::size_t at = 0; at < text.size();) {
            std::uint32_t state = 0;
            detail::term_trie::match longest{0, at};
            for (std::size_t begin = at;;) {
                const std::size_t end = std::min(text.find_first_of(" ,", begin), text.size());
                const auto start = set.start_of(state, std::string_view(text).substr(begin, end - begin));
                if (start.term != detail::term_trie::none) longest = {start.term, end};
                if (start.state == 0) break;
                state = start.state;
                if (end == text.size() || text[end] != ' ') {
                    longest = set.longest_behind(state, text, end, longest);
                    break;
                }
                begin = end + 1;
            }
            const term_hit hit = set.hit_of(longest, at);
            CHECK(hit == set.hit_at(text, at));
            if (hit.end > hit.begin) by_words.push_back(hit);
            at = text.find_first_of(" ,", std::max(at, hit.end));
            if (at != std::string::npos) ++at;
        }
        CAPTURE(text);
        CHECK(by_words == hits);
    }
}

TEST_CASE("sets of the same terms have one fingerprint") {
    const term_set one({{"inc", 1}, {"corp*", 2}});
    CHECK(one.fingerprint() == term_set({{"inc", 3}, {"corp*", 2}}).fingerprint());  // ids are not what is remembered
    CHECK(one.fingerprint() != term_set({{"inc", 1}, {"corp", 2}}).fingerprint());
    CHECK(one.fingerprint() != term_set({{"corp*", 2}, {"inc", 1}}).fingerprint());
    CHECK_FALSE(term_set({{"inc", 1}, {"@google.com", 2}}).begins_with_words());
    CHECK_FALSE(term_set({{"inc", 1}}, {.whole_words = false}).begins_with_words());
}

TEST_CASE("a megabyte of hits, of almost hits, and of one word") {
    const term_set terms({{"aaaaaaaaaaaaaaab", 1}, {"inc", 2}, {"大学", 3}, {"zz*", 4}});
    std::string text;
    for (int i = 0; i < 100000; ++i) text += "inc aaaa大学";
    CHECK(terms.find(std::string_view(text)).size() == 200000);
    CHECK(terms.find(std::string_view(std::string(1000000, 'a'))).empty());
    CHECK(terms.find(std::string_view(std::string(1000000, 'z'))) == std::vector<term_hit>{{4, 0, 1000000}});
    CHECK(terms.find(std::string_view(std::string(1000000, '\xff'))).empty());
}

TEST_CASE("a hit within a character that becomes several is that character") {
    const term_set terms({{"d", 1}, {"foo", 2}});
    CHECK(terms.find(std::string_view("a \u249f foo")) == std::vector<term_hit>{{1, 2, 5}, {2, 6, 9}});
}

TEST_CASE("what a search passes over is no term, of terms of any length and any bytes behind them") {
    const std::vector<std::vector<compute_divide::term>> sets = {
        {{"r", 1}},   {{"co", 1}, {"ag", 2}}, {{"inc", 1}, {"gmbh", 2}}, {{"c*", 1}},
        {{"c++", 1}}, {{"a b", 1}},           {{"\u5927", 1}},           {{"\u00e9", 1}, {"ab", 2}}};
    for (const auto& terms : sets)
        for (const bool whole_words : {true, false})
            for (const bool hyphens : {true, false}) {
                const term_set set(terms, {.whole_words = whole_words, .hyphens = hyphens});
                for (const auto& each : terms) {
                    std::string alone = compute_divide::normalised(each.text);
                    if (alone.ends_with('*')) alone.pop_back();
                    for (int byte = 0; byte < 256; ++byte)
                        for (const std::size_t before : std::initializer_list<std::size_t>{0, 1, 57, 60, 61, 62, 63}) {
                            // Where the trie finds a term, the search must.
                            const std::string text = std::string(before, ' ') + alone + static_cast<char>(byte) + "x";
                            std::vector<term_hit> hits;
                            set.for_each(std::string_view(text), [&](const term_hit& hit) { hits.push_back(hit); });
                            const term_hit here = set.hit_at(text, before);
                            REQUIRE((!hits.empty() && hits[0].begin == before) == (here.end > before));
                            if (here.end > before) REQUIRE(hits[0] == here);
                        }
                }
            }
}
