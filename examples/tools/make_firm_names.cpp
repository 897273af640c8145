// SPDX-License-Identifier: BSL-1.0
// Writes include/compute_divide/institutions/detail/firm_names.hpp: names of firms that do research.
//   make_firm_names ror_v2_records.jsonl epoch_all_models.csv papers.jsonl [FROM-TO] > firm_names.hpp
// Sources, each enough alone:
//   - records of type company of the Research Organization Registry (CC0), by all names but acronyms;
//   - organisations of Epoch AI's table of models (CC BY 4.0) whose category is Industry, each time;
//   - conference papers (records with year, "aff" and "aff_domain", ";" between authors): the part of an affiliation
//   that
//     is the label of its author's commercial domain, or, in two papers or more, begins it ("Preferred Networks",
//     preferred.jp). FROM-TO: of these years only, to measure on others.
// Left out: what a record of another type is called, acronyms too; places of the registry; names without a proper word;
// names of one or two letters; names whose authors have academic domains more often; of the papers, names with a word
// of other types ("Institute").
#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <compute_divide/io/epoch.hpp>
#include <compute_divide/text/normalise.hpp>

namespace cd = compute_divide;
using nlohmann::json;

namespace {

std::vector<std::string> split(std::string_view text, char sign) {
    std::vector<std::string> parts;
    std::istringstream in{std::string(text)};
    for (std::string part; std::getline(in, part, sign);) parts.push_back(part);
    return parts;
}

/// Words of a name, a space between; what stands in parentheses behind it is left out.
std::string words_of(std::string_view name) {
    if (const auto open = name.find(" ("); open != std::string_view::npos && open > 0) name = name.substr(0, open);
    std::string words;
    for (const char c : cd::normalised(name)) {
        const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c < '\0' || c == '&';
        if (kept)
            words += c;
        else if (!words.empty() && words.back() != ' ')
            words += ' ';
    }
    while (!words.empty() && words.back() == ' ') words.pop_back();
    return words;
}
/// The same without words as "Inc", down to one that is left.
std::string key_of(std::string_view name) {
    std::string key = words_of(name);
    for (constexpr std::array forms{" inc",         " incorporated", " ltd",  " limited", " llc", " corp", " co",
                                    " corporation", " company",      " gmbh", " ag",      " plc", " sa",   " sas",
                                    " srl",         " spa",          " bv",   " ab",      " oy",  " kk"};
         ;) {
        const auto form = std::ranges::find_if(forms, [&](const char* each) { return key.ends_with(each); });
        if (form == forms.end()) return key;
        key.resize(key.size() - std::string_view(*form).size());
    }
}

bool has_proper_word(const std::string& name) {
    static const std::set<std::string> common{"a",
                                              "academy",
                                              "advanced",
                                              "ag",
                                              "agricultural",
                                              "agriculture",
                                              "ai",
                                              "an",
                                              "analytics",
                                              "and",
                                              "applied",
                                              "artificial",
                                              "arts",
                                              "at",
                                              "biology",
                                              "business",
                                              "center",
                                              "centre",
                                              "chemistry",
                                              "civil",
                                              "clinic",
                                              "cloud",
                                              "college",
                                              "company",
                                              "computational",
                                              "computer",
                                              "computing",
                                              "consultant",
                                              "corp",
                                              "corporation",
                                              "data",
                                              "de",
                                              "department",
                                              "dept",
                                              "des",
                                              "design",
                                              "development",
                                              "digital",
                                              "division",
                                              "economics",
                                              "education",
                                              "electrical",
                                              "electronic",
                                              "electronics",
                                              "energy",
                                              "engineering",
                                              "environment",
                                              "environmental",
                                              "faculty",
                                              "federal",
                                              "for",
                                              "freelance",
                                              "general",
                                              "global",
                                              "gmbh",
                                              "group",
                                              "health",
                                              "hospital",
                                              "humanities",
                                              "in",
                                              "inc",
                                              "independent",
                                              "industry",
                                              "informatics",
                                              "information",
                                              "institute",
                                              "institution",
                                              "intelligence",
                                              "international",
                                              "la",
                                              "lab",
                                              "laboratories",
                                              "laboratory",
                                              "labs",
                                              "law",
                                              "le",
                                              "learning",
                                              "llc",
                                              "ltd",
                                              "machine",
                                              "management",
                                              "mathematics",
                                              "mechanical",
                                              "media",
                                              "medical",
                                              "medicine",
                                              "national",
                                              "network",
                                              "networks",
                                              "new",
                                              "none",
                                              "of",
                                              "office",
                                              "on",
                                              "physics",
                                              "program",
                                              "regional",
                                              "remote",
                                              "research",
                                              "researcher",
                                              "robotics",
                                              "school",
                                              "science",
                                              "sciences",
                                              "scientific",
                                              "section",
                                              "security",
                                              "self",
                                              "service",
                                              "services",
                                              "social",
                                              "software",
                                              "solutions",
                                              "state",
                                              "statistics",
                                              "student",
                                              "systems",
                                              "team",
                                              "technical",
                                              "technologies",
                                              "technology",
                                              "the",
                                              "unit",
                                              "university",
                                              "vehicle",
                                              "vision"};
    return std::ranges::any_of(split(name, ' '), [](const std::string& w) {
        return common.count(w) == 0 && !std::ranges::all_of(w, [](char c) { return c >= '0' && c <= '9'; });
    });
}
bool has_other_type(const std::string& name) {
    for (const char* word :
         {"univ",      "institut", "instit", "college",  "school",      "hospital",    "academ",     "foundation",
          "laborator", "center",   "centre", "national", "ministry",    "department",  "faculty",    "society",
          "council",   "agency",   "clinic", "museum",   "association", "observatory", "independent"})
        if (name.find(word) != std::string::npos) return true;
    return false;
}

/// "One Microsoft Way"
bool is_street(const std::string& name) {
    return std::ranges::any_of(std::array{" way", " street", " st", " road", " rd", " avenue", " ave", " drive",
                                          " blvd", " parkway", " pkwy", " strasse", " lane", " circle", " place"},
                               [&](const char* end) { return name.ends_with(end); });
}

bool is_academic(std::string_view domain) {
    for (const std::string& label : split(domain, '.'))
        if (label == "edu" || label == "ac" || label.starts_with("uni-") || label.starts_with("univ-")) return true;
    return false;
}
/// The label of a commercial domain: "foo" of "cs.foo.com" and "foo.co.jp"; empty for others.
std::string commercial_label(std::string_view domain) {
    const auto labels = split(domain, '.');
    if (labels.size() < 2 || is_academic(domain)) return {};
    const std::string &last = labels.back(), &before = labels[labels.size() - 2];
    for (const char* top : {"com", "ai", "io", "tech", "cloud", "biz"})
        if (last == top) return before;
    if (last.size() == 2 && labels.size() > 2 && (before == "co" || before == "com")) return labels[labels.size() - 3];
    for (const char* country : {"jp", "cn", "kr"})  // where academic, public and other bodies have domains of their own
        if (last == country && before.size() > 2) return before;
    return {};
}
bool is_mail_service(const std::string& label) {
    for (const char* each :
         {"gmail", "yahoo", "hotmail", "outlook", "qq",   "163",  "126",   "foxmail",    "icloud", "live",
          "aol",   "msn",   "me",      "mail",    "sina", "sohu", "naver", "googlemail", "yandex", "openreview"})
        if (label == each) return true;
    return false;
}

struct evidence {
    std::set<std::string> papers, near_papers;
    std::size_t academic = 0, commercial = 0;
};

/// A part of an affiliation, and a domain of its author.
void add(const std::string& key, const std::string& domain, const std::string& paper,
         std::map<std::string, evidence>& names) {
    if (key.empty()) return;
    const auto words = split(key, ' ');
    const std::string label = commercial_label(domain.substr(std::min(domain.size(), domain.find_first_not_of(' '))));
    evidence& of = names[key];
    if (is_academic(domain)) ++of.academic;
    if (label.empty() || is_mail_service(label)) return;
    ++of.commercial;
    std::string together = key, hyphened = key;
    std::erase(together, ' ');
    std::ranges::replace(hyphened, ' ', '-');
    const bool begins = words.front().size() >= 4 && label.size() >= 4 &&
                        (label.starts_with(words.front()) || together.starts_with(label));
    if (together == label || hyphened == label)
        of.papers.insert(paper);
    else if (begins || (label.size() >= 5 && std::ranges::find(words, label) != words.end()))
        of.near_papers.insert(paper);
}

void read_papers(const std::string& path, int from, int to, std::map<std::string, evidence>& names) {
    std::ifstream file(path);
    if (!file) throw std::invalid_argument(path + " cannot be read");
    for (std::string line; std::getline(file, line);) {
        const json record = json::parse(line);
        const int year = record.at("year");
        if (year < from || year > to) continue;
        const auto affiliations = split(record.value("aff", ""), ';'),
                   domains = split(record.value("aff_domain", ""), ';');
        if (affiliations.size() != domains.size()) continue;
        const std::string paper = record.at("venue").get<std::string>() + std::to_string(year) + record.at("id").dump();
        for (std::size_t i = 0; i < domains.size(); ++i) {
            std::string affiliation = affiliations[i];
            // Also signs of footnotes, which are three bytes from 0xE2 on.
            std::ranges::replace_if(
                affiliation, [](char c) { return c == '(' || c == ')' || c == '+' || c == '/' || c == '\xE2'; }, ',');
            for (const std::string& domain : split(cd::normalised(std::string_view(domains[i])), '+'))
                for (const std::string& part : split(affiliation, ',')) add(key_of(part), domain, paper, names);
        }
    }
}

}  // namespace

