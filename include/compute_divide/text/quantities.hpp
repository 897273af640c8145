// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_QUANTITIES_HPP
#define COMPUTE_DIVIDE_TEXT_QUANTITIES_HPP

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string_view>
#include <type_traits>
#include <vector>

#include <compute_divide/detail/ascii.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/text/detail/number_scanner.hpp>

/// Numbers as papers write them, each with its whole expression: "1.3\times10^{5}", "8 to 10", "two and a half".
///
///     for (const written_number& n : numbers_in("less than $2 \\times 10^{4}$ GPU hours"))
///         use(n.value, n.kind, unit_after(text, n));  // 20000, at_most, "GPU"
namespace compute_divide::inline v0_2 {

/// How a text binds a number.
enum class number_kind : std::uint8_t {
    exact,
    about,      ///< "about 3", "~3"
    range,      ///< "8-10", "between 8 and 10", "30k to 100k"
    tolerance,  ///< "10 ± 2", "3.5(2)"
    at_least,   ///< "more than 3", "100+"
    at_most     ///< "less than 3", "up to 3"
};
[[nodiscard]] constexpr auto enumerators(number_kind) {
    using enum number_kind;
    using entry = named<number_kind>;
    return std::array{entry{exact, "exact"},
                      entry{about, "about"},
                      entry{range, "range"},
                      entry{tolerance, "tolerance"},
                      entry{at_least, "at_least", "at least"},
                      entry{at_most, "at_most", "at most"}};
}

/// A number in a text. The bytes [begin, end) are all of it, without the words that bind it ("about").
struct written_number {
    double value = 0;  ///< of a range its middle
    double lower = 0;  ///< equal to value where nothing else is said;
    double upper = 0;  ///< -infinity, infinity of a bound
    number_kind kind = number_kind::exact;
    bool clock = false;  ///< "3:45", "7:30:00": the value is in units of the first part
    bool told = false;   ///< else there is something like a number, and its value cannot be told
    std::size_t begin = 0, end = 0;

    [[nodiscard]] explicit operator bool() const { return told; }
    friend bool operator==(const written_number&, const written_number&) = default;
};
[[nodiscard]] constexpr auto members(std::type_identity<written_number>) {
    using result = written_number;
    return member_list(member{"value", &result::value}, member{"lower", &result::lower},
                       member{"upper", &result::upper}, member{"kind", &result::kind}, member{"clock", &result::clock},
                       member{"told", &result::told}, member{"begin", &result::begin}, member{"end", &result::end});
}

/// The longest number that begins at byte `at` of a text; end = begin = `at` where none does. It is for the caller to
/// begin where a number does: not within a word ("A100") or behind a part of the number.
///
/// - decimals: "1.5", "1,234.5", "1 234" with a thin or no-break space, "1'234", "1\,234"; a comma with three digits
///   behind it groups, another is a decimal one ("1,3", "0,125"); "12 000" groups, since no number begins with 000;
/// - powers: "1e5", "2 × 10^4", "2·10⁴", "$1.3\times10^{5}$", "10**3", "10<sup>3</sup>", "2^10"; a lost superscript
///   ("3×1020 FLOP") where a word for FLOP follows;
/// - scales: k, K, M, m, B, b, T behind the digits, thousand to quadrillion;
/// - words: "twenty-four", "two thousand", "a dozen", "half a million", "one and a half", "1½";
/// - ranges with one or two scales ("3-5 million", "30k-100K"), tolerances ("10 ± 2", "\pm", "+/-", "± 10 %");
/// - clocks: "3:45", "1:30:00".
///
/// What is not one number is one that is not told, so that no part of it is read for the whole: "12 500" (one number or
/// two), "1,2,3", "2021-06-01", "10-8", "9/14", "10^" without a power, a power behind "(1.3 ± 0.2) ×".
/// Reads UTF-8, LaTeX or HTML; letter case does not matter but for scales. No errors; time linear in the bytes of the
/// number, and of a bounded number of bytes around it.
[[nodiscard]] inline written_number number_at(std::string_view text, std::size_t at) {
    const detail::scanned_number found = detail::number_scanner(text).at(at);
    written_number result;
    result.begin = at;
    result.end = found.end;
    if (found.end == at || !found.told) return result;
    result.told = true;
    result.value = found.value;
    result.lower = found.lower;
    result.upper = found.upper;
    result.clock = found.clock;
    result.kind = found.range                  ? number_kind::range
                  : found.lower != found.upper ? number_kind::tolerance
                                               : number_kind::exact;
    if (result.kind == number_kind::range) return result;
    const detail::binding bound = found.open ? detail::binding::at_least : detail::binding_before(text, at);
    if (bound == detail::binding::about) {
        result.kind = result.kind == number_kind::exact ? number_kind::about : result.kind;
    } else if (bound == detail::binding::at_least) {
        result.kind = number_kind::at_least;
        result.upper = std::numeric_limits<double>::infinity();
    } else if (bound == detail::binding::at_most) {
        result.kind = number_kind::at_most;
        result.lower = -std::numeric_limits<double>::infinity();
    }
    return result;
}

/// Calls `found(number)` for each number of a text, in order, also for those that cannot be told. Numbers within words
/// ("A100", "v3-512", "GPT-3") are none. Linear; allocates nothing.
template <std::invocable<const written_number&> Found>
void for_each_number(std::string_view text, Found&& found) {
    for (std::size_t at = 0; at < text.size();) {
        const bool point = text[at] == '.' && at + 1 < text.size() && detail::is_digit(text[at + 1]) &&
                           (at == 0 || !detail::is_alphanumeric(text[at - 1]));
        if (!detail::is_alphanumeric(text[at]) && !point) {
            ++at;
            continue;
        }
        const written_number number = number_at(text, at);
        if (number.end > at) {
            std::invoke(found, number);
            at = number.end;
        }
        // The rest of the word, with what hangs on it by a hyphen or point.
        while (at < text.size() && (detail::is_alphanumeric(text[at]) || detail::continues_word(text, at))) ++at;
    }
}

/// All numbers of a text, as for_each_number finds them.
[[nodiscard]] inline std::vector<written_number> numbers_in(std::string_view text) {
    std::vector<written_number> numbers;
    for_each_number(text, [&](const written_number& each) { numbers.push_back(each); });
    return numbers;
}

/// The word behind a number, past blanks, one hyphen and marks of LaTeX: "tokens" of "$3\times10^{11}$ tokens"; empty
/// where a sign or the end follows.
[[nodiscard]] inline std::string_view unit_after(std::string_view text, const written_number& number) {
    std::size_t begin = detail::skip_blanks(text, number.end);
    if (begin < text.size() && text[begin] == '-') ++begin;
    std::size_t end = begin;
    while (end < text.size() && (detail::is_alphanumeric(text[end]) || text[end] < '\0')) ++end;
    return text.substr(begin, end - begin);
}

}  // namespace compute_divide::inline v0_2

#endif
