#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Score on log2(compute), by statsmodels 0.13: gain per doubling, expected score and a gain over a baseline split, with
their intervals. Writes efficiency_data.csv and efficiency.csv beside this file."""
import csv
import pathlib

import mpmath
import numpy as np
import statsmodels.api as sm
from scipy import stats

here = pathlib.Path(__file__).parent
BASELINE, RESULT = (70.0, 3e19), (81.5, 4e21)  # score, compute


def records():
    rng = np.random.default_rng(20240117)
    compute = 10 ** rng.uniform(17, 24, 40)
    lab = rng.integers(0, 9, 40)
    score = 12 + 1.1 * np.log2(compute) - 0.1 * lab + rng.normal(0, 2, 40) * (1 + lab / 6)
    return [(f"{c:.6g}", f"{s:.4f}", int(l)) for c, s, l in zip(compute, score, lab)]


def two_sided_t(level, degrees):
    """scipy's quantile, which is good to some 1e-9, refined."""
    within = lambda t: mpmath.betainc(0.5, mpmath.mpf(degrees) / 2, 0, t * t / (degrees + t * t), regularized=True)
    return float(mpmath.findroot(lambda t: within(t) - mpmath.mpf(level), stats.t.ppf(0.5 + level / 2, degrees)))


def interval(value, variance, level, degrees):
    half = two_sided_t(level, degrees) * np.sqrt(variance)
    return value, value - half, value + half


if __name__ == "__main__":
    rows = records()
    with open(here / "efficiency_data.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["record", "compute", "score", "lab"])
        out.writerows([i, *row] for i, row in enumerate(rows))
    x = np.log2([float(c) for c, _, _ in rows])
    y = np.array([float(s) for _, s, _ in rows])
    lab = np.array([l for _, _, l in rows])
    with open(here / "efficiency.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["quantity", "covariance", "level", "value", "lower", "upper"])
        for number, kind in enumerate(["nonrobust", "HC0", "HC1", "HC2", "HC3", "cluster"]):
            how = {"cov_kwds": {"groups": lab}} if kind == "cluster" else {}
            fit = sm.OLS(y, sm.add_constant(x)).fit(cov_type=kind, use_t=True, **how)
            degrees = len(set(lab)) - 1 if kind == "cluster" else fit.df_resid
            b, v, s2 = fit.params[1], fit.cov_params(), fit.ssr / fit.df_resid
            gain, d = RESULT[0] - BASELINE[0], np.log2(RESULT[1] / BASELINE[1])
            at = np.array([1, np.log2(RESULT[1])])
            for level in (0.9, 0.95):
                slope = interval(b, v[1, 1], level, degrees)
                factor = [2 ** (gain / e - d) for e in slope]
                for name, e in [("gain_per_doubling", slope),
                                ("expected_score", interval(at @ fit.params, at @ v @ at, level, degrees)),
                                ("explained", interval(b * d, d * d * v[1, 1], level, degrees)),
                                ("explained_share", [z / gain for z in interval(b * d, d * d * v[1, 1], level, degrees)]),
                                ("left_over_confidence", interval(gain - b * d, d * d * v[1, 1], level, degrees)),
                                ("left_over_prediction", interval(gain - b * d, d * d * v[1, 1] + 2 * s2, level, degrees)),
                                ("compute_equivalent", [factor[0], factor[2], factor[1]])]:
                    out.writerow([name, number, level, *(repr(float(z)) for z in e)])
