#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes marginal_effects.csv: average marginal effects of logits with powers and products, in 40 digits (mpmath 1.2).

    /usr/bin/python3 marginal_effects.py        (in this directory)

The logit is fitted by Newton's method. Effects are differences of the mean share expected with a variable changed in all
records, or its derivative by finite differences of 1e-15; so are the derivatives by coefficients of the delta method.
"""
import csv

from mpmath import exp, inverse, matrix, mp, mpf, sqrt

mp.dps = 40
H = mpf(10) ** -15


def share(eta):
    return 1 / (1 + exp(-eta))


def mean_share(rows, b, columns):
    return sum(w * share(sum(x * c for x, c in zip(columns(r), b))) for r, w in rows) / sum(w for _, w in rows)


def fitted(rows, y, columns):
    x = [columns(r) for r, _ in rows]
    k = len(x[0])
    b = [mpf(0)] * k
    for _ in range(60):
        m = [share(sum(u * c for u, c in zip(row, b))) for row in x]
        score, information = matrix(k, 1), matrix(k, k)
        for row, (_, w), yi, mi in zip(x, rows, y, m):
            for i in range(k):
                score[i] += w * row[i] * (yi - mi)
                for j in range(k):
                    information[i, j] += w * row[i] * row[j] * mi * (1 - mi)
        v = inverse(information)
        step = v * score
        b = [c + s for c, s in zip(b, step)]
        if max(abs(s) for s in step) < mpf(10) ** -35:
            return b, v
    raise RuntimeError("no maximum")


def with_error(effect, b, v):
    gradient = []
    for i in range(len(b)):
        up = [c + (H if i == j else 0) for j, c in enumerate(b)]
        down = [c - (H if i == j else 0) for j, c in enumerate(b)]
        gradient.append((effect(up) - effect(down)) / (2 * H))
    return effect(b), sqrt(sum(gradient[i] * v[i, j] * gradient[j] for i in range(len(b)) for j in range(len(b))))


def read(name):
    with open("regression_data/" + name + ".csv") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    out = [("effect", "estimate", "standard_error")]

    def put(name, rows, columns, b, v, change):
        def effect(c):
            if change[0] == "number":
                def moved(by):
                    return mean_share([({**r, change[1]: r[change[1]] + by}, w) for r, w in rows], c, columns)
                return (moved(H) - moved(-H)) / (2 * H)
            return (mean_share([({**r, change[1]: change[2]}, w) for r, w in rows], c, columns) -
                    mean_share([({**r, change[1]: change[3]}, w) for r, w in rows], c, columns))
        mp.dps = 60  # differences of differences
        value, error = with_error(effect, b, v)
        out.append((name, mp.nstr(value, 17), mp.nstr(error, 17)))
        mp.dps = 40

    # yes on x1, x1^2, x2 and x1*x2
    data = read("clusters")
    rows = [({"x1": mpf(r["x1"]), "x2": mpf(r["x2"])}, mpf(1)) for r in data]
    columns = lambda r: [1, r["x1"], r["x1"] ** 2, r["x2"], r["x1"] * r["x2"]]
    b, v = fitted(rows, [mpf(r["yes"]) for r in data], columns)
    put("curved x1", rows, columns, b, v, ("number", "x1"))
    put("curved x2", rows, columns, b, v, ("number", "x2"))

    # low on age, race (base white), smoke (yes or no), age*race and smoke*age; weighted by lwt
    data = read("births")
    rows = [({"age": mpf(r["age"]), "race": r["race"], "smoke": mpf(r["smoke"])}, mpf(r["lwt"])) for r in data]
    columns = lambda r: [1, r["age"], r["race"] == "black", r["race"] == "other", r["smoke"],
                         r["age"] * (r["race"] == "black"), r["age"] * (r["race"] == "other"), r["smoke"] * r["age"]]
    b, v = fitted(rows, [mpf(r["low"]) for r in data], columns)
    put("crossed age", rows, columns, b, v, ("number", "age"))
    put("crossed race:black", rows, columns, b, v, ("level", "race", "black", "white"))
    put("crossed race:other", rows, columns, b, v, ("level", "race", "other", "white"))
    put("crossed smoke", rows, columns, b, v, ("level", "smoke", mpf(1), mpf(0)))

    with open("marginal_effects.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(out)
