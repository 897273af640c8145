#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_regression measures, done by statsmodels over numpy: `benchmark peer seconds` a line, seconds of a core.

The column of ones is part of the work, as it is in fit_least_squares.
"""
import numpy as np
import statsmodels.api as sm

import beside

if __name__ == "__main__":
    n = 200_000
    generator = np.random.default_rng(1)
    terms = generator.normal(size=(n, 5))
    y = 1 + terms @ [1, 2, -1, 0.5, 0] + generator.normal(size=n)
    organisation = generator.integers(0, 1_000, n)
    year = generator.integers(0, 15, n)
    both = np.column_stack([organisation, year])
    cases = {
        "ols_records": {},
        "linear/classical": {},
        "linear/hc1": {"cov_type": "HC1"},
        "linear/hc3": {"cov_type": "HC3"},
        "linear/clustered": {"cov_type": "cluster", "cov_kwds": {"groups": organisation}},
        "linear_two_way": {"cov_type": "cluster", "cov_kwds": {"groups": both}},
    }
    work = {name: (lambda options=options: sm.OLS(y, sm.add_constant(terms)).fit(**options).bse, 7)
            for name, options in cases.items()}

    def wild_bootstrap():
        """p of one hypothesis (no interval), B = 9,999, by sums of clusters and all draws at once (Roodman and others
        2019, section 5): some 250 MB."""
        x = sm.add_constant(terms)
        bread = np.linalg.inv(x.T @ x)
        c = bread[:, 1]
        b = bread @ (x.T @ y)
        beyond = b[1] / c[1]
        residual = y - x @ (b - c * beyond)
        order = np.argsort(organisation, kind="stable")
        first = np.searchsorted(organisation[order], np.arange(1_000))
        scores = np.add.reduceat((x * residual[:, None])[order], first)
        gram = np.add.reduceat((x * (x @ c)[:, None])[order], first)
        own = np.add.reduceat((x * (y - x @ b)[:, None])[order], first) @ c
        signs = 2.0 * generator.integers(0, 2, (1_000, 9_999)) - 1
        each = (scores @ c)[:, None] * signs - gram @ (bread @ (scores.T @ signs))
        star = ((scores @ c) @ signs) ** 2 / (each**2).sum(axis=0)
        return ((star >= b[1] ** 2 / (own**2).sum()).sum() + 1) / 10_000

    work["wild_bootstrap/1 numpy"] = (wild_bootstrap, 3)
    beside.report(work, "statsmodels")
