// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_PIECES_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_AFFILIATION_PIECES_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/uninitialised_allocator.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/part_words.hpp>
#include <compute_divide/institutions/detail/phrase_marks.hpp>
#include <compute_divide/institutions/detail/place_marks.hpp>
#include <compute_divide/institutions/detail/remembered.hpp>
#include <compute_divide/random.hpp>

/// How an affiliation is cut into pieces that have one role each, and by what their roles are told.
namespace compute_divide::inline v0_2::detail {

/// A word of an affiliation. Positions are in affiliation_words::words.
struct affiliation_word {
    std::uint64_t key;
    std::uint32_t begin, end;
    std::uint32_t kinds;  // part_word
    bool is_plain;        // small letters and digits
    bool hyphen_before;   // "113-8656"
    bool capital;         // begins with one
    bool dot_before;      // "Ibadan. Nigeria"
};

/// What a piece was found to be before roles are told.
enum class piece_shape : std::uint8_t { open, postcode, country, places };

/// What a piece's words say of it as a whole; bits.
enum piece_sign : std::uint16_t {
    street_sign = 1,         ///< a street, where it is not the first piece
    first_form_sign = 2,     ///< begins with a legal form
    last_form_sign = 4,      ///< ends with one
    abbreviation_sign = 8,   ///< ends with "Univ", "St"
    taiwan_sign = 16,        ///< "Taiwan"
    bare_sign = 32,          ///< a name without a word that gives a type away; this and the next: affiliation_names.hpp
    acronym_sign = 64,       ///< "KRX"
    field_sign = 128,        ///< "Machine Learning"
    known_place_sign = 256,  ///< a place of a table
};

/// A piece of an affiliation: words of a part that have one role.
struct affiliation_piece {
    std::size_t first, last;   // its words; of a piece that is known how many they are, and no more
    std::uint32_t begin, end;  // in affiliation_words::words
    std::size_t part;          // in affiliation_words::parts
    piece_shape shape;
    bool in_brackets;
    bool begins_section;
    bool is_known;        // what follows is remembered
    std::uint16_t signs;  // piece_sign
    unsigned places;      // place_kind of the whole piece
    std::uint32_t kinds, first_head, last_head;
    std::array<std::uint16_t, 8> weights;  // of what its own words say of its role (affiliation_roles.hpp)
};

/// A part of an affiliation, as it was read before. Parts come again and again: "Department of Computer Science",
/// "USA".
struct remembered_part {
    static constexpr std::size_t most_bytes = 57, most_pieces = 2, most_hits = 2;
    struct piece {
        std::uint32_t kinds;
        std::uint16_t first_head, last_head, signs;
        std::array<std::uint16_t, 5> weights;  // of five roles; the others have none
        std::uint8_t begin, end;               // in the part
        std::uint8_t n_words, places;
        piece_shape shape;
    };
    /// A known term in the part.
    struct hit {
        std::uint32_t term;
        std::uint8_t begin, end;  // in the part
    };
    std::array<char, most_bytes> bytes;  // of the original text
    std::uint8_t n_bytes = 0;            // 0: nothing is remembered here
    std::uint8_t size = 0;               // of the part that they were read as
    std::uint8_t n_pieces = 0, n_hits = 0;
    std::uint8_t asked = 0, around = 0;  // what its cutting asked of the text around it, and was told
    std::uint8_t says = 0;               // part_says
    std::uint64_t terms = 0;             // the fingerprint of those that `hits` are of
    std::array<hit, most_hits> hits = {};
    std::array<piece, most_pieces> pieces = {};
};
static_assert(head_words_mask <= 0xFFFF);

/// What a part says of those beside it; bits.
enum part_says : std::uint8_t {
    place_stands_before = 1,  ///< of the one before: it is a division, a country or a postcode
    box_stands_last = 2       ///< of the one behind: it ends with "Box" or "Building"
};

/// The parts that were read before: each at its slot or the one beside, where it stays until another takes it that has
/// come twice. Most parts come once only; those leave no more than a mark. 256 slots from the 64th part on, 8,192 (1.2
/// MB) once as many parts had to be read. What is found is what was put for the same bytes.
class part_memory {
public:
    /// Where bytes are to be looked for.
    struct place {
        std::uint32_t slot = no_slot;  // that of none
        std::uint16_t mark = 0;
    };
    /// Fetches what is told of the place.
    [[nodiscard]] place place_of(std::string_view bytes) {
        if (missed_ > grows_at_) grow();
        if (slots_.empty()) ++missed_;
        if (slots_.empty() || bytes.empty()) return {};
        const std::uint64_t hash = hash_of_bytes(bytes);
        const auto slot = static_cast<std::uint32_t>(hash >> shift_);
        prefetch(&marks_[slot]);
        return {slot, static_cast<std::uint16_t>(hash >> 24 | 1)};
    }
    /// Whether something may be remembered there, or beside, where the place is then; fetches it.
    [[nodiscard]] bool may_have(place& where) const {
        if (where.slot == no_slot) return false;
        if (marks_[where.slot].put != where.mark) {
            if (marks_[where.slot ^ 1U].put != where.mark) return false;
            where.slot ^= 1U;
        }
        prefetch(&slots_[where.slot]);
        prefetch(&slots_[where.slot].pieces);
        return true;
    }
    /// What is remembered of bytes that were read as a part of `size`, with hits of the terms of that fingerprint;
    /// nullptr where nothing is. Of a place that may have something. Only such bytes are remembered as are read alike
    /// whatever stands around them (affiliation_pieces::is_read_alone).
    [[nodiscard]] const remembered_part* find(place where, std::string_view bytes, std::size_t size,
                                              std::uint64_t terms) const {
        const remembered_part& here = slots_[where.slot];
        const bool is_it = here.n_bytes == bytes.size() && here.size == size && here.terms == terms &&
                           std::memcmp(here.bytes.data(), bytes.data(), bytes.size()) == 0;
        return is_it ? &here : nullptr;
    }
    /// Whether a part that was not found is to be remembered: where it came before.
    [[nodiscard]] bool wants(place where) {
        if (where.slot == no_slot) return false;
        ++missed_;
        return std::exchange(marks_[where.slot].seen, where.mark) == where.mark;
    }
    /// Where to remember bytes.
    [[nodiscard]] remembered_part& put(place where, std::string_view bytes, std::size_t size, std::uint64_t terms) {
        if (marks_[where.slot].put != 0 && marks_[where.slot ^ 1U].put == 0) where.slot ^= 1U;
        marks_[where.slot].put = where.mark;
        remembered_part& here = slots_[where.slot];
        here.n_bytes = static_cast<std::uint8_t>(bytes.size());
        here.size = static_cast<std::uint8_t>(size);
        here.terms = terms;
        std::memcpy(here.bytes.data(), bytes.data(), bytes.size());
        return here;
    }

private:
    static constexpr std::size_t least = 256, most = 8'192;
    static constexpr std::uint32_t no_slot = static_cast<std::uint32_t>(-1);
    /// Of the part that is remembered at a slot, 0 where there is none; and of the last one that was not found there.
    struct marks {
        std::uint16_t put = 0, seen = 0;
    };

