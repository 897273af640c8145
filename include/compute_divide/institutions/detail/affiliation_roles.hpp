// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_ROLES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_ROLES_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/vector_of.hpp>
#include <compute_divide/institutions/affiliation_role.hpp>
#include <compute_divide/institutions/detail/affiliation_pieces.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/part_words.hpp>
#include <compute_divide/institutions/detail/role_weights.hpp>
#include <compute_divide/random.hpp>

/// Which role each piece of an affiliation has.
namespace compute_divide::inline v0_2::detail {

/// The features of a piece, by number; the model has weights for each and each of the first five roles.
struct role_feature {
    static constexpr std::size_t kinds = 0;                             // of its words
    static constexpr std::size_t heads = 12;                            // kinds that head a name
    static constexpr std::size_t first_head = kinds + part_word_count;  // and none
    static constexpr std::size_t last_head = first_head + heads + 1;
    static constexpr std::size_t places = last_head + heads;          // 4 kinds, none
    static constexpr std::size_t shape = places + 5;                  // 4
    static constexpr std::size_t position = shape + 4;                // see below
    static constexpr std::size_t length = position + 12;              // 1, 2, 3, more
    static constexpr std::size_t next_head = length + 4;              // and none, end
    static constexpr std::size_t next_place = next_head + heads + 2;  // 4 kinds
    static constexpr std::size_t head_before = next_place + 4;        // last one of the piece before, none, no piece
    static constexpr std::size_t beside = head_before + heads + 2;    // see below
    static constexpr std::size_t head_beside = beside + 12;  // first head, by whether there is a university beside
    static constexpr std::size_t capitals = head_beside + 4 * (heads + 1);
    static constexpr std::size_t in_order = capitals + 4;  // first or later piece, by head
    // By the role of the piece before, or none.
    static constexpr std::size_t before = in_order + 2 * (heads + 1);
    static constexpr std::size_t bare = before + 6;                     // no head: and whether a country is next
    static constexpr std::size_t city_before = bare + 12;               // a place
    static constexpr std::size_t subject = city_before + 6;             // nothing but subjects
    static constexpr std::size_t head_after = subject + 6;              // by the head
    static constexpr std::size_t named = head_after + 6 * (heads + 1);  // whether an organisation was told, 2
    static constexpr std::size_t ends = named + 2;                      // the role of the last piece, by the same
    static constexpr std::size_t letters = ends + 2;                    // words, by hash
    static constexpr std::size_t word_buckets = 4096;
    static constexpr std::size_t count = letters + word_buckets;
};
static_assert(role_feature::count == role_feature_count);

/// What is in a section beside a piece.
struct section_sums {
    std::size_t universities = 0, organisations = 0, units = 0, countries = 0, postcodes = 0, pieces = 0;
    std::size_t universities_before = 0, organisations_before = 0, units_before = 0;  // of the piece
};

/// The heads are the kinds 0 to 10 and 11, 12 without a gap but for business words, which are counted with legal ones.
[[nodiscard]] inline std::size_t head_number(std::uint32_t head) {
    if (head == 0) return role_feature::heads;
    const auto bit = static_cast<std::size_t>(std::countr_zero(head));
    return bit >= role_feature::heads ? role_feature::heads - 1 : bit;
}

[[nodiscard]] inline bool is_university(const affiliation_piece& p) {
    return (p.kinds & (university_word | college_word | hospital_word | academy_word)) != 0;
}

/// Calls `use(feature)` for each feature of the words [first, last), by their hashes and those of pairs of them.
template <class Use>
inline void for_each_letters_feature(const affiliation_pieces& all, std::size_t first, std::size_t last, Use&& use) {
    using f = role_feature;
    std::uint64_t key_before = 0;
    for (std::size_t w = first; w < last; ++w) {
        if ((all.words[w].kinds & (number_word | mixed_word | letter_word | connecting_word | joining_word)) != 0)
            continue;
        const std::uint64_t key = all.words[w].key * golden_gamma;
        use(f::letters + static_cast<std::size_t>(key >> 52));
        const std::uint64_t pair = (key_before ^ (key >> 7)) * golden_gamma;
        use(f::letters + static_cast<std::size_t>(pair >> 52));
        key_before = key;
    }
}

/// Calls `use(first + bit)` for each bit of `signs`. Signs are gathered and told one by one: most of them are not
/// there.
template <class Use>
inline void use_signs(std::size_t first, std::uint32_t signs, Use&& use) {
    for (; signs != 0; signs &= signs - 1) use(first + static_cast<std::size_t>(std::countr_zero(signs)));
}
[[nodiscard]] constexpr std::uint32_t sign(unsigned bit, bool is_there) {
    return (is_there ? 1U : 0U) << bit;
}

/// Calls `use(feature)` for each feature of a piece that depends on its own words alone.
template <class Use>
inline void for_each_own_feature(const affiliation_pieces& all, const affiliation_piece& p, Use&& use) {
    using f = role_feature;
    use_signs(f::kinds, p.kinds, use);
    use(f::first_head + head_number(p.first_head));
    if (p.last_head != 0) use(f::last_head + head_number(p.last_head));
    if (p.places == 0) use(f::places + 4);
    use_signs(f::places, p.places, use);
    use(f::shape + static_cast<std::size_t>(p.shape));
    const auto numeric = [&](std::size_t w) { return (all.words[w].kinds & (number_word | mixed_word)) != 0; };
    use_signs(f::position, sign(6, numeric(p.first)) | sign(7, numeric(p.last - 1)), use);
    const std::size_t length = p.last - p.first;
    use(f::length + (length < 4 ? length : 4) - 1);
    const affiliation_word& first = all.words[p.first];
    use_signs(f::capitals,
              sign(0, length == 1 && first.kinds == capitals_word) |
                  sign(1, length == 1 && first.kinds == letter_word) | sign(2, !first.capital),
              use);
    for_each_letters_feature(all, p.first, p.last, use);
}

/// Calls `use(feature)` for each feature of piece `i` that depends on what stands beside it, but not on the role of the
/// one before.
template <class Use>
inline void for_each_beside_feature(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                    std::size_t index, Use&& use) {
    using f = role_feature;
    const affiliation_piece& p = all.pieces[i];
    const std::size_t first_head = head_number(p.first_head);
    const bool is_last = index + 1 == sums.pieces;
    const affiliation_piece* next = is_last ? nullptr : &all.pieces[i + 1];
    const affiliation_piece* before = index == 0 ? nullptr : &all.pieces[i - 1];
    const piece_shape next_shape = next == nullptr ? piece_shape::open : next->shape;
    use_signs(f::position,
              sign(0, index == 0) | sign(1, index == 1) | sign(2, is_last) |
                  sign(3, next_shape == piece_shape::country) | sign(4, next_shape == piece_shape::postcode) |
                  sign(5, before != nullptr && before->shape == piece_shape::postcode) | sign(8, p.in_brackets) |
                  sign(9, index + 2 == sums.pieces) | sign(10, sums.pieces == 1) |
                  sign(11, before != nullptr && before->part == p.part),
              use);
    if (next == nullptr) {
        use(f::next_head + f::heads + 1);
    } else {
        use(f::next_head + head_number(next->first_head));
        use_signs(f::next_place, next->places, use);
    }
    use(f::head_before + (before == nullptr ? f::heads + 1 : head_number(before->last_head)));
    const std::size_t own_university = is_university(p) ? 1 : 0;
    const std::size_t own_organisation = (p.kinds & organisation_words_mask) != 0 ? 1 : 0;
    const std::size_t own_unit = (p.kinds & unit_words_mask) != 0 ? 1 : 0;
    const bool university_before = sums.universities_before > 0;
    const bool university_after = sums.universities > sums.universities_before + own_university;
    use_signs(f::beside,
              sign(0, university_before || university_after) | sign(1, sums.organisations > own_organisation) |
                  sign(2, sums.units > own_unit) | sign(3, sums.countries > 0) | sign(4, sums.postcodes > 0) |
                  sign(5, index > 2) | sign(6, university_before) | sign(7, university_after) |
                  sign(8, sums.organisations_before > 0) |
                  sign(9, sums.organisations > sums.organisations_before + own_organisation) |
                  sign(10, sums.units_before > 0) | sign(11, sums.units > sums.units_before + own_unit),
              use);
    use(f::head_beside + first_head + (f::heads + 1) * ((university_before ? 1U : 0U) + (university_after ? 2U : 0U)));
    use_signs(f::capitals, sign(3, sums.organisations + sums.units == own_organisation + own_unit), use);
    use(f::in_order + first_head + (index == 0 ? 0 : f::heads + 1));
}

/// Calls `use(feature)` for each feature of piece `i` that does not depend on the role of the one before.
template <class Use>
inline void for_each_role_feature(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                  std::size_t index, Use&& use) {
    for_each_own_feature(all, all.pieces[i], use);
    for_each_beside_feature(all, i, sums, index, use);
}

/// Calls `use(feature)` for each feature of piece `i` behind one of the role `before`, 5 where there is none.
template <class Use>
inline void for_each_link_feature(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                  std::size_t index, std::size_t before, Use&& use) {
    using f = role_feature;
    const affiliation_piece& p = all.pieces[i];
    use(f::before + before);
    use(f::head_after + before * (f::heads + 1) + head_number(p.first_head));
    if (p.first_head == 0) {
        const affiliation_piece* next = index + 1 == sums.pieces ? nullptr : &all.pieces[i + 1];
        const bool located = next != nullptr && (next->shape != piece_shape::open || (next->places & is_division) != 0);
        use(f::bare + before + (located ? 6 : 0));
    }
    if (p.places != 0) use(f::city_before + before);
    if ((p.kinds & ~(subject_word | connecting_word | joining_word)) == 0) use(f::subject + before);
}

/// Calls `each(i, sums, index)` for each piece, with what its section holds and its place there.
template <class Each>
inline void for_each_piece(const affiliation_pieces& all, Each&& each) {
    const auto is_organisation = [](const affiliation_piece& p) { return (p.kinds & organisation_words_mask) != 0; };
    const auto is_unit = [](const affiliation_piece& p) { return (p.kinds & unit_words_mask) != 0; };
    for (std::size_t first = 0; first < all.pieces.size();) {
        section_sums sums;
        std::size_t last = first;
        do {
            const affiliation_piece& p = all.pieces[last];
            sums.universities += is_university(p) ? 1U : 0U;
            sums.organisations += is_organisation(p) ? 1U : 0U;
            sums.units += is_unit(p) ? 1U : 0U;
            sums.countries += p.shape == piece_shape::country ? 1U : 0U;
            sums.postcodes += p.shape == piece_shape::postcode ? 1U : 0U;
            ++last;
        } while (last < all.pieces.size() && !all.pieces[last].begins_section);
        sums.pieces = last - first;
        for (std::size_t i = first; i < last; ++i) {
            each(i, sums, i - first);
            sums.universities_before += is_university(all.pieces[i]) ? 1U : 0U;
            sums.organisations_before += is_organisation(all.pieces[i]) ? 1U : 0U;
            sums.units_before += is_unit(all.pieces[i]) ? 1U : 0U;
        }
        first = last;
    }
}

/// Whether a piece is a street, whatever the model says: "Rue de l'Université", "One Microsoft Way".
[[nodiscard]] inline bool is_street(const affiliation_piece& p, std::size_t index) {
    return index > 0 && (p.signs & street_sign) != 0;
}

/// "Inc." for itself; but "NV" and "SA" are states too.
[[nodiscard]] inline bool is_legal_form(const affiliation_piece& p) {
    return p.kinds == legal_word && (p.places & is_division) == 0;
}

/// "Denver, CO", "Las Vegas, NV": a state behind its city.
[[nodiscard]] inline bool is_state(const affiliation_pieces& all, std::size_t i, std::size_t index) {
    const affiliation_piece& p = all.pieces[i];
    return index > 0 && p.last - p.first == 1 && p.end - p.begin == 2 && (all.pieces[i - 1].places & is_city) != 0;
}

/// "Hitachi, Ltd. R&D Group"
[[nodiscard]] inline bool begins_with_form(const affiliation_piece& p) {
    return is_legal_form(p) || (p.signs & first_form_sign) != 0;
}

/// "41, rue Foo", "via Foo, 4"
[[nodiscard]] inline bool is_house_number(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                          std::size_t index) {
    const affiliation_piece& p = all.pieces[i];
    if (index == 0 || p.last - p.first != 1 || (p.kinds & (number_word | mixed_word)) == 0) return false;
    if (p.end - p.begin > 4) return false;
    const affiliation_piece* next = index + 1 < sums.pieces ? &all.pieces[i + 1] : nullptr;
    if (next != nullptr && next->part == p.part + 1 && is_street(*next, index + 1)) return true;
    return p.shape == piece_shape::open && all.pieces[i - 1].part + 1 == p.part && p.end - p.begin <= 3 &&
           is_street(all.pieces[i - 1], index - 1);
}

/// "Las Vegas, NV": a large city before what it is in.
[[nodiscard]] inline bool is_city_in_address(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                             std::size_t index) {
    if (index == 0 || index + 1 >= sums.pieces || (all.pieces[i].places & is_large_city) == 0) return false;
    const affiliation_piece& next = all.pieces[i + 1];
    return next.shape == piece_shape::country || next.shape == piece_shape::postcode ||
           (next.places & is_division) != 0 || is_state(all, i + 1, index + 1);
}

/// What is known of the role of a piece before the model is asked.
enum class role_choice : std::uint8_t {
    free,
    skipped,  // a postcode or country: the next piece sees the one before
    street,
    place,
    organisation,
    as_before  // where that is a unit or an organisation: "Center for NanoScience (CeNS)"
};

[[nodiscard]] inline role_choice choice_of_role(const affiliation_pieces& all, std::size_t i, const section_sums& sums,
                                                std::size_t index) {
    const affiliation_piece& p = all.pieces[i];
    if (is_house_number(all, i, sums, index)) return role_choice::street;
    if (p.shape == piece_shape::postcode || p.shape == piece_shape::country) return role_choice::skipped;
    if (is_street(p, index)) return role_choice::street;
    if ((p.signs & last_form_sign) != 0 || (is_legal_form(p) && !is_state(all, i, index)))
        return role_choice::organisation;
    if (is_city_in_address(all, i, sums, index)) return role_choice::place;
    if (index + 1 < sums.pieces && begins_with_form(all.pieces[i + 1]) && !is_state(all, i + 1, index + 1))
        return role_choice::organisation;  // "Kestrel Labs, Inc."
    if (p.in_brackets && index > 0 && p.last - p.first == 1 && p.places == 0 &&
        (p.kinds & (capitals_word | proper_word | university_word | mixed_word)) != 0)
        return role_choice::as_before;
    return role_choice::free;
}
/// Whether a piece may have any role behind another, by the first five roles and none; else it has one.
[[nodiscard]] constexpr bool may_follow_any(role_choice choice, std::size_t before) {
    return choice == role_choice::free || choice == role_choice::skipped ||
           (choice == role_choice::as_before && before > 1);
}
/// Whether a piece may have a role behind another.
[[nodiscard]] constexpr bool may_follow(role_choice choice, std::size_t before, std::size_t role) {
    switch (choice) {
        case role_choice::street:
            return role == static_cast<std::size_t>(affiliation_role::street);
        case role_choice::place:
            return role == static_cast<std::size_t>(affiliation_role::place);
        case role_choice::organisation:
            return role == static_cast<std::size_t>(affiliation_role::organisation);
        case role_choice::as_before:
            return before > 1 || role == before;
        default:
            return true;
    }
}

/// The most probable roles of the pieces of a text: the best way through a chain of states, which are the role of the
/// last piece and whether an organisation was told in the section.
class role_chain {
public:
    /// Tells the weights of the pieces by the way.
    void operator()(affiliation_pieces& all, std::vector<affiliation_role>& roles) {
        roles.assign(all.pieces.size(), affiliation_role::other);
        steps_.clear();
        for (std::size_t i = 0; i < std::min<std::size_t>(all.pieces.size(), 32); ++i)
            if (const affiliation_piece& p = all.pieces[i]; !p.is_known)
                for_each_letters_feature(all, p.first, std::min(p.last, p.first + 32), [](std::size_t feature) {
                    prefetch(role_weights[feature]);  // few of them are in the nearest cache
                });
        for (affiliation_piece& p : all.pieces) {
            if (p.is_known) continue;
            sums_of_weights own{};
            for_each_own_feature(all, p, [&](std::size_t feature) { add(own, feature); });
            std::memcpy(p.weights.data(), &own, sizeof own);
        }
        for_each_piece(all, [&](std::size_t i, const section_sums& sums, std::size_t index) {
            if (index == 0) {
                for (scores& each : score_) each.fill(impossible);
                score_[0][role_count] = 0;
            }
            const affiliation_piece& p = all.pieces[i];
            const role_choice choice = choice_of_role(all, i, sums, index);
            if (choice != role_choice::skipped) {
                step(all, i, sums, index, choice);
            } else if (p.shape == piece_shape::postcode) {
                roles[i] = affiliation_role::postcode;
            } else {
                // "Luxembourg, Luxembourg", "Lebanon, NH"
                const affiliation_piece* next = index + 1 < sums.pieces ? &all.pieces[i + 1] : nullptr;
                const bool is_city_too = next != nullptr && (p.places & (is_city | is_division)) != 0 &&
                                         (p.signs & taiwan_sign) == 0 &&  // "Taiwan, ROC"
                                         (next->shape == piece_shape::country || (next->places & is_division) != 0);
                roles[i] = is_city_too ? affiliation_role::place : affiliation_role::country;
            }
            if (index + 1 == sums.pieces) finish(roles);
        });
    }

private:
    static constexpr std::int32_t impossible = std::numeric_limits<std::int32_t>::min() / 4;
    static constexpr std::int32_t hopeless = -5 * 64;  // e^5 times less probable than the best: not followed
    /// Of the states in which no organisation was told, and in which one was: by the role of the last piece, role_count
    /// where there is none yet. Eight, so that a processor adds and compares several at once.
    using scores = std::array<std::int32_t, 8>;
    struct told {
        std::size_t piece;
        std::array<scores, 2> from;  // the best state before each, as twice its role and one where one was told
    };
    /// A weight for each role and three more, added at once; modulo 2^16, as a piece may be as long as a text.
    using sums_of_weights = vector_of<std::uint16_t, 8>;

