#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Theil-Sen lines by scipy.stats.theilslopes (1.10): writes theil_sen.csv beside this file."""
import csv
import pathlib

from scipy.stats import theilslopes

from trend_points import trend_points

if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["kind", "n", "level", "slope", "lower", "upper", "separate_intercept", "joint_intercept"])
        for kind in ("scattered", "ties", "series"):
            for n, level in [(3, 0.95), (4, 0.5), (17, 0.95), (60, 0.9), (200, 0.95), (700, 0.99), (2500, 0.95)]:
                x, y = zip(*trend_points(kind, n))
                # scipy's alpha is the level; it takes 0.5 and below for 1 - level
                separate = theilslopes(y, x, level, "separate")
                joint = theilslopes(y, x, level, "joint")
                out.writerow([kind, n, level] + [repr(float(v)) for v in
                             (separate.slope, separate.low_slope, separate.high_slope, separate.intercept, joint.intercept)])
