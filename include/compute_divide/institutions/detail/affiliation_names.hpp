// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_NAMES_HPP

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/institutions/detail/affiliation_pieces.hpp>
#include <compute_divide/institutions/detail/affiliation_roles.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>

/// The parts of an affiliation as the classifier sees them: which of them can be institutions.
namespace compute_divide::inline v0_2::detail {

/// The words [begin, end) of affiliation_words.
struct affiliation_name {
    std::size_t begin, end;
    bool begins_section;
    affiliation_role role;
    bool is_known_place;
    bool in_brackets;
    bool is_bare, is_acronym;  // a name without a word that gives a type away
    bool has_address_word;     // a number, "Street", "Building"
    bool is_field;             // "Machine Learning": what is worked on

    /// Whether the part may be an institution, whatever its role: "Kestrel" in "Kestrel, USA" stands where a city does.
    [[nodiscard]] bool may_be_name() const {
        if (role == affiliation_role::organisation || role == affiliation_role::unit) return true;
        return begins_section && !is_known_place && !has_address_word &&
               (role == affiliation_role::place || role == affiliation_role::street);
    }
};

/// Regions whose names join two by "&" (ISO 3166 names of countries and their divisions, Office for National Statistics
/// names of counties and districts); sorted. "Brighton & Hove" is written as many firms are.
inline constexpr std::string_view regions_of_two[] = {
    "andaman & nicobar",    "antigua & barbuda",    "argyll & bute",           "barking & dagenham",
    "brighton & hove",      "castile & leon",       "castilla & leon",         "dadra & nagar haveli",
    "daman & diu",          "dumfries & galloway",  "hammersmith & fulham",    "hereford & worcester",
    "jammu & kashmir",      "kensington & chelsea", "newfoundland & labrador", "perth & kinross",
    "redcar & cleveland",   "saint kitts & nevis",  "sao tome & principe",     "st kitts & nevis",
    "svalbard & jan mayen", "telford & wrekin",     "trinidad & tobago",       "turks & caicos",
    "tyne & wear",          "wallis & futuna",      "windsor & maidenhead"};
static_assert(std::ranges::is_sorted(regions_of_two));

/// The parts of one text; a text of one short part is that part.
class affiliation_names {
public:
    /// `terms`: the fingerprint of those that will be searched for.
    void read(std::string_view text, const affiliation_words& in, std::uint64_t terms) {
        names_.clear();
        has_institution_ = true;
        constexpr std::size_t plain = 48;  // of so short a part nothing but a name is expected
        if (in.parts.size() == 1 && in.parts[0].end - in.parts[0].begin <= plain) {
            names_.push_back({in.parts[0].begin, in.parts[0].end, true, affiliation_role::organisation, false, false,
                              false, false, false, false});
            is_read_ = false;
            return;
        }
        is_read_ = true;
        pieces_.read(text, in, terms);
        chain_(pieces_, roles_);
        for (affiliation_piece& p : pieces_.pieces)
            if (!p.is_known) tell_signs(text, in, p);
        has_institution_ = false;
        for (std::size_t i = 0; i < pieces_.pieces.size(); ++i) {
            const affiliation_piece& p = pieces_.pieces[i];
            const bool bare = (p.signs & bare_sign) != 0 && !is_before_head(i);
            affiliation_name& name = names_.emplace_back();
            name.begin = p.begin;
            name.end = p.end;
            name.begins_section = p.begins_section;
            name.role = roles_[i];
            name.is_known_place = (p.signs & known_place_sign) != 0;
            name.in_brackets = p.in_brackets;
            name.is_bare = bare;
            name.is_acronym = (p.signs & acronym_sign) != 0;
            name.has_address_word = (p.kinds & address_words) != 0;
            name.is_field = (bare || i == 0) && (p.kinds & head_words_mask) == 0 && (p.signs & field_sign) != 0;
            has_institution_ =
                has_institution_ || roles_[i] == affiliation_role::organisation || roles_[i] == affiliation_role::unit;
        }
    }

