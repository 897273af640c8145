#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Random streams and bootstrap intervals: writes random.csv and bootstrap.csv beside this file (python3 with scipy 1.10).

The generators are written here anew from their authors' C code and checked against published outputs. Intervals are
scipy.stats.bootstrap's, made to draw its indices from these streams; those of clusters come from the same formulas
written here, which must agree with scipy on single records.
"""
import csv
import pathlib

import numpy as np
import scipy.stats
from scipy.stats import _resampling, norm

WORD = 2**64 - 1
GOLDEN = 0x9E3779B97F4A7C15


def mixed(x):
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & WORD
    return x ^ (x >> 31)


class Stream:
    def __init__(self, seed, stream):
        counter = mixed((mixed((seed + GOLDEN) & WORD) + stream) & WORD)
        self.s = [mixed((counter + i * GOLDEN) & WORD) for i in range(1, 5)]

    def __call__(self):
        s, rotl = self.s, lambda x, k: ((x << k) | (x >> (64 - k))) & WORD
        result = (rotl((s[0] + s[3]) & WORD, 23) + s[0]) & WORD
        t = (s[1] << 17) & WORD
        s[2] ^= s[0]
        s[3] ^= s[1]
        s[1] ^= s[2]
        s[0] ^= s[3]
        s[2] ^= t
        s[3] = rotl(s[3], 45)
        return result

    def below(self, bound):
        while True:
            product = self() * bound
            if (product & WORD) >= 2**64 % bound:
                return product >> 64


def check_generators():
    """Outputs published with splitmix64 (seed 1234567) and xoshiro256++ (state 1, 2, 3, 4; the rand_xoshiro crate)."""
    assert [mixed((1234567 + i * GOLDEN) & WORD) for i in (1, 2, 3)] == [
        6457827717110365317, 3203168211198807973, 9817491932198370423]
    stream = Stream(0, 0)
    stream.s = [1, 2, 3, 4]
    assert [stream() for _ in range(6)] == [
        41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162]


def records(n):
    """x, y and cluster of every record; small integers, so that sums are exact in any order."""
    return [((i * 37) % 101, (i * i * 7 + 3 * i) % 89 + (i * 37) % 101, i % 7 + (i % 3) * (i % 2)) for i in range(n)]


def slope(x, y):
    n = x.shape[-1]
    sx, sy, sxx, sxy = x.sum(-1), y.sum(-1), (x * x).sum(-1), (x * y).sum(-1)
    return (n * sxy - sx * sy) / (n * sxx - sx * sx)


STATISTICS = {
    "mean": lambda x, y: y.sum(-1) / y.shape[-1],
    "slope": slope,
    "ratio": lambda x, y: y.sum(-1) / x.sum(-1),
    "median": lambda x, y: np.median(y, axis=-1),
    "largest": lambda x, y: y.max(-1),
}
KINDS = {"percentile": "percentile", "basic": "basic", "bca": "BCa"}


def by_hand(value, replicates, left_out, level):
    tail = (1 - level) / 2
    quantile = lambda p: np.quantile(replicates, p)
    deviations = np.mean(left_out) - left_out
    acceleration = (deviations**3).sum() / (6 * (deviations**2).sum() ** 1.5)
    z0 = norm.ppf(((replicates < value).mean() + (replicates <= value).mean()) / 2)
    moved = lambda z: norm.cdf(z0 + (z0 + z) / (1 - acceleration * (z0 + z)))
    low, high = quantile(tail), quantile(1 - tail)
    z = norm.ppf(1 - tail)
    return [low, high, 2 * value - high, 2 * value - low, quantile(moved(-z)), quantile(moved(z))]


def of_records(statistic, n, replicates, seed, level):
    x, y = (np.array(column, float) for column in list(zip(*records(n)))[:2])
    indices = np.array([[stream.below(n) for _ in range(n)] for stream in (Stream(seed, b) for b in range(replicates))])
    _resampling.rng_integers = lambda *_, **__: indices
    theirs = []
    for method in KINDS.values():
        ends = scipy.stats.bootstrap((x, y), lambda x, y, axis=-1: statistic(x, y), paired=True, vectorized=True,
                                     n_resamples=replicates, confidence_level=level, method=method).confidence_interval
        theirs += [ends.low, ends.high]
    left_out = np.array([statistic(np.delete(x, i), np.delete(y, i)) for i in range(n)])
    value = statistic(x, y)
    assert np.allclose(theirs, by_hand(value, statistic(x[indices], y[indices]), left_out, level), rtol=1e-12)
    return [value] + theirs


def of_clusters(statistic, n, replicates, seed, level):
    members = {}
    for x, y, cluster in records(n):
        members.setdefault(cluster, []).append((x, y))
    clusters = [members[label] for label in sorted(members)]

    def over(chosen):
        points = np.array([point for cluster in chosen for point in cluster], float)
        return statistic(points[:, 0], points[:, 1])

    streams = (Stream(seed, b) for b in range(replicates))
    draws = [over([clusters[stream.below(len(clusters))] for _ in clusters]) for stream in streams]
    left_out = np.array([over(clusters[:i] + clusters[i + 1 :]) for i in range(len(clusters))])
    value = over(clusters)
    return [value] + by_hand(value, np.array(draws), left_out, level)


if __name__ == "__main__":
    check_generators()
    here = pathlib.Path(__file__).parent
    with open(here / "random.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["name", "seed", "stream"] + [f"{half}{i}" for i in range(1, 5) for half in ("high", "low")]
                     + ["below_10_first_100_sum", "below_2_63_plus_1_first_high", "below_2_63_plus_1_first_low"])
        for seed, stream in [(0, 0), (1, 0), (1, 1), (1, 9998), (2, 0), (2**32, 7), (123456789, 2**40)]:
            words = Stream(seed, stream)
            outputs = [part for word in (words() for _ in range(4)) for part in (word >> 32, word & 0xFFFFFFFF)]
            digits = Stream(seed, stream)
            far = Stream(seed, stream).below(2**63 + 1)
            out.writerow([f"stream {stream} of seed {seed}", seed, stream] + outputs
                         + [sum((i + 1) * digits.below(10) for i in range(100)), far >> 32, far & 0xFFFFFFFF])
    with open(here / "bootstrap.csv", "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["statistic", "clusters", "n", "replicates", "seed", "level", "value"]
                     + [f"{kind}_{end}" for kind in KINDS for end in ("lower", "upper")])
        for name, statistic in STATISTICS.items():
            for clusters, n, replicates, seed, level in [(0, 40, 999, 1, 0.95), (0, 101, 400, 12345, 0.9),
                                                         (1, 60, 999, 1, 0.95), (1, 200, 500, 3, 0.8)]:
                if name == "largest" and not clusters:
                    continue  # scipy warns: all leave-one-out values but one are the same
                ends = (of_clusters if clusters else of_records)(statistic, n, replicates, seed, level)
                out.writerow([name, clusters, n, replicates, seed, level] + [repr(float(v)) for v in ends])
