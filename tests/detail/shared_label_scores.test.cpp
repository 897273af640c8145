// SPDX-License-Identifier: BSL-1.0
#include <compute_divide/detail/shared_label_scores.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace cd = compute_divide;

namespace {

struct record {
    std::vector<double> scores;
    std::vector<std::uint32_t> labels;
};

/// By all pairs of records.
std::vector<double> meat_of_pairs(const std::vector<record>& records, std::size_t p) {
    std::vector<double> sum(p * p);
    for (const auto& a : records)
        for (const auto& b : records) {
            const bool depend = &a == &b || std::ranges::find_first_of(a.labels, b.labels) != a.labels.end();
            for (std::size_t i = 0; depend && i < p; ++i)
                for (std::size_t j = 0; j < p; ++j) sum[i * p + j] += a.scores[i] * b.scores[j];
        }
    return sum;
}

}  // namespace

TEST_CASE("the meat of shared labels is the sum over all pairs that share one") {
    std::mt19937_64 engine(3);
    for (int trial = 0; trial < 40; ++trial) {
        const std::size_t p = 1 + engine() % 9, n = 2 + engine() % 60, labels = 1 + engine() % 25;
        const std::size_t most = trial % 4 == 0 ? 9 : 5;  // of more than 6 labels records are compared one by one
        const bool sparse = trial % 2 == 0;
        std::vector<record> records;
        cd::detail::shared_label_scores scores(p);
        for (std::size_t i = 0; i < n; ++i) {
            record r{std::vector<double>(p), {}};
            for (double& x : r.scores)
                if (!sparse || engine() % 4 == 0) x = static_cast<double>(engine() % 2001) - 1000;
            for (std::size_t l = engine() % (most + 1); l > 0; --l)
                r.labels.push_back(static_cast<std::uint32_t>(engine() % labels));
            scores.add(r.scores, r.labels);
            records.push_back(std::move(r));
        }
        // Whole numbers: sums are exact.
        CHECK(scores.meat() == meat_of_pairs(records, p));
    }
}
