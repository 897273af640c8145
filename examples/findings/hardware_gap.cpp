// SPDX-License-Identifier: BSL-1.0
// Longer than a page: three measures of hardware, each under six statistics.
#include "findings/hardware_gap.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <limits>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/io/accelerator_list.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/regression/inference.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/statistics/bootstrap.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/permutation_test.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

#include "support/associations.hpp"
#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/models.hpp"
#include "support/tables.hpp"

namespace example {

using cd::team_kind;

namespace of_hardware_gap {
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
    std::optional<double> chip;         // FLOP/s of the fastest chip named
    std::optional<double> cluster;      // FLOP/s of all chips, where they are of one kind
    std::optional<double> flop;         // of training
    std::vector<std::string> clusters;  // it depends on models that share any
    std::string first;                  // of these, or a name of its own
};

record record_of(const cd::epoch_model& m, const cd::accelerator_catalogue& catalogue, const hardware_gap_inputs& in) {
    record r{.industry = is_industry(m, in.industry == "only"),
             .year = cd::decimal_year(m.published),
             .domains = m.domains,
             .chip = {},
             .cluster = {},
             .flop = m.training_flop,
             .clusters = clusters_of(m, in.clusters),
             .first = {}};
    r.first = r.clusters.empty() ? "the model " + m.name : r.clusters.front();
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

/// The ratio of geometric means, as it stands or left at the same year and domains: exp of the coefficient of industry
/// in least squares of the log, errors by clusters, or HC3 of independent models.
statistic of_regression(const std::vector<record>& records, const measure& by, bool at_the_same,
                        const hardware_gap_inputs& in) {
    const auto model = cd::model_of([&by](const record& r) {
        const auto value = r.*by.field;
        return value ? std::optional<double>(std::log(*value)) : std::nullopt;
    });
    const auto industry = cd::variable("industry", &record::industry);
    using other_term = decltype(cd::variable("", std::function<double(const record&)>()));
    std::vector<other_term> others;
    if (at_the_same) {
        others.push_back(cd::variable("year", std::function<double(const record&)>(&record::year)));
        for (const std::string domain : {"Language", "Vision", "Biology", "Image generation", "Speech"})
            others.push_back(cd::variable(domain, std::function<double(const record&)>([domain](const record& r) {
                                              return std::ranges::count(r.domains, domain) > 0 ? 1.0 : 0.0;
                                          })));
    }
    const bool independent = in.clusters == dependence::none;
    const auto fit = independent ? cd::fit_linear(records, model.on(industry, others),
                                                  {.covariance = cd::covariance_kind::hc3, .level = in.level})
                                 : cd::fit_linear(records, model.on(industry, others).clustered_by(&record::clusters),
                                                  {.level = in.level});
    statistic f{at_the_same ? "adjusted for year and domain" : "geometric means (clustered)",
                estimate_of("industry", cd::exponentiated(fit), fit)};
    f.estimate.method = independent ? "least squares of logs, hc3" : "least squares of logs, clustered";
    for (const auto& line : cd::coefficient_lines(fit))
        if (line.name == "industry") f.p = line.test.p_value;
    return f;
}

/// A model whose side and measure are known, as organisations are drawn.
struct drawn_model {
    bool industry = false;
    double log = 0;
    std::string first = {};
    std::size_t number = 0;  ///< among those of its side
};

/// What is asked of every draw of these models. Differences of a model of industry and another are the same in all
/// draws: they are put in order once, and a draw's median is where half of what it drew is behind.
class drawn_ratios {
public:
    explicit drawn_ratios(const std::vector<drawn_model>& all) {
        for (const drawn_model& a : all)
            for (const drawn_model& b : all)
                if (a.industry && !b.industry)
                    differences_.push_back(
                        {a.log - b.log, static_cast<std::uint32_t>(a.number), static_cast<std::uint32_t>(b.number)});
        std::ranges::sort(differences_, {}, &difference::value);
        for (const drawn_model& each : all) ++n_[each.industry ? 0 : 1];
    }

