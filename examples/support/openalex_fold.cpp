// SPDX-License-Identifier: BSL-1.0
#include "support/openalex_fold.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <set>
#include <system_error>
#include <unordered_set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <compute_divide/institutions/cached_classifier.hpp>
#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/io/csv.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/visible_text.hpp>

#include "support/papers.hpp"
#include "support/term_groups.hpp"

namespace example {

std::string openalex_choices::text() const {
    std::string line = fmt::format("types: {}; topics: {}", cd::name_of(types), cd::name_of(topics));
    if (sectors.mapping() != cd::sector_mapping{}) line += "; sectors: " + sectors.text();
    if (years) line += fmt::format("; years: {}-{}", (*years)[0], (*years)[1]);
    if (!work_types.empty()) line += fmt::format("; types of works: {}", fmt::join(work_types, ", "));
    if (!languages.empty()) line += fmt::format("; languages: {}", fmt::join(languages, ", "));
    if (!concepts.empty()) line += fmt::format("; concepts: {}", fmt::join(concepts, ", "));
    if (!concepts.empty() || topics == openalex_topics::concepts)
        line += fmt::format("; score of concepts: {} or more", concept_score);
    if (careers) line += "; careers of authors";
    return line + fmt::format("; retracted: {}; paratext: {}; xpac: {}", cd::name_of(retracted), cd::name_of(paratext),
                              cd::name_of(xpac));
}

void openalex_counts::merge(const openalex_counts& more) {
    require_other_parts(more);
    if (const cd::work_ids twice = ids.common_with(more.ids); !twice.empty())
        throw std::invalid_argument(std::to_string(twice.size()) + " works, the first W" +
                                    std::to_string(twice.first().value()) + ", would be counted twice: they are in " +
                                    more.names() + " and in " + names() +
                                    ", which were counted apart. Count the newer with --state, then the older with "
                                    "--merge of that");
    merge_but_ids(more);
    ids.merge(more.ids);
}

void openalex_counts::merge_but_ids(const openalex_counts& more) {
    require_other_parts(more);
    parts.insert(more.parts.begin(), more.parts.end());
    planned.insert(more.planned.begin(), more.planned.end());
    for (std::size_t i = 0; i < works.size(); ++i) works[i] += more.works[i];
    unreadable += more.unreadable;
    all.merge(more.all);
    for (const auto& [topic, counts] : more.topics) topics[topic].merge(counts);
    agreement.merge(more.agreement);
    careers.merge(more.careers);
}

bool openalex_counts::restore() const {
    const auto records = [](const auto& tally) {
        const auto table = tally.result();
        std::uint64_t n = table.n_missing;
        for (const auto& row : table) n += row.n;
        return n;
    };
    const std::uint64_t counted = with(work_fate::counted);
    bool agree = records(all.teams) == counted && records(all.compute) == counted;
    for (const auto& [topic, each] : topics)
        agree = agree && records(each.teams) <= counted && records(each.compute) <= counted;
    return agree;
}

void openalex_counts::require_other_parts(const openalex_counts& more) const {
    for (const auto& [identity, part] : more.parts)
        if (const auto known = parts.find(identity); known != parts.end())
            throw std::invalid_argument(part.name + " would be counted twice" +
                                        (known->second.name == part.name
                                             ? ""
                                             : ": it is the same as " + known->second.name + ", which is counted"));
}

std::string openalex_counts::names() const {
    if (parts.empty()) return "no part";
    const std::string& first = parts.begin()->second.name;
    return parts.size() == 1 ? first : first + " and " + std::to_string(parts.size() - 1) + " more";
}

std::string saved(const openalex_counts& counts) {
    return cd::saved(counts);
}
void load(std::string_view bytes, openalex_counts& counts) {
    cd::load(bytes, counts);
}
void save_file(const std::string& path, const openalex_counts& counts) {
    cd::save_file(path, counts);
}
void load_file(const std::string& path, openalex_counts& counts) {
    cd::load_file(path, counts);
}

openalex_input parts_of(const std::vector<std::string>& paths, cd::openalex_manifests manifests) {
    std::vector<openalex_part> parts;
    std::map<cd::file_identity, std::string> first_of;
    std::set<std::string> streams;
    const cd::openalex_snapshot snapshot = cd::open_snapshot(paths, manifests);
    for (const auto& [path, updated, works] : snapshot.parts) {
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error)) {
            if (!streams.insert(path).second)
                throw std::invalid_argument(path + " can be read only once, and is named twice");
            parts.push_back({path, {}});
            continue;
        }
        const int day = updated ? static_cast<int>(std::chrono::sys_days(*updated).time_since_epoch().count())
                                : openalex_part::undated;
        const openalex_part part{path, cd::identity_of_file(path), day, works};
        const auto [known, is_new] = first_of.emplace(part.identity, path);
        if (is_new)
            parts.push_back(part);
        else
            fmt::print(stderr, "note: {} is {}: counted once\n", cd::visible_line(path),
                       known->second == path ? "named twice" : "the same as " + cd::visible_line(known->second));
    }
    if (!snapshot.not_listed.empty())
        fmt::print(stderr,
                   "note: {} part{} of no manifest, the first {}: counted for the works that no newer part has\n",
                   snapshot.not_listed.size(), snapshot.not_listed.size() == 1 ? "" : "s",
                   cd::visible_line(snapshot.not_listed.front()));
    return {std::move(parts), cd::merged_work_ids(snapshot.merged_ids)};
}

