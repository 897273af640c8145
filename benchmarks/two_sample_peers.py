#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""What bench_two_sample measures, done by scipy 1.10, its resampling all at once: `benchmark peer seconds` a line, seconds of a core. scipy has no
Hodges-Lehmann shift: two_sample_peers.R times R's."""
import numpy as np
from scipy import stats
from scipy.stats import _mannwhitneyu

import beside


def samples(n):
    random = np.random.default_rng(1)
    return np.exp(6 * random.uniform(size=n)), np.exp(6 * random.uniform(size=n))


def mean_difference(a, b, axis):
    return a.mean(axis) - b.mean(axis)


def median_ratio(a, b, axis):
    return np.median(a, axis) / np.median(b, axis)


def permutations(a, b, n):
    return stats.permutation_test((np.log(a), np.log(b)), mean_difference, vectorized=True, n_resamples=n)


def mann_whitney_exact(a, b):
    _mannwhitneyu._mwu_state = _mannwhitneyu._MWU()  # or only the first run would compute anything
    return stats.mannwhitneyu(a, b, method="exact")


if __name__ == "__main__":
    large, exact, small, few = samples(100_000), samples(49), samples(100), samples(10)
    beside.report({
        "welch_100_000": (lambda: stats.ttest_ind(*map(np.log, large), equal_var=False), 10),
        "mann_whitney_100_000": (lambda: stats.mannwhitneyu(*large), 10),
        "mann_whitney_exact_49": (lambda: mann_whitney_exact(*exact), 10),
        "brunner_munzel_100_000": (lambda: stats.brunnermunzel(*large), 10),
        "permutation_exact_10_10/difference": (lambda: permutations(*few, np.inf), 3),
        "permutation_9999_of_200/difference": (lambda: permutations(*small, 9999), 3),
        "medians_9999_of_200": (lambda: stats.bootstrap(small, median_ratio, method="percentile", vectorized=True), 3)}, "scipy")
