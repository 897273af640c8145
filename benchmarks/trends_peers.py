#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_trends measures, done with statsmodels 0.13 and numpy: `name seconds` a line.

With the path of bench_trends as argument, runs it too and prints `name seconds peer_seconds ratio`, on one thread.
sevilla is the published loop, an OLS of statsmodels for each replicate; pairs_percentile the same closed form as here in
numpy, all replicates at once.
"""
import json
import subprocess
import sys
import time

import numpy as np
import statsmodels.api as sm

generator = np.random.default_rng(1)
year = generator.uniform(0, 15, 428)
log = 14 + 0.67 * year + generator.uniform(0, 6, 428)
organization = generator.integers(0, 200, 428)


def fit_with_intervals():
    design = sm.add_constant(year)
    for options in ({}, {"cov_type": "HC1"}, {"cov_type": "HC3"},
                    {"cov_type": "cluster", "cov_kwds": {"groups": organization}}):
        sm.OLS(log, design).fit(**options).conf_int()


def bootstrap_sevilla(replicates=10_000):
    slopes = []
    for _ in range(replicates):
        drawn = generator.integers(0, 428, 428)
        if len(np.unique(drawn)) <= 2:
            continue
        noisy = log[drawn] + generator.uniform(np.log10(0.5), np.log10(2), 428)
        slopes.append(sm.OLS(noisy, sm.add_constant(year[drawn])).fit().params[1])
    np.quantile(slopes, [0.025, 0.5, 0.975])


def bootstrap_pairs_percentile():
    drawn = generator.integers(0, 428, (10_000, 428))
    x, y = year[drawn], log[drawn]
    x -= x.mean(axis=1, keepdims=True)
    np.quantile((x * y).sum(axis=1) / (x * x).sum(axis=1), [0.025, 0.975])


WORK = {
    "fit_with_intervals": (fit_with_intervals, 20),
    "bootstrap/pairs_percentile/1/real_time": (bootstrap_pairs_percentile, 3),
    "bootstrap/sevilla/1/real_time": (bootstrap_sevilla, 1),
}


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ours(program):
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_min_time=0.1"]
    runs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["benchmarks"]
    return {name: min(r["real_time"] for r in runs if r["name"] == name) / 1e3 for name in WORK}


if __name__ == "__main__":
    measured = ours(sys.argv[1]) if len(sys.argv) > 1 else {}
    for name, (work, times) in WORK.items():
        seconds = min(timed(work) for _ in range(times))
        if name in measured:
            print(f"{name} {measured[name]:.6f} {seconds:.6f} {seconds / measured[name]:.1f}")
        else:
            print(f"{name} {seconds:.6f}")
