// SPDX-License-Identifier: BSL-1.0
#include "support/tie_report.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/columns.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/shares/share.hpp>

#include "support/data_folder.hpp"
#include "support/figures.hpp"
#include "support/input.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

struct edge {
    std::optional<std::string> user, provider, through;
    std::optional<cd::tie_kind> kind;
    std::optional<double> weight;
    std::optional<std::chrono::sys_days> date;
    std::string certainty;
    std::optional<cd::tie_certainty> sure = {};
};
cd::columns<edge> wanted_columns() {
    return {{"user", &edge::user},
            {"provider", &edge::provider},
            {"kind", &edge::kind, {.required = false}},
            {"through", &edge::through, {.required = false}},
            {"weight", &edge::weight, {.required = false}},
            {"date", &edge::date, {.required = false}},
            {"certainty", &edge::certainty, {.required = false}}};
}

/// Names of Epoch AI's tables that the library's families do not have.
constexpr std::array<cd::organisation_family, 9> spellings{{{"Azure AI", "Microsoft"},
                                                            {"Reliance Jio", "Reliance Industries"},
                                                            {"Stargate (OpenAI)", "OpenAI"},
                                                            {"Inflection", "Inflection AI"},
                                                            {"Inception G42", "G42"},
                                                            {"Cerebras", "Cerebras Systems"},
                                                            {"LambdaLabs", "Lambda Labs"},
                                                            {"SpaceXAI", "xAI"},
                                                            {"Tokyo Tech", "Tokyo Institute of Technology"}}};

/// Reads one row's words and weight. Throws read_error.
void finish(edge& e, const cd::csv_row& row) {
    const auto refuse = [&row](std::string field, std::string value, std::string reason) {
        throw cd::read_error("ties", {.file = row.file(),
                                      .line = row.line(),
                                      .field = std::move(field),
                                      .value = std::move(value),
                                      .reason = std::move(reason)});
    };
    if (e.weight && !(*e.weight == 0 || (*e.weight >= 1e-100 && *e.weight <= 1e100)))
        refuse("weight", fmt::format("{:g}", *e.weight),
               fmt::format("a weight of 0, or from 1e-100 to 1e100, is required, got {:g}", *e.weight));
    try {
        e.sure = cd::read_tie_certainty(e.certainty);
    } catch (const std::invalid_argument&) {
        refuse("certainty", e.certainty,
               "confident, likely or speculative is required, got \"" + e.certainty.substr(0, 80) + "\"");
    }
}

/// By their amount, split among the ties through one thing, the largest first.
std::vector<std::string> largest_users(const cd::tie_graph<std::string>& graph, std::size_t most) {
    std::map<std::string, double> amounts;
    for (const auto& use : cd::uses_of_providers(graph, {.weighting = cd::tie_weighting::split}))
        amounts[use.user] += use.amount;
    std::vector<std::pair<double, std::string>> order;
    for (const auto& [user, amount] : amounts)
        if (amount > 0) order.emplace_back(-amount, user);
    std::ranges::sort(order);
    order.resize(std::min(order.size(), most));
    std::vector<std::string> users;
    for (auto& [amount, user] : order) users.push_back(std::move(user));
    return users;
}

/// Calls use(kind, scenario, graph) for each scenario that has other ties than the one before.
template <class Use>
void for_each_scenario(const all_ties& ties, const Use& use) {
    for (const auto& [kind, all] : ties.kinds) {
        std::uint64_t before = 0;
        for (const auto& scenario : cd::certainty_scenarios()) {
            const auto graph = all.selected(scenario.selection);
            const std::uint64_t n = graph.counts().ties;
            if (n > 0 && n != before) use(kind, scenario, graph);
            before = n;
        }
    }
}

cd::tie_options options_of(const ties_request& asked, cd::tie_weighting weighting, bool own = true) {
    return {.weighting = weighting,
            .own = own,
            .share = {.level = asked.level},
            .concentration = {.top = {1}, .level = asked.level}};
}

