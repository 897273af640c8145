// SPDX-License-Identifier: BSL-1.0
// Writes examples/data/team_errors.csv: how often the classifier tells the kind of a paper's team right.
//   make_team_errors OUT conference_labeled_dev.jsonl PAPERS.jsonl...
//
// A team's kind hangs on two things that each affiliation says or not: academia, and industry. For a string that is
// labelled by hand we know. For each other string they are drawn, by four rates that the labelled strings give: said
// and true; not said but true, where the other is said; and, where neither is said, academia or industry true. Rates
// are from every second labelled string, those that the rules were not developed on, common ones (most of which are
// labelled) left out; each is drawn itself, from its posterior with Jeffreys' prior. Every draw makes of the papers one
// sensitivity and one specificity a kind, and the counts written are those of a sample that would tell them as well:
// p (1 - p) / variance of p over the draws.
#include <algorithm>
#include <array>
#include <cstddef>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/random.hpp>

#include "support/author_places.hpp"
#include "support/input.hpp"
#include "support/papers.hpp"

namespace cd = compute_divide;
using nlohmann::json;

namespace {

constexpr std::size_t common_from = 15;  // times that a string occurs
constexpr std::size_t draws = 2000;

constexpr std::array sides{cd::sector::academia, cd::sector::industry};
using on_sides = std::array<bool, sides.size()>;

on_sides sides_in(const std::vector<cd::sector>& sectors) {
    on_sides found{};
    for (std::size_t side = 0; side < sides.size(); ++side) found[side] = std::ranges::count(sectors, sides[side]) > 0;
    return found;
}

struct affiliation_string {
    std::vector<cd::sector> sectors_said;
    on_sides said{}, truth{};
    bool labelled = false;
    std::size_t times = 0;
};

/// The strings of all papers, and each paper as a list of them.
class corpus {
public:
    void read_papers(const std::string& path) {
        const auto file = example::open_input(path);
        for (std::string line; std::getline(*file, line);) {
            const json record = json::parse(line);
            std::vector<std::size_t> paper;
            const auto affiliations =
                record.contains("aff")
                    ? example::split_authors(record.at("aff").get<std::string>())
                    : record.at(record.contains("affs") ? "affs" : "affiliations").get<std::vector<std::string>>();
            for (const std::string& affiliation : affiliations)
                if (!affiliation.empty()) {
                    paper.push_back(index_of(affiliation));
                    ++strings[paper.back()].times;
                }
            const bool known = std::ranges::any_of(
                paper, [&](std::size_t i) { return strings[i].sectors_said != std::vector{cd::sector::unknown}; });
            if (known) papers.push_back(std::move(paper));
        }
    }

    /// The labels, in the order of the file.
    void read_labels(const std::string& path) {
        std::ifstream file(path);
        if (!file) throw std::invalid_argument(path + " cannot be read");
        for (std::string line; std::getline(file, line);) {
            const json record = json::parse(line);
            std::vector<cd::sector> sectors;
            std::istringstream names(record.at("sector").get<std::string>());
            for (std::string name; std::getline(names, name, '+');) sectors.push_back(cd::parse_name<cd::sector>(name));
            labels.push_back(index_of(record.at("affiliation")));
            strings[labels.back()].labelled = true;
            strings[labels.back()].truth = sides_in(sectors);
        }
    }

    std::vector<affiliation_string> strings;
    std::vector<std::vector<std::size_t>> papers;
    std::vector<std::size_t> labels;

private:
    std::size_t index_of(const std::string& text) {
        const auto [place, is_new] = indices_.try_emplace(text, strings.size());
        if (is_new) {
            auto& one = strings.emplace_back();
            one.sectors_said = who_(text).sectors;
            one.said = sides_in(one.sectors_said);
        }
        return place->second;
    }

    cd::classifier who_;
    std::map<std::string, std::size_t> indices_;
};

/// How often something is true among labelled strings.
struct rate {
    double yes = 0.5, no = 0.5;  // Jeffreys' prior

