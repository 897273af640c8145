// SPDX-License-Identifier: BSL-1.0
// Texts that benchmarks read where no file of others is named: affiliations, grown by a seeded generator from those of
// the excerpt of OpenAlex in examples/data and from the names of the sample of ROR in tests/reference, and abstracts of
// common words. The same texts on every machine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/io/ror.hpp>
#include <compute_divide/random.hpp>

namespace texts {

namespace cd = compute_divide;
using lines = std::vector<std::string>;

/// The lines of the file that COMPUTE_DIVIDE_TEXT names, or those that are made.
inline lines given_or(lines (*made)()) {
    const char* const path = std::getenv("COMPUTE_DIVIDE_TEXT");
    if (path == nullptr) return made();
    lines read;
    std::ifstream file(path);
    if (!file) throw std::runtime_error(std::string("cannot read ") + path);
    for (std::string line; std::getline(file, line);) read.push_back(line);
    return read;
}

/// The different affiliations of the excerpt, in its order.
inline lines affiliations_of_excerpt() {
    lines all;
    std::unordered_set<std::string> seen;
    cd::openalex_reader works = cd::openalex_reader::open(COMPUTE_DIVIDE_OPENALEX_SAMPLE);
    for (const cd::openalex_work& work : works)
        for (const auto& author : work.authorships)
            for (const std::string& each : author.raw_affiliations)
                if (!each.empty() && seen.insert(each).second) all.push_back(each);
    return all;
}

/// 8,867 different ones of 74 bytes in the mean, many with department and address: the first half of one of the
/// excerpt's, and the second half of another.
inline lines long_affiliations() {
    const lines from = affiliations_of_excerpt();
    const auto middle = [](const std::string& text) {
        const std::size_t at = text.find(", ", text.size() / 3);
        return at == std::string::npos ? text.size() : at;
    };
    cd::random_stream random(2021);
    std::unordered_set<std::string> seen(from.begin(), from.end());
    lines all = from;
    while (all.size() < 8'867) {
        const std::string &first = from[random.below(from.size())], &second = from[random.below(from.size())];
        std::string made = first.substr(0, middle(first)) + second.substr(middle(second));
        if (seen.insert(made).second) all.push_back(std::move(made));
    }
    return all;
}

/// 10,496 of 26 bytes in the mean, as the authors of a conference give them, 6,700 of them different: an organisation's
/// name, of ROR's sample, of those that the classifier knows or of the excerpt, some of them often; every third with
/// another.
inline lines short_affiliations() {
    std::ifstream file(COMPUTE_DIVIDE_ROR_SAMPLE);
    lines names;
    for (const cd::organisation& each : cd::read_ror(file).organisations) names.push_back(each.names.front().text);
    for (const cd::known_organisation& each : cd::known_organisations) names.emplace_back(each.name);
    for (const std::string& each : affiliations_of_excerpt())
        if (const std::size_t end = each.find(", "); end != std::string::npos && end < 40)
            names.push_back(each.substr(0, end));
    cd::random_stream random(2021);
    lines all;
    while (all.size() < 10'496) {
        const double u = random.uniform();  // few names are most of them
        const std::string& name = names[static_cast<std::size_t>(u * u * static_cast<double>(names.size()))];
        if (name.size() >= 50) continue;
        all.push_back(name);
        if (random.below(5) < 2) all.back() += " / " + names[random.below(names.size())];
    }
    return all;
}

/// Some eight megabytes: 8,317 abstracts of 160 words, drawn by Zipf's law from the most frequent words of English and
/// from words of abstracts.
inline lines abstracts() {
    static constexpr std::string_view words[] = {"the",
                                                 "of",
                                                 "and",
                                                 "to",
                                                 "in",
                                                 "a",
                                                 "is",
                                                 "we",
                                                 "that",
                                                 "for",
                                                 "with",
                                                 "on",
                                                 "this",
                                                 "are",
                                                 "as",
                                                 "by",
                                                 "model",
                                                 "our",
                                                 "an",
                                                 "learning",
                                                 "from",
                                                 "be",
                                                 "which",
                                                 "data",
                                                 "can",
                                                 "show",
                                                 "propose",
                                                 "method",
                                                 "it",
                                                 "or",
                                                 "these",
                                                 "network",
                                                 "training",
                                                 "results",
                                                 "more",
                                                 "have",
                                                 "state",
                                                 "has",
                                                 "based",
                                                 "at",
                                                 "models",
                                                 "neural",
                                                 "approach",
                                                 "not",
                                                 "performance",
                                                 "algorithm",
                                                 "between",
                                                 "using",
                                                 "such",
                                                 "problem",
                                                 "new",
                                                 "deep",
                                                 "methods",
                                                 "their",
                                                 "than",
                                                 "networks",
                                                 "one",
                                                 "distribution",
                                                 "also",
                                                 "task",
                                                 "each",
                                                 "image",
                                                 "two",
                                                 "gradient",
                                                 "function",
                                                 "linear",
                                                 "time",
                                                 "where",
                                                 "while",
                                                 "information",
                                                 "optimal",
                                                 "set",
                                                 "both",
                                                 "given",
                                                 "under",
                                                 "many",
                                                 "tasks",
                                                 "number",
                                                 "high",
                                                 "space",
                                                 "use",
                                                 "work",
                                                 "large",
                                                 "however",
                                                 "when",
                                                 "policy",
                                                 "over",
                                                 "first",
                                                 "analysis",
                                                 "prior",
                                                 "different",
                                                 "matrix",
                                                 "sample",
                                                 "general",
                                                 "error",
                                                 "bounds",
                                                 "estimation",
                                                 "paper",
                                                 "across",
                                                 "existing",
                                                 "framework",
                                                 "been",
                                                 "class",
                                                 "experiments",
                                                 "most",
                                                 "graph",
                                                 "only",
                                                 "samples",
                                                 "inference",
                                                 "structure",
                                                 "convergence",
                                                 "reinforcement",
                                                 "features",
                                                 "complexity",
                                                 "provide",
                                                 "recent",
                                                 "they",
                                                 "systems",
                                                 "through",
                                                 "improve",
                                                 "other",
                                                 "optimization",
                                                 "university",
                                                 "well",
                                                 "domain",
                                                 "noise",
                                                 "real",
                                                 "representation",
                                                 "agents",
                                                 "language",
                                                 "then",
                                                 "study",
                                                 "efficient",
                                                 "convex",
                                                 "synthetic",
                                                 "parameters",
                                                 "variables",
                                                 "novel",
                                                 "input",
                                                 "without",
                                                 "theoretical",
                                                 "objective",
                                                 "regression",
                                                 "variational",
                                                 "further",
                                                 "generative",
                                                 "known",
                                                 "small",
                                                 "world",
                                                 "process",
                                                 "attention",
                                                 "benchmark",
                                                 "significantly",
                                                 "computational",
                                                 "loss",
                                                 "standard",
                                                 "accuracy",
                                                 "research",
                                                 "company",
                                                 "adversarial",
                                                 "hospital",
                                                 "online",
                                                 "kernel",
                                                 "bayesian",
                                                 "sparse",
                                                 "clustering",
                                                 "supervised",
                                                 "demonstrate",
                                                 "national",
                                                 "transfer",
                                                 "technology",
                                                 "intelligence",
                                                 "dynamics",
                                                 "classification",
                                                 "technologies",
                                                 "co",
                                                 "inc",
                                                 "hardware",
                                                 "architectures",
                                                 "empirical",
                                                 "transformer",
                                                 "generalization"};
    cd::random_stream random(2012);
    std::array<double, std::size(words)> up_to{};
    double sum = 0;
    for (std::size_t i = 0; i < up_to.size(); ++i) up_to[i] = sum += 1 / static_cast<double>(i + 3);
    lines all;
    while (all.size() < 8'317) {
        std::string text;
        for (int i = 0; i < 160; ++i) {
            const double u = random.uniform(0, sum);
            std::size_t word = 0;
            while (word + 1 < up_to.size() && up_to[word] < u) ++word;
            text.append(i == 0 ? "" : i % 20 == 0 ? ". " : i % 9 == 0 ? ", " : " ").append(words[word]);
        }
        all.push_back(text + ".");
    }
    return all;
}

/// In the temporary folder, for peers to read.
inline void write_for_peers(const lines& all, const std::string& name) {
    std::ofstream out(std::filesystem::temp_directory_path() / ("compute_divide_" + name + ".txt"), std::ios::binary);
    for (const std::string& each : all) out << each << '\n';
}

}  // namespace texts
