#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The facts of examples/data/chip_owners.csv from the folder of Epoch AI's tables of AI chips by owner as downloaded:
H100 equivalents that each owner had got from each maker by the end of a year, and what a maker had sold to anyone.

    make_chip_owners.py ai_chip_counts_2026-04/ >examples/data/chip_owners.csv
"""
import csv
import datetime
import pathlib
import sys

OWNERS = ["nvidia_owners", "coreweave_owners", "nvidia_owners_OTHER", "amd_owners", "tpu_owners", "trainium_owners"]
MAKERS = ["nvidia", "amd", "tpu", "trainium"]
MEDIAN = "Compute estimate in H100e (median)"
LOW = ["H100e (5th percentile)", "Compute estimate in H100e (5th percentile)"]
HIGH = ["H100e (95th percentile)", "Compute estimate in H100e (95th percentile)"]


def rows(folder, name):
    with open(folder / f"{name}_cumulative_totals.csv", newline="", encoding="utf-8-sig") as table:
        for row in csv.DictReader(table):
            month, day, year = map(int, row["End date"].split("/"))
            low = next(row[each] for each in LOW if each in row)
            high = next(row[each] for each in HIGH if each in row)
            if month == 12:
                yield [row.get("Owner", "everyone"), row["Chip manufacturer"], datetime.date(year, month, day), low,
                       row[MEDIAN], high]


folder = pathlib.Path(sys.argv[1])
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["owner", "maker", "date", "h100e_5", "h100e", "h100e_95"])
found = [row for name in OWNERS for row in rows(folder, name)]
found += [["everyone", *row[1:]] for name in MAKERS for row in rows(folder, name)]
writer.writerows(sorted(found, key=lambda row: (row[2], row[1], row[0])))
