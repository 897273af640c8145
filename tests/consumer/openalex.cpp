// SPDX-License-Identifier: BSL-1.0
// What the component openalex brings: simdjson, ISA-L and CRoaring.
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/io/work_ids.hpp>

#include <cstdio>

int main() {
    compute_divide::work_ids seen;
    seen.insert(2741809807);
    std::printf("%s\n", seen.contains(2741809807) ? "counted" : "lost");
}
