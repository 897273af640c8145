// SPDX-License-Identifier: BSL-1.0
// Results as tables to hand on: shares with their intervals, and regressions side by side, as aligned text, Markdown,
// LaTeX, CSV, HTML or JSON: `tables markdown`.
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include <compute_divide/regression/linear.hpp>
#include <compute_divide/report.hpp>
#include <compute_divide/statistics/proportion.hpp>

namespace cd = compute_divide;

/// Notable models of which compute is known, by the teams that made them (Epoch AI, 2023-12).
struct period {
    std::string years;
    int models, of_academia, of_industry;

    cd::estimate academia() const { return cd::share(of_academia, models); }
    cd::estimate industry() const { return cd::share(of_industry, models); }
};
const std::vector<period> periods{{"2010-14", 25, 17, 4}, {"2015-19", 63, 13, 38}, {"2020-22", 86, 8, 63}};

/// Accelerators: watts, and TFLOP/s of dense 16-bit tensors, by their data sheets.
struct chip {
    std::string name;
    int year;
    double watts, peak;

    double since_2016() const { return year - 2016; }
    double log_watts() const { return std::log10(watts); }
    double log_peak() const { return std::log10(peak); }
};
const std::vector<chip> chips{{"P100", 2016, 300, 21.2},  {"V100", 2017, 300, 125}, {"A100", 2020, 400, 312},
                              {"MI250X", 2021, 560, 383}, {"H100", 2022, 700, 989}, {"MI300X", 2023, 750, 1307},
                              {"B200", 2024, 1000, 2250}};

int main(int argc, char** argv) try {
    const auto format = cd::parse_name<cd::table_format>(argc > 1 ? argv[1] : "text");

    cd::table shares = cd::table_of(periods, cd::column{"years", &period::years}, cd::column{"models", &period::models},
                                    cd::column{"academia", &period::academia, {.percent = true}},
                                    cd::column{"industry", &period::industry, {.percent = true}});
    shares.title = "Notable models by teams of academia only and of industry only";
    shares.sources = {"Epoch AI, 2023-12"};
    std::printf("%s\n", render(shares, format).c_str());

    const auto on_years = cd::model_of(&chip::log_peak).on(cd::variable("year", &chip::since_2016));
    const auto on_both = on_years.on(cd::variable("log10 watts", &chip::log_watts));
    const cd::table fits = cd::regression_table({{.name = "time", .fit = cd::fit_linear(chips, on_years)},
                                                 {.name = "and power", .fit = cd::fit_linear(chips, on_both)}},
                                                {.title = "log10 TFLOP/s of accelerators since 2016"});
    std::printf("%s", render(fits, format).c_str());
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
