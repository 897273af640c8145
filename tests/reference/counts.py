#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes counts_data.csv and counts.csv: negative binomial regressions in 50 digits (mpmath 1.2), where R and statsmodels
lose digits or have none: large counts, many zeros, a dispersion next to 0, and robust covariances of coefficients and
theta together. Agrees with statsmodels 0.13.5 NegativeBinomial (nonrobust, HC0, cluster), which this checks.

    /usr/bin/python3 counts.py        (in this directory)
"""
import csv
import warnings

import numpy as np
import statsmodels.api as sm
from mpmath import mp, mpf, digamma, exp, inverse, log, loggamma, matrix, psi, sqrt

mp.dps = 50
warnings.simplefilter("ignore")


def made():
    generator = np.random.default_rng(7)

    def of(name, n, intercept, slope, theta, rows):
        x = np.round(generator.normal(size=n), 3)
        exposure = np.round(generator.uniform(0.5, 4, size=n), 2)
        mean = np.exp(intercept + slope * x) * exposure
        y = generator.poisson(mean * (generator.gamma(theta, 1 / theta, n) if theta else 1))
        group = generator.integers(0, 9, n)
        rows += [(name, int(a), b, c, int(g)) for a, b, c, g in zip(y, x, exposure, group)]

    rows = []
    of("citations", 60, 9.0, 0.8, 0.7, rows)     # to some 100,000
    of("rare", 80, -1.5, 0.5, 0.4, rows)         # mostly 0
    of("nearly_poisson", 200, 1.0, 1.2, 60.0, rows)  # means of .1 to 300
    of("ordinary", 70, 1.0, -0.4, 2.0, rows)
    return rows


def solved(y, x, o, groups, start, theta):
    n, k = len(y), len(x[0])
    b = [mpf(float(v)) for v in start]
    t = log(mpf(float(theta)))

    def slopes(b, t):
        th = exp(t)
        rows = []
        for i in range(n):
            mu = exp(sum(x[i][j] * b[j] for j in range(k)) + o[i])
            r = (y[i] - mu) / (1 + mu / th)
            d = th * (digamma(y[i] + th) - digamma(th) + log(th / (th + mu)) + 1 - (y[i] + th) / (th + mu))
            h = mu * (1 + y[i] / th) / (1 + mu / th) ** 2
            c = (y[i] - mu) * mu * th / (th + mu) ** 2  # of eta and log theta
            dd = th ** 2 * (psi(1, y[i] + th) - psi(1, th) + 1 / th - 2 / (th + mu) + (y[i] + th) / (th + mu) ** 2) + d
            rows.append((mu, r, d, h, c, dd))
        return rows

    for _ in range(200):
        rows = slopes(b, t)
        score = matrix([sum(rows[i][1] * x[i][j] for i in range(n)) for j in range(k)] + [sum(r[2] for r in rows)])
        info = matrix(k + 1, k + 1)
        for a in range(k):
            for c in range(k):
                info[a, c] = sum(rows[i][3] * x[i][a] * x[i][c] for i in range(n))
            info[a, k] = info[k, a] = -sum(rows[i][4] * x[i][a] for i in range(n))
        info[k, k] = -sum(r[5] for r in rows)
        step = inverse(info) * score
        shorter = min(mpf(1), 1 / max(abs(s) for s in step))
        for j in range(k):
            b[j] += shorter * step[j]
        t += shorter * step[k]
        if max(abs(s) for s in step) < mpf(10) ** -40:
            break
    else:
        raise RuntimeError("no convergence")
    rows = slopes(b, t)
    th = exp(t)
    joint = inverse(info)
    scores = [[rows[i][1] * x[i][j] for j in range(k)] + [rows[i][2]] for i in range(n)]

    def sandwich(sums):
        meat = matrix(k + 1, k + 1)
        for s in sums:
            for a in range(k + 1):
                for c in range(k + 1):
                    meat[a, c] += s[a] * s[c]
        return joint * meat * joint

    def errors(v, factor=mpf(1)):
        return [sqrt(factor * v[j, j]) for j in range(k)] + [th * sqrt(factor * v[k, k])]

    clusters = sorted(set(groups))
    summed = [[sum(s[j] for s, g in zip(scores, groups) if g == c) for j in range(k + 1)] for c in clusters]
    g = mpf(len(clusters))
    bread = matrix(k, k)
    for a in range(k):
        for c in range(k):
            bread[a, c] = sum(rows[i][0] / (1 + rows[i][0] / th) * x[i][a] * x[i][c] for i in range(n))
    given = inverse(bread)
    value = sum(loggamma(y[i] + th) - loggamma(th) - loggamma(y[i] + 1) + th * log(th / (th + rows[i][0])) +
                y[i] * log(rows[i][0] / (th + rows[i][0])) for i in range(n))
    return {
        "coefficients": b + [th],
        "log_likelihood": [value],
        "joint classical": errors(joint),
        "joint hc0": errors(sandwich(scores)),
        "joint hc1": errors(sandwich(scores), mpf(n) / (n - k - 1)),
        "joint clustered": errors(sandwich(summed), g / (g - 1) * (n - 1) / (n - k - 1)),
        "given classical": [sqrt(given[j, j]) for j in range(k)] + [th / sqrt(info[k, k])],
    }


def check(name, y, x, o, groups, result):
    model = sm.NegativeBinomial(y, x, offset=o)
    start = [float(v) for v in result["coefficients"][:-1]] + [float(1 / result["coefficients"][-1])]
    theta = float(result["coefficients"][-1])
    for kind, options in (("classical", {}), ("hc0", {"cov_type": "HC0"}),
                          ("clustered", {"cov_type": "cluster", "cov_kwds": {"groups": groups}})):
        fit = model.fit(start_params=start, method="newton", maxiter=50, tol=1e-14, disp=0, **options)
        theirs = np.append(fit.bse[:-1], fit.bse[-1] * theta ** 2)
        error = np.max(np.abs(theirs / np.array([float(v) for v in result["joint " + kind]]) - 1))
        if error > (1e-9 if name == "ordinary" else 1e-5):
            print("statsmodels differs:", name, kind, error)


if __name__ == "__main__":
    data = made()
    with open("counts_data.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["set", "y", "x", "exposure", "group"])
        out.writerows(data)
    with open("counts.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["set and quantity", "intercept", "x", "theta"])
        for name in dict.fromkeys(row[0] for row in data):
            rows = [row for row in data if row[0] == name]
            y = [mpf(row[1]) for row in rows]
            x = [[mpf(1), mpf(row[2])] for row in rows]
            o = [mpf(float(np.log(row[3]))) for row in rows]
            groups = [row[4] for row in rows]
            floats = (np.array([float(v) for v in y]), np.array([[1, float(v[1])] for v in x]),
                      np.array([float(v) for v in o]))
            poisson = sm.GLM(floats[0], floats[1], offset=floats[2], family=sm.families.Poisson()).fit()
            mu = poisson.fittedvalues
            theta = np.sum(mu ** 2) / max(np.sum((floats[0] - mu) ** 2 - floats[0]), 1e-9)
            result = solved(y, x, o, groups, poisson.params, theta)
            check(name, *floats, np.array(groups), result)
            for quantity, values in result.items():
                cells = [mp.nstr(v, 17) for v in values]
                out.writerow([f"{name} {quantity}"] + cells + ["none"] * (3 - len(cells)))
