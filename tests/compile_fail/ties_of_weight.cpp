// SPDX-License-Identifier: BSL-1.0
// is told: the_weight_must_be_a_number
#include <string>
#include <vector>

#include <compute_divide/institutions/ties.hpp>

struct edge {
    std::string user, provider;
#ifdef FAIL
    std::string chips;
#else
    double chips;
#endif
};

int main() {
    const std::vector<edge> edges;
    return static_cast<int>(compute_divide::ties_of(edges, &edge::user, &edge::provider, &edge::chips).counts().ties);
}
