// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/regression/covariance.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <fstream>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/to_string.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/ranges.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::covariance_kind;
using cd::estimate_status;
using test_support::close;
using test_support::message_of;

namespace {

struct model {
    double year, log_parameters, log_flop, weight;
    std::string organisation;
};

constexpr auto since_2017 = [](const model& m) { return m.year - 2017; };
const auto terms = std::tuple(since_2017, &model::log_parameters);
constexpr auto response = &model::log_flop;
constexpr auto cluster = &model::organisation;

std::vector<model> reference_models() {
    std::vector<model> models;
    for (const auto& row : test_support::reference_table("covariance_data", 5))
        models.push_back({row.numbers[0], row.numbers[1], row.numbers[2], row.numbers[3],
                          std::to_string(static_cast<int>(row.numbers[4]))});
    return models;
}

const std::vector<model> models = reference_models();
const cd::least_squares_fit fit = cd::fit_least_squares(models, terms, response);

}  // namespace

TEST_CASE("covariances as R's sandwich package has them") {
    std::size_t checked = 0;
    for (const bool weighted : {false, true}) {
        const auto weight = weighted ? [](const model& m) { return m.weight; } : [](const model&) { return 1.0; };
        const auto fit_here = cd::fit_least_squares(models, terms, response, weight);
        std::vector<std::pair<std::string, cd::coefficient_covariance>> covariances;
        for (const auto& kind : enumerators(covariance_kind{}))
            if (!cd::detail::of_clusters(kind.value))
                covariances.emplace_back(kind.name,
                                         cd::robust_covariance(models, terms, response, weight, fit_here, kind.value));
        for (const auto& correction : enumerators(cd::cluster_correction{}))
            covariances.emplace_back(correction.name, cd::clustered_covariance(models, terms, response, cluster, weight,
                                                                               fit_here, correction.value));
        for (const auto& row : test_support::reference_table("covariance", 4))
            for (const auto& [name, covariance] : covariances) {
                if (name != row.name || weighted != (row.numbers[0] != 0)) continue;
                CAPTURE(row.text);
                REQUIRE(covariance);
                const auto i = static_cast<std::size_t>(row.numbers[1]), j = static_cast<std::size_t>(row.numbers[2]);
                CHECK(close(covariance(i, j), row.numbers[3], 1e-10));
                ++checked;
            }
    }
    CHECK(checked == 2 * 8 * 9);
}

TEST_CASE("what is said of a covariance") {
    const auto hc3 = cd::robust_covariance(models, terms, response, fit, covariance_kind::hc3);
    CHECK(hc3.kind == covariance_kind::hc3);
    CHECK(hc3.n == 60);
    CHECK(hc3.degrees_of_freedom == 57);
    CHECK(close(hc3.standard_error(1) * hc3.standard_error(1), hc3(1, 1), 1e-15));
    const auto clustered = cd::clustered_covariance(models, terms, response, cluster, fit);
    CHECK(clustered.kind == covariance_kind::clustered);
    CHECK(clustered.correction == cd::cluster_correction::stata);
    CHECK(clustered.clusters == 13);
    CHECK(clustered.degrees_of_freedom == 12);
}

TEST_CASE("clusters of one record each are hc0") {
    const auto each = [](const model& m) { return std::tuple(m.year, m.log_parameters, m.log_flop); };
    const auto clustered = cd::clustered_covariance(models, terms, response, each, fit, cd::cluster_correction::none);
    const auto hc0 = cd::robust_covariance(models, terms, response, fit, covariance_kind::hc0);
    CHECK(clustered.clusters == 60);
    for (std::size_t k = 0; k < hc0.values.size(); ++k) CHECK(close(clustered.values[k], hc0.values[k], 1e-12));
}

TEST_CASE("the origin of a term does not matter to its slope") {
    const auto far_terms = std::tuple(&model::year, &model::log_parameters);
    const auto far_fit = cd::fit_least_squares(models, far_terms, response);
    for (const auto kind : {covariance_kind::hc0, covariance_kind::hc2, covariance_kind::hc3}) {
        const auto far = cd::robust_covariance(models, far_terms, response, far_fit, kind);
        const auto near = cd::robust_covariance(models, terms, response, fit, kind);
        CHECK(close(far(1, 1), near(1, 1), 1e-11));
        CHECK(close(far(2, 1), near(2, 1), 1e-11));
    }
}

