// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_TIES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_TIES_HPP

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_numbers.hpp>
#include <compute_divide/detail/mistake.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/institutions/tie_words.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/statistics/clustered_share.hpp>

/// Who computes on whose machines, and with whose money: users, providers and investors as a weighted bipartite graph.
///
///     const auto ties = ties_of(edges, &edge::user, &edge::provider, &edge::chips, &edge::kind, &edge::site);
///     const auto sure = ties.selected({.at_least = tie_certainty::likely});
///     dependence_of_users(sure);        // of each user, the part of its compute that others provide
///     provider_concentration(sure);     // of the market
///     shared_providers(sure);           // the part of users, and of pairs of users, that share a provider
///     project_onto_users(sure);         // which two, how many, how much
///
/// One organisation may be on both sides: a tie to itself is its own compute. Weights of one graph have one unit:
/// select the kinds of tie before anything is added up (chips of clusters, FLOP of models).
namespace compute_divide::inline v0_2 {

/// What a tie counts for. One cluster of two owners and three users is six ties, and what each of the three has of it
/// is not known: the choices bound it.
enum class tie_weighting {
    whole,  ///< its weight: as if each could use all of it; the cluster counts six times
    split,  ///< its weight over the number of the graph's ties of one kind through the same thing: it counts once
    count   ///< 1, also where the weight is not known
};
[[nodiscard]] constexpr auto enumerators(tie_weighting) {
    using enum tie_weighting;
    return std::array{named<tie_weighting>{whole, "whole", "whole weights"},
                      named<tie_weighting>{split, "split", "weights split among the ties through one thing"},
                      named<tie_weighting>{count, "count", "numbers of ties"}};
}

/// Which ties of a graph.
struct tie_selection {
    std::vector<tie_kind> kinds = {};            ///< empty: all, also those of no known kind
    std::optional<tie_certainty> at_least = {};  ///< nothing: all
    bool keep_unmarked = true;                   ///< with `at_least`: whether those of no known certainty stay
    std::optional<double> since = {};            ///< decimal years: from it on
    std::optional<double> until = {};            ///< before it
    bool keep_undated = false;                   ///< with `since` or `until`

    friend bool operator==(const tie_selection&, const tie_selection&) = default;
};

/// A selection with its name.
struct tie_scenario {
    std::string_view name = {};  ///< text of static storage
    tie_selection selection = {};

