// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TIE_REPORT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_TIE_REPORT_HPP

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/institutions/ties.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>

#include "support/own_table.hpp"

/// Ties of users to providers of compute, read from a table, and told as tables.
namespace example {

namespace cd = compute_divide;

struct ties_request {
    own_table table;                 ///< of the data that come with it where none is named
    std::vector<std::string> kinds;  ///< names of tie_kind; empty: all
    std::optional<std::array<int, 2>> years;
    bool as_named = false;    ///< names as they are, not rolled up to the companies that they are part of
    bool categories = false;  ///< whether those that name no organisation stay
    std::size_t most = 6;     ///< users, pairs and providers of each kind that are shown
    double level = 0.95;

    [[nodiscard]] bool is_shipped() const { return table.csv.empty(); }
    [[nodiscard]] std::string path() const;
};

/// The ties of one kind.
struct ties_of_kind {
    std::string kind;
    cd::tie_graph<std::string> graph;
};
struct all_ties {
    std::vector<ties_of_kind> kinds;
    std::vector<std::string> notes;
};

/// Throws read_error, which names file, line and value, for a weight below 0, a kind or a certainty that is none, and
/// nothing_to_report where no tie is left. In a table without weights each tie weighs 1.
[[nodiscard]] all_ties read_ties(const ties_request& asked);
/// What --show-columns prints.
int show_tie_columns(const ties_request& asked);

/// The market of each kind under every choice of certainty and of what a tie counts for.
[[nodiscard]] cd::table market_table(const all_ties& ties, const ties_request& asked);
/// The part of users, and of their pairs, that share a provider.
[[nodiscard]] cd::table sharing_table(const all_ties& ties, const ties_request& asked);
/// The users with most of each kind: how much they depend on others.
[[nodiscard]] cd::table users_table(const all_ties& ties, const ties_request& asked);
/// Of each kind, which part of what its largest users have is of which of its largest providers.
[[nodiscard]] std::vector<cd::table> matrix_tables(const all_ties& ties, const ties_request& asked);
/// Users of most that share providers.
[[nodiscard]] cd::table pairs_table(const all_ties& ties, const ties_request& asked);
/// Organisations that use each other's machines.
[[nodiscard]] cd::table cycles_table(const all_ties& ties);
/// The market by year of the ties' dates.
[[nodiscard]] cd::table years_table(const all_ties& ties, const ties_request& asked);
/// Papers of academia that are written with a firm that provides compute, of the data that come with the programs.
[[nodiscard]] cd::table provider_papers_table(const ties_request& asked);
/// All tables that have rows, with their sources.
[[nodiscard]] std::vector<cd::table> tables_of_ties(const all_ties& ties, const ties_request& asked);

/// What is said of dependence on others and of shared providers, under every scenario.
[[nodiscard]] cd::finding ties_finding(const ties_request& asked);

/// Of tables_of_ties, the dependence of the users of users_table. Throws nothing_to_report where they have none.
[[nodiscard]] cd::figure figure_of_users(const std::vector<cd::table>& tables);
/// The same of the cells of the first of matrix_tables, a series for each provider.
[[nodiscard]] cd::figure figure_of_matrix(const std::vector<cd::table>& tables);

}  // namespace example

#endif
