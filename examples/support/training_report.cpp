// SPDX-License-Identifier: BSL-1.0
#include "support/training_report.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/compute/electricity_price.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>

#include "support/tables.hpp"

namespace example {

using cd::uncertain;
using namespace std::chrono_literals;

namespace {

template <class T>
T required(const std::optional<T>& x, std::string_view what, std::string_view flag) {
    if (!x) throw std::invalid_argument(fmt::format("{} is not stated: give {}", what, flag));
    return *x;
}

bool is_among(const std::vector<cd::run_fact>& facts, cd::run_fact fact) {
    return std::ranges::find(facts, fact) != facts.end();
}

cd::training_compute_options options_of(const training_request& asked) {
    const auto domain =
        asked.domain.empty() ? cd::model_domain::language : cd::parse_name<cd::model_domain>(asked.domain);
    return {.run = {.year = asked.year, .domain = domain}, .estimate = {.level = asked.level}};
}

/// What a mention states, or the flags, which win.
cd::hardware_mention stated_by(cd::hardware_mention mention, const training_request& asked) {
    const auto set = [](std::optional<double>& to, cd::stated_bounds& bounds, std::optional<double> flag) {
        if (!flag) return;
        to = flag;
        bounds = {};
    };
    set(mention.count, mention.count_bounds, asked.count);
    set(mention.hours, mention.hours_bounds, asked.hours);
    set(mention.chip_hours, mention.chip_hours_bounds, asked.chip_hours);
    if (asked.utilization) mention.utilisation = asked.utilization;
    if (!asked.format.empty()) mention.format = cd::number_format_of(asked.format);
    return mention;
}

training_run run_of(cd::stated_training training) {
    const cd::mentioned_run& found = training.run;
    if (is_among(found.missing, cd::run_fact::count))
        throw std::invalid_argument("the number of chips is not stated: give --count");
    if (is_among(found.missing, cd::run_fact::time))
        throw std::invalid_argument("the time is not stated: give --hours");
    const double hours = found.run.time / 1h;
    training_run r{.training = {}, .chip = found.chip.value(), .chip_hours = found.run.chips * hours};
    if (training.mention.chip_hours) r.chip_hours = *training.mention.chip_hours;
    r.hours = training.mention.hours;
    if (!is_among(found.assumed, cd::run_fact::count)) {
        r.chips = found.run.chips;
        if (!r.hours) r.hours = hours;
    }
    r.training = std::move(training);
    return r;
}

/// The runs that the text states, or the one that the flags do.
std::vector<training_run> runs_of(const training_request& asked, const cd::accelerator_catalogue& catalogue) {
    const cd::training_compute_options options = options_of(asked);
    std::vector<training_run> runs;
    if (!asked.chip.empty()) {
        cd::hardware_mention flags = stated_by({.chip = catalogue.at(asked.chip).name}, asked);
        if (flags.count) *flags.count *= catalogue.match(asked.chip)->entries();
        runs.push_back(run_of(cd::training_compute_of(flags, catalogue, options)));
        return runs;
    }
    const cd::hardware_reader read(catalogue);
    std::string missing = "the text names no chip that trained: give --chip";
    for (const cd::hardware_mention& m : read(asked.text)) {
        if (m.chip.empty() || m.use == cd::hardware_use::inference) continue;
        cd::stated_training training = cd::training_compute_of(stated_by(m, asked), catalogue, options);
        try {
            runs.push_back(run_of(std::move(training)));
        } catch (const std::invalid_argument& error) {
            missing = fmt::format("{}: {}", m.chip, error.what());
        }
    }
    if (runs.empty()) throw std::invalid_argument(missing);
    return runs;
}

/// Rounded to a whole number, with thousands separated.
std::string whole(double x) {
    const std::string digits = fmt::format("{:.0f}", x);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
        text += digits[i];
    }
    return text;
}

/// Three significant digits.
std::string number(double x) {
    if (x == 0 || x < 999.5) return fmt::format("{:.3g}", x);
    if (x >= 1e12) {
        std::string text = fmt::format("{:.2e}", x);
        std::erase(text, '+');
        return text;
    }
    const double unit = std::pow(10, std::floor(std::log10(x)) - 2);
    return whole(std::round(x / unit) * unit);
}

/// The word of a name that says which model it is: "A100", "V100", "3090".
std::string_view model_word(std::string_view name) {
    const std::size_t digit = std::min(name.find_first_of("0123456789"), name.size());
    const std::size_t begin = name.rfind(' ', digit) + 1;
    return name.substr(begin, name.find(' ', digit) - begin);
}

/// The chip, where its price is known, or one of the same model and peak: the A100 of 40 GB for that of 80 GB.
const cd::accelerator* priced_as(const cd::accelerator& chip, const cd::accelerator_catalogue& catalogue) {
    if (chip.launch_price) return &chip;
    constexpr cd::training_peak_options best{.rule = cd::training_format::best_tensor};
    for (std::size_t i = 0; i < catalogue.size(); ++i) {
        const cd::accelerator& other = catalogue[i];
        if (other.launch_price && other.maker == chip.maker && model_word(other.name) == model_word(chip.name) &&
            cd::training_peak(other, best) == cd::training_peak(chip, best))
            return &other;
    }
    return nullptr;
}

void add_flop(training_report& r, const training_request& asked) {
    const cd::stated_training& training = r.of.training;
    if (asked.flop) {
        r.flop = cd::compute_of_count(cd::flop(*asked.flop), {.log10_sigma = 0, .level = asked.level});
        r.notes.push_back("FLOP as stated");
        return;
    }
    r.flop = training.compute;
    if (!r.flop) {
        r.notes.push_back(fmt::format("the peak of {} in this format is not known: no FLOP", r.of.chip.name));
        return;
    }
    const cd::hardware_run& run = training.run.run;
    r.utilization = *r.flop.flop.value / (run.chips * (run.peak * run.time).value());
    r.notes.push_back(fmt::format("utilization {:.3g} of {} in {}, {}", r.utilization, to_string(run.peak),
                                  name_of(*training.run.format),
                                  run.utilisation ? "as stated" : fmt::format("typical of {}", name_of(run.domain))));
}

void add_energy_and_carbon(training_report& r, const training_request& asked) {
    const auto time = cd::chip_time(r.of.chip_hours, 1h);
    const auto where = cd::parse_name<cd::data_centre>(asked.data_centre);
    cd::energy_factors factors = cd::typical_energy_factors(r.of.chip, where);
    if (asked.power) factors.server = factors.load = 1.0;
    if (asked.pue) {
        if (*asked.pue < 1) throw std::invalid_argument(fmt::format("--pue of at least 1, got {:g}", *asked.pue));
        factors.pue = *asked.pue;
    }
    const cd::watts power = asked.power ? cd::watts(*asked.power)
                                        : required(r.of.chip.power, fmt::format("the power of {}", r.of.chip.name),
                                                   "--power, the average at the server for each chip");
    r.energy = cd::energy_of_chips(time, power, factors);
    r.notes.push_back(asked.power ? fmt::format("{} for each chip, as measured", to_string(power))
                                  : fmt::format("{} for each chip by design, {:.3g} times that for its server, which "
                                                "draws {:.2g} of it on average",
                                                to_string(power), factors.server.value(), factors.load.value()));
    r.notes.push_back(fmt::format("PUE {:.3g}, {}", factors.pue.value(), asked.pue ? "as stated" : "which is typical"));
    if (asked.intensity) {
        r.carbon = r.energy * uncertain(cd::kg_per_kwh(*asked.intensity));
        r.grid = fmt::format("{:.3g} kg CO2e/kWh", *asked.intensity);
        r.notes.push_back("grid intensity as stated");
    } else {
        const auto grid = cd::find_grid_intensity(asked.country, r.year);
        r.carbon = r.energy * grid.intensity;
        r.grid = fmt::format("{:.3f} kg CO2e/kWh ({}, average of {})", grid.kg_per_kwh(), grid.country, grid.year);
        r.notes.push_back(fmt::format("grid intensity by {}", cd::country_of_grid(grid.country) == grid.country
                                                                  ? cd::grid_intensity_source
                                                                  : cd::region_intensity_source));
    }
    r.embodied = cd::embodied_carbon(time);
    r.notes.push_back(
        "making the hardware: 150 kg CO2e a chip and 2,500 kg a server of 8, in use for 85 % of 6 years "
        "(Luccioni et al., 2022); not part of carbon above");
}

void add_cost(training_report& r, const training_request& asked, const cd::accelerator_catalogue& catalogue) {
    const auto time = cd::chip_time(r.of.chip_hours, 1h);
    if (asked.electricity) {
        r.electricity = r.energy * uncertain(cd::usd_per_kwh(*asked.electricity));
        r.notes.push_back(fmt::format("electricity at ${:.3g}/kWh, as stated", *asked.electricity));
    } else {
        try {
            const auto kwh = cd::find_electricity_price(asked.country, r.year);
            r.electricity = r.energy * kwh.price;
            r.notes.push_back(fmt::format("electricity at ${:.3g}/kWh, as {} paid{}", kwh.usd_per_kwh(),
                                          kwh.country == "United States"
                                              ? "United States industry"
                                              : fmt::format("consumers other than households in {}", kwh.country),
                                          kwh.year == r.year ? "" : fmt::format(" in {}", kwh.year)));
        } catch (const std::invalid_argument&) {
            r.notes.push_back(
                fmt::format("the price of electricity in {} is not known: give --electricity", asked.country));
        }
    }
    const auto with_electricity = [&r](const uncertain<cd::us_dollars>& hardware) {
        return r.electricity ? hardware + *r.electricity : hardware;
    };
    if (asked.cloud_price) r.rented = cd::cloud_cost(time, cd::us_dollars(*asked.cloud_price));
    if (asked.price) {
        r.bought = with_electricity(cd::amortised_cost(time, {.chip = cd::us_dollars(*asked.price)}));
        r.notes.push_back(fmt::format("chips of ${:.6g} as stated, over {:.2g} years", *asked.price,
                                      cd::hardware_lifetime() / std::chrono::years(1)));
    } else if (const cd::accelerator* const priced = priced_as(r.of.chip, catalogue)) {
        // Bought 90 days after the release, used in the middle of the year, as Cottier et al. (2024) would.
        const auto released = priced->released.value_or(std::chrono::year(r.year) / 1 / 1);
        const cd::seconds age = std::chrono::sys_days(std::chrono::year(r.year) / 7 / 1) -
                                (std::chrono::sys_days(released) + std::chrono::days(90));
        const auto worth = cd::depreciated(*priced->launch_price, std::max(age, cd::seconds(0)));
        r.bought = with_electricity(cd::amortised_cost(time, {.chip = worth}));
        r.notes.push_back(fmt::format("chips of ${} at launch ({}), worth ${} in {}",
                                      number(priced->launch_price->value()), priced->name, number(worth.value()),
                                      r.year));
    } else {
        r.notes.push_back(fmt::format("the price of {} is not known: give --price", r.of.chip.name));
    }
}

training_report report_on(const training_run& of, const training_request& asked,
                          const cd::accelerator_catalogue& catalogue) {
    training_report r{.of = of, .flop = {}, .bought = {}, .rented = {}, .grid = {}, .notes = {}, .warnings = {}};
    r.year = static_cast<int>(of.training.run.run.year);
    if (!asked.year) r.notes.push_back(fmt::format("in {}, the year after the chip's release: give --year", r.year));
    if (std::ranges::count(of.training.run.contradictions, cd::run_contradiction::before_release) > 0)
        r.warnings.push_back(fmt::format("{} was released in {}, after {}", of.chip.name,
                                         static_cast<int>(of.chip.released->year()), r.year));
    if (std::ranges::count(of.training.run.contradictions, cd::run_contradiction::chip_hours) > 0)
        r.warnings.push_back("the chip-hours stated are not chips times hours: they are taken");
    for (const cd::compute_step& step : of.training.chain)
        if (step.basis == cd::fact_basis::bounded)
            r.notes.push_back(fmt::format("{} as stated: {}; intervals hold what that leaves open",
                                          description_of(step.fact), step.value));
    add_flop(r, asked);
    add_energy_and_carbon(r, asked);
    add_cost(r, asked, catalogue);
    return r;
}

/// "3.2 [2.1, 4.9]", or the number alone where it is exact.
std::string with_interval(const cd::estimate& e, double scale = 1) {
    if (!e) return "not known";
    const std::string value = number(*e.value / scale);
    if (e.bounds->width() == 0) return value;
    return fmt::format("{} [{}, {}]", value, number(e.lower() / scale), number(e.upper() / scale));
}
/// Of what is proportional to the chip hours, opened to what the text leaves open of these.
template <class T>
cd::estimate estimate_of(const training_report& r, const uncertain<T>& x, double level) {
    return cd::within_ends(x.estimate(level), r.of.training.run);
}

/// Each source with the factor that it spreads the carbon by, the greatest first.
std::string spread_of(const training_report& r, double level) {
    auto sources = r.carbon.sources();
    std::ranges::sort(sources, [](const auto& a, const auto& b) { return std::fabs(a.log_sd) > std::fabs(b.log_sd); });
    std::string line;
    for (const auto& [name, log_sd] : sources) {
        const double factor = uncertain(1.0, name, std::fabs(log_sd)).estimate(level).upper();
        line += fmt::format("{}{} {:.2f}x", line.empty() ? "" : ", ", name, factor);
    }
    return line.empty() ? "none" : line;
}

constexpr double kwh = 3.6e6;
constexpr double flight = 1984 * cd::kg_per_pound;  // New York to San Francisco and back, Strubell et al. (2019)

std::string hardware_of(const training_run& of) {
    if (of.training.run.chip_hours_ends && !of.training.mention.chip_hours) {
        std::string count, time;
        for (const cd::compute_step& step : of.training.chain) {
            if (step.fact == cd::run_fact::count) count = step.value;
            if (step.fact == cd::run_fact::time) time = step.value;
        }
        return fmt::format("{} on {} {}", time, count, of.chip.name);
    }
    if (!of.hours) return fmt::format("{} chip-hours of {}", whole(of.chip_hours), of.chip.name);
    return fmt::format("{:.10g} hours on {:.10g} {}, {} chip-hours", *of.hours, of.chips, of.chip.name,
                       whole(of.chip_hours));
}

cd::json_object json_of(const cd::estimate& e, double scale = 1) {
    return cd::json_object()
        .with("value", *e.value / scale)
        .with("lower", e.lower() / scale)
        .with("upper", e.upper() / scale);
}

}  // namespace

