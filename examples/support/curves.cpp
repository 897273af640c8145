// SPDX-License-Identifier: BSL-1.0
#include "support/curves.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

void curve_input::add_to(command_line& line) {
    line.add("--draws", draws, "draws of whole clusters on which every specification is run, to test all together")
        .between(19, 1e6);
    line.add("--seed", seed, "of the draws");
}

cd::joint_options curve_input::options(cd::comparison_scale scale) const {
    return {.curve = {.scale = scale}, .draws = draws, .seed = seed, .threads = 0};
}

void set_curve(cd::claim& claim, const cd::specification_curve& curve, const headline& quoted) {
    claim.specifications = curve.specifications;
    claim.tested = cd::verdict_of(curve, claim.direction);
    for (cd::specification& s : claim.specifications) {
        s.headline = s.choices == quoted.choices;
        if (s.headline) s.why = quoted.why;
    }
}

void set_tested(cd::claim& claim, const cd::specification_curve& curve) {
    for (cd::specification& s : claim.specifications)
        for (const cd::specification& tested : curve.specifications)
            if (tested.choices == s.choices) {
                s.p_value = tested.p_value;
                s.adjusted_p_value = tested.adjusted_p_value;
            }
    if (curve.joint.stouffer.p_value)
        claim.tested = cd::verdict_of(curve, claim.direction);
    else if (curve)
        claim.not_tested = cd::description_of(curve.joint.status);
}

cd::specification_curve test_together(cd::claim& claim, const std::vector<cd::cluster_equations>& equations,
                                      std::size_t clusters, const curve_input& how, cd::comparison_scale scale) {
    cd::joint_options options = how.options(scale);
    options.curve.null = claim.reference;
    auto as_run = claim.specifications;
    for (cd::specification& s : as_run)  // a ratio of 0 has no logarithm: there is nothing to draw
        if (scale == cd::comparison_scale::ratio && s.result.value && !(*s.result.value > 0))
            s.result = {.level = s.result.level, .status = cd::estimate_status::degenerate};
    cd::specification_curve curve = cd::curve_from_equations(as_run, equations, clusters, options);
    set_tested(claim, curve);
    return curve;
}

cd::table table_of_curves(const std::vector<std::pair<std::string, const cd::specification_curve*>>& curves) {
    cd::table t{.name = "curves", .title = "All specifications together"};
    t.columns = {{.name = "curve"},        {.name = "median"},         {.name = "range"},
                 {.name = "above, below"}, {.name = "significant"},    {.name = "joint p"},
                 {.name = "p of median"},  {.name = "p of the count"}, {.name = "moved by, % of the variance"}};
    for (const auto& [name, curve] : curves) {
        if (!*curve) continue;
        std::vector<std::string> moved;
        for (const cd::choice_part& part : curve->moved_by)
            moved.push_back(fmt::format("{} {:.0f}", part.name, 100 * part.part));
        add_row(t, name, curve->joint.median_effect, to_string(*curve->range),
                fmt::format("{}, {}", curve->n_above, curve->n_below),
                fmt::format("{}, {}", curve->n_above_significant, curve->n_below_significant),
                curve->joint.stouffer.p_value, curve->joint.median.p_value, curve->joint.significant.p_value,
                fmt::format("{}", fmt::join(moved, ", ")));
    }
    return t;
}

std::string told(const cd::joint_inference& joint, const std::string& units) {
    if (joint.draws == 0) return {};
    std::string text =
        fmt::format("Joint tests: {} draws of {} {}, every specification on each", joint.draws, joint.n_units, units);
    if (joint.n_skipped > 0) text += fmt::format("; {} more on which one could not be estimated", joint.n_skipped);
    if (joint.n_left_out > 0)
        text +=
            fmt::format("; {} specifications are left out that too many draws could not estimate", joint.n_left_out);
    if (joint.stouffer.status == cd::estimate_status::few_clusters)
        text += "; so few that tests are not known to keep their level";
    else if (joint.median.status == cd::estimate_status::few_clusters)
        text += "; the median's p and interval, of estimates that are not studentised, are not known to keep theirs";
    return text;
}

}  // namespace example
