// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_HPP
#define COMPUTE_DIVIDE_INSTITUTIONS_REGISTRY_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/concepts.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/detail/affiliation_words.hpp>
#include <compute_divide/institutions/detail/country_names.hpp>
#include <compute_divide/institutions/detail/organisation_words.hpp>
#include <compute_divide/institutions/detail/registry_search.hpp>
#include <compute_divide/institutions/detail/word_numbers.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/text/normalise.hpp>

/// Which organisations of a registry an affiliation names.
namespace compute_divide {

/// How a match was found.
enum class match_kind {
    exact_name,  ///< the words of a name, in their order
    near_name,   ///< small words left out, abbreviations, another order, a letter misspelt
    domain       ///< of an e-mail address, where the text names nobody
};
[[nodiscard]] constexpr auto enumerators(match_kind) {
    using enum match_kind;
    return std::array{named<match_kind>{exact_name, "exact_name"}, named<match_kind>{near_name, "near_name"},
                      named<match_kind>{domain, "domain"}};
}

/// An organisation named in a text. The views are into the registry.
struct registry_match {
    std::size_t index = 0;  ///< of the record in the range
    std::string_view id;
    std::string_view name;  ///< its first
    std::span<const institution_type> types;
    double score = 0;                ///< in (0, 1]: how far to trust it
    std::size_t begin = 0, end = 0;  ///< bytes of the text
    match_kind how = match_kind::exact_name;
};

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
        add_common_words();
        add_countries();
        for (auto&& each : records)
            add_record(std::invoke(id, each), std::invoke(names, each), std::invoke(types, each),
                       std::invoke(country, each), std::invoke(cities, each), std::invoke(domains, each));
        finish();
    }

    [[nodiscard]] std::size_t size() const { return records_.size(); }
    [[nodiscard]] std::string_view id(std::size_t index) const { return records_[index].id; }
    [[nodiscard]] std::string_view name(std::size_t index) const { return records_[index].name; }
    [[nodiscard]] std::span<const institution_type> types(std::size_t index) const {
        return {types_.data() + records_[index].first_type, records_[index].n_types};
    }

    /// The organisations that a text names, in its order, each once: where it is named first.
    [[nodiscard]] std::vector<registry_match> operator()(std::string_view text) const {
        detail::affiliation_words words;
        detail::registry_search s;
        words.read(text);
        search(text, words, s);
        std::ranges::stable_sort(s.hits, {}, &detail::registry_hit::record);
        const auto again = std::unique(s.hits.begin(), s.hits.end(),
                                       [](const auto& a, const auto& b) { return a.record == b.record; });
        s.hits.erase(again, s.hits.end());
        std::ranges::sort(s.hits, {}, &detail::registry_hit::begin);
        std::vector<registry_match> matches;
        for (const detail::registry_hit& hit : s.hits) {
            const auto found = words.original(text, hit.begin, hit.end);
            const auto begin = static_cast<std::size_t>(found.data() - text.data());
            matches.push_back({hit.record, id(hit.record), name(hit.record), types(hit.record), hit.score, begin,
                               begin + found.size(), hit.how});
        }
        return matches;
    }

    /// The one organisation that has this as a name (not as an acronym).
    [[nodiscard]] std::optional<std::size_t> find_name(std::string_view name) const {
        detail::affiliation_words in;
        in.read(name);
        detail::registry_search s;
        read_words(in, s);
        const key_words key = key_of(s.words);
        std::optional<std::size_t> found;
        for (std::uint32_t i = first_entry(key.key); i < entries_.size() && entries_[i].key == key.key; ++i) {
            const entry& each = entries_[i];
            if (each.kind > entry_kind::alias || !std::ranges::equal(words_of(each), key.words)) continue;
            if (found && *found != each.record) return std::nullopt;
            found = each.record;
        }
        return found;
    }

    /// Where a text that is cut into words already names organisations, into `s.hits`.
    void search(std::string_view text, const detail::affiliation_words& in, detail::registry_search& s) const {
        s.hits.clear();
        read_words(in, s);
        find_windows(s);
        choose(text, in, s);
        if (s.hits.empty()) find_domain(in, s);
    }