    friend bool operator==(const tie_scenario&, const tie_scenario&) = default;
};

/// The certainty of ties as scenarios: all; without those marked speculative; those marked confident and those not
/// marked; those marked confident alone.
[[nodiscard]] inline std::array<tie_scenario, 4> certainty_scenarios(const tie_selection& of = {}) {
    std::array<tie_scenario, 4> all{{{"all", of}, {"likely", of}, {"confident", of}, {"marked_confident", of}}};
    all[1].selection.at_least = tie_certainty::likely;
    all[2].selection.at_least = tie_certainty::confident;
    all[3].selection.at_least = tie_certainty::confident;
    all[3].selection.keep_unmarked = false;
    return all;
}

/// A field that a table of ties does not have, in its place.
struct unrecorded_field {};
/// Stands for a field that the records do not have.
inline constexpr unrecorded_field unrecorded{};

namespace detail {

template <class Field, class Records>
concept word_field_of = field_of<Field, Records> && text_like<known_t<field_value_t<Field, Records>>>;

/// The weight of ties where none is recorded.
template <class Field, class Records>
concept tie_weight_of = std::same_as<Field, unrecorded_field> || quantity_field_of<Field, Records>;
/// An enumerator, or its name.
template <class Field, class Records>
concept tie_kind_of = std::same_as<Field, unrecorded_field> || word_field_of<Field, Records> ||
    (field_of<Field, Records>&& std::same_as<known_t<field_value_t<Field, Records>>, tie_kind>);
template <class Field, class Records>
concept tie_certainty_of = std::same_as<Field, unrecorded_field> || word_field_of<Field, Records> ||
    (field_of<Field, Records>&& std::same_as<known_t<field_value_t<Field, Records>>, tie_certainty>);
template <class Field, class Records>
concept tie_thing_of = std::same_as<Field, unrecorded_field> || word_field_of<Field, Records>;
template <class Field, class Records>
concept tie_date_of = std::same_as<Field, unrecorded_field> || time_field_of<Field, Records>;

/// What a field says, where it says anything.
template <class Field, class Record>
[[nodiscard]] auto said_by(const Field& field, Record&& record) {
    using value = std::remove_cvref_t<std::invoke_result_t<const Field&, Record>>;
    const value said = std::invoke(field, std::forward<Record>(record));
    using known = known_t<value>;
    using kept = std::conditional_t<text_like<known>, std::string, known>;
    std::optional<kept> result;
    if (is_known(said)) {
        if constexpr (is_optional<value>)
            result.emplace(*said);
        else
            result.emplace(said);
    }
    return result;
}

}  // namespace detail

/// What is known of a tie besides its ends.
struct tie_facts {
    std::optional<double> weight = {};  ///< 0, or from 1e-100 to 1e100
    std::optional<tie_kind> kind = {};
    std::string_view through = {};    ///< the data centre, cluster or model that ties them; empty: not known
    std::optional<double> date = {};  ///< decimal year
    std::optional<tie_certainty> certainty = {};
};

/// How many there are of what, in a graph of ties.
struct tie_counts {
    std::uint64_t ties = 0;
    std::uint64_t own = 0;         ///< of an organisation to itself
    std::uint64_t unweighted = 0;  ///< of no known weight
    std::uint64_t n_repeated = 0;  ///< records that tell a tie again
    std::uint64_t n_missing = 0;   ///< records of no known user or provider
    std::uint64_t users = 0;
    std::uint64_t providers = 0;
    std::uint64_t both = 0;                             ///< organisations that are users and providers
    estimate_status status = estimate_status::no_data;  ///< no_data: no tie

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const tie_counts&, const tie_counts&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<tie_counts>) {
    using result = tie_counts;
    return member_list(member{"ties", &result::ties}, member{"own", &result::own},
                       member{"unweighted", &result::unweighted}, member{"n_repeated", &result::n_repeated},
                       member{"n_missing", &result::n_missing}, member{"users", &result::users},
                       member{"providers", &result::providers}, member{"both", &result::both},
                       member{"status", &result::status});
}

/// Users, providers and the ties between them, each organisation once. What is made of a graph is in the order of the
/// organisations' labels, whatever the order of its records.
template <label Organisation>
class tie_graph {
public:
    /// Numbers are of organisations() and things().
    struct tie {
        std::uint32_t user = 0;
        std::uint32_t provider = 0;
        std::optional<double> weight = {};
        std::optional<tie_kind> kind = {};
        std::optional<std::uint32_t> through = {};
        std::optional<double> date = {};
        std::optional<tie_certainty> certainty = {};

        friend bool operator==(const tie&, const tie&) = default;
    };

    /// A tie of one kind between the same two through the same thing is one: the larger weight and certainty and the
    /// earlier date count. A record whose user or provider is not known, or an empty text, is counted as missing; a
    /// weight or date that is NaN is not known. Throws std::invalid_argument for a weight that is negative, infinite,
    /// or above 0 and not from 1e-100 to 1e100. O(log n).
    template <detail::stored_as<Organisation> User, detail::stored_as<Organisation> Provider>
    void add(const User& user, const Provider& provider, const tie_facts& facts = {}) {
        if (!is_there(user) || !is_there(provider)) {
            ++n_missing_;
            return;
        }
        tie added{.kind = facts.kind, .certainty = facts.certainty};
        if (facts.weight && is_known(*facts.weight)) {
            detail::require(*facts.weight == 0 || (*facts.weight >= 1e-100 && *facts.weight <= 1e100), "tie_graph::add",
                            "weight 0, or from 1e-100 to 1e100", *facts.weight);
            added.weight = facts.weight;
        }
        if (facts.date && is_known(*facts.date)) added.date = facts.date;
        added.user = organisations_(user);
        added.provider = organisations_(provider);
        if (!facts.through.empty()) added.through = things_(facts.through);
        put(added);
    }

    /// All ties, by the places of user and provider in `organisations`.
    [[nodiscard]] const std::vector<tie>& ties() const { return ties_; }
    /// Users and providers, each once.
    [[nodiscard]] const std::vector<Organisation>& organisations() const { return organisations_.labels(); }
    /// What ties go through, each once.
    [[nodiscard]] const std::vector<std::string>& things() const { return things_.labels(); }

