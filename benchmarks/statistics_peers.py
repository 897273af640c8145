#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_statistics measures, done by statsmodels 0.13 over scipy 1.10 (vectorised): `benchmark peer seconds` a line, seconds of a core.
"""
import numpy as np
from statsmodels.stats.proportion import proportion_confint

import beside

METHODS = {"wilson": "wilson", "clopper_pearson": "beta", "jeffreys": "jeffreys", "agresti_coull": "agresti_coull"}


if __name__ == "__main__":
    successes = np.random.default_rng(1).integers(0, 201, 100_000)
    trials = np.full(100_000, 200)
    beside.report({name: (lambda method=method: proportion_confint(successes, trials, 0.05, method), 20)
                   for name, method in METHODS.items()}, "statsmodels")