std::vector<training_report> training_reports(const training_request& asked,
                                              const cd::accelerator_catalogue& catalogue) {
    std::vector<training_report> reports;
    for (const training_run& each : runs_of(asked, catalogue)) reports.push_back(report_on(each, asked, catalogue));
    return reports;
}

std::string paragraph_of(const training_report& r, const training_request& asked) {
    const auto interval = [&](const cd::estimate& e, double scale) {
        const std::string value = number(*e.value / scale);
        if (e.bounds->width() == 0) return value;
        return fmt::format("{} ({:g} % interval {} to {})", value, 100 * asked.level, number(e.lower() / scale),
                           number(e.upper() / scale));
    };
    std::string text = fmt::format("Training took {}. ", hardware_of(r.of));
    if (r.flop)
        text += fmt::format("This amounts to {} FLOP{}. ", interval(r.flop.flop, 1),
                            asked.flop ? ""
                                       : fmt::format(", at {} {:.3g} of the peak",
                                                     r.of.training.run.run.utilisation ? "a utilization of"
                                                                                       : "a typical utilization of",
                                                     r.utilization));
    text += fmt::format("We estimate that it used {} kWh of electricity and emitted {} kg CO2e, the grid at {}.",
                        interval(estimate_of(r, r.energy, asked.level), kwh),
                        interval(estimate_of(r, r.carbon, asked.level), 1), r.grid);
    text += fmt::format(" Making the hardware adds {} kg CO2e.", interval(estimate_of(r, r.embodied, asked.level), 1));
    if (r.bought)
        text += fmt::format(" Hardware, amortised,{} cost {} US dollars.", r.electricity ? " and electricity" : "",
                            interval(estimate_of(r, *r.bought, asked.level), 1));
    if (r.rented) text += fmt::format(" Rented, the chips cost {} US dollars.", number(r.rented->value().value()));
    return text;
}

