#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The facts of examples/data/gpu_clusters.csv from Epoch AI's table of GPU clusters as downloaded; no prose, no links.

    make_clusters_table.py gpu_clusters.csv >examples/data/gpu_clusters.csv
"""
import csv
import sys

COLUMNS = ["Name", "Status", "Certainty", "Country", "Owner", "Sector", "First Operational Date",
           "Decommissioned Date (if applicable)", "H100 equivalents", "16-bit OP/s", "Possible Duplicate"]


def plain(column, text):
    """One line; numbers with the fewest digits that give them back."""
    text = " ".join(text.split())
    if column not in ("H100 equivalents", "16-bit OP/s") or not text:
        return text
    return repr(float(text)).removesuffix(".0")


with open(sys.argv[1], newline="", encoding="utf-8-sig") as table:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in csv.DictReader(table):
        writer.writerow(plain(column, row[column]) for column in COLUMNS)
