// SPDX-License-Identifier: BSL-1.0
// What it takes to count each work of OpenAlex once: memory and time of work_ids. The tenth of 500 million ids below
// 7.5e9 is 50 million below 0.75e9, which lie as close: all takes ten times its memory.
//   work_ids [IDS]
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <compute_divide/io/work_ids.hpp>
#include <compute_divide/state.hpp>

namespace {

double resident_megabytes() {
    std::ifstream file("/proc/self/statm");
    double all = 0, resident = 0;
    file >> all >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

int main(int count, char** arguments) {
    const std::uint64_t n = count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 50'000'000, range = 15 * n;
    const auto now = [] { return std::chrono::steady_clock::now(); };
    const auto nanoseconds_each = [&](auto begin) {
        return std::chrono::duration<double, std::nano>(now() - begin).count() / static_cast<double>(n);
    };
    const double before = resident_megabytes();
    std::mt19937_64 random(1);
    compute_divide::work_ids seen;
    // As the parts of a snapshot are, 400,000 works at a time, whose order says nothing.
    double building = 0, merging = 0;
    for (std::uint64_t next = 0; next < n;) {
        std::vector<std::uint64_t> ids;
        for (; ids.size() < 400'000 && next < n; ++next) ids.push_back(next * 2'654'435'761 % range);
        const auto built = now();
        const compute_divide::work_ids part(std::move(ids));
        building += nanoseconds_each(built);
        const auto merged = now();
        if (!part.common_with(seen).empty()) return 1;
        seen.merge(part);
        merging += nanoseconds_each(merged);
    }
#ifdef __GLIBC__
    ::malloc_trim(0);  // as openalex_teams does whenever the set has grown by an eighth
#endif
    const double megabytes = resident_megabytes() - before;
    const auto looked_up = now();
    std::uint64_t found = 0;
    for (std::uint64_t i = 0; i < n; ++i) found += seen.contains(random() % range) ? 1U : 0U;
    const double contains = nanoseconds_each(looked_up);
    const auto saved_at = now();
    const std::string state = compute_divide::saved(seen);
    std::printf(
        "%.0f million ids below %.2fe9, in scattered order: %.0f MB resident (%.2f bytes an id), %.0f MB as CRoaring "
        "counts\n"
        "a work: %.0f ns for the ids of its part, %.0f to merge them, %.0f to look it up; state %.0f MB in %.2f s; "
        "found %.3f\n",
        static_cast<double>(n) / 1e6, static_cast<double>(range) / 1e9, megabytes,
        1e6 * megabytes / static_cast<double>(n), static_cast<double>(seen.bytes()) / 1e6, building, merging, contains,
        static_cast<double>(state.size()) / 1e6, nanoseconds_each(saved_at) * static_cast<double>(n) / 1e9,
        static_cast<double>(found) / static_cast<double>(n));
}
