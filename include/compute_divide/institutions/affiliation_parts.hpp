// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_PARTS_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_AFFILIATION_PARTS_HPP

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/institutions/affiliation_role.hpp>
#include <compute_divide/institutions/detail/affiliation_pieces.hpp>
#include <compute_divide/institutions/detail/affiliation_roles.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/json.hpp>

/// An affiliation cut into parts with a role each: what is an institution, what is its address.
namespace compute_divide::inline v0_2 {

/// A part of an affiliation: the bytes [from, to) of the text.
struct affiliation_part {
    affiliation_role role = affiliation_role::other;
    std::size_t from = 0;
    std::size_t to = 0;

    friend bool operator==(const affiliation_part&, const affiliation_part&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<affiliation_part>) {
    return member_list(member{"role", &affiliation_part::role}, member{"from", &affiliation_part::from},
                       member{"to", &affiliation_part::to});
}

/// Cuts affiliations into parts, and keeps its memory from one to the next.
///
///     affiliation_parser parser;
///     for (const affiliation_part& each : parser("Dept. of Informatics, Univ. of Norrland, SE-901 87 Norrby, Sweden"))
///         ...   // unit, organisation, postcode, place, country
///
/// Parts are in the order of the text and do not overlap; signs and spaces between them are in none. Any bytes are
/// accepted; invalid UTF-8 is read as Windows-1252. One pass, linear in the text.
///
/// Names of 113,000 cities, divisions and countries (GeoNames, CC BY 4.0; ROR, CC0), 1,700 words of 40 languages, and
/// the patterns of postcodes cut the text. The roles are told together: the most probable ones of a conditional random
/// field (Lafferty, McCallum and Pereira 2001) over the pieces of a section, by a piece, its neighbours, its words and
/// pairs of them (by hash), the role before, and whether an organisation was named. It was trained by
/// examples/tools/train_affiliation_parts.cpp on two collections tagged by hand (AffilGood and GROBID, Apache-2.0). How
/// good they are on texts that were never looked at: examples/tools/evaluate_parts.cpp.
class affiliation_parser {
public:
    /// The parts of a text; valid until the next call. Throws std::invalid_argument for a text of 4 GB or more.
    [[nodiscard]] const std::vector<affiliation_part>& operator()(std::string_view text) {
        in_.read(text);
        pieces_.read(text, in_);
        chain_(pieces_, roles_);
        pieces_.remember(in_);
        collect(text);
        return parts_;
    }

private:
    void collect(std::string_view text) {
        parts_.clear();
        std::size_t mail = 0;
        const auto origin = [&](std::size_t normalised) { return in_.normalised.origin(normalised); };
        // What begins within the last character of the part before, as "1/2" does in "½", is of that part.
        const auto goes_into_last = [&](std::size_t from, std::size_t to) {
            if (parts_.empty() || from >= parts_.back().to) return false;
            parts_.back().to = std::max(parts_.back().to, to);
            return true;
        };
        const auto add_mail = [&](std::size_t before) {
            while (mail < in_.addresses.size() && in_.addresses[mail].begin < before) {
                const auto& each = in_.addresses[mail++];
                const std::size_t from = origin(each.begin), to = in_.normalised.origin_of_end(each.end);
                if (!goes_into_last(from, to)) parts_.push_back({affiliation_role::email, from, to});
            }
        };
        std::size_t part = 0;  // of the piece before
        for (std::size_t i = 0; i < pieces_.pieces.size(); ++i) {
            const auto& piece = pieces_.pieces[i];
            const std::size_t begin = piece.begin, end = piece.end;
            add_mail(in_.origins[begin]);
            const std::size_t from = origin(in_.origins[begin]);
            std::size_t to = in_.normalised.origin_of_end(in_.origins[end - 1] + 1);
            if (goes_into_last(from, to)) {
                part = piece.part;
                continue;
            }
            const bool goes_on = i > 0 && piece.in_brackets && roles_[i] == roles_[i - 1] && piece.part == part + 1 &&
                                 !parts_.empty() && parts_.back().role == roles_[i];
            const bool is_street = i > 0 && roles_[i] == affiliation_role::street && roles_[i - 1] == roles_[i] &&
                                   piece.part == part && !parts_.empty() &&
                                   parts_.back().role == affiliation_role::street;  // "12 Foo" "Street"
            const bool is_form =
                !parts_.empty() && detail::is_legal_form(piece) && parts_.back().role == affiliation_role::organisation;
            if (goes_on || is_street || is_form) {
                if (goes_on && to < text.size() && text[to] == ')') ++to;
                parts_.back().to = to;
            } else {
                parts_.push_back({roles_[i], from, to});
            }
            part = piece.part;
            if (parts_.back().to < text.size() && text[parts_.back().to] == '.' && is_abbreviated(i, text, from, to))
                ++parts_.back().to;
        }
        add_mail(static_cast<std::size_t>(-1));
    }

    /// Whether a full stop behind piece `i`, which is text[from, to), is an abbreviation's: "U.S.A.", "Foo Univ.".
    [[nodiscard]] bool is_abbreviated(std::size_t i, std::string_view text, std::size_t from, std::size_t to) const {
        if (to - from > 2 && text[to - 2] == '.') return true;
        return (pieces_.pieces[i].signs & detail::abbreviation_sign) != 0;
    }

    detail::affiliation_words in_;
    detail::affiliation_pieces pieces_;
    detail::role_chain chain_;
    std::vector<affiliation_role> roles_;
    std::vector<affiliation_part> parts_;
};

/// The parts of one affiliation; see `affiliation_parser`.
[[nodiscard]] inline std::vector<affiliation_part> affiliation_parts(std::string_view text) {
    affiliation_parser parser;
    return parser(text);
}

}  // namespace compute_divide::inline v0_2

#endif
