// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_EPOCH_HPP
#define COMPUTE_DIVIDE_IO_EPOCH_HPP

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/epoch_categories.hpp>
#include <compute_divide/io/fields.hpp>

/// Epoch AI's table of machine-learning models (CC BY 4.0), as downloaded in any year from 2022 on: columns renamed
/// over time, days before months or ISO dates, plain numbers or E notation, one category for a team or one per
/// organisation.
///
///     const epoch_table table = read_epoch(csv_reader::open("all_ai_models.csv"));
namespace compute_divide {

/// A model. What is not known, and what a vintage has no column for, is empty.
struct epoch_model {
    std::string name;                                      ///< the title of its reference where the model has no name
    std::optional<std::chrono::year_month_day> published;  ///< nothing where only the year is known
    std::optional<int> year;                               ///< of publication
    std::vector<std::string> organizations;
    std::vector<std::string> countries;  ///< of the organisations
    std::string category;                ///< of the team, as written
    team_kind team = team_kind::unknown;
    std::vector<std::string> domains;
    std::vector<std::string> tasks;
    std::optional<double> training_flop;
    std::optional<double> parameters;
    std::optional<double> citations;
    std::vector<std::string> criteria;  ///< of notability, each in one spelling
    bool notable = false;               ///< meets a criterion, or is marked so where the table has a mark
    std::string confidence;             ///< in the training compute
    std::string vintage;                ///< of the row, in a table of several

    // Mostly from 2024 on.
    std::vector<std::string> training_hardware;
    std::optional<double> hardware_quantity;
    std::optional<double> training_hours;
    std::optional<double> utilization;  ///< of the hardware, in (0, 1]
    std::vector<std::string> base_models;
    std::string model_accessibility;
    std::string code_accessibility;  ///< of the training code
    std::optional<double> epochs;
    std::optional<double> dataset_size;  ///< data points
    std::vector<std::string> estimation_methods;
    std::vector<std::string> numerical_formats;

    friend bool operator==(const epoch_model&, const epoch_model&) = default;
};

/// A cell that could not be read (its field is as if it were blank), or a row that could not (it has no model).
struct epoch_problem {
    std::size_t line = 0;  ///< of the text, from 1: where the row begins
    std::string column;    ///< its name in the table; empty where the problem is the row
    std::string value;
    std::string reason;

    friend bool operator==(const epoch_problem&, const epoch_problem&) = default;
};

struct epoch_table {
    std::vector<epoch_model> models;      ///< in the order of the table
    std::vector<epoch_problem> problems;  ///< in the order of their lines
};

/// The organisations in the free text of the tables up to 2023-03. They end at `,`, `;`, ` & ` and ` and `, but not
/// within "Science and Technology", and a campus after "University of ..." belongs to it ("University of California,
/// Berkeley"). Any other place is an entry of its own ("Jagiellonian University, Cracow").
[[nodiscard]] inline std::vector<std::string> split_organizations(std::string_view text) {
    constexpr std::array<std::string_view, 4> separators{",", ";", " & ", " and "};
    constexpr std::array<std::string_view, 10> campuses{"Berkeley",      "College Park", "Davis",     "Irvine",
                                                        "Los Angeles",   "Merced",       "Riverside", "San Diego",
                                                        "Santa Barbara", "Santa Cruz"};
    std::vector<std::string> organizations;
    const auto add = [&](std::string_view part) {
        part = trimmed(part);
        if (part.empty()) return;
        const bool campus = std::ranges::find(campuses, part) != campuses.end() && !organizations.empty() &&
                            organizations.back().starts_with("University of");
        if (campus)
            organizations.back().append(", ").append(part);
        else
            organizations.emplace_back(part);
    };
    std::size_t start = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto* const separator = std::ranges::find_if(
            separators, [rest = text.substr(at)](std::string_view each) { return rest.starts_with(each); });
        const bool within_name =
            text.substr(0, at).ends_with("Science") && text.substr(at).starts_with(" and Technology");
        if (separator == separators.end() || within_name) {
            ++at;
            continue;
        }
        add(text.substr(start, at - start));
        start = at += separator->size();
    }
    add(text.substr(start));
    return organizations;
}

