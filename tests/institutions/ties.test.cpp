// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/ties.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/random.hpp>

#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using test_support::message_of;

namespace {

struct edge {
    std::string user, provider, kind = {}, through = {};
    std::optional<double> weight = {};
    std::optional<int> year = {};
    std::string certainty = {};
};

/// Of ties_data.csv.
std::vector<edge> reference_edges() {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/ties_data.csv");
    std::vector<edge> edges;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line + ",");
        std::vector<std::string> cells;
        for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
        edge e{cells.at(0), cells.at(1), cells.at(2), cells.at(3)};
        if (!cells.at(4).empty()) e.weight = std::stod(cells[4]);
        e.year = std::stoi(cells.at(5));
        e.certainty = cells.at(6);
        edges.push_back(e);
    }
    if (edges.empty()) throw std::runtime_error("ties_data.csv");
    return edges;
}
auto graph_of(const std::vector<edge>& edges) {
    return cd::ties_of(edges, &edge::user, &edge::provider, &edge::weight, &edge::kind, &edge::through, &edge::year,
                       &edge::certainty);
}

struct bare_edge {
    std::string user, provider;
    double weight = 1;
};
auto graph_of(const std::vector<bare_edge>& edges) {
    return cd::ties_of(edges, &bare_edge::user, &bare_edge::provider, &bare_edge::weight);
}

/// Cases of ties.csv by name.
const std::map<std::string, std::vector<double>>& reference() {
    static const auto rows = [] {
        std::map<std::string, std::vector<double>> found;
        for (const auto& row : test_support::reference_table("ties", 3)) found[row.name] = row.numbers;
        return found;
    }();
    return rows;
}
void check_close(const std::optional<double>& found, double expected) {
    REQUIRE(found.has_value() == !std::isnan(expected));
    if (found) CHECK(*found == doctest::Approx(expected).epsilon(1e-13).scale(1e-3));
}

}  // namespace

TEST_CASE("every measure agrees with its definition, in exact fractions") {
    const auto whole = graph_of(reference_edges());
    CHECK(whole.counts().n_repeated == reference().at("repeated and missing")[0]);
    CHECK(whole.counts().n_missing == reference().at("repeated and missing")[1]);
    std::size_t n_checked = 1;
    const auto values_of = [&](const std::string& name) {
        CAPTURE(name);
        REQUIRE(reference().contains(name));
        ++n_checked;
        return reference().at(name);
    };
    const std::vector<std::pair<std::string, cd::tie_selection>> cases{
        {"all", {}},
        {"likely", cd::certainty_scenarios()[1].selection},
        {"marked_confident", cd::certainty_scenarios()[3].selection},
        {"clusters of 2018 to 2022", {.kinds = {cd::tie_kind::cluster_user}, .since = 2018, .until = 2023}}};
    for (const auto& each_case : cases) {
        const auto& name = each_case.first;
        const auto& selection = each_case.second;
        CAPTURE(name);
        const auto graph = whole.selected(selection);
        const auto counts = graph.counts();
        const auto expected = values_of(name + " counts");
        CHECK(std::vector<double>{double(counts.ties), double(counts.users), double(counts.providers)} == expected);
        for (const auto weighting : enumerators(cd::tie_weighting{}))
            for (const bool own : {true, false}) {
                const std::string which = std::string(weighting.name) + (own ? " all" : " others");
                const auto market = cd::provider_concentration(graph, {.weighting = weighting.value, .own = own});
                const auto numbers = values_of(name + " market " + which);
                CHECK(market.n == numbers[0]);
                check_close(market.hhi.value, numbers[1]);
                check_close(market.top.at(0).share.value, numbers[2]);
            }
        for (const auto weighting : enumerators(cd::tie_weighting{}))
            for (const auto& user : cd::dependence_of_users(graph, {.weighting = weighting.value})) {
                CAPTURE(user.user);
                const auto numbers = values_of(name + " dependence " + std::string(weighting.name) + " " + user.user);
                CHECK(user.on_others.share.n == numbers[0]);
                check_close(user.on_others.share.value, numbers[1]);
                check_close(user.on_others.variance, numbers[2]);
            }
        for (const bool own : {true, false}) {
            const std::string which = own ? "all" : "others";
            const cd::tie_options how{.weighting = cd::tie_weighting::split, .own = own};
            const auto sharing = cd::shared_providers(graph, how);
            const auto numbers = values_of(name + " sharing " + which);
            check_close(sharing.users_sharing.share.value, numbers[0]);
            check_close(sharing.pairs_sharing.share.value, numbers[1]);
            check_close(sharing.pairs_sharing.variance, numbers[2]);
            for (const auto& pair : cd::project_onto_users(graph, how)) {
                const auto of_pair = values_of(name + " pair " + which + " " + pair.first + " " + pair.second);
                CHECK(pair.shared == of_pair[0]);
                check_close(pair.strength, of_pair[1]);
                check_close(pair.overlap, of_pair[2]);
            }
        }
        for (const auto& cycle : cd::dependence_cycles(graph)) {
            std::string members;
            for (const auto& each : cycle) members.append(members.empty() ? "" : " ").append(each);
            CHECK(values_of(name + " cycle " + members)[0] == double(cycle.size()));
        }
    }
    CHECK(n_checked == reference().size());  // nothing that the reference has is left out
}

