// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FINDING_PROGRAM_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_FINDING_PROGRAM_HPP

#include <functional>
#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/command_line.hpp"

/// A finding as a program.
namespace example {

struct finding_program {
    std::string name, description;
    std::function<void(command_line&)> options;           ///< adds those of the inputs
    std::function<compute_divide::finding()> find;        ///< from the inputs
    std::function<std::string()> json;                    ///< every number of the analysis, for --json
    std::function<bool(const std::string&)> format = {};  ///< takes another word of --format, or says that it is none
};

/// Parses the command line (the options of the program, and --format, --width, --json, --ledger and --svg), finds, and
/// prints in the format asked for. Returns what main returns.
int run(const finding_program& program, int argc, char** argv);

/// The ledger's lines of a finding, one for each specification: claim, what the study says, the estimate and what it
/// says of the claim, the specification; tabs between.
[[nodiscard]] std::string ledger_lines(const compute_divide::finding& f);

}  // namespace example

#endif
