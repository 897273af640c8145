#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Values of tests/policy/*.test.cpp in 40 digits (mpmath), from the formulas: python3 policy.py"""
from mpmath import mp, mpf, log, log10, sqrt, quad, npdf, ncdf, exp, findroot, erfinv

mp.dps = 40


def show(name, value):
    print(f"{name:46} {mp.nstr(value, 17)}")


gap, frontier, own = mpf("119.4"), mpf("4.12"), mpf("1.18")
show("years behind", log(gap) / log(frontier))
show("gap growth", frontier / own)
show("gap after 5 years", gap * (frontier / own) ** 5)
show("parity of own growth 6", log(gap) / log(6 / frontier))
show("growth to be within 10 in 5 years", frontier * (gap / 10) ** (mpf(1) / 5))

hours = mpf("2.1e25") / (3600 * mpf("989.4e12") * mpf("0.375"))
show("chip-hours", hours)
show("days on 5000 chips", hours / 5000 / 24)
show("dollars at 3.03", hours * mpf("3.03"))
hours = mpf("2.25e9") / mpf("3.03")
show("chip-hours of 2.25e9 dollars", hours)
show("FLOP", hours * 3600 * mpf("989.4e12") * mpf("0.375"))
show("chips for six years", hours / (6 * 8766))
price = 30000 * mpf("0.14") * log(10) / 8766
show("owned chip-hour", price)
show("with network", price / (1 - mpf("0.19")))

# Fieller's interval of ln a / ln b at 90 %: ln a ~ N(ln 100, .5), ln b ~ N(ln 4, .1), sharing a source of .08 and .05.
z = sqrt(2) * erfinv(mpf("0.9"))
va, vb, c = mpf("0.5") ** 2 + mpf("0.08") ** 2, mpf("0.1") ** 2 + mpf("0.05") ** 2, mpf("0.08") * mpf("0.05")
a, b = log(mpf(100)), log(mpf(4))
for start in (a / b - 1, a / b + 1):
    show("Fieller", findroot(lambda r: (a - r * b) ** 2 - z * z * (va - 2 * r * c + r * r * vb), start))

# First model: level 22, slope .3, spread .7, 2 a year, size 1e25: P(one by t) of t by quadrature.
by = lambda t: 1 - exp(-2 * quad(lambda u: ncdf((22 + mpf("0.3") * u - 25) / mpf("0.7")), [0, t]))
for p in ("0.05", "0.5", "0.95"):
    show("first model, quantile " + p, findroot(lambda t: by(t) - mpf(p), (4, 14), solver="anderson"))
# Stock in 2030.5 of 100e6 a year 2026..2030, life 4, machines .75, 50,000 a chip falling by .13 a year.
show("stock", sum(mpf("0.75") * mpf("1e8") / (50000 * 10 ** (-mpf("0.13") * i)) for i in (1, 2, 3, 4)))
