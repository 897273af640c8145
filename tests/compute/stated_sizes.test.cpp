// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute/stated_sizes.hpp>

#include <cmath>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/results.hpp>

using namespace compute_divide;

namespace {

struct said {
    size_of what;
    datapoint_unit unit;
    double value;
};
struct row {
    std::string_view text;
    std::vector<said> expected;
};

void check(const std::vector<row>& rows) {
    for (const row& each : rows) {
        CAPTURE(each.text);
        const auto sizes = sizes_in(each.text);
        REQUIRE(sizes.size() == each.expected.size());
        for (std::size_t i = 0; i < sizes.size(); ++i) {
            CHECK(sizes[i].what == each.expected[i].what);
            CHECK(sizes[i].unit == each.expected[i].unit);
            CHECK(std::abs(sizes[i].number.value - each.expected[i].value) <= 1e-12 * each.expected[i].value);
        }
    }
}

constexpr auto parameters = size_of::parameters, data = size_of::datapoints, epochs = size_of::epochs;
constexpr auto unknown = datapoint_unit::unknown, tokens = datapoint_unit::tokens, images = datapoint_unit::images,
               sound = datapoint_unit::audio_seconds;

}  // namespace

TEST_CASE("parameters, data points and epochs with their whole expressions") {
    check({
        {"a 7B-parameter model trained on $2 \\times 10^{12}$ tokens",
         {{parameters, unknown, 7e9}, {data, tokens, 2e12}}},
        {"1.3 billion parameters", {{parameters, unknown, 1.3e9}}},
        {"a 7B model and a 13B LLM", {{parameters, unknown, 7e9}, {parameters, unknown, 13e9}}},
        {"trained on 300 billion training tokens for 1.5 epochs", {{data, tokens, 3e11}, {epochs, unknown, 1.5}}},
        {"1.2M labelled images", {{data, images, 1.2e6}}},
        {"1.8B image-text pairs", {{data, images, 1.8e9}}},
        {"60k hours of unlabelled speech", {{data, sound, 60e3 * 3600}}},
        {"90 minutes of music", {{data, sound, 5400}}},
        {"3 \xC3\x97 10\xC2\xB9\xC2\xB2 tokens", {{data, tokens, 3e12}}},
        {"100 million words", {{data, datapoint_unit::words, 1e8}}},
        {"35 million protein sequences", {{data, datapoint_unit::sequences, 35e6}}},
        {"29 million games", {{data, datapoint_unit::games, 29e6}}},
        {"120k instruction examples", {{data, unknown, 120e3}}},
        {"two thousand data points", {{data, unknown, 2000}}},
    });
}

TEST_CASE("what is the size of something else is none") {
    check({
        {"512 \xC3\x97 512 images", {}},
        {"512x512 images", {}},
        {"512 x 512 images", {}},
        {"40 tokens per second", {}},
        {"40 tokens/s", {}},
        {"a context of 2048 tokens", {}},
        {"a 2048-token context", {}},
        {"batches of 4M tokens", {}},
        {"a vocabulary of 32k tokens", {}},
        {"8 GPUs for 3 days", {}},
        {"trained for 3 hours", {}},
        {"3 hours on images", {}},
        {"8x7B model", {}},
        {"12 500 tokens", {}},
        {"GPT-3 tokens", {}},
        {"7 models", {}},
        {"", {}},
    });
}

TEST_CASE("bounds and ranges stay what they are, in seconds of sound too") {
    const auto bound = sizes_in("more than 2T tokens");
    REQUIRE(bound.size() == 1);
    CHECK(bound[0].number.kind == number_kind::at_least);
    CHECK(bound[0].number.lower == 2e12);
    const auto range = sizes_in("between 10 and 20 hours of audio");
    REQUIRE(range.size() == 1);
    CHECK(range[0].number.lower == 36000);
    CHECK(range[0].number.upper == 72000);
    CHECK(to_json(range[0]).find(R"("unit":"audio_seconds")") != std::string::npos);
}

TEST_CASE("whatever the text, spans lie in it and numbers are in order") {
    const std::vector<std::string> words{"7B", "parameters", "2",     "x",   "10^12",  "tokens",   "/",
                                         "s",  "per",        "hours", "of",  "speech", "\xC3\x97", "$",
                                         "-",  "images",     "model", "1,3", "\xFF"};
    std::mt19937 random(3);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto n = random() % 15; n > 0; --n) {
            text += words[random() % words.size()];
            if (random() % 4 != 0) text += ' ';
        }
        CAPTURE(text);
        std::size_t before = 0;
        for (const stated_size& each : sizes_in(text)) {
            REQUIRE(each.span.begin >= before);
            REQUIRE(each.number.end < each.span.end);
            REQUIRE(each.span.end <= text.size());
            REQUIRE(each.number.value > 0);
            before = each.number.end;
        }
    }
    CHECK(sizes_in(std::string(1'000'000, '8')).empty());
    std::string many;
    while (many.size() < 1'000'000) many += "8 a ";
    CHECK(sizes_in(many).empty());
}
