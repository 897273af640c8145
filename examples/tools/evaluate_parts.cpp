// SPDX-License-Identifier: BSL-1.0
// How good is the parser of affiliations? Precision, recall and F1 of each role, by bytes, on affiliations tagged by
// hand, with intervals of a bootstrap of affiliations.
//   evaluate_parts affilgood_parts_dev.jsonl grobid_parts_dev.jsonl
// The rows that count are those that were never looked at (--rows unread), all of a file that was kept apart (--rows
// all).
#include <algorithm>
#include <array>
#include <compute_divide/random.hpp>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "support/tagged_parts.hpp"

namespace cd = compute_divide;
using cd::affiliation_role;

namespace {

constexpr std::size_t roles = cd::enumerators(affiliation_role{}).size();

struct byte_counts {
    std::array<double, roles> true_bytes{}, told{}, both{};
    byte_counts& operator+=(const byte_counts& more) {
        for (std::size_t r = 0; r < roles; ++r) {
            true_bytes[r] += more.true_bytes[r];
            told[r] += more.told[r];
            both[r] += more.both[r];
        }
        return *this;
    }
    [[nodiscard]] double f1(std::size_t r) const {
        const double all = true_bytes[r] + told[r];
        return all > 0 ? 2 * both[r] / all : 0;
    }
};

byte_counts count(const example::tagged_affiliation& text, const std::vector<cd::affiliation_part>& told) {
    byte_counts counts;
    std::vector<std::uint8_t> truth(text.text.size(), roles), found(text.text.size(), roles);
    for (const auto& part : text.parts)
        std::fill(truth.begin() + static_cast<std::ptrdiff_t>(part.from),
                  truth.begin() + static_cast<std::ptrdiff_t>(part.to), static_cast<std::uint8_t>(part.role));
    for (const auto& part : told)
        std::fill(found.begin() + static_cast<std::ptrdiff_t>(part.from),
                  found.begin() + static_cast<std::ptrdiff_t>(part.to), static_cast<std::uint8_t>(part.role));
    for (std::size_t i = 0; i < truth.size(); ++i) {
        if (truth[i] < roles) ++counts.true_bytes[truth[i]];
        if (found[i] < roles) ++counts.told[found[i]];
        if (truth[i] < roles && truth[i] == found[i]) ++counts.both[truth[i]];
    }
    return counts;
}

/// Whether the only institution or unit of an affiliation is an institute, a centre or a laboratory; its part then.
const cd::affiliation_part* lone_institute(const example::tagged_affiliation& text) {
    const cd::affiliation_part* only = nullptr;
    for (const auto& part : text.parts) {
        if (part.role != affiliation_role::organisation && part.role != affiliation_role::unit) continue;
        if (only != nullptr) return nullptr;
        only = &part;
    }
    if (only == nullptr) return nullptr;
    const std::string_view name = std::string_view(text.text).substr(only->from, only->to - only->from);
    cd::detail::affiliation_words in;
    cd::detail::affiliation_pieces all;
    in.read(name);
    all.read(name, in);
    std::uint32_t kinds = 0;
    for (const auto& word : all.words) kinds |= word.kinds;
    const bool is_institute = (kinds & cd::detail::ambiguous_words_mask) != 0 &&
                              (kinds & (cd::detail::organisation_words_mask | cd::detail::unit_words_mask)) == 0;
    return is_institute ? only : nullptr;
}

}  // namespace

int main(int argc, char** argv) try {
    std::vector<std::string> files;
    std::string rows = "unread", show;
    bool lone = false;
    CLI::App app("Accuracy of the parser of affiliations");
    app.add_option("FILE", files, "affiliations with tagged parts")->required()->check(CLI::ExistingFile);
    app.add_option("--rows", rows, "all, seen or unread")->capture_default_str();
    app.add_option("--show", show, "print the affiliations with errors in this role instead (of the seen rows)");
    app.add_flag("--lone", lone, "count how institutes, centres and laboratories without a parent are tagged instead");
    CLI11_PARSE(app, argc, argv);
    if (lone) {
        for (const std::string& file : files) {
            std::size_t all = 0, organisations = 0;
            for (const auto& text : example::read_tagged(file, cd::parse_name<example::split_choice>(rows)))
                if (const auto* only = lone_institute(text); only != nullptr) {
                    ++all;
                    organisations += only->role == affiliation_role::organisation ? 1U : 0U;
                }
            fmt::print("{}: {} of {} institutes, centres and laboratories alone are tagged as organisations\n", file,
                       organisations, all);
        }
        return 0;
    }
    const auto choice = show.empty() ? cd::parse_name<example::split_choice>(rows) : example::split_choice::seen;
    cd::affiliation_parser parser;
    for (const std::string& file : files) {
        std::vector<byte_counts> each;
        for (const auto& text : example::read_tagged(file, choice)) {
            const auto& told = parser(text.text);
            each.push_back(count(text, told));
            if (show.empty()) continue;
            const auto r = static_cast<std::size_t>(cd::parse_name<affiliation_role>(show));
            if (each.back().f1(r) > 0.9 || each.back().true_bytes[r] + each.back().told[r] == 0) continue;
            fmt::print("{}\n", text.text);
            for (const auto* list : {&text.parts, &told}) {
                fmt::print("   ");
                for (const auto& part : *list)
                    fmt::print(" {}:[{}]", cd::name_of(part.role), text.text.substr(part.from, part.to - part.from));
                fmt::print("\n");
            }
        }
        if (!show.empty()) continue;
        byte_counts total;
        for (const auto& counts : each) total += counts;
        constexpr std::size_t resamples = 1000;
        std::vector<std::array<double, roles>> scores(resamples);
        cd::random_stream random(1);
        for (auto& score : scores) {
            byte_counts sample;
            for (std::size_t i = 0; i < each.size(); ++i) sample += each[random.below(each.size())];
            for (std::size_t r = 0; r < roles; ++r) score[r] = sample.f1(r);
        }
        fmt::print("\n{}: {} affiliations\n\n| role | bytes | precision | recall | F1 |\n|---|---|---|---|---|\n", file,
                   each.size());
        for (std::size_t r = 0; r < roles; ++r) {
            if (total.true_bytes[r] == 0) continue;
            std::vector<double> ordered;
            for (const auto& score : scores) ordered.push_back(score[r]);
            std::ranges::sort(ordered);
            fmt::print("| {} | {:.0f} | {:.3f} | {:.3f} | {:.3f} [{:.3f}, {:.3f}] |\n",
                       cd::name_of(static_cast<affiliation_role>(r)), total.true_bytes[r],
                       total.told[r] > 0 ? total.both[r] / total.told[r] : 0, total.both[r] / total.true_bytes[r],
                       total.f1(r), ordered[resamples / 40], ordered[resamples - 1 - resamples / 40]);
        }
    }
    return 0;
} catch (const std::exception& error) {
    fmt::print(stderr, "evaluate_parts: {}\n", error.what());
    return 1;
}
