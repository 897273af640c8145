// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_ROR_HPP
#define COMPUTE_DIVIDE_IO_ROR_HPP

#include <algorithm>
#include <cstddef>
#include <fstream>
#include <istream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/institutions/institution_type.hpp>
#include <compute_divide/institutions/organisation.hpp>

/// The dump of the Research Organization Registry (CC0), schema 2 or 1: a JSON array or an object a line. Needs
/// simdjson.
///
///     const registry organisations(read_ror("v2.0-ror-data.json").organisations);
namespace compute_divide {

struct ror_options {
    bool inactive = false;   ///< organisations that are no more, too
    bool withdrawn = false;  ///< records that were withdrawn, too
};

/// A record that could not be read: where it begins, and why.
struct ror_problem {
    std::size_t line = 0;  ///< of the text, from 1
    std::size_t byte = 0;  ///< of the text, from 1
    std::string reason;

    friend bool operator==(const ror_problem&, const ror_problem&) = default;
};

/// Every record is an organisation, left out for its status, or a problem.
struct ror_table {
    std::vector<organisation> organisations;  ///< in the order of the dump
    std::size_t n_left_out = 0;
    std::vector<ror_problem> problems;
};

/// A text that is no dump: cut short, or no JSON. What is wrong, and where, in `what()` too.
struct ror_error : std::runtime_error, ror_problem {
    explicit ror_error(ror_problem problem)
        : std::runtime_error("compute_divide::read_ror: line " + std::to_string(problem.line) + ", byte " +
                             std::to_string(problem.byte) + ": " + problem.reason),
          ror_problem(std::move(problem)) {}
};

namespace detail {

/// The objects of a JSON array, or of a text of JSON objects, one after the other; no more than one is in memory.
class json_objects {
public:
    static constexpr std::size_t most_bytes = std::size_t{1} << 24;  // of one object

    explicit json_objects(std::istream& stream) : stream_(stream), block_(std::size_t{1} << 16, '\0') {
        if (peek() == 0xEF)
            for (const int mark : {0xEF, 0xBB, 0xBF})
                if (peek() == mark) take();
        skip_white();
        if (peek() == end) fail("a JSON array or object", "the end of the text");
        array_ = peek() == '[';
        if (array_) take();
    }

    /// Reads the next object into `text`; false at the end. `where` is told its place.
    bool next(std::string& text, ror_problem& where) {
        skip_white();
        if (array_ && !closed_) {
            if (peek() == ']') {
                take();
                closed_ = true;
                skip_white();
            } else if (began_) {
                if (peek() != ',') fail("a comma or the end of the array", shown_next());
                take();
                skip_white();
            }
        }
        if (peek() == end && (!array_ || closed_)) return false;
        if (peek() != '{' || closed_) fail(closed_ ? "nothing after the array" : "an object", shown_next());
        began_ = true;
        where.line = line_;
        where.byte = byte_;
        text.clear();
        std::size_t depth = 0;
        bool quoted = false, escaped = false;
        do {
            const int c = peek();
            if (c == end)
                throw ror_error(
                    {where.line, where.byte,
                     "an object that begins here is cut at the end of the text, byte " + std::to_string(byte_)});
            take();
            text += static_cast<char>(c);
            if (text.size() > most_bytes) throw ror_error({where.line, where.byte, "an object of more than 16 MB"});
            if (quoted) {
                if (escaped)
                    escaped = false;
                else if (c == '\\')
                    escaped = true;
                else if (c == '"')
                    quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                ++depth;
            } else if (c == '}' || c == ']') {
                --depth;
            }
        } while (depth > 0);
        return true;
    }

private:
    static constexpr int end = -1;