std::string card_of(const training_report& r, const training_request& asked) {
    std::string card = hardware_of(r.of) + "\n";
    const auto spread = [&](const auto& x, double scale = 1) {
        return with_interval(estimate_of(r, x, asked.level), scale);
    };
    const auto line = [&card](std::string_view what, const std::string& value, std::string_view unit) {
        card += fmt::format("  {:<18}{}{}\n", what, value, value == "not known" ? "" : fmt::format(" {}", unit));
    };
    line("training compute", with_interval(r.flop.flop), "FLOP");
    if (r.of.chip.memory && r.of.chips > 0) line("memory", to_string(*r.of.chip.memory * r.of.chips), "on all chips");
    line("energy", spread(r.energy, kwh), "kWh");
    line("carbon", spread(r.carbon), "kg CO2e");
    line("", spread(r.carbon, flight), "passengers New York to San Francisco and back");
    line("making hardware", spread(r.embodied), "kg CO2e, besides");
    line("electricity", r.electricity ? spread(*r.electricity) : "not known", "USD");
    line(r.electricity ? "bought, with that" : "bought", r.bought ? spread(*r.bought) : "not known", "USD");
    if (r.rented) line("rented", spread(*r.rented), "USD");
    card += fmt::format("  Intervals at {:g} %. What makes carbon uncertain: {}.\n", 100 * asked.level,
                        spread_of(r, asked.level));
    for (const std::string& warning : r.warnings) card += fmt::format("  - warning: {}\n", warning);
    for (const std::string& note : r.notes) card += fmt::format("  - {}\n", note);
    return card + fmt::format("\n{}\n", paragraph_of(r, asked));
}