TEST_CASE("pairs among some users are those of all, with the same numbers") {
    const auto graph = graph_of(reference_edges());
    std::set<std::string> seen;
    for (const auto& pair : cd::project_onto_users(graph)) seen.insert({pair.first, pair.second});
    const std::vector<std::string> users(seen.begin(), seen.end());
    REQUIRE(users.size() > 5);
    std::mt19937 random(3);
    for (const bool own : {true, false})
        for (int i = 0; i < 20; ++i) {
            std::vector<std::string> some = users;
            std::shuffle(some.begin(), some.end(), random);
            some.resize(static_cast<std::size_t>(i) % (users.size() + 1));
            const cd::tie_options how{.weighting = cd::tie_weighting::split, .own = own};
            auto expected = cd::project_onto_users(graph, how);
            std::erase_if(expected, [&](const auto& pair) {
                return std::ranges::find(some, pair.first) == some.end() ||
                       std::ranges::find(some, pair.second) == some.end();
            });
            some.push_back("nobody who is in the graph");
            if (i % 2 == 1) some.push_back(some.front());  // told twice
            CHECK(cd::project_onto_users(graph, how, some) == expected);
        }
    CHECK(cd::project_onto_users(graph, {}, users) == cd::project_onto_users(graph));
    CHECK(cd::project_onto_users(graph, {}, std::vector<std::string>{}).empty());
}

TEST_CASE("the order of records does not matter") {
    auto edges = reference_edges();
    const auto whole_numbers = [](const std::vector<edge>& of) {
        const auto graph = graph_of(of);
        const cd::tie_options count{.weighting = cd::tie_weighting::count};
        return std::tuple(graph.counts(), cd::uses_of_providers(graph, count), cd::project_onto_users(graph, count),
                          cd::dependence_cycles(graph));
    };
    const auto fractions = [](const std::vector<edge>& of) {
        const auto graph = graph_of(of);
        std::vector<cd::clustered_share> shares{cd::dependence_of_all(graph), cd::shared_providers(graph).pairs_sharing,
                                                cd::shared_providers(graph).users_sharing};
        for (const auto& user : cd::dependence_of_users(graph)) shares.push_back(user.on_others);
        std::string text;
        for (const auto& each : shares) text += cd::to_string(each, {.digits = 10}) + "\n";
        return text;
    };
    const auto expected = whole_numbers(edges);
    const auto expected_text = fractions(edges);
    std::mt19937 random(5);
    for (int i = 0; i < 5; ++i) {
        std::shuffle(edges.begin(), edges.end(), random);
        CHECK(whole_numbers(edges) == expected);
        CHECK(fractions(edges) == expected_text);
    }
}

TEST_CASE("one cluster of two owners and three users: what each weighting takes it for") {
    std::vector<edge> edges;
    for (const char* const user : {"A", "B", "C"})
        for (const char* const provider : {"A", "P"}) edges.push_back({user, provider, "cluster_user", "site", 12.0});
    const auto graph = graph_of(edges);
    const auto total = [&](cd::tie_weighting weighting) {
        return cd::provider_concentration(graph, {.weighting = weighting}).total;
    };
    CHECK(total(cd::tie_weighting::whole) == 72);
    CHECK(total(cd::tie_weighting::split) == 12);
    CHECK(total(cd::tie_weighting::count) == 6);
    const auto users = cd::dependence_of_users(graph);
    CHECK(users[0].on_others.share.value == 0.5);
    CHECK(users[1].on_others.share.value == 1);
    CHECK(users[0].providers == 1);
    CHECK(users[1].providers == 2);
    CHECK(users[1].largest == "A");
    CHECK(users[0].on_others.share.status == cd::estimate_status::too_few);  // one cluster says nothing of others
    CHECK(cd::provider_concentration(graph, {.own = false}).total == 60);
    // The same of another kind through a thing of the same name is another thing.
    edges.push_back({"A", "P", "data_centre_user", "site", 12.0});
    CHECK(cd::provider_concentration(graph_of(edges), {.weighting = cd::tie_weighting::split}).total == 24);
}