    [[nodiscard]] static std::uint64_t hash_of_bytes(std::string_view bytes) {
        std::uint64_t hash = bytes.size();
        const char* at = bytes.data();
        std::size_t left = bytes.size();
        for (; left >= 8; at += 8, left -= 8) {
            hash = (hash ^ load_eight(at)) * golden_gamma;
            hash ^= hash >> 32;
        }
        return (hash ^ load_less_than_eight(at, left)) * golden_gamma;
    }
    COMPUTE_DIVIDE_NO_INLINE void grow() {
        const std::size_t size = slots_.empty() ? least : most;
        slots_.assign(size, {});
        marks_.assign(size, {});
        missed_ = 0;
        grows_at_ = size < most ? 2 * size : static_cast<std::size_t>(-1);
        shift_ = 64 - static_cast<int>(std::bit_width(size - 1));
    }

    std::vector<remembered_part> slots_;
    std::vector<marks> marks_;
    std::size_t missed_ = 0, grows_at_ = 64;
    int shift_ = 0;
};

/// The words and pieces of one text.
class affiliation_pieces {
public:
    std::vector<affiliation_word, uninitialised_allocator<affiliation_word>> words;
    std::vector<affiliation_piece, uninitialised_allocator<affiliation_piece>> pieces;

    /// What was read of a part.
    struct read_part {
        std::string_view bytes;        // of the original text; none where it is not to be remembered
        part_memory::place place;      // of them in the memory
        std::size_t size;              // of the part
        const remembered_part* known;  // nullptr where it is not remembered
        std::size_t first, end;        // its words, which are not read where it is known
        std::size_t end_of_pieces;
        std::uint8_t asked, around;
        std::size_t n_hits;  // known terms in it; as many are noted as are remembered
        bool are_hits_told, may_be_known;
        std::array<remembered_part::hit, remembered_part::most_hits> hits;

        void note_hit(std::uint32_t term, std::size_t begin, std::size_t stop) {
            if (n_hits < hits.size() && !bytes.empty())
                hits[n_hits] = {term, static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(stop)};
            ++n_hits;
        }
    };

    /// `terms`: the fingerprint of those that parts are searched for, 0 where for none.
    void read(std::string_view text, const affiliation_words& in, std::uint64_t terms = 0) {
        words.clear();
        pieces.clear();
        has_high_bytes_ = false;
        view_ = in.view();
        terms_ = terms;
        const std::size_t n_parts = in.parts.size();
        parts_.resize(n_parts);
        for (std::size_t p = 0; p < n_parts; ++p) {
            parts_[p].bytes = bytes_of(in.parts[p], text, in);
            parts_[p].size = in.parts[p].end - in.parts[p].begin;
            parts_[p].place = memory_.place_of(parts_[p].bytes);
        }
        const auto read_words = [&](std::size_t p) {
            parts_[p].known = nullptr;
            parts_[p].first = words.size();
            add_words(in.view(), in.parts[p].begin, in.parts[p].end);
            parts_[p].end = words.size();
        };
        for (std::size_t p = 0; p < n_parts; ++p) {
            read_part& here = parts_[p];
            here.n_hits = 0;
            here.are_hits_told = false;
            here.may_be_known = memory_.may_have(here.place);
            if (!here.may_be_known) read_words(p);
        }
        for (std::size_t p = 0; p < n_parts; ++p) {
            read_part& here = parts_[p];
            if (!here.may_be_known) continue;
            here.known = memory_.find(here.place, here.bytes, here.size, terms);
            if (here.known == nullptr) read_words(p);
        }
        for (affiliation_word& word : words) describe(word, text, in);
        bool begins = true;  // a section, with the next piece
        for (std::size_t p = 0; p < n_parts; ++p) {
            part_ = p;
            const std::size_t n_before = pieces.size();
            section_begins_ =
                in.parts[p].begins_section || (!pieces.empty() && pieces.back().shape == piece_shape::country);
            const std::size_t before = in.origins[in.parts[p].begin];
            in_brackets_ = before > 0 && in.normalised.view()[before - 1] == '(';
            is_followed_ = p + 1 < n_parts && !in.parts[p + 1].begins_section;
            read_pieces(text, in);
            parts_[p].end_of_pieces = pieces.size();
            begins = begins || in.parts[p].begins_section;
            if (pieces.size() == n_before) continue;
            for (std::size_t i = n_before; i < pieces.size(); ++i) pieces[i].begins_section = false;
            pieces[n_before].begins_section = begins;
            begins = false;
        }
    }

    /// To be called when the roles of the pieces and the hits are told: remembers the parts for the texts to come.
    void remember(const affiliation_words& in) {
        std::size_t piece = 0;
        for (std::size_t p = 0; p < parts_.size(); ++p) {
            if (parts_[p].known == nullptr) remember(parts_[p], piece, in.parts[p].begin);
            piece = parts_[p].end_of_pieces;
        }
    }

    [[nodiscard]] std::span<read_part> parts() { return parts_; }

    /// Whether some word has bytes beyond ASCII.
    [[nodiscard]] bool has_high_bytes() const { return has_high_bytes_; }

    /// The kinds of the words [first, last) as a place.
    [[nodiscard]] unsigned places(std::size_t first, std::size_t last) const {
        const std::size_t n = last - first;
        if (n > most_place_words) return 0;
        // Of this text it is asked again and again.
        const std::size_t slot = (first + 11 * n) % asked_slots;
        const std::uint64_t phrase = 8 * std::uint64_t{first} + n + 1;
        if (asked_[slot] == phrase) return answers_[slot];
        std::uint64_t key = 0;
        for (std::size_t i = first; i < last; ++i) key = phrase_key(key, words[i].key);
        asked_[slot] = phrase;
        return answers_[slot] = places_(key * golden_gamma, [&] { return kinds_of(place_marks, key); });
    }

private:
    static constexpr std::size_t most_place_words = 6;

    enum byte_kinds : unsigned {
        letter_byte = 1,
        digit_byte = 2,
        other_byte = 4,
        high_byte = 8,
        lead_byte = 16,  // of a letter from U+00C0 to U+017F, in UTF-8
        tail_byte = 32   // of any character
    };
    static constexpr auto kinds_of_bytes = [] {
        std::array<std::uint8_t, 256> kinds = {};
        for (unsigned c = 0; c < 256; ++c) kinds[c] = c < 0x80 ? other_byte : high_byte;
        for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = letter_byte;
        for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = digit_byte;
        return kinds;
    }();

