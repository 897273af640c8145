// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/institutions/careers.hpp>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/state.hpp>

#include "support/close.hpp"
#include "support/message_of.hpp"
#include "support/reference.hpp"

namespace cd = compute_divide;
using cd::career_state;
using test_support::close;
using test_support::message_of;
using enum cd::sector;

namespace {

using sectors = std::vector<cd::sector>;

struct record {
    std::optional<std::string> author;
    std::string work;
    std::optional<int> year;
    sectors where = {};
};

/// Of careers_data.csv.
std::vector<record> reference_records() {
    std::ifstream file(COMPUTE_DIVIDE_SOURCE_DIR "/tests/reference/careers_data.csv");
    std::vector<record> records;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        std::istringstream fields(line + ",");
        std::vector<std::string> cells;
        for (std::string cell; std::getline(fields, cell, ',');) cells.push_back(cell);
        record made{cells.at(0), cells.at(1), {}};
        if (!cells.at(2).empty()) made.year = std::stoi(cells[2]);
        std::istringstream names(cells.at(3));
        for (std::string name; std::getline(names, name, ';');) made.where.push_back(cd::parse_name<cd::sector>(name));
        records.push_back(made);
    }
    if (records.empty()) throw std::runtime_error("careers_data.csv");
    return records;
}

/// A career by hand: years and where.
struct seen {
    int year;
    sectors where;
};
auto career(const std::vector<seen>& years, const std::string& who = "a") {
    cd::careers<std::string> made;
    for (const auto& [year, where] : years) made.add(who, year, where);
    return made;
}
/// Moves of all years as text: "academia>industry 2003".
std::string moves_in(const auto& careers, const cd::career_options& options = {}) {
    std::string text;
    for (const auto& step : careers.steps(options))
        if (step.from != step.to) {
            text.append(text.empty() ? "" : ", ").append(cd::name_of(step.from)).append(">");
            text.append(cd::name_of(step.to)).append(" ").append(std::to_string(step.year));
        }
    return text;
}
std::uint64_t at_risk_in(const auto& careers, const cd::career_options& options = {}) {
    return careers.result(options).all.at_risk;
}

const auto& rate_of(const cd::career_table& table, career_state from, career_state to) {
    return table.all.flow(from, to).rate;
}

}  // namespace

TEST_CASE("careers by hand") {
    CHECK(moves_in(career({})).empty());
    CHECK(moves_in(career({{2000, {academia}}})).empty());
    CHECK(moves_in(career({{2000, {academia}}, {2001, {academia}}})).empty());
    CHECK(at_risk_in(career({{2000, {academia}}, {2001, {academia}}})) == 1);
    CHECK(moves_in(career({{2000, {academia}}, {2001, {industry}}})) == "academia>industry 2001");
    CHECK(moves_in(career({{2001, {industry}}, {2000, {academia}}})) == "academia>industry 2001");  // any order
    CHECK(moves_in(career({{2000, {academia}}, {2001, {industry, academia}}, {2002, {industry}}})) ==
          "academia>both 2001, both>industry 2002");
    CHECK(moves_in(career({{2000, {government}}, {2001, {academia, facility}}})) == "other>academia 2001");
    // Two affiliations of one sector are one; the unknown beside the known says nothing.
    CHECK(moves_in(career({{2000, {academia, academia}}, {2001, {academia, unknown}}})).empty());
    // A year of no known sector is a gap.
    CHECK(moves_in(career({{2000, {academia}}, {2001, {unknown}}, {2002, {industry}}}), {.carry = 0}).empty());
    CHECK(moves_in(career({{2000, {academia}}, {2001, {}}, {2002, {industry}}}), {.carry = 1}) ==
          "academia>industry 2002");
}

