// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_FOLD_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_FOLD_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/io/openalex_types.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/term_set.hpp>

#include "papers.hpp"
#include "term_groups.hpp"

/// Works of OpenAlex, counted: who writes them, on what, and whether they speak of compute.
namespace example {

/// What the topics of a work are.
enum class openalex_topics {
    fields,    ///< the 26 fields of its topics
    topics,    ///< its topics, of 4,516
    concepts,  ///< its concepts of level 1, of 284
    lists      ///< those of data/topics.csv of which its title and abstract have terms
};
[[nodiscard]] constexpr auto enumerators(openalex_topics) {
    using enum openalex_topics;
    return std::array{cd::named<openalex_topics>{fields, "fields"}, cd::named<openalex_topics>{topics, "topics"},
                      cd::named<openalex_topics>{concepts, "concepts"}, cd::named<openalex_topics>{lists, "lists"}};
}

/// What becomes of works with a flag: retracted, of a paratext, of the expansion pack. Not known is not set.
enum class flagged_works { left_out, kept, only };
[[nodiscard]] constexpr auto enumerators(flagged_works) {
    using enum flagged_works;
    return std::array{cd::named<flagged_works>{left_out, "left_out"}, cd::named<flagged_works>{kept, "kept"},
                      cd::named<flagged_works>{only, "only"}};
}

/// Which works are counted, and how. Empty lists: all.
struct openalex_choices {
    cd::openalex_types types = cd::openalex_types::given;
    openalex_topics topics = openalex_topics::fields;
    std::optional<std::pair<int, int>> years;  ///< the first and the last
    std::vector<std::string> work_types, languages;
    std::vector<std::string> concepts;  ///< ids; one of them is enough
    double concept_score = 0.3;         ///< of a concept, at least, here and among the topics
    flagged_works retracted = flagged_works::left_out, paratext = flagged_works::left_out,
                  xpac = flagged_works::left_out;

    /// One line; states with different ones are of different things.
    [[nodiscard]] std::string text() const {
        std::string line = fmt::format("types: {}; topics: {}", cd::name_of(types), cd::name_of(topics));
        if (years) line += fmt::format("; years: {}-{}", years->first, years->second);
        if (!work_types.empty()) line += fmt::format("; types of works: {}", fmt::join(work_types, ", "));
        if (!languages.empty()) line += fmt::format("; languages: {}", fmt::join(languages, ", "));
        if (!concepts.empty()) line += fmt::format("; concepts: {}", fmt::join(concepts, ", "));
        if (!concepts.empty() || topics == openalex_topics::concepts)
            line += fmt::format("; score of concepts: {} or more", concept_score);
        return line + fmt::format("; retracted: {}; paratext: {}; xpac: {}", cd::name_of(retracted),
                                  cd::name_of(paratext), cd::name_of(xpac));
    }
};

/// What became of a work: counted, or the first reason to leave it out.
enum class work_fate { counted, year, type, language, retracted, paratext, xpac, concepts };
[[nodiscard]] constexpr auto enumerators(work_fate) {
    using enum work_fate;
    return std::array{cd::named<work_fate>{counted, "counted"},     cd::named<work_fate>{year, "year"},
                      cd::named<work_fate>{type, "type"},           cd::named<work_fate>{language, "language"},
                      cd::named<work_fate>{retracted, "retracted"}, cd::named<work_fate>{paratext, "paratext"},
                      cd::named<work_fate>{xpac, "xpac"},           cd::named<work_fate>{concepts, "concepts"}};
}

[[nodiscard]] inline work_fate fate_of(const cd::openalex_work& work, const openalex_choices& choices) {
    const auto is_chosen = [](const std::vector<std::string>& chosen, const std::optional<std::string>& given) {
        return chosen.empty() || (given && std::ranges::find(chosen, *given) != chosen.end());
    };
    const auto is_left_out = [](flagged_works rule, std::optional<bool> flag) {
        return rule != flagged_works::kept && flag.value_or(false) != (rule == flagged_works::only);
    };
    const auto is_wanted = [&](const cd::openalex_concept& of_work) {
        return of_work.score.value_or(1) >= choices.concept_score &&
               std::ranges::find(choices.concepts, of_work.id) != choices.concepts.end();
    };
    if (choices.years && (!work.year || *work.year < choices.years->first || *work.year > choices.years->second))
        return work_fate::year;
    if (!is_chosen(choices.work_types, work.type)) return work_fate::type;
    if (!is_chosen(choices.languages, work.language)) return work_fate::language;
    if (is_left_out(choices.retracted, work.is_retracted)) return work_fate::retracted;
    if (is_left_out(choices.paratext, work.is_paratext)) return work_fate::paratext;
    if (is_left_out(choices.xpac, work.is_xpac)) return work_fate::xpac;
    if (!choices.concepts.empty() && std::ranges::none_of(work.concepts, is_wanted)) return work_fate::concepts;
    return work_fate::counted;
}

/// A file that was counted, as it was named, and its size; the size of "-", standard input, is 0.
using openalex_part = std::pair<std::string, std::uint64_t>;

/// The works of one topic.
struct topic_counts {
    cd::tally<int, cd::team_kind> teams;             ///< by year
    cd::tally<int, bool> compute;                    ///< by year: whether the text has compute terms
    cd::tally<std::string, bool> groups_of_compute;  ///< works that have terms of each group

