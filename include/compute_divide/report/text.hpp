// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_TEXT_HPP
#define COMPUTE_DIVIDE_REPORT_TEXT_HPP

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/report/detail/shown_cell.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// A table as aligned text, for a terminal.
namespace compute_divide::inline v0_2 {

namespace detail {

[[nodiscard]] inline std::string repeated(std::string_view sign, std::size_t times) {
    std::string text;
    text.reserve(sign.size() * times);
    for (std::size_t i = 0; i < times; ++i) text += sign;
    return text;
}

/// How an aligned table and a report write their signs.
struct text_markup {
    bool ascii = false;
    [[nodiscard]] static std::string text(std::string_view plain) { return std::string(plain); }
    [[nodiscard]] std::string number(std::string_view canonical, bool) const {
        if (ascii || canonical.find('-') == canonical.npos) return std::string(canonical);
        std::string signs;
        for (const char c : canonical) c == '-' ? signs.append("\u2212") : signs.append(1, c);
        return signs;
    }
    [[nodiscard]] static std::string stars(int n) { return std::string(static_cast<std::size_t>(n), '*'); }
    [[nodiscard]] std::string_view rule() const { return ascii ? "-" : "\u2500"; }
};

class text_table {
public:
    text_table(const table& t, const render_options& options)
        : table_(t),
          markup_{options.ascii},
          width_(static_cast<std::size_t>(options.width)),
          looks_(looks_of(t)),
          shown_(columns_for(t, column_audience::readers)) {
        columns_.resize(t.columns.size());
        for (const std::size_t i : shown_) prepare(i);
    }

    [[nodiscard]] std::string text() {
        add_paragraph(visible_text(table_.title));
        for (const auto& columns : blocks()) {
            if (!out_.empty()) out_ += '\n';
            add_block(columns);
        }
        const auto below = lines_below(table_, looks_);
        if (!below.empty() && !out_.empty()) out_ += '\n';
        for (const auto& line : below) add_paragraph(line);
        return std::move(out_);
    }

private:
    static constexpr std::size_t gap = 2, least_text = 12, most_word = 24;

    struct prepared_column {
        std::string header = {};
        std::vector<std::string> cells = {};
        std::size_t natural = 0, least = 0;
        bool right = false, centre = false;
    };

    [[nodiscard]] static std::string padded_left(const std::string& text, std::size_t width) {
        const std::size_t wide = display_width(text);
        return wide < width ? std::string(width - wide, ' ') + text : text;
    }
    [[nodiscard]] static std::string padded_right(std::string text, std::size_t width) {
        const std::size_t wide = display_width(text);
        if (wide < width) text.append(width - wide, ' ');
        return text;
    }

    /// Writes the cells of a column so that the parts of its numbers stand below each other.
    void prepare(std::size_t at) {
        prepared_column& column = columns_[at];
        const column_look& look = looks_[at];
        column.header = look.header;
        column.right = look.right;
        column.centre = look.centre;
        std::vector<shown_cell> shown;
        shown.reserve(table_.rows.size());
        std::size_t tail = 0, word = 0;
        for (const auto& row : table_.rows) {
            const auto& cell = shown.emplace_back(shown_of(row[at], table_.columns[at], look));
            if (!cell.number.empty()) tail = std::max(tail, tail_of(cell));
        }
        column.cells.reserve(shown.size());
        const std::size_t n = shown.size();
        for (std::size_t begin = 0, group = 0; begin < n;) {
            while (group < table_.groups.size() && table_.groups[group].first_row <= begin) ++group;
            const std::size_t end = group < table_.groups.size() ? std::min(table_.groups[group].first_row, n) : n;
            prepare_group(column, std::span(shown).subspan(begin, end - begin), tail);
            begin = end;
        }
        for (std::size_t row = 0; row < n; ++row) {
            const std::size_t wide = widest_line(column.cells[row]);
            column.natural = std::max(column.natural, wide);
            word =
                std::max(word, shown[row].number.empty() ? std::min(widest_word(column.cells[row]), most_word) : wide);
        }
        column.least = std::min(column.natural, std::max(word, look.numeric ? 0 : least_text));
        column.natural = std::max(column.natural, widest_line(column.header));
        column.least = std::max({column.least, std::min(widest_word(column.header), most_word),
                                 std::min(column.natural, widest_sign)});  // as wide as its lines are made
    }

