// SPDX-License-Identifier: BSL-1.0
// Who has which part of your own papers, models or patents? Affiliations or sectors in, shares by year, venue or any
// other column out:
//   shares --csv savedrecs.txt --affiliation C1 --by PY --sectors study --compare 2012-2016,2017-2021
// In full counting a row counts for every sector that it names, so that shares may add up to more than 100 %; in
// fractional counting it is split over its institutions. Rows of one cluster (authors, organisations) depend on each
// other. Rows that name no sector that is known are not in the shares: how many there are is told, and what they say
// with --unclassified.
#include <algorithm>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/io/csv.hpp>

#include "support/figures.hpp"
#include "support/own_table.hpp"
#include "support/plot.hpp"
#include "support/sector_cells.hpp"
#include "support/share_report.hpp"

namespace cd = compute_divide;
using example::usage_error;

namespace {

struct fields {
    std::string affiliation, sector, by, cluster, truth;
};

/// The texts of rows that could not be classified, with how many there are of each.
struct unclassified_texts {
    std::map<std::string, std::uint64_t, std::less<>> rows;
    std::uint64_t n = 0, most = 100'000;

    void add(std::string_view text) {
        ++n;
        if (const auto known = rows.find(text); known != rows.end())
            ++known->second;
        else if (rows.size() < most)
            rows.emplace(text, 1);
    }
    void write(const std::string& path, const std::string& header) const {
        std::vector<std::pair<std::string_view, std::uint64_t>> all(rows.begin(), rows.end());
        std::ranges::stable_sort(all, std::greater(), &std::pair<std::string_view, std::uint64_t>::second);
        std::ostringstream out;
        cd::write_csv_row(out, {header, "rows"});
        for (const auto& [text, count] : all) cd::write_csv_row(out, {text, std::to_string(count)});
        cd::atomic_write(path, out.str(), "--unclassified");
    }
};

/// The columns, as the export has them that the table is of, and as the user says.
cd::columns<fields> wanted_of(const cd::export_columns& known, const std::map<std::string, std::string>& said) {
    const auto also = [](std::string_view header) {
        return header.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string(header)};
    };
    cd::columns<fields> wanted{
        {"affiliation", &fields::affiliation, {.headers = also(known.affiliation), .required = false}},
        {"sector", &fields::sector, {.required = false}},
        {"by", &fields::by, {.headers = also(known.year), .required = false}},
        {"cluster", &fields::cluster, {.required = false}},
        {"truth", &fields::truth, {.required = false}}};
    for (const auto& [field, header] : said)
        if (!header.empty()) example::column_flags::name(wanted, field, header);
    return wanted;
}

/// Rows that were counted, and what they say.
struct counted {
    example::sector_cells sectors_of, true_sectors;
    example::share_counts counts;
    example::row_filter wanted_rows;
    unclassified_texts left = {};
};

/// What count(reader, counted) makes of `nothing`, of all parts of a file, each in a thread; nothing where there are no
/// parts, or one cannot be read on its own: then the file as a whole says why.
template <class Count>
std::optional<counted> counted_in_parts(const example::table_parts& file, const counted& nothing, Count count) {
    const std::size_t n = file.parts.size();
    if (n < 2) return std::nullopt;
    std::vector<counted> parts(n, nothing);
    try {
        std::vector<std::future<void>> running;
        for (std::size_t i = 0; i < n; ++i)
            running.push_back(std::async(std::launch::async, [&, i] {
                cd::csv_reader reader = file.open(i);
                count(reader, parts[i]);
                if (reader.n_problems() > 0) throw std::runtime_error("a part with problems");
            }));
        for (auto& each : running) each.get();
    } catch (const std::exception&) {
        return std::nullopt;
    }
    counted& all = parts[0];
    for (std::size_t i = 1; i < n; ++i) {
        std::vector<std::uint32_t> numbers;
        for (std::uint32_t k = 0; k < parts[i].sectors_of.size(); ++k)
            numbers.push_back(all.sectors_of.number_of(parts[i].sectors_of.answer(k)));
        all.counts.merge(parts[i].counts, numbers);
        all.wanted_rows.merge(parts[i].wanted_rows);
    }
    return std::move(all);
}

/// The shares of the table, without its differences and trends, of which no row says how many are unclassified.
cd::figure figure_of(const cd::table& t, const std::string& by) {
    const bool is_corrected = std::ranges::find(t.columns, "corrected", &cd::table_column::name) != t.columns.end();
    example::figure_builder f(
        {.name = t.name,
         .title = "Shares of sectors by " + by,
         .x = {.label = by},
         .y = {.label = is_corrected ? "Share, corrected" : "Share", .unit = "%", .scale = cd::axis_scale::share},
         .notes = t.notes});
    f.add_rows(t, "sector", "by", is_corrected ? "corrected" : "share", [](const std::vector<cd::cell>& row) {
        return !std::holds_alternative<cd::not_applicable>(row.back().value);
    });
    return f.figure(t.sources);
}

