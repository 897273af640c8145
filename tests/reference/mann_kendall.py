#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Mann-Kendall tests from the papers' formulas, pair by pair: writes mann_kendall.csv beside this file (python3, scipy).

S and its variance are exact (fractions); scipy.stats.kendalltau's tau-b and statsmodels' autocorrelations must agree.
Hamed and Rao (1998): the series less its Theil-Sen trend is ranked, and only autocorrelations outside
+-z / sqrt(n) count.
"""
import csv
import pathlib
from collections import Counter
from fractions import Fraction

import numpy as np
from scipy.stats import kendalltau, norm, rankdata, theilslopes
from statsmodels.tsa.stattools import acf

from trend_points import trend_points


def score_and_variance(points):
    n = len(points)
    sign = lambda v: (v > 0) - (v < 0)
    s = sum(sign(b[0] - a[0]) * sign(b[1] - a[1]) for i, a in enumerate(points) for b in points[i + 1 :])
    t, u = ([k for k in Counter(p[axis] for p in points).values()] for axis in (0, 1))
    each = lambda ties, f: sum(f(k) for k in ties)
    v = lambda k: k * (k - 1) * (2 * k + 5)
    two, three = lambda k: k * (k - 1), lambda k: k * (k - 1) * (k - 2)
    variance = (Fraction(v(n) - each(t, v) - each(u, v), 18)
                + Fraction(each(t, three) * each(u, three), 9 * three(n)) + Fraction(each(t, two) * each(u, two), 2 * two(n)))
    pairs = lambda ties: (two(n) - each(ties, two)) / 2
    tau_b = kendalltau(*zip(*points)).correlation
    assert abs(tau_b - s / (pairs(t) * pairs(u)) ** 0.5) < 1e-12
    return s, variance


def hamed_rao(points, level, max_lag):
    n = len(points)
    x, y = np.array(points).T
    ranks = rankdata(y - theilslopes(y, x).slope * x)
    d = ranks - ranks.mean()
    correlations = [float((d[k:] * d[: n - k]).sum() / (d * d).sum()) for k in range(1, max_lag + 1)]
    assert np.allclose(correlations, acf(ranks, nlags=max_lag, fft=False)[1:], atol=1e-13)
    band = norm.ppf((1 + level) / 2) / np.sqrt(n)
    total = sum((n - k) * (n - k - 1) * (n - k - 2) * r for k, r in enumerate(correlations, 1) if abs(r) > band)
    return 1 + 2 / (n * (n - 1) * (n - 2)) * total


if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["kind", "n", "lag_level", "max_lag", "s", "variance", "z", "p", "ratio", "z_hamed_rao", "p_hamed_rao"])
        for kind in ("scattered", "ties", "series"):
            for n, level, max_lag in [(4, 0.95, 3), (10, 0.95, 9), (30, 0.95, 29), (30, 0.9, 5), (120, 0.95, 119), (400, 0.95, 10)]:
                points = trend_points(kind, n)
                s, variance = score_and_variance(points)
                ratio = hamed_rao(points, level, max_lag)
                row = [s, float(variance)]
                for factor in (1, ratio):
                    z = (s - np.sign(s)) / np.sqrt(float(variance) * factor) if factor > 0 else None
                    extra = [ratio] if factor is ratio else []
                    row += extra + (["none", "none"] if z is None else [z, 2 * norm.sf(abs(z))])
                out.writerow([kind, n, level, max_lag] + [v if v == "none" else repr(float(v)) for v in row])
