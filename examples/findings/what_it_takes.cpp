// SPDX-License-Identifier: BSL-1.0
#include "findings/what_it_takes.hpp"

#include <stdexcept>
#include <utility>
#include <vector>

#include "support/models.hpp"

namespace example {

cd::finding what_it_takes(const scenario_request& asked) {
    constexpr const char* drawn_parameters = "each scenario draws the parameters of its own trends, not models";
    cd::finding f{.name = "scenario", .question = "How far is academia behind, and does the gap close?"};
    cd::claim behind{.name = "academia behind in compute", .text = "no number is published", .unit = "years"};
    cd::claim growth{.name = "growth of the gap, times a year",
                     .text = "the divide widens",
                     .source = "Besiroglu et al. (2024)",
                     .direction = cd::claim_direction::above,
                     .reference = 1,
                     .not_tested = drawn_parameters};
    cd::claim closes{.name = "probability that the gap closes by itself",
                     .text = "it does not without a programme: less than even",
                     .source = "Besiroglu et al. (2024)",
                     .direction = cd::claim_direction::below,
                     .reference = 0.5,
                     .style = cd::percent_style(),
                     .not_tested = drawn_parameters};
    for (const definition& d : definitions())
        for (const char* const reference : {"industry", "frontier"}) {
            scenario_request one = asked;
            one.definition = d.name;
            one.reference = reference;
            cd::scenario_result r;
            std::string failure;
            try {
                r = report_of(one).result;
            } catch (const std::invalid_argument& error) {  // trends cannot be fitted to these models
                failure = error.what();
                r.years_behind.status = r.gap_growth.status = r.parity.status = cd::estimate_status::too_few;
            }
            const bool first = d.name == asked.definition && reference == asked.reference;
            const auto add = [&](cd::claim& to, const cd::estimate& result) {
                to.specifications.push_back({.choices = {{"models", d.name}, {"ahead", reference}},
                                             .result = result,
                                             .headline = first,
                                             .why = first ? "what the program scenario assumes" : "",
                                             .failure = failure});
            };
            add(behind, r.years_behind);
            add(growth, r.gap_growth);
            add(closes, r.parity);
        }
    f.claims = {std::move(behind), std::move(growth), std::move(closes)};
    f.notes = {
        "Behind: the gap of the trends of industry's and academia's models, or of their largest, divided by the growth "
        "of the frontier, which is fitted, or 4 to 5 times a year, one as probable as the other. Intervals of "
        "probabilities are those of the simulation alone."};
    f.sources = {"Epoch AI, models, CC BY 4.0"};
    return f;
}

}  // namespace example
