// SPDX-License-Identifier: BSL-1.0
#include "findings/by_vintage.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <compute_divide/report/finding.hpp>

#include "findings/academic_share.hpp"
#include "findings/code_release.hpp"
#include "findings/compute_growth.hpp"
#include "findings/hardware_gap.hpp"
#include "findings/pretrained_reliance.hpp"
#include "support/command_line.hpp"
#include "support/models.hpp"

namespace example {

namespace of_by_vintage {
namespace {

/// Those that the vintage has the columns of; of the others `left_out` says why they are not there.
std::vector<cd::finding> findings_of_models(const std::string& vintage, std::vector<std::string>& left_out) {
    const auto of = [&](auto inputs) {
        if constexpr (requires { inputs.papers; }) {
            inputs.papers.reset();
            inputs.models->vintage = vintage;
        } else {
            inputs.models.vintage = vintage;
        }
        return inputs;
    };
    std::vector<cd::finding> findings;
    findings.push_back(academic_share(of(academic_share_inputs{})));
    findings.push_back(compute_growth(of(compute_growth_inputs{})));
    const auto add = [&](const char* name, auto find, auto inputs) {
        try {
            findings.push_back(find(of(inputs)));
        } catch (const std::runtime_error& error) {  // the table could be read: the two above did
            left_out.push_back(vintage + ", " + name + ": " + error.what() + ".");
        }
    };
    add("hardware_gap", hardware_gap, hardware_gap_inputs{});
    add("code_release", code_release, code_release_inputs{});
    add("pretrained_reliance", pretrained_reliance, pretrained_reliance_inputs{});
    return findings;
}

}  // namespace
}  // namespace of_by_vintage

cd::table table_by_vintage(const std::vector<std::string>& vintages) {
    using namespace of_by_vintage;
    struct row {
        std::string vintage;
        cd::estimate headline;
        cd::number_style style;
        std::map<cd::evidence, std::uint64_t> count;
    };
    struct claim {
        std::string finding, label, study;
        std::vector<row> rows;
    };
    std::vector<claim> claims;
    std::vector<std::string> left_out;
    for (const std::string& vintage : vintages)
        for (const cd::finding& f : findings_of_models(vintage, left_out))
            for (const cd::claim& c : f.claims) {
                const std::string label = c.unit.empty() ? c.name : c.name + ", " + c.unit;
                auto place = std::ranges::find_if(
                    claims, [&](const claim& each) { return each.finding == f.name && each.label == label; });
                if (place == claims.end()) place = claims.insert(place, {f.name, label, c.text, {}});
                row r{.vintage = vintage, .headline = {}, .style = c.style, .count = {}};
                const cd::specification* headline = nullptr;
                for (const cd::specification& s : c.specifications) {
                    const auto of = std::ranges::find(s.choices, "vintage", &cd::choice::name);
                    if (of != s.choices.end() && of->option != vintage) continue;
                    ++r.count[cd::evidence_of(c, s.result)];
                    if (headline == nullptr || s.headline) headline = &s;
                }
                if (headline != nullptr) r.headline = headline->result;
                place->rows.push_back(std::move(r));
            }
    // What is of papers is the same whatever the vintage.
    std::erase_if(claims, [](const claim& c) {
        return c.rows.size() > 1 &&
               std::ranges::all_of(c.rows, [&](const row& r) { return r.headline == c.rows.front().headline; });
    });
    constexpr auto programs = cd::column_audience::programs;
    cd::table t{.name = "vintages", .title = "What each vintage of the table of models says"};
    t.columns = {{.name = "finding", .audience = programs},
                 {.name = "claim", .audience = programs},
                 {.name = "study", .audience = programs},
                 {.name = "vintage"},
                 {.name = "estimate"},
                 {.name = "n", .audience = cd::column_audience::readers},
                 {.name = "support"},
                 {.name = "contradict"},
                 {.name = "undecided"}};
    for (const claim& c : claims) {
        t.groups.push_back({t.rows.size(), c.finding + ": " + c.label + "; the study: " + c.study});
        for (const row& r : c.rows) {
            const auto count = [&](cd::evidence e) { return cd::to_cell(r.count.contains(e) ? r.count.at(e) : 0); };
            t.rows.push_back({cd::to_cell(c.finding),
                              cd::to_cell(c.label),
                              cd::to_cell(c.study),
                              cd::to_cell(r.vintage),
                              {.value = r.headline, .style = r.style},
                              cd::to_cell(r.headline.n),
                              count(cd::evidence::supports),
                              count(cd::evidence::contradicts),
                              count(cd::evidence::undecided)});
        }
    }
    t.notes = {
        "The estimate is the headline of the finding, or the first where it has none; beside it, how many of the "
        "vintage's "
        "specifications support the claim, contradict it or leave it undecided. All of them: PROGRAM --vintage "
        "VINTAGE. "
        "What changed from one vintage to another: vintage_diff."};
    t.notes.insert(t.notes.end(), left_out.begin(), left_out.end());
    t.sources = models_input{}.sources();
    return t;
}

}  // namespace example
