#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Goodman's intervals: writes multinomial.csv beside this file (python3 with mpmath and statsmodels).

One line a category: name of the table, level, count, sum of the counts, number of categories, lower, upper, from
Goodman's formula in 40 digits; statsmodels must agree. The counts of a table stand in consecutive lines.
"""
import csv
import pathlib

import mpmath as mp
from statsmodels.stats.proportion import multinomial_proportions_confint

mp.mp.dps = 40
TABLES = {
    "Goodman's example": [56, 72, 73, 59, 62, 87, 68],
    "teams": [18, 25, 7, 3, 78],
    "two": [3, 7],
    "with an empty category": [0, 12, 5, 0, 1],
    "all in one": [0, 40, 0],
    "large": [100000000, 3, 40000],
}

if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "level", "count", "n", "categories", "lower", "upper"])
        for name, counts in TABLES.items():
            for level in (0.9, 0.95, 1 - 1e-9):
                tail = (1 - mp.mpf(level)) / len(counts) / 2
                z = mp.findroot(lambda t: mp.log(mp.erfc(t / mp.sqrt(2)) / 2) - mp.log(tail), mp.sqrt(-2 * mp.log(tail)) - 0.3)
                n, a = mp.mpf(sum(counts)), z * z
                theirs = multinomial_proportions_confint(counts, 1 - level, "goodman")
                for count, pair in zip(counts, theirs):
                    root = mp.sqrt(a * (a + 4 * count * (n - count) / n))
                    ends = (0 if count == 0 else (a + 2 * count - root) / (2 * (n + a)),
                            1 if count == n else (a + 2 * count + root) / (2 * (n + a)))
                    assert all(abs(x - y) <= 1e-6 * max(y, 1e-3) for x, y in zip(pair, ends)), (name, pair, ends)
                    out.writerow([name, level, count, sum(counts), len(counts)] + [mp.nstr(mp.mpf(e), 18) for e in ends])
