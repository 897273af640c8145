// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_STATISTICS_TABLE_DIFF_HPP
#define COMPUTE_DIVIDE_STATISTICS_TABLE_DIFF_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/statistics/shapley_parts.hpp>

/// Two versions of a table of records compared: rows added and removed, and of the rows in both which labels and which
/// values are others; then, of an estimate that both versions give, which part of its change is due to which.
///
///     const std::tuple fields{compared_field{"team", &model::team}, compared_field{"training FLOP", &model::flop}};
///     const table_diff diff = compare_tables(last_year, this_year, &model::name, fields);
///     const change_parts parts = parts_of_change(diff, last_year, this_year, fields, academic_share);
///
/// A row is found in the other version by its key. Where the key is not there it may have another by now: the row is
/// then found by an identity, if that is certain. Nothing is guessed: what could be several rows is listed as such.
namespace compute_divide::inline v0_2 {

/// What a field of a table says.
enum class field_kind {
    label,  ///< a category, a text, a list: it is the same or another; another is a row relabelled
    value   ///< a number: it is revised; a row recomputed
};
[[nodiscard]] constexpr auto enumerators(field_kind) {
    using enum field_kind;
    return std::array{named<field_kind>{label, "label"}, named<field_kind>{value, "value"}};
}

/// What became of a field. Not known are an empty optional, NaN, and a text or a list that is empty.
enum class change_kind {
    changed,  ///< known before and after
    filled,   ///< not known before
    emptied   ///< not known after
};
[[nodiscard]] constexpr auto enumerators(change_kind) {
    using enum change_kind;
    return std::array{named<change_kind>{changed, "changed"}, named<change_kind>{filled, "filled"},
                      named<change_kind>{emptied, "emptied"}};
}

/// Why rows could not be matched though there are candidates for them.
enum class unsettled_reason {
    duplicate_key,    ///< several rows have the key, and more than one of them changed
    no_key,           ///< rows without a key that are not equal to one of the other version
    shared_identity,  ///< several rows have the identity
    contradicted      ///< one on each side has the identity, but they differ in what must agree
};
[[nodiscard]] constexpr auto enumerators(unsettled_reason) {
    using enum unsettled_reason;
    return std::array{
        named<unsettled_reason>{duplicate_key, "duplicate_key", "several rows of one key"},
        named<unsettled_reason>{no_key, "no_key", "rows without a key"},
        named<unsettled_reason>{shared_identity, "shared_identity", "several rows of one identity"},
        named<unsettled_reason>{contradicted, "contradicted", "rows of one identity that contradict each other"}};
}

/// A field that is compared: its name, the projection, and its kind, by default value for numbers and label for all
/// else. Those that `parts_of_change` exchanges must be written, too: members, or functions that return a reference.
template <class Field>
struct compared_field {
    std::string name;
    Field field;
    std::optional<field_kind> kind;

    compared_field(std::string_view field_name, Field projection, std::optional<field_kind> of = {})
        : name(field_name), field(std::move(projection)), kind(of) {}
};

namespace detail {

struct always_agree {
    template <class Older, class Newer>
    [[nodiscard]] constexpr bool operator()(const Older&, const Newer&) const {
        return true;
    }
};

}  // namespace detail

/// By what a row is known whose key changed: a projection to a label, not known where it is an empty optional or text
/// (the address of a paper, a serial number). `agree(older, newer)` says of two rows whether they can be the same.
template <class Field, class Agree = detail::always_agree>
struct row_identity {
    std::string name;
    Field field;
    Agree agree;

    row_identity(std::string_view identity_name, Field projection, Agree rows_agree = {})
        : name(identity_name), field(std::move(projection)), agree(std::move(rows_agree)) {}
};

struct table_diff_options {
    double tolerance = 0;  ///< values that differ by no more than this part of the larger are no change
};

/// A row in both versions, by its places.
struct row_match {
    std::size_t older = 0;
    std::size_t newer = 0;
    bool is_renamed = false;                   ///< its key is another
    std::optional<std::size_t> identity = {};  ///< by which it was found, where it was not by its key

