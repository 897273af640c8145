// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FINDING_PROGRAM_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FINDING_PROGRAM_HPP

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/report/finding.hpp>

#include "support/command_line.hpp"
#include "support/models.hpp"
#include "support/papers.hpp"

/// A finding as a program.
namespace example {

struct finding_program {
    std::string name, description;
    std::string example;                                  ///< a whole command, for --help
    std::function<void(command_line&)> options;           ///< adds those of the inputs
    std::function<compute_divide::finding()> find;        ///< from the inputs
    std::function<std::string()> json;                    ///< every number of the analysis, for --json
    std::vector<std::string> formats = {};                ///< other words of --format
    std::function<void(const std::string&)> format = {};  ///< takes one of these
    std::function<void(const command_line&)> check = {};  ///< settles the inputs, or throws usage_error
};

/// Of two tables that a program reads, a user's own is not told together with ours: where one is given, the other is
/// left out. What is read with --on-error is the same of both. Throws usage_error for an option of models without
/// models.
void settle_tables(const command_line& line, std::optional<papers_input>& papers_in,
                   std::optional<models_input>& models_in, const std::vector<std::string>& of_models);

/// Parses the command line (the options of the program, and --format, --width, --json, --ledger and --svg), finds, and
/// prints in the format asked for. Returns what main returns.
int run(const finding_program& program, int argc, char** argv);

/// The ledger's lines of a finding, one for each specification: claim, what the study says, the estimate and what it
/// says of the claim, the specification; tabs between.
[[nodiscard]] std::string ledger_lines(const compute_divide::finding& f);

}  // namespace example

#endif
