// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_PROGRAM_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_PROGRAM_HPP

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/statistics/proportion.hpp>

#include "openalex_fold.hpp"
#include "papers.hpp"

/// What openalex_teams and openalex_teams_mpi have in common beside the fold: options, the table of papers, output.
namespace example {

struct openalex_arguments {
    std::vector<std::string> works{COMPUTE_DIVIDE_DATA_DIR "/openalex_sample.jsonl.gz"};
    openalex_choices choices;
    std::string papers_out;
    double level = 0.95;
    bool as_json = false;
};

/// An option of one of an enum's names.
template <cd::named_enum Enum>
void add_choice(CLI::App& app, const std::string& name, Enum& value, const std::string& description) {
    std::map<std::string, Enum> names;
    for (const auto& each : enumerators(Enum{})) names.emplace(each.name, each.value);
    app.add_option(name, value, description)
        ->transform(CLI::CheckedTransformer(names, CLI::ignore_underscore))
        ->default_str(std::string(cd::name_of(value)));
}

inline void add_options(CLI::App& app, openalex_arguments& arguments) {
    openalex_choices& choices = arguments.choices;
    app.add_option("--works", arguments.works, "part files, plain or gzip; folders of them; - for standard input")
        ->default_str("a sample of 653 works");
    add_choice(app, "--types", choices.types, "what says of which sector an author is");
    add_choice(app, "--topics", choices.topics, "what the topics of a work are");
    app.add_option_function<std::string>(
        "--years",
        [&choices](const std::string& years) {
            auto& [first, last] = choices.years.emplace();
            if (std::sscanf(years.c_str(), "%d-%d", &first, &last) != 2)
                throw CLI::ValidationError("--years", "FROM-TO");
        },
        "FROM-TO, both included");
    app.add_option("--work-types", choices.work_types, "such as article preprint; all else is left out");
    app.add_option("--languages", choices.languages, "such as en; all else is left out");
    app.add_option("--concepts", choices.concepts,
                   "ids, one of which a work must have: C154945302 C119857082 are artificial intelligence and machine "
                   "learning");
    app.add_option("--concept-score", choices.concept_score, "of a concept that counts, at least")
        ->check(CLI::Range(0.0, 1.0))
        ->capture_default_str();
    add_choice(app, "--retracted", choices.retracted, "works that are");
    add_choice(app, "--paratext", choices.paratext, "works that are: covers, lists of contents");
    add_choice(app, "--xpac", choices.xpac, "works of the expansion pack");
    app.add_option("--papers-out", arguments.papers_out, "write a table like data/papers.csv, for topic_regression");
    app.add_option("--level", arguments.level, "of the intervals")->check(CLI::Range(0.0, 1.0))->capture_default_str();
    app.add_flag("--json", arguments.as_json, "one object with every number");
}

/// The table of papers, of which each part of the works is written to a file of its own beside it, and then all in
/// order.
class papers_table {
public:
    explicit papers_table(std::string path) : path_(std::move(path)), folder_(path_ + ".parts") {
        if (is_wanted()) std::filesystem::create_directories(folder_);
    }

    [[nodiscard]] bool is_wanted() const { return !path_.empty(); }

    /// Calls write(stream) for the rows of a part; with nullptr where no table is wanted. They are there either whole
    /// or not at all.
    template <class Write>
    void write_part(const openalex_part& part, const Write& write) const {
        if (!is_wanted()) return write(nullptr);
        const std::string file = file_of(part), unfinished = file + ".unfinished";
        std::ofstream out(unfinished, std::ios::binary);
        write(&out);
        out.close();
        if (!out) throw std::runtime_error(unfinished + " cannot be written");
        std::filesystem::rename(unfinished, file);
    }

    /// Throws std::runtime_error where the rows of a part of `all` that is not `to_be_written` are not there.
    void require_parts(const std::vector<openalex_part>& all, const std::vector<openalex_part>& to_be_written) const {
        if (!is_wanted()) return;
        for (const openalex_part& part : all)
            if (std::ranges::find(to_be_written, part) == to_be_written.end() &&
                !std::filesystem::exists(file_of(part)))
                throw std::runtime_error("papers of " + part.first + ", which was counted before, are not in " +
                                         folder_);
    }

    /// Makes the table of the parts, in their order.
    void join(const std::vector<openalex_part>& parts) const {
        if (!is_wanted()) return;
        std::ofstream out(path_, std::ios::binary);
        std::vector<std::string_view> columns{"venue", "year", "status", "authors"};
        for (const auto& sector : cd::enumerators(cd::sector{})) columns.push_back(sector.name);
        columns.insert(columns.end(), {"text", "code", "compute terms", "topics", "pretrained terms"});
        cd::write_csv_row(out, columns);
        for (const openalex_part& part : parts) {
            std::ifstream rows(file_of(part), std::ios::binary);
            if (!rows) throw std::runtime_error(file_of(part) + " cannot be read");
            if (rows.peek() != std::ifstream::traits_type::eof()) out << rows.rdbuf();
        }
        out.close();
        if (!out) throw std::runtime_error(path_ + " cannot be written");
        std::filesystem::remove_all(folder_);
    }

private:
    [[nodiscard]] std::string file_of(const openalex_part& part) const {
        return fmt::format("{}/{:016x}.csv", folder_, std::hash<std::string>{}(part.first));
    }

