// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/tie_words.hpp>

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "support/message_of.hpp"

namespace cd = compute_divide;
using test_support::message_of;

TEST_CASE("certainty is read from the words of both tables, with their marks") {
    using enum cd::tie_certainty;
    for (const auto& [word, value] : {std::pair{"confident", confident},
                                      {"Confirmed", confident},
                                      {"#likely", likely},
                                      {" # Likely ", likely},
                                      {"speculative", speculative},
                                      {"UNLIKELY", speculative}}) {
        CHECK(cd::read_tie_certainty(word) == value);
    }
    CHECK(!cd::read_tie_certainty(""));
    CHECK(!cd::read_tie_certainty("  "));
    CHECK(speculative < likely);
    CHECK(likely < confident);
    CHECK(
        message_of([] { return cd::read_tie_certainty("sure"); }) ==
        "compute_divide::read_tie_certainty: one of confident, confirmed, likely, speculative, unlikely, got \"sure\"");
    CHECK(message_of([] { return cd::read_tie_certainty("confidently"); }) != "no error");
}

TEST_CASE("a mark is taken off a name") {
    CHECK(cd::read_marked_name("OpenAI #confident") == cd::marked_name{"OpenAI", cd::tie_certainty::confident});
    CHECK(cd::read_marked_name(" Google DeepMind#likely") ==
          cd::marked_name{"Google DeepMind", cd::tie_certainty::likely});
    CHECK(cd::read_marked_name("xAI") == cd::marked_name{"xAI", {}});
    CHECK(cd::read_marked_name("") == cd::marked_name{});
    CHECK(cd::read_marked_name("C #1 #likely").name == "C #1");
    CHECK(message_of([] { return cd::read_marked_name("Team #1"); }).ends_with("got \"#1\""));
}

TEST_CASE("a kind of tie that there is not is an error that lists those that there are") {
    for (const auto& each : enumerators(cd::tie_kind{})) CHECK(cd::parse_name<cd::tie_kind>(each.name) == each.value);
    CHECK(message_of([] { return cd::parse_name<cd::tie_kind>("landlord"); }) ==
          "compute_divide::parse_name: one of data_centre_user, cluster_user, model_cloud_vendor, "
          "data_centre_investor, other, got \"landlord\"");
}

TEST_CASE("categories are told from organisations") {
    for (const char* const category : {"Cloud",
                                       "Academia",
                                       "academia",
                                       "Researchers",
                                       "Scientific Research",
                                       "Industry",
                                       "European researchers",
                                       "European science and industry communities",
                                       "Researchers in academia and industry",
                                       "Public and private research; cloud",
                                       "and government in Japan",
                                       "and Security",
                                       "Swiss Universities",
                                       "US Government",
                                       "US intelligence agencies",
                                       "Startups via cloud",
                                       "Undisclosed Client",
                                       "including companies and the UK gov",
                                       "Academic research in Europe",
                                       "personalised medicine and climate"}) {
        CAPTURE(category);
        CHECK(cd::is_user_category(category));
    }
    for (const char* const organisation :
         {"OpenAI", "Google Cloud", "US Army", "X", "Azure", "US Department of Energy", "University of Cambridge",
          "Allen Institute for AI", "Taiwan Cloud", "Primarily vision applications at Meta", "KT", "A", "b", "Magic",
          "MIT", "", " ", "Recherche en nuage", "Société générale"}) {
        CAPTURE(organisation);
        CHECK(!cd::is_user_category(organisation));
    }
}
