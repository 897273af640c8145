// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/papers.csv: figures about conference papers, without their titles, abstracts, names or strings.
//   make_papers_table OUT.csv conference_papers_2012-2019.jsonl neurips_2021_affiliations.jsonl
#include <algorithm>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

#include "support/paper_records.hpp"
#include "support/term_groups.hpp"

namespace cd = compute_divide;

namespace {

/// Where an author is: sectors, and institutions as numbers, in the order in which their names first appear.
struct place {
    std::vector<cd::sector> sectors;
    std::vector<std::size_t> institutions;
};

/// Affiliations to places; each distinct string is classified once.
class places_of_authors {
public:
    /// The place of one author; by the e-mail domain where the affiliation says nothing.
    const place& operator()(const std::string& affiliation, const std::string& domain) {
        auto& known = known_[affiliation + " @" + domain];
        if (!known.sectors.empty()) return known;
        auto said = classify_(affiliation);
        if (said.sectors == std::vector{cd::sector::unknown} && !domain.empty()) said = classify_("@" + domain);
        known.sectors = said.sectors;
        for (const auto& each : said.institutions)
            known.institutions.push_back(
                numbers_.try_emplace(cd::normalised(each.name), numbers_.size()).first->second);
        return known;
    }

private:
    cd::classifier classify_;
    std::map<std::string, place> known_;
    std::map<std::string, std::size_t> numbers_;
};

/// Whether the paper links its code, by its link or by a place of code in its abstract; blank where neither is known.
std::string links_code(const nlohmann::json& paper, const cd::normalised_text& abstract) {
    static const cd::term_set places({{"github"}, {"gitlab"}, {"bitbucket"}, {"sourceforge"}});
    if (!paper.contains("code_link")) return "";
    return !paper["code_link"].get_ref<const std::string&>().empty() || !places.find(abstract).empty() ? "yes" : "no";
}

/// The names of those groups that were found, in the order of their table, with ; between.
std::string names_of(const example::term_groups& groups, const std::vector<bool>& found) {
    std::string list;
    for (std::size_t i = 0; i < found.size(); ++i)
        if (found[i]) list.append(list.empty() ? "" : ";").append(groups.names()[i]);
    return list;
}

class papers_table {
public:
    papers_table(const std::string& file, const std::string& data)
        : out_(file, std::ios::binary),
          compute_(data + "/compute_terms.csv"),
          topics_(data + "/topics.csv"),
          pretrained_(data + "/pretrained_terms.csv") {
        std::vector<std::string_view> columns{"venue", "year", "status", "authors"};
        for (const auto& sector : cd::enumerators(cd::sector{})) columns.push_back(sector.name);
        columns.insert(columns.end(), {"institutions", "text", "code", "compute terms", "topics", "pretrained terms"});
        cd::write_csv_row(out_, columns);
    }

    void add(const nlohmann::json& paper) {
        const bool of_2021 = example::is_of_2021(paper);
        const auto affiliations = paper.at(of_2021 ? "affs" : "affiliations").get<std::vector<std::string>>();
        auto domains = paper.at("domains").get<std::vector<std::string>>();
        if (domains.size() != affiliations.size()) domains.assign(affiliations.size(), "");
        const auto authors = paper.at(of_2021 ? "n_authors" : "author_count").get<std::size_t>();

        std::map<cd::sector, std::size_t> with;
        std::set<std::size_t> institutions;
        for (std::size_t i = 0; i < affiliations.size(); ++i) {
            const place& where = places_(affiliations[i], domains[i]);
            for (const cd::sector sector : where.sectors) ++with[sector];
            institutions.insert(where.institutions.begin(), where.institutions.end());
        }
        // Where no author has an affiliation, their number is not known either: the source then says 1.
        const bool known = !affiliations.empty();
        if (known && authors > affiliations.size()) with[cd::sector::unknown] += authors - affiliations.size();

        const std::string status = paper.at("status").get<std::string>();
        std::vector<std::string> row{example::venue_of(paper), std::to_string(example::year_of(paper)),
                                     cd::normalised(status),
                                     known ? std::to_string(std::max(authors, affiliations.size())) : ""};
        for (const auto& sector : cd::enumerators(cd::sector{})) row.push_back(std::to_string(with[sector.value]));

        std::string numbers;
        for (const std::size_t each : institutions)
            numbers.append(numbers.empty() ? "" : ";").append(std::to_string(each));
        row.push_back(std::move(numbers));

        const std::string abstract = example::abstract_of(paper);
        cd::normalise(abstract, abstract_);
        const std::string code = links_code(paper, abstract_);
        cd::normalise(example::heading_of(paper), heading_);
        row.insert(row.end(), {!abstract.empty()                      ? "title and abstract"
                               : !example::keywords_of(paper).empty() ? "title and keywords"
                                                                      : "title",
                               code, names_of(compute_, compute_.spoken_of(heading_.view(), abstract_.view())),
                               names_of(topics_, topics_.about(heading_.view(), abstract_.view())),
                               names_of(pretrained_, pretrained_.spoken_of(heading_.view(), abstract_.view()))});
        cd::write_csv_row(out_, row);
    }

    void close() {
        out_.close();
        if (!out_) throw std::runtime_error("the table cannot be written");
    }

private:
    std::ofstream out_;
    example::term_groups compute_;
    example::term_groups topics_;
    example::term_groups pretrained_;
    places_of_authors places_;
    cd::normalised_text heading_, abstract_;
};

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2) {
        std::cerr << "usage: make_papers_table OUT.csv PAPERS.jsonl...\n";
        return 2;
    }
    papers_table table(arguments[0], COMPUTE_DIVIDE_DATA_DIR);
    example::for_each_paper({arguments.begin() + 1, arguments.end()},
                            [&](const nlohmann::json& paper) { table.add(paper); });
    table.close();
    return 0;
} catch (const std::exception& error) {
    std::cerr << "make_papers_table: " << error.what() << '\n';
    return 1;
}
