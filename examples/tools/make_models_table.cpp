// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/models.csv: the facts of one or more vintages of Epoch AI's models table, without its prose.
//   make_models_table OUT 2023-03=FILE 2023-12=FILE
#include <charconv>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/epoch.hpp>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "support/reference_mark.hpp"

namespace cd = compute_divide;

namespace {

/// The shortest text that reads back as the same number; blank where it is not known.
std::string number(std::optional<double> value) {
    char text[32];
    return value ? std::string(text, std::to_chars(text, text + sizeof text, *value).ptr) : "";
}

/// 2012-06-03, or 2012 where only the year is known.
std::string date(const cd::epoch_model& model) {
    char text[16] = "";
    if (model.published)
        std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(model.published->year()),
                      static_cast<unsigned>(model.published->month()), static_cast<unsigned>(model.published->day()));
    else if (model.year)
        std::snprintf(text, sizeof text, "%04d", *model.year);
    return text;
}

/// A list as a CSV record inside the field.
std::string list(const std::vector<std::string>& entries) {
    if (entries.empty()) return "";
    std::ostringstream out;
    cd::write_csv_row(out, entries);
    std::string record = out.str();
    record.pop_back();
    return record;
}

void append(std::ostream& out, std::string_view vintage, const std::string& path) {
    const cd::epoch_table table = cd::read_epoch(cd::csv_reader::open(path));
    for (const cd::read_problem& problem : table.problems)
        std::cerr << path << ": line " << problem.line << ", " << problem.field << ": " << problem.reason << '\n';
    if (table.n_problems > table.problems.size())
        std::cerr << path << ": " << table.n_problems - table.problems.size() << " more\n";
    for (const cd::epoch_model& model : table.models)
        cd::write_csv_row(out, std::vector<std::string>{std::string(vintage),
                                                        model.name,
                                                        date(model),
                                                        list(model.organisations),
                                                        model.category,
                                                        number(model.training_flop),
                                                        number(model.parameters),
                                                        list(model.criteria),
                                                        model.notable ? "yes" : "no",
                                                        number(model.citations),
                                                        list(model.domains),
                                                        list(model.countries),
                                                        model.confidence,
                                                        list(model.training_hardware),
                                                        number(model.hardware_quantity),
                                                        number(model.training_hours),
                                                        number(model.utilisation),
                                                        list(model.numerical_formats),
                                                        number(model.dataset_size),
                                                        number(model.epochs),
                                                        list(model.estimation_methods),
                                                        list(model.base_models),
                                                        model.model_accessibility,
                                                        model.code_accessibility,
                                                        example::reference_mark(model.reference)});
    std::cerr << vintage << ": " << table.models.size() << " models\n";
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2) {
        std::cerr << "usage: make_models_table OUT VINTAGE=FILE...\n";
        return 2;
    }
    std::ofstream out(arguments[0], std::ios::binary);
    cd::write_csv_row(out, {"Vintage",
                            "Model",
                            "Publication date",
                            "Organization",
                            "Organization categorization",
                            "Training compute (FLOP)",
                            "Parameters",
                            "Notability criteria",
                            "Notable",
                            "Citations",
                            "Domain",
                            "Country (of organization)",
                            "Confidence",
                            "Training hardware",
                            "Hardware quantity",
                            "Training time (hours)",
                            "Hardware utilization (MFU)",
                            "Numerical format",
                            "Training dataset size (datapoints)",
                            "Epochs",
                            "Training compute estimation method",
                            "Base model",
                            "Model accessibility",
                            "Training code accessibility",
                            "Reference"});
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        const std::size_t equals = arguments[i].find('=');
        if (equals == std::string::npos) {
            std::cerr << "make_models_table: VINTAGE=FILE is required, got " << arguments[i] << '\n';
            return 2;
        }
        append(out, std::string_view(arguments[i]).substr(0, equals), arguments[i].substr(equals + 1));
    }
    out.close();
    if (!out) {
        std::cerr << "make_models_table: " << arguments[0] << " cannot be written\n";
        return 1;
    }
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
