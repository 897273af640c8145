// SPDX-License-Identifier: BSL-1.0
// Which abstracts speak of compute? Terms in text, whatever their case, hyphens and plurals; the longest counts.
#include <cstdio>
#include <string>
#include <vector>

#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

namespace cd = compute_divide;

int main() {
    enum topic : unsigned { hardware, cost };
    const std::vector<cd::term> terms{{"gpu", hardware},
                                      {"tpu", hardware},
                                      {"gpu memory", cost},
                                      {"training cost", cost},
                                      {"carbon footprint", cost}};
    const cd::term_set find(terms, {.plurals = true, .hyphens = true});

    for (const std::string abstract : {"We pre-train on eight TPUs; fine-tuning takes one GPU.",
                                       "Its Training-Costs and GPU memory grow with the context.",
                                       "A theory of generalisation that needs no experiment."}) {
        const auto text = cd::normalise(abstract);
        std::printf("%s\n", abstract.c_str());
        find.for_each(text.view(), [&](const cd::term_hit& hit) {
            std::printf("    %s: \"%s\"\n", hit.id == hardware ? "hardware" : "cost",
                        std::string(text.view().substr(hit.begin, hit.end - hit.begin)).c_str());
        });
    }
}
