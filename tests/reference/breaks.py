# SPDX-License-Identifier: BSL-1.0
"""Writes breaks_data.csv and breaks.csv: trends that break, and their best fits by exhaustive search with numpy.

    python3 breaks.py

Lines that jump: all positions. Lines with one bend: Hudson (1966), in every gap between dates the join of the two free
lines where it lies in the gap, else the ends. With two: a bounded minimum in every pair of gaps. Profiles by root
finding, standard errors from the inverse of the linearised model's normal matrix. "models" are the dates and training
compute of large_scale.csv (Epoch AI, CC BY 4.0), as of 2023-12-14.
"""
import csv
import datetime
import itertools
import math

import numpy as np
from scipy import optimize, stats

LEVEL = 0.95


def samples():
    random = np.random.default_rng(20240501)

    def made(name, days, line, sd):
        return name, np.sort(days), lambda x: line((x - 14610) / 365.25) + random.normal(0, sd, len(x))

    year = np.array([(datetime.date(2010 + i // 5, 1, 1) - datetime.date(1970, 1, 1)).days for i in range(60)])
    irregular = lambda n: 14610 + random.integers(0, 4383, n)
    distinct = lambda n: 14610 + random.choice(4383, n, replace=False)
    yield made("bend", irregular(60), lambda t: 18 + 0.2 * t + 0.7 * np.maximum(0, t - 5.3), 0.4)
    yield made("bends", irregular(40), lambda t: 18 + 0.1 * t + 0.9 * np.maximum(0, t - 4.1) - 1.1 * np.maximum(0, t - 8.2), 0.3)
    yield made("yearly", year, lambda t: 20 + 0.6 * t - 0.5 * np.maximum(0, t - 6.4), 0.3)
    yield made("jump", distinct(60), lambda t: 18 + 0.3 * t + (t > 7) * (1.5 + 0.2 * (t - 7)), 0.4)
    yield made("eras", distinct(45), lambda t: 18 + 0.2 * t + (t > 4) * 1.2 - (t > 9) * (0.8 + 0.4 * (t - 9)), 0.3)
    yield made("line", irregular(50), lambda t: 19 + 0.6 * t, 0.5)
    with open("large_scale.csv", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["vintage"] == "2023-12-14"]
    rows.sort(key=lambda row: (row["date"], float(row["training_flop"])))
    days = np.array([(datetime.date.fromisoformat(r["date"]) - datetime.date(1970, 1, 1)).days for r in rows])
    yield "models", days, [float(row["training_flop"]) for row in rows]


def rss(columns, y):
    """Columns are scaled before the solution."""
    design = np.column_stack(columns)
    design = design / np.abs(design).max(axis=0)
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    return float(residual @ residual)


class sample:
    def __init__(self, days, y):
        self.origin = float(np.mean(days))
        self.x = days - self.origin
        self.y = y
        self.dates = np.unique(self.x)
        self.n = len(y)
        self.least = max(3, self.n // 20)

    def before(self, p):
        return int(np.searchsorted(self.x, self.dates[p])) if p < len(self.dates) else self.n

    def room(self, positions):
        ends = [0, *positions, len(self.dates)]
        return all(q - p >= 2 and self.before(q) - self.before(p) >= self.least for p, q in zip(ends, ends[1:]))

    def line(self, p, q):
        chosen = slice(self.before(p), self.before(q))
        x, y = self.x[chosen], self.y[chosen]
        mx, my = x.mean(), y.mean()
        sxx = ((x - mx) ** 2).sum()
        slope = ((x - mx) * (y - my)).sum() / sxx
        return my - slope * mx, slope, float(((y - my - slope * (x - mx)) ** 2).sum()), sxx

    def bent_rss(self, at):
        return rss([np.ones(self.n), self.x, *(np.maximum(0, self.x - a) for a in at)], self.y)

    def one_bend(self):
        best = (math.inf, None)
        for p in range(2, len(self.dates) - 1):
            if not self.room([p]):
                continue
            low, high = self.dates[p - 1], self.dates[p]
            left, right = self.line(0, p), self.line(p, len(self.dates))
            join = (right[0] - left[0]) / (left[1] - right[1])
            candidates = [(self.bent_rss([at]), (at,)) for at in (low, high)]
            if low < join < high:
                candidates.append((left[2] + right[2], (join,)))
            best = min(best, *candidates)
        return best

    def second_bend(self, first, low, high):
        """The least RSS with one bend at `first` and another within [low, high]."""
        found = optimize.minimize_scalar(lambda at: self.bent_rss([first, at]), bounds=(low, high), method="bounded",
                                         options={"xatol": 1e-9})
        return min([(found.fun, found.x)] + [(self.bent_rss([first, at]), at) for at in (low, high)])

    def two_bends(self):
        pairs = [p for p in itertools.combinations(range(2, len(self.dates) - 1), 2) if self.room(p)]
        best = (math.inf, None)
        for p, q in pairs:
            bounds = [(self.dates[p - 1], self.dates[p]), (self.dates[q - 1], self.dates[q])]
            found = optimize.minimize(self.bent_rss, [sum(b) / 2 for b in bounds], bounds=bounds, method="L-BFGS-B",
                                      options={"ftol": 1e-15, "gtol": 1e-12})
            best = min(best, (found.fun, tuple(found.x)))
        # The join of free lines, where the minimum is in the inside of both gaps.
        p, q = (int(np.searchsorted(self.dates, at)) for at in best[1])
        a, b, c = self.line(0, p), self.line(p, q), self.line(q, len(self.dates))
        join = (b[0] - a[0]) / (a[1] - b[1]), (c[0] - b[0]) / (b[1] - c[1])
        if self.dates[p - 1] < join[0] < self.dates[p] and self.dates[q - 1] < join[1] < self.dates[q]:
            best = (a[2] + b[2] + c[2], join)
        return best

    def profile(self, at, j):
        """The first and last place of bend j where the F test does not reject it, the other one at its best."""
        p = 2 + 2 * len(at)
        allowed = self.bent_rss(at) * (1 + stats.f.ppf(LEVEL, 1, self.n - p) / (self.n - p))
        places = [q for q in range(2, len(self.dates) - 1) if self.room([q])]
        if len(at) == 1:
            excess = lambda x: self.bent_rss([x]) - allowed
            low, high = self.dates[places[0] - 1], self.dates[places[-1]]
        else:
            def excess(x):
                gaps = [q for q in places if self.dates[q] >= x] if j == 0 else [q for q in places if self.dates[q - 1] <= x]
                own = int(np.searchsorted(self.dates, x))
                fits = [self.second_bend(x, max(self.dates[q - 1], x) if j == 0 else self.dates[q - 1],
                                         self.dates[q] if j == 0 else min(self.dates[q], x))[0]
                        for q in gaps if self.room(sorted([own, q])) and own != q]
                return min(fits, default=math.inf) - allowed
            low, high = self.dates[places[0] - 1], self.dates[places[-1]]
        grid = np.unique(np.concatenate([np.linspace(low, high, 2000 if len(at) == 1 else 120), at]))
        inside = [x for x in grid if excess(x) <= 0 or x == at[j]]
        ends = []
        for end, step in (inside[0], -1), (inside[-1], 1):
            i = int(np.searchsorted(grid, end)) + step
            ends.append(optimize.brentq(excess, end, grid[i], xtol=1e-10) if 0 <= i < len(grid) else end)
        return ends

    def standard_errors(self, at, slopes, total):
        columns = [np.ones(self.n)]
        ends = [-math.inf, *at, math.inf]
        for j, (low, high) in enumerate(zip(ends, ends[1:])):
            columns.append(np.clip(self.x, low, high) - (low if j else 0))
        for j, one in enumerate(at):
            columns.append((slopes[j] - slopes[j + 1]) * (self.x > one))
        design = np.column_stack(columns)
        scale = np.abs(design).max(axis=0)
        covariance = np.linalg.inv((design / scale).T @ (design / scale)) * total / (self.n - len(columns))
        errors = np.sqrt(np.diag(covariance)) / scale
        return errors[1:2 + len(at)], errors[2 + len(at):]

    def bent(self, breaks):
        total, at = (None, None), None
        total, at = self.one_bend() if breaks == 1 else self.two_bends()
        design = np.column_stack([np.ones(self.n), self.x, *(np.maximum(0, self.x - a) for a in at)])
        scale = np.abs(design).max(axis=0)
        slopes = np.cumsum((np.linalg.lstsq(design / scale, self.y, rcond=None)[0] / scale)[1:])
        slope_errors, errors = self.standard_errors(at, slopes, total)
        ends = [self.profile(at, j) for j in range(breaks)]
        days = [a + self.origin for a in at]
        return total, days, [e[0] + self.origin for e in ends], [e[1] + self.origin for e in ends], slopes, slope_errors, errors

    def jumping(self, breaks):
        total_of = lambda positions: sum(self.line(p, q)[2] for p, q in zip([0, *positions], [*positions, len(self.dates)]))
        total, positions = min((total_of(ps), ps)
                               for ps in itertools.combinations(range(2, len(self.dates) - 1), breaks) if self.room(ps))
        lines = [self.line(p, q) for p, q in zip([0, *positions], [*positions, len(self.dates)])]
        variance = total / (self.n - 2 * len(lines))
        allowed = total * (1 - 2 * math.log(1 - math.sqrt(LEVEL)) / self.n)
        lower, upper = [], []
        for j in range(breaks):
            moved = [(*positions[:j], p, *positions[j + 1:]) for p in range(2, len(self.dates) - 1)]
            inside = [ps[j] for ps in moved if list(ps) == sorted(ps) and self.room(ps) and total_of(ps) <= allowed]
            lower.append(self.dates[inside[0] - 1] + self.origin)
            upper.append(self.dates[inside[-1]] + self.origin)
        days = [self.dates[p] + self.origin for p in positions]
        return (total, days, lower, upper, [line[1] for line in lines],
                [math.sqrt(variance / line[3]) for line in lines], [])


def padded(values, width):
    return [repr(float(v)) for v in values] + ["none"] * (width - len(values))


def main():
    with open("breaks_data.csv", "w", newline="") as data, open("breaks.csv", "w", newline="") as fits:
        data = csv.writer(data, lineterminator="\n")
        fits = csv.writer(fits, lineterminator="\n")
        data.writerow(["name", "day", "value"])
        heads = [("day", 3), ("lower", 3), ("upper", 3), ("slope", 4), ("slope_se", 4), ("day_se", 3)]
        fits.writerow(["name", "jump", "breaks", "rss"] + [f"{h}{i + 1}" for h, n in heads for i in range(n)])
        cases = {"bend": [(0, 1), (1, 1)], "bends": [(0, 1), (0, 2)], "yearly": [(0, 1), (1, 1), (1, 2)],
                 "jump": [(0, 1), (1, 1), (1, 2)], "eras": [(1, 1), (1, 2), (1, 3)], "line": [(0, 1)],
                 "models": [(0, 1), (1, 1), (1, 2)]}
        for name, days, values in samples():
            if callable(values):
                values = [float(f"{10 ** y:.9e}") for y in values(days.astype(float))]
            order = sorted(zip(days.tolist(), values))
            days, values = (np.array(column, dtype=float) for column in zip(*order))
            data.writerows([name, int(day), repr(float(value))] for day, value in zip(days, values))
            one = sample(days, np.log10(values))
            for jump, breaks in cases[name]:
                print(name, jump, breaks)
                found = one.jumping(breaks) if jump else one.bent(breaks)
                fits.writerow([name, jump, breaks, repr(found[0])] +
                              [v for values, (_, n) in zip(found[1:], heads) for v in padded(values, n)])


main()