    /// O(ties).
    [[nodiscard]] tie_counts counts() const {
        tie_counts result{.ties = ties_.size(), .n_repeated = n_repeated_, .n_missing = n_missing_};
        std::vector<char> sides(organisations().size());
        for (const tie& each : ties_) {
            result.own += each.user == each.provider ? 1U : 0U;
            result.unweighted += each.weight ? 0U : 1U;
            sides[each.user] |= 1;
            sides[each.provider] |= 2;
        }
        for (const char side : sides) {
            result.users += (side & 1) != 0 ? 1U : 0U;
            result.providers += (side & 2) != 0 ? 1U : 0U;
            result.both += side == 3 ? 1U : 0U;
        }
        if (!ties_.empty()) result.status = estimate_status::ok;
        return result;
    }

    /// The graph of some of the ties. O(ties log ties).
    [[nodiscard]] tie_graph selected(const tie_selection& of) const {
        return kept([&](const tie& each) {
            if (!of.kinds.empty() && (!each.kind || detail::find(of.kinds, *each.kind) == of.kinds.end())) return false;
            if (of.at_least && !(each.certainty ? *each.certainty >= *of.at_least : of.keep_unmarked)) return false;
            if (!of.since && !of.until) return true;
            if (!each.date) return of.keep_undated;
            return (!of.since || *each.date >= *of.since) && (!of.until || *each.date < *of.until);
        });
    }
    /// The graph of the ties of which neither end is such: `without([](auto& name) { return is_user_category(name);
    /// })`.
    template <std::predicate<const Organisation&> Predicate>
    [[nodiscard]] tie_graph without(Predicate is_such) const {
        std::vector<char> such(organisations().size());
        for (std::size_t i = 0; i < such.size(); ++i)
            such[i] = static_cast<char>(std::invoke(is_such, organisations()[i]) ? 1 : 0);
        return kept([&](const tie& each) { return such[each.user] == 0 && such[each.provider] == 0; });
    }

    /// What each tie counts for, in the order of ties(); NaN where that is not known. O(ties log ties).
    [[nodiscard]] std::vector<double> amounts(tie_weighting weighting) const {
        std::map<std::pair<std::optional<tie_kind>, std::uint32_t>, double> through;
        if (weighting == tie_weighting::split)
            for (const tie& each : ties_)
                if (each.through) ++through[{each.kind, *each.through}];
        std::vector<double> result;
        for (const tie& each : ties_) {
            double amount = weighting == tie_weighting::count ? 1 : as_double(each.weight);
            if (weighting == tie_weighting::split && each.through) amount /= through[{each.kind, *each.through}];
            result.push_back(amount);
        }
        return result;
    }

private:
    template <class T>
    [[nodiscard]] static bool is_there(const T& name) {
        if (!is_known(name)) return false;
        if constexpr (detail::text_like<known_t<T>>) return !std::string_view(detail::lookup_form(name)).empty();
        return true;
    }
    void put(const tie& added) {
        if (!added.through) return static_cast<void>(ties_.push_back(added));
        const auto [at, is_new] =
            through_.try_emplace(std::tuple(added.kind, *added.through, added.user, added.provider), ties_.size());
        if (is_new) return static_cast<void>(ties_.push_back(added));
        ++n_repeated_;
        tie& known = ties_[at->second];
        known.weight = std::max(known.weight, added.weight);  // nothing is least
        known.certainty = std::max(known.certainty, added.certainty);
        if (!known.date || (added.date && *added.date < *known.date)) known.date = added.date;
    }
    template <class Keeps>
    [[nodiscard]] tie_graph kept(const Keeps& keeps) const {
        tie_graph graph;
        for (const tie& each : ties_) {
            if (!keeps(each)) continue;
            tie copy = each;
            copy.user = graph.organisations_(organisations()[each.user]);
            copy.provider = graph.organisations_(organisations()[each.provider]);
            if (each.through) copy.through = graph.things_(things()[*each.through]);
            graph.put(copy);
        }
        return graph;
    }

