// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_FINDINGS_TOPIC_VARIATION_HPP
#define COMPUTE_DIVIDE_EXAMPLES_FINDINGS_TOPIC_VARIATION_HPP

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <compute_divide/report/finding.hpp>

#include "support/curves.hpp"
#include "support/data_folder.hpp"
#include "support/papers.hpp"

/// Is it the topic, or the year in which a topic speaks more of compute, that goes with fewer papers by academia alone?
/// Within and between topics apart, a year before and after, with terms as found and corrected for what the list of
/// terms misses and finds wrongly.
namespace example {

struct topic_variation_inputs {
    papers_input papers = {.path = data_file("venue_papers.csv.gz")};
    std::string errors = data_file("compute_term_errors.csv");  ///< of the terms; empty: not corrected
    std::array<int, 2> years{2012, 2025};                       ///< first and last
    int study_until = 2021;                                     ///< the study's last year; a window of its own
    std::uint64_t min_papers = 10;                              ///< of a topic in a year, for it to count
    curve_input curve = {.draws = 99};
};

[[nodiscard]] compute_divide::finding topic_variation(const topic_variation_inputs& inputs);

/// Every number, as one JSON object.
[[nodiscard]] std::string topic_variation_json(const topic_variation_inputs& inputs);

}  // namespace example

#endif
