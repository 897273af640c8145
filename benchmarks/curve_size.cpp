// SPDX-License-Identifier: BSL-1.0
// How often the tests of specification curves reject where there is no effect: `curve_size [ROUNDS]`, a Markdown table.
// Four specifications (two measures of x, two of y) share clustered data; errors are CR1's, the interval at 95.45 % two
// of them. 399 draws each.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include <compute_divide/random.hpp>
#include <compute_divide/statistics/curve_inference.hpp>

namespace cd = compute_divide;

namespace {

struct observation {
    std::array<double, 2> x, y;
    int cluster;
};

std::vector<observation> simulated(int clusters, bool uneven, std::uint64_t seed) {
    cd::random_stream random(seed, 1U << 20);
    const auto noise = [&random] { return random.uniform() + random.uniform() + random.uniform() - 1.5; };
    std::vector<observation> all;
    for (int c = 0; c < clusters; ++c) {
        const double of_x = noise(), of_y = noise();
        for (int i = 0; i < (uneven ? (c % 7 == 0 ? 14 : 1 + c % 3) : 2 + c % 3); ++i) {
            const double x = of_x + noise(), y = of_y + noise();
            all.push_back({{x, x + 0.5 * noise()}, {y, of_y + noise()}, c});
        }
    }
    return all;
}

cd::estimate slope(const std::vector<observation>& all, std::size_t i, std::size_t j) {
    double n = 0, mean_x = 0, mean_y = 0, xx = 0, xy = 0;
    int groups = 0;
    for (const observation& o : all) {
        ++n;
        mean_x += o.x[i];
        mean_y += o.y[j];
        groups = std::max(groups, o.cluster + 1);
    }
    mean_x /= n;
    mean_y /= n;
    for (const observation& o : all) {
        xx += (o.x[i] - mean_x) * (o.x[i] - mean_x);
        xy += (o.x[i] - mean_x) * (o.y[j] - mean_y);
    }
    const double b = xy / xx;
    std::vector<double> scores(static_cast<std::size_t>(groups), 0);
    for (const observation& o : all)
        scores[static_cast<std::size_t>(o.cluster)] += (o.x[i] - mean_x) * (o.y[j] - mean_y - b * (o.x[i] - mean_x));
    double square = 0;
    for (const double s : scores) square += s * s;
    const double reach = 2 * std::sqrt(square * groups / (groups - 1)) / xx;
    return {.value = b,
            .bounds = cd::interval{b - reach, b + reach},
            .level = 0.9545,
            .n = all.size(),
            .status = cd::estimate_status::ok};
}

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 2000;
    const cd::specification_set four(cd::alternatives<std::size_t>{"x", {{"0", 0}, {"1", 1}}},
                                     cd::alternatives<std::size_t>{"y", {{"0", 0}, {"1", 1}}});
    std::printf(
        "| clusters | worth (Kish) | single, uncorrected | any of four | any, step-down | count of significant | "
        "Stouffer | median | interval of the median covers |\n|---|---|---|---|---|---|---|---|---|\n");
    for (const bool uneven : {false, true})
        for (const int clusters : {10, 20, 30, 50, 100, 200}) {
            std::array<double, 7> counts{};
            double worth = 0;
            for (int round = 0; round < rounds; ++round) {
                const auto seed = static_cast<std::uint64_t>(round);
                const auto curve = cd::resampled_curve(simulated(clusters, uneven, seed), &observation::cluster, four,
                                                       slope, {.draws = 399, .seed = seed + 1, .threads = 0});
                const auto& joint = curve.joint;
                worth = joint.n_effective;
                bool plain = false, adjusted = false;
                for (const auto& s : curve.specifications) {
                    counts[0] += *s.p_value <= 0.05 ? 0.25 : 0;
                    plain = plain || *s.p_value <= 0.05;
                    adjusted = adjusted || *s.adjusted_p_value <= 0.05;
                }
                const std::array<bool, 6> more{plain,
                                               adjusted,
                                               *joint.significant.p_value <= 0.05,
                                               *joint.stouffer.p_value <= 0.05,
                                               *joint.median.p_value <= 0.05,
                                               joint.median_effect.bounds->contains(0)};
                for (std::size_t i = 0; i < more.size(); ++i) counts[i + 1] += more[i] ? 1 : 0;
            }
            std::printf("| %d%s | %.1f |", clusters, uneven ? ", uneven" : "", worth);
            for (const double count : counts) std::printf(" %.3f |", count / rounds);
            std::printf("\n");
            std::fflush(stdout);
        }
}
