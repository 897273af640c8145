// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_OWNER_AMOUNTS_HPP
#define COMPUTE_DIVIDE_SHARES_OWNER_AMOUNTS_HPP

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/order_of_bits.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/detail/unrounded_sum.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/concentration.hpp>

/// What each owner has, by key (a year, a kind of chip), and how concentrated that is: from records of which an owner
/// may have many.
namespace compute_divide::inline v0_2 {

/// An owner and what it has.
template <label Owner>
struct owner_amount {
    Owner owner{};
    std::uint64_t n = 0;  ///< records
    double amount = 0;    ///< their sum

    friend bool operator==(const owner_amount&, const owner_amount&) = default;
};
template <label Owner>
[[nodiscard]] constexpr auto members(std::type_identity<owner_amount<Owner>>) {
    using result = owner_amount<Owner>;
    return member_list(member{"owner", &result::owner}, member{"n", &result::n}, member{"amount", &result::amount});
}

/// The owners of one key, in order.
template <label Key, label Owner>
struct key_owners {
    Key key{};
    std::uint64_t n = 0;          ///< records of known owner and amount
    std::uint64_t n_missing = 0;  ///< records of this key of which either is not known
    std::vector<owner_amount<Owner>> owners = {};

    friend bool operator==(const key_owners&, const key_owners&) = default;
};
template <label Key, label Owner>
[[nodiscard]] constexpr auto members(std::type_identity<key_owners<Key, Owner>>) {
    using result = key_owners<Key, Owner>;
    return member_list(member{"key", &result::key}, member{"n", &result::n}, member{"n_missing", &result::n_missing},
                       member{"owners", &result::owners});
}

/// A range of keys in order.
template <label Key, label Owner>
struct owner_table {
    std::vector<key_owners<Key, Owner>> rows = {};
    std::uint64_t n_missing = 0;  ///< records of which something is not known, the rows' own included

    [[nodiscard]] auto begin() const { return rows.begin(); }
    [[nodiscard]] auto end() const { return rows.end(); }
    [[nodiscard]] std::size_t size() const { return rows.size(); }
    [[nodiscard]] bool empty() const { return rows.empty(); }

    friend bool operator==(const owner_table&, const owner_table&) = default;
};
template <label Key, label Owner>
[[nodiscard]] constexpr auto members(std::type_identity<owner_table<Key, Owner>>) {
    using result = owner_table<Key, Owner>;
    return member_list(member{"rows", &result::rows}, member{"n_missing", &result::n_missing});
}

/// Sums amounts by key and owner, both any label, in one mergeable pass. A record whose key, owner or amount is not
/// known is counted as missing. Sums are exact and rounded once, so that the result is the same to the last bit in any
/// order of adding and merging; beyond the doubles they are infinite, which concentration_of refuses. O(1) a record for
/// labels with a std::hash; memory goes with the number of pairs.
template <label Key, label Owner>
class owner_amounts {
public:
    /// Throws std::invalid_argument for a negative or infinite amount.
    template <detail::stored_as<Key> K, detail::stored_as<Owner> O, class Amount>
    requires quantity<known_t<Amount>>
    void add(const K& key, const O& owner, const Amount& amount) {
        if (!is_known(key) || !is_known(owner) || !is_known(amount)) return add_missing(key);
        const double x = as_double(amount);
        detail::require(x >= 0 && x <= std::numeric_limits<double>::max(), "owner_amounts::add", "finite amounts >= 0",
                        x);
        sums& sum = sums_.value_of(detail::lookup_form(key), detail::lookup_form(owner));
        ++sum.n;
        sum.amount.add(x);
    }
    /// Adds every record of a range: as `add` for each, and several times faster where there are more pairs of labels
    /// than fit into the processor's caches and labels are numbers, dates or enumerators. Throws as `add`.
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> OwnerField,
              quantity_field_of<Records> AmountField>
    void add_all(Records&& records, KeyField key, OwnerField owner, AmountField amount) {
        using key_type = std::remove_cvref_t<field_value_t<KeyField, Records>>;
        using owner_type = std::remove_cvref_t<field_value_t<OwnerField, Records>>;
        using amount_type = std::remove_cvref_t<field_value_t<AmountField, Records>>;
        if constexpr (can_fetch<key_type> && can_fetch<owner_type> && std::is_trivially_copyable_v<amount_type>) {
            struct record {
                key_type key;
                owner_type owner;
                amount_type amount;
            };
            constexpr std::size_t most = 32;
            std::vector<record> batch;
            batch.reserve(most);
            const auto add_batch = [&] {
                for (const record& r : batch) sums_.fetch_slot(r.key, r.owner);
                for (const record& r : batch) sums_.fetch_value(r.key, r.owner);
                for (const record& r : batch) add(r.key, r.owner, r.amount);
                batch.clear();
            };
            for (auto&& each : records) {
                batch.push_back({std::invoke(key, each), std::invoke(owner, each), std::invoke(amount, each)});
                if (batch.size() == most) add_batch();
            }
            add_batch();
        } else {
            for (auto&& each : records)
                add(std::invoke(key, each), std::invoke(owner, each), std::invoke(amount, each));
        }
    }
    /// Counts a record of which nothing, or nothing but the key, is known.
    void add_missing() { ++n_without_key_; }
    template <detail::stored_as<Key> K>
    void add_missing(const K& key) {
        if (is_known(key))
            ++missing_.value_of(detail::lookup_form(key));
        else
            add_missing();
    }

