// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_OPENALEX_JSON_HPP
#define COMPUTE_DIVIDE_DETAIL_OPENALEX_JSON_HPP

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/io/openalex_work.hpp>
#include <compute_divide/names.hpp>

namespace compute_divide::detail {

/// Why a record is no work of OpenAlex.
struct openalex_misfit {
    std::string reason;
};

/// Elements that lists gave back: a list that grows again gets them with the memory they hold.
template <class T>
class spare_elements {
public:
    void take_from(std::vector<T>& list) {
        for (T& each : list) spare_.push_back(std::move(each));
        list.clear();
    }
    T& add_to(std::vector<T>& list) {
        if (spare_.empty()) return list.emplace_back();
        list.push_back(std::move(spare_.back()));
        spare_.pop_back();
        return list.back();
    }

private:
    std::vector<T> spare_;
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
        each_field(checked(document.get_object(), "the record"), [&](std::string_view key, ondemand::value value) {
            if (key == "results" && checked(value.type()) == ondemand::json_type::array)
                is_page = true;
            else
                read_field(key, value, work, has_source);
        });
        if (document.current_location().error() == simdjson::SUCCESS) throw openalex_misfit{"text behind the record"};
        if (is_page) return record::page;
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
        if (checked(document.type()) == ondemand::json_type::array)
            add(checked(document.get_array()));
        else
            each_field(checked(document.get_object()), [&](std::string_view key, ondemand::value value) {
                if (key == "results") add(checked(value.get_array(), key));
            });
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

    [[noreturn]] static void fail(simdjson::error_code error, std::string_view key) {
        if (error == simdjson::INCORRECT_TYPE && !key.empty())
            throw openalex_misfit{std::string(key).append(" is of another type")};
        throw openalex_misfit{std::string("no valid JSON: ").append(simdjson::error_message(error))};
    }
    template <class T>
    static T checked(simdjson::simdjson_result<T>&& result, std::string_view key = {}) {
        T value;
        if (const auto error = std::move(result).get(value); error != simdjson::SUCCESS) fail(error, key);
        return value;
    }

    ondemand::document parse(ondemand::parser& parser, std::string_view json) {
        if (parser.capacity() < json.size()) {
            const auto error = parser.allocate(std::bit_ceil(json.size()));
            if (error != simdjson::SUCCESS) fail(error, {});
        }
        if (unescaped_.size() < json.size() + padding) unescaped_.resize(std::bit_ceil(json.size()) + padding);
        end_ = json.data() + json.size();
        return checked(parser.iterate(json.data(), json.size(), json.size() + padding));
    }

    /// Calls visit(key, value) for each field. Keys are as they are written, with their escapes.
    template <class Visit>
    void each_field(ondemand::object object, Visit visit) {
        for (simdjson::simdjson_result<ondemand::field> each : object) {
            ondemand::field field = checked(std::move(each));
            const char* const key = field.key().raw();
            const std::size_t most = static_cast<std::size_t>(end_ - key);
            const auto* const quote = static_cast<const char*>(std::memchr(key, '"', most));
            visit(std::string_view(key, static_cast<std::size_t>(quote - key)), field.value());
        }
    }
    template <class Visit>
    void each_field(ondemand::value value, std::string_view key, Visit visit) {
        if (!is_null(value)) each_field(checked(value.get_object(), key), visit);
    }
    /// Calls visit(value) for each element of a list; false where it is null.
    template <class Visit>
    static bool each_element(ondemand::value value, std::string_view key, Visit visit) {
        if (is_null(value)) return false;
        for (simdjson::simdjson_result<ondemand::value> each : checked(value.get_array(), key))
            visit(checked(std::move(each)));
        return true;
    }

    static bool is_null(ondemand::value& value) { return checked(value.is_null()); }

    // Values; nothing where they are null. A text lives until the next one.

