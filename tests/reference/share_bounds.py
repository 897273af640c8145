#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Bounds of shares with unknown answers, written out anew with no library: Manski's bounds, the interval of Imbens and
Manski (2004) around Wilson's of clustered records, t quantiles by integrating its density. Writes share_bounds.csv:
name, n, clusters, weighted, level; known, lowest, highest, unknown part, lower and upper end of the covering interval."""
import math
import os

HERE = os.path.dirname(os.path.abspath(__file__))


def phi(x):
    return 0.5 * math.erfc(-x / math.sqrt(2))


def solve(f, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        if f(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def t_quantile(level, df):
    """The t that holds `level` in the middle: Simpson over the angle, x = sqrt(df) tan(a)."""
    constant = math.exp(math.lgamma((df + 1) / 2) - math.lgamma(df / 2)) / math.sqrt(math.pi)

    def middle(t):
        end, steps = math.atan(t / math.sqrt(df)), 2000
        h = end / steps
        total = 0.0
        for i in range(steps + 1):
            weight = 1 if i in (0, steps) else 4 if i % 2 else 2
            total += weight * math.cos(i * h) ** (df - 1)
        return 2 * constant * total * h / 3

    return solve(lambda t: middle(t) - level, 0.0, 1000.0)


def wilson(records, level):
    """Ends of the interval of clustered, weighted records (yes, cluster, weight), and the share."""
    weight = sum(w for _, _, w in records)
    p = sum(w for y, _, w in records if y) / weight
    sums, sizes = {}, {}
    for y, g, w in records:
        sums[g] = sums.get(g, 0.0) + w * ((1 if y else 0) - p) / weight
        sizes[g] = sizes.get(g, 0.0) + w
    groups = len(sums)
    v = groups / (groups - 1) * sum(z * z for z in sums.values())
    n = len(records)
    even = weight ** 2 / sum(s * s for s in sizes.values())
    effective = min(p * (1 - p) / v, n) if p * (1 - p) > 0 else even
    t = t_quantile(level, groups - 1)
    centre = (p + t * t / (2 * effective)) / (1 + t * t / effective)
    half = t / (1 + t * t / effective) * math.sqrt(p * (1 - p) / effective + t * t / (4 * effective ** 2))
    return p, centre - half, centre + half


def records_of(n, clusters, weighted):
    """Answers 1, 0 and None, as the test has them."""
    made = []
    for i in range(n):
        answer = None if i % 6 == 1 or (i % 10 == 4 and i > n // 2) else (i * i + 3 * i) % 7 < 3
        made.append((answer, (i * 7) % clusters, 1 + i % 3 if weighted else 1))
    return made


def main():
    rows = ["name,n,clusters,weighted,level,known,lowest,highest,unknown,lower,upper"]
    for name, n, clusters, weighted, level in [("even", 60, 15, 0, 0.95), ("weighted", 90, 30, 1, 0.9),
                                               ("few", 24, 4, 1, 0.99), ("many", 400, 100, 0, 0.95)]:
        records = records_of(n, clusters, weighted)
        known = [(y, g, w) for y, g, w in records if y is not None]
        no = [(bool(y), g, w) for y, g, w in records]
        yes = [(y is None or y, g, w) for y, g, w in records]
        z = solve(lambda x: phi(x) - (1 + level) / 2, 0.0, 10.0)
        low, high = wilson(no, level), wilson(yes, level)
        width = (high[0] - low[0]) / max((low[2] - low[1]) / (2 * z), (high[2] - high[1]) / (2 * z))
        c = solve(lambda x: phi(x + width) - phi(-x) - level, 0.0, 10.0)
        inner = 2 * phi(c) - 1
        unknown = 1 - sum(w for _, _, w in known) / sum(w for _, _, w in records)
        numbers = [wilson(known, level)[0], low[0], high[0], unknown, wilson(no, inner)[1], wilson(yes, inner)[2]]
        rows.append(",".join([name, str(n), str(clusters), str(weighted), str(level)] + [f"{x:.12g}" for x in numbers]))
    with open(os.path.join(HERE, "share_bounds.csv"), "w", encoding="utf-8") as out:
        out.write("\n".join(rows) + "\n")


main()
