#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Shares corrected for a classifier's errors, and F1: writes corrected_share.csv beside this file (mpmath, 40 digits).

rogan_gladen: the delta method with derivatives taken numerically. lang_reiczigel: the published formula; that it is the
right one is seen by its exact coverage, which corrected_share.test.cpp enumerates. f1: both ends of the score interval
of TP / (TP + FP + FN) as roots of its definition, then carried over.
`none` is no value: se + sp <= 1, or no record to take it from.
"""
import csv
import pathlib

import mpmath as mp

mp.mp.dps = 40


def z_of(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def theta(p, se, sp):
    return (p + sp - 1) / (se + sp - 1)


def cut(x):
    return min(max(x, mp.mpf(0)), mp.mpf(1))


def rogan_gladen(k, n, tp, fp, fn, tn, level):
    at = [mp.mpf(k) / n, mp.mpf(tp) / (tp + fn), mp.mpf(tn) / (tn + fp)]
    sizes = [n, tp + fn, tn + fp]
    value = theta(*at)
    variance = mp.mpf(0)
    for i, size in enumerate(sizes):
        order = tuple(int(i == j) for j in range(3))
        variance += mp.diff(theta, tuple(at), order) ** 2 * at[i] * (1 - at[i]) / size
    half = z_of(level) * mp.sqrt(variance)
    return value, cut(value - half), cut(value + half)


def lang_reiczigel(k, n, tp, fp, fn, tn, level):
    z = z_of(level)
    n1, n0 = tp + fn + 2, tn + fp + 2
    se, sp = mp.mpf(tp + 1) / n1, mp.mpf(tn + 1) / n0
    m = n + z**2
    p = (k + z**2 / 2) / m
    if se + sp <= 1:
        return None
    t = theta(p, se, sp)
    shift = 2 * z**2 * (t * se * (1 - se) / n1 - (1 - t) * sp * (1 - sp) / n0)
    spread = mp.sqrt(p * (1 - p) / m + t**2 * se * (1 - se) / n1 + (1 - t) ** 2 * sp * (1 - sp) / n0) / (se + sp - 1)
    value = theta(mp.mpf(k) / n, mp.mpf(tp) / (tp + fn), mp.mpf(tn) / (tn + fp))
    return value, cut(t + shift - z * spread), cut(t + shift + z * spread)


def f1(k, n, tp, fp, fn, tn, level):
    size = tp + fp + fn
    if size == 0:
        return None
    j, z = mp.mpf(tp) / size, z_of(level)

    def end(low, high, sign):
        score = lambda x: (x - j) * sign - z * mp.sqrt(x * (1 - x) / size)
        for _ in range(140):  # bisection: negative at j, positive at the far end
            middle = (low + high) / 2
            if score(middle) * score(high) <= 0:
                low = middle
            else:
                high = middle
        return (low + high) / 2

    carried = lambda x: 2 * x / (1 + x)
    lower = mp.mpf(0) if tp == 0 else end(j, mp.mpf(0), -1)
    upper = mp.mpf(1) if tp == size else end(j, mp.mpf(1), 1)
    return mp.mpf(2 * tp) / (2 * tp + fp + fn), carried(lower), carried(upper)


cases = [
    (23, 150, 48, 11, 2, 89), (5, 100, 90, 2, 10, 98), (0, 100, 90, 2, 10, 98), (1, 100, 90, 2, 10, 98),
    (100, 100, 90, 2, 10, 98), (99, 100, 90, 2, 10, 98), (50, 100, 60, 45, 40, 55), (7, 40, 12, 0, 0, 30),
    (0, 12, 12, 0, 0, 30), (412, 8317, 85, 3, 5, 356), (70000, 1000000, 9400, 120, 600, 89880),
    (3, 10, 2, 1, 1, 3), (30, 60, 1, 0, 1, 1000), (10, 60, 1, 8, 0, 3), (10, 100, 50, 60, 50, 40), (4, 9, 3, 0, 0, 0),
    (4, 9, 0, 3, 2, 8),
]
with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as out:
    write = csv.writer(out, lineterminator="\n").writerow
    write(["method", "k", "n", "tp", "fp", "fn", "tn", "level", "unclamped", "lower", "upper"])
    for level in ("0.95", "0.8", "0.999"):
        for case in cases:
            k, n, tp, fp, fn, tn = case
            informative = tp + fn > 0 and tn + fp > 0 and tp * (tn + fp) + tn * (tp + fn) > (tp + fn) * (tn + fp)
            for method in (rogan_gladen, lang_reiczigel, f1):
                found = method(*case, level) if informative or method is f1 else None
                write([method.__name__, *case, level, *([mp.nstr(x, 20) for x in found] if found else ["none"] * 3)])
