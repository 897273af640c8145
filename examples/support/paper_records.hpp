// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PAPER_RECORDS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_PAPER_RECORDS_HPP

#include <cstddef>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

/// The records of papers that data/papers.csv is made from: a JSON object a line.
namespace example {

/// Calls `use(paper)` for each record of the files, one file after the other.
template <class Use>
void for_each_paper(const std::vector<std::string>& files, Use use) {
    for (const std::string& file : files) {
        std::ifstream papers(file);
        if (!papers) throw std::runtime_error(file + " cannot be read");
        for (std::string line; std::getline(papers, line);) use(nlohmann::json::parse(line));
    }
}

/// Records of NeurIPS 2021 have other fields: keywords and no abstract, and neither venue nor year.
inline bool is_of_2021(const nlohmann::json& paper) {
    return paper.contains("affs");
}
inline std::string venue_of(const nlohmann::json& paper) {
    return paper.value("venue", "NeurIPS");
}
/// Throws std::runtime_error for a record of another venue that has no year.
inline int year_of(const nlohmann::json& paper) {
    if (is_of_2021(paper)) return 2021;
    if (!paper.contains("year")) throw std::runtime_error("a record has no year: " + paper.value("title", "no title"));
    return paper.at("year").get<int>();
}

/// Empty where there is none. What is shorter is no abstract; some are an author's name.
inline std::string abstract_of(const nlohmann::json& paper) {
    constexpr std::size_t shortest = 40;
    std::string abstract = paper.value("abstract", "");
    if (abstract.size() < shortest) abstract.clear();
    return abstract;
}
inline std::string keywords_of(const nlohmann::json& paper) {
    return is_of_2021(paper) ? paper.at("keywords").get<std::string>() : "";
}
/// Title and keywords.
inline std::string heading_of(const nlohmann::json& paper) {
    return paper.at("title").get<std::string>() + ". " + keywords_of(paper);
}

}  // namespace example

#endif
