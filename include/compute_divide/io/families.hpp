// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_FAMILIES_HPP
#define COMPUTE_DIVIDE_IO_FAMILIES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/detail/kept_problems.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>

/// A table of families of organisations in a file of one's own, for `family_tree`:
///
///     organisation,family,since,until
///     Acme Lab,Acme,2012,
///
///     const families_table mine = read_families(csv_reader::open("families.csv"));
///     const family_tree families({.own = mine.rows()});
namespace compute_divide::inline v0_2 {

/// A row of such a table.
struct family_record {
    std::string organisation = {}, family = {};
    std::optional<int> since = {}, until = {};  ///< first and last year; nothing: ever, still

    friend bool operator==(const family_record&, const family_record&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<family_record>) {
    using result = family_record;
    return member_list(member{"organisation", &result::organisation}, member{"family", &result::family},
                       member{"since", &result::since}, member{"until", &result::until});
}

/// Every row is a record or a problem.
struct families_table {
    std::vector<family_record> records = {};  ///< in the order of the table
    std::uint64_t n_problems = 0;             ///< rows that could not be read
    std::vector<read_problem> problems = {};  ///< the first options.most_problems of them

    /// For `family_options::own`; views of the records.
    [[nodiscard]] std::vector<organisation_family> rows() const {
        std::vector<organisation_family> result;
        for (const family_record& each : records) {
            organisation_family& row = result.emplace_back();
            row.organisation = each.organisation;
            row.family = each.family;
            if (each.since) row.since = *each.since;
            if (each.until) row.until = *each.until;
        }
        return result;
    }
    friend bool operator==(const families_table&, const families_table&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<families_table>) {
    return member_list(member{"records", &families_table::records}, member{"n_problems", &families_table::n_problems},
                       member{"problems", &families_table::problems});
}

/// Options of `read_families`.
struct families_options {
    error_handling on_error = error_handling::fail;  ///< what becomes of a row that cannot be read
    std::size_t most_problems = 1000;                ///< that `problems` keeps; all are counted
};

namespace detail {

/// A year as a table has it; nothing for a blank field.
[[nodiscard]] inline std::optional<int> parse_year(std::string_view text) {
    if (trimmed(text).empty()) return std::nullopt;
    const int year = trimmed(text).size() <= 4 ? digits_value(trimmed(text)) : -1;
    require(year >= 0, "read_families", "a year, or nothing", text);
    return year;
}

}  // namespace detail

/// Reads a table with the columns `organisation` and `family`, and, where it has them, `since` and `until`, the first
/// and the last year. Each row is right by itself: names with a letter or a digit, years in order. What they are
/// together (no organisation in two families in one year, none in a circle) `family_tree` requires.
///
/// A row that is not right is thrown as read_error, or under error_handling::skip listed in `problems`. Throws
/// std::invalid_argument where one of the two columns is not there. One pass, linear.
[[nodiscard]] inline families_table read_families(csv_reader rows, const families_options& options = {}) {
    const std::size_t organisation = rows.column("organisation"), family = rows.column("family");
    const auto since = rows.find_column("since"), until = rows.find_column("until");
    families_table table;
    for (const csv_row& row : rows) {
        std::size_t column = organisation;
        try {
            family_record record{.organisation = std::string(trimmed(row[organisation])),
                                 .family = std::string(trimmed(row[family]))};
            const auto is_name = [](const std::string& name) { return !detail::family_key(name).empty(); };
            detail::require(is_name(record.organisation), "read_families", "a name", record.organisation);
            column = family;
            detail::require(is_name(record.family), "read_families", "a name", record.family);
            if (since) record.since = detail::parse_year(row[column = *since]);
            if (until) record.until = detail::parse_year(row[column = *until]);
            detail::require(!record.since || !record.until || *record.since <= *record.until, "read_families",
                            "since <= until", row[column]);
            table.records.push_back(std::move(record));
        } catch (const std::invalid_argument& error) {
            read_problem problem{.file = rows.file(),
                                 .line = row.line(),
                                 .field = rows.columns()[column],
                                 .value = std::string(row[column]),
                                 .reason = error.what()};
            if (options.on_error == error_handling::fail) throw read_error("read_families", std::move(problem));
            detail::keep_problem(std::move(problem), table.problems, table.n_problems, options.most_problems);
        }
    }
    detail::keep_problems_of(rows, table.problems, table.n_problems, options.most_problems);
    return table;
}

}  // namespace compute_divide::inline v0_2

#endif
