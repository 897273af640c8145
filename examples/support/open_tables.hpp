// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPEN_TABLES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPEN_TABLES_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/io/access_kind.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/fields.hpp>

#include "support/openness.hpp"

/// How open others judge models and data sets to be: the tables of the European Open Source AI Index and of ecosystem
/// graphs, as downloaded or ours.
namespace example {

/// Of a date that may be no more than a year.
inline std::optional<int> year_of(const std::optional<compute_divide::partial_date>& date) {
    return date ? std::optional(date->year) : std::nullopt;
}

/// Of each of the index's 12 dimensions, and of all by year of release, the shares of systems that are closed, partial
/// and open; where it is asked by academic and other contributors, too. Throws read_error.
[[nodiscard]] openness_part open_dimensions(const openness_inputs& in);

/// The shares of models, data sets and applications that are closed, limited and open, by year. Throws read_error.
[[nodiscard]] openness_part ecosystem_access(const openness_inputs& in);

/// Throws nothing_to_report for a file without a first line.
void require_columns(const cd::csv_reader& rows, const std::string& path);

/// Says which spellings of a column could not be read, and how often.
template <cd::named_enum Kind>
void note_unknown(std::vector<std::string>& notes, std::string_view what, const cd::access_cells<Kind>& cells) {
    for (const auto& [spelling, n] : cells.unknown())
        notes.push_back(fmt::format("{}: \"{}\" is not known, {} times: taken as blank.", what, spelling, n));
}

}  // namespace example

#endif