    /// Adds words with what bytes there are for their kinds, and fetches what is remembered of them.
    void add_words(std::string_view view, std::size_t begin, std::size_t end) {
        if (words.empty()) asked_.fill(0);  // what was asked of the text before
        for (std::size_t at = begin; at < end;) {
            // What bytes there are, and the word's key, at once.
            std::size_t stop = at;
            unsigned bytes = 0;
            std::uint64_t key = word_key({});
            for (; stop < end && view[stop] != ' '; ++stop) {
                bytes |= kinds_of_bytes[static_cast<unsigned char>(view[stop])];
                key = word_key(view[stop], key);
            }
            if (stop == at) {
                ++at;
                continue;
            }
            kinds_.fetch(key * golden_gamma);
            places_.fetch(phrase_key(0, key) * golden_gamma);
            has_high_bytes_ = has_high_bytes_ || (bytes & high_byte) != 0;
            affiliation_word& word = words.emplace_back();  // written in place: a copy would wait for its fields
            word.begin = static_cast<std::uint32_t>(at);
            word.end = static_cast<std::uint32_t>(stop);
            word.key = key;
            word.kinds = bytes;
            word.is_plain = (bytes & ~unsigned{letter_byte | digit_byte}) == 0;
            at = stop + 1;
        }
    }

    /// Tells which signs stand before a word.
    static void tell_signs_before(affiliation_word& word, const affiliation_words& in) {
        const std::string_view normalised = in.normalised.view();
        const std::size_t origin = in.origins[word.begin];
        word.hyphen_before = origin > 0 && normalised[origin - 1] == '-';
        word.dot_before = origin > 1 && normalised[origin - 1] == ' ' && normalised[origin - 2] == '.';
    }

    /// Tells the kinds of a word from the bytes there are in it, and how it is written.
    void describe(affiliation_word& word, std::string_view text, const affiliation_words& in) {
        tell_signs_before(word, in);
        const std::size_t source = in.normalised.origin(in.origins[word.begin]);
        word.capital = source < text.size() && text[source] >= 'A' && text[source] <= 'Z';
        if ((word.kinds & digit_byte) != 0) {
            word.kinds = (word.kinds & ~unsigned{digit_byte}) != 0 ? mixed_word : number_word;
            return;
        }
        const std::string_view letters = view_.substr(word.begin, word.end - word.begin);
        word.kinds = kinds_(word.key * golden_gamma, [&] { return part_word_kinds().kinds(letters); });
        if (word.kinds != 0) return;
        if (letters.size() == 1)
            word.kinds = letter_word;
        else if (word.capital && letters.size() <= 8 && all_capitals(text, in, word.begin, word.end))
            word.kinds = capitals_word;
        else if (!word.capital && source < text.size() && is_small_letter(text[source]))
            word.kinds = small_word;
        else
            word.kinds = proper_word;
    }

    static bool all_capitals(std::string_view text, const affiliation_words& in, std::size_t begin, std::size_t end) {
        const std::size_t first = in.normalised.origin(in.origins[begin]);
        const std::size_t last = in.normalised.origin(in.origins[end - 1]) + 1;
        for (std::size_t i = first; i < last && i < text.size(); ++i)
            if (is_small_letter(text[i])) return false;
        return true;
    }

    [[nodiscard]] std::size_t size_of(std::size_t i) const { return words[i].end - words[i].begin; }
    [[nodiscard]] bool is_number(std::size_t i, std::size_t digits) const {
        return words[i].kinds == number_word && size_of(i) == digits;
    }
    [[nodiscard]] bool has(std::size_t first, std::size_t last, std::uint32_t kinds) const {
        for (std::size_t i = first; i < last; ++i)
            if ((words[i].kinds & kinds) != 0) return true;
        return false;
    }

    void add(std::size_t first, std::size_t last, piece_shape shape) {
        if (first >= last) return;
        affiliation_piece& piece = pieces.emplace_back();  // written in place, as words are
        piece.first = first;
        piece.last = last;
        piece.part = part_;
        piece.shape = shape;
        piece.in_brackets = in_brackets_;
        piece.begin = words[first].begin;
        piece.end = words[last - 1].end;
        piece.places = places(first, last);
        piece.is_known = false;
    }