    /// Whether the words of the text were read, and have ASCII letters only.
    [[nodiscard]] bool has_ascii_words() const { return is_read_ && !pieces_.has_high_bytes(); }
    /// The words of the text but for those of the parts that are known.
    [[nodiscard]] std::span<const affiliation_word> words() const { return pieces_.words; }
    [[nodiscard]] std::span<affiliation_pieces::read_part> parts() { return pieces_.parts(); }
    /// To be called when the known terms in the parts are told: remembers them for the texts to come.
    void remember(const affiliation_words& in) { pieces_.remember(in); }

    [[nodiscard]] std::size_t size() const { return names_.size(); }
    [[nodiscard]] const affiliation_name& operator[](std::size_t i) const { return names_[i]; }
    /// The part that the byte `at` stands in.
    [[nodiscard]] std::size_t of(std::size_t at) const {
        const auto after = detail::upper_bound_by(names_, at, &affiliation_name::begin);
        return after == names_.begin() ? 0 : static_cast<std::size_t>(after - names_.begin()) - 1;
    }
    /// Whether some part is an organisation, or a unit of one.
    [[nodiscard]] bool has_institution() const { return has_institution_; }

    /// Whether a term at [begin, end) of part `i` stands in an address, and names no institution. A name that goes on
    /// behind the part does: "KU Leuven"; so does one that begins a part which no table of places has.
    [[nodiscard]] bool is_address(std::size_t i, std::size_t begin, std::size_t end, bool is_name) const {
        const affiliation_name& each = names_[i];
        if (names_.size() == 1 || end > each.end) return false;
        switch (each.role) {
            case affiliation_role::street:
                return !is_name || begin != each.begin || (end != each.end && each.has_address_word);
            case affiliation_role::country:
                return !is_name || !each.begins_section;  // "UC, Berkeley"
            case affiliation_role::postcode:
                return true;
            case affiliation_role::place:
                // "Babylon + University of Foo"
                if (is_name && begin == each.begin && end == each.end && each.begins_section &&
                    (i + 1 == names_.size() || names_[i + 1].begins_section))
                    return false;
                return has_institution_ && (each.is_known_place || !is_name || begin != each.begin);
            default:
                return false;
        }
    }

    /// Whether a place may be its university: "Department of Physics, Stanford" has no other organisation.
    [[nodiscard]] bool is_school(std::size_t i) const {
        const auto is_organisation = [](const affiliation_name& each) {
            return each.role == affiliation_role::organisation;
        };
        return names_[i].role == affiliation_role::place && i > 0 && names_[i - 1].role == affiliation_role::unit &&
               detail::none_of(std::span(names_).first(std::min<std::size_t>(names_.size(), 64)), is_organisation);
    }

    /// Reads the one part of a short text after all, of which no term was found.
    void read_bare(std::string_view text, const affiliation_words& in) {
        if (is_read_ || in.parts.empty()) return;
        pieces_.read(text, in);
        if (pieces_.pieces.size() != 1) return;
        affiliation_piece& p = pieces_.pieces[0];
        if (!p.is_known) tell_signs(text, in, p);
        names_[0].is_bare = (p.signs & bare_sign) != 0;
        names_[0].is_acronym = (p.signs & acronym_sign) != 0;
        names_[0].is_known_place = (p.signs & known_place_sign) != 0;
        names_[0].is_field = (p.signs & field_sign) != 0;
    }

private:
    /// Tells the signs of a piece that a name has.
    void tell_signs(std::string_view text, const affiliation_words& in, affiliation_piece& p) const {
        if (is_bare(text, in, p)) p.signs |= bare_sign;
        if (is_acronym(p)) p.signs |= acronym_sign;
        if (is_field(p)) p.signs |= field_sign;
        if (p.places != 0 || is_region(in, p.begin, p.end)) p.signs |= known_place_sign;
    }

    [[nodiscard]] static bool is_region(const affiliation_words& in, std::size_t begin, std::size_t end) {
        const std::string_view words = in.view().substr(begin, end - begin);
        return words.find('&') != std::string_view::npos && detail::binary_search(regions_of_two, words);
    }

