// SPDX-License-Identifier: BSL-1.0
// is told: the_function_of_records_and_options_must_yield_an_estimate
#include <vector>

#include <compute_divide/statistics/specification_curve.hpp>

int main() {
    const std::vector<double> records{1, 2};
    const compute_divide::specification_set set(
        compute_divide::alternatives<bool>{"half", {{"no", false}, {"yes", true}}});
#ifdef FAIL
    const auto f = [](const std::vector<double>& r, bool half) { return half ? r[0] / 2 : r[0]; };
#else
    const auto f = [](const std::vector<double>& r, bool half) {
        return compute_divide::estimate{.value = half ? r[0] / 2 : r[0], .status = compute_divide::estimate_status::ok};
    };
#endif
    return static_cast<int>(compute_divide::run_specifications(set, records, f).size());
}
