// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_RELIANCE_CURVES_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_RELIANCE_CURVES_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/statistics/share_bounds.hpp>
#include <compute_divide/statistics/specification_curve.hpp>

#include "support/base_models.hpp"
#include "support/curves.hpp"
#include "support/models.hpp"

/// Reliance on others' models under every way to count and to take what the table does not tell.
namespace example {

/// What is taken of models that name no base model, and of which the table does not tell both the access to the model
/// and to its code: perhaps nobody looked, so that a blank need not be none.
enum class untold_bases {
    none,        ///< they have none, as the blank says
    documented,  ///< left out, with all models that are not documented
    all,         ///< each is built on another's
    least_rise,  ///< all of the earlier ones are, none of the later
    most_rise    ///< none of the earlier ones is, all of the later
};

/// An academic model, for the curves.
struct academic_model {
    std::uint64_t first_organisation = 0;           ///< what is drawn
    std::vector<std::uint64_t> organisations = {};  ///< models that share one depend on each other
    int year = 0;
    bool alone = false;                            ///< by academia alone
    bool documented = false;                       ///< the table tells the access to model and to code
    bool on_another = false, on_industry = false;  ///< a base model is another's, and industry's and open
    double part_of_release = 1;                    ///< one over the models of the same organisations and day

    /// Nothing where the table does not tell.
    [[nodiscard]] std::optional<bool> told(bool academic_model::*what) const {
        return this->*what || documented ? std::optional(this->*what) : std::nullopt;
    }
};

/// A base model of an academic model that is another team's.
struct academic_base {
    std::uint64_t first_organisation = 0;
    std::vector<std::uint64_t> organisations = {};
    int year = 0;
    bool alone = false;
    std::string name = {};
    double weight = 1;  ///< one over the base models of that model
    std::optional<bool> made_by_industry = {};
};

/// The models of a year, or of some years: what is known of their bases.
struct documentation {
    std::string team, years;
    std::uint64_t n = 0, documented = 0, named = 0;
    cd::bounded_share bounds = {};
    cd::estimate of_documented = {};
};

struct reliance_curves {
    int since = 0, until = 0;
    cd::specification_curve on_another = {}, on_industry = {};  ///< last half of the years less the first
    cd::specification_curve last_year = {};                     ///< the last year less the one before
    cd::specification_curve made_with_industry = {};            ///< of base models
    std::vector<documentation> documented = {};                 ///< by year, then the two halves
};

/// `all`: models of the years since to until.
[[nodiscard]] reliance_curves reliance_curves_of(const models& all, int since, int until, base_model_finder& find,
                                                 const curve_input& how);

/// The claims of the four curves.
[[nodiscard]] std::vector<cd::claim> claims_of(const reliance_curves& curves, const std::string& source);

/// All curves together, and what is documented.
[[nodiscard]] std::vector<cd::table> tables_of(const reliance_curves& curves);
[[nodiscard]] std::string json_of(const reliance_curves& curves);

}  // namespace example

#endif
