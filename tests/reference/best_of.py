"""Expected best of k of n trials in exact fractions, by enumeration of all samples with and without replacement, with
the jackknife's variance. Writes best_of.csv: python3 best_of.py"""
import csv, itertools
from fractions import Fraction as F
from math import comb

CASES = {
    "five": "0.61 0.70 0.72 0.75 0.90",
    "one": "0.5",
    "ties": "1 2 2 3",
    "eight": "-1.5 0 0.25 0.25 1 2 4.5 10",
    "same": "0.3 0.3 0.3",
    "wide": "-1000 -1 0 1 1000 1000000",
}


def without(v, k, best):
    samples = [best(s) for s in itertools.combinations(v, k)]
    return sum(samples) / F(len(samples))


def with_replacement(v, k, best):
    if len(v) ** k <= 100000:
        samples = [best(s) for s in itertools.product(v, repeat=k)]
        return sum(samples) / F(len(samples))
    v, n = sorted(v), len(v)
    if best is min:
        v = v[::-1]
    return sum(x * (F(i + 1, n) ** k - F(i, n) ** k) for i, x in enumerate(v))


def jackknife(v, k, best, estimate):
    n = len(v)
    left = [estimate(v[:i] + v[i + 1:], k, best) for i in range(n)]
    mean = sum(left) / n
    return F(n - 1, n) * sum((x - mean) ** 2 for x in left)


with open("best_of.csv", "w", newline="") as out:
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["case", "scores", "direction", "estimator", "k", "value", "standard_error"])
    for name, text in CASES.items():
        v = sorted(F(x) for x in text.split())
        n = len(v)
        for direction, best in (("higher_is_better", max), ("lower_is_better", min)):
            for estimator, estimate in (("unbiased", without), ("with_replacement", with_replacement)):
                for k in (1, 2, 3, 4, 5, 7, 20):
                    if estimator == "unbiased" and k > n:
                        continue
                    error = ""
                    if n > 1 and (estimator == "with_replacement" or k < n):
                        error = repr(float(jackknife(v, k, best, estimate)) ** 0.5)
                    table.writerow([name, text, direction, estimator, k, repr(float(estimate(v, k, best))), error])
