# SPDX-License-Identifier: BSL-1.0
"""Writes log_trend_eras.csv: the algorithm of Sevilla et al. (2022) on the table of 2023-03-03 in large_scale.csv.

    python3 log_trend_eras.py > log_trend_eras.csv        (in this directory)

Models of 1950-01-01 to 2022-02-01, both excluded; z-scores of log10 compute among the models of 364 days before and
after, population standard deviation; z < -2 is removed, z > 0.76 after 2015-09-01 is large-scale; ordinary least squares
for each era. Columns: n, slope a year of 365 days, months of 30 days to double, R squared.
"""
import csv
import datetime
import math

import numpy as np

date = lambda text: datetime.date.fromisoformat(text).toordinal()
with open("large_scale.csv", newline="") as file:
    rows = [row for row in csv.DictReader(file) if row["vintage"] == "2023-03-03"]
day = np.array([date(row["date"]) for row in rows], dtype=float)
log = np.log10([float(row["training_flop"]) for row in rows])
studied = (day > date("1950-01-01")) & (day < date("2022-02-01"))
day, log = day[studied], log[studied]
z = np.zeros(len(day))
for i in range(len(day)):
    window = log[abs(day - day[i]) <= 364]
    if len(window) >= 2 and window.std() > 0:
        z[i] = (log[i] - window.mean()) / window.std()
kept = ~(z < -2)
large = (z > 0.76) & (day > date("2015-09-01"))
eras = {
    "before deep learning": kept & (day < date("2009-12-31")),
    "deep learning": kept & (day > date("2009-12-31")),
    "deep learning without large-scale": kept & ~large & (day > date("2009-12-31")),
    "large-scale era without large-scale": kept & ~large & (day > date("2015-09-01")),
    "large-scale": large,
}
print("era,n,slope_per_year,doubling_months,r_squared")
for name, chosen in eras.items():
    x, y = day[chosen] - day[chosen].mean(), log[chosen] - log[chosen].mean()
    slope = (x * y).sum() / (x * x).sum()
    r_squared = 1 - ((y - slope * x) ** 2).sum() / (y * y).sum()
    print(name, len(x), *map(repr, (slope * 365, math.log10(2) / slope / 30, r_squared)), sep=",")
