// SPDX-License-Identifier: BSL-1.0
// How much more powerful is the hardware of industry? Teams with industry against those without, by the chip they train
// on, by all their chips, and by the compute they spend: every statistic side by side, since the answer moves with it.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/regression/covariance.hpp>
#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/statistics/compare_medians.hpp>
#include <compute_divide/statistics/permutation_test.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/statistics/rank_sum.hpp>
#include <compute_divide/statistics/two_samples.hpp>
#include <compute_divide/statistics/welch.hpp>

#include "support/models.hpp"

namespace cd = compute_divide;
using cd::team_kind;
using example::models;
using json = nlohmann::ordered_json;

namespace {

struct choices {
    std::string vintage = "2025-08";
    int from = 2020, to = 2022;
    bool industry_only = false;  // industry is industry alone, not any team with an author of industry
    cd::training_format format = cd::training_format::by_era;
    double level = 0.95;
    std::uint64_t seed = 1;
};

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

record record_of(const cd::epoch_model& m, const cd::accelerator_catalogue& catalogue, const choices& c) {
    record r{.industry = is_industry(m, c.industry_only),
             .year = cd::decimal_year(m.published),
             .domains = m.domains,
             .chip = {},
             .cluster = {},
             .flop = m.training_flop};
    if (r.flop && *r.flop <= 0) r.flop.reset();
    for (const auto& name : m.training_hardware) {
        const auto match = catalogue.match(name);
        if (!match) continue;
        const auto rate = cd::training_peak(match->entry, {.rule = c.format, .year = m.year});
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
struct finding {
    std::string_view name;
    cd::estimate estimate;
    std::optional<double> p = {};
};

/// The ratio that is left at the same year and domains: exp of the coefficient of industry in least squares of the log
/// on industry, year and domains, with HC3 errors.
finding adjusted(const std::vector<record>& records, const measure& by, double level) {
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
    finding f{"adjusted for year and domain",
              {.level = level,
               .method = "least squares of logs, hc3",
               .n = static_cast<double>(fit.n),
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
    std::vector<finding> ratios;  // industry / other
    finding chance;               // that a team of industry has more
};

comparison compare(const std::vector<record>& records, const measure& by, const choices& c) {
    constexpr auto ratio = cd::comparison_scale::ratio;
    cd::two_samples both(records, by.field, &record::industry);
    const auto welch = cd::welch(both, {.scale = ratio, .level = c.level});
    const auto medians =
        cd::compare_medians(both, {.scale = ratio, .level = c.level, .bootstrap = {.seed = c.seed, .threads = 0}});
    const auto ranks = cd::mann_whitney(both);
    const auto shift = cd::hodges_lehmann(both, {.scale = ratio, .level = c.level});
    const auto dealt = cd::permutation_test(both, {.scale = ratio, .level = c.level, .seed = c.seed, .threads = 0});
    const auto chance = cd::brunner_munzel(both, {.level = c.level});
    return {by,
            std::move(both),
            {{"geometric means (Welch)", welch.effect, welch.test.p_value},
             {"geometric means (permutation)", dealt.effect, dealt.test.p_value},
             {"medians (bootstrap)", medians},
             {"Hodges-Lehmann (Mann-Whitney p)", shift, ranks.test.p_value},
             adjusted(records, by, c.level)},
            {"P(larger) (Brunner-Munzel)", chance.effect, chance.test.p_value}};
}

std::string told(const cd::estimate& e) {
    if (!e) return std::string(cd::name_of(e.status));
    return e.bounds ? fmt::format("{:.3g} [{:.3g}, {:.3g}]", *e.value, e.lower(), e.upper())
                    : fmt::format("{:.3g}", *e.value);
}

std::string told(const finding& f) {
    return told(f.estimate) + (f.p ? *f.p < 0.0001 ? ", p < 0.0001" : fmt::format(", p = {:.2g}", *f.p) : "");
}

json to_json(const finding& f) {
    const auto& e = f.estimate;
    return {{"statistic", f.name},
            {"method", e.method},
            {"value", e.value ? json(*e.value) : json()},
            {"lower", e.bounds ? json(e.lower()) : json()},
            {"upper", e.bounds ? json(e.upper()) : json()},
            {"p", f.p ? json(*f.p) : json()},
            {"n", e.n},
            {"status", cd::name_of(e.status)}};
}

constexpr double papers_sampled = 519, papers_with_compute = 109;

void print_json(const std::vector<comparison>& compared, const choices& c, const cd::estimate& share) {
    json out{{"vintage", c.vintage},
             {"from", c.from},
             {"to", c.to},
             {"industry", c.industry_only ? "only" : "any"},
             {"format", cd::name_of(c.format)},
             {"level", c.level},
             {"study",
              {{"ratio", 5},
               {"statistic", nullptr},
               {"papers", papers_sampled},
               {"with_compute", papers_with_compute},
               {"share", *share.value},
               {"lower", share.lower()},
               {"upper", share.upper()}}},
             {"measures", json::array()}};
    for (const auto& [by, samples, ratios, chance] : compared) {
        json statistics = json::array();
        for (const auto& f : ratios) statistics.push_back(to_json(f));
        statistics.push_back(to_json(chance));
        out["measures"].push_back({{"measure", by.name},
                                   {"n_industry", samples.first().size()},
                                   {"n_other", samples.second().size()},
                                   {"missing", samples.n_missing()},
                                   {"statistics", statistics}});
    }
    fmt::print("{}\n", out.dump());
}

void print_ledger(const std::vector<comparison>& compared, const choices& c, const cd::estimate& share) {
    for (const auto& [by, samples, ratios, chance] : compared)
        for (const auto& f : ratios)
            fmt::print("industry's hardware against others'\tabout 5 times\t{}\t{}, {}, {}-{}, n = {} and {}\n",
                       told(f.estimate), by.meaning, f.name, c.from, c.to, samples.first().size(),
                       samples.second().size());
    fmt::print("papers of which compute is known\t109 of 519\t{:.1f} % [{:.1f}, {:.1f}]\twilson\n", 100 * *share.value,
               100 * share.lower(), 100 * share.upper());
}

void print_table(const std::vector<comparison>& compared, std::size_t n, const choices& c, const cd::estimate& share) {
    fmt::print("How much more powerful is the hardware of industry? {}, {} to {}: {} models, intervals at {:g} %\n",
               c.vintage, c.from, c.to, n, 100 * c.level);
    fmt::print("Industry: {}. Peaks: dense, {}.\n\n",
               c.industry_only ? "teams of industry alone, against all others"
                               : "teams with an author of industry, against teams without",
               c.format == cd::training_format::by_era ? "in the format usual for training in its year"
                                                       : cd::name_of(c.format));
    constexpr auto line = "{:<32}  {:<32}  {:<32}  {}\n";
    const auto row = [&](std::string_view name, const auto& cell) {
        fmt::print(line, name, cell(compared[0]), cell(compared[1]), cell(compared[2]));
    };
    row("industry / other", [](const comparison& m) { return m.by.meaning; });
    for (std::size_t i = 0; i < compared[0].ratios.size(); ++i)
        row(compared[0].ratios[i].name, [i](const comparison& m) { return told(m.ratios[i]); });
    row("the study, statistic not public", [](const comparison&) { return "about 5"; });
    fmt::print("\n");
    row(compared[0].chance.name, [](const comparison& m) { return told(m.chance); });
    row("median of industry", [](const comparison& m) { return told(cd::median(m.samples.first())); });
    row("median of others", [](const comparison& m) { return told(cd::median(m.samples.second())); });
    row("models: industry, others", [](const comparison& m) {
        return fmt::format("{}, {} ({} not known)", m.samples.first().size(), m.samples.second().size(),
                           m.samples.n_missing());
    });
    fmt::print(
        "\nThe chip is the fastest one named; quantities are of chips, known where all are of one kind.\n"
        "The study's \"about five times\" is of hardware that NeurIPS 2021 papers report. Which quantity, mean and "
        "test\n"
        "that is, and of which papers, is not public: no row above is its figure, and a table of well-known models is "
        "no\n"
        "random sample of papers. Of its 519 sampled papers, 109 gave compute: {:.1f} % [{:.1f}, {:.1f}] (Wilson).\n",
        100 * *share.value, 100 * share.lower(), 100 * share.upper());
}

}  // namespace

int main(int argc, char** argv) try {
    std::string path = COMPUTE_DIVIDE_DATA_DIR "/models.csv";
    std::string industry = "any", format = "by_era";
    choices c;
    bool notable = false, as_json = false, as_ledger = false;
    CLI::App app("Hardware and training compute of industry against others");
    app.add_option("--models", path, "Epoch AI's models table, a vintage with hardware")->check(CLI::ExistingFile);
    app.add_option("--vintage", c.vintage, "of a table that holds several")->capture_default_str();
    app.add_option("--from", c.from, "first year")->capture_default_str();
    app.add_option("--to", c.to, "last year")->capture_default_str();
    app.add_option("--industry", industry, "teams with any author of industry, or of industry only")
        ->check(CLI::IsMember({"any", "only"}))
        ->capture_default_str();
    app.add_option("--format", format, "of the peaks")
        ->check(CLI::IsMember({"by_era", "best_tensor", "fp32"}))
        ->capture_default_str();
    app.add_option("--level", c.level, "of the intervals")->capture_default_str();
    app.add_option("--seed", c.seed, "of what is drawn at random")->capture_default_str();
    app.add_flag("--notable", notable, "only notable models");
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--ledger", as_ledger, "one line per finding, tabs between");
    CLI11_PARSE(app, argc, argv);
    c.industry_only = industry == "only";
    if (c.from > c.to) throw std::invalid_argument(fmt::format("--from {} is after --to {}", c.from, c.to));
    c.format = cd::parse_name<cd::training_format>(format);

    const example::model_table table = example::read_models(path);
    c.vintage = table.vintage(c.vintage);
    const cd::accelerator_catalogue catalogue;
    std::vector<record> records;
    for (const auto& m : table.of(c.vintage))
        if (m.year && *m.year >= c.from && *m.year <= c.to && (m.notable || !notable))
            records.push_back(record_of(m, catalogue, c));
    std::vector<comparison> compared;
    for (const auto& by : measures) compared.push_back(compare(records, by, c));
    const cd::estimate share = cd::share(papers_with_compute, papers_sampled);
    if (as_json)
        print_json(compared, c, share);
    else if (as_ledger)
        print_ledger(compared, c, share);
    else
        print_table(compared, records.size(), c, share);
} catch (const std::exception& error) {
    fmt::print(stderr, "hardware_gap: {}\n", error.what());
    return 1;
}
