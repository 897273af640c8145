// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/registry_index.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/registry_search.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/institutions/registry_match.hpp>

/// Which organisations of a registry an affiliation names.
namespace compute_divide::inline v0_2 {

/// The organisations of a registry, to be found in affiliations by their names. Built once; then const, to be called
/// from any number of threads.
///
///     const registry organisations(read_ror("ror.json").organisations);      // or any records, by their fields
///     organisations("Dept. of Physics, Univ. of Oxford, UK")[0].id            // "052gg0110"
///
/// A name is found where its words are, in normalised form: small words ("of", "Inc.") left out, "Univ.", "Université"
/// and the like read as one word, one letter of a long rare word wrong; in another order where that cannot be another
/// name. Of names within one another the longest counts. It does not count
///   - where the text names another country, or a city which no such organisation is in;
///   - for an acronym, unless it is all there is between two signs, begins with a capital, and country or city agree;
///     nor one of less than three letters ("AI");
///   - for a single word, unless it is all there is between two signs and begins with a capital;
///   - for a company, unless country or city agree, or it is all there is between two signs, as it is written;
///   - for a company or ministry with another name right before it ("Samsung Research America");
///   - for words that many have ("Faculty of Medicine", "Institute of Physics"), unless also country or city agree, and
///     no other organisation is named;
///   - for the name of a city, state or country;
///   - as the beginning or end of what seems a longer name ("Nanjing University of Technology", "Paris 7");
///   - where several organisations share it, unless country and city leave one.
/// Institutes and ministries named beside a university count as its parts, not apart. The score falls with each thing
/// that does not agree; it ranks matches and is no probability.
///
/// Cost: for 36,000 organisations with 112,000 names 0.2 s and 28 MB to build; a search is linear in the text.
class registry {
public:
    /// From a range of `organisation`.
    template <std::ranges::input_range Records>
    requires(std::convertible_to<std::ranges::range_reference_t<Records>, const organisation&> &&
             !std::same_as<std::remove_cvref_t<Records>, registry>) explicit registry(Records&& records)
        : registry(records, &organisation::id, &organisation::names, &organisation::types, &organisation::country,
                   &organisation::cities, &organisation::domains) {}

    /// From any records. Of each: its id; a range of `organisation_name`, the first of which is the one to show; a
    /// range of its types, the main one first; the code of its country ("GB"), or an empty text; ranges of the names of
    /// its cities and of its domains. Throws std::invalid_argument for an empty id, for a record without a name and for
    /// a country that is not of two capital letters.
    template <std::ranges::input_range Records, field_of<Records> Id, field_of<Records> Names, field_of<Records> Types,
              field_of<Records> Country, field_of<Records> Cities, field_of<Records> Domains>
    registry(Records&& records, Id id, Names names, Types types, Country country, Cities cities, Domains domains) {
        for (auto&& each : records)
            index_.add_record(std::invoke(id, each), std::invoke(names, each), std::invoke(types, each),
                              std::invoke(country, each), std::invoke(cities, each), std::invoke(domains, each));
        index_.finish();
    }

    /// Memory that the searches of one thread share, so that only their results are allocated.
    class workspace {
        friend class registry;
        detail::affiliation_words words_;
        detail::registry_reading reading_;
    };

    /// Number of organisations. What follows tells of one of them by its index, from 0, in the order of the records;
    /// views live as long as the registry.
    [[nodiscard]] std::size_t size() const { return index_.records.size(); }
    /// The id of a record, by its place from 0 on.
    [[nodiscard]] std::string_view id(std::size_t index) const { return index_.id(index_.records[index]); }
    /// The first of its names.
    [[nodiscard]] std::string_view name(std::size_t index) const { return index_.name(index_.records[index]); }
    /// Its types, the main one first.
    [[nodiscard]] std::span<const institution_type> types(std::size_t index) const {
        return {index_.types.data() + index_.records[index].first_type, index_.records[index].n_types};
    }

    /// The ISO 3166 code of its country; empty where it has none.
    [[nodiscard]] std::string_view country(std::size_t index) const { return index_.records[index].country_code(); }
    /// The first of its cities; empty where it has none.
    [[nodiscard]] std::string_view city(std::size_t index) const { return index_.city(index_.records[index]); }

    /// The organisations that a text names, in its order, each once: where it is named first. Any bytes are a text;
    /// invalid UTF-8 is read as Windows-1252. Linear in the text.
    [[nodiscard]] std::vector<registry_match> operator()(std::string_view text) const {
        workspace memory;
        return (*this)(text, memory);
    }

    /// The same with the memory of earlier searches.
    [[nodiscard]] std::vector<registry_match> operator()(std::string_view text, workspace& memory) const {
        detail::affiliation_words& words = memory.words_;
        auto& hits = memory.reading_.hits;
        words.read(text);
        detail::search_registry(index_, text, words, memory.reading_);
        detail::stable_sort_by(hits, &detail::registry_hit::record);
        const auto again =
            std::unique(hits.begin(), hits.end(), [](const auto& a, const auto& b) { return a.record == b.record; });
        hits.erase(again, hits.end());
        detail::sort_by(hits, &detail::registry_hit::begin);
        std::vector<registry_match> matches;
        for (const detail::registry_hit& hit : hits) {
            const auto found = words.original(text, hit.begin, hit.end);
            const auto begin = static_cast<std::size_t>(found.data() - text.data());
            const auto of = types(hit.record);
            matches.push_back(
                {.index = hit.record,
                 .id = std::string(id(hit.record)),
                 .name = std::string(name(hit.record)),
                 .types = {of.begin(), of.end()},
                 .score = hit.score,
                 .begin = begin,
                 .end = begin + found.size(),
                 .kind = hit.kind,
                 .country = std::string(country(hit.record)),
                 .city = std::string(city(hit.record)),
                 .runner_up = hit.runner_up == detail::no_record ? std::string() : std::string(id(hit.runner_up)),
                 .margin = hit.margin});
        }
        return matches;
    }

    /// The index of the one organisation that has this as a name (not as an acronym); nothing where none has, or
    /// several have.
    [[nodiscard]] std::optional<std::size_t> find_name(std::string_view name) const { return index_.find_name(name); }

    /// The indices of all organisations that have this as a name (not as an acronym), in order.
    [[nodiscard]] std::vector<std::size_t> find_names(std::string_view name) const { return index_.find_names(name); }

private:
    friend class classifier;

    detail::registry_index index_;
};

}  // namespace compute_divide::inline v0_2

#endif
