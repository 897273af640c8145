#!/usr/bin/env python3
"""Reference values of trends/log_trend_sums.hpp in exact fractions of the doubles that log10 gives: slope of log10 a day, its
classical variance, and that by clusters (times G / (G - 1) (n - 1) / (n - 2)); then records: day, value, cluster.

    python3 tests/reference/log_trend_sums.py > tests/reference/log_trend_sums.csv
"""
import math
from fractions import Fraction


def fit(records):
    n = len(records)
    x = [Fraction(day) for day, _, _ in records]
    y = [Fraction(math.log10(value)) for _, value, _ in records]
    mean_x, mean_y = sum(x) / n, sum(y) / n
    sxx = sum((a - mean_x) ** 2 for a in x)
    slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y)) / sxx
    left = [b - mean_y - slope * (a - mean_x) for a, b in zip(x, y)]
    classical = sum(e * e for e in left) / (n - 2) / sxx
    scores = {}
    for a, e, (_, _, cluster) in zip(x, left, records):
        scores[cluster] = scores.get(cluster, 0) + (a - mean_x) * e
    g = len(scores)
    clustered = Fraction(g, g - 1) * Fraction(n - 1, n - 2) * sum(s * s for s in scores.values()) / sxx ** 2
    return slope, classical, clustered


def made(seed, n, first_day, days, clusters, level, growth, spread):
    state, records = seed, []

    def draw(k):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % k

    for _ in range(n):
        day = first_day + draw(days)
        log = level + growth * (day - first_day) + spread * (draw(2001) - 1000) / 1000
        records.append((day, float("%.6g" % 10**log), draw(clusters) * draw(3)))
    return records


cases = {
    "compute": made(1, 120, 14610, 5000, 40, 18, 0.0006, 1.5),
    "before 1970 and small": made(2, 50, -9000, 4000, 25, -7, -0.0002, 0.3),
    "nearly exact": made(3, 30, 100000, 300, 12, 3, 0.01, 0),
    "huge": made(4, 40, 20000, 9000, 30, 250, 0.004, 5),
}
print("case,first,second,third")
for name, records in cases.items():
    print(name + "," + ",".join(repr(float(v)) for v in fit(records)))
    for day, value, cluster in records:
        print("record of %s,%d,%r,%d" % (name, day, value, cluster))
