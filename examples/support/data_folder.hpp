// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_DATA_FOLDER_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_DATA_FOLDER_HPP

#include <string>
#include <string_view>

/// Where the tables are that come with the programs.
namespace example {

/// The first of these folders that is there: the one of --data, share/compute_divide beside the folder of the running
/// program (where it is installed), data in the folder of the program, examples/data of the sources it was built from.
[[nodiscard]] std::string data_folder();
/// The path of a table in it.
[[nodiscard]] std::string data_file(std::string_view name);

/// Takes the folder of `--data DIR` or `--data=DIR`, before any default is made of it. Throws usage_error where it is
/// none.
void take_data_folder(int argc, char** argv);

}  // namespace example

#endif
