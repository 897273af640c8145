// SPDX-License-Identifier: BSL-1.0
// What programs on anybody's table are measured against, on the same file, in seconds of one core: the classifier alone
// on the cells of a column, held in memory, and a loop that counts pairs of two columns without any statistics.
//   own_tables classify FILE COLUMN
//   own_tables count FILE COLUMN COLUMN
//   own_tables make affiliations|sectors ROWS > FILE
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <iostream>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/institutions/known_organisations.hpp>
#include <compute_divide/io/bibliographic_exports.hpp>
#include <compute_divide/io/csv_reader.hpp>

namespace cd = compute_divide;

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Papers with a department and an organisation that is known, or a university that is not, one to three of them.
void make_affiliations(std::uint64_t rows) {
    std::mt19937_64 random(1);
    const std::size_t known = std::size(cd::known_organisations);
    std::cout << "id,year,title,affiliations\n";
    for (std::uint64_t i = 0; i < rows; ++i) {
        std::cout << i << ',' << 2012 + random() % 10 << ",\"A title, of paper " << i << "\",\"";
        for (std::uint64_t n = random() % 3 + 1; n > 0; --n) {
            if (random() % 2 == 0)
                std::cout << "Department of Computer Science " << random() % 100000 << ", "
                          << cd::known_organisations[random() % known].name;
            else
                std::cout << "University of Place " << random() % 100000 << ", Norway";
            std::cout << (n > 1 ? "; " : "");
        }
        std::cout << "\"\n";
    }
}
void make_sectors(std::uint64_t rows) {
    std::mt19937_64 random(1);
    constexpr const char* sectors[]{"academia", "industry", "academia;industry", "government", "nonprofit"};
    std::cout << "year,sector\n";
    for (std::uint64_t i = 0; i < rows; ++i) std::cout << 2000 + random() % 25 << ',' << sectors[random() % 5] << '\n';
}

void classify(const std::string& path, const std::string& column) {
    cd::csv_reader table = cd::csv_reader::open(path);
    const std::size_t place = table.column(column);
    std::vector<std::string> cells;
    for (const cd::csv_row& row : table) cells.emplace_back(row[place]);
    const cd::classifier who;
    cd::classifier::workspace memory;
    const auto start = std::chrono::steady_clock::now();
    std::uint64_t n = 0, institutions = 0;
    for (const std::string& cell : cells)
        cd::for_each_affiliation(cell, cd::affiliation_cell::listed, [&](std::string_view one) {
            institutions += who(one, memory).institutions.size();
            ++n;
        });
    const double seconds = seconds_since(start);
    std::printf("classifier alone: %.2f s, %zu cells, %llu affiliations, %llu institutions\n", seconds, cells.size(),
                static_cast<unsigned long long>(n), static_cast<unsigned long long>(institutions));
}

void count(const std::string& path, const std::string& first, const std::string& second) {
    const auto start = std::chrono::steady_clock::now();
    cd::csv_reader table = cd::csv_reader::open(path);
    const std::size_t a = table.column(first), b = table.column(second);
    std::unordered_map<std::string, std::uint64_t> counts;
    std::string key;
    for (const cd::csv_row& row : table) {
        key.assign(row[a]).append(1, ',').append(row[b]);
        ++counts[key];
    }
    std::printf("hand loop: %.2f s, %zu pairs\n", seconds_since(start), counts.size());
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> given(argv + 1, argv + argc);
    try {
        if (given.size() == 3 && given[0] == "make" && given[1] == "affiliations")
            make_affiliations(std::stoull(given[2]));
        else if (given.size() == 3 && given[0] == "make" && given[1] == "sectors")
            make_sectors(std::stoull(given[2]));
        else if (given.size() == 3 && given[0] == "classify")
            classify(given[1], given[2]);
        else if (given.size() == 4 && given[0] == "count")
            count(given[1], given[2], given[3]);
        else
            return 2;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
