// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/progress.hpp>

#include <chrono>
#include <cstdint>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;
using namespace std::chrono_literals;

namespace {

struct told {
    std::chrono::steady_clock::time_point now{1000s};
    std::ostringstream out;

    cd::progress_options options(cd::progress_style style, std::uint64_t files = 0, std::uint64_t bytes = 0) {
        return {.files = files, .bytes = bytes, .style = style, .every = 250ms, .out = &out, .clock = [this] {
                    return now;
                }};
    }
};

}  // namespace

TEST_CASE("files, works, bytes per second and the time left, at most a few times a second") {
    told here;
    cd::progress progress(here.options(cd::progress_style::lines, 10, 1'000'000'000));
    progress.add(5, 1000);  // too early
    here.now += 249ms;
    progress.add(5, 1000);
    CHECK(here.out.str().empty());
    here.now += 1ms;
    progress.add(10, 248'000);
    CHECK(here.out.str() == "0 of 10 files, 20 works, 1.0 MB/s, 16 min 40 s left\n");
    progress.file_done();
    CHECK(here.out.str() == "0 of 10 files, 20 works, 1.0 MB/s, 16 min 40 s left\n");
    here.now += 3s;
    progress.add(1'000'000, 500'000'000 - 250'000);
    here.out.str("");
    here.now += 750ms;
    progress.file_done();
    CHECK(here.out.str() == "2 of 10 files, 1000020 works, 125.0 MB/s, 4 s left\n");
    here.out.str("");
    here.now += 1s;
    progress.add(0, 500'000'000);
    CHECK(here.out.str() == "2 of 10 files, 1000020 works, 200.0 MB/s\n");
    CHECK(progress.files() == 2);
    CHECK(progress.works() == 1'000'020);
    CHECK(progress.bytes() == 1'000'000'000);
}

TEST_CASE("the time left by files where bytes are not known; none where nothing is") {
    told here;
    cd::progress by_files(here.options(cd::progress_style::lines, 4));
    by_files.file_done();
    here.now += 3600s;
    by_files.write();
    CHECK(here.out.str() == "1 of 4 files, 0 works, 3 h 0 min left\n");

    told there;
    cd::progress of_unknown(there.options(cd::progress_style::lines));
    of_unknown.file_done();
    of_unknown.add(1, 2500);
    there.now += 1s;
    of_unknown.write();
    CHECK(there.out.str() == "1 file, 1 work, 2.5 kB/s\n");
}

TEST_CASE("one line on a terminal, written over and ended") {
    told here;
    {
        cd::progress progress(here.options(cd::progress_style::line));
        here.now += 1s;
        progress.add(100, 0);
        here.now += 1s;
        progress.add(1, 0);
    }
    CHECK(here.out.str() == "\r0 files, 100 works\x1b[K\r0 files, 101 works\x1b[K\n");
    told unused;
    { cd::progress progress(unused.options(cd::progress_style::line)); }
    CHECK(unused.out.str().empty());
}

TEST_CASE("nothing where it is off, nor by default where nobody looks; it still counts") {
    for (const auto style : {cd::progress_style::off, cd::progress_style::automatic}) {
        told here;
        cd::progress progress(here.options(style));
        here.now += 10s;
        progress.add(3, 4);
        progress.write();
        CHECK(here.out.str().empty());
        CHECK(progress.works() == 3);
    }
}

TEST_CASE("many threads: nothing is lost, and lines are whole") {
    std::ostringstream out;
    cd::progress progress({.style = cd::progress_style::lines, .every = 0ms, .out = &out});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 500; ++i) progress.add(1, 0);
                progress.file_done();
            });
    }
    progress.write();
    CHECK(progress.works() == 2000);
    std::istringstream lines(out.str());
    std::string line, last;
    while (std::getline(lines, line)) {
        CHECK((line.ends_with(" works") || line.ends_with(" work")));
        last = line;
    }
    CHECK(last == "4 files, 2000 works");
}
