// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/negative_binomial.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/poisson.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/close.hpp"
#include "support/labs.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"
#include "support/regression_reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using cd::theta_uncertainty;
using test_support::check_close;
using test_support::close;
using test_support::errors_of;
using test_support::lab;
using test_support::message_of;
using test_support::on_gpus;
using test_support::ordinary_labs;
using test_support::papers_by_author;
using test_support::small_labs;

TEST_CASE("negative binomial regressions as R's glm.nb at its true maximum, and jointly with theta") {
    std::size_t compared = 0;
    for (auto c : test_support::regression_cases("negative_binomial")) {
        if (c.name == "even_negative_binomial") continue;  // has no finite theta
        const auto compare = [&](theta_uncertainty theta) {
            const auto result = test_support::compare(c, [&](auto options) {
                options.theta = theta;
                return cd::fit_negative_binomial(c.records, model_of(c), options);
            });
            compared += result.compared;
            for (const auto& each : result.disagreements) FAIL_CHECK(to_string(each));
        };
        compare(theta_uncertainty::given);
        std::erase_if(c.expected, [](const auto& e) { return e.covariance != "observed_joint"; });
        for (auto& e : c.expected) e.covariance = "classical";
        CHECK(!c.expected.empty());
        compare(theta_uncertainty::joint);
    }
    CHECK(compared > 400);
}

TEST_CASE("negative binomial regressions in 50 digits: large counts, rare ones, next to Poisson's") {
    std::size_t checked = 0;
    for (const auto& row : test_support::reference_table("counts", 3)) {
        CAPTURE(row.text);
        const auto space = row.name.find(' ');
        const auto labs = ordinary_labs(row.name.substr(0, space));
        const auto quantity = row.name.substr(space + 1);
        const auto kind = quantity.substr(quantity.find(' ') + 1);
        cd::regression_options options;
        if (quantity.starts_with("given")) options.theta = theta_uncertainty::given;
        options.covariance = kind == "hc0"         ? covariance_kind::hc0
                             : kind == "hc1"       ? covariance_kind::hc1
                             : kind == "clustered" ? covariance_kind::clustered
                                                   : covariance_kind::classical;
        const auto fit = cd::fit_negative_binomial(labs, papers_by_author.clustered_by(&lab::country), options);
        REQUIRE(fit);
        if (quantity == "coefficients")
            check_close({fit.coefficients[0], fit.coefficients[1], fit.theta.value()}, row.numbers, 1e-10);
        else if (quantity == "log_likelihood")
            CHECK(close(fit.log_likelihood.value(), row.numbers[0], 1e-10));
        else
            check_close(errors_of(fit), row.numbers, 1e-9);
        ++checked;
    }
    CHECK(checked == 28);
}

TEST_CASE("a fit says how it came about") {
    auto labs = ordinary_labs();
    labs[3].papers = std::numeric_limits<double>::quiet_NaN();
    labs[5].weight = 0;
    const auto weighted = papers_by_author.weighted_by(&lab::weight).clustered_by(&lab::country);
    const auto poisson = cd::fit_poisson(labs, weighted);
    CHECK(poisson.family == cd::regression_family::poisson);
    CHECK(poisson.names == std::vector<std::string>{"(intercept)", "gpus"});
    CHECK(poisson.n == 68);
    CHECK(poisson.n_missing == 1);
    CHECK(poisson.rank == 2);
    CHECK(poisson.covariance.kind == covariance_kind::clustered);
    CHECK(poisson.clusters == std::vector<std::uint64_t>{9});
    CHECK(poisson.reference == cd::reference_distribution::standard_normal);
    CHECK(!poisson.theta_kind);
    const auto joint = cd::fit_negative_binomial(labs, weighted, {.level = 0.9});
    CHECK(joint.family == cd::regression_family::negative_binomial);
    CHECK(joint.theta_kind == theta_uncertainty::joint);
    CHECK(joint.level == 0.9);
    CHECK(joint.covariance.values.size() == 4);
    CHECK(name_of(theta_uncertainty::given) == "given");
}

