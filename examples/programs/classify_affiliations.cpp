// SPDX-License-Identifier: BSL-1.0
// Who is it? Affiliations, one a line on standard input, to the institutions they name, one JSON object a line.
//   echo "FAIR, Menlo Park; Mila" | classify_affiliations
// Or the rows of a table, each with all its columns and those of its affiliations behind them, as CSV or JSON lines;
// cells may have several affiliations, as Web of Science's, Scopus', OpenAlex's and Dimensions' do:
//   classify_affiliations --csv papers.csv --column C1 > papers_with_sectors.csv
// A row counts the affiliations that name each sector. Of a sector that none names it is 0; of a blank cell all are.
// With ids of the Research Organization Registry, from its dump (JSON, an array or lines; of a compressed one, what
// zcat gives):
//   classify_affiliations --ror <(zcat v2.0-ror-data.json.gz) < affiliations.txt
#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/affiliation_parts.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/population.hpp>
#include <compute_divide/institutions/registry.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/ror.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/own_table.hpp"
#include "support/rows_through.hpp"
#include "support/sector_cells.hpp"
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

struct fields {
    std::string affiliation, id;
};

/// What is added to a row, of all affiliations of its cell.
struct row_answer {
    std::vector<std::string> cells;
    std::string json;
};

std::vector<std::string> added_columns(bool ids) {
    std::vector<std::string> names{"n_affiliations", "institutions", "types"};
    if (ids) names.emplace_back("ids");
    names.emplace_back("sectors");
    for (const auto& each : enumerators(cd::sector{})) names.emplace_back(each.name);
    return names;
}

/// Whom affiliations name. Those of a paper, and of papers that stand together, are often the same.
class known_affiliations {
public:
    explicit known_affiliations(const cd::classifier& who) : who_(&who) {}
    [[nodiscard]] const cd::affiliation& operator()(std::string_view text) {
        return recent_(text, [this](std::string_view one) { return (*who_)(one, memory_); });
    }

private:
    const cd::classifier* who_;
    cd::classifier::workspace memory_;
    example::recent_texts<cd::affiliation> recent_{std::size_t{1} << 12};
};

/// `json`: every affiliation with all that is known of it, else the cells of added_columns.
row_answer answer_of(std::string_view cell, cd::affiliation_cell form, known_affiliations& who,
                     cd::affiliation_parser* parser, bool ids, bool json) {
    row_answer made;
    std::vector<std::string> institutions, types, registered;
    std::array<std::size_t, example::n_sectors> counts{};
    std::size_t n = 0;
    cd::for_each_affiliation(cell, form, [&](std::string_view one) {
        const cd::affiliation& found = who(one);
        ++n;
        if (json) {
            made.json += (made.json.empty() ? "" : ",") + described(one, found, parser);
            return;
        }
        for (const auto& each : found.institutions) {
            if (std::ranges::find(institutions, each.name) != institutions.end()) continue;
            institutions.push_back(each.name);
            types.emplace_back(name_of(each.type));
            registered.push_back(each.id);
        }
        for (const cd::sector each : found.sectors) ++counts[static_cast<std::size_t>(each)];
        if (found.sectors.empty()) ++counts[static_cast<std::size_t>(cd::sector::unknown)];
    });
    if (json) {
        made.json = "\"affiliations\":[" + made.json + "]";
        return made;
    }
    std::vector<std::string_view> sectors;
    for (const auto& each : enumerators(cd::sector{}))
        if (counts[static_cast<std::size_t>(each.value)] > 0) sectors.push_back(each.name);
    const auto joined = [](const auto& list) { return fmt::format("{}", fmt::join(list, "; ")); };
    made.cells = {std::to_string(n), joined(institutions), joined(types)};
    if (ids) made.cells.push_back(joined(registered));
    made.cells.push_back(joined(sectors));
    for (const std::size_t count : counts) made.cells.push_back(std::to_string(count));
    return made;
}

int write_rows(const example::own_table& table, example::row_format format, const cd::classifier& who,
               cd::affiliation_parser* parser, bool ids) {
    cd::csv_reader rows = table.open(example::most_text);
    const cd::export_columns known = cd::export_of(rows.columns());
    cd::columns<fields> wanted{
        {"affiliation",
         &fields::affiliation,
         {.headers = {known.affiliation.empty() ? "affiliations" : std::string(known.affiliation)}}}};
    table.columns.apply(wanted);
    if (table.columns.show()) return example::show_columns(wanted.found_in(rows, 3), table.csv);
    if (rows.columns().empty()) throw example::nothing_to_report(table.name() + " is empty");
    if (!known.without.empty() && !wanted.found_in(rows).front().header)
        throw example::without_affiliations(table, known, rows);
    const std::size_t cells = *example::located(wanted, rows).place("affiliation");
    const auto form = rows.columns()[cells] == known.affiliation ? known.form : cd::affiliation_cell::listed;
    example::row_writer out(rows, format, added_columns(ids));
    const example::row_filter wanted_rows(rows, table.where);
    known_affiliations known_ones(who);
    example::recent_texts<row_answer> answers(64);
    for (const cd::csv_row& row : rows) {
        if (!wanted_rows(row)) continue;
        const row_answer& answer = answers(row[cells], [&](std::string_view text) {
            return answer_of(text, form, known_ones, parser, ids, out.json());
        });
        if (out.json())
            out.write_json(row, answer.json);
        else
            out.write(row, answer.cells);
    }
    table.tell(rows);
    return std::cout.flush() ? 0 : 1;
}

int run(int argc, char** argv) {
    example::own_table table;
    std::string ror, population;
    bool parts = false;
    auto format = example::row_format::csv;
    example::command_line line(
        "Affiliations to institutions, types and sectors: lines of standard input to JSON lines, or the rows of a "
        "table "
        "with columns of them",
        "classify_affiliations --csv papers.csv --column C1 > papers_with_sectors.csv");
    table.add_to(line, "affiliation");
    line.add("--format", format, "of the rows of --csv: csv, or jsonl, one JSON object each");
    example::sector_flags sectors;
    sectors.add_to(line);
    line.add("--ror", ror, "a dump of the Research Organization Registry, for ids");
    line.add("--population", population,
             "where the affiliations come from, which is what names are taken for of which nothing else is known: "
             "conference_papers (unless told), registry_strings or patents; its prior goes to standard error");
    line.flag("--parts", parts, "the parts of each affiliation, with their roles and bytes; in JSON alone");
    if (const auto end = line.parse(argc, argv)) return *end;
    table.check(line, {"--format"});
    if (parts && !table.csv.empty() && format == example::row_format::csv)
        throw example::usage_error("--parts are in JSON: --format jsonl");

    cd::classifier_options options{.read_as = sectors.mapping()};
    if (!ror.empty()) options.registry = registry_of(ror);
    if (!population.empty()) {
        options.population = cd::parse_name<cd::affiliation_population>(population);
        for (const bool acronym : {false, true})
            fmt::print(stderr, "{}\n", stated(cd::prior_of(options.population, acronym)));
    }
    const cd::classifier who(options);
    cd::affiliation_parser parser;
    if (!table.csv.empty()) return write_rows(table, format, who, parts ? &parser : nullptr, !ror.empty());
    cd::classifier::workspace memory;
    return example::write_lines([&](std::string_view text, std::size_t) {
        return described(text, who(text, memory), parts ? &parser : nullptr);
    });
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("classify_affiliations", run, argc, argv);
}