    double draw(cd::random_stream& random) const {
        const double a = std::gamma_distribution<>(yes)(random), b = std::gamma_distribution<>(no)(random);
        return a / (a + b);
    }
};
constexpr std::array rate_names{"said and true", "not said, beside the other, but true",
                                "neither said, but academia true", "neither said, but industry true"};
using side_rates = std::array<rate, rate_names.size()>;

std::size_t rate_of(const on_sides& said, std::size_t side) {
    return said[side] ? 0 : said[1 - side] ? 1 : 2 + side;
}

side_rates measure(const corpus& all) {
    side_rates rates;
    for (std::size_t row = 1; row < all.labels.size(); row += 2) {
        const affiliation_string& one = all.strings[all.labels[row]];
        if (one.times >= common_from) continue;
        for (std::size_t side = 0; side < sides.size(); ++side) {
            rate& r = rates[rate_of(one.said, side)];
            ++(one.truth[side] ? r.yes : r.no);
        }
    }
    return rates;
}

cd::team_kind team_of(const corpus& all, const std::vector<std::size_t>& paper, on_sides affiliation_string::*which) {
    cd::sector_counts authors;
    for (const std::size_t i : paper)
        for (std::size_t side = 0; side < sides.size(); ++side)
            if ((all.strings[i].*which)[side]) authors.add(sides[side]);
    return cd::team_of(authors, example::team_rule);
}

/// A share over the draws, as counts of a sample that would tell it as well.
struct drawn_share {
    double sum = 0, squares = 0;

    void add(const cd::estimate& share) {
        if (!share) throw std::invalid_argument("of some kind there is no paper");
        sum += *share.value;
        squares += *share.value * *share.value;
    }
    [[nodiscard]] double mean() const { return sum / draws; }
    [[nodiscard]] double effective_n() const {
        return mean() * (1 - mean()) / ((squares - sum * mean()) / (draws - 1));
    }
};

}  // namespace

int main(int argc, char** argv) try {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() < 3) {
        std::cerr << "usage: make_team_errors OUT LABELLED PAPERS...\n";
        return 2;
    }
    corpus all;
    all.read_labels(arguments[1]);
    for (std::size_t i = 2; i < arguments.size(); ++i) all.read_papers(arguments[i]);
    const side_rates rates = measure(all);

    std::vector<cd::team_kind> said;
    for (const auto& paper : all.papers) said.push_back(team_of(all, paper, &affiliation_string::said));
    std::array<drawn_share, example::kinds.size()> sensitivity, specificity;
    for (std::size_t draw = 0; draw < draws; ++draw) {
        cd::random_stream random(1, draw);
        std::array<double, rate_names.size()> p{};
        for (std::size_t i = 0; i < p.size(); ++i) p[i] = rates[i].draw(random);
        for (affiliation_string& one : all.strings)
            for (std::size_t side = 0; side < sides.size() && !one.labelled; ++side)
                one.truth[side] = random.uniform() < p[rate_of(one.said, side)];

        std::array<cd::classification_counts, example::kinds.size()> counts;
        for (std::size_t i = 0; i < all.papers.size(); ++i) {
            const cd::team_kind is = team_of(all, all.papers[i], &affiliation_string::truth);
            for (std::size_t k = 0; k < counts.size(); ++k) {
                const bool right = example::is_kind(example::kinds[k], is);
                const bool positive = example::is_kind(example::kinds[k], said[i]);
                (right ? (positive ? counts[k].true_positives : counts[k].false_negatives)
                       : (positive ? counts[k].false_positives : counts[k].true_negatives)) += 1;
            }
        }
        for (std::size_t k = 0; k < counts.size(); ++k) {
            sensitivity[k].add(counts[k].recall());
            specificity[k].add(counts[k].specificity());
        }
    }

    std::ofstream out(arguments[0], std::ios::binary);
    cd::write_csv_row(out, {"kind", "true_positives", "false_positives", "false_negatives", "true_negatives"});
    const auto count = [](const drawn_share& share, double part) {
        return fmt::format("{:.2f}", share.effective_n() * part);
    };
    for (std::size_t k = 0; k < example::kinds.size(); ++k) {
        const drawn_share &se = sensitivity[k], &sp = specificity[k];
        cd::write_csv_row(out,
                          std::vector<std::string>{example::kinds[k], count(se, se.mean()), count(sp, 1 - sp.mean()),
                                                   count(se, 1 - se.mean()), count(sp, sp.mean())});
        std::cerr << fmt::format("{}: sensitivity {:.4f} ({:.0f}), specificity {:.4f} ({:.0f})\n", example::kinds[k],
                                 se.mean(), se.effective_n(), sp.mean(), sp.effective_n());
    }
    for (std::size_t i = 0; i < rates.size(); ++i)
        std::cerr << fmt::format("{}: {:g} of {:g} labelled\n", rate_names[i], rates[i].yes - 0.5,
                                 rates[i].yes + rates[i].no - 1);
    std::cerr << all.papers.size() << " papers\n";
    return out.flush() ? 0 : 1;
} catch (const std::exception& error) {
    std::cerr << "make_team_errors: " << error.what() << '\n';
    return 1;
}
