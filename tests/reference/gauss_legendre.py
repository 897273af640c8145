#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The 30-point Gauss-Legendre rule of detail/saddle_point.hpp, by mpmath with 40 digits: nodes above 0 and weights."""
import mpmath as mp

mp.mp.dps = 40
N = 30
for k in range(N // 2, 0, -1):
    x = mp.findroot(lambda t: mp.legendre(N, t), mp.cos(mp.pi * (k - mp.mpf(1) / 4) / (N + mp.mpf(1) / 2)))
    slope = mp.diff(lambda t: mp.legendre(N, t), x)
    print(f"{{{mp.nstr(x, 20)}, {mp.nstr(2 / ((1 - x * x) * slope * slope), 20)}}},")
