// SPDX-License-Identifier: BSL-1.0
// Longer than a page: three measures of hardware, each under six statistics.
#include "findings/hardware_gap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <boost/math/distributions/students_t.hpp>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/accelerator_list.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/permutation_test.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

#include "support/models.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace {

/// Whether a team is of industry; the study's groups are industry-affiliated and not.
std::optional<bool> is_industry(const cd::epoch_model& m, bool industry_only) {
    switch (m.team) {
        case team_kind::industry_only:
            return true;
        case team_kind::industry_leaning:
        case team_kind::collaboration:
        case team_kind::academia_leaning:
            return !industry_only;
        case team_kind::academia_only:
        case team_kind::other:
            return false;
        case team_kind::unknown:
            break;
    }
    return std::nullopt;
}

/// A model as it is compared; what is not known is empty.
struct record {
    std::optional<bool> industry;
    double year = 0;
    std::vector<std::string> domains;
    std::optional<double> chip;     // FLOP/s of the fastest chip named
    std::optional<double> cluster;  // FLOP/s of all chips, where they are of one kind
    std::optional<double> flop;     // of training
};

record record_of(const cd::epoch_model& m, const cd::accelerator_catalogue& catalogue, const hardware_gap_inputs& in) {
    record r{.industry = is_industry(m, in.industry == "only"),
             .year = cd::decimal_year(m.published),
             .domains = m.domains,
             .chip = {},
             .cluster = {},
             .flop = m.training_flop};
    if (r.flop && *r.flop <= 0) r.flop.reset();
    for (const auto& name : m.training_hardware) {
        const auto match = catalogue.match(name);
        if (!match) continue;
        const auto rate = cd::training_peak(match->entry, {.rule = in.format, .year = m.year});
        if (!rate) continue;
        const double peak = rate->peak.value() * match->entries();
        if (!r.chip || *r.chip < peak) r.chip = peak;
    }
    if (r.chip && m.training_hardware.size() == 1 && m.hardware_quantity && *m.hardware_quantity > 0)
        r.cluster = *r.chip * *m.hardware_quantity;
    return r;
}

struct measure {
    std::string name, meaning;
    std::optional<double> record::*field;
};

const std::array<measure, 3> measures{{{"one_chip", "peak of one chip", &record::chip},
                                       {"all_chips", "chips x peak", &record::cluster},
                                       {"training", "training FLOP", &record::flop}}};

/// A statistic of a measure, and the p-value of its test where there is one.
struct statistic {
    std::string_view name;
    cd::estimate estimate;
    std::optional<double> p = {};
};

/// The ratio that is left at the same year and domains: exp of the coefficient of industry in least squares of the log
/// on industry, year and domains, with HC3 errors.
statistic adjusted(const std::vector<record>& records, const measure& by, double level) {
    const auto of = [](const char* domain) {
        return [domain](const record& r) { return static_cast<double>(std::ranges::count(r.domains, domain) > 0); };
    };
    const auto terms =
        std::tuple([](const record& r) { return r.industry ? std::optional<int>(*r.industry) : std::nullopt; },
                   &record::year, of("Language"), of("Vision"), of("Biology"), of("Image generation"), of("Speech"));
    const auto response = [&by](const record& r) {
        const auto value = r.*by.field;
        return value ? std::optional<double>(std::log(*value)) : std::nullopt;
    };
    const auto fit = cd::fit_least_squares(records, terms, response);
    const auto covariance = cd::robust_covariance(records, terms, response, fit, cd::covariance_kind::hc3);
    statistic f{"adjusted for year and domain",
                {.level = level,
                 .method = "least squares of logs, hc3",
                 .n = fit.n,
                 .n_missing = fit.n_missing,
                 .status = covariance.values.empty() ? covariance.status : cd::estimate_status::degenerate}};
    // A domain that no model has, or all, is left out of the fit; industry must not be.
    if (covariance.values.empty() || std::ranges::count(fit.dependent, std::size_t{1}) > 0) return f;
    const double slope = fit.coefficients[1], error = covariance.standard_error(1);
    const boost::math::students_t student(covariance.degrees_of_freedom);
    const double width = boost::math::quantile(student, (1 + level) / 2) * error;
    f.estimate.value = std::exp(slope);
    f.estimate.bounds = cd::interval{std::exp(slope - width), std::exp(slope + width)};
    f.estimate.status = cd::estimate_status::ok;
    f.p = 2 * boost::math::cdf(boost::math::complement(student, std::fabs(slope / error)));
    return f;
}

