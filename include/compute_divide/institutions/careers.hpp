// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_CAREERS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_CAREERS_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <compare>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/event_rate.hpp>

/// Who moves between academia and industry: of authors, year by year, where their works say that they are, and how
/// often that changes per author-year at risk.
///
///     const auto moves = careers_of(authorships, &row::author, &row::year, &row::sectors).result({.carry = 2});
///     for (const auto& year : moves)
///         to_string(year.moves.flow(career_state::academia, career_state::industry).rate);
///
/// An author's state in a year comes from the sectors of the author's works of that year (career_options::rule).
/// Between two years of known state the last one is carried over, if no more than `carry` years are between them: the
/// author is at risk of a move in each year after the first up to the second, and has moved where the second is
/// another. Over longer gaps nobody is at risk, and a change of state is counted, but is no move. An author is not at
/// risk in the first year seen (who begins in industry has not moved there), nor after the last (career_exposure). So
/// what is estimated is the hazard of being *seen* elsewhere, of authors who go on publishing: who moves and publishes
/// no more is lost, and if that is so of one way more than of the other, the rates are wrong in a way that these data
/// cannot tell. Two moves within a gap, there and back, are not seen.
namespace compute_divide::inline v0_2 {

/// Where an author is in a year.
enum class career_state { academia, industry, both, other };
[[nodiscard]] constexpr auto enumerators(career_state) {
    using enum career_state;
    return std::array{named<career_state>{academia, "academia"}, named<career_state>{industry, "industry"},
                      named<career_state>{both, "both", "academia and industry"}, named<career_state>{other, "other"}};
}

/// What several works of a year, or several sectors of a work, make an author. Other sectors (government, ...) count
/// where neither academia nor industry does.
enum class career_rule {
    full,     ///< every sector that any work names: academia and industry are both
    majority  ///< what most works name, a work of several split evenly among academia, industry and other; see ties
};
[[nodiscard]] constexpr auto enumerators(career_rule) {
    using enum career_rule;
    return std::array{named<career_rule>{full, "full", "every sector that any work names"},
                      named<career_rule>{majority, "majority", "the sector of most works"}};
}

/// What a year is in which academia and industry have equally many works, and other no more, under `majority`. A tie of
/// one of them with other goes to it.
enum class career_ties {
    both,      ///< of both
    previous,  ///< as the last known year, where that is academia or industry; else of both
    unknown    ///< not known: as a year without works
};
[[nodiscard]] constexpr auto enumerators(career_ties) {
    using enum career_ties;
    return std::array{named<career_ties>{both, "both", "academia and industry"},
                      named<career_ties>{previous, "previous", "as the last known year"},
                      named<career_ties>{unknown, "unknown", "not known"}};
}

/// When a move happened that is seen after a gap: between the two years nobody knows.
enum class move_year {
    first_seen,      ///< in the first year in the new state: the latest possible
    after_last_seen  ///< in the year after the last in the old state: the earliest possible
};
[[nodiscard]] constexpr auto enumerators(move_year) {
    using enum move_year;
    return std::array{named<move_year>{first_seen, "first_seen", "the first year in the new state"},
                      named<move_year>{after_last_seen, "after_last_seen", "the year after the last in the old state"}};
}

/// Whether an author of whom nothing more is seen, or nothing for longer than `carry`, is at risk in the carried years.
enum class career_exposure {
    observed,  ///< no: censored in the last year seen. Right where publishing does not depend on the state
    carried    ///< yes: `carry` years more (to last_year), in which no move can be seen: rates are lower
};
[[nodiscard]] constexpr auto enumerators(career_exposure) {
    using enum career_exposure;
    return std::array{named<career_exposure>{observed, "observed", "to the last year seen"},
                      named<career_exposure>{carried, "carried", "carried years too"}};
}

/// On what the intervals of rates rest. Neither knows of organisations: where many move together, since a laboratory
/// opens or closes, both are too narrow; see careers::steps.
enum class career_interval {
    /// Moves of one author depend on each other, authors do not: clustered_share.hpp, Wilson's with n_eff and Student's
    /// t; few_clusters below 20 authors at risk. It covers at 0.94 to 0.97 from 30 authors on (docs/coverage.md).
    clustered_by_author,
    /// Moves are independent, also those of one author, whose hazards are all the same: exact Poisson (event_rate.hpp).
    /// It covers then, at 0.95 to 0.99; at 0.91 where one author in twenty moves at every second chance.
    garwood
};
[[nodiscard]] constexpr auto enumerators(career_interval) {
    using enum career_interval;
    return std::array{named<career_interval>{clustered_by_author, "clustered_by_author", "clustered by author"},
                      named<career_interval>{garwood, "garwood", "Garwood's, of independent moves"}};
}

struct career_options {
    career_rule rule = career_rule::full;
    career_ties ties = career_ties::both;  ///< of `majority`
    unsigned carry = 2;                    ///< years without a known state over which the last one is carried
    move_year dating = move_year::first_seen;
    career_exposure exposure = career_exposure::observed;
    std::optional<int> first_year = {};  ///< author-years before it are left out, and counted
    std::optional<int> last_year = {};   ///< those after it, such as of works dated in the future
    career_interval interval = career_interval::clustered_by_author;
    double level = 0.95;  ///< in (0, 1)
};

/// Moves from one state to another.
struct career_flow {
    career_state from = career_state::academia;
    career_state to = career_state::industry;
    std::uint64_t moves = 0;
    std::uint64_t at_risk = 0;  ///< author-years in `from`
    estimate rate = {};         ///< moves per author-year at risk; n is at_risk

