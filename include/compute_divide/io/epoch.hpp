// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/detail/epoch_columns.hpp>
#include <compute_divide/io/detail/kept_problems.hpp>
#include <compute_divide/io/epoch_categories.hpp>
#include <compute_divide/io/epoch_model.hpp>
#include <compute_divide/io/epoch_organisations.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>

/// Epoch AI's table of machine-learning models (CC BY 4.0), as downloaded in any year from 2022 on: columns renamed
/// over time, days before months or ISO dates, plain numbers or E notation, one category for a team or one per
/// organisation.
///
///     const epoch_table table = read_epoch(csv_reader::open("all_ai_models.csv"));
namespace compute_divide::inline v0_2 {

/// Options of `read_epoch`.
struct epoch_options {
    team_options teams = {};                         ///< of the team from the category
    error_handling on_error = error_handling::skip;  ///< what becomes of a cell that cannot be read
    std::size_t most_problems = 1000;                ///< that `problems` keeps; all are counted
};

/// The models of a table, and what of it could not be read.
struct epoch_table {
    std::vector<epoch_model> models = {};  ///< in the order of the table
    std::uint64_t n_problems = 0;          ///< cells and rows that could not be read
    /// The first options.most_problems of them, in the order of their lines: cells that could not be read, their fields
    /// as if they were blank; rows that could not, which have no model.
    std::vector<read_problem> problems = {};

    friend bool operator==(const epoch_table&, const epoch_table&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<epoch_table>) {
    return member_list(member{"models", &epoch_table::models}, member{"n_problems", &epoch_table::n_problems},
                       member{"problems", &epoch_table::problems});
}

/// Reads a table of any vintage: `read_epoch(csv_reader::open(path))`. Each row gives a model. A cell that cannot be
/// read is listed in `problems` and its field is as if it were blank (a list is then a single entry, the cell); under
/// error_handling::fail it is thrown as read_error. A row that is no CSV record is thrown as read_error, or listed in
/// `problems` where the reader was made with error_handling::skip. Lists are read as CSV records within the field, line
/// breaks as spaces; the organisations of tables up to 2023-03 by `split_organisations`; the team from the category by
/// `team_of_epoch_category` with the options' `teams`.
///
/// Throws std::invalid_argument where the table has no column for names (Model or System), publication dates,
/// organisations or training compute, and for impossible `teams`.
[[nodiscard]] inline epoch_table read_epoch(csv_reader&& rows, const epoch_options& options = {}) {
    static_cast<void>(team_of({}, options.teams));
    const auto names = detail::required_column(rows, {"Model", "System"});
    const auto dates = detail::required_column(rows, {"Publication date"});
    detail::required_column(rows, {"Organization", "Organization(s)"});
    detail::required_column(rows, {"Training compute (FLOP)", "Training compute (FLOPs)"});
    const auto references = rows.find_column("Reference");
    const auto years = rows.find_column("Year");
    const auto organisation_texts = rows.find_column("Organization(s)");
    const auto categories = detail::find_column(rows, {"Organization categorization", "Organization Categorization"});
    const auto notable = detail::find_column(rows, {"Notable", "Inclusion criteria met"});
    const auto numbers = detail::locate(rows, detail::epoch_numbers);
    const auto texts = detail::locate(rows, detail::epoch_texts);
    const auto lists = detail::locate(rows, detail::epoch_lists);

    epoch_table table;
    for (const csv_row& row : rows) {
        epoch_model& model = table.models.emplace_back();
        const auto cell = [&row](std::optional<std::size_t> column) {
            return column ? trimmed(row[*column]) : std::string_view();
        };
        const auto tell = [&](std::size_t column, std::string reason) {
            read_problem problem{.file = rows.file(),
                                 .line = row.line(),
                                 .field = rows.columns()[column],
                                 .value = std::string(cell(column)),
                                 .reason = std::move(reason)};
            if (options.on_error == error_handling::fail) throw read_error("read_epoch", std::move(problem));
            detail::keep_problem(std::move(problem), table.problems, table.n_problems, options.most_problems);
        };
        const auto read = [&](std::optional<std::size_t> column, auto parse) -> decltype(parse(cell(column))) {
            try {
                return parse(cell(column));
            } catch (const std::exception& error) {
                tell(*column, error.what());
                return {};
            }
        };

        for (const auto& [field, column] : texts) model.*field = cell(column);
        const auto number_of = [](std::string_view text) { return parse_number(text); };
        const auto date_of = [](std::string_view text) { return parse_date(text); };
        for (const auto& [field, column] : numbers) model.*field = read(column, number_of);
        for (const auto& [field, column] : lists) {
            const std::uint64_t problems = table.n_problems;
            model.*field = read(column, detail::parse_list);
            if (table.n_problems != problems) (model.*field).emplace_back(cell(column));
        }
        if (organisation_texts) model.organisations = split_organisations(cell(organisation_texts));
        for (std::string& criterion : model.criteria) criterion = detail::latest_criterion(std::move(criterion));
        model.notable = read(notable, detail::parse_yes_no).value_or(!model.criteria.empty());
        model.team = read(categories, [&options](std::string_view category) {
                         return std::optional(team_of_epoch_category(category, options.teams));
                     }).value_or(team_kind::unknown);

        model.name = cell(cell(names).empty() ? references : names);
        if (model.name.empty()) tell(names, "a model without a name or a reference");

        if (const auto date = read(dates, date_of)) {
            model.published = date->day;
            model.year = date->year;
        } else if (const auto year = read(years, date_of)) {
            model.year = year->year;
        }
    }
    detail::keep_problems_of(rows, table.problems, table.n_problems, options.most_problems);
    return table;
}

}  // namespace compute_divide::inline v0_2

#endif
