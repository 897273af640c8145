#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Intervals for two shares compared: writes proportion_comparison.csv beside this file (mpmath, statsmodels; a minute).

Score intervals are found from their definition: for a value of the parameter the likelihood is maximised under the
constraint, the score statistic is computed from the fitted shares, and the value is moved until the statistic is z.
The others are their formulas. Where statsmodels has the method, both must agree, but for Miettinen and Nurminen's: there
statsmodels 0.13.5 differs in the third digit from the values Newcombe (1998, table II) prints, which are met here.
`inf` is an unbounded end, `none` no interval.
"""
import csv
import pathlib
import warnings

import mpmath as mp
from statsmodels.stats.proportion import confint_proportions_2indep

mp.mp.dps = 70
TINY = mp.mpf(10) ** -28


def bisect(f, low, high):
    """The zero of an increasing f in [low, high], by Ridders' method; an end where there is none."""
    at_low, at_high = f(low), f(high)
    if at_high <= 0:
        return high
    if at_low >= 0:
        return low
    for _ in range(300):
        middle = (low + high) / 2
        at_middle = f(middle)
        x = middle - (middle - low) * at_middle / mp.sqrt(at_middle**2 - at_low * at_high)
        at_x = f(x)
        for point, value in sorted([(middle, at_middle), (x, at_x)]):
            if value < 0 and point > low:
                low, at_low = point, value
            elif value >= 0 and point < high:
                high, at_high = point, value
        if at_x == 0 or high - low <= abs(x) * mp.mpf(10) ** -30 or abs(at_x) < mp.mpf(10) ** -40:
            return x
    raise RuntimeError("no convergence")


def fitted(parameter, kind, k1, n1, k2, n2):
    """The shares of greatest likelihood under the constraint."""
    m1, m2 = n1 - k1, n2 - k2
    if kind == "difference":
        first, low, high, slope = (lambda p: p + parameter), max(0, -parameter), min(1, 1 - parameter), lambda p: 1
    elif kind == "ratio":
        first, low, high, slope = (lambda p: p * parameter), mp.mpf(0), min(1, 1 / parameter), lambda p: parameter
    else:
        first = lambda p: parameter * p / (1 - p + parameter * p)
        low, high, slope = mp.mpf(0), mp.mpf(1), lambda p: parameter / (1 - p + parameter * p) ** 2

    def falling(p):
        a = first(p)
        part = lambda count, share: mp.mpf(0) if count == 0 else count / share
        return -(slope(p) * (part(k1, a) - part(m1, 1 - a)) + part(k2, p) - part(m2, 1 - p))

    width = high - low
    p2 = bisect(falling, low + width * TINY, high - width * TINY)
    return first(p2), p2


def statistic(parameter, kind, k1, n1, k2, n2):
    """The square of the score statistic."""
    p1, p2 = fitted(parameter, kind, k1, n1, k2, n2)
    v1, v2 = p1 * (1 - p1) / n1, p2 * (1 - p2) / n2
    if kind == "difference":
        return (k1 / n1 - k2 / n2 - parameter) ** 2 / (v1 + v2) * (n1 + n2 - 1) / (n1 + n2)
    if kind == "ratio":
        return (k1 / n1 - p1) ** 2 / v1 + (k2 / n2 - p2) ** 2 / v2
    return (k1 - n1 * p1) ** 2 * (1 / (n1 * n1 * v1) + 1 / (n2 * n2 * v2))


def score(kind, k1, n1, k2, n2, z):
    m1, m2 = n1 - k1, n2 - k2
    if kind == "difference":
        value, map_, least, most = k1 / n1 - k2 / n2, lambda x: x, mp.mpf(-1), mp.mpf(1)
    else:
        top, bottom = (k1 / n1, k2 / n2) if kind == "ratio" else (k1 * m2, m1 * k2)
        if top == 0 and bottom == 0:
            return None
        map_, least, most = mp.exp, mp.mpf(-60), mp.mpf(60)
        value = mp.mpf(-60) if top == 0 else mp.mpf(60) if bottom == 0 else mp.log(top / bottom)
    at = lambda x: statistic(map_(x), kind, k1, n1, k2, n2) - z * z
    shrink = mp.mpf(10) ** -20
    lower = map_(bisect(lambda x: -at(x), least + shrink, value - shrink)) if value > least else None
    upper = map_(bisect(at, value + shrink, most - shrink)) if value < most else None
    if kind == "difference":
        return (mp.mpf(-1) if lower is None else lower, mp.mpf(1) if upper is None else upper)
    return (mp.mpf(0) if lower is None else lower, mp.inf if upper is None else upper)