TEST_CASE("ten times the exposure is a tenth of the rate") {
    const auto labs = ordinary_labs();
    const auto tenfold = on_gpus.offset_by([](const lab& l) { return std::log(10 * l.authors); });
    const auto shift = std::log(10.0);
    for (const bool dispersed : {false, true}) {
        const auto fit_of = [&](const auto& m) {
            return dispersed ? cd::fit_negative_binomial(labs, m) : cd::fit_poisson(labs, m);
        };
        const auto a = fit_of(papers_by_author), b = fit_of(tenfold);
        CHECK(close(b.coefficients[0], a.coefficients[0] - shift, 1e-12));
        CHECK(close(b.coefficients[1], a.coefficients[1], 1e-12));
        check_close(errors_of(b), errors_of(a), 1e-10);
        CHECK(close(b.log_likelihood.value(), a.log_likelihood.value(), 1e-12));
        CHECK(close(b.null_log_likelihood.value(), a.null_log_likelihood.value(), 1e-12));
    }
}

TEST_CASE("weights are as many records") {
    auto labs = ordinary_labs();
    std::vector<lab> repeated;
    for (std::size_t i = 0; i < labs.size(); ++i) {
        labs[i].weight = static_cast<double>(i % 4);
        repeated.insert(repeated.end(), i % 4, labs[i]);
    }
    const auto weighted = papers_by_author.weighted_by(&lab::weight);
    for (const bool dispersed : {false, true}) {
        const auto a = dispersed ? cd::fit_negative_binomial(labs, weighted) : cd::fit_poisson(labs, weighted);
        const auto b = dispersed ? cd::fit_negative_binomial(repeated, papers_by_author)
                                 : cd::fit_poisson(repeated, papers_by_author);
        check_close(a.coefficients, b.coefficients, 1e-11);
        check_close(errors_of(a), errors_of(b), 1e-10);
        CHECK(close(a.deviance.value(), b.deviance.value(), 1e-11));
    }
}

TEST_CASE("years and their squares are as good as centred ones") {
    auto labs = ordinary_labs();
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i].gpus = static_cast<double>(i % 13);
    const auto powers = [](double from) {
        return cd::model_of(&lab::papers)
            .on(cd::polynomial(
                "year", [from](const lab& l) { return l.gpus + from; }, 2));
    };
    for (const bool dispersed : {false, true}) {
        const auto fit_of = [&](double from) {
            return dispersed ? cd::fit_negative_binomial(labs, powers(from)) : cd::fit_poisson(labs, powers(from));
        };
        const auto centred = fit_of(-6), years = fit_of(2010);
        REQUIRE(years);
        const double square = centred.coefficients[2];  // b (t - 2016)^2 = b t^2 - 4032 b t + ...
        CHECK(close(years.coefficients[2], square, 1e-9));
        CHECK(close(years.coefficients[1], centred.coefficients[1] - 4032 * square, 1e-9));
        CHECK(close(years.covariance.standard_error(2), centred.covariance.standard_error(2), 1e-9));
    }
}

TEST_CASE("each record a cluster of its own is hc0") {
    auto labs = ordinary_labs();
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i].country = std::to_string(i);
    const auto own = papers_by_author.clustered_by(&lab::country);
    for (const bool dispersed : {false, true}) {
        const auto fit_of = [&](const cd::regression_options& options) {
            return dispersed ? cd::fit_negative_binomial(labs, own, options) : cd::fit_poisson(labs, own, options);
        };
        const auto clustered = fit_of({.correction = cd::cluster_correction::none});
        check_close(errors_of(clustered), errors_of(fit_of({.covariance = covariance_kind::hc0})), 1e-12);
        CHECK(clustered.clusters == std::vector<std::uint64_t>{labs.size()});
    }
}

