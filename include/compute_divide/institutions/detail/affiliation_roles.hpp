// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_ROLES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_ROLES_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <compute_divide/institutions/affiliation_role.hpp>
#include <compute_divide/institutions/detail/affiliation_pieces.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/part_words.hpp>
#include <compute_divide/institutions/detail/role_weights.hpp>
#include <compute_divide/random.hpp>

/// Which role each piece of an affiliation has.
namespace compute_divide::detail {

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
    static constexpr std::size_t before = length + 4;                 // role of the piece before, and none
    static constexpr std::size_t next_head = before + 6;              // and none, end
    static constexpr std::size_t next_place = next_head + heads + 2;  // 4 kinds
    static constexpr std::size_t beside = next_place + 4;             // see below
    static constexpr std::size_t head_beside = beside + 6;  // first head, by whether there is a university beside
    static constexpr std::size_t bare = head_beside + 2 * (heads + 1);  // no head: by the role before, next is country
    static constexpr std::size_t city_before = bare + 12;               // a place: by the role before
    static constexpr std::size_t capitals = city_before + 6;
    static constexpr std::size_t in_order = capitals + 3;               // first or later piece, by head
    static constexpr std::size_t subject = in_order + 2 * (heads + 1);  // nothing but subjects: by the role before
    static constexpr std::size_t letters = subject + 6;                 // words, by hash
    static constexpr std::size_t word_buckets = 2048;
    static constexpr std::size_t count = letters + word_buckets;
};
static_assert(role_feature::count == role_feature_count);

