#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Writes two_sample_data.csv beside this file: the samples that two_sample.R and two_sample.py compare, short decimals."""
import csv
import pathlib

import numpy as np


def samples():
    random = np.random.default_rng(5)
    lognormal = lambda mean, sd, n: [float(f"{x:.6g}") for x in random.lognormal(mean, sd, n)]
    counts = lambda mean, n: [float(x) for x in random.poisson(mean, n) + 1]
    return {
        "small": (lognormal(1, 1, 5), lognormal(0, 1, 4)),
        "tiny": ([2.5], [1.25, 8.0]),
        "even": (lognormal(1.5, 1.2, 20), lognormal(0.5, 0.8, 30)),
        "unequal": (lognormal(2, 2, 3), lognormal(0, 0.5, 61)),
        "flop": ([float(f"{x:.5g}") for x in 1e22 * random.lognormal(0, 3, 70)],
                 [float(f"{x:.5g}") for x in 2e21 * random.lognormal(0, 2.5, 45)]),
        "large": (lognormal(0.2, 1, 150), lognormal(0, 1.5, 200)),
        "ties": (counts(4, 9), counts(3, 8)),
        "many_ties": (counts(3, 80), counts(2, 60)),
        "two_values": ([1.0, 1.0, 2.0, 2.0, 2.0], [1.0, 1.0, 1.0, 2.0]),
    }


def read():
    data = {}
    with open(pathlib.Path(__file__).with_name("two_sample_data.csv")) as file:
        for name, group, value in list(csv.reader(file))[1:]:
            data.setdefault(name, ([], []))[int(group) - 1].append(float(value))
    return data


if __name__ == "__main__":
    with open(pathlib.Path(__file__).with_suffix(".csv"), "w", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["sample", "group", "value"])
        for name, groups in samples().items():
            for group, values in enumerate(groups, 1):
                out.writerows([name, group, repr(value)] for value in values)
