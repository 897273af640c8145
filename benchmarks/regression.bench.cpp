// SPDX-License-Identifier: BSL-1.0
// Least squares with p = 6 columns (an intercept and five terms) on 200,000 records, coefficients and standard errors,
// beside Eigen's bare HouseholderQR (coefficients alone, in double), with robust covariances and 1,000 clusters, and
// streams of up to 10 million rows. regression_peers.py does the same with statsmodels, under the same names.
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <random>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <Eigen/QR>

#include <compute_divide/regression/least_squares.hpp>
#include <compute_divide/regression/linear.hpp>
#include <compute_divide/regression/model.hpp>
#include <compute_divide/regression/wild_bootstrap.hpp>

namespace cd = compute_divide;

namespace {

constexpr std::size_t n = 200'000;

struct record {
    double a, b, c, d, e, y;
    std::int32_t organisation, year;
};
const auto terms = std::tuple(&record::a, &record::b, &record::c, &record::d, &record::e);

const std::vector<record> records = [] {
    std::mt19937_64 generator(1);
    std::normal_distribution<double> normal;
    std::vector<record> made(n);
    for (auto& r : made) {
        r = {normal(generator), normal(generator), normal(generator), normal(generator), normal(generator), 0, 0, 0};
        r.organisation = static_cast<std::int32_t>(generator() % 1'000);
        r.year = static_cast<std::int32_t>(generator() % 15);
        r.y = 1 + r.a + 2 * r.b - r.c + 0.5 * r.d + normal(generator);
    }
    return made;
}();

void ols_records(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_least_squares(records, terms, &record::y));
}
BENCHMARK(ols_records)->Unit(benchmark::kMillisecond);

void ols_matrix(benchmark::State& state) {
    std::vector<double> matrix, y;
    for (const auto& r : records) {
        matrix.insert(matrix.end(), {1, r.a, r.b, r.c, r.d, r.e});
        y.push_back(r.y);
    }
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::fit_least_squares(matrix, y, {.intercept = false}));
}
BENCHMARK(ols_matrix)->Unit(benchmark::kMillisecond);

void ols_eigen_householder_qr(benchmark::State& state) {
    Eigen::MatrixXd x(n, 6);
    Eigen::VectorXd y(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto& r = records[i];
        const auto row = static_cast<Eigen::Index>(i);
        x.row(row) << 1, r.a, r.b, r.c, r.d, r.e;
        y[row] = r.y;
    }
    for ([[maybe_unused]] auto _ : state) {
        const Eigen::VectorXd coefficients = x.householderQr().solve(y);
        benchmark::DoNotOptimize(coefficients.data());
    }
}
BENCHMARK(ols_eigen_householder_qr)->Unit(benchmark::kMillisecond);

const auto model = cd::model_of(&record::y)
                       .on(cd::variable("a", &record::a), cd::variable("b", &record::b), cd::variable("c", &record::c),
                           cd::variable("d", &record::d), cd::variable("e", &record::e));
const auto clustered = model.clustered_by(&record::organisation);

void linear(benchmark::State& state, cd::covariance_kind kind) {
    for ([[maybe_unused]] auto _ : state) {
        if (cd::detail::of_clusters(kind))
            benchmark::DoNotOptimize(cd::fit_linear(records, clustered, {.covariance = kind}));
        else
            benchmark::DoNotOptimize(cd::fit_linear(records, model, {.covariance = kind}));
    }
}
BENCHMARK_CAPTURE(linear, classical, cd::covariance_kind::classical)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(linear, hc1, cd::covariance_kind::hc1)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(linear, hc3, cd::covariance_kind::hc3)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(linear, clustered, cd::covariance_kind::clustered)->Unit(benchmark::kMillisecond);

BENCHMARK_CAPTURE(linear, cr2, cd::covariance_kind::cr2)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(linear, cr3, cd::covariance_kind::cr3)->Unit(benchmark::kMillisecond);

/// 9,999 draws of 1,000 clusters, and the interval by inversion.
void wild_bootstrap(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(
            cd::wild_cluster_bootstrap(records, clustered, "a", {.threads = static_cast<unsigned>(state.range(0))}));
}
BENCHMARK(wild_bootstrap)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->UseRealTime();

/// Records of two labels each, by the number of records.
void shared_labels(benchmark::State& state) {
    const std::vector<record> some(records.begin(), records.begin() + state.range(0));
    const auto labels = [](const record& r) { return std::array{r.organisation, 1'000 + r.year}; };
    const auto shared = model.clustered_by(labels);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_linear(some, shared));
}
BENCHMARK(shared_labels)->Arg(25'000)->Arg(50'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

void linear_two_way(benchmark::State& state) {
    const auto crossed = clustered.clustered_by(&record::year);
    for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(cd::fit_linear(records, crossed));
}
BENCHMARK(linear_two_way)->Unit(benchmark::kMillisecond);

/// Rows that are made as they are read: the records over and over.
class stream {
public:
    explicit stream(std::size_t rows) : rows_(rows) {}

    class iterator {
    public:
        using value_type = record;
        using difference_type = std::ptrdiff_t;
        explicit iterator(stream& owner) : owner_(&owner) {}
        iterator(iterator&&) noexcept = default;
        iterator& operator=(iterator&&) noexcept = default;
        record operator*() const { return records[owner_->left_ % n]; }
        iterator& operator++() {
            --owner_->left_;
            return *this;
        }
        void operator++(int) { ++*this; }
        bool operator==(std::default_sentinel_t) const { return owner_->left_ == 0; }

    private:
        stream* owner_;
    };
    iterator begin() {
        left_ = rows_;
        return iterator(*this);
    }
    std::default_sentinel_t end() const { return std::default_sentinel; }

private:
    std::size_t rows_, left_ = 0;
};

}  // namespace

template <>
inline constexpr bool cd::begins_anew<stream> = true;

namespace {

void ols_stream(benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::fit_least_squares(stream(10'000'000), terms, &record::y));
}
BENCHMARK(ols_stream)->Unit(benchmark::kMillisecond);

void linear_stream(benchmark::State& state) {
    const auto largest_kilobytes = [] {
        rusage usage{};
        getrusage(RUSAGE_SELF, &usage);
        return static_cast<double>(usage.ru_maxrss);
    };
    const double before = largest_kilobytes();
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(cd::fit_linear(stream(static_cast<std::size_t>(state.range())), clustered));
    state.SetItemsProcessed(state.iterations() * state.range());
    state.counters["more_kilobytes"] = largest_kilobytes() - before;
}
BENCHMARK(linear_stream)->Arg(100'000)->Arg(1'000'000)->Arg(10'000'000)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
