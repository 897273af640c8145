#!/usr/bin/env python3
"""Garwood's limits of Poisson counts, by bisection of sums of exact probabilities in decimals of 60 digits: nothing of
statistics/event_rate.hpp is in it.

    python3 tests/reference/event_rate.py > tests/reference/event_rate.csv
"""
from decimal import Decimal, getcontext

getcontext().prec = 60


def below(count, mean):
    """P(X <= count)."""
    term = total = Decimal(1)
    for k in range(1, count + 1):
        term *= mean / k
        total += term
    return total * (-mean).exp()


def bisect(too_low, low, high):
    for _ in range(90):
        middle = (low + high) / 2
        if too_low(middle):
            low = middle
        else:
            high = middle
    return low


print("name,count,level,lower,upper")
for count in (0, 1, 2, 3, 5, 10, 17, 40, 100, 300, 1000, 1500, 1501, 2500):
    for level in ("0.5", "0.9", "0.95", "0.999"):
        tail = (1 - Decimal(level)) / 2
        most = Decimal(count) + 12 * Decimal(count + 4).sqrt() + 10
        lower = bisect(lambda mean: 1 - below(count - 1, mean) < tail, Decimal(0), most) if count else Decimal(0)
        upper = bisect(lambda mean: below(count, mean) > tail, Decimal(0), most)
        print("%d at %s,%d,%s,%.17g,%.17g" % (count, level, count, level, lower, upper))