TEST_CASE("covariances by leverages, given theta") {
    const auto labs = ordinary_labs();
    // R sandwich 3.0: vcovHC(glm(y ~ x + offset(log(exposure)), poisson), "HC2"), "HC3"; of glm.nb the same
    const struct {
        covariance_kind kind;
        std::vector<double> poisson, negative_binomial;
    } cases[] = {
        {covariance_kind::hc2,
         {0.085215147160655910, 0.088245168309261574},
         {0.085730311568050430, 0.078011826031691739}},
        {covariance_kind::hc3,
         {0.086731816814723361, 0.090683448239815098},
         {0.086904892737840245, 0.079791114632028495}},
    };
    for (const auto& c : cases) {
        check_close(errors_of(cd::fit_poisson(labs, papers_by_author, {.covariance = c.kind})), c.poisson, 1e-9);
        auto given = cd::fit_negative_binomial(labs, papers_by_author,
                                               {.covariance = c.kind, .theta = theta_uncertainty::given});
        given.theta_standard_error.reset();
        check_close(errors_of(given), c.negative_binomial, 1e-9);
    }
}

TEST_CASE("fewer than 3 clusters give no covariance, and coefficients all the same") {
    auto labs = ordinary_labs();
    for (std::size_t i = 0; i < labs.size(); ++i) labs[i].country = i % 2 == 0 ? "a" : "b";
    for (const bool dispersed : {false, true}) {
        const auto clustered = papers_by_author.clustered_by(&lab::country);
        const auto fit = dispersed ? cd::fit_negative_binomial(labs, clustered) : cd::fit_poisson(labs, clustered);
        CHECK(fit);
        CHECK(fit.coefficients.size() == 2);
        CHECK(fit.covariance.status == estimate_status::too_few);
        CHECK(fit.covariance.values.empty());
        CHECK(!fit.theta_standard_error);
    }
}

TEST_CASE("a term that only records without counts have is told, and which records") {
    auto labs = small_labs(40);
    for (std::size_t i = 0; i < labs.size(); ++i) {
        labs[i].country = i == 17 || i == 30 ? "none" : i % 3 == 0 ? "some" : "many";
        if (labs[i].country == "none") labs[i].papers = 0;
    }
    const auto separated = on_gpus.on(cd::categorical("country", &lab::country));
    for (const bool dispersed : {false, true}) {
        const auto fit = dispersed ? cd::fit_negative_binomial(labs, separated) : cd::fit_poisson(labs, separated);
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.covariance.status == estimate_status::degenerate);
        CHECK(fit.coefficients.empty());
        CHECK(!fit.log_likelihood);
        REQUIRE(fit.separated);
        CHECK(fit.separated->terms == std::vector<std::string>{"country:none"});
        CHECK(fit.separated->records == std::vector<std::uint64_t>{17, 30});
        CHECK(!fit.separated->complete);
    }
    // one count among them makes the estimate finite, however large
    labs[17].papers = 1;
    const auto fit = cd::fit_poisson(labs, separated);
    CHECK(fit);
    CHECK(!fit.separated);
    // as does a hundredth of one
    labs[17].papers = 1e-8;
    const auto nearly = cd::fit_poisson(labs, separated);
    CHECK(nearly);
    CHECK(nearly.coefficients[2] < -15);
}

TEST_CASE("counts that are all 0, or all the same") {
    auto labs = small_labs(20);
    for (auto& l : labs) l.papers = 0;
    CHECK(!cd::fit_negative_binomial(labs, on_gpus));
    for (auto& l : labs) l.papers = 3;
    CHECK(cd::fit_negative_binomial(labs, on_gpus).status == estimate_status::degenerate);
}

TEST_CASE("counts that scatter no more than Poisson's have no finite theta") {
    for (const auto& c : test_support::regression_cases("negative_binomial")) {
        if (c.name != "even_negative_binomial") continue;
        const auto fit = cd::fit_negative_binomial(c.records, model_of(c));
        const auto poisson = cd::fit_poisson(c.records, model_of(c));
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.coefficients.empty());
        CHECK(!fit.theta);
        CHECK(!fit.theta_standard_error);
        CHECK(!fit.separated);
        CHECK(close(fit.log_likelihood.value(), poisson.log_likelihood.value(), 1e-13));
        CHECK(cd::to_string(fit).find("use fit_poisson") != std::string::npos);
    }
}

