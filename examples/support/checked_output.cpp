// SPDX-License-Identifier: BSL-1.0
// Linked to every program, as gnulib's close_stdout is: what standard output does not take, such as on a full disk, is
// told, and the program ends with 1, not with success.
#include <cstdio>
#include <cstdlib>
#include <iostream>

namespace {

extern "C" void end_with_1_where_output_is_lost() {
    const bool all_taken = static_cast<bool>(std::cout.flush());
    if (all_taken && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
    std::fputs("error: standard output cannot be written\n", stderr);
    std::_Exit(1);
}

// After std::cout was made, so that it is called before that ends.
[[maybe_unused]] const int registered = std::atexit(end_with_1_where_output_is_lost);

}  // namespace
