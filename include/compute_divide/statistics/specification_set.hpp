// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_SET_HPP
#define COMPUTE_DIVIDE_STATISTICS_SPECIFICATION_SET_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/statistics/specification.hpp>

/// All specifications of a question before any is run: the product of choices, less what makes no sense. It can be
/// counted, printed, and iterated; nothing is stored but the choices.
///
///     const specification_set set = specification_set(
///         alternatives<window>{"years", {{"2012-19", {2012, 2019}}, {"2015-19", {2015, 2019}}}},
///         alternatives_of<team_definition>("definition"),
///         alternatives<bool>{"weights", {{"none", false}, {"papers", true}}})
///         .where("no weights by the strict definition",
///                [](window, team_definition d, bool weighted) { return !(weighted && d == strict); });
///     std::puts(to_string(set).c_str());   // how many, of what, and what was left out why
namespace compute_divide::inline v0_2 {

/// One of the values of a choice, of any type, with its name.
template <class Value>
struct named_option {
    std::string name;
    Value value;
    option_standing standing = option_standing::equivalent;
};

/// A choice with its options: "weights" may be "none" or "papers".
template <class Value>
struct alternatives {
    std::string name;
    std::vector<named_option<Value>> options;
};

/// A choice whose options are all enumerators of an enum, by their names.
template <named_enum Enum>
[[nodiscard]] alternatives<Enum> alternatives_of(std::string name) {
    alternatives<Enum> all{std::move(name), {}};
    for (const auto& each : enumerators(Enum{})) all.options.push_back({std::string(each.name), each.value});
    return all;
}

/// One specification that has not been run: an option of each choice.
template <class... Values>
struct specification_point {
    std::vector<choice> choices;
    std::tuple<Values...> values;
    option_standing standing = option_standing::equivalent;
};

/// How many specifications a condition leaves out.
struct left_out_specifications {
    std::string reason;
    std::uint64_t count = 0;

