// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_CSV_HPP
#define COMPUTE_DIVIDE_REPORT_CSV_HPP

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include <compute_divide/detail/require.hpp>
#include <compute_divide/report/detail/number_text.hpp>
#include <compute_divide/report/detail/text_width.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/visible_text.hpp>

/// A table as comma-separated values.
namespace compute_divide::inline v0_2 {

namespace detail {

/// Whether a spreadsheet may take a text for a formula.
[[nodiscard]] constexpr bool looks_like_formula(std::string_view text) {
    return !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
}

class csv_writer {
public:
    csv_writer(const table& t, const render_options& options)
        : table_(t), options_(options), columns_(columns_for(t, column_audience::programs)) {
        require(!needs_quotes(options.missing) && visible_text(options.missing) == options.missing, "to_csv",
                "a word for what is missing that needs no quotes", visible_text(options.missing));
        for (const std::size_t i : columns_) {
            kind of = plain_column;
            for (const auto& row : t.rows) {
                if (std::holds_alternative<estimate>(row[i].value))
                    of = of == test_column ? mixed_column : of == mixed_column ? of : estimate_column;
                if (std::holds_alternative<test_result>(row[i].value))
                    of = of == estimate_column ? mixed_column : of == mixed_column ? of : test_column;
            }
            require(of != mixed_column, "to_csv", "columns of either estimates or tests", t.columns[i].name);
            kinds_.push_back(of);
        }
    }

    [[nodiscard]] std::string text() {
        if (options_.byte_order_mark) out_ += "\xEF\xBB\xBF";
        std::vector<std::string> names;
        for (std::size_t i = 0; i < kinds_.size(); ++i) {
            const std::string& name = table_.columns[columns_[i]].name;
            names.push_back(name);
            for (const std::string_view part : parts(kinds_[i])) names.push_back(name + std::string(part));
        }
        for (std::size_t i = 0; i < names.size(); ++i) {
            require(std::find(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(i), names[i]) ==
                        names.begin() + static_cast<std::ptrdiff_t>(i),
                    "to_csv", "fields of different names", names[i]);
            next(i);
            write_text(names[i]);
        }
        out_ += '\n';
        for (const auto& row : table_.rows) {
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                next(i);
                write(row[columns_[i]].value, kinds_[i]);
            }
            // A line of one empty field alone would be no record for many readers.
            if (columns_.size() == 1 && out_.back() == '\n') out_ += "\"\"";
            out_ += '\n';
        }
        return std::move(out_);
    }

private:
    enum kind { plain_column, estimate_column, test_column, mixed_column };

    [[nodiscard]] static std::vector<std::string_view> parts(kind of) {
        if (of == estimate_column)
            return {"_lower", "_upper", "_level", "_method", "_n", "_n_effective", "_n_missing", "_status"};
        if (of == test_column)
            return {"_p_value", "_degrees_of_freedom", "_method", "_n", "_n_effective", "_n_missing", "_status"};
        return {};
    }

    void next(std::size_t i) {
        if (i > 0) out_ += ',';
    }

    [[nodiscard]] static bool needs_quotes(std::string_view text) {
        return text.find_first_of(",\"\n") != std::string_view::npos || text.starts_with(' ') || text.ends_with(' ');
    }
    void write_text(std::string_view raw) {
        const bool prefix = options_.neutralise_formulas && looks_like_formula(raw);
        const std::string text = visible_text(raw);
        if (!prefix && !text.empty() && text != options_.missing && !needs_quotes(text)) {
            out_ += text;
            return;
        }
        out_ += '"';
        if (prefix) out_ += '\'';
        for (const char c : text) {
            if (c == '"') out_ += '"';
            out_ += c;
        }
        out_ += '"';
    }
    void write_number(double x) { out_ += exact_text(x); }
    void write_number(const std::optional<double>& x) {
        if (x) write_number(*x);
    }

    void write(const cell_value& value, kind of) {
        if (const auto* const e = std::get_if<estimate>(&value)) return write(*e);
        if (const auto* const t = std::get_if<test_result>(&value)) return write(*t);
        std::string_view status;
        if (const auto* const s = std::get_if<estimate_status>(&value); s != nullptr && of != plain_column)
            status = name_of(*s);
        else
            write_plain(value);
        const std::size_t more = parts(of).size();
        if (more > 0) out_.append(more, ',').append(status);
    }

    void write(const estimate& e) {
        write_number(e.value);
        out_ += ',';
        if (e.bounds) write_number(e.bounds->lower);
        out_ += ',';
        if (e.bounds) write_number(e.bounds->upper);
        out_ += ',';
        write_number(e.level);
        out_ += ',';
        if (!e.method.empty()) write_text(e.method);
        out_.append(",").append(std::to_string(e.n)).append(",");
        write_number(e.n_effective);
        out_.append(",").append(std::to_string(e.n_missing)).append(",").append(name_of(e.status));
    }
    void write(const test_result& t) {
        write_number(t.statistic);
        out_ += ',';
        write_number(t.p_value);
        out_ += ',';
        write_number(t.degrees_of_freedom);
        out_ += ',';
        if (!t.method.empty()) write_text(t.method);
        out_.append(",").append(std::to_string(t.n)).append(",");
        write_number(t.n_effective);
        out_.append(",").append(std::to_string(t.n_missing)).append(",").append(name_of(t.status));
    }

    void write_plain(const cell_value& value) {
        std::visit(
            [&](const auto& x) {
                using type = std::remove_cvref_t<decltype(x)>;
                if constexpr (std::same_as<type, missing_value>)
                    out_ += options_.missing;
                else if constexpr (std::same_as<type, bool>)
                    out_ += x ? "true" : "false";
                else if constexpr (std::integral<type>)
                    out_ += std::to_string(x);
                else if constexpr (std::same_as<type, double>)
                    write_number(x);
                else if constexpr (std::same_as<type, std::string>)
                    write_text(x);
                else if constexpr (std::same_as<type, estimate_status>)
                    out_ += name_of(x);
            },
            value);
    }

    const table& table_;
    const render_options& options_;
    std::vector<std::size_t> columns_;
    std::vector<kind> kinds_;
    std::string out_;
};

}  // namespace detail

/// A table as RFC 4180 says, with lines that end in `\n`: the names of the columns, then a line for each row; without
/// title, groups, notes and sources. Numbers have the fewest digits that give the same double back (at most 17) and a
/// `.`, and are not scaled to percent. A column of estimates becomes nine: `NAME` (the value), `NAME_lower`, `_upper`,
/// `_level`, `_method`, `_n`, `_n_effective`, `_n_missing` and `_status`; one of tests eight, `NAME` (the statistic),
/// `_p_value`, `_degrees_of_freedom`, `_method`, `_n`, `_n_effective`, `_n_missing` and `_status`. A value that is not
/// known is `options.missing`; one that the row does not have, an empty field; an empty text, `""`; what could not be
/// estimated, the name of its status.
///
/// Text is valid UTF-8; control characters but the line break are written out (`\x1B`). With
/// `options.neutralise_formulas` a text that begins with `=`, `+`, `-` or `@` gets an apostrophe before it, so that no
/// spreadsheet computes it; numbers never do. Throws std::invalid_argument for a table that `check` refuses, and for a
/// column of both estimates and tests, where `NAME_lower` is the name of another, and for an `options.missing` that
/// needs quotes. O(size of the text).
[[nodiscard]] inline std::string to_csv(const table& t, const render_options& options = {}) {
    check(t);
    return detail::csv_writer(t, options).text();
}

}  // namespace compute_divide::inline v0_2

#endif