TEST_CASE("ties to oneself are one's own compute, and no cycle") {
    const auto graph = graph_of(std::vector<bare_edge>{{"Google", "Google", 3}, {"OpenAI", "Microsoft", 2}});
    CHECK(graph.counts().own == 1);
    CHECK(cd::dependence_cycles(graph).empty());
    const auto users = cd::dependence_of_users(graph);
    CHECK(users[0].user == "Google");
    CHECK(users[0].on_others.share.value == 0);
    CHECK(users[0].providers == 0);
    CHECK(users[1].on_others.share.value == 1);
    CHECK(cd::dependence_of_all(graph).share.value == 0.4);
    CHECK(cd::provider_concentration(graph).n == 2);
    CHECK(cd::provider_concentration(graph, {.own = false}).n == 1);
    // Who uses what another has for itself shares it; without own ties nothing is shared.
    const auto with_guest = graph_of(std::vector<bare_edge>{{"Google", "Google"}, {"Anthropic", "Google"}});
    CHECK(cd::shared_providers(with_guest).pairs_sharing.share.value == 1);
    CHECK(cd::shared_providers(with_guest, {.own = false}).pairs_sharing.share.value == 0);
}

TEST_CASE("cycles are found, each once") {
    CHECK(cd::dependence_cycles(graph_of(std::vector<bare_edge>{{"b", "a"}, {"a", "b"}, {"c", "a"}})) ==
          std::vector<std::vector<std::string>>{{"a", "b"}});
    std::vector<bare_edge> ring;  // too long for a recursion
    for (int i = 0; i < 200'000; ++i) ring.push_back({std::to_string(i), std::to_string((i + 1) % 200'000)});
    const auto cycles = cd::dependence_cycles(graph_of(ring));
    REQUIRE(cycles.size() == 1);
    CHECK(cycles[0].size() == 200'000);
    ring.pop_back();
    CHECK(cd::dependence_cycles(graph_of(ring)).empty());
}

TEST_CASE("no ties, one tie, nothing known: statuses, and no numbers") {
    using enum cd::estimate_status;
    const auto nothing = graph_of(std::vector<bare_edge>{});
    CHECK(nothing.counts().status == no_data);
    CHECK(!nothing.counts());
    CHECK(cd::dependence_of_users(nothing).empty());
    CHECK(cd::dependence_of_all(nothing).share.status == no_data);
    CHECK(cd::provider_concentration(nothing).status == no_data);
    CHECK(cd::provider_concentration(nothing).top.size() == 3);
    CHECK(cd::provider_concentration_by_user(nothing).empty());
    CHECK(cd::shared_providers(nothing).users_sharing.share.status == no_data);
    CHECK(cd::shared_providers(nothing).pairs_sharing.share.status == no_data);
    CHECK(!cd::shared_providers(nothing).pairs_sharing.share.value);
    CHECK(cd::project_onto_users(nothing).empty());
    CHECK(cd::dependence_cycles(nothing).empty());
    CHECK(cd::uses_of_providers(nothing).empty());

    const auto one = graph_of(std::vector<bare_edge>{{"a", "b"}});
    CHECK(one.counts().status == ok);
    CHECK(cd::shared_providers(one).pairs_sharing.share.status == too_few);
    CHECK(cd::shared_providers(one).users_sharing.share.value == 0);
    const auto two = graph_of(std::vector<bare_edge>{{"a", "c"}, {"b", "c"}});
    CHECK(cd::shared_providers(two).pairs_sharing.share.value == 1);
    CHECK(cd::shared_providers(two).pairs_sharing.share.status == too_few);
    CHECK(!cd::shared_providers(two).pairs_sharing.share.bounds);

    const auto unweighted = graph_of(std::vector<edge>{{"a", "b"}, {"a", "a"}});
    CHECK(unweighted.counts().unweighted == 2);
    CHECK(cd::dependence_of_users(unweighted)[0].on_others.share.status == no_data);
    CHECK(cd::dependence_of_users(unweighted)[0].on_others.share.n_missing == 2);
    CHECK(!cd::dependence_of_users(unweighted)[0].largest);
    CHECK(cd::dependence_of_users(unweighted, {.weighting = cd::tie_weighting::count})[0].on_others.share.value == 0.5);
    CHECK(cd::provider_concentration(unweighted).status == no_data);
    CHECK(cd::provider_concentration(unweighted).n_missing == 2);

    const auto zero = graph_of(std::vector<bare_edge>{{"a", "b", 0}, {"c", "b", 0}});
    CHECK(cd::dependence_of_users(zero)[0].on_others.share.status == no_data);
    CHECK(cd::provider_concentration(zero).status == degenerate);
    CHECK(!cd::uses_of_providers(zero)[0].share);
    CHECK(!cd::project_onto_users(zero)[0].overlap);
    CHECK(cd::project_onto_users(zero)[0].shared == 1);
}

