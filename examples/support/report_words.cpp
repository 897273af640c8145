// SPDX-License-Identifier: BSL-1.0
#include "support/report_words.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/version.hpp>

#include "support/models.hpp"
#include "support/report_curve.hpp"
#include "support/tables.hpp"

namespace example {

std::string report_title() {
    return "Who does machine-learning research, and with how much compute?";
}
std::string report_lead(const report_origin& origin) {
    return origin.is_shipped ? "What a study of the compute divide says (Besiroglu et al., 2024), and what public data "
                               "say of it under "
                               "every specification that the field uses."
                             : "What the tables that were given say of the claims of a study of the compute divide "
                               "(Besiroglu et al., "
                               "2024), under every specification that the field uses.";
}
std::string title_of(const report_part& part) {
    return !part.found || part.found->question.empty() ? part.program : part.found->question;
}
bool is_finding(const report_part& part) {
    return part.found && !part.found->claims.empty() && !part.lists_tables;
}

std::string words_of(const cd::estimate& e, const cd::claim& c) {
    std::string text = told(e, c.style);
    if (!e) return text;
    const bool points = c.style.percent && !c.unit.empty() && c.unit != "%";  // as of a difference of shares
    if (const std::size_t at = text.find(" %"); points && at != text.npos) text.erase(at, 2);
    if (points || (!c.style.percent && !c.unit.empty())) text += " " + c.unit;
    if (e.status != cd::estimate_status::ok) text += " (" + std::string(cd::description_of(e.status)) + ")";
    return text;
}

std::optional<said> said_of(const cd::finding& f) {
    std::optional<said> best;
    for (std::size_t i = 0; i < f.claims.size(); ++i) {
        const cd::claim& c = f.claims[i];
        const cd::specification* const quoted = quoted_of(c);
        if (!quoted || (best && (best->of->reference || !c.reference))) continue;
        const auto verdict = cd::verdict_of(c);
        std::string after = c.text.empty() ? "" : ", where the study says " + c.text;
        if (verdict) after += "; verdict: " + std::string(cd::description_of(verdict.outcome));
        best = said{c.name + ": ", after + ".", &c, quoted, i};
    }
    return best;
}
std::string sentence_of(const cd::finding& f) {
    const auto s = said_of(f);
    if (!s) return "";
    return s->before + words_of(s->quoted->result, *s->of) + s->after;
}

std::string_view short_words(cd::verdict v) {
    using enum cd::verdict;
    switch (v) {
        case agrees:
            return "agrees";
        case depends:
            return "depends on the specification";
        case opposite:
            return "opposite";
        case not_distinguishable:
            return "not distinguishable";
        case not_compared:
            return "not compared";
        case no_data:
            break;
    }
    return "no data";
}
std::string counts_of_verdicts(const cd::finding& f) {
    std::map<std::string_view, int> counts;
    for (const cd::claim& c : f.claims) ++counts[cd::name_of(cd::verdict_of(c).outcome)];
    std::vector<std::string> words;
    for (const auto each : enumerators(cd::verdict{}))
        if (counts.contains(each.name))
            words.push_back(fmt::format("{}: {}", short_words(each.value), counts[each.name]));
    return fmt::format("{}", fmt::join(words, ", "));
}
std::string verdict_words(const cd::claim& c) {
    const auto v = cd::verdict_of(c);
    return upper(cd::detail::verdict_text(c, v)) + "; " + cd::detail::counts_text(v) + ".";
}
std::vector<std::string> rules_of_verdicts(const std::vector<report_part>& parts) {
    std::vector<std::string> rules{cd::verdict_rule()};
    if (std::ranges::any_of(parts,
                            [](const report_part& part) { return part.found && cd::detail::has_tested(*part.found); }))
        rules.push_back("Where specifications were tested together, the verdict is their curve's. " +
                        cd::curve_verdict_rule());
    rules.emplace_back("A finding has the verdict of its claims where all that have one share it; else it depends.");
    return rules;
}

cd::table claims_table(const cd::finding& f) {
    cd::table t;
    t.columns = {{.name = "quantity"},
                 {.name = "the study"},
                 {.name = "estimate", .header = "these data"},
                 {.name = "n"},
                 {.name = "verdict"}};
    for (const cd::claim& c : f.claims) {
        const cd::specification* const quoted = quoted_of(c);
        const auto v = cd::verdict_of(c);
        std::vector<cd::cell> row{cd::to_cell(cd::detail::label_of(c)),
                                  cd::to_cell(c.text + (c.source.empty() ? "" : " (" + c.source + ")"))};
        row.push_back(quoted ? cd::cell{.value = quoted->result, .style = c.style}
                             : cd::to_cell(std::string("not estimated")));
        row.push_back(quoted ? cd::to_cell(quoted->result.n) : cd::cell{});
        row.push_back(cd::to_cell(std::string(short_words(v.outcome))));
        t.rows.push_back(std::move(row));
        if (quoted && quoted->headline && !quoted->why.empty()) {
            const std::string note = "Headline: " + cd::name_of(*quoted) + " (" + quoted->why + ").";
            if (std::ranges::find(t.notes, note) == t.notes.end()) t.notes.push_back(note);
        }
    }
    return t;
}

cd::table first_rows(cd::table t, const report_part& part, std::size_t most) {
    if (t.rows.size() <= most) return t;
    t.notes.insert(t.notes.begin(), fmt::format("The first {} of {} rows; all: {} --format csv", most, t.rows.size(),
                                                command_of(part.program, part.arguments)));
    t.rows.resize(most);
    std::erase_if(t.groups, [most](const cd::row_group& g) { return g.first_row >= most; });
    return t;
}

cd::table plain_table(const cd::figure& f) {
    cd::table t = table_of(f);
    t.notes.clear();
    t.sources.clear();
    return t;
}
std::string caption_of(const cd::figure& f) {
    std::string caption;
    for (const std::string& note : f.notes)
        caption += (caption.empty() ? "" : " ") + note + (note.ends_with('.') ? "" : ".");
    if (!f.sources.empty())
        caption += fmt::format("{}Source: {}.", caption.empty() ? "" : " ", fmt::join(f.sources, "; "));
    return caption;
}
std::string sources_of(const cd::finding& f) {
    std::set<std::string> sources(f.sources.begin(), f.sources.end());
    for (const cd::table& t : f.tables) sources.insert(t.sources.begin(), t.sources.end());
    return sources.empty() ? "" : fmt::format("Sources: {}.", fmt::join(sources, "; "));
}

std::vector<std::string> method_lines(const std::vector<report_part>& parts, const report_origin& origin) {
    std::set<std::string> used;
    for (const report_part& part : parts)
        if (part.found)
            for (const cd::claim& c : part.found->claims)
                for (const cd::specification& s : c.specifications)
                    if (s.result.bounds && !s.result.method.empty()) used.insert(std::string(s.result.method));
    std::vector<std::string> lines{
        "Every estimate comes with its interval, its number of records and its method. Where records share an origin "
        "(an organisation, a paper, an institution) they are taken to depend on each other.",
        "Where the field disagrees on a definition, all are run; none is chosen for its answer. The headline is the "
        "specification nearest to the study's words, and the table says why."};
    if (origin.draws)
        lines.push_back(fmt::format(
            "Curves of specifications are tested on {} draws of whole clusters, every specification on each "
            "(seed {}); the programs' own default is more, and --draws sets it.",
            *origin.draws, origin.seed.value_or(0)));
    if (!used.empty()) lines.push_back(fmt::format("Intervals in use: {}.", fmt::join(used, ", ")));
    lines.insert(lines.end(),
                 {"An interval marked \"few clusters\" is not known to cover as it says. What no interval has in it: "
                  "which models and papers the tables know of, and what classifiers of affiliations and terms mistake "
                  "where it is not corrected.",
                  "Associations within a year and a venue are no effects: nobody assigned sectors at random."});
    return lines;
}

std::vector<glossary_part> report_glossary() {
    const auto terms = [](auto of) {
        std::vector<std::pair<std::string, std::string>> words;
        for (const auto& each : enumerators(of))
            if (each.description != each.name) words.emplace_back(each.name, each.description);
        return words;
    };
    glossary_part which{.heading = "Which models count", .words = {}};
    for (const definition& d : definitions()) which.words.emplace_back(d.name, d.meaning);
    return {which,
            {"Kinds of team", terms(cd::team_kind{})},
            {"Verdicts", terms(cd::verdict{})},
            {"What is said where an interval is not plain", terms(cd::estimate_status{})},
            {"Words",
             {{"FLOP", "floating-point operations of a training run; FLOP/s is how many a second"},
              {"specification", "one way to define and to estimate a quantity: an option for each choice"},
              {"vintage", "the table of models as it was on a date"},
              {"cluster", "records that may depend on each other, such as the models of one organisation"}}}};
}

std::vector<std::pair<std::string, std::string>> provenance_lines(const report_origin& origin) {
    std::vector<std::pair<std::string, std::string>> lines{
        {"Made by", fmt::format("compute_divide {}.{}.{}", COMPUTE_DIVIDE_VERSION_MAJOR, COMPUTE_DIVIDE_VERSION_MINOR,
                                COMPUTE_DIVIDE_VERSION_PATCH)},
        {"Command", origin.command}};
    if (origin.seed) lines.emplace_back("Seed", std::to_string(*origin.seed));
    if (origin.draws) lines.emplace_back("Draws", std::to_string(*origin.draws));
    for (const std::string& date : origin.dates) lines.emplace_back("Date of the data", date);
    return lines;
}
cd::table files_table(const report_origin& origin) {
    cd::table t;
    t.columns = {{.name = "file"}, {.name = "bytes"}, {.name = "SHA-256"}};
    for (const report_file& each : origin.files) add_row(t, each.name, each.bytes, each.sha256);
    return t;
}
std::vector<std::string> silent_parts(const std::vector<report_part>& parts) {
    std::vector<std::string> silent;
    for (const report_part& part : parts)
        if (!part.found) silent.push_back(part.program + ": " + part.reason);
    return silent;
}

std::string command_of(const std::string& program, const std::vector<std::string>& arguments) {
    std::string command = program;
    for (const std::string& each : arguments) {
        const auto is_plain = [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   std::string_view("_-./,:=+@%").find(c) != std::string_view::npos;
        };
        if (!each.empty() && std::ranges::all_of(each, is_plain)) {
            command += " " + each;
            continue;
        }
        command += " '";
        for (const char c : each) command += c == '\'' ? std::string("'\\''") : std::string(1, c);
        command += "'";
    }
    return command;
}
std::string upper(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
}

}  // namespace example
