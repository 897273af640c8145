# SPDX-License-Identifier: BSL-1.0
# The differences in differences of the program `scrutiny`, paper by paper and without a library, against what it prints:
#   python3 scrutiny.py ../../examples/data/venue_papers.csv.gz ../../examples/expected/scrutiny-ledger.out
# Least squares of an outcome on an arm and an arm after, both less their means within venue and year; errors clustered by
# venue and year, times G / (G - 1) * (m - 1) / (m - k) with the m cells of venue, year and arm that the program fits and k = 3: of
# papers the last factor would be 1, and intervals up to 3 % narrower. Ends with 1 where a number differs.
import csv
import gzip
import math
import os
import re
import sys

data = os.path.dirname(os.path.abspath(sys.argv[1]))
lists = {}
for name in ("scrutiny", "adaptation", "foundation"):
    with open(os.path.join(data, name + "_terms.csv"), newline="") as table:
        lists[name] = {row["group"] for row in csv.DictReader(table)}
with gzip.open(sys.argv[1], "rt", newline="") as table:
    papers = list(csv.DictReader(table))

SECTORS = ["academia", "industry", "government", "nonprofit", "healthcare", "facility", "other"]
TEXTS = ["title", "title or abstract", "title, or twice in the abstract"]
WINDOWS = {"2012-19 to 2020-25": ((2012, 2019), (2020, 2025)), "2012-21 to 2022-25": ((2012, 2021), (2022, 2025)),
           "2017-19 to 2023-25": ((2017, 2019), (2023, 2025))}
known = []
for p in papers:
    people = {s: float(p[s]) for s in SECTORS}
    if p["text"] != "title and abstract" or not sum(people.values()):
        continue
    title, abstract, repeated = (set(p[c].split(";")) - {""} for c in ("title terms", "abstract terms", "repeated terms"))
    alone = people["academia"] > 0 and people["industry"] == 0
    known.append({"group": p["venue"] + p["year"], "year": int(p["year"]),
                  "found": dict(zip(TEXTS, (title, title | abstract, title | repeated))),
                  "alone": {"no industry, others ignored": alone,
                            "academia and nobody else": alone and sum(people.values()) == people["academia"]}})


def difference(window, arm, outcome):
    (a, b), (c, d) = WINDOWS[window]
    groups = {}
    for p in known:
        after = c <= p["year"] <= d
        if not after and not a <= p["year"] <= b or arm(p) is None:
            continue
        groups.setdefault(p["group"], []).append((float(arm(p)), float(arm(p) and after), float(outcome(p))))
    groups = [g for g in groups.values() if len({x for x, _, _ in g}) == 2]
    within = []
    for g in groups:
        mean = [sum(r[i] for r in g) / len(g) for i in range(3)]
        within.append([[r[i] - mean[i] for i in range(3)] for r in g])
    s = [[sum(r[i] * r[j] for g in within for r in g) for j in range(3)] for i in range(3)]
    det = s[0][0] * s[1][1] - s[0][1] ** 2
    inverse = [[s[1][1] / det, -s[0][1] / det], [-s[0][1] / det, s[0][0] / det]]
    b = [sum(inverse[i][j] * s[j][2] for j in range(2)) for i in range(2)]
    meat = [[0, 0], [0, 0]]
    for g in within:
        score = [sum(r[i] * (r[2] - b[0] * r[0] - b[1] * r[1]) for r in g) for i in range(2)]
        for i in range(2):
            for j in range(2):
                meat[i][j] += score[i] * score[j]
    variance = sum(inverse[1][i] * meat[i][j] * inverse[j][1] for i in range(2) for j in range(2))
    cells = 2 * len(groups)
    return b[1], math.sqrt(variance * len(groups) / (len(groups) - 1) * (cells - 1) / (cells - 3)), len(groups)


def claim(name, text, team):
    """The arm and the outcome that a claim's name says."""
    found, alone = (lambda p: p["found"][text]), (lambda p: p["alone"][team])
    change = re.fullmatch("academia alone: change of its share in (.*) less that in (.*)", name)
    growth = re.fullmatch("growth of the share of papers on (.*): academia alone less all others", name)
    wanted = {"any scrutiny": lists["scrutiny"], "any adaptation": lists["adaptation"]}
    if growth:
        groups = wanted.get(growth[1], {growth[1]})
        return alone, lambda p: bool(found(p) & groups)
    groups = wanted.get(change[1], {change[1]})
    if change[2] == "foundation models":
        def against(p):
            one, other = bool(found(p) & groups), bool(found(p) & lists["foundation"])
            return None if one == other else one
        return against, alone
    return (lambda p: True if found(p) & groups else
            None if found(p) & (lists["scrutiny"] | lists["foundation"]) else False), alone


compared = wrong = 0
with open(sys.argv[2]) as ledger:
    for line in ledger:
        name, _, printed, how = line.rstrip("\n").split("\t")
        choices = re.fullmatch(r"(\S+ to \S+), (title|title or abstract|title, or twice in the abstract), "
                               r"(no industry, others ignored|academia and nobody else), "
                               r"linear: venue and year; clustered by these", how)
        numbers = re.match(r"(\S+) % \[(\S+), (\S+)\]", printed.replace("\u2212", "-"))
        if not choices or not numbers:
            continue
        value, error, clusters = difference(choices[1], *claim(name, choices[2], choices[3]))
        said, lower, upper = (float(x) for x in numbers.groups())
        # t by Cornish and Fisher's expansion; degrees of freedom as cells leave them, one less than clusters - 1
        z, f = 1.959963984540054, clusters - 2
        t = (z + (z**3 + z) / (4 * f) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * f**2)
             + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * f**3))
        compared += 1
        if abs(100 * value - said) > 0.002 or abs(100 * t * error - (upper - lower) / 2) > 0.002 + 0.002 * (upper - lower) / 2:
            wrong += 1
            print(f"{name}, {how}: {100 * value:.3f} +- {100 * t * error:.3f} here, {printed}")
print(f"{compared} differences compared, {wrong} differ")
sys.exit(wrong > 0 or compared == 0)