/// A kind's market in a scenario.
struct market {
    std::string kind, certainty, weights;
    cd::tie_counts counts;
    cd::estimate on_others;
    cd::owner_concentration of_all, of_others;
};
std::vector<market> markets_of(const all_ties& ties, const ties_request& asked) {
    std::vector<market> all;
    for_each_scenario(ties, [&](const std::string& kind, const cd::tie_scenario& scenario, const auto& graph) {
        for (const auto weighting : enumerators(cd::tie_weighting{})) {
            const auto how = options_of(asked, weighting.value);
            all.push_back({kind, std::string(scenario.name), std::string(weighting.name), graph.counts(),
                           cd::dependence_of_all(graph, how).share, cd::provider_concentration(graph, how),
                           cd::provider_concentration(graph, options_of(asked, weighting.value, false))});
        }
    });
    return all;
}
struct sharing {
    std::string kind, certainty, providers;
    cd::provider_sharing found;
};
std::vector<sharing> sharings_of(const all_ties& ties, const ties_request& asked) {
    std::vector<sharing> all;
    for_each_scenario(ties, [&](const std::string& kind, const cd::tie_scenario& scenario, const auto& graph) {
        for (const bool own : {true, false})
            all.push_back({kind, std::string(scenario.name), own ? "all" : "of others",
                           cd::shared_providers(graph, options_of(asked, cd::tie_weighting::count, own))});
    });
    return all;
}

}  // namespace

std::string ties_request::path() const {
    return is_shipped() ? data_file("compute_ties.csv") : table.csv;
}

int show_tie_columns(const ties_request& asked) {
    own_table table = asked.table;
    table.csv = asked.path();
    cd::csv_reader rows = table.open();
    auto wanted = wanted_columns();
    table.columns.apply(wanted);
    return show_columns(wanted.found_in(rows, 3), table.csv);
}

all_ties read_ties(const ties_request& asked) {
    own_table table = asked.table;
    table.csv = asked.path();
    cd::csv_reader rows = table.open();
    auto wanted = wanted_columns();
    table.columns.apply(wanted);
    if (rows.columns().empty()) throw nothing_to_report(table.name() + " is empty");
    const auto read = located(wanted, rows);
    const bool has_weights = read.place("weight").has_value();
    const row_filter wanted_rows(rows, table.where);
    const cd::family_tree families({.own = spellings});

    std::map<std::optional<cd::tie_kind>, cd::tie_graph<std::string>> graphs;
    std::uint64_t n_categories = 0, n_rows = 0, n_missing = 0, n_other_years = 0;
    std::vector<cd::read_problem> problems;
    for (const cd::csv_row& row : rows) {
        edge e;
        try {
            if (!wanted_rows(row)) continue;
            read(row, e);
            finish(e, row);
        } catch (const cd::read_error& error) {
            if (table.on_error == cd::error_handling::fail) throw;
            problems.push_back(error.problem());
            continue;
        }
        if (!has_weights) e.weight = 1;
        ++n_rows;
        if (!e.user || !e.provider) {
            ++n_missing;
            continue;
        }
        const std::string kind(e.kind ? cd::name_of(*e.kind) : "");
        if (!asked.kinds.empty() && std::ranges::find(asked.kinds, kind) == asked.kinds.end()) continue;
        const auto year = cd::year_of(e.date);
        if (asked.years && (!year || *year < (*asked.years)[0] || *year > (*asked.years)[1])) {
            ++n_other_years;
            continue;
        }
        // Those who use Azure are Microsoft's customers.
        if (!asked.categories && (cd::is_user_category(*e.user) || *e.user == "Azure")) {
            ++n_categories;
            continue;
        }
        const auto family_of = [&](const std::string& name) {
            return asked.as_named ? name : year ? families(name, *year) : families(name);
        };
        graphs[e.kind].add(family_of(*e.user), family_of(*e.provider),
                           {.weight = e.weight,
                            .kind = e.kind,
                            .through = e.through ? std::string_view(*e.through) : std::string_view(),
                            .date = e.date ? std::optional(cd::decimal_year(*e.date)) : std::nullopt,
                            .certainty = e.sure});
    }
    problems.insert(problems.end(), rows.problems().begin(), rows.problems().end());
    tell_problems(problems, problems.size() + rows.n_problems() - rows.problems().size());

    all_ties ties;
    std::uint64_t n_repeated = 0;
    for (auto& [kind, graph] : graphs) {
        n_repeated += graph.counts().n_repeated;
        ties.kinds.push_back({std::string(kind ? cd::name_of(*kind) : "ties"), std::move(graph)});
    }
    if (ties.kinds.empty())
        throw nothing_to_report(table.name() + ": no tie with a user and a provider" +
                                (asked.kinds.empty() && !asked.years ? "" : " of those asked for"));
    ties.notes.push_back(
        fmt::format("{} rows: {} of categories of users, which are no organisations, {} of no known "
                    "user or provider, {} told again.",
                    n_rows, n_categories, n_missing, n_repeated));
    if (asked.years)
        ties.notes.push_back(fmt::format("{} ties of no known year or not from {} to {} are left out.", n_other_years,
                                         (*asked.years)[0], (*asked.years)[1]));
    if (const auto note = wanted_rows.note()) ties.notes.push_back(*note);
    return ties;
}

