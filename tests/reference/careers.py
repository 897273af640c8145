#!/usr/bin/env python3
"""Reference values of institutions/careers.hpp: moves of authors from the definitions, one author and one year at a time,
in exact fractions.

    python3 tests/reference/careers.py data > tests/reference/careers_data.csv
    python3 tests/reference/careers.py > tests/reference/careers.csv
    python3 tests/reference/careers.py openalex examples/data/openalex_sample.jsonl.gz  # moves of the sample
"""
import collections
import csv
import gzip
import json
import os
import sys
from fractions import Fraction

STATES = ["academia", "industry", "both", "other"]
SECTORS = ["academia", "industry", "government", "nonprofit", "unknown"]


def made_records():
    """Works of 60 authors, by a linear congruential generator: some of several sectors, of none, told twice."""
    state = 2024

    def draw(n):
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) % n

    rows = []
    for author in range(60):
        home = draw(2)
        for year in range(2000 + draw(6), 2010 + draw(6)):
            if draw(7) == 0:
                home = draw(3)
            for _ in range(draw(4) * (draw(3) > 0)):
                sectors = {SECTORS[home] if draw(4) else SECTORS[draw(5)] for _ in range(draw(3) if draw(5) == 0 else 1)}
                rows.append(("a%d" % author, "w%d" % len(rows), str(year), ";".join(sorted(sectors))))
                if draw(15) == 0:
                    rows.append(rows[-1][:2] + (str(year + draw(2)), SECTORS[draw(5)]))
    rows.append(("", "w1", "2003", "academia"))
    rows.append(("a1", "w1", "", "academia"))
    return rows


def sides_of(sectors):
    return {s if s in ("academia", "industry") else "other" for s in sectors if s != "unknown"}


def state_of(works, last, rule, ties):
    """Of the works of a year, each a set of sides."""
    named = set().union(*works)
    if rule == "full":
        if {"academia", "industry"} <= named:
            return "both"
        return next((s for s in STATES if s in named), None)
    weight = collections.Counter()
    for work in works:
        for side in work:
            weight[side] += Fraction(1, len(work))
    if not weight:
        return None
    best = {side for side in weight if weight[side] == max(weight.values())}
    if best == {"other"}:
        return "other"
    best.discard("other")
    if len(best) == 1:
        return best.pop()
    if ties == "unknown":
        return None
    return last if ties == "previous" and last in ("academia", "industry", "both") else "both"


def steps_of(years, rule, ties, carry, dating, exposure, first, last_year):
    """Author-years at risk (year, from, to) of one author, who has {year: [works]}."""
    known = []
    for year in sorted(years):
        if first <= year <= last_year:
            state = state_of(years[year], known[-1][1] if known else None, rule, ties)
            if state:
                known.append((year, state))
    steps, long_gaps = [], 0
    for (y, s), (z, t) in zip(known, known[1:]):
        if z - y - 1 <= carry:
            path = {y: s, z: t}
            for between in range(y + 1, z):
                path[between] = s if dating == "first_seen" else t
            steps += [(year, path[year - 1], path[year]) for year in range(y + 1, z + 1)]
        else:
            long_gaps += 1
            if exposure == "carried":
                steps += [(year, s, s) for year in range(y + 1, y + carry + 1)]
    if known and exposure == "carried":
        y, s = known[-1]
        steps += [(year, s, s) for year in range(y + 1, min(y + carry, last_year) + 1)]
    return known, steps, long_gaps


def summed(authors, **options):
    at_risk, moves, n, gaps = collections.Counter(), collections.Counter(), 0, 0
    by_author = {}
    for author in sorted(authors):
        known, steps, long_gaps = steps_of(authors[author], **options)
        n += len(known) > 0
        gaps += long_gaps
        by_author[author] = steps
        for year, a, b in steps:
            for key in (year, "all"):
                at_risk[key, a] += 1
                moves[key, a, b] += a != b
    return at_risk, moves, n, gaps, by_author


