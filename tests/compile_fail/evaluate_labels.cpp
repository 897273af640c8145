// SPDX-License-Identifier: BSL-1.0
// does not satisfy: label_set_field_of
#include <vector>

#include <compute_divide/institutions/evaluation.hpp>

struct unordered {};

struct labelled {
    std::vector<int> truth, predicted;
    unordered note;
};

int main() {
    const std::vector<labelled> strings;
#ifdef FAIL
    const auto table = compute_divide::evaluate(strings, &labelled::truth, &labelled::note);
#else
    const auto table = compute_divide::evaluate(strings, &labelled::truth, &labelled::predicted);
#endif
    return static_cast<int>(table.labels.size());
}
