// SPDX-License-Identifier: BSL-1.0
// Results of what is compiled otherwise where a compiler has no vectors and no whole numbers of 128 bits, as text: to
// the last bit, but for regressions by maximum likelihood and the wild bootstrap, whose sums depend on how many doubles
// the processor adds at once. tests/platforms.sh compares what this prints with and without
// COMPUTE_DIVIDE_NO_EXTENSIONS.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/marginal_effects.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/proportional_odds.hpp>
#include <compute_divide/regression/wild_bootstrap.hpp>
#include <compute_divide/text/term_set.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>
#include <compute_divide/trends/lowess.hpp>

namespace cd = compute_divide;

namespace {

struct record {
    double x, z, y;
    int level;
    bool yes;
    int group;
};

void exact(const char* name, double x) {
    std::printf("%s %a\n", name, x);
}
void near(const char* name, double x) {
    std::printf("%s %.9e\n", name, x);
}

}  // namespace

int main() {
    cd::random_stream random(5);
    std::vector<record> records(700);
    for (record& r : records) {
        r = {random.uniform(0, 10), random.uniform(-1, 1), 0, 0, false, static_cast<int>(random.below(20))};
        r.y = 0.3 * r.x - r.z + random.uniform(-2, 2) + 0.1 * r.group;
        r.level = r.y < 0 ? 0 : r.y < 2 ? 1 : 2;
        r.yes = random.uniform() < 1 / (1 + std::exp(1 - 0.3 * r.x - r.z));
    }

    for (const cd::lowess_point& p : cd::lowess(records, &record::x, &record::y).points) exact("lowess", p.fitted);
    for (const cd::lowess_point& p :
         cd::lowess(records, &record::x, &record::y, {.fraction = 0.1, .delta = 0.1}).points)
        exact("lowess", p.fitted);

    cd::log_trend_sums sums;  // in whole numbers of several words
    for (const record& r : records)
        sums.add(std::chrono::sys_days(std::chrono::days(static_cast<int>(1000 * r.x))), std::exp2(r.y));
    std::printf("log_trend_sums %s\n", cd::to_json(sums.result()).c_str());

    const cd::classifier who;
    const cd::term_set terms(
        {{"deep learning"}, {"gpu"}, {"universit\xC3\xA9"}, {"\xE6\xB8\x85\xE5\x8D\x8E"}, {"a b"}});
    for (const char* const text :
         {"Department of Computer Science, Stanford University, Stanford, CA 94305, USA",
          "Google Research, Brain Team; University of Oxford, Oxford OX1 3QD, UK",
          "\xE6\xB8\x85\xE5\x8D\x8E\xE5\xA4\xA7\xE5\xAD\xA6\xE8\xAE\xA1\xE7\xAE\x97\xE6\x9C\xBA\xE7\xB3\xBB, "
          "Beijing 100084, China",
          "Laboratoire d'informatique, Universit\xC3\xA9 de Montr\xC3\xA9\x61l, Montr\xC3\xA9\x61l, Qu\xC3\xA9\x62\x65"
          "c, Canada, and a great many words behind it that fill more than one block of sixty-four bytes: a b gpu",
          "Institute of Applied Nothing, Luxembourg, Luxembourg", "Acme Widgets Ltd., 12 High Street, Leeds, England",
          "deep learning on a GPU (deep-learning)"}) {
        const auto found = who(text);
        std::printf("classify %s %s %zu\n", cd::to_json(found).c_str(), text, terms.find(text).size());
    }

    const auto model = cd::model_of(&record::y).on(cd::variable("x", &record::x), cd::variable("z", &record::z));
    const auto show = [](const char* name, const cd::regression_fit& fit) {
        for (const double b : fit.coefficients) near(name, b);
        for (const double v : fit.covariance.values) near(name, v);
    };
    for (const double b : cd::fit_linear(records, model).coefficients) exact("linear", b);
    show("hc3", cd::fit_linear(records, model, {.covariance = cd::covariance_kind::hc3}));
    const auto clustered = model.clustered_by(&record::group);
    show("clustered", cd::fit_linear(records, clustered));
    near("wild", cd::wild_cluster_bootstrap(records, clustered, "x", {.draws = 199}).test.p_value.value());
    const auto yes = cd::model_of(&record::yes).on(cd::variable("x", &record::x), cd::variable("z", &record::z));
    const auto logit = cd::fit_logit(records, yes);
    show("logit", logit);
    const auto level = cd::model_of(&record::level).on(cd::variable("x", &record::x), cd::variable("z", &record::z));
    show("ordinal", cd::fit_proportional_odds(records, level));
    for (const auto& effect : cd::average_marginal_effects(records, yes, logit))
        near("effect", effect.estimate.value.value());
}
