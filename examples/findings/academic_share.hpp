// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_ACADEMIC_SHARE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_ACADEMIC_SHARE_HPP

#include <string>
#include <vector>

#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/shares/share.hpp>

#include "support/curves.hpp"
#include "support/models.hpp"

/// Who trains the large models? Shares of models by kind of team and year, under every definition of "large-scale" that
/// the field uses: the answer moves with the definition and with the vintage of the table.
namespace example {

struct academic_share_inputs {
    models_input models = {};
    std::string definition = "notable";         ///< which models count, in the table of years
    compute_divide::share_options shares = {};  ///< interval and level
    dependence clusters = dependence::shared;   ///< which models depend on each other
    int since = 2010;                           ///< first year of the table of years
    curve_input curve = {};                     ///< tests the change under all definitions and vintages together
};

[[nodiscard]] compute_divide::finding academic_share(const academic_share_inputs& inputs);

/// Its figure under a definition, of a vintage.
struct academic_share_view {
    std::string definition, vintage;
    compute_divide::figure figure;
};
/// Under every definition that leaves models, of every vintage.
[[nodiscard]] std::vector<academic_share_view> academic_share_views(const academic_share_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string academic_share_json(const academic_share_inputs& inputs);

}  // namespace example

#endif