TEST_CASE("gaps carry the last state, for so long") {
    const auto author = career({{2000, {academia}}, {2003, {industry}}, {2008, {academia}}});
    CHECK(moves_in(author, {.carry = 1}).empty());
    CHECK(at_risk_in(author, {.carry = 1}) == 0);
    CHECK(moves_in(author, {.carry = 2}) == "academia>industry 2003");
    CHECK(at_risk_in(author, {.carry = 2}) == 3);
    CHECK(moves_in(author, {.carry = 4}) == "academia>industry 2003, industry>academia 2008");
    const auto table = author.result({.carry = 2});
    CHECK(table.long_gaps == 1);
    CHECK(table.changes_over_long_gaps == 1);
    CHECK(table.all.carried == 2);
    CHECK(table.all.flow(career_state::academia, career_state::industry).at_risk == 3);
    CHECK(table.all.flow(career_state::industry, career_state::academia).at_risk == 0);
    CHECK(table.size() == 9);  // without holes
    CHECK(table.rows.front().entries == 1);
    CHECK(table.rows.back().last_seen == 1);
    CHECK(table.rows[3].last_seen == 0);

    // The earliest possible year, and exposure in the new state after it.
    CHECK(moves_in(author, {.carry = 2, .dating = cd::move_year::after_last_seen}) == "academia>industry 2001");
    const auto early = author.result({.carry = 2, .dating = cd::move_year::after_last_seen});
    CHECK(early.all.flow(career_state::academia, career_state::industry).at_risk == 1);
    CHECK(early.all.flow(career_state::industry, career_state::academia).at_risk == 2);

    // Carried years too: 2001 to 2003, 2004 and 2005, and to the end of the data; or of the years asked for.
    CHECK(at_risk_in(author, {.carry = 2, .exposure = cd::career_exposure::carried}) == 5);
    CHECK(at_risk_in(author, {.carry = 2, .exposure = cd::career_exposure::carried, .last_year = 2009}) == 6);
    CHECK(at_risk_in(author, {.carry = 2, .exposure = cd::career_exposure::carried, .last_year = 2020}) == 7);
}

TEST_CASE("several works of a year") {
    using enum cd::career_rule;
    const auto author = career({{2000, {academia}}, {2001, {academia}}, {2001, {academia}}, {2001, {industry}}});
    CHECK(moves_in(author, {.rule = full}) == "academia>both 2001");
    CHECK(moves_in(author, {.rule = majority}).empty());
    const auto tied =
        career({{2000, {industry}}, {2001, {academia}}, {2001, {industry}}, {2002, {academia, industry}}});
    CHECK(moves_in(tied, {.rule = majority}) == "industry>both 2001");
    CHECK(moves_in(tied, {.rule = majority, .ties = cd::career_ties::previous}).empty());
    CHECK(at_risk_in(tied, {.rule = majority, .ties = cd::career_ties::previous}) == 2);
    CHECK(at_risk_in(tied, {.rule = majority, .ties = cd::career_ties::unknown}) == 0);
    CHECK(tied.result({.rule = majority, .ties = cd::career_ties::unknown}).years_without_state == 2);
    // With nothing before, a tie is both. Half a work beside a whole one; thirds are exact.
    CHECK(moves_in(career({{2000, {academia, industry}}, {2001, {industry}}}),
                   {.rule = majority, .ties = cd::career_ties::previous}) == "both>industry 2001");
    CHECK(moves_in(career({{2000, {academia}}, {2001, {academia, industry}}, {2001, {industry}}}),
                   {.rule = majority}) == "academia>industry 2001");
    CHECK(moves_in(career({{2000, {academia}},
                           {2001, {academia, industry, government}},
                           {2001, {academia, industry, government}},
                           {2001, {academia, industry, government}},
                           {2001, {academia}},
                           {2001, {industry}}}),
                   {.rule = majority}) == "academia>both 2001");
    // Other gives way in ties, and wins by more.
    CHECK(moves_in(career({{2000, {industry}}, {2001, {industry, government}}}), {.rule = majority}).empty());
    CHECK(moves_in(career({{2000, {industry}}, {2001, {industry}}, {2001, {government}}, {2001, {nonprofit}}}),
                   {.rule = majority}) == "industry>other 2001");
}

