// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/epoch_organisations.hpp>

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace compute_divide;
using texts = std::vector<std::string>;

TEST_CASE("organisations in free text") {
    struct {
        std::string_view text;
        texts organisations;
    } const rows[] = {
        {"", {}},
        {" Google ", {"Google"}},
        {"DeepMind, University of Oxford, ", {"DeepMind", "University of Oxford"}},
        {"Google Brain ; Google Research", {"Google Brain", "Google Research"}},
        {"IDSIA ; University of Lugano & SUPSI", {"IDSIA", "University of Lugano", "SUPSI"}},
        {"AT&T Labs and Rutgers University and Bell Communications Research",
         {"AT&T Labs", "Rutgers University", "Bell Communications Research"}},
        {"Columbia, Texas A&M", {"Columbia", "Texas A&M"}},
        {"Korea Advanced Institute of Science and Technology", {"Korea Advanced Institute of Science and Technology"}},
        {"University of Science and Technology of China and MIT",
         {"University of Science and Technology of China", "MIT"}},
        {"University of Maryland, College Park", {"University of Maryland, College Park"}},
        {"University of California, Berkeley, Google", {"University of California, Berkeley", "Google"}},
        {"Deepmind, Berkeley", {"Deepmind", "Berkeley"}},
        {"Berkeley", {"Berkeley"}},
        {"Sandia Corporation", {"Sandia Corporation"}},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(split_organisations(row.text) == row.organisations);
    }
}
