// SPDX-License-Identifier: BSL-1.0
#include "findings/compute_owners.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/shares/concentration_ranges.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/trends/log_trend.hpp>

#include "support/gpu_clusters.hpp"
#include "support/input.hpp"
#include "support/tables.hpp"

namespace example {

namespace of_compute_owners {
namespace {

using namespace std::chrono_literals;

cd::claim claim_of_sector(const gpu_clusters& clusters, std::chrono::sys_days on, const std::string& date,
                          double published, double level) {
    cd::claim c{.name = fmt::format("private sector's share of clusters' performance, {}", date),
                .text = fmt::format("about {:g} %", 100 * published),
                .source = "Epoch AI (2025)",
                .reference = published,
                .margin = 0.025,
                .style = cd::percent_style()};
    for (const auto& each : sectors_on(clusters, on, level)) {
        const bool first = each.name == "started";
        c.specifications.push_back({.choices = {{"clusters", each.name}},
                                    .result = each.share_of("private"),
                                    .headline = first,
                                    .why = first ? "all that had started, as the source counts" : ""});
    }
    return c;
}

/// H100 equivalents that an owner has of a maker, with their 5 and 95 % points.
struct chips_of_owner {
    std::string owner, maker = {};
    std::chrono::sys_days date;
    double low = 0, median = 0, high = 0;
};
std::vector<chips_of_owner> read_chips(const std::string& path) {
    auto rows = open_table(path);
    const cd::csv_column<std::string> owner(rows, "owner"), maker(rows, "maker");
    const cd::csv_column<std::optional<cd::partial_date>> date(rows, "date");
    const cd::csv_column<double> low(rows, "h100e_5"), median(rows, "h100e"), high(rows, "h100e_95");
    std::vector<chips_of_owner> all;
    for (const cd::csv_row& row : rows) {
        const auto day = first_day_of(date(row));
        const chips_of_owner c{owner(row), maker(row),  day.value_or(std::chrono::sys_days()),
                               low(row),   median(row), high(row)};
        if (!day || !(0 < c.low && c.low <= c.median && c.median <= c.high))
            throw std::runtime_error(
                fmt::format("{}, line {}: a date and 0 < h100e_5 <= h100e <= h100e_95 are required", path, row.line()));
        all.push_back(c);
    }
    return all;
}

constexpr std::array<std::string_view, 5> hyperscalers{"Microsoft", "Google", "Meta", "Amazon", "Oracle"};

/// What some have of all that makers sold, or of what is told by owner. Whoever is not told at all is none of the five.
/// The ends: all of the five at their 5 % points and all others at their 95 % points, and the reverse. How the errors
/// depend on each other is not published; these are the widest that the points allow.
cd::estimate share_of_five(const std::vector<chips_of_owner>& chips, std::chrono::sys_days on, bool of_all,
                           bool with_china) {
    struct sums {
        double low = 0, median = 0, high = 0;
        void add(const chips_of_owner& c) { low += c.low, median += c.median, high += c.high; }
    };
    sums five, named, everyone;
    std::uint64_t n = 0;
    for (const chips_of_owner& c : chips) {
        if (c.date != on) continue;
        if (c.owner == "everyone") {
            everyone.add(c);
        } else if (std::ranges::find(hyperscalers, c.owner) != hyperscalers.end()) {
            five.add(c);
            ++n;
        } else if (with_china || c.owner != "China") {
            named.add(c);
            ++n;
        }
    }
    cd::estimate e{.level = 0.9, .method = "ends of the 5 and 95 % points", .n = n};
    if (n == 0) return e;
    sums others = named;
    if (of_all) {  // what makers sold, less what the five have
        others = {std::max(0.0, everyone.low - five.low), everyone.median - five.median, everyone.high - five.high};
        others.high = std::max(others.high, named.high);
        others.low = std::max(others.low, named.low);
    }
    e.value = five.median / (five.median + others.median);
    e.bounds = cd::interval{five.low / (five.low + others.high), five.high / (five.high + others.low)};
    e.status = cd::estimate_status::ok;
    return e;
}
cd::claim claim_of_chips(const std::vector<chips_of_owner>& chips, std::chrono::sys_days on, const std::string& date) {
    cd::claim c{.name = fmt::format("five hyperscalers' share of AI chips, {}", date),
                .text = "most",
                .direction = cd::claim_direction::above,
                .reference = 0.5,
                .style = cd::percent_style(),
                .not_tested = "the source gives points of each owner's amount, and no records to draw"};
    struct whole {
        const char* name;
        bool of_all, china;
    };
    for (const whole& each : {whole{"all that makers sold", true, true}, whole{"what is told by owner", false, true},
                              whole{"what is told by owner, without China", false, false}})
        c.specifications.push_back({.choices = {{"of", each.name}},
                                    .result = share_of_five(chips, on, each.of_all, each.china),
                                    .headline = each.of_all,
                                    .why = each.of_all ? "some owners are not told" : ""});
    return c;
}

/// The share of the five largest, and what they would be among equals.
void add_concentration(cd::claim& top, cd::claim& hhi, std::vector<cd::choice> choices,
                       const cd::owner_concentration& found, bool first) {
    const std::string why = first ? "owners as the companies that they are part of" : "";
    top.specifications.push_back({choices, found.top.front().share, first, why});
    hhi.specifications.push_back({std::move(choices), found.of(cd::concentration_measure::hhi), first, why});
}
constexpr const char* no_draws_of_owners =
    "an owner that is drawn twice is two owners, or one twice as large: draws are concentrated otherwise than the "
    "sample";
cd::claim top_claim(const std::string& of) {
    return {.name = fmt::format("share of the five largest, {}", of),
            .text = "few have most",
            .direction = cd::claim_direction::above,
            .reference = 0.5,
            .style = cd::percent_style(),
            .not_tested = no_draws_of_owners};
}
cd::claim hhi_claim(const std::string& of) {
    return {.name = fmt::format("Herfindahl-Hirschman index, {}", of),
            .text = "highly concentrated: above 0.18",
            .source = "US Department of Justice and FTC (2023)",
            .direction = cd::claim_direction::above,
            .reference = 0.18,
            .not_tested = no_draws_of_owners};
}

/// What each owner that is told has, with its points summed over makers (as if their errors went together: the widest).
std::vector<chips_of_owner> sums_of_owners(const std::vector<chips_of_owner>& chips, std::chrono::sys_days on) {
    std::map<std::string, chips_of_owner> sums;
    for (const chips_of_owner& c : chips) {
        if (c.date != on || c.owner == "everyone" || c.owner == "Other") continue;
        auto& sum = sums.try_emplace(c.owner, chips_of_owner{.owner = c.owner, .date = on}).first->second;
        sum.low += c.low;
        sum.median += c.median;
        sum.high += c.high;
    }
    std::vector<chips_of_owner> all;
    for (const auto& [name, sum] : sums) all.push_back(sum);
    return all;
}

/// The index of all chips that makers sold, whoever has those that are not told by owner: between nobody large and one
/// owner. Of Nvidia's, "Other" leaves out xAI, which is not told: what is left of all that Nvidia sold may be taken for
/// its. China is a country of many owners. Amounts at their medians; the error of their measurement is a claim apart.
void add_chip_owners(std::vector<cd::claim>& claims, const std::vector<chips_of_owner>& chips, std::chrono::sys_days on,
                     const std::string& date) {
    const std::string of = "AI chips, " + date;
    double sold = 0, left_of_nvidia = 0;
    for (const chips_of_owner& c : chips) {
        if (c.date != on) continue;
        if (c.owner == "everyone") sold += c.median;
        if (c.maker == "Nvidia") left_of_nvidia += c.owner == "everyone" ? c.median : -c.median;
    }
    const std::vector<chips_of_owner> told = sums_of_owners(chips, on);
    cd::claim bounds = hhi_claim(of + ", by what is not told");
    for (const bool has_xai : {true, false})
        for (const bool is_china_one : {true, false}) {
            std::vector<double> named;
            double rest = sold;
            for (const chips_of_owner& c : told)
                if (is_china_one || c.owner != "China") named.push_back(c.median);
            if (has_xai && left_of_nvidia > 0) named.push_back(left_of_nvidia);
            for (const double each : named) rest -= each;
            const auto found = cd::concentration_with_unattributed(named, std::identity{}, std::max(0.0, rest));
            for (const auto& [name, value] : {std::pair{"in crumbs", found.hhi.lower},
                                              {"in pieces as large as the smallest told", found.hhi_in_pieces.upper},
                                              {"one owner", found.hhi.upper}}) {
                const bool first = has_xai && is_china_one && value == found.hhi.lower;
                cd::estimate e{.method = "unattributed", .n = found.n, .status = found.status};
                if (found) e.value = value;
                bounds.specifications.push_back(
                    {.choices = {{"rest", name},
                                 {"xAI", has_xai ? "what is left of Nvidia's" : "in the rest"},
                                 {"China", is_china_one ? "one owner" : "in the rest"}},
                     .result = e,
                     .headline = first,
                     .why = first ? "it is at least that" : ""});
            }
        }
    claims.push_back(std::move(bounds));
    cd::claim measured = hhi_claim(of + ", those told by owner, as measured");
    for (const bool is_china_one : {true, false}) {
        std::vector<chips_of_owner> owners = told;
        if (!is_china_one) std::erase_if(owners, [](const chips_of_owner& c) { return c.owner == "China"; });
        measured.specifications.push_back(
            {.choices = {{"China", is_china_one ? "one owner" : "left out"}},
             .result = cd::measured_concentration(owners, &chips_of_owner::low, &chips_of_owner::median,
                                                  &chips_of_owner::high, {.level = 0.9, .draws = 1'999})
                           .of(cd::concentration_measure::hhi),
             .headline = is_china_one,
             .why = is_china_one ? "all that are told" : ""});
    }
    claims.push_back(std::move(measured));
}

template <class Key>
cd::owner_concentration concentration_in(const cd::owner_amounts<Key, std::string>& sums, const Key& key,
                                         double level) {
    for (const auto& each : cd::concentration_of_keys(sums.result(), {.top = {5}, .level = level}))
        if (each.key == key) return each.concentration;
    cd::owner_concentration none;
    none.top = {{5, {}}};
    return none;
}

void add_models(std::vector<cd::claim>& claims, const models_input& input, double level) {
    const model_table& table = read_models(input);
    const cd::family_tree families;
    for (const int year : {2022, 2024}) {
        cd::claim top = top_claim(fmt::format("training compute of models of {}", year)),
                  hhi = hhi_claim(fmt::format("training compute of models of {}", year));
        for (const std::string& vintage : table.vintages) {
            const models known = those([](const auto& m) { return m.training_flop > 0; })(table.of(vintage));
            for (const char* const which : {"notable", "all"})
                for (const bool roll_up : {true, false}) {
                    cd::owner_amounts<int, std::string> sums;
                    for (const auto& m : definition_named(which).choose(known))
                        for (const std::string& each : m.organisations)
                            if (m.year == year)
                                sums.add(year, roll_up ? families(each) : each,
                                         *m.training_flop / static_cast<double>(m.organisations.size()));
                    add_concentration(
                        top, hhi,
                        {{"models", which}, {"vintage", vintage}, {"owners", roll_up ? "rolled up" : "as named"}},
                        concentration_in(sums, year, level),
                        roll_up && which == std::string_view("notable") && vintage == table.vintages.back());
                }
        }
        claims.push_back(std::move(top));
        claims.push_back(std::move(hhi));
    }
}

void add_clusters(std::vector<cd::claim>& claims, const std::string& path, double level) {
    auto rows = open_table(path);
    const cd::csv_column<std::string> status(rows, "Status"), certainty(rows, "Certainty");
    const cd::csv_column<std::optional<std::string>> owner(rows, "Owner");
    const cd::csv_column<std::optional<double>> amount(rows, "H100 equivalents");
    const cd::family_tree families;
    const std::array<const char*, 2> ways{"rolled up", "as named"};
    std::map<std::pair<bool, bool>, cd::owner_amounts<int, std::string>> sums;
    for (const cd::csv_row& row : rows) {
        if (status(row) != "Existing") continue;
        const auto whose = owner(row);
        for (const bool likely : {false, true})
            for (const bool roll_up : {true, false}) {
                if (likely && certainty(row) == "Unlikely") continue;
                sums[{likely, roll_up}].add(0, roll_up && whose ? std::optional(std::string(families(*whose))) : whose,
                                            amount(row));
            }
    }
    cd::claim top = top_claim("H100 equivalents of existing clusters"),
              hhi = hhi_claim("H100 equivalents of existing clusters");
    for (const auto& [how, each] : sums)
        add_concentration(top, hhi, {{"clusters", how.first ? "likely" : "all"}, {"owners", ways[how.second ? 0 : 1]}},
                          concentration_in(each, 0, level), !how.first && how.second);
    claims.push_back(std::move(top));
    claims.push_back(std::move(hhi));
}

/// How much larger each sector's clusters get in a year: of all that started, and of those that were among its largest
/// then.
void add_sector_growth(std::vector<cd::claim>& claims, const gpu_clusters& clusters, double level) {
    for (const auto& [sector, published] : {std::pair{"private", 2.7}, {"public", 1.8}}) {
        std::vector<gpu_cluster> own;
        for (const gpu_cluster& c : clusters.all)
            if (c.sector == sector) own.push_back(c);
        std::ranges::stable_sort(own, {}, &gpu_cluster::started);
        cd::claim grows{.name = fmt::format("growth of the {} sector's clusters, 2019 to May 2025", sector),
                        .text = fmt::format("{:g} times a year", published),
                        .source = "Epoch AI (2025)",
                        .reference = published,
                        .margin = 0.1,
                        .unit = "times a year"};
        for (const std::size_t largest : {std::size_t{1}, std::size_t{5}, std::size_t{10}, own.size()}) {
            std::vector<double> before;  // performances so far, the largest first
            std::vector<gpu_cluster> kept;
            for (const gpu_cluster& c : own) {
                const auto place = std::ranges::lower_bound(before, c.flop_per_second, std::ranges::greater{});
                if (place - before.begin() < static_cast<std::ptrdiff_t>(largest) && c.started >= 2019y / 1 / 1)
                    kept.push_back(c);
                before.insert(place, c.flop_per_second);
            }
            const bool first = largest == 10;
            grows.specifications.push_back(
                {.choices = {{"clusters", largest == own.size() ? std::string("all that started")
                                                                : fmt::format("its {} largest so far", largest)}},
                 .result =
                     cd::fit_log_trend(kept, &gpu_cluster::started, &gpu_cluster::flop_per_second, &gpu_cluster::owners)
                         .growth({.interval = cd::trend_interval::clustered, .level = level})
                         .factor,
                 .headline = first,
                 .why = first ? "the frontier, in numbers" : ""});
        }
        claims.push_back(std::move(grows));
    }
}

/// Academia among the 500 fastest computers: all of them, no sample, and no interval.
void add_top500(std::vector<cd::claim>& claims, const std::string& path) {
    struct part {
        double academic = 0, all = 0;
        [[nodiscard]] cd::estimate share() const {
            cd::estimate e{.method = "counted", .n = 500};
            if (!(all > 0)) return e;
            e.value = academic / all;
            e.status = cd::estimate_status::ok;
            return e;
        }
    };
    auto rows = open_table(path);
    const cd::csv_column<std::string> list(rows, "List"), segment(rows, "Segment");
    const cd::csv_column<double> systems(rows, "Systems"), performance(rows, "Rmax (TFLOP/s)");
    std::map<std::string, std::array<part, 2>> lists;
    for (const cd::csv_row& row : rows) {
        auto& parts = lists[list(row)];
        const bool is_academic = segment(row) == "Academic";
        for (const auto& [i, x] : {std::pair{0, performance(row)}, {1, systems(row)}}) {
            part& p = parts[static_cast<std::size_t>(i)];
            p.all += x;
            if (is_academic) p.academic += x;
        }
    }
    if (lists.empty()) throw std::runtime_error(path + ": lists of TOP500 are required");
    for (const std::string& name : {lists.begin()->first, std::prev(lists.end())->first}) {
        const auto& [performances, counts] = lists[name];
        claims.push_back({.name = "academic segment's share of TOP500, " + name,
                          .text = "no number is published",
                          .style = cd::percent_style(),
                          .specifications = {{.choices = {{"of", "performance"}},
                                              .result = performances.share(),
                                              .headline = true,
                                              .why = "what it is a list of"},
                                             {.choices = {{"of", "systems"}}, .result = counts.share()}}});
    }
}

}  // namespace
}  // namespace of_compute_owners

cd::finding compute_owners(const compute_owners_inputs& in) {
    using namespace of_compute_owners;
    cd::finding f{.name = "concentration", .question = "Who holds the compute?"};
    const std::chrono::sys_days last = 2025y / 5 / 31;
    const auto clusters = read_gpu_clusters(in.clusters, cd::error_handling::fail, last);
    f.claims.push_back(claim_of_sector(clusters, 2019y / 1 / 1, "2019-01-01", 0.4, in.level));
    f.claims.push_back(claim_of_sector(clusters, last, "2025-05-31", 0.8, in.level));
    add_sector_growth(f.claims, clusters, in.level);
    add_top500(f.claims, in.segments);
    const auto chips = read_chips(in.chips);
    f.claims.push_back(claim_of_chips(chips, 2024y / 12 / 31, "end of 2024"));
    f.claims.push_back(claim_of_chips(chips, 2025y / 12 / 31, "end of 2025"));
    add_chip_owners(f.claims, chips, 2024y / 12 / 31, "end of 2024");
    add_chip_owners(f.claims, chips, 2025y / 12 / 31, "end of 2025");
    add_clusters(f.claims, in.clusters, in.level);
    add_models(f.claims, in.models, in.level);
    f.notes = {
        "Clusters and models are those that Epoch AI knows; which part that is differs between owners, and no interval "
        "has that in it. Hyperscalers: Microsoft, Google, Meta, Amazon, Oracle. A model's compute is divided among its "
        "organisations."};
    f.sources = {"Epoch AI, GPU clusters, CC BY 4.0", "Epoch AI, AI chips by owner, MIT", "TOP500"};
    const auto of_models = in.models.sources();
    f.sources.insert(f.sources.end(), of_models.begin(), of_models.end());
    return f;
}

}  // namespace example
