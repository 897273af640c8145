// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_DETAIL_OPENALEX_JSON_HPP
#define COMPUTE_DIVIDE_IO_DETAIL_OPENALEX_JSON_HPP

#include <algorithm>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <compute_divide/detail/compiler.hpp>
#include <compute_divide/detail/eight_bytes.hpp>
#include <compute_divide/detail/read_double.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/openalex_work.hpp>

namespace compute_divide::inline v0_2::detail {

/// Why a record is no work of OpenAlex.
struct openalex_misfit {
    std::string reason;
};

/// Elements that lists gave back: lists that grow again get them, with the memory they hold.
template <class T>
using spare_elements = std::vector<T>;

/// Writes a list anew over what it holds.
template <class T>
class list_writer {
public:
    list_writer(std::vector<T>& list, spare_elements<T>& spare) : list_(&list), spare_(&spare) {}

    /// The next element, as it was left.
    T& next() {
        if (size_++ < list_->size()) return (*list_)[size_ - 1];
        if (spare_->empty()) return list_->emplace_back();
        list_->push_back(std::move(spare_->back()));
        spare_->pop_back();
        return list_->back();
    }
    /// Takes what is left of the old list away.
    void finish() {
        for (; list_->size() > size_; list_->pop_back()) spare_->push_back(std::move(list_->back()));
    }

private:
    std::vector<T>* list_;
    spare_elements<T>* spare_;
    std::size_t size_ = 0;
};

/// A name of a field, as it is written.
struct json_key {
    const char* text;  // ends at a quote; behind it is room that may be read

    /// The letters of a literal: compared as words.
    template <std::size_t Size>
    bool operator==(const char (&name)[Size]) const {
        return std::memcmp(text, name, Size - 1) == 0 && text[Size - 1] == '"';
    }
};

/// Reads records of OpenAlex as JSON has them, by simdjson's parsing on demand.
class openalex_json {
public:
    enum class record { work, page };
    static constexpr std::size_t padding = simdjson::SIMDJSON_PADDING;

    explicit openalex_json(openalex_fields wanted) : wanted_(wanted) {}

    /// Reads a work; of a page or a list of works, says only that it is one. Behind `json` there must be `padding`
    /// bytes that may be read. Throws openalex_misfit.
    [[nodiscard]] record read(std::string_view json, openalex_work& work) {
        ondemand::document document = parse(parser_, json);
        if (checked(document.type()) == ondemand::json_type::array) return record::page;
        reset(work);
        bool is_page = false, has_source = false;
        ondemand::object object = checked(document.get_object(), "the record");
        each_field(object, [&](json_key key, ondemand::value& value) {
            if (key == "results" && checked(value.type()) == ondemand::json_type::array)
                is_page = true;
            else
                read_field(key, value, work, has_source);
        });
        if (document.current_location().error() == simdjson::SUCCESS) throw openalex_misfit{"text behind the record"};
        if (is_page) return record::page;
        finish(work);
        if (!work.id.starts_with('W')) throw openalex_misfit{"the id of a work is required, got " + shown(work.id)};
        return record::work;
    }

    /// The works of a page, or of a list of works, each with `padding` bytes behind it as the page has. Throws
    /// openalex_misfit.
    void split(std::string_view json, std::vector<std::string_view>& works) {
        works.clear();
        const auto add = [&](ondemand::array list) {
            for (simdjson::simdjson_result<ondemand::value> each : list) {
                ondemand::object work = checked(checked(std::move(each)).get_object(), "a work");
                works.push_back(checked(work.raw_json()));
            }
        };
        ondemand::document document = parse(parser_, json);
        if (checked(document.type()) == ondemand::json_type::array) {
            add(checked(document.get_array()));
        } else {
            ondemand::object page = checked(document.get_object());
            each_field(page, [&](json_key key, ondemand::value& value) {
                if (key == "results") add(checked(value.get_array(), "results"));
            });
        }
        if (document.current_location().error() == simdjson::SUCCESS) throw openalex_misfit{"text behind the record"};
    }

private:
    struct ondemand {
        using parser = simdjson::ondemand::parser;
        using document = simdjson::ondemand::document;
        using object = simdjson::ondemand::object;
        using array = simdjson::ondemand::array;
        using value = simdjson::ondemand::value;
        using field = simdjson::ondemand::field;
        using json_type = simdjson::ondemand::json_type;
        using raw_text = simdjson::ondemand::raw_json_string;
    };

    // What simdjson says.

