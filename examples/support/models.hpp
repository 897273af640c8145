// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MODELS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MODELS_HPP

#include <functional>
#include <string>
#include <vector>

#include <compute_divide/io/epoch.hpp>
#include <compute_divide/trends/large_scale.hpp>

/// Which models count: what the findings about models share.
namespace example {

namespace cd = compute_divide;
using models = std::vector<cd::epoch_model>;

/// A way to say which models count, chosen from those of known compute.
struct definition {
    std::string name;
    std::string meaning;
    std::function<models(const models&)> choose;
};

/// Those of which something is so.
[[nodiscard]] std::function<models(const models&)> those(std::function<bool(const cd::epoch_model&)> keep);

/// Those that a rule says are large for their time.
[[nodiscard]] std::function<models(const models&)> by_rule(cd::large_scale_rule rule,
                                                           cd::large_scale_options options = {});

[[nodiscard]] std::vector<definition> definitions();
[[nodiscard]] std::vector<std::string> definition_names();
/// Throws std::invalid_argument where there is none of this name.
[[nodiscard]] definition definition_named(const std::string& name);

/// A table of models in its vintages; one that names none is of the vintage "this table".
struct model_table {
    models all;
    std::vector<std::string> vintages;

    /// The one wanted, or the last where the table does not have it.
    [[nodiscard]] std::string vintage(const std::string& wanted) const;
    [[nodiscard]] models of(const std::string& vintage) const;
};

/// Reads Epoch's table, as downloaded or ours; what could not be read is told on standard error.
[[nodiscard]] model_table read_models(const std::string& path);

}  // namespace example

#endif