struct comparison {
    measure by;
    cd::two_samples samples;
    std::vector<statistic> ratios;  // industry / other
    statistic chance;               // that a team of industry has more
};

comparison compare(const std::vector<record>& records, const measure& by, const hardware_gap_inputs& in) {
    constexpr auto ratio = cd::comparison_scale::ratio;
    cd::two_samples both(records, by.field, &record::industry);
    const auto welch = cd::welch(both, {.scale = ratio, .level = in.level});
    const auto medians =
        cd::compare_medians(both, {.scale = ratio, .level = in.level, .bootstrap = {.seed = in.seed, .threads = 0}});
    const auto ranks = cd::mann_whitney(both);
    const auto shift = cd::hodges_lehmann(both, {.scale = ratio, .level = in.level});
    const auto dealt = cd::permutation_test(both, {.scale = ratio, .level = in.level, .seed = in.seed, .threads = 0});
    const auto chance = cd::brunner_munzel(both, {.level = in.level});
    return {by,
            std::move(both),
            {{"geometric means (Welch)", welch.effect, welch.test.p_value},
             {"geometric means (permutation)", dealt.effect, dealt.test.p_value},
             {"medians (bootstrap)", medians},
             {"Hodges-Lehmann (Mann-Whitney p)", shift, ranks.test.p_value},
             adjusted(records, by, in.level)},
            {"P(larger) (Brunner-Munzel)", chance.effect, chance.test.p_value}};
}

/// The study's own sample: of so many papers, so many gave their compute.
constexpr double papers_sampled = 519, papers_with_compute = 109;

struct analysis {
    std::string vintage;
    std::size_t n = 0;  ///< models
    std::vector<comparison> compared;
    cd::estimate share;  ///< of the study's papers, those with compute
};

analysis analyse(const hardware_gap_inputs& in) {
    if (in.from > in.to) throw std::invalid_argument(fmt::format("--from {} is after --to {}", in.from, in.to));
    const model_table table = read_models(in.models);
    analysis a{
        .vintage = table.vintage(in.vintage), .compared = {}, .share = cd::share(papers_with_compute, papers_sampled)};
    const cd::accelerator_list own =
        in.chips.empty() ? cd::accelerator_list() : cd::read_accelerators(cd::csv_reader::open(in.chips));
    const cd::accelerator_catalogue catalogue(own.chips());
    std::vector<record> records;
    for (const auto& m : table.of(a.vintage))
        if (m.year && *m.year >= in.from && *m.year <= in.to && (m.notable || !in.notable))
            records.push_back(record_of(m, catalogue, in));
    a.n = records.size();
    for (const auto& by : measures) a.compared.push_back(compare(records, by, in));
    return a;
}

cd::table table_of_samples(const analysis& a) {
    cd::table t{.name = "samples", .title = "What is compared"};
    t.columns = {{.name = "measure"},
                 {.name = "models of industry"},
                 {.name = "of others"},
                 {.name = "not known"},
                 {.name = "median of industry"},
                 {.name = "median of others"},
                 {.name = "P(larger)", .header = "P(industry's is larger)"},
                 {.name = "p", .style = {.digits = 4, .notation = cd::number_notation::p_value}}};
    for (const comparison& c : a.compared)
        add_row(t, c.by.meaning, c.samples.first().size(), c.samples.second().size(), c.samples.n_missing(),
                cd::median(c.samples.first()), cd::median(c.samples.second()), c.chance.estimate, c.chance.p);
    t.notes = {"Peaks in FLOP/s, training in FLOP. P(larger) and its p by Brunner and Munzel."};
    return t;
}

cd::table table_of_tests(const analysis& a) {
    cd::table t{.name = "tests", .title = "p-values of no difference"};
    t.columns = {{.name = "statistic"}};
    for (const comparison& c : a.compared)
        t.columns.push_back({.name = c.by.meaning, .style = {.digits = 4, .notation = cd::number_notation::p_value}});
    for (std::size_t i = 0; i < a.compared.front().ratios.size(); ++i) {
        auto& row = t.rows.emplace_back();
        row.push_back(cd::to_cell(a.compared.front().ratios[i].name));
        for (const comparison& c : a.compared) row.push_back(cd::to_cell(c.ratios[i].p));
    }
    return t;
}

