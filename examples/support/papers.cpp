// SPDX-License-Identifier: BSL-1.0
#include "support/papers.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <utility>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>

#include "support/input.hpp"
#include "support/own_table.hpp"
#include "support/read_once.hpp"

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

void papers_input::add_to(command_line& line, const std::string& what) {
    line.add("--papers", path, what).existing_file().default_told("ours");
    if (!line.knows("--on-error")) add_on_error(line, on_error);
}

namespace {

/// Calls use(row) for the rows of a table; what it throws of a cell's text is a problem of the row.
template <class Use>
void for_each_row(cd::csv_reader& table, cd::error_handling on_error, Use use) {
    std::vector<cd::read_problem> problems;
    for (const auto row : table) {
        cd::read_problem problem{.file = row.file(), .line = row.line()};
        try {
            use(row, problem);
            continue;
        } catch (const std::invalid_argument& error) {
            problem.reason = error.what();
        }
        if (on_error == cd::error_handling::fail) throw cd::read_error("read_papers", problem);
        problems.push_back(std::move(problem));
    }
    problems.insert(problems.end(), table.problems().begin(), table.problems().end());
    tell_problems(problems, problems.size() + table.n_problems() - table.problems().size());
}

void require_institutions(const papers_input& input, bool has_them) {
    if (!has_them)
        throw usage_error(input.path +
                          " has no column institutions, which say what papers depend on each other: --clusters none "
                          "takes them as independent");
}

/// The number of a cell; `problem` names the column.
std::optional<double> number_in(const cd::csv_row& row, const cd::csv_reader& table, std::size_t column,
                                cd::read_problem& problem) {
    problem.field = table.columns()[column];
    problem.value = row[column];
    return cd::parse_number(row[column]);
}
double count_in(const cd::csv_row& row, const cd::csv_reader& table, std::size_t column, cd::read_problem& problem) {
    const double count = number_in(row, table, column, problem).value_or(0);
    if (!(count >= 0)) throw std::invalid_argument("a count of 0 or more is required, got " + problem.value);
    return count;
}

}  // namespace

std::vector<std::string> papers_input::sources() const {
    if (is_shipped()) return {"records of papers of NeurIPS, ICML and ICLR (data/papers.csv)"};
    if (path == data_file("venue_papers.csv.gz")) return {"records of papers of 17 venues (data/venue_papers.csv.gz)"};
    return {path == "-" ? "standard input" : path};
}

namespace {

struct paper_table {
    std::vector<paper> papers;
    bool has_institutions = false;  ///< whether it has the column
};

paper_table read_table(const papers_input& input, bool requires_institutions) {
    cd::csv_reader table = open_table(input.path, {.on_error = input.on_error});
    program_columns().rename(table, paper_fields());
    const std::size_t venue = require_column(table, input.path, {"venue"}),
                      year = require_column(table, input.path, {"year"});
    const auto status = table.find_column("status"), n_authors = table.find_column("authors"),
               code = table.find_column("code"), text = table.find_column("text"),
               compute_terms = table.find_column("compute terms"), topics = table.find_column("topics"),
               pretrained_terms = table.find_column("pretrained terms"),
               institutions = table.find_column("institutions"), in_abstract = table.find_column("code in abstract"),
               in_anthology = table.find_column("code in anthology"), official = table.find_column("official code"),
               title_terms = table.find_column("title terms"), abstract_terms = table.find_column("abstract terms"),
               repeated_terms = table.find_column("repeated terms"),
               institution_sectors = table.find_column("institution sectors");
    if (requires_institutions) require_institutions(input, institutions.has_value());
    constexpr std::array<std::string_view, 4> left_out{"reject", "withdraw", "active", "workshop"};
    std::array<std::size_t, cd::enumerators(cd::sector{}).size()> columns{};
    for (const auto& entry : cd::enumerators(cd::sector{}))
        columns[static_cast<std::size_t>(entry.value)] = require_column(table, input.path, {std::string(entry.name)});
    std::vector<paper> papers;
    for_each_row(table, input.on_error, [&](const cd::csv_row& row, cd::read_problem& problem) {
        if (status && std::ranges::find(left_out, row[*status]) != left_out.end()) return;
        const auto cell = [&row](std::optional<std::size_t> column) {
            return column ? row[*column] : std::string_view();
        };
        const auto said = [&cell](std::optional<std::size_t> column) {
            return cell(column).empty() ? std::nullopt : std::optional(cell(column) == "yes");
        };
        const auto published = number_in(row, table, year, problem);
        if (!published || *published != std::floor(*published) || *published < 1 || *published > 9999)
            throw std::invalid_argument("a year is required, got \"" + problem.value + "\"");
        paper p{.venue = std::string(row[venue]),
                .year = static_cast<int>(*published),
                .authors = {},
                .n_authors = n_authors ? number_in(row, table, *n_authors, problem) : std::nullopt,
                .institutions = parts_of(cell(institutions)),
                .code = said(code),
                .code_in_abstract = said(in_abstract),
                .official_code = said(official),
                .code_in_anthology = said(in_anthology),
                .text = std::string(cell(text)),
                .compute_terms = parts_of(cell(compute_terms)),
                .topics = parts_of(cell(topics)),
                .pretrained_terms = parts_of(cell(pretrained_terms)),
                .title_terms = parts_of(cell(title_terms)),
                .abstract_terms = parts_of(cell(abstract_terms)),
                .repeated_terms = parts_of(cell(repeated_terms)),
                .institution_sectors = parts_of(cell(institution_sectors))};
        for (const auto& entry : cd::enumerators(cd::sector{}))
            p.authors.add(entry.value, count_in(row, table, columns[static_cast<std::size_t>(entry.value)], problem));
        papers.push_back(std::move(p));
    });
    return {std::move(papers), institutions.has_value()};
}

}  // namespace

const std::vector<paper>& read_papers(const papers_input& input, bool requires_institutions) {
    static read_once<std::pair<std::string, cd::error_handling>, paper_table> tables;
    const paper_table& table =
        tables({input.path, input.on_error}, [&] { return read_table(input, requires_institutions); });
    if (requires_institutions) require_institutions(input, table.has_institutions);
    if (table.papers.empty()) throw nothing_to_report(input.path + ": the table has no papers");
    return table.papers;
}

std::vector<team_errors> read_team_errors(const std::string& path) {
    cd::csv_reader table = open_table(path);
    std::vector<team_errors> errors;
    for_each_row(table, cd::error_handling::fail, [&](const cd::csv_row& row, cd::read_problem& problem) {
        const auto count = [&](const char* column) {
            return count_in(row, table, require_column(table, path, {column}), problem);
        };
        errors.push_back(
            {std::string(row["kind"]),
             {count("true_positives"), count("false_positives"), count("false_negatives"), count("true_negatives")}});
    });
    if (errors.empty()) throw nothing_to_report(path + ": the table has no kinds of teams");
    return errors;
}

}  // namespace example
