// SPDX-License-Identifier: BSL-1.0
// Who is it? Affiliations, one a line on standard input, to the institutions they name, one JSON object a line.
//   echo "FAIR, Menlo Park; Mila" | classify_affiliations
// With ids of the Research Organization Registry, from its dump (JSON, an array or lines; of a compressed one, what
// zcat gives):
//   classify_affiliations --ror <(zcat v2.0-ror-data.json.gz) < affiliations.txt
#include <cstddef>
#include <cstdio>
#include <exception>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/ror.hpp>

namespace cd = compute_divide;
using json = nlohmann::ordered_json;

namespace {

json described(std::string_view text, const cd::affiliation& found) {
    json institutions = json::array(), sectors = json::array();
    for (const auto& institution : found.institutions) {
        institutions.push_back({{"name", institution.name},
                                {"type", cd::name_of(institution.type)},
                                {"evidence", institution.evidence},
                                {"rule", cd::name_of(institution.rule)},
                                {"confidence", institution.confidence}});
        if (!institution.id.empty()) institutions.back()["id"] = institution.id;
    }
    for (const cd::sector s : found.sectors) sectors.push_back(cd::name_of(s));
    if (sectors.empty()) sectors.push_back(cd::name_of(cd::sector::unknown));
    return {{"affiliation", text}, {"institutions", std::move(institutions)}, {"sectors", std::move(sectors)}};
}

std::shared_ptr<const cd::registry> registry_of(const std::string& path) {
    const cd::ror_table table = cd::read_ror(path);
    fmt::print(stderr, "{}: {} organisations, {} inactive or withdrawn left out, {} records not read\n", path,
               table.organisations.size(), table.n_left_out, table.problems.size());
    for (const cd::read_problem& each : table.problems)
        fmt::print(stderr, "{}: line {}, column {}: {}\n", path, each.line, each.column, each.reason);
    return std::make_shared<const cd::registry>(table.organisations);
}

}  // namespace

int main(int argc, char** argv) try {
    std::string csv, column = "affiliation", ror;
    CLI::App app("Affiliations to institutions, types and sectors: JSON lines, in the order of the input");
    auto* const csv_option =
        app.add_option("--csv", csv, "a CSV file in place of lines on standard input")->check(CLI::ExistingFile);
    app.add_option("--column", column, "its column of affiliations")->needs(csv_option)->capture_default_str();
    app.add_option("--ror", ror, "a dump of the Research Organization Registry, for ids");
    CLI11_PARSE(app, argc, argv);

    cd::classifier_options options;
    if (!ror.empty()) options.registry = registry_of(ror);
    const cd::classifier who(options);
    const auto classify = [&who](std::string_view text) {
        // Bytes that are no UTF-8 are shown as U+FFFD, so that every line is valid JSON.
        std::cout << described(text, who(text)).dump(-1, ' ', false, json::error_handler_t::replace) << '\n';
    };
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);
    if (!csv.empty()) {
        cd::csv_reader table = cd::csv_reader::open(csv);
        const std::size_t affiliation = table.column(column);
        for (const auto row : table) classify(row[affiliation]);
    } else {
        for (std::string line; std::getline(std::cin, line);) {
            if (line.ends_with('\r')) line.pop_back();
            classify(line);
        }
    }
    return std::cout.flush() ? 0 : 1;
} catch (const std::exception& error) {
    fmt::print(stderr, "classify_affiliations: {}\n", error.what());
    return 1;
}
