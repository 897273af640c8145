// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/logistic.hpp>

#include <doctest/doctest.h>

#include "support/regression_reference.hpp"

namespace cd = compute_divide;

TEST_CASE("logits and Firth's logits as R has them") {
    std::size_t compared = 0;
    for (const std::string family : {"logit", "firth_logit"})
        for (const auto& c : test_support::regression_cases(family)) {
            const auto model = test_support::model_of(c);
            const auto result = test_support::compare(c, [&](const cd::regression_options& options) {
                return family == "logit" ? cd::fit_logit(c.records, model, options)
                                         : cd::fit_firth_logit(c.records, model, options);
            });
            compared += result.compared;
            for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));
        }
    CHECK(compared > 1000);
    MESSAGE(compared);
}
