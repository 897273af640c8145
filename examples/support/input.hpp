// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_INPUT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_INPUT_HPP

#include <cstddef>
#include <istream>
#include <memory>
#include <string>
#include <vector>

#include <compute_divide/io/csv_reader.hpp>

/// Files as programs take them: of any name, compressed or not, and - for standard input.
namespace example {

/// The bytes of a file, or of standard input ("-"), decompressed where they are gzip. Reading throws
/// std::runtime_error where what is compressed is damaged or cut. Throws std::runtime_error where the file cannot be
/// opened.
[[nodiscard]] std::unique_ptr<std::istream> open_input(const std::string& path);

/// The same as a table, with what its first line has most of between cells, in UTF-8 or UTF-16.
[[nodiscard]] compute_divide::csv_reader open_table(const std::string& path,
                                                    const compute_divide::csv_options& options = {});

/// The column that has one of these names. Throws std::runtime_error, which names the columns there are, where none
/// has.
std::size_t require_column(const compute_divide::csv_reader& table, const std::string& path,
                           const std::vector<std::string>& names);
/// Throws usage_error, which names the columns there are, where an option names none of them, and nothing_to_report
/// where there are none.
void require_option_column(const compute_divide::csv_reader& table, const std::string& option, const std::string& name);

}  // namespace example

#endif