    detail::label_numbers<Organisation> organisations_;
    detail::label_numbers<std::string> things_;
    std::vector<tie> ties_;
    std::map<std::tuple<std::optional<tie_kind>, std::uint32_t, std::uint32_t, std::uint32_t>, std::size_t> through_;
    std::uint64_t n_repeated_ = 0, n_missing_ = 0;
};

namespace mistake {
struct user_and_provider_must_be_labels_of_one_type {};

template <class Field, class User, class Records>
concept label_of_another_type_than = label_field_of<Field, Records> &&
    !std::same_as<label_storage_t<field_value_t<Field, Records>>, label_storage_t<field_value_t<User, Records>>>;
}  // namespace mistake

struct ties_of_fn {
    /// The graph of any range of edges by projections: user and provider (labels of one type), then weight, kind, the
    /// thing that they are tied through, date and certainty, as far as there are any; `unrecorded` stands for one that
    /// is not. Each may be optional or NaN for "not known". Kind and certainty are enumerators or words: a word that is
    /// no kind (parse_name) or no certainty (read_tie_certainty) is an error that lists what there is; a blank one is
    /// not known. Throws std::invalid_argument for these and as tie_graph::add. O(n log n), one pass.
    template <std::ranges::input_range Records, label_field_of<Records> User, label_field_of<Records> Provider,
              class Weight = unrecorded_field, class Kind = unrecorded_field, class Through = unrecorded_field,
              class Date = unrecorded_field, class Certainty = unrecorded_field>
    requires std::same_as<label_storage_t<field_value_t<User, Records>>,
                          label_storage_t<field_value_t<Provider, Records>>> &&
        detail::tie_weight_of<Weight, Records> && detail::tie_kind_of<Kind, Records> &&
        detail::tie_thing_of<Through, Records> && detail::tie_date_of<Date, Records> &&
        detail::tie_certainty_of<Certainty, Records>
    [[nodiscard]] auto operator()(Records&& records, User user, Provider provider, Weight weight = {}, Kind kind = {},
                                  Through through = {}, Date date = {}, Certainty certainty = {}) const {
        constexpr auto has = []<class Field>(const Field&) { return !std::same_as<Field, unrecorded_field>; };
        tie_graph<label_storage_t<field_value_t<User, Records>>> graph;
        for (auto&& record : records) {
            tie_facts facts;
            std::optional<std::string> thing;
            if constexpr (has(Weight{})) {
                const double w = as_double(std::invoke(weight, record));
                if (is_known(w)) facts.weight = w;
            } else {
                facts.weight = 1;
            }
            if constexpr (has(Kind{})) facts.kind = kind_of(detail::said_by(kind, record));
            if constexpr (has(Through{})) {
                thing = detail::said_by(through, record);
                if (thing) facts.through = *thing;
            }
            if constexpr (has(Date{})) facts.date = decimal_year(std::invoke(date, record));
            if constexpr (has(Certainty{})) facts.certainty = certainty_of(detail::said_by(certainty, record));
            graph.add(std::invoke(user, record), std::invoke(provider, record), facts);
        }
        return graph;
    }

    template <mistake::no_range Field, class... Rest>
    mistake::the_records_come_first operator()(Field&&, Rest&&...) const = delete;
    template <class Records, class User, class Provider, class... Rest>
    requires mistake::other_records<Records, User, Provider> mistake::the_field_does_not_take_these_records operator()(
        Records&&, User, Provider, Rest&&...) const = delete;
    template <class Records, label_field_of<Records> User, mistake::label_of_another_type_than<User, Records> Provider,
              class... Rest>
    mistake::user_and_provider_must_be_labels_of_one_type operator()(Records&&, User, Provider,
                                                                     Rest&&...) const = delete;
    template <class Records, label_field_of<Records> User, label_field_of<Records> Provider,
              mistake::no_number_of<Records> Weight, class... Rest>
    mistake::the_weight_must_be_a_number operator()(Records&&, User, Provider, Weight, Rest&&...) const = delete;

private:
    [[nodiscard]] static std::optional<tie_kind> kind_of(const std::optional<tie_kind>& kind) { return kind; }
    [[nodiscard]] static std::optional<tie_kind> kind_of(const std::optional<std::string>& word) {
        if (!word || word->empty()) return std::nullopt;
        return parse_name<tie_kind>(*word);
    }
    [[nodiscard]] static std::optional<tie_certainty> certainty_of(const std::optional<tie_certainty>& certainty) {
        return certainty;
    }
    [[nodiscard]] static std::optional<tie_certainty> certainty_of(const std::optional<std::string>& word) {
        return word ? read_tie_certainty(*word) : std::nullopt;
    }
};
inline constexpr ties_of_fn ties_of{};

struct tie_options {
    tie_weighting weighting = tie_weighting::whole;
    bool own = true;  ///< whether ties of an organisation to itself count, where there is a choice
    clustered_share_options share = {};
    concentration_options concentration = {};
};

/// What a user has of a provider: a cell of the matrix of users by providers.
template <label Organisation>
struct provider_use {
    Organisation user{};
    Organisation provider{};
    std::uint64_t n = 0;               ///< ties
    double amount = 0;                 ///< their sum
    std::optional<double> share = {};  ///< of all that the user has; none where that is 0