/// What is in a section beside a piece.
struct section_sums {
    std::size_t universities = 0, organisations = 0, units = 0, countries = 0, postcodes = 0, pieces = 0;
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

/// Calls `use(feature)` for each feature of piece `i`; `before` is the role of the one before, 5 where there is none.
template <class Use>
inline void for_each_role_feature(const affiliation_words& in, const affiliation_pieces& all, std::size_t i,
                                  const section_sums& sums, std::size_t index, std::size_t before, Use&& use) {
    using f = role_feature;
    const affiliation_piece& p = all.pieces[i];
    for (std::uint32_t kinds = p.kinds; kinds != 0; kinds &= kinds - 1)
        use(f::kinds + static_cast<std::size_t>(std::countr_zero(kinds)));
    const std::size_t first_head = head_number(p.first_head), last_head = head_number(p.last_head);
    use(f::first_head + first_head);
    if (p.last_head != 0) use(f::last_head + last_head);
    if (p.places == 0) use(f::places + 4);
    for (unsigned kinds = p.places; kinds != 0; kinds &= kinds - 1)
        use(f::places + static_cast<std::size_t>(std::countr_zero(kinds)));
    use(f::shape + static_cast<std::size_t>(p.shape));
    const bool is_last = index + 1 == sums.pieces;
    const affiliation_piece* next = is_last ? nullptr : &all.pieces[i + 1];
    if (index == 0) use(f::position);
    if (index == 1) use(f::position + 1);
    if (is_last) use(f::position + 2);
    if (next != nullptr && next->shape == piece_shape::country) use(f::position + 3);
    if (next != nullptr && next->shape == piece_shape::postcode) use(f::position + 4);
    if (index > 0 && all.pieces[i - 1].shape == piece_shape::postcode) use(f::position + 5);
    const auto numeric = [&](std::size_t w) { return (all.words[w].kinds & (number_word | mixed_word)) != 0; };
    if (numeric(p.first)) use(f::position + 6);
    if (numeric(p.last - 1)) use(f::position + 7);
    if (p.in_brackets) use(f::position + 8);
    if (index + 2 == sums.pieces) use(f::position + 9);
    if (sums.pieces == 1) use(f::position + 10);
    if (index > 0 && all.pieces[i - 1].part == p.part) use(f::position + 11);
    const std::size_t length = p.last - p.first;
    use(f::length + (length < 4 ? length : 4) - 1);
    use(f::before + before);
    if (next == nullptr)
        use(f::next_head + f::heads + 1);
    else
        use(f::next_head + head_number(next->first_head));
    if (next != nullptr)
        for (unsigned kinds = next->places; kinds != 0; kinds &= kinds - 1)
            use(f::next_place + static_cast<std::size_t>(std::countr_zero(kinds)));
    const bool university = sums.universities > (is_university(p) ? 1U : 0U);
    if (university) use(f::beside);
    if (sums.organisations > ((p.kinds & organisation_words_mask) != 0 ? 1U : 0U)) use(f::beside + 1);
    if (sums.units > ((p.kinds & unit_words_mask) != 0 ? 1U : 0U)) use(f::beside + 2);
    if (sums.countries > 0) use(f::beside + 3);
    if (sums.postcodes > 0) use(f::beside + 4);
    if (index > 2) use(f::beside + 5);
    use(f::head_beside + first_head + (university ? f::heads + 1 : 0));
    if (p.first_head == 0) {
        const bool located = next != nullptr && (next->shape != piece_shape::open || (next->places & is_division) != 0);
        use(f::bare + before + (located ? 6 : 0));
    }
    if (p.places != 0) use(f::city_before + before);
    if (length == 1 && all.words[p.first].kinds == capitals_word) use(f::capitals);
    if (length == 1 && all.words[p.first].kinds == letter_word) use(f::capitals + 1);
    if (!all.words[p.first].capital) use(f::capitals + 2);
    use(f::in_order + first_head + (index == 0 ? 0 : f::heads + 1));
    if ((p.kinds & ~(subject_word | connecting_word | joining_word)) == 0) use(f::subject + before);
    for (std::size_t w = p.first; w < p.last; ++w)
        if ((all.words[w].kinds & (number_word | mixed_word | letter_word | connecting_word | joining_word)) == 0)
            use(f::letters + static_cast<std::size_t>(all.words[w].key * golden_gamma >> 53));
    (void)in;
}

/// Calls `each(i, sums, index)` for each piece, with what its section holds and its place there.
template <class Each>
inline void for_each_piece(const affiliation_words& in, const affiliation_pieces& all, Each&& each) {
    for (std::size_t first = 0; first < all.pieces.size();) {
        section_sums sums;
        std::size_t last = first;
        do {
            const affiliation_piece& p = all.pieces[last];
            sums.universities += is_university(p) ? 1U : 0U;
            sums.organisations += (p.kinds & organisation_words_mask) != 0 ? 1U : 0U;
            sums.units += (p.kinds & unit_words_mask) != 0 ? 1U : 0U;
            sums.countries += p.shape == piece_shape::country ? 1U : 0U;
            sums.postcodes += p.shape == piece_shape::postcode ? 1U : 0U;
            ++last;
        } while (last < all.pieces.size() && !begins_section(in, all.pieces[last - 1].part, all.pieces[last].part));
        sums.pieces = last - first;
        for (std::size_t i = first; i < last; ++i) each(i, sums, i - first);
        first = last;
    }
}

/// Whether a piece is a street by its first or last word, whatever its other words are: "Rue de l'Université",
/// "One Microsoft Way", "Universitätsstraße 12".
[[nodiscard]] inline bool is_street(const affiliation_pieces& all, const affiliation_piece& p, std::size_t index) {
    if (index == 0 || (p.kinds & street_word) == 0) return false;
    const auto kinds = [&](std::size_t w) { return all.words[w].kinds; };
    constexpr std::array leading{word_key("rue"),    word_key("via"),       word_key("calle"),  word_key("avenida"),
                                 word_key("rua"),    word_key("viale"),     word_key("piazza"), word_key("carrer"),
                                 word_key("corso"),  word_key("boulevard"), word_key("avenue"), word_key("chemin"),
                                 word_key("ulica"),  word_key("ul"),        word_key("strada"), word_key("paseo"),
                                 word_key("avda"),   word_key("praca"),     word_key("largo"),  word_key("quai"),
                                 word_key("camino"), word_key("travessa"),  word_key("allee"),  word_key("impasse"),
                                 word_key("av"),     word_key("bd")};
    constexpr std::array counted{word_key("one"),  word_key("two"),  word_key("three"),
                                 word_key("four"), word_key("five"), word_key("no")};
    const auto among = [&](const auto& list, std::size_t w) {
        return std::ranges::find(list, all.words[w].key) != list.end();
    };
    const std::size_t length = p.last - p.first;
    if (length > 1 && among(leading, p.first)) return true;
    const bool number_first = (kinds(p.first) & (number_word | mixed_word)) != 0 || among(counted, p.first);
    if (number_first && length > 2 && among(leading, p.first + 1)) return true;
    const bool number_last = (kinds(p.last - 1) & (number_word | mixed_word)) != 0;
    if (number_first && (kinds(p.last - 1) & street_word) != 0) return true;
    return number_last && length > 1 && (kinds(p.last - 2) & street_word) != 0 && length <= 5;
}

/// "Inc." for itself; but "NV" and "SA" are states too.
[[nodiscard]] inline bool is_legal_form(const affiliation_piece& p) {
    return p.kinds == legal_word && (p.places & is_division) == 0;
}

/// "Hitachi, Ltd. R&D Group"
[[nodiscard]] inline bool begins_with_form(const affiliation_pieces& all, const affiliation_piece& p) {
    constexpr std::array forms{word_key("ltd"), word_key("inc"),  word_key("llc"),     word_key("corp"),
                               word_key("plc"), word_key("gmbh"), word_key("limited"), word_key("incorporated")};
    return is_legal_form(p) || std::ranges::find(forms, all.words[p.first].key) != forms.end();
}

/// The role of each piece, in order.
inline void tell_roles(const affiliation_words& in, const affiliation_pieces& all,
                       std::vector<affiliation_role>& roles) {
    roles.assign(all.pieces.size(), affiliation_role::other);
    std::size_t before = role_count;
    for_each_piece(in, all, [&](std::size_t i, const section_sums& sums, std::size_t index) {
        if (index == 0) before = role_count;
        const affiliation_piece& p = all.pieces[i];
        if (p.shape == piece_shape::postcode) {
            roles[i] = affiliation_role::postcode;
            return;
        }
        if (p.shape == piece_shape::country) {
            // "Luxembourg, Luxembourg"
            const bool is_city_too = index + 1 < sums.pieces && (p.places & (is_city | is_division)) != 0 &&
                                     all.pieces[i + 1].shape == piece_shape::country;
            roles[i] = is_city_too ? affiliation_role::place : affiliation_role::country;
            return;
        }
        if (is_street(all, p, index)) {
            roles[i] = affiliation_role::street;
            before = static_cast<std::size_t>(affiliation_role::street);
            return;
        }
        if (is_legal_form(p) || (index + 1 < sums.pieces && begins_with_form(all, all.pieces[i + 1]))) {
            roles[i] = affiliation_role::organisation;  // "Kestrel Labs, Inc."
            before = static_cast<std::size_t>(affiliation_role::organisation);
            return;
        }
        // "Center for NanoScience (CeNS)"
        if (p.in_brackets && index > 0 && before < 2 && p.last - p.first == 1 && p.places == 0 &&
            (p.kinds & (capitals_word | proper_word | university_word | mixed_word)) != 0) {
            roles[i] = static_cast<affiliation_role>(before);
            return;
        }
        std::array<std::int16_t, 8> sum{};
        for_each_role_feature(in, all, i, sums, index, before, [&](std::size_t feature) {
            for (std::size_t r = 0; r < 8; ++r) sum[r] = static_cast<std::int16_t>(sum[r] + role_weights[feature][r]);
        });
        std::size_t best = 0;
        for (std::size_t r = 1; r < role_count; ++r)
            if (sum[r] > sum[best]) best = r;
        roles[i] = static_cast<affiliation_role>(best);
        before = best;
    });
}

}  // namespace compute_divide::detail

#endif
