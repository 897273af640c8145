// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_COUNT_HPP
#define COMPUTE_DIVIDE_EXAMPLES_SUPPORT_OPENALEX_COUNT_HPP

#include "support/openalex_fold.hpp"
#include "support/openalex_program.hpp"

namespace example {

/// What was counted before, and the parts that were not, on so many threads; writes the table of papers where one is
/// wanted. Throws what the parts and the folder do.
[[nodiscard]] openalex_counts count_works(const openalex_input& works, openalex_counts before,
                                          const openalex_counts& empty, const openalex_arguments& arguments,
                                          unsigned threads);

}  // namespace example

#endif
