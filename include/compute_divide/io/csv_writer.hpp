// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_IO_CSV_WRITER_HPP
#define COMPUTE_DIVIDE_IO_CSV_WRITER_HPP

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <ios>
#include <ostream>
#include <ranges>
#include <string_view>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/require.hpp>
#include <compute_divide/io/detail/csv_window.hpp>

/// Tables of comma-separated values (RFC 4180), written record by record.
///
///     write_csv_row(std::cout, {"Model", "Training compute (FLOP)"});
namespace compute_divide::inline v0_2 {

/// Writes one record, ended by LF: a field is quoted where it holds a delimiter, a quote, CR or LF, where it starts
/// like a byte order mark, or where it is empty and the only one, so that csv_reader gives the same fields back. Throws
/// std::invalid_argument for a NUL byte, which no field can hold, and for a delimiter that csv_reader does not take.
template <std::ranges::input_range Fields = std::initializer_list<std::string_view>>
requires std::convertible_to<std::ranges::range_reference_t<Fields>, std::string_view>
void write_csv_row(std::ostream& out, Fields&& fields, char delimiter = ',') {
    detail::require_delimiter(delimiter, "write_csv_row");
    const auto is_special = [delimiter](char c) { return c == delimiter || c == '"' || c == '\r' || c == '\n'; };
    const auto write = [&out](std::string_view text) {
        out.write(text.data(), static_cast<std::streamsize>(text.size()));
    };
    bool first = true;
    bool only_an_empty_field = false;
    for (auto&& each : fields) {
        const std::string_view field = each;
        detail::require(field.find('\0') == std::string_view::npos, "write_csv_row", "a field without NUL bytes",
                        field.substr(0, field.find('\0')));
        if (!first) out.put(delimiter);
        only_an_empty_field = first && field.empty();
        first = false;
        if (detail::none_of(field, is_special) && !field.starts_with("\xEF\xBB\xBF")) {
            write(field);
            continue;
        }
        out.put('"');
        std::string_view rest = field;
        for (std::size_t quote; (quote = rest.find('"')) != std::string_view::npos; rest.remove_prefix(quote + 1)) {
            write(rest.substr(0, quote + 1));
            out.put('"');
        }
        write(rest);
        out.put('"');
    }
    out << (only_an_empty_field ? "\"\"\n" : "\n");
}

}  // namespace compute_divide::inline v0_2

#endif