namespace detail {

/// A field of epoch_model and the names its column has had, the latest first.
template <class T>
struct epoch_column {
    T epoch_model::*field;
    std::array<std::string_view, 3> names;  // empty where there were fewer
};

inline constexpr std::array epoch_numbers{
    epoch_column<std::optional<double>>{&epoch_model::training_flop,
                                        {"Training compute (FLOP)", "Training compute (FLOPs)"}},
    epoch_column<std::optional<double>>{&epoch_model::parameters, {"Parameters"}},
    epoch_column<std::optional<double>>{&epoch_model::citations, {"Citations"}},
    epoch_column<std::optional<double>>{&epoch_model::hardware_quantity, {"Hardware quantity"}},
    epoch_column<std::optional<double>>{&epoch_model::training_hours, {"Training time (hours)"}},
    epoch_column<std::optional<double>>{&epoch_model::utilization,
                                        {"Hardware utilization (MFU)", "Hardware utilization"}},
    epoch_column<std::optional<double>>{&epoch_model::epochs, {"Epochs"}},
    epoch_column<std::optional<double>>{
        &epoch_model::dataset_size,
        {"Training dataset size (total)", "Training dataset size (gradients)", "Training dataset size (datapoints)"}}};

inline constexpr std::array epoch_texts{
    epoch_column<std::string>{&epoch_model::category, {"Organization categorization", "Organization Categorization"}},
    epoch_column<std::string>{&epoch_model::confidence, {"Confidence"}},
    epoch_column<std::string>{&epoch_model::vintage, {"Vintage"}},
    epoch_column<std::string>{&epoch_model::model_accessibility, {"Model accessibility", "Open-source"}},
    epoch_column<std::string>{&epoch_model::code_accessibility, {"Training code accessibility", "Code accessibility"}}};

inline constexpr std::array epoch_lists{
    epoch_column<std::vector<std::string>>{&epoch_model::organizations, {"Organization"}},
    epoch_column<std::vector<std::string>>{&epoch_model::countries,
                                           {"Country (of organization)", "Country (from Organization)"}},
    epoch_column<std::vector<std::string>>{&epoch_model::domains, {"Domain"}},
    epoch_column<std::vector<std::string>>{&epoch_model::tasks, {"Task"}},
    epoch_column<std::vector<std::string>>{&epoch_model::criteria, {"Notability criteria", "Inclusion criteria"}},
    epoch_column<std::vector<std::string>>{&epoch_model::training_hardware, {"Training hardware"}},
    epoch_column<std::vector<std::string>>{&epoch_model::base_models, {"Base model"}},
    epoch_column<std::vector<std::string>>{&epoch_model::estimation_methods, {"Training compute estimation method"}},
    epoch_column<std::vector<std::string>>{&epoch_model::numerical_formats, {"Numerical format"}}};

/// The index of the column that has the first of these names that the table has.
template <class Names = std::initializer_list<std::string_view>>
[[nodiscard]] std::optional<std::size_t> find_column(const csv_reader& table, const Names& names) {
    for (const std::string_view name : names)
        if (!name.empty() && table.find_column(name)) return table.column(name);
    return std::nullopt;
}
/// Throws, listing the columns, where the table has none of these names.
inline std::size_t required_column(const csv_reader& table, std::initializer_list<std::string_view> names) {
    const auto found = find_column(table, names);
    return found ? *found : table.column(*names.begin());
}

/// The columns of a kind that a table has.
template <class T>
struct located_column {
    T epoch_model::*field;
    std::size_t index;
};
template <class T, std::size_t N>
[[nodiscard]] std::vector<located_column<T>> locate(const csv_reader& table,
                                                    const std::array<epoch_column<T>, N>& columns) {
    std::vector<located_column<T>> located;
    for (const auto& [field, names] : columns)
        if (const auto index = find_column(table, names)) located.push_back({field, *index});
    return located;
}

/// The entries of a list that is a CSV record of its own, blank ones left out.
[[nodiscard]] inline std::vector<std::string> parse_list(std::string_view cell) {
    std::vector<std::string> entries;
    for (const std::string& entry : parse_csv_record(cell))
        if (const std::string_view text = trimmed(entry); !text.empty()) entries.emplace_back(text);
    return entries;
}

/// The latest spelling of a criterion of notability; any other text as it is.
[[nodiscard]] inline std::string latest_criterion(std::string text) {
    constexpr std::array<std::array<std::string_view, 2>, 3> spellings{
        {{"SOTA Improvement", "SOTA improvement"},
         {"Historical relevance", "Historical significance"},
         {"significant use", "Significant use"}}};
    for (const auto& [old, latest] : spellings)
        if (text == old) return std::string(latest);
    return text;
}

[[nodiscard]] inline std::optional<bool> parse_yes_no(std::string_view cell) {
    if (cell.empty()) return std::nullopt;
    const bool yes = cell == "Yes" || cell == "yes";
    require(yes || cell == "No" || cell == "no", "read_epoch", "yes, no or nothing", cell);
    return yes;
}

}  // namespace detail