    friend constexpr bool operator==(const row_match&, const row_match&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<row_match>) {
    return member_list(member{"older", &row_match::older}, member{"newer", &row_match::newer},
                       member{"is_renamed", &row_match::is_renamed}, member{"identity", &row_match::identity});
}

/// What a field of a matched row says in each version.
struct field_change {
    std::size_t match = 0;  ///< which of `matched`
    std::size_t field = 0;  ///< which of `fields`
    change_kind kind = change_kind::changed;
    std::string before = {};  ///< as text; empty where it is not known
    std::string after = {};
    std::optional<double> value_before = {};  ///< of a field of numbers
    std::optional<double> value_after = {};

    friend bool operator==(const field_change&, const field_change&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<field_change>) {
    using result = field_change;
    return member_list(member{"match", &result::match}, member{"field", &result::field}, member{"kind", &result::kind},
                       member{"before", &result::before}, member{"after", &result::after},
                       member{"value_before", &result::value_before}, member{"value_after", &result::value_after});
}

/// A field, and in how many matched rows it is another.
struct field_changes {
    std::string name = {};
    field_kind kind = field_kind::label;
    std::uint64_t changed = 0;
    std::uint64_t filled = 0;
    std::uint64_t emptied = 0;

    friend bool operator==(const field_changes&, const field_changes&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<field_changes>) {
    using result = field_changes;
    return member_list(member{"name", &result::name}, member{"kind", &result::kind},
                       member{"changed", &result::changed}, member{"filled", &result::filled},
                       member{"emptied", &result::emptied});
}

/// Rows of each version that may be the same, and of which it is not certain. They are among added and removed.
struct unsettled_rows {
    unsettled_reason reason = unsettled_reason::duplicate_key;
    std::optional<std::size_t> identity = {};  ///< the one they have in common, where it is an identity
    std::vector<std::size_t> older = {};       ///< places
    std::vector<std::size_t> newer = {};

    friend bool operator==(const unsettled_rows&, const unsettled_rows&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<unsettled_rows>) {
    using result = unsettled_rows;
    return member_list(member{"reason", &result::reason}, member{"identity", &result::identity},
                       member{"older", &result::older}, member{"newer", &result::newer});
}

/// A key that several rows of a version have, and the places of all rows that have it.
struct duplicate_key {
    std::string key = {};
    std::vector<std::size_t> older = {};
    std::vector<std::size_t> newer = {};

    friend bool operator==(const duplicate_key&, const duplicate_key&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<duplicate_key>) {
    using result = duplicate_key;
    return member_list(member{"key", &result::key}, member{"older", &result::older}, member{"newer", &result::newer});
}

/// Two versions of a table compared. Places count from 0 in the order of each version.
struct table_diff {
    std::uint64_t n_older = 0;  ///< rows
    std::uint64_t n_newer = 0;
    std::uint64_t n_without_key_older = 0;
    std::uint64_t n_without_key_newer = 0;
    std::uint64_t n_with_key_of_both = 0;    ///< keys that both versions have
    std::vector<row_match> matched = {};     ///< in the order of the older version
    std::vector<std::size_t> added = {};     ///< places in the newer version
    std::vector<std::size_t> removed = {};   ///< places in the older version
    std::vector<field_change> changes = {};  ///< in the order of matched, then of fields
    std::vector<field_changes> fields = {};
    std::vector<std::string> identities = {};  ///< their names
    std::vector<unsettled_rows> unsettled = {};
    std::vector<duplicate_key> duplicates = {};

    /// How many matched rows have another key, another label, another value; and how many are as they were.
    [[nodiscard]] std::uint64_t n_renamed() const {
        return static_cast<std::uint64_t>(std::ranges::count(matched, true, &row_match::is_renamed));
    }
    /// Matched rows that have another label.
    [[nodiscard]] std::uint64_t n_relabelled() const { return rows_with(field_kind::label); }
    /// Matched rows that have another value.
    [[nodiscard]] std::uint64_t n_recomputed() const { return rows_with(field_kind::value); }
    /// Matched rows that are as they were.
    [[nodiscard]] std::uint64_t n_unchanged() const {
        std::vector<bool> is_other(matched.size());
        for (std::size_t i = 0; i < matched.size(); ++i) is_other[i] = matched[i].is_renamed;
        for (const field_change& c : changes) is_other[c.match] = true;
        return static_cast<std::uint64_t>(detail::count(is_other, false));
    }
    /// No row was added, removed, renamed, relabelled or recomputed.
    [[nodiscard]] bool is_empty() const {
        return added.empty() && removed.empty() && changes.empty() && n_renamed() == 0;
    }