TEST_CASE("every number agrees with the definitions, in exact fractions") {
    const auto records = reference_records();
    const auto by_work = cd::careers_of(records, &record::author, &record::year, &record::where, &record::work);
    const auto by_record = cd::careers_of(records, &record::author, &record::year, &record::where);
    std::map<std::string, cd::career_table> tables;
    std::size_t n_checked = 0;
    for (const auto& row : test_support::reference_table("careers", 3)) {
        CAPTURE(row.name);
        std::istringstream words(row.name);
        std::string what, rule, ties, dating, exposure, window, key, from, to;
        unsigned carry = 0;
        words >> what >> rule >> ties >> carry >> dating >> exposure >> window >> key >> from >> to;
        const std::string name = what + rule + ties + std::to_string(carry) + dating + exposure + window;
        if (!tables.contains(name)) {
            cd::career_options options{.rule = cd::parse_name<cd::career_rule>(rule),
                                       .ties = cd::parse_name<cd::career_ties>(ties),
                                       .carry = carry,
                                       .dating = cd::parse_name<cd::move_year>(dating),
                                       .exposure = cd::parse_name<cd::career_exposure>(exposure),
                                       .interval = cd::career_interval::clustered_by_author};
            if (window != "all") {
                options.first_year = 2004;
                options.last_year = 2011;
            }
            tables[name] = what == "works" ? by_work.result(options) : by_record.result(options);
        }
        const cd::career_table& table = tables[name];
        ++n_checked;
        if (key == "authors") {
            CHECK(table.authors == row.numbers[0]);
            CHECK(table.long_gaps == row.numbers[1]);
            continue;
        }
        const cd::career_flows* flows = &table.all;
        if (key != "all") flows = &std::ranges::find(table.rows, std::stoi(key), &cd::career_year::year)->moves;
        const auto& flow = flows->flow(cd::parse_name<career_state>(from), cd::parse_name<career_state>(to));
        CHECK(flow.moves == row.numbers[0]);
        CHECK(flow.at_risk == row.numbers[1]);
        const double variance = row.numbers[2], p = flow.at_risk ? *flow.rate.value : 0;
        if (key == "all" && variance > 0 && p < 1) {
            REQUIRE(flow.rate.n_effective);
            CHECK(close(*flow.rate.n_effective, std::min(p * (1 - p) / variance, double(flow.at_risk)), 1e-12));
        }
    }
    CHECK(n_checked > 1000);
    CHECK(by_work.result().n_repeated > 0);
    CHECK(by_record.result().n_repeated == 0);
    CHECK(by_record.result().n_missing == 2);
}

TEST_CASE("all years are the sum of each, and steps are what is counted") {
    const auto records = reference_records();
    const auto careers = cd::careers_of(records, &record::author, &record::year, &record::where);
    for (const auto exposure : {cd::career_exposure::observed, cd::career_exposure::carried}) {
        const cd::career_options options{.carry = 3, .exposure = exposure};
        const auto table = careers.result(options);
        const auto steps = careers.steps(options);
        CHECK(steps.size() == table.all.at_risk);
        CHECK(std::ranges::is_sorted(steps, {}, [](const auto& s) { return std::pair(s.author, s.year); }));
        CHECK(std::uint64_t(std::ranges::count(steps, true, [](const auto& s) { return s.carried; })) ==
              table.all.carried);
        for (const auto& flow : table.all.flows) {
            std::uint64_t moves = 0, at_risk = 0;
            for (const auto& row : table) {
                moves += row.moves.flow(flow.from, flow.to).moves;
                at_risk += row.moves.flow(flow.from, flow.to).at_risk;
            }
            CHECK(moves == flow.moves);
            CHECK(at_risk == flow.at_risk);
            CHECK(flow.rate.n == at_risk);
        }
        std::uint64_t entries = 0, last_seen = 0;
        for (const auto& row : table) {
            entries += row.entries;
            last_seen += row.last_seen;
        }
        CHECK(entries == table.authors);
        CHECK(last_seen == table.authors);
        const auto forth = table.all.flow(career_state::academia, career_state::industry).moves;
        const auto back = table.all.flow(career_state::industry, career_state::academia).moves;
        CHECK(*table.all.net_flow.value == double(forth) - double(back));
        CHECK(table.all.net_flow.bounds->contains(*table.all.net_flow.value));
    }
}

