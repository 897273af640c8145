#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Rows of training_costs.csv: what Epoch AI publishes of the cost of training runs (amortised hardware and energy,
"training_model_costs.csv"; CC BY 4.0), with what its table of models says of chips and hours.

    training_costs.py models.csv training_model_costs.csv >training_costs.csv

All runs on one kind of chip whose hours are known. `bought` is what it publishes for the hardware of the whole cluster as
bought, with servers and network; the chips of TPUs have no other price."""
import csv
import sys

models = {row["Model"]: row for row in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["model", "published", "hardware", "chips", "hours", "cost", "bought"])
rows = []
for row in csv.DictReader(open(sys.argv[2], encoding="utf-8")):
    model, cost = models.get(row["Model"]), row["Hardware_Capex_Energy_Cost"]
    if not model or not cost:
        continue
    hardware, chips, hours = (model[c] for c in ("Training hardware", "Hardware quantity", "Training time (hours)"))
    if chips and hours and hardware and "," not in hardware:
        rows.append([row["Model"], model["Publication date"], hardware, f"{float(chips):g}", f"{float(hours):g}",
                     f"{float(cost):.6g}", f"{float(row['Hardware_Acquisition_Cost']):.6g}" if row["Hardware_Acquisition_Cost"] else ""])
writer.writerows(sorted(rows))
