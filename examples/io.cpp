// SPDX-License-Identifier: BSL-1.0
// Epoch AI's table of models, as downloaded: what is in it, and what could not be read, line by line.
#include <cstdio>
#include <string>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/epoch.hpp>
#include <compute_divide/shares/tabulate.hpp>

namespace cd = compute_divide;

int main() {
    const cd::epoch_table table = cd::read_epoch(cd::csv_reader::open(COMPUTE_DIVIDE_DATA_DIR "/models.csv"));
    for (const auto& problem : table.problems)
        std::printf("line %zu, %s: %s\n", static_cast<std::size_t>(problem.line), problem.field.c_str(),
                    problem.reason.c_str());

    const auto is_known = [](const cd::epoch_model& m) { return m.training_flop.has_value(); };
    std::printf("%zu models; of known training compute, by vintage:\n", table.models.size());
    const auto by_vintage = cd::tabulate(table.models, &cd::epoch_model::vintage, is_known);
    for (const auto& row : by_vintage)
        std::printf("%s  %g of %llu\n", row.key.c_str(), row.weight_of(true), static_cast<unsigned long long>(row.n));
}
