#!/usr/bin/env python3
"""examples/data/top500_segments.csv: how many systems of each TOP500 list a segment has, and the sum of their Rmax; no
system is named.

    make_top500_sums.py top500_segments.csv >examples/data/top500_segments.csv
"""
import collections
import csv
import sys

systems, rmax = collections.Counter(), collections.defaultdict(list)
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
    key = row["list"][:4] + "-" + row["list"][4:], row["segment"]
    systems[key] += 1
    rmax[key].append(float(row["rmax_tflops"]))
out = csv.writer(sys.stdout, lineterminator="\n")
out.writerow(["List", "Segment", "Systems", "Rmax (TFLOP/s)"])
for key in sorted(systems):
    out.writerow([*key, systems[key], f"{sum(rmax[key]):.10g}"])