    friend bool operator==(const provider_use&, const provider_use&) = default;
};
template <label Organisation>
[[nodiscard]] constexpr auto members(std::type_identity<provider_use<Organisation>>) {
    using result = provider_use<Organisation>;
    return member_list(member{"user", &result::user}, member{"provider", &result::provider}, member{"n", &result::n},
                       member{"amount", &result::amount}, member{"share", &result::share});
}

namespace detail {

/// Amounts of providers by user; of those without a known amount only that they are missing.
template <label Organisation>
[[nodiscard]] owner_table<Organisation, Organisation> providers_by_user(const tie_graph<Organisation>& graph,
                                                                        const tie_options& options) {
    owner_amounts<Organisation, Organisation> sums;
    const auto amounts = graph.amounts(options.weighting);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto& tie = graph.ties()[i];
        if (options.own || tie.user != tie.provider)
            sums.add(graph.organisations()[tie.user], graph.organisations()[tie.provider], amounts[i]);
    }
    return sums.result();
}

}  // namespace detail

/// The cells that are not empty, by user, then provider. O(ties log ties).
template <label Organisation>
[[nodiscard]] std::vector<provider_use<Organisation>> uses_of_providers(const tie_graph<Organisation>& graph,
                                                                        const tie_options& options = {}) {
    std::vector<provider_use<Organisation>> uses;
    for (const auto& row : detail::providers_by_user(graph, options)) {
        double total = 0;
        for (const auto& each : row.owners) total += each.amount;
        for (const auto& each : row.owners) {
            uses.push_back({row.key, each.owner, each.n, each.amount, {}});
            if (total > 0) uses.back().share = each.amount / total;
        }
    }
    return uses;
}

/// How much a user depends on others.
template <label Organisation>
struct user_dependence {
    Organisation user{};
    clustered_share on_others = {};            ///< the part of its amounts whose provider is not itself
    std::uint64_t providers = 0;               ///< other than itself
    std::optional<Organisation> largest = {};  ///< the provider of most, itself included; the first by label of equals
    std::optional<double> largest_share = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(on_others); }
    friend bool operator==(const user_dependence&, const user_dependence&) = default;
};
template <label Organisation>
[[nodiscard]] constexpr auto members(std::type_identity<user_dependence<Organisation>>) {
    using result = user_dependence<Organisation>;
    return member_list(member{"user", &result::user}, member{"on_others", &result::on_others},
                       member{"providers", &result::providers}, member{"largest", &result::largest},
                       member{"largest_share", &result::largest_share});
}

/// The dependence of each user on providers other than itself, sum of w over others / sum of w over all, in the order
/// of their labels. The interval is of the things (data centres, clusters, models) that it computes on as a sample of
/// such: ties through one thing depend on each other (see clustered_share.hpp). Of few things the status is
/// few_clusters; of one, too_few, with a value; no_data where nothing of a weight above 0 is known. O(ties log ties).
template <label Organisation>
[[nodiscard]] std::vector<user_dependence<Organisation>> dependence_of_users(const tie_graph<Organisation>& graph,
                                                                             const tie_options& options = {}) {
    const auto amounts = graph.amounts(options.weighting);
    std::map<Organisation, clustered_successes<std::uint32_t>> parts;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto& tie = graph.ties()[i];
        parts[graph.organisations()[tie.user]].add(tie.user != tie.provider, tie.through, amounts[i]);
    }
    const auto table = detail::providers_by_user(graph, {.weighting = options.weighting});
    std::vector<user_dependence<Organisation>> users;
    auto row = table.begin();
    for (const auto& [user, part] : parts) {
        auto& made = users.emplace_back(user_dependence<Organisation>{user, part.result(options.share)});
        while (row != table.end() && row->key < user) ++row;
        if (row == table.end() || user < row->key) continue;
        double total = 0, most = 0;
        for (const auto& each : row->owners) {
            total += each.amount;
            if (each.amount > most) {
                most = each.amount;
                made.largest = each.owner;
            }
            if (each.owner < user || user < each.owner) ++made.providers;
        }
        if (total > 0) made.largest_share = most / total;
    }
    return users;
}