    [[nodiscard]] static std::size_t tail_of(const shown_cell& cell) {
        return static_cast<std::size_t>(cell.stars) + (cell.in_parentheses ? 1 : 0);
    }

    /// Rows of one group: intervals below each other, and in a column of numbers what is behind a number.
    void prepare_group(prepared_column& column, std::span<const shown_cell> cells, std::size_t tail) const {
        std::size_t value = 0, lower = 0, upper = 0, words = 0;
        for (const auto& cell : cells) {
            if (cell.number.empty() || cell.lower.empty()) continue;
            value = std::max(value, cell.number.size());
            lower = std::max(lower, cell.lower.size());
            upper = std::max(upper, cell.upper.size());
            words = std::max(words, cell.text.empty() ? 0 : display_width(cell.text) + 1);
        }
        for (const auto& cell : cells) {
            if (cell.number.empty() || !column.right) {
                column.cells.push_back(composed(cell, markup_));
                continue;
            }
            std::string text = cell.in_parentheses ? "(" : "";
            if (cell.lower.empty()) {
                text += markup_.number(cell.number, cell.integer);
                if (!cell.text.empty()) text.append(cell.comma() ? ", " : " ").append(cell.text);
                if (lower > 0 && cell.text.empty()) text.append(lower + upper + words + 5, ' ');  // " [lower, upper]"
            } else {
                text += padded_left(markup_.number(cell.number, false), value);
                text.append(" [").append(padded_left(markup_.number(cell.lower, false), lower));
                text.append(", ").append(padded_left(markup_.number(cell.upper, false), upper)).append("]");
                if (words > 0) text += padded_right(cell.text.empty() ? "" : " " + cell.text, words);
            }
            std::string end = cell.in_parentheses ? ")" : "";
            if (cell.stars > 0) end += markup_.stars(cell.stars);
            column.cells.push_back(text + padded_right(std::move(end), tail));
        }
    }

    /// The columns of each block: one block where all fit, else several that begin with the first column.
    [[nodiscard]] std::vector<std::vector<std::size_t>> blocks() const {
        std::vector<std::vector<std::size_t>> all;
        std::size_t used = 0;
        for (const std::size_t i : shown_) {
            const std::size_t more = gap + columns_[i].least;
            if (i == shown_.front()) {
                all.push_back({i});
                used = stub();
            } else if (used + more > width_ && all.back().size() > 1) {
                all.push_back({shown_.front(), i});
                used = stub() + more;
            } else {
                all.back().push_back(i);
                used += more;
            }
        }
        return all;
    }
    [[nodiscard]] std::size_t stub() const {
        const std::size_t most = shown_.size() == 1 ? width_ : std::max<std::size_t>(width_ / 3, 8);
        return std::min(columns_[shown_.front()].least, most);
    }

    [[nodiscard]] std::vector<std::size_t> widths_of(const std::vector<std::size_t>& block) const {
        std::vector<std::size_t> widths;
        const std::size_t gaps = gap * (block.size() - 1);
        std::size_t used = gaps;
        for (const std::size_t i : block) {
            const std::size_t room = width_ > used ? width_ - used : 1;
            widths.push_back(i == block.front() ? stub() : std::min(columns_[i].least, room));
            used += widths.back();
        }
        while (used < width_) {  // to the one that lacks most
            std::size_t neediest = 0, lacks = 0;
            for (std::size_t k = 0; k < block.size(); ++k)
                if (const auto natural = columns_[block[k]].natural;
                    natural > widths[k] && natural - widths[k] > lacks) {
                    lacks = natural - widths[k];
                    neediest = k;
                }
            if (lacks == 0) break;
            ++widths[neediest];
            ++used;
        }
        return widths;
    }

