// SPDX-License-Identifier: BSL-1.0
// Reads standard input by a reader of small options, leaving out what cannot be read; prints what was read, the most
// memory that the process had, and what the reader's documentation allows it, in KB: READ PROBLEMS PEAK ALLOWED
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <fstream>
#include <iostream>
#include <string>
#include <string_view>

#include <compute_divide/io/csv_reader.hpp>
#include <compute_divide/io/openalex.hpp>
#include <compute_divide/io/ror.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 20, block = std::size_t{1} << 16, columns = 1000, problems = 100;

unsigned long peak_kb() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmPeak:" && status >> word) return std::stoul(word);
    return 0;
}
void tell(std::uint64_t read, std::uint64_t left_out, std::size_t allowed) {
    std::printf("%llu %llu %lu %zu\n", static_cast<unsigned long long>(read), static_cast<unsigned long long>(left_out),
                peak_kb(), (allowed + 1024 * problems) / 1024);
}

}  // namespace

int main(int argc, char** argv) try {
    std::ios::sync_with_stdio(false);
    const std::string_view reader = argc == 2 ? argv[1] : "";
    constexpr auto skip = cd::error_handling::skip;
    std::uint64_t read = 0;
    if (reader == "csv") {
        cd::csv_reader table(std::cin, {.header = false,
                                        .on_error = skip,
                                        .block_size = block,
                                        .most_bytes = most_bytes,
                                        .most_columns = columns,
                                        .most_problems = problems});
        for (const cd::csv_row& row : table) read += row[0].empty() ? 0U : 1U;
        tell(read, table.n_problems(), 3 * most_bytes + 2 * block + 150 * columns);
    } else if (reader == "ror") {
        const auto table = cd::read_ror(std::cin, {.most_bytes = most_bytes, .most_problems = problems});
        tell(table.organisations.size(), table.n_problems, 32 * most_bytes + (std::size_t{1} << 20));
    } else if (reader == "openalex") {
        cd::openalex_reader works(
            std::cin, {.on_error = skip, .most_bytes = most_bytes, .most_problems = problems, .block_size = block});
        for (const cd::openalex_work& work : works) read += work.id.empty() ? 0U : 1U;
        tell(read, works.n_problems(), 100 * most_bytes + 3 * block + (std::size_t{1} << 20));
    } else {
        std::fprintf(stderr, "csv, ror or openalex is required\n");
        return 2;
    }
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
