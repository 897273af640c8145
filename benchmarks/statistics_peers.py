#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_statistics measures, done by statsmodels 0.13 over scipy 1.10 (vectorised): `name seconds` a line.

With the path of bench_statistics as argument, runs it too and prints `name seconds peer_seconds ratio`.
"""
import json
import subprocess
import sys
import time

import numpy as np
from statsmodels.stats.proportion import proportion_confint

METHODS = {"wilson": "wilson", "clopper_pearson": "beta", "jeffreys": "jeffreys", "agresti_coull": "agresti_coull"}


def peers():
    successes = np.random.default_rng(1).integers(0, 201, 100_000)
    trials = np.full(100_000, 200)
    for name, method in METHODS.items():
        best = min(timed(lambda: proportion_confint(successes, trials, 0.05, method)) for _ in range(20))
        yield name, best


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def ours(program):
    command = [program, "--benchmark_format=json", "--benchmark_repetitions=5", "--benchmark_min_time=0.1"]
    runs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)["benchmarks"]
    return {name: min(r["real_time"] for r in runs if r["name"] == name) / 1e3 for name in METHODS}


if __name__ == "__main__":
    measured = ours(sys.argv[1]) if len(sys.argv) > 1 else {}
    for name, seconds in peers():
        if name in measured:
            print(f"{name} {measured[name]:.6f} {seconds:.6f} {seconds / measured[name]:.1f}")
        else:
            print(f"{name} {seconds:.6f}")
