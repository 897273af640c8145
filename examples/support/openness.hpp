// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENNESS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENNESS_HPP

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/access_kind.hpp>
#include <compute_divide/io/publication_kind.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>

#include "support/data_folder.hpp"

/// How open models are: what the program `openness` reads, and what it says of it.
namespace example {

namespace cd = compute_divide;

/// What is assumed of models of which the table does not say who may use them.
enum class unknown_access {
    left_out,  ///< they are like those of which it does
    closed,    ///< unreleased
    open       ///< open weights, unrestricted
};
[[nodiscard]] constexpr auto enumerators(unknown_access) {
    using enum unknown_access;
    return std::array{cd::named<unknown_access>{left_out, "left_out", "left out"},
                      cd::named<unknown_access>{closed, "closed", "all closed"},
                      cd::named<unknown_access>{open, "open", "all open"}};
}

/// A model of Epoch AI's table, or of its capability index.
struct model_of_access {
    std::optional<int> year = {};
    std::optional<std::chrono::sys_days> date = {};
    std::vector<std::string> organisations = {};
    cd::team_kind team = cd::team_kind::unknown;  ///< a leaning one is a collaboration
    std::optional<cd::access_range<cd::access_kind>> access = {};
    std::optional<bool> open_code = {};
    std::optional<double> log_flop = {};
    std::optional<double> capability = {};
    bool large = false;  ///< of 1e23 FLOP or more, as far as is known
    std::optional<cd::publication_kind> publication = {};
    bool data = false, hardware = false;  ///< the size of the training data, the hardware is described

    /// Whether its weights are open, where that is known or assumed.
    [[nodiscard]] std::optional<bool> open_weights(unknown_access assumed) const;
    /// The kind of access, where it is known exactly or assumed.
    [[nodiscard]] std::optional<cd::access_kind> kind(unknown_access assumed) const;
};
struct models_of_access {
    std::vector<model_of_access> all = {};
    std::vector<std::string> notes = {};  ///< what could not be read, and how often
};

struct openness_inputs {
    std::string models = data_file("model_access.csv");
    std::string capabilities = data_file("capabilities.csv");
    std::string transparency = data_file("transparency.csv");
    std::string index = data_file("osai_index.csv");
    std::string assets = data_file("ecosystem_access.csv");
    std::optional<std::array<int, 2>> years = {};  ///< none: those of the table, from first_year on
    std::vector<std::string> parts = {"access",      "bounds",      "trend",      "lag",      "transparency",
                                      "publication", "description", "dimensions", "ecosystem"};
    bool by_team = false;  ///< shares by kind of team, too
    double level = 0.95;
    double margin = 2;  ///< of the capability index
    cd::error_handling on_error = cd::error_handling::fail;

    static constexpr int first_year = 2018;
    [[nodiscard]] bool has_year(std::optional<int> year) const {
        return year && (years ? (*years)[0] <= *year && *year <= (*years)[1] : *year >= first_year);
    }
};

/// A part of the answer, for people and for programs.
struct openness_part {
    std::vector<cd::table> tables = {};
    std::string json = {};
    bool is_something = false;
    std::vector<cd::claim> claims = {};  ///< under all specifications
};
struct openness_answer {
    std::vector<openness_part> parts = {};
    std::vector<cd::figure> figures = {};  ///< stacked shares, then frontiers, as far as they were asked for
    std::string json = {};
    bool is_something = false;
};

/// Reads Epoch AI's table of models, as downloaded or ours. Throws read_error.
[[nodiscard]] models_of_access read_model_access(const std::string& path, cd::error_handling on_error);
/// The same of its capability index.
[[nodiscard]] models_of_access read_capabilities(const std::string& path, cd::error_handling on_error);

[[nodiscard]] openness_answer openness(const openness_inputs& in);

/// The same as a finding: what is claimed of open weights over time and of the lag of open models, as far as its parts
/// are asked for.
[[nodiscard]] cd::finding openness_finding(const openness_inputs& in);

}  // namespace example

#endif
