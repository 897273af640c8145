#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Exact binomial intervals: writes proportion.csv beside this file (python3 with mpmath and scipy; five minutes).

Every end is the root of its defining equation, found with 40 digits; nothing of the library's own method is used:
Wilson and Agresti-Coull from their textbook formulas, beta quantiles by Newton's method on the regularised incomplete
beta function (hypergeometric series up to n = 1e5, adaptive quadrature of the density above and, as a check, at 1e4).
The level is the double that stands in the table.
"""
import csv
import pathlib

import mpmath as mp
from scipy.special import betaincinv

mp.mp.dps = 40


def by_series(a, b, x, y):
    """ln I_x(a, b), the lower tail."""
    prefactor = a * mp.log(x) + b * mp.log(y) - mp.log(a) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)
    return prefactor + mp.log(mp.hyp2f1(1, a + b, a + 1, x))


def by_quadrature(a, b, x, y):
    """The same: the integral of the density over the logit, in panels as wide as the density's own scale."""
    n = a + b
    rest = lambda s: mp.exp(-a * s - n * mp.log1p(x * mp.expm1(-s)))
    width = 1 / (mp.mpf(1) + abs(a - n * x) + mp.sqrt(n * x * y))
    total, left = mp.mpf(0), mp.mpf(0)
    while True:
        panel = mp.quad(rest, [left, left + width])
        total, left = total + panel, left + width
        if panel < total * mp.mpf(10) ** -30:
            break
    prefactor = a * mp.log(x) + b * mp.log(y) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(n)
    return prefactor + mp.log(total)


def lower_quantile(tail, a, b):
    """(x, 1 - x) with I_x(a, b) = tail, by Newton's method in the logit, where ln I is concave."""
    n = a + b
    log_cdf = by_series if n <= 100001 else by_quadrature
    density = mp.loggamma(n) - mp.loggamma(a) - mp.loggamma(b)
    start = betaincinv(float(a), float(b), float(tail))
    if 1e-290 < start < 1 - 1e-12:
        logit = mp.log(mp.mpf(start) / (1 - mp.mpf(start)))
    else:
        logit = (mp.log(tail) - density + mp.log(a)) / a if start <= 1e-290 else mp.mpf(20)
    for _ in range(200):
        x, y = 1 / (1 + mp.exp(-logit)), 1 / (1 + mp.exp(logit))
        log_p = log_cdf(a, b, x, y)
        slope = mp.exp(density + a * mp.log(x) + b * mp.log(y) - log_p)
        step = (log_p - mp.log(tail)) / slope
        logit -= step
        if abs(step) < mp.mpf(10) ** -18:  # quadratic convergence: the next error is far below the double's
            return 1 / (1 + mp.exp(-logit)), 1 / (1 + mp.exp(logit))
    raise RuntimeError(f"no convergence at {a}, {b}, {tail}")


def wilson(k, n, z):
    centre, half = k + z * z / 2, z * mp.sqrt(k * (n - k) / n + z * z / 4)
    return 0 if k == 0 else (centre - half) / (n + z * z), 1 if k == n else (centre + half) / (n + z * z)


def likelihood_lower(k, n, z):
    """x <= k / n with 2 log L(k/n) - 2 log L(x) = z^2, by Newton's method in log x from below, where it is convex."""
    if k == 0:
        return mp.mpf(0)
    if k == n:
        return mp.exp(-z * z / (2 * n))
    p, q = k / n, 1 - k / n
    distance = lambda x: 2 * (k * mp.log(p / x) + (n - k) * mp.log(q / (1 - x))) - z * z
    log_x = mp.log(p) - (z * z + 2 * (n - k) * abs(mp.log(q))) / (2 * k) - 1  # further than the end
    for _ in range(500):
        x = mp.exp(log_x)
        step = distance(x) / (2 * (n * x - k) / (1 - x))
        log_x -= step
        if abs(step) < mp.mpf(10) ** -25:
            return mp.exp(log_x)
    raise RuntimeError(f"no convergence at {k}, {n}, {z}")


