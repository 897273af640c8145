// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_SCORING_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_SCORING_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/organisation_words.hpp>
#include <compute_divide/institutions/detail/registry_index.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/word_numbers.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/registry_match.hpp>

/// Whether words of a text are the name of an organisation, and how far to trust that.
namespace compute_divide::inline v0_2::detail {

inline constexpr double least_score = 0.895;  // what scores less is wrong one time in three

/// Whether a word of a name is a city of its organisation.
[[nodiscard]] inline bool names_city(const registry_index& index, const registry_entry& e, const registry_record& r) {
    const auto own = std::span(index.cities).subspan(r.first_city, r.n_cities);
    return detail::any_of(index.words_of(e),
                          [&](std::uint32_t word) { return detail::find(own, mixed(word + 1)) != own.end(); });
}
/// Whether a city or the country of an organisation is written from the word `first` on.
[[nodiscard]] inline bool is_own_place(const registry_index& index, const registry_reading& s, std::size_t first,
                                       const registry_record& r) {
    const auto own = std::span(index.cities).subspan(r.first_city, r.n_cities);
    std::uint64_t key = 0;
    for (std::size_t i = first; i < s.words.size() && i < first + 3 && s.words[i].part == s.words[first].part; ++i) {
        if (s.words[i].id == word_numbers::none) return false;
        if (s.words[i].kind == name_word::small) continue;
        key += s.words[i].mixed;
        if (detail::find(own, key) != own.end()) return true;
        for (std::uint32_t e = index.first_entry(key); e < index.entries.size() && index.entries[e].key == key; ++e)
            if (index.entries[e].kind == registry_name_kind::country &&
                registry_index::may_be_same(static_cast<std::uint16_t>(index.entries[e].record), r.country))
                return true;
    }
    return false;
}

/// Whether the words around a window do not make it a piece of a longer name.
[[nodiscard]] inline bool is_whole_name(const registry_index& index, std::string_view text, const affiliation_words& in,
                                        const registry_reading& s, const registry_window& w, const registry_record& r) {
    const auto is_in_part = [&](std::size_t i, std::size_t of) {
        return i < s.words.size() && s.words[i].part == s.words[of].part;
    };
    const auto word_at = [&](std::size_t i) {
        return in.view().substr(s.words[i].begin, s.words[i].end - s.words[i].begin);
    };
    if (w.first > 0 && is_in_part(w.first - 1, w.first)) {
        const registry_word& before = s.words[w.first - 1];
        if (before.kind == name_word::qualifier) return false;
        // "Samsung Research America" is not Research America.
        if (before.kind == name_word::proper && !before.number &&
            (r.has(institution_type::company) || r.has(institution_type::government)))
            return false;
        // "Foo University Berkeley" is not of Berkeley; "Mathematisches Institut Universität Bonn" is of Bonn.
        if (s.words[w.first].id == index.university && before.kind != name_word::small &&
            before.kind != name_word::part && before.id != index.institute &&
            s.words[w.first + 1].kind != name_word::small)
            return false;
        // "First Hospital of Foo University"
        for (std::size_t i = w.first; i-- > 0 && w.first - i <= registry_reach && is_in_part(i, w.first);)
            if (s.words[i].id == index.hospital) return false;
    }
    const std::size_t next = w.last + 1;
    if (!is_in_part(next, w.last)) return true;
    const registry_word& after = s.words[next];
    // The number of a footnote: "Foo University 2, Bar City"; but "Université Paris 7".
    if (after.number)
        return after.end - after.begin > 2 ||
               (w.count > 1 && s.words[w.last].id == index.university && s.words[w.last - 1].kind != name_word::small &&
                r.country != packed_country("FR"));
    if (after.kind == name_word::small) {
        const std::string_view word = word_at(next);
        const bool goes_on =
            word == "of" || word == "de" || word == "for" || word == "at" || word == "in" || word == "di";
        return !goes_on || !is_in_part(next + 1, w.last) || is_own_place(index, s, next + 1, r);
    }
    if (after.id == index.hospital || after.id == index.clinic || after.id == index.national) return false;
    if ((after.id == index.medical || after.id == index.health) && is_in_part(next + 1, w.last))
        return s.words[next + 1].id == index.school || s.words[next + 1].id == index.college;
    if (after.kind != name_word::proper || is_own_place(index, s, next, r)) return true;
    // "University of Padova Padova Italy", "University of Miami  Miami Florida"
    if (after.id == s.words[w.last].id || in.has_gap_before(text, after.begin)) return true;
    // "University of California Los Angeles California": behind its city an address goes on.
    const auto own = std::span(index.cities).subspan(r.first_city, r.n_cities);
    if (w.count > 2 && detail::find(own, s.words[w.last].mixed) != own.end()) return true;
    if (w.count > 3 && is_own_place(index, s, w.last - 1, r)) return true;
    return s.words[w.first].id != index.university;
}

/// What the places that a text says around a window say of an organisation.
struct place_evidence {
    bool some_country = false;   // a country
    bool country = false;        // its own, or one that may stand for it
    bool exact_country = false;  // its own
    bool city = false;           // its own
    bool other_city = false;     // another one, and not its own
    bool elsewhere = false;      // a city that only other countries have
};
[[nodiscard]] inline place_evidence weigh(const registry_index& index, const registry_reading& s,
                                          const registry_window& w, const registry_record& r) {
    place_evidence result;
    if (r.country == 0) return result;
    bool elsewhere = false, here = false, other_city = false;
    for (const registry_place& place : near(s, w)) {
        if (place.section != s.words[w.first].section) continue;
        if (place.first <= w.last && w.first <= place.last) continue;
        if (place.city == 0) {
            result.some_country = true;
            result.country = result.country || registry_index::may_be_same(place.country, r.country);
            result.exact_country = result.exact_country || place.country == r.country;
            continue;
        }
        const auto own = std::span(index.cities).subspan(r.first_city, r.n_cities);
        if (detail::find(own, place.city) != own.end()) {
            result.city = true;
            continue;
        }
        other_city = true;
        if (place.country != 0 && registry_index::may_be_same(place.country, r.country)) here = true;
        if (place.country != 0 && !registry_index::may_be_same(place.country, r.country)) elsewhere = true;
    }
    result.other_city = other_city && !result.city;
    if (!result.some_country && here) result.country = true;
    result.elsewhere = elsewhere && !result.country && !result.city;
    return result;
}

/// How far to trust a name: each thing that does not agree costs a little.
[[nodiscard]] inline double score_of(const registry_index& index, const registry_entry& e, const registry_record& r,
                                     const place_evidence& around, bool ordered, bool verbatim, bool corrected) {
    const bool alias = e.kind == registry_name_kind::alias;
    double score = !ordered ? 0.88 : verbatim ? 1 : 0.97;
    if (corrected) score -= 0.05;
    if (alias) score -= 0.01;
    if (e.kind == registry_name_kind::acronym) score -= 0.08;
    if (!around.country) score -= 0.03;
    if (around.country && !around.exact_country) score -= 0.03;
    if (around.elsewhere) score -= 0.06;
    if (around.other_city) score -= alias ? 0.04 : 0.02;
    if (around.city || (!ordered && names_city(index, e, r))) score += 0.02;
    return score;
}

/// The organisation whose name a window is; nothing where none scores enough, or several score the same.
[[nodiscard]] inline std::optional<registry_hit> best_entry(const registry_index& index, std::string_view text,
                                                            const affiliation_words& in, const registry_reading& s,
                                                            const registry_window& w, registry_claim strength) {
    const registry_word &front = s.words[w.first], &back = s.words[w.last];
    const bool whole = front.part == back.part && begins_part(s, w.first) && ends_part(s, w.last);
    bool corrected = false;
    std::uint32_t hash = 0;
    for (std::size_t i = w.first; i <= w.last; ++i) {
        corrected = corrected || s.words[i].corrected;
        hash = registry_index::spelled(hash, s.words[i].hash);
    }
    const auto is_piece_of = [&](const registry_place& place) {
        return place.first <= w.first && w.last <= place.last;
    };
    if (detail::any_of(near(s, w), is_piece_of)) return std::nullopt;
    const std::string_view written = in.original(text, front.begin, back.end);
    const bool capital = written.empty() || written[0] < 'a' || written[0] > 'z';
    const registry_entry* best = nullptr;
    double best_score = 0, next_score = 0;
    std::uint32_t next = no_record;
    const std::uint64_t key = index.entries[w.entry].key;
    for (const registry_entry& each : std::span(index.entries).subspan(w.entry)) {
        if (each.key != key) break;
        if (each.kind >= registry_name_kind::city || claim_of(each) != strength) continue;
        const bool ordered = index.in_order(s, w, each);
        if (!ordered && !index.same_words(s, w, each)) continue;
        const registry_record& r = index.records[each.record];
        const place_evidence around = weigh(index, s, w, r);
        if (around.some_country && !around.country) continue;
        const bool agrees = around.country || around.city;
        const std::size_t length = back.end - front.begin;
        if (each.kind == registry_name_kind::acronym || w.count == 1) {
            const bool only_name = whole || (r.has(institution_type::company) &&
                                             each.kind != registry_name_kind::acronym && only_proper(s, w));
            if (!only_name || corrected || !capital) continue;
            // Alone in the text, it is not taken for something else.
            if (!agrees && (in.parts.size() > 1 || length < 4)) continue;
            if (length < 3) continue;
        }
        if (r.has(institution_type::company) && !agrees && (!whole || !ordered || corrected)) continue;
        if (each.common && !(whole && ordered && agrees)) continue;
        if (!ordered && (front.part != back.part || corrected ||
                         (w.count < 3 && !around.city && !(around.country && names_city(index, each, r)))))
            continue;
        if (front.part != back.part && !may_go_on(s, w)) continue;
        if (!is_whole_name(index, text, in, s, w, r)) continue;
        if (each.kind == registry_name_kind::alias && around.other_city && !around.country) continue;
        const double score = score_of(index, each, r, around, ordered, hash == each.spelled, corrected);
        if (best == nullptr || score > best_score) {
            if (best != nullptr && best->record != each.record) {
                next = best->record;
                next_score = best_score;
            }
            best = &each;
            best_score = score;
        } else if (best->record != each.record && (next == no_record || score > next_score)) {
            next = each.record;
            next_score = score;
        }
    }
    const bool tie = next != no_record && next_score == best_score;
    if (best == nullptr || tie || best_score < least_score) return std::nullopt;
    prefetch(index.texts.data() + index.records[best->record].text);
    return registry_hit{front.begin,
                        back.end,
                        best->record,
                        std::min(best_score, 1.0),
                        hash == best->spelled ? match_kind::exact_name : match_kind::near_name,
                        best->kind == registry_name_kind::acronym || w.count == 1,
                        next,
                        next == no_record ? std::min(best_score, 1.0) : best_score - next_score};
}

}  // namespace compute_divide::inline v0_2::detail

#endif
