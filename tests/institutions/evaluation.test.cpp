// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/evaluation.hpp>

#include <cstddef>
#include <list>
#include <optional>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/institutions/team.hpp>

#include "support/ranges.hpp"

namespace cd = compute_divide;
using cd::estimate_status;
using cd::sector;
using enum cd::sector;
using test_support::single_pass;

namespace {

struct labelled {
    std::vector<sector> truth, predicted;
};

static_assert(cd::accumulator_of<cd::evaluation<sector>, sector, std::vector<sector>>);
static_assert(cd::accumulator_of<cd::evaluation<std::string>, std::string_view, std::optional<std::string>>);
static_assert(std::same_as<cd::set_label_t<std::optional<std::set<int>>>, int>);
static_assert(std::same_as<cd::set_label_t<std::string_view>, std::string>);
static_assert(std::same_as<cd::set_label_t<std::vector<const char*>>, std::string>);

std::vector<labelled> random_labels(std::size_t n) {
    std::mt19937 random(5);
    const auto some = [&random] {
        std::vector<sector> labels;
        for (auto many = random() % 4; many > 0; --many) labels.push_back(static_cast<sector>(random() % 8));
        return labels;
    };
    std::vector<labelled> made;
    for (std::size_t i = 0; i < n; ++i) {
        made.push_back({some(), {}});
        made.back().predicted = random() % 3 == 0 ? some() : made.back().truth;
    }
    return made;
}

std::set<sector> as_set(const std::vector<sector>& labels) {
    std::set<sector> s(labels.begin(), labels.end());
    s.erase(unknown);
    return s;
}

}  // namespace

TEST_CASE("a worked example") {
    // Truth and prediction of six strings: a joint laboratory half seen, one mistaken, one given up.
    const std::vector<labelled> strings{{{academia}, {academia}}, {{academia, industry}, {industry}},
                                        {{industry}, {academia}}, {{facility}, {unknown}},
                                        {{unknown}, {}},          {{academia}, {academia, academia}}};
    const auto table = cd::evaluate(strings, &labelled::truth, &labelled::predicted, {.none = unknown});
    CHECK(table.exact_match == cd::share(3, 6));
    CHECK(table.abstention == cd::share(2, 6));
    REQUIRE(table.labels.size() == 3);
    const auto* row = table.find(academia);
    CHECK(row->counts == cd::classification_counts{2, 1, 1, 2});
    CHECK(row->precision == cd::share(2, 3));
    CHECK(row->recall == cd::share(2, 3));
    CHECK(row->specificity == cd::share(2, 3));
    CHECK(row->f1 == cd::classification_counts{2, 1, 1, 0}.f1());
    CHECK(table.find(industry)->counts == cd::classification_counts{1, 0, 1, 4});
    CHECK(table.find(facility)->counts == cd::classification_counts{0, 0, 1, 5});
    CHECK(table.find(facility)->precision.status == estimate_status::no_data);
    CHECK(table.find(unknown) == nullptr);
    const auto* both = table.confusion.find({academia, industry});
    REQUIRE(both != nullptr);
    CHECK(both->weight_of({industry}) == 1);
    CHECK(table.confusion.find({})->weight_of({}) == 1);
}

TEST_CASE("counts are those of every record and label looked at alone; merged halves are the whole") {
    const auto records = random_labels(2000);
    const cd::share_options options{.interval = cd::proportion_interval::clopper_pearson, .level = 0.9};
    const auto table =
        cd::evaluate(records, &labelled::truth, &labelled::predicted, {.none = unknown, .shares = options});
    double exact = 0, none = 0;
    for (const auto& r : records) {
        exact += as_set(r.truth) == as_set(r.predicted);
        none += as_set(r.predicted).empty();
    }
    CHECK(table.exact_match == cd::share(exact, 2000, options));
    CHECK(table.abstention == cd::share(none, 2000, options));
    REQUIRE(table.labels.size() == 7);
    for (const auto& row : table.labels) {
        CAPTURE(cd::name_of(row.value));
        cd::classification_counts counts;
        for (const auto& r : records) {
            const bool is = as_set(r.truth).contains(row.value), said = as_set(r.predicted).contains(row.value);
            (is ? (said ? counts.true_positives : counts.false_negatives)
                : (said ? counts.false_positives : counts.true_negatives)) += 1;
        }
        CHECK(row.counts == counts);
        CHECK(row.precision == counts.precision(options));
        CHECK(row.recall == counts.recall(options));
        CHECK(row.specificity == counts.specificity(options));
        CHECK(row.f1 == counts.f1(options));
    }

    cd::evaluation<sector> part(unknown), rest(unknown);
    for (std::size_t i = 0; i < records.size(); ++i)
        (i % 3 == 0 ? part : rest).add(records[i].truth, records[i].predicted);
    part.merge(rest);
    CHECK(part.result(options) == table);
    CHECK(cd::evaluate(std::list(records.begin(), records.end()), &labelled::truth, &labelled::predicted,
                       {.none = unknown, .shares = options}) == table);
    CHECK(cd::evaluate(single_pass(records), &labelled::truth, &labelled::predicted,
                       {.none = unknown, .shares = options}) == table);
}

TEST_CASE("one label a record, of any kind; a prediction not known is an abstention, a truth not known is missing") {
    struct row {
        std::string_view truth;
        std::optional<std::string> predicted;
    };
    const std::vector<row> rows{{"a", "a"}, {"a", "b"}, {"b", {}}, {"", "a"}};
    const auto truth = [](const row& r) { return r.truth.empty() ? std::nullopt : std::optional(r.truth); };
    const auto table = cd::evaluate(rows, truth, &row::predicted);
    CHECK(table.exact_match.n == 3);
    CHECK(table.exact_match.n_missing == 1);
    CHECK(*table.abstention.value == 1.0 / 3);
    CHECK(table.find("a")->counts == cd::classification_counts{1, 0, 1, 1});
    CHECK(table.find("b")->counts == cd::classification_counts{0, 1, 1, 1});
    const auto constant = cd::evaluate(rows, truth, [](const row&) { return "a"; });
    CHECK(constant.find("a")->counts == cd::classification_counts{2, 1, 0, 0});
}

TEST_CASE("without a label for it, unknown is a label like any other") {
    const std::vector<labelled> strings{{{unknown}, {unknown}}, {{academia}, {unknown}}};
    const auto table = cd::evaluate(strings, &labelled::truth, &labelled::predicted);
    CHECK(*table.abstention.value == 0);
    CHECK(table.find(unknown)->counts == cd::classification_counts{1, 1, 0, 0});
}

TEST_CASE("no records, and impossible levels") {
    const std::vector<labelled> none;
    const auto table = cd::evaluate(none, &labelled::truth, &labelled::predicted);
    CHECK(table.labels.empty());
    CHECK(table.exact_match.status == estimate_status::no_data);
    CHECK(table.abstention.status == estimate_status::no_data);
    CHECK_THROWS_WITH_AS((void)cd::evaluate(none, &labelled::truth, &labelled::predicted, {.shares = {.level = 1.5}}),
                         "compute_divide::share_interval: level in (0, 1), got 1.5", std::invalid_argument);
}