    std::string_view unescaped(ondemand::raw_text raw) {
        const char* const text = raw.raw();
        const auto* const quote =
            static_cast<const char*>(std::memchr(text, '"', static_cast<std::size_t>(end_ - text)));
        const std::string_view plain(text, static_cast<std::size_t>(quote - text));
        if (plain.find('\\') == std::string_view::npos) return plain;
        std::uint8_t* to = unescaped_.data();
        return checked(parser_.unescape(raw, to));
    }
    std::optional<std::string_view> text(ondemand::value value, std::string_view key) {
        if (is_null(value)) return std::nullopt;
        return unescaped(checked(value.get_raw_json_string(), key));
    }
    void copy_text(ondemand::value value, std::string_view key, std::string& to) {
        to = text(value, key).value_or(std::string_view());
    }
    /// What follows the last slash: ids are web addresses.
    static std::string_view tail(std::string_view address) { return address.substr(address.rfind('/') + 1); }
    void copy_id(ondemand::value value, std::string_view key, std::string& to) {
        to = tail(text(value, key).value_or(std::string_view()));
    }

    static std::optional<bool> flag(ondemand::value value, std::string_view key) {
        if (is_null(value)) return std::nullopt;
        return checked(value.get_bool(), key);
    }
    /// Throws where a number is out of range.
    static std::int64_t integer(ondemand::value value, std::string_view key, std::int64_t least, std::int64_t most) {
        if (checked(value.type()) != ondemand::json_type::number) fail(simdjson::INCORRECT_TYPE, key);
        std::int64_t number = 0;
        if (value.get_int64().get(number) != simdjson::SUCCESS || number < least || number > most)
            throw openalex_misfit{std::string(key)
                                      .append(" is no whole number from ")
                                      .append(shown(least))
                                      .append(" to ")
                                      .append(shown(most))};
        return number;
    }
    static std::optional<int> small_integer(ondemand::value value, std::string_view key) {
        if (is_null(value)) return std::nullopt;
        return static_cast<int>(integer(value, key, 0, 1'000'000));
    }
    /// A number, or a text that is one.
    std::optional<double> number(ondemand::value value, std::string_view key) {
        if (is_null(value)) return std::nullopt;
        const auto type = checked(value.type());
        double result = 0;
        if (type == ondemand::json_type::number) {
            if (value.get_double().get(result) == simdjson::SUCCESS) return result;
        } else {
            const std::string_view digits = *text(value, key);
            const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), result);
            if (error == std::errc{} && stop == digits.data() + digits.size() && is_digit(digits.back())) return result;
        }
        throw openalex_misfit{std::string(key).append(" is no number in the range of a double")};
    }
    /// The number of {"id": "https://openalex.org/fields/17"}, or of {"id": 17}.
    std::optional<int> id_number(ondemand::value value, std::string_view key) {
        std::optional<int> result;
        each_field(value, key, [&](std::string_view part, ondemand::value id) {
            if (part != "id" || is_null(id)) return;
            if (checked(id.type()) == ondemand::json_type::number) {
                result = small_integer(id, key);
                return;
            }
            const std::string_view digits = tail(*text(id, key));
            int number = 0;
            const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
            if (error != std::errc{} || stop != digits.data() + digits.size())
                throw openalex_misfit{std::string(key).append(" has an id that ends in no number")};
            result = number;
        });
        return result;
    }
    std::optional<std::chrono::year_month_day> date(ondemand::value value, std::string_view key) {
        const auto written = text(value, key);
        if (!written) return std::nullopt;
        try {
            if (const auto read = parse_date(*written); read && read->day) return read->day;
        } catch (const std::invalid_argument&) {  // told below
        }
        throw openalex_misfit{std::string(key).append(" is no date such as 2021-05-31: ").append(shown(*written))};
    }

    // Works.

    void reset(openalex_work& work) {
        topics_.take_from(work.topics);
        concepts_.take_from(work.concepts);
        for (openalex_authorship& each : work.authorships) raw_affiliations_.take_from(each.raw_affiliations);
        authorships_.take_from(work.authorships);
        work.id.clear();
        work.year.reset();
        work.date.reset();
        work.type.reset();
        work.language.reset();
        work.is_retracted.reset();
        work.is_paratext.reset();
        work.is_xpac.reset();
        work.source.id.clear();
        work.source.name.clear();
        work.source.type.clear();
        work.topics_known = work.concepts_known = work.authorships_known = false;
        work.abstract.reset(false);
    }

    void read_field(std::string_view key, ondemand::value value, openalex_work& work, bool& has_source) {
        if (key == "id") {
            copy_id(value, key, work.id);
        } else if (key == "publication_year") {
            if (!is_null(value)) work.year = static_cast<int>(integer(value, key, 1, 9999));
        } else if (key == "publication_date") {
            work.date = date(value, key);
        } else if (key == "type") {
            work.type = text(value, key);
        } else if (key == "language") {
            work.language = text(value, key);
        } else if (key == "is_retracted") {
            work.is_retracted = flag(value, key);
        } else if (key == "is_paratext") {
            work.is_paratext = flag(value, key);
        } else if (key == "is_xpac") {
            work.is_xpac = flag(value, key);
        } else if (key == "topics" && wanted_.topics) {
            topics_.take_from(work.topics);
            work.topics_known =
                each_element(value, key, [&](ondemand::value each) { read_topic(each, topics_.add_to(work.topics)); });
        } else if (key == "concepts" && wanted_.concepts) {
            concepts_.take_from(work.concepts);
            work.concepts_known = each_element(
                value, key, [&](ondemand::value each) { read_concept(each, concepts_.add_to(work.concepts)); });
        } else if (key == "authorships" && wanted_.authorships) {
            authorships_.take_from(work.authorships);
            work.authorships_known = each_element(value, key, [&](ondemand::value each) {
                read_authorship(each, authorships_.add_to(work.authorships));
            });
        } else if (key == "primary_location" && wanted_.source) {
            each_field(value, key, [&](std::string_view part, ondemand::value source) {
                if (part != "source" || is_null(source)) return;
                has_source = true;
                read_source(source, work.source);
            });
        } else if (key == "host_venue" && wanted_.source) {
            if (!has_source) read_source(value, work.source);
        } else if (key == "abstract_inverted_index" && wanted_.abstract) {
            read_abstract(value, key, work.abstract);
        }
    }

    void read_topic(ondemand::value from, openalex_topic& to) {
        to.id.clear();
        to.name.clear();
        to.score.reset();
        to.subfield.reset();
        to.field.reset();
        to.domain.reset();
        each_field(from, "a topic", [&](std::string_view key, ondemand::value value) {
            if (key == "id")
                copy_id(value, key, to.id);
            else if (key == "display_name")
                copy_text(value, key, to.name);
            else if (key == "score")
                to.score = number(value, key);
            else if (key == "subfield")
                to.subfield = id_number(value, key);
            else if (key == "field")
                to.field = id_number(value, key);
            else if (key == "domain")
                to.domain = id_number(value, key);
        });
    }

    void read_concept(ondemand::value from, openalex_concept& to) {
        to.id.clear();
        to.name.clear();
        to.level.reset();
        to.score.reset();
        each_field(from, "a concept", [&](std::string_view key, ondemand::value value) {
            if (key == "id")
                copy_id(value, key, to.id);
            else if (key == "display_name")
                copy_text(value, key, to.name);
            else if (key == "level")
                to.level = small_integer(value, key);
            else if (key == "score")
                to.score = number(value, key);
        });
    }

    void read_source(ondemand::value from, openalex_source& to) {
        each_field(from, "a source", [&](std::string_view key, ondemand::value value) {
            if (key == "id")
                copy_id(value, key, to.id);
            else if (key == "display_name")
                copy_text(value, key, to.name);
            else if (key == "type")
                copy_text(value, key, to.type);
        });
    }

    void read_authorship(ondemand::value from, openalex_authorship& to) {
        to.position.reset();
        to.is_corresponding.reset();
        to.institutions.clear();
        raw_affiliations_.take_from(to.raw_affiliations);
        bool has_list = false;
        each_field(from, "an authorship", [&](std::string_view key, ondemand::value value) {
            if (key == "author_position") {
                to.position = position(value, key);
            } else if (key == "is_corresponding") {
                to.is_corresponding = flag(value, key);
            } else if (key == "institutions") {
                each_element(value, key,
                             [&](ondemand::value each) { read_institution(each, to.institutions.emplace_back()); });
            } else if (key == "raw_affiliation_strings" && wanted_.raw_affiliations) {
                raw_affiliations_.take_from(to.raw_affiliations);  // the same in one text
                has_list = each_element(value, key, [&](ondemand::value each) { add_affiliation(each, key, to); });
            } else if (key == "raw_affiliation_string" && wanted_.raw_affiliations) {
                if (!has_list) add_affiliation(value, key, to);
            }
        });
    }
    void add_affiliation(ondemand::value value, std::string_view key, openalex_authorship& to) {
        const auto written = text(value, key);
        if (written && !written->empty()) raw_affiliations_.add_to(to.raw_affiliations) = *written;
    }
    std::optional<author_position> position(ondemand::value value, std::string_view key) {
        const auto written = text(value, key);
        if (!written) return std::nullopt;
        for (const auto& each : enumerators(author_position{}))
            if (each.name == *written) return each.value;
        throw openalex_misfit{std::string(key).append(" is none of first, middle and last: ").append(shown(*written))};
    }

    void read_institution(ondemand::value from, openalex_institution& to) {
        each_field(from, "an institution", [&](std::string_view key, ondemand::value value) {
            if (key == "id") {
                copy_id(value, key, to.id);
            } else if (key == "ror") {
                copy_id(value, key, to.ror);
            } else if (key == "country_code") {
                to.country = text(value, key);
            } else if (key == "type") {
                if (const auto written = text(value, key)) {
                    to.type = institution_type::unknown;
                    for (const auto& each : enumerators(institution_type{}))
                        if (each.name == *written) to.type = each.value;
                }
            }
        });
    }

    /// An index of words; {"IndexLength": ..., "InvertedIndex": an index}; or either as a text of JSON.
    void read_abstract(ondemand::value value, std::string_view key, openalex_abstract& abstract) {
        if (is_null(value)) return;
        abstract.reset(true);
        if (checked(value.type()) != ondemand::json_type::string)
            return read_index(checked(value.get_object(), key), abstract);
        nested_ = *text(value, key);
        nested_.append(padding, ' ');
        const char* const outer_end = end_;
        ondemand::document document =
            parse(nested_parser_, std::string_view(nested_).substr(0, nested_.size() - padding));
        read_index(checked(document.get_object(), key), abstract);
        if (document.current_location().error() == simdjson::SUCCESS)
            throw openalex_misfit{"text behind the abstract's index"};
        end_ = outer_end;
    }
    void read_index(ondemand::object index, openalex_abstract& abstract) {
        for (simdjson::simdjson_result<ondemand::field> each : index) {
            ondemand::field field = checked(std::move(each));
            const std::string_view word = unescaped(field.key());
            ondemand::value places = field.value();
            const auto type = checked(places.type());
            if (word == "IndexLength" && type == ondemand::json_type::number) continue;
            if (word == "InvertedIndex" && type == ondemand::json_type::object) {
                read_index(checked(places.get_object()), abstract);
                continue;
            }
            abstract.add_word(word);
            each_element(places, "a word's places", [&](ondemand::value place) {
                constexpr std::int64_t last = openalex_abstract::most_words - 1;
                if (!abstract.add_place(static_cast<std::uint64_t>(integer(place, "a word's place", 0, last))))
                    throw openalex_misfit{"two words of the abstract have one place"};
            });
        }
    }

    openalex_fields wanted_;
    ondemand::parser parser_, nested_parser_;
    const char* end_ = nullptr;  // of the JSON being read
    std::vector<std::uint8_t> unescaped_;
    std::string nested_;
    spare_elements<openalex_topic> topics_;
    spare_elements<openalex_concept> concepts_;
    spare_elements<openalex_authorship> authorships_;
    spare_elements<std::string> raw_affiliations_;
};

}  // namespace compute_divide::detail

#endif