TEST_CASE("what no tie can be is an error that names it") {
    const auto with_weight = [](double weight) {
        return message_of([=] { return graph_of(std::vector<bare_edge>{{"a", "b", weight}}); });
    };
    CHECK(with_weight(-2) == "compute_divide::tie_graph::add: weight 0, or from 1e-100 to 1e100, got -2");
    CHECK(with_weight(std::numeric_limits<double>::infinity()).ends_with("got inf"));
    CHECK(with_weight(1e-300).ends_with("got 1e-300"));
    CHECK(with_weight(1e300).ends_with("got 1e+300"));
    CHECK(with_weight(std::numeric_limits<double>::quiet_NaN()) == "no error");  // not known
    CHECK(graph_of(std::vector<bare_edge>{{"a", "b", std::nan("")}}).counts().unweighted == 1);
    CHECK(message_of([] { return graph_of(std::vector<edge>{{"a", "b", "landlord"}}); }).ends_with("\"landlord\""));
    CHECK(message_of([] {
              return graph_of(std::vector<edge>{{.user = "a", .provider = "b", .certainty = "sure"}});
          }).ends_with("got \"sure\""));
    const auto graph = graph_of(std::vector<bare_edge>{{"a", "b"}});
    CHECK(message_of([&] { return cd::dependence_of_users(graph, {.share = {.level = 1}}); }) != "no error");
    CHECK(message_of([&] { return cd::provider_concentration(graph, {.concentration = {.level = 0}}); }) != "no error");
    CHECK(graph_of(std::vector<edge>{{"", "b"}, {"a", ""}}).counts().n_missing == 2);
}

TEST_CASE("selections: kinds, certainty, dates") {
    const std::vector<edge> edges{{"a", "p", "cluster_user", "1", 1.0, 2020, "confident"},
                                  {"b", "p", "model_cloud_vendor", "2", 1.0, 2021, "likely"},
                                  {"c", "p", "", "3", 1.0, std::nullopt, ""},
                                  {"d", "p", "other", "4", 1.0, 2022, "speculative"}};
    const auto graph = graph_of(edges);
    const auto users_of = [&](const cd::tie_selection& selection) {
        std::string users;
        for (const auto& each : cd::uses_of_providers(graph.selected(selection))) users += each.user;
        return users;
    };
    CHECK(users_of({}) == "abcd");
    CHECK(users_of({.kinds = {cd::tie_kind::cluster_user, cd::tie_kind::other}}) == "ad");
    CHECK(users_of({.since = 2021}) == "bd");
    CHECK(users_of({.until = 2021}) == "a");
    CHECK(users_of({.since = 2020, .until = 2022, .keep_undated = true}) == "abc");
    std::string scenarios;
    for (const auto& each : cd::certainty_scenarios()) scenarios.append(users_of(each.selection)).append(" ");
    CHECK(scenarios == "abcd abc ac a ");
    const auto without = graph.without([](const std::string& name) { return name == "b"; });
    CHECK(without.counts().users == 3);
    CHECK(without.organisations().size() == 4);
    CHECK(graph.without([](const std::string& name) { return name == "p"; }).counts().ties == 0);
}

TEST_CASE("any records by projections: other labels, prvalues, enumerators, dates; some fields unrecorded") {
    struct link {
        int from, to;
    };
    const std::vector<link> links{{1, 2}, {3, 2}, {1, 1}};
    const auto graph = cd::ties_of(links, &link::from, [](const link& l) { return std::optional(l.to); });
    CHECK(graph.counts().ties == 3);
    CHECK(cd::dependence_of_users(graph)[0].on_others.share.value == 0.5);
    CHECK(cd::project_onto_users(graph)[0].second == 3);
    const auto dated = cd::ties_of(
        links, &link::from, &link::to, cd::unrecorded, [](const link&) { return cd::tie_kind::cluster_user; },
        [](const link& l) { return std::to_string(l.to); },
        [](const link& l) { return std::chrono::year{2020 + l.from}; },
        [](const link&) { return std::optional<cd::tie_certainty>{}; });
    CHECK(dated.ties()[0].date == 2021);
    CHECK(dated.ties()[0].kind == cd::tie_kind::cluster_user);
    CHECK(!dated.ties()[0].certainty);
    CHECK(dated.ties()[0].weight == 1);
    CHECK(dated.things()[*dated.ties()[0].through] == "2");
}