TEST_CASE("the net flow has the interval of a difference") {
    cd::careers<int> made;
    for (int author = 0; author < 100; ++author) {
        made.add(author, 2000, author < 60 ? academia : industry);
        made.add(author, 2001, author < 48 ? academia : industry);  // 12 of 60 go
        if (author >= 95) made.add(author, 2002, academia);         // 5 of 5 + ... come back
    }
    const auto table = made.result({.interval = cd::career_interval::garwood});
    const auto& forth = table.all.flow(career_state::academia, career_state::industry);
    const auto& back = table.all.flow(career_state::industry, career_state::academia);
    CHECK(forth.moves == 12);
    CHECK(back.moves == 5);
    const auto a = cd::event_rate(12, 1), b = cd::event_rate(5, 1);
    CHECK(close(table.all.net_flow.lower(), 7 - std::hypot(12 - a.lower(), b.upper() - 5), 1e-12));
    CHECK(close(table.all.net_flow.upper(), 7 + std::hypot(a.upper() - 12, 5 - b.lower()), 1e-12));
    CHECK(table.all.net_flow.n == forth.at_risk + back.at_risk);
}

TEST_CASE("the same bytes in any order of adding and merging, and from any state") {
    const auto records = reference_records();
    const auto check = [&](const auto& empty, const auto& add) {
        auto whole = empty;
        for (const record& each : records) add(whole, each);
        const std::string bytes = cd::saved(whole);
        cd::random_stream random(7);
        for (int round = 0; round < 20; ++round) {
            std::vector<std::size_t> order(records.size());
            std::iota(order.begin(), order.end(), std::size_t{0});
            for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
            std::vector<std::remove_cvref_t<decltype(empty)>> parts(1 + random.below(9), empty);
            for (const std::size_t i : order) add(parts[random.below(parts.size())], records[i]);
            while (parts.size() > 1) {  // any tree of merges, through states
                const std::size_t at = random.below(parts.size() - 1);
                auto travelled = empty;
                cd::load(cd::saved(parts.back()), travelled);
                parts.pop_back();
                parts[at].merge(travelled);
            }
            CHECK(cd::saved(parts[0]) == bytes);
            CHECK(parts[0].result() == whole.result());
        }
        auto loaded = empty;
        cd::load(bytes, loaded);
        CHECK(cd::saved(loaded) == bytes);
        auto twice = whole;
        twice.merge(twice);
        CHECK(twice.result().n == 2 * whole.result().n);
        CHECK(twice.result().all == whole.result().all);
    };
    check(cd::careers<std::string>{},
          [](auto& all, const record& each) { all.add(each.author, each.year, each.where); });
    check(cd::careers<std::string, std::string>{},
          [](auto& all, const record& each) { all.add(each.author, each.year, each.where, each.work); });
    // Authors that can only be ordered.
    check(cd::careers<std::pair<std::string, int>>{}, [](auto& all, const record& each) {
        all.add(std::pair(each.author.value_or(""), 1), each.year, each.where);
    });
    const cd::careers<std::string> empty;
    for (const unsigned threads : {1U, 3U}) {
        const auto folded = cd::accumulate(
            records, empty, [](const record& each, auto& all) { all.add(each.author, each.year, each.where); },
            {.threads = threads});
        CHECK(cd::saved(folded) == cd::saved(cd::careers_of(records, &record::author, &record::year, &record::where)));
    }
}

