// SPDX-License-Identifier: BSL-1.0
// How good are the lists of terms? Precision and recall of compute terms and of topics, against marks of
// abstracts (tests/reference/term_marks.csv; examples/data/README.md says what they mean).
//   evaluate_terms --marks tests/reference/term_marks.csv --rows odd conference_papers_2012-2019.jsonl
// With --errors OUT.csv it also writes examples/data/compute_term_errors.csv: the four counts of the whole list, of
// those that speak of compute and of the others each by Kish's effective number. The files are those that
// examples/data/papers.csv is made from: a mark names a record by its position in them. The marks are a sample from two
// strata, papers in which a compute term was found and others; each mark weighs as many papers as it stands for, so
// shares are of all papers. Intervals are Wilson's for Kish's effective number, which stands beside them. A group of
// compute terms is right where the paper speaks of compute at all, and its recall is the part that it finds of all
// those papers. "Theory" is of papers that speak of the time of algorithms as theory alone: hardness and classes of
// complexity. They are not taken as speaking of compute, but in the row that says so. Topics are scored by pairs of
// paper and topic, which are taken as independent.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/text/normalise.hpp>

#include "support/evaluation.hpp"
#include "support/paper_records.hpp"
#include "support/papers.hpp"
#include "support/term_groups.hpp"

namespace cd = compute_divide;

namespace {

struct mark {
    std::string venue;
    int year = 0;
    double weight = 0;    // how many papers it stands for
    std::string compute;  // yes, no or theory
    std::vector<std::string> topics;
};

/// The marks of the chosen rows, by the record's position.
std::map<std::size_t, mark> read_marks(const std::string& path, example::row_choice rows) {
    std::map<std::size_t, mark> marks;
    cd::csv_reader table = cd::csv_reader::open(path);
    std::size_t number = 0;
    for (const auto& row : table) {
        if (!example::chosen(rows, number++)) continue;
        const auto figure = [&row](const char* column) { return cd::parse_number(row[column]).value_or(0); };
        marks[static_cast<std::size_t>(figure("index"))] = {std::string(row["venue"]), static_cast<int>(figure("year")),
                                                            figure("stands for"), std::string(row["speaks of compute"]),
                                                            example::parts_of(row["topics"])};
    }
    return marks;
}

/// Of each class, what was said against what is true.
class scores {
public:
    void add(const std::string& name, bool said, bool is, double weight) {
        if (said) right_of_said_.add(name, is, weight);
        if (is) said_of_true_.add(name, said, weight);
    }

    /// The classes in the given order, those that are true `fewest` times or more.
    void print(std::string_view heading, const std::vector<std::string>& names, std::size_t fewest = 0) const {
        const auto precision = right_of_said_.result(), recall = said_of_true_.result();
        // weights of a sample drawn by stratum, its records apart from each other
        const cd::share_options weighted{.effective = cd::effective_number::linearised};
        const auto precisions = cd::shares(precision, true, weighted), recalls = cd::shares(recall, true, weighted);
        fmt::print("\n| {} | marked | found | precision | recall |\n|---|---|---|---|---|\n", heading);
        for (const std::string& name : names) {
            const auto find = [&](const auto& table) {
                const auto row = std::ranges::find(table.rows, name, &cd::key_share<std::string>::key);
                return row == table.end() ? cd::key_share<std::string>{} : *row;
            };
            const auto said = find(precisions), is = find(recalls);
            if (is.share.n >= fewest)
                fmt::print("| {} | {} | {} | {} | {} |\n", name, is.share.n, said.share.n, cell(said.share),
                           cell(is.share));
        }
    }

private:
    static std::string cell(const cd::estimate& share) {
        return share ? fmt::format("{} of {}", example::cell(share), share.n) : "none";
    }

    cd::tally<std::string, bool> right_of_said_, said_of_true_;
};

/// Weights of what was said against what is true.
class weighted_counts {
public:
    void add(bool said, bool is, double weight) {
        sums& s = of_[is ? 1 : 0];
        s.all += weight;
        s.squares += weight * weight;
        s.right += said == is ? weight : 0;
    }
    /// kind,true_positives,false_positives,false_negatives,true_negatives
    void write(const std::string& path) const {
        std::ofstream out(path, std::ios::binary);
        const auto right = [&](int i) { return of_[i].right * of_[i].all / of_[i].squares; };
        const auto wrong = [&](int i) { return of_[i].all * of_[i].all / of_[i].squares - right(i); };
        out << fmt::format(
            "kind,true_positives,false_positives,false_negatives,true_negatives\n"
            "compute terms,{:.2f},{:.2f},{:.2f},{:.2f}\n",
            right(1), wrong(0), wrong(1), right(0));
        out.close();
        if (!out) throw std::runtime_error(path + " cannot be written");
    }

private:
    struct sums {
        double all = 0, squares = 0, right = 0;
    } of_[2];
};

/// The terms of a text, for people who mend the lists.
void show(std::string_view what, std::size_t index, const std::string& text, const example::term_groups& groups) {
    fmt::print("{} {}:", what, index);
    for (const cd::term_hit& hit : groups.terms().find(text))
        fmt::print(" {} <{}>", groups.names()[hit.id], text.substr(hit.begin, hit.end - hit.begin));
    fmt::print("\n");
}

}  // namespace