/// The part of all users' amounts together whose provider is another than the user. Ties depend on each other that
/// share the user or the thing they go through. Errors and statuses as dependence_of_users.
template <label Organisation>
[[nodiscard]] clustered_share dependence_of_all(const tie_graph<Organisation>& graph, const tie_options& options = {}) {
    const auto amounts = graph.amounts(options.weighting);
    clustered_successes<std::uint64_t> all;
    std::vector<std::uint64_t> labels;
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto& tie = graph.ties()[i];
        labels.assign(1, tie.user);
        if (tie.through) labels.push_back(*tie.through + (std::uint64_t{1} << 32U));
        all.add(tie.user != tie.provider, labels, amounts[i]);
    }
    return all.result(options.share);
}

/// How concentrated the market is: the amounts of providers over all users; without `own`, of what is provided to
/// others alone. n counts providers, n_missing ties of unknown amount. Errors and statuses as concentration_of; no_data
/// where no tie is left. O(ties log ties).
template <label Organisation>
[[nodiscard]] owner_concentration provider_concentration(const tie_graph<Organisation>& graph,
                                                         const tie_options& options = {}) {
    owner_amounts<int, Organisation> sums;
    const auto amounts = graph.amounts(options.weighting);
    for (std::size_t i = 0; i < amounts.size(); ++i) {
        const auto& tie = graph.ties()[i];
        if (options.own || tie.user != tie.provider) sums.add(0, graph.organisations()[tie.provider], amounts[i]);
    }
    auto keys = concentration_of_keys(sums.result(), options.concentration);
    if (!keys.empty()) return std::move(keys.front().concentration);
    return concentration_of(std::span<const double>{}, std::identity{}, options.concentration);
}

/// How concentrated the providers of each user are. Errors and statuses as concentration_of_keys.
template <label Organisation>
[[nodiscard]] std::vector<key_concentration<Organisation>> provider_concentration_by_user(
    const tie_graph<Organisation>& graph, const tie_options& options = {}) {
    return concentration_of_keys(detail::providers_by_user(graph, options), options.concentration);
}

namespace detail {

/// Who uses whom, by number, each once, ascending; own ties count where `own`.
struct users_and_providers {
    std::vector<std::uint32_t> users = {};                      ///< all that have a tie, counted or not
    std::vector<std::vector<std::uint32_t>> users_of = {};      ///< of each provider
    std::vector<std::vector<std::uint32_t>> providers_of = {};  ///< of each user

    template <label Organisation>
    users_and_providers(const tie_graph<Organisation>& graph, bool own)
        : users_of(graph.organisations().size()), providers_of(graph.organisations().size()) {
        for (const auto& tie : graph.ties()) {
            users.push_back(tie.user);
            if (!own && tie.user == tie.provider) continue;
            users_of[tie.provider].push_back(tie.user);
            providers_of[tie.user].push_back(tie.provider);
        }
        const auto each_once = [](std::vector<std::uint32_t>& numbers) {
            detail::sort(numbers);
            numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        };
        each_once(users);
        for (auto& each : users_of) each_once(each);
        for (auto& each : providers_of) each_once(each);
    }
};

}  // namespace detail

/// How many users share a provider with another.
struct provider_sharing {
    std::uint64_t users = 0;
    clustered_share users_sharing = {};  ///< the part of users that share any provider with any other
    clustered_share pairs_sharing = {};  ///< the part of pairs of users that share any

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(users_sharing); }
    friend bool operator==(const provider_sharing&, const provider_sharing&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<provider_sharing>) {
    return member_list(member{"users", &provider_sharing::users},
                       member{"users_sharing", &provider_sharing::users_sharing},
                       member{"pairs_sharing", &provider_sharing::pairs_sharing});
}

