// SPDX-License-Identifier: BSL-1.0
#define COMPUTE_DIVIDE_C_API_IMPLEMENTATION
#include <compute_divide/c_api.h>
