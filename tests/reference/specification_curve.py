#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Specification curves and step-down p-values: writes specification_curve.csv beside this file (python3, numpy, scipy).

Curves of small experiments by all permutations of the treatment; a curve of clustered records by the bootstrap, the
effect of each specification taken out of the outcome as y - b x before any is run, on the draws of the library's
streams (bootstrap.py); family-wise p-values by the plain definition, the largest over all subsets in turn; parts of the
variance of a set that is no full product, over all orders of its choices. The first two and the step-down agree with R
4.2 (lm, multtest::mt.maxT by complete permutation).
"""
import csv
import itertools
import math
import pathlib

import numpy as np
from scipy.stats import norm, t as student

from bootstrap import Stream

rows = []


def put(name, value):
    rows.append((name, repr(float(value))))


def ols(X, y):
    """Coefficient of the second column, its classical standard error and degrees of freedom."""
    inverse = np.linalg.inv(X.T @ X)
    b = inverse @ X.T @ y
    e = y - X @ b
    df = len(y) - X.shape[1]
    return b[1], math.sqrt(e @ e / df * inverse[1, 1]), df


def score(t, df):
    p = 2 * student.sf(abs(t), df)
    return math.copysign(norm.isf(p / 2), t), p


def step_down(t, draws, complete):
    t, draws = np.abs(t), np.abs(draws)
    order = np.argsort(-t, kind="stable")
    adjusted, least = np.empty(len(t)), 0.0
    for place, i in enumerate(order):
        count = np.sum(draws[:, order[place:]].max(axis=1) >= t[i] * (1 - 1e-9))
        least = max(least, count / len(draws) if complete else (1 + count) / (1 + len(draws)))
        adjusted[i] = least
    return adjusted


def joint(name, seen, draws, complete):
    """Of effects and scores, each (specifications,) and (draws, specifications)."""
    cut = norm.isf(0.025)

    def three(effect, z):
        return np.median(effect), np.sum(z >= cut), np.sum(z <= -cut), z.sum() / math.sqrt(len(z))

    def p(count, n):
        return count / n if complete else (1 + count) / (1 + n)

    median, above, below, stouffer = three(*seen)
    all_draws = [three(*draw) for draw in draws]
    sign = 1 if median > 0 else -1
    tie = lambda x, y: x >= y - abs(y) * 1e-9
    of_sign = lambda d: (sign * d[0], d[1] if sign > 0 else d[2], sign * d[3])
    of_two = lambda d: (abs(d[0]), max(d[1], d[2]), abs(d[3]))
    for kind, of in (("dominant_sign", of_sign), ("two_sided", of_two)):
        for j, what in enumerate(("median", "significant", "stouffer")):
            count = sum(tie(of(d)[j], of((median, above, below, stouffer))[j]) for d in all_draws)
            put(f"{name} {kind} {what}", p(count, len(all_draws)))
    put(f"{name} median", median)
    put(f"{name} stouffer", stouffer)
    adjusted = step_down(seen[1], np.array([d[1] for d in draws]), complete)
    for i, each in enumerate(adjusted):
        put(f"{name} adjusted {i}", each)


def experiment(name, y, y2, x, z, u, drop):
    """Six specifications of two outcomes, with and without controls, and without one record."""
    data = {"y": np.array(y), "y2": np.array(y2), "z": np.array(z), "u": np.array(u, float)}
    n = len(x)
    every = np.arange(n)
    others = np.delete(every, drop - 1)
    fits = [("y", every, ""), ("y", every, "z"), ("y", others, ""), ("y2", every, ""), ("y2", every, "zu"),
            ("y2", others, "z")]

    def run(treated):
        effects, scores = [], []
        for outcome, kept, controls in fits:
            X = np.column_stack([np.ones(len(kept)), treated[kept]] + [data[c][kept] for c in controls])
            b, se, df = ols(X, data[outcome][kept])
            effects.append(b)
            scores.append(score(b / se, df)[0])
        return np.array(effects), np.array(scores)

    draws = []
    for at in itertools.combinations(range(n), sum(x)):
        treated = np.zeros(n)
        treated[list(at)] = 1
        draws.append(run(treated))
    put(f"{name} arrangements", len(draws))
    joint(name, run(np.array(x, float)), draws, True)


def clustered():
    """12 clusters of 3 to 6 records: with or without a control, effects of clusters, and the records of few."""
    y, x, z, g = [], [], [], []
    for c in range(12):
        for i in range(3 + c % 4):
            x.append((c * 7 + i * 5 + c * i) % 11)
            z.append((c * 3 + i * i * 2) % 7)
            g.append(c)
            y.append((c * 13 + i * 17 + c * c * i) % 19 + 0.7 * x[-1] - 0.4 * z[-1])
    y, x, z, g = (np.array(v, float) for v in (y, x, z, g))
    members = [np.flatnonzero(g == c) for c in range(12)]
    specifications = list(itertools.product((False, True), (False, True), (False, True)))

    def fit(specification, outcome, index, labels):
        control, effects, large = specification
        kept = index if not large else None
        mask = np.ones(len(index), bool)
        if large:  # clusters of more than 3
            sizes = {label: np.sum(labels == label) for label in labels}
            mask = np.array([sizes[label] > 3 for label in labels])
        i, own = index[mask], labels[mask]
        columns = [np.ones(len(i)), x[i]]
        if control:
            columns.append(z[i])
        if effects:
            columns += [(own == label).astype(float) for label in sorted(set(own))[1:]]
        return ols(np.column_stack(columns), outcome(i, mask))

    everything = np.arange(len(y))
    seen = [fit(s, lambda i, _: y[i], everything, g) for s in specifications]
    put("clustered records", len(y))
    for i, (b, se, df) in enumerate(seen):
        put(f"clustered estimate {i}", b)
        put(f"clustered p {i}", score(b / se, df)[1])
    draws, raw = [], []
    for draw in range(199):
        stream = Stream(7, draw)
        drawn = [members[stream.below(12)] for _ in range(12)]
        index = np.concatenate(drawn)
        labels = np.concatenate([np.full(len(each), number) for number, each in enumerate(drawn)])
        effects, scores = [], []
        for s, (b, _, _) in zip(specifications, seen):
            null = y - b * x  # no effect, for this specification
            b0, se0, df0 = fit(s, lambda i, _: null[i], index, labels)
            effects.append(b0)
            scores.append(score(b0 / se0, df0)[0])
        draws.append((np.array(effects), np.array(scores)))
        raw.append(np.median(np.array(effects) + np.array([b for b, _, _ in seen])))
    joint("clustered", (np.array([b for b, _, _ in seen]), np.array([score(b / se, df)[0] for b, se, df in seen])),
          draws, False)
    put("clustered lower", np.quantile(raw, 0.025))
    put("clustered upper", np.quantile(raw, 0.975))


def parts():
    """a (3) x b (2) x c (2) without two combinations; shares of the variance by all orders."""
    table = {}
    for a, b, c in itertools.product(range(3), range(2), range(2)):
        if (a, b) == (2, 1):
            continue
        table[a, b, c] = 2.0 * a + (1.5 if b else 0) + (a * 0.75 if c else 0) - (0.3 if b and c else 0)

    def explained(on):
        groups = {}
        for key, value in table.items():
            groups.setdefault(tuple(key[i] for i in sorted(on)), []).append(value)
        mean = np.mean(list(table.values()))
        return sum(len(v) * (np.mean(v) - mean) ** 2 for v in groups.values()) / len(table)

    whole = explained({0, 1, 2})
    for i in range(3):
        steps = []
        for order in itertools.permutations(range(3)):
            before = set(order[:order.index(i)])
            steps.append(explained(before | {i}) - explained(before))
        put(f"parts part {i}", np.mean(steps) / whole)
        put(f"parts alone {i}", explained({i}) / whole)
        put(f"parts total {i}", 1 - explained({0, 1, 2} - {i}) / whole)


def given():
    t = [-0.86, 1.19, 2.55, -2.26]
    draws = []
    for b in range(40):
        stream = Stream(3, b)
        draws.append([(stream.below(600) - 300) / 100 for _ in t])
    for i, each in enumerate(step_down(np.array(t), np.array(draws), False)):
        put(f"given plus_one {i}", each)
    for i, each in enumerate(step_down(np.array(t), np.array(draws), True)):
        put(f"given share {i}", each)


def outcomes():
    """Welch's t of four outcomes, four records against four, all 70 arrangements."""
    y = np.array([[5.1, 6.3, 4.8, 7.2, 3.9, 4.1, 5.0, 2.7], [1.2, 0.4, 2.2, 1.9, 0.8, 0.1, 1.0, 0.7],
                  [10, 12, 9, 14, 11, 8, 13, 10.5], [0.31, 0.55, 0.72, 0.64, 0.29, 0.11, 0.42, 0.37]])

    def welch(at):
        a, b = y[:, at], np.delete(y, at, axis=1)
        return (a.mean(axis=1) - b.mean(axis=1)) / np.sqrt(a.var(axis=1, ddof=1) / 4 + b.var(axis=1, ddof=1) / 4)

    draws = np.array([welch(list(at)) for at in itertools.combinations(range(8), 4)])
    adjusted = step_down(welch([0, 1, 2, 3]), draws, True)
    assert np.allclose(adjusted * 70, [14, 20, 52, 18])  # multtest::mt.maxT, R 4.2
    for i, each in enumerate(adjusted):
        put(f"outcomes {i}", each)


