// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/papers.csv: figures about conference papers, without their titles, abstracts, names or strings.
//   make_papers_table OUT.csv conference_papers_2012-2019.jsonl neurips_2021_affiliations.jsonl
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/institutions/sector.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

#include "support/author_places.hpp"
#include "support/paper_records.hpp"
#include "support/term_groups.hpp"

namespace cd = compute_divide;

namespace {

/// Whether the paper links its code, by its link or by a place of code in its abstract; blank where neither is known.
std::string links_code(const nlohmann::json& paper, const cd::normalised_text& abstract) {
    static const cd::term_set places({{"github"}, {"gitlab"}, {"bitbucket"}, {"sourceforge"}});
    if (!paper.contains("code_link")) return "";
    return !paper["code_link"].get_ref<const std::string&>().empty() || !places.find(abstract).empty() ? "yes" : "no";
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
        const auto authors = paper.at(of_2021 ? "n_authors" : "author_count").get<std::size_t>();

        auto cells = example::cells_of_authors(places_, authors, affiliations, std::move(domains));

        const std::string status = paper.at("status").get<std::string>();
        std::vector<std::string> row{example::venue_of(paper), std::to_string(example::year_of(paper)),
                                     cd::normalised(status), std::move(cells.authors)};
        row.insert(row.end(), cells.sectors.begin(), cells.sectors.end());
        row.push_back(std::move(cells.institutions));

        const std::string abstract = example::abstract_of(paper);
        cd::normalise(abstract, abstract_);
        const std::string code = links_code(paper, abstract_);
        cd::normalise(example::heading_of(paper), heading_);
        row.insert(row.end(), {!abstract.empty()                      ? "title and abstract"
                               : !example::keywords_of(paper).empty() ? "title and keywords"
                                                                      : "title",
                               code, compute_.list_of(compute_.spoken_of(heading_.view(), abstract_.view())),
                               topics_.list_of(topics_.about(heading_.view(), abstract_.view())),
                               pretrained_.list_of(pretrained_.spoken_of(heading_.view(), abstract_.view()))});
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
    example::places_of_authors places_;
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
