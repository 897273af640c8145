#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Reliability, Brier score and expected calibration error: writes calibration.csv beside this file (numpy, scipy).

Answer i of n has the confidence (i * 397 % 1025) / 1024 and is right where i * i % 1021 < 1024 * confidence^2 / 1.2.
"""
import csv
import pathlib

import numpy
from scipy import special, stats

with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as out:
    write = csv.writer(out, lineterminator="\n").writerow
    write(["name", "n", "bins", "brier", "lower", "upper", "expected_error", "n_in_last_bin", "right_in_last_bin"])
    for n, bins in [(2, 1), (57, 7), (1000, 10), (5000, 32)]:
        i = numpy.arange(n, dtype=numpy.int64)
        confidence = (i * 397 % 1025) / 1024
        right = i * i % 1021 < 1024 * confidence**2 / 1.2
        loss = (confidence - right) ** 2
        with_worst, with_best = numpy.append(loss, 1), numpy.append(loss, 0)
        t = stats.t.ppf(0.975, n)  # to some 1e-10: two steps of Newton's from there
        for _ in range(2):
            t -= (special.stdtr(n, t) - 0.975) / stats.t.pdf(t, n)
        edges = numpy.linspace(0, 1, bins + 1)
        place = numpy.clip(numpy.digitize(confidence, edges) - 1, 0, bins - 1)
        error = sum(
            (place == b).mean() * abs(right[place == b].mean() - confidence[place == b].mean())
            for b in range(bins) if (place == b).any()
        )
        last = place == bins - 1
        write(["made", n, bins, repr(loss.mean()), repr(max(0.0, with_best.mean() - t * stats.sem(with_best))),
               repr(min(1.0, with_worst.mean() + t * stats.sem(with_worst))), repr(error), last.sum(), right[last].sum()])
