// SPDX-License-Identifier: BSL-1.0
// is told: user_and_provider_must_be_labels_of_one_type
#include <string>
#include <vector>

#include <compute_divide/institutions/ties.hpp>

struct edge {
    std::string user;
#ifdef FAIL
    int provider;  // a number of a registry, the user a name
#else
    std::string provider;
#endif
};

int main() {
    const std::vector<edge> edges;
    return static_cast<int>(compute_divide::ties_of(edges, &edge::user, &edge::provider).counts().ties);
}