    friend bool operator==(const table_diff&, const table_diff&) = default;

private:
    [[nodiscard]] std::uint64_t rows_with(field_kind kind) const {
        std::uint64_t n = 0;
        std::optional<std::size_t> last;
        for (const field_change& c : changes) {
            if (fields[c.field].kind != kind || last == c.match) continue;
            last = c.match;
            ++n;
        }
        return n;
    }
};
[[nodiscard]] constexpr auto members(std::type_identity<table_diff>) {
    using result = table_diff;
    return member_list(member{"n_older", &result::n_older}, member{"n_newer", &result::n_newer},
                       member{"n_without_key_older", &result::n_without_key_older},
                       member{"n_without_key_newer", &result::n_without_key_newer},
                       member{"n_with_key_of_both", &result::n_with_key_of_both}, member{"matched", &result::matched},
                       member{"added", &result::added}, member{"removed", &result::removed},
                       member{"changes", &result::changes}, member{"fields", &result::fields},
                       member{"identities", &result::identities}, member{"unsettled", &result::unsettled},
                       member{"duplicates", &result::duplicates});
}

/// An estimate in two versions of a table, and what its change is due to. The parts and `other` sum to after - before.
struct change_parts {
    estimate before = {};
    estimate after = {};
    std::optional<double> rows = {};        ///< rows added and removed
    std::optional<double> recomputed = {};  ///< values of the rows in both
    std::optional<double> relabelled = {};  ///< labels of the rows in both
    std::optional<double> other = {};       ///< fields that are not compared, and the order of rows
    /// ok where all are there; else that of the version without an estimate; degenerate where both have one and some
    /// table between them has none.
    estimate_status status = estimate_status::no_data;

    [[nodiscard]] explicit operator bool() const { return has_value(status); }
    friend bool operator==(const change_parts&, const change_parts&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<change_parts>) {
    using result = change_parts;
    return member_list(member{"before", &result::before}, member{"after", &result::after},
                       member{"rows", &result::rows}, member{"recomputed", &result::recomputed},
                       member{"relabelled", &result::relabelled}, member{"other", &result::other},
                       member{"status", &result::status});
}

namespace detail {

/// Whether a field says anything: known, and no empty text or list.
template <class T>
[[nodiscard]] bool says_something(const T& value) {
    if constexpr (is_optional<T>) {
        return value.has_value() && says_something(*value);
    } else if constexpr (text_like<T>) {
        return !std::string_view(value).empty();
    } else if constexpr (std::ranges::input_range<const T>) {
        return std::ranges::begin(value) != std::ranges::end(value);
    } else {
        return is_known(value);
    }
}

/// A field as text; numbers in the fewest digits that read back as the same.
template <class T>
[[nodiscard]] std::string said_text(const T& value) {
    if (!says_something(value)) return "";
    if constexpr (is_optional<T>) {
        return said_text(*value);
    } else if constexpr (quantity<T>) {
        return shown(static_cast<double>(value));
    } else if constexpr (named_enum<T>) {
        return std::string(name_of(value));
    } else {
        return member_text(value, {});
    }
}

/// Whether two known or unknown values are the same; of unknown ones both are.
template <class T>
[[nodiscard]] bool say_the_same(const T& a, const T& b) {
    const bool known = says_something(a);
    if (known != says_something(b)) return false;
    return !known || a == b;
}
[[nodiscard]] inline bool is_about(double a, double b, double tolerance) {
    if (a == b || (a != a && b != b)) return true;  // NOLINT(misc-redundant-expression): NaN
    return std::abs(a - b) <= tolerance * std::max(std::abs(a), std::abs(b));
}

template <class T>
inline constexpr bool is_identity_tuple = false;
template <class... Fields, class... Agrees>
inline constexpr bool is_identity_tuple<std::tuple<row_identity<Fields, Agrees>...>> = true;

/// Calls use(index, element) with every element of a tuple.
template <class Tuple, class Use>
void for_each_of(const Tuple& elements, Use&& use) {
    std::apply(
        [&](const auto&... each) {
            std::size_t i = 0;
            (use(i++, each), ...);
        },
        elements);
}

template <class Record, class Field>
using record_field_t = std::remove_cvref_t<std::invoke_result_t<const Field&, const Record&>>;

template <class Record, class Field>
[[nodiscard]] field_kind kind_of(const compared_field<Field>& field) {
    constexpr bool is_number = quantity<known_t<record_field_t<Record, Field>>>;
    if constexpr (!is_number)
        require(field.kind != field_kind::value || !text_like<known_t<record_field_t<Record, Field>>>, "compare_tables",
                "numbers, dates or the like where a field is a value", field.name);
    return field.kind.value_or(is_number ? field_kind::value : field_kind::label);
}

/// Whether all compared fields of two rows are the same.
template <class Record, class Fields>
[[nodiscard]] bool are_equal(const Record& a, const Record& b, const Fields& fields) {
    return std::apply(
        [&](const auto&... each) {
            return (say_the_same<record_field_t<Record, decltype(each.field)>>(std::invoke(each.field, a),
                                                                               std::invoke(each.field, b)) &&
                    ...);
        },
        fields);
}

/// The places of the rows of each version that have a label.
struct rows_of_label {
    std::vector<std::size_t> older, newer;
};

/// The rows of both versions by a label, those without one apart.
template <class Record, class Field>
struct rows_by_label {
    std::map<label_storage_t<record_field_t<Record, Field>>, rows_of_label> known;
    rows_of_label unknown;

