#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Upper quantiles of the standard normal distribution, by mpmath with 60 digits: normal_quantile.csv."""
import mpmath as mp

mp.mp.dps = 60
tails = [float(t) for t in ("5e-324 1e-300 1e-100 1e-30 1e-16 1e-11 1.4e-11 1e-8 1e-5 0.001 0.0125 0.025 0.05 0.0749 0.075 "
                            "0.0751 0.1 0.25 0.4 0.49 0.4999999 0.5 0.50000001 0.6 0.9 0.925 0.95 0.975 0.999999").split()]
tails.append(1 - 2.0**-53)
print("tail,z")
for tail in tails:
    if tail < 0.5:
        start = mp.sqrt(-2 * mp.log(tail)) if tail < 0.1 else mp.mpf(0.5 - tail) * 2.5
    else:
        start = -mp.sqrt(-2 * mp.log(1 - mp.mpf(tail))) if tail > 0.9 else mp.mpf(0.5 - tail) * 2.5
    z = start
    for _ in range(200):  # Newton's steps on the logarithm of the smaller tail
        small = mp.mpf(tail) if tail <= 0.5 else 1 - mp.mpf(tail)
        x = abs(z)
        cdf = mp.erfc(x / mp.sqrt(2)) / 2
        step = (mp.log(cdf) - mp.log(small)) * cdf / mp.npdf(x)
        x += step
        z = x if tail <= 0.5 else -x
        if abs(step) < mp.mpf(10)**-45:
            break
    print(f"{tail!r},{mp.nstr(z, 20)}")