    /// Words of the postcode that begins at `i`; 0 where none does.
    [[nodiscard]] std::size_t postcode_at(std::size_t i, std::size_t first, std::size_t last) const {
        const auto digits = [&](std::size_t at, std::size_t n) { return at < last && is_number(at, n); };
        const auto joined = [&](std::size_t at) { return at < last && words[at].hyphen_before; };
        if (i > first && is_numbered(i - 1)) return 0;
        const bool alone =
            i == first || ((words[i - 1].kinds & (street_word | box_word | building_word | number_word)) == 0 &&
                           !(i > first + 1 && words[i - 1].kinds == letter_word &&
                             (words[i - 2].kinds == letter_word || (words[i - 2].kinds & connecting_word) != 0)));
        if (words[i].kinds == mixed_word) {
            const std::size_t n = size_of(i);
            // "SW7 2AZ", "M5S 2E4", "D02 XY45"
            if (i + 1 < last && n >= 2 && n <= 4 && size_of(i + 1) == 3 && words[i].capital &&
                words[i + 1].kinds == mixed_word && pattern(i) && digit_first(i + 1))
                return 2;
            // "D71701", "CH8092", "2333AG"
            if (n >= 5 && n <= 8 && (letters_then_digits(i) || digits_then_letters(i))) return 1;
            return 0;
        }
        // "D-71701", "CH-8092", "SE-901 87"
        if ((words[i].kinds & (letter_word | capitals_word | connecting_word | legal_word | unit_word | number_word |
                               university_word | joining_word)) != 0 &&
            words[i].kinds != number_word && size_of(i) <= 3 && words[i].capital &&
            is_country_prefix(i, words[i].end) && i + 1 < last && joined(i + 1) && words[i + 1].kinds == number_word) {
            const std::size_t n = size_of(i + 1);
            if (n >= 4 && n <= 6) return 2 + (joined(i + 2) && words[i + 2].kinds == number_word ? 1 : 0);
            if (n == 3 && digits(i + 2, 2)) return 3;
            if (n == 2 && digits(i + 2, 3)) return 3;
        }
        if (words[i].kinds != number_word) return 0;
        const std::size_t n = size_of(i);
        // "94305-4321", "00-661", "1049-001", "05508-090", "113-8656", "702-701"
        if (joined(i + 1) && words[i + 1].kinds == number_word && !joined(i + 2)) {
            const std::size_t m = size_of(i + 1);
            if ((n == 5 && (m == 4 || m == 3)) || (n == 2 && m == 3) || (n == 4 && m == 3) ||
                (n == 3 && (m == 4 || m == 3)))
                return 2;
            return 0;
        }
        if (words[i].hyphen_before && i > first && (words[i - 1].kinds & (number_word | mixed_word)) != 0) return 0;
        // "2333 AG"
        if (n == 4 && i + 1 < last && size_of(i + 1) == 2 && words[i + 1].capital && !words[i + 1].hyphen_before &&
            (words[i + 1].kinds & number_word) == 0 && alone && (i + 2 < last || i == first) && capitals_at(i + 1))
            return 2;
        // "111 51", "110 00"
        if (n == 3 && digits(i + 1, 2) && !joined(i + 1) && alone) return 2;
        if (n == 3 && digits(i + 1, 3) && alone) return 2;  // "560 012"
        if ((n == 5 || n == 6) && alone) return 1;
        if ((n == 4 || n == 7) && alone) return 1;
        // "Muscat 123"
        if (n == 3 && i > first && i + 1 == last && alone && i - first <= 3 && (places(first, i) & is_city) != 0)
            return 1;
        return 0;
    }
    /// Whether a number behind a word is a unit's: "UMR 7293", "Inserm U 1127".
    [[nodiscard]] bool is_numbered(std::size_t i) const {
        static constexpr word_list named({"umr", "upr", "umi", "uar", "ea", "cnrs", "u", "ura", "inserm"});
        return named.has(words[i].key);
    }
    /// "D-71701": letters that stand for a country before its postcodes.
    [[nodiscard]] bool is_country_prefix(std::size_t i, std::size_t end) const {
        constexpr std::string_view prefixes =
            " d ch f i a b nl dk se s fin fi pl cz sk h hu e p gr tr ro si hr lt lv ee ru il br cy at de fr it be no n "
            "l lu bg by "
            "ua mk yu md ad slo ir is uk sf ma in id my mx mc rs ba ";
        const std::string_view letters = view_.substr(words[i].begin, end - words[i].begin);
        for (std::size_t at = prefixes.find(letters); at != std::string_view::npos; at = prefixes.find(letters, at + 1))
            if (prefixes[at - 1] == ' ' && prefixes[at + letters.size()] == ' ') return true;
        return false;
    }
    [[nodiscard]] bool capitals_at(std::size_t i) const {
        return (words[i].kinds & (capitals_word | legal_word | connecting_word | street_word)) != 0;
    }
    [[nodiscard]] bool pattern(std::size_t i) const { return !digit_first(i); }
    [[nodiscard]] bool digit_first(std::size_t i) const { return is_digit(view_[words[i].begin]); }
    [[nodiscard]] bool letters_then_digits(std::size_t i) const {
        std::size_t at = words[i].begin;
        std::size_t letters = 0, digits = 0;
        while (at < words[i].end && !is_digit(view_[at])) ++at, ++letters;
        while (at < words[i].end && is_digit(view_[at])) ++at, ++digits;
        return at == words[i].end && letters >= 1 && letters <= 3 && digits >= 4 && words[i].capital &&
               is_country_prefix(i, words[i].begin + letters);
    }
    [[nodiscard]] bool digits_then_letters(std::size_t i) const {
        std::size_t at = words[i].begin;
        std::size_t letters = 0, digits = 0;
        while (at < words[i].end && is_digit(view_[at])) ++at, ++digits;
        while (at < words[i].end && !is_digit(view_[at])) ++at, ++letters;
        return at == words[i].end && letters == 2 && digits == 4;
    }

    void cut_part(std::size_t first, std::size_t last) {
        // What joins one part to the next.
        while (last - first > 1 && words[last - 1].kinds == joining_word && !words[last - 1].capital) --last;
        while (last - first > 1 && words[first].kinds == joining_word && !words[first].capital) ++first;
        // A footnote's mark: "1 Department", "a Institute".
        if (last - first > 1 && words[first].kinds == number_word && size_of(first) <= 2 &&
            words[first + 1].kinds != number_word && !has(first, last, street_word | box_word) && begins_section()) {
            add(first, first + 1, piece_shape::open);
            ++first;
        } else if (last - first > 1 && size_of(first) == 1 && !words[first].capital &&
                   words[first].kinds != number_word && words[first + 1].capital && !words[first + 1].hyphen_before &&
                   begins_section()) {
            add(first, first + 1, piece_shape::open);
            ++first;
        }
        // A country that ends the affiliation before, of which no sign is left: "USA Channing Laboratory".
        if (has(first + 1, last, head_words_mask) && follows_address())
            for (std::size_t n = std::min<std::size_t>(5, last - first - 1); n > 0; --n) {
                const std::size_t next = first + n;
                const bool joined = (words[next].kinds & joining_word) != 0 && next + 1 < last;
                if ((places(first, next) & is_country) != 0 && has(next, last, head_words_mask) &&
                    (words[joined ? next + 1 : next].kinds & (connecting_word | joining_word)) == 0) {
                    add(first, next, piece_shape::country);
                    section_begins_ = true;
                    return cut_part(joined ? next + 1 : next, last);
                }
            }
        // What follows a country or place: "Italy. Electronic address", "Germany 5".
        if (const std::size_t note = note_behind(first, last); note < last) {
            cut_part(first, note);
            add(note, last, piece_shape::open);
            return;
        }
        // A country at the end.
        std::size_t country = last;
        constexpr std::uint32_t no_country =
            (head_words_mask & ~(university_word | agency_word | legal_word | society_word)) | street_word |
            subject_word;
        if ((words[last - 1].kinds & no_country) == 0)
            for (std::size_t n = std::min<std::size_t>(most_place_words, last - first); n > 0; --n)
                if ((words[last - n].kinds & no_country) == 0 && (places(last - n, last) & is_country) != 0) {
                    country = last - n;
                    break;
                }
        if (last - first > 1 && (places(first, last) & is_country) != 0) country = first;  // "Viet Nam"
        if (country == first + 1 && words[first].key == word_key("the")) country = first;  // "the Bahamas"
        if (country < last) country = with_title(first, country);
        if (country > first && country < last && !ends_in_country(first, country, last)) country = last;
        std::size_t run = first;
        for (std::size_t i = first; i < country;) {
            if ((words[i].kinds & (number_word | mixed_word)) == 0 &&
                !(i + 1 < country && words[i + 1].hyphen_before)) {
                ++i;
                continue;
            }
            const std::size_t n = postcode_at(i, first, last) > country - i ? 0 : postcode_at(i, first, country);
            if (n == 0 || !is_by_place(i, i + n, first, last, country)) {
                ++i;
                continue;
            }
            // NOLINTNEXTLINE(readability-suspicious-call-argument): a run within the part
            if (is_country_before(run, i, first, last, i + n)) {
                add(run, i, piece_shape::country);  // "Canada N2L 3G1"
            } else {
                cut_run(run, i, true);
            }
            add(i, i + n, piece_shape::postcode);
            i += n;
            run = i;
        }
        cut_run(run, country, country < last || run > first);
        add(country, last, piece_shape::country);
    }