if __name__ == "__main__":
    experiment("six", [3.1, 4.7, 2.2, 5.9, 4.1, 6.8, 3.3, 5.2], [2.7, 5.1, 2.9, 5.0, 4.6, 6.1, 2.8, 5.9],
               [0, 1, 0, 1, 0, 1, 0, 1], [0.2, 1.1, -0.4, 0.8, 0.9, 1.6, -0.1, 0.3], [1, 2, 4, 3, 2, 5, 1, 4], 3)
    experiment("weak", [3.1, 2.7, 4.2, 3.9, 4.1, 3.8, 3.3], [2.7, 3.1, 3.9, 3.0, 4.6, 4.1, 2.8],
               [0, 1, 0, 1, 0, 1, 1], [0.2, 1.1, -0.4, 0.8, 0.9, 1.6, -0.1], [1, 2, 4, 3, 2, 5, 1], 2)
    values = dict(rows)
    for name, expected in (("six two_sided median", 2 / 70), ("six dominant_sign median", 1 / 70),
                           ("weak two_sided stouffer", 13 / 35), ("weak dominant_sign median", 7 / 35)):
        assert math.isclose(float(values[name]), expected), name  # R 4.2
    clustered()
    parts()
    outcomes()
    given()
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "value"])
        writer.writerows(rows)