    std::string path_, folder_;
};

using teams_of_year = cd::tally_row<int, cd::team_kind>;

/// Rows of all years as one.
template <class Category>
[[nodiscard]] cd::tally_row<int, Category> all_years(const cd::tally<int, Category>& by_year) {
    cd::tally<int, Category> sum;
    const auto table = by_year.result();
    for (const auto& row : table) sum.add_row(0, row);
    const auto summed = sum.result();
    return summed.empty() ? cd::tally_row<int, Category>{} : summed.rows.front();
}

[[nodiscard]] inline double n_known(const teams_of_year& row) {
    return row.weight - row.weight_of(cd::team_kind::unknown);
}
[[nodiscard]] inline cd::estimate share_of(const teams_of_year& row, const std::string& kind, double level) {
    double of_kind = 0;
    for (const auto& cell : row.cells)
        if (is_kind(kind, cell.category)) of_kind += cell.weight;
    return cd::share(of_kind, n_known(row), {.level = level});
}
/// Of the texts, those with compute terms.
[[nodiscard]] inline cd::estimate share_of(const cd::tally_row<int, bool>& row, double level) {
    return cd::share(row.weight_of(true), row.weight, {.level = level});
}
/// How often the classifier does not say a type that OpenAlex says.
[[nodiscard]] inline cd::estimate disagreement(const cd::classification_counts& counts, double level) {
    return cd::share(counts.false_negatives, counts.true_positives + counts.false_negatives, {.level = level});
}
/// And how often OpenAlex does not say one that the classifier says.
[[nodiscard]] inline cd::estimate reverse_disagreement(const cd::classification_counts& counts, double level) {
    return cd::share(counts.false_positives, counts.true_positives + counts.false_positives, {.level = level});
}

[[nodiscard]] inline std::string percent(const cd::estimate& e) {
    if (!e) return std::string(cd::name_of(e.status));
    return fmt::format("{:.1f} [{:4.1f}, {:4.1f}]", 100 * *e.value, 100 * e.lower(), 100 * e.upper());
}

inline void print_row(const std::string& name, const teams_of_year& teams, const cd::tally_row<int, bool>& compute,
                      double level) {
    fmt::print("{:<45.45}{:>9}{:>9}", name, teams.n, n_known(teams));
    for (const auto& kind : kinds) fmt::print("{:>21}", percent(share_of(teams, kind, level)));
    fmt::print("{:>9}{:>21}\n", compute.n, percent(share_of(compute, level)));
}

inline void print_tables(const openalex_counts& counts, const openalex_arguments& arguments) {
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
        print_row(topic, all_years(of_topic.teams), all_years(of_topic.compute), level);
    print_row("all", all_years(counts.all.teams), all_years(counts.all.compute), level);
    fmt::print(
        "\nA work is in each of its topics. Kinds go by the authors in academia and in industry, as if others "
        "were not there:\nall in one, or some in each (mixed). \"With industry\" is mixed or industry_only.\n");

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

[[nodiscard]] inline nlohmann::ordered_json to_json(const cd::estimate& e) {
    if (!e) return {{"n", e.n}, {"status", cd::name_of(e.status)}};
    return {{"n", e.n}, {"share", *e.value}, {"lower", e.lower()}, {"upper", e.upper()}};
}

inline void print_json(const openalex_counts& counts, const openalex_arguments& arguments) {
    using json = nlohmann::ordered_json;
    const double level = arguments.level;
    json left_out = json::object(), teams = json::array(), compute = json::array();
    for (const auto& fate : enumerators(work_fate{}))
        if (fate.value != work_fate::counted) left_out[std::string(fate.name)] = counts.with(fate.value);

    const auto add = [&](const json& topic, const topic_counts& of_topic) {
        const auto by_year = of_topic.teams.result();
        const auto texts = of_topic.compute.result();
        for (const auto& row : by_year) {
            json shares;
            for (const auto& kind : kinds) shares[kind] = to_json(share_of(row, kind, level));
            json works;
            for (const auto& cell : row.cells) works[std::string(cd::name_of(cell.category))] = cell.n;
            const auto* of_year = texts.find(row.key);
            teams.push_back({{"topic", topic}, {"year", row.key}, {"works", works}, {"shares", shares}});
            if (of_year) teams.back()["compute_terms"] = to_json(share_of(*of_year, level));
        }
        json groups = json::object();
        const auto by_group = of_topic.groups_of_compute.result();
        for (const auto& row : by_group) groups[row.key] = row.n;
        compute.push_back({{"topic", topic},
                           {"compute_terms", to_json(share_of(all_years(of_topic.compute), level))},
                           {"texts_with_group", groups}});
    };
    add(nullptr, counts.all);
    for (const auto& [topic, of_topic] : counts.topics) add(topic, of_topic);

    const auto all = counts.all.teams.result();
    const double unknown = all_years(counts.all.teams).weight_of(cd::team_kind::unknown);
    json object{{"choices", counts.choices},
                {"interval", cd::name_of(cd::proportion_interval::wilson)},
                {"level", level},
                {"works", counts.with(work_fate::counted)},
                {"left_out", left_out},
                {"skipped", counts.unreadable},
                {"missing", all.n_missing + static_cast<std::uint64_t>(unknown)},
                {"teams", teams},
                {"compute", compute}};
    if (arguments.choices.types == cd::openalex_types::both) {
        const auto agreement = counts.agreement.result({.level = level});
        json types = json::array();
        for (const auto& label : agreement.labels)
            types.push_back({{"type", cd::name_of(label.value)},
                             {"not_by_classifier", to_json(disagreement(label.counts, level))},
                             {"not_by_openalex", to_json(reverse_disagreement(label.counts, level))}});
        object["agreement"] = {{"exact_match", to_json(agreement.exact_match)},
                               {"abstention", to_json(agreement.abstention)},
                               {"types", types}};
    }
    fmt::print("{}\n", object.dump());
}

inline void print(const openalex_counts& counts, const openalex_arguments& arguments) {
    arguments.as_json ? print_json(counts, arguments) : print_tables(counts, arguments);
}

}  // namespace example

#endif