cd::table table_of(const std::vector<training_report>& reports, const training_request& asked) {
    cd::table t{.name = "footprint", .title = "Footprint of training"};
    t.columns = {{.name = "training"}, {.name = "hardware"}, {.name = "year", .style = {.digits = 4}},
                 {.name = "quantity"}, {.name = "unit"},     {.name = "estimate"}};
    std::int64_t number_of_run = 0;
    for (const training_report& r : reports) {
        t.groups.push_back({t.rows.size(), {}});
        ++number_of_run;
        const auto add = [&](const char* quantity, const char* unit, cd::estimate e, double scale) {
            if (e) {
                *e.value /= scale;
                if (e.bounds) e.bounds = cd::interval{e.lower() / scale, e.upper() / scale};
            }
            add_row(t, number_of_run, hardware_of(r.of), r.year, std::string(quantity), std::string(unit), e);
        };
        const auto spread = [&](const auto& x) { return estimate_of(r, x, asked.level); };
        add("training compute", "FLOP", r.flop.flop, 1);
        add("energy", "kWh", spread(r.energy), kwh);
        add("carbon", "kg CO2e", spread(r.carbon), 1);
        add("making the hardware", "kg CO2e", spread(r.embodied), 1);
        if (r.electricity) add("electricity", "USD", spread(*r.electricity), 1);
        if (r.bought) add(r.electricity ? "bought, with electricity" : "bought", "USD", spread(*r.bought), 1);
        if (r.rented) add("rented", "USD", spread(*r.rented), 1);
        for (const std::string& warning : r.warnings) t.notes.push_back("Warning: " + warning);
        for (const std::string& note : r.notes)
            if (std::ranges::find(t.notes, note) == t.notes.end()) t.notes.push_back(note);
    }
    return t;
}

