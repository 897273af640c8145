// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_INDEX_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_DETAIL_REGISTRY_INDEX_HPP

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/country_names.hpp>
#include <compute_divide/institutions/detail/organisation_words.hpp>
#include <compute_divide/institutions/detail/registry_reading.hpp>
#include <compute_divide/institutions/detail/word_numbers.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/text/normalise.hpp>

/// An index of the names in a registry, and how a text is looked up in it.
namespace compute_divide::inline v0_2::detail {

/// What words of the index are: names of an organisation, which come first, or of a place.
enum class registry_name_kind : std::uint8_t { first, label, alias, acronym, city, country };

/// An organisation. Its types and cities are ranges of those of the index; its id, name and city stand one behind the
/// other in the index's texts.
struct registry_record {
    std::uint32_t first_type = 0, first_city = 0;
    std::uint16_t n_types = 0, n_cities = 0, country = 0;
    std::array<char, 2> code = {};  // of the country
    std::uint16_t type_bits = 0;    // of all its types
    std::uint32_t id_size = 0, name_size = 0, city_size = 0;
    std::size_t text = 0;

    [[nodiscard]] std::string_view country_code() const { return {code.data(), country == 0 ? 0U : 2U}; }
    [[nodiscard]] bool has(institution_type type) const { return (type_bits >> static_cast<unsigned>(type) & 1) != 0; }
};
/// A name: its words that are not small, whose key does not depend on their order.
struct registry_entry {
    std::uint64_t key;
    std::uint32_t record;  // or the code of a country
    std::uint32_t first_word;
    std::uint8_t n_words;
    registry_name_kind kind;
    bool common;            // no word of it is proper
    std::uint32_t spelled;  // hash of all its words as they are written
};
/// Words and their key.
struct registry_key {
    std::uint64_t key = 0;
    std::vector<std::uint32_t> words;
};
inline constexpr std::size_t most_name_words = 16;

/// How much a name says: a weaker one counts where the text holds no stronger.
enum class registry_claim { name, acronym, common };

[[nodiscard]] inline registry_claim claim_of(const registry_entry& e) {
    return e.common                                ? registry_claim::common
           : e.kind == registry_name_kind::acronym ? registry_claim::acronym
                                                   : registry_claim::name;
}

/// The organisations of a registry by the words of their names, and the places they are in.
struct registry_index {
    std::uint32_t university = 0, hospital = 0, clinic = 0, national = 0, medical = 0, health = 0, school = 0,
                  college = 0, institute = 0, technological = 0;  // by their ids

    std::vector<registry_record> records;
    std::string texts;
    std::vector<institution_type> types;
    std::vector<std::uint64_t> cities;    // of the records: keys of their entries
    std::vector<registry_entry> entries;  // sorted by key
    std::vector<std::uint32_t> words_of_names;
    std::vector<std::uint32_t> slots;         // one more than the first entry of a key; 0 is free
    std::vector<std::uint64_t> filter = {0};  // of keys that may be, a bit each
    std::uint64_t fingerprint = 0;
    word_numbers words;
    std::vector<name_word> word_kinds;  // by the id of a word that others are read as
    std::vector<std::pair<std::string, std::uint32_t>> domains;
    std::vector<std::uint8_t> longest;  // by the id of a word: words in the longest name that has it
    // While it is built.
    std::vector<std::uint64_t> place_keys;
    affiliation_words building;

    // Building.

    registry_index() {
        add_common_words();
        add_countries();
    }

    void add_common_words() {
        for (const name_words& row : organisation_words) {
            std::uint32_t first = word_numbers::none;
            for_each_name(row.words, [&](std::string_view word) {
                if (words.find(word) != word_numbers::none) return;
                const std::uint32_t id = words.add(word);
                if (first == word_numbers::none) {
                    first = id;
                    word_kinds.resize(std::max<std::size_t>(word_kinds.size(), id + 1), name_word::proper);
                    word_kinds[id] = row.kind;
                }
                words.read_as(id, first);
            });
        }
        university = words.find("university");
        hospital = words.find("hospital");
        clinic = words.find("clinic");
        national = words.find("national");
        medical = words.find("medical");
        health = words.find("health");
        school = words.find("school");
        college = words.find("college");
        institute = words.find("institute");
        technological = words.meant(words.find("technological"));
    }
    template <class Add>
    static void for_each_name(std::string_view names, Add add) {
        for (std::size_t begin = 0; begin <= names.size();) {
            const std::size_t end = std::min(names.find('|', begin), names.size());
            add(names.substr(begin, end - begin));
            begin = end + 1;
        }
    }
    void add_countries() {
        for (const country_names& each : countries)
            for_each_name(each.names, [&](std::string_view name) {
                add_entry(name, packed_country(each.code), registry_name_kind::country);
            });
    }

