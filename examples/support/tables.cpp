// SPDX-License-Identifier: BSL-1.0
#include "support/tables.hpp"

namespace example {

namespace cd = compute_divide;

cd::table_column percent_column(const std::string& name, int decimals) {
    return {.name = name,
            .unit = "%",
            .style = {.digits = decimals, .notation = cd::number_notation::fixed, .percent = true}};
}

std::string told(const cd::estimate& e, const cd::number_style& style) {
    if (!e) return std::string(cd::description_of(e.status));
    const std::string text = to_string(e, {.digits = style.digits, .percent = style.percent});
    return text.substr(0, text.rfind(" ("));
}

}  // namespace example