    friend bool operator==(const career_flow&, const career_flow&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<career_flow>) {
    using result = career_flow;
    return member_list(member{"from", &result::from}, member{"to", &result::to}, member{"moves", &result::moves},
                       member{"at_risk", &result::at_risk}, member{"rate", &result::rate});
}

/// The moves between all states: of a year, or of all.
struct career_flows {
    std::uint64_t at_risk = 0;            ///< author-years
    std::uint64_t carried = 0;            ///< of them those in which no work says the state
    std::vector<career_flow> flows = {};  ///< each pair of states that differ, by `from`, then `to`
    /// Moves from academia to industry less those back, in authors; the interval is that of a difference of independent
    /// numbers, each with the interval of its rate (MOVER: Zou, Donner 2008).
    estimate net_flow = {};

    /// Throws std::invalid_argument where there is none, such as from a state to itself.
    [[nodiscard]] const career_flow& flow(career_state from, career_state to) const {
        for (const career_flow& each : flows)
            if (each.from == from && each.to == to) return each;
        detail::fail("career_flows::flow", "two states of a table", name_of(from));
    }
    friend bool operator==(const career_flows&, const career_flows&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<career_flows>) {
    using result = career_flows;
    return member_list(member{"at_risk", &result::at_risk}, member{"carried", &result::carried},
                       member{"flows", &result::flows}, member{"net_flow", &result::net_flow});
}

/// An author in a year.
struct career_year {
    int year = 0;
    std::uint64_t authors = 0;    ///< of known state
    std::uint64_t entries = 0;    ///< of them those first seen
    std::uint64_t last_seen = 0;  ///< of them those not seen after: gone, or censored by the end of the data
    career_flows moves = {};

    friend bool operator==(const career_year&, const career_year&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<career_year>) {
    using result = career_year;
    return member_list(member{"year", &result::year}, member{"authors", &result::authors},
                       member{"entries", &result::entries}, member{"last_seen", &result::last_seen},
                       member{"moves", &result::moves});
}

/// A range of years, without holes, from the first to the last in which an author is seen or at risk.
struct career_table {
    std::vector<career_year> rows = {};
    career_flows all = {};                     ///< of all years
    std::uint64_t n = 0;                       ///< records of known author and year
    std::uint64_t n_missing = 0;               ///< records whose author, year or work is not known
    std::uint64_t n_repeated = 0;              ///< records that tell again of an author of a work
    std::uint64_t authors = 0;                 ///< of a known state in some year
    std::uint64_t authors_without_state = 0;   ///< with works, but no known state
    std::uint64_t authors_of_one_year = 0;     ///< of a known state in one year only: never at risk, but as carried
    std::uint64_t years_without_state = 0;     ///< author-years with works, but no known state
    std::uint64_t years_outside = 0;           ///< author-years outside first_year to last_year
    std::uint64_t long_gaps = 0;               ///< between two known states, more than `carry` years
    std::uint64_t changes_over_long_gaps = 0;  ///< of them those between states that differ: no moves
    estimate_status status = estimate_status::no_data;  ///< no_data: nobody is at risk

