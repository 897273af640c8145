// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/io/epoch_domains.hpp>

#include <doctest/doctest.h>

using namespace compute_divide;

TEST_CASE("domains by Epoch's words") {
    static_assert(model_domain_of_epoch("Language") == model_domain::language);
    static_assert(model_domain_of_epoch("Language,Vision") == model_domain::language);
    static_assert(model_domain_of_epoch("Image generation") == model_domain::vision);
    static_assert(model_domain_of_epoch("Robotics") == model_domain::games);
    static_assert(model_domain_of_epoch("Medicine") == model_domain::biology);
    static_assert(model_domain_of_epoch("") == model_domain::other);
    CHECK(model_domain_of_epoch("Video,Language") == model_domain::vision);
    CHECK(model_domain_of_epoch("language") == model_domain::other);
}
