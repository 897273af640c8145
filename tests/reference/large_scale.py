# SPDX-License-Identifier: BSL-1.0
"""Writes large_scale.csv: which models each rule chooses, computed directly (every window anew) with numpy.

    python3 large_scale.py DIRECTORY > large_scale.csv

DIRECTORY holds two versions of Epoch AI's models table as downloaded, epoch_2023-03-03.csv and epoch_2023-12-14.csv.
Only dates, training compute and categories are taken. Epoch AI, "Parameter, Compute and Data Trends in Machine
Learning", CC BY 4.0.
"""
import csv
import datetime
import sys

import numpy as np


def models(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            row = {key.lower(): value for key, value in row.items()}
            flop = row.get("training compute (flop)") or row.get("training compute (flops)")
            text = row["publication date"]
            if not flop or not text:
                continue
            date = datetime.datetime.strptime(text, "%d/%m/%Y" if "/" in text else "%Y-%m-%d").date()
            yield date, float(flop), row["organization categorization"]


def z_scores(day, log):
    """Sevilla et al. (2022): 364 days each side, both included, population standard deviation."""
    z = np.full(len(day), np.nan)
    for i in range(len(day)):
        window = log[np.abs(day - day[i]) <= 364]
        if len(window) >= 2 and window.std() > 0:
            z[i] = (log[i] - window.mean()) / window.std()
    return z


def main(directory):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow("vintage date training_flop category z z_categorised largest_of_year near_running_maximum "
                 "above_trend_quantile above_threshold".split())
    for vintage in "2023-03-03", "2023-12-14":
        date, flop, category = zip(*models(f"{directory}/epoch_{vintage}.csv"))
        day = np.array([d.toordinal() for d in date], dtype=float)
        year = np.array([d.year for d in date])
        flop = np.array(flop)
        log = np.log10(flop)
        categorised = np.array([c != "" for c in category])

        z = z_scores(day, log)
        z_categorised = np.full(len(day), np.nan)
        z_categorised[categorised] = z_scores(day[categorised], log[categorised])
        fifth = {y: sorted(flop[year == y])[-5:][0] for y in set(year)}
        largest = [f >= fifth[y] for f, y in zip(flop, year)]
        near = [log[i] >= log[day <= day[i]].max() - 1 - 1e-12 for i in range(len(day))]
        slope, intercept = np.polyfit(day - day.mean(), log, 1)
        residual = log - intercept - slope * (day - day.mean())
        above_trend = residual > np.quantile(residual, 0.75) + 1e-12
        for i in range(len(day)):
            out.writerow([vintage, date[i], repr(float(flop[i])), category[i],
                          *("" if np.isnan(x) else repr(float(x)) for x in (z[i], z_categorised[i])),
                          *(int(x) for x in (largest[i], near[i], above_trend[i], flop[i] > 1e23))])


main(sys.argv[1])