    [[nodiscard]] auto begin() const { return rows.begin(); }
    [[nodiscard]] auto end() const { return rows.end(); }
    [[nodiscard]] std::size_t size() const { return rows.size(); }
    [[nodiscard]] bool empty() const { return rows.empty(); }
    [[nodiscard]] explicit operator bool() const { return has_value(status); }

    friend bool operator==(const career_table&, const career_table&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<career_table>) {
    using result = career_table;
    return member_list(
        member{"rows", &result::rows}, member{"all", &result::all}, member{"n", &result::n},
        member{"n_missing", &result::n_missing}, member{"n_repeated", &result::n_repeated},
        member{"authors", &result::authors}, member{"authors_without_state", &result::authors_without_state},
        member{"authors_of_one_year", &result::authors_of_one_year},
        member{"years_without_state", &result::years_without_state}, member{"years_outside", &result::years_outside},
        member{"long_gaps", &result::long_gaps}, member{"changes_over_long_gaps", &result::changes_over_long_gaps},
        member{"status", &result::status});
}

/// An author-year at risk: in `from` at its beginning, in `to` at its end.
template <label Author>
struct career_step {
    Author author{};
    int year = 0;
    career_state from = career_state::academia;
    career_state to = career_state::academia;
    bool carried = false;  ///< no work says the state in this year

    friend bool operator==(const career_step&, const career_step&) = default;
};
template <label Author>
[[nodiscard]] constexpr auto members(std::type_identity<career_step<Author>>) {
    using result = career_step<Author>;
    return member_list(member{"author", &result::author}, member{"year", &result::year}, member{"from", &result::from},
                       member{"to", &result::to}, member{"carried", &result::carried});
}

/// Records that say no work: each is a work of its own.
struct no_work_id {
    friend auto operator<=>(const no_work_id&, const no_work_id&) = default;
};

namespace detail {

template <class T>
concept sector_range = std::ranges::input_range<const T> && std::same_as<std::ranges::range_value_t<const T>, sector>;
/// A sector, a range of sectors, or an optional of either.
template <class T>
concept sectors_said = std::same_as<known_t<T>, sector> || sector_range<known_t<T>>;

/// The sides that sectors are on: 1 academia, 2 industry, 4 other; 0 where no sector is known.
[[nodiscard]] constexpr std::uint8_t career_side(sector s) {
    switch (s) {
        case sector::academia:
            return 1;
        case sector::industry:
            return 2;
        case sector::unknown:
            return 0;
        default:
            return 4;
    }
}
template <sectors_said T>
[[nodiscard]] constexpr std::uint8_t career_sides(const T& said) {
    if constexpr (is_optional<T>) {
        return said ? career_sides(*said) : std::uint8_t{0};
    } else if constexpr (std::same_as<T, sector>) {
        return career_side(said);
    } else {
        std::uint8_t sides = 0;
        for (const sector each : said) sides = static_cast<std::uint8_t>(sides | career_side(each));
        return sides;
    }
}

/// The works of an author and year: sixths of those of each side, so that a work of two or three is split exactly.
/// Counts stop at 2^32 - 1, so that sums are the same in any order.
struct year_works {
    std::uint32_t academia = 0, industry = 0, other = 0;
    std::uint32_t unknown = 0;  ///< works

    void add(std::uint8_t sides) {
        const int n = std::popcount(sides);
        if (n == 0) return add_up(unknown, 1);
        const auto part = static_cast<std::uint32_t>(6 / n);
        if ((sides & 1) != 0) add_up(academia, part);
        if ((sides & 2) != 0) add_up(industry, part);
        if ((sides & 4) != 0) add_up(other, part);
    }
    void merge(const year_works& more) {
        add_up(academia, more.academia);
        add_up(industry, more.industry);
        add_up(other, more.other);
        add_up(unknown, more.unknown);
    }
    [[nodiscard]] std::uint64_t sixths() const {
        return std::uint64_t{academia} + industry + other + 6 * std::uint64_t{unknown};
    }
    [[nodiscard]] bool is_full() const {
        return std::max({academia, industry, other, unknown}) == std::numeric_limits<std::uint32_t>::max();
    }
    friend bool operator==(const year_works&, const year_works&) = default;
    static auto state(auto& self) { return std::tie(self.academia, self.industry, self.other, self.unknown); }

private:
    static void add_up(std::uint32_t& sum, std::uint32_t more) {
        sum = more > std::numeric_limits<std::uint32_t>::max() - sum ? std::numeric_limits<std::uint32_t>::max()
                                                                     : sum + more;
    }
};

/// What records say of an author of a work: every sector, and the first year.
struct work_sides {
    std::int32_t year = 0;  ///< 0: none yet
    std::uint8_t sides = 0;

