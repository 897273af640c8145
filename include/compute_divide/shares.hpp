// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_HPP
#define COMPUTE_DIVIDE_SHARES_HPP

/// Who has which part: tallies, shares by key with intervals, windows of keys.
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/shares/tally.hpp>

#endif