cd::json_object json_of(const training_report& r, const training_request& asked) {
    const auto spread = [&](const auto& x, double scale = 1) { return json_of(estimate_of(r, x, asked.level), scale); };
    const auto known = [](bool is_known, const auto& value) { return is_known ? std::optional(value) : std::nullopt; };
    cd::json_object sources, json;
    for (const auto& [name, log_sd] : r.carbon.sources()) sources.with(name, log_sd);
    std::optional<cd::json_object> flop, electricity, bought, rented;
    if (r.electricity) electricity = spread(*r.electricity);
    if (r.flop.flop) flop = json_of(r.flop.flop);
    if (r.bought) bought = spread(*r.bought);
    if (r.rented) rented = spread(*r.rented);
    std::optional<double> memory;
    if (r.of.chip.memory && r.of.chips > 0) memory = (*r.of.chip.memory * r.of.chips).value();
    return json.with("chip", r.of.chip.name)
        .with("year", r.year)
        .with("count", known(r.of.chips > 0, r.of.chips))
        .with("hours", r.of.hours)
        .with("chip_hours", r.of.chip_hours)
        .with("format", r.of.training.run.format)
        .with("utilization", known(r.utilization > 0, r.utilization))
        .with("utilization_stated", r.of.training.run.run.utilisation.has_value())
        .with("bounded", r.of.training.run.bounded)
        .with("flop", flop)
        .with("memory_bytes", memory)
        .with("energy_kwh", spread(r.energy, kwh))
        .with("carbon_kg", spread(r.carbon))
        .with("embodied_kg", spread(r.embodied))
        .with("electricity_usd", electricity)
        .with("bought_usd", bought)
        .with("rented_usd", rented)
        .with("carbon_log_sd", sources)
        .with("notes", r.notes)
        .with("warnings", r.warnings)
        .with("paragraph", paragraph_of(r, asked));
}

}  // namespace example
