#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_bootstrap measures, done by scipy 1.10, all replicates at once: `benchmark peer seconds` a line, seconds of a core."""
import numpy as np
from scipy.stats import bootstrap

import beside

if __name__ == "__main__":
    sample = np.random.default_rng(1).uniform(size=200)
    work = lambda: bootstrap((sample,), np.mean, n_resamples=9999, method="BCa")
    beside.report({"mean_of_200_bca/1": (work, 10)}, "scipy")