    [[nodiscard]] int peek() {
        if (at_ == size_) {
            if (stream_.bad()) throw std::runtime_error("compute_divide::read_ror: the stream fails");
            stream_.read(block_.data(), static_cast<std::streamsize>(block_.size()));
            size_ = static_cast<std::size_t>(stream_.gcount());
            at_ = 0;
            if (stream_.bad()) throw std::runtime_error("compute_divide::read_ror: the stream fails");
            if (size_ == 0) return end;
        }
        return static_cast<unsigned char>(block_[at_]);
    }
    void take() {
        if (block_[at_++] == '\n') ++line_;
        ++byte_;
    }
    void skip_white() {
        for (int c = peek(); c == ' ' || c == '\n' || c == '\r' || c == '\t'; c = peek()) take();
    }
    [[nodiscard]] std::string shown_next() {
        if (peek() == end) return "the end of the text";
        if (peek() == 0x1F) return "a byte 0x1f (is the text compressed?)";
        return shown(std::string_view(&block_[at_], 1));
    }
    [[noreturn]] void fail(std::string_view wanted, std::string_view found) const {
        throw ror_error({line_, byte_, std::string(wanted).append(" is required, got ").append(found)});
    }

    std::istream& stream_;
    std::string block_;
    std::size_t at_ = 0, size_ = 0, line_ = 1, byte_ = 1;
    bool array_ = false, began_ = false, closed_ = false;
};

/// Why a record is not one of ROR.
struct ror_misfit {
    std::string reason;
};

/// A member of an object, of a type; nothing where it is not there or null. Throws ror_misfit for another type.
template <class T>
[[nodiscard]] std::optional<T> ror_member(simdjson::dom::object from, std::string_view key) {
    simdjson::dom::element member;
    if (from[key].get(member) != simdjson::SUCCESS || member.is_null()) return std::nullopt;
    T value;
    if (member.get(value) != simdjson::SUCCESS) throw ror_misfit{"\"" + std::string(key) + "\" is of another type"};
    return value;
}
/// Calls visit(T) for each element of a member that is an array.
template <class T, class Visit>
void ror_each(simdjson::dom::object from, std::string_view key, Visit visit) {
    const auto array = ror_member<simdjson::dom::array>(from, key);
    if (!array) return;
    for (const simdjson::dom::element each : *array) {
        T value;
        if (each.get(value) != simdjson::SUCCESS)
            throw ror_misfit{"\"" + std::string(key) + "\" holds a value of another type"};
        visit(value);
    }
}

/// The host of a web address.
[[nodiscard]] inline std::string_view host_of(std::string_view address) {
    if (const std::size_t scheme = address.find("://"); scheme != std::string_view::npos)
        address.remove_prefix(scheme + 3);
    address = address.substr(0, address.find_first_of("/:?#"));
    if (address.starts_with("www.")) address.remove_prefix(4);
    return address;
}

[[nodiscard]] inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    return result;
}

inline void add_name(organisation& to, std::string_view text, name_kind kind, bool first = false) {
    if (text.empty()) return;
    to.names.insert(first ? to.names.begin() : to.names.end(), {std::string(text), kind});
}

inline void read_names(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    if (const auto name = ror_member<std::string_view>(from, "name")) {  // schema 1
        add_name(to, *name, name_kind::label);
        ror_each<object>(from, "labels", [&](object each) {
            add_name(to, ror_member<std::string_view>(each, "label").value_or(""), name_kind::label);
        });
        for (const auto& [key, kind] : {std::pair{"aliases", name_kind::alias}, {"acronyms", name_kind::acronym}})
            ror_each<std::string_view>(from, key,
                                       [&to, kind = kind](std::string_view text) { add_name(to, text, kind); });
    }
    ror_each<object>(from, "names", [&](object each) {
        bool display = false, label = false, acronym = false;
        ror_each<std::string_view>(each, "types", [&](std::string_view type) {
            display = display || type == "ror_display";
            label = label || type == "label";
            acronym = acronym || type == "acronym";
        });
        const auto kind = display || label ? name_kind::label : acronym ? name_kind::acronym : name_kind::alias;
        add_name(to, ror_member<std::string_view>(each, "value").value_or(""), kind, display);
    });
    if (to.names.empty()) throw ror_misfit{"no name"};
}

inline void read_places(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    const auto add = [&](std::optional<std::string_view> country, std::optional<std::string_view> city) {
        if (country && to.country.empty()) to.country = *country;
        if (city && !city->empty()) to.cities.emplace_back(*city);
    };
    ror_each<object>(from, "locations", [&](object each) {
        if (const auto place = ror_member<object>(each, "geonames_details"))
            add(ror_member<std::string_view>(*place, "country_code"), ror_member<std::string_view>(*place, "name"));
    });
    if (const auto country = ror_member<object>(from, "country"))  // schema 1
        add(ror_member<std::string_view>(*country, "country_code"), std::nullopt);
    ror_each<object>(from, "addresses",
                     [&](object each) { add(std::nullopt, ror_member<std::string_view>(each, "city")); });
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (!to.country.empty() && (to.country.size() != 2 || !std::ranges::all_of(to.country, is_capital)))
        throw ror_misfit{"a country code of two capital letters is required, got " + shown(to.country)};
}

inline void read_domains(simdjson::dom::object from, organisation& to) {
    using simdjson::dom::object;
    ror_each<std::string_view>(from, "domains", [&](std::string_view domain) { to.domains.push_back(lower(domain)); });
    if (!to.domains.empty() || !from["names"].error()) {
        if (to.domains.empty())
            ror_each<object>(from, "links", [&](object each) {
                if (ror_member<std::string_view>(each, "type") == "website")
                    to.domains.push_back(lower(host_of(ror_member<std::string_view>(each, "value").value_or(""))));
            });
        return;
    }
    ror_each<std::string_view>(from, "links",
                               [&](std::string_view link) { to.domains.push_back(lower(host_of(link))); });
}

[[nodiscard]] inline organisation read_ror_record(simdjson::dom::object from) {
    organisation made;
    std::string_view id = ror_member<std::string_view>(from, "id").value_or("");
    id.remove_prefix(std::min(id.size(), id.rfind('/') + 1));
    if (id.empty()) throw ror_misfit{"no id"};
    made.id = id;
    read_names(from, made);
    ror_each<std::string_view>(from, "types", [&](std::string_view text) {
        const std::string name = lower(text);
        if (name == "funder") return;
        auto type = institution_type::unknown;
        for (const auto& entry : enumerators(institution_type{}))
            if (entry.name == name) type = entry.value;
        made.types.push_back(type);
    });
    read_places(from, made);
    read_domains(from, made);
    const std::string_view status = ror_member<std::string_view>(from, "status").value_or("active");
    const auto known = enumerators(organisation_status{});
    const auto* const found = std::ranges::find(known, status, &named<organisation_status>::name);
    if (found == known.end())
        throw ror_misfit{"a status of active, inactive or withdrawn is required, got " + shown(status)};
    made.status = found->value;
    return made;
}

}  // namespace detail

