// SPDX-License-Identifier: BSL-1.0
// Writes the table that is examples/data/venue_papers.csv.gz when compressed: figures about papers of 17 venues,
// without their titles, abstracts, names or strings, whether each of three sources knows of its code, and which groups
// of scrutiny_terms.csv, adaptation_terms.csv and foundation_terms.csv its title and abstract have terms of, and of
// compute_terms.csv and topics.csv, found as in papers.csv.
//   make_venue_papers OUT.csv papercopilot_code_links.jsonl[.gz] acl_anthology_pwc_code.csv[.gz] pwc_links_subset.csv
#include <cctype>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/normalise.hpp>

#include "support/author_places.hpp"
#include "support/input.hpp"
#include "support/term_groups.hpp"

namespace cd = compute_divide;

namespace {

/// What is the same of a title in two sources: its letters and digits, in lower case, without accents.
std::string letters_of(const std::string& title) {
    std::string letters;
    for (const char c : cd::normalised(title))
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) letters += c;
    return letters;
}

/// The ACL Anthology: whether Papers with Code links a paper's code, by year and title.
std::map<std::pair<std::string, std::string>, bool> read_anthology(const std::string& file) {
    std::map<std::pair<std::string, std::string>, bool> linked;
    auto table = example::open_table(file);
    const std::size_t year = example::require_column(table, file, {"year"}),
                      title = example::require_column(table, file, {"title"}),
                      link = example::require_column(table, file, {"pwc_code_url"});
    for (const auto row : table)
        linked[{std::string(row[year]), letters_of(std::string(row[title]))}] |= !row[link].empty();
    return linked;
}

/// The titles that Papers with Code links to repositories, by whether any of these is official.
std::map<std::string, bool> read_links(const std::string& file) {
    std::map<std::string, bool> official;
    auto table = example::open_table(file, {.on_error = cd::error_handling::skip});  // one row runs into the next
    const std::size_t title = example::require_column(table, file, {"paper_title"}),
                      is_official = example::require_column(table, file, {"is_official"});
    for (const auto row : table) official[letters_of(std::string(row[title]))] |= row[is_official] == "true";
    for (const auto& problem : table.problems()) std::cerr << "left out: " << to_string(problem) << '\n';
    return official;
}

/// Each group of these lists by itself: a term may be in several.
std::vector<example::term_groups> each_group(const std::vector<std::string>& files) {
    std::vector<example::term_groups> lists;
    for (const std::string& file : files) {
        const std::string path = std::string(COMPUTE_DIVIDE_DATA_DIR) + "/" + file;
        const example::term_groups all(path);
        for (const std::string& group : all.names()) lists.emplace_back(path, group);
    }
    return lists;
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() != 4) {
        std::cerr << "usage: make_venue_papers OUT.csv PAPERS.jsonl ANTHOLOGY.csv LINKS.csv\n";
        return 2;
    }
    const auto anthology = read_anthology(arguments[2]);
    const auto links = read_links(arguments[3]);
    std::ofstream out(arguments[0], std::ios::binary);
    std::vector<std::string_view> columns{"venue", "year", "status", "authors"};
    for (const auto& sector : cd::enumerators(cd::sector{})) columns.push_back(sector.name);
    columns.insert(columns.end(), {"institutions", "code", "code in abstract", "code in anthology", "official code",
                                   "institution sectors", "text", "title terms", "abstract terms", "repeated terms",
                                   "compute terms", "topics"});
    cd::write_csv_row(out, columns);

    const auto lists = each_group({"scrutiny_terms.csv", "adaptation_terms.csv", "foundation_terms.csv"});
    /// The groups of which a text has so many terms.
    const auto groups_in = [&lists](const std::string& text, int enough) {
        const std::string words = cd::normalised(text);
        std::string found;
        for (const auto& list : lists)
            if (list.counts(words).front() >= enough)
                found.append(found.empty() ? "" : ";").append(list.names().front());
        return found;
    };

    const auto in_data = [](const std::string& file) { return std::string(COMPUTE_DIVIDE_DATA_DIR) + "/" + file; };
    const example::term_groups compute(in_data("compute_terms.csv")), topics(in_data("topics.csv"));
    cd::normalised_text heading, body;

    example::places_of_authors places;
    const auto papers = example::open_input(arguments[1]);
    for (std::string line; std::getline(*papers, line);) {
        const auto paper = nlohmann::json::parse(line);
        const auto text = [&](const char* field) { return paper.at(field).get<std::string>(); };
        const std::string year = std::to_string(paper.at("year").get<int>()), letters = letters_of(text("title"));
        auto cells =
            example::cells_of_authors(places, paper.at("author_num").get<std::size_t>(),
                                      example::split_authors(text("aff")), example::split_authors(text("aff_domain")));
        std::vector<std::string> row{text("venue"), year, cd::normalised(text("status")), std::move(cells.authors)};
        row.insert(row.end(), cells.sectors.begin(), cells.sectors.end());
        row.push_back(std::move(cells.institutions));
        const bool in_abstract = paper.at("link_in_abstract").get<bool>();
        row.emplace_back(in_abstract || !text("code_link").empty() ? "yes" : "no");
        row.emplace_back(in_abstract ? "yes" : "no");
        const auto there = anthology.find({year, letters});
        row.emplace_back(there == anthology.end() ? "" : there->second ? "yes" : "no");
        const auto link = links.find(letters);
        row.emplace_back(link == links.end() ? "" : link->second ? "yes" : "no");
        row.push_back(std::move(cells.institution_sectors));
        const std::string abstract = text("abstract");
        row.emplace_back(abstract.empty() ? "title" : "title and abstract");
        row.push_back(groups_in(text("title"), 1));
        row.push_back(groups_in(abstract, 1));
        row.push_back(groups_in(abstract, 2));
        cd::normalise(text("title"), heading);
        cd::normalise(abstract, body);
        row.push_back(compute.list_of(compute.spoken_of(heading.view(), body.view())));
        row.push_back(topics.list_of(topics.about(heading.view(), body.view())));
        cd::write_csv_row(out, row);
    }
    out.close();
    if (!out) throw std::runtime_error("the table cannot be written");
    return 0;
} catch (const std::exception& error) {
    std::cerr << "make_venue_papers: " << error.what() << '\n';
    return 1;
}
