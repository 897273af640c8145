// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_ASSETS_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_ASSETS_HPP

#include <string_view>

/// What the page of the report has within it: its style, and a script that nothing depends on.
namespace example {

[[nodiscard]] std::string_view report_style();
/// Names points under the pointer and by arrow keys, toggles series, switches between prepared figures, copies tables
/// as CSV, saves pictures, keeps what is chosen in the address.
[[nodiscard]] std::string_view report_script();

}  // namespace example

#endif