    /// Whether an address may give one for the other: "Hong Kong, China".
    [[nodiscard]] static bool may_be_same(std::uint16_t a, std::uint16_t b) {
        return packed_sovereign_of(a) == packed_sovereign_of(b);
    }

    /// Of a record.
    [[nodiscard]] std::string_view id(const registry_record& r) const {
        return std::string_view(texts).substr(r.text, r.id_size);
    }
    [[nodiscard]] std::string_view name(const registry_record& r) const {
        return std::string_view(texts).substr(r.text + r.id_size, r.name_size);
    }
    [[nodiscard]] std::string_view city(const registry_record& r) const {
        return std::string_view(texts).substr(r.text + r.id_size + r.name_size, r.city_size);
    }

    template <class Names, class Types, class Cities, class Domains>
    void add_record(std::string_view id, const Names& names, const Types& its_types, std::string_view country,
                    const Cities& its_cities, const Domains& its_domains) {
        require(!id.empty(), "registry", "an id that is not empty", id);
        require(country.empty() || packed_country(country) != 0, "registry",
                "a country of two capital letters, or none", country);
        const auto index = static_cast<std::uint32_t>(records.size());
        registry_record& made = records.emplace_back();
        made.country = packed_country(country);
        if (made.country != 0) made.code = {country[0], country[1]};
        made.first_type = static_cast<std::uint32_t>(types.size());
        for (const institution_type type : its_types) {
            types.push_back(type);
            made.type_bits = static_cast<std::uint16_t>(made.type_bits | 1U << static_cast<unsigned>(type));
        }
        made.n_types = static_cast<std::uint16_t>(types.size() - made.first_type);
        made.first_city = static_cast<std::uint32_t>(cities.size());
        std::string first_name, first_city;
        for (const auto& city : its_cities) {
            const std::uint64_t key = add_entry(city, made.country, registry_name_kind::city);
            if (key != 0) cities.push_back(key);
            if (first_city.empty()) first_city = city;
        }
        made.n_cities = static_cast<std::uint16_t>(cities.size() - made.first_city);
        bool first = true;
        for (const organisation_name& name : names) {
            const auto kind = name.kind == name_kind::acronym ? registry_name_kind::acronym
                              : name.kind == name_kind::alias ? registry_name_kind::alias
                              : first                         ? registry_name_kind::first
                                                              : registry_name_kind::label;
            add_entry(name.text, index, kind);
            if (first) first_name = name.text;
            first = false;
            // "Google (United States)"
            const std::size_t open = name.text.rfind(" (");
            if (open != std::string::npos && name.text.ends_with(')') && kind != registry_name_kind::acronym)
                add_entry(std::string_view(name.text).substr(0, open), index, registry_name_kind::alias);
        }
        require(!first, "registry", "a record with a name", id);
        made.text = texts.size();
        for (const auto& [text, size] : {std::pair{id, &made.id_size},
                                         {std::string_view(first_name), &made.name_size},
                                         {std::string_view(first_city), &made.city_size}}) {
            *size = static_cast<std::uint32_t>(text.size());
            texts += text;
        }
        if (made.n_types > 0 && types[made.first_type] == institution_type::education) add_schools(first_name, index);
        for (const auto& domain : its_domains) domains.emplace_back(normalised(std::string_view(domain)), index);
    }

    /// "Harvard Medical School" is of Harvard University.
    void add_schools(std::string_view name, std::uint32_t owner) {
        const std::size_t space = name.find(' ');
        if (space == std::string_view::npos || name.substr(space + 1) != "University") return;
        const std::string stem(name.substr(0, space));
        if (stem.size() < 4) return;
        for (const char* ending : {" Medical School", " School of Medicine", " Law School", " Business School",
                                   " School of Public Health", " School of Engineering"})
            add_entry(stem + ending, owner, registry_name_kind::alias);
    }

