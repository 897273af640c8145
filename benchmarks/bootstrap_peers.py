#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_bootstrap measures, done by scipy 1.10, all replicates at once: `name seconds` a line."""
import time

import numpy as np
from scipy.stats import bootstrap


def timed(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


if __name__ == "__main__":
    sample = np.random.default_rng(1).uniform(size=200)
    work = lambda: bootstrap((sample,), np.mean, n_resamples=9999, method="BCa")
    print(f"mean_of_200_bca/1/real_time {min(timed(work) for _ in range(10)):.6f}")
