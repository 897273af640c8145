// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_ROR_HPP
#define COMPUTE_DIVIDE_IO_ROR_HPP

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <istream>
#include <new>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <simdjson.h>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/institutions/organisation.hpp>
#include <compute_divide/io/detail/json_objects.hpp>
#include <compute_divide/io/detail/ror_record.hpp>
#include <compute_divide/io/read_problem.hpp>
#include <compute_divide/json.hpp>

/// The dump of the Research Organization Registry (CC0), schema 2 or 1: a JSON array or an object a line. Needs
/// simdjson.
///
///     const registry organisations(read_ror("v2.0-ror-data.json").organisations);
namespace compute_divide::inline v0_2 {

/// Options of `read_ror`.
struct ror_options {
    bool inactive = false;                           ///< organisations that are no more, too
    bool withdrawn = false;                          ///< records that were withdrawn, too
    error_handling on_error = error_handling::skip;  ///< what becomes of a record that cannot be read
    std::size_t most_bytes = std::size_t{1} << 20;   ///< of one record; the longest of 2025 has 50 KB
    std::size_t most_problems = 1000;                ///< that `problems` keeps; all are counted
};

/// Every record is an organisation, left out for its status, or a problem.
struct ror_table {
    std::vector<organisation> organisations = {};  ///< in the order of the dump
    std::uint64_t n_left_out = 0;
    std::uint64_t n_problems = 0;             ///< records that could not be read
    std::vector<read_problem> problems = {};  ///< the first of them, and where these begin

    friend bool operator==(const ror_table&, const ror_table&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<ror_table>) {
    using result = ror_table;
    return member_list(member{"organisations", &result::organisations}, member{"n_left_out", &result::n_left_out},
                       member{"n_problems", &result::n_problems}, member{"problems", &result::problems});
}

namespace detail {

[[nodiscard]] inline ror_table read_ror(std::istream& stream, std::string file, const ror_options& options) {
    ror_table table;
    require(options.most_bytes > 0 && options.most_bytes <= 4'000'000'000, "read_ror", "most_bytes from 1 to 4e9",
            options.most_bytes);
    json_objects objects(stream, "read_ror", std::move(file), options.most_bytes);
    simdjson::dom::parser parser;
    std::string text;
    const auto leave_out = [&](read_problem& where, std::string reason) {
        if (options.on_error == error_handling::fail) objects.fail_at(where, std::move(reason));
        where.reason = std::move(reason);
        if (table.problems.size() < options.most_problems) table.problems.push_back(where);
        ++table.n_problems;
    };
    for (read_problem where; objects.next(text, where);) {
        if (objects.is_too_long()) {
            leave_out(where, "a record of more than " + std::to_string(options.most_bytes) + " bytes");
            continue;
        }
        const std::size_t size = text.size();
        text.append(simdjson::SIMDJSON_PADDING, ' ');
        simdjson::dom::object record;
        const auto error = parser.parse(text.data(), size, false).get(record);
        if (error == simdjson::MEMALLOC) throw std::bad_alloc();
        if (error == simdjson::DEPTH_ERROR) {
            leave_out(where, "a record of more than " + std::to_string(simdjson::DEFAULT_MAX_DEPTH) +
                                 " brackets in each other");
            continue;
        }
        if (error != simdjson::SUCCESS)
            objects.fail_at(where, std::string("no valid JSON: ") + simdjson::error_message(error));
        try {
            organisation made = read_ror_record(record);
            const bool wanted = made.status == organisation_status::active ||
                                (made.status == organisation_status::inactive ? options.inactive : options.withdrawn);
            if (wanted)
                table.organisations.push_back(std::move(made));
            else
                ++table.n_left_out;
        } catch (const ror_misfit& misfit) {
            leave_out(where, misfit.reason);
        }
    }
    return table;
}

}  // namespace detail

/// Reads a dump: ids without "https://ror.org/"; the name that ROR shows first; types but "funder", an unknown one as
/// institution_type::unknown; the country of the first place; domains from the web site where the record has none. Of a
/// compressed dump, pass a stream that decompresses. A record that has no id or name, a member of another type than the
/// schema's, more bytes than `most_bytes`, or more than 1024 brackets in each other, is counted, and listed in
/// `problems`; under error_handling::fail it is thrown as read_error.
///
/// Throws read_error for a text that is cut or is no JSON. One pass. Memory beside the result: 32 most_bytes, which is
/// what a record of commas takes, 1 KB a problem kept, and 1 MB.
[[nodiscard]] inline ror_table read_ror(std::istream& stream, ror_options options = {}) {
    return detail::read_ror(stream, {}, options);
}

/// Reads a file. Throws std::invalid_argument where it cannot be opened.
[[nodiscard]] inline ror_table read_ror(const std::string& path, ror_options options = {}) {
    std::ifstream file(path, std::ios::binary);
    detail::require(file.is_open(), "read_ror", "a file that can be read", path);
    return detail::read_ror(file, path, options);
}

}  // namespace compute_divide::inline v0_2

#endif
