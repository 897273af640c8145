#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_regression measures, done by statsmodels over numpy: `name seconds` a line.

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
    beside.report({name: (lambda options=options: sm.OLS(y, sm.add_constant(terms)).fit(**options).bse, 7)
                   for name, options in cases.items()})
