// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SHA256_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_SHA256_HPP

#include <string>

/// SHA-256 (FIPS 180-4), as `sha256sum` prints it: what a report says of its inputs.
namespace example {

/// The digest of a file, in 64 hexadecimal digits. Throws std::runtime_error where it cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::string& path);

}  // namespace example

#endif
