// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_PROGRAM_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_PROGRAM_HPP

#include <functional>
#include <ostream>
#include <string>
#include <vector>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"
#include "support/folder_lock.hpp"
#include "support/openalex_fold.hpp"
#include "support/plot.hpp"

/// What openalex_teams and openalex_teams_mpi have in common beside the fold: options, the table of papers, output.
namespace example {

struct openalex_arguments {
    std::vector<std::string> works{data_file("openalex_sample.jsonl.gz")};
    openalex_choices choices;
    cd::openalex_manifests manifests = cd::openalex_manifests::checked;
    std::string papers_out;
    double level = 0.95;
    unsigned carry = 2;  ///< of authors' moves
    bool as_json = false;
    output_format output;
    svg_option svg;
};

void add_options(command_line& line, openalex_arguments& arguments);

/// The table of papers, of which each part of the works is written to a file of its own in a folder beside it, and then
/// all in order. Nothing but what was made here is ever taken away.
class papers_table {
public:
    /// Throws std::runtime_error where the folder, PATH.parts, is there, and was not made here, and where another run
    /// uses it. Of several processes of one run the first, which makes the table, is the owner.
    explicit papers_table(std::string path, bool is_owner = true);

    [[nodiscard]] bool is_wanted() const { return !path_.empty(); }

    /// Calls write(stream) for the rows of a part; with nullptr where no table is wanted. They are there either whole
    /// or not at all.
    void write_part(const openalex_part& part, const std::function<void(std::ostream*)>& write) const;

    /// Throws std::runtime_error where the rows of a part of `all` that is not `to_be_written` are not there.
    void require_parts(const std::vector<openalex_part>& all, const std::vector<openalex_part>& to_be_written) const;

    /// Makes the table of the parts, in their order.
    void join(const std::vector<openalex_part>& parts) const;

private:
    [[nodiscard]] std::string file_of(const openalex_part& part) const;

    std::string path_, folder_;
    folder_lock lock_;
};

/// Throws usage_error for options that do not go together.
void check_options(const command_line& line, const openalex_arguments& arguments);

/// Throws std::runtime_error where no work could be read, nothing_to_report where none is counted.
void require_counted(const openalex_counts& counts);

/// A row for each year of all works and of each topic, moves, and what the classifier and OpenAlex say of the same.
[[nodiscard]] std::vector<cd::table> tables_of(const openalex_counts& counts, const openalex_arguments& arguments);
/// The kinds of team of all works, year by year.
[[nodiscard]] cd::figure figure_of(const openalex_counts& counts, const openalex_arguments& arguments);

/// Prints the tables, or one JSON object. Throws std::runtime_error where no work could be read, nothing_to_report
/// where none is counted.
void print(const openalex_counts& counts, const openalex_arguments& arguments);

}  // namespace example

#endif
