// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_WORDS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_WORDS_HPP

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/report_parts.hpp"

/// What the report says, whatever it is written in.
namespace example {

/// A file, or a folder, that the report was made of.
struct report_file {
    std::string name, sha256;  ///< the digest of a file
    std::uint64_t bytes = 0;
};
/// Where its numbers are from.
struct report_origin {
    std::string command;
    std::optional<std::uint64_t> seed = {}, draws = {};  ///< where anything is drawn
    bool is_shipped = true;
    std::vector<report_file> files = {};
    std::vector<std::string> dates = {};     ///< of the data, in words
    std::vector<std::string> left_out = {};  ///< parts that were not asked for
};

[[nodiscard]] std::string report_title();
[[nodiscard]] std::string report_lead(const report_origin& origin);
[[nodiscard]] std::string title_of(const report_part& part);
/// Whether it has claims of the study.
[[nodiscard]] bool is_finding(const report_part& part);

/// An estimate in words: with its unit, and with what its interval is not known to do.
[[nodiscard]] std::string words_of(const cd::estimate& e, const cd::claim& c);

/// The parts of what a sentence says of a claim, with its estimate between.
struct said {
    std::string before, after;
    const cd::claim* of = nullptr;
    const cd::specification* quoted = nullptr;
    std::size_t claim_number = 0;
};
/// Of the first claim that a study's number is held against; else of the first that has an estimate.
[[nodiscard]] std::optional<said> said_of(const cd::finding& f);
/// What the study says of a finding and what these data do, in one sentence; empty where no claim has an estimate.
[[nodiscard]] std::string sentence_of(const cd::finding& f);

[[nodiscard]] std::string_view short_words(cd::verdict v);
/// How many claims of a finding have which verdict.
[[nodiscard]] std::string counts_of_verdicts(const cd::finding& f);
/// The verdict on a claim and how many specifications say so.
[[nodiscard]] std::string verdict_words(const cd::claim& c);
/// By which verdicts are given.
[[nodiscard]] std::vector<std::string> rules_of_verdicts(const std::vector<report_part>& parts);

/// A row for each claim: the study, the headline, the verdict.
[[nodiscard]] cd::table claims_table(const cd::finding& f);
/// What there is room for of a long table; a note says how to have all.
[[nodiscard]] cd::table first_rows(cd::table t, const report_part& part, std::size_t most);
/// The numbers of a figure, whose notes and sources are beside it.
[[nodiscard]] cd::table plain_table(const cd::figure& f);
/// Notes and sources of a figure.
[[nodiscard]] std::string caption_of(const cd::figure& f);
/// Of a finding and its tables.
[[nodiscard]] std::string sources_of(const cd::finding& f);

[[nodiscard]] std::vector<std::string> method_lines(const std::vector<report_part>& parts, const report_origin& origin);
/// Words and what they mean, under a heading each.
struct glossary_part {
    std::string heading;
    std::vector<std::pair<std::string, std::string>> words;
};
[[nodiscard]] std::vector<glossary_part> report_glossary();
/// Who made it how; of the files there is a table.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> provenance_lines(const report_origin& origin);
[[nodiscard]] cd::table files_table(const report_origin& origin);
/// What the tables do not tell, and why.
[[nodiscard]] std::vector<std::string> silent_parts(const std::vector<report_part>& parts);

/// A command that a shell reads as these words.
[[nodiscard]] std::string command_of(const std::string& program, const std::vector<std::string>& arguments);
/// A sentence's beginning.
[[nodiscard]] std::string upper(std::string text);

}  // namespace example

#endif
