#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_counts measures, done by statsmodels over numpy: `benchmark peer seconds` a line, seconds of a core."""
import warnings

import numpy as np
import statsmodels.api as sm

import beside

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    n = 200_000
    generator = np.random.default_rng(1)
    terms = generator.normal(size=(n, 5))
    mean = np.exp(1 + terms @ [0.3, 0.5, -0.2, 0.1, 0])
    counts = {"poisson": generator.poisson(mean),
              "negative_binomial": generator.poisson(mean * generator.gamma(2, 0.5, n))}
    organisation = generator.integers(0, 1_000, n)

    def poisson(**covariance):
        return sm.Poisson(counts["poisson"], sm.add_constant(terms)).fit(disp=0, **covariance).bse

    def negative_binomial():
        return sm.NegativeBinomial(counts["negative_binomial"], sm.add_constant(terms)).fit(disp=0).bse

    def glm():
        return sm.GLM(counts["poisson"], sm.add_constant(terms), family=sm.families.Poisson()).fit().bse

    beside.report({
        "poisson statsmodels": (poisson, 5),
        "poisson statsmodels:GLM": (glm, 5),
        "poisson_clustered": (lambda: poisson(cov_type="cluster", cov_kwds={"groups": organisation}), 5),
        "negative_binomial": (negative_binomial, 2),
    }, "statsmodels")
