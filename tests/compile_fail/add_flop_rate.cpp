// SPDX-License-Identifier: BSL-1.0
// does not satisfy: same_unit
#include <compute_divide/compute/quantities.hpp>

int main() {
    const compute_divide::flop work{1e15};
    const compute_divide::flop_per_second rate{1e15};
#ifdef FAIL
    const auto more = work + rate;
#else
    const auto more = work + rate * std::chrono::seconds(1);
#endif
    return more > work ? 0 : 1;
}