    static void add(sums_of_weights& sum, std::size_t feature) {
        sums_of_weights weights;
        std::memcpy(&weights, role_weights[feature], sizeof weights);
        sum += weights;
    }

    /// Takes for each role what `score` and both weights make, where it is better; by itself, so that compilers do it
    /// for all roles at once.
    COMPUTE_DIVIDE_NO_INLINE static void take_all(scores& best, scores& best_from,
                                                  const std::array<std::int16_t, 8>& weights,
                                                  const std::int16_t (&of_named)[8], std::int32_t score,
                                                  std::int32_t from) {
        scores to = best, to_from = best_from;
        for (std::size_t role = 0; role < 8; ++role) {
            const std::int32_t its = score + weights[role] + of_named[role];
            const bool better = its > to[role];
            to[role] = better ? its : to[role];
            to_from[role] = better ? from : to_from[role];
        }
        best = to;
        best_from = to_from;
    }

    void step(const affiliation_pieces& all, std::size_t i, const section_sums& sums, std::size_t index,
              role_choice choice) {
        sums_of_weights own{};
        if (choice == role_choice::free || choice == role_choice::as_before) {  // else they weigh nothing
            std::memcpy(&own, all.pieces[i].weights.data(), sizeof own);
            for_each_beside_feature(all, i, sums, index, [&](std::size_t feature) { add(own, feature); });
        }
        std::array<scores, 2> next, best_from{};
        for (scores& each : next) each.fill(impossible);
        const auto take = [&](std::size_t named, std::size_t role, std::int32_t score, std::size_t from) {
            const bool better = score > next[named][role];
            next[named][role] = better ? score : next[named][role];
            best_from[named][role] = better ? static_cast<std::int32_t>(from) : best_from[named][role];
        };
        for (std::size_t before = 0; before <= role_count; ++before) {
            if (std::max(score_[0][before], score_[1][before]) < hopeless) continue;
            sums_of_weights link = own;
            for_each_link_feature(all, i, sums, index, before, [&](std::size_t feature) { add(link, feature); });
            std::array<std::int16_t, 8> weights;
            std::memcpy(weights.data(), &link, sizeof link);
            for (std::size_t named = 0; named < 2; ++named) {
                const std::int32_t score = score_[named][before];
                if (score < hopeless) continue;
                const std::size_t from = 2 * before + named;
                const auto& of_named = role_weights[role_feature::named + named];
                if (!may_follow_any(choice, before)) {
                    std::size_t role = 0;
                    while (!may_follow(choice, before, role)) ++role;
                    take(role == 0 ? 1 : named, role, score + weights[role] + of_named[role], from);
                    continue;
                }
                if (named == 0) take(1, 0, score + weights[0] + of_named[0], from);
                take_all(next[named], best_from[named], weights, of_named, score, static_cast<std::int32_t>(from));
            }
        }
        next[0][0] = impossible;  // an organisation was told
        std::int32_t best = impossible;
        for (scores& each : next) {
            for (std::size_t role = role_count; role < each.size(); ++role) each[role] = impossible;
            for (std::size_t role = 0; role < role_count; ++role) best = std::max(best, each[role]);
        }
        for (std::size_t named = 0; named < 2; ++named)
            for (std::size_t role = 0; role < 8; ++role) score_[named][role] = next[named][role] - best;
        told& here = steps_.emplace_back();
        here.piece = i;
        here.from = best_from;
    }

    void finish(std::vector<affiliation_role>& roles) {
        std::size_t state = 0;
        std::int32_t best = impossible;
        for (std::size_t s = 0; s < 2 * role_count; ++s) {
            if (score_[s % 2][s / 2] < impossible / 2) continue;
            const std::int32_t score = score_[s % 2][s / 2] + role_weights[role_feature::ends + s % 2][s / 2];
            if (score <= best) continue;
            best = score;
            state = s;
        }
        while (!steps_.empty()) {
            roles[steps_.back().piece] = static_cast<affiliation_role>(state / 2);
            state = static_cast<std::size_t>(steps_.back().from[state % 2][state / 2]);
            steps_.pop_back();
        }
    }

    std::array<scores, 2> score_{};
    std::vector<told> steps_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
