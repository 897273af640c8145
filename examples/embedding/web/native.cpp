// SPDX-License-Identifier: BSL-1.0
// For the test of the page: what a program says to the same requests.
//     native REQUEST INPUT [RUNS]     files; the status in a line, then the answer; RUNS: and the least milliseconds
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "analysis.hpp"

namespace {
std::string content(const char* path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}
}  // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const std::string request = content(argv[1]), input = content(argv[2]);
    web::outcome said;
    double best = 1e300;
    for (int run = argc > 3 ? std::atoi(argv[3]) : 1; run > 0; --run) {
        const auto begin = std::chrono::steady_clock::now();
        said = web::outcome_of(request, input);
        best =
            std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    if (argc > 3) return std::printf("%.3f\n", best) < 0;
    std::printf("%d\n", said.status);
    std::fwrite(said.text.data(), 1, said.text.size(), stdout);
}
