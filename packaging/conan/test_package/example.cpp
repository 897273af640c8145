// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/shares/share.hpp>
#include <cstdio>

int main() {
    const compute_divide::estimate share = compute_divide::share(81, 100);
    std::printf("%.3f [%.3f, %.3f]\n", *share.value, share.lower(), share.upper());
}