def newcombe(k1, n1, k2, n2, z):
    def wilson(k, n):
        centre, half = k + z * z / 2, z * mp.sqrt(k * (n - k) / n + z * z / 4)
        return (centre - half) / (n + z * z), (centre + half) / (n + z * z)

    (l1, u1), (l2, u2), p1, p2 = wilson(k1, n1), wilson(k2, n2), k1 / n1, k2 / n2
    return p1 - p2 - mp.hypot(p1 - l1, u2 - p2), p1 - p2 + mp.hypot(u1 - p1, p2 - l2)


def log_wald(value, variance, z):
    return value * mp.exp(-z * mp.sqrt(variance)), value * mp.exp(z * mp.sqrt(variance))


def katz(k1, n1, k2, n2, z):
    if 0 in (k1, k2) or (k1 == n1 and k2 == n2):
        return None
    return log_wald(k1 / n1 / (k2 / n2), 1 / k1 - 1 / n1 + 1 / k2 - 1 / n2, z)


def woolf(k1, n1, k2, n2, z, added=0):
    cells = [k1 + added, n1 - k1 + added, k2 + added, n2 - k2 + added]
    if 0 in cells:
        return None
    return log_wald(cells[0] * cells[3] / (cells[1] * cells[2]), sum(1 / c for c in cells), z)


METHODS = {
    "newcombe": (newcombe, ("diff", "newcomb", False)),
    "miettinen_nurminen": (lambda *a: score("difference", *a), None),
    "koopman": (lambda *a: score("ratio", *a), ("ratio", "score", False)),
    "katz": (katz, ("ratio", "log", False)),
    "cornfield": (lambda *a: score("odds", *a), ("odds-ratio", "score", False)),
    "woolf": (woolf, ("odds-ratio", "logit", False)),
    "gart": (lambda *a: woolf(*a, added=mp.mpf(1) / 2), ("odds-ratio", "logit-adjusted", False)),
}
TABLES = [(13, 20, 6, 73), (17, 25, 18, 131), (56, 70, 48, 80), (9, 10, 3, 10), (6, 7, 2, 7), (5, 56, 0, 29), (0, 10, 0, 20),
          (0, 10, 0, 10), (10, 10, 0, 20), (10, 10, 0, 10), (0, 20, 10, 10), (10, 10, 20, 20), (10, 10, 3, 20), (3, 20, 10, 10),
          (10, 10, 19, 20), (3, 3, 99, 100), (0, 12, 5, 30), (5, 30, 0, 12), (1, 1, 0, 1), (1, 2, 1, 2), (120, 1000, 90, 1100),
          (3, 100000, 5, 2000), (7, 1000000, 1, 1000000), (400000, 1000000, 399000, 1000000), (2.5, 7.5, 0.25, 3.75)]

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    worst = 0
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["method", "k1", "n1", "k2", "n2", "level", "lower", "upper"])
        for table in TABLES:
            for level in (0.8, 0.95, 0.999999):
                z = mp.sqrt(2) * mp.erfinv(mp.mpf(level))
                for name, (method, peer) in METHODS.items():
                    ends = method(*map(mp.mpf, table), z)
                    text = ["none", "none"] if ends is None else [mp.nstr(e, 18) for e in ends]
                    out.writerow([name, *map(float, table), level, *(t.replace("+inf", "inf") for t in text)])
                    if peer and ends and 0 < table[0] < table[1] and 0 < table[2] < table[3] and level < 0.99:
                        compare, peer_method, correction = peer
                        theirs = confint_proportions_2indep(*table, method=peer_method, compare=compare,
                                                             alpha=1 - level, correction=correction)
                        gap = max(abs(a - b) / max(abs(b), 1e-3) for a, b in zip(theirs, ends))
                        if gap > 1e-6:
                            print(name, table, level, theirs, [float(e) for e in ends])
                        worst = max(worst, gap)
    print("largest difference from statsmodels, relative:", mp.nstr(worst, 3))
