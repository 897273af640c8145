// SPDX-License-Identifier: BSL-1.0
#ifndef COMPUTE_DIVIDE_REPORT_HPP
#define COMPUTE_DIVIDE_REPORT_HPP

/// Tables and findings, and what they are written as.
#include <compute_divide/report/csv.hpp>
#include <compute_divide/report/figure.hpp>
#include <compute_divide/report/finding.hpp>
#include <compute_divide/report/html.hpp>
#include <compute_divide/report/json.hpp>
#include <compute_divide/report/latex.hpp>
#include <compute_divide/report/markdown.hpp>
#include <compute_divide/report/regressions.hpp>
#include <compute_divide/report/render.hpp>
#include <compute_divide/report/render_options.hpp>
#include <compute_divide/report/table.hpp>
#include <compute_divide/report/text.hpp>

#endif
