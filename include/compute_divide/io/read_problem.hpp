// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_READ_PROBLEM_HPP
#define COMPUTE_DIVIDE_IO_READ_PROBLEM_HPP

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/json.hpp>

/// What a reader cannot read, where that is, and what becomes of it: the same for every format.
namespace compute_divide::inline v0_2 {

/// What becomes of a record that cannot be read.
enum class error_handling {
    fail,  ///< the first problem is thrown as read_error; a range is at its end then
    skip   ///< the record, or the cell, is left out and listed among the problems
};
[[nodiscard]] constexpr auto enumerators(error_handling) {
    return std::array{named<error_handling>{error_handling::fail, "fail"},
                      named<error_handling>{error_handling::skip, "skip"}};
}

/// What cannot be read, and where. What does not apply is empty or 0.
struct read_problem {
    std::string file = {};     ///< its path; "-" for standard input; empty for a stream or a text
    std::uint64_t line = 0;    ///< of the text of the file, from 1
    std::uint64_t column = 0;  ///< byte of that line, from 1
    std::string field = {};    ///< name of the column of a table, where one cell cannot be read
    std::string value = {};    ///< text of that cell
    std::string reason = {};

    friend bool operator==(const read_problem&, const read_problem&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<read_problem>) {
    using result = read_problem;
    return member_list(member{"file", &result::file}, member{"line", &result::line}, member{"column", &result::column},
                       member{"field", &result::field}, member{"value", &result::value},
                       member{"reason", &result::reason});
}

/// One line: `models.csv, line 3, column 7: a quoted field is not closed`, or, of a cell, `models.csv, line 3, "Year":
/// a whole number is required, got "20x"`, as far as it is known.
[[nodiscard]] inline std::string to_string(const read_problem& problem, estimate_format = {}) {
    std::string text = problem.file;
    const auto part = [&text](const std::string& words) { text.append(text.empty() ? "" : ", ").append(words); };
    if (problem.line > 0) part("line " + std::to_string(problem.line));
    if (problem.column > 0) part("column " + std::to_string(problem.column));
    if (!problem.field.empty()) part('"' + problem.field + '"');
    return text.append(text.empty() ? "" : ": ").append(problem.reason);
}

/// Thrown where something cannot be read: the problem, and in `what()` the reader and the problem in words.
class read_error : public std::runtime_error {
public:
    explicit read_error(std::string_view reader, read_problem problem)
        : std::runtime_error(std::string("compute_divide::").append(reader).append(": ").append(to_string(problem))),
          problem_(std::move(problem)) {}

    /// What could not be read, and where.
    [[nodiscard]] const read_problem& problem() const { return problem_; }

private:
    read_problem problem_;
};

}  // namespace compute_divide::inline v0_2

#endif
