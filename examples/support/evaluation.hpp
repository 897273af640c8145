// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_EVALUATION_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_EVALUATION_HPP

#include <array>
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include <compute_divide/enumerators.hpp>
#include <compute_divide/estimate.hpp>

/// What the programs that measure readers against labels share.
namespace example {

namespace cd = compute_divide;

/// Which rows count: rules are developed on the even ones, and measured on the odd ones.
enum class row_choice { all, even, odd };
constexpr auto enumerators(row_choice) {
    using enum row_choice;
    return std::array{cd::named<row_choice>{all, "all"}, cd::named<row_choice>{even, "even"},
                      cd::named<row_choice>{odd, "odd"}};
}
inline bool chosen(row_choice rows, std::size_t row) {
    return rows == row_choice::all || (rows == row_choice::odd) == (row % 2 == 1);
}

/// A share and its interval, as in a table.
inline std::string cell(const cd::estimate& e) {
    return e ? fmt::format("{:.3f} [{:.3f}, {:.3f}]", *e.value, e.lower(), e.upper()) : "none";
}

}  // namespace example

#endif
