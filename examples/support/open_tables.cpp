// SPDX-License-Identifier: BSL-1.0
#include "support/open_tables.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/access_kind.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/epoch_organisations.hpp>

#include "support/command_line.hpp"
#include "support/input.hpp"
#include "support/simultaneous_shares.hpp"

namespace example {

namespace {

using cd::part_access;

/// What a table says of one thing: a system in one dimension, a model, a data set.
struct judgement {
    std::optional<int> year = {};
    std::vector<std::string> organisations = {};
    std::optional<part_access> access = {};
    std::optional<cd::osai_dimension> dimension = {};
    std::optional<bool> academic = {};
    std::string type = {};
};

/// How much is open of an asset of ecosystem graphs.
enum class asset_access { closed, limited, open };
[[nodiscard]] constexpr auto enumerators(asset_access) {
    using enum asset_access;
    return std::array{cd::named<asset_access>{closed, "closed"},
                      cd::named<asset_access>{limited, "limited", "limited (hosted, API)"},
                      cd::named<asset_access>{open, "open"}};
}

/// The companies that organisations are part of: what is of one of them depends on each other.
std::vector<std::string> families_of(const cd::family_tree& families, const std::string& organisations) {
    std::vector<std::string> all;
    for (const std::string& each : cd::split_organisations(organisations)) {
        std::string family(families(each));
        if (std::ranges::find(all, family) == all.end()) all.push_back(std::move(family));
    }
    return all;
}
template <class Kind>
bool has_unknown(const cd::access_cells<Kind>& cells) {
    return cells.n_blank() > 0 || !cells.unknown().empty();
}

}  // namespace

void require_columns(const cd::csv_reader& rows, const std::string& path) {
    if (rows.columns().empty()) throw nothing_to_report(path + " is empty");
}

openness_part open_dimensions(const openness_inputs& in) {
    auto rows = open_table(in.index, {.on_error = in.on_error});
    require_columns(rows, in.index);
    const cd::csv_column<std::string> organisation(rows, "org"), contributor(rows, "contributor");
    const cd::csv_column<std::optional<cd::partial_date>> date(rows, "releasedate");
    std::vector<std::pair<cd::osai_dimension, cd::csv_column<std::string>>> columns;
    for (const auto& each : enumerators(cd::osai_dimension{}))
        columns.emplace_back(each.value, cd::csv_column<std::string>(rows, each.name));
    cd::access_cells cells(cd::find_part_access);
    const cd::family_tree families;
    std::vector<judgement> all, academic, other;
    for (const cd::csv_row& row : rows) {
        judgement j{.year = year_of(date(row)), .organisations = families_of(families, organisation(row))};
        const std::string who = contributor(row);
        if (who.starts_with("Academic")) j.academic = true;
        if (who.starts_with("Non-academic")) j.academic = false;
        for (const auto& [dimension, column] : columns) {
            const auto found = cells(column(row));
            j.dimension = dimension;
            j.access = found ? std::optional(found->least) : std::nullopt;
            if (in.years && !in.has_year(j.year)) continue;
            all.push_back(j);
            if (j.academic) (*j.academic ? academic : other).push_back(j);
        }
    }
    tell_problems(rows.problems(), rows.n_problems());
    std::vector<named_group<judgement>> groups{{"all", std::move(all)}};
    if (in.by_team) {
        groups.emplace_back("academic", std::move(academic));
        groups.emplace_back("not academic", std::move(other));
    }
    const std::function<std::optional<part_access>(const judgement&)> kind = [](const judgement& j) {
        return j.access;
    };
    shares_told told{.name = "dimensions",
                     .title = "How open systems are in the dimensions of the European Open Source AI Index: shares",
                     .key = "dimension",
                     .group = "contributor",
                     .depending = "systems",
                     .source = "European Open Source AI Index, CC BY 4.0",
                     .has_unknown = has_unknown(cells)};
    openness_part part = simultaneous_shares<part_access>(groups, &judgement::dimension, kind, told, in.level);
    told.name = "dimensions_by_year";
    told.title = "All dimensions together, by year of release: shares of judgements";
    told.key = "year";
    openness_part by_year = simultaneous_shares<part_access>(groups, &judgement::year, kind, told, in.level);
    part.tables.front().notes.push_back(
        "As the index judges them. It has systems that call themselves open: no sample "
        "of all that there are.");
    note_unknown(part.tables.front().notes, "dimensions", cells);
    part.json = cd::json_object().with_text("dimensions", part.json).with_text("by_year", by_year.json).text();
    part.tables.push_back(std::move(by_year.tables.front()));
    return part;
}

openness_part ecosystem_access(const openness_inputs& in) {
    auto rows = open_table(in.assets, {.on_error = in.on_error});
    require_columns(rows, in.assets);
    const cd::csv_column<std::string> type(rows, "type"), organisation(rows, "organization"), access(rows, "access");
    const cd::csv_column<std::optional<cd::partial_date>> date(rows, "created_date");
    cd::access_cells models(cd::find_ecosystem_access);
    cd::access_cells others(cd::find_part_access);
    const cd::family_tree families;
    std::vector<named_group<judgement>> groups{{"model", {}}, {"dataset", {}}, {"application", {}}};
    for (const cd::csv_row& row : rows) {
        judgement j{.year = year_of(date(row)), .organisations = families_of(families, organisation(row))};
        if (!in.has_year(j.year)) continue;
        const std::string what = type(row);
        const auto group = std::ranges::find(groups, what, &named_group<judgement>::first);
        if (group == groups.end())
            throw cd::read_error("openness", {.file = row.file(),
                                              .line = row.line(),
                                              .field = type.name(),
                                              .value = what,
                                              .reason = "model, dataset or application is required, got \"" +
                                                        what.substr(0, 80) + "\""});
        if (what == "model") {
            if (const auto found = models(access(row)))
                j.access = cd::has_open_weights(found->least)           ? part_access::open
                           : found->most == cd::access_kind::unreleased ? part_access::closed
                                                                        : part_access::partial;
        } else if (const auto found = others(access(row))) {
            j.access = found->least;
        }
        group->second.push_back(std::move(j));
    }
    tell_problems(rows.problems(), rows.n_problems());
    openness_part part = simultaneous_shares<asset_access>(
        groups, &judgement::year, std::function([](const judgement& j) {
            return j.access ? std::optional(static_cast<asset_access>(*j.access)) : std::nullopt;
        }),
        {.name = "ecosystem",
         .title = "Who may use models, data sets and applications of ecosystem graphs, by year: shares",
         .group = "asset",
         .depending = "assets",
         .source = "Ecosystem Graphs, Stanford CRFM",
         .has_unknown = has_unknown(models) || has_unknown(others)},
        in.level);
    part.tables.front().notes.push_back(
        "open: of a model its weights, of any licence; limited: to some, hosted or by an interface. Assets that its "
        "makers noted: no sample of all that there are.");
    note_unknown(part.tables.front().notes, "access of models", models);
    note_unknown(part.tables.front().notes, "access of others", others);
    return part;
}

}  // namespace example
