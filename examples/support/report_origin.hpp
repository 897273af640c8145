// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_ORIGIN_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_ORIGIN_HPP

#include <vector>

#include "support/report_parts.hpp"
#include "support/report_words.hpp"

namespace example {

/// Command, seed, and files with their digests and dates. Tables that come with the programs are told by their name,
/// others by the path that was given.
[[nodiscard]] report_origin origin_of(const report_request& asked, const std::vector<report_part>& parts);

}  // namespace example

#endif
