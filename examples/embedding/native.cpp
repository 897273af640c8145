// SPDX-License-Identifier: BSL-1.0
// For the tests of other systems: what the library itself says of the records that they make, doubles as their bits.
//
//     native results N        of the records 0 to N - 1
//     native state FROM TO    of some of them: the state of share by cluster and of log_trend, hexadecimal
//     native merge FROM TO    the same merged with the states that standard input has
//     native texts            a line of standard input each
//     native rate             microseconds of the processor a text of standard input, each classified once with its own
//     memory
#include <bit>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>
#include <vector>

#include <compute_divide/institutions/classifier.hpp>
#include <compute_divide/shares/owner_amounts.hpp>
#include <compute_divide/state.hpp>
#include <compute_divide/statistics/clustered_share.hpp>
#include <compute_divide/statistics/share_counts.hpp>
#include <compute_divide/trends/log_trend_sums.hpp>

namespace cd = compute_divide;

namespace {

struct sums {
    cd::share_counts share = {};
    cd::clustered_successes<std::string> clustered_share = {};
    cd::log_trend_sums trend = {};
    cd::clustered_log_trend_sums<std::string> clustered_trend = {};
    cd::owner_amounts<int, std::string> owners = {};

    /// As in each test.
    void add(std::int64_t i) {
        using namespace std::chrono;
        const std::optional<bool> yes = i % 97 == 0 ? std::nullopt : std::optional(i * 7919 % 100 < 37);
        const std::string lab = "lab " + std::to_string(i * 31 % 211);
        const auto day = sys_days{2010y / January / 1} + days{i * 13 % 5000};
        const std::optional<double> value =
            i % 89 == 0 ? std::nullopt
                        : std::optional(static_cast<double>((i * 104729 % 1000003 + 1) * (i * 13 % 5000 + 1)));
        share.add(yes);
        clustered_share.add(yes, lab);
        trend.add(day, value);
        clustered_trend.add(day, value, lab);
        owners.add(0, lab, value);
    }
};

void put(const std::optional<double>& x) {
    if (x)
        std::printf("|%016llx", static_cast<unsigned long long>(std::bit_cast<std::uint64_t>(*x)));
    else
        std::printf("|");
}
void put(const cd::estimate& e) {
    put(e.value);
    put(e.bounds ? std::optional(e.bounds->lower) : std::nullopt);
    put(e.bounds ? std::optional(e.bounds->upper) : std::nullopt);
}
void print(const char* name, const cd::estimate& e) {
    std::printf("%s", name);
    put(e);
    std::printf("|%.*s|%llu|%llu|%s\n", static_cast<int>(e.method.size()), e.method.data(),
                static_cast<unsigned long long>(e.n), static_cast<unsigned long long>(e.n_missing),
                std::string(cd::name_of(e.status)).c_str());
}
void print(const char* name, const cd::growth& growth, const std::optional<double>& r_squared) {
    std::printf("%s", name);
    put(growth.slope);
    put(growth.factor);
    put(growth.doubling.months);
    put(r_squared);
    std::printf("|%llu|%llu|%s\n", static_cast<unsigned long long>(growth.slope.n),
                static_cast<unsigned long long>(growth.slope.n_missing),
                std::string(cd::name_of(growth.slope.status)).c_str());
}
void print(const sums& all) {
    print("share", all.share.result());
    print("clustered share", all.clustered_share.result().share);
    print("trend", all.trend.result(), all.trend.r_squared());
    print("clustered trend", all.clustered_trend.result(), std::nullopt);
    print("hhi", cd::concentration_of_keys(all.owners.result()).front().concentration.hhi);
}

template <class A>
void print_state(const A& a) {
    for (const char c : cd::saved(a)) std::printf("%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    std::printf("\n");
}
template <class A>
void merge_state(A& a) {
    std::string line, bytes;
    std::getline(std::cin, line);
    for (std::size_t i = 0; i + 1 < line.size(); i += 2)
        bytes += static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16));
    A other;
    cd::load(bytes, other);
    a.merge(other);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string what = argc > 1 ? argv[1] : "";
    const auto number = [&](int i) { return i < argc ? std::strtoll(argv[i], nullptr, 10) : 0; };
    if (what == "texts" || what == "rate") {
        const cd::classifier who;
        cd::classifier::workspace memory;
        std::vector<std::string> texts;
        for (std::string text; std::getline(std::cin, text);) texts.push_back(text);
        double best = 1e300;
        for (int run = 0; what == "rate" && run < 3; ++run) {
            const std::clock_t begin = std::clock();
            std::size_t found = 0;
            for (const std::string& text : texts) found += who(text, memory).institutions.size();
            const double time = 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
            if (found > 0) best = std::min(best, time / static_cast<double>(texts.size()));
        }
        if (what == "rate") return std::printf("%.3f\n", best) < 0;
        for (const std::string& text : texts) {
            const cd::affiliation found = who(text, memory);
            std::string sectors;
            for (const cd::sector sector : found.sectors)
                sectors.append(sectors.empty() ? "" : ",").append(cd::name_of(sector));
            if (found.institutions.empty()) {
                std::printf("|||{%s}|\n", sectors.c_str());
                continue;
            }
            const cd::institution& first = found.institutions.front();
            std::printf("%s|%s|%s|{%s}", first.name.c_str(), std::string(cd::name_of(first.type)).c_str(),
                        first.country.c_str(), sectors.c_str());
            put(first.confidence);
            std::printf("\n");
        }
        return 0;
    }
    sums all;
    const bool whole = what == "results";
    for (std::int64_t i = whole ? 0 : number(2); i < (whole ? number(2) : number(3)); ++i) all.add(i);
    if (what == "state") {
        print_state(all.clustered_share);
        print_state(all.trend);
        return 0;
    }
    if (what == "merge") {
        merge_state(all.clustered_share);
        merge_state(all.trend);
        print("clustered share", all.clustered_share.result().share);
        print("trend", all.trend.result(), all.trend.r_squared());
        return 0;
    }
    print(all);
}
