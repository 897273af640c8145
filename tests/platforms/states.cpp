// SPDX-License-Identifier: BSL-1.0
// States and numbers that must be the same, byte for byte, on every machine: of either byte order, of 32 and 64 bits,
// with any standard library. tests/platforms.sh runs it on each and compares. Exit 1 where a state that another
// machine wrote (the first argument) does not load as what this one makes.
#if defined(_WIN32)
#include <fcntl.h>
#include <io.h>
#endif

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include <compute_divide/accumulate.hpp>
#include <compute_divide/institutions/team.hpp>
#include <compute_divide/io/fields.hpp>
#include <compute_divide/random.hpp>
#include <compute_divide/shares/tally.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/moments.hpp>
#include <compute_divide/statistics/share_counts.hpp>

namespace cd = compute_divide;

namespace {

/// A part of every kind that a state may have.
struct all_kinds {
    std::vector<double> doubles;
    std::vector<std::uint16_t> shorts;
    std::map<std::string, std::int64_t> numbers;
    std::optional<float> maybe;
    std::chrono::year_month_day day{};
    cd::team_kind kind{};
    bool flag = false;
    cd::moments moments;
    cd::tally<int, cd::team_kind> teams;
    cd::share_counts share;

    void merge(const all_kinds& more) {
        moments.merge(more.moments);
        teams.merge(more.teams);
        share.merge(more.share);
    }
    [[nodiscard]] const all_kinds& result() const { return *this; }
    static constexpr std::string_view state_name = "all_kinds";
    static auto state(auto& self) {
        return std::tie(self.doubles, self.shorts, self.numbers, self.maybe, self.day, self.kind, self.flag,
                        self.moments, self.teams, self.share);
    }
};

all_kinds made() {
    using namespace std::chrono_literals;
    std::vector<std::uint64_t> seeds(1000);
    for (std::uint64_t i = 0; i < seeds.size(); ++i) seeds[i] = i;
    all_kinds all = cd::accumulate(
        seeds, all_kinds{},
        [](std::uint64_t seed, all_kinds& to) {
            cd::random_stream random(seed);
            to.moments.add(random.uniform(-5, 5));
            const int year = static_cast<int>(2000 + random.below(20));  // in one order of draws
            to.teams.add(year, random.below(3) == 0 ? cd::team_kind::collaboration : cd::team_kind::academia_only);
            to.share.add(random.below(3) == 1);
        },
        {.threads = 2});
    cd::random_stream random(7);
    for (int i = 0; i < 50; ++i) {
        all.doubles.push_back(random.uniform());
        all.shorts.push_back(static_cast<std::uint16_t>(random.below(65'536)));
        all.numbers["name " + std::to_string(i)] = -static_cast<std::int64_t>(random.below(std::uint64_t{1} << 62U));
    }
    for (const char* const text : {"0.1", "1e-310", "123456789012345678", "4.9e-324", "1.7976931348623157e308"})
        all.doubles.push_back(cd::parse_number(text).value());
    all.maybe = 1.5F;
    all.day = 2026y / 11 / 29;
    all.kind = cd::team_kind::industry_only;
    all.flag = true;
    return all;
}

}  // namespace

int main(int count, char** arguments) {
#if defined(_WIN32)
    ::_setmode(::_fileno(stdout), _O_BINARY);  // a line is to end in one byte there, too
#endif
    const all_kinds all = made();
    std::ostringstream stream;
    cd::save(stream, all);
    if (count > 1) {
        std::ifstream file(arguments[1], std::ios::binary);
        const std::string others{std::istreambuf_iterator<char>(file), {}};
        all_kinds loaded;
        cd::load(std::string_view(others).substr(0, stream.str().size()), loaded);
        if (cd::saved(loaded) != cd::saved(all)) return 1;
    }
    std::cout << stream.str() << cd::saved(all);
    return std::cout.flush() ? 0 : 1;
}