    void merge(const topic_counts& more) {
        teams.merge(more.teams);
        compute.merge(more.compute);
        groups_of_compute.merge(more.groups_of_compute);
    }
    static constexpr std::string_view state_name = "topic_counts";
    static auto state(auto& self) { return std::tie(self.teams, self.compute, self.groups_of_compute); }
};

/// All that is counted: an accumulator made of the library's. Integers throughout, so that files may be counted in any
/// order, anywhere, and merged.
struct openalex_counts {
    std::string choices;                                                    ///< openalex_choices::text
    std::map<std::string, std::uint64_t, std::less<>> parts = {};           ///< that were counted
    std::array<std::uint64_t, enumerators(work_fate{}).size()> works = {};  ///< by fate
    std::uint64_t unreadable = 0;                                           ///< works, and rests of files
    topic_counts all = {};                                                  ///< each work once
    std::map<std::string, topic_counts, std::less<>> topics = {};           ///< each work in each of its topics
    cd::evaluation<cd::institution_type> agreement{};                       ///< of the classifier with OpenAlex

    [[nodiscard]] std::uint64_t with(work_fate fate) const { return works[static_cast<std::size_t>(fate)]; }

    /// Throws std::invalid_argument where a part would be counted twice.
    void merge(const openalex_counts& more) {
        for (const auto& [file, size] : more.parts)
            if (!parts.emplace(file, size).second) throw std::invalid_argument(file + " would be counted twice");
        for (std::size_t i = 0; i < works.size(); ++i) works[i] += more.works[i];
        unreadable += more.unreadable;
        all.merge(more.all);
        for (const auto& [topic, counts] : more.topics) topics[topic].merge(counts);
        agreement.merge(more.agreement);
    }
    [[nodiscard]] const openalex_counts& result() const { return *this; }

