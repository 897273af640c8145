# SPDX-License-Identifier: BSL-1.0
"""Makes few_clusters_data.csv and few_clusters.csv, by the definitions: dense matrices, all pairs, all refits.

    /usr/bin/python3 few_clusters.py        (in this directory; numpy 1.24)

The library also agrees with clubSandwich 0.5.8 (CR2, CR3, Satterthwaite, HTZ) and fwildclusterboot 0.14 (strict p)
to 1e-9 on other data. Lines: name, row, column, value.
"""
import itertools
import random

import numpy as np

r = random.Random(13)
rows = []
sizes = [3, 4, 5, 5, 6, 7, 8, 10]
for g, size in enumerate(sizes):
    shift = r.gauss(0, 0.7)
    for i in range(size):
        x1 = round(r.gauss(0.3 * shift, 1), 3)
        x2 = round(r.gauss(0, 1) + 0.2 * g, 3)
        y = round(0.5 * x1 - 0.3 * x2 + shift + r.gauss(0, 1), 3)
        labels = "".join(sorted(r.sample("ABCDEFGH", r.choice([1, 1, 2, 3]))))
        rows.append((y, int(r.random() < 1 / (1 + np.exp(-0.8 * x1))), x1, x2, r.choice([0.5, 1, 2, 4]), g,
                     2 * g + i % 2, i % 3, labels))
with open("few_clusters_data.csv", "w") as out:
    out.write("y,yes,x1,x2,w,cluster,unit,year,labels\n")
    for row in rows:
        out.write(",".join(map(str, row)) + "\n")
y, yes, x1, x2, w = (np.array([row[j] for row in rows], float) for j in range(5))
cluster, unit, year = (np.array([row[j] for row in rows]) for j in (5, 6, 7))
labels = [set(row[8]) for row in rows]
n = len(rows)
X = np.column_stack([np.ones(n), x1, x2])
out = open("few_clusters.csv", "w")
out.write("name,i,j,value\n")


def say(name, value):
    value = np.atleast_2d(value)
    for i in range(value.shape[0]):
        for j in range(value.shape[1]):
            out.write(f"{name},{i},{j},{value[i, j]:.17g}\n")


def root_inverse(a):
    values, vectors = np.linalg.eigh((a + a.T) / 2)
    return (vectors * [v ** -0.5 if v > 1e-9 else 0 for v in values]) @ vectors.T


def adjusted(name, X, y, w, tested):
    M = np.linalg.pinv(X.T @ (w[:, None] * X))
    H = X @ M @ X.T * w
    R = np.eye(len(y)) - H
    e = R @ y
    groups = [np.flatnonzero(cluster == g) for g in np.unique(cluster)]
    for kind in ("cr2", "cr3"):
        A = [root_inverse(R[g] @ R[g].T) if kind == "cr2" else np.linalg.pinv(R[np.ix_(g, g)], rcond=1e-9) for g in groups]
        u = [M @ X[g].T @ (w[g, None] * (a @ e[g][:, None])) for g, a in zip(groups, A)]
        V = sum(z @ z.T for z in u)
        say(f"{name}_{kind}", V[np.ix_(tested, tested)])
        P = lambda c: np.array([R[g].T @ a.T @ (w[g] * (X[g] @ M @ c)) for g, a in zip(groups, A)])

        def df(c):
            p = P(c)
            q = p @ p.T
            return np.trace(q) ** 2 / np.sum(q ** 2)

        unit_vectors = [np.eye(X.shape[1])[j] for j in tested]
        say(f"{name}_{kind}_df", [df(c) for c in unit_vectors])
        say(f"{name}_{kind}_difference_df", df(unit_vectors[-2] - unit_vectors[-1]))
        C = np.array(unit_vectors[-2:])
        ps = [P(c) for c in C]
        omega = np.array([[np.trace(a @ b.T) for b in ps] for a in ps])
        values, vectors = np.linalg.eigh(omega)
        C2 = (vectors * values ** -0.5) @ vectors.T @ C
        ps = [P(c) for c in C2]
        total = sum(np.sum((s @ s.T) * (t @ t.T)) + np.sum((s @ t.T) * (s @ t.T).T) for s in ps for t in ps)
        q, b = 2, M @ X.T @ (w * y)
        eta = q * (q + 1) / total
        wald = (C @ b) @ np.linalg.solve(C @ V @ C.T, C @ b)
        say(f"{name}_{kind}_joint", [(eta - q + 1) / (eta * q) * wald, eta - q + 1])


ones = np.ones(n)
adjusted("ols", X, y, ones, [0, 1, 2])
adjusted("wls", X, y, w, [0, 1, 2])
dummies = lambda a: (a[:, None] == np.unique(a)).astype(float)
adjusted("nested", np.column_stack([dummies(unit), x1, x2]), y, ones, [-2, -1])
adjusted("crossed", np.column_stack([dummies(unit), dummies(year)[:, 1:], x1, x2]), y, ones, [-2, -1])

b = np.zeros(3)
for _ in range(60):
    mu = 1 / (1 + np.exp(-X @ b))
    b = b + np.linalg.solve(X.T @ ((mu * (1 - mu))[:, None] * X), X.T @ (yes - mu))
s = np.sqrt(mu * (1 - mu))
adjusted("logit", X * s[:, None], (X @ b) * s + (yes - mu) / s, ones, [0, 1, 2])

share = np.array([[float(bool(a & c)) for c in labels] for a in labels])
for name, weight in (("labels", ones), ("labels_weighted", w)):
    M = np.linalg.inv(X.T @ (weight[:, None] * X))
    score = X * (weight * (y - X @ M @ X.T @ (weight * y)))[:, None]
    say(name, M @ score.T @ share @ score @ M)
M = np.linalg.inv(X.T @ ((mu * (1 - mu))[:, None] * X))
score = X * (yes - mu)[:, None]
say("labels_logit", M @ score.T @ share @ score @ M)


def wild(name, j, null, unit_of, values):
    """p, weak, by refits of all draws."""
    M = np.linalg.inv(X.T @ X)
    others = np.delete(X, j, 1)
    z = y - null * X[:, j]
    fitted = others @ np.linalg.lstsq(others, z, rcond=None)[0] + null * X[:, j]
    e = y - fitted

    def t(response):
        b = M @ X.T @ response
        residual = response - X @ b
        u = np.array([X[cluster == g].T @ residual[cluster == g] for g in np.unique(cluster)])
        return (b[j] - null) / np.sqrt((M @ u.T @ u @ M)[j, j])

    here, weak, all_draws = abs(t(y)), 0, 0
    for v in itertools.product(values, repeat=len(np.unique(unit_of))):
        weak += abs(t(fitted + np.array(v)[unit_of] * e)) >= here * (1 - 1e-9)
        all_draws += 1
    say(name, weak / all_draws)


wild("wild_x1", 1, 0, cluster, (-1, 1))
wild("wild_x2", 2, 0.2, cluster, (-1, 1))
out.close()
