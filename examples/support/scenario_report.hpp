// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SCENARIO_REPORT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SCENARIO_REPORT_HPP

#include <cstdint>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/compute/uncertain.hpp>
#include <compute_divide/policy/scenario.hpp>
#include <compute_divide/report/finding.hpp>

#include "support/command_line.hpp"

/// What would it take? From the words of a command line to a scenario, and from its result to what a reader reads.
namespace example {

namespace cd = compute_divide;

/// What is asked, in the user's words; empty where it is not said. A number is exact, `4..5` is 90 % of what it may be.
struct scenario_request {
    std::string models, definition = "notable", vintage, reference = "industry";
    double since = 2010;
    std::string gap, frontier_growth, own_growth;
    std::string from, by, within = "10x", chip = "H100", chip_peak, chip_price, utilisation, price_performance,
                          electricity;
    std::string budget, years, start, share = "0.75", operators = "0.1", life = "5y", teams = "1", run = "1y",
                                      groups = "100", paper_run;
    std::string programme, programmes;
    cd::scenario_options options = {.threads = 0};
    cd::error_handling on_error = cd::error_handling::fail;  ///< of rows of the models that are none
};

/// A number of an option, `1.35`, `1.35/yr`, `10x`, `1.3..1.4`: its units are those that may stand behind it, and
/// `name` is the source of its uncertainty. Throws usage_error.
[[nodiscard]] cd::uncertain<> stated_number(std::string_view option, std::string_view text, const std::string& name,
                                            std::initializer_list<std::string_view> units = {});
/// One that has to be exact.
[[nodiscard]] double exact_number(std::string_view option, std::string_view text,
                                  std::initializer_list<std::string_view> units = {});

/// A programme as published.
struct known_programme {
    std::string name = {}, title = {};
    std::vector<cd::tranche> tranches = {};
    double flop_per_second = 0;  ///< of machines of which only that is told, from `year` on
    double year = 0, life = 6, machines = 1;
    std::vector<std::string> sources = {};
};
/// The table of programmes: a row for each number, with its source. Throws std::invalid_argument for an item that is
/// not known.
[[nodiscard]] std::vector<known_programme> read_programmes(const std::string& path);

struct scenario_report {
    cd::policy_scenario asked = {};
    cd::scenario_result result = {};
    cd::finding finding = {};
    std::string paragraph = {}, json = {};
};
/// Throws usage_error for what is said wrongly, std::invalid_argument for data that do not answer.
[[nodiscard]] scenario_report report_of(const scenario_request& asked);

}  // namespace example

#endif
