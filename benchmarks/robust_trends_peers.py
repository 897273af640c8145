#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_robust_trends measures, done by scipy 1.10 and statsmodels 0.13: `benchmark peer seconds` a line, seconds of a core.

scipy's Theil-Sen holds all pairs in memory: there is no peer at n = 1,000,000.
"""
import numpy as np
import statsmodels.api as sm
from scipy.stats import kendalltau, theilslopes

import beside


def records(n):
    random = np.random.default_rng(1)
    x = random.uniform(0, 10, n)
    return x, 0.6 * x + np.sin(x) + random.uniform(-1, 1, n)


def with_records(n, work):
    x, y = records(n)
    return lambda: work(x, y), 3


WORK = {
    "theil_sen/2000": with_records(2_000, lambda x, y: theilslopes(y, x)),
    "mann_kendall/2000": with_records(2_000, lambda x, y: kendalltau(x, y, method="asymptotic")),
    "mann_kendall/1000000": with_records(1_000_000, lambda x, y: kendalltau(x, y, method="asymptotic")),
    "lowess/5000 statsmodels": with_records(5_000, lambda x, y: sm.nonparametric.lowess(y, x, frac=2 / 3, it=3)),
    "quantile_regression/20000 statsmodels": with_records(20_000, lambda x, y: sm.QuantReg(y, sm.add_constant(x)).fit(0.9)),
}

if __name__ == "__main__":
    beside.report(WORK, "scipy")
