// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PAGE_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_REPORT_PAGE_HPP

#include <cstdint>
#include <string>
#include <vector>

#include "support/report_parts.hpp"

/// The report as one HTML page that needs nothing else: no other file, no network, no script.
namespace example {

/// A file that the report was made of.
struct report_file {
    std::string name, sha256;
    std::uint64_t bytes = 0;
};
/// Where its numbers are from.
struct report_origin {
    std::string command;
    std::uint64_t seed = 1, draws = 39;
    bool is_shipped = true;
    std::vector<report_file> files = {};
    std::vector<std::string> dates = {};     ///< of the data, in words
    std::vector<std::string> left_out = {};  ///< parts that were not asked for
};

/// The page. The same parts and origin make the same bytes. Throws what page_svg does, except for figures without
/// anything to draw, which are left out.
[[nodiscard]] std::string report_page(const std::vector<report_part>& parts, const report_origin& origin);

/// What the study says of a finding and what these data do, in one sentence; empty where no claim has an estimate.
[[nodiscard]] std::string sentence_of(const cd::finding& f);

}  // namespace example

#endif
