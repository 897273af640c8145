// SPDX-License-Identifier: BSL-1.0
// The report card of a training run: FLOP, memory, energy, carbon and cost, each with its interval, from flags or from
// a sentence, with a paragraph for the paper. What is not stated gets a default that is named, with its spread.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/compute/accelerators.hpp>
#include <compute_divide/compute/compute_from_hardware.hpp>
#include <compute_divide/compute/footprint.hpp>
#include <compute_divide/compute/grid_intensity.hpp>
#include <compute_divide/compute/hardware_reader.hpp>

namespace cd = compute_divide;
using cd::uncertain;
using json = nlohmann::ordered_json;
using namespace std::chrono_literals;

namespace {

/// What is asked for: what the user states of the run, and of where it ran.
struct request {
    std::string text, chip, country = "United States", domain, format, data_centre = "other";
    double level = 0.9;
    std::optional<int> year;
    std::optional<double> count, hours, chip_hours, utilization, flop, power, pue, intensity, electricity, price,
        cloud_price;
};

/// One run on one kind of chip.
struct run {
    const cd::accelerator* chip = nullptr;
    double chips = 0;                  ///< in what the catalogue's figures are of
    std::optional<double> hours = {};  ///< by the clock
    double chip_hours = 0;
    std::optional<double> utilization = {};
    std::optional<cd::number_format> format = {};
};

/// Everything that is reported of it.
struct report {
    run of;
    int year = 0;
    cd::compute_estimate flop;
    double utilization = 0;
    std::optional<cd::training_rate> rate;
    uncertain<cd::joules> energy = cd::joules();
    uncertain<cd::kg_co2e> carbon = cd::kg_co2e();
    uncertain<cd::us_dollars> electricity = cd::us_dollars();
    std::optional<uncertain<cd::us_dollars>> bought, rented;
    std::string grid;  ///< in words
    std::vector<std::string> notes, warnings;
};

template <class T>
T required(const std::optional<T>& x, std::string_view what, std::string_view flag) {
    if (!x) throw std::invalid_argument(fmt::format("{} is not stated: give {}", what, flag));
    return *x;
}

/// Time and chips from what is known of both; what is stated wins over what is read.
run completed(run r, const request& asked) {
    if (asked.chip_hours) r.chip_hours = *asked.chip_hours;
    if (asked.hours) r.hours = asked.hours;
    if (r.chips == 0) r.chips = r.hours && r.chip_hours > 0 ? r.chip_hours / *r.hours : asked.count.value_or(0);
    if (r.chips == 0 && r.chip_hours == 0)
        throw std::invalid_argument("the number of chips is not stated: give --count");
    if (!r.hours && r.chip_hours > 0 && r.chips > 0) r.hours = r.chip_hours / r.chips;
    if (r.chip_hours == 0) r.chip_hours = r.chips * required(r.hours, "the time", "--hours");
    if (asked.utilization) r.utilization = asked.utilization;
    if (!asked.format.empty()) r.format = cd::parse_name<cd::number_format>(asked.format);
    return r;
}

/// The runs that the text states, or the one that the flags do.
std::vector<run> runs_of(const request& asked, const cd::accelerator_catalogue& catalogue) {
    std::vector<run> runs;
    if (!asked.chip.empty()) {
        const cd::accelerator& chip = catalogue.at(asked.chip);
        const double each = catalogue.match(asked.chip)->entries();
        runs.push_back(completed({.chip = &chip, .chips = asked.count.value_or(0) * each}, asked));
        return runs;
    }
    const cd::hardware_reader read(catalogue);
    std::string missing = "the text names no chip that trained: give --chip";
    for (const cd::hardware_mention& m : read(asked.text)) {
        if (m.chip.empty() || m.use == cd::hardware_use::inference) continue;
        run r{.chip = &catalogue.at(m.chip),
              .chips = asked.count.value_or(m.count.value_or(0)),
              .hours = m.hours,
              .chip_hours = m.chip_hours.value_or(0),
              .utilization = m.utilisation,
              .format = m.format};
        try {
            runs.push_back(completed(r, asked));
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

void add_flop(report& r, const request& asked) {
    const run& of = r.of;
    if (asked.flop) {
        r.flop = cd::compute_of_count(cd::flop(*asked.flop), {.log10_sigma = 0, .level = asked.level});
        r.notes.push_back("FLOP as stated");
        return;
    }
    cd::training_peak_options format{.year = r.year};
    if (of.format) format = {.rule = cd::training_format::given, .format = *of.format};
    r.rate = cd::training_peak(*of.chip, format);
    if (!r.rate) {
        r.notes.push_back(fmt::format("the peak of {} in this format is not known: no FLOP", of.chip->name));
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

void add_energy_and_carbon(report& r, const request& asked) {
    const auto time = cd::chip_time(r.of.chip_hours, 1h);
    const auto where = cd::parse_name<cd::data_centre>(asked.data_centre);
    cd::energy_factors factors = cd::typical_energy_factors(*r.of.chip, where);
    if (asked.power) factors.server = factors.load = 1.0;
    if (asked.pue) {
        if (*asked.pue < 1) throw std::invalid_argument(fmt::format("--pue of at least 1, got {:g}", *asked.pue));
        factors.pue = *asked.pue;
    }
    const cd::watts power = asked.power ? cd::watts(*asked.power)
                                        : required(r.of.chip->power, fmt::format("the power of {}", r.of.chip->name),
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
        r.notes.push_back(fmt::format("grid intensity by {}", cd::grid_intensity_source));
    }
}

void add_cost(report& r, const request& asked, const cd::accelerator_catalogue& catalogue) {
    const auto time = cd::chip_time(r.of.chip_hours, 1h);
    const auto kwh =
        asked.electricity ? uncertain(cd::usd_per_kwh(*asked.electricity)) : cd::typical_electricity_price(r.year);
    r.electricity = r.energy * kwh;
    r.notes.push_back(fmt::format("electricity at ${:.3g}/kWh, {}", kwh.value().value() * 3.6e6,
                                  asked.electricity ? "as stated" : "as United States industry paid"));
    if (asked.cloud_price) r.rented = cd::cloud_cost(time, cd::us_dollars(*asked.cloud_price));
    if (asked.price) {
        r.bought = cd::amortised_cost(time, {.chip = cd::us_dollars(*asked.price)}) + r.electricity;
        r.notes.push_back(fmt::format("chips of ${:.6g} as stated, over {:.2g} years", *asked.price,
                                      cd::hardware_lifetime() / std::chrono::years(1)));
    } else if (const cd::accelerator* const priced = priced_as(*r.of.chip, catalogue)) {
        // Bought 90 days after the release, used in the middle of the year, as Cottier et al. (2024) would.
        const auto released = priced->released.value_or(std::chrono::year(r.year) / 1 / 1);
        const cd::seconds age = std::chrono::sys_days(std::chrono::year(r.year) / 7 / 1) -
                                (std::chrono::sys_days(released) + std::chrono::days(90));
        const auto worth = cd::depreciated(*priced->launch_price, std::max(age, cd::seconds(0)));
        r.bought = cd::amortised_cost(time, {.chip = worth}) + r.electricity;
        r.notes.push_back(fmt::format("chips of ${} at launch ({}), worth ${} in {}",
                                      number(priced->launch_price->value()), priced->name, number(worth.value()),
                                      r.year));
    } else {
        r.notes.push_back(fmt::format("the price of {} is not known: give --price", r.of.chip->name));
    }
}

report report_on(const run& of, const request& asked, const cd::accelerator_catalogue& catalogue) {
    report r{.of = of, .flop = {}, .rate = {}, .bought = {}, .rented = {}, .grid = {}, .notes = {}, .warnings = {}};
    const auto& released = of.chip->released;
    r.year = asked.year.value_or(released ? static_cast<int>(released->year()) + 1 : 2024);
    if (!asked.year) r.notes.push_back(fmt::format("in {}, the year after the chip's release: give --year", r.year));
    if (released && r.year < static_cast<int>(released->year()))
        r.warnings.push_back(
            fmt::format("{} was released in {}, after {}", of.chip->name, static_cast<int>(released->year()), r.year));
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
std::string spread_of(const report& r, double level) {
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

std::string hardware_of(const run& of) {
    if (!of.hours) return fmt::format("{} chip-hours of {}", whole(of.chip_hours), of.chip->name);
    return fmt::format("{:.10g} hours on {:.10g} {}, {} chip-hours", *of.hours, of.chips, of.chip->name,
                       whole(of.chip_hours));
}

std::string paragraph_of(const report& r, const request& asked) {
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
    if (r.bought)
        text += fmt::format(" Hardware, amortised, and electricity cost {} US dollars.",
                            interval(r.bought->estimate(asked.level), 1));
    if (r.rented) text += fmt::format(" Rented, the chips cost {} US dollars.", number(r.rented->value().value()));
    return text;
}

void print_card(const report& r, const request& asked) {
    fmt::print("{}\n", hardware_of(r.of));
    const auto line = [](std::string_view what, const std::string& value, std::string_view unit) {
        fmt::print("  {:<18}{}{}\n", what, value, value == "not known" ? "" : fmt::format(" {}", unit));
    };
    line("training compute", with_interval(r.flop.flop), "FLOP");
    if (r.of.chip->memory && r.of.chips > 0) line("memory", to_string(*r.of.chip->memory * r.of.chips), "on all chips");
    line("energy", with_interval(r.energy, asked.level, kwh), "kWh");
    line("carbon", with_interval(r.carbon, asked.level), "kg CO2e");
    line("", with_interval(r.carbon, asked.level, flight), "passengers New York to San Francisco and back");
    line("electricity", with_interval(r.electricity, asked.level), "USD");
    line("bought, with that", r.bought ? with_interval(*r.bought, asked.level) : "not known", "USD");
    if (r.rented) line("rented", with_interval(*r.rented, asked.level), "USD");
    fmt::print("  Intervals at {:g} %. What makes carbon uncertain: {}.\n", 100 * asked.level,
               spread_of(r, asked.level));
    for (const std::string& warning : r.warnings) fmt::print("  - warning: {}\n", warning);
    for (const std::string& note : r.notes) fmt::print("  - {}\n", note);
    fmt::print("\n{}\n", paragraph_of(r, asked));
}

json to_json(const cd::estimate& e, double scale = 1) {
    if (!e) return nullptr;
    return {{"value", *e.value / scale}, {"lower", e.lower() / scale}, {"upper", e.upper() / scale}};
}
template <class T>
json to_json(const std::optional<T>& x) {
    return x ? json(*x) : json();
}

json to_json(const report& r, const request& asked) {
    const auto spread = [&](const auto& x, double scale = 1) { return to_json(x.estimate(asked.level), scale); };
    json sources = json::object();
    for (const auto& [name, log_sd] : r.carbon.sources()) sources[name] = log_sd;
    return {{"chip", r.of.chip->name},
            {"year", r.year},
            {"count", r.of.chips > 0 ? json(r.of.chips) : json()},
            {"hours", to_json(r.of.hours)},
            {"chip_hours", r.of.chip_hours},
            {"format", r.rate ? json(name_of(r.rate->format)) : json()},
            {"utilization", r.utilization > 0 ? json(r.utilization) : json()},
            {"utilization_stated", r.of.utilization.has_value()},
            {"flop", to_json(r.flop.flop)},
            {"memory_bytes",
             r.of.chip->memory && r.of.chips > 0 ? json((*r.of.chip->memory * r.of.chips).value()) : json()},
            {"energy_kwh", spread(r.energy, kwh)},
            {"carbon_kg", spread(r.carbon)},
            {"electricity_usd", spread(r.electricity)},
            {"bought_usd", r.bought ? spread(*r.bought) : json()},
            {"rented_usd", r.rented ? spread(*r.rented) : json()},
            {"carbon_log_sd", sources},
            {"notes", r.notes},
            {"warnings", r.warnings},
            {"paragraph", paragraph_of(r, asked)}};
}

}  // namespace

int main(int argc, char** argv) try {
    request asked;
    bool as_json = false, as_paragraph = false;
    std::optional<double> days;

    const auto positive = [](const std::string& text) {
        const double x = std::strtod(text.c_str(), nullptr);
        return x > 0 && std::isfinite(x) ? "" : fmt::format("a number greater than 0 is required, got {}", text);
    };
    CLI::App app("FLOP, energy, carbon and cost of a training run");
    app.add_option("--text", asked.text, "a sentence that says what was trained on");
    app.add_option("--chip", asked.chip, "its name, such as \"A100 80GB\" or \"TPU v3 core\"");
    app.add_option("--count", asked.count, "how many chips")->check(positive);
    app.add_option("--hours", asked.hours, "by the clock")->check(positive);
    app.add_option("--days", days, "by the clock")->check(positive);
    app.add_option("--chip-hours", asked.chip_hours, "chips times hours")->check(positive);
    app.add_option("--utilization", asked.utilization, "share of the peak that was reached; else what is typical");
    app.add_option("--format", asked.format, "of the numbers, such as fp32 or fp16_tensor; else that of the year");
    app.add_option("--domain", asked.domain, "for the typical utilization: language, vision, ... (language)");
    app.add_option("--flop", asked.flop, "the training compute, where it is known")->check(positive);
    app.add_option("--year", asked.year, "of the training; else the one after the chip's release");
    app.add_option("--country", asked.country, "whose grid")->capture_default_str();
    app.add_option("--intensity", asked.intensity, "of the grid, kg CO2e/kWh, in place of a country's")
        ->check(CLI::Range(0.0, 10.0));
    app.add_option("--data-centre", asked.data_centre, "hyperscale or other, for a typical PUE")->capture_default_str();
    app.add_option("--pue", asked.pue, "power usage effectiveness, measured");
    app.add_option("--power", asked.power, "average W at the server for each chip, measured")->check(positive);
    app.add_option("--electricity", asked.electricity, "USD/kWh; else what United States industry paid")
        ->check(positive);
    app.add_option("--price", asked.price, "USD a chip, as bought; else its launch price, depreciated")
        ->check(positive);
    app.add_option("--cloud-price", asked.cloud_price, "USD a chip-hour")->check(positive);
    app.add_option("--level", asked.level, "of the intervals")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    app.add_flag("--json", as_json, "one object with every number");
    app.add_flag("--paragraph", as_paragraph, "the paragraph alone");
    CLI11_PARSE(app, argc, argv);
    if (days) asked.hours = 24 * *days;
    if (asked.text.empty() && asked.chip.empty()) asked.text = "We trained on 64 A100 80GB for 12 days";

    const cd::accelerator_catalogue catalogue;
    std::vector<report> reports;
    for (const run& each : runs_of(asked, catalogue)) reports.push_back(report_on(each, asked, catalogue));
    if (as_json) {
        json out{{"level", asked.level}, {"runs", json::array()}};
        for (const report& r : reports) out["runs"].push_back(to_json(r, asked));
        fmt::print("{}\n", out.dump());
        return 0;
    }
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (i > 0) fmt::print("\n");
        if (as_paragraph)
            fmt::print("{}\n", paragraph_of(reports[i], asked));
        else
            print_card(reports[i], asked);
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "training_footprint: {}\n", error.what());
    return 1;
}