int main(int argc, char** argv) try {
    const std::string data = COMPUTE_DIVIDE_DATA_DIR;
    std::string compute_file = data + "/compute_terms.csv", topics_file = data + "/topics.csv";
    std::string marks_file, rows = "all", errors_file;
    std::vector<std::string> papers;
    bool show_errors = false;
    CLI::App app("Precision and recall of the lists of compute terms and of topics");
    app.add_option("papers", papers, "records of papers, as for make_papers_table")
        ->required()
        ->check(CLI::ExistingFile);
    app.add_option("--marks", marks_file, "what some of them speak of")->required()->check(CLI::ExistingFile);
    app.add_option("--terms", compute_file, "groups of compute terms")->check(CLI::ExistingFile);
    app.add_option("--topics", topics_file, "topics and their terms")->check(CLI::ExistingFile);
    app.add_option("--rows", rows, "all, even or odd rows of the marks, from 0")->capture_default_str();
    app.add_option("--errors", errors_file, "write the counts of the whole list of compute terms here");
    app.add_flag("--show", show_errors, "what is not right, with the terms found");
    CLI11_PARSE(app, argc, argv);

    const example::term_groups compute(compute_file), topics(topics_file);
    std::map<std::size_t, mark> marks = read_marks(marks_file, cd::parse_name<example::row_choice>(rows));
    const std::string whole = "whole list", with_theory = "whole list, theory counted", all = "all topics";
    scores of_compute, of_topics;
    weighted_counts whole_list;
    std::size_t index = 0;
    cd::normalised_text heading, abstract;
    example::for_each_paper(papers, [&](const nlohmann::json& paper) {
        const auto known = marks.find(index++);
        if (known == marks.end()) return;
        const mark one = known->second;
        marks.erase(known);
        if (example::venue_of(paper) != one.venue || example::year_of(paper) != one.year)
            throw std::invalid_argument(
                fmt::format("record {} is not of {} {}, as the marks say", index - 1, one.venue, one.year));
        const std::string text = example::heading_of(paper) + ". " + example::abstract_of(paper);
        cd::normalise(example::heading_of(paper), heading);
        cd::normalise(example::abstract_of(paper), abstract);

        const std::vector<bool> found = compute.spoken_of(heading.view(), abstract.view());
        const bool is = one.compute == "yes", said = std::ranges::count(found, true) > 0;
        of_compute.add(whole, said, is, one.weight);
        whole_list.add(said, is, one.weight);
        of_compute.add(with_theory, said, is || one.compute == "theory", one.weight);
        for (std::size_t i = 0; i < found.size(); ++i) of_compute.add(compute.names()[i], found[i], is, one.weight);
        if (show_errors && said != is) show(is ? "missed compute" : "no compute", index - 1, text, compute);

        const std::vector<bool> found_topics = topics.about(heading.view(), abstract.view());
        for (std::size_t i = 0; i < found_topics.size(); ++i) {
            const std::string& topic = topics.names()[i];
            const bool is_topic = std::ranges::find(one.topics, topic) != one.topics.end();
            of_topics.add(all, found_topics[i], is_topic, one.weight);
            of_topics.add(topic, found_topics[i], is_topic, one.weight);
            if (show_errors && found_topics[i] != is_topic)
                show((is_topic ? "missed " : "no ") + topic, index - 1, text, topics);
        }
    });
    if (!marks.empty())
        throw std::invalid_argument(fmt::format("there is no record {}, which is marked", marks.begin()->first));

    if (!errors_file.empty()) whole_list.write(errors_file);
    std::vector<std::string> names{whole, with_theory};
    names.insert(names.end(), compute.names().begin(), compute.names().end());
    of_compute.print("compute terms", names);
    names = {all};
    names.insert(names.end(), topics.names().begin(), topics.names().end());
    constexpr std::size_t fewest_marks = 5;
    of_topics.print("topics", names, fewest_marks);
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_terms: {}\n", error.what());
    return 1;
}
