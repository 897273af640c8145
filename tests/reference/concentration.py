#!/usr/bin/env python3
"""Reference values of shares/concentration.hpp, from the definitions, in plain Python: pairs for the Gini coefficient, sums of
shares for the rest, and derivatives by weight from difference quotients in exact fractions where the measure is rational.

    python3 tests/reference/concentration.py > tests/reference/concentration.csv
"""
import itertools
import math
from fractions import Fraction


def measures(amounts, weights=None):
    x = [Fraction(a) for a in amounts]
    w = [Fraction(1)] * len(x) if weights is None else [Fraction(a) for a in weights]
    number, total = sum(w), sum(a * b for a, b in zip(w, x))
    hhi = sum(b * (a / total) ** 2 for a, b in zip(x, w))
    pairs = sum(wi * wj * abs(xi - xj) for xi, wi in zip(x, w) for xj, wj in zip(x, w))
    gini = pairs / (2 * number * total)
    mean = total / number
    ratio = [float(a / mean) for a in x]
    out = {
        "hhi": hhi,
        "effective_owners": 1 / hhi,
        "gini": gini,
        "theil_t": sum(float(b) * r * math.log(r) for r, b in zip(ratio, w) if r > 0) / float(number),
        "shannon": -sum(float(b) * float(a / total) * math.log(a / total) for a, b in zip(x, w) if a > 0),
    }
    if number > 1:
        out["hhi_normalised"] = (hhi - 1 / number) / (1 - 1 / number)
        out["gini_unbiased"] = gini * number / (number - 1)
    if all(a > 0 for a in x):
        out["theil_l"] = 0.0 - sum(float(b) * math.log(r) for r, b in zip(ratio, w)) / float(number)
    if all(a.denominator == 1 for a in x) and total > 1:
        out["hhi_unbiased"] = sum(b * a * (a - 1) for a, b in zip(x, w)) / (total * (total - 1))
    if weights is None:
        ordered = sorted(x, reverse=True)
        shares = [a / total for a in ordered]
        out["horvath"] = shares[0] + sum(s * s * (2 - s) for s in shares[1:])
        for k in (1, 4, 5):
            if k <= len(x):
                out["top_%d" % k] = sum(shares[:k])
    return {name: float(value) for name, value in out.items()}


def linearised_gini_variance(amounts, weights):
    """n / (n - 1) sum (w z)^2, z the exact derivative of the coefficient by an owner's weight."""
    def gini(w):
        number, total = sum(w), sum(a * b for a, b in zip(w, x))
        return sum(wi * wj * abs(xi - xj) for xi, wi in zip(x, w) for xj, wj in zip(x, w)) / (2 * number * total)
    x = [Fraction(a) for a in amounts]
    w = [Fraction(a) for a in weights]
    step, sum_of_squares = Fraction(1, 10**9), 0
    for i in range(len(x)):
        up, down = list(w), list(w)
        up[i] += step
        down[i] -= step
        z = (gini(up) - gini(down)) / (2 * step)
        sum_of_squares += (w[i] * z) ** 2
    return float(Fraction(len(x), len(x) - 1) * sum_of_squares)


def jackknife_variance(amounts, name):
    left_out = [measures(amounts[:i] + amounts[i + 1:])[name] for i in range(len(amounts))]
    mean = sum(left_out) / len(left_out)
    return (len(amounts) - 1) / len(amounts) * sum((v - mean) ** 2 for v in left_out)


def subsets(amounts, m, name):
    values = [measures(list(s))[name] for s in itertools.combinations(amounts, m)]
    return sum(values) / len(values)


def split(amounts, groups):
    """Theil's measures of all, within groups and between them, and of each group."""
    total, mean = Fraction(sum(amounts)), Fraction(sum(amounts)) / len(amounts)
    out = {name: {"theil_t": 0.0, "theil_l": 0.0} for name in ("within", "between")}
    for group in sorted(set(groups)):
        own = [Fraction(a) for a, g in zip(amounts, groups) if g == group]
        of_amounts, of_owners = float(sum(own) / total), len(own) / len(amounts)
        ratio = math.log(sum(own) / len(own) / mean)
        out["group_" + group] = {name: measures(own)[name] for name in ("theil_t", "theil_l")}
        out["within"]["theil_t"] += of_amounts * out["group_" + group]["theil_t"]
        out["within"]["theil_l"] += of_owners * out["group_" + group]["theil_l"]
        out["between"]["theil_t"] += of_amounts * ratio
        out["between"]["theil_l"] -= of_owners * ratio
    return out


cases = {
    "ten": [541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261],
    "eight_firms": [120, 80, 45, 45, 20, Fraction(15, 2), 3, 1],
    "equal": [5, 5, 5, 5],
    "one_holds_nearly_all": [1000, 1, 1, 1, 1, 2],
    "counts": [30, 17, 9, 9, 2, 1],
    "with_a_zero": [0, 1, 3],
}
eight_weights = [1, 1, 2, 1, 3, 1, 1, 4]
names = ["hhi", "hhi_normalised", "hhi_unbiased", "effective_owners", "gini", "gini_unbiased", "theil_t", "theil_l", "shannon",
         "horvath", "top_1", "top_4", "top_5"]


def line(name, found):
    print(",".join([name] + [repr(found[each]) if each in found else "none" for each in names]))


eight = cases["eight_firms"]
print("case," + ",".join(names))
for name, x in cases.items():
    line(name, measures(x))
line("weighted_eight_firms", measures(eight, eight_weights))
line("linearised_variance", {"gini": linearised_gini_variance(eight, [1] * 8)})
line("linearised_variance_weighted", {"gini": linearised_gini_variance(eight, eight_weights)})
line("jackknife_variance", {name: jackknife_variance(eight, name) for name in ("hhi", "gini", "gini_unbiased", "theil_t")})
for part, found in split(eight, "aabbccab").items():
    line("split_" + part, found)
line("mean_over_subsets_of_four", {name: subsets(eight, 4, name) for name in ("hhi", "gini", "theil_t", "top_1")})