namespace {

cd::table table_of(const std::vector<market>& markets, const std::vector<std::string>& notes) {
    cd::table t{.name = "market", .title = "Who computes on whose machines"};
    t.columns = {{.name = "kind"},
                 {.name = "certainty"},
                 {.name = "weights"},
                 {.name = "ties"},
                 {.name = "users"},
                 {.name = "providers"},
                 percent_column("on others"),
                 {.name = "hhi"},
                 {.name = "hhi_of_others", .header = "hhi, to others"},
                 percent_column("largest")};
    for (const market& m : markets)
        add_row(t, m.kind, m.certainty, m.weights, m.counts.ties, m.counts.users, m.counts.providers, m.on_others,
                m.of_all.hhi.value, m.of_others.hhi.value, m.of_all.top.front().share.value);
    t.notes = notes;
    t.notes.insert(
        t.notes.end(),
        {"on others: the part of what users have whose provider is not themselves; intervals are of users and "
         "of the clusters, data centres and models that tie them, as samples.",
         "Scenarios: all ties; likely, without speculative ones; confident, with those not marked; "
         "marked_confident. Left out where they are the same ties.",
         "Weights: whole, as if each user had all of a cluster; split among its ties; or each tie counts 1.",
         "hhi: Herfindahl-Hirschman index of the providers of all, and of what is provided to others alone; no "
         "interval of it is known to cover. largest: the part of the largest provider of all."});
    return t;
}

cd::table table_of(const std::vector<sharing>& sharings) {
    cd::table t{.name = "sharing", .title = "Users that share a provider"};
    t.columns = {{.name = "kind"},  {.name = "certainty"},           {.name = "providers"},
                 {.name = "users"}, percent_column("users sharing"), percent_column("pairs sharing")};
    for (const auto& [kind, certainty, providers, found] : sharings)
        add_row(t, kind, certainty, providers, found.users, found.users_sharing.share, found.pairs_sharing.share);
    t.notes = {
        "The part of users that have a provider in common with any other user, and of pairs of users that have one; "
        "of others: one's own machines do not count. The first grows with the number of users, the second does "
        "not."};
    return t;
}

}  // namespace

cd::table market_table(const all_ties& ties, const ties_request& asked) {
    return table_of(markets_of(ties, asked), ties.notes);
}
cd::table sharing_table(const all_ties& ties, const ties_request& asked) {
    return table_of(sharings_of(ties, asked));
}

