// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_FOLD_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_FOLD_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/careers.hpp>
#include <compute_divide/institutions/evaluation.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/file_identity.hpp>
#include <compute_divide/io/openalex_snapshot.hpp>
#include <compute_divide/io/openalex_types.hpp>
#include <compute_divide/io/work_ids.hpp>
#include <compute_divide/shares/tally.hpp>

#include "support/sector_flags.hpp"

/// Works of OpenAlex, counted: who writes them, on what, and whether they speak of compute.
namespace example {

namespace cd = compute_divide;

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
    sector_flags sectors;                     ///< how sectors are read
    std::optional<std::array<int, 2>> years;  ///< the first and the last
    std::vector<std::string> work_types, languages;
    std::vector<std::string> concepts;  ///< ids; one of them is enough
    double concept_score = 0.3;         ///< of a concept, at least, here and among the topics
    flagged_works retracted = flagged_works::left_out, paratext = flagged_works::left_out,
                  xpac = flagged_works::left_out;
    bool careers = false;  ///< whether authors' moves are counted

    /// One line; states with different ones are of different things.
    [[nodiscard]] std::string text() const;
};

/// What became of a work: counted, or the first reason to leave it out. Of several versions of a work the newest is
/// taken, and the others are left out.
enum class work_fate { counted, older_version, merged, year, type, language, retracted, paratext, xpac, concepts };
[[nodiscard]] constexpr auto enumerators(work_fate) {
    using enum work_fate;
    return std::array{
        cd::named<work_fate>{counted, "counted"},     cd::named<work_fate>{older_version, "older_version"},
        cd::named<work_fate>{merged, "merged"},       cd::named<work_fate>{year, "year"},
        cd::named<work_fate>{type, "type"},           cd::named<work_fate>{language, "language"},
        cd::named<work_fate>{retracted, "retracted"}, cd::named<work_fate>{paratext, "paratext"},
        cd::named<work_fate>{xpac, "xpac"},           cd::named<work_fate>{concepts, "concepts"}};
}

/// A file to be counted: as it was named, and what it is by its content. What can be read only once, such as standard
/// input or a pipe, has no size before it is read.
struct openalex_part {
    std::string path;
    cd::file_identity identity;
    int updated = undated;                    ///< the day of its partition, in days from 1970 on
    std::optional<std::uint64_t> works = {};  ///< that it holds, by the manifest

    static constexpr int undated = std::numeric_limits<int>::min();  ///< taken as older than any date

    friend bool operator==(const openalex_part&, const openalex_part&) = default;
    static constexpr std::string_view state_name = "openalex_part";
    static auto state(auto& self) { return std::tie(self.path, self.identity, self.updated, self.works); }
};

/// A part that was counted.
struct counted_part {
    std::string name;
    int updated = openalex_part::undated;

    friend bool operator==(const counted_part&, const counted_part&) = default;
    static constexpr std::string_view state_name = "counted_part";
    static auto state(auto& self) { return std::tie(self.name, self.updated); }
};

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
    std::string choices;                                   ///< openalex_choices::text
    std::map<cd::file_identity, counted_part> parts = {};  ///< that were counted
    std::set<cd::file_identity> planned = {};              ///< parts of the run that counted, in whose order these were
    cd::work_ids ids = {};                                 ///< of the works that were met, whatever became of them
    std::array<std::uint64_t, enumerators(work_fate{}).size()> works = {};  ///< by fate
    std::uint64_t unreadable = 0;                                           ///< works, and rests of files
    topic_counts all = {};                                                  ///< each work once
    std::map<std::string, topic_counts, std::less<>> topics = {};           ///< each work in each of its topics
    cd::evaluation<cd::institution_type> agreement{};                       ///< of the classifier with OpenAlex
    cd::careers<std::uint64_t> careers = {};                                ///< by number of the author's id

    [[nodiscard]] std::uint64_t with(work_fate fate) const { return works[static_cast<std::size_t>(fate)]; }

    /// Throws std::invalid_argument where a content, or a work, would be counted twice, whatever its names, and changes
    /// nothing.
    void merge(const openalex_counts& more);
    /// The same, of works that are known to be others, whose ids are kept elsewhere.
    void merge_but_ids(const openalex_counts& more);
    [[nodiscard]] const openalex_counts& result() const { return *this; }
    /// The day of the oldest part.
    [[nodiscard]] std::optional<int> oldest() const {
        std::optional<int> day;
        for (const auto& [identity, part] : parts) day = std::min(day.value_or(part.updated), part.updated);
        return day;
    }

    static constexpr std::string_view state_name = "openalex_counts";
    static auto state(auto& self) {
        return std::tie(self.parts, self.planned, self.ids, self.works, self.unreadable, self.all, self.topics,
                        self.agreement, self.careers);
    }
    [[nodiscard]] auto shape() const { return std::tie(choices); }
    /// Each work that is counted is in the tables of all once, and in those of a topic at most once.
    [[nodiscard]] bool restore() const;

private:
    void require_other_parts(const openalex_counts& more) const;
    [[nodiscard]] std::string names() const;
};

/// Their states, as bytes and as files, compiled once for all programs; they throw as those of the library.
[[nodiscard]] std::string saved(const openalex_counts& counts);
void load(std::string_view bytes, openalex_counts& counts);
void save_file(const std::string& path, const openalex_counts& counts);
void load_file(const std::string& path, openalex_counts& counts);

/// The files that are to be counted, the newest first, and works that were merged into others.
struct openalex_input {
    std::vector<openalex_part> parts;
    cd::work_ids merged;

    static constexpr std::string_view state_name = "openalex_input";
    static auto state(auto& self) { return std::tie(self.parts, self.merged); }
};

/// The files that paths stand for. All are read, for what they are: of those of the same content, whatever their names,
/// the first stands for all, which is told on standard error. Throws std::invalid_argument where what can be read only
/// once is named twice, and as open_snapshot does.
[[nodiscard]] openalex_input parts_of(const std::vector<std::string>& paths, cd::openalex_manifests manifests);

/// Those that are not counted yet. Throws std::invalid_argument where a file is no longer what it was when it was
/// counted. `all_are_there`: tells on standard error which files that are counted are no longer among the parts.
[[nodiscard]] std::vector<openalex_part> parts_to_count(const std::vector<openalex_part>& parts,
                                                        const openalex_counts& counted, bool all_are_there = false);

/// Counts the works of files, and writes the rows that topic_regression reads. For one thread; to be kept from file to
/// file, since it remembers affiliations.
class openalex_folder {
public:
    /// `data` is the folder of the lists of terms.
    openalex_folder(const openalex_choices& choices, const std::string& data);
    openalex_folder(openalex_folder&&) noexcept;
    ~openalex_folder();

    /// Counts a file into empty counts: of each work the first that it holds, unless its id is left out, where it is an
    /// older version or merged. What cannot be read is told on standard error. Throws std::runtime_error where the file
    /// is not what it was when it was named. Writes a row for each work that is counted where there is a stream for
    /// `papers`. Calls `between(bytes)` after each work, with the bytes taken from the file.
    void fold(const openalex_part& part, openalex_counts& counts, std::ostream* papers,
              const std::function<work_fate(std::uint64_t)>& fate_of_id,
              const std::function<void(std::uint64_t)>& between);

private:
    class reader_of_works;
    std::unique_ptr<reader_of_works> reader_;
};

}  // namespace example

#endif
