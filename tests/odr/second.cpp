// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/compute_divide.hpp>

int second() {
    return 0;
}