    void merge(const work_sides& more) {
        if (year == 0 || (more.year != 0 && more.year < year)) year = more.year;
        sides = static_cast<std::uint8_t>(sides | more.sides);
    }
    friend bool operator==(const work_sides&, const work_sides&) = default;
    static auto state(auto& self) { return std::tie(self.year, self.sides); }
};

/// The state that the works of a year make.
[[nodiscard]] constexpr std::optional<career_state> career_state_of(const year_works& works,
                                                                    std::optional<career_state> last,
                                                                    const career_options& options) {
    using enum career_state;
    if (works.academia == 0 && works.industry == 0) return works.other > 0 ? std::optional(other) : std::nullopt;
    if (options.rule == career_rule::full) {
        if (works.academia > 0 && works.industry > 0) return both;
        return works.academia > 0 ? academia : industry;
    }
    if (works.other > std::max(works.academia, works.industry)) return other;
    if (works.academia != works.industry) return works.academia > works.industry ? academia : industry;
    switch (options.ties) {
        case career_ties::both:
            break;
        case career_ties::previous:
            return last && *last != other ? *last : both;
        case career_ties::unknown:
            return std::nullopt;
    }
    return both;
}

inline constexpr std::size_t n_career_states = enumerators(career_state{}).size();
[[nodiscard]] constexpr std::size_t index_of(career_state state) {
    return static_cast<std::size_t>(state);
}

/// Author-years and moves between states, with what the variance by author needs.
class career_sums {
    using by_state = std::array<std::uint64_t, n_career_states>;
    using by_pair = std::array<by_state, n_career_states>;

public:
    void add(career_state from, career_state to, bool carried) {
        ++exposed_[index_of(from)];
        if (from != to) ++moves_[index_of(from)][index_of(to)];
        carried_ += carried ? 1U : 0U;
    }
    /// Adds one author's.
    void add_author(const career_sums& own) {
        carried_ += own.carried_;
        for (std::size_t from = 0; from < n_career_states; ++from) {
            const std::uint64_t e = own.exposed_[from];
            if (e == 0) continue;
            exposed_[from] += e;
            exposed_squares_[from] += e * e;
            ++authors_[from];
            for (std::size_t to = 0; to < n_career_states; ++to) {
                const std::uint64_t m = own.moves_[from][to];
                moves_[from][to] += m;
                move_squares_[from][to] += m * m;
                products_[from][to] += m * e;
            }
        }
    }
    /// As if each author-year were of another author, as those of one year and state are.
    void make_authors_of_years() {
        exposed_squares_ = authors_ = exposed_;
        move_squares_ = products_ = moves_;
    }