TEST_CASE("what is not known is left out, as in the fit") {
    auto with_gaps = models;
    with_gaps.push_back({std::numeric_limits<double>::quiet_NaN(), 8, 20, 1, "1"});
    with_gaps.push_back({2016, 8, std::numeric_limits<double>::quiet_NaN(), 1, "2"});
    CHECK(cd::robust_covariance(with_gaps, terms, response, fit, covariance_kind::hc2) ==
          cd::robust_covariance(models, terms, response, fit, covariance_kind::hc2));
    CHECK(cd::clustered_covariance(with_gaps, terms, response, cluster, fit) ==
          cd::clustered_covariance(test_support::single_pass<model>(models), terms, response, cluster, fit));
}

TEST_CASE("dependent columns have no covariance") {
    const auto twice = [](const model& m) { return 2 * since_2017(m); };
    const auto more_terms = std::tuple(since_2017, twice, &model::log_parameters);
    const auto deficient = cd::fit_least_squares(models, more_terms, response);
    const auto covariance = cd::robust_covariance(models, more_terms, response, deficient, covariance_kind::hc1);
    const auto expected = cd::robust_covariance(models, terms, response, fit, covariance_kind::hc1);
    CHECK(covariance.status == estimate_status::degenerate);
    CHECK(close(covariance(1, 3), expected(1, 2), 1e-12));
    for (std::size_t j = 0; j < 4; ++j) CHECK(covariance(2, j) == 0);
}

TEST_CASE("data that cannot answer are a status") {
    const std::vector<model> two(models.begin(), models.begin() + 2);
    const auto none = cd::fit_least_squares(two, terms, response);
    CHECK(cd::robust_covariance(two, terms, response, none, covariance_kind::hc1).status == estimate_status::too_few);
    CHECK(cd::clustered_covariance(two, terms, response, cluster, none).status == estimate_status::too_few);

    const auto halves = [](const model& m) { return m.year < 2017; };
    const auto few = cd::clustered_covariance(
        models, terms, response, [&](const model& m) { return int{halves(m)}; }, fit);
    CHECK(few.status == estimate_status::too_few);
    CHECK(few.clusters == 2);
    CHECK(few.values.empty());

    const auto first = [](const model& m) { return m.log_flop == models[0].log_flop ? 1 : 0; };
    const auto alone = cd::fit_least_squares(models, first, response);
    for (const auto kind : {covariance_kind::hc2, covariance_kind::hc3}) {
        const auto covariance = cd::robust_covariance(models, first, response, alone, kind);
        CHECK(covariance.status == estimate_status::degenerate);
        CHECK(covariance.values.empty());
    }
    CHECK(cd::robust_covariance(models, first, response, alone, covariance_kind::hc1));
}

TEST_CASE("what cannot be is refused by name") {
    CHECK(message_of([] { return cd::robust_covariance(models, terms, response, fit, covariance_kind::clustered); }) ==
          "compute_divide::robust_covariance: a kind without clusters, got \"clustered\"");
    CHECK(message_of([] { return cd::robust_covariance(models, &model::year, response, fit, covariance_kind::hc0); }) ==
          "compute_divide::robust_covariance: the terms of the fit, got 1");
    const std::vector<model> fewer(models.begin(), models.end() - 1);
    CHECK(message_of([&] { return cd::robust_covariance(fewer, terms, response, fit, covariance_kind::hc0); }) ==
          "compute_divide::robust_covariance: the records of the fit, got 59");
    const auto unknown = [](const model& m) {
        return m.organisation == "1" ? std::nullopt : std::optional(m.organisation);
    };
    CHECK(message_of([&] { return cd::clustered_covariance(models, terms, response, unknown, fit); }) ==
          "compute_divide::clustered_covariance: a cluster for each record, got \"none\"");
}

