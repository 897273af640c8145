// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_VINTAGES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_VINTAGES_HPP

#include <cstddef>
#include <string>
#include <vector>

#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/table_diff.hpp>

#include "support/command_line.hpp"
#include "support/models.hpp"

/// Two vintages of Epoch AI's table of models: which rows and fields are others, and what that does to what the
/// findings say.
namespace example {

/// A number that a finding gives, of the models of a vintage.
struct vintage_estimate {
    std::string name, unit;
    std::string definition;  ///< which models count; "any" where all do, also those of unknown compute
    cd::number_style style;
};

/// What the findings about models say, under each of some definitions, at the level given.
class vintage_estimates {
public:
    vintage_estimates(std::vector<std::string> definitions, double level)
        : definitions_(std::move(definitions)), level_(level) {}

    [[nodiscard]] std::vector<vintage_estimate> names() const;
    /// In the order of their names.
    [[nodiscard]] std::vector<cd::estimate> operator()(const models& vintage) const;

private:
    std::vector<std::string> definitions_;
    double level_;
};

/// A vintage by its name.
struct vintage {
    std::string name;
    models rows;
};

/// From one vintage to a later one.
struct vintage_step {
    vintage older, newer;
    cd::table_diff diff;
    std::vector<cd::change_parts> parts;  ///< of each estimate

    [[nodiscard]] std::string name() const { return older.name + " to " + newer.name; }
};

/// A row is known by its name; where that changed, by its spelling (letters and digits alone), by the day, training
/// compute and parameters together, or by what it was published in where parameters and compute do not contradict.
[[nodiscard]] cd::table_diff compare_vintages(const models& older, const models& newer, double tolerance);

/// Compares, and divides the changes of the estimates.
[[nodiscard]] vintage_step step_between(vintage older, vintage newer, double tolerance, const vintage_estimates& of);

/// Which rows are told one by one.
enum class row_list { added, removed, renamed, relabelled, recomputed, duplicates, unsettled };
[[nodiscard]] constexpr auto enumerators(row_list) {
    using enum row_list;
    return std::array{cd::named<row_list>{added, "added"},           cd::named<row_list>{removed, "removed"},
                      cd::named<row_list>{renamed, "renamed"},       cd::named<row_list>{relabelled, "relabelled"},
                      cd::named<row_list>{recomputed, "recomputed"}, cd::named<row_list>{duplicates, "duplicates"},
                      cd::named<row_list>{unsettled, "unsettled"}};
}

[[nodiscard]] cd::table table_of_steps(const std::vector<vintage_step>& steps);
[[nodiscard]] cd::table table_of_fields(const std::vector<vintage_step>& steps);
/// What each estimate was, is, and what its change is due to.
[[nodiscard]] cd::table table_of_parts(const std::vector<vintage_step>& steps, const vintage_estimates& of);
/// `fields`: of which changes are told; all where there are none.
[[nodiscard]] cd::table table_of_rows(const std::vector<vintage_step>& steps, const std::vector<row_list>& which,
                                      const std::vector<std::string>& fields);
/// The shares of a definition's models in each vintage, of which the steps are in order.
[[nodiscard]] cd::figure figure_of_shares(const std::vector<vintage_step>& steps, const vintage_estimates& of,
                                          const std::string& definition, const std::vector<std::string>& sources);

/// The names of the fields that are compared.
[[nodiscard]] std::vector<std::string> compared_field_names();

}  // namespace example

#endif