int run(int argc, char** argv) {
    example::own_table table;
    example::sector_flags sectors;
    example::share_request asked;
    example::output_format format;
    example::svg_option svg;
    std::map<std::string, std::string> said{
        {"affiliation", ""}, {"sector", ""}, {"by", ""}, {"cluster", ""}, {"truth", ""}};
    std::string unclassified, errors;
    unsigned threads = 0;
    example::command_line line("Shares of sectors by year, venue or any other column of a table",
                               "shares --csv savedrecs.txt --affiliation C1 --by PY --compare 2012-2016,2017-2021");
    table.add_to(line);
    line.add("--affiliation", said["affiliation"], "the column of affiliations, which are classified");
    line.add("--sector-column", said["sector"],
             "a column of sectors in place of affiliations: names, OpenAlex's and ROR's types, Epoch's categories");
    line.add("--by", said["by"], "the column whose values have a share each; dates count by their year");
    line.add("--cluster", said["cluster"],
             "rows depend on each other that have the same of this column, or share any of "
             "several with ; between");
    sectors.add_to(line);
    asked.add_to(line);
    line.add("--truth", said["truth"], "a column of true sectors, of a sample of rows: shares are corrected by it");
    line.add("--errors", errors,
             "in place of --truth a CSV: sector,true_positives,false_positives,false_negatives,"
             "true_negatives")
        .existing_file();
    line.add("--unclassified", unclassified, "writes the cells that could not be classified, the most frequent first");
    line.add("--threads", threads, "that read a large file; 0: as many as the machine has").between(0, 1024);
    format.add_to(line);
    svg.add_to(line, "the shares and their intervals");
    if (const auto end = line.parse(argc, argv)) return *end;
    format.check(line);
    svg.check();
    if (table.csv.empty()) throw usage_error("--csv FILE, or - for standard input, is required");
    table.check(line);
    asked.check();
    if (!unclassified.empty()) example::require_writable("--unclassified", unclassified);
    example::exclude(line, "--affiliation", "--sector-column");
    example::exclude(line, "--truth", "--errors");

    cd::csv_reader rows = table.open();
    const cd::export_columns known = cd::export_of(rows.columns());
    example::call_columns_as(known, rows, said);
    cd::columns<fields> wanted = wanted_of(known, said);
    table.columns.apply(wanted);
    if (table.columns.show()) {
        fmt::print("{}", format.text_of({example::table_of_columns(wanted.found_in(rows, 3), table.csv)}));
        return 0;
    }
    if (rows.columns().empty()) throw example::nothing_to_report(table.name() + " is empty");
    const auto read = example::located(wanted, rows);
    const auto by = read.place("by"), cluster = read.place("cluster"), truth = read.place("truth");
    const bool are_sectors = said["affiliation"].empty() && read.place("sector");
    const auto cells = are_sectors ? read.place("sector") : read.place("affiliation");
    if (!cells && !known.without.empty()) throw example::without_affiliations(table, known, rows);
    if (!cells || !by)
        throw usage_error(fmt::format("{}: {} is required; the table has the columns {}", table.name(),
                                      cells ? "--by COLUMN" : "--affiliation COLUMN, or --sector-column COLUMN,",
                                      fmt::join(rows.columns(), ", ")));
    if ((truth || !errors.empty()) && asked.fractional())
        throw usage_error("--truth and --errors correct shares of --count full");

    const cd::affiliation_cell form =
        *cells == rows.find_column(known.affiliation) ? known.form : cd::affiliation_cell::listed;
    const char separator = known.source == cd::export_source::epoch ? ',' : ';';
    const counted nothing{.sectors_of = {are_sectors, form, asked.counting(), sectors.mapping()},
                          .true_sectors = {true, cd::affiliation_cell::listed, asked.counting(), sectors.mapping()},
                          .counts = {asked, cluster.has_value(), separator},
                          .wanted_rows = {rows, table.where}};
    const auto count = [&](cd::csv_reader& part, counted& all) {
        for (const cd::csv_row& row : part) {
            if (row.size() != rows.columns().size()) throw std::runtime_error("not a part of whole rows");
            if (!all.wanted_rows(row)) continue;
            const std::uint32_t number = all.sectors_of(row[*cells]);
            const example::cell_sectors& found = all.sectors_of.answer(number);
            if (found.named == 0 && !found.blank() && !unclassified.empty()) all.left.add(row[*cells]);
            all.counts.add(cd::trimmed(row[*by]), number, found, cluster ? row[*cluster] : std::string_view());
            if (truth && found.named != 0)
                if (const auto& right = all.true_sectors.answer(all.true_sectors(row[*truth])); right.named != 0)
                    all.counts.validate(found, right);
        }
    };
    // Texts of --unclassified are kept up to some number, of the first rows: by one thread, as are tables of one
    // column, whose blank lines are rows.
    std::optional<counted> all;
    if (unclassified.empty() && rows.columns().size() > 1)
        all =
            counted_in_parts(table.parts(threads == 0 ? std::thread::hardware_concurrency() : threads), nothing, count);
    if (!all) {
        all = nothing;
        count(rows, *all);
        table.tell(rows);
    }
    auto& [sectors_of, true_sectors, counts, wanted_rows, left] = *all;
    if (!errors.empty()) counts.read_errors(errors);
    if (counts.rows() == 0) throw example::nothing_to_report(table.name() + " has no rows");
    if (counts.blank_rows() == counts.rows()) {
        const std::string_view mended = are_sectors ? std::string_view() : cd::how_to_export(known);
        throw example::nothing_to_report(fmt::format("{}: {} is blank in all {} rows{}{}", table.name(),
                                                     rows.columns()[*cells], counts.rows(), mended.empty() ? "" : "; ",
                                                     mended));
    }
    if (!unclassified.empty()) left.write(unclassified, rows.columns()[*cells]);

    cd::table result = counts.report(sectors_of);
    result.notes.push_back(fmt::format("{}; sectors as {}.",
                                       are_sectors ? "Sectors as the column has them" : "Affiliations as classified",
                                       sectors.text()));
    wanted_rows.note(result);
    result.sources.push_back(known.source == cd::export_source::unknown
                                 ? table.name()
                                 : fmt::format("{} ({})", table.name(), description_of(known.source)));
    if (svg.is_wanted()) svg.write(figure_of(result, rows.columns()[*by]));
    fmt::print("{}", format.text_of({result}));
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    return example::reporting_errors("shares", run, argc, argv);
}
