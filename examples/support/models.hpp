// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MODELS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_MODELS_HPP

#include <algorithm>
#include <array>
#include <functional>
#include <string>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/trends/large_scale.hpp>

#include "support/command_line.hpp"
#include "support/data_folder.hpp"

/// Which models count: what the findings about models share.
namespace example {

namespace cd = compute_divide;
using models = std::vector<cd::epoch_model>;

/// What makes models, or papers, depend on each other.
enum class dependence {
    shared,    ///< an organisation, or institution, that both have
    families,  ///< a family of organisations (Google, DeepMind) that both have
    none       ///< nothing: the independent interval
};
[[nodiscard]] constexpr auto enumerators(dependence) {
    using enum dependence;
    return std::array{cd::named<dependence>{shared, "shared", "that share an organisation"},
                      cd::named<dependence>{families, "families", "that share a family of organisations"},
                      cd::named<dependence>{none, "none", "taken as independent"}};
}
/// The clusters of a model: its organisations, their families, or none at all.
[[nodiscard]] std::vector<std::string> clusters_of(const cd::epoch_model& m, dependence by);

/// The shares of a category by key, with the intervals of clusters, or of independent records.
template <class Key, class Category>
[[nodiscard]] cd::share_table<cd::key_share<Key>> shares_of(const cd::clustered_table<Key, Category>& table,
                                                            const Category& category, const cd::share_options& options,
                                                            dependence by) {
    if (by == dependence::none) return cd::shares(table.counts(), category, options);
    return cd::shares(table, category, {.interval = options.interval, .level = options.level});
}
/// That of one key; without data where the table does not have it.
template <class Key, class Category>
[[nodiscard]] cd::estimate share_in(const cd::clustered_table<Key, Category>& table, const Key& key,
                                    const Category& category, const cd::share_options& options, dependence by) {
    const auto shares = shares_of(table, category, options, by);
    const auto row = std::ranges::find(shares.rows, key, &cd::key_share<Key>::key);
    return row == shares.rows.end() ? cd::share(0, 0, options) : row->share;
}

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
/// Throws usage_error where there is none of this name.
[[nodiscard]] definition definition_named(const std::string& name);

/// A table of models in its vintages; one that names none is of the vintage "this table".
struct model_table {
    models all;
    std::vector<std::string> vintages;
    bool names_vintages = false;  ///< whether it has any; else all is of "this table"

    /// The one wanted; where none is named, the last of the table. Throws usage_error, which names them, for one that
    /// the table does not have.
    [[nodiscard]] std::string vintage(const std::string& wanted) const;
    [[nodiscard]] models of(const std::string& vintage) const;
};

/// Which table of models, and how it is read.
struct models_input {
    std::string path = data_file("models.csv");              ///< Epoch AI's, any vintage as downloaded
    std::string vintage = {};                                ///< of a table that holds several; none: the last
    cd::error_handling on_error = cd::error_handling::fail;  ///< of rows that are none

    void add_to(command_line& line);
    [[nodiscard]] bool is_shipped() const { return path == models_input{}.path; }
    /// Whose data these are.
    [[nodiscard]] std::vector<std::string> sources() const;
};

/// Reads Epoch's table, as downloaded or ours, once in a program; what could not be read is told on standard error.
/// Throws nothing_to_report where it has no model.
[[nodiscard]] const model_table& read_models(const models_input& input);

/// Throws nothing_to_report where a definition leaves none of some models.
void require_models(const models& chosen, const definition& d, std::size_t among);

}  // namespace example

#endif
