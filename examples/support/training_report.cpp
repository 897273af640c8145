// SPDX-License-Identifier: BSL-1.0
#include "support/training_report.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/electricity_price.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>
#include <compute_divide/compute/mentioned_run.hpp>

namespace example {

using cd::uncertain;
using namespace std::chrono_literals;

namespace {

template <class T>
T required(const std::optional<T>& x, std::string_view what, std::string_view flag) {
    if (!x) throw std::invalid_argument(fmt::format("{} is not stated: give {}", what, flag));
    return *x;
}

/// The run that a mention states; what the flags state wins over what was read.
training_run run_of(cd::hardware_mention stated, const training_request& asked,
                    const cd::accelerator_catalogue& catalogue) {
    if (asked.chip_hours) stated.chip_hours = asked.chip_hours;
    if (asked.hours) stated.hours = asked.hours;
    if (asked.utilization) stated.utilisation = asked.utilization;
    if (!asked.format.empty()) stated.format = cd::number_format_of(asked.format);
    const cd::mentioned_run found = cd::hardware_run_of(stated, catalogue);
    const auto is_among = [](const std::vector<cd::run_fact>& facts, cd::run_fact fact) {
        return std::ranges::find(facts, fact) != facts.end();
    };
    if (is_among(found.missing, cd::run_fact::count))
        throw std::invalid_argument("the number of chips is not stated: give --count");
    if (is_among(found.missing, cd::run_fact::time))
        throw std::invalid_argument("the time is not stated: give --hours");
    training_run r{.chip = found.chip.value(), .utilization = stated.utilisation, .format = stated.format};
    r.chip_hours = stated.chip_hours ? *stated.chip_hours : found.run.chips * *stated.hours;
    r.hours = stated.hours;
    if (!is_among(found.assumed, cd::run_fact::count)) {
        r.chips = found.run.chips;
        if (!r.hours) r.hours = r.chip_hours / r.chips;
    }
    return r;
}

/// The runs that the text states, or the one that the flags do.
std::vector<training_run> runs_of(const training_request& asked, const cd::accelerator_catalogue& catalogue) {
    std::vector<training_run> runs;
    if (!asked.chip.empty()) {
        const cd::accelerator& chip = catalogue.at(asked.chip);
        const double each = catalogue.match(asked.chip)->entries();
        cd::hardware_mention stated;
        stated.chip = chip.name;
        if (asked.count) stated.count = *asked.count * each;
        runs.push_back(run_of(std::move(stated), asked, catalogue));
        return runs;
    }
    const cd::hardware_reader read(catalogue);
    std::string missing = "the text names no chip that trained: give --chip";
    for (cd::hardware_mention& m : read(asked.text)) {
        if (m.chip.empty() || m.use == cd::hardware_use::inference) continue;
        if (asked.count) m.count = asked.count;
        try {
            runs.push_back(run_of(m, asked, catalogue));
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

cd::seconds hours_of(double hours) {
    return std::chrono::duration<double, std::ratio<3600>>(hours);
}

void add_flop(training_report& r, const training_request& asked) {
    const training_run& of = r.of;
    if (asked.flop) {
        r.flop = cd::compute_of_count(cd::flop(*asked.flop), {.log10_sigma = 0, .level = asked.level});
        r.notes.push_back("FLOP as stated");
        return;
    }
    cd::training_peak_options format{.year = r.year};
    if (of.format) format = {.rule = cd::training_format::given, .format = *of.format};
    r.rate = cd::training_peak(of.chip, format);
    if (!r.rate) {
        r.notes.push_back(fmt::format("the peak of {} in this format is not known: no FLOP", of.chip.name));
        return;
    }
    const cd::model_domain domain =
        asked.domain.empty() ? cd::model_domain::language : cd::parse_name<cd::model_domain>(asked.domain);
    r.flop = cd::compute_of_hardware({.chips = 1,
                                      .time = hours_of(of.chip_hours),
                                      .peak = r.rate->peak,
                                      .utilisation = of.utilization,
                                      .domain = domain,
                                      .year = static_cast<double>(r.year)},
                                     {.level = asked.level});
    r.utilization = *r.flop.flop.value / (r.rate->peak * hours_of(of.chip_hours)).value();
    r.notes.push_back(fmt::format("utilization {:.3g} of {} in {}, {}", r.utilization, to_string(r.rate->peak),
                                  name_of(r.rate->format),
                                  of.utilization ? "as stated" : fmt::format("typical of {}", name_of(domain))));
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
    training_report r{
        .of = of, .flop = {}, .rate = {}, .bought = {}, .rented = {}, .grid = {}, .notes = {}, .warnings = {}};
    const auto& released = of.chip.released;
    r.year = asked.year.value_or(released ? static_cast<int>(released->year()) + 1 : 2024);
    if (!asked.year) r.notes.push_back(fmt::format("in {}, the year after the chip's release: give --year", r.year));
    if (released && r.year < static_cast<int>(released->year()))
        r.warnings.push_back(
            fmt::format("{} was released in {}, after {}", of.chip.name, static_cast<int>(released->year()), r.year));
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
template <class T>
std::string with_interval(const uncertain<T>& x, double level, double scale = 1) {
    return with_interval(x.estimate(level), scale);
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
                                                     r.of.utilization ? "a utilization of" : "a typical utilization of",
                                                     r.utilization));
    text +=
        fmt::format("We estimate that it used {} kWh of electricity and emitted {} kg CO2e, the grid at {}.",
                    interval(r.energy.estimate(asked.level), kwh), interval(r.carbon.estimate(asked.level), 1), r.grid);
    text += fmt::format(" Making the hardware adds {} kg CO2e.", interval(r.embodied.estimate(asked.level), 1));
    if (r.bought)
        text += fmt::format(" Hardware, amortised,{} cost {} US dollars.", r.electricity ? " and electricity" : "",
                            interval(r.bought->estimate(asked.level), 1));
    if (r.rented) text += fmt::format(" Rented, the chips cost {} US dollars.", number(r.rented->value().value()));
    return text;
}

std::string card_of(const training_report& r, const training_request& asked) {
    std::string card = hardware_of(r.of) + "\n";
    const auto line = [&card](std::string_view what, const std::string& value, std::string_view unit) {
        card += fmt::format("  {:<18}{}{}\n", what, value, value == "not known" ? "" : fmt::format(" {}", unit));
    };
    line("training compute", with_interval(r.flop.flop), "FLOP");
    if (r.of.chip.memory && r.of.chips > 0) line("memory", to_string(*r.of.chip.memory * r.of.chips), "on all chips");
    line("energy", with_interval(r.energy, asked.level, kwh), "kWh");
    line("carbon", with_interval(r.carbon, asked.level), "kg CO2e");
    line("", with_interval(r.carbon, asked.level, flight), "passengers New York to San Francisco and back");
    line("making hardware", with_interval(r.embodied, asked.level), "kg CO2e, besides");
    line("electricity", r.electricity ? with_interval(*r.electricity, asked.level) : "not known", "USD");
    line(r.electricity ? "bought, with that" : "bought", r.bought ? with_interval(*r.bought, asked.level) : "not known",
         "USD");
    if (r.rented) line("rented", with_interval(*r.rented, asked.level), "USD");
    card += fmt::format("  Intervals at {:g} %. What makes carbon uncertain: {}.\n", 100 * asked.level,
                        spread_of(r, asked.level));
    for (const std::string& warning : r.warnings) card += fmt::format("  - warning: {}\n", warning);
    for (const std::string& note : r.notes) card += fmt::format("  - {}\n", note);
    return card + fmt::format("\n{}\n", paragraph_of(r, asked));
}

cd::json_object json_of(const training_report& r, const training_request& asked) {
    const auto spread = [&](const auto& x, double scale = 1) { return json_of(x.estimate(asked.level), scale); };
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
        .with("format", r.rate ? std::optional(r.rate->format) : std::nullopt)
        .with("utilization", known(r.utilization > 0, r.utilization))
        .with("utilization_stated", r.of.utilization.has_value())
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