namespace {

struct sized_row {
    double y = 0, x = 0;
    int cluster = 0, other = 0;
};
/// `sizes` of the clusters.
std::vector<sized_row> rows_of_sizes(const std::vector<int>& sizes) {
    std::vector<sized_row> rows;
    for (std::size_t c = 0; c < sizes.size(); ++c)
        for (int i = 0; i < sizes[c]; ++i) {
            const double x = std::sin(7.0 * static_cast<double>(rows.size()));
            rows.push_back({x + std::cos(5.0 * static_cast<double>(c * c)) + std::sin(11.0 * i), x, static_cast<int>(c),
                            static_cast<int>(rows.size() % 25)});
        }
    return rows;
}

}  // namespace

TEST_CASE("few records for hc0 and hc1, and clusters or labels that are worth few, are told") {
    namespace cd = compute_divide;
    using enum cd::estimate_status;
    const auto line = cd::model_of(&sized_row::y).on(cd::variable("x", &sized_row::x));
    for (const int n : {29, 30})
        for (const auto& kind : enumerators(cd::covariance_kind{})) {
            if (cd::detail::of_clusters(kind.value)) continue;
            const bool of_many = kind.value == cd::covariance_kind::hc0 || kind.value == cd::covariance_kind::hc1;
            const auto found = cd::fit_linear(rows_of_sizes(std::vector<int>(static_cast<std::size_t>(n), 1)), line,
                                              {.covariance = kind.value});
            CHECK(cd::coefficient(found, "x").status == (of_many && n < 30 ? few_clusters : ok));
            CHECK((to_string(found).find("few records, 29") != std::string::npos) == (of_many && n < 30));
        }
    // 24 clusters of 4 records and one of m: worth (96 + m)^2 / (384 + m^2)
    for (const int m : {4, 10, 40}) {
        std::vector<int> sizes(25, 4);
        sizes.back() = m;
        const auto rows = rows_of_sizes(sizes);
        const double worth = (96.0 + m) * (96.0 + m) / (384.0 + m * m);
        const auto by_clusters = cd::fit_linear(rows, line.clustered_by(&sized_row::cluster),
                                                {.covariance = cd::covariance_kind::clustered});
        CHECK(test_support::close(by_clusters.covariance.effective_clusters, worth, 1e-14));
        CHECK(cd::coefficient(by_clusters, "x").status == (worth < 20 ? few_clusters : ok));
        CHECK((to_string(by_clusters).find("uneven clusters, 25 that are worth") != std::string::npos) == (worth < 20));
    }
    // as labels: each record of one cluster shares its own label with that of the next as well
    const auto rows = rows_of_sizes(std::vector<int>(30, 4));
    const auto ring = [](const sized_row& r) { return std::array{r.cluster, (r.cluster + 1) % 30}; };
    const auto by_labels =
        cd::fit_linear(rows, line.clustered_by(ring), {.covariance = cd::covariance_kind::clustered});
    CHECK(by_labels.clusters == std::vector<std::uint64_t>{30});
    CHECK(by_labels.covariance.clusters == 10);
    CHECK(by_labels.covariance.degrees_of_freedom == 9);
    CHECK(test_support::close(by_labels.covariance.effective_clusters, 10, 1e-14));  // 3 of 30 clusters share a label
    CHECK(cd::coefficient(by_labels, "x").status == few_clusters);
}

namespace {

struct labelled_record {
    std::string set;
    double y = 0, yes = 0, x1 = 0, x2 = 0, w = 0;
    std::vector<std::string> labels = {};
};
std::vector<labelled_record> labelled_records(const std::string& set) {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/shared_labels_data.csv");
    std::vector<labelled_record> records;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line);
        std::vector<std::string> texts;
        for (std::string text; std::getline(fields, text, ',');) texts.push_back(text);
        if (texts.at(0) != set) continue;
        labelled_record r{set,
                          std::stod(texts.at(1)),
                          std::stod(texts.at(2)),
                          std::stod(texts.at(3)),
                          std::stod(texts.at(4)),
                          std::stod(texts.at(5))};
        std::istringstream labels(texts.at(6));
        for (std::string label; std::getline(labels, label, ';');) r.labels.push_back(label);
        records.push_back(std::move(r));
    }
    return records;
}
/// The values of a name in shared_labels.csv, in their order.
std::vector<double> shared_values(const std::string& name) {
    std::vector<double> values;
    for (const auto& row : test_support::reference_table("shared_labels", 3))
        if (row.name == name) values.push_back(row.numbers[2]);
    return values;
}
void check_shared(const cd::regression_fit& found, const std::string& name, double tolerance) {
    CAPTURE(name);
    const auto expected = shared_values(name), coefficients = shared_values(name + "_coefficients");
    REQUIRE(found.covariance.values.size() == expected.size());
    REQUIRE(!expected.empty());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(close(found.covariance.values[i], expected[i], tolerance));
    for (std::size_t i = 0; i < coefficients.size(); ++i)
        CHECK(close(found.coefficients[i], coefficients[i], tolerance));
}

}  // namespace

