// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/overdispersion_test.hpp>

#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/negative_binomial.hpp>
#include <compute_divide/regression/poisson.hpp>

#include "support/close.hpp"
#include "support/labs.hpp"
#include "support/message_of.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using test_support::close;
using test_support::lab;
using test_support::message_of;
using test_support::ordinary_labs;
using test_support::papers_by_author;
using test_support::small_labs;

TEST_CASE("the likelihood-ratio test of overdispersion") {
    const auto labs = ordinary_labs("nearly_poisson");
    const auto poisson = cd::fit_poisson(labs, papers_by_author),
               other = cd::fit_negative_binomial(labs, papers_by_author);
    const auto test = cd::overdispersion_test(poisson, other);
    CHECK(test);
    // R: 2 * (logLik(glm.nb) - logLik(glm)), pchisq(., 1, lower.tail = FALSE) / 2
    CHECK(close(test.statistic.value(), 7.6982445486728466, 1e-9));
    CHECK(close(test.p_value.value(), 0.0027637278863055911, 1e-9));
    CHECK(test.n == 200);
    CHECK(message_of([&] { return cd::overdispersion_test(other, poisson); }) ==
          "compute_divide::overdispersion_test: a Poisson fit, got \"negative_binomial\"");
    CHECK(message_of([&] { return cd::overdispersion_test(poisson, poisson); }) ==
          "compute_divide::overdispersion_test: a negative binomial fit, got \"poisson\"");
    CHECK(message_of([&] {
              return cd::overdispersion_test(cd::fit_poisson(small_labs(9), papers_by_author), other);
          }) == "compute_divide::overdispersion_test: two fits of the same records and terms, got 200");
    const std::vector<lab> none;
    CHECK(cd::overdispersion_test(cd::fit_poisson(none, papers_by_author),
                                  cd::fit_negative_binomial(none, papers_by_author))
              .status == estimate_status::no_data);
}

TEST_CASE("counts that scatter no more than Poisson's: a statistic of 0") {
    for (const auto& c : test_support::regression_cases("negative_binomial")) {
        if (c.name != "even_negative_binomial") continue;
        const auto poisson = cd::fit_poisson(c.records, model_of(c));
        const auto test = cd::overdispersion_test(poisson, cd::fit_negative_binomial(c.records, model_of(c)));
        CHECK(test);
        CHECK(test.statistic == 0);
        CHECK(test.p_value == 1);
    }
}