    /// Adds a name and returns the key of its words; 0 where it has none.
    std::uint64_t add_entry(std::string_view name, std::uint32_t owner, registry_name_kind kind) {
        building.read(name);
        const std::string_view text = building.view();
        registry_entry made{0, owner, static_cast<std::uint32_t>(words_of_names.size()), 0, kind, true, 0};
        std::size_t count = 0;
        bool number = false;
        for_each_word(building, [&](std::size_t begin, std::size_t end, std::size_t) {
            const std::string_view word = text.substr(begin, end - begin);
            const std::uint32_t id = words.add(word);
            if (id >= word_kinds.size()) {
                word_kinds.resize(id + 1, name_word::proper);
                read_plural_as_singular(id, word);
            }
            const std::uint32_t meant = words.meant(id);
            made.spelled = spelled(made.spelled, hash_of(word));
            if (word_kinds[meant] == name_word::small) return;
            if (++count > most_name_words) return;
            number = text[begin] >= '0' && text[begin] <= '9';
            words_of_names.push_back(meant);
            made.key += mixed(meant + 1);
            made.common = made.common && word_kinds[meant] != name_word::proper;
        });
        // "UMR 1234" is none.
        if (count == 0 || count > most_name_words || (count == 1 && number && kind < registry_name_kind::city)) {
            words_of_names.resize(made.first_word);
            return 0;
        }
        made.n_words = static_cast<std::uint8_t>(count);
        entries.push_back(made);
        return made.key;
    }
    void read_plural_as_singular(std::uint32_t id, std::string_view word) {
        if (word.size() < 6 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us")) return;
        const std::uint32_t singular = words.find(word.substr(0, word.size() - 1));
        if (singular != word_numbers::none) words.read_as(id, words.meant(singular));
    }
    static std::uint32_t spelled(std::uint32_t before, std::uint64_t hash) {
        return static_cast<std::uint32_t>(mixed(before ^ hash));
    }

    void finish() {
        for (const registry_entry& each : entries)
            if (each.kind == registry_name_kind::city || each.kind == registry_name_kind::country)
                place_keys.push_back(each.key);
        detail::sort(place_keys);
        // What is called like a place is not found by that name.
        std::erase_if(entries, [&](const registry_entry& each) {
            return each.kind < registry_name_kind::city && detail::binary_search(place_keys, each.key);
        });
        place_keys = {};
        detail::sort(entries, [&](const registry_entry& a, const registry_entry& b) {
            if (a.key != b.key) return a.key < b.key;
            if (a.record != b.record) return a.record < b.record;
            return a.kind < b.kind;
        });
        const auto again =
            std::unique(entries.begin(), entries.end(), [&](const registry_entry& a, const registry_entry& b) {
                return a.key == b.key && a.record == b.record && a.spelled == b.spelled &&
                       (a.kind < registry_name_kind::city) == (b.kind < registry_name_kind::city);
            });
        entries.erase(again, entries.end());
        entries.shrink_to_fit();
        std::size_t size = 64;
        while (size < 3 * entries.size()) size *= 2;
        slots.assign(size, 0);
        filter.assign(size / 16, 0);
        longest.assign(word_kinds.size(), 0);
        for (const registry_entry& each : entries)
            for (const std::uint32_t word : words_of(each)) longest[word] = std::max(longest[word], each.n_words);
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            if (i > 0 && entries[i - 1].key == entries[i].key) continue;
            std::size_t at = entries[i].key & (size - 1);
            while (slots[at] != 0) at = (at + 1) & (size - 1);
            slots[at] = i + 1;
            filter[(entries[i].key >> 38) & (filter.size() - 1)] |= std::uint64_t{1} << (entries[i].key >> 32) % 64;
        }
        fingerprint = words.fingerprint();
        for (const name_word kind : word_kinds)
            fingerprint = (fingerprint ^ static_cast<std::uint64_t>(kind)) * golden_gamma;
        words.index_misspellings();
        detail::sort(domains);
        building = {};
    }

    // Reading a text.

    /// Whether some name may have a key: one of twelve bits or more for each name (Bloom 1970), so that most of the
    /// windows that are none cost no more.
    [[nodiscard]] bool may_be_key(std::uint64_t key) const {
        return (filter[(key >> 38) & (filter.size() - 1)] >> ((key >> 32) % 64) & 1) != 0;
    }

    /// Where the word goes on no more from `at` on: at a space, "&" or an ideograph; `last` where there is none before.
    [[nodiscard]] static std::size_t end_of_word(const affiliation_words& in, std::size_t at, std::size_t last) {
        for (; at < last; at += 8) {
            const std::uint64_t eight = load_eight(in.words.data() + at);  // there are eight more behind all words
            const std::uint64_t low = eight & ~high_bits, high = eight & high_bits;
            const std::uint64_t signs = (equal_to(low, ' ') | equal_to(low, '&')) & ~high;
            const std::uint64_t stops = signs | (high & at_least(low, 0xE3 - 0x80));
            if (stops != 0) return std::min(last, at + static_cast<std::size_t>(std::countr_zero(stops)) / 8);
        }
        return last;
    }

