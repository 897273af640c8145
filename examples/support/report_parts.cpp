// SPDX-License-Identifier: BSL-1.0
#include "support/report_parts.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <thread>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "findings/academic_share.hpp"
#include "findings/code_links.hpp"
#include "findings/code_release.hpp"
#include "findings/compute_growth.hpp"
#include "findings/conference_teams.hpp"
#include "findings/hardware_gap.hpp"
#include "findings/pretrained_reliance.hpp"
#include "findings/scrutiny.hpp"
#include "findings/topic_regression.hpp"
#include "findings/topic_variation.hpp"
#include "support/command_line.hpp"
#include "support/curves.hpp"
#include "support/data_folder.hpp"
#include "support/models.hpp"
#include "support/openness.hpp"
#include "support/papers.hpp"
#include "support/report_works.hpp"
#include "support/scenario_report.hpp"
#include "support/sectors_on_date.hpp"
#include "support/tie_report.hpp"

namespace example {

namespace {

/// A part in the making: its name, whether these tables can have it, and how it is made.
struct planned {
    report_part part;
    bool is_possible = true;
    std::function<void(report_part&)> find;
};

/// The tables of a request as programs take them, and as their arguments.
struct report_tables {
    explicit report_tables(const report_request& asked) {
        models.vintage = asked.vintage;
        models.on_error = papers.on_error = asked.on_error;
        if (!asked.models.empty()) models.path = asked.models;
        if (!asked.papers.empty()) papers.path = asked.papers;
        has_models = asked.is_shipped() || !asked.models.empty();
        has_papers = asked.is_shipped() || !asked.papers.empty();
        const auto say = [](std::vector<std::string>& to, const std::string& option, const std::string& value) {
            if (!value.empty()) to.insert(to.end(), {option, value});
        };
        const std::string skips = asked.on_error == cd::error_handling::skip ? "skip" : "";
        say(of_models, "--models", asked.models);
        of_all_vintages = of_models;
        if (has_models) say(of_models, "--vintage", asked.vintage);
        say(of_papers, "--papers", asked.papers);
        of_both = of_papers;
        of_both.insert(of_both.end(), of_models.begin(), of_models.end());
        for (auto* each : {&of_models, &of_all_vintages, &of_papers, &of_both}) say(*each, "--on-error", skips);
    }
    models_input models;
    papers_input papers;
    bool has_models = true, has_papers = true;
    std::vector<std::string> of_models, of_all_vintages, of_papers, of_both;
};

std::vector<std::string> joined(std::vector<std::string> arguments, const std::vector<std::string>& more) {
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

/// Tables as a finding without claims.
cd::finding finding_of(const std::string& question, std::vector<cd::table> all, std::vector<cd::figure> figures) {
    cd::finding f{.question = question, .figures = std::move(figures)};
    f.tables = std::move(all);
    return f;
}

/// What is no claim of the study: how open models are, who owns computers, who computes on whose, what it would take.
void add_others(std::vector<planned>& parts, const report_request& asked, const report_tables& tables) {
    const bool shipped = asked.is_shipped();
    openness_inputs open{.on_error = asked.on_error};
    std::vector<std::string> of_openness{"--part", "access,bounds,trend,lag"};
    open.parts = {"access", "bounds", "trend", "lag"};
    if (!shipped) {
        open.models = tables.models.path;
        open.parts = {"access", "bounds", "trend"};  // lags are of the capability index, which is ours
        of_openness = {"--part", "access,bounds,trend", "--models", tables.models.path};
        if (asked.on_error == cd::error_handling::skip) of_openness.insert(of_openness.end(), {"--on-error", "skip"});
    }
    std::vector<std::string> files{open.models};
    if (shipped) files.push_back(open.capabilities);
    parts.push_back({.part = {.program = "openness", .arguments = of_openness, .files = files, .lists_tables = true},
                     .is_possible = tables.has_models,
                     .find = [=](report_part& part) {
                         openness_answer answer = openness(open);
                         if (!answer.is_something)
                             throw nothing_to_report("no model is known of which there is anything to tell");
                         std::vector<cd::table> all;
                         for (openness_part& each : answer.parts)
                             all.insert(all.end(), each.tables.begin(), each.tables.end());
                         if (!shipped)
                             for (cd::table& each : all) each.sources = tables.models.sources();
                         if (!shipped)
                             for (cd::figure& each : answer.figures) each.sources = tables.models.sources();
                         part.found = finding_of("How open are models?", std::move(all), std::move(answer.figures));
                     }});
    const sectors_request sectors{.on = "2025-05-31"};
    parts.push_back({.part = {.program = "concentration",
                              .arguments = {"--clusters", "examples/data/gpu_clusters.csv", "--on", sectors.on},
                              .files = {sectors.clusters},
                              .lists_tables = true},
                     .is_possible = shipped,
                     .find = [=](report_part& part) {
                         sectors_answer answer = sectors_on_date(sectors);
                         part.found = finding_of("Whose computers are they?", {std::move(answer.table)},
                                                 {std::move(answer.figure)});
                     }});
    ties_request ties;
    parts.push_back({.part = {.program = "ties",
                              .files = {ties.path(), data_file("provider_institutions.csv"), data_file("papers.csv")},
                              .lists_tables = true},
                     .is_possible = shipped,
                     .find = [=](report_part& part) {
                         const all_ties all = read_ties(ties);
                         auto found = tables_of_ties(all, ties);
                         cd::figure figure = figure_of_users(found);
                         part.found =
                             finding_of("Who computes on whose machines?", std::move(found), {std::move(figure)});
                     }});
    parts.push_back({.part = {.program = "scenario",
                              .arguments = joined(tables.of_models, {"--seed", std::to_string(asked.seed)}),
                              .files = {tables.models.path, data_file("programmes.csv")}},
                     .is_possible = shipped,
                     .find = [=](report_part& part) {
                         scenario_request what;
                         what.options.seed = asked.seed;
                         what.vintage = asked.vintage;
                         what.on_error = asked.on_error;
                         part.found = report_of(what).finding;
                     }});
}

/// Who writes works of OpenAlex: those that were given, or counted before; a sample where it is asked for by name.
void add_works(std::vector<planned>& parts, const report_request& asked) {
    const std::vector<std::string> works = asked.is_shipped() ? shipped_works() : asked.works;
    std::vector<std::string> files = works, arguments;
    files.insert(files.end(), asked.states.begin(), asked.states.end());
    for (const auto& [option, paths] : {std::pair{"--works", asked.works}, {"--merge", asked.states}})
        if (!paths.empty()) {
            arguments.emplace_back(option);
            arguments.insert(arguments.end(), paths.begin(), paths.end());
        }
    parts.push_back(
        {.part = {.program = "openalex_teams", .arguments = arguments, .files = files, .lists_tables = true},
         .is_possible = !files.empty(),
         .find = [=](report_part& part) { part.found = works_finding(works, asked.states); }});
}

std::vector<planned> plan(const report_request& asked) {
    const report_tables tables(asked);
    const std::string seed = std::to_string(asked.seed);
    std::vector<planned> parts;
    parts.push_back(
        {.part = {.program = "academic_share", .arguments = tables.of_models, .files = {tables.models.path}},
         .is_possible = tables.has_models,
         .find = [=](report_part& part) {
             const academic_share_inputs in{.models = tables.models};
             part.found = academic_share(in);
             const model_table& table = read_models(in.models);
             const auto choices_of = [&](const std::string& name, const std::string& vintage) {
                 std::vector<cd::choice> choices{{"definition", name}};
                 if (table.names_vintages) choices.push_back({"vintage", vintage});
                 return choices;
             };
             part.choices = choices_of(in.definition, table.vintage(in.models.vintage));
             for (academic_share_view& each : academic_share_views(in)) {
                 auto choices = choices_of(each.definition, each.vintage);
                 if (choices == part.choices) continue;
                 auto arguments = tables.of_all_vintages;
                 for (const cd::choice& c : choices) arguments.insert(arguments.end(), {"--" + c.name, c.option});
                 part.variants.push_back({std::move(choices), std::move(arguments), std::move(each.figure)});
             }
         }});
    parts.push_back({.part = {.program = "compute_growth",
                              .arguments = joined(tables.of_models, {"--seed", seed}),
                              .files = {tables.models.path}},
                     .is_possible = tables.has_models,
                     .find = [=](report_part& part) {
                         part.found = compute_growth({.models = tables.models, .seed = asked.seed});
                     }});
    const bool shipped = asked.is_shipped();
    parts.push_back(
        {.part = {.program = "conference_teams", .arguments = tables.of_papers, .files = {tables.papers.path}},
         .is_possible = tables.has_papers,
         .find = [=](report_part& part) {
             conference_teams_inputs in{.papers = tables.papers};
             shipped ? part.files.push_back(in.errors) : in.errors.clear();
             part.found = conference_teams(in);
         }});
    parts.push_back(
        {.part = {.program = "hardware_gap",
                  .arguments = joined(tables.of_models, {"--seed", seed}),
                  .files = {tables.models.path}},
         .is_possible = tables.has_models,
         .find = [=](report_part& part) { part.found = hardware_gap({.models = tables.models, .seed = asked.seed}); }});
    const std::vector<std::string> of_curves{"--draws", std::to_string(asked.draws), "--seed", seed};
    const curve_input curve{.draws = asked.draws, .seed = asked.seed};
    parts.push_back(
        {.part = {.program = "topic_regression",
                  .arguments = joined(tables.of_papers, of_curves),
                  .files = {tables.papers.path}},
         .is_possible = tables.has_papers,
         .find = [=](report_part& part) { part.found = topic_regression({.papers = tables.papers, .curve = curve}); }});
    std::vector<std::string> files_of_both;
    if (tables.has_papers) files_of_both.push_back(tables.papers.path);
    if (tables.has_models) files_of_both.push_back(tables.models.path);
    const auto if_given = [](bool is_given, const auto& input) {
        return is_given ? std::optional(input) : std::nullopt;
    };
    const auto papers = if_given(tables.has_papers, tables.papers);
    const auto models = if_given(tables.has_models, tables.models);
    parts.push_back(
        {.part = {.program = "code_release", .arguments = joined(tables.of_both, of_curves), .files = files_of_both},
         .is_possible = !files_of_both.empty(),
         .find = [=](report_part& part) {
             part.found = code_release({.papers = papers, .models = models, .curve = curve});
         }});
    parts.push_back({.part = {.program = "pretrained_reliance",
                              .arguments = joined(tables.of_both, of_curves),
                              .files = files_of_both},
                     .is_possible = !files_of_both.empty(),
                     .find = [=](report_part& part) {
                         part.found = pretrained_reliance({.models = models, .papers = papers, .curve = curve});
                     }});
    // These two are of papers of more venues and years than the others, where none are given.
    papers_input of_venues = tables.papers;
    if (shipped) of_venues.path = code_links_inputs{}.papers.path;
    parts.push_back({.part = {.program = "code_links", .arguments = tables.of_papers, .files = {of_venues.path}},
                     .is_possible = tables.has_papers,
                     .find = [=](report_part& part) { part.found = code_links({.papers = of_venues}); }});
    parts.push_back({.part = {.program = "scrutiny", .arguments = tables.of_papers, .files = {of_venues.path}},
                     .is_possible = tables.has_papers,
                     .find = [=](report_part& part) {
                         scrutiny_inputs in{.papers = of_venues};
                         if (shipped)
                             part.files.insert(part.files.end(), {in.marks, in.errors});
                         else
                             in.marks.clear(), in.errors.clear();
                         part.found = scrutiny(in);
                     }});
    parts.push_back({.part = {.program = "topic_variation",
                              .arguments = joined(tables.of_papers, of_curves),
                              .files = {of_venues.path}},
                     .is_possible = tables.has_papers,
                     .find = [=](report_part& part) {
                         topic_variation_inputs in{.papers = of_venues, .curve = curve};
                         shipped ? part.files.push_back(in.errors) : in.errors.clear();
                         part.found = topic_variation(in);
                     }});
    add_others(parts, asked, tables);
    add_works(parts, asked);
    return parts;
}

}  // namespace

std::vector<std::string> report_part_names() {
    std::vector<std::string> names;
    for (const planned& each : plan({})) names.push_back(each.part.program);
    return names;
}

bool is_left_out(const report_request& asked, const std::string& part) {
    if (!asked.only.empty()) return std::ranges::find(asked.only, part) == asked.only.end();
    if (part == "openalex_teams") return asked.is_shipped();  // a sample shows how: it is no finding
    return asked.is_shipped() && !asked.all &&
           (part == "code_links" || part == "scrutiny" || part == "topic_variation");
}

namespace {

bool takes(const report_part& part, const std::string& option) {
    return std::ranges::find(part.arguments, option) != part.arguments.end();
}

/// Throws where one of --draws and --seed is asked for, and no part draws.
void require_used(const report_request& asked, const std::vector<report_part>& parts) {
    for (const auto& [option, is_asked, what] :
         {std::tuple{"--draws", asked.asks_for_draws, "of curves of specifications"},
          {"--seed", asked.asks_for_seed, "of what is drawn"}}) {
        if (!is_asked || is_used(option, parts)) continue;
        std::string silent;
        for (const report_part& part : parts)
            if (takes(part, option))
                silent += fmt::format("; {} {}", part.program,
                                      part.reason.empty() ? "has nothing to test" : "says nothing: " + part.reason);
        throw usage_error(fmt::format("{} is {}, and nothing of this report is drawn{}", option, what, silent));
    }
}

}  // namespace

bool is_used(const std::string& option, const std::vector<report_part>& parts) {
    return std::ranges::any_of(parts, [&](const report_part& part) {
        return takes(part, option) && part.found && (option != "--draws" || !part.found->claims.empty());
    });
}

std::vector<report_part> report_parts(const report_request& asked) {
    for (const auto& [option, paths] : {std::pair{"--models", std::vector{asked.models}},
                                        {"--papers", {asked.papers}},
                                        {"--works", asked.works},
                                        {"--state", asked.states}})
        if (std::ranges::find(paths, "-") != paths.end())
            throw usage_error(std::string(option) + " -: a file is required, which is read several times");
    if (asked.all && !asked.is_shipped())
        throw usage_error("--all is of our papers, which are left out beside tables of your own");
    std::vector<planned> parts = plan(asked);
    std::erase_if(parts, [&](const planned& each) { return is_left_out(asked, each.part.program); });
    const auto takes_vintage = [](const planned& each) { return each.is_possible && takes(each.part, "--vintage"); };
    if (!asked.vintage.empty() && std::ranges::none_of(parts, takes_vintage))
        throw usage_error("--vintage is of --models, of which no part is asked for");
    std::atomic<std::size_t> next = 0;
    std::vector<std::exception_ptr> wrong(parts.size());
    const auto work = [&] {
        for (std::size_t i = next++; i < parts.size(); i = next++) {
            report_part& part = parts[i].part;
            if (!parts[i].is_possible) {
                part.reason = "the tables that it reads were not given";
                continue;
            }
            try {
                parts[i].find(part);
            } catch (const usage_error&) {
                wrong[i] = std::current_exception();
            } catch (const std::exception& error) {
                part.found.reset();
                part.reason = error.what();
            }
        }
    };
    {
        std::vector<std::jthread> threads;
        for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) threads.emplace_back(work);
        work();
    }
    for (const std::exception_ptr& each : wrong)
        if (each) std::rethrow_exception(each);
    std::vector<report_part> made;
    for (planned& each : parts) made.push_back(std::move(each.part));
    if (std::ranges::none_of(made, [](const report_part& part) { return part.found.has_value(); }))
        throw nothing_to_report("no finding can be made of these tables: " + made.front().reason);
    require_used(asked, made);
    return made;
}

}  // namespace example
