#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""The two sums of examples/data/programmes.csv: H100-equivalents of universities, and Rmax of the academic segment of a
TOP500 list in FLOP/s.

    make_academic_chips.py gpus_per_student.csv top500_segments.csv 202411
"""
import csv
import sys

universities = [float(row["h100_equivalent"] or 0) for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))]
print(f"us-universities: {len(universities)} universities, {sum(universities):.1f} H100-equivalents by price")
academic = [float(row["rmax_tflops"]) for row in csv.DictReader(open(sys.argv[2], encoding="utf-8"))
            if row["list"] == sys.argv[3] and row["segment"] == "Academic"]
print(f"top500-academic: {len(academic)} systems, {sum(academic) * 1e12:.10g} FLOP/s")