    void merge(const owner_amounts& other) {
        other.sums_.for_each([this](const Key& key, const Owner& owner, const sums& more) {
            sums& sum = sums_.value_of(detail::lookup_form(key), detail::lookup_form(owner));
            sum.n += more.n;
            sum.amount.merge(more.amount);
        });
        other.missing_.for_each(
            [this](const Key& key, std::uint64_t n) { missing_.value_of(detail::lookup_form(key)) += n; });
        n_without_key_ += other.n_without_key_;
    }

    /// O(pairs log pairs).
    [[nodiscard]] owner_table<Key, Owner> result() const {
        using row = key_owners<Key, Owner>;
        std::vector<row> rows;
        detail::label_map<std::size_t, Key> places;  // plus one
        const auto row_of = [&](const Key& key) -> row& {
            std::size_t& place = places.value_of(detail::lookup_form(key));
            if (place == 0) {
                rows.push_back({.key = key});
                place = rows.size();
            }
            return rows[place - 1];
        };
        sums_.for_each([&](const Key& key, const Owner& owner, const sums& sum) {
            row& of_key = row_of(key);
            of_key.n += sum.n;
            of_key.owners.push_back({owner, sum.n, sum.amount.value()});
        });
        owner_table<Key, Owner> table{.n_missing = n_without_key_};
        missing_.for_each([&](const Key& key, std::uint64_t n) {
            row_of(key).n_missing = n;
            table.n_missing += n;
        });
        for (row& each : rows) sort_owners(each);
        detail::sort_by(rows, [](const row& each) -> const Key& { return each.key; });
        table.rows = std::move(rows);
        return table;
    }

private:
    struct sums {
        std::uint64_t n = 0;
        detail::unrounded_sum amount = {};

        friend bool operator==(const sums&, const sums&) = default;
        static auto state(auto& self) { return std::tie(self.n, self.amount); }
        [[nodiscard]] bool restore() const { return n > 0; }
    };

