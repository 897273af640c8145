// SPDX-License-Identifier: BSL-1.0
// Who is it? Affiliations, one a line on standard input, to the institutions they name, one JSON object a line.
//   echo "FAIR, Menlo Park; Mila" | classify_affiliations
// With ids of the Research Organization Registry, from its dump (JSON, an array or lines; of a compressed one, what
// zcat gives):
//   classify_affiliations --ror <(zcat v2.0-ror-data.json.gz) < affiliations.txt
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include <compute_divide/institutions/affiliation_parts.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/population.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/ror.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/command_line.hpp"
#include "support/sector_flags.hpp"
#include "support/text_lines.hpp"

namespace cd = compute_divide;

namespace {

std::string described(std::string_view text, const cd::affiliation& found, cd::affiliation_parser* parser) {
    std::vector<cd::json_object> institutions;
    for (const auto& institution : found.institutions) {
        institutions.push_back(cd::json_object()
                                   .with("name", institution.name)
                                   .with("type", institution.type)
                                   .with("evidence", institution.evidence)
                                   .with("rule", institution.rule)
                                   .with("confidence", institution.confidence));
        if (!institution.id.empty()) institutions.back().with("id", institution.id);
    }
    auto sectors = found.sectors;
    if (sectors.empty()) sectors.push_back(cd::sector::unknown);
    cd::json_object line =
        cd::json_object().with("affiliation", text).with("institutions", institutions).with("sectors", sectors);
    if (parser == nullptr) return line.text();
    std::vector<cd::json_object> parts;
    for (const auto& part : (*parser)(text))
        parts.push_back(cd::json_object()
                            .with("role", part.role)
                            .with("from", part.from)
                            .with("to", part.to)
                            .with("text", text.substr(part.from, part.to - part.from)));
    return line.with("parts", parts).text();
}

/// What bare names are taken for, in words: the shares of types of a population.
std::string stated(const cd::population_prior& prior) {
    std::string shares;
    for (std::size_t t = 0; t < prior.share.size(); ++t)
        shares += fmt::format(" {} {:.3f}", cd::name_of(static_cast<cd::institution_type>(t)), prior.share[t]);
    return fmt::format("{}, {}:{}", cd::name_of(prior.population), prior.acronym ? "acronyms" : "bare names", shares);
}

std::shared_ptr<const cd::registry> registry_of(const std::string& path) {
    const cd::ror_table table = cd::read_ror(path);
    fmt::print(stderr, "{}: {} organisations, {} inactive or withdrawn left out, {} records not read\n",
               cd::visible_line(path), table.organisations.size(), table.n_left_out, table.n_problems);
    for (const auto& each : table.problems) fmt::print(stderr, "{}\n", cd::visible_line(cd::to_string(each)));
    return std::make_shared<const cd::registry>(table.organisations);
}

int run(int argc, char** argv) {
    example::text_source source{.csv = "", .column = "affiliation"};
    std::string ror, population;
    bool parts = false;
    example::command_line line("Affiliations to institutions, types and sectors: JSON lines, in the order of the input",
                               "echo 'FAIR, Menlo Park; Mila' | classify_affiliations --sector facility=academia");
    source.add_to(line);
    example::sector_flags sectors;
    sectors.add_to(line);
    line.add("--ror", ror, "a dump of the Research Organization Registry, for ids");
    line.add("--population", population,
             "where the affiliations come from, which is what names are taken for of which nothing else is known: "
             "conference_papers (unless told), registry_strings or patents; its prior goes to standard error");
    line.flag("--parts", parts, "the parts of each affiliation, with their roles and bytes");
    if (const auto end = line.parse(argc, argv)) return *end;

    cd::classifier_options options{.read_as = sectors.mapping()};
    if (!ror.empty()) options.registry = registry_of(ror);
    if (!population.empty()) {
        options.population = cd::parse_name<cd::affiliation_population>(population);
        for (const bool acronym : {false, true})
            fmt::print(stderr, "{}\n", stated(cd::prior_of(options.population, acronym)));
    }
    const cd::classifier who(options);
    cd::affiliation_parser parser;
    cd::classifier::workspace memory;
    return example::write_lines(
        source, [&](std::string_view text) { return described(text, who(text, memory), parts ? &parser : nullptr); });
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("classify_affiliations", run, argc, argv);
}
