// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_BASE_MODELS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_BASE_MODELS_HPP

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/io/epoch.hpp>

#include "support/models.hpp"

/// What models are built on: who made their base models, and whether those are open.
namespace example {

/// Whether Epoch's category names a sector, alone or among others: "Academia" in "Industry,Academia".
inline bool names_sector(const cd::epoch_model& m, std::string_view sector) {
    return m.category.find(sector) != std::string::npos;
}

/// A base model of a model, as far as the table has it.
struct base_model {
    int year = 0;                          ///< of the model that is built on it
    std::string maker;                     ///< the kind of its team, or "not in the table"
    std::string access;                    ///< "open weights", "closed" or "not known"
    double weight = 0;                     ///< one over the number of others' base models of that model
    std::optional<bool> made_by_industry;  ///< alone or with others
    std::optional<bool> open;
    std::vector<std::string> organisations =
        {};  ///< of the model that is built on it: those of one depend on each other
    std::string name = {};
};

/// A name without the size at its end: "Llama 2-13B" and "Llama 2-70B" are "Llama 2", "GPT-2 (124M)" is "GPT-2".
inline std::string without_size(const std::string& name) {
    std::string rest = name;
    const auto drop = [&rest](std::string_view what) {
        const std::size_t left = rest.find_last_not_of(what) + 1, dropped = rest.size() - left;
        rest.resize(left);
        return dropped;
    };
    drop(")");
    return drop("BM") == 1 && drop("0123456789.") > 0 && drop("-_ (") > 0 ? rest : name;
}

/// The models of a table, to look base models up by name.
class base_model_finder {
public:
    explicit base_model_finder(const models& all) {
        for (const cd::epoch_model& m : all) {
            by_name_[m.name].push_back(m);
            by_stem_[without_size(m.name)].push_back(m);
        }
    }

    /// The base models of m, of known year, that are another team's: that share no organisation with it. One that is
    /// not in the table is taken as another's.
    std::vector<base_model> operator()(const cd::epoch_model& m) {
        std::vector<base_model> others;
        for (const std::string& name : m.base_models) {
            const models same = find(name);
            const bool own = std::ranges::any_of(m.organisations, [&](const std::string& each) {
                return !same.empty() && std::ranges::count(same[0].organisations, each) > 0;
            });
            if (own) continue;
            others.push_back(described(same, *m.year));
            others.back().name = name;
        }
        for (base_model& each : others) {
            each.weight = 1 / static_cast<double>(others.size());
            each.organisations = m.organisations;
        }
        return others;
    }

    std::set<std::string> missing;                            ///< those that were not found
    std::map<std::string, std::set<std::string>> other_size;  ///< a model, and those for which it stood in

private:
    /// The models of this name; else those of other sizes, where they are all of the same organisations.
    models find(const std::string& name) {
        if (const auto found = by_name_.find(name); found != by_name_.end()) return found->second;
        const auto found = by_stem_.find(without_size(name));
        if (found == by_stem_.end() || std::ranges::any_of(found->second, [&](const cd::epoch_model& m) {
                return m.organisations != found->second[0].organisations;
            })) {
            missing.insert(name);
            return {};
        }
        other_size[found->second[0].name].insert(name);
        return found->second;
    }

    static base_model described(const models& same, int year) {
        base_model b{year, "not in the table", "not known", 0, std::nullopt, std::nullopt};
        if (same.empty()) return b;
        const cd::epoch_model& first = same[0];
        const bool alone = first.team == cd::team_kind::industry_only, academia = names_sector(first, "Academia");
        b.made_by_industry = names_sector(first, "Industry");
        b.maker = alone                 ? "industry alone"
                  : *b.made_by_industry ? academia ? "industry with academia" : "industry with others"
                  : first.team == cd::team_kind::academia_only ? "academia alone"
                                                               : "others";
        const auto open = [](const cd::epoch_model& m) { return m.model_accessibility.starts_with("Open weights"); };
        const bool known = std::ranges::none_of(same, &std::string::empty, &cd::epoch_model::model_accessibility);
        if (known && std::ranges::count_if(same, open) % std::ssize(same) == 0) {  // all or none
            b.open = open(first);
            b.access = *b.open ? "open weights" : "closed";
        }
        return b;
    }

    std::map<std::string, models> by_name_, by_stem_;
};

}  // namespace example

#endif