    static constexpr std::string_view state_name = "openalex_counts";
    static auto state(auto& self) {
        return std::tie(self.parts, self.works, self.unreadable, self.all, self.topics, self.agreement);
    }
    [[nodiscard]] auto shape() const { return std::tie(choices); }
};

/// The files that paths stand for but those that are counted already. Throws std::invalid_argument where one is named
/// twice, or is of another size than when it was counted.
[[nodiscard]] inline std::vector<openalex_part> parts_to_count(const std::vector<std::string>& paths,
                                                               const openalex_counts& counted) {
    std::vector<openalex_part> parts;
    std::set<std::string> seen;
    for (const std::string& file : cd::openalex_parts(paths)) {
        if (!seen.insert(file).second) throw std::invalid_argument(file + " would be counted twice");
        std::error_code of_no_size;  // such as standard input
        const auto found = std::filesystem::file_size(file, of_no_size);
        const std::uint64_t size = of_no_size ? 0 : found;
        const auto known = counted.parts.find(file);
        if (known == counted.parts.end())
            parts.emplace_back(file, size);
        else if (known->second != size)
            throw std::invalid_argument(file + " is of another size than when it was counted");
    }
    return parts;
}

/// The classifier of affiliations. Each is read once where less than `most` others come between; memory is bounded.
class remembering_classifier {
public:
    /// Lives until the next call.
    const cd::affiliation& operator()(const std::string& text) {
        constexpr std::size_t most = 20'000, longest = 400;
        if (text.size() > longest) return last_ = classify_(text);
        if (const auto known = newer_.find(text); known != newer_.end()) return known->second;
        if (newer_.size() == most) {
            older_.swap(newer_);
            newer_.clear();
        }
        if (auto known = older_.extract(text)) return newer_.insert(std::move(known)).position->second;
        return newer_.emplace(text, classify_(text)).first->second;
    }

private:
    cd::classifier classify_;
    std::unordered_map<std::string, cd::affiliation> newer_, older_;
    cd::affiliation last_;
};

/// The fields of OpenAlex's topics, which are those of Scopus, by their numbers from 11 on.
inline constexpr std::array<std::string_view, 26> openalex_field_names{"Agricultural and Biological Sciences",
                                                                       "Arts and Humanities",
                                                                       "Biochemistry, Genetics and Molecular Biology",
                                                                       "Business, Management and Accounting",
                                                                       "Chemical Engineering",
                                                                       "Chemistry",
                                                                       "Computer Science",
                                                                       "Decision Sciences",
                                                                       "Earth and Planetary Sciences",
                                                                       "Economics, Econometrics and Finance",
                                                                       "Energy",
                                                                       "Engineering",
                                                                       "Environmental Science",
                                                                       "Immunology and Microbiology",
                                                                       "Materials Science",
                                                                       "Mathematics",
                                                                       "Medicine",
                                                                       "Neuroscience",
                                                                       "Nursing",
                                                                       "Pharmacology, Toxicology and Pharmaceutics",
                                                                       "Physics and Astronomy",
                                                                       "Psychology",
                                                                       "Social Sciences",
                                                                       "Veterinary",
                                                                       "Dentistry",
                                                                       "Health Professions"};

/// Counts the works of files, and writes the rows that topic_regression reads. For one thread; to be kept from file to
/// file, since it remembers affiliations.
class openalex_folder {
public:
    /// `data` is the folder of the lists of terms.
    openalex_folder(const openalex_choices& choices, const std::string& data)
        : choices_(choices),
          sectors_of_(classify_, choices.types),
          lists_(data + "/topics.csv"),
          compute_(data + "/compute_terms.csv"),
          pretrained_(data + "/pretrained_terms.csv") {}
    openalex_folder(const openalex_folder&) = delete;
    openalex_folder& operator=(const openalex_folder&) = delete;

    /// Counts a file. What cannot be read is told on standard error. Writes a row for each work that is counted where
    /// there is a stream for `papers`. Calls `between()` after each work.
    template <class Between>
    void fold(const openalex_part& part, openalex_counts& counts, std::ostream* papers, const Between& between) {
        auto works = cd::openalex_reader::open(part.first, reader_options(papers != nullptr));
        for (const cd::openalex_work& work : works) {
            const work_fate fate = fate_of(work, choices_);
            ++counts.works[static_cast<std::size_t>(fate)];
            if (fate == work_fate::counted) {
                read(work, papers != nullptr);
                count(work, counts);
                if (choices_.types == cd::openalex_types::both)
                    sectors_of_.compare(work, [&](const cd::openalex_type_pair& types) {
                        counts.agreement.add(types.given, types.classified);
                    });
                if (papers) write_row(work, *papers);
            }
            between(works);
        }
        counts.unreadable += works.n_problems();
        counts.parts.insert(part);
        tell_problems(works);
    }

private:
    [[nodiscard]] cd::openalex_options reader_options(bool papers) const {
        using enum openalex_topics;
        return {.fields = {.topics = choices_.topics == fields || choices_.topics == topics,
                           .concepts = choices_.topics == concepts || !choices_.concepts.empty(),
                           .raw_affiliations = choices_.types != cd::openalex_types::given,
                           .source = papers},
                .on_error = cd::error_handling::skip,
                .most_problems = 20};
    }

    static void tell_problems(const cd::openalex_reader& works) {
        std::string lines;
        for (const cd::read_problem& each : works.problems())
            lines += fmt::format("{}, line {}: {}\n", each.file, each.line, each.reason);
        if (works.n_problems() > works.problems().size())
            lines += fmt::format("{}: {} more\n", works.problems().front().file,
                                 works.n_problems() - works.problems().size());
        std::fputs(lines.c_str(), stderr);
    }