    [[noreturn]] COMPUTE_DIVIDE_NO_INLINE static void fail(simdjson::error_code error, std::string_view name) {
        if (error == simdjson::MEMALLOC) throw std::bad_alloc();  // no fault of the record
        if (error == simdjson::INCORRECT_TYPE && !name.empty())
            throw openalex_misfit{std::string(name).append(" is of another type")};
        throw openalex_misfit{std::string("no valid JSON: ").append(simdjson::error_message(error))};
    }
    template <class T>
    static T checked(simdjson::simdjson_result<T>&& result, std::string_view name = {}) {
        T value;
        if (const auto error = std::move(result).get(value); error != simdjson::SUCCESS) fail(error, name);
        return value;
    }

    ondemand::document parse(ondemand::parser& parser, std::string_view json) {
        if (parser.capacity() < json.size()) {
            const auto error = parser.allocate(std::bit_ceil(json.size()));
            if (error != simdjson::SUCCESS) fail(error, {});
        }
        if (unescaped_.size() < json.size() + padding) unescaped_.resize(std::bit_ceil(json.size()) + padding);
        return checked(parser.iterate(json.data(), json.size(), json.size() + padding));
    }

    /// Calls visit(key, value) for each field. Keys are as they are written, with their escapes.
    template <class Visit>
    static void each_field(ondemand::object& object, Visit visit) {
        for (simdjson::simdjson_result<ondemand::field> each : object) {
            if (each.error() != simdjson::SUCCESS) fail(each.error(), {});
            ondemand::field& field = each.value_unsafe();
            visit(json_key{field.key().raw()}, field.value());
        }
    }
    template <class Visit>
    static void each_field(ondemand::value& value, std::string_view name, Visit visit) {
        auto object = value.get_object();
        if (is_known(object.error(), value, name)) each_field(object.value_unsafe(), visit);
    }
    /// Calls visit(value) for each element of a list; false where it is null.
    template <class Visit>
    static bool each_element(ondemand::value& value, std::string_view name, Visit visit) {
        auto list = value.get_array();
        if (!is_known(list.error(), value, name)) return false;
        for (simdjson::simdjson_result<ondemand::value> each : list) {
            if (each.error() != simdjson::SUCCESS) fail(each.error(), {});
            visit(each.value_unsafe());
        }
        return true;
    }

    // Values; nothing where they are null. A text lives until the next one.

    /// Whether a value could be got, for all but null.
    COMPUTE_DIVIDE_NO_INLINE static bool is_known(simdjson::error_code error, ondemand::value& value,
                                                  std::string_view name) {
        if (error == simdjson::SUCCESS) return true;
        if (error != simdjson::INCORRECT_TYPE || !checked(value.is_null())) fail(error, name);
        return false;
    }

    std::string_view unescaped(ondemand::raw_text raw) {
        const char* const begin = raw.raw();
        const char* end = begin;
        for (;; end += 8) {  // into the padding at most
            // Which bytes are a quote or a backslash; of those behind the first, perhaps too many.
            const std::uint64_t word = load_eight(end), stops = perhaps(word, '"') | perhaps(word, '\\');
            if (stops == 0) continue;
            end += std::countr_zero(stops) / 8;
            break;
        }
        return *end == '"' ? std::string_view(begin, end) : with_escapes(raw);
    }
    COMPUTE_DIVIDE_NO_INLINE std::string_view with_escapes(ondemand::raw_text raw) {
        std::uint8_t* to = unescaped_.data();
        return checked(parser_.unescape(raw, to));
    }
    /// Which bytes of a word are `byte`; of those behind the first, perhaps too many.
    static std::uint64_t perhaps(std::uint64_t word, char byte) {
        word ^= eight_times(byte);
        return (word - low_bits) & ~word & high_bits;
    }
    /// A text with what stands behind it up to the next value or sign.
    std::string_view unescaped(ondemand::raw_text raw, std::string_view token) {
        while (token.back() != '"') token.remove_suffix(1);  // the first is one
        if (token.size() < 2) return with_escapes(raw);
        token = token.substr(1, token.size() - 2);
        for (std::size_t i = 0; i < token.size(); i += 8)  // into the padding at most
            if (perhaps(load_eight(token.data() + i), '\\') != 0) return with_escapes(raw);
        return token;
    }
    std::optional<std::string_view> text(ondemand::value& value, std::string_view name) {
        const std::string_view token = value.raw_json_token();
        ondemand::raw_text raw;
        const auto error = value.get_raw_json_string().get(raw);
        if (error != simdjson::SUCCESS && !is_known(error, value, name)) return std::nullopt;
        return unescaped(raw, token);
    }
    void copy_text(ondemand::value& value, std::string_view name, std::string& to) {
        to = text(value, name).value_or(std::string_view());
    }
    /// What follows the last slash: ids are web addresses.
    static std::string_view tail(std::string_view address) { return address.substr(address.rfind('/') + 1); }
    void copy_id(ondemand::value& value, std::string_view name, std::string& to) {
        to = tail(text(value, name).value_or(std::string_view()));
    }

