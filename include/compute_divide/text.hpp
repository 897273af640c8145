// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_TEXT_HPP
#define COMPUTE_DIVIDE_TEXT_HPP

/// Words, terms and numbers in text: normalisation, sets of terms, how often they occur, quantities.
#include <compute_divide/text/normalise.hpp>
#include <compute_divide/text/quantities.hpp>
#include <compute_divide/text/term_counts.hpp>
#include <compute_divide/text/term_set.hpp>

#endif