    // What the cutting of a part asks of the text around it. It is noted what was asked: a part that asked nothing, or
    // of which the same is to be said, is cut the same way again.
    enum around_part : std::uint8_t {
        section_there = 1,  // a section begins with the part
        address_there = 2,  // the part before ends with what a country may follow
        piece_there = 4,    // something stands before the part
        place_there = 8,    // and is a place
        box_there = 16,     // and ends with "Box" or "Building"
        located_there = 32  // the next part says that a place stands before it
    };
    [[nodiscard]] bool asked(around_part what, bool answer) const {
        asked_around_ = static_cast<std::uint8_t>(asked_around_ | what);
        return answer;
    }
    [[nodiscard]] bool begins_section() const { return asked(section_there, section_begins_); }
    [[nodiscard]] bool follows_address() const {
        return asked(address_there, is_address_before(pieces.size(), section_begins_));
    }
    [[nodiscard]] bool follows_piece() const { return asked(piece_there, !pieces.empty()); }
    [[nodiscard]] bool follows_place() const { return asked(place_there, is_place_before(pieces.size())); }
    [[nodiscard]] bool follows_box(std::size_t i) const { return asked(box_there, is_box_before(i)); }
    [[nodiscard]] bool is_located_behind() const { return asked(located_there, is_located_here()); }

    /// A country may follow a postcode, a city or a division.
    [[nodiscard]] bool is_address_before(std::size_t n_pieces, bool section_begins) const {
        if (n_pieces == 0 || section_begins || pieces[n_pieces - 1].part + 1 != part_) return false;
        return pieces[n_pieces - 1].shape == piece_shape::postcode || is_place_before(n_pieces);
    }
    [[nodiscard]] bool is_place_before(std::size_t n_pieces) const {
        return n_pieces > 0 && (pieces[n_pieces - 1].places & (is_city | is_division)) != 0;
    }
    [[nodiscard]] bool is_box_before(std::size_t i) const {
        if (i > parts_[part_].first) return is_box(i - 1);
        if (part_ == 0) return false;
        const read_part& before = parts_[part_ - 1];
        return before.known != nullptr ? (before.known->says & box_stands_last) != 0 : is_box(before.end - 1);
    }
    [[nodiscard]] bool is_box(std::size_t i) const { return (words[i].kinds & (box_word | building_word)) != 0; }
    [[nodiscard]] bool is_located_here() const {
        if (!is_followed_) return false;
        const read_part& behind = parts_[part_ + 1];
        return behind.known != nullptr ? (behind.known->says & place_stands_before) != 0
                                       : is_located(behind.first, behind.end);
    }
    /// What is to be said of the text around this part, of what is in `which`.
    [[nodiscard]] std::uint8_t around(unsigned which, std::size_t n_pieces, bool section_begins) const {
        unsigned there = 0;
        if (which == 0) return 0;
        if (section_begins) there |= section_there;
        if ((which & address_there) != 0 && is_address_before(n_pieces, section_begins)) there |= address_there;
        if (n_pieces > 0) there |= piece_there;
        if ((which & place_there) != 0 && is_place_before(n_pieces)) there |= place_there;
        if ((which & box_there) != 0 && is_box_before(parts_[part_].first)) there |= box_there;
        if ((which & located_there) != 0 && is_located_here()) there |= located_there;
        return static_cast<std::uint8_t>(there & which);
    }

    /// Adds the pieces of this part.
    void read_pieces(std::string_view text, const affiliation_words& in) {
        read_part& here = parts_[part_];
        const std::size_t n_before = pieces.size();
        const bool section_begins = section_begins_;
        if (here.known != nullptr) {
            if (here.known->around == around(here.known->asked, n_before, section_begins))
                return add_pieces(*here.known, in.parts[part_].begin);
            // Elsewhere it is cut another way: its words are read after all.
            here.known = nullptr;
            here.first = words.size();
            add_words(in.view(), in.parts[part_].begin, in.parts[part_].end);
            here.end = words.size();
            for (std::size_t i = here.first; i < here.end; ++i) describe(words[i], text, in);
        }
        asked_around_ = 0;
        cut_part(here.first, here.end);
        for (std::size_t i = n_before; i < pieces.size(); ++i) describe(pieces[i]);
        here.asked = asked_around_;
        here.around = around(asked_around_, n_before, section_begins);
    }

    /// Adds the pieces of a part that is remembered, and begins at `begin`.
    void add_pieces(const remembered_part& known, std::size_t begin) {
        for (std::size_t i = 0; i < known.n_pieces; ++i) {
            const remembered_part::piece& from = known.pieces[i];
            affiliation_piece& piece = pieces.emplace_back();
            piece.first = 0;
            piece.last = from.n_words;
            piece.begin = static_cast<std::uint32_t>(begin + from.begin);
            piece.end = static_cast<std::uint32_t>(begin + from.end);
            piece.part = part_;
            piece.shape = from.shape;
            piece.in_brackets = in_brackets_;
            piece.is_known = true;
            piece.signs = from.signs;
            piece.places = from.places;
            piece.kinds = from.kinds;
            piece.first_head = from.first_head;
            piece.last_head = from.last_head;
            piece.weights = {};
            detail::copy(from.weights, piece.weights.begin());
        }
    }

    /// The bytes of the original text that a part is; none where they are too many to be remembered.
    [[nodiscard]] static std::string_view bytes_of(const affiliation_words::part& part, std::string_view text,
                                                   const affiliation_words& in) {
        const std::size_t first = in.normalised.origin(in.origins[part.begin]);
        const std::size_t last = in.normalised.origin(in.origins[part.end - 1]) + 1;
        if (last - first > remembered_part::most_bytes) return {};
        return {text.data() + first, last - first};
    }

