// SPDX-License-Identifier: BSL-1.0
#include "support/papers.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>

#include "support/input.hpp"
#include "support/own_table.hpp"

namespace example {

std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts;
    while (!list.empty()) {
        const std::size_t end = std::min(list.find(';'), list.size());
        parts.emplace_back(list.substr(0, end));
        list.remove_prefix(std::min(end + 1, list.size()));
    }
    return parts;
}

std::vector<paper> read_papers(const std::string& path, bool requires_institutions) {
    cd::csv_reader table = open_table(path);
    program_columns().rename(table, paper_fields());
    const std::size_t venue = table.column("venue"), year = table.column("year");
    const auto status = table.find_column("status"), n_authors = table.find_column("authors"),
               code = table.find_column("code"), text = table.find_column("text"),
               compute_terms = table.find_column("compute terms"), topics = table.find_column("topics"),
               pretrained_terms = table.find_column("pretrained terms"),
               institutions = table.find_column("institutions");
    if (requires_institutions && !institutions)
        throw std::runtime_error(path +
                                 " has no column institutions, which say what papers depend on each other: --clusters "
                                 "none takes them as independent");
    constexpr std::array<std::string_view, 4> left_out{"reject", "withdraw", "active", "workshop"};
    std::array<std::size_t, cd::enumerators(cd::sector{}).size()> columns{};
    for (const auto& entry : cd::enumerators(cd::sector{}))
        columns[static_cast<std::size_t>(entry.value)] = table.column(entry.name);
    std::vector<paper> papers;
    for (const auto row : table) {
        if (status && std::ranges::find(left_out, row[*status]) != left_out.end()) continue;
        const auto cell = [&row](std::optional<std::size_t> column) {
            return column ? row[*column] : std::string_view();
        };
        papers.push_back({.venue = std::string(row[venue]),
                          .year = static_cast<int>(cd::parse_number(row[year]).value_or(0)),
                          .authors = {},
                          .n_authors = cd::parse_number(cell(n_authors)),
                          .institutions = parts_of(cell(institutions)),
                          .code = cell(code).empty() ? std::nullopt : std::optional(cell(code) == "yes"),
                          .text = std::string(cell(text)),
                          .compute_terms = parts_of(cell(compute_terms)),
                          .topics = parts_of(cell(topics)),
                          .pretrained_terms = parts_of(cell(pretrained_terms))});
        for (const auto& entry : cd::enumerators(cd::sector{}))
            papers.back().authors.add(
                entry.value, cd::parse_number(row[columns[static_cast<std::size_t>(entry.value)]]).value_or(0));
    }
    return papers;
}

std::vector<team_errors> read_team_errors(const std::string& path) {
    cd::csv_reader table = cd::csv_reader::open(path);
    std::vector<team_errors> errors;
    for (const auto row : table) {
        const auto count = [&row](const char* column) { return cd::parse_number(row[column]).value_or(0); };
        errors.push_back(
            {std::string(row["kind"]),
             {count("true_positives"), count("false_positives"), count("false_negatives"), count("true_negatives")}});
    }
    return errors;
}

}  // namespace example