    friend bool operator==(const left_out_specifications&, const left_out_specifications&) = default;
};

/// The product of choices under conditions: a forward range of specification_point, the last choice varying fastest.
/// Iterators are valid as long as the set they are from.
///
/// Throws std::invalid_argument for a choice without name or options, for two choices or two options of one choice of
/// the same name, and for more than 2^53 combinations. Iterating costs a call of each condition per combination.
template <class... Values>
requires(sizeof...(Values) > 0 && (std::copyable<Values> && ...)) class specification_set {
public:
    /// One specification: a value of each choice.
    using point = specification_point<Values...>;

    explicit specification_set(alternatives<Values>... choices) : choices_(std::move(choices)...) {
        std::vector<std::string_view> names;
        for_each_choice([&](const auto& each) {
            constexpr std::string_view here = "specification_set";
            detail::require(!each.name.empty(), here, "a name of each choice", each.name);
            detail::require(detail::find(names, each.name) == names.end(), here, "choices of different names",
                            each.name);
            names.push_back(each.name);
            detail::require(!each.options.empty(), here, "options of each choice, none of", each.name);
            for (auto i = each.options.begin(); i != each.options.end(); ++i)
                detail::require(std::ranges::find(each.options.begin(), i, i->name, option_name{}) == i, here,
                                "options of different names of a choice", i->name);
            detail::require(combinations_ <= (std::uint64_t{1} << 53) / each.options.size(), here,
                            "at most 2^53 combinations, with", each.name);
            combinations_ *= each.options.size();
        });
    }

    /// The same set without those of which the condition, called with an option's value of each choice, is false. The
    /// reason is told beside their number.
    template <std::predicate<const Values&...> Condition>
    [[nodiscard]] specification_set where(std::string reason, Condition condition) const {
        specification_set fewer = *this;
        fewer.conditions_.emplace_back(std::move(reason), std::move(condition));
        return fewer;
    }

    class iterator {
    public:
        using iterator_concept = std::forward_iterator_tag;
        using iterator_category = std::input_iterator_tag;
        using value_type = point;
        using reference = point;
        using difference_type = std::ptrdiff_t;
        using pointer = void;

        iterator() = default;
        [[nodiscard]] point operator*() const { return set_->point_at(at_); }
        iterator& operator++() {
            at_ = set_->next(at_ + 1);
            return *this;
        }
        iterator operator++(int) {
            const iterator before = *this;
            ++*this;
            return before;
        }
        [[nodiscard]] friend bool operator==(const iterator& a, const iterator& b) { return a.at_ == b.at_; }

    private:
        friend class specification_set;
        iterator(const specification_set* set, std::uint64_t at) : set_(set), at_(at) {}

        const specification_set* set_ = nullptr;
        std::uint64_t at_ = 0;
    };

    [[nodiscard]] iterator begin() const { return {this, next(0)}; }
    [[nodiscard]] iterator end() const { return {this, combinations_}; }

    /// How many specifications there are.
    [[nodiscard]] std::uint64_t count() const {
        std::uint64_t n = 0;
        for (std::uint64_t at = next(0); at < combinations_; at = next(at + 1)) ++n;
        return n;
    }
    /// How many combinations there are, those that a condition leaves out among them.
    [[nodiscard]] std::uint64_t combinations() const { return combinations_; }
    /// What each condition leaves out, in their order; what two leave out is counted under the first.
    [[nodiscard]] std::vector<left_out_specifications> left_out() const {
        std::vector<left_out_specifications> all;
        for (const auto& each : conditions_) all.push_back({each.first});
        for (std::uint64_t at = 0; at < combinations_; ++at)
            if (const std::size_t failed = first_failed(at); failed < all.size()) ++all[failed].count;
        return all;
    }
    /// Calls use(alternatives) for each choice.
    template <class Use>
    void for_each_choice(Use&& use) const {
        std::apply([&](const auto&... each) { (use(each), ...); }, choices_);
    }

private:
    // Not a lambda in the constructor: clang 14 cannot project by one that is a template.
    struct option_name {
        template <class Value>
        const std::string& operator()(const named_option<Value>& each) const {
            return each.name;
        }
    };
    using positions = std::array<std::size_t, sizeof...(Values)>;

    [[nodiscard]] positions positions_of(std::uint64_t at) const {
        positions found{};
        std::array<std::size_t, sizeof...(Values)> sizes{};
        std::size_t i = 0;
        for_each_choice([&](const auto& each) { sizes[i++] = each.options.size(); });
        for (std::size_t left = sizes.size(); left-- > 0; at /= sizes[left])
            found[left] = static_cast<std::size_t>(at % sizes[left]);
        return found;
    }
    template <std::size_t... I>
    [[nodiscard]] bool holds(const std::function<bool(const Values&...)>& condition, const positions& of,
                             std::index_sequence<I...>) const {
        return condition(std::get<I>(choices_).options[of[I]].value...);
    }
    /// The number of the first condition that does not hold; that of all where all do.
    [[nodiscard]] std::size_t first_failed(std::uint64_t at) const {
        if (conditions_.empty()) return 0;
        const positions of = positions_of(at);
        std::size_t i = 0;
        while (i < conditions_.size() && holds(conditions_[i].second, of, std::index_sequence_for<Values...>{})) ++i;
        return i;
    }
    [[nodiscard]] std::uint64_t next(std::uint64_t at) const {
        while (at < combinations_ && first_failed(at) < conditions_.size()) ++at;
        return at;
    }
    template <std::size_t... I>
    [[nodiscard]] point made(const positions& of, std::index_sequence<I...>) const {
        return {{choice{std::get<I>(choices_).name, std::get<I>(choices_).options[of[I]].name}...},
                std::tuple<Values...>(std::get<I>(choices_).options[of[I]].value...),
                std::max({std::get<I>(choices_).options[of[I]].standing...})};
    }
    [[nodiscard]] point point_at(std::uint64_t at) const {
        return made(positions_of(at), std::index_sequence_for<Values...>{});
    }

    std::tuple<alternatives<Values>...> choices_;
    std::vector<std::pair<std::string, std::function<bool(const Values&...)>>> conditions_ = {};
    std::uint64_t combinations_ = 1;
};

/// How many specifications, of which choices, and what is left out:
///
///     14 specifications of 24
///     years: 2012-19, 2015-19
///     weights: none, papers
///     left out, 10: no weights by the strict definition
template <class... Values>
[[nodiscard]] std::string to_string(const specification_set<Values...>& set) {
    std::string text = std::to_string(set.count()) + " specifications of " + std::to_string(set.combinations());
    set.for_each_choice([&](const auto& each) {
        text.append("\n").append(each.name).append(": ");
        for (std::size_t i = 0; i < each.options.size(); ++i) {
            text.append(i == 0 ? "" : ", ").append(each.options[i].name);
            if (each.options[i].standing != option_standing::equivalent)
                text.append(" (").append(description_of(each.options[i].standing)).append(")");
        }
    });
    for (const auto& each : set.left_out()) {
        text.append("\nleft out, ").append(std::to_string(each.count)).append(": ");
        text.append(each.reason);
    }
    return text;
}

}  // namespace compute_divide::inline v0_2

#endif