def interval(method, k, n, level):
    k, n = mp.mpf(k), mp.mpf(n)
    tail = (1 - mp.mpf(level)) / 2
    z = mp.sqrt(2) * mp.erfinv(mp.mpf(level)) if level < 0.9 else mp.findroot(
        lambda t: mp.log(mp.erfc(t / mp.sqrt(2)) / 2) - mp.log(tail), mp.sqrt(-2 * mp.log(tail)) - 0.3)
    if method == "wilson":
        return wilson(k, n, z)
    if method == "wilson_continuity":  # Newcombe (1998), method 4, as printed
        p, q = k / n, 1 - k / n
        below = 2 * k + z * z - 1 - z * mp.sqrt(max(0, z * z - 2 - 1 / n + 4 * p * (n * q + 1)))
        above = 2 * k + z * z + 1 + z * mp.sqrt(max(0, z * z + 2 - 1 / n + 4 * p * (n * q - 1)))
        # with fractional counts, a count closer than 1/2 to its end is moved to the end
        return (0 if k <= 0.5 else below / (2 * (n + z * z))), (1 if n - k <= 0.5 else above / (2 * (n + z * z)))
    if method == "agresti_coull":
        p = (k + z * z / 2) / (n + z * z)
        half = z * mp.sqrt(p * (1 - p) / (n + z * z))
        return max(0, p - half), min(1, p + half)
    if method == "clopper_pearson":
        return (0 if k == 0 else lower_quantile(tail, k, n - k + 1)[0],
                1 if k == n else lower_quantile(tail, n - k, k + 1)[1])
    if method == "logit":
        if k in (0, n):
            return 0, 1
        at, half = mp.log(k / (n - k)), z * mp.sqrt(n / (k * (n - k)))
        return 1 / (1 + mp.exp(half - at)), 1 / (1 + mp.exp(-at - half))
    if method == "arcsine":
        at, half = mp.asin(mp.sqrt(k / n)), z / (2 * mp.sqrt(n))
        return mp.sin(max(0, at - half)) ** 2, mp.sin(min(mp.pi / 2, at + half)) ** 2
    if method == "likelihood":
        return likelihood_lower(k, n, z), 1 - likelihood_lower(n - k, n, z)
    if method not in ("jeffreys", "jeffreys_modified"):
        raise ValueError(f"no interval {method}")
    half = mp.mpf(1) / 2
    lower, upper = lower_quantile(tail, k + half, n - k + half)[0], lower_quantile(tail, n - k + half, k + half)[1]
    if method == "jeffreys_modified":
        lower, upper = 0 if k == 0 else lower, 1 if k == n else upper
    return lower, upper


def check():
    for a, b in ((3, 9998), (5000.5, 5000.5), (9998, 3), (0.5, 9999.5)):
        a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(a) / (a + b) * mp.mpf("0.97")
        assert abs(by_series(a, b, x, 1 - x) - by_quadrature(a, b, x, 1 - x)) < mp.mpf(10) ** -25


METHODS = ["wilson", "wilson_continuity", "clopper_pearson", "jeffreys", "jeffreys_modified", "agresti_coull", "logit",
           "likelihood", "arcsine"]
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999999, 1 - 1e-9]


def cases():
    sizes = [1, 2, 3, 10, 20, 38, 77, 200, 1000, 10000, 100000, 1e6, 1e9, 1e12]
    turn = 0
    for n in sizes:
        for k in sorted(k for k in {0, 1, 2, n // 10, n // 3, n // 2, n - 1, n} if k <= n):
            turn += 1
            for level in {LEVELS[turn % 7], 0.95, 1 - 1e-9 if turn % 3 == 0 else 0.5}:
                yield k, n, level
    yield from ((13, 20, 0.95), (17, 25, 0.95), (8, 86, 0.95), (6, 73, 0.95), (18, 131, 0.95), (0, 1000, 1 - 1e-7))
    for k, n in ((0.25, 1.5), (0.1, 0.4), (0.75, 0.8), (2.5, 7.3), (13.7, 20.9), (0.5, 33.3), (99.9, 100.2), (4e5 + 0.3, 1e6 + 0.7)):
        for level in (0.5, 0.95, 1 - 1e-9):
            yield k, n, level


if __name__ == "__main__":
    check()
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["method", "k", "n", "level", "lower", "upper"])
        for k, n, level in cases():
            for method in METHODS:
                lower, upper = interval(method, k, n, level)
                out.writerow([method, repr(float(k)), repr(float(n)), repr(level), mp.nstr(mp.mpf(lower), 20), mp.nstr(mp.mpf(upper), 20)])
