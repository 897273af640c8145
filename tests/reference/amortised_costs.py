#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Model and cost of amortised_costs.csv: what Epoch AI publishes of the cost of training runs, amortised hardware and
energy, in US dollars ("training_model_costs.csv"; CC BY 4.0). Cottier et al. (2024) is about them.

    amortised_costs.py training_model_costs.csv >amortised_costs.csv"""
import csv
import sys

writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["model", "cost"])
writer.writerows(sorted([row["Model"], f"{float(row['Hardware_Capex_Energy_Cost']):.6g}"]
                        for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if row["Hardware_Capex_Energy_Cost"]))