    [[nodiscard]] career_flows result(const career_options& options) const {
        career_flows all{.carried = carried_};
        for (const std::uint64_t each : exposed_) all.at_risk += each;
        for (const auto& from : enumerators(career_state{}))
            for (const auto& to : enumerators(career_state{})) {
                if (from.value == to.value) continue;
                const std::size_t i = index_of(from.value), j = index_of(to.value);
                career_flow flow{from.value, to.value, moves_[i][j], exposed_[i]};
                flow.rate = options.interval == career_interval::garwood ? poisson_rate(flow, options.level)
                                                                         : clustered_rate(i, j, options.level);
                all.flows.push_back(flow);
            }
        using enum career_state;
        all.net_flow = difference(all.flow(academia, industry), all.flow(industry, academia), options.level);
        return all;
    }

private:
    [[nodiscard]] static estimate poisson_rate(const career_flow& flow, double level) {
        estimate rate = event_rate(flow.moves, static_cast<double>(flow.at_risk), {.level = level});
        rate.n = flow.at_risk;
        if (rate.bounds) rate.bounds->upper = std::min(rate.bounds->upper, 1.0);  // one move a year at most
        return rate;
    }
    [[nodiscard]] estimate clustered_rate(std::size_t from, std::size_t to, double level) const {
        constexpr std::uint64_t few = clustered_share_options{}.few_clusters;
        const auto e = static_cast<double>(exposed_[from]), m = static_cast<double>(moves_[from][to]);
        const std::uint64_t authors = authors_[from];
        if (e == 0) return {.level = level, .method = "clustered_wilson"};
        const double rate = m / e;
        const double even = e * e / static_cast<double>(exposed_squares_[from]);
        double v = 0;
        if (authors > 1)
            v = cluster_factor(authors) *
                std::max(0.0, static_cast<double>(move_squares_[from][to]) -
                                  2 * rate * static_cast<double>(products_[from][to]) +
                                  rate * rate * static_cast<double>(exposed_squares_[from])) /
                (e * e);
        estimate found = share_of_variance({rate, v, exposed_[from], authors, even, static_cast<double>(authors) - 1},
                                           {.level = level, .few_clusters = few})
                             .share;
        if (found && even < static_cast<double>(few) / 2) found.status = estimate_status::few_clusters;
        return found;
    }
    [[nodiscard]] static estimate difference(const career_flow& there, const career_flow& back, double level) {
        estimate net{.level = level, .method = "mover", .n = there.at_risk + back.at_risk};
        const auto forth = static_cast<double>(there.moves), reverse = static_cast<double>(back.moves);
        if (net.n == 0) return net;
        net.value = forth - reverse;
        const auto limits = [](const career_flow& flow) -> std::optional<interval> {
            if (flow.at_risk == 0) return interval{0, 0};
            if (!flow.rate.bounds) return std::nullopt;
            const auto years = static_cast<double>(flow.at_risk), moves = static_cast<double>(flow.moves);
            return interval{std::min(flow.rate.bounds->lower * years, moves),
                            std::max(flow.rate.bounds->upper * years, moves)};
        };
        const auto of_there = limits(there), of_back = limits(back);
        net.status = estimate_status::too_few;
        if (!of_there || !of_back) return net;
        net.bounds = {*net.value - std::hypot(forth - of_there->lower, of_back->upper - reverse),
                      *net.value + std::hypot(of_there->upper - forth, reverse - of_back->lower)};
        const bool few =
            there.rate.status == estimate_status::few_clusters || back.rate.status == estimate_status::few_clusters;
        net.status = few ? estimate_status::few_clusters : estimate_status::ok;
        return net;
    }

    by_state exposed_{}, exposed_squares_{}, authors_{};
    by_pair moves_{}, move_squares_{}, products_{};
    std::uint64_t carried_ = 0;
};

}  // namespace detail

/// The works of authors by year, in one mergeable pass: records are added, and parts merged, in any order, and the
/// state that is saved is the same to the last byte. Exact: all sums are of integers. Without ids of works each record
/// is one work of its author. With them (`Work`) records of one author and work are one, of every sector that they name
/// and of the first year that they say, also across merged parts.
///
/// Memory goes with author-years (with ids of works, with authors of works): 48 to 96 bytes each where the author is a
/// number (48 and 84 measured), 72 to 144 where it is short text, half as many more while a table grows; in a saved
/// state 28, or 28 and the text (benchmarks/careers.bench.cpp). O(1) a record for authors with a std::hash; at most
/// 2^32 - 1 author-years.
template <label Author, label Work = no_work_id>
class careers {
    static constexpr bool has_works = !std::same_as<Work, no_work_id>;
    using second = std::conditional_t<has_works, Work, std::int32_t>;
    using value = std::conditional_t<has_works, detail::work_sides, detail::year_works>;

public:
    /// `when` is a year or a date. `sectors` is a sector, a range of sectors (one for each affiliation; how often one
    /// occurs does not matter), or an optional of either; nothing, or unknown alone, is a work of no known sector. A
    /// record whose author (or an empty text), year or work is not known is counted as missing. Throws
    /// std::invalid_argument for a year outside 1 to 9999.
    template <detail::stored_as<Author> A, class Time, detail::sectors_said Sectors>
    requires(calendar_time<known_t<Time>> && !has_works) void add(const A& author, const Time& when,
                                                                  const Sectors& sectors) {
        const std::optional<int> year = checked_year(when);
        if (!is_there(author) || !year) return add_missing();
        ++n_;
        works_.value_of(detail::lookup_form(author), static_cast<std::int32_t>(*year))
            .add(detail::career_sides(sectors));
    }
    template <detail::stored_as<Author> A, class Time, detail::sectors_said Sectors, detail::stored_as<Work> W>
    requires(calendar_time<known_t<Time>>&& has_works) void add(const A& author, const Time& when,
                                                                const Sectors& sectors, const W& work) {
        const std::optional<int> year = checked_year(when);
        if (!is_there(author) || !is_there(work) || !year) return add_missing();
        ++n_;
        works_.value_of(detail::lookup_form(author), detail::lookup_form(work))
            .merge({static_cast<std::int32_t>(*year), detail::career_sides(sectors)});
    }
    /// Counts a record of which the author or the year is not known.
    void add_missing() { ++n_missing_; }

