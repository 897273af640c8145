#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Cochran-Armitage tests: writes proportion_trend.csv beside this file (python3 with mpmath and statsmodels, and R).

One line a table: name, z, two-sided p, then score, successes and n of up to five groups, padded with groups of n = 0.
z comes from the textbook sums in 40 digits. R's prop.trend.test and statsmodels must agree.
"""
import csv
import pathlib
import subprocess

import mpmath as mp
import numpy as np
from statsmodels.stats.contingency_tables import Table

mp.mp.dps = 40
FAR = "far from 0"  # where R sees no slope and statsmodels divides by zero: only the exact sums stand
TABLES = {
    "smokers (R's help page)": [(1, 83, 86), (2, 90, 93), (3, 129, 136), (4, 70, 82)],
    "smokers with other scores": [(0, 83, 86), (0, 90, 93), (1, 129, 136), (2, 70, 82)],
    "years": [(2018, 6, 11), (2019, 3, 16), (2020, 4, 31), (2021, 2, 40), (2022, 0, 20)],
    "tiny p": [(2010, 600, 1000), (2012, 500, 1000), (2014, 300, 1000), (2016, 150, 1000)],
    "rising": [(-2, 1, 20), (-1, 3, 20), (0, 2, 20), (1, 6, 20), (2, 9, 20)],
    "no trend": [(1, 5, 10), (2, 6, 10), (3, 5, 10)],
    FAR: [(1e9, 3, 30), (1e9 + 1, 5, 30), (1e9 + 2, 12, 30)],
}


def exact(groups):
    groups = [tuple(map(mp.mpf, g)) for g in groups]
    n, k = sum(g[2] for g in groups), sum(g[1] for g in groups)
    mean, p = sum(g[0] * g[2] for g in groups) / n, k / n
    c = sum((s - mean) * (x - m * p) for s, x, m in groups)
    z = c / mp.sqrt(p * (1 - p) * sum(m * (s - mean) ** 2 for s, x, m in groups))
    return z, mp.erfc(abs(z) / mp.sqrt(2))


def from_r(groups):
    s, x, n = (",".join(map(repr, column)) for column in zip(*groups))
    code = f"t <- prop.trend.test(c({x}), c({n}), c({s})); cat(sprintf('%.17g %.17g', t$statistic, t$p.value))"
    return map(float, subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout.split())


if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "z", "p"] + [f"{what}{i}" for i in range(1, 6) for what in ("score", "successes", "n")])
        for name, groups in TABLES.items():
            z, p = exact(groups)
            padded = groups + [(0, 0, 0)] * (5 - len(groups))
            out.writerow([name, mp.nstr(z, 18), mp.nstr(p, 18)] + [repr(float(v)) for g in padded for v in g])
            if name == FAR:
                continue
            square, theirs = from_r(groups)
            assert abs(square - z * z) <= 1e-9 * max(1, square) and abs(theirs - p) <= 1e-6 * p, (name, square, theirs, z, p)
            n = sum(g[2] for g in groups)
            table = Table(np.array([[x, m - x] for _, x, m in groups]), shift_zeros=False)
            test = table.test_ordinal_association(row_scores=np.array([g[0] for g in groups], float), col_scores=np.array([1, 0]))
            assert abs(test.zscore * mp.sqrt(mp.mpf(n) / (n - 1)) - z) <= 1e-6 * max(1, abs(z)), (name, test.zscore, z)
