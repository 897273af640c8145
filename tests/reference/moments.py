# SPDX-License-Identifier: BSL-1.0
"""Writes moments.csv: mean, variance and t intervals of series first, high, low, high, low, ... of n numbers: the first
four are NIST's NumAcc1 to NumAcc4 (StRD, univariate). Mean and variance in exact arithmetic of the doubles, the
quantiles of t to 30 digits, from scipy's.

    /usr/bin/python3 moments.py > moments.csv        (in this directory; mpmath 1.2, scipy 1.10)
"""
from fractions import Fraction

from mpmath import betainc, findroot, mp, mpf, sqrt
from scipy.stats import t

mp.dps = 40
SERIES = [("NumAcc1", 10000001, 10000003, 10000002, 3), ("NumAcc2", 1.2, 1.1, 1.3, 1001),
          ("NumAcc3", 1000000.2, 1000000.1, 1000000.3, 1001), ("NumAcc4", 10000000.2, 10000000.1, 10000000.3, 1001),
          ("two", -3.5, 2.25, 0, 2), ("small", 1e-120, 3e-120, -2e-120, 5), ("large", 1e149, -1e149, 2e148, 8),
          ("far", 1e15, 1e15 + 0.25, 1e15 + 1, 400)]


def exactly(x):
    return mpf(x.numerator) / x.denominator


def two_sided_t(level, degrees):
    def outside(at):
        return betainc(mpf(degrees) / 2, 0.5, 0, degrees / (degrees + at * at), regularized=True) - (1 - level)
    return findroot(outside, t.ppf(float(1 + level) / 2, degrees), tol=1e-30)


print("name,first,low,high,n,mean,variance,lower_95,upper_95,lower_80,upper_80")
for name, first, low, high, n in SERIES:
    numbers = [Fraction(first)] + [Fraction(high if i % 2 == 0 else low) for i in range(2, n + 1)]
    mean = sum(numbers) / n
    variance = sum((x - mean) ** 2 for x in numbers) / (n - 1)
    row = [first, low, high, n, mean, variance]
    for level in (mpf("0.95"), mpf("0.8")):
        half = two_sided_t(level, n - 1) * sqrt(exactly(variance / n))
        row += [exactly(mean) - half, exactly(mean) + half]
    print(",".join([name] + [repr(float(x)) for x in row]))
