// SPDX-License-Identifier: BSL-1.0
// Any texts and numbers in every place of a table: every format stays well formed, is UTF-8 without controls, and gives
// the texts back.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/report/render.hpp>

#include "input.hpp"
#include "require.hpp"
#include "support/hostile.hpp"
#include "support/markup.hpp"

using namespace compute_divide;

namespace {

cell cell_of(input& bytes, std::deque<std::string>& methods) {
    const std::uint8_t kind = bytes.byte();
    cell made{.stars = kind / 16 % 4, .in_parentheses = kind >= 192};
    if (kind / 64 == 1)
        made.style = number_style{.digits = bytes.byte() % 18,
                                  .notation = bytes.one_of(enumerators(number_notation{})).value,
                                  .percent = kind % 2 == 0};
    const auto status = static_cast<estimate_status>(kind / 16 % 3);
    switch (kind % 10) {
        case 0:
            made.value = missing_value{};
            break;
        case 1:
            made.value = kind > 128;
            break;
        case 2:
            made.value = static_cast<std::int64_t>(bytes.byte()) << (kind % 60);
            break;
        case 3:
            made.value = ~std::uint64_t{} / (1U + kind);
            break;
        case 4:
            made.value = bytes.number();
            break;
        case 5:
        case 6:
            made.value = bytes.text();
            break;
        case 7:
            made.value = status;
            break;
        case 8:
            made.value = estimate{.value = bytes.number(),
                                  .bounds = interval{bytes.number(), bytes.number()},
                                  .level = 0.95,
                                  .method = methods.emplace_back(bytes.text()),
                                  .n = kind,
                                  .status = status};
            break;
        default:
            made.value = test_result{
                .statistic = bytes.number(), .p_value = bytes.number(), .method = methods.emplace_back(bytes.text())};
    }
    return made;
}

/// A table of what the input has; its texts, but for methods, in the order of their places are among its bytes.
table table_of_bytes(input& bytes, std::deque<std::string>& methods) {
    table made{.name = bytes.text(), .title = bytes.text()};
    const std::size_t columns = bytes.byte() % 5U, rows = bytes.byte() % 6U;
    for (std::size_t i = 0; i < columns; ++i) {
        const std::uint8_t how = bytes.byte();
        made.columns.push_back({.name = bytes.text() + std::to_string(i),
                                .header = bytes.text(),
                                .unit = bytes.text(),
                                .style = {.digits = how % 18, .percent = how > 200},
                                .alignment = bytes.one_of(enumerators(column_alignment{})).value,
                                .audience = bytes.one_of(enumerators(column_audience{})).value});
    }
    for (std::size_t row = 0; row < rows; ++row) {
        auto& cells = made.rows.emplace_back();
        for (std::size_t i = 0; i < columns; ++i) cells.push_back(cell_of(bytes, methods));
    }
    std::size_t at = 0;
    for (std::uint8_t left = bytes.byte() % 3; left > 0; --left) {
        at = std::min<std::size_t>(at + bytes.byte() % 3U, rows);
        made.groups.push_back({at, bytes.text()});
    }
    for (std::uint8_t left = bytes.byte() % 3; left > 0; --left) made.notes.push_back(bytes.text());
    for (std::uint8_t left = bytes.byte() % 2; left > 0; --left) made.sources.push_back(bytes.text());
    return made;
}

void check_csv(const table& t, const render_options& options) {
    std::string text;
    try {
        text = to_csv(t, options);
    } catch (const std::invalid_argument&) {  // such as columns of both estimates and tests
        return;
    }
    require(test_support::is_clean_utf8(text));
    const auto rows = test_support::parsed_csv(text);
    const auto shown = detail::columns_for(t, column_audience::programs);
    if (shown.empty()) return;
    require(rows.size() == t.rows.size() + 1);
    for (const auto& row : rows) require(row.size() == rows[0].size());
    if (options.neutralise_formulas)
        for (const auto& row : rows)
            for (const auto& field : row)
                require(field.empty() || field == options.missing ||
                        std::string_view("=+@").find(field[0]) == std::string_view::npos);
    if (std::all_of(shown.begin(), shown.end(), [&](std::size_t i) {
            return std::all_of(t.rows.begin(), t.rows.end(), [i](const auto& row) {
                return !std::holds_alternative<estimate>(row[i].value) &&
                       !std::holds_alternative<test_result>(row[i].value);
            });
        }))
        for (std::size_t row = 0; row < t.rows.size(); ++row)
            for (std::size_t i = 0; i < shown.size(); ++i) {
                const auto* const words = std::get_if<std::string>(&t.rows[row][shown[i]].value);
                if (words && !options.neutralise_formulas) require(rows[row + 1][i] == visible_text(*words));
            }
}

void check_markdown(const std::string& text, std::size_t columns) {
    for (const auto& line : test_support::lines_of(text)) {
        if (!line.starts_with("| ")) continue;
        // The title of a group is set in bold; the signs of its markup are no text.
        std::string plain = line;
        for (std::size_t at = plain.find("| **"); at == 0; at = std::string::npos) {
            const std::size_t end = plain.rfind("** |");
            if (end == std::string::npos || end < 4) break;
            plain.replace(end, 2, "").replace(2, 2, "");
        }
        const auto cells = test_support::markdown_cells(plain);
        require(cells.size() == columns + 2);
    }
}

void check_latex(const std::string& text, std::size_t columns) {
    const std::string wrong = test_support::wrong_latex(text);
    if (!wrong.empty()) std::fprintf(stderr, "%s\n%s\n", wrong.c_str(), text.c_str());
    require(wrong.empty());
    for (const auto& line : test_support::lines_of(text))
        if (line.ends_with(" \\\\") && !line.starts_with("\\multicolumn"))
            require(test_support::times_in(line, "&") - test_support::times_in(line, "\\&") + 1 == columns);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming)
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    input bytes(data, size);
    const std::uint8_t choice = bytes.byte();
    std::deque<std::string> methods;  // estimates hold text of static storage
    const table made = table_of_bytes(bytes, methods);
    const render_options options{.width = 20 + choice % 100,
                                 .ascii = choice % 2 == 0,
                                 .neutralise_formulas = choice % 3 == 0,
                                 .missing = choice % 8 == 0 ? bytes.text() : "NA"};
    const std::size_t readers = detail::columns_for(made, column_audience::readers).size();

    const std::string text = to_text(made, options);
    require(test_support::is_clean_utf8(text));
    for (const auto& line : test_support::lines_of(text))
        require(detail::display_width(line) <= static_cast<std::size_t>(options.width));

    const std::string markdown = to_markdown(made);
    require(test_support::is_clean_utf8(markdown));
    if (readers > 0) check_markdown(markdown, readers);

    const std::string latex = to_latex(made);
    require(test_support::is_clean_utf8(latex));
    check_latex(latex, readers);

    const std::string html = to_html(made);
    require(test_support::is_clean_utf8(html) && test_support::parsed_html(html).valid);

    const std::string json = to_json(made);
    require(test_support::is_clean_utf8(json) && test_support::json_strings(json).valid);

    check_csv(made, options);
    return 0;
}
