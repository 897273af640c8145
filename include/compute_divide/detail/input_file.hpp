// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_INPUT_FILE_HPP
#define COMPUTE_DIVIDE_DETAIL_INPUT_FILE_HPP

#include <fstream>
#include <ios>
#include <istream>
#include <string>

namespace compute_divide::inline v0_2::detail {

#if defined(_LIBCPP_HAS_NO_FILESYSTEM)

/// Where the standard library knows no files, as of WebAssembly, none can be opened.
class input_file : public std::istream {
public:
    explicit input_file(const std::string&, std::ios_base::openmode = std::ios_base::in) : std::istream(nullptr) {
        setstate(std::ios_base::failbit);
    }
    [[nodiscard]] static bool is_open() { return false; }
};

#else

/// A file to read.
using input_file = std::ifstream;

#endif

}  // namespace compute_divide::inline v0_2::detail

#endif
