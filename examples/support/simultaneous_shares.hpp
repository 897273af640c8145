// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SIMULTANEOUS_SHARES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SIMULTANEOUS_SHARES_HPP

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/shares/share.hpp>

#include "support/openness.hpp"
#include "support/tables.hpp"

/// Shares of all kinds at once, with intervals that hold them together.
namespace example {

/// How such shares are told.
struct shares_told {
    std::string name = {}, title = {};
    std::string key = "year", group = "team";  ///< what a row is of
    std::string depending = "models";          ///< which records share organisations
    std::string source = {};
    bool has_unknown = true;  ///< whether "not known" is a kind, too
};

/// A group of records and what it is called.
template <class Record>
using named_group = std::pair<std::string, std::vector<Record>>;

/// The shares of kinds by a key within groups, clustered by `Record::organisations`: one table of all kinds, in which
/// what is not known may be one. Each interval is at 1 - (1 - level) / kinds, so that a row's hold together (Goodman
/// 1965).
template <cd::named_enum Kind, class Record, class Key>
[[nodiscard]] openness_part simultaneous_shares(const std::vector<named_group<Record>>& groups, Key key,
                                                const std::function<std::optional<Kind>(const Record&)>& kind,
                                                const shares_told& told, double level_of_all) {
    const auto word_of = [](const auto& k) {
        if constexpr (cd::named_enum<std::remove_cvref_t<decltype(k)>>)
            return std::string(cd::description_of(k));
        else
            return k;
    };
    std::vector<std::pair<std::optional<Kind>, std::string>> all_kinds;
    for (const auto& each : enumerators(Kind{})) all_kinds.emplace_back(each.value, each.name);
    if (told.has_unknown) all_kinds.emplace_back(std::nullopt, "not_known");
    openness_part part;
    cd::table t{.name = told.name, .title = told.title};
    t.columns = {{.name = told.key}, {.name = told.group}, {.name = "n"}};
    for (const auto& [value, word] : all_kinds) {
        t.columns.push_back(percent_column(word));
        t.columns.back().header = value ? cd::description_of(*value) : "not known";
    }
    const double level = 1 - (1 - level_of_all) / static_cast<double>(all_kinds.size());
    std::vector<cd::json_object> rows;
    for (const auto& [group, records] : groups) {
        std::map<cd::known_t<std::invoke_result_t<Key, const Record&>>, std::vector<cd::estimate>> keys;
        for (const auto& each : all_kinds) {
            const auto is_so = [&](const Record& r) { return kind(r) == each.first; };
            for (const auto& row :
                 cd::share_by(records, key, is_so, cd::clustered_by(&Record::organisations), {.level = level})) {
                auto& shares = keys[row.key];
                shares.push_back(row.share);
                shares.back().level = level_of_all;
            }
        }
        if (!keys.empty()) t.groups.push_back({.first_row = t.rows.size()});
        for (const auto& [k, shares] : keys) {
            std::vector<cd::cell> cells = {cd::to_cell(word_of(k)), cd::to_cell(group), cd::to_cell(shares.front().n)};
            cd::json_object of_kinds;
            for (std::size_t i = 0; i < all_kinds.size(); ++i) {
                cells.push_back(cd::to_cell(shares[i]));
                of_kinds.with(all_kinds[i].second, shares[i]);
            }
            rows.push_back(cd::json_object()
                               .with(told.key, k)
                               .with(told.group, group)
                               .with("n", shares.front().n)
                               .with("shares", of_kinds));
            t.rows.push_back(std::move(cells));
            part.is_something = true;
        }
    }
    t.notes.push_back(
        fmt::format("Intervals hold all shares of a row together at {:g} %, each at {:.4g} % (Goodman); {} depend on "
                    "each other that share an organisation.",
                    100 * level_of_all, 100 * level, told.depending));
    t.sources = {told.source};
    part.json = cd::json_object().with("rows", rows).text();
    part.tables = {std::move(t)};
    return part;
}

}  // namespace example

#endif