cd::table users_table(const all_ties& ties, const ties_request& asked) {
    cd::table t{.name = "users", .title = "Dependence of users on providers other than themselves"};
    t.columns = {{.name = "kind"},
                 {.name = "user"},
                 {.name = "ties"},
                 percent_column("on others"),
                 percent_column("whole"),
                 percent_column("count"),
                 {.name = "providers", .header = "other providers"},
                 {.name = "largest"},
                 percent_column("its part")};
    for (const auto& [kind, graph] : ties.kinds) {
        using enum cd::tie_weighting;
        const auto users = cd::dependence_of_users(graph, options_of(asked, split)),
                   whole_users = cd::dependence_of_users(graph, options_of(asked, whole)),
                   counted = cd::dependence_of_users(graph, options_of(asked, count));
        for (const std::string& name : largest_users(graph, asked.most)) {
            const auto i = static_cast<std::size_t>(
                std::ranges::find(users, name, &cd::user_dependence<std::string>::user) - users.begin());
            add_row(t, kind, name, users[i].on_others.share.n, users[i].on_others.share,
                    whole_users[i].on_others.share.value, counted[i].on_others.share.value, users[i].providers,
                    users[i].largest, users[i].largest_share);
        }
    }
    t.notes = {fmt::format("The {} users with most of each kind, all certainties.", asked.most),
               "on others: by weights split among the ties through one thing, with an interval over these things; "
               "whole, count: by whole weights, and by numbers of ties."};
    return t;
}

std::vector<cd::table> matrix_tables(const all_ties& ties, const ties_request& asked) {
    std::vector<cd::table> matrices;
    for (const auto& [kind, graph] : ties.kinds) {
        std::map<std::string, std::map<std::string, double>> shares;
        std::map<std::string, double> amounts;
        for (const auto& use : cd::uses_of_providers(graph, {.weighting = cd::tie_weighting::split})) {
            if (use.share) shares[use.user][use.provider] = *use.share;
            amounts[use.provider] += use.amount;
        }
        std::vector<std::pair<double, std::string>> providers;
        for (const auto& [provider, amount] : amounts)
            if (amount > 0) providers.emplace_back(-amount, provider);
        std::ranges::sort(providers);
        providers.resize(std::min(providers.size(), asked.most));
        cd::table t{.name = "matrix_" + kind, .title = fmt::format("Users by providers: {}", kind)};
        t.columns = {{.name = "user"}};
        for (const auto& [amount, provider] : providers) {
            t.columns.push_back(percent_column("to " + provider));
            t.columns.back().header = provider;
        }
        t.columns.push_back(percent_column("rest", 1));
        for (const std::string& user : largest_users(graph, asked.most)) {
            std::vector<cd::cell> cells{cd::to_cell(user)};
            double rest = 1;
            for (const auto& [amount, provider] : providers) {
                const auto found = shares[user].find(provider);
                const double share = found == shares[user].end() ? 0 : found->second;
                rest -= share;
                cells.push_back(cd::to_cell(share));
            }
            cells.push_back(cd::to_cell(rest > 1e-9 ? rest : 0));
            t.rows.push_back(std::move(cells));
        }
        t.notes = {
            fmt::format("Which part of what a user has is of which provider, itself included: the {} with most "
                        "of each, all certainties, weights split.",
                        asked.most)};
        matrices.push_back(std::move(t));
    }
    return matrices;
}

cd::table pairs_table(const all_ties& ties, const ties_request& asked) {
    cd::table t{.name = "pairs", .title = "Users that share most"};
    t.columns = {{.name = "kind"},   {.name = "first"},    {.name = "second"},
                 {.name = "shared"}, {.name = "strength"}, percent_column("overlap")};
    for (const auto& [kind, graph] : ties.kinds) {
        auto pairs = cd::project_onto_users(graph, options_of(asked, cd::tie_weighting::split),
                                            largest_users(graph, asked.most));
        std::ranges::stable_sort(pairs, std::ranges::greater{},
                                 [](const auto& p) { return std::pair(p.overlap.value_or(0), p.strength); });
        pairs.resize(std::min(pairs.size(), asked.most));
        for (const auto& p : pairs) add_row(t, kind, p.first, p.second, p.shared, p.strength, p.overlap);
    }
    t.notes = {
        "Of the users above. overlap: the smaller of both users' parts, summed over providers; strength: the sum "
        "over shared providers of 1 / (their users - 1)."};
    return t;
}

cd::table cycles_table(const all_ties& ties) {
    cd::table t{.name = "cycles", .title = "Organisations that use each other's machines"};
    t.columns = {{.name = "kind"}, {.name = "organisations"}};
    for (const auto& [kind, graph] : ties.kinds)
        for (const auto& each : cd::dependence_cycles(graph))
            add_row(t, kind, fmt::format("{}", fmt::join(each, ", ")));
    t.notes = {"Directly or by way of others; who depends on whom in the end is not determined."};
    return t;
}

