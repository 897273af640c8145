// SPDX-License-Identifier: BSL-1.0
#include "support/text_footprint.hpp"

#include <fmt/format.h>

namespace example {

namespace cd = compute_divide;

namespace {

bounded scaled(const cd::estimate& e, double unit) {
    if (!e) return std::nullopt;
    cd::estimate result = e;
    result.value = *e.value / unit;
    if (e.bounds) result.bounds = cd::interval{e.bounds->lower / unit, e.bounds->upper / unit};
    return result;
}

template <class Facts>
std::string names_of(const Facts& facts) {
    std::string text;
    for (const auto each : facts) text.append(text.empty() ? "" : ";").append(name_of(each));
    return text;
}

std::optional<cd::json_object> json_of(const bounded& e) {
    if (!e) return std::nullopt;
    return cd::json_object().with("value", *e->value).with("lower", e->lower()).with("upper", e->upper());
}

std::optional<double> chip_hours_of(const cd::stated_training& training) {
    const double hours = training.run.run.chips * (training.run.run.time / std::chrono::hours(1));
    return hours > 0 ? std::optional(hours) : std::nullopt;
}

}  // namespace

void text_footprint_options::add_to(command_line& line) {
    line.add("--country", country, "whose grid, or a region's, such as CAMX, Ontario or Guangdong");
    line.add("--year", year, "of the training; else the one after the chip's release");
    line.add("--year-column", year_column, "column or field of the input with the year, before --year");
    line.add("--domain", domain, "of the typical utilization");
    line.add("--data-centre", where, "for a typical PUE");
    line.add("--level", level, "of the intervals").between(0, 1);
}

text_footprint footprint_of(std::string_view text, const cd::hardware_reader& read,
                            const cd::accelerator_catalogue& catalogue, const text_footprint_options& options,
                            std::optional<int> year) {
    text_footprint all;
    all.trainings = cd::training_compute_of(
        text, read, catalogue,
        {.run = {.year = year ? year : options.year, .domain = options.domain}, .estimate = {.level = options.level}});
    if (options.training_only)
        std::erase_if(all.trainings,
                      [](const cd::stated_training& each) { return each.mention.use != cd::hardware_use::training; });
    for (const cd::stated_training& each : all.trainings) {
        all.flop.push_back(scaled(each.compute.flop, 1));
        const auto energy = cd::energy_of_run(each.run, options.where);
        bounded kwh, kg;
        if (energy) {
            const int of = static_cast<int>(each.run.run.year);
            const auto grid = cd::find_grid_intensity(options.country, std::max(of, cd::country_grid::first_year));
            kwh = scaled(cd::within_ends(energy->estimate(options.level), each.run), 3.6e6);
            kg = scaled(cd::within_ends((*energy * grid.intensity).estimate(options.level), each.run), 1);
        }
        all.energy_kwh.push_back(kwh);
        all.carbon_kg.push_back(kg);
    }
    for (const auto* const of : {&all.flop, &all.energy_kwh}) {
        for (std::size_t i = 0; i < of->size(); ++i)
            if ((*of)[i] && (!all.greatest || *(*of)[i]->value > *(*of)[*all.greatest]->value)) all.greatest = i;
        if (all.greatest) break;
    }
    return all;
}

std::vector<std::string> footprint_columns() {
    std::vector<std::string> names{"trainings",           "training_chip", "training_count", "training_hours",
                                   "training_chip_hours", "training_year", "training_format"};
    for (const std::string_view figure : {"flop", "energy_kwh", "carbon_kg"})
        for (const std::string_view part : {"", "_lower", "_upper"}) names.push_back(fmt::format("{}{}", figure, part));
    names.insert(names.end(), {"not_stated", "assumed", "bounded", "contradictions"});
    return names;
}

std::vector<std::string> footprint_cells(const text_footprint& all) {
    std::vector<std::string> cells{std::to_string(all.trainings.size())};
    const auto number = [&cells](std::optional<double> x) { cells.push_back(x ? fmt::format("{:.6g}", *x) : ""); };
    if (all.trainings.empty()) {
        cells.resize(footprint_columns().size());
        return cells;
    }
    const std::size_t at = all.greatest.value_or(0);
    const cd::stated_training& training = all.trainings[at];
    cells.emplace_back(training.run.chip ? training.run.chip->name : "");
    number(training.mention.count);
    number(training.mention.hours);
    number(chip_hours_of(training));
    number(training.run.run.year);
    cells.emplace_back(training.run.format ? name_of(*training.run.format) : "");
    for (const bounded* const figure : {&all.flop[at], &all.energy_kwh[at], &all.carbon_kg[at]}) {
        number(*figure ? (*figure)->value : std::nullopt);
        number(*figure ? std::optional((*figure)->lower()) : std::nullopt);
        number(*figure ? std::optional((*figure)->upper()) : std::nullopt);
    }
    cells.push_back(names_of(training.run.missing));
    cells.push_back(names_of(training.run.assumed));
    cells.push_back(names_of(training.run.bounded));
    cells.push_back(names_of(training.run.contradictions));
    return cells;
}

std::vector<cd::json_object> footprint_json(const text_footprint& all) {
    std::vector<cd::json_object> trainings;
    for (std::size_t i = 0; i < all.trainings.size(); ++i) {
        const cd::stated_training& training = all.trainings[i];
        trainings.push_back(cd::json_object()
                                .with("chip", training.run.chip ? std::optional(training.run.chip->name) : std::nullopt)
                                .with("count", training.mention.count)
                                .with("hours", training.mention.hours)
                                .with("chip_hours", chip_hours_of(training))
                                .with("flop", json_of(all.flop[i]))
                                .with("energy_kwh", json_of(all.energy_kwh[i]))
                                .with("carbon_kg", json_of(all.carbon_kg[i]))
                                .with("chain", training.chain)
                                .with("bounded", training.run.bounded)
                                .with("contradictions", training.run.contradictions));
    }
    return trainings;
}

}  // namespace example