    rows_by_label(const std::vector<const Record*>& older, const std::vector<const Record*>& newer,
                  const Field& field) {
        add(older, field, &rows_of_label::older);
        add(newer, field, &rows_of_label::newer);
    }

private:
    void add(const std::vector<const Record*>& rows, const Field& field,
             std::vector<std::size_t> rows_of_label::*side) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const record_field_t<Record, Field> label = std::invoke(field, *rows[i]);
            rows_of_label* found = &unknown;
            if (says_something(label)) {
                if constexpr (is_optional<record_field_t<Record, Field>>)
                    found = &known[label_storage_t<record_field_t<Record, Field>>(*label)];
                else
                    found = &known[label_storage_t<record_field_t<Record, Field>>(label)];
            }
            (found->*side).push_back(i);
        }
    }
};

template <class Records>
[[nodiscard]] auto pointers_to(const Records& records) {
    std::vector<const std::ranges::range_value_t<Records>*> all;
    for (const auto& each : records) all.push_back(&each);
    return all;
}

/// Finds the rows of one version in the other.
template <class Record>
class row_matching {
public:
    row_matching(const std::vector<const Record*>& older, const std::vector<const Record*>& newer)
        : older_(older),
          newer_(newer),
          key_of_older_(older.size()),
          key_of_newer_(newer.size()),
          of_older_(older.size()),
          is_found_(newer.size()) {}

    /// By keys. Equal rows of one key are the same; where one is left on each side these are, too.
    template <class Key, class Fields>
    void by_key(const Key& key, const Fields& fields, table_diff& diff) {
        rows_by_label<Record, Key> rows(older_, newer_, key);
        diff.n_without_key_older = rows.unknown.older.size();
        diff.n_without_key_newer = rows.unknown.newer.size();
        std::size_t key_number = 0;  // of rows without one: 0
        for (auto& [label, places] : rows.known) {
            ++key_number;
            for (const std::size_t i : places.older) key_of_older_[i] = key_number;
            for (const std::size_t i : places.newer) key_of_newer_[i] = key_number;
            if (!places.older.empty() && !places.newer.empty()) ++diff.n_with_key_of_both;
            if (places.older.size() > 1 || places.newer.size() > 1)
                diff.duplicates.push_back({said_text(label), places.older, places.newer});
            if (places.older.size() > 1 || places.newer.size() > 1) match_equal(places, fields);
            if (places.older.size() == 1 && places.newer.size() == 1)
                match(places.older[0], places.newer[0], {});
            else if (!places.older.empty() && !places.newer.empty())
                diff.unsettled.push_back({unsettled_reason::duplicate_key, {}, places.older, places.newer});
        }
        match_equal(rows.unknown, fields);
        if (!rows.unknown.older.empty() && !rows.unknown.newer.empty())
            diff.unsettled.push_back({unsettled_reason::no_key, {}, rows.unknown.older, rows.unknown.newer});
    }

