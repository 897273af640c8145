#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Academic models built on another team's, counted anew from the table of models alone: how many are documented, how many
name a base model of others, the bounds of the share, and the rise between the halves and the last two years as every
reading of a blank gives it, models counted fully and by organisation. Compares with pretrained_reliance-json.out.
  reliance.py examples/data/models.csv examples/expected/pretrained_reliance-json.out"""
import csv
import json
import re
import sys

SINCE, UNTIL = 2013, 2024
failed = False


def check(what, expected, found):
    global failed
    if expected is None or found is None or abs(expected - found) > 1e-9:
        print(f"{what}: {expected} in the output, {found} here")
        failed = True


def inner(cell):
    """A list with commas, a name that holds one in quotes."""
    return [x.strip() for x in next(csv.reader([cell], skipinitialspace=True), []) if x.strip()]


def stem(name):
    """Llama 2 of Llama 2-13B."""
    found = re.fullmatch(r"(.*?)[-_ (]+[0-9.]+[BM]\)*", name)
    return found.group(1) if found else name


whole = json.load(open(sys.argv[2], encoding="utf-8"))
table = [r for r in csv.DictReader(open(sys.argv[1], encoding="utf-8")) if r["Vintage"] == whole["vintage"]]
by_name, by_stem = {}, {}
for r in table:
    by_name.setdefault(r["Model"], []).append(r)
    by_stem.setdefault(stem(r["Model"]), []).append(r)


def makers(base):
    if base in by_name:
        return inner(by_name[base][0]["Organization"])
    same = by_stem.get(stem(base), [])
    return inner(same[0]["Organization"]) if same and len({r["Organization"] for r in same}) == 1 else []


models = []
for r in table:
    year = int(r["Publication date"][:4] or 0)
    sectors = set(inner(r["Organization categorization"]))
    if "Academia" not in r["Organization categorization"] or not SINCE <= year <= UNTIL:
        continue
    organisations = inner(r["Organization"])
    others = [b for b in inner(r["Base model"]) if not set(makers(b)) & set(organisations)]
    models.append({"year": year, "alone": sectors == {"Academia"}, "on": bool(others), "first": organisations[0],
                   "told": bool(r["Model accessibility"]) and bool(r["Training code accessibility"])})

output = whole["curves"]
for row in output["documentation"]:
    first, _, last = row["years"].partition("-")
    last = int(first[:2] + last) if last else int(first)
    those = [m for m in models if int(first) <= m["year"] <= last and (m["alone"] or row["of"] != "academia only")]
    on, told = sum(m["on"] for m in those), sum(m["told"] for m in those)
    unknown = sum(not m["on"] and not m["told"] for m in those)
    name = row["of"] + " " + row["years"]
    check(name + " models", row["n"], len(those))
    check(name + " documented", row["documented"], told)
    check(name + " on another's", row["named"], on)
    check(name + " lowest", row["bounds"]["lowest"]["value"], on / len(those))
    check(name + " highest", row["bounds"]["highest"]["value"], (on + unknown) / len(those))

middle = (SINCE + UNTIL) // 2
for curve, period in [("rise_on_another", lambda y: int(y > middle)),
                      ("last_year", lambda y: {UNTIL: 1, UNTIL - 1: 0}.get(y))]:
    seen = 0
    for s in output[curve]["curve"]["specifications"]:
        choices = {c["name"]: c["option"] for c in s["choices"]}
        if choices["counted"] == "releases":
            continue
        shares = []
        for p in (0, 1):
            known = {}
            for m in models:
                if period(m["year"]) != p or (choices["of"] == "academia only" and not m["alone"]):
                    continue
                yes = m["on"]
                if choices["not told"] == "left out" and not m["told"]:
                    continue
                if not yes and not m["told"]:
                    yes = {"none": False, "all": True, "all, then none": p == 0, "none, then all": p == 1}[
                        choices["not told"]]
                known.setdefault(m["first"], []).append(yes)
            if choices["counted"] == "models":
                flat = [y for ys in known.values() for y in ys]
                shares.append(sum(flat) / len(flat))
            else:
                shares.append(sum(sum(ys) / len(ys) for ys in known.values()) / len(known))
        check(f"{curve} {choices}", s["result"]["value"], shares[1] - shares[0])
        seen += 1
    check(curve + " specifications", 20, seen)
print("as counted here" if not failed else "not as counted here")
sys.exit(failed)
