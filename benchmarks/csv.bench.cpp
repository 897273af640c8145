// SPDX-License-Identifier: BSL-1.0
// Reading every record of a table and one of its columns, from memory and from a file. The tables are made up and left
// in the temporary folder for csv_peers.mjs to read; COMPUTE_DIVIDE_CSV names a file to read in place of the first.
#include <benchmark/benchmark.h>

#include <compute_divide/io/csv.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cd = compute_divide;

namespace {

/// Like Epoch's table: 57 columns, every fifth one notes with line ends, commas and doubled quotes.
void write_notes(std::ostream& out) {
    std::mt19937 random(2023);
    std::vector<std::string> row(57, "a column");
    for (int rows = 0; rows <= 95000; ++rows) {
        cd::write_csv_row(out, row);
        for (std::size_t column = 0; column < row.size(); ++column) {
            row[column].clear();
            if (column % 5 != 4) row[column] = random() % 3 == 0 ? std::to_string(random()) : "";
            for (auto sentences = column % 5 == 4 ? random() % 6 : 0; sentences > 0; --sentences)
                row[column] += "\"We train on 64 TPUs, for 4 days\" (section 4),\nso 6ND gives the rest. ";
        }
    }
}

/// Six columns of numbers.
void write_numbers(std::ostream& out) {
    std::mt19937 random(2023);
    out << "id,year,flop,parameters,citations,share\n";
    for (int id = 0; id < 2500000; ++id)
        out << id << ',' << 2010 + random() % 15 << ',' << 1e14 * static_cast<double>(random()) << ',' << random()
            << ',' << random() % 99999 << ',' << static_cast<double>(random()) / 4294967296.0 << '\n';
}

std::string made(const char* name, void (*write)(std::ostream&)) {
    const auto path = std::filesystem::temp_directory_path() / name;
    if (!std::filesystem::exists(path)) {
        std::ofstream out(path, std::ios::binary);
        write(out);
    }
    return path.string();
}

std::string notes() {
    const char* const given = std::getenv("COMPUTE_DIVIDE_CSV");
    return given != nullptr ? given : made("compute_divide_notes.csv", write_notes);
}
std::string numbers() {
    return made("compute_divide_numbers.csv", write_numbers);
}

void read(benchmark::State& state, cd::csv_reader table) {
    std::size_t rows = 0;
    std::size_t bytes = 0;
    for (const cd::csv_row& row : table) {
        ++rows;
        bytes += row[1].size();
    }
    benchmark::DoNotOptimize(bytes);
    state.counters["rows"] = static_cast<double>(rows);
}

void from_memory(benchmark::State& state, std::string (*path)()) {
    std::ifstream file(path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(file), {});
    for ([[maybe_unused]] auto _ : state) read(state, cd::csv_reader(std::string_view(text)));
    state.SetBytesProcessed(static_cast<std::int64_t>(text.size()) * state.iterations());
}

void from_file(benchmark::State& state, std::string (*path)()) {
    const std::string name = path();
    for ([[maybe_unused]] auto _ : state) read(state, cd::csv_reader::open(name));
    state.SetBytesProcessed(static_cast<std::int64_t>(std::filesystem::file_size(name)) * state.iterations());
}

}  // namespace

BENCHMARK_CAPTURE(from_memory, notes, notes)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(from_file, notes, notes)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(from_memory, numbers, numbers)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(from_file, numbers, numbers)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_MAIN();