    /// Whether labels below 0 come first.
    static constexpr bool label_is_signed = [] {
        if constexpr (std::is_enum_v<Owner>)
            return std::is_signed_v<std::underlying_type_t<Owner>>;
        else
            return std::is_signed_v<Owner>;
    }();
    /// Labels that can be looked at twice at no cost.
    template <class T>
    static constexpr bool can_fetch = std::is_trivially_copyable_v<T>&& std::same_as<T, label_storage_t<T>>&& requires(
        const detail::label_map<sums, Key, Owner>& map, const Key& key, const Owner& owner) {
        map.fetch_slot(key, owner);
    };
    void sort_owners(key_owners<Key, Owner>& row) const {
        auto& owners = row.owners;
        const auto owner_of = [](const owner_amount<Owner>& each) -> const Owner& { return each.owner; };
        if constexpr (detail::index_label<Owner>) {
            if (owners.size() > 4'096) {
                std::vector<detail::placed_bits> order(owners.size());
                constexpr auto half = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::min());
                constexpr std::uint64_t shift = label_is_signed ? half : 0;
                for (std::size_t i = 0; i < order.size(); ++i)
                    order[i] = {static_cast<std::uint64_t>(owners[i].owner) ^ shift, i};
                detail::sort_by_bits(order);
                std::vector<owner_amount<Owner>> sorted(owners.size());
                for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = owners[order[i].place];
                owners = std::move(sorted);
            }
        }
        if (!std::ranges::is_sorted(owners, {}, owner_of)) detail::sort_by(owners, owner_of);
        if (std::ranges::adjacent_find(owners, {}, owner_of) != owners.end()) add_twins(row);
    }
    /// The owners of one key anew, where the map holds a pair twice: amounts of both are summed before they are
    /// rounded.
    void add_twins(key_owners<Key, Owner>& row) const {
        std::vector<std::pair<Owner, const sums*>> all;
        sums_.for_each([&](const Key& key, const Owner& owner, const sums& sum) {
            if (key == row.key) all.emplace_back(owner, &sum);
        });
        detail::sort_by(all, [](const auto& each) -> const Owner& { return each.first; });
        row.owners.clear();
        for (std::size_t i = 0; i < all.size();) {
            sums sum = *all[i].second;
            const Owner& owner = all[i].first;
            for (++i; i < all.size() && all[i].first == owner; ++i) {
                sum.n += all[i].second->n;
                sum.amount.merge(all[i].second->amount);
            }
            row.owners.push_back({owner, sum.n, sum.amount.value()});
        }
    }

    friend struct state_access;
    static constexpr std::string_view state_name = "owner_amounts";
    static auto state(auto& self) { return std::tie(self.sums_, self.missing_, self.n_without_key_); }
    /// No more records than can be counted.
    [[nodiscard]] bool restore() const {
        detail::record_count all;
        sums_.for_each([&](const Key&, const Owner&, const sums& each) { all.add(each.n); });
        missing_.for_each([&](const Key&, std::uint64_t n) { all.add(n); });
        all.add(n_without_key_);
        return all.fits;
    }

    detail::label_map<sums, Key, Owner> sums_;
    detail::label_map<std::uint64_t, Key> missing_;
    std::uint64_t n_without_key_ = 0;
};

/// How concentrated one key is.
template <label Key>
struct key_concentration {
    Key key{};
    owner_concentration concentration = {};

    [[nodiscard]] explicit operator bool() const { return static_cast<bool>(concentration); }
    friend bool operator==(const key_concentration&, const key_concentration&) = default;
};
template <label Key>
[[nodiscard]] constexpr auto members(std::type_identity<key_concentration<Key>>) {
    using result = key_concentration<Key>;
    return member_list(member{"key", &result::key}, member{"concentration", &result::concentration});
}

/// The concentration of each key of a table. n_missing counts the key's records of unknown owner or amount.
template <label Key, label Owner>
[[nodiscard]] std::vector<key_concentration<Key>> concentration_of_keys(const owner_table<Key, Owner>& table,
                                                                        const concentration_options& options = {}) {
    std::vector<key_concentration<Key>> rows;
    for (const auto& row : table) {
        auto& made = rows.emplace_back(
            key_concentration<Key>{row.key, concentration_of(row.owners, &owner_amount<Owner>::amount, options)});
        made.concentration.n_missing = row.n_missing;
        detail::for_each_estimate(made.concentration, [&](estimate& e, std::size_t) { e.n_missing = row.n_missing; });
    }
    return rows;
}

struct concentration_by_fn {
    /// How concentrated a quantity is over its owners, by key: `concentration_by(chips, &row::year, &row::owner,
    /// &row::h100_equivalents)`, a key_concentration for each year, in order. Amounts of one owner and key are summed,
    /// so that several records of an owner are one. Errors: as owner_amounts and concentration_of. One pass over any
    /// input range, then O(n log n).
    template <std::ranges::input_range Records, label_field_of<Records> KeyField, label_field_of<Records> OwnerField,
              quantity_field_of<Records> AmountField>
    [[nodiscard]] auto operator()(Records&& records, KeyField key, OwnerField owner, AmountField amount,
                                  const concentration_options& options = {}) const {
        owner_amounts<label_storage_t<field_value_t<KeyField, Records>>,
                      label_storage_t<field_value_t<OwnerField, Records>>>
            sums;
        sums.add_all(records, key, owner, amount);
        return concentration_of_keys(sums.result(), options);
    }
};
inline constexpr concentration_by_fn concentration_by{};

}  // namespace compute_divide::inline v0_2

#endif
