// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_OWNER_AMOUNTS_HPP
#define COMPUTE_DIVIDE_SHARES_OWNER_AMOUNTS_HPP

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/label_map.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/detail/sums_of_weights.hpp>
#include <compute_divide/detail/unrounded_sum.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/shares/concentration.hpp>

/// What each owner has, by key (a year, a kind of chip), and how concentrated that is: from records of which an owner
/// may have many.
namespace compute_divide {

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
    return std::tuple{member{"owner", &result::owner}, member{"n", &result::n}, member{"amount", &result::amount}};
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
    return std::tuple{member{"key", &result::key}, member{"n", &result::n}, member{"n_missing", &result::n_missing},
                      member{"owners", &result::owners}};
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
    return std::tuple{member{"rows", &result::rows}, member{"n_missing", &result::n_missing}};
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
        struct key_sums {
            std::vector<std::pair<Owner, const sums*>> owners;
            std::uint64_t n_missing = 0;
        };
        std::map<Key, key_sums> ordered;
        sums_.for_each([&](const Key& key, const Owner& owner, const sums& sum) {
            ordered[key].owners.emplace_back(owner, &sum);
        });
        missing_.for_each([&](const Key& key, std::uint64_t n) { ordered[key].n_missing = n; });
        owner_table<Key, Owner> table{.n_missing = n_without_key_};
        for (auto& [key, of_key] : ordered) {
            key_owners<Key, Owner> row{.key = key, .n_missing = of_key.n_missing};
            auto& owners = of_key.owners;
            std::ranges::sort(owners, {}, [](const auto& each) -> const Owner& { return each.first; });
            for (std::size_t i = 0; i < owners.size();) {
                sums sum = *owners[i].second;
                const Owner& owner = owners[i].first;
                for (++i; i < owners.size() && owners[i].first == owner; ++i) {  // a map may hold a pair twice
                    sum.n += owners[i].second->n;
                    sum.amount.merge(owners[i].second->amount);
                }
                row.n += sum.n;
                row.owners.push_back({owner, sum.n, sum.amount.value()});
            }
            table.n_missing += row.n_missing;
            table.rows.push_back(std::move(row));
        }
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
    return std::tuple{member{"key", &result::key}, member{"concentration", &result::concentration}};
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
        for (auto&& record : records)
            sums.add(std::invoke(key, record), std::invoke(owner, record), std::invoke(amount, record));
        return concentration_of_keys(sums.result(), options);
    }
};
inline constexpr concentration_by_fn concentration_by{};

}  // namespace compute_divide

#endif