    /// Remembers a part that begins at `begin`, its pieces at `piece`.
    void remember(const read_part& here, std::size_t piece, std::size_t begin) {
        const std::size_t n_pieces = here.end_of_pieces - piece;
        if (!memory_.wants(here.place)) return;
        if (n_pieces > remembered_part::most_pieces || here.n_hits > here.hits.size() ||
            here.are_hits_told != (terms_ != 0) || !is_read_alone(here.bytes) ||
            detail::any_of(view_.substr(begin, here.size),
                           [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
            return;
        remembered_part& made = memory_.put(here.place, here.bytes, here.size, terms_);
        made.says = static_cast<std::uint8_t>((is_located(here.first, here.end) ? place_stands_before : 0) |
                                              (is_box(here.end - 1) ? box_stands_last : 0));
        made.asked = here.asked;
        made.around = here.around;
        made.n_hits = static_cast<std::uint8_t>(here.n_hits);
        made.hits = here.hits;
        made.n_pieces = static_cast<std::uint8_t>(n_pieces);
        for (std::size_t i = 0; i < n_pieces; ++i) {
            const affiliation_piece& from = pieces[piece + i];
            remembered_part::piece& to = made.pieces[i];
            to.kinds = from.kinds;
            to.first_head = static_cast<std::uint16_t>(from.first_head);
            to.last_head = static_cast<std::uint16_t>(from.last_head);
            to.signs = from.signs;
            std::copy_n(from.weights.begin(), to.weights.size(), to.weights.begin());
            to.begin = static_cast<std::uint8_t>(from.begin - begin);
            to.end = static_cast<std::uint8_t>(from.end - begin);
            to.n_words = static_cast<std::uint8_t>(from.last - from.first);
            to.places = static_cast<std::uint8_t>(from.places);
            to.shape = from.shape;
        }
    }

    /// Whether the bytes of a part are read alike whatever stands around them: letters, also Latin ones with diacritics
    /// in UTF-8 (U+00C0 to U+017F), digits, spaces and signs that are read as spaces. Not where a letter follows a
    /// digit: that may be a footnote's.
    [[nodiscard]] static bool is_read_alone(std::string_view bytes) {
        std::uint8_t before = 0;
        for (const char c : bytes) {
            const std::uint8_t kind = kinds_alone[static_cast<unsigned char>(c)];
            const bool is_letter = (kind & (letter_byte | lead_byte)) != 0;
            if (kind == 0 || (is_letter && before == digit_byte)) return false;
            if ((kind == tail_byte) != (before == lead_byte)) return false;
            before = kind;
        }
        return before != lead_byte;
    }
    static constexpr auto kinds_alone = [] {
        std::array<std::uint8_t, 256> kinds = {};
        for (const char c : {' ', '-', '.', '\''}) kinds[static_cast<unsigned char>(c)] = other_byte;
        for (unsigned c = 'a'; c <= 'z'; ++c) kinds[c] = kinds[c - 'a' + 'A'] = letter_byte;
        for (unsigned c = '0'; c <= '9'; ++c) kinds[c] = digit_byte;
        for (unsigned c = 0x80; c < 0xC0; ++c) kinds[c] = tail_byte;
        for (unsigned c = 0xC3; c <= 0xC5; ++c) kinds[c] = lead_byte;
        return kinds;
    }();

    /// Where a note begins behind a country that is the rest of a part; `last` where there is none.
    [[nodiscard]] std::size_t note_behind(std::size_t first, std::size_t last) const {
        static constexpr word_list notes({"electronic", "email", "e", "mail", "orcid", "tel", "phone"});
        for (std::size_t n = std::min<std::size_t>(most_place_words, last - first - 1); n > 0; --n) {
            const std::size_t behind = first + n;
            const bool note = notes.has(words[behind].key) ||
                              (behind + 1 == last && words[behind].kinds == number_word && size_of(behind) <= 2);
            if (note && (places(first, behind) & is_country) != 0) return behind;
        }
        return last;
    }

    /// Whether the words [first, end) of a part are a country with a postcode behind it, not a state or a city.
    [[nodiscard]] bool is_country_before(std::size_t first, std::size_t end, std::size_t part_first,
                                         std::size_t part_last, std::size_t behind) const {
        if (first != part_first || behind != part_last || first >= end) return false;
        const unsigned own = places(first, end);
        if ((own & (is_country | is_division)) != is_country || !follows_piece() || begins_section()) return false;
        return (own & is_city) == 0 || follows_place();
    }

    /// Whether the words [first, last) say that a place stands before them: a division, country or postcode.
    [[nodiscard]] bool is_located(std::size_t first, std::size_t last) const {
        if (first == last) return false;
        return words[first].kinds == number_word || words[last - 1].kinds == number_word ||
               (places(first, last) & (is_country | is_division)) != 0 || (places(first, first + 1) & is_division) != 0;
    }

    /// Where the country that begins at `country` begins with its title: "Republic of Fiji".
    [[nodiscard]] std::size_t with_title(std::size_t first, std::size_t country) const {
        std::size_t at = country;
        while (at > first && (words[at - 1].kinds & connecting_word) != 0) --at;
        if (at == country || at == first || country - at > 2) return country;
        static constexpr word_list titles({"republic", "kingdom", "commonwealth", "state", "states", "republique",
                                           "republica", "sultanate", "union"});
        if (!titles.has(words[at - 1].key)) return country;
        --at;
        while (at > first && (words[at - 1].kinds & quality_word) != 0) --at;
        return at;
    }

    /// Whether the country at [country, last) is one, not the end of a name: "Universiti Malaysia".
    [[nodiscard]] bool ends_in_country(std::size_t first, std::size_t country, std::size_t last) const {
        if ((words[country - 1].kinds & (connecting_word | joining_word)) != 0) return false;
        if (words[country].hyphen_before) return false;
        if (words[country].dot_before) return true;
        if (words[country - 1].kinds == number_word || words[country - 1].kinds == mixed_word) return true;
        const bool abbreviated = size_of(country) <= 3 || last - country > 1;
        if (abbreviated && words[country].capital) return true;
        for (std::size_t n = 1; n <= 4 && country - n > first; ++n)
            if ((places(country - n, country) & (is_city | is_division)) != 0 &&
                (words[country - n - 1].kinds & connecting_word) == 0)
                return true;
        if (country - first <= 4 && (places(first, country) & (is_city | is_division)) != 0) return true;
        return country - first > 1 && (words[country - 1].kinds & (university_word | college_word | hospital_word |
                                                                   institute_word | legal_word)) != 0;
    }

    /// Whether the number at [i, end) may be a postcode: a lone number, one beside a place, or before the country.
    [[nodiscard]] bool is_by_place(std::size_t i, std::size_t end, std::size_t first, std::size_t last,
                                   std::size_t country) const {
        if (end - i > 1 && words[i].kinds != number_word) return true;
        if (end - i > 1 && words[i + 1].hyphen_before) return true;
        if (i == first && end == last) return follows_piece() && !follows_box(i);
        if (end == country) {
            if (country < last) return true;
            return !has(first, i, street_word | building_word | box_word) || (i > first && places(i - 1, i) != 0) ||
                   (i > first + 1 && places(i - 2, i) != 0);
        }
        if (i == first) {
            if (has(end, country, street_word)) return false;
            return size_of(i) >= 5 ||
                   (places(end, std::min(country, end + 1)) | places(end, std::min(country, end + 2)) |
                    places(end, std::min(country, end + 3))) != 0;
        }
        return size_of(i) >= 5 || (places(end, std::min(country, end + 1)) | places(end, std::min(country, end + 2)) |
                                   places(i - 1, i)) != 0;
    }

    /// Cuts words without a postcode among them. `beside`: a postcode or country of the part stands beside them.
    void cut_run(std::size_t first, std::size_t last, bool beside) {
        while (first < last && words[last - 1].kinds == joining_word && !words[last - 1].capital) --last;
        if (first >= last) return;
        std::size_t end = last;
        if ((places(first, last) & (is_city | is_division)) == 0) {
            // Places behind the rest: "Austin TX".
            for (bool found = true; found && end > first;) {
                found = false;
                for (std::size_t n = std::min<std::size_t>(4, end - first); n > 0 && !found; --n) {
                    const std::size_t at = end - n;
                    if ((places(at, end) & (is_city | is_division)) == 0) continue;
                    if (at > first &&
                        ((words[at - 1].kinds & (connecting_word | joining_word)) != 0 || words[at].hyphen_before ||
                         !is_name(first, at) || (at == first + 1 && words[first].kinds == street_word)))  // "via Roma"
                        continue;
                    if (!beside && !is_located_behind()) break;
                    end = at;
                    found = true;
                }
            }
        }
        cut_street(first, end);
        std::size_t begin = end;
        add(begin, last, piece_shape::places);
    }

    /// Whether words are enough for a name, not its beginning: "Technische Universität" is not.
    [[nodiscard]] bool is_name(std::size_t first, std::size_t last) const {
        for (std::size_t i = first; i < last; ++i)
            if ((words[i].kinds & ~(capitals_word | small_word | proper_word)) == 0 ||
                (words[i].kinds & (number_word | street_word | legal_word | division_word)) != 0)
                return true;
        return has(first, last, connecting_word);
    }

    /// Whether a street or a post box begins at `i` by its first word: "Rue Foo", "P.O. Box 5".
    [[nodiscard]] bool begins_address(std::size_t i, std::size_t last) const {
        if (!words[i].capital || words[i].hyphen_before) return false;
        static constexpr word_list streets({"rue", "via", "calle", "avenida", "rua", "viale", "boulevard", "piazza",
                                            "jl", "jalan", "carretera", "avda", "ul", "chemin"});
        if (streets.has(words[i].key)) return words[i + 1].capital || (words[i + 1].kinds & connecting_word) != 0;
        if ((words[i].kinds & box_word) == 0 && words[i].key != word_key("p") && words[i].key != word_key("po"))
            return false;
        std::size_t box = i;
        while (box + 1 < last && words[box + 1].kinds != number_word && words[box + 1].kinds != mixed_word &&
               box < i + 3)
            ++box;
        return box + 1 < last && has(i, box + 1, box_word);
    }

    /// "University of Foo 12 Bar Road"
    void cut_street(std::size_t first, std::size_t last) {
        if (first >= last) return;
        if (has(first, last, head_words_mask))
            for (std::size_t i = first + 2; i + 1 < last; ++i) {
                if (!begins_address(i, last) || (words[i - 1].kinds & (connecting_word | joining_word)) != 0) continue;
                cut_names(first, i);
                add(i, last, piece_shape::open);
                return;
            }
        if (has(first, last, head_words_mask) && has(first, last, street_word)) {
            std::size_t from = last;  // behind the last name
            while (from > first + 1 && (words[from - 1].kinds & (university_word | unit_words_mask)) == 0) --from;
            for (std::size_t i = from; i + 1 < last; ++i) {
                if (words[i].kinds != number_word && words[i].kinds != mixed_word) continue;
                if (words[i].hyphen_before || size_of(i) > 5) continue;
                if (!has(i + 1, std::min(last, i + 6), street_word)) continue;
                cut_names(first, i);
                add(i, last, piece_shape::open);
                return;
            }
            // "University of Foo Paul-Bar-Straße 6"
            for (std::size_t i = from + 1; i + 1 < last; ++i) {
                if ((words[i].kinds & street_word) == 0 || words[i + 1].kinds != number_word) continue;
                std::size_t begin = i;
                while (begin > from + 1 && words[begin].hyphen_before) --begin;
                if (begin == i && begin > from + 1 && (words[i].kinds & street_word) == words[i].kinds &&
                    (words[i - 1].kinds & (proper_word | capitals_word)) != 0)
                    --begin;
                if (begin <= first + 1) break;
                cut_names(first, begin);
                add(begin, last, piece_shape::open);
                return;
            }
        }
        cut_names(first, last);
    }

    /// "Department of Chemistry of the University of Foo", "Faculty of Science University of Foo"
    void cut_names(std::size_t first, std::size_t last) {
        std::size_t head_before = last, unit_before = last;  // the first of them since `first`
        for (std::size_t i = first; i < last; ++i) {
            if (i == first + 1 && is_numbered_unit(i)) {  // "Inserm U 1127"
                add(first, i, piece_shape::open);
                first = i;
                head_before = unit_before = last;
            }
            const std::uint32_t head = words[i].kinds & head_words_mask;
            if (head == 0) continue;
            const bool named = i + 1 < last && (words[i + 1].kinds & connecting_word) != 0;  // "University of Foo"
            // "Department of Foo and Centre for Bar"
            if (head_before != last && named && i - first > 1 && (words[i - 1].kinds & joining_word) != 0 &&
                (head & (unit_word | centre_word | institute_word | laboratory_word)) != 0) {
                add(first, i - 1, piece_shape::open);
                first = i;
                head_before = unit_before = i;
                continue;
            }
            const bool large = (head & (university_word | hospital_word | academy_word)) != 0;
            if (head_before != last && (head & (unit_words_mask | ambiguous_words_mask)) != 0)
                if (const std::size_t begin = unit_behind_university(first, i); begin != no_name) {
                    add(first, begin, piece_shape::open);
                    first = begin;
                    head_before = i;
                    unit_before = i;
                    continue;
                }
            if (head_before != last && (named || large) && (head & (legal_word | business_word | society_word)) == 0)
                if (const std::size_t begin = name_before(first, i, head, named, large, unit_before);
                    begin != no_name) {
                    std::size_t end = begin;
                    while (end > first + 1 && (words[end - 1].kinds & (connecting_word | joining_word)) != 0) --end;
                    if (head_before < end && end - first >= 2) {
                        add(first, end, piece_shape::open);
                        first = begin;
                        head_before = unit_before = last;
                    }
                }
            if (head_before == last) head_before = i;
            if (unit_before == last && (head & (unit_words_mask | ambiguous_words_mask)) != 0) unit_before = i;
        }
        add(first, last, piece_shape::open);
    }
    static constexpr std::size_t no_name = static_cast<std::size_t>(-1);

    /// Whether the word `i` begins the number of a unit behind the council that has it: "CNRS UMR 7225", "Inserm
    /// U1127".
    [[nodiscard]] bool is_numbered_unit(std::size_t i) const {
        static constexpr word_list councils({"inserm", "cnrs", "inra", "inrae"});
        if (!councils.has(words[i - 1].key)) return false;
        if (words[i].kinds == mixed_word) return view_[words[i].begin] == 'u' && is_digit(view_[words[i].end - 1]);
        return is_numbered(i) && words[i].key != word_key("cnrs") && words[i].key != word_key("inserm");
    }

    /// Where the unit with its head at `i` begins behind the name of a university: "University of Foo School of
    /// Medicine", "Foo University Graduate School", "Foo University Bar School of Law"; no_name where there is none.
    [[nodiscard]] std::size_t unit_behind_university(std::size_t first, std::size_t i) const {
        constexpr std::size_t reach = 12;
        if (i - first > reach) first = i - reach;
        std::size_t university = i;
        while (university > first && (words[university].kinds & university_word) == 0) --university;
        if (university == i || (words[university].kinds & university_word) == 0) return no_name;
        std::size_t begin = i;
        while (begin > university + 1 && i - begin < 2 && (words[begin - 1].kinds & (subject_word | quality_word)) != 0)
            --begin;
        if ((words[begin - 1].kinds & (connecting_word | joining_word)) != 0) return no_name;
        for (std::size_t w = university; w < begin; ++w)
            if ((words[w].kinds & joining_word) != 0) return no_name;
        const bool goes_on = university == first || (words[university + 1].kinds & connecting_word) != 0;
        if (goes_on) {
            if (begin == university + 1 || (words[i].kinds & ambiguous_words_mask) != 0) return no_name;
            return is_name(first, begin) ? begin : no_name;
        }
        if (!is_name(first, university + 1)) return no_name;
        for (std::size_t w = university + 1; w < begin; ++w)
            if ((words[w].kinds & (proper_word | quality_word | capitals_word | letter_word)) == 0) return no_name;
        if ((words[i].kinds & ambiguous_words_mask) != 0 && begin != i)
            return no_name;  // "Foo University Medical Center"
        return university + 1;
    }

    /// Where the name with its head at `i` begins, when another stands before it; no_name where it is that one's.
    [[nodiscard]] std::size_t name_before(std::size_t first, std::size_t i, std::uint32_t head, bool named, bool large,
                                          std::size_t unit_before) const {
        std::size_t begin = i;
        while (begin > first + 1 &&
               ((words[begin - 1].kinds & (proper_word | quality_word | capitals_word | letter_word)) != 0 ||
                words[begin - 1].key == word_key("state")))
            --begin;
        const std::uint32_t before = words[begin - 1].kinds;
        if ((before & university_word) != 0 && (head & faculty_word) != 0)
            return no_name;                                                    // "Foo University School of"
        if ((before & ((head_words_mask & ~legal_word) | subject_word)) != 0)  // but "Foo University Hospital"
            return (head & hospital_word) != 0 && !named && (before & university_word) != 0 ? no_name : begin;
        return (before & connecting_word) != 0 && large && unit_before < begin ? begin : no_name;
    }

    void describe(affiliation_piece& each) const {
        each.kinds = each.first_head = each.last_head = 0;
        each.signs = 0;
        for (std::size_t i = each.first; i < each.last; ++i) {
            each.kinds |= words[i].kinds;
            const std::uint32_t head = words[i].kinds & head_words_mask;
            if (head == 0) continue;
            if (each.first_head == 0) each.first_head = head;
            each.last_head = head;
        }
        if (is_form(each.first)) each.signs |= first_form_sign;
        if (is_form(each.last - 1)) each.signs |= last_form_sign;
        if (is_street(each)) each.signs |= street_sign;
        static constexpr word_list abbreviations({"univ", "inc", "ltd",  "corp", "co",   "dept", "dep",
                                                  "inst", "lab", "labs", "coll", "hosp", "sci",  "rd",
                                                  "st",   "ave", "llc",  "div",  "blvd", "dr"});
        if (abbreviations.has(words[each.last - 1].key)) each.signs |= abbreviation_sign;
        if (words[each.first].key == word_key("taiwan")) each.signs |= taiwan_sign;
    }

    /// Whether a word is a legal form and nothing else.
    [[nodiscard]] bool is_form(std::size_t w) const {
        static constexpr word_list forms({"ltd", "inc", "llc", "corp", "plc", "gmbh", "limited", "incorporated"});
        return forms.has(words[w].key);
    }

    /// Whether a piece is a street by its first or last word, whatever its other words are: "Rue de l'Université",
    /// "One Microsoft Way", "Universitätsstraße 12".
    [[nodiscard]] bool is_street(const affiliation_piece& p) const {
        if ((p.kinds & street_word) == 0) return false;
        const auto kinds = [&](std::size_t w) { return words[w].kinds; };
        static constexpr word_list leading({"rue",      "via",   "calle",     "avenida", "rua",    "viale", "piazza",
                                            "carrer",   "corso", "boulevard", "avenue",  "chemin", "ulica", "ul",
                                            "strada",   "paseo", "avda",      "praca",   "largo",  "quai",  "camino",
                                            "travessa", "allee", "impasse",   "av",      "bd"});
        static constexpr word_list counted({"one", "two", "three", "four", "five", "no"});
        const std::size_t length = p.last - p.first;
        if (length > 1 && leading.has(words[p.first].key)) return true;
        const bool number_first = (kinds(p.first) & (number_word | mixed_word)) != 0 || counted.has(words[p.first].key);
        if (number_first && length > 2 && leading.has(words[p.first + 1].key)) return true;
        const bool number_last = (kinds(p.last - 1) & (number_word | mixed_word)) != 0;
        if (number_first && (kinds(p.last - 1) & street_word) != 0) return true;
        return number_last && length > 1 && (kinds(p.last - 2) & street_word) != 0 && length <= 5;
    }

    static constexpr std::size_t asked_slots = 64;
    mutable remembered<std::uint32_t> places_;
    mutable std::array<std::uint64_t, asked_slots> asked_ = {};  // phrases
    mutable std::array<unsigned, asked_slots> answers_ = {};
    remembered<std::uint32_t> kinds_;
    std::vector<read_part> parts_;
    part_memory memory_;
    std::uint64_t terms_ = 0;
    std::size_t part_ = 0;
    bool in_brackets_ = false, section_begins_ = false, is_followed_ = false, has_high_bytes_ = false;
    mutable std::uint8_t asked_around_ = 0;  // by the cutting of this part

public:
    std::string_view view_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