int main(int argc, char** argv) try {
    if (argc < 4) throw std::invalid_argument("a dump of the registry, a table of models and papers are required");
    std::map<std::string, evidence> names;
    int from = 0, to = 9999;
    if (argc > 4) std::sscanf(argv[4], "%d-%d", &from, &to);
    read_papers(argv[3], from, to, names);
    std::set<std::string> firms, others, universities;  // the last by their acronyms

    std::ifstream registry(argv[1]);
    for (std::string line; std::getline(registry, line);) {
        const json record = json::parse(line);
        const auto& types = record.at("types");
        const bool company = std::ranges::count(types, "company") > 0;
        for (const json& place : record.at("locations")) {
            const json& where = place.at("geonames_details");
            for (const char* field : {"name", "country_name", "country_subdivision_name"})
                if (where.contains(field) && where[field].is_string())
                    others.insert(words_of(where[field].get<std::string>()));
        }
        for (const json& name : record.at("names")) {
            const bool acronym = std::ranges::count(name.at("types"), "acronym") > 0;
            const std::string key = key_of(name.at("value").get<std::string>());
            if (acronym && !company && std::ranges::count(types, "education") > 0) universities.insert(key);
            if (!company)
                others.insert(key);
            else if (!acronym)
                firms.insert(key);
        }
    }
    std::map<std::string, bool> only_industry;
    for (const cd::epoch_model& model : cd::read_epoch(cd::csv_reader::open(argv[2])).models) {
        const auto categories = split(model.category, ',');
        if (categories.size() != model.organisations.size()) continue;
        for (std::size_t i = 0; i < categories.size(); ++i) {
            const bool industry = categories[i] == "Industry";
            const auto [known, is_new] = only_industry.emplace(key_of(model.organisations[i]), industry);
            if (!is_new) known->second = known->second && industry;
        }
    }
    for (const auto& [name, is] : only_industry) is ? firms.insert(name) : others.insert(name);
    std::size_t of_papers = 0;
    for (const auto& [name, seen] : names)
        if ((!seen.papers.empty() || seen.near_papers.size() > 1) && !has_other_type(name) && !is_street(name) &&
            std::ranges::none_of(split(name, ' '), [&](const auto& word) { return universities.count(word) > 0; }))
            of_papers += firms.insert(name).second;

    std::set<std::string> table;
    for (const std::string& name : firms) {
        const auto seen = names.find(name);
        const bool ascii = std::ranges::all_of(name, [](char c) { return c >= 0; });
        const bool joined = name.find(" and ") != std::string::npos || name.ends_with(" &") || name.starts_with("& ");
        if (!ascii || joined || name.size() < 3 || name.size() > 60 || others.count(name) > 0 || !has_proper_word(name))
            continue;
        if (seen != names.end() && seen->second.academic > seen->second.commercial) continue;
        table.insert(name);
    }
    fmt::print(stderr, "{} names; {} of papers alone before what is left out\n", table.size(), of_papers);

    fmt::print(R"(// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_FIRM_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_FIRM_NAMES_HPP

#include <string_view>

/// Names of firms, "|" around each, in the order of their bytes, in several pieces.
namespace compute_divide::inline v0_2::detail {{

using namespace std::string_view_literals;  // of known length: compilers count others letter by letter

// Written by examples/tools/make_firm_names.cpp. Sources: Research Organization Registry (CC0); Epoch AI, table of models
// (CC BY 4.0); names in affiliations of conference papers, 2012 to 2025, that are their authors' e-mail domains.
// clang-format off
inline constexpr std::string_view firm_names[] = {{)");
    constexpr std::size_t most = 60000;  // bytes of a literal; compilers need not take more than 65,536
    std::string line = "|";
    std::size_t size = 0;
    for (const std::string& name : table) {
        if (line.size() + name.size() > 108) {
            size += line.size();
            fmt::print("\n    \"{}\"{}", line, size > most ? "sv," : "");
            line = size > most ? "|" : "";
            if (size > most) size = 0;
        }
        line += name + "|";
    }
    fmt::print(R"(
    "{}"sv}};
// clang-format on

}}  // namespace compute_divide::inline v0_2::detail

#endif
)",
               line);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "make_firm_names: {}\n", error.what());
    return 1;
}
