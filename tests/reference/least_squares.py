#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Weighted least squares in exact rational arithmetic on the doubles of MODELS (those of least_squares.test.cpp): writes
least_squares.csv beside this file. R's lm must agree.

fit, column, coefficient, standard error, rss, R2.
"""
import csv
import pathlib
import subprocess
from fractions import Fraction

import mpmath as mp

mp.mp.dps = 40
MODELS = [(2012, 7.5, 17.9, 1), (2014, 8.1, 18.8, 2), (2015, 8, 19.2, 0.5), (2017, 8.3, 20.7, 1), (2018, 8.5, 20.6, 3),
          (2019, 9.2, 21.4, 1), (2020, 11.2, 23.5, 0.1), (2022, 11.7, 24.4, 2), (2023, 12, 25.3, 1)]
FITS = {  # weighted, intercept; then R's formula
    "weighted": (True, True, "y ~ a + b"),
    "equal weights": (False, True, "y ~ a + b"),
    "weighted, no intercept": (True, False, "y ~ a + b - 1"),
    "equal weights, no intercept": (False, False, "y ~ a + b - 1"),
}


def inverse(a):
    n = len(a)
    rows = [list(r) + [Fraction(int(i == j)) for j in range(n)] for i, r in enumerate(a)]
    for k in range(n):
        rows[k] = [v / rows[k][k] for v in rows[k]]
        for i in range(n):
            if i != k:
                rows[i] = [v - rows[i][k] * u for v, u in zip(rows[i], rows[k])]
    return [r[n:] for r in rows]


def exact(weighted, intercept):
    w = [Fraction(m[3]) if weighted else Fraction(1) for m in MODELS]
    x = [([Fraction(1)] if intercept else []) + [Fraction(v) for v in m[:2]] for m in MODELS]
    y = [Fraction(m[2]) for m in MODELS]
    p = len(x[0])
    v = inverse([[sum(wi * r[i] * r[j] for wi, r in zip(w, x)) for j in range(p)] for i in range(p)])
    xy = [sum(wi * r[i] * yi for wi, r, yi in zip(w, x, y)) for i in range(p)]
    b = [sum(v[i][j] * xy[j] for j in range(p)) for i in range(p)]
    rss = sum(wi * (yi - sum(bi * ri for bi, ri in zip(b, r))) ** 2 for wi, r, yi in zip(w, x, y))
    mean = sum(wi * yi for wi, yi in zip(w, y)) / sum(w) if intercept else 0
    r2 = 1 - rss / sum(wi * (yi - mean) ** 2 for wi, yi in zip(w, y))
    number = lambda f: mp.mpf(f.numerator) / f.denominator
    se = [mp.sqrt(number(rss * v[i][i] / (len(y) - p))) for i in range(p)]
    return [number(f) for f in b], se, number(rss), number(r2)


def from_r(weighted, formula):
    a, b, y, w = (",".join(repr(m[i]) for m in MODELS) for i in range(4))
    code = (f"a <- c({a}); b <- c({b}); y <- c({y}); w <- c({w if weighted else ','.join(['1'] * len(MODELS))});"
            f"f <- lm({formula}, weights = w); s <- summary(f);"
            "cat(sprintf('%.17g', c(coef(f), s$coefficients[, 2], sum(w * resid(f)^2), s$r.squared)))")
    return [float(t) for t in subprocess.run(["Rscript", "-e", code], capture_output=True, text=True, check=True).stdout.split()]


if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow("fit column coefficient standard_error rss r_squared".split())
        for name, (weighted, intercept, formula) in FITS.items():
            b, se, rss, r2 = exact(weighted, intercept)
            for ours, theirs in zip([*b, *se, rss, r2], from_r(weighted, formula)):
                assert abs(ours - theirs) <= 1e-9 * abs(ours), (name, ours, theirs)
            for j in range(len(b)):
                out.writerow([name.replace(",", "")] + [j] + [mp.nstr(v, 18) for v in (b[j], se[j], rss, r2)])
