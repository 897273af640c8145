#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes two_sample.csv beside this file (python3 with scipy 1.10): what R has not, of the samples of
two_sample_data.csv. SAMPLE/METHOD: statistic, p, value, lower, upper.

brunner_munzel    scipy's, the sign of the statistic turned; interval by the formulas of the paper, in ranks
mann_whitney      scipy's exact and asymptotic p; exact_ties: all choices of the first sample one by one, in fractions
permutation       scipy.stats.permutation_test over all permutations, of the differences of means (of logs)
monte_carlo       the library's own random permutations (of its random streams), their p by the definition
medians           numpy's medians of the resamples that the library's random streams draw; ratio and difference
"""
import csv
import itertools
import math
import pathlib
from fractions import Fraction

import numpy as np
from scipy import stats

from bootstrap import Stream
from two_sample_data import read

REPLICATES = 399
none = ("none",)


def brunner_munzel(x, y):
    statistic, p = stats.brunnermunzel(x, y)
    n, m = len(x), len(y)
    ranks = stats.rankdata(np.concatenate([x, y]))
    v1 = np.var(ranks[:n] - stats.rankdata(x), ddof=1)
    v2 = np.var(ranks[n:] - stats.rankdata(y), ddof=1)
    value = (ranks[:n].mean() - (n + 1) / 2) / m
    error = math.sqrt(v1 / (n * m**2) + v2 / (m * n**2))
    degrees = (n * v1 + m * v2) ** 2 / ((n * v1) ** 2 / (n - 1) + (m * v2) ** 2 / (m - 1))
    t = stats.t.ppf(0.975, degrees)  # exact to some 1e-10: one step of Newton's method
    width = (t + (stats.t.sf(t, degrees) - 0.025) / stats.t.pdf(t, degrees)) * error
    return -statistic, p, value, max(value - width, 0), min(value + width, 1)


def exact_ties(x, y):
    both = np.concatenate([x, y])
    twice_ranks = [int(2 * r) for r in stats.rankdata(both)]
    n = len(x)
    observed = sum(twice_ranks[:n])
    sums = [sum(chosen) for chosen in itertools.combinations(twice_ranks, n)]
    tail = min(sum(s <= observed for s in sums), sum(s >= observed for s in sums))
    u = (observed - n * (n + 1)) / 2
    return u, float(min(Fraction(1), Fraction(2 * tail, len(sums)))), u / (n * len(y)), *none * 2


def permutation(x, y):
    result = stats.permutation_test((x, y), lambda a, b: a.mean() - b.mean(), n_resamples=np.inf)
    return result.statistic, result.pvalue, result.statistic, *none * 2


def monte_carlo(x, y):
    values, n = np.concatenate([np.sort(x), np.sort(y)]), len(x)
    differences = []
    for replicate in range(REPLICATES):
        stream, order = Stream(1, replicate), list(range(len(values)))
        for i in range(n):
            j = i + stream.below(len(values) - i)
            order[i], order[j] = order[j], order[i]
        differences.append(values[order[:n]].mean() - values[order[n:]].mean())
    observed = x.mean() - y.mean()
    slack = 1e-12 * np.ptp(values)
    tail = min(sum(d >= observed - slack for d in differences), sum(d <= observed + slack for d in differences))
    return observed, min(1, 2 * (1 + tail) / (1 + REPLICATES)), observed, *none * 2


def medians(x, y, compared):
    replicates = []
    for replicate in range(REPLICATES):
        stream = Stream(1, replicate)
        a = [np.sort(x)[stream.below(len(x))] for _ in x]
        b = [np.sort(y)[stream.below(len(y))] for _ in y]
        replicates.append(compared(np.median(a), np.median(b)))
    return *none * 2, compared(np.median(x), np.median(y)), *np.quantile(replicates, [0.025, 0.975])


if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "statistic", "p", "value", "lower", "upper"])

        def row(name, numbers):
            out.writerow([name] + [v if isinstance(v, str) else repr(float(v)) for v in numbers])

        for name, groups in read().items():
            x, y = map(np.array, groups)
            ways = math.comb(len(x) + len(y), len(x))
            if min(len(x), len(y)) > 1:
                if x.min() <= y.max():  # else the variance is 0
                    row(f"{name}/brunner_munzel", brunner_munzel(x, y))
                row(f"{name}/medians_ratio", medians(x, y, lambda a, b: a / b))
                row(f"{name}/medians_difference", medians(x, y, lambda a, b: a - b))
            u, p = stats.mannwhitneyu(x, y, method="asymptotic")
            row(f"{name}/normal_continuity", (u, p, u / (len(x) * len(y)), *none * 2))
            if len(set(x) | set(y)) == len(x) + len(y):
                u, p = stats.mannwhitneyu(x, y, method="exact")
                row(f"{name}/exact", (u, p, u / (len(x) * len(y)), *none * 2))
            if ways < 30000:
                row(f"{name}/exact", exact_ties(x, y))
            if ways < 30000 and min(len(x), len(y)) > 1:
                row(f"{name}/permutation_difference", permutation(x, y))
                row(f"{name}/permutation_ratio", permutation(np.log(x), np.log(y)))
            row(f"{name}/monte_carlo", monte_carlo(np.log(x), np.log(y)))