/// The part of users, and of pairs of users, that share a provider. With `own`, one that uses its own machines shares
/// them with those who use them too; without, only third ones are shared. Weights do not matter.
///
/// Of users, those that shared providers join, directly or by way of others, are one cluster: where they are few the
/// status is few_clusters. That interval is a wide one, and covers what as many users have on average in .99 of samples
/// where it says ok; the part grows with the number of users looked at, so compare equal numbers. The part of pairs
/// does not; its interval is Wilson's of an effective number of pairs, variance (n - 1) / n sum (pairs without
/// user i - their mean)^2, the jackknife over n users (Arvesen 1969), t with n - 1 degrees of freedom: of users as a
/// sample, the providers as they are. It covers (tests/institutions/ties.test.cpp); under 20 users it says
/// few_clusters. no_data: no user; too_few: one. O(sum over providers of users^2).
template <label Organisation>
[[nodiscard]] provider_sharing shared_providers(const tie_graph<Organisation>& graph, const tie_options& options = {}) {
    const detail::users_and_providers sides(graph, options.own);
    const std::size_t n = sides.users.size();
    provider_sharing result{.users = n};

    std::vector<std::uint32_t> above(graph.organisations().size());  // towards the first of all that are joined
    std::iota(above.begin(), above.end(), 0U);
    const auto first_of = [&above](std::uint32_t i) {
        while (above[i] != i) i = above[i] = above[above[i]];
        return i;
    };
    for (const auto& users : sides.users_of)
        for (const std::uint32_t user : users) above[first_of(user)] = first_of(users.front());
    clustered_successes<std::uint32_t> sharing;
    double pairs = 0;
    std::vector<double> with(n);  // how many others each shares with
    std::vector<std::size_t> seen(graph.organisations().size(), n);
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t user = sides.users[i];
        seen[user] = i;
        for (const std::uint32_t provider : sides.providers_of[user])
            for (const std::uint32_t other : sides.users_of[provider])
                if (std::exchange(seen[other], i) != i) ++with[i];
        pairs += with[i] / 2;
        sharing.add(with[i] > 0, first_of(user));
    }
    result.users_sharing = sharing.result(options.share);

    const auto number = static_cast<double>(n);
    double variance = 0;
    if (n > 2) {
        const double mean = (pairs - 2 * pairs / number) / ((number - 1) * (number - 2) / 2);
        for (const double each : with) {
            const double apart = (pairs - each) / ((number - 1) * (number - 2) / 2) - mean;
            variance += (number - 1) / number * apart * apart;
        }
    }
    const double all = number * (number - 1) / 2;
    result.pairs_sharing = detail::share_of_variance(
        {n > 1 ? pairs / all : 0, variance, static_cast<std::uint64_t>(all), n, number, n > 2 ? number - 1 : 0},
        options.share);
    if (n == 1) result.pairs_sharing.share.status = estimate_status::too_few;
    return result;
}

/// Two users that share a provider.
template <label Organisation>
struct user_pair {
    Organisation first{};  ///< before `second` in order
    Organisation second{};
    std::uint64_t shared = 0;  ///< providers
    double strength = 0;  ///< sum over them of 1 / (users of it - 1): a provider of few ties them closer (Newman 2001)
    std::optional<double> overlap = {};  ///< sum over providers of the smaller of their two parts, in [0, 1]; none
                                         ///< where the amounts of one are 0 or not known

    friend bool operator==(const user_pair&, const user_pair&) = default;
};
template <label Organisation>
[[nodiscard]] constexpr auto members(std::type_identity<user_pair<Organisation>>) {
    using result = user_pair<Organisation>;
    return member_list(member{"first", &result::first}, member{"second", &result::second},
                       member{"shared", &result::shared}, member{"strength", &result::strength},
                       member{"overlap", &result::overlap});
}

