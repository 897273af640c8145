// SPDX-License-Identifier: BSL-1.0
#include "support/openalex_program.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <compute_divide/atomic_write.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/proportion.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/figures.hpp"
#include "support/papers.hpp"
#include "support/tables.hpp"

namespace example {

namespace {

constexpr std::string_view mark_of_folder = "made_by_openalex_teams";

}  // namespace

void add_options(command_line& line, openalex_arguments& arguments) {
    openalex_choices& choices = arguments.choices;
    line.add("--works", arguments.works,
             "a snapshot in any layout, or part files, plain or gzip, or folders of them; - for standard input")
        .existing_path()
        .default_told("a sample of 653 works");
    line.add("--manifest", arguments.manifests, "the list of its parts that a snapshot comes with");
    line.add("--types", choices.types, "what says of which sector an author is");
    choices.sectors.add_to(line);
    line.add("--topics", choices.topics, "what the topics of a work are");
    line.add("--years", choices.years, "FROM-TO, both included");
    line.add("--work-types", choices.work_types, "such as article preprint; all else is left out")
        .commas()
        .one_of({"article",          "book",
                 "book-chapter",     "book-section",
                 "book-series",      "component",
                 "database",         "dataset",
                 "dissertation",     "editorial",
                 "erratum",          "grant",
                 "journal",          "letter",
                 "libguides",        "other",
                 "paratext",         "peer-review",
                 "posted-content",   "preprint",
                 "proceedings",      "proceedings-article",
                 "reference-entry",  "report",
                 "report-component", "retraction",
                 "review",           "software",
                 "standard",         "supplementary-materials"});
    line.add("--languages", choices.languages, "ISO 639-1 codes, such as en; all else is left out")
        .commas()
        .check([](const std::string& code) -> std::string {
            const auto letters = [](std::string_view text) {
                return text.size() == 2 && std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
            };
            const bool is_code = letters(code) || (code.size() == 5 && code[2] == '-' && letters(code.substr(0, 2)) &&
                                                   letters(code.substr(3)));
            return is_code ? "" : "a code of ISO 639-1, such as en, is required, got " + code;
        });
    line.add("--concepts", choices.concepts,
             "ids, one of which a work must have: C154945302 C119857082 are artificial intelligence and machine "
             "learning")
        .commas()
        .check([](const std::string& id) -> std::string {
            const bool is_id = id.size() > 1 && id[0] == 'C' &&
                               std::ranges::all_of(id.substr(1), [](char c) { return c >= '0' && c <= '9'; });
            return is_id ? "" : "an id, such as C154945302, is required, got " + id;
        });
    line.add("--concept-score", choices.concept_score, "of a concept that counts, at least").between(0, 1);
    line.add("--retracted", choices.retracted, "works that are");
    line.add("--paratext", choices.paratext, "works that are: covers, lists of contents");
    line.add("--xpac", choices.xpac, "works of the expansion pack");
    line.flag("--careers", choices.careers, "authors' moves between academia and industry too; takes memory by author");
    line.add("--carry", arguments.carry, "years without works over which an author stays where last seen")
        .between(0, 100);
    line.add("--papers-out", arguments.papers_out, "write a table like data/papers.csv, for topic_regression");
    line.add("--level", arguments.level, "of the intervals").level();
    arguments.output.add_to(line);
    arguments.svg.add_to(line, "the shares of all works by year");
    line.flag("--json", arguments.as_json, "one object with every number");
}

void check_options(const command_line& line, const openalex_arguments& arguments) {
    arguments.output.check(line);
    arguments.svg.check();
    exclude(line, "--json", "--format");
    if (line.has("--concept-score") && arguments.choices.concepts.empty() &&
        arguments.choices.topics != openalex_topics::concepts)
        throw usage_error("--concept-score is of --concepts, or of --topics concepts");
    if (line.has("--carry") && !arguments.choices.careers) throw usage_error("--carry is of --careers");
    static_cast<void>(arguments.choices.sectors.mapping());
    if (!arguments.papers_out.empty()) require_writable("--papers-out", arguments.papers_out);
}

papers_table::papers_table(std::string path, bool is_owner) : path_(std::move(path)), folder_(path_ + ".parts") {
    namespace fs = std::filesystem;
    if (!is_wanted() || !is_owner) return;
    // An empty one may be of a run that was killed before it had marked it, or after it had cleaned up.
    if (!fs::create_directory(folder_) && !fs::is_regular_file(fs::path(folder_) / mark_of_folder) &&
        !(fs::is_directory(folder_) && fs::is_empty(folder_)))
        throw std::runtime_error(folder_ +
                                 " is there, and is none of this program's own: move it, or write to another file");
    lock_ = folder_lock(folder_, std::string(mark_of_folder));
}
void papers_table::write_part(const openalex_part& part, const std::function<void(std::ostream*)>& write) const {
    if (!is_wanted()) return write(nullptr);
    const std::string file = file_of(part), unfinished = file + ".unfinished";
    std::ofstream out(unfinished, std::ios::binary);
    write(&out);
    out.close();
    // On the disk before a checkpoint says that the part is counted.
    const int rows = out ? ::open(unfinished.c_str(), O_RDONLY | O_CLOEXEC) : -1;
    const bool is_saved = rows >= 0 && ::fsync(rows) == 0;
    if (rows >= 0) ::close(rows);
    if (!is_saved) throw std::runtime_error(unfinished + " cannot be written");
    std::filesystem::rename(unfinished, file);
}

void papers_table::require_parts(const std::vector<openalex_part>& all,
                                 const std::vector<openalex_part>& to_be_written) const {
    if (!is_wanted()) return;
    for (const openalex_part& part : all)
        if (std::ranges::find(to_be_written, part) == to_be_written.end() && !std::filesystem::exists(file_of(part)))
            throw std::runtime_error("papers of " + part.path + ", which was counted before, are not in " + folder_);
}

void papers_table::join(const std::vector<openalex_part>& parts) const {
    if (!is_wanted()) return;
    cd::atomic_file out(path_, "papers_table");
    std::vector<std::string_view> columns{"venue", "year", "status", "authors"};
    for (const auto& sector : cd::enumerators(cd::sector{})) columns.push_back(sector.name);
    columns.insert(columns.end(), {"text", "code", "compute terms", "topics", "pretrained terms"});
    std::ostringstream heading;
    cd::write_csv_row(heading, columns);
    out.write(heading.str());
    std::vector<char> block(std::size_t{1} << 20);
    for (const openalex_part& part : parts) {
        std::ifstream rows(file_of(part), std::ios::binary);
        if (!rows) throw std::runtime_error(file_of(part) + " cannot be read");
        while (rows.read(block.data(), static_cast<std::streamsize>(block.size())), rows.gcount() > 0)
            out.write({block.data(), static_cast<std::size_t>(rows.gcount())});
    }
    out.commit();
    // Only what was made here goes; the folder too, unless more is in it, such as rows of a killed run of other parts.
    namespace fs = std::filesystem;
    for (const openalex_part& part : parts) {
        fs::remove(file_of(part));
        fs::remove(file_of(part) + ".unfinished");
    }
    if (std::distance(fs::directory_iterator(folder_), fs::directory_iterator()) > 1) return;
    fs::remove(fs::path(folder_) / mark_of_folder);
    std::error_code is_not_empty;
    fs::remove(folder_, is_not_empty);
}

std::string papers_table::file_of(const openalex_part& part) const {
    const auto& [size, checksums] = part.identity;
    return size > 0 ? fmt::format("{}/{:016x}{:016x}.csv", folder_, checksums[0], checksums[1])
                    : fmt::format("{}/stream{:016x}.csv", folder_, std::hash<std::string>{}(part.path));
}

namespace {

using teams_of_year = cd::tally_row<int, cd::team_kind>;

/// Rows of all years as one.
template <class Category>
cd::tally_row<int, Category> all_years(const cd::tally<int, Category>& by_year) {
    cd::tally<int, Category> sum;
    const auto table = by_year.result();
    for (const auto& row : table) sum.add_row(0, row);
    const auto summed = sum.result();
    return summed.empty() ? cd::tally_row<int, Category>{} : summed.rows.front();
}

double n_known(const teams_of_year& row) {
    return row.weight - row.weight_of(cd::team_kind::unknown);
}
cd::estimate share_of(const teams_of_year& row, const std::string& kind, double level) {
    double of_kind = 0;
    for (const auto& cell : row.cells)
        if (is_kind(kind, cell.category)) of_kind += cell.weight;
    return cd::share(of_kind, n_known(row), {.level = level});
}
/// Of the texts, those with compute terms.
cd::estimate share_of(const cd::tally_row<int, bool>& row, double level) {
    return cd::share(row.weight_of(true), row.weight, {.level = level});
}
/// How often the classifier does not say a type that OpenAlex says.
cd::estimate disagreement(const cd::classification_counts& counts, double level) {
    return cd::share(counts.false_negatives, counts.true_positives + counts.false_negatives, {.level = level});
}
/// And how often OpenAlex does not say one that the classifier says.
cd::estimate reverse_disagreement(const cd::classification_counts& counts, double level) {
    return cd::share(counts.false_positives, counts.true_positives + counts.false_positives, {.level = level});
}

/// Of an interval that is not known to cover.
std::string_view mark_of(const cd::estimate& e) {
    return e.status == cd::estimate_status::few_clusters ? "*" : "";
}
std::string net_of(const cd::estimate& e) {
    if (!e) return std::string(cd::description_of(e.status));
    return fmt::format("{:+} [{:.1f}, {:.1f}]{}", *e.value, e.lower(), e.upper(), mark_of(e));
}
std::string percent(const cd::estimate& e) {
    if (!e) return std::string(cd::description_of(e.status));
    return fmt::format("{:.1f} [{:4.1f}, {:4.1f}]", 100 * *e.value, 100 * e.lower(), 100 * e.upper());
}

/// Authors' moves with works of the years asked for.
cd::career_table careers_in(const openalex_counts& counts, const openalex_arguments& arguments) {
    return counts.careers.result({.carry = arguments.carry, .level = arguments.level});
}
std::string title_of_moves(const openalex_arguments& arguments) {
    return fmt::format("Authors' moves, last sector carried over up to {} years without works", arguments.carry);
}
std::vector<std::string> notes_of(const cd::career_table& careers) {
    return {
        fmt::format("{} authors of known sector, of whom {} in one year only; {} of none; {} records without author "
                    "or year",
                    careers.authors, careers.authors_of_one_year, careers.authors_without_state, careers.n_missing),
        fmt::format("{} longer gaps, over {} of which the sector changed: no moves", careers.long_gaps,
                    careers.changes_over_long_gaps),
        "An author is in all sectors that works of the year name (both: academia and industry). A move is in the first "
        "year in which it is seen; who moves and publishes no more is not seen to move",
        "Intervals take authors as independent of each other: they are too narrow where many of one organisation move "
        "together",
        "Authors are those of OpenAlex's ids, which are at times several persons, or parts of one; ids of before "
        "2023-07 are others"};
}
/// The sectors among which moves are shown, in order.
template <class Use>
void for_each_flow(const cd::career_flows& moves, const Use& use) {
    using enum cd::career_state;
    for (const cd::career_flow& flow : moves.flows)
        if (flow.from != other && flow.to != other) use(flow);
}
/// "all" behind the years.
template <class Use>
void for_each_row(const cd::career_table& careers, const Use& use) {
    for (const cd::career_year& row : careers)
        if (row.moves.at_risk > 0) use(std::to_string(row.year), row.moves);
    use("all", careers.all);
}

void print_row(const std::string& name, const teams_of_year& teams, const cd::tally_row<int, bool>& compute,
               double level) {
    fmt::print("{:<45.45}{:>9}{:>9}", name, teams.n, n_known(teams));
    for (const auto& kind : kinds) fmt::print("{:>21}", percent(share_of(teams, kind, level)));
    fmt::print("{:>9}{:>21}\n", compute.n, percent(share_of(compute, level)));
}

void print_tables(const openalex_counts& counts, const openalex_arguments& arguments) {
    const double level = arguments.level;
    fmt::print(
        "Who writes the works of OpenAlex? Shares of teams whose sectors are known, in %, with intervals at "
        "{:g} %\n{}\n",
        100 * level, counts.choices);
    fmt::print("{} works counted, {} lines or rests of files that cannot be read", counts.with(work_fate::counted),
               counts.unreadable);
    for (const auto& fate : enumerators(work_fate{}))
        if (fate.value != work_fate::counted && counts.with(fate.value) > 0)
            fmt::print(", {} left out for {}", counts.with(fate.value), fate.name);

    const auto print_heading = [](const char* name) {
        fmt::print("\n\n{:<45}{:>9}{:>9}", name, "works", "known");
        for (const auto& kind : kinds) fmt::print("{:>21}", kind);
        fmt::print("{:>9}{:>21}\n", "texts", "compute terms");
    };
    print_heading("year");
    const auto compute = counts.all.compute.result();
    const auto teams = counts.all.teams.result();
    for (const auto& row : teams) {
        const auto* texts = compute.find(row.key);
        print_row(std::to_string(row.key), row, texts ? *texts : cd::tally_row<int, bool>{}, level);
    }
    if (teams.n_missing > 0) fmt::print("{} works of no year\n", teams.n_missing);
    print_heading("topic");
    for (const auto& [topic, of_topic] : counts.topics)
        print_row(cd::visible_line(topic), all_years(of_topic.teams), all_years(of_topic.compute), level);
    print_row("all", all_years(counts.all.teams), all_years(counts.all.compute), level);
    fmt::print(
        "\nA work is in each of its topics. Kinds go by the authors in academia and in industry, as if others "
        "were not there:\nall in one, or some in each (mixed). \"With industry\" is mixed or industry_only.\n"
        "Intervals are those of works that are independent of each other, since what is counted and merged holds no\n"
        "institutions: they are too narrow where many works are of one.\n");

    if (arguments.choices.careers) {
        const auto careers = careers_in(counts, arguments);
        fmt::print("\n{}; rates in % of author-years at risk\n{:<6}{:<10}{:<10}{:>9}{:>7}{:>21}{:>26}\n",
                   title_of_moves(arguments), "year", "from", "to", "at risk", "moves", "rate", "to industry, net");
        for_each_row(careers, [&](const std::string& year, const cd::career_flows& moves) {
            std::string first = net_of(moves.net_flow);
            for_each_flow(moves, [&](const cd::career_flow& flow) {
                if (flow.at_risk == 0) return;
                fmt::print("{:<6}{:<10}{:<10}{:>9}{:>7}{:>21}", year, cd::name_of(flow.from), cd::name_of(flow.to),
                           flow.at_risk, flow.moves, percent(flow.rate) + std::string(mark_of(flow.rate)));
                fmt::print("{}\n", first.empty() ? "" : fmt::format("{:>26}", std::exchange(first, {})));
            });
        });
        fmt::print("* of fewer than 20 authors: not known to cover.\n");
        for (const std::string& note : notes_of(careers)) fmt::print("{}.\n", note);
    }
    if (arguments.choices.types != cd::openalex_types::both) return;
    const auto agreement = counts.agreement.result({.level = level});
    fmt::print(
        "\nOpenAlex and the classifier: of authors with a type and an affiliation, those of a work of whom the "
        "same is said once\n{:<14}{:>9}{:>33}{:>9}{:>33}\n",
        "type", "OpenAlex", "of these not the classifier, %", "classif.", "of these not OpenAlex, %");
    for (const auto& [type, types, precision, recall, specificity, f1] : agreement.labels)
        fmt::print("{:<14}{:>9}{:>33}{:>9}{:>33}\n", cd::name_of(type), types.true_positives + types.false_negatives,
                   percent(disagreement(types, level)), types.true_positives + types.false_positives,
                   percent(reverse_disagreement(types, level)));
    fmt::print("Of {} sets of types, the same by both: {} %; none by the classifier: {} %\n", agreement.exact_match.n,
               percent(agreement.exact_match), percent(agreement.abstention));
}

cd::json_object share_object(const cd::estimate& e) {
    cd::json_object object;
    object.with("n", e.n);
    if (!e) return object.with("status", e.status);
    return object.with("share", e.value).with("lower", e.lower()).with("upper", e.upper());
}

void print_json(const openalex_counts& counts, const openalex_arguments& arguments) {
    const double level = arguments.level;
    cd::json_object left_out;
    for (const auto& fate : enumerators(work_fate{}))
        if (fate.value != work_fate::counted) left_out.with(fate.name, counts.with(fate.value));

    std::vector<cd::json_object> teams, compute;
    const auto add = [&](const std::optional<std::string>& topic, const topic_counts& of_topic) {
        const auto by_year = of_topic.teams.result();
        const auto texts = of_topic.compute.result();
        for (const auto& row : by_year) {
            cd::json_object shares, works;
            for (const auto& kind : kinds) shares.with(kind, share_object(share_of(row, kind, level)));
            for (const auto& cell : row.cells) works.with(cd::name_of(cell.category), cell.n);
            const auto* of_year = texts.find(row.key);
            teams.push_back(cd::json_object()
                                .with("topic", topic)
                                .with("year", row.key)
                                .with("works", works)
                                .with("shares", shares));
            if (of_year) teams.back().with("compute_terms", share_object(share_of(*of_year, level)));
        }
        cd::json_object groups;
        const auto by_group = of_topic.groups_of_compute.result();
        for (const auto& row : by_group) groups.with(row.key, row.n);
        compute.push_back(cd::json_object()
                              .with("topic", topic)
                              .with("compute_terms", share_object(share_of(all_years(of_topic.compute), level)))
                              .with("texts_with_group", groups));
    };
    add(std::nullopt, counts.all);
    for (const auto& [topic, of_topic] : counts.topics) add(topic, of_topic);

    const auto all = counts.all.teams.result();
    const double unknown = all_years(counts.all.teams).weight_of(cd::team_kind::unknown);
    cd::json_object object;
    object.with("choices", counts.choices)
        .with("interval", cd::proportion_interval::wilson)
        .with("level", level)
        .with("works", counts.with(work_fate::counted))
        .with("left_out", left_out)
        .with("skipped", counts.unreadable)
        .with("missing", all.n_missing + static_cast<std::uint64_t>(unknown))
        .with("teams", teams)
        .with("compute", compute);
    if (arguments.choices.types == cd::openalex_types::both) {
        const auto agreement = counts.agreement.result({.level = level});
        std::vector<cd::json_object> types;
        for (const auto& label : agreement.labels)
            types.push_back(cd::json_object()
                                .with("type", label.value)
                                .with("not_by_classifier", share_object(disagreement(label.counts, level)))
                                .with("not_by_openalex", share_object(reverse_disagreement(label.counts, level))));
        object.with("agreement", cd::json_object()
                                     .with("exact_match", share_object(agreement.exact_match))
                                     .with("abstention", share_object(agreement.abstention))
                                     .with("types", types));
    }
    if (arguments.choices.careers) object.with("careers", careers_in(counts, arguments));
    fmt::print("{}\n", object.text());
}

}  // namespace

std::vector<cd::table> tables_of(const openalex_counts& counts, const openalex_arguments& arguments) {
    const double level = arguments.level;
    cd::table teams{.name = "teams", .title = "Works by kind of team"};
    teams.columns = {{.name = "topic"}, {.name = "year", .style = {.digits = 4}}, {.name = "works"}, {.name = "known"}};
    for (const auto& kind : kinds) teams.columns.push_back(percent_column(kind));
    teams.columns.insert(teams.columns.end(), {{.name = "texts"}, percent_column("compute terms")});
    const auto add = [&](const std::string& topic, const topic_counts& of_topic) {
        const auto by_year = of_topic.teams.result();
        const auto texts = of_topic.compute.result();
        for (const auto& row : by_year) {
            auto& cells = teams.rows.emplace_back();
            cells = {cd::to_cell(topic), cd::to_cell(row.key), cd::to_cell(row.n), cd::to_cell(n_known(row))};
            for (const auto& kind : kinds) cells.push_back(cd::to_cell(share_of(row, kind, level)));
            const auto* const of_year = texts.find(row.key);
            const cd::tally_row<int, bool> compute = of_year ? *of_year : cd::tally_row<int, bool>{};
            cells.push_back(cd::to_cell(compute.n));
            cells.push_back(cd::to_cell(share_of(compute, level)));
        }
    };
    add("all", counts.all);
    for (const auto& [topic, of_topic] : counts.topics) add(topic, of_topic);
    teams.notes = {counts.choices, "A work is in each of its topics. Works are taken as independent of each other"};
    teams.sources = {"OpenAlex, CC0"};
    std::vector<cd::table> tables{teams};
    if (arguments.choices.careers) {
        const auto careers = careers_in(counts, arguments);
        cd::table moves{.name = "careers", .title = title_of_moves(arguments)};
        moves.columns = {{.name = "year"},    {.name = "from"},  {.name = "to"},
                         {.name = "at risk"}, {.name = "moves"}, percent_column("rate")};
        cd::table net{.name = "net_flow", .title = "Moves from academia to industry less those back"};
        net.columns = {{.name = "year"}, {.name = "at risk"}, {.name = "net flow"}};
        for_each_row(careers, [&](const std::string& year, const cd::career_flows& of_year) {
            add_row(net, year, of_year.at_risk, of_year.net_flow);
            for_each_flow(of_year, [&](const cd::career_flow& flow) {
                add_row(moves, year, flow.from, flow.to, flow.at_risk, flow.moves, flow.rate);
            });
        });
        moves.notes = net.notes = notes_of(careers);
        moves.sources = net.sources = {"OpenAlex, CC0"};
        tables.insert(tables.end(), {moves, net});
    }
    if (arguments.choices.types != cd::openalex_types::both) return tables;
    cd::table agreement{.name = "agreement", .title = "OpenAlex and the classifier: types of the same authors"};
    agreement.columns = {{.name = "type"}, percent_column("not by classifier"), percent_column("not by OpenAlex")};
    for (const auto& label : counts.agreement.result({.level = level}).labels)
        add_row(agreement, label.value, disagreement(label.counts, level), reverse_disagreement(label.counts, level));
    tables.push_back(agreement);
    return tables;
}

cd::figure figure_of(const openalex_counts& counts, const openalex_arguments& arguments) {
    figure_builder f({.name = "teams",
                      .title = "Works by kind of team",
                      .x = {.label = "Year", .scale = cd::axis_scale::date},
                      .y = {.label = "Share of works of known team", .unit = "%", .scale = cd::axis_scale::share},
                      .notes = {counts.choices, "Works are taken as independent of each other"}});
    const auto by_year = counts.all.teams.result();
    for (const auto& kind : kinds)
        for (const auto& row : by_year) f.add(kind, row.key, share_of(row, kind, arguments.level));
    return f.figure({"OpenAlex, CC0"});
}

void require_counted(const openalex_counts& counts) {
    const std::uint64_t all = std::reduce(counts.works.begin(), counts.works.end());
    if (all == 0)
        throw std::runtime_error(
            fmt::format("no work could be read; {} lines or rests of files cannot be", counts.unreadable));
    if (counts.with(work_fate::counted) == 0) {
        std::string why;
        for (const auto& fate : enumerators(work_fate{}))
            if (const std::uint64_t n = counts.with(fate.value); n > 0)
                why += fmt::format("{}{} left out for {}", why.empty() ? "" : ", ", n, fate.name);
        throw nothing_to_report(fmt::format("none of {} works is counted: {}", all, why));
    }
}

void print(const openalex_counts& counts, const openalex_arguments& arguments) {
    require_counted(counts);
    if (arguments.svg.is_wanted()) arguments.svg.write(figure_of(counts, arguments));
    if (arguments.output.format != cd::table_format::text) {
        std::fputs(arguments.output.text_of(tables_of(counts, arguments)).c_str(), stdout);
        return;
    }
    arguments.as_json ? print_json(counts, arguments) : print_tables(counts, arguments);
}

}  // namespace example
