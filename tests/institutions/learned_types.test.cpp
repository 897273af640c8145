// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/learned_types.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/normalise.hpp>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using enum cd::institution_type;
using test_support::close;
using test_support::message_of;

TEST_CASE("probabilities are those of the reference implementation") {
    for (const auto& row : test_support::reference_table("learned_types", 8)) {
        CAPTURE(row.name);
        const auto p = cd::learned_type_probabilities(row.name);
        for (std::size_t t = 0; t < p.size(); ++t) CHECK(close(p[t], row.numbers[t], 1e-12));
        CHECK(close(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-14));
        CHECK(cd::learned_type(row.name).probability == *std::ranges::max_element(p));
    }
}

TEST_CASE("names of organisations the weights were not made from") {
    struct counts {
        int given = 0, right = 0, truly = 0;
    } companies, educations, all;
    cd::csv_reader table =
        cd::csv_reader::open(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/learned_types_held_out.csv");
    for (const cd::csv_row& row : table) {
        const auto truth = cd::parse_name<cd::institution_type>(row["type"]);
        const cd::institution_type guess = cd::learned_type(row["normalised name"]).type;
        const auto count = [&](counts& of, bool given, bool truly) {
            of.given += given;
            of.right += given && guess == truth;
            of.truly += truly;
        };
        count(all, guess != unknown, true);
        count(companies, guess == company, truth == company);
        count(educations, guess == education, truth == education);
    }
    CHECK(all.truly > 2000);
    CHECK(all.right > 0.87 * all.given);
    CHECK(all.given > 0.60 * all.truly);
    CHECK(companies.right >= 0.90 * companies.given);
    CHECK(companies.right > 0.55 * companies.truly);
    CHECK(educations.right >= 0.90 * educations.given);
    CHECK(educations.right > 0.65 * educations.truly);
}

TEST_CASE("a guess that is less probable than the threshold is withheld") {
    for (const std::string_view name : {"stanford university", "quantumbrain technologies", "x y"}) {
        CAPTURE(name);
        const auto [type, probability] = cd::learned_type(name, {.threshold = 0});
        CHECK(type != unknown);
        CHECK(cd::learned_type(name, {.threshold = probability}) == cd::type_guess{type, probability});
        CHECK(cd::learned_type(name, {.threshold = probability + 1e-9}) == cd::type_guess{unknown, probability});
    }
    CHECK(cd::learned_type("").type == unknown);
    CHECK(cd::learned_type("stanford university").type == education);
}

TEST_CASE("signs and spaces count for nothing") {
    const auto plain = cd::learned_type_probabilities("acme labs co");
    for (const std::string_view name : {"acme labs co.", " acme  labs, co", "acme-labs co", "(acme/labs) c.o."})
        CHECK(cd::learned_type_probabilities(name) == plain);
}

TEST_CASE("names of any length and of any bytes") {
    // A name many times over has its shares of features many times over; only the borders differ.
    std::string all_bytes;
    for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
    for (const std::string_view name : {std::string_view("a hospital of the town "), std::string_view(all_bytes)}) {
        std::string repeated;
        for (int i = 0; i < 40'000; ++i) repeated += name;
        const auto p = cd::learned_type_probabilities(repeated);
        CHECK(close(std::accumulate(p.begin(), p.end(), 0.0), 1, 1e-14));
        CHECK(std::ranges::all_of(p, [](double x) { return x >= 0 && x <= 1; }));
    }
}

TEST_CASE("a threshold that is no probability is an error") {
    for (const double threshold : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
        const std::string said = message_of([&] { return cd::learned_type("name", {.threshold = threshold}); });
        CHECK(said.starts_with("compute_divide::learned_type: 0 <= threshold <= 1, got "));
    }
}

TEST_CASE("a guess as JSON") {
    CHECK(cd::to_json(cd::type_guess{cd::institution_type::company, 0.75}) ==
          R"({"type":"company","probability":0.75})");
}
