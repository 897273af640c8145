// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/papers.csv: figures about conference papers, without their titles, abstracts, names or strings.
//   make_papers_table OUT.csv conference_papers_2012-2019.jsonl neurips_2021_affiliations.jsonl
#include <algorithm>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/text/fold.hpp>
#include <compute_divide/text/term_set.hpp>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

namespace cd = compute_divide;

namespace {

/// Groups of terms, from a table of (group, term).
class term_groups {
public:
    explicit term_groups(const std::string& file) {
        std::vector<std::string> texts;
        std::vector<std::uint32_t> ids;
        cd::csv_reader table = cd::csv_reader::open(file);
        for (const cd::csv_row& row : table) {
            if (names_.empty() || names_.back() != row[0]) names_.emplace_back(row[0]);
            texts.emplace_back(row[1]);
            ids.push_back(static_cast<std::uint32_t>(names_.size() - 1));
        }
        std::vector<cd::term> terms;
        for (std::size_t i = 0; i < texts.size(); ++i) terms.push_back({texts[i], ids[i]});
        terms_.emplace(terms, cd::term_options{.plurals = true, .hyphens = true});
    }

    /// The groups of which the text has a term, in the order of the table, with ; between.
    [[nodiscard]] std::string in(const cd::folded_text& text) const {
        std::vector<bool> found(names_.size());
        terms_->for_each(text, [&](const cd::term_hit& hit) { found[hit.id] = true; });
        std::string list;
        for (std::size_t i = 0; i < names_.size(); ++i)
            if (found[i]) list.append(list.empty() ? "" : ";").append(names_[i]);
        return list;
    }

private:
    std::vector<std::string> names_;
    std::optional<cd::term_set> terms_;
};

/// Affiliations to sectors; each distinct string is classified once.
class sectors_of_authors {
public:
    /// The sectors of one author; by the e-mail domain where the affiliation says nothing.
    const std::vector<cd::sector>& operator()(const std::string& affiliation, const std::string& domain) {
        auto& known = known_[affiliation + " @" + domain];
        if (!known.empty()) return known;
        known = classify_(affiliation).sectors;
        if (known == std::vector{cd::sector::unknown} && !domain.empty()) known = classify_("@" + domain).sectors;
        return known;
    }

private:
    cd::classifier classify_;
    std::map<std::string, std::vector<cd::sector>> known_;
};

/// Whether the paper links its code, by its link or by a place of code in its abstract; blank where neither is known.
std::string links_code(const nlohmann::json& paper, const cd::folded_text& abstract) {
    static const cd::term_set places({{"github"}, {"gitlab"}, {"bitbucket"}, {"sourceforge"}});
    if (!paper.contains("code_link")) return "";
    return !paper["code_link"].get_ref<const std::string&>().empty() || !places.find(abstract).empty() ? "yes" : "no";
}

class papers_table {
public:
    papers_table(const std::string& file, const std::string& data)
        : out_(file, std::ios::binary), compute_(data + "/compute_terms.csv"), topics_(data + "/topics.csv") {
        std::vector<std::string_view> columns{"venue", "year", "status", "authors"};
        for (const auto& sector : cd::enumerators(cd::sector{})) columns.push_back(sector.name);
        columns.insert(columns.end(), {"text", "code", "compute terms", "topics"});
        cd::write_csv_row(out_, columns);
    }

    void add(const nlohmann::json& paper) {
        const bool of_2021 = paper.contains("affs");
        const auto affiliations = paper.at(of_2021 ? "affs" : "affiliations").get<std::vector<std::string>>();
        auto domains = paper.at("domains").get<std::vector<std::string>>();
        if (domains.size() != affiliations.size()) domains.assign(affiliations.size(), "");
        const auto authors = paper.at(of_2021 ? "n_authors" : "author_count").get<std::size_t>();

        std::map<cd::sector, std::size_t> with;
        for (std::size_t i = 0; i < affiliations.size(); ++i)
            for (const cd::sector sector : sectors_(affiliations[i], domains[i])) ++with[sector];
        // Where no author has an affiliation, their number is not known either: the source then says 1.
        const bool known = !affiliations.empty();
        if (known && authors > affiliations.size()) with[cd::sector::unknown] += authors - affiliations.size();

        const std::string status = paper.at("status").get<std::string>();
        std::vector<std::string> row{paper.value("venue", "NeurIPS"), std::to_string(paper.value("year", 2021)),
                                     cd::folded(status),
                                     known ? std::to_string(std::max(authors, affiliations.size())) : ""};
        for (const auto& sector : cd::enumerators(cd::sector{})) row.push_back(std::to_string(with[sector.value]));

        // What is shorter is no abstract; some are an author's name.
        constexpr std::size_t shortest_abstract = 40;
        std::string abstract = paper.value("abstract", "");
        if (abstract.size() < shortest_abstract) abstract.clear();
        const std::string keywords = of_2021 ? paper.at("keywords").get<std::string>() : "";
        cd::fold(abstract, folded_);
        const std::string code = links_code(paper, folded_);
        cd::fold(paper.at("title").get<std::string>() + ". " + abstract + keywords, folded_);
        row.insert(row.end(), {!abstract.empty()   ? "title and abstract"
                               : !keywords.empty() ? "title and keywords"
                                                   : "title",
                               code, compute_.in(folded_), topics_.in(folded_)});
        cd::write_csv_row(out_, row);
    }

    void close() {
        out_.close();
        if (!out_) throw std::runtime_error("make_papers_table: the table cannot be written");
    }

private:
    std::ofstream out_;
    term_groups compute_;
    term_groups topics_;
    sectors_of_authors sectors_;
    cd::folded_text folded_;
};

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 2) {
        std::cerr << "usage: make_papers_table OUT.csv PAPERS.jsonl...\n";
        return 2;
    }
    papers_table table(arguments[0], COMPUTE_DIVIDE_DATA_DIR);
    for (std::size_t i = 1; i < arguments.size(); ++i) {
        std::ifstream papers(arguments[i]);
        if (!papers) throw std::runtime_error("make_papers_table: " + arguments[i] + " cannot be read");
        for (std::string line; std::getline(papers, line);) table.add(nlohmann::json::parse(line));
    }
    table.close();
    return 0;
} catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
}