    void merge(const careers& other) {
        if (this == &other) return merge(careers(other));
        other.works_.for_each([this](const Author& author, const second& of, const value& more) {
            works_.value_of(detail::lookup_form(author), detail::lookup_form(of)).merge(more);
        });
        n_ += other.n_;
        n_missing_ += other.n_missing_;
    }

    /// O(author-years log author-years); 32 bytes for each beside. Throws std::invalid_argument for a level outside
    /// (0, 1), a carry above 9999, and years outside 1 to 9999 or out of order.
    [[nodiscard]] career_table result(const career_options& options = {}) const {
        career_table table;
        std::vector<career_year> rows;
        std::vector<detail::career_sums> sums;
        detail::career_sums all, own;
        std::optional<int> first;
        const auto at = [&](int year) -> std::size_t {
            if (!first) first = year;
            if (year < *first) {
                const auto more = static_cast<std::size_t>(*first - year);
                rows.insert(rows.begin(), more, {});
                sums.insert(sums.begin(), more, {});
                first = year;
            }
            const auto position = static_cast<std::size_t>(year - *first);
            if (position >= rows.size()) {
                rows.resize(position + 1);
                sums.resize(position + 1);
            }
            return position;
        };
        fold(
            options, table,
            [&](const Author&, int year, career_state from, career_state to, bool carried) {
                own.add(from, to, carried);
                sums[at(year)].add(from, to, carried);
            },
            [&](int year, bool is_first) {
                career_year& row = rows[at(year)];
                ++row.authors;
                row.entries += is_first ? 1U : 0U;
            },
            [&](int last) {
                ++rows[at(last)].last_seen;
                all.add_author(std::exchange(own, {}));
            });
        for (std::size_t i = 0; i < rows.size(); ++i) {
            rows[i].year = *first + static_cast<int>(i);
            sums[i].make_authors_of_years();
            rows[i].moves = sums[i].result(options);
        }
        table.rows = std::move(rows);
        table.all = all.result(options);
        table.n = n_;
        table.n_missing = n_missing_;
        if (table.all.at_risk > 0) table.status = estimate_status::ok;
        return table;
    }

    /// Every author-year at risk, in order of author and year: for other statistics of the same, such as rates
    /// clustered by the organisations that authors are of, `share(careers.steps(), [](auto& s) { return s.to ==
    /// career_state::industry; }, clustered_by(organisation_of))`.
    [[nodiscard]] std::vector<career_step<Author>> steps(const career_options& options = {}) const {
        std::vector<career_step<Author>> all;
        career_table counts;
        fold(
            options, counts,
            [&](const Author& author, int year, career_state from, career_state to, bool carried) {
                all.push_back({author, year, from, to, carried});
            },
            [](int, bool) {}, [](int) {});
        return all;
    }

    /// Author-years held; with ids of works, authors of works. O(n).
    [[nodiscard]] std::uint64_t size() const {
        std::uint64_t n = 0;
        works_.for_each([&](const Author&, const second&, const value&) { ++n; });
        return n;
    }

private:
    template <class T>
    [[nodiscard]] static bool is_there(const T& name) {
        if (!is_known(name)) return false;
        if constexpr (detail::text_like<known_t<T>>) return !std::string_view(detail::lookup_form(name)).empty();
        return true;
    }
    template <class Time>
    [[nodiscard]] static std::optional<int> checked_year(const Time& when) {
        constexpr std::string_view function = "careers::add", requirement = "a year from 1 to 9999";
        if constexpr (detail::plain_year<known_t<Time>>) {
            const double year = as_double(when);
            if (!is_known(year)) return std::nullopt;
            detail::require(year >= 1 && year < 10000, function, requirement, year);
            return detail::floor_to_int(year);
        } else {
            const std::optional<int> year = year_of(when);
            if (year) detail::require(*year >= 1 && *year <= 9999, function, requirement, *year);
            return year;
        }
    }