/// The projection of the graph onto its users: every pair that shares a provider, by their labels. `own` as for
/// shared_providers; parts are of what counts. Source: Newman (2001), Phys. Rev. E 64:016132 (strength); Renkonen
/// (1938), Ann. Zool. Soc. Vanamo 6 (overlap). Checked against the definitions in exact fractions
/// (tests/reference/ties.py). With `among`, the pairs of these users alone, with the same numbers; who is none of the
/// graph's users is in no pair. O(sum over providers of users^2), with `among` O(ties + sum over these users and their
/// providers of users).
template <label Organisation>
[[nodiscard]] std::vector<user_pair<Organisation>> project_onto_users(
    const tie_graph<Organisation>& graph, const tie_options& options = {},
    std::type_identity_t<std::optional<std::vector<Organisation>>> among = {}) {
    const detail::users_and_providers sides(graph, options.own);
    const auto& names = graph.organisations();
    std::vector<std::uint32_t> in_order(names.size()), rank(names.size());
    std::iota(in_order.begin(), in_order.end(), 0U);
    detail::sort_by(in_order, [&](std::uint32_t i) -> const Organisation& { return names[i]; });
    for (std::uint32_t i = 0; i < in_order.size(); ++i) rank[in_order[i]] = i;
    const auto number_of = [&](const Organisation& name) {
        return *detail::lower_bound_by(in_order, name,
                                       [&](std::uint32_t i) -> const Organisation& { return names[i]; });
    };
    // The parts that users have of a provider, beside users_of; and whether a user has any.
    const auto place_of = [&](std::uint32_t user, std::uint32_t provider) {
        const auto& users = sides.users_of[provider];
        return static_cast<std::size_t>(detail::lower_bound(users, user) - users.begin());
    };
    std::vector<std::vector<double>> parts;
    for (const auto& users : sides.users_of) parts.emplace_back(users.size());
    std::vector<char> has_parts(names.size());
    for (const auto& use : uses_of_providers(graph, options)) {
        if (!use.share) continue;
        const std::uint32_t user = number_of(use.user), provider = number_of(use.provider);
        parts[provider][place_of(user, provider)] = *use.share;
        has_parts[user] = 1;
    }

    std::vector<char> is_wanted(names.size(), among ? 0 : 1);
    if (among) {
        detail::sort(*among);
        for (std::size_t i = 0; i < names.size(); ++i) is_wanted[i] = detail::binary_search(*among, names[i]);
    }
    std::vector<user_pair<Organisation>> pairs;
    constexpr auto none = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> place(names.size(), none);  // of a user's pair with the one at hand
    for (const std::uint32_t user : in_order) {
        if (is_wanted[user] == 0) continue;
        auto providers = sides.providers_of[user];
        detail::sort_by(providers, [&](std::uint32_t i) { return rank[i]; });  // sums alike to the last digit
        const std::size_t first = pairs.size();
        for (const std::uint32_t provider : providers) {
            const auto& users = sides.users_of[provider];
            const double own_part = parts[provider][place_of(user, provider)];
            for (std::size_t i = 0; i < users.size(); ++i) {
                const std::uint32_t other = users[i];
                if (rank[other] <= rank[user] || is_wanted[other] == 0) continue;
                if (place[other] == none) {
                    place[other] = pairs.size();
                    pairs.push_back({names[user], names[other]});
                    if (has_parts[user] != 0 && has_parts[other] != 0) pairs.back().overlap = 0;
                }
                auto& pair = pairs[place[other]];
                ++pair.shared;
                pair.strength += 1 / static_cast<double>(users.size() - 1);
                if (pair.overlap) *pair.overlap += std::min(own_part, parts[provider][i]);
            }
        }
        for (std::size_t i = first; i < pairs.size(); ++i) place[number_of(pairs[i].second)] = none;
        std::sort(pairs.begin() + static_cast<std::ptrdiff_t>(first), pairs.end(),
                  [](const auto& a, const auto& b) { return a.second < b.second; });
    }
    return pairs;
}

/// Organisations that use each other's machines, directly or by way of others: the strongly connected sets of two or
/// more, each in order, the sets by their first. What one of them depends on in the end is not determined. Ties to
/// itself are no cycle. Source: Kosaraju's algorithm (Sharir 1981). O(ties).
template <label Organisation>
[[nodiscard]] std::vector<std::vector<Organisation>> dependence_cycles(const tie_graph<Organisation>& graph) {
    const std::size_t n = graph.organisations().size();
    std::vector<std::vector<std::uint32_t>> after(n), before(n);
    for (const auto& tie : graph.ties()) {
        after[tie.user].push_back(tie.provider);
        before[tie.provider].push_back(tie.user);
    }
    // Depth first, `leave` called for each when all that it leads to are done.
    const auto walk = [](std::uint32_t start, const auto& next, std::vector<char>& seen, const auto& leave) {
        std::vector<std::pair<std::uint32_t, std::size_t>> path;
        if (seen[start] != 0) return;
        seen[start] = 1;
        path.emplace_back(start, 0);
        while (!path.empty()) {
            auto& [at, place] = path.back();
            if (place == next[at].size()) {
                leave(at);
                path.pop_back();
            } else if (const std::uint32_t to = next[at][place++]; seen[to] == 0) {
                seen[to] = 1;
                path.emplace_back(to, 0);
            }
        }
    };
    std::vector<std::uint32_t> left;
    std::vector<char> seen(n);
    for (std::uint32_t i = 0; i < n; ++i) walk(i, after, seen, [&](std::uint32_t at) { left.push_back(at); });
    seen.assign(n, 0);
    std::vector<std::vector<Organisation>> cycles;
    for (std::size_t k = left.size(); k-- > 0;) {
        std::vector<Organisation> set;
        walk(left[k], before, seen, [&](std::uint32_t at) { set.push_back(graph.organisations()[at]); });
        if (set.size() < 2) continue;
        detail::sort(set);
        cycles.push_back(std::move(set));
    }
    detail::sort(cycles);
    return cycles;
}

}  // namespace compute_divide::inline v0_2

#endif
