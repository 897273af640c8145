// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_VERSION_HPP
#define COMPUTE_DIVIDE_VERSION_HPP

/// The version of the library. CMakeLists.txt reads it from these three lines; where else it has to stand,
/// tests/packaging.sh holds it to them.
#define COMPUTE_DIVIDE_VERSION_MAJOR 0
#define COMPUTE_DIVIDE_VERSION_MINOR 2
#define COMPUTE_DIVIDE_VERSION_PATCH 0

#endif