    /// Ratios of medians and of Hodges and Lehmann, and the chance that industry has more.
    template <class Drawn>
    std::array<double, 3> operator()(const Drawn& drawn) const {
        std::array<std::vector<double>, 2> logs;
        std::array<std::vector<std::uint32_t>, 2> times{std::vector<std::uint32_t>(n_[0]),
                                                        std::vector<std::uint32_t>(n_[1])};
        for (const drawn_model& each : drawn) {
            const std::size_t side = each.industry ? 0 : 1;
            logs[side].push_back(each.log);
            ++times[side][each.number];
        }
        if (logs[0].empty() || logs[1].empty()) {
            constexpr double nan = std::numeric_limits<double>::quiet_NaN();
            return {nan, nan, nan};
        }
        const std::uint64_t pairs = std::uint64_t{logs[0].size()} * logs[1].size();
        // Of ranks (pairs - 1) / 2 and pairs / 2, which are one where their number is odd.
        std::uint64_t passed = 0, below = 0, equal = 0;
        std::optional<double> lower, upper;
        for (const difference& each : differences_) {
            if (upper && each.value > 0) break;
            const std::uint64_t n = std::uint64_t{times[0][each.first]} * times[1][each.second];
            passed += n;
            if (!lower && passed > (pairs - 1) / 2) lower = each.value;
            if (!upper && passed > pairs / 2) upper = each.value;
            if (each.value < 0) below += n;
            if (each.value == 0) equal += n;
        }
        const double above = static_cast<double>(pairs - below - equal) + 0.5 * static_cast<double>(equal);
        return {std::exp(median(logs[0]) - median(logs[1])), std::exp(std::midpoint(*lower, *upper)),
                above / static_cast<double>(pairs)};
    }

private:
    struct difference {
        double value = 0;
        std::uint32_t first = 0, second = 0;
    };
    static double median(std::vector<double>& values) {
        const auto upper = values.begin() + std::ssize(values) / 2;
        std::ranges::nth_element(values, upper);
        return values.size() % 2 == 1 ? *upper : std::midpoint(*std::max_element(values.begin(), upper), *upper);
    }
    std::vector<difference> differences_;
    std::array<std::size_t, 2> n_{};
};

/// Ratios of medians and of Hodges and Lehmann, and the chance that industry has more (ties count half), with intervals
/// by drawing whole first organisations.
std::vector<statistic> of_drawn_organisations(const std::vector<record>& records, const measure& by,
                                              const hardware_gap_inputs& in) {
    std::vector<drawn_model> known;
    std::array<std::size_t, 2> n{};
    for (const record& r : records)
        if (const auto value = r.*by.field; value && r.industry)
            known.push_back({*r.industry, std::log(*value), r.first, n[*r.industry ? 0 : 1]++});
    const drawn_ratios all(known);
    const auto found = cd::cluster_bootstrap(known, &drawn_model::first, all,
                                             {.replicates = 1'999, .seed = in.seed, .threads = 0, .jackknife = false});
    std::vector<statistic> statistics;
    const std::array names{"medians (cluster bootstrap)", "Hodges-Lehmann (cluster bootstrap)",
                           "P(larger) (cluster bootstrap)"};
    for (std::size_t i = 0; i < names.size(); ++i) {
        statistics.push_back({names[i], found[i].interval(cd::bootstrap_interval::percentile, in.level)});
        statistics.back().estimate.n_missing += records.size() - known.size();
    }
    return statistics;
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
    if (in.clusters != dependence::none) {
        const auto drawn = of_drawn_organisations(records, by, in);
        return {by,
                std::move(both),
                {of_regression(records, by, false, in), drawn[0], drawn[1], of_regression(records, by, true, in)},
                drawn[2]};
    }
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
             of_regression(records, by, true, in)},
            {"P(larger) (Brunner-Munzel)", chance.effect, chance.test.p_value}};
}

/// The study's own sample: of so many papers, so many gave their compute.
constexpr double papers_sampled = 519, papers_with_compute = 109;

struct analysis {
    std::string vintage;
    std::size_t n = 0;  ///< models
    std::vector<comparison> compared;
    /// The same ratios in every other vintage, of the measures in their order; none where a vintage does not know one.
    std::vector<std::pair<std::string, std::array<std::vector<statistic>, measures.size()>>> others = {};
    cd::estimate share;  ///< of the study's papers, those with compute
};

std::vector<record> records_of(const models& vintage, const cd::accelerator_catalogue& catalogue,
                               const hardware_gap_inputs& in) {
    std::vector<record> records;
    for (const auto& m : vintage)
        if (m.year && *m.year >= in.from && *m.year <= in.to && (m.notable || !in.notable))
            records.push_back(record_of(m, catalogue, in));
    return records;
}

bool is_known(const std::vector<record>& records, const measure& by) {
    return std::ranges::any_of(records, [&](const record& r) { return (r.*by.field).has_value(); });
}

analysis analyse(const hardware_gap_inputs& in) {
    if (in.from > in.to) throw usage_error(fmt::format("--from {} is after --to {}", in.from, in.to));
    const model_table& table = read_models(in.models);
    analysis a{.vintage = table.vintage(in.models.vintage),
               .compared = {},
               .share = cd::share(papers_with_compute, papers_sampled)};
    const cd::accelerator_list own =
        in.chips.empty() ? cd::accelerator_list() : cd::read_accelerators(open_table(in.chips));
    const cd::accelerator_catalogue catalogue(own.chips());
    const std::vector<record> records = records_of(table.of(a.vintage), catalogue, in);
    a.n = records.size();
    if (records.empty())
        throw nothing_to_report(
            fmt::format("no {}model of {} to {} in {}", in.notable ? "notable " : "", in.from, in.to, a.vintage));
    for (const auto& by : measures) a.compared.push_back(compare(records, by, in));
    for (const std::string& vintage : table.vintages) {
        if (vintage == a.vintage) continue;
        auto& of_vintage = a.others.emplace_back().second;
        a.others.back().first = vintage;
        const std::vector<record> others = records_of(table.of(vintage), catalogue, in);
        for (std::size_t i = 0; i < measures.size(); ++i)
            if (is_known(others, measures[i])) of_vintage[i] = compare(others, measures[i], in).ratios;
    }
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
                 {.name = "p of that", .style = {.digits = 4, .notation = cd::number_notation::p_value}}};
    for (const comparison& c : a.compared)
        add_row(t, c.by.meaning, c.samples.first().size(), c.samples.second().size(), c.samples.n_missing(),
                cd::median(c.samples.first()), cd::median(c.samples.second()), c.chance.estimate, c.chance.p);
    t.notes = {fmt::format("Peaks in FLOP/s, training in FLOP. {}", a.compared.front().chance.name)};
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
}  // namespace of_hardware_gap

cd::finding hardware_gap(const hardware_gap_inputs& in) {
    using namespace of_hardware_gap;
    const analysis a = analyse(in);
    cd::finding f{.name = "hardware_gap", .question = "How much more powerful is the hardware of industry?"};
    for (std::size_t i = 0; i < a.compared.size(); ++i) {
        const comparison& c = a.compared[i];
        cd::claim claim{.name = "industry's over others', " + c.by.meaning,
                        .text = "about five times",
                        .source = "Besiroglu et al. (2024)",
                        .reference = 5,
                        .margin = 0.5,
                        .unit = "times"};
        for (const statistic& s : c.ratios) {
            const bool headline = &s == &c.ratios.front();
            claim.specifications.push_back(
                {.choices = {{"statistic", std::string(s.name)}, {"vintage", a.vintage}},
                 .result = s.estimate,
                 .headline = headline,
                 .why = headline ? "what is so many times as powerful is so on average, and such quantities are skewed"
                                 : ""});
        }
        for (const auto& [vintage, ratios] : a.others)
            for (std::size_t k = 0; k < c.ratios.size(); ++k)
                claim.specifications.push_back(
                    {.choices = {{"statistic", std::string(c.ratios[k].name)}, {"vintage", vintage}},
                     .result = ratios[i].empty() ? cd::estimate{} : ratios[i][k].estimate});
        f.claims.push_back(claim);
    }
    if (in.models.is_shipped())
        f.claims.push_back({.name = "papers of which compute is known",
                            .text = "109 of 519",
                            .source = "Besiroglu et al. (2024)",
                            .unit = "%",
                            .style = cd::percent_style(),
                            .specifications = {{.choices = {{"interval", "wilson"}}, .result = a.share}}});
    f.tables = {table_of_samples(a), table_of_tests(a)};
    f.notes = {
        in.clusters == dependence::none
            ? "Models are taken as independent of each other"
            : fmt::format("Models {} depend on each other; where whole organisations are drawn, each model is of its "
                          "first one. The permutation test deals single models, and needs them independent: "
                          "--clusters none",
                          cd::description_of(in.clusters)),
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
    f.sources = in.models.sources();
    if (in.models.is_shipped()) f.sources = {"Epoch AI, models and hardware, CC BY 4.0"};
    std::vector<cd::claim> ratios(f.claims.begin(), f.claims.begin() + std::ssize(a.compared));
    for (std::size_t i = 0; i < ratios.size(); ++i) ratios[i].name = a.compared[i].by.meaning;
    f.figures = {figure_of_claims(ratios,
                                  {.name = "ratios",
                                   .title = "Hardware and compute of models of industry over those of others",
                                   .x = {.label = "Statistic"},
                                   .y = {.label = "Ratio", .unit = "times", .scale = cd::axis_scale::logarithmic},
                                   .notes = {fmt::format("Models of {} to {}", in.from, in.to)}},
                                  f.sources)};
    return f;
}

std::string hardware_gap_json(const hardware_gap_inputs& in) {
    using namespace of_hardware_gap;
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
    cd::json_object object;
    object.with("vintage", a.vintage)
        .with("from", in.from)
        .with("to", in.to)
        .with("industry", in.industry)
        .with("format", in.format)
        .with("level", in.level)
        .with("clusters", in.clusters);
    if (in.models.is_shipped())
        object.with("study", cd::json_object()
                                 .with("ratio", 5)
                                 .with("statistic", std::optional<std::string>())
                                 .with("papers", papers_sampled)
                                 .with("with_compute", papers_with_compute)
                                 .with("share", a.share.value)
                                 .with("lower", a.share.lower())
                                 .with("upper", a.share.upper()));
    return object.with("measures", compared).text();
}

}  // namespace example