    static std::optional<bool> flag(ondemand::value& value, std::string_view name) {
        bool is_true = false;
        const auto error = value.get_bool().get(is_true);
        if (error != simdjson::SUCCESS && !is_known(error, value, name)) return std::nullopt;
        return is_true;
    }
    static std::optional<std::int64_t> integer(ondemand::value& value, std::string_view name, std::int64_t least,
                                               std::int64_t most) {
        std::int64_t number = 0;
        const auto error = value.get_int64().get(number);
        if (error == simdjson::SUCCESS && number >= least && number <= most) return number;
        return no_integer(value, name, least, most, error == simdjson::SUCCESS);
    }
    /// Nothing for null. Apart, so that what is read nearly always needs no room for what is told of the rest.
    COMPUTE_DIVIDE_NO_INLINE static std::optional<std::int64_t> no_integer(ondemand::value& value,
                                                                           std::string_view name, std::int64_t least,
                                                                           std::int64_t most, bool is_integer) {
        if (!is_integer && checked(value.type()) != ondemand::json_type::number) {
            if (checked(value.is_null())) return std::nullopt;
            fail(simdjson::INCORRECT_TYPE, name);
        }
        throw openalex_misfit{std::string(name)
                                  .append(" is no whole number from ")
                                  .append(shown(least))
                                  .append(" to ")
                                  .append(shown(most))};
    }
    static std::optional<int> small_integer(ondemand::value& value, std::string_view name, int least, int most) {
        const auto number = integer(value, name, least, most);
        return number ? std::optional(static_cast<int>(*number)) : std::nullopt;
    }
    /// The number that a text is.
    template <class T>
    static bool read_number(std::string_view digits, T& number) {
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = [&] {
            if constexpr (std::same_as<T, double>)
                return read_double(digits.data(), end, number);
            else
                return std::from_chars(digits.data(), end, number);
        }();
        return error == std::errc{} && stop == end && is_digit(digits.back());
    }
    /// A number, or a text that is one.
    std::optional<double> number(ondemand::value& value, std::string_view name) {
        double result = 0;
        if (checked(value.type()) == ondemand::json_type::number) {
            if (value.get_double().get(result) == simdjson::SUCCESS) return result;
        } else {
            const auto digits = text(value, name);
            if (!digits) return std::nullopt;
            if (read_number(*digits, result)) return result;
        }
        refuse_number(name);
    }
    [[noreturn]] COMPUTE_DIVIDE_NO_INLINE static void refuse_number(std::string_view name) {
        throw openalex_misfit{std::string(name).append(" is no number in the range of a double")};
    }
    /// The number of {"id": "https://openalex.org/fields/17"}, or of {"id": 17}.
    std::optional<int> id_number(ondemand::value& value, std::string_view name) {
        std::optional<int> result;
        each_field(value, name, [&](json_key part, ondemand::value& id) {
            if (!(part == "id")) return;
            if (checked(id.type()) != ondemand::json_type::string) {
                result = small_integer(id, name, 0, 1'000'000);
                return;
            }
            int number = 0;
            if (!read_number(tail(*text(id, name)), number))
                throw openalex_misfit{std::string(name).append(" has an id that ends in no number")};
            result = number;
        });
        return result;
    }
    std::optional<std::chrono::year_month_day> date(ondemand::value& value, std::string_view name) {
        const auto written = text(value, name);
        if (!written) return std::nullopt;
        try {
            if (const auto read = parse_date(*written); read && read->day) return read->day;
        } catch (const std::invalid_argument&) {  // told below
        }
        throw openalex_misfit{std::string(name).append(" is no date such as 2021-05-31: ").append(shown(*written))};
    }

    // Works.

    static void reset(openalex_work& work) {
        work.id.clear();
        work.year.reset();
        work.date.reset();
        work.type.reset();
        work.language.reset();
        work.is_retracted.reset();
        work.is_paratext.reset();
        work.is_xpac.reset();
        work.title.clear();
        work.source.id.clear();
        work.source.name.clear();
        work.source.type.clear();
        work.topics_known = work.concepts_known = work.authorships_known = false;
        work.abstract.reset(false);
    }
    void finish(openalex_work& work) {
        if (!work.topics_known) list_writer(work.topics, topics_).finish();
        if (!work.concepts_known) list_writer(work.concepts, concepts_).finish();
        if (!work.authorships_known) list_writer(work.authorships, authorships_).finish();
    }
    template <class T, class Read>
    static bool read_list(ondemand::value& value, std::string_view name, std::vector<T>& list, spare_elements<T>& spare,
                          Read read) {
        list_writer writer(list, spare);
        const bool known = each_element(value, name, [&](ondemand::value& each) { read(each, writer.next()); });
        writer.finish();
        return known;
    }