    /// By an identity that one row of each version has and no other; rows found before count as others.
    template <class Identity>
    void by_identity(std::size_t number, const Identity& identity, table_diff& diff) {
        const rows_by_label<Record, decltype(identity.field)> rows(older_, newer_, identity.field);
        std::vector<row_match> found;
        for (const auto& [label, places] : rows.known) {
            unsettled_rows left{.identity = number};
            std::ranges::copy_if(places.older, std::back_inserter(left.older),
                                 [&](std::size_t i) { return !of_older_[i]; });
            std::ranges::copy_if(places.newer, std::back_inserter(left.newer),
                                 [&](std::size_t i) { return !is_found_[i]; });
            if (left.older.empty() || left.newer.empty()) continue;
            const bool is_one = places.older.size() == 1 && places.newer.size() == 1;
            if (is_one && std::invoke(identity.agree, *older_[left.older[0]], *newer_[left.newer[0]])) {
                found.push_back({.older = left.older[0], .newer = left.newer[0]});
                continue;
            }
            left.reason = is_one ? unsettled_reason::contradicted : unsettled_reason::shared_identity;
            diff.unsettled.push_back(std::move(left));
        }
        for (const row_match& each : found) match(each.older, each.newer, number);
    }

    /// What was found, and what was not.
    void finish(table_diff& diff) const {
        for (std::size_t i = 0; i < of_older_.size(); ++i) {
            if (of_older_[i])
                diff.matched.push_back(*of_older_[i]);
            else
                diff.removed.push_back(i);
        }
        for (std::size_t i = 0; i < is_found_.size(); ++i)
            if (!is_found_[i]) diff.added.push_back(i);
        // A later identity may have settled what an earlier one did not.
        for (unsettled_rows& each : diff.unsettled) {
            std::erase_if(each.older, [&](std::size_t i) { return of_older_[i].has_value(); });
            std::erase_if(each.newer, [&](std::size_t i) { return static_cast<bool>(is_found_[i]); });
        }
        std::erase_if(diff.unsettled,
                      [](const unsettled_rows& each) { return each.older.empty() || each.newer.empty(); });
    }

private:
    void match(std::size_t older, std::size_t newer, std::optional<std::size_t> identity) {
        of_older_[older] = row_match{.older = older,
                                     .newer = newer,
                                     .is_renamed = key_of_older_[older] != key_of_newer_[newer],
                                     .identity = identity};
        is_found_[newer] = true;
    }
    template <class Fields>
    void match_equal(rows_of_label& places, const Fields& fields) {
        std::erase_if(places.older, [&](std::size_t i) {
            const auto same =
                detail::find_if(places.newer, [&](std::size_t j) { return are_equal(*older_[i], *newer_[j], fields); });
            if (same == places.newer.end()) return false;
            match(i, *same, {});
            places.newer.erase(same);
            return true;
        });
    }