    /// Puts one line together without spaces at its end.
    void add_line(const std::vector<std::string_view>& parts, const std::vector<std::size_t>& block,
                  const std::vector<std::size_t>& widths) {
        std::size_t owed = 0;  // spaces before the next sign
        for (std::size_t k = 0; k < block.size(); ++k) {
            if (k > 0) owed += gap;
            const std::size_t wide = display_width(parts[k]), room = widths[k] > wide ? widths[k] - wide : 0;
            const std::size_t before = columns_[block[k]].right ? room : columns_[block[k]].centre ? room / 2 : 0;
            if (parts[k].empty()) {
                owed += widths[k];
                continue;
            }
            out_.append(owed + before, ' ').append(parts[k]);
            owed = room - before;
        }
        while (!out_.empty() && out_.back() == ' ') out_.pop_back();
        out_ += '\n';
    }

    template <class Text>
    void add_row(const std::vector<std::size_t>& block, const std::vector<std::size_t>& widths, const Text& text_of,
                 bool at_bottom) {
        std::vector<std::string_view> parts(block.size());
        bool single = true;
        for (std::size_t k = 0; k < block.size(); ++k) {
            parts[k] = text_of(block[k]);
            single = single && display_width(parts[k]) <= widths[k] && parts[k].find('\n') == std::string_view::npos;
        }
        if (single) return add_line(parts, block, widths);
        std::vector<std::vector<std::string>> lines(block.size());
        std::size_t height = 0;
        for (std::size_t k = 0; k < block.size(); ++k) {
            lines[k] = wrapped(text_of(block[k]), widths[k]);
            height = std::max(height, lines[k].size());
        }
        for (std::size_t line = 0; line < height; ++line) {
            for (std::size_t k = 0; k < block.size(); ++k) {
                const std::size_t above = at_bottom ? height - lines[k].size() : 0;
                const bool inside = line >= above && line - above < lines[k].size();
                parts[k] = inside ? std::string_view(lines[k][line - above]) : std::string_view();
            }
            add_line(parts, block, widths);
        }
    }

    void add_block(const std::vector<std::size_t>& block) {
        const auto widths = widths_of(block);
        std::size_t whole = gap * (block.size() - 1);
        for (const std::size_t width : widths) whole += width;
        const std::string rule = repeated(markup_.rule(), std::min(whole, width_)) + "\n";
        add_row(
            block, widths, [&](std::size_t i) { return std::string_view(columns_[i].header); }, true);
        out_ += rule;
        std::size_t next = 0;
        for (std::size_t row = 0; row < table_.rows.size(); ++row) {
            if (const row_group* const group = group_at(table_, row, next)) {
                if (row > 0) out_ += rule;
                if (!group->title.empty()) add_paragraph(visible_text(group->title));
            }
            add_row(
                block, widths, [&](std::size_t i) { return std::string_view(columns_[i].cells[row]); }, false);
        }
        if (table_.rows.empty()) out_ += "no rows\n";
    }

    void add_paragraph(std::string_view text) {
        if (text.empty()) return;
        for (const auto& line : wrapped(text, width_)) out_.append(line).append("\n");
    }

    const table& table_;
    text_markup markup_;
    std::size_t width_;
    std::vector<column_look> looks_;
    std::vector<std::size_t> shown_;  // which columns
    std::vector<prepared_column> columns_;
    std::string out_;
};

}  // namespace detail

/// A table as text of at most `options.width` columns: its title, its columns two spaces apart with numbers to the
/// right, notes and sources. What is too wide for one block is first wrapped at words, then set in several blocks that
/// each begin with the first column; a word is broken only where it is wider than the width itself. Characters that
/// combine take no room, and East Asian wide ones and emoji two columns. Minus is U+2212 and rules are drawn, but with
/// `options.ascii`. Control characters are written out (`\x1B`), and what is not UTF-8 is U+FFFD: nothing in a name can
/// command a terminal. Throws std::invalid_argument for a width below 20, and for a table that `check` refuses.
/// O(size of the text).
[[nodiscard]] inline std::string to_text(const table& t, const render_options& options = {}) {
    detail::require(options.width >= 20, "to_text", "a width of at least 20", options.width);
    check(t);
    return detail::text_table(t, options).text();
}

}  // namespace compute_divide::inline v0_2

#endif
