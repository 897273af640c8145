// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_SHARES_HPP
#define COMPUTE_DIVIDE_SHARES_HPP

/// All of the module: tables of key x category, pooled keys, shares with their intervals, concentration.
#include <compute_divide/shares/clustered_shares.hpp>
#include <compute_divide/shares/clustered_tally.hpp>
#include <compute_divide/shares/concentration.hpp>
#include <compute_divide/shares/concentration_ranges.hpp>
#include <compute_divide/shares/corrected_shares.hpp>
#include <compute_divide/shares/inequality_split.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/shares/pool.hpp>
#include <compute_divide/shares/share.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/shares/tally.hpp>

#endif