cd::json_object json_of(const statistic& f) {
    const cd::estimate& e = f.estimate;
    return cd::json_object()
        .with("statistic", f.name)
        .with("method", e.method)
        .with("value", e.value)
        .with("lower", e.bounds ? std::optional(e.lower()) : std::nullopt)
        .with("upper", e.bounds ? std::optional(e.upper()) : std::nullopt)
        .with("p", f.p)
        .with("n", e.n)
        .with("status", e.status);
}

}  // namespace

cd::finding hardware_gap(const hardware_gap_inputs& in) {
    const analysis a = analyse(in);
    cd::finding f{.name = "hardware_gap", .question = "How much more powerful is the hardware of industry?"};
    for (const comparison& c : a.compared) {
        cd::claim claim{.name = "industry's over others', " + c.by.meaning,
                        .text = "about five times",
                        .source = "Besiroglu et al. (2024)",
                        .reference = 5,
                        .margin = 0.5,
                        .unit = "times"};
        for (const statistic& s : c.ratios)
            claim.specifications.push_back(
                {.choices = {{"statistic", std::string(s.name)}, {"vintage", a.vintage}}, .result = s.estimate});
        f.claims.push_back(claim);
    }
    f.claims.push_back({.name = "papers of which compute is known",
                        .text = "109 of 519",
                        .source = "Besiroglu et al. (2024)",
                        .unit = "%",
                        .style = cd::percent_style(),
                        .specifications = {{.choices = {{"interval", "wilson"}}, .result = a.share}}});
    f.tables = {table_of_samples(a), table_of_tests(a)};
    f.notes = {
        fmt::format("{}, {} to {}: {} models, intervals at {:g} %", a.vintage, in.from, in.to, a.n, 100 * in.level),
        in.industry == "only" ? "Industry: teams of industry alone, against all others"
                              : "Industry: teams with an author of industry, against teams without",
        fmt::format("Peaks: dense, {}. The chip is the fastest one named; quantities are of chips, known where "
                    "all are of one kind",
                    in.format == cd::training_format::by_era ? "in the format usual for training in its year"
                                                             : cd::name_of(in.format)),
        "The study's \"about five times\" is of hardware that NeurIPS 2021 papers report. Which quantity, mean "
        "and test that is, and of which papers, is not public: no estimate above is its figure, and a table of "
        "well-known models is no random sample of papers"};
    for (const comparison& c : a.compared)
        if (c.samples.first().empty() || c.samples.second().empty())
            f.notes.push_back(fmt::format("{}: no model of {} is known", c.by.meaning,
                                          c.samples.first().empty() ? "industry" : "others"));
    f.sources = {"Epoch AI, models and hardware, CC BY 4.0"};
    return f;
}

std::string hardware_gap_json(const hardware_gap_inputs& in) {
    const analysis a = analyse(in);
    std::vector<cd::json_object> compared;
    for (const auto& [by, samples, ratios, chance] : a.compared) {
        std::vector<cd::json_object> statistics;
        for (const statistic& s : ratios) statistics.push_back(json_of(s));
        statistics.push_back(json_of(chance));
        compared.push_back(cd::json_object()
                               .with("measure", by.name)
                               .with("n_industry", samples.first().size())
                               .with("n_other", samples.second().size())
                               .with("missing", samples.n_missing())
                               .with("statistics", statistics));
    }
    return cd::json_object()
        .with("vintage", a.vintage)
        .with("from", in.from)
        .with("to", in.to)
        .with("industry", in.industry)
        .with("format", in.format)
        .with("level", in.level)
        .with("study", cd::json_object()
                           .with("ratio", 5)
                           .with("statistic", std::optional<std::string>())
                           .with("papers", papers_sampled)
                           .with("with_compute", papers_with_compute)
                           .with("share", a.share.value)
                           .with("lower", a.share.lower())
                           .with("upper", a.share.upper()))
        .with("measures", compared)
        .text();
}

}  // namespace example
