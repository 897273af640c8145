// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PARTS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PARTS_HPP

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/report/finding.hpp>

/// The parts of the report: what each program finds in the same tables, by the same functions.
namespace example {

namespace cd = compute_divide;

/// What a report is of. Where no table is named it is of those that come with the programs, else of those named alone.
struct report_request {
    std::string models = {}, papers = {}, vintage = {};
    std::vector<std::string> works = {}, states = {};  ///< of OpenAlex, and counts of such that were saved
    std::vector<std::string> only = {};                ///< names of parts; none: all, but
    bool all = false;          ///< those of our 35,000 papers of 17 venues only where this is true
    std::uint64_t draws = 39;  ///< of the curves of specifications
    std::uint64_t seed = 1;
    bool asks_for_draws = false, asks_for_seed = false;  ///< in so many words: no part may then be without
    cd::error_handling on_error = cd::error_handling::fail;

    [[nodiscard]] bool is_shipped() const {
        return models.empty() && papers.empty() && works.empty() && states.empty();
    }
};

/// The same figure under other choices.
struct figure_variant {
    std::vector<cd::choice> choices = {};
    std::vector<std::string> arguments = {};  ///< of the program that prints it
    cd::figure figure = {};
};

/// What one program says. `found` has no value where it says nothing of these tables, and `reason` why.
struct report_part {
    std::string program;
    std::vector<std::string> arguments = {};  ///< with which the program prints the same numbers
    std::vector<std::string> files = {};      ///< that it reads
    bool lists_tables = false;                ///< its JSON is a list of tables, not a finding
    std::optional<cd::finding> found = {};
    std::string reason = {};
    std::vector<cd::choice> choices = {};       ///< of its first figure
    std::vector<figure_variant> variants = {};  ///< of the same
};

/// The names of all parts, in their order.
[[nodiscard]] std::vector<std::string> report_part_names();

/// Whether a part is left out unless it is asked for.
[[nodiscard]] bool is_left_out(const report_request& asked, const std::string& part);

/// Finds all that is asked for, on as many threads as there are; the same whatever their number. Throws usage_error
/// for what was asked for wrongly, or is of no part that was asked for, as draws and a seed may be, nothing_to_report
/// where no part has anything to say.
[[nodiscard]] std::vector<report_part> report_parts(const report_request& asked);

/// Whether any part that says something draws: `option` is --draws, of curves of specifications, or --seed.
[[nodiscard]] bool is_used(const std::string& option, const std::vector<report_part>& parts);

}  // namespace example

#endif