def variance(by_author, a, b):
    """Of moves from a to b per author-year in a, authors being the clusters; none where fewer than two are at risk."""
    pairs = [(sum(f == a for _, f, _ in steps), sum((f, t) == (a, b) for _, f, t in steps))
             for steps in by_author.values()]
    pairs = [(e, m) for e, m in pairs if e]
    if len(pairs) < 2:
        return None
    total, rate = sum(e for e, _ in pairs), Fraction(sum(m for _, m in pairs), sum(e for e, _ in pairs))
    return Fraction(len(pairs), len(pairs) - 1) * sum((m - rate * e)**2 for e, m in pairs) / total**2


def without_ids(rows):
    authors = collections.defaultdict(lambda: collections.defaultdict(list))
    for author, _, year, sectors in rows:
        if author and year:
            authors[author][int(year)].append(sides_of(sectors.split(";")) if sectors else set())
    return authors


def with_ids(rows):
    works = {}
    for author, work, year, sectors in rows:
        if author and year:
            years, sides = works.setdefault((author, work), (set(), set()))
            years.add(int(year))
            sides |= sides_of(sectors.split(";")) if sectors else set()
    authors = collections.defaultdict(lambda: collections.defaultdict(list))
    for (author, _), (years, sides) in works.items():
        authors[author][min(years)].append(sides)
    return authors


def openalex(path):
    """Types as OpenAlex gives them; works that are retracted, paratext or of the expansion pack are left out."""
    sector = {"education": "academia", "company": "industry"}
    authors = collections.defaultdict(lambda: collections.defaultdict(list))
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            work = json.loads(line)
            if any(work.get(flag) for flag in ("is_retracted", "is_paratext", "is_xpac")) or not work["publication_year"]:
                continue
            for each in work.get("authorships") or []:
                name = ((each.get("author") or {}).get("id") or "").rsplit("/", 1)[-1]
                types = [place.get("type") for place in each["institutions"]]
                known = [t for t in types if t in ("education", "company", "government", "nonprofit", "healthcare",
                                                   "facility", "archive", "other")]
                if name:
                    authors[name][work["publication_year"]].append({sector.get(t, "other") for t in known})
    return authors


CASES = [("full", "both", 0, "first_seen", "observed"), ("full", "both", 2, "first_seen", "observed"),
         ("full", "both", 2, "after_last_seen", "observed"), ("full", "both", 2, "first_seen", "carried"),
         ("full", "both", 9999, "first_seen", "observed"), ("majority", "both", 1, "first_seen", "observed"),
         ("majority", "previous", 3, "after_last_seen", "carried"), ("majority", "unknown", 2, "first_seen", "observed")]


def main():
    if sys.argv[1:2] == ["data"]:
        print("author,work,year,sectors")
        for row in made_records():
            print(",".join(row))
        return
    if sys.argv[1:2] == ["openalex"]:
        authors = openalex(sys.argv[2])
        last = max(year for years in authors.values() for year in years)
        for carry in (0, 2, 5):
            at_risk, moves, n, gaps, _ = summed(authors, rule="full", ties="both", carry=carry, dating="first_seen",
                                                exposure="observed", first=1, last_year=last)
            print("carry %d: %d authors, at risk %s, moves %s, long gaps %d" % (
                carry, n, [at_risk["all", s] for s in STATES],
                {(a, b): moves["all", a, b] for a in STATES for b in STATES if moves["all", a, b]}, gaps))
        return
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "careers_data.csv"), encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    print("name,moves,at_risk,variance")
    for ids, authors in (("works", with_ids(rows)), ("records", without_ids(rows))):
        last = max(year for years in authors.values() for year in years)
        for case in CASES:
            for window in ((1, last), (2004, 2011)):
                options = dict(zip(("rule", "ties", "carry", "dating", "exposure"), case), first=window[0],
                               last_year=window[1])
                name = "%s %s %s" % (ids, " ".join(map(str, case)), "all" if window[0] == 1 else "2004-2011")
                at_risk, moves, n, gaps, by_author = summed(authors, **options)
                print("%s authors and gaps,%d,%d,none" % (name, n, gaps))
                for key in sorted({k for k, _ in at_risk if k != "all"}) + ["all"]:
                    for a in STATES:
                        for b in STATES:
                            if a != b and (key == "all" or moves[key, a, b]):
                                v = variance(by_author, a, b) if key == "all" else None
                                print("%s %s %s %s,%d,%d,%s" % (name, key, a, b, moves[key, a, b], at_risk[key, a],
                                                                "none" if v is None else "%.17g" % v))


main()