    void read_field(json_key key, ondemand::value& value, openalex_work& work, bool& has_source) {
        switch (*key.text) {
            case 'a':
                if (key == "authorships" && wanted_.authorships)
                    work.authorships_known =
                        read_list(value, "authorships", work.authorships, authorships_,
                                  [&](ondemand::value& each, openalex_authorship& to) { read_authorship(each, to); });
                else if (key == "abstract_inverted_index" && wanted_.abstract)
                    read_abstract(value, "abstract_inverted_index", work.abstract);
                break;
            case 'c':
                if (key == "concepts" && wanted_.concepts)
                    work.concepts_known =
                        read_list(value, "concepts", work.concepts, concepts_,
                                  [&](ondemand::value& each, openalex_concept& to) { read_concept(each, to); });
                break;
            case 'h':
                if (key == "host_venue" && wanted_.source && !has_source) read_source(value, work.source);
                break;
            case 'i':
                if (key == "id")
                    copy_id(value, "id", work.id);
                else if (key == "is_retracted")
                    work.is_retracted = flag(value, "is_retracted");
                else if (key == "is_paratext")
                    work.is_paratext = flag(value, "is_paratext");
                else if (key == "is_xpac")
                    work.is_xpac = flag(value, "is_xpac");
                break;
            case 'l':
                if (key == "language") work.language = text(value, "language");
                break;
            case 'p':
                if (key == "publication_year")
                    work.year = small_integer(value, "publication_year", 1, 9999);
                else if (key == "publication_date")
                    work.date = date(value, "publication_date");
                else if (key == "primary_location" && wanted_.source)
                    each_field(value, "primary_location", [&](json_key part, ondemand::value& source) {
                        if (part == "source") has_source = read_source(source, work.source) || has_source;
                    });
                break;
            case 't':
                if (key == "type")
                    work.type = text(value, "type");
                else if (key == "title" && wanted_.title)
                    copy_text(value, "title", work.title);
                else if (key == "topics" && wanted_.topics)
                    work.topics_known =
                        read_list(value, "topics", work.topics, topics_,
                                  [&](ondemand::value& each, openalex_topic& to) { read_topic(each, to); });
                break;
            default:
                break;
        }
    }

    void read_topic(ondemand::value& from, openalex_topic& to) {
        to.id.clear();
        to.name.clear();
        to.score.reset();
        to.subfield.reset();
        to.field.reset();
        to.domain.reset();
        each_field(from, "a topic", [&](json_key key, ondemand::value& value) {
            if (key == "id")
                copy_id(value, "id", to.id);
            else if (key == "display_name")
                copy_text(value, "display_name", to.name);
            else if (key == "score")
                to.score = number(value, "score");
            else if (key == "subfield")
                to.subfield = id_number(value, "subfield");
            else if (key == "field")
                to.field = id_number(value, "field");
            else if (key == "domain")
                to.domain = id_number(value, "domain");
        });
    }

    void read_concept(ondemand::value& from, openalex_concept& to) {
        to.id.clear();
        to.name.clear();
        to.level.reset();
        to.score.reset();
        each_field(from, "a concept", [&](json_key key, ondemand::value& value) {
            if (key == "id")
                copy_id(value, "id", to.id);
            else if (key == "display_name")
                copy_text(value, "display_name", to.name);
            else if (key == "level")
                to.level = small_integer(value, "level", 0, 1'000'000);
            else if (key == "score")
                to.score = number(value, "score");
        });
    }

    /// False where there is none.
    bool read_source(ondemand::value& from, openalex_source& to) {
        bool known = false;
        each_field(from, "a source", [&](json_key key, ondemand::value& value) {
            known = true;
            if (key == "id")
                copy_id(value, "id", to.id);
            else if (key == "display_name")
                copy_text(value, "display_name", to.name);
            else if (key == "type")
                copy_text(value, "type", to.type);
        });
        return known;
    }

