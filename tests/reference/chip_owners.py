#!/usr/bin/env python3
"""The Herfindahl-Hirschman index of examples/data/chip_owners.csv with what is not told by owner, in plain Python: reference of
tests/shares/concentration_ranges.test.cpp. What Nvidia sold and is told of no owner, "Other" included, is taken for xAI's, which
the source leaves out of "Other".

    python3 tests/reference/chip_owners.py > tests/reference/chip_owners.csv
"""
import csv
import pathlib
from fractions import Fraction

data = pathlib.Path(__file__).parent.parent.parent / "examples/data/chip_owners.csv"
rows = [r for r in csv.DictReader(data.open()) if r["date"] == "2025-12-31"]
told, sold, nvidia = {}, 0, 0
for r in rows:
    x = int(r["h100e"])
    if r["owner"] == "everyone":
        sold += x
        nvidia += x if r["maker"] == "Nvidia" else 0
    else:
        nvidia -= x if r["maker"] == "Nvidia" else 0
        if r["owner"] != "Other":
            told[r["owner"]] = told.get(r["owner"], 0) + x
print("case,rest,crumbs,pieces,one_owner")
for name, owners in [("with_xai", [*told.values(), nvidia]), ("told", list(told.values()))]:
    rest = sold - sum(owners)
    squares, piece = sum(x * x for x in owners), min(owners)
    pieces = (rest // piece) * piece**2 + (rest % piece) ** 2
    print(",".join([name, str(rest)] + [repr(float(Fraction(x, sold**2))) for x in (squares, squares + pieces, squares + rest**2)]))