    /// Calls found(begin, end, part) for each word; a character of a script without spaces is one.
    template <class Found>
    static void for_each_word(const affiliation_words& in, Found found) {
        const std::string_view text = in.view();
        for (std::size_t p = 0; p < in.parts.size(); ++p) {
            const auto& part = in.parts[p];
            for (std::size_t at = part.begin; at < part.end;) {
                if (text[at] == ' ') {
                    ++at;
                    continue;
                }
                std::size_t end = at + 1;
                const auto is_ideograph = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) >= 0xE3; };
                if (is_ideograph(at))
                    while (end < part.end && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
                else if (text[at] != '&')
                    end = end_of_word(in, end, part.end);
                found(at, end, p);
                at = end;
            }
        }
    }

    /// `remember`: for one of many texts.
    void read_words(const affiliation_words& in, registry_reading& s, bool remember = false) const {
        s.words.clear();
        if (remember) s.known.of(fingerprint);
        const std::string_view text = in.view();
        std::size_t section = 0, part_before = in.parts.size();
        for_each_word(in, [&](std::size_t begin, std::size_t end, std::size_t part) {
            if (part != part_before && in.parts[part].begins_section) ++section;
            part_before = part;
            const std::string_view word = text.substr(begin, end - begin);
            const std::uint64_t hash = hash_of(word);
            s.known.fetch(hash);
            registry_word& made = s.words.emplace_back();
            made.begin = begin;
            made.end = end;
            made.part = part;
            made.section = section;
            made.hash = hash;
            made.number = word[0] >= '0' && word[0] <= '9';
        });
        const auto text_of = [&](const registry_word& each) { return text.substr(each.begin, each.end - each.begin); };
        const auto read = [](registry_word& word, const registry_reading_of_word& found) {
            word.id = found.id;
            word.mixed = mixed(std::uint64_t{found.id} + 1);
            word.kind = found.kind;
            word.corrected = found.corrected;
            word.longest = found.longest;
        };
        for (std::size_t i = 0; i < s.words.size(); ++i) {
            registry_word& each = s.words[i];
            const auto ask = [&] { return word_of(text_of(each)); };
            read(each, remember ? s.known(each.hash, ask) : ask());
            // "Nanyang Technol. Univ.", but "Univ. of Technol."
            if (each.id == university && i > 0 && s.words[i - 1].part == each.part &&
                text_of(s.words[i - 1]) == "technol")
                read(s.words[i - 1],
                     {technological, word_kinds[technological], s.words[i - 1].corrected, longest[technological]});
        }
    }
    [[nodiscard]] registry_reading_of_word word_of(std::string_view word) const {
        registry_reading_of_word found{words.find(word), name_word::proper, false, 0};
        if (found.id == word_numbers::none && !(word[0] >= '0' && word[0] <= '9')) {
            found.id = words.singular(word);
            if (found.id == word_numbers::none) {
                found.id = words.misspelt(word);
                found.corrected = found.id != word_numbers::none;
            }
        }
        if (found.id != word_numbers::none) {
            found.id = words.meant(found.id);
            found.kind = word_kinds[found.id];
            found.longest = longest[found.id];
        }
        return found;
    }

    [[nodiscard]] static registry_key key_of(std::span<const registry_word> words) {
        registry_key result;
        for (const registry_word& each : words) {
            if (each.kind == name_word::small) continue;
            result.words.push_back(each.id);
            result.key += mixed(each.id + 1);
        }
        return result;
    }

    [[nodiscard]] std::size_t slot_of(std::uint64_t key) const { return key & (slots.size() - 1); }
    [[nodiscard]] std::uint32_t first_entry(std::uint64_t key) const {
        return may_be_key(key) ? entry_in_slots(key) : std::numeric_limits<std::uint32_t>::max();
    }
    [[nodiscard]] std::uint32_t entry_in_slots(std::uint64_t key) const {
        for (std::size_t at = slot_of(key); slots[at] != 0; at = (at + 1) & (slots.size() - 1))
            if (entries[slots[at] - 1].key == key) return slots[at] - 1;
        return std::numeric_limits<std::uint32_t>::max();
    }
    [[nodiscard]] std::span<const std::uint32_t> words_of(const registry_entry& e) const {
        return {words_of_names.data() + e.first_word, e.n_words};
    }