std::vector<openalex_part> parts_to_count(const std::vector<openalex_part>& parts, const openalex_counts& counted,
                                          bool all_are_there) {
    std::map<std::string, cd::file_identity> by_name;
    for (const auto& [identity, part] : counted.parts) by_name.emplace(part.name, identity);
    std::vector<openalex_part> left;
    for (const openalex_part& part : parts) {
        const auto known = by_name.find(part.path);
        const bool is_stream = part.identity.size == 0;
        if (known != by_name.end() && !is_stream && known->second != part.identity)
            throw std::invalid_argument(part.path + " is not what it was when it was counted");
        if (is_stream || !counted.parts.contains(part.identity)) left.push_back(part);
    }
    if (all_are_there)
        for (const auto& [identity, gone] : counted.parts)
            if (std::ranges::find(parts, identity, &openalex_part::identity) == parts.end())
                fmt::print(stderr, "note: {} was counted before, and is no longer there\n",
                           cd::visible_line(gone.name));
    return left;
}

namespace {
work_fate fate_of(const cd::openalex_work& work, const openalex_choices& choices) {
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
    if (choices.years && (!work.year || *work.year < (*choices.years)[0] || *work.year > (*choices.years)[1]))
        return work_fate::year;
    if (!is_chosen(choices.work_types, work.type)) return work_fate::type;
    if (!is_chosen(choices.languages, work.language)) return work_fate::language;
    if (is_left_out(choices.retracted, work.is_retracted)) return work_fate::retracted;
    if (is_left_out(choices.paratext, work.is_paratext)) return work_fate::paratext;
    if (is_left_out(choices.xpac, work.is_xpac)) return work_fate::xpac;
    if (!choices.concepts.empty() && std::ranges::none_of(work.concepts, is_wanted)) return work_fate::concepts;
    return work_fate::counted;
}

/// The fields of OpenAlex's topics, which are those of Scopus, by their numbers from 11 on.
constexpr std::array<std::string_view, 26> openalex_field_names{"Agricultural and Biological Sciences",
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

}  // namespace

class openalex_folder::reader_of_works {
public:
    reader_of_works(const openalex_choices& choices, const std::string& data)
        : choices_(choices),
          sectors_of_(classify_, choices.types, choices.sectors.mapping()),
          lists_(data + "/topics.csv"),
          compute_(data + "/compute_terms.csv"),
          pretrained_(data + "/pretrained_terms.csv") {}
    reader_of_works(const reader_of_works&) = delete;
    reader_of_works& operator=(const reader_of_works&) = delete;

    void fold(const openalex_part& part, openalex_counts& counts, std::ostream* papers,
              const std::function<work_fate(std::uint64_t)>& fate_of_id,
              const std::function<void(std::uint64_t)>& between) {
        // A part holds no work twice: whether that is so is seen at its end, and if not, it is read again with an eye
        // on it; as is from the start what cannot be read again, or has its rows written.
        const bool can_be_repeated = part.identity.size > 0 && papers == nullptr;
        const openalex_counts empty = counts;
        if (pass(part, counts, papers, fate_of_id, between, !can_be_repeated)) return;
        counts = empty;
        static_cast<void>(pass(
            part, counts, papers, fate_of_id, [](std::uint64_t) {}, true));
    }

private:
    /// Whether each work of the part is counted once: always so where `looks_for_copies`.
    [[nodiscard]] bool pass(const openalex_part& part, openalex_counts& counts, std::ostream* papers,
                            const std::function<work_fate(std::uint64_t)>& fate_of_id,
                            const std::function<void(std::uint64_t)>& between, bool looks_for_copies) {
        auto works = cd::openalex_reader::open(part.path, reader_options(papers != nullptr));
        std::uint64_t of_no_number = 0;
        std::string no_number;
        std::vector<std::uint64_t> ids;
        std::unordered_set<std::uint64_t> met;
        for (const cd::openalex_work& work : works) {
            const auto id = cd::openalex_number(work.id, 'W');
            if (!id) {
                if (++of_no_number == 1) no_number = work.id;
                continue;
            }
            work_fate fate = fate_of_id(*id);
            if (fate == work_fate::counted && looks_for_copies && !met.insert(*id).second)
                fate = work_fate::older_version;
            if (fate == work_fate::counted) {
                ids.push_back(*id);
                fate = fate_of(work, choices_);
            }
            ++counts.works[static_cast<std::size_t>(fate)];
            if (fate == work_fate::counted) {
                read(work, papers != nullptr);
                count(work, counts);
                if (choices_.careers) count_careers(work, counts.careers);
                if (choices_.types == cd::openalex_types::both)
                    sectors_of_.compare(work, [&](const cd::openalex_type_pair& types) {
                        counts.agreement.add(types.given, types.classified);
                    });
                if (papers) write_row(work, *papers);
            }
            between(works.bytes_taken());
        }
        const std::size_t n_ids = ids.size();
        counts.ids = cd::work_ids(std::move(ids));
        if (counts.ids.size() != n_ids) return false;
        tell_problems(works);
        if (of_no_number > 0)
            fmt::print(stderr, "{}\n",
                       cd::visible_line(fmt::format("{}: {} ids that are no number, the first {}", part.path,
                                                    of_no_number, no_number)));
        const cd::file_identity found = works.identity();
        if (part.identity.size > 0 && found.size == part.identity.size && found != part.identity)
            throw std::runtime_error(part.path + " was changed while it was read");
        counts.unreadable += works.n_problems() + of_no_number;
        if (const std::uint64_t n = works.n_works() + works.n_problems(); part.works && n != *part.works)
            fmt::print(
                stderr, "{}\n",
                cd::visible_line(fmt::format("{}: {} works, where the manifest says {}", part.path, n, *part.works)));
        const auto& identity = part.identity.size > 0 ? part.identity : found;
        if (const auto [known, is_new] = counts.parts.emplace(identity, counted_part{part.path, part.updated}); !is_new)
            throw std::invalid_argument(part.path + " would be counted twice: it is the same as " + known->second.name);
        return true;
    }

