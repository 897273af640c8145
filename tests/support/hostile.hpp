// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TESTS_SUPPORT_HOSTILE_HPP
#define COMPUTE_DIVIDE_TESTS_SUPPORT_HOSTILE_HPP

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/estimate.hpp>
#include <compute_divide/report/table.hpp>

/// Names that break tables, a table with one in every place, and readers that take written tables apart again.
namespace test_support {

/// What every format has a meaning for; no controls but a line break.
inline const std::string hostile =
    "=a_b & c% $d {e} ^f ~g \\h #i |j| <k> \"l\" 'm' =n `o` [p] *q* &amp; <!-- r\ns\u00A0\u03B1 \u2212 \U0001F600 "
    "e\u0301 "
    "\u65E5\u672C " +
    std::string(200, 'x');

/// Controls, terminal escapes, a change of direction, and bytes that are not UTF-8.
inline const std::string commands =
    "\x1b[31mred\x1b[0m\a\b\t\r\x7f \xc2\x9b"
    "5m \u202Eeman \xff\xc3(\xed\xa0\x80 \xf5 \xe2\x82";

/// A table in which every text is `text`: title, names, headers, units, cells, groups, notes, sources, methods.
inline compute_divide::table table_full_of(const std::string& text) {
    namespace cd = compute_divide;
    cd::table t{.name = text, .title = text, .notes = {text, text}, .sources = {text}};
    t.columns = {{.name = text, .header = text, .unit = text},
                 {.name = text + "1", .unit = text},
                 {.name = text + "2", .header = text, .style = {.percent = true}}};
    static std::deque<std::string> methods;  // estimates hold text of static storage
    const std::string& kept = methods.emplace_back(text);
    const cd::estimate e{
        .value = 0.5, .bounds = cd::interval{-0.25, 0.75}, .method = kept, .n = 3, .status = cd::estimate_status::ok};
    t.rows = {{{.value = text, .stars = 2}, {.value = -1.5}, {.value = e}},
              {{.value = text}, {.value = std::string()}, {.value = e, .stars = 1}},
              {{.value = std::string("ordinary")}, {.value = text}, {.value = cd::missing_value{}}}};
    t.groups = {{0, text}, {2, text}};
    return t;
}

/// How often a text is in another.
inline std::size_t times_in(std::string_view whole, std::string_view part) {
    std::size_t times = 0;
    for (std::size_t at = whole.find(part); at != whole.npos; at = whole.find(part, at + part.size())) ++times;
    return times;
}

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return lines;
}

/// Whether a text is UTF-8 without control characters but the line break, by the definition of RFC 3629.
inline bool is_clean_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(text[k]); };
        const std::size_t size = byte(i) < 0x80             ? 1
                                 : (byte(i) & 0xE0) == 0xC0 ? 2
                                 : (byte(i) & 0xF0) == 0xE0 ? 3
                                 : (byte(i) & 0xF8) == 0xF0 ? 4
                                                            : 0;
        if (size == 0 || i + size > text.size()) return false;
        std::uint32_t code = size == 1 ? byte(i) : byte(i) & (0x7Fu >> size);
        for (std::size_t k = 1; k < size; ++k) {
            if ((byte(i + k) & 0xC0) != 0x80) return false;
            code = code << 6 | (byte(i + k) & 0x3Fu);
        }
        constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (code < least[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
        if ((code < 0x20 && code != '\n') || (code >= 0x7F && code < 0xA0) || code == 0x202E) return false;
        i += size;
    }
    return true;
}

/// Fields of RFC 4180, by a reader that knows nothing of the writer. An empty vector where a quote is out of place.
inline std::vector<std::vector<std::string>> parsed_csv(std::string_view text) {
    std::vector<std::vector<std::string>> rows;
    while (!text.empty()) {
        auto& row = rows.emplace_back();
        for (bool more = true; more;) {
            auto& field = row.emplace_back();
            if (text.starts_with('"')) {
                text.remove_prefix(1);
                for (bool open = true; open;) {
                    const std::size_t quote = text.find('"');
                    if (quote == text.npos) return {};
                    field += text.substr(0, quote);
                    text.remove_prefix(quote + 1);
                    open = text.starts_with('"');
                    if (open) {
                        field += '"';
                        text.remove_prefix(1);
                    }
                }
            } else {
                const std::size_t end = text.find_first_of(",\n");
                field = text.substr(0, end);
                if (end == text.npos || field.find('"') != field.npos) return {};
                text.remove_prefix(end);
            }
            if (text.empty() || (text[0] != ',' && text[0] != '\n')) return {};
            more = text[0] == ',';
            text.remove_prefix(1);
        }
    }
    return rows;
}

/// Reads JSON by RFC 8259 and keeps its strings, decoded, keys too; `valid` says whether it is JSON.
struct json_strings {
    std::vector<std::string> strings = {};
    bool valid = false;

    explicit json_strings(std::string_view text) : rest_(text) {
        valid = value();
        blank();
        valid = valid && rest_.empty();
    }

private:
    void blank() {
        while (!rest_.empty() && std::string_view(" \t\r\n").find(rest_[0]) != std::string_view::npos)
            rest_.remove_prefix(1);
    }
    bool take(std::string_view expected) {
        blank();
        if (!rest_.starts_with(expected)) return false;
        rest_.remove_prefix(expected.size());
        return true;
    }
    bool list(std::string_view close, auto&& element) {
        if (take(close)) return true;
        do
            if (!element()) return false;
        while (take(","));
        return take(close);
    }
    bool value() {
        if (take("{")) return list("}", [&] { return string() && take(":") && value(); });
        if (take("[")) return list("]", [&] { return value(); });
        if (take("true") || take("false") || take("null")) return true;
        if (rest_.starts_with('"')) return string();
        const std::size_t end = rest_.find_first_not_of("+-.0123456789eE");
        const std::string number(rest_.substr(0, end));
        char* read = nullptr;
        if (number.empty() || number[0] == '+' || number[0] == '.') return false;
        const bool finite = std::isfinite(std::strtod(number.c_str(), &read));  // or so near to 0 that it is subnormal
        rest_.remove_prefix(number.size());
        return finite && read == number.c_str() + number.size();
    }
    bool string() {
        if (!take("\"")) return false;
        std::string text;
        while (!rest_.empty() && rest_[0] != '"') {
            if (static_cast<unsigned char>(rest_[0]) < 0x20) return false;
            if (rest_[0] != '\\') {
                text += rest_[0];
                rest_.remove_prefix(1);
                continue;
            }
            if (rest_.size() < 2) return false;
            const std::size_t plain = std::string_view("\"\\/").find(rest_[1]);
            if (plain != std::string_view::npos) {
                text += rest_[1];
                rest_.remove_prefix(2);
            } else if (rest_[1] == 'u' && rest_.size() >= 6) {
                const auto code = static_cast<unsigned>(std::stoul(std::string(rest_.substr(2, 4)), nullptr, 16));
                if (code < 0x80)
                    text += static_cast<char>(code);
                else
                    text += "\\u" + std::string(rest_.substr(2, 4));
                rest_.remove_prefix(6);
            } else {
                return false;
            }
        }
        strings.push_back(text);
        return take("\"");
    }

    std::string_view rest_;
};

}  // namespace test_support

#endif
