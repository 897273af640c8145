// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/provider_institutions.csv: which of the numbered institutions of papers.csv are firms that
// provide others with compute, by the ties of compute_ties.csv.
//   make_provider_numbers OUT.csv compute_ties.csv papers.csv conference_papers_2012-2019.jsonl ...
// The numbers of papers.csv are those of an earlier classifier. So the records, which are in the order of its rows, are
// classified anew, and a number is a firm's that stands in nearly all its papers beside that firm and in papers that no
// other number of the firm is in: of a university that wrote with the firm alone, the papers have the firm's number
// too.
#include <algorithm>
#include <cstddef>
#include <exception>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/organisation_families.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/csv_column.hpp>

#include "support/paper_records.hpp"

namespace cd = compute_divide;

namespace {

/// Families that provide compute to others.
std::set<std::string> providers_of(const std::string& file, const cd::family_tree& families) {
    std::set<std::string> providers;
    auto rows = cd::csv_reader::open(file);
    const cd::csv_column<std::string> user(rows, "user"), provider(rows, "provider"), kind(rows, "kind");
    for (const cd::csv_row& row : rows)
        if (kind(row) != "data_centre_investor" && families(user(row)) != families(provider(row)))
            providers.insert(families(provider(row)));
    return providers;
}

/// Families of firms among the institutions of a paper's authors.
class firms_of_paper {
public:
    explicit firms_of_paper(const cd::family_tree& families) : families_(&families) {}

    std::set<std::string> operator()(const nlohmann::json& paper) {
        const auto affiliations =
            paper.at(example::is_of_2021(paper) ? "affs" : "affiliations").get<std::vector<std::string>>();
        std::set<std::string> firms;
        for (const std::string& text : affiliations) {
            const auto [at, is_new] = known_.try_emplace(text);
            if (is_new)
                for (const auto& each : classify_(text).institutions)
                    if (each.type == cd::institution_type::company) at->second.insert((*families_)(each.name));
            firms.insert(at->second.begin(), at->second.end());
        }
        return firms;
    }

private:
    const cd::family_tree* families_;
    cd::classifier classify_;
    std::map<std::string, std::set<std::string>> known_;
};

using places = std::set<std::size_t>;
std::size_t common(const places& a, const places& b) {
    return static_cast<std::size_t>(std::ranges::count_if(a, [&](std::size_t i) { return b.contains(i); }));
}

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 4) {
        std::cerr << "usage: make_provider_numbers OUT.csv TIES.csv PAPERS.csv PAPERS.jsonl...\n";
        return 2;
    }
    const cd::family_tree families;
    const auto providers = providers_of(arguments[1], families);
    std::map<std::string, places> of_firm;
    firms_of_paper firms(families);
    std::size_t n = 0;
    example::for_each_paper({arguments.begin() + 3, arguments.end()}, [&](const nlohmann::json& paper) {
        for (const std::string& firm : firms(paper))
            if (providers.contains(firm)) of_firm[firm].insert(n);
        ++n;
    });
    std::map<std::string, places> of_number;
    auto rows = cd::csv_reader::open(arguments[2]);
    const cd::csv_column<std::vector<std::string>> numbers(rows, "institutions");
    std::size_t row_number = 0;
    for (const cd::csv_row& row : rows) {
        for (const std::string& each : numbers(row)) of_number[each].insert(row_number);
        ++row_number;
    }
    if (row_number != n) throw std::runtime_error("the table has not a row for each record");

    std::ofstream out(arguments[0], std::ios::binary);
    cd::write_csv_row(out, {"institution", "provider"});
    std::size_t all = 0, found = 0, wrong = 0;
    for (const auto& [firm, papers] : of_firm) {
        std::vector<std::pair<std::size_t, std::string>> candidates;  // by how many of its papers they are in
        for (const auto& [number, in] : of_number)
            if (const std::size_t both = common(in, papers); 10 * both >= 9 * in.size() && both > 0)
                candidates.emplace_back(both, number);
        std::ranges::sort(candidates, std::greater());
        places covered;
        for (const auto& [both, number] : candidates) {
            const places& in = of_number[number];
            if (2 * common(in, covered) > in.size()) continue;  // beside another number of the firm
            covered.insert(in.begin(), in.end());
            cd::write_csv_row(out, {number, firm});
        }
        all += papers.size();
        found += common(covered, papers);
        wrong += covered.size() - common(covered, papers);
        std::cerr << firm << ": " << papers.size() << " papers, " << common(covered, papers) << " by number, "
                  << covered.size() - common(covered, papers) << " others\n";
    }
    out.close();
    if (!out) throw std::runtime_error("the table cannot be written");
    std::cerr << "in all " << all << ", " << found << " by number, " << wrong << " others\n";
    return 0;
} catch (const std::exception& error) {
    std::cerr << "make_provider_numbers: " << error.what() << '\n';
    return 1;
}
