#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Totals from two sources: writes capture_recapture.csv beside this file (mpmath, 40 digits).

The unseen count f of Lincoln-Petersen and its variance are those of the log-linear model of the three counts seen: the
model is saturated, log f = log b + log c - log m + log theta, so that Var(f) = f^2 (1/m + 1/b + 1/c) by the delta
method with derivatives taken numerically, and f more for the draw of the unseen count itself. Chapman's variance is the
published closed form (Seber 1982, eq. 3.4) at theta = 1; at another theta the part beyond f goes with theta^2.

profile: the multinomial log-likelihood with the cells' probabilities found by solving the odds ratio's equation by
bisection for each N, and maximised over N by a grid refined again and again; its ends by bisection. log_normal: as
published (Chao 1987). `none` is no value, `inf` no upper end.
"""
import csv
import pathlib

import mpmath as mp

mp.mp.dps = 40


def z_of(level):
    return mp.sqrt(2) * mp.erfinv(mp.mpf(level))


def lincoln_petersen(n1, n2, m, theta):
    if m == 0:
        return None
    counts = [mp.mpf(m), mp.mpf(n1 - m), mp.mpf(n2 - m)]
    if min(counts) == 0:
        return mp.mpf(0), mp.mpf(0)
    unseen = lambda a, b, c: theta * b * c / a
    variance = sum(mp.diff(unseen, tuple(counts), tuple(int(i == j) for j in range(3))) ** 2 * counts[i] for i in range(3))
    f = unseen(*counts)
    return f, variance + f


def chapman(n1, n2, m, theta):
    f = mp.mpf(n1 + 1) * (n2 + 1) / (m + 1) - 1 - (n1 + n2 - m)
    variance = mp.mpf(n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / (mp.mpf(m + 1) ** 2 * (m + 2))
    return theta * f, theta**2 * (variance - f) + theta * f


def log_normal(n1, n2, m, f, variance, level):
    if f == 0:
        return None
    seen = n1 + n2 - m
    c = mp.exp(z_of(level) * mp.sqrt(mp.log(1 + variance / f**2)))
    return seen + f / c, seen + f * c


def log_likelihood(n, n1, n2, m, theta):
    """Of the cells m, n1 - m, n2 - m and n - seen, the probabilities with margins n1 / n, n2 / n and odds ratio theta."""
    seen = n1 + n2 - m
    low, high = max(mp.mpf(0), n1 + n2 - n), mp.mpf(min(n1, n2))
    for _ in range(140):
        e = (low + high) / 2
        if e * (n - n1 - n2 + e) < theta * (n1 - e) * (n2 - e):
            low = e
        else:
            high = e
    term = lambda count, mean: count * mp.log(mean / n) if count > 0 else mp.mpf(0)
    return (mp.loggamma(n + 1) - mp.loggamma(n - seen + 1) + term(m, e) + term(n1 - m, n1 - e) + term(n2 - m, n2 - e)
            + term(n - seen, n - n1 - n2 + e))


def profile(n1, n2, m, theta, level):
    seen, limit = n1 + n2 - m, z_of(level) ** 2 / 2
    l = lambda n: log_likelihood(mp.mpf(n), n1, n2, m, theta)
    if m == 0:
        best, top = None, n1 * mp.log(n1) - n1 + n2 * mp.log(n2) - n2
    else:
        low, high = mp.mpf(seen), mp.mpf(seen) + 10 * theta * (n1 - m + 1) * (n2 - m + 1) / m + 10
        for _ in range(40):
            grid = [low + (high - low) * i / 8 for i in range(9)]
            at = max(range(9), key=lambda i: l(grid[i]))
            low, high = grid[max(at - 1, 0)], grid[min(at + 1, 8)]
        best = (low + high) / 2
        top = max(l(best), l(seen))
        if l(seen) >= top:
            best = mp.mpf(seen)
    def end(inside, outside):
        for _ in range(100):
            middle = (inside + outside) / 2
            if top - l(middle) <= limit:
                inside = middle
            else:
                outside = middle
        return inside
    def beyond(start, within):
        n = start
        while (top - l(n) <= limit) != within:
            n = seen + 2 * (n - seen) + 1
        return n
    inside = best if best is not None else beyond(mp.mpf(seen), True)
    lower = mp.mpf(seen) if top - l(seen) <= limit else end(inside, mp.mpf(seen))
    return lower, (end(best, beyond(best, False)) if best is not None else mp.inf)


cases = [(200, 150, 60), (41, 37, 9), (12, 9, 0), (15, 15, 15), (5200, 310, 288), (3, 2, 1), (40, 6, 6), (7, 6, 5),
         (120, 80, 1), (900, 1000, 880), (30000, 20000, 4000)]
with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as out:
    write = csv.writer(out, lineterminator="\n").writerow
    write(["interval", "chapman", "n1", "n2", "m", "odds_ratio", "level", "total", "standard_error", "lower", "upper"])
    show = lambda x: "none" if x is None else "inf" if mp.isinf(x) else mp.nstr(x, 20)
    for level, theta in (("0.95", "1"), ("0.8", "1"), ("0.95", "3"), ("0.99", "0.5")):
        for case in cases:
            ends = profile(*case, mp.mpf(theta), level)
            for estimator in (lincoln_petersen, chapman):
                found = estimator(*case, mp.mpf(theta))
                total, error = (sum(case[:2]) - case[2] + found[0], mp.sqrt(found[1])) if found else (None, None)
                row = [int(estimator is chapman), *case, theta, level]
                # A small source and Chapman's m + 1: the value may be just beyond an end, which is moved to it.
                if case[2] == 0:  # without an upper end there is no value either
                    write(["profile", *row, "none", "none", *map(show, ends)])
                    moved = None
                else:
                    moved = ends if total is None else (min(ends[0], total), max(ends[1], total))
                if moved:
                    write(["profile", *row, show(total), show(error), *map(show, moved)])
                closed = log_normal(*case, *found, level) if found else None
                if closed is None:
                    total = error = None
                write(["log_normal", *row, show(total), show(error), *([show(x) for x in closed] if closed else ["none"] * 2)])
