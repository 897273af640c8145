// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_KNOWN_RECORDS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_KNOWN_RECORDS_HPP

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/institutions/registry.hpp>

/// What becomes of a known organisation where a registry has a record of what the text says.
namespace compute_divide::inline v0_2::detail {

/// Whether a term is as short as acronyms are, which many share: one word of five letters or less.
[[nodiscard]] constexpr bool is_brief(std::string_view term) {
    if (term.starts_with('=')) term.remove_prefix(1);
    return term.size() <= 5 && term.find(' ') == std::string_view::npos;
}

/// The records that have a known organisation's name, or one of its terms that is not brief, as a name; in order.
[[nodiscard]] inline std::vector<std::size_t> records_of(const registry& from, const known_organisation& known) {
    std::vector<std::size_t> records = from.find_names(known.name);
    for (std::string_view left = known.terms; !left.empty();) {
        std::string_view term = left.substr(0, left.find('|'));
        left.remove_prefix(std::min(term.size() + 1, left.size()));
        if (is_brief(term)) continue;
        if (term.starts_with('=')) term.remove_prefix(1);
        const auto more = from.find_names(term);
        records.insert(records.end(), more.begin(), more.end());
    }
    detail::sort(records);
    records.erase(std::unique(records.begin(), records.end()), records.end());
    return records;
}

/// A known organisation in a text: where, whether by a brief term, and the records that are it.
struct known_place {
    std::size_t begin = 0, end = 0;
    bool brief = false;
    std::span<const std::size_t> records = {};
};

enum class record_claim {
    same,      ///< the record is the known organisation: it takes the record's id
    replaced,  ///< the record is another: name, type and id are the record's
    unheard    ///< the known organisation stays, without an id: a known name never takes the id of another
};

/// How a match of the registry at [begin, end) stands to a known organisation that overlaps with it. Another record
/// outranks acronyms, and names that are a piece of its own ("Amazon" in "Amazon Environmental Research Institute").
[[nodiscard]] inline record_claim claim_on(const known_place& known, std::size_t record, std::size_t begin,
                                           std::size_t end) {
    if (detail::binary_search(known.records, record)) return record_claim::same;
    const bool piece = begin <= known.begin && known.end <= end && end - begin > known.end - known.begin;
    return known.brief || piece ? record_claim::replaced : record_claim::unheard;
}

/// The type of a known organisation whose record is known too: its own where the record has it among its types, else
/// the record's main one.
[[nodiscard]] inline institution_type type_with_record(institution_type known,
                                                       std::span<const institution_type> of_record) {
    if (of_record.empty() || detail::find(of_record, known) != of_record.end()) return known;
    return of_record.front();
}

}  // namespace compute_divide::inline v0_2::detail

#endif
