// SPDX-License-Identifier: BSL-1.0
// The modules in the order against that of compute_divide.hpp: what each says holds whichever is read first. Linked
// into the program of options.test.cpp, which includes everything too: nothing is defined twice.
// clang-format off
#include <compute_divide/visible_text.hpp>
#include <compute_divide/version.hpp>
#include <compute_divide/trends.hpp>
#include <compute_divide/text.hpp>
#include <compute_divide/test_result.hpp>
#include <compute_divide/statistics.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/shares.hpp>
#include <compute_divide/results.hpp>
#include <compute_divide/report.hpp>
#include <compute_divide/regression.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/progress.hpp>
#include <compute_divide/policy.hpp>
#include <compute_divide/json.hpp>
#include <compute_divide/io.hpp>
#include <compute_divide/institutions.hpp>
#include <compute_divide/for_each_in_order.hpp>
#include <compute_divide/estimate.hpp>
#include <compute_divide/enumerators.hpp>
#include <compute_divide/dates.hpp>
#include <compute_divide/concepts.hpp>
#include <compute_divide/compute.hpp>
#include <compute_divide/clusters.hpp>
#include <compute_divide/atomic_write.hpp>
#include <compute_divide/accumulate.hpp>
// clang-format on
