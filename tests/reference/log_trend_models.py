# SPDX-License-Identifier: BSL-1.0
"""Writes log_trend_models.csv: the notable models of known compute and date that log_trend.R and compare.R fit.

    python3 log_trend_models.py DIRECTORY > log_trend_models.csv

DIRECTORY holds two versions of Epoch AI's models table as downloaded: epoch_2023-12-14.csv (its models of 2010 to 2022)
and epoch_2025-08-07.csv (of 2010 and later). Only dates, training compute, the kind of team and which models share
their organisations (a number, from 0) are taken. Epoch AI, "Parameter, Compute and Data Trends in Machine Learning", CC
BY 4.0.
"""
import csv
import sys


def team(category):
    if category in ("Academia", "Industry"):
        return category.lower()
    return "collaboration" if "collaboration" in category.lower() else "other"


def main(directory):
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["vintage", "date", "training_flop", "team", "organization"])
    for vintage, last in ("2023-12-14", "2022"), ("2025-08-07", "9999"):
        numbers = {}
        with open(f"{directory}/epoch_{vintage}.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                date, flop = row["Publication date"], row["Training compute (FLOP)"]
                if not (row["Notability criteria"] and flop and "2010" <= date[:4] <= last):
                    continue
                number = numbers.setdefault(row["Organization"], len(numbers))
                out.writerow([vintage, date, flop, team(row["Organization categorization"]), number])


main(sys.argv[1])
