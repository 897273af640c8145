#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""NIST's Statistical Reference Datasets for linear regression (public domain): writes strd_data.csv and strd_certified.csv
beside this file. Argument: a JSON file with X, y and, from exact rational arithmetic on the data as printed by NIST and equal
to the certified values, beta, se, rsd and r2 of each set. For a polynomial set the data keep x alone.

strd_data.csv: set, y, x1 to x6 (none where the set has fewer).
strd_certified.csv: set, degree (0: no polynomial), intercept, column, coefficient, standard error, residual sd, R2.
"""
import csv
import json
import pathlib
import sys

DEGREE = {"lin": 1, "quad": 2, "poly10": 10, "poly5": 5, "multi": 0, "noint": 0}

if __name__ == "__main__":
    sets = json.load(open(sys.argv[1]))
    here = pathlib.Path(__file__).parent
    with open(here / "strd_data.csv", "w", newline="") as data, open(here / "strd_certified.csv", "w", newline="") as certified:
        data, certified = csv.writer(data, lineterminator="\n"), csv.writer(certified, lineterminator="\n")
        data.writerow(["set", "y"] + [f"x{i}" for i in range(1, 7)])
        certified.writerow("set degree intercept column coefficient standard_error residual_sd r_squared".split())
        for name, s in sets.items():
            degree, intercept = DEGREE[s["spec"]], int(s["spec"] != "noint")
            for row, y in zip(s["X"], s["y"]):
                x = row[1:2] if degree else row[intercept:]
                data.writerow([name, repr(y)] + [repr(v) for v in x] + ["none"] * (6 - len(x)))
            for j, (beta, se) in enumerate(zip(s["beta"], s["se"])):
                certified.writerow([name, degree, intercept, j, repr(beta), repr(se), repr(s["rsd"]), repr(s["r2"])])
