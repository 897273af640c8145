#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_logistic measures, done by statsmodels over numpy: `benchmark peer seconds` a line, seconds of a core."""
import numpy as np
import statsmodels.api as sm

import beside

if __name__ == "__main__":
    n = 200_000
    generator = np.random.default_rng(1)
    terms = generator.normal(size=(n, 5))
    yes = (generator.uniform(size=n) < 1 / (1 + np.exp(0.5 - terms @ [0.5, 1, -1, 0.3, 0]))).astype(float)
    organisation = generator.integers(0, 1_000, n)

    def logit(**covariance):
        return sm.Logit(yes, sm.add_constant(terms)).fit(disp=0, **covariance).bse

    def glm():
        return sm.GLM(yes, sm.add_constant(terms), family=sm.families.Binomial()).fit().bse

    fitted = sm.Logit(yes, sm.add_constant(terms)).fit(disp=0)
    beside.report({
        "logit statsmodels": (logit, 7),
        "logit statsmodels:GLM": (glm, 5),
        "logit_hc1": (lambda: logit(cov_type="HC1"), 5),
        "logit_clustered": (lambda: logit(cov_type="cluster", cov_kwds={"groups": organisation}), 5),
        "marginal_effects": (lambda: fitted.get_margeff().summary_frame(), 5),
    }, "statsmodels")