    const std::vector<const Record*>&older_, &newer_;
    std::vector<std::size_t> key_of_older_, key_of_newer_;
    std::vector<std::optional<row_match>> of_older_;
    std::vector<bool> is_found_;
};

/// Adds what a field of a matched row says, where it is another.
template <class Record, class Field>
void add_change(std::size_t match, std::size_t number, const compared_field<Field>& field, const Record& older,
                const Record& newer, double tolerance, table_diff& diff) {
    using value = record_field_t<Record, Field>;
    const value before = std::invoke(field.field, older), after = std::invoke(field.field, newer);
    const bool was_known = says_something(before), is_known = says_something(after);
    if (!was_known && !is_known) return;
    field_change change{.match = match, .field = number};
    bool is_same = was_known == is_known;
    if constexpr (quantity<known_t<value>>) {
        if (was_known) change.value_before = as_double(before);
        if (is_known) change.value_after = as_double(after);
        is_same = is_same && (before == after || (diff.fields[number].kind == field_kind::value &&
                                                  is_about(as_double(before), as_double(after), tolerance)));
    } else {
        is_same = is_same && before == after;
    }
    if (is_same) return;
    change.kind = !was_known ? change_kind::filled : is_known ? change_kind::changed : change_kind::emptied;
    ++(change.kind == change_kind::filled    ? diff.fields[number].filled
       : change.kind == change_kind::emptied ? diff.fields[number].emptied
                                             : diff.fields[number].changed);
    change.before = said_text(before);
    change.after = said_text(after);
    diff.changes.push_back(std::move(change));
}

}  // namespace detail

namespace detail {

template <class Field, class Record>
concept comparable_field = requires(const Field& field, const Record& record) {
    { std::invoke(field, record) == std::invoke(field, record) } -> std::convertible_to<bool>;
};
template <class Field, class Record>
concept exchangeable_field = comparable_field<Field, Record> &&
    std::is_lvalue_reference_v<std::invoke_result_t<const Field&, Record&>> &&
    requires(const Field& field, Record& record, const Record& other) {
    std::invoke(field, record) = std::invoke(field, other);
};
template <class Fields, class Record>
inline constexpr bool are_comparable = false;
template <class... Fields, class Record>
inline constexpr bool are_comparable<std::tuple<compared_field<Fields>...>, Record> =
    (comparable_field<Fields, Record> && ...);
template <class Fields, class Record>
inline constexpr bool are_exchangeable = false;
template <class... Fields, class Record>
inline constexpr bool are_exchangeable<std::tuple<compared_field<Fields>...>, Record> =
    (exchangeable_field<Fields, Record> && ...);

}  // namespace detail

/// Fields of a record that can be compared: a tuple of `compared_field`, whose projections yield what has ==.
template <class Fields, class Record>
concept compared_fields_of = detail::are_comparable<std::remove_cvref_t<Fields>, Record>;

/// Fields that can be written, too: their projections yield references to members of a record that is not const.
template <class Fields, class Record>
concept exchangeable_fields_of = detail::are_exchangeable<std::remove_cvref_t<Fields>, Record>;

/// Records that are all there, to be compared with others of their type: a vector of rows.
template <class Records>
concept table_version = std::ranges::forward_range<const Records> &&
    std::is_lvalue_reference_v<std::ranges::range_reference_t<const Records>>;

/// Compares two versions of a table. `key` yields a label that says which row is which, an optional where some have
/// none; `fields` is a tuple of `compared_field`, `identities` one of `row_identity` by which a row may be found whose
/// key changed.
///
/// Rows of one key, one in each version, are the same row. Of a key that several rows have (listed in `duplicates`),
/// and of rows without a key, those equal in all compared fields are the same; then, of a key, the last one on each
/// side; the others are `unsettled`. A row that its key does not find is found by an identity where that is certain:
/// one row of the older and one of the newer version have it, among all rows, and `agree` holds. Where their keys
/// differ the row is renamed. Identities are asked in their order; what one leaves open the next may settle. All that
/// is not matched is added or removed. Labels are the same by ==, lists in their order; values within
/// options.tolerance.
///
/// With the versions exchanged, added and removed, before and after, filled and emptied are exchanged, and nothing
/// else; but where rows of one key are equal in all compared fields, which of them is matched goes by their order.
///
/// Throws std::invalid_argument for a tolerance that is no number of 0 or more, two fields of the same name, and a
/// text that is said to be a value. O((n + m) log(n + m)) with n + m rows; rows of one key are compared each with each.
/// Checked against counts by another program on published tables (tests/reference/table_diff.py).
template <table_version Older, table_version Newer, class Key, class Fields, class Identities = std::tuple<>>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    label_field_of<Key, const Older&> && compared_fields_of<Fields, std::ranges::range_value_t<Older>>
[[nodiscard]] table_diff compare_tables(const Older& older, const Newer& newer, Key key, const Fields& fields,
                                        const Identities& identities = {}, const table_diff_options& options = {}) {
    static_assert(detail::is_identity_tuple<Identities>, "identities are a std::tuple of row_identity");
    using record = std::ranges::range_value_t<Older>;
    detail::require(options.tolerance >= 0 && options.tolerance < 1, "compare_tables", "tolerance in [0, 1)",
                    options.tolerance);
    const auto old_rows = detail::pointers_to(older), new_rows = detail::pointers_to(newer);
    table_diff diff{.n_older = old_rows.size(), .n_newer = new_rows.size()};
    detail::for_each_of(fields, [&](std::size_t, const auto& field) {
        detail::require(detail::find(diff.fields, field.name, &field_changes::name) == diff.fields.end(),
                        "compare_tables", "fields of different names", field.name);
        diff.fields.push_back({.name = field.name, .kind = detail::kind_of<record>(field)});
    });
    detail::for_each_of(identities,
                        [&](std::size_t, const auto& identity) { diff.identities.push_back(identity.name); });

    detail::row_matching<record> rows(old_rows, new_rows);
    rows.by_key(key, fields, diff);
    detail::for_each_of(identities,
                        [&](std::size_t number, const auto& identity) { rows.by_identity(number, identity, diff); });
    rows.finish(diff);
    for (std::size_t i = 0; i < diff.matched.size(); ++i)
        detail::for_each_of(fields, [&](std::size_t number, const auto& field) {
            detail::add_change(i, number, field, *old_rows[diff.matched[i].older], *new_rows[diff.matched[i].newer],
                               options.tolerance, diff);
        });
    return diff;
}

namespace detail {

/// What a function says of a table, as an estimate.
template <class Said>
[[nodiscard]] estimate estimate_of_table(const Said& said, std::size_t n) {
    if constexpr (std::same_as<Said, estimate>) {
        return said;
    } else {
        estimate e{.n = n};
        if (says_something(said)) e.value = as_double(said);
        e.status = e.value ? estimate_status::ok : estimate_status::degenerate;
        return e;
    }
}

/// The table after some changes: bit 0 rows, bit 1 values, bit 2 labels. Rows in the older version's order, then those
/// added.
template <class Record, class Fields>
[[nodiscard]] std::vector<Record> table_between(std::uint32_t set, const table_diff& diff,
                                                const std::vector<const Record*>& older,
                                                const std::vector<const Record*>& newer, const Fields& fields) {
    std::vector<Record> rows;
    rows.reserve(older.size() + diff.added.size());
    auto match = diff.matched.begin();
    for (std::size_t i = 0; i < older.size(); ++i) {
        const bool is_matched = match != diff.matched.end() && match->older == i;
        if (!is_matched && (set & 1U) != 0) continue;
        Record& row = rows.emplace_back(*older[i]);
        if (!is_matched) continue;
        const Record& after = *newer[match->newer];
        ++match;
        for_each_of(fields, [&](std::size_t number, const auto& field) {
            const std::uint32_t bit = diff.fields[number].kind == field_kind::value ? 2 : 4;
            if ((set & bit) != 0) std::invoke(field.field, row) = std::invoke(field.field, after);
        });
    }
    if ((set & 1U) != 0)
        for (const std::size_t i : diff.added) rows.push_back(*newer[i]);
    return rows;
}

}  // namespace detail

/// What the changes of several estimates between two versions of a table are due to: `estimates_of(const
/// std::vector<Record>&)` yields a std::vector<estimate>, as many for every table, of which each gets its parts. All
/// else is as of `parts_of_change`. Throws std::invalid_argument where their number differs between tables.
template <table_version Older, table_version Newer, class Fields, class Estimates>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    std::copyable<std::ranges::range_value_t<Older>> &&
    exchangeable_fields_of<Fields, std::ranges::range_value_t<Older>> &&
    std::is_invocable_r_v<std::vector<estimate>, Estimates&,
                          const std::vector<std::ranges::range_value_t<Older>>&> [[nodiscard]] std::vector<change_parts>
    parts_of_changes(const table_diff& diff, const Older& older, const Newer& newer, const Fields& fields,
                     Estimates estimates_of) {
    using record = std::ranges::range_value_t<Older>;
    constexpr std::string_view function = "parts_of_change";
    const auto old_rows = detail::pointers_to(older), new_rows = detail::pointers_to(newer);
    detail::require(diff.n_older == old_rows.size(), function, "the tables of the diff", old_rows.size());
    detail::require(diff.n_newer == new_rows.size(), function, "the tables of the diff", new_rows.size());
    detail::require(diff.fields.size() == std::tuple_size_v<Fields>, function, "the fields of the diff",
                    std::tuple_size_v<Fields>);
    std::vector<std::vector<estimate>> said;
    for (std::uint32_t set = 0; set < 8; ++set)
        said.push_back(std::invoke(estimates_of, detail::table_between(set, diff, old_rows, new_rows, fields)));
    said.push_back(std::invoke(estimates_of, std::vector<record>(std::ranges::begin(newer), std::ranges::end(newer))));
    std::vector<change_parts> all(said.front().size());
    for (const auto& each : said)
        detail::require(each.size() == all.size(), function, "as many estimates of every table", each.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        change_parts& result = all[i];
        result.before = said.front()[i];
        result.after = said.back()[i];
        const auto is_known = [i](const std::vector<estimate>& each) { return each[i] && each[i].value; };
        if (!is_known(said.front()) || !is_known(said.back())) {
            result.status = is_known(said.front()) ? result.after.status : result.before.status;
            continue;
        }
        result.status = detail::all_of(said, is_known) ? estimate_status::ok : estimate_status::degenerate;
        if (!result) continue;
        const auto parts = shapley_parts(3, [&](std::uint32_t set) { return *said[set][i].value; });
        result.rows = parts[0];
        result.recomputed = parts[1];
        result.relabelled = parts[2];
        result.other = *result.after.value - *said[7][i].value;
    }
    return all;
}

/// What the change of an estimate between two versions of a table is due to: rows added and removed, values revised,
/// labels changed. Each part is the mean, over all orders in which the three could have come, of the step that it makes
/// (Shapley's value, see shapley_parts.hpp), so that no order is preferred and the parts sum to the change.
///
/// `diff` and `fields` are those of `compare_tables` of the same versions. `estimate_of(const std::vector<Record>&)`
/// yields an estimate, a number, or an optional of one. What changes with fields that are not compared, or with the
/// order of rows, is in `other`: 0 where all that the estimate reads is compared. A row that was renamed and not found
/// is removed and added, both in the part of rows.
///
/// The parts describe two tables as they are: they have no interval. Where an estimate, or that of a table between the
/// versions, has no value, there are no parts, and the status says why. Throws std::invalid_argument where `diff` is of
/// tables of other sizes or of other fields. Nine evaluations, each of a copy of the table. Source: Shorrocks (2013),
/// Journal of Economic Inequality 11:99. Checked against all six orders by another program
/// (tests/reference/table_diff.py).
template <table_version Older, table_version Newer, class Fields, class Estimate>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    std::copyable<std::ranges::range_value_t<Older>> &&
    exchangeable_fields_of<Fields, std::ranges::range_value_t<Older>> && std::invocable < Estimate&,
    const std::vector<std::ranges::range_value_t<Older>>
& > [[nodiscard]] change_parts parts_of_change(const table_diff& diff, const Older& older, const Newer& newer,
                                               const Fields& fields, Estimate estimate_of) {
    using record = std::ranges::range_value_t<Older>;
    return parts_of_changes(diff, older, newer, fields, [&](const std::vector<record>& rows) {
        return std::vector<estimate>{detail::estimate_of_table(std::invoke(estimate_of, rows), rows.size())};
    })[0];
}

// Calls that no overload fits. (Compilers tell the names of these parameters in their first lines.)

template <table_version Older, table_version Newer, class Key, class NeedATupleOfComparedFieldOfTheRecords,
          class... Others>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    label_field_of<Key, const Older&> &&
    (!compared_fields_of<NeedATupleOfComparedFieldOfTheRecords, std::ranges::range_value_t<Older>>)table_diff
    compare_tables(const Older&, const Newer&, Key, const NeedATupleOfComparedFieldOfTheRecords&, Others&&...) = delete;

template <table_version Older, table_version Newer, class NeedAKeyThatIsALabelOfTheRecords, class Fields,
          class... Others>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    (!label_field_of<NeedAKeyThatIsALabelOfTheRecords, const Older&>)table_diff
    compare_tables(const Older&, const Newer&, NeedAKeyThatIsALabelOfTheRecords, const Fields&, Others&&...) = delete;

template <table_version Older, table_version Newer, class NeedFieldsThatYieldReferences, class Estimate>
requires std::same_as<std::ranges::range_value_t<Older>, std::ranges::range_value_t<Newer>> &&
    (!exchangeable_fields_of<NeedFieldsThatYieldReferences, std::ranges::range_value_t<Older>>)change_parts
    parts_of_change(const table_diff&, const Older&, const Newer&, const NeedFieldsThatYieldReferences&,
                    Estimate) = delete;

}  // namespace compute_divide::inline v0_2

#endif