    [[nodiscard]] cd::openalex_options reader_options(bool papers) const {
        using enum openalex_topics;
        return {.fields = {.topics = choices_.topics == fields || choices_.topics == topics,
                           .concepts = choices_.topics == concepts || !choices_.concepts.empty(),
                           .raw_affiliations = choices_.types != cd::openalex_types::given,
                           .source = papers,
                           .authors = choices_.careers},
                .on_error = cd::error_handling::skip,
                .most_bytes = std::size_t{1} << 24,  // a line takes up to 100 times its own memory
                .most_problems = 20};
    }

    static void tell_problems(const cd::openalex_reader& works) {
        std::string lines;
        for (const cd::read_problem& each : works.problems())
            lines += cd::visible_line(fmt::format("{}, line {}: {}", each.file, each.line, each.reason)) + "\n";
        if (works.n_problems() > works.problems().size())
            lines += cd::visible_line(fmt::format("{}: {} more", works.problems().front().file,
                                                  works.n_problems() - works.problems().size())) +
                     "\n";
        std::fputs(lines.c_str(), stderr);
    }

    /// Takes from a work what is counted and written.
    void read(const cd::openalex_work& work, bool pretrained) {
        authors_ = &sectors_of_(work);
        sectors_ = cd::count_sectors(*authors_, {.counting = cd::sector_counting::author_full});
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

    /// Each author with an id, in the year of the work and the sectors of the author's own institutions.
    void count_careers(const cd::openalex_work& work, cd::careers<std::uint64_t>& careers) const {
        for (std::size_t i = 0; i < work.authorships.size(); ++i)
            careers.add(cd::openalex_number(work.authorships[i].author, 'A'), work.year, (*authors_)[i]);
    }
    /// As in data/papers.csv.
    void write_row(const cd::openalex_work& work, std::ostream& papers) const {
        std::vector<std::string> row{work.source.name, work.year ? std::to_string(*work.year) : "", "",
                                     work.authorships.empty() ? "" : std::to_string(work.authorships.size())};
        for (const auto& each : cd::enumerators(cd::sector{})) row.push_back(fmt::format("{}", sectors_[each.value]));
        std::vector<std::string> topics(topics_.begin(), topics_.end());
        for (std::string& each : topics) std::ranges::replace(each, ';', ',');
        row.insert(row.end(),
                   {work.abstract.known() ? "title and abstract" : "title", "", compute_.list_of(found_compute_),
                    fmt::format("{}", fmt::join(topics, ";")), pretrained_.list_of(found_pretrained_)});
        cd::write_csv_row(papers, row);
    }

    openalex_choices choices_;
    cd::classifier who_;
    cd::cached_classifier classify_{who_};
    cd::openalex_sectors<cd::cached_classifier> sectors_of_;
    term_groups lists_, compute_, pretrained_;
    cd::normalised_abstract fold_abstract_;

    // Of the work that was read last:
    const std::vector<std::vector<cd::sector>>* authors_ = nullptr;
    cd::sector_counts sectors_;
    cd::normalised_text title_;
    std::vector<bool> found_compute_, found_pretrained_;
    std::vector<std::string_view> topics_;
};

openalex_folder::openalex_folder(const openalex_choices& choices, const std::string& data)
    : reader_(std::make_unique<reader_of_works>(choices, data)) {}
openalex_folder::openalex_folder(openalex_folder&&) noexcept = default;
openalex_folder::~openalex_folder() = default;

void openalex_folder::fold(const openalex_part& part, openalex_counts& counts, std::ostream* papers,
                           const std::function<work_fate(std::uint64_t)>& fate_of_id,
                           const std::function<void(std::uint64_t)>& between) {
    reader_->fold(part, counts, papers, fate_of_id, between);
}

}  // namespace example
