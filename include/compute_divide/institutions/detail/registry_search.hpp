// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_SEARCH_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_SEARCH_HPP

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/registry_index.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/registry_scoring.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/registry_match.hpp>

/// Which organisations of a registry a text names.
namespace compute_divide::inline v0_2::detail {

/// Institutes of a university, and ministries that a laboratory is under, are not beside it.
inline void drop_parts(const registry_index& index, registry_reading& s) {
    const auto is_mainly = [&](const registry_hit& hit, institution_type type) {
        const registry_record& r = index.records[hit.record];
        return r.has(type) && r.n_types > 0 && index.types[r.first_type] == type;
    };
    const bool university =
        detail::any_of(s.hits, [&](const auto& hit) { return is_mainly(hit, institution_type::education); });
    if (!university) return;
    std::erase_if(s.hits, [&](const auto& hit) {
        return is_mainly(hit, institution_type::facility) || is_mainly(hit, institution_type::government);
    });
}

/// Takes the names with the most words first, those that say most alone where there are any.
inline void choose(const registry_index& index, std::string_view text, const affiliation_words& in,
                   registry_reading& s) {
    const auto bytes = [&](const registry_window& w) { return s.words[w.last].end - s.words[w.first].begin; };
    detail::sort(s.windows, [&](const auto& a, const auto& b) {
        if (a.count != b.count) return a.count > b.count;
        if (bytes(a) != bytes(b)) return bytes(a) > bytes(b);
        return a.first < b.first;
    });
    s.taken.assign(s.words.size(), 0);
    for (const registry_claim strength : {registry_claim::name, registry_claim::acronym, registry_claim::common}) {
        for (const registry_window& w : s.windows) {
            if ((w.claims >> static_cast<unsigned>(strength) & 1) == 0) continue;
            const auto first = s.taken.begin() + static_cast<std::ptrdiff_t>(w.first);
            const auto last = s.taken.begin() + static_cast<std::ptrdiff_t>(w.last) + 1;
            if (std::find(first, last, 1) != last) continue;
            const std::optional<registry_hit> best = best_entry(index, text, in, s, w, strength);
            if (!best) continue;
            std::fill(first, last, 1);
            s.hits.push_back(*best);
        }
        if (!s.hits.empty()) break;
    }
    drop_parts(index, s);
    detail::sort_by(s.hits, &registry_hit::begin);
}

/// The organisation that an e-mail address is of: the longest domain that one of them alone has.
inline void find_domain(const registry_index& index, const affiliation_words& in, registry_reading& s) {
    std::string_view domain = in.domain;
    while (domain.find('.') != std::string_view::npos) {
        const auto found = detail::lower_bound_by(index.domains, domain,
                                                  [](const auto& each) { return std::string_view(each.first); });
        if (found != index.domains.end() && found->first == domain) {
            const auto next = found + 1;
            if (next == index.domains.end() || next->first != domain)
                s.hits.push_back({0, in.size, found->second, 0.9, match_kind::domain, false, no_record, 0.9});
            return;
        }
        domain.remove_prefix(domain.find('.') + 1);
    }
}

/// Where a text, cut into `in`, names organisations: into `s.hits`, in the order of the text.
inline void search_registry(const registry_index& index, std::string_view text, const affiliation_words& in,
                            registry_reading& s) {
    s.hits.clear();
    index.read_words(in, s, true);
    index.find_windows(s);
    choose(index, text, in, s);
    if (s.hits.empty()) find_domain(index, in, s);
}

}  // namespace compute_divide::inline v0_2::detail

#endif