private:
    enum class entry_kind : std::uint8_t { first, label, alias, acronym, city, country };

    struct record {
        std::string id, name;
        std::uint32_t first_type, first_city;
        std::uint16_t n_types, n_cities, country;
    };
    /// A name: its words that are not small, whose key does not depend on their order.
    struct entry {
        std::uint64_t key;
        std::uint32_t record;  // or the code of a country
        std::uint32_t first_word;
        std::uint8_t n_words;
        entry_kind kind;
        bool common;            // no word of it is proper
        std::uint32_t spelled;  // hash of all its words as they are written
    };
    struct key_words {
        std::uint64_t key = 0;
        std::vector<std::uint32_t> words;
    };
    static constexpr std::size_t most_words = 16;
    static constexpr double least_score = 0.895;  // what scores less is wrong one time in three

    // Building.

    void add_common_words() {
        for (const detail::name_words& row : detail::organisation_words) {
            std::uint32_t first = detail::word_numbers::none;
            for_each_name(row.words, [&](std::string_view word) {
                if (words_.find(word) != detail::word_numbers::none) return;
                const std::uint32_t id = words_.add(word);
                if (first == detail::word_numbers::none) {
                    first = id;
                    word_kinds_.resize(std::max<std::size_t>(word_kinds_.size(), id + 1), detail::name_word::proper);
                    word_kinds_[id] = row.kind;
                }
                words_.read_as(id, first);
            });
        }
        university_ = words_.find("university");
        hospital_ = words_.find("hospital");
        clinic_ = words_.find("clinic");
        national_ = words_.find("national");
        medical_ = words_.find("medical");
        health_ = words_.find("health");
        school_ = words_.find("school");
        college_ = words_.find("college");
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
        for (const detail::country_names& each : detail::countries)
            for_each_name(each.names,
                          [&](std::string_view name) { add_entry(name, packed(each.code), entry_kind::country); });
    }
    static std::uint16_t packed(std::string_view code) {
        if (code.size() != 2) return 0;
        return static_cast<std::uint16_t>(code[0] << 8 | code[1]);
    }

    /// Whether an address may give one for the other: "Hong Kong, China".
    [[nodiscard]] static bool may_be_same(std::uint16_t a, std::uint16_t b) {
        const auto code = [](std::uint16_t c) { return std::array{static_cast<char>(c >> 8), static_cast<char>(c)}; };
        const auto first = code(a), second = code(b);
        return a == b || detail::sovereign_of({first.data(), 2}) == detail::sovereign_of({second.data(), 2});
    }

    template <class Names, class Types, class Cities, class Domains>
    void add_record(std::string_view id, const Names& names, const Types& types, std::string_view country,
                    const Cities& cities, const Domains& domains) {
        const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
        detail::require(!id.empty(), "registry", "an id that is not empty", id);
        detail::require(country.empty() || (country.size() == 2 && std::ranges::all_of(country, is_capital)),
                        "registry", "a country of two capital letters, or none", country);
        const auto index = static_cast<std::uint32_t>(records_.size());
        record& made = records_.emplace_back();
        made.id = id;
        made.country = packed(country);
        made.first_type = static_cast<std::uint32_t>(types_.size());
        for (const institution_type type : types) types_.push_back(type);
        made.n_types = static_cast<std::uint16_t>(types_.size() - made.first_type);
        made.first_city = static_cast<std::uint32_t>(cities_.size());
        for (const auto& city : cities) {
            const std::uint64_t key = add_entry(city, made.country, entry_kind::city);
            if (key != 0) cities_.push_back(key);
        }
        made.n_cities = static_cast<std::uint16_t>(cities_.size() - made.first_city);
        bool first = true;
        for (const organisation_name& name : names) {
            const auto kind = name.kind == name_kind::acronym ? entry_kind::acronym
                              : name.kind == name_kind::alias ? entry_kind::alias
                              : first                         ? entry_kind::first
                                                              : entry_kind::label;
            add_entry(name.text, index, kind);
            if (first) made.name = name.text;
            first = false;
            // "Google (United States)"
            const std::size_t open = name.text.rfind(" (");
            if (open != std::string::npos && name.text.ends_with(')') && kind != entry_kind::acronym)
                add_entry(std::string_view(name.text).substr(0, open), index, entry_kind::alias);
        }
        detail::require(!first, "registry", "a record with a name", id);
        for (const auto& domain : domains) domains_.emplace_back(normalised(std::string_view(domain)), index);
    }

    /// Adds a name and returns the key of its words; 0 where it has none.
    std::uint64_t add_entry(std::string_view name, std::uint32_t owner, entry_kind kind) {
        build_in_.read(name);
        const std::string_view text = build_in_.view();
        entry made{0, owner, static_cast<std::uint32_t>(name_words_.size()), 0, kind, true, 0};
        std::size_t count = 0;
        bool number = false;
        for_each_word(build_in_, [&](std::size_t begin, std::size_t end, std::size_t) {
            const std::string_view word = text.substr(begin, end - begin);
            const std::uint32_t id = words_.add(word);
            if (id >= word_kinds_.size()) {
                word_kinds_.resize(id + 1, detail::name_word::proper);
                read_plural_as_singular(id, word);
            }
            const std::uint32_t meant = words_.meant(id);
            made.spelled = spelled(made.spelled, word);
            if (word_kinds_[meant] == detail::name_word::small) return;
            if (++count > most_words) return;
            number = text[begin] >= '0' && text[begin] <= '9';
            name_words_.push_back(meant);
            made.key += detail::mixed(meant + 1);
            made.common = made.common && word_kinds_[meant] != detail::name_word::proper;
        });
        // "UMR 1234" is none.
        if (count == 0 || count > most_words || (count == 1 && number && kind < entry_kind::city)) {
            name_words_.resize(made.first_word);
            return 0;
        }
        made.n_words = static_cast<std::uint8_t>(count);
        entries_.push_back(made);
        return made.key;
    }
    void read_plural_as_singular(std::uint32_t id, std::string_view word) {
        if (word.size() < 6 || !word.ends_with('s') || word.ends_with("ss") || word.ends_with("us")) return;
        const std::uint32_t singular = words_.find(word.substr(0, word.size() - 1));
        if (singular != detail::word_numbers::none) words_.read_as(id, words_.meant(singular));
    }
    static std::uint32_t spelled(std::uint32_t before, std::string_view word) {
        return static_cast<std::uint32_t>(detail::mixed(before ^ detail::hash_of(word)));
    }

    void finish() {
        for (const entry& each : entries_)
            if (each.kind == entry_kind::city || each.kind == entry_kind::country) place_keys_.push_back(each.key);
        std::ranges::sort(place_keys_);
        // What is called like a place is not found by that name.
        std::erase_if(entries_, [&](const entry& each) {
            return each.kind < entry_kind::city && std::ranges::binary_search(place_keys_, each.key);
        });
        place_keys_ = {};
        std::ranges::sort(entries_, [&](const entry& a, const entry& b) {
            if (a.key != b.key) return a.key < b.key;
            if (a.record != b.record) return a.record < b.record;
            return a.kind < b.kind;
        });
        const auto again = std::unique(entries_.begin(), entries_.end(), [&](const entry& a, const entry& b) {
            return a.key == b.key && a.record == b.record && a.spelled == b.spelled &&
                   (a.kind < entry_kind::city) == (b.kind < entry_kind::city);
        });
        entries_.erase(again, entries_.end());
        entries_.shrink_to_fit();
        std::size_t size = 64;
        while (size < 3 * entries_.size()) size *= 2;
        slots_.assign(size, 0);
        longest_.assign(word_kinds_.size(), 0);
        for (const entry& each : entries_)
            for (const std::uint32_t word : words_of(each)) longest_[word] = std::max(longest_[word], each.n_words);
        for (std::uint32_t i = 0; i < entries_.size(); ++i) {
            if (i > 0 && entries_[i - 1].key == entries_[i].key) continue;
            std::size_t at = entries_[i].key & (size - 1);
            while (slots_[at] != 0) at = (at + 1) & (size - 1);
            slots_[at] = i + 1;
        }
        words_.index_misspellings();
        std::ranges::sort(domains_);
        build_in_ = {};
    }

    // Reading a text.

    /// Calls found(begin, end, part) for each word; a character of a script without spaces is one.
    template <class Found>
    static void for_each_word(const detail::affiliation_words& in, Found found) {
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
                    while (end < part.end && text[end] != ' ' && text[end] != '&' && !is_ideograph(end)) ++end;
                found(at, end, p);
                at = end;
            }
        }
    }

    void read_words(const detail::affiliation_words& in, detail::registry_search& s) const {
        s.words.clear();
        const std::string_view text = in.view();
        std::size_t section = 0;
        for_each_word(in, [&](std::size_t begin, std::size_t end, std::size_t part) {
            if (in.parts[part].begins_section && (s.words.empty() || s.words.back().part != part)) ++section;
            const std::string_view word = text.substr(begin, end - begin);
            detail::registry_word made{begin,
                                       end,
                                       part,
                                       section,
                                       words_.find(word),
                                       detail::name_word::proper,
                                       false,
                                       word[0] >= '0' && word[0] <= '9'};
            if (made.id == detail::word_numbers::none && !made.number) {
                made.id = words_.singular(word);
                if (made.id == detail::word_numbers::none) {
                    made.id = words_.misspelt(word);
                    made.corrected = made.id != detail::word_numbers::none;
                }
            }
            if (made.id != detail::word_numbers::none) {
                made.id = words_.meant(made.id);
                made.kind = word_kinds_[made.id];
            }
            s.words.push_back(made);
        });
    }

    [[nodiscard]] static key_words key_of(const std::vector<detail::registry_word>& words) {
        key_words result;
        for (const detail::registry_word& each : words) {
            if (each.kind == detail::name_word::small) continue;
            result.words.push_back(each.id);
            result.key += detail::mixed(each.id + 1);
        }
        return result;
    }

    [[nodiscard]] std::uint32_t first_entry(std::uint64_t key) const {
        for (std::size_t at = key & (slots_.size() - 1); slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
            if (entries_[slots_[at] - 1].key == key) return slots_[at] - 1;
        return std::numeric_limits<std::uint32_t>::max();
    }
    [[nodiscard]] std::span<const std::uint32_t> words_of(const entry& e) const {
        return {name_words_.data() + e.first_word, e.n_words};
    }

    void find_windows(detail::registry_search& s) const {
        s.windows.clear();
        s.places.clear();
        for (std::size_t first = 0; first < s.words.size(); ++first) {
            const auto is_small = [&](std::size_t i) { return s.words[i].kind == detail::name_word::small; };
            if (is_small(first)) continue;
            std::uint64_t key = 0;
            std::size_t count = 0, most = most_words;
            for (std::size_t last = first; last < s.words.size() && count < most; ++last) {
                const detail::registry_word& word = s.words[last];
                if (word.id == detail::word_numbers::none || word.section != s.words[first].section) break;
                if (is_small(last)) continue;
                most = std::min<std::size_t>(most, longest_[word.id]);
                if (++count > most) break;
                key += detail::mixed(word.id + 1);
                const std::uint32_t found = first_entry(key);
                if (found == std::numeric_limits<std::uint32_t>::max()) continue;
                add_window({first, last, count, found}, s);
            }
        }
    }

    /// Whether the words of a window are those of a name, in its order.
    [[nodiscard]] bool in_order(const detail::registry_search& s, const detail::registry_window& w,
                                const entry& e) const {
        if (e.n_words != w.count) return false;
        const std::uint32_t* word = words_of(e).data();
        for (std::size_t i = w.first; i <= w.last; ++i)
            if (s.words[i].kind != detail::name_word::small && s.words[i].id != *word++) return false;
        return true;
    }
    [[nodiscard]] bool same_words(const detail::registry_search& s, const detail::registry_window& w,
                                  const entry& e) const {
        if (e.n_words != w.count) return false;
        std::array<std::uint32_t, most_words> a{}, b{};
        std::ranges::copy(words_of(e), a.begin());
        std::size_t n = 0;
        for (std::size_t i = w.first; i <= w.last; ++i)
            if (s.words[i].kind != detail::name_word::small) b[n++] = s.words[i].id;
        std::sort(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(n));
        std::sort(b.begin(), b.begin() + static_cast<std::ptrdiff_t>(n));
        return a == b;
    }

    void add_window(const detail::registry_window& w, detail::registry_search& s) const {
        bool names = false;
        for (std::uint32_t i = w.entry; i < entries_.size() && entries_[i].key == entries_[w.entry].key; ++i) {
            const entry& each = entries_[i];
            if (each.kind < entry_kind::city) {
                names = true;
                continue;
            }
            if (!in_order(s, w, each) || !detail::stands_apart(s, w)) continue;
            const auto country = static_cast<std::uint16_t>(each.record);
            const std::uint64_t city = each.kind == entry_kind::city ? each.key : 0;
            if (city != 0 && !s.places.empty() && s.places.back().city == city && s.places.back().first == w.first)
                s.places.back().country = 0;
            else
                s.places.push_back({w.first, w.last, s.words[w.first].section, city, country});
        }
        if (names) s.windows.push_back(w);
    }

    // Choosing among names.

    void choose(std::string_view text, const detail::affiliation_words& in, detail::registry_search& s) const {
        std::ranges::stable_sort(s.windows, [&](const auto& a, const auto& b) {
            return a.count != b.count
                       ? a.count > b.count
                       : s.words[a.last].end - s.words[a.first].begin > s.words[b.last].end - s.words[b.first].begin;
        });
        s.taken.assign(s.words.size(), 0);
        for (const claim strength : {claim::name, claim::acronym, claim::common}) {
            for (const detail::registry_window& w : s.windows) {
                const auto first = s.taken.begin() + static_cast<std::ptrdiff_t>(w.first);
                const auto last = s.taken.begin() + static_cast<std::ptrdiff_t>(w.last) + 1;
                if (std::find(first, last, 1) != last) continue;
                const std::optional<detail::registry_hit> best = best_entry(text, in, s, w, strength);
                if (!best) continue;
                std::fill(first, last, 1);
                s.hits.push_back(*best);
            }
            if (!s.hits.empty()) break;
        }
        drop_parts(s);
        std::ranges::sort(s.hits, {}, &detail::registry_hit::begin);
    }

    /// How much a name says: a weaker one counts where the text holds no stronger.
    enum class claim { name, acronym, common };
    [[nodiscard]] static claim claim_of(const entry& e) {
        return e.common ? claim::common : e.kind == entry_kind::acronym ? claim::acronym : claim::name;
    }

    /// Institutes of a university, and ministries that a laboratory is under, are not beside it.
    void drop_parts(detail::registry_search& s) const {
        const auto is = [&](const detail::registry_hit& hit, institution_type type) {
            const record& r = records_[hit.record];
            return r.n_types > 0 && types_[r.first_type] == type;
        };
        const bool university =
            std::ranges::any_of(s.hits, [&](const auto& hit) { return is(hit, institution_type::education); });
        if (!university) return;
        std::erase_if(s.hits, [&](const auto& hit) {
            return is(hit, institution_type::facility) || is(hit, institution_type::government);
        });
    }

    /// What the places that a text says around a window say of an organisation.
    struct evidence {
        bool some_country = false;   // a country
        bool country = false;        // its own, or one that may stand for it
        bool exact_country = false;  // its own
        bool city = false;           // its own
        bool other_city = false;     // another one, and not its own
        bool elsewhere = false;      // a city that only other countries have
    };
    [[nodiscard]] evidence weigh(const detail::registry_search& s, const detail::registry_window& w,
                                 const record& r) const {
        evidence result;
        if (r.country == 0) return result;
        bool elsewhere = false, here = false, other_city = false;
        for (const detail::registry_place& place : detail::near(s, w)) {
            if (place.section != s.words[w.first].section) continue;
            if (place.first <= w.last && w.first <= place.last) continue;
            if (place.city == 0) {
                result.some_country = true;
                result.country = result.country || may_be_same(place.country, r.country);
                result.exact_country = result.exact_country || place.country == r.country;
                continue;
            }
            const auto own = std::span(cities_).subspan(r.first_city, r.n_cities);
            if (std::ranges::find(own, place.city) != own.end()) {
                result.city = true;
                continue;
            }
            other_city = true;
            if (place.country != 0 && may_be_same(place.country, r.country)) here = true;
            if (place.country != 0 && !may_be_same(place.country, r.country)) elsewhere = true;
        }
        result.other_city = other_city && !result.city;
        if (!result.some_country && here) result.country = true;
        result.elsewhere = elsewhere && !result.country && !result.city;
        return result;
    }

    /// How far to trust a name: each thing that does not agree costs a little.
    [[nodiscard]] double score_of(const entry& e, const record& r, const evidence& around, bool ordered, bool verbatim,
                                  bool corrected) const {
        const bool alias = e.kind == entry_kind::alias;
        double score = !ordered ? 0.88 : verbatim ? 1 : 0.97;
        if (corrected) score -= 0.05;
        if (alias) score -= 0.01;
        if (e.kind == entry_kind::acronym) score -= 0.08;
        if (!around.country) score -= 0.03;
        if (around.country && !around.exact_country) score -= 0.03;
        if (around.elsewhere) score -= 0.06;
        if (around.other_city) score -= alias ? 0.04 : 0.02;
        if (around.city || (!ordered && names_city(e, r))) score += 0.02;
        return score;
    }

    [[nodiscard]] std::optional<detail::registry_hit> best_entry(std::string_view text,
                                                                 const detail::affiliation_words& in,
                                                                 const detail::registry_search& s,
                                                                 const detail::registry_window& w,
                                                                 claim strength) const {
        const detail::registry_word &front = s.words[w.first], &back = s.words[w.last];
        const bool whole = front.part == back.part && detail::begins_part(s, w.first) && detail::ends_part(s, w.last);
        bool corrected = false;
        std::uint32_t hash = 0;
        for (std::size_t i = w.first; i <= w.last; ++i) {
            corrected = corrected || s.words[i].corrected;
            hash = spelled(hash, in.view().substr(s.words[i].begin, s.words[i].end - s.words[i].begin));
        }
        const auto is_piece_of = [&](const detail::registry_place& place) {
            return place.first <= w.first && w.last <= place.last;
        };
        if (std::ranges::any_of(detail::near(s, w), is_piece_of)) return std::nullopt;
        const std::string_view written = in.original(text, front.begin, back.end);
        const bool capital = written.empty() || written[0] < 'a' || written[0] > 'z';
        const entry* best = nullptr;
        double best_score = 0;
        bool tie = false;
        for (std::uint32_t i = w.entry; i < entries_.size() && entries_[i].key == entries_[w.entry].key; ++i) {
            const entry& each = entries_[i];
            if (each.kind >= entry_kind::city || claim_of(each) != strength) continue;
            const bool ordered = in_order(s, w, each);
            if (!ordered && !same_words(s, w, each)) continue;
            const record& r = records_[each.record];
            const evidence around = weigh(s, w, r);
            if (around.some_country && !around.country) continue;
            const bool agrees = around.country || around.city;
            const std::size_t length = back.end - front.begin;
            if (each.kind == entry_kind::acronym || w.count == 1) {
                const bool only_name = whole || (is(r, institution_type::company) && each.kind != entry_kind::acronym &&
                                                 detail::only_proper(s, w));
                if (!only_name || corrected || !capital) continue;
                // Alone in the text, it is not taken for something else.
                if (!agrees && (in.parts.size() > 1 || length < 4)) continue;
                if (length < 3) continue;
            }
            if (is(r, institution_type::company) && !agrees && (!whole || !ordered || corrected)) continue;
            if (each.common && !(whole && ordered && agrees)) continue;
            if (!ordered && (front.part != back.part || corrected ||
                             (w.count < 3 && !around.city && !(around.country && names_city(each, r)))))
                continue;
            if (front.part != back.part && !detail::may_go_on(s, w)) continue;
            if (!is_whole_name(in, s, w, r)) continue;
            if (each.kind == entry_kind::alias && around.other_city && !around.country) continue;
            const double score = score_of(each, r, around, ordered, hash == each.spelled, corrected);
            if (best != nullptr && best->record != each.record && score == best_score) tie = true;
            if (best == nullptr || score > best_score) {
                tie = false;
                best = &each;
                best_score = score;
            }
        }
        if (best == nullptr || tie || best_score < least_score) return std::nullopt;
        return detail::registry_hit{front.begin,
                                    back.end,
                                    best->record,
                                    std::min(best_score, 1.0),
                                    hash == best->spelled ? match_kind::exact_name : match_kind::near_name,
                                    best->kind == entry_kind::acronym || w.count == 1};
    }

    [[nodiscard]] bool is(const record& r, institution_type type) const {
        const std::span types{types_.data() + r.first_type, r.n_types};
        return std::ranges::find(types, type) != types.end();
    }
    /// Whether a word of a name is a city of its organisation.
    [[nodiscard]] bool names_city(const entry& e, const record& r) const {
        const auto own = std::span(cities_).subspan(r.first_city, r.n_cities);
        return std::ranges::any_of(words_of(e), [&](std::uint32_t word) {
            return std::ranges::find(own, detail::mixed(word + 1)) != own.end();
        });
    }
    /// Whether a city or the country of an organisation is written from the word `first` on.
    [[nodiscard]] bool is_own_place(const detail::registry_search& s, std::size_t first, const record& r) const {
        const auto own = std::span(cities_).subspan(r.first_city, r.n_cities);
        std::uint64_t key = 0;
        for (std::size_t i = first; i < s.words.size() && i < first + 3 && s.words[i].part == s.words[first].part;
             ++i) {
            if (s.words[i].id == detail::word_numbers::none) return false;
            if (s.words[i].kind == detail::name_word::small) continue;
            key += detail::mixed(s.words[i].id + 1);
            if (std::ranges::find(own, key) != own.end()) return true;
            for (std::uint32_t e = first_entry(key); e < entries_.size() && entries_[e].key == key; ++e)
                if (entries_[e].kind == entry_kind::country &&
                    may_be_same(static_cast<std::uint16_t>(entries_[e].record), r.country))
                    return true;
        }
        return false;
    }

    /// Whether the words around a window do not make it a piece of a longer name.
    [[nodiscard]] bool is_whole_name(const detail::affiliation_words& in, const detail::registry_search& s,
                                     const detail::registry_window& w, const record& r) const {
        const auto is_in_part = [&](std::size_t i, std::size_t of) {
            return i < s.words.size() && s.words[i].part == s.words[of].part;
        };
        const auto text = [&](std::size_t i) {
            return in.view().substr(s.words[i].begin, s.words[i].end - s.words[i].begin);
        };
        if (w.first > 0 && is_in_part(w.first - 1, w.first)) {
            const detail::registry_word& before = s.words[w.first - 1];
            if (before.kind == detail::name_word::qualifier) return false;
            // "Samsung Research America" is not Research America.
            if (before.kind == detail::name_word::proper && !before.number &&
                (is(r, institution_type::company) || is(r, institution_type::government)))
                return false;
            // "Foo University Berkeley" is not of Berkeley.
            if (s.words[w.first].id == university_ && before.kind != detail::name_word::small &&
                s.words[w.first + 1].kind != detail::name_word::small)
                return false;
            // "First Hospital of Foo University"
            for (std::size_t i = w.first; i-- > 0 && w.first - i <= detail::registry_reach && is_in_part(i, w.first);)
                if (s.words[i].id == hospital_) return false;
        }
        const std::size_t next = w.last + 1;
        if (!is_in_part(next, w.last)) return true;
        const detail::registry_word& after = s.words[next];
        if (after.number) return after.end - after.begin > 2;
        if (after.kind == detail::name_word::small) {
            const std::string_view word = text(next);
            const bool goes_on =
                word == "of" || word == "de" || word == "for" || word == "at" || word == "in" || word == "di";
            return !goes_on || !is_in_part(next + 1, w.last) || is_own_place(s, next + 1, r);
        }
        if (after.id == hospital_ || after.id == clinic_ || after.id == national_) return false;
        if ((after.id == medical_ || after.id == health_) && is_in_part(next + 1, w.last))
            return s.words[next + 1].id == school_ || s.words[next + 1].id == college_;
        return after.kind != detail::name_word::proper || s.words[w.first].id != university_ ||
               is_own_place(s, next, r);
    }

    void find_domain(const detail::affiliation_words& in, detail::registry_search& s) const {
        std::string_view domain = in.domain;
        while (domain.find('.') != std::string_view::npos) {
            const auto found = std::ranges::lower_bound(domains_, domain, {},
                                                        [](const auto& each) { return std::string_view(each.first); });
            if (found != domains_.end() && found->first == domain) {
                const auto next = found + 1;
                if (next == domains_.end() || next->first != domain)
                    s.hits.push_back({0, in.size, found->second, 0.9, match_kind::domain, false});
                return;
            }
            domain.remove_prefix(domain.find('.') + 1);
        }
    }

    std::uint32_t university_ = 0, hospital_ = 0, clinic_ = 0, national_ = 0, medical_ = 0, health_ = 0, school_ = 0,
                  college_ = 0;

    std::vector<record> records_;
    std::vector<institution_type> types_;
    std::vector<std::uint64_t> cities_;  // of the records: keys of their entries
    std::vector<entry> entries_;         // sorted by key
    std::vector<std::uint32_t> name_words_;
    std::vector<std::uint32_t> slots_;  // one more than the first entry of a key; 0 is free
    detail::word_numbers words_;
    std::vector<detail::name_word> word_kinds_;  // by the id of a word that others are read as
    std::vector<std::pair<std::string, std::uint32_t>> domains_;
    std::vector<std::uint8_t> longest_;  // by the id of a word: words in the longest name that has it
    // While building.
    std::vector<std::uint64_t> place_keys_;
    detail::affiliation_words build_in_;
};

}  // namespace compute_divide

#endif