namespace {

/// Saves as careers do, whatever is in it.
struct any_works {
    std::uint32_t academia = 0, industry = 0, other = 0, unknown = 0;
    static auto state(auto& self) { return std::tie(self.academia, self.industry, self.other, self.unknown); }
};
struct any_sides {
    std::int32_t year = 0;
    std::uint8_t sides = 0;
    static auto state(auto& self) { return std::tie(self.year, self.sides); }
};
template <class Second, class Value>
struct any_map {
    std::vector<std::pair<std::tuple<std::string, Second>, Value>> entries;
    static auto state(auto& self) { return std::tie(self.entries); }
};
template <class Second, class Value>
struct any_careers {
    any_map<Second, Value> works;
    std::uint64_t n = 0, n_missing = 0;
    static constexpr std::string_view state_name = "careers";
    static auto state(auto& self) { return std::tie(self.works, self.n, self.n_missing); }
};
template <class Careers>
bool is_loaded(const auto& written) {
    Careers read;
    try {
        cd::load(cd::saved(written), read);
        return true;
    } catch (const cd::state_error&) {
        return false;
    }
}

}  // namespace

TEST_CASE("states that are damaged, or that no records make, are refused") {
    const std::string bytes = cd::saved(career({{2000, {academia}}, {2001, {industry}}}));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        std::string changed = bytes;
        changed[i] = static_cast<char>(changed[i] ^ 1);
        cd::careers<std::string> loaded;
        CHECK_THROWS_AS(cd::load(changed, loaded), cd::state_error);
    }
    cd::careers<std::string, std::string> of_works;
    CHECK_THROWS_AS(cd::load(bytes, of_works), cd::state_error);

    using plain = cd::careers<std::string>;
    const auto works = [](std::string author, int year, any_works found, std::uint64_t n, std::uint64_t missing = 0) {
        return any_careers<std::int32_t, any_works>{{{{{std::move(author), year}, found}}}, n, missing};
    };
    CHECK(is_loaded<plain>(works("a", 2000, {6, 0, 0, 0}, 1)));
    CHECK(is_loaded<plain>(works("a", 2000, {3, 3, 6, 2}, 4)));
    CHECK(is_loaded<plain>(works("a", 2000, {0xFFFFFFFF, 0, 0, 0}, 1'000'000'000)));
    CHECK(!is_loaded<plain>(works("", 2000, {6, 0, 0, 0}, 1)));
    CHECK(!is_loaded<plain>(works("a", 0, {6, 0, 0, 0}, 1)));
    CHECK(!is_loaded<plain>(works("a", 10000, {6, 0, 0, 0}, 1)));
    CHECK(!is_loaded<plain>(works("a", 2000, {0, 0, 0, 0}, 0)));
    CHECK(!is_loaded<plain>(works("a", 2000, {5, 0, 0, 0}, 1)));
    CHECK(!is_loaded<plain>(works("a", 2000, {6, 0, 0, 0}, 2)));
    CHECK(!is_loaded<plain>(works("a", 2000, {0xFFFFFFFF, 0, 0, 0}, 5)));
    CHECK(!is_loaded<plain>(works("a", 2000, {6, 0, 0, 0}, 1, ~std::uint64_t{0})));

    using with_ids = cd::careers<std::string, std::string>;
    const auto sides = [](std::string work, int year, std::uint8_t found, std::uint64_t n) {
        return any_careers<std::string, any_sides>{{{{{"a", std::move(work)}, {year, found}}}}, n, 0};
    };
    CHECK(is_loaded<with_ids>(sides("w", 2000, 7, 2)));
    CHECK(!is_loaded<with_ids>(sides("", 2000, 7, 2)));
    CHECK(!is_loaded<with_ids>(sides("w", 0, 7, 2)));
    CHECK(!is_loaded<with_ids>(sides("w", 2000, 8, 2)));
    CHECK(!is_loaded<with_ids>(sides("w", 2000, 7, 0)));
    CHECK(!is_loaded<with_ids>(any_careers<std::string, any_sides>{{}, 1, 0}));
}

TEST_CASE("counts of works stop at the largest, in any order") {
    cd::careers<std::string> full;
    any_careers<std::int32_t, any_works> written{{{{{"a", 2000}, {0xFFFFFFFF, 0, 0, 0}}}}, 1'000'000'000, 0};
    cd::load(cd::saved(written), full);
    auto one = career({{2000, {industry}}}), other = full;
    other.merge(full);
    other.merge(one);
    one.merge(full);
    one.merge(full);
    CHECK(cd::saved(other) == cd::saved(one));
}

TEST_CASE("a work told several times is one, of all its sectors and its first year") {
    cd::careers<std::string, std::string> made;
    made.add("a", 2001, academia, "w1");
    made.add("a", 2000, industry, "w1");
    made.add("a", 2001, academia, "w2");
    CHECK(made.size() == 2);
    const auto table = made.result();
    CHECK(table.n == 3);
    CHECK(table.n_repeated == 1);
    CHECK(moves_in(made) == "both>academia 2001");
    made.add("a", 2001, academia, "");
    CHECK(made.result().n_missing == 1);
}

TEST_CASE("records of every kind: dates, optionals, one sector, text that is looked at") {
    using namespace std::chrono;
    struct paper {
        std::string_view author;
        std::optional<year_month_day> date;
        std::optional<cd::sector> where;
    };
    const std::vector<paper> papers{{"a", year{2000} / December / 31, academia},
                                    {"a", year{2001} / January / 1, industry},
                                    {"a", std::nullopt, industry},
                                    {"", year{2001} / January / 1, industry},
                                    {"b", year{2001} / January / 1, std::nullopt}};
    const auto made = cd::careers_of(papers, &paper::author, &paper::date, &paper::where);
    CHECK(moves_in(made) == "academia>industry 2001");
    const auto table = made.result();
    CHECK(table.n == 3);
    CHECK(table.n_missing == 2);
    CHECK(table.authors == 1);
    CHECK(table.authors_without_state == 1);
    CHECK(table.years_without_state == 1);
    cd::careers<std::uint64_t> numbers;
    numbers.add(std::optional<std::uint64_t>(5), 2000.9, academia);
    numbers.add(std::optional<std::uint64_t>(), 2000, academia);
    numbers.add(std::uint64_t{5}, std::numeric_limits<double>::quiet_NaN(), academia);
    CHECK(numbers.result().rows.at(0).year == 2000);
    CHECK(numbers.result().n_missing == 2);
}

TEST_CASE("bad years, windows and options are errors that name them") {
    cd::careers<std::string> made;
    for (const int year : {0, -5, 10000, 2'000'000'000})
        CHECK(message_of([&] { made.add("a", year, academia); }) ==
              "compute_divide::careers::add: a year from 1 to 9999, got " +
                  (year == 2'000'000'000 ? "2e+09" : std::to_string(year)));
    CHECK(!message_of([&] { made.add("a", 1e300, academia); }).empty());
    CHECK(message_of([&] { made.add("a", std::chrono::year{-3}, academia); }) ==
          "compute_divide::careers::add: a year from 1 to 9999, got -3");
    CHECK(made.result().n == 0);
    CHECK(message_of([&] { static_cast<void>(made.result({.level = 1})); }) ==
          "compute_divide::careers::result: level in (0, 1), got 1");
    CHECK(message_of([&] { static_cast<void>(made.result({.carry = 10000})); }) ==
          "compute_divide::careers::result: carry up to 9999 years, got 10000");
    CHECK(message_of([&] { static_cast<void>(made.result({.first_year = 2001, .last_year = 2000})); }) ==
          "compute_divide::careers::result: first_year <= last_year, got 2000");
    CHECK(message_of([&] { static_cast<void>(made.steps({.last_year = 10000})); }) ==
          "compute_divide::careers::result: first_year and last_year from 1 to 9999, got 10000");
    CHECK(message_of([&] { static_cast<void>(made.result().all.flow(career_state::both, career_state::both)); }) ==
          "compute_divide::career_flows::flow: two states of a table, got \"both\"");
}

TEST_CASE("nothing at risk is a status, and what is left out is counted") {
    const auto nothing = cd::careers<int>{}.result();
    CHECK(!nothing);
    CHECK(nothing.status == cd::estimate_status::no_data);
    CHECK(nothing.empty());
    CHECK(nothing.all.flows.size() == 12);
    CHECK(!nothing.all.net_flow);
    auto made = career({{2000, {academia}}, {2001, {industry}}, {2031, {industry}}});  // of the future
    made.merge(career({{2000, {unknown}}, {2001, {}}}, "nowhere"));
    made.merge(career({{2000, {academia}}, {2000, {academia}}}, "once"));
    made.add_missing();
    const auto table = made.result({.last_year = 2025});
    CHECK(table);
    CHECK(table.n == 7);
    CHECK(table.n_missing == 1);
    CHECK(table.years_outside == 1);
    CHECK(table.authors == 2);
    CHECK(table.authors_of_one_year == 1);
    CHECK(table.authors_without_state == 1);
    CHECK(table.years_without_state == 2);
    CHECK(table.size() == 2);
    // Without the window, the future is a year as any other.
    CHECK(made.result().size() == 32);
    // Zero moves have a rate of 0 with an upper end; nobody at risk has none.
    const auto& none = rate_of(table, career_state::industry, career_state::academia);
    CHECK(none.status == cd::estimate_status::no_data);
    const auto stays = career({{2000, {academia}}, {2001, {academia}}, {2002, {academia}}})
                           .result({.interval = cd::career_interval::garwood});
    const auto& zero = rate_of(stays, career_state::academia, career_state::industry);
    CHECK(*zero.value == 0);
    CHECK(zero.lower() == 0);
    CHECK(zero.upper() == 1);  // 3.69 over 2 author-years; one move a year at most
    const auto alone = career({{2000, {academia}}, {2001, {academia}}, {2002, {industry}}}).result();
    CHECK(rate_of(alone, career_state::academia, career_state::industry).value == 0.5);
    CHECK(rate_of(alone, career_state::academia, career_state::industry).status == cd::estimate_status::too_few);
    CHECK(alone.all.net_flow.value == 1);
    CHECK(alone.all.net_flow.status == cd::estimate_status::too_few);
}

namespace {

/// Authors of whom each goes from academia to industry, and back, by chance: `hazard(author)` a year; a year has works
/// with probability `publishes`.
template <class Hazard>
cd::careers<int> simulated(cd::random_stream& random, int authors, int years, double publishes, const Hazard& hazard) {
    cd::careers<int> made;
    for (int author = 0; author < authors; ++author) {
        bool is_industry = false;
        const double h = hazard(author);
        for (int year = 2000; year < 2000 + years; ++year) {
            if (year > 2000 && random.uniform() < h) is_industry = !is_industry;
            if (random.uniform() < publishes) made.add(author, year, is_industry ? industry : academia);
        }
    }
    return made;
}

}  // namespace

TEST_CASE("a known hazard is found, and its interval covers" * doctest::test_suite("long")) {
    cd::random_stream random(11);
    const double hazard = 0.03;
    int covered = 0, covered_clustered = 0, covered_year = 0;
    constexpr int rounds = 500;
    for (int round = 0; round < rounds; ++round) {
        const auto made = simulated(random, 120, 8, 1, [=](int) { return hazard; });
        const auto table = made.result({.interval = cd::career_interval::garwood});
        covered += rate_of(table, career_state::academia, career_state::industry).bounds->contains(hazard) ? 1 : 0;
        const auto& year = table.rows.at(3).moves.flow(career_state::academia, career_state::industry).rate;
        covered_year += year.bounds->contains(hazard) ? 1 : 0;
        const auto by_author = made.result();
        covered_clustered +=
            rate_of(by_author, career_state::academia, career_state::industry).bounds->contains(hazard) ? 1 : 0;
    }
    MESSAGE("coverage: " << covered << ", clustered " << covered_clustered << ", a year " << covered_year << " of 500");
    CHECK(covered >= 0.93 * rounds);
    CHECK(covered_year >= 0.94 * rounds);
    CHECK(covered_clustered >= 0.92 * rounds);
}

TEST_CASE("authors who differ: moves that come together need the clustered interval" * doctest::test_suite("long")) {
    // Two kinds: 95 % who hardly move, 5 % who go to and fro. The truth is the ratio of means, from many authors.
    const auto hazard = [](int author) { return author % 20 == 0 ? 0.5 : 0.005; };
    cd::random_stream random(12);
    const double truth =
        *rate_of(simulated(random, 200'000, 12, 1, hazard).result(), career_state::academia, career_state::industry)
             .value;
    int garwood = 0, clustered = 0;
    constexpr int rounds = 500;
    for (int round = 0; round < rounds; ++round) {
        // Kinds by chance, as authors are drawn.
        const auto made = simulated(random, 400, 12, 1, [&](int) { return hazard(random.uniform() < 0.05 ? 0 : 1); });
        garwood += rate_of(made.result({.interval = cd::career_interval::garwood}), career_state::academia,
                           career_state::industry)
                       .bounds->contains(truth);
        clustered += rate_of(made.result(), career_state::academia, career_state::industry).bounds->contains(truth);
    }
    MESSAGE("coverage where authors differ: garwood " << garwood << ", clustered " << clustered << " of 500");
    CHECK(clustered >= 0.91 * rounds);
    CHECK(garwood < 0.88 * rounds);
}

TEST_CASE("works in some years only: observed exposure finds the hazard, carried years lower it" *
          doctest::test_suite("long")) {
    cd::random_stream random(13);
    const double hazard = 0.02;
    const auto made = simulated(random, 20'000, 15, 0.6, [=](int) { return hazard; });
    using enum cd::career_exposure;
    const auto rate = [&](cd::career_exposure exposure, unsigned carry) {
        return *rate_of(made.result({.carry = carry, .exposure = exposure}), career_state::academia,
                        career_state::industry)
                    .value;
    };
    for (const unsigned carry : {0U, 2U, 5U}) {
        CAPTURE(carry);
        CHECK(std::fabs(rate(observed, carry) / hazard - 1) < 0.05);  // moves there and back in a gap are not seen
    }
    CHECK(rate(carried, 2) < 0.97 * rate(observed, 2));
}

TEST_CASE("every choice of options, on the same careers") {
    const auto records = reference_records();
    const auto careers = cd::careers_of(records, &record::author, &record::year, &record::where);
    for (const auto& rule : enumerators(cd::career_rule{}))
        for (const auto& ties : enumerators(cd::career_ties{}))
            for (const auto& dating : enumerators(cd::move_year{}))
                for (const auto& exposure : enumerators(cd::career_exposure{}))
                    for (const auto& interval : enumerators(cd::career_interval{}))
                        for (const double level : {0.5, 0.95}) {
                            const auto table = careers.result({.rule = rule.value,
                                                               .ties = ties.value,
                                                               .dating = dating.value,
                                                               .exposure = exposure.value,
                                                               .interval = interval.value,
                                                               .level = level});
                            REQUIRE(table);
                            for (const auto& row : table)
                                for (const auto& flow : row.moves.flows) {
                                    CHECK(flow.moves <= flow.at_risk);
                                    if (flow.rate.bounds) CHECK(flow.rate.bounds->contains(*flow.rate.value));
                                    CHECK(flow.rate.level == level);
                                }
                        }
}
