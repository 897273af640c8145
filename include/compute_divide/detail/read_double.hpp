// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_DETAIL_READ_DOUBLE_HPP
#define COMPUTE_DIVIDE_DETAIL_READ_DOUBLE_HPP

#include <charconv>
#include <version>

#ifndef __cpp_lib_to_chars
#include <cmath>
#include <cstddef>
#include <locale>
#include <sstream>
#include <string>
#include <string_view>
#include <system_error>
#endif

namespace compute_divide::inline v0_2::detail {

/// std::from_chars of a double where the standard library has it (libstdc++ 11, not libc++ 19); else the same of
/// decimal numbers, by a stream of the classic locale: slower, and not of "inf" and "nan", which no caller takes.
inline std::from_chars_result read_double(const char* first, const char* last, double& value) {
#ifdef __cpp_lib_to_chars
    return std::from_chars(first, last, value);
#else
    const auto skip_digits = [last](const char* at) {
        while (at != last && *at >= '0' && *at <= '9') ++at;
        return at;
    };
    const char* const begin = first != last && *first == '-' ? first + 1 : first;
    const char* at = skip_digits(begin);
    std::ptrdiff_t digits = at - begin;
    if (at != last && *at == '.') {
        const char* const decimals = at + 1;
        at = skip_digits(decimals);
        digits += at - decimals;
    }
    if (digits == 0) return {first, std::errc::invalid_argument};
    const char* const mantissa_end = at;
    if (at != last && (*at == 'e' || *at == 'E')) {
        const char* sign = at + 1;
        if (sign != last && (*sign == '-' || *sign == '+')) ++sign;
        if (const char* const end = skip_digits(sign); end != sign) at = end;
    }
    std::istringstream text{std::string(first, at)};
    text.imbue(std::locale::classic());
    double read = 0;
    text >> read;
    const bool is_zero =
        std::string_view(begin, static_cast<std::size_t>(mantissa_end - begin)).find_first_of("123456789") ==
        std::string_view::npos;
    const bool is_small = std::fabs(read) < 1;  // libc++ calls a subnormal number a failure, and reads it all the same
    if (std::isinf(read) || (text.fail() && !is_small) || (read == 0 && !is_zero))
        return {at, std::errc::result_out_of_range};
    value = read;
    return {at, std::errc{}};
#endif
}

}  // namespace compute_divide::inline v0_2::detail

#endif
