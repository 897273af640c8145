# SPDX-License-Identifier: BSL-1.0
"""Writes frontier.csv: the record setters of large_scale.csv and breaks_data.csv, found by comparing all pairs, the
line of log10 through them by scipy, and the running maximum on five days.

    python3 frontier.py
"""
import csv
import datetime
import sys

import numpy as np
from scipy import stats


def samples():
    with open("large_scale.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    for vintage in "2023-03-03", "2023-12-14":
        own = [row for row in rows if row["vintage"] == vintage]
        days = [(datetime.date.fromisoformat(row["date"]) - datetime.date(1970, 1, 1)).days for row in own]
        yield vintage, np.array(days), np.array([float(row["training_flop"]) for row in own])
    with open("breaks_data.csv", newline="") as file:
        rows = list(csv.DictReader(file))
    for name in "bend", "yearly":
        own = [row for row in rows if row["name"] == name]
        yield name, np.array([int(row["day"]) for row in own]), np.array([float(row["value"]) for row in own])


out = csv.writer(open("frontier.csv", "w", newline=""), lineterminator="\n")
out.writerow(["name", "setters", "slope", "slope_se", "r_squared", *(f"{what}{i}" for i in range(5) for what in ("day", "max"))])
for name, day, value in samples():
    setter = np.array([value[i] >= value[day <= day[i]].max() for i in range(len(day))])
    line = stats.linregress(day[setter] - day.mean(), np.log10(value[setter]))
    maxima = [(d, value[day <= d].max()) for d in np.quantile(day, [0, 0.2, 0.5, 0.9, 1]).astype(int)]
    out.writerow([name, setter.sum(), *(repr(float(x)) for x in (line.slope, line.stderr, line.rvalue**2)),
                  *(repr(float(x)) for pair in maxima for x in pair)])