    void read_authorship(ondemand::value& from, openalex_authorship& to) {
        to.position.reset();
        to.is_corresponding.reset();
        to.author.clear();
        to.institutions.clear();
        list_writer affiliations(to.raw_affiliations, raw_affiliations_);
        const auto add = [&](ondemand::value& value) {
            const auto written = text(value, "a raw affiliation");
            if (written && !written->empty()) affiliations.next() = *written;
        };
        bool has_list = false;
        each_field(from, "an authorship", [&](json_key key, ondemand::value& value) {
            if (key == "author_position") {
                to.position = position(value);
            } else if (key == "author" && wanted_.authors) {
                each_field(value, "an author", [&](json_key of_author, ondemand::value& id) {
                    if (of_author == "id") copy_id(id, "id", to.author);
                });
            } else if (key == "is_corresponding") {
                to.is_corresponding = flag(value, "is_corresponding");
            } else if (key == "institutions") {
                each_element(value, "institutions",
                             [&](ondemand::value& each) { read_institution(each, to.institutions.emplace_back()); });
            } else if (key == "raw_affiliation_strings" && wanted_.raw_affiliations) {
                affiliations = {to.raw_affiliations, raw_affiliations_};  // before, the same stood in one text
                has_list = each_element(value, "raw_affiliation_strings", add);
            } else if (key == "raw_affiliation_string" && wanted_.raw_affiliations && !has_list) {
                add(value);
            }
        });
        affiliations.finish();
    }
    std::optional<author_position> position(ondemand::value& value) {
        const auto written = text(value, "author_position");
        if (!written) return std::nullopt;
        for (const auto& each : enumerators(author_position{}))
            if (each.name == *written) return each.value;
        throw openalex_misfit{"author_position is none of first, middle and last: " + shown(*written)};
    }

    void read_institution(ondemand::value& from, openalex_institution& to) {
        each_field(from, "an institution", [&](json_key key, ondemand::value& value) {
            if (key == "id") {
                copy_id(value, "id", to.id);
            } else if (key == "ror") {
                copy_id(value, "ror", to.ror);
            } else if (key == "country_code") {
                to.country = text(value, "country_code");
            } else if (key == "type") {
                if (const auto written = text(value, "type")) {
                    to.type = institution_type::unknown;
                    for (const auto& each : enumerators(institution_type{}))
                        if (each.name == *written) to.type = each.value;
                }
            }
        });
    }

    /// An index of words; {"IndexLength": ..., "InvertedIndex": an index}; or either as a text of JSON.
    void read_abstract(ondemand::value& value, std::string_view name, openalex_abstract& abstract) {
        if (const auto type = checked(value.type()); type == ondemand::json_type::string) {
            nested_ = *text(value, name);
            nested_.append(padding, ' ');
            const auto json = std::string_view(nested_).substr(0, nested_.size() - padding);
            ondemand::document document = parse(nested_parser_, json);
            abstract.reset(true);
            ondemand::object index = checked(document.get_object(), name);
            read_index(index, abstract);
            if (!abstract.finish()) refuse_abstract();
            if (document.current_location().error() == simdjson::SUCCESS)
                throw openalex_misfit{"text behind the abstract's index"};
        } else if (auto index = value.get_object(); is_known(index.error(), value, name)) {
            abstract.reset(true);
            read_index(index.value_unsafe(), abstract);
            if (!abstract.finish()) refuse_abstract();
        }
    }
    [[noreturn]] static void refuse_abstract() {
        throw openalex_misfit{"two words of the abstract have one place, or its text is far longer than its index"};
    }
    void read_index(ondemand::object& index, openalex_abstract& abstract) {
        for (simdjson::simdjson_result<ondemand::field> each : index) {
            if (each.error() != simdjson::SUCCESS) fail(each.error(), {});
            ondemand::field& field = each.value_unsafe();
            const std::string_view word = unescaped(field.key());
            ondemand::value& places = field.value();
            if (word == "IndexLength" && checked(places.type()) == ondemand::json_type::number) continue;
            if (word == "InvertedIndex" && checked(places.type()) == ondemand::json_type::object) {
                ondemand::object inner = checked(places.get_object());
                read_index(inner, abstract);
                continue;
            }
            abstract.add_word(word);
            each_element(places, "a word's places", [&](ondemand::value& place) {
                const auto at = integer(place, "a word's place", 0, openalex_abstract::most_words - 1);
                if (at && !abstract.add_place(static_cast<std::uint64_t>(*at))) refuse_abstract();
            });
        }
    }

    openalex_fields wanted_;
    ondemand::parser parser_, nested_parser_;
    std::vector<std::uint8_t> unescaped_;
    std::string nested_;
    spare_elements<openalex_topic> topics_;
    spare_elements<openalex_concept> concepts_;
    spare_elements<openalex_authorship> authorships_;
    spare_elements<std::string> raw_affiliations_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