    void find_windows(registry_reading& s) const {
        s.windows.clear();
        s.places.clear();
        s.keys.clear();
        // No cache holds the index of a large registry: what will be read of it is fetched for all windows before.
        const std::size_t n_words = s.words.size();
        const registry_word* const words_read = s.words.data();
        for (std::size_t first = 0; first < n_words; ++first) {
            if (words_read[first].kind == name_word::small) continue;
            std::uint64_t key = 0;
            std::size_t count = 0, most = most_name_words;
            for (std::size_t last = first; last < n_words && count < most; ++last) {
                const registry_word& word = words_read[last];
                if (word.id == word_numbers::none || word.section != words_read[first].section) break;
                if (word.kind == name_word::small) continue;
                most = std::min<std::size_t>(most, word.longest);
                if (++count > most) break;
                key += word.mixed;
                if (!may_be_key(key)) continue;
                prefetch(&slots[slot_of(key)]);
                s.keys.push_back({key, first, last, count});
            }
        }
        for (const window_key& each : s.keys)
            if (const std::uint32_t slot = slots[slot_of(each.key)]; slot != 0) prefetch(&entries[slot - 1]);
        for (const window_key& each : s.keys) {
            const std::uint32_t found = entry_in_slots(each.key);
            if (found != std::numeric_limits<std::uint32_t>::max())
                add_window({each.first, each.last, each.count, found, 0}, s);
        }
    }

    /// Whether the words of a window are those of a name, in its order.
    [[nodiscard]] bool in_order(const registry_reading& s, const registry_window& w, const registry_entry& e) const {
        if (e.n_words != w.count) return false;
        const std::uint32_t* word = words_of(e).data();
        for (std::size_t i = w.first; i <= w.last; ++i)
            if (s.words[i].kind != name_word::small && s.words[i].id != *word++) return false;
        return true;
    }
    [[nodiscard]] bool same_words(const registry_reading& s, const registry_window& w, const registry_entry& e) const {
        if (e.n_words != w.count) return false;
        std::array<std::uint32_t, most_name_words> a{}, b{};
        detail::copy(words_of(e), a.begin());
        std::size_t n = 0;
        for (std::size_t i = w.first; i <= w.last; ++i)
            if (s.words[i].kind != name_word::small) b[n++] = s.words[i].id;
        std::sort(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n));
        std::sort(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(n));
        return a == b;
    }

    void add_window(registry_window w, registry_reading& s) const {
        const std::uint64_t key = entries[w.entry].key;
        for (const registry_entry& each : std::span(entries).subspan(w.entry)) {
            if (each.key != key) break;
            if (each.kind < registry_name_kind::city) {
                w.claims |= 1U << static_cast<unsigned>(claim_of(each));
                prefetch(&records[each.record]);
                continue;
            }
            if (!in_order(s, w, each) || !stands_apart(s, w)) continue;
            const auto country = static_cast<std::uint16_t>(each.record);
            const std::uint64_t city = each.kind == registry_name_kind::city ? each.key : 0;
            if (city != 0 && !s.places.empty() && s.places.back().city == city && s.places.back().first == w.first)
                s.places.back().country = 0;
            else
                s.places.push_back({w.first, w.last, s.words[w.first].section, city, country});
        }
        if (w.claims != 0) s.windows.push_back(w);
    }

    /// The organisations that have this as a name (not as an acronym), each once, in order.
    [[nodiscard]] std::vector<std::size_t> find_names(std::string_view name) const {
        affiliation_words in;
        in.read(name);
        registry_reading s;
        read_words(in, s);
        const registry_key key = key_of(s.words);
        std::vector<std::size_t> found;
        for (std::uint32_t i = first_entry(key.key); i < entries.size() && entries[i].key == key.key; ++i) {
            const registry_entry& each = entries[i];
            if (each.kind > registry_name_kind::alias || !detail::equal(words_of(each), key.words)) continue;
            if (found.empty() || found.back() != each.record) found.push_back(each.record);
        }
        return found;
    }
    /// The one organisation that has this as a name.
    [[nodiscard]] std::optional<std::size_t> find_name(std::string_view name) const {
        const auto found = find_names(name);
        return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
    }
};

}  // namespace compute_divide::inline v0_2::detail

#endif
