// SPDX-License-Identifier: BSL-1.0
// Writes the tables that the program openness reads: facts of Epoch AI's table of models and of its capability index,
// without their prose, of the European Open Source AI Index and of ecosystem graphs, and the totals of the Foundation
// Model Transparency Index.
//   make_openness_tables FOLDER MODELS.csv ECI.csv OSAI.csv ASSETS.csv 2023-10=SCORES.csv 2024-05=SCORES.csv
//   2025-12=SCORES.csv
#include <charconv>
#include <compute_divide/io/access_kind.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>
#include <compute_divide/io/publication_kind.hpp>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cd = compute_divide;

namespace {

std::string number(std::optional<double> value) {
    char text[32];
    return value ? std::string(text, std::to_chars(text, text + sizeof text, *value).ptr) : "";
}
std::ofstream opened(const std::string& path) {
    std::ofstream out(path, std::ios::binary);
    if (!out) throw std::runtime_error(path + " cannot be written");
    return out;
}
void closed(std::ofstream& out, const std::string& path) {
    out.close();
    if (!out) throw std::runtime_error(path + " cannot be written");
}
std::string yes_if(bool condition) {
    return condition ? "yes" : "no";
}

void write_models(const std::string& from, const std::string& to) {
    auto table = cd::csv_reader::open(from);
    const cd::csv_column<std::string> date(table, "Publication date"), organisation(table, "Organization"),
        category(table, "Organization categorization"), access(table, "Model accessibility"),
        code(table, "Training code accessibility"), link(table, "Link"), reference(table, "Reference"),
        hardware(table, "Training hardware"), size(table, "Training dataset size (gradients)"),
        size_notes(table, "Dataset size notes"), large(table, "Possibly over 1e23 FLOP"),
        method(table, "Training compute estimation method");
    const cd::csv_column<std::optional<double>> flop(table, "Training compute (FLOP)");
    auto out = opened(to);
    cd::write_csv_row(out, {"Publication date", "Organization", "Organization categorization", "Model accessibility",
                            "Training code accessibility", "Training compute (FLOP)", "Possibly over 1e23 FLOP",
                            "Publication kind", "Dataset size", "Training hardware", "Compute reported"});
    std::size_t n = 0;
    for (const cd::csv_row& row : table) {
        const auto kind = cd::find_publication_kind(link(row));
        const bool named = kind == cd::publication_kind::none && !cd::trimmed(reference(row)).empty();
        cd::write_csv_row(
            out, std::vector<std::string>{
                     date(row), organisation(row), category(row), access(row), code(row), number(flop(row)),
                     yes_if(large(row) == "True"), named || !kind ? std::string() : std::string(cd::name_of(*kind)),
                     yes_if(!cd::trimmed(size(row)).empty()), yes_if(!cd::trimmed(hardware(row)).empty()),
                     yes_if(method(row).find("Reported") != std::string::npos)});
        ++n;
    }
    closed(out, to);
    std::cerr << to << ": " << n << " models\n";
}

void write_capabilities(const std::string& from, const std::string& to) {
    auto table = cd::csv_reader::open(from);
    const cd::csv_column<std::string> name(table, "Model version"), date(table, "Release date"),
        organisation(table, "Organization"), access(table, "Model accessibility");
    const cd::csv_column<std::optional<double>> score(table, "ECI Score"), flop(table, "Training compute (FLOP)");
    auto out = opened(to);
    cd::write_csv_row(out, {"Model version", "Release date", "Organization", "Model accessibility", "ECI Score",
                            "Training compute (FLOP)"});
    std::size_t n = 0, unscored = 0;
    for (const cd::csv_row& row : table) {
        if (!score(row)) {
            ++unscored;
            continue;
        }
        cd::write_csv_row(out, std::vector<std::string>{name(row), date(row), organisation(row), access(row),
                                                        number(score(row)), number(flop(row))});
        ++n;
    }
    closed(out, to);
    std::cerr << to << ": " << n << " models, " << unscored << " without a score\n";
}

/// Some columns of a table as they are.
void write_columns(const std::string& from, const std::vector<std::string>& names, const std::string& to) {
    auto table = cd::csv_reader::open(from);
    std::vector<cd::csv_column<std::string>> columns;
    for (const std::string& name : names) columns.emplace_back(table, name);
    auto out = opened(to);
    cd::write_csv_row(out, names);
    std::size_t n = 0;
    for (const cd::csv_row& row : table) {
        std::vector<std::string> cells;
        for (const auto& column : columns) cells.push_back(column(row));
        cd::write_csv_row(out, cells);
        ++n;
    }
    closed(out, to);
    std::cerr << to << ": " << n << " rows\n";
}

/// Sums of indicators that are met, 0 or 1 each, for every developer.
void write_transparency(const std::vector<std::pair<std::string, std::string>>& rounds, const std::string& to) {
    auto out = opened(to);
    cd::write_csv_row(out, {"Round", "Developer", "Indicators", "Score"});
    const std::set<std::string> others = {"Domain", "Subdomain", "Indicator", "Total"};
    for (const auto& [round, from] : rounds) {
        auto table = cd::csv_reader::open(from);
        std::vector<cd::csv_column<std::optional<double>>> developers;
        for (const std::string& column : table.columns())
            if (!others.contains(column)) developers.emplace_back(table, column);
        const cd::csv_column<std::string> indicator(table, "Indicator");
        std::vector<double> sums(developers.size());
        std::size_t n = 0;
        for (const cd::csv_row& row : table) {
            if (cd::trimmed(indicator(row)).empty() || cd::trimmed(indicator(row)) == "Total") continue;
            ++n;
            for (std::size_t i = 0; i < sums.size(); ++i) {
                const auto met = developers[i](row);
                if (!met || (*met != 0 && *met != 1))
                    throw std::runtime_error(from + ", " + developers[i].name() +
                                             ": an indicator of 0 or 1 is required");
                sums[i] += *met;
            }
        }
        for (std::size_t i = 0; i < sums.size(); ++i)
            cd::write_csv_row(out, std::vector<std::string>{round, std::string(developers[i].name()), std::to_string(n),
                                                            number(sums[i])});
        std::cerr << round << ": " << sums.size() << " developers, " << n << " indicators\n";
    }
    closed(out, to);
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 6) {
        std::cerr << "usage: make_openness_tables FOLDER MODELS ECI OSAI ASSETS ROUND=SCORES...\n";
        return 2;
    }
    std::vector<std::pair<std::string, std::string>> rounds;
    for (std::size_t i = 5; i < arguments.size(); ++i) {
        const std::size_t equals = arguments[i].find('=');
        if (equals == std::string::npos) {
            std::cerr << "make_openness_tables: ROUND=FILE is required, got " << arguments[i] << '\n';
            return 2;
        }
        rounds.emplace_back(arguments[i].substr(0, equals), arguments[i].substr(equals + 1));
    }
    write_models(arguments[1], arguments[0] + "/model_access.csv");
    write_capabilities(arguments[2], arguments[0] + "/capabilities.csv");
    std::vector<std::string> judged{"org", "contributor", "releasedate"};
    for (const auto& each : enumerators(cd::osai_dimension{})) judged.emplace_back(each.name);
    write_columns(arguments[3], judged, arguments[0] + "/osai_index.csv");
    write_columns(arguments[4], {"type", "created_date", "organization", "access"},
                  arguments[0] + "/ecosystem_access.csv");
    write_transparency(rounds, arguments[0] + "/transparency.csv");
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
