// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_DETAIL_NUMBER_SCANNER_HPP
#define COMPUTE_DIVIDE_TEXT_DETAIL_NUMBER_SCANNER_HPP

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

#include <compute_divide/detail/algorithms.hpp>
#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/detail/read_double.hpp>

/// The grammar of numbers in texts, on the text's own bytes.
namespace compute_divide::inline v0_2::detail {

[[nodiscard]] constexpr bool is_alphanumeric(char c) {
    return is_digit(c) || is_small_letter(ascii_lower(c));
}
/// Whether the text goes on with `word`, in whatever letter case; of no length past its end.
[[nodiscard]] constexpr bool goes_on(std::string_view text, std::size_t at, std::string_view word) {
    if (at > text.size() || text.size() - at < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (ascii_lower(text[at + i]) != word[i]) return false;
    return true;
}
/// The same, with the word's end behind it.
[[nodiscard]] constexpr bool goes_on_with_word(std::string_view text, std::size_t at, std::string_view word) {
    return goes_on(text, at, word) && (at + word.size() == text.size() || !is_alphanumeric(text[at + word.size()]));
}
/// The bytes of the first of `words` that the text goes on with, 0 for none.
template <std::size_t N>
[[nodiscard]] constexpr std::size_t size_of_any(std::string_view text, std::size_t at,
                                                const std::array<std::string_view, N>& words) {
    if (at >= text.size()) return 0;
    const char first = ascii_lower(text[at]);
    for (const std::string_view word : words)
        if (word[0] == first && goes_on(text, at, word)) return word.size();
    return 0;
}

/// Blanks of UTF-8, LaTeX and HTML, and the marks of LaTeX that mean nothing.
inline constexpr std::array<std::string_view, 21> blanks{" ",
                                                         "\t",
                                                         "~",
                                                         "$",
                                                         "{",
                                                         "}",
                                                         "\\,",
                                                         "\\;",
                                                         "\\ ",
                                                         "\\!",
                                                         "\\:",
                                                         "\xC2\xA0",
                                                         "&nbsp;",
                                                         "&#160;",
                                                         "&thinsp;",
                                                         "\xE2\x80\xAF",
                                                         "\xE2\x80\x89",
                                                         "\xE2\x80\x88",
                                                         "\xE2\x80\x8A",
                                                         "\xE2\x80\x87",
                                                         "\xE2\x80\x85"};
inline constexpr std::array<std::string_view, 9> times_signs{
    "\xC3\x97", "x", "*", "\xC2\xB7", "\xE2\x8B\x85", "\xE2\x88\x99", "\\times", "\\cdot", "&times;"};
inline constexpr std::array<std::string_view, 8> dashes{
    "--", "-", "\xE2\x80\x93", "\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x88\x92", "&ndash;", "&#8211;"};
inline constexpr std::array<std::string_view, 6> plus_minus_signs{"\xC2\xB1", "\\pm",     "+/-",
                                                                  "+-",       "&plusmn;", "&#177;"};
inline constexpr std::array<std::string_view, 4> range_words{"to ", "or ", "\xE2\x88\xBC", "\\sim"};

/// The bytes that the words of a list begin with.
template <std::size_t N>
[[nodiscard]] constexpr std::array<bool, 256> first_bytes(const std::array<std::string_view, N>& words) {
    std::array<bool, 256> first = {};
    for (const std::string_view word : words) first[static_cast<unsigned char>(word[0])] = true;
    return first;
}
inline constexpr std::array<bool, 256> begins_blank = first_bytes(blanks);

/// Past blanks, of a bounded number.
[[nodiscard]] constexpr std::size_t skip_blanks(std::string_view text, std::size_t at) {
    for (int most = 8; most > 0; --most) {
        if (at >= text.size() || !begins_blank[static_cast<unsigned char>(text[at])]) break;
        const std::size_t size = text[at] == ' ' ? 1 : size_of_any(text, at, blanks);
        if (size == 0) break;
        at += size;
    }
    return at;
}

/// Whether the byte at `at` joins what is behind it to the word before: a hyphen, point or underscore before a digit or
/// letter, or a byte of a letter that is not ASCII.
[[nodiscard]] constexpr bool continues_word(std::string_view text, std::size_t at) {
    const char c = text[at];
    return (c == '-' || c == '.' || c == '_') && at + 1 < text.size() && is_alphanumeric(text[at + 1]);
}

enum class binding : std::uint8_t { none, about, at_least, at_most, between };

struct binding_word {
    std::string_view text;
    binding is;
};
/// Longer ones before their endings.
inline constexpr std::array<binding_word, 43> binding_words{{{"no less than", binding::at_least},
                                                             {"not less than", binding::at_least},
                                                             {"no fewer than", binding::at_least},
                                                             {"no more than", binding::at_most},
                                                             {"not more than", binding::at_most},
                                                             {"less than", binding::at_most},
                                                             {"fewer than", binding::at_most},
                                                             {"lower than", binding::at_most},
                                                             {"more than", binding::at_least},
                                                             {"greater than", binding::at_least},
                                                             {"at least", binding::at_least},
                                                             {"at most", binding::at_most},
                                                             {"up to", binding::at_most},
                                                             {"under", binding::at_most},
                                                             {"below", binding::at_most},
                                                             {"within", binding::at_most},
                                                             {"above", binding::at_least},
                                                             {"exceeding", binding::at_least},
                                                             {"about", binding::about},
                                                             {"around", binding::about},
                                                             {"approximately", binding::about},
                                                             {"approx.", binding::about},
                                                             {"approx", binding::about},
                                                             {"roughly", binding::about},
                                                             {"nearly", binding::about},
                                                             {"almost", binding::about},
                                                             {"over", binding::about},
                                                             {"ca.", binding::about},
                                                             {"circa", binding::about},
                                                             {"order of", binding::about},
                                                             {"between", binding::between},
                                                             {"\\approx", binding::about},
                                                             {"\\sim", binding::about},
                                                             {"\xE2\x89\x88", binding::about},
                                                             {"\xE2\x88\xBC", binding::about},
                                                             {"~", binding::about},
                                                             {"\\leq", binding::at_most},
                                                             {"\\geq", binding::at_least},
                                                             {"\xE2\x89\xA4", binding::at_most},
                                                             {"\xE2\x89\xA5", binding::at_least},
                                                             {"<", binding::at_most},
                                                             {">", binding::at_least},
                                                             {"\\textless", binding::at_most}}};

/// Bit `c` of [d] is set where one of them may end in the bytes c and d, by their five lowest bits.
inline constexpr std::array<std::uint32_t, 32> ends_of_bindings = [] {
    std::array<std::uint32_t, 32> ends = {};
    for (const binding_word& each : binding_words) {
        const std::string_view text = each.text;
        std::uint32_t& before = ends[static_cast<unsigned char>(text.back()) & 31U];
        before |= text.size() == 1 ? ~std::uint32_t{0}
                                   : std::uint32_t{1} << (static_cast<unsigned char>(text[text.size() - 2]) & 31U);
    }
    return ends;
}();

/// What stands before the number at `at`.
[[nodiscard]] constexpr binding binding_before(std::string_view text, std::size_t at) {
    const auto ends_in = [&](std::string_view word) {
        return at >= word.size() && goes_on(text, at - word.size(), word) &&
               (!is_small_letter(word[0]) || at == word.size() || !is_alphanumeric(text[at - word.size() - 1]));
    };
    for (int most = 8; most > 0 && at > 0 &&
                       (text[at - 1] == ' ' || text[at - 1] == '$' || text[at - 1] == '{' || text[at - 1] == '}' ||
                        text[at - 1] == 'a' || text[at - 1] == '(');
         --most) {
        if (text[at - 1] == 'a' && (at < 2 || text[at - 2] != ' ')) break;  // "less than a dozen"
        --at;
    }
    if (at == 0) return binding::none;
    const unsigned before = at > 1 ? static_cast<unsigned char>(text[at - 2]) & 31U : 0;
    if ((ends_of_bindings[static_cast<unsigned char>(text[at - 1]) & 31U] >> before & 1U) == 0) return binding::none;
    if (text[at - 1] == '~' && at > 1 && is_alphanumeric(text[at - 2])) return binding::none;  // a blank of LaTeX
    const char last_byte = ascii_lower(text[at - 1]);
    for (const binding_word& each : binding_words)
        if (each.text.back() == last_byte && ends_in(each.text)) return each.is;
    return binding::none;
}

struct scanned_number {
    double value = 0, lower = 0, upper = 0;
    std::size_t end = 0;
    bool told = false, range = false, clock = false, open = false;
};

/// Reads the number that begins at a byte.
class number_scanner {
public:
    explicit constexpr number_scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] scanned_number at(std::size_t begin) const {
        scanned_number result;
        result.end = begin;
        const part first = part_at(begin);
        if (first.end == begin) return result;
        result.end = first.end;
        result.told = first.told;
        result.clock = first.clock;
        result.value = result.lower = result.upper = first.value();
        if (first.clock || first.alone) return result;
        if (first.bare_power && follows_times(begin)) result.told = false;
        if (!first.told) return swallow(result);
        if (read_range(begin, first, result) || read_tolerance(first, result)) {
            read_scale_of_brackets(begin, result);
            return swallow(result);
        }
        if (result.end < text_.size() && text_[result.end] == '+' &&
            (result.end + 1 == text_.size() || !is_digit(text_[result.end + 1]))) {
            result.open = true;
            ++result.end;
        }
        return swallow(result);
    }

private:
    /// A number without range and tolerance: value() = digits x scale.
    struct part {
        double digits = 0, scale = 1;
        std::size_t end = 0;
        double last_place = 0;  // of the digits behind the point
        bool told = true, clock = false, bare_power = false;
        bool alone = false;  // nothing that could belong to it is behind
        [[nodiscard]] double value() const { return digits * scale; }
    };

    [[nodiscard]] bool digit(std::size_t i) const { return i < text_.size() && is_digit(text_[i]); }
    [[nodiscard]] bool letter(std::size_t i) const {
        return i < text_.size() && is_small_letter(ascii_lower(text_[i]));
    }
    [[nodiscard]] std::size_t digits_end(std::size_t i) const {
        while (digit(i)) ++i;
        return i;
    }

    [[nodiscard]] part part_at(std::size_t begin) const {
        if (begin >= text_.size()) return {.end = begin};
        if (digit(begin) ||
            (text_[begin] == '.' && digit(begin + 1) && !(begin > 0 && is_alphanumeric(text_[begin - 1]))))
            return digits_at(begin);
        if (const double half = vulgar(begin); half > 0) return {.digits = half, .end = begin + 2};
        if (letter(begin)) return words_at(begin);
        return {.end = begin};
    }

    /// "½", "¼", "¾"; 0 for none.
    [[nodiscard]] double vulgar(std::size_t i) const {
        if (!goes_on(text_, i, "\xC2") || i + 1 >= text_.size()) return 0;
        return text_[i + 1] == '\xBD' ? 0.5 : text_[i + 1] == '\xBC' ? 0.25 : text_[i + 1] == '\xBE' ? 0.75 : 0;
    }

    // ---- digits

    [[nodiscard]] part digits_at(std::size_t begin) const {
        part result = decimal_at(begin);
        if (result.told && stands_alone(result.end)) {
            result.alone = true;
            return result;
        }
        if (const part clock = clock_at(begin, result); clock.end > begin) return clock;
        read_power(result);
        read_scale(result);
        return result;
    }

    /// Whether what follows is nothing that a number goes on with: the usual case of a word, a unit, a per cent or an
    /// end.
    [[nodiscard]] bool stands_alone(std::size_t at) const {
        if (at + 3 >= text_.size()) return false;
        const char next = ascii_lower(text_[at]);
        if (next == '%') return true;
        if (is_small_letter(next)) return std::string_view("exkmbt").find(next) == std::string_view::npos;
        if (next != ' ') return false;
        const char a = ascii_lower(text_[at + 1]), b = ascii_lower(text_[at + 2]);
        if (!is_small_letter(a)) return false;
        if (is_digit(b)) return a != 'x';
        if (!is_small_letter(b)) return false;
        switch (a) {
            case 't':
                return b != 'o' && b != 'h' && b != 'r';
            case 'o':
                return b != 'r';
            case 'a':
                return b != 'n';
            case 'm':
                return b != 'i' || ascii_lower(text_[at + 3]) == 'n';
            case 'b':
                return b != 'i';
            case 'h':
            case 'q':
                return b != 'u';
            case 'd':
                return b != 'o';
            default:
                return a != 'x';
        }
    }

    /// The bytes of what groups digits at `i` and has a digit behind it: "," and the like; 0 for none.
    [[nodiscard]] std::size_t separator_at(std::size_t i) const {
        constexpr std::array<std::string_view, 9> separators{
            ",", ".", "'", "\\,", "{,}", "\xE2\x80\xAF", "\xE2\x80\x89", "\xC2\xA0", "\xE2\x80\x99"};
        const std::size_t size = size_of_any(text_, i, separators);
        return size > 0 && digit(i + size) ? size : 0;
    }

    /// A whole number of up to 15 digits, where no sign or digit follows that could belong to it; else none.
    [[nodiscard]] part whole_at(std::size_t begin) const {
        const std::size_t end = digits_end(begin);
        if (end == begin || end - begin > 15) return {.end = begin};
        if (end < text_.size()) {
            const char next = text_[end];
            const bool ends = is_small_letter(ascii_lower(next)) || next == '%' || next == '-' || next == ')' ||
                              (next == ' ' && !digit(end + 1));
            if (!ends) return {.end = begin};
        }
        std::uint64_t value = 0;
        for (std::size_t i = begin; i < end; ++i) value = 10 * value + static_cast<std::uint64_t>(text_[i] - '0');
        return {.digits = static_cast<double>(value), .end = end};
    }

    [[nodiscard]] part decimal_at(std::size_t begin) const {
        if (const part whole = whole_at(begin); whole.end > begin) return whole;
        std::array<char, 64> buffer{};  // digits, with a point
        std::size_t size = 0;
        const auto put = [&](char c) {
            if (size < buffer.size()) buffer[size] = c;
            ++size;
        };
        part result;
        std::size_t at = digits_end(begin);
        for (std::size_t i = begin; i < at; ++i) put(text_[i]);
        const std::size_t lead = at - begin;
        const bool may_group = lead >= 1 && lead <= 3 && text_[begin] != '0';
        // The separators: at first of one kind that group, then one of another kind.
        char grouping = 0, last = 0;
        std::size_t groups = 0, point_at = 0, last_size = 0, last_digits = 0;
        bool threes = true;
        while (const std::size_t separator = separator_at(at)) {
            const char kind = separator == 1 ? text_[at] : separator == 3 && text_[at] == '{' ? ',' : ' ';
            const std::size_t from = at + separator, to = digits_end(from);
            if (kind == ' ' && (to - from != 3 || last != 0) && grouping != ' ') break;  // "8\xC2\xA032 GB"
            if (groups == 0) grouping = kind;
            if (point_at > 0) result.told = false;  // nothing follows a point
            if (groups > 0 && kind != grouping) {
                point_at = size;
                put('.');
                if (kind != '.' && kind != ',') result.told = false;
            } else {
                threes = threes && to - from == 3;
                last_size = size;
            }
            for (std::size_t i = from; i < to; ++i) put(text_[i]);
            last_digits = to - from;
            last = kind;
            ++groups;
            at = to;
        }
        static_cast<void>(last);
        std::size_t decimals = point_at > 0 ? last_digits : 0;
        if (groups > 0 && point_at == 0) {
            const bool grouped = may_group && threes && (grouping != '.' || groups > 1);
            const bool one_point = groups == 1 && (grouping == '.' || (grouping == ',' && !(may_group && threes)));
            if (one_point) {
                if (grouping == ',' && lead > 3 && last_digits == 3) result.told = false;
                if (size < buffer.size()) {
                    std::copy_backward(buffer.begin() + static_cast<std::ptrdiff_t>(last_size),
                                       buffer.begin() + static_cast<std::ptrdiff_t>(size),
                                       buffer.begin() + static_cast<std::ptrdiff_t>(size + 1));
                    buffer[last_size] = '.';
                }
                ++size;
                decimals = last_digits;
            } else if (!grouped) {
                result.told = false;
            }
        } else if (point_at > 0 && !(may_group && threes)) {
            result.told = false;
        }
        // "12 000", and "12 500", which may be two numbers.
        while (groups == 0 && lead >= 1 && lead <= 3 && at + 4 <= text_.size() && text_[at] == ' ' && digit(at + 1) &&
               digit(at + 2) && digit(at + 3) && !digit(at + 4) && !letter(at + 4)) {
            if (text_[at + 1] != '0' || text_[begin] == '0') result.told = false;
            for (std::size_t i = at + 1; i < at + 4; ++i) put(text_[i]);
            at += 4;
        }
        // "65, 536", which may be one number, too
        if (groups <= 1 && may_group && point_at == 0 && (groups == 0 || grouping == ',') && at + 5 <= text_.size() &&
            text_[at] == ',' && text_[at + 1] == ' ' && digit(at + 2) && digit(at + 3) && digit(at + 4) &&
            !digit(at + 5) && !letter(at + 5) && !goes_on(text_, at + 5, ",") && !goes_on(text_, at + 5, " and ") &&
            !goes_on(text_, at + 5, " or ") && begin_of_list(begin)) {
            result.told = false;
            at += 5;
        }
        result.end = at;
        if (size >= buffer.size()) result.told = false;
        if (result.told) {
            const auto read = compute_divide::detail::read_double(buffer.data(), buffer.data() + size, result.digits);
            if (read.ec != std::errc{} || read.ptr != buffer.data() + size) result.told = false;
            result.last_place = decimals == 0 ? 0 : std::pow(10.0, -static_cast<double>(decimals));
        }
        if (const double half = vulgar(at); half > 0 && groups == 0) {
            result.digits += half;
            result.end += 2;
        }
        return result;
    }

    /// Whether no comma stands before ("8, 16, 128 GPUs" is a list), and no word for a setting, whose value this is:
    /// "batch size 64, 210 hours".
    [[nodiscard]] bool begin_of_list(std::size_t begin) const {
        if (begin >= 2 && text_[begin - 2] == ',' && text_[begin - 1] == ' ') return false;
        std::size_t end = begin;
        for (int most = 4;
             most > 0 && end > 0 && (text_[end - 1] == ' ' || text_[end - 1] == '=' || text_[end - 1] == ':'); --most)
            --end;
        if (end >= 3 && goes_on(text_, end - 3, " of")) end -= 3;
        constexpr std::array<std::string_view, 12> settings{"size",  "batch",  "length", "dimension", "rank",  "width",
                                                            "depth", "layers", "epochs", "rate",      "heads", "seed"};
        return detail::none_of(settings, [&](std::string_view word) {
            return end >= word.size() && goes_on(text_, end - word.size(), word) &&
                   (end == word.size() || !letter(end - word.size() - 1));
        });
    }

    /// "3:45", "1:30:00", in units of the first part.
    [[nodiscard]] part clock_at(std::size_t begin, const part& first) const {
        part clock{.end = begin};
        std::size_t at = first.end;
        if (!first.told || first.last_place > 0) return clock;
        double value = first.digits, place = 1;
        for (int parts = 0; parts < 3 && at < text_.size() && text_[at] == ':' && digit(at + 1) && digit(at + 2);
             ++parts) {
            if (digit(at + 3) || text_[at + 1] > '5') return clock;
            place /= 60;
            value += place * (10 * (text_[at + 1] - '0') + (text_[at + 2] - '0'));
            at += 3;
            clock.digits = value;
            clock.end = at;
            clock.clock = true;
            clock.told = parts < 2;
        }
        return clock;
    }

    // ---- powers

    /// Whether a sign of multiplication stands before `at`.
    [[nodiscard]] bool follows_times(std::size_t at) const {
        for (int most = 8; most > 0 && at > 0 && (text_[at - 1] == ' ' || text_[at - 1] == '{' || text_[at - 1] == '$');
             --most)
            --at;
        return detail::any_of(times_signs, [&](std::string_view sign) {
            return at > sign.size() && goes_on(text_, at - sign.size(), sign) &&
                   !(sign == "x" && is_alphanumeric(text_[at - 2]) && !is_digit(text_[at - 2]));
        });
    }

    struct exponent {
        int value = 0;
        std::size_t end = 0;
        bool told = false;
    };

    /// "^{5}", "**5", "⁵", "<sup>5</sup>" at `at`; of no length where there is none.
    [[nodiscard]] exponent exponent_at(std::size_t at) const {
        exponent none{.end = at};
        if (const exponent raised = superscript_at(at); raised.end > at) return raised;
        std::size_t i = at;
        while (i < text_.size() && i < at + 3 && (text_[i] == '$' || text_[i] == '}' || text_[i] == ' ')) ++i;
        constexpr std::array<std::string_view, 4> carets{"^", "**", "<sup>", "\\textsuperscript"};
        const std::size_t size = size_of_any(text_, i, carets);
        if (size == 0) return none;
        i = skip_blanks(text_, i + size);
        bool negative = false;
        if (i < text_.size() && (text_[i] == '(')) ++i;
        if (const std::size_t minus = size_of_any(text_, i, dashes); minus > 0) {
            negative = true;
            i += minus;
        } else if (i < text_.size() && text_[i] == '+') {
            ++i;
        }
        const std::size_t from = i, to = digits_end(i);
        if (to == from) return {.end = i};  // "10^n"
        exponent read{.end = to,
                      .told = to - from <= 3 && !letter(to) && !(text_.substr(to, 1) == "." && digit(to + 1))};
        for (i = from; i < to && i < from + 3; ++i) read.value = 10 * read.value + (text_[i] - '0');
        if (negative) read.value = -read.value;
        if (read.end < text_.size() && (text_[read.end] == '}' || text_[read.end] == ')')) ++read.end;
        if (goes_on(text_, read.end, "</sup>")) read.end += 6;
        return read;
    }

    /// "²⁰", "⁻⁴".
    [[nodiscard]] exponent superscript_at(std::size_t at) const {
        exponent read{.end = at, .told = true};
        bool negative = false;
        int digits = 0;
        for (std::size_t i = at; i < text_.size();) {
            int value = -1;
            std::size_t size = 3;
            if (goes_on(text_, i, "\xC2\xB9")) {
                value = 1, size = 2;
            } else if (goes_on(text_, i, "\xC2\xB2")) {
                value = 2, size = 2;
            } else if (goes_on(text_, i, "\xC2\xB3")) {
                value = 3, size = 2;
            } else if (goes_on(text_, i, "\xE2\x81") && i + 2 < text_.size()) {
                const int low = static_cast<unsigned char>(text_[i + 2]);
                if (low == 0xB0 || (low >= 0xB4 && low <= 0xB9)) value = low - 0xB0;
                if (low == 0xBB && i == at) {
                    negative = true;
                    i += 3;
                    continue;
                }
            }
            if (value < 0) break;
            if (++digits > 3)
                read.told = false;
            else
                read.value = 10 * read.value + value;
            i += size;
            read.end = i;
        }
        if (negative) read.value = -read.value;
        return read;
    }

    void read_power(part& number) const {
        std::size_t at = number.end;
        // "1e5", "1.3E+21"
        if (at < text_.size() && ascii_lower(text_[at]) == 'e') {
            std::size_t from = at + 1;
            bool negative = false;
            if (from < text_.size() && (text_[from] == '+' || text_[from] == '-')) negative = text_[from++] == '-';
            const std::size_t to = digits_end(from);
            if (to > from) {
                int power = 0;
                for (std::size_t i = from; i < to && i < from + 4; ++i) power = 10 * power + (text_[i] - '0');
                number.end = to;
                number.scale = std::pow(10.0, negative ? -power : power);
                if (to - from > 3 || power > 300) number.told = false;
                return;
            }
        }
        // "10^5", "2^10"
        if (const exponent power = exponent_at(at); power.end > at) {
            number.end = power.end;
            const bool base = number.digits == 10 || number.digits == 2;
            number.told = number.told && power.told && base && std::abs(power.value) <= 300 && number.last_place == 0;
            number.bare_power = true;
            if (number.told) {
                number.scale = std::pow(number.digits, power.value);
                number.digits = 1;
            }
            return;
        }
        // "1.3 x 10^5"
        std::size_t i = skip_blanks(text_, at);
        const std::size_t times = size_of_any(text_, i, times_signs);
        if (times == 0) return;
        i = skip_blanks(text_, i + times);
        if (!goes_on(text_, i, "10")) return;
        if (!digit(i + 2)) {
            const exponent power = exponent_at(i + 2);
            if (power.end == i + 2) return;  // "8 x 10"
            number.end = power.end;
            number.told = number.told && power.told && std::abs(power.value) <= 300;
            number.scale = std::pow(10.0, power.value);
            return;
        }
        // "3x1020 FLOP", a superscript lost
        if (!digit(i + 3) || digit(i + 4)) return;
        const int power = 10 * (text_[i + 2] - '0') + (text_[i + 3] - '0');
        if (power < 15 || power > 29) return;
        if (flop_follows(i + 4)) {
            number.end = i + 4;
            number.scale = std::pow(10.0, power);
        } else if (number.last_place > 0) {
            number.end = i + 4;
            number.told = false;
        }
    }

    /// A word for FLOP within a few words.
    [[nodiscard]] bool flop_follows(std::size_t at) const {
        const std::string_view next = text_.substr(at, 24);
        for (std::size_t i = 0; i + 4 <= next.size(); ++i)
            if (goes_on(next, i, "flop")) return true;
        return false;
    }

    // ---- scales

    struct scale_word {
        std::string_view text;
        double value;
    };
    static constexpr std::array<scale_word, 8> scale_words{{{"hundred", 1e2},
                                                            {"thousand", 1e3},
                                                            {"million", 1e6},
                                                            {"billion", 1e9},
                                                            {"trillion", 1e12},
                                                            {"quadrillion", 1e15},
                                                            {"dozen", 12},
                                                            {"mio", 1e6}}};

    /// Scale words at `at`, one behind the other: their product, and where they end.
    void read_scale_words(part& number) const {
        for (int most = 3; most > 0; --most) {
            std::size_t i = skip_blanks(text_, number.end);
            if (i < text_.size() && text_[i] == '-') ++i;
            const auto found = detail::find_if(scale_words, [&](const scale_word& each) {
                return i < text_.size() && each.text[0] == ascii_lower(text_[i]) && goes_on(text_, i, each.text) &&
                       (!letter(i + each.text.size()) || goes_on_with_word(text_, i + each.text.size(), "s"));
            });
            if (found == scale_words.end()) return;
            number.scale *= found->value;
            number.end = i + found->text.size();
            if (letter(number.end)) ++number.end;
        }
    }

    void read_scale(part& number) const {
        const std::size_t at = number.end;
        const auto letter_scale = [](char c) {
            return c == 'k' || c == 'K'   ? 1e3
                   : c == 'm' || c == 'M' ? 1e6
                   : c == 'b' || c == 'B' ? 1e9
                   : c == 'T'             ? 1e12
                                          : 0;
        };
        if (at < text_.size()) {
            const bool doubled = text_.substr(at, 2) == "MM";
            const std::size_t after = at + (doubled ? 2 : 1);
            if (const double scale = letter_scale(text_[at]); scale > 0 && !letter(after) && !digit(after)) {
                number.scale *= scale;
                number.end = after;
            } else if (text_[at] == ' ' && at + 3 < text_.size() && text_[at + 1] != 'm' && text_[at + 1] != 'b' &&
                       letter_scale(text_[at + 1]) > 0 && (text_[at + 2] == ' ' || text_[at + 2] == '-') &&
                       letter(at + 3)) {
                number.scale *= letter_scale(text_[at + 1]);  // "2.1 M GPU hours"
                number.end = at + 2;
            }
        }
        read_scale_words(number);
        if (const std::size_t end = half_end(number.end); number.scale == 1 && number.last_place == 0 && end > 0) {
            number.digits += 0.5;
            number.end = end;
        }
    }

    /// Where "and a half" ends that stands at `at`, or "-and-a-half"; 0 where neither does.
    [[nodiscard]] std::size_t half_end(std::size_t at) const {
        const std::size_t half = skip_blanks(text_, at);
        if (goes_on_with_word(text_, half, "and a half")) return half + 10;
        return goes_on_with_word(text_, at, "-and-a-half") ? at + 11 : 0;
    }

    // ---- words

    struct small_word {
        std::string_view text;
        double value;
    };
    static constexpr std::array<small_word, 29> small_words{
        {{"one", 1},       {"two", 2},       {"three", 3},    {"four", 4},        {"five", 5},       {"six", 6},
         {"seven", 7},     {"eight", 8},     {"nine", 9},     {"ten", 10},        {"eleven", 11},    {"twelve", 12},
         {"thirteen", 13}, {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16},    {"seventeen", 17}, {"eighteen", 18},
         {"nineteen", 19}, {"twenty", 20},   {"thirty", 30},  {"forty", 40},      {"fifty", 50},     {"sixty", 60},
         {"seventy", 70},  {"eighty", 80},   {"ninety", 90},  {"a couple of", 2}, {"a pair of", 2}}};

    [[nodiscard]] const small_word* small_at(std::size_t at) const {
        const auto found = detail::find_if(
            small_words, [&, first = at < text_.size() ? ascii_lower(text_[at]) : '\0'](const small_word& each) {
                return each.text[0] == first && goes_on_with_word(text_, at, each.text);
            });
        return found == small_words.end() ? nullptr : &*found;
    }

    [[nodiscard]] part words_at(std::size_t begin) const {
        part result{.end = begin};
        // "half a million", "a dozen", "hundreds of"
        constexpr std::array<std::string_view, 4> leads{"half a ", "a ", "an ", "half "};
        for (const std::string_view lead : leads) {
            if (!goes_on(text_, begin, lead) || goes_on(text_, begin, "a couple") || goes_on(text_, begin, "a pair"))
                continue;
            part scaled{.digits = lead[0] == 'h' ? 0.5 : 1.0, .end = begin + lead.size() - 1};
            const std::size_t before = scaled.end;
            read_scale_words(scaled);
            if (scaled.end > before) return scaled;
            return result;
        }
        const small_word* const first = small_at(begin);
        if (first == nullptr) {
            for (const scale_word& each : scale_words)
                if (goes_on(text_, begin, each.text) && goes_on_with_word(text_, begin + each.text.size(), "s"))
                    return {.end = begin + each.text.size() + 1, .told = false};  // "hundreds of"
            return result;
        }
        double total = 0, below = first->value;
        std::size_t at = begin + first->text.size();
        result.end = at;
        for (int most = 12; most > 0; --most) {
            std::size_t i = skip_blanks(text_, at);
            if (i < text_.size() && text_[i] == '-') ++i;
            if (goes_on_with_word(text_, i, "and") && below >= 100) i = skip_blanks(text_, i + 3);
            if (i == at) break;
            const small_word* const next = small_at(i);
            if (next != nullptr && next->value >= 1 && next->text[0] != 'a' &&
                ((below >= 20 && below < 100 && next->value < 10) || (below >= 100 && next->value < 100) ||
                 (below == 0 && next->value < 100))) {
                below += next->value;
                at = i + next->text.size();
            } else {
                const auto scale = detail::find_if(
                    scale_words, [&](const scale_word& each) { return goes_on_with_word(text_, i, each.text); });
                if (scale == scale_words.end()) break;
                if (scale->value <= 1e2) {
                    below *= scale->value;
                } else {
                    total += (below == 0 ? 1 : below) * scale->value;
                    below = 0;
                }
                at = i + scale->text.size();
            }
            result.end = at;
        }
        result.digits = total + below;
        if (const std::size_t end = half_end(result.end); end > 0) {
            const bool thousands = total > 0;  // "two and a half" of what follows
            result.told = !thousands;
            result.digits += 0.5;
            result.end = end;
            read_scale_words(result);
        }
        return result;
    }

    // ---- ranges and tolerances

    /// Where the second part of a range begins; `at` where there is none.
    [[nodiscard]] std::size_t second_part(std::size_t begin, std::size_t at) const {
        if (const std::size_t dash = size_of_any(text_, at, dashes); dash > 0) return at + dash;
        const std::size_t i = skip_blanks(text_, at);
        if (const std::size_t dash = size_of_any(text_, i, dashes); dash > 0) {
            const std::size_t j = skip_blanks(text_, i + dash);
            return j > i + dash ? j : at;  // "8 -10" may be a minus
        }
        if (const std::size_t word = size_of_any(text_, i, range_words); word > 0 && i > at)
            return skip_blanks(text_, i + word);
        if (goes_on(text_, i, "and ") && i > at && binding_before(text_, begin) == binding::between)
            return skip_blanks(text_, i + 4);
        return at;
    }

    bool read_range(std::size_t begin, const part& first, scanned_number& result) const {
        const std::size_t from = second_part(begin, first.end);
        if (from == first.end) return false;
        part second = part_at(from);
        if (second.end == from || second.clock) return false;
        if (letter(from) && !letter(begin) && small_at(from) == nullptr) return false;  // "8 or a dozen"
        // "4-80GB", "3-layer": not where another word hangs on it; where it has letters, they are its unit
        result.end = second.end;
        const double low = first.scale == 1 && second.scale != 1 && first.digits < second.digits
                               ? first.digits * second.scale
                               : first.value();
        result.told = second.told && low < second.value();
        if (first.scale == 1 && second.scale != 1 && first.digits >= second.digits) result.told = false;  // "500-1M"
        result.range = true;
        result.lower = low;
        result.upper = second.value();
        result.value = (low + second.value()) / 2;
        return true;
    }

    bool read_tolerance(const part& first, scanned_number& result) const {
        std::size_t i = skip_blanks(text_, first.end);
        double tolerance = 0;
        if (const std::size_t sign = size_of_any(text_, i, plus_minus_signs); sign > 0) {
            i = skip_blanks(text_, i + sign);
            if (!digit(i)) return false;
            const part second = part_at(i);
            result.end = second.end;
            result.told = second.told;
            // "10 ± 2k" and "1.3 ± 0.2 × 10^5": the scale is of both
            double scale = first.scale;
            if (scale == 1 && second.scale != 1) scale = second.scale;
            result.value = first.digits * scale;
            tolerance = second.digits *
                        (second.scale == 1 ? scale == first.scale && first.bare_power ? 1 : scale : second.scale);
            if (first.scale != 1 && second.scale == 1 && second.value() > first.digits) tolerance = second.value();
            std::size_t percent = skip_blanks(text_, result.end);
            if (percent < text_.size() && text_[percent] == '\\') ++percent;
            if (percent < text_.size() && text_[percent] == '%') {
                result.value = first.value();
                tolerance = result.value * second.value() / 100;
                result.end = percent + 1;
            }
        } else if (first.last_place > 0 && first.scale == 1 && first.end + 2 < text_.size() &&
                   text_[first.end] == '(') {
            const std::size_t to = digits_end(first.end + 1);
            if (to == first.end + 1 || to > first.end + 3 || to >= text_.size() || text_[to] != ')') return false;
            for (i = first.end + 1; i < to; ++i) tolerance = 10 * tolerance + (text_[i] - '0');
            tolerance *= first.last_place;
            result.end = to + 1;
        } else {
            return false;
        }
        result.lower = result.value - tolerance;
        result.upper = result.value + tolerance;
        return true;
    }

    /// "(1.3 ± 0.2) × 10^5": the scale is of all in the brackets. "8-10)" without its "(" cannot be told.
    void read_scale_of_brackets(std::size_t begin, scanned_number& result) const {
        const std::size_t close = skip_blanks(text_, result.end);
        if (close >= text_.size() || text_[close] != ')') return;
        part scale{.digits = 1, .end = close + 1};
        read_power(scale);
        if (scale.end == close + 1) return;
        result.end = scale.end;
        result.told = result.told && scale.told && begin > 0 && text_[begin - 1] == '(';
        result.value *= scale.scale;
        result.lower *= scale.scale;
        result.upper *= scale.scale;
    }

    /// What hangs on a number so that it is a part of something else: another dash or slash and a number.
    [[nodiscard]] scanned_number swallow(scanned_number result) const {
        for (int most = 64; most > 0; --most) {
            std::size_t i = result.end;
            const std::size_t dash = size_of_any(text_, i, dashes);
            if (dash > 0 && digit(i + dash) && (result.range || !result.told))
                i += dash;  // "2021-06-01"
            else if (i + 1 < text_.size() && (text_[i] == '/' || text_[i] == ':') && digit(i + 1))
                ++i;  // "9/14", "1:2"
            else if (i < text_.size() && (text_[i] == ',' || text_[i] == '.') && digit(i + 1) && !result.told)
                ++i;
            else
                break;
            result.told = false;
            result.end = decimal_at(i).end;
        }
        return result;
    }

    std::string_view text_;
};

}  // namespace compute_divide::inline v0_2::detail

#endif