TEST_CASE("labels that come beside one of a few are worth no more clusters than these few") {
    const auto line = cd::model_of(&sized_row::y).on(cd::variable("x", &sized_row::x));
    const auto odds = cd::model_of([](const sized_row& r) { return r.y > 0; }).on(cd::variable("x", &sized_row::x));
    const auto rows = rows_of_sizes(std::vector<int>(660, 1));  // each record has an institution, and a venue of 11
    const auto venue = [](const sized_row& r) { return r.cluster % 11; };
    const auto both = [](const sized_row& r) { return std::vector{1000 + r.cluster, r.cluster % 11}; };
    const cd::regression_options stata{.covariance = covariance_kind::clustered};
    const auto same = [](const cd::regression_fit& few, const cd::regression_fit& many) {
        CHECK(many.clusters == std::vector<std::uint64_t>{671});
        CHECK(many.covariance.clusters == 11);
        CHECK(many.covariance.degrees_of_freedom == 10);
        CHECK(close(many.covariance(1, 1), few.covariance(1, 1), 1e-10));
        CHECK(cd::coefficient(many, "x").status == cd::estimate_status::few_clusters);
        CHECK(to_string(many).find("671 shared labels worth 11 clusters") != std::string::npos);
    };
    same(cd::fit_linear(rows, line.clustered_by(venue), stata), cd::fit_linear(rows, line.clustered_by(both), stata));
    same(cd::fit_logit(rows, odds.clustered_by(venue), stata), cd::fit_logit(rows, odds.clustered_by(both), stata));
}

TEST_CASE("records that share any of several labels, or one of two, are those of all pairs") {
    using record = labelled_record;
    const auto line = cd::model_of(&record::y).on(cd::variable("x1", &record::x1), cd::variable("x2", &record::x2));
    cd::regression_options options{.covariance = covariance_kind::clustered,
                                   .correction = cd::cluster_correction::none,
                                   .repair = cd::covariance_repair::none};
    const auto labelled = labelled_records("labelled");
    const auto by_labels = line.clustered_by(&record::labels);
    const auto plain = cd::fit_linear(labelled, by_labels, options);
    check_shared(plain, "labels_ols", 1e-11);
    CHECK(close(plain.covariance.effective_clusters, shared_values("labels_ols_pairs")[0], 1e-14));
    CHECK(plain.covariance.clusters == static_cast<std::uint64_t>(shared_values("labels_ols_pairs")[0]));
    check_shared(cd::fit_linear(labelled, by_labels.weighted_by(&record::w), options), "labels_wls", 1e-11);
    const auto odds = cd::model_of(&record::yes).on(cd::variable("x1", &record::x1)).clustered_by(&record::labels);
    check_shared(cd::fit_logit(labelled, odds, options), "labels_logit", 1e-9);

    const auto two_fields =
        line.clustered_by([](const record& r) { return r.labels[0]; }).clustered_by([](const record& r) {
            return r.labels[1];
        });
    const auto dyads = labelled_records("dyads"), crossed = labelled_records("crossed");
    check_shared(cd::fit_linear(dyads, by_labels, options), "dyads", 1e-11);
    check_shared(cd::fit_linear(dyads, two_fields, options), "dyads_by_role", 1e-11);
    // of two kinds of clusters a variance is negative: nothing without a repair
    CHECK(cd::fit_linear(crossed, two_fields, options).covariance.values.empty());
    options.repair = cd::covariance_repair::eigenvalues_to_zero;
    check_shared(cd::fit_linear(dyads, by_labels, options), "dyads_repaired", 1e-10);
    check_shared(cd::fit_linear(crossed, two_fields, options), "crossed_repaired", 1e-10);
}