    /// An author's year and its works.
    struct author_year {
        const Author* author;
        std::int32_t year;
        detail::year_works works;
    };
    /// All in order, each author and year once.
    [[nodiscard]] std::vector<author_year> ordered(career_table& counts) const {
        std::vector<author_year> all;
        works_.for_each([&](const Author& author, const second& of, const value& found) {
            if constexpr (has_works) {
                author_year& made = all.emplace_back(author_year{&author, found.year, {}});
                made.works.add(found.sides);
            } else {
                all.push_back({&author, of, found});
            }
        });
        std::sort(all.begin(), all.end(), [](const author_year& a, const author_year& b) {
            if (*a.author < *b.author) return true;
            return !(*b.author < *a.author) && a.year < b.year;
        });
        if constexpr (has_works) {
            counts.n_repeated = n_ - all.size();
            std::size_t kept = 0;
            for (std::size_t i = 0; i < all.size(); ++i)
                if (kept > 0 && all[kept - 1].year == all[i].year && *all[kept - 1].author == *all[i].author)
                    all[kept - 1].works.merge(all[i].works);
                else
                    all[kept++] = all[i];
            all.resize(kept);
        }
        return all;
    }

    /// Calls step(author, year, from, to, carried) for each author-year at risk, seen(year, is_first) for each of known
    /// state, and done(last year) for each author, in order.
    template <class Step, class Seen, class Done>
    void fold(const career_options& options, career_table& counts, const Step& step, const Seen& seen,
              const Done& done) const {
        detail::require_level(options.level, "careers::result");
        detail::require(options.carry <= 9999, "careers::result", "carry up to 9999 years", options.carry);
        for (const auto& year : {options.first_year, options.last_year})
            if (year)
                detail::require(*year >= 1 && *year <= 9999, "careers::result",
                                "first_year and last_year from 1 to 9999", *year);
        if (options.first_year && options.last_year)
            detail::require(*options.first_year <= *options.last_year, "careers::result", "first_year <= last_year",
                            *options.last_year);
        const std::vector<author_year> all = ordered(counts);
        const auto is_outside = [&](int year) {
            return (options.first_year && year < *options.first_year) ||
                   (options.last_year && year > *options.last_year);
        };
        std::int64_t end = 0;  // the last year there is
        if (options.last_year)
            end = *options.last_year;
        else
            for (const author_year& each : all) end = std::max<std::int64_t>(end, each.year);
        const std::int64_t carry = options.carry;

        for (std::size_t i = 0; i < all.size();) {
            const Author& author = *all[i].author;
            std::optional<career_state> last;
            int last_year = 0;
            bool is_inside = false;
            std::uint64_t known = 0;
            const auto carry_on = [&](std::int64_t until) {
                if (options.exposure != career_exposure::carried) return;
                for (std::int64_t year = last_year + 1; year <= std::min(until, last_year + carry); ++year)
                    step(author, static_cast<int>(year), *last, *last, true);
            };
            for (; i < all.size() && *all[i].author == author; ++i) {
                const int year = all[i].year;
                if (is_outside(year)) {
                    ++counts.years_outside;
                    continue;
                }
                is_inside = true;
                const auto state = detail::career_state_of(all[i].works, last, options);
                if (!state) {
                    ++counts.years_without_state;
                    continue;
                }
                seen(year, !last);
                ++known;
                if (last && year - last_year - 1 > carry) {
                    ++counts.long_gaps;
                    counts.changes_over_long_gaps += *state != *last ? 1U : 0U;
                    carry_on(year - 1);
                } else if (last) {
                    const int moved = options.dating == move_year::first_seen ? year : last_year + 1;
                    for (int between = last_year + 1; between <= year; ++between)
                        step(author, between, between <= moved ? *last : *state, between < moved ? *last : *state,
                             between < year);
                }
                last = state;
                last_year = year;
            }
            if (last) {
                carry_on(end);
                done(last_year);
                ++counts.authors;
                counts.authors_of_one_year += known == 1 ? 1U : 0U;
            } else if (is_inside) {
                ++counts.authors_without_state;
            }
        }
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "careers";
    static auto state(auto& self) { return std::tie(self.works_, self.n_, self.n_missing_); }
    /// Every record is in the works, and none is there that was not added.
    [[nodiscard]] bool restore() const {
        bool fits = true, is_full = false;
        detail::record_count records, sixths;
        std::uint64_t entries = 0;
        works_.for_each([&](const Author& author, const second& of, const value& found) {
            ++entries;
            fits = fits && is_there(author) && is_there(of);
            if constexpr (has_works) {
                fits = fits && found.year >= 1 && found.year <= 9999 && found.sides < 8;
            } else {
                is_full = is_full || found.is_full();
                fits = fits && of >= 1 && of <= 9999 && found.sixths() > 0;
                sixths.add(found.sixths());
            }
        });
        records.add(n_);
        records.add(n_missing_);
        if constexpr (has_works)
            fits = fits && entries <= n_ && (entries > 0 || n_ == 0);
        else if (is_full)
            fits = fits && sixths.all / 6 <= n_;
        else
            fits = fits && sixths.fits && sixths.all % 6 == 0 && sixths.all / 6 == n_;
        return fits && records.fits;
    }

    std::conditional_t<detail::hashable<Author> && detail::hashable<second>,
                       detail::hashed_label_map<value, Author, second>,
                       detail::ordered_label_map<value, Author, second>>
        works_;
    std::uint64_t n_ = 0, n_missing_ = 0;
};

namespace mistake {
struct the_sectors_must_be_of_type_sector {};
template <class Field, class Records>
concept no_sectors_of = field_of<Field, Records> && !detail::sectors_said<field_value_t<Field, Records>>;
}  // namespace mistake

struct careers_of_fn {
    /// The careers of any range of records by projections: author (any label), date or year, and sectors (as
    /// careers::add), each optional where it may be unknown. Errors as careers::add. One pass over any input range.
    template <std::ranges::input_range Records, label_field_of<Records> Author, time_field_of<Records> Time,
              field_of<Records> Sectors>
    requires detail::sectors_said<field_value_t<Sectors, Records>>
    [[nodiscard]] auto operator()(Records&& records, Author author, Time when, Sectors sectors) const {
        careers<label_storage_t<field_value_t<Author, Records>>> all;
        for (auto&& record : records) {
            const field_value_t<Sectors, Records> said = std::invoke(sectors, record);
            all.add(std::invoke(author, record), std::invoke(when, record), said);
        }
        return all;
    }
    /// The same with ids of works: records of one author and work are one.
    template <std::ranges::input_range Records, label_field_of<Records> Author, time_field_of<Records> Time,
              field_of<Records> Sectors, label_field_of<Records> Work>
    requires detail::sectors_said<field_value_t<Sectors, Records>>
    [[nodiscard]] auto operator()(Records&& records, Author author, Time when, Sectors sectors, Work work) const {
        careers<label_storage_t<field_value_t<Author, Records>>, label_storage_t<field_value_t<Work, Records>>> all;
        for (auto&& record : records) {
            const field_value_t<Sectors, Records> said = std::invoke(sectors, record);
            all.add(std::invoke(author, record), std::invoke(when, record), said, std::invoke(work, record));
        }
        return all;
    }

    template <mistake::no_range Field, class... Rest>
    mistake::the_records_come_first operator()(Field&&, Rest&&...) const = delete;
    template <class Records, class Author, class Time, class Sectors, class... Rest>
    requires mistake::other_records<Records, Author, Time, Sectors> mistake::the_field_does_not_take_these_records
    operator()(Records&&, Author, Time, Sectors, Rest&&...) const = delete;
    template <class Records, field_of<Records> A, field_of<Records> T, mistake::no_sectors_of<Records> S, class... Rest>
    mistake::the_sectors_must_be_of_type_sector operator()(Records&&, A, T, S, Rest&&...) const = delete;
};
inline constexpr careers_of_fn careers_of{};

}  // namespace compute_divide::inline v0_2

#endif
