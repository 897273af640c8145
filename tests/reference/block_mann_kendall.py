#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Kendall's S of every arrangement of blocks, one by one: writes block_mann_kendall.csv beside this file (python3).

Moving blocks: any of the n - l + 1; circular: n, the end followed by the beginning; both with replacement, cut to n.
Permuted: the blocks that the series falls into, in every order.
"""
import csv
import itertools
import pathlib
from fractions import Fraction

SERIES = {"six": [2.1, 1.7, 3.3, 2.9, 4, 3.6], "seven_with_tie": [5, 4, 4, 6, 3, 7, 8],
          "eight": [1, 3, 2, 5, 5, 4, 8, 7]}


def score(x):
    return sum((b > a) - (b < a) for i, a in enumerate(x) for b in x[i + 1:])


def arrangements(x, length, kind):
    n = len(x)
    count = -(-n // length)
    if kind == "permuted":
        blocks = [x[i:i + length] for i in range(0, n, length)]
        for order in itertools.permutations(blocks):
            yield sum(order, [])
        return
    starts = range(n if kind == "circular" else n - length + 1)
    blocks = [[x[(s + i) % n] for i in range(length)] for s in starts]
    for chosen in itertools.product(blocks, repeat=count):
        yield sum(chosen, [])[:n]


with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(["series", "kind", "length", "s", "arrangements", "mean", "variance", "p", "p_about_mean"])
    for name, x in SERIES.items():
        for kind_number, kind in enumerate(["permuted", "moving", "circular"]):
            for length in (1, 2, 3):
                if len(x) > 6 and length == 1:
                    continue
                s, all_s = score(x), [score(a) for a in arrangements(x, length, kind)]
                mean = Fraction(sum(all_s), len(all_s))
                variance = sum((Fraction(v) - mean) ** 2 for v in all_s) / len(all_s)
                p = Fraction(sum(abs(v) >= abs(s) for v in all_s), len(all_s))
                about = Fraction(sum(abs(v - mean) >= abs(s) for v in all_s), len(all_s))
                out.writerow([name, kind_number, length, s, len(all_s), *(float(v) for v in (mean, variance, p, about))])