TEST_CASE("wherever a fit ends, the scores are 0: rates over ten orders of magnitude, theta from .03 to 30") {
    std::mt19937_64 generator(3);
    std::normal_distribution<double> normal;
    std::uniform_real_distribution<double> uniform;
    std::size_t fitted = 0;
    for (int set = 0; set < 300; ++set) {
        CAPTURE(set);
        const double steepness = std::pow(10, uniform(generator) - 0.5), level = 6 * uniform(generator) - 2;
        const double theta = std::pow(10, 3 * uniform(generator) - 1.5);
        std::gamma_distribution<double> gamma(theta, 1 / theta);
        std::vector<lab> labs(20 + generator() % 60);
        for (auto& l : labs) {
            l.gpus = normal(generator);
            l.authors = std::exp(normal(generator));
            const double rate = std::exp(level + steepness * l.gpus) * l.authors * gamma(generator);
            l.papers = rate > 1e-9 ? static_cast<double>(std::poisson_distribution<std::int64_t>(rate)(generator)) : 0;
        }
        for (const bool dispersed : {false, true}) {
            const auto fit =
                dispersed ? cd::fit_negative_binomial(labs, papers_by_author) : cd::fit_poisson(labs, papers_by_author);
            CHECK(fit.status != estimate_status::not_converged);
            if (!fit) continue;
            double scores[2] = {}, squares[2] = {};
            for (const auto& l : labs) {
                const double mean = std::exp(fit.coefficients[0] + fit.coefficients[1] * l.gpus) * l.authors;
                const double score = (l.papers - mean) / (dispersed ? 1 + mean / *fit.theta : 1);
                for (const int k : {0, 1}) {
                    const double part = score * (k == 0 ? 1 : l.gpus);
                    scores[k] += part;
                    squares[k] += part * part;
                }
            }
            for (const int k : {0, 1}) CHECK(std::fabs(scores[k]) <= 1e-8 * std::sqrt(squares[k]));
            ++fitted;
        }
    }
    CHECK(fitted > 500);
}

TEST_CASE("terms that are constant or combinations of others are named") {
    auto labs = ordinary_labs();
    const auto dependent = papers_by_author.on(cd::variable("twice", [](const lab& l) { return 2 * l.gpus + 1; }),
                                               cd::variable("constant", [](const lab&) { return 7.0; }));
    for (const bool dispersed : {false, true}) {
        const auto fit_of = [&](const auto& m) {
            return dispersed ? cd::fit_negative_binomial(labs, m) : cd::fit_poisson(labs, m);
        };
        const auto fit = fit_of(dependent), without = fit_of(papers_by_author);
        CHECK(fit.status == estimate_status::degenerate);
        CHECK(fit.dependent == std::vector<std::size_t>{2, 3});
        CHECK(fit.rank == 2);
        check_close({fit.coefficients[0], fit.coefficients[1]}, without.coefficients, 1e-12);
        CHECK(fit.coefficients[2] == 0);
        CHECK(close(fit.covariance.standard_error(1), without.covariance.standard_error(1), 1e-12));
    }
}

TEST_CASE("too few records, none, and iterations that do not suffice") {
    CHECK(cd::fit_negative_binomial(std::vector<lab>(), papers_by_author).status == estimate_status::no_data);
    CHECK(cd::fit_negative_binomial(small_labs(1), papers_by_author).status == estimate_status::too_few);
    CHECK(cd::fit_negative_binomial(ordinary_labs(), papers_by_author, {.max_iterations = 1}).status ==
          estimate_status::not_converged);
}

TEST_CASE("bad input is an error that says what and where") {
    auto labs = small_labs(20);
    const auto message = [&](const auto& m, const cd::regression_options& options = {}) {
        return message_of([&] { return cd::fit_negative_binomial(labs, m, options); });
    };
    CHECK(message(on_gpus, {.covariance = covariance_kind::hc3}) ==
          "compute_divide::fit_negative_binomial: a covariance without leverages, or theta_uncertainty::given, got "
          "\"hc3\"");
    labs[4].papers = 2.5;
    CHECK(message(on_gpus) == "compute_divide::fit_negative_binomial: a whole count >= 0 in record 4, got 2.5");
    labs[4].papers = -2;
    CHECK(message(on_gpus) == "compute_divide::fit_negative_binomial: a whole count >= 0 in record 4, got -2");
}