    /// Takes from a work what is counted and written.
    void read(const cd::openalex_work& work, bool pretrained) {
        sectors_ = cd::count_sectors(sectors_of_(work), {.counting = cd::sector_counting::author_full});
        cd::normalise(work.title, title_);
        const std::string_view abstract = fold_abstract_(work.abstract);
        found_compute_ = compute_.spoken_of(title_.view(), abstract);
        if (pretrained) found_pretrained_ = pretrained_.spoken_of(title_.view(), abstract);
        read_topics(work, abstract);
    }

    void read_topics(const cd::openalex_work& work, std::string_view abstract) {
        using enum openalex_topics;
        topics_.clear();
        const auto add = [this](std::string_view name) {
            if (!name.empty() && std::ranges::find(topics_, name) == topics_.end()) topics_.push_back(name);
        };
        switch (choices_.topics) {
            case fields:
                for (const cd::openalex_topic& each : work.topics)
                    if (const int field = each.field.value_or(0) - 11; field >= 0 && field < 26)
                        add(openalex_field_names[static_cast<std::size_t>(field)]);
                break;
            case topics:
                for (const cd::openalex_topic& each : work.topics) add(each.name);
                break;
            case concepts:
                for (const cd::openalex_concept& each : work.concepts)
                    if (each.level == 1 && each.score.value_or(1) >= choices_.concept_score) add(each.name);
                break;
            case lists:
                for_each_found(lists_, lists_.about(title_.view(), abstract), add);
        }
    }

    template <class Use>
    static void for_each_found(const term_groups& groups, const std::vector<bool>& found, const Use& use) {
        for (std::size_t i = 0; i < found.size(); ++i)
            if (found[i]) use(groups.names()[i]);
    }

    void count(const cd::openalex_work& work, openalex_counts& counts) const {
        count(work, counts.all);
        for (const std::string_view topic : topics_) {
            auto known = counts.topics.find(topic);
            if (known == counts.topics.end()) known = counts.topics.emplace(topic, topic_counts{}).first;
            count(work, known->second);
        }
    }
    void count(const cd::openalex_work& work, topic_counts& counts) const {
        const bool found = std::ranges::find(found_compute_, true) != found_compute_.end();
        counts.teams.add(work.year, cd::team_of(sectors_, team_rule));
        counts.compute.add(work.year, work.abstract.known() ? std::optional(found) : std::nullopt);
        if (work.abstract.known())
            for_each_found(compute_, found_compute_,
                           [&](const std::string& group) { counts.groups_of_compute.add(group, true); });
    }

    /// As in data/papers.csv.
    void write_row(const cd::openalex_work& work, std::ostream& papers) const {
        const auto list_of = [](const term_groups& groups, const std::vector<bool>& found) {
            std::vector<std::string_view> names;
            for_each_found(groups, found, [&](const std::string& name) { names.push_back(name); });
            return fmt::format("{}", fmt::join(names, ";"));
        };
        std::vector<std::string> row{work.source.name, work.year ? std::to_string(*work.year) : "", "",
                                     work.authorships.empty() ? "" : std::to_string(work.authorships.size())};
        for (const auto& each : cd::enumerators(cd::sector{})) row.push_back(fmt::format("{}", sectors_[each.value]));
        std::vector<std::string> topics(topics_.begin(), topics_.end());
        for (std::string& each : topics) std::ranges::replace(each, ';', ',');
        row.insert(row.end(),
                   {work.abstract.known() ? "title and abstract" : "title", "", list_of(compute_, found_compute_),
                    fmt::format("{}", fmt::join(topics, ";")), list_of(pretrained_, found_pretrained_)});
        cd::write_csv_row(papers, row);
    }

    openalex_choices choices_;
    remembering_classifier classify_;
    cd::openalex_sectors<remembering_classifier> sectors_of_;
    term_groups lists_, compute_, pretrained_;
    cd::normalised_abstract fold_abstract_;

    // Of the work that was read last:
    cd::sector_counts sectors_;
    cd::normalised_text title_;
    std::vector<bool> found_compute_, found_pretrained_;
    std::vector<std::string_view> topics_;
};

}  // namespace example

#endif
