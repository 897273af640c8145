// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_VERSION_HPP
#define COMPUTE_DIVIDE_VERSION_HPP

/// The version of the library. CMakeLists.txt reads it from these three lines; it stands nowhere else.
#define COMPUTE_DIVIDE_VERSION_MAJOR 0
#define COMPUTE_DIVIDE_VERSION_MINOR 1
#define COMPUTE_DIVIDE_VERSION_PATCH 0

#endif