TEST_CASE("a tie told again is one: the larger weight and certainty, the earlier date") {
    const auto graph = graph_of(std::vector<edge>{{"a", "p", "cluster_user", "1", 5.0, 2021, "likely"},
                                                  {"a", "p", "cluster_user", "1", {}, 2020, "confident"},
                                                  {"a", "p", "cluster_user", "1", 7.0, {}, ""},
                                                  {"a", "p", "cluster_user", "", 7.0},
                                                  {"a", "p", "cluster_user", "", 7.0}});
    CHECK(graph.counts().ties == 3);
    CHECK(graph.counts().n_repeated == 2);
    CHECK(graph.ties()[0].weight == 7);
    CHECK(graph.ties()[0].date == 2020);
    CHECK(graph.ties()[0].certainty == cd::tie_certainty::confident);
}

// Users drawn from a population of many, who choose among five providers at odds of their own: the part of pairs that
// share one is known from all of them.
TEST_CASE("intervals of the part of pairs cover, and of few users say so" * doctest::test_suite("long")) {
    std::vector<std::vector<int>> population;
    cd::random_stream stream(11, 0);
    for (int i = 0; i < 600; ++i) {
        std::vector<int> chosen;
        const double eagerness = 0.1 + 0.4 * stream.uniform();
        for (int p = 0; p < 5; ++p)
            if (stream.uniform() < eagerness / (1 + p)) chosen.push_back(p);
        population.push_back(chosen);
    }
    const auto edges_of = [&](const std::vector<std::size_t>& users) {
        std::vector<bare_edge> edges;
        for (const std::size_t u : users) {
            edges.push_back({std::to_string(u), std::to_string(u)});  // itself, so that each is a user
            for (const int p : population[u]) edges.push_back({std::to_string(u), "p" + std::to_string(p)});
        }
        return edges;
    };
    std::vector<std::size_t> everybody(population.size());
    for (std::size_t i = 0; i < everybody.size(); ++i) everybody[i] = i;
    const double truth = *cd::shared_providers(graph_of(edges_of(everybody))).pairs_sharing.share.value;
    CHECK(truth == doctest::Approx(0.17).epsilon(0.3));
    for (const std::size_t n : {25U, 60U}) {
        CAPTURE(n);
        int covered = 0;
        for (std::uint64_t run = 0; run < 400; ++run) {
            cd::random_stream draws(7, run * 100 + n);
            auto users = everybody;
            for (std::size_t i = 0; i < n; ++i) std::swap(users[i], users[i + draws.below(users.size() - i)]);
            users.resize(n);
            const auto found = cd::shared_providers(graph_of(edges_of(users))).pairs_sharing;
            REQUIRE(found.share.status == cd::estimate_status::ok);
            covered += found.share.bounds->contains(truth) ? 1 : 0;
        }
        CHECK(covered >= 0.925 * 400);
    }
    // Of the part of users, what as many have on average, where providers are many and the status is ok.
    std::vector<cd::estimate> parts;
    double mean = 0;
    for (std::uint64_t run = 0; run < 150; ++run) {
        cd::random_stream draws(3, run);
        std::vector<bare_edge> edges;
        for (int u = 0; u < 60; ++u)
            for (std::uint64_t left = 1 + draws.below(2); left > 0; --left)
                edges.push_back({std::to_string(u),
                                 "p" + std::to_string(static_cast<int>(400 * draws.uniform() * draws.uniform()))});
        parts.push_back(cd::shared_providers(graph_of(edges)).users_sharing.share);
        mean += *parts.back().value / 150;
    }
    const auto is_ok = [](const cd::estimate& e) { return e.status == cd::estimate_status::ok; };
    const auto covers = [mean](const cd::estimate& e) { return e.bounds->contains(mean); };
    std::erase_if(parts, [&](const cd::estimate& e) { return !is_ok(e); });
    CHECK(parts.size() > 50);
    CHECK(static_cast<double>(std::ranges::count_if(parts, covers)) >= 0.95 * static_cast<double>(parts.size()));

    CHECK(cd::shared_providers(graph_of(edges_of({1, 2, 3, 4, 5, 6, 7, 8}))).pairs_sharing.share.status ==
          cd::estimate_status::few_clusters);
}
