// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/classifier_confidence.hpp>

#include <algorithm>
#include <iterator>

#include <doctest/doctest.h>

namespace cd = compute_divide;

TEST_CASE("confidences are probabilities, by rule and strength once") {
    const auto first = std::begin(cd::classifier_confidence), last = std::end(cd::classifier_confidence);
    for (auto row = first; row != last; ++row) {
        for (const double each : row->of_type) CHECK((each > 0 && each < 1));
        CHECK(std::count_if(first, last, [&](const cd::classifier_confidence_row& other) {
                  return other.rule == row->rule && other.strength == row->strength;
              }) == 1);
    }
}
