// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_EMBEDDING_WEB_ANALYSIS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_EMBEDDING_WEB_ANALYSIS_HPP

#include <functional>
#include <map>
#include <string>
#include <string_view>

/// What the page asks, and what it is told: the same in WebAssembly and in a program.
namespace web {

/// A task and its options, all of them texts. An option that is empty is not given.
struct request {
    std::string task = {};
    std::map<std::string, std::string, std::less<>> options = {};
};

/// Of the texts between NULs: the task, then names and values of options in turn. Throws std::invalid_argument for a
/// name without a value.
[[nodiscard]] request request_of(std::string_view text);

/// JSON of what is asked of an input: a table of comma-separated values (or of what delimits it), or lines of text.
///
///     choices    {sectors, interval, ...}: what options may be, each with a description; reads no input
///     columns    {columns, delimiter, source, suggested}    what a table has, and what its columns are likely to be
///     classify   affiliations (of lines, or of `column`) to institutions and sectors; with `by` shares by it
///     growth     of `value` in `date`; `by`, `cluster`
///     models     Epoch AI's table: shares of teams by year, growth of training compute; of a table of several vintages
///                one, the latest unless `vintage` says another
///     sentences  (of lines, or of `column`) to hardware, FLOP, energy and carbon
///
/// The others give {tables, figures, problems}: a table as HTML and as CSV, a figure as data. Throws
/// std::invalid_argument for what cannot be asked, std::runtime_error for an input that cannot be read or says nothing.
[[nodiscard]] std::string answer_to(const request& asked, std::string_view input);

/// An answer, or why there is none; `status` is a compute_divide_status of compute_divide/c_api.h.
struct outcome {
    int status = 0;
    std::string text = {};
};

/// The same of texts, without exceptions.
[[nodiscard]] outcome outcome_of(std::string_view asked, std::string_view input);

}  // namespace web

#endif