cd::table years_table(const all_ties& ties, const ties_request& asked) {
    cd::table t{.name = "years", .title = "By year of a cluster's start or a model's publication"};
    t.columns = {{.name = "kind"},      {.name = "year", .style = {.digits = 4}},
                 {.name = "ties"},      {.name = "users"},
                 {.name = "providers"}, percent_column("on others"),
                 {.name = "hhi"},       percent_column("pairs sharing")};
    for (const auto& [kind, graph] : ties.kinds) {
        std::set<int> years;
        for (const auto& tie : graph.ties())
            if (const auto year = cd::year_of(tie.date)) years.insert(*year);
        for (const int year : years) {
            const auto of_year = graph.selected({.since = year, .until = year + 1});
            const auto counts = of_year.counts();
            const auto how = options_of(asked, cd::tie_weighting::split);
            add_row(t, kind, year, counts.ties, counts.users, counts.providers,
                    cd::dependence_of_all(of_year, how).share, cd::provider_concentration(of_year, how).hhi,
                    cd::shared_providers(of_year, how).pairs_sharing.share);
        }
    }
    t.notes = {"Ties of known date, all certainties, weights split; what was planned has no date."};
    return t;
}

cd::table provider_papers_table(const ties_request& asked) {
    std::map<std::string, std::string> provider_of;
    auto rows = open_table(data_file("provider_institutions.csv"));
    const cd::csv_column<std::string> number(rows, "institution"), provider(rows, "provider");
    for (const cd::csv_row& row : rows) provider_of[number(row)] = provider(row);
    auto papers = read_papers({}, true);
    std::erase_if(papers, [](const paper& p) { return !(p.authors[cd::sector::academia] > 0); });
    const auto written_with = [&](const paper& p, std::string_view whom) {
        return std::ranges::any_of(p.institutions, [&](const std::string& each) {
            const auto known = provider_of.find(each);
            return known != provider_of.end() && (whom.empty() || known->second == whom);
        });
    };
    cd::table t{.name = "papers", .title = "Papers of academia written with a firm that provides compute"};
    t.columns = {{.name = "year", .style = {.digits = 4}},
                 {.name = "n"},
                 percent_column("with a provider"),
                 percent_column("with industry"),
                 percent_column("Alphabet"),
                 percent_column("Microsoft")};
    const auto shares_of = [&](const auto& is) {
        return cd::share_by(papers, &paper::year, is, cd::clustered_by(&paper::institutions), {.level = asked.level});
    };
    const auto any = shares_of([&](const paper&p) { return written_with(p, ""); }),
               industry = shares_of([](const paper&p) { return p.authors[cd::sector::industry] > 0; }),
               alphabet = shares_of([&](const paper&p) { return written_with(p, "Alphabet"); }),
               microsoft = shares_of([&](const paper&p) { return written_with(p, "Microsoft"); });
    for (std::size_t i = 0; i < any.size(); ++i)
        add_row(t, any.rows[i].key, any.rows[i].share.n, any.rows[i].share, industry.rows[i].share,
                alphabet.rows[i].share.value, microsoft.rows[i].share.value);
    t.notes = {
        "NeurIPS, ICML and ICLR; papers with an author in academia. Intervals of papers that share institutions. "
        "Thanks for compute are not in the data."};
    return t;
}

