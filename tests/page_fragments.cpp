// SPDX-License-Identifier: BSL-1.0
// The fragments of C++ in the documents, each within what it takes for granted: they compile. PAGE_N.inc is the N-th
// block of docs/PAGE.md (examples/CMakeLists.txt); tests/documents.sh sees that none is missing. Whole programs are
// built and run.
#include "embedding_1.inc"
//
#include <cstdio>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/io/arrow.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/logistic.hpp>
#include <compute_divide/regression/to_string.hpp>
#include <compute_divide/report.hpp>
#include <compute_divide/shares/tabulate.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/proportion.hpp>

namespace cd = compute_divide;

namespace {

struct paper {
    bool academia_only, speaks_of_compute;
    std::string venue, topic;
};
struct period {
    std::string years;
    int models;
    [[nodiscard]] cd::estimate academia() const { return cd::share(1, models); }
    [[nodiscard]] cd::estimate industry() const { return cd::share(1, models); }
};
struct chip {
    double year, log_watts, log_peak;
};

[[maybe_unused]] void classifying() {
#include "findings_1.inc"
}

[[maybe_unused]] void regressing(const std::vector<paper>& papers) {
#include "findings_2.inc"
}

[[maybe_unused]] void counting() {
    cd::tally<int, bool> counts;
#include "findings_3.inc"
}

[[maybe_unused]] void tables(const std::vector<period>& periods) {
#include "tables_1.inc"
}

[[maybe_unused]] cd::table regressions(const std::vector<chip>& chips) {
    const auto on_years = cd::model_of(&chip::log_peak).on(cd::variable("year", &chip::year));
    const auto on_both = on_years.on(cd::variable("log10 watts", &chip::log_watts));
#include "tables_2.inc"
    return fits;
}

[[maybe_unused]] void findings() {
#include "tables_3.inc"
}

[[maybe_unused]] void columns(ArrowArrayStream& stream) {
    using namespace compute_divide;
#include "embedding_2.inc"
}

}  // namespace
