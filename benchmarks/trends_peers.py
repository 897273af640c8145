#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_trends measures, done with statsmodels 0.13 and numpy: `benchmark peer seconds` a line, seconds of a core.

sevilla is the published loop, an OLS of statsmodels for each replicate; pairs_percentile the same closed form as here in
numpy, all replicates at once.
"""
import numpy as np
import statsmodels.api as sm

import beside

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
    "bootstrap/pairs_percentile/1 numpy": (bootstrap_pairs_percentile, 3),
    "bootstrap/sevilla/1": (bootstrap_sevilla, 1),
}


if __name__ == "__main__":
    beside.report(WORK, "statsmodels")