/// Reads a dump: ids without "https://ror.org/"; the name that ROR shows first; types but "funder", an unknown one as
/// institution_type::unknown; the country of the first place; domains from the web site where the record has none. Of a
/// compressed dump, hand a stream that decompresses. A record that has no id or name, or a member of another type than
/// the schema's, is told in `problems`.
///
/// Throws ror_error for a text that is cut or is no JSON. One pass; memory for one record beside the result.
[[nodiscard]] inline ror_table read_ror(std::istream& stream, ror_options options = {}) {
    ror_table table;
    detail::json_objects objects(stream);
    simdjson::dom::parser parser;
    std::string text;
    for (ror_problem where; objects.next(text, where);) {
        const std::size_t size = text.size();
        text.append(simdjson::SIMDJSON_PADDING, ' ');
        simdjson::dom::object record;
        const auto error = parser.parse(text.data(), size, false).get(record);
        if (error != simdjson::SUCCESS)
            throw ror_error({where.line, where.byte, std::string("no valid JSON: ") + simdjson::error_message(error)});
        try {
            organisation made = detail::read_ror_record(record);
            const bool wanted = made.status == organisation_status::active ||
                                (made.status == organisation_status::inactive ? options.inactive : options.withdrawn);
            if (wanted)
                table.organisations.push_back(std::move(made));
            else
                ++table.n_left_out;
        } catch (const detail::ror_misfit& misfit) {
            where.reason = misfit.reason;
            table.problems.push_back(where);
        }
    }
    return table;
}

/// Reads a file. Throws std::invalid_argument where it cannot be opened.
[[nodiscard]] inline ror_table read_ror(const std::string& path, ror_options options = {}) {
    std::ifstream file(path, std::ios::binary);
    detail::require(file.is_open(), "read_ror", "a file that can be read", path);
    return read_ror(file, options);
}

}  // namespace compute_divide

#endif