cd::finding ties_finding(const ties_request& asked) {
    const all_ties ties = read_ties(asked);
    cd::finding f{.name = "ties", .question = "Whose machines do those who compute depend on?"};
    const auto claim_of = [&](const std::string& kind, const char* what) {
        const std::string name = fmt::format("{}: {}", kind, what);
        auto found = std::ranges::find(f.claims, name, &cd::claim::name);
        if (found == f.claims.end())
            found = f.claims.insert(found, {.name = name,
                                            .text = "everyone else rents: most",
                                            .direction = cd::claim_direction::above,
                                            .reference = 0.5,
                                            .style = cd::percent_style(),
                                            .not_tested = "ties join users and providers, so that neither can be "
                                                          "drawn without changing who shares whom"});
        return found;
    };
    const std::vector<market> markets = markets_of(ties, asked);
    const std::vector<sharing> sharings = sharings_of(ties, asked);
    for (const market& m : markets) {
        const bool first = m.certainty == cd::certainty_scenarios().front().name && m.weights == "split";
        claim_of(m.kind, "compute on machines of others")
            ->specifications.push_back({.choices = {{"certainty", m.certainty}, {"weights", m.weights}},
                                        .result = m.on_others,
                                        .headline = first,
                                        .why = first ? "all ties; what several use is split among them" : ""});
    }
    for (const sharing& each : sharings) {
        const std::vector<cd::choice> choices{{"certainty", each.certainty}, {"providers", each.providers}};
        claim_of(each.kind, "users that share a provider")
            ->specifications.push_back({.choices = choices, .result = each.found.users_sharing.share});
        claim_of(each.kind, "pairs of users that share a provider")
            ->specifications.push_back({.choices = choices, .result = each.found.pairs_sharing.share});
    }
    f.tables = {table_of(markets, ties.notes), table_of(sharings)};
    f.sources = {"Epoch AI, GPU clusters, data centres and models, CC BY 4.0"};
    return f;
}

namespace {

/// The first whose name begins so.
const cd::table& table_named(const std::vector<cd::table>& tables, std::string_view beginning) {
    const auto found =
        std::ranges::find_if(tables, [beginning](const cd::table& t) { return t.name.starts_with(beginning); });
    if (found == tables.end()) throw nothing_to_report("no tie is left to draw");
    return *found;
}

}  // namespace

std::vector<cd::table> tables_of_ties(const all_ties& ties, const ties_request& asked) {
    std::vector<cd::table> tables{market_table(ties, asked), sharing_table(ties, asked), users_table(ties, asked),
                                  pairs_table(ties, asked),  cycles_table(ties),         years_table(ties, asked)};
    std::ranges::move(matrix_tables(ties, asked), std::back_inserter(tables));
    for (cd::table& each : tables)
        each.sources = {asked.is_shipped() ? "Epoch AI, GPU clusters, data centres and models, CC BY 4.0"
                                           : asked.table.name()};
    if (asked.is_shipped()) tables.push_back(provider_papers_table(asked));
    std::erase_if(tables, [](const cd::table& each) { return each.rows.empty(); });
    return tables;
}

cd::figure figure_of_users(const std::vector<cd::table>& tables) {
    const cd::table& users = table_named(tables, "users");
    figure_builder figure({.name = users.name,
                           .title = users.title,
                           .x = {.label = "User"},
                           .y = {.label = "On others", .unit = "%", .scale = cd::axis_scale::share},
                           .notes = users.notes});
    figure.add_rows(users, "kind", "user", "on others");
    return figure.figure(users.sources);
}

cd::figure figure_of_matrix(const std::vector<cd::table>& tables) {
    const cd::table& matrix = table_named(tables, "matrix_");
    cd::figure f{.name = matrix.name,
                 .title = matrix.title,
                 .x = {.label = "User", .scale = cd::axis_scale::categories},
                 .y = {.label = "Of the provider", .unit = "%", .scale = cd::axis_scale::share},
                 .notes = matrix.notes,
                 .sources = matrix.sources};
    for (std::size_t column = 1; column < matrix.columns.size(); ++column) {
        const auto& of = matrix.columns[column];
        cd::series s{.name = of.header.empty() ? of.name : of.header};
        for (const auto& row : matrix.rows) {
            const double share = std::get<double>(row[column].value);
            if (share == 0) continue;
            s.x.push_back(static_cast<double>(&row - matrix.rows.data()));
            s.y.push_back(100 * share);
            s.labels.push_back(std::get<std::string>(row.front().value));
        }
        s.summary = fmt::format("{} of {} users", s.x.size(), matrix.rows.size());
        if (!s.x.empty()) f.all_series.push_back(std::move(s));
    }
    return f;
}

}  // namespace example