    static constexpr std::uint32_t address_words =
        street_word | box_word | building_word | campus_word | number_word | mixed_word;

    [[nodiscard]] bool is_bare(std::string_view text, const affiliation_words& in, const affiliation_piece& p) const {
        constexpr std::uint32_t telling =
            (head_words_mask & ~business_word) | street_word | box_word | note_word | campus_word | building_word;
        if (p.shape != piece_shape::open || p.last - p.first > 6) return false;
        if ((p.kinds & telling) != 0 && !is_group(p)) return false;
        if ((p.kinds & (proper_word | capitals_word | small_word | mixed_word)) != 0) return true;
        // "CognitiveScale"
        if (p.last - p.first > 2) return false;
        const auto& word = pieces_.words[p.first];
        const std::string_view name = in.original(text, word.begin, word.end);
        for (std::size_t i = 1; i < name.size(); ++i)
            if (name[i] >= 'A' && name[i] <= 'Z' && is_small_letter(name[i - 1])) return true;
        return false;
    }
    /// "Bonn-Aachen International Center": what is cut from the head behind it.
    [[nodiscard]] bool is_before_head(std::size_t i) const {
        const auto& pieces = pieces_.pieces;
        return i + 1 < pieces.size() && pieces[i + 1].part == pieces[i].part && !pieces[i + 1].in_brackets &&
               (pieces[i + 1].kinds & (unit_words_mask | ambiguous_words_mask)) != 0;
    }
    /// "Machine Learning", "Psychology and Neurobiology": fields only.
    [[nodiscard]] bool is_field(const affiliation_piece& p) const {
        static constexpr word_list fields(
            {"machine",    "learning",      "artificial",  "intelligence",  "intelligent",  "language",
             "processing", "vision",        "data",        "deep",          "robotics",     "perception",
             "cognition",  "cognitive",     "computing",   "computational", "computer",     "mobile",
             "minds",      "machines",      "training",    "behavioral",    "behavioural",  "systems",
             "research",   "neurobiology",  "informatics", "natural",       "human",        "inspired",
             "multimedia", "translational", "linguistics", "optimization",  "optimisation", "biomechanics",
             "applied",    "theoretical"});
        bool any = false;
        for (std::size_t i = p.first; i < p.last; ++i) {
            const auto& word = pieces_.words[i];
            const bool is_named = fields.has(word.key);
            if (!is_named && (word.kinds & (subject_word | connecting_word | joining_word)) == 0) return false;
            any = any || is_named || (word.kinds & subject_word) != 0;
        }
        return any && p.last - p.first > 1;
    }
    /// "Kestrel Group", "Kestrel Research Team", but not "Computer Vision Group".
    [[nodiscard]] bool is_group(const affiliation_piece& p) const {
        static constexpr word_list ends({"group", "team"});
        static constexpr word_list between({"research", "ai", "it", "r&d"});
        std::size_t last = p.last;
        while (last > p.first && ends.has(pieces_.words[last - 1].key)) --last;
        if (last == p.last) return false;
        while (last > p.first && between.has(pieces_.words[last - 1].key)) --last;
        if (last == p.first) return false;
        for (std::size_t i = p.first; i < last; ++i)
            if ((pieces_.words[i].kinds & (proper_word | capitals_word | business_word | mixed_word)) == 0)
                return false;
        return true;
    }
    /// "KRX": one word with two or more capitals, of seven letters at most.
    [[nodiscard]] bool is_acronym(const affiliation_piece& p) const {
        return p.last - p.first == 1 && pieces_.words[p.first].kinds == capitals_word &&
               pieces_.words[p.first].end - pieces_.words[p.first].begin <= 7;
    }

    bool is_read_ = false;
    affiliation_pieces pieces_;
    role_chain chain_;
    std::vector<affiliation_role> roles_;
    std::vector<affiliation_name> names_;
    bool has_institution_ = true;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
