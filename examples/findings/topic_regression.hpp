// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_TOPIC_REGRESSION_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_TOPIC_REGRESSION_HPP

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/papers.hpp"

/// Do topics that speak more of compute lose papers by academia alone? The share of such papers in each topic and year
/// on the share of abstracts with compute terms, under several specifications, and which topics gained and lost.
namespace example {

struct topic_regression_inputs {
    papers_input papers = {};              ///< with sectors of authors, compute terms and topics
    std::array<int, 2> years{2012, 2019};  ///< first and last
    std::vector<std::string> terms = {};   ///< groups of compute terms; none: all
    std::uint64_t min_papers = 10;         ///< of a topic in a year, for it to count
    int ends = 3;                          ///< how many first and last years are compared
    bool fractional = false;               ///< a paper of several topics counts in part in each, not fully
    curve_input curve = {};                ///< how all specifications are tested together
};

/// Throws std::invalid_argument where the years are fewer than twice `ends`, and for terms that no paper has.
[[nodiscard]] compute_divide::finding topic_regression(const topic_regression_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string topic_regression_json(const topic_regression_inputs& inputs);

}  // namespace example

#endif