/// Reads a table of any vintage: `read_epoch(csv_reader::open(path))`. Each row gives a model. A cell that cannot be
/// read is told in `problems` and its field is as if it were blank (a list is then a single entry, the cell). A row
/// that is no CSV record is thrown as csv_error, or told in `problems` where the reader was made with csv_errors::skip.
/// Lists are read as CSV records within the field; the organisations of tables up to 2023-03 by `split_organizations`;
/// the team from the category by `team_of_epoch_category` with `teams`.
///
/// Throws std::invalid_argument where the table has no column for names (Model or System), publication dates,
/// organisations or training compute, and for impossible `teams`.
[[nodiscard]] inline epoch_table read_epoch(csv_reader rows, const team_options& teams = {}) {
    static_cast<void>(team_of({}, teams));
    const auto names = detail::required_column(rows, {"Model", "System"});
    const auto dates = detail::required_column(rows, {"Publication date"});
    detail::required_column(rows, {"Organization", "Organization(s)"});
    detail::required_column(rows, {"Training compute (FLOP)", "Training compute (FLOPs)"});
    const auto references = rows.find_column("Reference");
    const auto years = rows.find_column("Year");
    const auto organization_texts = rows.find_column("Organization(s)");
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
        const auto read = [&](std::optional<std::size_t> column, auto parse) -> decltype(parse(cell(column))) {
            try {
                return parse(cell(column));
            } catch (const std::exception& error) {
                table.problems.push_back(
                    {row.line(), rows.columns()[*column], std::string(cell(column)), error.what()});
                return {};
            }
        };

        for (const auto& [field, column] : texts) model.*field = cell(column);
        for (const auto& [field, column] : numbers) model.*field = read(column, parse_number);
        for (const auto& [field, column] : lists) {
            const std::size_t problems = table.problems.size();
            model.*field = read(column, detail::parse_list);
            if (table.problems.size() != problems) (model.*field).emplace_back(cell(column));
        }
        if (organization_texts) model.organizations = split_organizations(cell(organization_texts));
        for (std::string& criterion : model.criteria) criterion = detail::latest_criterion(std::move(criterion));
        model.notable = read(notable, detail::parse_yes_no).value_or(!model.criteria.empty());
        model.team = read(categories, [&teams](std::string_view category) {
                         return std::optional(team_of_epoch_category(category, teams));
                     }).value_or(team_kind::unknown);

        model.name = cell(cell(names).empty() ? references : names);
        if (model.name.empty())
            table.problems.push_back({row.line(), rows.columns()[names], "", "a model without a name or a reference"});

        if (const auto date = read(dates, parse_date)) {
            model.published = date->day;
            model.year = date->year;
        } else if (const auto year = read(years, parse_date)) {
            model.year = year->year;
        }
    }
    for (const csv_problem& problem : rows.problems())
        table.problems.push_back({problem.line, "", "", csv_error(problem).what()});
    std::ranges::stable_sort(table.problems, {}, &epoch_problem::line);
    return table;
}

}  // namespace compute_divide

#endif
